/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What sealing costs and what a drive has to do: the sealed disc beside the plain one of the same
 * backup, and beside that one zipped; then seeks and seconds of a DVD drive, simulated, at the
 * start, for each chart and for each search.
 *
 *   bench-sealed TOMOSHIBI [patients]
 *   bench-sealed --drive DISC PASSPHRASE-FILE
 *
 * The drive: 135 ms for each jump, except one of at most 1 MiB forward, which is read through, and
 * 10.8 MB/s (8x). TOMOSHIBI_BENCH_SEEK_MS and TOMOSHIBI_BENCH_MB_S change it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-file.h"
#include "disc-format.h"
#include "disc-process.h"
#include "disc-reader.h"
#include "disc-search.h"

#define READ_THROUGH (1024 * 1024)
#define N_CHARTS 300

typedef struct
{
  double seek_ms, mb_s;
  gboolean is_slow;  /* takes its time, so that what goes on beside it counts once */
  guint64 head;      /* where the laser is */
  guint n_seeks;
  guint64 bytes;     /* read, or read through */
} Drive;

static double
drive_ms (const Drive *drive)
{
  return drive->n_seeks * drive->seek_ms + (double) drive->bytes / (drive->mb_s * 1000);
}

static gssize
simulated (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data)
{
  Drive *drive = user_data;
  double before = drive_ms (drive);

  if (offset < drive->head || offset - drive->head > READ_THROUGH)
    drive->n_seeks++;
  else
    drive->bytes += offset - drive->head;
  drive->bytes += len;
  drive->head = offset + len;
  if (drive->is_slow)
    g_usleep ((gulong) ((drive_ms (drive) - before) * 1000));
  return disc_file_read_some (fd, out, len, offset);
}

static void
drive_reset (Drive *drive)
{
  drive->n_seeks = 0;
  drive->bytes = 0;
}

static double
setting (const char *name, double otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtod (text, NULL) : otherwise;
}

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* Resident now: the memory of the passphrase is long given back. */
static double
memory_mb (void)
{
  g_autofree char *text = NULL;
  const char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  second = strchr (text, ' ');
  return second != NULL ? g_ascii_strtod (second, NULL) * (double) sysconf (_SC_PAGESIZE) / 1e6 : 0;
}

static void
check (gboolean ok, const GError *error)
{
  if (ok)
    return;
  g_printerr ("%s\n", error != NULL ? error->message : "failed");
  exit (1);
}

/* ---- the drive ------------------------------------------------------------------------------ */

typedef struct
{
  GArray *seeks;    /* guint */
  GArray *drive;    /* double, ms */
  GArray *own;      /* double, ms without the drive */
} Series;

static void
series_init (Series *self)
{
  self->seeks = g_array_new (FALSE, FALSE, sizeof (double));
  self->drive = g_array_new (FALSE, FALSE, sizeof (double));
  self->own = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
series_add (Series *self, Drive *drive, double own)
{
  double seeks = drive->n_seeks, ms = drive_ms (drive);

  g_array_append_val (self->seeks, seeks);
  g_array_append_val (self->drive, ms);
  g_array_append_val (self->own, own);
  drive_reset (drive);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
at (GArray *values, double part)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, (guint) ((values->len - 1) * part));
}

static void
series_print (Series *self, const char *what)
{
  g_print ("%-26s seeks p50 %.0f max %.0f; drive p50 %.0f p99 %.0f ms; without it p50 %.2f p99 %.2f ms\n",
           what, at (self->seeks, 0.5), at (self->seeks, 1), at (self->drive, 0.5),
           at (self->drive, 0.99), at (self->own, 0.5), at (self->own, 0.99));
  g_array_unref (self->seeks);
  g_array_unref (self->drive);
  g_array_unref (self->own);
}

static void
measure_start (DiscReader *reader, Drive *drive, double begin, DiscPatientTable **table)
{
  const DiscHeader *header = disc_container_header (disc_reader_container (reader));
  Drive unseen = { drive->seek_ms, drive->mb_s, .n_seeks = 2 };
  g_autoptr (GError) error = NULL;
  double end;

  *table = disc_patient_table_load (reader, &error);
  check (*table != NULL, error);
  end = now_ms ();
  disc_container_units (disc_reader_container (reader)); /* waits for what is still being read */
  /* Opening reads head and sums, which the simulation does not see. */
  unseen.bytes = DISC_HEAD_BYTES + header->file_bytes -
                 disc_layout_sums_offset (header->stream_bytes);
  drive->n_seeks += unseen.n_seeks;
  drive->bytes += unseen.bytes;
  drive->is_slow = FALSE;
  g_print ("%-26s %.0f ms, passphrase included; %u seeks, %.1f MB, %.0f ms of the drive\n",
           "start to patient search", end - begin + drive_ms (&unseen), drive->n_seeks,
           (double) drive->bytes / 1e6, drive_ms (drive));
  drive_reset (drive);
}

