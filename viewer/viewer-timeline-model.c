/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-timeline-model.h"

#include "disc-date.h"
#include "viewer-lab-sheet-model.h"
#include "viewer-problem-model.h"
#include "viewer-text.h"

#include <string.h>

struct _ViewerTimelineModel
{
  GPtrArray *events; /* ViewerTimelineEvent */
  GArray *stays;     /* ViewerStay */
};

static void
event_free (ViewerTimelineEvent *event)
{
  g_free (event->detail);
  g_free (event);
}

/* The list of allergies and basic data have pages of their own and no clinical time. */
static gboolean
group_of_kind (DiscKind kind, ViewerTimelineGroup *group)
{
  switch (kind)
    {
    case DISC_KIND_ENCOUNTER:
      *group = VIEWER_TIMELINE_STAYS;
      return TRUE;
    case DISC_KIND_PROBLEM:
      *group = VIEWER_TIMELINE_PROBLEMS;
      return TRUE;
    case DISC_KIND_PRESCRIPTION:
    case DISC_KIND_DISPENSE:
    case DISC_KIND_STATEMENT:
      *group = VIEWER_TIMELINE_MEDICATION;
      return TRUE;
    case DISC_KIND_INJECTION:
    case DISC_KIND_ADMINISTRATION:
      *group = VIEWER_TIMELINE_INJECTIONS;
      return TRUE;
    case DISC_KIND_LAB:
      *group = VIEWER_TIMELINE_LABS;
      return TRUE;
    case DISC_KIND_MICROBIOLOGY:
      *group = VIEWER_TIMELINE_MICROBIOLOGY;
      return TRUE;
    case DISC_KIND_ORDER:
    case DISC_KIND_PROCEDURE:
    case DISC_KIND_REPORT:
      *group = VIEWER_TIMELINE_EXAMS;
      return TRUE;
    case DISC_KIND_NOTE:
    case DISC_KIND_DOCUMENT:
      *group = VIEWER_TIMELINE_NOTES;
      return TRUE;
    case DISC_KIND_DEMOGRAPHICS:
    case DISC_KIND_ALLERGY:
    case DISC_KIND_COVERAGE:
    case DISC_KIND_CONTACT:
      return FALSE;
    default:
      *group = VIEWER_TIMELINE_OTHER;
      return TRUE;
    }
}

/* ---- what an event says --------------------------------------------------------------------- */

static char *
join (const DiscItem *item, const DiscField *fields, guint n_fields)
{
  return viewer_item_join (item, fields, n_fields, " ");
}

static guint
flag_weight (const DiscItem *item)
{
  switch (viewer_lab_flag_of (disc_item_value (item, DISC_FIELD_FLAG)))
    {
    case VIEWER_LAB_FLAG_CRITICAL_HIGH:
    case VIEWER_LAB_FLAG_CRITICAL_LOW:
      return 2;
    case VIEWER_LAB_FLAG_HIGH:
    case VIEWER_LAB_FLAG_LOW:
      return 1;
    default:
      return 0;
    }
}

/* The item that stands for the record: the first, of lab results the most critical one. */
static const DiscItem *
leading_item (const DiscRecord *record)
{
  const DiscItem *leading = record->n_items > 0 ? &record->items[0] : NULL;

  if (record->kind == DISC_KIND_LAB)
    for (guint i = 1; i < record->n_items; i++)
      if (flag_weight (&record->items[i]) > flag_weight (leading))
        leading = &record->items[i];
  return leading;
}

/* "６西 601-2 → ５東 512-3": where he is to go behind where he is. */
static char *
place_of (const DiscItem *item)
{
  static const DiscField from[] = { DISC_FIELD_FROM };
  static const DiscField to[] = { DISC_FIELD_TO };
  static const DiscField disposition[] = { DISC_FIELD_DISPOSITION };
  g_autofree char *before = join (item, from, 1);
  g_autofree char *here = viewer_text_place (disc_item_value (item, DISC_FIELD_WARD),
                                             disc_item_value (item, DISC_FIELD_ROOM),
                                             disc_item_value (item, DISC_FIELD_BED));
  g_autofree char *behind = join (item, to, 1);
  g_autofree char *arrow = behind != NULL ? g_strconcat ("→ ", behind, NULL) : NULL;
  g_autofree char *left = join (item, disposition, 1);
  const char *const parts[] = { before, *here != '\0' ? here : NULL, arrow, left };

  return viewer_values_join (parts, G_N_ELEMENTS (parts), " ");
}

