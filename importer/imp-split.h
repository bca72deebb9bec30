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
 * Roots that say nothing of the person are joined only while there is one person to join them with.
 *
 * Returns: (transfer full) (element-type ImpUnit): at least one
 */
GPtrArray *imp_split_unit (ImpUnit *unit, ImpRoots *roots);

G_END_DECLS
