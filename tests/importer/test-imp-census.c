/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was where and when, worked out by hand from movements, visits and appointments. */
#include <string.h>

#include "imp-census.h"
#include "imp-resolve.h"
#include "unit-fixture.h"

#define N(array) G_N_ELEMENTS (array)
#define FIXED "999999999999999"
#define DATA_TIME "2025-04-30T23:50"

/* Paths of one invented patient: a movement of that type on that day of April 2025. */
#define P(day, type, flag)                                                                         \
  "012/345/0123456789/202504" day "/" type "/0123456789_202504" day "_" type "_" FIXED             \
  "_202504" day "090000000_01_" flag
#define AT(day, time) "2025-04-" day "T" time
#define PLACED .names_admission = TRUE

static const char *const states[] = { "?",          "in",           "leave",
                                      "planned-in", "planned-move", "planned-out" };
static const char *const ends[] = { "open",     "moved",    "discharged", "went",
                                    "returned", "admitted", "untimed",    "doctor" };

/* One line each: state ward-bed doctor from..to end flags, with what is not there as "-". */
static char *
describe_stays (const ImpCensus *census)
{
  const GArray *stays = imp_census_stays (census);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < stays->len; i++)
    {
      const DiscStay *stay = &g_array_index (stays, DiscStay, i);

      g_string_append_printf (out, "%s %s-%s %s %s..%s %s", states[stay->state],
                              stay->ward ? stay->ward : "", stay->bed ? stay->bed : "",
                              stay->doctor ? stay->doctor : "-", stay->from_at,
                              stay->to_at ? stay->to_at : "", ends[stay->end]);
      if (stay->to_place != NULL)
        g_string_append_printf (out, " to %s", stay->to_place);
      if (stay->flags & DISC_LIST_SINCE_UNKNOWN)
        g_string_append (out, " since?");
      if (stay->flags & DISC_LIST_DOUBTED)
        g_string_append (out, " doubted");
      if (stay->flags & DISC_LIST_END_DOUBTED)
        g_string_append (out, " end-doubted");
      if (stay->flags & DISC_LIST_RETURN_UNKNOWN)
        g_string_append (out, " return?");
      if (stay->flags & DISC_LIST_OTHER_STAY)
        g_string_append (out, " other");
      if (stay->flags & DISC_LIST_STATE_UNKNOWN)
        g_string_append (out, " state?");
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
check_stays (const FixtureMessage *messages, guint n, const char *expected)
{
  g_autoptr (ImpUnit) unit = fixture_unit (messages, n);
  g_autoptr (ImpCensus) census = NULL;
  g_autofree char *stays = NULL;

  unit->data_time = DATA_TIME;
  imp_resolve (unit, NULL);
  census = imp_census_new (unit);
  stays = describe_stays (census);
  g_assert_cmpstr (stays, ==, expected);
}

/* Admission, transfer, leave, return, discharge: each place from its event to the next. */
static void
test_one_stay (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1", .doctor = "甲" },
    { P ("03", "ADT-42", "1"), .clinical_at = AT ("03", "09:00"), PLACED, .ward = "６西",
      .bed = "2", .doctor = "甲" },
    { P ("12", "ADT-31", "1"), .clinical_at = AT ("12", "10:00"), PLACED },
    { P ("13", "ADT-32", "1"), .clinical_at = AT ("13", "16:00"), PLACED },
    { P ("20", "ADT-52", "1"), .clinical_at = AT ("20", "11:00"), PLACED, .ward = "６西" },
  };

  check_stays (messages, N (messages),
               "in ５東-1 甲 2025-04-01T10:00..2025-04-03T09:00 moved\n"
               "in ６西-2 甲 2025-04-03T09:00..2025-04-12T10:00 went\n"
               "leave ６西-2 甲 2025-04-12T10:00..2025-04-13T16:00 returned\n"
               "in ６西-2 甲 2025-04-13T16:00..2025-04-20T11:00 discharged\n");
}

