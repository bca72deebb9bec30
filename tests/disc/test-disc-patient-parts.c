/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of patients takes names apart. Whatever the names are, a search of it finds whom a
 * plain walk through the keys of all patients finds, in the same order; rows come back as they were
 * written.
 */
#include "config.h"

#include <string.h>

#include "disc-patient-match.h"
#include "disc-patient-parts.h"
#include "disc-patient-table-private.h"

static void
test_split (void)
{
  static const struct
  {
    const char *text;
    gsize n;
    gunichar blank;
  } cases[] = {
    { "渡邊　千鶴子", 6, 0x3000 },
    { "ワタナベ　チヅコ", 12, 0x3000 },
    { "SMITH JOHN", 5, ' ' },
    { "ﾜﾀﾅﾍﾞ ﾁｽﾞｺ", 15, ' ' },
    { "マリー　アン　スミス", 9, 0x3000 }, /* the rest stays together */
    { "渡邊", 0, 0 },
    { "", 0, 0 },
    { "　千鶴子", 0, 0 },
    { "渡邊　", 0, 0 },
    { "渡邊　　千鶴子", 0, 0 }, /* two blanks */
    { "渡邊\t千鶴子", 0, 0 },
    { "佐々木　々子", 0, 0 }, /* repeats what is before the blank */
    { "カ　ﾞイ", 0, 0 },      /* a mark for the kana before it */
    { "カ　ーイ", 0, 0 },
    { "ヴ　アン", 0, 0 }, /* the same as バン */
    { "ｳﾞ ｱﾝ", 0, 0 },
    { "ヴィ　アン", 6, 0x3000 },
    { "渡■　■子", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gunichar blank = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (disc_patient_parts_split (cases[i].text, &blank), ==, cases[i].n);
      g_assert_cmphex (blank, ==, cases[i].blank);
    }
}

/* Each part once, through several sizes of the pool. */
static void
test_pool (void)
{
  DiscPatientParts parts;
  gboolean is_new;

  disc_patient_parts_init (&parts, disc_patient_key_add_reading);
  g_assert_cmpuint (disc_patient_parts_add (&parts, "", 0, &is_new), ==, 0);
  g_assert_false (is_new);
  for (guint round = 0; round < 2; round++)
    for (guint i = 1; i < 20000; i++)
      {
        g_autofree char *text = g_strdup_printf ("タロ%u", i);

        g_assert_cmpuint (disc_patient_parts_add (&parts, text, strlen (text), &is_new), ==, i);
        g_assert_true (is_new == (round == 0));
      }
  /* A part of a longer text, without a NUL behind it. */
  g_assert_cmpuint (disc_patient_parts_add (&parts, "タロ17　ハナコ", 8, NULL), ==, 17);
  disc_patient_parts_close (&parts);
  g_assert_cmpstr (disc_patient_parts_text (&parts, 17), ==, "タロ17");
  g_assert_cmpmem (disc_patient_parts_key (&parts, 17), 8, "\x06\x00taro17", 8);
  disc_patient_parts_clear (&parts);
}

/* ---- made-up people ------------------------------------------------------------------------- */

#define N_PEOPLE 300
#define N_QUERIES 200

/* Parts of names, and what hospitals put into names besides. */
static const char *const kana_pieces[] = {
  "ワタナベ", "ワタ",   "ナベ",   "オオノ", "オノ",     "ｵﾉ",       "サトウ", "サト",
  "ケンイチ", "ケニチ", "チヅコ", "チズコ", "ショウコ", "ｼﾖｳｺ",     "ン",     "ンノ",
  "コ",       "ヴ",     "ｳﾞ",     "アン",   "ﾞ",        "ー",       "ヽ",     "ヾ",
  "■",        "タ",     "ッ",     "タロウ", "スミス",   "SMITH",    "n",      "h",
  "o",        "1",      "・",     "々",     "？",       "けんいち", "ヂ",     "ァ",
};
static const char *const kanji_pieces[] = {
  "渡邊",   "渡辺",   "渡",   "辺",   "邊", "千鶴子", "千", "子", "■",     "〓",   "\xee\x80\x80",
  "佐々木", "々",     "髙橋", "高橋", "橋", "太郎",   "太", "郎", "SMITH", "JOHN", "サトウ",
  "ー",     "ベビー", "㍿",   "𠮷",   "吉", "の",     "・", "A",  "渡渡",  "１",
};
static const char *const blanks[] = { "　", "　", "　", " ", "　　", "\t", "", "" };

#define PICK(random, array) ((array)[g_rand_int_range ((random), 0, G_N_ELEMENTS (array))])

static char *
make_name (GRand *random, gboolean is_kana)
{
  GString *name = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (random, 1, 4);

  if (g_rand_int_range (random, 0, 12) == 0)
    {
      g_string_free (name, TRUE);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (name, PICK (random, blanks));
      for (guint k = (guint) g_rand_int_range (random, 1, 3); k > 0; k--)
        g_string_append (name, is_kana ? PICK (random, kana_pieces) : PICK (random, kanji_pieces));
    }
  if (g_rand_int_range (random, 0, 25) == 0)
    g_string_append (name, "　");
  /* Longer than a part may be, or than a key can be. */
  for (guint i = 0; g_rand_int_range (random, 0, 30) == 0 && i < 120; i++)
    for (guint k = 0; k < 40; k++)
      g_string_append (name, is_kana ? "　アン" : "　㍿㍿");
  return g_string_free (name, FALSE);
}

static char *
make_date (GRand *random)
{
  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      return NULL;
    case 1:
      return g_strdup_printf ("19%02d", g_rand_int_range (random, 40, 60));
    case 2:
      return g_strdup_printf ("1948-%02d", g_rand_int_range (random, 1, 13));
    case 3:
      return g_strdup ("unclear");
    default:
      return g_strdup_printf ("1948-0%d-1%d", g_rand_int_range (random, 1, 4),
                              g_rand_int_range (random, 0, 3));
    }
}

