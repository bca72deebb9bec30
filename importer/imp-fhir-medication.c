/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-medication.h"

#include <string.h>

#include "imp-fhir-dosage.h"

#define UNKNOWN_DRUG "薬剤名不明（参照先なし）" /* spec fhir.md 2.2 */
#define MAX_INGREDIENTS 200
#define MAX_NAME 1000 /* bytes: beyond that it is no name */
#define MAX_ITEMS 400 /* dosages by drugs: beyond that nobody reads it */

const cJSON *
imp_fhir_concept_of (const cJSON *node)
{
  const cJSON *one = imp_json_first (node);
  const cJSON *inner = imp_json_first (imp_json_get (one, "concept"));

  if (inner != NULL)
    return inner;
  if (cJSON_IsObject (one) && imp_json_get (one, "coding") == NULL &&
      imp_json_get (one, "text") == NULL && imp_json_get (one, "code") == NULL &&
      imp_json_get (one, "display") == NULL)
    return NULL;
  /* A Reference has a display too. */
  return imp_json_get (one, "reference") == NULL && imp_json_get (one, "identifier") == NULL ? one
                                                                                             : NULL;
}

static const cJSON *
reference_of (const cJSON *node)
{
  const cJSON *one = imp_json_first (node);
  const cJSON *inner = imp_json_get (one, "reference");

  if (cJSON_IsObject (inner))
    return inner;
  return cJSON_IsObject (one) && (inner != NULL || imp_json_get (one, "identifier") != NULL ||
                                  imp_json_get (one, "display") != NULL)
             ? one
             : NULL;
}

/* ---- ingredients -------------------------------------------------------------------------------
 */

/* The concept of a Medication, a Substance ... that @reference names. */
static const cJSON *
concept_behind (ImpFhirMapper *self, const cJSON *reference, const char *element)
{
  const cJSON *target = imp_fhir_need (self, reference, NULL, element);

  return imp_fhir_concept_of (imp_json_get (target, "code"));
}

static void
read_item (ImpFhirMapper *self, const cJSON *ingredient, ImpFhirDrug *drug)
{
  const cJSON *reference = imp_json_first (imp_json_get (ingredient, "itemReference"));
  const cJSON *item = imp_json_get (ingredient, "item"); /* R5 */

  drug->concept = imp_fhir_concept_of (imp_json_get (ingredient, "itemCodeableConcept"));
  if (drug->concept == NULL)
    drug->concept = imp_fhir_concept_of (item);
  if (drug->concept != NULL)
    return;
  if (reference == NULL)
    reference = reference_of (item);
  if (reference == NULL)
    return;
  drug->concept = concept_behind (self, reference, "Medication.ingredient");
  if (drug->concept == NULL)
    drug->name = imp_json_string (reference, "display");
}

static int
compare_drugs (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const ImpFhirDrug *) a)->order;
  gint64 y = ((const ImpFhirDrug *) b)->order;

  return (x > y) - (x < y);
}

static void
read_ingredients (ImpFhirMapper *self, const cJSON *list, GArray *drugs)
{
  gboolean all = TRUE;

  for (const cJSON *one = imp_json_first (list); one != NULL && drugs->len < MAX_INGREDIENTS;
       one = imp_json_next (one))
    {
      ImpFhirDrug drug = { .ingredient = one };
      const char *order = imp_json_text (imp_fhir_named_value (one, "DrugNo", NULL));

      drug.order = order != NULL ? g_ascii_strtoll (order, NULL, 10) : 0;
      all = all && order != NULL;
      read_item (self, one, &drug);
      g_array_append_val (drugs, drug);
    }
  if (drugs->len >= MAX_INGREDIENTS)
    imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED, "Medication.ingredient: more than %d",
                            MAX_INGREDIENTS);
  if (all)
    g_array_sort (drugs, compare_drugs);
}

/* ---- medication[x] ------------------------------------------------------------------------------
 */

/* A product may list what it is made of: that is one drug still. A bag has a number for each. */
static gboolean
is_bag (const cJSON *medication)
{
  const cJSON *list = imp_json_get (medication, "ingredient");

  if (imp_json_first (list) == NULL)
    return FALSE;
  if (imp_fhir_concept_of (imp_json_get (medication, "code")) == NULL)
    return TRUE;
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    if (imp_fhir_named_extension (one, "DrugNo") != NULL)
      return TRUE;
  return FALSE;
}

static void
read_medication (ImpFhirMapper *self, const cJSON *medication, const char *display,
                 ImpFhirMedication *out)
{
  ImpFhirDrug drug = { .concept = imp_fhir_concept_of (imp_json_get (medication, "code")) };

  out->medication = medication;
  if (is_bag (medication))
    {
      read_ingredients (self, imp_json_get (medication, "ingredient"), out->drugs);
      out->is_mixture = out->drugs->len > 1;
      return;
    }
  if (drug.concept == NULL)
    drug.name = display;
  out->is_unknown = drug.concept == NULL && drug.name == NULL;
  if (!out->is_unknown)
    g_array_append_val (out->drugs, drug);
}

