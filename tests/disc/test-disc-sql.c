/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement of disc/sql against the tables it is for: none may walk through a big table. */
#include <string.h>

#include <gio/gio.h>

#include "disc-resources.h"
#include "disc-sqlite.h"
#include "disc-statement.h"

#include "disc-fixture.h"

#define SQL_FOLDER "/jp/tomoshibi/disc/sql/"

/* The scans that are meant. */
static const struct
{
  const char *name;
  const char *detail;
} meant[] = {
  { "findings.sql", "SCAN finding" },              /* the list of all of them */
  { "freshness.sql", "SCAN freshness" },           /* a few dozen rows */
  { "count-lists.sql", "SCAN list_name" },         /* all pages, to learn whether they can be read */
  { "count-lists.sql", "SCAN stay" },
  { "count-lists.sql", "SCAN visit" },
  { "count-lists.sql", "SCAN doctor_patient" },
  { "list-names.sql", "SCAN list_name" },          /* wards, departments, doctors of a hospital */
  { "schema-foreign-objects.sql", "SCAN sqlite_schema" },
  { "messages-disputed-by-id.sql", "SCAN l" },     /* the links of one id */
  { "patients.sql", "SEARCH patient USING INTEGER PRIMARY KEY (rowid>?)" },
  { "disputed-all-rids.sql", "SCAN disputed_link" }, /* all of them, of a damaged disc */
  { "report-part.sql", "SCAN t VIRTUAL TABLE INDEX 3:" }, /* the values of one report */
  { "volumes.sql", "SCAN main.volume" },           /* at most 98 rows */
  { "volumes.sql", "SCAN volume" },
};

/* Scripts of the writer: they make the tables, or go through all of them once on purpose. */
static const char *const scripts[] = { "schema.sql", "build-begin.sql", "build-finish-search.sql",
                                       "build-finish.sql", "split-core-search.sql",
                                       "split-core.sql", NULL };

static gboolean
is_meant (const char *name, const char *detail)
{
  /* A search in a full-text index: behind the colon stands what is looked up in it. */
  const char *index = strstr (detail, "VIRTUAL TABLE INDEX ");

  if (index != NULL && strchr (index, ':') != NULL && strchr (index, ':')[1] != '\0')
    return TRUE;
  if (g_str_equal (detail, "SCAN CONSTANT ROW"))
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    if (g_str_equal (meant[i].name, name) && g_str_equal (meant[i].detail, detail))
      return TRUE;

  return FALSE;
}

static guint
check_plan (sqlite3 *db, const char *name, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (DiscStatement) statement = NULL;
  const char *rest = NULL;
  guint n_bad = 0;

  if (sqlite3_prepare_v2 (db, explain, -1, &statement, &rest) != SQLITE_OK)
    g_error ("%s: %s", name, sqlite3_errmsg (db));
  g_strchug ((char *) rest);
  g_assert_cmpstr (rest, ==, ""); /* one statement a file */

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (statement, 3);

      if (g_str_has_prefix (detail, "SCAN") && !is_meant (name, detail))
        {
          g_test_message ("%s: %s", name, detail);
          n_bad++;
        }
    }

  return n_bad;
}

static char *
load_sql (const char *name)
{
  g_autofree char *path = g_strconcat (SQL_FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (disc_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static sqlite3 *
open_as_writer (Fixture *fixture)
{
  g_autofree char *main_path = g_build_filename (fixture->dir, "main", NULL);
  g_autofree char *build_path = g_build_filename (fixture->dir, "build", NULL);
  g_autofree char *whole_path = g_build_filename (fixture->dir, "whole", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = disc_sqlite_create (build_path, &error);

  g_assert_no_error (error);
  sqlite3_close (db);
  db = disc_sqlite_create (whole_path, &error);
  g_assert_no_error (error);
  sqlite3_close (db);
  db = disc_sqlite_create (main_path, &error);
  g_assert_no_error (error);
  g_assert_true (disc_sqlite_attach (db, build_path, "build", &error));
  g_assert_true (disc_sqlite_attach (db, whole_path, "whole", &error));
  return db;
}

static void
test_plans (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = g_resource_enumerate_children (disc_get_resource (), SQL_FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (sqlite3) db = open_as_writer (fixture);
  guint n_checked = 0;
  guint n_bad = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql = NULL;

      if (g_strv_contains (scripts, names[i]))
        continue;
      sql = load_sql (names[i]);
      n_bad += check_plan (db, names[i], sql);
      n_checked++;
    }

  g_assert_cmpuint (n_checked, >, 15);
  g_assert_cmpuint (n_bad, ==, 0);
}

/* The check itself: it must see a scan. */
static void
test_scan_is_seen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (sqlite3) db = open_as_writer (fixture);

  g_assert_cmpuint (check_plan (db, "x.sql", "SELECT rid FROM message WHERE path = ?1;"), ==, 1);
  g_assert_cmpuint (check_plan (db, "x.sql", "SELECT rid FROM message WHERE rid = ?1;"), ==, 0);
  g_assert_cmpuint (check_plan (db, "x.sql", "SELECT rowid FROM message_text"), ==, 1);
  g_assert_cmpuint (check_plan (db, "x.sql",
                                "SELECT rowid FROM message_text WHERE message_text MATCH ?1"),
                    ==, 0);
}

/* Each file says who may copy it, and what goes in and comes out. */
static void
test_comments (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = g_resource_enumerate_children (disc_get_resource (), SQL_FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql = load_sql (names[i]);
      g_auto (GStrv) lines = g_strsplit (sql, "\n", 3);

      g_assert_true (g_str_has_prefix (lines[0], "-- SPDX-License-Identifier:"));
      g_assert_true (g_str_has_prefix (lines[1], "-- "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/sql/plans", test_plans);
  fixture_add ("/disc/sql/scan-is-seen", test_scan_is_seen);
  fixture_add ("/disc/sql/comments", test_comments);
  return g_test_run ();
}
