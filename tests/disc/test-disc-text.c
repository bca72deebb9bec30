/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-text.h"

#include <string.h>

#include "disc-fixture.h"

typedef struct
{
  const char *text, *expected;
} Pair;

static void
assert_pairs (const Pair *pairs, gsize n, void (*fold) (const char *, gssize, GString *))
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GString) out = g_string_new ("before");

      fixture_message (pairs[i].text);
      fold (pairs[i].text, -1, out);
      g_assert_true (g_str_has_prefix (out->str, "before"));
      g_assert_cmpstr (out->str + strlen ("before"), ==, pairs[i].expected);
    }
}

static void
test_width (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "crp", "crp" },
    { "CRP", "crp" },
    { "ＣＲＰ", "crp" },
    { "アムロジピン錠５ｍｇ「トーワ」", "アムロジピン錠5mg「トーワ」" },
    { "ｱﾑﾛｼﾞﾋﾟﾝ錠", "アムロジピン錠" },
    { "ﾜﾀﾅﾍﾞ　ﾁﾂﾞｺ", "ワタナベチヅコ" },
    { "わたなべ　ちづこ", "ワタナベチヅコ" },
    { "ｧｨｩｪｫｬｭｮｯｰ｡｢｣､･", "ァィゥェォャュョッー。「」、・" },
    { "ヴぁゔァ", "ヴァヴァ" },
    { "ゝゞ", "ヽヾ" },
    { "㎎", "mg" },
    { "①", "1" },
    { "㈱", "(株)" },
    { "Ⅱ型", "ii型" },
    { "㌔", "キロ" },
    { "㍉", "ミリ" },
    { "㌦", "ドル" }, /* decomposes into ト and a dakuten */
    { "℃", "°c" },
    { "μg", "μg" },
    { "µg", "μg" }, /* the micro sign */
    { "Α-Β", "αーβ" },
    { "m²", "m2" },
    { "Sjögren", "sjogren" },
    { "SJO\xcc\x88GREN", "sjogren" },
  };

  assert_pairs (pairs, G_N_ELEMENTS (pairs), disc_text_fold);
}

static void
test_dakuten (void)
{
  static const Pair pairs[] = {
    { "カ\xe3\x82\x99", "ガ" },   /* combining */
    { "カ゛", "ガ" },            /* spacing */
    { "か゛", "ガ" },
    { "カﾞ", "ガ" },
    { "ハ゜", "パ" },
    { "ﾊﾟﾊﾞﾊ", "パバハ" },
    { "ｳﾞ", "ヴ" },
    { "ン゛", "ン゛" },          /* no such kana */
    { "゛", "゛" },
    { "ﾞｶ", "゛カ" },
    { "A゛", "a゛" },
    { "ガ゛", "ガ゛" },
  };
  g_autoptr (GString) out = g_string_new ("カ");

  assert_pairs (pairs, G_N_ELEMENTS (pairs), disc_text_fold);

  /* Never joined to what stood in the string before. */
  disc_text_fold ("゛", -1, out);
  g_assert_cmpstr (out->str, ==, "カ゛");
}

static void
test_signs (void)
{
  static const Pair pairs[] = {
    { "a b\tc\nd\r\ne　f\xc2\xa0g\xe2\x80\x8bh", "abcdefgh" },
    { "-－‐‑–—―−ーｰ─", "ーーーーーーーーーーー" },
    { "・･·•", "・・・・" },
    { "～〜~", "~~~" },
    { "’'", "''" },
    { "■〓\xef\xbf\xbd", "■〓\xef\xbf\xbd" },
    { "〇○", "〇○" },
    { "葛\xf3\xa0\x84\x80", "葛" }, /* a variation selector */
    { "邉\xf3\xa0\x84\x81", "辺" },
    { "ab\x01" "c\x7f", "abc" },
  };

  assert_pairs (pairs, G_N_ELEMENTS (pairs), disc_text_fold);
}

