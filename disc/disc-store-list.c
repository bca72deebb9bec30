/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-reader.h"

#define ID_HEX (2 * DISC_ID_BYTES)
#define AS_OF_MAX 32
#define UNDATED "undated"
#define PAGES_AT 28 /* of a database file: its length in pages, big-endian */

/* ---- names ---------------------------------------------------------------------------------- */

/* (transfer full): of a time what a name of a file can hold everywhere. Sorts as the time does. */
static char *
as_of_key (const char *as_of)
{
  GString *key = g_string_new (NULL);

  for (const char *p = as_of != NULL ? as_of : ""; *p != '\0' && key->len < AS_OF_MAX; p++)
    if (g_ascii_isalnum (*p) || *p == '-' || *p == '+' || *p == '.')
      g_string_append_c (key, *p);

  return g_string_free (key, FALSE);
}

gboolean
disc_store_is_id (const char *text)
{
  return text != NULL && strlen (text) == ID_HEX &&
         strspn (text, "0123456789abcdef") == ID_HEX;
}

char *
disc_store_name (const char *as_of, const char *id, gboolean is_damaged)
{
  g_autofree char *key = as_of_key (as_of);

  return g_strconcat (*key != '\0' ? key : UNDATED, "-", id, is_damaged ? DISC_STORE_DAMAGED : "",
                      NULL);
}

/* (transfer full) (nullable): what the name alone tells. */
static DiscGeneration *
parse_name (const char *name)
{
  g_autofree char *key = g_strdup (name);
  g_autoptr (DiscGeneration) self = g_new0 (DiscGeneration, 1);
  char *dash;

  if (g_str_has_suffix (key, DISC_STORE_DAMAGED))
    {
      self->is_damaged = TRUE;
      key[strlen (key) - strlen (DISC_STORE_DAMAGED)] = '\0';
    }
  dash = strrchr (key, '-');
  if (dash == NULL || dash == key || !disc_store_is_id (dash + 1))
    return NULL;

  self->name = g_strdup (name);
  self->id = g_strdup (dash + 1);
  *dash = '\0';
  self->as_of = strcmp (key, UNDATED) != 0 ? g_strdup (key) : NULL;
  return g_steal_pointer (&self);
}

/* ---- one generation ------------------------------------------------------------------------- */

void
disc_generation_free (DiscGeneration *self)
{
  g_free (self->name);
  g_free (self->path);
  g_free (self->id);
  g_free (self->hospital);
  g_free (self->as_of);
  g_free (self->built_at);
  g_free (self->signer_name);
  g_clear_pointer (&self->volumes, g_array_unref);
  g_clear_pointer (&self->damaged_volumes, g_array_unref);
  g_clear_error (&self->fault);
  g_free (self);
}

static guint64
file_bytes (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf st;

  return g_stat (path, &st) == 0 ? (guint64) st.st_size : 0;
}

static guint64
folder_bytes (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 bytes = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    bytes += file_bytes (folder, name);

  return bytes;
}

static gboolean
check_id (const DiscGeneration *self, const char *id, GError **error)
{
  if (g_strcmp0 (self->id, id) == 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_FOREIGN,
                       "the folder is named after another disc");
  return FALSE;
}

static gboolean
check_length (guint64 is, guint64 wanted, GError **error)
{
  if (is == wanted)
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_TRUNCATED,
               "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes are there", is, wanted);
  return FALSE;
}

/* Where the disc itself says, the name does not count. */
static void
take_texts (DiscGeneration *self, const char *hospital, const char *as_of, const char *built_at)
{
  g_free (self->as_of);
  self->as_of = g_strdup (as_of);
  self->hospital = g_strdup (hospital);
  self->built_at = g_strdup (built_at);
}

