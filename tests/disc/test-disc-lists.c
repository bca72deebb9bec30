/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists by ward, day and doctor: what is written is read, and what is lost is not taken for none.
 */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-writer.h"

#include "disc-sealed-fixture.h"

static const DiscInfo info = {
  .hospital = "見本市民病院", .as_of = "2026-11-19T23:50", .window_from = "2025-10-19", .months = 13
};

#define RID(pno, seq) (((gint64) (pno) << DISC_SEQ_BITS) | (seq))

static void
begin_patient (DiscWriter *writer, const char *facility, guint pno, guint n_messages)
{
  g_autofree char *id = g_strdup_printf ("%010u", pno);
  const DiscPatient patient = { .facility = facility, .id = id };
  const DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .data_type = "ADT-22" };
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_messages; i++)
    disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
add_stay (DiscWriter *writer, DiscStay stay)
{
  g_autoptr (GError) error = NULL;

  disc_writer_add_stay (writer, &stay, &error);
  g_assert_no_error (error);
}

static void
add_visit (DiscWriter *writer, DiscVisit visit)
{
  g_autoptr (GError) error = NULL;

  disc_writer_add_visit (writer, &visit, &error);
  g_assert_no_error (error);
}

static void
finish (DiscWriter *writer)
{
  g_autoptr (GError) error = NULL;

  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static DiscWriter *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DiscWriter *writer = disc_writer_new (fixture->disc, &info, &error);

  g_assert_no_error (error);
  return writer;
}

static DiscReader *
open_disc (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DiscReader *reader = disc_reader_open (fixture->disc, &error);

  g_assert_no_error (error);
  return reader;
}

static DiscList *
load_names (DiscReader *reader)
{
  g_autoptr (GError) error = NULL;
  DiscList *names = disc_reader_load_list_names (reader, &error);

  g_assert_no_error (error);
  g_assert_false (names->is_damaged);
  return names;
}

static guint32
find (const DiscList *names, DiscListKind kind, const char *facility, const char *text)
{
  for (guint i = 0; i < names->rows->len; i++)
    {
      const DiscListName *name = &g_array_index (names->rows, DiscListName, i);

      if (name->kind == kind && strcmp (name->facility, facility) == 0 &&
          strcmp (name->text, text) == 0)
        return name->id;
    }
  return 0;
}

