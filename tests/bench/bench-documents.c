/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading FHIR and CDA beside the raw speed of the parsers under them (cJSON, libxml2), in one run:
 * MB/s of NDJSON, documents/s of CDA. Ratios are of one machine at one time; rates are not.
 *
 *   bench-documents [MEGABYTES]
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <libxml/parser.h>

#include "imp-fhir-mapper.h"
#include "imp-fhir-take.h"
#include "imp-map-cda.h"

#define N_DOCUMENTS 2000
#define ROUNDS 3 /* the best of so many counts: the machine has other work too */

/* ---- input ------------------------------------------------------------------------------------
 */

static void
add_lines (GString *out, guint i)
{
  g_string_append_printf (
      out,
      "{\"resourceType\":\"Observation\",\"id\":\"o%u\",\"status\":\"final\",\"category\":[{"
      "\"coding\":[{"
      "\"system\":\"http://terminology.hl7.org/CodeSystem/"
      "observation-category\",\"code\":\"laboratory\"}]}],"
      "\"code\":{\"text\":\"カリウム\",\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.4.504\","
      "\"code\":"
      "\"3H015000002326101\",\"display\":\"K\"}]},\"subject\":{\"reference\":\"Patient/p%u\"},"
      "\"effectiveDateTime\":\"2025-04-%02uT08:%02u:00+09:00\",\"valueQuantity\":{\"value\":4.%u,"
      "\"unit\":\"mEq/L\"},"
      "\"referenceRange\":[{\"low\":{\"value\":3.6},\"high\":{\"value\":4.8}}],\"interpretation\":["
      "{\"coding\":[{"
      "\"code\":\"N\"}]}],\"specimen\":{\"display\":\"血清\"}}\n",
      i, i / 40, 1 + i % 28, i % 60, i % 10);
  if (i % 4 == 0)
    g_string_append_printf (
        out,
        "{\"resourceType\":\"MedicationRequest\",\"id\":\"m%u\",\"status\":\"completed\","
        "\"intent\":\"order\","
        "\"identifier\":[{\"system\":\"urn:oid:1.2.392.100495.20.3.81\",\"value\":\"1\"}],"
        "\"medicationCodeableConcept\":{\"text\":\"アムロジピン錠５ｍｇ\",\"coding\":[{\"system\":"
        "\"urn:oid:1.2.392.100495.20.2.74\",\"code\":\"103831601\"}]},\"subject\":{\"reference\":"
        "\"Patient/p%u\"},"
        "\"authoredOn\":\"2025-04-01\",\"dosageInstruction\":[{\"text\":\"内服・１日１回朝食後\","
        "\"timing\":{\"code\":"
        "{\"coding\":[{\"code\":\"1011000400000000\"}]}},\"doseAndRate\":[{\"doseQuantity\":{"
        "\"value\":1,\"unit\":"
        "\"錠\"}}]}],\"dispenseRequest\":{\"quantity\":{\"value\":14,\"unit\":\"錠\"}}}\n",
        i, i / 40);
  if (i % 40 == 0)
    g_string_append_printf (
        out,
        "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"name\":[{\"text\":\"試験　%u\"}],"
        "\"gender\":\"female\",\"birthDate\":\"1950-01-02\"}\n",
        i / 40, i);
}

static GString *
new_ndjson (gsize n_bytes)
{
  GString *out = g_string_sized_new (n_bytes + 4096);

  for (guint i = 0; out->len < n_bytes; i++)
    add_lines (out, i);
  return out;
}

static GString *
new_cda (guint i)
{
  GString *out =
      g_string_new ("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>退院時サマリー</title>"
                    "<effectiveTime value=\"20250401\"/><component><structuredBody>");

  for (guint j = 0; j < 12; j++)
    g_string_append_printf (
        out,
        "<component><section><title>経過 %u</title><text><paragraph>第%u病日、状態は安定"
        "している。</paragraph><table><thead><tr><th>項目</th><th>値</th></tr></thead><tbody>"
        "<tr><td>Na</td><td>13%u</td></tr><tr><td>K</td><td>4.%u</td></tr></tbody></table>"
        "<list><item>食事は全量</item><item>歩行可</item></list></text></section></component>",
        j, i, j % 10, j % 10);
  g_string_append (out, "</structuredBody></component></ClinicalDocument>");
  return out;
}

/* ---- FHIR --------------------------------------------------------------------------------------
 */

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static double
time_cjson (const GString *text)
{
  gint64 begin = g_get_monotonic_time ();

  for (const char *line = text->str; *line != '\0';)
    {
      const char *end = strchr (line, '\n');
      cJSON *tree = cJSON_ParseWithLength (line, (gsize) (end - line));

      g_assert_nonnull (tree);
      cJSON_Delete (tree);
      line = end + 1;
    }
  return seconds_since (begin);
}

