/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-stage.h"

#include <string.h>

#include "disc-error.h"
#include "imp-base64-cut.h"
#include "imp-fhir-fate.h"
#include "imp-fhir-mapper.h"
#include "imp-fhir-order.h"
#include "imp-fhir-set.h"
#include "imp-fhir-whose.h"
#include "imp-files.h"
#include "imp-source.h"
#include "imp-unit-writer.h"

#define MAX_WARNINGS 8

/* One thread's work. */
typedef struct
{
  const ImpFhirStage *stage;
  const ImpFhirPeople *people;
  gint *next_chunk; /* atomic, of all threads */
  gint *is_stopped;
  ImpFhirFinder *finder;
  ImpFhirStoreReader *reader;
  ImpSpillCoder *coder;
  ImpMapped *mapped;
  ImpFiles files;         /* that the resource at hand carries */
  GPtrArray *attachments; /* (element-type ImpAttachment): likewise */
  ImpTally *tally;
  ImpUnitWriter *writer;
  GArray *findings; /* (element-type ImpFinding) of the message at hand */
  char told_at[DISC_DATE_MAX]; /* how new the message at hand says that the data are, or "" */
  GError *error;
} Worker;

/* ---- findings ------------------------------------------------------------------------------- */

static void
add_finding (Worker *self, ImpFindingCode code, ImpSeverity severity, const char *detail)
{
  ImpFinding finding = { .code = code, .severity = severity, .detail = g_strdup (detail) };

  g_array_append_val (self->findings, finding);
}

static void
take_findings (Worker *self)
{
  for (guint i = 0; i < self->mapped->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (self->mapped->findings, i);

      add_finding (self, finding->code, finding->severity, finding->detail);
    }
}

/* ---- what becomes of it --------------------------------------------------------------------- */

static DiscStatus
status_of_fate (const ImpFhirEntry *entry)
{
  if (entry->flags & IMP_FHIR_ENTRY_CANCELLED)
    return DISC_STATUS_CANCELLED;
  switch (entry->fate)
    {
    case IMP_FHIR_FATE_SUPERSEDED:
      return DISC_STATUS_SUPERSEDED;
    case IMP_FHIR_FATE_DELETED:
    case IMP_FHIR_FATE_APPLIED: /* a request to delete that shows what it deletes */
    case IMP_FHIR_FATE_UNKNOWN:
      return DISC_STATUS_DELETED;
    default:
      return DISC_STATUS_NONE;
    }
}

/* Spec fhir.md 1.2.1: what cannot be ordered stays live and is marked. */
static void
apply_fate (Worker *self, const ImpFhirEntry *entry, ImpMessage *message)
{
  DiscStatus status = status_of_fate (entry);

  if (status != DISC_STATUS_NONE)
    disc_records_override (message->records, message->records_len, status);
  if (entry->fate == IMP_FHIR_FATE_IN_DOUBT)
    {
      message->flags |= DISC_MESSAGE_MAYBE_CANCELLED;
      add_finding (self, IMP_FINDING_WITHDRAWN, IMP_SEVERITY_WARNING,
                   "a withdrawal of it cannot be ordered in time: it is left live");
    }
  else if (entry->fate == IMP_FHIR_FATE_ASKED || entry->fate == IMP_FHIR_FATE_UNLISTED)
    {
      message->flags |= DISC_MESSAGE_MAYBE_CANCELLED;
      add_finding (self, IMP_FINDING_WITHDRAWN, IMP_SEVERITY_WARNING,
                   entry->fate == IMP_FHIR_FATE_ASKED
                       ? "its message asks for something else than new data: it is left live"
                       : "a later version of its message no longer lists it: it is left live");
    }
  else if (entry->fate == IMP_FHIR_FATE_CONFLICT)
    {
      message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
      add_finding (
          self, IMP_FINDING_DUPLICATE, IMP_SEVERITY_WARNING,
          "the same resource stands with other content, and nothing tells which is newer: both "
          "are kept");
    }
  else if (status == DISC_STATUS_DELETED || status == DISC_STATUS_CANCELLED)
    add_finding (self, IMP_FINDING_WITHDRAWN, IMP_SEVERITY_INFO, "withdrawn by a later request");
  if (entry->flags & IMP_FHIR_ENTRY_IDENTITY_CONFLICTS)
    {
      disc_records_override (message->records, message->records_len, DISC_STATUS_UNKNOWN);
      message->flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
      add_finding (self, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_WARNING,
                   "it says twice, and differently, whose it is or whether it holds");
    }
  if (entry->flags & IMP_FHIR_ENTRY_LOST_CHARACTERS)
    message->flags |= DISC_MESSAGE_UNDECODABLE;
  if (entry->flags & (IMP_FHIR_ENTRY_CONFLICTS | IMP_FHIR_ENTRY_BAD_NUMBERS))
    message->flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
}

