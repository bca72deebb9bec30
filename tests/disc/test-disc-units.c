/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of a container that is in no file: all its bytes are zero, and so is the parity of them. */
#include <string.h>

#include <fcntl.h>
#include <glib/gstdio.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-units.h"

#define N_SETS 3
#define SET_UNITS 3904
#define SET_PLACES 4392
#define LOST_OF_SET (8 * DISC_SET_COLUMNS) /* the first eight rows: of each group all that may be */

static gssize
drive (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data)
{
  guint64 place = (offset - DISC_HEAD_BYTES) / DISC_UNIT_BYTES;

  /* Whole units are asked for. */
  memset (out, 0, len);
  for (gsize at = 0; at < len; at += DISC_UNIT_BYTES, place++)
    if (place % SET_PLACES < LOST_OF_SET)
      ((guint8 *) out)[at] = 1;
  return (gssize) len;
}

static DiscUnits *
make_units (void)
{
  const DiscHeader header = { .stream_bytes = (guint64) N_SETS * SET_UNITS * DISC_UNIT_BYTES };
  g_autofree guint8 *unit = g_malloc0 (DISC_UNIT_BYTES);
  GByteArray *sums = g_byte_array_new ();
  guint8 sum[DISC_SUM_BYTES];
  DiscUnits *units;

  disc_hash (unit, DISC_UNIT_BYTES, sum, sizeof sum);
  for (guint i = 0; i < N_SETS * SET_PLACES; i++)
    g_byte_array_append (sums, sum, sizeof sum);
  units = disc_units_new (g_open ("/dev/null", O_RDONLY | O_CLOEXEC, 0), &header, sums);
  disc_units_set_drive (units, drive, NULL);
  return units;
}

