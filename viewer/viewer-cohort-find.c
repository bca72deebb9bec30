/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-find.h"

#include <string.h>

#include "disc-date.h"
#include "viewer-problem-model.h"

static const DiscField drug_fields[] = { DISC_FIELD_DRUG, DISC_FIELD_NAME, DISC_FIELD_OTHER_NAME,
                                         DISC_FIELD_LOT };
static const DiscField drug_codes[] = { DISC_FIELD_CODE, DISC_FIELD_OTHER_CODE };
static const DiscField problem_fields[] = { DISC_FIELD_NAME, DISC_FIELD_OTHER_NAME,
                                            DISC_FIELD_ICD10 };

static gboolean
values_match (DiscNameMatch *match, const DiscValue *values, guint n, const DiscField *fields,
              guint n_fields)
{
  for (guint i = 0; i < n; i++)
    for (guint f = 0; f < n_fields; f++)
      if (values[i].field == fields[f] && disc_name_match_name (match, values[i].value))
        return TRUE;
  return FALSE;
}

static gboolean
is_drug (DiscNameMatch *match, const DiscItem *item)
{
  if (values_match (match, item->values, item->n_values, drug_fields, G_N_ELEMENTS (drug_fields)))
    return TRUE;
  for (guint i = 0; disc_name_match_code (match) != NULL && i < item->n_values; i++)
    for (guint f = 0; f < G_N_ELEMENTS (drug_codes); f++)
      if (item->values[i].field == drug_codes[f] &&
          disc_name_match_has_code (match, item->values[i].value))
        return TRUE;
  return FALSE;
}

static gboolean
is_problem (DiscNameMatch *match, const DiscItem *item)
{
  return values_match (match, item->values, item->n_values, problem_fields,
                       G_N_ELEMENTS (problem_fields));
}

static gboolean
is_procedure (DiscNameMatch *match, const DiscRecord *record)
{
  static const DiscField titles[] = { DISC_FIELD_TITLE, DISC_FIELD_NAME, DISC_FIELD_OTHER_NAME,
                                      DISC_FIELD_ITEM_TITLE };

  if (values_match (match, record->values, record->n_values, titles, G_N_ELEMENTS (titles)))
    return TRUE;
  for (guint i = 0; i < record->n_items; i++)
    if (values_match (match, record->items[i].values, record->items[i].n_values, titles,
                      G_N_ELEMENTS (titles)))
      return TRUE;
  return FALSE;
}

static GArray *
entries_of (const DiscChart *chart)
{
  GArray *entries = viewer_entries_new ();

  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    {
      const DiscRecord *record = disc_chart_record (chart, i);
      ViewerEntry entry = { record, disc_chart_message (chart, record->message) };

      if ((entry.message->flags & DISC_MESSAGE_SAID_BEFORE) == 0)
        g_array_append_val (entries, entry);
    }
  return entries;
}

static ViewerCohortEntry *
close_entry (ViewerCohortEntry *entry) /* (transfer full) */
{
  if (entry->facts->len > 0)
    {
      viewer_cohort_entry_close (entry);
      return entry;
    }
  viewer_cohort_entry_unref (entry);
  return NULL;
}

/* ---- drugs ---------------------------------------------------------------------------------- */

static ViewerCohortPart
part_of_line (const ViewerMedication *line)
{
  switch (line->section)
    {
    case VIEWER_MEDICATION_RUNNING:
      return VIEWER_COHORT_ON;
    case VIEWER_MEDICATION_RAN_OUT:
    case VIEWER_MEDICATION_EARLIER:
      return VIEWER_COHORT_ENDED;
    case VIEWER_MEDICATION_STOPPED:
      return VIEWER_COHORT_STOPPED;
    case VIEWER_MEDICATION_OPEN:
    case VIEWER_N_MEDICATION_SECTIONS:
    default:
      return VIEWER_COHORT_ON_UNKNOWN;
    }
}

