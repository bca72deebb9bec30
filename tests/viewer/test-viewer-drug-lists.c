/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-drug-lists.h"

#include <glib/gstdio.h>

#include "viewer-records.h"

static const char *const no_folders[] = { NULL };

static void
test_kinds (void)
{
  static const struct
  {
    const char *name, *yj, *kind;
  } cases[] = {
    { "ワーファリン錠１ｍｇ", NULL, "anticoagulant" },
    { "ワルファリンＫ錠０．５ｍｇ", NULL, "anticoagulant" },
    { "名前の違う錠", "3332001F1024", "anticoagulant" },
    { "インスリン　グラルギンＢＳ注", NULL, "insulin" },
    { "メトトレキサートカプセル２ｍｇ", NULL, "methotrexate" },
    { "アセトアミノフェン錠２００ｍｇ", "1141007F1063", NULL },
    { "ロサルタンカリウム錠２５ｍｇ", NULL, NULL }, /* a salt is no potassium */
    { "デパケンＲ錠２００", "1139004G1085",
      "valproate" }, /* its own level, before those of the class */
    { "名前の違う錠", "1139004G1085", "antiepileptic" },
    { "ヘパリンＮａ注５千単位", NULL, "anticoagulant" },
    { "ヘパリン類似物質油性クリーム０．３％", NULL, NULL }, /* a cream */
    { "タクロリムス軟膏０．１％", NULL, NULL },
    { "タクロリムスカプセル１ｍｇ", NULL, "tacrolimus" },
    { "", NULL, NULL },
  };
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);

  g_assert_null (viewer_drug_lists_problem (lists));
  g_assert_null (viewer_drug_lists_signed (lists)); /* no pharmacy has, of the table as delivered */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ViewerDrugKind *kind = viewer_drug_lists_kind (lists, cases[i].name, cases[i].yj);

      g_assert_cmpstr (kind != NULL ? kind->key : NULL, ==, cases[i].kind);
    }
}

static void
test_labs (void)
{
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);
  const ViewerDrugKind *kind = viewer_drug_lists_kind (lists, "ワーファリン", NULL);
  const ViewerDrugLab *inr = g_ptr_array_index (kind->labs, 0);

  g_assert_cmpstr (inr->label, ==, "PT-INR");
  g_assert_true (viewer_drug_lab_is (inr, "ＰＴ－ＩＮＲ", NULL));
  g_assert_true (viewer_drug_lab_is (inr, "凝固1", "2B030000002231157"));
  g_assert_false (
      viewer_drug_lab_is (inr, "ＰＴ（秒）", "2B030000002231151")); /* seconds are no INR */
  g_assert_false (viewer_drug_lab_is (inr, "PT", NULL));
}

static void
test_classes (void)
{
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);

  g_assert_cmpstr (viewer_drug_lists_class (lists, "3332001F1024"), ==, "血液凝固阻止剤");
  g_assert_cmpstr (viewer_drug_lists_class (lists, "1141007F1063"), ==, "解熱鎮痛消炎剤");
  g_assert_cmpstr (viewer_drug_lists_class (lists, "5200139D1010"), ==,
                   "漢方製剤"); /* two digits */
  g_assert_null (viewer_drug_lists_class (lists, "9999999X9999"));
}

static void
test_pairs (void)
{
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);

  g_assert_true (
      viewer_drug_lists_is_pair (lists, "サイレース錠１ｍｇ", "セレネース錠０．７５ｍｇ"));
  g_assert_true (viewer_drug_lists_is_pair (lists, "ｾﾚﾈｰｽ錠", "【般】サイレース錠"));
  g_assert_false (viewer_drug_lists_is_pair (lists, "サイレース錠１ｍｇ", "サイレース錠２ｍｇ"));
}