static char *
detail_of (DiscKind kind, const DiscItem *item)
{
  static const DiscField dose[] = { DISC_FIELD_DAYS, DISC_FIELD_DAYS_UNIT, DISC_FIELD_USAGE };
  static const DiscField amount[] = { DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT };
  static const DiscField value[] = { DISC_FIELD_VALUE, DISC_FIELD_UNIT };
  static const DiscField meal[] = { DISC_FIELD_MEAL, DISC_FIELD_RESTRICTION };

  switch (kind)
    {
    case DISC_KIND_ENCOUNTER:
      return place_of (item);
    case DISC_KIND_PRESCRIPTION:
    case DISC_KIND_DISPENSE:
    case DISC_KIND_STATEMENT:
      return join (item, dose, G_N_ELEMENTS (dose));
    case DISC_KIND_INJECTION:
    case DISC_KIND_ADMINISTRATION:
      return join (item, amount, G_N_ELEMENTS (amount));
    case DISC_KIND_MEAL:
      return join (item, meal, G_N_ELEMENTS (meal));
    default:
      return join (item, value, G_N_ELEMENTS (value));
    }
}

static const char *
title_of (const DiscRecord *record, const DiscItem *item)
{
  static const DiscField fields[] = {
    DISC_FIELD_EVENT,
    DISC_FIELD_DRUG,
    DISC_FIELD_ORGANISM,
    DISC_FIELD_KIND,
  };
  const char *title = NULL;

  for (guint i = 0; item != NULL && title == NULL && i < G_N_ELEMENTS (fields); i++)
    title = disc_item_value (item, fields[i]);
  if (item != NULL && title == NULL)
    title = viewer_item_name (item);
  return title != NULL ? title : disc_record_value (record, DISC_FIELD_TITLE);
}

static const char *
time_of (const ViewerEntry *entry, const DiscItem *item)
{
  switch (entry->record->kind)
    {
    case DISC_KIND_PROBLEM: /* AT of a list is when it was written, not when somebody fell ill */
      return item != NULL ? disc_item_value (item, DISC_FIELD_START) : NULL;
    case DISC_KIND_INJECTION:
      if (item != NULL && disc_item_value (item, DISC_FIELD_START) != NULL)
        return disc_item_value (item, DISC_FIELD_START);
      break;
    case DISC_KIND_ADMINISTRATION:
      if (item != NULL && disc_item_value (item, DISC_FIELD_GIVEN_AT) != NULL)
        return disc_item_value (item, DISC_FIELD_GIVEN_AT);
      break;
    default:
      break;
    }
  return item != NULL ? viewer_item_at (entry, item) : viewer_entry_at (entry);
}

