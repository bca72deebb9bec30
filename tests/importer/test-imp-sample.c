/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-decode.h"
#include "imp-er7.h"
#include "imp-error.h"
#include "imp-name.h"
#include "imp-sample-random.h"
#include "imp-sample-text.h"
#include "imp-sample-time.h"
#include "imp-sample.h"

#include <archive.h>
#include <archive_entry.h>
#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

#define AS_OF imp_sample_time (imp_sample_day (2026, 11, 19), 23, 50)

typedef struct
{
  char *path;
  GString *bytes;
} File;

static void
file_free (gpointer data)
{
  File *self = data;

  g_free (self->path);
  g_string_free (self->bytes, TRUE);
  g_free (self);
}

static char *
new_path (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tomoshibi-sample-XXXXXX", &error);

  g_assert_no_error (error);
  return g_build_filename (folder, name, NULL);
}

static void
run_sample_to (const char *target, guint n_patients, guint64 seed, gboolean is_clean,
               GOutputStream *truth)
{
  ImpSampleOptions options = {
    .n_patients = n_patients, .months = 13, .seed = seed, .as_of = AS_OF, .is_clean = is_clean
  };
  ImpSampleCounts counts = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSampleSink) sink = imp_sample_sink_open (target, &error);

  g_assert_no_error (error);
  g_assert_true (imp_sample_run (&options, sink, truth, NULL, NULL, &counts, &error));
  g_assert_no_error (error);
  g_assert_true (imp_sample_sink_close (sink, &error));
  g_assert_no_error (error);
}

static void
run_sample (const char *target, guint n_patients, guint64 seed, gboolean is_clean)
{
  run_sample_to (target, n_patients, seed, is_clean, NULL);
}

static GPtrArray *
read_tar (const char *path)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;

  archive_read_support_format_tar (archive);
  g_assert_cmpint (archive_read_open_filename (archive, path, 65536), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      File *file = g_new0 (File, 1);
      gsize size = (gsize) archive_entry_size (entry);

      file->path = g_strdup (archive_entry_pathname (entry));
      file->bytes = g_string_sized_new (size + 1);
      g_string_set_size (file->bytes, size);
      g_assert_cmpint (archive_read_data (archive, file->bytes->str, size), ==, (la_ssize_t) size);
      g_ptr_array_add (files, file);
    }
  archive_read_free (archive);
  return files;
}

