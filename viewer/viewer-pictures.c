/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-pictures.h"

#include <gio/gunixmounts.h>
#include <glib/gi18n.h>

#include "viewer-label.h"
#include "viewer-picture-model.h"
#include "viewer-picture-view.h"

/* Time to draw the page, and to go on to the next one. */
#define LOAD_AFTER_MS 40

struct _ViewerPictures
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *caption;
  GtkLabel *remark;
  GtkLabel *problem;
  ViewerPictureView *view;

  ViewerChart *chart;  /* NULL: nothing is shown */
  GPtrArray *pictures; /* (element-type DiscPicture) */
  guint first;         /* number in its message of the first of the record */
  guint current;
  guint loading;         /* source id; 0: what is to be shown is */
  gboolean is_elsewhere; /* the current one can be shown when its volume comes */
  GUnixMountMonitor *mounts;
};

G_DEFINE_FINAL_TYPE (ViewerPictures, viewer_pictures, GTK_TYPE_WIDGET)

static const DiscPicture *
current (ViewerPictures *self)
{
  return self->pictures != NULL && self->current < self->pictures->len
             ? g_ptr_array_index (self->pictures, self->current)
             : NULL;
}

/* Words that are not there take no room. */
static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
stop (ViewerPictures *self)
{
  if (self->loading != 0)
    g_source_remove (self->loading);
  self->loading = 0;
  self->is_elsewhere = FALSE;
}

/* ---- one picture ---------------------------------------------------------------------------- */

static void
show_problem (ViewerPictures *self, const char *problem)
{
  set_text (self->problem, problem);
  viewer_picture_view_set_size (self->view, 0, 0);
}

static gboolean
load_current (gpointer data)
{
  ViewerPictures *self = data;
  g_autofree char *problem = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  self->loading = 0;
  bytes = viewer_picture_load (viewer_chart_get_disc (self->chart), current (self), &problem,
                               &self->is_elsewhere);
  if (bytes != NULL)
    texture = gdk_texture_new_from_bytes (bytes, NULL);
  if (texture != NULL)
    viewer_picture_view_set_texture (self->view, texture);
  else
    show_problem (self, problem != NULL ? problem : _ ("■ This picture cannot be drawn."));
  return G_SOURCE_REMOVE;
}

/* After the page is drawn: going through a list of documents waits for none of them. */
static void
show_current (ViewerPictures *self)
{
  const DiscPicture *picture = current (self);
  g_autofree char *caption = NULL;
  g_autofree char *remark = NULL;

  stop (self);
  if (picture == NULL)
    return;
  caption = viewer_picture_caption (picture, self->first, self->pictures->len);
  remark = viewer_picture_remark (picture);
  set_text (self->caption, caption);
  set_text (self->remark, remark);
  set_text (self->problem, NULL);
  viewer_picture_view_set_size (self->view, picture->data != 0 ? picture->width : 0,
                                picture->height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption, -1);
  self->loading = g_timeout_add (LOAD_AFTER_MS, load_current, self);
}

/* Somebody may have put the volume in. */
static void
on_mounts_changed (GUnixMountMonitor *mounts, gpointer data)
{
  ViewerPictures *self = data;

  if (self->is_elsewhere)
    show_current (self);
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void
clear (ViewerPictures *self)
{
  stop (self);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  self->current = 0;
}

static void
viewer_pictures_dispose (GObject *object)
{
  ViewerPictures *self = VIEWER_PICTURES (object);

  clear (self);
  g_clear_object (&self->mounts);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_pictures_parent_class)->dispose (object);
}

static void
viewer_pictures_class_init (ViewerPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_pictures_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css)
{
  GtkWidget *label = viewer_label_new (NULL, css);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
viewer_pictures_init (ViewerPictures *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "pictures");
  self->caption = add_label (self->box, "strong");
  self->remark = add_label (self->box, "ink2");
  self->problem = add_label (self->box, "warnbox");
  self->view = VIEWER_PICTURE_VIEW (viewer_picture_view_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->mounts = g_unix_mount_monitor_get ();
  g_signal_connect_object (self->mounts, "mounts-changed", G_CALLBACK (on_mounts_changed), self, 0);
}

GtkWidget *
viewer_pictures_new (void)
{
  return g_object_new (VIEWER_TYPE_PICTURES, NULL);
}

void
viewer_pictures_show (ViewerPictures *self, ViewerChart *chart, const ViewerEntry *entry)
{
  guint n = chart != NULL && entry != NULL ? viewer_picture_count (entry) : 0;
  g_autofree char *problem = NULL;

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  viewer_picture_view_zoom (self->view, 0);
  show_problem (self, NULL);
  set_text (self->caption, NULL);
  set_text (self->remark, NULL);
  if (n == 0)
    return;
  self->chart = g_object_ref (chart);
  self->first = disc_picture_first (entry->record);
  self->pictures = viewer_picture_load_list (viewer_chart_get_disc (chart), entry->message->rid,
                                             self->first, n, &problem);
  set_text (self->problem, problem);
  show_current (self);
  if (problem != NULL && self->pictures->len > 0)
    set_text (self->remark, problem);
}

guint
viewer_pictures_n (ViewerPictures *self)
{
  return self->pictures != NULL ? self->pictures->len : 0;
}

gboolean
viewer_pictures_go (ViewerPictures *self, int direction)
{
  if (self->pictures == NULL || (direction < 0 && self->current == 0) ||
      (direction > 0 && self->current + 1 >= self->pictures->len))
    return FALSE;
  self->current += (guint) direction;
  show_current (self);
  return TRUE;
}

gboolean
viewer_pictures_zoom (ViewerPictures *self, int direction)
{
  if (current (self) == NULL)
    return FALSE;
  viewer_picture_view_zoom (self->view, direction);
  return TRUE;
}

char *
viewer_pictures_key_hints (ViewerPictures *self)
{
  if (viewer_pictures_n (self) == 0)
    return g_strdup ("");
  return g_strdup_printf ("←→\t%s\n+ −\t%s\n", _ ("picture"), _ ("larger, smaller"));
}
