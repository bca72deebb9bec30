/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-xml-cut.h"

#include <string.h>

#include "imp-limits.h"
#include "imp-xml.h"

#define BLOCK_BYTES (64 * 1024)
#define HEAD_BYTES 4096
#define LOOK_AHEAD 16 /* "<![CDATA[" */
#define MAX_NAME_BYTES 128
#define MAX_KNOWN 128 /* open elements whose names are known; deeper ones are too deep anyway */

typedef enum
{
  IN_TEXT,
  IN_TAG,
  IN_COMMENT,
  IN_CDATA,
  IN_INSTRUCTION,
  IN_DECLARATION, /* one that may not stand there: what holds it cannot be read */
} Where;

typedef struct
{
  const ImpXmlCutOptions *options;
  ImpXmlCutSeen *seen;
  gsize max_slice_bytes;
  guint64 offset;
  guint line;
  Where where;
  char last[2];    /* bytes before this one, the nearer first */
  char quote;      /* within a tag: '\0' outside of values */
  gboolean is_end; /* "</" */
  gboolean in_name;
  guint open[MAX_KNOWN]; /* hashes of the names of open elements */
  GString *name;         /* of the tag */
  GString *key;          /* of the slice */
  GString *root_tag;
  guint64 depth;
  guint64 slice_depth;
  gboolean in_slice;
  guint n_tags;
  GString *text;
  const guint8 *copied;
  ImpSlice slice;
  gboolean is_done;
  GError *error;
} Scan;

void
imp_xml_cut_seen_clear (ImpXmlCutSeen *self)
{
  g_clear_pointer (&self->root_tag, g_free);
  g_clear_pointer (&self->root, g_free);
}

/* ---- one slice ------------------------------------------------------------------------------ */

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
  if (n == 0 || !self->in_slice || self->slice.state != IMP_SLICE_WHOLE)
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
hand_on (Scan *self, guint64 end)
{
  self->in_slice = FALSE;
  self->copied = NULL;
  self->slice.text = self->text->str;
  self->slice.len = self->text->len;
  self->slice.end = end;
  self->seen->n_slices++;
  if (self->options->take != NULL &&
      !self->options->take (&self->slice, self->options->data, &self->error))
    self->is_done = TRUE;
}

static const char *
local_name (const Scan *self)
{
  const char *colon = strchr (self->name->str, ':');

  return colon != NULL ? colon + 1 : self->name->str;
}

static gboolean
is_wanted (const Scan *self)
{
  const ImpXmlCutOptions *options = self->options;

  if (options->whole || self->depth != 1)
    return options->whole && self->depth == 0;
  if (options->only != NULL && strcmp (local_name (self), options->only) != 0)
    return FALSE;
  return options->except == NULL || strcmp (local_name (self), options->except) != 0;
}

/* Behind the name of its first tag, whose bytes may be gone from the block. */
static void
begin_slice (Scan *self, const guint8 *block, const guint8 *at)
{
  self->in_slice = TRUE;
  self->slice_depth = self->depth;
  self->n_tags = 0;
  self->copied = at;
  g_string_printf (self->text, "<%s", self->name->str);
  g_string_assign (self->key, local_name (self));
  self->slice = (ImpSlice){ .key = self->key->str,
                            .offset = self->offset + (guint64) (at - block) - self->text->len,
                            .line = self->line,
                            .index = self->seen->n_slices };
}

/* ---- tags ----------------------------------------------------------------------------------- */

static gboolean
ends_name (guint8 byte)
{
  return byte == '>' || byte == '/' || g_ascii_isspace (byte);
}

/* The name of a start tag ends before @at. */
static void
meet_name (Scan *self, const guint8 *block, const guint8 *at)
{
  self->in_name = FALSE;
  if (self->is_end)
    return;
  if (!self->in_slice && is_wanted (self))
    begin_slice (self, block, at);
  if (self->in_slice && ++self->n_tags > IMP_XML_MAX_MARKUP / 2)
    give_up_text (self, at, IMP_SLICE_TOO_MANY);
}

