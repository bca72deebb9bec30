/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-slots.h"

#include <sodium.h>
#include <string.h>

#include "disc-crypto.h"
#include "disc-error.h"

/* Places in a slot. */
#define AT_KIND 0
#define AT_MEMORY 4
#define AT_PASSES 8
#define AT_SALT 16
#define AT_NONCE 32
#define AT_WRAPPED 56
#define HEAD_BYTES AT_NONCE /* kind, cost and salt: authenticated with the wrapped key */

#define SALT_BYTES crypto_pwhash_SALTBYTES
#define AD_BYTES (HEAD_BYTES + DISC_ID_BYTES + 4)
#define WRAPPED_BYTES (DISC_KEY_BYTES + DISC_TAG_BYTES)

/* What an emergency key opens: the data key and whose it is. */
#define BOXED_BYTES (DISC_KEY_BYTES + DISC_ID_BYTES)

G_STATIC_ASSERT (SALT_BYTES == AT_NONCE - AT_SALT);
G_STATIC_ASSERT (AT_WRAPPED + crypto_box_SEALBYTES + BOXED_BYTES <= DISC_SLOT_BYTES);

static guint32
get_u32 (const guint8 *slot, gsize at)
{
  guint32 value;

  memcpy (&value, slot + at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static void
put_u32 (guint8 *slot, gsize at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (slot + at, &value, sizeof value);
}

static guint
count_slots (const guint8 *slots, DiscSlotKind kind)
{
  guint n = 0;

  for (guint i = 0; i < DISC_SLOTS_MAX; i++)
    n += get_u32 (slots + i * DISC_SLOT_BYTES, AT_KIND) == (guint32) kind ? 1 : 0;
  return n;
}

static gboolean
fail_full (GError **error)
{
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LIMIT, "more than a disc can hold: key slots");
  return FALSE;
}

static gint
find_free (const guint8 *slots, GError **error)
{
  for (guint i = 0; i < DISC_SLOTS_MAX; i++)
    if (get_u32 (slots + i * DISC_SLOT_BYTES, AT_KIND) == DISC_SLOT_FREE)
      return (gint) i;

  fail_full (error);
  return -1;
}

/* A slot of another disc, at another place or with a cheaper cost does not open. */
static void
make_ad (const guint8 *slot, const guint8 *id, guint index, guint8 ad[AD_BYTES])
{
  memcpy (ad, slot, HEAD_BYTES);
  memcpy (ad + HEAD_BYTES, id, DISC_ID_BYTES);
  put_u32 (ad, HEAD_BYTES + DISC_ID_BYTES, index);
}

/* (transfer full): the key that the passphrase makes with the salt and cost of the slot. */
static guint8 *
stretch (const guint8 *slot, const char *passphrase, gsize len, GError **error)
{
  guint8 *key = disc_key_new ();

  if (crypto_pwhash (key, DISC_KEY_BYTES, passphrase, len, slot + AT_SALT, get_u32 (slot, AT_PASSES),
                     (gsize) get_u32 (slot, AT_MEMORY) * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return key;

  disc_key_free (key);
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO,
               "this machine has no %u MiB of memory to try a passphrase",
               get_u32 (slot, AT_MEMORY) / 1024);
  return NULL;
}

gboolean
disc_slots_add_passphrase (guint8 *slots, const guint8 *id, const guint8 *key,
                           const char *passphrase, gsize len, DiscSlotCost cost, GError **error)
{
  gint index = find_free (slots, error);
  guint8 *slot = slots + MAX (index, 0) * DISC_SLOT_BYTES;
  guint8 ad[AD_BYTES];
  guint8 *wrapping;

  if (index < 0)
    return FALSE;
  if (count_slots (slots, DISC_SLOT_PASSPHRASE) >= DISC_SLOT_PASSPHRASES_MAX)
    return fail_full (error);

  put_u32 (slot, AT_KIND, DISC_SLOT_PASSPHRASE);
  put_u32 (slot, AT_MEMORY, cost.memory_kib);
  put_u32 (slot, AT_PASSES, cost.passes);
  randombytes_buf (slot + AT_SALT, SALT_BYTES);
  randombytes_buf (slot + AT_NONCE, DISC_NONCE_BYTES);
  wrapping = stretch (slot, passphrase, len, error);
  if (wrapping == NULL)
    {
      memset (slot, 0, DISC_SLOT_BYTES);
      return FALSE;
    }

  make_ad (slot, id, (guint) index, ad);
  disc_seal (wrapping, slot + AT_NONCE, ad, sizeof ad, key, DISC_KEY_BYTES, slot + AT_WRAPPED);
  disc_key_free (wrapping);
  return TRUE;
}

gboolean
disc_slots_add_emergency (guint8 *slots, const guint8 *id, const guint8 *key,
                          const guint8 *public_key, GError **error)
{
  gint index = find_free (slots, error);
  guint8 *slot = slots + MAX (index, 0) * DISC_SLOT_BYTES;
  guint8 boxed[BOXED_BYTES];

  if (index < 0)
    return FALSE;

  put_u32 (slot, AT_KIND, DISC_SLOT_EMERGENCY);
  memcpy (boxed, key, DISC_KEY_BYTES);
  memcpy (boxed + DISC_KEY_BYTES, id, DISC_ID_BYTES);
  crypto_box_seal (slot + AT_WRAPPED, boxed, sizeof boxed, public_key);
  sodium_memzero (boxed, sizeof boxed);
  return TRUE;
}

gboolean
disc_slots_has (const guint8 *slots, DiscSlotKind kind)
{
  return count_slots (slots, kind) > 0;
}

static gboolean
fail_closed (GError **error)
{
  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_PASSPHRASE, "no key slot of the disc opens");
  return FALSE;
}

static gboolean
is_sensible (const guint8 *slot)
{
  guint32 memory = get_u32 (slot, AT_MEMORY);
  guint32 passes = get_u32 (slot, AT_PASSES);

  return memory >= DISC_SLOT_COST_LEAST.memory_kib && memory <= DISC_SLOT_MEMORY_MAX_KIB &&
         passes >= DISC_SLOT_COST_LEAST.passes && passes <= DISC_SLOT_PASSES_MAX;
}

guint8 *
disc_slots_open_passphrase (const guint8 *slots, const guint8 *id, const char *passphrase,
                            gsize len, GError **error)
{
  guint n_tried = 0;

  for (guint i = 0; i < DISC_SLOTS_MAX && n_tried < DISC_SLOT_PASSPHRASES_MAX; i++)
    {
      const guint8 *slot = slots + i * DISC_SLOT_BYTES;
      guint8 ad[AD_BYTES];
      guint8 *wrapping, *key;
      gboolean opens;

      if (get_u32 (slot, AT_KIND) != DISC_SLOT_PASSPHRASE || !is_sensible (slot))
        continue;

      n_tried++;
      wrapping = stretch (slot, passphrase, len, error);
      if (wrapping == NULL)
        return NULL;

      key = disc_key_new ();
      make_ad (slot, id, i, ad);
      opens = disc_unseal (wrapping, slot + AT_NONCE, ad, sizeof ad, slot + AT_WRAPPED,
                           WRAPPED_BYTES, key);
      disc_key_free (wrapping);
      if (opens)
        return key;
      disc_key_free (key);
    }

  fail_closed (error);
  return NULL;
}

guint8 *
disc_slots_open_emergency (const guint8 *slots, const guint8 *id, const guint8 *public_key,
                           const guint8 *secret_key, GError **error)
{
  for (guint i = 0; i < DISC_SLOTS_MAX; i++)
    {
      const guint8 *slot = slots + i * DISC_SLOT_BYTES;
      guint8 boxed[BOXED_BYTES];
      guint8 *key = NULL;

      if (get_u32 (slot, AT_KIND) != DISC_SLOT_EMERGENCY)
        continue;

      if (crypto_box_seal_open (boxed, slot + AT_WRAPPED, crypto_box_SEALBYTES + BOXED_BYTES,
                                public_key, secret_key) == 0 &&
          memcmp (boxed + DISC_KEY_BYTES, id, DISC_ID_BYTES) == 0)
        {
          key = disc_key_new ();
          memcpy (key, boxed, DISC_KEY_BYTES);
        }
      sodium_memzero (boxed, sizeof boxed);
      if (key != NULL)
        return key;
    }

  fail_closed (error);
  return NULL;
}
