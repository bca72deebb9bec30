/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

typedef struct
{
  DiscField field;
  const char *value;
} Value;

/* The terms of one record of @kind with @values in one item, with "|" between; the free text in
 * @free_text. */
static char *
extract (DiscKind kind, const Value *values, gsize n, char **free_text)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GStringChunk) strings = g_string_chunk_new (64);
  GString *text = g_string_new (NULL);
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, kind, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_item (builder);
  for (gsize i = 0; i < n; i++)
    disc_record_builder_add (builder, values[i].field, values[i].value, -1);
  data = disc_record_builder_get (builder, &len);
  disc_terms_extract (memory, data, len, strings, terms, text);
  g_ptr_array_add (terms, NULL);
  *free_text = g_string_free (text, FALSE);
  return g_strjoinv ("|", (char **) terms->pdata);
}

static void
test_values (void)
{
  static const struct
  {
    DiscField field;
    const char *value;
    const char *term, *text; /* NULL: not there */
  } cases[] = {
    { DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ", "アムロジピン錠5mg", NULL },
    { DISC_FIELD_NAME, "K", "k", NULL },
    { DISC_FIELD_NAME, "尿素窒素(BUN)", "尿素窒素(bun)", NULL },
    { DISC_FIELD_NAME, "Chest CT", "chest ct", NULL },
    { DISC_FIELD_ICD10, "I48", "i48", NULL },
    { DISC_FIELD_ORGANISM, "Staphylococcus aureus (MRSA)", "staphylococcus aureus(mrsa)", NULL },
    { DISC_FIELD_SUBSTANCE, "そば", "ソバ", NULL },
    { DISC_FIELD_USAGE, "１日３回 朝昼夕食後", "1日3回朝昼夕食後", NULL },
    /* results: words, not numbers */
    { DISC_FIELD_VALUE, "陽性", "陽性", NULL },
    { DISC_FIELD_VALUE, "検体不足", "検体不足", NULL },
    { DISC_FIELD_VALUE, "A", NULL, NULL },
    { DISC_FIELD_VALUE, "0.03", NULL, NULL },
    { DISC_FIELD_VALUE, "<0.5", NULL, NULL },
    { DISC_FIELD_VALUE, "300>", NULL, NULL },
    { DISC_FIELD_VALUE, "(2+)", NULL, NULL },
    { DISC_FIELD_VALUE, "１２．３", NULL, NULL },
    { DISC_FIELD_VALUE, "-", NULL, NULL },
    { DISC_FIELD_VALUE, "2025-04-10T10:30", NULL, NULL },
    { DISC_FIELD_VALUE, "0.5未満", NULL, "0.5未満" },
    { DISC_FIELD_RESULT, "R", NULL, NULL },
    { DISC_FIELD_RESULT, "耐性", "耐性", NULL },
    /* what somebody wrote */
    { DISC_FIELD_TEXT, "異常なし", "異常ナシ", NULL },
    { DISC_FIELD_COMMENT, "一包化", "一包化", NULL },
    { DISC_FIELD_COMMENT, "4/10 再検", NULL, "4/10再検" },
    { DISC_FIELD_COMMENT, "採取日時: 2025-04-10T10:30", NULL, NULL },
    { DISC_FIELD_COMMENT, "採取日時: 4/10", NULL, "採取日時:4/10" },
    { DISC_FIELD_COMMENT,
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", NULL },
    { DISC_FIELD_COMMENT,
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
      NULL,
      "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一" },
    { DISC_FIELD_NOT_UNDERSTOOD, "ZXX|1|謎", NULL, "zxx|1|謎" },
    { DISC_FIELD_TEXT, "肺\n癌  の疑い", "肺癌ノ疑イ", NULL },
    { DISC_FIELD_TEXT, " \n", NULL, NULL },
    /* not for the search */
    { DISC_FIELD_CODE, "610406048", NULL, NULL },
    { DISC_FIELD_ORDER_NO, "000000011001", NULL, NULL },
    { DISC_FIELD_UNIT, "mg/dL", NULL, NULL },
    { DISC_FIELD_DOCTOR, "試験太郎", NULL, NULL },
    { DISC_FIELD_DOSE, "2", NULL, NULL },
    { DISC_FIELD_WARNING, "unusual", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Value value = { cases[i].field, cases[i].value };
      g_autofree char *text = NULL;
      g_autofree char *terms = extract (DISC_KIND_LAB, &value, 1, &text);

      g_test_message ("%s: %s", disc_field_name (cases[i].field), cases[i].value);
      g_assert_cmpstr (terms, ==, cases[i].term != NULL ? cases[i].term : "");
      g_assert_cmpstr (text, ==, cases[i].text != NULL ? cases[i].text : "");
    }
}

static void
test_distinct (void)
{
  static const Value values[] = {
    { DISC_FIELD_NAME, "クレアチニン" }, { DISC_FIELD_OTHER_NAME, "CRE" },
    { DISC_FIELD_NAME, "ｸﾚｱﾁﾆﾝ" },      { DISC_FIELD_NAME, "Cre" },
    { DISC_FIELD_TEXT, "右に 12 mm" },   { DISC_FIELD_COMMENT, "左に 3 mm" },
    { DISC_FIELD_TEXT, "右に 12mm" },
  };
  g_autofree char *text = NULL;
  g_autofree char *terms = extract (DISC_KIND_LAB, values, G_N_ELEMENTS (values), &text);

  g_assert_cmpstr (terms, ==, "クレアチニン|cre");
  g_assert_cmpstr (text, ==, "右ニ12mm\n左ニ3mm");
}

static void
test_kinds (void)
{
  static const Value name = { DISC_FIELD_NAME, "試験　花子" };
  static const DiscKind kinds[] = { DISC_KIND_DEMOGRAPHICS, DISC_KIND_CONTACT, DISC_KIND_COVERAGE };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *terms = extract (kinds[i], &name, 1, &text);

      g_assert_cmpstr (terms, ==, "");
      g_assert_cmpstr (text, ==, "");
    }
}

static void
test_many (void)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GStringChunk) strings = g_string_chunk_new (64);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);
  const guint8 *data;
  gsize len;

  g_ptr_array_add (terms, (gpointer) "item3"); /* of another message */
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("item%d", i % 3000);

      disc_record_builder_add (builder, DISC_FIELD_NAME, name, -1);
    }
  data = disc_record_builder_get (builder, &len);
  disc_terms_extract (memory, data, len, strings, terms, text);

  g_assert_cmpuint (terms->len, ==, 1 + 3000);
  for (guint i = 1; i < terms->len; i++)
    g_assert_true (g_hash_table_add (seen, g_ptr_array_index (terms, i)));
}

