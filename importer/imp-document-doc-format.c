/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-doc.h"

#include <string.h>

/*
 * Properties of characters and paragraphs stand in pages of 512 bytes of the stream "WordDocument"
 * ([MS-DOC] 2.9.33 ChpxFkp, 2.9.174 PapxFkp), which two tables find by the place of a character's
 * bytes. A page holds places, an offset for each stretch between two of them, and lists of
 * modifiers (Sprm, 2.6) there. Styles are not looked at.
 */

#define FIB_PAIRS 0x9a /* FibRgFcLcb97 */
#define PAIR_CHARS 12  /* fcPlcfBteChpx */
#define PAIR_PARAS 13  /* fcPlcfBtePapx */
#define PAIR_FONTS 15  /* fcSttbfFfn */
#define PAGE_BYTES 512
#define PAGE_MASK 0x3fffff /* 2.9.199 PnFkpChpx */
#define PARA_ENTRY_BYTES 13
#define MAX_FONTS 5000

#define SPRM_DELETED 0x0800    /* sprmCFRMarkDel */
#define SPRM_PICTURE 0x6a03    /* sprmCPicLocation */
#define SPRM_DATA 0x0806       /* sprmCFData */
#define SPRM_OLE 0x080a        /* sprmCFOle2 */
#define SPRM_SYMBOL 0x6a09     /* sprmCSymbol */
#define SPRM_STRIKE 0x0837     /* sprmCFStrike */
#define SPRM_DSTRIKE 0x2a53    /* sprmCFDStrike */
#define SPRM_RAISED 0x2a48     /* sprmCIss */
#define SPRM_FONT 0x4a4f       /* sprmCRgFtc0 */
#define SPRM_OTHER_FONT 0x4a51 /* sprmCRgFtc2 */
#define SPRM_SPECIAL 0x0855    /* sprmCFSpec */
#define SPRM_OBJECT 0x0856     /* sprmCFObj */
#define SPRM_IN_TABLE 0x2416   /* sprmPFInTable */
#define SPRM_ROW_END 0x2417    /* sprmPFTtp */
#define SPRM_HUGE 0x6646       /* sprmPHugePapx */

ImpBlob
imp_doc_fib_pair (const ImpBlob *fib, const ImpBlob *stream, guint i)
{
  return imp_blob_part (stream, imp_blob_32 (fib, FIB_PAIRS + 8 * i),
                        imp_blob_32 (fib, FIB_PAIRS + 8 * i + 4));
}

void
imp_doc_formats_init (ImpDocFormats *self, ImpBlob pages, ImpBlob table, ImpBlob data)
{
  *self = (ImpDocFormats){ .pages = pages, .table = table, .data = data };
  self->chars = imp_doc_fib_pair (&pages, &table, PAIR_CHARS);
  self->paras = imp_doc_fib_pair (&pages, &table, PAIR_PARAS);
}

/* ---- modifiers ------------------------------------------------------------------------------- */

/* 2.6.1 Sprm, spra. Returns: 0 where it does not say */
static gsize
operand_bytes (guint16 sprm, const ImpBlob *list, gsize at)
{
  static const guint8 sizes[] = { 1, 1, 2, 4, 2, 2, 0, 3 };

  if (sprm >> 13 != 6)
    return sizes[sprm >> 13];
  if (sprm == 0xd608 || sprm == 0xd606) /* sprmTDefTable: its length has two bytes, one too many */
    return MAX (imp_blob_16 (list, at), 1) + (gsize) 1;
  if (sprm == 0xc615 && imp_blob_8 (list, at) == 255) /* sprmPChgTabs */
    return 0;
  return imp_blob_8 (list, at) + (gsize) 1;
}

/* 2.9.327 ToggleOperand: 0x80 as the style says, 0x81 not as it does. */
static gboolean
is_on (guint8 operand)
{
  return operand == 1 || operand == 0x81;
}

static void
apply_one (ImpDocRun *run, guint16 sprm, const ImpBlob *list, gsize at)
{
  guint8 byte = imp_blob_8 (list, at);

  switch (sprm)
    {
    case SPRM_DELETED:
    case SPRM_STRIKE:
    case SPRM_DSTRIKE:
      /* each of them by itself: none may undo another */
      run->is_struck |= is_on (byte);
      break;
    case SPRM_RAISED:
      run->is_raised = byte == 1;
      break;
    case SPRM_SPECIAL:
      run->is_special = is_on (byte);
      break;
    case SPRM_OLE:
    case SPRM_OBJECT:
      run->is_object |= is_on (byte);
      break;
    case SPRM_DATA:
      run->is_data = is_on (byte);
      break;
    case SPRM_PICTURE:
      run->place = imp_blob_32 (list, at);
      break;
    case SPRM_FONT:
      run->font = imp_blob_16 (list, at);
      break;
    case SPRM_OTHER_FONT:
      run->other_font = imp_blob_16 (list, at);
      break;
    case SPRM_SYMBOL:
      run->has_symbol = TRUE;
      run->symbol_font = imp_blob_16 (list, at);
      run->symbol = imp_blob_16 (list, at + 2);
      break;
    default:
      break;
    }
}

