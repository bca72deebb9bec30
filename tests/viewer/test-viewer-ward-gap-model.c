/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was planned for a ward, worked out by hand from small charts. */
#include "disc-writer.h"
#include "viewer-fixture.h"
#include "viewer-ward-gap-model.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"
#define EVERY_KIND G_MAXUINT
#define MORNING "１日１回朝食後"

typedef struct
{
  char *folder;
  DiscWriter *writer;
  DiscRecordBuilder *builder;
  ViewerDisc *disc;
} Ward;

static const DiscInfo info = { .as_of = AS_OF, .window_from = "2025-10-20", .months = 13 };

static void
begin (Ward *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("viewer-ward-gap-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "disc", NULL);
  self->writer = disc_writer_new (path, &info, &error);
  g_assert_no_error (error);
  self->builder = disc_record_builder_new ();
}

static void
begin_patient (Ward *self, const char *id, const char *name)
{
  const DiscPatient patient = { .facility = "A", .id = id, .name = name };
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (self->writer, &patient, &error);
  g_assert_no_error (error);
}

static void
add_value (Ward *self, DiscField field, const char *value)
{
  if (value != NULL)
    disc_record_builder_add (self->builder, field, value, -1);
}

static void
end_message (Ward *self, const char *type, DiscMessageFlags flags)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .data_type = type, .flags = flags };
  g_autoptr (GError) error = NULL;

  message.records = disc_record_builder_get (self->builder, &message.records_len);
  disc_writer_add_message (self->writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
  disc_record_builder_clear (self->builder);
}

static void
add_drug (Ward *self, const char *drug, const char *usage, DiscStatus status,
          DiscMessageFlags flags)
{
  disc_record_builder_begin (self->builder, DISC_KIND_PRESCRIPTION, status, TRUE);
  add_value (self, DISC_FIELD_AT, "2026-11-18T10:00");
  add_value (self, DISC_FIELD_ORDER_NO, "7");
  disc_record_builder_item (self->builder);
  add_value (self, DISC_FIELD_DRUG, drug);
  add_value (self, DISC_FIELD_DOSE, "1");
  add_value (self, DISC_FIELD_DOSE_UNIT, "錠");
  add_value (self, DISC_FIELD_USAGE, usage);
  add_value (self, DISC_FIELD_START, "2026-11-18");
  add_value (self, DISC_FIELD_DAYS, "30");
  add_value (self, DISC_FIELD_DAYS_UNIT, "日");
  end_message (self, "OMP-01", flags);
}

static void
add_injection (Ward *self, const char *drug, const char *start)
{
  disc_record_builder_begin (self->builder, DISC_KIND_INJECTION, DISC_STATUS_ACTIVE, TRUE);
  add_value (self, DISC_FIELD_AT, "2026-11-19T10:00");
  disc_record_builder_item (self->builder);
  add_value (self, DISC_FIELD_DRUG, drug);
  add_value (self, DISC_FIELD_START, start);
  end_message (self, "OMP-02", 0);
}

