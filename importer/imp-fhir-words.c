/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-medication.h"

/* What a resource refers to and what has no field of its own, in words. */

static char *
words_of (ImpFhirMapper *self, const cJSON *target, const cJSON *reference)
{
  static const char *const concepts[] = { "code", "vaccineCode", "type", "category", NULL };
  static const char *const texts[] = { "title", "description", NULL };

  for (guint i = 0; concepts[i] != NULL; i++)
    {
      const cJSON *concept = imp_fhir_concept_of (imp_json_get (target, concepts[i]));
      char *words = concept != NULL ? imp_fhir_words (concept) : NULL;

      if (words != NULL)
        return words;
    }
  for (guint i = 0; texts[i] != NULL; i++)
    if (imp_json_string (target, texts[i]) != NULL)
      return g_strdup (imp_json_string (target, texts[i]));
  return imp_fhir_actor (self, reference);
}

char *
imp_fhir_reference_words (ImpFhirMapper *self, const cJSON *reference)
{
  const cJSON *target = imp_fhir_find (self, reference, NULL);

  if (target == NULL)
    return imp_fhir_actor (self, reference);
  return words_of (self, target, reference);
}

void
imp_fhir_comment_references (ImpFhirMapper *self, const char *label, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_reference_words (self, one);

      imp_fhir_comment (self, label, words);
    }
}

void
imp_fhir_comment_words (ImpFhirMapper *self, const char *label, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      imp_fhir_comment (self, label, words);
    }
}

void
imp_fhir_comment_value (ImpFhirMapper *self, const char *label, const cJSON *node, const char *name)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (node, name, &type, NULL);
  g_autofree char *text = NULL;

  if (value == NULL)
    {
      value = imp_json_first (imp_json_get (node, name));
      type = imp_json_get (value, "value") != NULL ? "Quantity" : "CodeableConcept";
    }
  text = imp_fhir_value_text (value, type);
  imp_fhir_comment (self, label, text);
}

void
imp_fhir_comment_path (ImpFhirMapper *self, const char *label, const cJSON *node, const char *path)
{
  imp_fhir_comment (self, label, imp_fhir_string (node, path));
}

void
imp_fhir_add_reasons (ImpFhirMapper *self, const cJSON *node)
{
  static const char *const names[] = { "reasonCode",     "reasonReference", "reason",
                                       "reasonNotGiven", "reasonForUse",    NULL };

  for (guint i = 0; names[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (node, names[i])); one != NULL;
         one = imp_json_next (one))
      {
        const cJSON *concept = imp_fhir_concept_of (one);

        imp_fhir_take (self, DISC_FIELD_REASON,
                       concept != NULL ? imp_fhir_words (concept)
                                       : imp_fhir_reference_words (self, one));
      }
}
