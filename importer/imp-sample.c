/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-date.h"
#include "imp-error.h"
#include "imp-sample-cast.h"
#include "imp-sample-person.h"
#include "imp-sample-storage.h"
#include "imp-sample-truth.h"
#include "imp-sample.h"

#include <glib/gi18n.h>

#define DEFAULT_PATIENTS 2000
#define DEFAULT_MONTHS 13
#define DEFAULT_SEED 20

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
                ImpSampleCounts *counts, GError **error)
{
  g_autoptr (ImpSampleTables) tables = imp_sample_tables_new (error);
  g_autoptr (ImpSampleCast) cast = NULL;
  g_autoptr (ImpSampleChart) chart = NULL;
  g_autoptr (ImpSampleTruth) own_truth = truth != NULL ? imp_sample_truth_new () : NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  int last_day = imp_sample_time_day (options->as_of);
  ImpSampleHospital hospital = {
    .tables = tables,
    .seed = options->seed,
    .as_of = options->as_of,
    .first_day = last_day - (int) options->months * 304375 / 10000,
    .last_day = last_day,
    .is_clean = options->is_clean,
  };

  if (tables == NULL)
    return FALSE;
  cast = imp_sample_cast_new (&hospital, error);
  if (cast == NULL)
    return FALSE;
  chart = imp_sample_chart_new (&hospital);
  chart->truth = own_truth;
  for (guint i = 0; i < options->n_patients; i++)
    {
      if (!write_patient (chart, cast, i, error) ||
          !imp_sample_storage_write (chart, sink, error) ||
          !write_truth (chart, truth, line, error))
        return FALSE;
      count (chart, counts);
    }
  return TRUE;
}

/* The verb. */

typedef struct
{
  char *target;
  char *as_of;
  char *truth;
  int patients;
  int months;
  gint64 seed;
  gboolean is_clean;
} Arguments;

static void
arguments_clear (Arguments *self)
{
  g_free (self->target);
  g_free (self->as_of);
  g_free (self->truth);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* The backup of a hospital is from the evening before: nothing in it lies in the future. */
static gint64
default_as_of (void)
{
  g_autofree char *now = disc_date_now ();

  return imp_sample_time ((int) disc_date_to_day (now) - 1, 23, 50);
}

static gboolean
parse_arguments (int argc, char **argv, Arguments *out, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &out->target,
      "Write here: a new folder, FILE.tar, or - for a tar on standard output", "TARGET" },
    { "patients", 0, 0, G_OPTION_ARG_INT, &out->patients, "20 to 300000 (2000)", "N" },
    { "months", 0, 0, G_OPTION_ARG_INT, &out->months, "Months of data, 1 to 60 (13)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &out->seed, "Another number, another hospital", "N" },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &out->as_of,
      "Last minute of the data: YYYY-MM-DD[THH:MM] (today 23:50)", "TIME" },
    { "clean", 0, 0, G_OPTION_ARG_NONE, &out->is_clean, "No damaged files", NULL },
    { "truth", 0, 0, G_OPTION_ARG_FILENAME, &out->truth,
      "Also write what was generated, one JSON object a patient", "FILE" },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_set_summary (
      context, "Writes the backup of a made-up hospital: SS-MIX2 standardised storage.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static gboolean
check_arguments (const Arguments *arguments, ImpSampleOptions *out, GError **error)
{
  *out = (ImpSampleOptions) {
    .n_patients = (guint) arguments->patients,
    .months = (guint) arguments->months,
    .seed = (guint64) arguments->seed,
    .as_of = default_as_of (),
    .is_clean = arguments->is_clean,
  };
  if (arguments->target == NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, "--to is missing");
  else if (arguments->patients < IMP_SAMPLE_MIN_PATIENTS ||
           arguments->patients > IMP_SAMPLE_MAX_PATIENTS)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--patients takes %d to %d",
                 IMP_SAMPLE_MIN_PATIENTS, IMP_SAMPLE_MAX_PATIENTS);
  else if (arguments->months < 1 || arguments->months > IMP_SAMPLE_MAX_MONTHS)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--months takes 1 to %d",
                 IMP_SAMPLE_MAX_MONTHS);
  else if (arguments->as_of != NULL && !imp_sample_parse_time (arguments->as_of, &out->as_of))
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--as-of takes YYYY-MM-DD or YYYY-MM-DDTHH:MM");
  else
    return TRUE;
  return FALSE;
}

static gboolean
run_verb (const Arguments *arguments, GError **error)
{
  ImpSampleOptions options;
  ImpSampleCounts counts = { 0 };
  g_autoptr (ImpSampleSink) sink = NULL;
  g_autoptr (GOutputStream) truth = NULL;

  if (!check_arguments (arguments, &options, error))
    return FALSE;
  sink = imp_sample_sink_open (arguments->target, error);
  if (sink == NULL)
    return FALSE;
  if (arguments->truth != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (arguments->truth);
      g_autoptr (GFileOutputStream) stream =
          g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);

      if (stream == NULL)
        return FALSE;
      truth = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 256 * 1024);
    }
  if (!imp_sample_run (&options, sink, truth, &counts, error) ||
      !imp_sample_sink_close (sink, error) ||
      (truth != NULL && !g_output_stream_close (truth, NULL, error)))
    return FALSE;
  g_printerr ("%u patients, %" G_GUINT64_FORMAT " files, %" G_GUINT64_FORMAT " bytes\n",
              options.n_patients, counts.n_files, counts.n_bytes);
  return TRUE;
}

int
imp_sample_main (int argc, char **argv)
{
  g_auto (Arguments)
      arguments = { .patients = DEFAULT_PATIENTS, .months = DEFAULT_MONTHS, .seed = DEFAULT_SEED };
  g_autoptr (GError) error = NULL;

  if (!parse_arguments (argc, argv, &arguments, &error))
    {
      g_printerr ("tomoshibi sample: %s\n", error->message);
      return 2;
    }
  if (!run_verb (&arguments, &error))
    {
      g_printerr ("tomoshibi sample: %s\n", error->message);
      return g_error_matches (error, IMP_ERROR, IMP_ERROR_USAGE) ? 2 : 1;
    }
  return 0;
}
