/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "disc-text.h"

#define MAX_FORMER_NAMES 10
#define MAX_CONFLICTS_TOLD 20 /* one finding each; then one for the rest */

/* Whether a message may say anything about the patient: it is surely his, and production data. */
static gboolean
may_speak (const ImpMessage *message)
{
  return message->records_len > 0 && message->fate == IMP_FATE_ON_DISC &&
         !(message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST));
}

/* The first value of @field in any record of @kind, live only if asked; or NULL. */
static const char *
find_value (const ImpMessage *message, DiscKind kind, gboolean live_only, DiscField field)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_VALUE && iter.kind == kind && iter.field == field &&
        (iter.live || !live_only))
      return iter.value;
  return NULL;
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

/* ---- basic data ----------------------------------------------------------------------------- */

static gboolean
is_newer (const ImpMessage *message, const ImpMessage *than)
{
  return than == NULL || imp_message_compare_age (message, than) > 0;
}

/* The newest standing ADT-00; spec 4.2: never another message while there is one. */
static const ImpMessage *
find_basics (ImpUnit *unit)
{
  const ImpMessage *best = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (may_speak (message) && imp_message_is_basics (message) &&
          imp_message_is_standing (message) && is_newer (message, best) &&
          imp_message_has_live (message, DISC_KIND_DEMOGRAPHICS))
        best = message;
    }
  return best;
}

/* Spec 8.27: the PID of the newest message; of a training message only if there is nothing else. */
static const ImpMessage *
find_substitute (ImpUnit *unit)
{
  const ImpMessage *best = NULL;
  const ImpMessage *test = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->records_len == 0 || (message->flags & DISC_MESSAGE_DISPUTED))
        continue;
      if (may_speak (message) && is_newer (message, best) &&
          (*message->name != '\0' || best == NULL))
        best = message;
      else if ((message->flags & DISC_MESSAGE_TEST) && is_newer (message, test))
        test = message;
    }
  return best != NULL ? best : test;
}

static gboolean
were_basics_withdrawn (ImpUnit *unit)
{
  const ImpMessage *newest = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (may_speak (message) && imp_message_is_basics (message) &&
          is_newer (message, newest))
        newest = message;
    }
  return newest != NULL && (newest->is_cancel || newest->condition == '0' ||
                            (newest->flags & DISC_MESSAGE_MAYBE_CANCELLED));
}

static const char *
basic_value (const ImpMessage *message, DiscField field, const char *fallback)
{
  const char *value = find_value (message, DISC_KIND_DEMOGRAPHICS, FALSE, field);

  return value != NULL ? value : or_null (fallback);
}

