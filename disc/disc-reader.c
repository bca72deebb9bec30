/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-reader.h"
#include "disc-reader-private.h"

#include "disc-error.h"
#include "disc-format.h"
#include "disc-lists.h"
#include "disc-sqlite.h"

struct _DiscReader
{
  char *dir;
  DiscContainer *container;     /* NULL: not sealed; shared with readers of other threads */
  DiscVfs *layer;
  sqlite3 *db;
  DiscVolumes *volumes;         /* NULL: there is one */
  GStringChunk *texts;          /* of info and freshness */
  DiscInfo info;
  guint n_patients;
  guint lists;                   /* 0: it has none */
  guint n_unlisted;
  GPtrArray *freshness;
  GPtrArray *data_type_freshness;
};

DiscVolumes *
disc_reader_get_volumes (DiscReader *self)
{
  return self->volumes;
}

sqlite3 *
disc_reader_get_db (DiscReader *self)
{
  return self->db;
}

/* What SQLite cannot make sense of here is the file's fault, not that of our statements. */
static gboolean
blame_file (GError **error)
{
  if (error != NULL && g_error_matches (*error, DISC_ERROR, DISC_ERROR_SQL))
    (*error)->code = DISC_ERROR_CORRUPT;
  return FALSE;
}

static gboolean
load_version (DiscReader *self, GError **error)
{
  g_autoptr (DiscStatement) statement = disc_statement_new (self->db, "format-version", error);

  if (statement == NULL || disc_statement_step (statement, error) != SQLITE_ROW)
    return FALSE;
  self->info.format = (int) disc_statement_uint (statement, 0, DISC_FORMAT_VERSION);
  return TRUE;
}

/* A prepared file could hide code in triggers and views, or lack a table. */
static gboolean
check_schema (DiscReader *self, GError **error)
{
  static const char *const needed[] = {
    "messages-with-source", "messages-disputed-by-id", "patient", "patients-by-id",
    "findings-of-patient", "pictures", "picture-data",
  };
  gsize n_needed = self->info.format >= DISC_FORMAT_VERSION_PICTURES ? G_N_ELEMENTS (needed)
                                                                    : G_N_ELEMENTS (needed) - 2;
  g_autoptr (DiscStatement) foreign = disc_statement_new (self->db, "schema-foreign-objects", error);
  int rc = foreign != NULL ? disc_statement_step (foreign, error) : SQLITE_ERROR;

  if (rc == SQLITE_ROW)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                           "the database holds a trigger or a view");
      return FALSE;
    }
  if (rc != SQLITE_DONE)
    return FALSE;

  for (gsize i = 0; i < n_needed; i++)
    {
      g_autoptr (DiscStatement) statement = disc_statement_new (self->db, needed[i], error);

      if (statement == NULL)
        return FALSE;
    }

  return TRUE;
}

/* The statement stands on the row of @key, or on none; NULL on error. */
static DiscStatement *
find_meta (DiscReader *self, const char *key, int *rc, GError **error)
{
  g_autoptr (DiscStatement) statement = disc_statement_new (self->db, "meta-value", error);

  if (statement == NULL)
    return NULL;

  disc_statement_bind_text (statement, 1, key);
  *rc = disc_statement_step (statement, error);
  if (*rc != SQLITE_ROW && *rc != SQLITE_DONE)
    return NULL;

  return g_steal_pointer (&statement);
}

