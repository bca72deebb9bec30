/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-gap-text.h"

#include <glib/gi18n.h>

#include "viewer-text.h"

/* What the chips show: each a set of kinds. */
#define KIND(kind) (1u << VIEWER_GAP_##kind)
#define EVERY_KIND ((1u << VIEWER_N_GAP_KINDS) - 1)

static const ViewerGapView views[] = {
  { N_ ("All"), EVERY_KIND },
  { N_ ("Injections"), KIND (INJECTION) },
  { N_ ("Prescribed drugs"), KIND (DRUG) },
  { N_ ("Days that end"), KIND (RUN_OUT) },
  { N_ ("Awaiting result"), KIND (RESULT) },
  { N_ ("Examinations, surgery"), KIND (EXAM) },
  { N_ ("Moves, discharge"), KIND (MOVE) | KIND (MEAL) },
};

const ViewerGapView *
viewer_gap_views (guint *n)
{
  *n = G_N_ELEMENTS (views);
  return views;
}

char **
viewer_gap_view_names (const guint *n_of_kind)
{
  char **names = g_new0 (char *, G_N_ELEMENTS (views) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      guint n = 0;

      for (guint kind = 0; kind < VIEWER_N_GAP_KINDS; kind++)
        if ((views[i].kinds & (1u << kind)) != 0)
          n += n_of_kind[kind];
      names[i] = g_strdup_printf ("%s %u", _ (views[i].name), n);
    }
  return names;
}

const char *
viewer_gap_kind_text (ViewerGapKind kind)
{
  static const char *const words[VIEWER_N_GAP_KINDS] = {
    [VIEWER_GAP_INJECTION] = N_ ("Injection"), [VIEWER_GAP_DRUG] = NC_ ("gap", "Drug"),
    [VIEWER_GAP_RUN_OUT] = N_ ("Days end"),    [VIEWER_GAP_RESULT] = N_ ("Awaiting result"),
    [VIEWER_GAP_EXAM] = N_ ("Examination"),    [VIEWER_GAP_MOVE] = NC_ ("gap", "Move"),
    [VIEWER_GAP_MEAL] = N_ ("Meal"),
  };

  return kind == VIEWER_GAP_DRUG || kind == VIEWER_GAP_MOVE
             ? g_dpgettext2 (NULL, "gap", words[kind])
             : _ (words[kind]);
}

char *
viewer_gap_time_text (ViewerGapTime time, guint n, const char *now)
{
  g_autofree char *clock = viewer_text_date_time (now, now);

  switch (time)
    {
    case VIEWER_GAP_PAST:
      return g_strdup_printf (_ ("After the disc, until now: planned  %u"), n);
    case VIEWER_GAP_COMING:
      return g_strdup_printf (_ ("Now  %s  planned from here on  %u"), clock, n);
    case VIEWER_GAP_OPEN:
    case VIEWER_N_GAP_TIMES:
    default:
      return g_strdup_printf (_ ("Without an hour: results awaited, drugs that go on  %u"), n);
    }
}

char *
viewer_gap_since_text (const char *as_of, const char *now)
{
  g_autofree char *clock = viewer_text_date_time (now, now);
  g_autofree char *disc = viewer_text_date_time (as_of, now);

  return g_strdup_printf (
      _ ("This is what was planned on %s (now: %s).\nWhether it was done, changed or "
         "stopped this disc cannot "
         "know. Compare it with the paper of administration and orders."),
      disc, clock);
}

char *
viewer_gap_older_text (guint n)
{
  return g_strdup_printf (_ ("Orders without result that are older than %d days: %u (F10)"),
                          VIEWER_GAP_RESULT_DAYS, n);
}
