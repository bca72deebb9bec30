/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-reader-private.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-sqlite.h"

/* One volume as the disc lists it, and where it is when it is at hand. */
typedef struct
{
  gint64 first_rid;
  gint64 last_rid;
  DiscContainer *container;   /* NULL: not at hand; so are the next three */
  DiscVfs *layer;
  sqlite3 *db;
  DiscStatement *source;
  DiscStatement *picture;     /* NULL until one is asked for */
  char *dir;                  /* where it is or was last, and what was damaged on it */
  DiscDamage damage;
} Volume;

struct _DiscVolumes
{
  DiscContainer *container;   /* of the volume that was opened */
  char *dir;
  guint number;               /* of the volume that was opened */
  guint n;
  Volume *volumes;            /* by number; of one that is not the first, only itself is filled in */
};

static DiscDamage
damage_of (const Volume *volume)
{
  DiscDamage damage = { 0, 0 };

  if (volume->container != NULL)
    damage = disc_container_damage (volume->container);
  return (DiscDamage) { MAX (damage.n_repaired, volume->damage.n_repaired),
                        MAX (damage.n_lost, volume->damage.n_lost) };
}

static void
put_away (Volume *volume)
{
  volume->damage = damage_of (volume);
  g_clear_pointer (&volume->source, disc_statement_free);
  g_clear_pointer (&volume->picture, disc_statement_free);
  g_clear_pointer (&volume->db, sqlite3_close);
  g_clear_pointer (&volume->layer, disc_vfs_free);
  g_clear_pointer (&volume->container, disc_container_unref);
}

void
disc_volumes_free (DiscVolumes *self)
{
  for (guint i = 0; i <= self->n; i++)
    {
      put_away (&self->volumes[i]);
      g_free (self->volumes[i].dir);
    }
  g_free (self->volumes);
  g_free (self->dir);
  g_free (self);
}

/* ---- the list ------------------------------------------------------------------------------- */

static gboolean
fail_list (GError **error)
{
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                       "the list of volumes is not that of this disc");
  return FALSE;
}

/* Of the first volume: all others in order, and their runs one behind the other. Of another: itself. */
static gboolean
read_list (DiscVolumes *self, sqlite3 *db, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (db, "volumes", error);
  guint expected = self->number == 1 ? 2 : self->number;
  guint last = self->number == 1 ? self->n : self->number;
  gint64 behind = 0;
  int rc = SQLITE_ERROR;

  while (s != NULL && (rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      gint64 first_rid = sqlite3_column_int64 (s, 1);
      gint64 last_rid = sqlite3_column_int64 (s, 2);

      if (expected > last || sqlite3_column_int64 (s, 0) != expected || first_rid <= behind ||
          last_rid < first_rid)
        return fail_list (error);
      self->volumes[expected].first_rid = first_rid;
      self->volumes[expected].last_rid = behind = last_rid;
      expected++;
    }
  if (rc != SQLITE_DONE)
    return FALSE;
  return expected > last || fail_list (error);
}

DiscVolumes *
disc_volumes_load (DiscContainer *container, sqlite3 *db, const char *dir, GError **error)
{
  const DiscHeader *header = disc_container_header (container);
  g_autoptr (DiscVolumes) self = g_new0 (DiscVolumes, 1);

  self->container = container;
  self->dir = g_strdup (dir);
  self->number = header->volume;
  self->n = header->n_volumes; /* at most DISC_VOLUMES_MAX: disc_header_read() */
  self->volumes = g_new0 (Volume, self->n + 1);
  return read_list (self, db, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- taking to hand ------------------------------------------------------------------------- */

/* Whether it is of the same disc, and made with it: what is signed by the same key and has the same
 * random id is. */
static gboolean
check_header (const DiscVolumes *self, const DiscHeader *is, GError **error)
{
  const DiscHeader *own = disc_container_header (self->container);

  if (memcmp (is->id, own->id, sizeof is->id) != 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_OTHER_DISC,
                   "volume %u of %u of disc number %" G_GUINT64_FORMAT ", while disc number %"
                   G_GUINT64_FORMAT " is open",
                   is->volume, is->n_volumes, is->serial, own->serial);
      return FALSE;
    }
  if (memcmp (is->signer, own->signer, sizeof is->signer) != 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_SIGNER,
                           "the volume says it is of this disc and was signed by somebody else");
      return FALSE;
    }
  if (is->n_volumes != self->n || is->serial != own->serial)
    return fail_list (error);
  if (is->volume != 1)
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_VOLUME, "volume 1 of %u, which is open already", self->n);
  return FALSE;
}

