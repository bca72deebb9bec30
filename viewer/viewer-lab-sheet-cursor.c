/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-sheet-private.h"

#include <glib/gi18n.h>

#include "viewer-lab-cell.h"
#include "viewer-text.h"

char *
viewer_lab_sheet_dup_text (ViewerLabSheet *self)
{
  guint r, c;
  const ViewerLabCell *cell;
  g_autofree char *value = NULL;
  g_autofree char *at = NULL;
  const char *time;

  if (!viewer_lab_sheet_get_cursor (self, &r, &c, &cell))
    return NULL;
  time = viewer_lab_sheet_model_column_at (self->model, c);
  value = viewer_lab_cell_text (cell);
  at = time != NULL ? viewer_text_date_time (time, self->now) : g_strdup (_ ("Time unknown"));
  return g_strdup_printf ("%s, %s, %s", viewer_lab_sheet_model_row (self->model, r)->name, at,
                          value);
}

void
viewer_lab_sheet_announce (ViewerLabSheet *self)
{
  g_autofree char *text = viewer_lab_sheet_dup_text (self);

  if (text == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_interval (GtkAdjustment *adjustment, double low, double high)
{
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, low, high);
}

static void
cursor_moved (ViewerLabSheet *self)
{
  if (self->cursor_line < self->lines->len)
    {
      const ViewerLabLine *line = &g_array_index (self->lines, ViewerLabLine, self->cursor_line);
      double x = self->cursor_sample * viewer_lab_sheet_sample_width (self);

      show_interval (self->vadjustment, line->y - (self->cursor_line == 1 ? line->y : 0),
                     line->y + line->height);
      show_interval (self->hadjustment, x, x + viewer_lab_sheet_sample_width (self));
    }
  viewer_lab_sheet_announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "changed");
}

/* The line @n items further; headings are passed over. */
static guint
step_lines (ViewerLabSheet *self, guint from, int n)
{
  guint line = from;

  while (n != 0)
    {
      guint next = line;

      do
        {
          if ((n < 0 && next == 0) || (n > 0 && next + 1 >= self->lines->len))
            return line;
          next = n < 0 ? next - 1 : next + 1;
        }
      while (g_array_index (self->lines, ViewerLabLine, next).heading != NULL);
      line = next;
      n += n < 0 ? 1 : -1;
    }
  return line;
}

void
viewer_lab_sheet_move (ViewerLabSheet *self, int rows, int columns)
{
  int sample = (int) self->cursor_sample + columns;

  if (self->lines->len == 0)
    return;
  self->cursor_line = step_lines (self, self->cursor_line, rows);
  self->cursor_sample = (guint) CLAMP (sample, 0, MAX ((int) self->samples->len - 1, 0));
  cursor_moved (self);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             ViewerLabSheet *self)
{
  int page = MAX (gtk_widget_get_height (GTK_WIDGET (self)) /
                          viewer_lab_sheet_scaled (self, VIEWER_LAB_ROW_HEIGHT) -
                      3,
                  1);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Up:
      viewer_lab_sheet_move (self, -1, 0);
      return TRUE;
    case GDK_KEY_Down:
      viewer_lab_sheet_move (self, 1, 0);
      return TRUE;
    case GDK_KEY_Left:
      viewer_lab_sheet_move (self, 0, -1);
      return TRUE;
    case GDK_KEY_Right:
      viewer_lab_sheet_move (self, 0, 1);
      return TRUE;
    case GDK_KEY_Home:
      viewer_lab_sheet_move (self, 0, -(int) self->samples->len);
      return TRUE;
    case GDK_KEY_End:
      viewer_lab_sheet_move (self, 0, (int) self->samples->len);
      return TRUE;
    case GDK_KEY_Page_Up:
      viewer_lab_sheet_move (self, -page, 0);
      return TRUE;
    case GDK_KEY_Page_Down:
      viewer_lab_sheet_move (self, page, 0);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit_by_name (self, "activated");
      return TRUE;
    default:
      return FALSE;
    }
}

static void
pressed (GtkGestureClick *click, int n_press, double x, double y, ViewerLabSheet *self)
{
  double at = y - viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT) +
              viewer_lab_sheet_offset (self->vadjustment);
  double sample = (x - viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) +
                   viewer_lab_sheet_offset (self->hadjustment)) /
                  viewer_lab_sheet_sample_width (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (y < viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT))
    return;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ViewerLabLine *line = &g_array_index (self->lines, ViewerLabLine, i);

      if (line->heading != NULL || at < line->y || at >= line->y + line->height)
        continue;
      self->cursor_line = i;
      if (x >= viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) && sample >= 0 &&
          sample < self->samples->len)
        self->cursor_sample = (guint) sample;
      cursor_moved (self);
      if (n_press == 2)
        g_signal_emit_by_name (self, "activated");
      return;
    }
}

gboolean
viewer_lab_sheet_get_cursor (ViewerLabSheet *self, guint *row, guint *column,
                             const ViewerLabCell **cell)
{
  guint r, c;

  if (self->model == NULL || self->cursor_line >= self->lines->len ||
      self->cursor_sample >= self->samples->len)
    return FALSE;
  r = g_array_index (self->lines, ViewerLabLine, self->cursor_line).row;
  c = g_array_index (self->samples, guint, self->cursor_sample);
  if (row != NULL)
    *row = r;
  if (column != NULL)
    *column = c;
  if (cell != NULL)
    *cell = viewer_lab_sheet_model_cell (self->model, r, c);
  return TRUE;
}

void
viewer_lab_sheet_add_controllers (ViewerLabSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
