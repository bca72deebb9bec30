/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-units.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-parity.h"

#define MAX_CACHED 96           /* units: 3 MB */
#define MAX_REPAIRED 1024       /* repaired units that stay in memory: 32 MB */
#define READ_AHEAD 8            /* units fetched in one go when reading runs on */
#define KEEP_RUN 64             /* units fetched in one go when much is read: 2 MB */
#define ALL_OF_GROUP (DISC_SET_ROWS + DISC_SET_PARITY)

/* A unit in memory, as it was signed. Its bytes are its own, or part of the run that is kept. */
typedef struct
{
  guint64 place;
  GList link;
  guint8 *data;
  guint8 own[];
} Unit;

/* Many units in a piece of memory of its own: among all that is allocated and freed meanwhile, tens of
 * megabytes of them would leave holes that nobody gets back. */
typedef struct
{
  guint8 *data;
  gsize len;
} Run;

struct _DiscUnits
{
  int fd;                   /* -1: released */
  char *path;               /* NULL: not known */
  gboolean has_failed;      /* the drive, since it was last looked at */
  DiscDriveFunc drive;
  gpointer drive_data;
  DiscHeader header;
  GByteArray *sums;
  guint64 n_places;         /* units of the file */

  GHashTable *cached;       /* (element-type Unit) by place */
  GQueue order;             /* of the same, oldest first */
  GHashTable *kept;         /* (element-type Unit) by place: hot and repaired ones stay */
  guint n_repaired_kept;
  GArray *runs;             /* (element-type Run) that units of @kept lie in */
  GMutex *lock;             /* of whoever calls; NULL: one thread */
  GCond kept_more;          /* units, or all that will be */
  gboolean is_keeping;
  gint must_stop;           /* keeping; atomic */
  GHashTable *repaired;     /* places that were, each counted once */
  GHashTable *lost;         /* places beyond repair, with their state */
  guint64 last_unit;        /* of the stream, read last */
  DiscDamage damage;
};

/* ---- places --------------------------------------------------------------------------------- */

/* A place is the number of a unit in the file, parity included. */
static guint64
place_of_unit (guint64 unit)
{
  return (disc_layout_unit_offset (unit) - DISC_HEAD_BYTES) / DISC_UNIT_BYTES;
}

static guint64
offset_of_place (guint64 place)
{
  return DISC_HEAD_BYTES + place * DISC_UNIT_BYTES;
}

/* The places of one group: its units of the stream, then its parity. */
typedef struct
{
  DiscSet set;
  guint n_units;                   /* rows */
  guint64 places[ALL_OF_GROUP];    /* G_MAXUINT64: no unit, as if zero */
} Group;

static void
find_group (DiscUnits *self, guint64 set, guint number, Group *group)
{
  guint64 first;

  disc_layout_set (self->header.stream_bytes, set, &group->set);
  group->n_units = group->set.n_rows;
  first = place_of_unit (group->set.first_unit);
  for (guint row = 0; row < group->n_units; row++)
    {
      guint unit = row * group->set.n_columns + disc_layout_column (&group->set, row, number);

      group->places[row] = unit < group->set.n_units ? first + unit : G_MAXUINT64;
    }
  for (guint i = 0; i < DISC_SET_PARITY; i++)
    group->places[group->n_units + i] =
        first + group->set.n_units + (guint64) i * group->set.n_columns + number;
}

/* The set a place lies in, and in it the number of the unit; beyond the stream's units: parity. */
static guint
split_place (DiscUnits *self, guint64 place, guint64 *set)
{
  const guint full = DISC_SET_ROWS * DISC_SET_COLUMNS + DISC_SET_PARITY * DISC_SET_COLUMNS;

  *set = place / full;
  return (guint) (place % full);
}

static guint
group_of_place (DiscUnits *self, guint64 place, guint64 *set_number)
{
  guint in_set = split_place (self, place, set_number);
  DiscSet set;

  disc_layout_set (self->header.stream_bytes, *set_number, &set);
  if (in_set >= set.n_units)
    return (in_set - set.n_units) % set.n_columns;
  return disc_layout_group (&set, in_set / set.n_columns, in_set % set.n_columns);
}

