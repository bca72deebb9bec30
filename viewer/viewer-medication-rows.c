/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-drug-name.h"
#include "viewer-medication-hints.h"

/* A drug whose days ended within a week is mostly still taken (spec fhir.md 3.5.4: grace). */
#define GRACE_DAYS 7

/* Groups in their order. */
enum
{
  GROUP_CLASS,
  GROUP_NO_CODE,
  GROUP_OTHER_WAY,
};

/* A row with what it is sorted by. */
typedef struct
{
  ViewerMedicationRow row;
  guint group;
  int rank;       /* of its state: what runs, first */
  int class_rank; /* the best rank among drugs of one ingredient */
  char *class_digits;
  char *ingredient; /* first characters of the YJ code; "" without one */
} Row;

struct _ViewerMedicationRows
{
  GPtrArray *rows; /* Row */
  GArray *sources;
};

static void
row_free (gpointer data)
{
  Row *self = data;

  g_ptr_array_unref (self->row.lines);
  g_ptr_array_unref (self->row.same);
  g_ptr_array_unref (self->row.like);
  g_clear_pointer (&self->row.results, g_array_unref);
  g_clear_pointer (&self->row.words, g_array_unref);
  g_free (self->row.stem);
  g_free (self->class_digits);
  g_free (self->ingredient);
  g_free (self);
}

/* Class, way and ingredient: the first characters of a YJ code. */
#define INGREDIENT_LENGTH 7

/* ---- which lines are one drug --------------------------------------------------------------- */

static gboolean
is_other_way (const ViewerMedication *line)
{
  return line->pattern == VIEWER_USAGE_PRN || line->pattern == VIEWER_USAGE_EXTERNAL ||
         (line->group != NULL && strstr (line->group, "外用") != NULL);
}

/* A code that stands for "no code" would make one drug of all. */
static gboolean
is_true_code (const char *code)
{
  gsize len = strlen (code);

  if (len == 0 || g_ascii_strcasecmp (code, "NOCODED") == 0)
    return FALSE;
  for (gsize i = 1; i < len; i++)
    if (code[i] != code[0])
      return TRUE;
  return FALSE;
}

static char *
name_key (const ViewerMedication *line)
{
  g_autofree char *name = viewer_drug_name_fold (line->drug);

  return g_strdup_printf ("n%d%d%s", line->entry->record->kind, is_other_way (line), name);
}

static char *
code_key (const ViewerMedication *line)
{
  const char *code = disc_item_value (line->item, DISC_FIELD_CODE);
  const char *system = disc_item_value (line->item, DISC_FIELD_SYSTEM);
  g_autofree char *stem = viewer_drug_name_stem (line->drug);

  if (code == NULL || !is_true_code (code))
    return NULL;
  return g_strdup_printf ("c%d%d%s\x1f%s\x1f%s", line->entry->record->kind, is_other_way (line),
                          code, system != NULL ? system : "", stem);
}

static guint
root_of (guint *parents, guint i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

/* @key: (transfer full) (nullable) */
static void
join_by (GHashTable *first, guint *parents, guint i, char *key)
{
  gpointer found;

  if (key == NULL)
    return;
  if (g_hash_table_lookup_extended (first, key, NULL, &found))
    {
      parents[root_of (parents, i)] = root_of (parents, GPOINTER_TO_UINT (found));
      g_free (key);
    }
  else
    g_hash_table_insert (first, key, GUINT_TO_POINTER (i));
}

static const char *
begin_of (const ViewerMedication *line)
{
  return line->start != NULL ? line->start : viewer_item_at (line->entry, line->item);
}

static int
compare_begin (gconstpointer a, gconstpointer b)
{
  const ViewerMedication *x = *(ViewerMedication *const *) a;
  const ViewerMedication *y = *(ViewerMedication *const *) b;
  int order = disc_date_compare (begin_of (x), begin_of (y));

  if (order == 0 && x->entry->record->live != y->entry->record->live)
    return x->entry->record->live ? 1 : -1;
  return order != 0 ? order : viewer_entry_compare_sent (x->entry, y->entry);
}

/* What runs, else what began last. */
static const ViewerMedication *
head_of (const GPtrArray *lines)
{
  for (guint i = lines->len; i-- > 0;)
    {
      const ViewerMedication *line = g_ptr_array_index (lines, i);

      if (line->section == VIEWER_MEDICATION_RUNNING)
        return line;
    }
  return g_ptr_array_index (lines, lines->len - 1);
}

static gboolean
is_current (const ViewerMedication *head, gint64 as_of_day)
{
  return head->section == VIEWER_MEDICATION_RUNNING ||
         (head->section == VIEWER_MEDICATION_RAN_OUT && as_of_day != G_MININT64 &&
          head->left == VIEWER_LEFT_RAN_OUT && as_of_day - head->last_day <= GRACE_DAYS);
}

/* ---- groups --------------------------------------------------------------------------------- */

static void
choose_group (Row *self, const ViewerDrugLists *lists)
{
  const char *class = self->row.yj != NULL ? viewer_drug_lists_class (lists, self->row.yj) : NULL;

  if (is_other_way (self->row.head))
    {
      self->group = GROUP_OTHER_WAY;
      self->row.heading = _ ("As needed, external");
    }
  else if (class != NULL)
    {
      self->group = GROUP_CLASS;
      self->class_digits = g_strndup (self->row.yj, 3);
      self->row.heading = class;
    }
  else
    {
      self->group = GROUP_NO_CODE;
      self->row.heading = _ ("No code of a class");
    }
}

static void
finish_row (Row *self, const ViewerDrugLists *lists, gint64 as_of_day)
{
  g_ptr_array_sort (self->row.lines, compare_begin);
  self->row.head = head_of (self->row.lines);
  self->row.yj = viewer_drug_yj (self->row.head->item);
  self->ingredient =
      self->row.yj != NULL ? g_strndup (self->row.yj, INGREDIENT_LENGTH) : g_strdup ("");
  self->row.stem = viewer_drug_name_stem (self->row.head->drug);
  self->row.is_current = is_current (self->row.head, as_of_day);
  self->rank = self->row.is_current ? -1 : (int) self->row.head->section;
  self->class_rank = self->rank;
  choose_group (self, lists);
}

static void
collect_rows (ViewerMedicationRows *self, const ViewerMedicationModel *model)
{
  guint n = viewer_medication_model_n (model);
  g_autofree guint *parents = g_new (guint, n + 1);
  g_autofree Row **rows = g_new0 (Row *, n + 1);
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n; i++)
    {
      const ViewerMedication *line = viewer_medication_model_get (model, i);

      parents[i] = i;
      join_by (first, parents, i, name_key (line));
      join_by (first, parents, i, code_key (line));
    }
  for (guint i = 0; i < n; i++)
    {
      guint root = root_of (parents, i);

      if (rows[root] == NULL)
        {
          rows[root] = g_new0 (Row, 1);
          rows[root]->row.lines = g_ptr_array_new ();
          rows[root]->row.same = g_ptr_array_new ();
          rows[root]->row.like = g_ptr_array_new ();
          g_ptr_array_add (self->rows, rows[root]);
        }
      g_ptr_array_add (rows[root]->row.lines, (gpointer) viewer_medication_model_get (model, i));
    }
}

