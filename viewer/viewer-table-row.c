/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-table-row.h"

#include <string.h>

#include "viewer-accessible.h"
#include "viewer-span-style.h"
#include "viewer-theme.h"

/* pango: 1024 units a point, and 96 dpi are 100 %. */
#define DPI_100 (96 * 1024)

/* At 100 %. */
#define CELL_PADDING_X 8
#define CELL_PADDING_Y 3
#define BOX_PADDING_X 5
#define BOX_PADDING_Y 2
#define LINE_GAP 2
#define PIECE_GAP 6
#define LEAST_HEIGHT 25
#define LEAST_HEIGHT_DENSE 22

/* To this part of the width that its columns ask for; columns up to so many px (at 100 %) do not.
 */
#define SHRINKS_TO 3
#define NARROW 110

#define LINE_SPACING 1.25

/* A run of text, or a word in a box; placed by place_pieces(). */
typedef struct
{
  guint column;
  guint line;
  ViewerSpanStyle style;
  PangoLayout *layout;
  int natural_width; /* in one line, without the padding of a box */
  int x, y, width, height;
} Piece;

struct _ViewerTableRow
{
  GtkWidget parent_instance;

  const ViewerTableColumns *columns;
  ViewerRow *row;
  PangoLayout *heading;
  int heading_height;
  GArray *pieces;
  int placed_width; /* for which the pieces have been placed; -1: none */
  int cells_height;
  gboolean is_selected;
};

G_DEFINE_FINAL_TYPE (ViewerTableRow, viewer_table_row, GTK_TYPE_WIDGET)

void
viewer_table_columns_init (ViewerTableColumns *self, const ViewerTableColumn *columns, guint n)
{
  self->columns = g_memdup2 (columns, sizeof *columns * n);
  self->n = n;
  for (guint c = 0; c < n; c++)
    self->columns[c].title = g_strdup (columns[c].title);
}

void
viewer_table_columns_clear (ViewerTableColumns *self)
{
  for (guint c = 0; c < self->n; c++)
    g_free ((char *) self->columns[c].title);
  g_clear_pointer (&self->columns, g_free);
  self->n = 0;
}

static void
piece_clear (gpointer piece)
{
  g_clear_object (&((Piece *) piece)->layout);
}

/* ---- columns -------------------------------------------------------------------------------- */

static int
scaled (ViewerTableRow *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

static int
least_width (ViewerTableRow *self)
{
  int width = 0;

  for (guint c = 0; c < self->columns->n; c++)
    width += scaled (self, self->columns->columns[c].width);
  return width;
}

/* Width of the columns that keep it: times, numbers and marks read badly when they wrap. */
static int
kept_width (ViewerTableRow *self)
{
  int width = 0;

  for (guint c = 0; c < self->columns->n; c++)
    if (self->columns->columns[c].width <= NARROW)
      width += scaled (self, self->columns->columns[c].width);
  return width;
}

/* Where there is less room than the columns want, the wide ones give way alike: text wraps more,
 * but nothing is scrolled out of sight. */
static int
column_width (ViewerTableRow *self, const ViewerTableColumn *column, int total)
{
  int width = scaled (self, column->width);
  int least = least_width (self);
  int kept = kept_width (self);

  if (total >= least || column->width <= NARROW || least == kept)
    return width;
  return (int) ((gint64) width * MAX (total - kept, 1) / (least - kept));
}

/* Left edge and width of a column when the row is @total wide. */
static void
column_extent (ViewerTableRow *self, guint column, int total, int *x, int *width)
{
  int spare = MAX (total - least_width (self), 0);
  int n_expanding = 0;
  int passed = 0;

  for (guint c = 0; c < self->columns->n; c++)
    n_expanding += self->columns->columns[c].expands ? 1 : 0;
  *x = 0;
  for (guint c = 0;; c++)
    {
      *width = column_width (self, &self->columns->columns[c], total);
      if (self->columns->columns[c].expands)
        {
          /* Whole pixels without a gap: each takes what is left to its share. */
          *width += spare * (passed + 1) / n_expanding - spare * passed / n_expanding;
          passed++;
        }
      if (c == column)
        return;
      *x += *width;
    }
}

/* ---- pieces --------------------------------------------------------------------------------- */

static PangoLayout *
layout_new (ViewerTableRow *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, LINE_SPACING);
  return layout;
}

