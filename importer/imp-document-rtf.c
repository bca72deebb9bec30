/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <string.h>

#include "imp-jis.h"
#include "imp-symbol-font.h"

/*
 * The words of RTF (Rich Text Format 1.9.1). Only what bears on words is understood; destinations
 * that hold none are passed over whole. Bytes of words are gathered until something else comes, as
 * the two of a Japanese character may be written as \'91\'de, \'83T or bare.
 */

#define MAX_DEPTH 500
#define MAX_WORD 32
#define MAX_FONTS 5000
#define MAX_FIELD_BYTES 256
#define MAX_FONT_NAME_BYTES 64
#define CHARSET_SHIFTJIS 128 /* \fcharset */
#define STRUCK "【削除："    /* as in other documents: what was struck out is no plain text */
#define STRUCK_END "】"

typedef enum
{
  PLACE_TEXT,
  PLACE_SKIP,
  PLACE_FONTS,
  PLACE_FIELD, /* what a field does; its result is text */
  PLACE_PICTURE,
} Place;

typedef struct
{
  Place place;
  guint n_skipped_after; /* \uc: characters that stand for a \u */
  guint font;
  gboolean is_struck;
  gboolean is_raised;
  gboolean is_apart;   /* on lines of its own */
  gboolean is_starred; /* \*: may be passed over by who does not know it */
} Group;

typedef struct
{
  const guint8 *p;
  const guint8 *end;
  const ImpDocumentLimits *limits;
  gboolean with_pictures;
  ImpDocument *out;

  GArray *groups; /* those around the present one */
  Group now;
  guint code_page;
  guint default_font;
  GHashTable *fonts; /* of Shift_JIS */
  GHashTable *signs; /* fonts whose letters are other signs: ImpSymbolFont by number */
  GString *font_name;

  GByteArray *run; /* bytes of words, not yet decoded */
  gboolean is_run_japanese;
  gboolean is_struck; /* what was written last */
  gboolean is_raised;
  guint n_to_skip;
  gunichar surrogate;

  GString *field;
  gunichar sign;    /* what a field SYMBOL shows, unless its result stands behind; 0: none */
  guint sign_depth; /* of the field */
  GByteArray *picture;
  gboolean is_picture_known; /* \pngblip, \jpegblip */
  int half;                  /* of a byte in hexadecimal; -1 for none */

  guint n_lost;
  guint n_objects;
  guint n_pictures;
  guint n_links;
  gboolean is_broken;
} Rtf;

/* ---- words ----------------------------------------------------------------------------------- */

static gboolean
is_japanese (const Rtf *self)
{
  return self->code_page == 932 ||
         g_hash_table_contains (self->fonts, GUINT_TO_POINTER (self->now.font));
}

static ImpSymbolFont
font_now (const Rtf *self)
{
  return (ImpSymbolFont) GPOINTER_TO_INT (
      g_hash_table_lookup (self->signs, GUINT_TO_POINTER (self->now.font)));
}

/* Before words: 【削除：…】 around those struck out, "^" before those raised: 10^3 is not 103. */
static void
mark (Rtf *self, gboolean is_struck, gboolean is_raised)
{
  if (is_struck != self->is_struck)
    imp_document_append (self->out, self->limits, is_struck ? STRUCK : STRUCK_END, -1);
  if (is_raised && !self->is_raised)
    imp_document_append (self->out, self->limits, "^", 1);
  self->is_struck = is_struck;
  self->is_raised = is_raised;
}

static void
append_japanese (Rtf *self, const guint8 *bytes, gsize len)
{
  ImpDecodeResult result = { 0 };
  g_autofree guint8 *text = g_malloc (len * IMP_DECODE_EXPANSION + IMP_DECODE_SLACK);
  ImpDecoder decoder = { .p = bytes, .end = bytes + len, .out = text, .result = &result };

  imp_jis_decode (&decoder);
  self->n_lost += result.n_lost;
  imp_document_append (self->out, self->limits, (const char *) text, decoder.out - text);
}

