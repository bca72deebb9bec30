/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-chart.h"

G_BEGIN_DECLS

/*
 * What the messages of a patient say, for tests that compare an import with it: one JSON object a
 * patient and line.
 *
 * {"patient":ID,"files":{TYPE:{"live":n,"dead":n}},"drugs":[...],"injections":[...],"given":[...],
 *  "labs":[...],"allergies":[...],"problems":[...],"planted":[{"path":...,"what":...}]}
 *
 * A file is live when its flag is 1 and the message does not cancel or stop what it is about. The
 * lists hold what live files say, dead ones are only counted. A planted fault stands in "planted";
 * a file whose content is lost by it is not counted and not listed.
 */

ImpSampleTruth *imp_sample_truth_new (void);
void imp_sample_truth_free (ImpSampleTruth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleTruth, imp_sample_truth_free)

typedef enum
{
  IMP_SAMPLE_TRUTH_DRUGS,
  IMP_SAMPLE_TRUTH_INJECTIONS,
  IMP_SAMPLE_TRUTH_GIVEN,
  IMP_SAMPLE_TRUTH_LABS,
  IMP_SAMPLE_TRUTH_ALLERGIES,
  IMP_SAMPLE_TRUTH_PROBLEMS,
  IMP_SAMPLE_TRUTH_PLANTED,
  IMP_SAMPLE_TRUTH_N_LISTS
} ImpSampleTruthList;

/**
 * imp_sample_truth_add: one object into a list of the file being written: pairs of a name and a
 * text, up to %NULL. Nothing happens without @self, and pairs without text are left out.
 */
void imp_sample_truth_add (ImpSampleTruth *self, ImpSampleTruthList list,
                           ...) G_GNUC_NULL_TERMINATED;

/**
 * imp_sample_truth_file: the file is written. What was added since the last call stays only if
 * @is_live; nothing stays when @was_written is %FALSE.
 */
void imp_sample_truth_file (ImpSampleTruth *self, ImpSampleType type, gboolean was_written,
                            gboolean is_live);
/** imp_sample_truth_plant: a fault that an import must tell of. */
void imp_sample_truth_plant (ImpSampleTruth *self, const char *path, const char *what);

/** imp_sample_truth_end: the line of this patient, and empties for the next. */
void imp_sample_truth_end (ImpSampleTruth *self, guint64 patient, GString *out);

G_END_DECLS
