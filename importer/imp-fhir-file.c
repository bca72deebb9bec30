/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-file.h"

#include <string.h>

#include "imp-base64.h"
#include "imp-decode.h"
#include "imp-limits.h"
#include "imp-map-cda.h"
#include "imp-sniff.h"
#include "imp-xml.h"

/* One file on its way. */
typedef struct
{
  const cJSON *attachment;
  const char *title;      /* (nullable) */
  const char *media_type; /* (nullable): as declared */
  GBytes *bytes;          /* (nullable) */
  ImpSniff sniffed;
} File;

void
imp_fhir_files_init (ImpFhirFiles *self)
{
  self->text = g_string_new (NULL);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->media_types = g_ptr_array_new_with_free_func (g_free);
  self->n_files = 0;
}

void
imp_fhir_files_clear (ImpFhirFiles *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  g_clear_pointer (&self->media_types, g_ptr_array_unref);
  self->text = NULL;
}

static const char *
name_of (const File *file)
{
  if (file->title != NULL)
    return file->title;
  return file->media_type != NULL ? file->media_type : "名称なし";
}

static void
remark (ImpFhirFiles *out, const char *label, const File *file)
{
  g_ptr_array_add (out->remarks, g_strdup_printf ("%s：%s", label, name_of (file)));
}

/* No patient data: what is wrong, not what it is called. */
static void
refuse (ImpFhirMapper *self, ImpFhirFiles *out, const File *file, const char *label,
        const char *why)
{
  imp_fhir_warn (self, "attachment-not-shown");
  remark (out, label, file);
  imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED, "%s: attachment: %s",
                          self->type, why);
}

/* ---- where its bytes are ------------------------------------------------------------------------
 */

/* (nullable): the Binary that a URL names. */
static const cJSON *
find_binary (ImpFhirMapper *self, const char *url)
{
  g_autoptr (cJSON) reference = cJSON_CreateObject ();

  cJSON_AddStringToObject (reference, "reference", url);
  return imp_fhir_find (self, reference, "Binary");
}

/* Whether a path is "Binary/id" of a server, not a file. */
static gboolean
is_resource (const char *url)
{
  return g_str_has_prefix (url, "Binary/") || strstr (url, "/Binary/") != NULL;
}

/* A file beside is not looked for, so it is not on the disc whatever its path: the record says so.
 */
static void
read_pointer (ImpFhirMapper *self, const char *url, const File *file, ImpFhirFiles *out)
{
  g_autofree char *path = is_resource (url) ? NULL : imp_attachment_clean_reference (url);

  refuse (self, out, file, "添付は本データに含まれません",
          path != NULL ? "it points to a file, which is not read" : "not among the data");
}

/* "data:application/pdf;base64," of a writer who takes it for a URL. */
static const char *
behind_prefix (const char *data)
{
  const char *comma = g_str_has_prefix (data, "data:") ? strchr (data, ',') : NULL;

  return comma != NULL ? comma + 1 : data;
}

/* ---- whether they are what they should be -------------------------------------------------------
 */

/* SHA-1 in base64; in hexadecimal too, as some writers have it. */
static gboolean
has_hash (const char *expected, GBytes *bytes)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *text = NULL;
  guint8 digest[20];
  gsize len = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  if (g_ascii_strcasecmp (g_checksum_get_string (sum), expected) == 0)
    return TRUE;
  g_checksum_reset (sum);
  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (sum, digest, &len);
  text = g_base64_encode (digest, len);
  return strcmp (text, expected) == 0;
}

