/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files inside a message: OBX-5 of type ED. */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-base64.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "imp-sniff.h"

/* A value of another type is a file too, where it is built as one and is no shorter. */
#define MIN_UNDECLARED 64
/* Of what the sender calls a file, for showing. */
#define MAX_NAME_BYTES 60

/* HL7 v2.5 2.A.24: source application ^ type of data ^ data subtype ^ encoding ^ data. */
typedef struct
{
  ImpText type;    /* the components between the application and the encoding, as sent */
  ImpText encoded; /* (empty): the word of table 0299 */
  ImpFileCoding coding;
  ImpText data; /* as sent */
} Parts;

static const struct
{
  const char *words;
  ImpFileCoding coding;
} codings[] = {
  { "base64 b64 base-64", IMP_FILE_BASE64 },
  { "hex", IMP_FILE_HEX },
  { "a", IMP_FILE_TEXT },
};

/* ---- how it is built ------------------------------------------------------------------------- */

/* Not imp_mapper_has(), which would take megabytes for a value that is too long to be shown. */
static gboolean
is_empty (ImpText text)
{
  text = imp_text_trim (text);
  return text.len == 0 || imp_text_is_null (text);
}

static ImpFileCoding
coding_of (ImpText word)
{
  g_autofree char *folded = NULL;

  word = imp_text_trim (word);
  if (word.len == 0 || word.len > 8)
    return IMP_FILE_UNKNOWN;
  folded = g_ascii_strdown (word.text, (gssize) word.len);
  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    if (imp_text_is_one_of ((ImpText){ folded, word.len }, codings[i].words))
      return codings[i].coding;
  return IMP_FILE_UNKNOWN;
}

static ImpText
from_here (const char *begin, ImpText repetition)
{
  return (ImpText){ begin, (gsize) (repetition.text + repetition.len - begin) };
}

/* Writers leave a component out: the encoding tells where the data begin. Of these nothing is
 * parted any more, be it text with separators that should have been escaped. */
static void
part (ImpMapper *self, ImpText repetition, Parts *parts)
{
  ImpText component[6];

  *parts = (Parts){ 0 };
  for (guint n = 1; n <= 5; n++)
    component[n] = imp_er7_component (self->er7, repetition, n);
  if (imp_er7_n_components (self->er7, repetition) == 1)
    {
      parts->data = repetition;
      return;
    }
  for (guint n = 2; n <= 4 && component[n].text != NULL; n++)
    {
      ImpFileCoding coding = coding_of (component[n]);

      if (coding == IMP_FILE_UNKNOWN || (coding == IMP_FILE_TEXT && n < 4))
        continue;
      parts->coding = coding;
      parts->encoded = component[n];
      if (n > 2)
        parts->type =
            (ImpText){ component[2].text, (gsize) (component[n].text - 1 - component[2].text) };
      if (component[n + 1].text != NULL)
        parts->data = from_here (component[n + 1].text, repetition);
      return;
    }
  parts->encoded = component[4];
  parts->type = component[2];
  if (component[3].text != NULL)
    parts->type.len = (gsize) (component[3].text + component[3].len - component[2].text);
  if (component[5].text != NULL)
    parts->data = from_here (component[5].text, repetition);
}

static gboolean
is_built_as_file (ImpMapper *self, ImpText repetition)
{
  Parts parts;

  if (repetition.len < MIN_UNDECLARED)
    return FALSE;
  part (self, repetition, &parts);
  return parts.coding == IMP_FILE_BASE64 && parts.data.len > 0;
}

/* ---- its bytes ------------------------------------------------------------------------------- */

static GBytes *
fail (GError **error, ImpError code, const char *why)
{
  g_set_error_literal (error, IMP_ERROR, code, why);
  return NULL;
}

