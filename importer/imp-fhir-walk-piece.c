/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-walk-private.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-type.h"
#include "imp-fhir-xml.h"
#include "imp-json-scan.h"
#include "imp-limits.h"

#define MAX_TYPES 1000 /* different ones counted apart */

/* One piece that could be read. */
typedef struct
{
  ImpFhirCut *cut;
  const ImpSlice *slice;
  const ImpJsonReport *report; /* (nullable) */
  const char *entry;
} Piece;

/* ---- findings ------------------------------------------------------------------------------- */

static void
tell (ImpFhirWalk *walk, ImpFindingCode code, ImpSeverity severity, const char *entry,
      const ImpSlice *slice, guint lines, const char *detail)
{
  ImpFhirFinding finding = { .code = code,
                             .severity = severity,
                             .entry = entry,
                             .offset = slice != NULL ? slice->offset : 0,
                             .line = slice != NULL ? slice->line + lines : 0,
                             .detail = detail };

  if (walk->tally->n_findings++ < IMP_FHIR_MAX_FINDINGS && walk->visitor->finding != NULL)
    walk->visitor->finding (&finding, walk->visitor->data);
}

void
imp_fhir_walk_tell (ImpFhirWalk *walk, ImpFindingCode code, const char *entry,
                    const ImpSlice *slice, guint lines, const char *detail)
{
  tell (walk, code, imp_finding_default_severity (code), entry, slice, lines, detail);
}

static void
tell_n (const Piece *piece, ImpFindingCode code, guint n, const char *what)
{
  g_autofree char *detail = NULL;

  if (n == 0)
    return;
  detail = g_strdup_printf ("%u %s", n, what);
  imp_fhir_walk_tell (piece->cut->walk, code, piece->entry, piece->slice, 0, detail);
}

/* Spec fhir.md 6.2 and 8, E08: what was noticed though it could be read. */
static void
tell_report (const Piece *piece)
{
  const ImpJsonReport *report = piece->report;
  guint n_lost = report->n_lone_surrogates + report->n_nul + report->n_bad_utf8;

  tell_n (piece, IMP_FINDING_UNDECODABLE, n_lost, "characters written as U+FFFD");
  tell_n (piece, IMP_FINDING_NOT_UNDERSTOOD, report->n_bad_numbers,
          "numbers that are none, kept as text");
  for (guint i = 0; i < report->duplicates->len; i++)
    {
      const ImpJsonDuplicate *duplicate = g_ptr_array_index (report->duplicates, i);
      g_autofree char *detail =
          g_strdup_printf ("%s stands twice with different values", duplicate->path);

      if (!duplicate->is_equal)
        tell (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD,
              duplicate->is_identity ? IMP_SEVERITY_ERROR : IMP_SEVERITY_WARNING, piece->entry,
              piece->slice, 0, detail);
    }
}

static void
refuse (ImpFhirWalk *walk, ImpFindingCode code, const char *entry, const ImpSlice *slice,
        guint lines, const char *detail)
{
  walk->tally->n_refused++;
  imp_fhir_walk_tell (walk, code, entry, slice, lines, detail);
}

/* ---- counting ------------------------------------------------------------------------------- */

static void
count_type (GHashTable *table, const char *type)
{
  gsize len = strspn (type, G_CSET_A_2_Z G_CSET_a_2_z);
  guint64 *n;

  if (len == 0 || type[len] != '\0' || len > 64)
    type = "?";
  n = g_hash_table_lookup (table, type);
  if (n == NULL && g_hash_table_size (table) >= MAX_TYPES)
    n = g_hash_table_lookup (table, type = "?");
  if (n == NULL)
    {
      n = g_new0 (guint64, 1);
      g_hash_table_insert (table, g_strdup (type), n);
    }
  ++*n;
}

