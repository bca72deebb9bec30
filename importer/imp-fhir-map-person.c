/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-order.h"
#include "imp-text.h"

/* Patient, RelatedPerson, Coverage: spec fhir.md 3.1, 3.7, 4.2. */

/* ---- names, numbers, addresses -------------------------------------------------------------- */

/* Every name beside the two that are shown, with what it is for. */
static void
add_other_names (ImpFhirMapper *self, const cJSON *names, const char *shown, const char *kana)
{
  for (const cJSON *name = imp_json_first (names); name != NULL; name = imp_json_next (name))
    {
      const char *use = imp_json_string (name, "use");
      g_autofree char *period = imp_fhir_period_text (imp_json_get (name, "period"));
      g_autofree char *text = imp_fhir_one_name (name);

      if (text == NULL || g_strcmp0 (text, shown) == 0 || g_strcmp0 (text, kana) == 0)
        continue;
      imp_fhir_take (self, DISC_FIELD_OTHER_NAME,
                     g_strdup_printf (
                         "%s%s%s%s%s%s", text, use != NULL || period != NULL ? "（" : "",
                         use != NULL ? use : "", use != NULL && period != NULL ? " " : "",
                         period != NULL ? period : "", use != NULL || period != NULL ? "）" : ""));
    }
}

static void
add_identifiers (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      const char *use = imp_json_string (one, "use");
      const char *value =
          cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one);
      const char *system = imp_json_string (one, "system");
      g_autofree char *type = imp_fhir_words (imp_json_get (one, "type"));

      if (value == NULL)
        continue;
      if (g_strcmp0 (use, "old") == 0)
        {
          imp_fhir_comment (self, "旧番号", value);
          continue;
        }
      imp_fhir_add (self, DISC_FIELD_PATIENT_ID, value);
      imp_fhir_add (self, DISC_FIELD_ID_ROOT, system != NULL ? system : type);
    }
}

/* The text as it is, else its parts from the large to the small. */
static char *
address_text (const cJSON *address)
{
  static const char *const parts[] = { "state", "city", "district", NULL };
  const char *text = imp_json_string (address, "text");
  GString *out;

  if (!cJSON_IsObject (address))
    return g_strdup (imp_json_text (address));
  if (text != NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    if (imp_json_string (address, parts[i]) != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "",
                              imp_json_string (address, parts[i]));
  for (const cJSON *line = imp_json_first (imp_json_get (address, "line")); line != NULL;
       line = imp_json_next (line))
    if (imp_json_text (line) != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", imp_json_text (line));
  return g_string_free (out, out->len == 0);
}

static void
add_addresses (ImpFhirMapper *self, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *text = address_text (one);

      if (g_strcmp0 (imp_json_string (one, "use"), "old") == 0)
        {
          imp_fhir_comment (self, "旧住所", text);
          continue;
        }
      imp_fhir_add (self, DISC_FIELD_ADDRESS, text);
      imp_fhir_add_path (self, DISC_FIELD_POSTAL_CODE, one, "postalCode");
    }
}

static void
add_telecoms (ImpFhirMapper *self, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const char *system = imp_json_string (one, "system");
      const char *value = imp_json_string (one, "value");

      if (g_strcmp0 (imp_json_string (one, "use"), "old") == 0)
        imp_fhir_comment (self, "旧連絡先", value);
      else if (system == NULL || strcmp (system, "phone") == 0 || strcmp (system, "sms") == 0)
        imp_fhir_add (self, DISC_FIELD_PHONE, value);
      else
        imp_fhir_comment (self, system, value);
    }
}

/* ---- Patient -------------------------------------------------------------------------------- */

static const char *
sex_of (const cJSON *patient)
{
  static const char *const words[][2] = {
    { "male", "M" }, { "female", "F" }, { "other", "O" }, { "unknown", "U" }
  };
  const char *gender = imp_json_string (patient, "gender");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (gender, words[i][0]) == 0)
      return words[i][1];
  return NULL;
}

/* (nullable): of a choice of yes or more: what it says, unless that is no. */
static const char *
said_of (const ImpFhirMapper *self, const char *name)
{
  const char *text = imp_json_text (imp_fhir_choice (self->resource, name, NULL, NULL));

  return text != NULL && strcmp (text, "false") != 0 ? text : NULL;
}

