/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

/* PID with address and telephone, as only ADT sends it. */
static void
put_long_pid (ImpSampleChart *chart, gint64 updated)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSamplePerson *person = &chart->person;
  ImpSampleBuffer *text = &chart->text;
  guint number = 10000 + (guint) (person->id % 10000);

  imp_sample_put (text, chart->pid.bytes, chart->pid.len - 1);
  imp_sample_print (text,
                    "|||^^^^%w^JPN^H^%w%w%w%w||^PRN^PH^^^^^^^^^000-%z-%u|"
                    "|||||||||||||||||||%t\r",
                    &person->postal, &person->address, &tables->wide_numbers[person->block],
                    imp_sample_phrase (tables, HYPHEN), &tables->wide_numbers[person->house],
                    (guint) (person->id / 10000 % 1000), number, updated);
}

static void
put_relative (ImpSampleChart *chart)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSamplePerson *person = &chart->person;
  int age = imp_sample_chart_age (chart, chart->hospital->last_day);
  const ImpSampleSurname *family = imp_sample_table_row (
      tables, IMP_SAMPLE_SURNAMES,
      (guint) (person->id % imp_sample_table_size (tables, IMP_SAMPLE_SURNAMES)));
  const ImpSampleGivenName *given = imp_sample_table_row (
      tables, IMP_SAMPLE_GIVEN_NAMES,
      (guint) (person->id / 7 % imp_sample_table_size (tables, IMP_SAMPLE_GIVEN_NAMES)));

  imp_sample_print (&chart->text, "NK1|1|%w^%w^^^^^L^I|%w||^PRN^PH^^^^^^^^^000-%z-%z1\r",
                    &family->kanji, &given->kanji,
                    age < 20   ? imp_sample_phrase (tables, PARENT)
                    : age < 70 ? imp_sample_phrase (tables, SPOUSE)
                               : imp_sample_phrase (tables, CHILD),
                    (guint) (person->id / 3 % 1000), (guint) (person->id / 11 % 1000));
}

static void
put_body (ImpSampleChart *chart)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSamplePerson *person = &chart->person;
  ImpSampleBuffer *text = &chart->text;
  char group[] = { person->blood[0], person->blood[0] == 'A' && person->blood[1] == 'B' ? 'B' : 0,
                   0 };
  const char *rhesus = strpbrk (person->blood, "+-");
  guint set_id = 0;

  if (person->height > 0)
    {
      imp_sample_print (text, "OBX|%u|NM|%w||", ++set_id, imp_sample_phrase (tables, HEIGHT));
      imp_sample_put_thousandths (text, person->height, 1);
      imp_sample_print (text, "|cm^cm^ISO+|||||F\rOBX|%u|NM|%w||", ++set_id,
                        imp_sample_phrase (tables, WEIGHT));
      imp_sample_put_thousandths (text, person->weight, 1);
      imp_sample_print (text, "|kg^kg^ISO+|||||F\r");
    }
  if (rhesus != NULL)
    {
      imp_sample_print (text, "OBX|%u|CWE|%w||%s^%s^JSHR002||||||F\r", ++set_id,
                        imp_sample_phrase (tables, BLOOD_ABO), group, group);
      imp_sample_print (text, "OBX|%u|CWE|%w||%s^Rh%s^JSHR002||||||F\r", ++set_id,
                        imp_sample_phrase (tables, BLOOD_RH), rhesus, rhesus);
    }
}

static void
put_insurance (ImpSampleChart *chart)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  int age = imp_sample_chart_age (chart, chart->hospital->last_day);
  int from = chart->hospital->last_day - (int) (chart->person.id % 300) - 20;

  imp_sample_print (&chart->text, "IN1|1|%w|%o|||||||||%d|%d||||%w\r",
                    age >= 75   ? imp_sample_phrase (tables, INSURANCE_SENIOR)
                    : age >= 60 ? imp_sample_phrase (tables, INSURANCE_NATIONAL)
                                : imp_sample_phrase (tables, INSURANCE_SOCIETY),
                    (guint64) 99000000 + chart->person.id % 1000, from, from + 730,
                    imp_sample_phrase (tables, SELF));
}

static void
add_allergy_truth (ImpSampleChart *chart, const ImpSampleAllergy *allergy, const char *from)
{
  imp_sample_truth_add (chart->truth, IMP_SAMPLE_TRUTH_ALLERGIES, "from", from, "allergen",
                        allergy->allergen->allergen.text, "severity",
                        allergy->allergen->severity.text, "action",
                        allergy->action == IMP_SAMPLE_PHRASE_DELETE ? "D" : "A", "certainty",
                        allergy->certainty, NULL);
}

void
imp_sample_write_basics (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleAllergyList *list = record;

  imp_sample_file_begin (chart, IMP_SAMPLE_ADT_00, NULL, act->at);
  imp_sample_print (&chart->text, "EVN||%t||||%t|9910000001\r", act->at, act->at);
  put_long_pid (chart, act->at);
  put_relative (chart);
  imp_sample_put (&chart->text, chart->pv1.bytes, chart->pv1.len);
  imp_sample_print (&chart->text, "DB1|1|PT||N\r");
  put_body (chart);
  for (guint i = 0; i < list->n_allergies; i++)
    {
      const ImpSampleAllergen *allergen = list->allergies[i].allergen;

      imp_sample_print (&chart->text, "AL1|%u|%w|%w\r", i + 1, &allergen->class_,
                        &allergen->allergen);
      add_allergy_truth (chart, &list->allergies[i], "ADT-00");
    }
  put_insurance (chart);
  imp_sample_finish (chart, IMP_SAMPLE_ADT_00, IMP_SAMPLE_UNDATED, IMP_SAMPLE_NO_ORDER, act);
}

