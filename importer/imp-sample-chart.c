/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-document.h"

static const struct
{
  const char *name;
  const char *message;   /* MSH-9.1 */
  const char *event;     /* MSH-9.2 */
  const char *structure; /* MSH-9.3 */
  const char *sender;    /* MSH-3 */
} types[IMP_SAMPLE_N_TYPES] = {
  [IMP_SAMPLE_ADT_00] = { "ADT-00", "ADT", "A08", "ADT_A01", "HIS" },
  [IMP_SAMPLE_ADT_01] = { "ADT-01", "ADT", "A54", "ADT_A54", "HIS" },
  [IMP_SAMPLE_ADT_12] = { "ADT-12", "ADT", "A04", "ADT_A01", "HIS" },
  [IMP_SAMPLE_ADT_21] = { "ADT-21", "ADT", "A14", "ADT_A05", "HIS" },
  [IMP_SAMPLE_ADT_22] = { "ADT-22", "ADT", "A01", "ADT_A01", "HIS" },
  [IMP_SAMPLE_ADT_31] = { "ADT-31", "ADT", "A21", "ADT_A21", "HIS" },
  [IMP_SAMPLE_ADT_32] = { "ADT-32", "ADT", "A22", "ADT_A21", "HIS" },
  [IMP_SAMPLE_ADT_41] = { "ADT-41", "ADT", "A15", "ADT_A15", "HIS" },
  [IMP_SAMPLE_ADT_42] = { "ADT-42", "ADT", "A02", "ADT_A02", "HIS" },
  [IMP_SAMPLE_ADT_51] = { "ADT-51", "ADT", "A16", "ADT_A16", "HIS" },
  [IMP_SAMPLE_ADT_52] = { "ADT-52", "ADT", "A03", "ADT_A03", "HIS" },
  [IMP_SAMPLE_ADT_61] = { "ADT-61", "ADT", "A60", "ADT_A60", "HIS" },
  [IMP_SAMPLE_OMD] = { "OMD", "OMD", "O03", "OMD_O03", "NUT" },
  [IMP_SAMPLE_OMG_01] = { "OMG-01", "OMG", "O19", "OMG_O19", "HIS" },
  [IMP_SAMPLE_OMG_02] = { "OMG-02", "OMG", "O19", "OMG_O19", "HIS" },
  [IMP_SAMPLE_OMG_03] = { "OMG-03", "OMG", "O19", "OMG_O19", "HIS" },
  [IMP_SAMPLE_OMG_11] = { "OMG-11", "OMI", "Z23", "OMI_Z23", "RIS" },
  [IMP_SAMPLE_OMG_12] = { "OMG-12", "OMI", "Z23", "OMI_Z23", "ENDO" },
  [IMP_SAMPLE_OMG_13] = { "OMG-13", "ORU", "R01", "ORU_R01", "PHYS" },
  [IMP_SAMPLE_OML_01] = { "OML-01", "OML", "O33", "OML_O33", "HIS" },
  [IMP_SAMPLE_OML_11] = { "OML-11", "OUL", "R22", "OUL_R22", "LIS" },
  [IMP_SAMPLE_OMP_01] = { "OMP-01", "RDE", "O11", "RDE_O11", "HIS" },
  [IMP_SAMPLE_OMP_02] = { "OMP-02", "RDE", "O11", "RDE_O11", "HIS" },
  [IMP_SAMPLE_OMP_11] = { "OMP-11", "RAS", "O17", "RAS_O17", "HIS" },
  [IMP_SAMPLE_OMP_12] = { "OMP-12", "RAS", "O17", "RAS_O17", "HIS" },
  [IMP_SAMPLE_PPR_01] = { "PPR-01", "PPR", "ZD1", "PPR_ZD1", "HIS" },
};

const char *
imp_sample_type_name (ImpSampleType type)
{
  return types[type].name;
}

static guint
window_days (const ImpSampleHospital *hospital)
{
  return (guint) (hospital->last_day - hospital->first_day + 2);
}

