/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a line may end. However narrow the column is, what would read as another strength, dose or
 * unit is not torn; the text that is copied is the text of the source.
 */
#include "config.h"

#include <string.h>

#include "viewer-span-style.h"
#include "viewer-stage.h"

/* The lines of @text in a column of one px, with | between them. */
static char *
wrap (const char *css, const char *text)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GString *lines = g_string_new (NULL);

  viewer_span_style_keep (viewer_span_style_parse (css), attributes, 0, text);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, attributes);
  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    {
      const PangoLayoutLine *line = l->data;

      if (lines->len > 0)
        g_string_append_c (lines, '|');
      g_string_append_len (lines, text + line->start_index, line->length);
    }
  g_assert_cmpstr (pango_layout_get_text (layout), ==, text);
  g_object_unref (context);
  return g_string_free (lines, FALSE);
}

static void
test_wrap (void)
{
  static const struct
  {
    const char *css, *text, *lines;
  } cases[] = {
    { "unit", "mmol/L", "mmol/|L" },
    { "ink3 small unit", "x10^2/uL", "x10^2/|uL" },
    { "unit", "×10＾４/μL", "×10＾４/|μL" },
    { "unit", "mL/min/1.73m2", "mL/|min/|1.73m2" },
    { "unit", "mL／分", "mL／|分" },
    { "unit", "%", "%" },
    { "unit", "/HPF", "/HPF" },
    { "drug strong", "錠０．７５μｇ", "錠|０．７５μｇ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = wrap (cases[i].css, cases[i].text);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

int
main (int argc, char *argv[])
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/span-style/wrap", test_wrap);
  return g_test_run ();
}
