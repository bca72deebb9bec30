/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-model.h"

#include "disc-date.h"

#include <string.h>

/* More days than any supply: a longer number is a fault of the source and is not computed with. */
#define MAX_SUPPLY_DAYS 3660

/* A first dose later than this hour may shift the last dose into the next day. */
#define MORNING_HOUR 9

struct _ViewerMedicationModel
{
  GPtrArray *all;     /* ViewerMedication, owned */
  GPtrArray *visible; /* sorted; the rest is in the history only */
  guint n_in[VIEWER_N_MEDICATION_SECTIONS];
};

static void
medication_free (ViewerMedication *line)
{
  g_free (line->dose);
  g_strfreev (line->schedule);
  g_free (line->usage);
  g_free (line->group);
  g_free (line);
}

/* ---- texts ---------------------------------------------------------------------------------- */

/* A unit stands behind its number without a blank, as on the paper. */
static char *
dose_text (const DiscItem *item)
{
  const char *dose = disc_item_value (item, DISC_FIELD_DOSE);
  const char *most = disc_item_value (item, DISC_FIELD_DOSE_MAX);
  const char *unit = disc_item_value (item, DISC_FIELD_DOSE_UNIT);

  if (dose == NULL && most == NULL)
    return NULL;
  if (unit == NULL)
    unit = "";
  if (dose != NULL && most != NULL && strcmp (dose, most) != 0)
    return g_strdup_printf ("%s〜%s%s", dose, most, unit);
  return g_strdup_printf ("%s%s%s", dose != NULL ? "" : "〜", dose != NULL ? dose : most, unit);
}

static char *
usage_text (const DiscItem *item)
{
  static const DiscField fields[] = {
    DISC_FIELD_USAGE,
    DISC_FIELD_SITE,
    DISC_FIELD_INSTRUCTION,
    DISC_FIELD_COMMENT,
  };

  return viewer_item_join (item, fields, G_N_ELEMENTS (fields), "　");
}

static char *
group_text (const DiscItem *item)
{
  static const DiscField fields[] = { DISC_FIELD_KIND };

  return viewer_item_join (item, fields, G_N_ELEMENTS (fields), "・");
}

/* ---- days left ------------------------------------------------------------------------------ */

static gboolean
parse_days (const char *text, gint64 *days)
{
  gsize len = text != NULL ? strlen (text) : 0;

  if (len == 0 || len > 4 || strspn (text, "0123456789") != len)
    return FALSE;
  *days = g_ascii_strtoll (text, NULL, 10);
  return *days > 0 && *days <= MAX_SUPPLY_DAYS;
}

static gboolean
is_day_unit (const char *unit)
{
  return unit == NULL || strcmp (unit, "日") == 0 || strcmp (unit, "日分") == 0 ||
         g_ascii_strcasecmp (unit, "D") == 0;
}

/* A whole day, or a time before the first dose of any day. */
static gboolean
begins_with_its_day (const char *start)
{
  if (strlen (start) < strlen ("2026-11-19"))
    return FALSE;
  if (start[10] != 'T')
    return TRUE;
  return g_ascii_isdigit (start[11]) && g_ascii_isdigit (start[12]) &&
         (start[11] - '0') * 10 + (start[12] - '0') <= MORNING_HOUR;
}

/* The last day of supply; only where every step is certain (design, "Prescription line"). */
static gboolean
last_day_of (const DiscItem *item, gint64 *first, gint64 *last)
{
  const char *start = disc_item_value (item, DISC_FIELD_START);
  const char *end = disc_item_value (item, DISC_FIELD_END);
  gint64 days;

  if (start == NULL || !disc_date_is_valid (start) || !begins_with_its_day (start) ||
      disc_item_nth_value (item, DISC_FIELD_START, 1) != NULL ||
      disc_item_nth_value (item, DISC_FIELD_DAYS, 1) != NULL ||
      !parse_days (disc_item_value (item, DISC_FIELD_DAYS), &days) ||
      !is_day_unit (disc_item_value (item, DISC_FIELD_DAYS_UNIT)))
    return FALSE;
  if (disc_item_value (item, DISC_FIELD_REPEATS) != NULL &&
      strcmp (disc_item_value (item, DISC_FIELD_REPEATS), "0") != 0)
    return FALSE; /* refills lengthen the supply by what nobody wrote down */
  *first = disc_date_to_day (start);
  *last = *first + days - 1;
  return end == NULL || disc_date_to_day (end) == *last;
}

