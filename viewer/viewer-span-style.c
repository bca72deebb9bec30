/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-span-style.h"

#include <string.h>

#include "viewer-theme.h"

/* Of the font of the widget: 12 px where body text has 14. */
#define SMALL_SCALE (12.0 / 14.0)
#define MARK_SCALE (11.0 / 14.0)

#define FULLWIDTH_SLASH 0xff0f

static const struct
{
  const char *name;
  ViewerSpanStyle style;
} names[] = {
  { "strong", VIEWER_SPAN_STRONG },
  { "small", VIEWER_SPAN_SMALL },
  { "struck", VIEWER_SPAN_STRUCK | VIEWER_SPAN_INK3 },
  { "ink2", VIEWER_SPAN_INK2 },
  { "ink3", VIEWER_SPAN_INK3 },
  { "high", VIEWER_SPAN_HIGH | VIEWER_SPAN_STRONG },
  { "low", VIEWER_SPAN_LOW | VIEWER_SPAN_STRONG },
  { "warn-text", VIEWER_SPAN_WARN },
  { "crit-text", VIEWER_SPAN_CRIT },
  { "chip", VIEWER_SPAN_CHIP | VIEWER_SPAN_SMALL },
  { "dashed", VIEWER_SPAN_DASHED | VIEWER_SPAN_INK2 },
  { "warn", VIEWER_SPAN_WARN },
  { "crit", VIEWER_SPAN_CRIT },
  { "accent", VIEWER_SPAN_ACCENT },
  { "block", VIEWER_SPAN_BLOCK | VIEWER_SPAN_STRONG },
  { "crit-block", VIEWER_SPAN_BLOCK | VIEWER_SPAN_STRONG },
  { "mark", VIEWER_SPAN_MARK | VIEWER_SPAN_INK2 },
  { "preliminary", VIEWER_SPAN_BELOW },
  { "drug", VIEWER_SPAN_DRUG },
  { "doses", VIEWER_SPAN_DOSES },
  { "unit", VIEWER_SPAN_UNIT },
  { "glued", VIEWER_SPAN_GLUED },
};

ViewerSpanStyle
viewer_span_style_parse (const char *css)
{
  g_auto (GStrv) words = css != NULL ? g_strsplit (css, " ", -1) : NULL;
  ViewerSpanStyle style = 0;

  for (guint w = 0; words != NULL && words[w] != NULL; w++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_str_equal (words[w], names[i].name))
        style |= names[i].style;
  return style;
}

/* Digits, letters and signs of units of any width. */
static gboolean
is_strength (gunichar c)
{
  static const char signs[] = ".,%/+-・．，％／μµ";

  return g_unichar_isdigit (c) || (c < 0x80 && g_ascii_isalpha ((char) c)) ||
         (c >= 0xff21 && c <= 0xff5a && g_unichar_isalpha (c)) ||
         g_utf8_strchr (signs, -1, c) != NULL;
}

gsize
viewer_span_strength_start (const char *drug)
{
  const char *end = drug + strlen (drug);
  const char *maker = strstr (drug, "「"); /* the maker's name may follow the strength */
  const char *start;
  gboolean has_digit = FALSE;

  if (maker != NULL && maker > drug)
    end = maker;
  for (start = end; start > drug;)
    {
      const char *before = g_utf8_prev_char (start);
      gunichar c = g_utf8_get_char (before);

      if (!is_strength (c))
        break;
      has_digit |= g_unichar_isdigit (c);
      start = before;
    }
  return has_digit ? (gsize) (start - drug) : strlen (drug);
}

gboolean
viewer_span_style_is_box (ViewerSpanStyle style)
{
  return (style & (VIEWER_SPAN_CHIP | VIEWER_SPAN_BLOCK | VIEWER_SPAN_MARK)) != 0;
}

static const char *
color_name (ViewerSpanStyle style)
{
  if (style & VIEWER_SPAN_BLOCK)
    return "v_crit_on";
  if (style & VIEWER_SPAN_WARN)
    return "v_warn";
  if (style & VIEWER_SPAN_CRIT)
    return "v_crit";
  if (style & VIEWER_SPAN_HIGH)
    return "v_high";
  if (style & VIEWER_SPAN_LOW)
    return "v_low";
  if (style & VIEWER_SPAN_ACCENT)
    return "v_accent";
  if (style & VIEWER_SPAN_INK3)
    return "v_ink3";
  return style & VIEWER_SPAN_INK2 ? "v_ink2" : "v_ink";
}

