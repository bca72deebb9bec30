/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-text.h"

#define NOW "2026-11-21T03:12:00"

static void
test_dates (void)
{
  static const struct
  {
    const char *iso, *date, *date_time, *short_text;
  } cases[] = {
    { "2026-11-19T23:50:12", "11/19(Thu)", "11/19(Thu) 23:50", "11/19 23:50" },
    { "2026-11-21", "11/21(Sat)", "11/21(Sat)", "11/21" },
    { "2025-11-19T23:50", "2025-11-19", "2025-11-19 23:50", "2025-11-19 23:50" },
    { "2026-11", "2026-11", "2026-11", "2026-11" },       /* never more than was given */
    { "1996", "1996", "1996", "1996" },
    { "2026-11-19T23", "11/19(Thu)", "11/19(Thu) 23 h", "11/19 23 h" },
    /* a time of elsewhere never passes as one of here */
    { "2026-11-19T15:00:00Z", "11/19(Thu)", "11/19(Thu) 15:00Z", "11/19 15:00Z" },
    { "2026-11-19T15:00:00+09:00", "11/19(Thu)", "11/19(Thu) 15:00", "11/19 15:00" },
    { "2026-11-19T15:00:00.123-05:00", "11/19(Thu)", "11/19(Thu) 15:00-05:00",
      "11/19 15:00-05:00" },
    { "20261119", "20261119", "20261119", "20261119" },   /* not a date: as stored */
    { "2026-02-30", "2026-02-30", "2026-02-30", "2026-02-30" },
    { NULL, "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = viewer_text_date (cases[i].iso, NOW);
      g_autofree char *date_time = viewer_text_date_time (cases[i].iso, NOW);
      g_autofree char *short_text = viewer_text_short (cases[i].iso, NOW);

      g_assert_cmpstr (date, ==, cases[i].date);
      g_assert_cmpstr (date_time, ==, cases[i].date_time);
      g_assert_cmpstr (short_text, ==, cases[i].short_text);
    }
}

/* Spec fhir.md 5.2: under the day that it was in Japan, with the time as written; where the written
 * day is another one it is told, so that no time is read as one of the heading. */
static void
test_days_of_japan (void)
{
  static const struct
  {
    const char *iso, *day, *time;
  } cases[] = {
    { "2026-11-19T23:50:12", "11/19(Thu)", "23:50" },
    { "2026-11-19T23:50:12+09:00", "11/19(Thu)", "23:50" },
    { "2026-11-19T14:59:00Z", "11/19(Thu)", "14:59Z" },
    { "2026-11-19T15:00:00Z", "11/20(Fri)", "11/19 15:00Z" },
    { "2026-11-20T01:30:00+11:00", "11/19(Thu)", "11/20 01:30+11:00" },
    { "2025-12-31T20:00:00-05:00", "01/01(Thu)", "2025-12-31 20:00-05:00" },
    { "2026-11-19", "11/19(Thu)", "" },
    { "2026-11", "2026-11", "" },
    { "Z", "Z", "" },
    { NULL, "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = viewer_text_day_in_japan (cases[i].iso, NOW);
      g_autofree char *time = viewer_text_time_of_day (cases[i].iso, NOW);

      g_assert_cmpstr (day, ==, cases[i].day);
      g_assert_cmpstr (time, ==, cases[i].time);
    }
}

static void
test_values (void)
{
  static const struct
  {
    const char *stored, *text;
  } cases[] = {
    { "2025-04-10T10:30", "2025-04-10 10:30" },
    { "2025-04-10T10:30:45.984", "2025-04-10 10:30" },
    { "2025-04-10T10", "2025-04-10 10 h" },
    { "採取日時: 2025-04-10T10:30", "採取日時: 2025-04-10 10:30" },
    { "検体受領: 2025-04-10", "検体受領: 2025-04-10" },
    { "2025-04-10T10:30+02:00", "2025-04-10 10:30+02:00" }, /* not a time of here */
    { "2025-04-10T25:30", "2025-04-10T25:30" },             /* not a time */
    { "採取は 2025-04-10T10:30 の予定", "採取は 2025-04-10T10:30 の予定" }, /* a person's words */
    { "添加物: EDTA-2K", "添加物: EDTA-2K" },
    { ": ", ": " },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_text_value (cases[i].stored);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_ago (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } cases[] = {
    { 0, "0 minutes ago" },
    { 3599, "59 minutes ago" },
    { 3600, "1 hour ago" },
    { 27 * 3600 + 1320, "27 hours ago" },
    { 72 * 3600 - 1, "71 hours ago" },    /* hours up to 72, then days and hours */
    { 72 * 3600, "3 days ago" },
    { 123 * 3600, "5 days 3 hours ago" },
    { 97 * 3600, "4 days 1 hour ago" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_text_ago (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_age (void)
{
  static const struct
  {
    const char *birth, *on, *text;
  } cases[] = {
    { "1948-04-05", NOW, "78 y" },
    { "1948-11-21", NOW, "78 y" }, /* today is the birthday */
    { "1948-11-22", NOW, "77 y" },
    { "2026-11-15", NOW, "6 days" },
    { "2026-11-20", NOW, "1 day" },
    { "2026-06-21", NOW, "5 months" },
    { "2026-06-22", NOW, "4 months" },
    { "2024-11-22", NOW, "23 months" },
    { "2024-11-21", NOW, "2 y" },
    { "1940", NOW, NULL },                 /* 85 or 86: not guessed */
    { NULL, NOW, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_text_age (cases[i].birth, cases[i].on);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_birth (void)
{
  static const struct
  {
    const char *birth, *text;
  } cases[] = {
    { "1948-04-05", "昭和23年4月5日" },
    { "1940-03", "昭和15年3月 (day unknown)" },
    { "1951", "昭和26年 (month and day unknown)" },
    { NULL, "date of birth not recorded" },
    { "unbekannt", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_text_birth (cases[i].birth);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_words (void)
{
  DiscRecord record = { .kind = DISC_KIND_LAB, .status = DISC_STATUS_COMPLETED, .live = TRUE };
  g_autoptr (GPtrArray) flags =
    viewer_text_flags (DISC_MESSAGE_TRUNCATED | DISC_MESSAGE_MAYBE_CANCELLED);

  /* Every kind and every state has a word of its own. */
  for (guint kind = 1; kind < DISC_N_KINDS - 1; kind++)
    g_assert_cmpstr (viewer_text_kind (kind), !=, "Not interpreted");
  for (guint status = 1; status < DISC_N_STATUSES - 1; status++)
    g_assert_cmpstr (viewer_text_status (status), !=, "State unknown");
  g_assert_cmpstr (viewer_text_kind (200), ==, "Not interpreted");

  g_assert_null (viewer_text_status_of (&record));
  record.status = DISC_STATUS_PRELIMINARY;
  g_assert_cmpstr (viewer_text_status_of (&record), ==, "Preliminary");
  record.status = DISC_STATUS_COMPLETED;
  record.live = FALSE; /* what is not live is never without a word */
  g_assert_cmpstr (viewer_text_status_of (&record), ==, "Completed");

  g_assert_cmpuint (flags->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (flags, 0), ==, "Truncated");
  g_assert_cmpstr (g_ptr_array_index (flags, 1), ==, "Possibly cancelled");

  g_assert_cmpstr (viewer_text_sex ("F"), ==, "female");
  g_assert_cmpstr (viewer_text_sex (NULL), ==, "unknown");
  g_assert_cmpstr (viewer_text_sex ("A"), ==, "A");
  g_assert_cmpstr (viewer_text_severity ("SV"), ==, "severe");
  g_assert_cmpstr (viewer_text_severity ("重度"), ==, "重度");
}

static void
test_numbers_and_places (void)
{
  static const struct
  {
    guint64 n;
    const char *text;
  } counts[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 142380, "142,380" },
                 { 9812447, "9,812,447" } };
  static const struct
  {
    const char *ward, *room, *bed, *text;
  } places[] = {
    { "５東", "512", "3", "５東 512-3" }, { "５東", "512", NULL, "５東 512" },
    { "５東", NULL, NULL, "５東" },       { "５東", NULL, "3", "５東 3" },
    { NULL, "512", "3", "512-3" },        { NULL, NULL, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = viewer_text_count (counts[i].n);

      g_assert_cmpstr (text, ==, counts[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = viewer_text_place (places[i].ward, places[i].room, places[i].bed);

      g_assert_cmpstr (text, ==, places[i].text);
    }
}

/* A code is not translated; it is only called a department. */
static void
test_departments (void)
{
  static const struct
  {
    const char *stored, *text;
  } cases[] = {
    { "内科", "内科" },
    { "01", "dept. 01" },
    { "０８", "dept. ０８" }, /* the width is that of the source */
    { "D01", "dept. D01" },
    { "ICU", "ICU" },
    { "第2内科", "第2内科" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_text_department (cases[i].stored);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/text/dates", test_dates);
  g_test_add_func ("/viewer/text/values", test_values);
  g_test_add_func ("/viewer/fhir9/23-utc-shown-as-japan", test_days_of_japan);
  g_test_add_func ("/viewer/text/ago", test_ago);
  g_test_add_func ("/viewer/text/age", test_age);
  g_test_add_func ("/viewer/text/birth", test_birth);
  g_test_add_func ("/viewer/text/words", test_words);
  g_test_add_func ("/viewer/text/numbers-and-places", test_numbers_and_places);
  g_test_add_func ("/viewer/text/departments", test_departments);
  return g_test_run ();
}
