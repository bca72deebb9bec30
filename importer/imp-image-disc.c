/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-image.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-format.h"
#include "disc-reader.h"
#include "imp-error.h"
#include "imp-verify.h"

/*
 * In the order of the medium. The second copy of head, sums, table and manifest comes first,
 * container and manifest last, so that the medium can lose either end (burning that stopped,
 * fingers on the rim) without losing both copies of anything.
 */
static const char *const sealed_files[] = { DISC_SPARE_FILE, DISC_README_JA_FILE,
                                            DISC_README_EN_FILE, DISC_CONTAINER_FILE,
                                            DISC_MANIFEST_FILE };
static const char *const plain_files[] = { DISC_UNSEALED_FILE, DISC_RECORDS_FILE };

static const char *const rules[] = { "all", "unsealed", "damaged", NULL };

void
imp_image_disc_free (ImpImageDisc *self)
{
  for (guint i = 0; i < self->files->len; i++)
    g_free (g_array_index (self->files, ImpImageFile, i).path);
  g_array_unref (self->files);
  g_ptr_array_unref (self->strangers);
  g_free (self->folder);
  g_free (self->id);
  g_free (self);
}

static gboolean
look_at_file (ImpImageFile *file, GError **error)
{
  GStatBuf info;

  if (g_lstat (file->path, &info) != 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_TRUNCATED, "%s: %s", file->name,
                   g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, _("%s is no plain file"), file->name);
      return FALSE;
    }
  file->size = (guint64) info.st_size;
  return TRUE;
}

static gboolean
add_file (ImpImageDisc *self, const char *name, GError **error)
{
  ImpImageFile file = { .name = name, .path = g_build_filename (self->folder, name, NULL) };

  if (!look_at_file (&file, error))
    {
      g_free (file.path);
      return FALSE;
    }
  self->bytes += file.size;
  g_array_append_val (self->files, file);
  return TRUE;
}

/* Its copy is in the spare file: that it is not there is damage like any other, for the check to
 * tell. */
static gboolean
is_lost_manifest (const ImpImageDisc *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  GStatBuf info;

  return strcmp (name, DISC_MANIFEST_FILE) == 0 && g_lstat (path, &info) != 0 && errno == ENOENT;
}

static gboolean
find_strangers (ImpImageDisc *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) entries = g_dir_open (self->folder, 0, &local);
  const char *name;

  if (entries == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      gboolean is_known = FALSE;

      for (guint i = 0; !is_known && i < self->files->len; i++)
        is_known = strcmp (name, g_array_index (self->files, ImpImageFile, i).name) == 0;
      if (!is_known)
        g_ptr_array_add (self->strangers, g_filename_display_name (name));
    }
  return TRUE;
}

static gboolean
read_head (ImpImageDisc *self, GError **error)
{
  g_autoptr (DiscContainer) container = disc_container_open (self->folder, error);
  const DiscHeader *header;

  if (container == NULL)
    return FALSE;
  header = disc_container_header (container);
  self->serial = header->serial;
  self->volume = header->volume;
  self->n_volumes = header->n_volumes;
  self->id = g_malloc (2 * DISC_ID_BYTES + 1);
  sodium_bin2hex (self->id, 2 * DISC_ID_BYTES + 1, header->id, DISC_ID_BYTES);
  return TRUE;
}

static gboolean
read_plain (ImpImageDisc *self, const char *dir, GError **error)
{
  g_autoptr (DiscReader) reader = disc_reader_open (dir, error);

  if (reader == NULL)
    return FALSE;
  self->id = g_strdup (disc_reader_get_info (reader)->id);
  return TRUE;
}

ImpImageDisc *
imp_image_disc_open (const char *dir, GError **error)
{
  g_autoptr (ImpImageDisc) self = g_new0 (ImpImageDisc, 1);
  g_autofree char *plain = g_build_filename (dir, DISC_FOLDER, DISC_RECORDS_FILE, NULL);
  const char *const *names = plain_files;
  gsize n_names = G_N_ELEMENTS (plain_files);

  self->folder = g_build_filename (dir, DISC_FOLDER, NULL);
  self->files = g_array_new (FALSE, FALSE, sizeof (ImpImageFile));
  self->strangers = g_ptr_array_new_with_free_func (g_free);
  self->is_sealed = disc_reader_is_sealed (dir);
  self->volume = self->n_volumes = 1;
  if (self->is_sealed)
    {
      names = sealed_files;
      n_names = G_N_ELEMENTS (sealed_files);
    }
  else if (!g_file_test (plain, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC, "%s", dir);
      return NULL;
    }

  for (gsize i = 0; i < n_names; i++)
    if (!is_lost_manifest (self, names[i]) && !add_file (self, names[i], error))
      return NULL;
  if (!find_strangers (self, error) ||
      !(self->is_sealed ? read_head (self, error) : read_plain (self, dir, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- what should not go on a medium --------------------------------------------------------- */

static gboolean
accepts (const char *const *accept, const char *rule)
{
  return accept != NULL && (g_strv_contains (accept, rule) || g_strv_contains (accept, "all"));
}

gboolean
imp_image_check_rules (const char *const *accept, GError **error)
{
  for (guint i = 0; accept != NULL && accept[i] != NULL; i++)
    if (!g_strv_contains (rules, accept[i]))
      {
        g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _("--accept knows no rule “%s”"), accept[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
imp_image_accept_unsealed (const char *const *accept, GError **error)
{
  if (accepts (accept, "unsealed"))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_STOP_RULE,
                       _("the disc is not encrypted, and whoever finds the medium could read it; "
                         "--accept unsealed is for made-up data"));
  return FALSE;
}

static gboolean
on_units_read (guint64 n_done, guint64 n_all, gpointer user_data)
{
  imp_media_run_tell (user_data, IMP_MEDIA_CHECKING, n_done, n_all);
  return !imp_media_run_is_cancelled (user_data, NULL);
}

static DiscError
code_for (ImpVerdict verdict)
{
  if (verdict == IMP_VERDICT_ALTERED)
    return DISC_ERROR_ALTERED;
  return verdict == IMP_VERDICT_TRUNCATED ? DISC_ERROR_TRUNCATED : DISC_ERROR_CORRUPT;
}

gboolean
imp_image_disc_check (const ImpImageDisc *self, const char *const *accept, ImpMediaRun *run,
                      GError **error)
{
  g_autoptr (DiscContainer) container = NULL;
  g_autoptr (ImpVerified) verified = imp_verified_new ();
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (!self->is_sealed || accepts (accept, "damaged"))
    return TRUE;

  container = disc_container_open (self->folder, error);
  if (container == NULL || !imp_verify_medium (container, self->folder, lost, verified,
                                               on_units_read, run, error))
    return FALSE;
  if (verified->verdict == IMP_VERDICT_INTACT)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, code_for (verified->verdict),
                       _("not every byte is as it was signed (tomoshibi verify tells which); build "
                         "it anew, or --accept damaged when this is the last copy"));
  return FALSE;
}

char *
imp_image_volume_id (const ImpImageDisc *self)
{
  if (!self->is_sealed)
    return g_strdup ("TOMOSHIBI_UNSEALED");
  if (self->n_volumes > 1)
    return g_strdup_printf ("TMSB_%06" G_GUINT64_FORMAT "_V%u", self->serial, self->volume);
  return g_strdup_printf ("TOMOSHIBI_%06" G_GUINT64_FORMAT, self->serial);
}
