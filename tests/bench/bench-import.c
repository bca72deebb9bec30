/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast a backup becomes a disc, beside what the machine could do at best in the same run:
 * messages from a tar and from a pipe, against the bare insertion by SQLite of every row and index
 * of the disc just built, and of its messages alone; a cold tree, against tar reading the same
 * tree; a tar against the tree it was made of; bytes and memory.
 *
 *   bench-import TOMOSHIBI [patients]
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gio/gio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "disc-format.h"

typedef struct
{
  double seconds;       /* by the clock */
  double cpu_seconds;   /* of all threads, system included */
  double peak_mb;
} Cost;

typedef struct
{
  const char *program;
  const char *patients;
  char *dir;
  char *tar;
  char *tree;
  guint64 n_messages;
} Bench;

static double
seconds_of (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / 1e6;
}

/* Runs a shell command and waits for it. Children of the shell count too. */
static Cost
run (const char *command)
{
  gint64 begin = g_get_monotonic_time ();
  struct rusage usage;
  Cost cost;
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      execl ("/bin/sh", "sh", "-c", command, NULL);
      _exit (127);
    }
  while (wait4 (pid, &status, 0, &usage) < 0 && errno == EINTR)
    continue;
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    {
      g_printerr ("failed: %s\n", command);
      exit (1);
    }

  cost.seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  cost.cpu_seconds = seconds_of (usage.ru_utime) + seconds_of (usage.ru_stime);
  cost.peak_mb = (double) usage.ru_maxrss / 1024;
  return cost;
}

static char *
path_in (const Bench *bench, const char *name)
{
  return g_build_filename (bench->dir, name, NULL);
}

static void
remove_path (const char *path)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", path);

  run (command);
}

/* Only the superuser may; otherwise the figures are those of a warm cache, and say so. */
static gboolean
drop_caches (void)
{
  int fd = open ("/proc/sys/vm/drop_caches", O_WRONLY);
  gboolean dropped;

  sync ();
  dropped = fd >= 0 && write (fd, "3\n", 2) == 2;
  if (fd >= 0)
    close (fd);
  return dropped;
}

static guint64
messages_on (const Bench *bench, const char *disc)
{
  g_autofree char *json_path = path_in (bench, "report.json");
  g_autofree char *command = g_strdup_printf ("'%s' report '%s' --json > '%s'", bench->program,
                                              disc, json_path);
  g_autofree char *json = NULL;
  cJSON *report;
  guint64 n;

  run (command);
  g_file_get_contents (json_path, &json, NULL, NULL);
  report = cJSON_Parse (json);
  n = (guint64) cJSON_GetObjectItem (cJSON_GetObjectItem (report, "counts"), "messages")->valuedouble;
  cJSON_Delete (report);
  return n;
}

static guint64
size_of_disc (const char *disc)
{
  g_autofree char *folder = g_build_filename (disc, DISC_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 size = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_stat (path, &info) == 0)
        size += (guint64) info.st_size;
    }
  return size;
}

static void
print_rate (const char *what, const Bench *bench, const Cost *cost)
{
  g_print ("%-34s %9.0f messages/s  %6.2f s  %6.2f s of two processors  %5.0f MB at most\n", what,
           (double) bench->n_messages / cost->seconds, cost->seconds, cost->cpu_seconds / 2,
           cost->peak_mb);
}

#define ROWS_AT_ONCE 20000

/* ---- raw SQLite ----------------------------------------------------------------------------- */

static void
check (sqlite3 *db, int rc)
{
  if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
    return;
  g_printerr ("SQLite: %s\n", sqlite3_errmsg (db));
  exit (1);
}

typedef struct
{
  sqlite3_value **values;
  int n;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  for (int i = 0; i < row->n; i++)
    sqlite3_value_free (row->values[i]);
  g_free (row->values);
  g_free (row);
}

/* Rows come in runs, so that reading them is not counted and memory stays small. */
static guint
load_rows (sqlite3_stmt *select, GPtrArray *rows, guint max)
{
  g_ptr_array_set_size (rows, 0);
  while (rows->len < max && sqlite3_step (select) == SQLITE_ROW)
    {
      Row *row = g_new (Row, 1);

      row->n = sqlite3_column_count (select);
      row->values = g_new (sqlite3_value *, row->n);
      for (int i = 0; i < row->n; i++)
        row->values[i] = sqlite3_value_dup (sqlite3_column_value (select, i));
      g_ptr_array_add (rows, row);
    }
  return rows->len;
}

static double
insert_rows (sqlite3 *db, sqlite3_stmt *insert, GPtrArray *rows)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);

      for (int j = 0; j < row->n; j++)
        sqlite3_bind_value (insert, j + 1, row->values[j]);
      check (db, sqlite3_step (insert));
      sqlite3_reset (insert);
    }
  return (double) (g_get_monotonic_time () - begin) / 1e6;
}

