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

typedef struct
{
  ImpMessage *message; /* of SS-MIX2 */
  gboolean lives;
  GHashTable *taken; /* what resources have said of it */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_hash_table_unref (order->taken);
  g_free (order);
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
         imp_message_has_live (message, DISC_KIND_LAB);
}

/* Doubts about one of them are told of it, so it is shown. */
static gboolean
is_beyond_doubt (const ImpMessage *message)
{
  return (message->flags & ~(DISC_MESSAGE_TWO_SOURCES | DISC_MESSAGE_MAYBE_DUPLICATE)) == 0;
}

static void
tell_pair (ImpUnit *unit, ImpMessage *message, Order *order)
{
  ImpMessage *other = order->message;
  gboolean lives = imp_message_has_live (message, DISC_KIND_NONE);
  gboolean other_lives = order->lives;

  if (!lives && !other_lives)
    return;
  if (lives && other_lives && message->flags == 0 && is_beyond_doubt (other) &&
      has_comparable_kind (message) && imp_resolve_says_same (other, message, order->taken))
    {
      message->flags |= DISC_MESSAGE_SAID_BEFORE;
      other->flags |= DISC_MESSAGE_TWO_SOURCES;
      return;
    }
  message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  other->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
  imp_unit_add_finding (
      unit, IMP_FINDING_DUPLICATE, message,
      lives != other_lives
          ? "SS-MIX2 and FHIR tell the same order: one says that it stands, the other that "
            "it does not"
          : "SS-MIX2 and FHIR tell the same order: both are shown");
}

static void
take_order (GHashTable *orders, ImpMessage *message)
{
  g_autofree char *key = key_of (message);
  const Order *known = key != NULL ? g_hash_table_lookup (orders, key) : NULL;
  Order *order;

  if (key == NULL ||
      (known != NULL && known->lives && !imp_message_has_live (message, DISC_KIND_NONE)))
    return;
  order = g_new0 (Order, 1);
  order->message = message;
  order->lives = imp_message_has_live (message, DISC_KIND_NONE);
  order->taken = g_hash_table_new (NULL, NULL);
  g_hash_table_replace (orders, g_steal_pointer (&key), order);
}

void
imp_resolve_pairs (ImpUnit *unit)
{
  g_autoptr (GHashTable) orders =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, order_free);
  guint n_fhir = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    n_fhir += imp_message_is_fhir (&g_array_index (unit->messages, ImpMessage, i)) ? 1 : 0;
  if (n_fhir == 0 || n_fhir == unit->messages->len)
    return;
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (is_candidate (message) && !imp_message_is_fhir (message))
        take_order (orders, message);
    }
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      g_autofree char *key =
          is_candidate (message) && imp_message_is_fhir (message) ? key_of (message) : NULL;
      Order *order = key != NULL ? g_hash_table_lookup (orders, key) : NULL;

      if (order != NULL)
        tell_pair (unit, message, order);
    }
}
