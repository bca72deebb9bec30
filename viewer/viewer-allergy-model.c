/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-allergy-model.h"

struct _ViewerAllergyModel
{
  GPtrArray *lines; /* ViewerAllergy */
  GArray *removed;  /* ViewerAllergySource */
  guint n_listed;
  guint n_sources;
  ViewerAllergyState state;
};

static void
allergy_free (ViewerAllergy *line)
{
  g_free (line->category);
  g_free (line->substance);
  g_free (line->severity);
  g_free (line->reaction);
  g_free (line->onset);
  g_free (line->sensitivity);
  g_free (line->clinical_status);
  g_free (line->comment);
  g_array_unref (line->sources);
  g_free (line);
}

static const char *
substance_of (const DiscItem *item)
{
  const char *substance = disc_item_value (item, DISC_FIELD_SUBSTANCE);

  if (substance == NULL)
    substance = disc_item_value (item, DISC_FIELD_NAME);
  if (substance == NULL)
    substance = disc_item_value (item, DISC_FIELD_CODE);
  return substance;
}

/* Spec 4.5: an entry whose text is なし is a statement. Only whole texts: 卵なし食 is none of it.
 */
static gboolean
says_none (const char *substance)
{
  static const char *const words[] = {
    "なし",
    "無し",
    "無",
    "ナシ",
    "特になし",
    "特に無し",
    "アレルギーなし",
    "アレルギー無し",
    "薬剤アレルギーなし",
    "食物アレルギーなし",
    "none",
  };
  g_autofree char *key = viewer_value_key (substance);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (key, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* By a code that means so, whatever its text. */
static gboolean
states_none (const DiscItem *item)
{
  return g_strcmp0 (disc_item_value (item, DISC_FIELD_WARNING), "none-stated") == 0;
}

/* AL1 of orders and movements is the list as it stood then (spec 4.5). */
static gboolean
is_at_order_time (const ViewerAllergySource *source)
{
  const DiscMessage *message = source->entry->message;
  const char *warning = disc_record_value (source->entry->record, DISC_FIELD_WARNING);

  if (g_strcmp0 (warning, "at-order-time") == 0)
    return TRUE;
  return message->format == DISC_FORMAT_SSMIX2 && g_strcmp0 (message->data_type, "ADT-61") != 0 &&
         g_strcmp0 (message->data_type, "ADT-00") != 0;
}

/* g_array_sort() is stable: the items of one message keep the order of the source. */
static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const ViewerAllergySource *x = a;
  const ViewerAllergySource *y = b;

  return viewer_entry_compare_sent (y->entry, x->entry);
}

static void
collect (const GArray *entries, GArray *standing, GArray *removed)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != DISC_KIND_ALLERGY ||
          (entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        {
          ViewerAllergySource source = { entry, &entry->record->items[k] };

          if (substance_of (source.item) != NULL)
            g_array_append_val (entry->record->live ? standing : removed, source);
        }
    }
  g_array_sort (standing, compare_newest_first);
  g_array_sort (removed, compare_newest_first);
}

/* Spec 1.2: the same IAM-7 in two live files is one entry, and the newer file wins. */
static void
drop_replaced (GArray *standing, GArray *removed)
{
  g_autoptr (GHashTable) newest = g_hash_table_new (g_str_hash, g_str_equal);
  guint kept = 0;

  for (guint i = 0; i < standing->len; i++)
    {
      ViewerAllergySource source = g_array_index (standing, ViewerAllergySource, i);
      const char *id = disc_item_value (source.item, DISC_FIELD_INSTANCE_ID);
      const ViewerEntry *winner = id != NULL ? g_hash_table_lookup (newest, id) : NULL;

      if (winner != NULL && winner->message != source.entry->message)
        {
          g_array_append_val (removed, source);
          continue;
        }
      if (id != NULL)
        g_hash_table_insert (newest, (gpointer) id, (gpointer) source.entry);
      g_array_index (standing, ViewerAllergySource, kept++) = source;
    }
  g_array_set_size (standing, kept);
}

/* Class and text, folded: what makes two entries one line. */
static char *
line_key (const ViewerAllergySource *source)
{
  const char *category = disc_item_value (source->item, DISC_FIELD_CATEGORY);
  g_autofree char *class_key = viewer_value_key (category != NULL ? category : "");
  g_autofree char *substance_key = viewer_value_key (substance_of (source->item));

  return g_strdup_printf ("%s\x1f%s", class_key, substance_key);
}

static void
add_source (ViewerAllergyModel *self, GHashTable *line_by_key, const ViewerAllergySource *source)
{
  g_autofree char *key = line_key (source);
  ViewerAllergy *line = g_hash_table_lookup (line_by_key, key);

  if (line == NULL)
    {
      line = g_new0 (ViewerAllergy, 1);
      line->substance = g_strdup (substance_of (source->item));
      line->is_none_statement = says_none (line->substance) || states_none (source->item);
      line->is_at_order_time = TRUE;
      line->sources = g_array_new (FALSE, FALSE, sizeof (ViewerAllergySource));
      g_ptr_array_add (self->lines, line);
      g_hash_table_insert (line_by_key, g_steal_pointer (&key), line);
    }
  if (!is_at_order_time (source))
    line->is_at_order_time = FALSE;
  g_array_append_vals (line->sources, source, 1);
}

