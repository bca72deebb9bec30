/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "imp-media.h"

#define REPORT_VERSION 1
#define MAX_DETAILS_SHOWN 200

/* Field that a clinician looks for, and the kind that holds it: which of them never occur in a
 * storage is worth knowing before the day it is needed (spec 8.35). */
static const struct
{
  DiscKind kind;
  DiscField field;
} expected_fields[] = {
  { DISC_KIND_ALLERGY, DISC_FIELD_CODE },
  { DISC_KIND_ALLERGY, DISC_FIELD_SEVERITY },
  { DISC_KIND_ALLERGY, DISC_FIELD_REACTION },
  { DISC_KIND_PROBLEM, DISC_FIELD_CODE },
  { DISC_KIND_PROBLEM, DISC_FIELD_ICD10 },
  { DISC_KIND_PROBLEM, DISC_FIELD_OUTCOME },
  { DISC_KIND_PROBLEM, DISC_FIELD_MAIN },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_CODE },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_DOSE },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_DOSE_UNIT },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_PER_DAY },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_TOTAL },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_USAGE },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_USAGE_CODE },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_DAYS },
  { DISC_KIND_PRESCRIPTION, DISC_FIELD_START },
  { DISC_KIND_INJECTION, DISC_FIELD_CODE },
  { DISC_KIND_INJECTION, DISC_FIELD_AMOUNT },
  { DISC_KIND_INJECTION, DISC_FIELD_RATE },
  { DISC_KIND_INJECTION, DISC_FIELD_ROUTE },
  { DISC_KIND_INJECTION, DISC_FIELD_COMPONENT },
  { DISC_KIND_ADMINISTRATION, DISC_FIELD_GIVEN_AT },
  { DISC_KIND_ADMINISTRATION, DISC_FIELD_BY },
  { DISC_KIND_ADMINISTRATION, DISC_FIELD_STATUS },
  { DISC_KIND_ADMINISTRATION, DISC_FIELD_REASON },
  { DISC_KIND_LAB, DISC_FIELD_CODE },
  { DISC_KIND_LAB, DISC_FIELD_UNIT },
  { DISC_KIND_LAB, DISC_FIELD_RANGE },
  { DISC_KIND_LAB, DISC_FIELD_FLAG },
  { DISC_KIND_LAB, DISC_FIELD_STATUS },
  { DISC_KIND_LAB, DISC_FIELD_SPECIMEN },
  { DISC_KIND_ENCOUNTER, DISC_FIELD_WARD },
  { DISC_KIND_ENCOUNTER, DISC_FIELD_BED },
  { DISC_KIND_ENCOUNTER, DISC_FIELD_DOCTOR },
  { DISC_KIND_ENCOUNTER, DISC_FIELD_DISPOSITION },
};

static void
add_count (cJSON *object, const char *name, guint64 n)
{
  cJSON_AddNumberToObject (object, name, (double) n);
}

static void
add_count_if (cJSON *object, const char *name, guint64 n)
{
  if (n > 0)
    add_count (object, name, n);
}

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    cJSON_AddStringToObject (object, name, text);
}

static char *
print_and_free (cJSON *object)
{
  char *printed = cJSON_PrintUnformatted (object);
  char *text = g_strdup (printed);

  cJSON_free (printed);
  cJSON_Delete (object);
  return text;
}

static void
add_reasons (cJSON *object, const guint64 by_reason[IMP_N_REASONS])
{
  cJSON *refused = cJSON_AddObjectToObject (object, "refused");
  cJSON *ignored = cJSON_AddObjectToObject (object, "ignored");

  for (guint i = IMP_REASON_NONE + 1; i < IMP_N_REASONS; i++)
    add_count_if (imp_reason_is_ignored (i) ? ignored : refused, imp_reason_name (i),
                  by_reason[i]);
}

