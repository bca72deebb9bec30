/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FORMAT.md is all that somebody without this code has: it must not fall behind. */
#include <string.h>

#include "disc-format.h"
#include "disc-model.h"
#include "disc-sqlite.h"
#include "disc-statement.h"
#include "disc-writer.h"

#include "disc-fixture.h"

static char *
load_description (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOMOSHIBI_SOURCE_DIR"), "disc", "FORMAT.md",
                                            NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The rows "| number | name |..." between the heading and the next one. */
static GHashTable *
read_table (const char *description, const char *heading, const char *first_column)
{
  g_autofree char *table_head = g_strconcat ("| ", first_column, " |", NULL);
  GHashTable *rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const char *start = strstr (description, heading);
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (start);
  start = strstr (start, table_head);
  g_assert_nonnull (start);
  lines = g_strsplit (start, "\n", -1);
  for (guint i = 2; g_str_has_prefix (lines[i], "| "); i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i] + 2, " | ", -1);
      guint number = (guint) g_ascii_strtoull (cells[0], NULL, 10);

      g_assert_cmpuint (number, >, 0);
      g_assert_false (g_hash_table_contains (rows, GUINT_TO_POINTER (number)));
      g_hash_table_insert (rows, GUINT_TO_POINTER (number),
                           g_strndup (cells[1], strcspn (cells[1], " ")));
    }

  return rows;
}

static const char *
kind_name (guint number)
{
  return disc_kind_name ((DiscKind) number);
}

static const char *
status_name (guint number)
{
  return disc_status_name ((DiscStatus) number);
}

static const char *
field_name (guint number)
{
  return disc_field_name ((DiscField) number);
}

static const char *
source_format_name (guint number)
{
  return disc_source_format_name ((DiscSourceFormat) number);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *heading;
    const char *first_column;
    const char *(*name) (guint number);
  } tables[] = {
    { "### Kinds", "kind", kind_name },
    { "### Statuses", "status", status_name },
    { "### Fields", "field", field_name },
    { "### message", "format", source_format_name },
  };
  g_autofree char *description = load_description ();

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GHashTable) rows = read_table (description, tables[i].heading,
                                                tables[i].first_column);

      for (guint number = 1; number < 256; number++)
        g_assert_cmpstr (g_hash_table_lookup (rows, GUINT_TO_POINTER (number)), ==,
                         tables[i].name (number));
    }
}

#define FLAG(prefix, name) { prefix##name, #name }

static void
test_flags (void)
{
  static const struct
  {
    guint number;
    const char *name;
  } message_flags[] = {
    FLAG (DISC_MESSAGE_, DISPUTED),
    FLAG (DISC_MESSAGE_, TRUNCATED),
    FLAG (DISC_MESSAGE_, UNDECODABLE),
    FLAG (DISC_MESSAGE_, TEST),
    FLAG (DISC_MESSAGE_, NEWEST_LOST),
    FLAG (DISC_MESSAGE_, MAYBE_CANCELLED),
    FLAG (DISC_MESSAGE_, DEMOGRAPHICS_CONFLICT),
    FLAG (DISC_MESSAGE_, MAYBE_DUPLICATE),
    FLAG (DISC_MESSAGE_, OLD_LIST_ONLY),
    FLAG (DISC_MESSAGE_, TYPE_MISMATCH),
    FLAG (DISC_MESSAGE_, NOT_UNDERSTOOD),
  }, patient_flags[] = {
    FLAG (DISC_PATIENT_, NO_DEMOGRAPHICS),
    FLAG (DISC_PATIENT_, DEMOGRAPHICS_DELETED),
    FLAG (DISC_PATIENT_, DEMOGRAPHICS_CONFLICT),
    FLAG (DISC_PATIENT_, ALLERGY_LISTED),
    FLAG (DISC_PATIENT_, ALLERGY_NONE_STATED),
    FLAG (DISC_PATIENT_, DIED),
    FLAG (DISC_PATIENT_, LOST_CHARACTER),
    FLAG (DISC_PATIENT_, TEST),
    FLAG (DISC_PATIENT_, DISPUTED_ONLY),
  };
  g_autofree char *description = load_description ();
  g_autoptr (GHashTable) of_message = read_table (description, "### message", "flag");
  g_autoptr (GHashTable) of_patient = read_table (description, "### patient", "flag");

  g_assert_cmpuint (g_hash_table_size (of_message), ==, G_N_ELEMENTS (message_flags));
  for (gsize i = 0; i < G_N_ELEMENTS (message_flags); i++)
    g_assert_cmpstr (g_hash_table_lookup (of_message, GUINT_TO_POINTER (message_flags[i].number)),
                     ==, message_flags[i].name);
  g_assert_cmpuint (g_hash_table_size (of_patient), ==, G_N_ELEMENTS (patient_flags));
  for (gsize i = 0; i < G_N_ELEMENTS (patient_flags); i++)
    g_assert_cmpstr (g_hash_table_lookup (of_patient, GUINT_TO_POINTER (patient_flags[i].number)),
                     ==, patient_flags[i].name);
}

/* The part of the description under "### @table". */
static char *
section_of (const char *description, const char *table)
{
  g_autofree char *heading = g_strconcat ("\n### ", table, "\n", NULL);
  const char *start = strstr (description, heading);
  const char *end;

  if (start == NULL)
    return NULL;
  end = strstr (start + strlen (heading), "\n##");
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
}

