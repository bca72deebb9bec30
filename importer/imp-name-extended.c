/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-name-extended.h"

#include <string.h>

#include "imp-name-private.h"

#define MAX_TOKENS 32
#define MAX_DEPARTMENT 7 /* as many digits or more are a time */

/* Where things stand among the parts of a path. */
typedef struct
{
  guint date;
  guint type;
  guint content; /* the file itself where there is no folder of its own */
} Places;

/* "a_b_c": its pieces. */
typedef struct
{
  ImpText tokens[MAX_TOKENS];
  guint n;
} Tokens;

/* What the name of a content folder says; empty texts where it does not. */
typedef struct
{
  ImpText patient, date, type, key, stamp, department;
  char flag;
} Content;

static gboolean
split_tokens (ImpText text, Tokens *out)
{
  const char *end = text.text + text.len;
  const char *begin = text.text;

  out->n = 0;
  for (const char *p = begin; p <= end; p++)
    if (p == end || *p == '_')
      {
        if (out->n == MAX_TOKENS)
          return FALSE;
        out->tokens[out->n++] = (ImpText) { begin, (gsize) (p - begin) };
        begin = p + 1;
      }
  return TRUE;
}

/* Tokens @first to @last with what stands between them. */
static ImpText
join (const Tokens *tokens, guint first, guint last)
{
  const char *begin = tokens->tokens[first].text;
  const ImpText *end = &tokens->tokens[last];

  return (ImpText) { begin, (gsize) (end->text + end->len - begin) };
}

static gboolean
is_stamp (ImpText text)
{
  return text.len >= 8 && text.len <= 20 && imp_name_all_digits (text);
}

/* From the right: flag, department, timestamp, key. Samples of the National Hospital Organization leave
 * out the department: what stands before the flag is then the timestamp. */
static gboolean
read_right (const Tokens *tokens, Content *out, guint *key)
{
  guint last = tokens->n - 1;
  ImpText flag = tokens->tokens[last];
  guint stamp;

  if (flag.len != 1 || flag.text[0] < '0' || flag.text[0] > '2')
    return FALSE;
  out->flag = flag.text[0];
  stamp = is_stamp (tokens->tokens[last - 1]) ? last - 1 : last - 2;
  if (!is_stamp (tokens->tokens[stamp]) || stamp < 3)
    return FALSE;
  if (stamp == last - 2)
    out->department = tokens->tokens[last - 1];
  out->stamp = tokens->tokens[stamp];
  *key = stamp - 1;
  out->key = tokens->tokens[*key];
  return out->department.len <= MAX_DEPARTMENT && out->key.len > 0;
}

/* From the left: patient and date; what is left in the middle is the type. An id may hold '_': where
 * one of the places fits the patient's folder, it is that one. */
static gboolean
read_left (const Tokens *tokens, guint key, ImpText folder_patient, Content *out)
{
  guint found = 0;

  for (guint i = 1; i < key; i++)
    if (imp_name_has_date_shape (tokens->tokens[i]))
      {
        found = found == 0 ? i : found;
        if (imp_name_same_text (join (tokens, 0, i - 1), folder_patient))
          {
            found = i;
            break;
          }
      }
  if (found == 0)
    return FALSE;
  out->patient = join (tokens, 0, found - 1);
  out->date = tokens->tokens[found];
  if (found + 1 < key)
    out->type = join (tokens, found + 1, key - 1);
  return out->patient.len > 0;
}

static gboolean
read_content (ImpText name, ImpText folder_patient, Content *out)
{
  Content content = { 0 };
  Tokens tokens;
  guint key;

  if (imp_name_has_control (name) || !split_tokens (name, &tokens) || tokens.n < 5 ||
      !read_right (&tokens, &content, &key) || !read_left (&tokens, key, folder_patient, &content))
    return FALSE;
  *out = content;
  return TRUE;
}

static gboolean
is_type_folder (ImpText text)
{
  return memchr (text.text, '^', text.len) != NULL;
}

/* The care date, from the left, with a type folder and a file below it. Without a '^' it is a type
 * folder where a folder with a content folder's name is in it. */
static gboolean
find_places (const ImpNamePath *path, Places *out)
{
  Content content;

  for (guint date = 1; date + 2 < path->n; date++)
    {
      guint below = date + 2;

      if (!imp_name_is_care_date (path->parts[date]))
        continue;
      if (is_type_folder (path->parts[date + 1]) ||
          (below + 1 < path->n &&
           read_content (path->parts[below], path->parts[date - 1], &content)))
        {
          *out = (Places) { date, date + 1, below };
          return TRUE;
        }
    }
  return FALSE;
}

