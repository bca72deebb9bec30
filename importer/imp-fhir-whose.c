/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-whose.h"

#include <string.h>

#include "disc-date.h"
#include "disc-text.h"
#include "imp-fhir-space.h"

/* ---- people --------------------------------------------------------------------------------- */

ImpFhirPeople *
imp_fhir_people_new (ImpFhirStore *store, const ImpFhirSystems *systems, const char *facility,
                     GPtrArray *labels)
{
  ImpFhirPeople *self = g_new0 (ImpFhirPeople, 1);

  self->store = store;
  self->systems = systems;
  self->facility = facility;
  self->labels = labels;
  self->charts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) imp_fhir_chart_free);
  self->contested = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
imp_fhir_people_free (ImpFhirPeople *self)
{
  g_hash_table_unref (self->charts);
  g_clear_pointer (&self->apart, g_hash_table_unref);
  g_hash_table_unref (self->contested);
  g_free (self);
}

const ImpFhirChart *
imp_fhir_people_chart (const ImpFhirPeople *self, guint32 entry)
{
  return g_hash_table_lookup (self->charts, GUINT_TO_POINTER (entry + 1));
}

/* The source, and in it the server, where there are several. */
static char *
label_of (const ImpFhirPeople *self, const ImpFhirFile *file)
{
  const char *label = g_ptr_array_index (self->labels, file->source);

  return file->space != NULL ? g_strdup_printf ("%s/%s", label, file->space) : g_strdup (label);
}

/* Ids of documents, collections and messages mean nothing outside: two may both hold a Patient/1
 * who are two people (spec fhir.md 1.6). */
static char *
scope_of (const ImpFhirPeople *self, const ImpFhirEntry *entry, const ImpFhirStored *stored)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, entry->bundle);
  const ImpFhirFile *file = imp_fhir_store_file (self->store, entry->file);
  g_autofree char *label = label_of (self, file);
  const char *apart = imp_fhir_spaces_place (self->apart, entry);
  g_autofree char *around = NULL;
  const char *slash = strrchr (stored->place, '/');

  if (bundle == NULL ||
      (bundle->type != IMP_FHIR_BUNDLE_DOCUMENT && bundle->type != IMP_FHIR_BUNDLE_COLLECTION &&
       bundle->type != IMP_FHIR_BUNDLE_MESSAGE && bundle->type != IMP_FHIR_BUNDLE_UNKNOWN))
    return apart != NULL ? g_strdup_printf ("%s/%s", label, apart) : g_steal_pointer (&label);
  if (g_ascii_strncasecmp (stored->full_url, "urn:uuid:", 9) == 0)
    return g_steal_pointer (&label); /* unique wherever it stands */
  around = slash != NULL ? g_strndup (stored->place, (gsize) (slash - stored->place)) : NULL;
  if (around == NULL && g_str_has_prefix (stored->place, "line "))
    around = g_strdup (stored->place);
  return g_strdup_printf ("%s/%s%s%s", label, file->path, around != NULL ? "#" : "",
                          around != NULL ? around : "");
}

/* Never empty, or he is nobody; never the same for two: without an id of his own it is the place
 * where he stands. */
static char *
key_within (const ImpFhirFile *file, const ImpFhirStored *stored, const cJSON *patient)
{
  const char *id = imp_json_string (patient, "id");
  gboolean is_urn = g_ascii_strncasecmp (stored->full_url, "urn:", 4) == 0;

  if (is_urn && strlen (stored->full_url) > strlen ("urn:uuid:"))
    return g_ascii_strdown (strrchr (stored->full_url, ':') + 1, -1);
  if (id != NULL && !imp_fhir_is_damaged (id))
    return g_strdup (id);
  if (*stored->full_url != '\0' && !imp_fhir_is_damaged (stored->full_url))
    return g_strdup (stored->full_url);
  return g_strconcat (file->path, *stored->place != '\0' ? "#" : "", stored->place, NULL);
}

static void
note_person (ImpFhirChart *chart, const cJSON *patient, const char *scope, const char *key)
{
  const char *birth = imp_json_string (patient, "birthDate");
  const char *sex = imp_json_string (patient, "gender");

  if (!chart->has_number)
    return;
  chart->who = g_strdup_printf ("%s %s", scope, key);
  if (birth != NULL && strlen (birth) == strlen ("1950-01-01") && disc_date_is_valid (birth))
    g_strlcpy (chart->birth, birth, sizeof chart->birth);
  if (g_strcmp0 (sex, "male") == 0 || g_strcmp0 (sex, "female") == 0)
    chart->sex = *sex == 'm' ? 'M' : 'F';
}