static void
finish_piece (ViewerTableRow *self, Piece *piece, const GString *text, PangoAttrList *attributes)
{
  piece->layout = layout_new (self);
  pango_layout_set_text (piece->layout, text->str, (int) text->len);
  pango_layout_set_attributes (piece->layout, attributes);
  pango_layout_get_pixel_size (piece->layout, &piece->natural_width, NULL);
  g_array_append_vals (self->pieces, piece, 1);
}

/* What goes to the next row whole when the rest of its own is too short for it. */
static gboolean
stays_whole (ViewerSpanStyle style)
{
  return viewer_span_style_is_box (style) || (style & VIEWER_SPAN_UNIT) != 0;
}

/* Words of one line that stay whole for no reason are one run of text, so that they wrap together.
 */
static void
build_cell_pieces (ViewerTableRow *self, guint column)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  Piece run = { .column = column };

  for (guint i = 0; i < viewer_row_n_spans (self->row); i++)
    {
      const ViewerSpan *span = viewer_row_get_span (self->row, i);
      ViewerSpanStyle style = viewer_span_style_parse (span->css);
      gboolean is_apart = stays_whole (style) || (style & VIEWER_SPAN_BELOW) != 0;
      guint start;

      if (span->column != column)
        continue;
      if (text->len > 0 && (is_apart || span->line != run.line || run.style != 0))
        {
          finish_piece (self, &run, text, attributes);
          g_string_truncate (text, 0);
          g_clear_pointer (&attributes, pango_attr_list_unref);
          attributes = pango_attr_list_new ();
        }
      if (text->len > 0)
        g_string_append (text, "  ");
      start = (guint) text->len;
      run.line = span->line;
      run.style = is_apart ? style : 0;
      g_string_append (text, span->text);
      viewer_span_style_apply (GTK_WIDGET (self), style, attributes, start, (guint) text->len);
      viewer_span_style_keep (style, attributes, start, span->text);
    }
  if (text->len > 0)
    finish_piece (self, &run, text, attributes);
}

static void
clear (ViewerTableRow *self)
{
  g_array_set_size (self->pieces, 0);
  g_clear_object (&self->heading);
  self->placed_width = -1;
}

static void
build (ViewerTableRow *self)
{
  const char *heading;

  clear (self);
  if (self->row == NULL)
    return;
  heading = viewer_row_get_heading (self->row);
  if (heading != NULL)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      self->heading = layout_new (self);
      viewer_span_style_apply (GTK_WIDGET (self), VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2, attributes,
                               0, G_MAXUINT);
      pango_layout_set_attributes (self->heading, attributes);
      pango_layout_set_text (self->heading, heading, -1);
    }
  for (guint c = 0; c < self->columns->n; c++)
    build_cell_pieces (self, c);
}

/* ---- placing -------------------------------------------------------------------------------- */

static int
box_padding (ViewerTableRow *self, const Piece *piece)
{
  if (!viewer_span_style_is_box (piece->style))
    return 0;
  return scaled (self, piece->style & VIEWER_SPAN_MARK ? 1 : BOX_PADDING_X);
}

static int
box_padding_y (ViewerTableRow *self, const Piece *piece)
{
  gboolean is_framed = (piece->style & (VIEWER_SPAN_CHIP | VIEWER_SPAN_BLOCK)) != 0;

  return is_framed ? scaled (self, BOX_PADDING_Y) : 0;
}

