/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed, and what is indexed: folding, dates, rōmaji, patients, the bigrams of an index. */
#include <string.h>

#include "disc-date.h"
#include "disc-patient-table-private.h"
#include "disc-sqlite.h"
#include "disc-text.h"
#include "disc-tokenizer.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_INPUT_BYTES 4096

static void
check_folding (const char *text, gsize len)
{
  void (*folds[]) (const char *, gssize, GString *) = { disc_text_fold, disc_text_fold_words };
  g_autoptr (GString) kana = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autoptr (GString) once = g_string_new (NULL);
      g_autoptr (GString) twice = g_string_new (NULL);

      folds[i] (text, (gssize) len, once);
      g_assert_true (g_utf8_validate (once->str, (gssize) once->len, NULL));
      folds[i] (once->str, (gssize) once->len, twice);
      g_assert_cmpstr (once->str, ==, twice->str);
    }

  disc_text_fold_kana (text, (gssize) len, kana);
  g_assert_true (g_utf8_validate (kana->str, (gssize) kana->len, NULL));
}

static void
check_dates (const char *text, gsize len)
{
  char out[DISC_DATE_MAX];
  g_autofree char *typed = disc_date_parse_typed (text);
  g_autofree char *wareki = disc_date_wareki (text);
  gint64 day = disc_date_to_day (text);

  if (typed != NULL)
    g_assert_true (disc_date_is_valid (typed));
  if (disc_date_from_hl7 (text, len, out))
    g_assert_true (disc_date_is_valid (out));
  g_assert_true ((day != G_MININT64) == disc_date_is_valid (text));
  g_assert_true (wareki == NULL || day != G_MININT64);
  g_assert_cmpint (disc_date_age_years (text, "2026-11-21"), >=, -1);
}

static void
check_romaji (const char *text)
{
  g_autofree char *partial = NULL;
  g_autofree char *kana = disc_text_romaji_to_kana (text, &partial);

  g_assert_true (kana == NULL || *kana == '\0' || disc_text_is_kana (kana));
  g_assert_true (partial == NULL || kana != NULL);
}

/* The text as everything a patient has, and as the query. */
static void
check_patients (const char *text)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  DiscPatient patients[] = {
    { .pno = 1, .id = valid, .name = valid, .kana = valid, .birth_date = valid, .sex = valid },
    { .pno = 2, .id = "0012", .name = "渡■　千代", .kana = "ワタナベ　チヨ", .former_names = valid },
  };
  g_autoptr (DiscPatientTable) table = NULL;
  g_autoptr (DiscPatientHits) hits = NULL;
  g_autoptr (DiscPatientRow) row = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (patients); i++)
    g_assert_true (disc_patient_table_builder_add (builder, &patients[i], NULL));
  table = disc_patient_table_builder_finish (builder);
  hits = disc_patient_table_search (table, text, 10);
  g_assert_cmpuint (hits->n_total, <=, G_N_ELEMENTS (patients));
  g_assert_cmpuint (hits->rows->len, ==, hits->n_total);
  row = disc_patient_table_lookup (table, 1);
  g_assert_cmpstr (row->id, ==, *valid != '\0' ? valid : NULL);
  g_assert_cmpstr (row->name, ==, row->id);
  g_assert_cmpstr (row->kana, ==, row->id);
  g_assert_cmpstr (row->birth_date, ==, row->id);
}

static gboolean
finds (sqlite3 *db, const char *from, gsize len)
{
  g_autoptr (GString) phrase = g_string_new ("\"");
  sqlite3_stmt *s = NULL;
  gboolean found;

  for (gsize i = 0; i < len; i++)
    {
      if (from[i] == '"')
        g_string_append_c (phrase, '"');
      g_string_append_c (phrase, from[i]);
    }
  g_string_append_c (phrase, '"');

  sqlite3_prepare_v2 (db, "SELECT rowid FROM ft WHERE ft MATCH ?1", -1, &s, NULL);
  sqlite3_bind_text (s, 1, phrase->str, (int) phrase->len, SQLITE_STATIC);
  found = sqlite3_step (s) == SQLITE_ROW;
  sqlite3_finalize (s);
  return found;
}

/* A part of the indexed text is found; the input says which. */
static void
check_index (const char *text, gsize len, guint8 choice)
{
  g_autoptr (sqlite3) db = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const char *line_end = memchr (text, '\n', len);
  sqlite3_stmt *s = NULL;
  const char *from, *to;
  int n_chars = 0;

  sqlite3_open (":memory:", &db);
  g_assert_true (disc_tokenizer_register (db, NULL));
  sqlite3_exec (db, "CREATE VIRTUAL TABLE ft USING fts5 (text, content = '', columnsize = 0,"
                    " tokenize = '" DISC_TOKENIZER_NAME "')",
                NULL, NULL, NULL);
  sqlite3_prepare_v2 (db, "INSERT INTO ft (rowid, text) VALUES (1, ?1)", -1, &s, NULL);
  sqlite3_bind_text (s, 1, text, (int) len, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (s), ==, SQLITE_DONE);
  sqlite3_finalize (s);

  disc_text_fold_words (text, line_end != NULL ? line_end - text : (gssize) len, words);
  from = words->str + MIN (choice, words->len);
  while (from > words->str && ((guchar) *from & 0xC0) == 0x80)
    from--;
  for (to = from; *to != '\0' && *to != ' ' && n_chars < 20; n_chars++)
    to = g_utf8_next_char (to);
  if (n_chars >= 2)
    g_assert_true (finds (db, from, (gsize) (to - from)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = NULL;
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GString) free_text = g_string_new (NULL);
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);

  if (size == 0 || size > MAX_INPUT_BYTES)
    return 0;

  text = g_strndup ((const char *) data + 1, size - 1); /* to the first NUL */
  check_folding ((const char *) data + 1, size - 1);
  check_dates (text, strlen (text));
  check_romaji (text);
  check_patients (text);
  check_index (text, strlen (text), data[0]);
  disc_terms_extract (memory, data, size, strings, terms, free_text);
  return 0;
}
