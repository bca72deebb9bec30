/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-cell.h"

#include <math.h>
#include <string.h>

#include "imp-text.h"

#define DAYS_1900 693594 /* g_date julian of 1899-12-30 */
#define DAYS_1904 695056
#define MAX_FORMAT_BYTES 80  /* that is told */
#define MAX_SERIAL 2958466.0 /* year 10000 */

/* ---- formats --------------------------------------------------------------------------------- */

/* "[h]", "[mm]": hours beyond 24. Not "[Red]", "[<5]". */
static gboolean
is_elapsed (const char *bracket)
{
  gsize n = strspn (bracket + 1, "hHmMsS");

  return n > 0 && bracket[1 + n] == ']';
}

/* ECMA-376 part 1, 18.8.30: without quoted words, colours and elapsed time, letters of dates. */
static gboolean
is_date_format (const char *format)
{
  gboolean is_quoted = FALSE;

  for (const char *p = format; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        is_quoted = !is_quoted;
      else if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '[' && !is_quoted)
        {
          const char *end = strchr (p, ']');

          /* hours beyond 24 are no time of the day */
          if (end == NULL || is_elapsed (p))
            return FALSE;
          p = end;
        }
      else if (!is_quoted && strchr ("yYdDhHsS", *p) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The formats that need no entry, with those of Japanese ones. */
static gboolean
is_date_number (int id)
{
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 ||
         (id >= 50 && id <= 58);
}

/* ECMA-376 part 1, 18.8.31: whether it shows anything but digits and their signs. A comma that no
 * digit follows divides by a thousand. */
static gboolean
says_more_than_digits (const char *format)
{
  if (g_ascii_strcasecmp (format, "General") == 0)
    return FALSE;
  for (const char *p = format; *p != '\0'; p++)
    {
      if ((*p == '_' || *p == '*') && p[1] != '\0')
        p = g_utf8_next_char (p + 1) - 1; /* as wide as the next, filled with the next */
      else if (*p == '[' && p[1] != '$' && !is_elapsed (p))
        p += strcspn (p, "]") - (strchr (p, ']') == NULL);
      else if (*p == ',' && (p[1] == '\0' || strchr ("0#?", p[1]) == NULL))
        return TRUE;
      else if (strchr ("0#?.,+-() ;@/Ee", *p) == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Formats without an entry: 18.8.30. */
static const char *
known_format (int id)
{
  return id == 9 ? "0%" : id == 10 ? "0.00%" : NULL;
}

void
imp_cell_style_init (ImpCellStyle *self, int id, const char *format)
{
  *self =
      (ImpCellStyle){ .is_date = format != NULL ? is_date_format (format) : is_date_number (id) };
  if (format == NULL)
    format = known_format (id);
  if (!self->is_date && format != NULL && says_more_than_digits (format))
    self->told = g_strndup (format, imp_text_cut_string (format, MAX_FORMAT_BYTES));
}

void
imp_cell_style_clear (gpointer data)
{
  g_free (((ImpCellStyle *) data)->told);
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* (transfer full) (nullable): days and their fraction as a date and time. */
static char *
date_of (gboolean is_1904, const char *value)
{
  char *end;
  double serial = g_ascii_strtod (value, &end);
  gint64 seconds;
  GDate date;

  if (end == value || *end != '\0' || !(serial >= 0) || serial >= MAX_SERIAL)
    return NULL;
  /* 1900 is a leap year there. */
  if (!is_1904 && serial < 60)
    serial += serial >= 1 ? 1 : 0;
  seconds = (gint64) round (serial * 86400);
  if (seconds < 86400 && !is_1904)
    return g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (seconds / 86400 + (is_1904 ? DAYS_1904 : DAYS_1900)));
  if (seconds % 86400 == 0)
    return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                            g_date_get_day (&date));
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_get_year (&date),
                          g_date_get_month (&date), g_date_get_day (&date),
                          (int) (seconds / 3600 % 24), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

char *
imp_cell_number (const ImpCellStyle *style, gboolean is_1904, const char *value)
{
  char *date = style != NULL && style->is_date ? date_of (is_1904, value) : NULL;

  if (date != NULL)
    return date;
  return style != NULL && style->told != NULL && *value != '\0'
             ? g_strdup_printf ("%s［書式：%s］", value, style->told)
             : g_strdup (value);
}

void
imp_cell_put (ImpFlow *flow, const char *text, const ImpCellStyle *style)
{
  flow->n_struck += style != NULL && style->is_struck;
  flow->font = style != NULL ? style->font : IMP_FONT_OF_LETTERS;
  imp_flow_put (flow, text, strlen (text));
  flow->n_struck = 0;
  flow->font = IMP_FONT_OF_LETTERS;
}

void
imp_cell_put_title (ImpFlow *flow, const char *title, gboolean is_hidden)
{
  g_autofree char *line =
      g_strdup_printf ("［%s%s］", title != NULL ? title : "", is_hidden ? "（非表示）" : "");

  g_strdelimit (line, "\r\n\t", ' ');
  imp_flow_put (flow, line, strlen (line));
  imp_flow_line (flow);
}
