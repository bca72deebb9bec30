/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-sheet-model.h"

#include "disc-date.h"
#include "viewer-decimal.h"

#include <string.h>

/* Between the parts of a key: no source text holds it. */
#define KEY_SEPARATOR "\x1f"

/* JLAC10: 5 analyte, 4 identification, 3 material, 3 method, 2 result. */
#define JLAC10_LENGTH 17
#define JLAC10_IDENTIFICATION 5
#define JLAC10_IDENTIFICATION_AND_MATERIAL 7

typedef struct
{
  char *at;
  guint occurrence; /* a second value of one item at one time stands in a column of its own */
  guint position;   /* after sorting */
} Column;

typedef struct
{
  ViewerLabRow row;
  guint heading_rank;
  GHashTable *cells; /* Column to ViewerLabCell */
} Row;

struct _ViewerLabSheetModel
{
  GPtrArray *cells;          /* ViewerLabCell, owned */
  GPtrArray *columns;        /* Column, sorted */
  GPtrArray *rows;           /* Row, sorted */
  GHashTable *column_by_key; /* time and occurrence */
  GHashTable *row_by_key;    /* key and occurrence */
  GHashTable *n_placed;      /* how often something stands already: see next_occurrence() */
};

/* A value on its way to its cell. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  const char *at;
  guint position; /* in the chart: the order of the source */
} Value;

static void
cell_free (ViewerLabCell *cell)
{
  g_free (cell->value);
  g_free (cell->flag_text);
  g_free (cell);
}

static void
column_free (Column *column)
{
  g_free (column->at);
  g_free (column);
}

static void
row_free (Row *row)
{
  g_free (row->row.heading);
  g_free (row->row.difference);
  g_hash_table_unref (row->cells);
  g_free (row);
}

ViewerLabFlag
viewer_lab_flag_of (const char *flag)
{
  static const struct
  {
    const char *text;
    ViewerLabFlag flag;
  } flags[] = {
    { "H", VIEWER_LAB_FLAG_HIGH },
    { "L", VIEWER_LAB_FLAG_LOW },
    { "HH", VIEWER_LAB_FLAG_CRITICAL_HIGH },
    { "LL", VIEWER_LAB_FLAG_CRITICAL_LOW },
  };

  if (flag == NULL)
    return VIEWER_LAB_FLAG_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (strcmp (flag, flags[i].text) == 0)
      return flags[i].flag;
  return VIEWER_LAB_FLAG_OTHER;
}

static gboolean
is_jlac10 (const char *system)
{
  return g_strcmp0 (system, "JC10") == 0 || g_strcmp0 (system, "JLAC10") == 0;
}

/* The part of a JLAC10 code that tells fasting from two hours later, and serum from urine. */
static char *
jlac10_material (const char *code, const char *system)
{
  if (code == NULL || !is_jlac10 (system) || strlen (code) != JLAC10_LENGTH)
    return NULL;
  return g_strndup (code + JLAC10_IDENTIFICATION, JLAC10_IDENTIFICATION_AND_MATERIAL);
}

/* Systems of FHIR are URLs. One of their codes may stand for several findings of one report, apart
 * only in their text, and for every test that has no code (spec fhir.md 0.1 fact 22). */
static gboolean
is_of_fhir (const char *system)
{
  return system != NULL &&
         (g_str_has_prefix (system, "http") || g_str_has_prefix (system, "urn:"));
}

/* Spec 4.12, "Time series key": local code if present, else JLAC10, else name; with material and
 * unit. The two codes stand in either order. Of FHIR all of it and the name (spec fhir.md 3.9). */
static char *
row_key (const DiscItem *item)
{
  const char *code = disc_item_value (item, DISC_FIELD_CODE);
  const char *system = disc_item_value (item, DISC_FIELD_SYSTEM);
  const char *other_code = disc_item_value (item, DISC_FIELD_OTHER_CODE);
  const char *other_system = disc_item_value (item, DISC_FIELD_OTHER_SYSTEM);
  g_autofree char *material = jlac10_material (code, system);
  const char *parts[6];

  if (material == NULL)
    material = jlac10_material (other_code, other_system);
  parts[0] = other_code != NULL && !is_jlac10 (other_system) ? other_code : code;
  if (parts[0] == NULL)
    parts[0] = other_code;
  parts[1] = parts[0] == NULL || is_of_fhir (system) || is_of_fhir (other_system)
                 ? viewer_item_name (item)
                 : NULL;
  parts[2] = material;
  parts[3] = disc_item_value (item, DISC_FIELD_SPECIMEN);
  parts[4] = disc_item_value (item, DISC_FIELD_MATERIAL);
  parts[5] = disc_item_value (item, DISC_FIELD_UNIT);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] == NULL)
      parts[i] = "";
  return g_strjoin (KEY_SEPARATOR, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5],
                    NULL);
}

