/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Keys and sealing. Every key lives in locked memory that is wiped when it is freed.
 */

#define DISC_KEY_BYTES 32
#define DISC_NONCE_BYTES 24
#define DISC_NONCE_PREFIX_BYTES 16
#define DISC_TAG_BYTES 16

/** What a subkey of a disc's data key is for; numbers of the format. */
typedef enum
{
  DISC_SUBKEY_BLOCKS = 1,
  DISC_SUBKEY_TABLE = 2,
  DISC_SUBKEY_DICTIONARY = 3,
} DiscSubkey;

/** disc_crypto_init: %FALSE with %DISC_ERROR_IO where the system gives no random numbers. */
gboolean disc_crypto_init (GError **error);

/** disc_key_new: (transfer full): DISC_KEY_BYTES of zero bytes in locked memory. */
guint8 *disc_key_new (void);
/** disc_key_new_random: (transfer full) */
guint8 *disc_key_new_random (void);
/** disc_key_derive: (transfer full): the subkey for @purpose. */
guint8 *disc_key_derive (const guint8 *key, DiscSubkey purpose);
/** disc_key_free: wipes it. @key: (nullable) */
void disc_key_free (guint8 *key);

/** disc_nonce: @out gets DISC_NONCE_BYTES: the prefix, then @number, little-endian. */
void disc_nonce (const guint8 *prefix, guint64 number, guint8 *out);

/** disc_seal: @out gets @len + DISC_TAG_BYTES (XChaCha20-Poly1305). */
void disc_seal (const guint8 *key, const guint8 *nonce, gconstpointer ad, gsize ad_len,
                const guint8 *data, gsize len, guint8 *out);

/** disc_unseal: @out gets @len - DISC_TAG_BYTES; %FALSE when anything is not as it was sealed. */
gboolean disc_unseal (const guint8 *key, const guint8 *nonce, gconstpointer ad, gsize ad_len,
                      const guint8 *sealed, gsize len, guint8 *out);

/** disc_hash: BLAKE2b of @data; @out gets @out_len bytes, 16 to 64. */
void disc_hash (gconstpointer data, gsize len, guint8 *out, gsize out_len);

G_END_DECLS
