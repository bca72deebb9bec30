/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "imp-error.h"
#include "imp-report-words.h"
#include "imp-stop.h"
#include "imp-verdict.h"
#include "imp-report-json.h"

/* Enough for a report of ours, whatever it says. */
#define MAX_LINES 2000

/* Names of files stand in a report: none of them may steer a terminal. */
static void
clean (char *text)
{
  for (char *p = text; p != NULL && *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = '?';
}

static void
clean_tree (cJSON *item)
{
  for (; item != NULL; item = item->next)
    {
      clean (item->string);
      clean (item->valuestring);
      clean_tree (item->child);
    }
}

static void
append_text (GString *out, const char *label, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, "%s %s\n", label, text);
}

static void
append_count (GString *out, const char *label, guint64 n)
{
  g_string_append_printf (out, "  %12" G_GUINT64_FORMAT "  %s\n", n, label);
}

static void
append_count_if (GString *out, const char *label, guint64 n)
{
  if (n > 0)
    append_count (out, label, n);
}

/* The members of an object of numbers, a line each. */
static void
append_table (GString *out, const cJSON *object)
{
  const cJSON *item;
  guint n = 0;

  cJSON_ArrayForEach (item,
                      object) if (cJSON_IsNumber (item) && item->string != NULL && n++ < MAX_LINES)
      append_count (out, item->string, item->valuedouble > 0 ? (guint64) item->valuedouble : 0);
}

static void
append_head (GString *out, const cJSON *report)
{
  g_string_append_printf (out, "%s\n\n", _ ("Import report"));
  append_text (out, _ ("Hospital:"), imp_report_get_text (report, "hospital"));
  append_text (out, _ ("Facility:"), imp_report_get_text (report, "facility"));
  append_text (out, _ ("Made at:"), imp_report_get_text (report, "built_at"));
  append_text (out, _ ("Data as of:"), imp_report_get_text (report, "as_of"));
  append_text (out, _ ("Window from:"), imp_report_get_text (report, "window_from"));
}

static void
append_verdict (GString *out, const cJSON *verdict)
{
  const cJSON *reason;

  g_string_append_printf (out, "\n%s\n%s\n", _ ("Verdict"),
                          imp_verdict_heading (imp_report_get_text (verdict, "level")));
  cJSON_ArrayForEach (reason, cJSON_GetObjectItemCaseSensitive (verdict, "reasons"))
  {
    g_autofree char *sentence = imp_verdict_sentence (reason);

    g_string_append_printf (
        out, "  %s %s\n",
        g_strcmp0 (imp_report_get_text (reason, "level"), "serious") == 0 ? "■" : "▲", sentence);
  }
}

/* Those that fired, or whose limit was moved. */
static void
append_rules (GString *out, const cJSON *report)
{
  const cJSON *rule;
  gboolean is_first = TRUE;

  cJSON_ArrayForEach (rule, cJSON_GetObjectItemCaseSensitive (report, "stop_rules"))
  {
    const char *outcome = imp_report_get_text (rule, "outcome");
    const char *usual = imp_report_get_text (rule, "usual_limit");
    const char *name = imp_report_get_text (rule, "rule");
    const char *detail = imp_report_get_text (rule, "detail");

    if (outcome == NULL || name == NULL ||
        (strcmp (outcome, "set-aside") != 0 && strcmp (outcome, "stopped") != 0 && usual == NULL))
      continue;
    if (is_first)
      g_string_append_printf (out, "\n%s\n", _ ("Stop rules"));
    is_first = FALSE;
    g_string_append_printf (out, "  %s: %s", name, imp_report_outcome_words (outcome));
    if (cJSON_GetObjectItemCaseSensitive (rule, "measured") != NULL)
      g_string_append_printf (out, "; %" G_GUINT64_FORMAT, imp_report_get_count (rule, "measured"));
    if (imp_report_get_count (rule, "of") > 0)
      g_string_append_printf (out, "/%" G_GUINT64_FORMAT, imp_report_get_count (rule, "of"));
    if (imp_report_get_text (rule, "limit") != NULL)
      g_string_append_printf (out, "; %s %s", _ ("limit"), imp_report_get_text (rule, "limit"));
    if (usual != NULL)
      g_string_append_printf (out, "; %s %s", _ ("usual limit"), usual);
    g_string_append_printf (out, "%s%s\n", detail != NULL ? "; " : "",
                            detail != NULL ? detail : "");
  }
}