ImpSampleChart *
imp_sample_chart_new (const ImpSampleHospital *hospital)
{
  ImpSampleChart *self = g_new0 (ImpSampleChart, 1);

  self->hospital = hospital;
  self->files = g_array_new (FALSE, FALSE, sizeof (ImpSampleFile));
  if (hospital->has_documents)
    self->documents = g_array_new (FALSE, FALSE, sizeof (ImpSampleDocument));
  self->lab_means = g_new0 (gint64, imp_sample_table_size (hospital->tables, IMP_SAMPLE_LAB_ITEMS));
  self->orders_of_day = g_new0 (guint8, window_days (hospital));
  return self;
}

void
imp_sample_chart_free (ImpSampleChart *self)
{
  g_array_unref (self->files);
  g_clear_pointer (&self->documents, g_array_unref);
  imp_sample_buffer_clear (&self->document_text);
  imp_sample_buffer_clear (&self->text);
  imp_sample_buffer_clear (&self->pid);
  imp_sample_buffer_clear (&self->pv1);
  imp_sample_buffer_clear (&self->tail);
  imp_sample_buffer_clear (&self->person.name);
  imp_sample_buffer_clear (&self->person.name_text);
  g_free (self->lab_means);
  g_free (self->orders_of_day);
  g_free (self);
}

void
imp_sample_chart_begin (ImpSampleChart *self, guint number)
{
  ImpSampleBuffer name = self->person.name;
  ImpSampleBuffer name_text = self->person.name_text;

  self->number = number;
  self->random = imp_sample_random_start (self->hospital->seed, IMP_SAMPLE_STREAM_COURSE, number);
  self->text.len = 0;
  self->next_fault = IMP_SAMPLE_INTACT;
  g_array_set_size (self->files, 0);
  self->document_text.len = 0;
  if (self->documents != NULL)
    g_array_set_size (self->documents, 0);
  memset (self->orders_of_day, 0, window_days (self->hospital));
  name.len = 0;
  name_text.len = 0;
  self->person = (ImpSamplePerson){ .name = name, .name_text = name_text };
}

void
imp_sample_chart_set_person (ImpSampleChart *self)
{
  const ImpSamplePerson *person = &self->person;
  char birth[8];
  char sex[] = { '|', person->sex, '\r' };

  imp_sample_format_day (person->birth_day, birth);
  self->pid.len = 0;
  imp_sample_print (&self->pid, "PID|0001||");
  imp_sample_put_number (&self->pid, person->id, 10);
  imp_sample_print (&self->pid, "^^^^PI||%b||", &person->name);
  imp_sample_put (&self->pid, birth, person->birth_digits);
  imp_sample_put (&self->pid, sex, sizeof sex);
}

void
imp_sample_put_place (ImpSampleBuffer *text, const ImpSamplePlace *place)
{
  if (place->ward != NULL)
    imp_sample_print (text, "%w^%u^%u^^^N", place->ward, place->room, place->bed);
  else
    imp_sample_print (text, "%w^^^^^C", &place->department->code);
}

void
imp_sample_chart_set_place (ImpSampleChart *self, const ImpSamplePlace *place)
{
  gboolean is_inpatient = place->ward != NULL;

  self->place = *place;
  self->pv1.len = 0;
  imp_sample_print (&self->pv1, "PV1|0001|%s|", is_inpatient ? "I" : "O");
  imp_sample_put_place (&self->pv1, place);
  imp_sample_print (&self->pv1, "||||%w|||%w\r", &place->doctor->xcn, &place->department->code);

  self->tail.len = 0;
  imp_sample_print (&self->tail, "|||%w|", &place->doctor->xcn);
  imp_sample_put_place (&self->tail, place);
  imp_sample_print (&self->tail, "||||%w||||||||||||%w\r", &place->department->local,
                    is_inpatient ? imp_sample_phrase (self->hospital->tables, INPATIENT_ORDER)
                                 : imp_sample_phrase (self->hospital->tables, OUTPATIENT_ORDER));
}

guint64
imp_sample_chart_order (ImpSampleChart *self, int day)
{
  int slot = CLAMP (day - self->hospital->first_day + 1, 0, (int) window_days (self->hospital) - 1);
  int year, month, day_of_month;

  imp_sample_day_parts (day, &year, &month, &day_of_month);
  return ((guint64) (year % 100) * 10000 + (guint64) month * 100 + (guint64) day_of_month) *
             100000000 +
         (guint64) self->number * 100 + ++self->orders_of_day[slot] % 100;
}

