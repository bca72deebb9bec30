/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-json-scan.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "imp-error.h"
#include "imp-limits.h"

#define BLOCK_BYTES (64 * 1024)
#define HEAD_BYTES 4096 /* kept of what is beyond a ceiling */
#define MAX_KEY_BYTES 256
#define BEGINNING "{\"resourceType\""
#define LOOK_AHEAD (sizeof BEGINNING) /* the line end and the beginning */

typedef struct
{
  const ImpJsonScanOptions *options;
  ImpJsonSeen *seen;
  gsize max_slice_bytes;

  guint64 offset; /* of the block's first byte */
  guint line;
  guint64 depth;
  char kinds[2]; /* brackets open at depth 0 and 1 */
  gboolean in_string;
  gboolean is_escaped;
  guint64 string_from;

  /* The member at depth 1. */
  GString *key;
  gboolean wants_key;
  gboolean in_key;
  gboolean in_value;

  gboolean in_slice;
  gboolean is_scalar;
  gboolean is_stray;
  gboolean is_compact; /* no line end behind the slice's first byte */
  guint64 slice_depth;
  guint n_nodes;
  char last; /* byte outside of strings that is no blank */
  GString *text;
  const guint8 *copied; /* (nullable): what of the block is not in @text yet begins here */
  ImpSlice slice;

  gboolean is_done;
  GError *error;
} Scan;

/* ---- one slice ------------------------------------------------------------------------------ */

static guint64
place_of (const Scan *self, const guint8 *block, const guint8 *at)
{
  return self->offset + (guint64) (at - block);
}

/* Whether text is still wanted. */
static gboolean
is_copying (const Scan *self)
{
  return self->in_slice && !self->options->without_text && self->slice.state == IMP_SLICE_WHOLE &&
         !self->is_stray;
}

/* Only the head is kept, and the memory given back. */
static void
drop_text (Scan *self, ImpSliceState state)
{
  GString *head = g_string_new_len (self->text->str, (gssize) MIN (self->text->len, HEAD_BYTES));

  self->slice.state = state;
  g_string_free (self->text, TRUE);
  self->text = head;
}

static void
copy_until (Scan *self, const guint8 *at)
{
  const guint8 *from = self->copied;
  gsize n = from != NULL && at > from ? (gsize) (at - from) : 0;

  self->copied = at;
  if (n == 0 || !is_copying (self))
    return;
  if (n > self->max_slice_bytes || self->text->len > self->max_slice_bytes - n)
    {
      g_string_append_len (self->text, (const char *) from, (gssize) MIN (n, HEAD_BYTES));
      drop_text (self, IMP_SLICE_TOO_LARGE);
      return;
    }
  g_string_append_len (self->text, (const char *) from, (gssize) n);
}

static void
give_up_text (Scan *self, const guint8 *at, ImpSliceState state)
{
  copy_until (self, at);
  if (self->slice.state == IMP_SLICE_WHOLE)
    drop_text (self, state);
}

static void
begin_slice (Scan *self, const guint8 *block, const guint8 *at)
{
  gboolean has_key =
      self->options->cut == IMP_JSON_CUT_MEMBERS || self->options->cut == IMP_JSON_CUT_MEMBER;

  self->in_slice = TRUE;
  self->is_stray = FALSE;
  self->is_scalar = *at != '{' && *at != '[';
  self->is_compact = TRUE;
  self->slice_depth = self->depth;
  self->n_nodes = 0;
  self->copied = at;
  g_string_truncate (self->text, 0);
  self->slice = (ImpSlice){ .key = has_key ? self->key->str : NULL,
                            .offset = place_of (self, block, at),
                            .line = self->line,
                            .index = self->seen->n_slices };
}

static void
hand_on (Scan *self, guint64 end)
{
  self->in_slice = FALSE;
  self->copied = NULL;
  self->slice.text = self->text->str;
  self->slice.len = self->text->len;
  self->slice.end = end;
  if (self->slice.state != IMP_SLICE_STRAY)
    self->seen->n_slices++;
  if (self->options->take != NULL &&
      !self->options->take (&self->slice, self->options->data, &self->error))
    self->is_done = TRUE;
}

/* @at: the first byte behind it. */
static void
end_slice (Scan *self, const guint8 *block, const guint8 *at, gboolean is_cut_off)
{
  copy_until (self, at);
  if (is_cut_off && self->slice.state == IMP_SLICE_WHOLE)
    self->slice.state = IMP_SLICE_CUT_OFF;
  if (self->is_scalar)
    while (self->text->len > 0 && strchr (" \t\r\n", self->text->str[self->text->len - 1]) != NULL)
      g_string_truncate (self->text, self->text->len - 1);
  hand_on (self, place_of (self, block, at));
}