static void
append_scan (GString *out, const cJSON *scan)
{
  if (scan == NULL)
    return;
  g_string_append_printf (out, "\n%s\n", _ ("Virus scanner"));
  if (!cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (scan, "scanned")))
    {
      g_string_append_printf (out, "  %s\n", _ ("Not scanned: no scanner was there."));
      return;
    }
  append_text (out, " ", imp_report_get_text (scan, "scanner"));
  append_count (out, _ ("Documents and refused files scanned"),
                imp_report_get_count (scan, "files"));
  append_count (out, _ ("Something found"), imp_report_get_count (scan, "infected"));
  append_count_if (out, _ ("Too large to be scanned"), imp_report_get_count (scan, "too_large"));
  append_count_if (out, _ ("No answer"), imp_report_get_count (scan, "no_answer"));
}

static void
append_wards (GString *out, const cJSON *wards)
{
  const cJSON *ward;

  if (cJSON_GetArraySize (wards) == 0)
    return;
  g_string_append_printf (out, "\n%s\n", _ ("Wards (patients in hospital, last arrival)"));
  cJSON_ArrayForEach (ward, wards)
  {
    const char *newest = imp_report_get_text (ward, "newest_sent");

    g_string_append_printf (out, "  %12" G_GUINT64_FORMAT "  %s  %s\n",
                            imp_report_get_count (ward, "patients"), newest != NULL ? newest : "",
                            imp_report_get_text (ward, "ward"));
  }
}

static void
append_counts (GString *out, const cJSON *counts)
{
  g_string_append_printf (out, "\n%s\n", _ ("Files"));
  append_count (out, _ ("seen"), imp_report_get_count (counts, "files"));
  append_count (out, _ ("read"), imp_report_get_count (counts, "files_read"));
  append_count (out, _ ("refused"), imp_report_get_count (counts, "files_refused"));
  append_table (out, cJSON_GetObjectItemCaseSensitive (counts, "refused"));
  append_count (out, _ ("ignored"), imp_report_get_count (counts, "files_ignored"));
  append_table (out, cJSON_GetObjectItemCaseSensitive (counts, "ignored"));

  g_string_append_printf (out, "\n%s\n", _ ("Messages"));
  append_count (out, _ ("read"), imp_report_get_count (counts, "messages"));
  append_count (out, _ ("on the disc"), imp_report_get_count (counts, "messages_on_disc"));
  append_count (out, _ ("older than the window"),
                imp_report_get_count (counts, "messages_outside_window"));
  append_count_if (out, _ ("the same file a second time"),
                   imp_report_get_count (counts, "messages_identical"));
  append_count_if (out, _ ("beyond the ceiling for one patient"),
                   imp_report_get_count (counts, "messages_beyond_ceiling"));
  append_count_if (out, _ ("disputed: path and message disagree about the patient"),
                   imp_report_get_count (counts, "messages_disputed"));

  if (imp_report_get_count (counts, "pictures") > 0)
    {
      g_string_append_printf (out, "\n%s\n", _ ("Pictures of documents"));
      append_count (out, _ ("on the disc"),
                    imp_report_get_count (counts, "pictures") -
                        imp_report_get_count (counts, "pictures_left_out"));
      append_count_if (out, _ ("left out: beyond what pictures may take"),
                       imp_report_get_count (counts, "pictures_left_out"));
      append_count (out, _ ("bytes on the disc"), imp_report_get_count (counts, "picture_bytes"));
    }

  g_string_append_printf (out, "\n%s\n", _ ("Patients"));
  append_count (out, _ ("on the disc"), imp_report_get_count (counts, "patients"));
  append_count_if (out, _ ("without basic data"),
                   imp_report_get_count (counts, "patients_without_basic_data"));
  append_count_if (out, _ ("known from disputed messages only"),
                   imp_report_get_count (counts, "patients_disputed_only"));
  append_count_if (out, _ ("with nothing in the window"),
                   imp_report_get_count (counts, "patients_outside_window"));
}

static void
append_kinds (GString *out, const cJSON *kinds)
{
  const cJSON *kind;

  g_string_append_printf (out, "\n%s\n", _ ("Records (live / all)"));
  cJSON_ArrayForEach (kind, kinds)
  {
    const char *newest = imp_report_get_text (kind, "newest_sent");

    if (kind->string != NULL)
      g_string_append_printf (
          out, "  %12" G_GUINT64_FORMAT " / %12" G_GUINT64_FORMAT "  %-15s %s\n",
          imp_report_get_count (kind, "live"), imp_report_get_count (kind, "records"), kind->string,
          newest != NULL ? newest : "");
  }
}

