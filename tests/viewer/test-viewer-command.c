/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

/* What the command line promises, where there is no display. */
static void
test_exit (void)
{
  static const struct
  {
    const char *arguments[4];
    int status;
    const char *output, *complaint;
  } cases[] = {
    { { "--version" }, 0, "tomoshibi-viewer 0.", "" },
    { { "--help" }, 0, "--patient=ID", "" },
    { { "--help" }, 0, "--store=", "" },
    { { "--store", "" }, 2, "", "--store names no folder" },
    { { "--refresh-days", "0" }, 2, "", "--refresh-days is a number from 1 to 366" },
    { { "--language", "fr" }, 2, "", "--language is ja or en" },
    { { "one", "two" }, 2, "", "one disc at a time" },
    { { "--loud" }, 1, "", "--loud" },
    { { NULL }, 1, "", "tomoshibi-viewer: " }, /* one sentence, not a warning of the toolkit */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
      const char *argv[6] = { g_getenv ("TOMOSHIBI_VIEWER") };
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *output = NULL;
      g_autofree char *complaint = NULL;

      for (guint k = 0; k < 4; k++)
        argv[k + 1] = cases[i].arguments[k];
      g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
      g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
      process = g_subprocess_launcher_spawnv (launcher, argv, &error);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, cases[i].status);
      g_assert_nonnull (strstr (output, cases[i].output));
      g_assert_nonnull (strstr (complaint, cases[i].complaint));
      g_assert_null (strstr (complaint, "WARNING"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/command/exit", test_exit);
  return g_test_run ();
}
