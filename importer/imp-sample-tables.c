/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-resource.h"
#include "imp-sample-tables.h"

#include <stdlib.h>

typedef enum
{
  FILL_WORD,        /* template: {column} stands for that column's text */
  FILL_TEXT,
  FILL_THOUSANDTHS, /* IMP_SAMPLE_NONE when empty */
  FILL_NUMBER,      /* whole; 0 when empty */
  FILL_ROW,         /* key of a row of another table */
  FILL_ROWS,        /* keys, blanks between */
  FILL_CHOICES,     /* words, semicolons between */
} Fill;

typedef struct
{
  const char *source; /* name of a column, or a template */
  Fill fill;
  gsize offset;
  ImpSampleTableId target;
} Column;

typedef struct
{
  const char *name;
  gsize row_size;
  const Column *columns; /* up to the one without source */
} Layout;

#define WORD(Type, field, source) { source, FILL_WORD, G_STRUCT_OFFSET (Type, field), 0 }
#define TEXT(Type, field, source) { source, FILL_TEXT, G_STRUCT_OFFSET (Type, field), 0 }
#define NUMBER(Type, field, source) { source, FILL_NUMBER, G_STRUCT_OFFSET (Type, field), 0 }
#define DECIMAL(Type, field, source)                                                               \
  { source, FILL_THOUSANDTHS, G_STRUCT_OFFSET (Type, field), 0 }
