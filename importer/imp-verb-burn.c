/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-image.h"
#include "imp-media-burn.h"
#include "imp-media-drive.h"

#define SPEED_MAX 1000

typedef struct
{
  char *device;
  char *record;
  char *scratch;
  char **accept;
  int speed;
  gboolean progress;
  gboolean as_json;
} Args;

/* One burning. */
typedef struct
{
  const Args *args;
  const char *source;       /* a disc or an image */
  char *scratch;            /* folder for the image of a disc, NULL: an image was named */
  char *image;
  ImpImageInfo info;
  ImpBurnOutcome outcome;
} Job;

static void
args_clear (Args *args)
{
  g_free (args->device);
  g_free (args->record);
  g_free (args->scratch);
  g_strfreev (args->accept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

static void
job_clear (Job *job)
{
  if (job->scratch != NULL)
    {
      g_unlink (job->image);
      g_rmdir (job->scratch);
    }
  g_free (job->scratch);
  g_free (job->image);
  imp_image_info_clear (&job->info);
  imp_burn_outcome_clear (&job->outcome);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
check_args (const Args *args, char **rest, GError **error)
{
  const char *wrong = NULL;

  if (g_strv_length (rest) != 1)
    wrong = _("name one disc or one image");
  else if (args->device == NULL)
    wrong = _("--device is missing");
  else if (args->speed < 0 || args->speed > SPEED_MAX)
    wrong = _("--speed is not a speed");

  if (wrong == NULL)
    return imp_image_check_rules ((const char *const *) args->accept, error) &&
           imp_media_drive_check (args->device, rest[0], error);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, wrong);
  return FALSE;
}

/* A folder of its own beside the disc, or where the user said. */
static gboolean
make_scratch (Job *job, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (job->source, NULL);
  g_autofree char *parent = job->args->scratch != NULL ? g_strdup (job->args->scratch)
                                                       : g_path_get_dirname (absolute);
  g_autofree char *folder = g_build_filename (parent, ".tomoshibi-burn-XXXXXX", NULL);

  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE,
                   _("%s cannot take the image (%s); name another folder with --scratch"), parent,
                   g_strerror (errno));
      return FALSE;
    }
  job->image = g_build_filename (folder, "disc.iso", NULL);
  job->scratch = g_steal_pointer (&folder);
  return TRUE;
}

static gboolean
make_image (Job *job, ImpMediaRun *run, GError **error)
{
  const char *const *accept = (const char *const *) job->args->accept;
  g_auto (ImpImageResult) result = { 0 };
  g_autoptr (ImpImageDisc) disc = imp_image_disc_open (job->source, error);

  if (disc == NULL || (!disc->is_sealed && !imp_image_accept_unsealed (accept, error)))
    return FALSE;
  if (!imp_image_disc_check (disc, accept, run, error) || !make_scratch (job, error) ||
      !imp_image_write (disc, job->image, run, &result, error))
    return FALSE;

  job->info = (ImpImageInfo) { disc->is_sealed, g_strdup (disc->id), disc->serial, disc->volume,
                               disc->n_volumes, result.n_sectors };
  return TRUE;
}

static gboolean
take_image (Job *job, GError **error)
{
  job->image = g_strdup (job->source);
  return imp_image_peek (job->image, &job->info, error) &&
         (job->info.is_sealed ||
          imp_image_accept_unsealed ((const char *const *) job->args->accept, error));
}

static gboolean
run_job (ImpMediaRun *run, gpointer user_data, GError **error)
{
  Job *job = user_data;
  ImpBurnOptions options = { .device = job->args->device, .speed = (guint) job->args->speed };

  if (!(g_file_test (job->source, G_FILE_TEST_IS_DIR) ? make_image (job, run, error)
                                                      : take_image (job, error)))
    return FALSE;
  options.image = job->image;
  options.n_sectors = job->info.n_sectors;
  return imp_burn (&options, run, &job->outcome, error);
}

/* ---- what is told --------------------------------------------------------------------------- */

