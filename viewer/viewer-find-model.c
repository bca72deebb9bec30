/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-find-model.h"

#include <string.h>

#include "disc-date.h"
#include "disc-text.h"

/* Characters of a long value that stand before and behind a hit. */
#define BEFORE 40
#define BEHIND 80
/* Of one value. */
#define MAX_HITS_A_VALUE 30

struct _ViewerFindModel
{
  GPtrArray *words; /* folded */
  GArray *hits;     /* (element-type ViewerFindHit) */
  guint n_records, n_more;
};

/* A value folded character by character, with where each byte of it comes from. */
typedef struct
{
  GString *folded;
  GArray *from; /* (element-type guint): offset in the value, of each byte; one more at the end */
} Folded;

/* ---- folding -------------------------------------------------------------------------------- */

/* Half-width voiced marks, and combining ones, belong to the kana before them. */
static gboolean
is_voicing (gunichar c)
{
  return c == 0xff9e || c == 0xff9f || c == 0x3099 || c == 0x309a;
}

static const char *
end_of_character (const char *c, const char *end)
{
  const char *next = g_utf8_next_char (c);

  while (next < end && is_voicing (g_utf8_get_char (next)))
    next = g_utf8_next_char (next);
  return MIN (next, end);
}

static void
fold (const char *value, Folded *out)
{
  const char *end = value + strlen (value);

  out->folded = g_string_new (NULL);
  out->from = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *c = value, *next; c < end; c = next)
    {
      guint at = (guint) (c - value);

      next = end_of_character (c, end);
      disc_text_fold (c, next - c, out->folded);
      while (out->from->len < out->folded->len)
        g_array_append_val (out->from, at);
    }
  {
    guint at = (guint) (end - value);

    g_array_append_val (out->from, at);
  }
}

static void
folded_clear (Folded *self)
{
  g_string_free (self->folded, TRUE);
  g_array_unref (self->from);
}

static GPtrArray *
fold_words (const char *words)
{
  GPtrArray *folded = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *plain = g_strdup (words);
  g_auto (GStrv) parts = NULL;

  for (char *blank = strstr (plain, "　"); blank != NULL; blank = strstr (blank, "　"))
    memset (blank, ' ', strlen ("　"));
  parts = g_strsplit_set (plain, " \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      GString *word = g_string_new (NULL);

      disc_text_fold (parts[i], -1, word);
      if (word->len > 0)
        g_ptr_array_add (folded, g_string_free (word, FALSE));
      else
        g_string_free (word, TRUE);
    }
  return folded;
}

/* ---- one value ------------------------------------------------------------------------------ */

static guint
offset_of (const Folded *folded, gsize at)
{
  return g_array_index (folded->from, guint, at);
}

/* A hit may end within what one character was folded to: all of that is marked. */
static guint
end_of_last (const char *value, const Folded *folded, gsize at)
{
  const char *last = value + offset_of (folded, at - 1);

  return (guint) (end_of_character (last, value + strlen (value)) - value);
}

/* Letters that stand together: a blank that folding took away parts them. */
static gboolean
is_joined (const char *value, const Folded *folded, gsize at)
{
  return at > 0 && at < folded->folded->len && g_ascii_isalpha (folded->folded->str[at - 1]) &&
         g_ascii_isalpha (folded->folded->str[at]) &&
         end_of_last (value, folded, at) >= offset_of (folded, at);
}

/* K is not in kg, nor Na in nasal: one or two Latin letters are a word of their own. */
static const char *
find_word (const char *value, const Folded *folded, gsize at, const char *word)
{
  gsize len = strlen (word);
  const char *start = folded->folded->str, *found = strstr (start + at, word);

  if (len > 2 || strspn (word, "abcdefghijklmnopqrstuvwxyz") != len)
    return found;
  while (found != NULL && (is_joined (value, folded, (gsize) (found - start)) ||
                           is_joined (value, folded, (gsize) (found - start) + len)))
    found = strstr (found + 1, word);
  return found;
}

/* The next hit of any word from @at on; the longest one where several begin. */
static gboolean
next_hit (const ViewerFindModel *self, const char *value, const Folded *folded, gsize at,
          gsize *from, gsize *to)
{
  const char *best = NULL;
  gsize best_len = 0;

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words, i);
      const char *found = find_word (value, folded, at, word);

      if (found == NULL || (best != NULL && found > best) ||
          (found == best && strlen (word) <= best_len))
        continue;
      best = found;
      best_len = strlen (word);
    }
  if (best == NULL)
    return FALSE;
  *from = (gsize) (best - folded->folded->str);
  *to = *from + best_len;
  return TRUE;
}

static void
add_piece (ViewerFindHit *hit, const char *value, guint from, guint to, gboolean is_hit)
{
  ViewerFindPiece piece = { value + from, to - from, is_hit };

  if (to > from)
    g_array_append_val (hit->pieces, piece);
}

static guint
move (const char *value, guint at, int characters)
{
  const char *c = value + at;

  for (; characters < 0 && c > value; characters++)
    c = g_utf8_prev_char (c);
  for (; characters > 0 && *c != '\0'; characters--)
    c = g_utf8_next_char (c);
  return (guint) (c - value);
}

/* Pieces from a little before the hit to a little behind it, with the other hits on the way.
 * Returns: where in the folded text it goes on */
