/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-spill.h"

G_BEGIN_DECLS

/**
 * imp_alike_find: numbers of patients that differ from another of the same hospital by nothing but
 * leading zeros. They are two persons or one whom two systems number differently: that is for the
 * hospital to say, so nobody joins them (spec fhir.md 4.3), and both are told of.
 *
 * Returns: (transfer full) (element-type ImpSpillUnit): of @spill, as long as nothing is added to
 * it; in the order of hospital and number
 */
GPtrArray *imp_alike_find (ImpSpill *spill);

G_END_DECLS
