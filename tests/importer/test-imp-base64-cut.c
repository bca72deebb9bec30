/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-base64-cut.h"

#define N_BYTES 1500
#define N_CHARACTERS 2000 /* without padding */

/* Bytes as of a program. */
static void
fill (guint8 bytes[N_BYTES])
{
  guint32 x = 5;

  for (guint i = 0; i < N_BYTES; i++)
    {
      x = x * 1103515245 + 12345;
      bytes[i] = (guint8) (x >> 16);
    }
}

/* Returns: (transfer full): base64 in lines of @width with @line_end between; @slash for each "/".
 */
static char *
lines (const char *text, guint width, const char *line_end, const char *slash)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; text[i] != '\0'; i++)
    {
      if (i > 0 && i % width == 0)
        g_string_append (out, line_end);
      if (text[i] == '/')
        g_string_append (out, slash);
      else
        g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}

static void
test_cut (void)
{
  static const struct
  {
    const char *before, *line_end, *slash, *after;
    guint width;
    guint n_bytes;
  } cases[] = {
    { "", "", "/", "", 100000, N_BYTES },
    { "{\"data\":\"", "", "/", "\"}", 100000, N_BYTES },
    { "{\"data\":\"", "", "\\/", "\"}", 100000, N_BYTES },
    { "{\"title\":\"Letter\",\"data\":\"", "\\r\\n", "\\/", "\",\"hash\":\"YWJj\"}", 76,
      N_BYTES - 1 },
    { "{\"text\":\"see\\n", "\\n", "\\/", "\"}", 64, N_BYTES - 2 },
    { "<text>\n    ", "\n    ", "/", "\n</text>", 76, N_BYTES },
    { "<text>", "&#xD;\n", "/", "</text>", 76, N_BYTES - 2 },
    { "<text>", "&#10;", "/", "</text>", 64, N_BYTES - 1 },
    { "OBX|1|ED|PDF||^application^pdf^Base64^", "", "/", "||||||F\r", 100000, N_BYTES },
    { "医師 note ", "\n", "/", "\nafter that", 76, N_BYTES },
  };
  guint8 bytes[N_BYTES];

  fill (bytes);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint shift = 0; shift < 61; shift++)
      {
        g_autofree char *base64 = g_base64_encode (bytes, cases[i].n_bytes);
        g_autofree char *body = lines (base64, cases[i].width, cases[i].line_end, cases[i].slash);
        g_autofree char *blanks = g_strnfill (shift, ' ');
        g_autofree char *text = g_strconcat (blanks, cases[i].before, body, cases[i].after, NULL);
        g_autofree char *digest =
            g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, cases[i].n_bytes);
        gsize n_characters = strcspn (base64, "=");
        g_autofree char *wanted =
            g_strdup_printf ("%s%s〔base64 %" G_GSIZE_FORMAT "文字を省略 SHA-256 %s〕%s", blanks,
                             cases[i].before, n_characters, digest, cases[i].after);
        g_autoptr (GString) out = g_string_new ("before");

        g_assert_cmpuint (imp_base64_cut (text, strlen (text), IMP_BASE64_CUT_MIN, out), ==, 1);
        g_assert_cmpstr (out->str, ==, wanted);
      }
}

/* Two of them, with the words between. */
static void
test_two (void)
{
  guint8 bytes[N_BYTES];
  g_autofree char *base64 = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  fill (bytes);
  base64 = g_base64_encode (bytes, N_BYTES);
  text = g_strconcat ("<a>", base64, "</a><b>between</b><c>", base64, "</c>", NULL);
  g_assert_cmpuint (imp_base64_cut (text, strlen (text), IMP_BASE64_CUT_MIN, out), ==, 2);
  g_assert_true (g_str_has_prefix (out->str, "<a>〔base64 2000文字"));
  g_assert_nonnull (strstr (out->str, "〕</a><b>between</b><c>〔"));
  g_assert_true (g_str_has_suffix (out->str, "〕</c>"));
}

/* What is no file stays as it is, to the byte. */
static void
test_kept (void)
{
  guint8 bytes[N_BYTES];
  g_autofree char *short_one = NULL;
  g_autofree char *digits = g_strnfill (5000, '7');
  g_autofree char *stars = g_strnfill (5000, '=');
  g_autofree char *bases = g_strnfill (5000, 'A');
  GString *prose = g_string_new (NULL);
  const char *texts[6];

  fill (bytes);
  short_one = g_base64_encode (bytes, 767); /* 1023 characters and padding */
  while (prose->len < 5000)
    g_string_append (prose, "Patient resting comfortably no pain reported\n");
  texts[0] = "";
  texts[1] = short_one;
  texts[2] = digits;
  texts[3] = stars;
  texts[4] = bases;
  texts[5] = prose->str;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) out = g_string_new ("untouched");

      g_assert_cmpuint (imp_base64_cut (texts[i], strlen (texts[i]), IMP_BASE64_CUT_MIN, out), ==,
                        0);
      g_assert_cmpstr (out->str, ==, "untouched");
    }
  g_string_free (prose, TRUE);
}

/* An infected file is small, and leaves as well. */
static void
test_infected (void)
{
  guint8 bytes[N_BYTES];
  g_autofree char *base64 = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  fill (bytes);
  base64 = g_base64_encode (bytes, 45);
  text = g_strconcat ("<a>", base64, "</a>", NULL);
  g_assert_cmpuint (imp_base64_cut (text, strlen (text), IMP_BASE64_CUT_MIN, out), ==, 0);
  g_assert_cmpuint (imp_base64_cut (text, strlen (text), IMP_BASE64_CUT_LINE, out), ==, 1);
  g_assert_true (g_str_has_prefix (out->str, "<a>〔base64 60文字"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/base64-cut/cut", test_cut);
  g_test_add_func ("/importer/base64-cut/two", test_two);
  g_test_add_func ("/importer/base64-cut/kept", test_kept);
  g_test_add_func ("/importer/base64-cut/infected", test_infected);
  return g_test_run ();
}