static void
append_western (Rtf *self, const guint8 *bytes, gsize len)
{
  gboolean is_known = self->code_page == 1252 || self->code_page == 0;
  g_autoptr (GString) text = g_string_sized_new (len);

  for (gsize i = 0; i < len; i++)
    {
      gunichar c = bytes[i];

      if (c >= 0x80)
        c = is_known ? imp_document_western (bytes[i]) : 0xfffd;
      self->n_lost += c == 0xfffd;
      g_string_append_unichar (text, c);
    }
  imp_document_append (self->out, self->limits, text->str, (gssize) text->len);
}

static void
end_run (Rtf *self)
{
  if (self->run->len == 0)
    return;
  mark (self, self->now.is_struck, self->now.is_raised);
  if (self->is_run_japanese)
    append_japanese (self, self->run->data, self->run->len);
  else
    append_western (self, self->run->data, self->run->len);
  g_byte_array_set_size (self->run, 0);
}

static void
put_hex (Rtf *self, guint8 c)
{
  int value = g_ascii_xdigit_value ((char) c);

  if (value < 0 || self->picture->len >= self->limits->input_bytes)
    return;
  if (self->half < 0)
    {
      self->half = value;
      return;
    }
  {
    guint8 byte = (guint8) (self->half << 4 | value);

    g_byte_array_append (self->picture, &byte, 1);
    self->half = -1;
  }
}

static void
put_text (Rtf *self, const char *text)
{
  if (self->now.place != PLACE_TEXT)
    return;
  end_run (self);
  self->sign = 0;
  /* each line of it says so */
  mark (self, self->now.is_struck && *text != '\n',
        self->now.is_raised && !g_ascii_isspace (*text));
  imp_document_append (self->out, self->limits, text, -1);
}

/* @c: as imp_symbol_font_read() */
static void
put_sign (Rtf *self, ImpSymbolFont font, gunichar c)
{
  gunichar sign = imp_symbol_font_read (font, c);
  char text[8] = { 0 };

  self->n_lost += sign == 0xfffd;
  g_unichar_to_utf8 (sign, text);
  put_text (self, text);
}

/* "Symbol;" */
static void
put_font_name (Rtf *self, guint8 c)
{
  ImpSymbolFont font;

  if (c != ';')
    {
      if (self->font_name->len < MAX_FONT_NAME_BYTES)
        g_string_append_c (self->font_name, (char) c);
      return;
    }
  font = imp_symbol_font_of (self->font_name->str);
  g_string_truncate (self->font_name, 0);
  if (font != IMP_FONT_OF_LETTERS && g_hash_table_size (self->signs) < MAX_FONTS)
    g_hash_table_insert (self->signs, GUINT_TO_POINTER (self->now.font), GINT_TO_POINTER (font));
}

/* One byte of words, or of what else stands in this place. */
static void
put_byte (Rtf *self, guint8 c)
{
  if (self->now.place == PLACE_FIELD && self->field->len < MAX_FIELD_BYTES)
    g_string_append_c (self->field, g_ascii_toupper ((char) c));
  if (self->now.place == PLACE_PICTURE)
    put_hex (self, c);
  if (self->now.place == PLACE_FONTS)
    put_font_name (self, c);
  if (self->now.place != PLACE_TEXT || c < 0x20)
    return;
  if (self->n_to_skip > 0)
    {
      self->n_to_skip--;
      return;
    }
  if (font_now (self) != IMP_FONT_OF_LETTERS)
    {
      put_sign (self, font_now (self), c);
      return;
    }
  self->sign = 0;
  if (self->is_run_japanese != is_japanese (self))
    end_run (self);
  self->is_run_japanese = is_japanese (self);
  g_byte_array_append (self->run, &c, 1);
}

