/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-freshness.h"

#include <string.h>

#include "disc-date.h"
#include "disc-format.h"

typedef struct
{
  guint64 n_live;
  guint64 n_all;
  char newest_at[DISC_DATE_MAX];
  char newest_sent[DISC_DATE_MAX];
} Count;

struct _DiscFreshnessCounter
{
  char *as_of;
  Count kinds[256];      /* a kind is one byte of the encoding */
  GHashTable *data_types; /* name to Count */
};

DiscFreshnessCounter *
disc_freshness_counter_new (const char *as_of)
{
  DiscFreshnessCounter *self = g_new0 (DiscFreshnessCounter, 1);

  self->as_of = g_strdup (as_of);
  self->data_types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
disc_freshness_counter_free (DiscFreshnessCounter *self)
{
  g_hash_table_unref (self->data_types);
  g_free (self->as_of);
  g_free (self);
}

/* What could not be read as a date stays in the record as text and is no time here. */
static void
keep_newest (char newest[DISC_DATE_MAX], const char *at)
{
  if (at == NULL || disc_date_compare (at, newest) <= 0)
    return;
  if (strlen (at) < DISC_DATE_MAX && disc_date_is_valid (at))
    strcpy (newest, at);
}

static Count *
data_type_count (DiscFreshnessCounter *self, const char *data_type)
{
  Count *count = g_hash_table_lookup (self->data_types, data_type);

  if (count == NULL && g_hash_table_size (self->data_types) < DISC_DATA_TYPES_MAX)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (self->data_types, g_strdup (data_type), count);
    }

  return count;
}

void
disc_freshness_counter_add (DiscFreshnessCounter *self, const DiscMessage *message)
{
  Count *of_type = message->data_type != NULL ? data_type_count (self, message->data_type) : NULL;
  gboolean any_live = FALSE;
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      Count *count = &self->kinds[(guint8) iter.kind];

      if (token == DISC_TOKEN_RECORD)
        {
          count->n_all++;
          count->n_live += iter.live;
          any_live |= iter.live;
          keep_newest (count->newest_sent, message->sent_at);
        }
      else if (token == DISC_TOKEN_VALUE && iter.field == DISC_FIELD_AT && !iter.in_item &&
               iter.live && !disc_date_is_after (iter.value, self->as_of))
        {
          keep_newest (count->newest_at, iter.value);
          if (of_type != NULL)
            keep_newest (of_type->newest_at, iter.value);
        }
    }

  if (of_type != NULL)
    {
      of_type->n_all++;
      of_type->n_live += any_live;
      keep_newest (of_type->newest_sent, message->sent_at);
    }
}

static gboolean
report (const Count *count, DiscKind kind, const char *data_type, const char *as_of,
        DiscFreshnessFunc func, gpointer user_data, GError **error)
{
  gboolean has_at = count->newest_at[0] != '\0' && !disc_date_is_after (count->newest_at, as_of);
  DiscFreshness freshness = {
    .kind = kind,
    .data_type = data_type,
    .n_live = count->n_live,
    .n_all = count->n_all,
    .newest_at = has_at ? count->newest_at : NULL,
    .newest_sent = count->newest_sent[0] != '\0' ? count->newest_sent : NULL,
  };

  return func (&freshness, user_data, error);
}

gboolean
disc_freshness_counter_foreach (DiscFreshnessCounter *self, const char *as_of,
                                DiscFreshnessFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->data_types),
                                         (GCompareFunc) strcmp);

  for (guint i = 0; i < G_N_ELEMENTS (self->kinds); i++)
    if (self->kinds[i].n_all > 0 &&
        !report (&self->kinds[i], (DiscKind) i, NULL, as_of, func, user_data, error))
      return FALSE;

  for (GList *l = names; l != NULL; l = l->next)
    if (!report (g_hash_table_lookup (self->data_types, l->data), DISC_KIND_NONE, l->data, as_of,
                 func, user_data, error))
      return FALSE;

  return TRUE;
}
