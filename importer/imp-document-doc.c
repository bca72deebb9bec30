/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-doc.h"

#include <string.h>

#include "imp-document-office.h"

/*
 * Words of Word 97 to 2003 ([MS-DOC]). The piece table says where the characters stand, in which
 * order and how wide they are; first those of the text, then those of notes, headers and boxes.
 * Controls among them end paragraphs, cells and fields ([MS-DOC] 2.4.1, 2.8.25).
 */

#define FIB_BYTES 0x1aa /* up to the place of the piece table */
#define FIB_IDENT 0xa5ec
#define FIB_OLDER 0xa5dc
#define FIB_FIRST_NFIB 0xc0 /* of Word 97 */
#define FIB_ENCRYPTED 0x0100
#define FIB_ONE_TABLE 0x0200
#define FIB_COUNTS 0x4c /* ccpText and those that follow */
#define PAIR_CLX 33
#define LID_JAPANESE 0x0411
#define MAX_FIELDS 64
#define MAX_FIELD_BYTES 256
#define MAX_MODIFIERS 65536
#define MAX_CHARS (64 * 1024 * 1024) /* pieces may lie over each other */
#define CHARS_PER_LOOK 65536         /* at the clock */

typedef enum
{
  FORM_NONE,
  FORM_BOX,    /* FORMCHECKBOX */
  FORM_CHOICE, /* FORMDROPDOWN */
} Form;

typedef struct
{
  gboolean is_code;  /* nothing that is shown has come yet */
  gboolean is_known; /* what it does was looked at */
  Form form;
  gboolean has_place;
  guint32 place; /* of what a field of a form holds */
} Field;

typedef struct
{
  ImpOle *ole;
  ImpFlow *flow;
  ImpBlob main;
  ImpDocFormats formats;
  GArray *fonts;     /* (element-type ImpSymbolFont) */
  GArray *modifiers; /* (element-type ImpBlob): of pieces */
  gsize n_pieces;
  gboolean is_japanese;

  Field fields[MAX_FIELDS]; /* around the present place */
  guint n_fields;
  guint n_codes;        /* of those, whose code this is */
  guint n_more;         /* beyond MAX_FIELDS */
  GString *instruction; /* of the innermost */

  GString *wide;      /* UTF-8, not yet put */
  GByteArray *narrow; /* bytes of CP932, likewise */
  guint16 high;       /* the first half of a pair */
  gboolean is_struck; /* of what is not yet put */
  gboolean is_raised;
  ImpSymbolFont font;

  const char *label; /* (nullable): of the part, before its first words */
  guint n_tabs;      /* before the next words of the row */
  gboolean is_row_begun;
  guint n_chars;
} Doc;

/* ---- words ----------------------------------------------------------------------------------- */

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static void
put (Doc *self, const char *text)
{
  ImpFlow *flow = self->flow;

  if (*text == '\0')
    return;
  if (self->label != NULL)
    {
      if (is_blank (text))
        return;
      imp_flow_line (flow);
      imp_flow_put (flow, self->label, strlen (self->label));
      imp_flow_line (flow);
      self->label = NULL;
    }
  for (; self->n_tabs > 0; self->n_tabs--)
    imp_flow_cell (flow, 1);
  flow->n_struck = self->is_struck;
  flow->n_raised = self->is_raised;
  flow->font = self->font;
  imp_flow_put (flow, text, strlen (text));
  flow->n_struck = 0;
  flow->n_raised = 0;
  flow->font = IMP_FONT_OF_LETTERS;
}

/* What was gathered. */
static void
end_run (Doc *self)
{
  if (self->high != 0)
    self->ole->n_lost += imp_ole_put_wide (self->wide, 0, &self->high);
  if (self->narrow->len > 0)
    {
      ImpBlob bytes = { self->narrow->data, self->narrow->len };
      g_autofree char *text = imp_ole_narrow (&bytes, TRUE, &self->ole->n_lost);

      g_string_append (self->wide, text);
      g_byte_array_set_size (self->narrow, 0);
    }
  put (self, self->wide->str);
  g_string_truncate (self->wide, 0);
}