/* ---- order ---------------------------------------------------------------------------------- */

static void
rank_ingredients (ViewerMedicationRows *self)
{
  g_autoptr (GHashTable) best = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < self->rows->len; i++)
      {
        Row *row = g_ptr_array_index (self->rows, i);
        gpointer found;

        if (*row->ingredient == '\0')
          continue;
        if (!g_hash_table_lookup_extended (best, row->ingredient, NULL, &found) ||
            GPOINTER_TO_INT (found) > row->rank)
          g_hash_table_insert (best, row->ingredient, GINT_TO_POINTER (row->rank));
        else
          row->class_rank = GPOINTER_TO_INT (found);
      }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = *(Row *const *) a;
  const Row *y = *(Row *const *) b;
  int order = (int) x->group - (int) y->group;

  if (order == 0)
    order = g_strcmp0 (x->class_digits, y->class_digits);
  if (order == 0)
    order = x->class_rank - y->class_rank;
  if (order == 0)
    order = strcmp (x->ingredient, y->ingredient);
  if (order == 0)
    order = x->rank - y->rank;
  if (order == 0)
    order = disc_date_compare (begin_of (y->row.head), begin_of (x->row.head));
  return order != 0 ? order : strcmp (x->row.head->drug, y->row.head->drug);
}

/* ---- public --------------------------------------------------------------------------------- */

ViewerMedicationRows *
viewer_medication_rows_new (const ViewerMedicationModel *model, const ViewerLabSheetModel *labs,
                            const ViewerDrugLists *lists, const char *as_of)
{
  ViewerMedicationRows *self = g_new0 (ViewerMedicationRows, 1);
  gint64 as_of_day = as_of != NULL ? disc_date_to_day (as_of) : G_MININT64;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  collect_rows (self, model);
  for (guint i = 0; i < self->rows->len; i++)
    finish_row (g_ptr_array_index (self->rows, i), lists, as_of_day);
  rank_ingredients (self);
  g_ptr_array_sort (self->rows, compare_rows);
  viewer_medication_hints_add (self->rows, labs, lists);
  self->sources = viewer_medication_hints_sources (self->rows);
  return self;
}

void
viewer_medication_rows_free (ViewerMedicationRows *self)
{
  g_ptr_array_unref (self->rows);
  g_array_unref (self->sources);
  g_free (self);
}

guint
viewer_medication_rows_n (const ViewerMedicationRows *self)
{
  return self->rows->len;
}

const ViewerMedicationRow *
viewer_medication_rows_get (const ViewerMedicationRows *self, guint i)
{
  return &((const Row *) g_ptr_array_index (self->rows, i))->row;
}

guint
viewer_medication_rows_find (const ViewerMedicationRows *self, const ViewerMedication *line)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_ptr_array_find (viewer_medication_rows_get (self, i)->lines, line, NULL))
      return i;
  return 0;
}

guint
viewer_medication_rows_n_uncoded (const ViewerMedicationRows *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const ViewerMedicationRow *row = viewer_medication_rows_get (self, i);

      n += row->is_current && row->yj == NULL;
    }
  return n;
}

const GArray *
viewer_medication_rows_sources (const ViewerMedicationRows *self)
{
  return self->sources;
}
