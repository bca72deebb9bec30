/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mapping of storages nobody here wrote. The facts were read off the files by hand; the counts are
 * those of their segments.
 */
#include <string.h>

#include "imp-decode.h"
#include "map-fixture.h"

#define SAMPLES "nho-ssmix2-sample/sampleData"
#define GENERATED "ssmixtwins-generated/storage"

typedef struct
{
  const char *path;
  const char *state; /* of the first record of the kind below */
  DiscKind kind;
  guint n_items;
  MapFact facts[16];
} Sample;

#define OF_9999013 "999/901/9999013/"
#define RECORD(field, expected) { 0, 0, -1, DISC_FIELD_##field, expected }
#define ITEM(n, field, expected) { 0, 0, n, DISC_FIELD_##field, expected }

/* Facts of the kind given; a kind of its own where another is meant. */
static const Sample samples[] = {
  { OF_9999013 "-/ADT-00/9999013_-_ADT-00_999999999999999_20111220224447339_-_1", "active live",
    DISC_KIND_DEMOGRAPHICS, 0,
    { RECORD (NAME, "患者　太郎"), RECORD (KANA, "カンジャ　タロウ"), RECORD (BIRTH_DATE, "1948-04-05"),
      RECORD (SEX, "M"), RECORD (BLOOD_TYPE, "A"), RECORD (UPDATED_AT, "2011-12-19T12:15:51"),
      RECORD (PHONE, "054-000-0000|03-5999-9999|03-3599-9993"),
      MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "ペニシリン"), MAP_ITEM (CONTACT, 0, 0, RELATION, "本人"),
      MAP_ITEM (OBSERVATION, 0, 1, VALUE, "167.8"), MAP_ITEM (COVERAGE, 0, 0, VALUE, "67999991") } },
  { OF_9999013 "20111120/ADT-22/9999013_20111120_ADT-22_999999999999999_20111220224447339_01_1",
    "completed live", DISC_KIND_ENCOUNTER, 1,
    { RECORD (AT, "2011-11-20T16:00"), ITEM (0, WARD, "32"), ITEM (0, ROOM, "302"),
      ITEM (0, BED, "1"), ITEM (0, DOCTOR, "医師一郎"), ITEM (0, EVENT_CODE, "A01") } },
  { OF_9999013 "20111220/ADT-42/9999013_20111220_ADT-42_999999999999999_20111220224447339_10_1",
    "completed live", DISC_KIND_ENCOUNTER, 1,
    { RECORD (AT, "2011-12-20T20:00"), ITEM (0, ROOM, "305"), ITEM (0, FROM, "32 302 1") } },
  { OF_9999013 "20111220/ADT-52/9999013_20111220_ADT-52_999999999999999_20111220224447339_08_1",
    "completed live", DISC_KIND_ENCOUNTER, 1,
    { RECORD (AT, "2011-12-20T12:00"), ITEM (0, DISPOSITION_CODE, "01"), ITEM (0, WARD, "41") } },
  { OF_9999013 "-/PPR-01/9999013_-_PPR-01_999999999999999_20111209163030000_01_1", "active live",
    DISC_KIND_PROBLEM, 1,
    { ITEM (0, NAME, "胃炎"), ITEM (0, OUTCOME, "回復せず"), ITEM (0, OUTCOME_CODE, "N"),
      ITEM (0, END, "2011-09-15"), ITEM (0, MAIN, "主診断"), ITEM (0, CONFIDENTIAL, "非常に限定"),
      ITEM (0, ICD10, "K297"), RECORD (AUTHOR, "医師　一郎") } },
  { OF_9999013 "20111013/OMD/9999013_20111013_OMD_123456789012345_20111014232213000_01_1",
    "active live", DISC_KIND_MEAL, 1,
    { ITEM (0, KIND, "001"), ITEM (0, RESTRICTION, "塩分控えめ"), ITEM (0, MEAL, "１日３回"),
      ITEM (0, FROM, "2011-10-16T07") } },
  { OF_9999013 "20110701/OMP-01/9999013_20110701_OMP-01_000000011000185_20110701224603984_01_1",
    "active live", DISC_KIND_PRESCRIPTION, 3,
    { RECORD (AT, "2011-07-01T10:30:45"), RECORD (ENTERED_BY, "入力者　花子"),
      ITEM (0, DRUG, "ダーゼン錠（５mg)"), ITEM (0, PER_DAY, "3"), ITEM (0, TOTAL, "15"),
      ITEM (0, DAYS, "5"), ITEM (1, DRUG, "パンスポリンＴ錠（１００mg)"), ITEM (1, DOSE, "2"),
      ITEM (2, RP, "2"), ITEM (2, DOSE, "50"), ITEM (2, DOSE_UNIT, "ミリグラム"),
      ITEM (2, PER_DAY, "100"), ITEM (2, TOTAL, "1400"), ITEM (2, DAYS, "14"),
      ITEM (2, WARNING, NULL) } },
  { OF_9999013 "20110701/OMP-02/9999013_20110701_OMP-02_123456789012345_20110701224603984_01_1",
    "active live", DISC_KIND_INJECTION, 6,
    { ITEM (0, DRUG, "ソリタ－Ｔ３号輸液５００ｍＬ"), ITEM (0, COMPONENT, "基剤"), ITEM (0, VOLUME, "510"),
      ITEM (0, RATE, "102"), ITEM (0, RATE_UNIT, "ミリリッター／時間"), ITEM (1, DRUG, "アドナ注（静脈用）50mg"),
      ITEM (1, COMPONENT, "添加剤"), ITEM (1, AMOUNT_UNIT, "アンプル"),
      ITEM (4, RP, "123456789012345_01_003"), ITEM (4, START, "2011-07-01T18:00"),
      ITEM (5, END, "2011-07-01T23:00"), ITEM (0, INSTRUCTION, "５時間一定速度で") } },
  { OF_9999013 "20110630/OMP-11/9999013_20110630_OMP-11_123456789012345_20110701113813225_01_1",
    "completed live", DISC_KIND_ADMINISTRATION, 2,
    { ITEM (0, GIVEN_AT, "2011-07-01T08:30"), ITEM (0, ROUTE, "口"), ITEM (1, ROUTE, "口"),
      ITEM (1, AMOUNT, "2"), ITEM (1, STATUS, "CP"), ITEM (1, BY, "看護　花子") } },
  { OF_9999013 "20111220/OML-01/9999013_20111220_OML-01_000000011000354_20111220103059123_15_1",
    "active live", DISC_KIND_ORDER, 9,
    { ITEM (0, NAME, "生化学的検査"), ITEM (1, NAME, "総蛋白"), ITEM (4, NAME, "LDH"),
      ITEM (5, NAME, "血液学的検査"), ITEM (6, CODE, "2B0300000022311"), ITEM (8, SPECIMEN, "血漿"),
      RECORD (AT, "2011-12-20T18:33:01"), RECORD (DEPARTMENT, "呼吸器外科") } },
  { OF_9999013 "20111220/OML-11/9999013_20111220_OML-11_000000011000354_20111220103059000_01_1",
    "completed live", DISC_KIND_LAB, 3,
    { RECORD (AT, "2011-12-19T15:00"), ITEM (0, NAME, "A/G比"), ITEM (0, UNIT, NULL),
      ITEM (0, RANGE, "1.2-2.0"), ITEM (0, FLAG, NULL), ITEM (2, VALUE, "4.9"),
      ITEM (2, UNIT, "g/dl"), ITEM (2, SPECIMEN, "血清"), RECORD (ORDER_NO, "000000011000354") } },
  { OF_9999013 "20111220/OMG-01/9999013_20111220_OMG-01_000201101200100_20111220224447339_-_1",
    "active live", DISC_KIND_ORDER, 5,
    { RECORD (TITLE, "Ｘ線単純撮影"), ITEM (0, LEVEL, "parent"), ITEM (0, COMMENT, "体重: 62 kg"),
      ITEM (0, PRIORITY, "R"), ITEM (1, NAME, "胸部.Ｘ線単純撮影.立位正面(A→P)"), ITEM (4, LEVEL, "child"),
      ITEM (4, PARENT_NO, "000201101200100") } },
  { OF_9999013 "20111220/OMG-02/9999013_20111220_OMG-02_201212201252100_20111220224447339_01_1",
    "active live", DISC_KIND_ORDER, 2,
    { RECORD (AT, "2012-12-20T12:52:10"), ITEM (0, NAME, "検査.上部.-.-.-.-"),
      ITEM (0, COMMENT,
            "視覚障害: 重度|外来所見: 12月19日強い上腹部痛を感じた。翌日になっても軽快しなかったため、来院。|"
            "臨床病名: 胃潰瘍の疑い|内視鏡検査理由: 臨床病名に対する精査") } },
  { OF_9999013 "20111220/OMG-03/9999013_20111220_OMG-03_201112200089100_20111220224447339_01_1",
    "active live", DISC_KIND_ORDER, 1,
    { ITEM (0, NAME, "標準１２誘導心電図"), ITEM (0, COMMENT, "数量: 1|心電図所見: 心筋梗塞の疑い"),
      RECORD (NOT_UNDERSTOOD, "PV1-8: 01") } },
  { OF_9999013 "20111220/OMG-11/9999013_20111220_OMG-11_2011122000300_20111220224447339_24_1",
    "completed live", DISC_KIND_PROCEDURE, 2,
    { RECORD (TITLE, "経皮的超音波検査"), ITEM (0, ACCESSION, "A201112200030001"),
      ITEM (0, MODALITY, "US"), ITEM (1, NAME, "胎児.経皮的超音波検査"), ITEM (1, BY, "助産師　愛子"),
      ITEM (1, STUDY_UID, "1.2.392.1114.20045.43233.5.300001") } },
  { "000/000/0000001/20000401/OMP-11/"
    "0000001_20000401_OMP-11_123456789012345_20110701113813225_01_1",
    "completed live", DISC_KIND_ADMINISTRATION, 2,
    { ITEM (0, DRUG, "ダーゼン錠（５mg)"), ITEM (1, COMMENT, "入力日時: 2011-07-01T10:06:13|aaa: ccc ddd（番号 bbb、基準値 eee、判定 fff）"),
      ITEM (1, ITEM_NOT_UNDERSTOOD, "OBX-9: ggg|TQ1|0|test^test2|0^1^hhhh") } },
};

