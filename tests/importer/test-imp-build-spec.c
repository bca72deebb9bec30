/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of SS-MIX2 spec 8 and 10 that concern files, names and grouping, through the whole program.
 */
#include "config.h"

#include <string.h>

#include "build-fixture.h"

#define ID "0123456789"
#define RX(order, flag) ID "_20260410_OMP-01_" order "_20260410101502345_01_" flag
#define RX_REST                                                                                    \
  "PV1|0001|O|01^^^^^C\r"                                                                          \
  "ORC|NW|000000260410001||1|||||20260410101400|||D0012^佐藤^次郎^^^^^^^L^^^^^I\r"                 \
  "RXE||620001^アムロジピン錠５ｍｇ^HOT9|1||TAB^錠^MR9P|||||7|TAB^錠^MR9P\r"                       \
  "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||7^D|20260410"

static void
put_rx (BuildFixture *fixture, const char *root, const char *name, const char *pid)
{
  g_autofree char *message = build_fixture_message ("RDE^O11^RDE_O11", pid, "19520304", RX_REST);

  build_fixture_put (fixture, root, name, message);
}

static gboolean
is_live (const cJSON *record)
{
  return cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "live"));
}

static void
finish (BuildFixture *fixture)
{
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);
}

static const cJSON *
report_root (BuildFixture *fixture, cJSON **report, const char *path)
{
  const char *const argv[] = { "report", fixture->disc, "--json", NULL };
  g_autofree char *json = NULL;
  const cJSON *root;

  g_assert_cmpint (build_fixture_run (argv, &json, NULL), ==, 0);
  *report = cJSON_Parse (json);
  g_assert_nonnull (*report);
  cJSON_ArrayForEach (root, cJSON_GetObjectItemCaseSensitive (*report, "roots"))
    if (g_strcmp0 (build_text (root, "root"), path) == 0)
      return root;
  return NULL;
}

/* A copy that stopped in the middle of 食後 : two bytes to a character, none of them half, and still
 * the file goes on somewhere else. */
static void
test_cut_in_run (BuildFixture *fixture, gconstpointer data)
{
  static const char rx[] =
      "MSH|^~\\&|HIS|X|GW|X|20260410101502.345||RDE^O11^RDE_O11|1|P|2.5||||||~ISO IR87\r"
      "PID|0001||" ID "^^^^PI||A^B\r"
      "ORC|NW|000000260410001||1|||||20260410101400\r"
      "RXE||620001^X^HOT9|1||TAB^T^MR9P|||||7|TAB^T^MR9P\r"
      "TQ1|1||1013044400000000&\033$B?)";
  const cJSON *record, *marks;

  build_fixture_put (fixture, "", RX ("000000260410001", "1"), rx);
  finish (fixture);
  record = build_fixture_record (fixture, RX ("000000260410001", "1"));
  g_assert_true (is_live (record));
  marks = cJSON_GetObjectItemCaseSensitive (record, "marks");
  g_assert_cmpstr (cJSON_GetStringValue (cJSON_GetArrayItem (marks, 0)), ==, "truncated");
  g_assert_nonnull (build_fixture_finding (fixture, "truncated"));
}

