/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-picture-view.h"

/* Percent of the width; a small picture is not blown up beyond MAX_ENLARGED of its own pixels at
 * 100. */
static const guint steps[] = { 50, 75, 100, 150, 200, 300, 400 };
#define STEP_OF_WIDTH 2
#define MAX_ENLARGED 2

struct _ViewerPictureView
{
  GtkWidget parent_instance;

  GdkTexture *texture; /* NULL: not there yet, or not at all */
  guint width;         /* of the picture; 0: there is none */
  guint height;
  guint step;
  int fit_width; /* what 100 % is while it is drawn larger than the widget was */
};

G_DEFINE_FINAL_TYPE (ViewerPictureView, viewer_picture_view, GTK_TYPE_WIDGET)

/* Pixels of the screen at 100 %, in so much room. */
static double
full_width (ViewerPictureView *self, int room)
{
  return MIN (room, (double) self->width * MAX_ENLARGED);
}

static double
drawn_width (ViewerPictureView *self, int room)
{
  if (self->step > STEP_OF_WIDTH)
    return full_width (self, self->fit_width) * steps[self->step] / 100;
  return full_width (self, room) * steps[self->step] / 100;
}

static GtkSizeRequestMode
viewer_picture_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
viewer_picture_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  ViewerPictureView *self = VIEWER_PICTURE_VIEW (widget);
  int room = for_size >= 0 ? for_size : 1;

  *minimum = *natural = 0;
  if (self->width == 0 || self->height == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = self->step > STEP_OF_WIDTH ? (int) drawn_width (self, 0) : 1;
  else
    *minimum = *natural = (int) (drawn_width (self, room) * self->height / self->width);
}

static void
viewer_picture_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerPictureView *self = VIEWER_PICTURE_VIEW (widget);
  double width = drawn_width (self, gtk_widget_get_width (widget));
  const GdkRGBA grey = { .5f, .5f, .5f, 1 };
  const GdkRGBA colours[4] = { grey, grey, grey, grey };
  const float widths[4] = { 1, 1, 1, 1 };
  GskRoundedRect outline;
  graphene_rect_t area;

  if (self->width == 0 || self->texture == NULL)
    return;
  graphene_rect_init (&area, 0, 0, (float) width, (float) (width * self->height / self->width));
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 },
                             &area); /* paper, also in the dark */
  gtk_snapshot_append_texture (snapshot, self->texture, &area);
  /* Where it ends: paper on a page as white as paper. */
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

static void
viewer_picture_view_dispose (GObject *object)
{
  g_clear_object (&VIEWER_PICTURE_VIEW (object)->texture);
  G_OBJECT_CLASS (viewer_picture_view_parent_class)->dispose (object);
}

static void
viewer_picture_view_class_init (ViewerPictureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_picture_view_dispose;
  widget_class->get_request_mode = viewer_picture_view_get_request_mode;
  widget_class->measure = viewer_picture_view_measure;
  widget_class->snapshot = viewer_picture_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
viewer_picture_view_init (ViewerPictureView *self)
{
  self->step = STEP_OF_WIDTH;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
viewer_picture_view_new (void)
{
  return g_object_new (VIEWER_TYPE_PICTURE_VIEW, NULL);
}

void
viewer_picture_view_set_size (ViewerPictureView *self, guint width, guint height)
{
  g_clear_object (&self->texture);
  self->width = width;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
viewer_picture_view_set_texture (ViewerPictureView *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
viewer_picture_view_has_texture (ViewerPictureView *self)
{
  return self->texture != NULL;
}

void
viewer_picture_view_zoom (ViewerPictureView *self, int direction)
{
  guint step = direction == 0  ? STEP_OF_WIDTH
               : direction > 0 ? MIN (self->step + 1, G_N_ELEMENTS (steps) - 1)
                               : MAX (self->step, 1) - 1;

  if (self->step <= STEP_OF_WIDTH)
    self->fit_width = gtk_widget_get_width (GTK_WIDGET (self));
  self->step = step;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
viewer_picture_view_get_percent (ViewerPictureView *self)
{
  return steps[self->step];
}
