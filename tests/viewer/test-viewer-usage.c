/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-usage.h"

#include "viewer-records.h"

static const struct
{
  const char *code, *usage, *supplement_code, *supplement, *instruction, *comment, *kind;
  ViewerUsagePattern pattern;
} patterns[] = {
  { "1011000400000000", "１日１回朝食後", NULL, NULL, NULL, NULL, "内服", VIEWER_USAGE_DAILY },
  { NULL, "１日３回毎食後", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_DAILY },
  { "TID", "分３　毎食後", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_DAILY }, /* MERIT-9 */
  { "1012040400000000", "１日２回朝夕食後", "W0000001", "土曜日", NULL, NULL, NULL,
    VIEWER_USAGE_WEEKDAYS },
  { "1011000400000000", "１日１回朝食後", NULL, NULL, NULL, "毎週土曜日に服用", NULL,
    VIEWER_USAGE_UNKNOWN }, /* only a comment says so: doubt, not a pattern */
  { NULL, "１日１回朝食後　月・木曜日", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_WEEKDAYS },
  { "1011000400000000", "１日１回朝食後", "CW100000", "週１回", NULL, NULL, NULL,
    VIEWER_USAGE_WEEKLY },
  { NULL, "週1回　起床時", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_WEEKLY },
  { "1011000400000000", "１日１回朝食後", "I1100000", "１日おき", NULL, NULL, NULL,
    VIEWER_USAGE_ALTERNATE },
  { "1011000400000000", "１日１回朝食後", "I1100000", NULL, NULL, NULL, NULL,
    VIEWER_USAGE_ALTERNATE }, /* the code alone */
  { NULL, "隔日　朝食後", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_ALTERNATE },
  { "1011000400000000", "１日１回朝食後", "D0AK0000", "毎月10日・20日", NULL, NULL, NULL,
    VIEWER_USAGE_MONTH_DAYS },
  { "1050110000000000", "疼痛時", NULL, NULL, NULL, NULL, "頓用", VIEWER_USAGE_PRN },
  { NULL, "発熱時", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_PRN },
  { "1011000400000000", "朝食後", NULL, NULL, NULL, NULL, "頓用", VIEWER_USAGE_PRN },
  { "2B74000000000000", "塗布・１日４回", NULL, NULL, NULL, NULL, "外用", VIEWER_USAGE_EXTERNAL },
  { NULL, "１日２回塗布", NULL, NULL, NULL, NULL, "外用", VIEWER_USAGE_EXTERNAL },
  { "1018000000000000", "８時間おき", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_UNKNOWN },
  { "0X0XXXXXXXXX0000", "医師の指示どおり", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_UNKNOWN },
  { "0X0XXXXXXXXX0000", "朝食後", NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_DAILY },
  { "1011000400000000", "１日１回朝食後", NULL, NULL, "02 ２回目から服用", NULL, NULL,
    VIEWER_USAGE_UNKNOWN },
  { "1011000400000000", "１日１回朝食後", NULL, NULL, "V14NNNNN ４錠", NULL, NULL,
    VIEWER_USAGE_DAILY },
  { "1011000400000000", "１日１回朝食後", NULL, NULL, NULL, "一包化", NULL, VIEWER_USAGE_DAILY },
  { "1011000400000000", "１日１回朝食後", NULL, NULL, NULL, "透析日のみ", NULL,
    VIEWER_USAGE_UNKNOWN },
  { "1011000400000000", "１日１回朝食後", "X1234567", "？", NULL, NULL, NULL,
    VIEWER_USAGE_UNKNOWN }, /* a supplement nobody knows */
  { NULL, NULL, NULL, NULL, NULL, NULL, NULL, VIEWER_USAGE_UNKNOWN },
};

static void
test_pattern (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      const GArray *entries;
      const DiscItem *item;

      test_records_message (records, 1, "OMP-01", "2026-11-19", 0);
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_USAGE, patterns[i].usage, DISC_FIELD_USAGE,
                         patterns[i].supplement, DISC_FIELD_USAGE_CODE, patterns[i].code,
                         DISC_FIELD_USAGE_CODE, patterns[i].supplement_code, DISC_FIELD_INSTRUCTION,
                         patterns[i].instruction, DISC_FIELD_COMMENT, patterns[i].comment,
                         DISC_FIELD_KIND, patterns[i].kind, 0);
      entries = test_records_entries (records);
      item = &g_array_index (entries, ViewerEntry, 0).record->items[0];
      if (viewer_usage_pattern (item) != patterns[i].pattern)
        g_error ("case %u: pattern %d", i, viewer_usage_pattern (item));
    }
}

static void
test_special (void)
{
  g_assert_true (viewer_usage_is_special ("土曜日", NULL));
  g_assert_true (viewer_usage_is_special ("週１回", "CW100000"));
  g_assert_true (viewer_usage_is_special (NULL, "W0100100"));
  g_assert_true (viewer_usage_is_special ("疼痛時", NULL));
  g_assert_false (viewer_usage_is_special ("１日１回朝食後", "1011000400000000"));
  g_assert_false (viewer_usage_is_special ("一包化", NULL));
}

