/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-injection-model.h"

#include <string.h>

#include "disc-date.h"

#define KEY_SEPARATOR "\x1f"

/* Label of RXE-42 among the comments. */
#define DELIVERED_TO "払出先: "

struct _ViewerInjectionModel
{
  GPtrArray *rows;      /* ViewerInjection */
  GPtrArray *unmatched; /* ViewerGiven */
  guint n_given;
  char *as_of;
  GHashTable *row_by_key;
  GHashTable *slot_by_rp;    /* order number and RP string to a slot; rows own the slots */
  GHashTable *rows_by_order; /* order number to a GPtrArray of rows */
};

static void
given_free (ViewerGiven *given)
{
  g_ptr_array_unref (given->items);
  g_free (given);
}

static void
slot_free (ViewerInjectionSlot *slot)
{
  g_ptr_array_unref (slot->given);
  g_free (slot);
}

static void
row_free (ViewerInjection *row)
{
  g_free (row->rp);
  g_free (row->route);
  g_free (row->method);
  g_free (row->rate);
  g_free (row->volume);
  g_free (row->device);
  g_free (row->category);
  g_free (row->times);
  g_free (row->comment);
  g_array_unref (row->drugs);
  g_ptr_array_unref (row->slots);
  g_free (row);
}

/* ---- orders --------------------------------------------------------------------------------- */

/* A run of items that are one ORC block: one administration (SS-MIX2 spec 4.10). */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *items;
  guint n_items;
  const char *order_no;
  const char *rp;
} Block;

static char *
with_unit (const DiscItem *item, DiscField number, DiscField unit)
{
  const char *value = disc_item_value (item, number);
  const char *unit_text = disc_item_value (item, unit);

  if (value == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s", value, unit_text != NULL ? " " : "",
                          unit_text != NULL ? unit_text : "");
}

/* "<order>_<RP>_<administration>" to RP; anything else is shown as it is. */
static char *
rp_number (const Block *block)
{
  const char *rp = block->rp;
  const char *end;

  if (rp == NULL)
    return NULL;
  if (block->order_no != NULL && g_str_has_prefix (rp, block->order_no) &&
      rp[strlen (block->order_no)] == '_')
    rp += strlen (block->order_no) + 1;
  end = strrchr (rp, '_');
  return end != NULL ? g_strndup (rp, (gsize) (end - rp)) : g_strdup (rp);
}

static void
append_values (GString *key, const DiscItem *item)
{
  for (guint i = 0; i < item->n_values; i++)
    switch (item->values[i].field)
      {
      case DISC_FIELD_RP:
      case DISC_FIELD_START:
      case DISC_FIELD_END:
      case DISC_FIELD_ITEM_AT:
      case DISC_FIELD_ITEM_ORDER_NO:
      case DISC_FIELD_ITEM_DEPARTMENT:
      case DISC_FIELD_DOCTOR:
      case DISC_FIELD_ENTERED_BY:
      case DISC_FIELD_FILLER_NO:
      case DISC_FIELD_PARENT_NO:
      case DISC_FIELD_PRESCRIPTION_NO:
      case DISC_FIELD_PLACE:
        break; /* what may differ within a row */
      default:
        g_string_append_printf (key, KEY_SEPARATOR "%d=%s", (int) item->values[i].field,
                                item->values[i].value);
      }
}

/* Times stand in one row only when everything else is the same text; an order that is written anew
 * every day is one row all the same. */
static char *
row_key (const Block *block)
{
  g_autofree char *rp = rp_number (block);
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "%s" KEY_SEPARATOR "%d" KEY_SEPARATOR "%d", rp != NULL ? rp : "",
                          (int) block->entry->record->status, (int) block->entry->message->flags);
  for (guint i = 0; i < block->n_items; i++)
    append_values (key, &block->items[i]);
  return g_string_free (key, FALSE);
}

/* RXC-1: B is the base, A the additive (HL7 table 0166). */
static void
add_drugs (ViewerInjection *row, const Block *block)
{
  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < block->n_items; i++)
      {
        const DiscItem *item = &block->items[i];
        const char *component = disc_item_value (item, DISC_FIELD_COMPONENT);
        ViewerInjectionDrug drug = { .item = item };

        drug.is_base = component != NULL &&
                       (strcmp (component, "B") == 0 || g_str_has_prefix (component, "基剤"));
        drug.is_additive = component != NULL &&
                           (strcmp (component, "A") == 0 || g_str_has_prefix (component, "添加"));
        if ((drug.is_base ? 0u : drug.is_additive ? 1u : 2u) != pass)
          continue;
        drug.drug = disc_item_value (item, DISC_FIELD_DRUG);
        if (drug.drug == NULL)
          drug.drug = viewer_item_name (item);
        drug.amount = disc_item_value (item, DISC_FIELD_AMOUNT);
        drug.amount_unit = disc_item_value (item, DISC_FIELD_AMOUNT_UNIT);
        g_array_append_val (row->drugs, drug);
      }
}

