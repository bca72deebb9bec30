/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "stream-fixture.h"

static char *
read_all (ImpStream *stream, gsize size, gsize *len, GError **error)
{
  GString *out = g_string_new (NULL);
  g_autofree guint8 *buffer = g_malloc (size);
  gssize n;

  while ((n = imp_stream_read (stream, buffer, size, error)) > 0)
    g_string_append_len (out, (const char *) buffer, n);
  if (len != NULL)
    *len = out->len;
  return g_string_free (out, FALSE);
}

/* Two members of gzip, and what stands behind. */
static char *
join (const char *first, const char *second, const char *tail, gsize n_tail, gsize *len)
{
  g_autoptr (GBytes) a = gzip_of (first, strlen (first));
  g_autoptr (GBytes) b = gzip_of (second, strlen (second));
  GString *out = g_string_new (NULL);

  g_string_append_len (out, g_bytes_get_data (a, NULL), (gssize) g_bytes_get_size (a));
  g_string_append_len (out, g_bytes_get_data (b, NULL), (gssize) g_bytes_get_size (b));
  g_string_append_len (out, tail, (gssize) n_tail);
  *len = out->len;
  return g_string_free (out, FALSE);
}

/* Fact 8: "second gzip member lost = silently missing patients". */
static void
test_gzip_members (void)
{
  static const gsize chunks[] = { 0, 1, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      gsize len;
      g_autofree char *bytes = join ("first\n", "second\n", "", 0, &len);
      g_autoptr (ImpStream) stream = imp_stream_gunzip (stream_of (bytes, len, chunks[i]));
      g_autoptr (GError) error = NULL;

      for (guint pass = 0; pass < 2; pass++)
        {
          g_autofree char *text = read_all (stream, 3, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (text, ==, "first\nsecond\n");
          g_assert_null (imp_stream_remark (stream));
          g_assert_true (imp_stream_rewind (stream, NULL));
        }
    }
}

static void
test_gzip_tail (void)
{
  gsize n_zeros, n_other;
  g_autofree char *zeros = join ("a", "b", "\0\0\0\0", 4, &n_zeros);
  g_autofree char *other = join ("a", "b", "rest", 4, &n_other);
  g_autoptr (ImpStream) padded = imp_stream_gunzip (stream_of (zeros, n_zeros, 0));
  g_autoptr (ImpStream) followed = imp_stream_gunzip (stream_of (other, n_other, 0));
  g_autofree char *a = read_all (padded, 100, NULL, NULL);
  g_autofree char *b = read_all (followed, 100, NULL, NULL);

  g_assert_cmpstr (a, ==, "ab");
  g_assert_cmpstr (b, ==, "ab");
  g_assert_null (imp_stream_remark (padded));
  g_assert_nonnull (imp_stream_remark (followed));
}

/* A file cut off gives what it has, and an error: never a clean end. */
static void
test_gzip_cut (void)
{
  gsize len, n_first;
  g_autofree char *bytes = join ("first\n", "second\n", "", 0, &len);
  g_autoptr (GBytes) first = gzip_of ("first\n", 6);

  n_first = g_bytes_get_size (first);
  for (gsize cut = 1; cut < len; cut++)
    {
      g_autoptr (ImpStream) stream = imp_stream_gunzip (stream_of (bytes, cut, 1));
      g_autoptr (GError) error = NULL;
      g_autofree char *text = read_all (stream, 100, NULL, &error);

      if (cut == n_first)
        g_assert_no_error (error);
      else if (cut == 1 || cut == n_first + 1)
        g_assert_nonnull (imp_stream_remark (stream)); /* half a magic number */
      else
        g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
      if (cut >= n_first)
        g_assert_true (g_str_has_prefix (text, "first\n"));
    }
}

static void
test_gzip_damage (void)
{
  gsize len;
  g_autofree char *bytes = join ("first\n", "second\n", "", 0, &len);
  g_autoptr (ImpStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  bytes[len - 8] ^= 1; /* the sum of the last member */
  stream = imp_stream_gunzip (stream_of (bytes, len, 0));
  text = read_all (stream, 100, NULL, &error);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
  g_assert_true (g_str_has_prefix (text, "first\n"));
}

static void
test_convert (void)
{
  static const struct
  {
    const char *charset;
    const char *bytes;
    gsize len;
    const char *text;
    guint n_lost;
  } cases[] = {
    { "UTF-16LE", "\xff\xfe{\0}\0", 6, "{}", 0 },
    { "UTF-16BE", "\xfe\xff\0{\0}", 6, "{}", 0 },
    { "UTF-16LE", "\x42\xd8\xb7\xdf", 4, "𠮷", 0 },
    { "UTF-16LE", "a\0b", 3, "a\xef\xbf\xbd", 1 },
    { "CP932", "\x95\x5c{", 3, "表{", 0 }, /* its second byte is a backslash */
    { "CP932", "a\xffz", 3, "a\xef\xbf\xbdz", 1 },
    { "EUC-JP", "\xc2\xe0\xb1\xa1", 4, "退院", 0 },
    { "ISO-2022-JP", "\x1b$BB`\x1b(Bx", 9, "退x", 0 },
    { "no-such-charset", "a\xe9", 2, "aé", 0 },
    { "UTF-16LE", "", 0, "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 0; chunk < 4; chunk++)
      {
        g_autoptr (ImpStream) stream =
            imp_stream_convert (stream_of (cases[i].bytes, cases[i].len, chunk), cases[i].charset);

        for (guint pass = 0; pass < 2; pass++)
          {
            g_autofree char *text = read_all (stream, 2, NULL, NULL);

            g_assert_cmpstr (text, ==, cases[i].text);
            g_assert_cmpuint (imp_stream_n_lost (stream), ==, cases[i].n_lost);
            g_assert_true (imp_stream_rewind (stream, NULL));
          }
      }
}

static void
test_convert_long (void)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autoptr (ImpStream) stream = NULL;
  g_autofree char *text = NULL;
  gsize len;

  for (guint i = 0; i < 100000; i++)
    g_string_append (wide, "\x91\xde\x89\x40");
  stream = imp_stream_convert (stream_of (wide->str, wide->len, 1001), "CP932");
  text = read_all (stream, 997, &len, NULL);
  g_assert_cmpuint (len, ==, 600000);
  g_assert_true (g_str_has_prefix (text, "退院退院"));
  g_assert_true (g_str_has_suffix (text, "退院"));
}

static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (16 * 1024 * 1024);
  g_autoptr (GBytes) member = gzip_of (zeros, 16 * 1024 * 1024);
  g_autoptr (GString) bomb = g_string_new (NULL);
  g_autoptr (ImpStream) stream = NULL;
  g_autofree guint8 *buffer = g_malloc (1024 * 1024);
  g_autoptr (GError) error = NULL;
  guint64 total = 0;
  gssize n;

  for (guint i = 0; i < 200; i++)
    g_string_append_len (bomb, g_bytes_get_data (member, NULL), (gssize) g_bytes_get_size (member));
  stream = imp_stream_gunzip (stream_of (bomb->str, bomb->len, 0));
  while ((n = imp_stream_read (stream, buffer, 1024 * 1024, &error)) > 0)
    total += (guint64) n;
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
  g_assert_cmpuint (total, <=, 1100ull * 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/stream/gzip-members", test_gzip_members);
  g_test_add_func ("/importer/stream/gzip-tail", test_gzip_tail);
  g_test_add_func ("/importer/stream/gzip-cut", test_gzip_cut);
  g_test_add_func ("/importer/stream/gzip-damage", test_gzip_damage);
  g_test_add_func ("/importer/stream/convert", test_convert);
  g_test_add_func ("/importer/stream/convert-long", test_convert_long);
  g_test_add_func ("/importer/stream/bomb", test_bomb);
  return g_test_run ();
}
