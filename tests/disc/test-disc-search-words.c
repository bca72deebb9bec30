/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

#include "disc-fixture.h"
#include "disc-text.h"
#include "disc-writer.h"

typedef struct
{
  guint32 pno; /* from 1, ascending; 0: disputed */
  DiscKind kind;
  DiscField field;
  const char *value;
  const char *also; /* a comment, or NULL */
} Row;

/* Rows of the disc below are named by their place in this table. */
static const Row rows[] = {
  { 1, DISC_KIND_PRESCRIPTION, DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ「トーワ」", "一包化" },
  { 1, DISC_KIND_LAB, DISC_FIELD_NAME, "CRP", NULL },
  { 1, DISC_KIND_REPORT, DISC_FIELD_TEXT,
    "右上葉に径 12 mm の結節を認める。前回 2025-01-10 と比べ著変なし。肺癌の疑い。", NULL },
  { 1, DISC_KIND_LAB, DISC_FIELD_NAME, "K", NULL },
  { 2, DISC_KIND_PROBLEM, DISC_FIELD_NAME, "肺癌", "慢性" },
  { 2, DISC_KIND_PRESCRIPTION, DISC_FIELD_DRUG, "ワーファリン錠１ｍｇ", "頚部" },
  { 2, DISC_KIND_LAB, DISC_FIELD_NAME, "CK-MB", NULL },
  { 2, DISC_KIND_REPORT, DISC_FIELD_TEXT, "chest pain, \"NEAR\" (a* OR b) 血清K 3.1", NULL },
  { 3, DISC_KIND_LAB, DISC_FIELD_VALUE, "陽性", "検体不足" },
  { 3, DISC_KIND_PROBLEM, DISC_FIELD_NAME, "胃癌術後", NULL },
  { 0, DISC_KIND_PRESCRIPTION, DISC_FIELD_DRUG, "ワーファリン錠１ｍｇ", NULL },
};

static gint64
rid_of_row (guint i)
{
  guint32 pno = rows[i].pno != 0 ? rows[i].pno : DISC_PNO_DISPUTED;
  gint64 seq = 0;

  for (guint k = 0; k < i; k++)
    seq += rows[k].pno == rows[i].pno;
  return ((gint64) pno << DISC_SEQ_BITS) + seq;
}

static void
add_row (DiscWriter *writer, const Row *row)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .path = "a/b", .source = "", };

  disc_record_builder_begin (builder, row->kind, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, row->field, row->value, -1);
  disc_record_builder_add (builder, DISC_FIELD_COMMENT, row->also, -1);
  message.records = disc_record_builder_get (builder, &message.records_len);
  if (row->pno == 0)
    message.disputed_ids = "1\n2";
  disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
}

static DiscReader *
make_disc (Fixture *fixture)
{
  DiscInfo info = { .hospital = "試験病院", .facility = "1", .as_of = "2025-04-10" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);
  DiscReader *reader;
  guint32 pno = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].pno == 0)
        disc_writer_begin_disputed (writer, "1", &error);
      else if (rows[i].pno != pno)
        {
          g_autofree char *id = g_strdup_printf ("%u", rows[i].pno);
          DiscPatient patient = { .facility = "1", .id = id };

          disc_writer_begin_patient (writer, &patient, &error);
        }
      g_assert_no_error (error);
      pno = rows[i].pno;
      add_row (writer, &rows[i]);
    }

  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  reader = disc_reader_open (fixture->disc, &error);
  g_assert_no_error (error);
  return reader;
}