static void
warn (ImpFhirMapper *self)
{
  if (said_of (self, "deceased") != NULL)
    imp_fhir_warn (self, "deceased");
  if (said_of (self, "multipleBirth") != NULL)
    imp_fhir_warn (self, "multiple-birth");
}

/* When he died; which of several children: the number of birth. */
static void
add_said (ImpFhirMapper *self, const char *label, const char *name)
{
  const char *text = said_of (self, name);

  if (text != NULL && strcmp (text, "true") != 0)
    imp_fhir_comment (self, label, text);
}

/* No link merges charts: both say the number of the other (spec fhir.md 3.1). */
static void
add_links (ImpFhirMapper *self)
{
  for (const cJSON *link = imp_json_first (imp_json_get (self->resource, "link")); link != NULL;
       link = imp_json_next (link))
    {
      const char *type = imp_json_string (link, "type");
      const cJSON *other = imp_json_get (link, "other");
      const cJSON *target = imp_fhir_find (self, other, "Patient");
      g_autofree char *name = imp_fhir_actor (self, other);
      const char *number = imp_fhir_identifier (target, NULL);
      const char *said =
          number != NULL ? number : imp_json_string (imp_json_first (other), "reference");

      imp_fhir_take (self, DISC_FIELD_COMMENT,
                     g_strdup_printf ("番号統合（%s）：%s%s%s", type != NULL ? type : "?",
                                      said != NULL ? said : "", name != NULL ? " " : "",
                                      name != NULL ? name : ""));
    }
}

static void
add_languages (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "communication"));
       one != NULL; one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_LANGUAGE, imp_fhir_words (imp_json_get (one, "language")));
}

static void
add_contacts (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "contact")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_person_name (imp_json_get (one, "name"), FALSE);
      g_autofree char *organization = imp_fhir_actor (self, imp_json_get (one, "organization"));

      self->title = NULL;
      imp_fhir_begin (self, DISC_KIND_CONTACT);
      imp_fhir_item (self);
      imp_fhir_add (self, DISC_FIELD_NAME, name != NULL ? name : organization);
      imp_fhir_add_words (self, DISC_FIELD_RELATION, imp_json_get (one, "relationship"));
      add_telecoms (self, imp_json_get (one, "telecom"));
      add_addresses (self, imp_json_get (one, "address"));
    }
}

static void
take_name (const char *name, char *out, gsize size)
{
  g_autofree char *unturned = name != NULL ? imp_text_unturned (name) : NULL;

  g_strlcpy (out, unturned != NULL ? unturned : name != NULL ? name : "", size);
}

/* What the importer says of the patient as a whole. */
static void
take_facts (ImpFhirMapper *self, const char *name, const char *kana)
{
  ImpFacts *facts = &self->out->facts;
  const char *birth = imp_json_string (self->resource, "birthDate");

  take_name (name, facts->name, sizeof facts->name);
  take_name (kana, facts->kana, sizeof facts->kana);
  g_strlcpy (facts->sex, sex_of (self->resource) != NULL ? sex_of (self->resource) : "",
             sizeof facts->sex);
  if (birth != NULL && disc_date_is_valid (birth))
    g_strlcpy (facts->birth_date, birth, sizeof facts->birth_date);
}

void
imp_fhir_map_patient (ImpFhirMapper *self)
{
  const cJSON *names = imp_json_get (self->resource, "name");
  g_autofree char *name = imp_fhir_person_name (names, FALSE);
  g_autofree char *kana = imp_fhir_person_name (names, TRUE);
  const char *birth = imp_json_string (self->resource, "birthDate");

  self->age = IMP_FHIR_AGE_KEPT;
  take_facts (self, name, kana);
  warn (self);
  imp_fhir_begin (self, DISC_KIND_DEMOGRAPHICS);
  imp_fhir_item (self);
  imp_fhir_add (self, DISC_FIELD_NAME, name);
  if (g_strcmp0 (kana, name) != 0)
    imp_fhir_add (self, DISC_FIELD_KANA, kana);
  add_other_names (self, names, name, kana);
  imp_fhir_add (self, DISC_FIELD_BIRTH_DATE, birth);
  if (birth == NULL)
    imp_fhir_comment (self, "生年月日", imp_fhir_absent_words (self->resource, "birthDate"));
  imp_fhir_add (self, DISC_FIELD_SEX, sex_of (self->resource));
  if (sex_of (self->resource) == NULL)
    imp_fhir_comment (self, "性別", imp_json_string (self->resource, "gender"));
  add_identifiers (self);
  add_addresses (self, imp_json_get (self->resource, "address"));
  add_telecoms (self, imp_json_get (self->resource, "telecom"));
  add_languages (self);
  imp_fhir_add_actors (self, DISC_FIELD_DOCTOR,
                       imp_json_get (self->resource, "generalPractitioner"), NULL);
  add_said (self, "死亡", "deceased");
  add_said (self, "多胎", "multipleBirth");
  add_links (self);
  imp_fhir_add_path (self, DISC_FIELD_UPDATED_AT, self->resource, "meta.lastUpdated");
  add_contacts (self);
}

