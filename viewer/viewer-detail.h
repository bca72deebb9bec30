/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Everything about the selected row, each field under its own label: 1回量, 1日量 and 全量 never
 * stand without the word that says which it is.
 */
#define VIEWER_TYPE_DETAIL (viewer_detail_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDetail, viewer_detail, VIEWER, DETAIL, GtkWidget)

/** viewer_detail_new: @n_columns: pairs of label and value beside each other. */
GtkWidget *viewer_detail_new (guint n_columns);

/** viewer_detail_set_below: @widget scrolls with the lines, below them; once. */
void viewer_detail_set_below (ViewerDetail *self, GtkWidget *widget);

/** viewer_detail_clear: nothing selected. */
void viewer_detail_clear (ViewerDetail *self);

/** viewer_detail_set_title: begins again with a title line. */
void viewer_detail_set_title (ViewerDetail *self, const char *title);

/** viewer_detail_add_chip: a word behind the title; @css: "chip ..." */
void viewer_detail_add_chip (ViewerDetail *self, const char *css, const char *text);

/** viewer_detail_add: @css: (nullable): of the value; nothing for an empty @value. */
void viewer_detail_add (ViewerDetail *self, const char *label, const char *css, const char *value);

/** viewer_detail_finish: shows what was added last; viewer_detail_add_entry() does it too. */
void viewer_detail_finish (ViewerDetail *self);

/** viewer_detail_add_entry: state, warnings and every field of the item and of its record. */
void viewer_detail_add_entry (ViewerDetail *self, const ViewerEntry *entry, const DiscItem *item);

G_END_DECLS