/* The rows found, by their place in the table, with commas between. */
static char *
search (DiscReader *reader, const char *words, guint32 pno, guint limit, guint *n_total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = disc_reader_search_words (reader, words, pno, limit, n_total, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint k = 0; k < hits->len; k++)
    {
      const DiscWordHit *hit = &g_array_index (hits, DiscWordHit, k);

      g_assert_cmpuint (hit->pno, ==, DISC_PNO (hit->rid));
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rid_of_row (i) == hit->rid)
          g_string_append_printf (out, "%s%u", out->len > 0 ? "," : "", i);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  /* Disputed first, then the last patient, newest row first. */
  static const struct
  {
    const char *words, *found;
  } cases[] = {
    { "肺癌", "4,2" },
    { "癌", "9,4,2" },
    { "アムロ", "0" },
    { "ｱﾑﾛｼﾞﾋﾟﾝ", "0" },
    { "あむろじ", "0" },
    { "5mg", "0" },
    { "５ＭＧ", "0" },
    { "mg", "10,5,0" },
    { "わーふぁりん", "10,5" },
    { "crp", "1" },
    { "CR", "1" },
    { "rp", "1" },
    { "k", "7,3" },   /* K alone, not the k of CK-MB */
    { "CK", "6" },
    { "ck-mb", "6" },
    { "頸部", "5" },
    { "陽性", "8" },
    { "検体", "8" },
    { "12mm", "2" },
    { "12 mm", "2" }, /* 12 and mm */
    { "著変なし", "2" },
    { "ナシ。", "2" },
    { "pain", "7" },
    { "chest pain", "7" },
    { "pain chest", "7" },
    { "tp", "" },
    /* all words, wherever in the message */
    { "アムロ 一包化", "0" },
    { "アムロ　一包化", "0" },
    { "アムロ 肺癌", "" },
    { "肺癌 結節", "2" },
    { "肺癌 慢性", "4" },
    { "癌 術", "9" },
    /* nothing */
    { "", "" },
    { " 　", "" },
    { "癌癌", "" },
    { "x", "" },
    /* FTS5 syntax is text like other text */
    { "\"near\"", "7" },
    { "\"", "7" },
    { "\"\"", "" },
    { "a*", "7" },
    { "NEAR(肺癌", "" },
    { "肺癌 OR アムロ", "" },
    { "NOT 肺癌", "" },
    { "text:肺癌", "" },
    { "^肺癌", "" },
    { "肺癌*", "" },
    { "{肺癌}", "" },
    { "'; DROP TABLE message; --", "" },
    { "\\", "" },
    { "\xff\xfe", "" },
  };
  g_autoptr (DiscReader) reader = make_disc (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_total = 99;
      g_autofree char *found = search (reader, cases[i].words, 0, 100, &n_total);
      g_auto (GStrv) list = g_strsplit (found, ",", -1);

      fixture_message (cases[i].words);
      g_assert_cmpstr (found, ==, cases[i].found);
      g_assert_cmpuint (n_total, ==, g_strv_length (list));
    }
}

static void
test_patient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = make_disc (fixture);
  static const struct
  {
    const char *words;
    guint32 pno;
    const char *found;
  } cases[] = {
    { "肺癌", 1, "2" },
    { "肺癌", 2, "4" },
    { "肺癌", 3, "" },
    { "癌", 3, "9" },
    { "mg", 2, "5" },
    { "ワーファリン", DISC_PNO_DISPUTED, "10" },
    { "肺癌", 4, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_total = 99;
      g_autofree char *found = search (reader, cases[i].words, cases[i].pno, 100, &n_total);

      g_test_message ("%s of %u", cases[i].words, cases[i].pno);
      g_assert_cmpstr (found, ==, cases[i].found);
      g_assert_cmpuint (n_total, ==, *found != '\0');
    }
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = make_disc (fixture);
  g_autofree char *two = NULL;
  g_autofree char *none = NULL;
  g_autofree char *uncounted = NULL;
  guint n_total = 0;

  two = search (reader, "mg", 0, 2, &n_total);
  g_assert_cmpstr (two, ==, "10,5");
  g_assert_cmpuint (n_total, ==, 3);
  none = search (reader, "mg", 0, 0, &n_total);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (n_total, ==, 3);
  uncounted = search (reader, "癌", 0, 2, NULL);
  g_assert_cmpstr (uncounted, ==, "9,4");
}

static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = make_disc (fixture);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *long_word = g_strnfill (1000000, '"');
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  a = search (reader, long_word, 0, 100, NULL);
  g_assert_cmpstr (a, ==, "");
  for (int i = 0; i < 100000; i++)
    g_string_append (many, "肺癌 ");
  b = search (reader, many->str, 0, 100, NULL);
  g_assert_cmpstr (b, ==, "4,2");
}

/* Every part of two or more characters of what was indexed leads to its row. */
static void
test_every_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = make_disc (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      disc_text_fold_words (rows[i].value, -1, text);
      for (const char *from = text->str; *from != '\0'; from = g_utf8_next_char (from))
        for (const char *to = g_utf8_next_char (from); *to != '\0' && *from != ' ' && *to != ' ';)
          {
            g_autofree char *part = NULL;
            g_autofree char *found = NULL;
            g_autofree char *needle = g_strdup_printf (",%u,", i);
            g_autofree char *all = NULL;

            to = g_utf8_next_char (to);
            part = g_strndup (from, (gsize) (to - from));
            found = search (reader, part, 0, 100, NULL);
            all = g_strdup_printf (",%s,", found);
            if (strstr (all, needle) == NULL)
              g_error ("%s is not found in row %u", part, i);
          }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/disc/search-words/words", test_words);
  fixture_add ("/disc/search-words/patient", test_patient);
  fixture_add ("/disc/search-words/limit", test_limit);
  fixture_add ("/disc/search-words/long", test_long);
  fixture_add ("/disc/search-words/every-part", test_every_part);

  return g_test_run ();
}
