/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-injection-model.h"

#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"
#define ORDER "000000250410010"

/* One ORC block: a carrier and an additive, the additive first as some systems send it. */
static void
add_block (TestRecords *records, const char *rp, const char *start)
{
  test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_START, start, DISC_FIELD_DRUG,
                     "止血剤注５０ｍｇ", DISC_FIELD_AMOUNT, "1", DISC_FIELD_AMOUNT_UNIT, "アンプル",
                     DISC_FIELD_COMPONENT, "添加剤", DISC_FIELD_ROUTE, "静脈内", DISC_FIELD_RATE,
                     "102", DISC_FIELD_RATE_UNIT, "ml/hr", DISC_FIELD_VOLUME, "510",
                     DISC_FIELD_VOLUME_UNIT, "ミリリットル", 0);
  test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_START, start, DISC_FIELD_DRUG,
                     "輸液５００ｍＬ", DISC_FIELD_CODE, "199900101", DISC_FIELD_AMOUNT, "1",
                     DISC_FIELD_AMOUNT_UNIT, "本", DISC_FIELD_COMPONENT, "基剤", DISC_FIELD_ROUTE,
                     "静脈内", DISC_FIELD_RATE, "102", DISC_FIELD_RATE_UNIT, "ml/hr",
                     DISC_FIELD_VOLUME, "510", DISC_FIELD_VOLUME_UNIT, "ミリリットル",
                     DISC_FIELD_SITE, "左", DISC_FIELD_INSTRUCTION, "一定速度で", 0);
}

static void
begin_order (TestRecords *records, gint64 rid, DiscStatus status)
{
  test_records_message (records, rid, "OMP-02", "2026-11-18T11:00:00", 0);
  test_records_begin (records, DISC_KIND_INJECTION, status, DISC_FIELD_ORDER_NO, ORDER, 0);
}

static void
add_given (TestRecords *records, gint64 rid, DiscStatus status, const char *rp, const char *code,
           const char *at)
{
  test_records_message (records, rid, "OMP-12", "2026-11-19T15:00:00", 0);
  test_records_begin (records, DISC_KIND_ADMINISTRATION, status, DISC_FIELD_ORDER_NO, ORDER, 0);
  test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_DRUG, "輸液５００ｍＬ", DISC_FIELD_CODE,
                     "199900101", DISC_FIELD_AMOUNT, "1", DISC_FIELD_AMOUNT_UNIT, "本",
                     DISC_FIELD_STATUS, code, DISC_FIELD_GIVEN_AT, at, DISC_FIELD_REASON,
                     "本人拒否", 0);
}

static const ViewerInjectionSlot *
get_slot (const ViewerInjection *row, guint i)
{
  return g_ptr_array_index (row->slots, i);
}

/* Spec 4.10 and 10: base and additive, drugs from RXC, order is not given. */
static void
test_order (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;
  const ViewerInjection *row;
  const ViewerInjectionDrug *drug;

  begin_order (records, 1, DISC_STATUS_ACTIVE);
  add_block (records, ORDER "_01_001", "2026-11-19T08:00");
  add_block (records, ORDER "_01_002", "2026-11-19T14:30");
  add_block (records, ORDER "_01_003", "2026-11-20T08:00");
  add_block (records, ORDER "_02_001", "2026-11-19T08:00");
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);

  g_assert_cmpuint (viewer_injection_model_n (model), ==, 2);
  row = viewer_injection_model_get (model, 0);
  g_assert_cmpstr (row->rp, ==, "01");
  g_assert_cmpuint (row->slots->len, ==, 3);
  g_assert_cmpuint (row->drugs->len, ==, 2);
  drug = &g_array_index (row->drugs, ViewerInjectionDrug, 0);
  g_assert_true (drug->is_base);
  g_assert_cmpstr (drug->drug, ==, "輸液５００ｍＬ");
  g_assert_cmpstr (drug->amount, ==, "1");
  g_assert_cmpstr (drug->amount_unit, ==, "本");
  drug = &g_array_index (row->drugs, ViewerInjectionDrug, 1);
  g_assert_true (drug->is_additive);
  g_assert_cmpstr (drug->drug, ==, "止血剤注５０ｍｇ");
  g_assert_cmpstr (row->rate, ==, "102 ml/hr");
  g_assert_cmpstr (row->volume, ==, "510 ミリリットル");
  g_assert_cmpstr (row->route, ==, "静脈内　左");
  g_assert_cmpstr (row->comment, ==, "一定速度で");
  g_assert_cmpuint (get_slot (row, 0)->given->len, ==, 0); /* no record is no record */
  g_assert_false (get_slot (row, 1)->is_after_disc);
  g_assert_true (get_slot (row, 2)->is_after_disc);
  g_assert_cmpuint (viewer_injection_model_n_given (model), ==, 0);
}

