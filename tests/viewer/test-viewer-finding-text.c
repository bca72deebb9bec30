/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-finding-text.h"

static void
test_groups (void)
{
  static DiscFinding all[] = {
    { .severity = "info", .code = "outside-window" },
    { .severity = "warning", .code = "not-understood", .facility = "A", .patient = "1" },
    { .severity = "error", .code = "truncated", .facility = "A", .patient = "1" },
    { .severity = "error", .code = "identity-conflict", .facility = "A", .patient = "1" },
    { .severity = "error", .code = "identity-conflict", .facility = "A", .patient = "1" },
    { .severity = "error", .code = "identity-conflict", .facility = "B", .patient = "1" },
    { .severity = "alarming", .code = "brand-new" },
  };
  static const struct
  {
    const char *code;
    guint rank, n, n_patients;
  } expected[] = {
    { "identity-conflict", 0, 3, 2 }, /* one id at two hospitals is two people */
    { "truncated", 0, 1, 1 },
    { "brand-new", 1, 1, 0 },         /* a severity unknown to us is not made small */
    { "not-understood", 1, 1, 1 },
    { "outside-window", 2, 1, 0 },
  };
  g_autoptr (GPtrArray) findings = g_ptr_array_new ();
  g_autoptr (GArray) groups = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (findings, &all[i]);
  groups = viewer_finding_groups (findings);
  g_assert_cmpuint (groups->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < groups->len; i++)
    {
      const ViewerFindingGroup *group = &g_array_index (groups, ViewerFindingGroup, i);

      g_assert_cmpstr (group->code, ==, expected[i].code);
      g_assert_cmpuint (group->rank, ==, expected[i].rank);
      g_assert_cmpuint (group->n, ==, expected[i].n);
      g_assert_cmpuint (group->n_patients, ==, expected[i].n_patients);
    }
}

static void
test_sentences (void)
{
  /* The codes of the export contract and those of ours all have words. */
  static const char *const codes[] = {
    "identity-conflict", "demographics-conflict", "unreadable", "undecodable", "not-understood",
    "truncated", "type-mismatch", "date-mismatch", "duplicate", "missing-file",
    "attachment-refused", "outside-window", "unknown-type", "unresolved-reference", "no-patient",
    "test-message", "stale", "ignored", "withdrawn", "suspicious", "infected",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpstr (viewer_finding_sentence (codes[i]), !=, codes[i]);
  g_assert_cmpstr (viewer_finding_sentence ("brand-new"), ==, "brand-new");
}

/* A message may name nobody at all. */
static void
test_disputed_ids (void)
{
  static const struct
  {
    const char *ids;
    const char *expected;
  } cases[] = {
    { "123 456", "folder, content: 123 ⇔ 456" },
    { "123 456 789", "folder, content: 123 ⇔ 456 ⇔ 789" },
    { "123", "folder 123, content empty" },
    { "", "neither the folder nor the content names a patient" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) ids = g_strsplit (cases[i].ids, " ", -1);
      g_autofree char *line = viewer_finding_disputed_ids (ids);

      g_assert_cmpstr (line, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/finding-text/groups", test_groups);
  g_test_add_func ("/viewer/finding-text/sentences", test_sentences);
  g_test_add_func ("/viewer/finding-text/disputed-ids", test_disputed_ids);
  return g_test_run ();
}
