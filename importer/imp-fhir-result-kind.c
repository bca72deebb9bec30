/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-result.h"

#include <string.h>

/* What kind of Observation one is: tables of spec fhir.md 3.6. */

#define LOINC "http://loinc.org"
#define NURSING_CODES "master-nursingObservationKeyCode"
#define NURSING_OID "urn:oid:1.2.392.200119.4.804"

/* ---- codes --------------------------------------------------------------------------------------
 */

gboolean
imp_fhir_is_jlac_system (const char *system)
{
  static const char *const oids[] = { "urn:oid:1.2.392.200119.4.504",
                                      "urn:oid:1.2.392.200119.4.1005", NULL };

  if (system == NULL)
    return FALSE;
  for (guint i = 0; oids[i] != NULL; i++)
    if (imp_fhir_same_system (system, oids[i]))
      return TRUE;
  return strstr (system, "JLAC") != NULL || strstr (system, "jlac") != NULL;
}

/* Local codes and the code of what has none, of the laboratory: their digits mean nothing. */
static gboolean
has_local_code (const cJSON *concept)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *system = imp_json_string (coding, "system");

      if (system != NULL && strstr (system, "ObsLabResult") != NULL)
        return TRUE;
    }
  return FALSE;
}

static const char *
first_blank_off (const char *code)
{
  while (code != NULL && g_ascii_isspace (*code))
    code++;
  return code;
}

const char *
imp_fhir_jlac (const cJSON *concept)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *code = first_blank_off (imp_json_string (coding, "code"));

      if (code != NULL && imp_fhir_is_jlac_system (imp_json_string (coding, "system")))
        return code;
    }
  return NULL;
}

static gboolean
is_loinc (const char *system)
{
  return imp_fhir_same_system (system, LOINC);
}

static gboolean
is_nursing (const char *system)
{
  return system != NULL &&
         (strstr (system, NURSING_CODES) != NULL || imp_fhir_same_system (system, NURSING_OID));
}

/* Whether a coding of a system that @is_system takes has one of @codes. */
static gboolean
has_code (const cJSON *concept, gboolean (*is_system) (const char *), const char *const *codes)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      g_autofree char *code = g_strdup (imp_json_string (coding, "code"));

      if (code != NULL && is_system (imp_json_string (coding, "system")) &&
          g_strv_contains (codes, g_strstrip (code)))
        return TRUE;
    }
  return FALSE;
}

/* ---- categories ---------------------------------------------------------------------------------
 */

gboolean
imp_fhir_has_category (const cJSON *node, const char *system_end, const char *code)
{
  for (const cJSON *category = imp_json_first (imp_json_get (node, "category")); category != NULL;
       category = imp_json_next (category))
    for (const cJSON *coding = imp_json_first (imp_json_get (category, "coding")); coding != NULL;
         coding = imp_json_next (coding))
      {
        const char *system = imp_json_string (coding, "system");

        if (g_strcmp0 (imp_json_string (coding, "code"), code) == 0 &&
            (system_end == NULL || imp_fhir_system_ends (system, system_end)))
          return TRUE;
      }
  return FALSE;
}

const char *
imp_fhir_micro_category (const cJSON *node)
{
  for (const cJSON *category = imp_json_first (imp_json_get (node, "category")); category != NULL;
       category = imp_json_next (category))
    for (const cJSON *coding = imp_json_first (imp_json_get (category, "coding")); coding != NULL;
         coding = imp_json_next (coding))
      {
        const char *system = imp_json_string (coding, "system");

        if (system != NULL && strstr (system, "MicrobiologyCategory") != NULL)
          return imp_json_string (coding, "code");
      }
  return NULL;
}

gboolean
imp_fhir_is_micro_report (const cJSON *node)
{
  static const char *const codes[] = { "18725-2", NULL };

  return node != NULL &&
         (imp_fhir_has_category (node, NULL, "LP7819-8") ||
          imp_fhir_has_category (node, "v2-0074", "MB") || imp_fhir_micro_category (node) != NULL ||
          has_code (imp_json_get (node, "code"), is_loinc, codes));
}

