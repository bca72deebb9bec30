/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-ward-gap-model.h"

#include <string.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-text.h"

typedef struct
{
  guint32 pno;
  const char *bed;
  gboolean is_here; /* else only expected */
} Person;

struct _ViewerWardGapModel
{
  ViewerDisc *disc;
  char *now;
  GStringChunk *texts;
  GArray *people; /* (element-type Person) */
  GArray *gaps;   /* (element-type ViewerWardGap) */
  guint n_read, n_failed, n_old;
};

static const char *
keep (ViewerWardGapModel *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

static const char *
keep_or_empty (ViewerWardGapModel *self, const char *text)
{
  return keep (self, text != NULL ? text : "");
}

static gboolean
is_known (const ViewerWardGapModel *self, guint32 pno)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, Person, i).pno == pno)
      return TRUE;
  return FALSE;
}

/* Entries of a ward have the people who are there first. */
static void
add_person (ViewerWardGapModel *self, const ViewerListsEntry *entry)
{
  g_autofree char *bed = viewer_text_place (NULL, entry->stay->room, entry->stay->bed);
  Person person = { .pno = entry->pno,
                    .is_here =
                        entry->part == VIEWER_LISTS_HERE || entry->part == VIEWER_LISTS_ENDED };

  if (is_known (self, entry->pno))
    return;
  person.bed = person.is_here ? keep (self, bed) : "";
  g_array_append_val (self->people, person);
}

ViewerWardGapModel *
viewer_ward_gap_model_new (ViewerDisc *disc, const ViewerListsResult *ward, const char *now)
{
  ViewerWardGapModel *self = g_new0 (ViewerWardGapModel, 1);

  self->disc = g_object_ref (disc);
  self->now = g_strdup (now);
  self->texts = g_string_chunk_new (4096);
  self->people = g_array_new (FALSE, FALSE, sizeof (Person));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (ViewerWardGap));
  for (guint i = 0; i < ward->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (ward->entries, ViewerListsEntry, i);

      if (entry->stay != NULL)
        add_person (self, entry);
    }
  return self;
}

void
viewer_ward_gap_model_free (ViewerWardGapModel *self)
{
  g_object_unref (self->disc);
  g_free (self->now);
  g_string_chunk_free (self->texts);
  g_array_unref (self->people);
  g_array_unref (self->gaps);
  g_free (self);
}

/* ---- reading -------------------------------------------------------------------------------- */

static void
take (ViewerWardGapModel *self, const Person *person, const DiscPatient *patient,
      const ViewerGap *gap)
{
  const DiscMessage *message = gap->entry->message;
  g_autofree char *basis =
      g_strdup_printf ("%s%s%s", message->data_type, gap->order_no != NULL ? " " : "",
                       gap->order_no != NULL ? gap->order_no : "");
  ViewerWardGap row = {
    .kind = gap->kind,
    .time = gap->time,
    .pno = person->pno,
    .n_people = 1,
    .rid = message->rid,
    .bed = person->bed,
    .name = keep_or_empty (self, patient->name),
    .kana = keep_or_empty (self, patient->kana),
    .id = keep_or_empty (self, patient->id),
    .at = keep (self, gap->at),
    .what = keep (self, gap->what),
    .basis = keep (self, basis),
    .usage = keep (self, gap->usage),
    .status = keep (self, viewer_text_status_of (gap->entry->record)),
    .flags = message->flags,
    .is_expected_end = gap->is_expected_end,
  };

  if (person->is_here || gap->kind == VIEWER_GAP_MOVE)
    g_array_append_val (self->gaps, row);
}

static void
read_chart (ViewerWardGapModel *self, const Person *person, ViewerChart *chart)
{
  g_autoptr (GArray) entries = viewer_chart_entries (chart);
  g_autoptr (ViewerGapModel) model =
      viewer_gap_model_new (entries, viewer_chart_get_info (chart)->as_of, self->now);
  const DiscPatient *patient = viewer_chart_get_patient (chart);

  for (guint i = 0; i < viewer_gap_model_n (model); i++)
    take (self, person, patient, viewer_gap_model_get (model, i));
  if (person->is_here)
    self->n_old += viewer_gap_model_n_old (model);
}

