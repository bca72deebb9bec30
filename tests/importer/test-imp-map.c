/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-limits.h"
#include "map-fixture.h"

static void
test_unknown_type (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (UNKNOWN, 0, NOT_UNDERSTOOD, "PV1|0001|O|01^^^^^C|MFE|MAD|1|20250410|甲"),
    MAP_RECORD (UNKNOWN, 0, AT, "2025-04-10T09:30:15.123"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-12", MAP_MSH ("MFN^M02") MAP_PID "PV1|0001|O|01^^^^^C\nMFE|MAD|1|20250410|甲\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_UNKNOWN, 0), ==, "unknown live");
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_UNKNOWN_TYPE, 0), ==, "MSH-9 MFN^M02");
  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "0001234567");
}

/* Maps one message after the other with the same memory. */
static void
map_next (MapFixture *self, const char *message)
{
  g_autoptr (GError) error = NULL;
  ImpName name;

  g_string_assign (self->text, message);
  imp_name_parse (strstr (message, "ADT^A08") != NULL ? MAP_PATH ("20250410", "ADT-00", "1")
                                                      : MAP_PATH ("20250410", "OMP-01", "1"),
                  &name);
  imp_er7_parse (self->er7, self->text->str, self->text->len, &error);
  g_assert_no_error (error);
  imp_map_message (self->er7, &name, self->mapped);
}

/* The name of the message before is remembered; what is to be said of it is said again in each. */
static void
test_names_in_turn (void)
{
#define RDE MAP_MSH ("RDE^O11")
  static const struct
  {
    const char *message;
    const char *name;
    const char *kana;
    guint n_kept; /* findings that a further name was kept as text */
  } cases[] = {
    { RDE "PID|1||1||山田^花子^^^^^L^I~ヤマダ^ハナコ^^^^^L^P\n", "山田　花子", "ヤマダ　ハナコ", 0 },
    { RDE "PID|1||1||山田^花子^^^^^L^I~ヤマダ^ハナコ^^^^^L^P\n", "山田　花子", "ヤマダ　ハナコ", 0 },
    { RDE "PID|1||2||佐藤^花子^^^^^L^I\n", "佐藤　花子", "", 0 },
    { RDE "PID|1||2||\n", "", "", 0 },
    { RDE "PID|1||2||佐藤^花子^^^^^L^I\n", "佐藤　花子", "", 0 },
    /* basic data say further names in their own way: a message behind them must say it itself */
    { MAP_MSH ("ADT^A08") "PID|1||2||佐藤^花子^^^^^L^I~田中^花子^^^^^L^I\n", "佐藤　花子", "", 1 },
    { RDE "PID|1||2||佐藤^花子^^^^^L^I~田中^花子^^^^^L^I\n", "佐藤　花子", "", 1 },
    { RDE "PID|1||2||佐藤^花子^^^^^L^I~田中^花子^^^^^L^I\n", "佐藤　花子", "", 1 },
    /* parted otherwise the same bytes are another name */
    { RDE "PID|1||3||SMITH^JOHN&PAUL\n", "SMITH JOHN&PAUL", "", 0 },
    { "MSH|&~\\^|H|H|G|R|20250410||RDE&O11|1|P|2.5\nPID|1||3||SMITH^JOHN&PAUL\n", "SMITH PAUL", "", 0 },
    /* escapes are read in each */
    { RDE "PID|1||4||A\\T\\B^C\n", "A&B C", "", 0 },
    { RDE "PID|1||4||A\\T\\B^C\n", "A&B C", "", 0 },
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", cases[0].message);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_kept = 0;

      map_next (fixture, cases[i].message);
      for (guint k = 0; k < fixture->mapped->findings->len; k++)
        {
          const ImpFinding *finding = g_ptr_array_index (fixture->mapped->findings, k);

          n_kept += finding->code == IMP_FINDING_NOT_UNDERSTOOD &&
                    strstr (finding->detail, "PID-5") != NULL;
        }
      g_test_message ("case %u", i);
      g_assert_cmpstr (fixture->mapped->facts.name, ==, cases[i].name);
      g_assert_cmpstr (fixture->mapped->facts.kana, ==, cases[i].kana);
      g_assert_cmpuint (n_kept, ==, cases[i].n_kept);
    }
#undef RDE
}