/* ---- RelatedPerson -------------------------------------------------------------------------- */

void
imp_fhir_map_related_person (ImpFhirMapper *self)
{
  g_autofree char *name = imp_fhir_person_name (imp_json_get (self->resource, "name"), FALSE);

  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin (self, DISC_KIND_CONTACT);
  imp_fhir_item (self);
  imp_fhir_add (self, DISC_FIELD_NAME, name);
  imp_fhir_add_words (self, DISC_FIELD_RELATION, imp_json_get (self->resource, "relationship"));
  add_telecoms (self, imp_json_get (self->resource, "telecom"));
  add_addresses (self, imp_json_get (self->resource, "address"));
  imp_fhir_add_path (self, DISC_FIELD_START, self->resource, "period.start");
  imp_fhir_add_path (self, DISC_FIELD_END, self->resource, "period.end");
}

/* ---- Coverage ------------------------------------------------------------------------------- */

/* The extension of JP Core and the element of R4 are one number: told twice only where they differ.
 */
static void
add_dependent (ImpFhirMapper *self)
{
  const cJSON *extension = imp_fhir_extension (self->resource, "InsuredPersonSubNumber");
  const char *told = imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL));
  const char *dependent = imp_json_string (self->resource, "dependent");

  imp_fhir_comment (self, "枝番", told);
  if (g_strcmp0 (told, dependent) != 0)
    imp_fhir_comment (self, "枝番", dependent);
}

static void
add_insured (ImpFhirMapper *self)
{
  static const char *const extensions[][2] = { { "InsuredPersonSymbol", "記号" },
                                               { "InsuredPersonNumber", "番号" } };

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      const cJSON *extension = imp_fhir_extension (self->resource, extensions[i][0]);

      imp_fhir_comment (self, extensions[i][1],
                        imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL)));
    }
  add_dependent (self);
}

/* @has_number: so that an identifier is another one */
static void
add_plan (ImpFhirMapper *self, gboolean has_number)
{
  const cJSON *node = self->resource;

  for (const cJSON *one = imp_json_first (imp_json_get (node, "class")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *type = imp_fhir_words (imp_json_get (one, "type"));
      const char *value = imp_json_string (one, "value");

      imp_fhir_comment (self, type != NULL ? type : "区分",
                        value != NULL ? value : imp_json_string (one, "name"));
    }
  if (has_number)
    imp_fhir_comment (self, "識別番号", imp_fhir_identifier (node, NULL));
}

void
imp_fhir_map_coverage (ImpFhirMapper *self)
{
  const cJSON *payor = imp_json_get (self->resource, "payor");
  const char *number = imp_json_string (self->resource, "subscriberId");

  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_set_at (self, imp_fhir_string (self->resource, "period.start"));
  imp_fhir_begin (self, DISC_KIND_COVERAGE);
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (self->resource, "type"));
  imp_fhir_add (self, DISC_FIELD_VALUE,
                number != NULL ? number : imp_fhir_identifier (self->resource, NULL));
  add_insured (self);
  imp_fhir_add_actors (self, DISC_FIELD_CUSTODIAN, payor, NULL);
  imp_fhir_add_words (self, DISC_FIELD_RELATION, imp_json_get (self->resource, "relationship"));
  add_plan (self, number != NULL);
  imp_fhir_add_path (self, DISC_FIELD_START, self->resource, "period.start");
  imp_fhir_add_path (self, DISC_FIELD_END, self->resource, "period.end");
  imp_fhir_add_status (self);
}
