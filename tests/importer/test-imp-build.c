/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build-fixture.h"

#define RX_NAME "0123456789_20260410_OMP-01_000000260410001_20260410101502345_01_1"
#define BASICS_NAME "0123456789_-_ADT-00_999999999999999_20260410101502345_-_1"

#define RX_REST                                                                                    \
  "PV1|0001|O|01^^^^^C\r"                                                                          \
  "ORC|NW|000000260410001||000000260410001_01|||||20260410101400|||D0012^佐藤^次郎^^^^^^^L^^^^^I"   \
  "|||||01^内科^HL70069\r"                                                                         \
  "RXE||620001^アムロジピン錠５ｍｇ^HOT9|1||TAB^錠^MR9P|||||7|TAB^錠^MR9P||||||||1&錠\r"           \
  "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||7^D|20260410"

static char *
rx (const char *pid)
{
  return build_fixture_message ("RDE^O11^RDE_O11", pid, "19520304", RX_REST);
}

static char *
basics (const char *pid, const char *birth)
{
  return build_fixture_message ("ADT^A08^ADT_A01", pid, birth,
                                "EVN||20260410093010\rPV1|0001|O|01^^^^^C");
}

/* A small storage with something of everything. */
static void
write_storage (BuildFixture *fixture)
{
  g_autofree char *good = rx ("0123456789");
  g_autofree char *other = rx ("0000000777");
  g_autofree char *adt = basics ("0123456789", "19520304");
  g_autofree char *link = g_build_filename (fixture->storage, "link", NULL);

  build_fixture_put (fixture, "", BASICS_NAME, adt);
  build_fixture_put (fixture, "", RX_NAME, good);
  build_fixture_put (fixture, "",
                     "0123456789_20260410_OMP-01_000000260410002_20260410101502345_01_0", good);
  build_fixture_put (fixture, "",
                     "0123456789_20260410_OMP-01_000000260410003_20260410101502345_01_1", other);
  /* before the window of thirteen months up to 2026-05-01 */
  build_fixture_put (fixture, "",
                     "0123456789_20250331_OML-11_000000250331001_20250331101502345_01_1",
                     "MSH|^~\\&|HIS|HOSP|GW|RCV|20250331101502||OUL^R22|1|P|2.5\r"
                     "PID|0001||0123456789\r");
  build_fixture_put (fixture, "",
                     "0123456789_20260411_OMP-11_000000260411001_20260411101502345_01_1", "\xfb\xfc");
  build_fixture_put (fixture, "",
                     "0123456789_20260412_OMP-11_000000260412001_20260412101502345_01_1", "");
  build_fixture_write (fixture, "README.txt", "not a message", -1);
  build_fixture_write (fixture, "Thumbs.db", "x", -1);
  build_fixture_write (fixture, "2026/TR_20260410101502345_00001.DAT", good, -1);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
}

static int
number_in (const cJSON *object, const char *table, const char *key)
{
  return build_number (cJSON_GetObjectItemCaseSensitive (object, table), key);
}

/* ---- what is on the disc -------------------------------------------------------------------- */

