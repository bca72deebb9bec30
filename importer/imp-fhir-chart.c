/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-chart.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-bundle.h"
#include "imp-fhir-mapper.h"

#define FACILITY_DIGITS 10

struct _ImpFhirSystems
{
  GPtrArray *lines; /* (element-type GStrv): system, facility */
};

void
imp_fhir_systems_free (ImpFhirSystems *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static gboolean
is_facility (const char *text)
{
  return strlen (text) == FACILITY_DIGITS && strspn (text, G_CSET_DIGITS) == FACILITY_DIGITS;
}

ImpFhirSystems *
imp_fhir_systems_load (const char *path, GError **error)
{
  g_autoptr (ImpFhirSystems) self = g_new0 (ImpFhirSystems, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (!g_file_get_contents (path, &text, NULL, error))
    {
      if (error != NULL)
        {
          (*error)->domain = IMP_ERROR;
          (*error)->code = IMP_ERROR_USAGE;
        }
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strchomp (lines[i]), "\t", 2);

      if (parts[0] == NULL || *parts[0] == '\0' || *parts[0] == '#')
        continue;
      if (parts[1] != NULL && *parts[1] != '\0' && !is_facility (parts[1]))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s:%u: facility is not of ten digits",
                       path, i + 1);
          return NULL;
        }
      g_ptr_array_add (self->lines, g_steal_pointer (&parts));
    }
  return g_steal_pointer (&self);
}

void
imp_fhir_chart_free (ImpFhirChart *self)
{
  g_free (self->facility);
  g_free (self->id);
  g_free (self->who);
  g_free (self->other_ids);
  g_free (self);
}

/* ---- systems -------------------------------------------------------------------------------- */

/* The ten digits behind @prefix; with or without "urn:oid:" in front. */
static char *
facility_behind (const char *system, const char *prefix)
{
  const char *oid = g_ascii_strncasecmp (system, "urn:oid:", 8) == 0 ? system + 8 : system;
  gsize len = strlen (prefix);

  if (strncmp (oid, prefix, len) != 0 || !is_facility (oid + len))
    return NULL;
  return g_strdup (oid + len);
}

static char *
facility_of_operator (const char *system, const ImpFhirChartPlace *place)
{
  const GPtrArray *lines = place->systems != NULL ? place->systems->lines : NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      char **line = g_ptr_array_index (lines, i);

      if (imp_fhir_same_system (line[0], system))
        return g_strdup (line[1] != NULL && *line[1] != '\0' ? line[1] : place->facility);
    }
  return NULL;
}

/* Spec fhir.md 4.3, rows 1 to 5. */
static char *
facility_of_system (const char *system, const ImpFhirChartPlace *place)
{
  char *facility = facility_of_operator (system, place);
  g_autofree char *centre = NULL;
  g_autofree char *bare = imp_fhir_bare_system (system);
  const char *oid;

  system = bare;
  oid = g_ascii_strncasecmp (system, "urn:oid:", 8) == 0 ? system + 8 : "";
  if (facility == NULL)
    facility = facility_behind (system, "1.2.392.100495.20.3.51.1");
  if (facility != NULL)
    return facility;
  centre = facility_behind (system, "1.2.392.200119.6.102.1");
  if (centre != NULL)
    return g_strconcat (centre, "/checkup", NULL);
  if (g_str_has_suffix (system, "/eCS/Idsystem/JP_Hospital_PatientID") ||
      g_str_has_suffix (system, "/eCS/Idsysmem/JP_Hospital_PatientID"))
    return g_strdup (place->bundle_facility != NULL ? place->bundle_facility : place->facility);
  if (strcmp (oid, "1.2.392.100495.20.3.51") == 0 ||
      g_str_has_prefix (oid, "1.2.392.100495.20.3.51.") || strcmp (oid, "1.2.392.200119.6.51") == 0)
    return g_strdup (place->facility);
  return NULL;
}

