/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-medication.h"
#include "imp-fhir-timing.h"

/* NutritionOrder: spec fhir.md 3.7, 4.2. */

static void
add_repeat (ImpFhirMapper *self, const char *label, const cJSON *timing)
{
  g_autofree char *words = imp_fhir_timing_words (timing);

  imp_fhir_comment (self, label, words);
}

static void
add_nutrients (ImpFhirMapper *self, const cJSON *diet)
{
  for (const cJSON *one = imp_json_first (imp_json_get (diet, "nutrient")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "modifier"));
      g_autofree char *amount = imp_fhir_value_text (imp_json_get (one, "amount"), "Quantity");

      imp_fhir_take (self, DISC_FIELD_RESTRICTION,
                     g_strdup_printf ("%s%s%s", name != NULL ? name : "",
                                      name != NULL && amount != NULL ? " " : "",
                                      amount != NULL ? amount : ""));
    }
}

static void
add_texture (ImpFhirMapper *self, const cJSON *diet)
{
  for (const cJSON *one = imp_json_first (imp_json_get (diet, "texture")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *how = imp_fhir_words (imp_json_get (one, "modifier"));
      g_autofree char *what = imp_fhir_words (imp_json_get (one, "foodType"));

      if (how != NULL && what != NULL)
        imp_fhir_take (self, DISC_FIELD_TEXTURE, g_strdup_printf ("%s（%s）", how, what));
      else
        imp_fhir_add (self, DISC_FIELD_TEXTURE, how != NULL ? how : what);
    }
  /* とろみ: what keeps the drink out of the lungs. */
  for (const cJSON *one = imp_json_first (imp_json_get (diet, "fluidConsistencyType")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      if (words != NULL)
        imp_fhir_take (self, DISC_FIELD_TEXTURE, g_strdup_printf ("水分：%s", words));
    }
}

/* R5 has the Timing within. */
static const cJSON *
first_schedule (const cJSON *node)
{
  const cJSON *timing = imp_fhir_path (node, "oralDiet.schedule.timing");

  return timing != NULL ? timing : imp_fhir_path (node, "oralDiet.schedule");
}

/* The begin of its bounds, else the first of its days. */
static const char *
start_of (const cJSON *schedule)
{
  const char *start = imp_fhir_string (schedule, "repeat.boundsPeriod.start");

  return start != NULL ? start : imp_fhir_string (schedule, "event");
}

static const char *
end_of (const cJSON *schedule)
{
  const char *end = imp_fhir_string (schedule, "repeat.boundsPeriod.end");
  const cJSON *event = imp_json_first (imp_json_get (schedule, "event"));

  if (end != NULL || event == NULL || imp_json_next (event) == NULL)
    return end;
  for (; event != NULL; event = imp_json_next (event))
    end = imp_json_text (event);
  return end;
}

static void
add_diet_times (ImpFhirMapper *self, const cJSON *diet)
{
  const cJSON *schedule = first_schedule (self->resource);
  const char *start = start_of (schedule);
  const char *end = end_of (schedule);

  imp_fhir_add (self, DISC_FIELD_FROM,
                start != NULL ? start : imp_json_string (self->resource, "dateTime"));
  imp_fhir_add (self, DISC_FIELD_TO, end);
  for (const cJSON *one = imp_json_first (imp_json_get (diet, "schedule")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *timing = imp_json_get (one, "timing"); /* R5 has it within */
      g_autofree char *words = imp_fhir_repeat_words (timing != NULL ? timing : one);

      imp_fhir_add (self, DISC_FIELD_MEAL, words);
    }
}

static void
add_formula (ImpFhirMapper *self)
{
  const cJSON *formula = imp_json_first (imp_json_get (self->resource, "enteralFormula"));

  imp_fhir_comment_words (self, "経腸栄養", imp_json_get (formula, "baseFormulaType"));
  imp_fhir_comment_path (self, "経腸栄養の製品", formula, "baseFormulaProductName");
  imp_fhir_comment_words (self, "経腸栄養の追加", imp_json_get (formula, "additiveType"));
  imp_fhir_comment_path (self, "経腸栄養の追加", formula, "additiveProductName");
  imp_fhir_comment_value (self, "カロリー濃度", formula, "caloricDensity");
  imp_fhir_comment_words (self, "投与経路", imp_json_get (formula, "routeofAdministration"));
  imp_fhir_comment_words (self, "投与経路", imp_json_get (formula, "routeOfAdministration"));
  for (const cJSON *one = imp_json_first (imp_json_get (formula, "administration")); one != NULL;
       one = imp_json_next (one))
    {
      imp_fhir_comment_value (self, "経腸栄養の量", one, "quantity");
      imp_fhir_comment_value (self, "経腸栄養の速度", one, "rate");
      add_repeat (self, "経腸栄養の時期", imp_json_get (one, "schedule"));
    }
  imp_fhir_comment_value (self, "最大量", formula, "maxVolumeToDeliver");
  imp_fhir_comment_path (self, "経腸栄養の指示", formula, "administrationInstruction");
}

static void
add_supplements (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "supplement")); one != NULL;
       one = imp_json_next (one))
    {
      imp_fhir_comment_words (self, "栄養補助", imp_json_get (one, "type"));
      imp_fhir_comment_path (self, "栄養補助の製品", one, "productName");
      imp_fhir_comment_value (self, "栄養補助の量", one, "quantity");
      imp_fhir_comment_path (self, "栄養補助の指示", one, "instruction");
      add_repeat (self, "栄養補助の時期", imp_json_first (imp_json_get (one, "schedule")));
    }
}

