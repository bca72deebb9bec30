/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-allergy-model.h"

#include <string.h>

#include "viewer-records.h"

/* A chart that lists nothing is not a patient without allergies: spec 10, "no allergy" inferred. */
static void
test_not_recorded (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;

  test_records_message (records, 1, "ADT-00", "2026-11-19T08:00:00", 0);
  test_records_begin (records, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_ACTIVE, 0);
  model = viewer_allergy_model_new (test_records_entries (records));
  g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_NOT_RECORDED);
  g_assert_cmpuint (viewer_allergy_model_n (model), ==, 0);
  g_assert_cmpuint (viewer_allergy_model_n_sources (model), ==, 0);
}

static const struct
{
  const char *substance;
  ViewerAllergyState state;
} statements[] = {
  { "なし", VIEWER_ALLERGY_NONE_STATED },
  { "　無し ", VIEWER_ALLERGY_NONE_STATED },
  { "特になし", VIEWER_ALLERGY_NONE_STATED },
  { "ﾅｼ", VIEWER_ALLERGY_NONE_STATED }, /* half-width kana */
  { "Ｎｏｎｅ", VIEWER_ALLERGY_NONE_STATED },
  { "なし（梨）", VIEWER_ALLERGY_LISTED }, /* a pear is food */
  { "ナシゴレン", VIEWER_ALLERGY_LISTED },
  { "詳細なし", VIEWER_ALLERGY_LISTED },
  { "不明", VIEWER_ALLERGY_LISTED }, /* shown as it is written, never read as none */
};

static void
test_none_stated (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerAllergyModel) model = NULL;

      test_records_message (records, 1, "ADT-61", "2026-11-19T08:00:00", 0);
      test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                         statements[i].substance, 0);
      model = viewer_allergy_model_new (test_records_entries (records));
      g_assert_cmpint (viewer_allergy_model_get_state (model), ==, statements[i].state);
      g_assert_cmpuint (viewer_allergy_model_n (model), ==, 1);
      g_assert_cmpstr (viewer_allergy_model_get (model, 0)->substance, ==, statements[i].substance);
    }
}

/* Spec 4.5: same class and same text are one line that keeps both sources. */
static void
test_union (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;
  const ViewerAllergy *line;

  test_records_message (records, 1, "ADT-00", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                     "ペニシリン系", 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE, "なし",
                     0);
  test_records_message (records, 2, "ADT-61", "2026-11-10T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                     "ペニシリン系", DISC_FIELD_SEVERITY, "重度", DISC_FIELD_REACTION,
                     "アナフィラキシー", DISC_FIELD_REACTION, "血圧低下", DISC_FIELD_SENSITIVITY,
                     "副作用", DISC_FIELD_CLINICAL_STATUS, "未確認", 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "食物アレルギー", DISC_FIELD_SUBSTANCE,
                     "ペニシリン系", 0); /* another class is another line */
  model = viewer_allergy_model_new (test_records_entries (records));

  g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_LISTED);
  g_assert_cmpuint (viewer_allergy_model_n (model), ==, 3);
  g_assert_cmpuint (viewer_allergy_model_n_listed (model), ==, 2);
  g_assert_cmpuint (viewer_allergy_model_n_sources (model), ==, 2);
  line = viewer_allergy_model_get (model, 0);
  g_assert_cmpuint (line->sources->len, ==, 2);
  /* The newest source comes first. */
  g_assert_cmpint (g_array_index (line->sources, ViewerAllergySource, 0).entry->message->rid, ==,
                   2);
  g_assert_cmpstr (line->severity, ==, "重度");
  g_assert_cmpstr (line->reaction, ==, "アナフィラキシー・血圧低下");
  g_assert_cmpstr (line->sensitivity, ==, "副作用");
  g_assert_cmpstr (line->clinical_status, ==, "未確認");
  g_assert_null (line->onset);
  g_assert_cmpstr (viewer_allergy_model_get (model, 1)->category, ==, "食物アレルギー");
  g_assert_true (viewer_allergy_model_get (model, 2)->is_none_statement);
}

/* "None" of a kind is none of that kind. */
static void
test_none_of_a_kind (void)
{
  static const struct
  {
    const char *categories[3]; /* "": none is written */
    const char *kinds;
  } cases[] = {
    { { "食品" }, "食品" },
    { { "食品", "医薬品" }, "食品/医薬品" },
    { { "食品", "食品" }, "食品" },
    { { "食品", "" }, NULL },
    { { "" }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerAllergyModel) model = NULL;
      g_autofree char *kinds = NULL;
      g_auto (GStrv) found = NULL;

      for (guint k = 0; k < 3 && cases[i].categories[k] != NULL; k++)
        {
          test_records_message (records, k + 1, "AllergyIntolerance", "2026-11-12T08:00:00", 0);
          test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
          if (*cases[i].categories[k] != '\0')
            test_records_item (records, DISC_FIELD_CATEGORY, cases[i].categories[k],
                               DISC_FIELD_SUBSTANCE, "なし", 0);
          else
            test_records_item (records, DISC_FIELD_SUBSTANCE, "なし", 0);
        }
      model = viewer_allergy_model_new (test_records_entries (records));
      g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_NONE_STATED);
      kinds = viewer_allergy_model_none_kinds (model, "/");
      if (cases[i].kinds == NULL)
        {
          g_assert_null (kinds);
          continue;
        }
      found = g_strsplit (kinds, "/", -1);
      g_assert_cmpuint (strlen (kinds), ==, strlen (cases[i].kinds));
      for (guint k = 0; found[k] != NULL; k++)
        g_assert_nonnull (strstr (cases[i].kinds, found[k]));
    }
}

