/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-drug-lists.h"
#include "viewer-lab-sheet-model.h"
#include "viewer-medication-model.h"

G_BEGIN_DECLS

/*
 * The lines of medication by drug: what the bars of the time line show, row by row (design.md,
 * "Medication time line"). One row is one drug as stored: the same name, or the same code where the
 * names begin alike. What was prescribed, dispensed and told are different rows, and so is a drug
 * that is taken as needed too.
 */

/** A result beside a high-alert drug; @cell %NULL: the disc has none for this patient. */
typedef struct
{
  const ViewerDrugLab *lab;
  const ViewerLabRow *row;
  const ViewerLabCell *cell;
  const char *at; /* of the sample; %NULL: not known */
} ViewerDrugResult;

typedef struct
{
  const ViewerMedication *head; /* the line that the name stands for: what runs, else the newest */
  GPtrArray *lines;             /* ViewerMedication, the one that begins first, first */
  const char *heading;          /* of its group: the same text within one */
  const char *yj;               /* of the head, or %NULL */
  char *stem;
  gboolean is_current;        /* runs at the disc, or ran out within the last week */
  const ViewerDrugKind *kind; /* of high-alert drugs, or %NULL */
  GArray *results;            /* ViewerDrugResult: for the items of @kind */
  GArray *words;              /* viewer_drug_lists_words() */
  GPtrArray *same;            /* ViewerMedicationRow: the same ingredient by the same way */
  GPtrArray *like;            /* ViewerMedicationRow: a name that is like */
} ViewerMedicationRow;

/** How many current drugs one department prescribed. */
typedef struct
{
  char *name; /* %NULL: not said */
  gboolean is_told;
  guint n;
} ViewerMedicationSource;

typedef struct _ViewerMedicationRows ViewerMedicationRows;

/**
 * viewer_medication_rows_new:
 * @model, @labs: must outlive the rows
 * @as_of: (nullable): time of the disc, ISO
 */
ViewerMedicationRows *viewer_medication_rows_new (const ViewerMedicationModel *model,
                                                  const ViewerLabSheetModel *labs,
                                                  const ViewerDrugLists *lists, const char *as_of);
void viewer_medication_rows_free (ViewerMedicationRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerMedicationRows, viewer_medication_rows_free)

/** viewer_medication_rows_n: group by group: classes of YJ codes, then drugs without one, then what
 * is taken as needed or is external. */
guint viewer_medication_rows_n (const ViewerMedicationRows *self);
const ViewerMedicationRow *viewer_medication_rows_get (const ViewerMedicationRows *self, guint i);

/** viewer_medication_rows_find: the row of a line. */
guint viewer_medication_rows_find (const ViewerMedicationRows *self, const ViewerMedication *line);

/** viewer_medication_rows_n_uncoded: current drugs of which no code tells the ingredient. */
guint viewer_medication_rows_n_uncoded (const ViewerMedicationRows *self);

/** viewer_medication_rows_sources: (element-type ViewerMedicationSource): most drugs first. */
const GArray *viewer_medication_rows_sources (const ViewerMedicationRows *self);

/** viewer_medication_result_text: (transfer full): name as stored, value, unit, mark, day: for
 * details and screen readers. */
char *viewer_medication_result_text (const ViewerDrugResult *result, const char *now);

G_END_DECLS
