/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

/* Who somebody is, and the lists of allergies and problems: spec fhir.md 3.1, 3.3, 3.4. */

#define NAME_KIND "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
#define CONDITION_EXTENSION IMP_SAMPLE_FHIR_CORE "Extension/StructureDefinition/JP_Condition_"
#define SNOMED "http://snomed.info/sct"

/* ---- Patient -----------------------------------------------------------------------------------
 */

/* One repetition of PID-5: family^given^^^^^L^kind. */
static void
put_name (ImpSampleBuffer *out, const char *name, gsize len)
{
  g_autofree char *copy = g_strndup (name, len);
  g_auto (GStrv) parts = g_strsplit (copy, "^", -1);
  guint n = g_strv_length (parts);
  const char *given = n > 1 ? parts[1] : "";
  const char *kind = n > 7 ? parts[7] : "";

  imp_sample_json (out, "{");
  if (*kind != '\0')
    imp_sample_json (out, "'extension':[{'url':'" NAME_KIND "','valueCode':'%r'}],",
                     *kind == 'P'   ? "SYL"
                     : *kind == 'A' ? "ABC"
                                    : "IDE");
  imp_sample_json (out, "'use':'official','text':'%s%s%s','family':'%s'", parts[0],
                   *given != '\0' ? " " : "", given, parts[0]);
  if (*given != '\0')
    imp_sample_json (out, ",'given':['%s']", given);
  imp_sample_json (out, "}");
}

static void
put_names (ImpSampleBuffer *out, const ImpSampleBuffer *names)
{
  const char *at = names->bytes, *end = names->bytes + names->len;

  imp_sample_json (out, ",'name':[");
  while (at < end)
    {
      const char *next = memchr (at, '~', (gsize) (end - at));

      if (next == NULL)
        next = end;
      imp_sample_json (out, at > names->bytes ? "," : "");
      put_name (out, at, (gsize) (next - at));
      at = next + 1;
    }
  imp_sample_json (out, "]");
}

/* At the precision it is known with. */
static void
put_birth (ImpSampleBuffer *out, const ImpSamplePerson *person)
{
  int year, month, day;

  imp_sample_day_parts (person->birth_day, &year, &month, &day);
  imp_sample_json (out, ",'birthDate':'");
  imp_sample_put_number (out, (guint64) year, 4);
  if (person->birth_digits >= 6)
    {
      imp_sample_json (out, "-");
      imp_sample_put_number (out, (guint64) month, 2);
    }
  if (person->birth_digits >= 8)
    {
      imp_sample_json (out, "-");
      imp_sample_put_number (out, (guint64) day, 2);
    }
  imp_sample_json (out, "'");
}

static void
write_patient (ImpSampleChart *chart, gboolean has_address, gint64 updated)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSamplePerson *person = &chart->person;
  ImpSampleBuffer *out;
  char id[16];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT, person->id);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_PATIENT, id, updated);
  imp_sample_json (out,
                   ",'identifier':[{'system':'" IMP_SAMPLE_FHIR_PATIENT_SYSTEM
                   "','value':'%r'}],'active':true",
                   id);
  put_names (out, &person->name_text);
  if (has_address)
    imp_sample_json (out, ",'telecom':[{'system':'phone','value':'000-%z-%u','use':'home'}]",
                     (guint) (person->id / 10000 % 1000), 10000 + (guint) (person->id % 10000));
  imp_sample_json (out, ",'gender':'%r'",
                   person->sex == 'M'   ? "male"
                   : person->sex == 'F' ? "female"
                                        : "unknown");
  put_birth (out, person);
  if (has_address)
    imp_sample_json (
        out, ",'address':[{'use':'home','text':'%s%s%s%s','postalCode':'%s','country':'JP'}]",
        person->address.text, tables->wide_numbers[person->block].text,
        imp_sample_phrase (tables, HYPHEN)->text, tables->wide_numbers[person->house].text,
        person->postal.text);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_PATIENT);
}

/* ---- AllergyIntolerance ------------------------------------------------------------------------
 */

