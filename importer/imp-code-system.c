/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-code-system.h"

#include <string.h>

#include "imp-fhir-system.h"

/* What a name begins with, folded to capitals (HL7 v2.5 table 0396; SS-MIX2 guideline, code tables). */
static const char *const prefixes[] = {
  "ATC",   "C4",    "DCM",   "HL7",     "HOT", "I10",    "I9C",    "ICD",   "ISO+", "J-FAGY",
  "JAMI",  "JANIS", "JC10",  "JC11",    "JHS", "JJ1017", "JLAC",   "JSHR",  "LN",   "LOINC",
  "MDCDX", "MEDIS", "MR9P",  "RECEIPT", "SCT", "SNM",    "SNOMED", "UCUM",  "YJ",
};

/* Tables of HL7, JAMI, MEDIS, WHO and others in FHIR and CDA. */
static const char *const places[] = {
  "http://capstandard.jp/",
  "http://dicom.nema.org/",
  "http://hl7.org/",
  "http://jami.jp/",
  "http://jpfhir.jp/fhir/",
  "http://loinc.org",
  "http://medis.or.jp/",
  "http://snomed.info/",
  "http://terminology.hl7.org/",
  "http://unitsofmeasure.org",
  "http://www.ada.org/",
  "http://www.ama-assn.org/",
  "http://www.nlm.nih.gov/research/umls/rxnorm",
  "http://www.whocc.no/atc",
  "1.2.392.100495.10.3.100.", /* JANIS: infections of hospitals */
  "1.2.392.100495.20.2.",   /* Ministry of Health: JP Core, code systems */
  "1.2.392.200119.4.",      /* MEDIS and the committees of laboratory tests */
  "1.2.392.200250.2.2.",    /* JAMI */
  "1.2.840.10008.",         /* DICOM */
  "2.16.840.1.113883.5.",   /* HL7 V3 */
  "2.16.840.1.113883.6.",   /* registered with HL7: LOINC, SNOMED CT, ICD, RxNorm */
};

static gboolean
has_prefix (const char *system)
{
  const char first = g_ascii_toupper (system[0]);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize len;

      /* Asked for every item of a disc: most are told by the first letter. */
      if (first != prefixes[i][0])
        continue;
      len = strlen (prefixes[i]);
      if (g_ascii_strncasecmp (system, prefixes[i], len) != 0)
        continue;
      /* "LNXY" or "C45" is somebody's own. */
      if (len > 2 || system[len] == '\0' || system[len] == '_' || system[len] == '-')
        return TRUE;
    }
  return FALSE;
}

gboolean
imp_code_system_is_standard (const char *system)
{
  const char *place = system;

  if (g_str_has_prefix (system, "99") || imp_fhir_is_no_code (system) ||
      imp_fhir_is_of_one_hospital (system))
    return FALSE;
  if (g_str_has_prefix (system, "urn:oid:"))
    place = system + strlen ("urn:oid:");
  if (strchr (place, '.') == NULL && strchr (place, ':') == NULL)
    return has_prefix (system);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (place, places[i]))
      return TRUE;
  return FALSE;
}
