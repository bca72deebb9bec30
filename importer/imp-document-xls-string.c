/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-xls.h"

#include <string.h>

#define FLAG_WIDE 0x01
#define FLAG_EXTENDED 0x04
#define FLAG_RICH 0x08
#define MAX_PARTS 100000

/* ---- records --------------------------------------------------------------------------------- */

gboolean
imp_xls_record (const ImpBlob *stream, gsize at, ImpXlsRecord *out)
{
  gsize len = imp_blob_16 (stream, at + 2);

  if (!imp_blob_has (stream, at, 4))
    return FALSE;
  out->type = imp_blob_16 (stream, at);
  out->data = imp_blob_part (stream, at + 4, len);
  out->next = at + 4 + len;
  out->is_cut = out->data.len < len;
  return TRUE;
}

gsize
imp_xls_cursor_init (ImpXlsCursor *self, const ImpBlob *stream, const ImpXlsRecord *record)
{
  ImpXlsRecord next = *record;
  gsize end = record->next;

  *self = (ImpXlsCursor){ .parts = g_array_new (FALSE, FALSE, sizeof (ImpBlob)) };
  g_array_append_val (self->parts, record->data);
  while (imp_xls_record (stream, end, &next) && next.type == IMP_XLS_CONTINUE &&
         self->parts->len < MAX_PARTS)
    {
      g_array_append_val (self->parts, next.data);
      end = next.next;
    }
  return end;
}

void
imp_xls_cursor_clear (ImpXlsCursor *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
}

/* ---- bytes of several records ---------------------------------------------------------------- */

static const ImpBlob *
part_now (const ImpXlsCursor *self)
{
  return &g_array_index (self->parts, ImpBlob, self->part);
}

void
imp_xls_next_part (ImpXlsCursor *self)
{
  if (self->part + 1 >= self->parts->len)
    {
      self->is_over = TRUE;
      self->at = part_now (self)->len;
      return;
    }
  self->part++;
  self->at = 0;
}

/* Returns: FALSE where there is none left */
static gboolean
find_byte (ImpXlsCursor *self)
{
  while (self->at >= part_now (self)->len && !self->is_over)
    imp_xls_next_part (self);
  return !self->is_over;
}

guint8
imp_xls_take_8 (ImpXlsCursor *self)
{
  return find_byte (self) ? part_now (self)->data[self->at++] : 0;
}

guint16
imp_xls_take_16 (ImpXlsCursor *self)
{
  guint16 low = imp_xls_take_8 (self);

  return (guint16) (low | imp_xls_take_8 (self) << 8);
}

guint32
imp_xls_take_32 (ImpXlsCursor *self)
{
  guint32 low = imp_xls_take_16 (self);

  return low | (guint32) imp_xls_take_16 (self) << 16;
}

void
imp_xls_skip (ImpXlsCursor *self, gsize n)
{
  while (n > 0 && find_byte (self))
    {
      gsize part = MIN (n, part_now (self)->len - self->at);

      self->at += part;
      n -= part;
    }
}

/* ---- strings --------------------------------------------------------------------------------- */

void
imp_xls_chars (ImpXlsCursor *self, gsize n, gboolean is_wide, GArray *out)
{
  for (gsize i = 0; i < n; i++)
    {
      guint16 unit;

      if (self->at >= part_now (self)->len)
        {
          if (!find_byte (self))
            return;
          is_wide = (imp_xls_take_8 (self) & FLAG_WIDE) != 0;
        }
      unit = is_wide ? imp_xls_take_16 (self) : imp_xls_take_8 (self);
      if (self->is_over)
        return;
      g_array_append_val (out, unit);
    }
}

