/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"

G_BEGIN_DECLS

/*
 * What kind of days a prescription line is for. It decides only whether days left may be computed
 * and which stored text is set in bold; the text itself is shown as stored, always.
 */

typedef enum
{
  VIEWER_USAGE_UNKNOWN,    /* not certain: nothing is computed */
  VIEWER_USAGE_DAILY,      /* every day, known by code or text */
  VIEWER_USAGE_WEEKDAYS,   /* 曜日指定 */
  VIEWER_USAGE_WEEKLY,     /* 週n回 */
  VIEWER_USAGE_ALTERNATE,  /* n日おき、隔日 */
  VIEWER_USAGE_MONTH_DAYS, /* 毎月n日 */
  VIEWER_USAGE_PRN,        /* 頓用 */
  VIEWER_USAGE_EXTERNAL,   /* 外用 */
} ViewerUsagePattern;

/**
 * viewer_usage_pattern: of a prescription, dispense or statement item (JAMI usage codes, SS-MIX2
 * spec 4.9; MERIT-9 and local usage by their text).
 */
ViewerUsagePattern viewer_usage_pattern (const DiscItem *item);

/**
 * viewer_usage_is_special: whether this text or code (either may be %NULL) says something else than
 * "every day": weekdays, a week, other days, as needed. Shown in bold.
 */
gboolean viewer_usage_is_special (const char *text, const char *code);

/** viewer_usage_instruction_text: (transfer full): of a code with its text the text, else all. */
char *viewer_usage_instruction_text (const char *instruction);

/** viewer_usage_is_schedule: whether an instruction is a V supplement, "V14NNNNN ４錠". */
gboolean viewer_usage_is_schedule (const char *instruction);

/**
 * viewer_usage_uneven: whether doses differ within a day: V supplements or the word 不均等.
 */
gboolean viewer_usage_uneven (const DiscItem *item);

/**
 * viewer_usage_schedule:
 *
 * The amounts of an uneven pattern, dose 1 first, from the V supplements (V14NNNNN = dose 1 is 4).
 * Only when it is certain: every dose there once, whole numbers, code and text agree, smallest and
 * largest are RXE-3 and RXE-4, the sum is RXE-19, the number of doses is that of the usage code
 * (each as far as it is given). A fraction in a V supplement is not defined, so it is not certain.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1)
 */
char **viewer_usage_schedule (const DiscItem *item);

G_END_DECLS
