/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which archive a file is, told by its first bytes alone: never by its name. */

typedef enum
{
  IMP_ARCHIVE_NONE,
  IMP_ARCHIVE_TAR,
  IMP_ARCHIVE_ZIP,
  IMP_ARCHIVE_SEVEN_ZIP,
  IMP_ARCHIVE_ISO,
  IMP_ARCHIVE_GZIP,     /* of one file, or of an archive */
  IMP_ARCHIVE_PACKED,   /* the same by xz, zstd or bzip2 */
  IMP_ARCHIVE_DOCUMENT, /* an office document or a program in a zip: one file, not many */
  IMP_ARCHIVE_OTHER,    /* of a kind that is not read: RAR, CAB */
} ImpArchiveKind;

/** IMP_ARCHIVE_MARK_BYTES: what imp_archive_kind() needs for all kinds but ISO. */
#define IMP_ARCHIVE_MARK_BYTES 512
/** IMP_ARCHIVE_HEAD_BYTES: enough for ISO too (ECMA-119 8.1.2: the mark stands at 32769), for the
 * first names of a zip and for the begin of what a gzip holds. */
#define IMP_ARCHIVE_HEAD_BYTES (36 * 1024)

ImpArchiveKind imp_archive_kind (const guint8 *head, gsize len);

/** imp_archive_tar_sum_is_right: whether they begin with a whole head of a tar member, which no
 * text does (pax(1), "ustar Interchange Format": checksum). */
gboolean imp_archive_tar_sum_is_right (const guint8 *head, gsize len);

/** imp_archive_kind_needs_seek: whether it can only be read from a file, not from a pipe. */
gboolean imp_archive_kind_needs_seek (ImpArchiveKind kind);

/**
 * imp_archive_gunzip_head:
 * @head: first bytes of a gzip
 * @out: (out caller-allocates): first bytes of what it holds
 * Returns: how many, at most @size; 0 if it cannot be unpacked
 */
gsize imp_archive_gunzip_head (const guint8 *head, gsize len, guint8 *out, gsize size);

G_END_DECLS
