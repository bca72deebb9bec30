/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-block.h"

#include <string.h>
#include <zstd.h>

#include "disc-error.h"

#define FRAME_ID_BYTES 8
#define AT_INDEX 8
#define AT_SUM 12
#define AD_BYTES (DISC_FRAME_BYTES + 12)
#define REGION_LEVEL 9

/*
 * What level 9 does to blocks of 64 KiB, but with half as many tries for a match and none below five
 * bytes: on pages of records 1 % larger, and 1.4 to 1.6 times as fast.
 */
#define TUNED_LEVEL 9
#define TUNED_SEARCH_LOG 3
#define TUNED_MIN_MATCH 5

/* A block that is so near to chance, to one part in so many, is not tried: it would not become smaller. */
#define DENSE_PARTS 10

struct _DiscBlockCoder
{
  ZSTD_CCtx *compressor;
  const DiscDictionary *prepared_with; /* what the compressor was set up for */
  int prepared_level;                  /* 0: for nothing yet */
  ZSTD_DCtx *decompressor;
  guint8 *packed;
  gsize packed_max;
};

struct _DiscDictionary
{
  GBytes *bytes;
  ZSTD_DDict *unpacking;
};

DiscBlockCoder *
disc_block_coder_new (void)
{
  DiscBlockCoder *self = g_new0 (DiscBlockCoder, 1);

  self->compressor = ZSTD_createCCtx ();
  self->decompressor = ZSTD_createDCtx ();
  self->packed_max = ZSTD_compressBound (DISC_BLOCK_BYTES);
  self->packed = g_malloc (self->packed_max);
  return self;
}

void
disc_block_coder_free (DiscBlockCoder *self)
{
  ZSTD_freeCCtx (self->compressor);
  ZSTD_freeDCtx (self->decompressor);
  g_free (self->packed);
  g_free (self);
}

DiscDictionary *
disc_dictionary_new (const guint8 *data, gsize len)
{
  DiscDictionary *self = g_new0 (DiscDictionary, 1);

  self->bytes = g_bytes_new (data, len);
  self->unpacking = ZSTD_createDDict (data, len);
  return self;
}

void
disc_dictionary_free (DiscDictionary *self)
{
  g_bytes_unref (self->bytes);
  ZSTD_freeDDict (self->unpacking);
  g_free (self);
}

static void
put_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static guint32
get_u32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* ---- blocks --------------------------------------------------------------------------------- */

static guint32
sum_of_frame (const guint8 *frame)
{
  guint8 hash[DISC_SUM_BYTES];

  disc_hash (frame, AT_SUM, hash, sizeof hash);
  return get_u32 (hash);
}

static void
make_ad (const guint8 *frame, guint32 number, gsize raw_len, DiscCoding coding, guint8 ad[AD_BYTES])
{
  memcpy (ad, frame, DISC_FRAME_BYTES);
  put_u32 (ad + DISC_FRAME_BYTES, number);
  put_u32 (ad + DISC_FRAME_BYTES + 4, (guint32) raw_len);
  put_u32 (ad + DISC_FRAME_BYTES + 8, coding);
}

/* The compressor takes its time over a dictionary: once for all blocks that follow. */
static void
prepare (DiscBlockCoder *self, const DiscDictionary *dictionary, int level)
{
  gsize len;
  gconstpointer bytes;

  if (self->prepared_level == level && self->prepared_with == dictionary)
    return;

  ZSTD_CCtx_reset (self->compressor, ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter (self->compressor, ZSTD_c_compressionLevel, level);
  if (level == TUNED_LEVEL)
    {
      ZSTD_CCtx_setParameter (self->compressor, ZSTD_c_searchLog, TUNED_SEARCH_LOG);
      ZSTD_CCtx_setParameter (self->compressor, ZSTD_c_minMatch, TUNED_MIN_MATCH);
    }
  if (dictionary != NULL)
    {
      bytes = g_bytes_get_data (dictionary->bytes, &len);
      ZSTD_CCtx_loadDictionary (self->compressor, bytes, len);
    }
  self->prepared_with = dictionary;
  self->prepared_level = level;
}

/* Bytes that are compressed or sealed already use all values about as often: the sum of squares of
 * how often is then near that of chance, n * n / 256 + n. Records, and text in base64, are many
 * times above, and mostly before half of them was looked at: the sum only grows. */
static gboolean
is_dense (const guint8 *raw, gsize raw_len)
{
  guint32 counts[256] = { 0 };
  guint64 n = raw_len;
  gsize i = 0;

  for (guint quarter = 1; quarter <= 4; quarter++)
    {
      guint64 sum = 0;

      for (; i < raw_len * quarter / 4; i++)
        counts[raw[i]]++;
      for (guint k = 0; k < 256; k++)
        sum += (guint64) counts[k] * counts[k];
      if (sum * DENSE_PARTS > (n * n / 256 + n) * (DENSE_PARTS + 1))
        return FALSE;
    }
  return TRUE;
}

DiscCoding
disc_block_seal (DiscBlockCoder *self, const DiscBlockSeal *seal, guint32 index, guint32 number,
                 const guint8 *raw, gsize raw_len, const DiscDictionary *dictionary, int level,
                 GByteArray *out)
{
  DiscCoding coding = dictionary != NULL ? DISC_CODING_ZSTD_DICTIONARY : DISC_CODING_ZSTD;
  guint8 nonce[DISC_NONCE_BYTES];
  guint8 ad[AD_BYTES];
  const guint8 *packed = self->packed;
  gsize len;

  if (is_dense (raw, raw_len))
    len = raw_len;
  else
    {
      prepare (self, dictionary, level);
      len = ZSTD_compress2 (self->compressor, self->packed, self->packed_max, raw, raw_len);
    }
  if (ZSTD_isError (len) || len >= raw_len)
    {
      coding = DISC_CODING_PLAIN;
      packed = raw;
      len = raw_len;
    }

  g_byte_array_set_size (out, (guint) (DISC_FRAME_BYTES + len + DISC_TAG_BYTES));
  memcpy (out->data, seal->id, FRAME_ID_BYTES);
  put_u32 (out->data + AT_INDEX, index);
  put_u32 (out->data + AT_SUM, sum_of_frame (out->data));
  make_ad (out->data, number, raw_len, coding, ad);
  disc_nonce (seal->nonce, index, nonce);
  disc_seal (seal->key, nonce, ad, sizeof ad, packed, len, out->data + DISC_FRAME_BYTES);
  return coding;
}

gboolean
disc_block_check_frame (const guint8 *id, guint32 index, const guint8 *stored, GError **error)
{
  if (memcmp (stored, id, FRAME_ID_BYTES) != 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_FOREIGN, "block entry %u is none of this disc",
                   index);
      return FALSE;
    }
  if (get_u32 (stored + AT_INDEX) != index)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_SWAPPED, "block entry %u holds another block",
                   index);
      return FALSE;
    }

  return TRUE;
}