static DiscPatient
make_person (GRand *random, guint32 pno)
{
  return (DiscPatient){
    .pno = pno,
    .id = g_strdup_printf (pno % 7 ? "%07d" : "%d", g_rand_int_range (random, 1, 3000)),
    .kana = make_name (random, TRUE),
    .name = make_name (random, FALSE),
    .former_names = pno % 9 ? NULL : make_name (random, FALSE),
    .birth_date = make_date (random),
    .place_at = make_date (random),
    .last_seen_at = make_date (random),
    .sex = pno % 2 ? "F" : NULL,
    .flags = pno % 5 ? 0 : DISC_PATIENT_TEST,
    .place = pno % 4,
    .n_disputed = pno % 11 ? 0 : pno,
  };
}

static void
clear_person (DiscPatient *person)
{
  g_free ((char *) person->id);
  g_free ((char *) person->kana);
  g_free ((char *) person->name);
  g_free ((char *) person->former_names);
  g_free ((char *) person->birth_date);
  g_free ((char *) person->place_at);
  g_free ((char *) person->last_seen_at);
}

/* ---- a plain search ------------------------------------------------------------------------- */

typedef struct
{
  DiscPatient people[N_PEOPLE];
  GByteArray *keys[N_PEOPLE];
  guint32 order[N_PEOPLE]; /* patient numbers, as the table has them */
} Hospital;

static guint8
plain_rank (const DiscPatientWord *word, const Hospital *hospital, guint32 pno, gboolean inside)
{
  const DiscPatient *person = &hospital->people[pno - 1];
  DiscPatientKey key = disc_patient_key_read (hospital->keys[pno - 1]->data);
  guint rank;

  if (inside)
    return (guint8) disc_patient_word_match_inside (word, &key);

  rank = disc_patient_word_match_key (word, &key);
  if (word->id != NULL)
    rank = MIN (rank, disc_patient_word_match_id (word, person->id));
  if (word->date != 0)
    rank = MIN (rank, disc_patient_word_match_date (word, disc_packed_date (person->birth_date)));
  return (guint8) rank;
}