/* What the Bundle is worth that holds it, and those around that. */
static void
apply_sets (Worker *self, const ImpFhirEntry *entry, ImpMessage *message)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->stage->store, entry->bundle);

  for (; bundle != NULL; bundle = imp_fhir_store_bundle (self->stage->store, bundle->parent))
    switch (bundle->fate)
      {
      case IMP_FHIR_SET_STANDS:
        break;
      case IMP_FHIR_SET_SUPERSEDED:
        disc_records_override (message->records, message->records_len, DISC_STATUS_SUPERSEDED);
        break;
      case IMP_FHIR_SET_DELETED:
        disc_records_override (message->records, message->records_len, DISC_STATUS_DELETED);
        break;
      case IMP_FHIR_SET_ENTERED_IN_ERROR:
        disc_records_override (message->records, message->records_len, DISC_STATUS_ENTERED_IN_ERROR);
        break;
      case IMP_FHIR_SET_OLD_LIST:
        message->flags |= DISC_MESSAGE_OLD_LIST_ONLY;
        break;
      case IMP_FHIR_SET_IN_DOUBT:
        message->flags |= DISC_MESSAGE_MAYBE_DUPLICATE;
        add_finding (self, IMP_FINDING_DUPLICATE, IMP_SEVERITY_WARNING,
                     "it was sent twice with other content, and nothing tells which is newer: both are "
                     "kept");
      }
}

/* Told once for each of them: of the Patient. */
static gboolean
is_contested (Worker *self, const ImpMessage *message, const ImpFhirWhose *whose)
{
  const ImpFhirChart *chart = strcmp (message->type, "Patient") == 0 && whose->patient > 0
                                  ? imp_fhir_people_chart (self->people, whose->patient - 1)
                                  : NULL;

  return chart != NULL && chart->has_number &&
         imp_fhir_people_is_contested (self->people, chart->facility, chart->id);
}

static void
apply_whose (Worker *self, const ImpFhirWhose *whose, ImpMessage *message)
{
  switch (whose->kind)
    {
    case IMP_FHIR_WHOSE_KNOWN:
    case IMP_FHIR_WHOSE_OF_BUNDLE:
      break;
    case IMP_FHIR_WHOSE_DISPUTED:
      message->flags |= DISC_MESSAGE_DISPUTED;
      add_finding (self, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_ERROR,
                   "it names two patients: kept apart, in nobody's chart");
      break;
    case IMP_FHIR_WHOSE_NO_PATIENT:
      message->flags |= DISC_MESSAGE_DISPUTED;
      add_finding (self, IMP_FINDING_NO_PATIENT, IMP_SEVERITY_WARNING,
                   "it is about something that is no patient: kept apart, in nobody's chart");
      break;
    case IMP_FHIR_WHOSE_NOBODY:
      message->flags |= DISC_MESSAGE_DISPUTED;
      add_finding (self, IMP_FINDING_NO_PATIENT, IMP_SEVERITY_ERROR,
                   "no patient is named in it that can be found: kept apart, in nobody's chart");
    }
  if (is_contested (self, message, whose))
    add_finding (self, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_ERROR,
                 "another Patient of this number has another birth date or sex: two charts");
  if (whose->differs_in_name)
    add_finding (self, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_WARNING,
                 "the reference to the patient shows another name than the patient's");
}

/* ---- one resource --------------------------------------------------------------------------- */