/* Folder and file are removed, so that a test leaves nothing. */
static GPtrArray *
sample_files (guint n_patients, guint64 seed, gboolean is_clean)
{
  g_autofree char *path = new_path ("sample.tar");
  g_autofree char *folder = g_path_get_dirname (path);
  GPtrArray *files;

  run_sample (path, n_patients, seed, is_clean);
  files = read_tar (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return files;
}

/* SplitMix64 from seed 0: the first two numbers as its authors' program prints them. */
static void
test_random (void)
{
  ImpSampleRandom random = { 0 };

  g_assert_cmphex (imp_sample_random_next (&random), ==, G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
  g_assert_cmphex (imp_sample_random_next (&random), ==, G_GUINT64_CONSTANT (0x6e789e6aa1b965f4));
}

static void
test_time (void)
{
  static const struct
  {
    int year, month, day, number, weekday;
  } days[] = {
    { 1970, 1, 1, 0, 4 },      { 1969, 12, 31, -1, 3 },
    { 2000, 2, 29, 11016, 2 }, { 2000, 3, 1, 11017, 3 },
    { 1900, 3, 1, -25508, 4 }, { 2026, 11, 21, 20778, 6 }, /* the Saturday of the design's story */
  };
  char text[15] = "";
  gint64 time;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      int year, month, day;

      g_assert_cmpint (imp_sample_day (days[i].year, days[i].month, days[i].day), ==,
                       days[i].number);
      g_assert_cmpint (imp_sample_weekday (days[i].number), ==, days[i].weekday);
      imp_sample_day_parts (days[i].number, &year, &month, &day);
      g_assert_cmpint (year, ==, days[i].year);
      g_assert_cmpint (month, ==, days[i].month);
      g_assert_cmpint (day, ==, days[i].day);
    }
  imp_sample_format_time (imp_sample_time (20778, 3, 12), text);
  g_assert_cmpstr (text, ==, "20261121031200");

  g_assert_true (imp_sample_parse_time ("2026-11-19", &time));
  g_assert_cmpint (time, ==, AS_OF);
  g_assert_true (imp_sample_parse_time ("2026-11-19T08:05", &time));
  g_assert_cmpint (time, ==, imp_sample_time (20776, 8, 5));
  g_assert_false (imp_sample_parse_time ("2026-02-29", &time));
  g_assert_false (imp_sample_parse_time ("2026-11-19T24:00", &time));
  g_assert_false (imp_sample_parse_time ("2026-11-19 ", &time));
  g_assert_false (imp_sample_parse_time ("20261119", &time));
}

/* The vectors of SS-MIX2 spec 5.4. */
static void
test_encoder (void)
{
  static const struct
  {
    const char *text;
    const char *bytes; /* NULL: in no set */
  } cases[] = {
    { "K 6.8", "K 6.8" },
    { "１日３回", "\033$B#1F|#32s\033(B" },
    { "髙﨑", "\033$B|byu\033(B" },
    { "ｶﾞ", "\033(I6^\033(B" },
    { "①㈱", "\033$B-!-j\033(B" },
    { "™", "\033$(D\"o\033(B" },
    { "A本B", "A\033$BK\\\033(BB" },
    { "ⅰ", "\033$B|q\033(B" },
    { "𠮷", NULL },
  };
  g_autoptr (ImpSampleEncoder) encoder = imp_sample_encoder_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_known = imp_sample_encoder_run (encoder, cases[i].text, out);

      g_assert_cmpint (is_known, ==, cases[i].bytes != NULL);
      if (is_known)
        g_assert_cmpstr (out->str, ==, cases[i].bytes);
    }

  g_assert_true (imp_sample_encoder_convert (encoder, "a\033$B|byu\033(I6^\033(Bb", 17, TRUE, out));
  g_assert_cmpstr (out->str, ==, "a髙﨑ｶﾞb");
  g_assert_true (imp_sample_encoder_convert (encoder, "a\033$B|byu\033(B", 11, FALSE, out));
  g_assert_cmpstr (out->str, ==, "a\xEE\xE0\xED\x95");
  g_assert_false (imp_sample_encoder_convert (encoder, "\033$(D\"o\033(B", 9, TRUE, out));
}

static void
assert_equal_files (const File *a, const File *b)
{
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpmem (a->bytes->str, a->bytes->len, b->bytes->str, b->bytes->len);
}

static void
test_deterministic (void)
{
  g_autoptr (GPtrArray) once = sample_files (30, 7, FALSE);
  g_autoptr (GPtrArray) again = sample_files (30, 7, FALSE);
  g_autoptr (GPtrArray) other = sample_files (30, 8, FALSE);
  guint n_same = 0;

  g_assert_cmpuint (once->len, ==, again->len);
  for (guint i = 0; i < once->len; i++)
    assert_equal_files (once->pdata[i], again->pdata[i]);

  for (guint i = 0; i < MIN (once->len, other->len); i++)
    n_same += g_str_equal (((File *) once->pdata[i])->path, ((File *) other->pdata[i])->path);
  g_assert_cmpuint (n_same, <, once->len / 2);
}

/* A patient is the same among few and among many. */
static void
test_number_of_patients (void)
{
  g_autoptr (GPtrArray) few = sample_files (25, 7, FALSE);
  g_autoptr (GPtrArray) many = sample_files (40, 7, FALSE);

  g_assert_cmpuint (few->len, <, many->len);
  for (guint i = 0; i < few->len; i++)
    assert_equal_files (few->pdata[i], many->pdata[i]);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    return 1;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += count_files (child);
    }
  return n;
}

