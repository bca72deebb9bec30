/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"

/*
 * The patient of the mock-ups, invented: weekly methotrexate on hold, a critical potassium, nothing
 * known of allergies, injections given, given in part, refused and not recorded. Time of the disc:
 * 2026-11-19 23:50; clock: 2026-11-21 03:12.
 */
#define TEST_STORY_NOW "2026-11-21T03:12:00"

/** test_story_new: (transfer full): the chart on a disc in a folder of its own. */
ViewerChart *test_story_new (void);

/** test_story_new_empty: (transfer full): a patient of the same disc with basic data only. */
ViewerChart *test_story_new_empty (void);

/** test_story_new_two_sources: (transfer full): a patient of the same disc with one order of SS-MIX2 and FHIR.
 */
ViewerChart *test_story_new_two_sources (void);

/** test_story_new_with_notes: (transfer full): the same patient on a disc that has notes and documents. */
ViewerChart *test_story_new_with_notes (void);

/** test_story_remove: frees the chart and removes the folder of its disc. */
void test_story_remove (ViewerChart *chart);
