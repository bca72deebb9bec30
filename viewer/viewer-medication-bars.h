/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-medication-bars-layout.h"

G_BEGIN_DECLS

/*
 * The time line of medication (design.md): a row a drug, bars over one axis of time that ends at
 * the disc and, hatched, at now. One row is selected: up, down, Home, End, page keys, mouse.
 * "changed": another one; "activated": Enter or a double click.
 */
#define VIEWER_TYPE_MEDICATION_BARS (viewer_medication_bars_get_type ())
G_DECLARE_FINAL_TYPE (ViewerMedicationBars, viewer_medication_bars, VIEWER, MEDICATION_BARS,
                      GtkWidget)

/** viewer_medication_bars_new: to be put into a GtkScrolledWindow. */
GtkWidget *viewer_medication_bars_new (void);

/**
 * viewer_medication_bars_set_rows:
 * @rows: (nullable): must outlive the widget or its next rows
 * @as_of, @now: time of the disc and the clock, ISO
 *
 * The first row is selected.
 */
void viewer_medication_bars_set_rows (ViewerMedicationBars *self, const ViewerMedicationRows *rows,
                                      const char *as_of, const char *now, ViewerBarPeriod period);

/** viewer_medication_bars_set_period: keeps the selected row. */
void viewer_medication_bars_set_period (ViewerMedicationBars *self, ViewerBarPeriod period);

/** viewer_medication_bars_get_selected: (nullable) */
const ViewerMedicationRow *viewer_medication_bars_get_selected (ViewerMedicationBars *self);
/** viewer_medication_bars_select: a row by its number. */
void viewer_medication_bars_select (ViewerMedicationBars *self, guint row);

/** viewer_medication_bars_dup_text: (transfer full): what screen readers are told of the selected
 * row. */
char *viewer_medication_bars_dup_text (ViewerMedicationBars *self);

G_END_DECLS
