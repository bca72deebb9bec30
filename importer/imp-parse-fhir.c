/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-parse-private.h"

#include "imp-fhir-take.h"
#include "imp-limits.h"

typedef struct
{
  ImpParser *parser;
  const ImpFile *file;
  guint root;
} FhirPlace;

/* What is to be said of a place in a file of resources. */
static gboolean
tell_fhir (ImpFindingCode code, ImpSeverity severity, const char *place, const char *detail,
           gpointer data, GError **error)
{
  const FhirPlace *at = data;
  ImpParser *self = at->parser;
  ImpMessage message = imp_parser_bare_message (self, at->file, at->root);

  message.entry_name = place;
  g_array_set_size (self->findings, 0);
  imp_parser_add_finding (self, code, severity, g_strdup (detail));
  return imp_parser_put_message (self, "", "", &message, error);
}

static gboolean
take_resources (ImpParser *self, const ImpFile *file, guint source, guint root, ImpStream *stream,
                const ImpFhirProbe *probe, GError **error)
{
  FhirPlace place = { self, file, root };
  ImpFhirTaker taker = { self->fhir, self->resources, tell_fhir, &place };
  ImpFhirFile stored = { .path = g_strdup (file->path),
                         .folder = g_path_get_dirname (file->path),
                         .source = source,
                         .root = root,
                         .mtime = file->mtime };
  ImpFhirTaken taken;
  const char *looks;

  self->format = probe->is_xml ? DISC_FORMAT_FHIR_XML : DISC_FORMAT_FHIR_JSON;
  if (!imp_fhir_take_file (&taker, stream, probe, &stored, &taken, error))
    return FALSE;
  imp_tally_file_as (self->tally, root, file, taken.type, IMP_REASON_NONE);
  self->tally->n_fhir_read += taken.n_items;
  self->tally->n_fhir_refused += taken.n_refused;
  self->tally->n_fhir_ignored += taken.n_ignored;
  g_atomic_int_add (&self->progress->n_messages, (gint) taken.n_items);
  looks = imp_inspection_end (&self->inspection, self->tally, root, FALSE);
  return looks == NULL ||
         tell_fhir (IMP_FINDING_SUSPICIOUS, IMP_SEVERITY_WARNING, "", looks, &place, error);
}

/* What a bulk export says is in it. */
static gboolean
take_manifest (ImpParser *self, const ImpFile *file, guint source, guint root, ImpStream *stream,
               GError **error)
{
  g_autoptr (GError) broken = NULL;
  ImpFhirManifest *manifest = imp_fhir_manifest_read (stream, &broken);

  if (manifest == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_BROKEN_MESSAGE, broken->message, error);
  imp_tally_file (self->tally, root, file, IMP_REASON_NONE);
  imp_fhir_exports_add (imp_fhir_store_exports (self->fhir), source, root, file->path, manifest);
  return TRUE;
}

/* (nullable): why a file of FHIR's neighbourhood has nothing for a chart. */
static const char *
why_not_taken (ImpFhirForm form)
{
  switch (form)
    {
    case IMP_FHIR_FORM_CONFORMANCE:
      return "a definition of FHIR, no data of patients";
    case IMP_FHIR_FORM_DSTU1:
      return "FHIR DSTU1, which is not read";
    case IMP_FHIR_FORM_CHECKUP_CLAIM:
      return "claims and counts of health check-ups, no results";
    case IMP_FHIR_FORM_XDM:
      return "list of contents of a medium (XDM)";
    case IMP_FHIR_FORM_DOCTYPE:
      return "a document type is declared";
    default:
      return NULL;
    }
}

gboolean
imp_parser_take_fhir (ImpParser *self, const ImpFile *file, guint source, guint root,
                      ImpStream *stream, gboolean *is_taken, GError **error)
{
  g_auto (ImpFhirProbe) probe = { 0 };
  g_autoptr (GError) broken = NULL;
  g_autoptr (ImpStream) opened = imp_fhir_open (stream, &probe, &broken);
  const char *why;

  *is_taken = TRUE;
  imp_fhir_exports_see (imp_fhir_store_exports (self->fhir), source, file->path);
  if (opened == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_BROKEN_MESSAGE, broken->message, error);
  if (imp_fhir_form_has_resources (probe.form))
    return take_resources (self, file, source, root, opened, &probe, error);
  if (probe.form == IMP_FHIR_FORM_MANIFEST)
    return take_manifest (self, file, source, root, opened, error);
  why = why_not_taken (probe.form);
  if (why != NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_NOT_MESSAGE, why, error);
  *is_taken = FALSE;
  return TRUE;
}

gboolean
imp_parser_take_stream (ImpParser *self, ImpFile *file, guint source, guint root, GError **error)
{
  gboolean is_large = file->size > IMP_MAX_FILE_BYTES;
  gboolean is_taken;

  if (self->fhir != NULL)
    {
      if (!imp_parser_take_fhir (self, file, source, root, g_steal_pointer (&file->stream),
                                 &is_taken, error))
        return FALSE;
      if (is_taken)
        return TRUE;
    }
  return imp_parser_refuse (self, file, root,
                            is_large ? IMP_REASON_TOO_LARGE : IMP_REASON_NOT_MESSAGE, NULL, error);
}
