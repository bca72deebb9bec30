/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-drug-name.h"

static const struct
{
  const char *name, *stem;
} stems[] = {
  { "ワーファリン錠１ｍｇ", "ワーファリン" },
  { "ワルファリンＫ錠０．５ｍｇ「甲」", "ワルファリン" },
  { "【般】アムロジピンＯＤ錠２．５ｍｇ", "アムロジピン" },
  { "★（局）ｱﾏﾘｰﾙ1mg錠", "アマリール" },
  { "インスリン　グラルギンＢＳ注", "インスリングラルギン" },
  { "葉酸５ｍｇ", "葉酸" },
  { "ロキソプロフェンＮａテープ１００ｍｇ", "ロキソプロフェン" },
  { "ＭＳコンチン錠１０ｍｇ", "msコンチン" },
  { "Warfarin Sodium 5 MG Oral Tablet", "warfarinsodium" },
  { "セフカペンピボキシル塩酸塩錠", "セフカペンピボキシル塩酸塩" }, /* no form within */
  { "錠", "錠" }, /* nothing before the form: the name itself */
  { "", "" },
  { "（", "" },
};

static void
test_stem (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stems); i++)
    {
      g_autofree char *stem = viewer_drug_name_stem (stems[i].name);

      g_assert_cmpstr (stem, ==, stems[i].stem);
    }
}

static const struct
{
  const char *a, *b;
  gboolean is_like;
} likes[] = {
  { "プレドニゾロン", "プレドニゾロン", TRUE }, /* another strength */
  { "ノルバスク", "ノルバデックス", TRUE },     /* first three */
  { "アマリール", "アルマール", TRUE },         /* two letters of five */
  { "テオドール", "テグレトール", FALSE },      /* four letters: only the table of pairs knows it */
  { "サイレース", "セレネース", FALSE },        /* three letters */
  { "リーマス", "リマチル", FALSE },
  { "葉酸", "葉酸塩", FALSE }, /* short: nothing is said */
  { "ラシックス", "ラシックル", TRUE },
  { "アダラート", "アダカラム", FALSE },
  { "防風通聖", "防已黄耆", FALSE },
  { "", "", FALSE },
};

static void
test_like (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (likes); i++)
    {
      gboolean there = viewer_drug_name_is_like (likes[i].a, likes[i].b);
      gboolean back = viewer_drug_name_is_like (likes[i].b, likes[i].a);

      if (there != likes[i].is_like || back != likes[i].is_like)
        g_error ("%s, %s", likes[i].a, likes[i].b);
    }
}

static void
test_begins (void)
{
  g_assert_true (viewer_drug_name_begins ("ジゴキシン錠０．１２５ｍｇ", "ジゴキシン"));
  g_assert_true (viewer_drug_name_begins ("【般】ｼﾞｺﾞｷｼﾝ錠", "ジゴキシン"));
  g_assert_true (viewer_drug_name_begins ("（院外）ＭＳコンチン錠", "msコンチン"));
  g_assert_true (viewer_drug_name_begins ("Ｋ．Ｃ．Ｌ．エリキシル", "k.c.l."));
  g_assert_true (viewer_drug_name_begins ("Oral Warfarin", "warfarin"));
  g_assert_false (viewer_drug_name_begins ("メチルジゴキシン錠", "ジゴキシン"));
  g_assert_false (viewer_drug_name_begins ("ロサルタンカリウム錠", "カリウム"));
  g_assert_false (viewer_drug_name_begins ("ジゴ", "ジゴキシン"));
  g_assert_false (viewer_drug_name_begins ("ジゴキシン", ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/drug-name/stem", test_stem);
  g_test_add_func ("/viewer/drug-name/like", test_like);
  g_test_add_func ("/viewer/drug-name/begins", test_begins);
  return g_test_run ();
}
