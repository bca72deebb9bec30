/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-lists.h"

#include <string.h>

#include "disc-date.h"
#include "disc-format.h"
#include "disc-reader-private.h"

guint32
disc_list_day (const char *at)
{
  char japan[DISC_DATE_MAX];
  guint32 day = 0;

  if (at == NULL || !disc_date_is_valid (at) || strlen (at) < 10)
    return 0;
  disc_date_in_japan (at, japan);
  for (guint i = 0; i < 10; i++)
    if (japan[i] != '-')
      day = day * 10 + (guint32) (japan[i] - '0');
  return day;
}

void
disc_list_free (DiscList *self)
{
  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static DiscList *
list_new (guint row_size)
{
  DiscList *self = g_new0 (DiscList, 1);

  self->rows = g_array_new (FALSE, TRUE, row_size);
  self->texts = g_string_chunk_new (4096);
  return self;
}

gboolean
disc_reader_check_lists (DiscReader *self, gboolean *is_whole, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GError) loss = NULL;

  *is_whole = TRUE;
  if (!disc_reader_has_lists (self))
    return TRUE;
  s = disc_statement_new (disc_reader_get_db (self), "count-lists", &loss);
  if (s != NULL && disc_statement_step (s, &loss) == SQLITE_ROW)
    return TRUE;
  *is_whole = FALSE;
  if (disc_reader_is_loss (self, loss))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&loss));
  return FALSE;
}

const DiscListName *
disc_list_name (const DiscList *names, guint32 id)
{
  guint first = 0, behind = names->rows->len;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;
      const DiscListName *name = &g_array_index (names->rows, DiscListName, middle);

      if (name->id == id)
        return name;
      if (name->id < id)
        first = middle + 1;
      else
        behind = middle;
    }
  return NULL;
}

static const char *
text_of (const DiscList *names, DiscListKind kind, DiscStatement *s, int column)
{
  const DiscListName *name = disc_list_name (names, disc_statement_uint (s, column, G_MAXINT));

  return name != NULL && name->kind == kind ? name->text : NULL;
}

/* Longer texts no writer puts there: they stand for a row that cannot be. */
static const char *
text (DiscStatement *s, int column, GStringChunk *texts, gboolean *is_right)
{
  if (sqlite3_column_bytes (s, column) > DISC_LIST_TEXT_MAX_BYTES)
    {
      *is_right = FALSE;
      return NULL;
    }
  return disc_statement_text (s, column, texts);
}

/* A row that cannot be is passed over, and the list says that it is not whole. */
typedef gboolean (*ReadRow) (DiscList *list, const DiscList *names, DiscStatement *s);

static gboolean
is_row_number (gint64 rid)
{
  return rid >= (gint64) 1 << DISC_SEQ_BITS && DISC_PNO (rid) <= DISC_PNO_MAX;
}

static DiscList *
read_rows (DiscReader *self, DiscList *list, const DiscList *names, DiscStatement *s, ReadRow read,
           GError **error)
{
  g_autoptr (DiscList) owned = list;
  g_autoptr (GError) loss = NULL;
  int rc;

  while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
    {
      if (list->rows->len >= DISC_LIST_ROWS_MAX)
        {
          list->is_cut = TRUE;
          break;
        }
      if (!read (list, names, s))
        list->is_damaged = TRUE;
    }
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      if (!disc_reader_is_loss (self, loss))
        {
          g_propagate_error (error, g_steal_pointer (&loss));
          return NULL;
        }
      list->is_damaged = TRUE;
    }
  return g_steal_pointer (&owned);
}

static gboolean
read_name (DiscList *list, const DiscList *names, DiscStatement *s)
{
  gboolean is_right = TRUE;
  DiscListName name = {
    .id = disc_statement_uint (s, 0, G_MAXINT),
    .kind = (DiscListKind) disc_statement_uint (s, 1, 255),
    .facility = text (s, 2, list->texts, &is_right),
    .text = text (s, 3, list->texts, &is_right),
  };
  const DiscListName *last =
      list->rows->len > 0 ? &g_array_index (list->rows, DiscListName, list->rows->len - 1) : NULL;

  if (!is_right || name.id == 0 || name.facility == NULL || name.text == NULL ||
      (last != NULL && last->id >= name.id))
    return FALSE;
  g_array_append_val (list->rows, name);
  return TRUE;
}

