/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

/*
 * What no storage of the sample hospital has, from systems beside it: family history, warnings,
 * vaccinations, implants, advance directives, drugs brought along, appointments (spec
 * fhir.md 3.5.5, 3.7).
 */

/* Purposes of imp_sample_fhir_draw(). */
enum
{
  DRAW_FAMILY = 1,
  DRAW_FAMILY_WHO,
  DRAW_FALL,
  DRAW_INFLUENZA,
  DRAW_PNEUMOCOCCUS,
  DRAW_DEVICE,
  DRAW_DIRECTIVE,
  DRAW_BROUGHT,
  DRAW_APPOINTMENT,
  DRAW_CANCELLED,
  DRAW_DAY,
  DRAW_HOUR,
};

static ImpSampleBuffer *
begin (ImpSampleChart *chart, ImpSampleFhirType type, const char *name, guint number,
       gint64 updated)
{
  char id[48];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-%s-%u", chart->person.id, name, number);
  return imp_sample_fhir_begin (chart, type, id, updated);
}

static void
write_family (ImpSampleChart *chart, gint64 updated)
{
  static const char *const diseases[][2] = { { "E11", "２型糖尿病" }, { "I10", "高血圧症" },
                                             { "C16", "胃癌" },       { "I21", "急性心筋梗塞" },
                                             { "C18", "大腸癌" },     { "I61", "脳出血" },
                                             { "C50", "乳癌" } };
  static const char *const relatives[][2] = { { "FTH", "父" }, { "MTH", "母" }, { "SIB", "同胞" } };
  guint disease = imp_sample_fhir_draw (chart, 0, DRAW_FAMILY, 20);
  guint who = imp_sample_fhir_draw (chart, 0, DRAW_FAMILY_WHO, G_N_ELEMENTS (relatives));
  ImpSampleBuffer *out;

  if (disease >= G_N_ELEMENTS (diseases))
    return;
  /* No man is told of with breast cancer here. */
  who = disease == 6 ? 1 : who;
  out = begin (chart, IMP_SAMPLE_FHIR_FAMILY, "family", 1, updated);
  imp_sample_json (out, ",'status':'partial'");
  imp_sample_fhir_subject (chart, out, "patient");
  imp_sample_json (out,
                   ",'date':'%d','relationship':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                   "v3-RoleCode','code':'%r'}],'text':'%r'},'condition':[{'code':{'coding':[{'"
                   "system':'" IMP_SAMPLE_FHIR_CORE
                   "mhlw/CodeSystem/ICD10-2013-full','code':'%r'}],'text':'%r'}}]",
                   imp_sample_time_day (updated), relatives[who][0], relatives[who][1],
                   diseases[disease][0], diseases[disease][1]);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_FAMILY);
}

static void
write_flag (ImpSampleChart *chart, const char *category, const char *words, guint number,
            gint64 updated)
{
  ImpSampleBuffer *out = begin (chart, IMP_SAMPLE_FHIR_FLAG, "flag", number, updated);

  imp_sample_json (out,
                   ",'status':'active','category':[{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                   "flag-category','code':'%r'}]}],'code':{'text':'%r'}",
                   category, words);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'period':{'start':'%d'}", imp_sample_time_day (updated));
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_FLAG);
}

static void
write_flags (ImpSampleChart *chart, const ImpSampleCourse *course, int age, gint64 updated)
{
  if (age >= 75 && imp_sample_fhir_draw (chart, 0, DRAW_FALL, 4) == 0)
    write_flag (chart, "safety", "転倒・転落注意", 1, updated);
  if (course->has_infection_risk)
    write_flag (chart, "contact", "血液・体液の感染予防策", 2, updated);
}

static void
write_vaccination (ImpSampleChart *chart, const char *words, const char *disease, int day,
                   guint number)
{
  ImpSampleBuffer *out =
      begin (chart, IMP_SAMPLE_FHIR_IMMUNIZATION, "vaccine", number, imp_sample_time (day, 15, 0));

  imp_sample_json (out, ",'status':'completed','vaccineCode':{'text':'%r'}", words);
  imp_sample_fhir_subject (chart, out, "patient");
  imp_sample_json (
      out,
      ",'occurrenceDateTime':'%d','primarySource':true,'lotNumber':'MHN%z','route':{'text':'皮下'},"
      "'protocolApplied':[{'targetDisease':[{'text':'%r'}],'doseNumberPositiveInt':1}]",
      day, imp_sample_fhir_draw (chart, day, number, 1000), disease);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_IMMUNIZATION);
}

/* Each autumn in the data. */
static void
write_vaccinations (ImpSampleChart *chart, int age)
{
  const ImpSampleHospital *hospital = chart->hospital;
  int first_year, last_year, month, day_of_month;
  guint n = 0;

  imp_sample_day_parts (hospital->first_day, &first_year, &month, &day_of_month);
  imp_sample_day_parts (hospital->last_day, &last_year, &month, &day_of_month);
  for (int year = first_year; year <= last_year; year++)
    {
      int day =
          imp_sample_day (year, 10, 20) + (int) imp_sample_fhir_draw (chart, year, DRAW_DAY, 40);

      if (chart->fhir->died != 0 && imp_sample_time (day, 0, 0) >= chart->fhir->died)
        break;
      if (day >= hospital->first_day && day < hospital->last_day &&
          day > chart->person.birth_day + 400 &&
          imp_sample_fhir_draw (chart, year, DRAW_INFLUENZA, 100) < (age >= 65 ? 45u : 12u))
        write_vaccination (chart, "インフルエンザＨＡワクチン", "インフルエンザ", day, ++n);
    }
  if (age >= 66 && imp_sample_fhir_draw (chart, 0, DRAW_PNEUMOCOCCUS, 4) == 0)
    write_vaccination (chart, "２３価肺炎球菌ワクチン", "肺炎球菌感染症",
                       hospital->first_day + (int) imp_sample_fhir_draw (chart, 0, DRAW_DAY, 20),
                       ++n);
}