/* Returns: (transfer full) (nullable): the folder, or %NULL and the test is skipped */
static char *
find_corpus (const char *below)
{
  const char *corpus = g_getenv ("TOMOSHIBI_CORPUS");
  const char *source = g_getenv ("TOMOSHIBI_SOURCE_DIR");
  g_autofree char *beside = NULL;
  g_autofree char *root = NULL;

  if (corpus == NULL && source != NULL)
    corpus = beside = g_build_filename (source, "..", "shared", "corpus", NULL);
  root = corpus != NULL ? g_build_filename (corpus, below, NULL) : NULL;
  if (root == NULL || !g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the corpus is not there: set TOMOSHIBI_CORPUS");
      return NULL;
    }
  return g_steal_pointer (&root);
}

static MapFixture *
map_file (const char *root, const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  ImpDecodeResult decoded;
  gsize len;

  g_assert_true (g_file_get_contents (full, &bytes, &len, NULL));
  imp_decode ((const guint8 *) bytes, len, text, &decoded);
  return map_fixture_new (path, text->str);
}

static void
test_samples (void)
{
  g_autofree char *root = find_corpus (SAMPLES);

  for (guint i = 0; root != NULL && i < G_N_ELEMENTS (samples); i++)
    {
      const Sample *sample = &samples[i];
      g_autoptr (MapFixture) fixture = map_file (root, sample->path);

      g_test_message ("%s", sample->path);
      g_assert_cmpstr (map_state (fixture, sample->kind, 0), ==, sample->state);
      g_assert_cmpuint (map_n_items (fixture, sample->kind, 0), ==, sample->n_items);
      for (guint n = 0; n < G_N_ELEMENTS (sample->facts) && sample->facts[n].field != 0; n++)
        {
          MapFact fact = sample->facts[n];

          if (fact.kind == DISC_KIND_NONE)
            fact.kind = sample->kind;
          map_check_facts (fixture, &fact, 1);
        }
      g_assert_null (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0));
      g_assert_null (map_finding (fixture, IMP_FINDING_TRUNCATED, 0));
    }
}

