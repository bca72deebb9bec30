/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-freshness-model.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-text.h"

/* Limits: design.md section 5, "Data-age bar", and its open question 1. */
static const struct
{
  DiscKind kind;
  guint late_hours;
  guint expired_hours;
  gboolean is_missed;       /* named as "not on this disc" when absent */
  const char *short_name;
  const char *absent_reason;
} kinds[] = {
  { DISC_KIND_ENCOUNTER, 24, 72, TRUE, N_ ("Moves"), NULL },
  { DISC_KIND_PRESCRIPTION, 24, 72, TRUE, N_ ("Rx"), NULL },
  { DISC_KIND_INJECTION, 24, 72, TRUE, N_ ("Inj."), NULL },
  { DISC_KIND_ADMINISTRATION, 24, 72, TRUE, N_ ("Given"), NULL },
  { DISC_KIND_LAB, 24, 72, TRUE, N_ ("Labs"), NULL },
  { DISC_KIND_MICROBIOLOGY, 24, 96, TRUE, N_ ("Micro."), NULL },
  { DISC_KIND_REPORT, 48, 96, TRUE, N_ ("Reports"), NULL },
  { DISC_KIND_ORDER, 48, 96, TRUE, N_ ("Orders"), NULL },
  { DISC_KIND_NOTE, 24, 72, TRUE, N_ ("Notes"), N_ ("not in standardised storage") },
  { DISC_KIND_DOCUMENT, 24, 72, FALSE, N_ ("Documents"), NULL },
  { DISC_KIND_VITAL, 24, 72, TRUE, N_ ("Vital signs"), N_ ("not in standardised storage") },
  { DISC_KIND_MEAL, 24, 72, TRUE, N_ ("Meals"), N_ ("often written only at discharge") },
  { DISC_KIND_PROBLEM, 0, 0, TRUE, N_ ("Problems"), NULL },
  { DISC_KIND_ALLERGY, 0, 0, TRUE, N_ ("Allergies"), NULL },
  { DISC_KIND_DEMOGRAPHICS, 0, 0, TRUE, N_ ("Basic data"), NULL },
  { DISC_KIND_DISPENSE, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_STATEMENT, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_IMMUNIZATION, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_DEVICE, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_OBSERVATION, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_COVERAGE, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_CONTACT, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_FLAG, 0, 0, FALSE, NULL, NULL },
  { DISC_KIND_PROCEDURE, 0, 0, TRUE, N_ ("Procedures"), N_ ("not in standardised storage") },
  { DISC_KIND_APPOINTMENT, 0, 0, TRUE, N_ ("Appointments"), N_ ("the standard has no such kind") },
  { DISC_KIND_UNKNOWN, 0, 0, FALSE, NULL, NULL },
};

/* Records without a time of their own: when they were sent, unless that lies after the disc. */
static const char *
newest_of (const DiscFreshness *found, const char *as_of)
{
  if (found->newest_at != NULL)
    return found->newest_at;
  if (found->newest_sent != NULL && disc_date_compare (found->newest_sent, as_of) <= 0)
    return found->newest_sent;
  return NULL;
}

GArray *
viewer_freshness_rows (ViewerDisc *disc, const char *now)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (ViewerFreshness));
  g_autoptr (GArray) absent = g_array_new (FALSE, TRUE, sizeof (ViewerFreshness));
  const char *as_of = viewer_disc_get_info (disc)->as_of;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const DiscFreshness *found = viewer_disc_get_freshness (disc, kinds[i].kind);
      ViewerFreshness row = { .kind = kinds[i].kind,
                              .late_hours = kinds[i].late_hours,
                              .expired_hours = kinds[i].expired_hours };

      if (found == NULL)
        {
          if (kinds[i].is_missed)
            g_array_append_val (absent, row);
          continue;
        }
      row.on_disc = TRUE;
      row.n_live = found->n_live;
      row.n_all = found->n_all;
      row.newest = newest_of (found, as_of);
      row.age = viewer_clock_age (row.newest, now, row.late_hours, row.expired_hours,
                                  &row.age_seconds);
      g_array_append_val (rows, row);
    }
  g_array_append_vals (rows, absent->data, absent->len);
  return rows;
}

const char *
viewer_freshness_short_name (DiscKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind && kinds[i].short_name != NULL)
      return _ (kinds[i].short_name);
  return viewer_text_kind (kind);
}

const char *
viewer_freshness_absent_reason (DiscKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind && kinds[i].absent_reason != NULL)
      return _ (kinds[i].absent_reason);
  return NULL;
}