static int
outer_width (ViewerTableRow *self, const Piece *piece)
{
  return piece->natural_width + 2 * box_padding (self, piece);
}

/* A row of pieces is complete: they stand in the middle of its height, and at the right if wanted.
 */
static void
align_row (ViewerTableRow *self, guint first, guint end, int left, int width, int height)
{
  const Piece *last = end > first ? &g_array_index (self->pieces, Piece, end - 1) : NULL;
  int shift = 0;

  if (last != NULL && self->columns->columns[last->column].right)
    shift = MAX (left + width - (last->x + last->width), 0);
  for (guint i = first; i < end; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);

      piece->x += shift;
      piece->y += (height - piece->height) / 2;
    }
}

/* Text takes the room there is and wraps in it. */
static void
size_piece (ViewerTableRow *self, Piece *piece, int room)
{
  int padding = box_padding (self, piece);
  int text_height;

  piece->width = MIN (outer_width (self, piece), MAX (room, 1));
  pango_layout_set_width (piece->layout, outer_width (self, piece) > room
                                             ? MAX (room - 2 * padding, 1) * PANGO_SCALE
                                             : -1);
  pango_layout_get_pixel_size (piece->layout, NULL, &text_height);
  piece->height = text_height + 2 * box_padding_y (self, piece);
}

/* The pieces of one line beside each other; what does not fit begins another row. */
static int
place_line (ViewerTableRow *self, guint first, guint end, int left, int width, int y)
{
  int x = 0;
  int height = 0;

  for (guint i = first; i < end; i++)
    {
      Piece *piece = &g_array_index (self->pieces, Piece, i);
      int room = width - x;

      /* Text may use what is left of the row when that is a good part of it. */
      if (x > 0 && outer_width (self, piece) > room &&
          (stays_whole (piece->style) || room < width / 2))
        {
          align_row (self, first, i, left, width, height);
          first = i;
          y += height;
          height = 0;
          x = 0;
          room = width;
        }
      size_piece (self, piece, room);
      piece->x = left + x;
      piece->y = y;
      height = MAX (height, piece->height);
      x += piece->width + scaled (self, PIECE_GAP);
    }
  align_row (self, first, end, left, width, height);
  return y + height;
}

/* Height of one cell; its pieces begin at y = 0. */
static int
place_cell (ViewerTableRow *self, guint first, guint end, int left, int width)
{
  int y = 0;

  for (guint i = first; i < end;)
    {
      guint next = i;

      while (next < end && g_array_index (self->pieces, Piece, next).line ==
                               g_array_index (self->pieces, Piece, i).line)
        next++;
      y = place_line (self, i, next, left, width, i > first ? y + scaled (self, LINE_GAP) : y);
      i = next;
    }
  return y;
}

/* Days of a table with days are read along their upper edge. */
static gboolean
has_days (ViewerTableRow *self)
{
  for (guint c = 0; c < self->columns->n; c++)
    if (self->columns->columns[c].top)
      return TRUE;
  return FALSE;
}

static void
center_cell (ViewerTableRow *self, guint first, guint end, int height)
{
  int top = has_days (self) ? scaled (self, CELL_PADDING_Y) : (self->cells_height - height) / 2;

  for (guint i = first; i < end; i++)
    g_array_index (self->pieces, Piece, i).y += top;
}

