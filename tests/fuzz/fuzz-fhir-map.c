/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * FHIR resources as JSON, an array of them, mapped each with the others as what its references lead
 * to. A resource without brackets around it is mapped alone. Odd lengths: as part of a document
 * whose Composition is the first.
 */
#include <string.h>

#include "imp-fhir-mapper.h"
#include "imp-limits.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_RESOURCES 20

static const cJSON *
find (const cJSON *reference, const char *type, gpointer data)
{
  const cJSON *all = data;
  g_auto (ImpFhirReference) parsed = { 0 };

  imp_fhir_reference (reference, &parsed);
  for (const cJSON *one = imp_json_first (all); one != NULL; one = imp_json_next (one))
    if (parsed.id != NULL && g_strcmp0 (imp_json_string (one, "id"), parsed.id) == 0 &&
        (type == NULL || g_strcmp0 (imp_json_string (one, "resourceType"), type) == 0))
      return one;
  return NULL;
}

static const cJSON *
holder (const cJSON *resource, gpointer data)
{
  const char *id = imp_json_string (resource, "id");

  for (const cJSON *one = imp_json_first (data); one != NULL && id != NULL;
       one = imp_json_next (one))
    for (const cJSON *member = imp_json_first (imp_json_get (one, "hasMember")); member != NULL;
         member = imp_json_next (member))
      if (g_strcmp0 (imp_json_string (member, "reference"), id) == 0)
        return one;
  return NULL;
}

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_mapped (const ImpMapped *mapped)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (mapped->records, &len);
  DiscRecordIter iter;
  DiscToken token;
  guint n_records = 0;

  disc_record_iter_init (&iter, bytes, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token == DISC_TOKEN_RECORD)
        {
          n_records++;
          g_assert_nonnull (disc_kind_name (iter.kind));
          g_assert_nonnull (disc_status_name (iter.status));
          /* What is dead by its word never lives. */
          g_assert_false (iter.live && (iter.status == DISC_STATUS_ENTERED_IN_ERROR ||
                                        iter.status == DISC_STATUS_CANCELLED ||
                                        iter.status == DISC_STATUS_DELETED ||
                                        iter.status == DISC_STATUS_SUPERSEDED));
        }
      if (token == DISC_TOKEN_VALUE)
        {
          g_assert_nonnull (disc_field_name (iter.field));
          g_assert_cmpuint (iter.value_len, >, 0);
          g_assert_true (g_utf8_validate (iter.value, (gssize) iter.value_len, NULL));
        }
    }
  g_assert_cmpuint (n_records, >, 0);
  g_assert_cmpuint (mapped->findings->len, <=, IMP_MAX_FINDINGS_PER_MESSAGE);
  for (guint i = 0; i < mapped->findings->len; i++)
    check_text (((const ImpFinding *) g_ptr_array_index (mapped->findings, i))->detail);
  g_assert_true (*mapped->facts.clinical_at == '\0' ||
                 disc_date_is_valid (mapped->facts.clinical_at));
  g_assert_true (*mapped->facts.reaches_to == '\0' ||
                 disc_date_is_valid (mapped->facts.reaches_to));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) all = imp_json_parse ((const char *) data, size, &report, NULL);
  const ImpFhirLookup lookup = { .find = find, .holder = holder, .data = all };
  const cJSON *document = size % 2 == 1 ? imp_json_first (all) : NULL;
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  guint n = 0;

  for (const cJSON *one = imp_json_first (all); one != NULL && n < MAX_RESOURCES;
       one = imp_json_next (one), n++)
    {
      ImpFhirAge age;

      if (!cJSON_IsObject (one))
        continue;
      imp_fhir_map (one, cJSON_IsObject (document) ? document : NULL, &lookup, &age, mapped);
      check_mapped (mapped);
    }
  return 0;
}
