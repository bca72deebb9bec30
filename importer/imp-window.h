/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"
#include "imp-message.h"

G_BEGIN_DECLS

/*
 * Which messages are new enough for the disc. Only the old end is cut: what lies in the future of
 * the window (a planned admission, a clock that is wrong) is kept.
 */

typedef struct
{
  char as_of[DISC_DATE_MAX];       /* end of the window, ISO */
  char window_from[DISC_DATE_MAX]; /* first day of the window, ISO */
  int months;
} ImpWindow;

/** IMP_MAX_MONTHS: more than a life. */
#define IMP_MAX_MONTHS 2400

/**
 * imp_window_init:
 * @as_of: ISO date or time
 *
 * Returns: %FALSE with %IMP_ERROR_USAGE if @as_of is no day or @months not 1 to IMP_MAX_MONTHS
 */
gboolean imp_window_init (ImpWindow *window, const char *as_of, int months, GError **error);

/**
 * imp_window_parse_time:
 * @text: what somebody typed: ISO (2026-11-21, 2026-11-21T10:30) or HL7 digits (20261121103000)
 * @out: (out caller-allocates): at least DISC_DATE_MAX bytes
 * Returns: %FALSE if @text does not name at least a day
 */
gboolean imp_window_parse_time (const char *text, char *out);

/** imp_window_now: the time in Japan, ISO to the second. @out: at least DISC_DATE_MAX bytes. */
void imp_window_now (char *out);

/** imp_window_care_day: "20250410" to "2025-04-10"; "" for anything else, "-" included. */
void imp_window_care_day (const char *care_date, char *out);

/**
 * imp_window_keeps: whether a message is on the disc by its own dates: the undated folder always;
 * else its care date, clinical time, or the reach of the order's supply is not before the window;
 * else it has no date at all. (Spec 0.2.11, 1.2, 2.5.)
 */
gboolean imp_window_keeps (const ImpWindow *window, const ImpMessage *message);

/**
 * imp_window_may_drop_early: whether the message is outside the window whatever the second pass
 * finds: a standing result, administration or visit. Orders wait, since another version of them may
 * reach into the window; so do movements, of which the last is always kept.
 */
gboolean imp_window_may_drop_early (const ImpWindow *window, const ImpMessage *message);

/**
 * imp_window_days_stale: whole days from @newest to the end of the window; 0 when newer or not a
 * date.
 */
gint64 imp_window_days_stale (const ImpWindow *window, const char *newest);

G_END_DECLS
