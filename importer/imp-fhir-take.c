/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-take.h"

#include <string.h>

#include "imp-fhir-chart.h"
#include "imp-fhir-read.h"
#include "imp-fhir-system.h"
#include "imp-fhir-type.h"

#define MAX_NAMES 60 /* identifiers of one resource by which it is found */

typedef struct
{
  ImpFhirTaker *taker;
  ImpFhirTaken *taken;
  guint source;
  guint root;
  const char *path;
  guint32 file;
  gboolean is_xml;
  GHashTable *bundles;     /* ImpFhirBundle -> number */
  GHashTable *passed_over; /* type -> guint64: known, and no business of a chart */
  gboolean is_mixed;       /* resources of several types */
  guint64 number;          /* of the item in the file */
  GStringChunk *strings;
  GPtrArray *names;
  GError *error;
} Take;

/* ---- names ---------------------------------------------------------------------------------- */

static void add_name (GPtrArray *names, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_name (GPtrArray *names, const char *format, ...)
{
  g_autofree char *name = NULL;
  va_list args;

  va_start (args, format);
  name = g_strdup_vprintf (format, args);
  va_end (args);
  if (!imp_fhir_is_damaged (name))
    g_ptr_array_add (names, g_steal_pointer (&name));
}

gboolean
imp_fhir_is_local (const ImpFhirBundle *bundle)
{
  return bundle != NULL &&
         (bundle->type == IMP_FHIR_BUNDLE_DOCUMENT || bundle->type == IMP_FHIR_BUNDLE_COLLECTION ||
          bundle->type == IMP_FHIR_BUNDLE_MESSAGE || bundle->type == IMP_FHIR_BUNDLE_UNKNOWN);
}

static void
add_identifiers (const ImpFhirItem *item, const char *scope, GPtrArray *names)
{
  for (const cJSON *one = imp_json_first (imp_json_get (item->resource, "identifier"));
       one != NULL && names->len < MAX_NAMES; one = imp_json_next (one))
    {
      const char *system = imp_json_string (one, "system");
      const char *value = imp_json_string (one, "value");

      if (value != NULL)
        add_name (names, "%s I %s %s|%s", scope, item->type, system != NULL ? system : "", value);
    }
}

/* The other direction: a panel or report names its parts, they do not name it; a prescription names
 * the one before it. */
static void
add_parts (const char *scope, const cJSON *references, GPtrArray *names)
{
  for (const cJSON *one = imp_json_first (references); one != NULL; one = imp_json_next (one))
    {
      g_auto (ImpFhirReference) parsed = { 0 };

      imp_fhir_reference (one, &parsed);
      if (parsed.kind == IMP_FHIR_REFERENCE_URN)
        add_name (names, "%s M %s", scope, parsed.id);
      else if ((parsed.kind == IMP_FHIR_REFERENCE_RELATIVE ||
                parsed.kind == IMP_FHIR_REFERENCE_ABSOLUTE) &&
               parsed.type != NULL)
        add_name (names, "%s M %s/%s", scope, parsed.type, parsed.id);
    }
}

static void
add_all_parts (const ImpFhirItem *item, const char *scope, GPtrArray *names)
{
  if (strcmp (item->type, "Observation") == 0)
    add_parts (scope, imp_json_get (item->resource, "hasMember"), names);
  else if (strcmp (item->type, "DiagnosticReport") == 0)
    add_parts (scope, imp_json_get (item->resource, "result"), names);
  else if (strcmp (item->type, "MedicationRequest") == 0)
    add_parts (scope, imp_json_get (item->resource, "priorPrescription"), names);
}

void
imp_fhir_take_names (const ImpFhirItem *item, guint source, guint32 bundle, GPtrArray *names)
{
  const char *id = imp_json_string (item->resource, "id");
  const char *url = item->full_url;
  gboolean is_urn = url != NULL && g_ascii_strncasecmp (url, "urn:", 4) == 0;
  g_autofree char *urn = is_urn ? g_ascii_strdown (url, -1) : NULL;
  g_autofree char *inside = g_strdup_printf ("b%u", bundle);
  g_autofree char *outside = g_strdup_printf ("s%u", source);

  if (url != NULL)
    {
      add_name (names, "%s %s", outside, urn != NULL ? urn : url);
      if (bundle > 0)
        add_name (names, "%s %s", inside, urn != NULL ? urn : url);
    }
  if (id != NULL && bundle > 0)
    {
      add_name (names, "%s %s/%s", inside, item->type, id);
      add_name (names, "%s id %s", inside, id);
    }
  if (id != NULL && !imp_fhir_is_local (item->bundle))
    add_name (names, "%s %s/%s", outside, item->type, id);
  if (bundle > 0)
    {
      add_identifiers (item, inside, names);
      add_all_parts (item, inside, names);
    }
  add_identifiers (item, outside, names);
  if (!imp_fhir_is_local (item->bundle))
    add_all_parts (item, outside, names);
}

/* ---- Bundles -------------------------------------------------------------------------------- */

static guint32
number_of_bundle (const Take *self, const ImpFhirBundle *bundle)
{
  return bundle != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->bundles, bundle)) : 0;
}

