/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-picture.h"
#include "viewer-chart.h"
#include "viewer-entry.h"

G_BEGIN_DECLS

/** Pictures of a document in words. No GTK. */

/** viewer_picture_count: how many a record says that its document has. */
guint viewer_picture_count (const ViewerEntry *entry);

/**
 * viewer_picture_load_list: (transfer full) (element-type DiscPicture): of a record.
 * @rid: of its message
 * @first, @n_expected: of disc_picture_first() and viewer_picture_count()
 * @problem: (out) (transfer full) (nullable): a sentence, where fewer are known of than there are
 */
GPtrArray *viewer_picture_load_list (ViewerDisc *disc, gint64 rid, guint first, guint n_expected,
                                     char **problem);

/** viewer_picture_caption: (transfer full): which one of the @n from number @first on, and where it
 * is from. */
char *viewer_picture_caption (const DiscPicture *picture, guint first, guint n);

/** viewer_picture_remark: (transfer full) (nullable): that it has fewer pixels than the source had.
 */
char *viewer_picture_remark (const DiscPicture *picture);

/**
 * viewer_picture_load: (transfer full): its bytes. One on another volume is looked for on the media
 * that are mounted.
 * @problem: (out) (transfer full): otherwise: a sentence that says why it cannot be shown
 * @is_elsewhere: (out): it can when its volume comes
 */
GBytes *viewer_picture_load (ViewerDisc *disc, const DiscPicture *picture, char **problem,
                             gboolean *is_elsewhere);

G_END_DECLS
