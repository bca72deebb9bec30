/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-parity.h"

#define MAX_ALL (DISC_SET_ROWS + DISC_SET_PARITY)

typedef struct
{
  guint8 *bytes;
  guint8 *units[MAX_ALL];
} Units;

static void
units_init (Units *self, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  self->bytes = g_malloc (MAX_ALL * (gsize) DISC_UNIT_BYTES);
  for (gsize i = 0; i < MAX_ALL * (gsize) DISC_UNIT_BYTES; i += 4)
    {
      guint32 value = g_rand_int (rand);

      memcpy (self->bytes + i, &value, sizeof value);
    }
  for (guint i = 0; i < MAX_ALL; i++)
    self->units[i] = self->bytes + (gsize) i * DISC_UNIT_BYTES;
}

/* With one unit, parity i is the unit divided by i + 1, in GF(2^8) with x^8+x^4+x^3+x^2+1. */
static void
test_one_unit (void)
{
  static const guint8 inverses[DISC_SET_PARITY] = { 1, 0x8e, 0xf4, 0x47, 0xa7, 0x7a, 0xba, 0xad };
  Units units;

  units_init (&units, 1);
  memset (units.units[0], 1, DISC_UNIT_BYTES);
  disc_parity_encode (units.units, 1, units.units + 1);
  for (guint i = 0; i < DISC_SET_PARITY; i++)
    {
      g_assert_cmpuint (units.units[1 + i][0], ==, inverses[i]);
      g_assert_cmpuint (units.units[1 + i][DISC_UNIT_BYTES - 1], ==, inverses[i]);
    }
  g_free (units.bytes);
}

/* As many as can be lost, anywhere, come back; one more, and nothing is written. */
static void
test_repair (void)
{
  static const guint sizes[] = { 1, 2, 7, 8, 9, 63, 64 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 40; round++)
    {
      guint n = sizes[round % G_N_ELEMENTS (sizes)];
      guint n_all = n + DISC_SET_PARITY;
      gboolean lost[MAX_ALL] = { FALSE };
      g_autofree guint8 *good = NULL;
      guint n_lost = 0;
      Units units;

      units_init (&units, round);
      disc_parity_encode (units.units, n, units.units + n);
      good = g_memdup2 (units.bytes, MAX_ALL * (gsize) DISC_UNIT_BYTES);
      while (n_lost < DISC_SET_PARITY)
        {
          guint i = (guint) g_rand_int_range (rand, 0, (gint32) n_all);

          if (lost[i])
            continue;
          lost[i] = TRUE;
          memset (units.units[i], 0xee, DISC_UNIT_BYTES);
          n_lost++;
        }
      g_assert_true (disc_parity_repair (units.units, n, lost));
      g_assert_cmpmem (units.bytes, n_all * (gsize) DISC_UNIT_BYTES, good,
                       n_all * (gsize) DISC_UNIT_BYTES);

      for (guint i = 0; i < n_all; i++)
        if (!lost[i])
          {
            lost[i] = TRUE;
            break;
          }
      g_assert_false (disc_parity_repair (units.units, n, lost));
      g_assert_cmpmem (units.bytes, n_all * (gsize) DISC_UNIT_BYTES, good,
                       n_all * (gsize) DISC_UNIT_BYTES);
      g_free (units.bytes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/parity/one-unit", test_one_unit);
  g_test_add_func ("/disc/parity/repair", test_repair);
  return g_test_run ();
}
