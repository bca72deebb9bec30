/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-write.h"

#include <string.h>

#include "disc-error.h"
#include "disc-search.h"
#include "imp-census.h"
#include "imp-error.h"
#include "imp-picture-list.h"
#include "imp-resolve.h"
#include "imp-source.h"
#include "imp-split.h"

#define STRINGS_BYTES (32 * 1024)          /* terms of a patient are allocated in such blocks */
#define USUAL_TERMS 32                     /* of a message: room for them is made at once */
#define MAX_AHEAD 64                       /* patients prepared and not yet written */
#define MAX_AHEAD_BYTES (64 * 1024 * 1024) /* of their messages; one patient always fits */

/* Of findings that also stand as a mark on their message, so many are listed one by one. */
#define MAX_LISTED 20000

typedef struct
{
  GPtrArray *units;  /* (element-type ImpUnit) mostly one */
  GPtrArray *censuses; /* (element-type ImpCensus) of each */
  GPtrArray *terms;  /* (element-type GPtrArray) of each message of the charts, one after the other */
  GPtrArray *texts;  /* (element-type utf8) its free text */
  GStringChunk *strings; /* of both */
  guint64 cost;
} Prepared;

typedef struct
{
  ImpWrite *write;
  GMutex mutex;
  GCond changed;
  guint n_units;
  guint next_taken;
  guint next_written;
  guint64 cost;                  /* of everything taken and not yet written */
  Prepared *slots[MAX_AHEAD];
  GPtrArray *written;            /* (element-type Prepared) freed by the threads that prepare: the
                                    one that writes is the busiest */
  ImpTally *counted;             /* records of all that was prepared */
  GError *error;                 /* the first */
} Pipeline;

/* ---- preparing ------------------------------------------------------------------------------ */

static void
prepared_free (Prepared *prepared)
{
  if (prepared == NULL)
    return;
  g_ptr_array_unref (prepared->censuses);
  g_ptr_array_unref (prepared->units);
  g_ptr_array_unref (prepared->terms);
  g_ptr_array_unref (prepared->texts);
  g_string_chunk_free (prepared->strings);
  g_free (prepared);
}

/* What each preparing thread keeps from patient to patient. */
typedef struct
{
  ImpSpillCoder *coder;
  DiscTermMemory *memory;
  GString *text;
  ImpTally *tally;
} Tools;

/* Counted here and not when they are written; a message the disc refuses is taken back. */
static void
count_records (const ImpUnit *unit, ImpTally *tally)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->records_len > 0 && message->fate == IMP_FATE_ON_DISC)
        imp_tally_records (tally, message);
    }
}

static void
extract_terms (Prepared *prepared, const ImpUnit *unit, const Tools *tools)
{
  for (guint i = 0; i < unit->chart->len; i++)
    {
      const ImpMessage *message = g_ptr_array_index (unit->chart, i);
      GPtrArray *terms = g_ptr_array_sized_new (USUAL_TERMS);

      g_string_truncate (tools->text, 0);
      disc_terms_extract (tools->memory, message->records, message->records_len, prepared->strings,
                          terms, tools->text);
      g_ptr_array_add (prepared->terms, terms);
      g_ptr_array_add (prepared->texts,
                       g_string_chunk_insert_len (prepared->strings, tools->text->str,
                                                  (gssize) tools->text->len));
    }
}

static Prepared *
prepare (Pipeline *pipeline, guint index, const Tools *tools, GError **error)
{
  const ImpSpillUnit *place = imp_spill_unit (pipeline->write->spill, index);
  ImpUnit *unit = imp_unit_load (pipeline->write->spill, tools->coder, place, error);
  Prepared *prepared;

  if (unit == NULL)
    return NULL;

  prepared = g_new0 (Prepared, 1);
  prepared->units = imp_split_unit (unit, pipeline->write->roots);
  prepared->censuses = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_census_free);
  prepared->cost = place->n_bytes;
  prepared->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  prepared->texts = g_ptr_array_new ();
  prepared->strings = g_string_chunk_new (STRINGS_BYTES);
  for (guint i = 0; i < prepared->units->len; i++)
    {
      ImpUnit *part = g_ptr_array_index (prepared->units, i);

      imp_resolve_states (part, pipeline->write->window);
      count_records (part, tools->tally);
      part->data_time = pipeline->write->data_time;
      imp_resolve_facts (part);
      imp_tally_ward (tools->tally, part);
      g_ptr_array_add (prepared->censuses, imp_census_new (part));
      extract_terms (prepared, part, tools);
    }
  return prepared;
}

