/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/*
 * Documents that say themselves which others they take the place of (spec fhir.md 7: setId,
 * versionNumber, relatedDocument RPLC; 3.0.3: relatesTo and replaces of FHIR), whatever the
 * storage's names say; and orders of FHIR that do (3.0.3: ServiceRequest.replaces). What is
 * doubtful leaves both standing: a document too many is seen, one too few is not.
 */

#define MAX_IDS 16 /* of one document */

/* One document: strings lie in the records of its message. */
typedef struct
{
  ImpMessage *message;
  guint index;         /* of it in the unit */
  GPtrArray *ids;      /* (element-type utf8): as far as they are known everywhere */
  const char *resource; /* (nullable): "Type/id" of FHIR */
  const char *set;
  const char *version; /* digits without leading zeros, or NULL */
  GPtrArray *replaced; /* (element-type utf8): ids */
  GPtrArray *targets;  /* (element-type Document): what they name */
  gboolean is_live;
  gboolean is_done;
  guint n_replacing;   /* of those that replace it and are not done */
} Document;

static void
document_free (gpointer data)
{
  Document *self = data;

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->replaced);
  g_ptr_array_unref (self->targets);
  g_free (self);
}

/* ---- what they say -------------------------------------------------------------------------- */

/* A bare number, without the root that makes it one of a kind, names nothing. */
static const char *
id_of (const DiscRecordIter *iter)
{
  return *iter->value != '\0' && *iter->value != '^' ? iter->value : NULL;
}

static const char *
version_of (const DiscRecordIter *iter)
{
  const char *digits = iter->value;

  if (iter->value_len == 0 || strspn (digits, "0123456789") != iter->value_len)
    return NULL;
  while (*digits == '0')
    digits++;
  return digits;
}

static gboolean
has_id (const Document *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, NULL);
}

static void
take_value (Document *self, const DiscRecordIter *iter)
{
  if (iter->field == DISC_FIELD_DOCUMENT_ID)
    {
      if (id_of (iter) != NULL && self->ids->len < MAX_IDS && !has_id (self, iter->value))
        g_ptr_array_add (self->ids, (gpointer) iter->value);
    }
  else if (iter->field == DISC_FIELD_RESOURCE && self->resource == NULL)
    self->resource = iter->value;
  else if (iter->field == DISC_FIELD_SET_ID && self->set == NULL)
    self->set = id_of (iter);
  else if (iter->field == DISC_FIELD_VERSION && self->version == NULL)
    self->version = version_of (iter);
  else if (iter->field == DISC_FIELD_REPLACES && id_of (iter) != NULL)
    g_ptr_array_add (self->replaced, (gpointer) iter->value);
}

static gboolean
is_format (DiscSourceFormat format)
{
  return format == DISC_FORMAT_CDA || format == DISC_FORMAT_FHIR_JSON ||
         format == DISC_FORMAT_FHIR_XML;
}

/* An order of FHIR is called by its resource, and only one that replaces or is replaced is looked
 * at: most are neither, and their numbers may be several orders'. */
static void
take_order (Document *self, GHashTable *named)
{
  if (self->ids->len == 0 && self->resource != NULL &&
      (self->replaced->len > 0 || g_hash_table_contains (named, self->resource)))
    g_ptr_array_add (self->ids, (gpointer) self->resource);
}

/* A resource of FHIR is a document only where it has a document's number. */
static gboolean
is_document (const Document *self)
{
  return self->message->format == DISC_FORMAT_CDA || self->ids->len > 0;
}

/* @named: what resources say that they replace.
 * Returns: (transfer full) (nullable): %NULL for one whose word does not count: it was taken back,
 * or it is not known that it is this patient's. */
static Document *
document_new (ImpMessage *message, guint index, GHashTable *named)
{
  Document *self;
  DiscRecordIter iter;
  DiscToken token;
  gboolean counts = FALSE;

  if (!is_format (message->format) || message->fate != IMP_FATE_ON_DISC ||
      (message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)) != 0)
    return NULL;
  self = g_new0 (Document, 1);
  self->message = message;
  self->index = index;
  self->ids = g_ptr_array_new ();
  self->replaced = g_ptr_array_new ();
  self->targets = g_ptr_array_new ();
  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      if (token == DISC_TOKEN_VALUE)
        take_value (self, &iter);
      else if (token == DISC_TOKEN_RECORD)
        {
          self->is_live |= iter.live;
          counts |= iter.live || iter.status == DISC_STATUS_SUPERSEDED;
        }
    }
  take_order (self, named);
  if (counts && is_document (self))
    return self;
  document_free (self);
  return NULL;
}

