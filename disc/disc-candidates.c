/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-candidates.h"

#include "disc-format.h"
#include "disc-posting.h"
#include "disc-reader-private.h"
#include "disc-search-private.h"

struct _DiscCandidates
{
  DiscReader *reader;
  DiscNameMatch *match;
  GArray *terms; /* guint32 */
  DiscStatement *postings;
  DiscStatement *texts;
  char *expression; /* of names that stand in the free text, because they are long */
  gint64 last;
  gboolean is_damaged;
};

void
disc_candidates_free (DiscCandidates *self)
{
  g_array_unref (self->terms);
  g_clear_pointer (&self->postings, disc_statement_free);
  g_clear_pointer (&self->texts, disc_statement_free);
  g_free (self->expression);
  g_free (self);
}

/* Takes a loss for what it is, and any other error for the caller's. */
static gboolean
take_loss (DiscCandidates *self, GError *loss, GError **error) /* (transfer full) @loss */
{
  if (!disc_reader_is_loss (self->reader, loss))
    {
      g_propagate_error (error, loss);
      return FALSE;
    }
  g_error_free (loss);
  self->is_damaged = TRUE;
  return TRUE;
}

/* What it looks into may lie in a damaged part as a whole: then nothing is found there. */
static gboolean
prepare (DiscCandidates *self, const char *name, DiscStatement **statement, GError **error)
{
  GError *loss = NULL;

  *statement = disc_statement_new (disc_reader_get_db (self->reader), name, &loss);
  return *statement != NULL || take_loss (self, loss, error);
}

/* All terms of a hospital are a few megabytes that stand together and are read in a moment; so a
 * name is compared in the same way here and in its record. */
static gboolean
find_terms (DiscCandidates *self, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  GError *loss = NULL;
  int rc;

  if (!prepare (self, "terms", &s, error))
    return FALSE;
  if (s == NULL)
    return TRUE;
  while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (s, 1);
      guint32 term = disc_statement_uint (s, 0, DISC_TERMS_MAX);

      if (text != NULL && g_utf8_validate (text, -1, NULL) &&
          disc_name_match_folded (self->match, text))
        g_array_append_val (self->terms, term);
    }
  return rc == SQLITE_DONE || take_loss (self, loss, error);
}

static gboolean
find_last (DiscCandidates *self, GError **error)
{
  g_autoptr (DiscStatement) s =
      disc_statement_new (disc_reader_get_db (self->reader), "last-message", error);
  GError *loss = NULL;

  if (s == NULL)
    return FALSE;
  /* Where it cannot be read there is no end. */
  self->last = G_MAXINT64;
  if (disc_statement_step (s, &loss) != SQLITE_ROW)
    return take_loss (self, loss, error);
  self->last = sqlite3_column_int64 (s, 0);
  return TRUE;
}

static char *
expression_of (const DiscNameMatch *match)
{
  const char *const *words = disc_name_match_words (match);
  GString *out = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *expression = disc_search_expression (words[i]);

      g_string_append_printf (out, "%s(%s)", i > 0 ? " AND " : "", expression);
    }
  return g_string_free (out, FALSE);
}

DiscCandidates *
disc_candidates_new (DiscReader *reader, DiscNameMatch *match, GError **error)
{
  g_autoptr (DiscCandidates) self = g_new0 (DiscCandidates, 1);

  self->reader = reader;
  self->match = match;
  self->terms = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->expression = expression_of (match);
  if (!prepare (self, "postings", &self->postings, error) ||
      !prepare (self, "texts-matching", &self->texts, error) || !find_terms (self, error) ||
      !find_last (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
add_texts (DiscCandidates *self, gint64 first_rid, gint64 last_rid, GArray *rids, GError **error)
{
  GError *loss = NULL;
  int rc;

  if (self->texts == NULL)
    return TRUE;
  sqlite3_reset (self->texts);
  disc_statement_bind_text (self->texts, 1, self->expression);
  sqlite3_bind_int64 (self->texts, 2, first_rid);
  sqlite3_bind_int64 (self->texts, 3, last_rid);
  while ((rc = disc_statement_step (self->texts, &loss)) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (self->texts, 0);

      g_array_append_val (rids, rid);
    }
  sqlite3_reset (self->texts);
  return rc == SQLITE_DONE || take_loss (self, loss, error);
}

static int
compare_rids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
sort_once (GArray *rids, guint from)
{
  gint64 *data = (gint64 *) rids->data + from;
  guint n = rids->len - from, kept = 0;

  if (n == 0) /* there may be no array yet */
    return;
  qsort (data, n, sizeof *data, compare_rids);
  for (guint i = 0; i < n; i++)
    if (i == 0 || data[i] != data[kept - 1])
      data[kept++] = data[i];
  g_array_set_size (rids, from + kept);
}

gboolean
disc_candidates_find (DiscCandidates *self, gint64 first_rid, gint64 last_rid, GArray *rids,
                      GError **error)
{
  guint from = rids->len;

  for (guint i = 0; self->postings != NULL && i < self->terms->len; i++)
    {
      GError *loss = NULL;

      if (!disc_posting_load (self->postings, g_array_index (self->terms, guint32, i), first_rid,
                              last_rid, rids, &loss) &&
          !take_loss (self, loss, error))
        return FALSE;
    }
  if (!add_texts (self, first_rid, last_rid, rids, error))
    return FALSE;
  sort_once (rids, from);
  return TRUE;
}

guint
disc_candidates_n_terms (const DiscCandidates *self)
{
  return self->terms->len;
}

gboolean
disc_candidates_is_damaged (const DiscCandidates *self)
{
  return self->is_damaged;
}

gint64
disc_candidates_last (const DiscCandidates *self)
{
  return self->last;
}
