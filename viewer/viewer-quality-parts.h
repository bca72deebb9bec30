/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-report-model.h"

G_BEGIN_DECLS

/* Pieces of the page "data age and quality". */

/** viewer_quality_label: @text: @css_class: (nullable) */
GtkWidget *viewer_quality_label (const char *text, float xalign, const char *css_class);

/**
 * viewer_quality_card:
 * @note: (out): beside the title, to be filled
 * @content: (out): a box that scrolls
 */
GtkWidget *viewer_quality_card (const char *title, GtkLabel **note, GtkWidget **content);

/** viewer_quality_card_fit: the card is as high as its content, up to @max pixels. @content: of
 * viewer_quality_card() */
void viewer_quality_card_fit (GtkWidget *content, int max);

/** viewer_quality_clear: takes everything out of a box. */
void viewer_quality_clear (GtkWidget *box);

/** viewer_quality_show_reasons: the verdict's reasons in place of what is in @box. */
void viewer_quality_show_reasons (GtkWidget *box, const ViewerReport *report);

/** viewer_quality_show_wards: a table: wards, and what came last of each kind, in place of what is in
 * @box. */
void viewer_quality_show_wards (GtkWidget *box, const ViewerReport *report, const char *now);

/** viewer_quality_append_lines: numbers of the report behind what is in @box. */
void viewer_quality_append_lines (GtkWidget *box, const ViewerReport *report);

G_END_DECLS
