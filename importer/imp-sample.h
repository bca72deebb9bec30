/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-fhir.h"

G_BEGIN_DECLS

/*
 * A made-up hospital as its backup would look: SS-MIX2 standardised storage of 見本市民病院,
 * extended storage and a FHIR bulk export. The same options give the same bytes; a patient is the
 * same whatever the number of patients.
 */

#define IMP_SAMPLE_MIN_PATIENTS 20
#define IMP_SAMPLE_MAX_PATIENTS 300000
#define IMP_SAMPLE_MAX_MONTHS 60

typedef struct
{
  guint n_patients;
  guint months; /* of data before @as_of */
  guint64 seed;
  gint64 as_of;      /* local, in seconds from 1970-01-01 */
  gboolean is_clean; /* no damaged files */
  gboolean has_documents; /* an extended storage beside the standard one */
  ImpSampleFhirDetail fhir; /* an export beside them */
  gboolean lacks_storages;  /* that export alone */
} ImpSampleOptions;

typedef struct
{
  guint64 n_files;
  guint64 n_bytes;
} ImpSampleCounts;

/** Called before each patient. Returns: %FALSE to stop with %IMP_ERROR_CANCELLED. */
typedef gboolean (*ImpSampleProgress) (guint n_done, guint n_patients, gpointer data);

/**
 * imp_sample_run:
 * @truth: (nullable): open stream that gets what was generated, one JSON object a patient
 *   (imp-sample-truth.h)
 * @progress: (nullable): with @data
 *
 * Writes patient by patient in the order of their ids; memory does not grow with their number.
 */
gboolean imp_sample_run (const ImpSampleOptions *options, ImpSampleSink *sink, GOutputStream *truth,
                         ImpSampleProgress progress, gpointer data, ImpSampleCounts *counts,
                         GError **error);

/** imp_sample_main: the verb `sample`; @argv[0] is its name. Returns: the exit code. */
int imp_sample_main (int argc, char **argv);

G_END_DECLS
