/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-lists.h"

G_BEGIN_DECLS

/*
 * Lists without typing: who was in a ward at a time, who came on a day, whom a doctor attends, who
 * is expected. Each is what the disc knew; whoever moved since, or whose moves are not on it, the
 * page says. No GTK in here.
 */

typedef enum
{
  VIEWER_LISTS_WARDS,   /* groups: wards; at a time */
  VIEWER_LISTS_VISITS,  /* groups: departments; of a day */
  VIEWER_LISTS_DOCTORS, /* groups: doctors */
  VIEWER_LISTS_CONDITION, /* groups: all of the disc, in hospital, wards; not of this model */
  VIEWER_LISTS_PLANNED, /* groups: days, from that of the disc on */
  VIEWER_LISTS_RECENT,  /* opened in this session; no groups, and not of this model */
  VIEWER_N_LISTS
} ViewerListsView;

/** What an entry is, in the order in which a list has them. */
typedef enum
{
  VIEWER_LISTS_HERE,  /* in the ward, on leave too */
  VIEWER_LISTS_ENDED, /* said to be over, not when, or in doubt: perhaps still here */
  VIEWER_LISTS_PLANNED_IN,
  VIEWER_LISTS_PLANNED_MOVE,
  VIEWER_LISTS_PLANNED_OUT,
  VIEWER_LISTS_CAME,
  VIEWER_LISTS_APPOINTED,
  VIEWER_LISTS_ATTENDS,
  VIEWER_LISTS_ATTENDED,
  VIEWER_LISTS_SAW,
  VIEWER_LISTS_WILL_SEE,
  VIEWER_LISTS_OPENED,
  VIEWER_LISTS_FOUND, /* by a condition: viewer-cohort.h says more */
  VIEWER_N_LISTS_PARTS
} ViewerListsPart;

typedef struct
{
  guint32 pno;
  gint64 rid; /* of the message that says so */
  ViewerListsPart part;
  const DiscStay *stay; /* one of these, as its part has it */
  const DiscVisit *visit;
  const DiscDoctorPatient *patient;
  gboolean is_uncertain; /* that day, at an hour that is not recorded */
  gboolean shares_bed;   /* somebody else is recorded in it too */
} ViewerListsEntry;

/** What the left column shows. */
typedef struct
{
  guint32 id; /* of viewer_lists_model_load() */
  char *text; /* as stored; of a day "2026-11-20"; %NULL: not recorded, or all of them */
  guint n;    /* entries; G_MAXUINT: not counted */
} ViewerListsGroup;

#define VIEWER_LISTS_NOT_RECORDED 0
#define VIEWER_LISTS_ALL G_MAXUINT32
#define VIEWER_LISTS_IN_HOSPITAL (G_MAXUINT32 - 1) /* all wards */

/** At most so many are shown of a group; the others are counted. */
#define VIEWER_LISTS_MAX 2000

/** Entries with what they point to. */
typedef struct
{
  GArray *entries;     /* (element-type ViewerListsEntry) */
  GPtrArray *owned;    /* (element-type DiscList) */
  gboolean is_damaged; /* some are missing: they lie in a damaged part of the disc */
  gboolean is_cut;     /* there are more than are read at once */
  guint n_more;        /* beyond the ceiling */
  guint n_in, n_leave; /* in hospital then, of them on leave; those that are not certain too */
} ViewerListsResult;

void viewer_lists_result_free (ViewerListsResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerListsResult, viewer_lists_result_free)

typedef struct _ViewerListsModel ViewerListsModel;

/**
 * viewer_lists_model_new: @reader is kept by the caller.
 * @as_of: (nullable): time of the data
 * Returns: (transfer full): %NULL with the error of the disc, or %DISC_ERROR_NOT_A_DISC where it
 * has no lists
 */
ViewerListsModel *viewer_lists_model_new (DiscReader *reader, const char *as_of, GError **error);
void viewer_lists_model_free (ViewerListsModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerListsModel, viewer_lists_model_free)

/** viewer_lists_model_get_as_of: the time of the data; what replaces it where that is not known. */
const char *viewer_lists_model_get_as_of (const ViewerListsModel *self);
/** viewer_lists_model_is_damaged: names of wards, departments or doctors are missing. */
gboolean viewer_lists_model_is_damaged (const ViewerListsModel *self);
/** viewer_lists_model_n_unlisted: rows the importer could not list. */
guint viewer_lists_model_n_unlisted (const ViewerListsModel *self);

/**
 * viewer_lists_model_groups: (transfer full) (element-type ViewerListsGroup)
 * @at: (nullable): of visits: the day
 */
GPtrArray *viewer_lists_model_groups (ViewerListsModel *self, ViewerListsView view, const char *at,
                                      GError **error);

/**
 * viewer_lists_model_load: (transfer full): one group.
 * @at: (nullable): of a ward: the time; of visits: the day
 *
 * Planned moves of a ward are told at the time of the data only: what was planned at another one
 * the disc does not keep.
 */
ViewerListsResult *viewer_lists_model_load (ViewerListsModel *self, ViewerListsView view,
                                            guint32 group, const char *at, GError **error);

/**
 * viewer_lists_parse_time:
 * @text: what was typed: 11/18 6:00, 11/18, 6:00, 2026-11-18 06:00, 11月18日; any width
 * @base: the time shown now: gives the day of an hour, and the year
 * @with_hour: a day alone means its last minute
 *
 * Returns: (transfer full) (nullable): "2026-11-18T06:00", or "2026-11-18" without @with_hour
 */
char *viewer_lists_parse_time (const char *text, const char *base, gboolean with_hour);

/** viewer_lists_compare_natural: digits as numbers: 5-2 before 5-10; %NULL comes last. */
int viewer_lists_compare_natural (const char *a, const char *b);

/** viewer_lists_shift_day: (transfer full): @at so many days later, at the same hour. */
char *viewer_lists_shift_day (const char *at, int days);

G_END_DECLS
