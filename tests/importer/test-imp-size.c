/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes as people type them. */
#include "imp-size.h"

#include "imp-error.h"

static void
test_good (void)
{
  static const struct
  {
    const char *text;
    gint64 bytes;
  } cases[] = {
    { NULL, -1 },
    { "0", 0 },
    { "1500000", 1500000 },
    { "12B", 12 },
    { "1k", 1024 },
    { "800M", 838860800 },
    { "800MB", 838860800 },
    { "2G", G_GINT64_CONSTANT (2147483648) },
    { "2GiB", G_GINT64_CONSTANT (2147483648) },
    { "1.5G", 1610612736 },
    { "0.5K", 512 },
    { "1T", G_GINT64_CONSTANT (1099511627776) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 bytes = 99;

      g_assert_true (imp_size_parse (cases[i].text, &bytes, &error));
      g_assert_no_error (error);
      g_assert_cmpint (bytes, ==, cases[i].bytes);
    }
}

static void
test_bad (void)
{
  static const char *const cases[] = { "",    "x",   "-1",    "+1",    "G",
                                       "2X",  "2GG", "2iB",   "1e9",   "0x10",
                                       " 1",  "1 G", "2000T", "1.2.3", "99999999999999999999",
                                       "nan", "inf" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 bytes = 99;

      g_test_message ("“%s”", cases[i]);
      g_assert_false (imp_size_parse (cases[i], &bytes, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/size/good", test_good);
  g_test_add_func ("/importer/size/bad", test_bad);
  return g_test_run ();
}
