/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is asked what before a chart of a common name is opened, and what is right; worked out by
 * hand. */
#include "disc-writer.h"
#include "viewer-fixture.h"
#include "viewer-guard-model.h"

#define AS_OF "2026-11-19T23:50"

typedef struct
{
  const char *id, *kana, *birth_date;
} Person;

typedef struct
{
  char *folder;
  DiscReader *reader;
  DiscPatientTable *table;
} Disc;

static const DiscInfo info = { .as_of = AS_OF, .window_from = "2025-10-20", .months = 13 };

static void
write_people (DiscWriter *writer, const Person *people, guint n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      const DiscPatient patient = { .facility = "A",
                                    .id = people[i].id,
                                    .kana = people[i].kana,
                                    .name = "見本",
                                    .birth_date = people[i].birth_date };

      disc_writer_begin_patient (writer, &patient, &error);
      g_assert_no_error (error);
    }
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static void
open_disc (Disc *self, const Person *people, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  DiscWriter *writer;

  self->folder = g_dir_make_tmp ("viewer-guard-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "disc", NULL);
  writer = disc_writer_new (path, &info, &error);
  g_assert_no_error (error);
  write_people (writer, people, n);
  disc_writer_free (writer);
  self->reader = disc_reader_open (path, &error);
  g_assert_no_error (error);
  self->table = disc_patient_table_load (self->reader, &error);
  g_assert_no_error (error);
}

static void
close_disc (Disc *self)
{
  disc_patient_table_free (self->table);
  disc_reader_free (self->reader);
  viewer_fixture_remove (self->folder);
}

static ViewerGuardModel *
model_of (Disc *self, const char *id)
{
  for (guint i = 0; i < disc_patient_table_n (self->table); i++)
    {
      g_autoptr (DiscPatientRow) row = disc_patient_table_get (self->table, i);

      if (g_str_equal (row->id, id))
        return viewer_guard_model_new (self->table, row->pno);
    }
  g_assert_not_reached ();
}

/* Nobody is asked needlessly: no other reading like his, or none recorded. */
static void
test_nobody_else (void)
{
  static const Person people[] = {
    { "1", "ミホン　ハナコ", "1948-04-05" },
    { "2", "ミホン　タロウ", "1948-04-05" },
    { "3", NULL, "1948-04-05" },
    { "4", NULL, "1948-04-05" },
  };
  Disc disc;

  open_disc (&disc, people, G_N_ELEMENTS (people));
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    g_assert_null (model_of (&disc, people[i].id));
  g_assert_null (viewer_guard_model_new (disc.table, 99));
  close_disc (&disc);
}

/* The day of birth decides; where it does not, the end of the number; where nothing does, only a
 * card. */
static void
test_answers (void)
{
  static const Person people[] = {
    { "0001", "アオキ　ハナコ", "1948-04-05" },    { "0002", "アオキ　ハナコ", "1948-04-25" },
    { "10001", "イノウエ　ハナコ", "1948-04-05" }, { "10002", "イノウエ　ハナコ", "1951-04-05" },
    { "20001", "ウエダ　ハナコ", "1948-04-05" },   { "20002", "ウエダ　ハナコ", "1948-04" },
    { "30001", "エンドウ　ハナコ", "1948-04" },    { "30002", "エンドウ　ハナコ", "1948-05-01" },
    { "A-1", "オオタ　ハナコ", "1948-04-05" },     { "B-1", "オオタ　ハナコ", "1948-04-05" },
    { "1-7777", "カトウ　ハナコ", NULL },          { "2-7777", "カトウ　ハナコ", NULL },
  };
  static const struct
  {
    const char *id;
    ViewerGuardQuestion first;
    const char *answer;
    ViewerGuardAnswer result;
    ViewerGuardQuestion second;
    const char *more;
    ViewerGuardAnswer last;
  } cases[] = {
    { "0001", VIEWER_GUARD_DAY, "0405", VIEWER_GUARD_RIGHT, 0, NULL, 0 },
    { "0001", VIEWER_GUARD_DAY, "0425", VIEWER_GUARD_WRONG, 0, NULL, 0 },
    { "0002", VIEWER_GUARD_DAY, "0425", VIEWER_GUARD_RIGHT, 0, NULL, 0 },
    { "0001", VIEWER_GUARD_DAY, "1948", VIEWER_GUARD_WRONG, 0, NULL, 0 },
    /* Born on one day of two years. */
    { "10001", VIEWER_GUARD_DAY, "0405", VIEWER_GUARD_MORE, VIEWER_GUARD_ID, "0001",
      VIEWER_GUARD_RIGHT },
    { "10002", VIEWER_GUARD_DAY, "0405", VIEWER_GUARD_MORE, VIEWER_GUARD_ID, "0001",
      VIEWER_GUARD_WRONG },
    /* The other one may be born on that day. */
    { "20001", VIEWER_GUARD_DAY, "0405", VIEWER_GUARD_MORE, VIEWER_GUARD_ID, "0001",
      VIEWER_GUARD_RIGHT },
    /* His own day is not recorded: it is not asked for. */
    { "20002", VIEWER_GUARD_ID, "0002", VIEWER_GUARD_RIGHT, 0, NULL, 0 },
    { "30001", VIEWER_GUARD_ID, "0002", VIEWER_GUARD_WRONG, 0, NULL, 0 },
    { "30002", VIEWER_GUARD_DAY, "0501", VIEWER_GUARD_RIGHT, 0, NULL, 0 },
    { "A-1", VIEWER_GUARD_DAY, "0405", VIEWER_GUARD_MORE, VIEWER_GUARD_NOTHING, "0405",
      VIEWER_GUARD_WRONG },
    { "1-7777", VIEWER_GUARD_NOTHING, "7777", VIEWER_GUARD_WRONG, 0, NULL, 0 },
  };
  Disc disc;

  open_disc (&disc, people, G_N_ELEMENTS (people));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ViewerGuardModel) model = model_of (&disc, cases[i].id);

      g_test_message ("%s: %s", cases[i].id, cases[i].answer);
      g_assert_nonnull (model);
      g_assert_cmpuint (viewer_guard_model_n (model), ==, 2);
      g_assert_cmpint (viewer_guard_model_question (model), ==, cases[i].first);
      g_assert_cmpint (viewer_guard_model_answer (model, cases[i].answer), ==, cases[i].result);
      if (cases[i].result != VIEWER_GUARD_MORE)
        continue;
      g_assert_cmpint (viewer_guard_model_question (model), ==, cases[i].second);
      g_assert_cmpint (viewer_guard_model_answer (model, cases[i].more), ==, cases[i].last);
    }
  close_disc (&disc);
}

