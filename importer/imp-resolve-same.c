/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "disc-record.h"
#include "imp-resolve-words.h"

/*
 * Whether a resource of FHIR says no more and nothing else than the message of SS-MIX2 that it was
 * made of (spec fhir.md 4.2): then one of them is enough to read. Texts are compared as they stand;
 * only what the two formats write in two ways (imp-resolve-words.h) is compared by what it means.
 */

/* The preparation is what a dose counts: what SS-MIX2 means without a word. */
#define STRENGTH_TYPE_PREPARATION "製剤量"

/* What is ordered, given or measured: the same values, or none on both sides. */
static const DiscField exact[] = {
  DISC_FIELD_DRUG,    DISC_FIELD_NAME,  DISC_FIELD_DOSE,   DISC_FIELD_DOSE_MAX,
  DISC_FIELD_PER_DAY, DISC_FIELD_TOTAL, DISC_FIELD_AMOUNT, DISC_FIELD_VOLUME,
  DISC_FIELD_DAYS,    DISC_FIELD_TIMES, DISC_FIELD_VALUE,
};

/* Their units: one unit, or none on both sides. Without an amount a unit says nothing. */
static const struct
{
  DiscField unit, of;
} units[] = {
  { DISC_FIELD_DOSE_UNIT, DISC_FIELD_DOSE },     { DISC_FIELD_PER_DAY_UNIT, DISC_FIELD_PER_DAY },
  { DISC_FIELD_TOTAL_UNIT, DISC_FIELD_TOTAL },   { DISC_FIELD_AMOUNT_UNIT, DISC_FIELD_AMOUNT },
  { DISC_FIELD_VOLUME_UNIT, DISC_FIELD_VOLUME },
};

/* What explains a value that is the same: no other, but there may be none in the copy. */
static const DiscField explaining[] = { DISC_FIELD_UNIT, DISC_FIELD_FLAG, DISC_FIELD_RANGE };

/* Times: one, or none on both sides. */
static const DiscField times[] = { DISC_FIELD_START, DISC_FIELD_END, DISC_FIELD_GIVEN_AT,
                                   DISC_FIELD_FROM, DISC_FIELD_TO };

/* What names the record, its kind or its writer in the words of one format. */
static const DiscField formal[] = {
  DISC_FIELD_SYSTEM,     DISC_FIELD_OTHER_SYSTEM,    DISC_FIELD_STATUS,
  DISC_FIELD_SUB_ID,     DISC_FIELD_INSTANCE_ID,     DISC_FIELD_CATEGORY,
  DISC_FIELD_VALUE_TYPE, DISC_FIELD_PRESCRIPTION_NO, DISC_FIELD_BY,
  DISC_FIELD_DOCTOR,     DISC_FIELD_ITEM_ORDER_NO,   DISC_FIELD_ITEM_DEPARTMENT,
  DISC_FIELD_OTHER_UNIT, DISC_FIELD_OTHER_NAME,      DISC_FIELD_ITEM_TITLE,
  DISC_FIELD_ITEM_AT,    DISC_FIELD_SPECIMEN_NO,     DISC_FIELD_GROUP,
  DISC_FIELD_USAGE,      DISC_FIELD_ORGANISM_CODE,
};

static gboolean
is_one_of (DiscField field, const DiscField *fields, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (fields[i] == field)
      return TRUE;
  return FALSE;
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

/* Of each field the first value, as a unit or an explanation has but one. */
static gboolean
has_same_units (const DiscItem *item, const DiscItem *copy)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (disc_item_value (copy, units[i].of) != NULL &&
        !imp_words_same_unit (disc_item_value (item, units[i].unit),
                              disc_item_value (copy, units[i].unit)))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (explaining); i++)
    if (disc_item_value (copy, explaining[i]) != NULL &&
        !has_same_values (item, copy, explaining[i]))
      return FALSE;
  return imp_words_same_rate (item, copy);
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
is_unit (DiscField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].unit == field)
      return TRUE;
  return FALSE;
}

