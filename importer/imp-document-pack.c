/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <string.h>

#include "imp-limits.h"

/*
 * Numbers of four bytes and pieces of bytes behind their length, in one fixed order. The process
 * that wrote it may be in the hands of the document it read: nothing here is believed.
 */

/* ---- writing -------------------------------------------------------------------------------- */

static void
put_number (GByteArray *out, guint32 value)
{
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

static void
put_bytes (GByteArray *out, const void *data, gsize len)
{
  put_number (out, (guint32) len);
  if (len > 0)
    g_byte_array_append (out, data, (guint) len);
}

static void
put_picture (GByteArray *out, const ImpDocumentPicture *picture)
{
  put_number (out, picture->page);
  put_number (out, picture->original_width);
  put_number (out, picture->original_height);
  put_bytes (out, g_bytes_get_data (picture->bytes, NULL), g_bytes_get_size (picture->bytes));
}

void
imp_document_pack (const ImpDocument *self, GByteArray *out)
{
  put_bytes (out, self->text->str, self->text->len);
  put_number (out, self->is_text_cut);
  put_number (out, self->n_pages);
  put_number (out, self->n_pictures_dropped);
  put_bytes (out, self->pages_without_text->data, self->pages_without_text->len * sizeof (guint));
  put_number (out, self->pictures->len);
  for (guint i = 0; i < self->pictures->len; i++)
    put_picture (out, g_ptr_array_index (self->pictures, i));
  put_number (out, self->findings->len);
  for (guint i = 0; i < self->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->findings, i);

      put_number (out, finding->code);
      put_bytes (out, finding->detail, strlen (finding->detail));
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *p;
  gsize left;
  gboolean is_broken;
} Reader;

static guint32
get_number (Reader *self)
{
  guint32 value = 0;

  if (self->left < sizeof value)
    {
      self->is_broken = TRUE;
      return 0;
    }
  memcpy (&value, self->p, sizeof value);
  self->p += sizeof value;
  self->left -= sizeof value;
  return value;
}

static const guint8 *
get_bytes (Reader *self, gsize max, gsize *len)
{
  const guint8 *start;

  *len = get_number (self);
  if (self->is_broken || *len > self->left || *len > max)
    {
      self->is_broken = TRUE;
      *len = 0;
      return self->p;
    }
  start = self->p;
  self->p += *len;
  self->left -= *len;
  return start;
}

static gboolean
is_clean (const guint8 *text, gsize len)
{
  if (!g_utf8_validate_len ((const char *) text, len, NULL))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (text[i] < 0x20 && text[i] != '\t' && text[i] != '\n' && text[i] != '\f')
      return FALSE;
  return TRUE;
}

static void
get_text (Reader *self, const ImpDocumentLimits *limits, ImpDocument *out)
{
  gsize len;
  const guint8 *text = get_bytes (self, limits->text_bytes + 1, &len); /* and a line end */

  if (!is_clean (text, len))
    self->is_broken = TRUE;
  else
    g_string_append_len (out->text, (const char *) text, (gssize) len);
}

static void
get_pages (Reader *self, const ImpDocumentLimits *limits, ImpDocument *out)
{
  gsize len;
  const guint8 *pages = get_bytes (self, limits->max_pages * sizeof (guint), &len);

  for (gsize at = 0; at + sizeof (guint) <= len; at += sizeof (guint))
    {
      guint page;

      memcpy (&page, pages + at, sizeof page);
      if (page == 0 || page > out->n_pages)
        self->is_broken = TRUE;
      g_array_append_val (out->pages_without_text, page);
    }
}

static void
get_picture (Reader *self, const ImpDocumentLimits *limits, ImpDocument *out)
{
  ImpDocumentPicture read = { 0 };
  const guint8 *bytes;
  gsize len;

  read.page = get_number (self);
  read.original_width = get_number (self);
  read.original_height = get_number (self);
  bytes = get_bytes (self, limits->picture_bytes, &len);
  read.media_type = disc_picture_check (bytes, len, &read.width, &read.height);
  if (read.media_type == NULL || read.width > limits->max_edge || read.height > limits->max_edge ||
      read.page > MAX (out->n_pages, 1))
    {
      self->is_broken = TRUE;
      return;
    }
  read.bytes = g_bytes_new (bytes, len);
  g_ptr_array_add (out->pictures, g_memdup2 (&read, sizeof read));
}

static void
get_finding (Reader *self, ImpDocument *out)
{
  guint32 code = get_number (self);
  gsize len;
  const guint8 *detail = get_bytes (self, IMP_MAX_KEPT_BYTES, &len);

  if (code >= IMP_N_FINDINGS || !is_clean (detail, len))
    self->is_broken = TRUE;
  else
    imp_document_find (out, (ImpFindingCode) code, "%.*s", (int) len, (const char *) detail);
}

gboolean
imp_document_unpack (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *self)
{
  Reader reader = { .p = g_bytes_get_data (bytes, NULL), .left = g_bytes_get_size (bytes) };
  guint32 n;

  get_text (&reader, limits, self);
  self->is_text_cut = get_number (&reader) != 0;
  self->n_pages = get_number (&reader);
  self->n_pictures_dropped = get_number (&reader);
  get_pages (&reader, limits, self);
  n = get_number (&reader);
  for (guint32 i = 0; i < n && !reader.is_broken; i++)
    get_picture (&reader, limits, self);
  n = get_number (&reader);
  for (guint32 i = 0; i < n && !reader.is_broken; i++)
    get_finding (&reader, self);
  return !reader.is_broken && reader.left == 0;
}
