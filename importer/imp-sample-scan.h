/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-text.h"

G_BEGIN_DECLS

/*
 * Papers of the sample hospital that are no text: a letter as a scanner makes it, and one as a PDF
 * with words. Drawn without fonts, so that the same sample comes out wherever it is made.
 */

/**
 * imp_sample_scan_letter: a page in grey, PNG: lines like writing, a stamp, and number and date in
 * figures like those of a clock.
 * @id: of the patient
 * @day: of the letter, as imp_sample_print() takes it
 */
void imp_sample_scan_letter (ImpSampleBuffer *out, guint64 id, int day);

/** imp_sample_scan_reply: a reply to a letter, PDF, in words that can be searched. */
void imp_sample_scan_reply (ImpSampleBuffer *out, guint64 id, int day);

G_END_DECLS