static GPtrArray *
new_written (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) prepared_free);
}

static void
stop_pipeline (Pipeline *pipeline, GError *error)
{
  g_mutex_lock (&pipeline->mutex);
  if (pipeline->error == NULL)
    pipeline->error = error;
  else
    g_error_free (error);
  g_cond_broadcast (&pipeline->changed);
  g_mutex_unlock (&pipeline->mutex);
}

/* With the mutex held. */
static gboolean
has_room (Pipeline *pipeline)
{
  guint64 cost;

  if (pipeline->next_taken == pipeline->next_written)
    return TRUE;
  if (pipeline->next_taken - pipeline->next_written >= MAX_AHEAD)
    return FALSE;
  cost = imp_spill_unit (pipeline->write->spill, pipeline->next_taken)->n_bytes;
  return pipeline->cost + cost <= MAX_AHEAD_BYTES;
}

/* @written: (out) (transfer full): what was written meanwhile, to be freed.
 * Returns: FALSE when there is nothing left to prepare */
static gboolean
take_index (Pipeline *pipeline, guint *index, GPtrArray **written)
{
  gboolean taken = FALSE;

  g_mutex_lock (&pipeline->mutex);
  while (pipeline->error == NULL && pipeline->next_taken < pipeline->n_units &&
         !has_room (pipeline))
    g_cond_wait (&pipeline->changed, &pipeline->mutex);
  if (pipeline->error == NULL && pipeline->next_taken < pipeline->n_units)
    {
      *index = pipeline->next_taken++;
      pipeline->cost += imp_spill_unit (pipeline->write->spill, *index)->n_bytes;
      taken = TRUE;
    }
  *written = pipeline->written;
  pipeline->written = new_written ();
  g_mutex_unlock (&pipeline->mutex);
  return taken;
}

static gpointer
run_preparer (gpointer data)
{
  Pipeline *pipeline = data;
  g_autoptr (ImpSpillCoder) coder = imp_spill_coder_new ();
  g_autoptr (DiscTermMemory) memory = disc_term_memory_new ();
  g_autoptr (ImpTally) tally = imp_tally_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  const Tools tools = { coder, memory, text, tally };
  GPtrArray *written = NULL;
  guint index;

  g_strlcpy (tally->now, pipeline->write->tally->now, sizeof tally->now);
  g_strlcpy (tally->as_of, pipeline->write->window->as_of, sizeof tally->as_of);
  while (take_index (pipeline, &index, &written))
    {
      GError *error = NULL;
      Prepared *prepared;

      g_clear_pointer (&written, g_ptr_array_unref);
      prepared = prepare (pipeline, index, &tools, &error);
      if (prepared == NULL)
        {
          stop_pipeline (pipeline, error);
          break;
        }
      g_mutex_lock (&pipeline->mutex);
      pipeline->slots[index % MAX_AHEAD] = prepared;
      g_cond_broadcast (&pipeline->changed);
      g_mutex_unlock (&pipeline->mutex);
    }
  g_clear_pointer (&written, g_ptr_array_unref);
  g_mutex_lock (&pipeline->mutex);
  imp_tally_merge (pipeline->counted, tally);
  g_mutex_unlock (&pipeline->mutex);
  return NULL;
}

/* (transfer full): the next patient in order; NULL when the pipeline was stopped. */
static Prepared *
take_prepared (Pipeline *pipeline)
{
  guint slot = pipeline->next_written % MAX_AHEAD;
  Prepared *prepared;

  g_mutex_lock (&pipeline->mutex);
  while (pipeline->error == NULL && pipeline->slots[slot] == NULL)
    g_cond_wait (&pipeline->changed, &pipeline->mutex);
  prepared = pipeline->error == NULL ? g_steal_pointer (&pipeline->slots[slot]) : NULL;
  g_mutex_unlock (&pipeline->mutex);
  return prepared;
}

static void
release_prepared (Pipeline *pipeline, Prepared *prepared)
{
  g_mutex_lock (&pipeline->mutex);
  pipeline->cost -= prepared->cost;
  pipeline->next_written++;
  g_ptr_array_add (pipeline->written, prepared);
  g_cond_broadcast (&pipeline->changed);
  g_mutex_unlock (&pipeline->mutex);
}

/* ---- findings ------------------------------------------------------------------------------- */

