/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-disputed.h"

#include "disc-contents.h"
#include "disc-format.h"
#include "disc-reader-private.h"

/* So many numbers are tried one by one: behind the last message of a group that is known, in a group
 * of which none is, and in a row at all. */
#define MAX_BEHIND_END 8
#define MAX_LOST_IN_GROUP 512
#define MAX_LOST_IN_A_ROW 65536

#define GROUP_SIZE ((gint64) 1 << DISC_SEQ_BITS)

static gint64
group_start (gint64 rid)
{
  return rid - rid % GROUP_SIZE;
}

static DiscStatement *
range_statement (DiscReader *reader, const char *sql, gint64 first_rid, gint64 last_rid,
                 GError **error)
{
  DiscStatement *s = disc_statement_new (disc_reader_get_db (reader), sql, error);

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, first_rid);
  sqlite3_bind_int64 (s, 2, last_rid);
  return s;
}

/* (transfer full) (element-type gint64): messages of which something else on the disc speaks; perhaps
 * not all of them. */
static GArray *
load_known (DiscReader *reader)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (reader), "disputed-all-rids",
                                                    NULL);
  GArray *known = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (s != NULL && disc_statement_step (s, NULL) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (s, 0);

      g_array_append_val (known, rid);
    }
  return known;
}

/* Index of the first that is larger. */
static guint
find_behind (const GArray *known, gint64 rid)
{
  guint from = 0, to = known->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_array_index (known, gint64, middle) > rid)
        to = middle;
      else
        from = middle + 1;
    }
  return from;
}

/* From a number that could not be read to where reading is tried next. Where messages of a group are
 * known, so is about where it ends. */
static gint64
next_try (const GArray *known, gint64 rid, guint *n_in_group)
{
  gint64 start = group_start (rid);
  guint behind = find_behind (known, rid);
  gboolean is_before_end = behind < known->len &&
                           group_start (g_array_index (known, gint64, behind)) == start;
  gboolean is_behind_end = !is_before_end && behind > 0 &&
                           group_start (g_array_index (known, gint64, behind - 1)) == start;

  if (is_before_end)
    return rid + 1;
  if (++*n_in_group <= (is_behind_end ? MAX_BEHIND_END : MAX_LOST_IN_GROUP))
    return rid + 1;

  *n_in_group = 0;
  return start + GROUP_SIZE;
}

/* Rows from @next on. @next: (inout): behind the last one that was read. */
static gboolean
read_rows (DiscReader *reader, const char *sql, gint64 *next, gint64 last_rid, DiscDisputedFunc func,
           gpointer user_data, GArray *read, gboolean *is_loss, GError **error)
{
  g_autoptr (DiscStatement) s = range_statement (reader, sql, *next, last_rid, error);
  g_autoptr (GError) local = NULL;
  int rc;

  *is_loss = FALSE;
  if (s == NULL)
    return FALSE;
  while ((rc = disc_statement_step (s, &local)) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (s, 0);

      if (func != NULL && !func (s, user_data, error))
        return FALSE;
      g_array_append_val (read, rid);
      *next = rid + 1;
    }
  if (rc == SQLITE_DONE)
    return TRUE;

  *is_loss = disc_reader_is_loss (reader, local);
  if (!*is_loss)
    g_propagate_error (error, g_steal_pointer (&local));
  return *is_loss;
}

gboolean
disc_disputed_walk (DiscReader *reader, const char *sql, gint64 first_rid, gint64 last_rid,
                    DiscDisputedFunc func, gpointer user_data, GArray *read, gboolean *is_lossy,
                    GError **error)
{
  g_autoptr (GArray) known = NULL;
  gint64 next = first_rid;
  guint n_in_group = 0, n_in_a_row = 0;

  *is_lossy = FALSE;
  while (next <= last_rid && n_in_a_row++ < MAX_LOST_IN_A_ROW)
    {
      guint n_read = read->len;
      gboolean is_loss = FALSE;

      if (!read_rows (reader, sql, &next, last_rid, func, user_data, read, &is_loss, error))
        return FALSE;
      if (!is_loss)
        return TRUE;

      *is_lossy = TRUE;
      if (known == NULL)
        known = load_known (reader);
      if (read->len > n_read)
        n_in_group = n_in_a_row = 0;
      next = next_try (known, next, &n_in_group);
    }
  return TRUE;
}

