/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Bytes that a document carries beside its words: a file of its folder, or a part of itself. What they
 * are is told by their content alone (imp-sniff.h); names and declared types are kept to be shown.
 */

typedef struct
{
  char *name;       /* (nullable): as the source names it: a file name or a title; UTF-8, for showing */
  char *media_type; /* (nullable): what the source says it is; never believed */
  GBytes *bytes;    /* (nullable): NULL where the source only points to it */
  char *reference;  /* (nullable): where the source points to: a path relative to the document with
                       '/' separators; never absolute, never with ".." */
} ImpAttachment;

/** imp_attachment_new: all are copied; @bytes gets a reference. */
ImpAttachment *imp_attachment_new (const char *name, const char *media_type, GBytes *bytes,
                                   const char *reference);
void imp_attachment_free (ImpAttachment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpAttachment, imp_attachment_free)

/**
 * imp_attachment_clean_reference:
 * @reference: as the source writes it, such as "xxxx_PDF\xxxx.PDF" or "#part1"
 *
 * Returns: (transfer full) (nullable): a relative path with '/' separators, or %NULL where it is
 *   empty, absolute, has a scheme or a drive, or leads out of the document's folder (SS-MIX2 spec 6.1)
 */
char *imp_attachment_clean_reference (const char *reference);

G_END_DECLS
