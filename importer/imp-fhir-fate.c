/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-fate.h"

#include <string.h>

/* All operations on one resource. */
typedef struct
{
  ImpFhirStore *store;
  ImpFhirStoreReader *reader;
  ImpFhirOwner owner;
  gpointer data;
  GStringChunk *strings;
  GArray *numbers;    /* (element-type guint32): entries */
  GArray *operations; /* (element-type ImpFhirOperation): of each */
  GPtrArray *owners;  /* (element-type utf8): of each; "" for one that says nothing of it */
} Group;

static ImpFhirEntry *
nth (Group *self, guint i)
{
  return imp_fhir_store_entry (self->store, g_array_index (self->numbers, guint32, i));
}

static const char *
keep (Group *self, const char *text)
{
  return *text != '\0' ? g_string_chunk_insert (self->strings, text) : NULL;
}

static gboolean
add_operation (Group *self, guint32 number, GError **error)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, number);
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, entry->bundle);
  const ImpFhirFile *file = imp_fhir_store_file (self->store, entry->file);
  ImpFhirOperation operation = { 0 };
  ImpFhirStored stored;

  if (!imp_fhir_store_read (self->reader, number, &stored, error))
    return FALSE;
  operation.step =
      (entry->flags & IMP_FHIR_ENTRY_WITHDRAWS) ? IMP_FHIR_STEP_WITHDRAW : IMP_FHIR_STEP_DATA;
  operation.key = g_string_chunk_insert (self->strings, stored.key);
  operation.focus_time = keep (self, stored.focus_time);
  operation.version_id = keep (self, stored.version_id);
  operation.last_updated = keep (self, stored.last_updated);
  operation.bundle_time = keep (self, stored.bundle_time);
  operation.method = keep (self, stored.method);
  operation.transaction_time = imp_fhir_exports_time (imp_fhir_store_exports (self->store),
                                                      file->source, file->path);
  operation.bundle = entry->bundle;
  operation.entry = stored.number;
  operation.is_transaction = bundle != NULL && bundle->type == IMP_FHIR_BUNDLE_TRANSACTION;
  operation.is_history = bundle != NULL && bundle->type == IMP_FHIR_BUNDLE_HISTORY;
  g_array_append_val (self->operations, operation);
  g_array_append_val (self->numbers, number);
  g_ptr_array_add (self->owners, self->owner != NULL && (entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE)
                                     ? self->owner (number, self->data)
                                     : g_strdup (""));
  return TRUE;
}

static void
clear_group (Group *self)
{
  g_array_set_size (self->numbers, 0);
  g_array_set_size (self->operations, 0);
  g_ptr_array_set_size (self->owners, 0);
  g_string_chunk_clear (self->strings);
}

/* A request without a resource may mean anybody's. */
static gboolean
concerns (Group *self, guint i, const char *owner)
{
  const char *own = g_ptr_array_index (self->owners, i);

  return strcmp (own, owner) == 0 ||
         (*own == '\0' && (nth (self, i)->flags & IMP_FHIR_ENTRY_WITHDRAWS) &&
          !(nth (self, i)->flags & IMP_FHIR_ENTRY_HAS_RESOURCE));
}

static gboolean
is_kept (const ImpFhirEntry *entry)
{
  return entry->fate == IMP_FHIR_FATE_LIVE || entry->fate == IMP_FHIR_FATE_CONFLICT ||
         entry->fate == IMP_FHIR_FATE_IN_DOUBT;
}

static gboolean
may_be_repeated (const ImpFhirEntry *entry)
{
  return (entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) && !(entry->flags & IMP_FHIR_ENTRY_WITHDRAWS);
}

/* What says the same as one that stands, or as one before it, is that one again. */
static void
fold_equal (Group *self, const guint *members, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        ImpFhirEntry *entry = nth (self, members[i]);
        const ImpFhirEntry *other = nth (self, members[j]);

        if (i == j || !may_be_repeated (entry) || !may_be_repeated (other) ||
            entry->content != other->content || other->fate == IMP_FHIR_FATE_IDENTICAL)
          continue;
        if (is_kept (other) ? !is_kept (entry) || j < i : !is_kept (entry) && j < i)
          entry->fate = IMP_FHIR_FATE_IDENTICAL;
      }
}

/* Two that said the same were no conflict. */
static void
settle_conflict (Group *self, const guint *members, guint n)
{
  ImpFhirEntry *only = NULL;

  for (guint i = 0; i < n; i++)
    {
      ImpFhirEntry *entry = nth (self, members[i]);

      if (entry->fate != IMP_FHIR_FATE_CONFLICT)
        continue;
      if (only != NULL)
        return;
      only = entry;
    }
  if (only != NULL)
    only->fate = IMP_FHIR_FATE_LIVE;
}