static void
measure_charts (DiscReader *reader, Drive *drive)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n = disc_reader_n_patients (reader);
  Series series;

  series_init (&series);
  for (guint i = 0; i < N_CHARTS; i++)
    {
      guint32 pno = (guint32) g_rand_int_range (rand, 1, (gint32) n + 1);
      double begin = now_ms ();
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      check (chart != NULL, error);
      if (i == 0)
        g_print ("%-26s %u seeks, drive %.0f ms\n", "first chart", drive->n_seeks,
                 drive_ms (drive));
      series_add (&series, drive, now_ms () - begin);
    }
  series_print (&series, "chart");
}

/*
 * What is read once a chart is open. All its pages are made of the chart in memory and read nothing;
 * there are left the sources (Space) and the findings and disputed records (Ctrl+I).
 */
static void
measure_after_chart (DiscReader *reader, Drive *drive)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  guint n = disc_reader_n_patients (reader);
  Series first, all, findings;

  series_init (&first);
  series_init (&all);
  series_init (&findings);
  for (guint i = 0; i < N_CHARTS; i++)
    {
      guint32 pno = (guint32) g_rand_int_range (rand, 1, (gint32) n + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, &error);
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);
      g_autoptr (GPtrArray) found = NULL;
      guint n_messages;
      double begin;

      check (chart != NULL && patient != NULL, error);
      n_messages = disc_chart_n_messages (chart);
      if (n_messages == 0)
        continue;
      drive_reset (drive);
      begin = now_ms ();
      for (guint k = 0; k < n_messages; k++)
        {
          /* The first one anywhere in the chart, then all of them. */
          guint which = k == 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n_messages) : k;
          gint64 rid = disc_chart_message (chart, which)->rid;
          g_autoptr (DiscChart) message = disc_reader_load_message (reader, rid, &error);

          check (message != NULL, error);
          if (k == 0)
            {
              double seeks = drive->n_seeks, ms = drive_ms (drive), own = now_ms () - begin;

              g_array_append_val (first.seeks, seeks);
              g_array_append_val (first.drive, ms);
              g_array_append_val (first.own, own);
            }
        }
      series_add (&all, drive, now_ms () - begin);
      begin = now_ms ();
      found = disc_reader_load_findings (reader, patient->facility, patient->id, &error);
      check (found != NULL, error);
      series_add (&findings, drive, now_ms () - begin);
    }
  series_print (&first, "first source of a chart");
  series_print (&all, "all sources of a chart");
  series_print (&findings, "findings of a patient");
}

static void
measure_words (DiscReader *reader, Drive *drive, const char *what)
{
  static const char *const words[] = { "アムロジピン", "肺癌",     "カリウム", "ワーファリン",
                                       "メトトレキサート", "骨折", "肺炎",     "発熱",
                                       "ヘパリン",     "CRP",      "心電図",   "糖尿病",
                                       "造影",         "下痢",     "胃癌",     "セフ" };
  Series series;

  series_init (&series);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      double begin = now_ms ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) hits = disc_reader_search_words (reader, words[i], 0, 100, NULL, &error);

      check (hits != NULL, error);
      series_add (&series, drive, now_ms () - begin);
    }
  series_print (&series, what);
}

static int
measure_drive (const char *disc, const char *passphrase_file)
{
  Drive drive = { setting ("TOMOSHIBI_BENCH_SEEK_MS", 135), setting ("TOMOSHIBI_BENCH_MB_S", 10.8),
                  .is_slow = TRUE,
                  .head = G_MAXUINT64 }; /* opening has read the sums, at the end of the file */
  g_autofree char *passphrase = NULL;
  g_autoptr (DiscPatientTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  DiscUnlock unlock = { .drive = simulated, .drive_data = &drive };
  double begin = now_ms ();

  check (g_file_get_contents (passphrase_file, &passphrase, NULL, &error), error);
  g_strchomp (passphrase);
  unlock.passphrase = passphrase;
  reader = disc_reader_open_with (disc, &unlock, &error);
  check (reader != NULL, error);
  g_print ("drive: %.0f ms a seek, %.1f MB/s; %u patients\n", drive.seek_ms, drive.mb_s,
           disc_reader_n_patients (reader));
  measure_start (reader, &drive, begin, &table);
  g_print ("%-26s %.0f MB\n", "memory after the start", memory_mb ());
  measure_charts (reader, &drive);
  measure_after_chart (reader, &drive);
  measure_words (reader, &drive, "word search, cold");
  measure_words (reader, &drive, "the same again");
  g_print ("%-26s %.0f MB\n", "memory after all this", memory_mb ());
  return 0;
}

/* ---- beside the plain disc ------------------------------------------------------------------ */

static double
run (const char *format, ...)
{
  g_autofree char *command = NULL;
  double begin = now_ms ();
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  if (system (command) != 0)
    {
      g_printerr ("failed: %s\n", command);
      exit (1);
    }
  return (now_ms () - begin) / 1000;
}

static guint64
size_of (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, DISC_FOLDER, name, NULL);
  GStatBuf st;

  return g_stat (path, &st) == 0 ? (guint64) st.st_size : 0;
}

