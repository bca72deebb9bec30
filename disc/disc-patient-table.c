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
  g_free (self->by_pno);
  g_free (self->follows);
  g_array_unref (self->shared);
  g_string_chunk_free (self->shared_texts);
  g_byte_array_unref (self->former_names);
  g_array_unref (self->formers);
  g_free (self->texts);
  disc_patient_parts_clear (&self->name_parts);
  disc_patient_parts_clear (&self->reading_parts);
  g_free (self->names);
  g_free (self->rows);
  g_free (self);
}

guint
disc_patient_table_n (const DiscPatientTable *self)
{
  return self->n;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static gsize
length_of_name (const DiscPatientParts *parts, DiscPatientName name)
{
  gsize len = strlen (disc_patient_parts_text (parts, disc_patient_name_first (name)));

  return name.last == 0 ? len
                        : len + strlen ("　") + strlen (disc_patient_parts_text (parts, name.last));
}

/* @out: (inout): room for the text; behind it when it returns. NULL: the name is empty */
static const char *
read_name (const DiscPatientParts *parts, DiscPatientName name, char **out)
{
  const char *blank = name.first & DISC_PATIENT_NAME_FLAG ? " " : "　";
  const char *begin = *out;
  char *end = g_stpcpy (*out, disc_patient_parts_text (parts, disc_patient_name_first (name)));

  if (name.last != 0)
    end = g_stpcpy (g_stpcpy (end, blank), disc_patient_parts_text (parts, name.last));
  *out = end + 1;
  return end > begin ? begin : NULL;
}

void
disc_patient_birth_text (DiscPackedDate birth, char out[DISC_PATIENT_DATE_MAX])
{
  g_snprintf (out, DISC_PATIENT_DATE_MAX, "%04u-%02u-%02u", birth / 10000, birth / 100 % 100,
              birth % 100);
}

static void
read_dates (const DiscPatientTable *self, guint i, const guint8 *packed, DiscPatientRow *row,
            char **out)
{
  const char **dates[DISC_PATIENT_N_DATES] = { &row->birth_date, &row->place_at,
                                               &row->last_seen_at };
  char birth[DISC_PATIENT_DATE_MAX], room[DISC_PATIENT_DATE_MAX];
  const char *before = birth, *date;

  disc_patient_birth_text (self->rows[i].birth, birth);
  for (guint t = 0; t < DISC_PATIENT_N_DATES; t++)
    {
      packed = disc_patient_date_unpack (packed, before, room, &date);
      if (date == birth || date == room)
        {
          *dates[t] = *out;
          *out = g_stpcpy (*out, date) + 1;
        }
      else
        *dates[t] = date; /* none, the one before, or a text of the table */
      before = *dates[t];
    }
}

DiscPatientRow *
disc_patient_table_get (const DiscPatientTable *self, guint i)
{
  const DiscPackedPatient *packed;
  const DiscSharedPlace *shared;
  const DiscPatientNames *names;
  const char *id;
  const guint8 *rest;
  DiscPatientRow *row;
  gsize room;
  char *out;

  g_return_val_if_fail (i < self->n, NULL);

  packed = &self->rows[i];
  names = &self->names[i];
  shared = &g_array_index (self->shared, DiscSharedPlace, packed->shared);
  id = self->texts + packed->texts;
  rest = (const guint8 *) id + strlen (id) + 1;
  room = strlen (id) + length_of_name (&self->reading_parts, names->reading) +
         length_of_name (&self->name_parts, names->name) + 3 +
         DISC_PATIENT_N_DATES * DISC_PATIENT_DATE_MAX;
  row = g_malloc (sizeof (DiscPatientRow) + room);
  out = (char *) (row + 1);

  *row = (DiscPatientRow){
    .pno = packed->pno,
    .flags = packed->flags,
    .place = packed->place,
    .facility = shared->facility,
    .sex = shared->sex,
    .ward = shared->ward,
    .room = shared->room,
    .bed = shared->bed,
    .department = shared->department,
    .id = *id != '\0' ? out : NULL,
  };
  out = g_stpcpy (out, id) + 1;
  row->name = read_name (&self->name_parts, names->name, &out);
  if (packed->has_kana)
    row->kana = read_name (&self->reading_parts, names->reading, &out);
  if (packed->has_disputed)
    {
      memcpy (&row->n_disputed, rest, sizeof row->n_disputed);
      rest += sizeof row->n_disputed;
    }
  read_dates (self, i, rest, row, &out);
  return row;
}

void
disc_patient_row_free (DiscPatientRow *row)
{
  g_free (row);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static guint8 *
put_reading (const DiscPatientTable *self, DiscPatientName name, guint8 *out)
{
  DiscPatientKey first = disc_patient_key_read (
      disc_patient_parts_key (&self->reading_parts, disc_patient_name_first (name)));
  DiscPatientKey last = { NULL };
  guint n_starts = 0;
  guint8 *starts = out + 2;

  if (name.last != 0)
    last = disc_patient_key_read (disc_patient_parts_key (&self->reading_parts, name.last));
  *out++ = (guint8) (first.n_letters + last.n_letters);
  if (first.n_letters + last.n_letters == 0)
    return out;

  for (guint i = 0; i < first.n_starts; i++)
    starts[n_starts++] = first.starts[i];
  /* The second part begins one, too. */
  for (guint i = 0;
       name.last != 0 && i <= last.n_starts && n_starts < DISC_PATIENT_KEY_MAX_PARTS - 1; i++)
    starts[n_starts++] = (guint8) (first.n_letters + (i > 0 ? last.starts[i - 1] : 0));
  *out++ = (guint8) n_starts;
  out += n_starts;
  memcpy (out, first.letters, first.n_letters);
  out += first.n_letters;
  if (last.n_letters > 0)
    memcpy (out, last.letters, last.n_letters);
  return out + last.n_letters;
}

static guint8 *
put_name (const DiscPatientTable *self, DiscPatientName name, guint8 *out)
{
  const guint8 *first = disc_patient_parts_key (&self->name_parts, disc_patient_name_first (name));
  const guint8 *last =
      name.last != 0 ? disc_patient_parts_key (&self->name_parts, name.last) : NULL;
  guint8 n_last = last != NULL ? *last : 0;

  if (*first + n_last == 0)
    return out;
  *out++ = (guint8) (*first + n_last);
  memcpy (out, first + 1, *first);
  if (n_last > 0)
    memcpy (out + *first, last + 1, n_last);
  return out + *first + n_last;
}

DiscPatientKey
disc_patient_table_read_key (const DiscPatientTable *self, guint i, const guint8 *former,
                             guint8 *out)
{
  guint8 *end =
      put_name (self, self->names[i].name, put_reading (self, self->names[i].reading, out));

  for (; former != NULL && *former != 0; former += 1 + *former)
    {
      memcpy (end, former, 1 + *former);
      end += 1 + *former;
    }
  *end = 0;
  return disc_patient_key_read (out);
}

/* ---- places --------------------------------------------------------------------------------- */

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

DiscPatientRow *
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
