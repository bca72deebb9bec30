/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-paper.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* As the viewer has it; then what other systems have for Japanese. What a font lacks is taken from
 * any other one by fontconfig. */
#define FAMILIES "IPAexGothic,Noto Sans CJK JP,Noto Sans JP,IPAGothic,Yu Gothic,sans-serif"

#define HEAD_TOP 28.0
#define HEAD_LINES 3     /* of the name of a hospital; all of it stands on the first page */
#define GAP 10.0         /* below the head, above the foot */
#define FOOT_HEIGHT 40.0 /* from the lower edge to the line above the foot */
#define WHICH_WIDTH 0.6  /* of the width of the head */
#define MAX_PIECE 1000   /* characters */
#define LINE_INK 0.35    /* of the lines around cells */
#define LEADING 1.35     /* of the size: gothic fonts have no room of their own between lines */

struct _ImpPaper
{
  cairo_t *cr;
  PangoFontMap *fonts;
  PangoContext *context;
  const ImpPaperFrame *frame;
  double top;   /* below the head */
  double begin; /* from where there is nothing that a new sheet would leave behind */
  double y;
  guint page;
  guint64 n_unknown;
};

static const ImpPaperLook frame_look = { .size = 8, .ink = 0.2 };

/* ---- lines of text -------------------------------------------------------------------------- */

static PangoRectangle
line_extents (PangoLayoutLine *line)
{
  PangoRectangle logical;

  pango_layout_line_get_extents (line, NULL, &logical);
  return logical;
}

static double
line_height (PangoLayoutLine *line, const ImpPaperLook *look)
{
  return MAX ((double) line_extents (line).height / PANGO_SCALE, look->size * LEADING);
}

static void
count_unknown (ImpPaper *self, PangoLayoutLine *line)
{
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      const PangoGlyphString *glyphs = ((const PangoGlyphItem *) l->data)->glyphs;

      for (int i = 0; i < glyphs->num_glyphs; i++)
        if ((glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
          self->n_unknown++;
    }
}

/* @width: that the line is aligned in. Returns: its height */
static double
draw_line (ImpPaper *self, PangoLayoutLine *line, const ImpPaperLook *look, double x, double y,
           double width, double align)
{
  PangoRectangle logical = line_extents (line);
  double height = line_height (line, look);
  double above = (height - (double) logical.height / PANGO_SCALE) / 2;

  cairo_set_source_rgb (self->cr, look->ink, look->ink, look->ink);
  cairo_move_to (self->cr, x + (width - (double) logical.width / PANGO_SCALE) * align,
                 y + above - (double) logical.y / PANGO_SCALE);
  pango_cairo_show_layout_line (self->cr, line);
  count_unknown (self, line);
  return height;
}

/* Returns: the height of all lines */
static double
draw_layout (ImpPaper *self, PangoLayout *layout, const ImpPaperLook *look, double x, double y,
             double width, double align)
{
  double height = 0;

  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    height += draw_line (self, l->data, look, x, y + height, width, align);
  return height;
}

/* (transfer full): in pieces that Pango breaks into lines one by one, as the time that it takes
 * grows with the square of their length. Where one ends, a line does, between characters. */
static char *
cut_text (const char *text)
{
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (n++ >= MAX_PIECE && !g_unichar_ismark (c))
        {
          g_string_append_c (out, '\n');
          n = 1;
        }
      g_string_append_unichar (out, c == '\n' ? ' ' : c);
    }
  return g_string_free (out, FALSE);
}

PangoLayout *
imp_paper_layout (ImpPaper *self, const char *text, const ImpPaperLook *look, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FAMILIES);
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *pieces = cut_text (valid);

  pango_font_description_set_absolute_size (font, look->size * PANGO_SCALE);
  if (look->is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  /* A hyphen where a long name is broken would be read as a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, pieces, -1);
  return layout;
}

double
imp_paper_layout_height (PangoLayout *layout, const ImpPaperLook *look)
{
  double height = 0;

  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    height += line_height (l->data, look);
  return height;
}

/* ---- sheets --------------------------------------------------------------------------------- */

static double
bottom (void)
{
  return IMP_PAPER_HEIGHT - FOOT_HEIGHT - GAP;
}

static void
draw_rule (ImpPaper *self, double y)
{
  cairo_set_source_rgb (self->cr, 0.4, 0.4, 0.4);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, IMP_PAPER_LEFT, y);
  cairo_line_to (self->cr, IMP_PAPER_LEFT + IMP_PAPER_INNER_WIDTH, y);
  cairo_stroke (self->cr);
}

