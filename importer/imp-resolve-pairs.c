/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/*
 * A hospital that delivers SS-MIX2 and FHIR made from it tells every fact twice. Neither is dropped: which of
 * the two is right is not ours to say. Both are marked where kind and order number are the same (spec fhir.md
 * 4.2), and one that is dead beside one that lives is told as a contradiction.
 */

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

static void
tell_pair (ImpUnit *unit, ImpMessage *message, ImpMessage *other)
{
  gboolean lives = imp_message_has_live (message, DISC_KIND_NONE);
  gboolean other_lives = imp_message_has_live (other, DISC_KIND_NONE);

  if (!lives && !other_lives)
    return;
  message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  other->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, message,
                        lives != other_lives
                            ? "SS-MIX2 and FHIR tell the same order: one says that it stands, the other that "
                              "it does not"
                            : "SS-MIX2 and FHIR tell the same order: both are shown");
}

void
imp_resolve_pairs (ImpUnit *unit)
{
  g_autoptr (GHashTable) orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_fhir = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    n_fhir += imp_message_is_fhir (&g_array_index (unit->messages, ImpMessage, i)) ? 1 : 0;
  if (n_fhir == 0 || n_fhir == unit->messages->len)
    return;
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      char *key = is_candidate (message) && !imp_message_is_fhir (message) ? key_of (message) : NULL;

      if (key != NULL)
        g_hash_table_replace (orders, key, message);
    }
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autofree char *key =
          is_candidate (message) && imp_message_is_fhir (message) ? key_of (message) : NULL;
      ImpMessage *other = key != NULL ? g_hash_table_lookup (orders, key) : NULL;

      if (other != NULL)
        tell_pair (unit, message, other);
    }
}
