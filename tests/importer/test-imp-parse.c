/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-limits.h"
#include "imp-parse.h"
#include "imp-unit.h"

#define N(array) G_N_ELEMENTS (array)

#define MSH(type) "MSH|^~\\&|HIS|HOSP|GW|RCV|20260410101502.345||" type "|1|P|2.5\r"
#define RX "ORC|NW|1||1|||||20260410\rRXE||1^甲錠^99|1||TAB^錠^MR9P\r"

/* The first pass over files in memory. */
typedef struct
{
  ImpSpill *spill;
  ImpSpillCoder *coder;
  ImpRoots *roots;
  GPtrArray *labels;
  ImpParseProgress progress;
  ImpParser *parser;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->spill = imp_spill_new (g_get_tmp_dir (), &error);
  g_assert_no_error (error);
  fixture->coder = imp_spill_coder_new ();
  fixture->roots = imp_roots_new (NULL);
  fixture->labels = g_ptr_array_new ();
  g_ptr_array_add (fixture->labels, (gpointer) "backup");
  fixture->parser = imp_parser_new (fixture->spill, fixture->roots, fixture->labels, NULL,
                                    "2026-05-01T00:00:00", &fixture->progress);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  imp_parser_free (fixture->parser);
  g_ptr_array_unref (fixture->labels);
  imp_roots_free (fixture->roots);
  imp_spill_coder_free (fixture->coder);
  imp_spill_free (fixture->spill);
}

static void
take (Fixture *fixture, const char *path, const char *content)
{
  g_autoptr (ImpBatch) batch = imp_batch_new (0);
  g_autoptr (GError) error = NULL;
  ImpFile *file;
  ImpName name;

  imp_name_parse (path, &name);
  file = imp_batch_add (batch, g_strdup (path), &name, IMP_REASON_NONE);
  file->len = strlen (content);
  g_byte_array_append (batch->bytes, (const guint8 *) content, (guint) file->len);
  imp_parser_take (fixture->parser, batch, &error);
  g_assert_no_error (error);
}

/* (transfer full): the unit that holds a message; ids that are only named have none. */
static ImpUnit *
load_unit (Fixture *fixture)
{
  for (guint i = 0; i < imp_spill_n_units (fixture->spill); i++)
    {
      const ImpSpillUnit *place = imp_spill_unit (fixture->spill, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpUnit) unit = imp_unit_load (fixture->spill, fixture->coder, place, &error);

      g_assert_no_error (error);
      if (unit->messages->len > 0)
        return g_steal_pointer (&unit);
    }
  g_assert_not_reached ();
}

static gboolean
has_finding (const ImpMessage *message, ImpFindingCode code)
{
  for (guint i = 0; i < message->n_findings; i++)
    if (message->findings[i].code == code)
      return TRUE;
  return FALSE;
}

#define ID "0123456789"
#define FOLDERS "012/345/" ID "/20260410/OMP-01/"
#define NAME(id, flag) id "_20260410_OMP-01_000000260410001_20260410101502345_01_" flag

