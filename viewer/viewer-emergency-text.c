/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-emergency-text.h"

#include <string.h>

#include "disc-emergency.h"

#define ALL_CHARS (DISC_EMERGENCY_GROUPS * DISC_EMERGENCY_GROUP_CHARS)
#define CHARACTER_MAX_BYTES 6

/* A right group for each place: with these behind it, a part of a key can be checked like a whole. */
static const char *const fillers[DISC_EMERGENCY_GROUPS] = { "00005", "0000A", "0000F", "0000M",
                                                            "0000H", "0000Y", "0000V" };

/* As disc_emergency_check() passes over them. */
static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         c == 0x2212 || c == 0x30FC || c == 0xFF70;
}

guint
viewer_emergency_n_characters (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += is_between (g_utf8_get_char (p)) ? 0 : 1;
  return n;
}

guint
viewer_emergency_wrong_group (const char *text)
{
  guint n_groups = MIN (viewer_emergency_n_characters (text), ALL_CHARS) /
                   DISC_EMERGENCY_GROUP_CHARS;
  char whole[ALL_CHARS * CHARACTER_MAX_BYTES + 1];
  gsize len = 0;
  guint n = 0, wrong = 0;

  for (const char *p = text; *p != '\0' && n < n_groups * DISC_EMERGENCY_GROUP_CHARS;
       p = g_utf8_next_char (p))
    if (!is_between (g_utf8_get_char (p)))
      {
        gsize bytes = (gsize) (g_utf8_next_char (p) - p);

        memcpy (whole + len, p, bytes);
        len += bytes;
        n++;
      }
  for (guint group = n_groups; group < DISC_EMERGENCY_GROUPS; group++)
    {
      memcpy (whole + len, fillers[group], DISC_EMERGENCY_GROUP_CHARS);
      len += DISC_EMERGENCY_GROUP_CHARS;
    }
  whole[len] = '\0';
  disc_emergency_check (whole, &wrong);
  explicit_bzero (whole, sizeof whole);
  return wrong;
}
