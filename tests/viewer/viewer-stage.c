/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-stage.h"

#include <string.h>

#include <glib/gstdio.h>

#include "viewer-language.h"
#include "viewer-table-row.h"
#include "viewer-table.h"

void
viewer_stage_init (int *argc, char ***argv)
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("PANGO_LANGUAGE", "ja", TRUE);
  g_setenv ("XDG_CONFIG_HOME", "/dev/null/nothing-remembered", TRUE);
  if (g_getenv ("TOMOSHIBI_NOW") == NULL)
    g_setenv ("TOMOSHIBI_NOW", VIEWER_FIXTURE_NOW, TRUE);
  viewer_language_init ();
}

static gboolean
patients_are_loaded (gpointer window)
{
  ViewerDisc *disc = viewer_window_get_disc (window);

  return disc != NULL && viewer_disc_get_patients (disc) != NULL;
}

void
viewer_stage_start (ViewerStage *self, const char *const *arguments)
{
  g_auto (GStrv) copy = g_strdupv ((char **) arguments);
  int status = 0;

  self->application = viewer_application_new ();
  G_APPLICATION_GET_CLASS (self->application)
    ->local_command_line (G_APPLICATION (self->application), &copy, &status);
  g_assert_cmpint (status, ==, 0);
}

void
viewer_stage_begin (ViewerStage *self, const char *language, const char *disc)
{
  g_autofree char *option = g_strdup_printf ("--language=%s", language);
  const char *const arguments[] = { "tomoshibi-viewer", option, disc, NULL };

  viewer_stage_start (self, arguments);
}

void
viewer_stage_wait_for_patients (ViewerStage *self)
{
  viewer_fixture_wait (patients_are_loaded, viewer_stage_window (self));
}

void
viewer_stage_open (ViewerStage *self, const char *language, const char *disc)
{
  g_autofree char *path = NULL;

  self->folder = disc ? NULL : viewer_fixture_write ();
  path = disc ? g_strdup (disc) : g_build_filename (self->folder, "disc", NULL);
  viewer_stage_begin (self, language, path);
  viewer_stage_wait_for_patients (self);
  viewer_stage_draw (self);
}

static gboolean
is_gone (gpointer window)
{
  return g_atomic_pointer_get ((gpointer *) window) == NULL;
}

void
viewer_stage_close (ViewerStage *self)
{
  ViewerWindow *window = viewer_stage_window (self);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  viewer_fixture_wait (is_gone, &window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->application);
  g_clear_pointer (&self->folder, viewer_fixture_remove);
}

ViewerWindow *
viewer_stage_window (ViewerStage *self)
{
  return viewer_application_get_window (self->application);
}

void
viewer_stage_act (ViewerStage *self, const char *detailed_action)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_action_parse_detailed_name (detailed_action, &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (viewer_stage_window (self)), name,
                                                     target));
}

void
viewer_stage_open_patient (ViewerStage *self, const char *id)
{
  ViewerWindow *window = viewer_stage_window (self);

  g_assert_true (viewer_window_open_patient (
    window, viewer_fixture_pno (viewer_window_get_disc (window), id)));
}

static gboolean
is_idle (gpointer data)
{
  return !g_main_context_pending (NULL);
}

void
viewer_stage_draw (ViewerStage *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (viewer_stage_window (self)));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (viewer_stage_window (self)));
  viewer_fixture_wait (is_idle, NULL);
}

static void
collect_texts (GtkWidget *widget, GString *texts)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_texts (child, texts);
}

char *
viewer_stage_texts (GtkWidget *widget)
{
  GString *texts = g_string_new (NULL);

  collect_texts (widget, texts);
  return g_string_free (texts, FALSE);
}

static void
append_row (GString *out, ViewerRow *row)
{
  g_autofree char *text = viewer_row_dup_text (row);

  if (viewer_row_get_heading (row) != NULL)
    g_string_append_printf (out, "[%s]\n", viewer_row_get_heading (row));
  g_string_append_printf (out, "%s\n", text);
}

static void
append_table (GString *out, ViewerTable *table)
{
  for (guint i = 0; i < viewer_table_n_rows (table); i++)
    append_row (out, viewer_table_get_row (table, i));
}

/* Rows draw themselves: what they say stands in the tables. */
static void
append_tables (GString *out, GtkWidget *widget)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (VIEWER_IS_TABLE (widget))
    append_table (out, VIEWER_TABLE (widget));
  else if (VIEWER_IS_TABLE_ROW (widget) && viewer_table_row_get (VIEWER_TABLE_ROW (widget)) != NULL)
    append_row (out, viewer_table_row_get (VIEWER_TABLE_ROW (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_tables (out, child);
}

char *
viewer_stage_all_texts (ViewerStage *self)
{
  GtkWidget *window = GTK_WIDGET (viewer_stage_window (self));
  g_autofree char *labels = viewer_stage_texts (window);
  GString *out = g_string_new (labels);

  append_tables (out, window);
  return g_string_free (out, FALSE);
}

char *
viewer_stage_page_texts (ViewerStage *self, GtkWidget *page)
{
  g_autofree char *labels = NULL;
  GString *out;

  viewer_stage_draw (self);
  labels = viewer_stage_texts (page);
  out = g_string_new (labels);
  g_string_append_c (out, '\n');
  append_tables (out, page);
  return g_string_free (out, FALSE);
}

gboolean
viewer_stage_shows (ViewerStage *stage, const char *sentence)
{
  g_autofree char *texts = viewer_stage_texts (GTK_WIDGET (viewer_stage_window (stage)));

  return strstr (texts, sentence) != NULL;
}

GtkWidget *
viewer_stage_find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = viewer_stage_find (child, type);
  return found;
}

/* A window that is about to change its size has nothing to show for a frame or two. */
typedef struct
{
  GtkWidget *window;
  GskRenderNode *node;
  int width, height;
} Picture;

static gboolean
take_picture (gpointer data)
{
  Picture *picture = data;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (picture->window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  picture->width = gdk_paintable_get_intrinsic_width (paintable);
  picture->height = gdk_paintable_get_intrinsic_height (paintable);
  gdk_paintable_snapshot (paintable, snapshot, picture->width, picture->height);
  picture->node = gtk_snapshot_free_to_node (snapshot);
  return picture->node != NULL;
}

void
viewer_stage_save (ViewerStage *self, const char *path)
{
  GtkWidget *window = GTK_WIDGET (viewer_stage_window (self));
  Picture picture = { .window = window };
  g_autoptr (GdkTexture) texture = NULL;

  viewer_stage_draw (self);
  viewer_fixture_wait (take_picture, &picture);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                         picture.node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) picture.width,
                                                              (float) picture.height));
  gsk_render_node_unref (picture.node);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
