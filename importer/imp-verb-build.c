/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "disc-reader.h"
#include "disc-trust.h"
#include "imp-build-rights.h"
#include "imp-error.h"
#include "imp-job.h"
#include "imp-keys.h"
#include "imp-signals.h"
#include "imp-size.h"

#define PROGRESS_MS 1000
#define DEFAULT_MONTHS 13
#define SHORT_PASSPHRASE 12 /* characters: with fewer a thief of the disc may guess it */

typedef struct
{
  char **from;
  char *to;
  char *as_of;
  int months;
  char *hospital;
  char *facility;
  char *patient_systems;
  char *document_types;
  char *scratch;
  char *report;
  char **accept;
  char **limits;
  char *clamd;
  char **passphrase_files;
  char *previous;
  char *medium_text;
  char *image_text;
  gint64 max_image_bytes;
  ImpMedium medium;
  int n_jobs;
  gboolean unsealed;
  gboolean as_json;
  gboolean progress;
} Args;

/* One build, run in a thread of its own while this one waits for signals. */
typedef struct
{
  ImpJob *job;
  GMainLoop *loop;
  gboolean done;
  GError *error;
  gboolean show_progress;
  gboolean on_terminal;
  gint64 phase_began_us;
  ImpJobPhase phase;
  ImpBuildRights rights;
} Build;

