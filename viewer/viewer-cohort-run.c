/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort.h"

#include "disc-candidates.h"
#include "disc-error.h"
#include "viewer-cohort-find.h"

/* Patients are taken in windows, so that memory stays bounded however common a name is. */
#define FIRST_WINDOW 1024
#define MAX_WINDOW 65536
#define WINDOW_ROWS 100000

/* More look-ups in the index than this cost more than walking through it. */
#define MAX_LOOK_UPS 100000

#define FIRST_PROGRESS_US 300000
#define MAX_PROGRESS_US 5000000

/* Where somebody of the place is. */
typedef struct
{
  char *ward, *room, *bed;
  gboolean is_uncertain;
} Stay;

typedef struct
{
  DiscReader *reader;
  const ViewerCohortQuery *query;
  const ViewerCohortPlace *place;
  GCancellable *cancellable;
  DiscNameMatch *match;
  DiscCandidates *candidates;
  DiscResultReader *results;
  GHashTable *stays; /* patient number to Stay: those in hospital, or in the ward */
  ViewerCohortResult *result;

  GArray *rids;   /* gint64 */
  GArray *values; /* DiscResultValue */
  GStringChunk *texts;
  GPtrArray *entries; /* ViewerCohortEntry of one person */

  ViewerCohortFunc progress;
  gpointer user_data;
  gint64 next_progress, interval;
} Search;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->results, disc_result_reader_free);
  g_clear_pointer (&self->candidates, disc_candidates_free);
  g_clear_pointer (&self->match, disc_name_match_free);
  g_clear_pointer (&self->stays, g_hash_table_unref);
  g_clear_pointer (&self->result, viewer_cohort_result_free);
  g_array_unref (self->rids);
  g_array_unref (self->values);
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->entries);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* ---- the place ------------------------------------------------------------------------------ */

static void
stay_free (gpointer data)
{
  Stay *self = data;

  g_free (self->ward);
  g_free (self->room);
  g_free (self->bed);
  g_free (self);
}

static void
add_stays (Search *self, const ViewerListsResult *ward)
{
  self->result->is_damaged |= ward->is_damaged;
  self->result->is_cut |= ward->is_cut || ward->n_more > 0;
  for (guint i = 0; i < ward->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (ward->entries, ViewerListsEntry, i);
      gpointer key = GUINT_TO_POINTER (entry->pno);
      Stay *stay;

      if (entry->part > VIEWER_LISTS_ENDED || g_hash_table_contains (self->stays, key))
        continue;
      stay = g_new0 (Stay, 1);
      stay->ward = g_strdup (entry->stay->ward);
      stay->room = g_strdup (entry->stay->room);
      stay->bed = g_strdup (entry->stay->bed);
      stay->is_uncertain = entry->is_uncertain || entry->part == VIEWER_LISTS_ENDED;
      g_hash_table_insert (self->stays, key, stay);
    }
}

static gboolean
load_ward (Search *self, ViewerListsModel *lists, guint32 ward, GError **error)
{
  g_autoptr (ViewerListsResult) result =
      viewer_lists_model_load (lists, VIEWER_LISTS_WARDS, ward, self->place->at, error);

  if (result == NULL)
    return FALSE;
  add_stays (self, result);
  return TRUE;
}

static gboolean
load_stays (Search *self, GError **error)
{
  g_autoptr (ViewerListsModel) lists = NULL;
  g_autoptr (GPtrArray) wards = NULL;
  guint32 group = self->place->group;

  if (group == VIEWER_LISTS_ALL && !disc_reader_has_lists (self->reader))
    return TRUE;
  lists = viewer_lists_model_new (self->reader, self->place->as_of, error);
  if (lists == NULL)
    return FALSE;
  self->result->is_damaged |= viewer_lists_model_is_damaged (lists);
  if (group != VIEWER_LISTS_ALL && group != VIEWER_LISTS_IN_HOSPITAL)
    return load_ward (self, lists, group, error);
  wards = viewer_lists_model_groups (lists, VIEWER_LISTS_WARDS, NULL, error);
  for (guint i = 0; wards != NULL && i < wards->len; i++)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
        !load_ward (self, lists, ((ViewerListsGroup *) g_ptr_array_index (wards, i))->id, error))
      return FALSE;
  return wards != NULL;
}