/* Bytes at the top that belong to nothing: told once a line. */
static void
begin_stray (Scan *self, const guint8 *block, const guint8 *at)
{
  begin_slice (self, block, at);
  self->is_stray = TRUE;
  self->slice.state = IMP_SLICE_STRAY;
  self->slice.key = NULL;
}

/* ---- structure ------------------------------------------------------------------------------ */

/* Whether a value that begins at this depth is one to cut out. */
static gboolean
is_wanted (const Scan *self, char byte)
{
  gboolean is_member = self->depth >= 1 && self->kinds[0] == '{' && self->in_value;

  switch (self->options->cut)
    {
    case IMP_JSON_CUT_VALUES:
      return self->depth == 0;
    case IMP_JSON_CUT_ELEMENTS:
      return self->depth == 1 && self->kinds[0] == '[';
    case IMP_JSON_CUT_MEMBERS:
      return self->depth == 1 && is_member;
    case IMP_JSON_CUT_MEMBER:
      if (!is_member || strcmp (self->key->str, self->options->key) != 0)
        return FALSE;
      return self->depth == 1 ? byte != '[' : self->depth == 2 && self->kinds[1] == '[';
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
open_bracket (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->in_slice && self->is_stray)
    end_slice (self, block, at, FALSE);
  if (!self->in_slice && is_wanted (self, (char) *at))
    begin_slice (self, block, at);
  if (self->depth == 0)
    self->seen->n_values++;
  if (self->depth < G_N_ELEMENTS (self->kinds))
    self->kinds[self->depth] = (char) *at;
  self->depth++;
  if (self->depth == 1)
    {
      self->wants_key = *at == '{';
      self->in_value = FALSE;
    }
  if (self->in_slice && self->depth - self->slice_depth > IMP_JSON_MAX_DEPTH)
    give_up_text (self, at, IMP_SLICE_TOO_DEEP);
  if (self->in_slice && ++self->n_nodes > IMP_JSON_MAX_NODES)
    give_up_text (self, at, IMP_SLICE_TOO_MANY);
}

static void
close_bracket (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->depth == 0)
    {
      if (!self->in_slice)
        begin_stray (self, block, at);
      return;
    }
  if (self->in_slice && self->is_scalar && self->depth == self->slice_depth)
    end_slice (self, block, at, FALSE);
  self->depth--;
  if (self->in_slice && self->depth == self->slice_depth)
    end_slice (self, block, at + 1, FALSE);
  if (self->depth == 0 && self->options->one_value)
    self->is_done = TRUE;
}

static void
meet_comma (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->in_slice && self->is_scalar && self->depth == self->slice_depth && !self->is_stray)
    end_slice (self, block, at, FALSE);
  if (self->in_slice && ++self->n_nodes > IMP_JSON_MAX_NODES)
    give_up_text (self, at, IMP_SLICE_TOO_MANY);
  if (self->depth == 1 && self->kinds[0] == '{')
    {
      self->wants_key = TRUE;
      self->in_value = FALSE;
    }
}

/* A byte that is no bracket, comma, colon or blank; also the first of a string. */
static void
meet_token (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->in_slice)
    return;
  if (self->depth == 0)
    begin_stray (self, block, at);
  else if (is_wanted (self, (char) *at))
    begin_slice (self, block, at);
}

static void
end_key (Scan *self)
{
  g_autofree char *quoted = NULL;
  cJSON *value;

  self->in_key = FALSE;
  if (strchr (self->key->str, '\\') == NULL)
    return;
  quoted = g_strdup_printf ("\"%s\"", self->key->str);
  value = cJSON_Parse (quoted);
  if (cJSON_IsString (value))
    g_string_assign (self->key, value->valuestring);
  cJSON_Delete (value);
}

static void
meet_quote (Scan *self, const guint8 *block, const guint8 *at)
{
  meet_token (self, block, at);
  self->in_string = TRUE;
  self->string_from = place_of (self, block, at);
  if (self->depth == 1 && self->wants_key)
    {
      self->wants_key = FALSE;
      self->in_key = TRUE;
      g_string_truncate (self->key, 0);
    }
}

/* ---- lines ---------------------------------------------------------------------------------- */

static gboolean
begins_resource (const guint8 *at, const guint8 *end)
{
  return (gsize) (end - at) >= LOOK_AHEAD - 1 && memcmp (at, BEGINNING, LOOK_AHEAD - 1) == 0;
}