static void
args_clear (Args *args)
{
  g_strfreev (args->from);
  g_free (args->to);
  g_free (args->as_of);
  g_free (args->hospital);
  g_free (args->facility);
  g_free (args->patient_systems);
  g_free (args->document_types);
  g_free (args->scratch);
  g_free (args->report);
  g_strfreev (args->accept);
  g_strfreev (args->limits);
  g_free (args->clamd);
  g_strfreev (args->passphrase_files);
  g_free (args->previous);
  g_free (args->medium_text);
  g_free (args->image_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

/* "--from a b c": what follows as no option belongs to --from (contract: --from PATH...). */
static void
append_rest (Args *args, char **rest)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (args->from != NULL)
    g_strv_builder_addv (builder, (const char **) args->from);
  g_strv_builder_addv (builder, (const char **) rest);
  g_strfreev (args->from);
  args->from = g_strv_builder_end (builder);
}

static gboolean
parse_args (int argc, char **argv, Args *args, GError **error)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &args->from,
      N_("A backup: folder, archive (tar, gz, xz, zst, zip, 7z, ISO), file, or - for standard input"),
      N_("PATH…") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &args->to, N_("Empty or new folder for the disc"),
      N_("DIR") },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &args->as_of,
      N_("End of the window: a time, or newest (default: now)"), N_("TIME") },
    { "months", 0, 0, G_OPTION_ARG_INT, &args->months, N_("Length of the window (13)"), "N" },
    { "hospital", 0, 0, G_OPTION_ARG_STRING, &args->hospital, N_("Name of the hospital"),
      N_("NAME") },
    { "facility", 0, 0, G_OPTION_ARG_STRING, &args->facility,
      N_("Facility ID (default: a root folder of ten digits)"), "ID" },
    { "patient-systems", 0, 0, G_OPTION_ARG_FILENAME, &args->patient_systems,
      N_ ("FHIR: identifier systems that are numbers of patients"), N_ ("FILE") },
    { "document-types", 0, 0, G_OPTION_ARG_FILENAME, &args->document_types,
      N_ ("Extended storage: the hospital's own kinds of documents"), N_ ("FILE") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &args->report, N_("Also write the JSON report there"),
      N_("FILE") },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &args->n_jobs, N_("Threads (default: one per processor)"),
      "N" },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &args->scratch,
      N_("Folder for the encrypted scratch file (default: beside the disc)"), N_("DIR") },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args->accept,
      N_("Go on although this stop rule says no; recorded on the disc"), N_("RULE") },
    { "limit", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args->limits,
      N_("Move the limit of a stop rule; recorded on the disc"), N_("RULE=VALUE") },
    { "clamd", 0, 0, G_OPTION_ARG_FILENAME, &args->clamd,
      N_("Socket of ClamAV's daemon, or none (default: asked where it usually is)"), N_("SOCKET") },
    { "unsealed", 0, 0, G_OPTION_ARG_NONE, &args->unsealed,
      N_("Write a plain, readable disc: for development only"), NULL },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &args->passphrase_files,
      N_("Passphrase that opens the disc"), N_("FILE") },
    { "previous", 0, 0, G_OPTION_ARG_FILENAME, &args->previous,
      N_("Disc to compare with before writing"), N_("DISC") },
    { "medium", 0, 0, G_OPTION_ARG_STRING, &args->medium_text,
      N_("Split a disc that does not fit on it in volumes"), "cd|dvd|dl|bd" },
    { "max-image-bytes", 0, 0, G_OPTION_ARG_STRING, &args->image_text,
      N_("Size of all pictures of documents (default: what the medium has room for)"),
      N_("SIZE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &args->as_json, N_("Print the report as JSON"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &args->progress,
      N_("Show progress also where standard error is no terminal"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;

  if (!imp_options_parse (argc, argv, "--from PATH… --to DIR",
                          _("Reads backups and writes one disc."), entries, &rest, error))
    return FALSE;
  append_rest (args, rest);
  return TRUE;
}

static gboolean
check_args (Args *args, GError **error)
{
  const char *wrong = NULL;

  if (args->from == NULL || args->from[0] == NULL)
    wrong = _("--from PATH is missing");
  else if (args->to == NULL || *args->to == '\0')
    wrong = _("--to DIR is missing");
  else if (args->n_jobs < 0)
    wrong = _("--jobs is not a number of threads");
  else if (args->unsealed && args->passphrase_files != NULL)
    wrong = _("--passphrase-file has no meaning with --unsealed");

  if (wrong == NULL)
    return imp_size_parse (args->image_text, &args->max_image_bytes, error) &&
           imp_medium_parse (args->medium_text, &args->medium, error);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, wrong);
  return FALSE;
}

/* ---- progress ------------------------------------------------------------------------------- */

/* (transfer full): "1:02:03" */
static char *
format_duration (gint64 seconds)
{
  return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

static char *
format_left (const Build *build, const ImpJobProgress *progress, gint64 elapsed_us)
{
  g_autofree char *duration = NULL;

  /* Too early to tell, or nothing to measure by. */
  if (progress->permille < 5 || elapsed_us < 2 * G_USEC_PER_SEC)
    return g_strdup ("");
  duration = format_duration (elapsed_us * (1000 - progress->permille) / progress->permille /
                              G_USEC_PER_SEC);
  return g_strdup_printf (_(", about %s left"), duration);
}

static void
show_line (const Build *build, const char *text)
{
  if (build->on_terminal)
    g_printerr ("\r%s\033[K", text);
  else
    g_printerr ("%s\n", text);
}

static gboolean
on_progress (gpointer data)
{
  Build *build = data;
  gint64 now = g_get_monotonic_time ();
  ImpJobProgress progress;
  g_autofree char *left = NULL;
  g_autofree char *line = NULL;
  gint64 elapsed;
  double seconds;

  imp_job_get_progress (build->job, &progress);
  if (progress.phase != build->phase)
    {
      build->phase = progress.phase;
      build->phase_began_us = now;
    }
  elapsed = now - build->phase_began_us;
  seconds = MAX (elapsed, PROGRESS_MS * 1000) / (double) G_USEC_PER_SEC;
  left = format_left (build, &progress, elapsed);

  switch (progress.phase)
    {
    case IMP_JOB_READING:
      line = g_strdup_printf (_("Reading: %u files, %.0f a second%s"), progress.n_files,
                              progress.n_files / seconds, left);
      break;
    case IMP_JOB_WRITING:
      line = g_strdup_printf (_("Writing: %u of %u patients, %.0f a second%s"),
                              progress.n_patients_done, progress.n_patients,
                              progress.n_patients_done / seconds, left);
      break;
    case IMP_JOB_SPLITTING:
      line = g_strdup_printf (_("Splitting the disc: writing volume %u"), progress.volume);
      break;
    case IMP_JOB_FINISHING:
    default:
      line = g_strdup (_("Finishing: search indexes and checks"));
      break;
    }
  show_line (build, line);
  return G_SOURCE_CONTINUE;
}

/* ---- running -------------------------------------------------------------------------------- */

static gboolean
on_signal (gpointer data)
{
  imp_job_cancel (((Build *) data)->job);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_done (gpointer data)
{
  g_main_loop_quit (((Build *) data)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
run_job (gpointer data)
{
  Build *build = data;

  build->done = imp_job_run (build->job, &build->error);
  g_idle_add (on_done, build);
  return NULL;
}

static void
run_with_signals (Build *build)
{
  ImpSignals signals = imp_signals_watch (on_signal, build);
  guint progress_source = 0;
  GThread *thread;

  build->phase_began_us = g_get_monotonic_time ();
  if (build->show_progress)
    progress_source = g_timeout_add (PROGRESS_MS, on_progress, build);

  thread = g_thread_new ("build", run_job, build);
  g_main_loop_run (build->loop);
  g_thread_join (thread);

  imp_signals_forget (&signals);
  if (progress_source != 0)
    g_source_remove (progress_source);
  if (build->show_progress && build->on_terminal)
    g_printerr ("\r\033[K");
}

static void
print_unsealed (void)
{
  g_printerr ("%s\n", _("WARNING: THIS DISC IS NOT ENCRYPTED. Anybody can read it: never put real "
                        "patients' records on it."));
}

static void
warn_of_keys (const ImpKeys *keys)
{
  guint shortest = imp_keys_shortest_passphrase (keys);

  if (shortest > 0 && shortest < SHORT_PASSPHRASE)
    g_printerr ("%s %s\n", _("Warning:"),
                _("a passphrase has fewer than 12 characters: whoever finds the disc may guess it."));
  if (!imp_keys_has_emergency (keys))
    g_printerr ("%s %s\n", _("Warning:"),
                _("there is no emergency key: without the passphrase nobody can open the disc."));
}

/* What the officer who keeps the disc has to know of its keys. */
static void
print_sealed (const ImpKeys *keys)
{
  char fingerprint[DISC_FINGERPRINT_BYTES];
  DiscSealing sealing;
  g_autofree char *serial = NULL;

  imp_keys_sealing (keys, &sealing);
  serial = g_strdup_printf ("%" G_GUINT64_FORMAT, sealing.serial);
  disc_trust_fingerprint (imp_keys_signer (keys), fingerprint);
  g_print (_("Disc number %s, signed by %s."), serial, fingerprint);
  g_print ("\n");
}

/* What belongs on which medium, and what to write on it. */
static void
print_volumes (ImpJob *job, const char *dir, const ImpKeys *keys)
{
  guint n = imp_job_n_volumes (job);
  g_autofree char *serial = NULL;
  DiscSealing sealing;

  imp_keys_sealing (keys, &sealing); /* only a sealed disc is split */
  serial = g_strdup_printf ("%" G_GUINT64_FORMAT, sealing.serial);
  g_print (_("The disc is larger than the medium and was split in %u volumes. Volume 1 alone finds every "
             "patient and shows every chart; source messages are on the others. Burn them all."), n);
  g_print ("\n");
  for (guint volume = 1; volume <= n; volume++)
    {
      g_autofree char *path = disc_reader_volume_path (dir, volume);
      g_autofree char *fits = imp_medium_fits_text (imp_job_n_sectors (job, volume));

      g_print (_("Volume %u of %u: %s. %s Write on it: No. %s, volume %u of %u, data as of %s"), volume,
               n, path, fits, serial, volume, n, imp_job_as_of (job));
      g_print ("\n");
    }
}

static void
print_outcome (ImpJob *job, const Args *args, const ImpKeys *keys)
{
  GPtrArray *warnings = imp_job_warnings (job);
  g_autofree char *summary = imp_job_summary (job);
  g_autofree char *fits = imp_medium_fits_text (imp_job_n_sectors (job, 1));

  for (guint i = 0; i < warnings->len; i++)
    g_printerr ("%s %s\n", _("Warning:"), (const char *) g_ptr_array_index (warnings, i));
  if (keys == NULL)
    print_unsealed ();
  else
    warn_of_keys (keys);
  if (args->as_json)
    {
      g_print ("%s\n", imp_job_report (job));
      return;
    }
  g_print ("%s\n", summary);
  if (imp_job_n_volumes (job) == 1)
    g_print ("%s\n", fits);
  if (keys != NULL)
    print_sealed (keys);
  if (imp_job_n_volumes (job) > 1)
    print_volumes (job, args->to, keys);
}

/* Each patient's messages come and go in blocks of some hundred KiB: giving them back to the system
 * and taking them again costs a tenth of the whole run in page faults. */
static void
keep_freed_memory (void)
{
  mallopt (M_MMAP_THRESHOLD, 32 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
}

/* Returns: %FALSE with build->error */
static gboolean
run_build (Build *build, const Args *args, ImpJobOptions *options)
{
  if (!imp_job_check (build->job, &build->error))
    return FALSE;
  build->rights = (ImpBuildRights) { .to = args->to, .scratch = args->scratch,
                                     .report = args->report, .writes_keys = !args->unsealed,
                                     .asks_scanner = imp_job_scans (build->job) };
  if (!imp_build_rights_give_up (&build->rights))
    g_printerr ("%s %s\n", _("Warning:"),
                _("the system does not let this program give up its rights: it reads with all of them."));
  options->scratch = build->rights.scratch;
  keep_freed_memory ();
  build->loop = g_main_loop_new (NULL, FALSE);
  build->on_terminal = isatty (STDERR_FILENO);
  build->show_progress = args->progress || build->on_terminal;
  run_with_signals (build);
  g_main_loop_unref (build->loop);
  return build->done;
}

int
imp_verb_build (int argc, char **argv)
{
  g_auto (Args) args = { .months = DEFAULT_MONTHS };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpKeys) keys = NULL;
  g_autoptr (ImpJob) job = NULL;
  DiscSealing sealing;
  ImpJobOptions options;
  Build build = { 0 };
  int code = IMP_EXIT_DONE;

  g_setenv ("GIO_USE_VFS", "local", TRUE); /* others have threads, and talk through sockets */
  if (!parse_args (argc, argv, &args, &error) || !check_args (&args, &error))
    return imp_options_fail ("build", error);

  if (!args.unsealed)
    {
      keys = imp_keys_load ((const char *const *) args.passphrase_files, args.hospital, &error);
      if (keys == NULL)
        return imp_options_fail ("build", error);
      imp_keys_sealing (keys, &sealing);
    }

  options = (ImpJobOptions) {
    .from = (const char *const *) args.from, .to = args.to, .as_of = args.as_of,
    .months = args.months, .hospital = args.hospital, .facility = args.facility,
    .patient_systems = args.patient_systems, .document_types = args.document_types,
    .max_image_bytes = args.max_image_bytes >= 0 ? &args.max_image_bytes : NULL,
    .report = args.report,
    .accept = (const char *const *) args.accept, .limits = (const char *const *) args.limits,
    .previous = args.previous, .passphrase_files = (const char *const *) args.passphrase_files,
    .clamd = args.clamd, .n_jobs = args.n_jobs,
    .medium = args.medium, .sealing = keys != NULL ? &sealing : NULL,
  };
  build.job = job = imp_job_new (&options);
  if (run_build (&build, &args, &options))
    print_outcome (job, &args, keys);
  else
    code = imp_options_fail ("build", build.error);
  if (code == IMP_EXIT_STOP_RULE && args.as_json && imp_job_report (job) != NULL)
    g_print ("%s\n", imp_job_report (job));
  g_clear_pointer (&job, imp_job_free); /* and with it its scratch files */
  imp_build_rights_end (&build.rights, build.done);
  if (build.done && keys != NULL && !imp_keys_note_built (keys, &error))
    g_printerr ("%s %s\n", _("Warning:"), error->message);
  g_clear_error (&build.error);
  return code;
}