/* No discharge on the disc is no end, and no discharge either when he is admitted again. */
static void
test_no_discharge (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("15", "ADT-22", "1"), .clinical_at = AT ("15", "10:00"), PLACED, .ward = "６西",
      .bed = "2" },
  };

  check_stays (messages, N (messages),
               "in ５東-1 - 2025-04-01T10:00..2025-04-15T10:00 admitted\n"
               "in ６西-2 - 2025-04-15T10:00.. open\n");
}

/* Discharged and admitted again on one day, of which one or both have no time: the discharge is of the first
 * stay, and does not end the second. */
static void
test_readmitted (void)
{
  static const struct
  {
    const char *out, *in, *expected;
  } cases[] = {
    { "2025-04-10", AT ("10", "15:00"),
      "in ５東-1 - 2025-04-01T10:00..2025-04-10 discharged\n"
      "in ６西-2 - 2025-04-10T15:00.. open\n" },
    { AT ("10", "09:00"), "2025-04-10",
      "in ５東-1 - 2025-04-01T10:00..2025-04-10T09:00 discharged\n"
      "in ６西-2 - 2025-04-10.. open\n" },
    { AT ("10", "09:00"), AT ("10", "09:00"),
      "in ５東-1 - 2025-04-01T10:00..2025-04-10T09:00 discharged\n"
      "in ６西-2 - 2025-04-10T09:00.. open\n" },
    { AT ("10", "16:00"), AT ("10", "15:00"), /* told apart: no discharge of the first, a short second */
      "in ５東-1 - 2025-04-01T10:00..2025-04-10T15:00 admitted\n"
      "in ６西-2 - 2025-04-10T15:00..2025-04-10T16:00 discharged\n" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      const FixtureMessage messages[] = {
        { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
          .bed = "1" },
        { P ("10", "ADT-22", "1"), .clinical_at = cases[i].in, PLACED, .ward = "６西", .bed = "2" },
        { P ("10", "ADT-52", "1"), .clinical_at = cases[i].out, PLACED, .ward = "５東" },
      };

      g_test_message ("case %u", i);
      check_stays (messages, N (messages), cases[i].expected);
    }
}

/* What was cancelled never happened: by the flag of the file, by the event, by being a test. */
static void
test_cancelled (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("03", "ADT-42", "0"), .clinical_at = AT ("03", "09:00"), PLACED, .ward = "６西" },
    { P ("04", "ADT-42", "1"), .clinical_at = AT ("04", "09:00"), PLACED, .ward = "７南",
      .is_cancel = TRUE, .status = "cancelled" },
    { P ("05", "ADT-42", "1"), .clinical_at = AT ("05", "09:00"), PLACED, .ward = "８北",
      .flags = DISC_MESSAGE_TEST },
    { P ("06", "ADT-42", "2"), .clinical_at = AT ("06", "09:00"), PLACED, .ward = "９南" },
  };

  check_stays (messages, N (messages), "in ５東-1 - 2025-04-01T10:00.. open\n");
}

/* A message that may be somebody else's places nobody. */
static void
test_disputed (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("03", "ADT-42", "1"), .pid = "9876543210", .clinical_at = AT ("03", "09:00"), PLACED,
      .ward = "６西" },
  };

  check_stays (messages, N (messages), "in ５東-1 - 2025-04-01T10:00.. open\n");
}

/* The move to a ward that is not written is a stay in no ward: not in the one before. */
static void
test_unknown_ward (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("03", "ADT-42", "1"), .clinical_at = AT ("03", "09:00"), PLACED },
  };

  check_stays (messages, N (messages),
               "in ５東-1 - 2025-04-01T10:00..2025-04-03T09:00 moved\n"
               "in - - 2025-04-03T09:00.. open\n");
}

/* The admission is before the backup: he is known from the first move on, and not before. */
static void
test_begins_with_move (void)
{
  const FixtureMessage messages[] = {
    { P ("03", "ADT-42", "1"), .clinical_at = AT ("03", "09:00"), PLACED, .ward = "６西",
      .bed = "2" },
    { P ("20", "ADT-52", "1"), .clinical_at = "2025-04-20", PLACED },
  };

  check_stays (messages, N (messages), "in ６西-2 - 2025-04-03T09:00..2025-04-20 discharged\n");
}

