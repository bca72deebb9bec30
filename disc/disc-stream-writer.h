/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"

G_BEGIN_DECLS

/*
 * The file of a container being written: bytes are appended to the stream, land in units, and
 * behind each full set its parity follows. What was appended can be read back.
 */

typedef struct _DiscStreamWriter DiscStreamWriter;

/**
 * disc_stream_writer_new:
 * @path: a file that does not exist yet
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO, _NO_SPACE
 */
DiscStreamWriter *disc_stream_writer_new (const char *path, GError **error);
void disc_stream_writer_free (DiscStreamWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscStreamWriter, disc_stream_writer_free)

/** disc_stream_writer_length: bytes appended so far. */
guint64 disc_stream_writer_length (const DiscStreamWriter *self);

gboolean disc_stream_writer_append (DiscStreamWriter *self, const guint8 *data, gsize len,
                                    GError **error);

/** disc_stream_writer_read: @len bytes from @offset of the stream; all must have been appended. */
gboolean disc_stream_writer_read (DiscStreamWriter *self, guint64 offset, guint8 *out, gsize len,
                                  GError **error);

/**
 * disc_stream_writer_finish: fills the last unit with zero bytes, writes the last parity and the
 * sums. Nothing can be appended any more.
 *
 * Returns: (transfer full): the sums of all units in the order of the file; %NULL with an error
 */
GByteArray *disc_stream_writer_finish (DiscStreamWriter *self, GError **error);

/** disc_stream_writer_write_head: the first DISC_HEAD_BYTES of the file. */
gboolean disc_stream_writer_write_head (DiscStreamWriter *self, const guint8 *head, GError **error);

G_END_DECLS