typedef struct
{
  guint n_items[DISC_N_KINDS];
  guint n_live_encounters;
  guint n_unknown_encounters;
  guint n_placing;
  guint n_mismatches;
  guint n_contradictions;
  guint n_other_findings;
  guint n_warnings;
} Totals;

static void
count_message (MapFixture *fixture, Totals *totals)
{
  totals->n_placing += fixture->mapped->facts.names_admission;
  for (guint i = 0; i < fixture->mapped->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (fixture->mapped->findings, i);

      if (finding->code == IMP_FINDING_TYPE_MISMATCH)
        totals->n_mismatches++;
      else if (g_str_has_suffix (finding->detail, "contradicts its text"))
        totals->n_contradictions++;
      else
        totals->n_other_findings++;
    }
  for (guint i = 0; i < disc_record_set_n (fixture->set); i++)
    {
      const DiscRecord *record = disc_record_set_get (fixture->set, i);

      /* Allergies in orders are the list of then. */
      if (g_strcmp0 (disc_record_value (record, DISC_FIELD_WARNING), "at-order-time") == 0)
        totals->n_warnings++;
      else
        totals->n_items[record->kind] += record->n_items;
      g_assert_true (record->live);
      if (record->kind == DISC_KIND_ENCOUNTER && record->status == DISC_STATUS_UNKNOWN)
        totals->n_unknown_encounters++;
      for (guint n = 0; n < record->n_items; n++)
        {
          const char *warning = disc_item_value (&record->items[n], DISC_FIELD_WARNING);

          g_assert_true (warning == NULL || strcmp (warning, "usage-contradicts") == 0);
          g_assert_null (disc_item_value (&record->items[n], DISC_FIELD_ITEM_NOT_UNDERSTOOD));
        }
    }
}

