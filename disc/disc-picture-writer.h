/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-picture.h"
#include "disc-statement.h"

G_BEGIN_DECLS

/* Pictures on their way to a disc: what is told of them gathers with the other small tables, their
 * bytes go behind the messages at once. */
typedef struct _DiscPictureWriter DiscPictureWriter;

DiscPictureWriter *disc_picture_writer_new (sqlite3 *db, GError **error);
void disc_picture_writer_free (DiscPictureWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPictureWriter, disc_picture_writer_free)

/** disc_picture_writer_add: as disc_writer_add_picture(). */
gboolean disc_picture_writer_add (DiscPictureWriter *self, const DiscPicture *picture,
                                  GBytes *bytes, GError **error);

G_END_DECLS