/* (transfer full): what resources of FHIR say that they replace. */
static GHashTable *
named_of (ImpUnit *unit)
{
  GHashTable *named = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      DiscRecordIter iter;
      DiscToken token;

      if (!imp_message_is_fhir (message))
        continue;
      disc_record_iter_init (&iter, message->records, message->records_len);
      while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
        if (token == DISC_TOKEN_VALUE && iter.field == DISC_FIELD_REPLACES)
          g_hash_table_add (named, (gpointer) iter.value);
    }
  return named;
}

/* (transfer full) */
static GPtrArray *
documents_of (ImpUnit *unit)
{
  g_autoptr (GHashTable) named = named_of (unit);
  GPtrArray *documents = g_ptr_array_new_with_free_func (document_free);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      Document *document = document_new (&g_array_index (unit->messages, ImpMessage, i), i, named);

      if (document != NULL)
        g_ptr_array_add (documents, document);
    }
  return documents;
}

/* ---- what becomes of them ------------------------------------------------------------------- */

/* At the precision that both have: an unknown time is no later one. */
static gboolean
was_sent_later (const Document *a, const Document *b)
{
  const char *at = a->message->sent_at;
  const char *other = b->message->sent_at;

  return strncmp (at, other, MIN (strlen (at), strlen (other))) > 0;
}

static gboolean
is_only_document (const ImpUnit *unit, guint index, guint first, guint last)
{
  for (guint i = first; i <= last; i++)
    if (i != index && g_array_index (unit->messages, ImpMessage, i).format == DISC_FORMAT_CDA)
      return FALSE;
  return TRUE;
}

/* With the files that lie in its folder: they are one document (SS-MIX2 spec 6.1), unless there are
 * more of these in it. */
static void
supersede (ImpUnit *unit, Document *document)
{
  guint first = document->index;
  guint last = document->index;

  if (!document->is_live)
    return;
  document->is_live = FALSE;
  while (first > 0 && imp_message_is_same_document (
                          document->message, &g_array_index (unit->messages, ImpMessage, first - 1)))
    first--;
  while (last + 1 < unit->messages->len &&
         imp_message_is_same_document (document->message,
                                       &g_array_index (unit->messages, ImpMessage, last + 1)))
    last++;
  if (!is_only_document (unit, document->index, first, last))
    first = last = document->index;
  for (guint i = first; i <= last; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      disc_records_override (message->records, message->records_len, DISC_STATUS_SUPERSEDED);
    }
}

static void
doubt (ImpUnit *unit, const Document *document, const char *why)
{
  if (document->is_live)
    imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, document->message, why);
}

/* ---- one number twice ----------------------------------------------------------------------- */

static gboolean
is_same_source (const ImpMessage *a, const ImpMessage *b)
{
  return a->source_len == b->source_len && memcmp (a->source, b->source, a->source_len) == 0;
}

/* Copies of one file are one, unless the storage's names tell them apart. */
static gboolean
is_copy (const Document *a, const Document *b)
{
  return a->message->content_len == 0 && b->message->content_len == 0 &&
         is_same_source (a->message, b->message);
}

static void
drop_copy (Document *document)
{
  document->message->fate = IMP_FATE_IDENTICAL;
  document->is_live = FALSE;
  g_ptr_array_set_size (document->replaced, 0);
}

static void
register_number (GHashTable *known, Document *document, const char *id, gboolean *is_shared)
{
  Document *other = g_hash_table_lookup (known, id);

  if (!g_hash_table_contains (known, id))
    g_hash_table_insert (known, (gpointer) id, document);
  else if (other != NULL && is_copy (document, other))
    drop_copy (document);
  else if (document->is_live)
    {
      *is_shared = TRUE;
      g_hash_table_insert (known, (gpointer) id, NULL);
    }
}

/* A number that several live ones have names none of them.
 * Returns: (transfer full): documents by their numbers; NULL for such a number */
static GHashTable *
by_number (ImpUnit *unit, GPtrArray *documents)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 2 * documents->len; i++) /* the live ones, then the others */
    {
      Document *document = g_ptr_array_index (documents, i % documents->len);
      gboolean is_shared = FALSE;

      for (guint k = 0; k < document->ids->len; k++)
        if (document->is_live == (i < documents->len))
          register_number (known, document, g_ptr_array_index (document->ids, k), &is_shared);
      if (is_shared && (document->set == NULL || document->version == NULL))
        doubt (unit, document, "two documents have the same number: both are kept");
    }
  return known;
}

