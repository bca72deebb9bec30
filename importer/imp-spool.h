/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-stream.h"

G_BEGIN_DECLS

/*
 * Bytes of one file, laid aside to be read again and at any place: a member of an archive that is
 * too large for memory. Up to one chunk stays in memory; more goes, in chunks sealed with a key
 * that exists only in the locked memory of this process, to a file without a name.
 */

typedef struct _ImpSpool ImpSpool;

#define IMP_SPOOL_CHUNK_BYTES (256 * 1024)

/**
 * imp_spool_new:
 * @dir: folder in which the scratch file is made when one is needed
 * @max_bytes: more is refused
 */
ImpSpool *imp_spool_new (const char *dir, guint64 max_bytes);
void imp_spool_free (ImpSpool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSpool, imp_spool_free)

/**
 * imp_spool_append:
 *
 * Not after anything was read.
 * Returns: %FALSE with %IMP_ERROR_LIMIT beyond the ceiling, %DISC_ERROR_NO_SPACE, %DISC_ERROR_IO
 */
gboolean imp_spool_append (ImpSpool *self, const guint8 *bytes, gsize len, GError **error);

/** imp_spool_set_broken: there would be more: reading the stream ends with %IMP_ERROR_UNREADABLE.
 */
void imp_spool_set_broken (ImpSpool *self);

guint64 imp_spool_size (const ImpSpool *self);

/**
 * imp_spool_read: bytes from @offset on.
 * Returns: how many, at most @size and perhaps fewer; 0 at the end; -1 with %DISC_ERROR_IO
 */
gssize imp_spool_read (ImpSpool *self, guint64 offset, guint8 *buffer, gsize size, GError **error);

/** imp_spool_stream: (transfer full) @self. Returns: (transfer full) */
ImpStream *imp_spool_stream (ImpSpool *self);

G_END_DECLS
