/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <cjson/cJSON.h>

G_BEGIN_DECLS

/*
 * The command line on invented storages. The program is named by the environment variable TOMOSHIBI.
 */

typedef struct
{
  char *dir;        /* holds everything; removed at the end */
  char *storage;    /* dir/storage */
  char *disc;       /* dir/disc, not made */
  GPtrArray *lines; /* (element-type cJSON) of the export read last */
} BuildFixture;

void build_fixture_set_up (BuildFixture *fixture, gconstpointer data);
void build_fixture_tear_down (BuildFixture *fixture, gconstpointer data);

/** build_fixture_write: a file below the storage. @len: -1: NUL-terminated. */
void build_fixture_write (BuildFixture *fixture, const char *path, const char *content, gssize len);

/**
 * build_fixture_message: (transfer full): an invented message with MSH and PID; @rest: further
 * segments with \r between.
 */
char *build_fixture_message (const char *type, const char *pid, const char *birth, const char *rest);

/** build_fixture_put: a message as a file of the storage, under its proper path, from its name. */
void build_fixture_put (BuildFixture *fixture, const char *root, const char *name,
                        const char *message);

/** build_fixture_run: runs the program. @out, @err: (out) (optional) (transfer full).
 * Returns: its exit code */
int build_fixture_run (const char *const *arguments, char **out, char **err);

/** build_fixture_build: a disc of the whole storage with further @options (nullable); asserts 0. */
void build_fixture_build (BuildFixture *fixture, const char *const *options);

/** build_fixture_export: reads the export of the disc into lines. */
void build_fixture_export (BuildFixture *fixture);

/** build_fixture_line: the @n-th line of that type, or NULL. */
const cJSON *build_fixture_line (const BuildFixture *fixture, const char *type, guint n);
guint build_fixture_count (const BuildFixture *fixture, const char *type);
/** build_fixture_record: the first record from a file whose path ends in @name, or NULL. */
const cJSON *build_fixture_record (const BuildFixture *fixture, const char *name);
/** build_fixture_finding: the first finding of that code, or NULL. */
const cJSON *build_fixture_finding (const BuildFixture *fixture, const char *code);

/** build_text: the string at that key, or NULL. */
const char *build_text (const cJSON *object, const char *key);
/** build_number: the number there; -1 when there is none. */
int build_number (const cJSON *object, const char *key);

/** build_fixture_target_is_clean: nothing that looks like a disc, or like half of one, is there. */
gboolean build_fixture_target_is_clean (const BuildFixture *fixture);

/** build_fixture_count_lines: lines of @text. */
guint build_fixture_count_lines (const char *text);

G_END_DECLS