/* A discharge alone says when he was gone, not since when he was where. */
static void
test_discharge_alone (void)
{
  const FixtureMessage messages[] = {
    { P ("20", "ADT-52", "1"), .clinical_at = AT ("20", "11:00"), PLACED, .ward = "６西" },
    { P ("21", "ADT-31", "1"), .clinical_at = AT ("21", "11:00"), PLACED, .ward = "６西" },
  };

  check_stays (messages, N (messages), "");
}

#define DOUBTED .flags = DISC_MESSAGE_MAYBE_CANCELLED

/* A discharge or a transfer that may be cancelled leaves him perhaps where he was, until something
 * certain places him. */
static void
test_doubted_end (void)
{
  const FixtureMessage out[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東" },
    { P ("05", "ADT-52", "1"), .clinical_at = AT ("05", "10:00"), PLACED, DOUBTED },
  };
  const FixtureMessage moved[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東" },
    { P ("05", "ADT-42", "1"), .clinical_at = AT ("05", "10:00"), PLACED, .ward = "６西", DOUBTED },
  };
  const FixtureMessage settled[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東" },
    { P ("05", "ADT-42", "1"), .clinical_at = AT ("05", "10:00"), PLACED, .ward = "６西", DOUBTED },
    { P ("08", "ADT-42", "1"), .clinical_at = AT ("08", "10:00"), PLACED, .ward = "７南" },
  };

  check_stays (out, N (out),
               "in ５東- - 2025-04-01T10:00..2025-04-05T10:00 discharged end-doubted\n");
  check_stays (moved, N (moved),
               "in ５東- - 2025-04-01T10:00..2025-04-05T10:00 moved end-doubted\n"
               "in ６西- - 2025-04-05T10:00.. open doubted\n");
  check_stays (settled, N (settled),
               "in ５東- - 2025-04-01T10:00..2025-04-05T10:00 moved\n"
               "in ６西- - 2025-04-05T10:00..2025-04-08T10:00 moved doubted\n"
               "in ７南- - 2025-04-08T10:00.. open\n");
}

/* His bed was moved while he was away: he is still away, and back when he returns. */
static void
test_moved_on_leave (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東" },
    { P ("05", "ADT-31", "1"), .clinical_at = AT ("05", "10:00"), PLACED },
    { P ("06", "ADT-42", "1"), .clinical_at = AT ("06", "10:00"), PLACED, .ward = "６西" },
    { P ("07", "ADT-32", "1"), .clinical_at = AT ("07", "10:00"), PLACED },
  };

  check_stays (messages, N (messages),
               "in ５東- - 2025-04-01T10:00..2025-04-05T10:00 went\n"
               "leave ５東- - 2025-04-05T10:00..2025-04-06T10:00 moved\n"
               "leave ６西- - 2025-04-06T10:00..2025-04-07T10:00 returned return?\n"
               "in ６西- - 2025-04-07T10:00.. open\n");
}

/* A new doctor goes on in the same bed; in the minute of the admission too. */
static void
test_doctor (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1", .doctor = "甲" },
    { "012/345/0123456789/-/ADT-01/0123456789_-_ADT-01_" FIXED "_20250405090000000_-_1",
      .clinical_at = AT ("05", "09:00"), .doctor = "乙" },
  };
  g_autoptr (ImpUnit) unit = fixture_unit (messages, N (messages));
  g_autoptr (ImpCensus) census = NULL;
  const GArray *doctors;

  check_stays (messages, N (messages),
               "in ５東-1 甲 2025-04-01T10:00..2025-04-05T09:00 doctor\n"
               "in ５東-1 乙 2025-04-05T09:00.. open\n");
  imp_resolve (unit, NULL);
  census = imp_census_new (unit);
  doctors = imp_census_doctors (census);
  g_assert_cmpuint (doctors->len, ==, 2);
  g_assert_cmpint (g_array_index (doctors, DiscDoctorPatient, 0).state, ==, DISC_DOCTOR_STAYED);
  g_assert_cmpint (g_array_index (doctors, DiscDoctorPatient, 1).state, ==, DISC_DOCTOR_IN);
}

