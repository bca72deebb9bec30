/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-job-private.h"

#include <glib/gi18n.h>

#include "imp-alike.h"

/* From this age on data is called old: a nightly backup of the day before is not. */
#define STALE_DAYS 2

/* Of numbers that look alike each has a finding, up to so many: more are a way of numbering. */
#define MAX_ALIKE 200

static G_GNUC_PRINTF (2, 3) void
warn_operator (ImpJob *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
tell_damage (ImpJob *self, guint source, GError **error)
{
  const ImpSourceResult *result = &self->results[source];
  const char *label = g_ptr_array_index (self->labels, source);
  g_autofree char *detail = NULL;

  if (!result->damaged)
    return TRUE;
  warn_operator (self, _("%s is damaged or ends early; what could be read before that place is on "
                         "the disc."), label);
  detail = g_strdup_printf ("archive damaged or cut: %s", result->detail);
  return imp_write_finding (&self->write, IMP_FINDING_TRUNCATED, IMP_SEVERITY_ERROR, label, detail,
                            error);
}

static gboolean
tell_refused_folders (ImpJob *self, guint source, GError **error)
{
  const ImpSourceResult *result = &self->results[source];

  if (result->folders_refused == NULL)
    return TRUE;
  warn_operator (self, _("Folders of %s could not be read; see the report."),
                 (const char *) g_ptr_array_index (self->labels, source));
  for (guint i = 0; i < result->folders_refused->len; i++)
    if (!imp_write_finding (&self->write, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR,
                            g_ptr_array_index (result->folders_refused, i),
                            "folder could not be read: its files are not counted", error))
      return FALSE;
  return TRUE;
}

/* @path: (nullable): of the root; of several together there is none */
static gboolean
tell_ignored (ImpJob *self, const ImpRootTally *tally, const char *path, GError **error)
{
  for (guint reason = IMP_FIRST_IGNORED; reason < IMP_N_REASONS; reason++)
    {
      g_autofree char *detail = NULL;

      if (tally->by_reason[reason] == 0)
        continue;
      detail = g_strdup_printf ("%" G_GUINT64_FORMAT " files: %s", tally->by_reason[reason],
                                imp_reason_sentence (reason));
      if (!imp_write_finding (&self->write, IMP_FINDING_IGNORED, IMP_SEVERITY_INFO, path, detail,
                              error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_outside (ImpJob *self, const ImpRootTally *tally, const char *path, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, tally->types);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *detail = NULL;

      if (((ImpTypeTally *) value)->n_outside == 0)
        continue;
      detail = g_strdup_printf ("%s: %" G_GUINT64_FORMAT " messages from before %s",
                                (const char *) name, ((ImpTypeTally *) value)->n_outside,
                                self->window.window_from);
      if (!imp_write_finding (&self->write, IMP_FINDING_OUTSIDE_WINDOW, IMP_SEVERITY_INFO, path,
                              detail, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_age (ImpJob *self, GError **error)
{
  char newest[DISC_DATE_MAX];
  g_autofree char *detail = NULL;
  gint64 days;

  imp_tally_newest_sent (self->tally, newest);
  days = imp_window_days_stale (&self->window, newest);
  if (days < STALE_DAYS)
    return TRUE;
  warn_operator (self, _("The newest data (%s) is days older than the end of the window."), newest);
  detail = g_strdup_printf ("the newest data is %" G_GINT64_FORMAT
                            " days older than the end of the window", days);
  return imp_write_finding (&self->write, IMP_FINDING_STALE, IMP_SEVERITY_WARNING, NULL, detail,
                            error);
}

static gboolean
tell_roots (ImpJob *self, GError **error)
{
  g_autoptr (ImpTally) rest = imp_tally_rest (self->tally, IMP_ROOTS_LISTED);

  for (guint i = 0; i < MIN (self->tally->roots->len, IMP_ROOTS_LISTED); i++)
    {
      const ImpRootTally *tally = imp_tally_find_root (self->tally, i);
      const char *path = imp_roots_get (self->roots, i)->path;

      if (tally != NULL && (!tell_ignored (self, tally, path, error) ||
                            !tell_outside (self, tally, path, error)))
        return FALSE;
    }
  return rest == NULL || (tell_ignored (self, imp_tally_root (rest, 0), NULL, error) &&
                          tell_outside (self, imp_tally_root (rest, 0), NULL, error));
}

/* Each file has a finding of its own; nobody should have to add them up. */
static gboolean
tell_beyond (ImpJob *self, GError **error)
{
  const ImpRootTally *beyond = imp_tally_find_root (self->tally, IMP_ROOT_BEYOND);
  g_autofree char *detail = NULL;

  if (beyond == NULL)
    return TRUE;
  warn_operator (self, _("There are more than %d storage roots. The files of the others are not on "
                         "the disc; see the report."), IMP_MAX_ROOTS);
  detail = g_strdup_printf ("more than %d storage roots: %" G_GUINT64_FORMAT
                            " files of the others refused", IMP_MAX_ROOTS, beyond->n_refused);
  return imp_write_finding (&self->write, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR, NULL, detail,
                            error);
}

static gboolean
tell_alike (ImpJob *self, GError **error)
{
  g_autoptr (GPtrArray) alike = imp_alike_find (self->spill);
  g_autofree char *rest = NULL;

  for (guint i = 0; i < MIN (alike->len, MAX_ALIKE); i++)
    {
      const ImpSpillUnit *unit = g_ptr_array_index (alike, i);
      const DiscFinding finding = {
        .severity = imp_severity_name (IMP_SEVERITY_WARNING),
        .code = imp_finding_code_name (IMP_FINDING_IDENTITY_CONFLICT),
        .facility = unit->facility,
        .patient = unit->id,
        .detail = "another number of this hospital differs by leading zeros only: they are two "
                  "patients here",
      };

      if (!imp_write_disc_finding (&self->write, &finding, IMP_FINDING_IDENTITY_CONFLICT, error))
        return FALSE;
    }
  if (alike->len <= MAX_ALIKE)
    return TRUE;
  rest = g_strdup_printf ("%u further numbers differ from another by leading zeros only",
                          alike->len - MAX_ALIKE);
  return imp_write_finding (&self->write, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_WARNING, NULL,
                            rest, error);
}

/* What is to be said about sources and roots as a whole. */
gboolean
imp_job_tell (ImpJob *self, GError **error)
{
  for (guint i = 0; i < self->labels->len; i++)
    if (!tell_damage (self, i, error) || !tell_refused_folders (self, i, error))
      return FALSE;
  return tell_roots (self, error) && tell_beyond (self, error) && tell_age (self, error) &&
         tell_alike (self, error);
}