/* Numbers of patients, in the order of the table within each rank. */
static char *
plain_search (const Hospital *hospital, const char *query)
{
  g_auto (GStrv) typed = g_strsplit (query, " ", -1);
  guint8 ranks[N_PEOPLE] = { 0 };
  GString *out = g_string_new (NULL);
  guint n_words = 0;

  for (guint w = 0; typed[w] != NULL; w++)
    {
      DiscPatientWord *word =
          disc_patient_word_new (typed[w], strlen (typed[w]), typed[w + 1] != NULL);
      guint8 of_word[N_PEOPLE];
      gboolean found = FALSE;

      if (word == NULL)
        continue;
      n_words++;
      for (guint i = 0; i < N_PEOPLE; i++)
        {
          of_word[i] = plain_rank (word, hospital, hospital->order[i], FALSE);
          found |= of_word[i] < DISC_PATIENT_N_RANKS;
        }
      for (guint i = 0; i < N_PEOPLE; i++)
        ranks[i] = MAX (ranks[i],
                        found ? of_word[i] : plain_rank (word, hospital, hospital->order[i], TRUE));
      disc_patient_word_free (word);
    }

  for (guint rank = 0; n_words > 0 && rank < DISC_PATIENT_N_RANKS; rank++)
    for (guint i = 0; i < N_PEOPLE; i++)
      if (ranks[i] == rank)
        g_string_append_printf (out, "%u ", hospital->order[i]);
  return g_string_free (out, FALSE);
}

static char *
table_search (const DiscPatientTable *table, const guint32 *order, const char *query)
{
  g_autoptr (DiscPatientHits) hits = disc_patient_table_search (table, query, N_PEOPLE);
  GString *out = g_string_new (NULL);

  g_assert_cmpuint (hits->n_total, ==, hits->rows->len);
  for (guint i = 0; i < hits->rows->len; i++)
    g_string_append_printf (out, "%u ", order[g_array_index (hits->rows, guint, i)]);
  return g_string_free (out, FALSE);
}

/* The beginning of somebody's name, or of some pieces; in kana, kanji, or rōmaji. */
static char *
make_query (GRand *random, const DiscPatient *people)
{
  static const char *const romaji[] = {
    "w",       "wa",     "watanabe", "watanab", "nabe",     "ono",         "oono",   "ohno",
    "sato",    "satou",  "satoh",    "kenichi", "ken'ichi", "kennichi",    "ti",     "chi",
    "chizuko", "shouko", "sho",      "n",       "nn",       "konno",       "tanabe", "abek",
    "smith",   "smi",    "an",       "ban",     "taro",     "1",           "12",     "0012",
    "948",     "1948",   "1948-01",  "S23",     "onoan",    "watanabetiz",
  };
  const DiscPatient *person = &people[g_rand_int_range (random, 0, N_PEOPLE)];
  const char *source = g_rand_boolean (random) ? person->kana : person->name;
  g_autoptr (GString) text = g_string_new (NULL);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      g_string_append (text, PICK (random, romaji));
      break;
    case 1:
      g_string_append (text, PICK (random, kana_pieces));
      g_string_append (text, PICK (random, kana_pieces));
      break;
    case 2:
      g_string_append (text, PICK (random, kanji_pieces));
      g_string_append (text, PICK (random, kanji_pieces));
      break;
    default:
      for (const char *p = source; p != NULL && *p != '\0' && text->len < 40;
           p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)) && g_rand_int_range (random, 0, 9) > 0)
          g_string_append_unichar (text, g_utf8_get_char (p));
      break;
    }
  if (g_rand_int_range (random, 0, 3) == 0)
    g_string_append_printf (text, " %s", PICK (random, romaji));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_same_row (const DiscPatientRow *row, const DiscPatient *person)
{
#define OR_NULL(text) ((text) != NULL && *(text) != '\0' ? (text) : NULL)
  g_assert_cmpuint (row->pno, ==, person->pno);
  g_assert_cmpstr (row->id, ==, OR_NULL (person->id));
  g_assert_cmpstr (row->kana, ==, OR_NULL (person->kana));
  g_assert_cmpstr (row->name, ==, OR_NULL (person->name));
  g_assert_cmpstr (row->birth_date, ==, person->birth_date);
  g_assert_cmpstr (row->place_at, ==, person->place_at);
  g_assert_cmpstr (row->last_seen_at, ==, person->last_seen_at);
  g_assert_cmpstr (row->sex, ==, person->sex);
  g_assert_cmpuint (row->flags, ==, person->flags);
  g_assert_cmpint (row->place, ==, person->place);
  g_assert_cmpuint (row->n_disputed, ==, person->n_disputed);
}

