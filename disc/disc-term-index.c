/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-term-index.h"

#include <string.h>

#include "disc-format.h"
#include "disc-statement.h"

struct _DiscTermIndex
{
  GHashTable *ids;          /* text, in the chunk, to number */
  GStringChunk *texts;
  gsize texts_len;
  GString *tokens;          /* of the message at hand */
  GString *overflow;        /* free text and terms beyond the ceilings */
  DiscStatement *insert_term;
  DiscStatement *insert_term_text;
  DiscStatement *insert_message_term;
  DiscStatement *insert_message_text;
};

DiscTermIndex *
disc_term_index_new (sqlite3 *db, GError **error)
{
  g_autoptr (DiscTermIndex) self = g_new0 (DiscTermIndex, 1);

  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_string_chunk_new (64 * 1024);
  self->tokens = g_string_sized_new (1024);
  self->overflow = g_string_sized_new (1024);

  self->insert_term = disc_statement_new (db, "insert-term", error);
  if (self->insert_term == NULL)
    return NULL;
  self->insert_term_text = disc_statement_new (db, "insert-term-text", error);
  if (self->insert_term_text == NULL)
    return NULL;
  self->insert_message_term = disc_statement_new (db, "insert-message-term", error);
  if (self->insert_message_term == NULL)
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
  g_clear_pointer (&self->insert_term_text, disc_statement_free);
  g_clear_pointer (&self->insert_message_term, disc_statement_free);
  g_clear_pointer (&self->insert_message_text, disc_statement_free);
  g_hash_table_unref (self->ids);
  g_string_chunk_free (self->texts);
  g_string_free (self->tokens, TRUE);
  g_string_free (self->overflow, TRUE);
  g_free (self);
}

guint
disc_term_index_n_terms (DiscTermIndex *self)
{
  return g_hash_table_size (self->ids);
}

static gboolean
insert_text (DiscStatement *statement, gint64 row, const char *text, gsize len, GError **error)
{
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_text (statement, 2, text, (int) len, SQLITE_STATIC);
  return disc_statement_run (statement, error);
}

/* Numbers from 1; 0 when the ceilings are reached. */
static gboolean
number_of_term (DiscTermIndex *self, const char *text, guint32 *number, GError **error)
{
  gsize len;
  char *kept;

  *number = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, text));
  if (*number != 0)
    return TRUE;

  len = strlen (text);
  if (len > DISC_TERM_MAX_BYTES || g_hash_table_size (self->ids) >= DISC_TERMS_MAX ||
      self->texts_len + len > DISC_TERMS_MAX_BYTES)
    return TRUE;

  *number = g_hash_table_size (self->ids) + 1;
  kept = g_string_chunk_insert_len (self->texts, text, (gssize) len);
  self->texts_len += len;
  g_hash_table_insert (self->ids, kept, GUINT_TO_POINTER (*number));
  return insert_text (self->insert_term, *number, text, len, error) &&
         insert_text (self->insert_term_text, *number, text, len, error);
}

gboolean
disc_term_index_add (DiscTermIndex *self, gint64 rid, const GPtrArray *terms, const char *free_text,
                     GError **error)
{
  const char *text = free_text != NULL ? free_text : "";
  gsize text_len = strlen (text);

  g_string_truncate (self->tokens, 0);
  g_string_truncate (self->overflow, 0);
  for (guint i = 0; terms != NULL && i < terms->len; i++)
    {
      const char *term = g_ptr_array_index (terms, i);
      char token[DISC_TERM_TOKEN_SIZE];
      guint32 number;

      if (!number_of_term (self, term, &number, error))
        return FALSE;
      if (number != 0)
        {
          disc_term_token (number, token);
          token[DISC_TERM_TOKEN_SIZE - 1] = ' ';
          g_string_append_len (self->tokens, token, DISC_TERM_TOKEN_SIZE);
        }
      else
        {
          g_string_append (self->overflow, term);
          g_string_append_c (self->overflow, '\n');
        }
    }

  if (self->overflow->len > 0)
    {
      g_string_append_len (self->overflow, text, (gssize) text_len);
      text = self->overflow->str;
      text_len = self->overflow->len;
    }

  if (self->tokens->len > 0 && !insert_text (self->insert_message_term, rid, self->tokens->str,
                                             self->tokens->len, error))
    return FALSE;

  return text_len == 0 ||
         insert_text (self->insert_message_text, rid, text, text_len, error);
}
