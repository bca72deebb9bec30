/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Days are counted from 1970-01-01, times in seconds from that midnight, both local to the
 * hospital: SS-MIX2 times carry no zone.
 */

#define IMP_SAMPLE_DAY_SECONDS 86400
#define IMP_SAMPLE_UNDATED G_MININT32 /* the "-" folder */

int imp_sample_day (int year, int month, int day);
void imp_sample_day_parts (int day, int *year, int *month, int *day_of_month);

/** imp_sample_weekday: 0 Sunday to 6 Saturday. */
static inline int
imp_sample_weekday (int day)
{
  return ((day % 7) + 11) % 7; /* 1970-01-01 was a Thursday */
}

static inline gint64
imp_sample_time (int day, int hour, int minute)
{
  return (gint64) day * IMP_SAMPLE_DAY_SECONDS + hour * 3600 + minute * 60;
}

static inline int
imp_sample_time_day (gint64 time)
{
  return (int) (time / IMP_SAMPLE_DAY_SECONDS);
}

/** imp_sample_format_day: eight digits into @out; nothing is added behind them. */
void imp_sample_format_day (int day, char *out);
/** imp_sample_format_time: YYYYMMDDHHMMSS into @out; nothing is added behind them. */
void imp_sample_format_time (gint64 time, char *out);
/** imp_sample_parse_time: "2026-11-19" (23:50 of that day), "2026-11-19T18:32" or with a blank. */
gboolean imp_sample_parse_time (const char *text, gint64 *out);

G_END_DECLS