static void
put_unicode (Rtf *self, int number)
{
  gunichar c = number < 0 ? (gunichar) (number + 65536) : (gunichar) number;
  char text[8] = { 0 };

  if (self->now.place != PLACE_TEXT)
    return;
  self->n_to_skip = self->now.n_skipped_after;
  if (c >= 0xd800 && c < 0xdc00)
    {
      self->surrogate = c;
      return;
    }
  if (c >= 0xdc00 && c < 0xe000 && self->surrogate != 0)
    c = 0x10000 + ((self->surrogate - 0xd800) << 10) + (c - 0xdc00);
  self->surrogate = 0;
  if (font_now (self) != IMP_FONT_OF_LETTERS && c >= 0x20)
    {
      put_sign (self, font_now (self), c);
      return;
    }
  if (!g_unichar_validate (c) || c < 0x20)
    {
      c = 0xfffd;
      self->n_lost++;
    }
  g_unichar_to_utf8 (c, text);
  put_text (self, text);
}

/* ---- groups ---------------------------------------------------------------------------------- */

static void
open_group (Rtf *self)
{
  end_run (self);
  if (self->groups->len >= MAX_DEPTH)
    {
      self->is_broken = TRUE;
      return;
    }
  g_array_append_val (self->groups, self->now);
  self->now.is_starred = FALSE;
  self->now.is_apart = FALSE;
  self->n_to_skip = 0;
}

/* Of a field that ends without a result. */
static void
put_pending_sign (Rtf *self)
{
  gunichar sign = self->sign;

  if (sign == 0 || self->groups->len >= self->sign_depth)
    return;
  self->sign = 0;
  put_sign (self, IMP_FONT_OF_LETTERS, sign);
}

static void
end_field (Rtf *self)
{
  static const char *const acting[] = { "DDE", "INCLUDE", "LINK ", "IMPORT", "MACROBUTTON" };

  for (guint i = 0; i < G_N_ELEMENTS (acting); i++)
    if (strstr (self->field->str, acting[i]) != NULL &&
        strstr (self->field->str, "HYPERLINK") == NULL)
      {
        self->n_links++;
        break;
      }
  self->sign = imp_symbol_font_read_field (self->field->str);
  self->sign_depth = self->groups->len;
  g_string_truncate (self->field, 0);
}

static void
end_picture (Rtf *self)
{
  if (self->is_picture_known && self->with_pictures && self->picture->len > 0)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (self->picture->data, self->picture->len);

      imp_document_picture (bytes, self->limits, 0, self->out);
    }
  else
    self->n_pictures++;
  g_byte_array_set_size (self->picture, 0);
  self->is_picture_known = FALSE;
  self->half = -1;
}

static void
close_group (Rtf *self)
{
  Place left = self->now.place;

  end_run (self);
  if (self->now.is_apart)
    imp_document_new_line (self->out);
  self->n_to_skip = 0;
  if (self->groups->len > 0)
    {
      self->now = g_array_index (self->groups, Group, self->groups->len - 1);
      g_array_set_size (self->groups, self->groups->len - 1);
    }
  if (self->groups->len == 0)
    self->p = self->end; /* the document is closed */
  if (left == PLACE_FIELD && self->now.place != PLACE_FIELD)
    end_field (self);
  if (left == PLACE_PICTURE && self->now.place != PLACE_PICTURE)
    end_picture (self);
  put_pending_sign (self);
}

/* ---- control words --------------------------------------------------------------------------- */

typedef enum
{
  DOES_PLACE, /* the group is a place of another kind */
  DOES_TEXT,  /* stands for these characters */
  DOES_LINE,  /* the group is text on lines of its own */
  DOES_STRIKE,
  DOES_RAISE,
  DOES_LOWER,
  DOES_OBJECT,
  DOES_KNOWN_PICTURE,
  DOES_NUMBER, /* see act_on_number() */
} Action;

typedef struct
{
  const char *word;
  Action action;
  Place place;
  const char *text;
} Control;