static void
read_reference (ImpFhirMapper *self, const cJSON *reference, ImpFhirMedication *out)
{
  const cJSON *medication = imp_fhir_need (self, reference, "Medication", "medicationReference");
  ImpFhirDrug drug = { .name = imp_json_string (reference, "display") };

  if (medication != NULL)
    read_medication (self, medication, drug.name, out);
  else if (drug.name != NULL)
    g_array_append_val (out->drugs, drug);
  else
    out->is_unknown = TRUE;
}

static char *
drug_name (const ImpFhirDrug *drug)
{
  return drug->concept != NULL ? imp_fhir_concept_text (drug->concept) : g_strdup (drug->name);
}

static void
make_title (ImpFhirMapper *self, ImpFhirMedication *out)
{
  GString *title = g_string_new (NULL);

  for (guint i = 0; i < out->drugs->len; i++)
    {
      g_autofree char *name = drug_name (&g_array_index (out->drugs, ImpFhirDrug, i));

      g_string_append_printf (title, "%s%s", i > 0 ? "＋" : "", name != NULL ? name : UNKNOWN_DRUG);
    }
  if (title->len == 0)
    g_string_append (title, UNKNOWN_DRUG);
  out->title = imp_fhir_keep (self, g_string_free (title, FALSE));
}

void
imp_fhir_medication (ImpFhirMapper *self, ImpFhirMedication *out)
{
  const cJSON *concept =
      imp_json_first (imp_json_get (self->resource, "medicationCodeableConcept"));
  const cJSON *reference = imp_json_first (imp_json_get (self->resource, "medicationReference"));
  const cJSON *either = imp_json_first (imp_json_get (self->resource, "medication")); /* R5 */

  *out = (ImpFhirMedication){ .drugs = g_array_new (FALSE, FALSE, sizeof (ImpFhirDrug)) };
  if (concept == NULL)
    concept = cJSON_IsObject (either) ? imp_fhir_concept_of (either) : either;
  if (reference == NULL && concept != either)
    reference = reference_of (either);
  if (concept != NULL && reference != NULL)
    imp_fhir_tell_choice (self, "medication");
  if (concept != NULL && (imp_fhir_code (concept) != NULL || reference == NULL))
    {
      ImpFhirDrug drug = { .concept = concept };

      g_array_append_val (out->drugs, drug);
    }
  if (reference != NULL)
    read_reference (self, reference, out);
  out->is_unknown = out->drugs->len == 0;
  make_title (self, out);
}

void
imp_fhir_medication_clear (ImpFhirMedication *self)
{
  g_clear_pointer (&self->drugs, g_array_unref);
}

guint
imp_fhir_n_drugs (const ImpFhirMedication *medication)
{
  return MAX (medication->drugs->len, 1);
}

gboolean
imp_fhir_has_room (ImpFhirMapper *self)
{
  if (disc_record_builder_n_items (self->out->records) < MAX_ITEMS)
    return TRUE;
  if (g_hash_table_add (self->missing, g_strdup ("items"))) /* once */
    imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED, "%s: more than %d drugs and dosages",
                            self->type, MAX_ITEMS);
  return FALSE;
}

/* ---- to the item --------------------------------------------------------------------------------
 */

/* Per administration where it is for one time (回): spec fhir.md 3.5.2. */
static gboolean
is_per_time (const cJSON *strength)
{
  const cJSON *below = imp_json_first (imp_json_get (strength, "denominator"));
  const char *value = imp_json_string (below, "value");
  const char *unit = imp_json_string (below, "unit");
  const char *code = imp_json_string (below, "code");

  if (value != NULL &&
      (!imp_json_is_number (value, strlen (value)) || g_ascii_strtod (value, NULL) != 1))
    return FALSE;
  return below != NULL && (g_strcmp0 (unit, "回") == 0 || g_strcmp0 (code, "TIME") == 0);
}

static void
add_strength (ImpFhirMapper *self, const cJSON *ingredient)
{
  const char *type;
  const cJSON *strength = imp_json_first (imp_json_get (ingredient, "strength"));
  const cJSON *kind;

  if (strength == NULL)
    strength = imp_fhir_choice (ingredient, "strength", &type, NULL); /* R5 */
  if (strength == NULL)
    return;
  if (is_per_time (strength))
    imp_fhir_add_amount (self, DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT,
                         imp_json_get (strength, "numerator"));
  else if (imp_json_get (strength, "numerator") != NULL)
    imp_fhir_take (self, DISC_FIELD_STRENGTH, imp_fhir_value_text (strength, "Ratio"));
  else
    imp_fhir_add_amount (self, DISC_FIELD_STRENGTH, DISC_FIELD_STRENGTH_UNIT, strength);
  kind = imp_fhir_named_value (strength, "StrengthType", NULL);
  if (kind != NULL)
    imp_fhir_tell_strength (self, kind);
}

