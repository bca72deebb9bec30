/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "source-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
met_free (gpointer data)
{
  SourceMet *met = data;

  g_free (met->path);
  g_free (met->content);
  g_free (met->root);
  g_clear_pointer (&met->streamed, g_bytes_unref);
  g_free (met);
}

void
source_set_up (SourceFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("tomoshibi-source-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->scratch = g_strdup (g_get_tmp_dir ());
  fixture->met = g_ptr_array_new_with_free_func (met_free);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *below = g_build_filename (path, name, NULL);

          remove_tree (below);
        }
    }
  g_remove (path);
}

void
source_tear_down (SourceFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->scratch);
  g_ptr_array_unref (fixture->met);
  imp_source_result_clear (&fixture->result);
  g_clear_error (&fixture->error);
}

char *
source_place (const SourceFixture *fixture, const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

void
source_write_file (const SourceFixture *fixture, const char *name, const char *content, gssize len)
{
  g_autofree char *path = source_place (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, len, &error);
  g_assert_no_error (error);
}

static int
compare_met (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(SourceMet *const *) a)->path, (*(SourceMet *const *) b)->path);
}

static GBytes *
read_stream (ImpStream *stream)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 block[4096];
  g_autoptr (GError) error = NULL;
  gssize n;

  while ((n = imp_stream_read (stream, block, sizeof block, &error)) > 0)
    g_byte_array_append (bytes, block, (guint) n);
  if (error != NULL)
    g_byte_array_append (bytes, (const guint8 *) "(broken)", 8);
  return g_byte_array_free_to_bytes (bytes);
}

static void
take_batch (SourceFixture *fixture, ImpBatch *batch)
{
  for (guint i = 0; i < batch->files->len; i++)
    {
      const ImpFile *file = &g_array_index (batch->files, ImpFile, i);
      SourceMet *met = g_new0 (SourceMet, 1);

      met->path = g_strdup (file->path);
      met->reason = file->reason;
      met->size = file->size;
      met->root = g_strdup (file->name.root);
      met->len = file->len;
      met->content = g_malloc0 (file->len + 1);
      memcpy (met->content, batch->bytes->data + file->offset, file->len);
      if (file->stream != NULL)
        {
          g_assert_cmpuint (file->len, ==, 0);
          met->streamed = read_stream (file->stream);
        }
      g_ptr_array_add (fixture->met, met);
    }
  imp_batch_free (batch);
}

typedef struct
{
  SourceFixture *fixture;
  const char *path;
  ImpQueue *queue;
} Reading;

static gpointer
run_reading (gpointer data)
{
  Reading *reading = data;
  SourceFixture *fixture = reading->fixture;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ImpSourceRun run = {
    0, reading->queue, cancellable, &fixture->progress, &fixture->result, fixture->scratch
  };

  fixture->done = imp_source_read (reading->path, &run, &fixture->error);
  imp_queue_finish (reading->queue);
  return NULL;
}

void
source_read (SourceFixture *fixture, const char *path)
{
  g_autoptr (ImpQueue) queue = imp_queue_new (64 * 1024 * 1024, (GDestroyNotify) imp_batch_free);
  Reading reading = { fixture, path, queue };
  GThread *thread = g_thread_new ("read", run_reading, &reading);
  ImpBatch *batch;

  while ((batch = imp_queue_pop (queue)) != NULL)
    take_batch (fixture, batch);
  g_thread_join (thread);
  g_ptr_array_sort (fixture->met, compare_met);
}

void
source_read_piped (SourceFixture *fixture, const char *path)
{
  g_autofree char *command = g_strdup_printf ("exec cat '%s'", path);
  FILE *pipe = popen (command, "r");
  int saved = dup (STDIN_FILENO);

  g_assert_nonnull (pipe);
  dup2 (fileno (pipe), STDIN_FILENO);
  source_read (fixture, "-");
  dup2 (saved, STDIN_FILENO);
  close (saved);
  pclose (pipe);
}

void
source_check_met (const SourceFixture *fixture, const SourceExpected *expected, guint n)
{
  for (guint i = 0; i < fixture->met->len; i++)
    {
      const SourceMet *met = g_ptr_array_index (fixture->met, i);

      g_test_message ("%s %s", met->path, imp_reason_name (met->reason));
    }
  g_assert_cmpuint (fixture->met->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const SourceMet *met = g_ptr_array_index (fixture->met, i);

      g_assert_cmpstr (met->path, ==, expected[i].path);
      g_assert_cmpstr (imp_reason_name (met->reason), ==, imp_reason_name (expected[i].reason));
      if (expected[i].content != NULL)
        g_assert_cmpstr (met->content, ==, expected[i].content);
    }
}

/* ---- archives ---------------------------------------------------------------------------- */

static struct archive_entry *
new_entry (const char *name, mode_t type)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, type);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, 1744247702, 0);
  return entry;
}

void
source_add (struct archive *writer, const char *name, mode_t type, const char *content,
            const char *link)
{
  struct archive_entry *entry = new_entry (name, type);

  if (link != NULL && type == AE_IFLNK)
    archive_entry_set_symlink (entry, link);
  else if (link != NULL)
    archive_entry_set_hardlink (entry, link);
  else if (type == AE_IFREG)
    archive_entry_set_size (entry, (la_int64_t) strlen (content));
  g_assert_cmpint (archive_write_header (writer, entry), >=, ARCHIVE_WARN);
  if (link == NULL && type == AE_IFREG)
    archive_write_data (writer, content, strlen (content));
  archive_entry_free (entry);
}

void
source_add_bytes (struct archive *writer, const char *name, const void *bytes, gsize len)
{
  struct archive_entry *entry = new_entry (name, AE_IFREG);

  archive_entry_set_size (entry, (la_int64_t) len);
  g_assert_cmpint (archive_write_header (writer, entry), >=, ARCHIVE_WARN);
  g_assert_cmpint (archive_write_data (writer, bytes, len), ==, (la_ssize_t) len);
  archive_entry_free (entry);
}

void
source_add_file (struct archive *writer, const char *name, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  source_add_bytes (writer, name, bytes, len);
}

struct archive *
source_begin_archive (const char *path)
{
  struct archive *writer = archive_write_new ();

  if (g_str_has_suffix (path, ".zip"))
    archive_write_set_format_zip (writer);
  else if (g_str_has_suffix (path, ".7z"))
    {
      archive_write_set_format_7zip (writer);
      archive_write_set_options (writer, "7zip:compression-level=1");
    }
  else if (g_str_has_suffix (path, ".iso"))
    {
      archive_write_set_format_iso9660 (writer);
      archive_write_set_options (writer, "iso9660:joliet=long");
    }
  else
    archive_write_set_format_pax_restricted (writer);
  if (g_str_has_suffix (path, ".gz"))
    archive_write_add_filter_gzip (writer);
  else if (g_str_has_suffix (path, ".xz"))
    archive_write_add_filter_xz (writer);
  else if (g_str_has_suffix (path, ".zst"))
    archive_write_add_filter_zstd (writer);
  else if (g_str_has_suffix (path, ".bz2"))
    archive_write_add_filter_bzip2 (writer);
  archive_write_set_bytes_in_last_block (writer, 1);
  g_assert_cmpint (archive_write_open_filename (writer, path), ==, ARCHIVE_OK);
  return writer;
}

void
source_end_archive (struct archive *writer)
{
  g_assert_cmpint (archive_write_close (writer), ==, ARCHIVE_OK);
  archive_write_free (writer);
}