static gboolean
is_text (const ImpSniff *sniffed)
{
  switch (sniffed->kind)
    {
    case IMP_SNIFF_TEXT:
    case IMP_SNIFF_HTML:
    case IMP_SNIFF_XML:
    case IMP_SNIFF_JSON:
    case IMP_SNIFF_NDJSON:
    case IMP_SNIFF_FHIR_JSON:
    case IMP_SNIFF_HL7:
    case IMP_SNIFF_RTF:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Of those that can be told by their bytes. */
static gboolean
agrees (const File *file)
{
  const char *type = file->media_type != NULL ? file->media_type : "";
  ImpSniffKind kind = file->sniffed.kind;

  if (g_ascii_strncasecmp (type, "text/", 5) == 0)
    return is_text (&file->sniffed);
  if (g_ascii_strncasecmp (type, "application/pdf", 15) == 0)
    return kind == IMP_SNIFF_PDF;
  if (g_ascii_strncasecmp (type, "image/", 6) == 0)
    return imp_sniff_group (kind) == IMP_SNIFF_GROUP_PICTURE;
  if (g_ascii_strncasecmp (type, "application/xml", 15) == 0)
    return kind == IMP_SNIFF_XML || kind == IMP_SNIFF_HTML;
  return TRUE;
}

static gboolean
is_sound (ImpFhirMapper *self, const File *file, ImpFhirFiles *out)
{
  const char *hash = imp_json_string (file->attachment, "hash");
  const char *size = imp_json_string (file->attachment, "size");
  g_autofree char *own = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (file->bytes));

  if (hash != NULL && !has_hash (hash, file->bytes))
    {
      refuse (self, out, file, "添付はハッシュ値が一致しないため開きません",
              "its hash is another one");
      return FALSE;
    }
  if (!agrees (file))
    {
      refuse (self, out, file, "添付は種類が宣言と異なるため開きません",
              "it is not of the type that is declared");
      return FALSE;
    }
  if (size != NULL && strcmp (size, own) != 0)
    {
      imp_fhir_warn (self, "attachment-size");
      imp_mapped_add_finding (self->out, IMP_FINDING_ATTACHMENT_REFUSED,
                              "%s: attachment: it has %s bytes, declared are others; it is kept",
                              self->type, own);
    }
  return TRUE;
}

/* ---- words --------------------------------------------------------------------------------------
 */

static void
add_text (ImpFhirFiles *out, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  g_string_append_printf (out->text, "%s%s", out->text->len > 0 ? "\n\n" : "", words);
}

static void
read_plain (ImpFhirMapper *self, const File *file, ImpFhirFiles *out, gboolean is_page)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &len);
  g_autoptr (GString) text = g_string_new (NULL);
  ImpDecodeResult result = { 0 };
  gboolean is_broken = FALSE;
  g_autofree char *words = NULL;

  imp_decode (bytes, len, text, &result);
  if (result.n_lost > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_UNDECODABLE,
                            "%s: attachment: characters lost: %u", self->type, result.n_lost);
  if (is_page)
    words = imp_fhir_page_text (text->str, &is_broken);
  add_text (out, is_page ? words : text->str);
}

/* What of a document's header must be seen beside the record that carries it. */
static void
take_cda_value (const DiscRecordIter *iter, ImpFhirFiles *out)
{
  static const struct
  {
    DiscField field;
    const char *label;
  } labels[] = {
    { DISC_FIELD_TITLE, "添付文書" },           { DISC_FIELD_AUTHOR, "添付文書の作成者" },
    { DISC_FIELD_AT, "添付文書の日付" },        { DISC_FIELD_PATIENT_ID, "添付文書の患者番号" },
    { DISC_FIELD_CUSTODIAN, "添付文書の保管" },
  };

  if (iter->field == DISC_FIELD_TEXT)
    add_text (out, iter->value);
  if (iter->field == DISC_FIELD_COMMENT)
    g_ptr_array_add (out->remarks, g_strdup (iter->value));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (labels[i].field == iter->field)
      g_ptr_array_add (out->remarks, g_strdup_printf ("%s：%s", labels[i].label, iter->value));
}

static void
take_findings (ImpFhirMapper *self, const ImpMapped *from)
{
  for (guint i = 0; i < from->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (from->findings, i);

      imp_mapped_add_finding (self->out, finding->code, "attached document: %s", finding->detail);
    }
  if (from->facts.names_two_patients)
    imp_mapped_add_finding (self->out, IMP_FINDING_IDENTITY_CONFLICT,
                            "attached document: it names two patients");
}

static gboolean
read_cda (ImpFhirMapper *self, const GString *xml, ImpFhirFiles *out)
{
  static const ImpName no_name = { .department = "-" };
  const ImpCdaPlace place = { .name = &no_name, .facility = "" };
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  const guint8 *data;
  DiscRecordIter iter;
  DiscToken token;
  gsize len;

  if (!imp_map_cda (xml->str, xml->len, &place, mapped, self->attachments, NULL))
    return FALSE;
  data = disc_record_builder_get (mapped->records, &len);
  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_VALUE)
      take_cda_value (&iter, out);
  take_findings (self, mapped);
  return TRUE;
}

