/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"
#include "viewer-usage.h"

G_BEGIN_DECLS

/*
 * Prescription lines, dispensed drugs and drugs as told, one line per drug as the source has it.
 * Nothing is added up over lines and no dose is computed. The one thing computed is how many days
 * are left as of the disc, and only for plain daily patterns.
 */

typedef enum
{
  VIEWER_MEDICATION_RUNNING, /* live, and nothing says that it is over */
  VIEWER_MEDICATION_RAN_OUT, /* live, its days ended before the disc */
  VIEWER_MEDICATION_STOPPED, /* stopped or cancelled: with its word, never as running */
  VIEWER_MEDICATION_OPEN,    /* live, no end can be computed, begun long before the disc */
  VIEWER_MEDICATION_EARLIER, /* live as stored, but a later order of the same drug follows */
  VIEWER_N_MEDICATION_SECTIONS
} ViewerMedicationSection;

typedef enum
{
  VIEWER_LEFT_DAYS,         /* n日 */
  VIEWER_LEFT_RAN_OUT,      /* 11/19で切れ */
  VIEWER_LEFT_NOT_BEGUN,    /* begins after the disc */
  VIEWER_LEFT_NOT_COMPUTED, /* 計算なし */
  VIEWER_LEFT_WEEKDAYS,     /* 曜日指定 */
  VIEWER_LEFT_TIMES,        /* 回数 */
  VIEWER_LEFT_NONE,         /* —: external */
  VIEWER_LEFT_NOT_LIVE,     /* stopped, cancelled or on hold: its word stands there */
} ViewerLeft;

/* After so many days without a computable end a line is no more taken as in use. */
#define VIEWER_MEDICATION_OPEN_DAYS 92

/** One line. Texts belong to the record unless said otherwise; %NULL: the source lacks it. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  ViewerMedicationSection section;
  ViewerUsagePattern pattern;
  gboolean is_uneven; /* 不均等 */
  const char *drug;   /* as stored; the code when there is no name */
  char *dose;         /* owned: "2錠", "1〜4錠"; %NULL when no dose applies or is known */
  char **schedule;    /* owned: amounts, dose 1 first, when certain; else %NULL */
  char *usage;        /* owned: every repetition, then every instruction and comment */
  char *group;        /* owned: 内服, 頓用, 外用, ... as stored, or %NULL */
  const char *start;
  const char *days;
  const char *times;
  const char *order_no;
  ViewerLeft left;
  gint64 days_left; /* for %VIEWER_LEFT_DAYS: days of supply after the day of the disc */
  gint64 last_day;  /* for DAYS and RAN_OUT: days since 1970 */
} ViewerMedication;

typedef struct _ViewerMedicationModel ViewerMedicationModel;

/**
 * viewer_medication_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 * @as_of: time of the disc, ISO
 */
ViewerMedicationModel *viewer_medication_model_new (const GArray *entries, const char *as_of);
void viewer_medication_model_free (ViewerMedicationModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerMedicationModel, viewer_medication_model_free)

/** viewer_medication_model_n: lines, section by section, by way of taking; newest order first in
 * each, and within an order as the source has them. Superseded, deleted and erroneous lines are
 * only in the history. */
guint viewer_medication_model_n (const ViewerMedicationModel *self);
const ViewerMedication *viewer_medication_model_get (const ViewerMedicationModel *self, guint i);
guint viewer_medication_model_n_in (const ViewerMedicationModel *self,
                                    ViewerMedicationSection section);

/** viewer_medication_model_n_hidden: lines that only the history shows. */
guint viewer_medication_model_n_hidden (const ViewerMedicationModel *self);

/**
 * viewer_medication_model_history:
 * Returns: (transfer container) (element-type ViewerMedication): all versions of the order of
 *   @line, whatever their state, newest sending first, @line included
 */
GPtrArray *viewer_medication_model_history (const ViewerMedicationModel *self,
                                            const ViewerMedication *line);

G_END_DECLS
