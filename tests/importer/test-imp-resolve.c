/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-resolve.h"
#include "unit-fixture.h"

#define N(array) G_N_ELEMENTS (array)

/* Paths of one invented patient: date, type, order number, time, flag. */
#define P(date, type, order, stamp, flag)                                                          \
  "012/345/0123456789/" date "/" type "/0123456789_" date "_" type "_" order "_" stamp "_01_" flag
#define FIXED "999999999999999"

typedef struct
{
  const char *path;
  const char *state;         /* of all its records */
  DiscMessageFlags flags;
} Expected;

static void
check_all (ImpUnit *unit, const Expected *expected, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const ImpMessage *message = fixture_find (unit, expected[i].path, 0);
      g_autofree char *state = fixture_state (message);

      g_test_message ("%s", expected[i].path);
      g_assert_cmpstr (state, ==, expected[i].state);
      g_assert_cmphex (message->flags, ==, expected[i].flags);
    }
}

static ImpUnit *
resolve (const FixtureMessage *messages, guint n)
{
  ImpUnit *unit = fixture_unit (messages, n);

  imp_resolve (unit, NULL);
  return unit;
}

/* ---- 2.3 and 2.4: versions ------------------------------------------------------------------ */

/* The worked example of spec 2.3: meal orders after the NHO's practice (row 8.16). */
static void
test_meals (void)
{
  static const char first[] = P ("20250401", "OMD", "000000000000598", "20250401091234123", "0");
  static const char first_gone[] = P ("20250401", "OMD", "000000000000598", "20250401201205234", "0");
  static const char second[] = P ("20250401", "OMD", "000000000000605", "20250401201206345", "1");
  static const char third[] = P ("20250401", "OMD", "000000000000612", "20250401201207123", "0");
  static const char third_gone[] = P ("20250401", "OMD", "000000000000612", "20250402153143543", "0");
  static const char fourth[] = P ("20250402", "OMD", "000000000000703", "20250402153144374", "1");
  const FixtureMessage messages[] = { { fourth }, { third_gone }, { first },
                                      { second }, { third },      { first_gone } };
  const Expected expected[] = {
    { first, "-deleted", 0 },  { first_gone, "-deleted", 0 }, { second, "+active", 0 },
    { third, "-deleted", 0 },  { third_gone, "-deleted", 0 }, { fourth, "+active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (unit->findings->len, ==, 0);
  g_assert_cmpuint (unit->chart->len, ==, 6);
}

/* An update as the guideline writes it: _2 and a newer _1. */
static void
test_update (void)
{
  static const char old[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "2");
  static const char now[] = P ("20250401", "OMP-01", "000000000000001", "20250401100000000", "1");
  const FixtureMessage messages[] = { { now }, { old } };
  const Expected expected[] = { { old, "-superseded", 0 }, { now, "+active", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (unit->findings->len, ==, 0);
}

/* Two live files of one order: the newest stands. Department is no part of the identity; a stamp of
 * 15 digits compares padded (row 8.33). */
static void
test_two_live (void)
{
  static const char old[] =
      "012/345/0123456789/20250401/OMP-01/0123456789_20250401_OMP-01_000000000000001_"
      "200802031630123_02_1";
  static const char now[] = P ("20250401", "OMP-01", "000000000000001", "20080203163012301", "1");
  const FixtureMessage messages[] = { { old }, { now } };
  const Expected expected[] = { { old, "-superseded", 0 }, { now, "+active", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 1);
}

/* Row 8.24: the same content again under another number after a change of system. Which of them is
 * right nobody here can know: both stand, each with the root it came from. */
static void
test_exported_again (void)
{
  static const char before[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char after[] = P ("20250401", "OMP-01", "900000000000077", "20250801030000000", "1");
  const FixtureMessage messages[] = { { before, .source = "one prescription" },
                                      { after, .root = 1, .source = "one prescription" } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));
  g_autofree char *first = fixture_state (fixture_find (unit, before, 0));
  g_autofree char *second = fixture_state (fixture_find (unit, after, 1));

  g_assert_cmpstr (first, ==, "+active");
  g_assert_cmpstr (second, ==, "+active");
  g_assert_cmpuint (unit->chart->len, ==, 2);
}

/* Equal stamps: file time decides, then the name. */
static void
test_ties (void)
{
  static const char one[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char two[] =
      "012/345/0123456789/20250401/OMP-01/0123456789_20250401_OMP-01_000000000000001_"
      "20250401090000000_02_1";
  const FixtureMessage by_time[] = { { one, .mtime = 200 }, { two, .mtime = 100 } };
  const FixtureMessage by_name[] = { { one, .mtime = 100 }, { two, .mtime = 100 } };
  const Expected one_wins[] = { { one, "+active", 0 }, { two, "-superseded", 0 } };
  const Expected two_wins[] = { { one, "-superseded", 0 }, { two, "+active", 0 } };
  g_autoptr (ImpUnit) first = resolve (by_time, N (by_time));
  g_autoptr (ImpUnit) second = resolve (by_name, N (by_name));

  check_all (first, one_wins, N (one_wins));
  check_all (second, two_wins, N (two_wins));
}

static void
test_deleted_while_reading (void)
{
  static const char live[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char dead[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000001", "0");
  static const char same[] = P ("20250401", "OMP-01", "000000000000002", "20250401090000000", "1");
  static const char at_once[] = P ("20250401", "OMP-01", "000000000000002", "20250401090000000", "0");
  static const char later[] = P ("20250401", "OMP-01", "000000000000003", "20250401090000002", "1");
  static const char before[] = P ("20250401", "OMP-01", "000000000000003", "20250401090000001", "0");
  const FixtureMessage messages[] = { { live }, { dead }, { same }, { at_once }, { later }, { before } };
  const Expected expected[] = {
    { live, "-unknown", DISC_MESSAGE_MAYBE_CANCELLED },
    { dead, "-deleted", 0 },
    { same, "+active", 0 }, /* delete and insert within one millisecond: the live file wins */
    { at_once, "-deleted", 0 },
    { later, "+active", 0 },
    { before, "-deleted", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 1);
}

/* Between the rename and the write of an update the backup was taken. */
static void
test_only_old (void)
{
  static const char older[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "2");
  static const char old[] = P ("20250401", "OMP-01", "000000000000001", "20250401100000000", "2");
  const FixtureMessage messages[] = { { old }, { older } };
  const Expected expected[] = { { older, "-superseded", 0 },
                                { old, "-superseded", DISC_MESSAGE_NEWEST_LOST } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_MISSING_FILE), ==, 1);
}

/* Two receptions on one day share the fixed number: both happened. The same one twice did not. */
static void
test_events (void)
{
  static const char one[] = P ("20250401", "ADT-12", FIXED, "20250401090000000", "1");
  static const char two[] = P ("20250401", "ADT-12", FIXED, "20250401130000000", "1");
  static const char again[] = P ("20250401", "ADT-12", FIXED, "20250401140000000", "1");
  const FixtureMessage messages[] = {
    { one, .source = "morning" }, { two, .source = "afternoon" }, { again, .source = "afternoon" }
  };
  const Expected expected[] = {
    { one, "+active", 0 }, { two, "-superseded", 0 }, { again, "+active", 0 }
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 2);
}

/* Physiology results are events too, also beside a deletion that is older than one of them. */
static void
test_events_and_deletion (void)
{
  static const char one[] = P ("20250401", "OMG-13", FIXED, "20250401090000000", "1");
  static const char gone[] = P ("20250401", "OMG-13", FIXED, "20250401100000000", "0");
  static const char two[] = P ("20250401", "OMG-13", FIXED, "20250401110000000", "1");
  const FixtureMessage messages[] = { { one }, { gone }, { two } };
  const Expected expected[] = { { one, "-unknown", DISC_MESSAGE_MAYBE_CANCELLED },
                                { gone, "-deleted", 0 },
                                { two, "+active", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
}

static void
test_whole_lists (void)
{
  static const char old[] = P ("-", "ADT-01", FIXED, "20250401090000000", "1");
  static const char now[] = P ("-", "ADT-01", FIXED, "20250402090000000", "1");
  const FixtureMessage messages[] = { { old }, { now } };
  const Expected expected[] = { { old, "-superseded", 0 }, { now, "+active", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 1);
}

/* An order live under two days may have been moved; results under two days are normal. */
static void
test_moved_order (void)
{
  static const char old[] = P ("20250401", "OMP-02", "000000000000001", "20250401090000000", "1");
  static const char now[] = P ("20250402", "OMP-02", "000000000000001", "20250402090000000", "1");
  static const char lab1[] = P ("20250401", "OML-11", "000000000000002", "20250401090000000", "1");
  static const char lab2[] = P ("20250402", "OML-11", "000000000000002", "20250402090000000", "1");
  static const char gone[] = P ("20250401", "OMP-01", "000000000000003", "20250401090000000", "0");
  static const char other[] = P ("20250402", "OMP-01", "000000000000003", "20250402090000000", "1");
  const FixtureMessage messages[] = { { old }, { now }, { lab1 }, { lab2 }, { gone }, { other } };
  const Expected expected[] = {
    { old, "+active", DISC_MESSAGE_MAYBE_DUPLICATE },
    { now, "+active", DISC_MESSAGE_MAYBE_DUPLICATE },
    { lab1, "+active", 0 },
    { lab2, "+active", 0 },
    { gone, "-deleted", 0 },
    { other, "+active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 1);
}

/* A cancel message with flag 1 is no fact, and casts doubt on the event it stands beside. */
static void
test_cancel_event (void)
{
  static const char in[] = P ("20250401", "ADT-22", FIXED, "20250401090000000", "1");
  static const char cancel[] = P ("20250401", "ADT-22", FIXED, "20250401100000000", "1");
  const FixtureMessage messages[] = {
    { in, .clinical_at = "2025-04-01T09:00", .names_admission = TRUE, .ward = "5E" },
    { cancel, .is_cancel = TRUE, .event = "A11", .clinical_at = "2025-04-01T10:00" },
  };
  const Expected expected[] = { { in, "-unknown", DISC_MESSAGE_MAYBE_CANCELLED },
                                { cancel, "-cancelled", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpint (unit->patient.place, ==, DISC_PLACE_UNKNOWN);
}

/* Cancelling an admission withdraws no allergy, neither one told with the admission nor a list. */
static void
test_cancelled_allergies (void)
{
#define NUMBER "000000000000007"
  static const char in[] = P ("20250401", "ADT-22", FIXED, "20250401090000000", "1");
  static const char cancel[] = P ("20250401", "ADT-22", FIXED, "20250401100000000", "1");
  static const char numbered[] = P ("20250402", "ADT-22", NUMBER, "20250402090000000", "1");
  static const char numbered_cancel[] = P ("20250402", "ADT-22", NUMBER, "20250402100000000", "1");
  static const char again[] = P ("20250402", "ADT-22", NUMBER, "20250402110000000", "1");
  static const char list[] = P ("-", "ADT-61", NUMBER, "20250401090000000", "1");
  static const char no_list[] = P ("-", "ADT-61", NUMBER, "20250401100000000", "1");
  static const char basics[] = P ("-", "ADT-00", FIXED, "20250401090000000", "1");
  static const char no_basics[] = P ("-", "ADT-00", FIXED, "20250401100000000", "1");
  static const char deleted[] = P ("20250403", "ADT-22", FIXED, "20250403090000000", "0");
#define EGG .kind = DISC_KIND_ALLERGY, .items = { { NULL, "卵" } }
  const FixtureMessage messages[] = {
    { in, .event = "A01", EGG },
    { cancel, .event = "A11", .is_cancel = TRUE, .kind = DISC_KIND_ALLERGY,
      .items = { { NULL, "ソバ" } } },
    { numbered, .event = "A01", EGG },
    { numbered_cancel, .event = "A11", .is_cancel = TRUE, EGG },
    { again, .event = "A01", EGG },
    /* under the name of a list, but none */
    { list, .event = "A60", EGG },
    { no_list, .event = "A11", .is_cancel = TRUE, .kind = DISC_KIND_ALLERGY,
      .items = { { NULL, "ソバ" } } },
    /* basic data go with their list, and a file that is deleted with all in it */
    { basics, .event = "A08", EGG },
    { no_basics, .event = "A23", .is_cancel = TRUE },
    { deleted, .event = "A01", EGG },
  };
  const Expected expected[] = {
    { in, "+active", DISC_MESSAGE_MAYBE_CANCELLED },
    { cancel, "+active", 0 },
    { numbered, "-superseded", 0 }, /* by the newer admission of the same number */
    { numbered_cancel, "+active", 0 },
    { again, "+active", 0 },
    { list, "+active", 0 },
    { no_list, "+active", 0 },
    { basics, "-superseded", 0 },
    { no_basics, "-cancelled", 0 },
    { deleted, "-deleted", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
}

/* Files of one record and one time of sending are compared by what they say, not each with each. */
static void
test_many_files (void)
{
  enum
  {
    N_FILES = 20000
  };
  static const struct
  {
    const char *date;
    const char *type;
    const char *order;
  } cases[] = { { "20250401", "ADT-12", FIXED }, { "20250401", "OMP-01", "000000000000001" } };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autofree FixtureMessage *messages = g_new0 (FixtureMessage, N_FILES);
      g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (ImpUnit) unit = NULL;
      guint n_identical = 0;

      /* Under ten names, each content twice. */
      for (guint k = 0; k < N_FILES; k++)
        {
          char *path = g_strdup_printf (
              "012/345/0123456789/%s/%s/0123456789_%s_%s_%s_20250401090000000_%02u_1", cases[i].date,
              cases[i].type, cases[i].date, cases[i].type, cases[i].order, k % 10);
          char *source = g_strdup_printf ("message %05u", k % (N_FILES / 2));

          messages[k] = (FixtureMessage) { path, .root = k, .source = source, .event = "A04" };
          g_ptr_array_add (strings, path);
          g_ptr_array_add (strings, source);
        }
      unit = fixture_unit (messages, N_FILES);
      imp_resolve_versions (unit);
      for (guint k = 0; k < unit->messages->len; k++)
        n_identical += g_array_index (unit->messages, ImpMessage, k).fate == IMP_FATE_IDENTICAL;
      g_assert_cmpuint (n_identical, ==, N_FILES / 2);
      /* each with each would be two hundred million */
      g_assert_cmpuint (unit->n_compared, <=, 2 * N_FILES);
    }
}

/* Spec 8.1: what may be another patient's deletion kills nothing of this one. */
static void
test_disputed_deletion (void)
{
  static const char live[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char foreign[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000001", "0");
  static const char own[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000002", "0");
  static const char list[] = P ("-", "ADT-61", FIXED, "20250401090000000", "1");
  static const char older_list[] = P ("-", "ADT-61", FIXED, "20250301090000000", "1");
  static const char foreign_list[] = P ("-", "ADT-61", FIXED, "20250401090000001", "0");
  static const char older[] = P ("20250402", "OMP-01", "000000000000002", "20250401090000000", "0");
  static const char newer[] = P ("20250402", "OMP-01", "000000000000002", "20250401090000001", "1");
  static const char theirs[] = P ("20250403", "OMP-01", "000000000000003", "20250401090000000", "1");
  static const char gone[] = P ("20250403", "OMP-01", "000000000000003", "20250401090000001", "0");
  const FixtureMessage messages[] = {
    { live }, { foreign, .pid = "777" },
    { older, .pid = "777" }, { newer },
    { theirs, .pid = "777" }, { gone, .pid = "777" },
    { older_list, .items = { { NULL, "ソバ" } } },
    { list, .items = { { NULL, "ソバ" } } },
    { foreign_list, .pid = "777", .items = { { NULL, "ソバ" } } },
    { own },
  };
  const Expected expected[] = {
    { live, "+active", DISC_MESSAGE_MAYBE_CANCELLED },
    { foreign, "-deleted", DISC_MESSAGE_DISPUTED },
    { newer, "+active", 0 },
    { theirs, "-unknown", DISC_MESSAGE_DISPUTED | DISC_MESSAGE_MAYBE_CANCELLED },
    { list, "+active", DISC_MESSAGE_MAYBE_CANCELLED },
    { older_list, "-superseded", DISC_MESSAGE_MAYBE_CANCELLED },
  };
  const Expected with_own = { live, "-unknown", DISC_MESSAGE_MAYBE_CANCELLED };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages) - 1);
  g_autoptr (ImpUnit) both = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_IDENTITY_CONFLICT), ==, 3);
  g_assert_cmphex (unit->patient.flags & DISC_PATIENT_ALLERGY_LISTED, !=, 0);
  check_all (both, &with_own, 1);
}

static void
test_training (void)
{
  static const char path[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  const FixtureMessage messages[] = { { path, .flags = DISC_MESSAGE_TEST } };
  const Expected expected[] = { { path, "-unknown", DISC_MESSAGE_TEST } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmphex (unit->patient.flags & DISC_PATIENT_TEST, !=, 0);
}

/* A list of allergies that was written under the name of basic data is no older version of them. */
static void
test_other_things_under_one_name (void)
{
  static const char one[] = P ("-", "ADT-00", FIXED, "20250401090000000", "1");
  static const char two[] = P ("-", "ADT-00", FIXED, "20250402090000000", "1");
  static const char three[] = P ("-", "ADT-00", FIXED, "20250403090000000", "1");
  static const char four[] = P ("-", "ADT-00", FIXED, "20250404090000000", "1");
  static const char rx[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char drip[] = P ("20250401", "OMP-01", "000000000000001", "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { one, .event = "A08" },
    { two, .event = "A60", .items = { { NULL, "ペニシリン" } }, .kind = DISC_KIND_ALLERGY },
    { three, .event = "A60", .items = { { NULL, "ソバ" } }, .kind = DISC_KIND_ALLERGY },
    { four, .event = "A08" },
    /* one event: an order that became another kind of order */
    { rx, .event = "O11" },
    { drip, .event = "O11", .kind = DISC_KIND_INJECTION },
  };
  const Expected expected[] = {
    { one, "-superseded", 0 },   { two, "-superseded", 0 }, { three, "+active", 0 },
    { four, "+active", 0 },      { rx, "-superseded", 0 },  { drip, "+active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 4);
}

/* What is not production data replaces and deletes nothing that is (4.2, MSH-11). */
static void
test_training_versions (void)
{
  static const char real[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char later[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000001", "1");
  static const char again[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000002", "1");
  static const char dead[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000003", "0");
  static const char old[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000004", "2");
  const FixtureMessage messages[] = {
    { real },
    { later, .flags = DISC_MESSAGE_TEST, .source = "test" },
    { later, .flags = DISC_MESSAGE_TEST, .source = "test", .root = 1 },
    { again, .flags = DISC_MESSAGE_TEST },
    { dead, .flags = DISC_MESSAGE_TEST },
    { old, .flags = DISC_MESSAGE_TEST },
  };
  const Expected expected[] = {
    { real, "+active", 0 },
    { later, "-unknown", DISC_MESSAGE_TEST },
    { again, "-unknown", DISC_MESSAGE_TEST },
    { dead, "-deleted", DISC_MESSAGE_TEST },
    { old, "-superseded", DISC_MESSAGE_TEST },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (unit->findings->len, ==, 0);
  g_assert_cmpint (fixture_find (unit, later, 1)->fate, ==, IMP_FATE_IDENTICAL);
}

/* ---- 1.3: several roots --------------------------------------------------------------------- */

static void
test_roots (void)
{
  static const char path[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  const FixtureMessage same[] = { { path, .root = 0 }, { path, .root = 1 } };
  const FixtureMessage different[] = { { path, .root = 0, .source = "a" },
                                       { path, .root = 1, .source = "b" } };
  g_autoptr (ImpUnit) one = resolve (same, N (same));
  g_autoptr (ImpUnit) both = resolve (different, N (different));

  g_assert_cmpint (fixture_find (one, path, 0)->fate, ==, IMP_FATE_ON_DISC);
  g_assert_cmpint (fixture_find (one, path, 1)->fate, ==, IMP_FATE_IDENTICAL);
  g_assert_cmpuint (one->chart->len, ==, 1);
  g_assert_cmpuint (one->findings->len, ==, 0);

  for (guint root = 0; root < 2; root++)
    {
      g_autofree char *state = fixture_state (fixture_find (both, path, root));

      g_assert_cmpstr (state, ==, "+active");
    }
  g_assert_cmpuint (both->chart->len, ==, 2);
  g_assert_cmpuint (fixture_count_findings (both, IMP_FINDING_DUPLICATE), ==, 1);
}

/* Two messages in one file are of one state and do not replace each other. */
static void
test_two_in_one_file (void)
{
  static const char path[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  const FixtureMessage messages[] = { { path, .entry = 1, .source = "first" },
                                      { path, .entry = 2, .source = "second" } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  g_assert_cmpuint (unit->chart->len, ==, 2);
  g_assert_cmpuint (unit->findings->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *state = fixture_state (g_ptr_array_index (unit->chart, i));

      g_assert_cmpstr (state, ==, "+active");
    }
}

/* ---- 1.2, 4.5: lists ------------------------------------------------------------------------ */

/* Row 8.32: a file for each entry. The same PRB-4 stands in the newer file only. */
static void
test_problem_union (void)
{
  static const char old[] = P ("-", "PPR-01", "000000000000001", "20250401090000000", "1");
  static const char now[] = P ("-", "PPR-01", "000000000000002", "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { old, .items = { { "01", "胃炎" }, { "02", "高血圧症" }, { NULL, "骨折" } } },
    { now, .items = { { "02", "高血圧症" }, { "03", "肺癌" }, { NULL, "骨折" } } },
  };
  const Expected expected[] = {
    { old, "+active -superseded +active", 0 },
    { now, "+active +active +active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (unit->findings->len, ==, 0);
}

/* Row 8.32 again: a file for each entry, and in each of them the entries are numbered from 1. */
static void
test_running_numbers (void)
{
  static const struct
  {
    const char *type;
    FixtureItem old, now;
    const char *state; /* of the older one */
  } cases[] = {
    { "ADT-61", { "1", "ペニシリン" }, { "1", "ソバ" }, "+active" },
    { "ADT-61", { "1", "ペニシリン" }, { "1", "ﾍﾟﾆｼﾘﾝ" }, "-superseded" },
    { "ADT-61", { "1", "ペニシリン" }, { "1", "ソバ", "deleted" }, "+active" },
    { "ADT-61", { "1", "ペニシリン" }, { "2", "ペニシリン" }, "+active" },
    /* one code for everything else: the words decide */
    { "ADT-61", { "1", "ペニシリン", NULL, "99" }, { "1", "ソバ", NULL, "99" }, "+active" },
    { "ADT-61", { "1", "", NULL, "J01" }, { "1", "ペニシリン", NULL, "J01" }, "-superseded" },
    { "ADT-61", { "1", "ペニシリン", NULL, "J01" }, { "1", "", NULL, "J01" }, "-superseded" },
    { "ADT-61", { "1", "", NULL, "J01" }, { "1", "", NULL, "J02" }, "+active" },
    { "ADT-61", { "1", "" }, { "1", "" }, "+active" },
    { "PPR-01", { "1", "胃炎" }, { "1", "肺癌" }, "+active" },
    { "PPR-01", { "1", "肺癌の疑い", NULL, "20060000" }, { "1", "肺癌", NULL, "20060000" },
      "-superseded" },
    /* 未コード化 */
    { "PPR-01", { "1", "胃炎", NULL, "20084317" }, { "1", "肺癌", NULL, "20084317" }, "+active" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autofree char *old = g_strdup_printf (
          "0123456789_-_%s_000000000000001_20250401090000000_01_1", cases[i].type);
      g_autofree char *now = g_strdup_printf (
          "0123456789_-_%s_000000000000002_20250402090000000_01_1", cases[i].type);
      const FixtureMessage messages[] = { { old, .items = { cases[i].old } },
                                          { now, .items = { cases[i].now } } };
      g_autoptr (ImpUnit) unit = resolve (messages, N (messages));
      g_autofree char *state = fixture_state (fixture_find (unit, old, 0));
      gboolean clash = strcmp (cases[i].state, "+active") == 0 &&
                       strcmp (cases[i].old.instance, cases[i].now.instance) == 0;

      g_test_message ("%u", i);
      g_assert_cmpstr (state, ==, cases[i].state);
      g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, clash ? 1 : 0);
    }
}

/* An entry that the newer file deletes is gone from the older one too; it is the same entry. */
static void
test_problem_deleted (void)
{
  static const char old[] = P ("-", "PPR-01", "000000000000001", "20250401090000000", "1");
  static const char now[] = P ("-", "PPR-01", "000000000000002", "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { old, .items = { { "01", "胃炎" } } },
    { now, .items = { { "01", "胃炎", "entered-in-error" } } },
  };
  const Expected expected[] = { { old, "-superseded", 0 }, { now, "-entered-in-error", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
}

/* Two whole lists of diagnoses: the newest is the list. */
static void
test_problem_whole_list (void)
{
  static const char old[] = P ("-", "PPR-01", FIXED, "20250401090000000", "1");
  static const char now[] = P ("-", "PPR-01", FIXED, "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { old, .items = { { "01", "胃炎" }, { "02", "高血圧症" } } },
    { now, .items = { { "02", "高血圧症" } } },
  };
  const Expected expected[] = { { old, "-superseded -superseded", 0 }, { now, "+active", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DUPLICATE), ==, 1);
}

/* What only bears the name of a list replaces none; a list without entries does. */
static void
test_problem_not_a_list (void)
{
  static const char old[] = P ("-", "PPR-01", FIXED, "20250401090000000", "1");
  static const char now[] = P ("-", "PPR-01", FIXED, "20250402090000000", "1");
  static const struct
  {
    FixtureMessage newer;
    const char *state;
  } cases[] = {
    { { now, .event = "A08", .kind = DISC_KIND_DEMOGRAPHICS }, "+active" },
    { { now, .event = "ZD1", .kind = DISC_KIND_UNKNOWN }, "-superseded" },
    { { now, .flags = DISC_MESSAGE_TEST, .items = { { "02", "高血圧症" } } }, "+active" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      const FixtureMessage messages[] = { { old, .items = { { "01", "胃炎" } } }, cases[i].newer };
      g_autoptr (ImpUnit) unit = resolve (messages, N (messages));
      g_autofree char *state = fixture_state (fixture_find (unit, old, 0));

      g_test_message ("%u", i);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

/* Lists of two roots, medical and dental, are lists of two writers: neither replaces the other,
 * unless a root holds the other's file as an older version. */
static void
test_problem_two_roots (void)
{
  static const char medical[] = P ("-", "PPR-01", FIXED, "20250401090000000", "1");
  static const char dental[] = P ("-", "PPR-01", FIXED, "20250402090000000", "1");
  static const char older[] = P ("-", "PPR-01", FIXED, "20250401090000000", "2");
  const FixtureMessage messages[] = {
    { medical, .root = 0, .items = { { "01", "肺癌" } } },
    { dental, .root = 1, .items = { { "D1", "う蝕" } } },
    { older, .root = 1, .items = { { "01", "肺癌" } } },
  };
  g_autoptr (ImpUnit) two_writers = resolve (messages, 2);
  g_autoptr (ImpUnit) two_backups = resolve (messages, 3);
  g_autofree char *kept = fixture_state (fixture_find (two_writers, medical, 0));
  g_autofree char *replaced = fixture_state (fixture_find (two_backups, medical, 0));

  g_assert_cmpstr (kept, ==, "+active");
  g_assert_cmpstr (replaced, ==, "-superseded");
}

/* A hostile storage may hold as many lists as it likes: what is compared in pairs would take hours. */
static void
test_many_lists (void)
{
  enum { N_LISTS = 150000 };
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1 << 16);
  g_autofree FixtureMessage *messages = g_new0 (FixtureMessage, N_LISTS);
  g_autoptr (ImpUnit) unit = NULL;

  for (guint i = 0; i < N_LISTS; i++)
    {
      g_autofree char *path = g_strdup_printf (
          "0123456789_-_ADT-61_%s_20250401090%06u_01_1", i % 3 == 0 ? FIXED : "1", i);

      messages[i].path = g_string_chunk_insert (strings, path);
      messages[i].root = i % 7;
      messages[i].items[0] = (FixtureItem) { "1", "ソバ" };
    }
  unit = resolve (messages, N_LISTS);
  g_assert_cmpuint (unit->chart->len, ==, N_LISTS);
}

/* Spec 10: an allergy that only an older whole list mentions must not vanish. */
static void
test_allergy_old_list (void)
{
  static const char old[] = P ("-", "ADT-61", FIXED, "20250401090000000", "1");
  static const char now[] = P ("-", "ADT-61", FIXED, "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { old, .items = { { NULL, "ペニシリン" }, { NULL, "ソバ" }, { "7", "造影剤" } } },
    /* written in another width, and entry 7 another name, or another thing */
    { now, .items = { { NULL, "ﾍﾟﾆｼﾘﾝ" }, { "7", "ヨード造影剤" } } },
  };
  const Expected expected[] = {
    { old, "-superseded +active +active", DISC_MESSAGE_OLD_LIST_ONLY },
    { now, "+active +active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmphex (unit->patient.flags & DISC_PATIENT_ALLERGY_LISTED, !=, 0);
}

/* Spec 10: a deletion in one file must not hide the same allergen of another source. */
static void
test_allergy_deleted_elsewhere (void)
{
  static const char old[] = P ("-", "ADT-61", FIXED, "20250401090000000", "1");
  static const char now[] = P ("-", "ADT-61", FIXED, "20250402090000000", "1");
  const FixtureMessage messages[] = {
    { old, .items = { { NULL, "ペニシリン" } } },
    { now, .items = { { NULL, "ペニシリン", "deleted" } } },
  };
  const Expected expected[] = { { old, "+active", DISC_MESSAGE_OLD_LIST_ONLY },
                                { now, "-deleted", 0 } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
}

/* Three states: listed, only "none" stated, not recorded. */
static void
test_allergy_states (void)
{
  static const char path[] = P ("-", "ADT-61", FIXED, "20250401090000000", "1");
  static const char dead[] = P ("-", "ADT-61", FIXED, "20250401090000000", "0");
  static const char other[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const struct
  {
    FixtureMessage message;
    DiscPatientFlags flags;
  } cases[] = {
    { { path, .items = { { NULL, "セファゾリン" } } }, DISC_PATIENT_ALLERGY_LISTED },
    { { path, .items = { { NULL, "なし" } } }, DISC_PATIENT_ALLERGY_NONE_STATED },
    { { path, .items = { { NULL, "特に無し" } } }, DISC_PATIENT_ALLERGY_NONE_STATED },
    { { path, .items = { { NULL, "アレルギー　なし" } } }, DISC_PATIENT_ALLERGY_NONE_STATED },
    { { path, .items = { { NULL, "なし" }, { NULL, "ソバ" } } }, DISC_PATIENT_ALLERGY_LISTED },
    { { path, .items = { { NULL, "なし", "deleted" } } }, 0 },
    { { path, .items = { { NULL, "セファゾリン", "entered-in-error" } } }, 0 },
    { { dead, .items = { { NULL, "セファゾリン" } } }, 0 },
    { { path, .items = { { NULL, "キウイ(なしは可)" } } }, DISC_PATIENT_ALLERGY_LISTED },
    { { path, .items = { { NULL, "セファゾリン" } }, .pid = "0123456780" }, 0 },
    { { other }, 0 },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autoptr (ImpUnit) unit = resolve (&cases[i].message, 1);

      g_test_message ("%u", i);
      g_assert_cmphex (unit->patient.flags &
                           (DISC_PATIENT_ALLERGY_LISTED | DISC_PATIENT_ALLERGY_NONE_STATED),
                       ==, cases[i].flags);
    }
}

/* ---- identity and basic data ---------------------------------------------------------------- */

/* Row 8.1: nobody's chart, and nothing said about anybody. */
static void
test_disputed (void)
{
  static const char basics[] = P ("-", "ADT-00", FIXED, "20250401090000000", "1");
  static const char foreign[] = P ("-", "ADT-00", FIXED, "20250402090000000", "1");
  static const char ward[] = P ("20250401", "ADT-22", FIXED, "20250401090000000", "1");
  static const char allergy[] = P ("-", "ADT-61", FIXED, "20250401090000000", "1");
  static const char padded[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  const FixtureMessage messages[] = {
    { basics, .name = "山田　花子", .birth_date = "1952-03-04", .sex = "F" },
    { foreign, .name = "鈴木　一郎", .birth_date = "1960-01-01", .sex = "M", .pid = "0123456780" },
    { ward, .clinical_at = "2025-04-01T09:00", .names_admission = TRUE, .ward = "5E",
      .pid = "0123456780" },
    { allergy, .items = { { NULL, "セファゾリン" } }, .pid = "0123456780" },
    { padded, .pid = "123456789" }, /* padding is not harmless by itself */
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));
  g_autofree char *state = fixture_state (fixture_find (unit, basics, 0));

  g_assert_cmpuint (unit->chart->len, ==, 1);
  g_assert_cmpuint (unit->disputed->len, ==, 4);
  g_assert_cmpstr (state, ==, "+active");
  g_assert_cmpstr (unit->patient.name, ==, "山田　花子");
  g_assert_cmpstr (unit->patient.birth_date, ==, "1952-03-04");
  g_assert_cmpint (unit->patient.place, ==, DISC_PLACE_UNKNOWN);
  g_assert_cmphex (unit->patient.flags, ==, 0);
  g_assert_cmpuint (unit->findings->len, ==, 0);
}

/* An id that only disputed messages name is on the disc as an id, without anything else. */
static void
test_disputed_only (void)
{
  static const char path[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  const FixtureMessage messages[] = { { path, .pid = "777", .name = "鈴木　一郎" } };
  g_autoptr (ImpUnit) unit = fixture_unit (messages, N (messages));
  g_autoptr (ImpUnit) stranger = imp_unit_new ("", "777");

  unit->n_disputed_naming = 1;
  imp_resolve (unit, NULL);
  g_assert_true (unit->has_patient);
  g_assert_null (unit->patient.name);
  g_assert_cmpuint (unit->chart->len, ==, 0);
  g_assert_cmphex (unit->patient.flags, ==,
                   DISC_PATIENT_NO_DEMOGRAPHICS | DISC_PATIENT_DISPUTED_ONLY);

  stranger->n_disputed_naming = 1;
  imp_resolve (stranger, NULL);
  g_assert_true (stranger->has_patient);
  g_assert_null (stranger->patient.name);
}

/* Row 8.27, and 2.6 on A23: three ways to have no basic data. */
static void
test_basics_missing (void)
{
  static const char rx[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char newer[] = P ("20250402", "OMP-01", "000000000000002", "20250402090000000", "1");
  static const char dead[] = P ("-", "ADT-00", FIXED, "20250401090000000", "0");
  static const char cancel[] = P ("-", "ADT-00", FIXED, "20250403090000000", "1");
  static const char old[] = P ("-", "ADT-00", FIXED, "20250301090000000", "2");
  static const struct
  {
    FixtureMessage extra;
    DiscPatientFlags flags;
    const char *name;
  } cases[] = {
    { { rx, .name = "山田　花子" }, DISC_PATIENT_NO_DEMOGRAPHICS, "佐藤　花子" },
    { { dead, .name = "山田　花子" },
      DISC_PATIENT_NO_DEMOGRAPHICS | DISC_PATIENT_DEMOGRAPHICS_DELETED, "佐藤　花子" },
    { { cancel, .is_cancel = TRUE, .event = "A23", .name = "佐藤　花子" },
      DISC_PATIENT_NO_DEMOGRAPHICS | DISC_PATIENT_DEMOGRAPHICS_DELETED, "佐藤　花子" },
    { { old, .name = "山田　花子" }, DISC_PATIENT_NO_DEMOGRAPHICS, "佐藤　花子" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      const FixtureMessage messages[] = { cases[i].extra, { newer, .name = "佐藤　花子" } };
      g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

      g_test_message ("%u", i);
      g_assert_cmphex (unit->patient.flags, ==, cases[i].flags);
      g_assert_cmpstr (unit->patient.name, ==, cases[i].name);
      g_assert_true (unit->lacks_basics);
      g_assert_true (unit->has_patient);
    }
}

/* Row 8.36. */
static void
test_conflict (void)
{
  static const char basics[] = P ("-", "ADT-00", FIXED, "20250401090000000", "1");
  static const char corrected[] = P ("-", "ADT-00", FIXED, "20250301090000000", "2");
  static const char birth[] = P ("20250401", "OMP-01", "000000000000001", "20250401090000000", "1");
  static const char sex[] = P ("20250401", "OMP-01", "000000000000002", "20250401090000000", "1");
  static const char same[] = P ("20250401", "OMP-01", "000000000000003", "20250401090000000", "1");
  static const char unsaid[] = P ("20250401", "OMP-01", "000000000000004", "20250401090000000", "1");
  static const char finer[] = P ("20250401", "OMP-01", "000000000000005", "20250401090000000", "1");
  static const char coarser[] = P ("20250401", "OMP-01", "000000000000006", "20250401090000000", "1");
  const FixtureMessage messages[] = {
    { basics, .name = "山田　花子", .birth_date = "1952-03-04", .sex = "F" },
    { corrected, .name = "山田　花子", .birth_date = "1952-03-05", .sex = "F" },
    { birth, .name = "山田　花子", .birth_date = "1965-04-15", .sex = "F" },
    { sex, .name = "山田　花子", .birth_date = "1952-03-04", .sex = "M" },
    { same, .name = "佐藤　花子", .birth_date = "1952-03-04", .sex = "F" },
    { unsaid, .name = "山田花子", .birth_date = "", .sex = "U" },
    { finer, .name = "山田花子", .birth_date = "1952-03-04T00:00:00", .sex = "F" },
    { coarser, .name = "山田花子", .birth_date = "1952", .sex = "F" },
  };
  const Expected expected[] = {
    { basics, "+active", 0 },
    { corrected, "-superseded", 0 },
    { birth, "+active", DISC_MESSAGE_DEMOGRAPHICS_CONFLICT },
    { sex, "+active", DISC_MESSAGE_DEMOGRAPHICS_CONFLICT },
    { same, "+active", 0 },
    { unsaid, "+active", 0 },
    { finer, "+active", 0 },
    { coarser, "+active", 0 },
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  check_all (unit, expected, N (expected));
  g_assert_cmphex (unit->patient.flags, ==, DISC_PATIENT_DEMOGRAPHICS_CONFLICT);
  g_assert_cmpstr (unit->patient.birth_date, ==, "1952-03-04");
  g_assert_cmpstr (unit->patient.former_names, ==, "佐藤　花子");
  /* two messages, and one other name */
  g_assert_cmpuint (fixture_count_findings (unit, IMP_FINDING_DEMOGRAPHICS_CONFLICT), ==, 3);
}

static void
test_lost_character (void)
{
  static const char path[] = P ("-", "ADT-00", FIXED, "20250401090000000", "1");
  const FixtureMessage messages[] = { { path, .name = "渡■　花子" } };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  g_assert_cmphex (unit->patient.flags, ==, DISC_PATIENT_LOST_CHARACTER);
  g_assert_cmpstr (unit->patient.demographics_from, ==, path);
}

/* ---- 3.2, 4.4: place ------------------------------------------------------------------------ */

#define IN P ("20250401", "ADT-22", FIXED, "20250401090000000", "1")
#define MOVE P ("20250403", "ADT-42", FIXED, "20250403090000000", "1")
#define LEAVE P ("20250404", "ADT-31", FIXED, "20250404090000000", "1")
#define BACK P ("20250405", "ADT-32", FIXED, "20250405090000000", "1")
#define OUT P ("20250406", "ADT-52", FIXED, "20250406090000000", "1")
#define VISIT P ("20250301", "ADT-12", FIXED, "20250301090000000", "1")

static void
test_place (void)
{
  static const FixtureMessage in = { IN, .clinical_at = "2025-04-01T09:00",
                                     .names_admission = TRUE, .ward = "5E" };
  static const FixtureMessage moved = { MOVE, .clinical_at = "2025-04-03T09:00",
                                        .names_admission = TRUE, .ward = "6W" };
  /* in the same minute as the admission, and seconds before it by the clock */
  static const FixtureMessage moved_at_once = { MOVE, .clinical_at = "2025-04-01T09:00:01",
                                                .names_admission = TRUE, .ward = "6W" };
  static const FixtureMessage in_later = { IN, .clinical_at = "2025-04-01T09:00:59",
                                           .names_admission = TRUE, .ward = "5E" };
  static const FixtureMessage leave = { LEAVE, .clinical_at = "2025-04-04T09:00",
                                        .names_admission = TRUE, .ward = "-" };
  static const FixtureMessage back = { BACK, .clinical_at = "2025-04-05T09:00",
                                       .names_admission = TRUE, .ward = "-" };
  static const FixtureMessage out = { OUT, .clinical_at = "2025-04-06T09:00",
                                      .names_admission = TRUE, .ward = "6W",
                                      .disposition_code = "01" };
  static const FixtureMessage died = { OUT, .clinical_at = "2025-04-06T09:00",
                                       .names_admission = TRUE, .ward = "6W",
                                       .disposition_code = "20" };
  /* a discharge that gives its day only, and a move in the morning of that day */
  static const FixtureMessage out_that_day = { OUT, .clinical_at = "2025-04-06",
                                               .names_admission = TRUE, .ward = "6W" };
  static const FixtureMessage moved_that_day = { MOVE, .clinical_at = "2025-04-06T09:00",
                                                 .names_admission = TRUE, .ward = "7N" };
  static const FixtureMessage in_next_day = {
    P ("20250407", "ADT-22", FIXED, "20250407090000000", "1"), .clinical_at = "2025-04-07T08:00",
    .names_admission = TRUE, .ward = "5E"
  };
  /* the same day without a time: the one sent later */
  static const FixtureMessage moved_first = {
    P ("20250403", "ADT-42", "1", "20250403090000000", "1"), .clinical_at = "2025-04-03T15:00",
    .names_admission = TRUE, .ward = "6W"
  };
  static const FixtureMessage moved_last = {
    P ("20250403", "ADT-42", "2", "20250403160000000", "1"), .clinical_at = "2025-04-03",
    .names_admission = TRUE, .ward = "7N"
  };
  static const FixtureMessage visit = { VISIT, .clinical_at = "2025-03-01T09:00" };
  /* row 8.31: a reception that calls itself an admission */
  static const FixtureMessage believed = { VISIT, .clinical_at = "2025-05-01T09:00", .event = "A01",
                                           .flags = DISC_MESSAGE_TYPE_MISMATCH, .ward = "01" };
  /* discharged that day, without a time, and admitted again */
  static const FixtureMessage in_that_day = {
    P ("20250406", "ADT-22", FIXED, "20250406150000000", "1"), .clinical_at = "2025-04-06T15:00",
    .names_admission = TRUE, .ward = "8S"
  };
  static const FixtureMessage deleted_out = {
    P ("20250406", "ADT-52", FIXED, "20250406090000000", "0"), .clinical_at = "2025-04-06T09:00",
    .names_admission = TRUE
  };
  static const struct
  {
    const FixtureMessage *messages[5];
    DiscPlace place;
    const char *ward;
    const char *last_seen;
    gboolean dead;
  } cases[] = {
    { { &in }, DISC_PLACE_IN, "5E", "2025-04-01T09:00" },
    { { &in, &out_that_day, &in_that_day }, DISC_PLACE_IN, "8S", "2025-04-06T15:00" },
    { { &out_that_day, &in_that_day }, DISC_PLACE_OUT, "6W", "2025-04-06T15:00" }, /* in and out in a day */
    { { &in, &moved }, DISC_PLACE_IN, "6W", "2025-04-03T09:00" },
    { { &in_later, &moved_at_once }, DISC_PLACE_IN, "6W", "2025-04-01T09:00:59" },
    { { &in, &moved, &leave }, DISC_PLACE_LEAVE, "6W", "2025-04-04T09:00" },
    { { &in, &moved, &leave, &back }, DISC_PLACE_IN, "6W", "2025-04-05T09:00" },
    { { &in, &moved, &leave, &back, &out }, DISC_PLACE_OUT, "6W", "2025-04-06T09:00" },
    { { &in, &leave, &out }, DISC_PLACE_OUT, "6W", "2025-04-06T09:00" },
    { { &in, &died }, DISC_PLACE_OUT, "6W", "2025-04-06T09:00", TRUE },
    { { &in, &deleted_out }, DISC_PLACE_IN, "5E", "2025-04-01T09:00" },
    { { &in, &moved_that_day, &out_that_day }, DISC_PLACE_OUT, "6W", "2025-04-06T09:00" },
    { { &out_that_day, &in_next_day }, DISC_PLACE_IN, "5E", "2025-04-07T08:00" },
    { { &in, &moved_first, &moved_last }, DISC_PLACE_IN, "7N", "2025-04-03T15:00" },
    { { &visit }, DISC_PLACE_OUT, NULL, "2025-03-01T09:00" },
    { { &visit, &in }, DISC_PLACE_IN, "5E", "2025-04-01T09:00" },
    { { &believed }, DISC_PLACE_OUT, NULL, "2025-05-01T09:00" },
    { { &in, &out, &believed }, DISC_PLACE_OUT, "6W", "2025-05-01T09:00" },
    { { &leave }, DISC_PLACE_UNKNOWN, NULL, "2025-04-04T09:00" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      FixtureMessage messages[5];
      guint n = 0;

      while (n < 5 && cases[i].messages[n] != NULL)
        {
          messages[n] = *cases[i].messages[n];
          n++;
        }
      g_test_message ("%u", i);
      {
        g_autoptr (ImpUnit) unit = resolve (messages, n);

        g_assert_cmpint (unit->patient.place, ==, cases[i].place);
        g_assert_cmpstr (unit->patient.ward, ==, cases[i].ward);
        g_assert_cmpstr (unit->patient.last_seen_at, ==, cases[i].last_seen);
        g_assert_cmpint ((unit->patient.flags & DISC_PATIENT_DIED) != 0, ==, cases[i].dead);
      }
    }
}

/* ---- window and order ----------------------------------------------------------------------- */

static void
test_window (void)
{
  static const struct
  {
    FixtureMessage message;
    ImpFate fate;
  } cases[] = {
    { { P ("20250331", "OML-11", "000000000000001", "20250331090000000", "1") }, IMP_FATE_OUTSIDE },
    { { P ("20250401", "OML-11", "000000000000002", "20250331090000000", "1") }, IMP_FATE_ON_DISC },
    /* an undated folder, whatever its age */
    { { P ("-", "PPR-01", FIXED, "20110331090000000", "1") }, IMP_FATE_ON_DISC },
    /* entered before the window, to be taken in it */
    { { P ("20250201", "OMP-01", "000000000000003", "20250201090000000", "1"),
        .reaches_to = "2025-04-01" }, IMP_FATE_ON_DISC },
    { { P ("20250201", "OMP-01", "000000000000004", "20250201090000000", "1"),
        .reaches_to = "2025-03-31" }, IMP_FATE_OUTSIDE },
    /* an order that was shortened: the version that ended it comes along */
    { { P ("20250201", "OMP-01", "000000000000008", "20250201090000000", "1"),
        .reaches_to = "2025-04-15" }, IMP_FATE_ON_DISC },
    { { P ("20250201", "OMP-01", "000000000000008", "20250202090000000", "1"),
        .reaches_to = "2025-02-10" }, IMP_FATE_ON_DISC },
    /* filed under an old day, done in the window */
    { { P ("20250331", "OMP-11", "000000000000005", "20250401090000000", "1"),
        .clinical_at = "2025-04-01T08:30" }, IMP_FATE_ON_DISC },
    /* a month is not before the window as long as it may not be */
    { { P ("20250331", "OMG-13", "000000000000006", "20250401090000000", "1"),
        .clinical_at = "2025-04" }, IMP_FATE_ON_DISC },
    { { P ("20250331", "OMG-13", "000000000000007", "20250401090000000", "1"),
        .clinical_at = "2025-03" }, IMP_FATE_OUTSIDE },
    /* the last of each movement that stands, and no other */
    { { P ("20200101", "ADT-22", FIXED, "20200101090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2020-01-01T09:00" }, IMP_FATE_OUTSIDE },
    { { P ("20210101", "ADT-22", FIXED, "20210101090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2021-01-01T09:00" }, IMP_FATE_ON_DISC },
    { { P ("20220101", "ADT-22", FIXED, "20220101090000000", "0"), .names_admission = TRUE,
        .clinical_at = "2022-01-01T09:00" }, IMP_FATE_OUTSIDE },
    /* another event under that name, one that was replaced, and one of a training */
    { { P ("20230101", "ADT-22", FIXED, "20230101090000000", "1"),
        .clinical_at = "2023-01-01T09:00" }, IMP_FATE_OUTSIDE },
    { { P ("20230102", "ADT-22", FIXED, "20230102090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2023-01-02T09:00", .is_cancel = TRUE }, IMP_FATE_OUTSIDE },
    { { P ("20230103", "ADT-22", FIXED, "20230103090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2023-01-03T09:00", .status = "unknown" }, IMP_FATE_OUTSIDE },
    { { P ("20230104", "ADT-22", FIXED, "20230104090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2023-01-04T09:00", .flags = DISC_MESSAGE_TEST }, IMP_FATE_OUTSIDE },
    { { P ("20210102", "ADT-42", FIXED, "20210102090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2021-01-02T09:00" }, IMP_FATE_ON_DISC },
    { { P ("20200103", "ADT-52", FIXED, "20200103090000000", "1"), .names_admission = TRUE,
        .clinical_at = "2020-01-03T09:00" }, IMP_FATE_ON_DISC },
    { { P ("20210103", "ADT-12", FIXED, "20210103090000000", "1"),
        .clinical_at = "2021-01-03T09:00" }, IMP_FATE_OUTSIDE },
    /* planned for later than the end of the window */
    { { P ("20260501", "ADT-21", FIXED, "20260401090000000", "1"),
        .clinical_at = "2026-05-01T09:00" }, IMP_FATE_ON_DISC },
  };
  FixtureMessage messages[N (cases)];
  g_autoptr (ImpUnit) unit = NULL;
  g_autoptr (GError) error = NULL;
  ImpWindow window;

  g_assert_true (imp_window_init (&window, "2026-05-01", 13, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < N (cases); i++)
    messages[i] = cases[i].message;
  unit = fixture_unit (messages, N (cases));
  imp_resolve (unit, &window);

  for (guint i = 0; i < N (cases); i++)
    {
      g_test_message ("%s", cases[i].message.path);
      g_assert_cmpint (fixture_find (unit, cases[i].message.path, 0)->fate, ==, cases[i].fate);
    }
}

static void
test_order (void)
{
  static const char *const paths[] = {
    P ("20250301", "OMP-01", "000000000000002", "20250301090000000", "1"), /* by care date */
    P ("20250510", "OMP-01", "000000000000001", "20250510090000000", "1"), /* back-dated: 8 April */
    P ("20250410", "OML-11", "000000000000003", "20250412090000000", "1"),
  };
  const FixtureMessage messages[] = {
    { paths[2] }, { paths[1], .clinical_at = "2025-04-08T10:00" }, { paths[0] }
  };
  g_autoptr (ImpUnit) unit = resolve (messages, N (messages));

  g_assert_cmpuint (unit->chart->len, ==, 3);
  for (guint i = 0; i < N (paths); i++)
    g_assert_cmpstr (((const ImpMessage *) g_ptr_array_index (unit->chart, i))->path, ==, paths[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/spec8/16-superseded-are-0", test_meals);
  g_test_add_func ("/importer/resolve/update", test_update);
  g_test_add_func ("/importer/spec8/33-stamp-of-15-digits", test_two_live);
  g_test_add_func ("/importer/spec10/flag-ignored", test_update);
  g_test_add_func ("/importer/spec8/24-exported-again", test_exported_again);
  g_test_add_func ("/importer/resolve/ties", test_ties);
  g_test_add_func ("/importer/resolve/deleted-while-reading", test_deleted_while_reading);
  g_test_add_func ("/importer/resolve/only-old", test_only_old);
  g_test_add_func ("/importer/resolve/events", test_events);
  g_test_add_func ("/importer/resolve/events-and-deletion", test_events_and_deletion);
  g_test_add_func ("/importer/resolve/whole-lists", test_whole_lists);
  g_test_add_func ("/importer/resolve/moved-order", test_moved_order);
  g_test_add_func ("/importer/spec8/23-cancel-event-live", test_cancel_event);
  g_test_add_func ("/importer/resolve/cancelled-allergies", test_cancelled_allergies);
  g_test_add_func ("/importer/resolve/many-files", test_many_files);
  g_test_add_func ("/importer/spec8/01-disputed-deletion", test_disputed_deletion);
  g_test_add_func ("/importer/resolve/training", test_training);
  g_test_add_func ("/importer/resolve/other-things-under-one-name",
                   test_other_things_under_one_name);
  g_test_add_func ("/importer/resolve/training-versions", test_training_versions);
  g_test_add_func ("/importer/resolve/roots", test_roots);
  g_test_add_func ("/importer/resolve/two-in-one-file", test_two_in_one_file);
  g_test_add_func ("/importer/spec8/32-several-problem-files", test_problem_union);
  g_test_add_func ("/importer/spec10/only-newest-list-read", test_problem_union);
  g_test_add_func ("/importer/resolve/many-lists", test_many_lists);
  g_test_add_func ("/importer/spec8/32-running-numbers", test_running_numbers);
  g_test_add_func ("/importer/resolve/problem-deleted", test_problem_deleted);
  g_test_add_func ("/importer/resolve/problem-whole-list", test_problem_whole_list);
  g_test_add_func ("/importer/resolve/problem-not-a-list", test_problem_not_a_list);
  g_test_add_func ("/importer/resolve/problem-two-roots", test_problem_two_roots);
  g_test_add_func ("/importer/resolve/allergy-old-list", test_allergy_old_list);
  g_test_add_func ("/importer/spec10/deletion-hides-other-allergy", test_allergy_deleted_elsewhere);
  g_test_add_func ("/importer/spec10/no-allergy-inferred", test_allergy_states);
  g_test_add_func ("/importer/spec8/01-disputed", test_disputed);
  g_test_add_func ("/importer/spec10/disputed-dropped-or-filed", test_disputed);
  g_test_add_func ("/importer/resolve/disputed-only", test_disputed_only);
  g_test_add_func ("/importer/spec8/27-no-basic-data", test_basics_missing);
  g_test_add_func ("/importer/spec8/36-demographics-conflict", test_conflict);
  g_test_add_func ("/importer/resolve/lost-character", test_lost_character);
  g_test_add_func ("/importer/resolve/place", test_place);
  g_test_add_func ("/importer/spec8/31-reception-as-admission", test_place);
  g_test_add_func ("/importer/spec10/window-cuts-undated", test_window);
  g_test_add_func ("/importer/resolve/order", test_order);
  return g_test_run ();
}