int
imp_sample_chart_age (const ImpSampleChart *self, int day)
{
  return (day - self->person.birth_day) * 4 / 1461;
}

/* Staff stand in the table by department; the number of the patient picks one. */
static const ImpSampleStaff *
pick_staff (const ImpSampleTables *tables, const ImpSampleDepartment *department, const char *job,
            guint salt)
{
  const ImpSampleStaff *found[64];
  guint n = 0;

  for (guint i = 0; i < imp_sample_table_size (tables, IMP_SAMPLE_STAFF) && n < 64; i++)
    {
      const ImpSampleStaff *staff = imp_sample_table_row (tables, IMP_SAMPLE_STAFF, i);

      if (staff->job[0] == job[0] && (department == NULL || staff->department == department))
        found[n++] = staff;
    }
  return n > 0 ? found[salt % n] : imp_sample_table_row (tables, IMP_SAMPLE_STAFF, 0);
}

const ImpSampleStaff *
imp_sample_chart_doctor (const ImpSampleChart *self, const ImpSampleDepartment *department)
{
  return pick_staff (self->hospital->tables, department, "D",
                     (guint) (imp_sample_random_mix (self->person.id) >> 32));
}

const ImpSampleStaff *
imp_sample_chart_nurse (const ImpSampleChart *self, guint salt)
{
  return pick_staff (self->hospital->tables, NULL, "N", salt);
}

/* MSH-7 with thousandths, as in the file name. */
static guint
milliseconds (const ImpSampleChart *self, gint64 sent)
{
  return (guint) (imp_sample_random_mix ((guint64) sent ^ ((guint64) self->number << 40) ^
                                         self->files->len) %
                  1000);
}

void
imp_sample_file_begin (ImpSampleChart *self, ImpSampleType type, const char *event, gint64 sent)
{
  guint thousandths = milliseconds (self, sent);

  self->file_start = self->text.len;
  imp_sample_print (&self->text,
                    "MSH|^~\\&|%s|9910000001|GW|SSMIX|%t.%z||%s^%s^%s|%t%z%u|P|2.5||||||~ISO IR87||"
                    "ISO 2022-1994|SS-MIX2_1.20^SS-MIX2^1.2.392.200250.2.1.100.1.2.120^ISO\r",
                    types[type].sender, sent, thousandths, types[type].message,
                    event != NULL ? event : types[type].event, types[type].structure, sent,
                    thousandths, self->number);
}

/* Faults that a script asks for come first; patient data itself is never damaged by chance, as
 * without it a person could not be found. */
static ImpSampleFault
take_fault (ImpSampleChart *self, ImpSampleType type)
{
  ImpSampleFault fault = self->next_fault;
  guint64 bits = imp_sample_random_mix (self->person.id * 8191 + self->files->len +
                                        imp_sample_random_mix (self->hospital->seed));

  self->next_fault = IMP_SAMPLE_INTACT;
  if (self->hospital->is_clean)
    return IMP_SAMPLE_INTACT;
  if (fault == IMP_SAMPLE_INTACT && type != IMP_SAMPLE_ADT_00)
    fault = imp_sample_fault_draw (types[type].name, bits);
  return fault;
}

gboolean
imp_sample_file_end (ImpSampleChart *self, ImpSampleType type, int day, guint64 order, gint64 sent,
                     char flag)
{
  ImpSampleFile file = {
    .type = type,
    .flag = flag,
    .day = day,
    .order = order,
    .sent = sent,
    .sent_milliseconds = milliseconds (self, sent),
    .department = type == IMP_SAMPLE_ADT_00 || type == IMP_SAMPLE_ADT_61
                      ? "-"
                      : self->place.department->code.text,
    .offset = self->file_start,
    .len = self->text.len - self->file_start,
    .serial = self->files->len,
  };

  if (sent > self->hospital->as_of)
    {
      self->text.len = self->file_start;
      return FALSE;
    }
  file.fault = take_fault (self, type);
  g_array_append_val (self->files, file);
  return TRUE;
}