/* G_MAXUINT64 for parity. */
static guint64
unit_of_place (DiscUnits *self, guint64 place)
{
  guint64 set_number;
  guint in_set = split_place (self, place, &set_number);
  DiscSet set;

  disc_layout_set (self->header.stream_bytes, set_number, &set);
  return in_set < set.n_units ? set.first_unit + in_set : G_MAXUINT64;
}

/* ---- beginning and end ---------------------------------------------------------------------- */

static gssize
plain_drive (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data)
{
  return disc_file_read_some (fd, out, len, offset);
}

static void
run_clear (gpointer data)
{
  Run *run = data;

  munmap (run->data, run->len);
}

DiscUnits *
disc_units_new (int fd, const DiscHeader *header, GByteArray *sums)
{
  DiscUnits *self = g_new0 (DiscUnits, 1);

  self->fd = fd;
  self->drive = plain_drive;
  self->header = *header;
  self->sums = sums;
  self->n_places = disc_layout_n_sums (header->stream_bytes);
  self->cached = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_queue_init (&self->order);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_array_set_clear_func (self->runs, run_clear);
  g_cond_init (&self->kept_more);
  self->repaired = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lost = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->last_unit = G_MAXUINT64 - 1;
  return self;
}

void
disc_units_set_path (DiscUnits *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
}

void
disc_units_wait_kept (DiscUnits *self)
{
  while (self->is_keeping)
    g_cond_wait (&self->kept_more, self->lock);
}

void
disc_units_stop_keeping (DiscUnits *self)
{
  g_atomic_int_set (&self->must_stop, TRUE);
  disc_units_wait_kept (self);
}

