/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-disc.h"

/*
 * A small disc for the tests of the viewer. All people are invented. One story runs through it (the
 * mock-ups tell the same): clock 2026-11-21 03:12, disc as of 2026-11-19 23:50.
 *
 *   0004512338 渡邊　千鶴子    in ５東 512-3; everything in the chart; allergies not recorded
 *   0004521338 渡辺　千鶴子    the same reading, birth day and id differ by little; "none" stated
 *   0001187204 渡部　千津子    the same reading; three allergies
 *   0000207716 渡■　千代      a lost character
 *   0000411560 亘鍋　親良      birth date without day; died
 *   0003390125 佐藤　智恵      no basic data
 *   0005000017 (no name)       a newborn without a name
 *   0005000025                 a very long name
 *
 * One laboratory result is disputed: folder 0004512338, content 0004521338.
 */
#define VIEWER_FIXTURE_NOW "2026-11-21T03:12:00"
#define VIEWER_FIXTURE_MAIN "0004512338"
#define VIEWER_FIXTURE_NONE "0004521338"
#define VIEWER_FIXTURE_LISTED "0001187204"

/** viewer_fixture_write: (transfer full): writes the disc into a new folder; its path. */
char *viewer_fixture_write (void);
/** viewer_fixture_remove: removes the folder and frees the path. */
void viewer_fixture_remove (char *path);

/** viewer_fixture_open: (transfer full): the disc with its patients loaded. */
ViewerDisc *viewer_fixture_open (const char *path);
/** viewer_fixture_close: drops the disc and proves that nothing else holds it. */
void viewer_fixture_close (ViewerDisc *disc);
/** viewer_fixture_pno: the number of the patient with this id. */
guint32 viewer_fixture_pno (ViewerDisc *disc, const char *id);

/** viewer_fixture_wait: runs the main loop until @done says so; fails the test after 20 s. */
typedef gboolean (*ViewerFixtureCondition) (gpointer data);
void viewer_fixture_wait (ViewerFixtureCondition done, gpointer data);
