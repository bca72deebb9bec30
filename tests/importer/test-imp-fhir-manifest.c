/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-manifest.h"
#include "stream-fixture.h"

static const char text[] =
    "{\"transactionTime\":\"2026-10-01T00:00:00\",\"requiresAccessToken\":false,\"output\":["
    "{\"type\":\"Patient\",\"url\":\"http://h/a/Patient.000.ndjson?x=1\",\"count\":3},"
    "{\"type\":\"Condition\",\"url\":\"Condition%20ICU.ndjson\",\"count\":\"x\"},"
    "{\"type\":\"Observation\",\"url\":\"C:\\\\out\\\\Observation.ndjson.gz\"},{\"type\":\"X\"}],"
    "\"deleted\":[{\"type\":\"Bundle\",\"url\":\"http://h/deleted.ndjson\"}],"
    "\"error\":[{\"type\":\"OperationOutcome\",\"url\":\"http://h/errors.ndjson/\"}],"
    "\"link\":[{\"relation\":\"next\",\"url\":\"http://h/manifest2\"}]}";

static ImpFhirManifest *
read_manifest (void)
{
  g_autoptr (ImpStream) stream = stream_of (text, strlen (text), 3);
  g_autoptr (GError) error = NULL;
  ImpFhirManifest *manifest = imp_fhir_manifest_read (stream, &error);

  g_assert_no_error (error);
  return manifest;
}

static void
test_read (void)
{
  static const struct
  {
    const char *name;
    gint64 count;
    gboolean is_deleted, is_error;
  } files[] = {
    { "Patient.000.ndjson", 3, FALSE, FALSE },     { "Condition ICU.ndjson", -1, FALSE, FALSE },
    { "Observation.ndjson.gz", -1, FALSE, FALSE }, { "deleted.ndjson", -1, TRUE, FALSE },
    { "errors.ndjson", -1, FALSE, TRUE },
  };
  g_autoptr (ImpFhirManifest) manifest = read_manifest ();

  g_assert_cmpstr (manifest->transaction_time, ==, "2026-10-01T00:00:00");
  g_assert_cmpstr (manifest->next_url, ==, "http://h/manifest2");
  g_assert_cmpuint (manifest->files->len, ==, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const ImpFhirManifestFile *file = g_ptr_array_index (manifest->files, i);

      g_assert_cmpstr (file->name, ==, files[i].name);
      g_assert_cmpint (file->count, ==, files[i].count);
      g_assert_cmpint (file->is_deleted, ==, files[i].is_deleted);
      g_assert_cmpint (file->is_error, ==, files[i].is_error);
    }
}

/* F09: a file that is named and not there. */
static void
test_pairs (void)
{
  static const char *const by_name[] = { "Patient.000.ndjson.gz", "Observation.ndjson",
                                         "deleted.ndjson", "other.json" };
  static const char *const by_type[] = { "Patient_1.ndjson", "PatientX.ndjson", "other.json" };
  g_autoptr (ImpFhirManifest) manifest = read_manifest ();
  const struct
  {
    const char *const *names;
    guint n;
    const char *wanted[5];
  } cases[] = {
    { by_name,
      G_N_ELEMENTS (by_name),
      { "Patient.000.ndjson.gz", NULL, "Observation.ndjson", "deleted.ndjson", NULL } },
    { by_type, G_N_ELEMENTS (by_type), { "Patient_1.ndjson", NULL, NULL, NULL, NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();
      g_autoptr (GPtrArray) pairs = NULL;

      for (guint j = 0; j < cases[i].n; j++)
        g_ptr_array_add (names, (gpointer) cases[i].names[j]);
      pairs = imp_fhir_manifest_pair (manifest, names);
      g_assert_cmpuint (pairs->len, ==, manifest->files->len);
      for (guint j = 0; j < pairs->len; j++)
        g_assert_cmpstr (g_ptr_array_index (pairs, j), ==, cases[i].wanted[j]);
    }
}

static void
test_broken (void)
{
  static const char *const texts[] = { "", "{", "{\"output\":$x}", "words" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ImpStream) stream = stream_of (texts[i], strlen (texts[i]), 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_fhir_manifest_read (stream, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
    }
}

/* "next page lost: silently missing patients". */
static void
test_pages (void)
{
  g_autoptr (ImpFhirPages) pages = imp_fhir_pages_new ();
  g_autoptr (GPtrArray) missing = NULL;

  imp_fhir_pages_add (pages, "a.json", "u1", "u2");
  imp_fhir_pages_add (pages, "b.json", "u3", "u4");
  imp_fhir_pages_add (pages, "c.json", "u2", NULL);
  imp_fhir_pages_add (pages, "d.json", NULL, NULL);
  missing = imp_fhir_pages_missing (pages);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "b.json");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-manifest/read", test_read);
  g_test_add_func ("/importer/fhir-manifest/pairs", test_pairs);
  g_test_add_func ("/importer/fhir-manifest/broken", test_broken);
  g_test_add_func ("/importer/fhir-manifest/pages", test_pages);
  return g_test_run ();
}
