/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-layout.h"

#define WORD(Type, field, source)                                                                  \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_WORD, G_STRUCT_OFFSET (Type, field), 0                                 \
  }
#define TEXT(Type, field, source)                                                                  \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_TEXT, G_STRUCT_OFFSET (Type, field), 0                                 \
  }
#define NUMBER(Type, field, source)                                                                \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_NUMBER, G_STRUCT_OFFSET (Type, field), 0                               \
  }
#define DECIMAL(Type, field, source)                                                               \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_THOUSANDTHS, G_STRUCT_OFFSET (Type, field), 0                          \
  }
#define ROW(Type, field, source, table)                                                            \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_ROW, G_STRUCT_OFFSET (Type, field), IMP_SAMPLE_##table                 \
  }
#define ROWS(Type, field, source, table)                                                           \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_ROWS, G_STRUCT_OFFSET (Type, field), IMP_SAMPLE_##table                \
  }
#define CHOICES(Type, field, source)                                                               \
  {                                                                                                \
    source, IMP_SAMPLE_FILL_CHOICES, G_STRUCT_OFFSET (Type, field), 0                              \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, 0, 0, 0                                                                                  \
  }

static const ImpSampleColumn surname_columns[] = {
  WORD (ImpSampleSurname, kanji, "{kanji}"),
  WORD (ImpSampleSurname, kana, "{kana}"),
  NUMBER (ImpSampleSurname, weight, "weight"),
  END,
};

static const ImpSampleColumn given_name_columns[] = {
  WORD (ImpSampleGivenName, kanji, "{kanji}"),
  WORD (ImpSampleGivenName, kana, "{kana}"),
  TEXT (ImpSampleGivenName, sex, "sex"),
  NUMBER (ImpSampleGivenName, born_from, "born_from"),
  NUMBER (ImpSampleGivenName, born_to, "born_to"),
  END,
};

static const ImpSampleColumn special_name_columns[] = {
  TEXT (ImpSampleSpecialName, sex, "sex"),
  WORD (ImpSampleSpecialName, name, "{name}"),
  END,
};

static const ImpSampleColumn department_columns[] = {
  WORD (ImpSampleDepartment, code, "{key}"),
  WORD (ImpSampleDepartment, name, "{name}"),
  WORD (ImpSampleDepartment, local, "{key}^{name}^99DPT"),
  END,
};

static const ImpSampleColumn ward_columns[] = {
  WORD (ImpSampleWard, name, "{name}"),
  NUMBER (ImpSampleWard, floor, "floor"),
  ROWS (ImpSampleWard, departments, "departments", DEPARTMENTS),
  END,
};

static const ImpSampleColumn staff_columns[] = {
  WORD (ImpSampleStaff, name, "{family} {given}"),
  WORD (ImpSampleStaff, xcn, "{key}^{family}^{given}^^^^^^^L^^^^^I"),
  ROW (ImpSampleStaff, department, "department", DEPARTMENTS),
  TEXT (ImpSampleStaff, job, "job"),
  END,
};

static const ImpSampleColumn town_columns[] = {
  WORD (ImpSampleTown, postal, "{postal}"),
  WORD (ImpSampleTown, name, "{name}"),
  END,
};

static const ImpSampleColumn unit_columns[] = {
  WORD (ImpSampleUnit, cwe, "{code}^{text}^{system}"),
  WORD (ImpSampleUnit, parts, "{code}&{text}&{system}"),
  WORD (ImpSampleUnit, name, "{text}"),
  END,
};

static const ImpSampleColumn usage_columns[] = {
  WORD (ImpSampleUsage, code, "{code}"),
  WORD (ImpSampleUsage, rpt, "{code}&{text}&JAMISDP01"),
  WORD (ImpSampleUsage, name, "{text}"),
  END,
};

static const ImpSampleColumn drug_columns[] = {
  WORD (ImpSampleDrug, cwe, "{code}^{name}^HOT9"),
  WORD (ImpSampleDrug, name, "{name}"),
  ROW (ImpSampleDrug, unit, "unit", UNITS),
  TEXT (ImpSampleDrug, kind, "kind"),
  END,
};

