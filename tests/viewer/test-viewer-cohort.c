/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is found by a condition, in which part and with what facts; worked out by hand. */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-sqlite.h"
#include "viewer-cohort-rows.h"
#include "viewer-cohort-words.h"
#include "viewer-fixture.h"
#include "viewer-language.h"
#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"

typedef struct
{
  char *folder;
  DiscWriter *writer;
  DiscReader *reader;
  TestRecords *records; /* of the patient begun last */
  guint pno;
  guint n_messages; /* of him */
} Disc;

static const DiscInfo info = { .as_of = AS_OF, .window_from = "2025-10-20", .months = 13 };

static char *
disc_path (Disc *self)
{
  return g_build_filename (self->folder, "disc", NULL);
}

static void
begin (Disc *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("viewer-cohort-XXXXXX", &error);
  g_assert_no_error (error);
  path = disc_path (self);
  self->writer = disc_writer_new (path, &info, &error);
  g_assert_no_error (error);
}

static void
flush (Disc *self)
{
  if (self->records != NULL)
    test_records_write (self->records, self->writer);
  g_clear_pointer (&self->records, test_records_free);
}

static void
patient (Disc *self)
{
  g_autofree char *id = g_strdup_printf ("%u", self->pno + 1);
  const DiscPatient row = { .facility = "1", .id = id };
  g_autoptr (GError) error = NULL;

  flush (self);
  self->pno++;
  self->n_messages = 0;
  self->records = test_records_new ();
  disc_writer_begin_patient (self->writer, &row, &error);
  g_assert_no_error (error);
}

static void
message (Disc *self, const char *data_type, const char *sent_at, DiscMessageFlags flags)
{
  test_records_message (self->records, ++self->n_messages, data_type, sent_at, flags);
}

/* A prescription of a drug taken every day. @days: (nullable) */
static void
prescription (Disc *self, DiscStatus status, const char *drug, const char *start, const char *days)
{
  message (self, "OMP-01", "20261110120000000", 0);
  test_records_begin (self->records, DISC_KIND_PRESCRIPTION, status, DISC_FIELD_AT, start, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, drug, DISC_FIELD_DOSE, "2",
                     DISC_FIELD_DOSE_UNIT, "錠", DISC_FIELD_USAGE, "１日１回朝食後",
                     DISC_FIELD_USAGE_CODE, "1011000400000000", DISC_FIELD_START, start,
                     DISC_FIELD_DAYS, days, 0);
}

static void
result (Disc *self, DiscStatus status, const char *name, const char *specimen, const char *value,
        const char *unit, const char *at)
{
  message (self, "OML-11", at, 0);
  test_records_begin (self->records, DISC_KIND_LAB, status, DISC_FIELD_AT, at, 0);
  test_records_item (self->records, DISC_FIELD_NAME, "CK", DISC_FIELD_VALUE, "500", DISC_FIELD_UNIT,
                     "U/L", 0);
  test_records_item (self->records, DISC_FIELD_NAME, name, DISC_FIELD_CODE, "3H0150000023271",
                     DISC_FIELD_VALUE, value, DISC_FIELD_UNIT, unit, DISC_FIELD_SPECIMEN, specimen,
                     0);
}

static void
potassium (Disc *self, const char *value, const char *at)
{
  result (self, DISC_STATUS_COMPLETED, "K", "血清", value, "mmol/L", at);
}

static void
problem (Disc *self, DiscStatus status, const char *sent_at, const char *id, const char *name,
         const char *outcome, const char *confidential)
{
  message (self, "PPR-01", sent_at, 0);
  test_records_begin (self->records, DISC_KIND_PROBLEM, status, 0);
  test_records_item (self->records, DISC_FIELD_NAME, name, DISC_FIELD_INSTANCE_ID, id,
                     DISC_FIELD_START, "2026-04-01", DISC_FIELD_OUTCOME, outcome,
                     DISC_FIELD_CONFIDENTIAL, confidential, DISC_FIELD_ICD10, "N185", 0);
}

/* Begins the disputed messages. */
static void
disputed (Disc *self)
{
  g_autoptr (GError) error = NULL;

  flush (self);
  disc_writer_begin_disputed (self->writer, "1", &error);
  g_assert_no_error (error);
  self->records = test_records_new ();
  self->n_messages = 0;
}

static void
stay (Disc *self, const char *ward, const char *bed, const char *from, const char *to)
{
  const DiscStay row = { .rid = (gint64) self->pno << DISC_SEQ_BITS,
                         .state = DISC_STAY_IN,
                         .end = to != NULL ? DISC_STAY_DISCHARGED : DISC_STAY_OPEN,
                         .ward = ward,
                         .room = "5",
                         .bed = bed,
                         .from_at = from,
                         .to_at = to };
  g_autoptr (GError) error = NULL;

  flush (self);
  disc_writer_add_stay (self->writer, &row, &error);
  g_assert_no_error (error);
}

