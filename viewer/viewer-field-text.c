/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-field-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-text.h"

static const struct
{
  DiscField field;
  const char *name;
} names[] = {
  /* in the order of the pane */
  { DISC_FIELD_DRUG, N_ ("Drug") },
  { DISC_FIELD_NAME, N_ ("Item name") }, /* by its kind: see name_text() */
  { DISC_FIELD_OTHER_NAME, N_ ("Other name") },
  { DISC_FIELD_SUBSTANCE, N_ ("Substance") },
  { DISC_FIELD_EVENT, N_ ("Event") },
  { DISC_FIELD_ITEM_TITLE, N_ ("Title") },
  { DISC_FIELD_PICTURES, N_ ("Pictures") },
  { DISC_FIELD_DOSE, N_ ("Dose per time") },
  { DISC_FIELD_DOSE_MAX, N_ ("Largest dose per time") },
  { DISC_FIELD_DOSE_UNIT, N_ ("Unit of the dose") },
  { DISC_FIELD_PER_DAY, N_ ("Dose per day") },
  { DISC_FIELD_PER_DAY_UNIT, N_ ("Unit per day") },
  { DISC_FIELD_TOTAL, N_ ("Total") },
  { DISC_FIELD_TOTAL_UNIT, N_ ("Unit of the total") },
  { DISC_FIELD_USAGE, N_ ("Usage") },
  { DISC_FIELD_USAGE_HINT, N_ ("Read from the usage code") },
  { DISC_FIELD_INSTRUCTION, N_ ("Instruction") },
  { DISC_FIELD_DAYS, N_ ("Days (dosing days)") },
  { DISC_FIELD_DAYS_UNIT, N_ ("Unit of the days") },
  { DISC_FIELD_TIMES, N_ ("Number of doses") },
  { DISC_FIELD_START, N_ ("Start") },
  { DISC_FIELD_END, N_ ("End") },
  { DISC_FIELD_COMPONENT, N_ ("Base / additive") },
  { DISC_FIELD_AMOUNT, N_ ("Amount") },
  { DISC_FIELD_AMOUNT_UNIT, N_ ("Unit of the amount") },
  { DISC_FIELD_VOLUME, N_ ("Total volume") },
  { DISC_FIELD_VOLUME_UNIT, N_ ("Unit of the volume") },
  { DISC_FIELD_RATE, N_ ("Rate") },
  { DISC_FIELD_RATE_UNIT, N_ ("Unit of the rate") },
  { DISC_FIELD_ROUTE, N_ ("Route") },
  { DISC_FIELD_SITE, N_ ("Site") },
  { DISC_FIELD_METHOD, N_ ("Method") },
  { DISC_FIELD_DEVICE, N_ ("Device") },
  { DISC_FIELD_VALUE, N_ ("Value") },
  { DISC_FIELD_VALUE_CODE, N_ ("Code of the value") },
  { DISC_FIELD_RESULT, N_ ("Result") },
  { DISC_FIELD_UNIT, N_ ("Unit") },
  { DISC_FIELD_OTHER_UNIT, N_ ("Other unit") },
  { DISC_FIELD_RANGE, N_ ("Reference range") },
  { DISC_FIELD_FLAG, N_ ("Flag") },
  { DISC_FIELD_STATUS, N_ ("Status code") },
  { DISC_FIELD_GROUP, N_ ("Panel") },
  { DISC_FIELD_GROUP_STATUS, N_ ("Status of the panel") },
  { DISC_FIELD_SPECIMEN, N_ ("Specimen") },
  { DISC_FIELD_SPECIMEN_NO, N_ ("Specimen number") },
  { DISC_FIELD_MATERIAL, N_ ("Material") },
  { DISC_FIELD_ORGANISM, N_ ("Organism") },
  { DISC_FIELD_ORGANISM_CODE, N_ ("Code of the organism") },
  { DISC_FIELD_SUB_ID, N_ ("Sub-number") },
  { DISC_FIELD_CATEGORY, N_ ("Category") },
  { DISC_FIELD_KIND, N_ ("Kind") },
  { DISC_FIELD_SEVERITY, N_ ("Severity") },
  { DISC_FIELD_REACTION, N_ ("Reaction") },
  { DISC_FIELD_SENSITIVITY, N_ ("Kind of sensitivity") },
  { DISC_FIELD_CLINICAL_STATUS, N_ ("Clinical status") },
  { DISC_FIELD_ACTION, N_ ("Action") },
  { DISC_FIELD_ONSET, N_ ("Onset") },
  { DISC_FIELD_SUSPECTED, N_ ("Suspected") },
  { DISC_FIELD_MAIN, N_ ("Main diagnosis") },
  { DISC_FIELD_OUTCOME, N_ ("Outcome") },
  { DISC_FIELD_OUTCOME_CODE, N_ ("Code of the outcome") },
  { DISC_FIELD_OUTCOME_AT, N_ ("Date of the outcome") },
  { DISC_FIELD_EXPECTED_END, N_ ("Expected end") },
  { DISC_FIELD_CONFIDENTIAL, N_ ("Confidential") },
  { DISC_FIELD_ICD10, N_ ("ICD-10") },
  { DISC_FIELD_GIVEN_AT, N_ ("Given at") },
  { DISC_FIELD_GIVEN_UNTIL, N_ ("Given until") },
  { DISC_FIELD_BY, N_ ("Given by") },
  { DISC_FIELD_REASON, N_ ("Reason") },
  { DISC_FIELD_LOT, N_ ("Lot") },
  { DISC_FIELD_WARD, N_ ("Ward") },
  { DISC_FIELD_ROOM, N_ ("Room") },
  { DISC_FIELD_BED, N_ ("Bed") },
  { DISC_FIELD_FROM, N_ ("From") },
  { DISC_FIELD_TO, N_ ("To") },
  { DISC_FIELD_DISPOSITION, N_ ("Disposition") },
  { DISC_FIELD_DISPOSITION_CODE, N_ ("Code of the disposition") },
  { DISC_FIELD_MEAL, N_ ("Meal") },
  { DISC_FIELD_TEXTURE, N_ ("Texture") },
  { DISC_FIELD_RESTRICTION, N_ ("Restriction") },
  { DISC_FIELD_TEXT, N_ ("Text") },
  { DISC_FIELD_COMMENT, N_ ("Comment") },
  { DISC_FIELD_INFECTION_RISK, N_ ("Infection risk") },
  { DISC_FIELD_CLINICAL_INFO, N_ ("Clinical information") },
  { DISC_FIELD_WARNING, N_ ("Take care") },
  { DISC_FIELD_ITEM_NOT_UNDERSTOOD, N_ ("Not interpreted") },
  { DISC_FIELD_NOT_UNDERSTOOD, N_ ("Not interpreted") },
  { DISC_FIELD_REPEATS, N_ ("Refills") },
  { DISC_FIELD_FORM, N_ ("Dosage form") },
  { DISC_FIELD_STRENGTH, N_ ("Strength") },
  { DISC_FIELD_STRENGTH_UNIT, N_ ("Unit of the strength") },
  { DISC_FIELD_DISPENSED_AT, N_ ("Dispensed at") },
  { DISC_FIELD_PRIORITY, N_ ("Priority") },
  { DISC_FIELD_LEVEL, N_ ("Level") },
  { DISC_FIELD_MODALITY, N_ ("Modality") },
  { DISC_FIELD_ACCESSION, N_ ("Accession number") },
  { DISC_FIELD_STUDY_UID, N_ ("Study UID") },
  { DISC_FIELD_MEDIA_TYPE, N_ ("Media type") },
  { DISC_FIELD_ORDER_NO, N_ ("Order") },
  { DISC_FIELD_ITEM_ORDER_NO, N_ ("Order") },
  { DISC_FIELD_PARENT_NO, N_ ("Belongs to order") },
  { DISC_FIELD_FILLER_NO, N_ ("Number of the department that performs") },
  { DISC_FIELD_PRESCRIPTION_NO, N_ ("Prescription number") },
  { DISC_FIELD_DEPARTMENT, N_ ("Department") },
  { DISC_FIELD_ITEM_DEPARTMENT, N_ ("Department") },
  { DISC_FIELD_AUTHOR, N_ ("Doctor") },
  { DISC_FIELD_DOCTOR, N_ ("Doctor") },
  { DISC_FIELD_ENTERED_BY, N_ ("Entered by") },
  { DISC_FIELD_PLACE, N_ ("Place") },
  { DISC_FIELD_PATIENT_CLASS, N_ ("In-patient or out-patient") },
  { DISC_FIELD_AT, N_ ("Time") },
  { DISC_FIELD_ITEM_AT, N_ ("Time") },
  { DISC_FIELD_EFFECTIVE_AT, N_ ("In force from") },
  { DISC_FIELD_REPORTED_AT, N_ ("Reported") },
  { DISC_FIELD_UPDATED_AT, N_ ("Last change") },
  { DISC_FIELD_CODE, N_ ("Code") },
  { DISC_FIELD_SYSTEM, N_ ("Coding system") },
  { DISC_FIELD_OTHER_CODE, N_ ("Other code") },
  { DISC_FIELD_OTHER_SYSTEM, N_ ("Other coding system") },
  { DISC_FIELD_USAGE_CODE, N_ ("Usage code") },
  { DISC_FIELD_INSTANCE_ID, N_ ("Number of the entry") },
  { DISC_FIELD_RECIPIENT, N_ ("For whom") },
  { DISC_FIELD_SIGNED_BY, N_ ("Signed by") },
  { DISC_FIELD_SIGNED_AT, N_ ("Signed at") },
  { DISC_FIELD_CUSTODIAN, N_ ("Kept by") },
  { DISC_FIELD_VERSION, N_ ("Version") },
  { DISC_FIELD_REPLACES, N_ ("Replaces the document") },
  { DISC_FIELD_APPENDS_TO, N_ ("Adds to the document") },
  { DISC_FIELD_TRANSFORMS, N_ ("Made from the document") },
  { DISC_FIELD_DOCUMENT_ID, N_ ("Number of the document") },
  { DISC_FIELD_SET_ID, N_ ("Number of all its versions") },
  { DISC_FIELD_LANGUAGE, N_ ("Language") },
  { DISC_FIELD_EVENT_CODE, N_ ("Event code") },
  { DISC_FIELD_VALUE_TYPE, N_ ("Type of the value") },
  { DISC_FIELD_TITLE, N_ ("Record") },
};

