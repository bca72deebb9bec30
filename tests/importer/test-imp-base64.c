/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-base64.h"
#include "imp-error.h"

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *bytes;
    gsize len;
  } cases[] = {
    /* RFC 4648, section 10 */
    { "", "", 0 },
    { "Zg==", "f", 1 },
    { "Zm8=", "fo", 2 },
    { "Zm9v", "foo", 3 },
    { "Zm9vYg==", "foob", 4 },
    { "Zm9vYmE=", "fooba", 5 },
    { "Zm9vYmFy", "foobar", 6 },
    { "  Zm\r\n9v\tYm Fy\n", "foobar", 6 },
    { "+/+/", "\xfb\xff\xbf", 3 },
    { "AAAA", "\0\0\0", 3 },
    { "Zg=\n=", "f", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = imp_base64_decode (cases[i].text, strlen (cases[i].text), 6, &error);
      gsize len;
      gconstpointer data;

      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &len);
      g_assert_cmpmem (data, len, cases[i].bytes, cases[i].len);
    }
}

/* Each of these g_base64_decode() takes without a word. */
static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    int code;
    const char *why;
  } cases[] = {
    { "Zm9", IMP_ERROR_UNREADABLE, "cut off" },
    { "Zm9vY", IMP_ERROR_UNREADABLE, "cut off" },
    { "Zg=", IMP_ERROR_UNREADABLE, "cut off" },
    { "Zm9v!mFy", IMP_ERROR_UNREADABLE, "character 5" },
    { "Zm-_", IMP_ERROR_UNREADABLE, "character 3" }, /* the alphabet of section 5 */
    { "Zg==Zg==", IMP_ERROR_UNREADABLE, "character 5" },
    { "Zg=v", IMP_ERROR_UNREADABLE, "character 4" },
    { "Z===", IMP_ERROR_UNREADABLE, "character 2" },
    { "====", IMP_ERROR_UNREADABLE, "character 1" },
    { "Zg===", IMP_ERROR_UNREADABLE, "character 5" },
    { "data:;base64,Zg==", IMP_ERROR_UNREADABLE, "character 5" },
    { "Zm9vYmFyZg==", IMP_ERROR_LIMIT, "ceiling" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (imp_base64_decode (cases[i].text, strlen (cases[i].text), 6, &error));
      g_assert_error (error, IMP_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].why));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/base64/good", test_good);
  g_test_add_func ("/importer/base64/bad", test_bad);
  return g_test_run ();
}