#define ROW(Type, field, source, table)                                                            \
  { source, FILL_ROW, G_STRUCT_OFFSET (Type, field), IMP_SAMPLE_##table }
#define ROWS(Type, field, source, table)                                                           \
  { source, FILL_ROWS, G_STRUCT_OFFSET (Type, field), IMP_SAMPLE_##table }
#define CHOICES(Type, field, source) { source, FILL_CHOICES, G_STRUCT_OFFSET (Type, field), 0 }
#define END { NULL, 0, 0, 0 }

static const Column surname_columns[] = {
  WORD (ImpSampleSurname, kanji, "{kanji}"),
  WORD (ImpSampleSurname, kana, "{kana}"),
  NUMBER (ImpSampleSurname, weight, "weight"),
  END,
};

static const Column given_name_columns[] = {
  WORD (ImpSampleGivenName, kanji, "{kanji}"),
  WORD (ImpSampleGivenName, kana, "{kana}"),
  TEXT (ImpSampleGivenName, sex, "sex"),
  NUMBER (ImpSampleGivenName, born_from, "born_from"),
  NUMBER (ImpSampleGivenName, born_to, "born_to"),
  END,
};

static const Column special_name_columns[] = {
  TEXT (ImpSampleSpecialName, sex, "sex"),
  WORD (ImpSampleSpecialName, name, "{name}"),
  END,
};

static const Column department_columns[] = {
  WORD (ImpSampleDepartment, code, "{key}"),
  WORD (ImpSampleDepartment, name, "{name}"),
  WORD (ImpSampleDepartment, local, "{key}^{name}^99DPT"),
  END,
};

static const Column ward_columns[] = {
  WORD (ImpSampleWard, name, "{name}"),
  NUMBER (ImpSampleWard, floor, "floor"),
  ROWS (ImpSampleWard, departments, "departments", DEPARTMENTS),
  END,
};

static const Column staff_columns[] = {
  WORD (ImpSampleStaff, name, "{family} {given}"),
  WORD (ImpSampleStaff, xcn, "{key}^{family}^{given}^^^^^^^L^^^^^I"),
  ROW (ImpSampleStaff, department, "department", DEPARTMENTS),
  TEXT (ImpSampleStaff, job, "job"),
  END,
};

static const Column town_columns[] = {
  WORD (ImpSampleTown, postal, "{postal}"),
  WORD (ImpSampleTown, name, "{name}"),
  END,
};

static const Column unit_columns[] = {
  WORD (ImpSampleUnit, cwe, "{code}^{text}^{system}"),
  WORD (ImpSampleUnit, parts, "{code}&{text}&{system}"),
  WORD (ImpSampleUnit, name, "{text}"),
  END,
};

static const Column usage_columns[] = {
  WORD (ImpSampleUsage, code, "{code}"),
  WORD (ImpSampleUsage, rpt, "{code}&{text}&JAMISDP01"),
  WORD (ImpSampleUsage, name, "{text}"),
  END,
};

static const Column drug_columns[] = {
  WORD (ImpSampleDrug, cwe, "{code}^{name}^HOT9"),
  WORD (ImpSampleDrug, name, "{name}"),
  ROW (ImpSampleDrug, unit, "unit", UNITS),
  TEXT (ImpSampleDrug, kind, "kind"),
  END,
};

static const Column regimen_columns[] = {
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

static const Column injectable_columns[] = {
  WORD (ImpSampleInjectable, cwe, "{code}^{name}^HOT9"),
  WORD (ImpSampleInjectable, name, "{name}"),
  ROW (ImpSampleInjectable, unit, "unit", UNITS),
  NUMBER (ImpSampleInjectable, volume, "volume"),
  WORD (ImpSampleInjectable, class_, "{class}"),
  END,
};

static const Column infusion_columns[] = {
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

static const Column mixture_columns[] = {
  ROW (ImpSampleMixture, infusion, "infusion", INFUSIONS),
  WORD (ImpSampleMixture, part, "{part}"),
  ROW (ImpSampleMixture, drug, "drug", INJECTABLES),
  WORD (ImpSampleMixture, amount, "{amount}"),
  ROW (ImpSampleMixture, unit, "unit", UNITS),
  END,
};

static const Column lab_item_columns[] = {
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

static const Column lab_panel_columns[] = {
  WORD (ImpSamplePanel, panel, "{code}^{name}^99LAB"),
  WORD (ImpSamplePanel, name, "{name}"),
  WORD (ImpSamplePanel, material, "{material}"),
  WORD (ImpSamplePanel, additive, "{additive}"),
  ROWS (ImpSamplePanel, items, "items", LAB_ITEMS),
  NUMBER (ImpSamplePanel, minutes, "minutes"),
  NUMBER (ImpSamplePanel, outsourced, "outsourced"),
  END,
};

static const Column diagnosis_columns[] = {
  WORD (ImpSampleDiagnosis, disease, "{code}^{name}^MDCDX2"),
  WORD (ImpSampleDiagnosis, name, "{name}"),
  WORD (ImpSampleDiagnosis, icd, "{icd}"),
  WORD (ImpSampleDiagnosis, exchange, "{exchange}"),
  END,
};

static const Column organism_columns[] = {
  WORD (ImpSampleOrganism, cwe, "{code}^{name}^JANIS"),
  WORD (ImpSampleOrganism, name, "{name}"),
  WORD (ImpSampleOrganism, gram, "{gram}"),
  END,
};

static const Column antibiotic_columns[] = {
  WORD (ImpSampleAntibiotic, cwe, "{code}^{name}^JC10"),
  WORD (ImpSampleAntibiotic, name, "{name}"),
  END,
};

static const Column susceptibility_columns[] = {
  ROW (ImpSampleSusceptibility, organism, "organism", ORGANISMS),
  ROW (ImpSampleSusceptibility, antibiotic, "antibiotic", ANTIBIOTICS),
  WORD (ImpSampleSusceptibility, mic, "{mic}"),
  WORD (ImpSampleSusceptibility, flag, "{flag}"),
  END,
};

static const Column specimen_columns[] = {
  WORD (ImpSampleSpecimen, material, "{material}"),
  WORD (ImpSampleSpecimen, name, "{name}"),
  ROWS (ImpSampleSpecimen, organisms, "organisms", ORGANISMS),
  END,
};

static const Column examination_columns[] = {
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

static const Column meal_columns[] = {
  WORD (ImpSampleMeal, diet, "{code}^{name}^99DIET"),
  WORD (ImpSampleMeal, note, "{note}"),
  END,
};

static const Column allergen_columns[] = {
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

static const Column condition_columns[] = {
  CONDITION_COLUMNS,
  NUMBER (ImpSampleCondition, interval, "interval"),
  END,
};

static const Column stay_columns[] = {
  CONDITION_COLUMNS,
  NUMBER (ImpSampleCondition, days_min, "days-min"),
  NUMBER (ImpSampleCondition, days_max, "days-max"),
  ROWS (ImpSampleCondition, infusions, "infusions", INFUSIONS),
  ROWS (ImpSampleCondition, specimens, "specimens", SPECIMENS),
  ROW (ImpSampleCondition, meal, "meal", MEALS),
  END,
};

/* A table may name rows of those before it only. */
static const Layout layouts[IMP_SAMPLE_N_TABLES] = {
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

gboolean
imp_sample_parse_thousandths (const char *text, gint64 *out)
{
  gboolean negative = *text == '-';
  gint64 value = 0;
  int decimals = -1;

  for (text += negative; *text != '\0'; text++)
    {
      if (*text == '.' && decimals < 0)
        decimals = 0;
      else if (g_ascii_isdigit (*text) && decimals < 3)
        {
          value = value * 10 + (*text - '0');
          decimals += decimals >= 0;
        }
      else
        return FALSE;
    }
  for (decimals = MAX (decimals, 0); decimals < 3; decimals++)
    value *= 10;
  *out = negative ? -value : value;
  return TRUE;
}

const void *
imp_sample_table_find (const ImpSampleTables *self, ImpSampleTableId id, const char *key)
{
  return g_hash_table_lookup (self->table[id].by_key, key);
}

gboolean
imp_sample_tables_word (ImpSampleTables *self, const char *text, ImpSampleWord *out,
                        GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (!imp_sample_encoder_run (self->encoder, text, bytes))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                   "sample table: a character of this text is in no Japanese set: %s", text);
      return FALSE;
    }
  out->text = g_string_chunk_insert_const (self->texts, text);
  out->bytes = g_string_chunk_insert_len (self->texts, bytes->str, (gssize) bytes->len);
  out->len = (guint32) bytes->len;
  return TRUE;
}

/* Each memory block lives as long as the tables. */
static gpointer
new_block (ImpSampleTables *self, gsize n, gsize size)
{
  gpointer block = g_malloc0_n (MAX (n, 1), size);

  g_ptr_array_add (self->blocks, block);
  return block;
}

gboolean
imp_sample_tables_shifts (ImpSampleTables *self, const char *text, const ImpSampleShift **out,
                          guint *n_out, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  ImpSampleShift *shifts = new_block (self, g_strv_length (parts), sizeof (ImpSampleShift));

  *n_out = 0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      ImpSampleShift *shift = &shifts[*n_out];
      char *value = strchr (parts[i], '=');
      char *last;
      const void *item;

      if (parts[i][0] == '\0')
        continue;
      if (value != NULL)
        *value++ = '\0';
      item = imp_sample_table_find (self, IMP_SAMPLE_LAB_ITEMS, parts[i]);
      last = value != NULL ? strchr (value, '>') : NULL;
      if (last != NULL)
        *last++ = '\0';
      if (item == NULL || value == NULL || !imp_sample_parse_thousandths (value, &shift->first) ||
          !imp_sample_parse_thousandths (last != NULL ? last : value, &shift->last))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "sample table: bad lab value %s",
                       parts[i]);
          return FALSE;
        }
      shift->item = imp_sample_table_index (self, IMP_SAMPLE_LAB_ITEMS, item);
      (*n_out)++;
    }
  *out = shifts;
  return TRUE;
}

typedef struct
{
  ImpSampleTables *tables;
  char **names;  /* of the columns */
  char **fields; /* of the line at hand; "" when empty */
} Line;

static const char *
line_field (const Line *line, const char *name, gsize len)
{
  for (guint i = 0; line->names[i] != NULL; i++)
    if (strncmp (line->names[i], name, len) == 0 && line->names[i][len] == '\0')
      return line->fields[i];
  return NULL;
}

/* An empty column in a template of several leaves the whole word empty only if all are. */
static gboolean
expand_template (const Line *line, const char *template, GString *out, GError **error)
{
  gboolean any = FALSE;

  for (const char *at = template; *at != '\0'; at++)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      const char *field;

      if (end == NULL)
        {
          g_string_append_c (out, *at);
          continue;
        }
      field = line_field (line, at + 1, (gsize) (end - at - 1));
      if (field == NULL)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "no column for %s", template);
          return FALSE;
        }
      any = any || *field != '\0';
      g_string_append (out, field);
      at = end;
    }
  if (!any)
    g_string_truncate (out, 0);
  return TRUE;
}

