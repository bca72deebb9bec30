/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

#include "disc-format.h"
#include "disc-posting.h"
#include "disc-reader-private.h"
#include "disc-search-private.h"
#include "disc-text.h"

/* What somebody pastes into the box is cut to this; a shorter word finds more, not less. */
#define MAX_WORDS 16
#define MAX_WORD_CHARACTERS 200
#define MAX_COUNTED 1000000

/* Patients are taken in windows, last patient first, so that memory stays bounded however common a
 * word is. The window grows until a word has this many rows in it. */
#define FIRST_WINDOW 2048
#define WINDOW_ROWS 500000

#define RADIX_BITS 8
#define RADIX (1 << RADIX_BITS)

typedef struct
{
  char *expression; /* FTS5 */
  GArray *terms;    /* guint32 */
} Word;

typedef struct
{
  DiscReader *reader;
  DiscStatement *postings;
  DiscStatement *texts;
  GPtrArray *words;  /* Word, the one with the fewest terms first */
  GArray *found;     /* gint64, rows of the window that have all words so far */
  GArray *rows;      /* gint64, rows of the window that have the word at hand */
  GArray *scratch;   /* gint64 */
  guint most_rows;   /* of any word in the window */
} Search;

static void
word_free (gpointer data)
{
  Word *self = data;

  g_free (self->expression);
  g_clear_pointer (&self->terms, g_array_unref);
  g_free (self);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->postings, disc_statement_free);
  g_clear_pointer (&self->texts, disc_statement_free);
  g_ptr_array_unref (self->words);
  g_array_unref (self->found);
  g_array_unref (self->rows);
  g_array_unref (self->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* FTS5 syntax is made here and nowhere else: one phrase in quotes, or the beginning of a token.
 * The tokenizer cuts the phrase into the pairs that the index holds. */
char *
disc_search_expression (const char *folded)
{
  g_autoptr (GString) phrase = g_string_new ("\"");
  const char *p = folded;
  int n = 0;

  for (; *p != '\0' && n < MAX_WORD_CHARACTERS; p = g_utf8_next_char (p), n++)
    {
      if (*p == '"')
        g_string_append_c (phrase, '"');
      g_string_append_len (phrase, p, g_utf8_next_char (p) - p);
    }
  g_string_append_c (phrase, '"');

  /* A Latin letter or digit alone must stand alone, other characters may begin any pair. */
  if (n == 1 && !g_ascii_isalnum (*folded))
    g_string_append (phrase, " *");
  return g_string_free (g_steal_pointer (&phrase), FALSE);
}

static gboolean
is_known (GPtrArray *words, const char *expression)
{
  for (guint i = 0; i < words->len; i++)
    if (strcmp (((Word *) g_ptr_array_index (words, i))->expression, expression) == 0)
      return TRUE;

  return FALSE;
}

static void
split_words (const char *text, GPtrArray *words)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *p = valid;

  while (*p != '\0' && words->len < MAX_WORDS)
    {
      const char *end = p;
      g_autoptr (GString) folded = g_string_new (NULL);
      g_autofree char *expression = NULL;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      disc_text_fold (p, end - p, folded);
      p = *end != '\0' ? g_utf8_next_char (end) : end;
      if (folded->len == 0)
        continue;

      expression = disc_search_expression (folded->str);
      if (!is_known (words, expression))
        {
          Word *word = g_new0 (Word, 1);

          word->expression = g_steal_pointer (&expression);
          word->terms = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_ptr_array_add (words, word);
        }
    }
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  const Word *x = *(Word *const *) a;
  const Word *y = *(Word *const *) b;

  return (x->terms->len > y->terms->len) - (x->terms->len < y->terms->len);
}

static gboolean
find_terms (Search *self, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  int rc;

  s = disc_statement_new (disc_reader_get_db (self->reader), "terms-matching", error);
  if (s == NULL)
    return FALSE;

  for (guint i = 0; i < self->words->len; i++)
    {
      Word *word = g_ptr_array_index (self->words, i);

      disc_statement_bind_text (s, 1, word->expression);
      while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
        {
          guint32 term = disc_statement_uint (s, 0, DISC_TERMS_MAX);

          g_array_append_val (word->terms, term);
        }
      if (rc != SQLITE_DONE)
        return FALSE;
      sqlite3_reset (s);
    }

  g_ptr_array_sort (self->words, compare_words);
  return TRUE;
}

/* By digits, lowest first: the rows of many terms are many ascending runs, too many to merge. */
static void
sort_rows (GArray *rows, GArray *scratch)
{
  gint64 *from = (gint64 *) rows->data;
  gint64 *to;
  gint64 differ = 0;

  for (guint i = 1; i < rows->len; i++)
    differ |= from[i] ^ from[0];

  g_array_set_size (scratch, rows->len);
  to = (gint64 *) scratch->data;
  for (guint shift = 0; shift < 64 && differ >> shift != 0; shift += RADIX_BITS)
    {
      guint starts[RADIX + 1] = { 0 };
      gint64 *swap;

      if ((differ >> shift & (RADIX - 1)) == 0)
        continue;
      for (guint i = 0; i < rows->len; i++)
        starts[(from[i] >> shift & (RADIX - 1)) + 1]++;
      for (guint d = 0; d < RADIX; d++)
        starts[d + 1] += starts[d];
      for (guint i = 0; i < rows->len; i++)
        to[starts[from[i] >> shift & (RADIX - 1)]++] = from[i];

      swap = from;
      from = to;
      to = swap;
    }

  if (from != (gint64 *) rows->data)
    memcpy (rows->data, from, rows->len * sizeof *from);
}

