/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-medication.h"
#include "imp-fhir-result.h"

#include <string.h>

/* Specimen, read where a result refers to it (spec fhir.md 3.6, 3.7). */

#define JLAC10_LENGTH 17
#define JLAC10_MATERIAL 9 /* three digits: 5 analyte, 4 identification before them */
#define MAX_SPECIMENS 20

const char *
imp_fhir_collected_at (ImpFhirMapper *self, const cJSON *specimens)
{
  for (const cJSON *one = imp_json_first (specimens); one != NULL; one = imp_json_next (one))
    {
      const cJSON *specimen = imp_fhir_find (self, one, "Specimen");
      const char *at = imp_fhir_start (imp_json_get (specimen, "collection"), "collected");

      if (at != NULL)
        return at;
    }
  return NULL;
}

static gboolean
is_poor (const cJSON *specimen)
{
  return g_strcmp0 (imp_json_string (specimen, "status"), "unsatisfactory") == 0;
}

void
imp_fhir_warn_specimen (ImpFhirMapper *self, const cJSON *specimens)
{
  for (const cJSON *one = imp_json_first (specimens); one != NULL; one = imp_json_next (one))
    {
      const cJSON *specimen = imp_fhir_find (self, one, "Specimen");
      const char *status = imp_json_string (specimen, "status");

      if (is_poor (specimen))
        imp_fhir_warn (self, "specimen-poor");
      else if (g_strcmp0 (status, "entered-in-error") == 0)
        imp_fhir_warn (self, "specimen-in-error");
    }
}

static char *
material_of (const cJSON *reference, const cJSON *specimen)
{
  g_autofree char *words = imp_fhir_words (imp_json_get (specimen, "type"));
  const char *text = imp_json_string (reference, "display");

  if (words == NULL && text == NULL)
    text = imp_fhir_string (reference, "identifier.value");
  return words != NULL ? g_steal_pointer (&words) : g_strdup (text);
}

static void
add_words (ImpFhirMapper *self, const char *label, const cJSON *concepts)
{
  for (const cJSON *one = imp_json_first (concepts); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      imp_fhir_comment (self, label, words);
    }
}

static void
add_quantity (ImpFhirMapper *self, const char *label, const cJSON *quantity)
{
  g_autofree char *text = imp_fhir_value_text (quantity, "Quantity");

  imp_fhir_comment (self, label, text);
}

static void
add_containers (ImpFhirMapper *self, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *type = imp_fhir_words (imp_json_get (one, "type"));

      imp_fhir_comment (self, "容器", type);
      imp_fhir_comment (self, "容器", imp_json_string (one, "description"));
      imp_fhir_comment (self, "容器番号", imp_fhir_identifier (one, NULL));
    }
}

/* Who took it, from which other one, for what. */
static void
add_origin (ImpFhirMapper *self, const cJSON *specimen)
{
  const cJSON *collector = imp_fhir_path (specimen, "collection.collector");
  g_autofree char *name = imp_fhir_actor (self, collector);

  imp_fhir_comment (self, "採取者", name);
  add_containers (self, imp_json_get (specimen, "container"));
  for (const cJSON *one = imp_json_first (imp_json_get (specimen, "parent")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *material = material_of (one, imp_fhir_find (self, one, "Specimen"));

      imp_fhir_comment (self, "元の検体", material);
    }
  imp_fhir_comment_references (self, "検体の依頼", imp_json_get (specimen, "request"));
}

/* What may be wrong with it. */
static void
add_details (ImpFhirMapper *self, const cJSON *specimen)
{
  const cJSON *collection = imp_json_get (specimen, "collection");
  const char *number = imp_fhir_string (specimen, "accessionIdentifier.value");

  imp_fhir_add (self, DISC_FIELD_SPECIMEN_NO,
                number != NULL ? number : imp_fhir_identifier (specimen, NULL));
  if (number != NULL)
    imp_fhir_comment (self, "検体番号", imp_fhir_identifier (specimen, NULL));
  if (is_poor (specimen))
    imp_fhir_comment (self, "検体の状態", "検体不良");
  add_words (self, "検体の状態", imp_json_get (specimen, "condition"));
  add_words (self, "採取部位", imp_json_get (collection, "bodySite"));
  add_words (self, "採取方法", imp_json_get (collection, "method"));
  add_quantity (self, "採取量", imp_json_get (collection, "quantity"));
  imp_fhir_comment (self, "検体受領", imp_json_string (specimen, "receivedTime"));
  add_origin (self, specimen);
  imp_fhir_add_notes (self, specimen);
}

/* Serum and urine may differ in nothing else (spec fhir.md 3.6): the digits as they are. */
static char *
material_digits (const cJSON *code)
{
  const char *jlac = imp_fhir_jlac (code);

  if (jlac == NULL || strlen (jlac) < JLAC10_LENGTH || g_ascii_isspace (jlac[JLAC10_LENGTH - 1]) ||
      strspn (jlac + JLAC10_MATERIAL, "0123456789") < 3 ||
      strncmp (jlac + JLAC10_MATERIAL, "000", 3) == 0 || strncmp (jlac, "99999", 5) == 0)
    return NULL;
  return g_strdup_printf ("[%.3s]", jlac + JLAC10_MATERIAL);
}

void
imp_fhir_add_specimen (ImpFhirMapper *self, const cJSON *specimens, const cJSON *code)
{
  guint n = 0;

  for (const cJSON *one = imp_json_first (specimens); one != NULL && n < MAX_SPECIMENS;
       one = imp_json_next (one))
    {
      const cJSON *specimen = imp_fhir_need (self, one, "Specimen", "specimen");
      g_autofree char *material = material_of (one, specimen);

      n += material != NULL;
      imp_fhir_add (self, DISC_FIELD_SPECIMEN, material);
      if (specimen != NULL)
        add_details (self, specimen);
    }
  if (n == 0)
    imp_fhir_take (self, DISC_FIELD_SPECIMEN, material_digits (code));
}
