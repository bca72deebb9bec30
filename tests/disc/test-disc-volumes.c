/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disc split in volumes: the first alone finds and shows everybody, the others have the sources. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-reader-private.h"
#include "disc-search.h"
#include "disc-split.h"
#include "disc-sqlite.h"

#include "disc-sealed-fixture.h"

#define N_MESSAGES (SEALED_PATIENTS * SEALED_MESSAGES)
#define SEED 7
#define SOME_BYTES 2900000  /* makes four volumes */

static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };

static void
make (const char *dir, guint64 max_bytes)
{
  sealed_copy_volumes (dir, SEED, max_bytes);
}

/* The same once more: another disc. */
static void
make_another (const char *dir, guint64 max_bytes)
{
  g_autoptr (GError) error = NULL;

  sealed_make_volumes (dir, SEED, max_bytes, NULL, NULL, &error);
  g_assert_no_error (error);
}

static guint64
folder_bytes (const char *dir)
{
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  g_autoptr (GError) error = NULL;
  guint64 bytes = disc_split_folder_bytes (folder, &error);

  g_assert_no_error (error);
  return bytes;
}

static DiscContainer *
open_container (const char *dir)
{
  g_autofree char *folder = g_build_filename (dir, DISC_FOLDER, NULL);
  g_autoptr (GError) error = NULL;
  DiscContainer *container = disc_container_open (folder, &error);

  g_assert_no_error (error);
  return container;
}

static guint
count_volumes (const char *dir)
{
  g_autoptr (DiscContainer) container = open_container (dir);

  return disc_container_header (container)->n_volumes;
}

static void
move (const char *from, const char *to)
{
  g_assert_cmpint (g_rename (from, to), ==, 0);
}

static gboolean
is_empty (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);

  return entries != NULL && g_dir_read_name (entries) == NULL;
}

/* Each volume has a manifest of its own, and a copy of that. */
static void
check_label (const DiscContainer *container, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, DISC_MANIFEST_FILE, NULL);
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  gboolean from_copy = TRUE;

  g_assert_true (disc_container_check_manifest (container, folder, &from_copy, NULL));
  g_assert_false (from_copy);
  move (path, away);
  g_assert_true (disc_container_check_manifest (container, folder, &from_copy, NULL));
  g_assert_true (from_copy);
  move (away, path);
}

/* All heads are of one disc, and no two have the same nonce. */
static void
check_heads (const char *dir, guint n)
{
  g_autoptr (DiscContainer) first = open_container (dir);
  const DiscHeader *head = disc_container_header (first);

  for (guint k = 1; k <= n; k++)
    {
      g_autofree char *path = disc_reader_volume_path (dir, k);
      g_autofree char *folder = g_build_filename (path, DISC_FOLDER, NULL);
      g_autoptr (DiscContainer) container = open_container (path);
      const DiscHeader *header = disc_container_header (container);

      g_assert_cmpuint (header->volume, ==, k);
      g_assert_cmpuint (header->n_volumes, ==, n);
      g_assert_cmpuint (header->serial, ==, head->serial);
      g_assert_cmpmem (header->id, sizeof header->id, head->id, sizeof head->id);
      g_assert_cmpmem (header->slots_hash, 32, head->slots_hash, 32);
      g_assert_true (k == 1 || memcmp (header->nonce, head->nonce, sizeof head->nonce) != 0);
      check_label (container, folder);
    }
}

/* The first volume on its own: every chart, and what is searched. */
static void
check_core (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, &unlock, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (disc_reader_n_patients (reader), ==, SEALED_PATIENTS);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      g_assert_no_error (error);
      g_assert_null (disc_chart_lost (chart));
      g_assert_cmpuint (disc_chart_n_records (chart), ==, SEALED_MESSAGES);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) found = disc_reader_search_words (reader, i == 0 ? "アムロジピン" : "肺癌",
                                                           0, 10000, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, N_MESSAGES);
    }
}