static const ImpSampleColumn regimen_columns[] = {
  ROW (ImpSampleRegimen, drug, "drug", DRUGS),
  WORD (ImpSampleRegimen, dose, "{dose}"),
  WORD (ImpSampleRegimen, most, "{most}"),
  WORD (ImpSampleRegimen, per_day, "{per-day}"),
  DECIMAL (ImpSampleRegimen, per_day_thousandths, "per-day"),
  ROW (ImpSampleRegimen, usage, "usage", USAGES),
  WORD (ImpSampleRegimen, pattern, "{repeat-pattern}"),
  WORD (ImpSampleRegimen, instruction, "{instruction}"),
  NUMBER (ImpSampleRegimen, days, "days"),
  NUMBER (ImpSampleRegimen, times, "times"),
  WORD (ImpSampleRegimen, total, "{total}"),
  WORD (ImpSampleRegimen, route, "{route}"),
  WORD (ImpSampleRegimen, site, "{site}"),
  WORD (ImpSampleRegimen, limit, "{limit}"),
  END,
};

static const ImpSampleColumn injectable_columns[] = {
  WORD (ImpSampleInjectable, cwe, "{code}^{name}^HOT9"),
  WORD (ImpSampleInjectable, name, "{name}"),
  ROW (ImpSampleInjectable, unit, "unit", UNITS),
  NUMBER (ImpSampleInjectable, volume, "volume"),
  WORD (ImpSampleInjectable, class_, "{class}"),
  END,
};

static const ImpSampleColumn infusion_columns[] = {
  WORD (ImpSampleInfusion, kind, "{kind}"),
  WORD (ImpSampleInfusion, volume, "{volume}"),
  WORD (ImpSampleInfusion, method, "{method}"),
  WORD (ImpSampleInfusion, route, "{route}"),
  WORD (ImpSampleInfusion, device, "{device}"),
  WORD (ImpSampleInfusion, line, "{line}"),
  WORD (ImpSampleInfusion, rate, "{rate}"),
  TEXT (ImpSampleInfusion, times, "times"),
  NUMBER (ImpSampleInfusion, minutes, "minutes"),
  WORD (ImpSampleInfusion, instruction, "{instruction}"),
  WORD (ImpSampleInfusion, order_class, "{order-class}"),
  END,
};

static const ImpSampleColumn mixture_columns[] = {
  ROW (ImpSampleMixture, infusion, "infusion", INFUSIONS),
  WORD (ImpSampleMixture, part, "{part}"),
  ROW (ImpSampleMixture, drug, "drug", INJECTABLES),
  WORD (ImpSampleMixture, amount, "{amount}"),
  ROW (ImpSampleMixture, unit, "unit", UNITS),
  END,
};

static const ImpSampleColumn lab_item_columns[] = {
  WORD (ImpSampleLabItem, item, "{jlac}^{name}^JC10^{local}^{local-name}^99LAB"),
  WORD (ImpSampleLabItem, name, "{name}"),
  WORD (ImpSampleLabItem, type, "{type}"),
  WORD (ImpSampleLabItem, unit, "{unit}^{unit-text}^ISO+"),
  WORD (ImpSampleLabItem, unit_name, "{unit-text}"),
  WORD (ImpSampleLabItem, low_text[0], "{low-m}"),
  WORD (ImpSampleLabItem, low_text[1], "{low-f}"),
  WORD (ImpSampleLabItem, high_text[0], "{high-m}"),
  WORD (ImpSampleLabItem, high_text[1], "{high-f}"),
  NUMBER (ImpSampleLabItem, digits, "digits"),
  DECIMAL (ImpSampleLabItem, mean[0], "mean-m"),
  DECIMAL (ImpSampleLabItem, mean[1], "mean-f"),
  DECIMAL (ImpSampleLabItem, deviation, "sd"),
  DECIMAL (ImpSampleLabItem, low[0], "low-m"),
  DECIMAL (ImpSampleLabItem, low[1], "low-f"),
  DECIMAL (ImpSampleLabItem, high[0], "high-m"),
  DECIMAL (ImpSampleLabItem, high[1], "high-f"),
  DECIMAL (ImpSampleLabItem, panic_low, "panic-low"),
  DECIMAL (ImpSampleLabItem, panic_high, "panic-high"),
  DECIMAL (ImpSampleLabItem, floor, "floor"),
  WORD (ImpSampleLabItem, floor_text, "{floor-text}"),
  DECIMAL (ImpSampleLabItem, ceiling, "ceiling"),
  WORD (ImpSampleLabItem, ceiling_text, "{ceiling-text}"),
  CHOICES (ImpSampleLabItem, choices, "choices"),
  END,
};

