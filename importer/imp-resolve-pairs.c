/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/*
 * A hospital that delivers SS-MIX2 and FHIR made from it tells every fact twice. Neither is
 * dropped: which of the two is right is not ours to say. Where kind and order number are the same
 * and the resource says nothing that the message does not say, they are one fact with two sources;
 * else both are marked (spec fhir.md 4.2), and one that is dead beside one that lives is told as a
 * contradiction.
 */

/* A message of SS-MIX2 and what resources have said of it. */
typedef struct
{
  ImpMessage *message;
  gboolean lives;
  GHashTable *taken;
} Telling;

static void
telling_free (gpointer data)
{
  Telling *telling = data;

  g_hash_table_unref (telling->taken);
  g_free (telling);
}

/* @key: (out) (transfer full): kind and order number of the first record that has both; or %NULL */
static char *
key_of (const ImpMessage *message)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_VALUE && !iter.in_item && iter.field == DISC_FIELD_ORDER_NO)
      return g_strdup_printf ("%d %s", (int) iter.kind, iter.value);
  return NULL;
}

static gboolean
is_candidate (const ImpMessage *message)
{
  return message->records_len > 0 && message->fate == IMP_FATE_ON_DISC &&
         !(message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST));
}

/* A list, a chart of vital signs or a document is more than its order. */
static gboolean
has_comparable_kind (const ImpMessage *message)
{
  return imp_message_has_live (message, DISC_KIND_PRESCRIPTION) ||
         imp_message_has_live (message, DISC_KIND_DISPENSE) ||
         imp_message_has_live (message, DISC_KIND_INJECTION) ||
         imp_message_has_live (message, DISC_KIND_ADMINISTRATION) ||
         imp_message_has_live (message, DISC_KIND_ORDER) ||
         imp_message_has_live (message, DISC_KIND_MEAL) ||
         imp_message_has_live (message, DISC_KIND_REPORT) ||
         imp_message_has_live (message, DISC_KIND_MICROBIOLOGY) ||
         imp_message_has_live (message, DISC_KIND_LAB);
}

/* Doubts about one of them are told of it, so it is shown. */
static gboolean
is_beyond_doubt (const ImpMessage *message)
{
  return (message->flags & ~(DISC_MESSAGE_TWO_SOURCES | DISC_MESSAGE_MAYBE_DUPLICATE)) == 0;
}

/* Results of one order may come in several messages. */
static Telling *
find_same (GPtrArray *tellings, ImpMessage *copy)
{
  if (copy->flags != 0 || !has_comparable_kind (copy))
    return NULL;
  for (guint i = 0; i < tellings->len; i++)
    {
      Telling *telling = tellings->pdata[i];

      if (telling->lives && is_beyond_doubt (telling->message) &&
          imp_resolve_says_same (telling->message, copy, telling->taken))
        return telling;
    }
  return NULL;
}

/* The last that lives, or the last. */
static Telling *
foremost (GPtrArray *tellings)
{
  for (guint i = tellings->len; i > 0; i--)
    if (((Telling *) tellings->pdata[i - 1])->lives)
      return tellings->pdata[i - 1];
  return tellings->pdata[tellings->len - 1];
}

static void
tell_pair (ImpUnit *unit, ImpMessage *message, GPtrArray *tellings)
{
  Telling *other = foremost (tellings);
  Telling *same;
  gboolean lives = imp_message_has_live (message, DISC_KIND_NONE);

  if (!lives && !other->lives)
    return;
  same = lives ? find_same (tellings, message) : NULL;
  if (same != NULL)
    {
      message->flags |= DISC_MESSAGE_SAID_BEFORE;
      same->message->flags |= DISC_MESSAGE_TWO_SOURCES;
      return;
    }
  message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  other->message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  imp_unit_add_finding (
      unit, IMP_FINDING_DUPLICATE, message,
      lives != other->lives
          ? "SS-MIX2 and FHIR tell the same order: one says that it stands, the other that "
            "it does not"
          : "SS-MIX2 and FHIR tell the same order: both are shown");
}

static void
take_message (GHashTable *orders, ImpMessage *message)
{
  g_autofree char *key = key_of (message);
  GPtrArray *tellings = key != NULL ? g_hash_table_lookup (orders, key) : NULL;
  Telling *telling;

  if (key == NULL)
    return;
  if (tellings == NULL)
    {
      tellings = g_ptr_array_new_with_free_func (telling_free);
      g_hash_table_insert (orders, g_steal_pointer (&key), tellings);
    }
  telling = g_new0 (Telling, 1);
  telling->message = message;
  telling->lives = imp_message_has_live (message, DISC_KIND_NONE);
  telling->taken = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (tellings, telling);
}

void
imp_resolve_pairs (ImpUnit *unit)
{
  g_autoptr (GHashTable) orders =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  guint n_fhir = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    n_fhir += imp_message_is_fhir (&g_array_index (unit->messages, ImpMessage, i)) ? 1 : 0;
  if (n_fhir == 0 || n_fhir == unit->messages->len)
    return;
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (is_candidate (message) && !imp_message_is_fhir (message))
        take_message (orders, message);
    }
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autofree char *key =
          is_candidate (message) && imp_message_is_fhir (message) ? key_of (message) : NULL;
      GPtrArray *tellings = key != NULL ? g_hash_table_lookup (orders, key) : NULL;

      if (tellings != NULL)
        tell_pair (unit, message, tellings);
    }
}
