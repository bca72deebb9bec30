/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-archive-kind.h"
#include "imp-source-private.h"

G_BEGIN_DECLS

/**
 * imp_source_take_archive:
 * @place: of the archive
 * @head: bytes of it that were read from @bytes already
 *
 * Adds the members of the archive that @bytes are, and the archive itself, refused, if it ends
 * before its end. One that cannot be read in one go is laid aside, sealed; on a pipe that is an
 * error of the source.
 */
void imp_source_take_archive (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes,
                              ImpArchiveKind kind, const guint8 *head, gsize head_len);

G_END_DECLS