static gboolean
look_at_manifest (DiscGeneration *self, const DiscContainer *container, const char *folder,
                  GError **error)
{
  g_autoptr (DiscManifest) manifest = disc_container_load_manifest (container, folder, NULL, error);

  if (manifest == NULL)
    return FALSE;

  take_texts (self, manifest->hospital, manifest->as_of, manifest->built_at);
  return check_id (self, manifest->id, error);
}

char *
disc_store_volume_name (guint number, gboolean is_damaged)
{
  return g_strdup_printf (DISC_VOLUME_PREFIX "%u%s", number, is_damaged ? DISC_VOLUME_DAMAGED : "");
}

/* Whether the folder holds volume @number of the disc of @first, as far as its head tells. */
static gboolean
is_volume (const char *folder, const DiscHeader *first, guint number)
{
  g_autoptr (DiscContainer) container = disc_container_open (folder, NULL);
  const DiscHeader *header;

  if (container == NULL)
    return FALSE;
  header = disc_container_header (container);
  return memcmp (header->id, first->id, sizeof header->id) == 0 &&
         memcmp (header->signer, first->signer, sizeof header->signer) == 0 &&
         header->volume == number && header->n_volumes == first->n_volumes &&
         disc_container_check_manifest (container, folder, NULL, NULL) &&
         file_bytes (folder, DISC_CONTAINER_FILE) == header->file_bytes;
}

static void
look_at_volumes (DiscGeneration *self, const DiscHeader *first)
{
  self->n_volumes = first->n_volumes;
  for (guint number = 2; number <= first->n_volumes; number++)
    for (guint damaged = 0; damaged < 2; damaged++)
      {
        g_autofree char *name = disc_store_volume_name (number, damaged != 0);
        g_autofree char *folder = g_build_filename (self->path, name, DISC_FOLDER, NULL);
        gboolean is_whole;

        if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
          continue;
        is_whole = is_volume (folder, first, number) && damaged == 0;
        g_array_append_val (is_whole ? self->volumes : self->damaged_volumes, number);
        self->bytes += folder_bytes (folder);
        break;
      }
}

static gboolean
look_at_sealed (DiscGeneration *self, const char *folder, const DiscTrust *trust, GError **error)
{
  g_autoptr (DiscContainer) container = disc_container_open (folder, error);
  const DiscHeader *header;
  char id[ID_HEX + 1];

  if (container == NULL)
    return FALSE;
  header = disc_container_header (container);
  sodium_bin2hex (id, sizeof id, header->id, sizeof header->id);
  memcpy (self->signer, header->signer, sizeof self->signer);
  self->serial = header->serial;
  look_at_volumes (self, header);
  if (trust != NULL)
    self->signer_name = g_strdup (disc_trust_name_of (trust, header->signer));

  /* Of the files only the container is indispensable: the other one is its spare. */
  return check_id (self, id, error) &&
         (trust == NULL || disc_container_check_signer (container, trust, error)) &&
         disc_container_check_manifest (container, folder, NULL, error) &&
         look_at_manifest (self, container, folder, error) &&
         check_length (file_bytes (folder, DISC_CONTAINER_FILE), header->file_bytes, error);
}

static gboolean
look_at_unsealed (DiscGeneration *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, DISC_RECORDS_FILE, NULL);
  g_autoptr (DiscReader) reader = disc_reader_open (self->path, error);
  const DiscInfo *info;
  guint32 n_pages = 0;
  gboolean ok;
  int fd;

  if (reader == NULL)
    return FALSE;
  info = disc_reader_get_info (reader);
  take_texts (self, info->hospital, info->as_of, info->built_at);

  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return disc_file_fail (DISC_RECORDS_FILE, errno, error);
  ok = disc_file_read (fd, &n_pages, sizeof n_pages, PAGES_AT, error);
  close (fd);

  return ok && check_id (self, info->id, error) &&
         check_length (file_bytes (folder, DISC_RECORDS_FILE),
                       (guint64) GUINT32_FROM_BE (n_pages) * DISC_PAGE_SIZE, error);
}