/* Plans are marked as such, each under the ward it is of; a plan of the past, or one that was
 * carried out that day, stands in the chart only. */
static void
test_plans (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-21", "1"), .clinical_at = AT ("05", "10:00"), .status = "planned",
      .ward = "５東" },
    { P ("02", "ADT-22", "1"), .clinical_at = AT ("06", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("28", "ADT-41", "1"), .clinical_at = AT ("30", "08:00"), .status = "planned",
      .ward = "５東", .to_place = "６西 602-1" },
    { P ("29", "ADT-51", "1"), .clinical_at = "2025-05-03", .status = "planned", .ward = "５東" },
    { P ("30", "ADT-21", "1"), .clinical_at = "2025-06-01T10:00", .status = "planned",
      .ward = "７南" },
  };

  check_stays (messages, N (messages),
               "in ５東-1 - 2025-04-06T10:00.. open\n"
               "planned-move ５東- - 2025-04-30T08:00.. open to ６西 602-1\n"
               "planned-out ５東- - 2025-05-03.. open\n"
               "planned-in ７南- - 2025-06-01T10:00.. open\n");
}

static void
test_plan_carried_out (void)
{
  const FixtureMessage messages[] = {
    { P ("29", "ADT-21", "1"), .clinical_at = AT ("30", "10:00"), .status = "planned",
      .ward = "５東" },
    { P ("30", "ADT-22", "1"), .clinical_at = AT ("30", "10:25"), PLACED, .ward = "５東",
      .bed = "1" },
  };

  check_stays (messages, N (messages), "in ５東-1 - 2025-04-30T10:25.. open\n");
}

/* A return from leave is no admission, and no answer to one that is planned for that day. */
static void
test_plan_not_carried_out (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("02", "ADT-31", "1"), .clinical_at = AT ("29", "10:00"), PLACED },
    { P ("03", "ADT-32", "1"), .clinical_at = AT ("30", "16:00"), PLACED },
    { P ("04", "ADT-21", "1"), .clinical_at = AT ("30", "10:00"), .status = "planned",
      .ward = "６西" },
    { P ("05", "ADT-41", "1"), .clinical_at = AT ("30", "11:00"), .status = "planned",
      .ward = "５東" },
  };

  check_stays (messages, N (messages),
               "in ５東-1 - 2025-04-01T10:00..2025-04-29T10:00 went\n"
               "leave ５東-1 - 2025-04-29T10:00..2025-04-30T16:00 returned\n"
               "in ５東-1 - 2025-04-30T16:00.. open\n"
               "planned-in ６西- - 2025-04-30T10:00.. open\n"
               "planned-move ５東- - 2025-04-30T11:00.. open\n");
}

#define FHIR .format = DISC_FORMAT_FHIR_JSON, .kind = DISC_KIND_ENCOUNTER

/* Encounters: one place, of which it is not said since when where there were others; over without
 * an end; a part of a stay and one the movements tell of are not told twice. */
