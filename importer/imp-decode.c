/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-decode.h"

#include "imp-charset.h"
#include "imp-jis.h"

/* Private use: U+E000-F8FF and planes 15 and 16. */
static gboolean
is_gaiji (const guint8 *p, gsize len)
{
  return (len == 3 && (p[0] == 0xEE || (p[0] == 0xEF && p[1] < 0xA4))) ||
         (len == 4 && (p[0] == 0xF4 || (p[0] == 0xF3 && p[1] >= 0xB0)));
}

static inline gboolean
is_plain_ascii (guint8 c)
{
  return c < 0x80 && c != 0 && c != IMP_ESC;
}

/* One character that is not plain ASCII. Returns: whether it may stay as it is */
static gboolean
check_character (ImpDecoder *self, gsize *n)
{
  if (!imp_utf8_next (self->p, self->end, n))
    {
      if (*self->p >= 0xC2 && *self->p <= 0xF4 && self->p + *n == self->end)
        self->result->ends_inside = TRUE;
      return FALSE;
    }
  if (*self->p == 0 || *self->p == IMP_ESC)
    return FALSE;
  self->result->n_gaiji += is_gaiji (self->p, *n);
  self->result->n_lost += *n == 3 && memcmp (self->p, "\xEF\xBF\xBD", 3) == 0;
  return TRUE;
}

static void
decode_utf8 (ImpDecoder *self)
{
  const guint8 *run = self->p; /* what is good and not yet copied */
  gsize n;

  for (; self->p < self->end; self->p += n)
    {
      n = 1;
      if (is_plain_ascii (*self->p) || check_character (self, &n))
        continue;
      memcpy (self->out, run, (gsize) (self->p - run));
      self->out += self->p - run;
      imp_decoder_put_lost (self);
      run = self->p + n;
    }
  memcpy (self->out, run, (gsize) (self->end - run));
  self->out += self->end - run;
}

static void
decode (const guint8 *bytes, gsize len, gboolean had_bom, GString *out, ImpDecodeResult *result)
{
  gsize used = out->len;
  ImpDecoder self = { .p = bytes, .end = bytes + len, .result = result };

  *result = (ImpDecodeResult) {
    .charset = imp_charset_detect (bytes, len, had_bom),
    .had_bom = had_bom,
  };
  if (len == 0)
    return;
  g_string_set_size (out, used + len * IMP_DECODE_EXPANSION + IMP_DECODE_SLACK);
  self.out = (guint8 *) out->str + used;
  self.is_euc = result->charset == IMP_CHARSET_EUC_JP;
  self.is_plain = (result->charset == IMP_CHARSET_ASCII ||
                   result->charset == IMP_CHARSET_ISO_2022_JP) &&
                  memchr (bytes, 0, len) == NULL && memchr (bytes, IMP_SHIFT_OUT, len) == NULL &&
                  memchr (bytes, IMP_SHIFT_IN, len) == NULL;
  if (result->charset == IMP_CHARSET_UTF8)
    decode_utf8 (&self);
  else
    imp_jis_decode (&self);
  g_string_truncate (out, (gsize) (self.out - (guint8 *) out->str));
}

void
imp_decode_append (const guint8 *bytes, gsize len, GString *out, ImpDecodeResult *result)
{
  decode (bytes, len, FALSE, out, result);
}

void
imp_decode (const guint8 *bytes, gsize len, GString *out, ImpDecodeResult *result)
{
  gboolean had_bom, is_ended = FALSE;

  g_string_truncate (out, 0);
  had_bom = len >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0;
  if (had_bom)
    {
      bytes += 3;
      len -= 3;
    }
  while (len > 0 && bytes[0] == 0x0B)
    {
      bytes++;
      len--;
    }
  for (; len > 0 && strchr ("\x1C\r\n", bytes[len - 1]) != NULL; len--)
    is_ended |= bytes[len - 1] != 0; /* strchr also finds the NUL */
  decode (bytes, len, had_bom, out, result);
  if (is_ended)
    {
      g_string_append_c (out, '\r');
      result->ends_inside = FALSE;
    }
}
