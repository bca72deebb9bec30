/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "disc-error.h"
#include "imp-error.h"
#include "imp-open.h"
#include "imp-report-words.h"
#include "imp-report.h"

/* GNU gettext manual, "Being a gettext grok": raised when LANGUAGE changes at run time. */
extern int _nl_msg_cat_cntr;

typedef struct
{
  ImpOpen open;
  char *html;
  char *pdf;
  char *language;
  gboolean as_json;
} Args;

static void
args_clear (Args *args)
{
  imp_open_clear (&args->open);
  g_free (args->html);
  g_free (args->pdf);
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

/* In one step, in place of what may stand there. */
static gboolean
write_file (const char *path, const char *bytes, gssize len, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents (path, bytes, len, &local))
    return TRUE;
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
  return FALSE;
}

static gboolean
write_html (const char *path, const char *json, GError **error)
{
  g_autofree char *html = imp_report_html (json, error);

  return html != NULL && write_file (path, html, -1, error);
}

/* (transfer full): now, or the time that whoever compares files sets (reproducible-builds.org,
 * SOURCE_DATE_EPOCH). */
static char *
printing_time (void)
{
  const char *set = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds;
  g_autoptr (GDateTime) time = NULL;

  if (set != NULL && g_ascii_string_to_signed (set, 10, 0, G_MAXINT32, &seconds, NULL))
    time = g_date_time_new_from_unix_local (seconds);
  else
    time = g_date_time_new_now_local ();
  return g_date_time_format (time, "%Y-%m-%d %H:%M");
}

static guint64
disc_number (DiscReader *reader)
{
  DiscContainer *container = disc_reader_container (reader);

  return container != NULL ? disc_container_header (container)->serial : 0;
}

static gboolean
write_pdf (const char *path, const char *json, DiscReader *reader, GError **error)
{
  g_autofree char *printed_at = printing_time ();
  g_autoptr (GBytes) pdf = NULL;
  guint64 n_unknown = 0;

  pdf = imp_report_pdf (json, disc_number (reader), printed_at, &n_unknown, error);
  if (pdf == NULL ||
      !write_file (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), error))
    return FALSE;
  if (n_unknown > 0)
    {
      g_autofree char *number = imp_report_number (n_unknown);

      g_printerr (_("tomoshibi report: no font of this machine has %s of the characters; the paper has boxes "
                    "in their place. Install a Japanese font (fonts-ipaexfont-gothic)."),
                  number);
      g_printerr ("\n");
    }
  return TRUE;
}

static gboolean
print (const Args *args, const char *json, DiscReader *reader, GError **error)
{
  g_autofree char *text = NULL;

  if (args->html != NULL && !write_html (args->html, json, error))
    return FALSE;
  if (args->pdf != NULL && !write_pdf (args->pdf, json, reader, error))
    return FALSE;
  if (args->as_json)
    g_print ("%s\n", json);
  if (args->as_json || args->html != NULL || args->pdf != NULL)
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
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &args.pdf,
      N_("Write the report as PDF on sheets of A4, in place of printing it here"), N_("FILE") },
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
  if (json == NULL || !print (&args, json, reader, &error))
    return imp_options_fail ("report", error);
  return IMP_EXIT_DONE;
}
