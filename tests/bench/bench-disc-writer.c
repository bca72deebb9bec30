/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast a disc is written: messages with records, source, terms and free text, beside the bare
 * insertion of the same rows into the same table by SQLite in the same run.
 *
 *   bench-disc-writer [messages]
 */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-reader.h"
#include "disc-sqlite.h"
#include "disc-statement.h"
#include "disc-writer.h"

#define N_SAMPLES 4000
#define N_TERMS 20000
#define TERMS_PER_MESSAGE 15
#define MESSAGES_PER_PATIENT 50

/* A message as the importer would hand it over. */
typedef struct
{
  DiscMessage message;
  GByteArray *records;
  GString *source;
  char *path;
  GPtrArray *terms;
  char *free_text;
} Sample;

static char *
made_up_word (GRand *random, guint n_chars)
{
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < n_chars; i++)
    g_string_append_unichar (word, 0x30a2 + (gunichar) g_rand_int_range (random, 0, 80));
  return g_string_free (word, FALSE);
}

static void
fill_records (Sample *sample, GRand *random)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-04-10T09:30", -1);
  for (guint i = 0; i < TERMS_PER_MESSAGE; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u.%u", g_rand_int_range (random, 1, 300),
                                                g_rand_int_range (random, 0, 10));

      disc_record_builder_item (builder);
      disc_record_builder_add (builder, DISC_FIELD_NAME, g_ptr_array_index (sample->terms, i), -1);
      disc_record_builder_add (builder, DISC_FIELD_CODE, "3B035000002327201", -1);
      disc_record_builder_add (builder, DISC_FIELD_VALUE, value, -1);
      disc_record_builder_add (builder, DISC_FIELD_UNIT, "mg/dL", -1);
    }

  data = disc_record_builder_get (builder, &len);
  sample->records = g_byte_array_new ();
  g_byte_array_append (sample->records, data, (guint) len);
}

static void
fill_sample (Sample *sample, GPtrArray *terms, GRand *random)
{
  sample->terms = g_ptr_array_new ();
  for (guint i = 0; i < TERMS_PER_MESSAGE; i++)
    {
      /* Few terms are frequent and many are rare. */
      double skew = g_rand_double (random);

      g_ptr_array_add (sample->terms,
                       g_ptr_array_index (terms, (guint) (skew * skew * skew * N_TERMS)));
    }

  fill_records (sample, random);
  sample->source = g_string_sized_new (2048);
  while (sample->source->len < 1700)
    {
      g_autofree char *word = made_up_word (random, 8);

      g_string_append_printf (sample->source, "OBX|%u|NM|%s^JC10|1\r", g_rand_int (random) % 100,
                              word);
    }

  if (g_rand_int_range (random, 0, 9) == 0)
    sample->free_text = made_up_word (random, 120);

  sample->path = g_strdup_printf ("000/000/00000%05u/20250410/OML-11/00000%05u_20250410_OML-11_"
                                  "000000000%06u_20250410093000%03u_01_1",
                                  g_rand_int (random) % 100000, g_rand_int (random) % 100000,
                                  g_rand_int (random) % 1000000, g_rand_int (random) % 1000);
  sample->message = (DiscMessage) {
    .format = DISC_FORMAT_SSMIX2,
    .condition = '1',
    .path = sample->path,
    .data_type = "OML-11",
    .care_date = "2025-04-10",
    .sent_at = "2025-04-10T09:30:00.000",
    .records = sample->records->data,
    .records_len = sample->records->len,
    .source = sample->source->str,
    .source_len = sample->source->len,
  };
}

static Sample *
make_samples (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20250510);
  GPtrArray *terms = g_ptr_array_new ();
  Sample *samples = g_new0 (Sample, N_SAMPLES);

  for (guint i = 0; i < N_TERMS; i++)
    g_ptr_array_add (terms, made_up_word (random, (guint) g_rand_int_range (random, 4, 16)));
  for (guint i = 0; i < N_SAMPLES; i++)
    fill_sample (&samples[i], terms, random);

  return samples;
}

static void
remove_disc (const char *dir)
{
  static const char *const files[] = { DISC_RECORDS_FILE, DISC_UNSEALED_FILE };
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_rmdir (dir);
}

static void
check (gboolean ok, GError *error)
{
  if (ok)
    return;

  g_printerr ("%s\n", error->message);
  exit (1);
}

/* Seconds on the clock and of this process. */
typedef struct
{
  double wall;
  double cpu;
} Times;

