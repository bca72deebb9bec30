/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-report-words.h"
#include "imp-stop.h"
#include "imp-verdict.h"

#define MAX_ROWS 1000 /* of one table; a report of ours has fewer */

/* Black on white and lines, as it is mostly read on paper; levels have a sign beside their colour. */
static const char style[] =
    "body{font-family:\"Noto Sans CJK JP\",\"Noto Sans JP\",\"Yu Gothic\",sans-serif;"
    "max-width:60em;margin:1.5em auto;padding:0 1em;color:#111;line-height:1.5}\n"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:2px solid #444}\n"
    "table{border-collapse:collapse;margin:.4em 0;width:100%}\n"
    "th,td{border:1px solid #999;padding:.15em .5em;text-align:left;vertical-align:top}\n"
    "th{background:#eee}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    ".v{border:3px solid #444;padding:.4em 1em;margin:1em 0}.serious{border-color:#b00}"
    ".attention{border-color:#b60}.v strong{font-size:1.1em}\n"
    ".small{font-size:.85em;color:#444}\n"
    "@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}"
    "h2{break-after:avoid}@page{size:A4;margin:15mm}}\n";

static const char *
get_text (const cJSON *object, const char *name)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, name);

  return cJSON_IsString (item) ? item->valuestring : NULL;
}

static guint64
get_count (const cJSON *object, const char *name)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, name);

  return cJSON_IsNumber (item) && item->valuedouble > 0 ? (guint64) item->valuedouble : 0;
}

static const cJSON *
get (const cJSON *object, const char *name)
{
  return cJSON_GetObjectItemCaseSensitive (object, name);
}

static void
append (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (out, escaped);
}

static void
append_heading (GString *out, const char *text)
{
  g_string_append (out, "<h2>");
  append (out, text);
  g_string_append (out, "</h2>\n");
}

static void
begin_table (GString *out, const char *const *heads)
{
  g_string_append (out, "<table><thead><tr>");
  for (guint i = 0; heads[i] != NULL; i++)
    {
      g_string_append (out, "<th scope=\"col\">");
      append (out, heads[i]);
      g_string_append (out, "</th>");
    }
  g_string_append (out, "</tr></thead><tbody>\n");
}

static void
end_table (GString *out)
{
  g_string_append (out, "</tbody></table>\n");
}

static void
cell (GString *out, const char *text)
{
  g_string_append (out, "<td>");
  append (out, text);
  g_string_append (out, "</td>");
}

static void
cell_count (GString *out, guint64 n)
{
  g_autofree char *number = imp_report_number (n);

  g_string_append_printf (out, "<td class=\"n\">%s</td>", number);
}

/* A date as people write it; at the precision that it has. */
static void
cell_time (GString *out, const char *iso)
{
  g_autofree char *shown = g_strndup (iso != NULL ? iso : "", 16);

  g_strdelimit (shown, "T", ' ');
  cell (out, shown);
}

static void
row (GString *out, const char *label, const char *text)
{
  if (text == NULL)
    return;
  g_string_append (out, "<tr><th scope=\"row\">");
  append (out, label);
  g_string_append (out, "</th>");
  cell (out, text);
  g_string_append (out, "</tr>\n");
}

static void
row_count (GString *out, const char *label, guint64 n)
{
  g_string_append (out, "<tr>");
  cell (out, label);
  cell_count (out, n);
  g_string_append (out, "</tr>\n");
}