static gboolean
has_warning (const ViewerCohortFact *fact, const char *word)
{
  for (guint i = 0; fact->warnings != NULL && i < fact->warnings->len; i++)
    if (strcmp (g_ptr_array_index (fact->warnings, i), word) == 0)
      return TRUE;
  return FALSE;
}

static ViewerCohortFact *
fact_of_line (const ViewerMedication *line)
{
  const DiscRecord *record = line->entry->record;
  ViewerCohortFact *fact =
      viewer_cohort_fact_new (part_of_line (line), record->kind, line->entry->message->rid);

  viewer_cohort_fact_take_record (fact, line->entry, line->item);
  fact->name = g_strdup (line->drug);
  fact->amount = g_strdup (line->dose);
  fact->words = g_strdup (line->usage);
  fact->start =
      g_strdup (line->start != NULL ? line->start : viewer_item_at (line->entry, line->item));
  fact->end = g_strdup (disc_item_value (line->item, DISC_FIELD_END));
  fact->days = g_strdup (line->days);
  fact->left = line->left;
  fact->days_left = line->days_left;
  fact->last_day = line->last_day;
  fact->is_no_order = has_warning (fact, "do-not-perform") || has_warning (fact, "no-order-yet");
  return fact;
}

static void
add_lines (ViewerCohortResult *result, ViewerCohortEntry *found, DiscNameMatch *match,
           const GArray *entries, const char *as_of)
{
  g_autoptr (ViewerMedicationModel) model = viewer_medication_model_new (entries, as_of);

  for (guint i = 0; i < viewer_medication_model_n (model); i++)
    {
      const ViewerMedication *line = viewer_medication_model_get (model, i);

      if (line->entry->record->status == DISC_STATUS_CANCELLED || !is_drug (match, line->item))
        continue;
      viewer_cohort_result_add_name (result, line->drug);
      viewer_cohort_entry_add (found, fact_of_line (line));
    }
}

static gboolean
is_injection (DiscKind kind)
{
  return kind == DISC_KIND_INJECTION || kind == DISC_KIND_ADMINISTRATION;
}

static gboolean
is_prescription (DiscKind kind)
{
  return kind == DISC_KIND_PRESCRIPTION || kind == DISC_KIND_DISPENSE ||
         kind == DISC_KIND_STATEMENT;
}

/* Numbers and units stand as the source has them, one behind the other. */
static char *
amount_of (const DiscItem *item)
{
  const char *amount = disc_item_value (item, DISC_FIELD_AMOUNT);
  const char *unit = disc_item_value (item, DISC_FIELD_AMOUNT_UNIT);

  if (amount == NULL)
    {
      amount = disc_item_value (item, DISC_FIELD_DOSE);
      unit = disc_item_value (item, DISC_FIELD_DOSE_UNIT);
    }
  return amount != NULL ? g_strconcat (amount, unit, NULL) : NULL;
}

/* By its dates alone: what is of yesterday or later may go on. */
static gboolean
is_recent (const char *start, const char *end, const char *as_of)
{
  const char *last = end != NULL && disc_date_compare (end, start) > 0 ? end : start;

  return last == NULL || as_of == NULL || !disc_date_is_valid (last) ||
         !disc_date_is_valid (as_of) || disc_date_to_day (last) >= disc_date_to_day (as_of) - 1;
}

