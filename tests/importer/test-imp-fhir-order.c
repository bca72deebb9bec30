/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-order.h"

#define PUT IMP_FHIR_STEP_DATA
#define DEL IMP_FHIR_STEP_WITHDRAW
#define MAX_STEPS 4

static void
test_times (void)
{
  static const struct
  {
    const char *a, *b;
    const char *order; /* "<", "=", "?" */
  } cases[] = {
    { "2026-01-01", "2026-01-02", "<" },
    { "2026-01", "2026-02-01", "<" },
    { "2025", "2026", "<" },
    { "2026-01-01", "2026-01-01", "=" },
    { "2026", "2026-05", "?" }, /* a part of it */
    { "2026-01-01", "2026-01-01T10:00:00+09:00", "?" },
    { "2026-01-01T00:00:00Z", "2026-01-01T09:00:00+09:00", "=" },
    { "2026-01-01T00:00:00Z", "2026-01-01T09:00:01", "<" }, /* without zone: Japan's */
    { "2026-01-01T10:00:00+11:00", "2026-01-01T10:00:00+09:00", "<" },
    { "2026-01-01T10:00:00.5+09:00", "2026-01-01T10:00:00.567+09:00", "?" },
    { "2026-01-01T10:00:00.566+09:00", "2026-01-01T10:00:00.567+09:00", "<" },
    { "2026-01-01T10:00:00.123456789Z", "2026-01-01T10:00:00.123457Z", "<" },
    { "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "<" },
    { "2026-02-28", "2026-03-01", "<" },
    { "2024-02-29T23:00:00Z", "2024-03-01T00:00:00Z", "<" },
    { "2026-01-01T24:00:00+09:00", "2026-01-02T00:00:00+09:00", "=" },
    { "20260101", "2026-01-01", "=" },
    { "20260101100059567", "20260101100059568", "<" },
    { "20260101100059", "2026-01-01T10:00:59", "=" },
    { "2026-02-30", "2026-03-01", "?" },
    { "2026-13-01", "2026-03-01", "?" },
    { "2026-1-1", "2026-03-01", "?" },
    { "", "2026", "?" },
    { "yesterday", "2026", "?" },
    { "2026-01-01x", "2027", "?" },
    { "2026-01-01T10:00:00+", "2027", "?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int result = 9;
      int back = 9;
      gboolean ok = imp_fhir_compare_times (cases[i].a, cases[i].b, &result);

      g_test_message ("%s %s %s", cases[i].a, cases[i].order, cases[i].b);
      g_assert_cmpint (ok, ==, cases[i].order[0] != '?');
      g_assert_cmpint (imp_fhir_compare_times (cases[i].b, cases[i].a, &back), ==, ok);
      if (ok)
        {
          g_assert_cmpint (result, ==, cases[i].order[0] == '<' ? -1 : 0);
          g_assert_cmpint (back, ==, -result);
        }
    }
}

#define K .key = "s MedicationRequest/X"

/* Spec fhir.md 1.2.1, every sentence; the fates are one letter each: Live, Superseded, Deleted, in
 * doubt
 * (?), Conflict, Applied, Unknown. */
static const struct
{
  ImpFhirOperation steps[MAX_STEPS];
  const char *fates;
} cases[] = {
  /* The example of the mapping guide: an update is DELETE, and PUT a millisecond later. "DELETE
   * applied without order: every prescription that was ever updated is gone." */
  { { { DEL, K, .focus_time = "20260401100059567", .bundle = 1, .is_transaction = TRUE },
      { PUT, K, .focus_time = "20260401100059568", .bundle = 2, .is_transaction = TRUE } },
    "AL" },
  { { { DEL, K, .focus_time = "20260401100059568" },
      { PUT, K, .focus_time = "20260401100059567" } },
    "AD" },
  /* Only a withdrawal, only data. */
  { { { DEL, K } }, "U" },
  { { { PUT, K } }, "L" },
  /* Nothing orders them: shown with a warning. */
  { { { DEL, K }, { PUT, K } }, "A?" },
  { { { DEL, K, .last_updated = "2026-01-02" }, { PUT, K, .version_id = "1" } }, "A?" },
  { { { DEL, K, .last_updated = "2026-01-02" }, { PUT, K, .last_updated = "2026-01-02" } }, "A?" },
  { { { DEL, K, .last_updated = "2026-01" }, { PUT, K, .last_updated = "2026-01-02" } }, "A?" },
  /* Each key alone. */
  { { { DEL, K, .version_id = "10" }, { PUT, K, .version_id = "9" } }, "AD" },
  { { { DEL, K, .version_id = "2" }, { PUT, K, .version_id = "10" } }, "AL" },
  { { { DEL, K, .version_id = "b" }, { PUT, K, .version_id = "a" } }, "A?" }, /* no numbers */
  { { { DEL, K, .version_id = "007" }, { PUT, K, .version_id = "7" } }, "A?" },
  { { { DEL, K, .last_updated = "2026-01-02T00:00:00Z" },
      { PUT, K, .last_updated = "2026-01-01T00:00:00Z" } },
    "AD" },
  { { { DEL, K, .bundle_time = "2026-01-02" }, { PUT, K, .bundle_time = "2026-01-01" } }, "AD" },
  { { { DEL, K, .transaction_time = "2026-01-01" }, { PUT, K, .transaction_time = "2026-01-02" } },
    "AL" },
  /* The earlier key decides, where both have it. */
  { { { DEL, K, .version_id = "1", .last_updated = "2026-01-09" },
      { PUT, K, .version_id = "2", .last_updated = "2026-01-01" } },
    "AL" },
  { { { DEL, K, .version_id = "1", .last_updated = "2026-01-09" },
      { PUT, K, .last_updated = "2026-01-01" } },
    "AD" },
  { { { DEL, K, .last_updated = "2026-01-01", .bundle_time = "2026-01-02" },
      { PUT, K, .last_updated = "2026-01-01", .bundle_time = "2026-01-01" } },
    "AD" },
  /* Within one transaction DELETE, POST, PUT, whatever the order of entries. */
  { { { PUT, K, .method = "PUT", .bundle = 1, .is_transaction = TRUE, .entry = 0 },
      { DEL, K, .method = "DELETE", .bundle = 1, .is_transaction = TRUE, .entry = 1 } },
    "LA" },
  { { { PUT, K, .method = "PUT", .bundle = 1, .is_transaction = TRUE },
      { PUT, K, .method = "POST", .bundle = 1, .is_transaction = TRUE } },
    "LS" },
  { { { PUT, K, .method = "PUT", .bundle = 1, .is_transaction = TRUE },
      { DEL, K, .method = "DELETE", .bundle = 2, .is_transaction = TRUE } },
    "?A" },
  { { { PUT, K, .method = "PUT", .bundle = 1 }, { DEL, K, .method = "DELETE", .bundle = 1 } },
    "?A" },
  /* deleted[] of a bulk export against lastUpdated. */
  { { { DEL, K, .transaction_time = "2026-01-02" }, { PUT, K, .last_updated = "2026-01-01" } },
    "AD" },
  { { { DEL, K, .transaction_time = "2026-01-02" }, { PUT, K, .last_updated = "2026-01-03" } },
    "AL" },
  /* history: newest first. */
  { { { DEL, K, .bundle = 1, .is_history = TRUE, .entry = 0 },
      { PUT, K, .bundle = 1, .is_history = TRUE, .entry = 1 },
      { PUT, K, .bundle = 1, .is_history = TRUE, .entry = 2 } },
    "ADS" },
  { { { PUT, K, .version_id = "1", .bundle = 1, .is_history = TRUE, .entry = 0 },
      { DEL, K, .version_id = "2", .bundle = 1, .is_history = TRUE, .entry = 1 } },
    "DA" },
  /* Versions. */
  { { { PUT, K, .version_id = "1" }, { PUT, K, .version_id = "3" }, { PUT, K, .version_id = "2" } },
    "SLS" },
  { { { PUT, K, .version_id = "1" },
      { DEL, K, .version_id = "2" },
      { PUT, K, .version_id = "3" },
      { DEL, K, .version_id = "4" } },
    "SADA" },
  /* Two that nothing orders: both stay (1.6). */
  { { { PUT, K }, { PUT, K } }, "CC" },
  { { { PUT, K, .version_id = "1" }, { PUT, K, .version_id = "1" } }, "CC" },
  /* Another resource, another source. */
  { { { DEL, .key = "s A/1", .version_id = "2" }, { PUT, .key = "t A/1", .version_id = "1" } },
    "UL" },
  { { { DEL, .key = "s A/1", .version_id = "2" },
      { PUT, .key = "s B/1", .version_id = "1" },
      { PUT, .key = "s A/1", .version_id = "1" } },
    "ALD" },
  /* Keys that contradict each other hide nothing: by version the second is newest, by time it is
   * older than the withdrawal, which is older than the first. */
  { { { PUT, K, .version_id = "1", .focus_time = "20260103" },
      { PUT, K, .version_id = "2", .last_updated = "2026-01-01" },
      { DEL, K, .focus_time = "20260102", .last_updated = "2026-01-02" } },
    "S?A" },
};

static void
check_fates (const ImpFhirOperation *steps, const guint *order, guint n, const char *fates)
{
  static const char letters[] = "LSD?CAU";
  ImpFhirOperation operations[MAX_STEPS] = { 0 };
  ImpFhirFate got[MAX_STEPS];

  for (guint i = 0; i < n; i++)
    operations[i] = steps[order[i]];
  imp_fhir_order (operations, n, got);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (letters[got[i]], ==, fates[order[i]]);
}

/* Whatever the order they are read in. */
static void
test_fates (void)
{
  static const guint orders[][MAX_STEPS] = { { 0, 1, 2, 3 }, { 1, 0, 2, 3 }, { 1, 0, 3, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = (guint) strlen (cases[i].fates);
      guint reversed[MAX_STEPS];

      g_test_message ("case %u: %s", i, cases[i].fates);
      for (guint j = 0;
           j < G_N_ELEMENTS (orders) && (j == 0 || n == MAX_STEPS || (n >= 2 && j == 1)); j++)
        check_fates (cases[i].steps, orders[j], n, cases[i].fates);
      for (guint j = 0; j < n; j++)
        reversed[j] = n - 1 - j;
      check_fates (cases[i].steps, reversed, n, cases[i].fates);
    }
}

/* More than can be compared with each other: late, but not for ever, and nothing vanishes. */
static void
test_many (void)
{
  guint n = 100000;
  g_autofree ImpFhirOperation *operations = g_new0 (ImpFhirOperation, n);
  g_autofree ImpFhirFate *fates = g_new0 (ImpFhirFate, n);

  for (guint i = 0; i < n; i++)
    operations[i] = (ImpFhirOperation){ i % 2 == 0 ? PUT : DEL, K, .version_id = "1" };
  imp_fhir_order (operations, n, fates);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (fates[i], ==, i % 2 == 0 ? IMP_FHIR_FATE_IN_DOUBT : IMP_FHIR_FATE_APPLIED);
  imp_fhir_order (NULL, 0, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-order/times", test_times);
  g_test_add_func ("/importer/fhir-order/fates", test_fates);
  g_test_add_func ("/importer/fhir-order/many", test_many);
  return g_test_run ();
}