static ImpSymbolFont
font_of (const Doc *self, guint16 number)
{
  return number < self->fonts->len ? g_array_index (self->fonts, ImpSymbolFont, number)
                                   : IMP_FONT_OF_LETTERS;
}

/* @c: the first of its characters */
static void
begin_run (Doc *self, const ImpDocRun *run, guint16 c)
{
  ImpSymbolFont font = font_of (self, run->font);

  if (font == IMP_FONT_OF_LETTERS && c >= 0xf000 && c <= 0xf0ff)
    font = font_of (self, run->other_font);
  if (run->is_struck == self->is_struck && run->is_raised == self->is_raised && font == self->font)
    return;
  end_run (self);
  self->is_struck = run->is_struck;
  self->is_raised = run->is_raised;
  self->font = font;
}

/* A sign that stands for itself, in the font of signs that it names. */
static void
put_sign (Doc *self, ImpSymbolFont font, gunichar c)
{
  ImpSymbolFont outer = self->font;
  char text[8] = { 0 };

  end_run (self);
  g_unichar_to_utf8 (g_unichar_validate (c) && c >= 0x20 ? c : 0xfffd, text);
  self->font = font;
  put (self, text);
  self->font = outer;
}

/* ---- lines and cells ------------------------------------------------------------------------- */

static gboolean
is_in_row (Doc *self, guint32 at)
{
  return self->is_row_begun || imp_doc_paragraph_at (&self->formats, at).is_in_table;
}

static void
end_line (Doc *self, guint32 at)
{
  end_run (self);
  self->flow->n_cells = is_in_row (self, at);
  imp_flow_line (self->flow);
  self->flow->n_cells = 0;
}

static void
end_cell (Doc *self, guint32 at)
{
  end_run (self);
  self->is_row_begun = TRUE;
  if (!imp_doc_paragraph_at (&self->formats, at).is_row_end)
    {
      self->n_tabs++;
      return;
    }
  self->n_tabs = 0;
  self->is_row_begun = FALSE;
  imp_flow_row (self->flow);
}

/* ---- fields ([MS-DOC] 2.8.25) ---------------------------------------------------------------- */

/* What nobody can tell is neither one nor the other. */
static void
put_unknown (Doc *self)
{
  put_sign (self, IMP_FONT_OF_LETTERS, 0xfffd);
  self->ole->n_lost++;
}

static gboolean
begins_with (const char *instruction, const char *word)
{
  return g_ascii_strncasecmp (instruction + strspn (instruction, " \t\r\n"), word, strlen (word)) ==
         0;
}

/* What the innermost field does: another one in its code, or the end of it, comes next. */
static void
look_at_code (Doc *self)
{
  Field *field = &self->fields[self->n_fields - 1];
  const char *code = self->instruction->str;

  if (field->is_known)
    return;
  field->is_known = TRUE;
  self->ole->n_links += imp_office_is_fetching (code);
  if (begins_with (code, "FORMCHECKBOX"))
    field->form = FORM_BOX;
  else if (begins_with (code, "FORMDROPDOWN"))
    field->form = FORM_CHOICE;
}

static void
begin_field (Doc *self)
{
  end_run (self);
  if (self->n_fields == MAX_FIELDS)
    {
      self->n_more++;
      return;
    }
  if (self->n_fields > 0 && self->fields[self->n_fields - 1].is_code)
    look_at_code (self);
  self->fields[self->n_fields++] = (Field){ .is_code = TRUE };
  self->n_codes++;
  g_string_truncate (self->instruction, 0);
}

/* Between what a field does and what it shows. */
static void
end_code (Doc *self)
{
  look_at_code (self);
  self->fields[self->n_fields - 1].is_code = FALSE;
  self->n_codes--;
}

static void
separate_field (Doc *self)
{
  if (self->n_more == 0 && self->n_fields > 0 && self->fields[self->n_fields - 1].is_code)
    end_code (self);
}

static void
put_form (Doc *self, const Field *field)
{
  ImpDocForm form = { 0 };

  if (field->form == FORM_NONE)
    return;
  if (!field->has_place ||
      !imp_doc_form (&self->formats.data, field->place, field->form == FORM_CHOICE, &form))
    put_unknown (self);
  else if (field->form == FORM_BOX)
    put_sign (self, IMP_FONT_OF_LETTERS, form.result != 0 ? 0x2611 : 0x2610);
  else
    {
      g_autofree char *choice = imp_ole_wide (&form.choice, &self->ole->n_lost);

      put (self, choice);
    }
}