static void
place_pieces (ViewerTableRow *self, int width)
{
  g_autofree int *heights = g_new0 (int, self->columns->n + 1);
  g_autofree guint *ends = g_new0 (guint, self->columns->n + 1);
  guint first = 0;

  if (self->placed_width == width)
    return;
  self->placed_width = width;
  self->heading_height = 0;
  if (self->heading != NULL)
    {
      pango_layout_set_width (self->heading,
                              MAX (width - 2 * scaled (self, CELL_PADDING_X), 1) * PANGO_SCALE);
      pango_layout_get_pixel_size (self->heading, NULL, &self->heading_height);
      self->heading_height += 3;
    }
  self->cells_height =
      scaled (self, gtk_widget_has_css_class (GTK_WIDGET (self), "dense") ? LEAST_HEIGHT_DENSE
                                                                          : LEAST_HEIGHT);
  for (guint c = 0; c < self->columns->n; c++)
    {
      guint end = first;
      int x, column_width;

      while (end < self->pieces->len && g_array_index (self->pieces, Piece, end).column == c)
        end++;
      column_extent (self, c, width, &x, &column_width);
      heights[c] = place_cell (self, first, end, x + scaled (self, CELL_PADDING_X),
                               column_width - 2 * scaled (self, CELL_PADDING_X));
      self->cells_height = MAX (self->cells_height, heights[c] + 2 * scaled (self, CELL_PADDING_Y));
      ends[c] = first = end;
    }
  for (guint c = 0; c < self->columns->n; c++)
    center_cell (self, c > 0 ? ends[c - 1] : 0, ends[c], heights[c]);
}

static void
viewer_table_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  ViewerTableRow *self = VIEWER_TABLE_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = least_width (self);
      *minimum = *natural / SHRINKS_TO;
      return;
    }
  place_pieces (self, for_size > 0 ? for_size : least_width (self));
  *minimum = *natural = self->heading_height + self->cells_height;
}

static GtkSizeRequestMode
viewer_table_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void
draw_heading (ViewerTableRow *self, GtkSnapshot *snapshot, int width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA sunk = viewer_theme_color (widget, "v_sunk");
  GdkRGBA line = viewer_theme_color (widget, "v_line2");
  GdkRGBA ink = viewer_span_style_color (widget, VIEWER_SPAN_INK2);

  gtk_snapshot_append_color (snapshot, &sunk,
                             &GRAPHENE_RECT_INIT (0, 0, width, self->heading_height));
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, 0, width, 1));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (scaled (self, CELL_PADDING_X), 2));
  gtk_snapshot_append_layout (snapshot, self->heading, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_band (ViewerTableRow *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA fill = viewer_theme_color (widget, "v_accent_bg");
  GdkRGBA frame = viewer_theme_color (widget, "v_accent");
  const float width[4] = { 2, 2, 2, 2 };
  const GdkRGBA colors[4] = { frame, frame, frame, frame };
  GskRoundedRect outline;

  gtk_snapshot_append_color (snapshot, &fill, area);
  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, width, colors);
}

/* Classes of a cell: after (unknown, hatched), edge (the black line of the disc), day, newest. */
static void
draw_cell (ViewerTableRow *self, GtkSnapshot *snapshot, guint column, int width, int height)
{
  const char *css = self->columns->columns[column].css;
  GtkWidget *widget = GTK_WIDGET (self);
  int x, column_width;

  if (css == NULL)
    return;
  column_extent (self, column, width, &x, &column_width);
  if (strstr (css, "newest") != NULL)
    {
      GdkRGBA sunk = viewer_theme_color (widget, "v_sunk");

      gtk_snapshot_append_color (snapshot, &sunk, &GRAPHENE_RECT_INIT (x, 0, column_width, height));
    }
  if (strstr (css, "after") != NULL)
    viewer_theme_draw_hatch (widget, snapshot, &GRAPHENE_RECT_INIT (x, 0, column_width, height));
  if (strstr (css, "day") != NULL || strstr (css, "edge") != NULL)
    {
      gboolean is_edge = strstr (css, "edge") != NULL;
      GdkRGBA line = viewer_theme_color (widget, is_edge ? "v_ink" : "v_line");

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT (x, 0, is_edge ? 2 : 1, height));
    }
}

