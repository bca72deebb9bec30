/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-microbiology-model.h"

#include <string.h>

#include "disc-date.h"

struct _ViewerMicrobiologyModel
{
  GPtrArray *specimens;
  GHashTable *by_key;
};

static void
susceptibility_free (ViewerSusceptibility *value)
{
  g_free (value->value);
  g_free (value);
}

static void
isolate_free (ViewerIsolate *isolate)
{
  g_free (isolate->amount);
  g_hash_table_unref (isolate->by_drug);
  g_free (isolate);
}

static void
line_free (ViewerSpecimenLine *line)
{
  g_free (line->value);
  g_free (line);
}

static void
specimen_free (ViewerSpecimen *specimen)
{
  g_free (specimen->comment);
  g_ptr_array_unref (specimen->isolates);
  g_hash_table_unref (specimen->isolate_by_key);
  g_hash_table_unref (specimen->n_by_drug);
  g_hash_table_unref (specimen->drug_set);
  g_ptr_array_unref (specimen->drugs);
  g_ptr_array_unref (specimen->lines);
  g_free (specimen);
}

/* ---- specimens ------------------------------------------------------------------------------ */

/* A name of FHIR, "DiagnosticReport/1". Numbers of HL7 v2 have no such form. */
static gboolean
is_name_of_fhir (const char *number, const char *type)
{
  return number != NULL && g_str_has_prefix (number, type) && number[strlen (type)] == '/';
}

static const char *
number_of (const ViewerEntry *entry, const DiscItem *item)
{
  const char *order_no = viewer_item_order_no (entry, item);
  const char *report = disc_record_value (entry->record, DISC_FIELD_PARENT_NO);

  return order_no == NULL && is_name_of_fhir (report, "DiagnosticReport") ? report : order_no;
}

/* One order of one material is one specimen; without an order number the report that its results name
 * (FHIR: each is a message of its own), else the message stands for it. */
static char *
specimen_key (const ViewerEntry *entry, const DiscItem *item)
{
  const char *order_no = number_of (entry, item);
  const char *specimen = disc_item_value (item, DISC_FIELD_SPECIMEN);
  const char *number = disc_item_value (item, DISC_FIELD_SPECIMEN_NO);

  return g_strdup_printf ("%s\x1f%s\x1f%s\x1f%p", order_no != NULL ? order_no : "",
                          specimen != NULL ? specimen : "", number != NULL ? number : "",
                          order_no != NULL ? NULL : entry->message);
}

static ViewerSpecimen *
specimen_new (const ViewerEntry *entry, const DiscItem *item)
{
  ViewerSpecimen *specimen = g_new0 (ViewerSpecimen, 1);

  specimen->entry = entry;
  specimen->order_no = viewer_item_order_no (entry, item);
  specimen->specimen = disc_item_value (item, DISC_FIELD_SPECIMEN);
  specimen->collected_at = viewer_item_at (entry, item);
  specimen->reported_at = disc_record_value (entry->record, DISC_FIELD_REPORTED_AT);
  specimen->isolates = g_ptr_array_new_with_free_func ((GDestroyNotify) isolate_free);
  specimen->isolate_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  specimen->n_by_drug = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  specimen->drug_set = g_hash_table_new (g_str_hash, g_str_equal);
  specimen->drugs = g_ptr_array_new ();
  specimen->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return specimen;
}

static ViewerSpecimen *
ensure_specimen (ViewerMicrobiologyModel *self, const ViewerEntry *entry, const DiscItem *item)
{
  g_autofree char *key = specimen_key (entry, item);
  ViewerSpecimen *specimen = g_hash_table_lookup (self->by_key, key);
  const char *reported_at = disc_record_value (entry->record, DISC_FIELD_REPORTED_AT);

  if (specimen == NULL)
    {
      specimen = specimen_new (entry, item);
      specimen->state = VIEWER_SPECIMEN_CANCELLED; /* until a result says otherwise */
      g_hash_table_insert (self->by_key, g_steal_pointer (&key), specimen);
      g_ptr_array_add (self->specimens, specimen);
    }
  if (disc_date_compare (reported_at, specimen->reported_at) > 0)
    specimen->reported_at = reported_at;
  if (viewer_entry_compare_sent (entry, specimen->entry) > 0)
    specimen->entry = entry;
  return specimen;
}