/* V supplements of RXE-7; the schedule must be certain or not there at all. */
static const struct
{
  const char *v1, *v2, *v3, *dose, *most, *per_day, *code;
  const char *schedule; /* amounts joined by a blank, or NULL */
} uneven[] = {
  /* spec 4.8, Rp 2 */
  { "V14NNNNN ４錠", "V22NNNNN ２錠", "V31NNNNN １錠", "1", "4", "7", "1013044400000000", "4 2 1" },
  { "V14NNNNN^４錠", "V22NNNNN^２錠", "V31NNNNN^１錠", "1", "4", "7", "1013044400000000", "4 2 1" },
  { "V14NNNNN", "V22NNNNN", "V31NNNNN", NULL, NULL, NULL, NULL, "4 2 1" },
  { "V22NNNNN", "V14NNNNN", NULL, "2", "4", "6", "1012040400000000", "4 2" }, /* order of doses */
  /* published lists print １回目 for all of them: the digit of the code is right */
  { "V14NNNNN 不均等・１回目・４錠", "V22NNNNN 不均等・１回目・２錠", NULL, "2", "4", NULL, NULL,
    "4 2" },
  { "V110NNNN １０錠", "V22NNNNN ２錠", NULL, "2", "10", NULL, NULL, "10 2" },
  /* not certain: */
  { "V14NNNNN ３錠", "V22NNNNN ２錠", NULL, "2", "4", NULL, NULL, NULL }, /* code and text */
  { "V14NNNNN", "V32NNNNN", NULL, "2", "4", NULL, NULL, NULL },           /* dose 2 is missing */
  { "V14NNNNN", NULL, NULL, "2", "4", NULL, NULL, NULL },                 /* only one */
  { "V14NNNNN", "V22NNNNN", NULL, "1", "4", NULL, NULL, NULL },           /* RXE-3 is no dose */
  { "V14NNNNN", "V22NNNNN", NULL, "2", "5", NULL, NULL, NULL },           /* RXE-4 neither */
  { "V14NNNNN", "V22NNNNN", NULL, "2", "4", "7", NULL, NULL },            /* 4 + 2 is not 7 */
  { "V14NNNNN", "V22NNNNN", NULL, "2", "4", NULL, "1013044400000000", NULL }, /* three a day */
  { "V10.5NNN", "V21NNNNN", NULL, "0.5", "1", NULL, NULL, NULL }, /* fractions are not defined */
  { "V105NNNN", "V21NNNNN", NULL, NULL, NULL, NULL, NULL, NULL }, /* 05: 5 or 0.5? */
  { "V14NNNNN", "V15NNNNN", NULL, NULL, NULL, NULL, NULL, NULL }, /* dose 1 twice */
  { NULL, NULL, NULL, "1", "4", NULL, NULL, NULL },
};

static void
test_schedule (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (uneven); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_auto (GStrv) schedule = NULL;
      g_autofree char *joined = NULL;
      const GArray *entries;
      const DiscItem *item;

      test_records_message (records, 1, "OMP-01", "2026-11-19", 0);
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_DOSE, uneven[i].dose, DISC_FIELD_DOSE_MAX,
                         uneven[i].most, DISC_FIELD_DOSE_UNIT, "錠", DISC_FIELD_PER_DAY,
                         uneven[i].per_day, DISC_FIELD_PER_DAY_UNIT, "錠", DISC_FIELD_USAGE_CODE,
                         uneven[i].code, DISC_FIELD_INSTRUCTION, uneven[i].v1,
                         DISC_FIELD_INSTRUCTION, uneven[i].v2, DISC_FIELD_INSTRUCTION, uneven[i].v3,
                         0);
      entries = test_records_entries (records);
      item = &g_array_index (entries, ViewerEntry, 0).record->items[0];
      schedule = viewer_usage_schedule (item);
      joined = schedule != NULL ? g_strjoinv (" ", schedule) : NULL;
      if (g_strcmp0 (joined, uneven[i].schedule) != 0)
        g_error ("case %u: %s", i, joined);
      g_assert_cmpint (viewer_usage_uneven (item), ==,
                       uneven[i].v1 != NULL && uneven[i].v1[1] != '\0');
    }
}

static void
test_instruction_text (void)
{
  static const char *const cases[][2] = {
    { "V14NNNNN ４錠", "４錠" }, { "V14NNNNN^４錠", "４錠" },
    { "V14NNNNN", "V14NNNNN" },  { "01 １回目から服用", "１回目から服用" },
    { "一包化", "一包化" },      { "食前 30分", "食前 30分" },
    { "V14NNNNN ", "V14NNNNN" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = viewer_usage_instruction_text (cases[i][0]);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/repetitions-dropped", test_pattern);
  g_test_add_func ("/viewer/usage/special", test_special);
  g_test_add_func ("/viewer/usage/schedule", test_schedule);
  g_test_add_func ("/viewer/usage/instruction-text", test_instruction_text);
  return g_test_run ();
}
