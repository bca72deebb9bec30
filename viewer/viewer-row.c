/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-row.h"

struct _ViewerRow
{
  GObject parent_instance;

  gint64 rid;
  char *heading;
  GArray *spans; /* ViewerSpan */
  GArray *lines; /* guint: the current line of each column */
  gconstpointer data;
};

G_DEFINE_FINAL_TYPE (ViewerRow, viewer_row, G_TYPE_OBJECT)

static void
span_clear (gpointer span)
{
  g_free (((ViewerSpan *) span)->text);
}

static void
viewer_row_finalize (GObject *object)
{
  ViewerRow *self = VIEWER_ROW (object);

  g_free (self->heading);
  g_array_unref (self->spans);
  g_array_unref (self->lines);
  G_OBJECT_CLASS (viewer_row_parent_class)->finalize (object);
}

static void
viewer_row_class_init (ViewerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_row_finalize;
}

static void
viewer_row_init (ViewerRow *self)
{
  self->spans = g_array_new (FALSE, FALSE, sizeof (ViewerSpan));
  g_array_set_clear_func (self->spans, span_clear);
  self->lines = g_array_new (FALSE, TRUE, sizeof (guint));
}

ViewerRow *
viewer_row_new (gint64 rid)
{
  ViewerRow *self = g_object_new (VIEWER_TYPE_ROW, NULL);

  self->rid = rid;
  return self;
}

gint64
viewer_row_get_rid (ViewerRow *self)
{
  return self->rid;
}

void
viewer_row_set_heading (ViewerRow *self, const char *text)
{
  g_free (self->heading);
  self->heading = g_strdup (text);
}

const char *
viewer_row_get_heading (ViewerRow *self)
{
  return self->heading;
}

static guint *
current_line (ViewerRow *self, guint column)
{
  if (self->lines->len <= column)
    g_array_set_size (self->lines, column + 1);
  return &g_array_index (self->lines, guint, column);
}

void
viewer_row_add (ViewerRow *self, guint column, const char *css, const char *text)
{
  ViewerSpan span = { column, *current_line (self, column), NULL, css };

  if (text == NULL || text[0] == '\0')
    return;
  span.text = g_strdup (text);
  g_array_append_val (self->spans, span);
}

void
viewer_row_line (ViewerRow *self, guint column)
{
  for (guint i = 0; i < self->spans->len; i++)
    {
      const ViewerSpan *span = &g_array_index (self->spans, ViewerSpan, i);

      /* A line nobody wrote to is no line. */
      if (span->column == column && span->line == *current_line (self, column))
        {
          (*current_line (self, column))++;
          return;
        }
    }
}

guint
viewer_row_n_spans (ViewerRow *self)
{
  return self->spans->len;
}

const ViewerSpan *
viewer_row_get_span (ViewerRow *self, guint i)
{
  return &g_array_index (self->spans, ViewerSpan, i);
}

void
viewer_row_set_data (ViewerRow *self, gconstpointer data)
{
  self->data = data;
}

gconstpointer
viewer_row_get_data (ViewerRow *self)
{
  return self->data;
}

char *
viewer_row_dup_text (ViewerRow *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->spans->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, g_array_index (self->spans, ViewerSpan, i).text);
    }
  return g_string_free (text, FALSE);
}

char *
viewer_row_dup_cell (ViewerRow *self, guint column)
{
  GString *text = g_string_new (NULL);
  guint line = 0;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const ViewerSpan *span = &g_array_index (self->spans, ViewerSpan, i);

      if (span->column != column)
        continue;
      if (text->len > 0)
        g_string_append_c (text, span->line > line ? '\n' : ' ');
      line = span->line;
      g_string_append (text, span->text);
    }
  return g_string_free (text, FALSE);
}