static void
keep_root (Scan *self)
{
  const char *end = self->root_tag->str + strcspn (self->root_tag->str + 1, "/> \t\r\n") + 1;

  if (self->seen->root_tag != NULL)
    return;
  self->seen->root = g_strndup (self->root_tag->str + 1, (gsize) (end - self->root_tag->str - 1));
  self->seen->root_tag = g_strdup (self->root_tag->str);
}

static void
open_element (Scan *self)
{
  if (self->depth < MAX_KNOWN)
    self->open[self->depth] = g_str_hash (self->name->str);
  self->depth++;
}

/* An end tag ends what was left open within its element, so that a broken entry ends where it ends;
 * one that nothing is open for ends nothing. */
static void
close_element (Scan *self)
{
  guint hash = g_str_hash (self->name->str);
  guint64 depth = self->depth;

  if (depth > MAX_KNOWN)
    {
      self->depth--;
      return;
    }
  while (depth > 0 && self->open[depth - 1] != hash)
    depth--;
  if (depth > 0)
    self->depth = depth - 1;
}

/* At ">". */
static void
end_tag (Scan *self, const guint8 *block, const guint8 *at)
{
  gboolean is_empty = !self->is_end && self->last[0] == '/';

  self->where = IN_TEXT;
  if (self->depth == 0 && !self->is_end)
    keep_root (self);
  if (self->is_end)
    close_element (self);
  else if (!is_empty)
    open_element (self);
  if (self->in_slice && self->depth - self->slice_depth > IMP_JSON_MAX_DEPTH)
    give_up_text (self, at, IMP_SLICE_TOO_DEEP);
  if (self->in_slice && self->depth <= self->slice_depth)
    {
      copy_until (self, at + 1);
      hand_on (self, self->offset + (guint64) (at + 1 - block));
    }
}

static void
meet_tag_byte (Scan *self, const guint8 *block, const guint8 *at)
{
  if (self->depth == 0 && self->seen->root_tag == NULL &&
      self->root_tag->len <= IMP_JSON_MAX_HEADER_BYTES)
    g_string_append_c (self->root_tag, (char) *at);
  if (self->in_name && !ends_name (*at) && self->name->len < MAX_NAME_BYTES)
    g_string_append_c (self->name, (char) *at);
  else if (self->in_name)
    meet_name (self, block, at);

  if (self->quote != '\0')
    self->quote = *at == (guint8) self->quote ? '\0' : self->quote;
  else if (*at == '"' || *at == '\'')
    self->quote = (char) *at;
  else if (*at == '>')
    end_tag (self, block, at);
}

static gboolean
looks_like (const guint8 *at, const guint8 *end, const char *word)
{
  gsize len = strlen (word);

  return (gsize) (end - at) >= len && memcmp (at, word, len) == 0;
}

