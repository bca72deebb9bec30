/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"

G_BEGIN_DECLS

/**
 * The patient banner: who this is, never scrolled away, never shortened. Kana above kanji, birth
 * date in both calendars, id, last known place with its time, warnings, allergies.
 */
#define VIEWER_TYPE_BANNER (viewer_banner_get_type ())
G_DECLARE_FINAL_TYPE (ViewerBanner, viewer_banner, VIEWER, BANNER, GtkWidget)

void viewer_banner_set_chart (ViewerBanner *self, ViewerChart *chart);
/** viewer_banner_set_confirmed: whether it is known who the patient is; %FALSE is said where others
 * have his name too. */
void viewer_banner_set_confirmed (ViewerBanner *self, gboolean is_confirmed);
/** viewer_banner_set_compact: allergies on a line of their own (large text). */
void viewer_banner_set_compact (ViewerBanner *self, gboolean compact);

G_END_DECLS
