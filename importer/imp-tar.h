/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The plain members of a tar, which are nearly all there are in a backup: regular files and folders
 * with a name that fits the header (POSIX.1-1988 ustar, and GNU tar's form of it). libarchive makes
 * every name into wide characters, which costs more than all the rest of reading a small member.
 * Whatever is not plain (long names, pax headers, links, holes, damage, the end) is left to
 * libarchive, which goes on from there.
 */

#define IMP_TAR_BLOCK_BYTES 512

/** What ustar can say of a path: prefix, slash, name, NUL. */
#define IMP_TAR_PATH_BYTES (155 + 1 + 100 + 1)

typedef struct
{
  char path[IMP_TAR_PATH_BYTES]; /* bytes as they stand there */
  guint64 size;
  gint64 mtime; /* seconds since 1970 */
  gboolean is_folder;
} ImpTarMember;

/**
 * imp_tar_read_header:
 * @member: (out): only what @header says when it is plain
 *
 * Returns: whether the header is plain: its checksum is right, no field is written in any other way
 * than the usual one, and libarchive would make the same of it
 */
gboolean imp_tar_read_header (const guint8 header[IMP_TAR_BLOCK_BYTES], ImpTarMember *member);

typedef enum
{
  IMP_TAR_GOT,
  IMP_TAR_END,     /* of the member */
  IMP_TAR_OTHER,   /* what comes is not plain: imp_tar_rest() */
  IMP_TAR_STOPPED, /* nothing more can be read */
} ImpTarStep;

/** As those of #ImpArchiveInput. @seek: (nullable): forward, from where the last block ended */
typedef struct
{
  gssize (*read) (gpointer data, const guint8 **block);
  gint64 (*seek) (gpointer data, gint64 offset);
  gpointer data;
} ImpTarInput;

typedef struct _ImpTar ImpTar;

/** imp_tar_new: @input: copied */
ImpTar *imp_tar_new (const ImpTarInput *input);
void imp_tar_free (ImpTar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTar, imp_tar_free)

/** imp_tar_next: skips what is left of a member. Returns: GOT, OTHER or STOPPED */
ImpTarStep imp_tar_next (ImpTar *self, ImpTarMember *member);

/** imp_tar_read: @block: (out): the next bytes of the member. Returns: GOT, END or STOPPED */
ImpTarStep imp_tar_read (ImpTar *self, const guint8 **block, gsize *len);

/**
 * imp_tar_rest: after %IMP_TAR_OTHER: what was read already and is not a member's, piece after
 * piece, for whoever reads on. Behind a member, a header of an empty member stands before it, or
 * the end mark or a damaged header would not look like part of a tar. Returns: its length, 0: no
 * more
 */
gsize imp_tar_rest (ImpTar *self, const guint8 **block);

/** imp_tar_rest_bytes: how much of it is still to be given, without that empty member. */
gsize imp_tar_rest_bytes (const ImpTar *self);

/** imp_tar_drop_rest: who reads on goes to another place. */
void imp_tar_drop_rest (ImpTar *self);

/** imp_tar_has_members: whether there was any, so that rest begins with an empty one. */
gboolean imp_tar_has_members (const ImpTar *self);

/** imp_tar_words: (nullable): why it stopped, unless the input failed. */
const char *imp_tar_words (const ImpTar *self);

G_END_DECLS