static void
finish (Disc *self)
{
  g_autofree char *path = disc_path (self);
  g_autoptr (GError) error = NULL;

  flush (self);
  disc_writer_finish (self->writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  disc_writer_free (self->writer);
  self->reader = disc_reader_open (path, &error);
  g_assert_no_error (error);
}

static void
end (Disc *self)
{
  disc_reader_free (self->reader);
  viewer_fixture_remove (self->folder);
}

static ViewerCohortResult *
run (Disc *self, ViewerCohortKind kind, const char *text, gboolean is_any, guint32 group)
{
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_query_new (kind, text, is_any);
  const ViewerCohortPlace place = { .group = group, .as_of = (char *) AS_OF };
  g_autoptr (GError) error = NULL;
  ViewerCohortResult *found =
      viewer_cohort_run (self->reader, query, &place, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (found->is_done);
  g_assert_cmpuint (found->n_lost, ==, 0);
  g_assert_false (found->is_damaged);
  return found;
}

/* "part patient: fact, fact+more" of all entries, a line each; of results "part group patient:
 * ...". */
static char *
entries_of (const ViewerCohortResult *found)
{
  static const char *const parts[] = { "on",    "unknown",  "injected",  "injected-before",
                                       "ended", "stopped",  "match",     "bound",
                                       "words", "has",      "suspected", "closed",
                                       "cured", "procedure" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->entries->len; i++)
    {
      const ViewerCohortEntry *entry = g_ptr_array_index (found->entries, i);

      g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", parts[entry->part]);
      if (entry->group != NULL)
        g_string_append_printf (out, " [%s]", entry->group);
      g_string_append_printf (out, " %u:", entry->pno);
      for (guint k = 0; k < entry->facts->len; k++)
        {
          const ViewerCohortFact *fact = g_ptr_array_index (entry->facts, k);

          g_string_append_printf (out, "%s %s%s", k > 0 ? "," : "",
                                  fact->is_earlier ? "before " : "",
                                  entry->group == NULL   ? fact->name
                                  : fact->amount != NULL ? fact->amount
                                                         : "-");
        }
      if (entry->n_more > 0)
        g_string_append_printf (out, " +%u", entry->n_more);
      if (entry->n_contrary > 0)
        g_string_append_printf (out, " but %u", entry->n_contrary);
    }
  return g_string_free (out, FALSE);
}

static void
assert_found (Disc *self, ViewerCohortKind kind, const char *text, gboolean is_any,
              const char *expected)
{
  g_autoptr (ViewerCohortResult) found = run (self, kind, text, is_any, VIEWER_LISTS_ALL);
  g_autofree char *entries = entries_of (found);

  g_test_message ("%s", text);
  g_assert_cmpstr (entries, ==, expected);
}

#define WARFARIN "ワーファリン錠１ｍｇ"

static void
write_drugs (Disc *self)
{
  patient (self); /* 1: runs */
  prescription (self, DISC_STATUS_ACTIVE, WARFARIN, "2026-11-10", "30");
  patient (self); /* 2: its days ran out in October */
  prescription (self, DISC_STATUS_ACTIVE, WARFARIN, "2026-10-01", "14");
  patient (self); /* 3 */
  prescription (self, DISC_STATUS_STOPPED, WARFARIN, "2026-11-10", "30");
  patient (self); /* 4: nothing of it ever stood */
  prescription (self, DISC_STATUS_CANCELLED, WARFARIN, "2026-11-10", "30");
  prescription (self, DISC_STATUS_ENTERED_IN_ERROR, WARFARIN, "2026-11-10", "30");
  prescription (self, DISC_STATUS_SUPERSEDED, WARFARIN, "2026-11-10", "30");
  patient (self); /* 5: no days, begun long ago */
  prescription (self, DISC_STATUS_ACTIVE, WARFARIN, "2026-01-05", NULL);
  patient (self); /* 6: no days, begun lately, on hold */
  prescription (self, DISC_STATUS_ON_HOLD, WARFARIN, "2026-11-01", NULL);
  patient (self); /* 7: another drug */
  prescription (self, DISC_STATUS_ACTIVE, "アムロジピン錠５ｍｇ", "2026-11-10", "30");
  patient (self); /* 8: the one before, and the one that runs */
  prescription (self, DISC_STATUS_ACTIVE, WARFARIN, "2026-10-10", "30");
  prescription (self, DISC_STATUS_ACTIVE, WARFARIN, "2026-11-09", "30");
  patient (self); /* 9: given, by no prescription */
  message (self, "OMP-12", "20261118120000000", 0);
  test_records_begin (self->records, DISC_KIND_ADMINISTRATION, DISC_STATUS_COMPLETED, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, WARFARIN, DISC_FIELD_AMOUNT, "1",
                     DISC_FIELD_AMOUNT_UNIT, "錠", DISC_FIELD_GIVEN_AT, "2026-11-18T08:00", 0);
  patient (self); /* 10: a draft */
  prescription (self, DISC_STATUS_DRAFT, WARFARIN, "2026-11-10", "30");
  patient (self); /* 11: the word in a remark only */
  message (self, "OMP-01", "20261110120000000", 0);
  test_records_begin (self->records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, "ビタミンＫ", DISC_FIELD_COMMENT,
                     "ワーファリン併用に注意", 0);
  patient (self); /* 12: a resource that says the same again */
  message (self, "MedicationRequest", "20261110120000000", DISC_MESSAGE_SAID_BEFORE);
  test_records_begin (self->records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, WARFARIN, 0);
  patient (self); /* 13: a name too long for the table of terms */
  prescription (
      self, DISC_STATUS_ACTIVE,
      "特別に長い名前の配合剤ワーファリンとそのほかの成分を含むことになっている架空の錠剤の院内"
      "製剤（試験用、実在しません）１ｍｇ",
      "2026-11-10", "30");
  patient (self); /* 14: an injection of October, of a lot that may be recalled */
  message (self, "OMP-12", "20261001120000000", 0);
  test_records_begin (self->records, DISC_KIND_INJECTION, DISC_STATUS_COMPLETED, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, "ワーファリン架空注", DISC_FIELD_AMOUNT, "1",
                     DISC_FIELD_AMOUNT_UNIT, "管", DISC_FIELD_START, "2026-10-01T08:00",
                     DISC_FIELD_LOT, "AB-1234", 0);
  disputed (self);
  message (self, "OMP-01", "20261110120000000", DISC_MESSAGE_DISPUTED);
  test_records_begin (self->records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, WARFARIN, 0);
  message (self, "OMP-01", "20261110120000000", DISC_MESSAGE_DISPUTED);
  test_records_begin (self->records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
  test_records_item (self->records, DISC_FIELD_DRUG, "アスピリン", DISC_FIELD_COMMENT,
                     "ワーファリンから変更", 0);
}

static void
test_drugs (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortResult) found = NULL;
  g_autofree char *entries = NULL;
  const ViewerCohortFact *held;

  begin (&disc);
  write_drugs (&disc);
  finish (&disc);
  found = run (&disc, VIEWER_COHORT_DRUG, "わーふぁりん", FALSE, VIEWER_LISTS_ALL);
  entries = entries_of (found);
  g_assert_cmpstr (
      entries, ==,
      "on 1: " WARFARIN "\n"
      "on 13: 特別に長い名前の配合剤ワーファリンとそのほかの成分を含むことになっている架空"
      "の錠剤の院内製剤（試験用、実在しません）１ｍｇ\n"
      "on 8: " WARFARIN " +1\n"
      "on 6: " WARFARIN "\n"
      "unknown 10: " WARFARIN "\n"
      "unknown 5: " WARFARIN "\n"
      "injected 9: " WARFARIN "\n"
      "injected-before 14: ワーファリン架空注\n"
      "ended 2: " WARFARIN "\n"
      "stopped 3: " WARFARIN);
  g_assert_cmpuint (found->n_found, ==, 10);
  g_assert_cmpuint (found->n_cancelled, ==, 2);
  g_assert_cmpuint (found->n_old, ==, 1);
  g_assert_cmpuint (found->n_disputed, ==, 1);
  g_assert_cmpuint (found->n_names, ==, 3);
  held =
      g_ptr_array_index (((ViewerCohortEntry *) g_ptr_array_index (found->entries, 3))->facts, 0);
  g_assert_cmpint (held->status, ==, DISC_STATUS_ON_HOLD);
  assert_found (&disc, VIEWER_COHORT_DRUG, "ワーファリン 5mg", FALSE, "");
  assert_found (&disc, VIEWER_COHORT_DRUG, "ab-1234", FALSE,
                "injected-before 14: ワーファリン架空注");
  assert_found (&disc, VIEWER_COHORT_DRUG, "amurojipin", FALSE, "on 7: アムロジピン錠５ｍｇ");
  end (&disc);
}

static void
write_results (Disc *self)
{
  patient (self); /* 1: the latest is below */
  potassium (self, "6.5", "2026-11-18T06:00");
  potassium (self, "5.0", "2026-11-19T06:00");
  patient (self); /* 2 */
  potassium (self, "6.00", "2026-11-19T06:00");
  patient (self); /* 3: another unit is another list */
  result (self, DISC_STATUS_COMPLETED, "K", "血清", "6.2", "mEq/L", "2026-11-19T06:00");
  patient (self); /* 4: nobody knows the latest, and so the one before is told */
  potassium (self, "6.8", "2026-11-18T06:00");
  potassium (self, "溶血", "2026-11-19T06:00");
  patient (self); /* 5: perhaps */
  potassium (self, ">5.0", "2026-11-19T06:00");
  patient (self); /* 6: certainly not */
  potassium (self, "<0.1", "2026-11-19T06:00");
  patient (self); /* 7 */
  result (self, DISC_STATUS_PRELIMINARY, "K", "血清", "6.9", "mmol/L", "2026-11-19T06:00");
  patient (self); /* 8: cancelled */
  result (self, DISC_STATUS_CANCELLED, "K", "血清", "7.0", "mmol/L", "2026-11-19T06:00");
  patient (self); /* 9: full width */
  potassium (self, "６．１", "2026-11-19T06:00");
  patient (self); /* 10: two values of one time */
  potassium (self, "6.4", "2026-11-19T06:00");
  potassium (self, "5.1", "2026-11-19T06:00");
  patient (self); /* 11: in urine, and without a unit */
  result (self, DISC_STATUS_COMPLETED, "K", "尿", "45", "mmol/L", "2026-11-19T06:00");
  result (self, DISC_STATUS_COMPLETED, "K", NULL, "6.0", NULL, "2026-11-19T06:00");
  patient (self); /* 12: by letters it would come before 6 */
  potassium (self, "10.0", "2026-11-17T06:00");
  patient (self); /* 13: of a fetus */
  message (self, "OML-11", "20261119", 0);
  test_records_begin (self->records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_WARNING,
                      "about-another", 0);
  test_records_item (self->records, DISC_FIELD_NAME, "K", DISC_FIELD_VALUE, "9.0", 0);
  patient (self); /* 14: two values where there may be one */
  message (self, "OML-11", "20261119", 0);
  test_records_begin (self->records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-19", 0);
  test_records_item (self->records, DISC_FIELD_NAME, "K", DISC_FIELD_VALUE, "6.6", DISC_FIELD_VALUE,
                     "4.1", DISC_FIELD_UNIT, "mmol/L", DISC_FIELD_SPECIMEN, "血清", 0);
  patient (self); /* 15: ordered, not measured */
  message (self, "OML-01", "20261119", 0);
  test_records_begin (self->records, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, 0);
  test_records_item (self->records, DISC_FIELD_NAME, "K", 0);
  patient (
      self); /* 16: that day, hour unknown, after a value with an hour: both may be the latest */
  potassium (self, "4.0", "2026-11-19T06:00");
  potassium (self, "6.3", "2026-11-19");
  patient (self); /* 17: no value */
  potassium (self, NULL, "2026-11-19T06:00");
  patient (self); /* 18: of a day that has not come */
  potassium (self, "7.7", "2062-11-19T06:00");
}

static void
test_results (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortResult) found = NULL;
  g_autofree char *entries = NULL;

  begin (&disc);
  write_results (&disc);
  finish (&disc);
  found = run (&disc, VIEWER_COHORT_RESULT, "K ≧ 6.0", FALSE, VIEWER_LISTS_ALL);
  entries = entries_of (found);
  g_assert_cmpstr (entries, ==,
                   "match [K（血清）　mmol/L] 18: 7.7 mmol/L\n"
                   "match [K（血清）　mmol/L] 2: 6.00 mmol/L\n"
                   "match [K（血清）　mmol/L] 7: 6.9 mmol/L\n"
                   "match [K（血清）　mmol/L] 9: ６．１ mmol/L\n"
                   "match [K（血清）　mmol/L] 10: 6.4 mmol/L but 1\n"
                   "match [K（血清）　mmol/L] 16: 6.3 mmol/L but 1\n"
                   "match [K（血清）　mmol/L] 12: 10.0 mmol/L\n"
                   "match [K] 11: 6.0\n"
                   "match [K（尿）　mmol/L] 11: 45 mmol/L\n"
                   "match [K（血清）　mEq/L] 3: 6.2 mEq/L\n"
                   "bound [K（血清）　mmol/L] 5: >5.0 mmol/L\n"
                   "words [K（血清）　mmol/L] 4: 溶血 mmol/L, before 6.8 mmol/L\n"
                   "words [K（血清）　mmol/L] 17: -\n"
                   "words [K（血清）　mmol/L] 14: 6.6 / 4.1 mmol/L");
  g_assert_cmpuint (found->n_not, ==, 2); /* 1 and 6 */
  g_assert_cmpuint (found->n_cancelled, ==, 1);
  g_assert_cmpuint (found->n_another, ==, 1);
  assert_found (&disc, VIEWER_COHORT_RESULT, "K < 0.5", FALSE,
                "match [K（血清）　mmol/L] 6: <0.1 mmol/L\n"
                "words [K（血清）　mmol/L] 4: 溶血 mmol/L, before 6.8 mmol/L\n"
                "words [K（血清）　mmol/L] 17: -\n"
                "words [K（血清）　mmol/L] 14: 6.6 / 4.1 mmol/L");
  assert_found (&disc, VIEWER_COHORT_RESULT, "K≧6.5", TRUE,
                "match [K（血清）　mmol/L] 18: 7.7 mmol/L\n"
                "match [K（血清）　mmol/L] 7: 6.9 mmol/L\n"
                "match [K（血清）　mmol/L] 1: 6.5 mmol/L\n"
                "match [K（血清）　mmol/L] 4: 6.8 mmol/L +1\n"
                "match [K（血清）　mmol/L] 12: 10.0 mmol/L\n"
                "match [K（尿）　mmol/L] 11: 45 mmol/L\n"
                "bound [K（血清）　mmol/L] 5: >5.0 mmol/L\n"
                "words [K（血清）　mmol/L] 17: -\n"
                "words [K（血清）　mmol/L] 14: 6.6 / 4.1 mmol/L");
  /* By its code too; the words of the one above are of the same item. */
  assert_found (&disc, VIEWER_COHORT_RESULT, "3H015 = 6.2", FALSE,
                "match [K（血清）　mEq/L] 3: 6.2 mEq/L\n"
                "bound [K（血清）　mmol/L] 5: >5.0 mmol/L\n"
                "words [K（血清）　mmol/L] 4: 溶血 mmol/L, before 6.8 mmol/L\n"
                "words [K（血清）　mmol/L] 17: -");
  assert_found (&disc, VIEWER_COHORT_RESULT, "CRP > 1", FALSE, "");
  end (&disc);
}

static void
test_diagnoses (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortResult) found = NULL;

  begin (&disc);
  patient (&disc); /* 1 */
  problem (&disc, DISC_STATUS_ACTIVE, "20261101", "a", "維持透析", NULL, NULL);
  patient (&disc); /* 2 */
  problem (&disc, DISC_STATUS_ACTIVE, "20261101", "a", "透析アミロイドーシスの疑い", NULL, NULL);
  patient (&disc); /* 3 */
  problem (&disc, DISC_STATUS_ACTIVE, "20261101", "a", "透析低血圧", "治癒", NULL);
  patient (&disc); /* 4 */
  message (&disc, "Procedure", "20261101", 0);
  test_records_begin (disc.records, DISC_KIND_PROCEDURE, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-17", 0);
  test_records_item (disc.records, DISC_FIELD_NAME, "血液透析", 0);
  patient (&disc); /* 5 */
  problem (&disc, DISC_STATUS_ENTERED_IN_ERROR, "20261101", "a", "維持透析", NULL, NULL);
  patient (&disc); /* 6: a newer file calls the same entry something else */
  problem (&disc, DISC_STATUS_ACTIVE, "20261101", "a", "維持透析", NULL, NULL);
  problem (&disc, DISC_STATUS_ACTIVE, "20261102", "a", "慢性腎臓病", NULL, NULL);
  patient (&disc); /* 7 */
  problem (&disc, DISC_STATUS_ACTIVE, "20261101", "a", "透析関連のある病名", NULL, "R");
  finish (&disc);
  found = run (&disc, VIEWER_COHORT_DIAGNOSIS, "透析", FALSE, VIEWER_LISTS_ALL);
  {
    g_autofree char *entries = entries_of (found);

    g_assert_cmpstr (entries, ==,
                     "has 1: 維持透析\nsuspected 2: 透析アミロイドーシスの疑い\n"
                     "cured 3: 透析低血圧\nprocedure 4: 血液透析");
  }
  g_assert_cmpuint (found->n_cancelled, ==, 1);
  g_assert_cmpuint (found->n_confidential, ==, 1);
  assert_found (&disc, VIEWER_COHORT_DIAGNOSIS, "慢性腎臓病", FALSE, "has 6: 慢性腎臓病");
  assert_found (&disc, VIEWER_COHORT_DIAGNOSIS, "n185 腎", FALSE, "");
  end (&disc);
}

static guint32
ward_called (Disc *self, const char *name)
{
  g_autoptr (DiscList) names = disc_reader_load_list_names (self->reader, NULL);

  for (guint i = 0; i < names->rows->len; i++)
    if (g_strcmp0 (g_array_index (names->rows, DiscListName, i).text, name) == 0)
      return g_array_index (names->rows, DiscListName, i).id;
  g_assert_not_reached ();
}

/* Those in hospital come first and bed by bed; a ward has its own only, at the time of the list. */
static void
test_places (void)
{
  Disc disc = { NULL };
  static const struct
  {
    const char *ward, *bed, *from, *to;
  } stays[] = {
    { "５東", "1", "2026-10-01T10:00", "2026-10-20T10:00" },
    { "５東", "10", "2026-11-01T10:00", NULL },
    { "５東", "2", "2026-11-01T10:00", NULL },
    { "６西", "1", "2026-11-01T10:00", NULL },
    { NULL, NULL, NULL, NULL },
  };
  static const struct
  {
    const char *ward; /* NULL: all of them */
    const char *at;
    const char *people;
  } cases[] = {
    { "５東", NULL, "3 2" }, /* bed 2 before bed 10 */
    { "６西", NULL, "4" },
    { NULL, NULL, "3 2 4" },
    { "５東", "2026-10-05T12:00", "1" },
  };

  begin (&disc);
  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    {
      patient (&disc);
      prescription (&disc, DISC_STATUS_ACTIVE, WARFARIN, "2026-11-10", "30");
      if (stays[i].ward != NULL)
        stay (&disc, stays[i].ward, stays[i].bed, stays[i].from, stays[i].to);
    }
  finish (&disc);
  assert_found (&disc, VIEWER_COHORT_DRUG, "ワーファリン", FALSE,
                "on 3: " WARFARIN "\non 2: " WARFARIN "\non 4: " WARFARIN "\non 1: " WARFARIN
                "\non 5: " WARFARIN);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ViewerCohortQuery) query =
          viewer_cohort_query_new (VIEWER_COHORT_DRUG, "ワーファリン", FALSE);
      const ViewerCohortPlace place = { .group = cases[i].ward != NULL
                                                     ? ward_called (&disc, cases[i].ward)
                                                     : VIEWER_LISTS_IN_HOSPITAL,
                                        .at = (char *) cases[i].at,
                                        .as_of = (char *) AS_OF };
      g_autoptr (ViewerCohortResult) found =
          viewer_cohort_run (disc.reader, query, &place, NULL, NULL, NULL, NULL);
      g_autoptr (GString) people = g_string_new (NULL);

      for (guint k = 0; k < found->entries->len; k++)
        {
          const ViewerCohortEntry *entry = g_ptr_array_index (found->entries, k);

          g_assert_true (entry->is_in);
          g_string_append_printf (people, "%s%u", k > 0 ? " " : "", entry->pno);
        }
      g_assert_cmpstr (people->str, ==, cases[i].people);
      g_assert_cmpuint (found->n_place, ==, found->entries->len);
    }
  end (&disc);
}

