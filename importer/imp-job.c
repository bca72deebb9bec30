/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-job.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "disc-error.h"
#include "disc-writer.h"
#include "imp-error.h"
#include "imp-job-private.h"
#include "imp-report.h"

#define MAX_THREADS 32
#define DISC_LEVEL 9 /* of compression (zstd): beyond it a tenth costs many times the work */

ImpJob *
imp_job_new (const ImpJobOptions *options)
{
  ImpJob *self = g_new0 (ImpJob, 1);
  guint n_sources = g_strv_length ((char **) options->from);
  guint n_jobs = options->n_jobs > 0 ? (guint) options->n_jobs : g_get_num_processors ();

  self->options = options;
  self->n_threads = CLAMP (n_jobs, 1, MAX_THREADS);
  self->cancellable = g_cancellable_new ();
  imp_window_now (self->now);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_sources; i++)
    g_ptr_array_add (self->labels, imp_source_label (options->from[i]));
  self->results = g_new0 (ImpSourceResult, n_sources);
  self->roots = imp_roots_new (options->facility);
  self->tally = imp_tally_new ();
  g_strlcpy (self->tally->now, self->now, sizeof self->tally->now);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->n_sectors = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->source_progress.done_permille = -1;
  return self;
}

void
imp_job_free (ImpJob *self)
{
  for (guint i = 0; i < self->labels->len; i++)
    imp_source_result_clear (&self->results[i]);
  g_free (self->results);
  g_ptr_array_unref (self->labels);
  g_clear_pointer (&self->spill, imp_spill_free);
  g_clear_pointer (&self->disputed, imp_spill_free);
  g_clear_pointer (&self->fhir, imp_fhir_store_free);
  g_clear_pointer (&self->systems, imp_fhir_systems_free);
  g_clear_pointer (&self->document_types, imp_document_types_free);
  imp_roots_free (self->roots);
  imp_tally_free (self->tally);
  g_ptr_array_unref (self->warnings);
  g_array_unref (self->n_sectors);
  g_free (self->report);
  g_free (self->scratch);
  imp_stop_clear (&self->stop);
  g_clear_pointer (&self->scanner, imp_scanner_free);
  g_clear_pointer (&self->previous, imp_previous_free);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
imp_job_cancel (ImpJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

GPtrArray *
imp_job_warnings (ImpJob *self)
{
  return self->warnings;
}

/* ---- before reading ------------------------------------------------------------------------- */

/* The disc must not be written into what is being read. */
static gboolean
check_target_apart (ImpJob *self, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_path (self->options->to);

  for (guint i = 0; i < self->labels->len; i++)
    {
      const char *from = self->options->from[i];
      g_autoptr (GFile) source = g_file_new_for_path (from);

      if (strcmp (from, "-") == 0 || !g_file_test (from, G_FILE_TEST_IS_DIR))
        continue;
      if (g_file_equal (target, source) || g_file_has_prefix (target, source))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _("--to lies inside --from %s: choose a folder elsewhere"), from);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_sources (ImpJob *self, GError **error)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      const char *from = self->options->from[i];
      struct stat info;

      if (strcmp (from, "-") != 0 && stat (from, &info) != 0)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", from, g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* What the operator says of numbers of patients and of kinds of documents. */
static gboolean
load_tables (ImpJob *self, GError **error)
{
  const ImpJobOptions *options = self->options;

  if (options->patient_systems != NULL)
    {
      self->systems = imp_fhir_systems_load (options->patient_systems, error);
      if (self->systems == NULL)
        return FALSE;
    }
  if (options->document_types != NULL)
    {
      self->document_types = imp_document_types_load (options->document_types, error);
      if (self->document_types == NULL)
        return FALSE;
    }
  return TRUE;
}

/* A target that cannot take a disc is found out now, not after an hour of reading. */
static gboolean
check_target (ImpJob *self, GError **error)
{
  DiscInfo info = { .as_of = self->now };
  g_autoptr (DiscWriter) probe = disc_writer_new (self->options->to, &info, error);

  return probe != NULL;
}

static gboolean
open_spills (ImpJob *self, GError **error)
{
  g_autoptr (GFile) target = g_file_new_for_path (self->options->to);
  g_autoptr (GFile) parent = g_file_get_parent (target);
  g_autofree char *beside = g_file_get_path (parent != NULL ? parent : target);
  const char *dir = self->options->scratch;

  if (dir == NULL)
    dir = g_file_test (self->options->to, G_FILE_TEST_IS_DIR) ? self->options->to : beside;
  self->scratch = g_strdup (dir);
  self->spill = imp_spill_new (dir, error);
  if (self->spill == NULL)
    return FALSE;
  self->disputed = imp_spill_new (dir, error);
  if (self->disputed == NULL)
    return FALSE;
  self->fhir = imp_fhir_store_new (dir, error);
  return self->fhir != NULL;
}

gboolean
imp_job_ends_with_newest (ImpJob *self)
{
  return g_strcmp0 (self->options->as_of, "newest") == 0;
}

static gboolean
begin_window (ImpJob *self, GError **error)
{
  const char *as_of = self->options->as_of;

  if (as_of == NULL || imp_job_ends_with_newest (self))
    as_of = self->now;
  return imp_window_init (&self->window, as_of, self->options->months, error);
}

/* Asked once, before rights are given up: afterwards the program may speak to nobody else. */
static void
find_scanner (ImpJob *self)
{
  if (self->sought_scanner)
    return;
  self->sought_scanner = TRUE;
  self->scanner = imp_scanner_new (self->options->clamd);
  if (self->scanner == NULL && self->options->clamd != NULL &&
      strcmp (self->options->clamd, "none") != 0)
    g_ptr_array_add (self->warnings,
                     g_strdup_printf (_("No virus scanner answers at %s: nothing is scanned."),
                                      self->options->clamd));
}

/* Found out now, not after an hour of reading. */
static gboolean
open_previous (ImpJob *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->options->previous == NULL)
    return TRUE;
  self->previous = imp_previous_open (self->options->previous, self->options->passphrase_files,
                                      &local);
  imp_stop_note (&self->stop, IMP_STOP_PREVIOUS_UNREADABLE, self->previous == NULL,
                 local != NULL ? local->message : NULL);
  return imp_stop_decide (&self->stop, error);
}

/* ---- what was read -------------------------------------------------------------------------- */

/* (transfer full): the one facility all roots belong to; NULL when there is none or more. */
static char *
common_facility (ImpJob *self)
{
  const char *facility = NULL;

  for (guint i = 0; i < imp_roots_n (self->roots); i++)
    {
      const ImpRoot *root = imp_roots_get (self->roots, i);

      if (*root->facility == '\0')
        continue;
      if (facility != NULL && strcmp (facility, root->facility) != 0)
        return NULL;
      facility = root->facility;
    }
  return g_strdup (facility);
}

/* What was laid aside of FHIR, to messages like all others. */
static gboolean
map_resources (ImpJob *self, GError **error)
{
  ImpFhirStage stage = { self->fhir, self->spill, self->roots, self->labels, self->systems,
                         self->options->facility, self->now, self->n_threads, self->cancellable,
                         self->tally, self->scanner };

  if (!imp_fhir_stage_run (&stage, error))
    return FALSE;
  g_clear_pointer (&self->fhir, imp_fhir_store_free);
  return TRUE;
}

/* A bad backup is refused before an hour is spent on writing it. */
static gboolean
check_sources_read (ImpJob *self, GError **error)
{
  g_autofree char *facility = common_facility (self);

  imp_stop_check_sources (&self->stop, self->tally,
                          (guint) g_atomic_int_get (&self->source_progress.n_folders_refused),
                          &self->window, self->previous, facility);
  return imp_stop_decide (&self->stop, error);
}

/* ---- second pass ---------------------------------------------------------------------------- */

static gboolean
end_window (ImpJob *self, GError **error)
{
  char newest[DISC_DATE_MAX];

  if (!imp_job_ends_with_newest (self))
    return TRUE;
  imp_tally_newest_sent (self->tally, newest);
  return imp_window_init (&self->window, *newest != '\0' ? newest : self->now,
                          self->options->months, error);
}

static guint64
sum_findings (ImpJob *self)
{
  guint64 n = 0;

  for (guint i = 0; i < IMP_N_FINDINGS; i++)
    n += self->tally->findings[i];
  return n;
}

static gboolean
write_report (ImpJob *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->options->report == NULL ||
      g_file_set_contents (self->options->report, self->report, -1, &local))
    return TRUE;
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
  return FALSE;
}

/* @info: (nullable): of the disc; %NULL where none is written */
static void
make_report (ImpJob *self, const DiscInfo *info, char **counts)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (ImpReportSource));
  ImpReportInput input = {
    .tally = self->tally, .roots = self->roots, .sources = sources, .window = &self->window,
    .hospital = self->options->hospital, .accepted = self->options->accept, .stop = &self->stop,
    .scanner = self->scanner != NULL ? imp_scanner_version (self->scanner) : NULL,
    .n_findings = sum_findings (self),
  };

  if (info != NULL)
    {
      input.facility = info->facility;
      input.built_at = info->built_at;
    }
  for (guint i = 0; i < self->labels->len; i++)
    {
      ImpReportSource source = { g_ptr_array_index (self->labels, i), &self->results[i] };

      g_array_append_val (sources, source);
    }
  g_free (self->report);
  self->report = imp_report_json (&input);
  if (counts != NULL)
    *counts = imp_report_counts_json (&input);
}