/* Only with a system that says so: twelve characters alone are anything. */
static void
test_yj (void)
{
  static const struct
  {
    DiscField field[6];
    const char *value[6];
    const char *yj;
  } cases[] = {
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM }, { "3332001F1024", "YJ" }, "3332001F1024" },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM },
      { "3332001F1024", "urn:oid:1.2.392.100495.20.2.73" },
      "3332001F1024" },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM },
      { "2171022F1ZZZ", "http://capstandard.jp/CodeSystem/KikakubetsuYakuzaiSeibun/" },
      "2171022F1ZZZ" },
    { { DISC_FIELD_CODE }, { "3332001F1024" }, NULL },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM }, { "3332001F1024", "99LOCAL" }, NULL },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM }, { "3332001", "YJ" }, NULL },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM, DISC_FIELD_OTHER_CODE, DISC_FIELD_OTHER_SYSTEM },
      { "101234567", "HOT9", "3332001F1024", "YJ" },
      "3332001F1024" },
    /* a system of nothing: not that of the code before */
    { { DISC_FIELD_CODE, DISC_FIELD_OTHER_SYSTEM }, { "3332001F1024", "YJ" }, NULL },
    { { DISC_FIELD_CODE, DISC_FIELD_SYSTEM, DISC_FIELD_OTHER_CODE, DISC_FIELD_OTHER_SYSTEM },
      { "3332001F1024", "HOT9", "101234567", "YJ" },
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      const ViewerEntry *entry;

      test_records_message (records, 1, "OMP-01", "2026-11-17", 0);
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, cases[i].field[0], cases[i].value[0], cases[i].field[1],
                         cases[i].value[1], cases[i].field[2], cases[i].value[2], cases[i].field[3],
                         cases[i].value[3], 0);
      entry = &g_array_index (test_records_entries (records), ViewerEntry, 0);
      g_assert_cmpstr (viewer_drug_yj (&entry->record->items[0]), ==, cases[i].yj);
    }
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A hospital's own table takes the place of the other; a broken one does not, and that is said. */
static void
test_own (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tomoshibi-lists-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "high-alert-drugs.tsv", NULL);
  const char *const folders[] = { "/nonexistent", folder, NULL };
  g_autoptr (ViewerDrugLists) own = NULL;
  g_autoptr (ViewerDrugLists) broken = NULL;
  g_autoptr (ViewerDrugLists) bytes = NULL;

  write_file (folder, "high-alert-drugs.tsv",
              "\xef\xbb\xbf# ours\r\nkind\tour\tOurs\t当院\r\ndrug\tour\t甲\r\nsigned\t薬剤部 "
              "乙\t2026-10-01\r\n");
  own = viewer_drug_lists_load (folders);
  g_assert_null (viewer_drug_lists_problem (own));
  g_assert_cmpstr (viewer_drug_lists_signed (own), ==, "薬剤部 乙 2026-10-01");
  g_assert_nonnull (viewer_drug_lists_kind (own, "甲錠", NULL));
  g_assert_null (viewer_drug_lists_kind (own, "ワーファリン錠", NULL));
  g_assert_true (
      viewer_drug_lists_is_pair (own, "アマリール", "アルマール")); /* the other table stands */

  write_file (folder, "high-alert-drugs.tsv", "kind\tour\tOurs\t当院\ndrug\tother\t甲\n");
  broken = viewer_drug_lists_load (folders);
  g_assert_cmpstr (viewer_drug_lists_problem (broken), ==,
                   "high-alert-drugs.tsv:2: its kind does not stand before it");
  g_assert_null (viewer_drug_lists_kind (broken, "甲錠", NULL));
  g_assert_nonnull (viewer_drug_lists_kind (broken, "ワーファリン錠", NULL));

  write_file (folder, "high-alert-drugs.tsv", "kind\t\x83\x8f\n");
  bytes = viewer_drug_lists_load (folders);
  g_assert_cmpstr (viewer_drug_lists_problem (bytes), ==,
                   "high-alert-drugs.tsv: must be a short text in UTF-8");
  g_assert_nonnull (viewer_drug_lists_kind (bytes, "ワーファリン錠", NULL));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/drug-lists/kinds", test_kinds);
  g_test_add_func ("/viewer/drug-lists/labs", test_labs);
  g_test_add_func ("/viewer/drug-lists/classes", test_classes);
  g_test_add_func ("/viewer/drug-lists/pairs", test_pairs);
  g_test_add_func ("/viewer/drug-lists/yj", test_yj);
  g_test_add_func ("/viewer/drug-lists/own", test_own);
  return g_test_run ();
}
