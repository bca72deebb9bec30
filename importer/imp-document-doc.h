/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-ole.h"

G_BEGIN_DECLS

/* What [MS-DOC] says of characters beside what they are; parts of imp_ole_word(). */

/** Of a run of characters. */
typedef struct
{
  gboolean is_struck; /* by hand, or as the mark of a deletion that nobody accepted */
  gboolean is_raised;
  gboolean is_special; /* a control is what it stands for, not itself */
  gboolean is_object;
  gboolean is_data;   /* of a field of a form */
  guint16 font;       /* number in the table of fonts */
  guint16 other_font; /* of what is neither ASCII nor of East Asia: the places of signs at U+F0xx */
  gboolean has_symbol;
  guint16 symbol_font;
  guint16 symbol;
  guint32 place; /* in the stream "Data": of a picture or of what a field of a form holds */
} ImpDocRun;

/** Of a paragraph. */
typedef struct
{
  gboolean is_in_table;
  gboolean is_row_end; /* its mark ends a row */
} ImpDocParagraph;

typedef struct
{
  ImpBlob pages;  /* the stream "WordDocument", in pages of 512 bytes */
  ImpBlob table;  /* "0Table" or "1Table" */
  ImpBlob data;   /* "Data" */
  ImpBlob chars;  /* PlcBteChpx */
  ImpBlob paras;  /* PlcBtePapx */
  guint n_unread; /* runs whose page is not there */

  ImpDocRun run; /* found last; holds from @run_from up to @run_to */
  guint64 run_from;
  guint64 run_to;
} ImpDocFormats;

/** imp_doc_formats_init: places of the tables are read from the FIB in @pages. */
void imp_doc_formats_init (ImpDocFormats *self, ImpBlob pages, ImpBlob table, ImpBlob data);

/** imp_doc_run_at: sets @run. @at: of the character's bytes in the stream "WordDocument" */
void imp_doc_run_at (ImpDocFormats *self, guint32 at);
/** imp_doc_paragraph_at: of the paragraph whose mark stands there. */
ImpDocParagraph imp_doc_paragraph_at (ImpDocFormats *self, guint32 at);

/** imp_doc_apply: what a piece says on top of that ([MS-DOC] 2.9.208 Prm0, 2.4.6.1 grpprl). */
void imp_doc_apply (ImpDocRun *run, const ImpBlob *properties);
void imp_doc_apply_short (ImpDocRun *run, guint16 modifier);

/** imp_doc_fonts: (transfer full) (element-type ImpSymbolFont): by number ([MS-DOC] 2.9.286). */
GArray *imp_doc_fonts (const ImpDocFormats *self);

/** What a field of a form holds. */
typedef struct
{
  guint result;   /* of a box: whether it is ticked; of a list: which one was chosen, from 0 */
  ImpBlob choice; /* of a list: that one, in UTF-16 */
} ImpDocForm;

/**
 * imp_doc_form: of a box to be ticked, or of a list to choose from ([MS-DOC] 2.9.78 FFData).
 * @data: the stream "Data"
 *
 * Returns: FALSE where it is none, or does not say what was chosen
 */
gboolean imp_doc_form (const ImpBlob *data, guint32 place, gboolean is_list, ImpDocForm *out);

/** imp_doc_fib_pair: the bytes of a stream that entry @i of FibRgFcLcb97 names ([MS-DOC] 2.5.6). */
ImpBlob imp_doc_fib_pair (const ImpBlob *fib, const ImpBlob *stream, guint i);

G_END_DECLS