static void
test_tree (void)
{
  g_autofree char *tree = new_path ("tree");
  g_autofree char *folder = g_path_get_dirname (tree);
  g_autoptr (GPtrArray) files = sample_files (22, 7, FALSE);
  g_autoptr (GError) error = NULL;

  run_sample (tree, 22, 7, FALSE);
  g_assert_cmpuint (count_files (tree), ==, files->len);
  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];
      g_autofree char *path = g_build_filename (tree, file->path, NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (path, &bytes, &len, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (bytes, len, file->bytes->str, file->bytes->len);
    }
  /* A second sample never goes into the first one. */
  g_assert_null (imp_sample_sink_open (tree, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  remove_tree (folder);
}

/* Without close() nothing stays under the name of the tar. */
static void
test_unfinished (void)
{
  g_autofree char *path = new_path ("sample.tar");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  ImpSampleSink *sink = imp_sample_sink_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (imp_sample_sink_write (sink, "a/b", "c", 1, 0, &error));
  imp_sample_sink_free (sink);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static const char *const all_types[] = {
  "ADT-00", "ADT-01", "ADT-12", "ADT-21", "ADT-22", "ADT-31", "ADT-32", "ADT-41", "ADT-42",
  "ADT-51", "ADT-52", "ADT-61", "PPR-01", "OMD",    "OMP-01", "OMP-11", "OMP-02", "OMP-12",
  "OML-01", "OML-11", "OMG-01", "OMG-11", "OMG-02", "OMG-12", "OMG-03", "OMG-13",
};

/* Every name parses, folders agree with it, and all 26 types are there. */
static void
test_names (void)
{
  g_autoptr (GPtrArray) files = sample_files (IMP_SAMPLE_MIN_PATIENTS, 7, FALSE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];
      ImpName name;

      imp_name_parse (file->path, &name);
      if (g_str_has_suffix (file->path, "/Thumbs.db"))
        {
          g_assert_cmpint (name.class, ==, IMP_NAME_IGNORED);
          continue;
        }
      g_assert_cmpint (name.class, ==, IMP_NAME_MESSAGE);
      g_assert_cmpstr (name.patient, ==, name.folder_patient);
      g_assert_cmpuint (strlen (name.patient), ==, 10);
      g_assert_cmpstr (name.care_date, ==, name.folder_date);
      g_assert_cmpstr (name.type, ==, name.folder_type);
      g_assert_cmpstr (name.root, ==, "9910000001");
      g_assert_cmpuint (strlen (name.order_no), ==, 15);
      g_hash_table_add (seen, g_strdup (name.type));
    }
  for (guint i = 0; i < G_N_ELEMENTS (all_types); i++)
    if (!g_hash_table_contains (seen, all_types[i]))
      g_error ("no file of type %s", all_types[i]);
  g_assert_cmpuint (g_hash_table_size (seen), ==, G_N_ELEMENTS (all_types));
}

/* Nothing is lost in decoding and parsing, and each message is that of its folder. */
static void
test_content (void)
{
  g_autoptr (GPtrArray) files = sample_files (40, 7, TRUE);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpEr7) er7 = imp_er7_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];
      g_autoptr (GError) error = NULL;
      ImpDecodeResult result;
      ImpName name;
      const ImpSegment *pid;

      imp_name_parse (file->path, &name);
      imp_decode ((const guint8 *) file->bytes->str, file->bytes->len, text, &result);
      g_assert_cmpuint (result.n_lost, ==, 0);
      g_assert_cmpuint (result.n_gaiji, ==, 0);
      g_assert_true (imp_er7_parse (er7, text->str, text->len, &error));
      g_assert_no_error (error);
      pid = imp_er7_find (er7, "PID", 0);
      g_assert_nonnull (pid);
      g_assert_true (imp_text_equal (imp_er7_get (er7, pid, 3, 1), name.patient));
      g_assert_true (imp_er7_get (er7, pid, 5, 1).len > 0);
    }
}

/* Damaged files come out of a thousand, and only those lose characters. */
static void
test_faults (void)
{
  g_autoptr (GPtrArray) files = sample_files (100, 7, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_lost = 0, n_tiny = 0, n_utf8 = 0, n_cp932 = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];
      ImpDecodeResult result;

      imp_decode ((const guint8 *) file->bytes->str, file->bytes->len, text, &result);
      n_lost += result.n_lost > 0;
      n_tiny += file->bytes->len <= 4;
      n_utf8 += result.charset == IMP_CHARSET_UTF8;
      n_cp932 += result.charset == IMP_CHARSET_CP932;
    }
  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_lost, <, files->len / 1000 + 2);
  g_assert_cmpuint (n_tiny, >, 0);
  g_assert_cmpuint (n_tiny, <, files->len / 500 + 2);
  g_assert_cmpuint (n_utf8, >, files->len / 1000);
  g_assert_cmpuint (n_utf8, <, files->len / 100);
  g_assert_cmpuint (n_cp932, >, files->len / 1000);
  g_assert_cmpuint (n_cp932, <, files->len / 100);
}

