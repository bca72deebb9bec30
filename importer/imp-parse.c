/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-parse-private.h"

#include <string.h>

#include "imp-base64-cut.h"
#include "imp-decode.h"
#include "imp-limits.h"
#include "imp-map-cda.h"
#include "imp-map-file.h"

static void
clear_finding (gpointer data)
{
  g_free (((ImpFinding *) data)->detail);
}

ImpParser *
imp_parser_new (ImpSpill *spill, ImpRoots *roots, GPtrArray *source_labels,
                const ImpWindow *window, const char *now, ImpParseProgress *progress)
{
  ImpParser *self = g_new0 (ImpParser, 1);

  self->spill = spill;
  self->roots = roots;
  self->source_labels = source_labels;
  self->window = window;
  self->now = now;
  self->progress = progress;
  self->coder = imp_spill_coder_new ();
  self->er7 = imp_er7_new ();
  self->mapped = imp_mapped_new ();
  self->text = g_string_sized_new (16 * 1024);
  self->findings = g_array_new (FALSE, FALSE, sizeof (ImpFinding));
  g_array_set_clear_func (self->findings, clear_finding);
  self->tally = imp_tally_new ();
  imp_files_init (&self->files, spill, self->coder);
  self->writer = imp_unit_writer_new (spill, self->coder);
  return self;
}

void
imp_parser_set_scanner (ImpParser *self, ImpScanner *scanner)
{
  self->inspection.scanner = scanner;
  imp_files_set_scanner (&self->files, scanner, self->tally);
}

void
imp_parser_set_document_types (ImpParser *self, const ImpDocumentTypes *types)
{
  self->document_types = types;
}

void
imp_parser_set_fhir (ImpParser *self, ImpFhirStore *store)
{
  self->fhir = store;
  self->resources = imp_fhir_store_writer_new (store);
}

void
imp_parser_free (ImpParser *self)
{
  g_clear_pointer (&self->resources, imp_fhir_store_writer_free);
  imp_inspection_clear (&self->inspection);
  imp_unit_writer_free (self->writer);
  imp_spill_coder_free (self->coder);
  imp_er7_free (self->er7);
  imp_mapped_free (self->mapped);
  g_string_free (self->text, TRUE);
  g_array_unref (self->findings);
  imp_tally_free (self->tally);
  imp_files_clear (&self->files);
  g_free (self->last_root_path);
  imp_extended_name_clear (&self->extended);
  g_free (self->data_type);
  g_free (self->title);
  g_free (self);
}

gboolean
imp_parser_finish (ImpParser *self, GError **error)
{
  return imp_unit_writer_flush (self->writer, error) &&
         (self->resources == NULL || imp_fhir_store_writer_flush (self->resources, error));
}

gboolean
imp_parser_put_message (ImpParser *self, const char *facility, const char *patient,
                        ImpMessage *message, GError **error)
{
  message->findings = (const ImpFinding *) (gpointer) self->findings->data;
  message->n_findings = self->findings->len;
  return imp_unit_writer_add (self->writer, facility, patient, message, error);
}

void
imp_parser_add_finding (ImpParser *self, ImpFindingCode code, ImpSeverity severity, char *detail)
{
  ImpFinding finding = { .code = code, .severity = severity, .detail = detail };

  g_array_append_val (self->findings, finding);
}

static guint
find_root (ImpParser *self, guint source, const char *path)
{
  if (self->last_root_path != NULL && self->last_source == source &&
      strcmp (self->last_root_path, path) == 0)
    return self->last_root;

  self->last_root = imp_roots_find (self->roots, source,
                                    g_ptr_array_index (self->source_labels, source), path);
  self->last_source = source;
  g_free (self->last_root_path);
  self->last_root_path = g_strdup (path);
  return self->last_root;
}

/* ---- refused files -------------------------------------------------------------------------- */

ImpMessage
imp_parser_bare_message (ImpParser *self, const ImpFile *file, guint root)
{
  gboolean is_extended = file->name.class == IMP_NAME_EXTENDED && self->data_type != NULL;

  return (ImpMessage) {
    .format = self->format != 0 ? self->format
              : is_extended     ? DISC_FORMAT_SSMIX2_EXT
                                : DISC_FORMAT_SSMIX2,
    .content_len = is_extended ? (guint16) strlen (self->extended.content) : 0,
    .path = file->path,
    .name_patient = file->name.patient,
    .folder_patient = file->name.folder_patient,
    .pid = "",
    .other_ids = "",
    .care_date = file->name.care_date,
    .type = is_extended ? self->data_type : file->name.type,
    .order_no = file->name.order_no,
    .stamp = file->name.sort_stamp,
    .sent_at = "",
    .event = "",
    .birth_date = "",
    .sex = "",
    .name = "",
    .kana = "",
    .clinical_at = "",
    .reaches_to = "",
    /* Files of one document lie together, whenever each was written. */
    .mtime = is_extended ? 0 : file->mtime,
    .root = root,
    .condition = file->name.flag,
    .source = "",
    .records = (guint8 *) "",
  };
}

