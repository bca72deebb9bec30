/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-model.h"

#include <string.h>

#include "disc-date.h"
#include "disc-error.h"

#define MAX_WARDS 2000 /* looked through for planned moves */
#define LAST_DAY 99999999

struct _ViewerListsModel
{
  DiscReader *reader;
  char *as_of;
  DiscList *names;
  GHashTable *by_text;        /* text of a name, by address, to the name */
  ViewerListsResult *planned; /* all of them; NULL until wanted */
};

/* ---- results -------------------------------------------------------------------------------- */

static ViewerListsResult *
result_new (void)
{
  ViewerListsResult *self = g_new0 (ViewerListsResult, 1);

  self->entries = g_array_new (FALSE, TRUE, sizeof (ViewerListsEntry));
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) disc_list_free);
  return self;
}

void
viewer_lists_result_free (ViewerListsResult *self)
{
  g_array_unref (self->entries);
  g_ptr_array_unref (self->owned);
  g_free (self);
}

static void
own (ViewerListsResult *result, DiscList *list) /* (transfer full) */
{
  g_ptr_array_add (result->owned, list);
  result->is_damaged |= list->is_damaged;
  result->is_cut |= list->is_cut;
}

static void
add_stay (ViewerListsResult *result, const DiscStay *stay, ViewerListsPart part, gboolean uncertain)
{
  ViewerListsEntry entry = { .pno = DISC_PNO (stay->rid),
                             .rid = stay->rid,
                             .part = part,
                             .stay = stay,
                             .is_uncertain = uncertain };

  g_array_append_val (result->entries, entry);
}

static void
add_visit (ViewerListsResult *result, const DiscVisit *visit)
{
  ViewerListsEntry entry = { .pno = DISC_PNO (visit->rid),
                             .rid = visit->rid,
                             .visit = visit,
                             .part = visit->state == DISC_VISIT_PLANNED ? VIEWER_LISTS_APPOINTED
                                                                        : VIEWER_LISTS_CAME };

  g_array_append_val (result->entries, entry);
}

