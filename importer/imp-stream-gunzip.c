/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-stream.h"

#include <gio/gio.h>
#include <string.h>

#include "imp-error.h"
#include "imp-limits.h"

#define BLOCK_BYTES (64 * 1024)

typedef struct
{
  ImpStream *inner; /* owned by the layer */
  ImpStream *layer;
  GConverter *converter;
  guint8 block[BLOCK_BYTES];
  gsize begin, end; /* of what is not yet unpacked in the block */
  gboolean inner_ended;
  gboolean ended;
  gboolean between; /* no member is open */
  guint n_members;
  guint64 n_in, n_out;
} Gunzip;

static gboolean
refill (Gunzip *self, GError **error)
{
  gssize n;

  memmove (self->block, self->block + self->begin, self->end - self->begin);
  self->end -= self->begin;
  self->begin = 0;
  if (self->inner_ended || self->end == BLOCK_BYTES)
    return TRUE;
  n = imp_stream_read (self->inner, self->block + self->end, BLOCK_BYTES - self->end, error);
  if (n < 0)
    return FALSE;
  self->inner_ended = n == 0;
  self->end += (gsize) n;
  self->n_in += (gsize) n;
  return TRUE;
}

/* Zeros fill up the last block of a tape; anything else is told of. */
static void
end_behind_members (Gunzip *self)
{
  self->ended = TRUE;
  for (gsize i = self->begin; i < self->end; i++)
    if (self->block[i] != 0)
      {
        imp_stream_set_remark (self->layer, "other bytes behind the end of the compressed data");
        return;
      }
}

static gboolean
begin_member (Gunzip *self, GError **error)
{
  while (self->end - self->begin < 2 && !self->inner_ended)
    if (!refill (self, error))
      return FALSE;
  if (self->end - self->begin < 2 || self->block[self->begin] != 0x1f ||
      self->block[self->begin + 1] != 0x8b)
    {
      end_behind_members (self);
      return TRUE;
    }
  g_converter_reset (self->converter);
  self->between = FALSE;
  self->n_members++;
  return TRUE;
}

static gboolean
check_ratio (const Gunzip *self, GError **error)
{
  if (self->n_out <= IMP_MAX_UNPACKED_BYTES || self->n_out / 200 <= self->n_in)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LIMIT, "grows more than 200-fold when unpacked");
  return FALSE;
}

/* Returns: bytes, 0 where more input is needed or a member ended, -1 */
static gssize
unpack (Gunzip *self, guint8 *buffer, gsize size, GError **error)
{
  g_autoptr (GError) broken = NULL;
  gsize n_read = 0, n_written = 0;
  GConverterResult result = g_converter_convert (
      self->converter, self->block + self->begin, self->end - self->begin, buffer, size,
      self->inner_ended ? G_CONVERTER_INPUT_AT_END : 0, &n_read, &n_written, &broken);

  self->begin += n_read;
  self->n_out += n_written;
  if (result == G_CONVERTER_FINISHED)
    self->between = TRUE;
  if (result != G_CONVERTER_ERROR)
    return check_ratio (self, error) ? (gssize) n_written : -1;
  if (g_error_matches (broken, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !self->inner_ended)
    return 0;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                       self->inner_ended && self->begin == self->end
                           ? "compressed data ends early"
                           : "compressed data is damaged");
  return -1;
}

static gssize
read_gunzip (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Gunzip *self = data;
  gssize n = 0;

  while (n == 0 && !self->ended)
    {
      if (self->between)
        {
          if (!begin_member (self, error))
            return -1;
          continue;
        }
      if (self->begin == self->end && !refill (self, error))
        return -1;
      n = unpack (self, buffer, size, error);
      if (n == 0 && !self->between && !self->inner_ended && !refill (self, error))
        return -1;
    }
  return n;
}

static gboolean
rewind_gunzip (gpointer data, GError **error)
{
  Gunzip *self = data;

  self->begin = self->end = 0;
  self->inner_ended = self->ended = FALSE;
  self->between = TRUE;
  self->n_members = 0;
  self->n_in = self->n_out = 0;
  return TRUE;
}

static void
free_gunzip (gpointer data)
{
  Gunzip *self = data;

  g_clear_object (&self->converter);
  g_free (self);
}

ImpStream *
imp_stream_gunzip (ImpStream *inner)
{
  Gunzip *self = g_new0 (Gunzip, 1);

  self->inner = inner;
  self->between = TRUE;
  self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  self->layer = imp_stream_new_layer (inner, read_gunzip, rewind_gunzip, self, free_gunzip);
  return self->layer;
}