/* What is not final wins: a report is final only when all of it is. */
static void
note_state (ViewerSpecimen *specimen, DiscStatus status)
{
  if (status == DISC_STATUS_CANCELLED)
    return;
  if (status == DISC_STATUS_PRELIMINARY)
    specimen->state = VIEWER_SPECIMEN_PRELIMINARY;
  else if (specimen->state == VIEWER_SPECIMEN_PRELIMINARY)
    return;
  else if (status == DISC_STATUS_CORRECTED)
    specimen->state = VIEWER_SPECIMEN_CORRECTED;
  else if (specimen->state == VIEWER_SPECIMEN_CANCELLED)
    specimen->state = VIEWER_SPECIMEN_FINAL;
}

/* ---- results -------------------------------------------------------------------------------- */

/* What tells two strains of one organism apart: the panel of FHIR that names both the organism and its
 * susceptibilities; "" where nothing does. */
static const char *
strain_of (const DiscItem *item)
{
  const char *panel = disc_item_value (item, DISC_FIELD_SUB_ID);

  return is_name_of_fhir (panel, "Observation") ? panel : "";
}

static ViewerIsolate *
ensure_isolate (ViewerSpecimen *specimen, const char *organism, const char *strain,
                guint occurrence)
{
  g_autofree char *key = g_strdup_printf ("%s\x1f%s\x1f%u", organism, strain, occurrence);
  ViewerIsolate *isolate = g_hash_table_lookup (specimen->isolate_by_key, key);

  if (isolate != NULL)
    return isolate;
  isolate = g_new0 (ViewerIsolate, 1);
  isolate->organism = organism;
  isolate->by_drug =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) susceptibility_free);
  g_ptr_array_add (specimen->isolates, isolate);
  g_hash_table_insert (specimen->isolate_by_key, g_steal_pointer (&key), isolate);
  return isolate;
}

/* Two strains of one organism may be told apart by nothing but their order: a drug that comes again
 * begins another column, so that no value is written over. */
static guint
count_drug (ViewerSpecimen *specimen, const char *organism, const char *strain, const char *drug)
{
  char *key = g_strdup_printf ("%s\x1f%s\x1f%s", organism, strain, drug);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (specimen->n_by_drug, key));

  g_hash_table_insert (specimen->n_by_drug, key, GUINT_TO_POINTER (n + 1));
  return n;
}

static void
note_drug (ViewerSpecimen *specimen, const char *drug)
{
  if (g_hash_table_add (specimen->drug_set, (gpointer) drug))
    g_ptr_array_add (specimen->drugs, (gpointer) drug);
}

static char *
value_of (const DiscItem *item)
{
  static const DiscField fields[] = { DISC_FIELD_VALUE };

  return viewer_item_join (item, fields, 1, " / ");
}

static void
add_susceptibility (ViewerSpecimen *specimen, const ViewerEntry *entry, const DiscItem *item)
{
  const char *organism = disc_item_value (item, DISC_FIELD_ORGANISM);
  const char *drug = disc_item_value (item, DISC_FIELD_DRUG);
  const char *strain = strain_of (item);
  ViewerSusceptibility *cell = g_new0 (ViewerSusceptibility, 1);
  ViewerIsolate *isolate;

  cell->entry = entry;
  cell->item = item;
  cell->value = value_of (item);
  cell->unit = disc_item_value (item, DISC_FIELD_UNIT);
  cell->result = disc_item_value (item, DISC_FIELD_RESULT);
  if (cell->result == NULL)
    cell->result = disc_item_value (item, DISC_FIELD_FLAG);
  cell->is_preliminary = entry->record->status == DISC_STATUS_PRELIMINARY;
  cell->is_corrected = entry->record->status == DISC_STATUS_CORRECTED;
  if (organism == NULL)
    organism = "";
  note_drug (specimen, drug);
  isolate = ensure_isolate (specimen, organism, strain,
                            count_drug (specimen, organism, strain, drug));
  g_hash_table_insert (isolate->by_drug, (gpointer) drug, cell);
}