static void
copy_content (const Content *content, ImpName *out)
{
  imp_name_copy_id (content->patient, out->patient, sizeof out->patient);
  imp_name_copy_text (content->date, out->care_date, sizeof out->care_date);
  imp_name_copy_id (content->key, out->order_no, sizeof out->order_no);
  imp_name_read_timestamp (content->stamp, out);
  imp_name_copy_text (content->department, out->department, sizeof out->department);
  out->flag = content->flag;
}

gboolean
imp_name_read_extended (const ImpNamePath *path, ImpName *out)
{
  Content content;
  ImpText patient;
  Places at;
  guint n_above;

  if (!find_places (path, &at))
    return FALSE;

  *out = (ImpName) { .class = IMP_NAME_EXTENDED };
  patient = path->parts[at.date - 1];
  n_above = at.date - 1;
  imp_name_copy_id (patient, out->folder_patient, sizeof out->folder_patient);
  imp_name_copy_text (path->parts[at.date], out->folder_date, sizeof out->folder_date);
  imp_name_copy_root (path, n_above - imp_name_count_prefixes (path, n_above, patient), out->root,
                      sizeof out->root);
  /* A folder of another shape, as of older storages: a document whose state is not known. */
  if (read_content (path->parts[at.content], patient, &content))
    copy_content (&content, out);
  else
    imp_name_copy_text (path->parts[at.date], out->care_date, sizeof out->care_date);
  return TRUE;
}

/* ---- what kind of document it is ------------------------------------------------------------- */

static char *
dup_text (ImpText text)
{
  return g_strndup (text.text, text.len);
}

/* A folder of text without '^' has one part: the local code. */
static void
read_type_folder (ImpText folder, ImpExtendedName *out)
{
  char **parts[] = { &out->local_code, &out->local_name, &out->local_system,
                     &out->code,       &out->name,       &out->system };
  const char *p = folder.text;
  const char *end = folder.text + folder.len;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *stop = p < end ? memchr (p, '^', (gsize) (end - p)) : NULL;

      if (stop == NULL || i + 1 == G_N_ELEMENTS (parts))
        stop = end;
      *parts[i] = dup_text (imp_text_trim ((ImpText) { p, (gsize) (stop - p) }));
      p = stop < end ? stop + 1 : end;
    }
}

gboolean
imp_extended_name_parse (const char *path, ImpExtendedName *out)
{
  const char *end = path + strlen (path);
  ImpNamePath split;
  Content content = { 0 };
  ImpText folder;
  Places at;

  if (!imp_name_split_path (path, &split) || !find_places (&split, &at))
    return FALSE;

  *out = (ImpExtendedName) { NULL };
  folder = split.parts[at.content];
  read_content (folder, split.parts[at.date - 1], &content);
  out->type_folder = dup_text (split.parts[at.type]);
  read_type_folder (split.parts[at.type], out);
  out->content = g_strndup (path, (gsize) (folder.text + folder.len - path));
  out->content_type = content.type.text != NULL ? dup_text (content.type) : g_strdup ("");
  if (at.content + 1 < split.n)
    folder = split.parts[at.content + 1];
  out->file = g_strndup (folder.text, (gsize) (end - folder.text));
  return TRUE;
}

char *
imp_extended_name_data_type (const ImpExtendedName *self)
{
  const char *type = *self->code != '\0' ? self->code : self->local_code;

  if (*type == '\0')
    return g_strdup (self->type_folder);
  return imp_name_is_data_type (type) ? g_strconcat (type, "^", NULL) : g_strdup (type);
}

char *
imp_extended_name_title (const ImpExtendedName *self)
{
  if (*self->name == '\0' && *self->local_name == '\0')
    return self->listed_name != NULL
               ? g_strdup_printf ("%s（%s）", self->listed_name, self->type_folder)
               : g_strdup (self->type_folder);
  if (*self->name == '\0' || *self->local_name == '\0' || strcmp (self->name, self->local_name) == 0)
    return g_strdup (*self->name != '\0' ? self->name : self->local_name);
  return g_strdup_printf ("%s（%s）", self->name, self->local_name);
}

void
imp_extended_name_clear (ImpExtendedName *self)
{
  g_free (self->type_folder);
  g_free (self->local_code);
  g_free (self->local_name);
  g_free (self->local_system);
  g_free (self->code);
  g_free (self->name);
  g_free (self->system);
  g_free (self->content);
  g_free (self->content_type);
  g_free (self->file);
  g_free (self->listed_name);
  *self = (ImpExtendedName) { NULL };
}
