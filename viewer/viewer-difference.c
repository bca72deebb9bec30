/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-difference.h"

#define MAX_MARKED 64

static guint
bit_count (guint64 mask)
{
  guint n = 0;

  for (; mask != 0; mask &= mask - 1)
    n++;
  return n;
}

/* Position by position from the left, as somebody reads two numbers one above the other. */
static guint64
compare (const char *text, const char *other, guint *n_extra)
{
  guint64 mask = 0;
  guint at = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text), at++)
    {
      gboolean differs = *other == '\0' || g_utf8_get_char (text) != g_utf8_get_char (other);

      if (differs && at < MAX_MARKED)
        mask |= G_GUINT64_CONSTANT (1) << at;
      if (*other != '\0')
        other = g_utf8_next_char (other);
    }
  *n_extra = g_utf8_strlen (other, -1);
  return mask;
}

guint64
viewer_difference_mask (const char *text, const char *const *others, guint n_others)
{
  guint64 best = 0;
  guint best_distance = G_MAXUINT;

  if (text == NULL)
    return 0;
  for (guint i = 0; i < n_others; i++)
    {
      guint n_extra;
      guint64 mask = compare (text, others[i] ? others[i] : "", &n_extra);
      guint distance = bit_count (mask) + n_extra;

      if (distance < best_distance)
        {
          best_distance = distance;
          best = mask;
        }
    }
  return best;
}