/* (element-type utf8): one column each of what @sql lists. */
static GPtrArray *
list_texts (sqlite3 *db, const char *sql)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *select;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &select, NULL));
  while (sqlite3_step (select) == SQLITE_ROW)
    g_ptr_array_add (texts, g_strdup ((const char *) sqlite3_column_text (select, 0)));
  sqlite3_finalize (select);
  return texts;
}

static sqlite3_stmt *
prepare_insert (sqlite3 *db, const char *table, int n_columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *insert;

  g_string_printf (sql, "INSERT INTO \"%s\" VALUES (", table);
  for (int i = 0; i < n_columns; i++)
    g_string_append (sql, i > 0 ? ",?" : "?");
  g_string_append_c (sql, ')');
  check (db, sqlite3_prepare_v2 (db, sql->str, -1, &insert, NULL));
  return insert;
}

static double
copy_table (sqlite3 *from, sqlite3 *to, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  sqlite3_stmt *select, *insert;
  double seconds = 0;

  check (from, sqlite3_prepare_v2 (from, sql, -1, &select, NULL));
  insert = prepare_insert (to, table, sqlite3_column_count (select));
  do
    {
      load_rows (select, rows, ROWS_AT_ONCE);
      seconds += insert_rows (to, insert, rows);
    }
  while (rows->len == ROWS_AT_ONCE);
  sqlite3_finalize (select);
  sqlite3_finalize (insert);
  return seconds;
}

static double
exec_all (sqlite3 *db, GPtrArray *statements)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < statements->len; i++)
    check (db, sqlite3_exec (db, g_ptr_array_index (statements, i), NULL, NULL, NULL));
  return (double) (g_get_monotonic_time () - begin) / 1e6;
}

#define PLAIN_TABLES "FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"

typedef struct
{
  double all;      /* every row of every table, the indexes, and the end of the transaction */
  double messages; /* of it, the rows of the table of messages */
} Raw;

/* Every row and index of the disc into a fresh file: page size and settings as the disc's own. What
 * is read of the disc, and held in memory before it is inserted, is not counted. */
static Raw
raw_insertion (const Bench *bench, const char *disc)
{
  g_autofree char *source = g_build_filename (disc, DISC_FOLDER, DISC_RECORDS_FILE, NULL);
  g_autofree char *target = path_in (bench, "raw.sqlite");
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GPtrArray) create = NULL;
  g_autoptr (GPtrArray) indexes = NULL;
  g_autoptr (GPtrArray) commit = g_ptr_array_new ();
  sqlite3 *from, *to;
  Raw raw = { 0 };

  check (NULL, sqlite3_open_v2 (source, &from, SQLITE_OPEN_READONLY, NULL));
  check (NULL, sqlite3_open (target, &to));
  check (to, sqlite3_exec (to,
                           "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF;"
                           "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
                           "PRAGMA cache_size = -65536; BEGIN",
                           NULL, NULL, NULL));
  tables = list_texts (from, "SELECT name " PLAIN_TABLES);
  create = list_texts (from, "SELECT sql " PLAIN_TABLES);
  indexes = list_texts (from, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
  g_ptr_array_add (commit, (gpointer) "COMMIT");

  exec_all (to, create);
  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      double seconds = copy_table (from, to, table);

      raw.all += seconds;
      raw.messages += strcmp (table, "message") == 0 ? seconds : 0;
    }
  raw.all += exec_all (to, indexes) + exec_all (to, commit);

  sqlite3_close (from);
  sqlite3_close (to);
  g_unlink (target);
  return raw;
}

/* ---- the runs ------------------------------------------------------------------------------- */

#define RUNS 3