static const cJSON *
document_of (Worker *self, const ImpFhirEntry *entry, guint32 number)
{
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->stage->store, entry->bundle);

  if (bundle == NULL || bundle->type != IMP_FHIR_BUNDLE_DOCUMENT || bundle->composition == 0 ||
      bundle->composition == number + 1)
    return NULL;
  return imp_fhir_finder_tree (self->finder, bundle->composition - 1);
}

/* (nullable): of a resource that speaks of what is to come: the element that says when it was
 * written. */
static const char *
written_in (const char *type)
{
  static const struct
  {
    const char *type;
    const char *element;
  } table[] = {
    { "Appointment", "created" },
    { "CarePlan", "created" },
    { "CommunicationRequest", "authoredOn" },
    { "DeviceRequest", "authoredOn" },
    { "Goal", "statusDate" },
    { "MedicationRequest", "authoredOn" },
    { "NutritionOrder", "dateTime" },
    { "ServiceRequest", "authoredOn" },
    { "Task", "authoredOn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].type, type) == 0)
      return table[i].element;
  return NULL;
}

static gboolean
is_planned (const ImpMapped *mapped)
{
  gsize len;
  const guint8 *records = disc_record_builder_get (mapped->records, &len);
  DiscRecordIter iter;

  disc_record_iter_init (&iter, records, len);
  return disc_record_iter_next (&iter) == DISC_TOKEN_RECORD && iter.status == DISC_STATUS_PLANNED;
}

/* Of what has happened or was written (spec fhir.md 5.1): an appointment, or the day of a planned
 * stay, says nothing about how new the data are. */
static void
take_told_at (Worker *self, const cJSON *resource)
{
  const ImpFacts *facts = &self->mapped->facts;
  const char *element = written_in (imp_json_string (resource, "resourceType"));

  self->told_at[0] = '\0';
  if (facts->sent_at[0] != '\0')
    g_strlcpy (self->told_at, facts->sent_at, sizeof self->told_at);
  else if (element != NULL)
    imp_fhir_time_in_japan (imp_json_string (resource, element), self->told_at);
  else if (!is_planned (self->mapped))
    g_strlcpy (self->told_at, facts->clinical_at, sizeof self->told_at);
}

static void
note_sent (Worker *self, ImpRootTally *root, ImpTypeTally *type, const char *sent_at)
{
  if (strcmp (sent_at, self->stage->now) > 0)
    root->n_future++;
  else
    imp_tally_newer (type->newest_sent, sent_at, sizeof type->newest_sent);
  imp_tally_older (type->oldest_sent, sent_at, sizeof type->oldest_sent);
}

static void
count (Worker *self, const ImpMessage *message)
{
  ImpRootTally *root = imp_tally_root (self->tally, message->root);
  ImpTypeTally *type = imp_tally_type (root, message->type);

  root->n_messages++;
  type->n_messages++;
  if (message->flags & DISC_MESSAGE_DISPUTED)
    root->n_disputed++;
  note_sent (self, root, type, self->told_at);
}

static gboolean
put (Worker *self, ImpMessage *message, const ImpFhirWhose *whose, GError **error)
{
  message->findings = (const ImpFinding *) (gpointer) self->findings->data;
  message->n_findings = self->findings->len;
  if (message->flags & DISC_MESSAGE_DISPUTED)
    {
      g_auto (GStrv) ids = imp_message_ids (message);

      for (guint i = 0; ids[i] != NULL; i++)
        imp_spill_note_disputed (self->stage->spill, whose->facility, ids[i]);
    }
  count (self, message);
  return imp_unit_writer_add (self->writer, whose->facility, whose->id, message, error);
}

static gboolean
put_mapped (Worker *self, guint32 number, const ImpFhirStored *stored, const ImpFhirWhose *whose,
            ImpFhirAge age, GError **error)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->stage->store, number);
  const ImpFhirFile *file = imp_fhir_store_file (self->stage->store, entry->file);
  const ImpFacts *facts = &self->mapped->facts;
  gboolean has_time = facts->clinical_at[0] != '\0' || facts->reaches_to[0] != '\0';
  ImpMessage message = {
    .path = file->path,
    .entry_name = stored->place,
    .name_patient = "",
    .folder_patient = "",
    .pid = whose->id,
    .other_ids = whose->other_ids,
    /* What is kept whatever its age, and what has no clinical time, is never too old. */
    .care_date = age == IMP_FHIR_AGE_KEPT || !has_time ? "-" : "",
    .type = imp_fhir_store_type (self->stage->store, entry),
    .order_no = stored->key,
    .stamp = facts->sent_at,
    .sent_at = facts->sent_at,
    .event = "",
    .birth_date = facts->birth_date,
    .sex = facts->sex,
    .name = facts->name,
    .kana = facts->kana,
    .clinical_at = facts->clinical_at,
    .reaches_to = facts->reaches_to,
    .mtime = file->mtime,
    .format = (entry->flags & IMP_FHIR_ENTRY_IS_XML) ? DISC_FORMAT_FHIR_XML : DISC_FORMAT_FHIR_JSON,
    .root = file->root,
    .flags = facts->flags,
    .source = stored->source,
    .source_len = stored->source_len,
  };

  guint n_cut;

  message.pictures = self->files.pictures->data;
  message.pictures_len = self->files.pictures->len;
  message.records =
      (guint8 *) disc_record_builder_get (self->mapped->records, &message.records_len);
  n_cut = imp_files_cut (&self->files, &message);
  if (n_cut > 0)
    imp_mapped_add_finding (self->mapped, IMP_FINDING_IGNORED, IMP_BASE64_CUT_DETAIL, n_cut);
  take_findings (self);
  apply_whose (self, whose, &message);
  apply_fate (self, entry, &message);
  if (strcmp (message.type, "Patient") != 0) /* he is not replaced with a document about him */
    apply_sets (self, entry, &message);
  return put (self, &message, whose, error);
}

