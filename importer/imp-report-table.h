/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-paper.h"
#include "imp-report-page.h"

G_BEGIN_DECLS

/**
 * imp_report_table: draws a table of the report on paper, over as many sheets as it takes. Its
 * heads are repeated on each; words and cells that are too long are wrapped.
 * @heading: (nullable): that stands above it on the first sheet and belongs to it
 * @section: (nullable): whose table it is, to be repeated on the further sheets
 */
void imp_report_table (ImpPaper *paper, const ImpReportBlock *table, const char *heading,
                       const char *section);

/** imp_report_heading: draws a heading that nothing is kept together with. */
void imp_report_heading (ImpPaper *paper, const char *heading);

G_END_DECLS