/* @word: of the records of basic data */
static gboolean
has_warning (const ImpMessage *message, const char *word)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_VALUE && iter.kind == DISC_KIND_DEMOGRAPHICS && iter.live &&
        iter.field == DISC_FIELD_WARNING && strcmp (iter.value, word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_lost_character (const char *name)
{
  return name != NULL && (strstr (name, "■") != NULL || strstr (name, "〓") != NULL ||
                          strstr (name, "\xef\xbf\xbd") != NULL);
}

static const ImpMessage *
take_basics (ImpUnit *unit)
{
  DiscPatient *patient = &unit->patient;
  const ImpMessage *basics = find_basics (unit);

  unit->lacks_basics = basics == NULL;
  if (basics == NULL)
    {
      patient->flags |= DISC_PATIENT_NO_DEMOGRAPHICS;
      if (were_basics_withdrawn (unit))
        patient->flags |= DISC_PATIENT_DEMOGRAPHICS_DELETED;
      basics = find_substitute (unit);
    }
  if (basics == NULL)
    return NULL;

  patient->name = basic_value (basics, DISC_FIELD_NAME, basics->name);
  patient->kana = basic_value (basics, DISC_FIELD_KANA, basics->kana);
  patient->birth_date = basic_value (basics, DISC_FIELD_BIRTH_DATE, basics->birth_date);
  patient->sex = basic_value (basics, DISC_FIELD_SEX, basics->sex);
  patient->address = basic_value (basics, DISC_FIELD_ADDRESS, "");
  patient->phone = basic_value (basics, DISC_FIELD_PHONE, "");
  patient->blood_type = basic_value (basics, DISC_FIELD_BLOOD_TYPE, "");
  patient->demographics_from = basics->path;
  if (has_warning (basics, "deceased"))
    patient->flags |= DISC_PATIENT_DECEASED;
  if (has_warning (basics, "no-number"))
    patient->flags |= DISC_PATIENT_NO_NUMBER;
  if (has_lost_character (patient->name) || has_lost_character (patient->kana))
    patient->flags |= DISC_PATIENT_LOST_CHARACTER;
  return basics;
}

/* ---- conflicts ------------------------------------------------------------------------------ */

/* An older version of the basic data that differs is their correction, not a conflict. */
static gboolean
is_replaced_basics (const ImpMessage *message)
{
  return imp_message_is_basics (message) &&
         !imp_message_has_live (message, DISC_KIND_DEMOGRAPHICS);
}

static gboolean
birth_differs (const char *value, const char *basic)
{
  return basic != NULL && imp_message_birth_dates_differ (value, basic);
}

static gboolean
sex_differs (const char *value, const char *basic)
{
  return *value != '\0' && basic != NULL && strcmp (value, basic) != 0 &&
         strcmp (value, "U") != 0 && strcmp (basic, "U") != 0;
}

/* Birth date and sex do not change: a difference means a mixed-up or reused id (4.2, 8.36). */
static void
find_conflicts (ImpUnit *unit, const ImpMessage *basics)
{
  guint n = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      gboolean birth, sex;

      if (message == basics || !may_speak (message) || is_replaced_basics (message))
        continue;
      birth = birth_differs (message->birth_date, unit->patient.birth_date);
      sex = sex_differs (message->sex, unit->patient.sex);
      if (!birth && !sex)
        continue;

      unit->patient.flags |= DISC_PATIENT_DEMOGRAPHICS_CONFLICT;
      message->flags |= DISC_MESSAGE_DEMOGRAPHICS_CONFLICT;
      if (n++ < MAX_CONFLICTS_TOLD)
        imp_unit_add_finding (unit, IMP_FINDING_DEMOGRAPHICS_CONFLICT, message,
                              birth && sex ? "birth date and sex differ from the basic data"
                              : birth      ? "birth date differs from the basic data"
                                           : "sex differs from the basic data");
    }

  if (n > MAX_CONFLICTS_TOLD)
    {
      g_autofree char *detail = g_strdup_printf ("birth date or sex differ in %u messages more",
                                                 n - MAX_CONFLICTS_TOLD);

      imp_unit_add_finding (unit, IMP_FINDING_DEMOGRAPHICS_CONFLICT, NULL, detail);
    }
}

/* Names change: another one is told once, and kept so that a search for it finds the patient. */
static void
collect_names (ImpUnit *unit, const ImpMessage *basics)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) former = g_string_new (NULL);
  const char *last = NULL;
  guint n = 0;

  if (unit->patient.name != NULL)
    g_hash_table_add (seen, disc_text_fold_new (unit->patient.name));

  for (guint i = 0; i < unit->messages->len && n < MAX_FORMER_NAMES; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (!may_speak (message) || *message->name == '\0' ||
          (last != NULL && strcmp (last, message->name) == 0))
        continue;
      last = message->name;
      if (!g_hash_table_add (seen, disc_text_fold_new (message->name)))
        continue;
      if (unit->patient.name == NULL)
        continue;
      if (n++ == 0)
        {
          ImpUnitFinding finding = { IMP_FINDING_DEMOGRAPHICS_CONFLICT, IMP_SEVERITY_WARNING,
                                     message, g_strdup ("another name: a former one, or another "
                                                        "person under this id") };
          g_array_append_val (unit->findings, finding);
        }
      g_string_append_printf (former, "%s%s", former->len > 0 ? "\n" : "", message->name);
    }

  if (former->len > 0)
    unit->patient.former_names = g_string_chunk_insert (unit->strings, former->str);
}

/* ---- place ---------------------------------------------------------------------------------- */

/* Same minute: admission, move, leave, return, discharge (4.4). */
static int
event_rank (const char *type)
{
  static const char *const order[] = { "ADT-22", "ADT-42", "ADT-31", "ADT-32", "ADT-52", NULL };

  for (int i = 0; order[i] != NULL; i++)
    if (strcmp (order[i], type) == 0)
      return i;
  return -1;
}

/* As far as both times go, to the minute: a day without a time is neither before nor after a time on
 * that day. */
static int
compare_times (const char *a, const char *b)
{
  gsize n = MIN (MIN (strlen (a), strlen (b)), strlen ("2025-04-10T10:00"));

  return strncmp (a, b, n);
}

static int
compare_events (const ImpMessage *a, const ImpMessage *b)
{
  int order = compare_times (a->clinical_at, b->clinical_at);

  if (order == 0)
    order = event_rank (a->type) - event_rank (b->type);
  if (order == 0 && strlen (a->clinical_at) == strlen (b->clinical_at))
    order = strcmp (a->clinical_at, b->clinical_at);
  return order != 0 ? order : imp_message_compare_age (a, b);
}

