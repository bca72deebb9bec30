/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

#include "disc-fixture.h"
#include "disc-patient-table-private.h"
#include "disc-writer.h"

/* Invented people; the number is that of the row. */
static const DiscPatient people[] = {
  { .pno = 1, .id = "0004512338", .name = "渡邊　千鶴子", .kana = "ワタナベ　チヅコ",
    .birth_date = "1948-04-05", .place = DISC_PLACE_IN, .last_seen_at = "2025-11-17" },
  { .pno = 2, .id = "0004521338", .name = "渡辺　千鶴子", .kana = "ワタナベ　チズコ",
    .birth_date = "1948-04-25", .place = DISC_PLACE_OUT, .last_seen_at = "2025-11-12" },
  { .pno = 3, .id = "0001187204", .name = "渡部　千津子", .kana = "ﾜﾀﾅﾍﾞ ﾁﾂﾞｺ",
    .birth_date = "1951-12-30", .place = DISC_PLACE_OUT, .last_seen_at = "2025-11-20" },
  { .pno = 4, .id = "0000207716", .name = "渡■　千代", .kana = "ワタナベ　チヨ",
    .birth_date = "1931-01-05", .place = DISC_PLACE_IN },
  { .pno = 5, .id = "0000411560", .name = "亘鍋　親良", .kana = "ワタナベ　チカヨシ",
    .birth_date = "1940-03", .place = DISC_PLACE_OUT },
  { .pno = 6, .id = "1948", .name = "佐藤　健一", .kana = "サトウ　ケンイチ",
    .birth_date = "1970-01-02" },
  { .pno = 7, .id = "00001948", .name = "大野　翔子", .kana = "おおの　しょうこ",
    .birth_date = "2019-05-01", .former_names = "髙﨑　翔子" },
  { .pno = 8, .id = "A-0012", .name = "SMITH　JOHN", .kana = "スミス　ジョン",
    .birth_date = "1948" },
  { .pno = 9, .id = "0000000077", .name = "小野　シヨウコ", .kana = "ｵﾉ ｼﾖｳｺ" },
  { .pno = 10, .id = "0000000078", .name = "山田　太郎", .kana = "ヤマダ　タロウ",
    .birth_date = "1948-12-01" },
  { .pno = 11, .id = "0000000079", .name = "渡邊　千鶴子ベビー", .kana = NULL,
    .birth_date = "2025-11-19" },
  { .pno = 12, .id = "0000000080", .name = "ヴィ・アン", .kana = "ヴィ　アン" },
  { .pno = 13, .id = "0000000081", .name = "服部　ミチコ", .kana = "ハットリ　ミチコ" },
  { .pno = 14, .id = "0000000082", .name = "佐々木　紺", .kana = "ササキ　コン" },
  { .pno = 15, .id = "0000000083", .name = "今野　真一", .kana = "コンノ　シンイチ" },
  { .pno = 16, .id = "0000000084", .name = "さくら　ももこ" },
  { .pno = 17, .id = "0000000085", .name = "田\xee\x80\x80　花", .kana = "タ■カ　ハナ" },
  { .pno = 18, .id = "0000000086" },
};

static DiscPatientTable *
make_table (void)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      disc_patient_table_builder_add (builder, &people[i], &error);
      g_assert_no_error (error);
    }

  return disc_patient_table_builder_finish (builder);
}

/* Patient numbers with commas between, in the order found. */
static char *
search (const DiscPatientTable *table, const char *query, char **understood)
{
  g_autoptr (DiscPatientHits) hits = disc_patient_table_search (table, query, 100);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < hits->rows->len; i++)
    {
      g_autoptr (DiscPatientRow) row =
          disc_patient_table_get (table, g_array_index (hits->rows, guint, i));

      g_string_append_printf (out, "%s%u", out->len > 0 ? "," : "", row->pno);
    }

  g_assert_cmpuint (hits->n_total, ==, hits->rows->len);
  if (understood != NULL)
    *understood = g_steal_pointer (&hits->understood);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct
{
  const char *query, *found, *understood;
} Case;