static gboolean
load_info (DiscReader *self, GError **error)
{
  struct
  {
    const char *key;
    const char **text;
    guint *number;
  } all[] = {
    { "hospital", &self->info.hospital, NULL },
    { "facility", &self->info.facility, NULL },
    { "as_of", &self->info.as_of, NULL },
    { "window_from", &self->info.window_from, NULL },
    { "built_at", &self->info.built_at, NULL },
    { "id", &self->info.id, NULL },
    { "overrides", &self->info.overrides, NULL },
    { "set_aside", &self->info.set_aside, NULL },
    { "months", NULL, (guint *) &self->info.months },
    { "n_patients", NULL, &self->n_patients },
    { "lists", NULL, &self->lists },
    { "n_unlisted", NULL, &self->n_unlisted },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (DiscStatement) statement = NULL;
      int rc = SQLITE_DONE;

      statement = find_meta (self, all[i].key, &rc, error);
      if (statement == NULL)
        return FALSE;
      if (rc == SQLITE_ROW && all[i].text != NULL)
        *all[i].text = disc_statement_text (statement, 0, self->texts);
      else if (rc == SQLITE_ROW)
        *all[i].number = disc_statement_uint (statement, 0, DISC_PNO_MAX);
    }

  self->info.sealed = self->container != NULL;
  return TRUE;
}