/*
 * In NDJSON a line that begins a resource cannot be within one: the one before was never ended.
 * Pretty printed ones, whose lines may begin so, have a line end behind their first bracket; no
 * string has one.
 */
static gboolean
is_lost (const Scan *self, const guint8 *at, const guint8 *end)
{
  if (!self->options->resync || self->depth == 0 || self->kinds[0] != '{' ||
      !begins_resource (at + 1, end))
    return FALSE;
  if (self->options->one_value && !self->in_string && strchr (":[,", self->last) != NULL)
    return FALSE; /* not known to be NDJSON */
  return self->in_string || self->is_compact;
}

static void
resync (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->in_slice)
    end_slice (self, block, at, TRUE);
  self->seen->is_cut_off = self->seen->is_cut_off || self->options->one_value;
  self->depth = 0;
  self->in_string = self->is_escaped = self->in_key = FALSE;
  if (self->options->one_value)
    self->is_done = TRUE;
}

static void
meet_line_end (Scan *self, const guint8 *block, const guint8 *at, const guint8 *end)
{
  if (is_lost (self, at, end))
    resync (self, block, at);
  else if (self->is_stray && self->in_slice)
    end_slice (self, block, at, FALSE);
  if (self->depth == 0)
    self->in_string = self->is_escaped = FALSE;
  if (self->last == '{' && self->depth == 1)
    self->is_compact = FALSE;
  if (self->depth > 0 && self->seen->n_values == 1)
    self->seen->is_one_line = FALSE;
  self->line++;
  self->seen->n_lines++;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

/* No more than the ceiling, in whatever pieces it comes. */
static void
append_key (Scan *self, const char *bytes, gsize len)
{
  if (self->in_key && self->key->len < MAX_KEY_BYTES)
    g_string_append_len (self->key, bytes, (gssize) MIN (len, MAX_KEY_BYTES - self->key->len));
}

/* Looks through what is before @stop. Returns: the first byte that was not. */
static const guint8 *
scan_string (Scan *self, const guint8 *block, const guint8 *at, const guint8 *stop,
             const guint8 *end)
{
  const guint8 *from = at;

  if (self->is_escaped)
    {
      self->is_escaped = FALSE;
      if (*at != '\n')
        at++;
    }
  while (at < stop && *at != '"' && *at != '\\' && *at != '\n')
    at++;
  append_key (self, (const char *) from, (gsize) (at - from));
  if (self->in_slice && place_of (self, block, at) - self->string_from > IMP_JSON_MAX_STRING_BYTES)
    give_up_text (self, at, IMP_SLICE_TOO_LONG);
  if (at == stop)
    return at;

  if (*at == '\n')
    meet_line_end (self, block, at, end);
  else if (*at == '\\')
    {
      self->is_escaped = TRUE;
      append_key (self, "\\", 1);
    }
  else
    {
      self->in_string = FALSE;
      self->last = '"';
      if (self->in_key)
        end_key (self);
    }
  return at + 1;
}

static void
scan_byte (Scan *self, const guint8 *block, const guint8 *at, const guint8 *end)
{
  switch (*at)
    {
    case ' ':
    case '\t':
    case '\r':
    case 0x1e: /* before each value of RFC 7464 */
      return;
    case '\n':
      meet_line_end (self, block, at, end);
      return;
    case '"':
      meet_quote (self, block, at);
      return;
    case '{':
    case '[':
      if (self->depth == 0)
        self->is_compact = TRUE;
      open_bracket (self, block, at);
      break;
    case '}':
    case ']':
      close_bracket (self, block, at);
      break;
    case ',':
      if (self->depth == 0)
        meet_token (self, block, at);
      else
        meet_comma (self, block, at);
      break;
    case ':':
      if (self->depth == 1 && self->kinds[0] == '{' && !self->wants_key)
        self->in_value = TRUE;
      break;
    default:
      meet_token (self, block, at);
      break;
    }
  self->last = (char) *at;
}

/* In one_value mode: what comes behind the value. Returns: whether it was found. */
static gboolean
find_follow (Scan *self, const guint8 *at, const guint8 *end)
{
  while (at < end && strchr (" \t\r\n\x1e", *at) != NULL && *at != '\0')
    at++;
  if (at == end)
    return FALSE;
  self->seen->follow = (char) *at;
  return TRUE;
}

static gboolean
is_mark (const Scan *self, const guint8 *at, const guint8 *end)
{
  return self->depth == 0 && !self->in_string && end - at >= 3 &&
         memcmp (at, "\xef\xbb\xbf", 3) == 0;
}

/* Returns: bytes used of @n; the rest is to come again with more behind it. */
static gsize
feed (Scan *self, const guint8 *block, gsize n, gboolean is_last)
{
  const guint8 *end = block + n;
  const guint8 *stop = is_last ? end : end - MIN (n, LOOK_AHEAD);
  const guint8 *at = block;

  self->copied = self->in_slice ? block : NULL;
  while (at < stop && !self->is_done)
    {
      if (self->in_string)
        {
          at = scan_string (self, block, at, stop, end);
          continue;
        }
      if (*at == 0xef && is_mark (self, at, end)) /* files joined with cat have one each */
        {
          self->seen->had_bom = TRUE;
          at += 3;
          continue;
        }
      if (self->seen->first == '\0' && strchr (" \t\r\n\x1e", *at) == NULL)
        self->seen->first = (char) *at;
      scan_byte (self, block, at, end);
      at++;
    }
  if (self->in_slice)
    copy_until (self, at);
  return (gsize) (at - block);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static gboolean
wants_follow (const Scan *self)
{
  return self->is_done && self->error == NULL && self->options->one_value &&
         self->seen->follow == '\0';
}

/* Reads until the scan is done or the input is. Returns: %FALSE with the stream's error */
static gboolean
pump (Scan *self, ImpStream *stream, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  gsize have = 0;
  gssize n = 1;

  while (n > 0 && (!self->is_done || wants_follow (self)))
    {
      gsize used = 0;

      n = imp_stream_read (stream, block + have, BLOCK_BYTES - have, error);
      if (n > 0)
        have += (gsize) n;
      if (!self->is_done)
        used = feed (self, block, have, n <= 0);
      if (wants_follow (self) && find_follow (self, block + used, block + have))
        break;
      if (self->is_done)
        used = have;
      memmove (block, block + used, have - used);
      have -= used;
      self->offset += used;
    }
  return n >= 0;
}

static void
finish (Scan *self)
{
  guint8 nothing = 0;

  if (self->is_done)
    return;
  self->seen->is_cut_off = self->depth > 0 || self->in_string;
  if (!self->in_slice)
    return;
  self->copied = NULL;
  end_slice (self, &nothing, &nothing, !self->is_stray);
}

static void
init (Scan *self, const ImpJsonScanOptions *options, ImpJsonSeen *seen)
{
  *seen = (ImpJsonSeen){ .is_one_line = TRUE };
  *self = (Scan){ .options = options, .seen = seen };
  self->max_slice_bytes =
      options->max_slice_bytes > 0 ? options->max_slice_bytes : IMP_JSON_MAX_SLICE_BYTES;
  self->offset = options->first_offset;
  self->line = MAX (options->first_line, 1);
  self->key = g_string_new (NULL);
  self->text = g_string_new (NULL);
}

static void
clear (Scan *self)
{
  g_string_free (self->key, TRUE);
  g_string_free (self->text, TRUE);
  g_clear_error (&self->error);
}

gboolean
imp_json_scan (ImpStream *stream, const ImpJsonScanOptions *options, ImpJsonSeen *seen,
               GError **error)
{
  Scan self;
  gboolean ok;

  init (&self, options, seen);
  ok = pump (&self, stream, error);
  finish (&self);
  seen->n_bytes = self.offset - options->first_offset;
  if (ok && self.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self.error));
      ok = FALSE;
    }
  clear (&self);
  return ok;
}

