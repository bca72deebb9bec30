/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-unit.h"

G_BEGIN_DECLS

/*
 * What a message is worth beside the others of its patient: SS-MIX2 spec 1.2, 1.3, 2.3, 2.4, 3.2,
 * 4.2-4.6 and 8.1. Nothing here is dropped without a fate that is counted.
 */

/*
 * A message that cancels (spec 2.6) replaces nothing but the event it cancels, and what it does to that
 * one it does not do to the allergies told beside it: they stand until a list of allergies (A60) or
 * newer basic data say otherwise, or their own file is deleted (condition flag 0). Only A23 takes them
 * back, with the basic data they are part of.
 */

/**
 * imp_resolve:
 *
 * Decides the state of every message of the unit, its patient's basic data and place, and which
 * messages are on the disc; fills in chart, disputed, findings, patient. The window may be %NULL:
 * everything is kept.
 */
void imp_resolve (ImpUnit *unit, const ImpWindow *window);

/** imp_resolve_states, imp_resolve_facts: its two halves: each message; patient and chart. */
void imp_resolve_states (ImpUnit *unit, const ImpWindow *window);
void imp_resolve_facts (ImpUnit *unit);

/** The parts of imp_resolve(), in this order; each relies on the ones before it. What is said about
 * the patient comes only from messages that are on the disc, so the window is applied early. */
void imp_resolve_versions (ImpUnit *unit);
void imp_resolve_documents (ImpUnit *unit);

/** imp_resolve_reports: preliminary reports of FHIR of which the final one is here too. */
void imp_resolve_reports (ImpUnit *unit);
void imp_resolve_window (ImpUnit *unit, const ImpWindow *window);
void imp_resolve_last (ImpUnit *unit);
void imp_resolve_moved_orders (ImpUnit *unit);
void imp_resolve_lists (ImpUnit *unit);
void imp_resolve_pairs (ImpUnit *unit);
void imp_resolve_patient (ImpUnit *unit);

/** imp_resolve_blood: the blood groups of a patient whose basic data have none, from Observations. */
void imp_resolve_blood (ImpUnit *unit);
void imp_resolve_visits (ImpUnit *unit);
void imp_resolve_order (ImpUnit *unit);

/**
 * imp_resolve_says_same:
 * @original: of SS-MIX2
 * @copy: a resource of FHIR of the same order
 * @taken: items of @original that other copies have said, by keys of this function; those of @copy are
 *   added
 *
 * Returns: whether @copy says nothing that @original does not say, in the same words or in those that
 * imp-resolve-words.h compares (spec fhir.md 4.2)
 */
gboolean imp_resolve_says_same (const ImpMessage *original, const ImpMessage *copy, GHashTable *taken);

/** imp_resolve_is_same_record: whether two messages are versions of one record (2.3). */
gboolean imp_resolve_is_same_record (const ImpMessage *a, const ImpMessage *b);

/** imp_resolve_is_fixed_number: whether it is the order number of types that have none (2.1). */
gboolean imp_resolve_is_fixed_number (const char *order_no);

G_END_DECLS
