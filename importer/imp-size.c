/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-size.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"

#define MAX_BYTES (G_GINT64_CONSTANT (1) << 50)

/* Returns: 0 for one that is none */
static gint64
unit_of (const char *text)
{
  static const char letters[] = "KMGT";
  gint64 unit = 1;

  for (gsize i = 0; letters[i] != '\0'; i++)
    if (g_ascii_toupper (*text) == letters[i])
      {
        unit = G_GINT64_CONSTANT (1) << 10 * (i + 1);
        text++;
        break;
      }
  return *text == '\0' || g_ascii_strcasecmp (text, "B") == 0 ||
                 (unit > 1 && g_ascii_strcasecmp (text, "iB") == 0)
             ? unit
             : 0;
}

gboolean
imp_size_parse (const char *text, gint64 *out, GError **error)
{
  char *end = NULL;
  double number;
  gint64 unit;

  *out = -1;
  if (text == NULL)
    return TRUE;
  number = g_ascii_isdigit (*text) ? g_ascii_strtod (text, &end) : -1;
  unit = end != NULL ? unit_of (end) : 0;
  if (strspn (text, "0123456789.") == (gsize) (end != NULL ? end - text : -1) && unit > 0 &&
      number >= 0 && number * (double) unit <= (double) MAX_BYTES)
    {
      *out = (gint64) (number * (double) unit);
      return TRUE;
    }
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _ ("“%s” is no size: such as 800M or 2G"), text);
  return FALSE;
}
