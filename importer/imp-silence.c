/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-silence.h"

#include <string.h>

static void
silence_free (gpointer data)
{
  ImpSilence *self = data;

  g_free (self->type);
  g_free (self);
}

/* Types of all roots, added up. Returns: (transfer full): name, owned by the tally, to ImpTypeTally
 */
static GHashTable *
sum_types (const ImpTally *tally)
{
  GHashTable *sums = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < tally->roots->len; i++)
    {
      const ImpRootTally *root = imp_tally_find_root (tally, i);
      GHashTableIter iter;
      gpointer name, value;

      if (root == NULL)
        continue;
      g_hash_table_iter_init (&iter, root->types);
      while (g_hash_table_iter_next (&iter, &name, &value))
        {
          const ImpTypeTally *type = value;
          ImpTypeTally *sum = g_hash_table_lookup (sums, name);

          if (sum == NULL)
            g_hash_table_insert (sums, name, sum = g_new0 (ImpTypeTally, 1));
          sum->n_messages += type->n_messages;
          imp_tally_older (sum->oldest_sent, type->oldest_sent, sizeof sum->oldest_sent);
          imp_tally_newer (sum->newest_sent, type->newest_sent, sizeof sum->newest_sent);
        }
    }
  return sums;
}

/* Days from one time to a later one; 0 where either is not known. */
static guint64
days_between (const char *from, const char *to)
{
  gint64 first = disc_date_to_day (from);
  gint64 last = disc_date_to_day (to);

  return first == G_MININT64 || last == G_MININT64 || last <= first ? 0 : (guint64) (last - first);
}

static gboolean
was_silent_before (const ImpPrevious *previous, const char *name, guint64 min_days)
{
  const ImpPreviousType *type =
      previous != NULL ? g_hash_table_lookup (previous->types, name) : NULL;

  return type != NULL && *type->newest_sent != '\0' &&
         days_between (type->newest_sent, previous->newest_sent) >= MAX (min_days, 1);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const ImpSilence *const *left = a;
  const ImpSilence *const *right = b;

  return strcmp ((*left)->type, (*right)->type);
}

GPtrArray *
imp_silence_find (const ImpTally *tally, guint64 min_days, const ImpPrevious *previous)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (silence_free);
  g_autoptr (GHashTable) sums = sum_types (tally);
  char newest[DISC_DATE_MAX];
  GHashTableIter iter;
  gpointer name, value;

  imp_tally_newest_sent (tally, newest);
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const ImpTypeTally *type = value;
      guint64 silent = days_between (type->newest_sent, newest);
      guint64 span = days_between (type->oldest_sent, type->newest_sent) + 1 + silent;
      double expected = (double) type->n_messages * (double) silent / (double) span;
      ImpSilence *silence;

      if (silent < MAX (min_days, 1) || expected < IMP_SILENCE_EXPECTED ||
          was_silent_before (previous, name, min_days))
        continue;
      silence = g_new0 (ImpSilence, 1);
      silence->type = g_strdup (name);
      silence->n_expected = (guint64) expected;
      g_strlcpy (silence->newest_sent, type->newest_sent, sizeof silence->newest_sent);
      g_ptr_array_add (found, silence);
    }
  g_ptr_array_sort (found, compare);
  return found;
}