/* ---- a member ------------------------------------------------------------------------------- */

typedef struct
{
  const char *key;
  ImpSlice *slice;
  gboolean is_found;
} Find;

static gboolean
find_key (const ImpSlice *slice, gpointer data, GError **error)
{
  Find *find = data;

  if (slice->key == NULL || strcmp (slice->key, find->key) != 0)
    return TRUE;
  *find->slice = *slice;
  find->slice->key = find->key;
  find->is_found = TRUE;
  return FALSE;
}

gboolean
imp_json_find_member (const char *text, gsize len, const char *key, ImpSlice *slice)
{
  Find find = { .key = key, .slice = slice };
  ImpJsonScanOptions options = { .cut = IMP_JSON_CUT_MEMBERS,
                                 .one_value = TRUE,
                                 .without_text = TRUE,
                                 .take = find_key,
                                 .data = &find };
  ImpJsonSeen seen;
  Scan self;

  init (&self, &options, &seen);
  feed (&self, (const guint8 *) text, len, TRUE);
  self.offset = len;
  finish (&self);
  clear (&self);
  if (!find.is_found)
    return FALSE;
  slice->text = text + slice->offset;
  slice->len = (gsize) (slice->end - slice->offset);
  return TRUE;
}

G_STATIC_ASSERT (LOOK_AHEAD < BLOCK_BYTES);