static void
add_ingredient (ImpFhirMapper *self, const cJSON *ingredient)
{
  const char *active = imp_json_string (ingredient, "isActive");

  if (g_strcmp0 (active, "false") == 0)
    imp_fhir_add (self, DISC_FIELD_COMPONENT, "基剤（溶媒）");
  add_strength (self, ingredient);
}

/* What a product is made of, for whoever must know. */
static void
tell_contents (ImpFhirMapper *self, const cJSON *medication)
{
  for (const cJSON *one = imp_json_first (imp_json_get (medication, "ingredient")); one != NULL;
       one = imp_json_next (one))
    {
      ImpFhirDrug drug = { 0 };
      const cJSON *strength = imp_json_first (imp_json_get (one, "strength"));
      g_autofree char *amount = imp_fhir_value_text (strength, "Ratio");
      g_autofree char *name = NULL;
      g_autofree char *line = NULL;

      read_item (self, one, &drug);
      name = drug_name (&drug);
      line = g_strdup_printf ("%s%s%s", name != NULL ? name : "", amount != NULL ? " " : "",
                              amount != NULL ? amount : "");
      imp_fhir_comment (self, "成分", line);
    }
}

static void
tell_medication (ImpFhirMapper *self, const ImpFhirMedication *medication)
{
  const cJSON *node = medication->medication;
  const char *status = imp_json_string (node, "status");
  const cJSON *form = imp_json_get (node, "form");

  imp_fhir_add_words (self, DISC_FIELD_FORM, form != NULL ? form : imp_json_get (node, "doseForm"));
  imp_fhir_add_path (self, DISC_FIELD_LOT, node, "batch.lotNumber");
  if (medication->drugs->len == 0 ||
      g_array_index (medication->drugs, ImpFhirDrug, 0).ingredient == NULL)
    tell_contents (self, node);
  else
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (node, "code"));

      imp_fhir_comment (self, "混合薬", name);
    }
  if (status != NULL && strcmp (status, "active") != 0)
    imp_fhir_comment (self, "薬剤情報の状態", status);
  if (g_strcmp0 (status, "entered-in-error") == 0)
    imp_fhir_add (self, DISC_FIELD_WARNING, "drug-in-error");
}

static int
compare_characters (gconstpointer a, gconstpointer b)
{
  gunichar x = *(const gunichar *) a;
  gunichar y = *(const gunichar *) b;

  return (x > y) - (x < y);
}

/* "・沢井製薬" behind a name of the HOT master; a mixture has such points too. */
static gboolean
begins_maker (const char *text)
{
  static const char *const words[] = { "薬", "ファーマ", "工業", NULL };

  if (g_str_has_prefix (text, "「"))
    return TRUE;
  for (guint i = 0; g_str_has_prefix (text, "・") && words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The characters of a name, sorted: without width, blanks, the maker and the mark of a generic
 * name. "錠250mg" and "250mg錠" are one. */
static GArray *
characters_of (const char *name)
{
  g_autofree char *wide = g_utf8_normalize (name, -1, G_NORMALIZE_ALL_COMPOSE);
  GArray *out = g_array_new (FALSE, FALSE, sizeof (gunichar));
  const char *p = wide != NULL ? wide : "";

  if (g_str_has_prefix (p, "【般】"))
    p += strlen ("【般】");
  for (; *p != '\0' && !begins_maker (p); p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));

      if (!g_unichar_isspace (c))
        g_array_append_val (out, c);
    }
  g_array_sort (out, compare_characters);
  return out;
}

static gboolean
is_one_name (const char *a, const char *b)
{
  g_autoptr (GArray) x = NULL, y = NULL;

  if (strlen (a) > MAX_NAME || strlen (b) > MAX_NAME)
    return strcmp (a, b) == 0;
  x = characters_of (a);
  y = characters_of (b);
  return x->len == y->len && memcmp (x->data, y->data, x->len * sizeof (gunichar)) == 0;
}

/* The master's name of the code beside the order's own words, where they may be two drugs (E12). */
static void
tell_other_name (ImpFhirMapper *self, const cJSON *concept, const char *name)
{
  const cJSON *coding = imp_fhir_code (concept);
  const char *display = imp_json_string (coding, "display");
  const char *system = imp_json_string (coding, "system");

  if (display == NULL || (system != NULL && strstr (system, "ocoded") != NULL) ||
      (system != NULL && strstr (system, "ncoded") != NULL) || is_one_name (display, name))
    return;
  imp_fhir_comment (self, "コードの名称", display);
}

