/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The report as a page for people: blocks one below the other, in words, that know neither HTML nor
 * paper. imp_report_page_from_json() writes it, imp_report_html() and imp_report_pdf() print it.
 * All text is UTF-8 without markup.
 */

typedef enum
{
  IMP_REPORT_LEVEL_PLAIN,
  IMP_REPORT_LEVEL_ATTENTION,
  IMP_REPORT_LEVEL_SERIOUS
} ImpReportLevel;

typedef enum
{
  IMP_REPORT_CELL_TEXT,
  IMP_REPORT_CELL_NUMBER,
  IMP_REPORT_CELL_LABEL /* the head of its row */
} ImpReportCellKind;

typedef struct
{
  char *text;
  ImpReportCellKind kind;
} ImpReportCell;

typedef struct
{
  char *sentence;
  ImpReportLevel level;
} ImpReportReason;

typedef enum
{
  IMP_REPORT_HEADING,
  IMP_REPORT_TEXT,
  IMP_REPORT_SMALL, /* a remark */
  IMP_REPORT_VERDICT,
  IMP_REPORT_TABLE
} ImpReportBlockKind;

typedef struct
{
  ImpReportBlockKind kind;
  char *text;           /* of a table: NULL */
  ImpReportLevel level; /* of a verdict */
  GArray *reasons;      /* (element-type ImpReportReason): of a verdict */
  GStrv heads;          /* (nullable): of a table that has some */
  guint n_columns;
  GArray *cells; /* (element-type ImpReportCell): row by row, each of n_columns */
} ImpReportBlock;

typedef struct
{
  char *title;
  char *hospital;    /* (nullable) */
  char *as_of;       /* (nullable): ISO */
  GPtrArray *blocks; /* (element-type ImpReportBlock) */
} ImpReportPage;

ImpReportPage *imp_report_page_new (const char *title);
void imp_report_page_free (ImpReportPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpReportPage, imp_report_page_free)

/** imp_report_page_add: a heading, a text or a remark. @text: (nullable): an empty one */
void imp_report_page_add (ImpReportPage *self, ImpReportBlockKind kind, const char *text);

/** imp_report_page_add_verdict: reasons follow. */
void imp_report_page_add_verdict (ImpReportPage *self, ImpReportLevel level, const char *heading);
/** imp_report_page_add_reason: to the verdict that was added last. */
void imp_report_page_add_reason (ImpReportPage *self, ImpReportLevel level, const char *sentence);

/** imp_report_page_begin_table: cells follow, row by row. @heads: ended by %NULL */
void imp_report_page_begin_table (ImpReportPage *self, const char *const *heads);
/** imp_report_page_begin_list: a table of two columns without heads: labels and what they stand
 * for. */
void imp_report_page_begin_list (ImpReportPage *self);
/** imp_report_page_add_cell: to the table begun last. @text: (nullable): an empty cell */
void imp_report_page_add_cell (ImpReportPage *self, ImpReportCellKind kind, const char *text);

/**
 * imp_report_page_from_json: (transfer full): in the language of the program.
 * @json: as of imp_report_text()
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if @json is no report
 */
ImpReportPage *imp_report_page_from_json (const char *json, GError **error);

/** imp_report_level_sign: that stands beside the words of a level, so that no colour is needed. */
const char *imp_report_level_sign (ImpReportLevel level);

/** imp_report_page_time: (transfer full): a time as people write it, at the precision that it has,
 * to the minute at most. @iso: (nullable): an empty text */
char *imp_report_page_time (const char *iso);

G_END_DECLS
