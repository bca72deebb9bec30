/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-statement.h"
#include "disc-tokenizer.h"

/* SQLite file format, section 1.3: offsets in the first 100 bytes, numbers big-endian. */
#define HEADER_BYTES 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_PAGE_SIZE 16
#define HEADER_WRITE_VERSION 18 /* 1: rollback journal, 2: a log beside the file; same for reading */
#define HEADER_N_PAGES 28
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

/* ENOSPC reaches us as SQLITE_FULL; a quota or the largest file of a FAT stick as a write error. */
static gboolean
is_out_of_space (sqlite3 *db, int rc)
{
  int system_errno = sqlite3_system_errno (db);

  if (rc == SQLITE_FULL)
    return TRUE;
  return rc == SQLITE_IOERR &&
         (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG);
}

gboolean
disc_sqlite_fail (sqlite3 *db, int rc, const char *what, GError **error)
{
  int primary = rc & 0xff;
  GError *of_store = NULL;
  int code;

  if (db != NULL && primary == SQLITE_IOERR && (of_store = disc_vfs_take_error (db)) != NULL)
    {
      g_propagate_prefixed_error (error, of_store, "%s: ", what);
      return FALSE;
    }
  if (is_out_of_space (db, primary))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_NO_SPACE,
                   "the target has no room for the disc (%s)", what);
      return FALSE;
    }

  switch (primary)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      code = DISC_ERROR_CORRUPT;
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      code = DISC_ERROR_IO;
      break;
    case SQLITE_TOOBIG:
      code = DISC_ERROR_LIMIT;
      break;
    default:
      code = DISC_ERROR_SQL;
      break;
    }

  /* Not sqlite3_errmsg(): it may quote a value. */
  g_set_error (error, DISC_ERROR, code, "%s: %s (SQLite %d)", what, sqlite3_errstr (rc),
               db != NULL ? sqlite3_extended_errcode (db) : rc);
  return FALSE;
}

gboolean
disc_sqlite_exec (sqlite3 *db, const char *sql, GError **error)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || disc_sqlite_fail (db, rc, sql, error);
}

/* No quote is left in it. The empty host keeps a path that begins with two slashes a path. */
static char *
uri_of_path (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);

  return g_strconcat ("file://", escaped, NULL);
}

/* The name under which SQLite finds a store: the layer has one database, whatever its name. */
static char *
uri_of_store (DiscVfs *vfs)
{
  return g_strdup_printf ("file:records?vfs=%s%s", disc_vfs_name (vfs),
                          disc_vfs_is_read_only (vfs) ? "&immutable=1" : "");
}

/* The one place where databases are opened. */
static sqlite3 *
open_uri (const char *uri, int flags, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  int rc = sqlite3_open_v2 (uri, &db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);

  if (rc != SQLITE_OK)
    {
      disc_sqlite_fail (db, rc, "open", error);
      return NULL;
    }

  sqlite3_extended_result_codes (db, 1);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  if (!disc_tokenizer_register (db, error))
    return NULL;

  return g_steal_pointer (&db);
}

static sqlite3 *
create_uri (const char *uri, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  g_autofree char *pragmas = NULL;

  db = open_uri (uri, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE, error);
  if (db == NULL)
    return NULL;

  pragmas = g_strdup_printf ("PRAGMA page_size = %d; PRAGMA encoding = 'UTF-8';"
                             "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                             "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;"
                             "PRAGMA secure_delete = OFF;"
                             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                             DISC_PAGE_SIZE, DISC_APPLICATION_ID, DISC_FORMAT_VERSION);
  if (!disc_sqlite_exec (db, pragmas, error) || !disc_statement_run_script (db, "schema", error))
    return NULL;

  return g_steal_pointer (&db);
}

sqlite3 *
disc_sqlite_create (const char *path, GError **error)
{
  g_autofree char *uri = uri_of_path (path);

  return create_uri (uri, error);
}

sqlite3 *
disc_sqlite_create_on (DiscVfs *vfs, GError **error)
{
  g_autofree char *uri = uri_of_store (vfs);

  return create_uri (uri, error);
}

static gboolean
attach_uri (sqlite3 *db, const char *uri, const char *schema, GError **error)
{
  g_autofree char *attach = NULL;
  g_autofree char *pragmas = NULL;

  attach = g_strdup_printf ("ATTACH '%s' AS %s", uri, schema);
  pragmas = g_strdup_printf ("PRAGMA %s.journal_mode = OFF; PRAGMA %s.synchronous = OFF;"
                             "PRAGMA %s.locking_mode = EXCLUSIVE;",
                             schema, schema, schema);
  return disc_sqlite_exec (db, attach, error) && disc_sqlite_exec (db, pragmas, error);
}