static gsize
cut_out (const ViewerFindModel *self, const char *value, const Folded *folded, gsize from, gsize to,
         ViewerFindHit *hit)
{
  guint begin = move (value, offset_of (folded, from), -BEFORE);
  guint end = move (value, end_of_last (value, folded, to), BEHIND);
  guint at = begin;
  gsize last;

  hit->pieces = g_array_new (FALSE, FALSE, sizeof (ViewerFindPiece));
  hit->is_cut_before = begin > 0;
  hit->is_cut_behind = value[end] != '\0';
  do
    {
      guint start = MAX (at, offset_of (folded, from)); /* two words may share a character: ㎎ */

      add_piece (hit, value, at, start, FALSE);
      at = MAX (start, end_of_last (value, folded, to));
      add_piece (hit, value, start, at, TRUE);
      last = to;
    }
  while (next_hit (self, value, folded, last, &from, &to) &&
         end_of_last (value, folded, to) <= end);
  add_piece (hit, value, at, end, FALSE);
  return last;
}

static void
take (ViewerFindModel *self, ViewerFindHit *hit)
{
  if (self->hits->len < VIEWER_FIND_MAX_HITS)
    {
      g_array_append_vals (self->hits, hit, 1);
      return;
    }
  g_array_unref (hit->pieces);
  self->n_more++;
}

static gboolean
find_in_value (ViewerFindModel *self, const ViewerEntry *entry, const DiscItem *item,
               const DiscValue *value)
{
  Folded folded;
  gsize at = 0, from, to;
  guint n_found = 0;

  fold (value->value, &folded);
  for (; n_found < MAX_HITS_A_VALUE && next_hit (self, value->value, &folded, at, &from, &to);
       n_found++)
    {
      ViewerFindHit hit = { .entry = entry, .item = item, .field = value->field };

      at = cut_out (self, value->value, &folded, from, to, &hit);
      take (self, &hit);
    }
  folded_clear (&folded);
  return n_found > 0;
}

/* ---- one record ----------------------------------------------------------------------------- */

/* The second name of what its first name told is no second place. */
static void
find_in_item (ViewerFindModel *self, const ViewerEntry *entry, const DiscItem *item)
{
  gboolean is_named = FALSE;

  for (guint i = 0; i < item->n_values; i++)
    {
      const DiscValue *value = &item->values[i];

      if (value->field == DISC_FIELD_OTHER_NAME && is_named)
        continue;
      is_named |= find_in_value (self, entry, item, value) && value->field == DISC_FIELD_NAME;
    }
}

static void
find_in_record (ViewerFindModel *self, const ViewerEntry *entry)
{
  const DiscRecord *record = entry->record;

  for (guint i = 0; i < record->n_values; i++)
    find_in_value (self, entry, NULL, &record->values[i]);
  for (guint i = 0; i < record->n_items; i++)
    find_in_item (self, entry, &record->items[i]);
}

static gboolean
has_word (const DiscValue *values, guint n, const char *word, GString *buffer)
{
  for (guint i = 0; i < n; i++)
    {
      Folded folded;
      gboolean is_there;

      g_string_truncate (buffer, 0);
      disc_text_fold (values[i].value, -1, buffer);
      if (strstr (buffer->str, word) == NULL)
        continue;
      fold (values[i].value, &folded);
      is_there = find_word (values[i].value, &folded, 0, word) != NULL;
      folded_clear (&folded);
      if (is_there)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_all_words (const ViewerFindModel *self, const ViewerEntry *entry, GString *buffer)
{
  const DiscRecord *record = entry->record;

  for (guint w = 0; w < self->words->len; w++)
    {
      const char *word = g_ptr_array_index (self->words, w);
      gboolean is_there = has_word (record->values, record->n_values, word, buffer);

      for (guint i = 0; i < record->n_items && !is_there; i++)
        is_there = has_word (record->items[i].values, record->items[i].n_values, word, buffer);
      if (!is_there)
        return FALSE;
    }
  return TRUE;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const ViewerEntry *one = *(const ViewerEntry *const *) a;
  const ViewerEntry *other = *(const ViewerEntry *const *) b;
  const char *at = viewer_entry_at (one), *other_at = viewer_entry_at (other);
  int order;

  if (at == NULL || other_at == NULL)
    order = (at == NULL) - (other_at == NULL);
  else
    order = disc_date_compare (other_at, at);
  return order != 0 ? order : viewer_entry_compare_sent (other, one);
}

static void
hit_clear (gpointer hit)
{
  g_clear_pointer (&((ViewerFindHit *) hit)->pieces, g_array_unref);
}

ViewerFindModel *
viewer_find_model_new (const GArray *entries, const char *words)
{
  ViewerFindModel *self = g_new0 (ViewerFindModel, 1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GString) buffer = g_string_new (NULL);

  self->words = fold_words (words);
  self->hits = g_array_new (FALSE, FALSE, sizeof (ViewerFindHit));
  g_array_set_clear_func (self->hits, hit_clear);
  for (guint i = 0; i < entries->len && self->words->len > 0; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (has_all_words (self, entry, buffer))
        g_ptr_array_add (found, (gpointer) entry);
    }
  self->n_records = found->len;
  g_ptr_array_sort (found, compare_entries);
  for (guint i = 0; i < found->len; i++)
    find_in_record (self, g_ptr_array_index (found, i));
  return self;
}

void
viewer_find_model_free (ViewerFindModel *self)
{
  g_ptr_array_unref (self->words);
  g_array_unref (self->hits);
  g_free (self);
}

guint
viewer_find_model_n (const ViewerFindModel *self)
{
  return self->hits->len;
}

const ViewerFindHit *
viewer_find_model_get (const ViewerFindModel *self, guint i)
{
  return &g_array_index (self->hits, ViewerFindHit, i);
}

guint
viewer_find_model_n_records (const ViewerFindModel *self)
{
  return self->n_records;
}

guint
viewer_find_model_n_more (const ViewerFindModel *self)
{
  return self->n_more;
}