static void
test_encounters (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-22", "1"), .clinical_at = AT ("01", "10:00"), PLACED, .ward = "５東",
      .bed = "1" },
    { P ("02", "ADT-52", "1"), .clinical_at = AT ("02", "10:00"), PLACED },
    { P ("01", "ADT-11", "1"), FHIR, .clinical_at = AT ("01", "10:05"), .event_code = "IMP",
      .ward = "５東", .word = "finished", .end = AT ("02", "10:00") },
    { P ("05", "ADT-11", "1"), FHIR, .clinical_at = AT ("05", "08:00"), .event_code = "IMP",
      .ward = "７南", .from_place = "ＩＣＵ", .word = "in-progress" },
    { P ("05", "ADT-13", "1"), FHIR, .clinical_at = AT ("05", "08:00"), .event_code = "IMP",
      .ward = "７南", .word = "in-progress", .warning = "part-of-stay" },
    { P ("10", "ADT-11", "1"), FHIR, .clinical_at = AT ("10", "08:00"), .event_code = "IMP",
      .ward = "８北", .word = "finished" },
    { P ("11", "ADT-11", "1"), FHIR, .clinical_at = "2025-05-09", .event_code = "IMP",
      .ward = "９南", .word = "planned", .status = "planned" },
  };

  check_stays (messages, N (messages),
               "in ５東-1 - 2025-04-01T10:00..2025-04-02T10:00 discharged\n"
               "in ７南- - 2025-04-05T08:00.. open since?\n"
               "in ８北- - 2025-04-10T08:00.. untimed\n"
               "planned-in ９南- - 2025-05-09.. open\n");
}

/* A stay that names no place is where its last part is; parts that are over say nothing of where he
 * is now.
 */
static void
test_parts (void)
{
#define WHOLE                                                                                      \
  {                                                                                                \
    P ("05", "ADT-11", "1"), FHIR, .clinical_at = AT ("05", "08:00"), .event_code = "IMP",         \
                                   .word = "in-progress"                                           \
  }
#define PART(n, day, place, ...)                                                                   \
  {                                                                                                \
    P (day, "ADT-1" n, "1"), FHIR, .clinical_at = AT (day, "08:00"), .event_code = "IMP",          \
                                   .ward = place, .warning = "part-of-stay", __VA_ARGS__           \
  }
  const FixtureMessage moved[] = {
    WHOLE,
    PART ("3", "05", "ＩＣＵ", .word = "finished", .end = AT ("07", "09:00")),
    PART ("4", "07", "７南", .word = "in-progress"),
  };
  const FixtureMessage from_start[] = { WHOLE, PART ("3", "05", "７南", .word = "in-progress") };
  const FixtureMessage over[] = {
    WHOLE, PART ("3", "05", "ＩＣＵ", .word = "finished", .end = AT ("07", "09:00")),
    PART ("4", "04", "８北", .word = "in-progress"), /* before the stay: of another one */
  };

  check_stays (moved, N (moved), "in ７南- - 2025-04-05T08:00.. open since?\n");
  check_stays (from_start, N (from_start), "in ７南- - 2025-04-05T08:00.. open\n");
  check_stays (over, N (over), "in - - 2025-04-05T08:00.. open\n");
}

/* Two stays that go on: he is in one of them. What the source does not know is said so. */
static void
test_two_open_stays (void)
{
  const FixtureMessage messages[] = {
    { P ("05", "ADT-11", "1"), FHIR, .clinical_at = AT ("05", "08:00"), .event_code = "IMP",
      .ward = "７南", .word = "in-progress" },
    { P ("06", "ADT-11", "1"), FHIR, .clinical_at = AT ("06", "08:00"), .event_code = "IMP",
      .ward = "８北", .word = "unknown", .status = "status-unknown" },
  };

  check_stays (messages, N (messages),
               "in ７南- - 2025-04-05T08:00.. open other\n"
               "in ８北- - 2025-04-06T08:00.. open other state?\n");
}

/* Visits happened; appointments, whatever their day, are plans; of a cancelled one nothing is left.
 */