static void
test_counts (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint64 max_bytes;  /* 0: what the whole takes; 1: a byte less */
    guint n;            /* 10: or more */
  } cases[] = { { 0, 1 }, { 1, 2 }, { 3300000, 3 }, { SOME_BYTES, 4 },
              { 2000000, 10 } };
  guint64 whole;

  make (fixture->disc, 0);
  whole = folder_bytes (fixture->disc);
  g_test_message ("whole: %" G_GUINT64_FORMAT " bytes", whole);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 max = cases[i].max_bytes < 2 ? whole - cases[i].max_bytes : cases[i].max_bytes;
      SealedOutcome outcome;
      guint n;

      fixture_remove_disc (fixture);
      make (fixture->disc, max);
      n = count_volumes (fixture->disc);
      for (guint k = 1; k <= n; k++)
        {
          g_autofree char *path = disc_reader_volume_path (fixture->disc, k);

          g_test_message ("%" G_GUINT64_FORMAT ": volume %u of %u: %" G_GUINT64_FORMAT, max, k, n,
                          folder_bytes (path));
          g_assert_true (k == 1 || folder_bytes (path) <= max);
        }
      g_assert_true (cases[i].n < 10 ? n == cases[i].n : n >= 10);
      check_heads (fixture->disc, n);
      sealed_read (fixture->disc, SEED, &outcome);
      g_assert_cmpuint (outcome.n_right, ==, N_MESSAGES);
    }
}

/* Nothing but a source is asked of another volume, and that is never taken for empty. */
static void
test_alone (Fixture *fixture, gconstpointer data)
{
  SealedOutcome outcome;
  guint n;

  make (fixture->disc, SOME_BYTES);
  n = count_volumes (fixture->disc);
  for (guint k = 2; k <= n; k++)
    {
      g_autofree char *path = disc_reader_volume_path (fixture->disc, k);

      fixture_remove (path);
    }
  check_core (fixture->disc);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_failed, ==, N_MESSAGES);
  g_assert_cmpint (outcome.code, ==, DISC_ERROR_ELSEWHERE);
}

static gboolean
ignore (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data, GError **error)
{
  g_assert_nonnull (message->source);
  (*(guint *) user_data)++;
  return TRUE;
}

