/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-attachment.h"
#include "imp-map.h"
#include "imp-picture.h"
#include "imp-spill.h"

G_BEGIN_DECLS

/*
 * The files of one document, be they the document itself or lie inside it: converted one after the
 * other, their words put together, their pictures laid aside.
 */
typedef struct
{
  ImpSpill *spill;      /* used, not owned */
  ImpSpillCoder *coder; /* likewise */
  GString *words;       /* of all files, UTF-8; pages are divided by a line */
  GByteArray *pictures; /* imp-picture.h; of length 0 until a file was taken */
  guint n_pictures;
  guint64 picture_bytes;
  guint n_left_out;       /* pictures beyond the ceilings for one document */
  GHashTable *numbers;    /* (element-type guint) of pictures, by the digest of their bytes */
  GPtrArray *findings;    /* (element-type ImpFinding) */
  DiscMessageFlags flags; /* what a reader of the words must be told beside them */
} ImpFiles;

void imp_files_init (ImpFiles *self, ImpSpill *spill, ImpSpillCoder *coder);
/** imp_files_reset: for the next document. */
void imp_files_reset (ImpFiles *self);
void imp_files_clear (ImpFiles *self);

/**
 * imp_files_take: a file that is the document.
 * @heading: (nullable): stands above its words, and is the name of its pictures: of a file inside a
 *   document
 *
 * Whatever the file is, this does not fail because of it: findings say what was left out.
 *
 * Returns: %FALSE with %DISC_ERROR_IO, %DISC_ERROR_NO_SPACE when the scratch file cannot be written
 */
gboolean imp_files_take (ImpFiles *self, const ImpAttachment *attachment, const char *heading,
                         GError **error);

/**
 * imp_files_join: puts words, the number of pictures and findings into the first record of @out.
 * @with_words: whether the words are not in it yet
 */
void imp_files_join (ImpFiles *self, gboolean with_words, ImpMapped *out);

G_END_DECLS
