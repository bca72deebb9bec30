/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-date.h"

#include <string.h>

static void
test_hl7 (void)
{
  static const struct
  {
    const char *text, *iso;
  } cases[] = {
    { "1996", "1996" },
    { "199601", "1996-01" },
    { "19960105", "1996-01-05" },
    { "2011070100", "2011-07-01T00" },
    { "201107010830", "2011-07-01T08:30" },
    { "20110701083045", "2011-07-01T08:30:45" },
    { "20111220224447.3399", "2011-12-20T22:44:47.3399" },
    { "20080203163012345", "2008-02-03T16:30:12.345" }, /* the dot is missing */
    { "200802031630121", "2008-02-03T16:30:12.1" },
    { "20110701083045+0900", "2011-07-01T08:30:45+09:00" },
    { "20110701083045.5-0330", "2011-07-01T08:30:45.5-03:30" },
    { "20110701+0900", "2011-07-01+09:00" },
    { "1996+0900", "1996+09:00" },
    { "1996-0900", "1996-09:00" },
    { "20240229", "2024-02-29" },
    { "20000229", "2000-02-29" },
    { "20230229", NULL }, /* not a leap year */
    { "19000229", NULL },
    { "20230431", NULL },
    { "00000000", NULL },
    { "0000", NULL },
    { "99999999", NULL },
    { "19960100", NULL },
    { "199600", NULL },
    { "199613", NULL },
    { "2025041026", NULL }, /* 02:00 of the next day: shown as stored */
    { "2025041024", NULL },
    { "202504102360", NULL },
    { "20250410235960", NULL },
    { "20250410235959", "2025-04-10T23:59:59" },
    { "", NULL },
    { "\"\"", NULL },
    { "199", NULL },
    { "19960", NULL },
    { "1996010", NULL },
    { "1996-01-05", NULL },
    { "19960105 ", NULL },
    { " 19960105", NULL },
    { "19960105.5", NULL }, /* a fraction of a day */
    { "20110701083045.", NULL },
    { "20110701083045.1234567890", NULL },
    { "201107010830451234567890", NULL },
    { "20110701083045+09", NULL },
    { "20110701083045+1500", NULL },
    { "20110701083045+0960", NULL },
    { "20110701083045Z", NULL },
    { "+0900", NULL },
    { "S230405", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char out[DISC_DATE_MAX] = "untouched";
      gboolean ok = disc_date_from_hl7 (cases[i].text, strlen (cases[i].text), out);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].iso != NULL);
      g_assert_cmpstr (out, ==, ok ? cases[i].iso : "untouched");
      if (ok)
        g_assert_true (disc_date_is_valid (out));
    }
}

static void
test_hl7_not_terminated (void)
{
  char out[DISC_DATE_MAX];

  g_assert_true (disc_date_from_hl7 ("19960105|F", 8, out));
  g_assert_cmpstr (out, ==, "1996-01-05");
  g_assert_true (disc_date_from_hl7 ("19960105", 6, out));
  g_assert_cmpstr (out, ==, "1996-01");
}

static void
test_valid (void)
{
  static const struct
  {
    const char *iso;
    gboolean valid;
  } cases[] = {
    { "1996", TRUE },
    { "1996-01", TRUE },
    { "1996-01-05", TRUE },
    { "2011-07-01T00", TRUE },
    { "2011-07-01T10:30", TRUE },
    { "2011-07-01T10:30:45", TRUE },
    { "2011-07-01T10:30:45.984", TRUE },
    { "2011-07-01T10:30:45Z", TRUE },
    { "2011-07-01T10:30:45.984+09:00", TRUE },
    { "1996-01-05-09:00", TRUE },
    { "", FALSE },
    { "199", FALSE },
    { "19960", FALSE },
    { "1996-1", FALSE },
    { "1996-13", FALSE },
    { "1996-00", FALSE },
    { "1996-02-30", FALSE },
    { "1996-01-05T", FALSE },
    { "1996-01-05T24", FALSE },
    { "1996-01-05T10:60", FALSE },
    { "1996-01-05 10:30", FALSE },
    { "1996-01T10:30", FALSE },
    { "2011-07-01T10:30:45.", FALSE },
    { "2011-07-01T10:30:45.1234567890", FALSE },
    { "2011-07-01T10:30:45+0900", FALSE },
    { "1996/01/05", FALSE },
    { "0000-01-01", FALSE },
    { "2011-07-01T10:30:45.984+09:00 and a long text behind it", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].iso);
      g_assert_cmpint (disc_date_is_valid (cases[i].iso), ==, cases[i].valid);
    }

  g_assert_false (disc_date_is_valid (NULL));
}

