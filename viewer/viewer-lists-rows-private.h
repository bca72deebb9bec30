/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lists-rows.h"

G_BEGIN_DECLS

/* What rows of all lists have in common: who it is, and what must be known of the person. */

typedef struct
{
  const DiscPatientTable *table;
  const char *at;
  const char *now;
  gboolean with_department;
  gboolean is_compact;
} ViewerListsContext;

/** viewer_lists_column_of: where a column stands in a row; with large text some share one. */
guint viewer_lists_column_of (ViewerRow *row, guint column, const ViewerListsContext *context);

/** viewer_lists_add_person: name, birth date, id. @person: (nullable): not known yet, or lost */
void viewer_lists_add_person (ViewerRow *row, const DiscPatientRow *person,
                              const ViewerListsContext *context);

/** viewer_lists_add_marks: same names, mismatches, death, allergies. @n_same: people of his reading
 */
void viewer_lists_add_marks (ViewerRow *row, const DiscPatientRow *person, guint n_same,
                             const ViewerListsContext *context);

G_END_DECLS