/* An allergy that stands only in an order's list is still an allergy, marked as such. */
static void
test_at_order_time (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;

  test_records_message (records, 1, "OMP-01", "2026-11-12T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "食物アレルギー", DISC_FIELD_SUBSTANCE, "ソバ",
                     0);
  test_records_item (records, DISC_FIELD_CATEGORY, "禁忌", DISC_FIELD_SUBSTANCE, "造影剤", 0);
  test_records_message (records, 2, "ADT-61", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "禁忌", DISC_FIELD_SUBSTANCE, "造影剤", 0);
  model = viewer_allergy_model_new (test_records_entries (records));

  g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_LISTED);
  g_assert_cmpuint (viewer_allergy_model_n_listed (model), ==, 2);
  g_assert_cmpstr (viewer_allergy_model_get (model, 0)->substance, ==, "造影剤");
  g_assert_false (viewer_allergy_model_get (model, 0)->is_at_order_time);
  g_assert_cmpstr (viewer_allergy_model_get (model, 1)->substance, ==, "ソバ");
  g_assert_true (viewer_allergy_model_get (model, 1)->is_at_order_time);
}

/* Spec 2.6 and 10: a deletion in one file must not hide the same allergen of another. */
static void
test_deletion_hides_only_itself (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;

  test_records_message (records, 1, "ADT-61", "2026-11-10T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ENTERED_IN_ERROR, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                     "ペニシリン系", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_DELETED, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "食物アレルギー", DISC_FIELD_SUBSTANCE, "エビ",
                     0);
  test_records_message (records, 2, "ADT-00", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                     "ペニシリン系", 0);
  model = viewer_allergy_model_new (test_records_entries (records));

  g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_LISTED);
  g_assert_cmpuint (viewer_allergy_model_n (model), ==, 1);
  g_assert_cmpstr (viewer_allergy_model_get (model, 0)->substance, ==, "ペニシリン系");
  g_assert_cmpuint (viewer_allergy_model_n_removed (model), ==, 2);
}

/* Spec 1.2: one IAM-7 in two live files is one entry, the newer file wins. */
static void
test_replaced_by_newer_file (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;

  test_records_message (records, 1, "ADT-61", "2026-10-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE, "セファ",
                     DISC_FIELD_INSTANCE_ID, "A-1", 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "食物アレルギー", DISC_FIELD_SUBSTANCE, "卵",
                     DISC_FIELD_INSTANCE_ID, "A-2", 0);
  test_records_message (records, 2, "ADT-61", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE,
                     "セファゾリン", DISC_FIELD_INSTANCE_ID, "A-1", 0);
  model = viewer_allergy_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_allergy_model_n (model), ==, 2);
  g_assert_cmpstr (viewer_allergy_model_get (model, 0)->substance, ==, "セファゾリン");
  g_assert_cmpstr (viewer_allergy_model_get (model, 1)->substance, ==, "卵");
  g_assert_cmpuint (viewer_allergy_model_n_removed (model), ==, 1);
}

/* A disputed message is in nobody's chart, so it makes no allergy and no "none". */
static void
test_disputed (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerAllergyModel) model = NULL;

  test_records_message (records, 1, "ADT-61", "2026-11-10T08:00:00", DISC_MESSAGE_DISPUTED);
  test_records_begin (records, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_SUBSTANCE, "なし", 0);
  model = viewer_allergy_model_new (test_records_entries (records));
  g_assert_cmpint (viewer_allergy_model_get_state (model), ==, VIEWER_ALLERGY_NOT_RECORDED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/no-allergy-inferred", test_not_recorded);
  g_test_add_func ("/viewer/allergy-model/none-stated", test_none_stated);
  g_test_add_func ("/viewer/fhir9/09-none-of-a-kind-as-none", test_none_of_a_kind);
  g_test_add_func ("/viewer/spec10/allergy-from-one-place", test_union);
  g_test_add_func ("/viewer/allergy-model/at-order-time", test_at_order_time);
  g_test_add_func ("/viewer/spec10/deletion-hides-other-source", test_deletion_hides_only_itself);
  g_test_add_func ("/viewer/spec10/only-newest-file-read", test_replaced_by_newer_file);
  g_test_add_func ("/viewer/allergy-model/disputed", test_disputed);
  return g_test_run ();
}
