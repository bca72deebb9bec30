/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-verify.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-lists.h"
#include "disc-format.h"
#include "disc-picture.h"
#include "imp-error.h"

#define MAX_PLACES 200

static void
touched_free (gpointer data)
{
  ImpTouched *touched = data;

  g_free (touched->id);
  g_free (touched->facility);
  g_free (touched->contents);
  g_free (touched);
}

ImpVerified *
imp_verified_new (void)
{
  ImpVerified *self = g_new0 (ImpVerified, 1);

  self->touched = g_ptr_array_new_with_free_func (touched_free);
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->spare_intact = self->manifest_intact = TRUE;
  return self;
}

void
imp_verified_free (ImpVerified *self)
{
  g_ptr_array_unref (self->touched);
  g_ptr_array_unref (self->places);
  g_free (self);
}

const char *
imp_verdict_name (ImpVerdict verdict)
{
  static const char *const names[] = { "intact",  "unsealed",  "repairable",
                                       "damaged", "truncated", "altered" };

  return names[verdict];
}

/* A bad thing never becomes better by what is found behind it. */
static void
worsen (ImpVerified *out, ImpVerdict verdict)
{
  out->verdict = MAX (out->verdict, verdict);
}

static G_GNUC_PRINTF (2, 3) void
add_place (ImpVerified *out, const char *format, ...)
{
  g_autofree char *place = NULL;
  va_list args;

  if (out->places->len >= MAX_PLACES)
    return;
  va_start (args, format);
  place = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (out->places, out->volume > 0 ? g_strdup_printf ("volume %u: %s", out->volume, place)
                                                : g_steal_pointer (&place));
}

void
imp_verified_fault (ImpVerified *self, const GError *error)
{
  gboolean is_altered = g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED) ||
                        g_error_matches (error, DISC_ERROR, DISC_ERROR_SIGNER);

  worsen (self, is_altered ? IMP_VERDICT_ALTERED
                : g_error_matches (error, DISC_ERROR, DISC_ERROR_TRUNCATED) ? IMP_VERDICT_TRUNCATED
                                                                            : IMP_VERDICT_DAMAGED);
  add_place (self, "%s", error->message);
}

/* ---- the medium ----------------------------------------------------------------------------- */

typedef struct
{
  ImpVerified *out;
  GArray *lost;
  guint64 n_all;
  ImpVerifyProgress progress;
  gpointer user_data;
} Check;

static const char *
state_name (DiscUnitState state)
{
  switch (state)
    {
    case DISC_UNIT_REPAIRABLE:
      return "can be repaired";
    case DISC_UNIT_MISSING:
      return "lost: the file ends before it";
    case DISC_UNIT_ALTERED:
      return "altered: its parity was made to fit";
    case DISC_UNIT_DAMAGED:
    case DISC_UNIT_INTACT:
    default:
      return "lost";
    }
}

static void
on_unit (guint64 unit, DiscUnitState state, gpointer user_data)
{
  Check *check = user_data;
  ImpVerified *out = check->out;

  if (state == DISC_UNIT_REPAIRABLE)
    {
      out->n_repairable++;
      worsen (out, IMP_VERDICT_REPAIRABLE);
    }
  else
    {
      out->n_lost++;
      worsen (out, state == DISC_UNIT_MISSING   ? IMP_VERDICT_TRUNCATED
                   : state == DISC_UNIT_ALTERED ? IMP_VERDICT_ALTERED
                                                : IMP_VERDICT_DAMAGED);
      if (unit != G_MAXUINT64)
        g_array_append_val (check->lost, unit);
    }

  if (unit == G_MAXUINT64)
    add_place (out, "a unit of parity: %s", state_name (state));
  else
    add_place (out, "unit %" G_GUINT64_FORMAT ", byte %" G_GUINT64_FORMAT " of the container: %s",
               unit, disc_layout_unit_offset (unit), state_name (state));
}

static gboolean
on_progress (guint64 n_done, gpointer user_data)
{
  Check *check = user_data;

  return check->progress == NULL || check->progress (n_done, check->n_all, check->user_data);
}

static gboolean
is_same (const char *path, guint64 offset, gsize len, const guint8 *wanted)
{
  g_autofree guint8 *bytes = g_malloc (len);
  guint8 hash[DISC_HASH_BYTES];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && disc_file_read (fd, bytes, len, offset, NULL);

  if (fd >= 0)
    close (fd);
  if (!ok)
    return FALSE;
  disc_hash (bytes, len, hash, sizeof hash);
  return memcmp (hash, wanted, sizeof hash) == 0;
}

