/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-name-match.h"

typedef struct
{
  const char *typed, *name;
  gboolean matches;
} Case;

static void
check (const Case *cases, gsize n, gboolean whole_latin)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (DiscNameMatch) match = disc_name_match_new (cases[i].typed, whole_latin);

      g_assert_nonnull (match);
      for (guint again = 0; again < 2; again++) /* the second time from memory */
        if (disc_name_match_name (match, cases[i].name) != cases[i].matches)
          g_error ("%s in %s", cases[i].typed, cases[i].name);
    }
}

static void
test_names (void)
{
  static const Case cases[] = {
    { "ワーファリン", "ワーファリン錠１ｍｇ", TRUE },
    { "ﾜｰﾌｧﾘﾝ", "ワーファリン錠１ｍｇ", TRUE },
    { "わーふぁりん", "ワーファリン錠１ｍｇ", TRUE },
    { "ワファリン", "ワーファリン錠１ｍｇ", TRUE }, /* without its long vowel */
    { "wafarin", "ワーファリン錠１ｍｇ", TRUE },
    { "wa-farin", "ワーファリン錠１ｍｇ", TRUE },
    { "ワルファリン", "ワーファリン錠１ｍｇ", FALSE }, /* another name: nothing is translated */
    { "ワーファリン 1mg", "ワーファリン錠１ｍｇ", TRUE },
    { "1mg　ワーファリン", "ワーファリン錠１ｍｇ", TRUE },
    { "ワーファリン 5mg", "ワーファリン錠１ｍｇ", FALSE },
    { "透析", "血液透析", TRUE },
    { "透析", "腹膜透析カテーテル", TRUE },
    { "toseki", "血液透析", FALSE }, /* kanji have no reading here */
    { "癌", "肺癌の疑い", TRUE },
    { "MTX", "ＭＴＸ錠", TRUE },
    { "tx", "ＭＴＸ錠", TRUE }, /* as the index finds it */
    { "K", "ビタミンK", TRUE },
    { "K", "CK", FALSE },
    { "髙血圧", "高血圧症", TRUE },
    { "N18", "N18.5", TRUE },
    { "ワー", NULL, FALSE },
    { "ワー", "\xff\xfe", FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), FALSE);
}

static void
test_whole_latin (void)
{
  static const Case cases[] = {
    { "K", "K", TRUE },
    { "K", "Ｋ", TRUE },
    { "k", "血清K", TRUE },
    { "K", "K(血清)", TRUE },
    { "K", "Na/K比", TRUE },
    { "K", "CK", FALSE },
    { "K", "PIVKA-II", FALSE },
    { "CK", "CK-MB", TRUE },
    { "CK", "ck", TRUE },
    { "CK", "pack", FALSE },
    { "Cr", "CRP", FALSE },
    { "Cr", "Cr", TRUE },
    { "Hb", "HbA1c", FALSE },
    { "Hb", "Hb", TRUE },
    { "T4", "FT4", FALSE },
    { "T4", "T4", TRUE },
    { "T4", "T40", FALSE },
    { "カリウム", "カリウム", TRUE },
    { "kariumu", "カリウム", TRUE },
    { "na", "クレアチニン", FALSE },
    { "na", "ナトリウム", FALSE },
    { "Na", "Na", TRUE },
    { "PT-INR", "PT-INR", TRUE },
    { "INR", "PT-INR", TRUE },
    { "INR", "ＰＴ－ＩＮＲ", TRUE },
    { "CRP", "CRP定量", TRUE },
    { "K", "serum K", TRUE },
    { "serum", "serum K", TRUE },
  };

  check (cases, G_N_ELEMENTS (cases), TRUE);
}

static void
test_too_little (void)
{
  static const char *const texts[] = { "", " ", "　", "ア", "1", "あ", "ア 1" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (disc_name_match_new (texts[i], TRUE));
}

static void
test_codes (void)
{
  g_autoptr (DiscNameMatch) jlac = disc_name_match_new ("3h015", TRUE);
  g_autoptr (DiscNameMatch) name = disc_name_match_new ("HbA1c", TRUE);
  g_autoptr (DiscNameMatch) two = disc_name_match_new ("3H015 K", TRUE);

  g_assert_cmpstr (disc_name_match_code (jlac), ==, "3h015");
  g_assert_true (disc_name_match_has_code (jlac, "3H015000002327101"));
  g_assert_false (disc_name_match_has_code (jlac, "3H010000002327101"));
  g_assert_false (disc_name_match_has_code (jlac, NULL));
  g_assert_null (disc_name_match_code (name));
  g_assert_null (disc_name_match_code (two));
  g_assert_true (disc_name_match_is_same (name, "ＨｂＡ１ｃ"));
  g_assert_false (disc_name_match_is_same (name, "HbA1c(NGSP)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/name-match/names", test_names);
  g_test_add_func ("/disc/name-match/whole-latin", test_whole_latin);
  g_test_add_func ("/disc/name-match/too-little", test_too_little);
  g_test_add_func ("/disc/name-match/codes", test_codes);
  return g_test_run ();
}
