/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-container.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"

/* (transfer full): the rest of a file, at most one byte more than a manifest may have. */
static GBytes *
read_rest (const char *folder, const char *name, guint64 offset, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_malloc (DISC_MANIFEST_MAX_BYTES + 1);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = fd >= 0 ? disc_file_read_some (fd, text, DISC_MANIFEST_MAX_BYTES + 1, offset) : -1;

  if (n < 0)
    disc_file_fail (name, errno, error);
  if (fd >= 0)
    close (fd);
  return n >= 0 ? g_bytes_new_take (g_steal_pointer (&text), (gsize) n) : NULL;
}

static GBytes *
read_copy (const DiscContainer *self, const char *folder)
{
  return read_rest (folder, DISC_SPARE_FILE,
                    disc_layout_spare_manifest_offset (disc_container_header (self)), NULL);
}

/* @bytes: (nullable) */
static gboolean
is_signed (const DiscContainer *self, GBytes *bytes)
{
  guint8 hash[DISC_HASH_BYTES];
  gsize len = 0;
  gconstpointer text = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;

  if (len == 0 || len > DISC_MANIFEST_MAX_BYTES)
    return FALSE;
  disc_hash (text, len, hash, sizeof hash);
  return memcmp (hash, disc_container_header (self)->manifest_hash, sizeof hash) == 0;
}

/* What a medium does to a manifest leaves none: it ends early, or cannot be understood. One that
 * can be read and says something else was put there by a hand, and so was what made it longer. */
static gboolean
is_damage (GBytes *found, GBytes *wanted)
{
  gsize len, wanted_len;
  const char *text = g_bytes_get_data (found, &len);
  const char *right = g_bytes_get_data (wanted, &wanted_len);

  if (len == 0)
    return TRUE;
  if (len > wanted_len)
    return FALSE;
  return (len < wanted_len && memcmp (text, right, len) == 0) ||
         !disc_manifest_is_object (text, len);
}

static void
fail_altered (GError **error)
{
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_ALTERED,
                       "the manifest is not the one that was signed");
}

GBytes *
disc_container_read_manifest (const DiscContainer *self, const char *folder, gboolean *from_copy,
                              GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GBytes) found = read_rest (folder, DISC_MANIFEST_FILE, 0, &missing);
  g_autoptr (GBytes) copy = NULL;

  if (from_copy != NULL)
    *from_copy = FALSE;
  if (is_signed (self, found))
    return g_steal_pointer (&found);

  copy = read_copy (self, folder);
  if (is_signed (self, copy) && (found == NULL || is_damage (found, copy)))
    {
      if (from_copy != NULL)
        *from_copy = TRUE;
      return g_steal_pointer (&copy);
    }

  if (missing != NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  else
    fail_altered (error);
  return NULL;
}

/* One that is gone, and its copy with it, was taken away: nobody burns a disc without. */
gboolean
disc_container_check_manifest (const DiscContainer *self, const char *folder, gboolean *from_copy,
                               GError **error)
{
  g_autoptr (GBytes) bytes = disc_container_read_manifest (self, folder, from_copy, NULL);

  if (bytes == NULL)
    fail_altered (error);
  return bytes != NULL;
}

DiscManifest *
disc_container_load_manifest (const DiscContainer *self, const char *folder, gboolean *from_copy,
                              GError **error)
{
  g_autoptr (GBytes) bytes = disc_container_read_manifest (self, folder, from_copy, error);
  gsize len;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &len);
  return disc_manifest_read (text, len, error);
}

gboolean
disc_container_has_manifest_copy (const DiscContainer *self, const char *folder)
{
  g_autoptr (GBytes) copy = read_copy (self, folder);

  return is_signed (self, copy);
}
