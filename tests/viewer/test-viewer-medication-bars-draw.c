/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picture of the time line on a plain surface, as paper would have it: no display, no widget.
 * Every colour of the pen is another one, so that a pixel tells what was drawn there.
 */
#include "viewer-medication-bars-draw.h"

#include <string.h>

#include "disc-date.h"
#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"
#define WIDTH 1330
#define HEIGHT 600
#define MORNING "１日１回朝食後"

static const char *const no_folders[] = { NULL };

typedef struct
{
  TestRecords *records;
  ViewerMedicationModel *model;
  ViewerLabSheetModel *labs;
  ViewerDrugLists *lists;
  ViewerMedicationRows *rows;
  ViewerBarsPicture *picture;
  ViewerPen pen;
  PangoContext *context;
  cairo_surface_t *surface;
  double zero;
} Fixture;

static void
add (TestRecords *records, DiscStatus status, const char *drug, const char *at, const char *start,
     const char *days, const char *usage, const char *code)
{
  test_records_begin (records, DISC_KIND_PRESCRIPTION, status, DISC_FIELD_AT, at,
                      DISC_FIELD_ORDER_NO, drug, 0);
  test_records_item (records, DISC_FIELD_DRUG, drug, DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_UNIT,
                     "錠", DISC_FIELD_START, start, DISC_FIELD_DAYS, days, DISC_FIELD_USAGE, usage,
                     DISC_FIELD_USAGE_CODE, code, 0);
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->records = test_records_new ();
  test_records_message (self->records, 1, "OMP-01", "2026-11-01", 0);
  add (self->records, DISC_STATUS_ACTIVE, "続く", NULL, "2026-11-10", "14", MORNING, NULL);
  add (self->records, DISC_STATUS_STOPPED, "止めた", "2026-11-16T00:00", "2026-11-10", "14",
       MORNING, NULL);
  add (self->records, DISC_STATUS_CANCELLED, "取消した", "2026-11-10", "2026-11-10", "14", MORNING,
       NULL);
  add (self->records, DISC_STATUS_ON_HOLD, "保留した", "2026-11-17", "2026-11-10", "14", MORNING,
       NULL);
  add (self->records, DISC_STATUS_ACTIVE, "土曜", NULL, "2026-11-07", "4", "土曜日", "W0000001");
  add (self->records, DISC_STATUS_ACTIVE, "終わり不明", NULL, "2026-11-10", NULL, MORNING, NULL);
  add (self->records, DISC_STATUS_ACTIVE, "前に終わった", NULL, "2026-09-01", "7", MORNING, NULL);
  self->model = viewer_medication_model_new (test_records_entries (self->records), AS_OF);
  self->labs = viewer_lab_sheet_model_new (test_records_entries (self->records));
  self->lists = viewer_drug_lists_load (no_folders);
  self->rows = viewer_medication_rows_new (self->model, self->labs, self->lists, AS_OF);
  self->picture = viewer_bars_picture_new (self->rows, AS_OF, NOW, VIEWER_BAR_SPAN_28_DAYS);
  self->zero = (double) disc_date_to_day (AS_OF);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  self->pen.scale = 1;
  self->pen.layout = pango_layout_new (self->context);
  for (guint i = 0; i < VIEWER_N_PEN_COLORS; i++)
    self->pen.colors[i] = (GdkRGBA){ (float) (8 * (i + 1)) / 255, 0, 1, 1 };
  viewer_bars_picture_place (self->picture, &self->pen, WIDTH);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  self->pen.cr = cairo_create (self->surface);
  cairo_set_antialias (self->pen.cr, CAIRO_ANTIALIAS_NONE);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  cairo_destroy (self->pen.cr);
  cairo_surface_destroy (self->surface);
  g_object_unref (self->pen.layout);
  g_object_unref (self->context);
  viewer_bars_picture_free (self->picture);
  viewer_medication_rows_free (self->rows);
  viewer_lab_sheet_model_free (self->labs);
  viewer_medication_model_free (self->model);
  viewer_drug_lists_free (self->lists);
  test_records_free (self->records);
}

static guint
line_of (Fixture *self, const char *drug)
{
  for (guint i = 0; i < self->picture->lines->len; i++)
    {
      const ViewerBarLine *line = &g_array_index (self->picture->lines, ViewerBarLine, i);

      if (line->row != NULL && g_strcmp0 (line->row->head->drug, drug) == 0)
        return i;
    }
  return G_MAXUINT;
}

/* What is at a pixel: a colour of the pen, or -1 for nothing. */
static int
color_at (Fixture *self, double x, double y)
{
  const guint8 *data = cairo_image_surface_get_data (self->surface);
  guint32 pixel;

  memcpy (&pixel, data + (int) y * cairo_image_surface_get_stride (self->surface) + 4 * (int) x,
          sizeof pixel);
  return (pixel >> 24) == 0 ? -1 : (int) ((pixel >> 16) & 0xff) / 8 - 1;
}

/* Pixels of @color in the bars of a line before the disc, or behind it. */
static guint
count (Fixture *self, const char *drug, ViewerPenColor color, gboolean is_after)
{
  const ViewerBarLine *line =
      &g_array_index (self->picture->lines, ViewerBarLine, line_of (self, drug));
  double disc = viewer_bars_x (self->picture, self->picture->span.disc);
  guint n = 0;

  for (double x = is_after ? disc + 3 : self->picture->name_width + 2;
       x < (is_after ? WIDTH : disc - 1); x++)
    for (double y = 0; y < line->height - 2; y++)
      n += color_at (self, x, y) == (int) color;
  return n;
}