static void
remove_repeated (GArray *rows)
{
  gint64 *data = (gint64 *) rows->data;
  guint n = MIN (rows->len, 1);

  for (guint i = 1; i < rows->len; i++)
    if (data[i] != data[n - 1])
      data[n++] = data[i];

  g_array_set_size (rows, n);
}

/* The rows from @first to @last that have @word, ascending, in self->rows. */
static gboolean
find_rows (Search *self, const Word *word, gint64 first, gint64 last, GError **error)
{
  int rc;

  g_array_set_size (self->rows, 0);
  for (guint i = 0; i < word->terms->len; i++)
    if (!disc_posting_load (self->postings, g_array_index (word->terms, guint32, i), first, last,
                            self->rows, error))
      return FALSE;

  sqlite3_reset (self->texts);
  disc_statement_bind_text (self->texts, 1, word->expression);
  sqlite3_bind_int64 (self->texts, 2, first);
  sqlite3_bind_int64 (self->texts, 3, last);
  while ((rc = disc_statement_step (self->texts, error)) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (self->texts, 0);

      g_array_append_val (self->rows, rid);
    }
  sqlite3_reset (self->texts);

  sort_rows (self->rows, self->scratch);
  remove_repeated (self->rows);
  self->most_rows = MAX (self->most_rows, self->rows->len);
  return rc == SQLITE_DONE;
}

/* Keeps what is in both; both ascend. */
static void
intersect (GArray *found, const GArray *rows)
{
  gint64 *a = (gint64 *) found->data;
  const gint64 *b = (const gint64 *) rows->data;
  guint n = 0;

  for (guint i = 0, j = 0; i < found->len && j < rows->len;)
    {
      if (a[i] < b[j])
        i++;
      else if (a[i] > b[j])
        j++;
      else
        {
          a[n++] = a[i++];
          j++;
        }
    }

  g_array_set_size (found, n);
}

/* The rows of the window with all words, ascending, in self->found. */
static gboolean
search_window (Search *self, gint64 first, gint64 last, GError **error)
{
  self->most_rows = 0;
  g_array_set_size (self->found, 0);
  for (guint i = 0; i < self->words->len; i++)
    {
      if (!find_rows (self, g_ptr_array_index (self->words, i), first, last, error))
        return FALSE;

      if (i == 0)
        g_array_append_vals (self->found, self->rows->data, self->rows->len);
      else
        intersect (self->found, self->rows);
      if (self->found->len == 0)
        break;
    }

  return TRUE;
}

static void
take_hits (const Search *self, GArray *hits, guint limit, guint *n_total)
{
  guint room = MAX_COUNTED - *n_total;

  for (guint i = self->found->len; i > 0 && hits->len < limit; i--)
    {
      gint64 rid = g_array_index (self->found, gint64, i - 1);
      DiscWordHit hit = { rid, DISC_PNO (rid) };

      g_array_append_val (hits, hit);
    }

  *n_total += MIN (self->found->len, room);
}

static gint64
first_rid (guint32 pno)
{
  return (gint64) pno << DISC_SEQ_BITS;
}

static gint64
last_rid (guint32 pno)
{
  return first_rid (pno) | DISC_SEQ_MAX;
}

/* Rows behind all patients: the disputed ones. */
static gboolean
find_last_row (Search *self, gint64 *rid, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;

  s = disc_statement_new (disc_reader_get_db (self->reader), "last-message", error);
  if (s == NULL || disc_statement_step (s, error) != SQLITE_ROW)
    return FALSE;

  *rid = sqlite3_column_int64 (s, 0);
  return TRUE;
}

static gboolean
search_disc (Search *self, GArray *hits, guint limit, gboolean count, guint *n_total,
             GError **error)
{
  guint32 high = disc_reader_n_patients (self->reader);
  guint32 size = FIRST_WINDOW;
  gint64 last;

  if (!find_last_row (self, &last, error))
    return FALSE;
  if (last > last_rid (high))
    {
      if (!search_window (self, first_rid (high + 1), last, error))
        return FALSE;
      take_hits (self, hits, limit, n_total);
    }

  while (high > 0 && (hits->len < limit || (count && *n_total < MAX_COUNTED)))
    {
      guint32 low = high > size ? high - size + 1 : 1;

      if (!search_window (self, first_rid (low), last_rid (high), error))
        return FALSE;
      take_hits (self, hits, limit, n_total);

      high = low - 1;
      if (self->most_rows < WINDOW_ROWS / 4)
        size = MIN (size, DISC_PNO_MAX / 4) * 4;
      else if (self->most_rows > WINDOW_ROWS)
        size = MAX (size / 2, 1);
    }

  return TRUE;
}

GArray *
disc_reader_search_words (DiscReader *self, const char *words, guint32 pno, guint limit,
                          guint *n_total, GError **error)
{
  g_auto (Search) search = { .reader = self };
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (DiscWordHit));
  guint n = 0;
  gboolean ok;

  search.words = g_ptr_array_new_with_free_func (word_free);
  search.found = g_array_new (FALSE, FALSE, sizeof (gint64));
  search.rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  search.scratch = g_array_new (FALSE, FALSE, sizeof (gint64));
  search.postings = disc_statement_new (disc_reader_get_db (self), "postings", error);
  if (search.postings == NULL)
    return NULL;
  search.texts = disc_statement_new (disc_reader_get_db (self), "texts-matching", error);
  if (search.texts == NULL)
    return NULL;

  split_words (words, search.words);
  if (!find_terms (&search, error))
    return NULL;

  if (pno == 0)
    ok = search_disc (&search, hits, limit, n_total != NULL, &n, error);
  else
    ok = search_window (&search, first_rid (pno), last_rid (pno), error);
  if (!ok)
    return NULL;
  if (pno != 0)
    take_hits (&search, hits, limit, &n);

  if (n_total != NULL)
    *n_total = n;
  return g_steal_pointer (&hits);
}
