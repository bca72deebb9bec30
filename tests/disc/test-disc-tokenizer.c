/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-tokenizer.h"

#include <string.h>

#include "disc-text.h"

#include "disc-fixture.h"

#define BIGRAM "tokenize = 'tomoshibi_bigram'"

static sqlite3 *
open_index (void)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_true (disc_tokenizer_register (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (db,
                                 "CREATE VIRTUAL TABLE ft USING fts5 (text, content = '',"
                                 " columnsize = 0, " BIGRAM ");"
                                 "CREATE VIRTUAL TABLE tokens USING fts5vocab (ft, 'instance')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  return db;
}

static void
add (sqlite3 *db, gint64 row, const char *text)
{
  sqlite3_stmt *s = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO ft (rowid, text) VALUES (?1, ?2)", -1, &s,
                                       NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_int64 (s, 1, row);
  sqlite3_bind_text (s, 2, text, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (s), ==, SQLITE_DONE);
  sqlite3_finalize (s);
}

/* Whether @row is among the rows found by the FTS5 expression. */
static gboolean
finds (sqlite3 *db, const char *expression, gint64 row)
{
  sqlite3_stmt *s = NULL;
  gboolean found = FALSE;
  int rc;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT rowid FROM ft WHERE ft MATCH ?1", -1, &s, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (s, 1, expression, -1, SQLITE_STATIC);
  while ((rc = sqlite3_step (s)) == SQLITE_ROW)
    found |= sqlite3_column_int64 (s, 0) == row;
  g_assert_cmpint (rc, ==, SQLITE_DONE);
  sqlite3_finalize (s);
  return found;
}

static gboolean
finds_phrase (sqlite3 *db, const char *phrase, gsize len, gint64 row)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (gsize i = 0; i < len; i++)
    g_string_append (quoted, phrase[i] == '"' ? "\"\"" : ((char[]) { phrase[i], '\0' }));
  g_string_append_c (quoted, '"');
  return finds (db, quoted->str, row);
}

static void
test_tokens (void)
{
  static const struct
  {
    const char *text, *tokens; /* "place:token" in the order of places, then of bytes */
  } cases[] = {
    { "肺癌", "0:肺癌|1:癌 " },
    { "癌", "0:癌 " },
    { "Ｋ", "0:k|0:k " },
    { "CRP", "0:cr|1:rp|2:p " },
    { "ビタミンK剤", "0:ビタ|1:タミ|2:ミン|3:ンk|4:k|4:k剤|5:剤 " },
    { "5 mg", "0:5m|1:mg|2:g " },
    { "chest pain", "0:ch|1:he|2:es|3:st|4:t |5:pa|6:ai|7:in|8:n " },
    { "肺\n癌", "0:肺 |1:癌 " },
    { "ｶﾞﾝ", "0:ガン|1:ン " },
    { " \n　\n", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sqlite3 *db = open_index ();
      g_autoptr (GString) tokens = g_string_new (NULL);
      sqlite3_stmt *s = NULL;

      fixture_message (cases[i].text);
      add (db, 1, cases[i].text);
      g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT \"offset\" || ':' || term FROM tokens"
                                               " ORDER BY \"offset\", term",
                                           -1, &s, NULL),
                       ==, SQLITE_OK);
      while (sqlite3_step (s) == SQLITE_ROW)
        g_string_append_printf (tokens, "%s%s", tokens->len > 0 ? "|" : "",
                                (const char *) sqlite3_column_text (s, 0));
      sqlite3_finalize (s);
      sqlite3_close (db);
      g_assert_cmpstr (tokens->str, ==, cases[i].tokens);
    }
}

static const char *const texts[] = {
  "アムロジピン錠５ｍｇ「トーワ」",
  "肺癌の疑い",
  "CRP 0.03 mg/dL",
  "ｱｽﾋﾟﾘﾝ腸溶錠100mg｢ﾄｰﾜ｣",
  "Na・K・Cl",
  "右中葉に径 12 mm の結節を認める。\n前回と比べ著変なし。chest CT without contrast",
  "\"quoted\" and 'single' NEAR(a b) AND OR NOT *",
  "髙﨑 𠮷田 渡邉",
  "a",
  "ab",
  "2025-04-10",
  "ΑΒΓ μg β-D-グルカン",
  "〓■〓",
};

