/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-vfs.h"

#include <string.h>

#include "disc-format.h"

/* "If xFileControl op codes less than 100 are reserved for SQLite" (sqlite3.h). */
#define FCNTL_TAKE_ERROR 0x544d53

#define MAX_NAME 512

struct _DiscVfs
{
  sqlite3_vfs vfs;        /* pAppData is this */
  char name[64];
  const DiscVfsStore *methods;
  gpointer store;
  GError *error;          /* the last */
};

typedef struct
{
  sqlite3_file base;
  DiscVfs *vfs;
} File;

static void
remember (DiscVfs *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

/* ---- one file ------------------------------------------------------------------------------- */

static int
file_close (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *out, int len, sqlite3_int64 offset)
{
  DiscVfs *self = ((File *) file)->vfs;
  guint64 size = self->methods->size (self->store);
  gsize inside = (guint64) offset < size ? (gsize) MIN (size - (guint64) offset, (guint64) len) : 0;
  GError *error = NULL;

  if (inside > 0 &&
      !self->methods->read (self->store, (guint64) offset, out, inside, &error))
    {
      remember (self, error);
      return SQLITE_IOERR_READ;
    }

  if (inside == (gsize) len)
    return SQLITE_OK;
  memset ((guint8 *) out + inside, 0, (gsize) len - inside);
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
  DiscVfs *self = ((File *) file)->vfs;
  GError *error = NULL;

  if (self->methods->write == NULL)
    return SQLITE_READONLY;
  if (self->methods->write (self->store, (guint64) offset, data, (gsize) len, &error))
    return SQLITE_OK;

  remember (self, error);
  return SQLITE_IOERR_WRITE;
}

/* Space that is given back at the end of a database is written again or not; it does no harm. */
static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return SQLITE_OK;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  DiscVfs *self = ((File *) file)->vfs;

  *size = (sqlite3_int64) self->methods->size (self->store);
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *file, int lock)
{
  return SQLITE_OK;
}

static int
file_check_reserved_lock (sqlite3_file *file, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  DiscVfs *self = ((File *) file)->vfs;

  if (op != FCNTL_TAKE_ERROR)
    return SQLITE_NOTFOUND;

  *(GError **) arg = g_steal_pointer (&self->error);
  return SQLITE_OK;
}

static int
file_sector_size (sqlite3_file *file)
{
  return DISC_PAGE_SIZE;
}

static int
file_device_characteristics (sqlite3_file *file)
{
  return ((File *) file)->vfs->methods->write == NULL ? SQLITE_IOCAP_IMMUTABLE : 0;
}

static const sqlite3_io_methods io_methods = {
  .iVersion = 1,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
};

/* ---- the layer ------------------------------------------------------------------------------ */

/* The database and nothing else: a journal or a temporary file would be a plain copy. */
static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = (File *) file;

  self->base.pMethods = NULL;
  if (!(flags & SQLITE_OPEN_MAIN_DB))
    return SQLITE_CANTOPEN;

  self->base.pMethods = &io_methods;
  self->vfs = vfs->pAppData;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_dir)
{
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int max, char *out)
{
  sqlite3_snprintf (max, out, "%s", name);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int len, char *out)
{
  sqlite3_vfs *system = sqlite3_vfs_find (NULL);

  return system->xRandomness (system, len, out);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return 0;
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *time)
{
  sqlite3_vfs *system = sqlite3_vfs_find (NULL);

  return system->xCurrentTime (system, time);
}

DiscVfs *
disc_vfs_new (const DiscVfsStore *methods, gpointer store)
{
  DiscVfs *self = g_new0 (DiscVfs, 1);

  g_snprintf (self->name, sizeof self->name, "tomoshibi-%p", (gpointer) self);
  self->methods = methods;
  self->store = store;
  self->vfs = (sqlite3_vfs) {
    .iVersion = 1,
    .szOsFile = sizeof (File),
    .mxPathname = MAX_NAME,
    .zName = self->name,
    .pAppData = self,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
  };
  sqlite3_vfs_register (&self->vfs, 0);
  return self;
}

void
disc_vfs_free (DiscVfs *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_clear_error (&self->error);
  g_free (self);
}

const char *
disc_vfs_name (const DiscVfs *self)
{
  return self->name;
}

gboolean
disc_vfs_is_read_only (const DiscVfs *self)
{
  return self->methods->write == NULL;
}

guint64
disc_vfs_size (const DiscVfs *self)
{
  return self->methods->size (self->store);
}

gssize
disc_vfs_read (DiscVfs *self, guint64 offset, guint8 *out, gsize len, GError **error)
{
  guint64 size = disc_vfs_size (self);

  len = offset < size ? (gsize) MIN (size - offset, (guint64) len) : 0;
  return len == 0 || self->methods->read (self->store, offset, out, len, error) ? (gssize) len : -1;
}

GError *
disc_vfs_take_error (sqlite3 *db)
{
  const char *name;

  for (int i = 0; (name = sqlite3_db_name (db, i)) != NULL; i++)
    {
      GError *error = NULL;

      if (sqlite3_file_control (db, name, FCNTL_TAKE_ERROR, &error) == SQLITE_OK && error != NULL)
        return error;
    }

  return NULL;
}
