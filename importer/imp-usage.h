/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-er7.h"

G_BEGIN_DECLS

/*
 * JAMI standard usage codes (JAMI標準用法マスタ, system JAMISDP01, 16 characters) and their
 * supplements of 8 characters: SS-MIX2 spec 4.9. A help beside the text, never in its place.
 * Whatever is not certain is not decoded: NULL or FALSE, and the code stands as sent.
 */

/**
 * imp_usage_hint: the code in words, with the code before it:
 * "用法コード 1050110020000000＝疼痛時・1日2回まで", "用法コード W0100100＝月・木曜日".
 * Returns: (transfer full) (nullable)
 */
char *imp_usage_hint (ImpText code);

/**
 * imp_usage_limit: what positions 8 and 9 of a PRN code (kind 5) allow at most, which the text may
 * lack: "6時間以上あける・1日4回まで".
 * Returns: (transfer full) (nullable): %NULL if the code limits nothing or is not certain
 */
char *imp_usage_limit (ImpText code);

/**
 * imp_usage_contradicts:
 * @text: the usage in words, unescaped
 *
 * Whether both name times of the day, times a day or before/after meals, and not the same ones:
 * 1011040000000000 (after supper) with １日１回朝食後. Both are to be shown, neither believed.
 */
gboolean imp_usage_contradicts (ImpText code, ImpText text);

/**
 * imp_usage_uneven_dose: supplement V<n><amount>: dose number @nth of the day is @amount units.
 * @nth: (out): from 1
 * @amount: (out): the digits as sent, inside @code
 *
 * Returns: %FALSE for anything but whole numbers padded with N (fractions are not documented)
 */
gboolean imp_usage_uneven_dose (ImpText code, guint *nth, ImpText *amount);

G_END_DECLS