static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = g_build_filename (fixture->dir, "away", NULL);
  g_autofree char *third = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscChart) chart = NULL;
  guint n = 0, number = 0;
  gint64 rid = 0;

  make (fixture->disc, SOME_BYTES);
  third = disc_reader_volume_path (fixture->disc, 3);
  move (third, away);
  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_reader_volume (reader), ==, 1);
  g_assert_cmpuint (disc_reader_n_volumes (reader), ==, 4);
  g_assert_false (disc_reader_foreach_message (reader, 0, G_MAXINT64, ignore, &n, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  g_assert_nonnull (strstr (error->message, "volume 3 of 4"));
  g_clear_error (&error);
  g_assert_cmpuint (n, >, 0);
  g_assert_true (disc_reader_has_volume (reader, 2));
  g_assert_false (disc_reader_has_volume (reader, 3));

  for (guint pno = 1; pno <= SEALED_PATIENTS && rid == 0; pno++)
    if (disc_reader_volume_of (reader, (gint64) pno << DISC_SEQ_BITS) == 3)
      rid = (gint64) pno << DISC_SEQ_BITS;
  g_assert_null (disc_reader_load_message (reader, rid, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  g_clear_error (&error);
  chart = disc_reader_load_records (reader, rid, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_chart_n_records (chart), ==, 1);
  g_assert_null (disc_chart_message (chart, 0)->source);

  g_assert_true (disc_reader_attach_volume (reader, away, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (number, ==, 3);
  n = 0;
  g_assert_true (disc_reader_foreach_message (reader, 0, G_MAXINT64, ignore, &n, &error));
  g_assert_cmpuint (n, ==, N_MESSAGES);
}

static void
check_message (DiscReader *reader, guint pno)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = sealed_text (SEED, pno, 0);
  g_autofree char *source = NULL;
  gsize len = 0;

  disc_reader_load_source (reader, (gint64) pno << DISC_SEQ_BITS, &source, &len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (len, ==, strlen (expected));
  g_assert_cmpstr (source, ==, expected);
}

/* What is in memory is whole; the rest says where it is. */
static void
check_elsewhere (DiscReader *reader)
{
  guint n_elsewhere = 0;

  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      if (chart == NULL)
        {
          g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
          n_elsewhere++;
          continue;
        }
      g_assert_null (disc_chart_lost (chart));
      g_assert_cmpuint (disc_chart_n_records (chart), ==, SEALED_MESSAGES);
    }
  g_assert_cmpuint (n_elsewhere, >, 0);
  g_assert_true (disc_reader_is_released (reader));
}

/* Of somebody who is not in memory yet. */
static void
check_here (DiscReader *reader)
{
  for (guint pno = 1; pno <= SEALED_PATIENTS && disc_reader_is_released (reader); pno++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      g_assert_no_error (error);
      g_assert_null (disc_chart_lost (chart));
      g_assert_cmpuint (disc_chart_n_records (chart), ==, SEALED_MESSAGES);
    }
  g_assert_false (disc_reader_is_released (reader));
}

static gboolean
has_open_file_below (const char *dir)
{
  g_autoptr (GDir) descriptors = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (descriptors)) != NULL)
    {
      g_autofree char *link = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      if (target != NULL && g_str_has_prefix (target, dir))
        return TRUE;
    }
  return FALSE;
}

/* One drive: the first volume makes way for another one, and comes back. Folders stand for media, and
 * `drive` for where they are mounted. */
static void
test_one_drive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *drive = g_build_filename (fixture->dir, "drive", NULL);
  g_autofree char *shelf = g_build_filename (fixture->dir, "shelf", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *away = g_build_filename (fixture->dir, "second", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscReader) again = NULL;
  guint number = 0;

  make (fixture->disc, SOME_BYTES);
  make_another (other, SOME_BYTES);
  move (second, away);
  move (fixture->disc, drive);
  reader = disc_reader_open_with (drive, &unlock, &error);
  g_assert_no_error (error);
  again = disc_reader_open_again (reader, &error);
  g_assert_no_error (error);

  /* Asked for, while it is still there: nothing is open, and reading goes on as if nothing was. */
  disc_reader_release (reader);
  g_assert_true (disc_reader_is_released (again));
  g_assert_false (has_open_file_below (drive));
  check_here (reader);

  disc_reader_release (reader);
  move (drive, shelf);
  check_elsewhere (reader);
  check_elsewhere (again);
  move (away, drive);
  check_elsewhere (reader);
  g_assert_true (disc_reader_attach_volume (reader, drive, &number, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (number, ==, 2);
  check_message (reader, 1);
  check_elsewhere (reader);

  /* Back again, but not to where another one is. */
  disc_reader_release (reader);
  g_assert_false (has_open_file_below (drive));
  move (drive, away);
  move (other, drive);
  check_elsewhere (reader);
  for (guint i = 0; i < 2; i++)
    {
      /* Another disc, and another volume of this one. */
      g_assert_false (disc_reader_resume (reader, i == 0 ? drive : away, &error));
      g_assert_error (error, DISC_ERROR, DISC_ERROR_OTHER_DISC);
      g_clear_error (&error);
    }
  g_assert_true (disc_reader_is_released (reader));
  g_assert_false (disc_reader_attach_volume (reader, shelf, &number, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_VOLUME);
  g_clear_error (&error);
  g_assert_true (disc_reader_resume (reader, shelf, &error));
  g_assert_no_error (error);
  g_assert_false (disc_reader_is_released (reader));
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      g_autoptr (DiscChart) one = disc_reader_load_chart (pno % 2 == 0 ? reader : again, pno, &error);

      g_assert_no_error (error);
      g_assert_null (disc_chart_lost (one));
      g_assert_cmpuint (disc_chart_n_records (one), ==, SEALED_MESSAGES);
    }
  g_assert_cmpuint (disc_reader_volume_damage (reader, 1).n_lost, ==, 0);
}

static gssize
drive_without_disc (int fd, gpointer out, gsize len, guint64 offset, gpointer user_data)
{
  if (*(gboolean *) user_data)
    {
      errno = ENOMEDIUM;
      return -1;
    }
  return disc_file_read_some (fd, out, len, offset);
}

/* Somebody presses the button of the drive without asking: that is no damage. */
static void
test_taken_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *shelf = g_build_filename (fixture->dir, "shelf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  gboolean is_out = FALSE;
  DiscUnlock drive = unlock;

  make (fixture->disc, SOME_BYTES);
  drive.drive = drive_without_disc;
  drive.drive_data = &is_out;
  reader = disc_reader_open_with (fixture->disc, &drive, &error);
  g_assert_no_error (error);

  is_out = TRUE;
  move (fixture->disc, shelf);
  check_elsewhere (reader);
  g_assert_cmpuint (disc_reader_volume_damage (reader, 1).n_lost, ==, 0);

  is_out = FALSE;
  move (shelf, fixture->disc);
  check_here (reader);
  g_assert_cmpuint (disc_reader_volume_damage (reader, 1).n_lost, ==, 0);
}

/* A volume from the second on says what it is, and begins nothing. */
static void
test_second_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  DiscUnlock any = unlock;
  gint64 first_rid, last_rid;

  make (fixture->disc, SOME_BYTES);
  second = disc_reader_volume_path (fixture->disc, 2);
  g_assert_null (disc_reader_open (second, &error)); /* nobody has to type a passphrase */
  g_assert_error (error, DISC_ERROR, DISC_ERROR_VOLUME);
  g_assert_cmpstr (error->message, ==, "volume 2 of 4 of disc number 3; begin with volume 1");
  g_clear_error (&error);

  any.any_volume = TRUE;
  reader = disc_reader_open_with (second, &any, &error);
  g_assert_no_error (error);
  g_assert_true (disc_reader_run (reader, &first_rid, &last_rid));
  g_assert_cmpint (first_rid, ==, (gint64) 1 << DISC_SEQ_BITS);
  for (guint pno = 1; pno <= DISC_PNO (last_rid); pno++)
    {
      g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, &error);
      g_autoptr (DiscContents) lost = disc_reader_find_lost (reader, pno, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (disc_contents_total (lost), ==, 0);
    }
}

/* Each wrong medium has an error of its own, and is never read from. */
static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  g_autofree char *other_second = disc_reader_volume_path (other, 2);
  g_autofree char *single = g_build_filename (fixture->dir, "single", NULL);
  g_autofree char *nothing = g_build_filename (fixture->dir, "nothing", NULL);
  const struct
  {
    const char *dir;
    DiscError code;
    guint number;
  } cases[] = { { other_second, DISC_ERROR_OTHER_DISC, 2 },
                { other, DISC_ERROR_OTHER_DISC, 1 },
                { single, DISC_ERROR_OTHER_DISC, 1 },
                { fixture->disc, DISC_ERROR_VOLUME, 1 },
                { nothing, DISC_ERROR_NOT_A_DISC, 0 } };
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  SealedOutcome outcome;

  make (fixture->disc, SOME_BYTES);
  make_another (other, SOME_BYTES);
  make_another (single, 0);
  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint number = 99;

      g_assert_false (disc_reader_attach_volume (reader, cases[i].dir, &number, &error));
      g_assert_error (error, DISC_ERROR, (gint) cases[i].code);
      g_assert_cmpuint (number, ==, cases[i].number);
      g_clear_error (&error);
    }

  /* One that lies at another's place. */
  second = disc_reader_volume_path (fixture->disc, 2);
  third = disc_reader_volume_path (fixture->disc, 3);
  fixture_remove (second);
  move (third, second);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_wrong, ==, 0);
  g_assert_null (disc_reader_load_message (reader, (gint64) 1 << DISC_SEQ_BITS, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_VOLUME);
  g_assert_nonnull (strstr (error->message, "volume 3 of 4 stands where volume 2 should"));
  g_clear_error (&error);

  /* And one of another disc. */
  fixture_remove (second);
  move (other_second, second);
  g_assert_null (disc_reader_load_message (reader, (gint64) 1 << DISC_SEQ_BITS, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_OTHER_DISC);
}

static void
overwrite (const char *dir, guint64 unit, guint n)
{
  g_autofree char *path = g_build_filename (dir, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_autofree guint8 *noise = g_malloc ((gsize) n * DISC_UNIT_BYTES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  FILE *file = g_fopen (path, "r+b");

  for (gsize i = 0; i < (gsize) n * DISC_UNIT_BYTES; i++)
    noise[i] = (guint8) g_rand_int (rand);
  g_assert_cmpint (fseek (file, (long) disc_layout_unit_offset (unit), SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (noise, DISC_UNIT_BYTES, n, file), ==, n);
  fclose (file);
}

/* It is told of the volume that has it, also when that is out of the drive. */
static void
check_damage (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, &unlock, &error);
  guint64 n_lost;

  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    for (guint seq = 0; seq < SEALED_MESSAGES; seq++)
      {
        g_autoptr (DiscChart) message =
          disc_reader_load_message (reader, (gint64) pno << DISC_SEQ_BITS | seq, NULL);
      }
  n_lost = disc_reader_volume_damage (reader, 2).n_lost;
  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (disc_reader_volume_damage (reader, 1).n_lost, ==, 0);
  g_assert_cmpuint (disc_reader_volume_damage (reader, 3).n_lost, ==, 0);
  disc_reader_release (reader);
  g_assert_cmpuint (disc_reader_volume_damage (reader, 2).n_lost, ==, n_lost);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  SealedOutcome outcome;

  make (fixture->disc, SOME_BYTES);
  second = disc_reader_volume_path (fixture->disc, 2);
  overwrite (second, 2, 3);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_right, ==, N_MESSAGES);

  overwrite (second, 2, 9);
  check_damage (fixture->disc);
  sealed_read (fixture->disc, SEED, &outcome);
  g_assert_cmpuint (outcome.n_failed, >, 0);
  g_assert_cmpuint (outcome.n_wrong, ==, 0);
  g_assert_cmpuint (outcome.n_right + outcome.n_failed, ==, N_MESSAGES);
  g_assert_cmpint (outcome.code, ==, DISC_ERROR_CORRUPT);
  check_core (fixture->disc);

  {
    DiscUnlock any = unlock;
    g_autoptr (DiscReader) reader = NULL;
    gint64 first_rid, last_rid;
    guint n_lost = 0;

    any.any_volume = TRUE;
    reader = disc_reader_open_with (second, &any, &error);
    g_assert_no_error (error);
    g_assert_true (disc_reader_run (reader, &first_rid, &last_rid));
    for (guint pno = 1; pno <= DISC_PNO (last_rid); pno++)
      {
        g_autoptr (DiscContents) lost = disc_reader_find_lost (reader, pno, &error);

        g_assert_no_error (error);
        n_lost += disc_contents_total (lost);
      }
    g_assert_cmpuint (n_lost, ==, outcome.n_failed);
  }
}

/* Each number on its own: of those that nothing has and of those that are lost there is no record. */
static guint
count_readable (DiscReader *reader)
{
  guint n = 0;

  for (guint group = 0; group < SEALED_DISPUTED; group++)
    for (guint seq = 0; seq < 30; seq++)
      {
        gint64 rid = (gint64) (DISC_PNO_DISPUTED + group) << DISC_SEQ_BITS | seq;
        g_autoptr (DiscChart) one = disc_reader_load_records (reader, rid, NULL);

        n += one != NULL ? 1 : 0;
      }
  return n;
}

/* The groups of disputed messages end anywhere: what nothing has is not lost. */
static void
test_disputed (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint64 unit;
    guint n;
  } places[] = { { 2, 30 }, { 12, 27 }, { 30, 30 } };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscReader) reader = NULL;
      g_autoptr (DiscChart) chart = NULL;
      guint n_lost;

      sealed_make_disputed (fixture->disc, 0);
      overwrite (fixture->disc, places[i].unit, places[i].n);
      reader = disc_reader_open_with (fixture->disc, &unlock, &error);
      g_assert_no_error (error);
      chart = disc_reader_load_disputed (reader, NULL, &error);
      g_assert_no_error (error);
      n_lost = disc_chart_lost (chart) != NULL ? disc_contents_total (disc_chart_lost (chart)) : 0;
      g_test_message ("unit %u of %u: %u read, %u lost", (guint) places[i].unit,
                      (guint) disc_units_n (disc_container_units (disc_reader_container (reader))),
                      disc_chart_n_messages (chart), n_lost);
      g_assert_cmpuint (n_lost, >, 0);
      g_assert_cmpuint (disc_chart_n_messages (chart), ==, count_readable (reader));
      g_assert_cmpuint (disc_chart_n_messages (chart) + n_lost, ==, SEALED_DISPUTED);
      for (guint k = 1; k < disc_chart_n_messages (chart); k++)
        g_assert_cmpint (disc_chart_message (chart, k)->rid, >, disc_chart_message (chart, k - 1)->rid);
      fixture_remove_disc (fixture);
    }
}

