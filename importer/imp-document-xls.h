/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-cell.h"
#include "imp-document-ole.h"

G_BEGIN_DECLS

/* Records and strings of [MS-XLS]; parts of imp_ole_sheets(). */

/** A record ([MS-XLS] 2.1.4). */
typedef struct
{
  guint16 type;
  ImpBlob data;
  gboolean is_cut; /* it ends behind the stream */
  gsize next;      /* where the next one begins */
} ImpXlsRecord;

/** imp_xls_record: Returns: FALSE where none begins at @at */
gboolean imp_xls_record (const ImpBlob *stream, gsize at, ImpXlsRecord *out);

/** Of a stretch of a string: the font from @at on. */
typedef struct
{
  guint16 at; /* in units of UTF-16 */
  guint16 font;
} ImpXlsRun;

/** A record and those that continue it, read from the begin to the end. */
typedef struct
{
  GArray *parts; /* (element-type ImpBlob) */
  guint part;
  gsize at;
  gboolean is_over; /* more was asked for than there is */
} ImpXlsCursor;

/** imp_xls_cursor_init: of @record and the CONTINUE records behind it. Returns: where they end */
gsize imp_xls_cursor_init (ImpXlsCursor *self, const ImpBlob *stream, const ImpXlsRecord *record);
void imp_xls_cursor_clear (ImpXlsCursor *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpXlsCursor, imp_xls_cursor_clear)

guint8 imp_xls_take_8 (ImpXlsCursor *self);
guint16 imp_xls_take_16 (ImpXlsCursor *self);
guint32 imp_xls_take_32 (ImpXlsCursor *self);
void imp_xls_skip (ImpXlsCursor *self, gsize n);
/** imp_xls_next_part: to the begin of the next record. */
void imp_xls_next_part (ImpXlsCursor *self);

/**
 * imp_xls_chars: units of a string ([MS-XLS] 2.5.293): bytes or words, as @is_wide and the begin of
 * each record that continues it say.
 * @out: (element-type guint16): is added to
 */
void imp_xls_chars (ImpXlsCursor *self, gsize n, gboolean is_wide, GArray *out);
/** imp_xls_string: the same with its flags before, its runs and more behind ([MS-XLS] 2.5.293
 * XLUnicodeRichExtendedString). @runs: (element-type ImpXlsRun): is added to */
void imp_xls_string (ImpXlsCursor *self, gsize n, GArray *out, GArray *runs);
/** imp_xls_short: (transfer full): a string without runs in @bytes, behind its length of
 * @n_length bytes ([MS-XLS] 2.5.240, 2.5.294). */
char *imp_xls_short (const ImpBlob *bytes, guint n_length, guint *n_lost);
/** imp_xls_utf8: (transfer full): @n units from @from on. */
char *imp_xls_utf8 (const GArray *units, guint from, guint n, guint *n_lost);

/** A font ([MS-XLS] 2.4.122). */
typedef struct
{
  gboolean is_struck;
  gboolean is_raised;
  ImpSymbolFont font;
} ImpXlsFont;

/** A workbook as far as it is read. */
typedef struct
{
  ImpOle *ole;
  ImpBlob stream;
  GArray *fonts;       /* (element-type ImpXlsFont): as they are written */
  GHashTable *formats; /* char * by number */
  GArray *styles;      /* (element-type ImpCellStyle): of cells */
  GPtrArray *strings;  /* (element-type utf8): shared ones, with their marks */
  GArray *sheets;      /* (element-type ImpXlsSheet) */
  gboolean is_1904;
} ImpXls;

typedef struct
{
  guint32 place; /* of its first record */
  char *title;
  gboolean is_hidden;
  guint8 kind; /* 0: cells; 1: macros; 2: a chart; 6: a module */
} ImpXlsSheet;

/** imp_xls_words: (transfer full): a string with the marks of its runs. */
char *imp_xls_words (ImpXls *self, const GArray *units, const GArray *runs);
/** imp_xls_globals: reads what stands before the sheets. Returns: FALSE: encrypted, or no book */
gboolean imp_xls_globals (ImpXls *self);
/** imp_xls_put_sheet: the cells and boxes of a sheet. */
void imp_xls_put_sheet (ImpXls *self, const ImpXlsSheet *sheet);

#define IMP_XLS_FORMULA 0x0006
#define IMP_XLS_EOF 0x000a
#define IMP_XLS_DATE_MODE 0x0022
#define IMP_XLS_FILE_PASS 0x002f
#define IMP_XLS_FONT 0x0031
#define IMP_XLS_CONTINUE 0x003c
#define IMP_XLS_OBJECT 0x005d
#define IMP_XLS_SHEET 0x0085
#define IMP_XLS_MULTIPLE_RK 0x00bd
#define IMP_XLS_RICH_STRING 0x00d6
#define IMP_XLS_XF 0x00e0
#define IMP_XLS_STRINGS 0x00fc
#define IMP_XLS_SHARED_STRING 0x00fd
#define IMP_XLS_BOOK 0x01ae
#define IMP_XLS_BOX 0x01b6
#define IMP_XLS_NUMBER 0x0203
#define IMP_XLS_LABEL 0x0204
#define IMP_XLS_TRUTH 0x0205
#define IMP_XLS_RESULT 0x0207
#define IMP_XLS_RK 0x027e
#define IMP_XLS_FORMAT 0x041e
#define IMP_XLS_BEGIN 0x0809
#define IMP_XLS_VERSION 0x0600

G_END_DECLS
