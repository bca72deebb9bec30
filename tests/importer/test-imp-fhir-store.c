/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-store.h"

#define N_ENTRIES 5000
#define TEXT_BYTES 700 /* so that there are several chunks */

static void
add (ImpFhirStoreWriter *writer, guint i)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_strnfill (TEXT_BYTES, (char) ('a' + i % 26));
  g_autofree char *place = g_strdup_printf ("line %u", i + 1);
  g_autofree char *key = g_strdup_printf ("s0 Patient/%u", i / 2);
  ImpFhirEntry entry = { .flags = IMP_FHIR_ENTRY_HAS_RESOURCE };
  const ImpFhirStored stored = { .place = place,
                                 .key = key,
                                 .number = i,
                                 .source = text,
                                 .source_len = i % 5 == 0 ? 0 : TEXT_BYTES };

  g_ptr_array_add (names, g_strdup_printf ("s0 Patient/%u", i / 2));
  g_assert_true (imp_fhir_store_add (writer, &entry, i % 3 == 0 ? "Observation" : "Patient",
                                     &stored, names, i % 7 == 0 ? NULL : text, NULL));
}

static void
check (ImpFhirStoreReader *reader, ImpFhirStore *store, guint32 number)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (store, number);
  g_autofree char *place = NULL;
  ImpFhirStored stored;
  guint i;

  g_assert_true (imp_fhir_store_read (reader, number, &stored, NULL));
  i = (guint) stored.number;
  place = g_strdup_printf ("line %u", i + 1);
  g_assert_cmpstr (stored.place, ==, place);
  g_assert_cmpstr (stored.full_url, ==, "");
  g_assert_cmpuint (stored.tree_len, ==, 0);
  g_assert_cmpuint (stored.source_len, ==, i % 5 == 0 ? 0 : TEXT_BYTES);
  if (stored.source_len > 0)
    g_assert_cmpint (stored.source[TEXT_BYTES - 1], ==, 'a' + (int) (i % 26));
  g_assert_cmpstr (imp_fhir_store_type (store, entry), ==, i % 3 == 0 ? "Observation" : "Patient");
  g_assert_cmpint (entry->content == 0, ==, i % 7 == 0);
}

/* Two writers by turns, read back forwards and at random. */
static void
test_round_trip (void)
{
  g_autoptr (ImpFhirStore) store = imp_fhir_store_new (g_get_tmp_dir (), NULL);
  g_autoptr (ImpFhirStoreWriter) a = imp_fhir_store_writer_new (store);
  g_autoptr (ImpFhirStoreWriter) b = imp_fhir_store_writer_new (store);
  g_autoptr (ImpFhirStoreReader) reader = NULL;
  guint32 at, n, first, end, n_seen = 0;

  for (guint i = 0; i < N_ENTRIES; i++)
    add (i % 4 == 0 ? a : b, i);
  g_assert_true (imp_fhir_store_writer_flush (a, NULL));
  g_assert_true (imp_fhir_store_writer_flush (b, NULL));
  g_assert_true (imp_fhir_store_writer_flush (b, NULL));
  imp_fhir_store_freeze (store);
  g_assert_cmpuint (imp_fhir_store_n (store), ==, N_ENTRIES);
  g_assert_cmpuint (imp_fhir_store_n_chunks (store), >, 3);

  reader = imp_fhir_store_reader_new (store);
  for (guint32 i = 0; i < N_ENTRIES; i++)
    check (reader, store, i);
  for (guint32 i = 0; i < 2000; i++)
    check (reader, store, (guint32) g_test_rand_int_range (0, N_ENTRIES));

  at = imp_fhir_store_find (store, "s0 Patient/1234", &n);
  g_assert_cmpuint (n, ==, 2);
  for (guint32 i = 0; i < n; i++)
    {
      ImpFhirStored stored;

      g_assert_true (
          imp_fhir_store_read (reader, imp_fhir_store_named (store, at + i), &stored, NULL));
      g_assert_cmpuint (stored.number / 2, ==, 1234);
    }
  imp_fhir_store_find (store, "s0 Patient/9999", &n);
  g_assert_cmpuint (n, ==, 0);

  /* Every entry is in one chunk. */
  for (guint32 i = 0; i < imp_fhir_store_n_chunks (store); i++)
    {
      imp_fhir_store_chunk (store, i, &first, &end);
      g_assert_cmpuint (first, ==, n_seen);
      g_assert_cmpuint (end, >, first);
      n_seen = end;
    }
  g_assert_cmpuint (n_seen, ==, N_ENTRIES);
}

static void
test_bundle (void)
{
  g_autoptr (ImpFhirStore) store = imp_fhir_store_new (g_get_tmp_dir (), NULL);
  g_autoptr (ImpFhirStoreWriter) writer = imp_fhir_store_writer_new (store);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  static const char *const types[] = { "Composition", "Patient", "Condition", "Condition" };
  const ImpFhirStoredBundle bundle = { .type = IMP_FHIR_BUNDLE_DOCUMENT };
  guint32 number = imp_fhir_store_add_bundle (store, &bundle);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      ImpFhirEntry entry = { .bundle = number };

      g_assert_true (
          imp_fhir_store_add (writer, &entry, types[i], &(ImpFhirStored){ 0 }, names, NULL, NULL));
    }
  g_assert_true (imp_fhir_store_writer_flush (writer, NULL));
  imp_fhir_store_freeze (store);
  g_assert_cmpuint (imp_fhir_store_bundle (store, number)->composition, ==, 1);
  g_assert_cmpuint (imp_fhir_store_bundle (store, number)->patient, ==, 2);
  g_assert_cmpuint (imp_fhir_store_bundle (store, number)->n_others, ==, 3);
  g_assert_null (imp_fhir_store_bundle (store, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-store/round trip", test_round_trip);
  g_test_add_func ("/imp-fhir-store/bundle", test_bundle);
  return g_test_run ();
}