static gboolean
is_marked_on_message (ImpFindingCode code)
{
  return code == IMP_FINDING_NOT_UNDERSTOOD || code == IMP_FINDING_TYPE_MISMATCH ||
         code == IMP_FINDING_DATE_MISMATCH || code == IMP_FINDING_TEST_MESSAGE ||
         code == IMP_FINDING_UNDECODABLE;
}

gboolean
imp_write_disc_finding (ImpWrite *self, const DiscFinding *finding, ImpFindingCode code, GError **error)
{
  imp_tally_finding (self->tally, code, finding->detail);
  if (is_marked_on_message (code) && self->tally->findings[code] > MAX_LISTED)
    return TRUE;
  return disc_writer_add_finding (self->writer, finding, error);
}

gboolean
imp_write_finding (ImpWrite *self, ImpFindingCode code, ImpSeverity severity, const char *path,
                   const char *detail, GError **error)
{
  DiscFinding finding = {
    .severity = imp_severity_name (severity),
    .code = imp_finding_code_name (code),
    .path = path,
    .detail = detail,
  };

  return imp_write_disc_finding (self, &finding, code, error);
}

static gboolean
write_message_finding (ImpWrite *self, const ImpUnit *unit, const ImpMessage *message,
                       ImpFindingCode code, ImpSeverity severity, const char *detail,
                       GError **error)
{
  char entry[IMP_MESSAGE_PLACE_MAX];
  DiscFinding finding = {
    .severity = imp_severity_name (severity),
    .code = imp_finding_code_name (code),
    .path = message != NULL ? message->path : NULL,
    .facility = unit->facility,
    .patient = *unit->id != '\0' ? unit->id : NULL,
    .detail = detail != NULL && *detail != '\0' ? detail : NULL,
  };

  finding.entry = message != NULL ? imp_message_place (message, entry) : NULL;
  return imp_write_disc_finding (self, &finding, code, error);
}

/* Findings about messages that are not on the disc would lead nowhere; refused files have none. */
static gboolean
write_findings (ImpWrite *self, const ImpUnit *unit, GError **error)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->fate != IMP_FATE_ON_DISC)
        continue;
      for (guint j = 0; j < message->n_findings; j++)
        if (!write_message_finding (self, unit, message, message->findings[j].code,
                                    message->findings[j].severity, message->findings[j].detail,
                                    error))
          return FALSE;
    }

  for (guint i = 0; i < unit->findings->len; i++)
    {
      const ImpUnitFinding *finding = &g_array_index (unit->findings, ImpUnitFinding, i);

      if (finding->message != NULL && finding->message->fate != IMP_FATE_ON_DISC)
        continue;
      if (!write_message_finding (self, unit, finding->message, finding->code, finding->severity,
                                  finding->detail, error))
        return FALSE;
    }

  if (unit->n_overfull > 0)
    {
      g_autofree char *detail =
          g_strdup_printf ("%u messages left out: more than the ceiling for one patient",
                           unit->n_overfull);

      return write_message_finding (self, unit, NULL, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR,
                                    detail, error);
    }
  return TRUE;
}

/* What the one thread that writes has in hand. */
typedef struct
{
  ImpWrite *write;
  ImpSpillCoder *coder;
  ImpPictureList *pictures;
} Output;

/* ---- messages ------------------------------------------------------------------------------- */

/* (transfer full): every different id of folder, file name and message, a line each; NULL where there
 * is none. */
