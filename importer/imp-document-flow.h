/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-private.h"

G_BEGIN_DECLS

/*
 * Words on their way out of a marked-up document: lines, cells, and what is struck out, which must
 * not read as if it stood (spec fhir.md 6.5): 【削除：…】 around it on each line.
 */
typedef struct
{
  ImpDocument *out;
  const ImpDocumentLimits *limits;
  guint n_struck;   /* elements around the present place that strike out */
  guint n_cells;    /* likewise cells of tables: lines end in blanks there */
  gboolean is_open; /* the mark was written and not closed */
} ImpFlow;

/** imp_flow_put: as it is. */
void imp_flow_put (ImpFlow *self, const char *text, gsize len);
/** imp_flow_words: runs of blanks and line ends as one blank, none at the begin of a line. */
void imp_flow_words (ImpFlow *self, const char *text);
/** imp_flow_line: ends the line, unless nothing stands on it; in a cell a blank. */
void imp_flow_line (ImpFlow *self);
/** imp_flow_cell: a TAB before every cell of a row but its first. */
void imp_flow_cell (ImpFlow *self, guint column);
/** imp_flow_row: ends a row, whatever it is in. */
void imp_flow_row (ImpFlow *self);
/** imp_flow_end: closes what is open. */
void imp_flow_end (ImpFlow *self);

G_END_DECLS