void
imp_fhir_add_drug (ImpFhirMapper *self, const ImpFhirMedication *medication, guint n)
{
  const ImpFhirDrug *drug =
      n < medication->drugs->len ? &g_array_index (medication->drugs, ImpFhirDrug, n) : NULL;
  g_autofree char *name = drug != NULL ? drug_name (drug) : NULL;

  if (name == NULL)
    {
      imp_fhir_add (self, DISC_FIELD_DRUG, UNKNOWN_DRUG);
      imp_fhir_add (self, DISC_FIELD_WARNING, "unknown-drug");
    }
  else if (drug->concept != NULL)
    {
      imp_fhir_add_concept (self, DISC_FIELD_DRUG, drug->concept);
      tell_other_name (self, drug->concept, name);
    }
  else
    imp_fhir_add (self, DISC_FIELD_DRUG, name);
  if (drug != NULL && drug->ingredient != NULL)
    add_ingredient (self, drug->ingredient);
  if (medication->medication != NULL)
    tell_medication (self, medication);
  else if (name == NULL)
    imp_fhir_add_path (self, DISC_FIELD_CODE, self->resource,
                       "medicationReference.identifier.value");
}

/* ---- numbers ------------------------------------------------------------------------------------
 */

static ImpFhirNumber
sort_of (const char *system)
{
  static const struct
  {
    const char *part;
    ImpFhirNumber sort;
  } parts[] = {
    { "Medication-RPGroupNumber", IMP_FHIR_NUMBER_RP },
    { "NamingSystem/rpNumber", IMP_FHIR_NUMBER_RP },
    { "1.2.392.100495.20.3.81", IMP_FHIR_NUMBER_RP },
    { "MedicationAdministrationIndex", IMP_FHIR_NUMBER_IN_RP },
    { "1.2.392.100495.20.3.82", IMP_FHIR_NUMBER_IN_RP },
    { "PrescriptionDocumentID", IMP_FHIR_NUMBER_PRESCRIPTION },
    { "1.2.392.100495.20.3.11", IMP_FHIR_NUMBER_PRESCRIPTION },
    { "requestIdentifier", IMP_FHIR_NUMBER_REQUEST },
    { "resourceInstance-identifier", IMP_FHIR_NUMBER_REQUEST },
  };

  for (guint i = 0; system != NULL && i < G_N_ELEMENTS (parts); i++)
    if (strstr (system, parts[i].part) != NULL)
      return parts[i].sort;
  return IMP_FHIR_NUMBER_OTHER;
}

static const char *
number_in (const cJSON *list, ImpFhirNumber sort)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const char *value =
          cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one);

      if (value != NULL && sort_of (imp_json_string (one, "system")) == sort)
        return value;
    }
  return NULL;
}

const char *
imp_fhir_number (const cJSON *resource, ImpFhirNumber sort)
{
  const char *number = number_in (imp_json_get (resource, "identifier"), sort);
  const cJSON *group = imp_json_get (resource, "groupIdentifier");

  if (number != NULL || sort == IMP_FHIR_NUMBER_IN_RP)
    return number;
  /* What belongs together: the RP in early messages, else the prescription. */
  if (sort == IMP_FHIR_NUMBER_PRESCRIPTION && number_in (group, IMP_FHIR_NUMBER_OTHER) != NULL)
    return number_in (group, IMP_FHIR_NUMBER_OTHER);
  return number_in (group, sort);
}

const char *
imp_fhir_order_number (const cJSON *resource)
{
  static const ImpFhirNumber sorts[] = { IMP_FHIR_NUMBER_PRESCRIPTION, IMP_FHIR_NUMBER_REQUEST,
                                         IMP_FHIR_NUMBER_OTHER };
  const char *number = NULL;

  for (guint i = 0; number == NULL && i < G_N_ELEMENTS (sorts); i++)
    number = imp_fhir_number (resource, sorts[i]);
  return number;
}

void
imp_fhir_add_numbers (ImpFhirMapper *self, const cJSON *order)
{
  static const struct
  {
    ImpFhirNumber sort;
    DiscField field;
  } fields[] = {
    { IMP_FHIR_NUMBER_RP, DISC_FIELD_RP },
    { IMP_FHIR_NUMBER_IN_RP, DISC_FIELD_SUB_ID },
    { IMP_FHIR_NUMBER_PRESCRIPTION, DISC_FIELD_PRESCRIPTION_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *number = imp_fhir_number (self->resource, fields[i].sort);

      if (number == NULL && fields[i].sort != IMP_FHIR_NUMBER_IN_RP)
        number = imp_fhir_number (order, fields[i].sort);
      imp_fhir_add (self, fields[i].field, number);
    }
}
