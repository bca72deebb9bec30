/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-words.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-text.h"

const char *
viewer_lists_title (ViewerListsView view)
{
  static const char *const titles[VIEWER_N_LISTS] = {
    [VIEWER_LISTS_WARDS] = N_ ("Wards"),
    [VIEWER_LISTS_VISITS] = N_ ("Visits of a day"),
    [VIEWER_LISTS_DOCTORS] = N_ ("Attending doctor"),
    [VIEWER_LISTS_CONDITION] = N_ ("Search by condition"),
    [VIEWER_LISTS_PLANNED] = N_ ("Planned, appointments"),
    [VIEWER_LISTS_RECENT] = N_ ("Recent patients"),
  };

  return _ (titles[view]);
}

char *
viewer_lists_group_text (const ViewerListsGroup *group, ViewerListsView view, const char *now)
{
  if (view == VIEWER_LISTS_PLANNED)
    {
      g_autofree char *day = viewer_text_date (group->text, now);

      return disc_date_same_day (group->text, now) ? g_strdup_printf (_ ("%s  today"), day)
                                                   : g_steal_pointer (&day);
    }
  if (view == VIEWER_LISTS_CONDITION && group->id == VIEWER_LISTS_ALL)
    return g_strdup (_ ("Whole hospital"));
  if (group->id == VIEWER_LISTS_IN_HOSPITAL)
    return g_strdup (_ ("All in hospital"));
  if (group->id == VIEWER_LISTS_ALL)
    return g_strdup (_ ("All departments"));
  if (group->text == NULL)
    return g_strdup (view != VIEWER_LISTS_VISITS ? _ ("Ward not recorded")
                                                 : _ ("Department not recorded"));
  return view == VIEWER_LISTS_VISITS ? viewer_text_department (group->text)
                                     : g_strdup (group->text);
}

const char *
viewer_lists_nobody_title (ViewerListsView view)
{
  static const char *const titles[VIEWER_N_LISTS] = {
    [VIEWER_LISTS_WARDS] = N_ ("Nobody is recorded here at this time"),
    [VIEWER_LISTS_VISITS] = N_ ("No visit is recorded on this day"),
    [VIEWER_LISTS_DOCTORS] = N_ ("No record (unknown)"),
    [VIEWER_LISTS_CONDITION] = N_ ("Not found on this disc"),
    [VIEWER_LISTS_PLANNED] = N_ ("Nothing planned is on this disc"),
    [VIEWER_LISTS_RECENT] = N_ ("No chart was opened yet"),
  };

  return _ (titles[view]);
}

const char *
viewer_lists_nobody_text (ViewerListsView view)
{
  static const char *const texts[VIEWER_N_LISTS] = {
    [VIEWER_LISTS_WARDS] =
        N_ ("This does not mean that the ward was empty: who has no admission or "
            "move on this disc is in no list."),
    [VIEWER_LISTS_VISITS] = N_ ("This does not mean that nobody came."),
    [VIEWER_LISTS_DOCTORS] = N_ ("No doctor is recorded on this disc."),
    [VIEWER_LISTS_CONDITION] = N_ ("This does not mean that there is nobody."),
    [VIEWER_LISTS_PLANNED] = N_ ("This does not mean that nothing was planned."),
    [VIEWER_LISTS_RECENT] = N_ ("The last ten charts opened on this laptop stand here until the "
                                "program ends. They are not written down."),
  };

  return _ (texts[view]);
}

char *
viewer_lists_summary (ViewerListsView view, const char *at, const char *as_of, const char *newest,
                      const char *now)
{
  g_autofree char *data = viewer_text_date_time (as_of, now);
  g_autofree char *last = viewer_text_short (newest, now);
  g_autofree char *time = viewer_text_date_time (at, now);

  if (at != NULL && view == VIEWER_LISTS_WARDS)
    return g_strdup_printf (_ ("▲ as it was on %s   newest move or visit %s"), time, last);
  if (at != NULL && view == VIEWER_LISTS_VISITS)
    return g_strdup_printf (_ ("%s   newest move or visit %s"), time, last);
  return g_strdup_printf (
      view == VIEWER_LISTS_PLANNED ? _ ("planned on %s for later") : _ ("data as of %s"), data);
}

char *
viewer_lists_note (ViewerListsView view, const char *at, const char *as_of, const char *now)
{
  g_autofree char *data = viewer_text_date_time (as_of, now);
  g_autofree char *time = viewer_text_date_time (at, now);

  switch (view)
    {
    case VIEWER_LISTS_WARDS:
      return at == NULL
                 ? NULL
                 : g_strdup_printf (_ ("This is the ward of %s, not of now: compare it with the "
                                       "paper list of the ward. Who has no admission or move on "
                                       "this disc is not in it."),
                                    time);
    case VIEWER_LISTS_VISITS:
      return g_strdup_printf (_ ("Data as of %s. Visits later than that are not on this disc."),
                              data);
    case VIEWER_LISTS_PLANNED:
      return g_strdup (
          _ ("Whether it was done, changed or cancelled since, this disc cannot know."));
    case VIEWER_LISTS_DOCTORS:
      return g_strdup (_ ("By the name as it is written: two doctors of one name are one list, two "
                          "spellings are two."));
    case VIEWER_LISTS_CONDITION:
    case VIEWER_LISTS_RECENT:
    case VIEWER_N_LISTS:
    default:
      return NULL;
    }
}

char *
viewer_lists_warning (ViewerListsView view, const ViewerListsModel *model,
                      const ViewerListsResult *result)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_unlisted = model != NULL ? viewer_lists_model_n_unlisted (model) : 0;

  if (view == VIEWER_LISTS_RECENT)
    return NULL;
  if ((model != NULL && viewer_lists_model_is_damaged (model)) ||
      (result != NULL && result->is_damaged))
    g_ptr_array_add (lines,
                     g_strdup (_ ("■ This list is not whole: part of it lies in a damaged part "
                                  "of the disc.")));
  if (result != NULL && result->is_cut)
    g_ptr_array_add (lines,
                     g_strdup (_ ("▲ This list is not whole: there are more than are read at "
                                  "once.")));
  if (result != NULL && result->n_more > 0)
    {
      g_autofree char *n = viewer_text_count (result->n_more);

      g_ptr_array_add (lines, g_strdup_printf (_ ("▲ %s more are not shown"), n));
    }
  if (n_unlisted > 0)
    {
      g_autofree char *n = viewer_text_count (n_unlisted);

      g_ptr_array_add (lines,
                       g_strdup_printf (_ ("▲ %s records of moves and visits are in no list; "
                                           "they are in the charts."),
                                        n));
    }
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}