static gboolean
load_freshness (DiscReader *self, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (self->db, "freshness", error);
  int rc = SQLITE_ERROR;

  while (s != NULL && (rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      DiscFreshness *freshness;
      guint kind = disc_statement_uint (s, 0, 255);

      if (self->freshness->len + self->data_type_freshness->len > 2 * DISC_DATA_TYPES_MAX)
        break;

      freshness = g_new0 (DiscFreshness, 1);
      freshness->kind = (DiscKind) kind;
      freshness->n_live = (guint64) MAX (sqlite3_column_int64 (s, 2), 0);
      freshness->n_all = (guint64) MAX (sqlite3_column_int64 (s, 3), 0);
      freshness->newest_at = disc_statement_text (s, 4, self->texts);
      freshness->newest_sent = disc_statement_text (s, 5, self->texts);
      if (kind == DISC_KIND_NONE)
        freshness->data_type = disc_statement_text (s, 1, self->texts);
      g_ptr_array_add (kind != DISC_KIND_NONE ? self->freshness : self->data_type_freshness,
                       freshness);
    }

  return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

gboolean
disc_reader_is_sealed (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Before anybody types a passphrase into it. */
static gboolean
check_volume (const DiscContainer *container, const DiscUnlock *unlock, GError **error)
{
  const DiscHeader *header = disc_container_header (container);

  if (unlock->trust != NULL && !disc_container_check_signer (container, unlock->trust, error))
    return FALSE;
  if (header->volume == 1 || unlock->any_volume)
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_VOLUME,
               "volume %u of %u of disc number %" G_GUINT64_FORMAT "; begin with volume 1",
               header->volume, header->n_volumes, header->serial);
  return FALSE;
}

static gboolean
open_layer (DiscReader *self, GError **error)
{
  self->layer = disc_vfs_new (&disc_container_store, self->container);
  self->db = disc_sqlite_open_on (self->layer, error);
  if (self->db == NULL)
    return FALSE;
  if (disc_container_header (self->container)->n_volumes == 1)
    return TRUE;
  self->volumes = disc_volumes_load (self->container, self->db, self->dir, error);
  return self->volumes != NULL;
}

static gboolean
open_sealed (DiscReader *self, const DiscUnlock *unlock, GError **error)
{
  static const DiscUnlock nothing = { NULL };
  g_autofree char *folder = g_build_filename (self->dir, DISC_FOLDER, NULL);

  if (unlock == NULL)
    unlock = &nothing;
  self->container = disc_container_open (folder, error);
  return self->container != NULL && check_volume (self->container, unlock, error) &&
         disc_container_unlock_hot (self->container, unlock, error) && open_layer (self, error);
}

static gboolean
open_plain (DiscReader *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, DISC_FOLDER, DISC_RECORDS_FILE, NULL);

  self->db = disc_sqlite_open (path, error);
  return self->db != NULL;
}

static DiscReader *
reader_new (const char *dir)
{
  DiscReader *self = g_new0 (DiscReader, 1);

  self->dir = g_strdup (dir);
  self->texts = g_string_chunk_new (1024);
  self->freshness = g_ptr_array_new_with_free_func (g_free);
  self->data_type_freshness = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* (transfer full): @self, if it was opened and is what it should be. */
static DiscReader *
check_opened (DiscReader *self, gboolean opened, GError **error)
{
  if (opened && load_version (self, error) && check_schema (self, error) && load_info (self, error) &&
      load_freshness (self, error))
    return self;

  blame_file (error);
  disc_reader_free (self);
  return NULL;
}

DiscReader *
disc_reader_open_with (const char *dir, const DiscUnlock *unlock, GError **error)
{
  DiscReader *self = reader_new (dir);
  GError *local = NULL;
  gboolean opened = disc_reader_is_sealed (dir) ? open_sealed (self, unlock, &local)
                                                : open_plain (self, &local);

  self = check_opened (self, opened, &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return self;
}

DiscReader *
disc_reader_open_again (DiscReader *other, GError **error)
{
  DiscReader *self = reader_new (other->dir);
  GError *local = NULL;
  gboolean opened;

  if (other->container != NULL)
    self->container = disc_container_ref (other->container);
  opened = self->container != NULL ? open_layer (self, &local) : open_plain (self, &local);
  self = check_opened (self, opened, &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return self;
}

DiscReader *
disc_reader_open (const char *dir, GError **error)
{
  return disc_reader_open_with (dir, NULL, error);
}

void
disc_reader_free (DiscReader *self)
{
  g_clear_pointer (&self->volumes, disc_volumes_free);
  g_clear_pointer (&self->db, sqlite3_close);
  g_clear_pointer (&self->layer, disc_vfs_free);
  g_clear_pointer (&self->container, disc_container_unref);
  g_ptr_array_unref (self->freshness);
  g_ptr_array_unref (self->data_type_freshness);
  g_string_chunk_free (self->texts);
  g_free (self->dir);
  g_free (self);
}

gboolean
disc_reader_is_loss (DiscReader *self, const GError *error)
{
  return self->container != NULL && error->domain == DISC_ERROR &&
         (error->code == DISC_ERROR_CORRUPT || error->code == DISC_ERROR_TRUNCATED ||
          error->code == DISC_ERROR_ALTERED || error->code == DISC_ERROR_FOREIGN ||
          error->code == DISC_ERROR_SWAPPED);
}

void
disc_reader_release (DiscReader *self)
{
  if (self->volumes != NULL)
    disc_volumes_put_away (self->volumes);
  if (self->container != NULL)
    disc_container_release (self->container);
}

gboolean
disc_reader_resume (DiscReader *self, const char *dir, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);

  return self->container == NULL || disc_container_resume (self->container, folder, error);
}

gboolean
disc_reader_is_released (DiscReader *self)
{
  return self->container != NULL && disc_container_is_released (self->container);
}

DiscContainer *
disc_reader_container (DiscReader *self)
{
  return self->container;
}

const DiscInfo *
disc_reader_get_info (DiscReader *self)
{
  return &self->info;
}

GPtrArray *
disc_reader_get_freshness (DiscReader *self)
{
  return self->freshness;
}

GPtrArray *
disc_reader_get_data_type_freshness (DiscReader *self)
{
  return self->data_type_freshness;
}

gboolean
disc_reader_has_lists (DiscReader *self)
{
  return self->lists > 0;
}

guint
disc_reader_n_unlisted (DiscReader *self)
{
  return self->n_unlisted;
}

guint
disc_reader_n_patients (DiscReader *self)
{
  return self->n_patients;
}

/* The report may be larger than any other text. */
static char *
load_json (DiscReader *self, const char *key, GError **error)
{
  g_autoptr (DiscStatement) statement = NULL;
  const char *text = NULL;
  gsize len = 0;
  int rc = SQLITE_DONE;

  statement = find_meta (self, key, &rc, error);
  if (statement == NULL)
    return NULL;

  if (rc == SQLITE_ROW)
    {
      text = (const char *) sqlite3_column_text (statement, 0);
      len = (gsize) sqlite3_column_bytes (statement, 0);
    }
  if (text == NULL || len > DISC_REPORT_MAX_BYTES || !g_utf8_validate (text, (gssize) len, NULL))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "the disc carries no %s", key);
      return NULL;
    }

  return g_strndup (text, len);
}

char *
disc_reader_load_report (DiscReader *self, GError **error)
{
  return load_json (self, "report", error);
}

/* SQLite puts quotes around a name with an underscore, or not, as its version will. */
static const char *
plain_path (const char *path, GStringChunk *texts)
{
  g_autoptr (GString) plain = NULL;

  if (path == NULL || strchr (path, '"') == NULL)
    return path;
  plain = g_string_new (NULL);
  while (*path != '\0')
    {
      gsize len = *path == '"' ? strspn (path + 1, "abcdefghijklmnopqrstuvwxyz0123456789_"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                               : 0;

      if (len > 0 && path[len + 1] == '"')
        {
          g_string_append_len (plain, path + 1, (gssize) len);
          path += len + 2;
        }
      else
        g_string_append_c (plain, *path++);
    }
  return g_string_chunk_insert_len (texts, plain->str, (gssize) plain->len);
}

GArray *
disc_reader_load_report_part (DiscReader *self, const char *part, GStringChunk *texts,
                              GError **error)
{
  g_autoptr (DiscStatement) statement = disc_statement_new (self->db, "report-part", error);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (DiscReportValue));
  int rc;

  if (statement == NULL)
    return NULL;
  disc_statement_bind_text (statement, 1, part);
  sqlite3_bind_int (statement, 2, DISC_REPORT_MAX_VALUES);
  while ((rc = disc_statement_step (statement, error)) == SQLITE_ROW)
    {
      DiscReportValue value = { plain_path (disc_statement_text (statement, 0, texts), texts),
                                disc_statement_text (statement, 1, texts),
                                disc_statement_text (statement, 2, texts) };

      if (value.path != NULL && value.name != NULL && value.value != NULL)
        g_array_append_val (values, value);
    }
  return rc == SQLITE_DONE ? g_steal_pointer (&values) : NULL;
}

char *
disc_reader_load_counts (DiscReader *self, GError **error)
{
  return load_json (self, "counts", error);
}

static void
finding_free (gpointer data)
{
  DiscFinding *finding = data;

  g_free ((char *) finding->severity);
  g_free ((char *) finding->code);
  g_free ((char *) finding->path);
  g_free ((char *) finding->entry);
  g_free ((char *) finding->facility);
  g_free ((char *) finding->patient);
  g_free ((char *) finding->detail);
  g_free (finding);
}

GPtrArray *
disc_reader_load_findings (DiscReader *self, const char *facility, const char *id, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (finding_free);
  g_autoptr (DiscStatement) s = NULL;
  int rc;

  s = disc_statement_new (self->db, id != NULL ? "findings-of-patient" : "findings", error);
  if (s == NULL)
    return NULL;
  if (id != NULL)
    {
      disc_statement_bind_text (s, 1, id);
      disc_statement_bind_text (s, 2, facility);
    }

  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      DiscFinding *finding = g_new0 (DiscFinding, 1);

      finding->severity = disc_statement_dup_text (s, 0);
      finding->code = disc_statement_dup_text (s, 1);
      finding->path = disc_statement_dup_text (s, 2);
      finding->entry = disc_statement_dup_text (s, 3);
      finding->facility = disc_statement_dup_text (s, 4);
      finding->patient = disc_statement_dup_text (s, 5);
      finding->detail = disc_statement_dup_text (s, 6);
      g_ptr_array_add (findings, finding);
    }

  return rc == SQLITE_DONE ? g_steal_pointer (&findings) : NULL;
}
