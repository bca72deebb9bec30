/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-stream-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-crypto.h"
#include "disc-file.h"
#include "disc-parity.h"

struct _DiscStreamWriter
{
  int fd;
  guint64 length;         /* appended */
  guint8 *unit;           /* DISC_UNIT_BYTES: the unit that is not full yet */
  GByteArray *sums;
  guint8 *group;          /* a group and its parity; NULL until it is needed */
};

DiscStreamWriter *
disc_stream_writer_new (const char *path, GError **error)
{
  g_autoptr (DiscStreamWriter) self = g_new0 (DiscStreamWriter, 1);

  self->unit = g_malloc0 (DISC_UNIT_BYTES);
  self->sums = g_byte_array_new ();
  self->fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      disc_file_fail ("the container cannot be made", errno, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
disc_stream_writer_free (DiscStreamWriter *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->unit);
  g_free (self->group);
  g_byte_array_unref (self->sums);
  g_free (self);
}

guint64
disc_stream_writer_length (const DiscStreamWriter *self)
{
  return self->length;
}

static void
add_sum (DiscStreamWriter *self, const guint8 *unit)
{
  guint8 sum[DISC_SUM_BYTES];

  disc_hash (unit, DISC_UNIT_BYTES, sum, sizeof sum);
  g_byte_array_append (self->sums, sum, sizeof sum);
}

/* The parity of one group; its units are read back: they were written moments ago. */
static gboolean
write_group (DiscStreamWriter *self, const DiscSet *set, guint group, GByteArray *sums,
             GError **error)
{
  guint8 *units[DISC_SET_ROWS + DISC_SET_PARITY];
  guint n = 0;

  for (guint row = 0; row < set->n_rows; row++)
    {
      guint unit = row * set->n_columns + disc_layout_column (set, row, group);

      units[n] = self->group + (gsize) n * DISC_UNIT_BYTES;
      if (unit >= set->n_units)
        memset (units[n], 0, DISC_UNIT_BYTES);
      else if (!disc_file_read (self->fd, units[n], DISC_UNIT_BYTES,
                                set->offset + (guint64) unit * DISC_UNIT_BYTES, error))
        return FALSE;
      n++;
    }

  for (guint i = 0; i < DISC_SET_PARITY; i++)
    units[n + i] = self->group + (gsize) (n + i) * DISC_UNIT_BYTES;
  disc_parity_encode (units, n, units + n);

  for (guint i = 0; i < DISC_SET_PARITY; i++)
    {
      guint64 place = set->n_units + (guint64) i * set->n_columns + group;

      if (!disc_file_write (self->fd, units[n + i], DISC_UNIT_BYTES,
                            set->offset + place * DISC_UNIT_BYTES, error))
        return FALSE;
      disc_hash (units[n + i], DISC_UNIT_BYTES,
                 sums->data + (i * set->n_columns + group) * DISC_SUM_BYTES, DISC_SUM_BYTES);
    }

  return TRUE;
}

static gboolean
write_parity (DiscStreamWriter *self, guint64 set_number, GError **error)
{
  g_autoptr (GByteArray) sums = g_byte_array_new ();
  DiscSet set;

  disc_layout_set (self->length, set_number, &set);
  g_byte_array_set_size (sums, set.n_columns * DISC_SET_PARITY * DISC_SUM_BYTES);
  if (self->group == NULL)
    self->group = g_malloc ((DISC_SET_ROWS + DISC_SET_PARITY) * (gsize) DISC_UNIT_BYTES);

  for (guint group = 0; group < set.n_columns; group++)
    if (!write_group (self, &set, group, sums, error))
      return FALSE;

  g_byte_array_append (self->sums, sums->data, sums->len);
  return TRUE;
}

/* The unit at hand is full, or the last. */
static gboolean
write_unit (DiscStreamWriter *self, guint64 unit, GError **error)
{
  add_sum (self, self->unit);
  return disc_file_write (self->fd, self->unit, DISC_UNIT_BYTES, disc_layout_unit_offset (unit),
                          error);
}

static gboolean
ends_set (guint64 n_units)
{
  return n_units % (DISC_SET_ROWS * DISC_SET_COLUMNS) == 0;
}

gboolean
disc_stream_writer_append (DiscStreamWriter *self, const guint8 *data, gsize len, GError **error)
{
  while (len > 0)
    {
      gsize at = self->length % DISC_UNIT_BYTES;
      gsize n = MIN (len, DISC_UNIT_BYTES - at);
      guint64 n_units;

      memcpy (self->unit + at, data, n);
      data += n;
      len -= n;
      self->length += n;
      if (self->length % DISC_UNIT_BYTES != 0)
        continue;

      n_units = self->length / DISC_UNIT_BYTES;
      if (!write_unit (self, n_units - 1, error))
        return FALSE;
      if (ends_set (n_units) &&
          !write_parity (self, disc_layout_n_sets (self->length) - 1, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
disc_stream_writer_read (DiscStreamWriter *self, guint64 offset, guint8 *out, gsize len,
                         GError **error)
{
  guint64 n_written = self->length / DISC_UNIT_BYTES;

  g_return_val_if_fail (offset + len <= self->length, FALSE);

  while (len > 0)
    {
      guint64 unit = offset / DISC_UNIT_BYTES;
      gsize at = offset % DISC_UNIT_BYTES;
      gsize n = MIN (len, DISC_UNIT_BYTES - at);

      if (unit >= n_written)
        memcpy (out, self->unit + at, n);
      else if (!disc_file_read (self->fd, out, n, disc_layout_unit_offset (unit) + at, error))
        return FALSE;
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

GByteArray *
disc_stream_writer_finish (DiscStreamWriter *self, GError **error)
{
  gsize at = self->length % DISC_UNIT_BYTES;
  guint64 n_units = disc_layout_n_units (self->length);

  if (at > 0)
    {
      memset (self->unit + at, 0, DISC_UNIT_BYTES - at);
      if (!write_unit (self, n_units - 1, error))
        return NULL;
    }
  if (!ends_set (n_units) &&
      !write_parity (self, disc_layout_n_sets (self->length) - 1, error))
    return NULL;

  if (!disc_file_write (self->fd, self->sums->data, self->sums->len,
                        disc_layout_sums_offset (self->length), error))
    return NULL;
  return g_byte_array_ref (self->sums);
}

gboolean
disc_stream_writer_write_head (DiscStreamWriter *self, const guint8 *head, GError **error)
{
  return disc_file_write (self->fd, head, DISC_HEAD_BYTES, 0, error);
}
