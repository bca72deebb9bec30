/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-entry.h"

#include <string.h>

#include "viewer-text.h"

GArray *
viewer_entries_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (ViewerEntry));
}

void
viewer_entries_add_set (GArray *entries, const DiscRecordSet *set, const DiscMessage *message)
{
  guint n = disc_record_set_n (set);

  for (guint i = 0; i < n; i++)
    {
      ViewerEntry entry = { disc_record_set_get (set, i), message };

      g_array_append_val (entries, entry);
    }
}

gboolean
viewer_entry_is_standing (const ViewerEntry *entry)
{
  return entry->record->live && (entry->message->flags & DISC_MESSAGE_DISPUTED) == 0;
}

const char *
viewer_entry_at (const ViewerEntry *entry)
{
  const char *at = disc_record_value (entry->record, DISC_FIELD_AT);

  return at != NULL ? at : entry->message->care_date;
}

int
viewer_entry_compare_sent (const ViewerEntry *a, const ViewerEntry *b)
{
  int order = g_strcmp0 (a->message->sent_at, b->message->sent_at);

  if (order != 0)
    return order;
  return (a->message->rid > b->message->rid) - (a->message->rid < b->message->rid);
}

/* Items that differ from their record say so themselves, in a field of their own. */
static const char *
item_or_record (const ViewerEntry *entry, const DiscItem *item, DiscField item_field,
                DiscField record_field)
{
  const char *value = item != NULL ? disc_item_value (item, item_field) : NULL;

  return value != NULL ? value : disc_record_value (entry->record, record_field);
}

const char *
viewer_item_order_no (const ViewerEntry *entry, const DiscItem *item)
{
  return item_or_record (entry, item, DISC_FIELD_ITEM_ORDER_NO, DISC_FIELD_ORDER_NO);
}

const char *
viewer_item_department (const ViewerEntry *entry, const DiscItem *item)
{
  return item_or_record (entry, item, DISC_FIELD_ITEM_DEPARTMENT, DISC_FIELD_DEPARTMENT);
}

const char *
viewer_item_doctor (const ViewerEntry *entry, const DiscItem *item)
{
  return item_or_record (entry, item, DISC_FIELD_DOCTOR, DISC_FIELD_AUTHOR);
}

const char *
viewer_item_at (const ViewerEntry *entry, const DiscItem *item)
{
  const char *at = disc_item_value (item, DISC_FIELD_ITEM_AT);

  return at != NULL ? at : viewer_entry_at (entry);
}

const char *
viewer_item_name (const DiscItem *item)
{
  static const DiscField fields[] = {
    DISC_FIELD_NAME,
    DISC_FIELD_OTHER_NAME,
    DISC_FIELD_CODE,
    DISC_FIELD_OTHER_CODE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *name = disc_item_value (item, fields[i]);

      if (name != NULL)
        return name;
    }
  return NULL;
}

/* HL70177 U is "usual control"; anything else restricts. */
gboolean
viewer_item_is_confidential (const ViewerEntry *entry, const DiscItem *item)
{
  const char *value = item != NULL ? disc_item_value (item, DISC_FIELD_CONFIDENTIAL) : NULL;

  if (value == NULL)
    value = disc_record_value (entry->record, DISC_FIELD_CONFIDENTIAL);
  return value != NULL && strcmp (value, "U") != 0 && !g_str_has_prefix (value, "通常");
}

char *
viewer_value_key (const char *text)
{
  char *key = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  /* NFKC turns the ideographic blank into an ASCII one, so that g_strstrip() sees it. */
  return g_strstrip (key != NULL ? key : g_strdup (text));
}

gboolean
viewer_value_equal (const char *a, const char *b)
{
  g_autofree char *key_a = NULL;
  g_autofree char *key_b = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  if (strcmp (a, b) == 0)
    return TRUE;
  key_a = viewer_value_key (a);
  key_b = viewer_value_key (b);
  return strcmp (key_a, key_b) == 0;
}

char *
viewer_values_join (const char *const *texts, guint n, const char *separator)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;

      if (texts[i] == NULL || texts[i][0] == '\0' || !g_hash_table_add (seen, (gpointer) texts[i]))
        continue;
      text = viewer_text_value (texts[i]);
      if (out->len > 0)
        g_string_append (out, separator);
      g_string_append (out, text);
    }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

char *
viewer_values_of (const DiscValue *values, guint n_values, DiscField field, const char *separator)
{
  g_autoptr (GString) out = NULL;

  for (guint i = 0; i < n_values; i++)
    {
      g_autofree char *text = NULL;

      if (values[i].field != field)
        continue;
      if (out == NULL)
        out = g_string_new (NULL);
      else
        g_string_append (out, separator);
      text = viewer_text_value (values[i].value);
      g_string_append (out, text);
    }
  return out != NULL ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

char *
viewer_item_join (const DiscItem *item, const DiscField *fields, guint n_fields,
                  const char *separator)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint f = 0; f < n_fields; f++)
    for (guint i = 0; i < item->n_values; i++)
      if (item->values[i].field == fields[f])
        g_ptr_array_add (texts, (gpointer) item->values[i].value);
  return viewer_values_join ((const char *const *) texts->pdata, texts->len, separator);
}