gboolean
imp_fhir_number_of (const cJSON *identifier, const ImpFhirChartPlace *place, char **facility)
{
  const char *system = imp_json_string (identifier, "system");
  const char *value = imp_json_string (identifier, "value");
  gboolean is_whole = system != NULL && value != NULL && !imp_fhir_is_damaged (system) &&
                      !imp_fhir_is_damaged (value);
  char *found = is_whole ? facility_of_system (system, place) : NULL;

  if (found == NULL || *found == '\0')
    {
      g_free (found);
      return FALSE;
    }
  *facility = found;
  return TRUE;
}

char *
imp_fhir_bundle_facility (const ImpFhirStoredBundle *bundle)
{
  const char *identifier = bundle != NULL ? bundle->identifier : NULL;
  const char *value = identifier != NULL ? strrchr (identifier, '|') : NULL;
  g_auto (GStrv) parts = value != NULL ? g_strsplit (value + 1, "^", 2) : NULL;

  if (bundle != NULL && bundle->institution != NULL && *bundle->institution != '\0')
    return g_strdup (bundle->institution);
  if (parts == NULL || g_strv_length (parts) != 2 || !is_facility (parts[0]))
    return NULL;
  return g_strdup (parts[0]);
}

char *
imp_fhir_institution (const cJSON *resource)
{
  const cJSON *extension = imp_fhir_extension (resource, "JP_eCS_InstitutionNumber");
  const cJSON *value = imp_fhir_choice (extension, "value", NULL, NULL);
  const char *text =
      cJSON_IsObject (value) ? imp_json_string (value, "value") : imp_json_text (value);

  return text != NULL && is_facility (text) ? g_strdup (text) : NULL;
}

/* ---- charts --------------------------------------------------------------------------------- */

/* How current a number is by its use: usual and official first, old never (0). */
static guint
rank_of_use (const cJSON *identifier)
{
  const char *use = imp_json_string (identifier, "use");

  if (use == NULL || strcmp (use, "official") == 0 || strcmp (use, "usual") == 0)
    return 2;
  return strcmp (use, "old") == 0 ? 0 : 1;
}

static void
add_other (GString *others, const char *facility, const char *value)
{
  g_string_append_printf (others, "%s%s %s", others->len > 0 ? "\n" : "", facility, value);
}

/* One number more: the best of those of the operator's own hospital, else the best. */
static void
consider (ImpFhirChart *chart, guint *best, GString *others, const cJSON *identifier,
          char *facility, const ImpFhirChartPlace *place)
{
  const char *value = imp_json_string (identifier, "value");
  guint rank = rank_of_use (identifier);

  if (rank > 0 && g_strcmp0 (facility, place->facility) == 0)
    rank += 10;
  if (rank <= *best)
    {
      add_other (others, facility, value);
      g_free (facility);
      return;
    }
  if (*best > 0)
    add_other (others, chart->facility, chart->id);
  *best = rank;
  g_free (chart->facility);
  g_free (chart->id);
  chart->facility = facility;
  chart->id = g_strdup (value);
}

ImpFhirChart *
imp_fhir_chart (const cJSON *patient, const ImpFhirChartPlace *place)
{
  ImpFhirChart *chart = g_new0 (ImpFhirChart, 1);
  g_autofree char *institution = imp_fhir_institution (patient);
  ImpFhirChartPlace known = *place;
  GString *others = g_string_new (NULL);
  guint best = 0;

  if (institution != NULL)
    known.bundle_facility = institution;
  for (const cJSON *one = imp_json_first (imp_json_get (patient, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      char *facility = NULL;

      if (imp_fhir_number_of (one, &known, &facility))
        consider (chart, &best, others, one, facility, &known);
    }
  chart->other_ids = g_string_free (others, FALSE);
  chart->has_number = best > 0;
  if (chart->has_number)
    return chart;
  chart->facility = g_strdup (place->scope);
  chart->id = g_strdup (place->key);
  return chart;
}
