/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-unit-writer.h"
#include "imp-unit.h"

static void
add (ImpUnitWriter *writer, const char *facility, const char *patient, const char *path, gsize n_bytes)
{
  g_autofree char *source = g_strnfill (n_bytes, 'x');
  const ImpMessage message = { .path = path, .source = source, .source_len = n_bytes,
                               .records = (guint8 *) "r", .records_len = 1 };

  g_assert_true (imp_unit_writer_add (writer, facility, patient, &message, NULL));
}

static guint
n_messages (ImpSpill *spill, ImpSpillCoder *coder, const char *facility, const char *patient)
{
  for (guint i = 0; i < imp_spill_n_units (spill); i++)
    {
      const ImpSpillUnit *place = imp_spill_unit (spill, i);
      g_autoptr (ImpUnit) unit = NULL;

      if (strcmp (place->facility, facility) != 0 || strcmp (place->id, patient) != 0)
        continue;
      unit = imp_unit_load (spill, coder, place, NULL);
      g_assert_nonnull (unit);
      g_assert_cmpuint (unit->messages->len, ==, place->n_messages);
      return unit->messages->len;
    }
  return 0;
}

/* By turns, large and small, and one number of two hospitals. */
static void
test_patients (void)
{
  g_autoptr (ImpSpill) spill = imp_spill_new (g_get_tmp_dir (), NULL);
  g_autoptr (ImpSpillCoder) coder = imp_spill_coder_new ();
  g_autoptr (ImpUnitWriter) writer = imp_unit_writer_new (spill, coder);

  g_assert_true (imp_unit_writer_flush (writer, NULL)); /* nothing in hand */
  for (guint i = 0; i < 5; i++)
    {
      add (writer, "1", "A", "a", 10);
      add (writer, "1", "A", "b", 400000);
      add (writer, "1", "B", "c", 10);
      add (writer, "2", "A", "d", 10);
      add (writer, "", "", "e", 10);
    }
  g_assert_true (imp_unit_writer_flush (writer, NULL));
  g_assert_cmpuint (imp_spill_n_units (spill), ==, 4);
  g_assert_cmpuint (n_messages (spill, coder, "1", "A"), ==, 10);
  g_assert_cmpuint (n_messages (spill, coder, "1", "B"), ==, 5);
  g_assert_cmpuint (n_messages (spill, coder, "2", "A"), ==, 5);
  g_assert_cmpuint (n_messages (spill, coder, "", ""), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-unit-writer/patients", test_patients);
  return g_test_run ();
}
