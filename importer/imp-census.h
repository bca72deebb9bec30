/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-writer.h"
#include "imp-unit.h"

G_BEGIN_DECLS

/*
 * What a patient's live records say for the lists of the disc: where he was from when to when, his
 * visits and appointments, his doctors (disc-lists.h). Nothing is filled in: a move to a ward that
 * is not written is a stay in no ward, a stay without a discharge has no end.
 *
 * Movements of SS-MIX2 (spec 4.4) make a stay one after the other. What a resource of FHIR says of
 * a stay counts only where no movement speaks of that time (spec fhir.md 3.2); the part of a stay
 * that is an Encounter of its own is no stay; it tells the place where the stay itself names none.
 */
typedef struct _ImpCensus ImpCensus;

/** imp_census_new: of a unit that was resolved, which it refers to. Any thread. */
ImpCensus *imp_census_new (const ImpUnit *unit);
void imp_census_free (ImpCensus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCensus, imp_census_free)

/** The rows; in each `rid` is the index of a message in the unit's chart. */
const GArray *imp_census_stays (const ImpCensus *self);   /* (element-type DiscStay) */
const GArray *imp_census_visits (const ImpCensus *self);  /* (element-type DiscVisit) */
const GArray *imp_census_doctors (const ImpCensus *self); /* (element-type DiscDoctorPatient) */

/**
 * imp_census_write: to the patient at hand.
 * @rids: of each message of the chart its row on the disc; 0: the disc refused it, and with it what
 * it says
 */
gboolean imp_census_write (const ImpCensus *self, DiscWriter *writer, const gint64 *rids,
                           GError **error);

G_END_DECLS
