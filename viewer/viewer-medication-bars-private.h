/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-bars-draw.h"
#include "viewer-medication-bars.h"

G_BEGIN_DECLS

/* Shared by the widget and its cursor (viewer-medication-bars-cursor.c). */

struct _ViewerMedicationBars
{
  GtkWidget parent_instance;

  const ViewerMedicationRows *rows;
  ViewerBarsPicture *picture; /* NULL: nothing to show */
  PangoLayout *layout;
  char *as_of, *now;
  guint cursor; /* line of the picture */

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
};

/** viewer_medication_bars_pen: with the colours that the theme has now; no surface. */
ViewerPen viewer_medication_bars_pen (ViewerMedicationBars *self);

/** viewer_medication_bars_offset: how far it is scrolled. */
double viewer_medication_bars_offset (ViewerMedicationBars *self);

/** viewer_medication_bars_announce: tells screen readers the selected row. */
void viewer_medication_bars_announce (ViewerMedicationBars *self);

/** viewer_medication_bars_select_near: that row, or the first below it, or above it, that has a
 * line. */
void viewer_medication_bars_select_near (ViewerMedicationBars *self, guint row);

/** viewer_medication_bars_add_controllers: keys and mouse move the cursor. */
void viewer_medication_bars_add_controllers (ViewerMedicationBars *self);

G_END_DECLS