static const Control controls[] = {
  { "par", DOES_TEXT, 0, "\n" },
  { "line", DOES_TEXT, 0, "\n" },
  { "sect", DOES_TEXT, 0, "\n" },
  { "page", DOES_TEXT, 0, "\n" },
  { "row", DOES_TEXT, 0, "\n" },
  { "nestrow", DOES_TEXT, 0, "\n" },
  { "tab", DOES_TEXT, 0, "\t" },
  { "cell", DOES_TEXT, 0, "\t" },
  { "nestcell", DOES_TEXT, 0, "\t" },
  { "emdash", DOES_TEXT, 0, "—" },
  { "endash", DOES_TEXT, 0, "–" },
  { "bullet", DOES_TEXT, 0, "•" },
  { "lquote", DOES_TEXT, 0, "‘" },
  { "rquote", DOES_TEXT, 0, "’" },
  { "ldblquote", DOES_TEXT, 0, "“" },
  { "rdblquote", DOES_TEXT, 0, "”" },
  { "emspace", DOES_TEXT, 0, " " },
  { "enspace", DOES_TEXT, 0, " " },
  { "header", DOES_LINE, PLACE_TEXT, NULL },
  { "headerl", DOES_LINE, PLACE_TEXT, NULL },
  { "headerr", DOES_LINE, PLACE_TEXT, NULL },
  { "headerf", DOES_LINE, PLACE_TEXT, NULL },
  { "footer", DOES_LINE, PLACE_TEXT, NULL },
  { "footerl", DOES_LINE, PLACE_TEXT, NULL },
  { "footerr", DOES_LINE, PLACE_TEXT, NULL },
  { "footerf", DOES_LINE, PLACE_TEXT, NULL },
  { "footnote", DOES_LINE, PLACE_TEXT, NULL },
  { "annotation", DOES_LINE, PLACE_TEXT, NULL },
  { "shptxt", DOES_LINE, PLACE_TEXT, NULL },
  { "shpinst", DOES_PLACE, PLACE_TEXT, NULL },
  { "shppict", DOES_PLACE, PLACE_TEXT, NULL },
  { "fldrslt", DOES_PLACE, PLACE_TEXT, NULL },
  { "fldinst", DOES_PLACE, PLACE_FIELD, NULL },
  { "fonttbl", DOES_PLACE, PLACE_FONTS, NULL },
  { "pict", DOES_PLACE, PLACE_PICTURE, NULL },
  { "pngblip", DOES_KNOWN_PICTURE, 0, NULL },
  { "jpegblip", DOES_KNOWN_PICTURE, 0, NULL },
  { "objdata", DOES_OBJECT, PLACE_SKIP, NULL },
  { "objclass", DOES_PLACE, PLACE_SKIP, NULL },
  { "objname", DOES_PLACE, PLACE_SKIP, NULL },
  { "colortbl", DOES_PLACE, PLACE_SKIP, NULL },
  { "stylesheet", DOES_PLACE, PLACE_SKIP, NULL },
  { "info", DOES_PLACE, PLACE_SKIP, NULL },
  { "filetbl", DOES_PLACE, PLACE_SKIP, NULL },
  { "revtbl", DOES_PLACE, PLACE_SKIP, NULL },
  { "nonshppict", DOES_PLACE, PLACE_SKIP, NULL },
  { "sp", DOES_PLACE, PLACE_SKIP, NULL }, /* a property of a shape */
  { "xe", DOES_PLACE, PLACE_SKIP, NULL },
  { "tc", DOES_PLACE, PLACE_SKIP, NULL },
  { "private", DOES_PLACE, PLACE_SKIP, NULL },
  { "deleted", DOES_STRIKE, 0, NULL },
  { "strike", DOES_STRIKE, 0, NULL },
  { "striked", DOES_STRIKE, 0, NULL },
  { "super", DOES_RAISE, 0, NULL },
  { "up", DOES_RAISE, 0, NULL },
  { "sub", DOES_LOWER, 0, NULL },
  { "dn", DOES_LOWER, 0, NULL },
  { "nosupersub", DOES_LOWER, 0, NULL },
  { "u", DOES_NUMBER, 0, NULL },
  { "uc", DOES_NUMBER, 0, NULL },
  { "f", DOES_NUMBER, 0, NULL },
  { "fcharset", DOES_NUMBER, 0, NULL },
  { "ansicpg", DOES_NUMBER, 0, NULL },
  { "deff", DOES_NUMBER, 0, NULL },
  { "plain", DOES_NUMBER, 0, NULL },
  { "bin", DOES_NUMBER, 0, NULL },
};

