/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-order.h"

#include <string.h>

#define MAX_PAIRS 200 /* operations of one key that are all compared with each other */

typedef enum
{
  UNKNOWN,
  OLDER,
  NEWER,
} Order;

const char *
imp_fhir_fate_name (ImpFhirFate fate)
{
  static const char *const names[] = { "live",     "superseded", "deleted", "in-doubt",
                                       "conflict", "applied",    "unknown" };

  return names[fate];
}

/* ---- two operations ------------------------------------------------------------------------- */

static gboolean
is_digits (const char *text)
{
  return text[0] != '\0' && text[strspn (text, G_CSET_DIGITS)] == '\0';
}

static const char *
without_zeros (const char *text)
{
  return text + MIN (strspn (text, "0"), strlen (text) - 1);
}

static Order
order_of_numbers (const char *a, const char *b)
{
  gsize n, m;

  if (a == NULL || b == NULL || !is_digits (a) || !is_digits (b))
    return UNKNOWN;
  a = without_zeros (a);
  b = without_zeros (b);
  n = strlen (a);
  m = strlen (b);
  if (n == m && strcmp (a, b) == 0)
    return UNKNOWN;
  return n < m || (n == m && strcmp (a, b) < 0) ? OLDER : NEWER;
}

static Order
order_of_times (const char *a, const char *b)
{
  int result;

  if (a == NULL || b == NULL || !imp_fhir_compare_times (a, b, &result) || result == 0)
    return UNKNOWN;
  return result < 0 ? OLDER : NEWER;
}

/* FHIR R4 http 3.1.0.11.2: within a transaction DELETE runs first, then POST, then PUT. */
static guint
rank_of_method (const char *method)
{
  static const char *const methods[] = { "DELETE", "POST", "PUT" };

  for (guint i = 0; method != NULL && i < G_N_ELEMENTS (methods); i++)
    if (g_ascii_strcasecmp (method, methods[i]) == 0)
      return i + 1;
  return 0;
}

static Order
order_in_transaction (const ImpFhirOperation *a, const ImpFhirOperation *b)
{
  guint x = rank_of_method (a->method);
  guint y = rank_of_method (b->method);

  if (a->bundle == 0 || a->bundle != b->bundle || !a->is_transaction || x == 0 || y == 0 || x == y)
    return UNKNOWN;
  return x < y ? OLDER : NEWER;
}

/* A bulk export's deleted[] says that its resources were gone at the manifest's time. */
static Order
order_of_export (const ImpFhirOperation *a, const ImpFhirOperation *b)
{
  if (a->step == IMP_FHIR_STEP_WITHDRAW && b->step == IMP_FHIR_STEP_DATA)
    return order_of_times (a->transaction_time, b->last_updated);
  if (a->step == IMP_FHIR_STEP_DATA && b->step == IMP_FHIR_STEP_WITHDRAW)
    return order_of_times (a->last_updated, b->transaction_time);
  return UNKNOWN;
}

static Order
order_in_history (const ImpFhirOperation *a, const ImpFhirOperation *b)
{
  if (a->bundle == 0 || a->bundle != b->bundle || !a->is_history || a->entry == b->entry)
    return UNKNOWN;
  return a->entry > b->entry ? OLDER : NEWER;
}

/* The first that both have, and that tells them apart. */
static Order
compare (const ImpFhirOperation *a, const ImpFhirOperation *b)
{
  Order order = order_in_transaction (a, b);

  if (order == UNKNOWN)
    order = order_of_times (a->focus_time, b->focus_time);
  if (order == UNKNOWN)
    order = order_of_numbers (a->version_id, b->version_id);
  if (order == UNKNOWN)
    order = order_of_times (a->last_updated, b->last_updated);
  if (order == UNKNOWN)
    order = order_of_times (a->bundle_time, b->bundle_time);
  if (order == UNKNOWN)
    order = order_of_times (a->transaction_time, b->transaction_time);
  if (order == UNKNOWN)
    order = order_of_export (a, b);
  return order != UNKNOWN ? order : order_in_history (a, b);
}