/* ---- one person ----------------------------------------------------------------------------- */

static gint64
first_rid (guint32 pno)
{
  return (gint64) pno << DISC_SEQ_BITS;
}

static gint64
last_rid (guint32 pno)
{
  return first_rid (pno + 1) - 1;
}

static void
take_entry (Search *self, ViewerCohortEntry *entry) /* (transfer full) (nullable) */
{
  const Stay *stay;

  if (entry == NULL)
    return;
  stay = g_hash_table_lookup (self->stays, GUINT_TO_POINTER (entry->pno));
  if (stay != NULL)
    {
      entry->is_in = TRUE;
      entry->is_uncertain = stay->is_uncertain;
      entry->ward = g_strdup (stay->ward);
      entry->room = g_strdup (stay->room);
      entry->bed = g_strdup (stay->bed);
    }
  viewer_cohort_result_take (self->result, entry);
}

static void
note_lost (Search *self, const DiscChart *chart)
{
  if (disc_chart_lost (chart) != NULL)
    self->result->n_lost++;
}

/* A code is in no index: the whole chart is read for it. */
static DiscChart *
load_candidates (Search *self, guint32 pno, const gint64 *rids, guint n, GError **error)
{
  return rids != NULL ? disc_reader_load_messages (self->reader, rids, n, error)
                      : disc_reader_load_chart (self->reader, pno, error);
}

static gboolean
search_drug (Search *self, guint32 pno, const gint64 *rids, guint n, GError **error)
{
  g_autoptr (DiscChart) chart = load_candidates (self, pno, rids, n, error);

  if (chart == NULL)
    return FALSE;
  note_lost (self, chart);
  take_entry (self,
              viewer_cohort_find_drug (self->result, self->match, pno, chart, self->place->as_of));
  return TRUE;
}

static gboolean
search_diagnosis (Search *self, guint32 pno, const gint64 *rids, guint n, GError **error)
{
  g_autoptr (DiscChart) chart = load_candidates (self, pno, rids, n, error);
  g_autoptr (DiscChart) problems = NULL;

  if (chart == NULL)
    return FALSE;
  /* An entry may be replaced by one of another name. */
  if (viewer_cohort_has_diagnosis (self->match, chart))
    {
      problems = disc_reader_load_chart_of (self->reader, pno, DISC_KIND_PROBLEM, error);
      if (problems == NULL)
        return FALSE;
    }
  note_lost (self, problems != NULL ? problems : chart);
  take_entry (self, viewer_cohort_find_diagnosis (self->result, self->match, pno, problems, chart));
  return TRUE;
}

static gboolean
load_values (Search *self, guint32 pno, const gint64 *rids, guint n, gboolean *is_lost,
             GError **error)
{
  g_array_set_size (self->values, 0);
  g_string_chunk_clear (self->texts);
  if (rids == NULL)
    return disc_result_reader_load (self->results, first_rid (pno), last_rid (pno), self->texts,
                                    self->values, is_lost, error);
  for (guint i = 0; i < n; i++)
    if (!disc_result_reader_load (self->results, rids[i], rids[i], self->texts, self->values,
                                  is_lost, error))
      return FALSE;
  return TRUE;
}

static gboolean
search_results (Search *self, guint32 pno, const gint64 *rids, guint n, GError **error)
{
  gboolean is_lost = FALSE;

  if (!load_values (self, pno, rids, n, &is_lost, error))
    return FALSE;
  self->result->n_lost += is_lost ? 1 : 0;
  if (self->values->len == 0)
    return TRUE;
  viewer_cohort_find_results (self->result, self->match, self->query, pno, self->place->as_of,
                              self->values, self->entries);
  for (guint i = 0; i < self->entries->len; i++)
    take_entry (self, g_ptr_array_index (self->entries, i));
  g_ptr_array_set_size (self->entries, 0);
  return TRUE;
}

