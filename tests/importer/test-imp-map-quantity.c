/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

/* OBX-6 and its like: "CWE, sometimes plain text" (SS-MIX2 spec 4.2). */
static const struct
{
  const char *field;
  const char *unit;
  const char *other; /* what else it says */
} units[] = {
  { "mg", "mg", NULL },
  { "U/L", "U/L", NULL },
  { "mg^mg^ISO+", "mg", NULL },
  { "HON^本^MR9P", "本", NULL },
  { "TTUN^万単位^MR9P", "万単位", NULL },
  { "TAB^1回分^MR9P", "1回分", NULL },
  { "mg^^ISO+", "mg", NULL },
  { "^mg/dL", "mg/dL", NULL },
  { "^^^mg^mg^ISO+", "mg", NULL },
  { "mg^mg^ISO+^12^ミリグラム^99L", "mg", "ミリグラム" },
  { "mg^mg", "mg", NULL },
  { "MG^mg", "mg", "MG" },
  { "HON^本", "本", "HON" },
  { "MG^mg^L", "mg", "MG|L" },
  { "iu^単位^iso+", "単位", "iu|iso+" },
  /* a power in plain text brings a component separator */
  { "10^3/uL", "10^3/uL", NULL },
  { "x10^3/uL", "x10^3/uL", NULL },
  { "×10^3/μL", "×10^3/μL", NULL },
  { "10^-3", "10^-3", NULL },
  { "10^３/μL", "10^３/μL", NULL },
  { "10^3^/uL", "10^3^/uL", NULL },
  { "10^3/uL^ISO+", "10^3/uL^ISO+", NULL },
  { "10^3/uL^10^3/uL^ISO+", "10^3/uL^10^3/uL^ISO+", NULL },
  { "10^^3/uL", "10^^3/uL", NULL },
  { "m^2", "m^2", NULL },
  { "kg/m^2^ISO+", "kg/m^2^ISO+", NULL },
  { "mL/min/1.73m^2", "mL/min/1.73m^2", NULL },
  { "mg^/dL", "mg^/dL", NULL },
  { "g^dL", "g^dL", NULL },
  { "10*3/uL", "10*3/uL", NULL },
  { ".10*3/uL", ".10*3/uL", NULL },
  { "10\\S\\3/uL", "10^3/uL", NULL }, /* the power as an escape */
  { "10\\S\\3/uL^10\\S\\3/uL^ISO+", "10^3/uL", NULL },
  { "mg\\T\\dL", "mg&dL", NULL },
  { "mg~mL", "mg", "mL" },
  { "\"\"", NULL, NULL },
  { "", NULL, NULL },
};

static void
test_results (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *message =
          g_strdup_printf (MAP_MSH ("OUL^R22") MAP_PID
                           "SPM|1\nOBR|1|1|1|BC^血算\nOBX|1|NM|1^白血球^99L||5.2|%s|3.3-8.6||||F\n",
                           units[i].field);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);
      const MapFact facts[] = {
        MAP_ITEM (LAB, 0, 0, VALUE, "5.2"),
        MAP_ITEM (LAB, 0, 0, UNIT, units[i].unit),
        MAP_ITEM (LAB, 0, 0, OTHER_UNIT, units[i].other),
        MAP_ITEM (LAB, 0, 0, RANGE, "3.3-8.6"),
      };

      g_test_message ("%s", units[i].field);
      map_check (fixture, facts);
    }
}

/* Every field that is a unit: RXE-5, -11, -26 and -19 of a prescription. */
static void
test_prescription (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_UNIT, "10^6IU"),
    MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL_UNIT, "10^7IU"),
    MAP_ITEM (PRESCRIPTION, 0, 0, STRENGTH_UNIT, "10^8IU"),
    MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY, "2"),
    MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY_UNIT, "10^9IU"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", MAP_MSH ("RDE^O11") MAP_PID
      "ORC|NW|1||1\n"
      "RXE||1^甲^HOT9|1||10^6IU|||||14|10^7IU||||||||2^10^9IU||||||5|10^8IU\n");

  map_check (fixture, facts);
}

/* RXE-5, -24, RXC-4 and -6 of an injection; RXA-7 and -14 of what was given. */
static void
test_injection (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (INJECTION, 0, 0, VOLUME_UNIT, "10^3mL"),
    MAP_ITEM (INJECTION, 0, 0, RATE_UNIT, "10^2mL/hr"),
    MAP_ITEM (INJECTION, 0, 0, AMOUNT_UNIT, "10^6IU"),
    MAP_ITEM (INJECTION, 0, 0, STRENGTH_UNIT, "10^5IU"),
  };
  static const MapFact given[] = {
    MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT_UNIT, "10^6IU"),
    MAP_ITEM (ADMINISTRATION, 0, 0, STRENGTH_UNIT, "10^5IU"),
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT, "指示: 甲 3 10^4IU"),
  };
  g_autoptr (MapFixture) order = map_fixture_new_type (
      "OMP-02", MAP_MSH ("RDE^O11") MAP_PID
      "ORC|NW|1||1\nRXE||00^一般^JHSI0002|5||10^3mL||||||||||||||||||1|10^2mL/hr\n"
      "RXC|A|1^甲^HOT9|3|10^6IU|7|10^5IU\n");
  g_autoptr (MapFixture) administration =
      map_fixture_new_type ("OMP-11", MAP_MSH ("RAS^O17") MAP_PID
                            "ORC|NW|1||1\nRXE||1^甲^HOT9|3||10^4IU\n"
                            "RXA|0|1|20250411|20250411|1^甲^HOT9|3|10^6IU||||||7|10^5IU\n");

  map_check (order, facts);
  map_check (administration, given);
}

/* CQ: number^code&text&system, and how it is miswritten. */
static void
test_quantities (void)
{
  static const struct
  {
    const char *field;
    const char *unit;
  } cases[] = {
    { "3^TAB&錠&MR9P", "錠" }, { "3^TAB^錠^MR9P", "錠" }, { "3^d", "d" },
    { "3^mL^MR9P", "mL" },     { "3^10^6IU", "10^6IU" },  { "3^TAB^TAB^MR9P", "TAB" },
    { "3^g^dL", "g^dL" },      { "3^^錠", "錠" },         { "3", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message =
          g_strdup_printf (MAP_MSH ("RDE^O11") MAP_PID
                           "ORC|NW|1||1\nRXE||1^甲^HOT9|1||TAB^錠^MR9P||||||||||||||%s\n",
                           cases[i].field);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", message);
      const MapFact facts[] = {
        MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY, "3"),
        MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY_UNIT, cases[i].unit),
      };

      g_test_message ("%s", cases[i].field);
      map_check (fixture, facts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/quantity/results", test_results);
  g_test_add_func ("/importer/map/quantity/prescription", test_prescription);
  g_test_add_func ("/importer/map/quantity/injection", test_injection);
  g_test_add_func ("/importer/map/quantity/quantities", test_quantities);
  return g_test_run ();
}