/* An event that stands: only what its records still say live counts. */
static gboolean
stands (const ImpMessage *message)
{
  return may_speak (message) && imp_message_is_standing (message) &&
         imp_message_has_live (message, DISC_KIND_ENCOUNTER);
}

static gboolean
is_stay_event (const ImpMessage *message)
{
  return strcmp (message->type, "ADT-22") == 0 || strcmp (message->type, "ADT-42") == 0 ||
         strcmp (message->type, "ADT-52") == 0;
}

static gboolean
is_leave_event (const ImpMessage *message)
{
  return strcmp (message->type, "ADT-31") == 0 || strcmp (message->type, "ADT-32") == 0;
}

/* Discharged and admitted again at one time, as far as it is told: whoever was in before is in again.
 *
 * Returns: (nullable): the admission at the time of @discharge */
static const ImpMessage *
find_readmission (ImpUnit *unit, const ImpMessage *discharge)
{
  const ImpMessage *before = NULL, *again = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      int order;

      if (!message->names_admission || !stands (message) || *message->clinical_at == '\0' ||
          !is_stay_event (message))
        continue;
      order = compare_times (message->clinical_at, discharge->clinical_at);
      if (order == 0 && strcmp (message->type, "ADT-22") == 0)
        again = message;
      else if (order < 0 && (before == NULL || compare_events (message, before) > 0))
        before = message;
    }
  return before != NULL && strcmp (before->type, "ADT-52") != 0 ? again : NULL;
}

static void
find_last_events (ImpUnit *unit, const ImpMessage **stay, const ImpMessage **leave)
{
  const ImpMessage *again;

  *stay = *leave = NULL;
  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (!message->names_admission || !stands (message) || *message->clinical_at == '\0')
        continue;
      if (is_stay_event (message) && (*stay == NULL || compare_events (message, *stay) > 0))
        *stay = message;
      else if (is_leave_event (message) && (*leave == NULL || compare_events (message, *leave) > 0))
        *leave = message;
    }
  if (*stay == NULL || strcmp ((*stay)->type, "ADT-52") != 0)
    return;
  again = find_readmission (unit, *stay);
  if (again != NULL)
    *stay = again;
}

static gboolean
means_death (const ImpMessage *discharge)
{
  const char *code = find_value (discharge, DISC_KIND_ENCOUNTER, TRUE,
                                 DISC_FIELD_DISPOSITION_CODE);
  gint64 number;

  /* HL7 table 0112: 20-29 and 40-42. */
  if (code == NULL || strlen (code) != 2 || !g_ascii_isdigit (code[0]) ||
      !g_ascii_isdigit (code[1]))
    return FALSE;
  number = g_ascii_strtoll (code, NULL, 10);
  return (number >= 20 && number <= 29) || (number >= 40 && number <= 42);
}

static void
take_place (ImpUnit *unit)
{
  DiscPatient *patient = &unit->patient;
  const ImpMessage *stay, *leave;

  find_last_events (unit, &stay, &leave);
  if (stay == NULL)
    return;

  patient->ward = find_value (stay, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_WARD);
  patient->room = find_value (stay, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_ROOM);
  patient->bed = find_value (stay, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_BED);
  patient->department = find_value (stay, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_DEPARTMENT);
  patient->doctor = find_value (stay, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_DOCTOR);
  patient->place_at = stay->clinical_at;

  if (strcmp (stay->type, "ADT-52") == 0)
    {
      patient->place = DISC_PLACE_OUT;
      if (means_death (stay))
        patient->flags |= DISC_PATIENT_DIED;
    }
  else if (leave != NULL && strcmp (leave->type, "ADT-31") == 0 &&
           compare_events (leave, stay) > 0)
    patient->place = DISC_PLACE_LEAVE;
  else
    patient->place = DISC_PLACE_IN;
}

/* A visit counts as seen even where its type is in doubt: it places nobody. */
static gboolean
is_seen_event (const ImpMessage *message)
{
  return strcmp (message->type, "ADT-12") == 0 || is_stay_event (message) ||
         is_leave_event (message);
}

