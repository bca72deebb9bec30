/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tiny sealed disc, changed as the input says, opened and read through: nothing is ever read that
 * was not written. Or the input is the container, as it is.
 *
 * The first byte is flags, then each five bytes are a change: where, how far in (little-endian), to
 * what, and a choice. With the flags whoever changes it has the keys and makes it fit again.
 */
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-block.h"
#include "disc-container.h"
#include "disc-crypto.h"
#include "disc-format.h"
#include "disc-pack.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define FLAG_SIGN 1       /* signs the head again, and hashes the slots */
#define FLAG_SUMS 2       /* makes the sums of all units again, and their hash */
#define FLAG_TABLE 4      /* seals the table again; with the two above */
#define FLAG_LENGTH 8     /* makes the length of the file fit that of the stream */
#define FLAG_BARE 128     /* the rest is the container */

#define CHANGE_BYTES 5
#define MAX_CHANGES 64
#define PASSPHRASE "p"
#define N_PAGES 6
#define MANIFEST "{}"

typedef enum
{
  IN_HEADER,
  IN_NUMBERS,   /* of the header: eight bytes at once, to a number that is one limit or another */
  IN_SLOTS,
  IN_STREAM,
  IN_PARITY,
  IN_SUMS,
  IN_SPARE,
  IN_TABLE,     /* opened; needs FLAG_TABLE */
  IN_LENGTH,    /* of the file: cut there */
  IN_MANIFEST,
  N_WHERE,
} Where;

/* The disc as it was written, and the one that is changed. */
typedef struct
{
  char *folder;
  DiscHeader header;
  guint8 signing_key[DISC_SIGNING_KEY_BYTES];
  guint8 *data_key;
  guint8 pages[N_PAGES * DISC_PAGE_SIZE];
  GByteArray *container, *spare, *table;
} Base;

typedef struct
{
  GByteArray *container, *spare, *table;
  char manifest[sizeof MANIFEST];
} Disc;

/* ---- the disc ------------------------------------------------------------------------------- */

static char *
path_of (const Base *base, const char *name)
{
  return g_build_filename (base->folder, name, NULL);
}

static GByteArray *
load (const Base *base, const char *name)
{
  g_autofree char *path = path_of (base, name);
  char *bytes;
  gsize len;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  return g_byte_array_new_take ((guint8 *) bytes, len);
}

