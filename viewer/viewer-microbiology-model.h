/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Microbiology by specimen: smear and culture lines, organisms, and organism x drug with the value
 * and the S/I/R that the laboratory recorded. Preliminary is 未確定, never final.
 */

typedef enum
{
  VIEWER_SPECIMEN_FINAL,
  VIEWER_SPECIMEN_PRELIMINARY, /* 未確定: something of it is not final */
  VIEWER_SPECIMEN_CORRECTED,   /* final and corrected */
  VIEWER_SPECIMEN_NO_RESULT,   /* an order without a result on the disc */
  VIEWER_SPECIMEN_CANCELLED,   /* cancelled, or no result obtainable */
} ViewerSpecimenState;

/** One value of one organism and drug, as stored. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  char *value; /* with comparator, or %NULL */
  const char *unit;
  const char *result; /* S, I, R or what else is recorded; %NULL: not judged */
  gboolean is_preliminary;
  gboolean is_corrected;
} ViewerSusceptibility;

typedef struct
{
  const char *organism;
  char *amount;        /* "3+", or %NULL */
  GHashTable *by_drug; /* drug (const char) to ViewerSusceptibility */
} ViewerIsolate;

/** A line that is neither organism nor susceptibility: smear, culture, comment. */
typedef struct
{
  const ViewerEntry *entry;
  const char *name;
  char *value;
  gboolean is_preliminary;
} ViewerSpecimenLine;

typedef struct
{
  const ViewerEntry *entry; /* the newest message of it */
  const char *specimen;     /* 尿（カテーテル）, or %NULL */
  const char *order_no;
  const char *collected_at;
  const char *reported_at;
  char *comment; /* of the whole report, or %NULL */
  ViewerSpecimenState state;
  GPtrArray *isolates; /* ViewerIsolate in the order of the source */
  GPtrArray *drugs;    /* const char, in the order of the source */
  GPtrArray *lines;    /* ViewerSpecimenLine */
  /*< private >*/
  GHashTable *isolate_by_key;
  GHashTable *n_by_drug;
  GHashTable *drug_set;
} ViewerSpecimen;

typedef struct _ViewerMicrobiologyModel ViewerMicrobiologyModel;

/**
 * viewer_microbiology_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 */
ViewerMicrobiologyModel *viewer_microbiology_model_new (const GArray *entries);
void viewer_microbiology_model_free (ViewerMicrobiologyModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerMicrobiologyModel, viewer_microbiology_model_free)

/** viewer_microbiology_model_n: specimens, newest report (else collection) first. */
guint viewer_microbiology_model_n (const ViewerMicrobiologyModel *self);
const ViewerSpecimen *viewer_microbiology_model_get (const ViewerMicrobiologyModel *self, guint i);

/**
 * viewer_microbiology_model_previous: the same organism of the same material in the specimen
 * collected last before @specimen, for comparison (前回・参考).
 * Returns: (nullable): with @where set to its specimen
 */
const ViewerIsolate *viewer_microbiology_model_previous (const ViewerMicrobiologyModel *self,
                                                         const ViewerSpecimen *specimen,
                                                         const char *organism,
                                                         const ViewerSpecimen **where);

G_END_DECLS