static gboolean
fill_word (const Line *line, const Column *column, ImpSampleWord *out, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  return expand_template (line, column->source, text, error) &&
         imp_sample_tables_word (line->tables, text->str, out, error);
}

static gboolean
find_row (const Line *line, const Column *column, const char *key, const void **out,
          GError **error)
{
  *out = imp_sample_table_find (line->tables, column->target, key);
  if (*out == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%s: %s is not in %s.tsv", column->source,
                 key, layouts[column->target].name);
  return *out != NULL;
}

static gboolean
fill_list (const Line *line, const Column *column, const char *field, ImpSampleList *out,
           GError **error)
{
  gboolean is_words = column->fill == FILL_CHOICES;
  g_auto (GStrv) parts = g_strsplit (field, is_words ? ";" : " ", -1);
  const void **rows = new_block (line->tables, g_strv_length (parts), sizeof *rows);

  out->rows = rows;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (is_words)
        {
          ImpSampleWord *word = new_block (line->tables, 1, sizeof *word);

          if (!imp_sample_tables_word (line->tables, parts[i], word, error))
            return FALSE;
          rows[out->n_rows++] = word;
        }
      else if (!find_row (line, column, parts[i], &rows[out->n_rows++], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_number (const Column *column, const char *field, gint64 *out, GError **error)
{
  *out = column->fill == FILL_THOUSANDTHS ? IMP_SAMPLE_NONE : 0;
  if (*field == '\0')
    return TRUE;
  if (!imp_sample_parse_thousandths (field, out))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%s: not a number: %s", column->source,
                   field);
      return FALSE;
    }
  if (column->fill == FILL_NUMBER)
    *out /= 1000;
  return TRUE;
}

static gboolean
fill_column (const Line *line, const Column *column, guint8 *row, GError **error)
{
  void *target = row + column->offset;
  const char *field;

  if (column->fill == FILL_WORD)
    return fill_word (line, column, target, error);

  field = line_field (line, column->source, strlen (column->source));
  if (field == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "no column %s", column->source);
      return FALSE;
    }
  if (column->fill == FILL_THOUSANDTHS || column->fill == FILL_NUMBER)
    return fill_number (column, field, target, error);
  if (column->fill == FILL_TEXT)
    *(const char **) target = g_string_chunk_insert_const (line->tables->texts, field);
  else if (*field == '\0')
    return TRUE;
  else if (column->fill == FILL_ROW)
    return find_row (line, column, field, target, error);
  else
    return fill_list (line, column, field, target, error);
  return TRUE;
}