/* Its own row has to say the same as that of the first volume. */
static gboolean
check_run (const DiscVolumes *self, Volume *volume, guint number, GError **error)
{
  g_autoptr (DiscVolumes) its = disc_volumes_load (volume->container, volume->db, self->dir, error);

  if (its == NULL)
    return FALSE;
  return (its->volumes[number].first_rid == self->volumes[number].first_rid &&
          its->volumes[number].last_rid == self->volumes[number].last_rid) ||
         fail_list (error);
}

static gboolean
open_volume (DiscVolumes *self, Volume *volume, const char *dir, guint *number, GError **error)
{
  const DiscUnlock unlock = { .data_key = disc_container_data_key (self->container) };
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  const DiscHeader *header;

  volume->container = disc_container_open (folder, error);
  if (volume->container == NULL)
    return FALSE;

  header = disc_container_header (volume->container);
  *number = header->volume;
  if (!check_header (self, header, error) ||
      !disc_container_unlock (volume->container, &unlock, error))
    return FALSE;
  volume->layer = disc_vfs_new (&disc_container_store, volume->container);
  volume->db = disc_sqlite_open_on (volume->layer, error);
  if (volume->db == NULL || !check_run (self, volume, *number, error))
    return FALSE;
  volume->source = disc_statement_new (volume->db, "source-of-message", error);
  return volume->source != NULL;
}

/* @wanted: 0: any */
static gboolean
attach (DiscVolumes *self, const char *dir, guint wanted, guint *number, GError **error)
{
  g_autoptr (GError) local = NULL;
  Volume volume = { 0 };
  Volume *place;

  *number = 0;
  if (!open_volume (self, &volume, dir, number, &local))
    {
      put_away (&volume);
      /* What SQLite cannot make sense of here is the file's fault, not that of our statements. */
      if (g_error_matches (local, DISC_ERROR, DISC_ERROR_SQL))
        local->code = DISC_ERROR_CORRUPT;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (wanted != 0 && *number != wanted)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_VOLUME,
                   "volume %u of %u stands where volume %u should", *number, self->n, wanted);
      put_away (&volume);
      return FALSE;
    }

  place = &self->volumes[*number];
  put_away (place);
  /* The same scratches are met again; another copy has its own. */
  if (g_strcmp0 (place->dir, dir) == 0)
    volume.damage = place->damage;
  g_free (place->dir);
  volume.dir = g_strdup (dir);
  volume.first_rid = place->first_rid;
  volume.last_rid = place->last_rid;
  *place = volume;
  return TRUE;
}

/* One that lies beside the disc, whole or, in a store, not. */
static gboolean
attach_beside (DiscVolumes *self, guint wanted, GError **error)
{
  g_autofree char *path = disc_reader_volume_path (self->dir, wanted);
  g_autofree char *damaged = g_strconcat (path, DISC_VOLUME_DAMAGED, NULL);
  g_autoptr (GError) local = NULL;
  guint number;

  if (attach (self, path, wanted, &number, &local) ||
      (g_error_matches (local, DISC_ERROR, DISC_ERROR_NOT_A_DISC) &&
       attach (self, damaged, wanted, &number, NULL)))
    return TRUE;
  if (!g_error_matches (local, DISC_ERROR, DISC_ERROR_NOT_A_DISC))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local), "volume %u: ", wanted);
      return FALSE;
    }

  g_set_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE, "volume %u of %u is not at hand", wanted,
               self->n);
  return FALSE;
}

/* ---- sources and pictures -------------------------------------------------------------------------------- */

static guint
find_volume (const DiscVolumes *self, gint64 rid)
{
  for (guint number = 2; number <= self->n; number++)
    if (rid >= self->volumes[number].first_rid && rid <= self->volumes[number].last_rid)
      return number;

  return self->number;
}

/* @what: "source-of-message" or "picture-data" */
static DiscStatement **
statement_of (Volume *volume, const char *what)
{
  return strcmp (what, "picture-data") == 0 ? &volume->picture : &volume->source;
}