/* Whose a message is. */
static void
test_identity (void)
{
  static const struct
  {
    const char *path;
    const char *pid;
    const char *unit;
    const char *ids;   /* with commas */
    gboolean disputed;
    int no_patient;    /* finding: 0 none, 1 the path's id is taken, 2 nobody's */
  } cases[] = {
    { FOLDERS NAME (ID, "1"), "PID|1||" ID "\r", ID, ID, FALSE, 0 },
    { FOLDERS NAME (ID, "1"), "PID|1||777\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS NAME ("777", "1"), "PID|1||" ID "\r", "777", ID ",777", TRUE, 0 },
    { FOLDERS NAME (ID, "1"), "PID|1||\r", ID, ID, FALSE, 1 },
    { FOLDERS NAME (ID, "1"), "", ID, ID, FALSE, 1 },
    /* a second patient, wherever his PID stands */
    { FOLDERS NAME (ID, "1"), "PID|1||" ID "\rPID|1||777\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS NAME (ID, "1"), "PID|1||777\rPID|1||" ID "\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS NAME (ID, "1"), "PID|1||\rPID|1||777\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS NAME (ID, "1"), "PID|1||\rPID|1||" ID "\r", ID, ID, FALSE, 1 },
    /* a name that is damaged behind the type, or altogether */
    { FOLDERS NAME (ID, "9"), "PID|1||" ID "\r", ID, ID, FALSE, 0 },
    { FOLDERS NAME (ID, "9"), "PID|1||777\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS NAME ("777", "9"), "PID|1||777\r", "777", ID ",777", TRUE, 0 },
    { FOLDERS "message.hl7", "PID|1||777\r", ID, ID ",777", TRUE, 0 },
    { FOLDERS "message.hl7", "PID|1||\r", ID, ID, FALSE, 1 },
    { NAME (ID, "9"), "PID|1||777\r", ID, ID ",777", TRUE, 0 },
    { "stray/order.hl7", "PID|1||1\rPID|1||2\rPID|1||3\r", "1", "1,2,3", TRUE, 0 },
    { "stray/order.hl7", "PID|1||\rPID|1||2\r", "", "2", TRUE, 0 },
    /* nobody's */
    { "stray/order.hl7", "PID|1||7\r", "7", "7", FALSE, 0 },
    { "stray/order.hl7", "PID|1||\r", "", "", TRUE, 2 },
    { "stray/order.hl7", "", "", "", TRUE, 2 },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autofree char *content = g_strconcat (MSH ("RDE^O11"), cases[i].pid, RX, NULL);
      g_autoptr (ImpUnit) unit = NULL;
      g_auto (GStrv) ids = NULL;
      g_autofree char *joined = NULL;
      const ImpMessage *message;
      Fixture fixture = { NULL };

      g_test_message ("%u", i);
      set_up (&fixture, NULL);
      take (&fixture, cases[i].path, content);
      unit = load_unit (&fixture);
      message = &g_array_index (unit->messages, ImpMessage, 0);
      ids = imp_message_ids (message);
      joined = g_strjoinv (",", ids);

      g_assert_cmpuint (unit->messages->len, ==, 1);
      g_assert_cmpstr (unit->id, ==, cases[i].unit);
      g_assert_cmpstr (joined, ==, cases[i].ids);
      g_assert_cmpint ((message->flags & DISC_MESSAGE_DISPUTED) != 0, ==, cases[i].disputed);
      g_assert_cmpint (has_finding (message, IMP_FINDING_IDENTITY_CONFLICT), ==,
                       cases[i].disputed && cases[i].no_patient == 0);
      g_assert_cmpint (has_finding (message, IMP_FINDING_NO_PATIENT), ==, cases[i].no_patient != 0);
      for (guint j = 0; j < message->n_findings; j++)
        if (message->findings[j].code == IMP_FINDING_NO_PATIENT)
          g_assert_cmpint (message->findings[j].severity, ==,
                           cases[i].no_patient == 2 ? IMP_SEVERITY_ERROR : IMP_SEVERITY_WARNING);
      tear_down (&fixture, NULL);
    }
}

/* Facility and type are those of the path though its flag is not one; and it has no state. */
static void
test_damaged_name (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ImpUnit) unit = NULL;
  const ImpMessage *message;

  take (fixture, "1310000001/" FOLDERS NAME (ID, "9"), MSH ("RDE^O11") "PID|1||" ID "\r" RX);
  unit = load_unit (fixture);
  message = &g_array_index (unit->messages, ImpMessage, 0);
  g_assert_cmpstr (unit->facility, ==, "1310000001");
  g_assert_cmpstr (message->type, ==, "OMP-01");
  g_assert_cmpstr (message->care_date, ==, "20260410");
  g_assert_cmpint (message->condition, ==, 0);
  g_assert_true (has_finding (message, IMP_FINDING_NOT_UNDERSTOOD));
}

/* Of a file that cannot be read the folder tells in whose chart it is missing. */
static void
test_refused (void)
{
  static const struct
  {
    const char *path, *unit;
  } cases[] = {
    { FOLDERS NAME (ID, "1"), ID },
    { FOLDERS NAME (ID, "9"), ID },
    { FOLDERS "message.hl7", ID },
    { FOLDERS NAME ("777", "1"), "" },
    { FOLDERS NAME ("777", "9"), "" },
    { "README.txt", "" },
  };

  for (guint i = 0; i < N (cases); i++)
    {
      g_autoptr (ImpUnit) unit = NULL;
      Fixture fixture = { NULL };

      g_test_message ("%s", cases[i].path);
      set_up (&fixture, NULL);
      take (&fixture, cases[i].path, "");
      unit = load_unit (&fixture);
      g_assert_cmpstr (unit->id, ==, cases[i].unit);
      tear_down (&fixture, NULL);
    }
}

/* What is beyond the ceiling for one file is no part of the message before it. */
static void
test_many_messages (Fixture *fixture, gconstpointer data)
{
  enum { N_BEYOND = IMP_MAX_MESSAGES_PER_FILE + 2 };
  g_autoptr (GString) content = g_string_new (NULL);
  g_autoptr (ImpUnit) unit = NULL;
  const ImpTally *tally = imp_parser_tally (fixture->parser);
  const ImpRootTally *root;
  const ImpMessage *last = NULL;
  const ImpMessage *beyond = NULL;

  for (guint i = 0; i < IMP_MAX_MESSAGES_PER_FILE; i++)
    g_string_append (content, MSH ("RDE^O11") "PID|1||" ID "\r" RX);
  for (guint i = 0; i < N_BEYOND; i++)
    g_string_append (content, MSH ("ADT^A08") "PID|1||" ID "\rAL1|1|DA|^ペニシリン\r");
  take (fixture, FOLDERS NAME (ID, "1"), content->str);

  root = g_ptr_array_index (tally->roots, 0);
  g_assert_cmpuint (root->n_messages, ==, IMP_MAX_MESSAGES_PER_FILE);
  g_assert_cmpuint (root->n_messages_refused, ==, N_BEYOND);
  g_assert_cmpuint (root->n_read, ==, 1);

  unit = load_unit (fixture);
  g_assert_cmpuint (unit->messages->len, ==, IMP_MAX_MESSAGES_PER_FILE + 1);
  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->entry == IMP_MAX_MESSAGES_PER_FILE)
        last = message;
      else if (message->entry == IMP_MAX_MESSAGES_PER_FILE + 1)
        beyond = message;
    }
  g_assert_cmpuint (last->source_len, ==, strlen (MSH ("RDE^O11") "PID|1||" ID "\r" RX));
  g_assert_cmphex (last->flags, ==, 0);
  g_assert_cmpuint (beyond->records_len, ==, 0);
  g_assert_true (has_finding (beyond, IMP_FINDING_UNREADABLE));
  g_assert_nonnull (strstr (beyond->findings[0].detail, "1002 messages"));
}

