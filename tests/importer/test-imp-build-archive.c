/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Archives in a backup, through the whole program: what is in them stands on the disc with its
 * place, what could not be read stands in the report with its place, and counts add up.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "build-fixture.h"
#include "source-fixture.h"

#define HOSPITAL "1312345670"
#define ID "0123456789"
#define OTHER_ID "0987654321"
#define RX(id) id "_20260410_OMP-01_000000260410001_20260410101502345_01_1"
#define PATH(id, a, b) a "/" b "/" id "/20260410/OMP-01/" RX (id)
#define RX_REST                                                                                    \
  "ORC|NW|000000260410001||1|||||20260410101400\r"                                                 \
  "RXE||620001^アムロジピン錠５ｍｇ^HOT9|1||TAB^錠^MR9P|||||7|TAB^錠^MR9P\r"           \
  "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||7^D|20260410"

static char *
place (const BuildFixture *fixture, const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

/* A zip of another patient, in it a tar that is cut within its second member. */
static void
write_zip (BuildFixture *fixture, const char *zip)
{
  g_autofree char *message =
      build_fixture_message ("RDE^O11^RDE_O11", OTHER_ID, "19600102", RX_REST);
  g_autofree char *tar = place (fixture, "cut.tar");
  struct archive *writer = source_begin_archive (tar);

  source_add (writer, PATH (OTHER_ID, "098", "765"), AE_IFREG, message, NULL);
  source_add (writer, "second", AE_IFREG, message, NULL);
  source_end_archive (writer);
  g_assert_cmpint (truncate (tar, 512 + ((off_t) strlen (message) + 511) / 512 * 512 + 600), ==, 0);

  writer = source_begin_archive (zip);
  source_add (writer, "notes.txt", AE_IFREG, "nothing", NULL);
  source_add_file (writer, "old/cut.tar", tar);
  source_end_archive (writer);
}

static const cJSON *
finding_at (BuildFixture *fixture, const char *path)
{
  const cJSON *finding;

  for (guint i = 0; (finding = build_fixture_line (fixture, "finding", i)) != NULL; i++)
    if (g_strcmp0 (build_text (finding, "path"), path) == 0)
      return finding;
  return NULL;
}

static void
test_archives (BuildFixture *fixture, gconstpointer data)
{
#define ZIP HOSPITAL "/night.bak"
  g_autofree char *message = build_fixture_message ("RDE^O11^RDE_O11", ID, "19520304", RX_REST);
  g_autofree char *made = place (fixture, "night.zip");
  g_autofree char *zip = g_build_filename (fixture->storage, ZIP, NULL);
  const cJSON *record, *finding, *counts, *source;

  build_fixture_put (fixture, HOSPITAL "/", RX (ID), message);
  write_zip (fixture, made);
  g_assert_cmpint (g_rename (made, zip), ==, 0);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);

  record = build_fixture_record (fixture, PATH (OTHER_ID, "098", "765"));
  g_assert_nonnull (record);
  source = cJSON_GetObjectItemCaseSensitive (record, "source");
  g_assert_cmpstr (build_text (source, "path"), ==,
                   ZIP "!old/cut.tar!" PATH (OTHER_ID, "098", "765"));
  g_assert_cmpstr (build_text (record, "patient"), ==, OTHER_ID);
  /* The folder around the archive says which hospital's it is. */
  g_assert_cmpuint (build_fixture_count (fixture, "patient"), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (build_text (build_fixture_line (fixture, "patient", i), "facility"), ==,
                     HOSPITAL);

  finding = finding_at (fixture, ZIP "!old/cut.tar");
  g_assert_nonnull (finding);
  g_assert_cmpstr (build_text (finding, "code"), ==, "unreadable");
  g_assert_nonnull (strstr (build_text (finding, "detail"), "ends early"));
  counts = build_fixture_line (fixture, "counts", 0);
  g_assert_cmpint (build_number (counts, "files"), ==, 5);
  g_assert_cmpint (build_number (counts, "files_read"), ==, 2);
  g_assert_cmpint (build_number (counts, "files_refused"), ==, 3); /* text, second, the tar */
#undef ZIP
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  g_test_add ("/importer/build/archives", BuildFixture, NULL, build_fixture_set_up, test_archives,
              build_fixture_tear_down);
  return g_test_run ();
}
