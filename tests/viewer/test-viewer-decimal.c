/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-decimal.h"

static const struct
{
  const char *newer, *older, *difference;
} cases[] = {
  { "6.8", "5.1", "+1.7" },
  { "2.41", "1.58", "+0.83" },
  { "134", "136", "−2" },
  { "9.8", "10.0", "−0.2" },
  { "8.42", "11.52", "−3.10" }, /* keeps the decimals it had */
  { "0.1", "0.30", "−0.20" },   /* as binary fractions this would be -0.19999999999999998 */
  { "10", "9.95", "+0.05" },
  { "100.05", "99", "+1.05" },
  { "5.0", "5", "0" },
  { "-2", "-18.4", "+16.4" },
  { "-18.4", "2", "−20.4" },
  { "999999999999999", "-999999999999999", "+1999999999999998" },
  { "0.000000000000001", "999999999999999", NULL }, /* more digits than are kept */
  { "1234567890123456", "1", NULL },
  { "300>", "5", NULL },
  { "5", "< 0.5", NULL },
  { "2+", "1+", NULL },
  { "1:40", "1:20", NULL },
  { "1.3E+2", "1", NULL },
  { "5.", "1", NULL },
  { ".5", "1", NULL },
  { "1.2.3", "1", NULL },
  { "1,2", "1", NULL },
  { " 5", "1", NULL },
  { "５", "1", NULL }, /* full width: shown as written, not computed with */
  { "", "1", NULL },
  { "-", "1", NULL },
  { "±", "1", NULL },
  { NULL, "1", NULL },
};

static void
test_difference (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *difference = viewer_decimal_difference (cases[i].newer, cases[i].older);

      g_assert_cmpstr (difference, ==, cases[i].difference);
    }
}

static void
test_compare (void)
{
  g_assert_true (viewer_decimal_equal ("1.0", "1"));
  g_assert_true (viewer_decimal_equal ("007", "7.00"));
  g_assert_false (viewer_decimal_equal ("1.0", "1.01"));
  g_assert_false (viewer_decimal_equal ("1", "１"));
  g_assert_cmpint (viewer_decimal_compare ("0.5", "0.25"), ==, 1);
  g_assert_cmpint (viewer_decimal_compare ("-3", "2"), ==, -1);
  g_assert_cmpint (viewer_decimal_compare ("2.50", "2.5"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/decimal/difference", test_difference);
  g_test_add_func ("/viewer/decimal/compare", test_compare);
  return g_test_run ();
}