/* A superseded prescription is found by its words, and says that it is superseded. */
static void
test_search_says_dead (BuildFixture *fixture, gconstpointer data)
{
  const char *const search[] = { "search", fixture->disc, "アムロジピン", NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;

  put_rx (fixture, "", RX ("000000260410001", "2"), ID);
  put_rx (fixture, "", ID "_20260410_OMP-01_000000260410001_20260410111502345_01_1", ID);
  build_fixture_build (fixture, NULL);
  g_assert_cmpint (build_fixture_run (search, &out, NULL), ==, 0);

  lines = g_strsplit (g_strchomp (out), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (strstr (lines[i], g_str_has_suffix (g_strchomp (lines[i]), "_2")
                                            ? "\tprescription\tnot live: superseded\t"
                                            : "\tprescription\tactive\t"));
}

/* A garbage file with a valid name, and a file in the folder of another type. */
static void
test_garbage (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = build_fixture_message ("RDE^O11^RDE_O11", ID, "19520304", RX_REST);
  const cJSON *finding;

  build_fixture_put (fixture, "", ID "_20260411_OMP-11_000000260411001_20260411101502345_01_1",
                     "\xfb\xfc");
  build_fixture_write (fixture, "012/345/" ID "/20260410/ADT-31/" RX ("000000260410001", "1"),
                       message, -1);
  finish (fixture);

  finding = build_fixture_finding (fixture, "unreadable");
  g_assert_nonnull (finding);
  g_assert_cmpstr (build_text (finding, "patient"), ==, ID);
  g_assert_true (g_str_has_suffix (build_text (finding, "path"), "_20260411101502345_01_1"));
  g_assert_nonnull (build_fixture_finding (fixture, "type-mismatch"));
  g_assert_cmpstr (build_text (build_fixture_record (fixture, RX ("000000260410001", "1")), "kind"),
                   ==, "prescription");
}

/* The newest time of sending of each type stands in the report. */
static void
test_newest (BuildFixture *fixture, gconstpointer data)
{
  cJSON *report = NULL;
  const cJSON *root, *types;

  put_rx (fixture, "", ID "_20260409_OMP-01_000000260409001_20260409080000000_01_1", ID);
  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  /* a clock that is wrong must not make old data look new */
  put_rx (fixture, "", ID "_20260408_OMP-01_000000260408001_29991231235959000_01_1", ID);
  finish (fixture);

  root = report_root (fixture, &report, "");
  types = cJSON_GetObjectItemCaseSensitive (root, "types");
  g_assert_cmpstr (build_text (cJSON_GetObjectItemCaseSensitive (types, "OMP-01"), "newest_sent"),
                   ==, "2026-04-10T10:15:02.345");
  g_assert_cmpint (build_number (root, "messages_sent_in_the_future"), ==, 1);
  cJSON_Delete (report);
}

/* The same order re-exported under another number: both stay. */
static void
test_exported_again (BuildFixture *fixture, gconstpointer data)
{
  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  put_rx (fixture, "", RX ("NEW000260410001", "1"), ID);
  finish (fixture);

  g_assert_true (is_live (build_fixture_record (fixture, RX ("000000260410001", "1"))));
  g_assert_true (is_live (build_fixture_record (fixture, RX ("NEW000260410001", "1"))));
}

/* Ids are strings: neither leading zeros nor a name join two of them. */
static void
test_ids (BuildFixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "0001234", "1234", "01234", "0001234X" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%s_20260410_OMP-01_000000260410001_20260410101502345_01_1", ids[i]);

      put_rx (fixture, "", name, ids[i]);
    }
  finish (fixture);

  g_assert_cmpuint (build_fixture_count (fixture, "patient"), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint n = 0;
      const cJSON *record;

      for (guint j = 0; (record = build_fixture_line (fixture, "record", j)) != NULL; j++)
        n += strcmp (build_text (record, "patient"), ids[i]) == 0 ? 1 : 0;
      g_assert_cmpuint (n, ==, 1);
    }
}

/* Only flag 1 is live, and the flag is a character, not a number. */
static void
test_flags (BuildFixture *fixture, gconstpointer data)
{
  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  put_rx (fixture, "", RX ("000000260410002", "0"), ID);
  put_rx (fixture, "", RX ("000000260410003", "2"), ID);
  finish (fixture);

  g_assert_true (is_live (build_fixture_record (fixture, RX ("000000260410001", "1"))));
  g_assert_false (is_live (build_fixture_record (fixture, RX ("000000260410002", "0"))));
  g_assert_cmpstr (build_text (build_fixture_record (fixture, RX ("000000260410002", "0")),
                               "status"), ==, "deleted");
  g_assert_false (is_live (build_fixture_record (fixture, RX ("000000260410003", "2"))));
  g_assert_cmpstr (build_text (build_fixture_record (fixture, RX ("000000260410003", "2")),
                               "status"), ==, "superseded");
}

/* A name without a flag: kept, told, never live. */
static void
test_no_flag (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = build_fixture_message ("RDE^O11^RDE_O11", ID, "19520304", RX_REST);
  const cJSON *record;

  build_fixture_write (fixture, "012/345/" ID "/20260410/OMP-01/" RX ("000000260410001", "3"),
                       message, -1);
  finish (fixture);

  record = build_fixture_record (fixture, RX ("000000260410001", "3"));
  g_assert_nonnull (record);
  g_assert_false (is_live (record));
  g_assert_cmpstr (build_text (record, "status"), ==, "unknown");
  g_assert_cmpstr (build_text (record, "patient"), ==, ID);
  g_assert_nonnull (build_fixture_finding (fixture, "not-understood"));
}

/* Fields that a storage never fills are told before the day they are looked for. */
static void
test_absent_fields (BuildFixture *fixture, gconstpointer data)
{
  cJSON *report = NULL;
  const cJSON *field;
  gboolean dose = FALSE;
  gboolean usage_code = FALSE;
  g_autofree char *bare = build_fixture_message (
      "RDE^O11^RDE_O11", ID, "19520304",
      "ORC|NW|000000260410001||1\rRXE||620001^アムロジピン錠５ｍｇ^HOT9||||||||7|TAB^錠^MR9P");

  build_fixture_put (fixture, "", RX ("000000260410001", "1"), bare);
  finish (fixture);
  report_root (fixture, &report, "");
  cJSON_ArrayForEach (field, cJSON_GetObjectItemCaseSensitive (report, "fields_that_never_occur"))
    {
      dose |= strcmp (field->valuestring, "prescription.dose") == 0;
      usage_code |= strcmp (field->valuestring, "prescription.usage_code") == 0;
      g_assert_cmpstr (field->valuestring, !=, "prescription.total");
      g_assert_false (g_str_has_prefix (field->valuestring, "lab.")); /* no results at all */
    }
  g_assert_true (dose);
  g_assert_true (usage_code);
  cJSON_Delete (report);
}

/* A reception that calls itself an admission admits nobody. */
static void
test_reception (BuildFixture *fixture, gconstpointer data)
{
  static const char name[] = ID "_20260410_ADT-12_999999999999999_20260410101502345_01_1";
  g_autofree char *message = build_fixture_message (
      "ADT^A01^ADT_A01", ID, "19520304",
      "EVN||20260410101500\rPV1|0001|O|01^^^^^C||||D0012^佐藤^次郎^^^^^^^L^^^^^I||||||||||||||||||||"
      "|||||||||||||||||20260410100000");
  const cJSON *patient, *place;

  build_fixture_put (fixture, "", name, message);
  finish (fixture);
  patient = build_fixture_line (fixture, "patient", 0);
  place = cJSON_GetObjectItemCaseSensitive (patient, "place");

  g_assert_cmpstr (build_text (place, "state"), ==, "out");
  g_assert_null (build_text (place, "ward"));
  g_assert_cmpstr (build_text (build_fixture_record (fixture, name), "status"), ==, "unknown");
  g_assert_nonnull (build_fixture_finding (fixture, "type-mismatch"));
}

/* A ward is never shown without the time of the message that says so. */
static void
test_ward (BuildFixture *fixture, gconstpointer data)
{
  static const char in[] = ID "_20240401_ADT-22_999999999999999_20240401101502345_01_1";
  static const char moved[] = ID "_20240403_ADT-42_999999999999999_20240403101502345_01_1";
  g_autofree char *admission = build_fixture_message (
      "ADT^A01^ADT_A01", ID, "19520304",
      "EVN||20240401101500||||20240401100000\rPV1|0001|I|5E^512^3^^^N||||D0034^鈴木^三郎^^^^^^^L^^^^^I"
      "|||10|||||||||||||||||||||||||||||||||20240401100000");
  g_autofree char *move = build_fixture_message (
      "ADT^A02^ADT_A02", ID, "19520304",
      "EVN||20240403101500||||20240403100000\r"
      "PV1|0001|I|6W^601^1^^^N|||5E^512^3^^^N|D0034^鈴木^三郎^^^^^^^L^^^^^I|||10");
  const cJSON *place;

  /* two years before the window: still in hospital */
  build_fixture_put (fixture, "", in, admission);
  build_fixture_put (fixture, "", moved, move);
  finish (fixture);
  place = cJSON_GetObjectItemCaseSensitive (build_fixture_line (fixture, "patient", 0), "place");

  g_assert_cmpstr (build_text (place, "state"), ==, "in");
  g_assert_cmpstr (build_text (place, "ward"), ==, "6W");
  g_assert_cmpstr (build_text (place, "room"), ==, "601");
  g_assert_cmpstr (build_text (place, "bed"), ==, "1");
  g_assert_cmpstr (build_text (place, "at"), ==, "2024-04-03T10:00:00");
  g_assert_nonnull (build_fixture_record (fixture, in));
  g_assert_nonnull (build_fixture_record (fixture, moved));
}

/* Allergies come from every place they may stand in, also from long before the window. */
static void
test_allergy_places (BuildFixture *fixture, gconstpointer data)
{
  static const char list[] = ID "_-_ADT-61_999999999999999_20190312101502345_-_1";
  static const char basics[] = ID "_-_ADT-00_999999999999999_20190312101502345_-_1";
  g_autofree char *iam = build_fixture_message (
      "ADT^A60^ADT_A60", ID, "19520304",
      "EVN||20190312101500\rIAM|1|DA^薬剤アレルギー^HL70127|199900011^セファゾリン注射用１ｇ^HOT9|SV^重度^HL70128"
      "|アナフィラキシー|A^追加^HL70323");
  g_autofree char *al1 = build_fixture_message (
      "ADT^A08^ADT_A01", ID, "19520304",
      "EVN||20190312101500\rPV1|0001|O|01^^^^^C\rAL1|1|FA^食物アレルギー^HL70127|^ソバ^99ALG");
  guint n = 0;
  const cJSON *record;

  build_fixture_put (fixture, "", list, iam);
  build_fixture_put (fixture, "basics/", basics, al1);
  finish (fixture);

  for (guint i = 0; (record = build_fixture_line (fixture, "record", i)) != NULL; i++)
    n += strcmp (build_text (record, "kind"), "allergy") == 0 && is_live (record) ? 1 : 0;
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (build_text (build_fixture_line (fixture, "patient", 0), "allergies"), ==,
                   "listed");
}

/* No file is not "no allergy". */
static void
test_allergy_not_recorded (BuildFixture *fixture, gconstpointer data)
{
  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  finish (fixture);
  g_assert_cmpstr (build_text (build_fixture_line (fixture, "patient", 0), "allergies"), ==,
                   "not-recorded");
}

/* What is missing is told: by counts, by findings, by the report for people. */
static void
test_partial (BuildFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "report", fixture->disc, NULL };
  g_autofree char *text = NULL;

  put_rx (fixture, "", RX ("000000260410001", "2"), ID); /* only the old version is left */
  build_fixture_put (fixture, "", RX ("000000260410002", "1"), "");
  finish (fixture);

  g_assert_nonnull (build_fixture_finding (fixture, "missing-file"));
  g_assert_nonnull (build_fixture_finding (fixture, "unreadable"));
  g_assert_nonnull (build_fixture_finding (fixture, "stale"));
  g_assert_cmpint (build_fixture_run (argv, &text, NULL), ==, 0);
  g_assert_nonnull (strstr (text, "missing-file"));
  g_assert_nonnull (strstr (text, "refused"));
  g_assert_nonnull (strstr (text, "2026-04-10T10:15:02.345"));
}