static void
settle_owner (Group *self, const char *owner)
{
  g_autofree guint *members = g_new (guint, self->numbers->len);
  g_autofree ImpFhirOperation *operations = g_new (ImpFhirOperation, self->numbers->len);
  g_autofree ImpFhirFate *fates = g_new (ImpFhirFate, self->numbers->len);
  guint n = 0;

  for (guint i = 0; i < self->numbers->len; i++)
    if (concerns (self, i, owner))
      {
        members[n] = i;
        operations[n++] = g_array_index (self->operations, ImpFhirOperation, i);
      }
  imp_fhir_order (operations, n, fates);
  for (guint i = 0; i < n; i++)
    {
      ImpFhirEntry *entry = nth (self, members[i]);

      /* A withdrawal that met one patient's resource is applied, though another's is not there. */
      if (entry->fate != IMP_FHIR_FATE_APPLIED)
        entry->fate = (guint8) fates[i];
    }
  if (n <= 200) /* of more, imp_fhir_order() compares none either */
    fold_equal (self, members, n);
  settle_conflict (self, members, n);
}

static void
settle_group (Group *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean any = FALSE;

  for (guint i = 0; i < self->owners->len; i++)
    {
      const char *owner = g_ptr_array_index (self->owners, i);

      if (!(nth (self, i)->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) ||
          !g_hash_table_add (seen, (gpointer) owner))
        continue;
      settle_owner (self, owner);
      any = TRUE;
    }
  if (!any)
    for (guint i = 0; i < self->numbers->len; i++)
      nth (self, i)->fate = IMP_FHIR_FATE_UNKNOWN;
}

/* ---- all ------------------------------------------------------------------------------------ */

static int
compare_by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  ImpFhirStore *store = data;
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  const ImpFhirEntry *left = imp_fhir_store_entry (store, x);
  const ImpFhirEntry *right = imp_fhir_store_entry (store, y);

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  if (!imp_fhir_store_is_same_space (store, x, y))
    return g_strcmp0 (imp_fhir_store_file (store, left->file)->space,
                      imp_fhir_store_file (store, right->file)->space);
  return x < y ? -1 : x > y;
}

/* Whether both are operations on one resource. */
static gboolean
is_same_resource (ImpFhirStore *store, guint32 x, guint32 y)
{
  return imp_fhir_store_entry (store, x)->key == imp_fhir_store_entry (store, y)->key &&
         imp_fhir_store_is_same_space (store, x, y);
}

static void
settle_alone (ImpFhirEntry *entry)
{
  entry->fate =
      (entry->flags & IMP_FHIR_ENTRY_WITHDRAWS) ? IMP_FHIR_FATE_UNKNOWN : IMP_FHIR_FATE_LIVE;
}

static gboolean
settle_run (Group *self, const guint32 *numbers, guint32 n, GError **error)
{
  if (n == 1 || imp_fhir_store_entry (self->store, numbers[0])->key == 0)
    {
      for (guint32 i = 0; i < n; i++)
        settle_alone (imp_fhir_store_entry (self->store, numbers[i]));
      return TRUE;
    }
  clear_group (self);
  for (guint32 i = 0; i < n; i++)
    if (!add_operation (self, numbers[i], error))
      return FALSE;
  settle_group (self);
  return TRUE;
}

gboolean
imp_fhir_fates (ImpFhirStore *store, ImpFhirOwner owner, gpointer data, GError **error)
{
  g_autoptr (ImpFhirStoreReader) reader = imp_fhir_store_reader_new (store);
  g_autoptr (GStringChunk) strings = g_string_chunk_new (4096);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (ImpFhirOperation));
  g_autoptr (GPtrArray) owners = g_ptr_array_new_with_free_func (g_free);
  Group group = { store, reader, owner, data, strings, members, operations, owners };
  guint32 n = imp_fhir_store_n (store);
  g_autofree guint32 *numbers = g_new (guint32, n + 1);
  guint32 end;

  for (guint32 i = 0; i < n; i++)
    numbers[i] = i;
  g_qsort_with_data (numbers, (int) n, sizeof *numbers, compare_by_key, store);
  for (guint32 begin = 0; begin < n; begin = end)
    {
      for (end = begin; end < n && is_same_resource (store, numbers[begin], numbers[end]);)
        end++;
      if (!settle_run (&group, numbers + begin, end - begin, error))
        return FALSE;
    }
  return TRUE;
}