static char *
join_field (const ViewerAllergy *line, DiscField field)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint s = 0; s < line->sources->len; s++)
    {
      const DiscItem *item = g_array_index (line->sources, ViewerAllergySource, s).item;

      for (guint i = 0; i < item->n_values; i++)
        if (item->values[i].field == field)
          g_ptr_array_add (texts, (gpointer) item->values[i].value);
    }
  return viewer_values_join ((const char *const *) texts->pdata, texts->len, "・");
}

static void
fill_line (ViewerAllergy *line)
{
  line->category = join_field (line, DISC_FIELD_CATEGORY);
  line->severity = join_field (line, DISC_FIELD_SEVERITY);
  line->reaction = join_field (line, DISC_FIELD_REACTION);
  line->onset = join_field (line, DISC_FIELD_ONSET);
  line->sensitivity = join_field (line, DISC_FIELD_SENSITIVITY);
  line->clinical_status = join_field (line, DISC_FIELD_CLINICAL_STATUS);
  line->comment = join_field (line, DISC_FIELD_COMMENT);
}

static guint
rank_of (const ViewerAllergy *line)
{
  if (line->is_none_statement)
    return 2;
  return line->is_at_order_time ? 1 : 0;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ViewerAllergy *x = *(ViewerAllergy *const *) a;
  const ViewerAllergy *y = *(ViewerAllergy *const *) b;

  return (int) rank_of (x) - (int) rank_of (y);
}

static guint
count_sources (const GArray *standing)
{
  g_autoptr (GHashTable) messages = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < standing->len; i++)
    g_hash_table_add (messages,
                      (gpointer) g_array_index (standing, ViewerAllergySource, i).entry->message);
  return g_hash_table_size (messages);
}

ViewerAllergyModel *
viewer_allergy_model_new (const GArray *entries)
{
  ViewerAllergyModel *self = g_new0 (ViewerAllergyModel, 1);
  g_autoptr (GArray) standing = g_array_new (FALSE, FALSE, sizeof (ViewerAllergySource));
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) allergy_free);
  self->removed = g_array_new (FALSE, FALSE, sizeof (ViewerAllergySource));
  collect (entries, standing, self->removed);
  drop_replaced (standing, self->removed);
  self->n_sources = count_sources (standing);
  for (guint i = 0; i < standing->len; i++)
    add_source (self, lines, &g_array_index (standing, ViewerAllergySource, i));
  for (guint i = 0; i < self->lines->len; i++)
    fill_line (g_ptr_array_index (self->lines, i));
  g_ptr_array_sort (self->lines, compare_lines);

  for (guint i = 0; i < self->lines->len; i++)
    if (!((ViewerAllergy *) g_ptr_array_index (self->lines, i))->is_none_statement)
      self->n_listed++;
  if (self->n_listed > 0)
    self->state = VIEWER_ALLERGY_LISTED;
  else if (self->lines->len > 0)
    self->state = VIEWER_ALLERGY_NONE_STATED;
  else
    self->state = VIEWER_ALLERGY_NOT_RECORDED;
  return self;
}

void
viewer_allergy_model_free (ViewerAllergyModel *self)
{
  g_ptr_array_unref (self->lines);
  g_array_unref (self->removed);
  g_free (self);
}

ViewerAllergyState
viewer_allergy_model_get_state (const ViewerAllergyModel *self)
{
  return self->state;
}

guint
viewer_allergy_model_n (const ViewerAllergyModel *self)
{
  return self->lines->len;
}

const ViewerAllergy *
viewer_allergy_model_get (const ViewerAllergyModel *self, guint i)
{
  return g_ptr_array_index (self->lines, i);
}

guint
viewer_allergy_model_n_listed (const ViewerAllergyModel *self)
{
  return self->n_listed;
}

guint
viewer_allergy_model_n_sources (const ViewerAllergyModel *self)
{
  return self->n_sources;
}

guint
viewer_allergy_model_n_removed (const ViewerAllergyModel *self)
{
  return self->removed->len;
}

ViewerAllergySource
viewer_allergy_model_get_removed (const ViewerAllergyModel *self, guint i)
{
  return g_array_index (self->removed, ViewerAllergySource, i);
}

char *
viewer_allergy_model_none_kinds (const ViewerAllergyModel *self, const char *separator)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();

  for (guint i = 0; i < self->lines->len; i++)
    {
      const ViewerAllergy *line = g_ptr_array_index (self->lines, i);

      if (line->category == NULL || *line->category == '\0')
        return NULL;
      if (!g_ptr_array_find_with_equal_func (kinds, line->category, g_str_equal, NULL))
        g_ptr_array_add (kinds, line->category);
    }
  if (kinds->len == 0)
    return NULL;
  g_ptr_array_add (kinds, NULL);
  return g_strjoinv (separator, (char **) kinds->pdata);
}