static gboolean
count_source (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
              GError **error)
{
  (*(guint *) user_data)++;
  return TRUE;
}

/* On a further volume the first one tells how many there are; without it no more than can be proven. */
static void
test_disputed_volume (Fixture *fixture, gconstpointer data)
{
  DiscUnlock any = unlock;
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) first = NULL;
  g_autoptr (DiscReader) reader = NULL;
  gint64 first_rid, last_rid;
  guint n_lost = 0, n_proven = 0, n_failed = 0;
  gboolean is_exact;

  any.any_volume = TRUE;
  sealed_make_disputed (fixture->disc, SOME_BYTES);
  g_assert_cmpuint (count_volumes (fixture->disc), >=, 2);
  overwrite (second, 3, 20);
  first = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  reader = disc_reader_open_with (second, &any, &error);
  g_assert_no_error (error);
  g_assert_true (disc_reader_run (reader, &first_rid, &last_rid));
  for (guint group = 0; group < SEALED_DISPUTED; group++)
    for (guint seq = 0; seq < 30; seq++)
      {
        gint64 rid = (gint64) (DISC_PNO_DISPUTED + group) << DISC_SEQ_BITS | seq;
        guint n = 0;

        /* Not every number is one of a message: those of the first volume are. */
        if (rid < first_rid || rid > last_rid)
          continue;
        if (disc_reader_foreach_message (first, rid, rid, count_source, &n, &error))
          continue;
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
        g_clear_error (&error);
        n_failed++;
      }
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_true (disc_reader_count_lost_disputed (reader, first, &n_lost, &is_exact, &error));
  g_assert_cmpuint (n_lost, ==, n_failed);
  g_assert_true (is_exact);
  g_assert_true (disc_reader_count_lost_disputed (reader, NULL, &n_proven, &is_exact, &error));
  g_assert_false (is_exact);
  g_test_message ("%u lost, %u proven", n_lost, n_proven);
  g_assert_cmpuint (n_proven, <=, n_lost);
  g_assert_cmpuint (n_proven, >, 0);
}

