/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the first pass read, laid aside for the second: one chain of chunks for each (facility,
 * patient id), in a file without a name. A chunk is compressed and sealed with a key that exists
 * only in the locked memory of this process, so no plain copy of patient data touches a disk.
 * Memory holds one small entry for each patient, whatever the number of messages.
 */

typedef struct _ImpSpill ImpSpill;

/** One thread's buffers for compressing and sealing. */
typedef struct _ImpSpillCoder ImpSpillCoder;

/** Where a chunk lies; length 0: nowhere. */
typedef struct
{
  guint64 offset;
  guint32 len;
} ImpSpillPlace;

typedef struct
{
  const char *facility;
  const char *id;         /* "": files that belong to no patient */
  ImpSpillPlace newest;   /* the chunk written last; each knows the one before it */
  guint32 n_messages;
  guint64 n_bytes;        /* of all chunks, opened */
  guint32 n_disputed;     /* disputed messages, of any unit, that name this id */
} ImpSpillUnit;

/**
 * imp_spill_new:
 * @dir: folder in which the scratch file is made; it has no name there
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO or %DISC_ERROR_NO_SPACE
 */
ImpSpill *imp_spill_new (const char *dir, GError **error);
void imp_spill_free (ImpSpill *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSpill, imp_spill_free)

ImpSpillCoder *imp_spill_coder_new (void);
void imp_spill_coder_free (ImpSpillCoder *coder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSpillCoder, imp_spill_coder_free)

/**
 * imp_spill_put: adds a chunk to the chain of (@facility, @id). Thread-safe with a coder for each
 * thread.
 *
 * Returns: %FALSE with %DISC_ERROR_IO, %DISC_ERROR_NO_SPACE
 */
gboolean imp_spill_put (ImpSpill *self, ImpSpillCoder *coder, const char *facility, const char *id,
                        const guint8 *data, gsize len, guint n_messages, GError **error);

/**
 * imp_spill_put_apart: bytes that belong to no chain, for imp_spill_get().
 * @place: (out): where they are
 */
gboolean imp_spill_put_apart (ImpSpill *self, ImpSpillCoder *coder, const guint8 *data, gsize len,
                              ImpSpillPlace *place, GError **error);

/** imp_spill_note_disputed: a disputed message names (@facility, @id). Thread-safe. */
void imp_spill_note_disputed (ImpSpill *self, const char *facility, const char *id);

/** imp_spill_n_units: also of ids that only a disputed message names. */
guint imp_spill_n_units (ImpSpill *self);

/** imp_spill_unit: in the order in which they were met first; valid while nothing is added. */
const ImpSpillUnit *imp_spill_unit (ImpSpill *self, guint i);

/**
 * imp_spill_get: reads one chunk and opens it.
 * @place: (inout): of the chunk; then of the one before it in the chain, or of length 0
 * @out: (transfer full): its bytes
 *
 * Thread-safe after the last imp_spill_put(). Returns: %FALSE with %DISC_ERROR_IO
 */
gboolean imp_spill_get (ImpSpill *self, ImpSpillCoder *coder, ImpSpillPlace *place,
                        GByteArray **out, GError **error);

/** imp_spill_bytes: size of the scratch file. */
guint64 imp_spill_bytes (ImpSpill *self);

G_END_DECLS