static void
test_counts (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *report = g_build_filename (fixture->dir, "gone", NULL);
  const char *const options[] = { "--report", report, "--hospital", "見本病院", NULL };
  const char *const print[] = { "report", fixture->disc, "--json", NULL };
  g_autofree char *written = NULL;
  g_autofree char *carried = NULL;
  const cJSON *counts;

  write_storage (fixture);
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  counts = build_fixture_line (fixture, "counts", 0);

  g_assert_cmpint (build_number (counts, "files"), ==, 11);
  g_assert_cmpint (build_number (counts, "files_read"), ==, 5);
  g_assert_cmpint (build_number (counts, "files_refused"), ==, 4);
  g_assert_cmpint (build_number (counts, "files_ignored"), ==, 2);
  g_assert_cmpint (number_in (counts, "refused", "empty"), ==, 1);
  g_assert_cmpint (number_in (counts, "refused", "not-a-message"), ==, 2);
  g_assert_cmpint (number_in (counts, "refused", "link-outside"), ==, 1);
  g_assert_cmpint (number_in (counts, "ignored", "transaction-storage"), ==, 1);
  g_assert_cmpint (number_in (counts, "ignored", "system-file"), ==, 1);
  g_assert_cmpint (build_number (counts, "messages"), ==, 5);
  g_assert_cmpint (build_number (counts, "messages_on_disc"), ==, 4);
  g_assert_cmpint (build_number (counts, "messages_outside_window"), ==, 1);
  g_assert_cmpint (build_number (counts, "messages_disputed"), ==, 1);
  g_assert_cmpint (build_number (counts, "records"), ==,
                   (int) build_fixture_count (fixture, "record"));
  g_assert_cmpint (build_number (counts, "findings"), ==,
                   (int) build_fixture_count (fixture, "finding"));
  g_assert_cmpint (build_number (counts, "patients"), ==,
                   (int) build_fixture_count (fixture, "patient"));
  g_assert_nonnull (build_fixture_finding (fixture, "outside-window"));
  g_assert_nonnull (build_fixture_finding (fixture, "ignored"));
  g_assert_cmpstr (build_text (build_fixture_line (fixture, "disc", 0), "hospital"), ==, "見本病院");

  g_assert_true (g_file_get_contents (report, &written, NULL, NULL));
  g_assert_cmpint (build_fixture_run (print, &carried, NULL), ==, 0);
  g_strchomp (carried);
  /* The file also tells the media. */
  g_assert_true (g_str_has_suffix (carried, "}"));
  carried[strlen (carried) - 1] = '\0';
  g_assert_true (g_str_has_prefix (written, carried));
  g_assert_true (g_str_has_suffix (written, ",\"fits\":[\"cd\",\"dvd\",\"dl\",\"bd\"],\"volumes\":1}"));
}

/* One record as the contract writes it, whole. */
static void
test_export_record (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = rx ("0123456789");
  const cJSON *record, *source, *item, *member;

  build_fixture_put (fixture, "", RX_NAME, message);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);
  record = build_fixture_record (fixture, RX_NAME);
  g_assert_nonnull (record);

  g_assert_cmpstr (build_text (record, "patient"), ==, "0123456789");
  g_assert_cmpstr (build_text (record, "kind"), ==, "prescription");
  g_assert_cmpstr (build_text (record, "at"), ==, "2026-04-10T10:14:00");
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "live")));
  g_assert_cmpstr (build_text (record, "status"), ==, "active");
  g_assert_cmpstr (build_text (record, "department"), ==, "内科");
  g_assert_cmpstr (build_text (record, "author"), ==, "佐藤　次郎");
  g_assert_cmpstr (build_text (record, "order_no"), ==, "000000260410001");
  g_assert_null (cJSON_GetObjectItemCaseSensitive (record, "disputed"));
  source = cJSON_GetObjectItemCaseSensitive (record, "source");
  g_assert_cmpstr (build_text (source, "path"), ==,
                   "012/345/0123456789/20260410/OMP-01/" RX_NAME);
  g_assert_null (build_text (source, "entry"));
  g_assert_cmpstr (build_text (source, "format"), ==, "ssmix2");

  item = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (record, "items"), 0);
  g_assert_cmpstr (build_text (item, "drug"), ==, "アムロジピン錠５ｍｇ");
  g_assert_cmpstr (build_text (item, "dose"), ==, "1");
  g_assert_cmpstr (build_text (item, "dose_unit"), ==, "錠");
  g_assert_cmpstr (build_text (item, "total"), ==, "7");
  g_assert_null (cJSON_GetObjectItemCaseSensitive (item, "dose_max")); /* absent, never "" */

  cJSON_ArrayForEach (member, item)
    {
      g_assert_true (cJSON_IsString (member));
      g_assert_cmpstr (member->valuestring, !=, "");
    }
}

