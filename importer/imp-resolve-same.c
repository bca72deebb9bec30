/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "disc-record.h"

/*
 * Whether a resource of FHIR says no more and nothing else than the message of SS-MIX2 that it was
 * made of (spec fhir.md 4.2): then one of them is enough to read. Texts are compared as they stand;
 * only times, which the two formats write in two ways, are compared as times.
 */

/* The preparation is what a dose counts: what SS-MIX2 means without a word. */
#define STRENGTH_TYPE_PREPARATION "製剤量"

/* What is ordered, given or measured: the same values, or none on both sides. */
static const DiscField exact[] = {
  DISC_FIELD_DRUG,        DISC_FIELD_NAME,    DISC_FIELD_DOSE,         DISC_FIELD_DOSE_UNIT,
  DISC_FIELD_DOSE_MAX,    DISC_FIELD_PER_DAY, DISC_FIELD_PER_DAY_UNIT, DISC_FIELD_TOTAL,
  DISC_FIELD_TOTAL_UNIT,  DISC_FIELD_AMOUNT,  DISC_FIELD_AMOUNT_UNIT,  DISC_FIELD_VOLUME,
  DISC_FIELD_VOLUME_UNIT, DISC_FIELD_RATE,    DISC_FIELD_RATE_UNIT,    DISC_FIELD_COMPONENT,
  DISC_FIELD_USAGE,       DISC_FIELD_DAYS,    DISC_FIELD_TIMES,        DISC_FIELD_VALUE,
  DISC_FIELD_UNIT,        DISC_FIELD_FLAG,    DISC_FIELD_RANGE,
};

/* Times: likewise. */
static const DiscField times[] = { DISC_FIELD_START, DISC_FIELD_END, DISC_FIELD_GIVEN_AT,
                                   DISC_FIELD_GIVEN_UNTIL };

/* What names the record, its kind or its writer in the words of one format. */
static const DiscField formal[] = {
  DISC_FIELD_SYSTEM,     DISC_FIELD_OTHER_SYSTEM,    DISC_FIELD_STATUS,
  DISC_FIELD_SUB_ID,     DISC_FIELD_INSTANCE_ID,     DISC_FIELD_CATEGORY,
  DISC_FIELD_VALUE_TYPE, DISC_FIELD_PRESCRIPTION_NO, DISC_FIELD_BY,
  DISC_FIELD_DOCTOR,     DISC_FIELD_ITEM_ORDER_NO,   DISC_FIELD_ITEM_DEPARTMENT,
  DISC_FIELD_OTHER_UNIT, DISC_FIELD_OTHER_NAME,      DISC_FIELD_ITEM_TITLE,
  DISC_FIELD_ITEM_AT,    DISC_FIELD_SPECIMEN_NO,     DISC_FIELD_GROUP,
};

static gboolean
is_one_of (DiscField field, const DiscField *fields, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fields[i] == field)
      return TRUE;
  return FALSE;
}

/* "2026-11-01T10:23" of "2026-11-01T10:23:00+09:00": SS-MIX2 has the time of Japan and no zone. */
static gsize
length_of_time (const char *time)
{
  gsize len = strlen (time);

  if (g_str_has_suffix (time, "+09:00"))
    len -= strlen ("+09:00");
  if (len == strlen ("2026-11-01T10:23:00") && strncmp (time + len - 3, ":00", 3) == 0)
    len -= 3;
  return len;
}

static gboolean
is_same_time (const char *a, const char *b)
{
  gsize n;

  if (a == NULL || b == NULL)
    return a == b;
  n = length_of_time (a);
  return n == length_of_time (b) && memcmp (a, b, n) == 0;
}