void
imp_xls_string (ImpXlsCursor *self, gsize n, GArray *out, GArray *runs)
{
  guint8 flags = imp_xls_take_8 (self);
  guint n_runs = (flags & FLAG_RICH) != 0 ? imp_xls_take_16 (self) : 0;
  guint32 n_more = (flags & FLAG_EXTENDED) != 0 ? imp_xls_take_32 (self) : 0;

  imp_xls_chars (self, n, (flags & FLAG_WIDE) != 0, out);
  for (guint i = 0; i < n_runs && !self->is_over; i++)
    {
      ImpXlsRun run = { .at = imp_xls_take_16 (self) };

      run.font = imp_xls_take_16 (self);
      if (!self->is_over)
        g_array_append_val (runs, run);
    }
  imp_xls_skip (self, n_more);
}

char *
imp_xls_utf8 (const GArray *units, guint from, guint n, guint *n_lost)
{
  g_autoptr (GString) out = g_string_sized_new (n + (gsize) 1);
  guint16 high = 0;

  for (guint i = from; i < units->len && i - from < n; i++)
    *n_lost += imp_ole_put_wide (out, g_array_index (units, guint16, i), &high);
  if (high != 0)
    *n_lost += imp_ole_put_wide (out, 0, &high);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
imp_xls_short (const ImpBlob *bytes, guint n_length, guint *n_lost)
{
  gsize n = n_length == 1 ? imp_blob_8 (bytes, 0) : imp_blob_16 (bytes, 0);
  gboolean is_wide = (imp_blob_8 (bytes, n_length) & FLAG_WIDE) != 0;
  g_autoptr (GString) out = g_string_new (NULL);
  guint16 high = 0;

  for (gsize i = 0; i < n; i++)
    {
      gsize at = n_length + 1 + i * (is_wide ? 2 : 1);

      if (!imp_blob_has (bytes, at, is_wide ? 2 : 1))
        break;
      *n_lost +=
          imp_ole_put_wide (out, is_wide ? imp_blob_16 (bytes, at) : imp_blob_8 (bytes, at), &high);
    }
  if (high != 0)
    *n_lost += imp_ole_put_wide (out, 0, &high);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- strings with fonts ---------------------------------------------------------------------- */

/* [MS-XLS] 2.5.129 FontIndex: there is no font of number 4. */
static ImpXlsFont
font_at (const ImpXls *self, guint number)
{
  guint i = number > 4 ? number - 1 : number;

  return i < self->fonts->len ? g_array_index (self->fonts, ImpXlsFont, i) : (ImpXlsFont){ 0 };
}

/* Marks are closed at the end of each line. */
static void
put_stretch (ImpFlow *flow, const char *text)
{
  while (*text != '\0')
    {
      gsize n = strcspn (text, "\r\n");

      imp_flow_put (flow, text, n);
      text += n;
      if (*text == '\0')
        break;
      imp_flow_close (flow);
      imp_document_append (flow->out, flow->limits, "\n", 1);
      text++;
    }
}

char *
imp_xls_words (ImpXls *self, const GArray *units, const GArray *runs)
{
  g_auto (ImpDocument) scratch = { 0 };
  ImpFlow flow = { .out = &scratch, .limits = self->ole->flow->limits };
  guint at = 0;

  if (runs->len == 0)
    return imp_xls_utf8 (units, 0, units->len, &self->ole->n_lost);
  imp_document_init (&scratch);
  for (guint i = 0; i <= runs->len && at < units->len; i++)
    {
      guint end = i < runs->len ? g_array_index (runs, ImpXlsRun, i).at : units->len;
      g_autofree char *text = NULL;

      if (end > at)
        {
          text = imp_xls_utf8 (units, at, end - at, &self->ole->n_lost);
          put_stretch (&flow, text);
          at = end;
        }
      if (i < runs->len)
        {
          ImpXlsFont font = font_at (self, g_array_index (runs, ImpXlsRun, i).font);

          flow.n_struck = font.is_struck;
          flow.n_raised = font.is_raised;
          flow.font = font.font;
        }
    }
  imp_flow_close (&flow);
  self->ole->flow->n_unknown_signs += flow.n_unknown_signs;
  return g_strndup (scratch.text->str, scratch.text->len);
}
