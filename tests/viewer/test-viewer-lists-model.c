/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is listed where and when, and in what words; worked out by hand. */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-sqlite.h"
#include "disc-writer.h"
#include "viewer-fixture.h"
#include "viewer-language.h"
#include "viewer-lists-rows.h"
#include "viewer-lists-words.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"

typedef struct
{
  char *folder;
  DiscWriter *writer;
  DiscReader *reader;
  ViewerListsModel *model;
  guint pno;
} Ward;

static const DiscInfo info = { .as_of = AS_OF, .window_from = "2025-10-20", .months = 13 };

static void
begin (Ward *self)
{
  g_autofree char *disc = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("viewer-lists-XXXXXX", &error);
  g_assert_no_error (error);
  disc = g_build_filename (self->folder, "disc", NULL);
  self->writer = disc_writer_new (disc, &info, &error);
  g_assert_no_error (error);
}

/* Each with one message. */
static gint64
add_patient (Ward *self, const char *facility)
{
  g_autofree char *id = g_strdup_printf ("%u", self->pno + 1);
  const DiscPatient patient = { .facility = facility, .id = id };
  const DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .data_type = "ADT-22" };
  g_autoptr (GError) error = NULL;

  self->pno++;
  disc_writer_begin_patient (self->writer, &patient, &error);
  disc_writer_add_message (self->writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
  return disc_writer_last_rid (self->writer);
}

static void
add_stay (Ward *self, DiscStay stay)
{
  g_autoptr (GError) error = NULL;

  stay.rid = add_patient (self, "A");
  disc_writer_add_stay (self->writer, &stay, &error);
  g_assert_no_error (error);
}

static void
add_visit (Ward *self, const char *at, const char *department, DiscVisitState state)
{
  g_autoptr (GError) error = NULL;
  DiscVisit visit = {
    .rid = add_patient (self, "A"), .at = at, .department = department, .state = state
  };

  disc_writer_add_visit (self->writer, &visit, &error);
  g_assert_no_error (error);
}

static void
finish (Ward *self)
{
  g_autofree char *disc = g_build_filename (self->folder, "disc", NULL);
  g_autoptr (GError) error = NULL;

  disc_writer_finish (self->writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  disc_writer_free (self->writer);
  self->reader = disc_reader_open (disc, &error);
  g_assert_no_error (error);
  self->model = viewer_lists_model_new (self->reader, AS_OF, &error);
  g_assert_no_error (error);
}

static void
end (Ward *self)
{
  viewer_lists_model_free (self->model);
  disc_reader_free (self->reader);
  viewer_fixture_remove (self->folder);
}

/* "ID or text, count" of all groups, with commas. */
static char *
groups_of (Ward *self, ViewerListsView view, const char *at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = viewer_lists_model_groups (self->model, view, at, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < groups->len; i++)
    {
      const ViewerListsGroup *group = g_ptr_array_index (groups, i);

      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                              group->text != NULL             ? group->text
                              : group->id == VIEWER_LISTS_ALL ? "(all)"
                                                              : "(none)");
      if (group->n != G_MAXUINT)
        g_string_append_printf (out, " %u", group->n);
    }
  return g_string_free (out, FALSE);
}

static guint32
group_called (Ward *self, ViewerListsView view, const char *text, const char *at)
{
  g_autoptr (GPtrArray) groups = viewer_lists_model_groups (self->model, view, at, NULL);

  for (guint i = 0; i < groups->len; i++)
    if (g_strcmp0 (((ViewerListsGroup *) g_ptr_array_index (groups, i))->text, text) == 0)
      return ((ViewerListsGroup *) g_ptr_array_index (groups, i))->id;
  g_assert_not_reached ();
}