static GBytes *
decode_hex (ImpText text, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean is_second = FALSE;
  guint8 byte = 0;

  for (gsize i = 0; i < text.len; i++)
    {
      int digit = g_ascii_xdigit_value (text.text[i]);

      if (g_ascii_isspace (text.text[i]))
        continue;
      if (digit < 0)
        return fail (error, IMP_ERROR_UNREADABLE, "not hexadecimal");
      byte = (guint8) (byte << 4 | digit);
      if (is_second)
        g_byte_array_append (out, &byte, 1);
      is_second = !is_second;
      if (out->len > max_bytes)
        return fail (error, IMP_ERROR_LIMIT, "larger than the ceiling");
    }
  if (is_second)
    return fail (error, IMP_ERROR_UNREADABLE, "the hexadecimal digits are cut off");
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
take_text (ImpText text, gsize max_bytes, GError **error)
{
  if (text.len > max_bytes)
    return fail (error, IMP_ERROR_LIMIT, "larger than the ceiling");
  return g_bytes_new (text.text, text.len);
}

static ImpSniffKind
sniff (GBytes *bytes)
{
  ImpSniff sniffed;
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  imp_sniff (data, len, &sniffed);
  return sniffed.kind;
}

/* Without a word about it: base64, where something known comes out of it, else text. */
static GBytes *
guess (ImpText text, gsize max_bytes, ImpFileCoding *coding, GError **error)
{
  g_autoptr (GBytes) bytes = imp_base64_decode (text.text, text.len, max_bytes, NULL);

  if (bytes != NULL && imp_sniff_group (sniff (bytes)) != IMP_SNIFF_GROUP_OPAQUE)
    {
      *coding = IMP_FILE_BASE64;
      return g_steal_pointer (&bytes);
    }
  *coding = IMP_FILE_TEXT;
  return take_text (text, max_bytes, error);
}

static GBytes *
decode (ImpMapper *self, Parts *parts, gsize max_bytes, GError **error)
{
  ImpText text = imp_er7_unescape (self->er7, parts->data, NULL);

  if (is_empty (text))
    return fail (error, IMP_ERROR_UNREADABLE, "it is empty");
  switch (parts->coding)
    {
    case IMP_FILE_BASE64:
      return imp_base64_decode (text.text, text.len, max_bytes, error);
    case IMP_FILE_HEX:
      return decode_hex (text, max_bytes, error);
    case IMP_FILE_TEXT:
      return take_text (text, max_bytes, error);
    case IMP_FILE_UNKNOWN:
    default:
      if (imp_text_trim (parts->encoded).len > 0)
        return fail (error, IMP_ERROR_UNREADABLE, "encoded in a way that is not known");
      return guess (text, max_bytes, &parts->coding, error);
    }
}

/* ---- what it is said to be ------------------------------------------------------------------- */

static gboolean
is_words (ImpSniffKind kind)
{
  return kind == IMP_SNIFF_TEXT || kind == IMP_SNIFF_HTML || kind == IMP_SNIFF_RTF ||
         imp_sniff_group (kind) == IMP_SNIFF_GROUP_MESSAGE;
}

/* HL7 tables 0191 and 0291, and the media types that writers put there; of these only such as can
 * be told by the bytes. */
static gboolean
agrees (const char *type, ImpSniffKind kind)
{
  static const struct
  {
    const char *word;
    ImpSniffKind kind;
  } subtypes[] = {
    { "pdf", IMP_SNIFF_PDF },   { "jpeg", IMP_SNIFF_JPEG },   { "jpg", IMP_SNIFF_JPEG },
    { "png", IMP_SNIFF_PNG },   { "gif", IMP_SNIFF_GIF },     { "bmp", IMP_SNIFF_BMP },
    { "tiff", IMP_SNIFF_TIFF }, { "tif", IMP_SNIFF_TIFF },    { "rtf", IMP_SNIFF_RTF },
    { "html", IMP_SNIFF_XML },  { "dicom", IMP_SNIFF_DICOM }, { "xml", IMP_SNIFF_XML },
  };
  g_auto (GStrv) words = g_strsplit_set (type, "/ ", -1);

  if (kind == IMP_SNIFF_HTML) /* where it is written as XML it is both */
    kind = IMP_SNIFF_XML;
  for (guint i = 0; i < G_N_ELEMENTS (subtypes); i++)
    for (guint k = 0; words[k] != NULL; k++)
      if (g_ascii_strcasecmp (words[k], subtypes[i].word) == 0)
        return kind == subtypes[i].kind;
  if (words[0] == NULL)
    return TRUE;
  if (g_ascii_strcasecmp (words[0], "IM") == 0 || g_ascii_strcasecmp (words[0], "image") == 0)
    return imp_sniff_group (kind) == IMP_SNIFF_GROUP_PICTURE;
  if (g_ascii_strcasecmp (words[0], "TEXT") == 0 || g_ascii_strcasecmp (words[0], "TX") == 0 ||
      g_ascii_strcasecmp (words[0], "FT") == 0)
    return is_words (kind);
  return TRUE;
}

/* (transfer full): "AP/PDF", or "" */
static char *
type_words (ImpMapper *self, ImpText type)
{
  GString *out = g_string_new (NULL);
  guint n = type.len > 0 ? MIN (imp_er7_n_components (self->er7, type), 3) : 0;

  for (guint i = 1; i <= n; i++)
    {
      ImpText word = imp_text_trim (imp_mapper_leaf (self, imp_er7_component (self->er7, type, i)));

      if (word.len > 0)
        g_string_append_printf (out, "%s%.*s", out->len > 0 ? "/" : "",
                                (int) imp_text_cut (word, MAX_NAME_BYTES), word.text);
    }
  return g_string_free (out, FALSE);
}

/* ---- all of a message ------------------------------------------------------------------------ */

static void
mapped_file_free (gpointer data)
{
  ImpMappedFile *self = data;

  g_clear_pointer (&self->attachment, imp_attachment_free);
  g_free (self->mark);
  g_free (self);
}

GPtrArray *
imp_mapped_files_new (void)
{
  return g_ptr_array_new_with_free_func (mapped_file_free);
}

/* (transfer full): by its number, and what the row is called. */
static char *
name_of (ImpMapper *self, guint number, const ImpSegment *obx)
{
  ImpText name = imp_text_trim (imp_mapper_field_text (self, obx, 3));

  return g_strdup_printf ("添付%u%s%.*s", number, name.len > 0 ? " " : "",
                          (int) imp_text_cut (name, MAX_NAME_BYTES),
                          name.text != NULL ? name.text : "");
}

static void
tell (ImpMapper *self, const ImpMappedFile *file, ImpFindingCode code, const char *why)
{
  imp_mapped_add_finding (self->out, code, "OBX-5 of segment %u: attachment %u is %s",
                          file->segment->number, file->number, why);
}

static void
take_bytes (ImpMapper *self, ImpMappedFile *file, GBytes *bytes, const char *type)
{
  g_autofree char *name = name_of (self, file->number, file->segment);
  ImpSniffKind kind = sniff (bytes);

  file->attachment = imp_attachment_new (name, *type != '\0' ? type : NULL, bytes, NULL);
  if (!agrees (type, kind))
    imp_mapped_add_finding (
        self->out, IMP_FINDING_TYPE_MISMATCH,
        "OBX-5 of segment %u: attachment %u is said to be of another type than its bytes (%s)",
        file->segment->number, file->number, imp_sniff_word (kind));
}

static void
take_file (ImpMapper *self, const ImpSegment *obx, ImpText repetition)
{
  ImpMappedFile *file = g_new0 (ImpMappedFile, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *type = NULL;
  Parts parts;

  g_ptr_array_add (self->out->files, file);
  part (self, repetition, &parts);
  type = type_words (self, parts.type);
  *file = (ImpMappedFile){ .number = self->out->files->len,
                           .record = G_MAXUINT,
                           .bucket = G_MAXUINT,
                           .segment = obx,
                           .whole = repetition,
                           .data = parts.data };
  bytes = decode (self, &parts, IMP_MAX_ATTACHMENT_BYTES - self->file_bytes, &error);
  file->coding = parts.coding;
  file->mark = g_strdup_printf ("［添付%u：%s%s］", file->number, *type != '\0' ? type : "種類不明",
                                bytes != NULL ? "" : "（読み取れません）");
  if (bytes == NULL)
    {
      g_autofree char *why = g_strdup_printf ("refused: %s", error->message);

      tell (self, file, IMP_FINDING_ATTACHMENT_REFUSED, why);
      return;
    }
  self->file_bytes += g_bytes_get_size (bytes);
  take_bytes (self, file, bytes, type);
}

static gboolean
is_declared (ImpMapper *self, const ImpSegment *obx)
{
  return imp_text_equal (imp_mapper_code (self, obx, 2, 1), "ED");
}

/* Returns: %FALSE: no more are taken */
static gboolean
take_files_of (ImpMapper *self, const ImpSegment *obx)
{
  gboolean declared = is_declared (self, obx);
  ImpText field = imp_er7_field (self->er7, obx, 5);
  ImpRepetitions repetitions;
  ImpText repetition;

  if (is_empty (field) || (!declared && field.len < MIN_UNDECLARED))
    return TRUE;
  imp_repetitions_init (&repetitions, self, field);
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      if (is_empty (repetition) || (!declared && !is_built_as_file (self, repetition)))
        continue;
      if (self->out->files->len >= IMP_MAX_ATTACHMENTS)
        {
          imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                                  "from OBX-5 of segment %u on: more attachments than the ceiling "
                                  "of %d for one message",
                                  obx->number, IMP_MAX_ATTACHMENTS);
          return FALSE;
        }
      take_file (self, obx, repetition);
    }
  return TRUE;
}

