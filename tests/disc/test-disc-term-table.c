/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-format.h"
#include "disc-term-table.h"

static guint32
number (DiscTermTable *table, const char *text, gboolean expect_new)
{
  gboolean is_new = !expect_new;
  guint32 result = disc_term_table_number (table, text, strlen (text), &is_new);

  g_assert_cmpint (is_new, ==, expect_new);
  return result;
}

static void
test_numbers (void)
{
  g_autoptr (DiscTermTable) table = disc_term_table_new (1);

  g_assert_cmpuint (number (table, "アムロジピン錠５ｍｇ", TRUE), ==, 1);
  g_assert_cmpuint (number (table, "アムロジピン錠２．５ｍｇ", TRUE), ==, 2);
  g_assert_cmpuint (number (table, "アムロジピン錠５ｍｇ", FALSE), ==, 1);
  g_assert_cmpuint (number (table, "a", TRUE), ==, 3);
  g_assert_cmpuint (number (table, "ab", TRUE), ==, 4);
  g_assert_cmpuint (number (table, "a", FALSE), ==, 3);
  g_assert_cmpuint (disc_term_table_n (table), ==, 4);
}

/* Through every growth of the table, up to the ceiling and beyond. */
static void
test_ceiling (void)
{
  g_autoptr (DiscTermTable) table = disc_term_table_new (G_GUINT64_CONSTANT (0xfedcba9876543210));
  char text[16];

  for (guint i = 1; i <= DISC_TERMS_MAX; i++)
    {
      g_snprintf (text, sizeof text, "項目%u", i);
      g_assert_cmpuint (number (table, text, TRUE), ==, i);
    }

  g_assert_cmpuint (number (table, "もう一つ", TRUE), ==, 0);
  g_assert_cmpuint (disc_term_table_n (table), ==, DISC_TERMS_MAX);
  for (guint i = 1; i <= DISC_TERMS_MAX; i += 9973)
    {
      g_snprintf (text, sizeof text, "項目%u", i);
      g_assert_cmpuint (number (table, text, FALSE), ==, i);
    }
}

static void
test_lengths (void)
{
  g_autoptr (DiscTermTable) table = disc_term_table_new (7);
  g_autofree char *longest = g_strnfill (DISC_TERM_MAX_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (DISC_TERM_MAX_BYTES + 1, 'x');
  guint n = DISC_TERMS_MAX_BYTES / DISC_TERM_MAX_BYTES;

  g_assert_cmpuint (number (table, too_long, TRUE), ==, 0);
  g_assert_cmpuint (number (table, longest, TRUE), ==, 1);

  /* All bytes are used up by the longest terms; nothing more fits. */
  for (guint i = 2; i <= n; i++)
    {
      g_snprintf (longest, DISC_TERM_MAX_BYTES, "%u", i);
      longest[strlen (longest)] = 'x';
      g_assert_cmpuint (number (table, longest, TRUE), ==, i);
    }
  g_assert_cmpuint (number (table, too_long + 1, FALSE), ==, 1);
  too_long[1] = 'y';
  g_assert_cmpuint (number (table, too_long + 1, TRUE), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/term-table/numbers", test_numbers);
  g_test_add_func ("/disc/term-table/ceiling", test_ceiling);
  g_test_add_func ("/disc/term-table/lengths", test_lengths);
  return g_test_run ();
}
