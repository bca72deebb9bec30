/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-date.h"
#include "disc-lists.h"
#include "imp-export.h"
#include "imp-document.h"
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
  GPtrArray *truth;  /* (element-type cJSON): a patient each */
  GPtrArray *export; /* (element-type cJSON): the lines of the export */
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

static GPtrArray *
parse_lines (const char *text, gsize len)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) cJSON_Delete);
  const char *end;

  for (const char *at = text; (end = memchr (at, '\n', len - (gsize) (at - text))) != NULL;
       at = end + 1)
    {
      cJSON *line = cJSON_ParseWithLength (at, (gsize) (end - at));

      g_assert_nonnull (line);
      g_ptr_array_add (lines, line);
    }
  return lines;
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
  self->truth = parse_lines (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (truth)),
                             g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (truth)));
}

static void
build_disc (const char *from, const char *to)
{
  const char *const sources[] = { from, NULL };
  ImpJobOptions options = {
    .from = sources, .to = to, .as_of = "2026-11-20T00:00", .months = 60, .n_jobs = 2,
    .medium = IMP_N_MEDIA,
  };
  g_autoptr (ImpJob) job = imp_job_new (&options);
  g_autoptr (GError) error = NULL;

  g_assert_true (imp_job_run (job, &error));
  g_assert_no_error (error);
}

static GPtrArray *
export_disc (const char *disc, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open (disc, &error);
  FILE *out = g_fopen (path, "w");
  g_autofree char *text = NULL;
  gsize len;

  g_assert_no_error (error);
  g_assert_nonnull (out);
  g_assert_true (imp_export (reader, NULL, out, &error));
  g_assert_cmpint (fclose (out), ==, 0);
  g_assert_true (g_file_get_contents (path, &text, &len, &error));
  return parse_lines (text, len);
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
  g_ptr_array_unref (self->truth);
  g_ptr_array_unref (self->export);
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
 * Refused, not given and no result are on the disc, but not as live. Comments of the laboratory
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
count_truth (const Fixture *self, const Comparison *comparison, GHashTable *bag, guint *n_lines)
{
  for (guint i = 0; i < self->truth->len; i++)
    {
      const cJSON *patient = self->truth->pdata[i];
      const cJSON *item;

      cJSON_ArrayForEach (item, cJSON_GetObjectItem (patient, comparison->list))
      {
        g_autofree char *prefix =
            g_strconcat (string_of (patient, "patient"), " ",
                         comparison->has_order ? string_of (item, "order") : "", NULL);

        if (!is_compared (item))
          continue;
        count (bag, 1, item, prefix, comparison->fields);
        (*n_lines)++;
      }
    }
}

static void
count_export (const Fixture *self, const Comparison *comparison, GHashTable *bag)
{
  for (guint i = 0; i < self->export->len; i++)
    {
      const cJSON *record = self->export->pdata[i];
      g_autofree char *prefix =
          g_strconcat (string_of (record, "patient"), " ",
                       comparison->has_order ? string_of (record, "order_no") : "", NULL);
      const cJSON *item;

      if (!g_str_equal (string_of (record, "kind"), comparison->kind) ||
          !cJSON_IsTrue (cJSON_GetObjectItem (record, "live")))
        continue;
      cJSON_ArrayForEach (item, cJSON_GetObjectItem (record, "items")) if (is_compared (item))
          count (bag, -1, item, prefix, comparison->fields);
    }
}

static void
compare (const Fixture *self, const Comparison *comparison)
{
  g_autoptr (GHashTable) bag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_lines = 0;
  GHashTableIter iter;
  gpointer line, difference;

  count_truth (self, comparison, bag, &n_lines);
  count_export (self, comparison, bag);
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

/* Where the lists of the wards have a patient at the time of the data; "" for nowhere. */
static void
take_places (DiscReader *reader, const DiscList *names, guint32 ward, const char *at, char **places)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscList) stays = disc_reader_load_stays (reader, names, ward, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (stays->is_damaged);
  for (guint i = 0; i < stays->rows->len; i++)
    {
      const DiscStay *stay = &g_array_index (stays->rows, DiscStay, i);
      char **place = &places[DISC_PNO (stay->rid)];

      if (disc_stay_is_planned (stay) || disc_date_is_after (stay->from_at, at) ||
          (stay->to_at != NULL && !disc_date_is_after (stay->to_at, at)))
        continue;
      g_assert_null (*place); /* nobody is in two beds */
      *place = g_strdup_printf ("%d %s %s %s %s %s", stay->state, stay->ward, stay->room, stay->bed,
                                stay->department, stay->doctor);
    }
}

/* Every ward together has each patient where the list of patients has him, and nobody else. */
static void
test_wards (Fixture *self, gconstpointer data)
{
  g_autofree char *disc = g_build_filename (self->folder, "disc", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open (disc, &error);
  g_autoptr (DiscList) names = NULL;
  g_autofree char **places = NULL;
  guint n = disc_reader_n_patients (reader), n_in = 0;

  g_assert_no_error (error);
  names = disc_reader_load_list_names (reader, &error);
  places = g_new0 (char *, n + 2);
  take_places (reader, names, 0, "2026-11-20T00:00", places);
  for (guint i = 0; i < names->rows->len; i++)
    if (g_array_index (names->rows, DiscListName, i).kind == DISC_LIST_WARD)
      take_places (reader, names, g_array_index (names->rows, DiscListName, i).id,
                   "2026-11-20T00:00", places);
  for (guint pno = 1; pno <= n; pno++)
    {
      g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, &error);
      gboolean is_in = patient->place == DISC_PLACE_IN || patient->place == DISC_PLACE_LEAVE;
      g_autofree char *place =
          is_in ? g_strdup_printf ("%d %s %s %s %s %s",
                                   patient->place == DISC_PLACE_LEAVE ? DISC_STAY_LEAVE
                                                                      : DISC_STAY_IN,
                                   patient->ward, patient->room, patient->bed, patient->department,
                                   patient->doctor)
                : NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (places[pno], ==, place);
      n_in += is_in;
      g_clear_pointer (&places[pno], g_free);
    }
  g_assert_cmpuint (n_in, >, 3); /* else nothing was compared */
  g_assert_cmpuint (disc_reader_n_unlisted (reader), ==, 0);
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv); /* papers of the sample are read in processes of this program */
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/importer/sample-import/lists", Fixture, NULL, setup, test_lists, teardown);
  g_test_add ("/importer/sample-import/wards", Fixture, NULL, setup, test_wards, teardown);

  return g_test_run ();
}
