/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a line may end. However narrow the column is, what would read as another strength, dose or
 * unit is not torn; the text that is copied is the text of the source.
 */
#include "config.h"

#include <string.h>

#include "viewer-label.h"
#include "viewer-source-model.h"
#include "viewer-source-text.h"
#include "viewer-span-style.h"
#include "viewer-stage.h"

/* @text in a column of one px. */
static PangoLayout *
layout_new (const char *text, PangoAttrList *attributes)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, attributes);
  g_object_unref (context);
  return layout;
}

/* The lines with | between them. */
static char *
wrap (const char *css, const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (PangoLayout) layout = NULL;
  GString *lines = g_string_new (NULL);

  viewer_span_style_keep (viewer_span_style_parse (css), attributes, 0, text);
  layout = layout_new (text, attributes);
  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    {
      const PangoLayoutLine *line = l->data;

      if (lines->len > 0)
        g_string_append_c (lines, '|');
      g_string_append_len (lines, text + line->start_index, line->length);
    }
  g_assert_cmpstr (pango_layout_get_text (layout), ==, text);
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
    { "", "1.00", "1.00" },
    { "high", "▲12.5", "▲12.5" },
    { "", "300>", "300>" },
    { "", "<=0.01", "<=0.01" },
    { "", "４０．２％", "４０．２％" },
    { "", "1/2", "1/2" },
    { "", "10^6", "10^6" },
    { "ink3 small", "10:30", "10:30" },
    { "", "朝2昼1", "朝|2|昼|1" },
    { "", "-3", "-3" },
    { "", "2.", "2|." },
    { "", "1234567890123", "1|2|3|4|5|6|7|8|9|0|1|2|3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = wrap (cases[i].css, cases[i].text);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

/* A hyphen makes the line wider than its one letter. */
static void
assert_no_hyphen (PangoAttrList *attributes)
{
  g_autoptr (PangoLayout) torn = layout_new ("AAAA", attributes);
  g_autoptr (PangoLayout) letter = layout_new ("A", attributes);
  int torn_width, letter_width;

  g_assert_cmpint (pango_layout_get_line_count (torn), ==, 4);
  pango_layout_get_size (torn, &torn_width, NULL);
  pango_layout_get_size (letter, &letter_width, NULL);
  g_assert_cmpint (torn_width, ==, letter_width);
}

static void
test_hyphens (void)
{
  GtkWidget *label = g_object_ref_sink (viewer_label_new ("AAAA", NULL));
  GtkWidget *text = g_object_ref_sink (viewer_source_text_new ());
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (ViewerSourceMark));
  g_autofree char *shown = NULL;
  GtkTextIter start;
  GSList *tags;
  gboolean inserts = TRUE;

  viewer_span_style_apply (label, 0, attributes, 0, G_MAXUINT);
  assert_no_hyphen (attributes);
  assert_no_hyphen (gtk_label_get_attributes (GTK_LABEL (label)));

  viewer_source_text_set (VIEWER_SOURCE_TEXT (text), "OBX|1|NM|mL/min", marks);
  shown = viewer_source_text_get (VIEWER_SOURCE_TEXT (text));
  g_assert_cmpstr (shown, ==, "OBX|1|NM|mL/min");
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), &start);
  tags = gtk_text_iter_get_tags (&start);
  g_assert_cmpuint (g_slist_length (tags), ==, 1);
  g_object_get (tags->data, "insert-hyphens", &inserts, NULL);
  g_assert_false (inserts);
  g_slist_free (tags);
  g_object_unref (label);
  g_object_unref (text);
}

int
main (int argc, char *argv[])
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/span-style/wrap", test_wrap);
  g_test_add_func ("/viewer/span-style/hyphens", test_hyphens);
  return g_test_run ();
}
