/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-storage.h"
#include "imp-sample-truth.h"

#define JAPAN_SECONDS (9 * 3600) /* local time is ahead of UTC by this, all year */

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const ImpSampleFile *left = a, *right = b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  if (left->type != right->type)
    return left->type < right->type ? -1 : 1;
  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  if (left->sent != right->sent)
    return left->sent < right->sent ? -1 : 1;
  if (left->sent_milliseconds != right->sent_milliseconds)
    return left->sent_milliseconds < right->sent_milliseconds ? -1 : 1;
  return left->serial < right->serial ? -1 : 1;
}

static void
put_day (ImpSampleBuffer *path, int day)
{
  if (day == IMP_SAMPLE_UNDATED)
    imp_sample_print (path, "-");
  else
    imp_sample_print (path, "%d", day);
}

/* SS-MIX2 spec 1.1, 2.1. */
static void
put_path (const ImpSampleChart *chart, const ImpSampleFile *file, const char *id,
          ImpSampleBuffer *path)
{
  const char *type = imp_sample_type_name (file->type);
  char flag[] = { '_', file->flag, '\0' };

  path->len = 0;
  imp_sample_put (path, IMP_SAMPLE_ROOT "/", sizeof IMP_SAMPLE_ROOT);
  imp_sample_put (path, id, 3);
  imp_sample_put (path, "/", 1);
  imp_sample_put (path, id + 3, 3);
  imp_sample_print (path, "/%s/", id);
  put_day (path, file->day);
  imp_sample_print (path, "/%s/%s_", type, id);
  put_day (path, file->day);
  imp_sample_print (path, "_%s_%o_%t", type, file->order, file->sent);
  if (file->fault == IMP_SAMPLE_FAULT_SHORT_TIMESTAMP)
    imp_sample_put_number (path, file->sent_milliseconds % 10, 1);
  else
    imp_sample_put_number (path, file->sent_milliseconds, 3);
  imp_sample_print (path, "_%s%s", file->department, flag);
  imp_sample_put (path, "", 1);
}

static gboolean
write_thumbs (ImpSampleSink *sink, const char *path, gint64 time, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_build_filename (folder, "Thumbs.db", NULL);

  return imp_sample_sink_write (sink, name, "\xD0\xCF\x11\xE0", 4, time, error);
}

static gboolean
write_file (ImpSampleChart *chart, const ImpSampleFile *file, const char *path, GString *changed,
            ImpSampleSink *sink, GError **error)
{
  const char *bytes = chart->text.bytes + file->offset;
  gsize len = file->len;
  gint64 time = file->sent - JAPAN_SECONDS;

  if (file->fault != IMP_SAMPLE_INTACT)
    {
      imp_sample_fault_apply (file->fault, chart->hospital->tables->encoder, bytes, len, changed);
      bytes = changed->str;
      len = changed->len;
      if (imp_sample_fault_is_planted (file->fault))
        imp_sample_truth_plant (chart->truth, path, imp_sample_fault_name (file->fault));
      if (file->fault == IMP_SAMPLE_FAULT_THUMBS && !write_thumbs (sink, path, time, error))
        return FALSE;
    }
  return imp_sample_sink_write (sink, path, bytes, len, time, error);
}

gboolean
imp_sample_storage_write (ImpSampleChart *chart, ImpSampleSink *sink, GError **error)
{
  g_autoptr (GString) changed = g_string_new (NULL);
  ImpSampleBuffer path = { 0 };
  gboolean is_written = TRUE;
  char id[16];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT, chart->person.id);
  g_array_sort (chart->files, compare_files);
  for (guint i = 0; i < chart->files->len && is_written; i++)
    {
      ImpSampleFile *file = &g_array_index (chart->files, ImpSampleFile, i);

      put_path (chart, file, id, &path);
      is_written = write_file (chart, file, path.bytes, changed, sink, error);
    }
  imp_sample_buffer_clear (&path);
  return is_written;
}
