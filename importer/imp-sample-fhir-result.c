/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

/* Laboratory, examinations, vital signs: spec fhir.md 3.6, 3.7. */

#define CATEGORY_SYSTEM IMP_SAMPLE_FHIR_CORE "CodeSystem/JP_SimpleObservationCategory_CS"
#define MICRO_SYSTEM IMP_SAMPLE_FHIR_CORE "CodeSystem/JP_MicrobiologyCategory_CS"
#define FLAG_SYSTEM IMP_SAMPLE_FHIR_TERMS "v3-ObservationInterpretation"
#define REPORT_SYSTEM "http://loinc.org"

/* ---- parts -------------------------------------------------------------------------------------
 */

static void
put_category (ImpSampleBuffer *out, const char *code, const char *micro)
{
  imp_sample_json (out, ",'category':[{'coding':[{'system':'" CATEGORY_SYSTEM "','code':'%r'}]}",
                   code);
  if (micro != NULL)
    imp_sample_json (out, ",{'coding':[{'system':'" MICRO_SYSTEM "','code':'%r'}]}", micro);
  imp_sample_json (out, "]");
}

static void
put_specimen (ImpSampleBuffer *out, const char *material, gboolean is_list)
{
  imp_sample_json (out, ",'specimen':%r{'display':'", is_list ? "[" : "");
  imp_sample_json_words (out, material);
  imp_sample_json (out, "'}%r", is_list ? "]" : "");
}

static void
put_code (ImpSampleBuffer *out, const char *coded)
{
  imp_sample_json (out, ",'code':");
  imp_sample_json_concept (out, coded, NULL);
}

static void
put_flag (ImpSampleBuffer *out, const char *flag)
{
  if (*flag != '\0')
    imp_sample_json (
        out, ",'interpretation':[{'coding':[{'system':'" FLAG_SYSTEM "','code':'%s'}]}]", flag);
}

/* A number with its unit, or the words as they are. */
static void
put_value (ImpSampleBuffer *out, const char *value, const char *unit)
{
  gsize start = out->len;

  imp_sample_json (out, ",'valueQuantity':");
  if (imp_sample_json_quantity (out, value, unit))
    return;
  out->len = start;
  imp_sample_json (out, ",'valueString':'%s'", value);
}

static void
put_range (ImpSampleBuffer *out, const ImpSampleFhirResult *result)
{
  if (*result->high == '\0')
    return;
  imp_sample_json (out, ",'referenceRange':[{");
  if (imp_sample_json_is_number (result->low))
    {
      imp_sample_json (out, "'low':");
      imp_sample_json_quantity (out, result->low, result->unit);
      imp_sample_json (out, ",");
    }
  if (imp_sample_json_is_number (result->high))
    {
      imp_sample_json (out, "'high':");
      imp_sample_json_quantity (out, result->high, result->unit);
      imp_sample_json (out, ",");
    }
  imp_sample_json (out, "'text':'%s-%s'}]", result->low, result->high);
}

/* ---- laboratory --------------------------------------------------------------------------------
 */

static void
row_id (char *out, gsize size, guint64 order, guint panel, guint number)
{
  g_snprintf (out, size, "%015" G_GUINT64_FORMAT "-%u-%u", order, panel + 1, number);
}

void
imp_sample_fhir_result (ImpSampleChart *chart, const ImpSampleFhirResult *result)
{
  ImpSampleBuffer *out;
  char id[48];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  row_id (id, sizeof id, result->order, result->panel, result->number);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_OBSERVATION, id, result->reported);
  imp_sample_fhir_department (chart, out);
  imp_sample_json (out, ",'basedOn':[{'reference':'ServiceRequest/%o-%u'}],'status':'%r'",
                   result->order, result->panel + 1, imp_sample_fhir_status (result->status));
  put_category (out, "laboratory", NULL);
  put_code (out, result->item);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t'", result->sampled,
                   result->reported);
  put_value (out, result->value, result->unit);
  put_flag (out, result->flag);
  put_specimen (out, result->material, FALSE);
  put_range (out, result);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
}

