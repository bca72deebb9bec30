/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"

G_BEGIN_DECLS

/*
 * Key slots: the data key of a disc, wrapped once for each way to open it. They fill the head of
 * the container behind the header.
 */

#define DISC_SLOT_BYTES 256
#define DISC_SLOTS_BYTES (DISC_HEAD_BYTES - DISC_HEADER_BYTES)
#define DISC_SLOTS_MAX (DISC_SLOTS_BYTES / DISC_SLOT_BYTES)

/** What opens a slot; numbers of the format. */
typedef enum
{
  DISC_SLOT_FREE = 0,
  DISC_SLOT_PASSPHRASE = 1,
  DISC_SLOT_EMERGENCY = 2,
  /* Numbers from 16 on are for personal accounts. A reader passes over slots it does not know. */
} DiscSlotKind;

/** Cost of a passphrase (Argon2id, one lane). */
typedef struct
{
  guint32 memory_kib;
  guint32 passes;
} DiscSlotCost;

/** 256 MiB and 4 passes: half a second on the laptop, and for each guess of a thief. */
#define DISC_SLOT_COST_DEFAULT ((DiscSlotCost) { 256 * 1024, 4 })
#define DISC_SLOT_COST_LEAST ((DiscSlotCost) { 8, 1 })
#define DISC_SLOT_MEMORY_MAX_KIB (1024 * 1024)
#define DISC_SLOT_PASSES_MAX 16
/** So many passphrases are tried at most: a forged head must not keep the laptop busy for hours. */
#define DISC_SLOT_PASSPHRASES_MAX 8

/**
 * disc_slots_add_passphrase: fills the first free slot.
 * @slots: DISC_SLOTS_BYTES
 * @id: of the disc, DISC_ID_BYTES
 * @key: the data key
 * @passphrase: @len bytes, as they are
 *
 * Returns: %FALSE with %DISC_ERROR_LIMIT when no slot is free or DISC_SLOT_PASSPHRASES_MAX are
 *   there already, or %DISC_ERROR_IO when the machine has no memory for @cost
 */
gboolean disc_slots_add_passphrase (guint8 *slots, const guint8 *id, const guint8 *key,
                                    const char *passphrase, gsize len, DiscSlotCost cost,
                                    GError **error);

/**
 * disc_slots_add_emergency: the same for the holder of an emergency key (disc-emergency.h), of
 * which only the public half is needed.
 */
gboolean disc_slots_add_emergency (guint8 *slots, const guint8 *id, const guint8 *key,
                                   const guint8 *public_key, GError **error);

/** disc_slots_has: whether there is a slot of that kind. */
gboolean disc_slots_has (const guint8 *slots, DiscSlotKind kind);

/**
 * disc_slots_open_passphrase:
 * Returns: (transfer full): the data key, to be freed with disc_key_free(); %NULL with
 *   %DISC_ERROR_PASSPHRASE when no slot opens, or %DISC_ERROR_IO
 */
guint8 *disc_slots_open_passphrase (const guint8 *slots, const guint8 *id, const char *passphrase,
                                    gsize len, GError **error);

/** disc_slots_open_emergency: the same with the two halves of an emergency key. */
guint8 *disc_slots_open_emergency (const guint8 *slots, const guint8 *id, const guint8 *public_key,
                                   const guint8 *secret_key, GError **error);

G_END_DECLS