static char *
join (const Block *block, const DiscField *fields, guint n_fields)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < block->n_items; i++)
    for (guint f = 0; f < n_fields; f++)
      for (guint v = 0; v < block->items[i].n_values; v++)
        /* Where it is delivered to is the pharmacy's concern; the detail of the row says it. */
        if (block->items[i].values[v].field == fields[f] &&
            !g_str_has_prefix (block->items[i].values[v].value, DELIVERED_TO))
          g_ptr_array_add (texts, (gpointer) block->items[i].values[v].value);
  return viewer_values_join ((const char *const *) texts->pdata, texts->len, "　");
}

static ViewerInjection *
row_new (const Block *block)
{
  static const DiscField route[] = { DISC_FIELD_ROUTE, DISC_FIELD_SITE };
  static const DiscField method[] = { DISC_FIELD_METHOD };
  static const DiscField device[] = { DISC_FIELD_DEVICE };
  static const DiscField category[] = { DISC_FIELD_CATEGORY };
  static const DiscField times[] = { DISC_FIELD_TIMES };
  static const DiscField comment[] = {
    DISC_FIELD_USAGE,
    DISC_FIELD_INSTRUCTION,
    DISC_FIELD_COMMENT,
    DISC_FIELD_ITEM_NOT_UNDERSTOOD,
  };
  ViewerInjection *row = g_new0 (ViewerInjection, 1);
  const DiscItem *first = &block->items[0];

  row->entry = block->entry;
  row->order_no = block->order_no;
  row->status = block->entry->record->status;
  row->is_live = block->entry->record->live && row->status != DISC_STATUS_ON_HOLD;
  row->rp = rp_number (block);
  row->drugs = g_array_new (FALSE, FALSE, sizeof (ViewerInjectionDrug));
  row->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) slot_free);
  add_drugs (row, block);
  row->route = join (block, route, G_N_ELEMENTS (route));
  row->method = join (block, method, G_N_ELEMENTS (method));
  row->device = join (block, device, G_N_ELEMENTS (device));
  row->category = join (block, category, G_N_ELEMENTS (category));
  row->times = join (block, times, G_N_ELEMENTS (times));
  row->comment = join (block, comment, G_N_ELEMENTS (comment));
  row->rate = with_unit (first, DISC_FIELD_RATE, DISC_FIELD_RATE_UNIT);
  row->volume = with_unit (first, DISC_FIELD_VOLUME, DISC_FIELD_VOLUME_UNIT);
  return row;
}

static char *
rp_key (const char *order_no, const char *rp)
{
  return g_strdup_printf ("%s" KEY_SEPARATOR "%s", order_no != NULL ? order_no : "", rp);
}

static void
note_order (ViewerInjectionModel *self, ViewerInjection *row, const Block *block)
{
  GPtrArray *rows;

  if (g_strcmp0 (block->order_no, row->order_no) > 0)
    {
      row->order_no = block->order_no;
      row->entry = block->entry;
      g_array_set_size (row->drugs, 0);
      add_drugs (row, block);
    }
  if (block->order_no == NULL)
    return;
  rows = g_hash_table_lookup (self->rows_by_order, block->order_no);
  if (rows == NULL)
    {
      rows = g_ptr_array_new ();
      g_hash_table_insert (self->rows_by_order, (gpointer) block->order_no, rows);
    }
  if (rows->len == 0 || g_ptr_array_index (rows, rows->len - 1) != row)
    g_ptr_array_add (rows, row);
}

static ViewerInjection *
ensure_row (ViewerInjectionModel *self, const Block *block)
{
  g_autofree char *key = row_key (block);
  ViewerInjection *row = g_hash_table_lookup (self->row_by_key, key);

  if (row == NULL)
    {
      row = row_new (block);
      g_hash_table_insert (self->row_by_key, g_steal_pointer (&key), row);
      g_ptr_array_add (self->rows, row);
    }
  note_order (self, row, block);
  return row;
}

