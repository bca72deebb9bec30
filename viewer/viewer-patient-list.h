/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-disc.h"

G_BEGIN_DECLS

/** What a row of the search page is. */
typedef enum
{
  VIEWER_PATIENT_LIST_PERSON,
  VIEWER_PATIENT_LIST_SAME_NAME, /* heading of a group with one reading */
  VIEWER_PATIENT_LIST_MORE,      /* n more people match */
  VIEWER_PATIENT_LIST_WORDS,     /* heading: people in whose records the words stand */
} ViewerPatientListKind;

/**
 * One row, made when the list view asks for it. It stands for a position: when another search puts
 * somebody else there, the signal "changed" says so.
 */
#define VIEWER_TYPE_PATIENT_ITEM (viewer_patient_item_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPatientItem, viewer_patient_item, VIEWER, PATIENT_ITEM, GObject)

ViewerPatientListKind viewer_patient_item_get_kind (ViewerPatientItem *self);
/** viewer_patient_item_get_row: %NULL for a heading. */
const DiscPatientRow *viewer_patient_item_get_row (ViewerPatientItem *self);
/** viewer_patient_item_get_count: people in the group, further people, or people with the words;
 *  of a person: records in which the words stand, 0 when found by name. */
guint viewer_patient_item_get_count (ViewerPatientItem *self);
/** viewer_patient_item_is_at_least: the count is only what was looked at; there may be more. */
gboolean viewer_patient_item_is_at_least (ViewerPatientItem *self);
/** viewer_patient_item_get_n_same: people of the whole disc with this reading, itself too. */
guint viewer_patient_item_get_n_same (ViewerPatientItem *self);
gboolean viewer_patient_item_is_in_group (ViewerPatientItem *self);

/** Which characters of a twin differ from the one most like it (viewer_difference_mask()). */
typedef struct
{
  guint64 name, birth_date, id;
} ViewerPatientMarks;

const ViewerPatientMarks *viewer_patient_item_get_marks (ViewerPatientItem *self);

/** The rows of the search page: a GListModel of ViewerPatientItem. No GTK in here. */
#define VIEWER_TYPE_PATIENT_LIST (viewer_patient_list_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPatientList, viewer_patient_list, VIEWER, PATIENT_LIST, GObject)

#define VIEWER_PATIENT_LIST_LIMIT 500

ViewerPatientList *viewer_patient_list_new (void);

/** viewer_patient_list_set_disc: @disc: (nullable): its table may still be on its way. */
void viewer_patient_list_set_disc (ViewerPatientList *self, ViewerDisc *disc);

/**
 * viewer_patient_list_search:
 * @query: as for disc_patient_table_search(); empty: no rows
 * @understood: (out) (transfer full) (optional): how it was read, or %NULL
 * Returns: how many people match, more than there are rows perhaps
 */
guint viewer_patient_list_search (ViewerPatientList *self, const char *query, char **understood);

/**
 * viewer_patient_list_add_words: puts people in whose records the words of the query stand below
 * the others.
 * @hits: (element-type DiscWordHit)
 */
void viewer_patient_list_add_words (ViewerPatientList *self, const GArray *hits);

/**
 * viewer_patient_list_set_n_first: how many rows the next search shows at once, as many as the
 * screen has room for; all, unless it is set. The others follow with
 * viewer_patient_list_show_all().
 */
void viewer_patient_list_set_n_first (ViewerPatientList *self, guint n);
/** viewer_patient_list_n_all: rows there are, shown or not. */
guint viewer_patient_list_n_all (ViewerPatientList *self);
void viewer_patient_list_show_all (ViewerPatientList *self);

/**
 * viewer_patient_list_next_person: the position of the next row that is a person, shown or not.
 * @from: -1: from the start
 * @direction: 1 or -1
 * Returns: -1 when there is none
 */
int viewer_patient_list_next_person (ViewerPatientList *self, int from, int direction);

G_END_DECLS
