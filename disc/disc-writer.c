/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-writer.h"

#include <string.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-contents.h"
#include "disc-error.h"
#include "disc-folder.h"
#include "disc-format.h"
#include "disc-freshness.h"
#include "disc-list-writer.h"
#include "disc-manifest.h"
#include "disc-picture-writer.h"
#include "disc-reader.h"
#include "disc-scratch.h"
#include "disc-search.h"
#include "disc-sqlite.h"
#include "disc-statement.h"
#include "disc-term-index.h"

/*
 * Messages go to the disc's own file, in row order and nothing between them, so that a chart is one
 * run of pages. Everything that grows beside them (patients, findings, search indexes) gathers in a
 * second file and is moved behind the messages at the end, each table in one piece.
 */
#define GATHER_FILE "gather.sqlite"
#define MESSAGES_CACHE "PRAGMA main.cache_size = -8192"
#define GATHER_CACHE "PRAGMA build.cache_size = -32768"

#define UNSEALED_TEXT                                                                              \
  "警告：このディスクは暗号化されていません。開発・試験専用です。\n"                                \
  "誰でも中の診療記録を読むことができます。実際の患者の記録を入れて持ち運ばないでください。\n"      \
  "\n"                                                                                             \
  "WARNING: THIS DISC IS NOT ENCRYPTED. It is for development and tests only.\n"                   \
  "Anybody can read the medical records in it. Do not carry real patients' records this way.\n"

struct _DiscWriter
{
  DiscFolder *folder;
  DiscWriterCheck check;     /* NULL: the disc is good as it is */
  gpointer check_data;
  guint64 volume_bytes;      /* 0: whatever it becomes */
  DiscSplitProgress split_progress;
  DiscSplitTooLarge split_too_large;
  gpointer split_data;
  char *records_path;        /* of a disc that is not sealed */
  const DiscWriterSealing *sealing; /* NULL: not sealed; then the four below are NULL too */
  DiscPack *pack;
  DiscVfs *pack_layer;
  DiscScratch *scratch;
  DiscVfs *scratch_layer;
  sqlite3 *db;
  DiscFreshnessCounter *freshness;
  DiscTermIndex *terms;
  DiscTermMemory *memory;    /* NULL until terms had to be extracted here */
  DiscStatement *insert_patient;
  DiscStatement *insert_message;
  DiscStatement *insert_link;
  DiscStatement *insert_finding;
  DiscStatement *insert_patient_more;
  DiscPictureWriter *pictures;
  DiscListWriter *lists;
  char *facility;            /* of the patient begun last */
  guint n_unlisted;          /* known at the end */
  DiscContents *contents;    /* of the patient at hand */
  char *demographics_from;   /* likewise */

  guint32 n_patients;
  guint32 n_charts;          /* of them, without those that only disputed messages name */
  guint32 n_disputed_groups;
  guint64 n_messages;
  guint32 pno;               /* of the patient or disputed group at hand, 0 before the first */
  gint64 next_seq;
  char *disputed_facility;   /* NULL while a patient is at hand */
  gboolean is_broken;        /* after an error nothing more is written */
};

static gboolean
open_plain_files (DiscWriter *self, GError **error)
{
  g_autofree char *gather_path = disc_folder_path (self->folder, GATHER_FILE);
  sqlite3 *gather = disc_sqlite_create (gather_path, error);

  if (gather == NULL)
    return FALSE;
  sqlite3_close (gather);

  self->records_path = disc_folder_path (self->folder, DISC_RECORDS_FILE);
  self->db = disc_sqlite_create (self->records_path, error);
  return self->db != NULL && disc_sqlite_attach (self->db, gather_path, "build", error);
}

static gboolean
open_sealed_files (DiscWriter *self, GError **error)
{
  g_autofree char *dir = disc_folder_path (self->folder, "");
  g_autofree char *container = disc_folder_path (self->folder, DISC_CONTAINER_FILE);
  sqlite3 *gather;

  self->scratch = disc_scratch_new (dir, error);
  if (self->scratch == NULL)
    return FALSE;
  self->scratch_layer = disc_vfs_new (&disc_scratch_store, self->scratch);
  gather = disc_sqlite_create_on (self->scratch_layer, error);
  if (gather == NULL)
    return FALSE;
  sqlite3_close (gather);

  self->pack = disc_pack_new (container, &self->sealing->sealing, self->sealing->n_threads,
                              self->sealing->level, error);
  if (self->pack == NULL)
    return FALSE;
  self->pack_layer = disc_vfs_new (&disc_pack_store, self->pack);
  self->db = disc_sqlite_create_on (self->pack_layer, error);
  return self->db != NULL &&
         disc_sqlite_attach_on (self->db, self->scratch_layer, "build", error);
}

