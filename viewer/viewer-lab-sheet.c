/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-lab-sheet-private.h"

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerLabSheet, viewer_lab_sheet, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

const char *
viewer_lab_trend_sign (guint i)
{
  return i == 0 ? "●" : "■";
}

static void
configure_adjustments (ViewerLabSheet *self, gboolean to_newest)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double visible_x = MAX (width - viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED), 1);
  double visible_y = MAX (height - viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT), 1);
  double upper_x = MAX (viewer_lab_sheet_samples_width (self), visible_x);
  double upper_y = MAX (self->height, visible_y);

  if (self->hadjustment != NULL)
    gtk_adjustment_configure (
        self->hadjustment,
        to_newest ? upper_x - visible_x : gtk_adjustment_get_value (self->hadjustment), 0, upper_x,
        viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH), visible_x, visible_x);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (
        self->vadjustment, to_newest ? 0 : gtk_adjustment_get_value (self->vadjustment), 0, upper_y,
        viewer_lab_sheet_scaled (self, VIEWER_LAB_ROW_HEIGHT), visible_y, visible_y);
}

static void
viewer_lab_sheet_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) +
                 viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH);
      *natural = viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) +
                 viewer_lab_sheet_samples_width (self);
    }
  else
    {
      *minimum =
          viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT + 3 * VIEWER_LAB_ROW_HEIGHT);
      *natural =
          MAX (*minimum, viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT) + self->height);
    }
}

static void
viewer_lab_sheet_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);
  gboolean is_first =
      self->hadjustment != NULL && gtk_adjustment_get_page_size (self->hadjustment) <= 1;

  configure_adjustments (self, is_first);
}

static void
viewer_lab_sheet_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);

  GTK_WIDGET_CLASS (viewer_lab_sheet_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  viewer_lab_sheet_layout_lines (self);
  gtk_widget_queue_resize (widget);
}

static void
set_adjustment (ViewerLabSheet *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, gtk_widget_queue_draw, self);
  g_set_object (place, adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                              self);
}

static void
viewer_lab_sheet_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

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
viewer_lab_sheet_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

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
viewer_lab_sheet_dispose (GObject *object)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_clear_object (&self->layout);
  self->model = NULL;
  G_OBJECT_CLASS (viewer_lab_sheet_parent_class)->dispose (object);
}

static void
viewer_lab_sheet_finalize (GObject *object)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  g_array_unref (self->lines);
  g_array_unref (self->samples);
  g_free (self->from);
  g_free (self->now);
  G_OBJECT_CLASS (viewer_lab_sheet_parent_class)->finalize (object);
}

static void
viewer_lab_sheet_class_init (ViewerLabSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = viewer_lab_sheet_set_property;
  object_class->get_property = viewer_lab_sheet_get_property;
  object_class->dispose = viewer_lab_sheet_dispose;
  object_class->finalize = viewer_lab_sheet_finalize;
  widget_class->measure = viewer_lab_sheet_measure;
  widget_class->size_allocate = viewer_lab_sheet_size_allocate;
  widget_class->snapshot = viewer_lab_sheet_snapshot;
  widget_class->css_changed = viewer_lab_sheet_css_changed;
  gtk_widget_class_set_css_name (widget_class, "labsheet");
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
viewer_lab_sheet_init (ViewerLabSheet *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (ViewerLabLine));
  self->samples = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  viewer_accessible_name (GTK_WIDGET (self), _ ("Laboratory"));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dense");
  viewer_lab_sheet_add_controllers (self);
}

GtkWidget *
viewer_lab_sheet_new (void)
{
  return g_object_new (VIEWER_TYPE_LAB_SHEET, NULL);
}

void
viewer_lab_sheet_set_model (ViewerLabSheet *self, const ViewerLabSheetModel *model,
                            const char *from, const char *now)
{
  char *from_copy = g_strdup (from);
  char *now_copy = g_strdup (now);

  g_free (self->from);
  g_free (self->now);
  self->from = from_copy;
  self->now = now_copy;
  self->model = model;
  self->n_marked = 0;
  viewer_lab_sheet_choose_samples (self);
  viewer_lab_sheet_layout_lines (self);
  self->cursor_line =
      self->lines->len > 0 && g_array_index (self->lines, ViewerLabLine, 0).heading != NULL;
  self->cursor_sample = self->samples->len > 0 ? self->samples->len - 1 : 0;
  configure_adjustments (self, TRUE);
  viewer_lab_sheet_announce (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "changed");
}

void
viewer_lab_sheet_mark (ViewerLabSheet *self, const guint *rows, guint n)
{
  self->n_marked = MIN (n, G_N_ELEMENTS (self->marked));
  for (guint i = 0; i < self->n_marked; i++)
    self->marked[i] = rows[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