void
imp_mapper_take_files (ImpMapper *self)
{
  self->file_bytes = 0;
  for (guint i = 1; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) == IMP_SEG ('O', 'B', 'X') && !take_files_of (self, segment))
        break;
    }
}

/* ---- where they stand ------------------------------------------------------------------------ */

gboolean
imp_mapper_is_file (ImpMapper *self, const ImpSegment *obx)
{
  for (guint i = 0; i < self->out->files->len; i++)
    if (((ImpMappedFile *) g_ptr_array_index (self->out->files, i))->segment == obx)
      return TRUE;
  /* Beyond the ceiling; an ED without a value is a row without one. */
  return is_declared (self, obx) && !is_empty (imp_er7_field (self->er7, obx, 5));
}

ImpText
imp_mapper_file_text (ImpMapper *self, ImpText repetition)
{
  static const char unknown[] = "［添付（読み取れません）］";

  for (guint i = 0; i < self->out->files->len; i++)
    {
      const ImpMappedFile *file = g_ptr_array_index (self->out->files, i);

      if (file->whole.text == repetition.text)
        return (ImpText){ file->mark, strlen (file->mark) };
    }
  if (is_empty (repetition))
    return IMP_TEXT_EMPTY;
  return (ImpText){ unknown, sizeof unknown - 1 };
}

