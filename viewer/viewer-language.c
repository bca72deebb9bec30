/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-language.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* GNU gettext manual, "Being a gettext grok": raised when LANGUAGE changes at run time. */
extern int _nl_msg_cat_cntr;

gboolean
viewer_language_parse (const char *text, ViewerLanguage *language)
{
  if (g_strcmp0 (text, "ja") == 0)
    *language = VIEWER_LANGUAGE_JAPANESE;
  else if (g_strcmp0 (text, "en") == 0)
    *language = VIEWER_LANGUAGE_ENGLISH;
  else
    return FALSE;
  return TRUE;
}

const char *
viewer_language_name (ViewerLanguage language)
{
  return language == VIEWER_LANGUAGE_ENGLISH ? "en" : "ja";
}

void
viewer_language_init (void)
{
  const char *folder = g_getenv ("TOMOSHIBI_LOCALEDIR");
  const char *messages;

  /* Records are UTF-8 whatever the machine is set to; and in the locale "C" gettext never
     translates, in "C.UTF-8" it does. */
  if (setlocale (LC_ALL, "") == NULL || !g_get_charset (NULL))
    setlocale (LC_ALL, "C.UTF-8");
  messages = setlocale (LC_MESSAGES, NULL);
  if (messages == NULL || g_str_equal (messages, "C") || g_str_equal (messages, "POSIX"))
    setlocale (LC_MESSAGES, "C.UTF-8");

  bindtextdomain (GETTEXT_PACKAGE, folder ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* GLib asks once whether the program has a catalogue at all and remembers the answer for every
     template; begin with the language that has one. */
  viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
  g_dgettext (GETTEXT_PACKAGE, "");
}

void
viewer_language_set (ViewerLanguage language)
{
  g_setenv ("LANGUAGE", viewer_language_name (language), TRUE);
  _nl_msg_cat_cntr++;
}