/* ---- one key -------------------------------------------------------------------------------- */

typedef struct
{
  const ImpFhirOperation *operations;
  const gsize *members; /* numbers of operations of one key */
  gsize n;
  ImpFhirFate *fates;
} Group;

static const ImpFhirOperation *
nth (const Group *self, gsize i)
{
  return &self->operations[self->members[i]];
}

static gboolean
is_data (const Group *self, gsize i)
{
  return nth (self, i)->step == IMP_FHIR_STEP_DATA;
}

/* Keys of different kinds may contradict each other: data that is newer than withdrawal @w, and
 * that
 * @i is newer than all the same. */
static gboolean
is_contradicted (const Group *self, gsize i, gsize w)
{
  for (gsize j = 0; j < self->n; j++)
    if (j != i && is_data (self, j) && compare (nth (self, j), nth (self, w)) == NEWER &&
        compare (nth (self, i), nth (self, j)) == NEWER)
      return TRUE;
  return FALSE;
}

static ImpFhirFate
fate_of_data (const Group *self, gsize i)
{
  gboolean is_deleted = FALSE, is_in_doubt = FALSE, has_other = FALSE;

  for (gsize j = 0; j < self->n; j++)
    {
      Order order = j != i ? compare (nth (self, i), nth (self, j)) : NEWER;

      if (order == NEWER)
        continue;
      if (is_data (self, j) && order == OLDER)
        return IMP_FHIR_FATE_SUPERSEDED;
      if (is_data (self, j))
        has_other = TRUE;
      else if (order == OLDER && !is_contradicted (self, i, j))
        is_deleted = TRUE;
      else
        is_in_doubt = TRUE;
    }
  if (is_deleted)
    return IMP_FHIR_FATE_DELETED;
  if (is_in_doubt)
    return IMP_FHIR_FATE_IN_DOUBT;
  return has_other ? IMP_FHIR_FATE_CONFLICT : IMP_FHIR_FATE_LIVE;
}

/* So many that comparing each with each would take too long: nothing is hidden. */
static void
settle_many (const Group *self, gboolean has_withdrawal)
{
  for (gsize i = 0; i < self->n; i++)
    if (is_data (self, i))
      self->fates[self->members[i]] =
          has_withdrawal ? IMP_FHIR_FATE_IN_DOUBT : IMP_FHIR_FATE_CONFLICT;
}

static void
settle (const Group *self)
{
  gsize n_data = 0;

  for (gsize i = 0; i < self->n; i++)
    n_data += is_data (self, i);
  for (gsize i = 0; i < self->n; i++)
    if (!is_data (self, i))
      self->fates[self->members[i]] = n_data > 0 ? IMP_FHIR_FATE_APPLIED : IMP_FHIR_FATE_UNKNOWN;
  if (self->n > MAX_PAIRS)
    {
      settle_many (self, n_data < self->n);
      return;
    }
  for (gsize i = 0; i < self->n; i++)
    if (is_data (self, i))
      self->fates[self->members[i]] = fate_of_data (self, i);
}

/* ---- all ------------------------------------------------------------------------------------ */

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const ImpFhirOperation *operations = data;
  gsize i = *(const gsize *) a;
  gsize j = *(const gsize *) b;
  int order = strcmp (operations[i].key, operations[j].key);

  if (order != 0)
    return order;
  return i < j ? -1 : i > j;
}

void
imp_fhir_order (const ImpFhirOperation *operations, gsize n, ImpFhirFate *fates)
{
  g_autofree gsize *numbers = g_new (gsize, n + 1);
  gsize end;

  for (gsize i = 0; i < n; i++)
    numbers[i] = i;
  g_qsort_with_data (numbers, (int) n, sizeof *numbers, compare_keys, (gpointer) operations);
  for (gsize begin = 0; begin < n; begin = end)
    {
      Group group = { operations, numbers + begin, 0, fates };

      for (end = begin;
           end < n && strcmp (operations[numbers[end]].key, operations[numbers[begin]].key) == 0;)
        end++;
      group.n = end - begin;
      settle (&group);
    }
}