static ImpSampleBuffer *
begin_report (ImpSampleChart *chart, const char *id, const char *status, guint64 order, guint panel,
              const char *category, gint64 reported)
{
  ImpSampleBuffer *out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_REPORT, id, reported);

  imp_sample_fhir_department (chart, out);
  imp_sample_json (
      out,
      ",'basedOn':[{'reference':'ServiceRequest/%o-%u'}],'status':'%r','category':[{'coding':["
      "{'system':'" REPORT_SYSTEM "','code':'%r'}]}]",
      order, panel + 1, imp_sample_fhir_status (status), category);
  imp_sample_fhir_subject (chart, out, "subject");
  return out;
}

void
imp_sample_fhir_panel (ImpSampleChart *chart, const ImpSampleLab *lab, guint i, guint n_results,
                       const char *comment, gint64 reported)
{
  const ImpSamplePanel *panel = lab->panels[i];
  ImpSampleBuffer *out;
  char id[48];

  if (!imp_sample_fhir_is_full (chart->fhir) || n_results == 0)
    return;
  imp_sample_fhir_order_id (id, sizeof id, lab->order, i + 1);
  out = begin_report (chart, id, lab->status, lab->order, i, "LP29693-6", reported);
  put_code (out, panel->panel.text);
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t'", lab->sampled, reported);
  put_specimen (out, panel->material.text, TRUE);
  imp_sample_json (out, ",'result':[");
  for (guint row = 1; row <= n_results; row++)
    {
      row_id (id, sizeof id, lab->order, i, row);
      imp_sample_json (out, "%r{'reference':'Observation/%r'}", row > 1 ? "," : "", id);
    }
  imp_sample_json (out, "]");
  if (comment != NULL)
    imp_sample_json (out, ",'conclusion':'%s'", comment);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_REPORT);
}

/* ---- orders ------------------------------------------------------------------------------------
 */

/* @material, @purpose: (nullable) */
static void
write_order (ImpSampleChart *chart, guint64 order, guint i, const char *coded, gint64 at,
             gboolean is_urgent, const char *material, const char *purpose, const ImpSampleAct *act)
{
  ImpSampleBuffer *out;
  char id[32];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  imp_sample_fhir_order_id (id, sizeof id, order, i + 1);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_ORDER, id,
                               imp_sample_fhir_updated (act, order));
  imp_sample_fhir_department (chart, out);
  imp_sample_json (
      out,
      ",'requisition':{'system':'http://hospital.example.jp/order','value':'%o'},'status':'%r',"
      "'intent':'order','priority':'%r'",
      order,
      g_str_equal (imp_sample_fhir_order_status (act, order), "active")    ? "active"
      : g_str_equal (imp_sample_fhir_order_status (act, order), "on-hold") ? "on-hold"
                                                                           : "revoked",
      is_urgent ? "stat" : "routine");
  put_code (out, coded);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'occurrenceDateTime':'%t','authoredOn':'%t','requester':{'display':'%s'}",
                   at, act->at, chart->place.doctor->name.text);
  if (purpose != NULL)
    imp_sample_json (out, ",'reasonCode':[{'text':'%s'}]", purpose);
  if (material != NULL)
    put_specimen (out, material, TRUE);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_ORDER);
  imp_sample_fhir_withdraw (chart, IMP_SAMPLE_FHIR_ORDER, id, order, act);
}

void
imp_sample_fhir_lab_order (ImpSampleChart *chart, const ImpSampleLab *lab, guint i,
                           const ImpSampleAct *act)
{
  write_order (chart, lab->order, i, lab->panels[i]->panel.text, lab->sampled, lab->is_urgent,
               lab->panels[i]->material.text, NULL, act);
}

void
imp_sample_fhir_culture_order (ImpSampleChart *chart, const ImpSampleCulture *culture,
                               const ImpSampleAct *act)
{
  write_order (chart, culture->order, 0, imp_sample_phrase (chart->hospital->tables, CULTURE)->text,
               culture->sampled, FALSE, culture->specimen->material.text, NULL, act);
}

void
imp_sample_fhir_exam_order (ImpSampleChart *chart, const ImpSampleExam *exam,
                            const ImpSampleAct *act)
{
  write_order (chart, exam->order, 0, exam->examination->procedure.text, exam->performed,
               exam->is_urgent, NULL, exam->examination->purpose.text, act);
}

