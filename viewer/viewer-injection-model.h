/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Injections: what was ordered (指示) and, beside it, what was recorded as done (実施). Ordered is
 * never given: a time without a record of administration says only that there is no record.
 */

/** What a record of administration says (RXA-20). */
typedef enum
{
  VIEWER_GIVEN_YES,         /* CP, completed: 実施 */
  VIEWER_GIVEN_UNSPECIFIED, /* recorded as done, completion not said: 実施 */
  VIEWER_GIVEN_PARTLY,      /* PA, stopped: 途中まで */
  VIEWER_GIVEN_NOT,         /* NA, not-done: 実施せず */
  VIEWER_GIVEN_REFUSED,     /* RE: 拒否 */
  VIEWER_GIVEN_UNCLEAR,     /* another code: what it means is not known here */
  VIEWER_GIVEN_RUNNING,     /* in-progress: 投与中 */
  VIEWER_GIVEN_PAUSED,      /* on-hold: 中断中 */
} ViewerGivenOutcome;

/** One recorded event: the drugs that share its times and outcome. */
typedef struct
{
  const ViewerEntry *entry;
  GPtrArray *items; /* const DiscItem, in the order of the source */
  ViewerGivenOutcome outcome;
  const char *given_at;
  const char *given_until;
  const char *reason;
  const char *by;
} ViewerGiven;

/** One time at which something was planned, or recorded without a plan. */
typedef struct
{
  const ViewerEntry *entry; /* the order; of a record without an order that of the record */
  const char *order_no;
  const struct _ViewerInjection *row; /* that holds it */
  const char *start;                  /* planned, or %NULL */
  const char *end;
  gboolean is_ordered;    /* %FALSE: recorded, but no ordered time belongs to it */
  gboolean is_live;       /* the order stands: not stopped, cancelled, on hold */
  gboolean is_after_disc; /* planned later than the disc knows */
  GPtrArray *given;       /* ViewerGiven; empty: 実施の記録なし */
} ViewerInjectionSlot;

/** A drug in the mixture, as ordered. */
typedef struct
{
  const DiscItem *item;
  const char *drug; /* or %NULL: an order without a drug */
  const char *amount;
  const char *amount_unit;
  gboolean is_base;     /* 基剤 */
  gboolean is_additive; /* 添加剤 */
} ViewerInjectionDrug;

/** One RP: times that share everything but the time; the same RP of the orders of following days.
 */
typedef struct _ViewerInjection
{
  const ViewerEntry *entry; /* of the newest order */
  char *rp;                 /* as stored without order and administration number, or %NULL */
  const char *order_no;     /* of the newest order */
  DiscStatus status;
  gboolean is_live;
  GArray *drugs; /* ViewerInjectionDrug: bases, additives, others; as stored in each */
  char *route;   /* route, site and line */
  char *method;
  char *rate;   /* with its unit */
  char *volume; /* total volume with its unit */
  char *device;
  char *category;     /* kind of order and of prescribing, as stored */
  char *times;        /* number of doses, of orders as needed */
  char *comment;      /* instructions and limits, all of them */
  GPtrArray *slots;   /* ViewerInjectionSlot by time; unplanned ones by the time recorded */
  const char *newest; /* newest time not after the disc, or %NULL */
} ViewerInjection;

typedef struct _ViewerInjectionModel ViewerInjectionModel;

/**
 * viewer_injection_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 * @as_of: time of the disc, ISO
 */
ViewerInjectionModel *viewer_injection_model_new (const GArray *entries, const char *as_of);
void viewer_injection_model_free (ViewerInjectionModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerInjectionModel, viewer_injection_model_free)

/** viewer_given_outcome_of: what an item of an administration says. */
ViewerGivenOutcome viewer_given_outcome_of (const DiscItem *item);

/** viewer_injection_model_n: newest first; superseded, deleted and erroneous orders are left out.
 */
guint viewer_injection_model_n (const ViewerInjectionModel *self);
const ViewerInjection *viewer_injection_model_get (const ViewerInjectionModel *self, guint i);

/** viewer_injection_model_n_given: events recorded, with and without an order. */
guint viewer_injection_model_n_given (const ViewerInjectionModel *self);

/**
 * viewer_injection_model_get_unmatched: (element-type ViewerGiven): recorded administrations that
 * belong to no injection order on the disc: oral drugs (OMP-11), or the order is missing. Newest
 * first.
 */
const GPtrArray *viewer_injection_model_get_unmatched (const ViewerInjectionModel *self);

G_END_DECLS