/* At "<". Returns: bytes that need not be looked at again */
static gsize
open_markup (Scan *self, const guint8 *at, const guint8 *end)
{
  if (looks_like (at, end, "<!--"))
    {
      self->where = IN_COMMENT;
      return 4;
    }
  if (looks_like (at, end, "<![CDATA["))
    {
      self->where = IN_CDATA;
      return 9;
    }
  if (looks_like (at, end, "<?"))
    {
      self->where = IN_INSTRUCTION;
      return 2;
    }
  if (looks_like (at, end, "<!") && self->depth > 0)
    {
      self->where = IN_DECLARATION;
      return 2;
    }
  if (looks_like (at, end, "<!"))
    {
      self->seen->has_doctype = TRUE;
      self->is_done = TRUE;
      return 2;
    }
  self->where = IN_TAG;
  self->is_end = looks_like (at, end, "</");
  self->in_name = TRUE;
  self->quote = '\0';
  g_string_truncate (self->name, 0);
  if (self->depth == 0 && self->seen->root_tag == NULL)
    g_string_assign (self->root_tag, self->is_end ? "</" : "<");
  return self->is_end ? 2 : 1;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static void
meet_byte (Scan *self, const guint8 *block, const guint8 *at)
{
  gboolean is_close = *at == '>';

  if (self->where == IN_TAG)
    meet_tag_byte (self, block, at);
  else if ((self->where == IN_COMMENT && is_close && self->last[0] == '-' &&
            self->last[1] == '-') ||
           (self->where == IN_CDATA && is_close && self->last[0] == ']' && self->last[1] == ']') ||
           (self->where == IN_INSTRUCTION && is_close && self->last[0] == '?') ||
           (self->where == IN_DECLARATION && is_close))
    self->where = IN_TEXT;
  if (*at == '\n')
    self->line++;
  self->last[1] = self->last[0];
  self->last[0] = (char) *at;
}

/* Text and values need no look at each byte. */
static const guint8 *
skip_plain (Scan *self, const guint8 *at, const guint8 *stop)
{
  gboolean in_value = self->where == IN_TAG && self->quote != '\0' && !self->in_name &&
                      (self->depth > 0 || self->seen->root_tag != NULL);
  guint8 end = in_value ? (guint8) self->quote : '<';

  if (self->where != IN_TEXT && !in_value)
    return at;
  for (; at < stop && *at != end; at++)
    self->line += *at == '\n';
  return at;
}

static gsize
feed (Scan *self, const guint8 *block, gsize n, gboolean is_last)
{
  const guint8 *end = block + n;
  const guint8 *stop = is_last ? end : end - MIN (n, LOOK_AHEAD);
  const guint8 *at = block;

  self->copied = self->in_slice ? block : NULL;
  while (at < stop && !self->is_done)
    {
      at = skip_plain (self, at, stop);
      if (at == stop)
        break;
      if (self->where == IN_TEXT)
        {
          at += MIN (open_markup (self, at, end), (gsize) (end - at));
          self->last[0] = self->last[1] = '\0';
          continue;
        }
      meet_byte (self, block, at);
      at++;
    }
  if (self->in_slice)
    copy_until (self, at);
  return (gsize) (at - block);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static gboolean
pump (Scan *self, ImpStream *stream, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  gsize have = 0;
  gssize n = 1;

  while (n > 0 && !self->is_done)
    {
      gsize used;

      n = imp_stream_read (stream, block + have, BLOCK_BYTES - have, error);
      if (n > 0)
        have += (gsize) n;
      used = feed (self, block, have, n <= 0);
      memmove (block, block + used, have - used);
      have -= used;
      self->offset += used;
    }
  return n >= 0;
}

static void
finish (Scan *self)
{
  if (self->is_done)
    return;
  self->seen->is_cut_off = self->depth > 0 || self->where != IN_TEXT;
  if (!self->in_slice)
    return;
  if (self->slice.state == IMP_SLICE_WHOLE)
    self->slice.state = IMP_SLICE_CUT_OFF;
  hand_on (self, self->offset);
}

gboolean
imp_xml_cut (ImpStream *stream, const ImpXmlCutOptions *options, ImpXmlCutSeen *seen, GError **error)
{
  Scan self = { .options = options, .seen = seen, .line = 1 };
  gboolean ok;

  *seen = (ImpXmlCutSeen){ 0 };
  self.max_slice_bytes =
      options->max_slice_bytes > 0 ? options->max_slice_bytes : IMP_JSON_MAX_SLICE_BYTES;
  self.name = g_string_new (NULL);
  self.key = g_string_new (NULL);
  self.root_tag = g_string_new (NULL);
  self.text = g_string_new (NULL);

  ok = pump (&self, stream, error);
  finish (&self);
  seen->n_bytes = self.offset;
  g_string_free (self.name, TRUE);
  g_string_free (self.key, TRUE);
  g_string_free (self.root_tag, TRUE);
  g_string_free (self.text, TRUE);
  if (ok && self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  g_clear_error (&self.error);
  return ok;
}
