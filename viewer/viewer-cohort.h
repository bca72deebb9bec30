/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-quantity.h"
#include "disc-reader.h"
#include "viewer-lists-model.h"
#include "viewer-medication-model.h"

G_BEGIN_DECLS

/*
 * Search by condition: who has a drug, a result or a diagnosis, on the whole disc, in hospital or
 * in a ward. What a list says of somebody is a fact as it is written, with its date and its state;
 * what ended, is only suspected or cannot be compared stands apart, and what is cancelled is
 * counted and never a match. Nobody in a list means that nothing was found on this disc. No GTK in
 * here.
 */

typedef enum
{
  VIEWER_COHORT_DRUG,   /* prescriptions, dispenses, what was told, injections, administrations */
  VIEWER_COHORT_RESULT, /* laboratory, vital signs, other observations */
  VIEWER_COHORT_DIAGNOSIS, /* diagnoses, and procedures */
  VIEWER_N_COHORTS
} ViewerCohortKind;

/** What is asked for. */
typedef struct
{
  ViewerCohortKind kind;
  char *name;      /* as typed, without the comparison; "" where there is none */
  DiscOperator op; /* of results */
  char *number;    /* as typed; %NULL: none */
  gboolean is_any; /* of results: any of the disc's time, not the latest one */
} ViewerCohortQuery;

typedef enum
{
  VIEWER_COHORT_READY,
  VIEWER_COHORT_NO_NAME,   /* nothing, or too little, is typed */
  VIEWER_COHORT_NO_NUMBER, /* behind a sign of comparison stands no plain number */
} ViewerCohortReadiness;

/**
 * viewer_cohort_query_new:
 * @text: "ワーファリン", "K ≥ 6.0", "K>=6", "K 6.0以上", "透析"; only results are compared
 */
ViewerCohortQuery *viewer_cohort_query_new (ViewerCohortKind kind, const char *text,
                                            gboolean is_any);
ViewerCohortQuery *viewer_cohort_query_copy (const ViewerCohortQuery *self);
void viewer_cohort_query_free (ViewerCohortQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerCohortQuery, viewer_cohort_query_free)
ViewerCohortReadiness viewer_cohort_query_readiness (const ViewerCohortQuery *self);
/** viewer_cohort_operator_text: "≥" and so on; "" for none. */
const char *viewer_cohort_operator_text (DiscOperator op);
/** viewer_cohort_query_text: (transfer full): how the condition was understood: "K ≥ 6.0". */
char *viewer_cohort_query_text (const ViewerCohortQuery *self);

/** What an entry is, in the order in which a list has them. */
typedef enum
{
  VIEWER_COHORT_ON,         /* its days run, or it began lately and no end is known */
  VIEWER_COHORT_ON_UNKNOWN, /* live, no end known, begun long ago; a draft, a plan */
  VIEWER_COHORT_INJECTED, /* ordered for, or given on, the day of the data, the day before or later
                           */
  VIEWER_COHORT_INJECTED_BEFORE,
  VIEWER_COHORT_ENDED,   /* its days had run out by the disc, or a later order follows */
  VIEWER_COHORT_STOPPED, /* or of no known state */
  VIEWER_COHORT_MATCH,
  VIEWER_COHORT_BOUND, /* "<0.1", "300>": perhaps, perhaps not */
  VIEWER_COHORT_WORDS, /* no number, or no result at all */
  VIEWER_COHORT_CURRENT,
  VIEWER_COHORT_SUSPECTED,
  VIEWER_COHORT_CLOSED,
  VIEWER_COHORT_CURED,
  VIEWER_COHORT_PROCEDURE,
  VIEWER_N_COHORT_PARTS
} ViewerCohortPart;

/** A fact with its source; texts as written, %NULL: the source lacks it. */
typedef struct
{
  gint64 rid;
  ViewerCohortPart part;
  DiscKind kind;
  DiscStatus status;
  gboolean live;
  DiscMessageFlags flags;
  char *name;   /* drug, item, diagnosis */
  char *amount; /* dose or value */
  char *words;  /* usage, specimen or outcome */
  char *flag;   /* of a result */
  char *start;  /* begin, or time of the result */
  char *end;
  char *days;
  GPtrArray *warnings; /* (nullable) (element-type utf8): machine words */
  ViewerLeft left;     /* of a prescription */
  gint64 days_left, last_day;
  gboolean is_main, is_suspected;
  gboolean is_no_order; /* an order not to give it, or a proposal */
  gboolean is_after;    /* its date lies behind the data: perhaps mistyped */
  gboolean is_earlier;  /* the newest comparable value before one that is not */
} ViewerCohortFact;

ViewerCohortFact *viewer_cohort_fact_new (ViewerCohortPart part, DiscKind kind, gint64 rid);
void viewer_cohort_fact_free (ViewerCohortFact *self);
/** viewer_cohort_fact_take_record: state, flags and warnings of a record and of its item. */
void viewer_cohort_fact_take_record (ViewerCohortFact *self, const ViewerEntry *entry,
                                     const DiscItem *item);

/** So many facts of an entry are kept; the rest is counted. */
#define VIEWER_COHORT_MAX_FACTS 4
#define VIEWER_COHORT_MAX_INJECTIONS 2

