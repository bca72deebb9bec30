/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/* The translated name of every field a record can hold, for detail panes. No GTK. */

/**
 * viewer_field_text: name of @field in a record of @kind: NAME is that of a person, a diagnosis or
 *   an item of the laboratory; its export name when this build has no better word.
 */
const char *viewer_field_text (DiscField field, DiscKind kind);

/** One line of a detail pane. */
typedef struct
{
  const char *label;    /* translated */
  char *value;          /* all values of the field, lines with newlines between */
  gboolean is_doubtful; /* kept as text because it was not understood, or a warning */
} ViewerFieldLine;

/**
 * viewer_field_lines: (transfer full) (element-type ViewerFieldLine): every field of @item (or
 *   %NULL) and of its record, each under its own label, in the order in which people ask for them;
 *   fields nobody thought of come last, but they come.
 */
GPtrArray *viewer_field_lines (const ViewerEntry *entry, const DiscItem *item);

/** viewer_warning_text: (transfer full): the word of a WARNING as a sentence; else the word. */
char *viewer_warning_text (const char *warning);

G_END_DECLS