static const struct
{
  DiscStatus status;
  const char *code;
  int outcome; /* ViewerGivenOutcome, or -1: not shown */
} outcomes[] = {
  { DISC_STATUS_COMPLETED, "CP", VIEWER_GIVEN_YES },
  { DISC_STATUS_COMPLETED, NULL, VIEWER_GIVEN_UNSPECIFIED },
  { DISC_STATUS_COMPLETED, "ZZ", VIEWER_GIVEN_UNCLEAR }, /* never counted as given */
  { DISC_STATUS_COMPLETED, "PA", VIEWER_GIVEN_PARTLY },
  { DISC_STATUS_CANCELLED, "NA", VIEWER_GIVEN_NOT },
  { DISC_STATUS_CANCELLED, "RE", VIEWER_GIVEN_REFUSED },
  { DISC_STATUS_COMPLETED, "completed", VIEWER_GIVEN_YES }, /* FHIR */
  { DISC_STATUS_COMPLETED, "stopped", VIEWER_GIVEN_PARTLY },
  { DISC_STATUS_CANCELLED, "not-done", VIEWER_GIVEN_NOT },
  { DISC_STATUS_ACTIVE, "in-progress", VIEWER_GIVEN_RUNNING },
  { DISC_STATUS_ON_HOLD, "on-hold", VIEWER_GIVEN_PAUSED },
  { DISC_STATUS_ENTERED_IN_ERROR, "completed", -1 },
  { DISC_STATUS_CANCELLED, "CP", -1 }, /* the whole message was cancelled */
  { DISC_STATUS_DELETED, "CP", -1 },   /* RXA-21 D */
  { DISC_STATUS_SUPERSEDED, "CP", -1 },
  { DISC_STATUS_ENTERED_IN_ERROR, "CP", -1 },
};

static void
test_outcomes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerInjectionModel) model = NULL;
      const ViewerInjectionSlot *slot;
      const ViewerGiven *given;

      begin_order (records, 1, DISC_STATUS_ACTIVE);
      add_block (records, ORDER "_01_001", "2026-11-19T08:00");
      add_block (records, ORDER "_01_002", "2026-11-19T14:30");
      add_given (records, 2, outcomes[i].status, ORDER "_01_002", outcomes[i].code,
                 "2026-11-19T15:00");
      model = viewer_injection_model_new (test_records_entries (records), AS_OF);
      g_assert_cmpuint (get_slot (viewer_injection_model_get (model, 0), 0)->given->len, ==, 0);
      slot = get_slot (viewer_injection_model_get (model, 0), 1);
      g_assert_cmpuint (slot->given->len, ==, outcomes[i].outcome < 0 ? 0 : 1);
      if (outcomes[i].outcome < 0)
        continue;
      given = g_ptr_array_index (slot->given, 0);
      g_assert_cmpint (given->outcome, ==, outcomes[i].outcome);
      g_assert_cmpstr (given->reason, ==, "本人拒否");
      g_assert_cmpint (given->entry->message->rid, ==, 2);
    }
}

/* A record that names no RP goes to a planned time only when there is no other. */
static void
test_without_rp (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;
  const ViewerInjection *row;

  begin_order (records, 1, DISC_STATUS_ACTIVE);
  add_block (records, ORDER "_01_001", "2026-11-19T08:00");
  add_given (records, 2, DISC_STATUS_COMPLETED, NULL, "CP", "2026-11-19T08:05");
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (get_slot (viewer_injection_model_get (model, 0), 0)->given->len, ==, 1);
  g_clear_pointer (&model, viewer_injection_model_free);
  g_clear_pointer (&records, test_records_free);

  records = test_records_new ();
  begin_order (records, 1, DISC_STATUS_ACTIVE);
  add_block (records, ORDER "_01_001", "2026-11-19T08:00");
  add_block (records, ORDER "_01_002", "2026-11-19T14:30");
  add_given (records, 2, DISC_STATUS_COMPLETED, NULL, "CP", "2026-11-19T14:35");
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  row = viewer_injection_model_get (model, 0);
  g_assert_cmpuint (row->slots->len, ==, 3); /* never counted as one of the two */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_slot (row, i)->given->len, ==, get_slot (row, i)->is_ordered ? 0 : 1);
  g_assert_cmpuint (viewer_injection_model_n_given (model), ==, 1);
}

