/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-operation.h"
#include "stream-fixture.h"

typedef struct
{
  GStringChunk *strings;
  GArray *operations; /* (element-type ImpFhirOperation) */
  guint64 bundle, entry;
} Collected;

static gboolean
on_item (const ImpFhirItem *item, gpointer data, GError **error)
{
  Collected *self = data;
  ImpFhirOrigin origin = { "s", item->bundle != NULL ? self->bundle : 0, self->entry++, NULL };
  ImpFhirOperation operation;

  if (imp_fhir_operation (item, &origin, self->strings, &operation))
    g_array_append_val (self->operations, operation);
  return TRUE;
}

static void
on_bundle (const ImpFhirBundle *bundle, gboolean ended, gpointer data)
{
  Collected *self = data;

  self->bundle += !ended;
}

/* Returns: "key fate" of each operation, a line each, in the order of reading */
static char *
settle (const char *text)
{
  Collected collected = { g_string_chunk_new (1024),
                          g_array_new (FALSE, FALSE, sizeof (ImpFhirOperation)), 0, 0 };
  ImpFhirVisitor visitor = { on_item, NULL, on_bundle, &collected };
  g_auto (ImpFhirProbe) probe = { 0 };
  g_auto (ImpFhirTally) tally = { 0 };
  g_autoptr (ImpStream) stream = imp_fhir_open (stream_of (text, strlen (text), 0), &probe, NULL);
  g_autofree ImpFhirFate *fates = NULL;
  GString *out = g_string_new (NULL);
  const ImpFhirOperation *operations;

  g_assert_true (imp_fhir_walk (stream, &probe, &visitor, &tally, NULL));
  operations = (const ImpFhirOperation *) (gpointer) collected.operations->data;
  fates = g_new (ImpFhirFate, collected.operations->len + 1);
  imp_fhir_order (operations, collected.operations->len, fates);
  for (guint i = 0; i < collected.operations->len; i++)
    g_string_append_printf (out, "%s %s\n", operations[i].key, imp_fhir_fate_name (fates[i]));
  g_array_free (collected.operations, TRUE);
  g_string_chunk_free (collected.strings);
  return g_string_free (out, FALSE);
}

#define RX(id) "{\"resourceType\":\"MedicationRequest\",\"id\":\"" id "\"}"
#define HEADER(reason, focus)                                                                      \
  "{\"resource\":{\"resourceType\":\"MessageHeader\",\"id\":\"h\",\"reason\":{\"coding\":[{"       \
  "\"code\":"                                                                                      \
  "\"" reason "\"}]}" focus "}}"
#define FOCUS(id, time)                                                                            \
  ",\"focus\":[{\"reference\":\"MedicationRequest/" id "\",\"display\":\"" id "." time "\"}]"
#define BUNDLE(type, entries)                                                                      \
  "{\"resourceType\":\"Bundle\",\"type\":\"" type "\",\"entry\":[" entries "]}\n"
#define DELETE(id) "{\"request\":{\"method\":\"DELETE\",\"url\":\"MedicationRequest/" id "\"}}"
#define PUT(id)                                                                                    \
  "{\"request\":{\"method\":\"PUT\",\"url\":\"MedicationRequest/" id "\"},\"resource\":" RX (id) "}"

/* Spec fhir.md 1.2.1: from files to fates. */
static void
test_files (void)
{
  static const struct
  {
    const char *text;
    const char *fates;
  } cases[] = {
    /* The mapping guide's update: two transactions, times in the focus. */
    { BUNDLE ("transaction", HEADER ("NW", FOCUS ("X", "20260401100059567")) "," DELETE ("X"))
          BUNDLE ("transaction", PUT ("X") "," HEADER ("NW", FOCUS ("X", "20260401100059568"))),
      "s MessageHeader/h conflict\ns MedicationRequest/X applied\n"
      "s MedicationRequest/X live\ns MessageHeader/h conflict\n" },
    { BUNDLE ("transaction", PUT ("X") "," DELETE ("X")),
      "s MedicationRequest/X live\ns MedicationRequest/X applied\n" },
    { BUNDLE ("batch", PUT ("X")) BUNDLE ("batch", DELETE ("X") "," DELETE ("Y")),
      "s MedicationRequest/X in-doubt\ns MedicationRequest/X applied\n"
      "s MedicationRequest/Y unknown\n" },
    { BUNDLE ("history", DELETE ("X") "," PUT ("X")),
      "s MedicationRequest/X applied\ns MedicationRequest/X deleted\n" },
    /* A message that cancels: its own order, not what rides along. */
    { BUNDLE ("message", HEADER ("CA", "") ",{\"resource\":" RX (
                             "X") "},{\"resource\":"
                                  "{\"resourceType\":\"Patient\",\"id\":\"P\"}}"),
      "s 1/0 live\ns 1/1 unknown\ns 1/2 live\n" },
    { BUNDLE (
          "message",
          HEADER (
              "CA",
              FOCUS (
                  "9.20260401.1",
                  "20260401100059568")) ","
                                        "{\"resource\":" RX ("9.20260401.1") "},{\"resource\":" RX (
                                            "9.20260401.2") "}")
          BUNDLE ("message", HEADER ("NW", FOCUS ("9.20260401.1",
                                                  "20260401100059567")) ","
                                                                        "{\"resource\":" RX (
                                                                            "9.20260401.1") "}"),
      "s 1/0 live\ns MedicationRequest/9.20260401.1 applied\n"
      "s MedicationRequest/9.20260401.2 live\ns 2/3 live\n"
      "s MedicationRequest/9.20260401.1 deleted\n" },
    /* Two messages that count from 1 are about two orders, perhaps of two people. */
    { BUNDLE ("message", HEADER ("NW", "") ",{\"resource\":" RX ("1") "}")
          BUNDLE ("message", HEADER ("CA", "") ",{\"resource\":" RX ("1") "}"),
      "s 1/0 live\ns 1/1 live\ns 2/2 live\ns 2/3 unknown\n" },
    /* Ids of collections are their own. */
    { BUNDLE ("collection", "{\"resource\":" RX ("1") "}")
          BUNDLE ("collection", "{\"fullUrl\":\"urn:uuid:AB\",\"resource\":" RX ("1") "}"),
      "s 1/0 live\ns urn:uuid:ab live\n" },
    { RX ("1") "\n" RX ("1"), "s MedicationRequest/1 conflict\ns MedicationRequest/1 conflict\n" },
    { BUNDLE ("transaction", "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient?name=x\"}},"
                             "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/1\"}}"),
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = settle (cases[i].text);

      g_assert_cmpstr (got, ==, cases[i].fates);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-operation/files", test_files);
  return g_test_run ();
}