/* Spec fhir.md 1.2: "CLINS sends" */
static gboolean
is_clins (const ImpFhirBundle *bundle)
{
  const cJSON *tags = imp_json_get (imp_json_get (bundle->header, "meta"), "tag");

  for (const cJSON *tag = imp_json_first (tags); tag != NULL; tag = imp_json_next (tag))
    {
      const char *system = imp_json_string (tag, "system");

      if (imp_fhir_system_ends (system, "BundleResourceType_CS"))
        return TRUE;
    }
  return FALSE;
}

static void
begin_bundle (Take *self, const ImpFhirBundle *bundle)
{
  ImpFhirStoredBundle stored = {
    .type = bundle->type,
    .parent = number_of_bundle (self, bundle->parent),
    .file = self->file,
    .is_clins = is_clins (bundle),
    .timestamp = g_strdup (bundle->timestamp),
  };

  if (bundle->identifier_value != NULL)
    stored.identifier = g_strdup_printf (
        "%s|%s", bundle->identifier_system != NULL ? bundle->identifier_system : "",
        bundle->identifier_value);
  g_hash_table_insert (self->bundles, (gpointer) bundle,
                       GUINT_TO_POINTER (imp_fhir_store_add_bundle (self->taker->store, &stored)));
}

static void
on_bundle (const ImpFhirBundle *bundle, gboolean ended, gpointer data)
{
  Take *self = data;

  if (!ended)
    {
      begin_bundle (self, bundle);
      return;
    }
  g_hash_table_remove (self->bundles, bundle);
  if (bundle->type == IMP_FHIR_BUNDLE_SEARCHSET)
    imp_fhir_exports_add_page (imp_fhir_store_exports (self->taker->store), self->source,
                               self->root, self->path, bundle);
}

/* ---- items ---------------------------------------------------------------------------------- */

static void
pass_over (Take *self, const char *type)
{
  guint64 *n = g_hash_table_lookup (self->passed_over, type);

  if (n == NULL)
    g_hash_table_insert (self->passed_over, g_strdup (type), n = g_new0 (guint64, 1));
  (*n)++;
  self->taken->n_ignored++;
}

/* What it says, without what a server adds. Called last: the tree loses parts. */
static char *
content_of (cJSON *resource)
{
  static const char *const parts[] = { "meta", "text", NULL };

  for (guint i = 0; parts[i] != NULL; i++)
    cJSON_DeleteItemFromObjectCaseSensitive (resource, parts[i]);
  return cJSON_PrintUnformatted (resource);
}

static guint8
flags_of (const Take *self, const ImpFhirItem *item, const ImpFhirOperation *operation)
{
  guint8 flags = 0;

  if (operation != NULL && operation->step == IMP_FHIR_STEP_WITHDRAW)
    flags |= IMP_FHIR_ENTRY_WITHDRAWS;
  if (imp_fhir_is_cancelled (item))
    flags |= IMP_FHIR_ENTRY_CANCELLED;
  if (item->resource != NULL)
    flags |= IMP_FHIR_ENTRY_HAS_RESOURCE;
  if (self->is_xml)
    flags |= IMP_FHIR_ENTRY_IS_XML;
  if (item->has_losses)
    flags |= IMP_FHIR_ENTRY_LOST_CHARACTERS;
  if (item->n_conflicts > 0)
    flags |= IMP_FHIR_ENTRY_CONFLICTS;
  if (item->n_identity_conflicts > 0)
    flags |= IMP_FHIR_ENTRY_IDENTITY_CONFLICTS;
  if (item->has_bad_numbers)
    flags |= IMP_FHIR_ENTRY_BAD_NUMBERS;
  return flags;
}

/* Whose numbers of patients its Bundle has (spec fhir.md 4.3, row 3). */
static void
note_institution (Take *self, const ImpFhirItem *item)
{
  guint32 bundle = number_of_bundle (self, item->bundle);
  g_autofree char *facility = bundle > 0 ? imp_fhir_institution (item->resource) : NULL;

  if (facility != NULL)
    imp_fhir_store_note_institution (self->taker->store, bundle, facility);
}

