/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-cover.h"

G_BEGIN_DECLS

/**
 * Stands in the way of a disc whose signer this machine does not trust: the whole fingerprint has to
 * be typed from the sheet that the hospital keeps. Its last groups are not shown: copied from the
 * screen they would prove nothing. Emits "trust" when all of it was right.
 */
#define VIEWER_TYPE_TRUST_CARD (viewer_trust_card_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTrustCard, viewer_trust_card, VIEWER, TRUST_CARD, GtkWidget)

/** viewer_trust_card_set_cover: @cover: (nullable): must live until another is set. */
void viewer_trust_card_set_cover (ViewerTrustCard *self, const ViewerCover *cover);
/** viewer_trust_card_get_typed: what was typed. */
const char *viewer_trust_card_get_typed (ViewerTrustCard *self);
/** viewer_trust_card_get_entry: for tests: where the fingerprint is typed; Enter trusts. */
GtkWidget *viewer_trust_card_get_entry (ViewerTrustCard *self);

G_END_DECLS
