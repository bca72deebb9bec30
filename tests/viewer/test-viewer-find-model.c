/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in a chart, worked out by hand: where they stand, and what of it is marked. */
#include <string.h>

#include "viewer-find-model.h"
#include "viewer-records.h"

static TestRecords *
new_chart (void)
{
  TestRecords *records = test_records_new ();

  test_records_message (records, 1, "OMP-01", "2026-11-17T10:00", 0);
  test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, DISC_FIELD_AT,
                      "2026-11-17T10:00", 0);
  test_records_item (records, DISC_FIELD_DRUG, "ワーファリン錠１ｍｇ", DISC_FIELD_USAGE,
                     "１日１回夕食後", 0);
  test_records_message (records, 2, "OML-11", "2026-11-18T10:00", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_CANCELLED, DISC_FIELD_AT,
                      "2026-11-18T10:00", 0);
  test_records_item (records, DISC_FIELD_NAME, "CRP", DISC_FIELD_OTHER_NAME, "ＣＲＰ",
                     DISC_FIELD_VALUE, "3.11", 0);
  test_records_message (records, 3, "NOTE", NULL, 0);
  test_records_begin (records, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, DISC_FIELD_TEXT,
                      "ﾜｰﾌｧﾘﾝを再開。ｶﾞｰｾﾞ交換。髙橋医師に相談。CRP 改善、crp は明日も。", 0);
  return records;
}

/* "rid field before[hit]behind", one a line. */
static char *
describe (const ViewerFindModel *model)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < viewer_find_model_n (model); i++)
    {
      const ViewerFindHit *hit = viewer_find_model_get (model, i);

      g_string_append_printf (out, "%d %s ", (int) hit->entry->message->rid,
                              disc_field_name (hit->field));
      if (hit->is_cut_before)
        g_string_append (out, "…");
      for (guint k = 0; k < hit->pieces->len; k++)
        {
          const ViewerFindPiece *piece = &g_array_index (hit->pieces, ViewerFindPiece, k);

          g_string_append_printf (out, piece->is_hit ? "[%.*s]" : "%.*s", (int) piece->len,
                                  piece->text);
        }
      g_string_append_printf (out, "%s\n", hit->is_cut_behind ? "…" : "");
    }
  return g_string_free (out, FALSE);
}

/* Width, kana, case, kanji variants and voiced marks of half width; dead records are found too. */
static void
test_words (void)
{
  static const struct
  {
    const char *words, *expected;
    guint n_records;
  } cases[] = {
    { "", "", 0 },
    { "　 ", "", 0 },
    { "わーふぁりん",
      "1 drug [ワーファリン]錠１ｍｇ\n"
      "3 text [ﾜｰﾌｧﾘﾝ]を再開。ｶﾞｰｾﾞ交換。髙橋医師に相談。CRP 改善、crp は明日も。\n",
      2 },
    { "crp",
      "2 name [CRP]\n"
      "3 text ﾜｰﾌｧﾘﾝを再開。ｶﾞｰｾﾞ交換。髙橋医師に相談。[CRP] 改善、[crp] は明日も。\n",
      2 },
    { "ガーゼ", "3 text ﾜｰﾌｧﾘﾝを再開。[ｶﾞｰｾﾞ]交換。髙橋医師に相談。CRP 改善、crp は明日も。\n", 1 },
    { "高橋", "3 text ﾜｰﾌｧﾘﾝを再開。ｶﾞｰｾﾞ交換。[髙橋]医師に相談。CRP 改善、crp は明日も。\n", 1 },
    { "3.11", "2 value [3.11]\n", 1 },
    { "1mg", "1 drug ワーファリン錠[１ｍｇ]\n", 1 },
    { "ワーファリン　夕食", "1 drug [ワーファリン]錠１ｍｇ\n1 usage １日１回[夕食]後\n", 1 },
    { "ワーファリン 昼食", "", 0 },
    { "cr", "", 0 }, /* not in CRP */
    { "mg", "1 drug ワーファリン錠１[ｍｇ]\n", 1 },
    { "m", "", 0 },
    { "なし", "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestRecords) records = new_chart ();
      g_autoptr (ViewerFindModel) model =
          viewer_find_model_new (test_records_entries (records), cases[i].words);
      g_autofree char *found = describe (model);

      g_test_message ("%s", cases[i].words);
      g_assert_cmpstr (found, ==, cases[i].expected);
      g_assert_cmpuint (viewer_find_model_n_records (model), ==, cases[i].n_records);
    }
}

/* Of a long text what stands around each hit; hits beyond the ceiling are counted. */
static void
test_long (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerFindModel) model = NULL;
  g_autoptr (ViewerFindModel) all = NULL;
  g_autofree char *gap = g_strnfill (300, '-');
  g_autofree char *text = g_strconcat (gap, "甲", gap, "甲乙甲", gap, NULL);
  const ViewerFindHit *hit;

  for (gint64 rid = 1; rid <= 300; rid++)
    {
      test_records_message (records, rid, "NOTE", "2026-11-18", 0);
      test_records_begin (records, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, DISC_FIELD_TEXT, text, 0);
    }
  model = viewer_find_model_new (test_records_entries (records), "甲");
  g_assert_cmpuint (viewer_find_model_n (model), ==, VIEWER_FIND_MAX_HITS);
  g_assert_cmpuint (viewer_find_model_n_more (model), ==, 600 - VIEWER_FIND_MAX_HITS);
  g_assert_cmpuint (viewer_find_model_n_records (model), ==, 300);
  hit = viewer_find_model_get (model, 0);
  g_assert_true (hit->is_cut_before);
  g_assert_true (hit->is_cut_behind);
  g_assert_cmpuint (hit->pieces->len, ==, 3);
  g_assert_cmpuint (g_array_index (hit->pieces, ViewerFindPiece, 0).len, ==, 40);
  g_assert_cmpuint (g_array_index (hit->pieces, ViewerFindPiece, 2).len, ==, 80);
  hit = viewer_find_model_get (model, 1); /* two hits in one place */
  g_assert_cmpuint (hit->pieces->len, ==, 5);
  all = viewer_find_model_new (test_records_entries (records), "丙");
  g_assert_cmpuint (viewer_find_model_n (all), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/find/words", test_words);
  g_test_add_func ("/viewer/find/long", test_long);
  return g_test_run ();
}