static char *
join_ids (const ImpMessage *message)
{
  g_auto (GStrv) ids = imp_message_ids (message);

  return ids[0] != NULL ? g_strjoinv ("\n", ids) : NULL;
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static gboolean
write_message (Output *output, const ImpUnit *unit, ImpMessage *message, GPtrArray *terms,
               const char *text, GError **error)
{
  ImpWrite *self = output->write;
  g_autofree char *ids = NULL;
  g_autoptr (GError) local = NULL;
  char care_day[DISC_DATE_MAX];
  char entry[IMP_MESSAGE_PLACE_MAX];
  DiscMessage out = {
    .format = message->format,
    .flags = message->flags,
    .condition = message->condition,
    .path = message->path,
    .data_type = or_null (message->type),
    .sent_at = or_null (message->sent_at),
    .records = message->records,
    .records_len = message->records_len,
    .source = message->source,
    .source_len = message->source_len,
  };

  imp_window_care_day (message->care_date, care_day);
  out.care_date = or_null (care_day);
  out.entry = imp_message_place (message, entry);
  if (message->flags & DISC_MESSAGE_DISPUTED)
    out.disputed_ids = ids = join_ids (message);

  if (disc_writer_add_message (self->writer, &out, terms, text, &local))
    {
      self->tally->fates[IMP_FATE_ON_DISC]++;
      imp_picture_list_add (output->pictures, message, disc_writer_last_rid (self->writer),
                            unit->facility, *unit->id != '\0' ? unit->id : NULL);
      return TRUE;
    }
  if (!g_error_matches (local, DISC_ERROR, DISC_ERROR_LIMIT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  message->fate = IMP_FATE_OVERFULL;
  self->tally->fates[IMP_FATE_OVERFULL]++;
  imp_tally_take_back (self->tally, message);
  return imp_write_finding (self, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR, message->path,
                            local->message, error);
}

static void
count_fates (ImpWrite *self, const ImpUnit *unit)
{
  guint n_outside = 0;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      ImpRootTally *root;

      if (message->records_len == 0 || message->fate == IMP_FATE_ON_DISC)
        continue;
      self->tally->fates[message->fate]++;
      if (message->fate != IMP_FATE_OUTSIDE)
        continue;
      root = imp_tally_root (self->tally, message->root);
      imp_tally_type (root, message->type)->n_outside++;
      n_outside++;
    }
  self->tally->fates[IMP_FATE_OVERFULL] += unit->n_overfull;
  self->tally->n_patients_outside += n_outside > 0 && !unit->has_patient ? 1 : 0;
}

static void
count_patient (ImpWrite *self, const ImpUnit *unit)
{
  if (unit->chart->len == 0)
    {
      self->tally->n_patients_disputed_only++;
      return;
    }

  self->tally->n_patients++;
  if (unit->lacks_basics)
    {
      const ImpMessage *first = g_ptr_array_index (unit->chart, 0);

      self->tally->n_patients_bare++;
      imp_tally_root (self->tally, first->root)->n_patients_bare++;
    }
}

/* Disputed messages are laid aside once more: they come behind all patients, so that the rows of a
 * chart lie together on the disc. */
static gboolean
lay_aside_disputed (ImpWrite *self, const ImpUnit *unit, ImpSpillCoder *coder, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (unit->disputed->len == 0)
    return TRUE;

  bytes = g_byte_array_new ();
  for (guint i = 0; i < unit->disputed->len; i++)
    {
      ImpMessage message = *(const ImpMessage *) g_ptr_array_index (unit->disputed, i);

      message.n_findings = 0;
      imp_message_append (&message, bytes);
    }
  /* One chunk for each unit, so that all of it comes back whatever its size. */
  return imp_spill_put (self->disputed, coder, unit->facility, unit->id, bytes->data, bytes->len,
                        unit->disputed->len, error);
}

/* @first: where the unit's terms begin in @prepared. */
static gboolean
write_chart (Output *output, const ImpUnit *unit, const ImpCensus *census, const Prepared *prepared,
             guint first, GError **error)
{
  ImpWrite *self = output->write;
  g_autofree gint64 *rids = g_new0 (gint64, unit->chart->len);

  for (guint i = 0; i < unit->chart->len; i++)
    {
      ImpMessage *message = g_ptr_array_index (unit->chart, i);

      if (!write_message (output, unit, message, g_ptr_array_index (prepared->terms, first + i),
                          g_ptr_array_index (prepared->texts, first + i), error))
        return FALSE;
      if (message->fate == IMP_FATE_ON_DISC)
        rids[i] = disc_writer_last_rid (self->writer);
    }
  return imp_census_write (census, self->writer, rids, error);
}

static gboolean
write_unit (Output *output, ImpUnit *unit, const ImpCensus *census, const Prepared *prepared,
            guint first, GError **error)
{
  ImpWrite *self = output->write;

  count_fates (self, unit);
  if (unit->has_patient)
    {
      count_patient (self, unit);
      if (!disc_writer_begin_patient (self->writer, &unit->patient, error) ||
          !write_chart (output, unit, census, prepared, first, error))
        return FALSE;
    }
  return lay_aside_disputed (self, unit, output->coder, error) && write_findings (self, unit, error);
}

static gboolean
write_prepared (Output *output, const Prepared *prepared, GError **error)
{
  guint first = 0;

  for (guint i = 0; i < prepared->units->len; i++)
    {
      ImpUnit *unit = g_ptr_array_index (prepared->units, i);

      if (!write_unit (output, unit, g_ptr_array_index (prepared->censuses, i), prepared, first, error))
        return FALSE;
      first += unit->chart->len;
    }
  return TRUE;
}

static gboolean
write_disputed (Output *output, GError **error)
{
  ImpWrite *self = output->write;

  for (guint i = 0; i < imp_spill_n_units (self->disputed); i++)
    {
      const ImpSpillUnit *place = imp_spill_unit (self->disputed, i);
      g_autoptr (ImpUnit) unit = imp_unit_load (self->disputed, output->coder, place, error);

      if (unit == NULL || imp_source_is_cancelled (self->cancellable, error) ||
          !disc_writer_begin_disputed (self->writer, place->facility, error))
        return FALSE;
      for (guint j = 0; j < unit->messages->len; j++)
        {
          ImpMessage *message = &g_array_index (unit->messages, ImpMessage, j);

          if (!write_message (output, unit, message, NULL, NULL, error))
            return FALSE;
          self->tally->n_disputed += message->fate == IMP_FATE_ON_DISC ? 1 : 0;
        }
    }
  return TRUE;
}

/* The error stays in the pipeline, so that the other threads go on stopping. */
static void
tell_error (Pipeline *pipeline, GError **error)
{
  g_mutex_lock (&pipeline->mutex);
  g_propagate_error (error, g_error_copy (pipeline->error));
  g_mutex_unlock (&pipeline->mutex);
}

static gboolean
write_units (Pipeline *pipeline, Output *output, GError **error)
{
  ImpWrite *self = pipeline->write;

  while (pipeline->next_written < pipeline->n_units)
    {
      Prepared *prepared;
      gboolean written;

      if (imp_source_is_cancelled (self->cancellable, error))
        return FALSE;
      prepared = take_prepared (pipeline);
      if (prepared == NULL)
        {
          tell_error (pipeline, error);
          return FALSE;
        }
      written = write_prepared (output, prepared, error);
      release_prepared (pipeline, prepared);
      if (!written)
        return FALSE;
      g_atomic_int_inc (&self->n_done);
    }
  return TRUE;
}

guint64
imp_write_image_budget (guint64 disc_bytes, guint64 volume_bytes)
{
  if (volume_bytes == 0)
    return IMP_USUAL_IMAGE_BYTES;
  /* A quarter for parity, pages that are not full, and search indexes that are still to come. */
  if (disc_bytes < volume_bytes / 4 * 3)
    return (volume_bytes - disc_bytes) / 4 * 3;
  return volume_bytes / 4 * 3;
}

static gboolean
write_pictures (Output *output, GError **error)
{
  ImpWrite *self = output->write;
  guint64 budget = self->max_image_bytes >= 0
                       ? (guint64) self->max_image_bytes
                       : imp_write_image_budget (disc_writer_bytes (self->writer), self->volume_bytes);

  imp_picture_list_choose (output->pictures, budget);
  self->tally->picture_budget = budget;
  return imp_picture_list_write (output->pictures, self, error);
}

gboolean
imp_write_run (ImpWrite *self, GError **error)
{
  Pipeline pipeline = { .write = self, .n_units = imp_spill_n_units (self->spill),
                        .written = new_written (), .counted = imp_tally_new () };
  g_autoptr (ImpSpillCoder) coder = imp_spill_coder_new ();
  g_autoptr (ImpPictureList) pictures = imp_picture_list_new ();
  Output output = { self, coder, pictures };
  g_autofree GThread **threads = g_new0 (GThread *, self->n_threads);
  gboolean done;

  imp_tally_newest_sent (self->tally, self->data_time);
  imp_tally_newer (self->data_time, self->tally->exported_at, sizeof self->data_time);
  if (*self->data_time == '\0' || strcmp (self->data_time, self->window->as_of) > 0)
    g_strlcpy (self->data_time, self->window->as_of, sizeof self->data_time);
  g_mutex_init (&pipeline.mutex);
  g_cond_init (&pipeline.changed);
  for (guint i = 0; i < self->n_threads; i++)
    threads[i] = g_thread_new ("prepare", run_preparer, &pipeline);

  done = write_units (&pipeline, &output, error);
  if (!done)
    stop_pipeline (&pipeline, g_error_new (IMP_ERROR, IMP_ERROR_CANCELLED, "stopped"));

  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < MAX_AHEAD; i++)
    prepared_free (pipeline.slots[i]);
  imp_tally_merge (self->tally, pipeline.counted);
  imp_tally_free (pipeline.counted);
  g_ptr_array_unref (pipeline.written);
  g_clear_error (&pipeline.error);
  g_mutex_clear (&pipeline.mutex);
  g_cond_clear (&pipeline.changed);

  return done && write_disputed (&output, error) && write_pictures (&output, error);
}