/* A name outside the list: the message decides (SS-MIX2 spec 3.1). */
static void
test_unknown_name (void)
{
  static const struct
  {
    const char *message;
    DiscKind kind;
    const char *data_type;
  } cases[] = {
    { "OUL^R22|SPM|1\nOBR|1|1||B^生化学\nOBX|1|NM|1^K||4||||||F\n", DISC_KIND_LAB, "OML-11" },
    { "RDE^O11|ORC|NW|1\nRXE||1^甲錠|1||TAB\n", DISC_KIND_PRESCRIPTION, "OMP-01" },
    { "RDE^O11|ORC|NW|1\nRXE||01^血液製剤^JHSI0002|1||ML\nRXC|B|1^血液\n", DISC_KIND_INJECTION,
      "OMP-02" },
    { "ADT^A01|PV1|1|I|5E^501^1\n", DISC_KIND_ENCOUNTER, "ADT-22" },
    { "ADT^A60|IAM|1|DA|^卵|||A\n", DISC_KIND_ALLERGY, "ADT-61" },
    { "PPR^ZD1|PRB|AD|1|1^胃炎\n", DISC_KIND_PROBLEM, "PPR-01" },
    { "OMI^Z23|ORC|NW|1\nOBR||1||A^ＣＴ\n", DISC_KIND_PROCEDURE, "OMG-11" },
    { "ADT^A40|MRG|1\n", DISC_KIND_UNKNOWN, "ADT-02" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *bar = strchr (cases[i].message, '|');
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|H|H|G|R|20250410||%.*s|1|P|2.5\n" MAP_PID "%s",
          (int) (bar - cases[i].message), cases[i].message, bar + 1);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-02", message);

      g_assert_nonnull (map_record (fixture, cases[i].kind, 0));
      g_assert_cmpstr (fixture->mapped->facts.data_type, ==, cases[i].data_type);
      g_assert_false (fixture->mapped->facts.names_admission); /* no name, no placing */
    }
}

/* MSH-11: never live, and said so; not saying anything is not saying "test". */
static void
test_processing (void)
{
  static const struct
  {
    const char *processing;
    gboolean is_test;
  } cases[] = { { "P", FALSE }, { "", FALSE }, { "D", TRUE }, { "T", TRUE }, { "T^A", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|H|H|G|R|20250410||ADT^A01|1|%s|2.5\n" MAP_PID "PV1|1|I|5E^501^1\n"
          "AL1|1|FA|^卵\n",
          cases[i].processing);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-22", message);

      g_assert_cmpint (map_record (fixture, DISC_KIND_ENCOUNTER, 0)->live, ==, !cases[i].is_test);
      g_assert_cmpint (map_record (fixture, DISC_KIND_ALLERGY, 0)->live, ==, !cases[i].is_test);
      g_assert_cmpint (fixture->mapped->facts.names_admission, ==, !cases[i].is_test);
      g_assert_cmpint ((fixture->mapped->facts.flags & DISC_MESSAGE_TEST) != 0, ==,
                       cases[i].is_test);
      g_assert_cmpint (map_finding (fixture, IMP_FINDING_TEST_MESSAGE, 0) != NULL, ==,
                       cases[i].is_test);
    }
}

static void
test_facts (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-22", "MSH|^~\\&|HIS|甲病院|G|R|20250410093015.1234||ADT^A01^ADT_A01|1|P|2.5\n"
                "PID|1|| 0001234567 ^^^^PI||山田^花子||195203|f\nPV1|1|I|5E^501^1\n");
  const ImpFacts *facts = &fixture->mapped->facts;

  g_assert_cmpstr (facts->message_type, ==, "ADT");
  g_assert_cmpstr (facts->event, ==, "A01");
  g_assert_cmpstr (facts->facility, ==, "甲病院");
  g_assert_cmpstr (facts->sent_at, ==, "2025-04-10T09:30:15.1234");
  g_assert_cmpstr (facts->patient_id, ==, "0001234567");
  g_assert_cmpstr (facts->birth_date, ==, "1952-03");
  g_assert_cmpstr (facts->sex, ==, "f");
}

/* Nothing of the message before stays. */
static void
test_again (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", MAP_MSH_P ("RDE^O11", "T") MAP_PID
                "ORC|CA|1||1|||||20250410\nRXE||1^甲錠|1||TAB|||||||||||||||||||||||||||||x\n"
                "TQ1|1||1011000400000000&夕|||3^d|20250410\n");
  ImpName name;

  imp_name_parse (MAP_PATH ("20250410", "OMD", "1"), &name);
  g_string_assign (fixture->text, "MSH|^~\\&|H|H|G|R|||OMD^O03|1|P|2.5\nORC|NW|2\nODS|D||1^粥\n");
  g_assert_true (imp_er7_parse (fixture->er7, fixture->text->str, fixture->text->len, NULL));
  imp_map_message (fixture->er7, &name, fixture->mapped);

  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "");
  g_assert_cmpstr (fixture->mapped->facts.sent_at, ==, "");
  g_assert_cmpint (fixture->mapped->facts.flags, ==, 0);
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
  {
    gsize len;
    const guint8 *bytes = disc_record_builder_get (fixture->mapped->records, &len);
    g_autoptr (GBytes) copy = g_bytes_new (bytes, len);
    g_autoptr (DiscRecordSet) set = disc_record_set_new (copy, NULL);

    g_assert_cmpuint (disc_record_set_n (set), ==, 1);
    g_assert_cmpint (disc_record_set_get (set, 0)->kind, ==, DISC_KIND_MEAL);
    g_assert_true (disc_record_set_get (set, 0)->live);
  }
}

