/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-disc.h"

G_BEGIN_DECLS

/**
 * One disputed record: whose it is by its folder and by its content, side by side; what it holds
 * only as a reference in a dashed box; the source text. Nothing here moves it anywhere.
 */
#define VIEWER_TYPE_DISPUTED_CARD (viewer_disputed_card_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDisputedCard, viewer_disputed_card, VIEWER, DISPUTED_CARD, GtkWidget)

/** viewer_disputed_card_show: @rid: 0: nothing. */
void viewer_disputed_card_show (ViewerDisputedCard *self, ViewerDisc *disc, gint64 rid,
                                const char *now);

/** viewer_disputed_ids: (transfer full): the id the path names, then the others; split at newlines. */
char **viewer_disputed_ids (const DiscMessage *message);
/** viewer_disputed_content: (transfer full): a few values of the records, for the dashed box. */
char *viewer_disputed_content (const DiscRecord *record);

G_END_DECLS
