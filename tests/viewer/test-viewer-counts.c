/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-counts.h"

static void
test_get (void)
{
  static const struct
  {
    const char *json, *name;
    gboolean found;
    guint64 value;
  } cases[] = {
    { "{\"files\":12,\"files_read\" : 9}", "files", TRUE, 12 },
    { "{\"files\":12,\"files_read\" : 9}", "files_read", TRUE, 9 },
    { "{\"files\":12}", "file", FALSE, 0 },
    { "{\"inner\":{\"files\":3},\"files\":12}", "files", TRUE, 12 }, /* only the outermost */
    { "{\"inner\":{\"files\":3}}", "files", FALSE, 0 },
    { "{\"a\":\"files\",\"files\":7}", "files", TRUE, 7 },           /* a value is no name */
    { "{\"a\":\"\\\"files\\\":5\",\"files\":7}", "files", TRUE, 7 },
    { "{\"files\":1.5}", "files", FALSE, 0 },
    { "{\"files\":-1}", "files", FALSE, 0 },
    { "{\"files\":\"12\"}", "files", FALSE, 0 },
    { "{\"files\":18446744073709551615}", "files", TRUE, G_MAXUINT64 },
    { "{\"files", "files", FALSE, 0 },
    { "{\"files\"", "files", FALSE, 0 },
    { "{\"files\":", "files", FALSE, 0 },
    { "", "files", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 value = 0;

      g_assert_cmpint (viewer_counts_get (cases[i].json, cases[i].name, &value), ==,
                       cases[i].found);
      if (cases[i].found)
        g_assert_cmpuint (value, ==, cases[i].value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/counts/get", test_get);
  return g_test_run ();
}
