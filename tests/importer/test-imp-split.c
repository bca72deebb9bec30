/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-resolve.h"
#include "imp-split.h"
#include "unit-fixture.h"

#define N(array) G_N_ELEMENTS (array)

#define P(date, type, order)                                                                       \
  "012/345/0123456789/" date "/" type "/0123456789_" date "_" type "_" order                       \
  "_20250401090000000_01_1"
#define FIXED "999999999999999"
#define BASICS P ("-", "ADT-00", FIXED)
#define RX P ("20250401", "OMP-01", "000000000000001")
#define LATER_RX P ("20250402", "OMP-01", "000000000000002")

#define MAX_MESSAGES 6

static const char *const folders[] = { "a", "b", "c" };

static GPtrArray *
split (const FixtureMessage *messages, guint n)
{
  g_autoptr (ImpRoots) roots = imp_roots_new (NULL);

  for (guint i = 0; i < N (folders); i++)
    g_assert_cmpuint (imp_roots_find (roots, 0, "backup", folders[i]), ==, i);
  return imp_split_unit (fixture_unit (messages, n), roots);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Which roots are one patient, as "ab c"; "." before what is on the disc as no patient. */
static char *
describe (GPtrArray *parts)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < parts->len; i++)
    {
      ImpUnit *part = g_ptr_array_index (parts, i);
      g_autoptr (GString) word = g_string_new (NULL);

      imp_resolve (part, NULL);
      if (!part->has_patient)
        g_string_append_c (word, '.');
      for (guint j = 0; j < N (folders); j++)
        for (guint k = 0; k < part->messages->len; k++)
          if (g_array_index (part->messages, ImpMessage, k).root == j)
            {
              g_string_append (word, folders[j]);
              break;
            }
      g_ptr_array_add (words, g_strdup (word->str));
    }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

#define SATO .name = "佐藤　花子", .kana = "サトウ　ハナコ", .sex = "F"
#define SUZUKI .name = "鈴木　恵子", .kana = "スズキ　ケイコ", .sex = "F"
#define MAN .name = "鈴木　一郎", .kana = "スズキ　イチロウ", .sex = "M"

