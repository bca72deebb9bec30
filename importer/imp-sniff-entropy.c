/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff.h"

#include <math.h>

#define CHI_SQUARE_LOW 120.0
#define CHI_SQUARE_HIGH 390.0

static void
count_values (const guint8 *bytes, gsize len, guint64 counts[256])
{
  for (guint i = 0; i < 256; i++)
    counts[i] = 0;
  for (gsize i = 0; i < len; i++)
    counts[bytes[i]]++;
}

double
imp_sniff_entropy_bits (const guint8 *bytes, gsize len)
{
  guint64 counts[256];
  double bits = 0.0;

  if (len == 0)
    return 0.0;
  count_values (bytes, len, counts);
  for (guint i = 0; i < 256; i++)
    if (counts[i] > 0)
      {
        double share = (double) counts[i] / (double) len;

        bits -= share * log2 (share);
      }
  return bits;
}

double
imp_sniff_chi_square (const guint8 *bytes, gsize len)
{
  guint64 counts[256];
  double expected = (double) len / 256.0;
  double sum = 0.0;

  if (len == 0)
    return 0.0;
  count_values (bytes, len, counts);
  for (guint i = 0; i < 256; i++)
    sum += ((double) counts[i] - expected) * ((double) counts[i] - expected) / expected;
  return sum;
}

static gboolean
is_even (const guint8 *bytes, gsize len)
{
  double chi_square = imp_sniff_chi_square (bytes, len);

  return chi_square >= CHI_SQUARE_LOW && chi_square <= CHI_SQUARE_HIGH;
}

gboolean
imp_sniff_looks_random (const guint8 *bytes, gsize len)
{
  return len >= IMP_SNIFF_MIN_RANDOM_BYTES &&
         (is_even (bytes, len) || is_even (bytes, IMP_SNIFF_MIN_RANDOM_BYTES));
}

gboolean
imp_sniff_is_scrambled (const guint8 *bytes, gsize len)
{
  ImpSniff sniffed;

  len = MIN (len, IMP_SNIFF_MIN_RANDOM_BYTES);
  if (len < IMP_SNIFF_SCRAMBLED_BYTES || !is_even (bytes, len))
    return FALSE;
  imp_sniff (bytes, len, &sniffed);
  return sniffed.kind == IMP_SNIFF_UNKNOWN || sniffed.kind == IMP_SNIFF_RANDOM;
}
