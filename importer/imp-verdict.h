/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/*
 * The verdict on an import: what a manager has to know before trusting a disc, with the reasons. There is
 * no score and no "good": that nothing stands out is no proof that everything is there.
 */

/**
 * imp_verdict_add: reads the counts of @report and adds `verdict`: `level` ("nothing-found",
 * "attention", "serious", "not-written") and `reasons`, each with `code`, `level` and, as fits, `n`,
 * `of` and `what`.
 */
void imp_verdict_add (cJSON *report);

/** imp_verdict_heading: what a level means; translated. @level: (nullable) */
const char *imp_verdict_heading (const char *level);

/** imp_verdict_sentence: (transfer full): a reason in words; translated. */
char *imp_verdict_sentence (const cJSON *reason);

G_END_DECLS
