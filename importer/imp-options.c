/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-error.h"
#include "imp-error.h"

static void
print_help (const ImpVerb *verbs, guint n_verbs)
{
  g_print ("%s\n  tomoshibi VERB [OPTION…]\n\n%s\n", _("Usage:"), _("Verbs:"));
  for (guint i = 0; i < n_verbs; i++)
    g_print ("  %-10s %s\n", verbs[i].name, _(verbs[i].summary));
  g_print ("\n%s\n", _("tomoshibi VERB --help tells the options of a verb."));
}

int
imp_options_main (const ImpVerb *verbs, guint n_verbs, int argc, char **argv)
{
  const char *wanted = argc > 1 ? argv[1] : NULL;

  if (wanted == NULL)
    {
      g_printerr ("%s\n", _("tomoshibi: say what to do; tomoshibi --help lists the verbs."));
      return IMP_EXIT_USAGE;
    }
  if (strcmp (wanted, "--help") == 0 || strcmp (wanted, "-h") == 0 || strcmp (wanted, "help") == 0)
    {
      print_help (verbs, n_verbs);
      return IMP_EXIT_DONE;
    }
  if (strcmp (wanted, "--version") == 0)
    {
      g_print ("tomoshibi %s\n", PACKAGE_VERSION);
      return IMP_EXIT_DONE;
    }

  for (guint i = 0; i < n_verbs; i++)
    if (strcmp (verbs[i].name, wanted) == 0)
      return verbs[i].run (argc - 1, argv + 1);

  g_printerr (_("tomoshibi: there is no verb “%s”; tomoshibi --help lists them."), wanted);
  g_printerr ("\n");
  return IMP_EXIT_USAGE;
}

gboolean
imp_options_parse (int argc, char **argv, const char *usage, const char *summary,
                   const GOptionEntry *entries, char ***rest, GError **error)
{
  g_autofree char *program = g_strdup_printf ("tomoshibi %s", argv[0]);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) args = NULL;
  g_autoptr (GError) local = NULL;

  /* The help shows the program's name from here. */
  g_strv_builder_add (kept, program);
  for (int i = 1; i < argc; i++)
    g_strv_builder_add (kept, argv[i]);
  args = g_strv_builder_end (kept);

  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &args, &local))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s", local->message);
      return FALSE;
    }

  *rest = g_strdupv (args + 1);
  return TRUE;
}

static gboolean
is_damage (DiscError code)
{
  return code == DISC_ERROR_CORRUPT || code == DISC_ERROR_TRUNCATED || code == DISC_ERROR_ALTERED ||
         code == DISC_ERROR_FOREIGN || code == DISC_ERROR_SWAPPED || code == DISC_ERROR_SIGNER;
}

static int
exit_code_for (const GError *error)
{
  if (error->domain == IMP_ERROR && error->code == IMP_ERROR_USAGE)
    return IMP_EXIT_USAGE;
  if (error->domain == IMP_ERROR && error->code == IMP_ERROR_STOP_RULE)
    return IMP_EXIT_STOP_RULE;
  if (error->domain == IMP_ERROR && error->code == IMP_ERROR_READ_BACK)
    return IMP_EXIT_DAMAGED;
  if (error->domain == DISC_ERROR && is_damage ((DiscError) error->code))
    return IMP_EXIT_DAMAGED;
  return IMP_EXIT_FAILED;
}