static void
add_amount (ViewerIsolate *isolate, const DiscItem *item)
{
  g_autofree char *value = value_of (item);
  g_autofree char *known = g_steal_pointer (&isolate->amount);
  g_autofree char *trimmed = value != NULL ? g_strstrip (g_strdup (value)) : NULL;
  const char *parts[2];

  /* The row that names the organism may repeat its name as its value. */
  parts[0] = known;
  parts[1] = g_strcmp0 (trimmed, isolate->organism) != 0 ? trimmed : NULL;
  isolate->amount = viewer_values_join (parts, 2, "　");
}

static void
add_line (ViewerSpecimen *specimen, const ViewerEntry *entry, const DiscItem *item)
{
  static const DiscField fields[] = {
    DISC_FIELD_VALUE,
    DISC_FIELD_RESULT,
    DISC_FIELD_FLAG,
    DISC_FIELD_COMMENT,
  };
  ViewerSpecimenLine *line = g_new0 (ViewerSpecimenLine, 1);

  line->entry = entry;
  line->name = viewer_item_name (item);
  line->value = viewer_item_join (item, fields, G_N_ELEMENTS (fields), "　");
  line->is_preliminary = entry->record->status == DISC_STATUS_PRELIMINARY;
  g_ptr_array_add (specimen->lines, line);
}

static void
add_result (ViewerMicrobiologyModel *self, const ViewerEntry *entry, const DiscItem *item)
{
  ViewerSpecimen *specimen = ensure_specimen (self, entry, item);
  const char *organism = disc_item_value (item, DISC_FIELD_ORGANISM);

  note_state (specimen, entry->record->status);
  if (!entry->record->live)
    return; /* cancelled: counts for the state only */
  if (disc_item_value (item, DISC_FIELD_DRUG) != NULL)
    add_susceptibility (specimen, entry, item);
  else if (organism != NULL)
    add_amount (ensure_isolate (specimen, organism, strain_of (item), 0), item);
  else
    add_line (specimen, entry, item);
}

static void
add_comment (ViewerSpecimen *specimen)
{
  const DiscRecord *record = specimen->entry->record;
  g_autofree char *text =
      viewer_values_of (record->values, record->n_values, DISC_FIELD_TEXT, "\n");
  g_autofree char *comment =
      viewer_values_of (record->values, record->n_values, DISC_FIELD_COMMENT, "\n");
  const char *parts[] = { text, comment };

  specimen->comment = viewer_values_join (parts, G_N_ELEMENTS (parts), "\n");
}

/* ---- orders without result ------------------------------------------------------------------ */

/* Of an order only the name: what hangs on it is said by the page of orders. */
static void
add_asked_for (ViewerSpecimen *specimen, const ViewerEntry *entry, const DiscItem *item)
{
  const char *name = viewer_item_name (item);
  ViewerSpecimenLine *line;

  for (guint i = 0; i < specimen->lines->len; i++)
    if (g_strcmp0 (((ViewerSpecimenLine *) g_ptr_array_index (specimen->lines, i))->name, name) ==
        0)
      return;
  line = g_new0 (ViewerSpecimenLine, 1);
  line->entry = entry;
  line->name = name;
  g_ptr_array_add (specimen->lines, line);
}

/* JLAC10 codes of microbiology begin with 6. */
static gboolean
is_microbiology_order (const DiscItem *item)
{
  const char *code = disc_item_value (item, DISC_FIELD_CODE);
  const char *other = disc_item_value (item, DISC_FIELD_OTHER_CODE);

  return (code != NULL && code[0] == '6' &&
          g_strcmp0 (disc_item_value (item, DISC_FIELD_SYSTEM), "JC10") == 0) ||
         (other != NULL && other[0] == '6' &&
          g_strcmp0 (disc_item_value (item, DISC_FIELD_OTHER_SYSTEM), "JC10") == 0);
}

