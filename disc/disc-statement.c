/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-statement.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-resources.h"
#include "disc-sqlite.h"

#define SQL_PATH "/jp/tomoshibi/disc/sql/"

void
disc_statement_free (DiscStatement *self)
{
  sqlite3_finalize (self);
}

static GBytes *
lookup (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (SQL_PATH, name, ".sql", NULL);

  return g_resource_lookup_data (disc_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

DiscStatement *
disc_statement_new (sqlite3 *db, const char *name, GError **error)
{
  g_autoptr (GBytes) sql = lookup (name, error);
  DiscStatement *self = NULL;
  const char *text;
  gsize len;
  int rc;

  if (sql == NULL)
    return NULL;

  text = g_bytes_get_data (sql, &len);
  rc = sqlite3_prepare_v3 (db, text, (int) len, SQLITE_PREPARE_PERSISTENT, &self, NULL);
  if (rc == SQLITE_OK)
    return self;

  disc_sqlite_fail (db, rc, name, error);
  return NULL;
}

int
disc_statement_step (DiscStatement *self, GError **error)
{
  int rc = sqlite3_step (self);

  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    disc_sqlite_fail (sqlite3_db_handle (self), rc, "step", error);

  return rc;
}

gboolean
disc_statement_run (DiscStatement *self, GError **error)
{
  int rc = sqlite3_step (self);

  if (G_UNLIKELY (rc != SQLITE_DONE))
    disc_sqlite_fail (sqlite3_db_handle (self), rc, "insert", error);
  sqlite3_reset (self);
  return rc == SQLITE_DONE;
}

gboolean
disc_statement_run_script (sqlite3 *db, const char *name, GError **error)
{
  g_autoptr (GBytes) sql = lookup (name, error);
  int rc;

  if (sql == NULL)
    return FALSE;

  /* Data of a GResource ends with a NUL that is not counted. */
  rc = sqlite3_exec (db, g_bytes_get_data (sql, NULL), NULL, NULL, NULL);
  return rc == SQLITE_OK || disc_sqlite_fail (db, rc, name, error);
}

void
disc_statement_bind_text (DiscStatement *self, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (self, index, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (self, index);
}

static const char *
bounded_text (DiscStatement *self, int column, gsize *len)
{
  const char *text = (const char *) sqlite3_column_text (self, column);

  if (text == NULL)
    return NULL;

  *len = strnlen (text, MIN (DISC_TEXT_MAX_BYTES, (gsize) sqlite3_column_bytes (self, column)));
  return text;
}

const char *
disc_statement_text (DiscStatement *self, int column, GStringChunk *chunk)
{
  g_autofree char *mended = NULL;
  const char *text;
  gsize len;

  text = bounded_text (self, column, &len);
  if (text == NULL)
    return NULL;

  if (g_utf8_validate (text, (gssize) len, NULL))
    return g_string_chunk_insert_len (chunk, text, (gssize) len);

  mended = g_utf8_make_valid (text, (gssize) len);
  return g_string_chunk_insert (chunk, mended);
}

char *
disc_statement_dup_text (DiscStatement *self, int column)
{
  const char *text;
  gsize len;

  text = bounded_text (self, column, &len);
  if (text == NULL)
    return NULL;

  return g_utf8_validate (text, (gssize) len, NULL) ? g_strndup (text, len)
                                                    : g_utf8_make_valid (text, (gssize) len);
}

guint
disc_statement_uint (DiscStatement *self, int column, guint max)
{
  gint64 value = sqlite3_column_int64 (self, column);

  return value >= 0 && value <= (gint64) max ? (guint) value : 0;
}
