/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-error.h"
#include "imp-fhir-walk.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A file of FHIR in whatever form, packed or not, through everything up to the taker of resources.
 */

typedef struct
{
  guint64 n_items;
  guint64 n_findings;
  guint64 n_resources;
  gint n_open;
} Taken;

static gboolean
on_item (const ImpFhirItem *item, gpointer data, GError **error)
{
  Taken *self = data;

  self->n_items++;
  self->n_resources += item->resource != NULL;
  g_assert_nonnull (item->type);
  g_assert_nonnull (item->entry);
  g_assert_true (item->resource == NULL || cJSON_IsObject (item->resource));
  g_assert_cmpuint (item->line, >=, 1);
  g_assert_cmpuint (item->n_identity_conflicts, <=, item->n_conflicts);
  if (item->text != NULL)
    g_assert_cmpuint (item->len, >, 0);
  if (item->bundle != NULL)
    g_assert_nonnull (item->bundle->header);
  return TRUE;
}

static void
on_finding (const ImpFhirFinding *finding, gpointer data)
{
  Taken *self = data;

  self->n_findings++;
  g_assert_true (g_utf8_validate (finding->detail, -1, NULL));
  g_assert_nonnull (finding->entry);
}

static void
on_bundle (const ImpFhirBundle *bundle, gboolean ended, gpointer data)
{
  Taken *self = data;

  self->n_open += ended ? -1 : 1;
  g_assert_cmpint (self->n_open, >=, 0);
}

static guint64
sum (GHashTable *table)
{
  GHashTableIter iter;
  gpointer n;
  guint64 total = 0;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    total += *(guint64 *) n;
  return total;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Taken taken = { 0 };
  ImpFhirVisitor visitor = { on_item, on_finding, on_bundle, &taken };
  g_auto (ImpFhirProbe) probe = { 0 };
  g_auto (ImpFhirTally) tally = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpStream) stream =
      imp_fhir_open (imp_stream_from_memory (data, size), &probe, &error);

  if (stream == NULL)
    {
      g_assert_true (g_error_matches (error, IMP_ERROR, IMP_ERROR_UNREADABLE) ||
                     g_error_matches (error, IMP_ERROR, IMP_ERROR_LIMIT));
      return 0;
    }
  g_assert_true (imp_fhir_walk (stream, &probe, &visitor, &tally, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tally.n_pieces, ==, tally.n_items + tally.n_bundles + tally.n_refused);
  g_assert_cmpuint (tally.n_items, ==, taken.n_items);
  g_assert_cmpuint (tally.n_refused, <=, tally.n_findings);
  g_assert_cmpuint (sum (tally.types), ==, taken.n_resources);
  g_assert_cmpint (taken.n_open, ==, 0);
  return 0;
}
