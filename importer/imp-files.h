/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-attachment.h"
#include "imp-map.h"
#include "imp-message.h"
#include "imp-picture.h"
#include "imp-scan.h"
#include "imp-spill.h"
#include "imp-tally.h"

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
  guint n_left_out;    /* pictures beyond the ceilings for one document */
  GHashTable *numbers; /* (element-type guint) of pictures, by the digest of their bytes */
  GPtrArray *findings; /* (element-type ImpFinding) */
  ImpScanner *scanner; /* (nullable) */
  ImpTally *tally;     /* counts its answers; %NULL without a scanner */
  gboolean has_infected;
  GString *source; /* of the document without them, where it has some */
  GArray *cuts;    /* (element-type ImpFilesCut) */
  DiscMessageFlags flags; /* what a reader of the words must be told beside them */
} ImpFiles;

void imp_files_init (ImpFiles *self, ImpSpill *spill, ImpSpillCoder *coder);
/** imp_files_set_scanner: @scanner: (nullable): asked about each file; @tally counts what it says.
 * Used, not owned. */
void imp_files_set_scanner (ImpFiles *self, ImpScanner *scanner, ImpTally *tally);
/** imp_files_reset: for the next document. */
void imp_files_reset (ImpFiles *self);
void imp_files_clear (ImpFiles *self);

/**
 * imp_files_take: a file inside a document.
 * @heading: (nullable): stands above its words, and is the name of its pictures
 *
 * Whatever the file is, this does not fail because of it: findings say what was left out.
 *
 * Returns: %FALSE with %DISC_ERROR_IO, %DISC_ERROR_NO_SPACE when the scratch file cannot be written
 */
gboolean imp_files_take (ImpFiles *self, const ImpAttachment *attachment, const char *heading,
                         GError **error);
/** imp_files_take_scanned: likewise a file that is the document, about which the scanner was asked.
 */
gboolean imp_files_take_scanned (ImpFiles *self, const ImpAttachment *attachment, GError **error);

/**
 * imp_files_leave_out: imp_files_cut() is to leave out this one, as which it is known.
 * @data: in the source of the document; in the order of the source, none twice
 * @bytes: (nullable): what it is
 * @coding: "base64" or "hex"
 */
void imp_files_leave_out (ImpFiles *self, ImpText data, GBytes *bytes, const char *coding);

/**
 * imp_files_cut: leaves files in base64 out of the source of the document; of one that is infected shorter
 * ones too. The source belongs to @self until the next document.
 *
 * Returns: how many there were; for IMP_BASE64_CUT_DETAIL
 */
guint imp_files_cut (ImpFiles *self, ImpMessage *message);

/**
 * imp_files_join: puts words, the number of pictures and findings into the first record of @out.
 * @with_words: whether the words are not in it yet
 */
void imp_files_join (ImpFiles *self, gboolean with_words, ImpMapped *out);

/** Words and pictures of one record, of a document that is several. */
typedef struct
{
  guint record; /* from 0 */
  gsize words_from;
  gsize words_to;
  guint first_picture; /* from 1 */
  guint n_pictures;
} ImpFilesPart;

/** imp_files_join_parts: the same, into several records. @parts: in their order, one a record */
void imp_files_join_parts (ImpFiles *self, const ImpFilesPart *parts, guint n_parts,
                           ImpMapped *out);

/** imp_files_tell: findings and flags alone; the functions above do that too. */
void imp_files_tell (ImpFiles *self, ImpMapped *out);

G_END_DECLS
