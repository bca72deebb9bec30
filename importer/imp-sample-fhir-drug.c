/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

/* Orders of drugs and what became of them: spec fhir.md 3.5. */

#define EXTENSION IMP_SAMPLE_FHIR_CORE "Extension/StructureDefinition/"
#define RP_SYSTEM IMP_SAMPLE_FHIR_CORE "mhlw/IdSystem/Medication-RPGroupNumber"
#define IN_RP_SYSTEM IMP_SAMPLE_FHIR_CORE "mhlw/IdSystem/MedicationAdministrationIndex"
#define CATEGORY_SYSTEM IMP_SAMPLE_FHIR_CORE "CodeSystem/JP_MedicationCategoryMERIT9_CS"
#define ADDITIONAL_SYSTEM "http://jami.jp/CodeSystem/MedicationUsageAdditional"
#define UCUM "http://unitsofmeasure.org"

static void
put_numbers (ImpSampleBuffer *out, const char *rp, guint in_rp, guint64 order)
{
  imp_sample_json (out,
                   ",'identifier':[{'system':'" RP_SYSTEM "','value':'%s'},{'system':'" IN_RP_SYSTEM
                   "','value':'%u'},{'system':'" IMP_SAMPLE_FHIR_ORDER_SYSTEM "','value':'%o'}]",
                   rp, in_rp, order);
}

static void
put_requester (ImpSampleChart *chart, ImpSampleBuffer *out, const ImpSampleAct *act)
{
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'authoredOn':'%t','requester':{'display':'%s'}", act->at,
                   chart->place.doctor->name.text);
}

/* ---- one dose, a day, the days -----------------------------------------------------------------
 */

static void
put_dose (ImpSampleBuffer *out, const ImpSampleRegimen *regimen)
{
  const char *unit = regimen->drug->unit->cwe.text;

  if (regimen->dose.len == 0 && regimen->per_day.len == 0)
    return;
  imp_sample_json (out,
                   ",'doseAndRate':[{'type':{'coding':[{'system':'urn:oid:1.2.392.100495.20.2.22',"
                   "'code':'1','display':'製剤量'}]}");
  if (regimen->most.len > 0)
    {
      imp_sample_json (out, ",'doseRange':{'low':");
      imp_sample_json_quantity (out, regimen->dose.text, unit);
      imp_sample_json (out, ",'high':");
      imp_sample_json_quantity (out, regimen->most.text, unit);
      imp_sample_json (out, "}");
    }
  else if (regimen->dose.len > 0)
    {
      imp_sample_json (out, ",'doseQuantity':");
      imp_sample_json_quantity (out, regimen->dose.text, unit);
    }
  if (regimen->per_day.len > 0)
    {
      imp_sample_json (out, ",'rateRatio':{'numerator':");
      imp_sample_json_quantity (out, regimen->per_day.text, unit);
      imp_sample_json (out,
                       ",'denominator':{'value':1,'unit':'日','system':'" UCUM "','code':'d'}}");
    }
  imp_sample_json (out, "}]");
}

/* What the code of the usage does not say: weekly, every other day, uneven. */
static void
put_additions (ImpSampleBuffer *out, const ImpSampleRegimen *regimen)
{
  const ImpSampleWord *const words[] = { &regimen->pattern, &regimen->instruction };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (const char *at = words[i]->text; words[i]->len > 0 && at != NULL; at = strchr (at, '~'))
      {
        at += *at == '~' ? 1 : 0;
        imp_sample_json (out, n++ == 0 ? ",'additionalInstruction':[" : ",");
        imp_sample_json_concept (out, at, ADDITIONAL_SYSTEM);
      }
  if (n > 0)
    imp_sample_json (out, "]");
}

