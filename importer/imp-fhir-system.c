/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-system.h"

#include <string.h>

#define ICD10_OID "urn:oid:2.16.840.1.113883.6.3.1" /* of Japan, 2013 */

static gsize
bare_len (const char *system)
{
  gsize len = strcspn (system, "|");

  while (len > 0 && strchr ("/#", system[len - 1]) != NULL)
    len--;
  return len;
}

static const char *
behind_scheme (const char *system)
{
  if (g_ascii_strncasecmp (system, "https://", 8) == 0)
    return system + 8;
  return g_ascii_strncasecmp (system, "http://", 7) == 0 ? system + 7 : system;
}

gboolean
imp_fhir_same_system (const char *a, const char *b)
{
  gsize len;

  if (a == NULL || b == NULL)
    return a == b;
  a = behind_scheme (a);
  b = behind_scheme (b);
  len = bare_len (a);
  if (len != bare_len (b))
    return FALSE;
  if (g_ascii_strncasecmp (a, "urn:oid:", 8) == 0)
    return g_ascii_strncasecmp (a, b, len) == 0;
  return strncmp (a, b, len) == 0;
}

gboolean
imp_fhir_system_ends (const char *system, const char *end)
{
  gsize len = system != NULL ? bare_len (system) : 0;
  gsize end_len = strlen (end);

  return system != NULL && len >= end_len && strncmp (system + len - end_len, end, end_len) == 0;
}

char *
imp_fhir_bare_system (const char *system)
{
  return g_strndup (system, bare_len (system));
}

gboolean
imp_fhir_is_no_code (const char *system)
{
  return system != NULL &&
         (strstr (system, "Nocoded") != NULL || strstr (system, "Uncoded") != NULL);
}

gboolean
imp_fhir_is_of_one_hospital (const char *system)
{
  return system != NULL && (strstr (system, "LocalCode") != NULL ||
                            strstr (system, "eCS/CodeSystem/DrugCode/") != NULL);
}

gboolean
imp_fhir_is_national (const char *system)
{
  static const char *const beginnings[] = {
    "urn:oid:1.2.392.", "medis.or.jp/", "jpfhir.jp/", "capstandard.jp/",
    "jami.jp/",         "hl7fhir.jp/",  NULL,
  };

  if (system == NULL || imp_fhir_is_no_code (system) || imp_fhir_is_of_one_hospital (system))
    return FALSE;
  if (imp_fhir_same_system (system, ICD10_OID))
    return TRUE;
  system = behind_scheme (system);
  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_ascii_strncasecmp (system, beginnings[i], strlen (beginnings[i])) == 0)
      return TRUE;
  return FALSE;
}
