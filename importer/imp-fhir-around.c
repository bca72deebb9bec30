/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

/*
 * What a record stands in: the visit, the order, the whole that it is a part of (spec fhir.md 2.0, 2.2, 3.7).
 * Where the source says in words what a reference means, those are shown, whether it leads anywhere or not.
 */

static const struct
{
  const char *types; /* with a blank before and behind each; NULL: any */
  const char *element;
  const char *inner; /* (nullable): of that element */
  const char *label;
} table[] = {
  { NULL, "encounter", NULL, "受診" },
  { " MedicationAdministration MedicationDispense MedicationStatement ", "context", NULL, "受診" },
  { " DocumentReference ", "context", "encounter", "受診" },
  { " Encounter ", "partOf", NULL, "含まれる受診" },
  { " Encounter ", "episodeOfCare", NULL, "診療エピソード" },
  { " Encounter ", "appointment", NULL, "予約" },
  { " Observation DiagnosticReport ImagingStudy Media ", "basedOn", NULL, "元の指示" },
  { " Observation ", "partOf", NULL, "一部をなすもの" },
  { " MedicationAdministration ", "request", NULL, "元の指示" },
  { " MedicationDispense ", "authorizingPrescription", NULL, "元の処方" },
  { " MedicationRequest MedicationAdministration ", "eventHistory", NULL, "履歴" },
  { " MedicationRequest ", "insurance", NULL, "保険" },
  { " Condition ", "evidence", "detail", "根拠" },
};

static gboolean
is_of (const char *types, const char *type)
{
  g_autofree char *word = g_strdup_printf (" %s ", type);

  return types == NULL || strstr (types, word) != NULL;
}

static void
add_displays (ImpFhirMapper *self, const char *label, const cJSON *references)
{
  for (const cJSON *one = imp_json_first (references); one != NULL; one = imp_json_next (one))
    if (cJSON_IsObject (one))
      imp_fhir_comment (self, label, imp_json_string (one, "display"));
}

void
imp_fhir_add_around (ImpFhirMapper *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const cJSON *list = imp_json_get (self->resource, table[i].element);

      if (list == NULL || !is_of (table[i].types, self->type))
        continue;
      if (table[i].inner == NULL)
        add_displays (self, table[i].label, list);
      else
        for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
          add_displays (self, table[i].label, imp_json_get (one, table[i].inner));
    }
}