static ViewerCohortFact *
fact_of_injection (const ViewerEntry *entry, const DiscItem *item, const char *as_of)
{
  static const DiscField words[] = { DISC_FIELD_ROUTE, DISC_FIELD_SITE, DISC_FIELD_USAGE,
                                     DISC_FIELD_LOT };
  ViewerCohortFact *fact =
      viewer_cohort_fact_new (VIEWER_COHORT_INJECTED, entry->record->kind, entry->message->rid);
  const char *start = disc_item_value (item, DISC_FIELD_GIVEN_AT);
  const char *end = disc_item_value (item, DISC_FIELD_END);

  if (start == NULL)
    start = disc_item_value (item, DISC_FIELD_START);
  if (start == NULL)
    start = viewer_item_at (entry, item);
  viewer_cohort_fact_take_record (fact, entry, item);
  if (!entry->record->live)
    fact->part = VIEWER_COHORT_STOPPED;
  else if (!is_recent (start, end, as_of))
    fact->part = VIEWER_COHORT_INJECTED_BEFORE;
  fact->name = g_strdup (disc_item_value (item, DISC_FIELD_DRUG));
  if (fact->name == NULL)
    fact->name = g_strdup (viewer_item_name (item));
  fact->amount = amount_of (item);
  fact->words = viewer_item_join (item, words, G_N_ELEMENTS (words), "　");
  fact->start = g_strdup (start);
  fact->end = g_strdup (end);
  return fact;
}

static void
add_injections (ViewerCohortResult *result, ViewerCohortEntry *found, DiscNameMatch *match,
                const GArray *entries, const char *as_of)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);
      const DiscRecord *record = entry->record;

      for (guint k = 0; k < record->n_items; k++)
        {
          if (!is_injection (record->kind) && !is_prescription (record->kind))
            break;
          if (!is_drug (match, &record->items[k]))
            continue;
          if (!record->live && viewer_cohort_result_count_dead (result, record->status))
            continue;
          if (!is_injection (record->kind))
            continue;
          viewer_cohort_entry_add (found, fact_of_injection (entry, &record->items[k], as_of));
          viewer_cohort_result_add_name (result,
                                         disc_item_value (&record->items[k], DISC_FIELD_DRUG));
        }
    }
}

ViewerCohortEntry *
viewer_cohort_find_drug (ViewerCohortResult *result, DiscNameMatch *match, guint32 pno,
                         const DiscChart *chart, const char *as_of)
{
  ViewerCohortEntry *found = viewer_cohort_entry_new (pno);
  g_autoptr (GArray) entries = entries_of (chart);

  add_lines (result, found, match, entries, as_of);
  add_injections (result, found, match, entries, as_of);
  return close_entry (found);
}

/* ---- diagnoses ------------------------------------------------------------------------------ */

static ViewerCohortPart
part_of_problem (const ViewerProblem *problem)
{
  switch (problem->group)
    {
    case VIEWER_PROBLEM_SUSPECTED:
      return VIEWER_COHORT_SUSPECTED;
    case VIEWER_PROBLEM_CLOSED:
      return VIEWER_COHORT_CLOSED;
    case VIEWER_PROBLEM_CURED_OR_DIED:
      return VIEWER_COHORT_CURED;
    case VIEWER_PROBLEM_CURRENT:
    case VIEWER_N_PROBLEM_GROUPS:
    default:
      return VIEWER_COHORT_CURRENT;
    }
}

static ViewerCohortFact *
fact_of_problem (const ViewerProblem *problem)
{
  ViewerCohortFact *fact = viewer_cohort_fact_new (part_of_problem (problem), DISC_KIND_PROBLEM,
                                                   problem->entry->message->rid);

  viewer_cohort_fact_take_record (fact, problem->entry, problem->item);
  fact->name = g_strdup (problem->name);
  fact->words = g_strdup (problem->outcome);
  fact->start = g_strdup (problem->start);
  fact->end = g_strdup (problem->end);
  fact->is_main = problem->is_main;
  fact->is_suspected = problem->is_suspected;
  return fact;
}

