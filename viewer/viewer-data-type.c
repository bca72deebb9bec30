/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-data-type.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *prefix;   /* of the type; the first that fits */
  const char *name;
} names[] = {
  { "ADT-00", N_ ("basic data") },
  { "ADT-61", N_ ("allergies") },
  { "ADT", N_ ("visits, stays and moves") },
  { "PPR", N_ ("diagnoses") },
  { "OMD", N_ ("meal orders") },
  { "OMP-01", N_ ("prescriptions ordered") },
  { "OMP-11", N_ ("prescriptions dispensed") },
  { "OMP-02", N_ ("injections ordered") },
  { "OMP-12", N_ ("injections administered") },
  { "OML-01", N_ ("laboratory orders") },
  { "OML-11", N_ ("laboratory results") },
  { "OMG-01", N_ ("radiology orders") },
  { "OMG-11", N_ ("radiology performed") },
  { "OMG-02", N_ ("endoscopy orders") },
  { "OMG-12", N_ ("endoscopy performed") },
  { "OMG-03", N_ ("physiology orders") },
  { "OMG-13", N_ ("physiology results") },
  /* FHIR: types of resources */
  { "Patient", N_ ("basic data") },
  { "AllergyIntolerance", N_ ("allergies") },
  { "Encounter", N_ ("visits, stays and moves") },
  { "Condition", N_ ("diagnoses") },
  { "NutritionOrder", N_ ("meal orders") },
  { "MedicationRequest", N_ ("prescriptions and injections ordered") },
  { "MedicationDispense", N_ ("prescriptions dispensed") },
  { "MedicationAdministration", N_ ("drugs given") },
  { "MedicationStatement", N_ ("drugs taken or brought along") },
  { "ServiceRequest", N_ ("orders") },
  { "Observation", N_ ("results and observations") },
  { "DiagnosticReport", N_ ("reports of examinations") },
  { "Procedure", N_ ("procedures") },
  { "Immunization", N_ ("vaccinations") },
  { "Composition", N_ ("documents") },
  { "DocumentReference", N_ ("documents") },
  { "Coverage", N_ ("insurance") },
  { "RelatedPerson", N_ ("contacts") },
  { "Flag", N_ ("alerts") },
  { "Device", N_ ("devices and implants") },
  { "Appointment", N_ ("appointments") },
  { "FamilyMemberHistory", N_ ("family history") },
};

const char *
viewer_data_type_name (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (type, names[i].prefix))
      return _ (names[i].name);

  return *type != '\0' ? type : _ ("others");
}

char *
viewer_data_type_list (const DiscContents *contents)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < disc_contents_n (contents); i++)
    {
      const DiscContent *content = disc_contents_get (contents, i);

      if (content->n > 0)
        g_string_append_printf (list, "%s%s %u", list->len > 0 ? _ (", ") : "",
                                viewer_data_type_name (content->type), content->n);
    }
  return g_string_free (list, FALSE);
}
