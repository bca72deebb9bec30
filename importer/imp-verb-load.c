/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "disc-error.h"
#include "disc-reader.h"
#include "disc-store.h"
#include "imp-error.h"

#define KEEP_MAX 1000

typedef struct
{
  char *store;
  int keep;
  char **accept;
  gboolean as_json;
  gboolean progress;
} Args;

typedef struct
{
  gboolean on_terminal;
  DiscStorePhase phase;
  int percent;      /* told last; -1: none */
} Progress;

static void
args_clear (Args *args)
{
  g_free (args->store);
  g_strfreev (args->accept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

static gboolean
check_args (const Args *args, DiscStoreOptions *options, GError **error)
{
  const char *wrong = NULL;

  if (args->store == NULL || *args->store == '\0')
    wrong = _("--store DIR is missing");
  else if (args->keep < 1 || args->keep > KEEP_MAX)
    wrong = _("--keep is not a number of generations");

  for (guint i = 0; args->accept != NULL && args->accept[i] != NULL; i++)
    {
      gboolean is_all = strcmp (args->accept[i], "all") == 0;
      gboolean is_damaged = is_all || strcmp (args->accept[i], "damaged") == 0;
      gboolean is_unsealed = is_all || strcmp (args->accept[i], "unsealed") == 0;

      if (!is_damaged && !is_unsealed)
        wrong = _("--accept knows “damaged” and “unsealed”");
      options->accept_damaged = options->accept_damaged || is_damaged;
      options->accept_unsealed = options->accept_unsealed || is_unsealed;
    }

  options->keep = (guint) args->keep;
  if (wrong != NULL)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, wrong);
  return wrong == NULL;
}

/* ---- progress ------------------------------------------------------------------------------- */

static const char *
phase_text (DiscStorePhase phase)
{
  switch (phase)
    {
    case DISC_STORE_COMPARING:
      return _("Comparing with the store");
    case DISC_STORE_COPYING:
      return _("Copying");
    case DISC_STORE_VERIFYING:
    default:
      return _("Reading the copy back");
    }
}

/* Every percent where it overwrites itself, every tenth where it makes a line. */
static void
on_progress (DiscStorePhase phase, guint64 done_bytes, guint64 all_bytes, gpointer user_data)
{
  Progress *self = user_data;
  int percent = (int) (done_bytes * 100 / MAX (all_bytes, 1));

  if (!self->on_terminal)
    percent -= percent % 10;
  if (phase == self->phase && percent == self->percent)
    return;

  self->phase = phase;
  self->percent = percent;
  if (self->on_terminal)
    g_printerr ("\r%s: %d %%\033[K", phase_text (phase), percent);
  else
    g_printerr ("%s: %d %%\n", phase_text (phase), percent);
}

/* ---- telling -------------------------------------------------------------------------------- */

/* (transfer full): a translated format cannot hold the macros for 64 bits. */
static char *
format_count (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

static const char *
or_unknown (const char *text)
{
  return text != NULL ? text : _("unknown");
}

static void
print_warnings (const DiscStoreOutcome *outcome)
{
  g_autofree char *n_lost = format_count (outcome->n_lost);
  g_autofree char *n_units = format_count (outcome->n_units);

  if (!outcome->generation->is_sealed)
    g_printerr ("%s %s\n", _("Warning:"),
                _("this disc is not encrypted, and anybody could have made it."));
  if (outcome->generation->is_damaged)
    {
      g_printerr ("%s ", _("Warning:"));
      g_printerr (_("%s of %s units are lost; the generation is marked as damaged. Another medium "
                    "of this disc, loaded as well, may have them."),
                  n_lost, n_units);
      g_printerr ("\n");
    }
  if (outcome->has_newer)
    {
      g_printerr ("%s ", _("Warning:"));
      g_printerr (_("this disc is older than what the store has: data as of %s. The viewer starts "
                    "with the newest."),
                  or_unknown (outcome->newer_as_of));
      g_printerr ("\n");
    }
  if (outcome->remove_error != NULL)
    g_printerr ("%s %s: %s\n", _("Warning:"), _("an old generation could not be removed"),
                outcome->remove_error->message);
}

/* (transfer full): "2, 3": those of which there is no whole copy here; NULL for none */
static char *
missing_volumes (const DiscGeneration *generation)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint number = 2; number <= generation->n_volumes; number++)
    {
      gboolean is_there = FALSE;

      for (guint i = 0; !is_there && i < generation->volumes->len; i++)
        is_there = g_array_index (generation->volumes, guint, i) == number;
      if (!is_there)
        g_string_append_printf (list, "%s%u", list->len > 0 ? ", " : "", number);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static void
print_volumes (const DiscStoreOutcome *outcome)
{
  g_autofree char *missing = missing_volumes (outcome->generation);

  if (outcome->generation->n_volumes == 1)
    return;
  g_print (_("This was volume %u of %u."), outcome->volume, outcome->generation->n_volumes);
  if (missing != NULL)
    {
      g_print (" ");
      g_print (_("Still to be loaded: volume %s."), missing);
    }
  g_print ("\n");
}

static void
print_text (const DiscStoreOutcome *outcome)
{
  g_autofree char *n_repaired = format_count (outcome->n_repaired);
  g_autofree char *n_resumed = format_count (outcome->n_resumed);
  g_autofree char *n_units = format_count (outcome->n_units);

  g_print (outcome->was_there ? _("The store has this disc already, whole: data as of %s.")
                              : _("The disc is in the store: data as of %s."),
           or_unknown (outcome->generation->as_of));
  g_print ("\n");
  print_volumes (outcome);
  if (outcome->n_resumed > 0)
    {
      g_print (_("An interrupted copy went on: %s of %s units were there."), n_resumed, n_units);
      g_print ("\n");
    }
  if (outcome->n_repaired > 0)
    {
      g_print (_("The disc is damaged; %s units were repaired, the copy is not damaged there. Burn a "
                 "new disc."),
               n_repaired);
      g_print ("\n");
    }
  if (outcome->manifest_repaired)
    g_print ("%s\n", _("The label of the disc (manifest.json) is damaged; it was made whole from its "
                       "second copy. Burn a new disc."));
  for (guint i = 0; i < outcome->removed->len; i++)
    {
      g_print (_("Removed: %s"), (const char *) g_ptr_array_index (outcome->removed, i));
      g_print ("\n");
    }
}

static void
print_json (const DiscStoreOutcome *outcome)
{
  const DiscGeneration *generation = outcome->generation;
  cJSON *object = cJSON_CreateObject ();
  cJSON *removed;

  cJSON_AddStringToObject (object, "outcome", outcome->was_there ? "already-there" : "loaded");
  cJSON_AddStringToObject (object, "name", generation->name);
  cJSON_AddStringToObject (object, "id", generation->id);
  if (generation->as_of != NULL)
    cJSON_AddStringToObject (object, "as_of", generation->as_of);
  cJSON_AddBoolToObject (object, "sealed", generation->is_sealed);
  cJSON_AddBoolToObject (object, "damaged", generation->is_damaged);
  cJSON_AddNumberToObject (object, "volume", outcome->volume);
  cJSON_AddNumberToObject (object, "volumes", generation->n_volumes);
  cJSON_AddBoolToObject (object, "older", outcome->has_newer);
  cJSON_AddNumberToObject (object, "units", (double) outcome->n_units);
  cJSON_AddNumberToObject (object, "resumed", (double) outcome->n_resumed);
  cJSON_AddNumberToObject (object, "repaired", (double) outcome->n_repaired);
  cJSON_AddNumberToObject (object, "lost", (double) outcome->n_lost);
  cJSON_AddBoolToObject (object, "manifest_repaired", outcome->manifest_repaired);
  removed = cJSON_AddArrayToObject (object, "removed");
  for (guint i = 0; i < outcome->removed->len; i++)
    cJSON_AddItemToArray (removed,
                          cJSON_CreateString (g_ptr_array_index (outcome->removed, i)));

  imp_options_print_json (object);
}

/* A disc that is refused by a rule has an option to go on all the same, and says which. */
static int
fail_load (const char *disc, const DiscStoreOutcome *outcome, const GError *error)
{
  int code;

  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_SIGNER) && !disc_reader_is_sealed (disc))
    {
      g_autoptr (GError) refused = NULL;

      g_set_error_literal (&refused, IMP_ERROR, IMP_ERROR_STOP_RULE,
                           _("the disc is not encrypted, and anybody could have made it; “--accept "
                             "unsealed” takes it in for development"));
      return imp_options_fail ("load", refused);
    }

  code = imp_options_fail ("load", error);
  if (outcome->n_lost > 0 && !g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED))
    g_printerr ("%s\n", _("Wipe it, try another drive or another medium of it. “--accept damaged” "
                          "takes in what is left, marked as damaged."));
  return code;
}

