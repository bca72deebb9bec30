/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "imp-fhir-mapper.h"
#include "imp-fhir-result.h"

/*
 * A Patient of FHIR has no blood group; results have it (spec fhir.md 4.2: the text as written,
 * with its date). What is one is told by its code, never by its name. Values that differ are all
 * told: which of them is a mistake is for a new test to say.
 */

#define LOINC "http://loinc.org"
#define MAX_VALUES 6 /* that differ; more are no blood group */

typedef enum
{
  GROUP_ABO,
  GROUP_RH,
  GROUP_BOTH,
  N_GROUPS
} Group;

/* One result. Strings are those of its message. */
typedef struct
{
  const char *code;
  const char *system;
  const char *value;
  const char *status;
  const char *at;
} Result;

/* JLAC10 5H010 and 5H020; the same in LOINC, and both in one. */
static Group
group_of (const Result *result)
{
  static const char *const jlac[] = { "5H010", "5H020" };
  static const char *const loinc[] = { "883-9", "10331-7", "882-1" };

  if (result->code == NULL || result->system == NULL)
    return N_GROUPS;
  if (imp_fhir_is_jlac_system (result->system))
    for (guint i = 0; i < G_N_ELEMENTS (jlac); i++)
      if (g_str_has_prefix (result->code, jlac[i]))
        return (Group) i;
  if (imp_fhir_same_system (result->system, LOINC))
    for (guint i = 0; i < G_N_ELEMENTS (loinc); i++)
      if (strcmp (result->code, loinc[i]) == 0)
        return (Group) i;
  return N_GROUPS;
}

/* The newest of each value stays. */
static void
take_result (GArray *results, const Result *result)
{
  for (guint i = 0; i < results->len; i++)
    {
      Result *known = &g_array_index (results, Result, i);

      if (strcmp (known->value, result->value) != 0)
        continue;
      if (strcmp (result->at, known->at) > 0)
        known->at = result->at;
      return;
    }
  g_array_append_val (results, *result);
}

/* A part of a panel has a state of its own. */
static gboolean
is_final (const Result *result)
{
  static const char *const words[] = { "final", "amended", "corrected", NULL };

  return result->status == NULL || g_strv_contains (words, result->status);
}

static void
end_result (GArray *const *groups, const ImpMessage *message, Result *result)
{
  Group group = group_of (result);

  if (group != N_GROUPS && is_final (result) && result->value != NULL && *result->value != '\0')
    {
      if (result->at == NULL)
        result->at = message->clinical_at;
      take_result (groups[group], result);
    }
  *result = (Result){ 0 };
}

static void
take_value (Result *result, const DiscRecordIter *iter)
{
  if (iter->field == DISC_FIELD_CODE && result->code == NULL)
    result->code = iter->value;
  else if (iter->field == DISC_FIELD_SYSTEM && result->system == NULL)
    result->system = iter->value;
  else if (iter->field == DISC_FIELD_VALUE && result->value == NULL)
    result->value = iter->value;
  else if (iter->field == DISC_FIELD_STATUS && result->status == NULL)
    result->status = iter->value;
  else if (iter->field == DISC_FIELD_ITEM_AT && result->at == NULL)
    result->at = iter->value;
}

static gboolean
is_result (const DiscRecordIter *iter)
{
  return iter->live &&
         (iter->status == DISC_STATUS_COMPLETED || iter->status == DISC_STATUS_CORRECTED) &&
         (iter->kind == DISC_KIND_LAB || iter->kind == DISC_KIND_OBSERVATION);
}

static void
take_message (GArray *const *groups, const ImpMessage *message)
{
  Result result = { 0 };
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token != DISC_TOKEN_VALUE)
      end_result (groups, message, &result);
    else if (iter.in_item && is_result (&iter))
      take_value (&result, &iter);
  end_result (groups, message, &result);
}

static gboolean
may_tell (const ImpMessage *message)
{
  return imp_message_is_fhir (message) && message->records_len > 0 &&
         message->fate == IMP_FATE_ON_DISC &&
         !(message->flags &
           (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST | DISC_MESSAGE_MAYBE_CANCELLED));
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Result *x = a, *y = b;
  int order = strcmp (y->at, x->at);

  return order != 0 ? order : strcmp (x->value, y->value);
}

/* "A型 (2026-05-16)"; of values that differ "A型 (2026-05-16) / O型 (2025-01-02)". */
static void
append_group (GString *text, GArray *results)
{
  g_array_sort (results, compare_newest_first);
  for (guint i = 0; i < results->len; i++)
    {
      const Result *result = &g_array_index (results, Result, i);

      if (text->len > 0)
        g_string_append (text, i > 0 ? " / " : " ");
      g_string_append (text, result->value);
      if (*result->at != '\0')
        g_string_append_printf (text, " (%.10s)", result->at);
    }
}

void
imp_resolve_blood (ImpUnit *unit)
{
  GArray *groups[N_GROUPS];
  g_autoptr (GString) text = g_string_new (NULL);

  if (unit->patient.blood_type != NULL)
    return;
  for (guint i = 0; i < N_GROUPS; i++)
    groups[i] = g_array_new (FALSE, FALSE, sizeof (Result));
  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (may_tell (message))
        take_message (groups, message);
    }
  for (guint i = 0; i < N_GROUPS; i++)
    {
      if (groups[i]->len <= MAX_VALUES)
        append_group (text, groups[i]);
      g_array_unref (groups[i]);
    }
  if (text->len > 0)
    unit->patient.blood_type = g_string_chunk_insert (unit->strings, text->str);
}
