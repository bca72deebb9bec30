/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-cover.h"

G_BEGIN_DECLS

/**
 * Asks for what opens a sealed disc: its passphrase, or the emergency key from the envelope. Emits
 * "unlock" when something is to be tried.
 */
#define VIEWER_TYPE_UNLOCK_CARD (viewer_unlock_card_get_type ())
G_DECLARE_FINAL_TYPE (ViewerUnlockCard, viewer_unlock_card, VIEWER, UNLOCK_CARD, GtkWidget)

/** viewer_unlock_card_ask: with empty fields, those of them that open this disc. */
void viewer_unlock_card_ask (ViewerUnlockCard *self, const ViewerCover *cover);
/** viewer_unlock_card_clear: wipes what was typed. */
void viewer_unlock_card_clear (ViewerUnlockCard *self);
/** viewer_unlock_card_set_busy: what was typed is being tried. */
void viewer_unlock_card_set_busy (ViewerUnlockCard *self, gboolean busy);
/** viewer_unlock_card_show_problem: and selects what was tried, to be typed again. */
void viewer_unlock_card_show_problem (ViewerUnlockCard *self, const char *sentence);

/**
 * viewer_unlock_card_dup_typed: (transfer full): for viewer_passphrase_free(); one of them, the
 * other is %NULL.
 */
void viewer_unlock_card_dup_typed (ViewerUnlockCard *self, char **passphrase,
                                   char **emergency_code);

G_END_DECLS