static void
cut (ViewerListsResult *result)
{
  if (result->entries->len <= VIEWER_LISTS_MAX)
    return;
  result->n_more = result->entries->len - VIEWER_LISTS_MAX;
  g_array_set_size (result->entries, VIEWER_LISTS_MAX);
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Digits as numbers: 5-2 before 5-10. What is not recorded comes last. */
int
viewer_lists_compare_natural (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  while (*a != '\0' && *b != '\0')
    {
      gsize n = strspn (a, "0123456789"), m = strspn (b, "0123456789");
      int order;

      if (n > 0 && m > 0)
        {
          gsize zeros = strspn (a, "0"), other_zeros = strspn (b, "0");

          zeros = MIN (zeros, n);
          other_zeros = MIN (other_zeros, m);
          if (n - zeros != m - other_zeros)
            return n - zeros < m - other_zeros ? -1 : 1;
          order = strncmp (a + zeros, b + other_zeros, n - zeros);
          if (order != 0)
            return order;
          a += n;
          b += m;
          continue;
        }
      if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      a++;
      b++;
    }
  return (*a != '\0') - (*b != '\0');
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const ViewerListsEntry *one = a, *other = b;
  int order = (int) one->part - (int) other->part;

  if (order != 0)
    return order;
  if (one->stay != NULL && one->part <= VIEWER_LISTS_ENDED)
    {
      order = viewer_lists_compare_natural (one->stay->room, other->stay->room);
      if (order == 0)
        order = viewer_lists_compare_natural (one->stay->bed, other->stay->bed);
      if (order == 0)
        order = disc_date_compare (one->stay->from_at, other->stay->from_at);
    }
  else if (one->stay != NULL)
    order = disc_date_compare (one->stay->from_at, other->stay->from_at);
  else if (one->visit != NULL)
    order = disc_date_compare (one->visit->at, other->visit->at);
  else if (one->patient != NULL) /* newest first */
    order = disc_date_compare (other->patient->last_at, one->patient->last_at);
  return order != 0 ? order : one->rid < other->rid ? -1 : one->rid > other->rid;
}

static void
sort (ViewerListsResult *result)
{
  g_array_sort (result->entries, compare_entries);
}

/* ---- wards ---------------------------------------------------------------------------------- */

/* A day without a time, or a month without a day: nobody recorded whether he came or went before
 * @at. */
static gboolean
is_hour_unknown (const char *event, const char *at)
{
  return event != NULL && strlen (event) <= strlen ("2026-11-19") &&
         strncmp (event, at, strlen (event)) == 0;
}

static gboolean
holds (const DiscStay *stay, const char *at, gboolean *is_uncertain)
{
  gboolean ends_that_day = is_hour_unknown (stay->to_at, at);

  *is_uncertain = ends_that_day || is_hour_unknown (stay->from_at, at);
  return !disc_date_is_after (stay->from_at, at) &&
         (stay->to_at == NULL || ends_that_day || disc_date_is_after (stay->to_at, at));
}

/* Its end may be cancelled, and lies before @at. */
static gboolean
holds_perhaps (const DiscStay *stay, const char *at)
{
  return stay->flags & DISC_LIST_END_DOUBTED && !disc_date_is_after (stay->from_at, at);
}

static gboolean
is_planned_ahead (const ViewerListsModel *self, const DiscStay *stay)
{
  return disc_stay_is_planned (stay) &&
         disc_list_day (stay->from_at) >= disc_list_day (self->as_of);
}

/* Recorded as if it had happened, for a time after the data. */
static gboolean
is_ahead (const ViewerListsModel *self, const DiscStay *stay)
{
  return !disc_stay_is_planned (stay) && disc_date_is_after (stay->from_at, self->as_of);
}

static ViewerListsPart
part_of_plan (const DiscStay *stay)
{
  return VIEWER_LISTS_PLANNED_IN + (ViewerListsPart) (stay->state - DISC_STAY_PLANNED_IN);
}

static gboolean
is_known_plan (const DiscStay *stay)
{
  return stay->state >= DISC_STAY_PLANNED_IN && stay->state <= DISC_STAY_PLANNED_OUT;
}

/* In the order of the beds. One patient twice in a bed is told by two sources; rooms that are not
 * recorded may be two. */
static void
mark_shared_beds (ViewerListsResult *result)
{
  for (guint i = 1; i < result->entries->len; i++)
    {
      ViewerListsEntry *one = &g_array_index (result->entries, ViewerListsEntry, i - 1);
      ViewerListsEntry *other = &g_array_index (result->entries, ViewerListsEntry, i);

      if (one->part != VIEWER_LISTS_HERE || other->part != VIEWER_LISTS_HERE ||
          one->stay->bed == NULL || one->stay->room == NULL || one->pno == other->pno ||
          g_strcmp0 (one->stay->bed, other->stay->bed) != 0 ||
          g_strcmp0 (one->stay->room, other->stay->room) != 0)
        continue;
      one->shares_bed = other->shares_bed = TRUE;
    }
}

static void
count_in (ViewerListsResult *result)
{
  for (guint i = 0; i < result->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (result->entries, ViewerListsEntry, i);

      if (entry->part != VIEWER_LISTS_HERE)
        continue;
      result->n_in++;
      result->n_leave += entry->stay->state == DISC_STAY_LEAVE;
    }
}

static ViewerListsResult *
load_ward (ViewerListsModel *self, guint32 ward, const char *at, GError **error)
{
  g_autoptr (ViewerListsResult) result = result_new ();
  DiscList *list = disc_reader_load_stays (self->reader, self->names, ward, NULL, error);
  gboolean tells_plans = g_strcmp0 (at, self->as_of) == 0;

  if (list == NULL)
    return NULL;
  own (result, list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DiscStay *stay = &g_array_index (list->rows, DiscStay, i);
      gboolean is_uncertain = FALSE;

      if (is_known_plan (stay) && tells_plans && is_planned_ahead (self, stay))
        add_stay (result, stay, part_of_plan (stay), FALSE);
      else if (!disc_stay_is_planned (stay) && holds (stay, at, &is_uncertain))
        add_stay (result, stay,
                  stay->end == DISC_STAY_UNTIMED ? VIEWER_LISTS_ENDED : VIEWER_LISTS_HERE,
                  is_uncertain);
      else if (!disc_stay_is_planned (stay) && holds_perhaps (stay, at))
        add_stay (result, stay, VIEWER_LISTS_ENDED, FALSE);
      else if (tells_plans && is_ahead (self, stay))
        add_stay (result, stay, VIEWER_LISTS_PLANNED_IN, TRUE);
      else if (disc_stay_is_planned (stay) && !is_known_plan (stay))
        result->is_damaged = TRUE; /* of a later version: the list is not whole */
    }
  sort (result);
  mark_shared_beds (result);
  count_in (result);
  cut (result);
  return g_steal_pointer (&result);
}

/* ---- visits --------------------------------------------------------------------------------- */

static guint32
department_of (const ViewerListsModel *self, const DiscVisit *visit)
{
  const DiscListName *name =
      visit->department != NULL ? g_hash_table_lookup (self->by_text, visit->department) : NULL;

  return name != NULL ? name->id : VIEWER_LISTS_NOT_RECORDED;
}

static DiscList *
load_day (ViewerListsModel *self, const char *at, GError **error)
{
  guint32 day = disc_list_day (at);

  return disc_reader_load_visits (self->reader, self->names, day, day, error);
}

static ViewerListsResult *
load_visits (ViewerListsModel *self, guint32 department, const char *at, GError **error)
{
  g_autoptr (ViewerListsResult) result = result_new ();
  DiscList *list = load_day (self, at, error);

  if (list == NULL)
    return NULL;
  own (result, list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DiscVisit *visit = &g_array_index (list->rows, DiscVisit, i);

      if (department == VIEWER_LISTS_ALL || department_of (self, visit) == department)
        add_visit (result, visit);
    }
  sort (result);
  cut (result);
  return g_steal_pointer (&result);
}

/* ---- doctors -------------------------------------------------------------------------------- */

static ViewerListsResult *
load_doctor (ViewerListsModel *self, guint32 doctor, GError **error)
{
  g_autoptr (ViewerListsResult) result = result_new ();
  DiscList *list = disc_reader_load_doctor (self->reader, doctor, error);

  if (list == NULL)
    return NULL;
  own (result, list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DiscDoctorPatient *patient = &g_array_index (list->rows, DiscDoctorPatient, i);
      ViewerListsEntry entry = { .pno = patient->pno, .rid = patient->rid, .patient = patient };

      entry.part = patient->state == DISC_DOCTOR_IN        ? VIEWER_LISTS_ATTENDS
                   : patient->state == DISC_DOCTOR_STAYED  ? VIEWER_LISTS_ATTENDED
                   : patient->state == DISC_DOCTOR_VISITED ? VIEWER_LISTS_SAW
                                                           : VIEWER_LISTS_WILL_SEE;
      g_array_append_val (result->entries, entry);
    }
  sort (result);
  cut (result);
  return g_steal_pointer (&result);
}

/* ---- planned -------------------------------------------------------------------------------- */

static gboolean
add_planned_visits (ViewerListsModel *self, ViewerListsResult *result, GError **error)
{
  DiscList *list = disc_reader_load_visits (self->reader, self->names, disc_list_day (self->as_of),
                                            LAST_DAY, error);

  if (list == NULL)
    return FALSE;
  own (result, list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DiscVisit *visit = &g_array_index (list->rows, DiscVisit, i);

      if (visit->state == DISC_VISIT_PLANNED)
        add_visit (result, visit);
    }
  return TRUE;
}

static gboolean
add_planned_moves (ViewerListsModel *self, ViewerListsResult *result, guint32 ward,
                   const char *from_day, GError **error)
{
  DiscList *list = disc_reader_load_stays (self->reader, self->names, ward, from_day, error);

  if (list == NULL)
    return FALSE;
  own (result, list);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const DiscStay *stay = &g_array_index (list->rows, DiscStay, i);

      if (is_known_plan (stay) && is_planned_ahead (self, stay))
        add_stay (result, stay, part_of_plan (stay), FALSE);
      else if (is_ahead (self, stay))
        add_stay (result, stay, VIEWER_LISTS_PLANNED_IN, TRUE);
    }
  return TRUE;
}

