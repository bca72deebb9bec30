/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "disc-error.h"
#include "imp-error.h"
#include "imp-open.h"
#include "imp-report.h"

/* GNU gettext manual, "Being a gettext grok": raised when LANGUAGE changes at run time. */
extern int _nl_msg_cat_cntr;

typedef struct
{
  ImpOpen open;
  char *html;
  char *language;
  gboolean as_json;
} Args;

static void
args_clear (Args *args)
{
  imp_open_clear (&args->open);
  g_free (args->html);
  g_free (args->language);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Args, args_clear)

/* In the locale "C", in which a cron job runs, gettext never translates; in "C.UTF-8" it does. */
static gboolean
set_language (const char *language, GError **error)
{
  const char *messages = setlocale (LC_MESSAGES, NULL);

  if (language == NULL)
    return TRUE;
  if (strcmp (language, "ja") != 0 && strcmp (language, "en") != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE, _("--language is ja or en"));
      return FALSE;
    }
  if (messages == NULL || strcmp (messages, "C") == 0 || strcmp (messages, "POSIX") == 0)
    setlocale (LC_MESSAGES, "C.UTF-8");
  g_setenv ("LANGUAGE", language, TRUE);
  _nl_msg_cat_cntr++;
  return TRUE;
}

static gboolean
write_html (const char *path, const char *json, GError **error)
{
  g_autofree char *html = imp_report_html (json, error);
  g_autoptr (GError) local = NULL;

  if (html == NULL)
    return FALSE;
  if (g_file_set_contents (path, html, -1, &local))
    return TRUE;
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
  return FALSE;
}

static gboolean
print (const Args *args, const char *json, GError **error)
{
  g_autofree char *text = NULL;

  if (args->html != NULL && !write_html (args->html, json, error))
    return FALSE;
  if (args->as_json)
    g_print ("%s\n", json);
  if (args->as_json || args->html != NULL)
    return TRUE;
  text = imp_report_text (json, error);
  if (text == NULL)
    return FALSE;
  g_print ("%s", text);
  return TRUE;
}

int
imp_verb_report (int argc, char **argv)
{
  g_auto (Args) args = { { NULL } };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &args.as_json, N_("Print the report as JSON"), NULL },
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &args.html,
      N_("Write the report as a page to be printed, in place of printing it here"), N_("FILE") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &args.language,
      N_("Language of the report (default: that of the locale)"), "ja|en" },
    IMP_OPEN_ENTRIES (args.open),
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autofree char *json = NULL;

  if (!imp_options_parse (argc, argv, "DISC", _("Prints the import report that a disc carries."),
                          entries, &rest, &error) ||
      !set_language (args.language, &error))
    return imp_options_fail ("report", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("report", "%s", _("name one disc"));

  reader = imp_open_disc (&args.open, rest[0], &error);
  json = reader != NULL ? disc_reader_load_report (reader, &error) : NULL;
  if (json == NULL || !print (&args, json, &error))
    return imp_options_fail ("report", error);
  return IMP_EXIT_DONE;
}