/** A person with what was found; counted references, and not changed once it is in a result. */
typedef struct
{
  guint32 pno;
  ViewerCohortPart part;
  char *group;           /* of results: item, specimen and unit, in words; else %NULL */
  gboolean is_exact;     /* the item is called what was typed, and nothing more */
  GPtrArray *facts;      /* (element-type ViewerCohortFact): what says most first */
  guint n_more;          /* facts beyond them */
  guint n_contrary;      /* of results: values of the same time that do not match */
  gboolean is_in;        /* in hospital at the time of the list, by the lists of the disc */
  gboolean is_uncertain; /* that day, at an hour that is not recorded */
  char *ward, *room, *bed;
  char *newest; /* date of its first fact */
} ViewerCohortEntry;

ViewerCohortEntry *viewer_cohort_entry_new (guint32 pno);
ViewerCohortEntry *viewer_cohort_entry_ref (ViewerCohortEntry *self);
void viewer_cohort_entry_unref (ViewerCohortEntry *self);
/** viewer_cohort_entry_add: (transfer full) @fact */
void viewer_cohort_entry_add (ViewerCohortEntry *self, ViewerCohortFact *fact);
/** viewer_cohort_entry_close: sorts the facts, keeps the first of them and the drug's last
 * administration, takes part and date. */
void viewer_cohort_entry_close (ViewerCohortEntry *self);

/** How many of a list stand under one heading. */
typedef struct
{
  ViewerCohortPart part;
  char *group; /* or %NULL */
  guint n;
} ViewerCohortCount;

/** What was found, so far or in the end. */
typedef struct
{
  GPtrArray *entries; /* (element-type ViewerCohortEntry): the first VIEWER_LISTS_MAX, in order */
  GPtrArray *counts;  /* (element-type ViewerCohortCount): of all that were found */
  GPtrArray *names;   /* (element-type utf8): the first names found, as written */
  guint n_names;      /* all of them */
  guint n_found;      /* entries, those beyond the ceiling too */
  guint n_not;        /* people and items that were compared and do not match */
  guint n_cancelled;  /* cancelled, deleted or entered in error */
  guint n_old;        /* superseded */
  guint n_another;    /* of somebody else: a fetus, a donor */
  guint n_confidential;
  guint n_disputed;     /* messages that belong to nobody */
  guint n_lost;         /* patients of whom something lies in a damaged part */
  gboolean is_damaged;  /* the index, or the list of the place */
  gboolean is_cut;      /* the list of the place is not whole */
  guint n_place;        /* people of the place; of the whole disc: patients */
  guint n_read;         /* of them so far */
  gboolean is_compared; /* with a number; else every value is there */
  gboolean is_done;
} ViewerCohortResult;

ViewerCohortResult *viewer_cohort_result_new (void);
/** viewer_cohort_result_snapshot: (transfer full): what is found now, in order; shares the entries.
 */
ViewerCohortResult *viewer_cohort_result_snapshot (ViewerCohortResult *self);
void viewer_cohort_result_free (ViewerCohortResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerCohortResult, viewer_cohort_result_free)
/** viewer_cohort_result_count: entries of one part, and group. @group: (nullable) */
guint viewer_cohort_result_count (const ViewerCohortResult *self, ViewerCohortPart part,
                                  const char *group);
/** viewer_cohort_result_take: (transfer full) @entry: counts it and keeps it where it is among the
 * first. */
void viewer_cohort_result_take (ViewerCohortResult *self, ViewerCohortEntry *entry);
/** viewer_cohort_result_add_name: @name: (nullable): of something that matches. */
void viewer_cohort_result_add_name (ViewerCohortResult *self, const char *name);
/** viewer_cohort_result_add_group: somebody has this item, whatever its value. */
void viewer_cohort_result_add_group (ViewerCohortResult *self, const char *group);
/** viewer_cohort_result_count_dead: a fact that is not live and no match. Returns: whether it is of
 * a state that is only counted */
gboolean viewer_cohort_result_count_dead (ViewerCohortResult *self, DiscStatus status);

/** Where it is looked for. */
typedef struct
{
  guint32 group; /* a ward's number, VIEWER_LISTS_NOT_RECORDED, _ALL or _IN_HOSPITAL */
  char *at;      /* of a ward or the hospital: the time; %NULL: of the data */
  char *as_of;   /* of the data */
} ViewerCohortPlace;

/** Called in the thread that searches, with (transfer full) what is found so far. */
typedef void (*ViewerCohortFunc) (ViewerCohortResult *so_far, gpointer user_data);

/**
 * viewer_cohort_run:
 * @reader: of this thread
 * @progress: (nullable): called after a third of a second, and ever more seldom
 *
 * Searches; may take a minute on a large disc. Those in hospital come first.
 *
 * Returns: (transfer full): %NULL with %G_IO_ERROR_CANCELLED, with %DISC_ERROR_NOT_A_DISC where the
 *   place needs lists and the disc has none, or with an error of the disc; what is only damaged is
 *   passed over and counted
 */
ViewerCohortResult *viewer_cohort_run (DiscReader *reader, const ViewerCohortQuery *query,
                                       const ViewerCohortPlace *place, ViewerCohortFunc progress,
                                       gpointer user_data, GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
