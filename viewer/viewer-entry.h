/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-model.h"

G_BEGIN_DECLS

/*
 * What the models of the pages read: records with the message each came from. The models know
 * neither the chart nor the disc behind it, so that a test can write records by hand.
 */

typedef struct
{
  const DiscRecord *record;
  const DiscMessage *message;
} ViewerEntry;

/**
 * viewer_entries_new:
 * Returns: (transfer full) (element-type ViewerEntry): empty; holds pointers only, records and
 *   messages must outlive it
 */
GArray *viewer_entries_new (void);

/** viewer_entries_add_set: all records of one message. */
void viewer_entries_add_set (GArray *entries, const DiscRecordSet *set, const DiscMessage *message);

/**
 * viewer_entry_is_standing:
 *
 * Whether a page may show it as a fact of this patient: live, and not of a message about whose
 * patient path and content disagree (SS-MIX2 spec 8.1).
 */
gboolean viewer_entry_is_standing (const ViewerEntry *entry);

/** viewer_entry_at: AT of the record, else the care date, else %NULL. Never the time of sending. */
const char *viewer_entry_at (const ViewerEntry *entry);

/** viewer_entry_compare_sent: older time of sending first, then row number; a GCompareFunc. */
int viewer_entry_compare_sent (const ViewerEntry *a, const ViewerEntry *b);

/** viewer_item_order_no: of the item, else of its record; %NULL when there is none. */
const char *viewer_item_order_no (const ViewerEntry *entry, const DiscItem *item);

/** viewer_item_department, viewer_item_doctor: of the item, else of its record, or %NULL. */
const char *viewer_item_department (const ViewerEntry *entry, const DiscItem *item);
const char *viewer_item_doctor (const ViewerEntry *entry, const DiscItem *item);

/** viewer_item_at: ITEM_AT of the item, else that of its record. */
const char *viewer_item_at (const ViewerEntry *entry, const DiscItem *item);

/**
 * viewer_item_name: the name for people: NAME, else OTHER_NAME, else CODE, else OTHER_CODE; %NULL
 * when the source has none of them. Codes are not translated.
 */
const char *viewer_item_name (const DiscItem *item);

/**
 * viewer_item_is_confidential: whether the item, or else its record, restricts who may read it
 *   (PRB-25, ORC-28); @item: (nullable).
 */
gboolean viewer_item_is_confidential (const ViewerEntry *entry, const DiscItem *item);

/** viewer_value_key: (transfer full): @text for comparing only: width folded, outer blanks gone. */
char *viewer_value_key (const char *text);

/** viewer_value_equal: whether two texts have the same key; %NULL equals only %NULL. */
gboolean viewer_value_equal (const char *a, const char *b);

/**
 * viewer_values_join: (transfer full) (nullable): the distinct non-empty texts of @n, in order, with
 *   @separator between, times as viewer_text_value() writes them; %NULL when there is none.
 */
char *viewer_values_join (const char *const *texts, guint n, const char *separator);

/**
 * viewer_values_of: (transfer full) (nullable): all values of @field, repeated ones too, with
 *   @separator between, times as viewer_text_value() writes them; %NULL when there is none.
 */
char *viewer_values_of (const DiscValue *values, guint n_values, DiscField field,
                        const char *separator);

/** viewer_item_join: (transfer full) (nullable): distinct values of several fields, in that order.
 */
char *viewer_item_join (const DiscItem *item, const DiscField *fields, guint n_fields,
                        const char *separator);

G_END_DECLS