static gboolean
finish_disc (ImpJob *self, DiscWriter *writer, DiscInfo *info, GError **error)
{
  g_autofree char *counts = NULL;
  g_autofree char *overrides = imp_stop_overrides (&self->stop.policy);
  g_autofree char *set_aside = imp_stop_set_aside (&self->stop);

  info->overrides = overrides;
  info->set_aside = set_aside;
  if (set_aside != NULL)
    g_ptr_array_add (self->warnings,
                     g_strdup_printf (_("Stop rules spoke against this disc and were set aside: %s"),
                                      set_aside));
  make_report (self, info, &counts);
  if (!write_report (self, error))
    return FALSE;
  if (imp_source_is_cancelled (self->cancellable, error))
    return FALSE;
  return disc_writer_finish (writer, info, self->report, counts, error);
}

/* All volumes have their size now. The report on the disc cannot know it. */
static gboolean
end_report (ImpJob *self, GError **error)
{
  char *with_media = imp_report_add_media (self->report, self->n_sectors);

  g_free (self->report);
  self->report = with_media;
  return write_report (self, error);
}

static gboolean
check_medium (const char *folder, guint volume, guint n_volumes, gpointer user_data, GError **error)
{
  ImpJob *self = user_data;
  guint64 n_sectors = imp_medium_folder_sectors (folder, error);

  if (n_sectors == 0)
    return FALSE;
  g_array_append_val (self->n_sectors, n_sectors);
  if (self->options->volume_sectors > 0
          ? imp_medium_check_room (_("a medium"), self->options->volume_sectors, n_sectors, error)
          : imp_medium_check (self->options->medium, n_sectors, error))
    return volume < n_volumes || end_report (self, error);

  if (n_volumes > 1)
    g_prefix_error (error, _("volume %u of %u does not fit: "), volume, n_volumes);
  return FALSE;
}

