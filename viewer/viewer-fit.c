/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-fit.h"

struct _ViewerFit
{
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow;
};

G_DEFINE_FINAL_TYPE (ViewerFit, viewer_fit, GTK_TYPE_WIDGET)

static void
viewer_fit_dispose (GObject *object)
{
  ViewerFit *self = VIEWER_FIT (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_fit_parent_class)->dispose (object);
}

/* As wide as it likes to be, as narrow as it can be. */
static void
viewer_fit_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  ViewerFit *self = VIEWER_FIT (widget);
  int wide_minimum, wide_natural, narrow_minimum, narrow_natural;

  gtk_widget_measure (self->wide, orientation, -1, &wide_minimum, &wide_natural, NULL, NULL);
  gtk_widget_measure (self->narrow, orientation, -1, &narrow_minimum, &narrow_natural, NULL,
                      NULL);
  *natural = MAX (wide_natural, narrow_natural);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (narrow_minimum, *natural)
                                                       : MAX (wide_minimum, narrow_minimum);
}

static void
viewer_fit_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ViewerFit *self = VIEWER_FIT (widget);
  int natural;
  gboolean is_wide;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  is_wide = natural <= width;
  gtk_widget_set_child_visible (self->wide, is_wide);
  gtk_widget_set_child_visible (self->narrow, !is_wide);
  gtk_widget_allocate (is_wide ? self->wide : self->narrow, width, height, baseline, NULL);
}

static void
viewer_fit_class_init (ViewerFitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_fit_dispose;
  widget_class->measure = viewer_fit_measure;
  widget_class->size_allocate = viewer_fit_size_allocate;
}

static void
viewer_fit_init (ViewerFit *self)
{
}

GtkWidget *
viewer_fit_new (GtkWidget *wide, GtkWidget *narrow)
{
  ViewerFit *self = g_object_new (VIEWER_TYPE_FIT, NULL);

  self->wide = wide;
  self->narrow = narrow;
  gtk_widget_set_parent (wide, GTK_WIDGET (self));
  gtk_widget_set_parent (narrow, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