DiscGeneration *
disc_store_load_generation (const char *store, const char *name, const DiscTrust *trust)
{
  g_autoptr (DiscGeneration) self = parse_name (name);
  g_autofree char *folder = NULL;

  if (self == NULL)
    return NULL;
  self->path = g_build_filename (store, DISC_STORE_GENERATIONS, name, NULL);
  if (!g_file_test (self->path, G_FILE_TEST_IS_DIR))
    return NULL;

  folder = g_build_filename (self->path, DISC_FOLDER, NULL);
  self->bytes = folder_bytes (folder);
  self->n_volumes = 1;
  self->volumes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->damaged_volumes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->is_sealed = disc_reader_is_sealed (self->path);
  if (self->is_sealed)
    look_at_sealed (self, folder, trust, &self->fault);
  else
    look_at_unsealed (self, folder, &self->fault);

  /* It may have left while it was looked at. */
  return g_file_test (self->path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&self) : NULL;
}

/* ---- all ------------------------------------------------------------------------------------ */

/* By the data, not by how it is kept. */
static int
compare_data (const DiscGeneration *a, const DiscGeneration *b)
{
  g_autofree char *key_a = as_of_key (a->as_of);
  g_autofree char *key_b = as_of_key (b->as_of);
  int order = strcmp (key_b, key_a);

  if (order == 0 && a->serial != b->serial)
    order = a->serial > b->serial ? -1 : 1;
  if (order == 0)
    order = g_strcmp0 (b->built_at, a->built_at);
  return order;
}

int
disc_store_compare (const DiscGeneration *a, const DiscGeneration *b)
{
  int order = compare_data (a, b);

  if (order == 0)
    order = (a->is_damaged ? 1 : 0) - (b->is_damaged ? 1 : 0);
  return order != 0 ? order : strcmp (a->name, b->name);
}

gboolean
disc_store_same_line (const DiscGeneration *a, const DiscGeneration *b)
{
  return a->is_sealed == b->is_sealed && memcmp (a->signer, b->signer, sizeof a->signer) == 0;
}

static gint
compare_pointers (gconstpointer a, gconstpointer b)
{
  return disc_store_compare (*(DiscGeneration *const *) a, *(DiscGeneration *const *) b);
}

GPtrArray *
disc_store_list (const char *store, const DiscTrust *trust, GError **error)
{
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify) disc_generation_free);
  g_autofree char *path = g_build_filename (store, DISC_STORE_GENERATIONS, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  errno = 0;
  dir = g_dir_open (path, 0, NULL);
  if (dir == NULL && (errno != ENOENT || !g_file_test (store, G_FILE_TEST_IS_DIR)))
    {
      disc_file_fail (store, errno, error);
      return NULL;
    }

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      DiscGeneration *generation = disc_store_load_generation (store, name, trust);

      if (generation != NULL)
        g_ptr_array_add (all, generation);
    }
  g_ptr_array_sort (all, compare_pointers);
  return g_steal_pointer (&all);
}

const DiscGeneration *
disc_store_newest (const GPtrArray *generations)
{
  const DiscGeneration *unsealed = NULL;

  for (guint i = 0; i < generations->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (generations, i);

      if (generation->fault != NULL)
        continue;
      if (generation->is_sealed)
        return generation;
      if (unsealed == NULL)
        unsealed = generation;
    }

  return unsealed;
}

const DiscGeneration *
disc_store_newer (const GPtrArray *generations, const DiscGeneration *than, gboolean any_signer)
{
  for (guint i = 0; i < generations->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (generations, i);

      if (compare_data (generation, than) >= 0)
        return NULL;
      if (generation->fault == NULL && g_strcmp0 (generation->id, than->id) != 0 &&
          (disc_store_same_line (generation, than) || (any_signer && generation->is_sealed)))
        return generation;
    }

  return NULL;
}