GdkRGBA
viewer_span_style_color (GtkWidget *widget, ViewerSpanStyle style)
{
  return viewer_theme_color (widget, color_name (style));
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

void
viewer_span_style_apply (GtkWidget *widget, ViewerSpanStyle style, PangoAttrList *attributes,
                         guint start, guint end)
{
  GdkRGBA color = viewer_span_style_color (widget, style);

  insert (attributes,
          pango_attr_foreground_new ((guint16) (color.red * 65535), (guint16) (color.green * 65535),
                                     (guint16) (color.blue * 65535)),
          start, end);
  /* At a torn "AST" a "-" would read as one of the source. */
  insert (attributes, pango_attr_insert_hyphens_new (FALSE), start, end);
  if (style & VIEWER_SPAN_STRONG)
    insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (style & VIEWER_SPAN_MARK)
    insert (attributes, pango_attr_scale_new (MARK_SCALE), start, end);
  else if (style & VIEWER_SPAN_SMALL)
    insert (attributes, pango_attr_scale_new (SMALL_SCALE), start, end);
  if (style & VIEWER_SPAN_STRUCK)
    insert (attributes, pango_attr_strikethrough_new (TRUE), start, end);
}

static void
keep_together (PangoAttrList *attributes, guint start, guint end)
{
  insert (attributes, pango_attr_allow_breaks_new (FALSE), start, end);
}

/* "2回目2・3回目1錠" cut after its first 2 would be another dose. */
static void
keep_doses (PangoAttrList *attributes, guint start, const char *text)
{
  static const char separator[] = "・";
  const char *dose = text;
  const char *end;

  while ((end = strstr (dose, separator)) != NULL)
    {
      keep_together (attributes, start + (guint) (dose - text), start + (guint) (end - text));
      dose = end + strlen (separator);
    }
  keep_together (attributes, start + (guint) (dose - text), start + (guint) strlen (text));
}

/* "x10^" and, below it, "2/uL" would be another number and another unit. */
static void
keep_unit (PangoAttrList *attributes, guint start, const char *text)
{
  const char *part = text;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (at > text && (g_utf8_get_char (at) == '/' || g_utf8_get_char (at) == FULLWIDTH_SLASH))
      {
        const char *next = g_utf8_next_char (at);

        keep_together (attributes, start + (guint) (part - text), start + (guint) (next - text));
        part = next;
      }
  keep_together (attributes, start + (guint) (part - text), start + (guint) strlen (text));
}

#define NUMBER_MAX_DIGITS 12 /* what is longer is no value: a line may end within it */

static gboolean
is_digit (gunichar c)
{
  return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

static gboolean
is_one_of (gunichar c, const char *set)
{
  return c != 0 && g_utf8_strchr (set, -1, c) != NULL;
}

/* Behind the number that begins at @text, and what binds to its end; @n_digits: (out) */
static const char *
end_of_number (const char *text, guint *n_digits)
{
  const char *at = text;

  *n_digits = 0;
  for (gunichar c; (c = g_utf8_get_char (at)) != 0; at = g_utf8_next_char (at))
    {
      if (is_digit (c))
        ++*n_digits;
      else if (!is_one_of (c, ".,:/-^~．，：／－＾～〜") ||
               !is_digit (g_utf8_get_char (g_utf8_next_char (at))))
        break;
    }
  return is_one_of (g_utf8_get_char (at), "<>%+＜＞％＋") ? g_utf8_next_char (at) : at;
}

/* "1.0" and, below it, "0" would be another value, and "300" without its ">" too. */
static void
keep_numbers (PangoAttrList *attributes, guint start, const char *text)
{
  const char *sign = NULL;

  for (const char *at = text; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);
      const char *end;
      guint n_digits;

      if (!is_digit (c))
        {
          sign = is_one_of (c, "<>=+-±≦≧≤≥▲▼^＜＞＝＋－＾") ? sign != NULL ? sign : at : NULL;
          at = g_utf8_next_char (at);
          continue;
        }
      end = end_of_number (at, &n_digits);
      if (n_digits <= NUMBER_MAX_DIGITS)
        keep_together (attributes, start + (guint) ((sign != NULL ? sign : at) - text),
                       start + (guint) (end - text));
      sign = NULL;
      at = end;
    }
}

void
viewer_span_style_keep (ViewerSpanStyle style, PangoAttrList *attributes, guint start,
                        const char *text)
{
  if (style & VIEWER_SPAN_DRUG)
    keep_together (attributes, start + (guint) viewer_span_strength_start (text),
                   start + (guint) strlen (text));
  if (style & VIEWER_SPAN_DOSES)
    keep_doses (attributes, start, text);
  if (style & VIEWER_SPAN_UNIT)
    keep_unit (attributes, start, text);
  keep_numbers (attributes, start, text);
}

static void
frame_dashed (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color,
              gboolean only_below)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  const double dashes[] = { 3, 2 };

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, only_below ? 2 : 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  if (only_below)
    {
      cairo_move_to (cr, area->origin.x, area->origin.y + area->size.height - 1);
      cairo_rel_line_to (cr, area->size.width, 0);
    }
  else
    cairo_rectangle (cr, area->origin.x + 0.5, area->origin.y + 0.5, area->size.width - 1,
                     area->size.height - 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
frame_solid (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  const float width[4] = { 1, 1, 1, 1 };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, width, colors);
}

static const char *
frame_name (ViewerSpanStyle style)
{
  if (style & VIEWER_SPAN_WARN)
    return "v_warn_line";
  if (style & VIEWER_SPAN_CRIT)
    return "v_crit";
  if (style & VIEWER_SPAN_ACCENT)
    return "v_accent";
  return style & VIEWER_SPAN_INK2 ? "v_ink2" : "v_line2";
}

void
viewer_span_style_draw_box (GtkWidget *widget, GtkSnapshot *snapshot, ViewerSpanStyle style,
                            const graphene_rect_t *area)
{
  GdkRGBA frame = viewer_theme_color (widget, frame_name (style));
  GdkRGBA fill = viewer_theme_color (widget, style & VIEWER_SPAN_BLOCK  ? "v_crit"
                                             : style & VIEWER_SPAN_WARN ? "v_warn_bg"
                                                                        : "v_surface");

  if (style & VIEWER_SPAN_BELOW)
    frame_dashed (snapshot, area, &frame, TRUE);
  if (!viewer_span_style_is_box (style))
    return;
  gtk_snapshot_append_color (snapshot, &fill, area);
  if (style & VIEWER_SPAN_BLOCK)
    return;
  if (style & VIEWER_SPAN_DASHED)
    frame_dashed (snapshot, area, &frame, FALSE);
  else
    frame_solid (snapshot, area, &frame);
}