void
imp_doc_apply (ImpDocRun *run, const ImpBlob *properties)
{
  for (gsize at = 0; imp_blob_has (properties, at, 3);)
    {
      guint16 sprm = imp_blob_16 (properties, at);
      gsize n = operand_bytes (sprm, properties, at + 2);

      if (n == 0)
        return;
      apply_one (run, sprm, properties, at + 2);
      at += 2 + n;
    }
}

void
imp_doc_apply_short (ImpDocRun *run, guint16 modifier)
{
  static const struct
  {
    guint8 number; /* 2.9.208: isprm */
    guint16 sprm;
  } sprms[] = { { 0x41, SPRM_DELETED }, { 0x47, SPRM_DATA },   { 0x4b, SPRM_OLE },
                { 0x57, SPRM_STRIKE },  { 0x68, SPRM_RAISED }, { 0x73, SPRM_DSTRIKE },
                { 0x75, SPRM_SPECIAL }, { 0x76, SPRM_OBJECT } };
  guint8 value = (guint8) (modifier >> 8);
  ImpBlob operand = { &value, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sprms); i++)
    if (sprms[i].number == (modifier >> 1 & 0x7f))
      apply_one (run, sprms[i].sprm, &operand, 0);
}

static void
apply_to_paragraph (const ImpDocFormats *self, const ImpBlob *properties, gboolean is_inner,
                    ImpDocParagraph *paragraph)
{
  for (gsize at = 0; imp_blob_has (properties, at, 3);)
    {
      guint16 sprm = imp_blob_16 (properties, at);
      gsize n = operand_bytes (sprm, properties, at + 2);

      if (sprm == SPRM_ROW_END)
        paragraph->is_row_end = imp_blob_8 (properties, at + 2) != 0;
      else if (sprm == SPRM_IN_TABLE)
        paragraph->is_in_table = imp_blob_8 (properties, at + 2) != 0;
      else if (sprm == SPRM_HUGE && !is_inner)
        {
          gsize place = imp_blob_32 (properties, at + 2);
          ImpBlob more = imp_blob_part (&self->data, place + 2, imp_blob_16 (&self->data, place));

          apply_to_paragraph (self, &more, TRUE, paragraph);
        }
      if (n == 0)
        return;
      at += 2 + n;
    }
}

/* ---- pages ----------------------------------------------------------------------------------- */

/* 2.8.5 PlcBteChpx: places, one more than numbers of pages. Returns: FALSE where none holds @at;
 * @to: the next place that it knows. */
static gboolean
find_page (const ImpDocFormats *self, const ImpBlob *plc, guint32 at, ImpBlob *page, guint64 *to)
{
  gsize n = plc->len >= 4 ? (plc->len - 4) / 8 : 0;
  gsize low = 0;
  gsize high = n;

  *to = G_MAXUINT32;
  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (imp_blob_32 (plc, 4 * middle) <= at)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < n)
    *to = imp_blob_32 (plc, 4 * low);
  if (low == 0)
    return FALSE;
  *to = imp_blob_32 (plc, 4 * low);
  if (at >= *to)
    return FALSE;
  *page = imp_blob_part (&self->pages,
                         (gsize) (imp_blob_32 (plc, 4 * (n + 1) + 4 * (low - 1)) & PAGE_MASK) *
                             PAGE_BYTES,
                         PAGE_BYTES);
  return page->len == PAGE_BYTES;
}

/* Returns: the number of the stretch that holds @at, of @n; -1 for none. */
static int
find_in_page (const ImpBlob *page, guint32 at, guint n, guint64 *from, guint64 *to)
{
  for (guint i = 0; i < n && 4 * (gsize) (i + 2) < PAGE_BYTES; i++)
    {
      *from = imp_blob_32 (page, 4 * (gsize) i);
      *to = imp_blob_32 (page, 4 * (gsize) (i + 1));
      if (at >= *from && at < *to)
        return (int) i;
    }
  return -1;
}

void
imp_doc_run_at (ImpDocFormats *self, guint32 at)
{
  ImpBlob page;
  guint64 page_to;
  guint64 from, to;
  guint n;
  int i;

  if (at >= self->run_from && at < self->run_to)
    return;
  self->run = (ImpDocRun){ 0 };
  self->run_from = at;
  if (!find_page (self, &self->chars, at, &page, &page_to))
    {
      self->n_unread++;
      self->run_to = MAX (page_to, at + (guint64) 1);
      return;
    }
  n = page.data[PAGE_BYTES - 1];
  i = find_in_page (&page, at, n, &from, &to);
  if (i < 0)
    {
      self->n_unread++;
      self->run_to = at + (guint64) 1;
      return;
    }
  self->run_from = from;
  self->run_to = to;
  {
    gsize offset = (gsize) imp_blob_8 (&page, 4 * (gsize) (n + 1) + (gsize) i) * 2;
    ImpBlob list = imp_blob_part (&page, offset + 1, imp_blob_8 (&page, offset));

    if (offset != 0)
      imp_doc_apply (&self->run, &list);
  }
}

