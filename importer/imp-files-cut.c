/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of a document without the bytes of its files. */
#include "config.h"

#include "imp-files-private.h"

#include <string.h>

#include "imp-base64-cut.h"

void
imp_files_leave_out (ImpFiles *self, ImpText data, GBytes *bytes, const char *coding)
{
  ImpFilesCut cut = { data, bytes != NULL ? g_bytes_ref (bytes) : NULL, coding };

  g_array_append_val (self->cuts, cut);
}

/* Without padding and what stands between the lines, where that is known. */
static gsize
count_characters (const ImpFilesCut *cut)
{
  gsize n = cut->bytes != NULL ? g_bytes_get_size (cut->bytes) : 0;

  if (cut->bytes == NULL)
    return cut->data.len;
  return strcmp (cut->coding, "hex") == 0 ? 2 * n : (n * 8 + 5) / 6;
}

static void
append_remark (const ImpFilesCut *cut, GString *out)
{
  g_autofree char *digest =
      cut->bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, cut->bytes) : NULL;

  g_string_append_printf (out, "〔%s %" G_GSIZE_FORMAT "文字を省略%s%s〕", cut->coding,
                          count_characters (cut), digest != NULL ? " SHA-256 " : "",
                          digest != NULL ? digest : "");
}

/* Those that are known: these cannot be words, and may be written in ways that are not told from
 * words.
 */
static guint
cut_known (const ImpFiles *self, const ImpMessage *message, GString *out)
{
  const char *from = message->source;
  const char *end = message->source + message->source_len;
  guint n = 0;

  for (guint i = 0; i < self->cuts->len; i++)
    {
      const ImpFilesCut *cut = &g_array_index (self->cuts, ImpFilesCut, i);

      if (cut->data.len < IMP_BASE64_CUT_LINE || cut->data.text < from ||
          cut->data.text + cut->data.len > end)
        continue;
      g_string_append_len (out, from, cut->data.text - from);
      append_remark (cut, out);
      from = cut->data.text + cut->data.len;
      n++;
    }
  g_string_append_len (out, from, end - from);
  return n;
}

guint
imp_files_cut (ImpFiles *self, ImpMessage *message)
{
  gsize min_characters = self->has_infected ? IMP_BASE64_CUT_LINE : IMP_BASE64_CUT_MIN;
  g_autoptr (GString) rest = g_string_new (NULL);
  guint n = 0;
  guint n_others;

  if (self->cuts->len > 0)
    {
      g_string_truncate (self->source, 0);
      n = cut_known (self, message, self->source);
      message->source = self->source->str;
      message->source_len = self->source->len;
    }
  n_others = imp_base64_cut (message->source, message->source_len, min_characters, rest);
  if (n_others > 0)
    {
      g_string_free (self->source, TRUE);
      self->source = g_steal_pointer (&rest);
      message->source = self->source->str;
      message->source_len = self->source->len;
    }
  return n + n_others;
}
