/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-phrases.h"
#include "imp-sample-text.h"

G_BEGIN_DECLS

/*
 * The tables of data/sample/: what the sample hospital knows. A file is tab-separated: comment
 * lines with '#', a line of column names, rows; "-" is an empty field. The first column is the key.
 * Each row becomes one of the structs below; imp-sample-tables.c tells which column fills what.
 * Columns that stand in messages as one piece are put together and encoded once.
 */

typedef struct
{
  const void *const *rows;
  guint n_rows;
} ImpSampleList;

typedef struct
{
  const char *key;
  ImpSampleWord kanji, kana;
  gint64 weight;
} ImpSampleSurname;

typedef struct
{
  const char *key;
  ImpSampleWord kanji, kana;
  const char *sex;
  gint64 born_from, born_to;
} ImpSampleGivenName;

/** People whose name does not follow the usual shape: PID-5 as it stands. */
typedef struct
{
  const char *key;
  const char *sex;
  ImpSampleWord name;
} ImpSampleSpecialName;

typedef struct
{
  const char *key;
  ImpSampleWord code, name;
  ImpSampleWord local; /* ORC-17 */
} ImpSampleDepartment;

typedef struct
{
  const char *key;
  ImpSampleWord name; /* PV1-3 component 1 */
  gint64 floor;
  ImpSampleList departments;
} ImpSampleWard;

typedef struct
{
  const char *key;
  ImpSampleWord name;
  ImpSampleWord xcn;
  const ImpSampleDepartment *department;
  const char *job; /* D doctor, N nurse, T technician */
} ImpSampleStaff;

typedef struct
{
  const char *key;
  ImpSampleWord postal, name;
} ImpSampleTown;

typedef struct
{
  const char *key;
  ImpSampleWord cwe;
  ImpSampleWord parts; /* with & */
  ImpSampleWord name;
} ImpSampleUnit;

typedef struct
{
  const char *key;
  ImpSampleWord code, rpt;
  ImpSampleWord name;
} ImpSampleUsage;

typedef struct
{
  const char *key;
  ImpSampleWord cwe;
  ImpSampleWord name;
  const ImpSampleUnit *unit;
  const char *kind; /* RXE-27: 21 oral, 22 as needed, 23 external, 24 self-injection */
} ImpSampleDrug;

typedef struct
{
  const char *key;
  ImpSampleWord cwe;
  ImpSampleWord name;
  const ImpSampleUnit *unit;
  gint64 volume; /* mL */
  ImpSampleWord class_;
} ImpSampleInjectable;

/** One line of a prescription. */
typedef struct
{
  const char *key;
  const ImpSampleDrug *drug;
  ImpSampleWord dose, most, per_day; /* RXE-3, -4, -19; as written */
  gint64 per_day_thousandths;
  const ImpSampleUsage *usage;
  ImpSampleWord pattern;     /* second repetition of TQ1-3 */
  ImpSampleWord instruction; /* RXE-7 */
  gint64 days, times;        /* TQ1-6, TQ1-14 */
  ImpSampleWord total;       /* RXE-10, or empty: per day times days */
  ImpSampleWord route, site, limit;
} ImpSampleRegimen;

typedef struct
{
  const char *key;
  ImpSampleWord kind; /* RXE-2 */
  ImpSampleWord volume, method, route, device, line, rate;
  const char *times; /* "0800 1430", or "PRN" */
  gint64 minutes;
  ImpSampleWord instruction, order_class;
  guint first_mixture, n_mixtures; /* rows of the table of mixtures */
} ImpSampleInfusion;

typedef struct
{
  const char *key;
  const ImpSampleInfusion *infusion;
  ImpSampleWord part; /* B base, A additive */
  const ImpSampleInjectable *drug;
  ImpSampleWord amount;
  const ImpSampleUnit *unit; /* or %NULL: that of the drug */
} ImpSampleMixture;

/** Numbers in thousandths; IMP_SAMPLE_NONE where the table is empty. */
typedef struct
{
  const char *key;
  ImpSampleWord item; /* OBX-3 */
  ImpSampleWord name;
  ImpSampleWord type; /* OBX-2 */
  ImpSampleWord unit;
  ImpSampleWord unit_name;
  ImpSampleWord low_text[2], high_text[2]; /* male, female */
  gint64 digits;
  gint64 mean[2];
  gint64 deviation;
  gint64 low[2], high[2];
  gint64 panic_low, panic_high;
  gint64 floor, ceiling;
  ImpSampleWord floor_text, ceiling_text;
  ImpSampleList choices; /* of ImpSampleWord; first the usual ones */
} ImpSampleLabItem;

typedef struct
{
  const char *key;
  ImpSampleWord panel; /* OBR-4 */
  ImpSampleWord name;
  ImpSampleWord material, additive;
  ImpSampleList items;
  gint64 minutes; /* from sampling to result */
  gint64 outsourced;
} ImpSamplePanel;

typedef struct
{
  const char *key;
  ImpSampleWord disease; /* PRB-3 */
  ImpSampleWord name;
  ImpSampleWord icd, exchange;
} ImpSampleDiagnosis;

/** A change of what a lab item is about in a patient: from one value to another over a stay. */
typedef struct
{
  guint item; /* row of the lab items */
  gint64 first, last;
} ImpSampleShift;

/** Why somebody comes or lies here. */
typedef struct
{
  const char *key;
  gint64 weight;
  const char *sex;
  gint64 age_from, age_to;
  const ImpSampleDepartment *department;
  ImpSampleList diagnoses, regimens, panels, examinations;
  const char *labs;
  const ImpSampleShift *shifts;
  guint n_shifts;
  /* out-patients */
  gint64 interval;
  /* in-patients */
  gint64 days_min, days_max;
  ImpSampleList infusions, specimens;
  const struct _ImpSampleMeal *meal;
} ImpSampleCondition;