static Times
now (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (Times) {
    .wall = (double) g_get_monotonic_time () / G_USEC_PER_SEC,
    .cpu = (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC,
  };
}

static Times
since (Times start)
{
  Times end = now ();

  return (Times) { end.wall - start.wall, end.cpu - start.cpu };
}

/* The same rows by bare statements. */
static Times
run_raw (const Sample *samples, guint n, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "raw.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  Times start = now ();
  Times taken;
  sqlite3 *db;
  DiscStatement *s;

  db = disc_sqlite_create (path, &error);
  check (db != NULL && disc_sqlite_exec (db, "PRAGMA cache_size = -8192; BEGIN", &error), error);
  s = disc_statement_new (db, "insert-message", &error);
  check (s != NULL, error);
  for (guint i = 0; i < n; i++)
    {
      const DiscMessage *message = &samples[i % N_SAMPLES].message;
      gint64 pno = 1 + i / MESSAGES_PER_PATIENT;

      sqlite3_bind_int64 (s, 1, pno << DISC_SEQ_BITS | i % MESSAGES_PER_PATIENT);
      sqlite3_bind_int64 (s, 2, message->format);
      sqlite3_bind_int64 (s, 3, message->flags);
      sqlite3_bind_int64 (s, 4, message->condition);
      disc_statement_bind_text (s, 5, message->data_type);
      disc_statement_bind_text (s, 6, message->care_date);
      disc_statement_bind_text (s, 7, message->sent_at);
      disc_statement_bind_text (s, 8, message->path);
      sqlite3_bind_blob (s, 11, message->records, (int) message->records_len, SQLITE_STATIC);
      sqlite3_bind_text (s, 12, message->source, (int) message->source_len, SQLITE_STATIC);
      check (disc_statement_run (s, &error), error);
    }
  disc_statement_free (s);
  check (disc_sqlite_exec (db, "COMMIT", &error), error);
  sqlite3_close (db);
  taken = since (start);
  g_unlink (path);
  return taken;
}

static Times
run_writer (const Sample *samples, guint n, const char *disc, Times *finish)
{
  static const DiscInfo info = { .as_of = "2025-05-10", .built_at = "2025-05-10T06:00" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = NULL;
  Times start = now ();
  Times added;

  writer = disc_writer_new (disc, &info, &error);
  check (writer != NULL, error);
  for (guint i = 0; i < n; i++)
    {
      const Sample *sample = &samples[i % N_SAMPLES];

      if (i % MESSAGES_PER_PATIENT == 0)
        {
          g_autofree char *id = g_strdup_printf ("%010u", i / MESSAGES_PER_PATIENT);
          DiscPatient patient = {
            .facility = "9999999999",
            .id = id,
            .name = "架空　花子",
            .kana = "カクウ　ハナコ",
            .birth_date = "1948-04-05",
            .sex = "F",
            .address = "架空県架空市架空町一丁目二番地三号",
          };

          check (disc_writer_begin_patient (writer, &patient, &error), error);
        }
      check (disc_writer_add_message (writer, &sample->message, sample->terms, sample->free_text,
                                      &error),
             error);
    }
  added = now ();
  check (disc_writer_finish (writer, &info, "{}", "{}", &error), error);
  *finish = since (added);
  return since (start);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 200000;
  Sample *samples = make_samples ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("bench-disc-XXXXXX", &error);
  g_autofree char *disc = NULL;
  g_autofree char *records_path = NULL;
  struct rusage usage;
  Times raw, written, finish;
  long before;
  GStatBuf st = { 0 };

  check (dir != NULL, error);
  disc = g_build_filename (dir, "disc", NULL);
  records_path = g_build_filename (disc, DISC_FOLDER, DISC_RECORDS_FILE, NULL);

  getrusage (RUSAGE_SELF, &usage);
  before = usage.ru_maxrss;
  raw = run_raw (samples, n, dir);
  written = run_writer (samples, n, disc, &finish);
  getrusage (RUSAGE_SELF, &usage);
  g_stat (records_path, &st);

  g_print ("bare SQLite:  %8.0f rows/s  %5.2f us/row  %5.2f us of processor\n", n / raw.wall,
           raw.wall / n * 1e6, raw.cpu / n * 1e6);
  g_print ("disc writer:  %8.0f rows/s  %5.2f us/row  %5.2f us of processor, of these %.2f and %.2f at "
           "the end\n",
           n / written.wall, written.wall / n * 1e6, written.cpu / n * 1e6,
           finish.wall / n * 1e6, finish.cpu / n * 1e6);
  g_print ("ratio:        %8.2f on the clock, %.2f of processor\n", raw.wall / written.wall,
           raw.cpu / written.cpu);
  g_print ("disc size:    %8.0f bytes/row; memory beside the samples: %ld MB\n",
           (double) st.st_size / n, (usage.ru_maxrss - before) / 1024);

  remove_disc (disc);
  g_rmdir (dir);
  return 0;
}
