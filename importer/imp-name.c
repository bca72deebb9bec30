/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-name.h"

#include <string.h>

#include "imp-limits.h"

#define N_PARTS 7
#define STAMP_DIGITS 17

/* SS-MIX2 spec 3.1 */
static const char *const data_types[] = {
  "ADT-00", "ADT-01", "ADT-12", "ADT-21", "ADT-22", "ADT-31", "ADT-32", "ADT-41", "ADT-42",
  "ADT-51", "ADT-52", "ADT-61", "OMD",    "OMG-01", "OMG-02", "OMG-03", "OMG-11", "OMG-12",
  "OMG-13", "OML-01", "OML-11", "OMP-01", "OMP-02", "OMP-11", "OMP-12", "PPR-01",
};

/* What file systems and file managers leave behind; no hospital data (SS-MIX2 spec 8.29). */
static const char *const litter[] = { "thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db" };

/* " - コピー" in UTF-8 and in CP932. */
static const char *const copy_marks[] = {
  " - \xE3\x82\xB3\xE3\x83\x94\xE3\x83\xBC",
  " - \x83\x52\x83\x73\x81\x5B",
  " - Copy",
};

gboolean
imp_name_is_data_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_types); i++)
    if (strcmp (data_types[i], type) == 0)
      return TRUE;
  return FALSE;
}

/* Slices of the path. The last one is the file; "." and empty parts are left out. */
typedef struct
{
  ImpText parts[IMP_MAX_DEPTH];
  guint n;
} Path;

static gboolean
all_digits (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if (!g_ascii_isdigit (text.text[i]))
      return FALSE;
  return text.len > 0;
}

static gboolean
same_text (ImpText a, ImpText b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.text, b.text, a.len) == 0);
}

static gboolean
copy_text (ImpText text, char *out, gsize size)
{
  if (text.len >= size)
    return FALSE;
  if (text.len > 0)
    memcpy (out, text.text, text.len);
  out[text.len] = '\0';
  return TRUE;
}

/* Printable bytes; Japanese in any encoding is allowed. */
static gboolean
has_control (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if ((guint8) text.text[i] < 0x20 || text.text[i] == 0x7F)
      return TRUE;
  return FALSE;
}

/* A backslash separates folders in archives made on Windows, but is the second byte of many CP932
 * characters (SS-MIX2 spec 1.4): only in UTF-8 is it certain which. */
static gboolean
split_path (const char *path, Path *out)
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

static gboolean
is_litter (ImpText name)
{
  for (guint i = 0; i < G_N_ELEMENTS (litter); i++)
    if (strlen (litter[i]) == name.len && g_ascii_strncasecmp (litter[i], name.text, name.len) == 0)
      return TRUE;
  return name.len > 2 && memcmp (name.text, "._", 2) == 0;
}

/* SS-MIX2 spec 7: TR_YYYYMMDDHHMMSSFFF_nnnnn.DAT */
static gboolean
is_transaction (ImpText name)
{
  return name.len > 7 && g_ascii_strncasecmp (name.text, "TR_", 3) == 0 &&
         g_ascii_strncasecmp (name.text + name.len - 4, ".DAT", 4) == 0;
}

static gboolean
has_date_shape (ImpText text)
{
  return imp_text_equal (text, "-") || (text.len == 8 && all_digits (text));
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
static gboolean
is_care_date (ImpText text)
{
  guint year;

  if (!has_date_shape (text) || text.len == 1)
    return text.len == 1 && text.text[0] == '-';
  year = read_number (text.text, 4);
  return year >= 1900 && year < 2200 &&
         g_date_valid_dmy ((GDateDay) read_number (text.text + 6, 2),
                           (GDateMonth) read_number (text.text + 4, 2), (GDateYear) year);
}

/* "OMP-01", " omd ": letters first, then letters, digits and hyphens. */
static gboolean
read_type (ImpText text, char *out, gsize size)
{
  text = imp_text_trim (text);
  if (text.len < 3 || text.len >= size || !g_ascii_isalpha (text.text[0]))
    return FALSE;
  for (gsize i = 0; i < text.len; i++)
    {
      if (!g_ascii_isalnum (text.text[i]) && text.text[i] != '-')
        return FALSE;
      out[i] = g_ascii_toupper (text.text[i]);
    }
  out[text.len] = '\0';
  return TRUE;
}

/* Cut, not rounded, and never refused for its length (SS-MIX2 spec 2.1): a shorter stamp is padded
 * with zeros so that two of them compare as text. */
static gboolean
read_timestamp (ImpText text, ImpName *out)
{
  if (text.len < 8 || text.len > 20 || !all_digits (text) ||
      !copy_text (text, out->timestamp, sizeof out->timestamp))
    return FALSE;
  memset (out->sort_stamp, '0', STAMP_DIGITS);
  memcpy (out->sort_stamp, text.text, text.len);
  out->sort_stamp[MAX (text.len, STAMP_DIGITS)] = '\0';
  return TRUE;
}

/* Takes parts from the right, as a patient id may hold '_' itself: flag, department, timestamp,
 * order, type, date; the rest is the id. */
static gboolean
read_file_name (ImpText name, ImpName *out)
{
  ImpText parts[N_PARTS];
  gsize end = name.len;

  for (int i = N_PARTS - 1; i > 0; i--)
    {
      gsize begin = end;

      while (begin > 0 && name.text[begin - 1] != '_')
        begin--;
      if (begin == 0)
        return FALSE;
      parts[i] = (ImpText) { name.text + begin, end - begin };
      end = begin - 1;
    }
  parts[0] = (ImpText) { name.text, end };

  if (parts[6].len != 1 || parts[6].text[0] < '0' || parts[6].text[0] > '2' ||
      parts[0].len == 0 || parts[3].len == 0 || !has_date_shape (parts[1]) || has_control (name))
    return FALSE;
  out->flag = parts[6].text[0];
  return copy_text (parts[0], out->patient, sizeof out->patient) &&
         copy_text (parts[1], out->care_date, sizeof out->care_date) &&
         read_type (parts[2], out->type, sizeof out->type) &&
         copy_text (parts[3], out->order_no, sizeof out->order_no) &&
         read_timestamp (parts[4], out) &&
         copy_text (parts[5], out->department, sizeof out->department);
}

/* An id too long to be one still tells two patients apart: what does not fit becomes its checksum. */
static void
copy_id (ImpText text, char *out, gsize size)
{
  g_autofree char *sum = NULL;

  if (copy_text (text, out, size))
    return;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text.text, text.len);
  g_snprintf (out, size, "~%.16s", sum);
}