static void
skip_binary (Rtf *self, int number)
{
  gsize left = (gsize) (self->end - self->p);
  gsize n = MIN ((gsize) MAX (number, 0), left);

  if (self->now.place == PLACE_PICTURE && self->picture->len + n <= self->limits->input_bytes)
    g_byte_array_append (self->picture, self->p, (guint) n);
  self->p += n;
}

static void
act_on_number (Rtf *self, const char *word, int number, gboolean has_number)
{
  if (strcmp (word, "u") == 0 && has_number)
    put_unicode (self, number);
  else if (strcmp (word, "uc") == 0)
    self->now.n_skipped_after = (guint) CLAMP (number, 0, 16);
  else if (strcmp (word, "f") == 0 || strcmp (word, "deff") == 0)
    {
      end_run (self);
      self->now.font = (guint) MAX (number, 0);
      if (word[0] == 'd')
        self->default_font = self->now.font;
    }
  else if (strcmp (word, "fcharset") == 0)
    {
      if (self->now.place == PLACE_FONTS && number == CHARSET_SHIFTJIS &&
          g_hash_table_size (self->fonts) < MAX_FONTS)
        g_hash_table_add (self->fonts, GUINT_TO_POINTER (self->now.font));
    }
  else if (strcmp (word, "ansicpg") == 0)
    self->code_page = (guint) MAX (number, 0);
  else if (strcmp (word, "plain") == 0)
    {
      end_run (self);
      self->now.font = self->default_font;
      self->now.is_struck = FALSE;
      self->now.is_raised = FALSE;
    }
  else if (strcmp (word, "bin") == 0)
    skip_binary (self, number);
}

/* Nothing inside a place that is passed over makes words of it again. */
static void
enter (Rtf *self, Place place)
{
  if (self->now.place == PLACE_TEXT ||
      ((self->now.place == PLACE_FIELD || self->now.place == PLACE_FONTS) && place == PLACE_SKIP))
    {
      end_run (self);
      self->now.place = place;
    }
}

static void
act (Rtf *self, const char *word, int number, gboolean has_number)
{
  const Control *control = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (controls) && control == NULL; i++)
    if (strcmp (controls[i].word, word) == 0)
      control = &controls[i];
  if (control == NULL)
    {
      if (self->now.is_starred)
        enter (self, PLACE_SKIP);
      return;
    }
  switch (control->action)
    {
    case DOES_TEXT:
      put_text (self, control->text);
      break;
    case DOES_OBJECT:
      self->n_objects += self->now.place == PLACE_TEXT;
      enter (self, control->place);
      break;
    case DOES_LINE:
      enter (self, control->place);
      self->now.is_apart = self->now.place == PLACE_TEXT;
      if (self->now.is_apart)
        imp_document_new_line (self->out);
      break;
    case DOES_PLACE:
      enter (self, control->place);
      break;
    case DOES_STRIKE:
      end_run (self);
      self->now.is_struck = !has_number || number != 0;
      break;
    case DOES_RAISE:
    case DOES_LOWER:
      end_run (self);
      self->now.is_raised = control->action == DOES_RAISE && (!has_number || number != 0);
      break;
    case DOES_KNOWN_PICTURE:
      self->is_picture_known |= self->now.place == PLACE_PICTURE;
      break;
    case DOES_NUMBER:
    default:
      act_on_number (self, word, number, has_number);
      break;
    }
}

/* ---- reading --------------------------------------------------------------------------------- */

