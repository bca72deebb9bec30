/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "disc-model.h"
#include "imp-roots.h"
#include "imp-source.h"
#include "imp-stop.h"
#include "imp-tally.h"
#include "imp-window.h"

G_BEGIN_DECLS

/*
 * The import report: what was read, refused, ignored and left out, and why, in counts that add up:
 * files seen = read + refused + ignored; messages read = on the disc + outside the window +
 * identical + beyond a ceiling.
 */

/** One --from. */
typedef struct
{
  const char *label;
  const ImpSourceResult *result;
} ImpReportSource;

typedef struct
{
  const ImpTally *tally;
  ImpRoots *roots;
  GArray *sources;          /* (element-type ImpReportSource) */
  const ImpWindow *window;
  const char *hospital;
  const char *facility;
  const char *built_at;     /* (nullable): no disc was written */
  const char *const *accepted; /* (nullable): stop rules the operator set aside */
  const ImpStop *stop;      /* (nullable): what the stop rules found */
  const char *scanner;      /* (nullable): virus scanner that was asked */
  guint64 n_findings;
} ImpReportInput;

/** imp_report_json: (transfer full): the whole report. */
char *imp_report_json (const ImpReportInput *input);

/** imp_report_add_quality: what stop rules, scanner and wards say, and the verdict; after the rest. */
void imp_report_add_quality (cJSON *report, const ImpReportInput *input);

/** imp_report_kind: (transfer full): of the records of one kind. */
cJSON *imp_report_kind (const ImpTally *tally, DiscKind kind);

/**
 * imp_report_add_media: (transfer full): a report with what is known only when the disc is written:
 * `sectors`, of the largest volume, `fits`, the media that take each of them, `volumes`, how many there
 * are, and, when it was split, `by_volume`, the same for each.
 * @json: of imp_report_json()
 * @n_sectors: (element-type guint64): that an image takes at most, by volume
 */
char *imp_report_add_media (const char *json, const GArray *n_sectors);

/** imp_report_counts_json: (transfer full): the object of the export's last line, without "type". */
char *imp_report_counts_json (const ImpReportInput *input);

/**
 * imp_report_text: (transfer full): the report for people, in their language.
 * @json: of imp_report_json(), perhaps from another version: what is not there is left out
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if @json is no report
 */
char *imp_report_text (const char *json, GError **error);

/**
 * imp_report_html: (transfer full): the report as one page in HTML for the folder of the continuity plan:
 * no script, nothing fetched from elsewhere, fit to be printed; in the language of the program.
 * @json: as of imp_report_text()
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if @json is no report
 */
char *imp_report_html (const char *json, GError **error);

/**
 * imp_report_pdf: (transfer full): the same content as of imp_report_html(), as a PDF of sheets of
 * A4 with the hospital, the disc and the time of its data on each; in the language of the program.
 * Of the same disc and time of printing, with the same fonts, every time the same bytes.
 * @json: as of imp_report_text()
 * @serial: of the disc; 0: it has none
 * @printed_at: for people
 * @n_unknown: (out): characters for which no font of this machine has a shape
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if @json is no report, or it cannot be drawn; with
 *   %IMP_ERROR_FONT if no font has the characters of the language
 */
GBytes *imp_report_pdf (const char *json, guint64 serial, const char *printed_at,
                        guint64 *n_unknown, GError **error);

/** imp_report_parse: (transfer full): cJSON without bytes that steer a terminal.
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if @json is no report */
cJSON *imp_report_parse (const char *json, GError **error);

G_END_DECLS
