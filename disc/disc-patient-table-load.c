/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <malloc.h>

#include "disc-format.h"
#include "disc-patient-table-private.h"
#include "disc-reader-private.h"

/*
 * One thread reads the rows, another makes the table of them: each takes about as long as the other,
 * and the laptop has two processors.
 */
#define BATCH_PATIENTS 256
#define N_BATCHES 4

typedef struct
{
  GStringChunk *texts;
  guint n;
  gboolean is_last;
  DiscPatient patients[BATCH_PATIENTS];
} Batch;

typedef struct
{
  DiscReader *reader;
  Batch *batches[N_BATCHES];
  GAsyncQueue *empty;      /* (element-type Batch) */
  GAsyncQueue *full;       /* (element-type Batch) */
  Batch *batch;            /* being filled */

  /* Of the other thread, until it has ended. */
  DiscPatientTableBuilder *builder;
  GError *error;
} Loader;

static void
loader_init (Loader *self, DiscReader *reader)
{
  *self = (Loader) { .reader = reader };
  self->empty = g_async_queue_new ();
  self->full = g_async_queue_new ();
  self->builder = disc_patient_table_builder_new ();
  for (guint i = 0; i < N_BATCHES; i++)
    {
      self->batches[i] = g_new0 (Batch, 1);
      self->batches[i]->texts = g_string_chunk_new (16 * 1024);
      g_async_queue_push (self->empty, self->batches[i]);
    }
  self->batch = g_async_queue_pop (self->empty);
}

static void
loader_clear (Loader *self)
{
  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_string_chunk_free (self->batches[i]->texts);
      g_free (self->batches[i]);
    }
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->full);
  disc_patient_table_builder_free (self->builder);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loader, loader_clear)

/* ---- the thread that makes the table -------------------------------------------------------- */

/* After a failure the rest is taken and dropped: the other thread waits for empty batches. */
static gpointer
take_batches (gpointer data)
{
  Loader *self = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Batch *batch = g_async_queue_pop (self->full);

      is_last = batch->is_last;
      for (guint i = 0; i < batch->n && self->error == NULL; i++)
        disc_patient_table_builder_add (self->builder, &batch->patients[i], &self->error);
      g_string_chunk_clear (batch->texts);
      batch->n = 0;
      g_async_queue_push (self->empty, batch);
    }
  return NULL;
}

/* ---- the thread that reads ------------------------------------------------------------------ */

static void
fill (DiscPatient *patient, DiscStatement *s, GStringChunk *chunk)
{
  patient->pno = disc_statement_uint (s, 0, DISC_PNO_MAX);
  patient->flags = disc_statement_uint (s, 1, (1 << 28) - 1);
  patient->facility = disc_statement_text (s, 2, chunk);
  patient->id = disc_statement_text (s, 3, chunk);
  patient->name = disc_statement_text (s, 4, chunk);
  patient->kana = disc_statement_text (s, 5, chunk);
  patient->birth_date = disc_statement_text (s, 6, chunk);
  patient->sex = disc_statement_text (s, 7, chunk);
  patient->former_names = disc_statement_text (s, 8, chunk);
  patient->place = disc_statement_uint (s, 9, DISC_PLACE_OUT);
  patient->ward = disc_statement_text (s, 10, chunk);
  patient->room = disc_statement_text (s, 11, chunk);
  patient->bed = disc_statement_text (s, 12, chunk);
  patient->place_at = disc_statement_text (s, 13, chunk);
  patient->department = disc_statement_text (s, 14, chunk);
  patient->last_seen_at = disc_statement_text (s, 15, chunk);
  patient->n_disputed = disc_statement_uint (s, 16, G_MAXINT);
}

static void
pass_on (Loader *self, gboolean is_last)
{
  self->batch->is_last = is_last;
  g_async_queue_push (self->full, g_steal_pointer (&self->batch));
  if (!is_last)
    self->batch = g_async_queue_pop (self->empty);
}

/* All rows from @next on until the end, or until one cannot be read.
 * @next: (inout): behind the last row that was */
static gboolean
read_from (Loader *self, guint32 *next, GError **error)
{
  sqlite3 *db = disc_reader_get_db (self->reader);
  g_autoptr (DiscStatement) s = disc_statement_new (db, "patients", error);
  int rc;

  if (s == NULL)
    return FALSE;

  sqlite3_bind_int64 (s, 1, *next);
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      DiscPatient *patient = &self->batch->patients[self->batch->n++];

      *patient = (DiscPatient) { 0 };
      fill (patient, s, self->batch->texts);
      *next = patient->pno + 1;
      if (self->batch->n == BATCH_PATIENTS)
        pass_on (self, FALSE);
    }

  return rc == SQLITE_DONE;
}

/* Patients are numbered from 1 without gaps: behind one that is lost comes the next number. */
static gboolean
read_all (Loader *self, GError **error)
{
  guint n_all = disc_reader_n_patients (self->reader);
  guint32 next = 0;

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (read_from (self, &next, &local))
        return TRUE;
      if (!disc_reader_is_loss (self->reader, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (next >= n_all)
        return TRUE;
      next++;
    }
}

static DiscPatientTable *
load (DiscReader *reader, GError **error)
{
  g_auto (Loader) self = { 0 };
  guint n_all = disc_reader_n_patients (reader);
  DiscPatientTable *table;
  GThread *making;
  gboolean ok;

  loader_init (&self, reader);
  making = g_thread_new ("patients", take_batches, &self);
  ok = read_all (&self, error);
  pass_on (&self, TRUE);
  g_thread_join (making);
  if (!ok)
    return NULL;
  if (self.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.error));
      return NULL;
    }

  table = disc_patient_table_builder_finish (self.builder);
  table->n_missing = n_all > table->n ? n_all - table->n : 0;
  return table;
}

DiscPatientTable *
disc_patient_table_load (DiscReader *reader, GError **error)
{
  DiscPatientTable *table = load (reader, error);

  /* What it was made with is as large as the table, and an old laptop wants it back. */
  malloc_trim (0);
  return table;
}