/* The name of what: one field holds it for every kind. */
static const char *
name_text (DiscKind kind)
{
  switch (kind)
    {
    case DISC_KIND_DEMOGRAPHICS:
    case DISC_KIND_CONTACT:
      return _ ("Name");
    case DISC_KIND_PROBLEM:
      return _ ("Diagnosis");
    case DISC_KIND_LAB:
    case DISC_KIND_MICROBIOLOGY:
      return _ ("Test item");
    default:
      return _ ("Item name");
    }
}

/* ORC-4: of drugs it is the Rp; of all else what belongs together. */
static const char *
group_text (DiscKind kind)
{
  switch (kind)
    {
    case DISC_KIND_PRESCRIPTION:
    case DISC_KIND_DISPENSE:
    case DISC_KIND_STATEMENT:
    case DISC_KIND_INJECTION:
    case DISC_KIND_ADMINISTRATION:
      return _ ("Rp");
    default:
      return _ ("Group number");
    }
}

const char *
viewer_field_text (DiscField field, DiscKind kind)
{
  const char *name = disc_field_name (field);

  if (field == DISC_FIELD_NAME)
    return name_text (kind);
  if (field == DISC_FIELD_RP)
    return group_text (kind);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].field == field)
      return _ (names[i].name);
  return name != NULL ? name : _ ("Not interpreted");
}