static void
save (const Base *base, const char *name, gconstpointer bytes, gsize len)
{
  g_autofree char *path = path_of (base, name);

  g_unlink (path); /* writing over it leaves the rest of one that was longer */
  g_assert_true (g_file_set_contents_full (path, bytes, (gssize) len, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
}

static void
remove_files (const Base *base)
{
  static const char *const names[] = { DISC_CONTAINER_FILE, DISC_SPARE_FILE, DISC_MANIFEST_FILE };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = path_of (base, names[i]);

      g_unlink (path);
    }
}

/* Half of each page compresses. The second page looks like one that leads on: it is a hot one. */
static void
fill_pages (Base *base)
{
  for (guint i = 0; i < N_PAGES; i++)
    {
      guint8 seed[randombytes_SEEDBYTES] = { (guint8) i };
      guint8 *page = base->pages + (gsize) i * DISC_PAGE_SIZE;

      memset (page, (int) i + 10, DISC_PAGE_SIZE);
      randombytes_buf_deterministic (page + 1, DISC_PAGE_SIZE / 2, seed);
    }
  base->pages[DISC_PAGE_SIZE] = 5;
}

static void
write_disc (Base *base)
{
  const char *passphrases[] = { PASSPHRASE, NULL };
  const DiscSealing sealing = { .passphrases = passphrases, .cost = DISC_SLOT_COST_LEAST,
                                .signing_key = base->signing_key };
  g_autofree char *path = path_of (base, DISC_CONTAINER_FILE);
  g_autofree char *spare = path_of (base, DISC_SPARE_FILE);
  g_autoptr (DiscPack) pack = disc_pack_new (path, &sealing, 1, 1, NULL);

  for (gsize at = 0; at < sizeof base->pages; at += DISC_PAGE_SIZE)
    g_assert_true (disc_pack_store.write (pack, at, base->pages + at, DISC_PAGE_SIZE, NULL));
  g_assert_true (disc_pack_finish (pack, (const guint8 *) MANIFEST, strlen (MANIFEST), spare, NULL));
}

/* What whoever has the keys knows. */
static void
open_disc (Base *base)
{
  const DiscUnlock unlock = { .passphrase = PASSPHRASE };
  g_autoptr (DiscContainer) container = disc_container_open (base->folder, NULL);
  g_autoptr (GByteArray) stored = g_byte_array_new ();
  guint8 *key;

  g_assert_true (disc_container_unlock (container, &unlock, NULL));
  base->header = *disc_container_header (container);
  base->data_key = disc_key_new ();
  memcpy (base->data_key, disc_container_data_key (container), DISC_KEY_BYTES);

  g_byte_array_set_size (stored, (guint) base->header.table.stored);
  g_assert_true (disc_units_read (disc_container_units (container), base->header.table.offset,
                                  stored->data, stored->len, NULL));
  key = disc_key_derive (base->data_key, DISC_SUBKEY_TABLE);
  base->table = disc_region_open (key, base->header.nonce, base->header.id, stored->data,
                                  stored->len, (gsize) base->header.table.raw, NULL);
  disc_key_free (key);
  g_assert_nonnull (base->table);
}

static Base *
base_new (void)
{
  Base *base = g_new0 (Base, 1);
  guint8 seed[crypto_sign_SEEDBYTES] = { 7 };
  guint8 signer[DISC_SIGNER_BYTES];

  g_assert_true (disc_crypto_init (NULL));
  crypto_sign_seed_keypair (signer, base->signing_key, seed);
  base->folder = g_dir_make_tmp ("fuzz-container-XXXXXX", NULL);
  fill_pages (base);
  write_disc (base);
  open_disc (base);
  base->container = load (base, DISC_CONTAINER_FILE);
  base->spare = load (base, DISC_SPARE_FILE);
  return base;
}

/* One for all inputs: making it takes longer than reading it. */
static Base *the_base;

static void
remove_base (void)
{
  remove_files (the_base);
  g_rmdir (the_base->folder);
  g_free (the_base->folder);
  disc_key_free (the_base->data_key);
  g_byte_array_unref (the_base->container);
  g_byte_array_unref (the_base->spare);
  g_byte_array_unref (the_base->table);
  g_clear_pointer (&the_base, g_free);
}

static const Base *
get_base (void)
{
  if (the_base == NULL)
    {
      the_base = base_new ();
      atexit (remove_base);
    }
  return the_base;
}

/* ---- changes -------------------------------------------------------------------------------- */

static void
change_byte (GByteArray *bytes, guint64 begin, guint64 len, guint32 offset, guint8 value)
{
  if (begin < bytes->len && len > 0)
    bytes->data[begin + offset % MIN (len, bytes->len - begin)] ^= value != 0 ? value : 0xff;
}

/* Limits, and what is just beyond them. */
static guint64
number_of (const Base *base, guint8 choice, guint8 value)
{
  const guint64 numbers[] = {
    0, G_MAXUINT32, G_MAXUINT64, DISC_STREAM_MAX_BYTES, DISC_DATABASE_MAX_BYTES,
    DISC_TABLE_MAX_BYTES, DISC_DICTIONARY_MAX_BYTES, base->header.stream_bytes,
    base->header.database_bytes, base->header.table.offset, base->header.table.stored,
    DISC_UNIT_BYTES, DISC_PAGE_SIZE, DISC_BLOCK_BYTES,
  };

  return numbers[choice % G_N_ELEMENTS (numbers)] + (guint64) (gint64) (gint8) value;
}

static void
change (const Base *base, Disc *disc, const guint8 *what)
{
  guint64 sums = disc_layout_sums_offset (base->header.stream_bytes);
  guint64 parity = DISC_HEAD_BYTES +
                   disc_layout_n_units (base->header.stream_bytes) * DISC_UNIT_BYTES;
  guint32 offset = what[1] | (guint32) what[2] << 8;
  guint64 number;

  switch ((Where) (what[0] % N_WHERE))
    {
    case IN_HEADER:
      change_byte (disc->container, 0, DISC_HEADER_BYTES, offset, what[3]);
      break;
    case IN_NUMBERS:
      number = GUINT64_TO_LE (number_of (base, what[4], what[3]));
      if (disc->container->len >= DISC_HEADER_BYTES)
        memcpy (disc->container->data + 64 + offset % 12 * 8, &number, sizeof number);
      break;
    case IN_SLOTS:
      /* Not the cost: a guess at the largest one that is allowed takes seconds. */
      if (offset % 512 < 4 || offset % 512 >= 12)
        change_byte (disc->container, DISC_HEADER_BYTES, 512, offset, what[3]);
      break;
    case IN_STREAM:
      change_byte (disc->container, DISC_HEAD_BYTES, parity - DISC_HEAD_BYTES,
                   offset * 3u + what[4], what[3]);
      break;
    case IN_PARITY:
      change_byte (disc->container, parity, sums - parity, offset * 5u + what[4], what[3]);
      break;
    case IN_SUMS:
      change_byte (disc->container, sums, G_MAXUINT32, offset, what[3]);
      break;
    case IN_SPARE:
      change_byte (disc->spare, 0, G_MAXUINT32, offset, what[3]);
      break;
    case IN_TABLE:
      change_byte (disc->table, 0, G_MAXUINT32, offset, what[3]);
      break;
    case IN_LENGTH:
      number = offset * 8u + what[4];
      if (number < disc->container->len)
        g_byte_array_set_size (disc->container, (guint) number);
      break;
    case IN_MANIFEST:
      disc->manifest[offset % strlen (MANIFEST)] ^= what[3] | 1;
      break;
    case N_WHERE:
    default:
      break;
    }
}

/* ---- making it fit again -------------------------------------------------------------------- */

static void
put_u64 (Disc *disc, gsize offset, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (disc->container->data + offset, &value, sizeof value);
}

static guint64
get_u64 (const Disc *disc, gsize offset)
{
  guint64 value;

  memcpy (&value, disc->container->data + offset, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* FORMAT.md, "Header". */
#define AT_STREAM_BYTES 88
#define AT_FILE_BYTES 96
#define AT_TABLE_STORED 136
#define AT_TABLE_RAW 144
#define AT_SLOTS_HASH 176
#define AT_SUMS_HASH 208

/* At the place of the old one, as long as that leaves the units as many as they are. */
static void
seal_table (const Base *base, Disc *disc)
{
  const DiscHeader *header = &base->header;
  guint8 *key = disc_key_derive (base->data_key, DISC_SUBKEY_TABLE);
  g_autoptr (GByteArray) sealed = disc_region_seal (key, header->nonce, header->id,
                                                    disc->table->data, disc->table->len);
  guint64 stream_bytes = header->table.offset + sealed->len;

  disc_key_free (key);
  if (disc_layout_n_units (stream_bytes) != disc_layout_n_units (header->stream_bytes))
    return;
  for (guint i = 0; i < sealed->len; i++)
    {
      guint64 at = header->table.offset + i;

      disc->container->data[disc_layout_unit_offset (at / DISC_UNIT_BYTES) + at % DISC_UNIT_BYTES] =
          sealed->data[i];
    }
  put_u64 (disc, AT_STREAM_BYTES, stream_bytes);
  put_u64 (disc, AT_TABLE_STORED, sealed->len);
  put_u64 (disc, AT_TABLE_RAW, disc->table->len);
}

static void
make_sums (const Base *base, Disc *disc)
{
  guint64 n = disc_layout_n_sums (base->header.stream_bytes);
  guint8 *sums = disc->container->data + disc_layout_sums_offset (base->header.stream_bytes);

  for (guint64 i = 0; i < n; i++)
    disc_hash (disc->container->data + DISC_HEAD_BYTES + i * DISC_UNIT_BYTES, DISC_UNIT_BYTES,
               sums + i * DISC_SUM_BYTES, DISC_SUM_BYTES);
  disc_hash (sums, n * DISC_SUM_BYTES, disc->container->data + AT_SUMS_HASH, DISC_HASH_BYTES);
}

static void
make_length (Disc *disc)
{
  guint64 stream_bytes = get_u64 (disc, AT_STREAM_BYTES);

  if (stream_bytes <= DISC_STREAM_MAX_BYTES)
    put_u64 (disc, AT_FILE_BYTES, disc_layout_sums_offset (stream_bytes) +
                                      disc_layout_n_sums (stream_bytes) * DISC_SUM_BYTES);
}

static void
make_fit (const Base *base, Disc *disc, guint8 flags)
{
  guint8 *head = disc->container->data;

  if (disc->container->len < base->container->len)
    return;
  if (flags & FLAG_TABLE)
    seal_table (base, disc);
  if (flags & (FLAG_SUMS | FLAG_TABLE))
    make_sums (base, disc);
  if (flags & FLAG_LENGTH)
    make_length (disc);
  if (flags & (FLAG_SIGN | FLAG_TABLE))
    {
      disc_hash (head + DISC_HEADER_BYTES, DISC_SLOTS_BYTES, head + AT_SLOTS_HASH, DISC_HASH_BYTES);
      crypto_sign_detached (head + disc_header_signed_bytes (), NULL, head,
                            disc_header_signed_bytes (), base->signing_key);
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

/* @is_forged: by somebody with the data key, who may put any page he likes at a place.
 * Returns: pages that were read */
static guint
read_pages (const Base *base, DiscContainer *container, gboolean is_forged)
{
  guint64 size = MIN (disc_container_store.size (container), 2 * sizeof base->pages);
  guint8 page[DISC_PAGE_SIZE];
  guint n = 0;

  for (guint64 at = 0; at < size; at += DISC_PAGE_SIZE)
    {
      if (!disc_container_store.read (container, at, page, sizeof page, NULL))
        continue;
      n++;
      if (is_forged)
        continue;
      g_assert_cmpuint (at, <, sizeof base->pages);
      g_assert_cmpint (memcmp (page, base->pages + at, sizeof page), ==, 0);
    }
  return n;
}

/* From the file or from its copy: nobody without the signing key puts another one there. */
static void
check_manifest (const Base *base, const DiscContainer *container)
{
  g_autoptr (GBytes) manifest = disc_container_read_manifest (container, base->folder, NULL, NULL);

  if (manifest != NULL && memcmp (disc_container_header (container)->manifest_hash,
                                  base->header.manifest_hash, DISC_HASH_BYTES) == 0)
    {
      g_assert_cmpuint (g_bytes_get_size (manifest), ==, strlen (MANIFEST));
      g_assert_cmpint (memcmp (g_bytes_get_data (manifest, NULL), MANIFEST, strlen (MANIFEST)), ==,
                       0);
    }
}

/* Returns: pages that were read */
static guint
check_disc (const Base *base, gboolean is_forged)
{
  const DiscUnlock unlock = { .passphrase = PASSPHRASE };
  g_autoptr (DiscContainer) container = disc_container_open (base->folder, NULL);
  guint n = 0;

  if (container == NULL)
    return 0;
  check_manifest (base, container);
  if (disc_container_unlock_hot (container, &unlock, NULL))
    n = read_pages (base, container, is_forged);
  disc_units_check (disc_container_units (container), NULL, NULL, NULL);
  return n;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const Base *base = get_base ();
  Disc disc = { .manifest = MANIFEST };
  guint n_read;

  if (size < 1)
    return 0;
  if (data[0] & FLAG_BARE)
    {
      remove_files (base);
      save (base, DISC_CONTAINER_FILE, data + 1, size - 1);
      check_disc (base, TRUE);
      return 0;
    }

  disc.container = g_byte_array_append (g_byte_array_new (), base->container->data,
                                        base->container->len);
  disc.spare = g_byte_array_append (g_byte_array_new (), base->spare->data, base->spare->len);
  disc.table = g_byte_array_append (g_byte_array_new (), base->table->data, base->table->len);
  for (gsize i = 1, n = 0; i + CHANGE_BYTES <= size && n < MAX_CHANGES; i += CHANGE_BYTES, n++)
    change (base, &disc, data + i);
  make_fit (base, &disc, data[0]);

  save (base, DISC_CONTAINER_FILE, disc.container->data, disc.container->len);
  save (base, DISC_SPARE_FILE, disc.spare->data, disc.spare->len);
  save (base, DISC_MANIFEST_FILE, disc.manifest, strlen (disc.manifest));
  n_read = check_disc (base, (data[0] & FLAG_TABLE) != 0);
  if (size == 1) /* nothing was changed: made to fit or not, it is whole */
    g_assert_cmpuint (n_read, ==, N_PAGES);
  g_byte_array_unref (disc.container);
  g_byte_array_unref (disc.spare);
  g_byte_array_unref (disc.table);
  return 0;
}
