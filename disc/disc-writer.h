/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-lists.h"
#include "disc-model.h"
#include "disc-pack.h"
#include "disc-picture.h"
#include "disc-split.h"

G_BEGIN_DECLS

typedef struct _DiscWriter DiscWriter;

/**
 * disc_writer_new:
 * @dir: an empty or not yet existing folder
 *
 * Begins a disc beside its final place; nothing that looks like a disc stands in @dir before
 * disc_writer_finish(). Patients come one after the other, each with all its messages in the order
 * in which a chart lists them; that order gives the row numbers.
 *
 * Not thread-safe: one thread writes. disc_terms_extract() may run in others.
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_EXISTS, _IO, _NO_SPACE
 */
DiscWriter *disc_writer_new (const char *dir, const DiscInfo *info, GError **error);

/** How a sealed disc is written. */
typedef struct
{
  DiscSealing sealing;   /* everything in it must live until the disc is finished */
  guint n_threads;       /* that compress, at least 1 */
  int level;             /* of compression (zstd), 9 for a disc */
} DiscWriterSealing;

/**
 * disc_writer_new_sealed: the same for a sealed disc: nothing of it is ever outside memory unsealed.
 */
DiscWriter *disc_writer_new_sealed (const char *dir, const DiscInfo *info,
                                    const DiscWriterSealing *sealing, GError **error);

/** disc_writer_free: without a finish before, removes whatever was written. */
void disc_writer_free (DiscWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscWriter, disc_writer_free)

/** disc_writer_begin_patient: the next messages are this patient's. @patient.pno is ignored. */
gboolean disc_writer_begin_patient (DiscWriter *self, const DiscPatient *patient, GError **error);

/**
 * disc_writer_begin_disputed: the next messages stand in nobody's chart; they are linked from every
 * id in their disputed_ids (within @facility). Fastest after the last patient.
 */
gboolean disc_writer_begin_disputed (DiscWriter *self, const char *facility, GError **error);

/**
 * disc_writer_add_message: @message.rid is ignored.
 * @terms: (nullable): from disc_terms_extract(); %NULL: terms and free text are extracted here
 * @free_text: (nullable): the free text that came with @terms; not used without them
 *
 * Returns: %FALSE with %DISC_ERROR_LIMIT when a ceiling of disc-format.h is passed (the message is
 *   then not on the disc, and the writer can go on), or with an error that ends the disc
 */
gboolean disc_writer_add_message (DiscWriter *self, const DiscMessage *message, GPtrArray *terms,
                                  const char *free_text, GError **error);

/** disc_writer_last_rid: row number of the message that was added last. */
gint64 disc_writer_last_rid (DiscWriter *self);

/**
 * disc_writer_add_picture: behind all messages, in the order of message and number.
 * @picture: @data is that of an earlier one of the same message with the same bytes, or 0
 * @bytes: (nullable): %NULL where @picture has @data or @absent
 *
 * Returns: %FALSE with %DISC_ERROR_LIMIT when a ceiling of disc-format.h is passed or the bytes are no
 *   picture as it says (it is then not on the disc, and the writer can go on), or with an error that ends
 *   the disc
 */
gboolean disc_writer_add_picture (DiscWriter *self, const DiscPicture *picture, GBytes *bytes,
                                  GError **error);

/**
 * disc_writer_add_stay, disc_writer_add_visit, disc_writer_add_doctor_patient:
 *
 * Adds a row to the lists, of the patient at hand; its message was added before. A doctor has each
 * patient once. What the ceilings of disc-lists.h do not allow is left out and counted (`n_unlisted`
 * of FORMAT.md).
 */
gboolean disc_writer_add_stay (DiscWriter *self, const DiscStay *stay, GError **error);
gboolean disc_writer_add_visit (DiscWriter *self, const DiscVisit *visit, GError **error);
gboolean disc_writer_add_doctor_patient (DiscWriter *self, const DiscDoctorPatient *patient,
                                         GError **error);

gboolean disc_writer_add_finding (DiscWriter *self, const DiscFinding *finding, GError **error);

/**
 * The last word on a finished disc, volume by volume, the first one first.
 * @folder: all files of volume @volume of @n_volumes. Returns: %FALSE with @error set
 */
typedef gboolean (*DiscWriterCheck) (const char *folder, guint volume, guint n_volumes,
                                     gpointer user_data, GError **error);

/** disc_writer_set_check: asked before the disc is put into place; on %FALSE nothing of it is left. */
void disc_writer_set_check (DiscWriter *self, DiscWriterCheck check, gpointer user_data);

/**
 * disc_writer_set_volume_bytes: a sealed disc with more is split in volumes.
 * @max_bytes: files of one, each filled up to a full sector of 2,048 bytes; 0: whatever it becomes
 * @progress: (nullable): called while it is split, with @user_data
 */
void disc_writer_set_volume_bytes (DiscWriter *self, guint64 max_bytes, DiscSplitProgress progress,
                                   DiscSplitTooLarge too_large, gpointer user_data);

/**
 * disc_writer_finish:
 * @info: final facts (as_of may have been learnt from the data)
 * @report_json: the import report, stored as it is
 * @counts_json: the object of the export's last line without "type"
 *
 * Builds the search indexes, checks the database, and puts it into place by renaming.
 */
gboolean disc_writer_finish (DiscWriter *self, const DiscInfo *info, const char *report_json,
                             const char *counts_json, GError **error);

/** disc_writer_bytes: size of the database so far. */
guint64 disc_writer_bytes (DiscWriter *self);

G_END_DECLS
