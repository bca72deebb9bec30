/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-quantity.h"

#include <string.h>

#define MAX_CHARACTERS (DISC_QUANTITY_MAX_DIGITS + 16)

/* What a value says about the number in it. */
typedef enum
{
  IS_NUMBER,
  IS_LESS,
  IS_LESS_EQUAL,
  IS_GREATER,
  IS_GREATER_EQUAL,
  IS_OPEN, /* a sign behind the number: which side is meant, systems disagree */
  IS_TEXT,
} Says;

/* Digits without leading and trailing zeros: two equal numbers have equal ones. */
typedef struct
{
  gboolean is_negative;
  char digits[DISC_QUANTITY_MAX_DIGITS];
  guint n_whole; /* of them before the point */
  guint n;
} Decimal;

typedef struct
{
  const char *text;
  Says says;
} Word;

static const Word before[] = {
  { "<=", IS_LESS_EQUAL },
  { ">=", IS_GREATER_EQUAL },
  { "<", IS_LESS },
  { ">", IS_GREATER },
};

static const Word behind[] = {
  { "未満", IS_LESS },       { "ミマン", IS_LESS },
  { "以下", IS_LESS_EQUAL }, { "以上", IS_GREATER_EQUAL },
  { "超", IS_GREATER },      { "<=", IS_OPEN },
  { ">=", IS_OPEN },         { "<", IS_OPEN },
  { ">", IS_OPEN },
};

/* One character of any width as this file reads it. */
static void
append_plain (GString *out, gunichar c)
{
  if (c >= 0xFF10 && c <= 0xFF19)
    g_string_append_c (out, (char) ('0' + (c - 0xFF10)));
  else if (c == 0xFF0E)
    g_string_append_c (out, '.');
  else if (c == 0xFF0D || c == 0x2212)
    g_string_append_c (out, '-');
  else if (c == 0xFF1C)
    g_string_append_c (out, '<');
  else if (c == 0xFF1E)
    g_string_append_c (out, '>');
  else if (c == 0xFF1D)
    g_string_append_c (out, '=');
  else if (c == 0x2264 || c == 0x2266)
    g_string_append (out, "<=");
  else if (c == 0x2265 || c == 0x2267)
    g_string_append (out, ">=");
  else if (c == 0x3000)
    g_string_append_c (out, ' ');
  else
    g_string_append_unichar (out, c);
}