static void
tell_progress (Search *self)
{
  if (self->progress == NULL || g_get_monotonic_time () < self->next_progress)
    return;
  self->progress (viewer_cohort_result_snapshot (self->result), self->user_data);
  self->next_progress = g_get_monotonic_time () + self->interval;
  self->interval = MIN (self->interval * 2, MAX_PROGRESS_US);
}

/* @rids: (nullable): %NULL: all of his messages */
static gboolean
search_person (Search *self, guint32 pno, const gint64 *rids, guint n, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ok;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->query->kind == VIEWER_COHORT_RESULT)
    ok = search_results (self, pno, rids, n, &local);
  else if (self->query->kind == VIEWER_COHORT_DRUG)
    ok = search_drug (self, pno, rids, n, &local);
  else
    ok = search_diagnosis (self, pno, rids, n, &local);
  /* One chart that cannot be read is not the end of a list; the medium that is gone is. */
  if (!ok && (g_error_matches (local, DISC_ERROR, DISC_ERROR_CORRUPT) ||
              g_error_matches (local, DISC_ERROR, DISC_ERROR_TRUNCATED) ||
              g_error_matches (local, DISC_ERROR, DISC_ERROR_LIMIT)))
    self->result->n_lost++;
  else if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  tell_progress (self);
  return TRUE;
}

/* ---- many people ---------------------------------------------------------------------------- */

/* Those of @rids, person by person. @wanted: (nullable): only these; else nobody of the stays, who
 * come first. */
static gboolean
search_rids (Search *self, GHashTable *wanted, GError **error)
{
  const gint64 *rids = (const gint64 *) self->rids->data;

  for (guint i = 0, next; i < self->rids->len; i = next)
    {
      guint32 pno = DISC_PNO (rids[i]);
      gboolean is_of_stays = g_hash_table_contains (self->stays, GUINT_TO_POINTER (pno));

      for (next = i + 1; next < self->rids->len && DISC_PNO (rids[next]) == pno; next++)
        ;
      if (is_of_stays == (wanted != NULL) && !search_person (self, pno, rids + i, next - i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find (Search *self, guint32 first, guint32 last, GError **error)
{
  g_array_set_size (self->rids, 0);
  return disc_candidates_find (self->candidates, first_rid (first), last_rid (last), self->rids,
                               error);
}

static gboolean
search_windows (Search *self, GHashTable *wanted, GError **error)
{
  guint n_patients = disc_reader_n_patients (self->reader);
  guint already = self->result->n_read;
  guint size = FIRST_WINDOW;

  for (guint32 first = 1; first <= n_patients;)
    {
      guint32 last = MIN (n_patients, first + size - 1);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !find (self, first, last, error) || !search_rids (self, wanted, error))
        return FALSE;
      self->result->n_read = wanted != NULL ? already : MAX (already, last);
      first = last + 1;
      if (self->rids->len < WINDOW_ROWS / 4)
        size = MIN (size * 4, MAX_WINDOW);
      else if (self->rids->len > WINDOW_ROWS)
        size = MAX (size / 2, 1);
    }
  return TRUE;
}

static int
compare_pnos (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* (element-type guint32): in the order of the disc */
static GArray *
people_of_stays (Search *self)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (guint32));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->stays);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint32 pno = GPOINTER_TO_UINT (key);

      g_array_append_val (people, pno);
    }
  g_array_sort (people, compare_pnos);
  return people;
}

static gboolean
search_stays (Search *self, GError **error)
{
  g_autoptr (GArray) people = people_of_stays (self);
  gboolean by_code = disc_name_match_code (self->match) != NULL;

  if (!by_code && (guint64) people->len * disc_candidates_n_terms (self->candidates) > MAX_LOOK_UPS)
    {
      if (!search_windows (self, self->stays, error))
        return FALSE;
      self->result->n_read = people->len;
      return TRUE;
    }
  for (guint i = 0; i < people->len; i++)
    {
      guint32 pno = g_array_index (people, guint32, i);

      if (!by_code && !find (self, pno, pno, error))
        return FALSE;
      if ((by_code || self->rids->len > 0) &&
          !search_person (self, pno, by_code ? NULL : (const gint64 *) self->rids->data,
                          self->rids->len, error))
        return FALSE;
      self->result->n_read = i + 1;
    }
  return TRUE;
}