gboolean
imp_parser_refuse (ImpParser *self, const ImpFile *file, guint root, ImpReason reason,
                   const char *detail, GError **error)
{
  const char *facility = imp_roots_get (self->roots, root)->facility;
  ImpMessage message = imp_parser_bare_message (self, file, root);
  ImpFindingCode code = reason == IMP_REASON_VANISHED ? IMP_FINDING_MISSING_FILE
                                                      : IMP_FINDING_UNREADABLE;
  const char *looks;

  imp_tally_file_as (self->tally, root, file, self->data_type, reason);
  looks = imp_inspection_end (&self->inspection, self->tally, root, TRUE);
  detail = detail != NULL ? detail : looks;
  g_array_set_size (self->findings, 0);
  if (imp_inspection_is_infected (&self->inspection, self->tally))
    imp_parser_add_finding (self, IMP_FINDING_INFECTED, IMP_SEVERITY_ERROR,
                            g_strdup (self->inspection.infection));
  imp_parser_add_finding (self, code, imp_finding_default_severity (code),
                          detail != NULL
                              ? g_strdup_printf ("%s (%s)", imp_reason_sentence (reason), detail)
                              : g_strdup (imp_reason_sentence (reason)));
  return imp_parser_put_message (self, facility, imp_parser_patient_of_name (&file->name), &message, error);
}

/* ---- messages ------------------------------------------------------------------------------- */

static void
take_findings (ImpParser *self)
{
  for (guint i = 0; i < self->mapped->findings->len; i++)
    {
      ImpFinding *finding = g_ptr_array_index (self->mapped->findings, i);

      imp_parser_add_finding (self, finding->code, finding->severity,
                              g_steal_pointer (&finding->detail));
    }
}

static void
note_sent (ImpParser *self, ImpRootTally *root, ImpTypeTally *type, const char *sent_at)
{
  if (strcmp (sent_at, self->now) > 0)
    root->n_future++;
  else
    imp_tally_newer (type->newest_sent, sent_at, sizeof type->newest_sent);
  imp_tally_older (type->oldest_sent, sent_at, sizeof type->oldest_sent);
}

/* Lays the mapped message aside. */
static gboolean
put_mapped (ImpParser *self, const ImpFile *file, guint root, guint entry, const char *text,
            gsize len, DiscMessageFlags flags, GError **error)
{
  const char *facility = imp_roots_get (self->roots, root)->facility;
  const ImpFacts *facts = &self->mapped->facts;
  ImpRootTally *root_tally = imp_tally_root (self->tally, root);
  ImpTypeTally *type_tally;
  ImpMessage message = imp_parser_bare_message (self, file, root);
  char sent_at[DISC_DATE_MAX] = "";
  const char *unit, *looks;
  guint n;

  if (!disc_date_from_hl7 (file->name.timestamp, strlen (file->name.timestamp), sent_at))
    g_strlcpy (sent_at, facts->sent_at, sizeof sent_at);

  message.pid = facts->patient_id;
  message.other_ids = facts->other_ids;
  if (*message.type == '\0')
    message.type = facts->data_type;
  message.event = facts->event;
  message.birth_date = facts->birth_date;
  message.sex = facts->sex;
  message.name = facts->name;
  message.kana = facts->kana;
  message.clinical_at = facts->clinical_at;
  message.reaches_to = facts->reaches_to;
  message.sent_at = sent_at;
  message.entry = entry;
  message.flags = facts->flags | flags;
  message.is_cancel = facts->is_cancel;
  message.names_admission = facts->names_admission;
  message.records = (guint8 *) disc_record_builder_get (self->mapped->records,
                                                        &message.records_len);
  message.source = text;
  message.source_len = len;
  message.pictures = self->files.pictures->data;
  message.pictures_len = self->files.pictures->len;

  take_findings (self);
  n = imp_files_cut (&self->files, &message);
  if (n > 0)
    imp_parser_add_finding (self, IMP_FINDING_IGNORED, IMP_SEVERITY_INFO,
                            g_strdup_printf (IMP_BASE64_CUT_DETAIL, n));
  looks = imp_inspection_end (&self->inspection, self->tally, root, FALSE);
  if (looks != NULL)
    imp_parser_add_finding (self, IMP_FINDING_SUSPICIOUS, IMP_SEVERITY_WARNING, g_strdup (looks));
  imp_parser_check_name (self, &file->name);
  imp_parser_check_identity (self, &message, facility, root_tally);

  root_tally->n_messages++;
  type_tally = imp_tally_type (root_tally, message.type);
  type_tally->n_messages++;
  note_sent (self, root_tally, type_tally, sent_at);
  g_atomic_int_inc (&self->progress->n_messages);

  if (self->window != NULL && imp_window_may_drop_early (self->window, &message))
    {
      self->tally->fates[IMP_FATE_OUTSIDE]++;
      type_tally->n_outside++;
      return TRUE;
    }

  unit = file->name.patient;
  if (*unit == '\0')
    unit = *message.folder_patient != '\0' ? message.folder_patient : message.pid;
  return imp_parser_put_message (self, facility, unit, &message, error);
}