static gboolean
load_planned (ViewerListsModel *self, GError **error)
{
  g_autoptr (ViewerListsResult) result = result_new ();
  /* A day before: a time with a zone may be of the next day in Japan. */
  g_autofree char *from_day = disc_date_from_day (disc_date_to_day (self->as_of) - 1);
  guint n_wards = 0;

  if (self->planned != NULL)
    return TRUE;
  if (!add_planned_visits (self, result, error) ||
      !add_planned_moves (self, result, VIEWER_LISTS_NOT_RECORDED, from_day, error))
    return FALSE;
  for (guint i = 0; i < self->names->rows->len; i++)
    {
      const DiscListName *name = &g_array_index (self->names->rows, DiscListName, i);

      if (name->kind != DISC_LIST_WARD)
        continue;
      if (++n_wards > MAX_WARDS)
        {
          result->is_cut = TRUE;
          break;
        }
      if (!add_planned_moves (self, result, name->id, from_day, error))
        return FALSE;
    }
  sort (result);
  self->planned = g_steal_pointer (&result);
  return TRUE;
}

static guint32
day_of (const ViewerListsEntry *entry)
{
  return disc_list_day (entry->stay != NULL ? entry->stay->from_at : entry->visit->at);
}

/* Refers to the rows that the model keeps. */
static ViewerListsResult *
load_planned_day (ViewerListsModel *self, guint32 day, GError **error)
{
  g_autoptr (ViewerListsResult) result = NULL;

  if (!load_planned (self, error))
    return NULL;
  result = result_new ();
  result->is_damaged = self->planned->is_damaged;
  result->is_cut = self->planned->is_cut;
  for (guint i = 0; i < self->planned->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (self->planned->entries, ViewerListsEntry, i);

      if (day_of (entry) == day)
        g_array_append_vals (result->entries, entry, 1);
    }
  cut (result);
  return g_steal_pointer (&result);
}