static void
write_device (ImpSampleChart *chart, int age, gint64 updated)
{
  static const char *const devices[] = { "植込み型ペースメーカー（条件付きＭＲＩ対応）",
                                         "人工股関節（右）", "眼内レンズ（両眼）",
                                         "冠動脈ステント" };
  guint draw = imp_sample_fhir_draw (chart, 0, DRAW_DEVICE, 40);
  ImpSampleBuffer *out;

  if (age < 60 || draw >= G_N_ELEMENTS (devices))
    return;
  out = begin (chart, IMP_SAMPLE_FHIR_DEVICE, "implant", 1, updated);
  imp_sample_json (out,
                   ",'status':'active','manufacturer':'見本医療機器','lotNumber':'L%i',"
                   "'deviceName':[{'name':'%r','type':'user-friendly-name'}],'type':{'text':'%r'}",
                   chart->person.id / 3, devices[draw], devices[draw]);
  imp_sample_fhir_subject (chart, out, "patient");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_DEVICE);
}

static void
write_directive (ImpSampleChart *chart, int age, gint64 updated)
{
  ImpSampleBuffer *out;

  if (age < 85 || imp_sample_fhir_draw (chart, 0, DRAW_DIRECTIVE, 5) != 0)
    return;
  out = begin (chart, IMP_SAMPLE_FHIR_CONSENT, "directive", 1, updated);
  imp_sample_json (
      out, ",'status':'active','scope':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
           "consentscope','code':'adr'}],'text':'事前指示'},'category':[{'coding':[{'system':"
           "'http://loinc.org','code':'42348-3'}],'text':'事前指示書（心肺蘇生を希望しない）'}]");
  imp_sample_fhir_subject (chart, out, "patient");
  imp_sample_json (out, ",'dateTime':'%d','policyRule':{'text':'本人の意思表示書による'}",
                   imp_sample_time_day (updated));
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_CONSENT);
}

/* Of another hospital, and not among the orders of this one. */
static void
write_brought (ImpSampleChart *chart, int age, gint64 updated)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  guint n = imp_sample_table_size (tables, IMP_SAMPLE_REGIMENS);
  const ImpSampleRegimen *regimen = imp_sample_table_row (
      tables, IMP_SAMPLE_REGIMENS, imp_sample_fhir_draw (chart, 1, DRAW_BROUGHT, n));
  ImpSampleBuffer *out;

  if (age < 50 || imp_sample_fhir_draw (chart, 0, DRAW_BROUGHT, 5) != 0 || regimen->days < 28 ||
      regimen->pattern.len > 0 || regimen->most.len > 0 || regimen->dose.len == 0)
    return;
  out = begin (chart, IMP_SAMPLE_FHIR_STATEMENT, "brought", 1, updated);
  imp_sample_json (
      out, ",'status':'active','category':{'coding':[{'system':'urn:oid:1.2.392.200250.2.2.7',"
           "'code':'BDP'}],'text':'持参薬'},'medicationCodeableConcept':");
  imp_sample_json_concept (out, regimen->drug->cwe.text, NULL);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out,
                   ",'effectivePeriod':{'start':'%d'},'dateAsserted':'%t','informationSource':"
                   "{'display':'お薬手帳'},'note':[{'text':'他院処方'}],'dosage':[{'text':'%s','"
                   "timing':{'code':",
                   imp_sample_time_day (updated) - 30, updated, regimen->usage->name.text);
  imp_sample_json_concept (out, regimen->usage->rpt.text, NULL);
  imp_sample_json (out, "},'doseAndRate':[{'doseQuantity':");
  imp_sample_json_quantity (out, regimen->dose.text, regimen->drug->unit->cwe.text);
  imp_sample_json (out, "}]}]");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_STATEMENT);
}

static void
write_appointment (ImpSampleChart *chart, gint64 updated)
{
  int day = chart->hospital->last_day + 3 + (int) imp_sample_fhir_draw (chart, 0, DRAW_DAY, 60);
  guint slot = imp_sample_fhir_draw (chart, 0, DRAW_HOUR, 24);
  ImpSampleBuffer *out;
  gint64 start;

  if (imp_sample_fhir_draw (chart, 0, DRAW_APPOINTMENT, 3) != 0)
    return;
  day += imp_sample_weekday (day) == 0 ? 1 : 0;
  start = imp_sample_time (day, 9 + (int) slot / 6, (int) slot % 6 * 10);
  out = begin (chart, IMP_SAMPLE_FHIR_APPOINTMENT, "next", 1, updated);
  imp_sample_json (
      out,
      ",'status':'%r','serviceType':[{'text':'%s'}],'description':'再診','start':'%t','end':'%t',"
      "'participant':[{'actor':{'reference':'Patient/%i'},'status':'accepted'},{'actor':"
      "{'display':'%s'},'status':'accepted'}]",
      imp_sample_fhir_draw (chart, 0, DRAW_CANCELLED, 12) == 0 ? "cancelled" : "booked",
      chart->place.department->name.text, start, start + 600, chart->person.id,
      chart->place.doctor->name.text);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_APPOINTMENT);
}

void
imp_sample_fhir_added (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 updated)
{
  int age = imp_sample_chart_age (chart, chart->hospital->last_day);

  write_family (chart, updated);
  write_flags (chart, course, age, updated);
  write_vaccinations (chart, age);
  write_device (chart, age, updated);
  write_directive (chart, age, updated);
  write_brought (chart, age, updated);
  if (chart->fhir->died == 0)
    write_appointment (chart, updated);
}