static void
test_damaged (void)
{
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GStringChunk) strings = g_string_chunk_new (64);
  g_autoptr (GString) text = g_string_new (NULL);
  static const guint8 cut[] = { 1, DISC_KIND_LAB, 0x82, DISC_FIELD_NAME, 'c', 'r', 'p', 0,
                                DISC_FIELD_NAME, 'x' };

  disc_terms_extract (memory, cut, sizeof cut, strings, terms, text);
  g_assert_cmpuint (terms->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (terms, 0), ==, "crp");
  disc_terms_extract (memory, NULL, 0, strings, terms, text);
  g_assert_cmpuint (terms->len, ==, 1);
}

/* A value is another thing as a name than as a result, and stays what it is however many others were
 * seen since. */
static void
test_memory (void)
{
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GStringChunk) strings = g_string_chunk_new (64);
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_NAME, "ＣＲＰ 2", -1);
  disc_record_builder_add (builder, DISC_FIELD_RESULT, "ＣＲＰ 2", -1);
  disc_record_builder_add (builder, DISC_FIELD_RESULT, "12.3", -1);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (DiscRecordBuilder) others = disc_record_builder_new ();
      g_autoptr (GPtrArray) terms = g_ptr_array_new ();
      g_autoptr (GPtrArray) other_terms = g_ptr_array_new ();
      g_autoptr (GString) text = g_string_new (NULL);

      data = disc_record_builder_get (builder, &len);
      disc_terms_extract (memory, data, len, strings, terms, text);
      g_assert_cmpuint (terms->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (terms, 0), ==, "crp 2");
      g_assert_cmpstr (text->str, ==, "crp 2");

      disc_record_builder_begin (others, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
      for (int j = 0; i == 1 && j < 40000; j++)
        {
          g_autofree char *name = g_strdup_printf ("ITEM %d", j);

          disc_record_builder_add (others, DISC_FIELD_NAME, name, -1);
        }
      data = disc_record_builder_get (others, &len);
      disc_terms_extract (memory, data, len, strings, other_terms, text);
      g_assert_cmpuint (other_terms->len, ==, i == 1 ? 40000 : 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disc/terms/values", test_values);
  g_test_add_func ("/disc/terms/distinct", test_distinct);
  g_test_add_func ("/disc/terms/kinds", test_kinds);
  g_test_add_func ("/disc/terms/many", test_many);
  g_test_add_func ("/disc/terms/damaged", test_damaged);
  g_test_add_func ("/disc/terms/memory", test_memory);

  return g_test_run ();
}
