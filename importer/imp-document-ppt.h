/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-ole.h"

G_BEGIN_DECLS

/* Records and texts of [MS-PPT]; parts of imp_ole_slides(). */

#define IMP_PPT_HEAD_BYTES 8

#define IMP_PPT_DOCUMENT 0x03e8
#define IMP_PPT_SLIDE 0x03ee
#define IMP_PPT_NOTES 0x03f0
#define IMP_PPT_PERSIST 0x03f3
#define IMP_PPT_SHOW 0x03f9
#define IMP_PPT_MACROS 0x0400
#define IMP_PPT_FONT 0x0fb7
#define IMP_PPT_OUTLINE_REFERENCE 0x0f9e
#define IMP_PPT_TEXT_HEADER 0x0f9f
#define IMP_PPT_CHARS 0x0fa0
#define IMP_PPT_STYLES 0x0fa1
#define IMP_PPT_BYTES 0x0fa8
#define IMP_PPT_WORD 0x0fba
#define IMP_PPT_EMBEDDED 0x0fcc
#define IMP_PPT_LINKED 0x0fce
#define IMP_PPT_CONTROL 0x0fee
#define IMP_PPT_HEADERS 0x0fd9
#define IMP_PPT_HEADERS_FLAGS 0x0fda
#define IMP_PPT_LIST 0x0ff0
#define IMP_PPT_EDIT 0x0ff5
#define IMP_PPT_USER 0x0ff6
#define IMP_PPT_BLOB 0x138b
#define IMP_PPT_DIRECTORY 0x1772
#define IMP_PPT_COMMENT 0x2ee0

/** A record ([MS-PPT] 2.3.1 RecordHeader). */
typedef struct
{
  guint16 type;
  guint16 instance;
  gboolean is_container;
  ImpBlob data;
  gsize next; /* where the next one begins */
} ImpPptRecord;

/** imp_ppt_record: Returns: FALSE where none begins at @at; @is_cut: it ends behind @bytes */
gboolean imp_ppt_record (const ImpBlob *bytes, gsize at, ImpPptRecord *out, gboolean *is_cut);

/** A text of a slide, of the records that follow each other. */
typedef struct
{
  ImpBlob chars;
  gboolean is_wide;
  ImpBlob styles; /* none where they are as the master's */
} ImpPptText;

/**
 * imp_ppt_put_text: its lines, with what is raised and letters of sign fonts as they are.
 * @fonts: (element-type ImpSymbolFont)
 */
void imp_ppt_put_text (ImpOle *ole, const GArray *fonts, const ImpPptText *text);

G_END_DECLS