/* The list of volumes of a disc that somebody prepared: anybody can sign one. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *rows;   /* of `volume` */
    gboolean ok;
  } cases[] = {
    { "(2, 1, 5), (3, 6, 6), (4, 9, 20)", TRUE },
    { "(2, 1, 9223372036854775805), (3, 9223372036854775806, 9223372036854775806),"
      "(4, 9223372036854775807, 9223372036854775807)", TRUE },
    { "(2, 1, 5), (3, 6, 6)", FALSE },                            /* one is missing */
    { "(2, 1, 5), (3, 6, 6), (4, 9, 20), (5, 21, 22)", FALSE },   /* one too many */
    { "(1, 1, 5), (2, 6, 6), (3, 9, 20)", FALSE },
    { "(2, 1, 5), (4, 6, 6), (99, 9, 20)", FALSE },
    { "(2, 1, 5), (3, 5, 6), (4, 9, 20)", FALSE },                /* two have the same message */
    { "(2, 1, 5), (3, 8, 7), (4, 9, 20)", FALSE },
    { "(2, 9, 20), (3, 6, 6), (4, 1, 5)", FALSE },
    { "(2, 0, 5), (3, 6, 6), (4, 9, 20)", FALSE },
    { "(2, -9223372036854775808, 5), (3, 6, 6), (4, 9, 20)", FALSE },
    { "(2, 'x', 'y'), (3, 6, 6), (4, 9, 20)", FALSE },
    { "(2, 1, NULL), (3, 6, 6), (4, 9, 20)", FALSE },
    { "(-1, 1, 5), (4294967298, 6, 6), (4, 9, 20)", FALSE },
  };
  g_autoptr (DiscContainer) container = NULL;

  make (fixture->disc, SOME_BYTES);
  container = open_container (fixture->disc);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("CREATE TABLE volume (number, first_rid, last_rid);"
                                              "INSERT INTO volume VALUES %s", cases[i].rows);
      g_autoptr (sqlite3) db = NULL;
      g_autoptr (DiscVolumes) volumes = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].rows);
      g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      volumes = disc_volumes_load (container, db, fixture->disc, &error);
      g_assert_cmpint (volumes != NULL, ==, cases[i].ok);
      if (!cases[i].ok)
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
}