static guint
count_contained (ImpFhirWalk *walk, const cJSON *resource)
{
  guint n = 0;

  for (const cJSON *inner = imp_json_first (imp_json_get (resource, "contained")); inner != NULL;
       inner = imp_json_next (inner))
    {
      const char *type = imp_json_string (inner, "resourceType");

      count_type (walk->tally->contained, type != NULL ? type : "?");
      n++;
    }
  return n;
}

/* ---- handing on ----------------------------------------------------------------------------- */

static gboolean
hand_on (const Piece *piece, ImpFhirItem *item, GError **error)
{
  ImpFhirWalk *walk = piece->cut->walk;
  const ImpJsonReport *report = piece->report;

  item->entry = piece->entry;
  item->bundle = piece->cut->bundle;
  if (report != NULL)
    {
      item->n_conflicts = imp_json_report_conflicts (report, &item->n_identity_conflicts);
      item->has_bad_numbers = report->n_bad_numbers > 0;
      item->has_losses = report->n_lone_surrogates + report->n_nul + report->n_bad_utf8 > 0;
      tell_report (piece);
    }
  if (item->resource != NULL)
    {
      count_type (walk->tally->types, item->type);
      item->n_contained = count_contained (walk, item->resource);
      if (imp_fhir_type_class (item->type) == IMP_FHIR_CLASS_UNKNOWN)
        imp_fhir_walk_tell (walk, IMP_FINDING_UNKNOWN_TYPE, piece->entry, piece->slice, 0,
                            "not a resource type of FHIR");
    }
  walk->tally->n_items++;
  if (walk->visitor->item (item, walk->visitor->data, error))
    return TRUE;
  walk->is_stopped = TRUE;
  return FALSE;
}

static gboolean take_entry (const Piece *piece, cJSON *entry, GError **error);

static const cJSON *
find_message (const cJSON *entries)
{
  for (const cJSON *entry = imp_json_first (entries); entry != NULL; entry = imp_json_next (entry))
    {
      const cJSON *resource = imp_json_get (entry, "resource");

      if (g_strcmp0 (imp_json_string (resource, "resourceType"), "MessageHeader") == 0)
        return resource;
    }
  return NULL;
}

