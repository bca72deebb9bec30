/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tomoshibi-guide ja|en OUT.pdf: writes the guide of one sheet; run while building. */
#include "config.h"

#include "viewer-guide.h"
#include "viewer-language.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  ViewerLanguage language;

  viewer_language_init ();
  if (argc != 3 || !viewer_language_parse (argv[1], &language))
    {
      g_printerr ("usage: tomoshibi-guide ja|en OUT.pdf\n");
      return 2;
    }
  viewer_language_set (language);
  if (viewer_guide_write (argv[2], &error))
    return 0;
  g_printerr ("tomoshibi-guide: %s\n", error->message);
  return 1;
}