void
disc_units_release (DiscUnits *self)
{
  disc_units_stop_keeping (self);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

gboolean
disc_units_is_released (const DiscUnits *self)
{
  return self->fd < 0;
}

void
disc_units_resume (DiscUnits *self, DiscUnits *other)
{
  g_return_if_fail (other->fd >= 0);

  disc_units_release (self);
  self->fd = other->fd;
  other->fd = -1;
  self->has_failed = FALSE;
  disc_units_set_path (self, other->path);
}

void
disc_units_free (DiscUnits *self)
{
  disc_units_release (self);
  g_free (self->path);
  g_hash_table_unref (self->cached);
  g_hash_table_unref (self->kept);
  g_array_unref (self->runs);
  g_cond_clear (&self->kept_more);
  g_hash_table_unref (self->repaired);
  g_hash_table_unref (self->lost);
  g_byte_array_unref (self->sums);
  g_free (self);
}

void
disc_units_set_drive (DiscUnits *self, DiscDriveFunc func, gpointer user_data)
{
  self->drive = func;
  self->drive_data = user_data;
}

const DiscDamage *
disc_units_damage (const DiscUnits *self)
{
  return &self->damage;
}

guint64
disc_units_n (const DiscUnits *self)
{
  return self->n_places;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Bytes from the medium; what cannot be read, or is not there, is zero. A bad sector makes a long
 * read fail as a whole: then each unit is tried alone. */
static gsize
fetch (DiscUnits *self, guint64 place, guint n, guint8 *out)
{
  gsize len = (gsize) n * DISC_UNIT_BYTES;
  gssize got = self->drive (self->fd, out, len, offset_of_place (place), self->drive_data);

  if (got >= 0)
    {
      memset (out + got, 0, len - (gsize) got);
      return (gsize) got;
    }

  self->has_failed = TRUE;
  memset (out, 0, len);
  if (n > 1)
    for (guint i = 0; i < n; i++)
      fetch (self, place + i, 1, out + (gsize) i * DISC_UNIT_BYTES);
  return len;
}

/* Whether what could not be read is not there any more: then it is released. A scratched medium stays in
 * its place. */
static gboolean
was_taken_out (DiscUnits *self)
{
  gboolean has_failed = self->has_failed;
  struct stat is, was;

  self->has_failed = FALSE;
  if (self->fd < 0)
    return TRUE;
  if (!has_failed || self->path == NULL ||
      (stat (self->path, &is) == 0 && fstat (self->fd, &was) == 0 && is.st_dev == was.st_dev &&
       is.st_ino == was.st_ino))
    return FALSE;

  disc_units_release (self);
  return TRUE;
}

static gboolean
is_intact (DiscUnits *self, guint64 place, const guint8 *data)
{
  guint8 sum[DISC_SUM_BYTES];

  disc_hash (data, DISC_UNIT_BYTES, sum, sizeof sum);
  return memcmp (sum, self->sums->data + place * DISC_SUM_BYTES, sizeof sum) == 0;
}

static Unit *
unit_new (guint64 place, const guint8 *data)
{
  Unit *unit = g_malloc (sizeof (Unit) + DISC_UNIT_BYTES);

  unit->place = place;
  unit->link = (GList) { .data = unit };
  unit->data = memcpy (unit->own, data, DISC_UNIT_BYTES);
  return unit;
}

static Unit *
unit_new_in_run (guint64 place, guint8 *data)
{
  Unit *unit = g_malloc (sizeof (Unit));

  unit->place = place;
  unit->link = (GList) { .data = unit };
  unit->data = data;
  return unit;
}

static const guint8 *
add_to_cache (DiscUnits *self, guint64 place, const guint8 *data)
{
  Unit *unit = g_hash_table_lookup (self->cached, &place);

  /* Of a group that is repaired once more, some may still be here. */
  if (unit != NULL)
    return unit->data;

  unit = unit_new (place, data);
  while (self->order.length >= MAX_CACHED)
    {
      Unit *oldest = self->order.head->data;

      g_queue_unlink (&self->order, &oldest->link);
      g_hash_table_remove (self->cached, &oldest->place);
    }
  g_hash_table_insert (self->cached, &unit->place, unit);
  g_queue_push_tail_link (&self->order, &unit->link);
  return unit->data;
}

static const guint8 *
find_in_memory (DiscUnits *self, guint64 place)
{
  Unit *unit = g_hash_table_lookup (self->kept, &place);

  if (unit != NULL)
    return unit->data;
  unit = g_hash_table_lookup (self->cached, &place);
  if (unit == NULL)
    return NULL;

  g_queue_unlink (&self->order, &unit->link);
  g_queue_push_tail_link (&self->order, &unit->link);
  return unit->data;
}

/* ---- repair --------------------------------------------------------------------------------- */

/* One byte over and over, as an erased medium has it: it fits the parity of the same. */
static gboolean
is_blank (const guint8 *unit)
{
  return memcmp (unit, unit + 1, DISC_UNIT_BYTES - 1) == 0;
}

/* Whether the parity that stands there fits the units that stand there: then nothing was scratched
 * since somebody computed it, and what does not fit its sum was put there. */
static gboolean
fits_its_parity (guint8 **units, guint n_units, const gboolean *lost)
{
  g_autofree guint8 *expected = g_malloc (DISC_SET_PARITY * (gsize) DISC_UNIT_BYTES);
  guint8 *parity[DISC_SET_PARITY];

  for (guint i = 0; i < n_units + DISC_SET_PARITY; i++)
    if (lost[i] && is_blank (units[i]))
      return FALSE;
  for (guint i = 0; i < DISC_SET_PARITY; i++)
    parity[i] = expected + (gsize) i * DISC_UNIT_BYTES;
  disc_parity_encode (units, n_units, parity);
  for (guint i = 0; i < DISC_SET_PARITY; i++)
    if (memcmp (parity[i], units[n_units + i], DISC_UNIT_BYTES) != 0)
      return FALSE;

  return TRUE;
}

/* Reads a group, and tells of each place whether it is not as it was signed. */
static guint
read_group (DiscUnits *self, const Group *group, guint8 **units, gboolean *lost)
{
  guint n_lost = 0;

  for (guint i = 0; i < group->n_units + DISC_SET_PARITY; i++)
    {
      lost[i] = FALSE;
      if (group->places[i] == G_MAXUINT64)
        {
          memset (units[i], 0, DISC_UNIT_BYTES);
          continue;
        }
      fetch (self, group->places[i], 1, units[i]);
      lost[i] = !is_intact (self, group->places[i], units[i]);
      n_lost += lost[i] ? 1 : 0;
    }

  return n_lost;
}

static void
keep_repaired (DiscUnits *self, guint64 place, const guint8 *data)
{
  Unit *unit;

  if (g_hash_table_add (self->repaired, g_memdup2 (&place, sizeof place)))
    self->damage.n_repaired++;
  if (g_hash_table_contains (self->kept, &place) || g_hash_table_contains (self->cached, &place))
    return;
  if (self->n_repaired_kept >= MAX_REPAIRED)
    {
      add_to_cache (self, place, data);
      return;
    }

  unit = unit_new (place, data);
  g_hash_table_insert (self->kept, &unit->place, unit);
  self->n_repaired_kept++;
}

static void
note_lost (DiscUnits *self, guint64 place, DiscUnitState state)
{
  if (g_hash_table_contains (self->lost, &place))
    return;

  self->damage.n_lost++;
  g_hash_table_insert (self->lost, g_memdup2 (&place, sizeof place), GINT_TO_POINTER (state));
}

static gboolean
is_behind_end (DiscUnits *self, guint64 place)
{
  guint8 byte;

  return self->drive (self->fd, &byte, 1, offset_of_place (place) + DISC_UNIT_BYTES - 1,
                      self->drive_data) == 0;
}

/* Makes every lost unit of a group again, as far as that goes. */
static void
repair_group (DiscUnits *self, guint64 set, guint number)
{
  g_autofree guint8 *buffer = g_malloc (ALL_OF_GROUP * (gsize) DISC_UNIT_BYTES);
  guint8 *units[ALL_OF_GROUP];
  gboolean lost[ALL_OF_GROUP];
  gboolean altered = FALSE;
  Group group;

  find_group (self, set, number, &group);
  for (guint i = 0; i < ALL_OF_GROUP; i++)
    units[i] = buffer + (gsize) i * DISC_UNIT_BYTES;
  if (read_group (self, &group, units, lost) > DISC_SET_PARITY)
    altered = fits_its_parity (units, group.n_units, lost);
  else if (!disc_parity_repair (units, group.n_units, lost))
    return;
  if (was_taken_out (self))
    return;

  for (guint i = 0; i < group.n_units + DISC_SET_PARITY; i++)
    {
      if (!lost[i])
        continue;
      if (is_intact (self, group.places[i], units[i]))
        keep_repaired (self, group.places[i], units[i]);
      else
        note_lost (self, group.places[i],
                   altered                                       ? DISC_UNIT_ALTERED
                   : is_behind_end (self, group.places[i]) ? DISC_UNIT_MISSING
                                                                 : DISC_UNIT_DAMAGED);
    }
}

static gboolean
fail_lost (DiscUnits *self, guint64 unit, guint64 place, GError **error)
{
  DiscUnitState state = (DiscUnitState) GPOINTER_TO_INT (g_hash_table_lookup (self->lost, &place));
  int code = state == DISC_UNIT_MISSING   ? DISC_ERROR_TRUNCATED
             : state == DISC_UNIT_ALTERED ? DISC_ERROR_ALTERED
                                          : DISC_ERROR_CORRUPT;

  g_set_error (error, DISC_ERROR, code, "unit %" G_GUINT64_FORMAT " is lost beyond repair", unit);
  return FALSE;
}

static gboolean
fail_released (GError **error)
{
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_ELSEWHERE, "the medium was taken out");
  return FALSE;
}

/* Reads ahead only where reading runs on: elsewhere it would cost a drive more than it gives. */
static guint
how_many (DiscUnits *self, guint64 unit)
{
  guint64 n_units = disc_layout_n_units (self->header.stream_bytes);
  guint n = unit == self->last_unit + 1 ? READ_AHEAD : 2;
  guint64 left_in_set = DISC_SET_ROWS * DISC_SET_COLUMNS -
                        unit % (DISC_SET_ROWS * DISC_SET_COLUMNS);

  return (guint) MIN (MIN (n, left_in_set), n_units - unit);
}

/* The unit in memory, as it was signed; it lives until the next call. */
static const guint8 *
load_unit (DiscUnits *self, guint64 unit, GError **error)
{
  guint64 place = place_of_unit (unit);
  const guint8 *data = find_in_memory (self, place);
  g_autofree guint8 *buffer = NULL;
  guint64 set;
  guint n;

  /* Somebody reads them in one go: another jump of the laser would cost more than it gives. */
  while (data == NULL && self->is_keeping)
    {
      g_cond_wait (&self->kept_more, self->lock);
      data = find_in_memory (self, place);
    }
  if (data == NULL && self->fd >= 0 && !g_hash_table_contains (self->lost, &place))
    {
      n = how_many (self, unit);
      buffer = g_malloc ((gsize) n * DISC_UNIT_BYTES);
      fetch (self, place, n, buffer);
      for (guint i = n; i-- > 0;)
        if (!g_hash_table_contains (self->cached, &(guint64) { place + i }) &&
            is_intact (self, place + i, buffer + (gsize) i * DISC_UNIT_BYTES))
          data = add_to_cache (self, place + i, buffer + (gsize) i * DISC_UNIT_BYTES);
      data = find_in_memory (self, place);
    }
  self->last_unit = unit;
  if (data != NULL)
    return data;

  if (!g_hash_table_contains (self->lost, &place) && !was_taken_out (self))
    {
      guint group = group_of_place (self, place, &set);

      repair_group (self, set, group);
    }
  data = find_in_memory (self, place);
  if (data == NULL && self->fd < 0 && !g_hash_table_contains (self->lost, &place))
    fail_released (error);
  else if (data == NULL)
    fail_lost (self, unit, place, error);
  return data;
}

gboolean
disc_units_read (DiscUnits *self, guint64 offset, guint8 *out, gsize len, GError **error)
{
  g_return_val_if_fail (offset + len <= self->header.stream_bytes, FALSE);

  while (len > 0)
    {
      gsize at = offset % DISC_UNIT_BYTES;
      gsize n = MIN (len, DISC_UNIT_BYTES - at);
      const guint8 *data = load_unit (self, offset / DISC_UNIT_BYTES, error);

      if (data == NULL)
        return FALSE;
      memcpy (out, data + at, n);
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

gboolean
disc_units_read_as_is (DiscUnits *self, guint64 offset, guint8 *out, gsize len)
{
  while (len > 0)
    {
      gsize at = offset % DISC_UNIT_BYTES;
      gsize n = MIN (len, DISC_UNIT_BYTES - at);

      if (self->drive (self->fd, out, n, disc_layout_unit_offset (offset / DISC_UNIT_BYTES) + at,
                       self->drive_data) != (gssize) n)
        return FALSE;
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

/* Those that are as they were signed. */
static void
keep_intact (DiscUnits *self, guint64 place, guint n, guint8 *data)
{
  for (guint i = 0; i < n; i++, data += DISC_UNIT_BYTES)
    {
      Unit *kept;

      if (g_hash_table_contains (self->kept, &(guint64) { place + i }) ||
          !is_intact (self, place + i, data))
        continue;
      kept = unit_new_in_run (place + i, data);
      g_hash_table_insert (self->kept, &kept->place, kept);
    }
}

/* Memory for @n units, which is given back with all others; NULL: there is none. */
static guint8 *
add_run (DiscUnits *self, guint64 n)
{
  Run run = { .len = (gsize) n * DISC_UNIT_BYTES };

  run.data = mmap (NULL, run.len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (run.data == MAP_FAILED)
    return NULL;
  g_mutex_lock (self->lock);
  g_array_append_val (self->runs, run);
  g_mutex_unlock (self->lock);
  return run.data;
}

static void
keep_range (DiscUnits *self, guint64 unit, guint64 end)
{
  guint8 *out = unit < end ? add_run (self, end - unit) : NULL;

  while (out != NULL && unit < end && !g_atomic_int_get (&self->must_stop))
    {
      guint64 left_in_set = DISC_SET_ROWS * DISC_SET_COLUMNS -
                            unit % (DISC_SET_ROWS * DISC_SET_COLUMNS);
      guint n = (guint) MIN (MIN (KEEP_RUN, left_in_set), end - unit);

      fetch (self, place_of_unit (unit), n, out);
      g_mutex_lock (self->lock);
      keep_intact (self, place_of_unit (unit), n, out);
      g_cond_broadcast (&self->kept_more);
      g_mutex_unlock (self->lock);
      unit += n;
      out += (gsize) n * DISC_UNIT_BYTES;
    }
}

void
disc_units_begin_keeping (DiscUnits *self, GMutex *lock)
{
  self->lock = lock;
  self->is_keeping = TRUE;
  g_atomic_int_set (&self->must_stop, FALSE);
}

void
disc_units_keep (DiscUnits *self, const DiscUnitRange *ranges, guint n_ranges, gsize max_bytes)
{
  guint64 n_units = disc_layout_n_units (self->header.stream_bytes);
  guint64 left = max_bytes / DISC_UNIT_BYTES;

  for (guint i = 0; i < n_ranges; i++)
    {
      guint64 unit = ranges[i].offset / DISC_UNIT_BYTES;
      guint64 end = (ranges[i].offset + ranges[i].len + DISC_UNIT_BYTES - 1) / DISC_UNIT_BYTES;

      end = MIN (MIN (end, n_units), unit + left);
      keep_range (self, unit, end);
      left -= end > unit ? end - unit : 0;
    }

  g_mutex_lock (self->lock);
  self->is_keeping = FALSE;
  g_cond_broadcast (&self->kept_more);
  g_mutex_unlock (self->lock);
}

void
disc_units_let_go (DiscUnits *self, guint64 offset, guint64 len)
{
  guint64 first = (offset + DISC_UNIT_BYTES - 1) / DISC_UNIT_BYTES;
  guint64 end = (offset + len) / DISC_UNIT_BYTES;

  for (guint64 unit = first; unit < end; unit++)
    {
      guint64 place = place_of_unit (unit);
      Unit *kept = g_hash_table_lookup (self->kept, &place);

      if (kept == NULL || kept->data == kept->own)
        continue;
      madvise (kept->data, DISC_UNIT_BYTES, MADV_DONTNEED);
      g_hash_table_remove (self->kept, &place);
    }
}

/* ---- checking all --------------------------------------------------------------------------- */

static void
tell_unit (DiscUnits *self, guint64 place, DiscUnitFunc func, gpointer user_data)
{
  DiscUnitState state = DISC_UNIT_REPAIRABLE;
  guint64 set;

  if (!g_hash_table_contains (self->lost, &place) &&
      !g_hash_table_contains (self->repaired, &place))
    {
      guint group = group_of_place (self, place, &set);

      repair_group (self, set, group);
    }
  if (g_hash_table_contains (self->lost, &place))
    state = (DiscUnitState) GPOINTER_TO_INT (g_hash_table_lookup (self->lost, &place));
  if (func != NULL)
    func (unit_of_place (self, place), state, user_data);
}

gboolean
disc_units_check (DiscUnits *self, DiscUnitFunc func, DiscUnitProgress progress, gpointer user_data)
{
  g_autofree guint8 *buffer = g_malloc (KEEP_RUN * (gsize) DISC_UNIT_BYTES);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 place = 0; place < self->n_places;)
    {
      guint n = (guint) MIN (KEEP_RUN, self->n_places - place);

      fetch (self, place, n, buffer);
      for (guint i = 0; i < n; i++)
        if (!is_intact (self, place + i, buffer + (gsize) i * DISC_UNIT_BYTES))
          {
            guint64 at = place + i;

            g_array_append_val (bad, at);
          }
      place += n;
      if (progress != NULL && !progress (place, user_data))
        return FALSE;
    }

  for (guint i = 0; i < bad->len; i++)
    tell_unit (self, g_array_index (bad, guint64, i), func, user_data);
  return TRUE;
}

/* ---- copying -------------------------------------------------------------------------------- */

guint64
disc_units_place_offset (guint64 place)
{
  return offset_of_place (place);
}

const GByteArray *
disc_units_sums (const DiscUnits *self)
{
  return self->sums;
}

void
disc_units_fetch (DiscUnits *self, guint64 place, guint n, guint8 *out, gboolean *intact)
{
  g_return_if_fail (place + n <= self->n_places);

  fetch (self, place, n, out);
  for (guint i = 0; i < n; i++)
    intact[i] = is_intact (self, place + i, out + (gsize) i * DISC_UNIT_BYTES);
}

DiscUnitState
disc_units_repair (DiscUnits *self, guint64 place, guint8 *out)
{
  gboolean intact;
  const guint8 *data;
  guint64 set;

  disc_units_fetch (self, place, 1, out, &intact);
  if (intact)
    return DISC_UNIT_INTACT;

  if (find_in_memory (self, place) == NULL && !g_hash_table_contains (self->lost, &place))
    {
      guint group = group_of_place (self, place, &set);

      repair_group (self, set, group);
    }
  data = find_in_memory (self, place);
  if (data == NULL)
    return (DiscUnitState) GPOINTER_TO_INT (g_hash_table_lookup (self->lost, &place));

  memcpy (out, data, DISC_UNIT_BYTES);
  return DISC_UNIT_REPAIRABLE;
}
