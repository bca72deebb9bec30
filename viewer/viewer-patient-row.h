/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-patient-list.h"

G_BEGIN_DECLS

/**
 * One row of the search page. It draws itself: a list view keeps some two hundred rows alive, and a
 * dozen labels in each would cost more than a keystroke may take.
 */
#define VIEWER_TYPE_PATIENT_ROW (viewer_patient_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPatientRow, viewer_patient_row, VIEWER, PATIENT_ROW, GtkWidget)

GtkWidget *viewer_patient_row_new (void);
/** viewer_patient_row_set_item: @item: (nullable); @now: for ages and short dates. */
void viewer_patient_row_set_item (ViewerPatientRow *self, ViewerPatientItem *item,
                                  const char *now);
/** viewer_patient_row_n_in: rows that @height pixels have room for at the most; @widget: of that
 * size of text. */
guint viewer_patient_row_n_in (GtkWidget *widget, int height);

G_END_DECLS
