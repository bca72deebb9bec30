/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-draw.h"

#include "viewer-text.h"

/* px at 100 % */
#define LANE_HEIGHT 22
#define BAR_HEIGHT 19
#define TEXT_PADDING 4
#define QUESTION_WIDTH 18

/* Part of a day: what is shorter is the rounding of a time. */
#define SLIVER 0.02

typedef struct
{
  const ViewerBarsPicture *picture;
  ViewerPen *pen;
  const ViewerBarLine *line;
  double y, height;
} Place;

static Place
place_of (const ViewerBarsPicture *self, ViewerPen *pen, const ViewerBarLine *line, double y,
          guint lane)
{
  return (Place){ .picture = self,
                  .pen = pen,
                  .line = line,
                  .y = (int) (y + lane * LANE_HEIGHT * pen->scale),
                  .height = (int) (BAR_HEIGHT * pen->scale) };
}

static double
x_of (const Place *place, double time)
{
  return (int) viewer_bars_x (place->picture, time);
}

/* Text as far as it fits whole: dose and usage, else the dose, else nothing; the name before the
 * bars has all of it. */
static void
draw_text (const Place *place, const ViewerBar *bar, double left, double right)
{
  const ViewerSpanStyle style =
      VIEWER_SPAN_SMALL | (bar->is_struck ? VIEWER_SPAN_STRUCK | VIEWER_SPAN_INK3 : 0);
  const double padding = TEXT_PADDING * place->pen->scale;

  left = MAX (left, place->picture->name_width);
  right = MIN (right, place->picture->width);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = viewer_bar_text (bar, place->line->row, i == 0);
      double width, height;

      viewer_pen_measure (place->pen, text, style, -1, &width, &height);
      if (width + 2 * padding > right - left)
        continue;
      viewer_pen_text (place->pen, text, style, left + padding,
                       place->y + (place->height - height) / 2, -1);
      return;
    }
}

static void
draw_solid (const Place *place, const ViewerBar *bar, double from, double to)
{
  double left = x_of (place, from);
  double right = MAX (x_of (place, to), left + 3);

  if (to - from <= 0)
    return;
  viewer_pen_fill (place->pen, bar->is_cancelled ? VIEWER_PEN_SURFACE : VIEWER_PEN_BAR, left,
                   place->y, right - left, place->height);
  viewer_pen_frame (place->pen, bar->is_struck ? VIEWER_PEN_INK3 : VIEWER_PEN_BAR_LINE, left,
                    place->y, right - left, place->height, 1, FALSE);
}

/* What goes on and cannot be confirmed. */
static void
draw_dashed (const Place *place, const ViewerBar *bar, double from, double to)
{
  double left = x_of (place, from);

  if (to - from <= SLIVER)
    return;
  /* On hatching the dashes are seen on a plain line. */
  if (from >= place->picture->span.disc)
    viewer_pen_frame (place->pen, VIEWER_PEN_SURFACE, left - 1, place->y - 1,
                      x_of (place, to) - left + 2, place->height + 2, 3, FALSE);
  viewer_pen_frame (place->pen, bar->is_struck ? VIEWER_PEN_INK3 : VIEWER_PEN_BAR_LINE, left,
                    place->y, x_of (place, to) - left, place->height, 1, TRUE);
}

/* Stands on a plain patch, on hatching too. */
static void
draw_question (const Place *place, double left, double right)
{
  double width, height;

  viewer_pen_measure (place->pen, "?", VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG, -1, &width, &height);
  viewer_pen_fill (place->pen, VIEWER_PEN_SURFACE, left, place->y, right - left, place->height);
  viewer_pen_frame (place->pen, VIEWER_PEN_INK2, left, place->y, right - left, place->height, 1,
                    TRUE);
  viewer_pen_text (place->pen, "?", VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG,
                   left + (right - left - width) / 2, place->y + (place->height - height) / 2, -1);
}

/* A line through the bar, and × where it was stopped. */
static void
draw_strike (const Place *place, const ViewerBar *bar)
{
  double middle = place->y + place->height / 2;
  double end = x_of (place, MIN (bar->to, place->picture->span.disc));
  double width, height, x;

  viewer_pen_line (place->pen, VIEWER_PEN_INK2, x_of (place, bar->from), middle, end, middle, 1,
                   FALSE);
  if (!bar->has_stop || bar->stop < place->picture->span.from)
    return;
  viewer_pen_measure (place->pen, "×", VIEWER_SPAN_STRONG, -1, &width, &height);
  x = MIN (x_of (place, bar->stop) + 1, place->picture->width - width);
  viewer_pen_fill (place->pen, VIEWER_PEN_SURFACE, x, place->y + 2, width, place->height - 4);
  viewer_pen_text (place->pen, "×", VIEWER_SPAN_STRONG, x, place->y + (place->height - height) / 2,
                   -1);
}

/* How long it goes on is not said: the mark at the end of what is drawn. Where that is the disc,
 * the mark stands behind it. */
static gboolean
has_end_mark (const Place *place, const ViewerBar *bar)
{
  double disc = place->picture->span.disc;

  return bar->kind == VIEWER_BAR_OPEN && !bar->is_struck && bar->from < disc && bar->to < disc;
}

static double
end_mark_width (const Place *place)
{
  return QUESTION_WIDTH * place->pen->scale;
}

