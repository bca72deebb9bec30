/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files inside a message of HL7. */
#include "config.h"

#include "imp-parse-private.h"

#include <string.h>

/* By record: the pictures of one follow each other. */
static int
compare_files (gconstpointer a, gconstpointer b)
{
  const ImpMappedFile *x = *(const ImpMappedFile *const *) a;
  const ImpMappedFile *y = *(const ImpMappedFile *const *) b;

  if (x->record != y->record)
    return x->record < y->record ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Words that were only called a file. */
static gboolean
is_japanese (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if ((guchar) text.text[i] >= 0x80)
      return TRUE;
  return FALSE;
}

/* What could not be decoded stays where it can be read, if it can. */
static void
leave_out (ImpParser *self, const ImpMappedFile *file)
{
  GBytes *bytes = file->attachment != NULL ? file->attachment->bytes : NULL;

  if (bytes == NULL && is_japanese (file->data))
    return;
  if (file->coding == IMP_FILE_BASE64 || file->coding == IMP_FILE_HEX)
    imp_files_leave_out (&self->files, file->data, bytes,
                         file->coding == IMP_FILE_HEX ? "hex" : "base64");
}

/* Nothing of it on the disc is not nothing in it. */
static void
tell_absent (ImpFiles *files, const ImpAttachment *attachment, gboolean is_infected)
{
  g_string_append_printf (
      files->words, "%s【%s】\n%s", files->words->len > 0 ? "\n" : "", attachment->name,
      is_infected ? "（ウイルスが検出されたため、中身はこのディスクにありません）"
                  : "（中身はこのディスクにありません）");
}

static gboolean
take_file (ImpFiles *files, const ImpAttachment *attachment, GError **error)
{
  gboolean was_infected = files->has_infected;
  gboolean is_infected;
  gsize len = files->words->len;
  guint n_pictures = files->n_pictures;

  files->has_infected = FALSE;
  if (!imp_files_take (files, attachment, attachment->name, error))
    return FALSE;
  is_infected = files->has_infected;
  files->has_infected |= was_infected;
  if (files->words->len == len && files->n_pictures == n_pictures)
    tell_absent (files, attachment, is_infected);
  return TRUE;
}

static void
begin_part (const ImpFiles *files, const ImpMappedFile *file, GArray *parts)
{
  ImpFilesPart part = { .record = file->record,
                        .words_from = files->words->len,
                        .first_picture = files->n_pictures + 1 };

  g_array_append_val (parts, part);
}

static void
end_part (const ImpFiles *files, GArray *parts)
{
  ImpFilesPart *part;

  if (parts->len == 0)
    return;
  part = &g_array_index (parts, ImpFilesPart, parts->len - 1);
  part->words_to = files->words->len;
  while (part->words_from < part->words_to && files->words->str[part->words_from] == '\n')
    part->words_from++;
  part->n_pictures = files->n_pictures + 1 - part->first_picture;
}

/* Its record was left out for its size, which is told. */
static gboolean
is_homeless (const ImpMappedFile *file)
{
  return file->record == G_MAXUINT;
}

gboolean
imp_parser_take_files (ImpParser *self, GError **error)
{
  ImpFiles *files = &self->files;
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (GArray) parts = NULL;
  guint record = G_MAXUINT;

  imp_files_reset (files);
  if (self->mapped->files->len == 0)
    return TRUE;
  sorted = g_ptr_array_new ();
  parts = g_array_new (FALSE, FALSE, sizeof (ImpFilesPart));
  for (guint i = 0; i < self->mapped->files->len; i++)
    {
      leave_out (self, g_ptr_array_index (self->mapped->files, i));
      g_ptr_array_add (sorted, g_ptr_array_index (self->mapped->files, i));
    }
  g_ptr_array_sort (sorted, compare_files);
  for (guint i = 0; i < sorted->len; i++)
    {
      const ImpMappedFile *file = g_ptr_array_index (sorted, i);

      if (file->attachment == NULL || is_homeless (file))
        continue;
      if (file->record != record)
        {
          end_part (files, parts);
          begin_part (files, file, parts);
          record = file->record;
        }
      if (!take_file (files, file->attachment, error))
        return FALSE;
    }
  end_part (files, parts);
  imp_files_join_parts (files, (const ImpFilesPart *) (gpointer) parts->data, parts->len,
                        self->mapped);
  return TRUE;
}