static gboolean
step_row (Volume *volume, const char *what, gint64 key, GError **error)
{
  DiscStatement **s = statement_of (volume, what);
  int rc;

  if (*s == NULL && (*s = disc_statement_new (volume->db, what, error)) == NULL)
    return FALSE;
  sqlite3_bind_int64 (*s, 1, key);
  rc = disc_statement_step (*s, error);
  if (rc == SQLITE_ROW)
    return TRUE;

  sqlite3_reset (*s);
  if (rc == SQLITE_DONE)
    g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "%s: it does not have %" G_GINT64_FORMAT, what,
                 key);
  return FALSE;
}

static gboolean
find_row (DiscVolumes *self, gint64 rid, const char *what, gint64 key, DiscStatement **statement,
          GError **error)
{
  guint number = find_volume (self, rid);
  Volume *volume = &self->volumes[number];
  g_autoptr (GError) local = NULL;
  gboolean was_at_hand = volume->container != NULL;

  *statement = NULL;
  if (number == self->number)
    return TRUE;
  if (!was_at_hand && !attach_beside (self, number, error))
    return FALSE;
  if (step_row (volume, what, key, &local))
    {
      *statement = *statement_of (volume, what);
      return TRUE;
    }

  /* A drive that was opened: the next one who asks looks again where the volume is. */
  if (g_error_matches (local, DISC_ERROR, DISC_ERROR_IO) ||
      g_error_matches (local, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    put_away (volume);
  if (was_at_hand && g_error_matches (local, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    return find_row (self, rid, what, key, statement, error);
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "volume %u: ", number);
  return FALSE;
}

gboolean
disc_volumes_find_source (DiscVolumes *self, gint64 rid, DiscStatement **statement, GError **error)
{
  return find_row (self, rid, "source-of-message", rid, statement, error);
}

gboolean
disc_volumes_find_picture (DiscVolumes *self, gint64 id, DiscStatement **statement, GError **error)
{
  return find_row (self, DISC_PICTURE_RID (id), "picture-data", id, statement, error);
}

void
disc_volumes_put_away (DiscVolumes *self)
{
  for (guint i = 0; i <= self->n; i++)
    put_away (&self->volumes[i]);
}

void
disc_volumes_done (DiscStatement *statement)
{
  sqlite3_reset (statement);
}

/* ---- public --------------------------------------------------------------------------------- */

char *
disc_reader_volume_path (const char *dir, guint number)
{
  g_autofree char *name = g_strdup_printf (DISC_VOLUME_PREFIX "%u", number);

  return number == 1 ? g_strdup (dir) : g_build_filename (dir, name, NULL);
}

guint
disc_reader_volume (DiscReader *self)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  return volumes != NULL ? volumes->number : 1;
}

guint
disc_reader_n_volumes (DiscReader *self)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  return volumes != NULL ? volumes->n : 1;
}

gboolean
disc_reader_run (DiscReader *self, gint64 *first_rid, gint64 *last_rid)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  if (volumes == NULL || volumes->number == 1)
    return FALSE;
  *first_rid = volumes->volumes[volumes->number].first_rid;
  *last_rid = volumes->volumes[volumes->number].last_rid;
  return TRUE;
}

guint
disc_reader_volume_of (DiscReader *self, gint64 rid)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  return volumes != NULL ? find_volume (volumes, rid) : 1;
}

gboolean
disc_reader_has_volume (DiscReader *self, guint number)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  if (number == disc_reader_volume (self))
    return TRUE;
  return volumes != NULL && number >= 1 && number <= volumes->n &&
         volumes->volumes[number].container != NULL;
}

DiscDamage
disc_reader_volume_damage (DiscReader *self, guint number)
{
  DiscContainer *container = disc_reader_container (self);
  DiscVolumes *volumes = disc_reader_get_volumes (self);

  if (number == disc_reader_volume (self) && container != NULL)
    return disc_container_damage (container);
  if (volumes == NULL || number < 1 || number > volumes->n)
    return (DiscDamage) { 0, 0 };
  return damage_of (&volumes->volumes[number]);
}

gboolean
disc_reader_attach_volume (DiscReader *self, const char *dir, guint *number, GError **error)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);
  guint found = 0;
  gboolean ok;

  if (volumes == NULL || volumes->number != 1)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_OTHER_DISC,
                           "the disc that is open has no other volumes");
      return FALSE;
    }

  ok = attach (volumes, dir, 0, &found, error);
  if (number != NULL)
    *number = found;
  return ok;
}
