/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-error.h"
#include "disc-record.h"

static DiscRecordSet *
decode (const void *data, gsize len, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);

  return disc_record_set_new (bytes, error);
}

static void
test_round_trip (void)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscRecordSet) set = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *usage = NULL;
  const DiscRecord *record;
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-04-10", -1);
  disc_record_builder_add (builder, DISC_FIELD_TITLE, "", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ", -1);
  disc_record_builder_add (builder, DISC_FIELD_USAGE, "朝食後", -1);
  disc_record_builder_add (builder, DISC_FIELD_USAGE, "１日おき|", (gssize) strlen ("１日おき"));
  disc_record_builder_item (builder);
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_DELETED, FALSE);

  data = disc_record_builder_get (builder, &len);
  set = decode (data, len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_record_set_n (set), ==, 2);

  record = disc_record_set_get (set, 0);
  g_assert_cmpint (record->kind, ==, DISC_KIND_PRESCRIPTION);
  g_assert_true (record->live);
  g_assert_cmpuint (record->n_values, ==, 1); /* the empty title is absent */
  g_assert_cmpstr (disc_record_value (record, DISC_FIELD_AT), ==, "2025-04-10");
  g_assert_cmpuint (record->n_items, ==, 2);
  g_assert_cmpstr (disc_item_value (&record->items[0], DISC_FIELD_DRUG), ==,
                   "アムロジピン錠５ｍｇ");
  g_assert_cmpstr (disc_item_nth_value (&record->items[0], DISC_FIELD_USAGE, 1), ==, "１日おき");
  usage = disc_values_join (record->items[0].values, record->items[0].n_values, DISC_FIELD_USAGE,
                            "\n");
  g_assert_cmpstr (usage, ==, "朝食後\n１日おき");
  g_assert_cmpuint (record->items[1].n_values, ==, 0);

  record = disc_record_set_get (set, 1);
  g_assert_false (record->live);
  g_assert_cmpint (record->status, ==, DISC_STATUS_DELETED);
  g_assert_cmpuint (record->n_items, ==, 0);
}

/* A file that was superseded takes the live records with it; what was already dead keeps its word. */
static void
test_override (void)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscRecordSet) set = NULL;
  g_autofree guint8 *copy = NULL;
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_VALUE, "\x01\x02", -1); /* looks like marks */
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_ENTERED_IN_ERROR, FALSE);
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_ACTIVE, FALSE);
  data = disc_record_builder_get (builder, &len);
  copy = g_memdup2 (data, len);
  disc_records_override (copy, len, DISC_STATUS_SUPERSEDED);

  set = decode (copy, len, NULL);
  g_assert_false (disc_record_set_get (set, 0)->live);
  g_assert_cmpint (disc_record_set_get (set, 0)->status, ==, DISC_STATUS_SUPERSEDED);
  g_assert_cmpint (disc_record_set_get (set, 1)->status, ==, DISC_STATUS_ENTERED_IN_ERROR);
  g_assert_cmpint (disc_record_set_get (set, 2)->status, ==, DISC_STATUS_SUPERSEDED);
  g_assert_false (disc_record_set_get (set, 2)->live);
  g_assert_cmpstr (disc_item_value (&disc_record_set_get (set, 0)->items[0], DISC_FIELD_VALUE), ==,
                   "\x01\x02");
}

static void
test_nul_in_value (void)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscRecordSet) set = NULL;
  const guint8 *data;
  gsize len;

  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_TITLE, "a\0b", 3);
  data = disc_record_builder_get (builder, &len);
  set = decode (data, len, NULL);
  g_assert_cmpstr (disc_record_value (disc_record_set_get (set, 0), DISC_FIELD_TITLE), ==,
                   "a\xef\xbf\xbd"
                   "b");
}

static void
test_broken (void)
{
  static const struct
  {
    const char *data;
    gsize len;
  } cases[] = {
    { "\x02", 1 },                  /* an item before any record */
    { "\x30q\0", 3 },               /* a value before any record */
    { "\x01\x09", 2 },              /* head cut */
    { "\x01\x09\x82\x30q", 5 },     /* value without its end */
    { "\x01\x09\x82\x05q\0", 6 },   /* a mark that does not exist */
    { "\x01\x00\x82\x30q\0", 6 },   /* no kind */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (cases[i].data, cases[i].len, &error));
      g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (disc_kind_name (DISC_KIND_MICROBIOLOGY), ==, "microbiology");
  g_assert_cmpint (disc_kind_from_name ("encounter"), ==, DISC_KIND_ENCOUNTER);
  g_assert_cmpint (disc_kind_from_name ("nonsense"), ==, DISC_KIND_NONE);
  g_assert_cmpstr (disc_status_name (DISC_STATUS_ENTERED_IN_ERROR), ==, "entered-in-error");
  g_assert_cmpstr (disc_field_name (DISC_FIELD_PER_DAY_UNIT), ==, "per_day_unit");
  g_assert_null (disc_field_name ((DiscField) 255));
  g_assert_true (disc_status_is_live (DISC_STATUS_ON_HOLD));
  g_assert_false (disc_status_is_live (DISC_STATUS_STOPPED));
  g_assert_false (disc_status_is_live (DISC_STATUS_UNKNOWN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/record/round-trip", test_round_trip);
  g_test_add_func ("/disc/record/override", test_override);
  g_test_add_func ("/disc/record/nul-in-value", test_nul_in_value);
  g_test_add_func ("/disc/record/broken", test_broken);
  g_test_add_func ("/disc/record/names", test_names);
  return g_test_run ();
}
