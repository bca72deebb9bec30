/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-name-private.h"

#include <string.h>

#define N_PARTS 7

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
      parts[0].len == 0 || parts[3].len == 0 || !imp_name_has_date_shape (parts[1]) || imp_name_has_control (name))
    return FALSE;
  out->flag = parts[6].text[0];
  return imp_name_copy_text (parts[0], out->patient, sizeof out->patient) &&
         imp_name_copy_text (parts[1], out->care_date, sizeof out->care_date) &&
         read_type (parts[2], out->type, sizeof out->type) &&
         imp_name_copy_text (parts[3], out->order_no, sizeof out->order_no) &&
         imp_name_read_timestamp (parts[4], out) &&
         imp_name_copy_text (parts[5], out->department, sizeof out->department);
}

/* Of a name that is not as it should be behind the data type, or has a part more or less: whose it is
 * and what. The type must be one of the known ones, or any text with underscores would be a name.
 * Nothing is read of what comes behind, so the state stays unknown. */
static void
read_damaged_name (ImpText name, ImpName *out)
{
  if (imp_name_has_control (name))
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
      if (at == name.len || !imp_name_has_date_shape (date))
        continue;
      type.text = name.text + ++at;
      while (at < name.len && name.text[at] != '_')
        at++;
      type.len = (gsize) (name.text + at - type.text);
      if (!read_type (type, out->type, sizeof out->type) || !imp_name_is_data_type (out->type))
        continue;
      imp_name_copy_id ((ImpText) { name.text, i }, out->patient, sizeof out->patient);
      imp_name_copy_text (date, out->care_date, sizeof out->care_date);
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

/* The folders, from the right: type, date, patient, prefixes, root. The test is that the patient
 * folder's child is a care date (SS-MIX2 spec 1.1), whatever the depth.
 * Returns: %FALSE if the patient folder is too long to be compared with the name */
static gboolean
read_folders (const ImpNamePath *path, ImpName *out)
{
  const ImpText patient = { out->patient, strlen (out->patient) };
  const ImpText *parts = path->parts;
  guint n_folders = path->n - 1;
  guint date; /* index of the care date */

  for (date = n_folders; date-- > 1 && n_folders - date <= 2;)
    if (imp_name_is_care_date (parts[date]) ||
        (imp_name_has_date_shape (parts[date]) && imp_name_same_text (parts[date - 1], patient)))
      {
        guint n_above = date - 1;

        imp_name_copy_text (parts[date], out->folder_date, sizeof out->folder_date);
        if (date + 1 < n_folders &&
            !read_type (parts[date + 1], out->folder_type, sizeof out->folder_type))
          imp_name_copy_text (parts[date + 1], out->folder_type, sizeof out->folder_type);
        imp_name_copy_root (path, n_above - imp_name_count_prefixes (path, n_above, parts[date - 1]), out->root,
                   sizeof out->root);
        imp_name_copy_id (parts[date - 1], out->folder_patient, sizeof out->folder_patient);
        return parts[date - 1].len < sizeof out->folder_patient;
      }
  return TRUE;
}

void
imp_name_parse (const char *path, ImpName *out)
{
  ImpText name;
  ImpNamePath split;

  *out = (ImpName) { .class = IMP_NAME_OTHER };
  if (strlen (path) > IMP_MAX_PATH_BYTES || !imp_name_split_path (path, &split))
    return;
  name = split.parts[split.n - 1];
  if (is_transaction (name))
    out->class = IMP_NAME_TRANSACTION;
  else if (is_litter (name) || is_copy (name))
    out->class = IMP_NAME_IGNORED;
  else if (imp_name_read_extended (&split, out))
    return;
  else if (read_file_name (name, out) && read_folders (&split, out))
    out->class = IMP_NAME_MESSAGE;
  else
    {
      *out = (ImpName) { .class = IMP_NAME_OTHER };
      read_damaged_name (name, out);
      read_folders (&split, out);
    }
}