static gboolean
stop_at (guint volume, gpointer user_data, GError **error)
{
  if (volume != *(const guint *) user_data)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return FALSE;
}

/* A file may not become larger than what the volume has by now: as on a full disk. */
static gboolean
fill_disk (guint volume, gpointer user_data, GError **error)
{
  struct rlimit limit = { DISC_HEAD_BYTES, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  return TRUE;
}

static void
test_nothing_left (Fixture *fixture, gconstpointer data)
{
  static const struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };
  guint stops[] = { 2, 3, 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sealed_make_volumes (fixture->disc, SEED, SOME_BYTES, stop_at, &stops[i],
                                           &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (is_empty (fixture->dir));
    }
  {
    g_autoptr (GError) error = NULL;
    gboolean ok = sealed_make_volumes (fixture->disc, SEED, SOME_BYTES, fill_disk, NULL, &error);

    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &unlimited), ==, 0);
    g_assert_false (ok);
    g_assert_error (error, DISC_ERROR, DISC_ERROR_NO_SPACE);
    g_assert_true (is_empty (fixture->dir));
  }
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (sealed_make_volumes (fixture->disc, SEED, 300000, NULL, NULL, &error));
    g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT); /* not a single message finds room */
    g_assert_true (is_empty (fixture->dir));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/volumes/counts", test_counts);
  fixture_add ("/disc/volumes/alone", test_alone);
  fixture_add ("/disc/volumes/absent", test_absent);
  fixture_add ("/disc/volumes/one-drive", test_one_drive);
  fixture_add ("/disc/volumes/taken-out", test_taken_out);
  fixture_add ("/disc/volumes/second-alone", test_second_alone);
  fixture_add ("/disc/volumes/wrong", test_wrong);
  fixture_add ("/disc/volumes/damaged", test_damaged);
  fixture_add ("/disc/volumes/disputed", test_disputed);
  fixture_add ("/disc/volumes/disputed-volume", test_disputed_volume);
  fixture_add ("/disc/volumes/list", test_list);
  fixture_add ("/disc/volumes/nothing-left", test_nothing_left);
  return g_test_run ();
}
