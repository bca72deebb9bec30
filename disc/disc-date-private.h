/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"

G_BEGIN_DECLS

typedef enum
{
  DISC_DATE_YEAR = 1,
  DISC_DATE_MONTH,
  DISC_DATE_DAY,
  DISC_DATE_HOUR,
  DISC_DATE_MINUTE,
  DISC_DATE_SECOND,
} DiscDatePrecision;

/** A date taken apart; month and day beyond the precision are 1, the time 0. */
typedef struct
{
  int year, month, day, hour, minute, second;
  DiscDatePrecision precision;
  gboolean has_zone;
  int zone_seconds; /* east of Greenwich */
} DiscDateParts;

/** disc_date_parse: takes @iso apart; %FALSE (and @out untouched) if it is not a date. */
gboolean disc_date_parse (const char *iso, DiscDateParts *out);

/** disc_date_days_in_month: @month from 1 to 12. */
int disc_date_days_in_month (int year, int month);

/** disc_date_exists: whether this is a day of the Gregorian calendar, years 1 to 9999. */
gboolean disc_date_exists (int year, int month, int day);

G_END_DECLS