/* One movement of a patient: into a bed, or out of hospital. */
typedef struct
{
  char *time;
  char *patient;
  char *bed; /* "" when discharged */
} Move;

static void
move_free (gpointer data)
{
  Move *self = data;

  g_free (self->time);
  g_free (self->patient);
  g_free (self->bed);
  g_free (self);
}

static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *left = *(Move *const *) a, *right = *(Move *const *) b;

  return strcmp (left->time, right->time);
}

static char *
get (ImpEr7 *er7, const ImpSegment *segment, guint field, guint component)
{
  return imp_text_dup (imp_er7_get (er7, segment, field, component));
}

/* Admissions, moves and discharges that stand: SS-MIX2 spec 3.2. */
static GPtrArray *
list_moves (GPtrArray *files)
{
  GPtrArray *moves = g_ptr_array_new_with_free_func (move_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpEr7) er7 = imp_er7_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const File *file = files->pdata[i];
      const ImpSegment *pv1, *evn;
      ImpDecodeResult result;
      ImpName name;
      Move *move;

      imp_name_parse (file->path, &name);
      if (name.flag != '1' ||
          (!g_str_equal (name.type, "ADT-22") && !g_str_equal (name.type, "ADT-42") &&
           !g_str_equal (name.type, "ADT-52")))
        continue;
      imp_decode ((const guint8 *) file->bytes->str, file->bytes->len, text, &result);
      g_assert_true (imp_er7_parse (er7, text->str, text->len, NULL));
      pv1 = imp_er7_find (er7, "PV1", 0);
      evn = imp_er7_find (er7, "EVN", 0);
      move = g_new0 (Move, 1);
      move->patient = g_strdup (name.patient);
      move->time = get (er7, evn, 6, 1);
      if (g_str_equal (name.type, "ADT-52"))
        move->bed = g_strdup ("");
      else
        {
          g_autofree char *ward = get (er7, pv1, 3, 1);
          g_autofree char *room = get (er7, pv1, 3, 2);
          g_autofree char *bed = get (er7, pv1, 3, 3);

          g_assert_cmpstr (ward, !=, "");
          g_assert_cmpstr (bed, !=, "");
          move->bed = g_strdup_printf ("%s %s-%s", ward, room, bed);
        }
      g_ptr_array_add (moves, move);
    }
  g_ptr_array_sort (moves, compare_moves);
  return moves;
}

/* Replayed in time, no bed is given to anybody before the one in it has left. */
static void
test_beds (void)
{
  g_autoptr (GPtrArray) files = sample_files (400, 7, TRUE);
  g_autoptr (GPtrArray) moves = list_moves (files);
  g_autoptr (GHashTable) bed_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) patient_in = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (moves->len, >, 300);
  for (guint i = 0; i < moves->len; i++)
    {
      const Move *move = moves->pdata[i];
      const char *old_bed = g_hash_table_lookup (bed_of, move->patient);

      if (old_bed != NULL)
        g_hash_table_remove (patient_in, old_bed);
      g_hash_table_remove (bed_of, move->patient);
      if (move->bed[0] == '\0')
        {
          g_assert_nonnull (old_bed);
          continue;
        }
      g_assert_false (g_hash_table_contains (patient_in, move->bed));
      g_hash_table_insert (patient_in, move->bed, move->patient);
      g_hash_table_insert (bed_of, move->patient, move->bed);
    }
  /* A hospital, not an empty house: 400 patients have some 50 beds, nearly all taken. */
  g_assert_cmpuint (g_hash_table_size (patient_in), >, 40);
  g_assert_cmpuint (g_hash_table_size (patient_in), <, 70);
}

