/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-tokenizer.h"

#include <string.h>

#include "disc-sqlite.h"
#include "disc-text.h"

typedef int (*TokenFunc) (void *context, int flags, const char *token, int len, int start, int end);

typedef struct
{
  GString *folded; /* scratch; an instance belongs to one connection and so to one thread */
} Tokenizer;

typedef struct
{
  TokenFunc emit;
  void *context;
  gboolean is_query;
  int text_len;
} Call;

static int
emit (const Call *call, int flags, const char *token, gsize len)
{
  /* Places in the text serve snippets, which tables without content cannot give: the whole text
   * stands for them. */
  return call->emit (call->context, flags, token, (int) len, 0, call->text_len);
}

static gboolean
is_alnum (const char *p, const char *end)
{
  return p < end && g_ascii_isalnum (*p);
}

static int
emit_last (const Call *call, const char *last, gsize len)
{
  char token[8];

  memcpy (token, last, len);
  token[len] = ' ';
  return emit (call, 0, token, len + 1);
}

/* One run of folded text without blanks. */
static int
tokenize_run (const Call *call, const char *run, gsize len, gboolean is_last_of_query)
{
  const char *end = run + len;
  gboolean after_alnum = FALSE;
  int rc = SQLITE_OK;

  for (const char *p = run; p < end && rc == SQLITE_OK;)
    {
      const char *next = g_utf8_next_char (p);
      gboolean alone = !after_alnum && is_alnum (p, end) && !is_alnum (next, end);

      after_alnum = is_alnum (p, end);
      if (next < end)
        rc = emit (call, 0, p, (gsize) (g_utf8_next_char (next) - p));
      else if (!is_last_of_query)
        rc = emit_last (call, p, (gsize) (next - p));
      else if (p == run)
        rc = emit (call, 0, p, len);

      if (rc == SQLITE_OK && alone && !call->is_query)
        rc = emit (call, FTS5_TOKEN_COLOCATED, p, 1);
      p = next;
    }

  return rc;
}

static int
tokenize_line (const Call *call, GString *folded, const char *line, gsize len, gboolean is_last)
{
  const char *p, *end;
  int rc = SQLITE_OK;

  g_string_truncate (folded, 0);
  disc_text_fold_words (line, (gssize) len, folded);
  end = folded->str + folded->len;
  for (p = folded->str; p < end && rc == SQLITE_OK;)
    {
      const char *blank = memchr (p, ' ', (gsize) (end - p));
      const char *stop = blank != NULL ? blank : end;

      rc = tokenize_run (call, p, (gsize) (stop - p), call->is_query && is_last && stop == end);
      p = blank != NULL ? blank + 1 : end;
    }

  return rc;
}

static int
tokenize (Fts5Tokenizer *instance, void *context, int flags, const char *text, int len,
          TokenFunc func)
{
  Tokenizer *self = (Tokenizer *) instance;
  Call call = { func, context, (flags & FTS5_TOKENIZE_QUERY) != 0, len };
  const char *end = text + len;
  int rc = SQLITE_OK;

  for (const char *p = text; p < end && rc == SQLITE_OK;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      const char *stop = newline != NULL ? newline : end;

      rc = tokenize_line (&call, self->folded, p, (gsize) (stop - p), stop == end);
      p = newline != NULL ? newline + 1 : end;
    }

  return rc;
}

static int
create (void *context, const char **args, int n_args, Fts5Tokenizer **out)
{
  Tokenizer *self = g_new0 (Tokenizer, 1);

  self->folded = g_string_sized_new (256);
  *out = (Fts5Tokenizer *) self;
  return SQLITE_OK;
}

static void
destroy (Fts5Tokenizer *instance)
{
  Tokenizer *self = (Tokenizer *) instance;

  g_string_free (self->folded, TRUE);
  g_free (self);
}

/* FTS5 hands out its functions through a pointer bound to a query (SQLite documentation, "FTS5",
 * section 7). */
static int
find_api (sqlite3 *db, fts5_api **api)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &statement, NULL);

  *api = NULL;
  if (rc != SQLITE_OK)
    return rc;

  sqlite3_bind_pointer (statement, 1, api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  rc = sqlite3_finalize (statement);
  return rc == SQLITE_OK && *api == NULL ? SQLITE_ERROR : rc;
}

gboolean
disc_tokenizer_register (sqlite3 *db, GError **error)
{
  static const fts5_tokenizer functions = { create, destroy, tokenize };
  fts5_api *api;
  int rc = find_api (db, &api);

  if (rc == SQLITE_OK)
    rc = api->xCreateTokenizer (api, DISC_TOKENIZER_NAME, NULL, (fts5_tokenizer *) &functions, NULL);

  return rc == SQLITE_OK || disc_sqlite_fail (db, rc, "tokenizer", error);
}
