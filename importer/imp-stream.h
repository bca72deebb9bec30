/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Bytes from the first to the last, as often as wanted: files of many gigabytes are never held.
 * Layers that unpack or convert stand on top of one another.
 */

typedef struct _ImpStream ImpStream;

/** ImpStreamRead: Returns: bytes put into @buffer, 0 at the end, -1 with @error. */
typedef gssize (*ImpStreamRead) (gpointer data, guint8 *buffer, gsize size, GError **error);
/** ImpStreamRewind: back to the first byte. */
typedef gboolean (*ImpStreamRewind) (gpointer data, GError **error);

/** imp_stream_new: (transfer full) @data, freed by @free_data (nullable). */
ImpStream *imp_stream_new (ImpStreamRead read, ImpStreamRewind rewind, gpointer data,
                           GDestroyNotify free_data);
void imp_stream_free (ImpStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpStream, imp_stream_free)

/** imp_stream_from_bytes: keeps a reference. */
ImpStream *imp_stream_from_bytes (GBytes *bytes);
/** imp_stream_from_memory: @bytes must outlive the stream. */
ImpStream *imp_stream_from_memory (gconstpointer bytes, gsize len);
/** imp_stream_from_fd: (transfer full) @fd, of a regular file. */
ImpStream *imp_stream_from_fd (int fd);

/**
 * imp_stream_gunzip:
 * @inner: (transfer full): bytes that begin with a gzip member
 *
 * Reads every member (spec fhir.md 0.1 fact 8: most readers stop behind the first, or take a file cut
 * off for its end). A file cut off or damaged gives all the bytes before, then
 * %IMP_ERROR_UNREADABLE; one that grows 200-fold beyond 1 GiB %IMP_ERROR_LIMIT. Other bytes behind the
 * last member are told by imp_stream_remark().
 */
ImpStream *imp_stream_gunzip (ImpStream *inner);

/**
 * imp_stream_convert:
 * @inner: (transfer full)
 * @charset: as iconv names it
 *
 * The bytes in UTF-8, without byte order mark. What cannot be read becomes U+FFFD and is counted.
 */
ImpStream *imp_stream_convert (ImpStream *inner, const char *charset);

/** imp_stream_read: Returns: bytes read, 0 at the end only, -1 with an error of %IMP_ERROR. */
gssize imp_stream_read (ImpStream *self, guint8 *buffer, gsize size, GError **error);
/** imp_stream_rewind: the next read begins with the first byte again. */
gboolean imp_stream_rewind (ImpStream *self, GError **error);
/** imp_stream_read_head: rewinds, reads up to @size bytes, rewinds. Returns: bytes, -1 with an error
 * other than of an early end */
gssize imp_stream_read_head (ImpStream *self, guint8 *buffer, gsize size, GError **error);

/** imp_stream_remark: (nullable): what was odd since the last rewind, though it could be read. */
const char *imp_stream_remark (const ImpStream *self);
/** imp_stream_n_lost: characters written as U+FFFD since the last rewind. */
guint64 imp_stream_n_lost (const ImpStream *self);

/*< layers: for the files imp-stream-*.c only >*/
void imp_stream_set_remark (ImpStream *self, const char *remark);
void imp_stream_add_lost (ImpStream *self);
ImpStream *imp_stream_new_layer (ImpStream *inner, ImpStreamRead read, ImpStreamRewind rewind,
                                 gpointer data, GDestroyNotify free_data);

G_END_DECLS