/* Returns: where it ends */
static double
draw_head (ImpPaper *self)
{
  double right_width = IMP_PAPER_INNER_WIDTH * WHICH_WIDTH;
  double left_width = IMP_PAPER_INNER_WIDTH - right_width - GAP;
  g_autofree char *valid = g_utf8_make_valid (self->frame->whose, -1);
  g_autofree char *name = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_PIECE));
  g_autoptr (PangoLayout) whose = imp_paper_layout (self, name, &frame_look, left_width);
  g_autoptr (PangoLayout) which =
      imp_paper_layout (self, self->frame->which, &frame_look, right_width);
  double left, right;

  pango_layout_set_height (whose, -HEAD_LINES);
  pango_layout_set_ellipsize (whose, PANGO_ELLIPSIZE_END);
  left = draw_layout (self, whose, &frame_look, IMP_PAPER_LEFT, HEAD_TOP, left_width, 0);
  right = draw_layout (self, which, &frame_look, IMP_PAPER_LEFT + left_width + GAP, HEAD_TOP,
                       right_width, 1);
  return HEAD_TOP + MAX (left, right) + 2;
}

static void
draw_foot (ImpPaper *self)
{
  const struct
  {
    const char *text;
    double align;
  } parts[] = { { self->frame->printed, 0 }, { self->frame->title, 0.5 }, { NULL, 1 } };
  /* Translators: at the foot of a sheet: its number and that of all sheets */
  g_autofree char *number = g_strdup_printf (_("Page %u / %u"), self->page, self->frame->n_pages);
  double y = IMP_PAPER_HEIGHT - FOOT_HEIGHT;

  draw_rule (self, y);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (PangoLayout) layout =
          imp_paper_layout (self, parts[i].text != NULL ? parts[i].text : number, &frame_look, -1);

      draw_layout (self, layout, &frame_look, IMP_PAPER_LEFT, y + 3, IMP_PAPER_INNER_WIDTH,
                   parts[i].align);
    }
}

static void
begin_sheet (ImpPaper *self)
{
  double y;

  self->page++;
  y = draw_head (self);
  draw_rule (self, y);
  draw_foot (self);
  self->top = y + GAP;
  self->begin = self->top;
  self->y = self->top;
}

