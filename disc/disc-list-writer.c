/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-list-writer.h"

#include <string.h>

#include "disc-date.h"

/* Visits come by patient and stand by day: so many are sorted before they are written, that each
 * page is fetched seldom. */
#define VISITS_AT_ONCE 65536

typedef struct
{
  guint32 day;
  guint32 department;
  const char *at; /* in the chunk of this lot */
  gint64 rid;
  guint32 doctor;
  guint8 state;
  guint8 flags;
} Visit;

struct _DiscListWriter
{
  DiscStatement *insert_name;
  DiscStatement *insert_stay;
  DiscStatement *insert_visit;
  DiscStatement *insert_doctor;
  GHashTable *names; /* key of a name to its number */
  GArray *visits;    /* (element-type Visit) not written yet */
  GStringChunk *texts;
  GString *key;
  guint n_left_out;
};

DiscListWriter *
disc_list_writer_new (sqlite3 *db, GError **error)
{
  g_autoptr (DiscListWriter) self = g_new0 (DiscListWriter, 1);
  struct
  {
    DiscStatement **statement;
    const char *name;
  } all[] = {
    { &self->insert_name, "insert-list-name" },
    { &self->insert_stay, "insert-stay" },
    { &self->insert_visit, "insert-visit" },
    { &self->insert_doctor, "insert-doctor-patient" },
  };

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->visits = g_array_new (FALSE, FALSE, sizeof (Visit));
  self->texts = g_string_chunk_new (64 * 1024);
  self->key = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      *all[i].statement = disc_statement_new (db, all[i].name, error);
      if (*all[i].statement == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
disc_list_writer_free (DiscListWriter *self)
{
  g_clear_pointer (&self->insert_name, disc_statement_free);
  g_clear_pointer (&self->insert_stay, disc_statement_free);
  g_clear_pointer (&self->insert_visit, disc_statement_free);
  g_clear_pointer (&self->insert_doctor, disc_statement_free);
  g_hash_table_unref (self->names);
  g_array_unref (self->visits);
  g_string_chunk_free (self->texts);
  g_string_free (self->key, TRUE);
  g_free (self);
}

static gboolean
fits (const char *text)
{
  return text == NULL || strlen (text) <= DISC_LIST_TEXT_MAX_BYTES;
}

static gboolean
leave_out (DiscListWriter *self)
{
  self->n_left_out += self->n_left_out < G_MAXUINT;
  return TRUE;
}

/* @id: (out): 0 for a name that is not recorded
 * Returns: %FALSE with an error; TRUE with @fits FALSE when there is no room for one more */
static gboolean
number_of (DiscListWriter *self, DiscListKind kind, const char *facility, const char *text,
           guint32 *id, gboolean *has_room, GError **error)
{
  DiscStatement *s = self->insert_name;

  *id = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  /* With the length of the first, so that no blank or line end of theirs makes two names one. */
  g_string_printf (self->key, "%d %" G_GSIZE_FORMAT " %s", kind, strlen (facility), facility);
  g_string_append (self->key, text);
  *id = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, self->key->str));
  if (*id != 0)
    return TRUE;
  if (g_hash_table_size (self->names) >= DISC_LIST_NAMES_MAX)
    {
      *has_room = FALSE;
      return TRUE;
    }
  *id = g_hash_table_size (self->names) + 1;
  g_hash_table_insert (self->names, g_strdup (self->key->str), GUINT_TO_POINTER (*id));
  sqlite3_bind_int64 (s, 1, *id);
  sqlite3_bind_int64 (s, 2, kind);
  disc_statement_bind_text (s, 3, facility);
  disc_statement_bind_text (s, 4, text);
  return disc_statement_run (s, error);
}

