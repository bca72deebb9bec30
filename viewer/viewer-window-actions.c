/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-search-page.h"
#include "viewer-sections.h"
#include "viewer-window-private.h"

static void
activate_section (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_go_section (window, g_variant_get_string (parameter, NULL));
}

static void
activate_keys (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_toggle_keys (window);
}

static void
activate_source (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_toggle_source (window);
}

static void
activate_source_of (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_show_source (window, g_variant_get_int64 (parameter));
}

static void
activate_back (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_back (window);
}

static void
activate_quality (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_go (window, "quality");
}

static void
activate_list (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_show_list (window, g_variant_get_string (parameter, NULL));
}

static void
activate_list_time (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_edit_list_time (window);
}

static void
activate_disputed (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_show_findings (window, 0);
}

static void
activate_findings (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_show_findings (window, 1);
}

static void
activate_same_name (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_search_same_name (window);
}

static void
activate_open_patient (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_ask_patient (window, g_variant_get_uint32 (parameter));
}

static void
activate_copy (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_copy (window);
}

static void
activate_find (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_find (window);
}

static void
activate_ward_gap (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_show_ward_gap (window);
}

static void
activate_confirm (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_confirm (window);
}

static void
activate_choose_disc (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_choose_disc (window);
}

static void
activate_longer (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_change_period (window, 1);
}

static void
activate_shorter (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  viewer_window_change_period (window, -1);
}

void
viewer_window_add_actions (ViewerWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "section", .activate = activate_section, .parameter_type = "s" },
    { .name = "keys", .activate = activate_keys },
    { .name = "source", .activate = activate_source },
    { .name = "source-of", .activate = activate_source_of, .parameter_type = "x" },
    { .name = "back", .activate = activate_back },
    { .name = "quality", .activate = activate_quality },
    { .name = "list", .activate = activate_list, .parameter_type = "s" },
    { .name = "copy", .activate = activate_copy },
    { .name = "find", .activate = activate_find },
    { .name = "ward-gap", .activate = activate_ward_gap },
    { .name = "list-time", .activate = activate_list_time },
    { .name = "disputed", .activate = activate_disputed },
    { .name = "findings", .activate = activate_findings },
    { .name = "same-name", .activate = activate_same_name },
    { .name = "open-patient", .activate = activate_open_patient, .parameter_type = "u" },
    { .name = "confirm", .activate = activate_confirm },
    { .name = "choose-disc", .activate = activate_choose_disc },
    { .name = "longer", .activate = activate_longer },
    { .name = "shorter", .activate = activate_shorter },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

static gboolean
focus_takes_text (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus == NULL)
    return FALSE;
  if (GTK_IS_TEXT_VIEW (focus))
    return gtk_text_view_get_editable (GTK_TEXT_VIEW (focus));
  return GTK_IS_EDITABLE (focus);
}

/* Space presses a button and fills a box; everywhere else it asks where a row comes from. */
static gboolean
handle_space (ViewerWindow *self)
{
  if (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (self))))
    return FALSE;
  viewer_window_toggle_source (self);
  return TRUE;
}

/*
 * Typing anywhere finds a patient: the event goes on to the search box, through its input method.
 * + and - are the period where a page has one, and the size of what is drawn where it has that.
 */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
             GdkModifierType state, ViewerWindow *self)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  GtkWidget *entry;

  if (viewer_window_is_asking (self))
    return viewer_guard_key (VIEWER_GUARD (viewer_window_get_widget (self, "guard")), keyval,
                             state);
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK) ||
      focus_takes_text (GTK_WINDOW (self)))
    return FALSE;
  if (character == ' ')
    return handle_space (self);
  if ((character == '+' && viewer_window_change_period (self, 1)) ||
      (character == '-' && viewer_window_change_period (self, -1)))
    return TRUE;
  if (character == 0 || !g_unichar_isgraph (character) || viewer_window_get_disc (self) == NULL)
    return FALSE;

  entry = viewer_search_page_get_entry (
    VIEWER_SEARCH_PAGE (viewer_window_get_widget (self, "search")));
  viewer_search_page_set_text (
    VIEWER_SEARCH_PAGE (viewer_window_get_widget (self, "search")), "");
  viewer_window_go (self, "search");
  return gtk_event_controller_key_forward (
    controller, GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))));
}

/* After everything else: an input method that is composing takes Esc for itself. */
static gboolean
escape_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ViewerWindow *self)
{
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  viewer_window_back (self);
  return TRUE;
}

void
viewer_window_add_keys (ViewerWindow *self)
{
  GtkEventController *early = gtk_event_controller_key_new ();
  GtkEventController *late = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (early, GTK_PHASE_CAPTURE);
  g_signal_connect (early, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), early);
  gtk_event_controller_set_propagation_phase (late, GTK_PHASE_BUBBLE);
  g_signal_connect (late, "key-pressed", G_CALLBACK (escape_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), late);
}

void
viewer_window_set_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accels[4];
  } keys[] = {
    { "win.keys", { "F1", "<Alt>1" } },
    { "win.back", { "<Alt>Left" } },
    { "win.quality", { "<Control>d" } },
    { "win.disputed", { "<Control>i" } },
    { "win.list::wards", { "<Control>1" } },
    { "win.list::visits", { "<Control>2" } },
    { "win.list::doctors", { "<Control>3" } },
    { "win.list::condition", { "<Control>4" } },
    { "win.list::recent", { "<Control>5" } },
    { "win.list::planned", { "<Control>6" } },
    { "win.ward-gap", { "<Control>7" } },
    { "win.find", { "<Control>f" } },
    { "win.copy", { "<Control>c" } },
    { "win.list-time", { "<Control>t" } },
    { "app.generations", { "<Control>g" } },
    { "app.zoom-in", { "<Control>plus", "<Control>equal", "<Control>semicolon" } },
    { "app.zoom-out", { "<Control>minus" } },
    { "app.zoom-reset", { "<Control>0" } },
    { "app.theme", { "<Control><Shift>t" } },
    { "app.language", { "<Control>e" } },
    { "app.quit", { "<Control>q" } },
  };
  const ViewerSectionInfo *sections;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].accels);

  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.section::%s", sections[i].key);
      const char *accels[] = { sections[i].key, sections[i].alt_key, NULL };

      if (sections[i].section != VIEWER_SECTION_KEYS)
        gtk_application_set_accels_for_action (application, action, accels);
    }
}
