/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <cjson/cJSON.h>
#include <glib/gi18n.h>

#include "disc-format.h"
#include "imp-error.h"
#include "imp-image.h"
#include "imp-media.h"

typedef struct
{
  char *output;
  char *usb;
  char *medium_text;
  char **accept;
  gboolean progress;
  gboolean as_json;
  ImpMedium medium;
} Args;

/* One run and what comes of it. */
typedef struct
{
  const Args *args;
  ImpImageDisc *disc;
  ImpImageResult image;
  ImpImageCopied copied;
} Job;

static void
args_clear (Args *args)
{
  g_free (args->output);
  g_free (args->usb);
  g_free (args->medium_text);
  g_strfreev (args->accept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->disc, imp_image_disc_free);
  imp_image_result_clear (&job->image);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
check_args (Args *args, char **rest, GError **error)
{
  const char *wrong = NULL;

  if (g_strv_length (rest) != 1)
    wrong = _("name one disc");
  else if ((args->output == NULL) == (args->usb == NULL))
    wrong = _("name either --output FILE.iso or --usb DIR");
  else if (args->usb != NULL && args->medium_text != NULL)
    wrong = _("--medium has no meaning with --usb");

  if (wrong == NULL)
    return imp_image_check_rules ((const char *const *) args->accept, error) &&
           imp_medium_parse (args->medium_text, &args->medium, error);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, wrong);
  return FALSE;
}

static gboolean
open_disc (Job *job, const char *dir, GError **error)
{
  guint64 n_sectors;

  job->disc = imp_image_disc_open (dir, error);
  if (job->disc == NULL ||
      (!job->disc->is_sealed &&
       !imp_image_accept_unsealed ((const char *const *) job->args->accept, error)))
    return FALSE;
  if (job->args->output == NULL)
    return TRUE;

  n_sectors = imp_medium_folder_sectors (job->disc->folder, error);
  return n_sectors > 0 && imp_medium_check (job->args->medium, n_sectors, error);
}

static gboolean
run_job (ImpMediaRun *run, gpointer user_data, GError **error)
{
  Job *job = user_data;
  const char *const *accept = (const char *const *) job->args->accept;

  if (!imp_image_disc_check (job->disc, accept, run, error))
    return FALSE;
  if (job->args->usb != NULL)
    return imp_image_copy (job->disc, job->args->usb, run, &job->copied, error);
  return imp_image_write (job->disc, job->args->output, run, &job->image, error);
}

/* ---- what is printed ------------------------------------------------------------------------ */

static void
print_warnings (const ImpImageDisc *disc)
{
  if (!disc->is_sealed)
    g_printerr ("%s\n", _("WARNING: THIS DISC IS NOT ENCRYPTED. Anybody can read it: never put real "
                          "patients' records on it."));
  for (guint i = 0; i < disc->strangers->len; i++)
    {
      g_printerr ("%s ", _("Warning:"));
      g_printerr (_("%s is no part of a disc and was left out."),
                  (const char *) g_ptr_array_index (disc->strangers, i));
      g_printerr ("\n");
    }
}

static void
print_image_json (const Job *job)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *fits;

  cJSON_AddStringToObject (object, "path", job->args->output);
  cJSON_AddNumberToObject (object, "bytes", (double) job->image.bytes);
  cJSON_AddNumberToObject (object, "sectors", (double) job->image.n_sectors);
  cJSON_AddStringToObject (object, "sha256", job->image.sha256);
  fits = cJSON_AddArrayToObject (object, "fits");
  for (ImpMedium i = imp_medium_smallest (job->image.n_sectors); i < IMP_N_MEDIA; i++)
    cJSON_AddItemToArray (fits, cJSON_CreateString (imp_medium_option (i)));
  imp_options_print_json (object);
}

static void
print_image (const Job *job)
{
  g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, job->image.bytes);
  g_autofree char *sectors = g_strdup_printf ("%" G_GUINT64_FORMAT, job->image.n_sectors);
  g_autofree char *fits = imp_medium_fits_text (job->image.n_sectors);

  g_print (_("%s: %s bytes, %s sectors, read back and compared with the disc."), job->args->output,
           bytes, sectors);
  g_print ("\nSHA-256: %s\n%s\n", job->image.sha256, fits);
}

static void
print_copy_json (const Job *job)
{
  static const char *const words[] = { "copied", "replaced", "already-there" };
  cJSON *object = cJSON_CreateObject ();
  g_autofree char *path = imp_image_copy_path (job->disc, job->args->usb);

  cJSON_AddStringToObject (object, "path", path);
  cJSON_AddNumberToObject (object, "bytes", (double) job->disc->bytes);
  cJSON_AddNumberToObject (object, "files", job->disc->files->len);
  cJSON_AddStringToObject (object, "result", words[job->copied]);
  imp_options_print_json (object);
}

static void
print_copy (const Job *job)
{
  g_autofree char *path = imp_image_copy_path (job->disc, job->args->usb);
  g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, job->disc->bytes);

  switch (job->copied)
    {
    case IMP_IMAGE_ALREADY_THERE:
      g_print (_("%s: this disc is there already; %s bytes read back and found the same."), path,
               bytes);
      break;
    case IMP_IMAGE_REPLACED:
      g_print (_("%s: the damaged copy was replaced; %s bytes written, read back and found the same."),
               path, bytes);
      break;
    case IMP_IMAGE_COPIED:
    default:
      g_print (_("%s: %s bytes written, read back and found the same."), path, bytes);
      break;
    }
  g_print ("\n");
}

static void
print_outcome (const Job *job)
{
  if (job->args->usb != NULL)
    (job->args->as_json ? print_copy_json : print_copy) (job);
  else
    (job->args->as_json ? print_image_json : print_image) (job);
}

int
imp_verb_image (int argc, char **argv)
{
  g_auto (Args) args = { NULL };
  g_auto (Job) job = { &args };
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &args.output,
      N_("Write an ISO 9660 image, ready to burn"), N_("FILE.iso") },
    { "usb", 0, 0, G_OPTION_ARG_FILENAME, &args.usb,
      N_("Copy the disc to a mounted USB stick instead"), N_("DIR") },
    { "medium", 0, 0, G_OPTION_ARG_STRING, &args.medium_text,
      N_("Refuse an image that does not fit on it"), "cd|dvd|dl|bd" },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.accept,
      N_("Go on although the disc is so: unsealed, damaged"), N_("RULE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &args.as_json, N_("Print the result as JSON"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &args.progress,
      N_("Show progress also where standard error is no terminal"), NULL },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!imp_options_parse (argc, argv, "DISC (--output FILE.iso | --usb DIR)",
                          _("Makes an image of a disc to burn, or a copy on a USB stick."), entries,
                          &rest, &error) ||
      !check_args (&args, rest, &error) || !open_disc (&job, rest[0], &error))
    return imp_options_fail ("image", error);

  print_warnings (job.disc);
  if (!imp_media_run (run_job, &job, args.progress, &error))
    return imp_options_fail ("image", error);
  print_outcome (&job);
  return IMP_EXIT_DONE;
}
