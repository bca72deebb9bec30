/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-decode.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint
count_characters (const char *text, const char *character)
{
  guint n = 0;

  for (const char *p = strstr (text, character); p != NULL; p = strstr (p + 1, character))
    n++;
  return n;
}

static void
check_text (const GString *text, gsize size)
{
  g_assert_true (g_utf8_validate_len (text->str, text->len, NULL));
  g_assert_null (memchr (text->str, 0x1B, text->len));
  g_assert_null (memchr (text->str, 0, text->len));
  g_assert_cmpuint (text->len, <=, size * 3 + 1);
}

static void
strip_ends (GString *text)
{
  while (text->str[0] == 0x0B || g_str_has_prefix (text->str, "\xEF\xBB\xBF"))
    g_string_erase (text, 0, text->str[0] == 0x0B ? 1 : 3);
  while (text->len > 0 && strchr ("\x1C\r\n", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
}

/* In text without high bytes a shift would be read as one. */
static gboolean
has_shift (const GString *text)
{
  return strpbrk (text->str, "\x0E\x0F") != NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new ("left over");
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GString) piece = g_string_new ("kept");
  ImpDecodeResult result, second;

  imp_decode (data, size, text, &result);
  check_text (text, size);
  g_assert_cmpuint (count_characters (text->str, "\xEF\xBF\xBD"), ==, result.n_lost);
  g_assert_nonnull (imp_charset_name (result.charset));
  g_assert_true (result.n_gaiji <= size / 2);

  /* The text is UTF-8 and stays as it is when read again, but for what is stripped from the ends of
   * a file. */
  strip_ends (text);
  if (result.charset != IMP_CHARSET_UTF8 || !has_shift (text))
    {
      imp_decode ((const guint8 *) text->str, text->len, again, &second);
      g_assert_cmpstr (again->str, ==, text->str);
      g_assert_true (second.charset == IMP_CHARSET_UTF8 || second.charset == IMP_CHARSET_ASCII);
      g_assert_cmpuint (second.n_lost, ==, result.n_lost);
      g_assert_cmpuint (second.n_gaiji, ==, result.n_gaiji);
    }

  imp_decode_append (data, size, piece, &second);
  g_assert_true (g_str_has_prefix (piece->str, "kept"));
  g_string_erase (piece, 0, 4);
  check_text (piece, size);
  return 0;
}