/* Outer blanks gone; "" where it is too long, or not UTF-8, to be a number. */
static char *
plain_text (const char *value)
{
  GString *out = g_string_new (NULL);
  gsize n = 0;

  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if (c == (gunichar) -1 || c == (gunichar) -2 || ++n > MAX_CHARACTERS)
        {
          g_string_truncate (out, 0);
          break;
        }
      append_plain (out, c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static gboolean
add_digits (Decimal *out, const char *digits, gsize n)
{
  if (out->n + n > DISC_QUANTITY_MAX_DIGITS)
    return FALSE;
  memcpy (out->digits + out->n, digits, n);
  out->n += (guint) n;
  return TRUE;
}

static gboolean
read_decimal (const char *text, gsize len, Decimal *out)
{
  static const char all_digits[] = "0123456789";
  const char *end = text + len;
  gsize n_whole, n_part;

  *out = (Decimal){ .is_negative = len > 0 && *text == '-' };
  if (out->is_negative)
    text++;
  n_whole = MIN (strspn (text, all_digits), (gsize) (end - text));
  if (n_whole == 0)
    return FALSE;
  while (n_whole > 0 && *text == '0')
    {
      text++;
      n_whole--;
    }
  if (!add_digits (out, text, n_whole))
    return FALSE;
  out->n_whole = out->n;
  text += n_whole;
  if (text < end)
    {
      if (*text++ != '.')
        return FALSE;
      n_part = MIN (strspn (text, all_digits), (gsize) (end - text));
      if (n_part == 0 || text + n_part != end || !add_digits (out, text, n_part))
        return FALSE;
    }
  while (out->n > out->n_whole && out->digits[out->n - 1] == '0')
    out->n--;
  if (out->n == 0)
    out->is_negative = FALSE; /* -0 */
  return TRUE;
}

static Says
read_value (const char *value, Decimal *number)
{
  g_autofree char *text = plain_text (value);
  const char *at = text;
  gsize len;
  Says says = IS_NUMBER;

  for (guint i = 0; i < G_N_ELEMENTS (before) && says == IS_NUMBER; i++)
    if (g_str_has_prefix (at, before[i].text))
      {
        says = before[i].says;
        at += strlen (before[i].text);
        at += strspn (at, " ");
      }
  len = strlen (at);
  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (g_str_has_suffix (at, behind[i].text))
      {
        if (says != IS_NUMBER)
          return IS_TEXT; /* two of them contradict each other, or mean something else */
        says = behind[i].says;
        len -= strlen (behind[i].text);
        while (len > 0 && at[len - 1] == ' ')
          len--;
        break;
      }
  return read_decimal (at, len, number) ? says : IS_TEXT;
}

static int
order_magnitudes (const Decimal *a, const Decimal *b)
{
  int order;

  if (a->n_whole != b->n_whole)
    return a->n_whole < b->n_whole ? -1 : 1;
  order = memcmp (a->digits, b->digits, MIN (a->n, b->n));
  if (order != 0)
    return order < 0 ? -1 : 1;
  return (a->n > b->n) - (a->n < b->n);
}

static int
order_decimals (const Decimal *a, const Decimal *b)
{
  if (a->is_negative != b->is_negative)
    return a->is_negative ? -1 : 1;
  return a->is_negative ? order_magnitudes (b, a) : order_magnitudes (a, b);
}

static gboolean
holds (DiscOperator op, int order)
{
  switch (op)
    {
    case DISC_OPERATOR_GREATER_EQUAL:
      return order >= 0;
    case DISC_OPERATOR_LESS_EQUAL:
      return order <= 0;
    case DISC_OPERATOR_GREATER:
      return order > 0;
    case DISC_OPERATOR_LESS:
      return order < 0;
    case DISC_OPERATOR_EQUAL:
      return order == 0;
    case DISC_OPERATOR_NONE:
    default:
      return TRUE;
    }
}

/* A value lies on one side of its bound: what all numbers there have in common is certain. @order:
 * of the bound to the number that is asked for. */
static DiscComparison
check_bound (Says says, DiscOperator op, int order)
{
  gboolean is_above = says == IS_GREATER || says == IS_GREATER_EQUAL;
  gboolean is_sharp = says == IS_GREATER || says == IS_LESS; /* the bound itself is not one */
  int far = is_above ? 1 : -1;
  gboolean at_far = holds (op, far); /* on that side without end */
  gboolean meets;                    /* the number asked for may be one of them */

  /* All of them are on the far side of the number when the bound is. */
  meets = order == -far || (order == 0 && !is_sharp);
  if (!meets)
    return at_far ? DISC_COMPARISON_YES : DISC_COMPARISON_NO;
  /* From the number itself on: one answer for it and for all behind it. */
  if (order == 0)
    return holds (op, 0) == at_far ? (at_far ? DISC_COMPARISON_YES : DISC_COMPARISON_NO)
                                   : DISC_COMPARISON_OPEN;
  return DISC_COMPARISON_OPEN;
}

DiscComparison
disc_quantity_compare (const char *value, DiscOperator op, const char *number)
{
  Decimal of_value, asked;
  Says says;

  if (op == DISC_OPERATOR_NONE)
    return DISC_COMPARISON_YES;
  if (value == NULL || number == NULL || read_value (number, &asked) != IS_NUMBER)
    return DISC_COMPARISON_TEXT;
  says = read_value (value, &of_value);
  if (says == IS_TEXT)
    return DISC_COMPARISON_TEXT;
  if (says == IS_OPEN)
    return DISC_COMPARISON_OPEN;
  if (says != IS_NUMBER)
    return check_bound (says, op, order_decimals (&of_value, &asked));
  return holds (op, order_decimals (&of_value, &asked)) ? DISC_COMPARISON_YES : DISC_COMPARISON_NO;
}

gboolean
disc_quantity_is_number (const char *text)
{
  Decimal number;

  return text != NULL && read_value (text, &number) == IS_NUMBER;
}

int
disc_quantity_order (const char *a, const char *b)
{
  Decimal x, y;

  if (a == NULL || b == NULL || read_value (a, &x) != IS_NUMBER || read_value (b, &y) != IS_NUMBER)
    return 0;
  return order_decimals (&x, &y);
}