static void
row_count_if (GString *out, const char *label, guint64 n)
{
  if (n > 0)
    row_count (out, label, n);
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void
append_head (GString *out, const cJSON *report)
{
  g_string_append (out, "<table><tbody>\n");
  row (out, _("Hospital"), get_text (report, "hospital"));
  row (out, _("Facility"), get_text (report, "facility"));
  row (out, _("Made at"), get_text (report, "built_at"));
  row (out, _("Data as of"), get_text (report, "as_of"));
  row (out, _("Window from"), get_text (report, "window_from"));
  row (out, _("Newest data sent at"), get_text (report, "newest_sent"));
  row (out, _("Changed by the operator"), get_text (report, "overrides"));
  row (out, _("Made by"), get_text (report, "made_by"));
  end_table (out);
}

static void
append_verdict (GString *out, const cJSON *report)
{
  const cJSON *verdict = get (report, "verdict");
  const char *level = get_text (verdict, "level");
  gboolean is_serious = g_strcmp0 (level, "serious") == 0 || g_strcmp0 (level, "not-written") == 0;
  const cJSON *reason;

  g_string_append_printf (out, "<div class=\"v %s\"><strong>%s ",
                          is_serious                             ? "serious"
                          : g_strcmp0 (level, "attention") == 0 ? "attention"
                                                                 : "plain",
                          is_serious                             ? "■"
                          : g_strcmp0 (level, "attention") == 0 ? "▲"
                                                                 : "·");
  append (out, imp_verdict_heading (level));
  g_string_append (out, "</strong>");
  if (cJSON_GetArraySize (get (verdict, "reasons")) > 0)
    g_string_append (out, "<ul>\n");
  cJSON_ArrayForEach (reason, get (verdict, "reasons"))
    {
      g_autofree char *sentence = imp_verdict_sentence (reason);

      g_string_append_printf (out, "<li>%s ",
                              g_strcmp0 (get_text (reason, "level"), "serious") == 0 ? "■" : "▲");
      append (out, sentence);
      g_string_append (out, "</li>\n");
    }
  if (cJSON_GetArraySize (get (verdict, "reasons")) > 0)
    g_string_append (out, "</ul>");
  g_string_append (out, "</div>\n");
}

static void
append_reasons (GString *out, const cJSON *reasons)
{
  const cJSON *reason;

  cJSON_ArrayForEach (reason, reasons)
    if (reason->string != NULL)
      {
        g_autofree char *label = g_strdup_printf ("– %s", imp_report_reason_words (reason->string));

        row_count (out, label, get_count (reasons, reason->string));
      }
}

static void
append_counts (GString *out, const cJSON *report)
{
  const cJSON *counts = get (report, "counts");
  const char *const heads[] = { _("What"), _("Number"), NULL };

  append_heading (out, _("Files, messages, patients"));
  begin_table (out, heads);
  row_count (out, _("Files seen (= read + refused + ignored)"), get_count (counts, "files"));
  row_count (out, _("Files read"), get_count (counts, "files_read"));
  row_count (out, _("Files refused"), get_count (counts, "files_refused"));
  append_reasons (out, get (counts, "refused"));
  row_count (out, _("Files ignored"), get_count (counts, "files_ignored"));
  append_reasons (out, get (counts, "ignored"));
  row_count (out, _("Messages read"), get_count (counts, "messages"));
  row_count (out, _("Messages on the disc"), get_count (counts, "messages_on_disc"));
  row_count (out, _("Messages older than the window"), get_count (counts, "messages_outside_window"));
  row_count_if (out, _("Messages that stand there a second time"),
                get_count (counts, "messages_identical"));
  row_count_if (out, _("Messages beyond the ceiling for one patient"),
                get_count (counts, "messages_beyond_ceiling"));
  row_count (out, _("Disputed messages, in nobody's chart"), get_count (counts, "messages_disputed"));
  row_count (out, _("Characters that could not be read"), get_count (counts, "characters_lost"));
  row_count (out, _("Patients"), get_count (counts, "patients"));
  row_count (out, _("Patients without basic data"),
             get_count (counts, "patients_without_basic_data"));
  row_count_if (out, _("Patients known from disputed messages only"),
                get_count (counts, "patients_disputed_only"));
  row_count_if (out, _("Patients with nothing in the window"),
                get_count (counts, "patients_outside_window"));
  end_table (out);
}

static void
append_types (GString *out, const cJSON *source)
{
  const char *const heads[] = { _("Data type"), _("Files"),   C_("column", "Refused"),
                                _("Messages"),  _("Too old"), _("On disc"),
                                _("Records"),   _("Oldest"),  _("Newest"),
                                NULL };
  const cJSON *type;
  guint n = 0;

  begin_table (out, heads);
  cJSON_ArrayForEach (type, get (source, "types"))
    {
      if (type->string == NULL || n++ >= MAX_ROWS)
        continue;
      g_string_append (out, "<tr>");
      cell (out, type->string);
      cell_count (out, get_count (type, "files"));
      cell_count (out, get_count (type, "files_refused"));
      cell_count (out, get_count (type, "messages"));
      cell_count (out, get_count (type, "outside_window"));
      cell_count (out, get_count (type, "messages_on_disc"));
      cell_count (out, get_count (type, "records"));
      cell_time (out, get_text (type, "oldest_sent"));
      cell_time (out, get_text (type, "newest_sent"));
      g_string_append (out, "</tr>\n");
    }
  end_table (out);
}

static void
append_sources (GString *out, const cJSON *report)
{
  const char *const heads[] = { _("Seen"),    _("Read"),     C_("column", "Refused"),
                                _("Ignored"), _("Messages"), NULL };
  const cJSON *source;

  cJSON_ArrayForEach (source, get (report, "sources"))
    {
      g_autofree char *title = g_strdup_printf (
          "%s %s", _("Source:"), get_text (source, "name") != NULL ? get_text (source, "name") : "");

      append_heading (out, title);
      begin_table (out, heads);
      g_string_append (out, "<tr>");
      cell_count (out, get_count (source, "files"));
      cell_count (out, get_count (source, "files_read"));
      cell_count (out, get_count (source, "files_refused"));
      cell_count (out, get_count (source, "files_ignored"));
      cell_count (out, get_count (source, "messages"));
      g_string_append (out, "</tr>\n");
      end_table (out);
      append_types (out, source);
    }
}

/* (transfer full): "superseded 12, deleted 3" */
static char *
dead_words (const cJSON *dead)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const cJSON *item;

  cJSON_ArrayForEach (item, dead)
    if (item->string != NULL)
      {
        g_autofree char *n = imp_report_number (get_count (dead, item->string));

        g_string_append_printf (out, "%s%s %s", out->len > 0 ? _(", ") : "",
                                imp_report_status_words (item->string), n);
      }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
append_kinds (GString *out, const cJSON *report)
{
  const char *const heads[] = { _("Kind"),     _("Records"), _("Live"),   _("Not live, and why"),
                                _("Disputed records"), _("Oldest"),  _("Newest"), _("Last arrival"), NULL };
  const cJSON *kind;

  append_heading (out, _("Records by kind (all = live + not live)"));
  begin_table (out, heads);
  cJSON_ArrayForEach (kind, get (get (report, "counts"), "records_by_kind"))
    {
      g_autofree char *dead = dead_words (get (kind, "not_live"));

      if (kind->string == NULL)
        continue;
      g_string_append (out, "<tr>");
      cell (out, imp_report_kind_words (kind->string));
      cell_count (out, get_count (kind, "records"));
      cell_count (out, get_count (kind, "live"));
      cell (out, dead);
      cell_count (out, get_count (kind, "disputed"));
      cell_time (out, get_text (kind, "oldest_at"));
      cell_time (out, get_text (kind, "newest_at"));
      cell_time (out, get_text (kind, "newest_sent"));
      g_string_append (out, "</tr>\n");
    }
  end_table (out);
}

static void
append_codes (GString *out, const cJSON *report)
{
  const char *const heads[] = { _("Kind"), _("Items"), _("Standard code"), _("Own code only"),
                                _("No code"), NULL };
  const cJSON *kind;

  append_heading (out, _("Codes of items"));
  begin_table (out, heads);
  cJSON_ArrayForEach (kind, get (get (report, "counts"), "records_by_kind"))
    {
      const cJSON *codes = get (kind, "codes");

      if (kind->string == NULL || codes == NULL)
        continue;
      g_string_append (out, "<tr>");
      cell (out, imp_report_kind_words (kind->string));
      cell_count (out, get_count (kind, "items"));
      cell_count (out, get_count (codes, "standard"));
      cell_count (out, get_count (codes, "local"));
      cell_count (out, get_count (codes, "none"));
      g_string_append (out, "</tr>\n");
    }
  end_table (out);
}

/* What a ward would miss first, a column each. */
static void
append_wards (GString *out, const cJSON *report)
{
  static const char *const kinds[] = { "prescription", "injection", "administration",
                                       "lab",          "vital",     "note" };
  const char *heads[3 + G_N_ELEMENTS (kinds) + 1] = { _("Ward"), _("In hospital"),
                                                      _("Last arrival") };
  const cJSON *ward;
  guint n = 0;

  if (cJSON_GetArraySize (get (report, "wards")) == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    heads[3 + i] = imp_report_kind_words (kinds[i]);
  append_heading (out, _("Last arrival by ward"));
  begin_table (out, heads);
  cJSON_ArrayForEach (ward, get (report, "wards"))
    {
      const cJSON *by_kind = get (ward, "newest_sent_by_kind");

      if (n++ >= MAX_ROWS)
        break;
      g_string_append (out, "<tr>");
      cell (out, get_text (ward, "ward"));
      cell_count (out, get_count (ward, "patients"));
      cell_time (out, get_text (ward, "newest_sent"));
      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        cell_time (out, get_text (by_kind, kinds[i]));
      g_string_append (out, "</tr>\n");
    }
  end_table (out);
}

static void
append_rules (GString *out, const cJSON *report)
{
  const char *const heads[] = { _("Stop rule"), _("Outcome"), _("Measured"), _("Limit"), _("Detail"),
                                NULL };
  const cJSON *rule;

  append_heading (out, _("Stop rules"));
  begin_table (out, heads);
  cJSON_ArrayForEach (rule, get (report, "stop_rules"))
    {
      const char *name = get_text (rule, "rule");
      const char *outcome = get_text (rule, "outcome");
      ImpStopRule number = name != NULL ? imp_stop_from_name (name) : IMP_N_STOPS;
      g_autofree char *label =
          number != IMP_N_STOPS ? g_strdup_printf ("%s (%s)", imp_stop_sentence (number), name)
                                : g_strdup (name);

      g_string_append (out, "<tr>");
      cell (out, label);
      cell (out, outcome != NULL ? imp_report_outcome_words (outcome) : "");
      if (get (rule, "measured") != NULL)
        cell_count (out, get_count (rule, "measured"));
      else
        cell (out, "");
      cell (out, get_text (rule, "limit"));
      cell (out, get_text (rule, "detail"));
      g_string_append (out, "</tr>\n");
    }
  end_table (out);
}

static void
append_scan (GString *out, const cJSON *report)
{
  const cJSON *scan = get (report, "virus_scan");
  const char *const heads[] = { _("What"), _("Number"), NULL };

  append_heading (out, _("Virus scanner"));
  if (!cJSON_IsTrue (get (scan, "scanned")))
    {
      g_string_append (out, "<p>");
      append (out, _("Not scanned: no scanner was there."));
      g_string_append (out, "</p>\n");
      return;
    }
  g_string_append (out, "<p>");
  append (out, get_text (scan, "scanner"));
  g_string_append (out, "</p>\n");
  begin_table (out, heads);
  row_count (out, _("Documents and refused files scanned"), get_count (scan, "files"));
  row_count (out, _("Something found"), get_count (scan, "infected"));
  row_count_if (out, _("Too large to be scanned"), get_count (scan, "too_large"));
  row_count_if (out, _("No answer"), get_count (scan, "no_answer"));
  end_table (out);
}

static void
append_findings (GString *out, const cJSON *report)
{
  const char *const heads[] = { _("Finding"), _("Number"), NULL };
  const char *const kept[] = { _("Kept as text, not interpreted"), _("Number"), NULL };
  const cJSON *item;
  guint n = 0;

  append_heading (out, _("Findings"));
  begin_table (out, heads);
  cJSON_ArrayForEach (item, get (report, "findings"))
    if (item->string != NULL)
      row_count (out, imp_report_finding_words (item->string),
                 get_count (get (report, "findings"), item->string));
  end_table (out);
  if (cJSON_GetArraySize (get (report, "kept_as_text")) == 0)
    return;
  begin_table (out, kept);
  cJSON_ArrayForEach (item, get (report, "kept_as_text"))
    if (item->string != NULL && n++ < MAX_ROWS)
      row_count (out, item->string, get_count (get (report, "kept_as_text"), item->string));
  end_table (out);
}

char *
imp_report_html (const char *json, GError **error)
{
  cJSON *report = imp_report_parse (json, error);
  GString *out;

  if (report == NULL)
    return NULL;
  out = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  /* Translators: the language of this catalogue, as RFC 5646 has it. */
  append (out, C_("language tag", "en"));
  g_string_append (out, "\"><head><meta charset=\"utf-8\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" "
                        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
  append (out, _("Quality of an emergency disc"));
  g_string_append_printf (out, "</title>\n<style>\n%s</style></head><body>\n<h1>", style);
  append (out, _("Quality of an emergency disc"));
  g_string_append (out, "</h1>\n");
  append_verdict (out, report);
  append_head (out, report);
  append_counts (out, report);
  append_kinds (out, report);
  append_wards (out, report);
  append_sources (out, report);
  append_codes (out, report);
  append_rules (out, report);
  append_scan (out, report);
  append_findings (out, report);
  g_string_append (out, "<p class=\"small\">");
  append (out, _("These numbers are from when the disc was made. "
                 "Nothing here says that the quality is good."));
  g_string_append (out, "</p>\n</body></html>\n");
  cJSON_Delete (report);
  return g_string_free (out, FALSE);
}