/* Of a name that is not as it should be behind the data type, or has a part more or less: whose it is
 * and what. The type must be one of the known ones, or any text with underscores would be a name.
 * Nothing is read of what comes behind, so the state stays unknown. */
static void
read_damaged_name (ImpText name, ImpName *out)
{
  if (has_control (name))
    return;
  for (gsize i = name.len; i-- > 1;)
    {
      ImpText date, type;
      gsize at = i + 1;

      if (name.text[i] != '_')
        continue;
      date.text = name.text + at;
      while (at < name.len && name.text[at] != '_')
        at++;
      date.len = (gsize) (name.text + at - date.text);
      if (at == name.len || !has_date_shape (date))
        continue;
      type.text = name.text + ++at;
      while (at < name.len && name.text[at] != '_')
        at++;
      type.len = (gsize) (name.text + at - type.text);
      if (!read_type (type, out->type, sizeof out->type) || !imp_name_is_data_type (out->type))
        continue;
      copy_id ((ImpText) { name.text, i }, out->patient, sizeof out->patient);
      copy_text (date, out->care_date, sizeof out->care_date);
      return;
    }
  out->type[0] = '\0';
}

/* Without what a file manager puts behind the name of a copy: a mark, or "(1)". */
static ImpText
strip_copy_mark (ImpText name)
{
  gsize i;

  for (guint k = 0; k < G_N_ELEMENTS (copy_marks); k++)
    {
      gsize len = strlen (copy_marks[k]);

      if (name.len > len && memcmp (name.text + name.len - len, copy_marks[k], len) == 0)
        return (ImpText) { name.text, name.len - len };
    }
  if (name.len < 4 || name.text[name.len - 1] != ')')
    return name;
  for (i = name.len - 1; i > 0 && g_ascii_isdigit (name.text[i - 1]); i--)
    ;
  if (i == name.len - 1 || i == 0 || name.text[i - 1] != '(')
    return name;
  return imp_text_trim ((ImpText) { name.text, i - 1 });
}

static gboolean
is_copy (ImpText name)
{
  ImpName ignored = { 0 };
  ImpText stem = strip_copy_mark (name);

  if (stem.len == name.len)
    return FALSE;
  stem = strip_copy_mark (stem); /* a copy of a copy */
  return read_file_name (stem, &ignored);
}

/* How many of the folders above the patient's are prefixes of the id. They are only for walking
 * (SS-MIX2 spec 1.1): normally the id's characters 1-3 and 4-6, fewer in short ids; else two folders
 * that short. */
static guint
count_prefixes (const Path *path, guint n, ImpText patient)
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
static void
copy_root (const Path *path, guint n, char *out, gsize size)
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

/* The folders, from the right: type, date, patient, prefixes, root. The test is that the patient
 * folder's child is a care date (SS-MIX2 spec 1.1), whatever the depth.
 * Returns: %FALSE if the patient folder is too long to be compared with the name */
static gboolean
read_folders (const Path *path, ImpName *out)
{
  const ImpText patient = { out->patient, strlen (out->patient) };
  const ImpText *parts = path->parts;
  guint n_folders = path->n - 1;
  guint date; /* index of the care date */

  for (date = n_folders; date-- > 1 && n_folders - date <= 2;)
    if (is_care_date (parts[date]) ||
        (has_date_shape (parts[date]) && same_text (parts[date - 1], patient)))
      {
        guint n_above = date - 1;

        copy_text (parts[date], out->folder_date, sizeof out->folder_date);
        if (date + 1 < n_folders &&
            !read_type (parts[date + 1], out->folder_type, sizeof out->folder_type))
          copy_text (parts[date + 1], out->folder_type, sizeof out->folder_type);
        copy_root (path, n_above - count_prefixes (path, n_above, parts[date - 1]), out->root,
                   sizeof out->root);
        copy_id (parts[date - 1], out->folder_patient, sizeof out->folder_patient);
        return parts[date - 1].len < sizeof out->folder_patient;
      }
  return TRUE;
}

void
imp_name_parse (const char *path, ImpName *out)
{
  ImpText name;
  Path split;

  *out = (ImpName) { .class = IMP_NAME_OTHER };
  if (strlen (path) > IMP_MAX_PATH_BYTES || !split_path (path, &split))
    return;
  name = split.parts[split.n - 1];
  if (is_transaction (name))
    out->class = IMP_NAME_TRANSACTION;
  else if (is_litter (name) || is_copy (name))
    out->class = IMP_NAME_IGNORED;
  else if (read_file_name (name, out) && read_folders (&split, out))
    out->class = IMP_NAME_MESSAGE;
  else
    {
      *out = (ImpName) { .class = IMP_NAME_OTHER };
      read_damaged_name (name, out);
      read_folders (&split, out);
    }
}