static gboolean
lay_aside (Take *self, const ImpFhirItem *item, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("s%u", self->source);
  ImpFhirOrigin origin = { prefix, number_of_bundle (self, item->bundle), self->number, NULL };
  ImpFhirOperation operation = { 0 };
  gboolean is_operation = imp_fhir_operation (item, &origin, self->strings, &operation);
  ImpFhirEntry entry = { .file = self->file, .bundle = (guint32) origin.bundle };
  ImpFhirStored stored = {
    .place = item->entry,
    .full_url = item->full_url,
    .key = operation.key,
    .focus_time = operation.focus_time,
    .version_id = operation.version_id,
    .last_updated = operation.last_updated,
    .bundle_time = operation.bundle_time,
    .method = operation.method,
    .number = self->number,
    .source = item->text,
    .source_len = item->text != NULL ? item->len : 0,
  };
  char *tree = NULL;
  char *content = NULL;
  gboolean done;

  entry.flags = flags_of (self, item, is_operation ? &operation : NULL);
  g_ptr_array_set_size (self->names, 0);
  if (item->resource != NULL)
    {
      note_institution (self, item);
      imp_fhir_take_names (item, self->source, entry.bundle, self->names);
      if (self->is_xml)
        tree = cJSON_PrintUnformatted (item->resource);
      content = content_of (item->resource);
    }
  stored.tree = tree;
  stored.tree_len = tree != NULL ? strlen (tree) : 0;
  done = imp_fhir_store_add (self->taker->writer, &entry, item->type, &stored, self->names, content,
                             error);
  cJSON_free (tree);
  cJSON_free (content);
  g_string_chunk_clear (self->strings);
  self->taken->n_items++;
  return done;
}

static void
tell (Take *self, ImpFindingCode code, ImpSeverity severity, const char *place, const char *detail)
{
  ImpFhirTaker *taker = self->taker;

  if (self->error == NULL)
    taker->tell (code, severity, place, detail, taker->data, &self->error);
}

/* What a server had to say of an export: part of the data may be missing (E20). Its words may be of
 * patients: codes alone are told. */
static void
tell_outcome (Take *self, const ImpFhirItem *item)
{
  if (g_strcmp0 (item->type, "OperationOutcome") != 0)
    return;
  for (const cJSON *issue = imp_json_first (imp_json_get (item->resource, "issue")); issue != NULL;
       issue = imp_json_next (issue))
    {
      const char *severity = imp_json_string (issue, "severity");
      const char *code = imp_json_string (issue, "code");
      g_autofree char *detail = g_strdup_printf (
          "OperationOutcome: %s %s", severity != NULL ? severity : "", code != NULL ? code : "");

      tell (self, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_WARNING, item->entry, detail);
    }
}

/* The answer to a request that failed: what it asked for is not here. */
static void
tell_answer (Take *self, const ImpFhirItem *item)
{
  const char *status = item->status;
  g_autofree char *detail = NULL;

  if (item->rule != IMP_FHIR_RULE_OUTCOME || status == NULL || !g_ascii_isdigit (*status) ||
      *status == '2')
    return;
  detail = g_strdup_printf ("the server answered %.*s: there is nothing to import",
                            (int) MIN (strspn (status, "0123456789"), 3), status);
  tell (self, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_WARNING, item->entry, detail);
}

/* Who wrote down that something was deleted does not say which server did so: it is told, and
 * withdraws nothing (spec fhir.md 3.7). */
static void
tell_provenance (Take *self, const ImpFhirItem *item)
{
  static const char system[] = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
  const cJSON *activity = imp_json_get (item->resource, "activity");

  if (imp_fhir_concept_has (activity, system, "DELETE") ||
      imp_fhir_concept_has (activity, system, "NULLIFY"))
    tell (self, IMP_FINDING_WITHDRAWN, IMP_SEVERITY_WARNING, item->entry,
          "a Provenance says that what it is about was deleted: it is left as it is");
}

/* An empty shell that a server made up for a reference to something it does not have (E21). */
static gboolean
is_placeholder (const ImpFhirItem *item)
{
  static const char url[] = "http://hapifhir.io/fhir/StructureDefinition/resource-placeholder";
  const cJSON *extension = imp_fhir_extension (item->resource, url);

  return g_strcmp0 (imp_json_string (extension, "valueBoolean"), "true") == 0;
}

