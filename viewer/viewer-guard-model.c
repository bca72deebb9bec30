/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-guard-model.h"

#include <string.h>

#define MAX_COMPARED 2000 /* people of one reading */

struct _ViewerGuardModel
{
  const DiscPatientTable *table;
  DiscPatientRow *meant;
  GPtrArray *others; /* all that are compared */
  GPtrArray *shown;  /* the first of them */
  guint n;
  ViewerGuardQuestion question;
};

/* "0405" of "1948-04-05"; a month or a day that is not recorded is "??". */
static void
day_of_birth (const DiscPatientRow *person, char day[VIEWER_GUARD_N_DIGITS + 1])
{
  const char *date = person->birth_date != NULL ? person->birth_date : "";
  gsize len = strlen (date);

  strcpy (day, "????");
  if (len >= strlen ("1948-04"))
    memcpy (day, date + strlen ("1948-"), 2);
  if (len >= strlen ("1948-04-05"))
    memcpy (day + 2, date + strlen ("1948-04-"), 2);
}

static gboolean
is_whole_day (const DiscPatientRow *person)
{
  char day[VIEWER_GUARD_N_DIGITS + 1];

  day_of_birth (person, day);
  return strspn (day, "0123456789") == VIEWER_GUARD_N_DIGITS;
}

static gboolean
may_be_day (const DiscPatientRow *person, const char *digits)
{
  char day[VIEWER_GUARD_N_DIGITS + 1];

  day_of_birth (person, day);
  for (guint i = 0; i < VIEWER_GUARD_N_DIGITS; i++)
    if (day[i] != '?' && day[i] != digits[i])
      return FALSE;
  return TRUE;
}

/* (nullable): the last four characters, where they are digits. */
static const char *
end_of_id (const DiscPatientRow *person)
{
  gsize len = strlen (person->id);
  const char *end = person->id + len - VIEWER_GUARD_N_DIGITS;

  return len >= VIEWER_GUARD_N_DIGITS && strspn (end, "0123456789") == VIEWER_GUARD_N_DIGITS ? end
                                                                                             : NULL;
}

static gboolean
is_told_by_id (const ViewerGuardModel *self)
{
  const char *end = end_of_id (self->meant);

  for (guint i = 0; i < self->others->len && end != NULL; i++)
    if (g_strcmp0 (end_of_id (g_ptr_array_index (self->others, i)), end) == 0)
      return FALSE;
  return end != NULL && self->n - 1 == self->others->len;
}

/* The question that follows the day of birth, or stands in its place. */
static ViewerGuardQuestion
second_question (const ViewerGuardModel *self)
{
  return is_told_by_id (self) ? VIEWER_GUARD_ID : VIEWER_GUARD_NOTHING;
}

ViewerGuardModel *
viewer_guard_model_new (const DiscPatientTable *table, guint32 pno)
{
  ViewerGuardModel *self;
  guint index = disc_patient_table_find (table, pno), first = 0, n;

  n = index != DISC_PATIENT_NOWHERE ? disc_patient_table_same_kana (table, index, &first) : 0;
  if (n < 2)
    return NULL;
  self = g_new0 (ViewerGuardModel, 1);
  self->table = table;
  self->n = n;
  self->meant = disc_patient_table_get (table, index);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) disc_patient_row_free);
  self->shown = g_ptr_array_new ();
  for (guint i = first; i < first + n && self->others->len < MAX_COMPARED; i++)
    if (i != index)
      g_ptr_array_add (self->others, disc_patient_table_get (table, i));
  for (guint i = 0; i < self->others->len && i < VIEWER_GUARD_MAX_OTHERS; i++)
    g_ptr_array_add (self->shown, g_ptr_array_index (self->others, i));
  self->question = is_whole_day (self->meant) ? VIEWER_GUARD_DAY : second_question (self);
  return self;
}

void
viewer_guard_model_free (ViewerGuardModel *self)
{
  disc_patient_row_free (self->meant);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->others);
  g_free (self);
}

guint32
viewer_guard_model_pno (const ViewerGuardModel *self)
{
  return self->meant->pno;
}

guint
viewer_guard_model_n (const ViewerGuardModel *self)
{
  return self->n;
}

const DiscPatientRow *
viewer_guard_model_meant (const ViewerGuardModel *self)
{
  return self->meant;
}

const GPtrArray *
viewer_guard_model_others (const ViewerGuardModel *self)
{
  return self->shown;
}

ViewerGuardQuestion
viewer_guard_model_question (const ViewerGuardModel *self)
{
  return self->question;
}

static ViewerGuardAnswer
answer_day (ViewerGuardModel *self, const char *digits)
{
  gboolean is_alone = self->n - 1 == self->others->len;

  if (!may_be_day (self->meant, digits))
    return VIEWER_GUARD_WRONG;
  for (guint i = 0; i < self->others->len; i++)
    is_alone &= !may_be_day (g_ptr_array_index (self->others, i), digits);
  if (is_alone)
    return VIEWER_GUARD_RIGHT;
  self->question = second_question (self);
  return VIEWER_GUARD_MORE;
}

ViewerGuardAnswer
viewer_guard_model_answer (ViewerGuardModel *self, const char *digits)
{
  g_return_val_if_fail (strlen (digits) == VIEWER_GUARD_N_DIGITS, VIEWER_GUARD_WRONG);

  switch (self->question)
    {
    case VIEWER_GUARD_DAY:
      return answer_day (self, digits);
    case VIEWER_GUARD_ID:
      return g_strcmp0 (end_of_id (self->meant), digits) == 0 ? VIEWER_GUARD_RIGHT
                                                              : VIEWER_GUARD_WRONG;
    default:
      return VIEWER_GUARD_WRONG;
    }
}

static gboolean
is_number_of (const DiscPatientRow *person, const char *id)
{
  return strcmp (person->id + strspn (person->id, "0"), id + strspn (id, "0")) == 0;
}

gboolean
viewer_guard_model_scanned (const ViewerGuardModel *self, const char *id)
{
  if (!is_number_of (self->meant, id) || self->n - 1 != self->others->len)
    return FALSE;
  for (guint i = 0; i < self->others->len; i++)
    if (is_number_of (g_ptr_array_index (self->others, i), id))
      return FALSE;
  return TRUE;
}