static char *
heading_of (const DiscItem *item)
{
  const char *group = disc_item_value (item, DISC_FIELD_GROUP);
  const char *specimen = disc_item_value (item, DISC_FIELD_SPECIMEN);

  if (group != NULL && specimen != NULL)
    return g_strdup_printf ("%s（%s）", group, specimen);
  if (group != NULL)
    return g_strdup (group);
  return g_strdup (specimen != NULL ? specimen : "");
}

static ViewerLabState
state_of (const Value *value)
{
  const char *status = disc_item_value (value->item, DISC_FIELD_STATUS);

  switch (value->entry->record->status)
    {
    case DISC_STATUS_PRELIMINARY:
      return VIEWER_LAB_PRELIMINARY;
    case DISC_STATUS_CORRECTED:
      return VIEWER_LAB_CORRECTED;
    case DISC_STATUS_CANCELLED:
    case DISC_STATUS_STOPPED:
      if (g_strcmp0 (status, "X") == 0)
        return VIEWER_LAB_NO_RESULT;
      return g_strcmp0 (status, "N") == 0 ? VIEWER_LAB_NOT_DONE : VIEWER_LAB_CANCELLED;
    default:
      return VIEWER_LAB_FINAL;
    }
}

/* What of a message a reader of one value must know; the rest of the flags are shown elsewhere. */
static gboolean
is_marked (const DiscMessage *message)
{
  return (message->flags &
          (DISC_MESSAGE_TRUNCATED | DISC_MESSAGE_UNDECODABLE | DISC_MESSAGE_TEST |
           DISC_MESSAGE_NEWEST_LOST | DISC_MESSAGE_MAYBE_CANCELLED | DISC_MESSAGE_MAYBE_DUPLICATE |
           DISC_MESSAGE_TYPE_MISMATCH | DISC_MESSAGE_DEMOGRAPHICS_CONFLICT)) != 0;
}

/* Who measured where and how, and how the specimen came, is kept as a comment too; the mark 註 is
 * for what somebody wrote about the value, or about what is wrong with the specimen. */
static gboolean
has_comment (const DiscItem *item)
{
  static const char *const labels[] = {
    "検査施設: ", "検査者: ", "測定方法: ",   "機器: ",   "分析日時: ", "検体の性状: ", "添加物: ",
    "採取方法: ", "採取量: ", "検体の説明: ", "取扱い: ", "検体受領: ", NULL,
  };

  for (guint i = 0; i < item->n_values; i++)
    {
      gboolean is_label = FALSE;

      if (item->values[i].field != DISC_FIELD_COMMENT)
        continue;
      for (guint k = 0; labels[k] != NULL; k++)
        is_label |= g_str_has_prefix (item->values[i].value, labels[k]);
      if (!is_label)
        return TRUE;
    }
  return FALSE;
}

static ViewerLabCell *
cell_new (const Value *value)
{
  static const DiscField value_fields[] = { DISC_FIELD_VALUE, DISC_FIELD_RESULT };
  static const DiscField flag_field[] = { DISC_FIELD_FLAG };
  ViewerLabCell *cell = g_new0 (ViewerLabCell, 1);

  cell->entry = value->entry;
  cell->item = value->item;
  cell->value = viewer_item_join (value->item, value_fields, G_N_ELEMENTS (value_fields), " / ");
  cell->flag_text = viewer_item_join (value->item, flag_field, 1, " ");
  cell->flag = viewer_lab_flag_of (cell->flag_text);
  cell->state = state_of (value);
  cell->has_comment = has_comment (value->item);
  cell->is_marked = is_marked (value->entry->message);
  return cell;
}

static char *
occurrence_key (const char *text, guint occurrence)
{
  return g_strdup_printf ("%s" KEY_SEPARATOR "%u", text != NULL ? text : "", occurrence);
}