static gboolean
read_line (ImpSampleTables *self, ImpSampleTableId id, char **names, char **fields, guint8 *row,
           GError **error)
{
  Line line = { self, names, fields };

  for (guint i = 0; fields[i] != NULL; i++)
    if (strcmp (fields[i], "-") == 0)
      fields[i][0] = '\0';
  if (g_strv_length (fields) != g_strv_length (names))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%u columns instead of %u",
                   g_strv_length (fields), g_strv_length (names));
      return FALSE;
    }
  *(const char **) row = g_string_chunk_insert_const (self->texts, fields[0]);
  for (const Column *column = layouts[id].columns; column->source != NULL; column++)
    if (!fill_column (&line, column, row, error))
      return FALSE;
  g_hash_table_insert (self->table[id].by_key, *(char **) row, row);
  return TRUE;
}

static gboolean
read_table (ImpSampleTables *self, ImpSampleTableId id, GError **error)
{
  ImpSampleTable *table = &self->table[id];
  g_autofree char *path =
      g_strdup_printf ("/org/tomoshibi/sample/%s.tsv", layouts[id].name);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (imp_sample_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                              error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) names = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);

  table->row_size = layouts[id].row_size;
  table->rows = g_malloc0_n (g_strv_length (lines) + 1, table->row_size);
  table->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = NULL;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      fields = g_strsplit (lines[i], "\t", -1);
      if (names == NULL)
        {
          names = g_steal_pointer (&fields);
          continue;
        }
      if (!read_line (self, id, names, fields, table->rows + table->n_rows * table->row_size,
                      error))
        {
          g_prefix_error (error, "%s.tsv line %u: ", layouts[id].name, i + 1);
          return FALSE;
        }
      table->n_rows++;
    }
  return TRUE;
}