/* Times and texts come back as they were written; wards of two facilities are two; who has no ward
 * is under none. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;
  g_autoptr (DiscList) here = NULL;
  g_autoptr (DiscList) there = NULL;
  g_autoptr (DiscList) nowhere = NULL;
  g_autoptr (DiscList) late = NULL;
  g_autoptr (GError) error = NULL;
  const DiscStay *stay;

  begin_patient (writer, "A", 1, 2);
  add_stay (writer, (DiscStay){ .rid = RID (1, 1),
                                .state = DISC_STAY_LEAVE,
                                .end = DISC_STAY_OPEN,
                                .ward = "５東",
                                .room = "512",
                                .bed = "3",
                                .department = "内科",
                                .doctor = "試験　一郎",
                                .from_at = "2026-11-10T10:00",
                                .flags = DISC_LIST_DOUBTED });
  add_stay (writer, (DiscStay){ .rid = RID (1, 0),
                                .state = DISC_STAY_IN,
                                .end = DISC_STAY_WENT,
                                .ward = "５東",
                                .from_at = "2026-11-02",
                                .to_at = "2026-11-10T10:00" });
  begin_patient (writer, "B", 2, 2);
  add_stay (writer, (DiscStay){ .rid = RID (2, 0),
                                .state = DISC_STAY_PLANNED_MOVE,
                                .ward = "５東",
                                .from_at = "2026-11-21",
                                .to_place = "ＩＣＵ 2" });
  add_stay (
      writer,
      (DiscStay){ .rid = RID (2, 1), .state = DISC_STAY_IN, .from_at = "2026-11-03T08:15:30" });
  finish (writer);
  disc_writer_free (writer);

  reader = open_disc (fixture);
  g_assert_true (disc_reader_has_lists (reader));
  g_assert_cmpuint (disc_reader_n_unlisted (reader), ==, 0);
  names = load_names (reader);
  g_assert_cmpuint (find (names, DISC_LIST_WARD, "A", "５東"), !=,
                    find (names, DISC_LIST_WARD, "B", "５東"));
  here = disc_reader_load_stays (reader, names, find (names, DISC_LIST_WARD, "A", "５東"), NULL,
                                 &error);
  g_assert_no_error (error);
  g_assert_false (here->is_damaged);
  g_assert_cmpuint (here->rows->len, ==, 2);
  stay = &g_array_index (here->rows, DiscStay, 1); /* the newest first */
  g_assert_cmpint (stay->rid, ==, RID (1, 0));
  g_assert_cmpint (stay->state, ==, DISC_STAY_IN);
  g_assert_cmpint (stay->end, ==, DISC_STAY_WENT);
  g_assert_cmpstr (stay->from_at, ==, "2026-11-02");
  g_assert_cmpstr (stay->to_at, ==, "2026-11-10T10:00");
  g_assert_null (stay->bed);
  g_assert_null (stay->department);
  stay = &g_array_index (here->rows, DiscStay, 0);
  g_assert_cmpint (stay->state, ==, DISC_STAY_LEAVE);
  g_assert_cmpint (stay->flags, ==, DISC_LIST_DOUBTED);
  g_assert_cmpstr (stay->ward, ==, "５東");
  g_assert_cmpstr (stay->room, ==, "512");
  g_assert_cmpstr (stay->bed, ==, "3");
  g_assert_cmpstr (stay->department, ==, "内科");
  g_assert_cmpstr (stay->doctor, ==, "試験　一郎");
  g_assert_null (stay->to_at);

  there = disc_reader_load_stays (reader, names, find (names, DISC_LIST_WARD, "B", "５東"), NULL,
                                  &error);
  g_assert_cmpuint (there->rows->len, ==, 1);
  g_assert_cmpstr (g_array_index (there->rows, DiscStay, 0).to_place, ==, "ＩＣＵ 2");
  nowhere = disc_reader_load_stays (reader, names, 0, NULL, &error);
  g_assert_cmpuint (nowhere->rows->len, ==, 1);
  g_assert_cmpstr (g_array_index (nowhere->rows, DiscStay, 0).from_at, ==, "2026-11-03T08:15:30");
  g_assert_null (g_array_index (nowhere->rows, DiscStay, 0).ward);
  late = disc_reader_load_stays (reader, names, find (names, DISC_LIST_WARD, "A", "５東"),
                                 "2026-11-10", &error);
  g_assert_cmpuint (late->rows->len, ==, 1);
}

/* By day in Japan, department and time, however they came. */
static void
test_visits (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *at;
    const char *department;
    DiscVisitState state;
  } expected[] = {
    { "2026-11-19", "内科", DISC_VISIT_HAPPENED },
    { "2026-11-19T09:00", "内科", DISC_VISIT_HAPPENED },
    { "2026-11-18T23:30:00Z", "外科", DISC_VISIT_PLANNED }, /* 08:30 of the next day in Japan */
  };
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;
  g_autoptr (DiscList) day = NULL;
  g_autoptr (DiscList) all = NULL;
  g_autoptr (GError) error = NULL;

  begin_patient (writer, "A", 1, 1);
  add_visit (writer, (DiscVisit){ .rid = RID (1, 0),
                                  .state = DISC_VISIT_HAPPENED,
                                  .at = "2026-11-19T09:00",
                                  .department = "内科" });
  begin_patient (writer, "A", 2, 1);
  add_visit (writer, (DiscVisit){ .rid = RID (2, 0),
                                  .state = DISC_VISIT_PLANNED,
                                  .at = "2026-11-18T23:30:00Z",
                                  .department = "外科" });
  add_visit (writer, (DiscVisit){ .rid = RID (2, 0),
                                  .state = DISC_VISIT_HAPPENED,
                                  .at = "2026-11-20T09:00",
                                  .department = "内科" });
  begin_patient (writer, "A", 3, 1);
  add_visit (writer, (DiscVisit){ .rid = RID (3, 0),
                                  .state = DISC_VISIT_HAPPENED,
                                  .at = "2026-11-19",
                                  .department = "内科",
                                  .doctor = "架空" });
  add_visit (writer,
             (DiscVisit){ .rid = RID (3, 0), .state = DISC_VISIT_HAPPENED, .at = "きのう" });
  finish (writer);
  disc_writer_free (writer);

  reader = open_disc (fixture);
  names = load_names (reader);
  g_assert_cmpuint (disc_reader_n_unlisted (reader), ==, 1); /* no day: counted, not lost */
  day = disc_reader_load_visits (reader, names, 20261119, 20261119, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (day->rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < day->rows->len; i++)
    {
      const DiscVisit *visit = &g_array_index (day->rows, DiscVisit, i);

      g_assert_cmpstr (visit->at, ==, expected[i].at);
      g_assert_cmpstr (visit->department, ==, expected[i].department);
      g_assert_cmpint (visit->state, ==, expected[i].state);
    }
  g_assert_cmpstr (g_array_index (day->rows, DiscVisit, 0).doctor, ==, "架空");
  all = disc_reader_load_visits (reader, names, 0, 99999999, &error);
  g_assert_cmpuint (all->rows->len, ==, 4);
}

