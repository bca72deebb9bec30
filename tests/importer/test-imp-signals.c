/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>

#include "imp-signals.h"

static gboolean
on_signal (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

static void
raise_and_wait (int number, guint *count)
{
  guint before = *count;

  g_assert_cmpint (raise (number), ==, 0);
  while (*count == before)
    g_main_context_iteration (NULL, TRUE);
}

/* Without the source that stays, the second round's first signal would end this very program. */
static void
test_forget (void)
{
  static const int numbers[] = { SIGINT, SIGTERM };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint old = 0;
      guint young = 0;
      guint counted;
      ImpSignals signals = imp_signals_watch (on_signal, &old);

      raise_and_wait (numbers[i], &old);
      imp_signals_forget (&signals);
      counted = old;
      g_assert_cmpint (raise (numbers[i]), ==, 0);
      g_assert_cmpint (raise (numbers[i]), ==, 0);

      signals = imp_signals_watch (on_signal, &young);
      raise_and_wait (numbers[i], &young);
      imp_signals_forget (&signals);
      g_assert_cmpuint (old, ==, counted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/signals/forget", test_forget);
  return g_test_run ();
}
