/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

#include "imp-source.h"

G_BEGIN_DECLS

/* A folder to make trees and archives in, and what a source met when it read them. */

typedef struct
{
  char *path;
  ImpReason reason;
  guint64 size;
  char *content; /* with a NUL behind it */
  gsize len;     /* of it */
  char *root;
  GBytes
      *streamed; /* (nullable): what its stream gives; "(broken)" behind it where it breaks off */
} SourceMet;

typedef struct
{
  char *dir;
  char *scratch;  /* folder */
  GPtrArray *met; /* (element-type SourceMet) sorted by path */
  ImpSourceResult result;
  ImpSourceProgress progress;
  GError *error;
  gboolean done;
} SourceFixture;

void source_set_up (SourceFixture *fixture, gconstpointer data);
void source_tear_down (SourceFixture *fixture, gconstpointer data);

/** source_place: (transfer full): path of @name in the folder. */
char *source_place (const SourceFixture *fixture, const char *name);

/** source_write_file: @name: with its folders; @len: -1: a text */
void source_write_file (const SourceFixture *fixture, const char *name, const char *content,
                        gssize len);

/** source_read: reads @path; what it met is added to that of before. */
void source_read (SourceFixture *fixture, const char *path);
/** source_read_piped: the same from standard input, which is a pipe. */
void source_read_piped (SourceFixture *fixture, const char *path);

typedef struct
{
  const char *path;
  ImpReason reason;
  const char *content; /* NULL: not looked at; "": none */
} SourceExpected;

void source_check_met (const SourceFixture *fixture, const SourceExpected *expected, guint n);
#define source_check(fixture, expected)                                                            \
  source_check_met (fixture, expected, G_N_ELEMENTS (expected))

/* ---- archives ---- */

/** source_begin_archive: the suffix of @path chooses its kind. */
struct archive *source_begin_archive (const char *path);
/** source_add: @type: AE_IFREG and so on; @link: (nullable) */
void source_add (struct archive *writer, const char *name, mode_t type, const char *content,
                 const char *link);
void source_add_bytes (struct archive *writer, const char *name, const void *bytes, gsize len);
/** source_add_file: what lies at @path. */
void source_add_file (struct archive *writer, const char *name, const char *path);
void source_end_archive (struct archive *writer);

G_END_DECLS