/* What the files of a volume may take; 0: whatever they need. */
static guint64
volume_bytes (ImpJob *self)
{
  guint64 n_sectors = self->options->volume_sectors;

  if (n_sectors == 0 && self->options->medium < IMP_N_MEDIA)
    n_sectors = imp_medium_sectors (self->options->medium);
  return n_sectors > IMP_IMAGE_OVERHEAD_SECTORS
             ? (n_sectors - IMP_IMAGE_OVERHEAD_SECTORS) * IMP_SECTOR_BYTES
             : 0;
}

static gboolean
on_too_large (guint64 most_bytes, gpointer user_data, GError **error)
{
  ImpJob *self = user_data;
  guint64 n_sectors = (most_bytes + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES +
                      IMP_IMAGE_OVERHEAD_SECTORS;

  if (self->options->volume_sectors > 0
          ? imp_medium_check_room (_("a medium"), self->options->volume_sectors, n_sectors, error)
          : imp_medium_check (self->options->medium, n_sectors, error))
    return TRUE;

  g_prefix_error (error, "%s ", _("volume 1 does not fit and cannot be split further, as was estimated "
                                  "before the others were written:"));
  return FALSE;
}

static gboolean
on_split (guint volume, gpointer user_data, GError **error)
{
  ImpJob *self = user_data;

  g_atomic_int_set (&self->volume, (gint) volume);
  g_atomic_int_set (&self->phase, IMP_JOB_SPLITTING);
  return !imp_source_is_cancelled (self->cancellable, error);
}

static gboolean
write_disc (ImpJob *self, GError **error)
{
  g_autofree char *facility = common_facility (self);
  DiscWriterSealing sealing = { .n_threads = self->n_threads, .level = DISC_LEVEL };
  g_autoptr (DiscWriter) writer = NULL;
  char built_at[DISC_DATE_MAX];
  DiscInfo info = {
    .hospital = self->options->hospital,
    .facility = facility,
    .as_of = self->window.as_of,
    .window_from = self->window.window_from,
    .built_at = built_at,
    .months = self->window.months,
  };

  imp_window_now (built_at);
  if (self->options->sealing != NULL)
    sealing.sealing = *self->options->sealing;
  writer = disc_writer_new_sealed (self->options->to, &info,
                                   self->options->sealing != NULL ? &sealing : NULL, error);
  if (writer == NULL)
    return FALSE;
  disc_writer_set_check (writer, check_medium, self);
  disc_writer_set_volume_bytes (writer, volume_bytes (self), on_split, on_too_large, self);

  self->write = (ImpWrite) { self->spill, self->disputed, self->roots, &self->window, writer,
                             self->tally, self->n_threads, self->cancellable, 0,
                             self->options->max_image_bytes != NULL ? *self->options->max_image_bytes
                                                                    : -1,
                             volume_bytes (self) };
  g_atomic_int_set (&self->n_units, (int) imp_spill_n_units (self->spill));
  g_atomic_int_set (&self->phase, IMP_JOB_WRITING);
  if (!imp_write_run (&self->write, error) || !imp_job_tell (self, error))
    return FALSE;

  imp_stop_check_records (&self->stop, self->tally, &self->window, self->previous);
  if (!imp_stop_decide (&self->stop, error))
    return FALSE;
  g_atomic_int_set (&self->phase, IMP_JOB_FINISHING);
  return finish_disc (self, writer, &info, error);
}

static gboolean
run (ImpJob *self, GError **error)
{
  return open_previous (self, error) && imp_job_read (self, error) && map_resources (self, error) &&
         end_window (self, error) && check_sources_read (self, error) && write_disc (self, error);
}

gboolean
imp_job_check (ImpJob *self, GError **error)
{
  if (!check_target_apart (self, error) || !check_sources (self, error))
    return FALSE;
  find_scanner (self);
  return TRUE;
}

gboolean
imp_job_scans (ImpJob *self)
{
  return self->scanner != NULL;
}

gboolean
imp_job_run (ImpJob *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!imp_stop_policy_init (&self->stop.policy, self->options->accept, self->options->limits,
                             error) ||
      !imp_job_check (self, error) || !load_tables (self, error) || !begin_window (self, error) ||
      !check_target (self, error) || !open_spills (self, error))
    return FALSE;
  if (run (self, &local))
    return TRUE;

  /* Who is woken by it at night wants to know why. */
  if (g_error_matches (local, IMP_ERROR, IMP_ERROR_STOP_RULE))
    {
      make_report (self, NULL, NULL);
      if (!write_report (self, error))
        return FALSE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- progress ------------------------------------------------------------------------------- */

static void
get_reading_progress (ImpJob *self, ImpJobProgress *out)
{
  int within = g_atomic_int_get (&self->source_progress.done_permille);
  int source = g_atomic_int_get (&self->source);

  if (within >= 0)
    out->permille = (source * 1000 + within) / (int) self->labels->len;
}

void
imp_job_get_progress (ImpJob *self, ImpJobProgress *out)
{
  memset (out, 0, sizeof *out);
  out->permille = -1;
  out->phase = (ImpJobPhase) g_atomic_int_get (&self->phase);
  out->n_files = (guint) g_atomic_int_get (&self->parse_progress.n_files);
  out->volume = (guint) g_atomic_int_get (&self->volume);
  out->n_messages = (guint) g_atomic_int_get (&self->parse_progress.n_messages);

  if (out->phase == IMP_JOB_READING)
    get_reading_progress (self, out);
  else if (out->phase == IMP_JOB_WRITING)
    {
      out->n_patients = (guint) g_atomic_int_get (&self->n_units);
      out->n_patients_done = (guint) g_atomic_int_get (&self->write.n_done);
      if (out->n_patients > 0)
        out->permille = (int) ((guint64) out->n_patients_done * 1000 / out->n_patients);
    }
}

/* Numbers as text, since a translated format cannot hold the macros for 64 bits. */
static char *
format_count (guint64 n)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
}

guint
imp_job_n_volumes (ImpJob *self)
{
  return self->n_sectors->len;
}

guint64
imp_job_n_sectors (ImpJob *self, guint volume)
{
  g_return_val_if_fail (volume >= 1 && volume <= self->n_sectors->len, 0);
  return g_array_index (self->n_sectors, guint64, volume - 1);
}

const char *
imp_job_report (ImpJob *self)
{
  return self->report;
}

const char *
imp_job_as_of (ImpJob *self)
{
  return self->window.as_of;
}

char *
imp_job_summary (ImpJob *self)
{
  g_autofree char *patients = format_count (self->tally->n_patients);
  g_autofree char *messages = format_count (self->tally->fates[IMP_FATE_ON_DISC]);
  g_autofree char *findings = format_count (sum_findings (self));

  return g_strdup_printf (_("Patients: %s. Messages: %s. Findings: %s. Window: %s to %s."),
                          patients, messages, findings, self->window.window_from,
                          self->window.as_of);
}