static void
add_fhir_order (TestRecords *records, gint64 rid, const char *rp, const char *first,
                const char *second)
{
  test_records_message (records, rid, "MedicationRequest", "2026-11-18T11:00:00", 0);
  test_records_begin (records, DISC_KIND_INJECTION, DISC_STATUS_ACTIVE, DISC_FIELD_ORDER_NO, ORDER,
                      0);
  test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_DRUG, first, DISC_FIELD_START,
                     "2026-11-19T08:00", 0);
  if (second != NULL)
    test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_DRUG, second, DISC_FIELD_START,
                       "2026-11-19T08:00", 0);
}

/* One resource is one bag, with RP or without. */
static void
test_fhir_bag (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;

  add_fhir_order (records, 1, NULL, "生食", "ＫＣＬ");
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_injection_model_n (model), ==, 1);
  g_assert_cmpuint (viewer_injection_model_get (model, 0)->drugs->len, ==, 2);
}

/* Two orders of one RP: what was given belongs to the order of its drug. */
static void
test_fhir_shared_rp (void)
{
  static const char *const drugs[] = { "薬甲", "薬乙" };

  for (guint i = 0; i < G_N_ELEMENTS (drugs); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerInjectionModel) model = NULL;

      add_fhir_order (records, 1, "1", drugs[0], NULL);
      add_fhir_order (records, 2, "1", drugs[1], NULL);
      test_records_message (records, 3, "MedicationAdministration", "2026-11-19T15:00:00", 0);
      test_records_begin (records, DISC_KIND_ADMINISTRATION, DISC_STATUS_COMPLETED,
                          DISC_FIELD_ORDER_NO, ORDER, 0);
      test_records_item (records, DISC_FIELD_RP, "1", DISC_FIELD_DRUG, drugs[i], DISC_FIELD_STATUS,
                         "completed", DISC_FIELD_GIVEN_AT, "2026-11-19T08:05", 0);
      model = viewer_injection_model_new (test_records_entries (records), AS_OF);
      g_assert_cmpuint (viewer_injection_model_n (model), ==, 2);
      for (guint n = 0; n < 2; n++)
        {
          const ViewerInjection *row = viewer_injection_model_get (model, n);
          const ViewerInjectionDrug *drug = &g_array_index (row->drugs, ViewerInjectionDrug, 0);

          g_assert_cmpuint (get_slot (row, 0)->given->len, ==,
                            g_strcmp0 (drug->drug, drugs[i]) == 0 ? 1 : 0);
        }
    }
}

/* Recorded without an order on the disc: kept apart, not lost. */
static void
test_unmatched (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;
  const GPtrArray *unmatched;

  add_given (records, 1, DISC_STATUS_COMPLETED, NULL, "CP", "2026-11-18T08:05");
  add_given (records, 2, DISC_STATUS_COMPLETED, NULL, "PA", "2026-11-19T08:05");
  test_records_item (records, DISC_FIELD_DRUG, "止血剤", DISC_FIELD_STATUS, "PA",
                     DISC_FIELD_GIVEN_AT, "2026-11-19T08:05", 0);
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_injection_model_n (model), ==, 0);
  unmatched = viewer_injection_model_get_unmatched (model);
  g_assert_cmpuint (unmatched->len, ==, 2);
  g_assert_cmpuint (((ViewerGiven *) g_ptr_array_index (unmatched, 0))->items->len, ==, 2);
  g_assert_cmpstr (((ViewerGiven *) g_ptr_array_index (unmatched, 1))->given_at, ==,
                   "2026-11-18T08:05");
}