static void
assert_cases (const Case *cases, gsize n)
{
  g_autoptr (DiscPatientTable) table = make_table ();

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *understood = NULL;
      g_autofree char *found = search (table, cases[i].query, &understood);

      fixture_message (cases[i].query);
      g_assert_cmpstr (found, ==, cases[i].found);
      g_assert_cmpstr (understood, ==, cases[i].understood);
    }
}

static void
test_id (void)
{
  static const Case cases[] = {
    { "0004512338", "1", NULL },
    { "4512338", "1", NULL },       /* leading zeros do not matter for finding */
    { "00004512338", "1", NULL },
    { "４５１２３３８", "1", NULL },
    { "45", "1,2", NULL },          /* while it is typed */
    { "00045", "1,2", NULL },
    { "12338", "1", NULL },         /* the last digits, too */
    { "338", "1,2", NULL },
    { "38", "", NULL },             /* two are too few of them */
    { "A-0012", "8", NULL },
    { "a-00", "8", NULL },
    { "Ａ－００１２", "8", NULL },
    { "00001948", "7,6", NULL },    /* the exact string first */
    { "86", "18", NULL },           /* somebody without a name */
    { "99999", "", NULL },
    { "45123380", "", NULL },
    { "4512338x", "", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_kana (void)
{
  static const Case cases[] = {
    /* same reading together: in-patients, then last visit */
    { "ワタナベ", "5,1,3,2,4", NULL },
    { "わたなべ", "5,1,3,2,4", NULL },
    { "ﾜﾀﾅﾍﾞ", "5,1,3,2,4", NULL },
    { "ワタナベチヅコ", "1,3,2", NULL },
    { "ワタナベ　チズコ", "1,3,2", NULL },
    { "チヅコ ワタナベ", "1,3,2", NULL },
    { "ワタナ チ", "5,1,3,2,4", NULL },
    { "ショウコ", "7,9", NULL },
    { "シヨウコ", "7,9", NULL },
    { "オノ", "9", NULL },
    { "オオノ", "7", NULL },
    { "ハツトリ", "13", NULL },
    { "バン", "", NULL },
    { "ビ", "12,11", NULL },       /* of ベビー in the written name */
    { "ヴィ", "12,11", NULL },
    { "ササキ", "14", NULL },
    { "コン", "15,14", NULL },
    { "さくら", "16", NULL },       /* the name is the reading */
    { "モモ", "16", NULL },
    { "ベビー", "11", NULL },
    { "タナカ", "17", NULL },       /* a kana was lost */
    { "ナベチ", "5,1,3,2,4", NULL },/* nothing begins so: anywhere */
    { "ー", "", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_romaji (void)
{
  static const Case cases[] = {
    { "watanabe", "5,1,3,2,4", "ワタナベ…" },
    { "watanabe ", "5,1,3,2,4", "ワタナベ" },
    { "WATANABE ti", "5,1,3,2,4", "ワタナベ　チ…" },
    { "watanabe chi", "5,1,3,2,4", "ワタナベ　チ…" },
    { "watanabe tiz", "1,3,2", "ワタナベ　チ…" },
    { "watanabe chizuko ", "1,3,2", "ワタナベ　チズコ" },
    { "watanabe tiduko", "1,3,2", "ワタナベ　チヅコ…" },
    { "watanabetiduko", "1,3,2", "ワタナベチヅコ…" },
    { "watan", "5,1,3,2,4", "ワタン…" },
    { "w", "5,1,3,2,4", NULL },
    { "satou", "6", "サトウ…" },
    { "sato", "6", "サト…" },
    { "satō", "6", "サトー…" },
    { "sato^", "6", "サトー…" },
    { "satoh", "6", "サト…" },
    { "kenichi", "6", "ケニチ…" },
    { "ken'ichi", "6", "ケンイチ…" },
    { "kennichi", "6", "ケンニチ…" },
    { "oono", "7", "オオノ…" },
    { "ohno", "9,7", "オーノ…" },
    { "ono", "9,7", "オノ…" },
    { "syouko", "7,9", "ショウコ…" },
    { "shoko", "7,9", "ショコ…" },
    { "sho", "7,9", "ショ…" },
    { "sh", "7,9,15", NULL },
    { "konno", "15", "コンノ…" },
    { "konnno", "15", "コンノ…" },
    { "konno shin", "15", "コンノ　シン…" },
    { "hattori", "13", "ハットリ…" },
    { "hatt", "13", "ハッ…" },
    { "smith", "8", NULL },
    { "smi", "8", NULL },
    { "john", "8", "ジョーン…" },
    { "jon", "8", "ジョン…" },
    { "zyon", "8", "ジョン…" },
    { "vi", "12", "ヴィ…" },
    { "bi", "12", "ビ…" },
    { "tanaka", "17", "タナカ…" },
    { "xyz", "", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_kanji (void)
{
  static const Case cases[] = {
    /* the lost character last */
    { "渡邊", "1,2,11,4", NULL },
    { "渡邉", "1,2,11,4", NULL },
    { "渡辺", "1,2,11,4", NULL },
    { "渡部", "3,4", NULL },
    { "渡", "1,3,2,4,11", NULL },
    { "千鶴子", "1,2,11", NULL },
    { "鶴子", "1,2,11", NULL },
    { "渡邊千鶴子", "1,2,11", NULL },
    { "渡邊　千鶴子", "1,2,11", NULL },
    { "渡■", "4,1,3,2,11", NULL },
    { "■", "17,4", NULL },
    { "渡辺千代", "4", NULL },
    { "田中", "17", NULL },         /* a character of the hospital's own font */
    { "佐佐木", "14", NULL },
    { "高崎", "7", NULL },          /* a former name */
    { "太郎", "10", NULL },
    { "渡辺 チ", "1,2,4", NULL },
    { "山 太", "10", NULL },
    { "鈴木", "", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_birth_date (void)
{
  static const Case cases[] = {
    { "1948-04-05", "1,8", NULL },
    { "1948/4/5", "1,8", "1948-04-05" },
    { "19480405", "1,8", "1948-04-05" },
    { "S23.4.5", "1,8", "1948-04-05" },
    { "s230405", "1,8", "1948-04-05" },
    { "昭和23年4月5日", "1,8", "1948-04-05" },
    { "昭和 23年 4月 5日", "1,8", "1948-04-05" },
    { "1948 4 5", "1,8", "1948-04-05" },
    { "昭23.4", "1,2,8", "1948-04" },
    { "1948-04", "1,2,8", NULL },
    { "昭23", "8,10,1,2", "1948" },
    { "S23", "8,10,1,2", "1948" },
    { "R1.5.1", "7", "2019-05-01" },
    { "1940-03-15", "5", NULL },    /* only the month is known */
    { "1940", "5", NULL },
    { "1941-03", "", NULL },
    /* an id and a year: both, the id first */
    { "1948", "6,7,8,10,1,2", NULL },
    { "yamada 1948", "10", "ヤマダ　1948" },
    { "1948 ヤマダ", "10", NULL },
    { "watanabe S23.4.5", "1", "ワタナベ　1948-04-05" },
    { "19480230", "", NULL },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_hostile (void)
{
  g_autofree char *long_query = g_strnfill (1000000, 'a');
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (DiscPatientTable) table = make_table ();
  g_autofree char *nothing = search (table, long_query, NULL);
  g_autofree char *many = NULL;
  static const Case cases[] = {
    { "", "", NULL },
    { " 　\t", "", NULL },
    { "\"'%_*?\\", "", NULL },
    { "\xff\xfe", "", NULL },
    { "\x01", "", NULL },
    { ".", "", NULL },
    { "?", "", NULL },
    { "-", "", NULL },
    { "^", "", NULL },
  };

  g_assert_cmpstr (nothing, ==, "");
  for (int i = 0; i < 10000; i++)
    g_string_append (words, "ワタナベ ");
  many = search (table, words->str, NULL);
  g_assert_cmpstr (many, ==, "5,1,3,2,4");
  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_limit (void)
{
  g_autoptr (DiscPatientTable) table = make_table ();
  g_autoptr (DiscPatientHits) two = disc_patient_table_search (table, "ワタナベ", 2);
  g_autoptr (DiscPatientHits) none = disc_patient_table_search (table, "ワタナベ", 0);

  g_assert_cmpuint (two->rows->len, ==, 2);
  g_assert_cmpuint (two->n_total, ==, 5);
  g_assert_cmpuint (none->rows->len, ==, 0);
  g_assert_cmpuint (none->n_total, ==, 5);
}

static void
test_same_kana (void)
{
  g_autoptr (DiscPatientTable) table = make_table ();

  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 1), ==, 3);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 2), ==, 3);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 3), ==, 3);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 4), ==, 1);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 7), ==, 1); /* オオノ is not オノ */
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 18), ==, 1);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 99), ==, 0);
}

/* Numbers far apart, as after great losses; a number twice finds one of the two. */
static void
test_numbers (void)
{
  static const guint32 numbers[] = { 900000, 3, 500, 1, 70000, 500 };
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (DiscPatientTable) table = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      DiscPatient patient = { .pno = numbers[i], .id = "1", .kana = "オノ" };

      g_assert_true (disc_patient_table_builder_add (builder, &patient, NULL));
    }
  table = disc_patient_table_builder_finish (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (DiscPatientRow) row = disc_patient_table_lookup (table, numbers[i]);

      g_assert_cmpuint (row->pno, ==, numbers[i]);
    }
  g_assert_cmpuint (disc_patient_table_find (table, 2), ==, DISC_PATIENT_NOWHERE);
  g_assert_cmpuint (disc_patient_table_find (table, 900001), ==, DISC_PATIENT_NOWHERE);
  g_assert_cmpuint (disc_patient_table_n_same_kana (table, 3), ==, 6);
}