/* "part:patient" of all entries, "?" where it is not certain, "=" where a bed is shared. */
static char *
entries_of (Ward *self, ViewerListsView view, guint32 group, const char *at)
{
  static const char *const parts[] = { "here",     "ended", "plan-in",   "plan-move",
                                       "plan-out", "came",  "appointed", "attends",
                                       "attended", "saw",   "will-see" };
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerListsResult) result =
      viewer_lists_model_load (self->model, view, group, at, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_false (result->is_damaged);
  for (guint i = 0; i < result->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (result->entries, ViewerListsEntry, i);

      g_string_append_printf (out, "%s%s:%u%s%s", out->len > 0 ? " " : "", parts[entry->part],
                              entry->pno, entry->is_uncertain ? "?" : "",
                              entry->shares_bed ? "=" : "");
    }
  return g_string_free (out, FALSE);
}

static void
assert_ward (Ward *self, const char *at, const char *expected)
{
  guint32 ward = group_called (self, VIEWER_LISTS_WARDS, "５東", NULL);
  g_autofree char *entries = entries_of (self, VIEWER_LISTS_WARDS, ward, at);

  g_test_message ("%s", at);
  g_assert_cmpstr (entries, ==, expected);
}

#define IN(bed_, from_, to_, end_)                                                                 \
  (DiscStay)                                                                                       \
  {                                                                                                \
    .state = DISC_STAY_IN, .ward = "５東", .room = "5", .bed = bed_, .from_at = from_,             \
    .to_at = to_, .end = end_                                                                      \
  }

/* The ward at a minute: from the first one of a stay to the one before its end; by bed as numbers.
 */
static void
test_ward_at_a_time (void)
{
  Ward ward = { NULL };

  begin (&ward);
  add_stay (&ward, IN ("10", "2026-11-01T10:00", NULL, DISC_STAY_OPEN));
  add_stay (&ward, IN ("2", "2026-11-02T10:00", "2026-11-05T11:00", DISC_STAY_DISCHARGED));
  add_stay (&ward, IN ("3", "2026-11-30T10:00", NULL, DISC_STAY_OPEN)); /* after the data */
  finish (&ward);
  assert_ward (&ward, "2026-11-01T09:59", "");
  assert_ward (&ward, "2026-11-01T10:00", "here:1");
  assert_ward (&ward, "2026-11-03T00:00", "here:2 here:1");
  assert_ward (&ward, "2026-11-05T10:59", "here:2 here:1");
  assert_ward (&ward, "2026-11-05T11:00", "here:1");
  assert_ward (&ward, AS_OF, "here:1 plan-in:3?"); /* dated ahead: not here, nor forgotten */
  end (&ward);
}

/* Without an hour somebody is listed all that day, and marked: he may have gone, or not have come.
 */
static void
test_ward_without_hours (void)
{
  Ward ward = { NULL };

  begin (&ward);
  add_stay (&ward, IN ("1", "2026-11-02", "2026-11-05", DISC_STAY_MOVED));
  add_stay (&ward, IN ("1", "2026-11-05", NULL, DISC_STAY_OPEN));
  finish (&ward);
  assert_ward (&ward, "2026-11-01T23:59", "");
  assert_ward (&ward, "2026-11-02T00:01", "here:1?");
  assert_ward (&ward, "2026-11-04T12:00", "here:1");
  assert_ward (&ward, "2026-11-05T12:00", "here:1?= here:2?=");
  assert_ward (&ward, "2026-11-06T12:00", "here:2");
  end (&ward);
}

/* On leave belongs to the ward; over at an unknown time stands apart; plans are told at the time of
 * the data and at no other; nobody's ward is a group of its own. */