static const struct
{
  DiscStatus status;
  gboolean is_shown, is_live;
} orders[] = {
  { DISC_STATUS_ACTIVE, TRUE, TRUE },    { DISC_STATUS_ON_HOLD, TRUE, FALSE },
  { DISC_STATUS_STOPPED, TRUE, FALSE },  { DISC_STATUS_CANCELLED, TRUE, FALSE },
  { DISC_STATUS_DRAFT, TRUE, FALSE },    { DISC_STATUS_SUPERSEDED, FALSE, FALSE },
  { DISC_STATUS_DELETED, FALSE, FALSE }, { DISC_STATUS_ENTERED_IN_ERROR, FALSE, FALSE },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerInjectionModel) model = NULL;

      begin_order (records, 1, orders[i].status);
      add_block (records, ORDER "_01_001", "2026-11-20T08:00");
      model = viewer_injection_model_new (test_records_entries (records), AS_OF);
      g_assert_cmpuint (viewer_injection_model_n (model), ==, orders[i].is_shown ? 1 : 0);
      if (orders[i].is_shown)
        g_assert_cmpint (viewer_injection_model_get (model, 0)->is_live, ==, orders[i].is_live);
    }
}

/* A row shows one mixture: another amount of one time makes another row, never the wrong text. */
static void
test_changed_mixture (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;

  begin_order (records, 1, DISC_STATUS_ACTIVE);
  test_records_item (records, DISC_FIELD_RP, ORDER "_01_001", DISC_FIELD_DRUG, "甲注",
                     DISC_FIELD_AMOUNT, "1", DISC_FIELD_START, "2026-11-19T08:00", 0);
  test_records_item (records, DISC_FIELD_RP, ORDER "_01_002", DISC_FIELD_DRUG, "甲注",
                     DISC_FIELD_AMOUNT, "2", DISC_FIELD_START, "2026-11-19T20:00", 0);
  test_records_item (records, DISC_FIELD_RP, ORDER "_01_003", DISC_FIELD_START, "2026-11-19T22:00",
                     0); /* no drug: an order without RXC */
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_injection_model_n (model), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (viewer_injection_model_get (model, i)->slots->len, ==, 1);
}

/* An order written anew every day is one row; each time keeps its order. */
static void
test_daily_orders (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerInjectionModel) model = NULL;
  const ViewerInjection *row;

  begin_order (records, 1, DISC_STATUS_ACTIVE);
  add_block (records, ORDER "_01_001", "2026-11-18T08:00");
  test_records_message (records, 2, "OMP-02", "2026-11-19T11:00:00", 0);
  test_records_begin (records, DISC_KIND_INJECTION, DISC_STATUS_ACTIVE, DISC_FIELD_ORDER_NO,
                      "000000250410099", 0);
  add_block (records, "000000250410099_01_001", "2026-11-19T08:00");
  add_given (records, 3, DISC_STATUS_COMPLETED, NULL, "CP", "2026-11-18T08:05");
  model = viewer_injection_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_injection_model_n (model), ==, 1);
  row = viewer_injection_model_get (model, 0);
  g_assert_cmpuint (row->slots->len, ==, 2);
  g_assert_cmpstr (get_slot (row, 0)->order_no, ==, ORDER);
  g_assert_cmpuint (get_slot (row, 0)->given->len, ==, 1); /* the only time of that order */
  g_assert_cmpuint (get_slot (row, 1)->given->len, ==, 0);
  g_assert_cmpstr (row->order_no, ==, "000000250410099");
  g_assert_cmpstr (row->newest, ==, "2026-11-19T08:00");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/base-and-additive-swapped", test_order);
  g_test_add_func ("/viewer/spec10/ordered-is-not-given", test_outcomes);
  g_test_add_func ("/viewer/injection-model/without-rp", test_without_rp);
  g_test_add_func ("/viewer/injection-model/fhir-bag", test_fhir_bag);
  g_test_add_func ("/viewer/injection-model/fhir-shared-rp", test_fhir_shared_rp);
  g_test_add_func ("/viewer/injection-model/unmatched", test_unmatched);
  g_test_add_func ("/viewer/injection-model/states", test_states);
  g_test_add_func ("/viewer/injection-model/changed-mixture", test_changed_mixture);
  g_test_add_func ("/viewer/injection-model/daily-orders", test_daily_orders);
  return g_test_run ();
}