static void
test_queries (void)
{
  static const struct
  {
    const char *typed, *text;
    ViewerCohortReadiness readiness;
  } cases[] = {
    { "K ≥ 6.0", "K ≥ 6.0", VIEWER_COHORT_READY },
    { "K>=6", "K ≥ 6", VIEWER_COHORT_READY },
    { "K≧６．０", "K ≥ ６．０", VIEWER_COHORT_READY },
    { "Ｋ＞＝6", "Ｋ ≥ 6", VIEWER_COHORT_READY },
    { "　K　6.0以上　", "K ≥ 6.0", VIEWER_COHORT_READY },
    { "K 6.0 未満", "K < 6.0", VIEWER_COHORT_READY },
    { "PT-INR>3", "PT-INR > 3", VIEWER_COHORT_READY },
    { "BE<-5", "BE < -5", VIEWER_COHORT_READY },
    { "CRP=0.3", "CRP = 0.3", VIEWER_COHORT_READY },
    { "CRP", "CRP", VIEWER_COHORT_READY },
    { "K以上", "K以上", VIEWER_COHORT_READY }, /* a name, for all that is known */
    { "K ≥", "K ≥ ", VIEWER_COHORT_NO_NUMBER },
    { "K ≥ x", "K ≥ x", VIEWER_COHORT_NO_NUMBER },
    { "K ≥ <6", "K ≥ <6", VIEWER_COHORT_NO_NUMBER },
    { ">6", " > 6", VIEWER_COHORT_NO_NAME },
    { "", "", VIEWER_COHORT_NO_NAME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ViewerCohortQuery) query =
          viewer_cohort_query_new (VIEWER_COHORT_RESULT, cases[i].typed, FALSE);
      g_autofree char *text = viewer_cohort_query_text (query);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (viewer_cohort_query_readiness (query), ==, cases[i].readiness);
    }
}

