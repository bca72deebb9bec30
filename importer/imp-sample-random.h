/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps a number, equally good
 * from any seed. Integers only, so that a seed gives the same hospital on every machine.
 * A stream belongs to one thing (a person, a bed, a file): what one draws never shifts another.
 */

typedef struct
{
  guint64 state;
} ImpSampleRandom;

/** What a stream of numbers is for. */
typedef enum
{
  IMP_SAMPLE_STREAM_PERSON = 1,
  IMP_SAMPLE_STREAM_COURSE,
  IMP_SAMPLE_STREAM_BED,
  IMP_SAMPLE_STREAM_FILE,
} ImpSampleStream;

static inline guint64
imp_sample_random_mix (guint64 value)
{
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

/** imp_sample_random_next: 64 even bits. */
static inline guint64
imp_sample_random_next (ImpSampleRandom *self)
{
  self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return imp_sample_random_mix (self->state);
}

/** imp_sample_random_start: @number tells apart the things of one @stream. */
static inline ImpSampleRandom
imp_sample_random_start (guint64 seed, ImpSampleStream stream, guint64 number)
{
  ImpSampleRandom self = { imp_sample_random_mix (seed ^ ((guint64) stream << 56)) };

  self.state ^= imp_sample_random_mix (number + 1);
  imp_sample_random_next (&self);
  return self;
}

/** imp_sample_random_below: 0 to @limit - 1; 0 when @limit is 0. */
static inline guint
imp_sample_random_below (ImpSampleRandom *self, guint limit)
{
  return (guint) (((imp_sample_random_next (self) >> 32) * limit) >> 32);
}

/** imp_sample_random_between: @low to @high, both possible. */
static inline int
imp_sample_random_between (ImpSampleRandom *self, int low, int high)
{
  return low + (int) imp_sample_random_below (self, (guint) (high - low + 1));
}

/** imp_sample_random_chance: true @per_mille times in a thousand. */
static inline gboolean
imp_sample_random_chance (ImpSampleRandom *self, guint per_mille)
{
  return imp_sample_random_below (self, 1000) < per_mille;
}

/** imp_sample_random_normal: roughly normal, in thousandths of a standard deviation. */
static inline int
imp_sample_random_normal (ImpSampleRandom *self)
{
  guint64 bits = imp_sample_random_next (self);
  int sum =
      (int) ((bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48));

  /* Four even 16-bit numbers: mean 131070, standard deviation 37837. */
  return (sum - 131070) * 1000 / 37837;
}

G_END_DECLS
