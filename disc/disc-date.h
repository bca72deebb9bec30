/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Dates on the disc are ISO 8601 text at the precision the source gave: "1996", "1996-01",
 * "1996-01-05", "2011-07-01T00", "2011-07-01T10:30", "2011-07-01T10:30:45",
 * "2011-07-01T10:30:45.984". No zone stands for Japanese time as written. Two texts without a
 * zone compare by strcmp, others by disc_date_compare().
 */

/** Longest normalised date with its NUL. */
#define DISC_DATE_MAX 40

/**
 * disc_date_from_hl7:
 * @text: HL7 v2.5 TS, not NUL-terminated
 * @out: (out caller-allocates): at least DISC_DATE_MAX bytes
 *
 * Normalises YYYY[MM[DD[HH[MM[SS[.S...]]]]]][+-ZZZZ]; digits behind the 14th count as the fraction
 * when the dot is missing (SS-MIX2, spec 5.7). Zero fields of a day ("00000000"), hours 24-47,
 * impossible days and anything else are not dates.
 *
 * Returns: %FALSE if @text is not such a date; @out is then untouched and the caller keeps the
 *   text as stored
 */
gboolean disc_date_from_hl7 (const char *text, gsize len, char *out);

/**
 * disc_date_is_valid: whether @iso is one of the shapes above with a day that exists.
 */
gboolean disc_date_is_valid (const char *iso);

/**
 * disc_date_to_day:
 * Returns: days since 1970-01-01 of @iso (missing month or day read as the first), or G_MININT64
 */
gint64 disc_date_to_day (const char *iso);

/**
 * disc_date_to_seconds:
 * Returns: seconds since 1970-01-01T00:00 in local (Japanese) time, missing parts read as zero or
 *   the first; G_MININT64 if @iso is not a date
 */
gint64 disc_date_to_seconds (const char *iso);

/**
 * disc_date_in_japan:
 * @iso: any text
 * @out: (out caller-allocates): at least DISC_DATE_MAX bytes
 *
 * The same moment in Japan's time and without a zone, at the same precision: to sort by and to put
 * under days, never to be shown (spec fhir.md 5.2). A day without a time has no zone to speak of.
 *
 * Returns: %FALSE where there is no zone, or no date, to move: @out is then @iso, cut if need be
 */
gboolean disc_date_in_japan (const char *iso, char *out);

/** disc_date_compare: strcmp() of two texts in Japan's time; %NULL is before everything. It is an
 * order of all texts: what is no date stands where its letters put it. */
int disc_date_compare (const char *a, const char *b);

/** disc_date_is_after: whether @at is later than @limit, as far as both are known: "2026-11-19T10"
 * is not after "2026-11-19". @limit: (nullable): nothing is after none */
gboolean disc_date_is_after (const char *at, const char *limit);

/** disc_date_same_day: whether two times are of one day in Japan. @a, @b: (nullable): of none */
gboolean disc_date_same_day (const char *a, const char *b);

/** disc_date_from_day: (transfer full) (nullable): "YYYY-MM-DD" of days since 1970-01-01; %NULL outside
 * the years 1 to 9999. */
char *disc_date_from_day (gint64 day);

/** disc_date_shift_months: (transfer full): "YYYY-MM-DD" @months after @iso (day clamped). */
char *disc_date_shift_months (const char *iso, int months);

/**
 * disc_date_now: (transfer full): the machine's clock as Japanese time, "2026-11-21T03:12:09".
 *
 * Times in the data are Japanese time without a zone, and Japan has no summer time: whatever zone
 * the machine is set to, ages come out right.
 */
char *disc_date_now (void);

/**
 * disc_date_age_years:
 * Returns: completed years from @birth to @on; -1 when either lacks year, or when @birth has no
 *   month and the answer is therefore not certain. Partial dates never give a guessed age.
 */
int disc_date_age_years (const char *birth, const char *on);

/**
 * disc_date_wareki:
 * Returns: (transfer full): 昭和23年4月5日 of an ISO date at its precision (昭和23年4月, 昭和23年);
 *   %NULL before Meiji 6 (1873, the first year of the present calendar) or for no date. The first
 *   year reads 元年. A year or month that holds a change of era gives the era of its first day known
 *   to be sure, or %NULL when that is not certain.
 */
char *disc_date_wareki (const char *iso);

/**
 * disc_date_parse_typed:
 * @text: what somebody typed: 1948-04-05, 1948/4/5, 19480405, 1948.4.5, 1948年4月5日, S23.4.5,
 *   s230405, 昭和23年4月5日, 昭23, 昭和23年4月, S23, 1948-04; any width
 * Returns: (transfer full): the ISO date at the precision typed, or %NULL
 */
char *disc_date_parse_typed (const char *text);

G_END_DECLS