static void
end_field (Doc *self)
{
  Field *field;
  gunichar sign = 0;

  end_run (self);
  if (self->n_more > 0 || self->n_fields == 0)
    {
      self->n_more -= self->n_more > 0;
      return;
    }
  field = &self->fields[self->n_fields - 1];
  if (field->is_code)
    {
      sign = field->is_known ? 0 : imp_symbol_font_read_field (self->instruction->str);
      end_code (self);
    }
  if (self->n_codes == 0 && sign != 0)
    put_sign (self, IMP_FONT_OF_LETTERS, sign);
  if (self->n_codes == 0)
    put_form (self, field);
  self->n_fields--;
  g_string_truncate (self->instruction, 0);
}

/* Fields do not reach from one part into the next. */
static void
end_fields (Doc *self)
{
  end_run (self);
  self->ole->is_broken |= self->n_codes > 0 || self->n_more > 0;
  self->n_fields = 0;
  self->n_codes = 0;
  self->n_more = 0;
  g_string_truncate (self->instruction, 0);
}

/* ---- characters ------------------------------------------------------------------------------ */

/* Of the code of a field. */
static void
note_code (Doc *self, gunichar c)
{
  if (c >= 0x20 && self->instruction->len < MAX_FIELD_BYTES)
    g_string_append_c (self->instruction, c < 0x80 ? (char) c : '?');
}

/* Returns: whether it was one. @at: where its bytes stand. */
static gboolean
put_control (Doc *self, gunichar c, guint32 at, const ImpDocRun *run)
{
  switch (c)
    {
    case 0x13:
      begin_field (self);
      return TRUE;
    case 0x14:
      separate_field (self);
      return TRUE;
    case 0x15:
      end_field (self);
      return TRUE;
    case 0x01:
      if (run->is_data && self->n_fields > 0)
        {
          self->fields[self->n_fields - 1].has_place = TRUE;
          self->fields[self->n_fields - 1].place = run->place;
        }
      else
        self->ole->n_pictures += !run->is_object;
      return TRUE;
    default:
      break;
    }
  if (self->n_codes > 0 || self->n_more > 0)
    {
      note_code (self, c);
      return TRUE;
    }
  switch (c)
    {
    case 0x07:
      end_cell (self, at);
      return TRUE;
    case 0x09:
      end_run (self);
      put (self, is_in_row (self, at) ? " " : "\t");
      return TRUE;
    case 0x0b:
    case 0x0c:
    case 0x0d:
    case 0x0e:
      end_line (self, at);
      return TRUE;
    case 0x1e:
      end_run (self);
      put (self, "-"); /* where the line may not break */
      return TRUE;
    case 0x08:
      self->ole->n_pictures += run->is_special;
      return TRUE;
    default:
      return c < 0x20;
    }
}