static void
test_day (void)
{
  static const struct
  {
    const char *iso;
    gint64 day;
  } cases[] = {
    { "1970-01-01", 0 },
    { "1970-01-02", 1 },
    { "1969-12-31", -1 },
    { "1970", 0 },
    { "1970-02", 31 },
    { "1972-03-01", 790 },   /* 365 + 365 + 31 + 29 */
    { "2000-03-01", 11017 }, /* 30 years, 7 leap days before 2000, 31 + 29 */
    { "1969-12-31T23:59:59", -1 },
    { "1970-01-01T23:59", 0 },
    { "1969-12-31T16:00:00Z", 0 }, /* 01:00 in Japan */
    { "nothing", G_MININT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].iso);
      g_assert_cmpint (disc_date_to_day (cases[i].iso), ==, cases[i].day);
    }
}

static void
test_seconds (void)
{
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01"), ==, 0);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01T10"), ==, 36000);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-02T00:01:02.9"), ==, 86462);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01T09:00:00+09:00"), ==, 32400);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01T00:00:00Z"), ==, 32400);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01T00:00:00-01:00"), ==, 36000);
  g_assert_cmpint (disc_date_to_seconds ("1970-01-01+05:00"), ==, 0); /* a day has no hour */
  g_assert_cmpint (disc_date_to_seconds ("1969-12-31T23:59:59"), ==, -1);
  g_assert_cmpint (disc_date_to_seconds ("?"), ==, G_MININT64);
}