/* The head is the same in both files; sums and manifest have one hash; dictionary and table are
 * compared with what the stream holds. */
static gboolean
check_spare (DiscContainer *container, const char *folder)
{
  const DiscHeader *header = disc_container_header (container);
  const DiscRegion *regions[] = { &header->dictionary, &header->table };
  g_autofree char *path = g_build_filename (folder, DISC_SPARE_FILE, NULL);
  gsize sums = (gsize) (header->file_bytes - disc_layout_sums_offset (header->stream_bytes));
  guint64 offset = DISC_HEAD_BYTES + sums;
  guint8 hash[DISC_HASH_BYTES];

  disc_hash (disc_container_head (container), DISC_HEAD_BYTES, hash, sizeof hash);
  if (!is_same (path, 0, DISC_HEAD_BYTES, hash) ||
      !is_same (path, DISC_HEAD_BYTES, sums, header->sums_hash) ||
      !disc_container_has_manifest_copy (container, folder))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree guint8 *bytes = g_malloc (regions[i]->stored + 1);

      if (regions[i]->raw == 0)
        continue;
      if (!disc_units_read (disc_container_units (container), regions[i]->offset, bytes,
                            (gsize) regions[i]->stored, NULL))
        return TRUE; /* told as lost units already */
      disc_hash (bytes, (gsize) regions[i]->stored, hash, sizeof hash);
      if (!is_same (path, offset, (gsize) regions[i]->stored, hash))
        return FALSE;
      offset += regions[i]->stored;
    }

  return TRUE;
}

static void
check_manifest (DiscContainer *container, const char *folder, ImpVerified *out)
{
  gboolean from_copy = FALSE;

  if (!disc_container_check_manifest (container, folder, &from_copy, NULL))
    {
      out->manifest_intact = FALSE;
      worsen (out, IMP_VERDICT_ALTERED);
      add_place (out, "%s: not the one that was signed", DISC_MANIFEST_FILE);
    }
  else if (from_copy)
    {
      out->manifest_intact = FALSE;
      worsen (out, IMP_VERDICT_REPAIRABLE);
      add_place (out, "%s: missing or damaged; its second copy is used", DISC_MANIFEST_FILE);
    }
}

gboolean
imp_verify_medium (DiscContainer *container, const char *folder, GArray *lost, ImpVerified *out,
                   ImpVerifyProgress progress, gpointer user_data, GError **error)
{
  DiscUnits *units = disc_container_units (container);
  Check check = { out, lost, disc_units_n (units), progress, user_data };
  const DiscHeader *header = disc_container_header (container);
  g_autofree char *path = g_build_filename (folder, DISC_CONTAINER_FILE, NULL);
  guint8 hash[DISC_HASH_BYTES];

  out->n_units += check.n_all;
  disc_hash (disc_container_head (container), DISC_HEAD_BYTES, hash, sizeof hash);
  if (!is_same (path, 0, DISC_HEAD_BYTES, hash))
    {
      worsen (out, IMP_VERDICT_REPAIRABLE);
      add_place (out, "head of the container: its second copy is used");
    }
  if (!is_same (path, disc_layout_sums_offset (header->stream_bytes),
                (gsize) (header->file_bytes - disc_layout_sums_offset (header->stream_bytes)),
                header->sums_hash))
    {
      worsen (out, IMP_VERDICT_REPAIRABLE);
      add_place (out, "sums of the container: their second copy is used");
    }

  if (!disc_units_check (units, on_unit, on_progress, &check))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, "stopped");
      return FALSE;
    }

  if (!check_spare (container, folder))
    {
      out->spare_intact = FALSE;
      worsen (out, IMP_VERDICT_REPAIRABLE);
      add_place (out, "%s: not as it was written", DISC_SPARE_FILE);
    }
  check_manifest (container, folder, out);
  return TRUE;
}

/* ---- whom it touches ------------------------------------------------------------------------ */

static ImpTouched *
add_touched (ImpVerified *out, const DiscPatient *patient, const DiscContents *contents)
{
  ImpTouched *touched = g_new0 (ImpTouched, 1);

  touched->id = g_strdup (patient != NULL ? patient->id : NULL);
  touched->facility = g_strdup (patient != NULL ? patient->facility : NULL);
  touched->contents = contents != NULL ? disc_contents_write (contents) : NULL;
  g_ptr_array_add (out->touched, touched);
  return touched;
}

