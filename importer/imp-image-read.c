/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-image.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-layout.h"
#include "imp-error.h"
#include "imp-media.h"

#define READ_BYTES (256 * 1024)
#define DESCRIPTOR_SECTOR 16   /* ECMA-119 6.2.1 */
#define DESCRIPTOR_SIZE_AT 80  /* ECMA-119 8.4.8, little-endian */

#define LINUX_TREE "!joliet"
#define WINDOWS_TREE "!rockridge"

/* An image opened by libarchive, which needs a locale of UTF-8 for names that are not ASCII. */
typedef struct
{
  struct archive *reader;
  locale_t utf8;
  locale_t before;
} Image;

static gboolean
image_open (Image *self, const char *path, const char *tree)
{
  self->utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  self->before = self->utf8 != (locale_t) 0 ? uselocale (self->utf8) : (locale_t) 0;
  self->reader = archive_read_new ();
  return archive_read_support_format_iso9660 (self->reader) == ARCHIVE_OK &&
         archive_read_set_options (self->reader, tree) == ARCHIVE_OK &&
         archive_read_open_filename (self->reader, path, READ_BYTES) == ARCHIVE_OK;
}

static void
image_close (Image *self)
{
  archive_read_free (self->reader);
  if (self->utf8 != (locale_t) 0)
    {
      uselocale (self->before);
      freelocale (self->utf8);
    }
}

static gboolean
fail (const char *name, const char *what, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_READ_BACK, "%s: %s", name != NULL ? name : "-",
               what != NULL ? what : "-");
  return FALSE;
}

/* (nullable): the name below DISC_FOLDER of an entry that is a file there. */
static const char *
file_name (struct archive_entry *entry)
{
  const char *path = archive_entry_pathname_utf8 (entry);

  if (path == NULL || archive_entry_filetype (entry) != AE_IFREG ||
      !g_str_has_prefix (path, DISC_FOLDER "/"))
    return NULL;
  return path + strlen (DISC_FOLDER "/");
}

