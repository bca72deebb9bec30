/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-freshness.h"

/* One record of a message. */
typedef struct
{
  DiscKind kind;
  DiscStatus status;
  gboolean live;
  const char *at;
} Record;

static void
add (DiscFreshnessCounter *counter, const char *data_type, const char *sent_at,
     const Record *records, guint n_records)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscMessage message = { .data_type = data_type, .sent_at = sent_at };

  for (guint i = 0; i < n_records; i++)
    {
      disc_record_builder_begin (builder, records[i].kind, records[i].status, records[i].live);
      disc_record_builder_add (builder, DISC_FIELD_AT, records[i].at, -1);
      /* The time of an item is not that of the record. */
      disc_record_builder_item (builder);
      disc_record_builder_add (builder, DISC_FIELD_ITEM_AT, "2025-05-10T05:59", -1);
    }

  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_freshness_counter_add (counter, &message);
}

static gboolean
collect (const DiscFreshness *f, gpointer user_data, GError **error)
{
  g_string_append_printf (user_data, "%s %s %u/%u %s %s\n",
                          f->kind != DISC_KIND_NONE ? disc_kind_name (f->kind) : "-",
                          f->data_type != NULL ? f->data_type : "-", (guint) f->n_live,
                          (guint) f->n_all, f->newest_at != NULL ? f->newest_at : "-",
                          f->newest_sent != NULL ? f->newest_sent : "-");
  return TRUE;
}

static void
assert_counts (DiscFreshnessCounter *counter, const char *as_of, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (disc_freshness_counter_foreach (counter, as_of, collect, text, NULL));
  g_assert_cmpstr (text->str, ==, expected);
}

static const Record lab_old = { DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE, "2025-05-01" };
static const Record lab_new = { DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE, "2025-05-09T10:30" };
static const Record lab_cancelled = { DISC_KIND_LAB, DISC_STATUS_CANCELLED, FALSE,
                                      "2025-05-10T05:00" };
static const Record lab_undated = { DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE, NULL };
static const Record lab_as_written = { DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE, "5/10 朝" };
static const Record meal_plan = { DISC_KIND_MEAL, DISC_STATUS_PLANNED, TRUE, "2025-05-12" };
static const Record meal_today = { DISC_KIND_MEAL, DISC_STATUS_ACTIVE, TRUE, "2025-05-10" };

static void
test_counts (void)
{
  g_autoptr (DiscFreshnessCounter) counter = disc_freshness_counter_new ("2025-05-10T06:00");
  const Record both[] = { lab_new, lab_cancelled };

  add (counter, "OML-11", "2025-05-01T12:00:00", &lab_old, 1);
  add (counter, "OML-11", "2025-05-09T11:00:00", both, 2);
  add (counter, "OML-11", "2025-04-01", &lab_undated, 1);
  add (counter, "OML-11", NULL, &lab_as_written, 1);
  add (counter, "ADT-00", "2025-05-08", NULL, 0);
  add (counter, NULL, "2025-05-10", &lab_old, 1);

  /* A cancelled result was sent, but it is no result. */
  assert_counts (counter, "2025-05-10T06:00",
                 "lab - 5/6 2025-05-09T10:30 2025-05-10\n"
                 "- ADT-00 0/1 - 2025-05-08\n"
                 "- OML-11 4/4 2025-05-09T10:30 2025-05-09T11:00:00\n");
}

/* What lies ahead says nothing about how new the data is. */
static void
test_plans (void)
{
  g_autoptr (DiscFreshnessCounter) counter = disc_freshness_counter_new ("2025-05-10T06:00");
  g_autoptr (DiscFreshnessCounter) no_as_of = disc_freshness_counter_new (NULL);

  add (counter, "OMD", "2025-05-10T04:00", &meal_plan, 1);
  assert_counts (counter, "2025-05-10T06:00",
                 "meal - 1/1 - 2025-05-10T04:00\n- OMD 1/1 - 2025-05-10T04:00\n");

  /* A day is not after an hour of the same day: it is compared as far as both are known. */
  add (counter, "OMD", "2025-05-10T04:00", &meal_today, 1);
  assert_counts (counter, "2025-05-10T06:00",
                 "meal - 2/2 2025-05-10 2025-05-10T04:00\n- OMD 2/2 2025-05-10 2025-05-10T04:00\n");

  /* An end that is only learnt afterwards takes back what lies behind it. */
  add (no_as_of, "OMD", NULL, &meal_plan, 1);
  assert_counts (no_as_of, NULL, "meal - 1/1 2025-05-12 -\n- OMD 1/1 2025-05-12 -\n");
  assert_counts (no_as_of, "2025-05-10", "meal - 1/1 - -\n- OMD 1/1 - -\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/freshness/counts", test_counts);
  g_test_add_func ("/disc/freshness/plans", test_plans);
  /* Meals written at discharge, results weeks late: newest of each type, by itself. */
  g_test_add_func ("/disc/spec8/14-data-as-of-per-type", test_counts);
  return g_test_run ();
}
