/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into tests that make many discs. The library tries several ways to choose a dictionary and
 * packs the samples with each to find the best: most of the time it takes to make a small disc.
 * Here it takes the first; what it makes is a dictionary all the same. */
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>

size_t __wrap_ZDICT_trainFromBuffer (void *dictionary, size_t capacity, const void *samples,
                                     const size_t *sizes, unsigned n);

/* The linker puts it in the place of ZDICT_trainFromBuffer(). */
size_t
__wrap_ZDICT_trainFromBuffer (void *dictionary, size_t capacity, const void *samples,
                              const size_t *sizes, unsigned n)
{
  const ZDICT_fastCover_params_t params = {
    .k = 1024, .d = 8, .f = 18, .splitPoint = 1.0, .accel = 10
  };

  return ZDICT_trainFromBuffer_fastCover (dictionary, capacity, samples, sizes, n, params);
}
