/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-name-private.h"

#include <string.h>

#define STAMP_DIGITS 17

gboolean
imp_name_all_digits (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if (!g_ascii_isdigit (text.text[i]))
      return FALSE;
  return text.len > 0;
}

gboolean
imp_name_same_text (ImpText a, ImpText b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.text, b.text, a.len) == 0);
}

gboolean
imp_name_copy_text (ImpText text, char *out, gsize size)
{
  if (text.len >= size)
    return FALSE;
  if (text.len > 0)
    memcpy (out, text.text, text.len);
  out[text.len] = '\0';
  return TRUE;
}

/* Printable bytes; Japanese in any encoding is allowed. */
gboolean
imp_name_has_control (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if ((guint8) text.text[i] < 0x20 || text.text[i] == 0x7F)
      return TRUE;
  return FALSE;
}

/* A backslash separates folders in archives made on Windows, but is the second byte of many CP932
 * characters (SS-MIX2 spec 1.4): only in UTF-8 is it certain which. */
gboolean
imp_name_split_path (const char *path, ImpNamePath *out)
{
  gsize len = strlen (path);
  gboolean has_backslash = memchr (path, '\\', len) != NULL && g_utf8_validate (path, -1, NULL);
  const char *end = path + len;
  const char *p = path;

  out->n = 0;
  while (p < end)
    {
      const char *stop = p;
      ImpText part;

      while (stop < end && *stop != '/' && !(has_backslash && *stop == '\\'))
        stop++;
      part = (ImpText) { p, (gsize) (stop - p) };
      p = stop < end ? stop + 1 : stop;
      if (part.len == 0 || imp_text_equal (part, "."))
        continue;
      if (out->n == IMP_MAX_DEPTH)
        return FALSE;
      out->parts[out->n++] = part;
    }
  return out->n > 0;
}

gboolean
imp_name_has_date_shape (ImpText text)
{
  return imp_text_equal (text, "-") || (text.len == 8 && imp_name_all_digits (text));
}

static guint
read_number (const char *digits, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value * 10 + (guint) (digits[i] - '0');
  return value;
}

/* A folder of digits may also be a patient's: only a day that exists is taken for a care date. */
gboolean
imp_name_is_care_date (ImpText text)
{
  guint year;

  if (!imp_name_has_date_shape (text) || text.len == 1)
    return text.len == 1 && text.text[0] == '-';
  year = read_number (text.text, 4);
  return year >= 1900 && year < 2200 &&
         g_date_valid_dmy ((GDateDay) read_number (text.text + 6, 2),
                           (GDateMonth) read_number (text.text + 4, 2), (GDateYear) year);
}

/* Cut, not rounded, and never refused for its length (SS-MIX2 spec 2.1): a shorter stamp is padded
 * with zeros so that two of them compare as text. */
gboolean
imp_name_read_timestamp (ImpText text, ImpName *out)
{
  if (text.len < 8 || text.len > 20 || !imp_name_all_digits (text) ||
      !imp_name_copy_text (text, out->timestamp, sizeof out->timestamp))
    return FALSE;
  memset (out->sort_stamp, '0', STAMP_DIGITS);
  memcpy (out->sort_stamp, text.text, text.len);
  out->sort_stamp[MAX (text.len, STAMP_DIGITS)] = '\0';
  return TRUE;
}

/* An id too long to be one still tells two patients apart: what does not fit becomes its checksum. */
void
imp_name_copy_id (ImpText text, char *out, gsize size)
{
  g_autofree char *sum = NULL;

  if (imp_name_copy_text (text, out, size))
    return;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text.text, text.len);
  g_snprintf (out, size, "~%.16s", sum);
}

/* How many of the folders above the patient's are prefixes of the id. They are only for walking
 * (SS-MIX2 spec 1.1): normally the id's characters 1-3 and 4-6, fewer in short ids; else two folders
 * that short. */
guint
imp_name_count_prefixes (const ImpNamePath *path, guint n, ImpText patient)
{
  for (guint count = 2; count > 0; count--)
    {
      gsize done = 0;
      gboolean fits = n >= count;

      for (guint i = 0; fits && i < count; i++)
        {
          ImpText part = path->parts[n - count + i];

          fits = part.len <= 3 && done + part.len <= patient.len &&
                 memcmp (part.text, patient.text + done, part.len) == 0;
          done += part.len;
        }
      if (fits)
        return count;
    }
  return n >= 2 && path->parts[n - 1].len <= 3 && path->parts[n - 2].len <= 3 ? 2 : 0;
}

/* Two roots must never get one name: what does not fit is told apart by its checksum. */
void
imp_name_copy_root (const ImpNamePath *path, guint n, char *out, gsize size)
{
  g_autoptr (GString) root = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (root, '/');
      g_string_append_len (root, path->parts[i].text, (gssize) path->parts[i].len);
    }
  if (root->len >= size)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, root->str, -1);
      const char *stop;

      g_string_truncate (root, size - 20);
      if (!g_utf8_validate_len (root->str, root->len, &stop) && root->len - (stop - root->str) < 4)
        g_string_truncate (root, (gsize) (stop - root->str));
      g_string_append_c (root, '~');
      g_string_append_len (root, sum, 16);
    }
  memcpy (out, root->str, root->len + 1);
}
