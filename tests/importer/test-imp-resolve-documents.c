/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-resolve.h"
#include "unit-fixture.h"

/* Documents of FHIR that replace others (spec fhir.md 3.0.3); those of CDA: test-imp-extended.c. */

typedef struct
{
  const char *path;
  const char *sent_at;
  const char *status;
  const char *ids;      /* blanks between */
  const char *replaces; /* likewise */
  const char *set;
  const char *version;
  const char *state; /* expected */
  const char *resource; /* of an order, which has no ids */
} Case;

static void
add_list (DiscRecordBuilder *builder, DiscField field, const char *list)
{
  g_auto (GStrv) values = g_strsplit (list != NULL ? list : "", " ", -1);

  for (guint i = 0; values[i] != NULL; i++)
    disc_record_builder_add (builder, field, values[i], -1);
}

static DiscStatus
status_of (const char *word)
{
  for (guint i = 1; i < DISC_N_STATUSES; i++)
    if (g_strcmp0 (disc_status_name ((DiscStatus) i), word) == 0)
      return (DiscStatus) i;
  return DISC_STATUS_COMPLETED;
}

static void
append (const Case *one, GByteArray *bytes)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscStatus status = status_of (one->status);
  ImpMessage out = {
    .path = one->path,
    .name_patient = "1",
    .folder_patient = "1",
    .pid = "1",
    .other_ids = "",
    .care_date = "",
    .type = "DocumentReference",
    .order_no = "",
    .stamp = "",
    .sent_at = one->sent_at,
    .event = "",
    .birth_date = "",
    .sex = "",
    .name = "",
    .kana = "",
    .clinical_at = "",
    .reaches_to = "",
    .format = DISC_FORMAT_FHIR_JSON,
    .source = one->path,
    .source_len = strlen (one->path),
  };

  disc_record_builder_begin (builder, DISC_KIND_DOCUMENT, status, disc_status_is_live (status));
  disc_record_builder_add (builder, DISC_FIELD_RESOURCE, one->resource, -1);
  disc_record_builder_item (builder);
  add_list (builder, DISC_FIELD_DOCUMENT_ID, one->ids);
  add_list (builder, DISC_FIELD_REPLACES, one->replaces);
  disc_record_builder_add (builder, DISC_FIELD_SET_ID, one->set, -1);
  disc_record_builder_add (builder, DISC_FIELD_VERSION, one->version, -1);
  out.records = (guint8 *) disc_record_builder_get (builder, &out.records_len);
  imp_message_append (&out, bytes);
}