static void
add_open_order (ViewerMicrobiologyModel *self, GHashTable *with_result, const ViewerEntry *entry)
{
  for (guint k = 0; k < entry->record->n_items; k++)
    {
      const DiscItem *item = &entry->record->items[k];
      const char *order_no = viewer_item_order_no (entry, item);
      ViewerSpecimen *specimen;

      if (order_no == NULL || !is_microbiology_order (item) ||
          g_hash_table_contains (with_result, order_no))
        continue;
      specimen = ensure_specimen (self, entry, item);
      specimen->state = VIEWER_SPECIMEN_NO_RESULT;
      add_asked_for (specimen, entry, item);
    }
}

static int
compare_specimens (gconstpointer a, gconstpointer b)
{
  const ViewerSpecimen *x = *(ViewerSpecimen *const *) a;
  const ViewerSpecimen *y = *(ViewerSpecimen *const *) b;
  const char *x_at = x->reported_at != NULL ? x->reported_at : x->collected_at;
  const char *y_at = y->reported_at != NULL ? y->reported_at : y->collected_at;

  return disc_date_compare (y_at, x_at);
}

static void
add_results (ViewerMicrobiologyModel *self, const GArray *entries, GHashTable *with_result)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != DISC_KIND_MICROBIOLOGY ||
          (entry->message->flags & DISC_MESSAGE_DISPUTED) != 0 ||
          !(entry->record->live || entry->record->status == DISC_STATUS_CANCELLED))
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        {
          const DiscItem *item = &entry->record->items[k];
          const char *order_no = viewer_item_order_no (entry, item);

          add_result (self, entry, item);
          if (order_no != NULL)
            g_hash_table_add (with_result, (gpointer) order_no);
        }
    }
}

ViewerMicrobiologyModel *
viewer_microbiology_model_new (const GArray *entries)
{
  ViewerMicrobiologyModel *self = g_new0 (ViewerMicrobiologyModel, 1);
  g_autoptr (GHashTable) with_result = g_hash_table_new (g_str_hash, g_str_equal);

  self->specimens = g_ptr_array_new_with_free_func ((GDestroyNotify) specimen_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_results (self, entries, with_result);
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind == DISC_KIND_ORDER && viewer_entry_is_standing (entry))
        add_open_order (self, with_result, entry);
    }
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  for (guint i = 0; i < self->specimens->len; i++)
    add_comment (g_ptr_array_index (self->specimens, i));
  g_ptr_array_sort (self->specimens, compare_specimens);
  return self;
}

void
viewer_microbiology_model_free (ViewerMicrobiologyModel *self)
{
  g_ptr_array_unref (self->specimens);
  g_free (self);
}

guint
viewer_microbiology_model_n (const ViewerMicrobiologyModel *self)
{
  return self->specimens->len;
}

const ViewerSpecimen *
viewer_microbiology_model_get (const ViewerMicrobiologyModel *self, guint i)
{
  return g_ptr_array_index (self->specimens, i);
}

const ViewerIsolate *
viewer_microbiology_model_previous (const ViewerMicrobiologyModel *self,
                                    const ViewerSpecimen *specimen, const char *organism,
                                    const ViewerSpecimen **where)
{
  const ViewerIsolate *previous = NULL;

  for (guint i = 0; i < self->specimens->len; i++)
    {
      const ViewerSpecimen *other = g_ptr_array_index (self->specimens, i);

      if (g_strcmp0 (other->specimen, specimen->specimen) != 0 ||
          disc_date_compare (other->collected_at, specimen->collected_at) >= 0 ||
          (previous != NULL &&
           disc_date_compare (other->collected_at, (*where)->collected_at) <= 0))
        continue;
      for (guint k = 0; k < other->isolates->len; k++)
        {
          const ViewerIsolate *isolate = g_ptr_array_index (other->isolates, k);

          if (g_strcmp0 (isolate->organism, organism) == 0)
            {
              previous = isolate;
              *where = other;
            }
        }
    }
  return previous;
}
