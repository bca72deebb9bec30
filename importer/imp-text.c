/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-text.h"

#include <string.h>

gsize
imp_text_cut (ImpText text, gsize max)
{
  gsize len = text.len;

  if (len <= max)
    return len;
  len = max;
  while (len > 0 && ((guchar) text.text[len] & 0xC0) == 0x80)
    len--;
  return len;
}

gsize
imp_text_cut_string (const char *text, gsize max)
{
  return imp_text_cut ((ImpText){ text, strlen (text) }, max);
}

/* Not strspn(): it looks through all of a long text where strings are checked strictly. */
gsize
imp_text_run (const char *text, const char *blanks, gboolean is_blank)
{
  gsize n = 0;

  while (text[n] != '\0' && (strchr (blanks, text[n]) != NULL) == is_blank)
    n++;
  return n;
}

static gboolean
turns_writing (const char *at)
{
  const guchar *bytes = (const guchar *) at;

  return bytes[0] == 0xe2 && ((bytes[1] == 0x80 && bytes[2] >= 0xaa && bytes[2] <= 0xae) ||
                              (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9));
}

char *
imp_text_unturned (const char *text)
{
  const char *from = text;
  GString *out = NULL;

  for (const char *at = strchr (text, '\xe2'); at != NULL; at = strchr (at, '\xe2'))
    {
      if (!turns_writing (at))
        {
          at++;
          continue;
        }
      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_len (out, from, at - from);
      from = at += 3;
    }
  if (out == NULL)
    return NULL;
  g_string_append (out, from);
  return g_string_free (out, FALSE);
}