static void
count_tree (const char *root, const char *below, Totals *totals)
{
  g_autofree char *folder = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = *below ? g_build_filename (below, entry, NULL) : g_strdup (entry);
      g_autofree char *full = g_build_filename (root, path, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        count_tree (root, path, totals);
      else
        {
          g_autoptr (MapFixture) fixture = map_file (root, path);

          count_message (fixture, totals);
        }
    }
}

static void
test_generated (void)
{
  g_autofree char *root = find_corpus (GENERATED);
  Totals totals = { 0 };

  if (root == NULL)
    return;

  count_tree (root, "", &totals);
  g_assert_cmpuint (totals.n_items[DISC_KIND_PRESCRIPTION], ==, 360); /* RXE of OMP-01 */
  g_assert_cmpuint (totals.n_items[DISC_KIND_INJECTION], ==, 124);    /* RXC */
  g_assert_cmpuint (totals.n_items[DISC_KIND_LAB], ==, 1026);         /* OBX of OML-11 */
  g_assert_cmpuint (totals.n_items[DISC_KIND_MICROBIOLOGY], ==, 0);
  g_assert_cmpuint (totals.n_items[DISC_KIND_PROBLEM], ==, 89);       /* PRB */
  g_assert_cmpuint (totals.n_items[DISC_KIND_ALLERGY], ==, 51);       /* AL1 of ADT-00 */
  g_assert_cmpuint (totals.n_items[DISC_KIND_OBSERVATION], ==, 200);  /* OBX and DB1 */
  g_assert_cmpuint (totals.n_items[DISC_KIND_CONTACT], ==, 40);
  g_assert_cmpuint (totals.n_items[DISC_KIND_COVERAGE], ==, 40);
  g_assert_cmpuint (totals.n_items[DISC_KIND_ENCOUNTER], ==, 133 + 14 + 12);
  g_assert_cmpuint (totals.n_items[DISC_KIND_UNKNOWN], ==, 0);
  g_assert_cmpuint (totals.n_unknown_encounters, ==, 133); /* ADT-12 written as A01 */
  g_assert_cmpuint (totals.n_mismatches, ==, 133);
  g_assert_cmpuint (totals.n_placing, ==, 14 + 12);
  g_assert_cmpuint (totals.n_contradictions, ==, 82); /* SS-MIX2 spec 4.9 */
  g_assert_cmpuint (totals.n_other_findings, ==, 0);
}

/* One prescription of the generated storage, line by line. */
static void
test_generated_prescription (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, AT, "2026-09-12T09:57:00"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "ツムラ大建中湯エキス顆粒（医療用）"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "3"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_UNIT, "包"),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE, "内服・経口・１日１回朝食後"),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE_CODE, "1011040000000000"),
    MAP_ITEM (PRESCRIPTION, 0, 0, WARNING, "usage-contradicts"),
    MAP_ITEM (PRESCRIPTION, 0, 0, START, "2026-09-12T00:09"), /* as broken as it is stored */
    MAP_ITEM (PRESCRIPTION, 0, 1, DRUG, "ロキソプロフェンテープ１００ｍｇ"),
    MAP_ITEM (PRESCRIPTION, 0, 1, USAGE, "1日1回"),
    MAP_ITEM (PRESCRIPTION, 0, 1, FORM, "テープ、貼付剤"),
    MAP_ITEM (PRESCRIPTION, 0, 2, PER_DAY, "9"),
    MAP_ITEM (PRESCRIPTION, 0, 2, TOTAL, "270"),
    MAP_ITEM (PRESCRIPTION, 0, 3, CODE, "110626901"),
    MAP_ITEM (PRESCRIPTION, 0, 4, DRUG, "フロセミド錠２０ｍｇ"),
    MAP_ITEM (PRESCRIPTION, 0, 4, DAYS, "7"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "猫"),
    MAP_ITEM (ALLERGY, 0, 0, SYSTEM, "J-FAGY"),
  };
  g_autofree char *root = find_corpus (GENERATED);
  g_autoptr (MapFixture) fixture = NULL;

  if (root == NULL)
    return;
  fixture = map_file (root, "074/180/0741802888/20260912/OMP-01/"
                            "0741802888_20260912_OMP-01_000888208147027_20260912095700000_107_1");
  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PRESCRIPTION, 0), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/corpus/samples", test_samples);
  g_test_add_func ("/importer/map/corpus/generated", test_generated);
  g_test_add_func ("/importer/map/corpus/generated-prescription", test_generated_prescription);
  return g_test_run ();
}