static void
test_export_disputed (BuildFixture *fixture, gconstpointer data)
{
  const char *const of_one[] = { "export", fixture->disc, "--patient", "0000000777", NULL };
  const char *const of_none[] = { "export", fixture->disc, "--patient", "1", NULL };
  const char *const search[] = { "search", fixture->disc, "--json", "0000000777", NULL };
  g_autofree char *message = rx ("0000000777");
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *found = NULL;
  const cJSON *record, *ids;

  build_fixture_put (fixture, "", RX_NAME, message);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);
  record = build_fixture_record (fixture, RX_NAME);

  g_assert_null (cJSON_GetObjectItemCaseSensitive (record, "patient"));
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "disputed")));
  ids = cJSON_GetObjectItemCaseSensitive (record, "disputed_ids");
  g_assert_cmpint (cJSON_GetArraySize (ids), ==, 2);
  g_assert_cmpstr (cJSON_GetArrayItem (ids, 0)->valuestring, ==, "0123456789");
  g_assert_cmpstr (cJSON_GetArrayItem (ids, 1)->valuestring, ==, "0000000777");
  g_assert_nonnull (build_fixture_finding (fixture, "identity-conflict"));

  /* found from the other id too */
  g_assert_cmpint (build_fixture_run (of_one, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, RX_NAME));
  g_assert_cmpint (build_fixture_run (search, &found, NULL), ==, 0);
  g_assert_nonnull (strstr (found, RX_NAME));
  g_assert_cmpint (build_fixture_run (of_none, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
}

/* The same storage as a tree, a tar and a pipe gives the same facts. */
static char *
export_without_source (BuildFixture *fixture)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const cJSON *line;

  build_fixture_export (fixture);
  for (guint i = 0; (line = build_fixture_line (fixture, "record", i)) != NULL; i++)
    {
      char *text;

      cJSON_DeleteItemFromObjectCaseSensitive ((cJSON *) line, "source");
      text = cJSON_PrintUnformatted (line);
      g_string_append_printf (out, "%s\n", text);
      cJSON_free (text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
build_from_tar (BuildFixture *fixture, const char *to, gboolean piped)
{
  g_autofree char *archive = g_build_filename (fixture->dir, "gone", NULL);
  g_autofree char *build = g_strdup_printf ("'%s' build --unsealed --as-of 2026-05-01 --to '%s'",
                                            g_getenv ("TOMOSHIBI"), to);
  g_autofree char *command =
      piped ? g_strdup_printf ("tar -C '%s' -cf - . | %s --from -", fixture->storage, build)
            : g_strdup_printf ("tar -C '%s' -czf '%s' . && %s --from '%s'", fixture->storage,
                               archive, build, archive);
  const char *const argv[] = { "sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) shell = g_subprocess_newv (
      argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (shell, NULL, &error);
  g_assert_no_error (error);
}

static void
test_same_from_tar (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *tree = NULL;
  g_autofree char *first_disc = g_strdup (fixture->disc);

  write_storage (fixture);
  build_fixture_build (fixture, NULL);
  tree = export_without_source (fixture);
  g_assert_nonnull (strstr (tree, "アムロジピン錠５ｍｇ"));

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *tar = NULL;

      g_free (fixture->disc);
      fixture->disc = g_strdup_printf ("%s-%u", first_disc, i);
      build_from_tar (fixture, fixture->disc, i == 1);
      tar = export_without_source (fixture);
      g_assert_cmpstr (tar, ==, tree);
      g_assert_cmpint (build_number (build_fixture_line (fixture, "counts", 0), "files"), ==, 11);
    }
}

/* ---- several roots -------------------------------------------------------------------------- */

/* Two facilities may use one id for two people. */
static void
test_two_facilities (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *one = basics ("0123456789", "19520304");
  g_autofree char *two = basics ("0123456789", "19991231");
  const cJSON *first, *second;

  build_fixture_put (fixture, "1310000001/", BASICS_NAME, one);
  build_fixture_put (fixture, "1310000002_STD/", BASICS_NAME, two);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);

  g_assert_cmpuint (build_fixture_count (fixture, "patient"), ==, 2);
  first = build_fixture_line (fixture, "patient", 0);
  second = build_fixture_line (fixture, "patient", 1);
  g_assert_cmpstr (build_text (first, "facility"), !=, build_text (second, "facility"));
  g_assert_cmpstr (build_text (first, "birth_date"), !=, build_text (second, "birth_date"));
  g_assert_null (build_fixture_finding (fixture, "demographics-conflict"));
}

/* Where the facility is not known, name, birth date and sex decide whether two roots are joined. */
static void
test_unknown_facilities (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *one = basics ("0123456789", "19520304");
  g_autofree char *two = basics ("0123456789", "19991231");
  g_autofree char *prescription = rx ("0123456789");

  build_fixture_put (fixture, "medical/", BASICS_NAME, one);
  build_fixture_put (fixture, "orders/", RX_NAME, prescription);
  build_fixture_put (fixture, "other/", BASICS_NAME, two);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);

  g_assert_cmpuint (build_fixture_count (fixture, "patient"), ==, 2);
  g_assert_nonnull (build_fixture_finding (fixture, "identity-conflict"));
  for (guint i = 0; i < 2; i++)
    {
      const cJSON *patient = build_fixture_line (fixture, "patient", i);
      gboolean is_first = strcmp (build_text (patient, "birth_date"), "1952-03-04") == 0;

      /* the root of the orders agrees with the first */
      if (is_first)
        g_assert_cmpstr (build_text (build_fixture_record (fixture, RX_NAME), "facility"), ==,
                         build_text (patient, "facility"));
    }
}

static void
test_same_file_twice (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = rx ("0123456789");
  const cJSON *counts;

  build_fixture_put (fixture, "2026-04/", RX_NAME, message);
  build_fixture_put (fixture, "copy/", RX_NAME, message);
  build_fixture_build (fixture, NULL);
  build_fixture_export (fixture);
  counts = build_fixture_line (fixture, "counts", 0);

  g_assert_cmpint (build_number (counts, "messages"), ==, 2);
  g_assert_cmpint (build_number (counts, "messages_identical"), ==, 1);
  g_assert_cmpint (build_number (counts, "messages_on_disc"), ==, 1);
  g_assert_cmpuint (build_fixture_count (fixture, "patient"), ==, 1);
}

/* ---- trouble -------------------------------------------------------------------------------- */

static void
check_failure (BuildFixture *fixture, const char *const *arguments, int expected)
{
  g_autofree char *err = NULL;
  int code = build_fixture_run (arguments, NULL, &err);

  g_test_message ("%s", err);
  g_assert_cmpint (code, ==, expected);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_true (build_fixture_target_is_clean (fixture));
}

static void
test_usage (BuildFixture *fixture, gconstpointer data)
{
  const char *from = fixture->storage;
  const char *to = fixture->disc;
  const struct
  {
    const char *arguments[12];
    int code;
  } cases[] = {
    { { NULL }, 2 },
    { { "destroy" }, 2 },
    { { "build" }, 2 },
    { { "build", "--unsealed", "--to", to }, 2 },
    { { "build", "--unsealed", "--from", from }, 2 },
    { { "build", "--from", from, "--to", to }, 2 }, /* sealed discs do not exist yet */
    { { "build", "--unsealed", "--from", from, "--to", to, "--passphrase-file", "x" }, 2 },
    { { "build", "--unsealed", "--from", from, "--to", to, "--months", "0" }, 2 },
    { { "build", "--unsealed", "--from", from, "--to", to, "--months", "many" }, 2 },
    { { "build", "--unsealed", "--from", from, "--to", to, "--as-of", "soon" }, 2 },
    { { "build", "--unsealed", "--from", from, "--to", to, "--burn" }, 2 },
    { { "build", "--unsealed", "--from", from, "--to", to, "--medium", "floppy" }, 2 },
    { { "build", "--unsealed", "--from", fixture->dir, "--to", to }, 2 }, /* into what is read */
    { { "build", "--unsealed", "--from", from, "--to", to }, 4 },         /* nothing in it */
    { { "build", "--unsealed", "--from", "/nonexistent", "--to", to }, 1 },
    { { "build", "--unsealed", "--from", from, "--to", "/nonexistent/disc" }, 1 },
    { { "report" }, 2 },
    { { "report", to }, 1 },
    { { "report", from }, 1 },
    { { "export" }, 2 },
    { { "export", from }, 1 },
    { { "search", from }, 2 },
    { { "search", from, "x" }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_failure (fixture, cases[i].arguments, cases[i].code);
}

static void
test_help (void)
{
  static const char *const verbs[] = { "build", "report", "search", "export", "sample" };
  const char *const general[] = { "--help", NULL };
  g_autofree char *list = NULL;

  g_assert_cmpint (build_fixture_run (general, &list, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      const char *const argv[] = { verbs[i], "--help", NULL };
      g_autofree char *help = NULL;

      g_assert_nonnull (strstr (list, verbs[i]));
      g_assert_cmpint (build_fixture_run (argv, &help, NULL), ==, 0);
      g_assert_nonnull (strstr (help, verbs[i]));
    }
}

/* What was built, and on what it can be burnt. */
static void
test_fits (BuildFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "build", "--unsealed", "--from", fixture->storage, "--to",
                               fixture->disc, "--as-of", "2026-05-01", "--medium", "cd", NULL };
  g_autofree char *out = NULL;

  write_storage (fixture);
  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "\nFits on: CD-R 700 MB, DVD-R 4.7 GB, DVD-R DL 8.5 GB, "
                                 "BD-R 25 GB.\n"));
}

/* The same for scripts: the report, and nothing else on standard output. */
static void
test_json (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *report = g_build_filename (fixture->dir, "report", NULL);
  const char *const argv[] = { "build", "--unsealed", "--from", fixture->storage, "--to", fixture->disc,
                               "--as-of", "2026-05-01", "--report", report, "--json", NULL };
  g_autofree char *out = NULL;
  g_autofree char *written = NULL;
  cJSON *told;

  write_storage (fixture);
  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  g_assert_true (g_file_get_contents (report, &written, NULL, NULL));
  g_strchomp (out);
  g_assert_cmpstr (out, ==, written);
  told = cJSON_Parse (out);
  g_assert_cmpint (build_number (told, "volumes"), ==, 1);
  g_assert_cmpint (build_number (told, "sectors"), >, 512); /* what an image needs beside its files */
  g_assert_cmpint (build_number (told, "sectors"), <, 4000);
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItem (told, "fits")), ==, 4);
  g_assert_false (cJSON_HasObjectItem (told, "by_volume"));
  cJSON_Delete (told);
}