static guint64
zipped_size (const char *disc)
{
  g_autofree char *command = g_strdup_printf ("gzip -6 -c '%s/" DISC_FOLDER "/" DISC_RECORDS_FILE
                                              "' | wc -c", disc);
  g_autofree char *out = NULL;
  const char *arguments[] = { "/bin/sh", "-c", command, NULL };

  g_spawn_sync (NULL, (char **) arguments, NULL, 0, NULL, NULL, &out, NULL, NULL, NULL);
  return out != NULL ? g_ascii_strtoull (out, NULL, 10) : 0;
}

static guint64
n_messages (DiscReader *reader)
{
  guint64 n = 0;
  GPtrArray *types = disc_reader_get_data_type_freshness (reader);

  for (guint i = 0; i < types->len; i++)
    n += ((DiscFreshness *) g_ptr_array_index (types, i))->n_all;
  return n;
}

static void
read_all_charts (const char *what, DiscReader *reader)
{
  double begin = now_ms ();
  guint n = disc_reader_n_patients (reader);

  for (guint32 pno = 1; pno <= n; pno++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      check (chart != NULL, error);
    }
  g_print ("%-26s %.2f ms a chart\n", what, (now_ms () - begin) / n);
}

static void
compare_sizes (const char *plain, const char *sealed, DiscReader *reader)
{
  double n = (double) n_messages (reader);
  const DiscHeader *header = disc_container_header (disc_reader_container (reader));
  double of_plain = (double) size_of (plain, DISC_RECORDS_FILE);

  g_print ("%-26s %.0f messages\n", "both discs", n);
  g_print ("%-26s %.0f bytes a message\n", "plain", of_plain / n);
  g_print ("%-26s %.0f bytes a message\n", "plain, zipped", (double) zipped_size (plain) / n);
  g_print ("%-26s %.0f bytes a message before parity (%.1f times smaller), %.0f with all files\n",
           "sealed", (double) header->stream_bytes / n, of_plain / (double) header->stream_bytes,
           (double) (size_of (sealed, DISC_CONTAINER_FILE) + size_of (sealed, DISC_SPARE_FILE)) / n);
}

int
main (int argc, char **argv)
{
  const char *patients = argc > 2 ? argv[2] : "2000";
  g_autofree char *dir = NULL, *keys = NULL, *plain = NULL, *sealed = NULL, *secret = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) of_plain = NULL;
  g_autoptr (DiscReader) of_sealed = NULL;
  DiscUnlock unlock = { .passphrase = "a passphrase for the benchmark" };
  double plain_s, sealed_s, n;

  if (argc == 4 && strcmp (argv[1], "--drive") == 0)
    {
      disc_process_share_heap (); /* as the viewer does */
      return measure_drive (argv[2], argv[3]);
    }
  if (argc < 2)
    return 2;

  dir = g_dir_make_tmp ("tomoshibi-bench-XXXXXX", &error);
  check (dir != NULL, error);
  keys = g_build_filename (dir, "keys", NULL);
  plain = g_build_filename (dir, "plain", NULL);
  sealed = g_build_filename (dir, "sealed", NULL);
  secret = g_build_filename (dir, "secret", NULL);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  check (g_file_set_contents (secret, unlock.passphrase, -1, &error), error);

  run ("'%s' sample --standard-only --patients %s --to '%s/s.tar' 2> /dev/null", argv[1], patients, dir);
  plain_s = run ("'%s' build --unsealed --as-of newest --from '%s/s.tar' --to '%s' > /dev/null 2>&1",
                 argv[1], dir, plain);
  sealed_s = run ("'%s' build --passphrase-file '%s' --as-of newest --from '%s/s.tar' --to '%s'"
                  " > /dev/null 2>&1", argv[1], secret, dir, sealed);
  of_plain = disc_reader_open (plain, &error);
  check (of_plain != NULL, error);
  of_sealed = disc_reader_open_with (sealed, &unlock, &error);
  check (of_sealed != NULL, error);

  compare_sizes (plain, sealed, of_sealed);
  n = (double) n_messages (of_sealed);
  g_print ("%-26s %.0f messages/s plain, %.0f sealed (%.2f times the time)\n", "build", n / plain_s,
           n / sealed_s, sealed_s / plain_s);
  read_all_charts ("every chart, plain", of_plain);
  read_all_charts ("every chart, sealed", of_sealed);
  g_clear_pointer (&of_sealed, disc_reader_free);
  measure_drive (sealed, secret);
  run ("rm -rf '%s'", dir);
  return 0;
}
