/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-cast.h"
#include "imp-sample-document.h"
#include "imp-sample-person.h"
#include "imp-sample-storage.h"
#include "imp-sample-truth.h"
#include "imp-sample.h"

static gboolean
write_truth (ImpSampleChart *chart, GOutputStream *truth, GString *line, GError **error)
{
  if (chart->truth == NULL)
    return TRUE;
  g_string_truncate (line, 0);
  imp_sample_truth_end (chart->truth, chart->person.id, line);
  return g_output_stream_write_all (truth, line->str, line->len, NULL, NULL, error);
}

static void
count (const ImpSampleChart *chart, ImpSampleCounts *counts)
{
  counts->n_files += chart->files->len;
  counts->n_bytes += chart->text.len;
  if (chart->documents != NULL)
    {
      counts->n_files += chart->documents->len;
      counts->n_bytes += chart->document_text.len;
    }
}

/* What is not written is made all the same: the export tells the same story. */
static gboolean
write_storages (ImpSampleChart *chart, const ImpSampleOptions *options, ImpSampleSink *sink,
                ImpSampleCounts *counts, GError **error)
{
  if (options->lacks_storages)
    return TRUE;
  count (chart, counts);
  return imp_sample_storage_write (chart, sink, error) &&
         imp_sample_documents_write (chart, sink, error);
}

static gboolean
write_patient (ImpSampleChart *chart, const ImpSampleCast *cast, guint number, GError **error)
{
  guint n_cast = imp_sample_cast_size (cast);

  imp_sample_chart_begin (chart, number);
  if (number < n_cast)
    return imp_sample_cast_write (cast, number, chart, error);
  imp_sample_person_draw (chart, number - n_cast);
  imp_sample_course_write (chart, number - n_cast);
  return TRUE;
}

gboolean
imp_sample_run (const ImpSampleOptions *options, ImpSampleSink *sink, GOutputStream *truth,
                ImpSampleProgress progress, gpointer data, ImpSampleCounts *counts, GError **error)
{
  g_autoptr (ImpSampleTables) tables = imp_sample_tables_new (error);
  g_autoptr (ImpSampleCast) cast = NULL;
  g_autoptr (ImpSampleChart) chart = NULL;
  g_autoptr (ImpSampleTruth) own_truth = truth != NULL ? imp_sample_truth_new () : NULL;
  g_autoptr (ImpSampleFhir) fhir = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  int last_day = imp_sample_time_day (options->as_of);
  ImpSampleHospital hospital = {
    .tables = tables,
    .seed = options->seed,
    .as_of = options->as_of,
    .first_day = last_day - (int) options->months * 304375 / 10000,
    .last_day = last_day,
    .is_clean = options->is_clean,
    .has_documents = options->has_documents || options->fhir == IMP_SAMPLE_FHIR_FULL,
  };

  if (tables == NULL)
    return FALSE;
  cast = imp_sample_cast_new (&hospital, error);
  if (cast == NULL)
    return FALSE;
  chart = imp_sample_chart_new (&hospital);
  chart->truth = own_truth;
  if (options->fhir != IMP_SAMPLE_FHIR_NONE)
    chart->fhir = fhir = imp_sample_fhir_new (&hospital, options->fhir);
  for (guint i = 0; i < options->n_patients; i++)
    {
      if (progress != NULL && !progress (i, options->n_patients, data))
        {
          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, "stopped by a signal");
          return FALSE;
        }
      if (!write_patient (chart, cast, i, error) ||
          !write_storages (chart, options, sink, counts, error) ||
          !imp_sample_fhir_write (fhir, sink, error) || !write_truth (chart, truth, line, error))
        return FALSE;
    }
  if (!imp_sample_fhir_close (fhir, sink, error))
    return FALSE;
  imp_sample_fhir_counts (fhir, &counts->n_files, &counts->n_bytes);
  return TRUE;
}