static void
append_root (GString *out, const cJSON *root)
{
  const cJSON *types = cJSON_GetObjectItemCaseSensitive (root, "types");
  const cJSON *type;
  const char *source = imp_report_get_text (root, "source");
  const char *path = imp_report_get_text (root, "root");

  g_string_append_printf (out, "\n%s %s %s\n", _ ("Root:"), source != NULL ? source : "",
                          path != NULL ? path : "");
  append_count (out, _ ("files seen"), imp_report_get_count (root, "files"));
  append_text (out, _ ("  Care dates from"), imp_report_get_text (root, "oldest_care_date"));
  append_text (out, _ ("  Care dates until"), imp_report_get_text (root, "newest_care_date"));
  append_table (out, cJSON_GetObjectItemCaseSensitive (root, "encodings"));
  cJSON_ArrayForEach (type, types) if (type->string != NULL)
  {
    const char *newest = imp_report_get_text (type, "newest_sent");

    g_string_append_printf (out, "  %12" G_GUINT64_FORMAT "  %-24s %s\n",
                            imp_report_get_count (type, "files"), type->string,
                            newest != NULL ? newest : "");
  }
}

static void
append_sources (GString *out, const cJSON *sources)
{
  const cJSON *source;

  cJSON_ArrayForEach (source, sources)
  {
    const cJSON *folder;
    const cJSON *folders = cJSON_GetObjectItemCaseSensitive (source, "folders_not_read");
    const char *name = imp_report_get_text (source, "name");
    const char *detail = imp_report_get_text (source, "detail");

    if (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (source, "damaged")))
      g_string_append_printf (out, "\n%s %s (%s)\n", _ ("Damaged archive, read as far as it goes:"),
                              name != NULL ? name : "", detail != NULL ? detail : "");
    cJSON_ArrayForEach (folder, folders) if (cJSON_IsString (folder))
        g_string_append_printf (out, "%s %s\n", _ ("Folder not read:"), folder->valuestring);
  }
}

static void
append_absent (GString *out, const cJSON *fields)
{
  const cJSON *field;

  if (cJSON_GetArraySize (fields) == 0)
    return;
  g_string_append_printf (out, "\n%s\n", _ ("Fields that never occur"));
  cJSON_ArrayForEach (field, fields) if (cJSON_IsString (field))
      g_string_append_printf (out, "  %s\n", field->valuestring);
}

cJSON *
imp_report_parse (const char *json, GError **error)
{
  cJSON *report = cJSON_Parse (json);

  if (!cJSON_IsObject (report))
    {
      cJSON_Delete (report);
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "the disc holds no report");
      return NULL;
    }
  clean_tree (report);
  return report;
}

char *
imp_report_text (const char *json, GError **error)
{
  cJSON *report = imp_report_parse (json, error);
  const cJSON *counts;
  const cJSON *root;
  GString *out;

  if (report == NULL)
    return NULL;
  out = g_string_new (NULL);
  counts = cJSON_GetObjectItemCaseSensitive (report, "counts");
  append_head (out, report);
  append_verdict (out, cJSON_GetObjectItemCaseSensitive (report, "verdict"));
  append_rules (out, report);
  append_sources (out, cJSON_GetObjectItemCaseSensitive (report, "sources"));
  append_counts (out, counts);
  append_kinds (out, cJSON_GetObjectItemCaseSensitive (counts, "records_by_kind"));
  append_wards (out, cJSON_GetObjectItemCaseSensitive (report, "wards"));
  append_scan (out, cJSON_GetObjectItemCaseSensitive (report, "virus_scan"));
  g_string_append_printf (out, "\n%s\n", _ ("Findings"));
  append_table (out, cJSON_GetObjectItemCaseSensitive (report, "findings"));
  g_string_append_printf (out, "\n%s\n", _ ("Findings in detail"));
  append_table (out, cJSON_GetObjectItemCaseSensitive (report, "finding_details"));
  append_absent (out, cJSON_GetObjectItemCaseSensitive (report, "fields_that_never_occur"));
  cJSON_ArrayForEach (root, cJSON_GetObjectItemCaseSensitive (report, "roots"))
      append_root (out, root);
  cJSON_Delete (report);
  return g_string_free (out, FALSE);
}
