/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-rows.h"
#include "viewer-row.h"

G_BEGIN_DECLS

/**
 * viewer_medication_caution_rows: (transfer full) (element-type ViewerRow): what is to be read with
 * care among all drugs of a patient: one ingredient under two names, names that are like, several
 * departments; then what was not looked into, and whose tables these are. Nothing is judged.
 */
GPtrArray *viewer_medication_caution_rows (const ViewerMedicationRows *rows,
                                           const ViewerDrugLists *lists);

/** viewer_medication_names: (transfer full): the names of @rows (element-type ViewerMedicationRow)
 * as stored, with ／ between. */
char *viewer_medication_names (const GPtrArray *rows);

G_END_DECLS