ImpDocParagraph
imp_doc_paragraph_at (ImpDocFormats *self, guint32 at)
{
  ImpDocParagraph paragraph = { 0 };
  ImpBlob page, list;
  guint64 from, to;
  gsize offset, len, start;
  guint n;
  int i;

  if (!find_page (self, &self->paras, at, &page, &to))
    return paragraph;
  n = page.data[PAGE_BYTES - 1];
  i = find_in_page (&page, at, n, &from, &to);
  if (i < 0)
    return paragraph;
  offset = (gsize) imp_blob_8 (&page, 4 * (gsize) (n + 1) + PARA_ENTRY_BYTES * (gsize) i) * 2;
  if (offset == 0)
    return paragraph;
  /* 2.9.175 PapxInFkp: words, the first of them the style */
  len = imp_blob_8 (&page, offset) * (gsize) 2;
  start = offset + 1;
  if (len == 0)
    len = imp_blob_8 (&page, start++) * (gsize) 2 + 1;
  list = imp_blob_part (&page, start + 2, len >= 3 ? len - 3 : 0);
  apply_to_paragraph (self, &list, FALSE, &paragraph);
  return paragraph;
}

/* ---- fonts ----------------------------------------------------------------------------------- */

/* 2.9.286 SttbfFfn: two numbers, then Ffn (2.9.79) behind their lengths; the name at 39. */
GArray *
imp_doc_fonts (const ImpDocFormats *self)
{
  GArray *fonts = g_array_new (FALSE, FALSE, sizeof (ImpSymbolFont));
  ImpBlob list = imp_doc_fib_pair (&self->pages, &self->table, PAIR_FONTS);
  guint n = MIN (imp_blob_16 (&list, 0), MAX_FONTS);
  gsize at = 4;

  for (guint i = 0; i < n && imp_blob_has (&list, at, 1); i++)
    {
      gsize len = imp_blob_8 (&list, at);
      ImpBlob name = imp_blob_part (&list, at + 1 + 39, len > 39 ? len - 39 : 0);
      guint n_lost = 0;
      g_autofree char *text = imp_ole_wide (&name, &n_lost);
      ImpSymbolFont font = imp_symbol_font_of (text);

      g_array_append_val (fonts, font);
      at += 1 + len;
    }
  return fonts;
}

/* ---- forms ----------------------------------------------------------------------------------- */

#define FORM_BOX 1 /* 2.9.78: iType */
#define FORM_LIST 2
#define FORM_STANDARD 25 /* iRes: as it was made */
#define FORM_MOST 24
#define FORM_STRINGS 5 /* behind what it was made with: help, macros and so on */

/* 2.9.354 Xstz: how many units, these, and a NUL. */
static gsize
skip_string (const ImpBlob *data, gsize at)
{
  return at + 2 + 2 * (gsize) imp_blob_16 (data, at) + 2;
}

/* 2.2.4 STTB, of words. */
static gboolean
find_choice (const ImpBlob *data, gsize at, guint i, ImpBlob *out)
{
  gsize len;

  if (imp_blob_16 (data, at) != 0xffff || i >= imp_blob_16 (data, at + 2))
    return FALSE;
  at += 6;
  for (; i > 0; i--)
    at += 2 + 2 * (gsize) imp_blob_16 (data, at);
  len = 2 * (gsize) imp_blob_16 (data, at);
  *out = imp_blob_part (data, at + 2, len);
  return len > 0 && out->len == len;
}

gboolean
imp_doc_form (const ImpBlob *data, guint32 place, gboolean is_list, ImpDocForm *out)
{
  /* 2.9.157 NilPICFAndBinData: behind a head that says how long it is */
  gsize start = (gsize) place + imp_blob_16 (data, (gsize) place + 4);
  guint16 bits = imp_blob_16 (data, start + 4);
  gsize at = skip_string (data, start + 10); /* of its name */

  if (imp_blob_32 (data, start) != 0xffffffff || (bits & 3) != (is_list ? FORM_LIST : FORM_BOX) ||
      !imp_blob_has (data, at, 2))
    return FALSE;
  out->result = bits >> 2 & 0x1f;
  if (out->result == FORM_STANDARD)
    out->result = imp_blob_16 (data, at);
  else if (out->result > FORM_MOST)
    return FALSE;
  at += 2;
  if (!is_list)
    return out->result <= 1;
  for (guint i = 0; i < FORM_STRINGS; i++)
    at = skip_string (data, at);
  return find_choice (data, at, out->result, &out->choice);
}