static void
compute_left (ViewerMedication *line, gint64 as_of_day)
{
  gint64 first, last;

  if (!line->entry->record->live || line->entry->record->status == DISC_STATUS_ON_HOLD)
    line->left = VIEWER_LEFT_NOT_LIVE;
  else if (line->pattern == VIEWER_USAGE_WEEKDAYS)
    line->left = VIEWER_LEFT_WEEKDAYS;
  else if (line->pattern == VIEWER_USAGE_PRN)
    line->left = VIEWER_LEFT_TIMES;
  else if (line->pattern == VIEWER_USAGE_EXTERNAL)
    line->left = VIEWER_LEFT_NONE;
  else if (line->pattern != VIEWER_USAGE_DAILY || as_of_day == G_MININT64 ||
           !last_day_of (line->item, &first, &last))
    line->left = VIEWER_LEFT_NOT_COMPUTED;
  else if (first > as_of_day)
    line->left = VIEWER_LEFT_NOT_BEGUN;
  else
    {
      line->left = last > as_of_day ? VIEWER_LEFT_DAYS : VIEWER_LEFT_RAN_OUT;
      line->days_left = MAX (last - as_of_day, 0);
      line->last_day = last;
    }
}

/* ---- sections ------------------------------------------------------------------------------- */

static const char *
begin_of (const ViewerMedication *line)
{
  return line->start != NULL ? line->start : viewer_item_at (line->entry, line->item);
}

/* The same drug for the same purpose: as needed and daily are not each other's successor. */
static char *
drug_key (const ViewerMedication *line)
{
  g_autofree char *name = viewer_value_key (line->drug);

  return g_strdup_printf ("%d\x1f%d\x1f%s", line->entry->record->kind,
                          line->pattern == VIEWER_USAGE_PRN, name);
}

static gboolean
is_hidden (const ViewerMedication *line)
{
  switch (line->entry->record->status)
    {
    case DISC_STATUS_SUPERSEDED:
    case DISC_STATUS_DELETED:
    case DISC_STATUS_ENTERED_IN_ERROR:
      return TRUE;
    default:
      return FALSE;
    }
}

/* An order not to give it, a proposal: neither says that the patient takes it (FORMAT.md,
 * "warning"). */
static gboolean
is_no_order (const ViewerMedication *line)
{
  const DiscRecord *record = line->entry->record;

  for (guint i = 0; i < record->n_values; i++)
    if (record->values[i].field == DISC_FIELD_WARNING &&
        (strcmp (record->values[i].value, "do-not-perform") == 0 ||
         strcmp (record->values[i].value, "no-order-yet") == 0))
      return TRUE;
  return FALSE;
}

static ViewerMedicationSection
section_of (const ViewerMedication *line, gint64 as_of_day, GHashTable *newest)
{
  g_autofree char *key = drug_key (line);
  const ViewerMedication *last = g_hash_table_lookup (newest, key);
  const char *begin = begin_of (line);
  gboolean is_followed = last != NULL && disc_date_compare (begin_of (last), begin) > 0 &&
                         g_strcmp0 (last->order_no, line->order_no) != 0;

  /* Some systems leave what was prescribed as a draft: neither running nor stopped. */
  if (line->entry->record->status == DISC_STATUS_DRAFT)
    return VIEWER_MEDICATION_OPEN;
  if (!line->entry->record->live)
    return VIEWER_MEDICATION_STOPPED;
  if (is_no_order (line))
    return VIEWER_MEDICATION_OPEN;
  if (line->left == VIEWER_LEFT_DAYS || line->left == VIEWER_LEFT_NOT_BEGUN)
    return VIEWER_MEDICATION_RUNNING;
  if (is_followed)
    return VIEWER_MEDICATION_EARLIER;
  if (line->left == VIEWER_LEFT_RAN_OUT)
    return VIEWER_MEDICATION_RAN_OUT;
  if (begin == NULL || !disc_date_is_valid (begin) || as_of_day == G_MININT64 ||
      as_of_day - disc_date_to_day (begin) > VIEWER_MEDICATION_OPEN_DAYS)
    return VIEWER_MEDICATION_OPEN;
  return VIEWER_MEDICATION_RUNNING;
}

/* The live line of each drug that begins last. */
static GHashTable *
find_newest (const GPtrArray *lines)
{
  GHashTable *newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      ViewerMedication *line = g_ptr_array_index (lines, i);
      g_autofree char *key = drug_key (line);
      const ViewerMedication *last = g_hash_table_lookup (newest, key);

      if (line->entry->record->live &&
          (last == NULL || disc_date_compare (begin_of (line), begin_of (last)) > 0))
        g_hash_table_insert (newest, g_steal_pointer (&key), line);
    }
  return newest;
}

