/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-reader.h"
#include "imp-export.h"
#include "imp-job.h"
#include "imp-sample-time.h"
#include "imp-sample.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * From generation to export: what the sample hospital wrote is what an import of it tells. Each
 * side becomes a bag of lines; the bags must be equal.
 */

#define N_PATIENTS 40
#define AS_OF imp_sample_time (imp_sample_day (2026, 11, 19), 23, 50)

typedef struct
{
  char *folder;
  char *truth;  /* one JSON object a patient and line */
  char *export; /* NDJSON */
} Fixture;

static void
remove_tree (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
write_sample (Fixture *self, const char *path)
{
  ImpSampleOptions options = {
    .n_patients = N_PATIENTS, .months = 13, .seed = 7, .as_of = AS_OF, .is_clean = TRUE
  };
  ImpSampleCounts counts = { 0 };
  g_autoptr (GOutputStream) truth = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSampleSink) sink = imp_sample_sink_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (imp_sample_run (&options, sink, truth, NULL, NULL, &counts, &error));
  g_assert_true (imp_sample_sink_close (sink, &error));
  g_assert_true (g_output_stream_write_all (truth, "", 1, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (truth, NULL, &error));
  self->truth = g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (truth));
}

static void
build_disc (const char *from, const char *to)
{
  const char *const sources[] = { from, NULL };
  ImpJobOptions options = {
    .from = sources, .to = to, .as_of = "2026-11-20T00:00", .months = 14, .n_jobs = 2
  };
  g_autoptr (ImpJob) job = imp_job_new (&options);
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_job_run (job, &error));
  g_assert_no_error (error);
}

static char *
export_disc (const char *disc, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open (disc, &error);
  FILE *out = g_fopen (path, "w");
  char *text = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (out);
  g_assert_true (imp_export (reader, NULL, out, &error));
  g_assert_cmpint (fclose (out), ==, 0);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static void
setup (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tar = NULL;
  g_autofree char *disc = NULL;
  g_autofree char *lines = NULL;

  self->folder = g_dir_make_tmp ("tomoshibi-sample-XXXXXX", &error);
  g_assert_no_error (error);
  tar = g_build_filename (self->folder, "sample.tar", NULL);
  disc = g_build_filename (self->folder, "disc", NULL);
  lines = g_build_filename (self->folder, "export", NULL);
  write_sample (self, tar);
  build_disc (tar, disc);
  self->export = export_disc (disc, lines);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->truth);
  g_free (self->export);
}

static const char *
string_of (const cJSON *object, const char *name)
{
  const cJSON *value = cJSON_GetObjectItem (object, name);

  return cJSON_IsString (value) ? value->valuestring : "";
}

static void
count (GHashTable *bag, int by, const cJSON *object, const char *prefix, const char *const *names)
{
  GString *line = g_string_new (prefix);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (line, "|%s", string_of (object, names[i]));
  by += GPOINTER_TO_INT (g_hash_table_lookup (bag, line->str));
  g_hash_table_insert (bag, g_string_free (line, FALSE), GINT_TO_POINTER (by));
}

/* What is compared: a list of the truth with the items of one kind of record. */
typedef struct
{
  const char *list;
  const char *kind;
  const char *fields[8]; /* the same in both */
  gboolean has_order;    /* whether the truth tells the order number */
} Comparison;

static const Comparison comparisons[] = {
  { "drugs", "prescription", { "rp", "drug", "dose", "dose_max", "per_day" }, TRUE },
  { "injections", "injection", { "rp", "drug", "amount" }, FALSE },
  { "given", "administration", { "drug", "amount", "status" }, TRUE },
  { "labs", "lab", { "name", "value", "unit", "flag", "status" }, TRUE },
};

/*
 * Not refused, not given and no result are on the disc, but not as live. Comments of the laboratory
 * and numbers of a physiology report are results that the truth does not list.
 */
static gboolean
is_compared (const cJSON *item)
{
  static const char *const left_out[] = { "溶血",       "結果コメント", "QTc",    "総心拍数",
                                          "左室駆出率", "最大ＩＭＴ",   "残尿量", "推定体重",
                                          "１秒率",     "右ＡＢＩ" };
  const char *status = string_of (item, "status");

  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (g_str_equal (string_of (item, "name"), left_out[i]))
      return FALSE;
  return !g_str_equal (status, "X") && !g_str_equal (status, "RE") && !g_str_equal (status, "NA") &&
         cJSON_GetObjectItem (item, "organism") == NULL;
}

static void
compare (const Fixture *self, const Comparison *comparison)
{
  g_autoptr (GHashTable) bag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) truth = g_strsplit (self->truth, "\n", -1);
  g_auto (GStrv) export = g_strsplit (self->export, "\n", -1);
  guint n_lines = 0;
  GHashTableIter iter;
  gpointer line, difference;

  for (guint i = 0; truth[i] != NULL && truth[i][0] != '\0'; i++)
    {
      cJSON *patient = cJSON_Parse (truth[i]);
      const cJSON *item;

      cJSON_ArrayForEach (item, cJSON_GetObjectItem (patient, comparison->list))
      {
        g_autofree char *prefix =
            g_strconcat (string_of (patient, "patient"), " ",
                         comparison->has_order ? string_of (item, "order") : "", NULL);

        if (!is_compared (item))
          continue;
        count (bag, 1, item, prefix, comparison->fields);
        n_lines++;
      }
      cJSON_Delete (patient);
    }
  for (guint i = 0; export[i] != NULL && export[i][0] != '\0'; i++)
    {
      cJSON *record = cJSON_Parse (export[i]);
      gboolean is_meant = g_str_equal (string_of (record, "kind"), comparison->kind) &&
                          cJSON_IsTrue (cJSON_GetObjectItem (record, "live"));
      g_autofree char *prefix =
          g_strconcat (string_of (record, "patient"), " ",
                       comparison->has_order ? string_of (record, "order_no") : "", NULL);
      const cJSON *item;

      if (is_meant)
        cJSON_ArrayForEach (item, cJSON_GetObjectItem (record, "items")) if (is_compared (item))
            count (bag, -1, item, prefix, comparison->fields);
      cJSON_Delete (record);
    }

  g_assert_cmpuint (n_lines, >, 500);
  g_hash_table_iter_init (&iter, bag);
  while (g_hash_table_iter_next (&iter, &line, &difference))
    if (difference != NULL)
      g_error ("%s: %+d of %s", comparison->list, GPOINTER_TO_INT (difference), (char *) line);
}

static void
test_lists (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    compare (self, &comparisons[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/importer/sample-import/lists", Fixture, NULL, setup, test_lists, teardown);

  return g_test_run ();
}
