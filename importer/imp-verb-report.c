/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>

#include "imp-open.h"
#include "imp-report.h"

int
imp_verb_report (int argc, char **argv)
{
  g_auto (ImpOpen) open = { NULL };
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print the report as JSON"), NULL },
    IMP_OPEN_ENTRIES (open),
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  if (!imp_options_parse (argc, argv, "DISC", _("Prints the import report that a disc carries."),
                          entries, &rest, &error))
    return imp_options_fail ("report", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("report", "%s", _("name one disc"));

  reader = imp_open_disc (&open, rest[0], &error);
  json = reader != NULL ? disc_reader_load_report (reader, &error) : NULL;
  if (json == NULL)
    return imp_options_fail ("report", error);
  if (as_json)
    {
      g_print ("%s\n", json);
      return IMP_EXIT_DONE;
    }

  text = imp_report_text (json, &error);
  if (text == NULL)
    return imp_options_fail ("report", error);
  g_print ("%s", text);
  return IMP_EXIT_DONE;
}
