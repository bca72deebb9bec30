/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-cover.h"

G_BEGIN_DECLS

/** What stands on the cover of a disc, before anything was typed: whose, how old, by whom signed. */
#define VIEWER_TYPE_COVER_CARD (viewer_cover_card_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCoverCard, viewer_cover_card, VIEWER, COVER_CARD, GtkWidget)

/** viewer_cover_card_set: @cover: needed only during the call */
void viewer_cover_card_set (ViewerCoverCard *self, const ViewerCover *cover, const char *now);

G_END_DECLS