typedef struct
{
  const char *key;
  ImpSampleWord cwe;
  ImpSampleWord name, gram;
  guint first_susceptibility, n_susceptibilities;
} ImpSampleOrganism;

typedef struct
{
  const char *key;
  ImpSampleWord cwe;
  ImpSampleWord name;
} ImpSampleAntibiotic;

typedef struct
{
  const char *key;
  const ImpSampleOrganism *organism;
  const ImpSampleAntibiotic *antibiotic;
  ImpSampleWord mic, flag;
} ImpSampleSusceptibility;

typedef struct
{
  const char *key;
  ImpSampleWord material, name;
  ImpSampleList organisms;
} ImpSampleSpecimen;

typedef struct
{
  const char *key;
  gint64 kind;             /* 1 radiology, 2 endoscopy, 3 physiology */
  ImpSampleWord procedure; /* OBR-4 */
  ImpSampleWord name;
  ImpSampleWord modality, purpose, finding;
  ImpSampleWord measure, value, unit; /* a number it gives, or empty */
} ImpSampleExamination;

typedef struct _ImpSampleMeal
{
  const char *key;
  ImpSampleWord diet; /* ODS-3 */
  ImpSampleWord note;
} ImpSampleMeal;

typedef struct
{
  const char *key;
  ImpSampleWord class_, allergen, severity, reaction;
  gint64 weight;
} ImpSampleAllergen;

#define IMP_SAMPLE_N_WIDE_NUMBERS 40
#define IMP_SAMPLE_NONE G_MININT64

typedef enum
{
  IMP_SAMPLE_SURNAMES,
  IMP_SAMPLE_GIVEN_NAMES,
  IMP_SAMPLE_SPECIAL_NAMES,
  IMP_SAMPLE_DEPARTMENTS,
  IMP_SAMPLE_WARDS,
  IMP_SAMPLE_STAFF,
  IMP_SAMPLE_TOWNS,
  IMP_SAMPLE_UNITS,
  IMP_SAMPLE_USAGES,
  IMP_SAMPLE_DRUGS,
  IMP_SAMPLE_REGIMENS,
  IMP_SAMPLE_INJECTABLES,
  IMP_SAMPLE_INFUSIONS,
  IMP_SAMPLE_MIXTURES,
  IMP_SAMPLE_LAB_ITEMS,
  IMP_SAMPLE_LAB_PANELS,
  IMP_SAMPLE_DIAGNOSES,
  IMP_SAMPLE_ORGANISMS,
  IMP_SAMPLE_ANTIBIOTICS,
  IMP_SAMPLE_SUSCEPTIBILITIES,
  IMP_SAMPLE_SPECIMENS,
  IMP_SAMPLE_EXAMINATIONS,
  IMP_SAMPLE_MEALS,
  IMP_SAMPLE_ALLERGENS,
  IMP_SAMPLE_CONDITIONS,
  IMP_SAMPLE_STAYS,
  IMP_SAMPLE_N_TABLES
} ImpSampleTableId;

typedef struct
{
  guint8 *rows;
  guint n_rows;
  gsize row_size;
  GHashTable *by_key;
} ImpSampleTable;

typedef struct
{
  ImpSampleTable table[IMP_SAMPLE_N_TABLES];
  ImpSampleWord phrases[IMP_SAMPLE_N_PHRASES];
  ImpSampleWord wide_numbers[IMP_SAMPLE_N_WIDE_NUMBERS]; /* full-width, as in addresses */
  ImpSampleEncoder *encoder;
  GStringChunk *texts;
  GPtrArray *blocks; /* memory of lists and shifts */
} ImpSampleTables;

/** imp_sample_tables_new: reads the bundled tables. @error tells file, line and column. */
ImpSampleTables *imp_sample_tables_new (GError **error);
void imp_sample_tables_free (ImpSampleTables *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleTables, imp_sample_tables_free)

static inline guint
imp_sample_table_size (const ImpSampleTables *self, ImpSampleTableId id)
{
  return self->table[id].n_rows;
}

/** imp_sample_table_row: row @i, a struct of the table's type. */
static inline const void *
imp_sample_table_row (const ImpSampleTables *self, ImpSampleTableId id, guint i)
{
  const ImpSampleTable *table = &self->table[id];

  return table->rows + i * table->row_size;
}

static inline guint
imp_sample_table_index (const ImpSampleTables *self, ImpSampleTableId id, const void *row)
{
  const ImpSampleTable *table = &self->table[id];

  return (guint) ((gsize) ((const guint8 *) row - table->rows) / table->row_size);
}

/** imp_sample_phrase: by the end of its name in imp-sample-phrases.h. */
#define imp_sample_phrase(tables, id) (&(tables)->phrases[IMP_SAMPLE_PHRASE_##id])

/** imp_sample_table_find: the row of that key, or %NULL. */
const void *imp_sample_table_find (const ImpSampleTables *self, ImpSampleTableId id,
                                   const char *key);

/** imp_sample_tables_word: @text encoded, or with @error when a character exists in no set. */
gboolean imp_sample_tables_word (ImpSampleTables *self, const char *text, ImpSampleWord *out,
                                 GError **error);

/** imp_sample_tables_shifts: "K=6.8 CRP=14.2>0.5"; the array lives as long as the tables. */
gboolean imp_sample_tables_shifts (ImpSampleTables *self, const char *text,
                                   const ImpSampleShift **out, guint *n_out, GError **error);

/** imp_sample_parse_thousandths: "6.85" is 6850. */
gboolean imp_sample_parse_thousandths (const char *text, gint64 *out);

G_END_DECLS