/* (transfer full) */
static char *
record_json (const Job *job)
{
  const ImpBurnOutcome *outcome = &job->outcome;
  const ImpBurnRecord record = {
    .at = outcome->at,
    .disc_id = job->info.id,
    .serial = job->info.serial,
    .volume = job->info.volume,
    .n_volumes = job->info.n_volumes,
    .is_sealed = job->info.is_sealed,
    .device = job->args->device,
    .medium = outcome->medium,
    .speed = (guint) job->args->speed,
    .seconds = outcome->seconds,
    .n_sectors = job->info.n_sectors,
    .sha256 = outcome->found.sha256,
    .result = outcome->result,
    .found = &outcome->found,
  };

  return imp_burn_record_json (&record);
}

static void
print_burnt (const Job *job)
{
  g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, job->info.serial);
  g_autofree char *sectors = g_strdup_printf ("%" G_GUINT64_FORMAT, job->info.n_sectors);
  g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, job->outcome.seconds);
  g_autofree char *speed = job->args->speed > 0 ? g_strdup_printf ("%d", job->args->speed)
                                                : g_strdup (_("automatic"));

  if (job->info.n_volumes > 1)
    {
      g_print (_("Volume %u of %u:"), job->info.volume, job->info.n_volumes);
      g_print ("\n");
    }
  g_print (_("%s: disc number %s (%s) burnt in %s on %s, speed %s, %s s; %s sectors read back, every "
             "one the same. SHA-256: %s"),
           job->outcome.at, serial, job->info.id != NULL ? job->info.id : "-", job->args->device,
           job->outcome.medium, speed, seconds, sectors, job->outcome.found.sha256);
  g_print ("\n");
}

/* Returns: the exit code */
static int
tell (const Job *job, int record, const GError *failure)
{
  g_autofree char *json = record_json (job);
  g_autoptr (GError) error = NULL;

  if (!imp_burn_record_append (record, json, &error))
    {
      g_printerr ("%s ", _("Warning:"));
      g_printerr (_("the burn record could not be written (%s)."), error->message);
      g_printerr ("\n");
    }
  if (job->args->as_json)
    g_print ("%s\n", json);
  if (failure != NULL)
    return imp_options_fail ("burn", failure);
  if (!job->args->as_json)
    print_burnt (job);
  return IMP_EXIT_DONE;
}

static int
burn (Job *job)
{
  g_autofree char *path = job->args->record != NULL ? g_strdup (job->args->record)
                                                    : imp_burn_record_default_path ();
  g_autoptr (GError) error = NULL;
  int record = imp_burn_record_open (path, &error);
  int code;

  if (record < 0)
    return imp_options_fail ("burn", error);
  imp_media_run (run_job, job, job->args->progress, &error);
  if (job->outcome.was_begun)
    code = tell (job, record, error);
  else
    code = imp_options_fail ("burn", error);
  close (record);
  return code;
}

int
imp_verb_burn (int argc, char **argv)
{
  g_auto (Args) args = { NULL };
  g_auto (Job) job = { &args };
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_FILENAME, &args.device,
      N_("The drive, /dev/sr0, or stdio:FILE to rehearse"), N_("DRIVE") },
    { "speed", 0, 0, G_OPTION_ARG_INT, &args.speed, N_("Speed of burning (default: the fastest)"),
      "N" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &args.record,
      N_("File that gets a line for each medium (default: burns.ndjson beside the keys)"),
      N_("FILE") },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &args.scratch,
      N_("Folder for the image of a disc (default: beside the disc)"), N_("DIR") },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.accept,
      N_("Go on although the disc is so: unsealed, damaged"), N_("RULE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &args.as_json, N_("Print the burn record as JSON"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &args.progress,
      N_("Show progress also where standard error is no terminal"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!imp_options_parse (argc, argv, "(DISC | FILE.iso) --device DRIVE",
                          _("Burns a disc or an image, and reads every sector back."), entries,
                          &rest, &error) ||
      !check_args (&args, rest, &error))
    return imp_options_fail ("burn", error);

  job.source = rest[0];
  return burn (&job);
}
