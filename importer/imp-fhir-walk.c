/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-walk.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-walk-private.h"
#include "imp-fhir-xml.h"
#include "imp-json-scan.h"
#include "imp-limits.h"

void
imp_fhir_tally_clear (ImpFhirTally *self)
{
  g_clear_pointer (&self->types, g_hash_table_unref);
  g_clear_pointer (&self->contained, g_hash_table_unref);
}

guint64
imp_fhir_tally_n (GHashTable *table, const char *type)
{
  const guint64 *n = table != NULL ? g_hash_table_lookup (table, type) : NULL;

  return n != NULL ? *n : 0;
}

/* ---- scanning ------------------------------------------------------------------------------- */

/* What ended the scan early is a finding, unless the visitor or the medium did. */
static gboolean
settle (ImpFhirCut *cut, gboolean ok, gboolean is_cut_off, guint64 n_bytes, GError *broken,
        GError **error)
{
  g_autoptr (GError) why = broken;
  ImpSlice end = { .offset = n_bytes };

  if (cut->walk->is_stopped || g_error_matches (why, IMP_ERROR, IMP_ERROR_SOURCE))
    {
      if (why != NULL)
        g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (!ok)
    imp_fhir_walk_tell (cut->walk, IMP_FINDING_TRUNCATED, cut->prefix, &end, 0,
                        why != NULL ? why->message : "ends early");
  else if (is_cut_off && !cut->had_cut_off)
    imp_fhir_walk_tell (cut->walk, IMP_FINDING_TRUNCATED, cut->prefix, &end, 0, "ends early");
  return TRUE;
}

static gboolean
scan_json (ImpStream *stream, ImpFhirCut *cut, ImpSliceTake take, gpointer data, GError **error)
{
  static const struct
  {
    ImpJsonCut cut;
    const char *key;
  } kinds[] = {
    [IMP_FHIR_PIECE_ALONE] = { IMP_JSON_CUT_VALUES, NULL },
    [IMP_FHIR_PIECE_LINE] = { IMP_JSON_CUT_VALUES, NULL },
    [IMP_FHIR_PIECE_ELEMENT] = { IMP_JSON_CUT_ELEMENTS, NULL },
    [IMP_FHIR_PIECE_ENTRY] = { IMP_JSON_CUT_MEMBER, "entry" },
    [IMP_FHIR_PIECE_PARAMETER] = { IMP_JSON_CUT_MEMBER, "parameter" },
  };
  ImpJsonScanOptions options = { .cut = kinds[cut->kind].cut,
                                 .key = kinds[cut->kind].key,
                                 .resync = cut->kind == IMP_FHIR_PIECE_LINE,
                                 .take = take,
                                 .data = data };
  GError *broken = NULL;
  ImpJsonSeen seen;
  gboolean ok = imp_json_scan (stream, &options, &seen, &broken);

  return settle (cut, ok, seen.is_cut_off, seen.n_bytes, broken, error);
}

static gboolean
scan_xml (ImpStream *stream, ImpFhirCut *cut, ImpSliceTake take, gpointer data, GError **error)
{
  g_auto (ImpXmlCutSeen) seen = { 0 };
  ImpXmlCutOptions options = { .whole = cut->kind == IMP_FHIR_PIECE_ALONE,
                                .only = cut->kind == IMP_FHIR_PIECE_ENTRY ? "entry" : "parameter",
                                .take = take,
                                .data = data };
  GError *broken = NULL;
  gboolean ok;

  cut->xml = &seen;
  cut->xml_is_whole = options.whole;
  ok = imp_xml_cut (stream, &options, &seen, &broken);
  ok = settle (cut, ok, seen.is_cut_off, seen.n_bytes, broken, error);
  cut->xml = NULL;
  return ok;
}

static gboolean
scan (ImpStream *stream, gboolean is_xml, ImpFhirCut *cut, GError **error)
{
  return (is_xml ? scan_xml : scan_json) (stream, cut, imp_fhir_walk_take, cut, error);
}

/* ---- Bundles -------------------------------------------------------------------------------- */

typedef struct
{
  const ImpFhirCut *cut;
  cJSON *message; /* (transfer full) */
} Find;

static gboolean
find_message (const ImpSlice *slice, gpointer data, GError **error)
{
  Find *find = data;
  const ImpXmlCutSeen *xml = find->cut->xml;
  g_auto (ImpJsonReport) report = { 0 };
  ImpFhirXmlReport xml_report;
  g_autoptr (cJSON) entry = NULL;
  cJSON *resource;

  if (slice->state != IMP_SLICE_WHOLE || strstr (slice->text, "MessageHeader") == NULL)
    return TRUE;
  entry = xml != NULL ? imp_fhir_xml_parse (xml->root_tag, xml->root, slice->text, slice->len,
                                            &xml_report, NULL)
                      : imp_json_parse (slice->text, slice->len, &report, NULL);
  resource = cJSON_GetObjectItemCaseSensitive (entry, "resource");
  if (g_strcmp0 (imp_json_string (resource, "resourceType"), "MessageHeader") != 0)
    return TRUE;
  find->message = cJSON_DetachItemViaPointer (entry, resource);
  return FALSE;
}

/* (transfer full) (nullable): it should be the first entry, and is not always. */
static cJSON *
read_message (ImpStream *stream, gboolean is_xml)
{
  ImpFhirTally unused = { 0 };
  ImpFhirVisitor nobody = { 0 };
  ImpFhirWalk walk = { .visitor = &nobody, .tally = &unused };
  ImpFhirCut cut = { .walk = &walk, .kind = IMP_FHIR_PIECE_ENTRY, .prefix = "" };
  Find find = { .cut = &cut };

  (is_xml ? scan_xml : scan_json) (stream, &cut, find_message, &find, NULL);
  return find.message;
}

static gboolean
walk_bundle (ImpFhirWalk *walk, ImpStream *stream, const ImpFhirProbe *probe, GError **error)
{
  ImpFhirBundle bundle = { .entry = "" };
  ImpFhirCut cut = { .walk = walk, .kind = IMP_FHIR_PIECE_ENTRY, .prefix = "", .bundle = &bundle };
  g_autoptr (cJSON) message = NULL;
  gboolean ok;

  imp_fhir_bundle_read (&bundle, probe->header);
  if (imp_fhir_bundle_may_have_message (bundle.type))
    {
      bundle.message = message = read_message (stream, probe->is_xml);
      if (!imp_stream_rewind (stream, error))
        return FALSE;
    }
  imp_fhir_walk_begin_bundle (walk, &bundle);
  ok = scan (stream, probe->is_xml, &cut, error);
  imp_fhir_walk_end_bundle (walk, &bundle);
  return ok;
}

/* ---- NDJSON in Binary ----------------------------------------------------------------------- */

typedef struct
{
  ImpFhirWalk *walk;
  gboolean is_done;
} Lines;

static gboolean
is_base64 (const char *text)
{
  gsize len = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/ \t\r\n");

  return text[len + strspn (text + len, "= \t\r\n")] == '\0';
}

static gboolean
walk_data (ImpFhirWalk *walk, const char *data, const ImpSlice *slice, GError **error)
{
  ImpFhirCut cut = { .walk = walk, .kind = IMP_FHIR_PIECE_LINE, .prefix = "data/" };
  g_autofree guchar *bytes = NULL;
  g_autoptr (ImpStream) stream = NULL;
  gsize len;

  if (data == NULL || !is_base64 (data))
    {
      walk->tally->n_pieces++;
      walk->tally->n_refused++;
      imp_fhir_walk_tell (walk, IMP_FINDING_NOT_UNDERSTOOD, "", slice, 0,
                          "Binary whose data is no base64");
      return TRUE;
    }
  bytes = g_base64_decode (data, &len);
  stream = imp_stream_from_memory (bytes, len);
  return scan (stream, FALSE, &cut, error);
}

static gboolean
take_binary (const ImpSlice *slice, gpointer data, GError **error)
{
  ImpFhirCut *cut = data;
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) node = NULL;

  if (slice->state == IMP_SLICE_WHOLE)
    node = imp_json_parse (slice->text, slice->len, &report, NULL);
  if (node == NULL) /* tells what is wrong */
    return imp_fhir_walk_take (slice, data, error);
  return walk_data (cut->walk, imp_json_string (node, "data"), slice, error);
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* Forms that nobody else reads. */
static void
tell_form (ImpFhirWalk *walk, ImpFhirForm form)
{
  static const struct
  {
    ImpFhirForm form;
    ImpFindingCode code;
    const char *detail;
  } forms[] = {
    { IMP_FHIR_FORM_EMPTY, IMP_FINDING_UNREADABLE, "empty" },
    { IMP_FHIR_FORM_OTHER, IMP_FINDING_UNREADABLE, "not FHIR" },
    { IMP_FHIR_FORM_CONFORMANCE, IMP_FINDING_UNKNOWN_TYPE, "conformance resource: not imported" },
    { IMP_FHIR_FORM_DSTU1, IMP_FINDING_UNREADABLE, "FHIR of 2014 (Atom feed): not read" },
    { IMP_FHIR_FORM_CHECKUP_CLAIM, IMP_FINDING_IGNORED,
      "claim or index of health check-ups: not imported" },
    { IMP_FHIR_FORM_DOCTYPE, IMP_FINDING_UNREADABLE, "a document type is declared" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].form == form)
      imp_fhir_walk_tell (walk, forms[i].code, "", NULL, 0, forms[i].detail);
  if (form == IMP_FHIR_FORM_CONFORMANCE)
    {
      walk->tally->n_pieces++;
      walk->tally->n_refused++;
    }
}

static gboolean
walk_form (ImpFhirWalk *walk, ImpStream *stream, const ImpFhirProbe *probe, GError **error)
{
  static const ImpFhirPiece kinds[] = {
    [IMP_FHIR_FORM_RESOURCE] = IMP_FHIR_PIECE_ALONE,
    [IMP_FHIR_FORM_LINES] = IMP_FHIR_PIECE_LINE,
    [IMP_FHIR_FORM_ARRAY] = IMP_FHIR_PIECE_ELEMENT,
    [IMP_FHIR_FORM_PARAMETERS] = IMP_FHIR_PIECE_PARAMETER,
  };
  ImpFhirCut cut = { .walk = walk, .prefix = "" };

  if (!imp_fhir_form_has_resources (probe->form))
    {
      tell_form (walk, probe->form);
      return TRUE;
    }
  if (probe->form == IMP_FHIR_FORM_BUNDLE)
    return walk_bundle (walk, stream, probe, error);
  if (probe->form == IMP_FHIR_FORM_BINARY_LINES)
    return scan_json (stream, &cut, take_binary, &cut, error);
  cut.kind = kinds[probe->form];
  if (!scan (stream, probe->is_xml, &cut, error))
    return FALSE;
  if (walk->tally->n_pieces == 0)
    imp_fhir_walk_tell (walk, IMP_FINDING_UNKNOWN_TYPE, "", NULL, 0, "holds no resource");
  return TRUE;
}

static void
tell_stream (ImpFhirWalk *walk, const ImpStream *stream, const ImpFhirProbe *probe)
{
  g_autofree char *detail = NULL;

  if (probe->n_repeated > 0 &&
      (probe->form == IMP_FHIR_FORM_BUNDLE || probe->form == IMP_FHIR_FORM_PARAMETERS))
    imp_fhir_walk_tell (walk, IMP_FINDING_NOT_UNDERSTOOD, "", NULL, 0,
                        "a name stands twice beside the entries: the first one is taken");
  if (probe->had_bom)
    imp_fhir_walk_tell (walk, IMP_FINDING_IGNORED, "", NULL, 0, "a byte order mark");
  if (imp_stream_remark (stream) != NULL)
    imp_fhir_walk_tell (walk, IMP_FINDING_NOT_UNDERSTOOD, "", NULL, 0, imp_stream_remark (stream));
  if (probe->charset != NULL)
    {
      detail = g_strdup_printf ("not UTF-8: read as %s, %" G_GUINT64_FORMAT " characters lost",
                                probe->charset, imp_stream_n_lost (stream));
      imp_fhir_walk_tell (walk, IMP_FINDING_UNDECODABLE, "", NULL, 0, detail);
    }
}

gboolean
imp_fhir_walk (ImpStream *stream, const ImpFhirProbe *probe, const ImpFhirVisitor *visitor,
               ImpFhirTally *tally, GError **error)
{
  ImpFhirWalk walk = { .visitor = visitor, .tally = tally };

  *tally = (ImpFhirTally){ 0 };
  tally->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  tally->contained = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!walk_form (&walk, stream, probe, error))
    return FALSE;
  tell_stream (&walk, stream, probe);
  return TRUE;
}