static void
finish (Ward *self)
{
  g_autofree char *path = g_build_filename (self->folder, "disc", NULL);
  g_autoptr (GError) error = NULL;

  disc_writer_finish (self->writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  disc_writer_free (self->writer);
  disc_record_builder_free (self->builder);
  self->disc = viewer_fixture_open (self->folder);
}

static void
end (Ward *self)
{
  viewer_fixture_close (self->disc);
  viewer_fixture_remove (self->folder);
}

/* Three people and one whom the disc does not have. */
static void
write_ward (Ward *self)
{
  begin (self);
  begin_patient (self, "1", "甲");
  add_drug (self, "薬Ａ", MORNING, DISC_STATUS_ACTIVE, 0);
  add_drug (self, "薬Ｂ", MORNING, DISC_STATUS_ACTIVE, 0);
  add_drug (self, "薬Ｃ", MORNING, DISC_STATUS_ON_HOLD, 0);
  add_injection (self, "輸液Ａ", "2026-11-20T09:00");
  begin_patient (self, "2", NULL);
  add_drug (self, "薬Ａ", MORNING, DISC_STATUS_ACTIVE, 0);
  add_drug (self, "薬Ｄ", MORNING, DISC_STATUS_ACTIVE, DISC_MESSAGE_MAYBE_CANCELLED);
  add_drug (self, "薬Ｅ", NULL, DISC_STATUS_ACTIVE, 0);
  add_injection (self, "輸液Ｂ", "2026-11-20T08:00");
  add_injection (self, "輸液Ｃ", "2026-11-21T06:00");
  begin_patient (self, "3", "丙"); /* only expected: not of this ward yet */
  add_injection (self, "輸液Ｄ", "2026-11-20T10:00");
  finish (self);
}

static void
list (ViewerListsResult *result, guint32 pno, ViewerListsPart part, const DiscStay *stay)
{
  ViewerListsEntry entry = { .pno = pno, .part = part, .stay = stay };

  g_array_append_val (result->entries, entry);
}

static ViewerWardGapModel *
read_ward (Ward *self)
{
  static const DiscStay beds[] = { { .room = "5", .bed = "2" },
                                   { .room = "5", .bed = "1" },
                                   { .room = NULL } };
  g_autoptr (ViewerListsResult) result = g_new0 (ViewerListsResult, 1);
  ViewerWardGapModel *model;

  result->entries = g_array_new (FALSE, TRUE, sizeof (ViewerListsEntry));
  result->owned = g_ptr_array_new ();
  list (result, viewer_fixture_pno (self->disc, "1"), VIEWER_LISTS_HERE, &beds[0]);
  list (result, viewer_fixture_pno (self->disc, "2"), VIEWER_LISTS_ENDED, &beds[1]);
  list (result, 77, VIEWER_LISTS_HERE, &beds[2]);
  list (result, viewer_fixture_pno (self->disc, "3"), VIEWER_LISTS_PLANNED_IN, &beds[2]);
  list (result, viewer_fixture_pno (self->disc, "1"), VIEWER_LISTS_PLANNED_OUT,
        &beds[2]); /* again */
  model = viewer_ward_gap_model_new (self->disc, result, NOW);
  g_assert_cmpuint (viewer_ward_gap_model_n_people (model), ==, 4);
  for (guint n = 1; n <= 4; n++)
    {
      g_assert_cmpint (viewer_ward_gap_model_step (model), ==, n < 4);
      g_assert_cmpuint (viewer_ward_gap_model_n_read (model), ==, n);
    }
  g_assert_false (viewer_ward_gap_model_step (model));
  g_assert_cmpuint (viewer_ward_gap_model_n_failed (model), ==, 1);
  return model;
}

/* One line a row: when, bed and name or how many, what or usage, state. */
static char *
describe (ViewerWardGapModel *model, guint kinds, gboolean fold)
{
  static const char *const times[] = { "past", "coming", "open" };
  g_autoptr (GArray) rows = viewer_ward_gap_model_rows (model, kinds, fold);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerWardGap *row = &g_array_index (rows, ViewerWardGap, i);

      g_string_append_printf (out, "%s %s ", times[row->time], row->at != NULL ? row->at : "-");
      if (row->pno == 0)
        g_string_append_printf (out, "%u people %s", row->n_people, row->usage);
      else
        g_string_append_printf (out, "%s%s %s", row->bed, row->name, row->what);
      g_string_append_printf (out, "%s%s\n", row->status != NULL ? " state" : "",
                              row->flags != 0 ? " flag" : "");
      g_assert_cmpint (row->rid != 0, ==, row->pno != 0);
    }
  return g_string_free (out, FALSE);
}

/* By time, then by bed; whoever is only expected has no doses here. */
static void
test_injections (void)
{
  Ward ward = { NULL };
  ViewerWardGapModel *model;
  g_autofree char *rows = NULL;

  write_ward (&ward);
  model = read_ward (&ward);
  rows = describe (model, 1u << VIEWER_GAP_INJECTION, TRUE);
  g_assert_cmpstr (rows, ==,
                   "past 2026-11-20T08:00 5-1 輸液Ｂ\n"
                   "past 2026-11-20T09:00 5-2甲 輸液Ａ\n"
                   "coming 2026-11-21T06:00 5-1 輸液Ｃ\n");
  g_assert_cmpuint (viewer_ward_gap_model_n_of_kind (model, VIEWER_GAP_INJECTION), ==, 3);
  viewer_ward_gap_model_free (model);
  end (&ward);
}

/* Drugs that go on are counted by their usage, each person once; what is on hold, in doubt, or has
 * no usage stands by itself. */
static void
test_drugs (void)
{
  Ward ward = { NULL };
  ViewerWardGapModel *model;
  g_autofree char *folded = NULL;
  g_autofree char *each = NULL;

  write_ward (&ward);
  model = read_ward (&ward);
  folded = describe (model, 1u << VIEWER_GAP_DRUG, TRUE);
  g_assert_cmpstr (folded, ==,
                   "open - 5-1 薬Ｄ　1錠 flag\n"
                   "open - 5-1 薬Ｅ　1錠\n"
                   "open - 5-2甲 薬Ｃ　1錠 state\n"
                   "open - 2 people " MORNING "\n");
  each = describe (model, 1u << VIEWER_GAP_DRUG, FALSE);
  g_assert_cmpstr (each, ==,
                   "open - 5-1 薬Ａ　1錠\n"
                   "open - 5-1 薬Ｄ　1錠 flag\n"
                   "open - 5-1 薬Ｅ　1錠\n"
                   "open - 5-2甲 薬Ａ　1錠\n"
                   "open - 5-2甲 薬Ｂ　1錠\n"
                   "open - 5-2甲 薬Ｃ　1錠 state\n");
  viewer_ward_gap_model_free (model);
  end (&ward);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/ward-gap/injections", test_injections);
  g_test_add_func ("/viewer/ward-gap/drugs", test_drugs);
  return g_test_run ();
}