char *
viewer_warning_text (const char *warning)
{
  static const struct
  {
    const char *word;
    const char *text;
  } words[] = {
    { "amounts-differ", N_ ("Dose, daily dose and total do not agree") },
    { "as-of-document", N_ ("As it stood when the document was written") },
    { "at-order-time", N_ ("As it stood when the order was written") },
    { "bad-number", N_ ("An amount is no number") },
    { "corrected", N_ ("Corrected") },
    { "days-differ", N_ ("The numbers of days do not agree") },
    { "detected-issue", N_ ("A warning was given when it was ordered") },
    { "do-not-perform", N_ ("Order NOT to do this") },
    { "draft", N_ ("Draft: not confirmed") },
    { "drug-in-error", N_ ("The description of the drug was entered in error") },
    { "implicit-rules", N_ ("Made under rules that are not known here") },
    { "in-progress", N_ ("In progress") },
    { "inactive", N_ ("No longer in use") },
    { "incomplete", N_ ("Incomplete") },
    { "ingredient-amount", N_ ("Amount of the active ingredient, not of the product") },
    { "later-prescription",
      N_ ("A later prescription follows this one: replaced or continued, not said") },
    { "no-order-yet", N_ ("A plan or proposal, not an order") },
    { "not-done", N_ ("Not done") },
    { "not-done-yet", N_ ("Being prepared: not done yet") },
    { "not-handed-over", N_ ("Not handed to the patient yet") },
    { "not-taken", N_ ("The patient does not take it") },
    { "not-yet-taken", N_ ("Not taken yet") },
    { "old-format", N_ ("Written in an old format") },
    { "on-hold", N_ ("On hold") },
    { "on-leave", N_ ("Away from the ward") },
    { "partial-content", N_ ("Only a part of the record was sent") },
    { "partly-given", N_ ("Stopped midway: partly given") },
    { "planned", N_ ("Planned") },
    { "preliminary", N_ ("Preliminary result") },
    { "prior-prescription",
      N_ ("An earlier prescription is named: replaced or continued, not said") },
    { "refused", N_ ("Refused") },
    { "restricted", N_ ("Confidential: handle with care") },
    { "result-pending", N_ ("Result pending") },
    { "several-doses", N_ ("Several amounts: see the comment") },
    { "specimen-poor", N_ ("Poor specimen") },
    { "status-unknown", N_ ("State not known") },
    { "stopped-midway", N_ ("Stopped midway") },
    { "subpotent", N_ ("Does not count as a vaccination") },
    { "test-patient", N_ ("Test data") },
    { "unconfirmed", N_ ("Not confirmed") },
    { "undelivered", N_ ("Not given to the patient to read") },
    { "uninformed", N_ ("The patient has NOT been told") },
    { "unknown-drug", N_ ("The drug is not known") },
    { "unknown-modifier", N_ ("May mean the opposite: an unknown modifier") },
    { "usage-contradicts", N_ ("Text and code of the usage do not agree") },
    { "about-another", N_ ("About somebody or something else than the patient") },
    { "attachment-not-shown", N_ ("A file that belongs to it is not shown") },
    { "attachment-size", N_ ("Size of the attached file is not as declared") },
    { "collected-time-unknown", N_ ("When it was taken or measured is not known") },
    { "organism-unknown", N_ ("Which organism it belongs to is not known") },
    { "results-missing", N_ ("Some of its results are not among the data") },
    { "several-values", N_ ("Several values where one is allowed") },
    { "specimen-in-error", N_ ("Its specimen was entered in error") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].word, warning) == 0)
      return g_strdup (_ (words[i].text));
  return g_strdup (warning);
}

