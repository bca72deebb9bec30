/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-table-private.h"

#include <malloc.h>
#include <string.h>

#include "disc-format.h"
#include "disc-reader-private.h"

/* The statement's own texts do for the builder, which copies them. */
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

/* All rows from @next on until the end, or until one cannot be read.
 * @next: (inout): behind the last row that was */
static gboolean
load_from (DiscReader *reader, DiscPatientTableBuilder *builder, GStringChunk *chunk, guint32 *next,
           GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (reader), "patients", error);
  int rc;

  if (s == NULL)
    return FALSE;

  sqlite3_bind_int64 (s, 1, *next);
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      DiscPatient patient = { 0 };

      g_string_chunk_clear (chunk);
      fill (&patient, s, chunk);
      if (!disc_patient_table_builder_add (builder, &patient, error))
        return FALSE;
      *next = patient.pno + 1;
    }

  return rc == SQLITE_DONE;
}

/* Patients are numbered from 1 without gaps: behind one that is lost comes the next number. */
static DiscPatientTable *
load (DiscReader *reader, GError **error)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (4096);
  guint n_all = disc_reader_n_patients (reader);
  DiscPatientTable *table;
  guint32 next = 0;

  for (;;)
    {
      g_autoptr (GError) local = NULL;

      if (load_from (reader, builder, chunk, &next, &local))
        break;
      if (!disc_reader_is_loss (reader, local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (next >= n_all)
        break;
      next++;
    }

  table = disc_patient_table_builder_finish (builder);
  table->n_missing = n_all > table->n ? n_all - table->n : 0;
  return table;
}

guint
disc_patient_table_n_missing (const DiscPatientTable *self)
{
  return self->n_missing;
}

DiscPatientTable *
disc_patient_table_load (DiscReader *reader, GError **error)
{
  DiscPatientTable *table = load (reader, error);

  /* What it was made with is as large as the table, and an old laptop wants it back. */
  malloc_trim (0);
  return table;
}

void
disc_patient_table_free (DiscPatientTable *self)
{
  for (guint i = 0; i <= self->n / DISC_PATIENT_BLOCK_ROWS; i++)
    g_free (self->blocks[i]);

  g_free (self->blocks);
  g_free (self->by_pno);
  g_free (self->n_same_kana);
  g_array_unref (self->shared);
  g_string_chunk_free (self->shared_texts);
  g_free (self->keys);
  g_free (self->texts);
  g_free (self->rows);
  g_free (self);
}

guint
disc_patient_table_n (const DiscPatientTable *self)
{
  return self->n;
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

/* @dates: room for those that are packed */
static void
read_row (const DiscPatientTable *self, guint i, DiscPatientRow *row,
          char dates[DISC_PATIENT_N_DATES][DISC_PATIENT_DATE_MAX])
{
  const DiscPackedPatient *packed = &self->rows[i];
  const DiscSharedPlace *shared = &g_array_index (self->shared, DiscSharedPlace, packed->shared);
  const char *texts[DISC_PATIENT_N_TEXTS];
  const char *times[DISC_PATIENT_N_DATES];
  const char *p = self->texts + packed->texts;
  const char *before = NULL;

  for (guint t = 0; t < DISC_PATIENT_N_TEXTS; t++, p += strlen (p) + 1)
    texts[t] = or_null (p);
  for (guint t = 0; t < DISC_PATIENT_N_DATES; t++, before = times[t - 1])
    p = (const char *) disc_patient_date_unpack ((const guint8 *) p, before, dates[t], &times[t]);

  *row = (DiscPatientRow) {
    .pno = packed->pno,
    .flags = packed->flags,
    .place = packed->place,
    .n_disputed = packed->n_disputed,
    .facility = shared->facility,
    .id = texts[DISC_PATIENT_TEXT_ID],
    .name = texts[DISC_PATIENT_TEXT_NAME],
    .kana = texts[DISC_PATIENT_TEXT_KANA],
    .birth_date = times[DISC_PATIENT_DATE_BIRTH],
    .sex = shared->sex,
    .ward = shared->ward,
    .room = shared->room,
    .bed = shared->bed,
    .department = shared->department,
    .place_at = times[DISC_PATIENT_DATE_PLACE_AT],
    .last_seen_at = times[DISC_PATIENT_DATE_LAST_SEEN_AT],
  };
}

const DiscPatientRow *
disc_patient_table_get (const DiscPatientTable *self, guint i)
{
  DiscPatientBlock **place;
  DiscPatientBlock *block;

  g_return_val_if_fail (i < self->n, NULL);

  place = &self->blocks[i / DISC_PATIENT_BLOCK_ROWS];
  block = g_atomic_pointer_get (place);
  if (block == NULL)
    {
      guint first = i / DISC_PATIENT_BLOCK_ROWS * DISC_PATIENT_BLOCK_ROWS;

      block = g_new0 (DiscPatientBlock, 1);
      for (guint k = first; k < MIN (first + DISC_PATIENT_BLOCK_ROWS, self->n); k++)
        read_row (self, k, &block->rows[k - first], block->dates[k - first]);
      /* Another thread may have made the same block meanwhile. */
      if (!g_atomic_pointer_compare_and_exchange (place, NULL, block))
        {
          g_free (block);
          block = g_atomic_pointer_get (place);
        }
    }

  return &block->rows[i % DISC_PATIENT_BLOCK_ROWS];
}

/* The place of a patient in the table, or -1. */
static gint64
find_pno (const DiscPatientTable *self, guint32 pno)
{
  guint low = 0;
  guint high = self->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->rows[self->by_pno[middle]].pno < pno)
        low = middle + 1;
      else
        high = middle;
    }

  return low < self->n && self->rows[self->by_pno[low]].pno == pno
             ? (gint64) self->by_pno[low]
             : -1;
}

const DiscPatientRow *
disc_patient_table_lookup (const DiscPatientTable *self, guint32 pno)
{
  gint64 i = find_pno (self, pno);

  return i >= 0 ? disc_patient_table_get (self, (guint) i) : NULL;
}

guint
disc_patient_table_n_same_kana (const DiscPatientTable *self, guint32 pno)
{
  gint64 i = find_pno (self, pno);

  return i >= 0 ? self->n_same_kana[i] : 0;
}
