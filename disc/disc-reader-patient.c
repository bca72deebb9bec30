/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-reader-private.h"

#include "disc-error.h"
#include "disc-format.h"

/* A patient with the memory of its texts; the patient comes first, so that one is the other. */
typedef struct
{
  DiscPatient patient;
  GStringChunk *texts;
} OwnedPatient;

void
disc_patient_free (DiscPatient *patient)
{
  OwnedPatient *owned = (OwnedPatient *) patient;

  g_string_chunk_free (owned->texts);
  g_free (owned);
}

static void
fill (DiscPatient *patient, DiscStatement *s, GStringChunk *texts)
{
  patient->pno = disc_statement_uint (s, 0, DISC_PNO_MAX);
  patient->flags = disc_statement_uint (s, 1, G_MAXINT);
  patient->facility = disc_statement_text (s, 2, texts);
  patient->id = disc_statement_text (s, 3, texts);
  patient->name = disc_statement_text (s, 4, texts);
  patient->kana = disc_statement_text (s, 5, texts);
  patient->birth_date = disc_statement_text (s, 6, texts);
  patient->sex = disc_statement_text (s, 7, texts);
  patient->address = disc_statement_text (s, 8, texts);
  patient->phone = disc_statement_text (s, 9, texts);
  patient->blood_type = disc_statement_text (s, 10, texts);
  patient->former_names = disc_statement_text (s, 11, texts);
  patient->place = disc_statement_uint (s, 12, DISC_PLACE_OUT);
  patient->ward = disc_statement_text (s, 13, texts);
  patient->room = disc_statement_text (s, 14, texts);
  patient->bed = disc_statement_text (s, 15, texts);
  patient->place_at = disc_statement_text (s, 16, texts);
  patient->department = disc_statement_text (s, 17, texts);
  patient->doctor = disc_statement_text (s, 18, texts);
  patient->last_seen_at = disc_statement_text (s, 19, texts);
  patient->n_disputed = disc_statement_uint (s, 20, G_MAXINT);
  patient->n_findings = disc_statement_uint (s, 21, G_MAXINT);
}

DiscPatient *
disc_reader_load_patient (DiscReader *self, guint32 pno, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (self), "patient", error);
  g_autoptr (DiscPatient) patient = NULL;
  OwnedPatient *owned;
  int rc;

  if (s == NULL)
    return NULL;

  sqlite3_bind_int64 (s, 1, pno);
  rc = disc_statement_step (s, error);
  if (rc == SQLITE_DONE)
    g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "no patient number %u on the disc", pno);
  if (rc != SQLITE_ROW)
    return NULL;

  owned = g_new0 (OwnedPatient, 1);
  owned->texts = g_string_chunk_new (512);
  patient = &owned->patient;
  fill (patient, s, owned->texts);
  if (patient->id != NULL && patient->facility != NULL)
    return g_steal_pointer (&patient);

  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "patient number %u has no id", pno);
  return NULL;
}

gboolean
disc_reader_load_demographics_from (DiscReader *self, DiscPatient *patient, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (self), "patient-more", error);
  int rc;

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, patient->pno);
  rc = disc_statement_step (s, error);
  if (rc == SQLITE_ROW)
    patient->demographics_from = disc_statement_text (s, 0, ((OwnedPatient *) patient)->texts);
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

GArray *
disc_reader_find_patients (DiscReader *self, const char *id, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GArray) pnos = g_array_new (FALSE, FALSE, sizeof (guint32));
  int rc;

  s = disc_statement_new (disc_reader_get_db (self), "patients-by-id", error);
  if (s == NULL)
    return NULL;

  disc_statement_bind_text (s, 1, id);
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      guint32 pno = disc_statement_uint (s, 0, DISC_PNO_MAX);

      g_array_append_val (pnos, pno);
    }

  return rc == SQLITE_DONE ? g_steal_pointer (&pnos) : NULL;
}
