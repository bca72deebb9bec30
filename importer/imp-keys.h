/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-reader.h"
#include "disc-writer.h"

G_BEGIN_DECLS

/*
 * The keys of this machine, in one folder: build.key signs discs, trusted-signers names whose discs
 * are read here, emergency.pub is the public half of the emergency key, serial the number of the
 * last disc built. disc_trust_keys_folder() says where.
 */

/**
 * imp_keys_read_passphrase: (transfer full): the first line of a file, without its end.
 * Returns: NUL-terminated, to be freed with imp_keys_free_passphrase(); %NULL with
 *   %IMP_ERROR_USAGE when it is empty or not UTF-8, %IMP_ERROR_SOURCE when it cannot be read
 */
char *imp_keys_read_passphrase (const char *path, GError **error);
void imp_keys_free_passphrase (char *passphrase);

/** imp_keys_own_fingerprint: (transfer full): of the build key, which is made if there is none. */
char *imp_keys_own_fingerprint (const char *hospital, GError **error);

/** imp_keys_can_set_emergency: %FALSE with %IMP_ERROR_USAGE when there is one and not @replace. */
gboolean imp_keys_can_set_emergency (gboolean replace, GError **error);

/** imp_keys_set_emergency: discs built from now on open with this key too. 32 bytes */
gboolean imp_keys_set_emergency (const guint8 *public_key, GError **error);

/** What a build seals with. */
typedef struct _ImpKeys ImpKeys;

/**
 * imp_keys_load:
 * @passphrase_files: (nullable): a key slot each; %NULL: $TOMOSHIBI_PASSPHRASE_FILE
 * @hospital: (nullable): name beside the signer, if the build key is made now
 *
 * Loads what sealing takes, and makes the build key where there is none: then this machine trusts
 * itself.
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_USAGE when nothing would open the disc
 */
ImpKeys *imp_keys_load (const char *const *passphrase_files, const char *hospital, GError **error);
void imp_keys_free (ImpKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpKeys, imp_keys_free)

/** imp_keys_sealing: @out points into the keys; the serial number is the next one. */
void imp_keys_sealing (const ImpKeys *self, DiscSealing *out);

/** imp_keys_signer: public half of the build key. */
const guint8 *imp_keys_signer (const ImpKeys *self);

/** imp_keys_has_emergency: whether the emergency key will open the disc too. */
gboolean imp_keys_has_emergency (const ImpKeys *self);

/** imp_keys_shortest_passphrase: characters of the shortest one; 0 when there is none. */
guint imp_keys_shortest_passphrase (const ImpKeys *self);

/** imp_keys_note_built: remembers the serial number, after the disc is in place. */
gboolean imp_keys_note_built (const ImpKeys *self, GError **error);

G_END_DECLS
