/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words for people in place of those that the report has for machines. All translated; a word that
 * this version does not know stands as it is. */

/** imp_report_kind_words: of a kind of record: "lab". */
const char *imp_report_kind_words (const char *kind);

/** imp_report_kinds_words: (transfer full): of several with ", " between. */
char *imp_report_kinds_words (const char *kinds);

/** imp_report_status_words: why a record is not live: "superseded". */
const char *imp_report_status_words (const char *status);

/** imp_report_reason_words: why a file was refused or ignored: "not-a-message". */
const char *imp_report_reason_words (const char *reason);

/** imp_report_finding_words: a code of a finding: "identity-conflict". */
const char *imp_report_finding_words (const char *code);

/** imp_report_outcome_words: of a stop rule: "set-aside". */
const char *imp_report_outcome_words (const char *outcome);

/** imp_report_number: (transfer full): with a comma at each thousand. */
char *imp_report_number (guint64 n);

G_END_DECLS
