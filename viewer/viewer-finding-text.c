/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-finding-text.h"

#include <glib/gi18n.h>

/* The codes of the export contract. */
static const struct
{
  const char *code;
  const char *sentence;
} sentences[] = {
  { "identity-conflict", N_ ("Disputed: folder and message name different patients") },
  { "demographics-conflict", N_ ("Conflicting birth date, sex or name under one ID") },
  { "unreadable", N_ ("Could not be read") },
  { "undecodable", N_ ("Characters that could not be read") },
  { "not-understood", N_ ("Parts not interpreted, shown as source text") },
  { "truncated", N_ ("Cut off in the middle") },
  { "type-mismatch", N_ ("File name and content differ in type") },
  { "date-mismatch", N_ ("Date of the folder and of the order differ") },
  { "duplicate", N_ ("The same record twice") },
  { "missing-file", N_ ("The newest version is missing, only older ones are there") },
  { "attachment-refused", N_ ("An attachment was refused") },
  { "outside-window", N_ ("Older than this disc reaches back") },
  { "unknown-type", N_ ("A type of data this program does not know") },
  { "unresolved-reference", N_ ("Refers to something that is not there") },
  { "no-patient", N_ ("It is not known which patient it belongs to") },
  { "test-message", N_ ("Training or test data") },
  { "stale", N_ ("The newest data is days old") },
  { "ignored", N_ ("Not a record, left out") },
  { "withdrawn", N_ ("Taken back by who sent it") },
  { "suspicious", N_ ("Looks as if ransomware had been at it") },
  { "infected", N_ ("The virus scanner found something: not on this disc") },
};

const char *
viewer_finding_sentence (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_strcmp0 (sentences[i].code, code) == 0)
      return _ (sentences[i].sentence);
  return code;
}

char *
viewer_finding_disputed_ids (char **ids)
{
  g_autofree char *joined = NULL;

  if (ids[0] == NULL)
    return g_strdup (_ ("neither the folder nor the content names a patient"));
  if (ids[1] == NULL)
    return g_strdup_printf (_ ("folder %s, content empty"), ids[0]);

  joined = g_strjoinv (" ⇔ ", ids);
  return g_strdup_printf (_ ("folder, content: %s"), joined);
}

guint
viewer_finding_rank (const DiscFinding *finding)
{
  if (g_strcmp0 (finding->severity, "error") == 0)
    return 0;
  if (g_strcmp0 (finding->severity, "info") == 0)
    return 2;
  return 1; /* a severity this version does not know is not made small */
}

const char *
viewer_finding_mark (guint rank)
{
  return rank == 0 ? "■" : rank == 1 ? "▲" : "·";
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const ViewerFindingGroup *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  if (one->n != other->n)
    return one->n > other->n ? -1 : 1;
  return g_strcmp0 (one->code, other->code);
}

static guint
group_index (GArray *groups, GHashTable *by_code, const DiscFinding *finding)
{
  gpointer found;
  ViewerFindingGroup group = { finding->code, viewer_finding_rank (finding), 0, 0 };

  if (g_hash_table_lookup_extended (by_code, finding->code, NULL, &found))
    return GPOINTER_TO_UINT (found);
  g_array_append_val (groups, group);
  g_hash_table_insert (by_code, (gpointer) finding->code, GUINT_TO_POINTER (groups->len - 1));
  return groups->len - 1;
}

GArray *
viewer_finding_groups (const GPtrArray *findings)
{
  GArray *groups = g_array_new (FALSE, TRUE, sizeof (ViewerFindingGroup));
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const DiscFinding *finding = g_ptr_array_index (findings, i);
      guint at = group_index (groups, by_code, finding);
      ViewerFindingGroup *group = &g_array_index (groups, ViewerFindingGroup, at);

      group->n++;
      group->rank = MIN (group->rank, viewer_finding_rank (finding));
      if (finding->patient != NULL &&
          g_hash_table_add (people, g_strdup_printf ("%s\n%s\n%s", finding->code,
                                                     finding->facility ? finding->facility : "",
                                                     finding->patient)))
        group->n_patients++;
    }
  g_array_sort (groups, compare_groups);
  return groups;
}