#define IMP_SAMPLE_PHRASE_TEXT(id, text) text,

static gboolean
encode_phrases (ImpSampleTables *self, GError **error)
{
  static const char *const texts[] = { IMP_SAMPLE_PHRASES (IMP_SAMPLE_PHRASE_TEXT) };

  for (guint i = 0; i < IMP_SAMPLE_N_PHRASES; i++)
    if (!imp_sample_tables_word (self, texts[i], &self->phrases[i], error))
      return FALSE;
  return TRUE;
}

/* The rows that belong to one owner stand together in their file. */
static void
link_owned_rows (ImpSampleTables *self)
{
  for (guint i = 0; i < imp_sample_table_size (self, IMP_SAMPLE_MIXTURES); i++)
    {
      const ImpSampleMixture *mixture = imp_sample_table_row (self, IMP_SAMPLE_MIXTURES, i);
      ImpSampleInfusion *infusion = (ImpSampleInfusion *) mixture->infusion;

      if (infusion->n_mixtures++ == 0)
        infusion->first_mixture = i;
    }
  for (guint i = 0; i < imp_sample_table_size (self, IMP_SAMPLE_SUSCEPTIBILITIES); i++)
    {
      const ImpSampleSusceptibility *row =
          imp_sample_table_row (self, IMP_SAMPLE_SUSCEPTIBILITIES, i);
      ImpSampleOrganism *organism = (ImpSampleOrganism *) row->organism;

      if (organism->n_susceptibilities++ == 0)
        organism->first_susceptibility = i;
    }
}

static gboolean
read_shifts (ImpSampleTables *self, ImpSampleTableId id, GError **error)
{
  for (guint i = 0; i < imp_sample_table_size (self, id); i++)
    {
      ImpSampleCondition *row = (ImpSampleCondition *) imp_sample_table_row (self, id, i);

      if (!imp_sample_tables_shifts (self, row->labs, &row->shifts, &row->n_shifts, error))
        return FALSE;
    }
  return TRUE;
}

ImpSampleTables *
imp_sample_tables_new (GError **error)
{
  g_autoptr (ImpSampleTables) self = g_new0 (ImpSampleTables, 1);

  self->encoder = imp_sample_encoder_new ();
  self->texts = g_string_chunk_new (64 * 1024);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  if (!encode_phrases (self, error))
    return NULL;
  for (ImpSampleTableId id = 0; id < IMP_SAMPLE_N_TABLES; id++)
    if (!read_table (self, id, error))
      return NULL;
  link_owned_rows (self);
  if (!read_shifts (self, IMP_SAMPLE_CONDITIONS, error) ||
      !read_shifts (self, IMP_SAMPLE_STAYS, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
imp_sample_tables_free (ImpSampleTables *self)
{
  for (guint i = 0; i < IMP_SAMPLE_N_TABLES; i++)
    {
      g_free (self->table[i].rows);
      g_clear_pointer (&self->table[i].by_key, g_hash_table_unref);
    }
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->blocks);
  imp_sample_encoder_free (self->encoder);
  g_free (self);
}