/* read = records + context + identical + withdrawals + withdrawals of nothing */
static void
add_fhir (cJSON *counts, const ImpTally *tally)
{
  static const char *const names[] = {
    [IMP_FHIR_COUNT_RECORDS] = "records",
    [IMP_FHIR_COUNT_CONTEXT] = "context",
    [IMP_FHIR_COUNT_IDENTICAL] = "identical",
    [IMP_FHIR_COUNT_WITHDRAWALS] = "withdrawals",
    [IMP_FHIR_COUNT_WITHDRAWALS_OF_NOTHING] = "withdrawals_of_nothing",
  };
  cJSON *fhir;

  if (tally->n_fhir_read + tally->n_fhir_refused + tally->n_fhir_ignored == 0)
    return;
  fhir = cJSON_AddObjectToObject (counts, "fhir");
  add_count (fhir, "read", tally->n_fhir_read);
  for (guint i = 0; i < IMP_N_FHIR_COUNTS; i++)
    add_count (fhir, names[i], tally->fhir[i]);
  add_count (fhir, "refused", tally->n_fhir_refused);
  add_count (fhir, "ignored", tally->n_fhir_ignored);
}

static cJSON *
counts_object (const ImpReportInput *input)
{
  const ImpTally *tally = input->tally;
  ImpRootTally sum;
  cJSON *counts = cJSON_CreateObject ();
  cJSON *by_kind;
  guint64 n_live = 0;

  imp_tally_sum_roots (tally, &sum);
  add_count (counts, "files", sum.n_seen);
  add_count (counts, "files_read", sum.n_read);
  add_count (counts, "files_refused", sum.n_refused);
  add_count (counts, "files_ignored", sum.n_ignored);
  add_reasons (counts, sum.by_reason);
  add_count (counts, "bytes", sum.n_bytes);
  add_count (counts, "messages", sum.n_messages);
  add_count (counts, "messages_refused", sum.n_messages_refused);
  add_count (counts, "messages_on_disc", tally->fates[IMP_FATE_ON_DISC]);
  add_count (counts, "messages_outside_window", tally->fates[IMP_FATE_OUTSIDE]);
  add_count (counts, "messages_identical", tally->fates[IMP_FATE_IDENTICAL]);
  add_count (counts, "messages_beyond_ceiling", tally->fates[IMP_FATE_OVERFULL]);
  add_count (counts, "messages_disputed", tally->n_disputed);
  add_fhir (counts, tally);
  add_count (counts, "characters_lost", sum.n_characters_lost);
  add_count (counts, "patients", tally->n_patients);
  add_count (counts, "patients_without_basic_data", tally->n_patients_bare);
  add_count (counts, "patients_disputed_only", tally->n_patients_disputed_only);
  add_count (counts, "patients_outside_window", tally->n_patients_outside);

  add_count (counts, "pictures", tally->n_pictures);
  add_count (counts, "pictures_left_out", tally->n_pictures_left_out);
  add_count (counts, "picture_bytes", tally->picture_bytes);

  by_kind = cJSON_CreateObject ();
  for (guint i = 1; i < DISC_N_KINDS; i++)
    {
      n_live += tally->records_live[i];
      if (tally->records[i] > 0)
        cJSON_AddItemToObject (by_kind, disc_kind_name ((DiscKind) i),
                               imp_report_kind (tally, (DiscKind) i));
    }
  add_count (counts, "records", imp_tally_sum_records (tally));
  add_count (counts, "records_live", n_live);
  cJSON_AddItemToObject (counts, "records_by_kind", by_kind);
  add_count (counts, "findings", input->n_findings);
  return counts;
}

char *
imp_report_counts_json (const ImpReportInput *input)
{
  return print_and_free (counts_object (input));
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer container): keys in a fixed order, so that two reports can be compared. */
static GPtrArray *
sorted_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_text);
  return keys;
}

static void
add_types (cJSON *object, const ImpRootTally *root)
{
  cJSON *types = cJSON_AddObjectToObject (object, "types");
  g_autoptr (GPtrArray) names = sorted_keys (root->types);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const ImpTypeTally *type = g_hash_table_lookup (root->types, name);
      cJSON *entry = cJSON_AddObjectToObject (types, name);

      add_count (entry, "files", type->n_files);
      add_count_if (entry, "files_refused", type->n_files_refused);
      add_count (entry, "messages", type->n_messages);
      add_count_if (entry, "outside_window", type->n_outside);
      add_count (entry, "messages_on_disc", type->n_on_disc);
      add_count (entry, "records", type->n_records);
      add_text (entry, "oldest_sent", type->oldest_sent);
      add_text (entry, "newest_sent", type->newest_sent);
    }
}

