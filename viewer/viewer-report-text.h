/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words of the import report, for people. The same as `tomoshibi report` has. */

/** viewer_report_level_text: what a level of the verdict means; translated. @level: (nullable) */
const char *viewer_report_level_text (const char *level);

/** viewer_report_rule_text: (transfer full): a stop rule as a sentence, its name behind it. */
char *viewer_report_rule_text (const char *rule);

/** viewer_report_outcome_text: what became of a stop rule; translated. */
const char *viewer_report_outcome_text (const char *outcome);

/**
 * viewer_report_reason_text: (transfer full): a reason of the verdict in words.
 * @n: @of: counts; @what: (nullable): names of kinds, of a rule, of wards
 */
char *viewer_report_reason_text (const char *code, guint64 n, guint64 of, const char *what);

G_END_DECLS
