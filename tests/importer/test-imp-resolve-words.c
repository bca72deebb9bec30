/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve-words.h"

typedef struct
{
  const char *original;
  const char *copy;
  gboolean same;
} Pair;

static void
check_pairs (const Pair *pairs, gsize n, gboolean (*is_same) (const char *, const char *))
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s, %s", pairs[i].original, pairs[i].copy);
      g_assert_cmpint (is_same (pairs[i].original, pairs[i].copy), ==, pairs[i].same);
    }
}

/* Spec ss-mix2.md 4.9: the units of MR9P and their names; UNT, TUNT and TTUN are thousands apart.
 */
static void
test_units (void)
{
  static const Pair pairs[] = {
    { NULL, NULL, TRUE },
    { "錠", NULL, FALSE },
    { NULL, "錠", FALSE },
    { "錠", "錠", TRUE },
    { "錠", "TAB", TRUE },
    { "錠", "カプセル", FALSE },
    { "ミリリットル", "mL", TRUE },
    { "mL", "mg", FALSE },
    { "ミリグラム", "マイクログラム", FALSE },
    { "ミリグラム", "G", FALSE },
    { "管", "アンプル", TRUE },
    { "ミリリットル／時間", "mL/h", TRUE },
    { "ミリリットル／時間", "mL/min", FALSE },
    { "ミリリットル／時間", "mL", FALSE },
    { "mL/24 h", "mL/h", FALSE },
    { "単位", "UNT", FALSE },
    { "UNT", "TUNT", FALSE },
    { "万単位", "単位", FALSE },
    { "国際単位", "国際単位", TRUE },
    { "筒", "筒", TRUE },
    { "筒", "本", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_unit);
}

static void
test_times (void)
{
  static const Pair pairs[] = {
    { NULL, NULL, TRUE },
    { "2026-11-01", NULL, FALSE },
    { "2026-11-01T10:23", "2026-11-01T10:23:00+09:00", TRUE },
    { "2026-11-01T10:23", "2026-11-01T10:23:01+09:00", FALSE },
    { "2026-11-01T10:23", "2026-11-01T10:23:00Z", FALSE },
    { "2026-11-01T10:23", "2026-11-01T01:23:00Z", FALSE }, /* that may be so; both are shown */
    { "2026-11-01T12", "2026-11-01T12:00:00+09:00", TRUE },
    { "2026-11-01T12", "2026-11-01T12:30:00+09:00", FALSE },
    { "2026-11-01", "2026-11-01T00:00:00+09:00", FALSE },
    { "2026-11-01", "2026-11-01", TRUE },
    { "2026-11-01", "2026-11-02", FALSE },
    { "2026-11", "2026-11-01", FALSE },
    { "", "2026", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_time);
}

static void
test_components (void)
{
  static const Pair pairs[] = {
    { NULL, NULL, TRUE },
    { "基剤", "基剤（溶媒）", TRUE },
    { "基剤", NULL, FALSE }, /* FHIR has it as what works, SS-MIX2 as what carries */
    { "添加剤", NULL, TRUE },
    { "添加剤", "基剤（溶媒）", FALSE },
    { NULL, "基剤（溶媒）", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_component);
}

static void
test_priorities (void)
{
  static const Pair pairs[] = {
    { NULL, NULL, TRUE },         { "R", NULL, TRUE },      { "S", NULL, TRUE },
    { NULL, "routine", TRUE },    { NULL, "stat", FALSE },  { "R", "routine", TRUE },
    { "R", "stat", FALSE },       { "S", "stat", TRUE },    { "S", "routine", FALSE },
    { "A", "asap", TRUE },        { "A", "urgent", FALSE }, { "至急", "urgent", FALSE },
    { "urgent", "urgent", TRUE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_priority);
}

static void
test_lines (void)
{
  static const Pair pairs[] = {
    { "検査所見: 心房細動。", "心房細動。", TRUE },
    { "心房細動。", "心房細動。", TRUE },
    { "検査所見: 心房細動なし。", "心房細動。", FALSE },
    { "検査所見: A\n診断: B", "A\nB", TRUE },
    { "検査所見: A\n診断: B", "B\nA", FALSE },
    { "検査所見: A\n診断: B", "A", FALSE },
    { "A", "A\nB", FALSE },
    { "A", "検査所見: A", FALSE },
    { "A: B: C", "B: C", TRUE },
    { "A: B: C", "C", FALSE },
    { NULL, "A", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_lines);
}

static void
test_persons (void)
{
  static const Pair pairs[] = {
    { "御影\u3000亮", "御影 亮", TRUE }, { "御影 亮", "御影 亮", TRUE },
    { "御影\u3000亮", "御影亮", FALSE }, { "御影\u3000亮", "御影 了", FALSE },
    { "御影\u3000亮", "御影", FALSE },   { "御影\u3000亮", "", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_person);
}

/* "field=text" each; "at=" is of the record. */
static DiscRecordSet *
make_item (const char *const *values)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2026-11-01T10:00:00", -1);
  disc_record_builder_item (builder);
  for (; *values != NULL; values++)
    {
      g_auto (GStrv) parts = g_strsplit (*values, "=", 2);
      DiscField field = DISC_FIELD_NONE;

      for (guint i = 1; i < DISC_N_FIELDS; i++)
        if (g_strcmp0 (disc_field_name ((DiscField) i), parts[0]) == 0)
          field = (DiscField) i;
      g_assert_cmpint (field, !=, DISC_FIELD_NONE);
      disc_record_builder_add (builder, field, parts[1], -1);
    }
  data = disc_record_builder_get (builder, &len);
  bytes = g_bytes_new (data, len);
  return disc_record_set_new (bytes, NULL);
}

#define MAX_VALUES 6

static void
test_usage (void)
{
  static const struct
  {
    const char *original[MAX_VALUES], *copy[MAX_VALUES];
    gboolean same;
  } cases[] = {
    { { "usage=起床時" }, { "usage=起床時" }, TRUE },
    { { "usage=起床時" }, { NULL }, FALSE },
    { { NULL }, { "usage=起床時" }, FALSE },
    { { "usage=起床時" }, { "usage=就寝前" }, FALSE },
    /* メトトレキサート: taken daily it kills. */
    { { "usage=起床時", "usage=日曜日", "usage_code=W1000000" }, { "usage=起床時" }, FALSE },
    { { "usage=起床時", "usage=日曜日", "usage_code=W1000000" },
      { "usage=起床時", "instruction=W1000000 日曜日" },
      TRUE },
    { { "usage=起床時", "usage=日曜日", "usage_code=W1000000" },
      { "usage=起床時", "instruction=W0100000 日曜日" },
      FALSE },
    { { "usage=起床時", "usage=日曜日", "usage_code=W1000000" },
      { "usage=起床時", "instruction=W1000000 月曜日" },
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscRecordSet) original = make_item (cases[i].original);
      g_autoptr (DiscRecordSet) copy = make_item (cases[i].copy);

      g_test_message ("case %u", i);
      g_assert_cmpint (imp_words_same_usage (&disc_record_set_get (original, 0)->items[0],
                                             &disc_record_set_get (copy, 0)->items[0]),
                       ==, cases[i].same);
    }
}

static void
test_rates (void)
{
  static const struct
  {
    const char *original[MAX_VALUES], *copy[MAX_VALUES];
    gboolean same;
  } cases[] = {
    { { NULL }, { NULL }, TRUE },
    { { "rate=200", "rate_unit=ミリリットル／時間" }, { "rate=200", "rate_unit=mL/h" }, TRUE },
    { { "rate=200", "rate_unit=ミリリットル／時間" }, { "rate=20", "rate_unit=mL/h" }, FALSE },
    { { "rate=200", "rate_unit=ミリリットル／時間" }, { "rate=200", "rate_unit=mL/min" }, FALSE },
    { { "rate=200", "rate_unit=ミリリットル／時間" }, { "rate=200" }, FALSE },
    { { "rate=200ml/hr" }, { "rate=200", "rate_unit=mL/h" }, TRUE },
    { { "rate=200ml/hr" }, { "rate=20", "rate_unit=mL/h" }, FALSE },
    { { "rate=20ml/hr" }, { "rate=200", "rate_unit=mL/h" }, FALSE },
    { { "rate=200ml/hr" }, { "rate=200", "rate_unit=mL" }, FALSE },
    { { "rate=200" }, { "rate=200", "rate_unit=mL/h" }, FALSE },
    { { "rate=200" }, { "rate=200" }, TRUE },
    { { "rate=200" }, { "rate=200.0" }, FALSE },
    { { NULL }, { "rate=200", "rate_unit=mL/h" }, FALSE },
    { { "rate=200ml/hr" }, { NULL }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscRecordSet) original = make_item (cases[i].original);
      g_autoptr (DiscRecordSet) copy = make_item (cases[i].copy);

      g_test_message ("case %u", i);
      g_assert_cmpint (imp_words_same_rate (&disc_record_set_get (original, 0)->items[0],
                                            &disc_record_set_get (copy, 0)->items[0]),
                       ==, cases[i].same);
    }
}

/* HL7 v2.5 table 0322; what is not said is not completed. */
static void
test_completion (void)
{
  static const Pair pairs[] = {
    { "CP", "completed", TRUE },  { "PA", "stopped", TRUE },   { "PA", "completed", FALSE },
    { "CP", "stopped", FALSE },   { "NA", "not-done", FALSE }, { NULL, NULL, FALSE },
    { NULL, "completed", FALSE }, { "CP", NULL, FALSE },       { "CP", "in-progress", FALSE },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), imp_words_same_completion);
}

/* The same words in another field, with the label of one side. */
static void
test_said (void)
{
  static const struct
  {
    const char *original[MAX_VALUES], *copy;
    gboolean said;
  } cases[] = {
    { { "kind=自己注射" }, "method=自己注射", TRUE },
    { { "kind=内服" }, "method=自己注射", FALSE },
    { { "comment=検査目的: 緑内障経過" }, "reason=緑内障経過", TRUE },
    { { "comment=検査目的: 緑内障" }, "reason=緑内障経過", FALSE },
    { { "comment=１日２回まで" }, "instruction=１日２回まで", TRUE },
    { { "comment=１日２回まで" }, "instruction=１日３回まで", FALSE },
    { { "category=一包化" }, "comment=調剤：一包化", TRUE },
    { { "restriction=きざみ" }, "comment=指示：きざみ", TRUE },
    { { "restriction=きざみ" }, "comment=警告：きざみ", FALSE },
    { { NULL }, "comment=指示日：2026-11-01T10:00:00+09:00", TRUE },
    { { NULL }, "comment=指示日：2026-11-02T10:00:00+09:00", FALSE },
    /* No field of numbers, codes or names is looked into, and no such value looked for. */
    { { "dose=2" }, "comment=2", FALSE },
    { { "comment=2" }, "dose=2", FALSE },
    { { "comment=R" }, "result=R", FALSE },
    { { "drug=一包化" }, "comment=一包化", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const values[] = { cases[i].copy, NULL };
      g_autoptr (DiscRecordSet) original = make_item (cases[i].original);
      g_autoptr (DiscRecordSet) copy = make_item (values);
      const DiscRecord *record = disc_record_set_get (original, 0);

      g_test_message ("case %u", i);
      g_assert_cmpint (imp_words_said (record, &record->items[0],
                                       &disc_record_set_get (copy, 0)->items[0].values[0]),
                       ==, cases[i].said);
    }
}

static void
test_organism (void)
{
#define ROW                                                                                        \
  "name=培養同定菌量", "other_name=培養同定菌名", "organism=E.coli", "organism_code=2001",         \
      "value=3+"
  static const struct
  {
    const char *original[MAX_VALUES + 1], *copy[MAX_VALUES];
    gboolean same;
  } cases[] = {
    { { ROW, "specimen=血液" },
      { "name=培養同定菌名", "value=E.coli", "organism=E.coli", "value_code=2001",
        "specimen=血液" },
      TRUE },
    { { ROW, "specimen=血液" },
      { "name=培養同定菌名", "value=E.coli", "organism=E.coli", "specimen=喀痰" },
      FALSE },
    { { ROW }, { "name=培養同定菌名", "value=S.aureus", "organism=S.aureus" }, FALSE },
    { { ROW },
      { "name=培養同定菌名", "value=E.coli", "organism=E.coli", "organism_code=2002" },
      FALSE },
    { { ROW }, { "name=培養同定菌名", "value=4+", "organism=E.coli" }, FALSE },
    { { ROW }, { "name=同定", "value=E.coli", "organism=E.coli" }, FALSE },
    { { ROW }, { "name=培養同定菌名", "value=E.coli" }, FALSE },
    { { ROW }, { "name=培養同定菌名", "organism=E.coli", "result=R", "value=E.coli" }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscRecordSet) original = make_item (cases[i].original);
      g_autoptr (DiscRecordSet) copy = make_item (cases[i].copy);

      g_test_message ("case %u", i);
      g_assert_cmpint (imp_words_names_organism (&disc_record_set_get (original, 0)->items[0],
                                                 &disc_record_set_get (copy, 0)->items[0]),
                       ==, cases[i].same);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/resolve-words/units", test_units);
  g_test_add_func ("/importer/resolve-words/times", test_times);
  g_test_add_func ("/importer/resolve-words/components", test_components);
  g_test_add_func ("/importer/resolve-words/priorities", test_priorities);
  g_test_add_func ("/importer/resolve-words/lines", test_lines);
  g_test_add_func ("/importer/resolve-words/persons", test_persons);
  g_test_add_func ("/importer/resolve-words/usage", test_usage);
  g_test_add_func ("/importer/resolve-words/rates", test_rates);
  g_test_add_func ("/importer/resolve-words/completion", test_completion);
  g_test_add_func ("/importer/resolve-words/said", test_said);
  g_test_add_func ("/importer/resolve-words/organism", test_organism);
  return g_test_run ();
}