/* A number that the physiology laboratory gives beside its words. */
static void
write_exam_measure (ImpSampleChart *chart, const ImpSampleExam *exam, gint64 reported)
{
  ImpSampleBuffer *out;
  char id[48];

  row_id (id, sizeof id, exam->order, 0, 1);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_OBSERVATION, id, reported);
  imp_sample_fhir_department (chart, out);
  imp_sample_json (out, ",'basedOn':[{'reference':'ServiceRequest/%o-1'}],'status':'final'",
                   exam->order);
  put_category (out, "procedure", NULL);
  put_code (out, exam->examination->measure.text);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t'", exam->performed, reported);
  put_value (out, exam->examination->value.text, exam->examination->unit.text);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
}

void
imp_sample_fhir_exam (ImpSampleChart *chart, const ImpSampleExam *exam, gint64 reported)
{
  static const char *const categories[] = {
    [1] = "LP29684-5", [2] = "LP7796-8", [3] = "LP29708-2"
  };
  const ImpSampleExamination *examination = exam->examination;
  gboolean has_measure = examination->kind == 3 && examination->value.len > 0;
  ImpSampleBuffer *out;
  char id[32];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  imp_sample_fhir_order_id (id, sizeof id, exam->order, 1);
  if (has_measure)
    write_exam_measure (chart, exam, reported);
  out = begin_report (chart, id, "F", exam->order, 0, categories[examination->kind], reported);
  put_code (out, examination->procedure.text);
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t','conclusion':'%s'",
                   exam->performed, reported, examination->finding.text);
  if (has_measure)
    imp_sample_json (out, ",'result':[{'reference':'Observation/%o-1-1'}]", exam->order);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_REPORT);
}

/* ---- cultures ----------------------------------------------------------------------------------
 */

static ImpSampleBuffer *
begin_culture_row (ImpSampleChart *chart, const ImpSampleCulture *culture, const char *id,
                   const char *micro, const char *coded, gint64 reported)
{
  ImpSampleBuffer *out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_OBSERVATION, id, reported);

  imp_sample_fhir_department (chart, out);
  imp_sample_json (out, ",'basedOn':[{'reference':'ServiceRequest/%o-1'}],'status':'%r'",
                   culture->order, imp_sample_fhir_status (culture->status));
  put_category (out, "laboratory", micro);
  put_code (out, coded);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t'", culture->sampled, reported);
  put_specimen (out, culture->specimen->material.text, FALSE);
  return out;
}

static guint
n_sensitivities (const ImpSampleCulture *culture, guint i)
{
  return culture->has_susceptibility ? culture->organisms[i]->n_susceptibilities : 0;
}

static void
write_sensitivities (ImpSampleChart *chart, const ImpSampleCulture *culture, guint i,
                     gint64 reported)
{
  const ImpSampleOrganism *organism = culture->organisms[i];

  for (guint j = 0; j < n_sensitivities (culture, i); j++)
    {
      const ImpSampleSusceptibility *row = imp_sample_table_row (
          chart->hospital->tables, IMP_SAMPLE_SUSCEPTIBILITIES, organism->first_susceptibility + j);
      ImpSampleBuffer *out;
      char id[48];

      row_id (id, sizeof id, culture->order, 100 + i, j + 1);
      out = begin_culture_row (chart, culture, id, "susceptibility-measurements",
                               row->antibiotic->cwe.text, reported);
      put_value (out, row->mic.text, imp_sample_phrase (chart->hospital->tables, MIC_UNIT)->text);
      put_flag (out, row->flag.text);
      imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
    }
}

static void
write_organism (ImpSampleChart *chart, const ImpSampleCulture *culture, guint i, gint64 reported)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *out;
  char id[48];

  row_id (id, sizeof id, culture->order, 0, i + 1);
  out = begin_culture_row (chart, culture, id, "organism",
                           imp_sample_phrase (tables, CULTURE_ORGANISM)->text, reported);
  imp_sample_json (out, ",'valueCodeableConcept':");
  imp_sample_json_concept (out, culture->organisms[i]->cwe.text, NULL);
  imp_sample_json (out, n_sensitivities (culture, i) > 0 ? ",'hasMember':[" : "");
  for (guint j = 0; j < n_sensitivities (culture, i); j++)
    {
      row_id (id, sizeof id, culture->order, 100 + i, j + 1);
      imp_sample_json (out, "%r{'reference':'Observation/%r'}", j > 0 ? "," : "", id);
    }
  imp_sample_json (out, n_sensitivities (culture, i) > 0 ? "]" : "");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
  write_sensitivities (chart, culture, i, reported);
}