static void
add_root_counts (cJSON *object, const ImpRootTally *tally)
{
  static const char *const conditions[] = { "0", "1", "2", "none" };
  cJSON *part;

  add_count (object, "files", tally->n_seen);
  add_count (object, "files_read", tally->n_read);
  add_count (object, "files_refused", tally->n_refused);
  add_count (object, "files_ignored", tally->n_ignored);
  add_reasons (object, tally->by_reason);
  add_count (object, "bytes", tally->n_bytes);
  add_count (object, "messages", tally->n_messages);
  add_count (object, "messages_disputed", tally->n_disputed);
  add_count (object, "characters_lost", tally->n_characters_lost);
  add_count (object, "characters_user_defined", tally->n_characters_private);
  add_count (object, "messages_sent_in_the_future", tally->n_future);
  add_count (object, "patients_without_basic_data", tally->n_patients_bare);
  add_text (object, "oldest_care_date", tally->oldest_care);
  add_text (object, "newest_care_date", tally->newest_care);

  part = cJSON_AddObjectToObject (object, "condition_flags");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    add_count_if (part, conditions[i], tally->by_condition[i]);
  part = cJSON_AddObjectToObject (object, "encodings");
  for (guint i = 0; i < IMP_N_CHARSETS; i++)
    add_count_if (part, imp_charset_name (i), tally->by_charset[i]);
  add_types (object, tally);
}

static cJSON *
root_object (const ImpReportInput *input, guint index)
{
  const ImpRoot *root = imp_roots_get (input->roots, index);
  const ImpReportSource *source = &g_array_index (input->sources, ImpReportSource, root->source);
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "source", source->label);
  cJSON_AddStringToObject (object, "root", root->path);
  add_text (object, "facility", root->facility);
  add_root_counts (object, imp_tally_find_root (input->tally, index));
  return object;
}

/* So many roots, and what stands for the others: counts of roots add up to those of the import. */
static void
add_roots (cJSON *report, const ImpReportInput *input)
{
  cJSON *roots = cJSON_AddArrayToObject (report, "roots");
  guint n = input->tally->roots->len;
  g_autoptr (ImpTally) rest = imp_tally_rest (input->tally, IMP_ROOTS_LISTED);
  cJSON *object;

  for (guint i = 0; i < MIN (n, IMP_ROOTS_LISTED); i++)
    if (imp_tally_find_root (input->tally, i) != NULL)
      cJSON_AddItemToArray (roots, root_object (input, i));
  if (rest == NULL)
    return;

  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "root", "(further roots)");
  add_count (object, "roots_together", n - IMP_ROOTS_LISTED);
  add_root_counts (object, imp_tally_root (rest, 0));
  cJSON_AddItemToArray (roots, object);
}

static void
add_findings (cJSON *report, const ImpTally *tally)
{
  cJSON *findings = cJSON_AddObjectToObject (report, "findings");
  cJSON *details = cJSON_AddObjectToObject (report, "finding_details");
  g_autoptr (GPtrArray) keys = sorted_keys (tally->details);

  for (guint i = 0; i < IMP_N_FINDINGS; i++)
    add_count_if (findings, imp_finding_code_name (i), tally->findings[i]);
  for (guint i = 0; i < keys->len && i < MAX_DETAILS_SHOWN; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      add_count (details, key, *(const guint64 *) g_hash_table_lookup (tally->details, key));
    }
}

static void
add_absent_fields (cJSON *report, const ImpTally *tally)
{
  cJSON *absent = cJSON_AddArrayToObject (report, "fields_that_never_occur");

  for (guint i = 0; i < G_N_ELEMENTS (expected_fields); i++)
    {
      DiscKind kind = expected_fields[i].kind;
      DiscField field = expected_fields[i].field;
      g_autofree char *name = NULL;

      if (tally->items[kind] == 0 || (tally->fields[kind][field >> 3] & (1 << (field & 7))) != 0)
        continue;
      name = g_strdup_printf ("%s.%s", disc_kind_name (kind), disc_field_name (field));
      cJSON_AddItemToArray (absent, cJSON_CreateString (name));
    }
}