static void
put_dosage (ImpSampleBuffer *out, const ImpSampleLine *line, int start)
{
  const ImpSampleRegimen *regimen = line->regimen;
  guint days = line->days > 0 && regimen->days > 0 ? line->days : (guint) regimen->days;

  imp_sample_json (out,
                   ",'dosageInstruction':[{'extension':[{'url':'" EXTENSION
                   "JP_MedicationDosage_PeriodOfUse','valuePeriod':{'start':'%d'}}",
                   start);
  if (days > 0)
    imp_sample_json (out,
                     ",{'url':'" EXTENSION
                     "JP_MedicationDosage_UsageDuration','valueDuration':{'value':%u,"
                     "'unit':'日','system':'" UCUM "','code':'d'}}",
                     days);
  imp_sample_json (out, "],'text':'%s','timing':{'code':", regimen->usage->name.text);
  imp_sample_json_concept (out, regimen->usage->rpt.text, NULL);
  imp_sample_json (out, "}");
  put_additions (out, regimen);
  if (regimen->limit.len > 0)
    imp_sample_json (out, ",'patientInstruction':'%s'", regimen->limit.text);
  if (g_str_equal (regimen->drug->kind, "22"))
    imp_sample_json (out, ",'asNeededBoolean':true");
  imp_sample_json (out, ",'route':");
  imp_sample_json_concept (out, regimen->route.text, NULL);
  if (g_str_equal (regimen->drug->kind, "24"))
    imp_sample_json (out, ",'method':{'text':'自己注射'}");
  if (regimen->site.len > 0)
    {
      imp_sample_json (out, ",'site':");
      imp_sample_json_concept (out, regimen->site.text,
                               "http://jami.jp/CodeSystem/MedicationBodySiteExternal");
    }
  put_dose (out, regimen);
  imp_sample_json (out, "}]");
}

static void
put_dispensing (ImpSampleBuffer *out, const ImpSamplePrescription *prescription,
                const ImpSampleLine *line)
{
  const ImpSampleRegimen *regimen = line->regimen;
  ImpSampleBuffer total = { 0 };
  const char *comma = "";

  imp_sample_put_total (&total, line);
  imp_sample_put (&total, "", 1);
  imp_sample_json (out, ",'dispenseRequest':{");
  if (line->is_one_pack || regimen->times > 0)
    {
      imp_sample_json (out, "'extension':[");
      if (line->is_one_pack)
        imp_sample_json (out, "{'url':'" EXTENSION
                              "JP_MedicationRequest_DispenseRequest_InstructionForDispense',"
                              "'valueCodeableConcept':{'text':'一包化'}}");
      if (regimen->times > 0)
        imp_sample_json (out,
                         "%r{'url':'" EXTENSION
                         "JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount',"
                         "'valueInteger':%u}",
                         line->is_one_pack ? "," : "", (guint) regimen->times);
      imp_sample_json (out, "]");
      comma = ",";
    }
  if (total.len > 1)
    {
      imp_sample_json (out, "%r'quantity':", comma);
      imp_sample_json_quantity (out, total.bytes, regimen->drug->unit->cwe.text);
      comma = ",";
    }
  if (prescription->refills > 0)
    imp_sample_json (out, "%r'numberOfRepeatsAllowed':%u", comma, prescription->refills);
  imp_sample_json (out, "}");
  imp_sample_buffer_clear (&total);
}

void
imp_sample_fhir_drug (ImpSampleChart *chart, const ImpSamplePrescription *prescription, guint i,
                      guint group, const ImpSampleAct *act)
{
  const ImpSampleLine *line = &prescription->lines[i];
  ImpSampleBuffer *out;
  char id[32], rp[8];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  imp_sample_fhir_order_id (id, sizeof id, prescription->order, i + 1);
  g_snprintf (rp, sizeof rp, "%u", group);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_DRUG_ORDER, id,
                               imp_sample_fhir_updated (act, prescription->order));
  imp_sample_fhir_department (chart, out);
  put_numbers (out, rp, i + 1, prescription->order);
  imp_sample_json (out, ",'status':'%r','intent':'order','category':",
                   imp_sample_fhir_order_status (act, prescription->order));
  imp_sample_json_concepts (out, chart->hospital->tables->phrases[prescription->category].text,
                            CATEGORY_SYSTEM);
  imp_sample_json (out, ",'medicationCodeableConcept':");
  imp_sample_json_concept (out, line->regimen->drug->cwe.text, NULL);
  put_requester (chart, out, act);
  put_dosage (out, line, prescription->start);
  put_dispensing (out, prescription, line);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_DRUG_ORDER);
  imp_sample_fhir_withdraw (chart, IMP_SAMPLE_FHIR_DRUG_ORDER, id, prescription->order, act);
}

/* ---- injections --------------------------------------------------------------------------------
 */