void
imp_sample_fhir_culture (ImpSampleChart *chart, const ImpSampleCulture *culture, gint64 reported)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *out;
  char id[48];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  for (guint i = 0; i < culture->n_organisms; i++)
    write_organism (chart, culture, i, reported);
  if (culture->n_organisms == 0)
    {
      row_id (id, sizeof id, culture->order, 0, 1);
      out = begin_culture_row (chart, culture, id, "organism",
                               imp_sample_phrase (tables, CULTURE_ORGANISM)->text, reported);
      imp_sample_json (out, ",'valueString':'%s'",
                       culture->status[0] == 'P' ? imp_sample_phrase (tables, NO_GROWTH)->text
                                                 : imp_sample_phrase (tables, NEGATIVE)->text);
      imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
    }
  imp_sample_fhir_order_id (id, sizeof id, culture->order, 1);
  out = begin_report (chart, id, culture->status, culture->order, 0, "LP7819-8", reported);
  put_code (out, imp_sample_phrase (tables, CULTURE)->text);
  imp_sample_json (out, ",'effectiveDateTime':'%t','issued':'%t'", culture->sampled, reported);
  put_specimen (out, culture->specimen->material.text, TRUE);
  imp_sample_json (out, ",'result':[");
  for (guint i = 0; i < MAX (culture->n_organisms, 1); i++)
    {
      row_id (id, sizeof id, culture->order, 0, i + 1);
      imp_sample_json (out, "%r{'reference':'Observation/%r'}", i > 0 ? "," : "", id);
    }
  imp_sample_json (out, "]");
  if (culture->comment != NULL)
    imp_sample_json (out, ",'conclusion':'%s'", culture->comment->text);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_REPORT);
}

/* ---- vital signs -------------------------------------------------------------------------------
 */

static ImpSampleBuffer *
begin_vital (ImpSampleChart *chart, gint64 at, const char *name, const char *coded)
{
  ImpSampleBuffer *out;
  char id[64], time[16] = "";

  imp_sample_format_time (at, time);
  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-%.12s-%s", chart->person.id, time, name);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_OBSERVATION, id, at);
  imp_sample_json (out, ",'status':'final'");
  put_category (out, "vital-signs", NULL);
  put_code (out, coded);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t'", at);
  return out;
}

static void
write_vital (ImpSampleChart *chart, gint64 at, const char *name, const char *coded,
             const char *value, const char *unit)
{
  ImpSampleBuffer *out = begin_vital (chart, at, name, coded);

  put_value (out, value, unit);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
}

void
imp_sample_fhir_vitals (ImpSampleChart *chart, const ImpSampleFhirVitals *vitals)
{
  ImpSampleBuffer *out;
  char value[16];

  if (!imp_sample_fhir_is_full (chart->fhir) || vitals->at > chart->hospital->as_of)
    return;
  g_snprintf (value, sizeof value, "%u.%u", vitals->temperature / 10, vitals->temperature % 10);
  write_vital (chart, vitals->at, "bt", "9P100000000000001^体温（腋窩）^JC10", value, "cel");
  g_snprintf (value, sizeof value, "%u", vitals->pulse);
  write_vital (chart, vitals->at, "pr", "9P300000000000001^脈拍^JC10", value, "(hb)");
  g_snprintf (value, sizeof value, "%u", vitals->saturation);
  write_vital (chart, vitals->at, "spo2", "3H065000002391901^SpO2^JC10", value, "%");
  out = begin_vital (chart, vitals->at, "bp", "85354-9^血圧^");
  imp_sample_json (
      out,
      ",'component':[{'code':{'coding':[{'system':'urn:oid:1.2.392.200119.4.504','code':"
      "'9A751000000000001'}],'text':'収縮期血圧'},'valueQuantity':{'value':%u,'unit':'mm(hg)'}},"
      "{'code':{'coding':[{'system':'urn:oid:1.2.392.200119.4.504','code':'9A761000000000001'}],"
      "'text':'拡張期血圧'},'valueQuantity':{'value':%u,'unit':'mm(hg)'}}]",
      vitals->systolic, vitals->diastolic);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
}