/* Over the roots of one source; what is beyond the ceiling for roots belongs to the source that met it
 * first. */
static void
add_source_counts (cJSON *object, const ImpReportInput *input, guint source)
{
  g_autoptr (ImpTally) of_source = imp_tally_of_source (input->tally, input->roots, source);
  const ImpRootTally *sum = imp_tally_root (of_source, 0);

  add_count (object, "files", sum->n_seen);
  add_count (object, "files_read", sum->n_read);
  add_count (object, "files_refused", sum->n_refused);
  add_count (object, "files_ignored", sum->n_ignored);
  add_count (object, "bytes", sum->n_bytes);
  add_count (object, "messages", sum->n_messages);
  add_types (object, sum);
}

static void
add_sources (cJSON *report, const ImpReportInput *input)
{
  cJSON *sources = cJSON_AddArrayToObject (report, "sources");

  for (guint i = 0; i < input->sources->len; i++)
    {
      const ImpReportSource *source = &g_array_index (input->sources, ImpReportSource, i);
      const ImpSourceResult *result = source->result;
      cJSON *object = cJSON_CreateObject ();

      cJSON_AddStringToObject (object, "name", source->label);
      cJSON_AddBoolToObject (object, "damaged", result->damaged);
      add_text (object, "detail", result->detail);
      add_source_counts (object, input, i);
      if (result->folders_refused != NULL)
        {
          cJSON *folders = cJSON_AddArrayToObject (object, "folders_not_read");

          for (guint j = 0; j < result->folders_refused->len; j++)
            cJSON_AddItemToArray (
                folders, cJSON_CreateString (g_ptr_array_index (result->folders_refused, j)));
        }
      cJSON_AddItemToArray (sources, object);
    }
}

char *
imp_report_json (const ImpReportInput *input)
{
  cJSON *report = cJSON_CreateObject ();

  add_count (report, "version", REPORT_VERSION);
  add_text (report, "made_by", PACKAGE_NAME " " PACKAGE_VERSION);
  add_text (report, "built_at", input->built_at);
  add_text (report, "hospital", input->hospital);
  add_text (report, "facility", input->facility);
  add_text (report, "as_of", input->window->as_of);
  add_text (report, "window_from", input->window->window_from);
  add_count (report, "months", (guint64) input->window->months);
  if (input->accepted != NULL)
    cJSON_AddItemToObject (report, "accepted",
                           cJSON_CreateStringArray (input->accepted,
                                                    (int) g_strv_length ((char **) input->accepted)));
  add_count (report, "picture_budget", input->tally->picture_budget);
  cJSON_AddItemToObject (report, "counts", counts_object (input));
  add_sources (report, input);
  add_roots (report, input);
  add_findings (report, input->tally);
  add_absent_fields (report, input->tally);
  imp_report_add_quality (report, input);
  return print_and_free (report);
}

/* As image --json has it. */
static void
add_fits (cJSON *object, guint64 n_sectors)
{
  cJSON *fits;

  add_count (object, "sectors", n_sectors);
  fits = cJSON_AddArrayToObject (object, "fits");
  for (ImpMedium i = imp_medium_smallest (n_sectors); i < IMP_N_MEDIA; i++)
    cJSON_AddItemToArray (fits, cJSON_CreateString (imp_medium_option (i)));
}

char *
imp_report_add_media (const char *json, const GArray *n_sectors)
{
  cJSON *report = cJSON_Parse (json);
  cJSON *volumes;
  guint64 most = 0;

  for (guint i = 0; i < n_sectors->len; i++)
    most = MAX (most, g_array_index (n_sectors, guint64, i));
  add_fits (report, most);
  add_count (report, "volumes", n_sectors->len);
  if (n_sectors->len > 1)
    {
      volumes = cJSON_AddArrayToObject (report, "by_volume");
      for (guint i = 0; i < n_sectors->len; i++)
        {
          cJSON *volume = cJSON_CreateObject ();

          add_count (volume, "volume", i + 1);
          add_fits (volume, g_array_index (n_sectors, guint64, i));
          cJSON_AddItemToArray (volumes, volume);
        }
    }
  return print_and_free (report);
}
