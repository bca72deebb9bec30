/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-line.h"

#include <string.h>

#include "imp-map-file.h"

/* ---- lines --------------------------------------------------------------------------------------
 */

gboolean
imp_fhir_is_full (const GString *out)
{
  return out->len >= IMP_FHIR_MAX_TEXT_BYTES;
}

void
imp_fhir_line (GString *out, const char *label, const char *words)
{
  if (words == NULL || *words == '\0' || imp_fhir_is_full (out))
    return;
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
  if (label != NULL)
    g_string_append_printf (out, "%s：", label);
  g_string_append (out, words);
}

void
imp_fhir_line_take (GString *out, const char *label, char *words)
{
  imp_fhir_line (out, label, words);
  g_free (words);
}

void
imp_fhir_line_concepts (GString *out, const char *label, const cJSON *concepts)
{
  for (const cJSON *one = imp_json_first (concepts); one != NULL; one = imp_json_next (one))
    imp_fhir_line_take (out, label, imp_fhir_words (one));
}

void
imp_fhir_line_references (ImpFhirMapper *self, GString *out, const char *label,
                          const cJSON *references)
{
  for (const cJSON *one = imp_json_first (references); one != NULL && !imp_fhir_is_full (out);
       one = imp_json_next (one))
    imp_fhir_line_take (out, label, imp_fhir_reference_label (self, one, NULL));
}

void
imp_fhir_line_notes (ImpFhirMapper *self, GString *out, const cJSON *node)
{
  for (const cJSON *note = imp_json_first (imp_json_get (node, "note")); note != NULL;
       note = imp_json_next (note))
    imp_fhir_line_take (out, "備考", imp_fhir_note_text (self, note));
}

/* ---- a resource in a line -----------------------------------------------------------------------
 */

static char *
medication_words (ImpFhirMapper *self, const cJSON *resource)
{
  const cJSON *medication =
      imp_fhir_find (self, imp_json_get (resource, "medicationReference"), "Medication");
  g_autofree char *words = imp_fhir_words (imp_json_get (resource, "medicationCodeableConcept"));
  GString *out;

  if (words == NULL)
    words = imp_fhir_words (imp_json_get (resource, "medication")); /* R5 */
  if (words == NULL)
    words = imp_fhir_words (imp_json_get (medication, "code"));
  if (words != NULL || medication == NULL)
    return g_steal_pointer (&words);
  out = g_string_new (NULL); /* a mixture: all of it (spec fhir.md 3.5.2) */
  for (const cJSON *one = imp_json_first (imp_json_get (medication, "ingredient")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "itemCodeableConcept"));

      if (name != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " + " : "", name);
    }
  return g_string_free (out, out->len == 0);
}

/* What a resource is, by the first of its elements that says so. */
static char *
name_of (ImpFhirMapper *self, const cJSON *resource)
{
  static const char *const concepts[] = { "code",        "vaccineCode", "type", "scope",
                                          "serviceType", "class",       NULL };
  static const char *const strings[] = { "title", "description", "summary", "name", NULL };
  g_autofree char *words = medication_words (self, resource);
  const cJSON *names = imp_json_get (resource, "name");

  if (words == NULL && (cJSON_IsObject (imp_json_first (names))))
    words = imp_fhir_person_name (names, FALSE);
  if (words == NULL && imp_json_get (resource, "content") != NULL)
    words = g_strdup (imp_fhir_string (resource, "content.attachment.title"));
  for (guint i = 0; words == NULL && concepts[i] != NULL; i++)
    words = imp_fhir_words (imp_json_first (imp_json_get (resource, concepts[i])));
  for (guint i = 0; words == NULL && strings[i] != NULL; i++)
    {
      const cJSON *node = imp_json_get (resource, strings[i]);

      words = cJSON_IsObject (node) ? imp_fhir_words (node) : g_strdup (imp_json_text (node));
    }
  return g_steal_pointer (&words);
}

static char *
value_of (const cJSON *resource)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (resource, "value", &type, NULL);
  const cJSON *dosage = imp_json_first (imp_json_get (resource, "dosageInstruction"));

  if (value != NULL)
    return imp_fhir_value_text (value, type);
  return g_strdup (imp_json_string (dosage, "text"));
}

/* A pressure in its parts. */
static void
add_components (GString *out, const cJSON *resource)
{
  for (const cJSON *one = imp_json_first (imp_json_get (resource, "component"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "code"));
      g_autofree char *value = value_of (one);

      if (name != NULL || value != NULL)
        g_string_append_printf (out, " %s %s", name != NULL ? name : "",
                                value != NULL ? value : "値なし");
    }
}