static void
test_rows (void)
{
  g_autoptr (DiscPatientTable) table = make_table ();

  g_assert_cmpuint (disc_patient_table_n (table), ==, G_N_ELEMENTS (people));
  g_assert_null (disc_patient_table_lookup (table, 0));
  g_assert_null (disc_patient_table_lookup (table, 99));

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (DiscPatientRow) row = disc_patient_table_lookup (table, people[i].pno);

      g_assert_cmpuint (row->pno, ==, people[i].pno);
      g_assert_cmpstr (row->id, ==, people[i].id);
      g_assert_cmpstr (row->name, ==, people[i].name);
      g_assert_cmpstr (row->kana, ==, people[i].kana);
      g_assert_cmpstr (row->birth_date, ==, people[i].birth_date);
      g_assert_cmpstr (row->last_seen_at, ==, people[i].last_seen_at);
      g_assert_cmpint (row->place, ==, people[i].place);
      g_assert_null (row->ward);
    }
}

static void
test_empty (void)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (DiscPatientTable) table = disc_patient_table_builder_finish (builder);
  g_autofree char *found = search (table, "ワタナベ", NULL);

  g_assert_cmpstr (found, ==, "");
  g_assert_cmpuint (disc_patient_table_n (table), ==, 0);
  g_assert_null (disc_patient_table_lookup (table, 1));
}