/* A target with something in it is never written to. */
static void
test_target_not_empty (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = rx ("0123456789");
  g_autofree char *kept = g_build_filename (fixture->disc, "thesis.doc", NULL);
  const char *const argv[] = { "build", "--unsealed", "--from", fixture->storage,
                               "--to",  fixture->disc, NULL };
  g_autofree char *err = NULL;
  g_autoptr (GDir) dir = NULL;

  build_fixture_put (fixture, "", RX_NAME, message);
  g_assert_cmpint (g_mkdir (fixture->disc, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  dir = g_dir_open (fixture->disc, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "thesis.doc");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_accept_empty (BuildFixture *fixture, gconstpointer data)
{
  const char *const options[] = { "--accept", "all", NULL };
  const char *const print[] = { "report", fixture->disc, "--json", NULL };
  g_autofree char *json = NULL;

  build_fixture_write (fixture, "README.txt", "nothing here", -1);
  build_fixture_build (fixture, options);
  g_assert_cmpint (build_fixture_run (print, &json, NULL), ==, 0);
  g_assert_nonnull (strstr (json, "\"accepted\":[\"all\"]"));
}

/* Enough patients that a signal meets the program at work: thousands of files, written once. */
static BuildFixture many;

static void
take_many (BuildFixture *fixture)
{
  if (many.dir == NULL)
    {
      const char *argv[] = { "sample", "--patients", "50", "--to", NULL, NULL };

      build_fixture_set_up (&many, NULL);
      argv[4] = many.storage;
      g_assert_cmpint (g_rmdir (many.storage), ==, 0);
      g_assert_cmpint (build_fixture_run (argv, NULL, NULL), ==, 0);
    }
  g_assert_cmpint (g_rename (many.storage, fixture->storage), ==, 0);
}

static void
give_back_many (BuildFixture *fixture)
{
  g_assert_cmpint (g_rename (fixture->storage, many.storage), ==, 0);
}

static GSubprocess *
start_build (BuildFixture *fixture, GSubprocessLauncher *launcher)
{
  const char *const argv[] = { g_getenv ("TOMOSHIBI"), "build", "--unsealed", "--from",
                               fixture->storage, "--to", fixture->disc, NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/* Waits for the end: either a whole disc or none, and then one sentence why. */
static gboolean
check_all_or_nothing (BuildFixture *fixture, GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  gboolean done;

  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  done = g_subprocess_get_exit_status (process) == 0;
  if (done)
    {
      const char *const argv[] = { "report", fixture->disc, NULL };

      g_assert_cmpint (build_fixture_run (argv, NULL, NULL), ==, 0);
      return TRUE;
    }
  g_test_message ("%s", err);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_true (build_fixture_target_is_clean (fixture));
  return FALSE;
}

/* Until the program is ready for a signal it must not die of it as any program would. */
static void
ignore_signals (gpointer data)
{
  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
}

static void
remove_disc (BuildFixture *fixture)
{
  const char *const argv[] = { "rm", "-rf", fixture->disc, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static void
test_interrupted (BuildFixture *fixture, gconstpointer data)
{
  /* Moments spread over a run; whatever phase one of them meets, the rule is the same. */
  static const guint moments_ms[] = { 0, 5, 15, 30, 50, 80, 120, 200, 350, 600 };
  guint n_interrupted = 0;

  take_many (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (moments_ms); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (0);
      g_autoptr (GSubprocess) process = NULL;

      g_subprocess_launcher_set_child_setup (launcher, ignore_signals, NULL, NULL);
      process = start_build (fixture, launcher);
      g_usleep (moments_ms[i] * 1000);
      g_subprocess_send_signal (process, i % 2 == 0 ? SIGINT : SIGTERM);
      if (check_all_or_nothing (fixture, process))
        remove_disc (fixture); /* too early or too late */
      else
        n_interrupted++;
    }
  g_assert_cmpuint (n_interrupted, >, 0);
  give_back_many (fixture);
}

static void
limit_file_size (gpointer data)
{
  struct rlimit limit = { *(const rlim_t *) data, *(const rlim_t *) data };

  /* As on a full disk the write fails, instead of a signal. */
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_full_target (BuildFixture *fixture, gconstpointer data)
{
  static const rlim_t limits[] = { 4096, 65536, 400 * 1024, 1024 * 1024, 4 * 1024 * 1024 };

  take_many (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (0);
      g_autoptr (GSubprocess) process = NULL;

      g_subprocess_launcher_set_child_setup (launcher, limit_file_size, (gpointer) &limits[i], NULL);
      process = start_build (fixture, launcher);
      g_assert_false (check_all_or_nothing (fixture, process));
    }
  give_back_many (fixture);
}

static void
test_vanished (BuildFixture *fixture, gconstpointer data)
{
  static const guint moments_ms[] = { 0, 3, 10, 30 };
  g_autofree char *gone = g_build_filename (fixture->dir, "gone", NULL);

  take_many (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (moments_ms); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (0);
      g_autoptr (GSubprocess) process = start_build (fixture, launcher);

      g_usleep (moments_ms[i] * 1000);
      g_assert_cmpint (g_rename (fixture->storage, gone), ==, 0);
      if (check_all_or_nothing (fixture, process))
        remove_disc (fixture); /* it had been read by then */
      g_assert_cmpint (g_rename (gone, fixture->storage), ==, 0);
    }
  give_back_many (fixture);
}

static void
test_damaged_archive (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *archive = g_build_filename (fixture->dir, "sample.tar", NULL);
  const char *const sample[] = { "sample", "--patients", "20", "--to", archive, NULL };
  const char *const build[] = { "build", "--unsealed", "--from", archive, "--to", fixture->disc,
                                NULL };
  g_autofree char *err = NULL;
  const cJSON *finding;
  GStatBuf info;

  g_assert_cmpint (build_fixture_run (sample, NULL, NULL), ==, 0);
  g_assert_cmpint (g_stat (archive, &info), ==, 0);
  g_assert_cmpint (truncate (archive, info.st_size / 2 + 100), ==, 0);

  g_assert_cmpint (build_fixture_run (build, NULL, &err), ==, 0);
  g_assert_nonnull (strstr (err, "damaged"));
  build_fixture_export (fixture);
  finding = build_fixture_finding (fixture, "truncated");
  g_assert_nonnull (finding);
  g_assert_cmpuint (build_fixture_count (fixture, "record"), >, 100);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, BuildFixture, NULL, build_fixture_set_up, func, build_fixture_tear_down)

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  ADD ("/importer/build/counts-add-up", test_counts);
  ADD ("/importer/export/record", test_export_record);
  ADD ("/importer/export/disputed", test_export_disputed);
  ADD ("/importer/build/same-from-tar", test_same_from_tar);
  ADD ("/importer/build/two-facilities", test_two_facilities);
  ADD ("/importer/build/unknown-facilities", test_unknown_facilities);
  ADD ("/importer/build/same-file-twice", test_same_file_twice);
  ADD ("/importer/build/usage", test_usage);
  g_test_add_func ("/importer/build/help", test_help);
  ADD ("/importer/build/fits", test_fits);
  ADD ("/importer/build/json", test_json);
  ADD ("/importer/build/target-not-empty", test_target_not_empty);
  ADD ("/importer/build/accept-empty", test_accept_empty);
  ADD ("/importer/build/interrupted", test_interrupted);
  ADD ("/importer/build/full-target", test_full_target);
  ADD ("/importer/build/vanished", test_vanished);
  ADD ("/importer/build/damaged-archive", test_damaged_archive);
  code = g_test_run ();
  if (many.dir != NULL)
    build_fixture_tear_down (&many, NULL);
  return code;
}