static const ImpImageFile *
find_file (const ImpImageDisc *disc, const char *name)
{
  for (guint i = 0; name != NULL && i < disc->files->len; i++)
    {
      const ImpImageFile *file = &g_array_index (disc->files, ImpImageFile, i);

      if (strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

/* What was read of all files so far. */
typedef struct
{
  const ImpImageDisc *disc;
  ImpMediaRun *run;
  guint64 n_done;
} Progress;

/* What libarchive read of a file against the file itself. */
static gboolean
compare_block (const ImpImageFile *file, int fd, const guint8 *block, gsize len, guint64 offset,
               guint8 *scratch, GError **error)
{
  for (gsize at = 0; at < len; at += READ_BYTES)
    {
      gsize n = MIN (READ_BYTES, len - at);

      if (!disc_file_read (fd, scratch, n, offset + at, error))
        return FALSE;
      if (memcmp (scratch, block + at, n) != 0)
        return fail (file->name, _("the content differs"), error);
    }
  return TRUE;
}

static gboolean
compare_data (struct archive *reader, const ImpImageFile *file, int fd, Progress *progress,
              GError **error)
{
  g_autofree guint8 *scratch = g_malloc (READ_BYTES);
  guint64 end = 0;
  const void *block;
  la_int64_t offset;
  gsize len;
  int rc;

  while ((rc = archive_read_data_block (reader, &block, &len, &offset)) == ARCHIVE_OK)
    {
      if (imp_media_run_is_cancelled (progress->run, error))
        return FALSE;
      if ((guint64) offset != end || len > file->size - end)
        return fail (file->name, _("the length differs"), error);
      if (!compare_block (file, fd, block, len, end, scratch, error))
        return FALSE;
      end += len;
      imp_media_run_tell (progress->run, IMP_MEDIA_COMPARING, progress->n_done + end,
                          progress->disc->bytes);
    }

  if (rc != ARCHIVE_EOF)
    return fail (file->name, archive_error_string (reader), error);
  progress->n_done += end;
  return end == file->size || fail (file->name, _("the length differs"), error);
}

/* @progress: NULL: the names and sizes only */
static gboolean
compare_file (struct archive *reader, struct archive_entry *entry, const ImpImageFile *file,
              Progress *progress, GError **error)
{
  gboolean ok;
  int fd;

  if ((guint64) archive_entry_size (entry) != file->size)
    return fail (file->name, _("the length differs"), error);
  if (progress == NULL)
    return TRUE;

  fd = open (file->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return disc_file_fail (file->name, errno, error);
  ok = compare_data (reader, file, fd, progress, error);
  close (fd);
  return ok;
}

static gboolean
compare_tree (Image *image, const ImpImageDisc *disc, Progress *progress, GError **error)
{
  struct archive_entry *entry;
  guint n_found = 0;
  int rc;

  while ((rc = archive_read_next_header (image->reader, &entry)) == ARCHIVE_OK)
    {
      const ImpImageFile *file = find_file (disc, file_name (entry));

      if (archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      if (file == NULL)
        return fail (archive_entry_pathname_utf8 (entry), _("does not belong there"), error);
      if (!compare_file (image->reader, entry, file, progress, error))
        return FALSE;
      n_found++;
    }

  if (rc != ARCHIVE_EOF)
    return fail (DISC_FOLDER, archive_error_string (image->reader), error);
  return n_found == disc->files->len || fail (DISC_FOLDER, _("a file is missing"), error);
}

gboolean
imp_image_compare (const ImpImageDisc *disc, const char *image, ImpMediaRun *run, GError **error)
{
  static const char *const trees[] = { LINUX_TREE, WINDOWS_TREE };
  Progress progress = { disc, run, 0 };
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < G_N_ELEMENTS (trees); i++)
    {
      Image opened = { NULL };

      /* Both trees name the same sectors: once they need to be read. */
      ok = (image_open (&opened, image, trees[i]) ||
            fail (image, archive_error_string (opened.reader), error)) &&
           compare_tree (&opened, disc, i == 0 ? &progress : NULL, error);
      image_close (&opened);
    }
  return ok;
}

/* ---- which disc is in it --------------------------------------------------------------------- */

void
imp_image_info_clear (ImpImageInfo *self)
{
  g_clear_pointer (&self->id, g_free);
}

/* The length that an image claims in its first descriptor, against that of the file. */
static gboolean
check_length (int fd, ImpImageInfo *out, GError **error)
{
  guint8 sector[IMP_SECTOR_BYTES];
  struct stat info;
  guint32 claimed;

  if (fstat (fd, &info) != 0)
    return disc_file_fail ("the image", errno, error);
  if (disc_file_read_some (fd, sector, sizeof sector, DESCRIPTOR_SECTOR * IMP_SECTOR_BYTES) !=
          (gssize) sizeof sector ||
      memcmp (sector, "\1CD001", 6) != 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC, _("the file is no ISO image"));
      return FALSE;
    }

  memcpy (&claimed, sector + DESCRIPTOR_SIZE_AT, sizeof claimed);
  out->n_sectors = ((guint64) info.st_size + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES;
  if ((guint64) info.st_size >= (guint64) GUINT32_FROM_LE (claimed) * IMP_SECTOR_BYTES)
    return TRUE;
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_TRUNCATED, _("the image is not complete"));
  return FALSE;
}

static gboolean
read_head (struct archive *reader, ImpImageInfo *out, GError **error)
{
  guint8 data[DISC_HEADER_BYTES];
  DiscHeader header;
  gsize have = 0;

  while (have < sizeof data)
    {
      la_ssize_t n = archive_read_data (reader, data + have, sizeof data - have);

      if (n <= 0)
        {
          g_set_error_literal (error, DISC_ERROR, DISC_ERROR_TRUNCATED, DISC_CONTAINER_FILE);
          return FALSE;
        }
      have += (gsize) n;
    }
  if (!disc_header_read (data, &header, error))
    return FALSE;

  out->is_sealed = TRUE;
  out->serial = header.serial;
  out->volume = header.volume;
  out->n_volumes = header.n_volumes;
  out->id = g_malloc (2 * DISC_ID_BYTES + 1);
  sodium_bin2hex (out->id, 2 * DISC_ID_BYTES + 1, header.id, DISC_ID_BYTES);
  return TRUE;
}

static gboolean
find_disc (struct archive *reader, ImpImageInfo *out, GError **error)
{
  struct archive_entry *entry;

  while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
    {
      const char *name = file_name (entry);

      if (g_strcmp0 (name, DISC_CONTAINER_FILE) == 0)
        return read_head (reader, out, error);
      if (g_strcmp0 (name, DISC_RECORDS_FILE) == 0)
        return TRUE;
    }

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC, _("the image holds no disc"));
  return FALSE;
}

gboolean
imp_image_peek (const char *image, ImpImageInfo *out, GError **error)
{
  int fd = open (image, O_RDONLY | O_CLOEXEC);
  Image opened = { NULL };
  gboolean ok;

  *out = (ImpImageInfo) { FALSE };
  if (fd < 0)
    return disc_file_fail (image, errno, error);
  ok = check_length (fd, out, error);
  close (fd);
  if (!ok)
    return FALSE;

  ok = image_open (&opened, image, LINUX_TREE);
  if (!ok)
    g_set_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC, "%s",
                 archive_error_string (opened.reader));
  ok = ok && find_disc (opened.reader, out, error);
  image_close (&opened);
  return ok;
}
