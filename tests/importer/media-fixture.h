/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "build-fixture.h"

G_BEGIN_DECLS

/* A sealed disc of a small made-up hospital, and what images and media of it hold. */

typedef struct
{
  BuildFixture build; /* its disc is sealed */
  char *image;        /* dir/disc.iso, not made */
} MediaFixture;

void media_fixture_set_up (MediaFixture *fixture, gconstpointer data);
void media_fixture_tear_down (MediaFixture *fixture, gconstpointer data);

/** media_fixture_run_tests: g_test_run(), and removes what the tests shared. */
int media_fixture_run_tests (void);

/** media_fixture_path: (transfer full): of @name in the folder of the test. */
char *media_fixture_path (MediaFixture *fixture, const char *name);

/** media_fixture_build: a disc of the same data at dir/@name. */
void media_fixture_build (MediaFixture *fixture, const char *name, gboolean sealed);

/** media_fixture_image: makes the image of the disc; asserts that it can be. */
void media_fixture_image (MediaFixture *fixture);

/** media_skip_without_xorriso: %TRUE when the test cannot be run here. */
gboolean media_skip_without_xorriso (void);

/** media_start: (transfer full): runs the program with its files limited to @max_bytes (0: not), and
 * signals ignored until it is ready for them. */
GSubprocess *media_start (const char *const *arguments, guint64 max_bytes);

/** media_finish: waits. @err: (out) (optional). Returns: the exit code */
int media_finish (GSubprocess *process, char **err);

/**
 * media_fixture_fake_xorriso: puts a program of this name in front of $PATH, which runs the true one
 * and then the shell commands of @after. They find the file written in $file, and $burns set when it
 * stands for a drive. The true one is back when the test ends.
 */
void media_fixture_fake_xorriso (MediaFixture *fixture, const char *after);

/** media_list: (transfer full) (element-type utf8): path and size of each file, sorted.
 * @tree: "!joliet" or "!rockridge" */
GPtrArray *media_list (const char *image, const char *tree);

/** media_extract: the files of an image below @dir, which is made. */
void media_extract (const char *image, const char *dir);

/** media_flip: changes one byte; twice: changes it back. */
void media_flip (const char *path, guint64 offset);

void media_assert_same_file (const char *one, const char *other);

/** media_export: (transfer full): of the disc at @dir. */
char *media_export (const char *dir);

/** media_is_clean: nothing was left of an unfinished image or copy in @dir. */
gboolean media_is_clean (const char *dir);

G_END_DECLS