/* Everybody who is not in hospital. */
static gboolean
search_others (Search *self, GError **error)
{
  if (disc_name_match_code (self->match) == NULL)
    return search_windows (self, NULL, error);
  for (guint32 pno = 1; pno <= disc_reader_n_patients (self->reader); pno++)
    {
      if (!g_hash_table_contains (self->stays, GUINT_TO_POINTER (pno)) &&
          !search_person (self, pno, NULL, 0, error))
        return FALSE;
      self->result->n_read = MAX (self->result->n_read, pno);
    }
  return TRUE;
}

/* ---- disputed messages ---------------------------------------------------------------------- */

static gboolean
names_it (Search *self, gint64 rid, gboolean *does, GError **error)
{
  gboolean is_lost = FALSE;

  *does = FALSE;
  if (self->query->kind == VIEWER_COHORT_RESULT)
    {
      if (!load_values (self, DISC_PNO (rid), &rid, 1, &is_lost, error))
        return FALSE;
      *does = self->values->len > 0;
    }
  else
    {
      g_autoptr (DiscChart) chart = disc_reader_load_messages (self->reader, &rid, 1, error);

      if (chart == NULL)
        return FALSE;
      *does = viewer_cohort_names_disputed (self->match, self->query->kind, chart);
    }
  return TRUE;
}

static gboolean
count_disputed (Search *self, GError **error)
{
  gint64 first = first_rid (DISC_PNO_DISPUTED);
  gint64 last = disc_candidates_last (self->candidates);

  if (last < first)
    return TRUE;
  g_array_set_size (self->rids, 0);
  if (!disc_candidates_find (self->candidates, first, last, self->rids, error))
    return FALSE;
  for (guint i = 0; i < self->rids->len; i++)
    {
      gboolean does;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !names_it (self, g_array_index (self->rids, gint64, i), &does, error))
        return FALSE;
      self->result->n_disputed += does ? 1 : 0;
    }
  return TRUE;
}

/* ---- public --------------------------------------------------------------------------------- */

static gboolean
prepare (Search *self, GError **error)
{
  self->match = disc_name_match_new (self->query->name, self->query->kind == VIEWER_COHORT_RESULT);
  if (self->match == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "nothing to look for");
      return FALSE;
    }
  self->candidates = disc_candidates_new (self->reader, self->match, error);
  if (self->candidates == NULL)
    return FALSE;
  self->results = disc_result_reader_new (self->reader, self->match, error);
  return self->results != NULL && load_stays (self, error);
}

ViewerCohortResult *
viewer_cohort_run (DiscReader *reader, const ViewerCohortQuery *query,
                   const ViewerCohortPlace *place, ViewerCohortFunc progress, gpointer user_data,
                   GCancellable *cancellable, GError **error)
{
  g_auto (Search) self = { .reader = reader,
                           .query = query,
                           .place = place,
                           .cancellable = cancellable,
                           .progress = progress,
                           .user_data = user_data,
                           .next_progress = g_get_monotonic_time () + FIRST_PROGRESS_US,
                           .interval = FIRST_PROGRESS_US };
  gboolean is_whole = place->group == VIEWER_LISTS_ALL;

  self.rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.values = g_array_new (FALSE, FALSE, sizeof (DiscResultValue));
  self.texts = g_string_chunk_new (4096);
  self.entries = g_ptr_array_new ();
  self.stays = g_hash_table_new_full (NULL, NULL, NULL, stay_free);
  self.result = viewer_cohort_result_new ();
  self.result->is_compared = query->op != DISC_OPERATOR_NONE;
  if (!prepare (&self, error))
    return NULL;
  self.result->n_place =
      is_whole ? disc_reader_n_patients (reader) : g_hash_table_size (self.stays);
  if (!search_stays (&self, error) || (is_whole && !search_others (&self, error)) ||
      !count_disputed (&self, error))
    return NULL;
  self.result->n_read = self.result->n_place;
  self.result->is_damaged |= disc_candidates_is_damaged (self.candidates);
  self.result->is_done = TRUE;
  return viewer_cohort_result_snapshot (self.result);
}
