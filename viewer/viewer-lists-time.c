/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-model.h"

#include <string.h>

#include "disc-date.h"

#define MAX_TYPED 100
#define MAX_NUMBERS 5

typedef struct
{
  guint numbers[MAX_NUMBERS];
  guint digits[MAX_NUMBERS];
  guint n;
  gboolean has_colon;
} Typed;

/* Numbers, and what may stand between them; of any width. */
static gboolean
read_typed (const char *text, Typed *typed)
{
  static const char *const between[] = {
    "年", "月", "日", "時", "分", "/", "-", ".", ":", " ", "T"
  };
  g_autofree char *plain =
      strlen (text) < MAX_TYPED ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;

  *typed = (Typed){ .n = 0 };
  for (const char *at = plain; at != NULL && *at != '\0';)
    {
      gsize n = strspn (at, "0123456789");
      guint i = 0;

      if (n > 4 || (n > 0 && typed->n >= MAX_NUMBERS))
        return FALSE;
      if (n > 0)
        {
          typed->numbers[typed->n] = (guint) g_ascii_strtoull (at, NULL, 10);
          typed->digits[typed->n++] = (guint) n;
          at += n;
          continue;
        }
      while (i < G_N_ELEMENTS (between) && !g_str_has_prefix (at, between[i]))
        i++;
      if (i == G_N_ELEMENTS (between))
        return FALSE;
      typed->has_colon |= between[i][0] == ':' || strcmp (between[i], "時") == 0;
      at += strlen (between[i]);
    }
  return typed->n > 0;
}

/* The year in which that day is nearest to @base. */
static guint
year_near (const char *base, guint month, guint day)
{
  guint year = (guint) g_ascii_strtoull (base, NULL, 10), best = year;
  gint64 here = disc_date_to_day (base), least = G_MAXINT64;

  for (guint candidate = year - 1; candidate <= year + 1; candidate++)
    {
      g_autofree char *iso = g_strdup_printf ("%04u-%02u-%02u", candidate, month, day);
      gint64 far = disc_date_is_valid (iso) ? ABS (disc_date_to_day (iso) - here) : G_MAXINT64;

      if (far < least)
        {
          least = far;
          best = candidate;
        }
    }
  return best;
}

char *
viewer_lists_parse_time (const char *text, const char *base, gboolean with_hour)
{
  Typed typed;
  const guint *hour = NULL;
  guint n_time, used;
  g_autofree char *day = NULL;
  char *iso;

  if (!read_typed (text, &typed) || disc_list_day (base) == 0)
    return NULL;
  if (typed.digits[0] == 4 && typed.n >= 3)
    {
      day = g_strdup_printf ("%04u-%02u-%02u", typed.numbers[0], MIN (typed.numbers[1], 99),
                             MIN (typed.numbers[2], 99));
      used = 3;
    }
  else if (typed.n == 2 && typed.has_colon)
    {
      day = g_strndup (base, strlen ("2026-11-19"));
      used = 0;
    }
  else if (typed.n >= 2 && typed.digits[0] <= 2)
    {
      day = g_strdup_printf ("%04u-%02u-%02u",
                             year_near (base, typed.numbers[0], MIN (typed.numbers[1], 99)),
                             typed.numbers[0], MIN (typed.numbers[1], 99));
      used = 2;
    }
  else
    return NULL;

  n_time = typed.n - used;
  hour = typed.numbers + used;
  if (n_time > 2 || (n_time > 0 && !with_hour) || !disc_date_is_valid (day))
    return NULL;
  if (!with_hour)
    return g_steal_pointer (&day);
  iso = n_time > 0 ? g_strdup_printf ("%sT%02u:%02u", day, MIN (hour[0], 99),
                                      n_time > 1 ? MIN (hour[1], 99) : 0)
                   : g_strdup_printf ("%sT23:59", day);
  if (!disc_date_is_valid (iso))
    g_clear_pointer (&iso, g_free);
  return iso;
}

char *
viewer_lists_shift_day (const char *at, int days)
{
  g_autofree char *day = disc_date_from_day (disc_date_to_day (at) + days);

  return strlen (at) > strlen ("2026-11-19") ? g_strconcat (day, at + strlen ("2026-11-19"), NULL)
                                             : g_steal_pointer (&day);
}