static void
test_doctors (Fixture *fixture, gconstpointer data)
{
  DiscWriter *writer = begin (fixture);
  DiscDoctorPatient patient = { .rid = RID (1, 0),
                                .state = DISC_DOCTOR_IN,
                                .doctor = "試験　一郎",
                                .last_at = "2026-11-01T10:00" };
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;
  g_autoptr (DiscList) list = NULL;
  g_autoptr (GError) error = NULL;

  begin_patient (writer, "A", 1, 1);
  g_assert_true (disc_writer_add_doctor_patient (writer, &patient, &error));
  begin_patient (writer, "A", 2, 1);
  patient.rid = RID (2, 0);
  patient.state = DISC_DOCTOR_VISITED;
  g_assert_true (disc_writer_add_doctor_patient (writer, &patient, &error));
  finish (writer);
  disc_writer_free (writer);

  reader = open_disc (fixture);
  names = load_names (reader);
  list =
      disc_reader_load_doctor (reader, find (names, DISC_LIST_DOCTOR, "A", "試験　一郎"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->rows->len, ==, 2);
  g_assert_cmpuint (g_array_index (list->rows, DiscDoctorPatient, 0).pno, ==, 1);
  g_assert_cmpint (g_array_index (list->rows, DiscDoctorPatient, 0).state, ==, DISC_DOCTOR_IN);
  g_assert_cmpuint (g_array_index (list->rows, DiscDoctorPatient, 1).pno, ==, 2);
  g_assert_cmpstr (g_array_index (list->rows, DiscDoctorPatient, 1).last_at, ==,
                   "2026-11-01T10:00");
}

/* Whatever stands in them, two names are two. */
static void
test_strange_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *facility, *ward;
  } strange[] = {
    { "A", "B\nC" },
    { "A\nB", "C" },
    { "A\n", "B\nC" },
    { "A", "５東 " },
    { "A", "５東" },
    { "A", "<b>５東</b>" },
    { "A", "'; DROP TABLE stay; --" },
    { "1", "1" },
    { "11", "1" },
  };
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      begin_patient (writer, strange[i].facility, i + 1, 1);
      add_stay (writer, (DiscStay){ .rid = RID (i + 1, 0),
                                    .state = DISC_STAY_IN,
                                    .ward = strange[i].ward,
                                    .from_at = "2026-11-03" });
    }
  finish (writer);
  disc_writer_free (writer);

  reader = open_disc (fixture);
  names = load_names (reader);
  g_assert_cmpuint (names->rows->len, ==, G_N_ELEMENTS (strange));
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    {
      g_autoptr (DiscList) stays = disc_reader_load_stays (
          reader, names, find (names, DISC_LIST_WARD, strange[i].facility, strange[i].ward), NULL,
          NULL);

      g_assert_cmpuint (stays->rows->len, ==, 1);
      g_assert_cmpuint (DISC_PNO (g_array_index (stays->rows, DiscStay, 0).rid), ==, i + 1);
    }
}

/* Names by the thousand and texts without end are somebody's mischief, or a field in the wrong
 * place: the disc is written, and says how much its lists lack. */
