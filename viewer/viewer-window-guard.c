/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

#include "viewer-clock.h"

/* The guard of the window: before the chart of somebody whose name others have too. */

static gboolean
is_open (ViewerWindow *self, guint32 pno)
{
  return self->chart != NULL && viewer_chart_get_patient (self->chart)->pno == pno;
}

static void
answered (ViewerGuard *guard, gboolean is_known, ViewerWindow *self)
{
  guint32 pno = viewer_guard_pno (guard);

  if (!is_open (self, pno) && !viewer_window_open_patient (self, pno))
    return;
  viewer_window_set_confirmed (self, is_known);
}

/* Nobody reads the day of birth off what lies behind. The focus goes back to the page that was
 * asked from.
 */
static void
guard_changed (GtkWidget *guard, GParamSpec *property, ViewerWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);
  gboolean is_shown = gtk_widget_get_visible (guard);

  gtk_widget_set_opacity (self->middle, is_shown ? 0 : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->banner), is_shown ? 0 : 1);
  if (!is_shown && page != NULL)
    gtk_widget_grab_focus (page);
  viewer_window_update_key_line (self);
}

static void
ask (ViewerWindow *self, ViewerGuardModel *model)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_guard_ask (self->guard, model, now);
}

static ViewerGuardModel *
new_model (ViewerWindow *self, guint32 pno)
{
  const DiscPatientTable *table = self->disc != NULL ? viewer_disc_get_patients (self->disc) : NULL;

  return table != NULL ? viewer_guard_model_new (table, pno) : NULL;
}

void
viewer_window_set_confirmed (ViewerWindow *self, gboolean is_confirmed)
{
  self->is_confirmed = is_confirmed;
  viewer_banner_set_confirmed (self->banner, is_confirmed);
}

void
viewer_window_ask_patient (ViewerWindow *self, guint32 pno)
{
  gboolean is_confirmed = is_open (self, pno) && self->is_confirmed;
  ViewerGuardModel *model = is_confirmed ? NULL : new_model (self, pno);

  if (model != NULL)
    ask (self, model);
  else if (viewer_window_open_patient (self, pno))
    viewer_window_set_confirmed (self, is_confirmed);
}

void
viewer_window_confirm (ViewerWindow *self)
{
  ViewerGuardModel *model =
      self->chart != NULL ? new_model (self, viewer_chart_get_patient (self->chart)->pno) : NULL;

  if (model != NULL)
    ask (self, model);
}

gboolean
viewer_window_is_asking (ViewerWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->guard));
}

void
viewer_window_init_guard (ViewerWindow *self)
{
  g_signal_connect_object (self->guard, "answered", G_CALLBACK (answered), self, 0);
  g_signal_connect_object (self->guard, "notify::visible", G_CALLBACK (guard_changed), self, 0);
}