static void
add_meal (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *diet = imp_json_first (imp_json_get (node, "oralDiet"));

  imp_fhir_add_status (self);
  imp_fhir_add_concept (self, DISC_FIELD_KIND, imp_json_get (diet, "type"));
  add_diet_times (self, diet);
  add_texture (self, diet);
  for (const cJSON *one = imp_json_first (imp_json_get (node, "excludeFoodModifier")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      if (words != NULL)
        imp_fhir_take (self, DISC_FIELD_RESTRICTION, g_strdup_printf ("禁止：%s", words));
    }
  add_nutrients (self, diet);
  imp_fhir_comment_words (self, "希望", imp_json_get (node, "foodPreferenceModifier"));
  imp_fhir_comment_references (self, "アレルギー", imp_json_get (node, "allergyIntolerance"));
  imp_fhir_comment_path (self, "指示", diet, "instruction");
  add_formula (self);
  add_supplements (self);
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_notes (self, node);
}

static char *
meal_title (const cJSON *node)
{
  static const char *const paths[] = { "oralDiet.type", "enteralFormula.baseFormulaType",
                                       "supplement.type", NULL };

  for (guint i = 0; paths[i] != NULL; i++)
    {
      char *words = imp_fhir_concept_text (imp_fhir_path (node, paths[i]));

      if (words != NULL)
        return words;
    }
  return g_strdup ("食事");
}

void
imp_fhir_map_nutrition_order (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *schedule = first_schedule (node);

  self->title = imp_fhir_keep (self, meal_title (node));
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "orderer")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->order_no = imp_fhir_identifier (node, NULL);
  imp_fhir_set_at (self, imp_json_string (node, "dateTime") != NULL
                             ? imp_json_string (node, "dateTime")
                             : start_of (schedule));
  imp_fhir_set_reach (self, end_of (schedule));
  if (self->state.is_live
          ? self->state.status == DISC_STATUS_ACTIVE || self->state.status == DISC_STATUS_ON_HOLD
          : self->state.status == DISC_STATUS_DRAFT)
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin (self, DISC_KIND_MEAL);
  imp_fhir_item (self);
  add_meal (self);
}