gboolean
disc_list_writer_add_stay (DiscListWriter *self, const char *facility, const DiscStay *stay,
                           GError **error)
{
  DiscStatement *s = self->insert_stay;
  gboolean has_room = TRUE;
  guint32 ward, department, doctor;

  if (!fits (facility) || stay->from_at == NULL || !disc_date_is_valid (stay->from_at) ||
      !fits (stay->ward) || !fits (stay->department) || !fits (stay->doctor) ||
      !fits (stay->room) || !fits (stay->bed) || !fits (stay->to_place) || !fits (stay->from_at) ||
      !fits (stay->to_at))
    return leave_out (self);
  if (!number_of (self, DISC_LIST_WARD, facility, stay->ward, &ward, &has_room, error) ||
      !number_of (self, DISC_LIST_DEPARTMENT, facility, stay->department, &department, &has_room,
                  error) ||
      !number_of (self, DISC_LIST_DOCTOR, facility, stay->doctor, &doctor, &has_room, error))
    return FALSE;
  if (!has_room)
    return leave_out (self);

  sqlite3_bind_int64 (s, 1, ward);
  disc_statement_bind_text (s, 2, stay->from_at);
  sqlite3_bind_int64 (s, 3, stay->rid);
  sqlite3_bind_int64 (s, 4, stay->state);
  sqlite3_bind_int64 (s, 5, stay->end);
  sqlite3_bind_int64 (s, 6, stay->flags);
  disc_statement_bind_text (s, 7, stay->to_at);
  disc_statement_bind_text (s, 8, stay->room);
  disc_statement_bind_text (s, 9, stay->bed);
  sqlite3_bind_int64 (s, 10, department);
  sqlite3_bind_int64 (s, 11, doctor);
  disc_statement_bind_text (s, 12, stay->to_place);
  return disc_statement_run (s, error);
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  const Visit *one = a, *other = b;
  int order;

  if (one->day != other->day)
    return one->day < other->day ? -1 : 1;
  if (one->department != other->department)
    return one->department < other->department ? -1 : 1;
  order = strcmp (one->at, other->at);
  return order != 0 ? order : one->rid < other->rid ? -1 : one->rid > other->rid;
}

static gboolean
write_visits (DiscListWriter *self, GError **error)
{
  DiscStatement *s = self->insert_visit;

  g_array_sort (self->visits, compare_visits);
  for (guint i = 0; i < self->visits->len; i++)
    {
      const Visit *visit = &g_array_index (self->visits, Visit, i);

      sqlite3_bind_int64 (s, 1, visit->day);
      sqlite3_bind_int64 (s, 2, visit->department);
      disc_statement_bind_text (s, 3, visit->at);
      sqlite3_bind_int64 (s, 4, visit->rid);
      sqlite3_bind_int64 (s, 5, visit->state);
      sqlite3_bind_int64 (s, 6, visit->flags);
      sqlite3_bind_int64 (s, 7, visit->doctor);
      if (!disc_statement_run (s, error))
        return FALSE;
    }
  g_array_set_size (self->visits, 0);
  g_string_chunk_clear (self->texts);
  return TRUE;
}

gboolean
disc_list_writer_add_visit (DiscListWriter *self, const char *facility, const DiscVisit *visit,
                            GError **error)
{
  gboolean has_room = TRUE;
  Visit row = { .day = disc_list_day (visit->at),
                .rid = visit->rid,
                .state = (guint8) visit->state,
                .flags = (guint8) visit->flags };

  if (!fits (facility) || row.day == 0 || !fits (visit->at) || !fits (visit->department) ||
      !fits (visit->doctor))
    return leave_out (self);
  if (!number_of (self, DISC_LIST_DEPARTMENT, facility, visit->department, &row.department,
                  &has_room, error) ||
      !number_of (self, DISC_LIST_DOCTOR, facility, visit->doctor, &row.doctor, &has_room, error))
    return FALSE;
  if (!has_room)
    return leave_out (self);

  row.at = g_string_chunk_insert (self->texts, visit->at);
  g_array_append_val (self->visits, row);
  return self->visits->len < VISITS_AT_ONCE || write_visits (self, error);
}

gboolean
disc_list_writer_add_doctor (DiscListWriter *self, const char *facility,
                             const DiscDoctorPatient *patient, GError **error)
{
  DiscStatement *s = self->insert_doctor;
  gboolean has_room = TRUE;
  guint32 doctor;

  if (!fits (facility) || !fits (patient->doctor) || !fits (patient->last_at))
    return leave_out (self);
  if (!number_of (self, DISC_LIST_DOCTOR, facility, patient->doctor, &doctor, &has_room, error))
    return FALSE;
  if (!has_room || doctor == 0)
    return leave_out (self);

  sqlite3_bind_int64 (s, 1, doctor);
  sqlite3_bind_int64 (s, 2, patient->pno);
  sqlite3_bind_int64 (s, 3, patient->state);
  disc_statement_bind_text (s, 4, patient->last_at);
  sqlite3_bind_int64 (s, 5, patient->rid);
  return disc_statement_run (s, error);
}

gboolean
disc_list_writer_finish (DiscListWriter *self, GError **error)
{
  return write_visits (self, error);
}

guint
disc_list_writer_n_left_out (const DiscListWriter *self)
{
  return self->n_left_out;
}