static void
check (const Case *cases, guint n)
{
  g_autoptr (ImpUnit) unit = imp_unit_new ("", "1");
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    append (&cases[i], bytes);
  g_assert_true (imp_unit_take (unit, bytes));
  imp_resolve_documents (unit);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *state = fixture_state (fixture_find (unit, cases[i].path, 0));

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

static void
test_replaced (void)
{
  static const Case cases[] = {
    { "old", "2025-04-01", NULL, "DocumentReference/1 urn:s^A", NULL, NULL, NULL, "-superseded" },
    { "new", "2025-04-02", NULL, "DocumentReference/2 urn:s^B", "DocumentReference/1 urn:s^A", NULL,
      NULL, "+completed" },
    /* By its second number alone. */
    { "old2", "2025-04-01", NULL, "DocumentReference/3 urn:s^C", NULL, NULL, NULL, "-superseded" },
    { "new2", "2025-04-02", NULL, "DocumentReference/4", "urn:s^C", NULL, NULL, "+completed" },
    /* A word that was taken back replaces nothing. */
    { "old3", "2025-04-01", NULL, "DocumentReference/5", NULL, NULL, NULL, "+completed" },
    { "dead3", "2025-04-02", "entered-in-error", "DocumentReference/6", "DocumentReference/5", NULL,
      NULL, "-entered-in-error" },
    /* Nor does an older one. */
    { "old4", "2025-04-03", NULL, "DocumentReference/7", NULL, NULL, NULL, "+completed" },
    { "older4", "2025-04-02", NULL, "DocumentReference/8", "DocumentReference/7", NULL, NULL,
      "+completed" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* A number that two live ones have names neither; another number of one of them still does. */
static void
test_shared_number (void)
{
  static const Case cases[] = {
    { "a", "2025-04-01", NULL, "Composition/1 urn:s^A", NULL, NULL, NULL, "+completed" },
    { "b", "2025-04-01", NULL, "Composition/1 urn:s^B", NULL, NULL, NULL, "-superseded" },
    { "c", "2025-04-02", NULL, "Composition/2", "Composition/1", NULL, NULL, "+completed" },
    { "d", "2025-04-02", NULL, "Composition/3", "urn:s^B", NULL, NULL, "+completed" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_versions (void)
{
  static const Case cases[] = {
    { "v1", "2025-04-01", NULL, "Composition/1 urn:s^A", NULL, "urn:s^A", "9", "-superseded" },
    { "v2", "2025-04-02", NULL, "Composition/2 urn:s^A", NULL, "urn:s^A", "10", "+completed" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
append_report (GByteArray *bytes, const char *path, DiscStatus status, const char *set,
               const char *name, const char *issued)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  ImpMessage out = {
    .path = path,
    .name_patient = "1",
    .folder_patient = "1",
    .pid = "1",
    .other_ids = "",
    .care_date = "",
    .type = "DiagnosticReport",
    .order_no = "",
    .stamp = "",
    .sent_at = "",
    .event = "",
    .birth_date = "",
    .sex = "",
    .name = "",
    .kana = "",
    .clinical_at = "",
    .reaches_to = "",
    .format = DISC_FORMAT_FHIR_JSON,
    .source = path,
    .source_len = strlen (path),
  };

  disc_record_builder_begin (builder, DISC_KIND_REPORT, status, disc_status_is_live (status));
  disc_record_builder_add (builder, DISC_FIELD_REPORTED_AT, issued, -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_NAME, name, -1);
  disc_record_builder_add (builder, DISC_FIELD_SET_ID, set, -1);
  disc_record_builder_begin (builder, DISC_KIND_LAB, status, disc_status_is_live (status));
  disc_record_builder_item (builder);
  out.records = (guint8 *) disc_record_builder_get (builder, &out.records_len);
  imp_message_append (&out, bytes);
}

/* Spec fhir.md 3.7: a preliminary report beside its final one, with the results within it. */
static void
test_reports (void)
{
  static const struct
  {
    const char *path;
    DiscStatus status;
    const char *set;
    const char *name;
    const char *issued;
    const char *state;
  } cases[] = {
    { "first", DISC_STATUS_PRELIMINARY, "s^1", "CT", "2025-04-01T10:00:00+09:00",
      "-superseded -superseded" },
    { "final", DISC_STATUS_COMPLETED, "s^1", "CT", "2025-04-02T10:00:00+09:00",
      "+completed +completed" },
    /* The same number, but something else was examined (fact 21). */
    { "other", DISC_STATUS_PRELIMINARY, "s^1", "MRI", "2025-04-01T10:00:00+09:00",
      "+preliminary +preliminary" },
    /* Written after the final one: it may say something new. */
    { "late", DISC_STATUS_PRELIMINARY, "s^1", "CT", "2025-04-03T10:00:00+09:00",
      "+preliminary +preliminary" },
    /* Without a time nothing tells which is the later. */
    { "undated", DISC_STATUS_PRELIMINARY, "s^1", "CT", NULL, "+preliminary +preliminary" },
    /* What replaces must hold itself. */
    { "waiting", DISC_STATUS_PRELIMINARY, "s^2", "CT", "2025-04-01T10:00:00+09:00",
      "+preliminary +preliminary" },
    { "wrong", DISC_STATUS_ENTERED_IN_ERROR, "s^2", "CT", "2025-04-02T10:00:00+09:00",
      "-entered-in-error -entered-in-error" },
  };
  g_autoptr (ImpUnit) unit = imp_unit_new ("", "1");
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    append_report (bytes, cases[i].path, cases[i].status, cases[i].set, cases[i].name,
                   cases[i].issued);
  g_assert_true (imp_unit_take (unit, bytes));
  imp_resolve_reports (unit);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *state = fixture_state (fixture_find (unit, cases[i].path, 0));

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

/* What is no document has no number of one. */
static void
test_others (void)
{
  static const Case cases[] = {
    { "result", "2025-04-01", NULL, NULL, "DocumentReference/1", NULL, NULL, "+completed" },
    { "document", "2025-04-01", NULL, "DocumentReference/1", NULL, NULL, NULL, "+completed" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* Spec fhir.md 3.0.3: ServiceRequest.replaces. */
static void
test_orders (void)
{
  static const Case cases[] = {
    { "old", "2025-04-01", "active", NULL, NULL, NULL, NULL, "-superseded", "ServiceRequest/1" },
    { "new", "2025-04-02", "active", NULL, "ServiceRequest/1", NULL, NULL, "+active",
      "ServiceRequest/2" },
    /* One after the other. */
    { "newest", "2025-04-03", "active", NULL, "ServiceRequest/3", NULL, NULL, "+active",
      "ServiceRequest/4" },
    { "newer", "2025-04-02", "active", NULL, "ServiceRequest/5", NULL, NULL, "-superseded",
      "ServiceRequest/3" },
    { "first", "2025-04-01", "active", NULL, NULL, NULL, NULL, "-superseded", "ServiceRequest/5" },
    /* Nor what was called off, nor an older one, nor each other. */
    { "kept", "2025-04-01", "active", NULL, NULL, NULL, NULL, "+active", "ServiceRequest/6" },
    { "off", "2025-04-02", "cancelled", NULL, "ServiceRequest/6", NULL, NULL, "-cancelled",
      "ServiceRequest/7" },
    { "later", "2025-04-02", "active", NULL, NULL, NULL, NULL, "+active", "ServiceRequest/8" },
    { "earlier", "2025-04-01", "active", NULL, "ServiceRequest/8", NULL, NULL, "+active",
      "ServiceRequest/9" },
    { "a", "2025-04-01", "active", NULL, "ServiceRequest/b", NULL, NULL, "+active",
      "ServiceRequest/a" },
    { "b", "2025-04-01", "active", NULL, "ServiceRequest/a", NULL, NULL, "+active",
      "ServiceRequest/b" },
    /* Two of one name, of two servers: nothing tells which is meant. */
    { "here", "2025-04-01", "active", NULL, NULL, NULL, NULL, "+active", "ServiceRequest/10" },
    { "there", "2025-04-01", "active", NULL, NULL, NULL, NULL, "+active", "ServiceRequest/10" },
    { "of one", "2025-04-02", "active", NULL, "ServiceRequest/10", NULL, NULL, "+active",
      "ServiceRequest/11" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resolve-documents/replaced", test_replaced);
  g_test_add_func ("/resolve-documents/shared-number", test_shared_number);
  g_test_add_func ("/resolve-documents/versions", test_versions);
  g_test_add_func ("/resolve-documents/others", test_others);
  g_test_add_func ("/resolve-documents/reports", test_reports);
  g_test_add_func ("/resolve-documents/fhir-3.0.3-orders", test_orders);
  return g_test_run ();
}