ImpPaper *
imp_paper_new (cairo_surface_t *surface, const ImpPaperFrame *frame)
{
  ImpPaper *self = g_new0 (ImpPaper, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->frame = frame;
  self->cr = cairo_create (surface);
  self->fonts = pango_cairo_font_map_new ();
  self->context = pango_font_map_create_context (self->fonts);
  /* Shapes as they are, not as a screen would have them. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  /* Han characters in their Japanese shapes, in a report in English too. */
  pango_context_set_language (self->context, pango_language_from_string ("ja"));
  begin_sheet (self);
  return self;
}

void
imp_paper_free (ImpPaper *self)
{
  cairo_show_page (self->cr);
  cairo_destroy (self->cr);
  g_object_unref (self->context);
  g_object_unref (self->fonts);
  g_free (self);
}

guint
imp_paper_page (const ImpPaper *self)
{
  return self->page;
}

guint64
imp_paper_n_unknown (const ImpPaper *self)
{
  return self->n_unknown;
}

double
imp_paper_room (const ImpPaper *self)
{
  return bottom () - self->y;
}

void
imp_paper_skip (ImpPaper *self, double height)
{
  if (self->y > self->begin)
    self->y = MIN (self->y + height, bottom ());
}

void
imp_paper_hold (ImpPaper *self)
{
  self->begin = self->y;
}

gboolean
imp_paper_break (ImpPaper *self)
{
  if (self->y <= self->begin)
    return FALSE;
  cairo_show_page (self->cr);
  begin_sheet (self);
  return TRUE;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* Lines of a cell that go on this sheet: those before @end. */
typedef struct
{
  GSList *next;
  GSList *end;
} Piece;

static gboolean
is_left (const Piece *pieces, guint n)
{
  for (guint i = 0; i < n; i++)
    if (pieces[i].next != NULL)
      return TRUE;
  return FALSE;
}

/* Takes the lines that fit in @room; at least one of each cell, as otherwise there would be no end.
 * Returns: the height of the row with them */
static double
cut_pieces (const ImpPaperCell *cells, Piece *pieces, guint n, double room)
{
  double most = 0;

  for (guint i = 0; i < n; i++)
    {
      double height = 2 * cells[i].look->pad_y;

      pieces[i].end = pieces[i].next;
      while (pieces[i].end != NULL)
        {
          double line = line_height (pieces[i].end->data, cells[i].look);

          if (pieces[i].end != pieces[i].next && height + line > room)
            break;
          height += line;
          pieces[i].end = pieces[i].end->next;
        }
      most = MAX (most, height);
    }
  return most;
}

static void
draw_rectangle (ImpPaper *self, double x, double width, double height, double line, double ink)
{
  if (line <= 0)
    return;
  cairo_set_source_rgb (self->cr, ink, ink, ink);
  cairo_set_line_width (self->cr, line);
  cairo_rectangle (self->cr, x, self->y, width, height);
  cairo_stroke (self->cr);
}

static void
draw_grounds (ImpPaper *self, const ImpPaperCell *cells, guint n, double height, double frame)
{
  double x = IMP_PAPER_LEFT;

  for (guint i = 0; i < n; x += cells[i].width, i++)
    {
      double ground = cells[i].look->ground;

      if (ground < 1)
        {
          cairo_set_source_rgb (self->cr, ground, ground, ground);
          cairo_rectangle (self->cr, x, self->y, cells[i].width, height);
          cairo_fill (self->cr);
        }
      draw_rectangle (self, x, cells[i].width, height, cells[i].look->line, LINE_INK);
    }
  draw_rectangle (self, IMP_PAPER_LEFT, x - IMP_PAPER_LEFT, height, frame, 0);
}

static void
draw_pieces (ImpPaper *self, const ImpPaperCell *cells, Piece *pieces, guint n)
{
  double x = IMP_PAPER_LEFT;

  for (guint i = 0; i < n; x += cells[i].width, i++)
    {
      const ImpPaperLook *look = cells[i].look;
      double y = self->y + look->pad_y;

      for (; pieces[i].next != pieces[i].end; pieces[i].next = pieces[i].next->next)
        y += draw_line (self, pieces[i].next->data, look, x + look->pad_x, y,
                        cells[i].width - 2 * look->pad_x, cells[i].is_right ? 1 : 0);
    }
}

double
imp_paper_row_height (const ImpPaperCell *cells, guint n_cells)
{
  double height = 0;

  for (guint i = 0; i < n_cells; i++)
    height = MAX (height, imp_paper_layout_height (cells[i].layout, cells[i].look) +
                              2 * cells[i].look->pad_y);
  return height;
}

static void
turn (ImpPaper *self, ImpPaperContinue repeat, gpointer data)
{
  cairo_show_page (self->cr);
  begin_sheet (self);
  if (repeat != NULL)
    repeat (self, data);
  self->begin = self->y;
}

void
imp_paper_row (ImpPaper *self, const ImpPaperCell *cells, guint n_cells, double frame,
               ImpPaperContinue repeat, gpointer data)
{
  g_autofree Piece *pieces = g_new0 (Piece, n_cells);

  for (guint i = 0; i < n_cells; i++)
    pieces[i].next = pango_layout_get_lines_readonly (cells[i].layout);
  if (self->y > self->begin && imp_paper_row_height (cells, n_cells) > imp_paper_room (self))
    turn (self, repeat, data);
  while (is_left (pieces, n_cells))
    {
      double height = cut_pieces (cells, pieces, n_cells, imp_paper_room (self));

      draw_grounds (self, cells, n_cells, height, frame);
      draw_pieces (self, cells, pieces, n_cells);
      self->y += height;
      if (is_left (pieces, n_cells))
        turn (self, repeat, data);
    }
}

void
imp_paper_text (ImpPaper *self, const char *text, const ImpPaperLook *look)
{
  g_autoptr (PangoLayout) layout =
      imp_paper_layout (self, text, look, IMP_PAPER_INNER_WIDTH - 2 * look->pad_x);
  const ImpPaperCell cell = { layout, look, IMP_PAPER_INNER_WIDTH, FALSE };

  imp_paper_row (self, &cell, 1, 0, NULL, NULL);
}