/* What happened, for people; the detail follows behind it. */
const char *
imp_options_sentence (const GError *error)
{
  if (error->domain == IMP_ERROR)
    {
      switch ((ImpError) error->code)
        {
        case IMP_ERROR_USAGE:
          return _("Wrong usage");
        case IMP_ERROR_SOURCE:
          return _("The source cannot be read");
        case IMP_ERROR_STOP_RULE:
          return _("Refused");
        case IMP_ERROR_CANCELLED:
          return _("Interrupted");
        case IMP_ERROR_TOO_LARGE:
          return _("Too large, nothing was written");
        case IMP_ERROR_MEDIUM:
          return _("The drive or the medium in it cannot be used");
        case IMP_ERROR_UNFINISHED:
          return _("The medium was written to and is not known to be good; do not use it");
        case IMP_ERROR_EXISTS:
          return _("Something is there already, nothing was written");
        case IMP_ERROR_READ_BACK:
          return _("What was written does not read back the same; do not use it");
        case IMP_ERROR_FONT:
          return _("No font of this machine has the characters of this language, nothing was written; "
                   "install one (fonts-ipaexfont-gothic)");
        case IMP_ERROR_UNREADABLE:
        case IMP_ERROR_LIMIT:
        default:
          return _("Failed");
        }
    }
  if (error->domain == DISC_ERROR)
    {
      switch ((DiscError) error->code)
        {
        case DISC_ERROR_NOT_A_DISC:
          return _("There is no disc at that place");
        case DISC_ERROR_TOO_NEW:
          return _("The disc was made by a newer version of this program");
        case DISC_ERROR_CORRUPT:
          return _("The disc is damaged");
        case DISC_ERROR_TRUNCATED:
          return _("The disc ends early: it was not copied or burnt to its end");
        case DISC_ERROR_ALTERED:
          return _("The disc was altered after it was signed; do not use it, keep it as evidence");
        case DISC_ERROR_FOREIGN:
          return _("A piece of another disc stands on this one; do not use it");
        case DISC_ERROR_SWAPPED:
          return _("Pieces of the disc stand in the wrong place; do not use it");
        case DISC_ERROR_SIGNER:
          return _("The disc was not signed by a hospital that this machine trusts; compare the "
                   "fingerprint with the sheet in the safe, then “tomoshibi trust DISC "
                   "--fingerprint …”");
        case DISC_ERROR_LOCKED:
          return _("The disc is sealed; name --passphrase-file FILE");
        case DISC_ERROR_PASSPHRASE:
          return _("The passphrase or key does not open this disc");
        case DISC_ERROR_NO_SPACE:
          return _("The target is full");
        case DISC_ERROR_EXISTS:
          return _("The target folder is not empty, nothing was written");
        case DISC_ERROR_BUSY:
          return _("Somebody else is at it; wait until that has ended");
        case DISC_ERROR_VOLUME:
          return _("Another volume of this disc is needed");
        case DISC_ERROR_OTHER_DISC:
          return _("This volume belongs to another disc");
        case DISC_ERROR_ELSEWHERE:
          return _("That stands on a volume that is not here");
        case DISC_ERROR_IO:
        case DISC_ERROR_LIMIT:
        case DISC_ERROR_SQL:
        default:
          return _("Failed");
        }
    }
  return _("Failed");
}

/* What a build says more: that nothing is left of it. */
static const char *
build_sentence (const GError *error)
{
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_STOP_RULE))
    return _("Refused, no disc was written");
  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    return _("Interrupted, no disc was written");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_NO_SPACE))
    return _("The target is full, no disc was written");
  return imp_options_sentence (error);
}

int
imp_options_fail (const char *verb, const GError *error)
{
  const char *sentence = strcmp (verb, "build") == 0 ? build_sentence (error)
                                                     : imp_options_sentence (error);

  if (g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    g_printerr ("tomoshibi %s: %s\n", verb, sentence);
  else
    g_printerr ("tomoshibi %s: %s: %s\n", verb, sentence, error->message);
  return exit_code_for (error);
}

int
imp_options_fail_usage (const char *verb, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("tomoshibi %s: %s\n", verb, text);
  return IMP_EXIT_USAGE;
}

void
imp_options_print_json (cJSON *object)
{
  char *text = cJSON_PrintUnformatted (object);

  g_print ("%s\n", text);
  cJSON_free (text);
  cJSON_Delete (object);
}