/* Beyond the ceiling for roots files are refused, counted and told. */
static void
test_many_roots (Fixture *fixture, gconstpointer data)
{
  enum { N_BEYOND = 3 };
  const ImpTally *tally = imp_parser_tally (fixture->parser);
  const ImpRootTally *beyond;
  guint64 n_messages = 0;

  for (guint i = 0; i < IMP_MAX_ROOTS + N_BEYOND; i++)
    {
      g_autofree char *path = g_strdup_printf ("r%u/" FOLDERS NAME (ID, "1"), i);

      take (fixture, path, MSH ("RDE^O11") "PID|1||" ID "\r" RX);
    }
  g_assert_cmpuint (imp_roots_n (fixture->roots), ==, IMP_MAX_ROOTS + 1);
  g_assert_cmpuint (tally->roots->len, ==, IMP_MAX_ROOTS + 1);
  for (guint i = 0; i < tally->roots->len; i++)
    n_messages += imp_tally_find_root (tally, i)->n_messages;
  g_assert_cmpuint (n_messages, ==, IMP_MAX_ROOTS);

  beyond = imp_tally_find_root (tally, IMP_ROOT_BEYOND);
  g_assert_cmpuint (beyond->n_seen, ==, N_BEYOND);
  g_assert_cmpuint (beyond->n_refused, ==, N_BEYOND);
  g_assert_cmpuint (beyond->by_reason[IMP_REASON_TOO_MANY_ROOTS], ==, N_BEYOND);

  /* a root met before the ceiling is still read */
  take (fixture, "r0/" FOLDERS NAME (ID, "0"), MSH ("RDE^O11") "PID|1||" ID "\r" RX);
  g_assert_cmpuint (imp_tally_find_root (tally, 0)->n_read, ==, 2);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/spec8/01-whose-it-is", test_identity);
  ADD ("/importer/spec8/26-flag-malformed", test_damaged_name);
  ADD ("/importer/parse/many-messages-in-a-file", test_many_messages);
  ADD ("/importer/parse/many-roots", test_many_roots);
  g_test_add_func ("/importer/parse/refused", test_refused);
  return g_test_run ();
}