static gboolean
is_micro (const cJSON *node, const ImpFhirHolders *holders)
{
  const char *jlac = imp_fhir_jlac (imp_json_get (node, "code"));

  return imp_fhir_micro_category (node) != NULL || imp_fhir_has_category (node, "v2-0074", "MB") ||
         (jlac != NULL && *jlac == '6') || imp_fhir_is_micro_report (holders->report) ||
         (holders->panel != NULL && imp_fhir_micro_category (holders->panel) != NULL);
}

static gboolean
is_lab (const cJSON *node)
{
  return imp_fhir_has_category (node, NULL, "laboratory") ||
         imp_fhir_has_category (node, "v2-0074", "LAB") ||
         imp_fhir_has_category (node, NULL, "LP29693-6");
}

/* By its code, where no category says it. */
static gboolean
is_vital_code (const cJSON *code)
{
  static const char *const loinc[] = { "85353-1", "85354-9", "8480-6",  "8462-4", "8478-0",
                                       "8867-4",  "9279-1",  "8310-5",  "2708-6", "59408-5",
                                       "29463-7", "8302-2",  "39156-5", NULL };
  static const char *const nursing[] = { "31001369", "31000296", "31000297", "31000298",
                                         "31003020", "31002900", NULL };
  const char *jlac = imp_fhir_jlac (code);

  return has_code (code, is_loinc, loinc) || has_code (code, is_nursing, nursing) ||
         (jlac != NULL &&
          (strcmp (jlac, "9N001000000000001") == 0 || strcmp (jlac, "9N006000000000001") == 0));
}

static gboolean
has_any_category (const cJSON *node)
{
  return imp_fhir_string (node, "category.coding.code") != NULL;
}

DiscKind
imp_fhir_result_kind (const cJSON *node, const ImpFhirHolders *holders)
{
  const cJSON *code = imp_json_get (node, "code");

  if (is_micro (node, holders))
    return DISC_KIND_MICROBIOLOGY;
  if (imp_fhir_has_category (node, NULL, "vital-signs") ||
      imp_fhir_has_category (node, NULL, "body-measurement"))
    return DISC_KIND_VITAL;
  if (is_vital_code (code) && !is_lab (node))
    return DISC_KIND_VITAL;
  if (is_lab (node) ||
      (!has_any_category (node) && (imp_fhir_jlac (code) != NULL || has_local_code (code))))
    return DISC_KIND_LAB;
  return DISC_KIND_OBSERVATION;
}

/* ---- how long -----------------------------------------------------------------------------------
 */

static gboolean
begins_with_one_of (const char *code, const char *const *beginnings)
{
  for (guint i = 0; code != NULL && beginnings[i] != NULL; i++)
    if (g_str_has_prefix (code, beginnings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_word (const cJSON *concept, const char *const *words)
{
  g_autofree char *text = imp_fhir_words (concept);

  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_infection_list (const cJSON *code)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (code, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *system = imp_json_string (coding, "system");

      if (system != NULL && strstr (system, "InfectionLabo") != NULL)
        return TRUE;
    }
  return FALSE;
}

ImpFhirAge
imp_fhir_result_age (const cJSON *node)
{
  static const char *const jlac[] = { "5H010", "5H020", "ABO-BLD", "5F016", "5F360", "5F500",
                                      "5F550", "5F560", "5E071",   "5E074", "5E075", NULL };
  static const char *const loinc[] = { "883-9", "10331-7", "882-1", "890-4", NULL };
  static const char *const names[] = { "血液型", "不規則抗体", "不規則性抗体", "HLA",  "結核",
                                       "HBs",    "HCV",        "HIV",          "梅毒", NULL };
  static const char *const organisms[] = { "MRSA",
                                           "VRE",
                                           "ESBL",
                                           "CRE",
                                           "MDRP",
                                           "MDRA",
                                           "結核",
                                           "メチシリン耐性",
                                           "バンコマイシン耐性",
                                           "カルバペネム耐性",
                                           NULL };
  const cJSON *code = imp_json_get (node, "code");

  if (begins_with_one_of (imp_fhir_jlac (code), jlac) || has_code (code, is_loinc, loinc) ||
      is_infection_list (code) || has_word (code, names) || has_word (code, organisms) ||
      has_word (imp_json_get (node, "valueCodeableConcept"), organisms))
    return IMP_FHIR_AGE_KEPT;
  return IMP_FHIR_AGE_DATED;
}