static void
test_split (void)
{
  static const struct
  {
    const char *expected;
    FixtureMessage messages[MAX_MESSAGES];
  } cases[] = {
    { "ab", { { BASICS, SATO, .birth_date = "1960-02-02" },
              { RX, .root = 1, SATO, .birth_date = "1960-02-02" } } },
    /* three that agree, and a stranger */
    { "ab c", { { BASICS, SATO, .birth_date = "1960-02-02" },
                { RX, .root = 1, SATO, .birth_date = "1960-02-02" },
                { BASICS, .root = 2, MAN, .birth_date = "1980-12-31" } } },

    /* a file that could not be read, and a message that names nobody, bridge nothing */
    { ".a b c", { { BASICS, .is_refused = TRUE },
                  { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" },
                  { BASICS, .root = 2, MAN, .birth_date = "1980-12-31" } } },
    { "a b c", { { BASICS },
                 { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" },
                 { BASICS, .root = 2, MAN, .birth_date = "1980-12-31" } } },
    { "a b c", { { RX, .sex = "F" },
                 { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" },
                 { BASICS, .root = 2, MAN, .birth_date = "1980-12-31" } } },
    /* nor is a bare number one person where the others name one, or nobody */
    { "ac b", { { BASICS, .is_refused = TRUE },
                { RX, .root = 1 },
                { BASICS, .root = 2, MAN, .birth_date = "1980-12-31" } } },
    { "a b", { { RX }, { RX, .root = 1 } } },
    { "a b c", { { RX }, { LATER_RX, .root = 1, .sex = "F" }, { BASICS, .root = 2 } } },
    { "a b", { { RX, .flags = DISC_MESSAGE_TEST, SATO },
               { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" } } },
    /* a birth date alone, and a name alone */
    { "a b", { { RX, .birth_date = "1960-02-02" }, { RX, .root = 1, .birth_date = "1960-02-02" } } },
    { "ab", { { RX, SATO }, { RX, .root = 1, SATO } } },
    /* what is in nobody's chart makes nobody of its own */
    { "ab", { { RX }, { BASICS, .root = 1, .is_refused = TRUE } } },
    { "ab", { { BASICS, SATO, .birth_date = "1960-02-02" },
              { RX, .root = 1, MAN, .birth_date = "1980-12-31", .pid = "777" } } },

    /* the same birthday and sex: the name decides, in kanji and in kana */
    { "a b", { { BASICS, SATO, .birth_date = "1960-02-02" },
               { BASICS, .root = 1, SUZUKI, .birth_date = "1960-02-02" } } },
    { "a b", { { BASICS, .name = "佐藤　花子", .birth_date = "1960-02-02" },
               { BASICS, .root = 1, .name = "鈴木　恵子", .birth_date = "1960-02-02" } } },
    { "a b", { { BASICS, .kana = "サトウハナコ", .birth_date = "1960-02-02" },
               { BASICS, .root = 1, SUZUKI, .birth_date = "1960-02-02" } } },
    /* another kanji for one reading; another reading of the same kanji */
    { "ab", { { BASICS, .name = "佐藤　景子", .kana = "サトウ　ケイコ", .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .name = "佐藤　恵子", .kana = "サトウ　ケイコ",
                .birth_date = "1960-02-02" } } },
    { "ab", { { BASICS, .name = "渡辺　裕子", .kana = "ワタナベ　ユウコ", .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .name = "渡辺　裕子", .kana = "ワタナベ　ヒロコ",
                .birth_date = "1960-02-02" } } },
    /* variants, width, blanks, hiragana and small kana are one name */
    { "ab", { { BASICS, .name = "髙﨑　京子", .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .name = "高崎京子", .birth_date = "1960-02-02" } } },
    { "ab", { { BASICS, .kana = "キョウコ タカサキ", .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .kana = "ｷﾖｳｺ　ﾀｶｻｷ", .birth_date = "1960-02-02" } } },
    /* kanji here, kana there: nothing can be compared */
    { "a b", { { BASICS, .name = "佐藤　花子", .birth_date = "1960-02-02" },
               { BASICS, .root = 1, .kana = "サトウ　ハナコ", .birth_date = "1960-02-02" } } },
    /* a root that knows the patient under both names is one of a married patient's */
    { "ab", { { RX, SATO, .birth_date = "1960-02-02" },
              { LATER_RX, .name = "鈴木　花子", .kana = "スズキ　ハナコ", .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .name = "鈴木　花子", .kana = "スズキ　ハナコ",
                .birth_date = "1960-02-02" } } },
    { "a b", { { RX, SATO, .birth_date = "1960-02-02" },
               { BASICS, .root = 1, .name = "鈴木　花子", .kana = "スズキ　ハナコ",
                 .birth_date = "1960-02-02" } } },

    /* a name without a birth date may be either of two people */
    { "a b c", { { RX, SATO },
                 { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" },
                 { BASICS, .root = 2, SATO, .birth_date = "1970-02-02" } } },
    { "ab", { { RX, SATO }, { BASICS, .root = 1, SATO, .birth_date = "1960-02-02" } } },
    /* the same in sex */
    { "a b", { { BASICS, SATO, .birth_date = "1960-02-02" },
               { BASICS, .root = 1, .name = "佐藤　花子", .sex = "M", .birth_date = "1960-02-02" } } },
    { "ab", { { BASICS, SATO, .birth_date = "1960-02-02" },
              { BASICS, .root = 1, .name = "佐藤　花子", .sex = "U", .birth_date = "1960-02-02" } } },

    /* what another patient's message or a training message says is not said of this one */
    { "ab", { { BASICS, SATO, .birth_date = "1960-02-02" },
              { RX, .root = 1, SATO, .birth_date = "1960-02-02" },
              { LATER_RX, .root = 1, MAN, .birth_date = "1980-12-31", .pid = "777" } } },
    { "a b", { { BASICS, SATO, .birth_date = "1960-02-02" },
               { RX, .root = 1, MAN, .birth_date = "1980-12-31" },
               { LATER_RX, .root = 1, SATO, .birth_date = "1960-02-02",
                 .flags = DISC_MESSAGE_TEST } } },
    /* birth date and sex of a root are those of its basic data, wherever in it the name stands */
    { "ab", { { BASICS, .name = "佐藤　花子", .birth_date = "1960-02-02" },
              { RX, .name = "佐藤　花子", .birth_date = "1960-02-03" },
              { BASICS, .root = 1, .name = "佐藤　花子", .birth_date = "1960-02-02" } } },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autoptr (GPtrArray) parts = NULL;
      g_autofree char *found = NULL;
      guint n = 0;
      guint n_kept = 0;

      while (n < MAX_MESSAGES && cases[i].messages[n].path != NULL)
        n++;
      g_test_message ("%u", i);
      parts = split (cases[i].messages, n);
      found = describe (parts);
      g_assert_cmpstr (found, ==, cases[i].expected);

      for (guint j = 0; j < parts->len; j++)
        {
          const ImpUnit *part = g_ptr_array_index (parts, j);

          n_kept += part->messages->len;
          g_assert_cmpuint (fixture_count_findings (part, IMP_FINDING_IDENTITY_CONFLICT), ==,
                            parts->len > 1 && part->has_patient ? 1 : 0);
        }
      g_assert_cmpuint (n_kept, ==, n);
    }
}

/* Birth dates are compared as far as both go, to the day. */
static void
test_birth_precision (void)
{
  static const struct
  {
    const char *one, *other;
    gboolean joined;
  } cases[] = {
    { "1950-01-01", "1950-01-01T00:00:00", TRUE },
    { "1950-01-01T00:00", "1950-01-01T12:30:00", TRUE },
    { "1950", "1950-01-01", TRUE },
    { "1950-02", "1950-01-01", FALSE },
    { "1950-01-02", "1950-01-01T00:00:00", FALSE },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      const FixtureMessage messages[] = { { BASICS, SATO, .birth_date = cases[i].one },
                                          { BASICS, .root = 1, SATO, .birth_date = cases[i].other } };
      g_autoptr (GPtrArray) parts = split (messages, N (messages));

      g_test_message ("%s %s", cases[i].one, cases[i].other);
      g_assert_cmpuint (parts->len, ==, cases[i].joined ? 1 : 2);
    }
}

/* The finding says what to do where only the name differs. */
static void
test_reason (void)
{
  const FixtureMessage messages[] = { { BASICS, SATO, .birth_date = "1960-02-02" },
                                      { BASICS, .root = 1, SUZUKI, .birth_date = "1960-02-02" } };
  g_autoptr (GPtrArray) parts = split (messages, N (messages));

  g_assert_cmpuint (parts->len, ==, 2);
  for (guint i = 0; i < parts->len; i++)
    {
      const ImpUnit *part = g_ptr_array_index (parts, i);
      const ImpUnitFinding *finding = &g_array_index (part->findings, ImpUnitFinding, 0);

      g_assert_nonnull (strstr (finding->detail, "--facility"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/split/people", test_split);
  g_test_add_func ("/importer/split/birth-precision", test_birth_precision);
  g_test_add_func ("/importer/split/reason", test_reason);
  return g_test_run ();
}
