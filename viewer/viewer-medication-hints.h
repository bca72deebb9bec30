/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-rows.h"

G_BEGIN_DECLS

/*
 * What is set apart in the time line of medication. Hints only: they say what stands beside what,
 * and that there is no hint says nothing.
 */

/**
 * viewer_medication_hints_add:
 * @rows: (element-type ViewerMedicationRow): their kind, results, same and like are filled
 *
 * The same ingredient: the first seven characters of two YJ codes are the same (class, way and
 * ingredient). Like names: viewer_drug_name_is_like() or a pair of the table. Both only of drugs
 * that are current; what was dispensed is compared only with what was dispensed, for it is what was
 * prescribed over again.
 */
void viewer_medication_hints_add (GPtrArray *rows, const ViewerLabSheetModel *labs,
                                  const ViewerDrugLists *lists);

/**
 * viewer_drug_results: (transfer full) (element-type ViewerDrugResult): for every item of @kind the
 * newest one with a value that stands: of blood, where the source tells the material. Two rows of
 * the sheet in one sample are both there. Behind one that is preliminary stands the last final one.
 */
GArray *viewer_drug_results (const ViewerDrugKind *kind, const ViewerLabSheetModel *labs);

/** viewer_medication_hints_sources: (transfer full) (element-type ViewerMedicationSource) */
GArray *viewer_medication_hints_sources (const GPtrArray *rows);

G_END_DECLS