/* XML is a tree already; and no text of its own can be read without what is declared around it. */
static gboolean
walk_tree (const Piece *outer, ImpFhirCut *cut, cJSON *entries, GError **error)
{
  guint i = 0;
  cJSON *next;

  for (cJSON *entry = (cJSON *) imp_json_first (entries); entry != NULL; entry = next, i++)
    {
      g_autofree char *name = g_strdup_printf ("%sentry[%u]", cut->prefix, i);
      Piece piece = { cut, outer->slice, NULL, name };

      next = (cJSON *) imp_json_next (entry);
      cut->walk->tally->n_pieces++;
      if (!take_entry (&piece, entry, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_text (ImpFhirCut *cut, const ImpFhirItem *item, GError **error)
{
  g_autoptr (ImpStream) stream = imp_stream_from_memory (item->text, item->len);
  ImpJsonScanOptions options = { .cut = IMP_JSON_CUT_MEMBER,
                                 .key = "entry",
                                 .one_value = TRUE,
                                 .first_offset = item->offset,
                                 .first_line = item->line,
                                 .take = imp_fhir_walk_take,
                                 .data = cut };
  ImpJsonSeen seen;

  return imp_json_scan (stream, &options, &seen, error);
}

void
imp_fhir_walk_begin_bundle (ImpFhirWalk *walk, const ImpFhirBundle *bundle)
{
  if (bundle->type == IMP_FHIR_BUNDLE_UNKNOWN)
    imp_fhir_walk_tell (walk, IMP_FINDING_NOT_UNDERSTOOD, bundle->entry, NULL, 0,
                        bundle->type_word == NULL
                            ? "Bundle without type: read as a collection"
                            : "Bundle of an unknown type: read as a collection");
  if (walk->visitor->bundle != NULL)
    walk->visitor->bundle (bundle, FALSE, walk->visitor->data);
}

void
imp_fhir_walk_end_bundle (ImpFhirWalk *walk, const ImpFhirBundle *bundle)
{
  if (bundle->n_bare > 0)
    {
      g_autofree char *detail =
          g_strdup_printf ("%u entries without a request: read as data", bundle->n_bare);

      tell (walk, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_INFO, bundle->entry, NULL, 0, detail);
    }
  if (walk->visitor->bundle != NULL)
    walk->visitor->bundle (bundle, TRUE, walk->visitor->data);
}

/* A Bundle within an entry, on a line, in an array. */
static gboolean
take_bundle (const Piece *piece, const ImpFhirItem *item, GError **error)
{
  const ImpFhirBundle *parent = piece->cut->bundle;
  ImpFhirBundle bundle = { .parent = parent,
                           .nesting = parent != NULL ? parent->nesting + 1 : 0,
                           .entry = piece->entry,
                           .full_url = item->full_url };
  g_autofree char *prefix = g_strconcat (piece->entry, piece->entry[0] != '\0' ? "/" : "", NULL);
  ImpFhirCut cut = { .walk = piece->cut->walk,
                     .kind = IMP_FHIR_PIECE_ENTRY,
                     .prefix = prefix,
                     .bundle = &bundle,
                     .xml = piece->cut->xml };
  ImpFhirTally *tally = piece->cut->walk->tally;
  guint64 n_before = tally->n_pieces;
  g_autoptr (cJSON) entries = NULL;
  gboolean ok;

  if (bundle.nesting > IMP_FHIR_MAX_NESTING)
    {
      refuse (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD, piece->entry, piece->slice, 0,
              "Bundles nested too deep");
      return TRUE;
    }
  tally->n_bundles++;
  entries = cJSON_DetachItemFromObjectCaseSensitive (item->resource, "entry");
  imp_fhir_bundle_read (&bundle, item->resource);
  if (imp_fhir_bundle_may_have_message (bundle.type))
    bundle.message = find_message (entries);
  imp_fhir_walk_begin_bundle (cut.walk, &bundle);
  ok = cut.xml != NULL ? walk_tree (piece, &cut, entries, error) : walk_text (&cut, item, error);
  imp_fhir_walk_end_bundle (cut.walk, &bundle);
  if (parent == NULL)
    tally->n_inner += tally->n_pieces - n_before;
  return ok;
}

static gboolean
take_resource (const Piece *piece, ImpFhirItem *item, GError **error)
{
  item->type = imp_json_string (item->resource, "resourceType");
  if (item->type == NULL)
    {
      refuse (piece->cut->walk, IMP_FINDING_UNKNOWN_TYPE, piece->entry, piece->slice, 0,
              "without resourceType");
      return TRUE;
    }
  if (strcmp (item->type, "Bundle") == 0 && item->rule == IMP_FHIR_RULE_DATA)
    return take_bundle (piece, item, error);
  return hand_on (piece, item, error);
}

/* ---- pieces --------------------------------------------------------------------------------- */

/* Where the resource stands in the text of an entry of JSON. */
static void
place_text (const Piece *piece, const char *key, ImpFhirItem *item)
{
  const ImpSlice *slice = piece->slice;
  ImpSlice found;

  item->text = slice->text;
  item->len = slice->len;
  item->offset = slice->offset;
  item->line = slice->line;
  if (piece->cut->xml != NULL || key == NULL ||
      !imp_json_find_member (slice->text, slice->len, key, &found))
    return;
  item->text = found.text;
  item->len = found.len;
  item->offset += found.offset;
  item->line += found.line - 1;
}

static gboolean
take_request (const Piece *piece, ImpFhirItem *item, GError **error)
{
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;

  if (item->url != NULL)
    imp_fhir_split_url (item->url, &type, &id, NULL);
  item->type = type != NULL ? type : "";
  item->text = NULL;
  item->len = 0;
  if (item->rule == IMP_FHIR_RULE_NOTHING)
    imp_fhir_walk_tell (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD, piece->entry, piece->slice, 0,
                        "entry without resource");
  return hand_on (piece, item, error);
}

static gboolean
take_entry (const Piece *piece, cJSON *entry, GError **error)
{
  const cJSON *request = imp_json_get (entry, "request");
  const cJSON *response = imp_json_get (entry, "response");
  cJSON *resource = (cJSON *) imp_json_first (imp_json_get (entry, "resource"));
  ImpFhirBundleType type = piece->cut->bundle->type;
  ImpFhirItem item = { .resource = cJSON_IsObject (resource) ? resource : NULL,
                       .whole = entry,
                       .full_url = imp_json_string (entry, "fullUrl"),
                       .method = imp_json_string (request, "method"),
                       .url = imp_json_string (request, "url"),
                       .status = imp_json_string (response, "status"),
                       .mode = imp_json_string (imp_json_get (entry, "search"), "mode") };

  if (!cJSON_IsObject (entry) || (resource != NULL && item.resource == NULL))
    {
      refuse (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD, piece->entry, piece->slice, 0,
              "not an object");
      return TRUE;
    }
  item.rule =
      imp_fhir_entry_rule (type, item.method, item.mode, item.status, item.resource != NULL);
  if (item.method == NULL && item.resource != NULL &&
      (type == IMP_FHIR_BUNDLE_TRANSACTION || type == IMP_FHIR_BUNDLE_BATCH))
    piece->cut->bundle->n_bare++;
  if (item.rule == IMP_FHIR_RULE_PATCH)
    imp_fhir_walk_tell (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD, piece->entry, piece->slice, 0,
                        "PATCH cannot be applied");
  place_text (piece, "resource", &item);
  return item.resource != NULL ? take_resource (piece, &item, error)
                               : take_request (piece, &item, error);
}

static gboolean
take_whole (const Piece *piece, cJSON *node, GError **error)
{
  ImpFhirItem item = { .resource = node };

  if (!cJSON_IsObject (node))
    {
      refuse (piece->cut->walk, IMP_FINDING_NOT_UNDERSTOOD, piece->entry, piece->slice, 0,
              "not an object");
      return TRUE;
    }
  place_text (piece, NULL, &item);
  return take_resource (piece, &item, error);
}

/* Parameters.parameter: a resource, or parts that may have one; at most as deep as JSON may be. */
static gboolean
take_parameter (const Piece *piece, cJSON *parameter, gboolean is_outer, GError **error)
{
  cJSON *resource = (cJSON *) imp_json_get (parameter, "resource");
  ImpFhirItem item = { .resource = resource, .whole = parameter };
  guint i = 0;

  if (cJSON_IsObject (resource))
    {
      piece->cut->walk->tally->n_pieces++;
      place_text (piece, is_outer ? "resource" : NULL, &item);
      if (!take_resource (piece, &item, error))
        return FALSE;
    }
  for (cJSON *part = (cJSON *) imp_json_first (imp_json_get (parameter, "part")); part != NULL;
       part = (cJSON *) imp_json_next (part), i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.part[%u]", piece->entry, i);
      Piece inner = *piece;

      inner.entry = name;
      if (!take_parameter (&inner, part, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_piece (const Piece *piece, cJSON *node, GError **error)
{
  switch (piece->cut->kind)
    {
    case IMP_FHIR_PIECE_ENTRY:
      return take_entry (piece, node, error);
    case IMP_FHIR_PIECE_PARAMETER:
      return take_parameter (piece, node, TRUE, error);
    case IMP_FHIR_PIECE_ALONE:
    case IMP_FHIR_PIECE_LINE:
    case IMP_FHIR_PIECE_ELEMENT:
    default:
      return take_whole (piece, node, error);
    }
}

/* ---- slices --------------------------------------------------------------------------------- */

static char *
name_slice (const ImpFhirCut *cut, const ImpSlice *slice)
{
  static const char *const words[] = {
    [IMP_FHIR_PIECE_ELEMENT] = "",
    [IMP_FHIR_PIECE_ENTRY] = "entry",
    [IMP_FHIR_PIECE_PARAMETER] = "parameter",
  };

  if (cut->kind == IMP_FHIR_PIECE_LINE)
    return g_strdup_printf ("%sline %u", cut->prefix, slice->line);
  if (cut->kind == IMP_FHIR_PIECE_ALONE || slice->state == IMP_SLICE_STRAY)
    return g_strdup (cut->prefix);
  return g_strdup_printf ("%s%s[%" G_GUINT64_FORMAT "]", cut->prefix, words[cut->kind],
                          slice->index);
}

/* What an error says without the line, which is the finding's. */
static const char *
without_line (const char *message)
{
  const char *colon = g_str_has_prefix (message, "line ") ? strstr (message, ": ") : NULL;

  return colon != NULL ? colon + 2 : message;
}

static gboolean
take_xml (ImpFhirCut *cut, const ImpSlice *slice, const char *entry, GError **error)
{
  g_autoptr (GError) broken = NULL;
  ImpFhirXmlReport report = { 0 };
  Piece piece = { cut, slice, NULL, entry };
  g_autoptr (cJSON) node =
      imp_fhir_xml_parse (cut->xml_is_whole ? NULL : cut->xml->root_tag, cut->xml->root,
                          slice->text, slice->len, &report, &broken);

  if (node == NULL)
    {
      cut->walk->tally->n_pieces += cut->kind == IMP_FHIR_PIECE_PARAMETER;
      refuse (cut->walk, IMP_FINDING_NOT_UNDERSTOOD, entry, slice, 0,
              without_line (broken->message));
      return TRUE;
    }
  tell_n (&piece, IMP_FINDING_NOT_UNDERSTOOD, report.n_foreign,
          "elements that are not of FHIR left out");
  tell_n (&piece, IMP_FINDING_NOT_UNDERSTOOD, report.n_text, "texts between elements left out");
  return take_piece (&piece, node, error);
}

static gboolean
take_json (ImpFhirCut *cut, const ImpSlice *slice, const char *entry, GError **error)
{
  g_autoptr (GError) broken = NULL;
  g_auto (ImpJsonReport) report = { 0 };
  Piece piece = { cut, slice, &report, entry };
  g_autoptr (cJSON) node = imp_json_parse (slice->text, slice->len, &report, &broken);

  if (node == NULL)
    {
      cut->walk->tally->n_pieces += cut->kind == IMP_FHIR_PIECE_PARAMETER;
      refuse (cut->walk, IMP_FINDING_NOT_UNDERSTOOD, entry, slice,
              report.error_line > 0 ? report.error_line - 1 : 0, without_line (broken->message));
      return TRUE;
    }
  return take_piece (&piece, node, error);
}

gboolean
imp_fhir_walk_take (const ImpSlice *slice, gpointer data, GError **error)
{
  ImpFhirCut *cut = data;
  g_autofree char *entry = name_slice (cut, slice);

  if (slice->state == IMP_SLICE_STRAY)
    {
      cut->walk->tally->n_strays++;
      imp_fhir_walk_tell (cut->walk, IMP_FINDING_NOT_UNDERSTOOD, entry, slice, 0, "not JSON");
      return TRUE;
    }
  if (slice->state != IMP_SLICE_WHOLE)
    {
      gboolean is_cut_off = slice->state == IMP_SLICE_CUT_OFF;

      cut->had_cut_off = cut->had_cut_off || is_cut_off;
      cut->walk->tally->n_pieces++;
      refuse (cut->walk, is_cut_off ? IMP_FINDING_TRUNCATED : IMP_FINDING_NOT_UNDERSTOOD, entry,
              slice, 0, imp_slice_state_sentence (slice->state));
      return TRUE;
    }
  if (cut->kind != IMP_FHIR_PIECE_PARAMETER)
    cut->walk->tally->n_pieces++;
  return cut->xml != NULL ? take_xml (cut, slice, entry, error)
                          : take_json (cut, slice, entry, error);
}