/* Returns: FALSE where it is XML of another kind. */
static gboolean
read_xml (ImpFhirMapper *self, const File *file, ImpFhirFiles *out)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &len);
  g_autoptr (GString) xml = g_string_new (NULL);
  g_auto (ImpXmlProlog) prolog = { 0 };

  imp_xml_decode (bytes, len, xml);
  imp_xml_probe (xml->str, xml->len, &prolog);
  if (g_strcmp0 (prolog.root, "ClinicalDocument") == 0)
    return read_cda (self, xml, out);
  if (g_strcmp0 (prolog.root, "html") != 0 && g_strcmp0 (prolog.root, "div") != 0)
    return FALSE;
  read_plain (self, file, out, TRUE);
  return TRUE;
}

static gboolean
read_words (ImpFhirMapper *self, const File *file, ImpFhirFiles *out)
{
  if (file->sniffed.kind == IMP_SNIFF_XML)
    return read_xml (self, file, out);
  if (file->sniffed.is_utf16)
    return FALSE;
  if (file->sniffed.kind != IMP_SNIFF_TEXT && file->sniffed.kind != IMP_SNIFF_HTML)
    return FALSE;
  read_plain (self, file, out, file->sniffed.kind == IMP_SNIFF_HTML);
  return TRUE;
}

/* ---- one file -----------------------------------------------------------------------------------
 */

static void
hand_on (ImpFhirMapper *self, const File *file, ImpFhirFiles *out)
{
  if (self->attachments == NULL || self->attachments->len >= IMP_MAX_ATTACHMENTS)
    {
      refuse (self, out, file, "添付", "there is no place for it");
      return;
    }
  remark (out, "添付", file);
  g_ptr_array_add (self->attachments,
                   imp_attachment_new (file->title, file->media_type, file->bytes, NULL));
}

static void
read_data (ImpFhirMapper *self, const char *data, File *file, ImpFhirFiles *out)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize len;

  data = behind_prefix (data);
  bytes = imp_base64_decode (data, strlen (data), IMP_MAX_ATTACHMENT_BYTES, NULL);
  if (bytes == NULL)
    {
      refuse (self, out, file, "添付は壊れているため開きません", "no base64, or too much of it");
      return;
    }
  file->bytes = bytes;
  imp_sniff (g_bytes_get_data (bytes, &len), g_bytes_get_size (bytes), &file->sniffed);
  if (is_sound (self, file, out) && !read_words (self, file, out))
    hand_on (self, file, out);
}

static void
read_file (ImpFhirMapper *self, const cJSON *attachment, ImpFhirFiles *out)
{
  File file = { .attachment = attachment,
                .title = imp_json_string (attachment, "title"),
                .media_type = imp_json_string (attachment, "contentType") };
  const char *data = imp_json_string (attachment, "data");
  const char *url = imp_json_string (attachment, "url");
  const cJSON *binary = data == NULL && url != NULL ? find_binary (self, url) : NULL;

  if (binary != NULL)
    {
      data = imp_json_string (binary, "data");
      if (data == NULL)
        data = imp_json_string (binary, "content"); /* DSTU2 */
      if (file.media_type == NULL)
        file.media_type = imp_json_string (binary, "contentType");
    }
  if (data == NULL && url != NULL && g_str_has_prefix (url, "data:"))
    data = url;
  out->n_files++;
  if (file.media_type != NULL)
    g_ptr_array_add (out->media_types, g_strdup (file.media_type));
  if (data != NULL)
    read_data (self, data, &file, out);
  else if (url != NULL)
    read_pointer (self, url, &file, out);
  else
    refuse (self, out, &file, "添付は本データに含まれません", "it has neither data nor url");
}

void
imp_fhir_read_files (ImpFhirMapper *self, const cJSON *list, const char *member, ImpFhirFiles *out)
{
  for (const cJSON *one = imp_json_first (list); one != NULL && out->n_files < IMP_MAX_ATTACHMENTS;
       one = imp_json_next (one))
    {
      const cJSON *attachment = member != NULL ? imp_json_get (one, member) : one;

      if (cJSON_IsObject (imp_json_first (attachment)))
        read_file (self, imp_json_first (attachment), out);
    }
}

void
imp_fhir_add_files (ImpFhirMapper *self, const ImpFhirFiles *files)
{
  for (guint i = 0; i < files->media_types->len; i++)
    imp_fhir_add (self, DISC_FIELD_MEDIA_TYPE, g_ptr_array_index (files->media_types, i));
  for (guint i = 0; i < files->remarks->len; i++)
    imp_fhir_add (self, DISC_FIELD_COMMENT, g_ptr_array_index (files->remarks, i));
}
