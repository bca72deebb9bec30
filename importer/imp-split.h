/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-roots.h"
#include "imp-unit.h"

G_BEGIN_DECLS

/**
 * imp_split_unit:
 * @unit: (transfer full)
 *
 * Two facilities may give one id to two people. Where the facility is not known and the unit comes
 * from several roots, name, birth date and sex decide (SS-MIX2 spec 1.3): roots are joined only when
 * birth date and sex do not contradict each other and a name agrees, with every root already joined;
 * the others become units of their own, each with its root in place of the facility, and a finding.
 * A root that says nothing of the person (neither name nor birth date) is joined with none, for by its
 * bare number it may be anybody's: two such roots are two patients. Files that could not be read, and
 * disputed messages, are in nobody's chart; they stay with the only patient there is.
 *
 * Returns: (transfer full) (element-type ImpUnit): at least one
 */
GPtrArray *imp_split_unit (ImpUnit *unit, ImpRoots *roots);

/*< for imp-split.c and its tests >*/

/**
 * imp_split_by_source: SS-MIX2 and each root of FHIR under one number: those that contradict the first in birth
 * date or sex, where both tell it whole, are patients of their own.
 * @parts: (element-type ImpUnit): where they are added, with the messages of @unit
 *
 * Returns: %FALSE, and nothing is done, where there is one patient
 */
gboolean imp_split_by_source (ImpUnit *unit, GPtrArray *parts);

G_END_DECLS
