/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-format.h"
#include "imp-keys.h"

static gboolean
add_signer (const guint8 *signer, const char *name, GError **error)
{
  g_autoptr (DiscTrust) trust = disc_trust_load_own (error);
  g_autofree char *line = g_strdelimit (g_strdup (name != NULL ? name : "-"), "\r\n", ' ');

  return trust != NULL && disc_trust_add (trust, signer, line, error);
}

int
imp_verb_trust (int argc, char **argv)
{
  g_autofree char *typed = NULL;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &typed,
      N_("Fingerprint of the signer, from the sheet in the safe"), N_("TEXT") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_("Name of the hospital, to be remembered"),
      N_("NAME") },
    { NULL },
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscContainer) container = NULL;
  g_autofree char *folder = NULL;
  char fingerprint[DISC_FINGERPRINT_BYTES];

  if (!imp_options_parse (argc, argv, "DISC --fingerprint TEXT",
                          _("Trusts the hospital that signed a disc, on this machine."), entries,
                          &rest, &error))
    return imp_options_fail ("trust", error);
  if (g_strv_length (rest) != 1)
    return imp_options_fail_usage ("trust", "%s", _("name one disc"));

  folder = g_build_filename (rest[0], DISC_FOLDER, NULL);
  container = disc_container_open (folder, &error);
  if (container == NULL)
    return imp_options_fail ("trust", error);

  disc_trust_fingerprint (disc_container_header (container)->signer, fingerprint);
  if (typed == NULL)
    return imp_options_fail_usage ("trust",
                                   _("the disc was signed by %s; type the fingerprint from the "
                                     "sheet in the safe with --fingerprint"),
                                   fingerprint);
  if (!disc_trust_fingerprint_matches (typed, fingerprint))
    {
      g_set_error (&error, DISC_ERROR, DISC_ERROR_SIGNER, "%s", fingerprint);
      return imp_options_fail ("trust", error);
    }
  if (!add_signer (disc_container_header (container)->signer, name, &error))
    return imp_options_fail ("trust", error);

  g_print (_("Discs signed by %s are trusted on this machine."), fingerprint);
  g_print ("\n");
  return IMP_EXIT_DONE;
}
