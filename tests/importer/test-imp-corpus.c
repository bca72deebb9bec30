/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading (name, decoder, parser) over storages nobody here wrote. Counts are those of the corpus's
 * own description and of SS-MIX2 spec 4.9 and 8.
 */
#include <string.h>

#include "imp-decode.h"
#include "imp-er7.h"
#include "imp-error.h"
#include "imp-name.h"
#include "imp-usage.h"

typedef struct
{
  guint n_files;
  guint n_names;         /* of the standard storage */
  guint n_messages;
  guint n_unreadable;
  guint n_disputed;      /* PID-3 is not the patient folder */
  guint n_lost;
  guint n_charsets[IMP_N_CHARSETS];
  guint n_open;          /* no line end behind the last segment */
  guint n_cut;
  guint n_contradictions;
} Totals;

static void
count_usage (ImpEr7 *er7, Totals *totals)
{
  for (guint i = 0; i < imp_er7_n_segments (er7); i++)
    {
      const ImpSegment *segment = imp_er7_segment (er7, i);
      ImpText field = imp_er7_field (er7, segment, 3);

      if (strcmp (segment->name, "TQ1") != 0)
        continue;
      for (guint n = 0; n < imp_er7_n_repetitions (er7, field); n++)
        {
          ImpText pattern = imp_er7_component (er7, imp_er7_repetition (er7, field, n), 1);

          totals->n_contradictions +=
              imp_usage_contradicts (imp_er7_subcomponent (er7, pattern, 1),
                                     imp_er7_subcomponent (er7, pattern, 2));
        }
    }
}

static void
read_file (const char *root, const char *path, Totals *totals)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpEr7) er7 = imp_er7_new ();
  g_autoptr (GError) error = NULL;
  const ImpSegment *pid, *last;
  ImpDecodeResult decoded;
  ImpName name;
  gsize len;

  totals->n_files++;
  imp_name_parse (path, &name);
  if (name.class != IMP_NAME_MESSAGE)
    return;
  totals->n_names++;
  g_assert_true (imp_name_is_data_type (name.type));
  g_assert_cmpstr (name.folder_date, !=, "");
  g_assert_cmpuint (strlen (name.folder_patient), >, 0);

  g_assert_true (g_file_get_contents (full, &bytes, &len, &error));
  imp_decode ((const guint8 *) bytes, len, text, &decoded);
  g_assert_true (g_utf8_validate_len (text->str, text->len, NULL));
  totals->n_lost += decoded.n_lost;
  totals->n_charsets[decoded.charset]++;
  if (!imp_er7_parse (er7, text->str, text->len, &error))
    {
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
      totals->n_unreadable++;
      return;
    }
  totals->n_messages++;
  last = imp_er7_segment (er7, imp_er7_n_segments (er7) - 1);
  totals->n_open += last->open;
  totals->n_cut += last->cut || decoded.ends_inside;
  pid = imp_er7_find (er7, "PID", 0);
  g_assert_nonnull (pid);
  totals->n_disputed += !imp_text_equal (imp_er7_get (er7, pid, 3, 1), name.folder_patient);
  count_usage (er7, totals);
}

static void
read_tree (const char *root, const char *below, Totals *totals)
{
  g_autofree char *folder = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = below[0] != '\0' ? g_build_filename (below, entry, NULL)
                                               : g_strdup (entry);
      g_autofree char *full = g_build_filename (root, path, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        read_tree (root, path, totals);
      else
        read_file (root, path, totals);
    }
}

/* Returns: %FALSE, and the test skipped, where the corpus is not at hand */
static gboolean
read_corpus (const char *below, Totals *totals)
{
  const char *corpus = g_getenv ("TOMOSHIBI_CORPUS");
  const char *source = g_getenv ("TOMOSHIBI_SOURCE_DIR");
  g_autofree char *beside = NULL;
  g_autofree char *root = NULL;

  if (corpus == NULL && source != NULL)
    corpus = beside = g_build_filename (source, "..", "shared", "corpus", NULL);
  root = corpus != NULL ? g_build_filename (corpus, below, NULL) : NULL;
  if (root == NULL || !g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the corpus is not there: set TOMOSHIBI_CORPUS");
      return FALSE;
    }
  read_tree (root, "", totals);
  return TRUE;
}

static void
test_generated (void)
{
  Totals totals = { 0 };

  if (!read_corpus ("ssmixtwins-generated/storage", &totals))
    return;
  g_assert_cmpuint (totals.n_files, ==, 601);
  g_assert_cmpuint (totals.n_names, ==, 601);
  g_assert_cmpuint (totals.n_messages, ==, 601);
  g_assert_cmpuint (totals.n_charsets[IMP_CHARSET_ISO_2022_JP], ==, 601);
  g_assert_cmpuint (totals.n_lost, ==, 0);
  g_assert_cmpuint (totals.n_disputed, ==, 0);
  g_assert_cmpuint (totals.n_open, ==, 601); /* its writer never ends the last line */
  g_assert_cmpuint (totals.n_cut, ==, 0);
  g_assert_cmpuint (totals.n_contradictions, ==, 82);
}

static void
test_samples (void)
{
  Totals totals = { 0 };

  if (!read_corpus ("nho-ssmix2-sample/sampleData", &totals))
    return;
  g_assert_cmpuint (totals.n_files, ==, 18);
  g_assert_cmpuint (totals.n_names, ==, 18);
  g_assert_cmpuint (totals.n_messages, ==, 17);
  g_assert_cmpuint (totals.n_unreadable, ==, 1); /* two bytes in place of an OMP-11 */
  g_assert_cmpuint (totals.n_charsets[IMP_CHARSET_ISO_2022_JP], ==, 17);
  g_assert_cmpuint (totals.n_charsets[IMP_CHARSET_CP932], ==, 1);
  g_assert_cmpuint (totals.n_lost, ==, 0);
  /* PPR-01, OMD, OML-11, OMG-01/02/03/11 of 9999013 and two OMP-11 of 0000001 (spec 8.1) */
  g_assert_cmpuint (totals.n_disputed, ==, 9);
  g_assert_cmpuint (totals.n_open, ==, 0);
  g_assert_cmpuint (totals.n_contradictions, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/corpus/generated", test_generated);
  g_test_add_func ("/importer/corpus/samples", test_samples);
  return g_test_run ();
}