/* A later message of a file that cannot be read leaves the ones before it standing. */
static gboolean
refuse_part (ImpParser *self, const ImpFile *file, guint root, guint entry, const char *why,
             GError **error)
{
  ImpMessage message = imp_parser_bare_message (self, file, root);

  message.entry = entry;
  imp_tally_root (self->tally, root)->n_messages_refused++;
  g_array_set_size (self->findings, 0);
  imp_parser_add_finding (self, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR, g_strdup (why));
  return imp_parser_put_message (self, imp_roots_get (self->roots, root)->facility,
                                 imp_parser_patient_of_name (&file->name), &message, error);
}

static gboolean
refuse_rest (ImpParser *self, const ImpFile *file, guint root, gsize start, GError **error)
{
  guint n = imp_er7_count_messages (self->text->str + start, self->text->len - start);
  g_autofree char *why = g_strdup_printf (
      "%u messages from here on not read: more than the ceiling of %d for one file", n,
      IMP_MAX_MESSAGES_PER_FILE);

  imp_tally_root (self->tally, root)->n_messages_refused += n - 1; /* the first is counted below */
  return refuse_part (self, file, root, IMP_MAX_MESSAGES_PER_FILE + 1, why, error);
}

/* What the folder says a document is: one whose code nobody knows is called a document too. */
static DiscKind
folder_kind (const ImpParser *self)
{
  if (self->data_type == NULL)
    return DISC_KIND_NONE;
  return self->extended.kind != DISC_KIND_DOCUMENT ? self->extended.kind
                                                   : imp_document_types_kind (self->extended.code);
}

static gboolean
take_parts (ImpParser *self, const ImpFile *file, guint root, GArray *starts,
            const ImpDecodeResult *decoded, GError **error)
{
  DiscMessageFlags flags = decoded->n_lost > 0 ? DISC_MESSAGE_UNDECODABLE : 0;
  guint n = MIN (starts->len, IMP_MAX_MESSAGES_PER_FILE);
  guint n_good = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize start = g_array_index (starts, gsize, i);
      gsize end = i + 1 < starts->len ? g_array_index (starts, gsize, i + 1) : self->text->len;
      guint entry = starts->len > 1 ? i + 1 : 0;
      g_autoptr (GError) broken = NULL;

      if (!imp_er7_parse (self->er7, self->text->str + start, end - start, &broken))
        {
          if (starts->len == 1)
            return imp_parser_refuse (self, file, root, IMP_REASON_BROKEN_MESSAGE, broken->message,
                                      error);
          if (!refuse_part (self, file, root, entry, broken->message, error))
            return FALSE;
          continue;
        }
      n_good++;

      g_array_set_size (self->findings, 0);
      if (decoded->n_lost > 0 && i == 0)
        imp_parser_add_finding (
            self, IMP_FINDING_UNDECODABLE, IMP_SEVERITY_WARNING,
            g_strdup_printf ("characters lost (%s)", imp_charset_name (decoded->charset)));
      self->mapped->title = self->title;
      self->mapped->kind = folder_kind (self);
      imp_map_message (self->er7, &file->name, self->mapped);
      if (decoded->ends_inside && i + 1 == starts->len)
        {
          flags |= DISC_MESSAGE_TRUNCATED;
          if (!(self->mapped->facts.flags & DISC_MESSAGE_TRUNCATED))
            imp_parser_add_finding (self, IMP_FINDING_TRUNCATED, IMP_SEVERITY_ERROR,
                                    g_strdup ("the file ends within a character"));
        }
      if (!imp_parser_take_files (self, error))
        return FALSE;
      if (!put_mapped (self, file, root, entry, self->text->str + start, end - start, flags, error))
        return FALSE;
    }

  imp_tally_file_as (self->tally, root, file, self->data_type,
                     n_good > 0 ? IMP_REASON_NONE : IMP_REASON_BROKEN_MESSAGE);
  if (starts->len > n)
    return refuse_rest (self, file, root, g_array_index (starts, gsize, n), error);
  return TRUE;
}