static gboolean
add_patient (ImpFhirPeople *self, ImpFhirStoreReader *reader, guint32 number, GError **error)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, number);
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, entry->bundle);
  g_autofree char *bundle_facility = imp_fhir_bundle_facility (bundle);
  g_autofree char *scope = NULL;
  g_autofree char *key = NULL;
  g_autoptr (cJSON) patient = NULL;
  ImpFhirStored stored;
  ImpFhirChart *chart;

  if (!imp_fhir_store_read (reader, number, &stored, error))
    return FALSE;
  patient = imp_fhir_parse_stored (&stored);
  if (patient == NULL)
    return TRUE;
  scope = scope_of (self, entry, &stored);
  key = key_within (imp_fhir_store_file (self->store, entry->file), &stored, patient);
  chart = imp_fhir_chart (
      patient, &(ImpFhirChartPlace){ self->systems, self->facility, bundle_facility, scope, key });
  note_person (chart, patient, scope, key);
  g_hash_table_insert (self->charts, GUINT_TO_POINTER (number + 1), chart);
  return TRUE;
}

gboolean
imp_fhir_people_fill (ImpFhirPeople *self, GError **error)
{
  g_autoptr (ImpFhirStoreReader) reader = imp_fhir_store_reader_new (self->store);

  self->apart = imp_fhir_spaces_find (self->store, self->systems, self->facility, error);
  if (self->apart == NULL)
    return FALSE;
  for (guint32 i = 0; i < imp_fhir_store_n (self->store); i++)
    {
      const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, i);

      if ((entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) &&
          strcmp (imp_fhir_store_type (self->store, entry), "Patient") == 0 &&
          !add_patient (self, reader, i, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- subjects ------------------------------------------------------------------------------- */

static const char *
element_of (const char *type)
{
  static const struct
  {
    const char *element;
    const char *types;
  } table[] = {
    { "patient",
      " AllergyIntolerance Immunization ImmunizationRecommendation FamilyMemberHistory Consent "
      "NutritionOrder Device DetectedIssue EpisodeOfCare RelatedPerson BodyStructure "
      "VisionPrescription "
      "SupplyDelivery Claim ExplanationOfBenefit " },
    { "beneficiary", " Coverage " },
    { "for", " Task " },
    { "individual", " ResearchSubject " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *word = g_strdup_printf (" %s ", type);

      if (strstr (table[i].types, word) != NULL)
        return table[i].element;
    }
  return "subject";
}

const cJSON *
imp_fhir_subject (const cJSON *resource)
{
  const char *type = imp_json_string (resource, "resourceType");
  const char *const elements[] = { element_of (type != NULL ? type : ""), "subject", "patient" };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      const cJSON *reference = imp_json_first (imp_json_get (resource, elements[i]));

      if (reference != NULL)
        return reference;
    }
  return NULL;
}

/* ---- whose ---------------------------------------------------------------------------------- */

void
imp_fhir_whose_clear (ImpFhirWhose *self)
{
  g_clear_pointer (&self->facility, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->other_ids, g_free);
}

static gboolean
is_same_chart (const ImpFhirChart *a, const ImpFhirChart *b)
{
  return strcmp (a->facility, b->facility) == 0 && strcmp (a->id, b->id) == 0 && a->part == b->part;
}

/* Of all that a reference may mean the one chart, though there be versions and copies of the
 * Patient.
 * @needs_number: a number that is no hospital's leads, out of its @bundle, only to one who has both
 */
static const ImpFhirChart *
only_chart (const ImpFhirPeople *people, ImpFhirFinder *finder, ImpFhirHits hits,
            gboolean needs_number, guint32 bundle, guint32 *patient, gboolean *is_other)
{
  const ImpFhirChart *found = NULL;

  for (guint32 i = 0; i < hits.n; i++)
    {
      guint32 number = imp_fhir_store_named (people->store, hits.at + i);
      const ImpFhirChart *chart = imp_fhir_people_chart (people, number);

      if (!imp_fhir_finder_sees (finder, number))
        continue;
      if (chart == NULL)
        {
          *is_other = TRUE;
          continue;
        }
      if (needs_number && !chart->has_number &&
          (bundle == 0 || imp_fhir_store_entry (people->store, number)->bundle != bundle))
        continue;
      if (found != NULL && !is_same_chart (found, chart))
        return NULL;
      found = chart;
      *patient = number + 1;
    }
  return found;
}

static void
set_chart (ImpFhirWhose *out, const char *facility, const char *id)
{
  imp_fhir_whose_clear (out);
  out->facility = g_strdup (facility);
  out->id = g_strdup (id);
  out->other_ids = g_strdup ("");
}

/* "#F2" behind the facility: "#2" is imp-split-source.c's. */
static void
take_chart (ImpFhirWhose *out, const ImpFhirChart *chart)
{
  g_autofree char *facility =
      chart->part > 0 ? g_strdup_printf ("%s#F%u", chart->facility, chart->part + 1) : NULL;

  set_chart (out, facility != NULL ? facility : chart->facility, chart->id);
}

static void
set_nobody (ImpFhirWhose *out, ImpFhirWhoseKind kind)
{
  set_chart (out, "", "");
  out->kind = kind;
  out->patient = 0;
}

/* A chart of what the reference points to. */
static const ImpFhirChart *
chart_of_reference (const ImpFhirPeople *people, ImpFhirFinder *finder, const cJSON *reference,
                    guint32 bundle, ImpFhirWhose *out, gboolean *is_other)
{
  g_auto (ImpFhirReference) parsed = { 0 };
  gboolean is_logical;

  imp_fhir_reference (reference, &parsed);
  is_logical =
      parsed.kind == IMP_FHIR_REFERENCE_LOGICAL || parsed.kind == IMP_FHIR_REFERENCE_CONDITIONAL;
  if (parsed.type != NULL && strcmp (parsed.type, "Patient") != 0)
    *is_other = TRUE;
  return only_chart (people, finder, imp_fhir_finder_hits (finder, reference, "Patient"),
                     is_logical, bundle, &out->patient, is_other);
}

/* The number of a hospital beside or in place of the reference. */
static gboolean
number_of_reference (const ImpFhirPeople *people, const cJSON *reference,
                     const char *bundle_facility, char **facility, const char **number)
{
  const ImpFhirChartPlace place = { people->systems, people->facility, bundle_facility, "", "" };
  const cJSON *identifier = imp_json_first (imp_json_get (reference, "identifier"));

  if (!imp_fhir_number_of (identifier, &place, facility))
    return FALSE;
  *number = imp_json_string (identifier, "value");
  return TRUE;
}

/* A patient contained in the resource itself. */
static const cJSON *
contained_patient (const cJSON *resource, const cJSON *reference)
{
  const char *text = imp_json_string (reference, "reference");

  if (text == NULL || *text != '#')
    return NULL;
  for (const cJSON *one = imp_json_first (imp_json_get (resource, "contained")); one != NULL;
       one = imp_json_next (one))
    if (g_strcmp0 (imp_json_string (one, "id"), text + 1) == 0 &&
        g_strcmp0 (imp_json_string (one, "resourceType"), "Patient") == 0)
      return one;
  return NULL;
}

/* Spec fhir.md 2.0: a collection of JP-CLINS, or a document whose Composition names him. */
static gboolean
take_of_bundle (const ImpFhirPeople *people, ImpFhirFinder *finder, const ImpFhirEntry *entry,
                ImpFhirWhose *out)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (people->store, entry->bundle);
  const ImpFhirChart *chart = NULL;
  gboolean is_other = FALSE;

  if (bundle == NULL || bundle->patient == 0 || bundle->patient == G_MAXUINT32)
    return FALSE;
  if (bundle->is_clins)
    chart = imp_fhir_people_chart (people, bundle->patient - 1);
  else if (bundle->type == IMP_FHIR_BUNDLE_DOCUMENT && bundle->composition > 0)
    {
      const cJSON *composition = imp_fhir_finder_tree (finder, bundle->composition - 1);
      const cJSON *subject = imp_fhir_subject (composition);

      if (subject != NULL)
        chart = chart_of_reference (people, finder, subject, entry->bundle, out, &is_other);
    }
  if (chart == NULL)
    return FALSE;
  take_chart (out, chart);
  out->patient = bundle->patient;
  out->kind = IMP_FHIR_WHOSE_OF_BUNDLE;
  return TRUE;
}

static gboolean
holds (const char *folded, const char *name)
{
  g_autofree char *part = name != NULL ? disc_text_fold_new (name) : NULL;

  return part != NULL && *part != '\0' && strstr (folded, part) != NULL;
}

/* In whatever order family and given name stand, and whatever titles stand around them. */
static gboolean
is_name_of (const cJSON *name, const char *folded)
{
  const char *family = imp_json_string (name, "family");
  const char *given = imp_json_text (imp_json_first (imp_json_get (name, "given")));
  g_autofree char *whole = imp_fhir_one_name (name);

  return holds (folded, whole) || (holds (folded, family) && (given == NULL || holds (folded, given)));
}

static void
compare_names (ImpFhirFinder *finder, const cJSON *reference, ImpFhirWhose *out)
{
  const char *display = imp_json_string (reference, "display");
  g_autofree char *folded = display != NULL ? disc_text_fold_new (display) : NULL;
  gboolean has_name = FALSE;
  const cJSON *names;

  if (display == NULL || out->patient == 0)
    return;
  names = imp_json_get (imp_fhir_finder_tree (finder, out->patient - 1), "name");
  for (const cJSON *name = imp_json_first (names); name != NULL; name = imp_json_next (name))
    {
      has_name = TRUE;
      if (is_name_of (name, folded))
        return;
    }
  out->differs_in_name = has_name;
}

static void
dispute (ImpFhirWhose *out, const char *other)
{
  g_free (out->other_ids);
  out->other_ids = g_strdup (other);
  out->kind = IMP_FHIR_WHOSE_DISPUTED;
}

static void
take_subject (const ImpFhirPeople *people, ImpFhirFinder *finder, const cJSON *resource,
              const cJSON *reference, guint32 bundle, const char *bundle_facility,
              ImpFhirWhose *out)
{
  const cJSON *inside = contained_patient (resource, reference);
  const ImpFhirChartPlace place = { people->systems, people->facility, bundle_facility, "", "" };
  g_autoptr (ImpFhirChart) own = inside != NULL ? imp_fhir_chart (inside, &place) : NULL;
  g_autofree char *facility = NULL;
  gboolean is_other = FALSE;
  const ImpFhirChart *chart =
      chart_of_reference (people, finder, reference, bundle, out, &is_other);
  const char *number = NULL;
  gboolean has_number =
      number_of_reference (people, reference, bundle_facility, &facility, &number);

  if (chart == NULL && own != NULL && own->has_number)
    chart = own;
  if (chart != NULL)
    {
      take_chart (out, chart);
      out->kind = IMP_FHIR_WHOSE_KNOWN;
      if (has_number && strcmp (facility, chart->facility) == 0 && strcmp (number, chart->id) != 0)
        dispute (out, number);
      else
        compare_names (finder, reference, out);
    }
  else if (has_number)
    {
      set_chart (out, facility, number);
      out->kind = IMP_FHIR_WHOSE_KNOWN;
      if (imp_fhir_people_is_contested (people, facility, number))
        dispute (out, "");
    }
  else
    set_nobody (out, is_other ? IMP_FHIR_WHOSE_NO_PATIENT : IMP_FHIR_WHOSE_NOBODY);
}

static gboolean
is_called_patient (const cJSON *reference)
{
  g_auto (ImpFhirReference) parsed = { 0 };

  imp_fhir_reference (reference, &parsed);
  return g_strcmp0 (parsed.type, "Patient") == 0;
}

/* Appointment and Person: of those that they name the one who is a patient. Two are not told apart
 * here, so it is neither's. */
static const cJSON *
patient_among (const ImpFhirPeople *people, ImpFhirFinder *finder, const cJSON *resource,
               guint32 bundle)
{
  gboolean is_person = g_strcmp0 (imp_json_string (resource, "resourceType"), "Person") == 0;
  const cJSON *list = imp_json_get (resource, is_person ? "link" : "participant");
  const ImpFhirChart *known = NULL;
  const cJSON *found = NULL;  /* leads to a Patient */
  const cJSON *called = NULL; /* is called one, by a number */
  guint n_called = 0;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *reference = imp_json_get (one, is_person ? "target" : "actor");
      g_auto (ImpFhirWhose) ignored = { 0 };
      gboolean is_other = FALSE;
      const ImpFhirChart *chart =
          chart_of_reference (people, finder, reference, bundle, &ignored, &is_other);

      if (chart == NULL && is_called_patient (reference))
        {
          called = reference;
          n_called++;
        }
      if (chart == NULL)
        continue;
      if (known != NULL && !is_same_chart (known, chart))
        return NULL;
      known = chart;
      found = reference;
    }
  if (n_called > 0)
    return found == NULL && n_called == 1 ? called : NULL;
  return found;
}

static gboolean
names_several (const cJSON *resource)
{
  const char *type = imp_json_string (resource, "resourceType");

  return g_strcmp0 (type, "Appointment") == 0 || g_strcmp0 (type, "Person") == 0;
}

void
imp_fhir_whose (const ImpFhirPeople *people, ImpFhirFinder *finder, guint32 entry,
                const cJSON *resource, ImpFhirWhose *out)
{
  const ImpFhirEntry *place = imp_fhir_store_entry (people->store, entry);
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (people->store, place->bundle);
  const ImpFhirChart *chart = imp_fhir_people_chart (people, entry);
  const cJSON *reference = imp_fhir_subject (resource);
  g_autofree char *bundle_facility = imp_fhir_bundle_facility (bundle);

  *out = (ImpFhirWhose){ 0 };
  if (reference == NULL && names_several (resource))
    reference = patient_among (people, finder, resource, place->bundle);
  if (chart != NULL)
    {
      take_chart (out, chart);
      out->patient = entry + 1;
    }
  else if (reference != NULL)
    take_subject (people, finder, resource, reference, place->bundle, bundle_facility, out);
  else if (!take_of_bundle (people, finder, place, out))
    set_nobody (out, IMP_FHIR_WHOSE_NOBODY);
}
