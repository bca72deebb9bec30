/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-export.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "disc-error.h"
#include "disc-picture.h"
#include "imp-error.h"

#define JOINER "\n"

typedef struct
{
  DiscReader *reader;
  const char *const *ids;
  FILE *out;
  guint n_losses;         /* findings about damage of the disc itself */
} Export;

static gboolean
write_line (Export *export, cJSON *object, GError **error)
{
  char *text = cJSON_PrintUnformatted (object);
  gboolean written = text != NULL && fputs (text, export->out) >= 0 &&
                     fputc ('\n', export->out) != EOF;
  int saved_errno = errno;

  cJSON_free (text);
  cJSON_Delete (object);
  if (!written)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "output: %s",
                 g_strerror (saved_errno));
  return written;
}

static void
add_text (cJSON *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    cJSON_AddStringToObject (object, name, text);
}

static cJSON *
new_line (const char *type)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "type", type);
  return object;
}

/* ---- records -------------------------------------------------------------------------------- */

/* Every field once, at the place of its first value. */
static void
add_values (cJSON *object, const DiscValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *name = disc_field_name (values[i].field);
      g_autofree char *joined = NULL;

      if (name == NULL || cJSON_HasObjectItem (object, name))
        continue;
      joined = disc_values_join (values, n, values[i].field, JOINER);
      add_text (object, name, joined);
    }
}

static void
add_items (cJSON *object, const DiscRecord *record)
{
  cJSON *items = cJSON_AddArrayToObject (object, "items");

  for (guint i = 0; i < record->n_items; i++)
    {
      cJSON *item = cJSON_CreateObject ();

      add_values (item, record->items[i].values, record->items[i].n_values);
      cJSON_AddItemToArray (items, item);
    }
}

static void
add_lines (cJSON *object, const char *name, const char *lines)
{
  cJSON *array = cJSON_AddArrayToObject (object, name);
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      cJSON_AddItemToArray (array, cJSON_CreateString (parts[i]));
}

static void
add_marks (cJSON *object, DiscMessageFlags flags)
{
  static const struct
  {
    DiscMessageFlags flag;
    const char *word;
  } marks[] = {
    { DISC_MESSAGE_TRUNCATED, "truncated" },
    { DISC_MESSAGE_UNDECODABLE, "undecodable" },
    { DISC_MESSAGE_TEST, "test" },
    { DISC_MESSAGE_NEWEST_LOST, "newest-version-lost" },
    { DISC_MESSAGE_MAYBE_CANCELLED, "maybe-cancelled" },
    { DISC_MESSAGE_DEMOGRAPHICS_CONFLICT, "demographics-conflict" },
    { DISC_MESSAGE_MAYBE_DUPLICATE, "maybe-duplicate" },
    { DISC_MESSAGE_OLD_LIST_ONLY, "old-list-only" },
    { DISC_MESSAGE_TYPE_MISMATCH, "type-mismatch" },
    { DISC_MESSAGE_NOT_UNDERSTOOD, "not-understood" },
    { DISC_MESSAGE_TWO_SOURCES, "two-sources" },
    { DISC_MESSAGE_SAID_BEFORE, "said-before" },
  };
  cJSON *array = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (!(flags & marks[i].flag))
        continue;
      if (array == NULL)
        array = cJSON_AddArrayToObject (object, "marks");
      cJSON_AddItemToArray (array, cJSON_CreateString (marks[i].word));
    }
}

static void
add_source (cJSON *object, const DiscMessage *message)
{
  cJSON *source = cJSON_AddObjectToObject (object, "source");
  char condition[2] = { message->condition, '\0' };

  add_text (source, "path", message->path);
  add_text (source, "entry", message->entry);
  add_text (source, "format", disc_source_format_name (message->format));
  add_text (source, "data_type", message->data_type);
  add_text (source, "care_date", message->care_date);
  add_text (source, "sent_at", message->sent_at);
  add_text (source, "condition_flag", condition);
}

/* Their bytes are no lines of text; what there is to know of each is told. */
static void
add_pictures (cJSON *object, const GPtrArray *pictures)
{
  cJSON *array = cJSON_AddArrayToObject (object, "picture_list");

  for (guint i = 0; i < pictures->len; i++)
    {
      const DiscPicture *picture = g_ptr_array_index (pictures, i);
      cJSON *one = cJSON_CreateObject ();

      cJSON_AddNumberToObject (one, "number", picture->number);
      add_text (one, "media_type", picture->media_type);
      cJSON_AddNumberToObject (one, "width", picture->width);
      cJSON_AddNumberToObject (one, "height", picture->height);
      if (picture->original_width > 0)
        {
          cJSON_AddNumberToObject (one, "original_width", picture->original_width);
          cJSON_AddNumberToObject (one, "original_height", picture->original_height);
        }
      if (picture->page > 0)
        cJSON_AddNumberToObject (one, "page", picture->page);
      add_text (one, "name", picture->name);
      cJSON_AddNumberToObject (one, "bytes", (double) picture->size);
      add_text (one, "absent", picture->absent);
      cJSON_AddItemToArray (array, one);
    }
}

