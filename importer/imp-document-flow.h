/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-private.h"
#include "imp-symbol-font.h"

G_BEGIN_DECLS

/*
 * Words on their way out of a marked-up document: lines, cells, and what must not read as if it
 * were plain: 【削除：…】 around what is struck out, on each line (spec fhir.md 6.5); "^" before
 * what is raised: 10^3, not 103; the letters of fonts of signs as what they show.
 */
typedef struct
{
  ImpDocument *out;
  const ImpDocumentLimits *limits;
  guint n_struck; /* elements around the present place that strike out */
  guint n_raised; /* likewise that raise */
  ImpSymbolFont font;
  guint n_cells;         /* likewise cells of tables: lines end in blanks there */
  gboolean is_open;      /* the mark was written and not closed */
  gboolean is_raised;    /* what was written last */
  guint n_unknown_signs; /* written as U+FFFD */
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
/** imp_flow_leave: an element: the marks that were in force @before it, a copy of @self. */
void imp_flow_leave (ImpFlow *self, const ImpFlow *before);
/** imp_flow_close: the marks that are open. */
void imp_flow_close (ImpFlow *self);
/** imp_flow_end: the same, and the line; tells of signs that are not known. */
void imp_flow_end (ImpFlow *self);

G_END_DECLS