/* A reader leaves out zeros or puts them before; where that makes two numbers one it answers
 * nothing. */
static void
test_scanned (void)
{
  static const Person people[] = {
    { "0001", "アオキ　ハナコ", "1948-04-05" },
    { "0002", "アオキ　ハナコ", "1948-04-25" },
    { "1", "イノウエ　ハナコ", "1948-04-05" },
    { "0000001", "イノウエ　ハナコ", "1950-01-01" },
  };
  Disc disc;
  g_autoptr (ViewerGuardModel) model = NULL;
  g_autoptr (ViewerGuardModel) zeros = NULL;

  open_disc (&disc, people, G_N_ELEMENTS (people));
  model = model_of (&disc, "0001");
  g_assert_true (viewer_guard_model_scanned (model, "0001"));
  g_assert_true (viewer_guard_model_scanned (model, "1"));
  g_assert_true (viewer_guard_model_scanned (model, "0000000001"));
  g_assert_false (viewer_guard_model_scanned (model, "0002"));
  g_assert_false (viewer_guard_model_scanned (model, "00010"));
  g_assert_false (viewer_guard_model_scanned (model, ""));
  zeros = model_of (&disc, "1");
  g_assert_false (viewer_guard_model_scanned (zeros, "1"));
  close_disc (&disc);
}

/* Some of many are shown, all are compared. */
static void
test_many (void)
{
  Person people[12];
  char ids[G_N_ELEMENTS (people)][8];
  Disc disc;
  g_autoptr (ViewerGuardModel) model = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_snprintf (ids[i], sizeof ids[i], "%05u", i + 1);
      people[i] = (Person){ ids[i], "スズキ　イチロウ", i == 11 ? "1950-01-01" : "1948-04-05" };
    }
  people[0].birth_date = "1960-01-01"; /* as the last one, who is not shown */
  open_disc (&disc, people, G_N_ELEMENTS (people));
  model = model_of (&disc, "00001");
  g_assert_cmpuint (viewer_guard_model_n (model), ==, G_N_ELEMENTS (people));
  g_assert_cmpuint (viewer_guard_model_others (model)->len, ==, VIEWER_GUARD_MAX_OTHERS);
  for (guint i = 0; i < VIEWER_GUARD_MAX_OTHERS; i++)
    {
      const DiscPatientRow *other = g_ptr_array_index (viewer_guard_model_others (model), i);

      g_assert_cmpuint (other->pno, !=, viewer_guard_model_pno (model));
    }
  g_assert_cmpint (viewer_guard_model_answer (model, "0101"), ==, VIEWER_GUARD_MORE);
  g_assert_cmpint (viewer_guard_model_answer (model, "0012"), ==, VIEWER_GUARD_WRONG);
  g_assert_cmpint (viewer_guard_model_answer (model, "0001"), ==, VIEWER_GUARD_RIGHT);
  close_disc (&disc);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/guard/nobody-else", test_nobody_else);
  g_test_add_func ("/viewer/guard/answers", test_answers);
  g_test_add_func ("/viewer/guard/scanned", test_scanned);
  g_test_add_func ("/viewer/guard/many", test_many);
  return g_test_run ();
}