/* Several drugs in one bag: spec fhir.md 3.5.2. */
static void
put_mixture (ImpSampleChart *chart, ImpSampleBuffer *out, const ImpSampleInfusion *infusion)
{
  const ImpSampleTables *tables = chart->hospital->tables;

  imp_sample_json (out, ",'contained':[{'resourceType':'Medication','id':'bag'");
  if (infusion->volume.len > 0)
    {
      imp_sample_json (out, ",'amount':{'numerator':");
      imp_sample_json_quantity (out, infusion->volume.text, imp_sample_phrase (tables, ML)->text);
      imp_sample_json (out, ",'denominator':{'value':1,'unit':'回'}}");
    }
  imp_sample_json (out, ",'ingredient':[");
  for (guint i = 0; i < infusion->n_mixtures; i++)
    {
      const ImpSampleMixture *mixture =
          imp_sample_table_row (tables, IMP_SAMPLE_MIXTURES, infusion->first_mixture + i);
      const ImpSampleUnit *unit = mixture->unit != NULL ? mixture->unit : mixture->drug->unit;

      imp_sample_json (out,
                       "%r{'extension':[{'url':'" EXTENSION
                       "JP_Medication_Ingredient_DrugNo','valueInteger':%u}],"
                       "'itemCodeableConcept':",
                       i > 0 ? "," : "", i + 1);
      imp_sample_json_concept (out, mixture->drug->cwe.text, NULL);
      imp_sample_json (out, ",'isActive':%r,'strength':{'numerator':",
                       mixture->part.text[0] == 'B' ? "false" : "true");
      imp_sample_json_quantity (out, mixture->amount.text, unit->cwe.text);
      imp_sample_json (
          out, ",'denominator':{'value':1,'unit':'回','system':'urn:oid:1.2.392.100495.20.2.101',"
               "'code':'TIME'}}}");
    }
  imp_sample_json (out, "]}]");
}

static void
put_rate (ImpSampleBuffer *out, const ImpSampleInfusion *infusion)
{
  if (infusion->rate.len == 0)
    return;
  imp_sample_json (out, ",'rateRatio':{'numerator':");
  imp_sample_json_quantity (out, infusion->rate.text, "mL");
  imp_sample_json (out, ",'denominator':{'value':1,'unit':'h','system':'" UCUM "','code':'h'}}");
}

static void
put_way (ImpSampleBuffer *out, const ImpSampleInfusion *infusion)
{
  imp_sample_json (out, ",'route':");
  imp_sample_json_concept (out, infusion->route.text, NULL);
  if (infusion->method.len > 0)
    {
      imp_sample_json (out, ",'method':");
      imp_sample_json_concept (out, infusion->method.text, NULL);
    }
}

static void
put_infusion_dosage (ImpSampleBuffer *out, const ImpSampleFhirDose *dose)
{
  const ImpSampleInfusion *infusion = dose->infusion;

  imp_sample_json (out, ",'dosageInstruction':[{");
  if (dose->from == 0)
    imp_sample_json (out,
                     "'text':'疼痛時　１日３回まで','asNeededBoolean':true,"
                     "'timing':{'repeat':{'boundsPeriod':{'start':'%d'}}}",
                     dose->day);
  else
    imp_sample_json (out, "'timing':{'repeat':{'boundsPeriod':{'start':'%t','end':'%t'}}}",
                     dose->from, dose->to);
  if (infusion->instruction.len > 0)
    {
      imp_sample_json (out, ",'additionalInstruction':[");
      imp_sample_json_concept (out, infusion->instruction.text, NULL);
      imp_sample_json (out, "]");
    }
  put_way (out, infusion);
  if (infusion->rate.len > 0)
    {
      imp_sample_json (out, ",'doseAndRate':[{'type':{'text':'製剤量'}");
      put_rate (out, infusion);
      imp_sample_json (out, "}]");
    }
  imp_sample_json (out, "}]");
}

static void
dose_id (char *out, gsize size, const ImpSampleFhirDose *dose)
{
  g_snprintf (out, size, "%015" G_GUINT64_FORMAT "-%02u-%03u", dose->order, dose->group,
              dose->number);
}

void
imp_sample_fhir_infusion (ImpSampleChart *chart, const ImpSampleFhirDose *dose,
                          const ImpSampleAct *act)
{
  ImpSampleBuffer *out;
  char id[40];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  dose_id (id, sizeof id, dose);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_DRUG_ORDER, id,
                               imp_sample_fhir_updated (act, dose->order));
  put_mixture (chart, out, dose->infusion);
  imp_sample_fhir_department (chart, out);
  put_numbers (out, dose->rp, 1, dose->order);
  imp_sample_json (out, ",'status':'%r','intent':'order','category':",
                   imp_sample_fhir_order_status (act, dose->order));
  imp_sample_json_concepts (out, imp_sample_phrase (chart->hospital->tables, WARD_RX)->text,
                            CATEGORY_SYSTEM);
  imp_sample_json (out, ",'medicationReference':{'reference':'#bag'}");
  put_requester (chart, out, act);
  put_infusion_dosage (out, dose);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_DRUG_ORDER);
  imp_sample_fhir_withdraw (chart, IMP_SAMPLE_FHIR_DRUG_ORDER, id, dose->order, act);
}

