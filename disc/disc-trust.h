/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Who made a disc. The hospital's build key signs; every machine that reads pins the public half.
 *
 * A file of trusted signers holds a line each: 64 hexadecimal digits, a blank, a name. Lines that
 * begin with # are remarks.
 */

#define DISC_SIGNER_BYTES 32
#define DISC_SIGNING_KEY_BYTES 64
#define DISC_FINGERPRINT_BYTES 25 /* "0123 4567 89AB CDEF 0123" and the NUL */

/**
 * disc_trust_keys_folder: (transfer full): where this machine's keys lie: $TOMOSHIBI_KEYS, or
 * tomoshibi/ in the user's configuration folder.
 */
char *disc_trust_keys_folder (void);

/** disc_trust_load_own: (transfer full): disc_trust_load() of the file in that folder. */
struct _DiscTrust *disc_trust_load_own (GError **error);

/** disc_trust_fingerprint: of @signer, to be compared with paper by eye. */
void disc_trust_fingerprint (const guint8 *signer, char *out);

typedef struct _DiscTrust DiscTrust;

/**
 * disc_trust_load:
 * @path: a file that need not exist
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO, or %DISC_ERROR_CORRUPT (names the line)
 */
DiscTrust *disc_trust_load (const char *path, GError **error);
void disc_trust_free (DiscTrust *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscTrust, disc_trust_free)

guint disc_trust_n (const DiscTrust *self);
/** disc_trust_name_of: the name beside @signer; %NULL where it is not trusted. */
const char *disc_trust_name_of (const DiscTrust *self, const guint8 *signer);

/** disc_trust_nth_name: the name beside the signer at place @i of disc_trust_n(). */
const char *disc_trust_nth_name (const DiscTrust *self, guint i);

/** disc_trust_fingerprint_matches: whether @typed is @fingerprint: any case and width of letters,
 * blanks and hyphens anywhere. */
gboolean disc_trust_fingerprint_matches (const char *typed, const char *fingerprint);

/** disc_trust_fingerprint_wrong_group: from 1, the first group of four characters that is typed to
 * its end and is not that of @fingerprint; 0: none. */
guint disc_trust_fingerprint_wrong_group (const char *typed, const char *fingerprint);

/** disc_trust_add: appends a line to the file, once, and to @self. @name: one line of UTF-8 */
gboolean disc_trust_add (DiscTrust *self, const guint8 *signer, const char *name, GError **error);

/**
 * disc_trust_load_signing_key:
 * @path: a file of 128 hexadecimal digits, readable by its owner only
 * @create: make a new key where there is none
 *
 * Returns: (transfer full): DISC_SIGNING_KEY_BYTES in locked memory, for disc_trust_free_key();
 *   %NULL with %DISC_ERROR_IO, or %DISC_ERROR_CORRUPT when it is no key or others may read it
 */
guint8 *disc_trust_load_signing_key (const char *path, gboolean create, GError **error);
void disc_trust_free_key (guint8 *key);

/** disc_trust_signer: @out gets the public half, DISC_SIGNER_BYTES. */
void disc_trust_signer (const guint8 *signing_key, guint8 *out);

G_END_DECLS