int
imp_verb_load (int argc, char **argv)
{
  g_auto (Args) args = { .keep = DISC_STORE_KEEP_DEFAULT };
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &args.store,
      N_("Folder of the store; made where there is none"), N_("DIR") },
    { "keep", 0, 0, G_OPTION_ARG_INT, &args.keep,
      N_("Generations to keep (3); the last whole one always stays"), "N" },
    { "accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &args.accept,
      N_("Take the disc in all the same: damaged, unsealed (repeatable)"), N_("RULE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &args.as_json, N_("Print the outcome as JSON"), NULL },
    { "progress", 0, 0, G_OPTION_ARG_NONE, &args.progress,
      N_("Show progress also where standard error is no terminal"), NULL },
    { NULL },
  };
  Progress progress = { .on_terminal = isatty (STDERR_FILENO), .percent = -1 };
  DiscStoreOptions options = { .user_data = &progress };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscTrust) trust = NULL;
  gboolean ok;

  if (!imp_options_parse (argc, argv, "DISC --store DIR",
                          _("Takes a disc into a laptop's store of generations: copied, repaired, "
                            "verified."),
                          entries, &rest, &error) ||
      !check_args (&args, &options, &error))
    return imp_options_fail ("load", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("load", "%s", _("name one disc"));

  trust = disc_trust_load_own (&error);
  if (trust == NULL)
    return imp_options_fail ("load", error);
  options.trust = trust;
  if (args.progress || progress.on_terminal)
    options.progress = on_progress;

  ok = disc_store_load (args.store, rest[0], &options, &outcome, NULL, &error);
  if (progress.on_terminal && progress.percent >= 0)
    g_printerr ("\r\033[K");
  if (!ok)
    return fail_load (rest[0], &outcome, error);

  print_warnings (&outcome);
  if (args.as_json)
    print_json (&outcome);
  else
    print_text (&outcome);
  return IMP_EXIT_DONE;
}
