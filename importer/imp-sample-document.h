/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-course.h"
#include "imp-sample-sink.h"

G_BEGIN_DECLS

/*
 * The extended storage of the sample hospital (SS-MIX2 spec 6): notes in SOAP form, nursing notes,
 * discharge summaries and referral letters as CDA, vital signs; of some of the first patients also letters
 * that were scanned, and replies as PDF, which take their time to draw and to read. They tell the same story as the messages
 * of the chart, and never change what those say: nothing is drawn from the chart's random numbers.
 */

/** Root folder of the extended storage. */
#define IMP_SAMPLE_EXTENDED_ROOT "9910000001_ext"

typedef enum
{
  IMP_SAMPLE_PROGRESS_NOTE,
  IMP_SAMPLE_NURSING_NOTE,
  IMP_SAMPLE_SUMMARY,
  IMP_SAMPLE_REFERRAL,
  IMP_SAMPLE_VITALS,
  IMP_SAMPLE_SCAN,  /* a letter on paper */
  IMP_SAMPLE_REPLY, /* a PDF */
} ImpSampleDocumentKind;

/** One content folder with its main document; the bytes stand in the chart's document text. */
typedef struct _ImpSampleDocument
{
  ImpSampleDocumentKind kind;
  char flag;
  int day;
  guint number; /* of its kind in the chart */
  gint64 sent;
  const char *department;
  gsize offset, len;
} ImpSampleDocument;

/** What a stay's documents tell of. */
typedef struct
{
  const ImpSampleCondition *reason;
  gint64 admitted, discharged;
  gboolean died;
  const ImpSampleLine *lines; /* what is taken */
  guint n_lines;
} ImpSampleStory;

/** imp_sample_documents_of_stay: up to the last minute of the data. */
void imp_sample_documents_of_stay (ImpSampleChart *chart, const ImpSampleStory *story);

/** imp_sample_documents_of_visit: @nth: of this condition, from 0. */
void imp_sample_documents_of_visit (ImpSampleChart *chart, const ImpSampleCondition *condition,
                                    gint64 time, guint nth);

/** imp_sample_documents_write: those of the chart, as files of the extended storage. */
gboolean imp_sample_documents_write (ImpSampleChart *chart, ImpSampleSink *sink, GError **error);

G_END_DECLS