static Row *
ensure_row (ViewerLabSheetModel *self, const Value *value, const char *base, guint occurrence)
{
  g_autofree char *key = occurrence_key (base, occurrence);
  Row *row = g_hash_table_lookup (self->row_by_key, key);

  if (row != NULL)
    return row;
  row = g_new0 (Row, 1);
  row->row.heading = heading_of (value->item);
  row->row.name = viewer_item_name (value->item);
  row->row.unit = disc_item_value (value->item, DISC_FIELD_UNIT);
  row->row.specimen = disc_item_value (value->item, DISC_FIELD_SPECIMEN);
  row->cells = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->row_by_key, g_steal_pointer (&key), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static Column *
ensure_column (ViewerLabSheetModel *self, const char *at, guint occurrence)
{
  g_autofree char *key = occurrence_key (at, occurrence);
  Column *column = g_hash_table_lookup (self->column_by_key, key);

  if (column == NULL)
    {
      column = g_new0 (Column, 1);
      column->at = g_strdup (at);
      column->occurrence = occurrence;
      g_hash_table_insert (self->column_by_key, g_steal_pointer (&key), column);
      g_ptr_array_add (self->columns, column);
    }
  return column;
}

/* How many values of @what have been placed at @at before, counting this one in. */
static guint
next_occurrence (ViewerLabSheetModel *self, const char *what, const char *at, gconstpointer owner)
{
  char *key = g_strdup_printf ("%s" KEY_SEPARATOR "%s" KEY_SEPARATOR "%p", what,
                               at != NULL ? at : "", owner);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->n_placed, key));

  g_hash_table_insert (self->n_placed, key, GUINT_TO_POINTER (n + 1));
  return n;
}

/*
 * A second value of one item at one time: within one message it is a further row (comments come in
 * several), from another message a further column. Nothing is ever written over.
 */
static void
place (ViewerLabSheetModel *self, const Value *value)
{
  g_autofree char *base = row_key (value->item);
  ViewerLabCell *cell = cell_new (value);
  Row *row = ensure_row (self, value, base,
                         next_occurrence (self, base, value->at, value->entry->message));
  Column *column = ensure_column (self, value->at, next_occurrence (self, "", value->at, row));

  g_ptr_array_add (self->cells, cell);
  g_hash_table_insert (row->cells, column, cell);
}

static gboolean
is_shown (const ViewerEntry *entry)
{
  return viewer_entry_is_standing (entry) ||
         ((entry->message->flags & DISC_MESSAGE_DISPUTED) == 0 &&
          (entry->record->status == DISC_STATUS_CANCELLED ||
           entry->record->status == DISC_STATUS_STOPPED));
}

static GArray *
collect (const GArray *entries, gboolean shown)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (Value));

  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != DISC_KIND_LAB || is_shown (entry) != shown)
        continue;
      if (!shown && (entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        {
          const DiscItem *item = &entry->record->items[k];
          Value value = { entry, item, viewer_item_at (entry, item), values->len };

          g_array_append_val (values, value);
        }
    }
  return values;
}

/* Newest sample first, so that rows take name, order and range from the newest report; live values
 * before cancelled ones, so that a live one takes the cell. */
static int
compare_values (gconstpointer a, gconstpointer b)
{
  const Value *x = a;
  const Value *y = b;
  int order = disc_date_compare (y->at, x->at);

  if (order != 0)
    return order;
  if (x->entry->record->live != y->entry->record->live)
    return y->entry->record->live - x->entry->record->live;
  order = viewer_entry_compare_sent (y->entry, x->entry);
  return order != 0 ? order : (x->position > y->position) - (x->position < y->position);
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *x = *(Column *const *) a;
  const Column *y = *(Column *const *) b;
  int order = disc_date_compare (x->at, y->at);

  return order != 0 ? order : (int) y->occurrence - (int) x->occurrence;
}

static int
compare_headings (gconstpointer a, gconstpointer b)
{
  const Row *x = *(Row *const *) a;
  const Row *y = *(Row *const *) b;

  return (x->heading_rank > y->heading_rank) - (x->heading_rank < y->heading_rank);
}

/* Rows of one heading lie together, headings in the order of their first row; the sort is stable.
 */
static void
group_rows (ViewerLabSheetModel *self)
{
  g_autoptr (GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      gpointer rank;

      if (!g_hash_table_lookup_extended (ranks, row->row.heading, NULL, &rank))
        {
          rank = GUINT_TO_POINTER (g_hash_table_size (ranks));
          g_hash_table_insert (ranks, row->row.heading, rank);
        }
      row->heading_rank = GPOINTER_TO_UINT (rank);
    }
  g_ptr_array_sort (self->rows, compare_headings);
}

