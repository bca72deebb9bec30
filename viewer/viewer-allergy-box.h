/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"

G_BEGIN_DECLS

/**
 * Allergies in the banner, in three states that cannot be mistaken for one another: recorded, stated
 * to be none, nothing anywhere (hatched: the disc cannot know).
 */
#define VIEWER_TYPE_ALLERGY_BOX (viewer_allergy_box_get_type ())
G_DECLARE_FINAL_TYPE (ViewerAllergyBox, viewer_allergy_box, VIEWER, ALLERGY_BOX, GtkWidget)

void viewer_allergy_box_set_chart (ViewerAllergyBox *self, ViewerChart *chart);
/** viewer_allergy_box_set_compact: on one line (large text). */
void viewer_allergy_box_set_compact (ViewerAllergyBox *self, gboolean compact);

G_END_DECLS
