/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-difference.h"

/* Bit n of a mask as a mark below character n. */
static void
test_mask (void)
{
  static const struct
  {
    const char *text;
    const char *others[3];
    const char *marks;
  } cases[] = {
    { "0004512338", { "0004521338" }, "     ^^" },
    { "0004521338", { "0004512338", "0001187204" }, "     ^^" }, /* the nearest one counts */
    { "1948-04-05", { "1948-04-25" }, "        ^" },
    { "1951-12-30", { "1948-04-05", "1948-04-25" }, "  ^^ ^^ ^^" },
    { "渡邊　千鶴子", { "渡辺　千鶴子" }, " ^" },
    { "123", { "12" }, "  ^" },
    { "12", { "123" }, "" },          /* nothing of its own differs; the other one is marked */
    { "12", { "12" }, "" },
    { "12", { NULL }, "^^" },
    { "", { "12" }, "" },
    { NULL, { "12" }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = 1;
      guint64 expected = 0;

      while (n < 3 && cases[i].others[n] != NULL)
        n++;
      for (guint k = 0; cases[i].marks[k] != '\0'; k++)
        if (cases[i].marks[k] == '^')
          expected |= G_GUINT64_CONSTANT (1) << k;
      g_assert_cmphex (viewer_difference_mask (cases[i].text, cases[i].others, n), ==, expected);
    }
  g_assert_cmphex (viewer_difference_mask ("12", NULL, 0), ==, 0);
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (200, 'a');
  g_autofree char *other = g_strnfill (200, 'b');
  const char *others[] = { other };

  /* Only 64 characters can be marked; a longer text is no error. */
  g_assert_cmphex (viewer_difference_mask (text, others, 1), ==, G_MAXUINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/difference/mask", test_mask);
  g_test_add_func ("/viewer/difference/long", test_long);
  return g_test_run ();
}
