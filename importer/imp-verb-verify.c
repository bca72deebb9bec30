/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "disc-error.h"
#include "disc-format.h"
#include "imp-keys.h"
#include "imp-open.h"
#include "imp-verify.h"

typedef struct
{
  ImpOpen open;
  gboolean as_json;
  gboolean progress;
} Args;

/* A sealed disc and the volumes that lie beside it. */
typedef struct
{
  const Args *args;
  ImpVerified *verified;     /* of all of them together */
  DiscContainer *container;  /* of the one that was named */
  DiscReader *first;         /* the first volume; NULL: another one was named, or there is no key */
  GArray *read;              /* (element-type guint) numbers of volumes that were verified ... */
  GArray *absent;            /* (element-type guint) ... and that were not */
  gboolean show;
} Job;

static void
job_clear (Job *job)
{
  imp_verified_free (job->verified);
  g_clear_pointer (&job->first, disc_reader_free);
  g_clear_pointer (&job->container, disc_container_unref);
  g_array_unref (job->read);
  g_array_unref (job->absent);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static void
args_clear (Args *args)
{
  imp_open_clear (&args->open);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

static gboolean
on_progress (guint64 n_done, guint64 n_all, gpointer user_data)
{
  gint *last = user_data;
  gint percent = n_all > 0 ? (gint) (n_done * 100 / n_all) : 100;

  if (percent != *last)
    g_printerr ("\r%d %%", percent);
  *last = percent;
  return TRUE;
}

/* ---- telling -------------------------------------------------------------------------------- */

static const char *
verdict_sentence (ImpVerdict verdict)
{
  switch (verdict)
    {
    case IMP_VERDICT_INTACT:
      return _("Every byte is as it was signed.");
    case IMP_VERDICT_UNSEALED:
      return _("The disc is not sealed: nothing tells whether it was altered. It can be read.");
    case IMP_VERDICT_REPAIRABLE:
      return _("The disc is damaged; all of it can be repaired while reading. Burn a new one.");
    case IMP_VERDICT_DAMAGED:
      return _("The disc is damaged beyond repair in places; the rest can be read. Burn a new one.");
    case IMP_VERDICT_TRUNCATED:
      return _("The disc ends early; what is there can be read. Burn or copy it again.");
    case IMP_VERDICT_ALTERED:
    default:
      return _("The disc was altered after it was signed. Do not use it; keep it as evidence.");
    }
}

/* (transfer full): a translated format cannot hold the macros for 64 bits. */
static char *
format_count (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static void
print_touched (const ImpVerified *verified)
{
  for (guint i = 0; i < verified->touched->len; i++)
    {
      const ImpTouched *touched = g_ptr_array_index (verified->touched, i);
      g_autofree char *contents = g_strdup (touched->contents != NULL ? touched->contents
                                            : touched->id != NULL || touched->n_pictures == 0
                                                ? _("the patient's entry itself")
                                                : "");
      g_autofree char *pictures = touched->n_pictures > 0
                                      ? g_strdup_printf (_("pictures %u"), touched->n_pictures)
                                      : g_strdup ("");

      g_strdelimit (contents, "\n", ',');
      g_print ("  %s  %s%s%s%s\n", touched->id != NULL ? touched->id : _("(nobody's)"), contents,
               *contents != '\0' && *pictures != '\0' ? "," : "", pictures,
               touched->at_least ? _(" at least: volume 1 would tell") : "");
    }
}

static void
print_volumes (const Job *job)
{
  guint n = disc_container_header (job->container)->n_volumes;

  for (guint i = 0; n > 1 && i < job->read->len; i++)
    {
      g_print (_("Volume %u of %u was read."), g_array_index (job->read, guint, i), n);
      g_print ("\n");
    }
  for (guint i = 0; i < job->absent->len; i++)
    {
      g_print (_("Volume %u of %u is not here: nothing is known of it."),
               g_array_index (job->absent, guint, i), n);
      g_print ("\n");
    }
}

static void
print_text (const Job *job)
{
  const ImpVerified *verified = job->verified;
  g_autofree char *n_units = format_count (verified->n_units);
  g_autofree char *n_repairable = format_count (verified->n_repairable);
  g_autofree char *n_lost = format_count (verified->n_lost);

  g_print ("%s\n", verdict_sentence (verified->verdict));
  if (job->container == NULL)
    return;

  print_volumes (job);
  g_print (_("Units: %s read, %s to be repaired, %s lost."), n_units, n_repairable, n_lost);
  g_print ("\n");
  for (guint i = 0; i < verified->places->len; i++)
    g_print ("  %s\n", (const char *) g_ptr_array_index (verified->places, i));
  if (verified->n_lost > 0 && !verified->is_unlocked)
    g_print ("%s\n", _("With --passphrase-file it is told whom that touches."));
  if (verified->touched->len > 0)
    g_print ("%s\n", _("Patients of whom something is lost:"));
  print_touched (verified);
}

static void
add_numbers (cJSON *object, const char *key, const GArray *numbers)
{
  cJSON *array = cJSON_AddArrayToObject (object, key);

  for (guint i = 0; i < numbers->len; i++)
    cJSON_AddItemToArray (array, cJSON_CreateNumber (g_array_index (numbers, guint, i)));
}

static void
add_contents (cJSON *object, const char *contents)
{
  cJSON *kinds = cJSON_AddObjectToObject (object, "lost");
  g_autoptr (DiscContents) parsed = disc_contents_parse (contents);

  for (guint i = 0; i < disc_contents_n (parsed); i++)
    cJSON_AddNumberToObject (kinds, disc_contents_get (parsed, i)->type,
                             disc_contents_get (parsed, i)->n);
}

static void
print_json (const Job *job)
{
  const ImpVerified *verified = job->verified;
  DiscContainer *container = job->container;
  cJSON *object = cJSON_CreateObject ();
  cJSON *places = cJSON_AddArrayToObject (object, "places");
  cJSON *touched = cJSON_AddArrayToObject (object, "touched");

  cJSON_AddStringToObject (object, "verdict", imp_verdict_name (verified->verdict));
  cJSON_AddBoolToObject (object, "sealed", container != NULL);
  if (container != NULL)
    {
      const DiscHeader *header = disc_container_header (container);
      char fingerprint[DISC_FINGERPRINT_BYTES];

      disc_trust_fingerprint (header->signer, fingerprint);
      cJSON_AddStringToObject (object, "signer", fingerprint);
      cJSON_AddNumberToObject (object, "serial", (double) header->serial);
      cJSON_AddNumberToObject (object, "units", (double) verified->n_units);
      cJSON_AddNumberToObject (object, "repairable", (double) verified->n_repairable);
      cJSON_AddNumberToObject (object, "lost", (double) verified->n_lost);
      cJSON_AddBoolToObject (object, "spare_intact", verified->spare_intact);
      cJSON_AddBoolToObject (object, "manifest_intact", verified->manifest_intact);
      cJSON_AddBoolToObject (object, "touched_known", verified->is_unlocked);
      cJSON_AddNumberToObject (object, "volume", header->volume);
      cJSON_AddNumberToObject (object, "volumes", header->n_volumes);
      add_numbers (object, "volumes_read", job->read);
      add_numbers (object, "volumes_absent", job->absent);
    }
  for (guint i = 0; i < verified->places->len; i++)
    cJSON_AddItemToArray (places,
                          cJSON_CreateString (g_ptr_array_index (verified->places, i)));
  for (guint i = 0; i < verified->touched->len; i++)
    {
      const ImpTouched *one = g_ptr_array_index (verified->touched, i);
      cJSON *patient = cJSON_CreateObject ();

      if (one->id != NULL)
        cJSON_AddStringToObject (patient, "patient", one->id);
      if (one->facility != NULL)
        cJSON_AddStringToObject (patient, "facility", one->facility);
      add_contents (patient, one->contents);
      if (one->n_pictures > 0)
        cJSON_AddNumberToObject (patient, "lost_pictures", one->n_pictures);
      if (one->at_least)
        cJSON_AddTrueToObject (patient, "at_least");
      cJSON_AddItemToArray (touched, patient);
    }

  imp_options_print_json (object);
}

/* ---- running -------------------------------------------------------------------------------- */

static gboolean
ignore_message (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
                GError **error)
{
  return TRUE;
}

static int
tell (const Job *job)
{
  ImpVerdict verdict = job->verified->verdict;

  (job->args->as_json ? print_json : print_text) (job);
  return verdict == IMP_VERDICT_INTACT || verdict == IMP_VERDICT_UNSEALED ? IMP_EXIT_DONE
                                                                         : IMP_EXIT_DAMAGED;
}

/* A plain disc has nothing to be compared with; that it can be read is all there is to say. */
static int
verify_plain (Job *job, const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open (dir, &error);

  if (reader == NULL ||
      !disc_reader_foreach_message (reader, 0, G_MAXINT64, ignore_message, NULL, &error))
    return imp_options_fail ("verify", error);

  job->verified->verdict = IMP_VERDICT_UNSEALED;
  return tell (job);
}

static gboolean
has_key (const Args *args)
{
  return args->open.passphrase_file != NULL || args->open.emergency_key_file != NULL ||
         g_getenv ("TOMOSHIBI_PASSPHRASE_FILE") != NULL;
}

/* One volume, or the disc. */
static gboolean
verify_volume (Job *job, const char *dir, DiscContainer *container, GError **error)
{
  const DiscHeader *header = disc_container_header (container);
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (guint64));
  gint percent = -1;

  job->verified->volume = header->n_volumes > 1 ? header->volume : 0;
  if (!imp_verify_medium (container, folder, lost, job->verified, job->show ? on_progress : NULL,
                          &percent, error))
    return FALSE;
  if (job->show)
    g_printerr ("\r\033[K");

  g_array_append_val (job->read, header->volume);
  if (has_key (job->args))
    {
      g_autoptr (DiscReader) reader = imp_open_disc (&job->args->open, dir, error);

      if (reader == NULL ||
          (lost->len > 0 && !imp_verify_touched (reader, job->first, job->verified, error)))
        return FALSE;
      if (header->volume == 1)
        job->first = g_steal_pointer (&reader);
      job->verified->is_unlocked = TRUE;
    }
  return TRUE;
}

/* Whether what lies at the place of a volume is that volume. */
static gboolean
check_volume (const Job *job, DiscContainer *container, guint wanted, GError **error)
{
  const DiscHeader *own = disc_container_header (job->container);
  const DiscHeader *is = disc_container_header (container);

  if (memcmp (is->id, own->id, sizeof is->id) != 0 ||
      memcmp (is->signer, own->signer, sizeof is->signer) != 0 || is->n_volumes != own->n_volumes)
    g_set_error (error, DISC_ERROR, DISC_ERROR_OTHER_DISC,
                 "volume %u of %u of disc number %" G_GUINT64_FORMAT ", another disc", is->volume,
                 is->n_volumes, is->serial);
  else if (is->volume != wanted)
    g_set_error (error, DISC_ERROR, DISC_ERROR_VOLUME, "volume %u of this disc stands in its place",
                 is->volume);
  else
    return TRUE;
  return FALSE;
}

/* Whatever one of them is, the others are looked at. */
static gboolean
verify_beside (Job *job, const char *dir, guint number, GError **error)
{
  g_autofree char *path = disc_reader_volume_path (dir, number);
  g_autofree char *damaged = g_strconcat (path, DISC_VOLUME_DAMAGED, NULL);
  const char *found = disc_reader_is_sealed (path) ? path : damaged;
  g_autofree char *folder = g_build_filename (found, DISC_FOLDER, NULL);
  g_autoptr (DiscContainer) container = NULL;
  g_autoptr (GError) local = NULL;

  if (disc_reader_is_sealed (found))
    {
      container = disc_container_open (folder, &local);
      if (container != NULL && check_volume (job, container, number, &local))
        return verify_volume (job, found, container, error);
      job->verified->volume = number;
      imp_verified_fault (job->verified, local);
    }
  g_array_append_val (job->absent, number);
  return TRUE;
}

static int
verify_sealed (Job *job, const char *dir)
{
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscTrust) trust = NULL;
  const DiscHeader *header;

  job->show = job->args->progress || isatty (STDERR_FILENO);
  job->container = disc_container_open (folder, &error);
  trust = job->container != NULL ? disc_trust_load_own (&error) : NULL;
  if (trust == NULL || !disc_container_check_signer (job->container, trust, &error) ||
      !verify_volume (job, dir, job->container, &error))
    return imp_options_fail ("verify", error);

  header = disc_container_header (job->container);
  for (guint number = 1; number <= header->n_volumes; number++)
    if (number == header->volume)
      continue;
    else if (header->volume > 1)
      g_array_append_val (job->absent, number);
    else if (!verify_beside (job, dir, number, &error))
      return imp_options_fail ("verify", error);
  return tell (job);
}

int
imp_verb_verify (int argc, char **argv)
{
  g_auto (Args) args = { .open = { .any_volume = TRUE } };
  g_auto (Job) job = { .args = &args,
                       .verified = imp_verified_new (),
                       .read = g_array_new (FALSE, FALSE, sizeof (guint)),
                       .absent = g_array_new (FALSE, FALSE, sizeof (guint)) };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &args.as_json, N_("Print the result as JSON"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &args.progress,
      N_("Show progress also where standard error is no terminal"), NULL },
    IMP_OPEN_ENTRIES (args.open),
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;

  if (!imp_options_parse (argc, argv, "DISC",
                          _("Reads every byte of a disc and tells what is damaged or altered, and "
                            "whom that touches."),
                          entries, &rest, &error))
    return imp_options_fail ("verify", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("verify", "%s", _("name one disc"));

  return disc_reader_is_sealed (rest[0]) ? verify_sealed (&job, rest[0])
                                         : verify_plain (&job, rest[0]);
}