/* @patient: NULL for a disputed record: it is nobody's. */
static cJSON *
record_line (const DiscRecord *record, const DiscMessage *message, const DiscPatient *patient)
{
  cJSON *object = new_line ("record");

  if (patient != NULL)
    {
      cJSON_AddStringToObject (object, "patient", patient->id);
      add_text (object, "facility", patient->facility);
    }
  add_text (object, "kind", disc_kind_name (record->kind));
  cJSON_AddBoolToObject (object, "live", record->live);
  add_text (object, "status", disc_status_name (record->status));
  add_values (object, record->values, record->n_values);
  add_items (object, record);
  add_source (object, message);
  if (patient == NULL)
    {
      cJSON_AddBoolToObject (object, "disputed", TRUE);
      add_lines (object, "disputed_ids", message->disputed_ids != NULL ? message->disputed_ids : "");
    }
  add_marks (object, message->flags);
  return object;
}

/* A part of the disc is gone: that is a fact of the disc too. @id: (nullable) */
static gboolean
export_loss (Export *export, const char *id, const char *facility, const char *detail,
             GError **error)
{
  cJSON *object = new_line ("finding");

  export->n_losses++;
  cJSON_AddStringToObject (object, "severity", "error");
  cJSON_AddStringToObject (object, "code", "damaged");
  add_text (object, "facility", facility);
  add_text (object, "patient", id);
  cJSON_AddStringToObject (object, "detail", detail);
  return write_line (export, object, error);
}

static gboolean
is_damage (const GError *error)
{
  return error->domain == DISC_ERROR &&
         (error->code == DISC_ERROR_CORRUPT || error->code == DISC_ERROR_TRUNCATED ||
          error->code == DISC_ERROR_ALTERED || error->code == DISC_ERROR_FOREIGN ||
          error->code == DISC_ERROR_SWAPPED);
}

/* What tells of pictures may be lost where the chart is whole. */
static gboolean
export_pictures (Export *export, cJSON *object, const DiscRecord *record,
                 const DiscMessage *message, const DiscPatient *patient, GError **error)
{
  g_autoptr (GError) damage = NULL;
  g_autoptr (GPtrArray) pictures = disc_reader_load_pictures (export->reader, message->rid, &damage);
  g_autofree char *detail = NULL;

  if (pictures != NULL)
    {
      disc_pictures_keep (pictures, disc_picture_first (record), disc_picture_count (record));
      add_pictures (object, pictures);
      return TRUE;
    }
  if (disc_reader_container (export->reader) == NULL || !is_damage (damage))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return FALSE;
    }
  detail = g_strdup_printf ("what is known of the pictures of message %" G_GINT64_FORMAT
                            " lies in a damaged part of the disc", message->rid);
  return export_loss (export, patient != NULL ? patient->id : NULL,
                      patient != NULL ? patient->facility : NULL, detail, error);
}

