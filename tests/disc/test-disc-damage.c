/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thousand damages of every kind to a sealed disc, one at a time, drawn by a fixed seed: whatever
 * is read is what was written, and what cannot be read says so.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-layout.h"

#include "disc-sealed-fixture.h"

#define SEED 3
#define ALL (SEALED_PATIENTS * SEALED_MESSAGES)
#define SECTOR 2048

/* The sanitizers are ten times slower; there it is the memory that is tested, not the odds. */
#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 120
#else
#define ROUNDS 1000
#endif

typedef struct
{
  char *dir;
  char *path;
  guint8 *whole;
  gsize len;
  GRand *rand;
} Victim;

static guint64
any_place (Victim *victim, gsize len)
{
  return (guint64) g_rand_double_range (victim->rand, 0, (double) (victim->len - len));
}

static void
put (Victim *victim, guint64 offset, const guint8 *bytes, gsize len)
{
  int fd = g_open (victim->path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, bytes, len, (off_t) offset), ==, (gssize) len);
  close (fd);
}

static void
put_all_back (Victim *victim)
{
  g_assert_cmpint (truncate (victim->path, (off_t) victim->len), ==, 0);
  put (victim, 0, victim->whole, victim->len);
}

/* ---- the damages; each returns whether parity and spare file must mend all of it ------------ */

static gboolean
flip_bits (Victim *victim)
{
  guint n = (guint) g_rand_int_range (victim->rand, 1, 7);

  for (guint i = 0; i < n; i++)
    {
      guint64 at = any_place (victim, 1);
      guint8 byte = victim->whole[at] ^ (guint8) (1 << g_rand_int_range (victim->rand, 0, 8));

      put (victim, at, &byte, 1);
    }
  return TRUE;
}

static gboolean
zero_sectors (Victim *victim)
{
  static const guint8 zeros[SECTOR];
  guint n = (guint) g_rand_int_range (victim->rand, 1, 7);

  for (guint i = 0; i < n; i++)
    put (victim, any_place (victim, SECTOR) / SECTOR * SECTOR, zeros, SECTOR);
  return TRUE;
}

static gboolean
zero_run (Victim *victim)
{
  g_autofree guint8 *zeros = g_malloc0 (64 * SECTOR);

  put (victim, any_place (victim, 64 * SECTOR) / SECTOR * SECTOR, zeros, 64 * SECTOR);
  return TRUE;
}

static gboolean
cut (Victim *victim)
{
  g_assert_cmpint (truncate (victim->path, (off_t) any_place (victim, 1)), ==, 0);
  return FALSE;
}

static gboolean
swap_units (Victim *victim)
{
  guint64 n = (victim->len - DISC_HEAD_BYTES) / DISC_UNIT_BYTES;
  guint64 a = DISC_HEAD_BYTES + (guint64) g_rand_int_range (victim->rand, 0, (gint32) n) *
                                    DISC_UNIT_BYTES;
  guint64 b = DISC_HEAD_BYTES + (guint64) g_rand_int_range (victim->rand, 0, (gint32) n) *
                                    DISC_UNIT_BYTES;

  put (victim, a, victim->whole + b, DISC_UNIT_BYTES);
  put (victim, b, victim->whole + a, DISC_UNIT_BYTES);
  return TRUE;
}

/* Bytes of one place over another, not at the bounds of anything. */
static gboolean
copy_piece (Victim *victim)
{
  gsize len = (gsize) g_rand_int_range (victim->rand, 1, 4 * DISC_UNIT_BYTES);

  put (victim, any_place (victim, len), victim->whole + any_place (victim, len), len);
  return TRUE;
}

static gboolean
scratch_long (Victim *victim)
{
  gsize len = (gsize) g_rand_int_range (victim->rand, 8, 30) * DISC_UNIT_BYTES;
  g_autofree guint8 *noise = g_malloc (len);

  for (gsize i = 0; i < len; i++)
    noise[i] = (guint8) g_rand_int (victim->rand);
  put (victim, any_place (victim, len), noise, len);
  return FALSE;
}

static gboolean (*const damages[]) (Victim *) = { flip_bits,  zero_sectors, zero_run,
                                                  cut,        swap_units,   copy_piece,
                                                  scratch_long };

static void
test_damages (Fixture *fixture, gconstpointer data)
{
  Victim victim = { .dir = fixture->disc, .rand = g_rand_new_with_seed (20) };
  guint n_mended = 0, n_partly = 0;

  sealed_make (fixture, SEED);
  victim.path = fixture_file (fixture, DISC_CONTAINER_FILE);
  g_assert_true (g_file_get_contents (victim.path, (char **) &victim.whole, &victim.len, NULL));
  for (guint round = 0; round < ROUNDS; round++)
    {
      gboolean must_mend = damages[round % G_N_ELEMENTS (damages)](&victim);
      SealedOutcome outcome;

      sealed_read_quickly (victim.dir, SEED, &outcome);
      g_assert_cmpuint (outcome.n_wrong, ==, 0);
      g_assert_cmpuint (outcome.n_right + outcome.n_failed, ==, ALL);
      if (must_mend)
        g_assert_cmpuint (outcome.n_failed, ==, 0);
      if (outcome.n_failed == 0)
        n_mended++;
      else if (outcome.n_right > 0)
        n_partly++;
      if (outcome.n_failed > 0)
        g_assert_true (outcome.code == DISC_ERROR_CORRUPT ||
                       outcome.code == DISC_ERROR_TRUNCATED ||
                       outcome.code == DISC_ERROR_FOREIGN || outcome.code == DISC_ERROR_SWAPPED);
      put_all_back (&victim);
    }
  g_test_message ("%u of %d mended, %u read in part", n_mended, ROUNDS, n_partly);
  g_assert_cmpuint (n_partly, >, 0);

  g_rand_free (victim.rand);
  g_free (victim.whole);
  g_free (victim.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/damage/thousand", test_damages);
  return g_test_run ();
}
