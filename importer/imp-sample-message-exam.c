/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"

static const struct
{
  ImpSampleType ordered, done;
} kinds[] = {
  [1] = { IMP_SAMPLE_OMG_01, IMP_SAMPLE_OMG_11 },
  [2] = { IMP_SAMPLE_OMG_02, IMP_SAMPLE_OMG_12 },
  [3] = { IMP_SAMPLE_OMG_03, IMP_SAMPLE_OMG_13 },
};

static void
put_procedure (ImpSampleChart *chart, const ImpSampleExam *exam, const char *parent)
{
  const ImpSampleTables *tables = chart->hospital->tables;

  imp_sample_print (
      &chart->text, "TQ1|1||||||%m||%s^^HL70485\rOBR||%o||%w|||%m|||||%w||||%w|||||||||||||%s\r",
      exam->performed, exam->is_urgent ? "S" : "R", exam->order, &exam->examination->procedure,
      exam->performed, exam->has_infection_risk ? imp_sample_phrase (tables, HEPATITIS_RISK) : NULL,
      &chart->place.doctor->xcn, parent);
}

static void
put_text (ImpSampleChart *chart, guint number, const ImpSampleWord *item,
          const ImpSampleWord *value)
{
  imp_sample_print (&chart->text, "OBX|%u|TX|%w||%w||||||F\r", number, item, value);
}

/* A new order, its parent with the reasons, and one child: SS-MIX2 spec 4.13. */
void
imp_sample_write_exam_order (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleExam *exam = record;
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleType type = kinds[exam->examination->kind].ordered;
  ImpSampleAct parent = *act, child = *act;
  char number[20];

  parent.control = "PA";
  child.control = "CH";
  g_snprintf (number, sizeof number, "%015" G_GUINT64_FORMAT, exam->order);
  imp_sample_file_begin (chart, type, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  imp_sample_put_orc (chart, act, exam->order, "");
  put_procedure (chart, exam, "");
  if (type == IMP_SAMPLE_OMG_01)
    {
      imp_sample_put_orc (chart, &parent, exam->order, "");
      put_procedure (chart, exam, "");
    }
  put_text (chart, 1, imp_sample_phrase (tables, PURPOSE), &exam->examination->purpose);
  if (exam->diagnosis != NULL)
    put_text (chart, 2, imp_sample_phrase (tables, CLINICAL_DIAGNOSIS), &exam->diagnosis->name);
  if (chart->person.sex == 'F' && type == IMP_SAMPLE_OMG_01)
    put_text (chart, 3, imp_sample_phrase (tables, PREGNANCY_CHECK),
              imp_sample_phrase (tables, NO_PREGNANCY));
  if (type == IMP_SAMPLE_OMG_01)
    {
      imp_sample_put_orc (chart, &child, exam->order, "");
      put_procedure (chart, exam, number);
    }
  imp_sample_fhir_exam_order (chart, exam, act);
  imp_sample_finish (chart, type, act->day, exam->order, act);
}

/* OMG-11 and -12: staff, material and the study's number. */
static void
put_performed (ImpSampleChart *chart, const ImpSampleExam *exam, const ImpSampleAct *act)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleExamination *examination = exam->examination;
  ImpSampleBuffer *text = &chart->text;
  gboolean is_endoscopy = examination->kind == 2;

  imp_sample_put_orc (chart, act, exam->order, "");
  put_procedure (chart, exam, "");
  put_text (chart, 1, imp_sample_phrase (tables, FINDING_TEXT), &examination->finding);
  imp_sample_print (text, "ZE1|1|RS|%w|1||NS-03^EM-01|%w||", &examination->procedure,
                    &chart->place.doctor->xcn);
  if (strstr (examination->name.text, imp_sample_phrase (tables, CONTRASTED)->text) != NULL)
    imp_sample_put_word (text, imp_sample_phrase (tables, CONTRAST));
  imp_sample_print (text, "\r");
  if (is_endoscopy)
    {
      imp_sample_print (text, "OBX|1|XCN|%w||%w||||||F\r",
                        imp_sample_phrase (tables, EMPLOYEE_DOCTOR), &chart->place.doctor->xcn);
      imp_sample_print (text, "OBX|2|TS|%w||%t||||||F\r", imp_sample_phrase (tables, STARTED_AT),
                        exam->performed);
      imp_sample_print (text, "OBX|3|TS|%w||%t||||||F\r", imp_sample_phrase (tables, ENDED_AT),
                        exam->performed + 1260);
      imp_sample_print (text, "OBX|4|ZRD|%w||%w||||||F\r", imp_sample_phrase (tables, DRUG_GIVEN),
                        imp_sample_phrase (tables, SEDATIVE));
    }
  else
    imp_sample_print (text, "ZE2|1|120|200|100|0.02|1\r");
  imp_sample_print (text, "IPC|A%o|P001|1.2.392.200000.99.%o||%w^^DCM\r", exam->order, exam->order,
                    &examination->modality);
}

/* OMG-13: what the physiology laboratory saw and measured. */
static void
put_findings (ImpSampleChart *chart, const ImpSampleExam *exam, const ImpSampleAct *act)
{
  const ImpSampleExamination *examination = exam->examination;
  ImpSampleBuffer *text = &chart->text;

  imp_sample_print (text, "OBR|1|%o||%w|||%m|||||||||%w||||||%t|||F\r", exam->order,
                    &examination->procedure, exam->performed, &chart->place.doctor->xcn, act->at);
  imp_sample_print (text, "OBX|1|TX|%w|1|%w||||||F|||%m\r",
                    imp_sample_phrase (chart->hospital->tables, IMPRESSION), &examination->finding,
                    exam->performed);
  if (examination->value.len > 0)
    imp_sample_print (text, "OBX|2|NM|%w|2|%w|%w|||||F|||%m\r", &examination->measure,
                      &examination->value, &examination->unit, exam->performed);
}

void
imp_sample_write_exam_result (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleExam *exam = record;
  ImpSampleType type = kinds[exam->examination->kind].done;

  imp_sample_file_begin (chart, type, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  if (type == IMP_SAMPLE_OMG_13)
    put_findings (chart, exam, act);
  else
    put_performed (chart, exam, act);
  imp_sample_fhir_exam (chart, exam, act->at);
  imp_sample_finish (chart, type, imp_sample_time_day (exam->performed), exam->order, act);
}