/* What a file of a bulk export is called after; a longer name is none of FHIR's types. */
static void
note_type (Take *self, const ImpFhirItem *item)
{
  const char *type = item->bundle != NULL ? "Bundle" : item->type;
  char *noted = self->taken->type;

  if (self->is_mixed || strcmp (noted, type) == 0)
    return;
  self->is_mixed = *noted != '\0' || strlen (type) >= sizeof self->taken->type;
  g_strlcpy (noted, self->is_mixed ? "" : type, sizeof self->taken->type);
}

/* Parameters before the resources of a file, that say what the file is of (FHIR Bulk Data
 * Access 3.0, outputOrganizedBy): it holds nothing itself. */
static gboolean
is_header (const ImpFhirItem *item)
{
  const cJSON *first = imp_json_first (imp_json_get (item->resource, "parameter"));

  return strcmp (item->type, "Parameters") == 0 && first != NULL && imp_json_next (first) == NULL &&
         g_strcmp0 (imp_json_string (first, "name"), "header") == 0;
}

static gboolean
on_item (const ImpFhirItem *item, gpointer data, GError **error)
{
  Take *self = data;
  ImpFhirClass class = imp_fhir_type_class (item->type);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  self->number++;
  if (item->rule != IMP_FHIR_RULE_DATA && item->rule != IMP_FHIR_RULE_WITHDRAWAL)
    {
      self->taken->n_ignored++;
      tell_outcome (self, item);
      tell_answer (self, item);
      return TRUE;
    }
  if (is_placeholder (item))
    {
      self->taken->n_ignored++;
      tell (self, IMP_FINDING_UNRESOLVED_REFERENCE, IMP_SEVERITY_WARNING, item->entry,
            "an empty shell in place of something that the server did not have: not imported");
      return TRUE;
    }
  note_type (self, item);
  if (class == IMP_FHIR_CLASS_BILLING || class == IMP_FHIR_CLASS_CONFORMANCE || is_header (item))
    {
      pass_over (self, item->type);
      return TRUE;
    }
  tell_outcome (self, item);
  if (strcmp (item->type, "Provenance") == 0)
    tell_provenance (self, item);
  return lay_aside (self, item, error);
}

static void
on_finding (const ImpFhirFinding *finding, gpointer data)
{
  Take *self = data;
  g_autofree char *detail = NULL;

  if (finding->line > 0 && strchr (finding->entry, ' ') == NULL)
    detail = g_strdup_printf ("%s (line %u, byte %" G_GUINT64_FORMAT ")", finding->detail,
                              finding->line, finding->offset);
  tell (self, finding->code, finding->severity, finding->entry,
        detail != NULL ? detail : finding->detail);
}

static void
tell_passed_over (Take *self)
{
  GHashTableIter iter;
  gpointer type, n;

  g_hash_table_iter_init (&iter, self->passed_over);
  while (g_hash_table_iter_next (&iter, &type, &n))
    {
      g_autofree char *detail =
          g_strdup_printf ("%s: %" G_GUINT64_FORMAT " resources of no clinical kind, not imported",
                           (const char *) type, *(guint64 *) n);

      tell (self, IMP_FINDING_UNKNOWN_TYPE, IMP_SEVERITY_INFO, "", detail);
    }
}

gboolean
imp_fhir_take_file (ImpFhirTaker *self, ImpStream *stream, const ImpFhirProbe *probe,
                    const ImpFhirFile *file, ImpFhirTaken *taken, GError **error)
{
  g_autoptr (GHashTable) bundles = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) passed_over =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GStringChunk) strings = g_string_chunk_new (4096);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (ImpFhirTally) tally = { 0 };
  Take take = { .taker = self,
                .taken = taken,
                .source = file->source,
                .root = file->root,
                .path = file->path,
                .is_xml = probe->is_xml,
                .bundles = bundles,
                .passed_over = passed_over,
                .strings = strings,
                .names = names };
  const ImpFhirVisitor visitor = { on_item, on_finding, on_bundle, &take };

  *taken = (ImpFhirTaken){ 0 };
  take.file = imp_fhir_store_add_file (self->store, file);
  if (!imp_fhir_walk (stream, probe, &visitor, &tally, error))
    {
      g_clear_error (&take.error);
      return FALSE;
    }
  taken->n_refused = tally.n_refused;
  imp_fhir_exports_count (imp_fhir_store_exports (self->store), file->source, file->path,
                          tally.n_pieces - tally.n_inner);
  tell_passed_over (&take);
  if (take.error == NULL)
    return TRUE;
  g_propagate_error (error, take.error);
  return FALSE;
}