/* Every column of every table is there, in the order of the table. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  static const char sql[] = "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info (m.name) "
                            "AS c WHERE m.type = 'table' AND m.sql LIKE 'CREATE TABLE %' "
                            "AND m.name NOT LIKE 'term\\_text%' ESCAPE '\\' "
                            "AND m.name NOT LIKE 'message\\_text%' ESCAPE '\\'";
  g_autofree char *description = load_description ();
  g_autofree char *path = g_build_filename (fixture->dir, "empty", NULL);
  g_autoptr (sqlite3) db = disc_sqlite_create (path, NULL);
  g_autoptr (DiscStatement) statement = NULL;
  guint n = 0;

  g_assert_nonnull (db);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (statement, 0);
      const char *column = (const char *) sqlite3_column_text (statement, 1);
      g_autofree char *section = section_of (description, table);
      g_autofree char *row = g_strdup_printf ("\n| `%s` |", column);

      if (section == NULL || strstr (section, row) == NULL)
        g_error ("FORMAT.md does not tell of %s.%s", table, column);
      n++;
    }

  g_assert_cmpuint (n, >, 50);
}

static void
test_constants (void)
{
  static const char *const words[] = {
    "Version 1.", "`TOMOSHIBI/records.sqlite`", "`TOMOSHIBI/UNSEALED.txt`", "16,384 bytes",
    "`54 4D 53 42`", "0x40000000", "200,000 items", "At most 16 MiB",
  };
  g_autofree char *description = load_description ();

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_nonnull (strstr (description, words[i]));

  /* What these words say is what the code does. */
  g_assert_cmpint (DISC_FORMAT_VERSION, ==, 1);
  g_assert_cmpstr (DISC_FOLDER "/" DISC_RECORDS_FILE, ==, "TOMOSHIBI/records.sqlite");
  g_assert_cmpstr (DISC_FOLDER "/" DISC_UNSEALED_FILE, ==, "TOMOSHIBI/UNSEALED.txt");
  g_assert_cmpint (DISC_PAGE_SIZE, ==, 16384);
  g_assert_cmphex (DISC_APPLICATION_ID, ==, 0x544d5342);
  g_assert_cmpint (DISC_RECORDS_MAX_ITEMS, ==, 200000);
  g_assert_cmpint (DISC_RECORDS_MAX_BYTES, ==, 16 << 20);
}

static void
add_message (DiscWriter *writer, const char *path, const char *disputed_ids, DiscRecordBuilder *builder)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .data_type = "OMP-01",
                          .path = path,
                          .disputed_ids = disputed_ids,
                          .source = "MSH|",
                          .source_len = 4 };
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (terms, (char *) "アム");
  if (disputed_ids != NULL)
    g_ptr_array_add (terms, (char *) "あ");
  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_writer_add_message (writer, &message, terms, NULL, &error);
  g_assert_no_error (error);
}

static void
make_disc (const char *dir)
{
  static const DiscInfo info = { .hospital = "ともしび病院", .as_of = "2025-05-10", .months = 13 };
  static const DiscPatient first = { .facility = "9999999999", .id = "0012", .name = "架空　花子" };
  static const DiscPatient second = { .facility = "9999999999", .id = "12", .name = "架空　太郎" };
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (dir, &info, &error);

  g_assert_no_error (error);
  disc_writer_begin_patient (writer, &first, &error);
  add_message (writer, "a", NULL, builder);
  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-04-10", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ", -1);
  disc_record_builder_add (builder, DISC_FIELD_DOSE, "1", -1);
  disc_record_builder_item (builder);
  disc_record_builder_begin (builder, DISC_KIND_UNKNOWN, DISC_STATUS_DELETED, FALSE);
  add_message (writer, "b", NULL, builder);
  disc_writer_begin_patient (writer, &second, &error);
  disc_writer_begin_disputed (writer, "9999999999", &error);
  add_message (writer, "c", "12\n34", builder);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

/* A reader made from the description alone sees what was written. */
static void
test_second_reader (Fixture *fixture, gconstpointer data)
{
  static const char expected[] =
      "hospital ともしび病院\n"
      "months 13\n"
      "n_patients 2\n"
      "n_messages 3\n"
      "patient 9999999999 0012 架空　花子\n"
      "  1.0 OMP-01 a 4\n"
      "  1.1 OMP-01 b 4\n"
      "    kind 4 status 1 live 16=2025-04-10\n"
      "      76=アムロジピン錠５ｍｇ 77=1\n"
      "      \n"
      "    kind 26 status 6 dead \n"
      "patient 9999999999 12 架空　太郎\n"
      "  disputed:\n"
      "  40000000.0 OMP-01 c 4\n"
      "    kind 4 status 1 live 16=2025-04-10\n"
      "      76=アムロジピン錠５ｍｇ 77=1\n"
      "      \n"
      "    kind 26 status 6 dead \n"
      "term あ: 40000000.0\n"
      "term アム: 1.0 1.1 40000000.0\n";
  g_autofree char *script = g_build_filename (g_getenv ("TOMOSHIBI_SOURCE_DIR"), "tests", "disc",
                                              "second-reader.py", NULL);
  const char *const argv[] = { "python3", "-X", "utf8", script, fixture->disc, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  make_disc (fixture->disc);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_cmpstr (output, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/format/numbers", test_numbers);
  g_test_add_func ("/disc/format/flags", test_flags);
  g_test_add_func ("/disc/format/constants", test_constants);
  fixture_add ("/disc/format/columns", test_columns);
  fixture_add ("/disc/format/second-reader", test_second_reader);
  return g_test_run ();
}