static void
line_free (ViewerFieldLine *line)
{
  g_free (line->value);
  g_free (line);
}

static char *
join_values (const DiscValue *values, guint n, DiscField field)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = NULL;

      if (values[i].field != field)
        continue;
      value = field == DISC_FIELD_WARNING ? viewer_warning_text (values[i].value)
                                          : viewer_text_value (values[i].value);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, value);
    }
  return g_string_free (text, FALSE);
}

/* A number and its unit are read together. */
static const struct
{
  DiscField number, unit;
} pairs[] = {
  { DISC_FIELD_DOSE, DISC_FIELD_DOSE_UNIT },
  { DISC_FIELD_PER_DAY, DISC_FIELD_PER_DAY_UNIT },
  { DISC_FIELD_TOTAL, DISC_FIELD_TOTAL_UNIT },
  { DISC_FIELD_DAYS, DISC_FIELD_DAYS_UNIT },
  { DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT },
  { DISC_FIELD_VOLUME, DISC_FIELD_VOLUME_UNIT },
  { DISC_FIELD_RATE, DISC_FIELD_RATE_UNIT },
  { DISC_FIELD_VALUE, DISC_FIELD_UNIT },
  { DISC_FIELD_STRENGTH, DISC_FIELD_STRENGTH_UNIT },
};

