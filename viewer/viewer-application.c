/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-application.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "viewer-clock.h"
#include "viewer-language.h"
#include "viewer-opener.h"
#include "viewer-places.h"
#include "viewer-settings.h"
#include "viewer-theme.h"
#include "viewer-window-private.h"

struct _ViewerApplication
{
  GtkApplication parent_instance;

  ViewerSettings *settings;
  ViewerTheme *theme;
  ViewerLanguage language;
  ViewerWindow *window; /* weak */
  char *disc_path;      /* options */
  char *patient_id;
  char *store_path;
  guint refresh_days;
  ViewerOpener *opener;
};

G_DEFINE_FINAL_TYPE (ViewerApplication, viewer_application, GTK_TYPE_APPLICATION)

static void
offer_discs (ViewerApplication *self)
{
  g_auto (GStrv) recent = viewer_settings_get_recent (self->settings);
  g_auto (GStrv) places = viewer_places_with_discs ((const char *const *) recent);

  viewer_window_set_recent (self->window, (const char *const *) places);
}

/* A new window knows what the old one did. */
static void
set_window (ViewerApplication *self, ViewerWindow *window)
{
  g_clear_weak_pointer (&self->window);
  g_set_weak_pointer (&self->window, window);
  viewer_window_set_refresh_days (window, self->refresh_days);
  viewer_opener_set_window (self->opener, window);
  offer_discs (self);
}

static void
show_disc (ViewerApplication *self, ViewerDisc *disc)
{
  g_autofree char *absolute = g_canonicalize_filename (viewer_disc_get_path (disc), NULL);

  viewer_settings_add_recent (self->settings, absolute);
  viewer_window_set_disc (self->window, disc);
  if (self->patient_id != NULL)
    viewer_window_find_patient (self->window, self->patient_id);
  g_clear_pointer (&self->patient_id, g_free);
}

static void
activate_open_disc (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  viewer_opener_open (VIEWER_APPLICATION (application)->opener,
                      g_variant_get_string (parameter, NULL));
}

static void
activate_generations (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  viewer_opener_show_generations (VIEWER_APPLICATION (application)->opener);
}

static void
set_zoom (ViewerApplication *self, guint percent)
{
  g_autofree char *text = NULL;

  viewer_theme_set_zoom (self->theme, percent);
  text = g_strdup_printf ("%u", viewer_theme_get_zoom (self->theme));
  viewer_settings_set (self->settings, "zoom", text);
}

static void
activate_zoom_in (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  set_zoom (application, viewer_theme_get_zoom (VIEWER_APPLICATION (application)->theme) + 25);
}

static void
activate_zoom_out (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  set_zoom (application, viewer_theme_get_zoom (VIEWER_APPLICATION (application)->theme) - 25);
}

static void
activate_zoom_reset (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  set_zoom (application, 100);
}

static void
activate_theme (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  ViewerApplication *self = application;

  viewer_theme_next (self->theme);
  viewer_settings_set (self->settings, "theme", viewer_theme_get_name (self->theme));
}

/* Texts are fetched when a window is built: another language is another window, showing the same. */
static void
activate_language (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  ViewerApplication *self = application;
  ViewerWindow *old = self->window;
  ViewerDisc *disc = viewer_window_get_disc (old);

  /* The environment must not change while a thread is at work. */
  if ((disc != NULL && viewer_disc_get_patients (disc) == NULL) ||
      viewer_opener_is_busy (self->opener) || viewer_window_is_busy (old))
    return;
  self->language = self->language == VIEWER_LANGUAGE_JAPANESE ? VIEWER_LANGUAGE_ENGLISH
                                                              : VIEWER_LANGUAGE_JAPANESE;
  viewer_language_set (self->language);
  viewer_settings_set (self->settings, "language", viewer_language_name (self->language));
  set_window (self, viewer_window_new (GTK_APPLICATION (self)));
  viewer_window_copy_state (self->window, old);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_window_destroy (GTK_WINDOW (old));
}

static void
activate_quit (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  ViewerApplication *self = application;

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
restore_settings (ViewerApplication *self)
{
  g_autofree char *theme = viewer_settings_get (self->settings, "theme");
  g_autofree char *zoom = viewer_settings_get (self->settings, "zoom");

  viewer_theme_set_name (self->theme, theme);
  if (zoom != NULL)
    viewer_theme_set_zoom (self->theme, (guint) g_ascii_strtoull (zoom, NULL, 10));
}

static void
viewer_application_startup (GApplication *application)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);
  static const GActionEntry entries[] = {
    { .name = "generations", .activate = activate_generations },
    { .name = "open-disc", .activate = activate_open_disc, .parameter_type = "s" },
    { .name = "zoom-in", .activate = activate_zoom_in },
    { .name = "zoom-out", .activate = activate_zoom_out },
    { .name = "zoom-reset", .activate = activate_zoom_reset },
    { .name = "theme", .activate = activate_theme },
    { .name = "language", .activate = activate_language },
    { .name = "quit", .activate = activate_quit },
  };

  G_APPLICATION_CLASS (viewer_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  viewer_window_set_accelerators (GTK_APPLICATION (self));
  viewer_language_set (self->language);
  self->theme = viewer_theme_new (gdk_display_get_default ());
  restore_settings (self);
}

