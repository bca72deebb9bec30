/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-fixture.h"
#include "disc-picture.h"
#include "disc-reader.h"
#include "disc-writer.h"

G_BEGIN_DECLS

#define SEALED_PASSPHRASE "a passphrase for tests"
#define SEALED_EMERGENCY_CODE "00005-0000A-0000F-0000M-0000H-0000Y-0000V"
#define SEALED_PATIENTS 40
#define SEALED_MESSAGES 20 /* of each patient */

/* A disc is made once for each program, and copied from then on, unless it says otherwise: two
 * discs of the same parameters are one. */

/** sealed_make: a sealed disc at @fixture->disc: SEALED_PATIENTS with SEALED_MESSAGES each, whose
 * texts hardly compress, so that it has many units. @seed: of the texts. */
void sealed_make (Fixture *fixture, guint32 seed);

/** sealed_make_at: the same in another folder. */
void sealed_make_at (const char *dir, guint32 seed);

/** sealed_make_as_of: the same with data of another time, and another number. */
void sealed_make_as_of (const char *dir, guint32 seed, const char *as_of, guint64 serial);

/** sealed_make_patients: a sealed disc of @n patients, named sealed_name(), with a message each; their
 * rows fill many units. */
void sealed_make_patients (const char *dir, guint n);
/** sealed_name: (transfer full): of patient @pno of such a disc. */
char *sealed_name (guint pno);

/** sealed_make_volumes: the same, with as much in records as in sources, split in volumes of
 * @max_bytes at most (0: not); %FALSE with an error. Made anew: it has an id of its own. */
gboolean sealed_make_volumes (const char *dir, guint32 seed, guint64 max_bytes,
                              DiscSplitProgress progress, gpointer user_data, GError **error);

/**
 * sealed_make_pictures: the same as sealed_make_volumes(), with SEALED_PICTURES of the first message of each
 * patient: sealed_picture (seed, pno), the same once more, and one that was left out.
 */
void sealed_make_pictures (const char *dir, guint32 seed, guint64 max_bytes);

/** sealed_picture: (transfer full): a picture as the importer makes them, of bytes that are unlike those of
 * another @number. */
#define SEALED_PICTURES 3
#define SEALED_PICTURE_BYTES 30000
GBytes *sealed_picture (guint32 seed, guint number);

/** sealed_copy_volumes: the same, made once and copied. */
void sealed_copy_volumes (const char *dir, guint32 seed, guint64 max_bytes);

/**
 * sealed_make_disputed: a disc of one patient with one message, and SEALED_DISPUTED disputed ones of two
 * facilities, in groups of one to four, and at the end a group of thirty that nothing gives an id to.
 * @max_bytes: as above
 */
#define SEALED_DISPUTED 400
void sealed_make_disputed (const char *dir, guint64 max_bytes);

/** sealed_text: (transfer full): source of message @seq of patient @pno (from 1) of such a disc. */
char *sealed_text (guint32 seed, guint pno, guint seq);

/** sealed_signing_key: the key that signs these discs; 64 bytes. */
const guint8 *sealed_signing_key (void);

/** What came of reading everything. */
typedef struct
{
  guint n_right;     /* messages as they were written */
  guint n_failed;    /* that could not be read */
  guint n_wrong;     /* that were read and are not what was written */
  int code;          /* of the last error; -1: none */
  guint64 n_repaired;
  guint64 n_lost;
} SealedOutcome;

/** sealed_read: reads each message of the disc at @dir on its own. */
void sealed_read (const char *dir, guint32 seed, SealedOutcome *outcome);

/** sealed_read_quickly: all messages in a row, and each on its own only when some cannot be read.
 * Tells nothing of repairs. */
void sealed_read_quickly (const char *dir, guint32 seed, SealedOutcome *outcome);

/** sealed_read_with: the same through a reader that is open; damage is what all its readers found. */
void sealed_read_with (DiscReader *reader, guint32 seed, SealedOutcome *outcome);

G_END_DECLS
