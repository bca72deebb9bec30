/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-source.h"

struct archive_entry;

G_BEGIN_DECLS

/*
 * One archive, read member after member from any bytes (plain members of a tar by imp-tar.h,
 * all else by libarchive), within ceilings: an archive
 * made to never end ends here. Nothing is ever written under a name that stands in it.
 */

/** Where its bytes come from. */
typedef struct
{
  /** read: the next bytes, valid until the next call. Returns: how many, 0 at the end, -1 */
  gssize (*read) (gpointer data, const guint8 **block);
  /** seek: (nullable): as lseek(2). Returns: the new place, -1 */
  gint64 (*seek) (gpointer data, gint64 offset, int whence);
  gpointer data;
  guint64 size; /* 0: not known */
} ImpArchiveInput;

typedef struct
{
  guint64 free_bytes; /* unpacked, before the ratio is looked at */
  guint64 ratio;
  guint64 bytes; /* unpacked */
  guint64 members;
  guint64 hole_bytes; /* of one member */
} ImpArchiveLimits;

/** imp_archive_limits: @level: 1: a file; 2: inside an archive */
const ImpArchiveLimits *imp_archive_limits (guint level);

typedef enum
{
  IMP_ARCHIVE_GOT,     /* a member, or bytes of it */
  IMP_ARCHIVE_END,     /* of the archive, or of the member */
  IMP_ARCHIVE_SKIPPED, /* the member cannot be read; the next one may */
  IMP_ARCHIVE_STOPPED, /* nothing more can be read */
} ImpArchiveStep;

typedef struct _ImpArchive ImpArchive;

/**
 * imp_archive_new:
 * @input: copied; what it points to, and @limits, must outlive the archive
 *
 * Errors are told by the first imp_archive_next().
 */
ImpArchive *imp_archive_new (const ImpArchiveInput *input, const ImpArchiveLimits *limits,
                             GCancellable *cancellable);
void imp_archive_free (ImpArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpArchive, imp_archive_free)

/** imp_archive_next: @entry: (out): the next member, valid until the next call; never a folder. */
ImpArchiveStep imp_archive_next (ImpArchive *self, struct archive_entry **entry);

/** imp_archive_read: @block: (out): the next bytes of the member; holes are zeros. */
ImpArchiveStep imp_archive_read (ImpArchive *self, const guint8 **block, gsize *len);

/** imp_archive_is_plain: after the first member: no archive, but one file, perhaps compressed. */
gboolean imp_archive_is_plain (const ImpArchive *self);

/** imp_archive_is_zip: after the first member. */
gboolean imp_archive_is_zip (const ImpArchive *self);

/**
 * imp_archive_reason: why it stopped: %IMP_REASON_ARCHIVE_DAMAGED, _KIND, _NESTED (compressed too
 * often), _RATIO, _SIZE, _MEMBERS, %IMP_REASON_ENCRYPTED; %IMP_REASON_NONE while it has not. A tar
 * without its end mark ends as damaged.
 */
ImpReason imp_archive_reason (const ImpArchive *self);

/** imp_archive_member_reason: why a member was skipped. */
ImpReason imp_archive_member_reason (const ImpArchive *self);

/** imp_archive_detail: (transfer full): words about it for the report; no patient data. */
char *imp_archive_detail (const ImpArchive *self);

G_END_DECLS
