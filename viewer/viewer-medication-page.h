/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-model.h"
#include "viewer-page.h"
#include "viewer-row.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_MEDICATION_PAGE (viewer_medication_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerMedicationPage, viewer_medication_page, VIEWER, MEDICATION_PAGE,
                      ViewerPage)

/** Columns of a prescription line, on its page and on the summary. */
enum
{
  VIEWER_MEDICATION_COLUMN_DRUG,
  VIEWER_MEDICATION_COLUMN_DOSE,
  VIEWER_MEDICATION_COLUMN_USAGE,
  VIEWER_MEDICATION_COLUMN_START,
  VIEWER_MEDICATION_COLUMN_LEFT,
  VIEWER_N_MEDICATION_COLUMNS
};

/** viewer_medication_row_new: (transfer full): one line as design.md, "Prescription line", wants.
 */
ViewerRow *viewer_medication_row_new (const ViewerMedication *line, const char *now);

/** viewer_medication_schedule_text: (transfer full) (nullable): 1回目4・2回目2・3回目1錠. */
char *viewer_medication_schedule_text (const ViewerMedication *line);

/** viewer_medication_section_text: ディスク時点の薬, 日数が終わった薬, ... */
const char *viewer_medication_section_text (ViewerMedicationSection section);

G_END_DECLS
