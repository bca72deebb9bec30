/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-report-words.h"
#include "imp-report.h"
#include "imp-stop.h"
#include "imp-verdict.h"
#include "imp-report-json.h"

#define MAX_ROWS 1000 /* of one table; a report of ours has fewer */

static const cJSON *
get (const cJSON *object, const char *name)
{
  return cJSON_GetObjectItemCaseSensitive (object, name);
}

static void
cell (ImpReportPage *page, const char *text)
{
  imp_report_page_add_cell (page, IMP_REPORT_CELL_TEXT, text);
}

static void
cell_count (ImpReportPage *page, guint64 n)
{
  g_autofree char *number = imp_report_number (n);

  imp_report_page_add_cell (page, IMP_REPORT_CELL_NUMBER, number);
}

static void
cell_time (ImpReportPage *page, const char *iso)
{
  g_autofree char *shown = imp_report_page_time (iso);

  cell (page, shown);
}

static void
row (ImpReportPage *page, const char *label, const char *text)
{
  if (text == NULL)
    return;
  imp_report_page_add_cell (page, IMP_REPORT_CELL_LABEL, label);
  cell (page, text);
}

static void
row_count (ImpReportPage *page, const char *label, guint64 n)
{
  cell (page, label);
  cell_count (page, n);
}