static gboolean
open_files (DiscWriter *self, GError **error)
{
  return (self->sealing != NULL ? open_sealed_files (self, error)
                                : open_plain_files (self, error)) &&
         disc_sqlite_exec (self->db, MESSAGES_CACHE, error) &&
         disc_sqlite_exec (self->db, GATHER_CACHE, error) &&
         disc_statement_run_script (self->db, "build-begin", error);
}

static gboolean
prepare (DiscWriter *self, GError **error)
{
  struct
  {
    DiscStatement **statement;
    const char *name;
  } all[] = {
    { &self->insert_patient, "insert-patient" },
    { &self->insert_message, "insert-message" },
    { &self->insert_link, "insert-disputed-link" },
    { &self->insert_finding, "insert-finding" },
    { &self->insert_patient_more, "insert-patient-more" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      *all[i].statement = disc_statement_new (self->db, all[i].name, error);
      if (*all[i].statement == NULL)
        return FALSE;
    }

  self->terms = disc_term_index_new (self->db, error);
  if (self->terms == NULL)
    return FALSE;
  self->pictures = disc_picture_writer_new (self->db, error);
  if (self->pictures == NULL)
    return FALSE;
  self->lists = disc_list_writer_new (self->db, error);
  return self->lists != NULL;
}

DiscWriter *
disc_writer_new_sealed (const char *dir, const DiscInfo *info, const DiscWriterSealing *sealing,
                        GError **error)
{
  g_autoptr (DiscWriter) self = g_new0 (DiscWriter, 1);

  self->sealing = sealing;
  self->contents = disc_contents_new ();
  self->freshness = disc_freshness_counter_new (info->as_of);
  self->folder = disc_folder_new (dir, error);
  if (self->folder == NULL || !open_files (self, error) || !prepare (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

DiscWriter *
disc_writer_new (const char *dir, const DiscInfo *info, GError **error)
{
  return disc_writer_new_sealed (dir, info, NULL, error);
}

static void
close_files (DiscWriter *self)
{
  g_clear_pointer (&self->insert_patient, disc_statement_free);
  g_clear_pointer (&self->insert_message, disc_statement_free);
  g_clear_pointer (&self->insert_link, disc_statement_free);
  g_clear_pointer (&self->insert_finding, disc_statement_free);
  g_clear_pointer (&self->insert_patient_more, disc_statement_free);
  g_clear_pointer (&self->pictures, disc_picture_writer_free);
  g_clear_pointer (&self->lists, disc_list_writer_free);
  g_clear_pointer (&self->terms, disc_term_index_free);
  g_clear_pointer (&self->db, sqlite3_close);
}

void
disc_writer_free (DiscWriter *self)
{
  close_files (self);
  g_clear_pointer (&self->pack_layer, disc_vfs_free);
  g_clear_pointer (&self->pack, disc_pack_free);
  g_clear_pointer (&self->scratch_layer, disc_vfs_free);
  g_clear_pointer (&self->scratch, disc_scratch_free);
  g_clear_pointer (&self->folder, disc_folder_free);
  g_clear_pointer (&self->freshness, disc_freshness_counter_free);
  g_clear_pointer (&self->memory, disc_term_memory_free);
  disc_contents_free (self->contents);
  g_free (self->demographics_from);
  g_free (self->facility);
  g_free (self->records_path);
  g_free (self->disputed_facility);
  g_free (self);
}

static gboolean
check_usable (DiscWriter *self, GError **error)
{
  if (!self->is_broken)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO,
                       "the disc was given up after an error before");
  return FALSE;
}

static gboolean
fail_limit (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT, "more than a disc can hold: %s", what);
  return FALSE;
}

/* Remembers a failure: what is on the disc is then not to be trusted. */
static gboolean
run (DiscWriter *self, DiscStatement *statement, GError **error)
{
  if (disc_statement_run (statement, error))
    return TRUE;

  self->is_broken = TRUE;
  return FALSE;
}

/* Of the patient that ends here, if one is at hand. */
static gboolean
end_patient (DiscWriter *self, GError **error)
{
  DiscStatement *s = self->insert_patient_more;
  g_autofree char *contents = NULL;

  if (self->pno == 0 || self->disputed_facility != NULL)
    return TRUE;

  if (disc_contents_total (self->contents) > 0)
    contents = disc_contents_write (self->contents);
  disc_contents_clear (self->contents);
  if (contents == NULL && self->demographics_from == NULL)
    return TRUE;
  sqlite3_bind_int64 (s, 1, self->pno);
  disc_statement_bind_text (s, 2, self->demographics_from);
  disc_statement_bind_text (s, 3, contents);
  return run (self, s, error);
}

static void
begin_rows (DiscWriter *self, guint32 pno, const char *disputed_facility)
{
  char *facility = g_strdup (disputed_facility); /* may be the one freed here */

  self->pno = pno;
  self->next_seq = 0;
  g_free (self->disputed_facility);
  self->disputed_facility = facility;
}

gboolean
disc_writer_begin_patient (DiscWriter *self, const DiscPatient *patient, GError **error)
{
  DiscStatement *s = self->insert_patient;

  g_return_val_if_fail (patient->facility != NULL && patient->id != NULL, FALSE);

  if (!check_usable (self, error) || !end_patient (self, error))
    return FALSE;
  if (self->n_patients >= DISC_PNO_MAX)
    return fail_limit ("patients", error);

  begin_rows (self, ++self->n_patients, NULL);
  self->n_charts += patient->flags & DISC_PATIENT_DISPUTED_ONLY ? 0 : 1;
  g_free (self->demographics_from);
  self->demographics_from = g_strdup (patient->demographics_from);
  g_free (self->facility);
  self->facility = g_strdup (patient->facility);
  sqlite3_bind_int64 (s, 1, self->pno);
  sqlite3_bind_int64 (s, 2, patient->flags);
  disc_statement_bind_text (s, 3, patient->facility);
  disc_statement_bind_text (s, 4, patient->id);
  disc_statement_bind_text (s, 5, patient->name);
  disc_statement_bind_text (s, 6, patient->kana);
  disc_statement_bind_text (s, 7, patient->birth_date);
  disc_statement_bind_text (s, 8, patient->sex);
  disc_statement_bind_text (s, 9, patient->address);
  disc_statement_bind_text (s, 10, patient->phone);
  disc_statement_bind_text (s, 11, patient->blood_type);
  disc_statement_bind_text (s, 12, patient->former_names);
  sqlite3_bind_int64 (s, 13, patient->place);
  disc_statement_bind_text (s, 14, patient->ward);
  disc_statement_bind_text (s, 15, patient->room);
  disc_statement_bind_text (s, 16, patient->bed);
  disc_statement_bind_text (s, 17, patient->place_at);
  disc_statement_bind_text (s, 18, patient->department);
  disc_statement_bind_text (s, 19, patient->doctor);
  disc_statement_bind_text (s, 20, patient->last_seen_at);
  return run (self, s, error);
}

gboolean
disc_writer_begin_disputed (DiscWriter *self, const char *facility, GError **error)
{
  if (!check_usable (self, error) || !end_patient (self, error))
    return FALSE;
  if (self->n_disputed_groups > DISC_PNO_DISPUTED_MAX - DISC_PNO_DISPUTED)
    return fail_limit ("disputed messages", error);

  begin_rows (self, DISC_PNO_DISPUTED + self->n_disputed_groups++, facility);
  return TRUE;
}

static gboolean
check_message (DiscWriter *self, const DiscMessage *message, GError **error)
{
  if (message->records_len > DISC_RECORDS_MAX_BYTES)
    return fail_limit ("the records of one message", error);
  if (message->source_len > DISC_SOURCE_MAX_BYTES)
    return fail_limit ("the source of one message", error);
  if (message->path != NULL && strlen (message->path) > DISC_TEXT_MAX_BYTES)
    return fail_limit ("the path of one message", error);
  if (self->next_seq <= DISC_SEQ_MAX)
    return TRUE;
  if (self->disputed_facility == NULL)
    return fail_limit ("the messages of one patient", error);

  return disc_writer_begin_disputed (self, self->disputed_facility, error);
}

static gboolean
insert_message (DiscWriter *self, gint64 rid, const DiscMessage *message, GError **error)
{
  DiscStatement *s = self->insert_message;
  DiscMessageFlags flags = message->flags;

  if (self->disputed_facility != NULL)
    flags |= DISC_MESSAGE_DISPUTED;

  sqlite3_bind_int64 (s, 1, rid);
  sqlite3_bind_int64 (s, 2, message->format);
  sqlite3_bind_int64 (s, 3, flags);
  if (message->condition != 0)
    sqlite3_bind_int64 (s, 4, (guchar) message->condition);
  else
    sqlite3_bind_null (s, 4);
  disc_statement_bind_text (s, 5, message->data_type);
  disc_statement_bind_text (s, 6, message->care_date);
  disc_statement_bind_text (s, 7, message->sent_at);
  disc_statement_bind_text (s, 8, message->path);
  disc_statement_bind_text (s, 9, message->entry);
  disc_statement_bind_text (s, 10, message->disputed_ids);
  /* An empty blob is not NULL. */
  sqlite3_bind_blob (s, 11, message->records_len > 0 ? (const void *) message->records : "",
                     (int) message->records_len, SQLITE_STATIC);
  if (message->source != NULL)
    sqlite3_bind_text (s, 12, message->source, (int) message->source_len, SQLITE_STATIC);
  else
    sqlite3_bind_null (s, 12);
  return run (self, s, error);
}

static gboolean
insert_links (DiscWriter *self, gint64 rid, const char *ids, GError **error)
{
  g_auto (GStrv) list = g_strsplit (ids, "\n", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (list[i][0] == '\0')
        continue;
      disc_statement_bind_text (self->insert_link, 1, list[i]);
      disc_statement_bind_text (self->insert_link, 2, self->disputed_facility);
      sqlite3_bind_int64 (self->insert_link, 3, rid);
      if (!run (self, self->insert_link, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
index_message (DiscWriter *self, gint64 rid, const DiscMessage *message, const GPtrArray *terms,
               const char *free_text, GError **error)
{
  g_autoptr (GPtrArray) own_terms = NULL;
  g_autoptr (GString) own_text = NULL;
  g_autoptr (GStringChunk) strings = NULL;

  if (terms != NULL)
    return disc_term_index_add (self->terms, rid, terms, free_text, error);

  if (self->memory == NULL)
    self->memory = disc_term_memory_new ();
  own_terms = g_ptr_array_new ();
  own_text = g_string_new (NULL);
  strings = g_string_chunk_new (1024);
  disc_terms_extract (self->memory, message->records, message->records_len, strings, own_terms,
                      own_text);
  return disc_term_index_add (self->terms, rid, own_terms, own_text->str, error);
}

gboolean
disc_writer_add_message (DiscWriter *self, const DiscMessage *message, GPtrArray *terms,
                         const char *free_text, GError **error)
{
  gint64 rid;

  g_return_val_if_fail (self->pno != 0, FALSE);
  /* A disputed message in somebody's chart is the one thing that must never happen. */
  g_return_val_if_fail (self->disputed_facility != NULL ||
                            !(message->flags & DISC_MESSAGE_DISPUTED),
                        FALSE);

  if (!check_usable (self, error) || !check_message (self, message, error))
    return FALSE;

  rid = ((gint64) self->pno << DISC_SEQ_BITS) | self->next_seq++;
  self->n_messages++;
  if (!insert_message (self, rid, message, error))
    return FALSE;
  if (self->disputed_facility != NULL && message->disputed_ids != NULL &&
      !insert_links (self, rid, message->disputed_ids, error))
    return FALSE;

  if (self->disputed_facility == NULL)
    disc_contents_add (self->contents, message->data_type);
  disc_freshness_counter_add (self->freshness, message);
  if (index_message (self, rid, message, terms, free_text, error))
    return TRUE;

  self->is_broken = TRUE;
  return FALSE;
}

gint64
disc_writer_last_rid (DiscWriter *self)
{
  return self->next_seq > 0 ? ((gint64) self->pno << DISC_SEQ_BITS) | (self->next_seq - 1) : 0;
}

gboolean
disc_writer_add_picture (DiscWriter *self, const DiscPicture *picture, GBytes *bytes, GError **error)
{
  GError *local = NULL;

  if (!check_usable (self, error))
    return FALSE;
  if (disc_picture_writer_add (self->pictures, picture, bytes, &local))
    return TRUE;
  self->is_broken = !g_error_matches (local, DISC_ERROR, DISC_ERROR_LIMIT);
  g_propagate_error (error, local);
  return FALSE;
}

/* Lists are of patients: a disputed message places nobody. */
static gboolean
check_listed (DiscWriter *self, gint64 rid, GError **error)
{
  g_return_val_if_fail (self->pno != 0 && self->disputed_facility == NULL, FALSE);
  g_return_val_if_fail (DISC_PNO (rid) == self->pno, FALSE);

  return check_usable (self, error);
}

gboolean
disc_writer_add_stay (DiscWriter *self, const DiscStay *stay, GError **error)
{
  if (!check_listed (self, stay->rid, error))
    return FALSE;
  self->is_broken = !disc_list_writer_add_stay (self->lists, self->facility, stay, error);
  return !self->is_broken;
}

gboolean
disc_writer_add_visit (DiscWriter *self, const DiscVisit *visit, GError **error)
{
  if (!check_listed (self, visit->rid, error))
    return FALSE;
  self->is_broken = !disc_list_writer_add_visit (self->lists, self->facility, visit, error);
  return !self->is_broken;
}

gboolean
disc_writer_add_doctor_patient (DiscWriter *self, const DiscDoctorPatient *patient, GError **error)
{
  DiscDoctorPatient own = *patient;

  if (!check_listed (self, patient->rid, error))
    return FALSE;
  own.pno = self->pno;
  self->is_broken = !disc_list_writer_add_doctor (self->lists, self->facility, &own, error);
  return !self->is_broken;
}

gboolean
disc_writer_add_finding (DiscWriter *self, const DiscFinding *finding, GError **error)
{
  DiscStatement *s = self->insert_finding;

  g_return_val_if_fail (finding->severity != NULL && finding->code != NULL, FALSE);

  if (!check_usable (self, error))
    return FALSE;

  disc_statement_bind_text (s, 1, finding->severity);
  disc_statement_bind_text (s, 2, finding->code);
  disc_statement_bind_text (s, 3, finding->path);
  disc_statement_bind_text (s, 4, finding->entry);
  disc_statement_bind_text (s, 5, finding->facility);
  disc_statement_bind_text (s, 6, finding->patient);
  disc_statement_bind_text (s, 7, finding->detail);
  return run (self, s, error);
}

static gboolean
insert_freshness (const DiscFreshness *freshness, gpointer user_data, GError **error)
{
  DiscStatement *s = user_data;

  sqlite3_bind_int64 (s, 1, freshness->kind);
  disc_statement_bind_text (s, 2, freshness->data_type != NULL ? freshness->data_type : "");
  sqlite3_bind_int64 (s, 3, (gint64) freshness->n_live);
  sqlite3_bind_int64 (s, 4, (gint64) freshness->n_all);
  disc_statement_bind_text (s, 5, freshness->newest_at);
  disc_statement_bind_text (s, 6, freshness->newest_sent);
  return disc_statement_run (s, error);
}

static gboolean
insert_meta (DiscWriter *self, const DiscInfo *info, const char *report_json,
             const char *counts_json, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (self->db, "insert-meta", error);
  char id[33];
  guint8 random[16];
  struct
  {
    const char *key;
    const char *text;   /* NULL: the number */
    gint64 number;
  } all[] = {
    { "hospital", info->hospital, -1 },
    { "facility", info->facility, -1 },
    { "as_of", info->as_of, -1 },
    { "window_from", info->window_from, -1 },
    { "built_at", info->built_at, -1 },
    { "id", info->id != NULL ? info->id : id, -1 },
    { "report", report_json, -1 },
    { "counts", counts_json, -1 },
    { "made_by", PACKAGE_NAME " " PACKAGE_VERSION, -1 },
    { "overrides", info->overrides, -1 },
    { "set_aside", info->set_aside, -1 },
    { "months", NULL, info->months },
    { "n_patients", NULL, self->n_patients },
    { "n_messages", NULL, (gint64) self->n_messages },
    { "lists", NULL, 1 },
    { "n_unlisted", NULL, self->n_unlisted },
  };

  if (s == NULL)
    return FALSE;
  if (report_json != NULL && strlen (report_json) > DISC_REPORT_MAX_BYTES)
    return fail_limit ("the report", error);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO, "the system gives no random numbers");
      return FALSE;
    }
  randombytes_buf (random, sizeof random);
  if (self->sealing != NULL)
    memcpy (random, disc_pack_id (self->pack), sizeof random);
  sodium_bin2hex (id, sizeof id, random, sizeof random);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      disc_statement_bind_text (s, 1, all[i].key);
      disc_statement_bind_text (s, 2, all[i].text);
      if (all[i].text == NULL && all[i].number >= 0)
        sqlite3_bind_int64 (s, 2, all[i].number);
      if (!disc_statement_run (s, error))
        return FALSE;
    }

  return TRUE;
}

/* The tables beside the messages; what SQLite wrote a moment ago is otherwise taken at its word. */
static gboolean
check_tables (DiscWriter *self, GError **error)
{
  static const char *const checks[] = {
    "PRAGMA quick_check (meta)",          "PRAGMA quick_check (patient)",
    "PRAGMA quick_check (disputed_link)", "PRAGMA quick_check (finding)",
    "PRAGMA quick_check (freshness)",     "PRAGMA quick_check (term)",
    "PRAGMA quick_check (picture)",
    "PRAGMA quick_check (posting)",       "PRAGMA quick_check (term_text_data)",
    "PRAGMA quick_check (message_text_data)", "PRAGMA quick_check (list_name)",
    "PRAGMA quick_check (stay)",          "PRAGMA quick_check (visit)",
    "PRAGMA quick_check (doctor_patient)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (DiscStatement) s = NULL;
      int rc = sqlite3_prepare_v2 (self->db, checks[i], -1, &s, NULL);

      if (rc != SQLITE_OK)
        return disc_sqlite_fail (self->db, rc, checks[i], error);
      if (disc_statement_step (s, error) != SQLITE_ROW)
        return FALSE;
      if (g_strcmp0 ((const char *) sqlite3_column_text (s, 0), "ok") != 0)
        {
          g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "%s failed", checks[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
remove_gather_file (DiscWriter *self, GError **error)
{
  if (!disc_sqlite_exec (self->db, "DETACH build", error))
    return FALSE;

  if (self->sealing == NULL)
    {
      g_autofree char *path = disc_folder_path (self->folder, GATHER_FILE);

      g_unlink (path);
    }
  return TRUE;
}

/* From here on everything is read as soon as the disc is opened: it comes together and last. */
static gboolean
begin_hot (DiscWriter *self, GError **error)
{
  int rc;

  if (self->sealing == NULL)
    return TRUE;

  rc = sqlite3_db_cacheflush (self->db);
  if (rc != SQLITE_OK && rc != SQLITE_BUSY)
    return disc_sqlite_fail (self->db, rc, "flush", error);
  return disc_pack_begin_hot (self->pack, error);
}

static gboolean
finish_tables (DiscWriter *self, const DiscInfo *info, const char *report_json,
               const char *counts_json, GError **error)
{
  g_autoptr (DiscStatement) freshness = disc_statement_new (self->db, "insert-freshness", error);

  if (freshness == NULL || !end_patient (self, error) || !disc_list_writer_finish (self->lists, error))
    return FALSE;
  self->n_unlisted = disc_list_writer_n_left_out (self->lists);
  return disc_term_index_finish (self->terms, error) &&
         disc_statement_run_script (self->db, "build-finish-search", error) &&
         begin_hot (self, error) &&
         disc_freshness_counter_foreach (self->freshness, info->as_of, insert_freshness, freshness,
                                         error) &&
         insert_meta (self, info, report_json, counts_json, error) &&
         disc_statement_run_script (self->db, "build-finish", error);
}

static gboolean
close_database (DiscWriter *self, GError **error)
{
  int rc;

  g_clear_pointer (&self->insert_patient, disc_statement_free);
  g_clear_pointer (&self->insert_link, disc_statement_free);
  g_clear_pointer (&self->insert_finding, disc_statement_free);
  g_clear_pointer (&self->insert_patient_more, disc_statement_free);
  g_clear_pointer (&self->pictures, disc_picture_writer_free);
  g_clear_pointer (&self->lists, disc_list_writer_free);
  g_clear_pointer (&self->terms, disc_term_index_free);
  if (!remove_gather_file (self, error) || !check_tables (self, error))
    return FALSE;

  g_clear_pointer (&self->insert_message, disc_statement_free);
  rc = sqlite3_close (self->db);
  self->db = NULL;
  return rc == SQLITE_OK || disc_sqlite_fail (NULL, rc, "close", error);
}

static gboolean
seal (DiscWriter *self, const DiscInfo *info, GError **error)
{
  const DiscSealing *sealing = &self->sealing->sealing;
  g_autofree char *manifest = disc_manifest_write (info, disc_pack_id (self->pack), sealing->serial,
                                                   1, 1, self->n_charts, self->n_messages);
  g_autofree char *readme_ja = disc_manifest_readme_ja (info, sealing->serial, 1, 1);
  g_autofree char *readme_en = disc_manifest_readme_en (info, sealing->serial, 1, 1);
  g_autofree char *spare = disc_folder_path (self->folder, DISC_SPARE_FILE);

  return disc_pack_finish (self->pack, (const guint8 *) manifest, strlen (manifest),
                           spare, error) &&
         disc_folder_write (self->folder, DISC_MANIFEST_FILE, manifest, error) &&
         disc_folder_write (self->folder, DISC_README_JA_FILE, readme_ja, error) &&
         disc_folder_write (self->folder, DISC_README_EN_FILE, readme_en, error);
}

void
disc_writer_set_check (DiscWriter *self, DiscWriterCheck check, gpointer user_data)
{
  self->check = check;
  self->check_data = user_data;
}

void
disc_writer_set_volume_bytes (DiscWriter *self, guint64 max_bytes, DiscSplitProgress progress,
                              DiscSplitTooLarge too_large, gpointer user_data)
{
  self->volume_bytes = max_bytes;
  self->split_progress = progress;
  self->split_too_large = too_large;
  self->split_data = user_data;
}

/* The disc is finished. Made into volumes when it is too large for one. */
static gboolean
split_if_needed (DiscWriter *self, const DiscInfo *info, guint *n_volumes, GError **error)
{
  g_autofree char *folder = disc_folder_path (self->folder, ".");
  guint64 bytes;
  DiscSplitOptions options;

  *n_volumes = 1;
  if (self->sealing == NULL || self->volume_bytes == 0)
    return TRUE;
  bytes = disc_split_folder_bytes (folder, error);
  if (bytes <= self->volume_bytes)
    return bytes > 0;

  /* Its room on the disk is wanted now. */
  g_clear_pointer (&self->scratch_layer, disc_vfs_free);
  g_clear_pointer (&self->scratch, disc_scratch_free);
  options = (DiscSplitOptions) {
    .info = info, .serial = self->sealing->sealing.serial, .n_patients = self->n_charts,
    .n_messages = self->n_messages, .max_bytes = self->volume_bytes,
    .n_threads = self->sealing->n_threads, .level = self->sealing->level,
    .progress = self->split_progress, .too_large = self->split_too_large,
    .progress_data = self->split_data,
  };
  return disc_split (self->folder, self->pack, &options, n_volumes, error);
}

static gboolean
check_finished (DiscWriter *self, guint n_volumes, GError **error)
{
  for (guint volume = 1; self->check != NULL && volume <= n_volumes; volume++)
    {
      g_autofree char *name = n_volumes > 1 ? disc_folder_volume_name (volume, ".") : g_strdup (".");
      g_autofree char *folder = disc_folder_path (self->folder, name);

      if (!self->check (folder, volume, n_volumes, self->check_data, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
disc_writer_finish (DiscWriter *self, const DiscInfo *info, const char *report_json,
                    const char *counts_json, GError **error)
{
  guint n_volumes = 1;

  if (!check_usable (self, error))
    return FALSE;

  self->is_broken = TRUE; /* whatever happens now, this was the last use */
  return finish_tables (self, info, report_json, counts_json, error) &&
         close_database (self, error) &&
         (self->sealing != NULL
              ? seal (self, info, error)
              : disc_folder_write (self->folder, DISC_UNSEALED_FILE, UNSEALED_TEXT, error)) &&
         split_if_needed (self, info, &n_volumes, error) &&
         check_finished (self, n_volumes, error) &&
         disc_folder_put_in_place (self->folder, n_volumes, error);
}

guint64
disc_writer_bytes (DiscWriter *self)
{
  g_autofree char *gather_path = NULL;
  GStatBuf st;
  guint64 bytes = 0;

  if (self->db == NULL)
    return 0;
  if (self->sealing != NULL)
    return disc_pack_bytes (self->pack) + disc_scratch_bytes (self->scratch);

  gather_path = disc_folder_path (self->folder, GATHER_FILE);
  if (g_stat (self->records_path, &st) == 0)
    bytes += (guint64) st.st_size;
  if (g_stat (gather_path, &st) == 0)
    bytes += (guint64) st.st_size;
  return bytes;
}