/* ---- counting ------------------------------------------------------------------------------- */

static gboolean
count_rows (DiscReader *whole, gint64 first_rid, gint64 last_rid, guint64 *n)
{
  g_autoptr (DiscStatement) s = range_statement (whole, "count-messages", first_rid, last_rid, NULL);

  if (s == NULL || disc_statement_step (s, NULL) != SQLITE_ROW)
    return FALSE;
  *n = (guint64) MAX (sqlite3_column_int64 (s, 0), 0);
  return TRUE;
}

static gboolean
load_n_messages (DiscReader *reader, guint64 *n)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (reader), "meta-value", NULL);

  if (s == NULL)
    return FALSE;
  disc_statement_bind_text (s, 1, "n_messages");
  if (disc_statement_step (s, NULL) != SQLITE_ROW || sqlite3_column_int64 (s, 0) < 0)
    return FALSE;
  *n = (guint64) sqlite3_column_int64 (s, 0);
  return TRUE;
}

/* All messages of the disc but those of charts. */
static gboolean
count_by_charts (DiscReader *reader, guint64 *n)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (reader), "patient-more", NULL);
  guint64 n_all, n_in_charts = 0;

  if (s == NULL || !load_n_messages (reader, &n_all))
    return FALSE;
  for (guint pno = 1; pno <= disc_reader_n_patients (reader); pno++)
    {
      g_autofree char *text = NULL;
      g_autoptr (DiscContents) contents = NULL;

      sqlite3_bind_int64 (s, 1, pno);
      if (disc_statement_step (s, NULL) != SQLITE_ROW)
        return FALSE;
      text = disc_statement_dup_text (s, 1);
      contents = disc_contents_parse (text);
      n_in_charts += disc_contents_total (contents);
      sqlite3_reset (s);
    }
  if (n_in_charts > n_all)
    return FALSE;
  *n = n_all - n_in_charts;
  return TRUE;
}

static void
note_end (GHashTable *ends, gint64 rid)
{
  gint64 start = group_start (rid);
  gint64 *end = g_hash_table_lookup (ends, &start);

  if (end == NULL)
    g_hash_table_insert (ends, g_memdup2 (&start, sizeof start), g_memdup2 (&rid, sizeof rid));
  else
    *end = MAX (*end, rid);
}

/* Numbers before one that is known are all there within its group. */
static guint64
count_proven (DiscReader *reader, gint64 first_rid, gint64 last_rid, const GArray *read)
{
  g_autoptr (GArray) known = load_known (reader);
  g_autoptr (GHashTable) ends = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer start, end;
  guint64 n = 0;

  if (last_rid != G_MAXINT64)
    note_end (ends, last_rid);
  for (guint i = 0; i < read->len; i++)
    note_end (ends, g_array_index (read, gint64, i));
  for (guint i = 0; i < known->len; i++)
    if (g_array_index (known, gint64, i) >= first_rid && g_array_index (known, gint64, i) <= last_rid)
      note_end (ends, g_array_index (known, gint64, i));

  g_hash_table_iter_init (&iter, ends);
  while (g_hash_table_iter_next (&iter, &start, &end))
    n += (guint64) (*(gint64 *) end - MAX (*(gint64 *) start, first_rid) + 1);
  return n;
}

guint
disc_disputed_count_lost (DiscReader *reader, DiscReader *whole, gint64 first_rid, gint64 last_rid,
                          const GArray *read, gboolean *is_exact)
{
  guint64 n;

  *is_exact = TRUE;
  if (last_rid < first_rid)
    return 0;
  if ((whole == NULL || !count_rows (whole, first_rid, last_rid, &n)) &&
      (disc_reader_volume (reader) > 1 || !count_by_charts (reader, &n)))
    {
      /* What could not be read stood before the last one, which exists: that is one at least. */
      n = MAX (count_proven (reader, first_rid, last_rid, read),
               last_rid != G_MAXINT64 ? (guint64) read->len + 1 : 0);
      *is_exact = FALSE;
    }
  return n > read->len ? (guint) MIN (n - read->len, G_MAXUINT) : 0;
}