static void
test_ceilings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (DISC_LIST_TEXT_MAX_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (DISC_LIST_TEXT_MAX_BYTES + 1, 'x');
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;

  begin_patient (writer, "A", 1, DISC_LIST_NAMES_MAX + 5);
  add_stay (writer, (DiscStay){ .rid = RID (1, 0),
                                .state = DISC_STAY_IN,
                                .ward = longest,
                                .from_at = "2026-11-03" });
  add_stay (writer, (DiscStay){ .rid = RID (1, 1),
                                .state = DISC_STAY_IN,
                                .ward = too_long,
                                .from_at = "2026-11-03" });
  for (guint i = 2; i < DISC_LIST_NAMES_MAX + 5; i++)
    {
      g_autofree char *ward = g_strdup_printf ("病棟%u", i);

      add_stay (writer, (DiscStay){ .rid = RID (1, i),
                                    .state = DISC_STAY_IN,
                                    .ward = ward,
                                    .from_at = "2026-11-03" });
    }
  finish (writer);
  disc_writer_free (writer);

  reader = open_disc (fixture);
  names = load_names (reader);
  g_assert_cmpuint (names->rows->len, ==, DISC_LIST_NAMES_MAX);
  g_assert_cmpuint (disc_reader_n_unlisted (reader), ==, 1 + 4);
}