static void
row_count_if (ImpReportPage *page, const char *label, guint64 n)
{
  if (n > 0)
    row_count (page, label, n);
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void
append_head (ImpReportPage *page, const cJSON *report)
{
  imp_report_page_begin_list (page);
  row (page, _ ("Hospital"), imp_report_get_text (report, "hospital"));
  row (page, _ ("Facility"), imp_report_get_text (report, "facility"));
  row (page, _ ("Made at"), imp_report_get_text (report, "built_at"));
  row (page, _ ("Data as of"), imp_report_get_text (report, "as_of"));
  row (page, _ ("Window from"), imp_report_get_text (report, "window_from"));
  row (page, _ ("Newest data sent at"), imp_report_get_text (report, "newest_sent"));
  row (page, _ ("Bulk export of"), imp_report_get_text (report, "exported_at"));
  row (page, _ ("Changed by the operator"), imp_report_get_text (report, "overrides"));
  row (page, _ ("Made by"), imp_report_get_text (report, "made_by"));
}

static ImpReportLevel
level_from_name (const char *name)
{
  if (g_strcmp0 (name, "serious") == 0 || g_strcmp0 (name, "not-written") == 0)
    return IMP_REPORT_LEVEL_SERIOUS;
  return g_strcmp0 (name, "attention") == 0 ? IMP_REPORT_LEVEL_ATTENTION : IMP_REPORT_LEVEL_PLAIN;
}

static void
append_verdict (ImpReportPage *page, const cJSON *report)
{
  const cJSON *verdict = get (report, "verdict");
  const char *level = imp_report_get_text (verdict, "level");
  const cJSON *reason;

  imp_report_page_add_verdict (page, level_from_name (level), imp_verdict_heading (level));
  cJSON_ArrayForEach (reason, get (verdict, "reasons"))
  {
    g_autofree char *sentence = imp_verdict_sentence (reason);
    gboolean is_serious = g_strcmp0 (imp_report_get_text (reason, "level"), "serious") == 0;

    imp_report_page_add_reason (
        page, is_serious ? IMP_REPORT_LEVEL_SERIOUS : IMP_REPORT_LEVEL_ATTENTION, sentence);
  }
}

static void
append_reasons (ImpReportPage *page, const cJSON *reasons)
{
  const cJSON *reason;

  cJSON_ArrayForEach (reason, reasons) if (reason->string != NULL)
  {
    g_autofree char *label = g_strdup_printf ("– %s", imp_report_reason_words (reason->string));

    row_count (page, label, imp_report_get_count (reasons, reason->string));
  }
}

static void
append_counts (ImpReportPage *page, const cJSON *report)
{
  const cJSON *counts = get (report, "counts");
  const char *const heads[] = { _ ("What"), _ ("Number"), NULL };

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Files, messages, patients"));
  imp_report_page_begin_table (page, heads);
  row_count (page, _ ("Files seen (= read + refused + ignored)"),
             imp_report_get_count (counts, "files"));
  row_count (page, _ ("Files read"), imp_report_get_count (counts, "files_read"));
  row_count (page, _ ("Files refused"), imp_report_get_count (counts, "files_refused"));
  append_reasons (page, get (counts, "refused"));
  row_count (page, _ ("Files ignored"), imp_report_get_count (counts, "files_ignored"));
  append_reasons (page, get (counts, "ignored"));
  row_count (page, _ ("Messages read"), imp_report_get_count (counts, "messages"));
  row_count (page, _ ("Messages on the disc"), imp_report_get_count (counts, "messages_on_disc"));
  row_count (page, _ ("Messages older than the window"),
             imp_report_get_count (counts, "messages_outside_window"));
  row_count_if (page, _ ("Messages that stand there a second time"),
                imp_report_get_count (counts, "messages_identical"));
  row_count_if (page, _ ("Messages beyond the ceiling for one patient"),
                imp_report_get_count (counts, "messages_beyond_ceiling"));
  row_count (page, _ ("Disputed messages, in nobody's chart"),
             imp_report_get_count (counts, "messages_disputed"));
  row_count (page, _ ("Characters that could not be read"),
             imp_report_get_count (counts, "characters_lost"));
  row_count (page, _ ("Patients"), imp_report_get_count (counts, "patients"));
  row_count (page, _ ("Patients without basic data"),
             imp_report_get_count (counts, "patients_without_basic_data"));
  row_count_if (page, _ ("Patients known from disputed messages only"),
                imp_report_get_count (counts, "patients_disputed_only"));
  row_count_if (page, _ ("Patients with nothing in the window"),
                imp_report_get_count (counts, "patients_outside_window"));
}

static void
append_types (ImpReportPage *page, const cJSON *source)
{
  const char *const heads[] = { _ ("Data type"),
                                _ ("Files"),
                                C_ ("column", "Refused"),
                                _ ("Messages"),
                                _ ("Too old"),
                                _ ("On disc"),
                                _ ("Records"),
                                _ ("Oldest"),
                                _ ("Newest"),
                                NULL };
  const cJSON *type;
  guint n = 0;

  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (type, get (source, "types"))
  {
    if (type->string == NULL || n++ >= MAX_ROWS)
      continue;
    cell (page, type->string);
    cell_count (page, imp_report_get_count (type, "files"));
    cell_count (page, imp_report_get_count (type, "files_refused"));
    cell_count (page, imp_report_get_count (type, "messages"));
    cell_count (page, imp_report_get_count (type, "outside_window"));
    cell_count (page, imp_report_get_count (type, "messages_on_disc"));
    cell_count (page, imp_report_get_count (type, "records"));
    cell_time (page, imp_report_get_text (type, "oldest_sent"));
    cell_time (page, imp_report_get_text (type, "newest_sent"));
  }
}

static void
append_sources (ImpReportPage *page, const cJSON *report)
{
  const char *const heads[] = { _ ("Seen"),    _ ("Read"),     C_ ("column", "Refused"),
                                _ ("Ignored"), _ ("Messages"), NULL };
  const cJSON *source;

  cJSON_ArrayForEach (source, get (report, "sources"))
  {
    g_autofree char *title = g_strdup_printf (
        "%s %s", _ ("Source:"),
        imp_report_get_text (source, "name") != NULL ? imp_report_get_text (source, "name") : "");

    imp_report_page_add (page, IMP_REPORT_HEADING, title);
    imp_report_page_begin_table (page, heads);
    cell_count (page, imp_report_get_count (source, "files"));
    cell_count (page, imp_report_get_count (source, "files_read"));
    cell_count (page, imp_report_get_count (source, "files_refused"));
    cell_count (page, imp_report_get_count (source, "files_ignored"));
    cell_count (page, imp_report_get_count (source, "messages"));
    append_types (page, source);
  }
}

/* (transfer full): "superseded 12, deleted 3" */
static char *
dead_words (const cJSON *dead)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const cJSON *item;

  cJSON_ArrayForEach (item, dead) if (item->string != NULL)
  {
    g_autofree char *n = imp_report_number (imp_report_get_count (dead, item->string));

    g_string_append_printf (out, "%s%s %s", out->len > 0 ? _ (", ") : "",
                            imp_report_status_words (item->string), n);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
append_kinds (ImpReportPage *page, const cJSON *report)
{
  const char *const heads[] = { _ ("Kind"),
                                _ ("Records"),
                                _ ("Live"),
                                _ ("Not live, and why"),
                                _ ("Disputed records"),
                                _ ("Oldest"),
                                _ ("Newest"),
                                _ ("Last arrival"),
                                NULL };
  const cJSON *kind;

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Records by kind (all = live + not live)"));
  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (kind, get (get (report, "counts"), "records_by_kind"))
  {
    g_autofree char *dead = dead_words (get (kind, "not_live"));

    if (kind->string == NULL)
      continue;
    cell (page, imp_report_kind_words (kind->string));
    cell_count (page, imp_report_get_count (kind, "records"));
    cell_count (page, imp_report_get_count (kind, "live"));
    cell (page, dead);
    cell_count (page, imp_report_get_count (kind, "disputed"));
    cell_time (page, imp_report_get_text (kind, "oldest_at"));
    cell_time (page, imp_report_get_text (kind, "newest_at"));
    cell_time (page, imp_report_get_text (kind, "newest_sent"));
  }
}

static void
append_codes (ImpReportPage *page, const cJSON *report)
{
  const char *const heads[] = { _ ("Kind"),          _ ("Items"),   _ ("Standard code"),
                                _ ("Own code only"), _ ("No code"), NULL };
  const cJSON *kind;

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Codes of items"));
  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (kind, get (get (report, "counts"), "records_by_kind"))
  {
    const cJSON *codes = get (kind, "codes");

    if (kind->string == NULL || codes == NULL)
      continue;
    cell (page, imp_report_kind_words (kind->string));
    cell_count (page, imp_report_get_count (kind, "items"));
    cell_count (page, imp_report_get_count (codes, "standard"));
    cell_count (page, imp_report_get_count (codes, "local"));
    cell_count (page, imp_report_get_count (codes, "none"));
  }
}

/* What a ward would miss first, a column each. */
static void
append_wards (ImpReportPage *page, const cJSON *report)
{
  static const char *const kinds[] = { "prescription", "injection", "administration",
                                       "lab",          "vital",     "note" };
  const char *heads[3 + G_N_ELEMENTS (kinds) + 1] = { _ ("Ward"), _ ("In hospital"),
                                                      _ ("Last arrival") };
  const cJSON *ward;
  guint n = 0;

  if (cJSON_GetArraySize (get (report, "wards")) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    heads[3 + i] = imp_report_kind_words (kinds[i]);
  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Last arrival by ward"));
  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (ward, get (report, "wards"))
  {
    const cJSON *by_kind = get (ward, "newest_sent_by_kind");

    if (n++ >= MAX_ROWS)
      break;
    cell (page, imp_report_get_text (ward, "ward"));
    cell_count (page, imp_report_get_count (ward, "patients"));
    cell_time (page, imp_report_get_text (ward, "newest_sent"));
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      cell_time (page, imp_report_get_text (by_kind, kinds[i]));
  }
}

static void
append_rules (ImpReportPage *page, const cJSON *report)
{
  const char *const heads[] = { _ ("Stop rule"), _ ("Outcome"), _ ("Measured"),
                                _ ("Limit"),     _ ("Detail"),  NULL };
  const cJSON *rule;

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Stop rules"));
  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (rule, get (report, "stop_rules"))
  {
    const char *name = imp_report_get_text (rule, "rule");
    const char *outcome = imp_report_get_text (rule, "outcome");
    ImpStopRule number = name != NULL ? imp_stop_from_name (name) : IMP_N_STOPS;
    g_autofree char *label = number != IMP_N_STOPS
                                 ? g_strdup_printf ("%s (%s)", imp_stop_sentence (number), name)
                                 : g_strdup (name);

    cell (page, label);
    cell (page, outcome != NULL ? imp_report_outcome_words (outcome) : "");
    if (get (rule, "measured") != NULL)
      cell_count (page, imp_report_get_count (rule, "measured"));
    else
      cell (page, "");
    cell (page, imp_report_get_text (rule, "limit"));
    cell (page, imp_report_get_text (rule, "detail"));
  }
}

static void
append_scan (ImpReportPage *page, const cJSON *report)
{
  const cJSON *scan = get (report, "virus_scan");
  const char *const heads[] = { _ ("What"), _ ("Number"), NULL };

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Virus scanner"));
  if (!cJSON_IsTrue (get (scan, "scanned")))
    {
      imp_report_page_add (page, IMP_REPORT_TEXT, _ ("Not scanned: no scanner was there."));
      return;
    }
  imp_report_page_add (page, IMP_REPORT_TEXT, imp_report_get_text (scan, "scanner"));
  imp_report_page_begin_table (page, heads);
  row_count (page, _ ("Documents and refused files scanned"), imp_report_get_count (scan, "files"));
  row_count (page, _ ("Something found"), imp_report_get_count (scan, "infected"));
  row_count_if (page, _ ("Too large to be scanned"), imp_report_get_count (scan, "too_large"));
  row_count_if (page, _ ("No answer"), imp_report_get_count (scan, "no_answer"));
}

static void
append_findings (ImpReportPage *page, const cJSON *report)
{
  const char *const heads[] = { _ ("Finding"), _ ("Number"), NULL };
  const char *const kept[] = { _ ("Kept as text, not interpreted"), _ ("Number"), NULL };
  const cJSON *item;
  guint n = 0;

  imp_report_page_add (page, IMP_REPORT_HEADING, _ ("Findings"));
  imp_report_page_begin_table (page, heads);
  cJSON_ArrayForEach (item, get (report, "findings")) if (item->string != NULL)
      row_count (page, imp_report_finding_words (item->string),
                 imp_report_get_count (get (report, "findings"), item->string));
  if (cJSON_GetArraySize (get (report, "kept_as_text")) == 0)
    return;
  imp_report_page_begin_table (page, kept);
  cJSON_ArrayForEach (item,
                      get (report, "kept_as_text")) if (item->string != NULL && n++ < MAX_ROWS)
      row_count (page, item->string,
                 imp_report_get_count (get (report, "kept_as_text"), item->string));
}

ImpReportPage *
imp_report_page_from_json (const char *json, GError **error)
{
  cJSON *report = imp_report_parse (json, error);
  ImpReportPage *page;

  if (report == NULL)
    return NULL;
  page = imp_report_page_new (_ ("Quality of an emergency disc"));
  page->hospital = g_strdup (imp_report_get_text (report, "hospital"));
  page->as_of = g_strdup (imp_report_get_text (report, "as_of"));
  append_verdict (page, report);
  append_head (page, report);
  append_counts (page, report);
  append_kinds (page, report);
  append_wards (page, report);
  append_sources (page, report);
  append_codes (page, report);
  append_rules (page, report);
  append_scan (page, report);
  append_findings (page, report);
  imp_report_page_add (page, IMP_REPORT_SMALL,
                       _ ("These numbers are from when the disc was made. "
                          "Nothing here says that the quality is good."));
  cJSON_Delete (report);
  return page;
}
