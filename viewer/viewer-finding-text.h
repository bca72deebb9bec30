/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-model.h"

G_BEGIN_DECLS

/** Findings of the import in the words of a ward. No GTK. */

/** viewer_finding_sentence: what a code means; translated; an unknown code comes back as it is. */
const char *viewer_finding_sentence (const char *code);
/** viewer_finding_rank: 0 ■ (whose or which is in doubt), 1 ▲, 2 · ; for the order and the mark. */
guint viewer_finding_rank (const DiscFinding *finding);
/** viewer_finding_mark: "■", "▲", "·" */
const char *viewer_finding_mark (guint rank);

/** viewer_finding_disputed_ids: (transfer full): the ids that contradict each other, in a line; @ids: as
 * viewer_disputed_ids() has them, perhaps none. */
char *viewer_finding_disputed_ids (char **ids);

/** Findings of one code together. */
typedef struct
{
  const char *code;
  guint rank;
  guint n;
  guint n_patients;
} ViewerFindingGroup;

/**
 * viewer_finding_groups:
 * @findings: (element-type DiscFinding)
 * Returns: (transfer full) (element-type ViewerFindingGroup): by harm, then by number; codes point
 *   into @findings
 */
GArray *viewer_finding_groups (const GPtrArray *findings);

G_END_DECLS
