/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-private.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-medication-bars-cell.h"

static const ViewerBarLine *
line_at (ViewerMedicationBars *self, guint i)
{
  return self->picture != NULL && i < self->picture->lines->len
             ? &g_array_index (self->picture->lines, ViewerBarLine, i)
             : NULL;
}

const ViewerMedicationRow *
viewer_medication_bars_get_selected (ViewerMedicationBars *self)
{
  const ViewerBarLine *line = line_at (self, self->cursor);

  return line != NULL ? line->row : NULL;
}

char *
viewer_medication_bars_dup_text (ViewerMedicationBars *self)
{
  const ViewerBarLine *line = line_at (self, self->cursor);

  if (line == NULL || line->row == NULL)
    return g_strdup ("");
  return viewer_bars_row_text (line->row, line->bars, self->now);
}

void
viewer_medication_bars_announce (ViewerMedicationBars *self)
{
  const ViewerMedicationRow *row = viewer_medication_bars_get_selected (self);
  g_autofree char *text = viewer_medication_bars_dup_text (self);

  viewer_accessible_name (GTK_WIDGET (self),
                          row != NULL ? row->head->drug : _ ("Medication time line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
cursor_moved (ViewerMedicationBars *self)
{
  const ViewerBarLine *line = line_at (self, self->cursor);

  if (line != NULL && self->vadjustment != NULL)
    {
      /* The heading above the row comes along. */
      const ViewerBarLine *first =
          self->cursor > 0 && line_at (self, self->cursor - 1)->heading != NULL
              ? line_at (self, self->cursor - 1)
              : line;

      gtk_adjustment_clamp_page (self->vadjustment, first->y, line->y + line->height);
    }
  viewer_medication_bars_announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "changed");
}

/* @n rows further; headings are passed over. */
static void
move (ViewerMedicationBars *self, int n)
{
  guint line = self->cursor;
  guint next = line;

  while (n != 0)
    {
      if (n < 0 ? next == 0 : line_at (self, next + 1) == NULL)
        break;
      next = n < 0 ? next - 1 : next + 1;
      if (line_at (self, next)->heading != NULL)
        continue;
      line = next;
      n += n < 0 ? 1 : -1;
    }
  if (line == self->cursor)
    return;
  self->cursor = line;
  cursor_moved (self);
}

void
viewer_medication_bars_select (ViewerMedicationBars *self, guint row)
{
  for (guint i = 0; line_at (self, i) != NULL; i++)
    if (line_at (self, i)->row != NULL && line_at (self, i)->i == row)
      {
        self->cursor = i;
        cursor_moved (self);
        return;
      }
}

void
viewer_medication_bars_select_near (ViewerMedicationBars *self, guint row)
{
  guint found = G_MAXUINT;

  for (guint i = 0; line_at (self, i) != NULL; i++)
    if (line_at (self, i)->row != NULL && (found == G_MAXUINT || line_at (self, found)->i < row))
      found = i;
  self->cursor = found != G_MAXUINT ? found : 0;
  cursor_moved (self);
}

static int
rows_of_page (ViewerMedicationBars *self)
{
  const ViewerBarLine *line = line_at (self, self->cursor);

  if (line == NULL || line->height < 1)
    return 1;
  return MAX ((int) (gtk_widget_get_height (GTK_WIDGET (self)) / line->height) - 2, 1);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             ViewerMedicationBars *self)
{
  int all = self->picture != NULL ? (int) self->picture->lines->len : 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || all == 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (self, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (self, 1);
      return TRUE;
    case GDK_KEY_Home:
      move (self, -all);
      return TRUE;
    case GDK_KEY_End:
      move (self, all);
      return TRUE;
    case GDK_KEY_Page_Up:
      move (self, -rows_of_page (self));
      return TRUE;
    case GDK_KEY_Page_Down:
      move (self, rows_of_page (self));
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
pressed (GtkGestureClick *click, int n_press, double x, double y, ViewerMedicationBars *self)
{
  ViewerPen pen = viewer_medication_bars_pen (self);
  double at = y - viewer_bars_header_height (&pen) + viewer_medication_bars_offset (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (y < viewer_bars_header_height (&pen))
    return;
  for (guint i = 0; line_at (self, i) != NULL; i++)
    {
      const ViewerBarLine *line = line_at (self, i);

      if (line->heading != NULL || at < line->y || at >= line->y + line->height)
        continue;
      self->cursor = i;
      cursor_moved (self);
      if (n_press == 2)
        g_signal_emit_by_name (self, "activated");
      return;
    }
}

void
viewer_medication_bars_add_controllers (ViewerMedicationBars *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