/* What records must be told beside them of where they come from. */
static void
add_place_warnings (Worker *self, guint32 number, const ImpFhirWhose *whose,
                    const char *warnings[MAX_WARNINGS + 1])
{
  const ImpFhirChart *own = imp_fhir_people_chart (self->people, number);
  guint n = 0;

  if (whose->kind == IMP_FHIR_WHOSE_OF_BUNDLE)
    warnings[n++] = "patient-of-bundle";
  if (whose->differs_in_name)
    warnings[n++] = "patient-name-differs";
  if (own != NULL && !own->has_number)
    warnings[n++] = "no-number";
}

/* Words of PDF and office files join the text; pictures are laid aside. */
static gboolean
take_attachments (Worker *self, GError **error)
{
  for (guint i = 0; i < self->attachments->len; i++)
    {
      const ImpAttachment *attachment = g_ptr_array_index (self->attachments, i);

      if (attachment->bytes == NULL)
        imp_mapped_add_finding (self->mapped, IMP_FINDING_ATTACHMENT_REFUSED,
                                "it points to a file, which is not read");
      else if (!imp_files_take (&self->files, attachment, attachment->name, error))
        return FALSE;
    }
  if (self->attachments->len > 0)
    imp_files_join (&self->files, TRUE, self->mapped);
  return TRUE;
}

static gboolean
map_entry (Worker *self, guint32 number, GError **error)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->stage->store, number);
  const char *warnings[MAX_WARNINGS + 1] = { NULL };
  const ImpFhirLookup lookup = { .find = imp_fhir_finder_find,
                                 .holder = imp_fhir_finder_holder,
                                 .is_followed = imp_fhir_finder_is_followed,
                                 .data = self->finder,
                                 .warnings = warnings };
  g_auto (ImpFhirWhose) whose = { 0 };
  g_autoptr (cJSON) resource = NULL;
  ImpFhirStored stored;
  ImpFhirAge age;

  if (!imp_fhir_store_read (self->reader, number, &stored, error))
    return FALSE;
  resource = imp_fhir_parse_stored (&stored);
  if (resource == NULL) /* it was read before: a fault of the scratch */
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "scratch file: not as it was written");
      return FALSE;
    }
  g_array_set_size (self->findings, 0);
  imp_fhir_finder_begin (self->finder, number, stored.full_url);
  imp_fhir_finder_set_resource (self->finder, resource);
  imp_fhir_whose (self->people, self->finder, number, resource, &whose);
  add_place_warnings (self, number, &whose, warnings);
  imp_files_reset (&self->files);
  g_ptr_array_set_size (self->attachments, 0);
  imp_fhir_map_with (imp_fhir_map_of (imp_json_string (resource, "resourceType")), resource,
                     document_of (self, entry, number), &lookup, self->attachments, &age,
                     self->mapped);
  take_told_at (self, resource);
  if (!take_attachments (self, error))
    return FALSE;
  return put_mapped (self, number, &stored, &whose, age, error);
}