/* What is no message in the extended storage is a document.
 * @text: (nullable) */
static gboolean
put_file (ImpParser *self, const ImpFile *file, guint root, const char *text, const char *source,
          DiscMessageFlags flags, GError **error)
{
  imp_tally_file_as (self->tally, root, file, self->data_type, IMP_REASON_NONE);
  imp_map_file (&file->name, &self->extended, text, self->mapped);
  imp_files_join (&self->files, FALSE, self->mapped);
  return put_mapped (self, file, root, 0, source, strlen (source), flags, error);
}

/* Whatever a file is, its words and pictures are read. */
static gboolean
take_file_of_document (ImpParser *self, const ImpFile *file, guint root, const guint8 *bytes,
                       GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, file->len);
  g_autoptr (ImpAttachment) attachment =
      imp_attachment_new (self->extended.file, NULL, content, NULL);
  const char *words;

  if (!imp_files_take_scanned (&self->files, attachment, error))
    return FALSE;
  words = self->files.words->str;
  if (*words == '\0' && self->files.n_pictures + self->files.n_left_out == 0)
    self->inspection.threats |= imp_threat_of_bytes (file, bytes, file->len);
  g_array_set_size (self->findings, 0);
  return put_file (self, file, root, *words != '\0' || self->files.n_pictures > 0 ? words : NULL, words,
                   0, error);
}

/* A document that cannot be read is one nevertheless, where its folder says so. */
static gboolean
take_broken_document (ImpParser *self, const ImpFile *file, guint root, const char *why,
                      GError **error)
{
  if (self->data_type == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_BROKEN_MESSAGE, why, error);
  g_array_set_size (self->findings, 0);
  imp_parser_add_finding (self, IMP_FINDING_UNREADABLE, IMP_SEVERITY_ERROR, g_strdup (why));
  return put_file (self, file, root, NULL, self->text->str, 0, error);
}

/* Its words stand in the document's own text, under the name of each. */
static gboolean
take_attachments (ImpParser *self, const GPtrArray *attachments, GError **error)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      const ImpAttachment *attachment = g_ptr_array_index (attachments, i);

      if (!imp_files_take (&self->files, attachment, attachment->name, error))
        return FALSE;
    }
  imp_files_join (&self->files, TRUE, self->mapped);
  return TRUE;
}

static gboolean
take_cda (ImpParser *self, const ImpFile *file, guint root, guint n_lost, GError **error)
{
  const ImpCdaPlace place = { &file->name, self->data_type != NULL ? &self->extended : NULL,
                              imp_roots_get (self->roots, root)->facility };
  DiscMessageFlags flags = n_lost > 0 ? DISC_MESSAGE_UNDECODABLE : 0;
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
  g_autoptr (GError) broken = NULL;

  if (!imp_map_cda (self->text->str, self->text->len, &place, self->mapped, attachments, &broken))
    return take_broken_document (self, file, root, broken->message, error);
  if (!take_attachments (self, attachments, error))
    return FALSE;
  g_array_set_size (self->findings, 0);
  if (n_lost > 0)
    imp_parser_add_finding (self, IMP_FINDING_UNDECODABLE, IMP_SEVERITY_WARNING,
                            g_strdup ("characters lost"));
  self->format = DISC_FORMAT_CDA;
  imp_tally_file_as (self->tally, root, file, self->data_type, IMP_REASON_NONE);
  return put_mapped (self, file, root, 0, self->text->str, self->text->len, flags, error);
}

/* Nothing of it comes onto the disc but that it is there. */
static gboolean
take_infected (ImpParser *self, const ImpFile *file, guint root, GError **error)
{
  if (self->data_type == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_INFECTED, NULL, error);
  g_array_set_size (self->findings, 0);
  imp_parser_add_finding (self, IMP_FINDING_INFECTED, IMP_SEVERITY_ERROR,
                          g_strdup (self->inspection.infection));
  return put_file (self, file, root, NULL, "", 0, error);
}

