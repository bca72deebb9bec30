/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-entry.h"

#define HOUR 3600
#define DAY (24 * HOUR)

#define DAY_LENGTH 10 /* 2026-11-19 */
#define LABEL_END ": "

const char *
viewer_text_kind (DiscKind kind)
{
  static const char *const names[DISC_N_KINDS] = {
    [DISC_KIND_DEMOGRAPHICS] = N_ ("Basic data"),
    [DISC_KIND_ALLERGY] = N_ ("Allergies"),
    [DISC_KIND_PROBLEM] = N_ ("Problems"),
    [DISC_KIND_PRESCRIPTION] = N_ ("Prescriptions"),
    [DISC_KIND_DISPENSE] = N_ ("Dispensed drugs"),
    [DISC_KIND_STATEMENT] = N_ ("Drugs as told"),
    [DISC_KIND_INJECTION] = N_ ("Injection orders"),
    [DISC_KIND_ADMINISTRATION] = N_ ("Administered"),
    [DISC_KIND_LAB] = N_ ("Lab results"),
    [DISC_KIND_MICROBIOLOGY] = N_ ("Microbiology"),
    [DISC_KIND_VITAL] = N_ ("Vital signs"),
    [DISC_KIND_REPORT] = N_ ("Reports"),
    [DISC_KIND_DOCUMENT] = N_ ("Documents"),
    [DISC_KIND_NOTE] = N_ ("Notes"),
    [DISC_KIND_ORDER] = N_ ("Orders"),
    [DISC_KIND_ENCOUNTER] = N_ ("Admissions, moves, visits"),
    [DISC_KIND_MEAL] = N_ ("Meals"),
    [DISC_KIND_PROCEDURE] = N_ ("Procedures"),
    [DISC_KIND_IMMUNIZATION] = N_ ("Immunizations"),
    [DISC_KIND_DEVICE] = N_ ("Implants and devices"),
    [DISC_KIND_OBSERVATION] = N_ ("Other observations"),
    [DISC_KIND_COVERAGE] = N_ ("Insurance"),
    [DISC_KIND_CONTACT] = N_ ("Contacts"),
    [DISC_KIND_APPOINTMENT] = N_ ("Appointments"),
    [DISC_KIND_FLAG] = N_ ("Alerts"),
    [DISC_KIND_UNKNOWN] = N_ ("Not interpreted"),
  };

  if ((guint) kind < DISC_N_KINDS && names[kind] != NULL)
    return _ (names[kind]);
  return _ ("Not interpreted");
}

const char *
viewer_text_status (DiscStatus status)
{
  static const char *const names[DISC_N_STATUSES] = {
    [DISC_STATUS_ACTIVE] = N_ ("Active"),
    [DISC_STATUS_COMPLETED] = N_ ("Completed"),
    [DISC_STATUS_PLANNED] = N_ ("Planned"),
    [DISC_STATUS_CANCELLED] = N_ ("Cancelled"),
    [DISC_STATUS_SUPERSEDED] = N_ ("Superseded"),
    [DISC_STATUS_DELETED] = N_ ("Deleted"),
    [DISC_STATUS_ENTERED_IN_ERROR] = N_ ("Entered in error"),
    [DISC_STATUS_STOPPED] = N_ ("Stopped"),
    [DISC_STATUS_ON_HOLD] = N_ ("On hold"),
    [DISC_STATUS_PRELIMINARY] = N_ ("Preliminary"),
    [DISC_STATUS_CORRECTED] = N_ ("Corrected"),
    [DISC_STATUS_DRAFT] = N_ ("Draft"),
    [DISC_STATUS_UNKNOWN] = N_ ("State unknown"),
  };

  if ((guint) status < DISC_N_STATUSES && names[status] != NULL)
    return _ (names[status]);
  return _ ("State unknown");
}

const char *
viewer_text_status_of (const DiscRecord *record)
{
  if (record->live &&
      (record->status == DISC_STATUS_ACTIVE || record->status == DISC_STATUS_COMPLETED))
    return NULL;
  return viewer_text_status (record->status);
}

GPtrArray *
viewer_text_flags (DiscMessageFlags flags)
{
  static const struct
  {
    DiscMessageFlags flag;
    const char *name;
  } names[] = {
    { DISC_MESSAGE_DISPUTED, N_ ("Disputed record") },
    { DISC_MESSAGE_TRUNCATED, N_ ("Truncated") },
    { DISC_MESSAGE_UNDECODABLE, N_ ("Lost characters") },
    { DISC_MESSAGE_TEST, N_ ("Training or test data") },
    { DISC_MESSAGE_NEWEST_LOST, N_ ("Old version, the newest is missing") },
    { DISC_MESSAGE_MAYBE_CANCELLED, N_ ("Possibly cancelled") },
    { DISC_MESSAGE_DEMOGRAPHICS_CONFLICT, N_ ("Conflicting demographics") },
    { DISC_MESSAGE_MAYBE_DUPLICATE, N_ ("Possibly the same order twice") },
    { DISC_MESSAGE_OLD_LIST_ONLY, N_ ("Only in an older list") },
    { DISC_MESSAGE_TYPE_MISMATCH, N_ ("Name and content differ in type") },
    { DISC_MESSAGE_NOT_UNDERSTOOD, N_ ("Partly not interpreted") },
  };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (flags & names[i].flag)
      g_ptr_array_add (words, g_strdup (_ (names[i].name)));
  return words;
}