static const char *
allergy_category (const char *class_)
{
  static const char *const categories[][2] = {
    { "DA", "medication" }, { "FA", "food" }, { "LA", "environment" }, { "MC", "medication" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_str_has_prefix (class_, categories[i][0]))
      return categories[i][1];
  return NULL;
}

/* Asked, and there are none; in the words of the hospital with a code that says so. */
static const char *
no_allergy_code (const ImpSampleAllergen *allergen)
{
  return g_str_equal (allergen->key, "none")        ? "716186003"
         : g_str_equal (allergen->key, "none-drug") ? "409137002"
                                                    : NULL;
}

static void
put_reaction (ImpSampleBuffer *out, const ImpSampleAllergen *allergen)
{
  static const char *const severities[][2] = { { "SV", "severe" },
                                               { "MO", "moderate" },
                                               { "MI", "mild" } };

  if (allergen->reaction.len == 0)
    return;
  imp_sample_json (out, ",'reaction':[{'manifestation':");
  imp_sample_json_concepts (out, allergen->reaction.text, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_has_prefix (allergen->severity.text, severities[i][0]))
      imp_sample_json (out, ",'severity':'%r'", severities[i][1]);
  imp_sample_json (out, "}]");
}

static void
put_onset (ImpSampleBuffer *out, const ImpSampleWord *when)
{
  const char *text = when != NULL ? when->text : "";
  gsize digits = strspn (text, G_CSET_DIGITS);

  if (digits == 4 && text[4] == '\0')
    imp_sample_json (out, ",'onsetDateTime':'%r'", text);
  else if (digits == 6 && text[6] == '\0')
    {
      char month[8];

      g_snprintf (month, sizeof month, "%.4s-%.2s", text, text + 4);
      imp_sample_json (out, ",'onsetDateTime':'%r'", month);
    }
  else if (*text != '\0')
    imp_sample_json (out, ",'onsetString':'%s'", text);
}

static void
write_allergy (ImpSampleChart *chart, const ImpSampleAllergy *allergy, guint number, gint64 updated)
{
  const ImpSampleAllergen *allergen = allergy->allergen;
  const char *category = allergy_category (allergen->class_.text);
  ImpSampleBuffer *out;
  char id[32];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-al-%u", chart->person.id, number);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_ALLERGY, id, updated);
  imp_sample_json (out,
                   ",'clinicalStatus':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                   "allergyintolerance-clinical','code':'%r'}]}",
                   allergy->action == IMP_SAMPLE_PHRASE_DELETE ? "inactive" : "active");
  if (allergy->certainty[0] == 'U')
    imp_sample_json (out, ",'verificationStatus':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                          "allergyintolerance-verification','code':'unconfirmed'}]}");
  if (category != NULL)
    imp_sample_json (out, ",'category':['%r']", category);
  imp_sample_json (out, ",'code':");
  if (no_allergy_code (allergen) != NULL)
    {
      imp_sample_json (out, "{'coding':[{'system':'" SNOMED "','code':'%r'}],'text':'",
                       no_allergy_code (allergen));
      imp_sample_json_words (out, allergen->allergen.text);
      imp_sample_json (out, "'}");
    }
  else
    imp_sample_json_concept (out, allergen->allergen.text, NULL);
  imp_sample_fhir_subject (chart, out, "patient");
  put_onset (out, allergy->when);
  imp_sample_json (out, ",'recordedDate':'%t'", updated);
  put_reaction (out, allergen);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_ALLERGY);
}

/* ---- Condition ---------------------------------------------------------------------------------
 */

static void
put_modifier (ImpSampleBuffer *out, const char *name, const ImpSampleWord *modifier,
              const char *comma)
{
  imp_sample_json (out, "%r{'url':'" CONDITION_EXTENSION "%r','valueCodeableConcept':", comma,
                   name);
  imp_sample_json_concept (out, modifier->text,
                           "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber");
  imp_sample_json (out, "}");
}

static void
put_diagnosis (ImpSampleChart *chart, ImpSampleBuffer *out, const ImpSampleProblem *problem)
{
  const ImpSampleDiagnosis *diagnosis = problem->diagnosis;

  imp_sample_json (out, ",'code':{");
  if (problem->prefix != NULL || problem->is_suspected)
    {
      imp_sample_json (out, "'extension':[");
      if (problem->prefix != NULL)
        put_modifier (out, "DiseasePrefixModifier", problem->prefix, "");
      if (problem->is_suspected)
        put_modifier (out, "DiseasePostfixModifier",
                      imp_sample_phrase (chart->hospital->tables, SUSPECTED_SUFFIX),
                      problem->prefix != NULL ? "," : "");
      imp_sample_json (out, "],");
    }
  imp_sample_json (
      out, "'coding':[{'system':'http://medis.or.jp/CodeSystem/master-disease-keyNumber','code':'");
  imp_sample_put (out, diagnosis->disease.text, strcspn (diagnosis->disease.text, "^"));
  imp_sample_json (out,
                   "','display':'%s'},{'system':'http://medis.or.jp/CodeSystem/"
                   "master-disease-exCode','code':'%s'}",
                   diagnosis->name.text, diagnosis->exchange.text);
  if (diagnosis->icd.len > 0)
    imp_sample_json (
        out, ",{'system':'" IMP_SAMPLE_FHIR_CORE "mhlw/CodeSystem/ICD10-2013-full','code':'%s'}",
        diagnosis->icd.text);
  imp_sample_json (out, "],'text':'");
  if (problem->prefix != NULL)
    imp_sample_json_words (out, problem->prefix->text);
  imp_sample_json (out, "%s", diagnosis->name.text);
  if (problem->is_suspected)
    imp_sample_json_words (out,
                           imp_sample_phrase (chart->hospital->tables, SUSPECTED_SUFFIX)->text);
  imp_sample_json (out, "'}");
}

static void
put_extensions (ImpSampleChart *chart, ImpSampleBuffer *out, const ImpSampleProblem *problem)
{
  guint n = 0;

  if (problem->outcome != NULL)
    {
      imp_sample_json (out, ",'extension':[{'url':'" CONDITION_EXTENSION
                            "DiseaseOutcome','valueCodeableConcept':");
      imp_sample_json_concept (out, problem->outcome->text, NULL);
      imp_sample_json (out, "}");
      n++;
    }
  if (problem->is_main)
    imp_sample_json (out, n++ > 0 ? "," : ",'extension':[");
  if (problem->is_main)
    imp_sample_json (
        out,
        "{'url':'http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/JP_eCS_DiagnosisType',"
        "'valueCodeableConcept':{'coding':[{'system':"
        "'http://terminology.hl7.org/CodeSystem/ex-diagnosistype','code':'principal'}]}}");
  imp_sample_json (out, n > 0 ? "]" : "");
}

static void
put_problem_status (ImpSampleBuffer *out, const ImpSampleProblem *problem, gboolean is_error)
{
  if (!is_error)
    imp_sample_json (out,
                     ",'clinicalStatus':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                     "condition-clinical','code':'%r'}]}",
                     problem->end != 0 ? "resolved" : "active");
  imp_sample_json (out,
                   ",'verificationStatus':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                   "condition-ver-status','code':'%r'}]}",
                   is_error                ? "entered-in-error"
                   : problem->is_suspected ? "provisional"
                                           : "confirmed");
}

static void
write_problem (ImpSampleChart *chart, const ImpSampleProblem *problem, guint number, gint64 updated)
{
  ImpSampleBuffer *out;
  char id[32];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-co-%u", chart->person.id, number);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_CONDITION, id, updated);
  if (problem->is_confidential)
    {
      out->len--; /* into the meta */
      imp_sample_json (out, ",'security':[{'system':'" IMP_SAMPLE_FHIR_TERMS
                            "v3-Confidentiality','code':'V'}]}");
    }
  put_extensions (chart, out, problem);
  put_problem_status (out, problem, g_str_equal (problem->action, "DE"));
  put_diagnosis (chart, out, problem);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'onsetDateTime':'%d'", problem->start);
  if (problem->end != 0)
    imp_sample_json (out, ",'abatementDateTime':'%d'", problem->end);
  imp_sample_json (out, ",'recordedDate':'%d'", problem->start);
  if (problem->typed != NULL)
    imp_sample_json (out, ",'note':[{'text':'%s'}]", problem->typed->text);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_CONDITION);
}