static int
compare_doubles (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
middle (double runs[RUNS])
{
  qsort (runs, RUNS, sizeof *runs, compare_doubles);
  return runs[RUNS / 2];
}

/* Import and bare insertion by turns, so that whatever else the machine does meets both. */
static void
measure_tar (Bench *bench)
{
  g_autofree char *disc = path_in (bench, "disc");
  g_autofree char *command = g_strdup_printf (
      "exec '%s' build --unsealed --as-of newest --from '%s' --to '%s' > /dev/null 2>&1",
      bench->program, bench->tar, disc);
  double imports[RUNS], raws[RUNS], messages[RUNS], ratios[RUNS], message_ratios[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      Cost cost = run (command);
      Raw raw = raw_insertion (bench, disc);

      imports[i] = cost.seconds;
      raws[i] = raw.all;
      messages[i] = raw.messages;
      ratios[i] = raw.all / cost.seconds;
      message_ratios[i] = raw.messages / cost.seconds;
      if (i == 0)
        {
          bench->n_messages = messages_on (bench, disc);
          g_print ("%" G_GUINT64_FORMAT " messages of %s patients, %ld processors\n",
                   bench->n_messages, bench->patients, sysconf (_SC_NPROCESSORS_ONLN));
          g_print ("%-34s %9.0f\n", "bytes on the disc a message",
                   (double) size_of_disc (disc) / (double) bench->n_messages);
        }
      print_rate ("from a tar", bench, &cost);
      remove_path (disc);
    }

  g_print ("%-44s %9.0f messages/s\n", "from a tar, middle of the runs",
           (double) bench->n_messages / middle (imports));
  g_print ("%-44s %9.0f messages/s\n", "bare SQLite insertion, every row and index",
           (double) bench->n_messages / middle (raws));
  g_print ("%-44s %9.0f messages/s\n", "bare SQLite insertion, message rows only",
           (double) bench->n_messages / middle (messages));
  g_print ("%-44s %9.2f\n", "import against every row and index", middle (ratios));
  g_print ("%-44s %9.2f\n", "import against message rows only", middle (message_ratios));
}

static void
measure_pipe (Bench *bench)
{
  g_autofree char *disc = path_in (bench, "disc");
  g_autofree char *command = g_strdup_printf (
      "'%s' sample --standard-only --patients %s --to - 2> /dev/null |"
      " '%s' build --unsealed --as-of newest --from - --to '%s' > /dev/null 2>&1",
      bench->program, bench->patients, bench->program, disc);
  Cost cost = run (command);

  print_rate ("from the sample through a pipe", bench, &cost);
  remove_path (disc);
}

static void
measure_tree (Bench *bench)
{
  g_autofree char *disc = path_in (bench, "disc");
  g_autofree char *unpack = g_strdup_printf ("mkdir '%s' && tar -C '%s' -xf '%s'", bench->tree,
                                             bench->tree, bench->tar);
  g_autofree char *tar = g_strdup_printf ("tar cf - '%s' 2> /dev/null | wc -c > /dev/null",
                                          bench->tree);
  g_autofree char *build = g_strdup_printf (
      "exec '%s' build --unsealed --as-of newest --from '%s' --to '%s' > /dev/null 2>&1",
      bench->program, bench->tree, disc);
  gboolean cold;
  Cost read_by_tar, imported;

  run (unpack);
  cold = drop_caches ();
  read_by_tar = run (tar);
  drop_caches ();
  imported = run (build);
  print_rate (cold ? "from a cold tree" : "from a tree (cache not dropped)", bench, &imported);
  g_print ("%-34s %9.0f messages/s\n", "tar cf - | wc -c of that tree",
           (double) bench->n_messages / read_by_tar.seconds);
  g_print ("%-34s %9.2f\n", "import against tar", read_by_tar.seconds / imported.seconds);
  remove_path (disc);
}

/* The same files from a tar and from the tree it was made of, by turns, whatever is in the cache. */
static void
measure_tar_against_tree (Bench *bench)
{
  g_autofree char *disc = path_in (bench, "disc");
  const char *from[] = { bench->tar, bench->tree };
  double ratios[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      double seconds[2];

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *command = g_strdup_printf (
              "exec '%s' build --unsealed --as-of newest --from '%s' --to '%s' > /dev/null 2>&1",
              bench->program, from[j], disc);

          drop_caches ();
          seconds[j] = run (command).seconds;
          remove_path (disc);
        }
      ratios[i] = seconds[1] / seconds[0];
    }
  qsort (ratios, RUNS, sizeof *ratios, compare_doubles);
  g_print ("%-34s %9.2f\n", "a tar against the tree of it", ratios[RUNS / 2]);
}

int
main (int argc, char **argv)
{
  Bench bench = { .program = argc > 1 ? argv[1] : "tomoshibi",
                  .patients = argc > 2 ? argv[2] : "2000" };
  g_autoptr (GError) error = NULL;
  g_autofree char *make = NULL;

  bench.dir = g_dir_make_tmp ("tomoshibi-bench-XXXXXX", &error);
  if (bench.dir == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  bench.tar = path_in (&bench, "sample.tar");
  bench.tree = path_in (&bench, "tree");
  make = g_strdup_printf ("'%s' sample --standard-only --patients %s --to '%s' 2> /dev/null", bench.program,
                          bench.patients, bench.tar);
  run (make);
  measure_tar (&bench);
  measure_pipe (&bench);
  measure_tree (&bench);
  measure_tar_against_tree (&bench);

  remove_path (bench.dir);
  g_free (bench.dir);
  g_free (bench.tar);
  g_free (bench.tree);
  return 0;
}
