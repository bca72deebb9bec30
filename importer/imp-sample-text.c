/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-text.h"
#include "imp-sample-time.h"

#include <stdarg.h>

#define ESCAPE "\033"

void
imp_sample_buffer_clear (ImpSampleBuffer *self)
{
  g_clear_pointer (&self->bytes, g_free);
  self->len = self->size = 0;
}

void
imp_sample_buffer_grow (ImpSampleBuffer *self, gsize more)
{
  self->size = MAX (self->size * 2, self->len + more + 4096);
  self->bytes = g_realloc (self->bytes, self->size);
}

void
imp_sample_put_number (ImpSampleBuffer *self, guint64 number, guint width)
{
  char digits[24];
  guint i = sizeof digits;

  do
    {
      digits[--i] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  while (sizeof digits - i < width)
    digits[--i] = '0';
  imp_sample_put (self, digits + i, sizeof digits - i);
}

void
imp_sample_put_thousandths (ImpSampleBuffer *self, gint64 value, guint digits)
{
  static const gint64 steps[] = { 1000, 100, 10, 1 };
  gint64 step = steps[MIN (digits, 3)];
  gint64 units = 1000 / step; /* in one whole */

  if (value < 0)
    {
      imp_sample_put (self, "-", 1);
      value = -value;
    }
  value = (value + step / 2) / step;
  imp_sample_put_number (self, (guint64) (value / units), 1);
  if (digits > 0)
    {
      imp_sample_put (self, ".", 1);
      imp_sample_put_number (self, (guint64) (value % units), MIN (digits, 3));
    }
}

static void
put_argument (ImpSampleBuffer *self, char kind, va_list *arguments)
{
  char digits[14];

  switch (kind)
    {
    case 'w':
      {
        const ImpSampleWord *word = va_arg (*arguments, const ImpSampleWord *);

        if (word != NULL && word->len > 0)
          imp_sample_put_word (self, word);
        break;
      }
    case 'x':
      {
        const ImpSampleWord *word = va_arg (*arguments, const ImpSampleWord *);

        if (word != NULL && word->len > 0)
          imp_sample_put (self, word->text, strlen (word->text));
        break;
      }
    case 's':
      {
        const char *text = va_arg (*arguments, const char *);

        if (text != NULL)
          imp_sample_put (self, text, strlen (text));
        break;
      }
    case 'b':
      {
        const ImpSampleBuffer *buffer = va_arg (*arguments, const ImpSampleBuffer *);

        imp_sample_put (self, buffer->bytes, buffer->len);
        break;
      }
    case 'u':
      imp_sample_put_number (self, va_arg (*arguments, guint), 1);
      break;
    case 'z':
      imp_sample_put_number (self, va_arg (*arguments, guint), 3);
      break;
    case 'o':
      imp_sample_put_number (self, va_arg (*arguments, guint64), 15);
      break;
    case 'd':
      imp_sample_format_day (va_arg (*arguments, int), digits);
      imp_sample_put (self, digits, 8);
      break;
    case 'm':
      imp_sample_format_time (va_arg (*arguments, gint64), digits);
      imp_sample_put (self, digits, 12);
      break;
    case 't':
      imp_sample_format_time (va_arg (*arguments, gint64), digits);
      imp_sample_put (self, digits, 14);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
imp_sample_print (ImpSampleBuffer *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  for (;;)
    {
      const char *sign = strchrnul (format, '%');

      imp_sample_put (self, format, (gsize) (sign - format));
      if (*sign == '\0')
        break;
      put_argument (self, sign[1], &arguments);
      format = sign + 2;
    }
  va_end (arguments);
}

typedef enum
{
  SET_ASCII,
  SET_KANJI,     /* JIS X 0208 with the vendor rows */
  SET_HALF_KANA, /* JIS X 0201 */
  SET_EXTRA,     /* JIS X 0212 */
  N_SETS
} CharacterSet;

static const char *const set_escapes[N_SETS] = {
  ESCAPE "(B",
  ESCAPE "$B",
  ESCAPE "(I",
  ESCAPE "$(D",
};

struct _ImpSampleEncoder
{
  GIConv to_cp932;
  GIConv from_cp932;
  GIConv to_euc; /* for JIS X 0212 only */
};

ImpSampleEncoder *
imp_sample_encoder_new (void)
{
  ImpSampleEncoder *self = g_new0 (ImpSampleEncoder, 1);

  self->to_cp932 = g_iconv_open ("CP932", "UTF-8");
  self->from_cp932 = g_iconv_open ("UTF-8", "CP932");
  self->to_euc = g_iconv_open ("EUC-JP", "UTF-8");
  return self;
}

void
imp_sample_encoder_free (ImpSampleEncoder *self)
{
  g_iconv_close (self->to_cp932);
  g_iconv_close (self->from_cp932);
  g_iconv_close (self->to_euc);
  g_free (self);
}

/* One character; 0 if the set lacks it. */
static gsize
convert_character (GIConv converter, const char *text, gsize len, guint8 *out, gsize size)
{
  char *in = (char *) text;
  char *to = (char *) out;
  gsize left = size;

  if (converter == (GIConv) -1 || g_iconv (converter, &in, &len, &to, &left) == (gsize) -1)
    {
      if (converter != (GIConv) -1)
        g_iconv (converter, NULL, NULL, NULL, NULL);
      return 0;
    }
  return size - left;
}

/*
 * Windows writers take 髙 and its like from the IBM rows FA to FC; in 7 bits only their copies in
 * rows ED and EE exist (SS-MIX2 spec 5.4). From FA5C on both lists run in the same order; before it
 * stand ⅰ to ⅹ, ￢, ￤ ＇ ＂, whose copies end the row EE, and a few that have others.
 */
static gboolean
to_nec_rows (guint8 *lead, guint8 *trail)
{
  guint position;

  if (*lead < 0xFA)
    return TRUE;
  position = (*lead - 0xFAu) * 188 + *trail - (*trail > 0x7F ? 0x41u : 0x40u);
  if (position >= 28)
    position -= 28;
  else if (position < 10)
    position += 188 + 0xEF - 0x41; /* small roman numerals: EEEF to EEF8 */
  else
    return FALSE;
  *lead = (guint8) (0xED + position / 188);
  *trail = (guint8) (position % 188 + 0x40);
  if (*trail >= 0x7F)
    (*trail)++;
  return TRUE;
}

/* Shift_JIS pair to the JIS pair of the same character. */
static void
shift_jis_to_jis (guint8 lead, guint8 trail, guint8 *row, guint8 *cell)
{
  *row = (guint8) (((lead - (lead < 0xA0 ? 0x81 : 0xC1)) << 1) + 0x21);
  if (trail >= 0x9F)
    {
      (*row)++;
      *cell = (guint8) (trail - 0x7E);
    }
  else
    *cell = (guint8) (trail - (trail > 0x7F ? 0x20 : 0x1F));
}

static CharacterSet
encode_character (ImpSampleEncoder *self, const char *text, gsize len, guint8 *out, gsize *out_len)
{
  guint8 bytes[8];
  gsize n = convert_character (self->to_cp932, text, len, bytes, sizeof bytes);

  if (n == 1 && bytes[0] < 0x80)
    {
      out[0] = bytes[0];
      *out_len = 1;
      return SET_ASCII;
    }
  if (n == 1)
    {
      out[0] = bytes[0] & 0x7F;
      *out_len = 1;
      return SET_HALF_KANA;
    }
  *out_len = 2;
  if (n == 2 && to_nec_rows (&bytes[0], &bytes[1]))
    {
      shift_jis_to_jis (bytes[0], bytes[1], &out[0], &out[1]);
      return SET_KANJI;
    }
  if (convert_character (self->to_euc, text, len, bytes, sizeof bytes) == 3 && bytes[0] == 0x8F)
    {
      out[0] = bytes[1] & 0x7F;
      out[1] = bytes[2] & 0x7F;
      return SET_EXTRA;
    }
  return N_SETS;
}

gboolean
imp_sample_encoder_run (ImpSampleEncoder *self, const char *text, GString *out)
{
  CharacterSet current = SET_ASCII;

  g_string_truncate (out, 0);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint8 bytes[2];
      gsize len;
      CharacterSet set =
          encode_character (self, at, (gsize) (g_utf8_next_char (at) - at), bytes, &len);

      if (set == N_SETS)
        return FALSE;
      if (set != current)
        g_string_append (out, set_escapes[set]);
      current = set;
      g_string_append_len (out, (const char *) bytes, (gssize) len);
    }
  if (current != SET_ASCII)
    g_string_append (out, set_escapes[SET_ASCII]);
  return TRUE;
}

/* The set an escape sequence calls, and its length; none of our own text holds another. */
static CharacterSet
read_escape (const char *at, gsize left, gsize *len)
{
  for (int set = SET_ASCII; set < N_SETS; set++)
    {
      *len = strlen (set_escapes[set]);
      if (left >= *len && memcmp (at, set_escapes[set], *len) == 0)
        return (CharacterSet) set;
    }
  return N_SETS;
}

static void
append_shift_jis (GString *out, guint8 row, guint8 cell)
{
  guint8 lead = (guint8) (((row - 0x21) >> 1) + (row < 0x5F ? 0x81 : 0xC1));
  guint8 trail = (guint8) (row & 1 ? cell + 0x1F + (cell >= 0x60) : cell + 0x7E);

  g_string_append_c (out, (char) lead);
  g_string_append_c (out, (char) trail);
}

gboolean
imp_sample_encoder_convert (ImpSampleEncoder *self, const char *message, gsize len,
                            gboolean to_utf8, GString *out)
{
  CharacterSet set = SET_ASCII;
  g_autofree char *utf8 = NULL;
  gsize escape_len, utf8_len;

  g_string_truncate (out, 0);
  for (gsize i = 0; i < len;)
    {
      if (message[i] == ESCAPE[0])
        {
          set = read_escape (message + i, len - i, &escape_len);
          if (set >= SET_EXTRA)
            return FALSE;
          i += escape_len;
        }
      else if (set == SET_KANJI && i + 1 < len)
        {
          append_shift_jis (out, (guint8) message[i], (guint8) message[i + 1]);
          i += 2;
        }
      else
        g_string_append_c (out, (char) (message[i++] | (set == SET_HALF_KANA ? 0x80 : 0)));
    }
  if (!to_utf8)
    return TRUE;

  utf8 =
      g_convert_with_iconv (out->str, (gssize) out->len, self->from_cp932, NULL, &utf8_len, NULL);
  if (utf8 == NULL)
    return FALSE;
  g_string_truncate (out, 0);
  g_string_append_len (out, utf8, (gssize) utf8_len);
  return TRUE;
}