static void
test_from_day (void)
{
  static const struct
  {
    gint64 day;
    const char *iso;
  } cases[] = {
    { 0, "1970-01-01" },     { -1, "1969-12-31" },     { 790, "1972-03-01" },
    { 789, "1972-02-29" },   { 11017, "2000-03-01" },  { -719162, "0001-01-01" },
    { -719163, NULL },       { 2932896, "9999-12-31" }, { 2932897, NULL },
    { G_MININT64, NULL },    { G_MAXINT64, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iso = disc_date_from_day (cases[i].day);

      g_assert_cmpstr (iso, ==, cases[i].iso);
    }

  /* Every day of 400 years is its own day again, one after the other. */
  for (gint64 day = -25567; day < -25567 + 146097; day++)
    {
      g_autofree char *iso = disc_date_from_day (day);

      g_assert_true (disc_date_is_valid (iso));
      g_assert_cmpint (disc_date_to_day (iso), ==, day);
    }
}

static void
test_shift (void)
{
  static const struct
  {
    const char *iso;
    int months;
    const char *shifted;
  } cases[] = {
    { "2024-03-31", -1, "2024-02-29" }, { "2023-03-31", -1, "2023-02-28" },
    { "2024-01-15", -13, "2022-12-15" }, { "2024-12-31", 2, "2025-02-28" },
    { "2024-11-19", 0, "2024-11-19" },  { "2024-11-19T23:50", -12, "2023-11-19" },
    { "2024", 1, "2024-02-01" },        { "2024-02-29", 12, "2025-02-28" },
    { "0001-01-01", -1, NULL },         { "9999-12-01", 1, NULL },
    { "not a date", 1, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shifted = disc_date_shift_months (cases[i].iso, cases[i].months);

      g_assert_cmpstr (shifted, ==, cases[i].shifted);
    }
}

static void
test_age (void)
{
  static const struct
  {
    const char *birth, *on;
    int years;
  } cases[] = {
    { "1948-04-05", "2026-04-04", 77 },
    { "1948-04-05", "2026-04-05", 78 },
    { "1948-04-05", "2026-11-21T03:12", 78 },
    { "2026-11-20", "2026-11-21", 0 },
    { "2026-11-21", "2026-11-21", 0 },
    { "2026-11-22", "2026-11-21", -1 }, /* not born yet */
    /* leap day: a year older on 1 March of a common year */
    { "2004-02-29", "2005-02-28", 0 },
    { "2004-02-29", "2005-03-01", 1 },
    { "2004-02-29", "2008-02-28", 3 },
    { "2004-02-29", "2008-02-29", 4 },
    /* partial: an age only where every day it may mean gives the same */
    { "1940-03", "2026-11-21", 86 },
    { "1940-03", "2026-03-15", -1 },
    { "1940-03", "2026-02-28", 85 },
    { "1940-03", "2026-03-31", 86 },
    { "1940", "2026-12-31", 86 },
    { "1940", "2026-11-21", -1 },
    { "1940-03-10", "2026", -1 },
    { "1940-01-01", "2026", 86 },
    { "", "2026-11-21", -1 },
    { NULL, "2026-11-21", -1 },
    { "1940-03-10", NULL, -1 },
    { "19400310", "2026-11-21", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s on %s", cases[i].birth, cases[i].on);
      g_assert_cmpint (disc_date_age_years (cases[i].birth, cases[i].on), ==, cases[i].years);
    }
}

static void
test_wareki (void)
{
  static const struct
  {
    const char *iso, *wareki;
  } cases[] = {
    { "1948-04-05", "昭和23年4月5日" },
    { "1948-04", "昭和23年4月" },
    { "1948", "昭和23年" },
    { "1948-04-05T10:30", "昭和23年4月5日" },
    { "2019-05-01", "令和元年5月1日" },
    { "2019-04-30", "平成31年4月30日" },
    { "2020-01-01", "令和2年1月1日" },
    { "1989-01-07", "昭和64年1月7日" },
    { "1989-01-08", "平成元年1月8日" },
    { "1926-12-24", "大正15年12月24日" },
    { "1926-12-25", "昭和元年12月25日" },
    { "1912-07-29", "明治45年7月29日" },
    { "1912-07-30", "大正元年7月30日" },
    { "1873-01-01", "明治6年1月1日" },
    { "1872-12-31", NULL }, /* the lunar calendar */
    { "1868-01-25", NULL },
    /* a month or a year of two eras */
    { "1989-01", NULL },
    { "1989-02", "平成元年2月" },
    { "1989", NULL },
    { "2019", NULL },
    { "2019-04", "平成31年4月" },
    { "2019-05", "令和元年5月" },
    { "1926-12", NULL },
    { "1926-11", "大正15年11月" },
    { "1912-07", NULL },
    { "1912", NULL },
    { "2020", "令和2年" },
    { "", NULL },
    { NULL, NULL },
    { "1948-02-30", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wareki = disc_date_wareki (cases[i].iso);

      g_test_message ("%s", cases[i].iso);
      g_assert_cmpstr (wareki, ==, cases[i].wareki);
    }
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text, *iso;
  } cases[] = {
    { "1948-04-05", "1948-04-05" },
    { "1948/4/5", "1948-04-05" },
    { "1948.4.5", "1948-04-05" },
    { "19480405", "1948-04-05" },
    { "1948年4月5日", "1948-04-05" },
    { "１９４８年４月５日", "1948-04-05" },
    { "１９４８－０４－０５", "1948-04-05" },
    { "1948-04", "1948-04" },
    { "1948年4月", "1948-04" },
    { "194804", "1948-04" },
    { "1948", "1948" },
    { "1948年", "1948" },
    { "1948/", "1948" }, /* while it is being typed */
    { "1948/4/", "1948-04" },
    { "S23.4.5", "1948-04-05" },
    { "s23.4.5", "1948-04-05" },
    { "Ｓ２３．４．５", "1948-04-05" },
    { "S23/4/5", "1948-04-05" },
    { "S23-4-5", "1948-04-05" },
    { "s230405", "1948-04-05" },
    { "S2304", "1948-04" },
    { "S23", "1948" },
    { "S.23.4.5", "1948-04-05" },
    { "昭和23年4月5日", "1948-04-05" },
    { "昭和２３年　４月　５日", "1948-04-05" },
    { "昭和23年4月", "1948-04" },
    { "昭和23年", "1948" },
    { "昭和23", "1948" },
    { "昭23", "1948" },
    { "昭23.4.5", "1948-04-05" },
    { "昭和230405", "1948-04-05" },
    { "㍼23年4月5日", "1948-04-05" },
    { "令和元年5月1日", "2019-05-01" },
    { "令和1年5月1日", "2019-05-01" },
    { "R1.5.1", "2019-05-01" },
    { "r5", "2023" },
    { "平成元年1月8日", "1989-01-08" },
    { "H1.1.8", "1989-01-08" },
    { "平31.4.30", "2019-04-30" },
    { "S64.1.7", "1989-01-07" },
    { "T15.12.24", "1926-12-24" },
    { "昭和元年12月25日", "1926-12-25" },
    { "大正元年7月30日", "1912-07-30" },
    { "M45.7.29", "1912-07-29" },
    { "M6.1.1", "1873-01-01" },
    /* written on paper printed before the era changed */
    { "H31.5.1", "2019-05-01" },
    { "S64.1.8", "1989-01-08" },
    { "T15.12.25", "1926-12-25" },
    /* before the first day of the era, or a year it never had */
    { "H1.1.7", NULL },
    { "R1.4.30", NULL },
    { "S1.12.24", NULL },
    { "T1.7.29", NULL },
    { "H32", NULL },
    { "S65", NULL },
    { "T16", NULL },
    { "M46", NULL },
    { "M5.1.1", NULL }, /* the lunar calendar */
    { "S0.1.1", NULL },
    { "1948-02-30", NULL },
    { "1948-13", NULL },
    { "1948/0/5", NULL },
    { "19480400", NULL },
    { "S23.2.30", NULL },
    { "S230432", NULL },
    { "194", NULL },
    { "19484", NULL },
    { "1948045", NULL },
    { "194804051", NULL },
    { "0004512338", NULL },
    { "S", NULL },
    { "S23.4.5.6", NULL },
    { "sato", NULL },
    { "昭和", NULL },
    { "昭子", NULL },
    { "大田", NULL },
    { "", NULL },
    { NULL, NULL },
    { "昭和23年4月5日昭和23年4月5日昭和23年4月5日昭和23年4月5日", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iso = disc_date_parse_typed (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

/* Spec fhir.md 5.2: for sorting and for days only, in Japan's time. */
static void
test_in_japan (void)
{
  static const struct
  {
    const char *iso, *japan; /* NULL: as it is */
  } cases[] = {
    { "2025-03-31T15:00:00Z", "2025-04-01T00:00:00" },
    { "2025-03-31T14:59:59Z", "2025-03-31T23:59:59" },
    { "2025-04-01T09:00:00+09:00", "2025-04-01T09:00:00" },
    { "2025-04-01T11:00:00+11:00", "2025-04-01T09:00:00" },
    { "2024-12-31T19:30:00-05:00", "2025-01-01T09:30:00" },
    { "2025-04-01T05:45+05:45", "2025-04-01T09:00" },
    { "2025-04-01T00Z", "2025-04-01T09" },
    { "2025-04-01T00+05:30", "2025-04-01T03:30" },
    { "2025-04-01T00:00:00.123456Z", "2025-04-01T09:00:00.123456" },
    { "2025-04-01T09:00:00", NULL },
    { "2025-04-01", NULL },
    { "2025-04-01+09:00", NULL }, /* a day has no zone to speak of */
    { "2025", NULL },
    { "2025-02-30T00:00:00Z", NULL },
    { "翌朝 Z", NULL },
    { "", NULL },
  };
  char out[DISC_DATE_MAX];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *wanted = cases[i].japan != NULL ? cases[i].japan : cases[i].iso;

      g_assert_cmpint (disc_date_in_japan (cases[i].iso, out), ==, cases[i].japan != NULL);
      g_assert_cmpstr (out, ==, wanted);
    }
}

/* Each stands before the next one, and none is before itself. */
static void
test_compare (void)
{
  static const char *const order[] = {
    NULL,
    "",
    "2025",
    "2025-03-31",
    "2025-03-31T15:00:00",       /* of SS-MIX2: Japan's time */
    "2025-04-01T02:00:00+11:00", /* midnight in Japan, and the next day's by its text */
    "2025-03-31T15:00:01Z",      /* a second later, and the day before's by its text */
    "2025-04-01T00:00:02+09:00",
    "2025-04-01T00:00:03",
    "2025-03-31T10:00:04-05:00",
    "2025-04-01T00:00:05.5",
    "2025-03-31T15:00:05.75Z",
    "2025-04-01T00:01",
    "不明",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (order); k++)
      {
        int result = disc_date_compare (order[i], order[k]);

        g_test_message ("%s / %s", order[i], order[k]);
        g_assert_cmpint ((result > 0) - (result < 0), ==, (i > k) - (i < k));
      }
  g_assert_cmpint (disc_date_compare ("2025-04-01T00:00:00Z", "2025-04-01T09:00:00+09:00"), ==, 0);
}

static void
test_days (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean is_after, is_same_day;
  } cases[] = {
    { "2025-04-01T10:00", "2025-04-01", FALSE, TRUE },
    { "2025-04-01T10:00", "2025-04-01T09:59", TRUE, TRUE },
    { "2025-04-02", "2025-04-01T10:00", TRUE, FALSE },
    { "2025-04-01T15:00:00Z", "2025-04-01T23:50", TRUE, FALSE }, /* it is the 2nd in Japan */
    { "2025-04-01T14:00:00Z", "2025-04-01T23:50", FALSE, TRUE },
    { "2025-04-01T23:00:00-05:00", "2025-04-02T12:00:00+09:00", TRUE, TRUE },
    { "2025-04-02T00:30:00+11:00", "2025-04-01T23:50", FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s / %s", cases[i].a, cases[i].b);
      g_assert_cmpint (disc_date_is_after (cases[i].a, cases[i].b), ==, cases[i].is_after);
      g_assert_cmpint (disc_date_same_day (cases[i].a, cases[i].b), ==, cases[i].is_same_day);
    }
  g_assert_false (disc_date_is_after ("2025", NULL));
  g_assert_false (disc_date_same_day (NULL, NULL));
}

/* Whatever zone the machine is set to: nine hours ahead of Greenwich. */
static void
test_now (void)
{
  g_autofree char *now = disc_date_now ();
  gint64 japan = g_get_real_time () / G_USEC_PER_SEC + 9 * 60 * 60;

  g_assert_cmpuint (strlen (now), ==, strlen ("2026-11-21T03:12:09"));
  g_assert_cmpint (ABS (disc_date_to_seconds (now) - japan), <, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disc/date/hl7", test_hl7);
  g_test_add_func ("/disc/date/hl7-not-terminated", test_hl7_not_terminated);
  g_test_add_func ("/disc/date/valid", test_valid);
  g_test_add_func ("/disc/date/day", test_day);
  g_test_add_func ("/disc/date/seconds", test_seconds);
  g_test_add_func ("/disc/date/from-day", test_from_day);
  g_test_add_func ("/disc/date/shift-months", test_shift);
  g_test_add_func ("/disc/date/age", test_age);
  g_test_add_func ("/disc/date/wareki", test_wareki);
  g_test_add_func ("/disc/date/typed", test_typed);
  g_test_add_func ("/disc/date/now", test_now);
  g_test_add_func ("/disc/date/in-japan", test_in_japan);
  g_test_add_func ("/disc/date/compare", test_compare);
  g_test_add_func ("/disc/fhir/5.2-days-of-japan", test_days);

  return g_test_run ();
}
