/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-form.h"

#include <string.h>

#include "imp-decode.h"
#include "imp-error.h"
#include "imp-fhir-type.h"
#include "imp-fhir-xml.h"
#include "imp-json-scan.h"
#include "imp-limits.h"
#include "imp-xml-cut.h"
#include "imp-xml.h"

#define HEAD_BYTES (64 * 1024)
#define MAX_UNPACKED 2 /* gzip within gzip */
#define LOOKED_AT 20   /* lines without resourceType that are no FHIR */

void
imp_fhir_probe_clear (ImpFhirProbe *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->header, cJSON_Delete);
}

const char *
imp_fhir_form_name (ImpFhirForm form)
{
  static const char *const names[] = {
    "empty",       "other", "zip",   "attachment",    "hl7v2",        "bundle",
    "resource",    "lines", "array", "parameters",    "binary-lines", "manifest",
    "conformance", "cda",   "dstu1", "checkup-claim", "xdm",          "doctype",
  };

  return names[form];
}

gboolean
imp_fhir_form_has_resources (ImpFhirForm form)
{
  return form >= IMP_FHIR_FORM_BUNDLE && form <= IMP_FHIR_FORM_BINARY_LINES;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static gboolean
begins (const guint8 *bytes, gsize len, const char *with, gsize n)
{
  return len >= n && memcmp (bytes, with, n) == 0;
}

static gboolean
is_attachment (const guint8 *bytes, gsize len)
{
  return begins (bytes, len, "%PDF-", 5) || begins (bytes, len, "{\\rtf", 5) ||
         begins (bytes, len, "\xff\xd8\xff", 3) || begins (bytes, len, "\x89PNG", 4) ||
         begins (bytes, len, "II*\0", 4) || begins (bytes, len, "MM\0*", 4) ||
         (len >= 132 && memcmp (bytes + 128, "DICM", 4) == 0);
}

static gboolean
is_message (const guint8 *bytes, gsize len)
{
  gsize from = len > 0 && bytes[0] == 0x0b ? 1 : 0;

  return begins (bytes + from, len - from, "MSH|", 4);
}

/* With its mark, or by the zeros beside the first character of JSON or XML. */
static const char *
wide_charset (const guint8 *bytes, gsize len)
{
  if (len < 2)
    return NULL;
  if (begins (bytes, len, "\xff\xfe", 2) ||
      (strchr ("{[<", bytes[0]) != NULL && bytes[0] != '\0' && bytes[1] == '\0'))
    return "UTF-16LE";
  if (begins (bytes, len, "\xfe\xff", 2) ||
      (bytes[0] == '\0' && bytes[1] != '\0' && strchr ("{[<", bytes[1]) != NULL))
    return "UTF-16BE";
  return NULL;
}

/* A character may be cut where the head ends. */
static gboolean
is_utf8 (const guint8 *bytes, gsize len)
{
  const char *end;

  return g_utf8_validate_len ((const char *) bytes, len, &end) ||
         (len == HEAD_BYTES && (const char *) bytes + len - end < 4);
}

/* Only what can be read as one of them from begin to end; else bad bytes are told entry by entry
 * (spec fhir.md 6.1). */
static const char *
narrow_charset (const guint8 *bytes, gsize len)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ImpDecodeResult result;

  imp_decode (bytes, len, text, &result);
  if (result.n_lost > (result.ends_inside || len == HEAD_BYTES ? 1u : 0u))
    return NULL;
  if (result.charset == IMP_CHARSET_CP932)
    return "CP932";
  return result.charset == IMP_CHARSET_EUC_JP ? "EUC-JP" : NULL;
}

/* (nullable): what an XML declaration says. */
static const char *
declared_charset (const guint8 *bytes, gsize len)
{
  static const struct
  {
    const char *name;
    const char *charset;
  } names[] = {
    { "Shift_JIS", "CP932" },         { "Windows-31J", "CP932" },     { "EUC-JP", "EUC-JP" },
    { "ISO-2022-JP", "ISO-2022-JP" }, { "ISO-8859-1", "ISO-8859-1" }, { "windows-1252", "CP1252" },
  };
  g_autofree char *head = g_strndup ((const char *) bytes, MIN (len, 200));
  const char *at = g_str_has_prefix (head, "<?xml") ? strstr (head, "encoding") : NULL;

  at = at != NULL ? strpbrk (at, "\"'") : NULL;
  for (guint i = 0; at != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (at + 1, names[i].name, strlen (names[i].name)) == 0)
      return names[i].charset;
  return NULL;
}

