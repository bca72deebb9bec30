/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"

G_BEGIN_DECLS

/**
 * viewer_dosing_weekdays:
 *
 * On which days of the week an item of a prescription is taken: bit 0 Sunday to bit 6 Saturday,
 * from the supplement code W and seven bits (SS-MIX2 spec 4.9: W0100100 is Monday and Thursday), or
 * from words: 土曜日, 月・木曜日. Only when all codes and all words that name days say the same.
 *
 * Returns: 0: not said for certain
 */
guint viewer_dosing_weekdays (const DiscItem *item);

/** viewer_dosing_weekdays_text: the days that words name; 0: none, or they are not plain. */
guint viewer_dosing_weekdays_text (const char *text);

/** viewer_dosing_weekday: 0 Sunday to 6 Saturday, of days since 1970-01-01. */
guint viewer_dosing_weekday (gint64 day);

G_END_DECLS
