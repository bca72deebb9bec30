/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"

G_BEGIN_DECLS

/*
 * The units of a container as they stand on the medium: each is compared with its sum, and what is
 * lost is made again from its group. No key is needed.
 */

typedef struct _DiscUnits DiscUnits;

/**
 * DiscDrive: how bytes come from the medium; disc_file_read_some() for one that is not simulated.
 * Returns: bytes read, less at the end of the file; -1 with errno set
 */
typedef gssize (*DiscDriveFunc) (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data);

/** What reading has found so far. Numbers of units. */
typedef struct
{
  guint64 n_repaired;
  guint64 n_lost;
} DiscDamage;

/**
 * disc_units_new:
 * @fd: the container; closed with the units
 * @header: as signed; copied
 * @sums: (transfer full): of all units, as signed
 */
DiscUnits *disc_units_new (int fd, const DiscHeader *header, GByteArray *sums);
void disc_units_free (DiscUnits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscUnits, disc_units_free)

/** disc_units_set_path: where the file stands. When reading fails and it stands there no more, the medium
 * was taken out: that is no damage, and the file is released. */
void disc_units_set_path (DiscUnits *self, const char *path);

/**
 * disc_units_release: closes the file, so that the medium can be taken out. Until disc_units_resume()
 * disc_units_read() gives what is in memory, and fails with %DISC_ERROR_ELSEWHERE otherwise; nothing
 * else may be asked for.
 */
void disc_units_release (DiscUnits *self);
gboolean disc_units_is_released (const DiscUnits *self);
/** disc_units_resume: goes on with the file of @other, which has the same header, and takes it away from
 * there. Every unit of it is compared with the sums as before. */
void disc_units_resume (DiscUnits *self, DiscUnits *other);

/** disc_units_set_drive: reads through @func from now on. */
void disc_units_set_drive (DiscUnits *self, DiscDriveFunc func, gpointer user_data);

/**
 * disc_units_read: @len bytes from @offset of the stream.
 *
 * Returns: %FALSE with %DISC_ERROR_CORRUPT or _TRUNCATED when a unit is lost beyond repair, or
 *   %DISC_ERROR_ALTERED when its group was made to fit: that is no damage; or with
 *   %DISC_ERROR_ELSEWHERE when the medium is not there
 */
gboolean disc_units_read (DiscUnits *self, guint64 offset, guint8 *out, gsize len, GError **error);

/** disc_units_read_as_is: the same without repair, for a look at what stands there instead. */
gboolean disc_units_read_as_is (DiscUnits *self, guint64 offset, guint8 *out, gsize len);

/** Bytes of the stream. */
typedef struct
{
  guint64 offset, len;
} DiscUnitRange;

/**
 * disc_units_begin_keeping: until disc_units_keep() is through, who wants a unit that is not in
 * memory waits until it is, or until the end of it.
 * @lock: from now on held by everybody who calls, but for disc_units_keep()
 */
void disc_units_begin_keeping (DiscUnits *self, GMutex *lock);

/**
 * disc_units_keep: reads all units of @ranges, in their order, each in one go, and keeps them in
 * memory, up to @max_bytes. What cannot be read is left to disc_units_read(). In a thread of its
 * own, after disc_units_begin_keeping(); it takes the lock itself, and not while the medium is
 * read.
 */
void disc_units_keep (DiscUnits *self, const DiscUnitRange *ranges, guint n_ranges,
                      gsize max_bytes);

/** disc_units_wait_kept: until disc_units_keep() is through. */
void disc_units_wait_kept (DiscUnits *self);

/** disc_units_stop_keeping: the same, but it reads no more than it has begun with. */
void disc_units_stop_keeping (DiscUnits *self);

/** disc_units_let_go: gives back the memory of what was kept of @len bytes from @offset: whole
 * units of it are read from the medium when somebody asks for them once more. */
void disc_units_let_go (DiscUnits *self, guint64 offset, guint64 len);

const DiscDamage *disc_units_damage (const DiscUnits *self);

/** What stands at one place of the file. */
typedef enum
{
  DISC_UNIT_INTACT,
  DISC_UNIT_REPAIRABLE,
  DISC_UNIT_DAMAGED,    /* beyond repair */
  DISC_UNIT_MISSING,    /* behind the end of a file that is too short */
  DISC_UNIT_ALTERED,    /* beyond repair, and its parity was made to fit */
} DiscUnitState;

/** disc_units_n: units of the file: those of the stream, and parity. */
guint64 disc_units_n (const DiscUnits *self);

/** disc_units_check: compares all units with their sums, in the order of the file.
 * @func: (nullable): called for each unit that is not intact, after all were read; @unit is its
 *   number in the stream, G_MAXUINT64 for parity
 * @progress: (nullable): called now and then with the number of units read; %FALSE ends it
 *
 * Returns: %FALSE only when @progress ended it
 */
typedef void (*DiscUnitFunc) (guint64 unit, DiscUnitState state, gpointer user_data);
typedef gboolean (*DiscUnitProgress) (guint64 n_done, gpointer user_data);
gboolean disc_units_check (DiscUnits *self, DiscUnitFunc func, DiscUnitProgress progress,
                           gpointer user_data);

/* ---- copying -------------------------------------------------------------------------------- */

/* A place is the number of a unit in the file, from 0, parity included. */

/** disc_units_place_offset: where in the file the unit at @place begins. */
guint64 disc_units_place_offset (guint64 place);

/** disc_units_sums: DISC_SUM_BYTES for each place, as signed. */
const GByteArray *disc_units_sums (const DiscUnits *self);

/**
 * disc_units_fetch: @n units from @place on as they stand there; what cannot be read, or is not
 * there, is zero.
 * @intact: (out caller-allocates): @n of them: whether each is as it was signed
 */
void disc_units_fetch (DiscUnits *self, guint64 place, guint n, guint8 *out, gboolean *intact);

/**
 * disc_units_repair: the unit at @place, made again from its group where it is not as it was signed.
 * @out: DISC_UNIT_BYTES; written where the unit is intact or repairable
 */
DiscUnitState disc_units_repair (DiscUnits *self, guint64 place, guint8 *out);

G_END_DECLS
