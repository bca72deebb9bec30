/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-census.h"

G_BEGIN_DECLS

/* Parts of ImpCensus (imp-census.h), for its own files. */

struct _ImpCensus
{
  const char *data_time; /* (nullable) */
  GArray *stays;
  GArray *plans; /* (element-type DiscStay) join @stays at the end */
  GArray *visits;
  GArray *doctors;
  GHashTable *admitted, *moved, *discharged; /* days (disc_list_day()) on which it happened */
  GHashTable *by_doctor;                     /* name to its place in @doctors, from 1 */
};

/* What one message says. Strings are those of its records. */
typedef struct
{
  const ImpMessage *message;
  guint index; /* in the chart */
  DiscKind kind;
  DiscStatus status;
  const char *at;
  const char *class;
  const char *word; /* status as coded in the source */
  const char *end;
  const char *ward, *room, *bed, *to_place;
  const char *department, *doctor;
  gboolean is_part;
  gboolean was_elsewhere; /* it names further places */
} ImpCensusEvent;

/** Only what is live, and surely of this patient and no training; %FALSE: it is something else. */
gboolean imp_census_read_event (const ImpMessage *message, guint index, ImpCensusEvent *event);

gboolean imp_census_is_type (const ImpCensusEvent *event, const char *type);
DiscListFlags imp_census_flags_of (const ImpCensusEvent *event);

/** Their order within a minute (spec ss-mix2.md 4.4); -1: it is no movement. */
int imp_census_rank_of (const ImpCensusEvent *event);

/** That it happened on the day of @at. */
void imp_census_remember_day (GHashTable *days, const char *at);

/** Stays of SS-MIX2, in the order of time. @movements: (element-type ImpCensusEvent): is put in
 * order */
void imp_census_walk_movements (ImpCensus *self, GArray *movements);

G_END_DECLS