/* ---- replaced by name ----------------------------------------------------------------------- */

/* By another of its numbers. */
static gboolean
is_target (const Document *document, Document *target)
{
  return g_ptr_array_find (document->targets, target, NULL);
}

static gboolean
is_order (const Document *document)
{
  return document->ids->len == 1 && g_ptr_array_index (document->ids, 0) == document->resource;
}

static void
find_targets (ImpUnit *unit, Document *document, GHashTable *known)
{
  for (guint i = 0; i < document->replaced->len; i++)
    {
      const char *id = g_ptr_array_index (document->replaced, i);
      Document *target = g_hash_table_lookup (known, id);

      if (target == NULL && g_hash_table_contains (known, id) && !has_id (document, id))
        doubt (unit, document, "it replaces a document whose number several have: all are kept");
      if (target == NULL || target == document || is_target (document, target))
        continue;
      if (was_sent_later (target, document))
        doubt (unit, target,
               is_order (target)
                   ? "an older order says that it replaces this one: both are kept"
                   : "an older document says that it replaces this one: both are kept");
      else
        {
          g_ptr_array_add (document->targets, target);
          target->n_replacing++;
        }
    }
}

/* From those that nothing replaces on: in a circle each would be replaced, so none of it is. */
static void
replace_named (ImpUnit *unit, GPtrArray *documents, GHashTable *known)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new ();

  for (guint i = 0; i < documents->len; i++)
    find_targets (unit, g_ptr_array_index (documents, i), known);
  for (guint i = 0; i < documents->len; i++)
    if (((Document *) g_ptr_array_index (documents, i))->n_replacing == 0)
      g_ptr_array_add (heads, g_ptr_array_index (documents, i));
  for (guint i = 0; i < heads->len; i++)
    {
      Document *head = g_ptr_array_index (heads, i);

      head->is_done = TRUE;
      for (guint j = 0; j < head->targets->len; j++)
        {
          Document *target = g_ptr_array_index (head->targets, j);

          doubt (unit, target,
                 is_order (target) ? "another order says that it replaces this one"
                                   : "another document says that it replaces this one");
          supersede (unit, target);
          if (--target->n_replacing == 0)
            g_ptr_array_add (heads, target);
        }
    }
  for (guint i = 0; i < documents->len; i++)
    {
      Document *document = g_ptr_array_index (documents, i);

      if (!document->is_done)
        doubt (unit, document, "documents say of each other that they replace them: all are kept");
    }
}

/* ---- versions of one set -------------------------------------------------------------------- */

/* Digits without leading zeros, of any length. */
static int
compare_versions (const char *a, const char *b)
{
  gsize len = strlen (a);
  gsize other = strlen (b);

  return len != other ? (len < other ? -1 : 1) : strcmp (a, b);
}

/* Of one version the live one counts. */
static gboolean
is_newer_version (const Document *a, const Document *b)
{
  int order = compare_versions (a->version, b->version);

  return order > 0 || (order == 0 && a->is_live && !b->is_live);
}

static void
replace_versions (ImpUnit *unit, GPtrArray *documents)
{
  g_autoptr (GHashTable) newest = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < documents->len; i++)
    {
      Document *document = g_ptr_array_index (documents, i);
      const Document *other;

      if (document->set == NULL || document->version == NULL ||
          document->message->fate != IMP_FATE_ON_DISC)
        continue;
      other = g_hash_table_lookup (newest, document->set);
      if (other == NULL || is_newer_version (document, other))
        g_hash_table_insert (newest, (gpointer) document->set, document);
    }
  for (guint i = 0; i < documents->len; i++)
    {
      Document *document = g_ptr_array_index (documents, i);
      const Document *other =
          document->set != NULL ? g_hash_table_lookup (newest, document->set) : NULL;

      if (other == NULL || other == document || document->version == NULL)
        continue;
      if (compare_versions (document->version, other->version) == 0 && other->is_live)
        doubt (unit, document, "two documents have one version number: both are kept");
      else if (was_sent_later (document, other))
        doubt (unit, document, "a higher version of this document is older: both are kept");
      else
        {
          doubt (unit, document, "a higher version of this document stands beside it");
          supersede (unit, document);
        }
    }
}

void
imp_resolve_documents (ImpUnit *unit)
{
  g_autoptr (GPtrArray) documents = documents_of (unit);
  g_autoptr (GHashTable) known = by_number (unit, documents);

  replace_named (unit, documents, known);
  replace_versions (unit, documents);
}