/* In the order of readings; those of one reading know of each other. */
static void
assert_order (const DiscPatientTable *table, const DiscPatient *people, const guint32 *order)
{
  g_autofree char *before = NULL;
  guint begin = 0;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      const DiscPatient *person = &people[order[i] - 1];
      g_autofree char *reading = disc_patient_key_order (person->kana, person->name);
      gboolean is_same = before != NULL && strcmp (before, reading) == 0 &&
                         (guchar) *reading != DISC_PATIENT_ORDER_NO_KANA;
      guint first;

      g_assert_true (before == NULL || strcmp (before, reading) <= 0);
      if (!is_same)
        begin = i;
      g_assert_cmpuint (disc_patient_table_same_kana (table, i, &first), >, i - begin);
      g_assert_cmpuint (first, ==, begin);
      g_free (before);
      before = g_steal_pointer (&reading);
    }
}

static void
hospital_init (Hospital *self, GRand *random)
{
  for (guint32 i = 0; i < N_PEOPLE; i++)
    {
      DiscPatient *person = &self->people[i];

      *person = make_person (random, i + 1);
      self->keys[i] = g_byte_array_new ();
      disc_patient_key_add (person->kana, person->name, person->former_names, self->keys[i]);
    }
}

static void
hospital_clear (Hospital *self)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      clear_person (&self->people[i]);
      g_byte_array_unref (self->keys[i]);
    }
}

static DiscPatientTable *
make_table (Hospital *hospital)
{
  g_autoptr (DiscPatientTableBuilder) builder = disc_patient_table_builder_new ();
  DiscPatientTable *table;

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (GError) error = NULL;

      disc_patient_table_builder_add (builder, &hospital->people[i], &error);
      g_assert_no_error (error);
    }
  table = disc_patient_table_builder_finish (builder);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (DiscPatientRow) row = disc_patient_table_get (table, i);

      hospital->order[i] = row->pno;
      assert_same_row (row, &hospital->people[row->pno - 1]);
      g_assert_cmpuint (disc_patient_table_find (table, row->pno), ==, i);
    }
  assert_order (table, hospital->people, hospital->order);
  return table;
}

static void
check_hospital (GRand *random)
{
  g_autofree Hospital *hospital = g_new0 (Hospital, 1);
  g_autoptr (DiscPatientTable) table = NULL;

  hospital_init (hospital, random);
  table = make_table (hospital);
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autofree char *query = make_query (random, hospital->people);
      g_autofree char *plain = plain_search (hospital, query);
      g_autofree char *found = table_search (table, hospital->order, query);

      /* Several words that find nobody may be a date. */
      if (*plain == '\0' && strchr (query, ' ') != NULL)
        continue;
      if (strcmp (plain, found) != 0)
        g_error ("%s: %s, not %s", query, found, plain);
    }
  hospital_clear (hospital);
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 5; i++)
    check_hospital (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/patient-parts/split", test_split);
  g_test_add_func ("/disc/patient-parts/pool", test_pool);
  g_test_add_func ("/disc/patient-parts/random", test_random);
  return g_test_run ();
}
