/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD                                                                                       \
  MAP_MSH ("OUL^R22^OUL_R22") MAP_PID                                                              \
  "SPM|1|B250410001||061^喀痰^JC10|||||||||||||20250408\n"

/* SS-MIX2 spec 4.12, the worked example, with a second organism and the order of a pair turned. */
static const char culture[] =
    HEAD
    "OBR|2|000000250410003|B250410001|6B010000001974100^培養同定(一般細菌)^JC10|||20250408||||||||||||||||||P\n"
    "ORC|SC|000000250410003\n"
    "OBX|1|CWE|6B010000001974114^培養同定菌名^JC10|1|2001^E.coli^JANIS||||||F\n"
    "OBX|2|ST|6B010000001974112^培養同定菌量^JC10|1| 2 +||||||F\n"
    "OBX|3|ST|6B010000001974112^培養同定菌量^JC10|2|1+||||||P\n"
    "OBX|4|CWE|6B010000001974114^培養同定菌名^JC10|2|1301^S.aureus^JANIS||||||F\n"
    "OBR|3|000000250410003|B250410001|6C010000008076200^薬剤感受性検査-MIC^JC10|||20250408||||||||||||||||||F|"
    "6B010000001974114&培養同定菌名&JC10^1^E.coli\n"
    "ORC|SC|000000250410003\n"
    "OBX|1|ST|6C010604708076205^PIPC^JC10||< 2|ug/mL^μg/mL^ISO+||S|||F\n"
    "OBR|4|000000250410003|B250410001|6C010000008076200^薬剤感受性検査-MIC^JC10|||20250408||||||||||||||||||F|"
    "6B010000001974114&培養同定菌名&JC10^2\n"
    "ORC|SC|000000250410003\n"
    "OBX|1|CWE|6C010000008076214^薬剤名^JC10|1|1661^CAZ^JANIS|||R|||F\n"
    "OBX|2|ST|6C010000008076205^ＭＩＣ^JC10|1|>= 64|ug/mL^μg/mL^ISO+|||||F\n"
    "NTE|1||耐性\n";

static void
test_worked_example (void)
{
  static const MapFact facts[] = {
    /* the organism of the pair stands with its amount */
    MAP_ITEM (MICROBIOLOGY, 0, 0, ORGANISM, "E.coli"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, ORGANISM_CODE, "2001"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, NAME, "培養同定菌量"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, VALUE, " 2 +"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, SPECIMEN, "喀痰"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, ITEM_AT, "2025-04-08"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, GROUP, "培養同定(一般細菌)"),
    MAP_RECORD (MICROBIOLOGY, 0, GROUP_STATUS, "P"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, GROUP_STATUS, "F"), /* its own panel's */
    MAP_ITEM (MICROBIOLOGY, 0, 0, DRUG, NULL),
    /* susceptibility: the organism named by OBR-26 */
    MAP_ITEM (MICROBIOLOGY, 0, 1, ORGANISM, "E.coli"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, DRUG, "PIPC"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, CODE, "6C010604708076205"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, VALUE, "< 2"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, UNIT, "μg/mL"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, RESULT, "S"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, FLAG, "S"),
    /* OBR-26 names a sub-ID only; the drug is the pair's, and so is its S/I/R */
    MAP_ITEM (MICROBIOLOGY, 0, 2, ORGANISM, "S.aureus"),
    MAP_ITEM (MICROBIOLOGY, 0, 2, ORGANISM_CODE, "1301"),
    MAP_ITEM (MICROBIOLOGY, 0, 2, DRUG, "CAZ"),
    MAP_ITEM (MICROBIOLOGY, 0, 2, VALUE, ">= 64"),
    MAP_ITEM (MICROBIOLOGY, 0, 2, RESULT, "R"),
    MAP_ITEM (MICROBIOLOGY, 0, 2, COMMENT, "親の検査結果: 培養同定菌名 2|耐性"),
    /* the amount is preliminary though the name is final */
    MAP_ITEM (MICROBIOLOGY, 1, 0, ORGANISM, "S.aureus"),
    MAP_ITEM (MICROBIOLOGY, 1, 0, VALUE, "1+"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", culture);

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_MICROBIOLOGY), ==, 2);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_MICROBIOLOGY, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_MICROBIOLOGY, 0), ==, "completed live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_MICROBIOLOGY, 1), ==, "preliminary live");
  g_assert_null (map_record (fixture, DISC_KIND_LAB, 0));
}

/* Which rows are bacteriology: JLAC10 that begins with 6, not any code that does. */
static void
test_recognition (void)
{
  static const struct
  {
    const char *obr4;
    const char *obx3;
    gboolean micro;
  } cases[] = {
    { "B^細菌", "6A010000006174311^塗抹^JC10", TRUE },
    { "B^細菌", "9901^塗抹^99LAB^6A010000006174311^塗抹^JC10", TRUE },
    { "B^細菌", "6A0100000061743^塗抹", TRUE },  /* no system, but its length */
    { "6B010^培養^JC10", "9902^判定^99LAB", TRUE }, /* the panel is */
    { "B^生化学", "6001^ＡＳＴ^99LAB", FALSE },
    { "B^生化学", "6001^ＡＳＴ", FALSE },
    { "B^生化学", "3B035000002327201^AST^JC10", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "OBR|1|O1||%s\nORC|SC|O1\nOBX|1|ST|%s||1+||||||F\n", cases[i].obr4, cases[i].obx3);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);

      g_assert_cmpuint (map_n_items (fixture, DISC_KIND_MICROBIOLOGY, 0), ==, cases[i].micro);
      g_assert_cmpuint (map_n_items (fixture, DISC_KIND_LAB, 0), ==, !cases[i].micro);
    }
}

/* An organism without an amount is an item by itself; smears have no organism. */
static void
test_single_rows (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (MICROBIOLOGY, 0, 0, ORGANISM, "MRSA"),
    MAP_ITEM (MICROBIOLOGY, 0, 0, VALUE, "MRSA"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, ORGANISM, NULL),
    MAP_ITEM (MICROBIOLOGY, 0, 1, NAME, "抗酸菌塗抹"),
    MAP_ITEM (MICROBIOLOGY, 0, 1, VALUE, "ガフキー0号"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11", HEAD "OBR|1|O1||6B010^培養^JC10\nORC|SC|O1\n"
                "OBX|1|CWE|6B010000001974114^菌名^JC10|1|1303^MRSA^JANIS||||||F\n"
                "OBX|2|ST|6A205000006174311^抗酸菌塗抹^JC10||ガフキー0号||||||F\n");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/micro/worked-example", test_worked_example);
  g_test_add_func ("/importer/map/micro/recognition", test_recognition);
  g_test_add_func ("/importer/map/micro/single-rows", test_single_rows);
  return g_test_run ();
}