static void
take_last_seen (ImpUnit *unit)
{
  DiscPatient *patient = &unit->patient;
  const ImpMessage *visit = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (!may_speak (message) || !imp_message_is_standing (message) || !is_seen_event (message) ||
          *message->clinical_at == '\0' ||
          ((message->flags & DISC_MESSAGE_MAYBE_CANCELLED) &&
           !imp_message_has_live (message, DISC_KIND_ENCOUNTER)))
        continue;
      if (patient->last_seen_at == NULL ||
          strcmp (message->clinical_at, patient->last_seen_at) > 0)
        patient->last_seen_at = message->clinical_at;
      if (strcmp (message->type, "ADT-12") == 0 &&
          (visit == NULL || compare_events (message, visit) > 0))
        visit = message;
    }

  if (patient->place == DISC_PLACE_UNKNOWN && visit != NULL)
    {
      patient->place = DISC_PLACE_OUT;
      patient->department = find_value (visit, DISC_KIND_ENCOUNTER, FALSE, DISC_FIELD_DEPARTMENT);
      patient->doctor = find_value (visit, DISC_KIND_ENCOUNTER, FALSE, DISC_FIELD_DOCTOR);
    }
}

/* The doctor of the basic data's newest change, while the stay it belongs to lasts (4.4). */
static void
take_doctor (ImpUnit *unit)
{
  const ImpMessage *change = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (strcmp (message->type, "ADT-01") == 0 && stands (message) &&
          *message->clinical_at != '\0' &&
          (change == NULL || strcmp (message->clinical_at, change->clinical_at) > 0))
        change = message;
    }

  if (change != NULL &&
      (unit->patient.place == DISC_PLACE_IN || unit->patient.place == DISC_PLACE_LEAVE) &&
      compare_times (change->clinical_at, unit->patient.place_at) >= 0)
    {
      const char *doctor = find_value (change, DISC_KIND_ENCOUNTER, TRUE, DISC_FIELD_DOCTOR);

      if (doctor != NULL)
        unit->patient.doctor = doctor;
    }
}

/* ---- allergies ------------------------------------------------------------------------------ */

static gboolean
states_none (const char *substance)
{
  static const char *const words[] = { "ナシ", "無シ", "無", "特ニナシ", "特ニ無シ", "特記ナシ",
                                       "アレルギーナシ", "アレルギー無シ", "アレルギー無",
                                       "薬剤アレルギーナシ", "薬剤アレルギー無シ",
                                       "食物アレルギーナシ", "食物アレルギー無シ", "none", NULL };
  g_autofree char *folded = disc_text_fold_new (substance);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = disc_text_fold_new (words[i]);

      if (strcmp (word, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Three states: listed, only "none" stated, nothing recorded; the last is no flag at all. */
static void
take_allergies (ImpUnit *unit)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      DiscRecordIter iter;
      DiscToken token;
      gboolean open = FALSE;  /* an entry whose words were not met yet */

      if (!may_speak (message) || !imp_message_has_kind (message, DISC_KIND_ALLERGY))
        continue;
      disc_record_iter_init (&iter, message->records, message->records_len);
      while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_BAD)
        {
          if (open && token != DISC_TOKEN_VALUE)
            unit->patient.flags |= DISC_PATIENT_ALLERGY_LISTED;
          if (token == DISC_TOKEN_END)
            break;
          if (token != DISC_TOKEN_VALUE)
            open = token == DISC_TOKEN_ITEM && iter.kind == DISC_KIND_ALLERGY && iter.live;
          else if (open && iter.field == DISC_FIELD_WARNING &&
                   strcmp (iter.value, "none-stated") == 0)
            {
              unit->patient.flags |= DISC_PATIENT_ALLERGY_NONE_STATED;
              open = FALSE;
            }
          else if (open && iter.field == DISC_FIELD_SUBSTANCE)
            {
              unit->patient.flags |= states_none (iter.value) ? DISC_PATIENT_ALLERGY_NONE_STATED
                                                              : DISC_PATIENT_ALLERGY_LISTED;
              open = FALSE;
            }
        }
    }

  if (unit->patient.flags & DISC_PATIENT_ALLERGY_LISTED)
    unit->patient.flags &= ~DISC_PATIENT_ALLERGY_NONE_STATED;
}

static gboolean
is_all_test (ImpUnit *unit)
{
  guint n = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->records_len == 0 || (message->flags & DISC_MESSAGE_DISPUTED))
        continue;
      if (!(message->flags & DISC_MESSAGE_TEST))
        return FALSE;
      n++;
    }
  return n > 0;
}

void
imp_resolve_patient (ImpUnit *unit)
{
  const ImpMessage *basics;

  unit->patient.facility = unit->facility;
  unit->patient.id = unit->id;
  basics = take_basics (unit);
  if (basics != NULL)
    {
      find_conflicts (unit, basics);
      collect_names (unit, basics);
    }
  take_place (unit);
  take_last_seen (unit);
  take_doctor (unit);
  take_allergies (unit);
  if (is_all_test (unit))
    unit->patient.flags |= DISC_PATIENT_TEST;
}