/* ---- the body ----------------------------------------------------------------------------------
 */

static void
write_measure (ImpSampleChart *chart, const char *name, const char *coded, gint64 thousandths,
               const char *unit, gint64 updated)
{
  ImpSampleBuffer *out;
  char id[32];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-%s", chart->person.id, name);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_OBSERVATION, id, updated);
  imp_sample_json (
      out, ",'status':'final','category':[{'coding':[{'system':'" IMP_SAMPLE_FHIR_CORE
           "CodeSystem/JP_SimpleObservationCategory_CS','code':'body-measurement'}]}],'code':");
  imp_sample_json_concept (out, coded, NULL);
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (out, ",'effectiveDateTime':'%t','valueQuantity':{'value':", updated);
  imp_sample_put_thousandths (out, thousandths, 1);
  imp_sample_json (out, ",'unit':'%r','system':'http://unitsofmeasure.org','code':'%r'}", unit,
                   unit);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_OBSERVATION);
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static void
write_lists (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 updated)
{
  const ImpSampleTables *tables = chart->hospital->tables;

  for (guint i = 0; i < course->n_allergies; i++)
    write_allergy (chart, &course->allergies[i], i + 1, updated);
  for (guint i = 0; i < course->n_problems; i++)
    write_problem (chart, &course->problems[i], i + 1, updated);
  if (chart->person.height > 0 && !course->lacks_basics)
    {
      write_measure (chart, "height", imp_sample_phrase (tables, HEIGHT)->text,
                     chart->person.height, "cm", updated);
      write_measure (chart, "weight", imp_sample_phrase (tables, WEIGHT)->text,
                     chart->person.weight, "kg", updated);
    }
}

void
imp_sample_fhir_person (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 updated)
{
  if (chart->fhir == NULL)
    return;
  if (imp_sample_fhir_is_full (chart->fhir))
    {
      imp_sample_fhir_stay_end (chart);
      write_patient (chart, !course->lacks_basics, updated);
      write_lists (chart, course, updated);
      imp_sample_fhir_added (chart, course, updated);
    }
  /* Whom the storage does not know yet the other system does not know either. */
  else if (!course->lacks_basics)
    {
      write_patient (chart, TRUE, updated);
      imp_sample_fhir_added (chart, course, updated);
    }
  chart->fhir->died = 0;
  imp_sample_fhir_settle (chart->fhir, TRUE);
}