static void
test_ward_states (void)
{
  Ward ward = { NULL };
  g_autoptr (ViewerListsResult) result = NULL;
  g_autofree char *groups = NULL;
  g_autofree char *nowhere = NULL;
  DiscStay stay;

  begin (&ward);
  stay = IN ("1", "2026-11-18T10:00", NULL, DISC_STAY_OPEN);
  stay.state = DISC_STAY_LEAVE;
  add_stay (&ward, stay);
  add_stay (&ward, IN ("2", "2026-11-18T10:00", NULL, DISC_STAY_UNTIMED));
  stay = IN ("3", "2026-11-21", NULL, DISC_STAY_OPEN);
  stay.state = DISC_STAY_PLANNED_OUT;
  add_stay (&ward, stay);
  stay.state = DISC_STAY_PLANNED_IN;
  add_stay (&ward, stay);
  stay.ward = NULL;
  stay.state = DISC_STAY_IN;
  stay.from_at = "2026-11-01";
  add_stay (&ward, stay);
  finish (&ward);
  assert_ward (&ward, AS_OF, "here:1 ended:2 plan-in:4 plan-out:3");
  assert_ward (&ward, "2026-11-19T12:00", "here:1 ended:2");
  groups = groups_of (&ward, VIEWER_LISTS_WARDS, NULL);
  g_assert_cmpstr (groups, ==, "５東, (none)");
  nowhere = entries_of (&ward, VIEWER_LISTS_WARDS, VIEWER_LISTS_NOT_RECORDED, AS_OF);
  g_assert_cmpstr (nowhere, ==, "here:5");
  result =
      viewer_lists_model_load (ward.model, VIEWER_LISTS_WARDS,
                               group_called (&ward, VIEWER_LISTS_WARDS, "５東", NULL), AS_OF, NULL);
  g_assert_cmpuint (result->n_in, ==, 1);
  g_assert_cmpuint (result->n_leave, ==, 1);
  end (&ward);
}

/* What may be cancelled ends nothing for sure; rooms that are not recorded may be two. */
static void
test_ward_in_doubt (void)
{
  Ward ward = { NULL };
  DiscStay stay = IN ("1", "2026-11-02T10:00", "2026-11-05T11:00", DISC_STAY_DISCHARGED);

  begin (&ward);
  stay.flags = DISC_LIST_END_DOUBTED;
  add_stay (&ward, stay);
  stay = IN ("2", "2026-11-02T10:00", NULL, DISC_STAY_OPEN);
  stay.room = NULL;
  add_stay (&ward, stay);
  add_stay (&ward, stay);
  finish (&ward);
  assert_ward (&ward, "2026-11-02T09:59", "");
  assert_ward (&ward, "2026-11-05T10:59", "here:1 here:2 here:3");
  assert_ward (&ward, "2026-11-05T11:00", "here:2 here:3 ended:1");
  assert_ward (&ward, AS_OF, "here:2 here:3 ended:1");
  end (&ward);
}

/* One ward name of two hospitals: two wards, told apart. */
static void
test_two_facilities (void)
{
  Ward ward = { NULL };
  g_autofree char *groups = NULL;
  g_autoptr (GError) error = NULL;
  DiscStay other = IN ("1", "2026-11-02", NULL, DISC_STAY_OPEN);

  begin (&ward);
  add_stay (&ward, IN ("1", "2026-11-02", NULL, DISC_STAY_OPEN));
  other.rid = add_patient (&ward, "B");
  disc_writer_add_stay (ward.writer, &other, &error);
  g_assert_no_error (error);
  finish (&ward);
  groups = groups_of (&ward, VIEWER_LISTS_WARDS, NULL);
  g_assert_cmpstr (groups, ==, "５東　A, ５東　B");
  end (&ward);
}

static void
test_visits (void)
{
  Ward ward = { NULL };
  g_autofree char *groups = NULL;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autofree char *nobody = NULL;

  begin (&ward);
  add_visit (&ward, "2026-11-19T11:00", "内科", DISC_VISIT_HAPPENED);
  add_visit (&ward, "2026-11-19T09:00", "内科", DISC_VISIT_HAPPENED);
  add_visit (&ward, "2026-11-19T10:00", "外科", DISC_VISIT_PLANNED);
  add_visit (&ward, "2026-11-19T08:00", NULL, DISC_VISIT_HAPPENED);
  add_visit (&ward, "2026-11-18T09:00", "眼科", DISC_VISIT_HAPPENED);
  finish (&ward);
  groups = groups_of (&ward, VIEWER_LISTS_VISITS, "2026-11-19");
  g_assert_cmpstr (groups, ==, "(all) 4, 内科 2, 外科 1, (none) 1");
  all = entries_of (&ward, VIEWER_LISTS_VISITS, VIEWER_LISTS_ALL, "2026-11-19");
  g_assert_cmpstr (all, ==, "came:4 came:2 came:1 appointed:3");
  one = entries_of (&ward, VIEWER_LISTS_VISITS,
                    group_called (&ward, VIEWER_LISTS_VISITS, "内科", "2026-11-19"), "2026-11-19");
  g_assert_cmpstr (one, ==, "came:2 came:1");
  nobody = entries_of (&ward, VIEWER_LISTS_VISITS, VIEWER_LISTS_ALL, "2026-11-17");
  g_assert_cmpstr (nobody, ==, "");
  end (&ward);
}

