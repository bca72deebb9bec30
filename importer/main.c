/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "disc-process.h"
#include "imp-document.h"
#include "imp-options.h"
#include "imp-sample.h"

static const ImpVerb verbs[] = {
  { "build", imp_verb_build, N_("read backups, write a disc") },
  { "report", imp_verb_report, N_("print the import report of a disc") },
  { "verify", imp_verb_verify, N_("read every byte of a disc, tell what is damaged") },
  { "load", imp_verb_load, N_("take a disc into a laptop's store") },
  { "generations", imp_verb_generations, N_("list the discs in a laptop's store") },
  { "search", imp_verb_search, N_("search a disc as the viewer does") },
  { "export", imp_verb_export, N_("print everything on a disc as JSON lines") },
  { "image", imp_verb_image, N_("make an image to burn, or a copy on a USB stick") },
  { "burn", imp_verb_burn, N_("burn a disc, read every sector back") },
  { "sample", imp_sample_main, N_("write the backup of a made-up hospital") },
  { "trust", imp_verb_trust, N_("trust the hospital that signed a disc") },
  { "emergency-key", imp_verb_emergency_key, N_("make the key for the sealed envelope") },
};

int
main (int argc, char **argv)
{
  const char *localedir = g_getenv ("TOMOSHIBI_LOCALEDIR");

  imp_document_main (argc, argv);
  disc_process_hide ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return imp_options_main (verbs, G_N_ELEMENTS (verbs), argc, argv);
}
