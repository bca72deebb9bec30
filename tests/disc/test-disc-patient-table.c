/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of patients of a sealed disc that is damaged, at one place after the other: whoever can
 * be read is in it as he was written, and how many are not is told.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-layout.h"
#include "disc-search.h"

#include "disc-sealed-fixture.h"

#define PATIENTS 12000
#define SPOILT (DISC_SET_PARITY + 2) /* units: more than parity makes again */

/* The sanitizers are ten times slower. */
#ifdef __SANITIZE_ADDRESS__
#define STEP 4
#else
#define STEP 1
#endif

static void
damage (const char *path, const guint8 *whole, gsize len, guint first)
{
  g_autofree guint8 *noise = g_malloc (DISC_UNIT_BYTES);
  int fd = g_open (path, O_WRONLY, 0);

  memset (noise, 'x', DISC_UNIT_BYTES);
  g_assert_cmpint (pwrite (fd, whole, len, 0), ==, (gssize) len);
  for (guint unit = first; unit < first + SPOILT; unit++)
    g_assert_cmpint (pwrite (fd, noise, DISC_UNIT_BYTES, (off_t) disc_layout_unit_offset (unit)), ==,
                     DISC_UNIT_BYTES);
  close (fd);
}

static void
check_rows (const DiscPatientTable *table)
{
  for (guint i = 0; i < disc_patient_table_n (table); i++)
    {
      g_autoptr (DiscPatientRow) row = disc_patient_table_get (table, i);
      g_autofree char *id = NULL;
      g_autofree char *name = NULL;

      id = g_strdup_printf ("%010u", row->pno);
      name = sealed_name (row->pno);
      g_assert_cmpstr (row->id, ==, id);
      g_assert_cmpstr (row->name, ==, name);
    }
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autofree char *path = NULL;
  g_autofree char *folder = g_build_filename (fixture->disc, DISC_FOLDER, NULL);
  g_autoptr (DiscContainer) container = NULL;
  g_autofree char *whole = NULL;
  gsize len = 0;
  guint n_partly = 0, n_refused = 0, n_whole = 0, n_units;

  sealed_make_patients (fixture->disc, PATIENTS);
  path = fixture_file (fixture, DISC_CONTAINER_FILE);
  container = disc_container_open (folder, NULL);
  g_assert_true (g_file_get_contents (path, &whole, &len, NULL));
  n_units = (guint) (disc_container_header (container)->stream_bytes / DISC_UNIT_BYTES);
  for (guint first = 0; first + SPOILT <= n_units; first += STEP)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscReader) reader = NULL;
      g_autoptr (DiscPatientTable) table = NULL;

      damage (path, (const guint8 *) whole, len, first);
      reader = disc_reader_open_with (fixture->disc, &unlock, &error);
      table = reader != NULL ? disc_patient_table_load (reader, &error) : NULL;
      if (reader == NULL)
        {
          n_refused++;
          continue;
        }
      g_assert_no_error (error);
      check_rows (table);
      g_assert_cmpuint (disc_patient_table_n (table) + disc_patient_table_n_missing (table), ==,
                        PATIENTS);
      if (disc_patient_table_n_missing (table) == 0)
        n_whole++;
      else if (disc_patient_table_n (table) > 0)
        n_partly++;
    }
  g_test_message ("of %u places: %u whole, %u partly, %u refused", n_units, n_whole, n_partly,
                  n_refused);
  g_assert_cmpuint (n_partly, >, 0);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscPatientTable) table = NULL;

  sealed_make_patients (fixture->disc, PATIENTS);
  reader = disc_reader_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  table = disc_patient_table_load (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_patient_table_n (table), ==, PATIENTS);
  g_assert_cmpuint (disc_patient_table_n_missing (table), ==, 0);
  check_rows (table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/patient-table/whole", test_whole);
  fixture_add ("/disc/patient-table/damaged", test_damaged);
  return g_test_run ();
}