static void
test_kanji (void)
{
  /* Each line: all of them are one for the search. */
  static const char *const groups[] = {
    "高髙", "崎﨑碕嵜", "斎斉齋齊", "辺邊邉", "沢澤", "浜濱濵", "広廣", "徳德", "黒黑", "桜櫻",
    "国國", "円圓", "真眞", "恵惠", "栄榮", "会會", "学學", "実實", "条條", "礼禮礼", "島嶋嶌",
    "竜龍", "瀬瀨", "弥彌", "曽曾", "隆隆", "塚塚", "神神", "福福", "都都", "館館舘", "鶴鶴", "槙槇",
    "亘亙", "吉𠮷", "土圡", "富冨", "峰峯", "鉄鐵", "頸頚", "頬頰", "嚢囊", "膣腟", "靱靭", "癇癎",
    "填塡", "剥剝", "昂昻", "桑桒", "柳栁", "渕淵渊", "薮藪", "朗朗", "飯飯", "靖靖", "諸諸", "祥祥",
    "益益", "晴晴", "精精", "羽羽", "逸逸", "猪猪", "飼飼", "凞熙熈", "﨟臈", "緒緖", "唇脣", "衄衂", "麻痲", "園薗",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *all = disc_text_fold_new (groups[i]);
      const char *first = all;

      g_test_message ("%s", groups[i]);
      g_assert_cmpint (g_utf8_strlen (all, -1), ==, g_utf8_strlen (groups[i], -1));
      for (const char *p = all; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_cmphex (g_utf8_get_char (p), ==, g_utf8_get_char (first));
    }
}

static void
test_kanji_apart (void)
{
  static const char *const pairs[][2] = {
    { "渡部", "渡邊" }, { "藤", "籐" }, { "太", "大" },   { "巳", "已" }, { "未", "末" },
    { "阪", "坂" },     { "裕", "祐" }, { "幹", "斡" },   { "千", "干" }, { "腕", "腟" },
    { "癌", "痛" },     { "間", "問" }, { "右", "左" },   { "一", "ー" }, { "二", "ニ" },
    { "口", "ロ" },     { "力", "カ" }, { "蔵", "臓" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *a = disc_text_fold_new (pairs[i][0]);
      g_autofree char *b = disc_text_fold_new (pairs[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

static void
test_words (void)
{
  static const Pair pairs[] = {
    { "chest pain", "chest pain" },
    { "Chest  \t Pain ", "chest pain" },
    { "10 20", "10 20" },
    { "5 mg", "5mg" },
    { "K 3.5", "k 3.5" },
    { "血清 K 3.5 mEq", "血清k 3.5meq" },
    { "アムロジピン 5 ｍｇ", "アムロジピン5mg" },
    { "田中　太郎", "田中太郎" },
    { "肺\n癌", "肺癌" },
    { "CT　ＭＲＩ", "ct mri" },
    { "a - b", "aーb" },
    { " a", "a" },
  };
  g_autoptr (GString) out = g_string_new ("a");

  assert_pairs (pairs, G_N_ELEMENTS (pairs), disc_text_fold_words);

  disc_text_fold_words (" b", -1, out); /* the a is another text */
  g_assert_cmpstr (out->str, ==, "ab");
}

static void
test_hostile (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  char all[256 * 4];

  disc_text_fold ("a\xff\xe3\x82z\xf0\x9f", -1, out);
  g_assert_cmpstr (out->str, ==, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xef\xbf\xbd");

  g_string_truncate (out, 0);
  disc_text_fold ("A\0B", 3, out);
  g_assert_cmpstr (out->str, ==, "ab");

  g_string_truncate (out, 0);
  disc_text_fold ("高髙", 5, out); /* cut inside a character */
  g_assert_cmpstr (out->str, ==, "高\xef\xbf\xbd\xef\xbf\xbd");

  for (gsize i = 0; i < sizeof all; i++)
    all[i] = (char) (i * 7 + i / 256);
  g_string_truncate (out, 0);
  disc_text_fold (all, sizeof all, out);
  g_assert_true (g_utf8_validate (out->str, (gssize) out->len, NULL));
}

/* What is folded stays as it is, for every character, alone and behind a kana. */
static void
test_twice (void)
{
  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      char bytes[16] = "カ";
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (!g_unichar_validate (c))
        continue;
      bytes[3 + g_unichar_to_utf8 (c, bytes + 3)] = '\0';
      once = disc_text_fold_new (bytes);
      twice = disc_text_fold_new (once);
      if (strcmp (once, twice) != 0)
        g_test_message ("U+%04X", c);
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_kana (void)
{
  static const Pair pairs[] = {
    { "キョウコ", "キヨウコ" },
    { "ｷﾖｳｺ", "キヨウコ" },
    { "チヅコ", "チズコ" },
    { "ちずこ", "チズコ" },
    { "チヂワ", "チジワ" },
    { "ヴァイオレット", "バイオレツト" },
    { "ヴアン", "バン" },
    { "ヴィ", "ビ" },
    { "ヴェ", "ベ" },
    { "ヴォ", "ボ" },
    { "ヴュ", "ビユ" },
    { "ヴ", "ブ" },
    { "イヴ", "イブ" },
    { "ヰヱヲ", "イエオ" },
    { "チヱ", "チエ" },
    { "エリー", "エリ" },
    { "オーノ", "オノ" },
    { "龍ヶ崎", "竜ケ崎" },
    { "ミスヾ", "ミスズ" },
    { "みすゞ", "ミスズ" },
    { "佐々木", "佐佐木" },
    { "野々村", "野野村" },
    { "々", "々" },
    { "ハットリ", "ハツトリ" },
    { "渡邉", "渡辺" },
    { "Smith", "smith" },
  };

  assert_pairs (pairs, G_N_ELEMENTS (pairs), disc_text_fold_kana);
}

static void
test_is_kana (void)
{
  g_assert_true (disc_text_is_kana ("ワタナベ"));
  g_assert_true (disc_text_is_kana ("エリー"));
  g_assert_true (disc_text_is_kana ("ミスヾ"));
  g_assert_false (disc_text_is_kana (""));
  g_assert_false (disc_text_is_kana ("渡辺"));
  g_assert_false (disc_text_is_kana ("ワタナベ1"));
  g_assert_false (disc_text_is_kana ("ジョン・スミス"));
  g_assert_false (disc_text_is_kana ("わたなべ")); /* not folded */
}

static void
test_romaji (void)
{
  static const struct
  {
    const char *text, *kana, *partial, *whole;
  } cases[] = {
    { "watanabe", "ワタナベ", NULL, "ワタナベ" },
    { "WATANABE", "ワタナベ", NULL, "ワタナベ" },
    { "ｗａｔａｎａｂｅ", "ワタナベ", NULL, "ワタナベ" },
    { "ti", "チ", NULL, "チ" },
    { "chi", "チ", NULL, "チ" },
    { "shizuko", "シズコ", NULL, "シズコ" },
    { "sizuko", "シズコ", NULL, "シズコ" },
    { "tiduko", "チヅコ", NULL, "チヅコ" },
    { "tsutomu", "ツトム", NULL, "ツトム" },
    { "tutomu", "ツトム", NULL, "ツトム" },
    { "fujita", "フジタ", NULL, "フジタ" },
    { "huzita", "フジタ", NULL, "フジタ" },
    { "shouko", "ショウコ", NULL, "ショウコ" },
    { "syouko", "ショウコ", NULL, "ショウコ" },
    { "shōko", "ショーコ", NULL, "ショーコ" },
    { "sho^ko", "ショーコ", NULL, "ショーコ" },
    { "shôko", "ショーコ", NULL, "ショーコ" },
    { "oono", "オオノ", NULL, "オオノ" },
    { "ohno", "オーノ", NULL, "オーノ" },
    { "ohara", "オハラ", NULL, "オハラ" },
    { "satou", "サトウ", NULL, "サトウ" },
    { "juri", "ジュリ", NULL, "ジュリ" },
    { "zyuri", "ジュリ", NULL, "ジュリ" },
    { "kyouko", "キョウコ", NULL, "キョウコ" },
    { "kondou", "コンドウ", NULL, "コンドウ" },
    { "shin'ichi", "シンイチ", NULL, "シンイチ" },
    { "shinichi", "シニチ", NULL, "シニチ" },
    { "konno", "コンノ", NULL, "コンノ" },
    { "konnno", "コンノ", NULL, "コンノ" },
    { "sannpei", "サンペイ", NULL, "サンペイ" },
    { "honma", "ホンマ", NULL, "ホンマ" },
    { "homma", "ホンマ", NULL, "ホンマ" },
    { "kambe", "カンベ", NULL, "カンベ" },
    { "hattori", "ハットリ", NULL, "ハットリ" },
    { "itchou", "イッチョウ", NULL, "イッチョウ" },
    { "icchou", "イッチョウ", NULL, "イッチョウ" },
    { "nyuu", "ニュウ", NULL, "ニュウ" },
    { "konn", "コン", NULL, "コン" },
    /* while it is being typed */
    { "tanak", "タナ", "k", NULL },
    { "sh", "", "sh", NULL },
    { "c", "", "c", NULL },
    { "watanabets", "ワタナベ", "ts", NULL },
    { "ky", "", "ky", NULL },
    { "hatt", "ハッ", "t", NULL },
    { "ken", "ケ", "n", "ケン" },
    { "satoh", "サト", "h", "サトー" },
    /* not rōmaji */
    { "", NULL, NULL, NULL },
    { "smith", NULL, NULL, NULL },
    { "x", NULL, NULL, NULL },
    { "s23", NULL, NULL, NULL },
    { "1948", NULL, NULL, NULL },
    { "渡辺", NULL, NULL, NULL },
    { "-a", NULL, NULL, NULL },
    { "'", NULL, NULL, NULL },
    { "ta\"na", NULL, NULL, NULL },
    { "ta\xff", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *partial = NULL;
      g_autofree char *kana = disc_text_romaji_to_kana (cases[i].text, &partial);
      g_autofree char *whole = disc_text_romaji_to_kana (cases[i].text, NULL);

      fixture_message (cases[i].text);
      g_assert_cmpstr (kana, ==, cases[i].kana);
      g_assert_cmpstr (partial, ==, cases[i].partial);
      g_assert_cmpstr (whole, ==, cases[i].whole);
    }
}

static void
test_romaji_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');

  g_assert_null (disc_text_romaji_to_kana (text, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disc/text/width", test_width);
  g_test_add_func ("/disc/text/dakuten", test_dakuten);
  g_test_add_func ("/disc/text/signs", test_signs);
  g_test_add_func ("/disc/text/kanji", test_kanji);
  g_test_add_func ("/disc/text/kanji-apart", test_kanji_apart);
  g_test_add_func ("/disc/text/words", test_words);
  g_test_add_func ("/disc/text/hostile", test_hostile);
  g_test_add_func ("/disc/text/twice", test_twice);
  g_test_add_func ("/disc/text/kana", test_kana);
  g_test_add_func ("/disc/text/is-kana", test_is_kana);
  g_test_add_func ("/disc/text/romaji", test_romaji);
  g_test_add_func ("/disc/text/romaji-long", test_romaji_long);

  return g_test_run ();
}
