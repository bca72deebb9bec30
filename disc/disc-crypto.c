/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-crypto.h"

#include <sodium.h>
#include <string.h>

#include "disc-error.h"

#define KDF_CONTEXT "TMSBDISC" /* crypto_kdf_CONTEXTBYTES characters */

G_STATIC_ASSERT (DISC_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (DISC_KEY_BYTES == crypto_kdf_KEYBYTES);
G_STATIC_ASSERT (DISC_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (DISC_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES);

gboolean
disc_crypto_init (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO, "the system gives no random numbers");
  return FALSE;
}

guint8 *
disc_key_new (void)
{
  guint8 *key = sodium_malloc (DISC_KEY_BYTES);

  if (key == NULL)
    g_error ("no locked memory for a key");
  memset (key, 0, DISC_KEY_BYTES);
  return key;
}

guint8 *
disc_key_new_random (void)
{
  guint8 *key = disc_key_new ();

  randombytes_buf (key, DISC_KEY_BYTES);
  return key;
}

guint8 *
disc_key_derive (const guint8 *key, DiscSubkey purpose)
{
  guint8 *subkey = disc_key_new ();

  crypto_kdf_derive_from_key (subkey, DISC_KEY_BYTES, purpose, KDF_CONTEXT, key);
  return subkey;
}

void
disc_key_free (guint8 *key)
{
  sodium_free (key);
}

void
disc_nonce (const guint8 *prefix, guint64 number, guint8 *out)
{
  number = GUINT64_TO_LE (number);
  memcpy (out, prefix, DISC_NONCE_PREFIX_BYTES);
  memcpy (out + DISC_NONCE_PREFIX_BYTES, &number, sizeof number);
}

void
disc_seal (const guint8 *key, const guint8 *nonce, gconstpointer ad, gsize ad_len,
           const guint8 *data, gsize len, guint8 *out)
{
  crypto_aead_xchacha20poly1305_ietf_encrypt (out, NULL, data, len, ad, ad_len, NULL, nonce, key);
}

gboolean
disc_unseal (const guint8 *key, const guint8 *nonce, gconstpointer ad, gsize ad_len,
             const guint8 *sealed, gsize len, guint8 *out)
{
  return len >= DISC_TAG_BYTES &&
         crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, sealed, len, ad, ad_len,
                                                     nonce, key) == 0;
}

void
disc_hash (gconstpointer data, gsize len, guint8 *out, gsize out_len)
{
  crypto_generichash (out, out_len, data, len, NULL, 0);
}
