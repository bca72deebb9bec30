/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables worked out by hand: which results are certainly above, below or at a number. */
#include "config.h"

#include "disc-quantity.h"

#define GE DISC_OPERATOR_GREATER_EQUAL
#define LE DISC_OPERATOR_LESS_EQUAL
#define GT DISC_OPERATOR_GREATER
#define LT DISC_OPERATOR_LESS
#define EQ DISC_OPERATOR_EQUAL
#define YES DISC_COMPARISON_YES
#define NO DISC_COMPARISON_NO
#define OPEN DISC_COMPARISON_OPEN
#define TEXT DISC_COMPARISON_TEXT

typedef struct
{
  const char *value;
  DiscOperator op;
  const char *number;
  DiscComparison expected;
} Case;

static void
check (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      DiscComparison found = disc_quantity_compare (cases[i].value, cases[i].op, cases[i].number);

      if (found != cases[i].expected)
        g_error ("case %" G_GSIZE_FORMAT ": %s %d %s gives %d, not %d", i, cases[i].value,
                 cases[i].op, cases[i].number, found, cases[i].expected);
    }
}

static void
test_numbers (void)
{
  static const Case cases[] = {
    { "6.0", GE, "6.0", YES },
    { "6.00", GE, "6.0", YES },
    { "6", GE, "6.0", YES },
    { "6.0", GE, "6", YES },
    { "5.9", GE, "6.0", NO },
    { "5.99999999999999999999", GE, "6.0", NO }, /* 6.0 as a double */
    { "6.00000000000000000001", GT, "6.0", YES },
    { "10.0", GE, "6.0", YES }, /* by letters it would come before */
    { "9.9", GE, "10", NO },
    { "06.1", GE, "6.0", YES },
    { "06.1", EQ, "6.1", YES },
    { "6.1", GT, "6.1", NO },
    { "6.1", LT, "6.1", NO },
    { "6.1", LE, "6.10", YES },
    { "6.01", LT, "6.1", YES },
    { "0.3", EQ, "0.30", YES },
    { "0", EQ, "-0.0", YES },
    { "-3", LT, "0", YES },
    { "-3.5", LT, "-3", YES },
    { "-3", GE, "-3.5", YES },
    { "-10", LT, "-9", YES },
    { "-1", GE, "0.5", NO },
    { "0.05", LT, "0.1", YES },
    { "100", GT, "20", YES },
    { "123456789012345678901234567890", GT, "123456789012345678901234567889", YES },
    { " 6.8 ", GE, "6", YES },
    { "　6.8", GE, "6", YES },
    /* as written in full width, and typed so */
    { "６．８", GE, "6.0", YES },
    { "５．８", GE, "６．０", NO },
    { "－３", LT, "0", YES },
    { "−3", LT, "0", YES },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_bounds (void)
{
  static const Case cases[] = {
    { "<0.1", LT, "6", YES },
    { "<0.1", LE, "6", YES },
    { "<0.1", GE, "6", NO },
    { "<0.1", GE, "0.1", NO },
    { "<0.1", LT, "0.1", YES },
    { "<0.1", LE, "0.1", YES },
    { "<0.1", GT, "0.1", NO },
    { "<0.1", EQ, "0.1", NO },
    { "<0.1", GE, "0.05", OPEN },
    { "<0.1", LT, "0.05", OPEN },
    { "<0.1", EQ, "0.05", OPEN },
    { "<0.1", EQ, "0.2", NO },
    { ">300", GE, "300", YES },
    { ">300", GT, "300", YES },
    { ">300", LE, "300", NO },
    { ">300", LT, "300", NO },
    { ">300", EQ, "300", NO },
    { ">300", GE, "6", YES },
    { ">300", GE, "400", OPEN },
    { ">300", LT, "400", OPEN },
    { ">300", EQ, "400", OPEN },
    { ">300", EQ, "100", NO },
    { ">=6", GE, "6", YES },
    { ">=6", GT, "6", OPEN },
    { ">=6", LT, "6", NO },
    { ">=6", LE, "6", OPEN },
    { ">=6", EQ, "6", OPEN },
    { "<=6", LE, "6", YES },
    { "<=6", LT, "6", OPEN },
    { "<=6", GT, "6", NO },
    { "<=6", GE, "6", OPEN },
    /* other ways of writing */
    { "< 0.1", LT, "6", YES },
    { "＜０．１", LT, "6", YES },
    { "≦6", LE, "6", YES },
    { "≥6", GE, "6", YES },
    { "0.5未満", LT, "0.5", YES },
    { "0.5 ミマン", GE, "0.5", NO },
    { "300以上", GE, "300", YES },
    { "300以下", GT, "300", NO },
    { "300超", GT, "300", YES },
    /* behind the number it means less in some systems and more to a reader */
    { "300>", GE, "6", OPEN },
    { "300>", LT, "6", OPEN },
    { "100<", GE, "6", OPEN },
    { "100＜", LE, "6", OPEN },
    { "<-3", LT, "0", YES },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_texts (void)
{
  static const char *const texts[] = {
    "溶血",
    "再検",
    "",
    " ",
    "-",
    "+",
    "(1+)",
    "1+",
    "+3",
    "1:40",
    "1-2",
    "3/5",
    "6,8",
    "1,200",
    "6.",
    ".5",
    "6..8",
    "6.8.1",
    "1e3",
    "6.8H",
    "6.8 mmol/L",
    "6 8",
    "--3",
    "<",
    "<<3",
    "<3>",
    ">3未満",
    "未満",
    "六",
    "6.8\n7.0",
    "L0.5",
    "\xff",
    "6.8\xff",
    "NaN",
    "0x10",
    "00000000001111111111222222222233333333334", /* one digit more than is read: 41 ... */
  };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpint (disc_quantity_compare (texts[i], GE, "0"), ==, TEXT);
      g_assert_cmpint (disc_quantity_compare (texts[i], DISC_OPERATOR_NONE, NULL), ==, YES);
      g_assert_false (disc_quantity_is_number (texts[i]));
    }
  /* ... of which ten zeros in front count for nothing. */
  g_assert_cmpint (disc_quantity_compare (texts[G_N_ELEMENTS (texts) - 1], GE, "0"), ==, YES);
  g_assert_cmpint (disc_quantity_compare ("11111111112222222222333333333344444444445", GE, "0"), ==,
                   TEXT);
  g_assert_cmpint (disc_quantity_compare (NULL, GE, "0"), ==, TEXT);
  g_assert_cmpint (disc_quantity_compare ("6", GE, "<6"), ==, TEXT);
  g_assert_cmpint (disc_quantity_compare ("6", GE, NULL), ==, TEXT);
}

static void
test_order (void)
{
  static const struct
  {
    const char *a, *b;
    int order;
  } cases[] = {
    { "6.0", "6", 0 },     { "10.0", "6", 1 },    { "-10", "6", -1 },
    { "0.09", "0.1", -1 }, { "06.1", "6.10", 0 }, { "-2", "-3", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (disc_quantity_order (cases[i].a, cases[i].b), ==, cases[i].order);
      g_assert_cmpint (disc_quantity_order (cases[i].b, cases[i].a), ==, -cases[i].order);
    }
  g_assert_true (disc_quantity_is_number ("６．０"));
  g_assert_false (disc_quantity_is_number ("<6"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/quantity/numbers", test_numbers);
  g_test_add_func ("/disc/quantity/bounds", test_bounds);
  g_test_add_func ("/disc/quantity/texts", test_texts);
  g_test_add_func ("/disc/quantity/order", test_order);
  return g_test_run ();
}