/* Behind the ceiling people are counted; the parts are whole. */
static void
test_many (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortResult) found = NULL;
  g_autofree char *warning = NULL;
  const ViewerCohortEntry *first;

  begin (&disc);
  for (guint i = 0; i < 2 * VIEWER_LISTS_MAX + 10; i++)
    {
      patient (&disc);
      prescription (&disc, DISC_STATUS_ACTIVE, WARFARIN, i == 4005 ? "2026-11-10" : "2026-10-01",
                    "14");
    }
  finish (&disc);
  found = run (&disc, VIEWER_COHORT_DRUG, "ワーファリン", FALSE, VIEWER_LISTS_ALL);
  g_assert_cmpuint (found->entries->len, ==, VIEWER_LISTS_MAX);
  g_assert_cmpuint (found->n_found, ==, 2 * VIEWER_LISTS_MAX + 10);
  first = g_ptr_array_index (found->entries, 0);
  g_assert_cmpuint (first->pno, ==, 4006); /* the one that runs, wherever it is */
  warning = viewer_cohort_warning (found, TRUE);
  g_assert_nonnull (strstr (warning, "2,000"));
  g_assert_nonnull (strstr (warning, "4,010"));
  g_assert_nonnull (
      strstr (warning, "（日数切れ・次の処方あり）　4,009")); /* not lost behind the others */
  end (&disc);
}