static gboolean
is_suspected (const cJSON *resource)
{
  static const char *const words[] = { "unconfirmed", "provisional", "differential", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (imp_fhir_concept_has (imp_json_get (resource, "verificationStatus"), NULL, words[i]))
      return TRUE;
  return FALSE;
}

/* What is not plainly so must not read as if it were (spec fhir.md 9). */
static void
add_state (GString *out, const cJSON *resource, const char *type)
{
  ImpFhirState state = imp_fhir_state (resource, type);
  const char *verified = imp_fhir_string (resource, "verificationStatus.coding.code");

  if (is_suspected (resource))
    g_string_append (out, "（疑い）");
  else if (!state.is_live)
    g_string_append_printf (out, "（%s）",
                            verified != NULL     ? verified
                            : state.word != NULL ? state.word
                                                 : "無効");
  else if (state.warning != NULL && state.word != NULL)
    g_string_append_printf (out, "（%s）", state.word);
  if (g_strcmp0 (imp_json_string (resource, "doNotPerform"), "true") == 0)
    g_string_append (out, "（行わない指示）");
  if (strcmp (type, "FamilyMemberHistory") == 0)
    {
      g_autofree char *relation = imp_fhir_words (imp_json_get (resource, "relationship"));

      g_string_append_printf (out, "（家族歴%s%s）", relation != NULL ? "・" : "",
                              relation != NULL ? relation : "");
    }
}

static void
add_family_conditions (GString *out, const cJSON *resource)
{
  for (const cJSON *one = imp_json_first (imp_json_get (resource, "condition"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (imp_json_get (one, "code"));

      if (words != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "、" : "", words);
    }
}

char *
imp_fhir_label (ImpFhirMapper *self, const cJSON *resource)
{
  const char *type = imp_json_string (resource, "resourceType");
  g_autofree char *name = name_of (self, resource);
  g_autofree char *value = value_of (resource);
  GString *out = g_string_new (name);

  if (value != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", value);
  add_components (out, resource);
  if (g_strcmp0 (type, "FamilyMemberHistory") == 0)
    add_family_conditions (out, resource);
  if (out->len > 0 && type != NULL)
    add_state (out, resource, type);
  return g_string_free (out, out->len == 0);
}

/* People and places are called by their name, not by what they are. */
static gboolean
has_name (const cJSON *target)
{
  static const char *const types[] = { "Organization",     "Practitioner",
                                       "PractitionerRole", "RelatedPerson",
                                       "Location",         "Patient",
                                       "Device",           NULL };
  const char *type = imp_json_string (target, "resourceType");

  return type != NULL && g_strv_contains (types, type);
}

char *
imp_fhir_reference_label (ImpFhirMapper *self, const cJSON *reference, gboolean *found)
{
  const cJSON *target = imp_fhir_find (self, reference, NULL);
  g_autofree char *label =
      target != NULL && !has_name (target) ? imp_fhir_label (self, target) : NULL;
  const cJSON *concept = imp_json_get (reference, "concept"); /* R5 */

  if (found != NULL)
    *found = target != NULL;
  if (label == NULL && concept != NULL)
    label = imp_fhir_words (concept);
  if (label == NULL)
    label = imp_fhir_actor (self, reference);
  return g_steal_pointer (&label);
}

/* ---- tables -------------------------------------------------------------------------------------
 */

char *
imp_fhir_empty_words (const cJSON *reason)
{
  /* list-empty-reason; spec fhir.md 3.8 */
  static const struct
  {
    const char *code;
    const char *words;
  } table[] = {
    { "nilknown", "特になし" },    { "notasked", "未聴取" },   { "withheld", "非開示" },
    { "unavailable", "情報なし" }, { "notstarted", "未着手" }, { "closed", "終了" },
  };
  const char *text = imp_json_string (reason, "text");
  const char *words = NULL;

  for (guint i = 0; words == NULL && i < G_N_ELEMENTS (table); i++)
    if (imp_fhir_concept_has (reason, NULL, table[i].code))
      words = table[i].words;
  if (words == NULL)
    return imp_fhir_words (reason);
  return text != NULL ? g_strdup_printf ("%s（%s）", words, text) : g_strdup (words);
}

DiscKind
imp_fhir_document_kind (const cJSON *type)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (type, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *code = imp_json_string (coding, "code");
      DiscKind kind = code != NULL ? imp_map_loinc_kind (code) : DISC_KIND_DOCUMENT;

      if (kind != DISC_KIND_DOCUMENT)
        return kind;
    }
  return DISC_KIND_DOCUMENT;
}