static void
read_unit (DiscUnits *units, guint64 unit)
{
  g_autoptr (GError) error = NULL;
  guint8 bytes[16];

  disc_units_read (units, unit * DISC_UNIT_BYTES, bytes, sizeof bytes, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_assert_cmpuint (bytes[i], ==, 0);
}

/* More repaired units than are kept: those that come after have to share the cache, in which some
 * of a group may still be when the others have gone and the group is repaired once more. */
static void
test_many_repaired (void)
{
  const guint64 third = 2 * SET_UNITS;
  const guint64 first_lost = third + 10;                        /* row 0, column 10: group 10 */
  const guint64 second_lost = third + DISC_SET_COLUMNS + 9;     /* row 1, column 9: the same */
  g_autoptr (DiscUnits) units = make_units ();

  for (guint64 unit = 0; unit < LOST_OF_SET; unit++)
    read_unit (units, unit);
  for (guint64 unit = 0; unit < LOST_OF_SET; unit++)
    read_unit (units, SET_UNITS + unit);
  for (guint64 column = 0; column < DISC_SET_COLUMNS; column++)
    read_unit (units, third + column);
  g_assert_cmpuint (disc_units_damage (units)->n_repaired, ==, N_SETS * LOST_OF_SET);

  for (guint round = 0; round < 3; round++)
    {
      read_unit (units, first_lost);
      for (guint64 i = 0; i < 100; i++)
        {
          read_unit (units, third + LOST_OF_SET + 3 * i);
          read_unit (units, second_lost);
        }
    }
  for (guint64 i = 0; i < 300; i++)
    read_unit (units, third + LOST_OF_SET + 3 * i);
  g_assert_cmpuint (disc_units_damage (units)->n_repaired, ==, N_SETS * LOST_OF_SET);
  g_assert_cmpuint (disc_units_damage (units)->n_lost, ==, 0);
}

static void
assert_not_in_memory (DiscUnits *units, guint64 unit)
{
  g_autoptr (GError) error = NULL;
  guint8 byte;

  g_assert_false (disc_units_read (units, unit * DISC_UNIT_BYTES, &byte, 1, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
}

static void
keep (DiscUnits *units, GMutex *lock, guint64 unit, guint64 n)
{
  const DiscUnitRange range = { unit * DISC_UNIT_BYTES, n * DISC_UNIT_BYTES };

  disc_units_begin_keeping (units, lock);
  disc_units_keep (units, &range, 1, G_MAXSIZE);
}

/* Of what is kept a part is let go: the whole units in it, and nothing beside them. */
static void
test_let_go (void)
{
  const guint64 first = (guint64) N_SETS * SET_UNITS - 100;
  g_autoptr (DiscUnits) units = make_units ();
  const guint64 offset = first * DISC_UNIT_BYTES;
  GMutex lock;

  g_mutex_init (&lock);
  keep (units, &lock, first, 100);
  disc_units_let_go (units, offset + 10 * DISC_UNIT_BYTES + 1, 5 * DISC_UNIT_BYTES);
  read_unit (units, first + 11); /* from the medium once more, as it was */
  disc_units_let_go (units, offset + 20 * DISC_UNIT_BYTES, DISC_UNIT_BYTES - 1);
  disc_units_release (units);
  read_unit (units, first);
  read_unit (units, first + 10);
  read_unit (units, first + 11);
  assert_not_in_memory (units, first + 14);
  read_unit (units, first + 15);
  read_unit (units, first + 20);
  read_unit (units, first + 99);
  assert_not_in_memory (units, first - 1);
  g_mutex_clear (&lock);
}

/* A drive that says that it was asked, and waits for a push before each run of units. */
typedef struct
{
  GAsyncQueue *asked;
  GAsyncQueue *pushes;
  gint n_reads;
  DiscUnits *units;
  GMutex lock;
} SlowDrive;

static gssize
slow_drive (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data)
{
  SlowDrive *self = user_data;

  g_async_queue_push (self->asked, self);
  g_async_queue_pop (self->pushes);
  g_atomic_int_inc (&self->n_reads);
  return drive (fd, out, len, offset, NULL);
}

static gpointer
keep_two_ranges (gpointer data)
{
  static const DiscUnitRange ranges[] = {
    { 1000 * (guint64) DISC_UNIT_BYTES, 10 * DISC_UNIT_BYTES },
    { 900 * (guint64) DISC_UNIT_BYTES + 1, 80 * DISC_UNIT_BYTES },
  };
  SlowDrive *self = data;

  disc_units_keep (self->units, ranges, G_N_ELEMENTS (ranges), G_MAXSIZE);
  return NULL;
}

static gpointer
read_one (gpointer data)
{
  SlowDrive *self = data;

  g_mutex_lock (&self->lock);
  read_unit (self->units, 980);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
slow_drive_init (SlowDrive *self)
{
  *self = (SlowDrive){
    .asked = g_async_queue_new (),
    .pushes = g_async_queue_new (),
    .units = make_units (),
  };
  g_mutex_init (&self->lock);
  disc_units_set_drive (self->units, slow_drive, self);
  disc_units_begin_keeping (self->units, &self->lock);
}

static void
slow_drive_clear (SlowDrive *self)
{
  disc_units_free (self->units);
  g_async_queue_unref (self->asked);
  g_async_queue_unref (self->pushes);
  g_mutex_clear (&self->lock);
}

/* Who wants a unit that is on its way waits for it: the drive is not asked for it a second time. */
static void
test_keep_while_reading (void)
{
  SlowDrive slow;
  GThread *keeping, *reading;

  slow_drive_init (&slow);
  keeping = g_thread_new ("keep", keep_two_ranges, &slow);
  g_async_queue_pop (slow.asked); /* or the reader may be the first, who asks the drive himself */
  reading = g_thread_new ("read", read_one, &slow);
  /* 10 units; then 64 and 17 of 81, as the second range begins and ends within a unit. */
  for (guint i = 0; i < 3; i++)
    g_async_queue_push (slow.pushes, &slow);
  g_thread_join (reading);
  g_thread_join (keeping);
  g_assert_cmpint (slow.n_reads, ==, 3);
  disc_units_release (slow.units);
  read_unit (slow.units, 1009);
  read_unit (slow.units, 900);
  assert_not_in_memory (slow.units, 1010);
  assert_not_in_memory (slow.units, 981);
  slow_drive_clear (&slow);
}

/* A medium that is taken out meanwhile: what was read stays. */
static void
test_stop_keeping (void)
{
  SlowDrive slow;
  GThread *keeping;

  slow_drive_init (&slow);
  keeping = g_thread_new ("keep", keep_two_ranges, &slow);
  g_async_queue_pop (slow.asked);
  g_async_queue_push (slow.pushes, &slow);
  g_async_queue_push (slow.pushes, &slow);
  g_mutex_lock (&slow.lock);
  read_unit (slow.units, 1003); /* waits for the first run */
  disc_units_release (slow.units);
  read_unit (slow.units, 1009);
  assert_not_in_memory (slow.units, 980);
  g_mutex_unlock (&slow.lock);
  g_thread_join (keeping);
  g_assert_cmpint (slow.n_reads, <=, 2);
  slow_drive_clear (&slow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/units/many-repaired", test_many_repaired);
  g_test_add_func ("/disc/units/let-go", test_let_go);
  g_test_add_func ("/disc/units/keep-while-reading", test_keep_while_reading);
  g_test_add_func ("/disc/units/stop-keeping", test_stop_keeping);
  return g_test_run ();
}