static void
test_cancelled (void)
{
  Disc disc = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ViewerCohortQuery) query =
      viewer_cohort_query_new (VIEWER_COHORT_DRUG, "ワーファリン", FALSE);
  const ViewerCohortPlace place = { .group = VIEWER_LISTS_ALL, .as_of = (char *) AS_OF };
  g_autoptr (GError) error = NULL;

  begin (&disc);
  write_drugs (&disc);
  finish (&disc);
  g_cancellable_cancel (cancellable);
  g_assert_null (viewer_cohort_run (disc.reader, query, &place, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  end (&disc);
}

static void
drop_lists (Disc *self)
{
  g_autofree char *file =
      g_build_filename (self->folder, "disc", "TOMOSHIBI", "records.sqlite", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TABLE list_name; DROP TABLE stay; DROP TABLE visit;"
                                 "DROP TABLE doctor_patient;"
                                 "DELETE FROM meta WHERE key IN ('lists', 'n_unlisted')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* A disc from before there were lists is searched whole; of a ward it says that it cannot. */
static void
test_older_disc (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortQuery) query =
      viewer_cohort_query_new (VIEWER_COHORT_DRUG, "アムロジピン", FALSE);
  const ViewerCohortPlace wards = { .group = VIEWER_LISTS_IN_HOSPITAL, .as_of = (char *) AS_OF };
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  begin (&disc);
  write_drugs (&disc);
  finish (&disc);
  disc_reader_free (disc.reader);
  drop_lists (&disc);
  path = disc_path (&disc);
  disc.reader = disc_reader_open (path, &error);
  g_assert_no_error (error);
  assert_found (&disc, VIEWER_COHORT_DRUG, "アムロジピン", FALSE, "on 7: アムロジピン錠５ｍｇ");
  g_assert_null (viewer_cohort_run (disc.reader, query, &wards, NULL, NULL, NULL, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
  end (&disc);
}

static char *
rows_text (const ViewerCohortResult *found, gboolean is_compact)
{
  g_autoptr (ViewerListsResult) shell = viewer_cohort_shell (found);
  g_autoptr (GPtrArray) rows = viewer_cohort_rows (found, shell, NULL, NOW, is_compact);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      ViewerRow *row = g_ptr_array_index (rows, i);
      g_autofree char *cell = viewer_row_dup_cell (row, is_compact ? 2 : VIEWER_LISTS_COLUMN_STATE);

      g_assert_true (viewer_row_get_rid (row) >> DISC_SEQ_BITS ==
                     ((ViewerCohortEntry *) g_ptr_array_index (found->entries, i))->pno);
      if (viewer_row_get_heading (row) != NULL)
        g_string_append_printf (out, "[%s]\n", viewer_row_get_heading (row));
      g_string_append_printf (out, "%s\n", cell);
    }
  return g_string_free (out, FALSE);
}

static void
assert_says (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
}

/* What a row says: the fact as written, with its date and its state. */
static void
test_words (void)
{
  Disc disc = { NULL };
  g_autoptr (ViewerCohortResult) drugs = NULL;
  g_autoptr (ViewerCohortResult) results = NULL;
  g_autoptr (ViewerCohortResult) nobody = NULL;
  g_autoptr (ViewerCohortResult) values = NULL;
  g_autofree char *value_rows = NULL;
  g_autoptr (ViewerCohortQuery) query =
      viewer_cohort_query_new (VIEWER_COHORT_RESULT, "K ≥ 6.0", FALSE);
  g_autofree char *drug_rows = NULL;
  g_autofree char *result_rows = NULL;
  g_autofree char *compact = NULL;
  g_autofree char *note = NULL;
  g_autofree char *empty = NULL;

  begin (&disc);
  write_drugs (&disc);
  write_results (&disc);
  finish (&disc);
  drugs = run (&disc, VIEWER_COHORT_DRUG, "ワーファリン", FALSE, VIEWER_LISTS_ALL);
  drug_rows = rows_text (drugs, FALSE);
  assert_says (
      drug_rows,
      "[ディスク時点で続いている（開始が新しく、終わりの記録がないものを含む）　4]\n" WARFARIN
      " 2錠 11/10 30日分 残り20日\n");
  assert_says (drug_rows, "保留 " WARFARIN " 2錠 11/01");
  assert_says (drug_rows, "ほか 1件（カルテにあり）");
  assert_says (drug_rows, "下書き " WARFARIN);
  assert_says (drug_rows,
               "[注射：ディスクの前日以降の指示・実施　1]\n実施 " WARFARIN " 1錠 11/18 08:00");
  assert_says (drug_rows, "[ディスク時点で終わっている（日数切れ・次の処方あり）　1]\n" WARFARIN
                          " 2錠 10/01 14日分 10/14で切れ");
  assert_says (drug_rows, "[中止・状態不明　1]\n中止 " WARFARIN);
  results = run (&disc, VIEWER_COHORT_RESULT, "K ≥ 6.0", FALSE, VIEWER_LISTS_ALL);
  result_rows = rows_text (results, FALSE);
  assert_says (result_rows, "[条件に合う　K（血清）　mmol/L　7]\n7.7 mmol/L 2062-11-19 06:00 ▲ "
                            "ディスクの時点より後の日付\n6.00 mmol/L 11/19 06:00\n");
  assert_says (result_rows, "未確定（中間報告） 6.9 mmol/L");
  assert_says (result_rows, "▲ 同じ時刻に条件に合わない値も 1件");
  assert_says (result_rows, "溶血 mmol/L 11/19 06:00\nその前の値 6.8 mmol/L 11/18 06:00");
  values = run (&disc, VIEWER_COHORT_RESULT, "K", FALSE, VIEWER_LISTS_ALL);
  value_rows = rows_text (values, FALSE);
  assert_says (value_rows, "[K（血清）　mmol/L　13]\n"); /* nothing is said to match */
  assert_says (value_rows, "<0.1 mmol/L 11/19 06:00\n");
  compact = rows_text (results, TRUE);
  assert_says (compact, "６．１ mmol/L 11/19 06:00");
  note = viewer_cohort_note (query, results, "バイタル", FALSE);
  assert_says (note, "このディスクに未収録：バイタル。");
  assert_says (note, "条件に合わない 2、取消・削除・誤登録 1、本人以外（胎児・提供者） 1");
  nobody = run (&disc, VIEWER_COHORT_RESULT, "Na > 150", FALSE, VIEWER_LISTS_ALL);
  g_assert_cmpuint (nobody->n_found, ==, 0);
  empty = viewer_cohort_nobody_text (query, nobody, "病院全体", AS_OF, NULL, NOW);
  assert_says (empty, "検査値「K ≥ 6.0」を 病院全体（");
  assert_says (empty, "「該当者がいない」という意味ではありません");
  end (&disc);
}

int
main (int argc, char **argv)
{
  viewer_language_init ();
  viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/cohort/queries", test_queries);
  g_test_add_func ("/viewer/cohort/drugs", test_drugs);
  g_test_add_func ("/viewer/cohort/results", test_results);
  g_test_add_func ("/viewer/cohort/diagnoses", test_diagnoses);
  g_test_add_func ("/viewer/cohort/places", test_places);
  g_test_add_func ("/viewer/cohort/many", test_many);
  g_test_add_func ("/viewer/cohort/cancelled", test_cancelled);
  g_test_add_func ("/viewer/cohort/older-disc", test_older_disc);
  g_test_add_func ("/viewer/cohort/words", test_words);
  return g_test_run ();
}