static const ImpSampleColumn lab_panel_columns[] = {
  WORD (ImpSamplePanel, panel, "{code}^{name}^99LAB"),
  WORD (ImpSamplePanel, name, "{name}"),
  WORD (ImpSamplePanel, material, "{material}"),
  WORD (ImpSamplePanel, additive, "{additive}"),
  ROWS (ImpSamplePanel, items, "items", LAB_ITEMS),
  NUMBER (ImpSamplePanel, minutes, "minutes"),
  NUMBER (ImpSamplePanel, outsourced, "outsourced"),
  END,
};

static const ImpSampleColumn diagnosis_columns[] = {
  WORD (ImpSampleDiagnosis, disease, "{code}^{name}^MDCDX2"),
  WORD (ImpSampleDiagnosis, name, "{name}"),
  WORD (ImpSampleDiagnosis, icd, "{icd}"),
  WORD (ImpSampleDiagnosis, exchange, "{exchange}"),
  END,
};

static const ImpSampleColumn organism_columns[] = {
  WORD (ImpSampleOrganism, cwe, "{code}^{name}^JANIS"),
  WORD (ImpSampleOrganism, name, "{name}"),
  WORD (ImpSampleOrganism, gram, "{gram}"),
  END,
};

static const ImpSampleColumn antibiotic_columns[] = {
  WORD (ImpSampleAntibiotic, cwe, "{code}^{name}^JC10"),
  WORD (ImpSampleAntibiotic, name, "{name}"),
  END,
};

static const ImpSampleColumn susceptibility_columns[] = {
  ROW (ImpSampleSusceptibility, organism, "organism", ORGANISMS),
  ROW (ImpSampleSusceptibility, antibiotic, "antibiotic", ANTIBIOTICS),
  WORD (ImpSampleSusceptibility, mic, "{mic}"),
  WORD (ImpSampleSusceptibility, flag, "{flag}"),
  END,
};

static const ImpSampleColumn specimen_columns[] = {
  WORD (ImpSampleSpecimen, material, "{material}"),
  WORD (ImpSampleSpecimen, name, "{name}"),
  ROWS (ImpSampleSpecimen, organisms, "organisms", ORGANISMS),
  END,
};

static const ImpSampleColumn examination_columns[] = {
  NUMBER (ImpSampleExamination, kind, "kind"),
  WORD (ImpSampleExamination, procedure, "{code}^{name}^{system}"),
  WORD (ImpSampleExamination, name, "{name}"),
  WORD (ImpSampleExamination, modality, "{modality}"),
  WORD (ImpSampleExamination, purpose, "{purpose}"),
  WORD (ImpSampleExamination, finding, "{finding}"),
  WORD (ImpSampleExamination, measure, "{measure-code}^{measure-name}^99MFR"),
  WORD (ImpSampleExamination, value, "{value}"),
  WORD (ImpSampleExamination, unit, "{unit}"),
  END,
};

static const ImpSampleColumn meal_columns[] = {
  WORD (ImpSampleMeal, diet, "{code}^{name}^99DIET"),
  WORD (ImpSampleMeal, note, "{note}"),
  END,
};

static const ImpSampleColumn allergen_columns[] = {
  WORD (ImpSampleAllergen, class_, "{class}"),
  WORD (ImpSampleAllergen, allergen, "{name}"),
  WORD (ImpSampleAllergen, severity, "{severity}"),
  WORD (ImpSampleAllergen, reaction, "{reaction}"),
  NUMBER (ImpSampleAllergen, weight, "weight"),
  END,
};

#define CONDITION_COLUMNS                                                                          \
  NUMBER (ImpSampleCondition, weight, "weight"), TEXT (ImpSampleCondition, sex, "sex"),            \
      NUMBER (ImpSampleCondition, age_from, "age-from"),                                           \
      NUMBER (ImpSampleCondition, age_to, "age-to"),                                               \
      ROW (ImpSampleCondition, department, "department", DEPARTMENTS),                             \
      ROWS (ImpSampleCondition, diagnoses, "diagnoses", DIAGNOSES),                                \
      ROWS (ImpSampleCondition, regimens, "regimens", REGIMENS),                                   \
      ROWS (ImpSampleCondition, panels, "panels", LAB_PANELS),                                     \
      ROWS (ImpSampleCondition, examinations, "exams", EXAMINATIONS),                              \
      TEXT (ImpSampleCondition, labs, "labs")

