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
