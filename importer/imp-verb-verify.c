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
      g_autofree char *contents = g_strdup (touched->contents != NULL
                                                ? touched->contents
                                                : _("the patient's entry itself"));

      g_strdelimit (contents, "\n", ',');
      g_print ("  %s  %s\n", touched->id != NULL ? touched->id : _("(nobody's)"), contents);
    }
}

static void
print_text (const ImpVerified *verified)
{
  g_autofree char *n_units = format_count (verified->n_units);
  g_autofree char *n_repairable = format_count (verified->n_repairable);
  g_autofree char *n_lost = format_count (verified->n_lost);

  g_print ("%s\n", verdict_sentence (verified->verdict));
  if (verified->verdict == IMP_VERDICT_UNSEALED)
    return;

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
add_contents (cJSON *object, const char *contents)
{
  cJSON *kinds = cJSON_AddObjectToObject (object, "lost");
  g_autoptr (DiscContents) parsed = disc_contents_parse (contents);

  for (guint i = 0; i < disc_contents_n (parsed); i++)
    cJSON_AddNumberToObject (kinds, disc_contents_get (parsed, i)->type,
                             disc_contents_get (parsed, i)->n);
}

static void
print_json (const ImpVerified *verified, DiscContainer *container)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *places = cJSON_AddArrayToObject (object, "places");
  cJSON *touched = cJSON_AddArrayToObject (object, "touched");
  char *text;

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
      cJSON_AddItemToArray (touched, patient);
    }

  text = cJSON_PrintUnformatted (object);
  g_print ("%s\n", text);
  cJSON_free (text);
  cJSON_Delete (object);
}

/* ---- running -------------------------------------------------------------------------------- */

static gboolean
ignore_message (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
                GError **error)
{
  return TRUE;
}

/* A plain disc has nothing to be compared with; that it can be read is all there is to say. */
static int
verify_plain (const char *dir, const Args *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpVerified) verified = imp_verified_new ();
  g_autoptr (DiscReader) reader = disc_reader_open (dir, &error);

  if (reader == NULL ||
      !disc_reader_foreach_message (reader, 0, G_MAXINT64, ignore_message, NULL, &error))
    return imp_options_fail ("verify", error);

  verified->verdict = IMP_VERDICT_UNSEALED;
  if (args->as_json)
    print_json (verified, NULL);
  else
    print_text (verified);
  return IMP_EXIT_DONE;
}

static gboolean
has_key (const Args *args)
{
  return args->open.passphrase_file != NULL || args->open.emergency_key_file != NULL ||
         g_getenv ("TOMOSHIBI_PASSPHRASE_FILE") != NULL;
}

static int
verify_sealed (const char *dir, const Args *args)
{
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpVerified) verified = imp_verified_new ();
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (DiscContainer) container = disc_container_open (folder, &error);
  g_autoptr (DiscTrust) trust = NULL;
  gboolean show = args->progress || isatty (STDERR_FILENO);
  gint percent = -1;

  trust = container != NULL ? disc_trust_load_own (&error) : NULL;
  if (trust == NULL || !disc_container_check_signer (container, trust, &error) ||
      !imp_verify_medium (container, folder, lost, verified, show ? on_progress : NULL, &percent,
                          &error))
    return imp_options_fail ("verify", error);
  if (show)
    g_printerr ("\r\033[K");

  if (has_key (args))
    {
      g_autoptr (DiscReader) reader = imp_open_disc (&args->open, dir, &error);

      if (reader == NULL || (lost->len > 0 && !imp_verify_touched (reader, verified, &error)))
        return imp_options_fail ("verify", error);
      verified->is_unlocked = TRUE;
    }

  if (args->as_json)
    print_json (verified, container);
  else
    print_text (verified);
  return verified->verdict == IMP_VERDICT_INTACT ? IMP_EXIT_DONE : IMP_EXIT_DAMAGED;
}

int
imp_verb_verify (int argc, char **argv)
{
  g_auto (Args) args = { { NULL } };
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

  return disc_reader_is_sealed (rest[0]) ? verify_sealed (rest[0], &args)
                                         : verify_plain (rest[0], &args);
}