/* ---- groups --------------------------------------------------------------------------------- */

static void
group_free (gpointer data)
{
  g_free (((ViewerListsGroup *) data)->text);
  g_free (data);
}

static ViewerListsGroup *
add_group (GPtrArray *groups, guint32 id, const char *text, guint n)
{
  ViewerListsGroup *group = g_new0 (ViewerListsGroup, 1);

  group->id = id;
  group->text = g_strdup (text);
  group->n = n;
  g_ptr_array_add (groups, group);
  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const ViewerListsGroup *one = *(ViewerListsGroup *const *) a;
  const ViewerListsGroup *other = *(ViewerListsGroup *const *) b;
  int order = viewer_lists_compare_natural (one->text, other->text);

  return order != 0 ? order : one->id < other->id ? -1 : one->id > other->id;
}

/* Whose wards they are is said where the disc is of several hospitals. */
static gboolean
has_several_facilities (const ViewerListsModel *self)
{
  for (guint i = 1; i < self->names->rows->len; i++)
    if (strcmp (g_array_index (self->names->rows, DiscListName, i).facility,
                g_array_index (self->names->rows, DiscListName, 0).facility) != 0)
      return TRUE;
  return FALSE;
}

static void
add_name (GPtrArray *groups, const DiscListName *name, gboolean with_facility, guint n)
{
  ViewerListsGroup *group = add_group (groups, name->id, name->text, n);

  if (with_facility)
    {
      g_free (group->text);
      group->text = g_strdup_printf ("%s　%s", name->text, name->facility);
    }
}

static GPtrArray *
groups_of_kind (ViewerListsModel *self, DiscListKind kind)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  gboolean with_facility = has_several_facilities (self);

  for (guint i = 0; i < self->names->rows->len; i++)
    {
      const DiscListName *name = &g_array_index (self->names->rows, DiscListName, i);

      if (name->kind == kind)
        add_name (groups, name, with_facility, G_MAXUINT);
    }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

static GPtrArray *
ward_groups (ViewerListsModel *self, GError **error)
{
  g_autoptr (DiscList) nowhere =
      disc_reader_load_stays (self->reader, self->names, VIEWER_LISTS_NOT_RECORDED, NULL, error);
  GPtrArray *groups;

  if (nowhere == NULL)
    return NULL;
  groups = groups_of_kind (self, DISC_LIST_WARD);
  if (nowhere->rows->len > 0 || nowhere->is_damaged)
    add_group (groups, VIEWER_LISTS_NOT_RECORDED, NULL, G_MAXUINT);
  return groups;
}

static GPtrArray *
visit_groups (ViewerListsModel *self, const char *at, GError **error)
{
  g_autoptr (DiscList) list = load_day (self, at, error);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GPtrArray *groups;
  gboolean with_facility = has_several_facilities (self);
  guint n_without = 0;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->rows->len; i++)
    {
      guint32 id = department_of (self, &g_array_index (list->rows, DiscVisit, i));
      gpointer key = GUINT_TO_POINTER (id);

      if (id == VIEWER_LISTS_NOT_RECORDED)
        n_without++;
      else
        g_hash_table_insert (
            counts, key,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; i < self->names->rows->len; i++)
    {
      const DiscListName *name = &g_array_index (self->names->rows, DiscListName, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (name->id)));

      if (n > 0)
        add_name (groups, name, with_facility, n);
    }
  g_ptr_array_sort (groups, compare_groups);
  if (n_without > 0)
    add_group (groups, VIEWER_LISTS_NOT_RECORDED, NULL, n_without);
  if (groups->len > 1)
    {
      add_group (groups, VIEWER_LISTS_ALL, NULL, list->rows->len);
      g_ptr_array_insert (groups, 0, g_ptr_array_steal_index (groups, groups->len - 1));
    }
  return groups;
}