/* Runs SQL on the file of a disc that is not sealed. */
static void
change (Fixture *fixture, const char *sql)
{
  g_autofree char *path = fixture_file (fixture, DISC_RECORDS_FILE);
  sqlite3 *db = NULL;

  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* A disc from before there were lists has none, which is not an empty ward. */
static void
test_older_disc (Fixture *fixture, gconstpointer data)
{
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;

  begin_patient (writer, "A", 1, 1);
  finish (writer);
  disc_writer_free (writer);
  change (fixture,
          "DROP TABLE list_name; DROP TABLE stay; DROP TABLE visit; DROP TABLE doctor_patient;"
          "DELETE FROM meta WHERE key IN ('lists', 'n_unlisted')");
  reader = open_disc (fixture);
  g_assert_false (disc_reader_has_lists (reader));
}

/* Rows that no writer makes are passed over, and the list says that it is not whole. */
static void
test_prepared_rows (Fixture *fixture, gconstpointer data)
{
  DiscWriter *writer = begin (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscList) names = NULL;
  g_autoptr (DiscList) stays = NULL;
  g_autoptr (DiscList) visits = NULL;
  g_autoptr (DiscList) doctor = NULL;
  g_autoptr (GError) error = NULL;

  begin_patient (writer, "A", 1, 1);
  add_stay (writer, (DiscStay){ .rid = RID (1, 0),
                                .state = DISC_STAY_IN,
                                .ward = "５東",
                                .from_at = "2026-11-03" });
  finish (writer);
  disc_writer_free (writer);
  change (
      fixture,
      "INSERT INTO stay VALUES (1, '2026-11-04', -5, 1, 0, 0, NULL, NULL, NULL, 1, 999999, NULL);"
      "INSERT INTO stay VALUES (1, '2026-11-05', 1048577, 1, 0, 0, NULL,"
      " hex (zeroblob (300)), NULL, 1, 1, NULL);"
      "INSERT INTO visit VALUES (20261104, 1, '2026-11-04', 1125899906842624, 1, 0, 1);"
      "INSERT INTO doctor_patient VALUES (1, 77, 1, '2026-11-04', 1048576)");
  reader = open_disc (fixture);
  names = load_names (reader);
  stays = disc_reader_load_stays (reader, names, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stays->rows->len, ==, 1);
  g_assert_true (stays->is_damaged);
  visits = disc_reader_load_visits (reader, names, 20261104, 20261104, &error);
  g_assert_cmpuint (visits->rows->len, ==, 0); /* a disputed message is in nobody's list */
  g_assert_true (visits->is_damaged);
  doctor = disc_reader_load_doctor (reader, 1, &error);
  g_assert_cmpuint (doctor->rows->len, ==, 0); /* the row of somebody else's message */
  g_assert_true (doctor->is_damaged);
}

#define DAMAGED_PATIENTS 2000
#define RUN_BYTES (120 * 2048) /* more than parity mends */

static void
make_damaged (Fixture *fixture)
{
  const char *passphrases[] = { SEALED_PASSPHRASE, NULL };
  const DiscWriterSealing sealing = {
    .sealing = { .passphrases = passphrases,
                 .cost = DISC_SLOT_COST_LEAST,
                 .signing_key = sealed_signing_key () },
    .n_threads = 1,
    .level = 1,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new_sealed (fixture->disc, &info, &sealing, &error);

  g_assert_no_error (error);
  for (guint pno = 1; pno <= DAMAGED_PATIENTS; pno++)
    {
      g_autofree char *place = sealed_text (5, pno, 0);

      place[DISC_LIST_TEXT_MAX_BYTES] = '\0'; /* hard to compress: the ward fills many units */
      begin_patient (writer, "A", pno, 1);
      add_stay (writer, (DiscStay){ .rid = RID (pno, 0),
                                    .state = DISC_STAY_PLANNED_MOVE,
                                    .ward = "５東",
                                    .from_at = "2026-11-21",
                                    .to_place = place });
    }
  finish (writer);
}

/* Returns: how many rows it has, or -1 for an error; the rows that are there are right */
static int
read_damaged (Fixture *fixture, gboolean *is_damaged, gboolean *is_whole)
{
  const char *passphrase = SEALED_PASSPHRASE;
  const DiscUnlock unlock = { .passphrase = passphrase };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_autoptr (DiscList) names = NULL;
  g_autoptr (DiscList) stays = NULL;

  if (reader == NULL)
    return -1;
  names = disc_reader_load_list_names (reader, &error);
  stays = names != NULL ? disc_reader_load_stays (reader, names, 1, NULL, &error) : NULL;
  if (stays == NULL)
    return -1;
  for (guint i = 0; i < stays->rows->len; i++)
    {
      const DiscStay *stay = &g_array_index (stays->rows, DiscStay, i);
      g_autofree char *place = sealed_text (5, DISC_PNO (stay->rid), 0);

      g_assert_cmpmem (stay->to_place, strlen (stay->to_place), place, DISC_LIST_TEXT_MAX_BYTES);
    }
  *is_damaged = names->is_damaged || stays->is_damaged;
  g_assert_true (disc_reader_check_lists (reader, is_whole, &error));
  g_assert_true (!*is_damaged || !*is_whole);
  return (int) stays->rows->len;
}

/* Wherever a scratch goes: the list is whole, or says that it is not, or there is none. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  g_autofree guint8 *noise = g_malloc0 (RUN_BYTES);
  gboolean is_damaged = TRUE, is_whole = FALSE;
  guint n_cut = 0;
  gsize len;

  make_damaged (fixture);
  g_assert_cmpint (read_damaged (fixture, &is_damaged, &is_whole), ==, DAMAGED_PATIENTS);
  g_assert_false (is_damaged);
  g_assert_true (is_whole);
  path = fixture_file (fixture, DISC_CONTAINER_FILE);
  g_assert_true (g_file_get_contents (path, &whole, &len, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  for (gsize at = 65536; at + RUN_BYTES < len; at += len / 24)
    {
      g_autofree char *copy = g_memdup2 (whole, len);
      int n;

      memcpy (copy + at, noise, RUN_BYTES);
      g_assert_true (g_file_set_contents (path, copy, (gssize) len, NULL));
      n = read_damaged (fixture, &is_damaged, &is_whole);
      if (n < 0)
        continue;
      g_assert_cmpint (n, <=, DAMAGED_PATIENTS);
      g_assert_true (is_damaged == (n < DAMAGED_PATIENTS));
      n_cut += n < DAMAGED_PATIENTS;
    }
  g_assert_cmpuint (n_cut, >, 0); /* else nothing was tried */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/lists/stays", test_stays);
  fixture_add ("/disc/lists/visits", test_visits);
  fixture_add ("/disc/lists/doctors", test_doctors);
  fixture_add ("/disc/lists/strange-names", test_strange_names);
  fixture_add ("/disc/lists/ceilings", test_ceilings);
  fixture_add ("/disc/lists/older-disc", test_older_disc);
  fixture_add ("/disc/lists/prepared-rows", test_prepared_rows);
  fixture_add ("/disc/lists/damage", test_damage);
  return g_test_run ();
}