/* A machine of the hospital's own, a person or a drug that others refer to: no record of anybody.
 */
static gboolean
is_context (Worker *self, guint32 number, const char *type)
{
  if (imp_fhir_map_is_context (type))
    return TRUE;
  return strcmp (type, "Device") == 0 &&
         imp_fhir_subject (imp_fhir_finder_tree (self->finder, number)) == NULL;
}

static gboolean
take_entry (Worker *self, guint32 number, GError **error)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->stage->store, number);

  if (!(entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE))
    self->tally->fhir[entry->fate == IMP_FHIR_FATE_UNKNOWN ? IMP_FHIR_COUNT_WITHDRAWALS_OF_NOTHING
                                                           : IMP_FHIR_COUNT_WITHDRAWALS]++;
  else if (entry->fate == IMP_FHIR_FATE_IDENTICAL)
    self->tally->fhir[IMP_FHIR_COUNT_IDENTICAL]++;
  else if (is_context (self, number, imp_fhir_store_type (self->stage->store, entry)))
    self->tally->fhir[IMP_FHIR_COUNT_CONTEXT]++;
  else
    {
      self->tally->fhir[IMP_FHIR_COUNT_RECORDS]++;
      return map_entry (self, number, error);
    }
  return TRUE;
}

/* ---- threads -------------------------------------------------------------------------------- */

static gboolean
work (Worker *self, GError **error)
{
  guint32 n_chunks = imp_fhir_store_n_chunks (self->stage->store);

  while (!g_atomic_int_get (self->is_stopped))
    {
      guint32 chunk = (guint32) g_atomic_int_add (self->next_chunk, 1);
      guint32 first, end;

      if (chunk >= n_chunks)
        return imp_unit_writer_flush (self->writer, error);
      imp_fhir_store_chunk (self->stage->store, chunk, &first, &end);
      for (guint32 i = first; i < end; i++)
        if (imp_source_is_cancelled (self->stage->cancellable, error) ||
            !take_entry (self, i, error))
          return FALSE;
      if (imp_fhir_finder_error (self->finder) != NULL)
        {
          g_propagate_error (error, g_error_copy (imp_fhir_finder_error (self->finder)));
          return FALSE;
        }
    }
  return TRUE;
}

static gpointer
run_worker (gpointer data)
{
  Worker *self = data;

  if (!work (self, &self->error))
    g_atomic_int_set (self->is_stopped, 1);
  return NULL;
}

static void
clear_finding (gpointer data)
{
  g_free (((ImpFinding *) data)->detail);
}

static void
worker_init (Worker *self, const ImpFhirStage *stage, const ImpFhirPeople *people, gint *next_chunk,
             gint *is_stopped)
{
  *self = (Worker){
    .stage = stage, .people = people, .next_chunk = next_chunk, .is_stopped = is_stopped
  };
  self->finder = imp_fhir_finder_new (stage->store);
  self->reader = imp_fhir_store_reader_new (stage->store);
  self->coder = imp_spill_coder_new ();
  self->mapped = imp_mapped_new ();
  imp_files_init (&self->files, stage->spill, self->coder);
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
  self->tally = imp_tally_new ();
  imp_files_set_scanner (&self->files, stage->scanner, self->tally);
  self->writer = imp_unit_writer_new (stage->spill, self->coder);
  self->findings = g_array_new (FALSE, FALSE, sizeof (ImpFinding));
  g_array_set_clear_func (self->findings, clear_finding);
}

static void
worker_clear (Worker *self)
{
  imp_fhir_finder_free (self->finder);
  imp_fhir_store_reader_free (self->reader);
  imp_spill_coder_free (self->coder);
  imp_mapped_free (self->mapped);
  imp_files_clear (&self->files);
  g_ptr_array_unref (self->attachments);
  imp_tally_free (self->tally);
  imp_unit_writer_free (self->writer);
  g_array_unref (self->findings);
  g_clear_error (&self->error);
}