static GPtrArray *
day_groups (ViewerListsModel *self, GError **error)
{
  GPtrArray *groups;

  if (!load_planned (self, error))
    return NULL;
  groups = g_ptr_array_new_with_free_func (group_free);
  {
    g_autoptr (GHashTable) by_day = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < self->planned->entries->len; i++)
      {
        guint32 day = day_of (&g_array_index (self->planned->entries, ViewerListsEntry, i));
        ViewerListsGroup *group = g_hash_table_lookup (by_day, GUINT_TO_POINTER (day));
        g_autofree char *text =
            g_strdup_printf ("%04u-%02u-%02u", day / 10000, day / 100 % 100, day % 100);

        if (group == NULL)
          {
            group = add_group (groups, day, text, 0);
            g_hash_table_insert (by_day, GUINT_TO_POINTER (day), group);
          }
        group->n++;
      }
  }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

/* ---- public --------------------------------------------------------------------------------- */

ViewerListsModel *
viewer_lists_model_new (DiscReader *reader, const char *as_of, GError **error)
{
  g_autoptr (ViewerListsModel) self = NULL;
  DiscList *names;

  if (!disc_reader_has_lists (reader))
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC, "this disc has no lists");
      return NULL;
    }
  names = disc_reader_load_list_names (reader, error);
  if (names == NULL)
    return NULL;

  self = g_new0 (ViewerListsModel, 1);
  self->reader = reader;
  self->names = names;
  self->as_of = g_strdup (disc_list_day (as_of) != 0 ? as_of : "9999-12-31");
  self->by_text = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < names->rows->len; i++)
    {
      DiscListName *name = &g_array_index (names->rows, DiscListName, i);

      g_hash_table_insert (self->by_text, (gpointer) name->text, name);
    }
  return g_steal_pointer (&self);
}

void
viewer_lists_model_free (ViewerListsModel *self)
{
  g_clear_pointer (&self->planned, viewer_lists_result_free);
  g_hash_table_unref (self->by_text);
  disc_list_free (self->names);
  g_free (self->as_of);
  g_free (self);
}

const char *
viewer_lists_model_get_as_of (const ViewerListsModel *self)
{
  return self->as_of;
}

gboolean
viewer_lists_model_is_damaged (const ViewerListsModel *self)
{
  return self->names->is_damaged;
}

guint
viewer_lists_model_n_unlisted (const ViewerListsModel *self)
{
  return disc_reader_n_unlisted (self->reader);
}

GPtrArray *
viewer_lists_model_groups (ViewerListsModel *self, ViewerListsView view, const char *at,
                           GError **error)
{
  switch (view)
    {
    case VIEWER_LISTS_WARDS:
      return ward_groups (self, error);
    case VIEWER_LISTS_VISITS:
      return visit_groups (self, at, error);
    case VIEWER_LISTS_DOCTORS:
      return groups_of_kind (self, DISC_LIST_DOCTOR);
    case VIEWER_LISTS_PLANNED:
      return day_groups (self, error);
    case VIEWER_LISTS_CONDITION:
    case VIEWER_LISTS_RECENT:
    case VIEWER_N_LISTS:
    default:
      return g_ptr_array_new_with_free_func (group_free);
    }
}

ViewerListsResult *
viewer_lists_model_load (ViewerListsModel *self, ViewerListsView view, guint32 group,
                         const char *at, GError **error)
{
  switch (view)
    {
    case VIEWER_LISTS_WARDS:
      return load_ward (self, group, at != NULL ? at : self->as_of, error);
    case VIEWER_LISTS_VISITS:
      return load_visits (self, group, at, error);
    case VIEWER_LISTS_DOCTORS:
      return load_doctor (self, group, error);
    case VIEWER_LISTS_PLANNED:
      return load_planned_day (self, group, error);
    case VIEWER_LISTS_CONDITION:
    case VIEWER_LISTS_RECENT:
    case VIEWER_N_LISTS:
    default:
      return result_new ();
    }
}