/* By day from that of the data on; what lies before it is not planned any more. */
static void
test_planned (void)
{
  Ward ward = { NULL };
  g_autofree char *groups = NULL;
  g_autofree char *day = NULL;
  DiscStay stay = IN ("1", "2026-11-21T10:00", NULL, DISC_STAY_OPEN);

  begin (&ward);
  add_visit (&ward, "2026-11-18T09:00", "内科", DISC_VISIT_PLANNED);
  add_visit (&ward, "2026-11-19T09:00", "内科", DISC_VISIT_HAPPENED);
  add_visit (&ward, "2026-11-21T09:00", "内科", DISC_VISIT_PLANNED);
  add_visit (&ward, "2027-02-01T09:00", "内科", DISC_VISIT_PLANNED);
  stay.state = DISC_STAY_PLANNED_MOVE;
  add_stay (&ward, stay);
  finish (&ward);
  groups = groups_of (&ward, VIEWER_LISTS_PLANNED, NULL);
  g_assert_cmpstr (groups, ==, "2026-11-21 2, 2027-02-01 1");
  day = entries_of (&ward, VIEWER_LISTS_PLANNED, 20261121, NULL);
  g_assert_cmpstr (day, ==, "plan-move:5 appointed:3");
  end (&ward);
}

/* The strongest tie first, the newest of each first. */
static void
test_doctors (void)
{
  static const struct
  {
    DiscDoctorState state;
    const char *at;
  } ties[] = {
    { DISC_DOCTOR_VISITED, "2026-10-01" },       { DISC_DOCTOR_IN, "2026-11-01T10:00" },
    { DISC_DOCTOR_VISITED, "2026-11-18T09:00" }, { DISC_DOCTOR_PLANNED, "2026-12-01" },
    { DISC_DOCTOR_STAYED, "2026-02-01" },
  };
  Ward ward = { NULL };
  g_autofree char *entries = NULL;
  g_autoptr (GError) error = NULL;

  begin (&ward);
  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      DiscDoctorPatient tie = { .rid = add_patient (&ward, "A"),
                                .state = ties[i].state,
                                .last_at = ties[i].at,
                                .doctor = "試験　一郎" };

      disc_writer_add_doctor_patient (ward.writer, &tie, &error);
      g_assert_no_error (error);
    }
  finish (&ward);
  entries = entries_of (&ward, VIEWER_LISTS_DOCTORS,
                        group_called (&ward, VIEWER_LISTS_DOCTORS, "試験　一郎", NULL), NULL);
  g_assert_cmpstr (entries, ==, "attends:2 attended:5 saw:3 saw:1 will-see:4");
  end (&ward);
}

/* More than anybody reads: the first are shown, the others counted. */
static void
test_ceiling (void)
{
  Ward ward = { NULL };
  g_autoptr (ViewerListsResult) result = NULL;
  g_autofree char *warning = NULL;

  begin (&ward);
  for (guint i = 0; i < VIEWER_LISTS_MAX + 7; i++)
    add_visit (&ward, "2026-11-19T11:00", "内科", DISC_VISIT_HAPPENED);
  finish (&ward);
  result = viewer_lists_model_load (ward.model, VIEWER_LISTS_VISITS, VIEWER_LISTS_ALL, "2026-11-19",
                                    NULL);
  g_assert_cmpuint (result->entries->len, ==, VIEWER_LISTS_MAX);
  g_assert_cmpuint (result->n_more, ==, 7);
  warning = viewer_lists_warning (VIEWER_LISTS_VISITS, ward.model, result);
  g_assert_cmpstr (warning, ==, "▲ ほか 7 件は表示していません");
  end (&ward);
}