static ViewerInjectionSlot *
slot_new (const ViewerEntry *entry, gboolean is_ordered)
{
  ViewerInjectionSlot *slot = g_new0 (ViewerInjectionSlot, 1);

  slot->entry = entry;
  slot->is_ordered = is_ordered;
  slot->given = g_ptr_array_new_with_free_func ((GDestroyNotify) given_free);
  return slot;
}

static void
add_block (ViewerInjectionModel *self, const Block *block)
{
  ViewerInjection *row = ensure_row (self, block);
  ViewerInjectionSlot *slot = slot_new (block->entry, TRUE);

  slot->order_no = block->order_no;
  slot->row = row;
  slot->start = disc_item_value (&block->items[0], DISC_FIELD_START);
  slot->end = disc_item_value (&block->items[0], DISC_FIELD_END);
  slot->is_live = row->is_live;
  slot->is_after_disc = slot->start != NULL && disc_date_compare (slot->start, self->as_of) > 0;
  g_ptr_array_add (row->slots, slot);
  if (block->rp != NULL)
    g_hash_table_insert (self->slot_by_rp, rp_key (block->order_no, block->rp), slot);
}

/* FHIR has one order in one message, and many have no RP. */
static gboolean
is_one_order (const ViewerEntry *entry)
{
  return g_strcmp0 (entry->message->data_type, "MedicationRequest") == 0 ||
         g_strcmp0 (entry->message->data_type, "MedicationOrder") == 0;
}

static void
add_order (ViewerInjectionModel *self, const ViewerEntry *entry)
{
  const DiscRecord *record = entry->record;

  for (guint i = 0; i < record->n_items;)
    {
      Block block = { .entry = entry, .items = &record->items[i] };

      block.rp = disc_item_value (block.items, DISC_FIELD_RP);
      block.order_no = viewer_item_order_no (entry, block.items);
      for (block.n_items = 1;
           (block.rp != NULL || is_one_order (entry)) && i + block.n_items < record->n_items;
           block.n_items++)
        {
          const DiscItem *next = &record->items[i + block.n_items];

          if (g_strcmp0 (disc_item_value (next, DISC_FIELD_RP), block.rp) != 0 ||
              g_strcmp0 (viewer_item_order_no (entry, next), block.order_no) != 0)
            break;
        }
      i += block.n_items;
      add_block (self, &block);
    }
}

/* ---- administrations ------------------------------------------------------------------------ */

ViewerGivenOutcome
viewer_given_outcome_of (const DiscItem *item)
{
  static const struct
  {
    const char *code;
    ViewerGivenOutcome outcome;
  } outcomes[] = {
    { "CP", VIEWER_GIVEN_YES },
    { "PA", VIEWER_GIVEN_PARTLY },
    { "NA", VIEWER_GIVEN_NOT },
    { "RE", VIEWER_GIVEN_REFUSED },
    /* FHIR: as written too */
    { "completed", VIEWER_GIVEN_YES },
    { "stopped", VIEWER_GIVEN_PARTLY },
    { "not-done", VIEWER_GIVEN_NOT },
    { "in-progress", VIEWER_GIVEN_RUNNING },
    { "on-hold", VIEWER_GIVEN_PAUSED },
  };
  const char *status = disc_item_value (item, DISC_FIELD_STATUS);

  for (guint i = 0; status != NULL && i < G_N_ELEMENTS (outcomes); i++)
    if (strcmp (status, outcomes[i].code) == 0)
      return outcomes[i].outcome;
  return status != NULL ? VIEWER_GIVEN_UNCLEAR : VIEWER_GIVEN_UNSPECIFIED;
}

