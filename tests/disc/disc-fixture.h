/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** A folder for one test; @disc in it is the place for a disc and does not exist yet. */
typedef struct
{
  char *dir;
  char *disc;
} Fixture;

typedef void (*FixtureTest) (Fixture *fixture, gconstpointer data);

/** fixture_add: a test with a folder of its own, removed afterwards. */
void fixture_add (const char *test_path, FixtureTest test);

/** fixture_remove_disc: removes the disc, so that another can be made. */
void fixture_remove_disc (Fixture *fixture);

/** fixture_remove: removes @path and everything below it. */
void fixture_remove (const char *path);

/** fixture_file: (transfer full): path of a file of the disc. */
char *fixture_file (Fixture *fixture, const char *name);

/** fixture_message: says what is tested; bytes that are not UTF-8 escaped, for they are no TAP. */
void fixture_message (const char *text);

G_END_DECLS