static void
draw (Fixture *self, const char *drug)
{
  const ViewerBarLine *line =
      &g_array_index (self->picture->lines, ViewerBarLine, line_of (self, drug));

  cairo_set_operator (self->pen.cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (self->pen.cr);
  cairo_set_operator (self->pen.cr, CAIRO_OPERATOR_OVER);
  viewer_bars_draw_ground (self->picture, &self->pen, 0, line->height);
  viewer_bars_draw_line (self->picture, &self->pen, line_of (self, drug), 0, FALSE);
}

/* 27 days before the day of the disc and 3.857 behind it on 1000 px: 31.39 px a day. */
static void
test_axis (Fixture *self, gconstpointer data)
{
  g_assert_cmpfloat (self->picture->name_width, ==, 330);
  g_assert_cmpfloat_with_epsilon (viewer_bars_x (self->picture, self->zero - 27), 330, 0.01);
  g_assert_cmpfloat_with_epsilon (viewer_bars_x (self->picture, self->zero), 330 + 847.53, 0.01);
  draw (self, "続く");
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero + 2), 1), >=,
                   VIEWER_PEN_HATCH);
}

static void
test_running (Fixture *self, gconstpointer data)
{
  draw (self, "続く");
  /* from the 10th: nothing on the 8th, a bar on the 18th */
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 10.5), 6), ==, -1);
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 0.5), 6), ==,
                   VIEWER_PEN_BAR);
  /* behind the disc an outline, nothing filled */
  g_assert_cmpuint (count (self, "続く", VIEWER_PEN_BAR, TRUE), ==, 0);
  g_assert_cmpuint (count (self, "続く", VIEWER_PEN_BAR_LINE, TRUE), >, 20);
}

static void
test_stopped (Fixture *self, gconstpointer data)
{
  draw (self, "止めた");
  /* through its middle a line, to the day of its stop; after that and behind the disc nothing */
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 3.5), 12), ==,
                   VIEWER_PEN_INK2);
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 1.5), 12), ==, -1);
  g_assert_cmpuint (count (self, "止めた", VIEWER_PEN_BAR_LINE, TRUE), ==, 0);
  draw (self, "取消した");
  g_assert_cmpuint (count (self, "取消した", VIEWER_PEN_BAR, FALSE), ==, 0);
  g_assert_cmpuint (count (self, "取消した", VIEWER_PEN_BAR_LINE, TRUE), ==, 0);
  g_assert_cmpuint (count (self, "取消した", VIEWER_PEN_INK2, FALSE), >, 100); /* the line */
}

/* No bar at all; the question that must be asked stands behind the disc on a plain patch. */
static void
test_on_hold (Fixture *self, gconstpointer data)
{
  draw (self, "保留した");
  g_assert_cmpuint (count (self, "保留した", VIEWER_PEN_BAR, FALSE), ==, 0);
  g_assert_cmpuint (count (self, "保留した", VIEWER_PEN_BAR_LINE, FALSE), ==, 0);
  g_assert_cmpuint (count (self, "保留した", VIEWER_PEN_SURFACE, TRUE), >, 100);
  g_assert_cmpuint (count (self, "保留した", VIEWER_PEN_INK2, TRUE), >, 20);
}

static void
test_doses (Fixture *self, gconstpointer data)
{
  draw (self, "土曜");
  /* the 14th, not the 13th; the 21st is asked for */
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 4.9), 5), ==,
                   VIEWER_PEN_BAR);
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 5.5), 5), ==, -1);
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero + 2.2), 6), ==,
                   VIEWER_PEN_SURFACE);
  g_assert_cmpuint (count (self, "土曜", VIEWER_PEN_BAR, TRUE), ==, 0);
}

static void
test_open (Fixture *self, gconstpointer data)
{
  draw (self, "終わり不明");
  /* its first day is filled, no other; behind the disc it is asked for */
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 8.5), 5), ==,
                   VIEWER_PEN_BAR);
  g_assert_cmpint (color_at (self, viewer_bars_x (self->picture, self->zero - 1.5), 5), ==, -1);
  g_assert_cmpuint (count (self, "終わり不明", VIEWER_PEN_SURFACE, TRUE), >, 100);
}

/* What is over is left out of the period, and counted. */
static void
test_left_out (Fixture *self, gconstpointer data)
{
  const ViewerBarLine *last =
      &g_array_index (self->picture->lines, ViewerBarLine, self->picture->lines->len - 1);

  g_assert_cmpuint (line_of (self, "前に終わった"), ==, G_MAXUINT);
  g_assert_cmpstr (last->heading, ==,
                   "1 drug that ended before this period: a longer one or the list shows it");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/viewer/medication-bars-draw/axis", test_axis },
    { "/viewer/medication-bars-draw/running", test_running },
    { "/viewer/medication-bars-draw/stopped", test_stopped },
    { "/viewer/medication-bars-draw/on-hold", test_on_hold },
    { "/viewer/medication-bars-draw/doses", test_doses },
    { "/viewer/medication-bars-draw/open", test_open },
    { "/viewer/medication-bars-draw/left-out", test_left_out },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, setup, tests[i].test, teardown);
  return g_test_run ();
}