/* What the truth says against what the names say. */
static void
test_truth (void)
{
  g_autofree char *path = new_path ("sample.tar");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GOutputStream) truth = g_memory_output_stream_new_resizable ();
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_live = 0, n_dead = 0, n_planted_files = 0, n_told = 0, n_patients = 0;

  run_sample_to (path, 60, 7, FALSE, truth);
  files = read_tar (path);
  remove_tree (folder);
  g_assert_true (g_output_stream_write_all (truth, "", 1, NULL, NULL, &error));
  lines = g_strsplit (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (truth)), "\n", -1);
  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      cJSON *root = cJSON_Parse (lines[i]);
      const cJSON *type, *planted;

      g_assert_nonnull (root);
      n_patients++;
      cJSON_ArrayForEach (type, cJSON_GetObjectItem (root, "files"))
      {
        n_live += (guint) cJSON_GetObjectItem (type, "live")->valueint;
        n_dead += (guint) cJSON_GetObjectItem (type, "dead")->valueint;
      }
      cJSON_ArrayForEach (planted, cJSON_GetObjectItem (root, "planted"))
      {
        const char *what = cJSON_GetObjectItem (planted, "what")->valuestring;
        static const char *const losing[] = { "other-patient", "misfiled", "cut", "half-character",
                                              "garbage" };

        n_told++;
        for (guint j = 0; j < G_N_ELEMENTS (losing); j++)
          n_planted_files += g_str_equal (what, losing[j]);
        n_planted_files += g_str_equal (what, "thumbs"); /* one file more */
      }
      cJSON_Delete (root);
    }
  g_assert_cmpuint (n_patients, ==, 60);
  g_assert_cmpuint (n_told, >=, 6);
  g_assert_cmpuint (n_live + n_dead + n_planted_files, ==, files->len);
  g_assert_cmpuint (n_dead, >, files->len / 50);
}

/* The person the drill is about, as the design tells it. */
static void
test_cast (void)
{
  static const struct
  {
    const char *type, *flag, *text;
  } told[] = {
    { "OML-11", "_1", "|6.8|mmol/L^mmol/L^ISO+|3.6-4.8|HH|||F|||202611191832" },
    { "OML-11", "_1", "|8.0|g/dL^g/dL^ISO+|" }, /* superseded: must not be found live */
    { "OML-11", "_2", "|8.0|g/dL^g/dL^ISO+|" },
    { "OML-11", "_1", "|10.0|g/dL^g/dL^ISO+|11.6-14.8|L|||C|||" },
    { "OMP-01", "_1", "ORC|HD|026110700000" },
    { "OMP-01", "_1", "W0000001&土曜日&JAMISDP01" },
    { "OMP-01", "_1", "V14NNNNN^４錠^JAMISDP01~V22NNNNN^２錠^JAMISDP01~V31NNNNN^１錠^JAMISDP01" },
    { "OMP-12", "_1", "^本人拒否^99RSN||RE|" },
    { "ADT-22", "_1", "PV1|0001|I|５東^512^3^^^N|" },
    { "OML-11", "_1", "PID|0001||0004521338^" }, /* the misfiled one */
  };
  g_autoptr (GPtrArray) files = sample_files (IMP_SAMPLE_MIN_PATIENTS, 7, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      guint n_found = 0;

      for (guint j = 0; j < files->len; j++)
        {
          const File *file = files->pdata[j];
          ImpDecodeResult result;

          if (strstr (file->path, "/0004512338/") == NULL ||
              strstr (file->path, told[i].type) == NULL ||
              !g_str_has_suffix (file->path, told[i].flag))
            continue;
          imp_decode ((const guint8 *) file->bytes->str, file->bytes->len, text, &result);
          n_found += strstr (text->str, told[i].text) != NULL;
        }
      if (i == 1)
        g_assert_cmpuint (n_found, ==, 0);
      else
        g_assert_cmpuint (n_found, >, 0);
    }
  /* Her allergies are nowhere, so nobody may call them none. */
  for (guint j = 0; j < files->len; j++)
    g_assert_null (strstr (((File *) files->pdata[j])->path, "/0004512338/-/ADT-61/"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/importer/sample/random", test_random);
  g_test_add_func ("/importer/sample/time", test_time);
  g_test_add_func ("/importer/sample/encoder", test_encoder);
  g_test_add_func ("/importer/sample/deterministic", test_deterministic);
  g_test_add_func ("/importer/sample/number-of-patients", test_number_of_patients);
  g_test_add_func ("/importer/sample/tree", test_tree);
  g_test_add_func ("/importer/sample/unfinished", test_unfinished);
  g_test_add_func ("/importer/sample/names", test_names);
  g_test_add_func ("/importer/sample/content", test_content);
  g_test_add_func ("/importer/sample/faults", test_faults);
  g_test_add_func ("/importer/sample/beds", test_beds);
  g_test_add_func ("/importer/sample/truth", test_truth);
  g_test_add_func ("/importer/sample/cast", test_cast);

  return g_test_run ();
}