gboolean
viewer_ward_gap_model_step (ViewerWardGapModel *self)
{
  g_autoptr (ViewerChart) chart = NULL;
  const Person *person;

  if (self->n_read >= self->people->len)
    return FALSE;
  person = &g_array_index (self->people, Person, self->n_read);
  self->n_read++;
  chart = viewer_chart_load (self->disc, person->pno, self->now, NULL);
  if (chart != NULL)
    read_chart (self, person, chart);
  else
    self->n_failed++;
  return self->n_read < self->people->len;
}

guint
viewer_ward_gap_model_n_people (const ViewerWardGapModel *self)
{
  return self->people->len;
}

guint
viewer_ward_gap_model_n_read (const ViewerWardGapModel *self)
{
  return self->n_read;
}

guint
viewer_ward_gap_model_n_failed (const ViewerWardGapModel *self)
{
  return self->n_failed;
}

guint
viewer_ward_gap_model_n_of_kind (const ViewerWardGapModel *self, ViewerGapKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    n += g_array_index (self->gaps, ViewerWardGap, i).kind == kind;
  return n;
}

guint
viewer_ward_gap_model_n_old (const ViewerWardGapModel *self)
{
  return self->n_old;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static int
compare_texts (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return strcmp (a, b);
}

static int
compare_times (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return disc_date_compare (a, b);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const ViewerWardGap *one = a, *other = b;
  int order = (int) one->time - (int) other->time;

  if (order == 0)
    order = compare_times (one->at, other->at);
  if (order == 0 && one->time == VIEWER_GAP_OPEN)
    order = (int) one->kind - (int) other->kind;
  if (order == 0) /* of several people: behind those of one */
    order = (one->pno == 0) - (other->pno == 0);
  if (order == 0)
    order = strcmp (one->bed, other->bed);
  if (order == 0)
    order = one->pno < other->pno ? -1 : one->pno > other->pno;
  if (order == 0)
    order = compare_texts (one->usage, other->usage);
  return order != 0 ? order : strcmp (one->what, other->what);
}

static gboolean
goes_on (const ViewerWardGap *gap)
{
  return gap->kind == VIEWER_GAP_DRUG && gap->time == VIEWER_GAP_OPEN;
}

/* What is plain: of a drug on hold, or in doubt, nobody is only a number. */
static gboolean
may_fold (const ViewerWardGap *gap)
{
  return goes_on (gap) && gap->status == NULL && gap->usage != NULL &&
         (gap->flags & ~(DiscMessageFlags) DISC_MESSAGE_TWO_SOURCES) == 0;
}

static ViewerWardGap *
find_fold (GArray *rows, const ViewerWardGap *gap)
{
  for (guint i = 0; i < rows->len; i++)
    {
      ViewerWardGap *row = &g_array_index (rows, ViewerWardGap, i);

      if (row->pno == 0 && row->usage == gap->usage) /* each text is kept once */
        return row;
    }
  return NULL;
}

/* @seen: people, by the usage under which they were counted */
static void
add_folded (GArray *rows, const ViewerWardGap *gap, GHashTable *seen)
{
  g_autofree char *key = g_strdup_printf ("%p %u", (const void *) gap->usage, gap->pno);
  ViewerWardGap *row = find_fold (rows, gap);

  if (row == NULL)
    {
      const ViewerWardGap first = { .kind = gap->kind,
                                    .time = gap->time,
                                    .bed = "",
                                    .name = "",
                                    .kana = "",
                                    .id = "",
                                    .what = "",
                                    .basis = "",
                                    .usage = gap->usage };

      g_array_append_val (rows, first);
      row = &g_array_index (rows, ViewerWardGap, rows->len - 1);
    }
  if (g_hash_table_add (seen, g_steal_pointer (&key)))
    row->n_people++;
}

GArray *
viewer_ward_gap_model_rows (ViewerWardGapModel *self, guint kinds, gboolean fold)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (ViewerWardGap));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      const ViewerWardGap *gap = &g_array_index (self->gaps, ViewerWardGap, i);

      if ((kinds & (1u << gap->kind)) == 0)
        continue;
      if (fold && may_fold (gap))
        add_folded (rows, gap, seen);
      else
        g_array_append_vals (rows, gap, 1);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}