/* @c: a unit of UTF-16, or a byte. */
static void
put_char (Doc *self, guint16 c, guint32 at, const ImpDocRun *run, gboolean is_japanese)
{
  if (put_control (self, c, at, run))
    return;
  if (run->is_special && run->has_symbol)
    {
      ImpSymbolFont font = font_of (self, run->symbol_font);

      begin_run (self, run, c);
      put_sign (self, font != IMP_FONT_OF_LETTERS ? font : IMP_FONT_OF_UNKNOWN_SIGNS, run->symbol);
      return;
    }
  begin_run (self, run, c);
  if (is_japanese)
    {
      guint8 byte = (guint8) c;

      g_byte_array_append (self->narrow, &byte, 1);
      return;
    }
  if (self->narrow->len > 0)
    end_run (self);
  self->ole->n_lost += c == 0xfffd;
  self->ole->n_lost += imp_ole_put_wide (self->wide, c, &self->high);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

typedef struct
{
  guint32 start; /* of bytes in the stream "WordDocument" */
  gboolean is_narrow;
  gboolean is_japanese;
  guint16 modifier;
} Piece;

/* [MS-DOC] 2.9.177 Pcd, 2.9.73 FcCompressed. */
static Piece
piece_at (const Doc *self, const ImpBlob *pcd, gsize n_chars)
{
  guint32 place = imp_blob_32 (pcd, 2);
  Piece piece = { .start = place & 0x3fffffff,
                  .is_narrow = (place & 0x40000000) != 0,
                  .modifier = imp_blob_16 (pcd, 6) };
  ImpBlob bytes;

  if (!piece.is_narrow)
    return piece;
  piece.start /= 2;
  bytes = imp_blob_part (&self->main, piece.start, n_chars);
  piece.is_japanese = self->is_japanese && imp_ole_is_japanese (bytes.data, bytes.len);
  return piece;
}

static void
apply_modifier (const Doc *self, guint16 modifier, ImpDocRun *run)
{
  guint number = modifier >> 1;

  if ((modifier & 1) == 0)
    imp_doc_apply_short (run, modifier);
  else if (number < self->modifiers->len)
    imp_doc_apply (run, &g_array_index (self->modifiers, ImpBlob, number));
}

/* Characters from @first of the piece on. Returns: FALSE where there is no more room or time */
static gboolean
put_piece (Doc *self, const Piece *piece, gsize first, gsize n)
{
  gsize width = piece->is_narrow ? 1 : 2;

  for (gsize i = first; i < first + n; i++)
    {
      gsize at = piece->start + i * width;
      ImpDocRun run;
      guint16 c;

      if (!imp_blob_has (&self->main, at, width))
        {
          self->ole->is_broken = TRUE;
          return TRUE;
        }
      if (self->flow->out->is_text_cut)
        return FALSE;
      if (++self->n_chars % CHARS_PER_LOOK == 0 &&
          (self->n_chars > MAX_CHARS ||
           !imp_document_has_time (self->flow->out, self->flow->limits)))
        {
          self->ole->is_broken = TRUE;
          return FALSE;
        }
      imp_doc_run_at (&self->formats, (guint32) at);
      run = self->formats.run;
      apply_modifier (self, piece->modifier, &run);
      if (!piece->is_narrow)
        c = imp_blob_16 (&self->main, at);
      else if (piece->is_japanese)
        c = self->main.data[at];
      else
        c = (guint16) imp_document_western (self->main.data[at]);
      put_char (self, c, (guint32) at, &run, piece->is_japanese);
    }
  return TRUE;
}

/* Characters from @from up to @to, by their number in the document. */
static gboolean
put_range (Doc *self, const ImpBlob *pieces, guint64 from, guint64 to)
{
  gsize n = self->n_pieces;
  guint64 reached = from;

  for (gsize i = 0; i < n; i++)
    {
      guint64 start = imp_blob_32 (pieces, 4 * i);
      guint64 end = imp_blob_32 (pieces, 4 * i + 4);
      ImpBlob pcd = imp_blob_part (pieces, 4 * (n + 1) + 8 * i, 8);
      Piece piece;

      if (pcd.len < 8)
        break;
      self->ole->is_broken |= end < start;
      if (end <= reached || start >= to || end <= start)
        continue;
      piece = piece_at (self, &pcd, end - start);
      if (i % 64 == 0 && !imp_document_has_time (self->flow->out, self->flow->limits))
        {
          self->ole->is_broken = TRUE;
          return FALSE;
        }
      self->ole->is_broken |= start > reached;
      if (!put_piece (self, &piece, MAX (start, reached) - start,
                      MIN (end, to) - MAX (start, reached)))
        return FALSE;
      reached = MIN (end, to);
    }
  self->ole->is_broken |= reached < to;
  return TRUE;
}

/* [MS-DOC] 2.4.1: one part behind the other. What is deleted in them is told as everywhere. */
static void
put_parts (Doc *self, const ImpBlob *pieces)
{
  static const char *const labels[] = {
    NULL,
    "［脚注］",
    "［ヘッダー・フッター］",
    NULL, /* no longer used */
    "［コメント］",
    "［文末脚注］",
    "［テキストボックス］",
    "［ヘッダー・フッターのテキストボックス］",
  };
  guint64 at = 0;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      guint32 n = imp_blob_32 (&self->main, FIB_COUNTS + 4 * i);

      self->label = labels[i];
      if (!put_range (self, pieces, at, at + n))
        break;
      end_fields (self);
      self->n_tabs = 0;
      self->is_row_begun = FALSE;
      imp_flow_line (self->flow);
      at += n;
    }
  end_fields (self);
}