static void
assert_row (GPtrArray *rows, guint i, const char *text)
{
  ViewerRow *row = g_ptr_array_index (rows, i);
  g_autofree char *shown = viewer_row_dup_text (row);

  if (strstr (shown, text) == NULL)
    g_error ("“%s” is not in %s", text, shown);
}

/* What is not known is said in words; the ward of another time is no present one. */
static void
test_words (void)
{
  Ward ward = { NULL };
  guint32 group;
  g_autoptr (ViewerListsResult) now = NULL;
  g_autoptr (ViewerListsResult) before = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) old_rows = NULL;
  g_autofree char *summary = NULL;
  DiscStay stay;

  begin (&ward);
  stay = IN ("1", "2026-11-02T10:00", NULL, DISC_STAY_OPEN);
  stay.flags = DISC_LIST_SINCE_UNKNOWN | DISC_LIST_DOUBTED;
  add_stay (&ward, stay);
  add_stay (&ward, IN ("2", "2026-10-01T10:00", "2026-10-20T11:00", DISC_STAY_DISCHARGED));
  add_stay (&ward, IN ("3", "2026-10-01T10:00", "2026-10-25T11:00", DISC_STAY_ADMITTED));
  stay = IN (NULL, "2026-11-03T10:00", NULL, DISC_STAY_OPEN);
  stay.room = NULL;
  add_stay (&ward, stay);
  finish (&ward);
  group = group_called (&ward, VIEWER_LISTS_WARDS, "５東", NULL);
  now = viewer_lists_model_load (ward.model, VIEWER_LISTS_WARDS, group, AS_OF, NULL);
  rows = viewer_lists_rows (now, NULL, AS_OF, NOW, TRUE, FALSE);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (viewer_row_get_heading (g_ptr_array_index (rows, 0)), ==, "在床 2名");
  assert_row (rows, 0, "5-1");
  assert_row (rows, 0, "11/02 10:00 から");
  assert_row (rows, 0, "このディスクに退院なし");
  assert_row (rows, 0, "この床になった時は不明");
  assert_row (rows, 0, "▲ 取消の可能性");
  assert_row (rows, 0, "診療科の記録なし");
  assert_row (rows, 1, "床の記録なし");

  before =
      viewer_lists_model_load (ward.model, VIEWER_LISTS_WARDS, group, "2026-10-10T12:00", NULL);
  old_rows = viewer_lists_rows (before, NULL, "2026-10-10T12:00", NOW, TRUE, TRUE);
  g_assert_cmpuint (old_rows->len, ==, 2);
  assert_row (old_rows, 0, "→ 10/20 11:00 退院");
  assert_row (old_rows, 1, "次の入院（その前の退院はこのディスクになし）");
  summary = viewer_lists_summary (VIEWER_LISTS_WARDS, "2026-10-10T12:00", AS_OF, NULL, NOW);
  g_assert_nonnull (strstr (summary, "10/10(土) 12:00 の在床を再現"));
  end (&ward);
}

/* What is missing is told, whatever is there; of the charts opened here nothing can be. */
static void
test_damaged (void)
{
  const ViewerListsResult damaged = { .is_damaged = TRUE }, cut = { .is_cut = TRUE },
                          whole = { .n_in = 1 };
  g_autofree char *of_damaged = viewer_lists_warning (VIEWER_LISTS_WARDS, NULL, &damaged);
  g_autofree char *of_cut = viewer_lists_warning (VIEWER_LISTS_PLANNED, NULL, &cut);

  g_assert_cmpstr (of_damaged, ==,
                   "■ この一覧は全部ではありません。一部がディスクの傷ついた所にあります。");
  g_assert_cmpstr (of_cut, ==, "▲ この一覧は全部ではありません。一度に読める数を超えています。");
  g_assert_null (viewer_lists_warning (VIEWER_LISTS_WARDS, NULL, &whole));
  g_assert_null (viewer_lists_warning (VIEWER_LISTS_RECENT, NULL, &damaged));
}