DiscList *
disc_reader_load_list_names (DiscReader *self, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (self), "list-names", error);

  return s != NULL ? read_rows (self, list_new (sizeof (DiscListName)), NULL, s, read_name, error)
                   : NULL;
}

static gboolean
read_stay (DiscList *list, const DiscList *names, DiscStatement *s)
{
  gboolean is_right = TRUE;
  DiscStay stay = {
    .from_at = text (s, 0, list->texts, &is_right),
    .rid = sqlite3_column_int64 (s, 1),
    .state = (DiscStayState) disc_statement_uint (s, 2, 255),
    .end = (DiscStayEnd) disc_statement_uint (s, 3, 255),
    .flags = (DiscListFlags) disc_statement_uint (s, 4, 255),
    .to_at = text (s, 5, list->texts, &is_right),
    .room = text (s, 6, list->texts, &is_right),
    .bed = text (s, 7, list->texts, &is_right),
    .department = text_of (names, DISC_LIST_DEPARTMENT, s, 8),
    .doctor = text_of (names, DISC_LIST_DOCTOR, s, 9),
    .to_place = text (s, 10, list->texts, &is_right),
    .ward = text_of (names, DISC_LIST_WARD, s, 11),
  };

  if (!is_right || stay.from_at == NULL || stay.state == 0 || !is_row_number (stay.rid))
    return FALSE;
  g_array_append_val (list->rows, stay);
  return TRUE;
}

DiscList *
disc_reader_load_stays (DiscReader *self, const DiscList *names, guint32 ward, const char *from_day,
                        GError **error)
{
  g_autoptr (DiscStatement) s =
      disc_statement_new (disc_reader_get_db (self), "stays-of-ward", error);

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, ward);
  disc_statement_bind_text (s, 2, from_day != NULL ? from_day : "");
  return read_rows (self, list_new (sizeof (DiscStay)), names, s, read_stay, error);
}

static gboolean
read_visit (DiscList *list, const DiscList *names, DiscStatement *s)
{
  gboolean is_right = TRUE;
  DiscVisit visit = {
    .department = text_of (names, DISC_LIST_DEPARTMENT, s, 0),
    .at = text (s, 1, list->texts, &is_right),
    .rid = sqlite3_column_int64 (s, 2),
    .state = (DiscVisitState) disc_statement_uint (s, 3, 255),
    .flags = (DiscListFlags) disc_statement_uint (s, 4, 255),
    .doctor = text_of (names, DISC_LIST_DOCTOR, s, 5),
  };

  if (!is_right || visit.at == NULL || visit.state == 0 || !is_row_number (visit.rid))
    return FALSE;
  g_array_append_val (list->rows, visit);
  return TRUE;
}

DiscList *
disc_reader_load_visits (DiscReader *self, const DiscList *names, guint32 first, guint32 last,
                         GError **error)
{
  g_autoptr (DiscStatement) s =
      disc_statement_new (disc_reader_get_db (self), "visits-of-days", error);

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, first);
  sqlite3_bind_int64 (s, 2, last);
  return read_rows (self, list_new (sizeof (DiscVisit)), names, s, read_visit, error);
}

static gboolean
read_doctor_patient (DiscList *list, const DiscList *names, DiscStatement *s)
{
  gboolean is_right = TRUE;
  DiscDoctorPatient patient = {
    .pno = disc_statement_uint (s, 0, DISC_PNO_MAX),
    .state = (DiscDoctorState) disc_statement_uint (s, 1, 255),
    .last_at = text (s, 2, list->texts, &is_right),
    .rid = sqlite3_column_int64 (s, 3),
  };

  if (!is_right || patient.pno == 0 || patient.state == 0 || patient.last_at == NULL ||
      !is_row_number (patient.rid) || DISC_PNO (patient.rid) != patient.pno)
    return FALSE;
  g_array_append_val (list->rows, patient);
  return TRUE;
}

DiscList *
disc_reader_load_doctor (DiscReader *self, guint32 doctor, GError **error)
{
  g_autoptr (DiscStatement) s =
      disc_statement_new (disc_reader_get_db (self), "patients-of-doctor", error);

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, doctor);
  return read_rows (self, list_new (sizeof (DiscDoctorPatient)), NULL, s, read_doctor_patient,
                    error);
}
