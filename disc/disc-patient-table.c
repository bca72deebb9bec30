/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-table-private.h"

#include <string.h>

guint
disc_patient_table_n_missing (const DiscPatientTable *self)
{
  return self->n_missing;
}

void
disc_patient_table_free (DiscPatientTable *self)
{
  for (guint i = 0; i <= self->n / DISC_PATIENT_BLOCK_ROWS; i++)
    g_free (self->blocks[i]);

  g_free (self->blocks);
  g_free (self->by_pno);
  g_free (self->follows);
  g_array_unref (self->shared);
  g_string_chunk_free (self->shared_texts);
  g_free (self->keys);
  g_free (self->texts);
  g_free (self->rows);
  g_free (self);
}

guint
disc_patient_table_n (const DiscPatientTable *self)
{
  return self->n;
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

/* @dates: room for those that are packed */
static void
read_row (const DiscPatientTable *self, guint i, DiscPatientRow *row,
          char dates[DISC_PATIENT_N_DATES][DISC_PATIENT_DATE_MAX])
{
  const DiscPackedPatient *packed = &self->rows[i];
  const DiscSharedPlace *shared = &g_array_index (self->shared, DiscSharedPlace, packed->shared);
  const char *texts[DISC_PATIENT_N_TEXTS];
  const char *times[DISC_PATIENT_N_DATES];
  const char *p = self->texts + packed->texts;
  const char *before = NULL;

  for (guint t = 0; t < DISC_PATIENT_N_TEXTS; t++, p += strlen (p) + 1)
    texts[t] = or_null (p);
  for (guint t = 0; t < DISC_PATIENT_N_DATES; t++, before = times[t - 1])
    p = (const char *) disc_patient_date_unpack ((const guint8 *) p, before, dates[t], &times[t]);

  *row = (DiscPatientRow) {
    .pno = packed->pno,
    .flags = packed->flags,
    .place = packed->place,
    .n_disputed = packed->n_disputed,
    .facility = shared->facility,
    .id = texts[DISC_PATIENT_TEXT_ID],
    .name = texts[DISC_PATIENT_TEXT_NAME],
    .kana = texts[DISC_PATIENT_TEXT_KANA],
    .birth_date = times[DISC_PATIENT_DATE_BIRTH],
    .sex = shared->sex,
    .ward = shared->ward,
    .room = shared->room,
    .bed = shared->bed,
    .department = shared->department,
    .place_at = times[DISC_PATIENT_DATE_PLACE_AT],
    .last_seen_at = times[DISC_PATIENT_DATE_LAST_SEEN_AT],
  };
}

const DiscPatientRow *
disc_patient_table_get (const DiscPatientTable *self, guint i)
{
  DiscPatientBlock **place;
  DiscPatientBlock *block;

  g_return_val_if_fail (i < self->n, NULL);

  place = &self->blocks[i / DISC_PATIENT_BLOCK_ROWS];
  block = g_atomic_pointer_get (place);
  if (block == NULL)
    {
      guint first = i / DISC_PATIENT_BLOCK_ROWS * DISC_PATIENT_BLOCK_ROWS;

      block = g_new0 (DiscPatientBlock, 1);
      for (guint k = first; k < MIN (first + DISC_PATIENT_BLOCK_ROWS, self->n); k++)
        read_row (self, k, &block->rows[k - first], block->dates[k - first]);
      /* Another thread may have made the same block meanwhile. */
      if (!g_atomic_pointer_compare_and_exchange (place, NULL, block))
        {
          g_free (block);
          block = g_atomic_pointer_get (place);
        }
    }

  return &block->rows[i % DISC_PATIENT_BLOCK_ROWS];
}

guint
disc_patient_table_find (const DiscPatientTable *self, guint32 pno)
{
  guint low = 0;
  guint high = self->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->rows[self->by_pno[middle]].pno < pno)
        low = middle + 1;
      else
        high = middle;
    }

  return low < self->n && self->rows[self->by_pno[low]].pno == pno ? self->by_pno[low]
                                                                   : DISC_PATIENT_NOWHERE;
}

const DiscPatientRow *
disc_patient_table_lookup (const DiscPatientTable *self, guint32 pno)
{
  guint i = disc_patient_table_find (self, pno);

  return i != DISC_PATIENT_NOWHERE ? disc_patient_table_get (self, i) : NULL;
}

static gboolean
follows (const DiscPatientTable *self, guint i)
{
  return self->follows[i / 8] >> i % 8 & 1;
}

guint
disc_patient_table_same_kana (const DiscPatientTable *self, guint i, guint *first)
{
  guint begin = i, end = i + 1;

  g_return_val_if_fail (i < self->n, 0);

  /* Eight at a time where all eight follow. */
  while (begin > 0 && follows (self, begin))
    begin -= begin % 8 == 7 && begin > 8 && self->follows[begin / 8] == 0xff ? 8 : 1;
  while (end < self->n && follows (self, end))
    end += end % 8 == 0 && end + 8 <= self->n && self->follows[end / 8] == 0xff ? 8 : 1;
  if (first != NULL)
    *first = begin;
  return end - begin;
}

guint
disc_patient_table_n_same_kana (const DiscPatientTable *self, guint32 pno)
{
  guint i = disc_patient_table_find (self, pno);

  return i != DISC_PATIENT_NOWHERE ? disc_patient_table_same_kana (self, i, NULL) : 0;
}
