/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-keyboard.h"

#include <string.h>
#include <unistd.h>

gboolean
viewer_keyboard_is_there (void)
{
  g_autofree char *path = g_find_program_in_path ("xdotool");

  if (path == NULL)
    g_print ("1..0 # SKIP xdotool is not installed\n");
  return path != NULL;
}

static void
xdotool (const char *const *arguments)
{
  const char *argv[10] = { "xdotool" };
  g_autoptr (GError) error = NULL;
  int status = -1;

  for (guint i = 0; arguments[i] != NULL; i++)
    argv[i + 1] = arguments[i];
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
window_is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

void
viewer_keyboard_open (ViewerKeyboard *self, const char *disc)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());

  viewer_stage_open (&self->stage, "ja", disc);
  xdotool ((const char *[]){ "search", "--onlyvisible", "--pid", pid, "windowfocus", NULL });
  viewer_fixture_wait (window_is_active, viewer_stage_window (&self->stage));
}

void
viewer_keyboard_press (ViewerKeyboard *self, const char *key)
{
  self->n_keys++;
  xdotool ((const char *[]){ "key", "--clearmodifiers", key, NULL });
}

void
viewer_keyboard_type (ViewerKeyboard *self, const char *text)
{
  self->n_keys += (guint) strlen (text);
  xdotool ((const char *[]){ "type", "--delay", "12", text, NULL });
}

void
viewer_keyboard_scan (ViewerKeyboard *self, const char *id)
{
  xdotool (
      (const char *[]) { "type", "--delay", "5", "--args", "1", id, "key", "Return", NULL });
}

static gboolean
is_at_place (gpointer data)
{
  ViewerKeyboard *self = data;

  return g_strcmp0 (viewer_window_get_place (viewer_stage_window (&self->stage)), self->place) == 0;
}

void
viewer_keyboard_wait_for_place (ViewerKeyboard *self, const char *place)
{
  self->place = place;
  self->n_screens++;
  g_test_message ("waiting for the place %s", place);
  viewer_fixture_wait (is_at_place, self);
}

ViewerSearchPage *
viewer_keyboard_search_page (ViewerKeyboard *self)
{
  return VIEWER_SEARCH_PAGE (
      viewer_window_get_widget (viewer_stage_window (&self->stage), "search"));
}

static gboolean
has_text (gpointer data)
{
  ViewerKeyboard *self = data;

  return g_strcmp0 (viewer_search_page_get_text (viewer_keyboard_search_page (self)), self->text) ==
         0;
}

void
viewer_keyboard_wait_for_text (ViewerKeyboard *self, const char *text)
{
  self->text = text;
  g_test_message ("waiting for the text %s", text);
  viewer_fixture_wait (has_text, self);
}

static gboolean
part_is (gpointer data)
{
  ViewerKeyboard *self = data;
  GtkWidget *part = viewer_window_get_widget (viewer_stage_window (&self->stage), self->part);

  return gtk_widget_get_visible (part) == self->is_visible;
}

void
viewer_keyboard_wait_for_part (ViewerKeyboard *self, const char *part, gboolean is_visible)
{
  self->part = part;
  self->is_visible = is_visible;
  g_test_message ("waiting for %s to be %s", part, is_visible ? "seen" : "gone");
  viewer_fixture_wait (part_is, self);
}

static gboolean
has_sentence (gpointer data)
{
  ViewerKeyboard *self = data;
  g_autofree char *texts = viewer_stage_all_texts (&self->stage);

  return strstr (texts, self->text) != NULL;
}

void
viewer_keyboard_wait_for_sentence (ViewerKeyboard *self, const char *sentence)
{
  self->text = sentence;
  g_test_message ("waiting for the sentence %s", sentence);
  viewer_fixture_wait (has_sentence, self);
}
