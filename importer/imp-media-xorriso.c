/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-xorriso.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#include "disc-error.h"
#include "imp-error.h"

#define PATIENCE_FILE 3    /* seconds */
#define PATIENCE_DRIVE 300 /* a track that is closed takes minutes */

#define PROGRAM "xorriso"

/* The first complaint tells the cause; those behind it only that it had consequences. */
static void
keep_complaint (const char *line, char **complaint)
{
  static const char *const severities[] = { " : FATAL : ", " : FAILURE : ", " : SORRY : " };

  for (guint i = 0; *complaint == NULL && i < G_N_ELEMENTS (severities); i++)
    {
      const char *at = strstr (line, severities[i]);

      if (at != NULL)
        *complaint = g_strdup (at + strlen (severities[i]));
    }
}

/* Its words come from strerror() under LC_ALL=C.UTF-8. */
static gboolean
is_full (const char *complaint)
{
  return complaint != NULL && (strstr (complaint, "No space left") != NULL ||
                               strstr (complaint, "quota exceeded") != NULL ||
                               strstr (complaint, "File too large") != NULL);
}

static GSubprocess *
start (const char *const *args, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) local = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (gpointer) PROGRAM);
  g_ptr_array_add (argv, (gpointer) "-no_rc");
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) args[i]);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &local);
  if (process == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE,
                 _("the program xorriso cannot be started; install the package xorriso (%s)"),
                 local->message);
  return process;
}

static gboolean
force_exit (gpointer process)
{
  g_subprocess_force_exit (process);
  return G_SOURCE_REMOVE;
}

/* xorriso's handler of signals takes memory: one that comes while memory is taken never returns. So
 * it is asked to end, and after a while made to. The main loop runs: imp_media_run().
 *
 * Returns: (transfer full): what waits */
static GSource *
ask_to_end (GSubprocess *process, guint patience)
{
  GSource *source = g_timeout_source_new_seconds (patience);

  g_source_set_callback (source, force_exit, g_object_ref (process), g_object_unref);
  g_source_attach (source, NULL);
  g_subprocess_send_signal (process, SIGTERM);
  return source;
}

/* Reads to the end even when cancelled: the drive has to be let go by its own rules.
 * @patience: seconds from then on */
static void
read_lines (GSubprocess *process, ImpXorrisoLine func, gpointer user_data, ImpMediaRun *run,
            guint patience, char **complaint)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  GCancellable *cancellable = run != NULL ? run->cancellable : NULL;
  g_autoptr (GSource) ending = NULL;

  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, cancellable, &local);

      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          ending = ask_to_end (process, patience);
          cancellable = NULL;
          continue;
        }
      if (line == NULL)
        break;
      keep_complaint (line, complaint);
      if (func != NULL)
        func (line, user_data);
    }
  /* Its output has ended, but a process that hangs at its end may still have to be made to. */
  g_subprocess_wait (process, NULL, NULL);
  if (ending != NULL)
    g_source_destroy (ending);
}

/* Seconds that it may take to end: a file has nothing to be let go, a drive has. */
static guint
patience_of (const char *const *args)
{
  for (; *args != NULL; args++)
    if (g_str_has_prefix (*args, "stdio:"))
      return PATIENCE_FILE;
  return PATIENCE_DRIVE;
}

gboolean
imp_xorriso_run (const char *const *args, ImpXorrisoLine func, gpointer user_data, ImpMediaRun *run,
                 GError **error)
{
  g_autoptr (GSubprocess) process = start (args, error);
  g_autofree char *complaint = NULL;

  if (process == NULL)
    return FALSE;

  read_lines (process, func, user_data, run, patience_of (args), &complaint);
  if (imp_media_run_is_cancelled (run, error))
    return FALSE;
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0)
    return TRUE;

  if (is_full (complaint) ||
      (g_subprocess_get_if_signaled (process) && g_subprocess_get_term_sig (process) == SIGXFSZ))
    g_set_error (error, DISC_ERROR, DISC_ERROR_NO_SPACE, "xorriso: %s",
                 complaint != NULL ? complaint : "File too large");
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_MEDIUM, "xorriso: %s",
                 complaint != NULL ? complaint : _("ended without saying why"));
  return FALSE;
}

int
imp_xorriso_permille (const char *line)
{
  const char *at = strstr (line, " : UPDATE : ");
  const char *percent = at != NULL ? strchr (at, '%') : NULL;
  const char *begin = percent;
  guint64 done;
  guint64 total;
  char *end;

  if (at == NULL)
    return -1;
  at += strlen (" : UPDATE : ");

  /* making an image: "Writing:        726s   42.8%   fifo   0%  buf  50%" */
  if (g_str_has_prefix (at, "Writing:") && percent != NULL)
    {
      while (begin > at && (g_ascii_isdigit (begin[-1]) || begin[-1] == '.'))
        begin--;
      return (int) CLAMP (g_ascii_strtod (begin, NULL) * 10, 0, 1000);
    }

  /* writing a medium: "  12 of  345 MB written" */
  done = g_ascii_strtoull (at, &end, 10);
  if (end == at || !g_str_has_prefix (end, " of "))
    return -1;
  total = g_ascii_strtoull (end + strlen (" of "), &end, 10);
  return total > 0 && g_str_has_prefix (end, " MB written") ? (int) MIN (1000, done * 1000 / total)
                                                            : -1;
}
