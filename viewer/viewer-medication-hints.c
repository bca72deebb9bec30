/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-hints.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-drug-name.h"
#include "viewer-lab-cell.h"
#include "viewer-text.h"

/* Class, way and ingredient: the first characters of a YJ code (spec fhir.md 3.9). */
#define INGREDIENT_LENGTH 7

/* JLAC10: digits 10 to 12 are the material; 017 to 029 are blood, its plasma, serum and cells. */
#define JLAC10_LENGTH 17
#define JLAC10_MATERIAL 9
#define FIRST_BLOOD 17
#define LAST_BLOOD 29

/* ---- results -------------------------------------------------------------------------------- */

/* The potassium of urine is no potassium to stand beside digoxin. */
static gboolean
says_not_blood (const char *text)
{
  static const char *const words[] = { "尿",   "髄液", "胸水", "腹水",   "穿刺",  "便",   "喀痰",
                                       "ドレ", "胃液", "唾液", "透析液", "urine", "Urine" };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
code_says_not_blood (const char *code)
{
  gint64 material;

  if (strlen (code) != JLAC10_LENGTH || !g_ascii_isdigit (code[0]) || !g_ascii_isalpha (code[1]))
    return FALSE;
  material = (code[JLAC10_MATERIAL] - '0') * 100 + (code[JLAC10_MATERIAL + 1] - '0') * 10 +
             (code[JLAC10_MATERIAL + 2] - '0');
  return material < FIRST_BLOOD || material > LAST_BLOOD;
}

static gboolean
is_item (const ViewerDrugLab *lab, const ViewerLabRow *row)
{
  const DiscItem *item = row->newest != NULL ? row->newest->item : NULL;
  gboolean is_it;

  if (item == NULL || row->name == NULL || says_not_blood (row->specimen) ||
      says_not_blood (row->heading) || says_not_blood (row->name))
    return FALSE;
  is_it = viewer_drug_lab_is (lab, row->name, NULL);
  for (guint i = 0; i < item->n_values; i++)
    if (item->values[i].field == DISC_FIELD_CODE || item->values[i].field == DISC_FIELD_OTHER_CODE)
      {
        if (code_says_not_blood (item->values[i].value))
          return FALSE;
        is_it |= viewer_drug_lab_is (lab, row->name, item->values[i].value);
      }
  return is_it;
}

static gboolean
has_value (const ViewerLabCell *cell)
{
  return cell != NULL && cell->value != NULL && cell->state != VIEWER_LAB_NO_RESULT &&
         cell->state != VIEWER_LAB_NOT_DONE && cell->state != VIEWER_LAB_CANCELLED;
}

static gboolean
newest_value (const ViewerLabSheetModel *labs, guint row, guint *column)
{
  for (guint c = viewer_lab_sheet_model_n_columns (labs); c-- > 0;)
    if (has_value (viewer_lab_sheet_model_cell (labs, row, c)))
      {
        *column = c;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_final (const ViewerLabCell *cell)
{
  return has_value (cell) && cell->state != VIEWER_LAB_PRELIMINARY;
}

/* What is not there yet hides no value that was: the one before stands beside it. */
static void
add_before (GArray *results, guint i, const ViewerLabSheetModel *labs)
{
  ViewerDrugResult before = g_array_index (results, ViewerDrugResult, i);

  for (guint r = 0; r < viewer_lab_sheet_model_n_rows (labs); r++)
    for (guint c = viewer_lab_sheet_model_n_columns (labs);
         c-- > 0 && viewer_lab_sheet_model_row (labs, r) == before.row;)
      if (is_final (viewer_lab_sheet_model_cell (labs, r, c)))
        {
          before.cell = viewer_lab_sheet_model_cell (labs, r, c);
          before.at = viewer_lab_sheet_model_column_at (labs, c);
          g_array_append_val (results, before);
          return;
        }
}

static void
add_results (GArray *results, const ViewerDrugLab *lab, const ViewerLabSheetModel *labs)
{
  guint first = results->len;
  guint newest = 0;

  for (guint r = 0; r < viewer_lab_sheet_model_n_rows (labs); r++)
    {
      ViewerDrugResult result = { .lab = lab, .row = viewer_lab_sheet_model_row (labs, r) };
      guint column;

      if (!is_item (lab, result.row) || !newest_value (labs, r, &column))
        continue;
      if (results->len > first && column < newest)
        continue;
      if (results->len > first && column > newest)
        g_array_set_size (results, first);
      newest = column;
      result.cell = viewer_lab_sheet_model_cell (labs, r, column);
      result.at = viewer_lab_sheet_model_column_at (labs, column);
      g_array_append_val (results, result);
    }
  for (guint i = first, n = results->len; i < n; i++)
    if (!is_final (g_array_index (results, ViewerDrugResult, i).cell))
      add_before (results, i, labs);
  if (results->len == first)
    {
      ViewerDrugResult none = { .lab = lab };

      g_array_append_val (results, none);
    }
}

GArray *
viewer_drug_results (const ViewerDrugKind *kind, const ViewerLabSheetModel *labs)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (ViewerDrugResult));

  for (guint i = 0; i < kind->labs->len; i++)
    add_results (results, g_ptr_array_index (kind->labs, i), labs);
  return results;
}

char *
viewer_medication_result_text (const ViewerDrugResult *result, const char *now)
{
  g_autofree char *value = NULL;
  g_autofree char *day = NULL;

  if (result->cell == NULL)
    return g_strdup_printf ("%s %s", result->lab->label, _ ("no record"));
  value = viewer_lab_cell_text (result->cell);
  day = result->at != NULL ? viewer_text_short (result->at, now) : g_strdup (_ ("Time unknown"));
  return g_strdup_printf ("%s %s  %s", result->row->name, value, day);
}

/* ---- rows beside each other ----------------------------------------------------------------- */

static gboolean
are_comparable (const ViewerMedicationRow *a, const ViewerMedicationRow *b)
{
  gboolean a_dispensed = a->head->entry->record->kind == DISC_KIND_DISPENSE;
  gboolean b_dispensed = b->head->entry->record->kind == DISC_KIND_DISPENSE;

  return a->is_current && b->is_current && a_dispensed == b_dispensed;
}

static gboolean
is_same (const ViewerMedicationRow *a, const ViewerMedicationRow *b)
{
  return a->yj != NULL && b->yj != NULL && strncmp (a->yj, b->yj, INGREDIENT_LENGTH) == 0;
}

static gboolean
is_like (const ViewerMedicationRow *a, const ViewerMedicationRow *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (!viewer_drug_name_is_like (a->stem, b->stem) &&
      !viewer_drug_words_are_pair (a->words, b->words))
    return FALSE;
  x = viewer_drug_name_fold (a->head->drug);
  y = viewer_drug_name_fold (b->head->drug);
  return strcmp (x, y) != 0; /* one drug, daily and as needed, is not like itself */
}

void
viewer_medication_hints_add (GPtrArray *rows, const ViewerLabSheetModel *labs,
                             const ViewerDrugLists *lists)
{
  for (guint i = 0; i < rows->len; i++)
    {
      ViewerMedicationRow *row = g_ptr_array_index (rows, i);

      row->words = viewer_drug_lists_words (lists, row->head->drug);
      row->kind = viewer_drug_lists_kind (lists, row->head->drug, row->yj);
      if (row->kind != NULL)
        row->results = viewer_drug_results (row->kind, labs);
      for (guint k = 0; k < i; k++)
        {
          ViewerMedicationRow *other = g_ptr_array_index (rows, k);

          if (!are_comparable (row, other))
            continue;
          if (is_same (row, other))
            {
              g_ptr_array_add (row->same, other);
              g_ptr_array_add (other->same, row);
            }
          if (is_like (row, other))
            {
              g_ptr_array_add (row->like, other);
              g_ptr_array_add (other->like, row);
            }
        }
    }
}

/* ---- departments ---------------------------------------------------------------------------- */

static void
source_clear (gpointer data)
{
  g_clear_pointer (&((ViewerMedicationSource *) data)->name, g_free);
}

static int
compare_sources (gconstpointer a, gconstpointer b)
{
  const ViewerMedicationSource *x = a;
  const ViewerMedicationSource *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return g_strcmp0 (x->name, y->name);
}

static void
count_source (GArray *sources, const char *name, gboolean is_told)
{
  ViewerMedicationSource source = { .name = g_strdup (name), .is_told = is_told, .n = 1 };

  for (guint i = 0; i < sources->len; i++)
    {
      ViewerMedicationSource *other = &g_array_index (sources, ViewerMedicationSource, i);

      if (other->is_told == is_told && (is_told || g_strcmp0 (other->name, name) == 0))
        {
          other->n++;
          g_free (source.name);
          return;
        }
    }
  g_array_append_val (sources, source);
}

GArray *
viewer_medication_hints_sources (const GPtrArray *rows)
{
  GArray *sources = g_array_new (FALSE, FALSE, sizeof (ViewerMedicationSource));

  g_array_set_clear_func (sources, source_clear);
  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerMedicationRow *row = g_ptr_array_index (rows, i);
      DiscKind kind = row->head->entry->record->kind;

      if (!row->is_current || kind == DISC_KIND_DISPENSE)
        continue;
      count_source (sources, viewer_item_department (row->head->entry, row->head->item),
                    kind == DISC_KIND_STATEMENT);
    }
  g_array_sort (sources, compare_sources);
  return sources;
}
