/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stream-fixture.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

/* ---- in small pieces ------------------------------------------------------------------------ */

typedef struct
{
  char *text;
  gsize len;
  gsize chunk;
  gsize pos;
} Chunks;

static gssize
read_chunk (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Chunks *self = data;
  gsize n = MIN (size, self->len - self->pos);

  if (self->chunk > 0)
    n = MIN (n, self->chunk);
  memcpy (buffer, self->text + self->pos, n);
  self->pos += n;
  return (gssize) n;
}

static gboolean
rewind_chunks (gpointer data, GError **error)
{
  ((Chunks *) data)->pos = 0;
  return TRUE;
}

static void
free_chunks (gpointer data)
{
  g_free (((Chunks *) data)->text);
  g_free (data);
}

ImpStream *
stream_of (const char *text, gsize len, gsize chunk)
{
  Chunks *self = g_new0 (Chunks, 1);

  self->text = g_malloc (len + 1);
  memcpy (self->text, text, len);
  self->len = len;
  self->chunk = chunk;
  return imp_stream_new (read_chunk, rewind_chunks, self, free_chunks);
}

/* ---- made while read ------------------------------------------------------------------------ */

typedef struct
{
  const char *parts[3];
  guint64 times[3];
  guint part;
  guint64 time;
  gsize pos;
} Parts;

static gssize
read_parts (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Parts *self = data;
  gsize done = 0;

  while (done < size && self->part < 3)
    {
      gsize len = strlen (self->parts[self->part]);
      gsize n = MIN (size - done, len - self->pos);

      if (self->time == self->times[self->part] || len == 0)
        {
          self->part++;
          self->time = 0;
          continue;
        }
      memcpy (buffer + done, self->parts[self->part] + self->pos, n);
      done += n;
      self->pos += n;
      if (self->pos == len)
        {
          self->pos = 0;
          self->time++;
        }
    }
  return (gssize) done;
}

static gboolean
rewind_parts (gpointer data, GError **error)
{
  Parts *self = data;

  self->part = 0;
  self->time = 0;
  self->pos = 0;
  return TRUE;
}

ImpStream *
stream_of_parts (const char *head, const char *part, guint64 n, const char *tail)
{
  Parts *self = g_new0 (Parts, 1);

  *self = (Parts){ .parts = { head, part, tail }, .times = { 1, n, 1 } };
  return imp_stream_new (read_parts, rewind_parts, self, g_free);
}

/* ---- other ---------------------------------------------------------------------------------- */

GBytes *
gzip_of (const char *text, gsize len)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, (gssize) len, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, converter);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_assert_cmpint (
      g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL), >=, 0);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

guint
peak_memory_mb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (guint) (usage.ru_maxrss / 1024);
}

double
seconds_limit (double seconds)
{
#if defined(__SANITIZE_ADDRESS__)
  return seconds * 10;
#else
  return seconds;
#endif
}