/* Names of files must not steer the terminal of whoever reads the report. */
static void
test_hostile_name (BuildFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "report", fixture->disc, NULL };
  g_autofree char *text = NULL;

  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  build_fixture_write (fixture, "root\033[2J\n/012/345/" ID "/20260410/OMP-01/x", "MSH|x", -1);
  finish (fixture);
  g_assert_cmpint (build_fixture_run (argv, &text, NULL), ==, 0);
  g_assert_null (strchr (text, '\033'));
}

static void
check_fates (const cJSON *counts)
{
  g_assert_cmpint (build_number (counts, "messages"), ==,
                   build_number (counts, "messages_on_disc") +
                       build_number (counts, "messages_outside_window") +
                       build_number (counts, "messages_identical") +
                       build_number (counts, "messages_beyond_ceiling"));
  g_assert_cmpint (build_number (counts, "files"), ==,
                   build_number (counts, "files_read") + build_number (counts, "files_refused") +
                       build_number (counts, "files_ignored"));
}

/* A message that nothing gives an id to is kept apart, and every message has a fate. */
static void
test_nobodys (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *nobodys = build_fixture_message ("RDE^O11^RDE_O11", "", "19520304", RX_REST);
  g_autofree char *other = build_fixture_message ("RDE^O11^RDE_O11", "777", "19520304", RX_REST);
  g_autofree char *old = build_fixture_message ("OUL^R22", ID, "19520304", "PV1|0001|O");
  const cJSON *record, *finding, *counts;
  guint n = 0;

  put_rx (fixture, "", RX ("000000260410001", "1"), ID);
  put_rx (fixture, "copy/", RX ("000000260410001", "1"), ID);
  put_rx (fixture, "", RX ("000000260410002", "1"), "777");
  build_fixture_put (fixture, "", ID "_20200410_OML-11_000000200410001_20200410101502345_01_1",
                     old);
  build_fixture_write (fixture, "stray/order.hl7", nobodys, -1);
  build_fixture_write (fixture, "stray/other.hl7", other, -1);
  build_fixture_write (fixture, "stray/README.txt", "not a message", -1);
  finish (fixture);

  record = build_fixture_record (fixture, "stray/order.hl7");
  g_assert_nonnull (record);
  g_assert_null (build_text (record, "patient"));
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "disputed")));
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (record, "disputed_ids")),
                   ==, 0);
  g_assert_false (is_live (record));

  for (guint i = 0; (finding = build_fixture_line (fixture, "finding", i)) != NULL; i++)
    if (g_strcmp0 (build_text (finding, "code"), "no-patient") == 0)
      {
        g_assert_cmpstr (build_text (finding, "severity"), ==, "error");
        g_assert_cmpstr (build_text (finding, "path"), ==, "stray/order.hl7");
        g_assert_null (strstr (build_text (finding, "detail"), "is taken"));
        n++;
      }
  g_assert_cmpuint (n, ==, 1);

  counts = build_fixture_line (fixture, "counts", 0);
  check_fates (counts);
  g_assert_cmpint (build_number (counts, "messages"), ==, 6);
  g_assert_cmpint (build_number (counts, "messages_on_disc"), ==, 4);
  g_assert_cmpint (build_number (counts, "messages_outside_window"), ==, 1);
  g_assert_cmpint (build_number (counts, "messages_identical"), ==, 1);
  g_assert_cmpint (build_number (counts, "messages_disputed"), ==, 2);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, BuildFixture, NULL, build_fixture_set_up, func, build_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  ADD ("/importer/build/search-says-dead", test_search_says_dead);
  ADD ("/importer/spec8/20-cut-in-a-run", test_cut_in_run);
  ADD ("/importer/spec8/02-other-folder-and-garbage", test_garbage);
  ADD ("/importer/spec8/14-data-as-of-per-type", test_newest);
  ADD ("/importer/spec8/24-exported-again", test_exported_again);
  ADD ("/importer/spec8/25-renumbered-ids-stay-apart", test_ids);
  ADD ("/importer/spec8/26-flag-is-a-character", test_flags);
  ADD ("/importer/spec8/28-report-of-each-import", test_partial);
  ADD ("/importer/spec8/31-reception-admits-nobody", test_reception);
  ADD ("/importer/spec8/35-fields-that-never-occur", test_absent_fields);
  ADD ("/importer/spec10/flag-ignored", test_flags);
  ADD ("/importer/spec10/flag-missing", test_no_flag);
  ADD ("/importer/spec10/reception-believed", test_reception);
  ADD ("/importer/spec10/ids-as-numbers", test_ids);
  ADD ("/importer/spec10/allergy-from-one-place", test_allergy_places);
  ADD ("/importer/spec10/no-allergy-inferred", test_allergy_not_recorded);
  ADD ("/importer/spec10/old-movement-as-present-ward", test_ward);
  ADD ("/importer/spec10/partial-import-as-complete", test_partial);
  ADD ("/importer/spec8/01-nobodys-message", test_nobodys);
  ADD ("/importer/report/hostile-name", test_hostile_name);
  return g_test_run ();
}