static gboolean
export_chart (Export *export, const DiscChart *chart, const DiscPatient *patient, GError **error)
{
  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    {
      const DiscRecord *record = disc_chart_record (chart, i);
      const DiscMessage *message = disc_chart_message (chart, record->message);
      cJSON *object = record_line (record, message, patient);

      if (disc_record_value (record, DISC_FIELD_PICTURES) != NULL &&
          !export_pictures (export, object, record, message, patient, error))
        {
          cJSON_Delete (object);
          return FALSE;
        }
      if (!write_line (export, object, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- patients ------------------------------------------------------------------------------- */

static const char *
place_name (DiscPlace place)
{
  switch (place)
    {
    case DISC_PLACE_IN:
      return "in";
    case DISC_PLACE_LEAVE:
      return "leave";
    case DISC_PLACE_OUT:
      return "out";
    case DISC_PLACE_UNKNOWN:
    default:
      return NULL;
    }
}

/* The three states; nothing recorded is never "none". */
static const char *
allergy_state (DiscPatientFlags flags)
{
  if (flags & DISC_PATIENT_ALLERGY_LISTED)
    return "listed";
  return flags & DISC_PATIENT_ALLERGY_NONE_STATED ? "none-stated" : "not-recorded";
}

/* Other than M, F, O: the word of the source stands beside "U" (unknown). */
static void
add_sex (cJSON *object, const char *sex)
{
  if (sex == NULL)
    return;
  if (strcmp (sex, "M") == 0 || strcmp (sex, "F") == 0 || strcmp (sex, "O") == 0 ||
      strcmp (sex, "U") == 0)
    cJSON_AddStringToObject (object, "sex", sex);
  else
    {
      cJSON_AddStringToObject (object, "sex", "U");
      cJSON_AddStringToObject (object, "sex_as_sent", sex);
    }
}

static cJSON *
patient_line (const DiscPatient *patient)
{
  cJSON *object = new_line ("patient");
  cJSON *place;

  cJSON_AddStringToObject (object, "id", patient->id);
  add_text (object, "facility", patient->facility);
  add_text (object, "name", patient->name);
  add_text (object, "kana", patient->kana);
  add_text (object, "birth_date", patient->birth_date);
  add_sex (object, patient->sex);
  add_text (object, "address", patient->address);
  add_text (object, "phone", patient->phone);
  add_text (object, "blood_type", patient->blood_type);
  if (patient->former_names != NULL)
    add_lines (object, "other_names", patient->former_names);
  add_text (object, "demographics_from", patient->demographics_from);
  cJSON_AddStringToObject (object, "allergies", allergy_state (patient->flags));
  if (patient->flags & DISC_PATIENT_NO_DEMOGRAPHICS)
    cJSON_AddBoolToObject (object, "lacks_basic_data", TRUE);
  if (patient->flags & DISC_PATIENT_DEMOGRAPHICS_CONFLICT)
    cJSON_AddBoolToObject (object, "demographics_conflict", TRUE);
  if (patient->flags & DISC_PATIENT_NO_NUMBER)
    cJSON_AddBoolToObject (object, "lacks_number", TRUE);
  if (patient->flags & DISC_PATIENT_ANY_DEATH)
    cJSON_AddBoolToObject (object, "died", TRUE);
  if (patient->flags & DISC_PATIENT_TEST)
    cJSON_AddBoolToObject (object, "test", TRUE);
  if (patient->n_disputed > 0)
    cJSON_AddNumberToObject (object, "disputed_messages", patient->n_disputed);

  if (patient->place == DISC_PLACE_UNKNOWN && patient->last_seen_at == NULL)
    return object;
  place = cJSON_AddObjectToObject (object, "place");
  add_text (place, "state", place_name (patient->place));
  add_text (place, "ward", patient->ward);
  add_text (place, "room", patient->room);
  add_text (place, "bed", patient->bed);
  add_text (place, "at", patient->place_at);
  add_text (place, "department", patient->department);
  add_text (place, "doctor", patient->doctor);
  add_text (place, "last_seen_at", patient->last_seen_at);
  return object;
}

static gboolean
export_lost (Export *export, const DiscChart *chart, const DiscPatient *patient, GError **error)
{
  g_autofree char *contents = NULL;
  g_autofree char *detail = NULL;

  if (disc_chart_lost (chart) == NULL)
    return TRUE;

  contents = disc_contents_write (disc_chart_lost (chart));
  g_strdelimit (contents, "\n", ',');
  detail = g_strdup_printf ("messages in a damaged part of the disc: %s", contents);
  return export_loss (export, patient != NULL ? patient->id : NULL,
                      patient != NULL ? patient->facility : NULL, detail, error);
}

/* Everybody else can still be read. */
static gboolean
go_on (Export *export, guint32 pno, GError *damage, GError **error)
{
  g_autofree char *detail = NULL;

  if (disc_reader_container (export->reader) == NULL || !is_damage (damage))
    {
      g_propagate_error (error, damage);
      return FALSE;
    }

  detail = g_strdup_printf ("patient number %u lies in a damaged part of the disc", pno);
  g_error_free (damage);
  return export_loss (export, NULL, NULL, detail, error);
}

static gboolean
load_demographics_from (Export *export, DiscPatient *patient, GError **error)
{
  GError *damage = NULL;

  return disc_reader_load_demographics_from (export->reader, patient, &damage) ||
         go_on (export, patient->pno, damage, error);
}

static gboolean
export_patient (Export *export, guint32 pno, GError **error)
{
  GError *damage = NULL;
  g_autoptr (DiscPatient) patient = disc_reader_load_patient (export->reader, pno, &damage);
  g_autoptr (DiscChart) chart = NULL;

  if (patient == NULL)
    return go_on (export, pno, damage, error);
  /* An id that only disputed messages name is nobody's: its messages come with the disputed. */
  if (patient->flags & DISC_PATIENT_DISPUTED_ONLY)
    return TRUE;
  if (!load_demographics_from (export, patient, error) ||
      !write_line (export, patient_line (patient), error))
    return FALSE;
  chart = disc_reader_load_chart (export->reader, pno, &damage);
  if (chart == NULL)
    return go_on (export, pno, damage, error);
  return export_chart (export, chart, patient, error) &&
         export_lost (export, chart, patient, error);
}

/* ---- findings and the rest ------------------------------------------------------------------ */

static cJSON *
finding_line (const DiscFinding *finding)
{
  cJSON *object = new_line ("finding");

  add_text (object, "severity", finding->severity);
  add_text (object, "code", finding->code);
  add_text (object, "path", finding->path);
  add_text (object, "entry", finding->entry);
  add_text (object, "facility", finding->facility);
  add_text (object, "patient", finding->patient);
  add_text (object, "detail", finding->detail);
  return object;
}

static gboolean
is_wanted (Export *export, const char *id)
{
  return export->ids == NULL || (id != NULL && g_strv_contains (export->ids, id));
}

static gboolean
export_findings (Export *export, GError **error)
{
  g_autoptr (GPtrArray) findings = disc_reader_load_findings (export->reader, NULL, NULL, error);

  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const DiscFinding *finding = g_ptr_array_index (findings, i);

      if (is_wanted (export, finding->patient) &&
          !write_line (export, finding_line (finding), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
export_disc (Export *export, GError **error)
{
  const DiscInfo *info = disc_reader_get_info (export->reader);
  cJSON *object = new_line ("disc");

  add_text (object, "hospital", info->hospital);
  add_text (object, "facility", info->facility);
  add_text (object, "as_of", info->as_of);
  add_text (object, "window_from", info->window_from);
  add_text (object, "built_at", info->built_at);
  cJSON_AddNumberToObject (object, "format", info->format);
  add_text (object, "id", info->id);
  cJSON_AddBoolToObject (object, "sealed", info->sealed);
  return write_line (export, object, error);
}

static gboolean
export_counts (Export *export, GError **error)
{
  g_autofree char *json = disc_reader_load_counts (export->reader, error);
  cJSON *counts;
  cJSON *object;

  if (json == NULL)
    return FALSE;
  counts = cJSON_Parse (json);
  object = new_line ("counts");
  while (counts != NULL && counts->child != NULL)
    {
      cJSON *child = counts->child;

      cJSON_DetachItemViaPointer (counts, child);
      cJSON_AddItemToObject (object, child->string, child);
    }
  cJSON_Delete (counts);
  return write_line (export, object, error);
}

static gboolean
export_everybody (Export *export, GError **error)
{
  guint n = disc_reader_n_patients (export->reader);
  g_autoptr (DiscChart) disputed = NULL;

  for (guint32 pno = 1; pno <= n; pno++)
    if (!export_patient (export, pno, error))
      return FALSE;
  disputed = disc_reader_load_disputed (export->reader, NULL, error);
  return disputed != NULL && export_chart (export, disputed, NULL, error) &&
         export_lost (export, disputed, NULL, error);
}

static gboolean
export_one (Export *export, const char *id, GError **error)
{
  g_autoptr (GArray) pnos = disc_reader_find_patients (export->reader, id, error);
  g_autoptr (DiscChart) disputed = NULL;

  if (pnos == NULL)
    return FALSE;
  for (guint i = 0; i < pnos->len; i++)
    if (!export_patient (export, g_array_index (pnos, guint32, i), error))
      return FALSE;

  disputed = disc_reader_load_disputed (export->reader, id, error);
  if (disputed == NULL)
    return FALSE;
  if (pnos->len == 0 && disc_chart_n_messages (disputed) == 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "no patient with this id on the disc");
      return FALSE;
    }
  return export_chart (export, disputed, NULL, error) &&
         export_lost (export, disputed, NULL, error);
}

gboolean
imp_export (DiscReader *reader, const char *const *ids, FILE *out, GError **error)
{
  Export export = { reader, ids, out, 0 };

  if (!export_disc (&export, error))
    return FALSE;
  if (ids == NULL && !export_everybody (&export, error))
    return FALSE;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (!export_one (&export, ids[i], error))
      return FALSE;
  if (!export_findings (&export, error) || !export_counts (&export, error))
    return FALSE;

  if (fflush (out) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "output: %s",
                   g_strerror (errno));
      return FALSE;
    }
  if (export.n_losses == 0)
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "%u places; see the findings “damaged”",
               export.n_losses);
  return FALSE;
}
