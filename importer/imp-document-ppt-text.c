/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-ppt.h"

#include <string.h>

/*
 * A text of PowerPoint 97 to 2003 and its styles ([MS-PPT] 2.9.44 StyleTextPropAtom): stretches of
 * paragraphs, then stretches of characters, each a number of characters and what differs from the
 * master, whose fields are there as the bits of a mask say.
 */

typedef struct
{
  guint32 mask; /* any of these bits */
  guint bytes;
} Field;

gboolean
imp_ppt_record (const ImpBlob *bytes, gsize at, ImpPptRecord *out, gboolean *is_cut)
{
  guint32 len = imp_blob_32 (bytes, at + 4);

  if (!imp_blob_has (bytes, at, IMP_PPT_HEAD_BYTES))
    return FALSE;
  out->is_container = (imp_blob_16 (bytes, at) & 0xf) == 0xf;
  out->instance = imp_blob_16 (bytes, at) >> 4;
  out->type = imp_blob_16 (bytes, at + 2);
  out->data = imp_blob_part (bytes, at + IMP_PPT_HEAD_BYTES, len);
  out->next = at + IMP_PPT_HEAD_BYTES + len;
  *is_cut |= out->data.len < len;
  return TRUE;
}

/* ---- styles ---------------------------------------------------------------------------------- */

static gsize
bytes_of (const Field *fields, guint n, guint32 mask)
{
  gsize sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (mask & fields[i].mask) != 0 ? fields[i].bytes : 0;
  return sum;
}

/* 2.9.20 TextPFException, without the stops of tabulators. */
static gsize
skip_paragraph (const ImpBlob *styles, gsize at)
{
  static const Field before[] = {
    { 0x000f, 2 }, { 0x0080, 2 }, { 0x0010, 2 }, { 0x0040, 2 }, { 0x0020, 4 }, { 0x0800, 2 },
    { 0x1000, 2 }, { 0x2000, 2 }, { 0x4000, 2 }, { 0x0100, 2 }, { 0x0400, 2 }, { 0x8000, 2 },
  };
  static const Field behind[] = { { 0x10000, 2 }, { 0xe0000, 2 }, { 0x200000, 2 } };
  guint32 mask = imp_blob_32 (styles, at);

  at += 4 + bytes_of (before, G_N_ELEMENTS (before), mask);
  if ((mask & 0x100000) != 0)
    at += 2 + 4 * (gsize) imp_blob_16 (styles, at);
  return at + bytes_of (behind, G_N_ELEMENTS (behind), mask);
}

typedef struct
{
  guint64 n; /* characters */
  gboolean is_raised;
  int font; /* -1 for that of the master */
} Stretch;

/* 2.9.13 TextCFException. */
static gsize
read_stretch (const ImpBlob *styles, gsize at, Stretch *out)
{
  guint32 mask = imp_blob_32 (styles, at + 4);

  *out = (Stretch){ .n = imp_blob_32 (styles, at), .font = -1 };
  at += 8;
  at += (mask & 0xffff) != 0 ? 2 : 0; /* bold and the like */
  if ((mask & 0x10000) != 0)
    out->font = imp_blob_16 (styles, at);
  at += (mask & 0x10000) != 0 ? 2 : 0;
  at += (mask & 0x200000) != 0 ? 2 : 0; /* the fonts of East Asia and of ANSI */
  at += (mask & 0x400000) != 0 ? 2 : 0;
  if ((mask & 0x800000) != 0)
    out->font = imp_blob_16 (styles, at);
  at += (mask & 0x800000) != 0 ? 2 : 0;
  at += (mask & 0x20000) != 0 ? 2 : 0; /* size, colour */
  at += (mask & 0x40000) != 0 ? 4 : 0;
  if ((mask & 0x80000) != 0)
    out->is_raised = (gint16) imp_blob_16 (styles, at) > 0;
  return at + ((mask & 0x80000) != 0 ? 2 : 0);
}

/* Where the stretches of characters begin: behind those of as many characters and the end. */
static gsize
find_stretches (const ImpBlob *styles, gsize n_chars)
{
  guint64 n = 0;
  gsize at = 0;

  while (n < n_chars + 1 && imp_blob_has (styles, at, 10))
    {
      n += MAX (imp_blob_32 (styles, at), 1);
      at = skip_paragraph (styles, at + 6);
    }
  return at;
}

/* ---- text ------------------------------------------------------------------------------------ */

typedef struct
{
  ImpOle *ole;
  const GArray *fonts;
  GString *run;
  guint16 high;
} Writer;

static void
end_run (Writer *self, const Stretch *stretch)
{
  ImpFlow *flow = self->ole->flow;

  flow->n_raised = stretch->is_raised;
  flow->font = stretch->font >= 0 && (guint) stretch->font < self->fonts->len
                   ? g_array_index (self->fonts, ImpSymbolFont, stretch->font)
                   : IMP_FONT_OF_LETTERS;
  imp_flow_put (flow, self->run->str, self->run->len);
  flow->n_raised = 0;
  flow->font = IMP_FONT_OF_LETTERS;
  g_string_truncate (self->run, 0);
}

static void
put_unit (Writer *self, guint16 unit, const Stretch *stretch)
{
  if (unit == '\r' || unit == '\v' || unit == '\n')
    {
      end_run (self, stretch);
      imp_flow_line (self->ole->flow);
    }
  else
    self->ole->n_lost += imp_ole_put_wide (self->run, unit, &self->high);
}

void
imp_ppt_put_text (ImpOle *ole, const GArray *fonts, const ImpPptText *text)
{
  gsize width = text->is_wide ? 2 : 1;
  gsize n = text->chars.len / width;
  gsize at = find_stretches (&text->styles, n);
  g_autoptr (GString) run = g_string_new (NULL);
  Writer writer = { .ole = ole, .fonts = fonts, .run = run };
  Stretch stretch = { .n = 0, .font = -1 };
  gsize left = 0; /* of the stretch */

  for (gsize i = 0; i < n && !ole->flow->out->is_text_cut; i++)
    {
      if (left == 0)
        {
          end_run (&writer, &stretch);
          stretch = (Stretch){ .n = G_MAXUINT32, .font = -1 };
          if (imp_blob_has (&text->styles, at, 8))
            at = read_stretch (&text->styles, at, &stretch);
          left = MAX (stretch.n, 1);
        }
      left--;
      put_unit (&writer, text->is_wide ? imp_blob_16 (&text->chars, 2 * i) : text->chars.data[i],
                &stretch);
    }
  if (writer.high != 0)
    ole->n_lost += imp_ole_put_wide (run, 0, &writer.high);
  end_run (&writer, &stretch);
  imp_flow_line (ole->flow);
}
