/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-term-index.h"

#include <string.h>

#include "disc-posting.h"
#include "disc-statement.h"
#include "disc-term-table.h"

struct _DiscTermIndex
{
  DiscTermTable *table;
  DiscPostingWriter *postings;
  GString *overflow;        /* terms beyond the ceilings, with the free text behind them */
  DiscStatement *insert_term;
  DiscStatement *insert_message_text;
};

DiscTermIndex *
disc_term_index_new (sqlite3 *db, GError **error)
{
  g_autoptr (DiscTermIndex) self = g_new0 (DiscTermIndex, 1);
  guint64 seed = (guint64) g_random_int () << 32 | g_random_int ();

  self->table = disc_term_table_new (seed);
  self->overflow = g_string_sized_new (1024);
  self->postings = disc_posting_writer_new (db, error);
  if (self->postings == NULL)
    return NULL;
  self->insert_term = disc_statement_new (db, "insert-term", error);
  if (self->insert_term == NULL)
    return NULL;
  self->insert_message_text = disc_statement_new (db, "insert-message-text", error);
  if (self->insert_message_text == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
disc_term_index_free (DiscTermIndex *self)
{
  g_clear_pointer (&self->insert_term, disc_statement_free);
  g_clear_pointer (&self->insert_message_text, disc_statement_free);
  g_clear_pointer (&self->postings, disc_posting_writer_free);
  disc_term_table_free (self->table);
  g_string_free (self->overflow, TRUE);
  g_free (self);
}

guint
disc_term_index_n_terms (DiscTermIndex *self)
{
  return disc_term_table_n (self->table);
}

static gboolean
insert_text (DiscStatement *statement, gint64 row, const char *text, gsize len, GError **error)
{
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_text (statement, 2, text, (int) len, SQLITE_STATIC);
  return disc_statement_run (statement, error);
}

static gboolean
add_term (DiscTermIndex *self, gint64 rid, const char *term, GError **error)
{
  gsize len = strlen (term);
  gboolean is_new;
  guint32 number = disc_term_table_number (self->table, term, len, &is_new);

  if (number == 0)
    {
      g_string_append_len (self->overflow, term, (gssize) len);
      g_string_append_c (self->overflow, '\n');
      return TRUE;
    }

  return (!is_new || insert_text (self->insert_term, number, term, len, error)) &&
         disc_posting_writer_add (self->postings, number, rid, error);
}

gboolean
disc_term_index_add (DiscTermIndex *self, gint64 rid, const GPtrArray *terms, const char *free_text,
                     GError **error)
{
  const char *text = free_text != NULL ? free_text : "";
  gsize text_len = strlen (text);

  g_string_truncate (self->overflow, 0);
  for (guint i = 0; terms != NULL && i < terms->len; i++)
    if (!add_term (self, rid, g_ptr_array_index (terms, i), error))
      return FALSE;

  if (self->overflow->len > 0)
    {
      g_string_append_len (self->overflow, text, (gssize) text_len);
      text = self->overflow->str;
      text_len = self->overflow->len;
    }

  return text_len == 0 || insert_text (self->insert_message_text, rid, text, text_len, error);
}

gboolean
disc_term_index_finish (DiscTermIndex *self, GError **error)
{
  return disc_posting_writer_flush (self->postings, error);
}