/* Pictures of the messages of @chart that this volume should have. */
static guint
count_lost_pictures (DiscReader *reader, const DiscChart *chart)
{
  guint n_lost = 0;

  for (guint i = 0; i < disc_chart_n_records (chart); i++)
    {
      const DiscRecord *record = disc_chart_record (chart, i);
      guint n = disc_picture_count (record), lost = 0;

      if (n > 0 &&
          disc_reader_count_lost_pictures (reader, disc_chart_message (chart, record->message)->rid,
                                           disc_picture_first (record), n, &lost, NULL))
        n_lost += lost;
    }
  return n_lost;
}

static void
look_at_patient (DiscReader *reader, guint32 pno, ImpVerified *out)
{
  g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, NULL);
  g_autoptr (DiscContents) lost = disc_reader_find_lost (reader, pno, NULL);
  g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, NULL);
  guint n_pictures = chart != NULL ? count_lost_pictures (reader, chart) : 0;

  if (patient == NULL || lost == NULL)
    add_touched (out, patient, NULL)->n_pictures = n_pictures;
  else if (disc_contents_total (lost) > 0 || n_pictures > 0)
    add_touched (out, patient, lost)->n_pictures = n_pictures;
}

/* On a volume from the second on. */
static gboolean
look_at_patient_of_run (DiscReader *reader, DiscReader *first, guint32 pno, ImpVerified *out,
                        GError **error)
{
  g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, NULL);
  g_autoptr (DiscContents) lost = disc_reader_find_lost (reader, pno, NULL);
  gint64 first_rid = (gint64) pno << DISC_SEQ_BITS;
  gboolean is_exact = TRUE;
  guint n_pictures = 0;
  ImpTouched *touched;

  if (!disc_reader_count_lost_pictures_of_run (reader, first, first_rid, first_rid | DISC_SEQ_MAX,
                                               &n_pictures, &is_exact, error))
    return FALSE;
  if (patient != NULL && lost != NULL && disc_contents_total (lost) == 0 && n_pictures == 0)
    return TRUE;
  touched = add_touched (out, patient, patient != NULL ? lost : NULL);
  touched->n_pictures = n_pictures;
  touched->at_least = !is_exact;
  return TRUE;
}

/* A volume from the second on has sources and pictures only. */
static gboolean
look_at_run (DiscReader *reader, DiscReader *first, gint64 first_rid, gint64 last_rid, ImpVerified *out,
             GError **error)
{
  guint32 last_pno = MIN (DISC_PNO (last_rid), disc_reader_n_patients (reader));
  g_autoptr (DiscContents) disputed = disc_contents_new ();
  gboolean is_exact = TRUE, are_exact = TRUE;
  guint n_lost = 0, n_pictures = 0;

  for (guint32 pno = DISC_PNO (first_rid); pno <= last_pno; pno++)
    if (!look_at_patient_of_run (reader, first, pno, out, error))
      return FALSE;

  if (!disc_reader_count_lost_disputed (reader, first, &n_lost, &is_exact, error) ||
      !disc_reader_count_lost_pictures_of_run (
          reader, first, MAX (first_rid, (gint64) DISC_PNO_DISPUTED << DISC_SEQ_BITS), last_rid,
          &n_pictures, &are_exact, error))
    return FALSE;
  for (guint i = 0; i < n_lost; i++)
    disc_contents_add (disputed, NULL);
  if (n_lost > 0 || n_pictures > 0)
    {
      ImpTouched *touched = add_touched (out, NULL, disputed);

      touched->n_pictures = n_pictures;
      touched->at_least = !is_exact || !are_exact;
    }
  return TRUE;
}

gboolean
imp_verify_touched (DiscReader *reader, DiscReader *first, ImpVerified *out, GError **error)
{
  gint64 first_rid, last_rid;
  guint n = disc_reader_n_patients (reader);
  g_autoptr (DiscChart) disputed = NULL;
  gboolean has_lists_whole = TRUE;
  guint n_pictures;

  out->is_unlocked = TRUE;
  if (disc_reader_run (reader, &first_rid, &last_rid))
    return look_at_run (reader, first, first_rid, last_rid, out, error);

  for (guint32 pno = 1; pno <= n; pno++)
    look_at_patient (reader, pno, out);
  if (!disc_reader_check_lists (reader, &has_lists_whole, error))
    return FALSE;
  if (!has_lists_whole)
    add_place (out, "lists by ward, day and doctor: part of them is lost");

  disputed = disc_reader_load_disputed (reader, NULL, error);
  if (disputed == NULL)
    return FALSE;
  n_pictures = count_lost_pictures (reader, disputed);
  if (disc_chart_lost (disputed) != NULL || n_pictures > 0)
    add_touched (out, NULL, disc_chart_lost (disputed))->n_pictures = n_pictures;
  return TRUE;
}
