/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-private.h"

#include "viewer-theme.h"

#define DPI_100 (96 * 1024)

/* px at 100 % */
#define LEAST_WIDTH 420
#define LEAST_LINES 120
#define SCROLL_STEP 28

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerMedicationBars, viewer_medication_bars, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static double
scale_of (ViewerMedicationBars *self)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (double) dpi / DPI_100 : 1;
}

ViewerPen
viewer_medication_bars_pen (ViewerMedicationBars *self)
{
  ViewerPen pen = { .scale = scale_of (self) };

  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pen.layout = self->layout;
  for (guint i = 0; i < VIEWER_N_PEN_COLORS; i++)
    pen.colors[i] = viewer_theme_color (GTK_WIDGET (self), viewer_pen_color_name (i));
  return pen;
}

double
viewer_medication_bars_offset (ViewerMedicationBars *self)
{
  return self->vadjustment != NULL ? (int) gtk_adjustment_get_value (self->vadjustment) : 0;
}

/* ---- size ----------------------------------------------------------------------------------- */

static void
place (ViewerMedicationBars *self)
{
  ViewerPen pen = viewer_medication_bars_pen (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - viewer_bars_header_height (&pen);

  if (self->picture != NULL && width > 0)
    viewer_bars_picture_place (self->picture, &pen, width);
  height = MAX (height, 1);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment, gtk_adjustment_get_value (self->vadjustment), 0,
                              MAX (self->picture != NULL ? self->picture->height : 0, height),
                              SCROLL_STEP * pen.scale, height, height);
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, 0, 0, MAX (width, 1), 1, MAX (width, 1),
                              MAX (width, 1));
}

static void
viewer_medication_bars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                                int *minimum, int *natural, int *minimum_baseline,
                                int *natural_baseline)
{
  double scale = scale_of (VIEWER_MEDICATION_BARS (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = LEAST_WIDTH;
  else
    *minimum = *natural = (int) (LEAST_LINES * scale);
}

static void
viewer_medication_bars_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  place (VIEWER_MEDICATION_BARS (widget));
}

static void
viewer_medication_bars_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (widget);

  GTK_WIDGET_CLASS (viewer_medication_bars_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (widget);
}

/* ---- picture -------------------------------------------------------------------------------- */

static void
viewer_medication_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (widget);
  ViewerPen pen = viewer_medication_bars_pen (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double header = viewer_bars_header_height (&pen);
  double top = header - viewer_medication_bars_offset (self);

  if (self->picture == NULL || height <= header)
    return;
  pen.cr = gtk_snapshot_append_cairo (snapshot,
                                      &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_save (pen.cr);
  cairo_rectangle (pen.cr, 0, header, width, height - header);
  cairo_clip (pen.cr);
  viewer_bars_draw_ground (self->picture, &pen, header, height - header);
  for (guint i = 0; i < self->picture->lines->len; i++)
    {
      const ViewerBarLine *line = &g_array_index (self->picture->lines, ViewerBarLine, i);

      if (top + line->y < height && top + line->y + line->height > header)
        viewer_bars_draw_line (self->picture, &pen, i, top + line->y, i == self->cursor);
    }
  viewer_bars_draw_marks (self->picture, &pen, header, height - header);
  cairo_restore (pen.cr);
  viewer_bars_draw_header (self->picture, &pen);
  cairo_destroy (pen.cr);
}

/* ---- object --------------------------------------------------------------------------------- */

static void
set_adjustment (ViewerMedicationBars *self, GtkAdjustment **place_of, GtkAdjustment *adjustment)
{
  if (*place_of != NULL)
    g_signal_handlers_disconnect_by_func (*place_of, gtk_widget_queue_draw, self);
  g_set_object (place_of, adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                              self);
}

static void
viewer_medication_bars_set_property (GObject *object, guint id, const GValue *value,
                                     GParamSpec *pspec)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
viewer_medication_bars_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
viewer_medication_bars_dispose (GObject *object)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (object);

  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_clear_pointer (&self->picture, viewer_bars_picture_free);
  g_clear_object (&self->layout);
  self->rows = NULL;
  G_OBJECT_CLASS (viewer_medication_bars_parent_class)->dispose (object);
}

static void
viewer_medication_bars_finalize (GObject *object)
{
  ViewerMedicationBars *self = VIEWER_MEDICATION_BARS (object);

  g_free (self->as_of);
  g_free (self->now);
  G_OBJECT_CLASS (viewer_medication_bars_parent_class)->finalize (object);
}

static void
viewer_medication_bars_class_init (ViewerMedicationBarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = viewer_medication_bars_set_property;
  object_class->get_property = viewer_medication_bars_get_property;
  object_class->dispose = viewer_medication_bars_dispose;
  object_class->finalize = viewer_medication_bars_finalize;
  widget_class->measure = viewer_medication_bars_measure;
  widget_class->size_allocate = viewer_medication_bars_size_allocate;
  widget_class->snapshot = viewer_medication_bars_snapshot;
  widget_class->css_changed = viewer_medication_bars_css_changed;
  gtk_widget_class_set_css_name (widget_class, "medicationbars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
viewer_medication_bars_init (ViewerMedicationBars *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  viewer_medication_bars_announce (self);
  viewer_medication_bars_add_controllers (self);
}

GtkWidget *
viewer_medication_bars_new (void)
{
  return g_object_new (VIEWER_TYPE_MEDICATION_BARS, NULL);
}

static void
make_picture (ViewerMedicationBars *self, ViewerBarPeriod period)
{
  g_clear_pointer (&self->picture, viewer_bars_picture_free);
  if (self->rows != NULL)
    self->picture = viewer_bars_picture_new (self->rows, self->as_of, self->now, period);
  place (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
viewer_medication_bars_set_rows (ViewerMedicationBars *self, const ViewerMedicationRows *rows,
                                 const char *as_of, const char *now, ViewerBarPeriod period)
{
  char *as_of_copy = g_strdup (as_of);
  char *now_copy = g_strdup (now);

  g_free (self->as_of);
  g_free (self->now);
  self->as_of = as_of_copy;
  self->now = now_copy;
  self->rows = rows;
  make_picture (self, period);
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, 0);
  viewer_medication_bars_select_near (self, 0);
}

void
viewer_medication_bars_set_period (ViewerMedicationBars *self, ViewerBarPeriod period)
{
  const ViewerMedicationRow *selected = viewer_medication_bars_get_selected (self);
  guint row = 0;

  for (guint i = 0; selected != NULL && i < viewer_medication_rows_n (self->rows); i++)
    if (viewer_medication_rows_get (self->rows, i) == selected)
      row = i;
  make_picture (self, period);
  viewer_medication_bars_select_near (self, row);
}