DiscKind
imp_mapper_report_kind (ImpMapper *self)
{
  DiscKind kind = self->out->kind;

  return kind == DISC_KIND_NOTE || kind == DISC_KIND_DOCUMENT ? kind : DISC_KIND_REPORT;
}

/* A result's is a report; what is sent along with an order or an event is a document. */
static DiscKind
kind_of (ImpMapper *self)
{
  static const char results[] = "ORU OUL OMI";
  const char *type = self->out->facts.message_type;

  if (self->out->kind == DISC_KIND_REPORT ||
      imp_text_is_one_of ((ImpText){ type, strlen (type) }, results))
    return imp_mapper_report_kind (self);
  return self->out->kind == DISC_KIND_NOTE ? DISC_KIND_NOTE : DISC_KIND_DOCUMENT;
}

/* The files of @obx belong to the record that is open. */
static void
claim (ImpMapper *self, const ImpSegment *obx)
{
  guint bucket = 0;

  while (bucket < self->n_buckets && g_ptr_array_index (self->buckets, bucket) != self->open)
    bucket++;
  for (guint i = 0; i < self->out->files->len && bucket < self->n_buckets; i++)
    {
      ImpMappedFile *file = g_ptr_array_index (self->out->files, i);

      if (file->segment == obx)
        file->bucket = bucket;
    }
}

DiscRecordBuilder *
imp_mapper_file_record (ImpMapper *self, const ImpSegment *obx, ImpState state,
                        const ImpSegment *owner)
{
  g_autofree char *name = imp_text_dup (imp_mapper_field_text (self, obx, 3));
  const char *title = self->title;
  DiscRecordBuilder *record;

  /* What lies in the extended storage is named by its folder. */
  if (self->out->title != NULL)
    self->title = self->out->title;
  else if (*name != '\0')
    self->title = name;
  record = imp_mapper_record (self, kind_of (self), state, owner);
  self->title = title;
  imp_mapper_add_observation (self, record, DISC_FIELD_TEXT, obx, owner);
  if (self->open != NULL)
    claim (self, obx);
  return record;
}

void
imp_mapper_file_beside (ImpMapper *self, const ImpSegment *obx, ImpState state)
{
  DiscRecordBuilder *pending = self->pending;
  ImpBucket *open = self->open;

  if (open != NULL)
    state = imp_state_stricter (state, open->state);
  self->pending = disc_record_builder_new ();
  self->open = NULL;
  imp_mapper_file_record (self, obx, state, NULL);
  disc_record_builder_free (self->pending);
  self->pending = pending;
  self->open = open;
}

void
imp_mapper_add_untold_files (ImpMapper *self)
{
  for (guint i = 0; i < self->out->files->len; i++)
    {
      const ImpMappedFile *file = g_ptr_array_index (self->out->files, i);
      DiscRecordBuilder *head;

      if (file->bucket != G_MAXUINT ||
          (i > 0 && ((ImpMappedFile *) g_ptr_array_index (self->out->files, i - 1))->segment ==
                        file->segment))
        continue;
      head = imp_mapper_head (self);
      imp_mapper_add_date (self, head, DISC_FIELD_AT, file->segment, 14, 1);
      if (!imp_mapper_has (self, file->segment, 14))
        imp_mapper_add_date (self, head, DISC_FIELD_AT, self->header, 7, 1);
      imp_mapper_close (self);
      imp_mapper_file_beside (self, file->segment, imp_state_of_result (self, file->segment, NULL));
    }
}
