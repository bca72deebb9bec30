/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-sheet-private.h"

#include <string.h>

#include "disc-date.h"

#define HEADING_HEIGHT 21 /* px at 100 % */
#define SURELY_FITS 7     /* characters in the narrowest column */

#define DPI_100 (96 * 1024)

/* ---- measures ------------------------------------------------------------------------------- */

int
viewer_lab_part_px (ViewerLabPart part)
{
  static const int widths[VIEWER_LAB_N_FIXED] = { 116, 98, 90, 72 };

  return widths[part];
}

int
viewer_lab_sheet_scaled (ViewerLabSheet *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

/* In a narrow window the picture of the movement gives its room to the samples. */
int
viewer_lab_sheet_part_width (ViewerLabSheet *self, guint part)
{
  int all = 0;

  for (guint i = 0; i < VIEWER_LAB_N_FIXED; i++)
    all += viewer_lab_sheet_scaled (self, viewer_lab_part_px (i));
  if (part == VIEWER_LAB_PART_TREND && gtk_widget_get_width (GTK_WIDGET (self)) < 2 * all)
    return 0;
  return viewer_lab_sheet_scaled (self, viewer_lab_part_px (part));
}

int
viewer_lab_sheet_fixed_x (ViewerLabSheet *self, guint part)
{
  int x = 0;

  for (guint i = 0; i < part; i++)
    x += viewer_lab_sheet_part_width (self, i);
  return x;
}

int
viewer_lab_sheet_samples_width (ViewerLabSheet *self)
{
  return (int) self->samples->len * viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH) +
         viewer_lab_sheet_scaled (self, VIEWER_LAB_DIFFERENCE_WIDTH) +
         viewer_lab_sheet_scaled (self, VIEWER_LAB_AFTER_WIDTH);
}

/* Width of a sample column: what is left over is shared, so that the sheet fills its card. */
double
viewer_lab_sheet_sample_width (ViewerLabSheet *self)
{
  int spare = gtk_widget_get_width (GTK_WIDGET (self)) -
              viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) -
              viewer_lab_sheet_samples_width (self);

  if (spare <= 0 || self->samples->len == 0)
    return viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH);
  return viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH) +
         MIN ((double) spare / self->samples->len,
              viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH) / 2.0);
}

double
viewer_lab_sheet_offset (GtkAdjustment *adjustment)
{
  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

double
viewer_lab_sheet_sample_x (ViewerLabSheet *self, guint sample)
{
  return viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED) +
         sample * viewer_lab_sheet_sample_width (self) -
         viewer_lab_sheet_offset (self->hadjustment);
}

PangoLayout *
viewer_lab_sheet_get_layout (ViewerLabSheet *self)
{
  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  return self->layout;
}

void
viewer_lab_sheet_set_text (ViewerLabSheet *self, const char *text, ViewerSpanStyle style, int width)
{
  PangoLayout *layout = viewer_lab_sheet_get_layout (self);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  viewer_span_style_apply (GTK_WIDGET (self), style, attributes, 0, G_MAXUINT);
  viewer_span_style_keep (style, attributes, 0, text);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, width > 0 ? width * PANGO_SCALE : -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
}

/* What fits without wrapping is not measured: shaping every text of a long chart takes seconds. */
static int
text_height (ViewerLabSheet *self, const char *text, ViewerSpanStyle style, int width)
{
  int height;

  if (text == NULL || g_utf8_strlen (text, -1) <= SURELY_FITS)
    return 0;
  viewer_lab_sheet_set_text (self, text, style, width);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), NULL, &height);
  return height;
}

/* Long values are written smaller (design.md) and take the lines they need. */
ViewerSpanStyle
viewer_lab_sheet_value_style (const char *text)
{
  return g_utf8_strlen (text, -1) > 8 ? VIEWER_SPAN_SMALL : 0;
}

static int
line_height (ViewerLabSheet *self, guint r)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, r);
  int inner = viewer_lab_sheet_scaled (self, VIEWER_LAB_SAMPLE_WIDTH - 2 * VIEWER_LAB_PADDING);
  int height =
      MAX (text_height (self, row->name, 0,
                        viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_NAME) -
                                                           2 * VIEWER_LAB_PADDING)),
           text_height (self, row->unit, VIEWER_SPAN_SMALL | VIEWER_SPAN_UNIT,
                        viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_UNIT) -
                                                           VIEWER_LAB_PADDING)));

  height =
      MAX (height,
           text_height (self, row->range, VIEWER_SPAN_SMALL,
                        viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_RANGE) -
                                                           VIEWER_LAB_PADDING)));
  for (guint i = 0; i < self->samples->len; i++)
    {
      const ViewerLabCell *cell =
          viewer_lab_sheet_model_cell (self->model, r, g_array_index (self->samples, guint, i));

      if (cell != NULL && cell->value != NULL)
        height = MAX (height, text_height (self, cell->value,
                                           viewer_lab_sheet_value_style (cell->value), inner));
    }
  return MAX (height + viewer_lab_sheet_scaled (self, 4),
              viewer_lab_sheet_scaled (self, VIEWER_LAB_ROW_HEIGHT));
}

/* ---- what is shown -------------------------------------------------------------------------- */

static gboolean
has_cell (ViewerLabSheet *self, guint row)
{
  for (guint i = 0; i < self->samples->len; i++)
    if (viewer_lab_sheet_model_cell (self->model, row, g_array_index (self->samples, guint, i)) !=
        NULL)
      return TRUE;
  return FALSE;
}

void
viewer_lab_sheet_choose_samples (ViewerLabSheet *self)
{
  g_array_set_size (self->samples, 0);
  for (guint c = 0; self->model != NULL && c < viewer_lab_sheet_model_n_columns (self->model); c++)
    {
      const char *at = viewer_lab_sheet_model_column_at (self->model, c);

      /* A sample without a time belongs to every period: it could be new. */
      if (at == NULL || self->from == NULL || disc_date_compare (at, self->from) >= 0)
        g_array_append_val (self->samples, c);
    }
}

void
viewer_lab_sheet_layout_lines (ViewerLabSheet *self)
{
  const char *heading = NULL;
  int y = 0;

  g_array_set_size (self->lines, 0);
  for (guint r = 0; self->model != NULL && r < viewer_lab_sheet_model_n_rows (self->model); r++)
    {
      const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, r);
      ViewerLabLine line = { NULL, r, y, 0 };

      if (!has_cell (self, r))
        continue;
      if (g_strcmp0 (row->heading, heading) != 0 && row->heading[0] != '\0')
        {
          ViewerLabLine above = { row->heading, r, y,
                                  viewer_lab_sheet_scaled (self, HEADING_HEIGHT) };

          g_array_append_val (self->lines, above);
          y += above.height;
        }
      heading = row->heading;
      line.y = y;
      line.height = line_height (self, r);
      g_array_append_val (self->lines, line);
      y += line.height;
    }
  self->height = y;
}