static gboolean
tell (ImpFindingCode code, ImpSeverity severity, const char *place, const char *detail,
      gpointer data, GError **error)
{
  g_printerr ("%s: %s\n", place, detail);
  return TRUE;
}

static double
time_reading (const GString *text, ImpFhirStore **store)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (ImpFhirStoreWriter) writer = NULL;
  ImpFhirTaker taker = { .tell = tell };
  ImpFhirFile file = { .path = g_strdup ("bench.ndjson"), .folder = g_strdup (".") };
  g_auto (ImpFhirProbe) probe = { 0 };
  g_autoptr (ImpStream) stream = NULL;
  ImpFhirTaken taken;

  *store = imp_fhir_store_new (g_get_tmp_dir (), NULL);
  taker.store = *store;
  taker.writer = writer = imp_fhir_store_writer_new (*store);
  stream = imp_fhir_open (imp_stream_from_memory (text->str, text->len), &probe, NULL);
  g_assert_true (imp_fhir_take_file (&taker, stream, &probe, &file, &taken, NULL));
  g_assert_true (imp_fhir_store_writer_flush (writer, NULL));
  imp_fhir_store_freeze (*store);
  return seconds_since (begin);
}

static double
time_mapping (ImpFhirStore *store)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (ImpFhirStoreReader) reader = imp_fhir_store_reader_new (store);
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();

  for (guint32 i = 0; i < imp_fhir_store_n (store); i++)
    {
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) resource = NULL;
      ImpFhirStored stored;
      ImpFhirAge age;

      g_assert_true (imp_fhir_store_read (reader, i, &stored, NULL));
      resource = imp_json_parse (stored.source, stored.source_len, &report, NULL);
      imp_fhir_map (resource, NULL, NULL, &age, mapped);
    }
  return seconds_since (begin);
}

static void
bench_fhir (gsize n_bytes)
{
  g_autoptr (GString) text = new_ndjson (n_bytes);
  double megabytes = (double) text->len / 1e6;
  double best[3] = { 1e9, 1e9, 1e9 };
  guint32 n = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (ImpFhirStore) store = NULL;

      best[0] = MIN (best[0], time_cjson (text));
      best[1] = MIN (best[1], time_reading (text, &store));
      best[2] = MIN (best[2], time_mapping (store));
      n = imp_fhir_store_n (store);
    }
  printf ("FHIR NDJSON, %.0f MB, %u resources, one thread, best of %d\n", megabytes, n, ROUNDS);
  printf ("  cJSON alone             %7.1f MB/s\n", megabytes / best[0]);
  printf ("  read and laid aside     %7.1f MB/s  %.2f of it\n", megabytes / best[1],
          best[0] / best[1]);
  printf ("  read back and mapped    %7.1f MB/s  %.2f of it\n", megabytes / best[2],
          best[0] / best[2]);
  printf ("  both                    %7.1f MB/s  %.2f of it, %.0f resources/s\n",
          megabytes / (best[1] + best[2]), best[0] / (best[1] + best[2]), n / (best[1] + best[2]));
}

/* ---- CDA ---------------------------------------------------------------------------------------
 */

static double
time_libxml (GPtrArray *documents)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < documents->len; i++)
    {
      const GString *text = g_ptr_array_index (documents, i);
      xmlDoc *document = xmlReadMemory (text->str, (int) text->len, NULL, NULL, XML_PARSE_NONET);

      g_assert_nonnull (document);
      xmlFreeDoc (document);
    }
  return seconds_since (begin);
}

static double
time_cda (GPtrArray *documents)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  ImpName name;
  ImpCdaPlace place = { &name, NULL, "" };

  imp_name_parse ("summary.xml", &name);
  for (guint i = 0; i < documents->len; i++)
    {
      const GString *text = g_ptr_array_index (documents, i);

      g_assert_true (imp_map_cda (text->str, text->len, &place, mapped, NULL, NULL));
    }
  return seconds_since (begin);
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
bench_cda (void)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (free_string);
  double raw = 1e9, mapped = 1e9;

  for (guint i = 0; i < N_DOCUMENTS; i++)
    g_ptr_array_add (documents, new_cda (i));
  for (guint i = 0; i < ROUNDS; i++)
    {
      raw = MIN (raw, time_libxml (documents));
      mapped = MIN (mapped, time_cda (documents));
    }
  printf ("CDA, %u documents of %.1f kB, one thread, best of %d\n", documents->len,
          (double) ((GString *) g_ptr_array_index (documents, 0))->len / 1e3, ROUNDS);
  printf ("  libxml2 alone           %7.0f documents/s\n", documents->len / raw);
  printf ("  read to a record        %7.0f documents/s  %.2f of it\n", documents->len / mapped,
          raw / mapped);
}

int
main (int argc, char **argv)
{
  bench_fhir ((gsize) (argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 50) * 1000000);
  bench_cda ();
  return 0;
}
