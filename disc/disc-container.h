/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"
#include "disc-manifest.h"
#include "disc-trust.h"
#include "disc-units.h"
#include "disc-vfs.h"

G_BEGIN_DECLS

/*
 * The container of a sealed disc, opened for reading. Opening needs no key and tells who signed;
 * after disc_container_unlock() it is a store for SQLite, for any number of databases at once: what
 * it keeps in memory is kept for all of them.
 */

typedef struct _DiscContainer DiscContainer;

/** What opens a disc. Any of the texts may be %NULL. */
typedef struct
{
  const char *passphrase;
  const char *emergency_code;  /* disc-emergency.h */
  const guint8 *data_key;      /* disc_container_data_key() of one opened before: spares the work */
  const DiscTrust *trust;      /* (nullable): %NULL: any signer will do */
  DiscDriveFunc drive;         /* (nullable): reads through this, from the unlocking on */
  gpointer drive_data;
  gboolean any_volume;         /* disc_reader_open_with(): also one that is not the first, to check it */
} DiscUnlock;

/**
 * disc_container_open:
 * @folder: the DISC_FOLDER of a disc
 *
 * Reads the head, or its second copy, and checks its signature, not who signed. A container that
 * is too short is opened when what is left of it can be understood.
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_NOT_A_DISC, _TOO_NEW, _CORRUPT, _ALTERED, _IO
 */
DiscContainer *disc_container_open (const char *folder, GError **error);
DiscContainer *disc_container_ref (DiscContainer *self);
void disc_container_unref (DiscContainer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscContainer, disc_container_unref)

const DiscHeader *disc_container_header (const DiscContainer *self);
/** disc_container_head: the whole head as it was signed, DISC_HEAD_BYTES. */
const guint8 *disc_container_head (const DiscContainer *self);

/**
 * disc_container_read_manifest: (transfer full): the manifest, byte by byte as it was signed.
 * @folder: the DISC_FOLDER the container was opened in
 * @from_copy: (out) (optional): the file is missing or damaged, so that the copy in the spare file
 *   had to be taken
 *
 * A file that says something else than the signed one is no damage, and no copy takes its place.
 *
 * Returns: %NULL with %DISC_ERROR_IO when the file is not there or cannot be read, or _ALTERED when
 *   it is not the one that was signed; where it is damaged, only if its copy does not help either
 */
GBytes *disc_container_read_manifest (const DiscContainer *self, const char *folder,
                                      gboolean *from_copy, GError **error);

/** disc_container_check_manifest: the same; whatever is wrong with it is %DISC_ERROR_ALTERED. */
gboolean disc_container_check_manifest (const DiscContainer *self, const char *folder,
                                        gboolean *from_copy, GError **error);

/** disc_container_load_manifest: (transfer full): what it says. The same errors, or _CORRUPT. */
DiscManifest *disc_container_load_manifest (const DiscContainer *self, const char *folder,
                                            gboolean *from_copy, GError **error);

/** disc_container_has_manifest_copy: whether that in the spare file is the one that was signed. */
gboolean disc_container_has_manifest_copy (const DiscContainer *self, const char *folder);

/** disc_container_check_signer: %FALSE with %DISC_ERROR_SIGNER */
gboolean disc_container_check_signer (const DiscContainer *self, const DiscTrust *trust,
                                      GError **error);

/**
 * disc_container_unlock: also checks the signer, where @unlock names any.
 * Returns: %FALSE with %DISC_ERROR_SIGNER, _LOCKED, _PASSPHRASE, _ALTERED, _CORRUPT, _IO
 */
gboolean disc_container_unlock (DiscContainer *self, const DiscUnlock *unlock, GError **error);

/**
 * disc_container_unlock_hot: the same; meanwhile it reads what searching and every chart begins with,
 * and keeps it. A drive takes longer for that than a processor for a passphrase.
 */
gboolean disc_container_unlock_hot (DiscContainer *self, const DiscUnlock *unlock, GError **error);

/**
 * disc_container_release: closes the file, so that its medium can be taken out. What is in memory can
 * still be read; whatever else is asked for is looked for in the same place, and fails with
 * %DISC_ERROR_ELSEWHERE while the same medium is not there. Any thread.
 */
void disc_container_release (DiscContainer *self);
/** disc_container_is_released: also after a medium was taken out without being asked for. Any thread. */
gboolean disc_container_is_released (DiscContainer *self);
/**
 * disc_container_resume: goes on with the medium at @folder, which is perhaps another place. Nothing
 * happens when it was not released. Any thread.
 *
 * Returns: %FALSE with %DISC_ERROR_OTHER_DISC when its head is not the same, byte for byte, or with an
 *   error of disc_container_open()
 */
gboolean disc_container_resume (DiscContainer *self, const char *folder, GError **error);

/** disc_container_data_key: of an unlocked container, DISC_KEY_BYTES of locked memory; its own. */
const guint8 *disc_container_data_key (const DiscContainer *self);

/** disc_container_store: for disc_vfs_new(), with the unlocked container as the store; any thread. */
extern const DiscVfsStore disc_container_store;

/** disc_container_damage: what all reading so far has found; any thread. */
DiscDamage disc_container_damage (DiscContainer *self);

/** disc_container_units: to check the medium while nobody else reads and it is not released; belongs to
 * the container. */
DiscUnits *disc_container_units (DiscContainer *self);

/** disc_container_used_spare: something had to be taken from the spare file. */
gboolean disc_container_used_spare (const DiscContainer *self);

G_END_DECLS