/* [MS-DOC] 2.9.38 Clx: modifiers, then the pieces. Returns: FALSE where there are no pieces */
static gboolean
read_pieces (Doc *self, ImpBlob *pieces)
{
  ImpBlob clx = imp_doc_fib_pair (&self->main, &self->formats.table, PAIR_CLX);
  gsize at = 0;

  while (imp_blob_8 (&clx, at) == 1 && self->modifiers->len < MAX_MODIFIERS)
    {
      ImpBlob list = imp_blob_part (&clx, at + 3, imp_blob_16 (&clx, at + 1));

      g_array_append_val (self->modifiers, list);
      at += 3 + (gsize) imp_blob_16 (&clx, at + 1);
    }
  if (imp_blob_8 (&clx, at) != 2)
    return FALSE;
  *pieces = imp_blob_part (&clx, at + 5, imp_blob_32 (&clx, at + 1));
  /* places stand behind all numbers, also where the end of them is missing */
  self->n_pieces = imp_blob_32 (&clx, at + 1) >= 4 ? (imp_blob_32 (&clx, at + 1) - 4) / 12 : 0;
  return self->n_pieces > 0;
}

static void
read_document (ImpOle *ole, const ImpBlob *main, const ImpBlob *table, const ImpBlob *data)
{
  g_autoptr (GArray) modifiers = g_array_new (FALSE, FALSE, sizeof (ImpBlob));
  g_autoptr (GArray) fonts = NULL;
  g_autoptr (GString) instruction = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (GByteArray) narrow = g_byte_array_new ();
  Doc self = { .ole = ole,
               .flow = ole->flow,
               .main = *main,
               .modifiers = modifiers,
               .instruction = instruction,
               .wide = wide,
               .narrow = narrow };
  ImpBlob pieces;

  imp_doc_formats_init (&self.formats, *main, *table, *data);
  self.fonts = fonts = imp_doc_fonts (&self.formats);
  /* [MS-DOC] 2.5.1: lid; 2.5.3: lidFE */
  self.is_japanese =
      imp_blob_16 (main, 6) == LID_JAPANESE || imp_blob_16 (main, 0x3c) == LID_JAPANESE;
  if (!read_pieces (&self, &pieces))
    {
      ole->is_broken = TRUE;
      return;
    }
  put_parts (&self, &pieces);
  if (self.formats.n_unread > 0)
    imp_document_find (ole->flow->out, IMP_FINDING_NOT_UNDERSTOOD,
                       "marks of deletion cannot be read: what was struck out may stand as if it "
                       "were not");
}

void
imp_ole_word (ImpOle *ole)
{
  g_autoptr (GBytes) main_bytes = imp_ole_stream (ole, ole->root, "WordDocument");
  g_autoptr (GBytes) table_bytes = NULL;
  g_autoptr (GBytes) data_bytes = NULL;
  ImpBlob main = imp_blob_of (main_bytes);
  ImpBlob table, data;
  guint16 flags = imp_blob_16 (&main, 0x0a);

  if (imp_blob_16 (&main, 0) == FIB_OLDER ||
      (imp_blob_16 (&main, 0) == FIB_IDENT && imp_blob_16 (&main, 2) < FIB_FIRST_NFIB))
    {
      ole->is_older = TRUE;
      return;
    }
  if (imp_blob_16 (&main, 0) != FIB_IDENT || main.len < FIB_BYTES)
    {
      ole->is_broken = TRUE;
      return;
    }
  if ((flags & FIB_ENCRYPTED) != 0)
    {
      ole->is_password = TRUE;
      return;
    }
  table_bytes = imp_ole_stream (ole, ole->root, (flags & FIB_ONE_TABLE) != 0 ? "1Table" : "0Table");
  data_bytes = imp_ole_stream (ole, ole->root, "Data");
  table = imp_blob_of (table_bytes);
  data = imp_blob_of (data_bytes);
  read_document (ole, &main, &table, &data);
}