/* What begins as no message. */
static gboolean
take_document (ImpParser *self, const ImpFile *file, guint source, guint root, const guint8 *bytes,
               GError **error)
{
  g_auto (ImpXmlProlog) prolog = { 0 };
  gboolean is_taken;
  guint n_lost;

  if (self->data_type == NULL && self->fhir != NULL)
    {
      if (!imp_parser_take_fhir (self, file, source, root,
                                 imp_stream_from_memory (bytes, file->len), &is_taken, error))
        return FALSE;
      if (is_taken)
        return TRUE;
    }

  if (imp_inspection_is_infected (&self->inspection, self->tally))
    return take_infected (self, file, root, error);
  if (imp_xml_may_be (bytes, file->len))
    {
      n_lost = imp_xml_decode (bytes, file->len, self->text);
      imp_xml_probe (self->text->str, self->text->len, &prolog);
      if (prolog.has_doctype)
        return take_broken_document (self, file, root, "a document type is declared", error);
      if (g_strcmp0 (prolog.root, "ClinicalDocument") == 0)
        return take_cda (self, file, root, n_lost, error);
    }
  if (self->data_type == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_NOT_MESSAGE, NULL, error);
  return take_file_of_document (self, file, root, bytes, error);
}

/* What the folders say of a file of the extended storage. */
static void
describe (ImpParser *self, const ImpFile *file)
{
  imp_extended_name_clear (&self->extended);
  g_clear_pointer (&self->data_type, g_free);
  g_clear_pointer (&self->title, g_free);
  self->format = 0;
  if (file->name.class != IMP_NAME_EXTENDED ||
      !imp_extended_name_parse (file->path, &self->extended))
    return;
  imp_document_types_apply (self->document_types, &self->extended);
  self->data_type = imp_extended_name_data_type (&self->extended);
  self->title = imp_extended_name_title (&self->extended);
}

static gboolean
take_file (ImpParser *self, guint source, ImpFile *file, const guint8 *bytes, GError **error)
{
  guint root = find_root (self, source, file->name.root);
  g_autoptr (GArray) starts = NULL;
  ImpRootTally *tally;
  ImpDecodeResult decoded;

  g_atomic_int_inc (&self->progress->n_files);
  imp_files_reset (&self->files);
  describe (self, file);
  imp_inspection_begin (&self->inspection, file, bytes);
  if (imp_reason_is_ignored (file->reason))
    {
      imp_tally_file_as (self->tally, root, file, self->data_type, file->reason);
      return TRUE;
    }
  if (file->reason != IMP_REASON_NONE)
    return imp_parser_refuse (self, file, root, file->reason, NULL, error);
  /* Two roots taken for one could make one patient of two. */
  if (root == IMP_ROOT_BEYOND)
    return imp_parser_refuse (self, file, root, IMP_REASON_TOO_MANY_ROOTS, NULL, error);
  if (file->stream != NULL)
    return imp_parser_take_stream (self, file, source, root, error);
  if (file->len == 0)
    return imp_parser_refuse (self, file, root, IMP_REASON_EMPTY, NULL, error);

  if (file->name.class != IMP_NAME_MESSAGE && !imp_source_may_be_message (bytes, file->len))
    return take_document (self, file, source, root, bytes, error);

  imp_decode (bytes, file->len, self->text, &decoded);
  if (self->text->len <= IMP_MAX_TEXT_BYTES)
    starts = imp_er7_split_messages (self->text->str, self->text->len);
  if (starts == NULL)
    return imp_parser_refuse (self, file, root, IMP_REASON_TOO_LARGE, NULL, error);
  if (starts->len == 0 || g_array_index (starts, gsize, 0) != 0)
    return imp_parser_refuse (self, file, root, IMP_REASON_NOT_MESSAGE, NULL, error);

  tally = imp_tally_root (self->tally, root);
  tally->by_charset[decoded.charset]++;
  tally->n_characters_lost += decoded.n_lost;
  tally->n_characters_private += decoded.n_gaiji;
  return take_parts (self, file, root, starts, &decoded, error);
}

gboolean
imp_parser_take (ImpParser *self, ImpBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->files->len; i++)
    {
      ImpFile *file = &g_array_index (batch->files, ImpFile, i);

      if (!take_file (self, batch->source, file, batch->bytes->data + file->offset, error))
        return FALSE;
    }
  return imp_unit_writer_flush (self->writer, error);
}

const ImpTally *
imp_parser_tally (ImpParser *self)
{
  return self->tally;
}