static void
draw_piece (ViewerTableRow *self, GtkSnapshot *snapshot, const Piece *piece)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA ink = viewer_span_style_color (widget, piece->style);
  const char *css = self->columns->columns[piece->column].css;
  graphene_rect_t area = GRAPHENE_RECT_INIT (piece->x, piece->y, piece->width, piece->height);

  if (css != NULL && strstr (css, "after") != NULL)
    {
      /* Text on hatching sits on a plain patch. */
      GdkRGBA surface = viewer_theme_color (widget, "v_surface");

      gtk_snapshot_append_color (
          snapshot, &surface,
          &GRAPHENE_RECT_INIT (piece->x - 3, piece->y, piece->width + 6, piece->height));
    }
  viewer_span_style_draw_box (widget, snapshot, piece->style, &area);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (piece->x + box_padding (self, piece),
                                                          piece->y + box_padding_y (self, piece)));
  gtk_snapshot_append_layout (snapshot, piece->layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
viewer_table_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerTableRow *self = VIEWER_TABLE_ROW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->row == NULL)
    return;
  place_pieces (self, width);
  if (self->heading != NULL)
    draw_heading (self, snapshot, width);
  height -= self->heading_height;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, self->heading_height));
  if (self->is_selected)
    draw_band (self, snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (guint c = 0; c < self->columns->n; c++)
    draw_cell (self, snapshot, c, width, height);
  for (guint i = 0; i < self->pieces->len; i++)
    draw_piece (self, snapshot, &g_array_index (self->pieces, Piece, i));
  gtk_snapshot_restore (snapshot);
}

/* Colours and sizes of the text are in the layouts. */
static void
viewer_table_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (viewer_table_row_parent_class)->css_changed (widget, change);
  build (VIEWER_TABLE_ROW (widget));
  gtk_widget_queue_resize (widget);
}

static void
viewer_table_row_dispose (GObject *object)
{
  ViewerTableRow *self = VIEWER_TABLE_ROW (object);

  clear (self);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (viewer_table_row_parent_class)->dispose (object);
}

static void
viewer_table_row_finalize (GObject *object)
{
  g_array_unref (VIEWER_TABLE_ROW (object)->pieces);
  G_OBJECT_CLASS (viewer_table_row_parent_class)->finalize (object);
}

static void
viewer_table_row_class_init (ViewerTableRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_table_row_dispose;
  object_class->finalize = viewer_table_row_finalize;
  widget_class->measure = viewer_table_row_measure;
  widget_class->get_request_mode = viewer_table_row_get_request_mode;
  widget_class->snapshot = viewer_table_row_snapshot;
  widget_class->css_changed = viewer_table_row_css_changed;
  gtk_widget_class_set_css_name (widget_class, "tablerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
viewer_table_row_init (ViewerTableRow *self)
{
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->placed_width = -1;
}

GtkWidget *
viewer_table_row_new (const ViewerTableColumns *columns)
{
  ViewerTableRow *self = g_object_new (VIEWER_TYPE_TABLE_ROW, NULL);

  self->columns = columns;
  return GTK_WIDGET (self);
}

void
viewer_table_row_set (ViewerTableRow *self, ViewerRow *row)
{
  g_set_object (&self->row, row);
  build (self);
  if (row != NULL)
    {
      g_autofree char *text = viewer_row_dup_text (row);

      viewer_accessible_name (GTK_WIDGET (self), text);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

ViewerRow *
viewer_table_row_get (ViewerTableRow *self)
{
  return self->row;
}

void
viewer_table_row_set_titles (ViewerTableRow *self)
{
  g_autoptr (ViewerRow) row = viewer_row_new (0);

  for (guint c = 0; c < self->columns->n; c++)
    {
      const char *title = self->columns->columns[c].title;
      g_auto (GStrv) lines = title != NULL ? g_strsplit (title, "\n", -1) : NULL;

      for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
        {
          viewer_row_line (row, c);
          viewer_row_add (row, c, "ink3 small", lines[i]);
        }
    }
  viewer_table_row_set (self, row);
}

void
viewer_table_row_set_selected (ViewerTableRow *self, gboolean selected)
{
  if (self->is_selected == selected)
    return;
  self->is_selected = selected;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
