/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-patient-list.h"

G_BEGIN_DECLS

/**
 * Who is selected on the search page: identity only (address, phone, former names), so that
 * reception can tell people apart without opening a chart.
 */
#define VIEWER_TYPE_PERSON_CARD (viewer_person_card_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPersonCard, viewer_person_card, VIEWER, PERSON_CARD, GtkWidget)

/** viewer_person_card_set: @item: (nullable): nobody. */
void viewer_person_card_set (ViewerPersonCard *self, ViewerDisc *disc, ViewerPatientItem *item,
                             const char *now);

G_END_DECLS
