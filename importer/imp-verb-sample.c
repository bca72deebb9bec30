/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "disc-date.h"
#include "imp-error.h"
#include "imp-options.h"
#include "imp-sample-time.h"
#include "imp-signals.h"

#define DEFAULT_PATIENTS 2000
#define DEFAULT_MONTHS 13
#define DEFAULT_SEED 20
#define PROGRESS_US G_USEC_PER_SEC

typedef struct
{
  char *target;
  char *as_of;
  char *truth;
  int patients;
  int months;
  gint64 seed;
  gboolean is_clean;
  gboolean is_standard_only;
  gboolean is_fhir_full;
  gboolean is_fhir_only;
  gboolean progress;
} Args;

static void
args_clear (Args *self)
{
  g_free (self->target);
  g_free (self->as_of);
  g_free (self->truth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

static gboolean
parse_args (int argc, char **argv, Args *out, GError **error)
{
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &out->target,
      N_ ("Write here: a new or empty folder, FILE.tar, or - for a tar on standard output"),
      N_ ("TARGET") },
    { "patients", 0, 0, G_OPTION_ARG_INT, &out->patients,
      N_ ("Number of patients, 20 to 300000 (2000)"), "N" },
    { "months", 0, 0, G_OPTION_ARG_INT, &out->months, N_ ("Months of data, 1 to 60 (13)"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &out->seed, N_ ("Another number, another hospital (20)"),
      "N" },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &out->as_of,
      N_ ("Last minute of the data: YYYY-MM-DD[THH:MM] (yesterday 23:50)"), N_ ("TIME") },
    { "clean", 0, 0, G_OPTION_ARG_NONE, &out->is_clean, N_ ("Damage no files"), NULL },
    { "standard-only", 0, 0, G_OPTION_ARG_NONE, &out->is_standard_only,
      N_ ("Write SS-MIX2 standardised storage alone"), NULL },
    { "fhir-full", 0, 0, G_OPTION_ARG_NONE, &out->is_fhir_full,
      N_ ("Write everything as FHIR too, not only what the storages lack"), NULL },
    { "fhir-only", 0, 0, G_OPTION_ARG_NONE, &out->is_fhir_only,
      N_ ("Write everything as FHIR, and no storage"), NULL },
    { "truth", 0, 0, G_OPTION_ARG_FILENAME, &out->truth,
      N_ ("Also write what the messages say, one JSON object a patient"), N_ ("FILE") },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &out->progress,
      N_ ("Show progress also where standard error is no terminal"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;

  if (!imp_options_parse (argc, argv, "--to TARGET",
                          _ ("Writes the backup of a made-up hospital: SS-MIX2 standardised and "
                             "extended storage, and a FHIR bulk export. Nobody in it is real."),
                          entries, &rest, error))
    return FALSE;
  if (rest[0] == NULL)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _("“%s” is no option"), rest[0]);
  return FALSE;
}

/* The backup of a hospital is from the evening before: nothing in it lies in the future. */
static gint64
default_as_of (void)
{
  g_autofree char *now = disc_date_now ();

  return imp_sample_time ((int) disc_date_to_day (now) - 1, 23, 50);
}

static gboolean
check_args (const Args *args, ImpSampleOptions *out, GError **error)
{
  const char *wrong = NULL;

  *out = (ImpSampleOptions){
    .n_patients = (guint) args->patients,
    .months = (guint) args->months,
    .seed = (guint64) args->seed,
    .as_of = default_as_of (),
    .is_clean = args->is_clean,
    .has_documents = !args->is_standard_only,
    .fhir = args->is_standard_only                     ? IMP_SAMPLE_FHIR_NONE
            : args->is_fhir_full || args->is_fhir_only ? IMP_SAMPLE_FHIR_FULL
                                                       : IMP_SAMPLE_FHIR_ADDED,
    .lacks_storages = args->is_fhir_only,
  };
  if (args->target == NULL || *args->target == '\0')
    wrong = _("--to TARGET is missing");
  else if (args->patients < IMP_SAMPLE_MIN_PATIENTS || args->patients > IMP_SAMPLE_MAX_PATIENTS)
    wrong = _("--patients takes 20 to 300000");
  else if (args->months < 1 || args->months > IMP_SAMPLE_MAX_MONTHS)
    wrong = _("--months takes 1 to 60");
  else if (args->as_of != NULL && !imp_sample_parse_time (args->as_of, &out->as_of))
    wrong = _("--as-of takes YYYY-MM-DD or YYYY-MM-DDTHH:MM");
  else if (args->is_standard_only + args->is_fhir_full + args->is_fhir_only > 1)
    wrong = _ ("Only one of --standard-only, --fhir-full and --fhir-only can be given");

  if (wrong != NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, wrong);
  return wrong == NULL;
}

typedef struct
{
  gboolean is_shown;
  gboolean is_on_terminal;
  gboolean is_cancelled;
  gint64 last_us;
} Progress;

static gboolean
on_signal (gpointer data)
{
  ((Progress *) data)->is_cancelled = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_patient (guint n_done, guint n_patients, gpointer data)
{
  Progress *self = data;
  gint64 now;

  /* Lets on_signal() run. */
  g_main_context_iteration (NULL, FALSE);
  if (!self->is_shown)
    return !self->is_cancelled;

  now = g_get_monotonic_time ();
  if (now - self->last_us >= PROGRESS_US)
    {
      g_autofree char *line =
          g_strdup_printf (_("Writing: %u of %u patients"), n_done, n_patients);

      g_printerr (self->is_on_terminal ? "\r%s\033[K" : "%s\n", line);
      self->last_us = now;
    }
  return !self->is_cancelled;
}

static gboolean
open_truth (const char *path, GOutputStream **out, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  if (path == NULL)
    return TRUE;
  file = g_file_new_for_path (path);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  if (stream != NULL)
    *out = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 256 * 1024);
  return stream != NULL;
}

static gboolean
write_sample (const Args *args, const ImpSampleOptions *options, Progress *progress,
              ImpSampleCounts *counts, GError **error)
{
  g_autoptr (ImpSampleSink) sink = imp_sample_sink_open (args->target, error);
  g_autoptr (GOutputStream) truth = NULL;

  return sink != NULL && open_truth (args->truth, &truth, error) &&
         imp_sample_run (options, sink, truth, on_patient, progress, counts, error) &&
         imp_sample_sink_close (sink, error) &&
         (truth == NULL || g_output_stream_close (truth, NULL, error));
}

static void
print_counts (const ImpSampleOptions *options, const ImpSampleCounts *counts)
{
  g_autofree char *patients = g_strdup_printf ("%u", options->n_patients);
  g_autofree char *files = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->n_files);
  g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, counts->n_bytes);

  g_printerr (_("Patients: %s. Files: %s. Bytes: %s."), patients, files, bytes);
  g_printerr ("\n");
}

int
imp_sample_main (int argc, char **argv)
{
  g_auto (Args) args = {
    .patients = DEFAULT_PATIENTS, .months = DEFAULT_MONTHS, .seed = DEFAULT_SEED
  };
  g_autoptr (GError) error = NULL;
  ImpSampleOptions options;
  ImpSampleCounts counts = { 0 };
  Progress progress = { .is_on_terminal = isatty (STDERR_FILENO) };
  ImpSignals signals;
  gboolean is_written;

  if (!parse_args (argc, argv, &args, &error) || !check_args (&args, &options, &error))
    return imp_options_fail ("sample", error);

  progress.is_shown = args.progress || progress.is_on_terminal;
  signals = imp_signals_watch (on_signal, &progress);
  is_written = write_sample (&args, &options, &progress, &counts, &error);
  imp_signals_forget (&signals);
  if (progress.is_shown && progress.is_on_terminal)
    g_printerr ("\r\033[K");
  if (!is_written)
    return imp_options_fail ("sample", error);

  print_counts (&options, &counts);
  return IMP_EXIT_DONE;
}