gboolean
disc_block_is_frame (const guint8 *stored)
{
  return sum_of_frame (stored) == get_u32 (stored + AT_SUM);
}

static gboolean
unpack (DiscBlockCoder *self, DiscCoding coding, const DiscDictionary *dictionary,
        const guint8 *packed, gsize len, guint8 *raw, gsize raw_len)
{
  switch (coding)
    {
    case DISC_CODING_PLAIN:
      if (len != raw_len)
        return FALSE;
      memcpy (raw, packed, len);
      return TRUE;
    case DISC_CODING_ZSTD:
      return ZSTD_decompressDCtx (self->decompressor, raw, raw_len, packed, len) == raw_len;
    case DISC_CODING_ZSTD_DICTIONARY:
      return dictionary != NULL &&
             ZSTD_decompress_usingDDict (self->decompressor, raw, raw_len, packed, len,
                                         dictionary->unpacking) == raw_len;
    default:
      return FALSE;
    }
}

gboolean
disc_block_open (DiscBlockCoder *self, const DiscBlockSeal *seal, guint32 index,
                 const DiscBlockEntry *entry, const guint8 *stored,
                 const DiscDictionary *dictionary, guint8 *raw, gsize raw_len, GError **error)
{
  gsize len = entry->stored - DISC_FRAME_BYTES;
  guint8 nonce[DISC_NONCE_BYTES];
  guint8 ad[AD_BYTES];

  if (!disc_block_check_frame (seal->id, index, stored, error))
    return FALSE;

  make_ad (stored, entry->number, raw_len, (DiscCoding) entry->coding, ad);
  disc_nonce (seal->nonce, index, nonce);
  if (len - DISC_TAG_BYTES <= self->packed_max &&
      disc_unseal (seal->key, nonce, ad, sizeof ad, stored + DISC_FRAME_BYTES, len, self->packed) &&
      unpack (self, (DiscCoding) entry->coding, dictionary, self->packed, len - DISC_TAG_BYTES, raw, raw_len))
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_ALTERED, "block entry %u does not open", index);
  return FALSE;
}

/* ---- other pieces --------------------------------------------------------------------------- */

GByteArray *
disc_region_seal (const guint8 *key, const guint8 *nonce, const guint8 *id, const guint8 *raw,
                  gsize raw_len)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  GByteArray *sealed = g_byte_array_new ();
  guint8 full_nonce[DISC_NONCE_BYTES];
  gsize len;

  g_byte_array_set_size (packed, (guint) ZSTD_compressBound (raw_len));
  len = ZSTD_compress (packed->data, packed->len, raw, raw_len, REGION_LEVEL);
  g_assert (!ZSTD_isError (len));

  g_byte_array_set_size (sealed, (guint) (len + DISC_TAG_BYTES));
  disc_nonce (nonce, 0, full_nonce);
  disc_seal (key, full_nonce, id, DISC_ID_BYTES, packed->data, len, sealed->data);
  return sealed;
}

GByteArray *
disc_region_open (const guint8 *key, const guint8 *nonce, const guint8 *id, const guint8 *stored,
                  gsize stored_len, gsize raw_len, GError **error)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  guint8 full_nonce[DISC_NONCE_BYTES];

  disc_nonce (nonce, 0, full_nonce);
  if (stored_len > DISC_TAG_BYTES && stored_len <= G_MAXINT && raw_len <= G_MAXINT)
    {
      g_byte_array_set_size (packed, (guint) (stored_len - DISC_TAG_BYTES));
      g_byte_array_set_size (raw, (guint) raw_len);
      if (disc_unseal (key, full_nonce, id, DISC_ID_BYTES, stored, stored_len, packed->data) &&
          ZSTD_decompress (raw->data, raw_len, packed->data, packed->len) == raw_len)
        return g_steal_pointer (&raw);
    }

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_ALTERED, "table or dictionary does not open");
  return NULL;
}