/* The one value of a field, or NULL where there is none or several. */
static const char *
only_value (const DiscItem *item, DiscField field)
{
  return disc_item_nth_value (item, field, 1) == NULL ? disc_item_value (item, field) : NULL;
}

/* The unit that stands behind the number of this field, or NULL. */
static const char *
unit_of (const DiscItem *item, DiscField number)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].number == number && only_value (item, number) != NULL)
      return only_value (item, pairs[i].unit);
  return NULL;
}

static gboolean
is_said_with_number (const DiscItem *item, DiscField unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i].unit == unit && only_value (item, unit) != NULL)
      return only_value (item, pairs[i].number) != NULL;
  return FALSE;
}

static guint
rank_of (DiscField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].field == field)
      return i;
  return G_N_ELEMENTS (names);
}

typedef struct
{
  guint rank;
  guint position;
  DiscField field;
  gboolean of_item;
} Found;

static void
collect (GArray *found, const DiscValue *values, guint n, gboolean of_item)
{
  gboolean seen[256] = { FALSE };

  for (guint i = 0; i < n; i++)
    {
      Found one = { rank_of (values[i].field), found->len, values[i].field, of_item };

      if ((guint) values[i].field < G_N_ELEMENTS (seen) && seen[values[i].field])
        continue;
      if ((guint) values[i].field < G_N_ELEMENTS (seen))
        seen[values[i].field] = TRUE;
      g_array_append_val (found, one);
    }
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a;
  const Found *y = b;

  if (x->rank != y->rank)
    return (x->rank > y->rank) - (x->rank < y->rank);
  return (x->position > y->position) - (x->position < y->position);
}

GPtrArray *
viewer_field_lines (const ViewerEntry *entry, const DiscItem *item)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  const DiscRecord *record = entry->record;

  if (item != NULL)
    collect (found, item->values, item->n_values, TRUE);
  collect (found, record->values, record->n_values, FALSE);
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    {
      const Found *one = &g_array_index (found, Found, i);
      ViewerFieldLine *line;
      const char *unit = one->of_item ? unit_of (item, one->field) : NULL;

      if (one->of_item && is_said_with_number (item, one->field))
        continue;
      line = g_new0 (ViewerFieldLine, 1);
      line->label = viewer_field_text (one->field, record->kind);
      line->value = one->of_item ? join_values (item->values, item->n_values, one->field)
                                 : join_values (record->values, record->n_values, one->field);
      if (unit != NULL)
        {
          g_autofree char *number = line->value;

          line->value = g_strdup_printf ("%s %s", number, unit);
        }
      line->is_doubtful = one->field == DISC_FIELD_WARNING ||
                          one->field == DISC_FIELD_NOT_UNDERSTOOD ||
                          one->field == DISC_FIELD_ITEM_NOT_UNDERSTOOD;
      g_ptr_array_add (lines, line);
    }
  return lines;
}