static gboolean
may_differ (const DiscValue *value)
{
  return is_one_of (value->field, exact, G_N_ELEMENTS (exact)) || is_unit (value->field) ||
         is_one_of (value->field, explaining, G_N_ELEMENTS (explaining)) ||
         value->field == DISC_FIELD_COMPONENT || value->field == DISC_FIELD_RATE ||
         value->field == DISC_FIELD_RATE_UNIT || value->field == DISC_FIELD_GIVEN_UNTIL ||
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

/* The time of an order in FHIR is when it is to be done, in SS-MIX2 when it was given. A message of
 * doses has the time of the first, each dose its own. */
static gboolean
is_of_same_time (const DiscRecord *record, const DiscItem *item, const DiscRecord *copy_record,
                 const DiscItem *copy)
{
  const char *time = time_of (copy_record, copy);

  return imp_words_same_time (time_of (record, item), time) ||
         (record->kind == DISC_KIND_ORDER && time != NULL &&
          imp_words_same_time (disc_item_value (item, DISC_FIELD_START), time)) ||
         (record->kind == DISC_KIND_ADMINISTRATION && time != NULL &&
          imp_words_same_time (disc_item_value (item, DISC_FIELD_GIVEN_AT), time));
}

/* Of an item, or of all. */
static const char *
priority_of (const DiscRecord *record, const DiscItem *item)
{
  const char *priority = disc_item_value (item, DISC_FIELD_PRIORITY);

  return priority != NULL ? priority : disc_record_value (record, DISC_FIELD_PRIORITY);
}

/* What was ordered, by whose words it is to be given. */
static gboolean
is_same_order_item (const DiscRecord *record, const DiscItem *item, const DiscRecord *copy_record,
                    const DiscItem *copy)
{
  return imp_words_same_priority (priority_of (record, item), priority_of (copy_record, copy)) &&
         imp_words_same_usage (item, copy) &&
         imp_words_same_time (disc_item_value (item, DISC_FIELD_GIVEN_UNTIL),
                              disc_item_value (copy, DISC_FIELD_GIVEN_UNTIL)) &&
         imp_words_same_component (disc_item_value (item, DISC_FIELD_COMPONENT),
                                   disc_item_value (copy, DISC_FIELD_COMPONENT));
}

/* What was given: FHIR repeats of its order how it was to be given, which SS-MIX2 leaves to the
 * order, and may have no end of what is given at once. */
static gboolean
is_same_dose_given (const DiscItem *item, const DiscItem *copy)
{
  static const DiscField of_order[] = { DISC_FIELD_USAGE, DISC_FIELD_COMPONENT, DISC_FIELD_RP };
  const char *until = disc_item_value (copy, DISC_FIELD_GIVEN_UNTIL);

  for (guint i = 0; i < G_N_ELEMENTS (of_order); i++)
    if (disc_item_value (item, of_order[i]) != NULL && !has_same_values (item, copy, of_order[i]))
      return FALSE;
  return (until == NULL ||
          imp_words_same_time (disc_item_value (item, DISC_FIELD_GIVEN_UNTIL), until)) &&
         imp_words_same_completion (disc_item_value (item, DISC_FIELD_STATUS),
                                    disc_item_value (copy, DISC_FIELD_STATUS));
}

static gboolean
is_said (const DiscRecord *record, const DiscItem *item, const DiscValue *value)
{
  return may_differ (value) || says_too (item, value) || imp_words_said (record, item, value) ||
         (record->kind == DISC_KIND_ADMINISTRATION && value->field == DISC_FIELD_RP &&
          disc_item_value (item, DISC_FIELD_RP) == NULL) ||
         /* "陰性" in the place of an organism */
         (value->field == DISC_FIELD_ORGANISM &&
          g_strcmp0 (value->value, disc_item_value (item, DISC_FIELD_VALUE)) == 0);
}

static gboolean
is_same_item (const DiscRecord *record, const DiscItem *item, const DiscRecord *copy_record,
              const DiscItem *copy)
{
  if (!is_of_same_time (record, item, copy_record, copy) ||
      !(record->kind == DISC_KIND_ADMINISTRATION
            ? is_same_dose_given (item, copy)
            : is_same_order_item (record, item, copy_record, copy)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    if (!has_same_values (item, copy, exact[i]))
      return FALSE;
  if (!has_same_units (item, copy))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (!imp_words_same_time (disc_item_value (item, times[i]), disc_item_value (copy, times[i])))
      return FALSE;
  for (guint i = 0; i < copy->n_values; i++)
    if (!is_said (record, item, &copy->values[i]))
      return FALSE;
  return TRUE;
}

/* "status-unknown", "corrected": what the state of the message says by itself. */
static gboolean
is_state_again (const DiscRecord *record, const char *warning)
{
  const char *name = disc_status_name (record->status);

  /* Of each dose: imp_words_same_completion. */
  if (record->kind == DISC_KIND_ADMINISTRATION && strcmp (warning, "partly-given") == 0)
    return TRUE;
  if (g_str_has_prefix (warning, "status-"))
    warning += strlen ("status-");
  return g_strcmp0 (warning, name) == 0;
}

static gboolean
is_said_of_all (const DiscRecord *record, const DiscValue *value)
{
  for (guint i = 0; i < record->n_values; i++)
    {
      const DiscValue *own = &record->values[i];

      if (own->field == value->field &&
          (strcmp (own->value, value->value) == 0 ||
           (own->field == DISC_FIELD_REPORTED_AT &&
            imp_words_same_time (own->value, value->value)) ||
           (own->field == DISC_FIELD_AUTHOR && imp_words_same_person (own->value, value->value))))
        return TRUE;
    }
  return FALSE;
}

/* What a copy says of all its items: what names it or is compared with each item, or what @record
 * says too. Words beside the items, and what nobody understood, are said by one side only. */
static gboolean
says_more (const DiscRecord *record, const DiscRecord *copy)
{
  static const DiscField known[] = {
    DISC_FIELD_RESOURCE, DISC_FIELD_PARENT_NO, DISC_FIELD_ORDER_NO,
    DISC_FIELD_AT,       DISC_FIELD_TITLE,     DISC_FIELD_PRIORITY
  };

  for (guint i = 0; i < copy->n_values; i++)
    {
      const DiscValue *value = &copy->values[i];

      if (!is_one_of (value->field, known, G_N_ELEMENTS (known)) &&
          !(value->field == DISC_FIELD_WARNING && is_state_again (copy, value->value)) &&
          !is_said_of_all (record, value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_of_same_order (const DiscRecord *record, const DiscRecord *copy)
{
  /* A message of many doses has one state, each dose its own. */
  return record->kind == copy->kind && record->live &&
         (record->status == copy->status || record->kind == DISC_KIND_ADMINISTRATION) &&
         g_strcmp0 (disc_record_value (record, DISC_FIELD_ORDER_NO),
                    disc_record_value (copy, DISC_FIELD_ORDER_NO)) == 0;
}

/* What a report is without its words: nothing that the message of it could miss. */
static gboolean
is_bare_report (const DiscRecord *copy)
{
  static const DiscField known[] = {
    DISC_FIELD_RESOURCE, DISC_FIELD_AT,     DISC_FIELD_TITLE,       DISC_FIELD_DEPARTMENT,
    DISC_FIELD_ORDER_NO, DISC_FIELD_AUTHOR, DISC_FIELD_REPORTED_AT, DISC_FIELD_TEXT,
  };
  static const DiscField of_item[] = { DISC_FIELD_NAME, DISC_FIELD_CODE, DISC_FIELD_SYSTEM,
                                       DISC_FIELD_STATUS, DISC_FIELD_CATEGORY };

  for (guint i = 0; i < copy->n_values; i++)
    if (!is_one_of (copy->values[i].field, known, G_N_ELEMENTS (known)))
      return FALSE;
  for (guint i = 0; i < copy->n_items; i++)
    for (guint j = 0; j < copy->items[i].n_values; j++)
      if (!is_one_of (copy->items[i].values[j].field, of_item, G_N_ELEMENTS (of_item)))
        return FALSE;
  return copy->n_items <= 1;
}

static gboolean
is_same_report (const DiscRecord *record, const DiscRecord *copy)
{
  const char *text = disc_record_value (copy, DISC_FIELD_TEXT);
  const char *title = disc_record_value (copy, DISC_FIELD_TITLE);

  return text != NULL && is_of_same_order (record, copy) &&
         g_strcmp0 (title, disc_record_value (record, DISC_FIELD_TITLE)) == 0 &&
         imp_words_same_time (disc_record_value (record, DISC_FIELD_AT),
                              disc_record_value (copy, DISC_FIELD_AT)) &&
         imp_words_same_time (disc_record_value (record, DISC_FIELD_REPORTED_AT),
                              disc_record_value (copy, DISC_FIELD_REPORTED_AT)) &&
         imp_words_same_lines (disc_record_value (record, DISC_FIELD_TEXT), text);
}

/* Of one item of a message; not NULL. */
static gpointer
key_of_item (guint record, guint item)
{
  return GSIZE_TO_POINTER (((gsize) record << 24) + item + 1);
}

/* The name of an organism is no row of its own in SS-MIX2, so it takes none. */
static gboolean
is_named (const DiscRecord *record, const DiscRecord *copy_record, const DiscItem *copy)
{
  for (guint i = 0; record->kind == DISC_KIND_MICROBIOLOGY && i < record->n_items; i++)
    if (is_of_same_time (record, &record->items[i], copy_record, copy) &&
        imp_words_names_organism (&record->items[i], copy))
      return TRUE;
  return FALSE;
}

/* @taken, @now: items that another resource, or an item before, has said already. */
static gboolean
find_item (const DiscRecordSet *original, const DiscRecord *copy_record, const DiscItem *copy,
           GHashTable *taken, GHashTable *now)
{
  for (guint r = 0; r < disc_record_set_n (original); r++)
    {
      const DiscRecord *record = disc_record_set_get (original, r);

      if (!is_of_same_order (record, copy_record) || says_more (record, copy_record))
        continue;
      if (is_named (record, copy_record, copy))
        return TRUE;
      for (guint i = 0; i < record->n_items; i++)
        if (!g_hash_table_contains (taken, key_of_item (r, i)) &&
            !g_hash_table_contains (now, key_of_item (r, i)) &&
            is_same_item (record, &record->items[i], copy_record, copy))
          return g_hash_table_add (now, key_of_item (r, i));
    }
  return FALSE;
}

/* A report is one: it has the place behind its last item. */
static gboolean
find_report (const DiscRecordSet *original, const DiscRecord *copy, GHashTable *taken,
             GHashTable *now)
{
  if (!is_bare_report (copy))
    return FALSE;
  for (guint r = 0; r < disc_record_set_n (original); r++)
    {
      const DiscRecord *record = disc_record_set_get (original, r);
      gpointer key = key_of_item (r, record->n_items);

      if (!g_hash_table_contains (taken, key) && is_same_report (record, copy))
        return g_hash_table_add (now, key);
    }
  return FALSE;
}

static gboolean
find_record (const DiscRecordSet *original, const DiscRecord *copy, GHashTable *taken,
             GHashTable *now)
{
  if (copy->kind == DISC_KIND_REPORT)
    return find_report (original, copy, taken, now);
  for (guint i = 0; i < copy->n_items; i++)
    if (!find_item (original, copy, &copy->items[i], taken, now))
      return FALSE;
  return copy->n_items > 0;
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

  /* Its pages stand beside no other. */
  if (all == NULL || told == NULL || disc_record_set_n (told) == 0 || copy->pictures_len > 0)
    return FALSE;
  for (guint r = 0; r < disc_record_set_n (told); r++)
    {
      const DiscRecord *record = disc_record_set_get (told, r);

      if (!record->live || !find_record (all, record, taken, now))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_hash_table_add (taken, item);
  return TRUE;
}