static gboolean
map_all (const ImpFhirStage *stage, const ImpFhirPeople *people, GError **error)
{
  guint n = MAX (stage->n_threads, 1);
  g_autofree Worker *workers = g_new0 (Worker, n);
  g_autofree GThread **threads = g_new0 (GThread *, n);
  gint next_chunk = 0, is_stopped = 0;
  gboolean done = TRUE;

  for (guint i = 0; i < n; i++)
    {
      worker_init (&workers[i], stage, people, &next_chunk, &is_stopped);
      threads[i] = g_thread_new ("map", run_worker, &workers[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      if (workers[i].error != NULL && done)
        {
          g_propagate_error (error, g_steal_pointer (&workers[i].error));
          done = FALSE;
        }
      imp_tally_merge (stage->tally, workers[i].tally);
      worker_clear (&workers[i]);
    }
  return done;
}

/* ---- what is missing ------------------------------------------------------------------------ */

static gboolean
tell_missing (guint root, const char *path, ImpFindingCode code, const char *detail, gpointer data,
              GError **error)
{
  const ImpFinding finding = { code, imp_finding_default_severity (code), (char *) detail };
  const ImpMessage message = { .path = path,
                               .format = DISC_FORMAT_FHIR_JSON,
                               .root = root,
                               .records = (guint8 *) "",
                               .source = "",
                               .findings = &finding,
                               .n_findings = 1 };

  return imp_unit_writer_add (data, "", "", &message, error);
}

static gboolean
tell_all_missing (const ImpFhirStage *self, GError **error)
{
  g_autoptr (ImpSpillCoder) coder = imp_spill_coder_new ();
  g_autoptr (ImpUnitWriter) writer = imp_unit_writer_new (self->spill, coder);

  return imp_fhir_exports_tell (imp_fhir_store_exports (self->store), tell_missing, writer, error) &&
         imp_unit_writer_flush (writer, error);
}

/* ---- fates ---------------------------------------------------------------------------------- */

typedef struct
{
  const ImpFhirPeople *people;
  ImpFhirFinder *finder;
  ImpFhirStoreReader *reader;
} Owners;

static char *
owner_of (guint32 entry, gpointer data)
{
  const Owners *self = data;
  g_auto (ImpFhirWhose) whose = { 0 };
  ImpFhirStored stored;
  const cJSON *resource;

  if (!imp_fhir_store_read (self->reader, entry, &stored, NULL))
    return g_strdup ("");
  imp_fhir_finder_begin (self->finder, entry, stored.full_url);
  resource = imp_fhir_finder_tree (self->finder, entry);
  if (resource == NULL)
    return g_strdup ("");
  imp_fhir_whose (self->people, self->finder, entry, resource, &whose);
  return *whose.id != '\0' ? g_strdup_printf ("%s %s", whose.facility, whose.id) : g_strdup ("");
}

gboolean
imp_fhir_stage_run (ImpFhirStage *self, GError **error)
{
  g_autoptr (ImpFhirPeople) people =
      imp_fhir_people_new (self->store, self->systems, self->facility, self->labels);
  g_autoptr (ImpFhirFinder) finder = NULL;
  g_autoptr (ImpFhirStoreReader) reader = NULL;
  Owners owners = { people, NULL, NULL };

  imp_fhir_store_freeze (self->store);
  if (!tell_all_missing (self, error))
    return FALSE;
  if (imp_fhir_store_n (self->store) == 0)
    return TRUE;
  imp_fhir_exports_newest (imp_fhir_store_exports (self->store), self->now, self->tally->exported_at);
  if (!imp_fhir_people_fill (people, error))
    return FALSE;
  owners.finder = finder = imp_fhir_finder_new (self->store);
  owners.reader = reader = imp_fhir_store_reader_new (self->store);
  if (!imp_fhir_fates (self->store, owner_of, &owners, error))
    return FALSE;
  imp_fhir_people_tell_apart (people);
  imp_fhir_messages (self->store, finder);
  return imp_fhir_sets (people, finder, error) && map_all (self, people, error);
}
