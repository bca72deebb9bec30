/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-usage.h"

static ImpText
slice (const char *text)
{
  return (ImpText) { text, strlen (text) };
}

/* Codes and texts of SS-MIX2 spec 4.9. */
static void
test_hint (void)
{
  static const struct { const char *code; const char *words; } cases[] = {
    { "1013044400000000", "1日3回・朝食後・昼食後・夕食後" },
    { "1012040400000000", "1日2回・朝食後・夕食後" },
    { "1011000400000000", "1日1回・朝食後" },
    { "1011040000000000", "1日1回・夕食後" },
    { "1011100000000000", "1日1回・就寝前" },
    { "1011000090000000", "1日1回・起床時" },
    { "1013033300000000", "1日3回・朝食直後・昼食直後・夕食直後" },
    { "1013055500000000", "1日3回・朝食後2時間・昼食後2時間・夕食後2時間" },
    { "1012100400000000", "1日2回・朝食後・就寝前" },
    { "1014144400000000", "1日4回・朝食後・昼食後・夕食後・就寝前" },
    { "1022000000000000", "1日2回・12時間ごと" },
    { "1023000000000000", "1日3回・8時間ごと" },
    { "1024000000000000", "1日4回・6時間ごと" },
    { "1026000000000000", "1日6回・4時間ごと" },
    { "1028000000000000", "1日8回・3時間ごと" },
    { "1041480000000000", "1日1回・空腹時" },
    { "1050110000000000", "疼痛時" },
    { "1050110020000000", "疼痛時・1日2回まで" },
    { "1050110600000000", "疼痛時・6時間以上あける" },
    { "1050110640000000", "疼痛時・6時間以上あける・1日4回まで" },
    { "1050710AC0000000", "発熱時・10時間以上あける・1日12回まで" },
    { "1050990020000000", "1日2回まで" }, /* the event is unknown, the limit is not */
    { "2R62090900000000", "肛門挿入・1日2回・朝・夕" },
    { "2B74000000000000", "塗布・1日4回" },
    { "3C74000000000000", "1日4回" }, /* two lists differ on the route */
    { "X074000000000000", "1日4回" },
    { "107A000000000000", "1日10回" },
    { "I1100000", "1日おき（隔日）" },
    { "CW100000", "週1回" },
    { "W0100100", "月・木曜日" },
    { "W1000001", "日・土曜日" },
    { "D0AK0000", "毎月10日・20日" },
    { "DCAKU000", "12月10日・20日・30日" },
    { "D0148BFI", "毎月1日・4日・8日・11日・15日・18日" },
    { "D0V00000", "毎月31日" },
    { "V14NNNNN", "1回目は4" },
    { "V310NNNN", "3回目は10" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hint = imp_usage_hint (slice (cases[i].code));
      g_autofree char *expected = g_strdup_printf ("用法コード %s＝%s", cases[i].code,
                                                   cases[i].words);

      g_assert_cmpstr (hint, ==, expected);
    }
}

/* Not certain: not decoded. */
static void
test_no_hint (void)
{
  static const char *const cases[] = {
    "", "1", "101304440000000", "10130444000000000",
    "101514440P000000",                       /* a clock time: the alphabet is inferred */
    "1013000400000000",                       /* three times, one slot */
    "1010000400000000",
    "1013066600000000", "1013077700000000",   /* meal values that are not listed */
    "1011200000000000", "1011000040000000",
    "1013044400000001",
    "3211000200000014",                       /* last digits unconfirmed */
    "0X0XXXXXXXXX0000", "9999000000000000",   /* dummies */
    "1022000100000000", "1025000000000000", "1029000000000000",
    "1033000000000000", "1082000000000000",   /* kinds 3 and 8 */
    "1041990000000000", "1040480000000000", "1041480010000000",
    "1050000000000000", "1050990000000000", "1051110020000000", "105011B020000000",
    "10501100X0000000", "1050110B00000000", "1050111000000000", "1050110020000001",
    "1070000000000000", "107B000000000000", "1074000000000001",
    "1062010100000000",                       /* without meals there is no before and after */
    "患者患者患",
    "W0000000", "W0100102", "D0000000", "DD100000", "D0A0K000", "D0W00000", "DX100000",
    "I1200000", "CW200000", "CM100000", "TID00000", "XXXXXXXX",
    "V1NNNNNN", "V0400000", "VA4NNNNN", "V14NNN1N", "V105NNNN", "V1.5NNNN", "V9ZNNNNN", "v14NNNNN",
    "V14", "V14NNNNNN",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hint = imp_usage_hint (slice (cases[i]));

      g_assert_null (hint);
    }
}

/* The limit of a PRN drug may stand in the code only. */
static void
test_limit (void)
{
  static const struct { const char *code; const char *limit; } cases[] = {
    { "1050110020000000", "1日2回まで" },
    { "1050110600000000", "6時間以上あける" },
    { "1050110640000000", "6時間以上あける・1日4回まで" },
    { "2R50710020000000", "1日2回まで" },
    { "1050110000000000", NULL },
    { "1013044400000000", NULL },
    { "105011X020000000", NULL },
    { "V14NNNNN", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *limit = imp_usage_limit (slice (cases[i].code));

      g_assert_cmpstr (limit, ==, cases[i].limit);
    }
}

/* Row 30: code and text against each other. */
static void
test_contradiction (void)
{
  static const struct { const char *code; const char *text; gboolean contradicts; } cases[] = {
    { "1011040000000000", "内服・経口・１日１回朝食後", TRUE },
    { "1011040000000000", "内服・経口・１日１回夕食後", FALSE },
    { "1013044400000000", "内服・経口・１日３回朝昼夕食後", FALSE },
    { "1013044400000000", "1日3回毎食後", FALSE },
    { "1013044400000000", "１日２回朝夕食後", TRUE },
    { "1013044400000000", "１日３回毎食前", TRUE },
    { "1013011100000000", "１日３回毎食直前", FALSE }, /* both before the meal */
    { "1013055500000000", "１日３回朝昼夕食後２時間", FALSE },
    { "1013055500000000", "１日３回食間", FALSE },
    { "1013055500000000", "１日３回毎食後", TRUE },
    { "1013044400000000", "１日２回", TRUE },
    { "1012100400000000", "１日２回朝食後・就寝前", FALSE },
    { "1012100400000000", "朝食後と眠前", FALSE },
    { "1012100400000000", "朝夕食後", TRUE },
    { "1011100000000000", "寝る前", FALSE },
    { "1011000090000000", "起床時", FALSE },
    { "1011000090000000", "就寝前", TRUE },
    { "2R62090900000000", "１日２回朝夕", FALSE },
    { "2R62090900000000", "１日２回朝昼", TRUE },
    { "1022000000000000", "１日２回１２時間毎", FALSE },
    { "1022000000000000", "１日３回８時間毎", TRUE },
    { "1050110020000000", "疼痛時", FALSE },
    { "1050110020000000", "疼痛時　１日２回まで", FALSE },
    { "1050110020000000", "疼痛時　１日３回まで", TRUE },
    /* what only NFKC makes of it: one sign for the first day, half-width kana, a digit in a circle */
    { "1013044400000000", "㏠２回", TRUE },
    { "1013044400000000", "㏠３回（ｶﾌﾟｾﾙ）", FALSE },
    { "1013044400000000", "１日②回", TRUE },
    /* no certain opinion */
    { "1011040000000000", "", FALSE },
    { "1011040000000000", "医師の指示通り", FALSE },
    { "1011040000000000", "夜", FALSE },
    { "1011040000000000", "朝または夕", FALSE },
    { "1011040000000000", "21日3回", FALSE },
    { "1011040000000000", "1日99回", FALSE },
    { "1011040000000000", "1日1回、痛い時は1日2回", FALSE },
    { "9999000000000000", "1日1回", FALSE },
    { "V14NNNNN", "1回目に4錠", FALSE },
    { "1011040000000000", "\xFF", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (imp_usage_contradicts (slice (cases[i].code), slice (cases[i].text)), ==,
                       cases[i].contradicts);
    }
}

static void
test_uneven_dose (void)
{
  static const struct { const char *code; guint nth; const char *amount; } cases[] = {
    { "V14NNNNN", 1, "4" }, { "V22NNNNN", 2, "2" }, { "V3100NNN", 3, "100" }, { "V9123456", 9, "123456" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpText amount;
      guint nth;

      g_assert_true (imp_usage_uneven_dose (slice (cases[i].code), &nth, &amount));
      g_assert_cmpuint (nth, ==, cases[i].nth);
      g_assert_true (imp_text_equal (amount, cases[i].amount));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/usage/hint", test_hint);
  g_test_add_func ("/importer/usage/no-hint", test_no_hint);
  g_test_add_func ("/importer/usage/uneven-dose", test_uneven_dose);
  g_test_add_func ("/importer/spec8/30-usage-contradiction", test_contradiction);
  g_test_add_func ("/importer/spec10/limit-only-in-the-code", test_limit);
  return g_test_run ();
}
