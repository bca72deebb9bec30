/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>

#include "imp-export.h"
#include "imp-open.h"

int
imp_verb_export (int argc, char **argv)
{
  g_auto (ImpOpen) open = { NULL };
  g_auto (GStrv) ids = NULL;
  const GOptionEntry entries[] = {
    { "patient", 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, N_("Only this patient (repeatable)"),
      "ID" },
    IMP_OPEN_ENTRIES (open),
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;

  if (!imp_options_parse (argc, argv, "DISC",
                          _("Prints every fact on a disc, one JSON object on each line."), entries,
                          &rest, &error))
    return imp_options_fail ("export", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("export", "%s", _("name one disc"));

  reader = imp_open_disc (&open, rest[0], &error);
  if (reader == NULL || !imp_export (reader, (const char *const *) ids, stdout, &error))
    return imp_options_fail ("export", error);
  return IMP_EXIT_DONE;
}