void
imp_sample_write_allergies (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleAllergyList *list = record;
  const ImpSampleTables *tables = chart->hospital->tables;

  imp_sample_file_begin (chart, IMP_SAMPLE_ADT_61, NULL, act->at);
  imp_sample_print (&chart->text, "EVN||%t||||%t|9910000001\r%b%b", act->at, act->at, &chart->pid,
                    &chart->pv1);
  for (guint i = 0; i < list->n_allergies; i++)
    {
      const ImpSampleAllergy *allergy = &list->allergies[i];
      const ImpSampleAllergen *allergen = allergy->allergen;
      const char *words = allergy->when != NULL ? allergy->when->text : "";
      gboolean is_date = g_ascii_isdigit (words[0]);

      imp_sample_print (&chart->text, "IAM|%u|%w|%w|%w|%w|%w|||||%w|%w|||||%s\r", i + 1,
                        &allergen->class_, &allergen->allergen, &allergen->severity,
                        &allergen->reaction, &tables->phrases[allergy->action],
                        is_date ? allergy->when : NULL, is_date ? NULL : allergy->when,
                        allergy->certainty);
      add_allergy_truth (chart, allergy, "ADT-61");
    }
  imp_sample_finish (chart, IMP_SAMPLE_ADT_61, IMP_SAMPLE_UNDATED, IMP_SAMPLE_NO_ORDER, act);
}

/* Which time of PV1 and PV2 a movement fills, and its cancelling event: SS-MIX2 spec 3.1, 4.4. */
typedef enum
{
  TIME_IN_EVENT,
  TIME_ADMITTED,   /* PV1-44 */
  TIME_DISCHARGED, /* PV1-45 */
  TIME_EXPECTED,   /* PV2-8 */
  TIME_LEAVING,    /* PV2-9 */
} TimeField;

static const struct
{
  TimeField time;
  const char *cancel;
} movements[IMP_SAMPLE_N_TYPES] = {
  [IMP_SAMPLE_ADT_01] = { TIME_IN_EVENT, "A55" }, [IMP_SAMPLE_ADT_12] = { TIME_ADMITTED, NULL },
  [IMP_SAMPLE_ADT_21] = { TIME_EXPECTED, "A27" }, [IMP_SAMPLE_ADT_22] = { TIME_ADMITTED, "A11" },
  [IMP_SAMPLE_ADT_31] = { TIME_IN_EVENT, "A52" }, [IMP_SAMPLE_ADT_32] = { TIME_IN_EVENT, "A53" },
  [IMP_SAMPLE_ADT_41] = { TIME_EXPECTED, "A26" }, [IMP_SAMPLE_ADT_42] = { TIME_IN_EVENT, "A12" },
  [IMP_SAMPLE_ADT_51] = { TIME_LEAVING, "A25" },  [IMP_SAMPLE_ADT_52] = { TIME_DISCHARGED, "A13" },
};

static void
put_optional_time (ImpSampleBuffer *text, gint64 time)
{
  if (time != 0)
    imp_sample_print (text, "%t", time);
}

static void
put_visit (ImpSampleChart *chart, const ImpSampleMovement *movement)
{
  ImpSampleBuffer *text = &chart->text;
  const ImpSamplePlace *place = &movement->place;
  TimeField field = movements[movement->type].time;
  gboolean is_planned_move = movement->type == IMP_SAMPLE_ADT_41;

  imp_sample_print (text, "PV1|0001|%s|", place->ward != NULL ? "I" : "O");
  imp_sample_put_place (text, place);
  imp_sample_print (text, "|||");
  if (movement->before.department != NULL && !is_planned_move)
    imp_sample_put_place (text, &movement->before);
  imp_sample_print (text, "|%w|||%w|||||||%w|||||||||||||||||||%w||||||||", &place->doctor->xcn,
                    &place->department->code, &place->doctor->xcn, movement->disposition);
  put_optional_time (text, field == TIME_ADMITTED ? movement->time : movement->admitted);
  if (field == TIME_DISCHARGED)
    imp_sample_print (text, "|%t", movement->time);
  imp_sample_print (text, "\r");

  if (field == TIME_EXPECTED || field == TIME_LEAVING || movement->back != 0)
    {
      imp_sample_print (text, "PV2|");
      if (is_planned_move)
        imp_sample_put_place (text, &movement->before);
      imp_sample_print (text, "|||||||");
      put_optional_time (text, field == TIME_EXPECTED ? movement->time : 0);
      imp_sample_print (text, "|");
      put_optional_time (text, field == TIME_LEAVING ? movement->time : 0);
      if (movement->back != 0)
        imp_sample_print (text, "||||||||||||||||||||||||||||||||||||||%t", movement->back);
      imp_sample_print (text, "\r");
    }
}

void
imp_sample_write_movement (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleMovement *movement = record;
  ImpSampleType type = movement->type;
  gboolean is_cancel = g_str_equal (act->control, "CA");
  TimeField field = movements[type].time;

  imp_sample_file_begin (chart, type, is_cancel ? movements[type].cancel : NULL, act->at);
  imp_sample_print (&chart->text, "EVN||%t|", act->at);
  put_optional_time (&chart->text,
                     field == TIME_EXPECTED || field == TIME_LEAVING ? movement->time : 0);
  imp_sample_print (&chart->text, "|||%t|9910000001\r%b",
                    field == TIME_EXPECTED || field == TIME_LEAVING ? act->at : movement->time,
                    &chart->pid);
  put_visit (chart, movement);
  imp_sample_fhir_movement (chart, movement, act);
  imp_sample_finish (chart, type,
                     type == IMP_SAMPLE_ADT_01 ? IMP_SAMPLE_UNDATED
                                               : imp_sample_time_day (movement->time),
                     IMP_SAMPLE_NO_ORDER, act);
}