/* Names longer than any key: what fits is found. */
static void
test_long_names (void)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autoptr (DiscPatientTable) table = NULL;
  g_autoptr (GString) kana = g_string_new ("ナガイ");
  g_autoptr (GString) name = g_string_new ("永井");
  g_autoptr (GError) error = NULL;
  DiscPatient patient = { .pno = 1, .id = "1", .facility = "1" };
  g_autofree char *a = NULL, *b = NULL, *c = NULL;
  g_autoptr (DiscPatientRow) row = NULL;

  for (int i = 0; i < 1000; i++)
    {
      g_string_append (kana, "　アン");
      g_string_append (name, "長");
    }
  patient.kana = kana->str;
  patient.name = name->str;
  disc_patient_table_builder_add (builder, &patient, &error);
  g_assert_no_error (error);
  table = disc_patient_table_builder_finish (builder);

  a = search (table, "nagai an", NULL);
  b = search (table, "永井長長長", NULL);
  c = search (table, "永井短", NULL);
  g_assert_cmpstr (a, ==, "1");
  g_assert_cmpstr (b, ==, "1");
  g_assert_cmpstr (c, ==, "");
  row = disc_patient_table_lookup (table, 1);
  g_assert_cmpstr (row->kana, ==, kana->str);
  g_assert_cmpstr (row->name, ==, name->str);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  DiscInfo info = { .hospital = "試験病院", .facility = "9", .as_of = "2025-11-21" };
  DiscPatient twin = { .facility = "9", .id = "0012", .name = "試験　花子", .kana = "シケン　ハナコ",
                       .birth_date = "1950-01-01", .sex = "F", .flags = DISC_PATIENT_TEST,
                       .place = DISC_PLACE_IN, .ward = "３東", .room = "301", .bed = "2",
                       .department = "内科", .place_at = "2025-11-20T10:30",
                       .last_seen_at = "2025-11-20", .former_names = "旧姓　花子" };
  DiscPatient other = { .facility = "9", .id = "12" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscPatientTable) table = NULL;
  g_autofree char *by_former = NULL;
  g_autofree char *by_id = NULL;
  g_autoptr (DiscPatientRow) row = NULL;
  g_autoptr (DiscPatientRow) nameless = NULL;

  g_assert_no_error (error);
  disc_writer_begin_patient (writer, &other, &error);
  g_assert_no_error (error);
  disc_writer_begin_patient (writer, &twin, &error);
  g_assert_no_error (error);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  reader = disc_reader_open (fixture->disc, &error);
  g_assert_no_error (error);

  table = disc_patient_table_load (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_patient_table_n (table), ==, 2);
  row = disc_patient_table_lookup (table, 2);
  g_assert_cmpstr (row->facility, ==, "9");
  g_assert_cmpstr (row->id, ==, "0012");
  g_assert_cmpstr (row->name, ==, "試験　花子");
  g_assert_cmpstr (row->kana, ==, "シケン　ハナコ");
  g_assert_cmpstr (row->birth_date, ==, "1950-01-01");
  g_assert_cmpstr (row->sex, ==, "F");
  g_assert_cmpuint (row->flags, ==, DISC_PATIENT_TEST);
  g_assert_cmpint (row->place, ==, DISC_PLACE_IN);
  g_assert_cmpstr (row->ward, ==, "３東");
  g_assert_cmpstr (row->room, ==, "301");
  g_assert_cmpstr (row->bed, ==, "2");
  g_assert_cmpstr (row->department, ==, "内科");
  g_assert_cmpstr (row->place_at, ==, "2025-11-20T10:30");
  g_assert_cmpstr (row->last_seen_at, ==, "2025-11-20");
  nameless = disc_patient_table_lookup (table, 1);
  g_assert_null (nameless->kana);

  by_former = search (table, "旧姓", NULL);
  g_assert_cmpstr (by_former, ==, "2");
  by_id = search (table, "12", NULL); /* two patients, never one */
  g_assert_cmpstr (by_id, ==, "1,2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disc/search-patients/id", test_id);
  g_test_add_func ("/disc/search-patients/kana", test_kana);
  g_test_add_func ("/disc/search-patients/romaji", test_romaji);
  g_test_add_func ("/disc/search-patients/kanji", test_kanji);
  g_test_add_func ("/disc/search-patients/birth-date", test_birth_date);
  g_test_add_func ("/disc/search-patients/hostile", test_hostile);
  g_test_add_func ("/disc/search-patients/limit", test_limit);
  g_test_add_func ("/disc/search-patients/same-kana", test_same_kana);
  g_test_add_func ("/disc/search-patients/numbers", test_numbers);
  g_test_add_func ("/disc/search-patients/rows", test_rows);
  g_test_add_func ("/disc/search-patients/empty", test_empty);
  g_test_add_func ("/disc/search-patients/long-names", test_long_names);
  fixture_add ("/disc/search-patients/load", test_load);

  return g_test_run ();
}