static void
read_word (Rtf *self)
{
  char word[MAX_WORD + 1];
  guint n = 0;
  gint64 number = 0;
  gboolean is_negative = FALSE;
  gboolean has_number = FALSE;

  while (self->p < self->end && g_ascii_isalpha ((char) *self->p))
    {
      if (n < MAX_WORD)
        word[n++] = (char) *self->p;
      self->p++;
    }
  word[n] = '\0';
  if (self->p < self->end && *self->p == '-')
    {
      is_negative = TRUE;
      self->p++;
    }
  while (self->p < self->end && g_ascii_isdigit ((char) *self->p))
    {
      has_number = TRUE;
      number = MIN (number * 10 + (*self->p - '0'), G_MAXINT32);
      self->p++;
    }
  if (self->p < self->end && *self->p == ' ')
    self->p++;
  act (self, word, (int) (is_negative ? -number : number), has_number);
  self->now.is_starred = FALSE; /* it is said of the first word of a group */
}

static void
read_hex_character (Rtf *self)
{
  int high = self->end - self->p >= 2 ? g_ascii_xdigit_value ((char) self->p[0]) : -1;
  int low = high >= 0 ? g_ascii_xdigit_value ((char) self->p[1]) : -1;

  if (low < 0)
    return;
  self->p += 2;
  if (self->now.place == PLACE_TEXT)
    put_byte (self, (guint8) (high << 4 | low));
}

static void
read_symbol (Rtf *self)
{
  guint8 c = *self->p++;

  switch (c)
    {
    case '\'':
      read_hex_character (self);
      break;
    case '*':
      self->now.is_starred = TRUE;
      break;
    case '~':
      put_text (self, "\xc2\xa0");
      break;
    case '_':
      put_text (self, "-");
      break;
    case '\r':
    case '\n':
      put_text (self, "\n");
      break;
    case '\\':
    case '{':
    case '}':
      put_byte (self, c);
      break;
    default:
      break; /* hints for breaking words */
    }
}

static void
read_all (Rtf *self)
{
  while (self->p < self->end && !self->is_broken && !self->out->is_text_cut)
    {
      guint8 c = *self->p++;

      if (c == '{')
        open_group (self);
      else if (c == '}')
        close_group (self);
      else if (c == '\t')
        put_text (self, "\t");
      else if (c != '\\')
        put_byte (self, c);
      else if (self->p < self->end && g_ascii_isalpha ((char) *self->p))
        read_word (self);
      else if (self->p < self->end)
        read_symbol (self);
    }
  self->is_broken |= self->groups->len > 0 && !self->out->is_text_cut;
  end_run (self);
  mark (self, FALSE, FALSE);
}

static void
report (const Rtf *self)
{
  if (self->n_lost > 0)
    imp_document_find (self->out, IMP_FINDING_UNDECODABLE, "characters lost: %u", self->n_lost);
  if (self->is_broken)
    imp_document_find (self->out, IMP_FINDING_TRUNCATED, "damaged, cut off or nested too deep");
  imp_document_refuse_part (self->out, self->n_objects, "an embedded object");
  imp_document_refuse_part (self->out, self->n_links, "a field that fetches something");
  imp_document_refuse_part (self->out, self->n_pictures, "a picture of a kind that is not carried");
  self->out->n_pictures_dropped += self->n_pictures;
}

void
imp_document_rtf (const guint8 *bytes, gsize len, const ImpDocumentLimits *limits,
                  gboolean with_pictures, ImpDocument *out)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr (GHashTable) fonts = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) signs = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) font_name = g_string_new (NULL);
  g_autoptr (GByteArray) run = g_byte_array_new ();
  g_autoptr (GByteArray) picture = g_byte_array_new ();
  g_autoptr (GString) field = g_string_new (NULL);
  Rtf self = { .p = bytes,
               .end = bytes + len,
               .limits = limits,
               .with_pictures = with_pictures,
               .out = out,
               .groups = groups,
               .now = { .n_skipped_after = 1 },
               .fonts = fonts,
               .signs = signs,
               .font_name = font_name,
               .run = run,
               .field = field,
               .picture = picture,
               .half = -1 };

  read_all (&self);
  report (&self);
}