static void
viewer_application_activate (GApplication *application)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);

  if (self->window == NULL)
    {
      set_window (self, viewer_window_new (GTK_APPLICATION (self)));
      if (self->store_path != NULL)
        viewer_opener_load_store (self->opener, self->store_path, self->disc_path == NULL);
      if (self->disc_path != NULL)
        viewer_opener_open (self->opener, self->disc_path);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

/* One that was named is remembered: the next start, on the desktop, names none. */
static void
choose_store (ViewerApplication *self, GVariantDict *options)
{
  const char *named = NULL;

  if (!g_variant_dict_lookup (options, "store", "^&ay", &named))
    {
      self->store_path = viewer_settings_get (self->settings, "store");
      return;
    }
  self->store_path = g_canonicalize_filename (named, NULL);
  if (g_file_test (self->store_path, G_FILE_TEST_IS_DIR))
    viewer_settings_set (self->settings, "store", self->store_path);
}

static int
viewer_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree const char **paths = NULL;
  const char *passphrase_file = NULL;

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths) && paths[0] != NULL)
    self->disc_path = g_strdup (paths[0]);
  g_variant_dict_lookup (options, "patient", "s", &self->patient_id);
  if (g_variant_dict_lookup (options, "passphrase-file", "^&ay", &passphrase_file))
    viewer_opener_set_passphrase_file (self->opener, passphrase_file);
  choose_store (self, options);
  g_application_activate (application);
  return EXIT_SUCCESS;
}

/* FALSE: the option is no number of days. */
static gboolean
choose_refresh_days (ViewerApplication *self, GVariantDict *options)
{
  g_autofree char *remembered = viewer_settings_get (self->settings, "refresh-days");
  guint days = viewer_clock_parse_refresh_days (remembered);
  const char *named = NULL;

  self->refresh_days = days > 0 ? days : VIEWER_REFRESH_DAYS_DEFAULT;
  if (!g_variant_dict_lookup (options, "refresh-days", "&s", &named))
    return TRUE;
  days = viewer_clock_parse_refresh_days (named);
  if (days == 0)
    return FALSE;
  self->refresh_days = days;
  viewer_settings_set (self->settings, "refresh-days", named);
  return TRUE;
}

/* Before the display is opened, so that wrong usage is told where there is none. */
static int
viewer_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);
  g_autofree char *remembered = viewer_settings_get (self->settings, "language");
  g_autofree const char **paths = NULL;
  const char *language = NULL;
  const char *store = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("tomoshibi-viewer %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (remembered != NULL)
    viewer_language_parse (remembered, &self->language);
  if (g_variant_dict_lookup (options, "language", "&s", &language) &&
      !viewer_language_parse (language, &self->language))
    {
      g_printerr ("tomoshibi-viewer: --language is ja or en\n");
      return 2;
    }
  if (g_variant_dict_lookup (options, "store", "^&ay", &store) && *store == '\0')
    {
      g_printerr ("tomoshibi-viewer: --store names no folder\n");
      return 2;
    }
  if (!choose_refresh_days (self, options))
    {
      g_printerr ("tomoshibi-viewer: --refresh-days is a number from 1 to %d\n",
                  VIEWER_REFRESH_DAYS_MAX);
      return 2;
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths) && paths[0] != NULL &&
      paths[1] != NULL)
    {
      g_printerr ("tomoshibi-viewer: one disc at a time\n");
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("tomoshibi-viewer: %s\n",
                  _ ("there is no display here. Start it on the laptop's own screen, or look "
                     "things up with tomoshibi search and tomoshibi export."));
      return EXIT_FAILURE;
    }
  return -1;
}

static void
viewer_application_finalize (GObject *object)
{
  ViewerApplication *self = VIEWER_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->theme);
  g_clear_pointer (&self->settings, viewer_settings_free);
  g_free (self->disc_path);
  g_free (self->patient_id);
  g_free (self->store_path);
  g_clear_object (&self->opener);
  G_OBJECT_CLASS (viewer_application_parent_class)->finalize (object);
}

static void
viewer_application_class_init (ViewerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_application_finalize;
  application_class->startup = viewer_application_startup;
  application_class->activate = viewer_application_activate;
  application_class->command_line = viewer_application_command_line;
  application_class->handle_local_options = viewer_application_handle_local_options;
}

static void
viewer_application_init (ViewerApplication *self)
{
  const GOptionEntry options[] = {
    { "patient", 0, 0, G_OPTION_ARG_STRING, NULL, _ ("Open the chart of this patient"), "ID" },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      _ ("Passphrase that opens the disc"), _ ("FILE") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      _ ("Store of generations: start on the newest, and compare with it"), _ ("DIR") },
    { "refresh-days", 0, 0, G_OPTION_ARG_STRING, NULL,
      _ ("Days after which there should be a new disc (7)"), "N" },
    { "language", 0, 0, G_OPTION_ARG_STRING, NULL, _ ("Language of the window: ja or en"),
      "ja|en" },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, "[DISC]" },
    { NULL },
  };

  self->settings = viewer_settings_load (NULL);
  self->language = VIEWER_LANGUAGE_JAPANESE;
  self->refresh_days = VIEWER_REFRESH_DAYS_DEFAULT;
  self->opener = viewer_opener_new ();
  g_signal_connect_swapped (self->opener, "opened", G_CALLBACK (show_disc), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

ViewerApplication *
viewer_application_new (void)
{
  return g_object_new (VIEWER_TYPE_APPLICATION, "application-id", "jp.tomoshibi.Viewer", "flags",
                       G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}

ViewerWindow *
viewer_application_get_window (ViewerApplication *self)
{
  return self->window;
}