static gboolean
has_same_values (const DiscItem *a, const DiscItem *b, DiscField field)
{
  const char *value = "";

  for (guint n = 0; value != NULL; n++)
    {
      value = disc_item_nth_value (a, field, n);
      if (g_strcmp0 (value, disc_item_nth_value (b, field, n)) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
says_too (const DiscItem *item, const DiscValue *value)
{
  for (guint i = 0; i < item->n_values; i++)
    if (item->values[i].field == value->field && strcmp (item->values[i].value, value->value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
may_differ (const DiscValue *value)
{
  return is_one_of (value->field, exact, G_N_ELEMENTS (exact)) ||
         is_one_of (value->field, times, G_N_ELEMENTS (times)) ||
         is_one_of (value->field, formal, G_N_ELEMENTS (formal)) ||
         (value->field == DISC_FIELD_COMMENT &&
          strcmp (value->value, STRENGTH_TYPE_PREPARATION) == 0);
}

static const char *
time_of (const DiscRecord *record, const DiscItem *item)
{
  const char *at = disc_item_value (item, DISC_FIELD_ITEM_AT);

  return at != NULL ? at : disc_record_value (record, DISC_FIELD_AT);
}

static gboolean
is_same_item (const DiscRecord *record, const DiscItem *item, const DiscRecord *copy_record,
              const DiscItem *copy)
{
  if (!is_same_time (time_of (record, item), time_of (copy_record, copy)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    if (!has_same_values (item, copy, exact[i]))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (!is_same_time (disc_item_value (item, times[i]), disc_item_value (copy, times[i])))
      return FALSE;
  for (guint i = 0; i < copy->n_values; i++)
    if (!may_differ (&copy->values[i]) && !says_too (item, &copy->values[i]))
      return FALSE;
  return TRUE;
}

/* Words beside the items, and what nobody understood, are said by one side only. */
static gboolean
says_more (const DiscRecord *copy)
{
  static const DiscField words[] = { DISC_FIELD_TEXT,           DISC_FIELD_COMMENT,
                                     DISC_FIELD_NOT_UNDERSTOOD, DISC_FIELD_WARNING,
                                     DISC_FIELD_CLINICAL_INFO,  DISC_FIELD_INFECTION_RISK };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (disc_record_value (copy, words[i]) != NULL)
      return TRUE;
  return copy->n_items == 0;
}

/* Of one item of a message; not NULL. */
static gpointer
key_of_item (guint record, guint item)
{
  return GSIZE_TO_POINTER (((gsize) record << 24) + item + 1);
}

/* @taken, @now: items that another resource, or an item before, has said already. */
static gboolean
find_item (const DiscRecordSet *original, const DiscRecord *copy_record, const DiscItem *copy,
           GHashTable *taken, GHashTable *now)
{
  for (guint r = 0; r < disc_record_set_n (original); r++)
    {
      const DiscRecord *record = disc_record_set_get (original, r);

      if (record->kind != copy_record->kind || !record->live ||
          record->status != copy_record->status ||
          g_strcmp0 (disc_record_value (record, DISC_FIELD_ORDER_NO),
                     disc_record_value (copy_record, DISC_FIELD_ORDER_NO)) != 0)
        continue;
      for (guint i = 0; i < record->n_items; i++)
        if (!g_hash_table_contains (taken, key_of_item (r, i)) &&
            !g_hash_table_contains (now, key_of_item (r, i)) &&
            is_same_item (record, &record->items[i], copy_record, copy))
          return g_hash_table_add (now, key_of_item (r, i));
    }
  return FALSE;
}

static DiscRecordSet *
decode (const ImpMessage *message)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (message->records, message->records_len);

  return disc_record_set_new (bytes, NULL);
}

gboolean
imp_resolve_says_same (const ImpMessage *original, const ImpMessage *copy, GHashTable *taken)
{
  g_autoptr (DiscRecordSet) all = decode (original);
  g_autoptr (DiscRecordSet) told = decode (copy);
  g_autoptr (GHashTable) now = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer item;

  if (all == NULL || told == NULL || disc_record_set_n (told) == 0)
    return FALSE;
  for (guint r = 0; r < disc_record_set_n (told); r++)
    {
      const DiscRecord *record = disc_record_set_get (told, r);

      if (!record->live || says_more (record))
        return FALSE;
      for (guint i = 0; i < record->n_items; i++)
        if (!find_item (all, record, &record->items[i], taken, now))
          return FALSE;
    }
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_hash_table_add (taken, item);
  return TRUE;
}