static const ImpSampleColumn condition_columns[] = {
  CONDITION_COLUMNS,
  NUMBER (ImpSampleCondition, interval, "interval"),
  END,
};

static const ImpSampleColumn stay_columns[] = {
  CONDITION_COLUMNS,
  NUMBER (ImpSampleCondition, days_min, "days-min"),
  NUMBER (ImpSampleCondition, days_max, "days-max"),
  ROWS (ImpSampleCondition, infusions, "infusions", INFUSIONS),
  ROWS (ImpSampleCondition, specimens, "specimens", SPECIMENS),
  ROW (ImpSampleCondition, meal, "meal", MEALS),
  END,
};

/* A table may name rows of those before it only. */
static const ImpSampleLayout layouts[IMP_SAMPLE_N_TABLES] = {
  [IMP_SAMPLE_SURNAMES] = { "surnames", sizeof (ImpSampleSurname), surname_columns },
  [IMP_SAMPLE_GIVEN_NAMES] = { "given-names", sizeof (ImpSampleGivenName), given_name_columns },
  [IMP_SAMPLE_SPECIAL_NAMES] = { "special-names", sizeof (ImpSampleSpecialName),
                                 special_name_columns },
  [IMP_SAMPLE_DEPARTMENTS] = { "departments", sizeof (ImpSampleDepartment), department_columns },
  [IMP_SAMPLE_WARDS] = { "wards", sizeof (ImpSampleWard), ward_columns },
  [IMP_SAMPLE_STAFF] = { "staff", sizeof (ImpSampleStaff), staff_columns },
  [IMP_SAMPLE_TOWNS] = { "towns", sizeof (ImpSampleTown), town_columns },
  [IMP_SAMPLE_UNITS] = { "units", sizeof (ImpSampleUnit), unit_columns },
  [IMP_SAMPLE_USAGES] = { "usages", sizeof (ImpSampleUsage), usage_columns },
  [IMP_SAMPLE_DRUGS] = { "drugs", sizeof (ImpSampleDrug), drug_columns },
  [IMP_SAMPLE_REGIMENS] = { "regimens", sizeof (ImpSampleRegimen), regimen_columns },
  [IMP_SAMPLE_INJECTABLES] = { "injectables", sizeof (ImpSampleInjectable), injectable_columns },
  [IMP_SAMPLE_INFUSIONS] = { "infusions", sizeof (ImpSampleInfusion), infusion_columns },
  [IMP_SAMPLE_MIXTURES] = { "mixtures", sizeof (ImpSampleMixture), mixture_columns },
  [IMP_SAMPLE_LAB_ITEMS] = { "lab-items", sizeof (ImpSampleLabItem), lab_item_columns },
  [IMP_SAMPLE_LAB_PANELS] = { "lab-panels", sizeof (ImpSamplePanel), lab_panel_columns },
  [IMP_SAMPLE_DIAGNOSES] = { "diagnoses", sizeof (ImpSampleDiagnosis), diagnosis_columns },
  [IMP_SAMPLE_ORGANISMS] = { "organisms", sizeof (ImpSampleOrganism), organism_columns },
  [IMP_SAMPLE_ANTIBIOTICS] = { "antibiotics", sizeof (ImpSampleAntibiotic), antibiotic_columns },
  [IMP_SAMPLE_SUSCEPTIBILITIES] = { "susceptibilities", sizeof (ImpSampleSusceptibility),
                                    susceptibility_columns },
  [IMP_SAMPLE_SPECIMENS] = { "specimens", sizeof (ImpSampleSpecimen), specimen_columns },
  [IMP_SAMPLE_EXAMINATIONS] = { "examinations", sizeof (ImpSampleExamination),
                                examination_columns },
  [IMP_SAMPLE_MEALS] = { "meals", sizeof (ImpSampleMeal), meal_columns },
  [IMP_SAMPLE_ALLERGENS] = { "allergens", sizeof (ImpSampleAllergen), allergen_columns },
  [IMP_SAMPLE_CONDITIONS] = { "conditions", sizeof (ImpSampleCondition), condition_columns },
  [IMP_SAMPLE_STAYS] = { "stays", sizeof (ImpSampleCondition), stay_columns },
};

const ImpSampleLayout *
imp_sample_layout (ImpSampleTableId id)
{
  return &layouts[id];
}