static void
add_problems (ViewerCohortResult *result, ViewerCohortEntry *found, DiscNameMatch *match,
              const DiscChart *problems)
{
  g_autoptr (GArray) entries = entries_of (problems);
  g_autoptr (ViewerProblemModel) model = viewer_problem_model_new (entries);

  for (guint i = 0; i < viewer_problem_model_n (model); i++)
    {
      const ViewerProblem *problem = viewer_problem_model_get (model, i);

      if (!is_problem (match, problem->item))
        continue;
      if (problem->is_confidential)
        {
          result->n_confidential++;
          continue;
        }
      viewer_cohort_result_add_name (result, problem->name);
      viewer_cohort_entry_add (found, fact_of_problem (problem));
    }
}

static void
count_dead_problems (ViewerCohortResult *result, DiscNameMatch *match, const DiscRecord *record)
{
  for (guint i = 0; i < record->n_items; i++)
    if (!record->live && is_problem (match, &record->items[i]))
      viewer_cohort_result_count_dead (result, record->status);
}

static ViewerCohortFact *
fact_of_procedure (const ViewerEntry *entry)
{
  const DiscItem *item = entry->record->n_items > 0 ? entry->record->items : NULL;
  ViewerCohortFact *fact =
      viewer_cohort_fact_new (VIEWER_COHORT_PROCEDURE, DISC_KIND_PROCEDURE, entry->message->rid);
  const char *name = item != NULL ? viewer_item_name (item) : NULL;

  viewer_cohort_fact_take_record (fact, entry, item);
  if (name == NULL)
    name = disc_record_value (entry->record, DISC_FIELD_TITLE);
  fact->name = g_strdup (name);
  fact->start = g_strdup (item != NULL ? viewer_item_at (entry, item) : viewer_entry_at (entry));
  return fact;
}

static void
add_procedures (ViewerCohortResult *result, ViewerCohortEntry *found, DiscNameMatch *match,
                const DiscChart *chart)
{
  g_autoptr (GArray) entries = entries_of (chart);

  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind == DISC_KIND_PROBLEM)
        count_dead_problems (result, match, entry->record);
      if (entry->record->kind != DISC_KIND_PROCEDURE || !is_procedure (match, entry->record) ||
          (!entry->record->live && viewer_cohort_result_count_dead (result, entry->record->status)))
        continue;
      viewer_cohort_entry_add (found, fact_of_procedure (entry));
    }
}

gboolean
viewer_cohort_has_diagnosis (DiscNameMatch *match, const DiscChart *chart)
{
  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    {
      const DiscRecord *record = disc_chart_record (chart, i);

      for (guint k = 0; record->kind == DISC_KIND_PROBLEM && k < record->n_items; k++)
        if (record->live && is_problem (match, &record->items[k]))
          return TRUE;
    }
  return FALSE;
}

ViewerCohortEntry *
viewer_cohort_find_diagnosis (ViewerCohortResult *result, DiscNameMatch *match, guint32 pno,
                              const DiscChart *problems, const DiscChart *chart)
{
  ViewerCohortEntry *found = viewer_cohort_entry_new (pno);

  if (problems != NULL)
    add_problems (result, found, match, problems);
  add_procedures (result, found, match, chart);
  return close_entry (found);
}

/* ---- disputed ------------------------------------------------------------------------------- */

static gboolean
record_names (DiscNameMatch *match, ViewerCohortKind kind, const DiscRecord *record)
{
  if (kind == VIEWER_COHORT_DIAGNOSIS && record->kind == DISC_KIND_PROCEDURE)
    return is_procedure (match, record);
  for (guint i = 0; i < record->n_items; i++)
    if (kind == VIEWER_COHORT_DRUG
            ? (is_injection (record->kind) || is_prescription (record->kind)) &&
                  is_drug (match, &record->items[i])
            : record->kind == DISC_KIND_PROBLEM && is_problem (match, &record->items[i]))
      return TRUE;
  return FALSE;
}

gboolean
viewer_cohort_names_disputed (DiscNameMatch *match, ViewerCohortKind kind, const DiscChart *chart)
{
  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    if (record_names (match, kind, disc_chart_record (chart, i)))
      return TRUE;
  return FALSE;
}
