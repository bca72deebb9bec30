/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-picture.h"
#include "imp-document.h"

G_BEGIN_DECLS

/* Parts of imp_document_convert(); private to imp-document*.c, fuzzers and tests. Each converter
 * adds to @out, which is initialised, and never fails. They are called in confinement. */

void imp_document_pdf (GBytes *bytes, const ImpDocumentLimits *limits, gboolean with_pictures,
                       ImpDocument *out);
void imp_document_picture (GBytes *bytes, const ImpDocumentLimits *limits, guint page,
                           ImpDocument *out);
void imp_document_tiff (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out);
void imp_document_rtf (const guint8 *bytes, gsize len, const ImpDocumentLimits *limits,
                       gboolean with_pictures, ImpDocument *out);
void imp_document_html (const guint8 *bytes, gsize len, const ImpDocumentLimits *limits,
                        ImpDocument *out);
void imp_document_office (GBytes *bytes, ImpSniffKind kind, const ImpDocumentLimits *limits,
                          gboolean with_pictures, ImpDocument *out);
/** imp_document_ole: whatever lies in an OLE2 storage: doc, xls, ppt, msg. */
void imp_document_ole (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out);

/* ---- what the converters share ------------------------------------------------------------------
 */

/** imp_document_find: adds a finding with its usual severity; nothing beyond the most there may be.
 */
void imp_document_find (ImpDocument *self, ImpFindingCode code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** imp_document_refuse_part: "attachment-refused" for something active or not readable inside. */
void imp_document_refuse_part (ImpDocument *self, guint n, const char *what);

/**
 * imp_document_append: text, while there is room.
 * @len: -1 where @text ends with NUL
 * Returns: FALSE once there is no more room; a finding says so
 */
gboolean imp_document_append (ImpDocument *self, const ImpDocumentLimits *limits, const char *text,
                              gssize len);
/**
 * imp_document_has_time: whether most of the processor's time is left. Whoever goes through pages
 * asks before each: what was read so far is lost once the limit ends the process.
 */
gboolean imp_document_has_time (const ImpDocument *self, const ImpDocumentLimits *limits);
/** imp_document_new_line: ends the line, unless nothing stands on it. */
void imp_document_new_line (ImpDocument *self);

/** imp_document_western: a byte of Windows-1252. Returns: U+FFFD for the five that stand for none */
gunichar imp_document_western (guint8 byte);

/** imp_document_prepare_ole: what libgsf must have before, and silence of it. */
void imp_document_prepare_ole (void);
/** imp_document_prepare_pictures: loads what decodes pictures, before the doors close. */
void imp_document_prepare_pictures (void);

/** Pixels on their way to a file: 8-bit RGB. */
typedef struct
{
  guint width;
  guint height;
  gsize stride;
  const guint8 *pixels;
  guint original_width;
  guint original_height;
} ImpPixels;

/**
 * imp_document_add_pixels: encodes and adds a picture, within the budget.
 *
 * PNG of grey or of colour, as the pixels are; JPEG where that is a photograph and smaller.
 */
void imp_document_add_pixels (ImpDocument *self, const ImpDocumentLimits *limits,
                              const ImpPixels *pixels, guint page);

/* ---- from one process to the other -------------------------------------------------------------
 */

void imp_document_pack (const ImpDocument *self, GByteArray *out);
/** imp_document_unpack: @self: initialised. Returns: FALSE where anything is not as it should be.
 */
gboolean imp_document_unpack (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *self);

G_END_DECLS
