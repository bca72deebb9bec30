/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-process.h"
#include "viewer-application.h"
#include "viewer-language.h"

static gboolean
has_session_bus (void)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL ||
         g_file_test (socket, G_FILE_TEST_EXISTS);
}

int
main (int argc, char **argv)
{
  g_autoptr (ViewerApplication) application = NULL;

  disc_process_hide ();
  disc_process_share_heap ();

  /* Nothing here needs a graphics card; without one the window comes sooner, in a fifth of the
     memory, and no driver of an unknown laptop can go wrong. Someone else's choice stands. */
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  /* Han characters are drawn in their Japanese forms whatever the machine is set to. */
  g_setenv ("PANGO_LANGUAGE", "ja", FALSE);

  /* A screen reader comes over the session bus; without one GTK would only complain. */
  if (!has_session_bus ())
    g_setenv ("GTK_A11Y", "none", FALSE);

  viewer_language_init ();
  application = viewer_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
