/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"

G_BEGIN_DECLS

/*
 * Words shared by all pages, in the language of the window. Only dates, ages, kinds and states are
 * worded here: values of the source are never translated or changed. No GTK.
 */

/** viewer_text_kind: 検査, 処方, ...: translated name of a kind. */
const char *viewer_text_kind (DiscKind kind);
/** viewer_text_status: 中止, 取消, 保留, 未確定, ...: translated word of a state. */
const char *viewer_text_status (DiscStatus status);
/**
 * viewer_text_status_of: (nullable): the word to put beside a record whose state must be seen:
 * %NULL for an ordinary live one (active, completed).
 */
const char *viewer_text_status_of (const DiscRecord *record);
/** viewer_text_flags: (transfer full) (element-type utf8): 不完全, 文字欠け, 取消の可能性, ... */
GPtrArray *viewer_text_flags (DiscMessageFlags flags);
/** viewer_text_other_source: (nullable): which other source says the same of the order; no warning. */
const char *viewer_text_other_source (DiscMessageFlags flags);

/** viewer_text_sex: 女, 男, その他, 不明; another value as stored; %NULL: 不明. */
const char *viewer_text_sex (const char *sex);

/** viewer_text_severity: 重度, 中等度, 軽度 for the codes of HL7 table 0128; other text as stored. */
const char *viewer_text_severity (const char *severity);

/** viewer_text_count: (transfer full): 142,380. */
char *viewer_text_count (guint64 n);

/**
 * viewer_text_date: (transfer full): 11/19(木) within @now's year, else 2025-11-19, at the precision
 * given. What is no date comes back as stored; %NULL gives "".
 */
char *viewer_text_date (const char *iso, const char *now);
/** viewer_text_date_time: (transfer full): 11/19(木) 23:50, 2025-11-19 23:50. */
char *viewer_text_date_time (const char *iso, const char *now);
/** viewer_text_short: (transfer full): for dense rows: 11/19 23:50, 2025-11-19; no weekday. */
char *viewer_text_short (const char *iso, const char *now);
/** viewer_text_short_day: (transfer full): as viewer_text_short() without the time: 11/19. */
char *viewer_text_short_day (const char *iso, const char *now);
/** viewer_text_time: (transfer full): 23:50; 15:00Z of a zone that is not Japan's; "" when @iso has no
 * time. */
char *viewer_text_time (const char *iso);
/** viewer_text_time_of_day: (transfer full): viewer_text_time() below a heading with the day in
 * Japan; with the day as written where that is another one: 3/31 15:00Z. */
char *viewer_text_time_of_day (const char *iso, const char *now);
/** viewer_text_day_in_japan: (transfer full): viewer_text_date() of the day that it was in Japan:
 * for such headings (spec fhir.md 5.2). */
char *viewer_text_day_in_japan (const char *iso, const char *now);

/**
 * viewer_text_value: (transfer full): a value as stored; but a time, alone or behind a label of the
 * importer (採取日時: 2025-04-10T10:30), reads as viewer_text_short() writes it, with its year.
 */
char *viewer_text_value (const char *stored);

/** viewer_text_ago: (transfer full): 27時間前, 5日3時間前 (days from 72 hours on). */
char *viewer_text_ago (gint64 seconds);
/** viewer_text_age: (transfer full): 78歳; under two years 5か月, 12日; NULL: not certain. */
char *viewer_text_age (const char *birth_date, const char *on);
/** viewer_text_birth: (transfer full): 昭和23年4月5日; with "日は不明" where the day is missing. */
char *viewer_text_birth (const char *birth_date);

/** viewer_text_death: how it is said that a patient died, by @flags: discharged so, or dead by the basic data. */
const char *viewer_text_death (DiscPatientFlags flags);

/** viewer_text_place: (transfer full): ５東 512-3 as stored; "" when nothing is known. */
char *viewer_text_place (const char *ward, const char *room, const char *bed);
/**
 * viewer_text_department: (transfer full): as stored; a bare code (08, D01) is called what it is
 * (診療科08), because next to a place or a date it would be read as something else. %NULL: "".
 */
char *viewer_text_department (const char *department);

G_END_DECLS
