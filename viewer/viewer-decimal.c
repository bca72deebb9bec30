/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-decimal.h"

/* Two numbers of so many digits, brought to one scale, differ by less than G_MAXINT64. */
#define MAX_DIGITS 15

typedef struct
{
  gint64 digits; /* the number without its point */
  guint scale;   /* digits behind the point */
} Decimal;

static gboolean
parse (const char *text, Decimal *out)
{
  gboolean is_negative = FALSE;
  gboolean has_point = FALSE;
  guint n_digits = 0;
  Decimal number = { 0, 0 };

  if (text == NULL)
    return FALSE;
  if (*text == '+' || *text == '-')
    is_negative = *text++ == '-';
  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !has_point && n_digits > 0)
        {
          has_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text) || n_digits == MAX_DIGITS)
        return FALSE;
      number.digits = number.digits * 10 + (*text - '0');
      number.scale += has_point ? 1 : 0;
      n_digits++;
    }
  if (n_digits == 0 || (has_point && number.scale == 0))
    return FALSE;
  if (is_negative)
    number.digits = -number.digits;
  *out = number;
  return TRUE;
}

/* To one scale; FALSE when that takes more digits than are kept. */
static gboolean
align (Decimal *number, guint scale)
{
  static const gint64 limit = G_GINT64_CONSTANT (999999999999999999);

  for (; number->scale < scale; number->scale++)
    {
      if (number->digits > limit / 10 || number->digits < -(limit / 10))
        return FALSE;
      number->digits *= 10;
    }
  return TRUE;
}

static gboolean
parse_pair (const char *a, const char *b, Decimal *x, Decimal *y)
{
  if (!parse (a, x) || !parse (b, y))
    return FALSE;
  return align (x, y->scale) && align (y, x->scale);
}

gboolean
viewer_decimal_is_plain (const char *text)
{
  Decimal number;

  return parse (text, &number);
}

char *
viewer_decimal_difference (const char *newer, const char *older)
{
  Decimal x, y;
  gint64 difference, magnitude, power = 1;
  const char *sign;

  if (!parse_pair (newer, older, &x, &y))
    return NULL;
  difference = x.digits - y.digits;
  if (difference == 0)
    return g_strdup ("0");
  sign = difference > 0 ? "+" : "−";
  magnitude = ABS (difference);
  if (x.scale == 0)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT, sign, magnitude);
  for (guint i = 0; i < x.scale; i++)
    power *= 10;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, sign, magnitude / power,
                          (int) x.scale, magnitude % power);
}

gboolean
viewer_decimal_equal (const char *a, const char *b)
{
  Decimal x, y;

  return parse_pair (a, b, &x, &y) && x.digits == y.digits;
}

int
viewer_decimal_compare (const char *a, const char *b)
{
  Decimal x, y;

  if (!parse_pair (a, b, &x, &y))
    return 0;
  return (x.digits > y.digits) - (x.digits < y.digits);
}

gboolean
viewer_decimal_to_double (const char *text, double *out)
{
  if (!viewer_decimal_is_plain (text))
    return FALSE;
  *out = g_ascii_strtod (text, NULL);
  return TRUE;
}