/* NA and RE stand in records that are not live (spec 2.6), and must be seen all the same. */
static gboolean
is_shown_administration (const ViewerEntry *entry, const DiscItem *item)
{
  ViewerGivenOutcome outcome = viewer_given_outcome_of (item);

  if ((entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
    return FALSE;
  return entry->record->live || (entry->record->status == DISC_STATUS_CANCELLED &&
                                 (outcome == VIEWER_GIVEN_NOT || outcome == VIEWER_GIVEN_REFUSED));
}

/* The drugs of one event; an event is what shares message, times and outcome. */
static void
add_given (GPtrArray *list, const ViewerEntry *entry, const DiscItem *item)
{
  ViewerGivenOutcome outcome = viewer_given_outcome_of (item);
  const char *given_at = disc_item_value (item, DISC_FIELD_GIVEN_AT);
  const char *given_until = disc_item_value (item, DISC_FIELD_GIVEN_UNTIL);
  ViewerGiven *given = list->len > 0 ? g_ptr_array_index (list, list->len - 1) : NULL;

  if (given == NULL || given->outcome != outcome || given->entry->message != entry->message ||
      g_strcmp0 (given->given_at, given_at) != 0 ||
      g_strcmp0 (given->given_until, given_until) != 0)
    {
      given = g_new0 (ViewerGiven, 1);
      given->entry = entry;
      given->items = g_ptr_array_new ();
      given->outcome = outcome;
      given->given_at = given_at;
      given->given_until = given_until;
      g_ptr_array_add (list, given);
    }
  if (given->reason == NULL)
    given->reason = disc_item_value (item, DISC_FIELD_REASON);
  if (given->by == NULL)
    given->by = disc_item_value (item, DISC_FIELD_BY);
  g_ptr_array_add (given->items, (gpointer) item);
}

static gboolean
row_has_drug (const ViewerInjection *row, const DiscItem *item)
{
  const char *name = disc_item_value (item, DISC_FIELD_DRUG);
  const char *code = disc_item_value (item, DISC_FIELD_CODE);

  for (guint i = 0; i < row->drugs->len; i++)
    {
      const ViewerInjectionDrug *drug = &g_array_index (row->drugs, ViewerInjectionDrug, i);
      const char *drug_code = disc_item_value (drug->item, DISC_FIELD_CODE);

      if (code != NULL && drug_code != NULL ? strcmp (code, drug_code) == 0
                                            : name != NULL && viewer_value_equal (drug->drug, name))
        return TRUE;
    }
  return FALSE;
}

/* The one row of the order that holds this drug; none when several do. */
static ViewerInjection *
find_row (ViewerInjectionModel *self, const char *order_no, const DiscItem *item)
{
  GPtrArray *rows = order_no != NULL ? g_hash_table_lookup (self->rows_by_order, order_no) : NULL;
  ViewerInjection *found = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (row_has_drug (g_ptr_array_index (rows, i), item))
      {
        if (found != NULL)
          return NULL;
        found = g_ptr_array_index (rows, i);
      }
  return found;
}

/* The one planned time of the order in this row, or NULL when it has several. */
static ViewerInjectionSlot *
only_slot (const ViewerInjection *row, const char *order_no)
{
  ViewerInjectionSlot *only = NULL;

  for (guint i = 0; i < row->slots->len; i++)
    {
      ViewerInjectionSlot *slot = g_ptr_array_index (row->slots, i);

      if (!slot->is_ordered || g_strcmp0 (slot->order_no, order_no) != 0)
        continue;
      if (only != NULL)
        return NULL;
      only = slot;
    }
  return only;
}

/* A time recorded for the order, but for none of its planned times for certain. */
static ViewerInjectionSlot *
unplanned_slot (ViewerInjection *row, const ViewerEntry *entry, const DiscItem *item,
                const char *order_no)
{
  ViewerInjectionSlot *slot = only_slot (row, order_no);

  if (slot != NULL)
    return slot;
  if (row->slots->len > 0)
    {
      ViewerInjectionSlot *last = g_ptr_array_index (row->slots, row->slots->len - 1);
      const ViewerGiven *given =
          !last->is_ordered && last->given->len > 0 ? g_ptr_array_index (last->given, 0) : NULL;

      if (given != NULL && given->entry->message == entry->message &&
          g_strcmp0 (given->given_at, disc_item_value (item, DISC_FIELD_GIVEN_AT)) == 0)
        return last;
    }
  slot = slot_new (entry, FALSE);
  slot->order_no = order_no;
  slot->is_live = TRUE;
  g_ptr_array_add (row->slots, slot);
  return slot;
}

/* In FHIR several orders of a drug each are one RP (spec fhir.md 3.5.5). */
static gboolean
shares_rp (const ViewerEntry *entry)
{
  return g_strcmp0 (entry->message->data_type, "MedicationAdministration") == 0;
}

static void
add_administration (ViewerInjectionModel *self, const ViewerEntry *entry, const DiscItem *item)
{
  const char *order_no = viewer_item_order_no (entry, item);
  const char *rp = disc_item_value (item, DISC_FIELD_RP);
  ViewerInjectionSlot *slot = NULL;

  if (rp != NULL)
    {
      g_autofree char *key = rp_key (order_no, rp);

      slot = g_hash_table_lookup (self->slot_by_rp, key);
      if (slot != NULL && shares_rp (entry) && !row_has_drug (slot->row, item))
        slot = NULL;
    }
  if (slot == NULL)
    {
      ViewerInjection *row = find_row (self, order_no, item);

      if (row != NULL)
        slot = unplanned_slot (row, entry, item, order_no);
    }
  add_given (slot != NULL ? slot->given : self->unmatched, entry, item);
}

/* ---- order of things ------------------------------------------------------------------------ */

static const char *
slot_time (const ViewerInjectionSlot *slot)
{
  if (slot->start != NULL || slot->given->len == 0)
    return slot->start;
  return ((const ViewerGiven *) g_ptr_array_index (slot->given, 0))->given_at;
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  return disc_date_compare (slot_time (*(ViewerInjectionSlot *const *) a),
                            slot_time (*(ViewerInjectionSlot *const *) b));
}

/* What was going on at the disc comes first, what is only planned for later last. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ViewerInjection *x = *(ViewerInjection *const *) a;
  const ViewerInjection *y = *(ViewerInjection *const *) b;
  int order = disc_date_compare (y->newest, x->newest);

  if (order == 0 || disc_date_same_day (x->newest, y->newest))
    order = g_strcmp0 (x->rp, y->rp);
  return order != 0 ? order : g_strcmp0 (y->order_no, x->order_no);
}

static int
compare_given (gconstpointer a, gconstpointer b)
{
  const ViewerGiven *x = *(ViewerGiven *const *) a;
  const ViewerGiven *y = *(ViewerGiven *const *) b;

  return disc_date_compare (y->given_at, x->given_at);
}

static void
finish (ViewerInjectionModel *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      ViewerInjection *row = g_ptr_array_index (self->rows, i);

      g_ptr_array_sort (row->slots, compare_slots);
      for (guint s = 0; s < row->slots->len; s++)
        {
          const ViewerInjectionSlot *slot = g_ptr_array_index (row->slots, s);

          self->n_given += slot->given->len;
          if (!slot->is_after_disc)
            row->newest = slot_time (slot);
        }
    }
  g_ptr_array_sort (self->rows, compare_rows);
  g_ptr_array_sort (self->unmatched, compare_given);
  self->n_given += self->unmatched->len;
}

static gboolean
is_shown_order (const ViewerEntry *entry)
{
  return viewer_entry_is_standing (entry) ||
         ((entry->message->flags & DISC_MESSAGE_DISPUTED) == 0 &&
          (entry->record->status == DISC_STATUS_STOPPED ||
           entry->record->status == DISC_STATUS_CANCELLED ||
           entry->record->status == DISC_STATUS_DRAFT));
}

static void
add_entries (ViewerInjectionModel *self, const GArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind == DISC_KIND_INJECTION && is_shown_order (entry))
        add_order (self, entry);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != DISC_KIND_ADMINISTRATION)
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        if (is_shown_administration (entry, &entry->record->items[k]))
          add_administration (self, entry, &entry->record->items[k]);
    }
}

ViewerInjectionModel *
viewer_injection_model_new (const GArray *entries, const char *as_of)
{
  ViewerInjectionModel *self = g_new0 (ViewerInjectionModel, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->unmatched = g_ptr_array_new_with_free_func ((GDestroyNotify) given_free);
  self->as_of = g_strdup (as_of);
  self->row_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->slot_by_rp = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows_by_order =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  add_entries (self, entries);
  finish (self);
  g_clear_pointer (&self->row_by_key, g_hash_table_unref);
  g_clear_pointer (&self->slot_by_rp, g_hash_table_unref);
  g_clear_pointer (&self->rows_by_order, g_hash_table_unref);
  return self;
}

void
viewer_injection_model_free (ViewerInjectionModel *self)
{
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->unmatched);
  g_free (self->as_of);
  g_free (self);
}

guint
viewer_injection_model_n (const ViewerInjectionModel *self)
{
  return self->rows->len;
}

const ViewerInjection *
viewer_injection_model_get (const ViewerInjectionModel *self, guint i)
{
  return g_ptr_array_index (self->rows, i);
}

guint
viewer_injection_model_n_given (const ViewerInjectionModel *self)
{
  return self->n_given;
}

const GPtrArray *
viewer_injection_model_get_unmatched (const ViewerInjectionModel *self)
{
  return self->unmatched;
}