static gboolean
is_event (const ViewerEntry *entry)
{
  if ((entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
    return FALSE;
  return entry->record->live || entry->record->status == DISC_STATUS_CANCELLED ||
         entry->record->status == DISC_STATUS_STOPPED;
}

/* A visit or stay of FHIR. */
static gboolean
is_encounter (const ViewerEntry *entry)
{
  return entry->record->kind == DISC_KIND_ENCOUNTER &&
         g_strcmp0 (entry->message->data_type, "Encounter") == 0;
}

/* FHIR v3-ActCode: in a bed. @item: (nullable) */
static gboolean
is_stay_class (const DiscItem *item)
{
  static const char *const classes[] = { "IMP", "ACUTE", "NONAC", "OBSENC", "SS", NULL };
  const char *code = item != NULL ? disc_item_value (item, DISC_FIELD_EVENT_CODE) : NULL;

  return code != NULL && g_strv_contains (classes, code);
}

static ViewerTimelineEvent *
event_new (const ViewerEntry *entry, ViewerTimelineGroup group, const DiscItem *item, guint n_items)
{
  ViewerTimelineEvent *event = g_new0 (ViewerTimelineEvent, 1);

  event->entry = entry;
  event->item = item;
  event->group = group;
  event->at = time_of (entry, item);
  event->title = title_of (entry->record, item);
  event->detail = item != NULL ? detail_of (entry->record->kind, item) : NULL;
  event->flag = item != NULL ? disc_item_value (item, DISC_FIELD_FLAG) : NULL;
  event->n_more = n_items > 1 ? n_items - 1 : 0;
  event->department = item != NULL ? viewer_item_department (entry, item)
                                   : disc_record_value (entry->record, DISC_FIELD_DEPARTMENT);
  event->doctor = item != NULL ? viewer_item_doctor (entry, item)
                               : disc_record_value (entry->record, DISC_FIELD_AUTHOR);
  event->is_live = entry->record->live;
  event->is_visit = g_strcmp0 (entry->message->data_type, "ADT-12") == 0 ||
                    (is_encounter (entry) && !is_stay_class (item));
  event->is_confidential = viewer_item_is_confidential (entry, item);
  event->is_suspected =
      group == VIEWER_TIMELINE_PROBLEMS && item != NULL && viewer_problem_is_suspected (item);
  return event;
}

static void
add_entry (ViewerTimelineModel *self, const ViewerEntry *entry)
{
  const DiscRecord *record = entry->record;
  ViewerTimelineGroup group;

  if (!is_event (entry) || !group_of_kind (record->kind, &group))
    return;
  if (record->kind == DISC_KIND_PROBLEM)
    /* Diagnoses of one list begin on days of their own. */
    for (guint i = 0; i < record->n_items; i++)
      g_ptr_array_add (self->events, event_new (entry, group, &record->items[i], 1));
  else
    g_ptr_array_add (self->events,
                     event_new (entry, group, leading_item (record), record->n_items));
}

/* Of one minute: admission, move, leave, return, discharge (SS-MIX2 spec 4.4). */
static guint
movement_rank (const ViewerTimelineEvent *event)
{
  static const char *const order[] = { "ADT-22", "ADT-42", "ADT-31", "ADT-32", "ADT-52" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_strcmp0 (event->entry->message->data_type, order[i]) == 0)
      return i + 1;
  return 0;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const ViewerTimelineEvent *x = *(ViewerTimelineEvent *const *) a;
  const ViewerTimelineEvent *y = *(ViewerTimelineEvent *const *) b;
  int order = disc_date_compare (y->at, x->at);

  return order != 0 ? order : (int) movement_rank (y) - (int) movement_rank (x);
}

/* ---- stays ---------------------------------------------------------------------------------- */

/* Type and event must agree: one generator writes visits as admissions (SS-MIX2 spec 2.1). */
static gboolean
is_movement (const ViewerTimelineEvent *event, const char *data_type)
{
  const DiscMessage *message = event->entry->message;

  return event->is_live && event->entry->record->kind == DISC_KIND_ENCOUNTER &&
         event->entry->record->status == DISC_STATUS_COMPLETED &&
         (message->flags & DISC_MESSAGE_TYPE_MISMATCH) == 0 &&
         g_strcmp0 (message->data_type, data_type) == 0;
}

/* An Encounter of FHIR is a stay as a whole: it says both its ends itself. */
static void
add_encounter (ViewerTimelineModel *self, const ViewerTimelineEvent *event)
{
  ViewerStay stay = { event->entry, event->at, disc_item_value (event->item, DISC_FIELD_END),
                      event->department };

  g_array_append_val (self->stays, stay);
}

static gboolean
was_admitted (const ViewerTimelineEvent *event)
{
  return is_encounter (event->entry) && event->is_live && event->item != NULL &&
         event->entry->record->status != DISC_STATUS_PLANNED && is_stay_class (event->item);
}

static void
find_stays (ViewerTimelineModel *self)
{
  for (guint i = self->events->len; i-- > 0;)
    {
      const ViewerTimelineEvent *event = g_ptr_array_index (self->events, i);
      ViewerStay *last = self->stays->len > 0
                             ? &g_array_index (self->stays, ViewerStay, self->stays->len - 1)
                             : NULL;

      if (event->at == NULL)
        continue;
      if (was_admitted (event))
        add_encounter (self, event);
      else if (is_movement (event, "ADT-22"))
        {
          ViewerStay stay = { event->entry, event->at, NULL, event->department };

          g_array_append_val (self->stays, stay);
        }
      else if (is_movement (event, "ADT-52") && last != NULL && last->to == NULL)
        last->to = event->at;
    }
}

ViewerTimelineModel *
viewer_timeline_model_new (const GArray *entries)
{
  ViewerTimelineModel *self = g_new0 (ViewerTimelineModel, 1);

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->stays = g_array_new (FALSE, FALSE, sizeof (ViewerStay));
  for (guint i = 0; i < entries->len; i++)
    add_entry (self, &g_array_index (entries, ViewerEntry, i));
  g_ptr_array_sort (self->events, compare_events);
  find_stays (self);
  return self;
}

void
viewer_timeline_model_free (ViewerTimelineModel *self)
{
  g_ptr_array_unref (self->events);
  g_array_unref (self->stays);
  g_free (self);
}

guint
viewer_timeline_model_n (const ViewerTimelineModel *self)
{
  return self->events->len;
}

const ViewerTimelineEvent *
viewer_timeline_model_get (const ViewerTimelineModel *self, guint i)
{
  return g_ptr_array_index (self->events, i);
}

guint
viewer_timeline_model_n_stays (const ViewerTimelineModel *self)
{
  return self->stays->len;
}

const ViewerStay *
viewer_timeline_model_stay (const ViewerTimelineModel *self, guint i)
{
  return &g_array_index (self->stays, ViewerStay, i);
}
