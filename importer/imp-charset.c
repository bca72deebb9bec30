/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-charset.h"

#include <string.h>

#define ESC 0x1B
#define SHIFT_OUT 0x0E

static const char *const charset_names[IMP_N_CHARSETS] = {
  [IMP_CHARSET_ASCII] = "ASCII",   [IMP_CHARSET_ISO_2022_JP] = "ISO-2022-JP",
  [IMP_CHARSET_UTF8] = "UTF-8",    [IMP_CHARSET_CP932] = "CP932",
  [IMP_CHARSET_EUC_JP] = "EUC-JP", [IMP_CHARSET_MIXED] = "mixed",
};

/* Eight bytes at a time: every message goes through here. */
static gboolean
has_high_bytes (const guint8 *bytes, gsize len)
{
  guint64 all = 0, word;
  gsize i = 0;

  for (; i + sizeof word <= len; i += sizeof word)
    {
      memcpy (&word, bytes + i, sizeof word);
      all |= word;
    }
  for (; i < len; i++)
    all |= bytes[i];
  return (all & G_GUINT64_CONSTANT (0x8080808080808080)) != 0;
}

/* ESC $ or ESC (: the beginnings of every sequence that designates a Japanese set. */
static gboolean
has_designation (const guint8 *bytes, gsize len)
{
  const guint8 *end = bytes + len;
  const guint8 *p = bytes;

  while (p < end && (p = memchr (p, ESC, (gsize) (end - p))) != NULL)
    {
      if (p + 1 < end && (p[1] == '$' || p[1] == '('))
        return TRUE;
      p++;
    }
  return FALSE;
}

gboolean
imp_utf8_next (const guint8 *p, const guint8 *end, gsize *len)
{
  guint8 low = 0x80, high = 0xBF; /* of the second byte */
  gsize n;

  *len = 1;
  if (p[0] < 0x80)
    return TRUE;
  if (p[0] < 0xC2 || p[0] > 0xF4)
    return FALSE;
  n = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
  if (p[0] == 0xE0)
    low = 0xA0;
  else if (p[0] == 0xED)
    high = 0x9F;
  else if (p[0] == 0xF0)
    low = 0x90;
  else if (p[0] == 0xF4)
    high = 0x8F;
  while (*len < n)
    {
      if (p + *len >= end || p[*len] < low || p[*len] > high)
        return FALSE;
      low = 0x80;
      high = 0xBF;
      (*len)++;
    }
  return TRUE;
}

/* Valid UTF-8, or UTF-8 in which length limits or damage cut a few characters: in text of another
 * set the bytes that are no UTF-8 outnumber those that happen to be. */
static gboolean
looks_like_utf8 (const guint8 *bytes, gsize len)
{
  const guint8 *end = bytes + len;
  gsize n_long = 0, n_bad = 0, n;

  for (const guint8 *p = bytes; p < end; p += n)
    {
      n = 1;
      if (*p < 0x80)
        continue;
      if (!imp_utf8_next (p, end, &n))
        n_bad++;
      else if (n > 2)
        n_long++;
    }
  return n_bad == 0 || n_long >= 4 * n_bad;
}

/* EUC-JP is mostly valid CP932 too, read as half-width kana. What tells them apart: every high byte
 * stands in a pair, and signs, full-width letters and kana (rows 1-5) are frequent, which in CP932
 * would be half-width punctuation. */
static gboolean
looks_like_euc_jp (const guint8 *bytes, gsize len)
{
  gsize n_pairs = 0, n_plain_rows = 0, i = 0;

  while (i < len)
    {
      gsize n_trail = bytes[i] == 0x8F ? 2 : 1;

      if (bytes[i] < 0x80)
        {
          i++;
          continue;
        }
      if (bytes[i] != 0x8E && bytes[i] != 0x8F && (bytes[i] < 0xA1 || bytes[i] > 0xFE))
        return FALSE;
      for (gsize k = 1; k <= n_trail; k++)
        if (i + k >= len || bytes[i + k] < 0xA1 || bytes[i + k] > 0xFE)
          return FALSE;
      n_pairs++;
      n_plain_rows += bytes[i] >= 0xA1 && bytes[i] <= 0xA5;
      i += 1 + n_trail;
    }
  return n_plain_rows * 4 >= n_pairs;
}

ImpCharset
imp_charset_detect (const guint8 *bytes, gsize len, gboolean had_bom)
{
  gboolean has_escape = len > 0 && memchr (bytes, ESC, len) != NULL;

  if (!has_high_bytes (bytes, len))
    {
      if (has_escape || (len > 0 && memchr (bytes, SHIFT_OUT, len) != NULL))
        return IMP_CHARSET_ISO_2022_JP;
      return had_bom ? IMP_CHARSET_UTF8 : IMP_CHARSET_ASCII;
    }
  if (has_escape && !had_bom && has_designation (bytes, len))
    return IMP_CHARSET_MIXED;
  if (had_bom || looks_like_utf8 (bytes, len))
    return IMP_CHARSET_UTF8;
  if (has_escape)
    return IMP_CHARSET_MIXED;
  return looks_like_euc_jp (bytes, len) ? IMP_CHARSET_EUC_JP : IMP_CHARSET_CP932;
}

const char *
imp_charset_name (ImpCharset charset)
{
  g_return_val_if_fail ((guint) charset < IMP_N_CHARSETS, NULL);
  return charset_names[charset];
}
