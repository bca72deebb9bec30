/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "imp-attachment.h"
#include "imp-finding.h"
#include "imp-sandbox.h"
#include "imp-sniff.h"

G_BEGIN_DECLS

/*
 * An attachment as words and pixels. Documents of a backup are never opened on the machine that
 * reads the disc (spec ss-mix2.md 6.1, fhir.md 6.5): what reaches a disc is text in UTF-8, and
 * pictures that were decoded and encoded anew, without metadata, scripts, links or trailing bytes.
 * Everything but plain text is read in confinement (imp-sandbox.h); what comes back is checked as
 * input.
 *
 *   pdf                  text of each page; pages without text, or mostly picture, as pictures
 *   rtf, html            text
 *   docx xlsx pptx,      text, tables with tabs, and the pictures inside
 *   odt ods odp
 *   text                 text, in whatever encoding it is
 *   jpeg png gif bmp     one picture; tiff: one for each page
 *   doc xls ppt msg      text, tables with tabs; of 1997 and later
 *   everything else      refused with type, size and name; messages are left to who reads messages
 */

typedef struct
{
  guint64 input_bytes; /* larger ones are refused */
  guint64 text_bytes;
  guint64 picture_bytes; /* all pictures of one document together, encoded */
  guint64 pixels;        /* of one picture, before it is scaled (spec fhir.md 6.5) */
  guint max_pages;
  guint max_edge;           /* larger pictures are scaled down to it */
  guint dpi;                /* of rendered pages */
  gboolean draws_all_pages; /* of a PDF, also those with text: curves of an ECG are no text */
  guint cpu_seconds;
  guint wall_seconds;
  guint64 memory_bytes;
} ImpDocumentLimits;

/* 48 MiB: spec fhir.md 6.3. 2400 pixels: A4 at 200 dpi, what scanners of archives make. */
#define IMP_DOCUMENT_LIMITS_INIT                                                                   \
  {                                                                                                \
    .input_bytes = 48 * 1024 * 1024, .text_bytes = 8 * 1024 * 1024,                                \
    .picture_bytes = 16 * 1024 * 1024, .pixels = 100 * 1000 * 1000, .max_pages = 1000,             \
    .max_edge = 2400, .dpi = 150, .cpu_seconds = 60, .wall_seconds = 180,                          \
    .memory_bytes = G_GUINT64_CONSTANT (1536) * 1024 * 1024,                                       \
  }

typedef enum
{
  IMP_DOCUMENT_READ,    /* all of it, as far as it has words and pixels */
  IMP_DOCUMENT_PARTLY,  /* something was left out: see the findings */
  IMP_DOCUMENT_REFUSED, /* nothing of it is carried: see the findings */
  IMP_DOCUMENT_MESSAGE, /* HL7, FHIR, XML, JSON: for who reads messages */
  IMP_N_DOCUMENT_VERDICTS
} ImpDocumentVerdict;

typedef struct
{
  GBytes *bytes;
  const char *media_type; /* "image/png" or "image/jpeg" */
  guint page;             /* from 1; 0 where the document has none */
  guint width;
  guint height;
  guint original_width; /* before it was scaled; of a rendered page: its own */
  guint original_height;
} ImpDocumentPicture;

typedef struct
{
  ImpSniff sniffed;
  ImpDocumentVerdict verdict;
  GString *text;              /* UTF-8; lines end with LF, pages of a PDF with FF, cells with TAB */
  gboolean is_text_cut;       /* there was more than the limit */
  guint n_pages;              /* that the document has; 0 where it has none */
  GArray *pages_without_text; /* guint, from 1 */
  GPtrArray *pictures;        /* ImpDocumentPicture */
  guint n_pictures_dropped;   /* beyond the budget, or broken */
  GPtrArray *findings;        /* ImpFinding */
  gint64 started_us;          /*< private >: of the process's own time */
} ImpDocument;

void imp_document_init (ImpDocument *self);
void imp_document_clear (ImpDocument *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpDocument, imp_document_clear)

const char *imp_document_verdict_word (ImpDocumentVerdict verdict);

/**
 * imp_document_convert:
 * @out: initialised and empty; filled in, whatever the input is
 *
 * From any thread. Needs imp_document_main() in the program's main().
 */
void imp_document_convert (const ImpAttachment *in, const ImpDocumentLimits *limits,
                           ImpDocument *out);

/**
 * imp_document_read_text: what the verdict IMP_DOCUMENT_MESSAGE leaves to others, as it is written.
 * @out: as imp_document_convert() left it; words and findings are added
 */
void imp_document_read_text (const ImpAttachment *in, const ImpDocumentLimits *limits,
                             ImpDocument *out);

/** imp_document_main: imp_sandbox_main() with the converters; first in main(). */
void imp_document_main (int argc, char **argv);

G_END_DECLS