static void
test_visits (void)
{
  const FixtureMessage messages[] = {
    { P ("01", "ADT-12", "1"), .clinical_at = AT ("01", "09:30"), .department = "内科",
      .doctor = "甲" },
    { P ("02", "ADT-12", "0"), .clinical_at = AT ("02", "09:30"), .department = "内科" },
    { P ("03", "ADT-11", "1"), .format = DISC_FORMAT_FHIR_JSON, .kind = DISC_KIND_APPOINTMENT,
      .clinical_at = AT ("03", "10:00"), .department = "外科" },
    { P ("04", "ADT-11", "1"), .format = DISC_FORMAT_FHIR_JSON, .kind = DISC_KIND_APPOINTMENT,
      .clinical_at = AT ("04", "10:00"), .department = "外科", .status = "cancelled" },
    { P ("05", "ADT-11", "1"), FHIR, .clinical_at = AT ("05", "10:00"), .event_code = "EMER",
      .department = "救急科", .word = "finished" },
    { P ("07", "ADT-11", "1"), FHIR, .clinical_at = AT ("06", "10:00"), .event_code = "AMB",
      .department = "眼科", .word = "unknown", .status = "status-unknown" },
    { P ("06", "ADT-11", "1"), FHIR, .clinical_at = "2025-05-07", .event_code = "AMB",
      .department = "内科", .doctor = "甲", .word = "planned", .status = "planned" },
  };
  static const struct
  {
    const char *at, *department;
    DiscVisitState state;
    gboolean is_unknown;
  } expected[] = {
    { AT ("01", "09:30"), "内科", DISC_VISIT_HAPPENED },
    { AT ("03", "10:00"), "外科", DISC_VISIT_PLANNED },
    { AT ("05", "10:00"), "救急科", DISC_VISIT_HAPPENED },
    { AT ("06", "10:00"), "眼科", DISC_VISIT_HAPPENED, TRUE },
    { "2025-05-07", "内科", DISC_VISIT_PLANNED },
  };
  g_autoptr (ImpUnit) unit = fixture_unit (messages, N (messages));
  g_autoptr (ImpCensus) census = NULL;
  const GArray *visits;
  const DiscDoctorPatient *doctor;

  unit->data_time = DATA_TIME;
  imp_resolve (unit, NULL);
  census = imp_census_new (unit);
  visits = imp_census_visits (census);
  g_assert_cmpuint (visits->len, ==, N (expected));
  for (guint i = 0; i < visits->len; i++)
    {
      const DiscVisit *visit = &g_array_index (visits, DiscVisit, i);

      g_assert_cmpstr (visit->at, ==, expected[i].at);
      g_assert_cmpstr (visit->department, ==, expected[i].department);
      g_assert_cmpint (visit->state, ==, expected[i].state);
      g_assert_cmpint ((visit->flags & DISC_LIST_STATE_UNKNOWN) != 0, ==, expected[i].is_unknown);
    }
  /* Seen in April, and planned for May: the visit is what is known of him. */
  g_assert_cmpuint (imp_census_doctors (census)->len, ==, 1);
  doctor = &g_array_index (imp_census_doctors (census), DiscDoctorPatient, 0);
  g_assert_cmpstr (doctor->doctor, ==, "甲");
  g_assert_cmpint (doctor->state, ==, DISC_DOCTOR_VISITED);
  g_assert_cmpstr (doctor->last_at, ==, AT ("01", "09:30"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/census/one-stay", test_one_stay);
  g_test_add_func ("/importer/census/readmitted", test_readmitted);
  g_test_add_func ("/importer/census/no-discharge", test_no_discharge);
  g_test_add_func ("/importer/census/cancelled", test_cancelled);
  g_test_add_func ("/importer/census/disputed", test_disputed);
  g_test_add_func ("/importer/census/unknown-ward", test_unknown_ward);
  g_test_add_func ("/importer/census/begins-with-move", test_begins_with_move);
  g_test_add_func ("/importer/census/discharge-alone", test_discharge_alone);
  g_test_add_func ("/importer/census/doubted-end", test_doubted_end);
  g_test_add_func ("/importer/census/moved-on-leave", test_moved_on_leave);
  g_test_add_func ("/importer/census/parts", test_parts);
  g_test_add_func ("/importer/census/two-open-stays", test_two_open_stays);
  g_test_add_func ("/importer/census/doctor", test_doctor);
  g_test_add_func ("/importer/census/plans", test_plans);
  g_test_add_func ("/importer/census/plan-carried-out", test_plan_carried_out);
  g_test_add_func ("/importer/census/plan-not-carried-out", test_plan_not_carried_out);
  g_test_add_func ("/importer/census/encounters", test_encounters);
  g_test_add_func ("/importer/census/visits", test_visits);
  return g_test_run ();
}