gboolean
disc_sqlite_attach (sqlite3 *db, const char *path, const char *schema, GError **error)
{
  g_autofree char *uri = uri_of_path (path);

  return attach_uri (db, uri, schema, error);
}

gboolean
disc_sqlite_attach_on (sqlite3 *db, DiscVfs *vfs, const char *schema, GError **error)
{
  g_autofree char *uri = uri_of_store (vfs);

  return attach_uri (db, uri, schema, error);
}

static gboolean
fail_errno (const char *what, int saved_errno, GError **error)
{
  g_set_error (error, DISC_ERROR,
               saved_errno == ENOENT || saved_errno == ENOTDIR ? DISC_ERROR_NOT_A_DISC
                                                               : DISC_ERROR_IO,
               "%s: %s", what, g_strerror (saved_errno));
  return FALSE;
}

/* The head of the file and its size, -1 on error. */
static gint64
read_header (const char *path, guint8 header[HEADER_BYTES], GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  struct stat st;
  gssize n;
  int saved_errno;

  if (fd < 0)
    {
      fail_errno ("open", errno, error);
      return -1;
    }

  n = fstat (fd, &st) == 0 ? pread (fd, header, HEADER_BYTES, 0) : -1;
  saved_errno = errno;
  close (fd);
  if (n < 0)
    {
      fail_errno ("read", saved_errno, error);
      return -1;
    }

  if (n < HEADER_BYTES)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "the file has only %" G_GSSIZE_FORMAT " bytes",
                   n);
      return -1;
    }

  return (gint64) st.st_size;
}

static guint32
get_be32 (const guint8 *data)
{
  guint32 value;

  memcpy (&value, data, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* Before SQLite sees the file: whose it is, how new, and whether it is all there. */
static gboolean
check_header (const guint8 *header, gint64 size, GError **error)
{
  gint64 expected = (gint64) get_be32 (header + HEADER_N_PAGES) * DISC_PAGE_SIZE;
  guint32 version = get_be32 (header + HEADER_USER_VERSION);

  if (memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) != 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT, "not a database");
      return FALSE;
    }

  if (get_be32 (header + HEADER_APPLICATION_ID) != DISC_APPLICATION_ID)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC,
                           "a database of another program");
      return FALSE;
    }

  if (version > DISC_FORMAT_VERSION)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_TOO_NEW, "format %u; this program reads up to %d",
                   version, DISC_FORMAT_VERSION);
      return FALSE;
    }

  if (version == 0 || header[HEADER_PAGE_SIZE] != DISC_PAGE_SIZE >> 8 ||
      header[HEADER_PAGE_SIZE + 1] != 0 || header[HEADER_WRITE_VERSION] != 1 ||
      header[HEADER_WRITE_VERSION + 1] != 1)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT, "the head of the file is damaged");
      return FALSE;
    }

  if (size < expected)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                   "the file ends early: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes", size,
                   expected);
      return FALSE;
    }

  return TRUE;
}

static void
set_limits (sqlite3 *db)
{
  static const struct
  {
    int id;
    int value;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, DISC_ROW_MAX_BYTES },
    { SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024 },
    { SQLITE_LIMIT_COLUMN, 100 },
    { SQLITE_LIMIT_EXPR_DEPTH, 100 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 10 },
    { SQLITE_LIMIT_VDBE_OP, 100000 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db, limits[i].id, limits[i].value);

  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
}

static sqlite3 *
open_for_reading (const char *uri, GError **error)
{
  g_autoptr (sqlite3) db = open_uri (uri, SQLITE_OPEN_READONLY, error);

  if (db == NULL)
    return NULL;

  set_limits (db);
  /* No mmap: a bad sector of a removable medium would be a SIGBUS instead of an error. */
  if (!disc_sqlite_exec (db,
                         "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                         "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2048;",
                         error))
    return NULL;

  return g_steal_pointer (&db);
}

sqlite3 *
disc_sqlite_open (const char *path, GError **error)
{
  guint8 header[HEADER_BYTES];
  gint64 size = read_header (path, header, error);
  g_autofree char *plain = NULL;
  g_autofree char *uri = NULL;

  if (size < 0 || !check_header (header, size, error))
    return NULL;

  plain = uri_of_path (path);
  uri = g_strconcat (plain, "?immutable=1", NULL);
  return open_for_reading (uri, error);
}

sqlite3 *
disc_sqlite_open_on (DiscVfs *vfs, GError **error)
{
  guint8 header[HEADER_BYTES] = { 0 };
  g_autofree char *uri = uri_of_store (vfs);

  if (disc_vfs_read (vfs, 0, header, sizeof header, error) < 0 ||
      !check_header (header, (gint64) disc_vfs_size (vfs), error))
    return NULL;

  return open_for_reading (uri, error);
}
