/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <glib/gi18n.h>

#include "imp-report-page.h"

/* Black on white and lines, as it is mostly read on paper; levels have a sign beside their colour.
 */
static const char style[] =
    "body{font-family:\"Noto Sans CJK JP\",\"Noto Sans JP\",\"Yu Gothic\",sans-serif;"
    "max-width:60em;margin:1.5em auto;padding:0 1em;color:#111;line-height:1.5}\n"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:2px solid #444}\n"
    "table{border-collapse:collapse;margin:.4em 0;width:100%}\n"
    "th,td{border:1px solid #999;padding:.15em .5em;text-align:left;vertical-align:top}\n"
    "th{background:#eee}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    "\n"
    ".v{border:3px solid #444;padding:.4em 1em;margin:1em 0}.serious{border-color:#b00}"
    ".attention{border-color:#b60}.v strong{font-size:1.1em}\n"
    ".small{font-size:.85em;color:#444}\n"
    "@media print{body{margin:0;max-width:none;font-size:9pt}tr{break-inside:avoid}"
    "h2{break-after:avoid}@page{size:A4;margin:15mm}}\n";

static void
append (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

/* @before, @after: markup */
static void
append_between (GString *out, const char *before, const char *text, const char *after)
{
  g_string_append (out, before);
  append (out, text);
  g_string_append (out, after);
}

static void
append_cell (GString *out, const ImpReportCell *cell)
{
  switch (cell->kind)
    {
    case IMP_REPORT_CELL_LABEL:
      append_between (out, "<th scope=\"row\">", cell->text, "</th>");
      break;
    case IMP_REPORT_CELL_NUMBER:
      append_between (out, "<td class=\"n\">", cell->text, "</td>");
      break;
    case IMP_REPORT_CELL_TEXT:
    default:
      append_between (out, "<td>", cell->text, "</td>");
      break;
    }
}

static void
append_table (GString *out, const ImpReportBlock *table)
{
  g_string_append (out, "<table>");
  if (table->heads != NULL)
    {
      g_string_append (out, "<thead><tr>");
      for (guint i = 0; table->heads[i] != NULL; i++)
        append_between (out, "<th scope=\"col\">", table->heads[i], "</th>");
      g_string_append (out, "</tr></thead>");
    }
  g_string_append (out, "<tbody>\n");
  for (guint i = 0; i < table->cells->len; i++)
    {
      if (i % table->n_columns == 0)
        g_string_append (out, "<tr>");
      append_cell (out, &g_array_index (table->cells, ImpReportCell, i));
      if (i % table->n_columns == table->n_columns - 1)
        g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody></table>\n");
}

static void
append_verdict (GString *out, const ImpReportBlock *verdict)
{
  static const char *const classes[] = { "plain", "attention", "serious" };

  g_string_append_printf (out, "<div class=\"v %s\"><strong>%s ", classes[verdict->level],
                          imp_report_level_sign (verdict->level));
  append (out, verdict->text);
  g_string_append (out, "</strong>");
  if (verdict->reasons->len > 0)
    g_string_append (out, "<ul>\n");
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const ImpReportReason *reason = &g_array_index (verdict->reasons, ImpReportReason, i);

      g_string_append_printf (out, "<li>%s ", imp_report_level_sign (reason->level));
      append (out, reason->sentence);
      g_string_append (out, "</li>\n");
    }
  if (verdict->reasons->len > 0)
    g_string_append (out, "</ul>");
  g_string_append (out, "</div>\n");
}

static void
append_block (GString *out, const ImpReportBlock *block)
{
  switch (block->kind)
    {
    case IMP_REPORT_HEADING:
      append_between (out, "<h2>", block->text, "</h2>\n");
      break;
    case IMP_REPORT_SMALL:
      append_between (out, "<p class=\"small\">", block->text, "</p>\n");
      break;
    case IMP_REPORT_VERDICT:
      append_verdict (out, block);
      break;
    case IMP_REPORT_TABLE:
      append_table (out, block);
      break;
    case IMP_REPORT_TEXT:
    default:
      append_between (out, "<p>", block->text, "</p>\n");
      break;
    }
}

char *
imp_report_html (const char *json, GError **error)
{
  g_autoptr (ImpReportPage) page = imp_report_page_from_json (json, error);
  GString *out;

  if (page == NULL)
    return NULL;
  out = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  /* Translators: the language of this catalogue, as RFC 5646 has it. */
  append (out, C_ ("language tag", "en"));
  g_string_append (out, "\"><head><meta charset=\"utf-8\">\n"
                        "<meta http-equiv=\"Content-Security-Policy\" "
                        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
  append_between (out, "<title>", page->title, "</title>\n");
  g_string_append_printf (out, "<style>\n%s</style></head><body>\n", style);
  append_between (out, "<h1>", page->title, "</h1>\n");
  for (guint i = 0; i < page->blocks->len; i++)
    append_block (out, g_ptr_array_index (page->blocks, i));
  g_string_append (out, "</body></html>\n");
  return g_string_free (out, FALSE);
}
