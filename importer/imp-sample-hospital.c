/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-hospital.h"

/* Rooms of four beds; 510 to 512 and their like are kept for the cast. No 4 and no 9, as usual. */
static const guint rooms[] = { 1, 2, 3, 5, 6, 7, 8, 13, 15, 16, 17, 18 };

#define BEDS_PER_ROOM 4
#define BEDS_PER_WARD (G_N_ELEMENTS (rooms) * BEDS_PER_ROOM)
#define WARDS_PER_TIER 4
#define FULL_DAYS 40    /* beds are nearly always taken in the last days of the data */
#define PLANNED_DAYS 14 /* stays known before they begin */
#define INTENSIVE_SHARE 8

/* The first patient of the block of bed @bed. */
static guint
block_start (guint bed)
{
  return (guint) (6 * (guint64) bed + (guint64) bed * bed * bed * 3 / 4000);
}

static guint
block_of (guint patient)
{
  guint low = 0, high = 2000;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (block_start (middle) <= patient)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Somebody of the block who has not died in an earlier stay. */
static guint
pick_member (ImpSampleRandom *random, guint size, const ImpSampleStay *stays, const guint *members,
             guint n_stays)
{
  guint member = imp_sample_random_below (random, size);

  for (guint tries = 0; tries < 8; tries++)
    {
      gboolean is_dead = FALSE;

      for (guint i = 0; i < n_stays; i++)
        is_dead = is_dead || (members[i] == member && stays[i].died);
      if (!is_dead)
        return member;
      member = (member + 1) % size;
    }
  return G_MAXUINT; /* nobody is left: the bed stays empty */
}

static int
draw_gap (const ImpSampleHospital *self, ImpSampleRandom *random, int day)
{
  if (day > self->last_day - FULL_DAYS)
    return imp_sample_random_below (random, 4) == 0 ? imp_sample_random_between (random, 1, 4) : 0;
  return MIN (imp_sample_random_between (random, 12, 70),
              MAX (self->last_day - FULL_DAYS - day, 0) +
                  (int) imp_sample_random_below (random, 9));
}

guint
imp_sample_hospital_stays (const ImpSampleHospital *self, guint patient, ImpSampleStay *out)
{
  guint bed = block_of (patient);
  guint first = block_start (bed), size = block_start (bed + 1) - first;
  ImpSampleRandom random = imp_sample_random_start (self->seed, IMP_SAMPLE_STREAM_BED, bed);
  ImpSampleStay stays[IMP_SAMPLE_MAX_STAYS];
  guint members[IMP_SAMPLE_MAX_STAYS];
  guint n_stays = 0, n_own = 0;
  int day = self->first_day + imp_sample_random_between (&random, 0, 50);

  while (day <= self->last_day + PLANNED_DAYS && n_stays < IMP_SAMPLE_MAX_STAYS)
    {
      ImpSampleStay *stay = &stays[n_stays];
      guint member = pick_member (&random, size, stays, members, n_stays);

      *stay = (ImpSampleStay) { .bed = bed };
      stay->first_day = day;
      stay->last_day =
          day + imp_sample_random_between (&random, 3, 12) +
          (imp_sample_random_chance (&random, 300) ? imp_sample_random_between (&random, 4, 18)
                                                   : 0);
      stay->is_intensive = (guint) day % INTENSIVE_SHARE == bed % INTENSIVE_SHARE;
      stay->died = imp_sample_random_chance (&random, 25);
      stay->salt = imp_sample_random_next (&random);
      members[n_stays] = member;
      day = stay->last_day + draw_gap (self, &random, stay->last_day);
      n_stays++;
    }
  for (guint i = 0; i < n_stays; i++)
    if (members[i] == patient - first)
      out[n_own++] = stays[i];
  return n_own;
}

void
imp_sample_hospital_bed (const ImpSampleHospital *self, guint bed, ImpSamplePlace *out)
{
  guint tier = bed / (BEDS_PER_WARD * WARDS_PER_TIER);
  guint rest = bed % (BEDS_PER_WARD * WARDS_PER_TIER);
  guint pair = rest / 8; /* two rooms at a time go to one ward after another */
  guint in_ward = pair / WARDS_PER_TIER * 8 + rest % 8;
  guint n_wards = imp_sample_table_size (self->tables, IMP_SAMPLE_WARDS) - 1;
  const ImpSampleWard *ward = imp_sample_table_row (
      self->tables, IMP_SAMPLE_WARDS, (tier * WARDS_PER_TIER + pair % WARDS_PER_TIER) % n_wards);

  *out = (ImpSamplePlace) {
    .ward = &ward->name,
    .room = (guint) ward->floor * 100 + rooms[in_ward / BEDS_PER_ROOM],
    .bed = in_ward % BEDS_PER_ROOM + 1,
    .department = ward->departments.rows[bed / 8 % ward->departments.n_rows],
  };
}

void
imp_sample_hospital_intensive_bed (const ImpSampleHospital *self, guint bed, ImpSamplePlace *out)
{
  guint last = imp_sample_table_size (self->tables, IMP_SAMPLE_WARDS) - 1;
  const ImpSampleWard *ward = imp_sample_table_row (self->tables, IMP_SAMPLE_WARDS, last);
  guint shared = bed / INTENSIVE_SHARE;

  *out = (ImpSamplePlace) {
    .ward = &ward->name,
    .room = (guint) ward->floor * 100 + 1 + shared / BEDS_PER_ROOM,
    .bed = shared % BEDS_PER_ROOM + 1,
    .department = ward->departments.rows[0],
  };
}