static const char *
find_charset (const guint8 *bytes, gsize len)
{
  const char *charset = wide_charset (bytes, len);

  if (charset != NULL)
    return charset;
  charset = declared_charset (bytes, len);
  if (charset != NULL && (g_str_equal (charset, "ISO-2022-JP") || !is_utf8 (bytes, len)))
    return charset;
  return is_utf8 (bytes, len) ? NULL : narrow_charset (bytes, len);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static gboolean
keep_member (const ImpSlice *slice, gpointer data, GError **error)
{
  ImpFhirProbe *probe = data;
  cJSON *header = probe->header;
  g_auto (ImpJsonReport) report = { 0 };
  cJSON *value = NULL;

  if (slice->key == NULL || cJSON_GetArraySize (header) >= IMP_JSON_MAX_HEADERS)
    return TRUE;
  if (cJSON_GetObjectItemCaseSensitive (header, slice->key) != NULL)
    {
      probe->n_repeated++;
      return TRUE;
    }
  if (slice->state == IMP_SLICE_WHOLE)
    value = imp_json_parse (slice->text, slice->len, &report, NULL);
  cJSON_AddItemToObject (header, slice->key, value != NULL ? value : cJSON_CreateNull ());
  return TRUE;
}

static gboolean
read_members (ImpStream *stream, ImpFhirProbe *probe, ImpJsonSeen *seen, GError **error)
{
  ImpJsonScanOptions options = { .cut = IMP_JSON_CUT_MEMBERS,
                                 .one_value = TRUE,
                                 .resync = TRUE,
                                 .max_slice_bytes = IMP_JSON_MAX_HEADER_BYTES,
                                 .take = keep_member,
                                 .data = probe };
  g_autoptr (GError) broken = NULL;

  probe->header = cJSON_CreateObject ();
  if (!imp_json_scan (stream, &options, seen, &broken))
    {
      seen->is_cut_off = TRUE;
      if (g_error_matches (broken, IMP_ERROR, IMP_ERROR_SOURCE))
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
    }
  return TRUE;
}

typedef struct
{
  guint n;
  gboolean has_type;
} Look;

static gboolean
look_for_type (const ImpSlice *slice, gpointer data, GError **error)
{
  Look *look = data;
  ImpSlice type;

  look->has_type = imp_json_find_member (slice->text, slice->len, "resourceType", &type);
  return !look->has_type && ++look->n < LOOKED_AT;
}

/* Whether one of the first values is a resource. */
static gboolean
has_resource (ImpStream *stream, ImpJsonCut cut)
{
  Look look = { 0 };
  ImpJsonScanOptions options = { .cut = cut, .resync = TRUE, .take = look_for_type, .data = &look };
  ImpJsonSeen seen;

  if (imp_stream_rewind (stream, NULL))
    imp_json_scan (stream, &options, &seen, NULL);
  return look.has_type;
}

static ImpFhirForm
form_of_object (ImpStream *stream, const ImpFhirProbe *probe, char follow)
{
  const cJSON *header = probe->header;
  const char *content = imp_json_string (header, "contentType");

  if (cJSON_GetObjectItemCaseSensitive (header, "transactionTime") != NULL &&
      cJSON_GetObjectItemCaseSensitive (header, "output") != NULL)
    return IMP_FHIR_FORM_MANIFEST;
  if (follow == '{')
    return probe->type != NULL || has_resource (stream, IMP_JSON_CUT_VALUES) ? IMP_FHIR_FORM_LINES
                                                                             : IMP_FHIR_FORM_OTHER;
  if (probe->type == NULL)
    return IMP_FHIR_FORM_OTHER;
  if (strcmp (probe->type, "Bundle") == 0)
    return IMP_FHIR_FORM_BUNDLE;
  if (strcmp (probe->type, "Parameters") == 0)
    return IMP_FHIR_FORM_PARAMETERS;
  if (strcmp (probe->type, "Binary") == 0 && content != NULL &&
      (g_str_has_prefix (content, "application/fhir+ndjson") ||
       g_str_has_prefix (content, "application/ndjson")))
    return IMP_FHIR_FORM_BINARY_LINES;
  if (follow != '\0') /* a bad line behind the first */
    return IMP_FHIR_FORM_LINES;
  return imp_fhir_type_class (probe->type) == IMP_FHIR_CLASS_CONFORMANCE ? IMP_FHIR_FORM_CONFORMANCE
                                                                         : IMP_FHIR_FORM_RESOURCE;
}

static gboolean
probe_json (ImpStream *stream, ImpFhirProbe *probe, GError **error)
{
  ImpJsonSeen seen;

  if (!read_members (stream, probe, &seen, error))
    return FALSE;
  probe->had_bom = probe->had_bom || seen.had_bom;
  probe->is_cut_off = seen.is_cut_off;
  probe->type = g_strdup (imp_json_string (probe->header, "resourceType"));
  if (seen.first == '[')
    probe->form =
        has_resource (stream, IMP_JSON_CUT_ELEMENTS) ? IMP_FHIR_FORM_ARRAY : IMP_FHIR_FORM_OTHER;
  else
    probe->form = form_of_object (stream, probe, seen.follow);
  return TRUE;
}

/* ---- XML ------------------------------------------------------------------------------------ */

typedef struct
{
  const ImpXmlCutSeen *seen;
  cJSON *header;
} XmlHeader;

static gboolean
keep_child (const ImpSlice *slice, gpointer data, GError **error)
{
  XmlHeader *self = data;
  ImpFhirXmlReport report;
  cJSON *value = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (cJSON) whole = NULL;

  if (cJSON_GetArraySize (self->header) >= IMP_JSON_MAX_HEADERS ||
      cJSON_GetObjectItemCaseSensitive (self->header, slice->key) != NULL)
    return TRUE;
  if (slice->state == IMP_SLICE_WHOLE)
    {
      /* As a part of the root, so that it becomes a string, a list or an object as it should. */
      text = g_string_new (self->seen->root_tag);
      g_string_append_printf (text, "%s</%s>", slice->text, self->seen->root);
      whole = imp_fhir_xml_parse (NULL, NULL, text->str, text->len, &report, NULL);
      value = cJSON_DetachItemFromObjectCaseSensitive (whole, slice->key);
    }
  cJSON_AddItemToObject (self->header, slice->key, value != NULL ? value : cJSON_CreateNull ());
  return TRUE;
}

static gboolean
read_xml_header (ImpStream *stream, ImpFhirProbe *probe, GError **error)
{
  g_auto (ImpXmlCutSeen) seen = { 0 };
  XmlHeader header = { &seen, cJSON_CreateObject () };
  ImpXmlCutOptions options = { .except = "entry",
                                .max_slice_bytes = IMP_JSON_MAX_HEADER_BYTES,
                                .take = keep_child,
                                .data = &header };
  g_autoptr (GError) broken = NULL;

  probe->header = header.header;
  cJSON_AddStringToObject (probe->header, "resourceType", probe->type);
  if (!imp_xml_cut (stream, &options, &seen, &broken) &&
      g_error_matches (broken, IMP_ERROR, IMP_ERROR_SOURCE))
    {
      g_propagate_error (error, g_steal_pointer (&broken));
      return FALSE;
    }
  probe->is_cut_off = seen.is_cut_off || broken != NULL;
  if (seen.has_doctype)
    probe->form = IMP_FHIR_FORM_DOCTYPE;
  return TRUE;
}

static ImpFhirForm
form_of_root (const ImpXmlProlog *prolog)
{
  static const struct
  {
    const char *root;
    const char *namespace; /* (nullable): any */
    ImpFhirForm form;
  } roots[] = {
    { "feed", "http://www.w3.org/2005/Atom", IMP_FHIR_FORM_DSTU1 },
    { "ClinicalDocument", "urn:hl7-org:v3", IMP_FHIR_FORM_CDA },
    { "checkupClaim", NULL, IMP_FHIR_FORM_CHECKUP_CLAIM },
    { "index", NULL, IMP_FHIR_FORM_CHECKUP_CLAIM },
    { "summary", "http://tokuteikenshin.jp/checkup/2007", IMP_FHIR_FORM_CHECKUP_CLAIM },
    { "SubmitObjectsRequest", NULL, IMP_FHIR_FORM_XDM },
  };

  if (prolog->has_doctype)
    return IMP_FHIR_FORM_DOCTYPE;
  if (prolog->root == NULL)
    return IMP_FHIR_FORM_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (strcmp (prolog->root, roots[i].root) == 0 &&
        (roots[i].namespace == NULL || strcmp (prolog->namespace, roots[i].namespace) == 0))
      return roots[i].form;
  if (strcmp (prolog->namespace, IMP_FHIR_NAMESPACE) != 0)
    return IMP_FHIR_FORM_OTHER;
  if (strcmp (prolog->root, "Bundle") == 0)
    return IMP_FHIR_FORM_BUNDLE;
  if (strcmp (prolog->root, "Parameters") == 0)
    return IMP_FHIR_FORM_PARAMETERS;
  return imp_fhir_type_class (prolog->root) == IMP_FHIR_CLASS_CONFORMANCE
             ? IMP_FHIR_FORM_CONFORMANCE
             : IMP_FHIR_FORM_RESOURCE;
}

static gboolean
probe_xml (ImpStream *stream, ImpFhirProbe *probe, GError **error)
{
  g_auto (ImpXmlProlog) prolog = { 0 };
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  gssize n = imp_stream_read_head (stream, head, HEAD_BYTES, error);

  if (n < 0)
    return FALSE;
  probe->is_xml = TRUE;
  imp_xml_probe ((const char *) head, (gsize) n, &prolog);
  probe->form = form_of_root (&prolog);
  probe->type = g_steal_pointer (&prolog.root);
  return !imp_fhir_form_has_resources (probe->form) || read_xml_header (stream, probe, error);
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* (transfer full): @stream below what unpacks it. */
static ImpStream *
unpack (ImpStream *stream, ImpFhirProbe *probe, guint8 *head, gssize *n, GError **error)
{
  for (guint i = 0; i <= MAX_UNPACKED; i++)
    {
      *n = imp_stream_read_head (stream, head, HEAD_BYTES, error);
      if (*n < 2 || head[0] != 0x1f || head[1] != 0x8b || i == MAX_UNPACKED)
        break;
      probe->was_packed = TRUE;
      stream = imp_stream_gunzip (stream);
    }
  return stream;
}

/* Returns: whether nothing more has to be looked at. */
static gboolean
probe_bytes (const guint8 *head, gsize n, ImpFhirProbe *probe)
{
  probe->form = IMP_FHIR_FORM_OTHER;
  if (n == 0)
    probe->form = IMP_FHIR_FORM_EMPTY;
  else if (begins (head, n, "PK\3\4", 4))
    probe->form = IMP_FHIR_FORM_ZIP;
  else if (is_attachment (head, n))
    probe->form = IMP_FHIR_FORM_ATTACHMENT;
  else if (is_message (head, n))
    probe->form = IMP_FHIR_FORM_HL7V2;
  else
    return FALSE;
  return TRUE;
}

static gboolean
probe_text (ImpStream *stream, ImpFhirProbe *probe, GError **error)
{
  guint8 head[512];
  gssize n = imp_stream_read_head (stream, head, sizeof head, error);
  gsize from = 0;

  if (n < 0)
    return FALSE;
  if (begins (head, (gsize) n, "\xef\xbb\xbf", 3))
    {
      probe->had_bom = TRUE;
      from = 3;
    }
  while (from < (gsize) n && strchr (" \t\r\n\x1e", head[from]) != NULL && head[from] != '\0')
    from++;
  if (from == (gsize) n)
    probe->form = n < (gssize) sizeof head ? IMP_FHIR_FORM_EMPTY : IMP_FHIR_FORM_OTHER;
  else if (head[from] == '{' || head[from] == '[')
    return probe_json (stream, probe, error);
  else if (head[from] == '<')
    return probe_xml (stream, probe, error);
  return TRUE;
}

ImpStream *
imp_fhir_open (ImpStream *raw, ImpFhirProbe *probe, GError **error)
{
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  g_autoptr (ImpStream) stream = NULL;
  gssize n;

  *probe = (ImpFhirProbe){ .form = IMP_FHIR_FORM_OTHER };
  stream = unpack (raw, probe, head, &n, error);
  if (n < 0)
    return NULL;
  if (!probe_bytes (head, (gsize) n, probe))
    {
      probe->charset = find_charset (head, (gsize) n);
      if (probe->charset != NULL)
        stream = imp_stream_convert (g_steal_pointer (&stream), probe->charset);
      if (!probe_text (stream, probe, error))
        return NULL;
    }
  return imp_stream_rewind (stream, error) ? g_steal_pointer (&stream) : NULL;
}
