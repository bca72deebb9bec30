/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <string.h>

#include "imp-silence.h"
#include "imp-verdict.h"

static void
add_count (cJSON *object, const char *name, guint64 n)
{
  cJSON_AddNumberToObject (object, name, (double) n);
}

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    cJSON_AddStringToObject (object, name, text);
}

/* Records that are not live, by the word for it: together with the live ones they are all. */
static void
add_dead (cJSON *object, const ImpKindTally *kind)
{
  cJSON *dead = cJSON_AddObjectToObject (object, "not_live");

  for (guint i = 0; i < DISC_N_STATUSES; i++)
    if (kind->by_status[i] > 0)
      add_count (dead, i > 0 ? disc_status_name ((DiscStatus) i) : "other", kind->by_status[i]);
}

/* Items with a code that others know, with one of the hospital's own, and without any: all items. */
static void
add_codes (cJSON *object, const ImpKindTally *kind, guint64 n_items)
{
  cJSON *codes;

  if (kind->n_coded + kind->n_coded_local == 0)
    return;
  codes = cJSON_AddObjectToObject (object, "codes");
  add_count (codes, "standard", kind->n_coded);
  add_count (codes, "local", kind->n_coded_local);
  add_count (codes, "none", n_items - kind->n_coded - kind->n_coded_local);
}

cJSON *
imp_report_kind (const ImpTally *tally, DiscKind number)
{
  const ImpKindTally *kind = &tally->kinds[number];
  cJSON *object = cJSON_CreateObject ();

  add_count (object, "records", tally->records[number]);
  add_count (object, "live", tally->records_live[number]);
  add_count (object, "items", tally->items[number]);
  add_dead (object, kind);
  add_count (object, "disputed", kind->n_disputed);
  add_codes (object, kind, tally->items[number]);
  add_text (object, "oldest_at", kind->oldest_at);
  add_text (object, "newest_at", kind->newest_at);
  add_text (object, "newest_sent", kind->newest_sent);
  return object;
}

static void
add_stop (cJSON *report, const ImpStop *stop)
{
  g_autofree char *overrides = imp_stop_overrides (&stop->policy);
  g_autofree char *set_aside = imp_stop_set_aside (stop);

  add_text (report, "overrides", overrides);
  add_text (report, "set_aside", set_aside);
  cJSON_AddItemToObject (report, "stop_rules", imp_stop_json (stop));
}

static void
add_scan (cJSON *report, const ImpReportInput *input)
{
  const ImpScanTally *scan = &input->tally->scan;
  cJSON *object = cJSON_AddObjectToObject (report, "virus_scan");

  cJSON_AddBoolToObject (object, "scanned", input->scanner != NULL);
  if (input->scanner == NULL)
    return;
  add_text (object, "scanner", input->scanner);
  add_count (object, "files", scan->n_scanned);
  add_count (object, "infected", scan->n_infected);
  add_count (object, "too_large", scan->n_too_large);
  add_count (object, "no_answer", scan->n_failed);
}

static void
add_suspects (cJSON *report, const ImpTally *tally, const ImpRootTally *sum)
{
  cJSON *object = cJSON_AddObjectToObject (report, "suspicious");
  cJSON *paths;

  add_count (object, "files_unreadable", sum->n_lost);
  add_count (object, "files", sum->n_suspicious);
  add_count (object, "ransom_names", sum->n_ransom_names);
  add_count (object, "high_entropy", sum->n_scrambled);
  add_count (object, "high_entropy_elsewhere", sum->n_scrambled_elsewhere);
  if (tally->suspects->len == 0)
    return;
  paths = cJSON_AddArrayToObject (object, "such_as");
  for (guint i = 0; i < tally->suspects->len; i++)
    cJSON_AddItemToArray (paths, cJSON_CreateString (g_ptr_array_index (tally->suspects, i)));
}

static cJSON *
ward_object (const char *name, const ImpWardTally *ward)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *kinds;

  cJSON_AddStringToObject (object, "ward", name);
  add_count (object, "patients", ward->n_patients);
  add_text (object, "newest_sent", ward->newest_sent);
  kinds = cJSON_AddObjectToObject (object, "newest_sent_by_kind");
  for (guint i = 1; i < DISC_N_KINDS; i++)
    add_text (kinds, disc_kind_name ((DiscKind) i), ward->by_kind[i]);
  return object;
}

static void
add_wards (cJSON *report, const ImpTally *tally)
{
  cJSON *wards = cJSON_AddArrayToObject (report, "wards");
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (tally->wards),
                                         (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    cJSON_AddItemToArray (wards,
                          ward_object (l->data, g_hash_table_lookup (tally->wards, l->data)));
}

static void
add_silent_types (cJSON *report, const ImpTally *tally)
{
  cJSON *array = cJSON_AddArrayToObject (report, "silent_types");
  g_autoptr (GPtrArray) silent =
      imp_silence_find (tally, imp_stop_default (IMP_STOP_SILENT_TYPES).number, NULL);

  for (guint i = 0; i < silent->len; i++)
    {
      const ImpSilence *type = g_ptr_array_index (silent, i);
      cJSON *object = cJSON_CreateObject ();

      add_text (object, "type", type->type);
      add_text (object, "newest_sent", type->newest_sent);
      add_count (object, "expected_since", type->n_expected);
      cJSON_AddItemToArray (array, object);
    }
}

/* What a storage holds that no reader of this program knows, by name. */
static void
add_unknown (cJSON *report, const ImpTally *tally)
{
  static const char prefix[] = "not-understood: kept as text: ";
  cJSON *object = cJSON_AddObjectToObject (report, "kept_as_text");
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (tally->details),
                                        (GCompareFunc) strcmp);

  for (GList *l = keys; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, prefix))
      add_count (object, (const char *) l->data + strlen (prefix),
                 *(const guint64 *) g_hash_table_lookup (tally->details, l->data));
}

void
imp_report_add_quality (cJSON *report, const ImpReportInput *input)
{
  char newest[DISC_DATE_MAX];
  ImpRootTally sum;

  imp_tally_sum_roots (input->tally, &sum);
  imp_tally_newest_sent (input->tally, newest);
  cJSON_AddBoolToObject (report, "written", input->built_at != NULL);
  add_text (report, "newest_sent", newest);
  add_text (report, "exported_at", input->tally->exported_at);
  if (*newest != '\0')
    add_count (report, "days_stale", (guint64) imp_window_days_stale (input->window, newest));
  add_count (report, "messages_sent_in_the_future", sum.n_future);
  if (input->stop != NULL)
    add_stop (report, input->stop);
  add_scan (report, input);
  add_suspects (report, input->tally, &sum);
  add_wards (report, input->tally);
  add_silent_types (report, input->tally);
  add_unknown (report, input->tally);
  imp_verdict_add (report);
}