/* As a prescription is read: by mouth, by injection, as needed, external; then what is not said. */
static guint
group_rank (const ViewerMedication *line)
{
  static const char *const order[] = { "内服", "自己注射", "注射", "頓", "外用" };

  for (guint i = 0; line->group != NULL && i < G_N_ELEMENTS (order); i++)
    if (strstr (line->group, order[i]) != NULL)
      return i;
  return G_N_ELEMENTS (order);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ViewerMedication *x = *(ViewerMedication *const *) a;
  const ViewerMedication *y = *(ViewerMedication *const *) b;
  int order;

  if (x->section != y->section)
    return (int) x->section - (int) y->section;
  if (group_rank (x) != group_rank (y))
    return (int) group_rank (x) - (int) group_rank (y);
  order = disc_date_compare (begin_of (y), begin_of (x));
  if (order == 0)
    order = viewer_entry_compare_sent (y->entry, x->entry);
  return order;
}

/* ---- building ------------------------------------------------------------------------------- */

static ViewerMedication *
line_new (const ViewerEntry *entry, const DiscItem *item, gint64 as_of_day)
{
  ViewerMedication *line = g_new0 (ViewerMedication, 1);

  line->entry = entry;
  line->item = item;
  line->drug = disc_item_value (item, DISC_FIELD_DRUG);
  if (line->drug == NULL)
    line->drug = viewer_item_name (item);
  if (line->drug == NULL)
    line->drug = "";
  line->pattern = viewer_usage_pattern (item);
  line->is_uneven = viewer_usage_uneven (item);
  line->dose = dose_text (item);
  line->schedule = line->is_uneven ? viewer_usage_schedule (item) : NULL;
  line->usage = usage_text (item);
  line->group = group_text (item);
  line->start = disc_item_value (item, DISC_FIELD_START);
  line->days = disc_item_value (item, DISC_FIELD_DAYS);
  line->times = disc_item_value (item, DISC_FIELD_TIMES);
  line->order_no = viewer_item_order_no (entry, item);
  compute_left (line, as_of_day);
  return line;
}

static gboolean
is_medication (DiscKind kind)
{
  return kind == DISC_KIND_PRESCRIPTION || kind == DISC_KIND_DISPENSE ||
         kind == DISC_KIND_STATEMENT;
}

static void
collect (ViewerMedicationModel *self, const GArray *entries, gint64 as_of_day)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (!is_medication (entry->record->kind) ||
          (entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        g_ptr_array_add (self->all, line_new (entry, &entry->record->items[k], as_of_day));
    }
}

ViewerMedicationModel *
viewer_medication_model_new (const GArray *entries, const char *as_of)
{
  ViewerMedicationModel *self = g_new0 (ViewerMedicationModel, 1);
  g_autoptr (GHashTable) newest = NULL;
  gint64 as_of_day = as_of != NULL ? disc_date_to_day (as_of) : G_MININT64;

  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) medication_free);
  self->visible = g_ptr_array_new ();
  collect (self, entries, as_of_day);
  newest = find_newest (self->all);
  for (guint i = 0; i < self->all->len; i++)
    {
      ViewerMedication *line = g_ptr_array_index (self->all, i);

      line->section = section_of (line, as_of_day, newest);
      if (is_hidden (line))
        continue;
      g_ptr_array_add (self->visible, line);
      self->n_in[line->section]++;
    }
  g_ptr_array_sort (self->visible, compare_lines);
  return self;
}

void
viewer_medication_model_free (ViewerMedicationModel *self)
{
  g_ptr_array_unref (self->visible);
  g_ptr_array_unref (self->all);
  g_free (self);
}

guint
viewer_medication_model_n (const ViewerMedicationModel *self)
{
  return self->visible->len;
}

const ViewerMedication *
viewer_medication_model_get (const ViewerMedicationModel *self, guint i)
{
  return g_ptr_array_index (self->visible, i);
}

guint
viewer_medication_model_n_in (const ViewerMedicationModel *self, ViewerMedicationSection section)
{
  g_return_val_if_fail (section < VIEWER_N_MEDICATION_SECTIONS, 0);
  return self->n_in[section];
}

guint
viewer_medication_model_n_hidden (const ViewerMedicationModel *self)
{
  return self->all->len - self->visible->len;
}

static int
compare_newest_sent (gconstpointer a, gconstpointer b)
{
  const ViewerMedication *x = *(ViewerMedication *const *) a;
  const ViewerMedication *y = *(ViewerMedication *const *) b;

  return viewer_entry_compare_sent (y->entry, x->entry);
}

GPtrArray *
viewer_medication_model_history (const ViewerMedicationModel *self, const ViewerMedication *line)
{
  GPtrArray *history = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len; i++)
    {
      ViewerMedication *other = g_ptr_array_index (self->all, i);

      if (other == line ||
          (line->order_no != NULL && g_strcmp0 (other->order_no, line->order_no) == 0 &&
           viewer_value_equal (other->drug, line->drug)))
        g_ptr_array_add (history, other);
    }
  g_ptr_array_sort (history, compare_newest_sent);
  return history;
}
