/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-counts.h"

#include <string.h>

/* Behind the closing quote of the string that begins at @p, or %NULL when it does not end. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : NULL;
}

static const char *
skip_blanks (const char *p)
{
  return p + strspn (p, " \t\r\n");
}

static gboolean
is_named (const char *begin, const char *end, const char *name)
{
  return (gsize) (end - begin - 2) == strlen (name) &&
         strncmp (begin + 1, name, end - begin - 2) == 0;
}

gboolean
viewer_counts_get (const char *json, const char *name, guint64 *value)
{
  int depth = 0;
  const char *p = json;

  while (*p != '\0')
    {
      const char *end;

      if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      if (*p != '"')
        {
          p++;
          continue;
        }
      end = skip_string (p);
      if (end == NULL)
        return FALSE;
      if (depth == 1 && is_named (p, end, name) && *skip_blanks (end) == ':')
        {
          const char *digits = skip_blanks (skip_blanks (end) + 1);
          char *rest;

          if (!g_ascii_isdigit (*digits))
            return FALSE;
          *value = g_ascii_strtoull (digits, &rest, 10);
          return *rest != '.' && *rest != 'e' && *rest != 'E';
        }
      p = end;
    }
  return FALSE;
}
