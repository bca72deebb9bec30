/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-parity.h"

#include <isa-l/erasure_code.h>
#include <string.h>

#define MAX_ALL (DISC_SET_ROWS + DISC_SET_PARITY)
#define TABLE_BYTES 32 /* of ISA-L, for each coefficient */

void
disc_parity_encode (guint8 **units, guint n_units, guint8 **parity)
{
  guint8 matrix[MAX_ALL * DISC_SET_ROWS];
  guint8 tables[TABLE_BYTES * DISC_SET_ROWS * DISC_SET_PARITY];
  int n = (int) n_units;

  g_return_if_fail (n_units >= 1 && n_units <= DISC_SET_ROWS);

  gf_gen_cauchy1_matrix (matrix, n + DISC_SET_PARITY, n);
  ec_init_tables (n, DISC_SET_PARITY, matrix + n * n, tables);
  ec_encode_data (DISC_UNIT_BYTES, n, DISC_SET_PARITY, tables, units, parity);
}

/* The rows of @matrix of the first @n units that are not lost, and those units. */
static gboolean
choose_intact (const guint8 *matrix, guint8 **units, const gboolean *lost, int n, guint8 *rows,
               guint8 **intact)
{
  int found = 0;

  for (int i = 0; i < n + DISC_SET_PARITY && found < n; i++)
    {
      if (lost[i])
        continue;
      memcpy (rows + found * n, matrix + i * n, (gsize) n);
      intact[found++] = units[i];
    }

  return found == n;
}

/* @out: coefficients over the intact units that give unit @wanted. */
static void
make_row (const guint8 *matrix, const guint8 *inverse, int wanted, int n, guint8 *out)
{
  if (wanted < n)
    {
      memcpy (out, inverse + wanted * n, (gsize) n);
      return;
    }

  for (int column = 0; column < n; column++)
    {
      guint8 sum = 0;

      for (int i = 0; i < n; i++)
        sum ^= gf_mul (inverse[i * n + column], matrix[wanted * n + i]);
      out[column] = sum;
    }
}

gboolean
disc_parity_repair (guint8 **units, guint n_units, const gboolean *lost)
{
  guint8 matrix[MAX_ALL * DISC_SET_ROWS];
  guint8 rows[DISC_SET_ROWS * DISC_SET_ROWS];
  guint8 inverse[DISC_SET_ROWS * DISC_SET_ROWS];
  guint8 wanted[DISC_SET_PARITY * DISC_SET_ROWS];
  guint8 tables[TABLE_BYTES * DISC_SET_ROWS * DISC_SET_PARITY];
  guint8 *intact[DISC_SET_ROWS];
  guint8 *missing[DISC_SET_PARITY];
  int n = (int) n_units;
  int n_missing = 0;

  g_return_val_if_fail (n_units >= 1 && n_units <= DISC_SET_ROWS, FALSE);

  gf_gen_cauchy1_matrix (matrix, n + DISC_SET_PARITY, n);
  if (!choose_intact (matrix, units, lost, n, rows, intact) ||
      gf_invert_matrix (rows, inverse, n) != 0)
    return FALSE;

  for (int i = 0; i < n + DISC_SET_PARITY; i++)
    if (lost[i])
      {
        make_row (matrix, inverse, i, n, wanted + n_missing * n);
        missing[n_missing++] = units[i];
      }
  if (n_missing == 0)
    return TRUE;

  ec_init_tables (n, n_missing, wanted, tables);
  ec_encode_data (DISC_UNIT_BYTES, n, n_missing, tables, intact, missing);
  return TRUE;
}