const char *
viewer_text_other_source (DiscMessageFlags flags)
{
  if (flags & DISC_MESSAGE_TWO_SOURCES)
    return _ ("FHIR says the same");
  if (flags & DISC_MESSAGE_SAID_BEFORE)
    return _ ("SS-MIX2 says the same");
  return NULL;
}

const char *
viewer_text_sex (const char *sex)
{
  if (sex == NULL || g_str_equal (sex, "U"))
    return C_ ("sex", "unknown");
  if (g_str_equal (sex, "F"))
    return C_ ("sex", "female");
  if (g_str_equal (sex, "M"))
    return C_ ("sex", "male");
  if (g_str_equal (sex, "O"))
    return C_ ("sex", "other");
  return sex;
}

const char *
viewer_text_severity (const char *severity)
{
  if (g_strcmp0 (severity, "SV") == 0)
    return C_ ("severity", "severe");
  if (g_strcmp0 (severity, "MO") == 0)
    return C_ ("severity", "moderate");
  if (g_strcmp0 (severity, "MI") == 0)
    return C_ ("severity", "mild");
  if (g_strcmp0 (severity, "U") == 0)
    return C_ ("severity", "severity unknown");
  return severity;
}

/* Not by the locale: the same figures everywhere. */
char *
viewer_text_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize len = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < len; i++)
    {
      if (i > 0 && (len - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

static const char *
weekday_name (gint64 day)
{
  static const char *const names[] = { N_ ("Sun"), N_ ("Mon"), N_ ("Tue"), N_ ("Wed"),
                                       N_ ("Thu"), N_ ("Fri"), N_ ("Sat") };
  gint64 weekday = (day + 4) % 7; /* 1970-01-01 was a Thursday */

  return _ (names[weekday < 0 ? weekday + 7 : weekday]);
}

static gboolean
same_year (const char *iso, const char *now)
{
  return now != NULL && strncmp (iso, now, 4) == 0;
}

/* The day of a full date: 11/19 this year, else 2025-11-19; a year or month stays what it is. */
static char *
day_text (const char *iso, const char *now, gboolean with_weekday)
{
  g_autofree char *day = NULL;

  if (iso == NULL || !disc_date_is_valid (iso))
    return g_strdup (iso ? iso : "");
  day = g_strndup (iso, 10);
  if (strlen (day) < 10)
    return g_steal_pointer (&day);
  if (!same_year (iso, now))
    return g_steal_pointer (&day);
  if (with_weekday)
    return g_strdup_printf ("%.2s/%.2s(%s)", day + 5, day + 8,
                            weekday_name (disc_date_to_day (day)));
  return g_strdup_printf ("%.2s/%.2s", day + 5, day + 8);
}

char *
viewer_text_date (const char *iso, const char *now)
{
  return day_text (iso, now, TRUE);
}

char *
viewer_text_short_day (const char *iso, const char *now)
{
  return day_text (iso, now, FALSE);
}

/* Behind a time of FHIR or CDA that is not Japan's: without it 15:00 in London would read as 15:00
 * here. */
static const char *
foreign_zone (const char *iso)
{
  const char *zone = strlen (iso) > DAY_LENGTH ? strpbrk (iso + DAY_LENGTH, "+-Z") : NULL;

  return zone != NULL && strcmp (zone, "+09:00") != 0 ? zone : "";
}

char *
viewer_text_time (const char *iso)
{
  g_autofree char *hour = NULL;

  if (iso == NULL || !disc_date_is_valid (iso) || strlen (iso) < 13 || iso[DAY_LENGTH] != 'T')
    return g_strdup ("");
  if (strlen (iso) >= 16 && iso[13] == ':')
    return g_strdup_printf ("%.5s%s", iso + 11, foreign_zone (iso));
  hour = g_strdup_printf ("%.2s%s", iso + 11, foreign_zone (iso));
  /* Translators: an hour without minutes, as the source gave it. */
  return g_strdup_printf (_ ("%s h"), hour);
}

static char *
join_time (char *day, const char *iso)
{
  g_autofree char *owned = day;
  g_autofree char *time = viewer_text_time (iso);

  if (*time == '\0')
    return g_steal_pointer (&owned);
  return g_strdup_printf ("%s %s", owned, time);
}

char *
viewer_text_date_time (const char *iso, const char *now)
{
  return join_time (day_text (iso, now, TRUE), iso);
}

char *
viewer_text_short (const char *iso, const char *now)
{
  return join_time (day_text (iso, now, FALSE), iso);
}

char *
viewer_text_time_of_day (const char *iso, const char *now)
{
  char japan[DISC_DATE_MAX];

  if (iso != NULL && disc_date_in_japan (iso, japan) && strncmp (iso, japan, DAY_LENGTH) != 0)
    return viewer_text_short (iso, now);
  return viewer_text_time (iso);
}

char *
viewer_text_day_in_japan (const char *iso, const char *now)
{
  char japan[DISC_DATE_MAX];

  if (iso == NULL || !disc_date_in_japan (iso, japan))
    return viewer_text_date (iso, now);
  return viewer_text_date (japan, now);
}

char *
viewer_text_value (const char *stored)
{
  const char *label_end = strstr (stored, LABEL_END);
  const char *iso = label_end != NULL ? label_end + strlen (LABEL_END) : stored;
  g_autofree char *time = NULL;

  if (strlen (iso) <= DAY_LENGTH || iso[DAY_LENGTH] != 'T' || !disc_date_is_valid (iso))
    return g_strdup (stored);
  if (strpbrk (iso + DAY_LENGTH, "+-Z") != NULL)
    {
      /* Without its zone a foreign time would read as a Japanese one. */
      time = g_strdup (iso);
      time[DAY_LENGTH] = ' ';
    }
  else
    time = viewer_text_short (iso, NULL);
  return g_strdup_printf ("%.*s%s", (int) (iso - stored), stored, time);
}

char *
viewer_text_ago (gint64 seconds)
{
  guint hours = (guint) (seconds / HOUR);
  guint days = (guint) (seconds / DAY);
  g_autofree char *days_text = NULL;

  if (seconds < HOUR)
    return g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", (guint) (seconds / 60)),
                            (guint) (seconds / 60));
  if (hours < 72)
    return g_strdup_printf (ngettext ("%u hour ago", "%u hours ago", hours), hours);
  if (hours % 24 == 0)
    return g_strdup_printf (ngettext ("%u day ago", "%u days ago", days), days);
  days_text = g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  /* Translators: "5 days" "3 hours ago". */
  return g_strdup_printf (ngettext ("%s %u hour ago", "%s %u hours ago", hours % 24), days_text,
                          hours % 24);
}

char *
viewer_text_age (const char *birth_date, const char *on)
{
  int years = birth_date && on ? disc_date_age_years (birth_date, on) : -1;
  gint64 days;

  if (years < 0)
    return NULL;
  if (years >= 2 || strlen (birth_date) < 10 || strlen (on) < 10)
    return g_strdup_printf (ngettext ("%d y", "%d y", years), years);

  days = disc_date_to_day (on) - disc_date_to_day (birth_date);
  if (days < 61)
    return g_strdup_printf (ngettext ("%d day", "%d days", (int) days), (int) days);
  for (int months = 24; months > 0; months--)
    {
      g_autofree char *then = disc_date_shift_months (birth_date, months);

      if (strncmp (then, on, 10) <= 0)
        return g_strdup_printf (ngettext ("%d month", "%d months", months), months);
    }
  return NULL;
}

char *
viewer_text_birth (const char *birth_date)
{
  g_autofree char *era = NULL;

  if (birth_date == NULL)
    return g_strdup (_ ("date of birth not recorded"));
  era = disc_date_wareki (birth_date);
  if (era == NULL)
    return g_strdup ("");
  if (strlen (birth_date) < 7)
    return g_strdup_printf (_ ("%s (month and day unknown)"), era);
  if (strlen (birth_date) < 10)
    return g_strdup_printf (_ ("%s (day unknown)"), era);
  return g_steal_pointer (&era);
}

const char *
viewer_text_death (DiscPatientFlags flags)
{
  return flags & DISC_PATIENT_DIED ? _ ("Discharged (died)") : _ ("Died");
}

char *
viewer_text_place (const char *ward, const char *room, const char *bed)
{
  GString *text = g_string_new (ward);

  if (room != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", room);
  if (bed != NULL)
    g_string_append_printf (text, "%s%s", room != NULL ? "-" : text->len > 0 ? " " : "", bed);
  return g_string_free (text, FALSE);
}

/* A name has letters of a language, or no digit: ICU. */
static gboolean
is_code (const char *text)
{
  g_autofree char *key = viewer_value_key (text);

  return strpbrk (key, "0123456789") != NULL &&
         strspn (key, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_") ==
             strlen (key);
}

char *
viewer_text_department (const char *department)
{
  if (department == NULL)
    return g_strdup ("");
  if (is_code (department))
    return g_strdup_printf (_ ("dept. %s"), department);
  return g_strdup (department);
}