/* Within the bar, or behind it where it is short. */
static void
draw_open_end (const Place *place, const ViewerBar *bar)
{
  double right = x_of (place, bar->to);
  double width = end_mark_width (place);

  if (!has_end_mark (place, bar))
    return;
  if (right - x_of (place, bar->from) >= 2 * width)
    draw_question (place, right - width, right);
  else
    draw_question (place, right, right + width);
}

static void
draw_days (const Place *place, const ViewerBar *bar)
{
  double disc = place->picture->span.disc;
  double shown = bar->from < disc ? MIN (bar->to, disc) : bar->to;

  if (bar->from < disc)
    {
      draw_solid (place, bar, bar->from, MIN (bar->solid, disc));
      draw_dashed (place, bar, bar->solid, MIN (bar->to, disc));
    }
  if (!bar->is_struck)
    draw_dashed (place, bar, MAX (bar->from, disc), bar->to);
  if (bar->from >= disc)
    viewer_pen_fill (place->pen, VIEWER_PEN_SURFACE, x_of (place, bar->from) + 2, place->y + 2,
                     x_of (place, bar->to) - x_of (place, bar->from) - 4, place->height - 4);
  draw_text (place, bar, x_of (place, bar->from),
             x_of (place, shown) - (has_end_mark (place, bar) ? end_mark_width (place) : 0));
}

static void
draw_dose (const Place *place, const ViewerBar *bar)
{
  double left = x_of (place, bar->from);
  double right = MAX (x_of (place, bar->to), left + 4);

  if (bar->from >= place->picture->span.disc)
    {
      if (!bar->is_struck)
        draw_question (place, left, MAX (right, left + QUESTION_WIDTH * place->pen->scale));
      return;
    }
  draw_solid (place, bar, bar->from, bar->to);
  draw_text (place, bar, left, right);
}

static void
draw_unsure (const Place *place, const ViewerBar *bar, gboolean is_alone)
{
  double left = x_of (place, bar->from);
  double right = MAX (x_of (place, bar->to), left + QUESTION_WIDTH * place->pen->scale);

  draw_question (place, left, right);
  if (is_alone)
    draw_text (place, bar, right, x_of (place, place->picture->span.disc));
}

static void
draw_bar (const Place *place, const ViewerBar *bar)
{
  switch (bar->kind)
    {
    case VIEWER_BAR_DOSE:
      draw_dose (place, bar);
      break;
    case VIEWER_BAR_UNSURE:
      draw_unsure (place, bar, place->line->bars->len == 1);
      break;
    case VIEWER_BAR_DAYS:
    case VIEWER_BAR_OPEN:
    default:
      draw_days (place, bar);
      draw_open_end (place, bar);
      break;
    }
  if (bar->is_struck)
    draw_strike (place, bar);
}

/* A drug that goes on, on days that nobody can tell from this disc: to be asked. */
static gboolean
is_to_be_asked (const ViewerBarLine *line)
{
  gboolean is_told = FALSE;

  if (!line->row->is_current)
    return FALSE;
  for (guint i = 0; i < line->row->lines->len; i++)
    {
      const ViewerMedication *one = g_ptr_array_index (line->row->lines, i);

      if (one->entry->record->status == DISC_STATUS_ON_HOLD)
        return TRUE;
    }
  for (guint i = 0; i < line->bars->len; i++)
    {
      const ViewerBar *bar = &g_array_index (line->bars, ViewerBar, i);

      is_told |= bar->line == line->row->head &&
                 (bar->kind == VIEWER_BAR_DAYS || bar->kind == VIEWER_BAR_DOSE);
    }
  return !is_told;
}

/* A row whose bars all lie before what is shown says when the last began. */
static void
draw_before (const Place *place)
{
  const ViewerMedication *head = place->line->row->head;
  const char *at = head->start != NULL ? head->start : viewer_item_at (head->entry, head->item);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  double width, height;

  if (at == NULL || viewer_bar_has_no_bar (head))
    return;
  day = viewer_text_short_day (at, place->picture->now);
  text = g_strconcat ("◀ ", day, NULL);
  viewer_pen_measure (place->pen, text, VIEWER_SPAN_SMALL, -1, &width, &height);
  viewer_pen_fill (place->pen, VIEWER_PEN_SURFACE, place->picture->name_width + 2, place->y,
                   width + 2 * TEXT_PADDING * place->pen->scale, place->height);
  viewer_pen_text (place->pen, text, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
                   place->picture->name_width + TEXT_PADDING * place->pen->scale,
                   place->y + (place->height - height) / 2, -1);
}

void
viewer_bars_draw_bars (const ViewerBarsPicture *self, ViewerPen *pen, const ViewerBarLine *line,
                       double y)
{
  for (guint i = 0; i < line->bars->len; i++)
    {
      const ViewerBar *bar = &g_array_index (line->bars, ViewerBar, i);
      Place place = place_of (self, pen, line, y, bar->lane);

      draw_bar (&place, bar);
    }
  if (line->bars->len == 0)
    {
      Place place = place_of (self, pen, line, y, 0);

      draw_before (&place);
    }
  if (is_to_be_asked (line))
    {
      Place place = place_of (self, pen, line, y, 0);
      double left = x_of (&place, self->span.disc) + 6 * pen->scale;

      draw_question (&place, left, left + QUESTION_WIDTH * pen->scale);
    }
}
