/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-stream.h"

#include <errno.h>
#include <string.h>

#include "imp-error.h"

#define BLOCK_BYTES (32 * 1024)
#define LOST "\xef\xbf\xbd"
#define MARK "\xef\xbb\xbf"

typedef struct
{
  ImpStream *inner; /* owned by the layer */
  ImpStream *layer;
  char *charset;
  GIConv iconv;
  char block[BLOCK_BYTES];
  gsize n_block;
  char out[BLOCK_BYTES * 4];
  gsize begin, end; /* of what is not yet handed on in @out */
  gboolean inner_ended;
  gboolean at_start;
} Convert;

static void
put_lost (Convert *self, char **at)
{
  memcpy (*at, LOST, 3);
  *at += 3;
  imp_stream_add_lost (self->layer);
}

/* A character cannot be wider than four bytes in UTF-8 for each one read. */
static void
convert_block (Convert *self)
{
  char *from = self->block;
  gsize left = self->n_block;
  char *to = self->out;

  while (left > 0)
    {
      gsize room = (gsize) (self->out + sizeof self->out - to);

      if (g_iconv (self->iconv, &from, &left, &to, &room) != (gsize) -1)
        break;
      if (errno == EINVAL && !self->inner_ended && left < 16)
        break; /* the rest of the character comes with the next block */
      if (errno == E2BIG || (gsize) (self->out + sizeof self->out - to) < 3)
        break;
      put_lost (self, &to);
      from++;
      left--;
    }
  memmove (self->block, from, left);
  self->n_block = left;
  self->begin = 0;
  self->end = (gsize) (to - self->out);
  if (self->at_start && self->end > 0)
    {
      self->at_start = FALSE;
      if (self->end >= 3 && memcmp (self->out, MARK, 3) == 0)
        self->begin = 3;
    }
}

static gssize
read_convert (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Convert *self = data;
  gsize n;

  while (self->begin == self->end && !(self->inner_ended && self->n_block == 0))
    {
      gssize taken = imp_stream_read (self->inner, (guint8 *) self->block + self->n_block,
                                      BLOCK_BYTES - self->n_block, error);

      if (taken < 0)
        return -1;
      self->inner_ended = taken == 0;
      self->n_block += (gsize) taken;
      convert_block (self);
    }
  n = MIN (size, self->end - self->begin);
  memcpy (buffer, self->out + self->begin, n);
  self->begin += n;
  return (gssize) n;
}

static gboolean
rewind_convert (gpointer data, GError **error)
{
  Convert *self = data;

  self->n_block = self->begin = self->end = 0;
  self->inner_ended = FALSE;
  self->at_start = TRUE;
  g_iconv (self->iconv, NULL, NULL, NULL, NULL);
  return TRUE;
}

static void
free_convert (gpointer data)
{
  Convert *self = data;

  if (self->iconv != (GIConv) -1)
    g_iconv_close (self->iconv);
  g_free (self->charset);
  g_free (self);
}

ImpStream *
imp_stream_convert (ImpStream *inner, const char *charset)
{
  Convert *self = g_new0 (Convert, 1);

  self->inner = inner;
  self->charset = g_strdup (charset);
  self->at_start = TRUE;
  self->iconv = g_iconv_open ("UTF-8", charset);
  if (self->iconv == (GIConv) -1)
    self->iconv = g_iconv_open ("UTF-8", "ISO-8859-1"); /* every byte is something */
  self->layer = imp_stream_new_layer (inner, read_convert, rewind_convert, self, free_convert);
  return self->layer;
}