/* ---- given -------------------------------------------------------------------------------------
 */

static void
put_nurse (ImpSampleBuffer *out, const ImpSampleStaff *nurse)
{
  imp_sample_json (out, ",'performer':[{'actor':{'display':'%s'}}]", nurse->name.text);
}

static void
put_reason (ImpSampleBuffer *out, const ImpSampleWord *reason)
{
  if (reason == NULL)
    return;
  imp_sample_json (out, ",'statusReason':[");
  imp_sample_json_concept (out, reason->text, NULL);
  imp_sample_json (out, "]");
}

void
imp_sample_fhir_given (ImpSampleChart *chart, const ImpSampleFhirDose *dose, const char *outcome,
                       const ImpSampleWord *reason, const ImpSampleWord *note,
                       const ImpSampleStaff *nurse)
{
  static const struct
  {
    const char *outcome, *status;
  } statuses[] = { { "CP", "completed" },
                   { "PA", "stopped" },
                   { "RE", "not-done" },
                   { "NA", "not-done" },
                   { "", "in-progress" } };
  const ImpSampleInfusion *infusion = dose->infusion;
  ImpSampleBuffer *out;
  char id[40], given[48];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  dose_id (id, sizeof id, dose);
  g_snprintf (given, sizeof given, "%s-given", id);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_GIVEN, given, dose->from + 300);
  put_mixture (chart, out, infusion);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_equal (statuses[i].outcome, outcome))
      imp_sample_json (out, ",'status':'%r'", statuses[i].status);
  put_reason (out, reason);
  imp_sample_json (out, ",'medicationReference':{'reference':'#bag'}");
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectivePeriod':{'start':'%t'", dose->from);
  if (*outcome != '\0')
    imp_sample_json (out, ",'end':'%t'", dose->to);
  imp_sample_json (out, "}");
  put_nurse (out, nurse);
  imp_sample_json (out, ",'request':{'reference':'MedicationRequest/%r'}", id);
  if (note != NULL)
    {
      imp_sample_json (out, ",'note':[{'text':'");
      imp_sample_json_words (out, note->text);
      imp_sample_json (out, "'}]");
    }
  imp_sample_json (out, ",'dosage':{'text':'%s'", infusion->rate.len > 0 ? "点滴" : "ワンショット");
  put_way (out, infusion);
  put_rate (out, infusion);
  imp_sample_json (out, "}");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_GIVEN);
}

void
imp_sample_fhir_taken (ImpSampleChart *chart, const ImpSamplePrescription *prescription, guint i,
                       gint64 at, const ImpSampleStaff *nurse, gboolean is_refused)
{
  const ImpSampleRegimen *regimen = prescription->lines[i].regimen;
  ImpSampleBuffer *out;
  char order[32], id[64], time[16] = "";

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  imp_sample_format_time (at, time);
  imp_sample_fhir_order_id (order, sizeof order, prescription->order, i + 1);
  g_snprintf (id, sizeof id, "%s-%.12s", order, time);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_GIVEN, id, at + 300);
  imp_sample_json (out, ",'status':'%r'", is_refused ? "not-done" : "completed");
  put_reason (out, is_refused ? imp_sample_phrase (chart->hospital->tables, REFUSED) : NULL);
  imp_sample_json (out, ",'medicationCodeableConcept':");
  imp_sample_json_concept (out, regimen->drug->cwe.text, NULL);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t'", at);
  put_nurse (out, nurse);
  imp_sample_json (
      out, ",'request':{'reference':'MedicationRequest/%r'},'dosage':{'text':'%s','route':", order,
      regimen->usage->name.text);
  imp_sample_json_concept (out, regimen->route.text, NULL);
  imp_sample_json (out, ",'dose':");
  imp_sample_json_quantity (out, regimen->dose.text, regimen->drug->unit->cwe.text);
  imp_sample_json (out, "}");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_GIVEN);
}