/* Every part of two or more characters of every indexed text is found, in its own row. */
static void
test_every_part (void)
{
  sqlite3 *db = open_index ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add (db, (gint64) i + 1, texts[i]);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) lines = g_strsplit (texts[i], "\n", -1);

      for (guint k = 0; lines[k] != NULL; k++)
        {
          g_autoptr (GString) words = g_string_new (NULL);

          disc_text_fold_words (lines[k], -1, words);
          for (const char *from = words->str; *from != '\0'; from = g_utf8_next_char (from))
            for (const char *to = from; *to != '\0';)
              {
                to = g_utf8_next_char (to);
                if (memchr (from, ' ', (gsize) (to - from)) != NULL ||
                    g_utf8_strlen (from, to - from) < 2)
                  continue;
                if (!finds_phrase (db, from, (gsize) (to - from), (gint64) i + 1))
                  g_error ("%.*s of %s is not found", (int) (to - from), from, texts[i]);
              }
        }
    }

  sqlite3_close (db);
}

static void
test_whole_lines (void)
{
  sqlite3 *db = open_index ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    add (db, (gint64) i + 1, texts[i]);

  /* As written, with blanks and all. */
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_utf8_strlen (texts[i], -1) > 1)
      g_assert_true (finds_phrase (db, texts[i], strlen (texts[i]), (gint64) i + 1));

  sqlite3_close (db);
}

static void
test_finds (void)
{
  static const struct
  {
    const char *text, *expression;
    gboolean found;
  } cases[] = {
    { "アムロジピン錠5mg", "\"amlo\"", FALSE },
    { "Amlodipine錠5mg", "\"amlo\"", TRUE },
    { "Amlodipine錠5mg", "\"5MG\"", TRUE },
    { "ワーファリン錠", "\"ﾜｰﾌｧﾘﾝ\"", TRUE },
    { "ワーファリン錠", "\"わーふぁ\"", TRUE },
    { "右肺癌術後", "\"肺癌\"", TRUE },
    { "右肺、癌なし", "\"肺癌\"", FALSE },
    { "頚部", "\"頸部\"", TRUE },
    { "胃癌", "\"癌\" *", TRUE }, /* the last character too */
    { "癌性疼痛", "\"癌\" *", TRUE },
    { "胃炎", "\"癌\" *", FALSE },
    { "血清K", "\"k\"", TRUE },
    { "CK-MB", "\"k\"", FALSE },
    { "B型肝炎", "\"b\"", TRUE },
    { "CRB", "\"b\"", FALSE },
    { "chest pain", "\"tp\"", FALSE },
    { "chest pain", "\"chest pain\"", TRUE },
    { "肺炎\n腎不全", "\"炎腎\"", FALSE },
    { "肺炎 腎不全", "\"炎腎\"", TRUE }, /* blanks do not part kanji */
    { "ab", "\"ba\"", FALSE },
    { "abc bcd", "\"abcd\"", FALSE },
    { "x", "\"\"", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      sqlite3 *db = open_index ();

      g_test_message ("%s in %s", cases[i].expression, cases[i].text);
      add (db, 1, cases[i].text);
      g_assert_cmpint (finds (db, cases[i].expression, 1), ==, cases[i].found);
      sqlite3_close (db);
    }
}

static void
test_hostile (void)
{
  sqlite3 *db = open_index ();
  g_autofree char *garbage = g_malloc (100001);
  g_autofree char *long_word = g_strnfill (100000, 'x');

  for (int i = 0; i < 100000; i++)
    garbage[i] = (char) (i % 255 + 1);
  garbage[100000] = '\0';
  add (db, 1, garbage);
  add (db, 2, long_word);
  add (db, 3, "after");
  g_assert_true (finds (db, "\"fter\"", 3));
  g_assert_true (finds (db, "\"xxx\"", 2));
  g_assert_true (finds_phrase (db, long_word, 1000, 2));
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/disc/tokenizer/tokens", test_tokens);
  g_test_add_func ("/disc/tokenizer/every-part", test_every_part);
  g_test_add_func ("/disc/tokenizer/whole-lines", test_whole_lines);
  g_test_add_func ("/disc/tokenizer/finds", test_finds);
  g_test_add_func ("/disc/tokenizer/hostile", test_hostile);

  return g_test_run ();
}