static void
order_columns (ViewerLabSheetModel *self)
{
  g_ptr_array_sort (self->columns, compare_columns);
  for (guint c = 0; c < self->columns->len; c++)
    ((Column *) g_ptr_array_index (self->columns, c))->position = c;
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  const Column *x = a;
  const Column *y = b;

  return (x->position > y->position) - (x->position < y->position);
}

static gboolean
is_measured (const ViewerLabCell *cell)
{
  return cell != NULL && cell->value != NULL &&
         (cell->state == VIEWER_LAB_FINAL || cell->state == VIEWER_LAB_PRELIMINARY ||
          cell->state == VIEWER_LAB_CORRECTED);
}

static void
finish_row (Row *self)
{
  ViewerLabRow *row = &self->row;
  GList *columns = g_list_sort (g_hash_table_get_keys (self->cells), compare_positions);

  for (const GList *l = g_list_last (columns); l != NULL; l = l->prev)
    {
      const Column *column = l->data;
      const ViewerLabCell *cell = g_hash_table_lookup (self->cells, column);

      if (row->range == NULL)
        row->range = disc_item_value (cell->item, DISC_FIELD_RANGE);
      if (!is_measured (cell))
        continue;
      row->n_values++;
      if (row->newest == NULL)
        {
          row->newest = cell;
          row->newest_column = column->position;
        }
      else if (row->previous == NULL)
        row->previous = cell;
    }
  g_list_free (columns);
  if (row->previous != NULL && row->newest->state != VIEWER_LAB_PRELIMINARY &&
      row->previous->state != VIEWER_LAB_PRELIMINARY)
    row->difference = viewer_decimal_difference (row->newest->value, row->previous->value);
}

/* Values that a newer version replaced stay out of the sheet; their cell says that there are any.
 */
static void
count_replaced (ViewerLabSheetModel *self, const GArray *entries)
{
  g_autoptr (GArray) values = collect (entries, FALSE);

  for (guint i = 0; i < values->len; i++)
    {
      const Value *value = &g_array_index (values, Value, i);
      g_autofree char *base = row_key (value->item);
      g_autofree char *row_text = occurrence_key (base, 0);
      g_autofree char *column_text = occurrence_key (value->at, 0);
      Row *row = g_hash_table_lookup (self->row_by_key, row_text);
      Column *column = g_hash_table_lookup (self->column_by_key, column_text);
      ViewerLabCell *cell =
          row != NULL && column != NULL ? g_hash_table_lookup (row->cells, column) : NULL;

      if (cell != NULL)
        cell->n_replaced++;
    }
}

ViewerLabSheetModel *
viewer_lab_sheet_model_new (const GArray *entries)
{
  ViewerLabSheetModel *self = g_new0 (ViewerLabSheetModel, 1);
  g_autoptr (GArray) values = collect (entries, TRUE);

  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cell_free);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->column_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->row_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_sort (values, compare_values);
  for (guint i = 0; i < values->len; i++)
    place (self, &g_array_index (values, Value, i));
  count_replaced (self, entries);
  group_rows (self);
  order_columns (self);
  for (guint r = 0; r < self->rows->len; r++)
    finish_row (g_ptr_array_index (self->rows, r));
  return self;
}

void
viewer_lab_sheet_model_free (ViewerLabSheetModel *self)
{
  g_hash_table_unref (self->n_placed);
  g_hash_table_unref (self->row_by_key);
  g_hash_table_unref (self->column_by_key);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

guint
viewer_lab_sheet_model_n_columns (const ViewerLabSheetModel *self)
{
  return self->columns->len;
}

const char *
viewer_lab_sheet_model_column_at (const ViewerLabSheetModel *self, guint column)
{
  return ((const Column *) g_ptr_array_index (self->columns, column))->at;
}

guint
viewer_lab_sheet_model_n_rows (const ViewerLabSheetModel *self)
{
  return self->rows->len;
}

const ViewerLabRow *
viewer_lab_sheet_model_row (const ViewerLabSheetModel *self, guint row)
{
  return &((const Row *) g_ptr_array_index (self->rows, row))->row;
}

const ViewerLabCell *
viewer_lab_sheet_model_cell (const ViewerLabSheetModel *self, guint row, guint column)
{
  g_return_val_if_fail (row < self->rows->len && column < self->columns->len, NULL);
  return g_hash_table_lookup (((const Row *) g_ptr_array_index (self->rows, row))->cells,
                              g_ptr_array_index (self->columns, column));
}
