/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * What the import report on the disc says of its quality, for the page "data age and quality". The
 * numbers are those of `tomoshibi report`; nothing is counted here.
 */

typedef struct
{
  gboolean is_serious;
  char *sentence;          /* translated */
} ViewerReportReason;

/** What came last from the inpatients of one ward. */
typedef struct
{
  const char *name;
  guint64 n_patients;
  const char *newest_sent; /* (nullable) */
  const char *by_kind[DISC_N_KINDS]; /* (nullable) each */
} ViewerReportWard;

/** A line of the list of numbers. */
typedef struct
{
  const char *mark;        /* "■" "▲" "·" */
  char *label;             /* translated */
  char *value;
} ViewerReportLine;

typedef struct
{
  const char *level;       /* (nullable): a word of the report; %NULL: it has no verdict */
  GArray *reasons;         /* (element-type ViewerReportReason) */
  const char *newest_sent; /* (nullable): of all data */
  GArray *wards;           /* (element-type ViewerReportWard) in the order of the report */
  GArray *lines;           /* (element-type ViewerReportLine) */
  GStringChunk *texts;
} ViewerReport;

/** viewer_report_new: (transfer full): of an older disc, or one whose report cannot be read, empty. */
ViewerReport *viewer_report_new (DiscReader *reader);
void viewer_report_free (ViewerReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerReport, viewer_report_free)

/** viewer_report_heading: what the level of the verdict means; translated. */
const char *viewer_report_heading (const ViewerReport *self);

/** viewer_report_ward_is_late: whether @sent is days older than the newest data of the disc. */
gboolean viewer_report_ward_is_late (const ViewerReport *self, const char *sent);

G_END_DECLS