/* Escapes are resolved once, in leaves; what cannot be is counted. */
static void
test_escapes (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲|乙^丙&丁~戊\\"),
    MAP_ITEM (PRESCRIPTION, 0, 0, INSTRUCTION, "一\n二|\\C2842\\三"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", MAP_MSH ("RDE^O11") MAP_PID
                "ORC|NW|1\nRXE||1^甲\\F\\乙\\S\\丙\\T\\丁\\R\\戊\\E\\|1||TAB||^一\\.br\\二~^\\C2842\\三\n");

  map_check (fixture, facts);
  g_assert_nonnull (map_finding (fixture, IMP_FINDING_UNDECODABLE, 0));
}

/* Texts nobody can read to the end are cut at a character; the source has them whole. */
static void
test_long_text (void)
{
  g_autoptr (GString) message = g_string_new (MAP_MSH ("ADT^A01") MAP_PID "PV1|1|I|5E^501^1\nZZ9|");
  g_autoptr (MapFixture) fixture = NULL;
  const char *kept;

  for (guint i = 0; i < IMP_MAX_KEPT_BYTES; i++)
    g_string_append (message, "あ");
  g_string_append_c (message, '\n');
  fixture = map_fixture_new_type ("ADT-22", message->str);
  kept = map_values (fixture, DISC_KIND_ENCOUNTER, 0, -1, DISC_FIELD_NOT_UNDERSTOOD);
  g_assert_true (g_utf8_validate (kept, -1, NULL));
  g_assert_cmpuint (strlen (kept), <=, IMP_MAX_KEPT_BYTES + strlen ("…"));
  g_assert_true (g_str_has_suffix (kept, "あ…"));
}

/* What one order says of each of its drugs may not multiply without end; what is left out is said,
 * and what is there is whole. */
static void
test_too_much (void)
{
  g_autoptr (GString) message = g_string_new (MAP_MSH ("RDE^O11") MAP_PID
                                              "ORC|NW|1\nRXE||00^一般^JHSI0002|1||ML\n");
  g_autoptr (MapFixture) fixture = NULL;
  guint n_items;

  for (guint i = 0; i < 2000; i++)
    g_string_append (message, "TQ1|1||a&朝食後すぐ\n");
  for (guint i = 0; i < 2000; i++)
    g_string_append (message, "RXC|A|1^甲注|1|AMP\n");
  fixture = map_fixture_new_type ("OMP-02", message->str);

  n_items = map_n_items (fixture, DISC_KIND_INJECTION, 0);
  g_assert_cmpuint (n_items, >, 10);
  g_assert_cmpuint (n_items, <, 2000);
  g_assert_nonnull (map_finding (fixture, IMP_FINDING_TRUNCATED, 0));
  g_assert_true (fixture->mapped->facts.flags & DISC_MESSAGE_TRUNCATED);
  g_assert_cmpstr (map_values (fixture, DISC_KIND_INJECTION, 0, (int) n_items - 1,
                               DISC_FIELD_CATEGORY),
                   ==, "一般");
}

/* A value of megabytes is cut, and it is said. */
static void
test_huge_value (void)
{
  g_autoptr (GString) message = g_string_new (MAP_MSH ("OUL^R22") MAP_PID
                                              "SPM|1\nOBR|1|1\nOBX|1|TX|1^所見||");
  g_autoptr (MapFixture) fixture = NULL;

  for (guint i = 0; i < IMP_MAX_VALUE_BYTES / 2; i++)
    g_string_append (message, "あ");
  g_string_append (message, "||||||F\n");
  fixture = map_fixture_new_type ("OML-11", message->str);
  g_assert_cmpuint (strlen (map_values (fixture, DISC_KIND_LAB, 0, 0, DISC_FIELD_VALUE)), <=,
                    IMP_MAX_VALUE_BYTES);
  g_assert_true (g_utf8_validate (map_values (fixture, DISC_KIND_LAB, 0, 0, DISC_FIELD_VALUE), -1,
                                  NULL));
  g_assert_nonnull (map_finding (fixture, IMP_FINDING_TRUNCATED, 0));
}

/* More findings than anyone reads. */
static void
test_many_findings (void)
{
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();

  for (guint i = 0; i < IMP_MAX_FINDINGS_PER_MESSAGE + 10; i++)
    imp_mapped_add_finding (mapped, IMP_FINDING_NOT_UNDERSTOOD, "segment %u", i);
  g_assert_cmpuint (mapped->findings->len, ==, IMP_MAX_FINDINGS_PER_MESSAGE);
  imp_mapped_clear (mapped);
  g_assert_cmpuint (mapped->findings->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/unknown-type", test_unknown_type);
  g_test_add_func ("/importer/map/unknown-name", test_unknown_name);
  g_test_add_func ("/importer/map/processing", test_processing);
  g_test_add_func ("/importer/map/facts", test_facts);
  g_test_add_func ("/importer/map/again", test_again);
  g_test_add_func ("/importer/map/names-in-turn", test_names_in_turn);
  g_test_add_func ("/importer/map/escapes", test_escapes);
  g_test_add_func ("/importer/map/long-text", test_long_text);
  g_test_add_func ("/importer/map/too-much", test_too_much);
  g_test_add_func ("/importer/map/huge-value", test_huge_value);
  g_test_add_func ("/importer/map/many-findings", test_many_findings);
  return g_test_run ();
}