/* A disc without lists has no wards to be empty. */
static void
test_no_lists (void)
{
  Ward ward = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *disc = NULL;
  sqlite3 *db = NULL;

  begin (&ward);
  add_patient (&ward, "A");
  finish (&ward);
  viewer_lists_model_free (ward.model);
  disc_reader_free (ward.reader);
  disc = g_build_filename (ward.folder, "disc", NULL);
  path = g_build_filename (disc, "TOMOSHIBI", "records.sqlite", NULL);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TABLE list_name; DROP TABLE stay; DROP TABLE visit;"
                                 "DELETE FROM meta WHERE key = 'lists'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  ward.reader = disc_reader_open (disc, &error);
  g_assert_no_error (error);
  ward.model = viewer_lists_model_new (ward.reader, AS_OF, &error);
  g_assert_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
  g_assert_null (ward.model);
  disc_reader_free (ward.reader);
  viewer_fixture_remove (ward.folder);
}

static void
test_parse_time (void)
{
  static const struct
  {
    const char *text, *base;
    gboolean with_hour;
    const char *expected;
  } cases[] = {
    { "2026-11-18 06:00", AS_OF, TRUE, "2026-11-18T06:00" },
    { "2026/11/18", AS_OF, TRUE, "2026-11-18T23:59" },
    { "11/18 6:05", AS_OF, TRUE, "2026-11-18T06:05" },
    { "１１月１８日　６時", AS_OF, TRUE, "2026-11-18T06:00" },
    { "6:00", AS_OF, TRUE, "2026-11-19T06:00" },
    { "12/28", "2027-01-05T23:50", FALSE, "2026-12-28" }, /* the nearest one */
    { "1/5", "2026-12-28", FALSE, "2027-01-05" },
    { "2/29", "2026-11-19", FALSE, NULL }, /* no such day near it */
    { "11/31", AS_OF, TRUE, NULL },
    { "11/18 25:00", AS_OF, TRUE, NULL },
    { "11/18 6:00", AS_OF, FALSE, NULL }, /* a day has no hour */
    { "", AS_OF, TRUE, NULL },
    { "18", AS_OF, TRUE, NULL },
    { "999999999999", AS_OF, TRUE, NULL },
    { "11/18 6:00 と", AS_OF, TRUE, NULL },
    { "1 2 3 4 5 6", AS_OF, TRUE, NULL },
  };
  g_autofree char *later = viewer_lists_shift_day ("2026-11-30T06:00", 1);
  g_autofree char *earlier = viewer_lists_shift_day ("2026-03-01", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *at =
          viewer_lists_parse_time (cases[i].text, cases[i].base, cases[i].with_hour);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (at, ==, cases[i].expected);
    }
  g_assert_cmpstr (later, ==, "2026-12-01T06:00");
  g_assert_cmpstr (earlier, ==, "2026-02-28");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  viewer_language_init ();
  viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
  g_test_add_func ("/viewer/lists/ward-at-a-time", test_ward_at_a_time);
  g_test_add_func ("/viewer/lists/ward-without-hours", test_ward_without_hours);
  g_test_add_func ("/viewer/lists/ward-states", test_ward_states);
  g_test_add_func ("/viewer/lists/ward-in-doubt", test_ward_in_doubt);
  g_test_add_func ("/viewer/lists/two-facilities", test_two_facilities);
  g_test_add_func ("/viewer/lists/visits", test_visits);
  g_test_add_func ("/viewer/lists/planned", test_planned);
  g_test_add_func ("/viewer/lists/doctors", test_doctors);
  g_test_add_func ("/viewer/lists/ceiling", test_ceiling);
  g_test_add_func ("/viewer/lists/words", test_words);
  g_test_add_func ("/viewer/lists/damaged", test_damaged);
  g_test_add_func ("/viewer/lists/no-lists", test_no_lists);
  g_test_add_func ("/viewer/lists/parse-time", test_parse_time);
  return g_test_run ();
}
