/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

#include <glib/gi18n.h>

#include "viewer-banner.h"
#include "viewer-clock.h"
#include "viewer-findings-page.h"
#include "viewer-key-line.h"
#include "viewer-keys-page.h"
#include "viewer-notices.h"
#include "viewer-open-page.h"
#include "viewer-page.h"
#include "viewer-quality-page.h"
#include "viewer-rail.h"
#include "viewer-search-page.h"
#include "viewer-sections.h"
#include "viewer-source-panel.h"
#include "viewer-strip.h"

#define CLOCK_SECONDS 15
#define COMPACT_BELOW 900 /* px at 96 dpi (design.md section 4, "Zoom") */
#define MAX_PLACES 50

struct _ViewerWindow
{
  GtkApplicationWindow parent_instance;

  ViewerDisc *disc;
  ViewerChart *chart;
  GPtrArray *places;    /* where one came from, newest last */
  char *place;
  GHashTable *sections; /* key of a section to its ViewerPage, made when first shown */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  guint clock_source;
  gboolean compact;
  guint findings_view;

  GtkWidget *root;
  ViewerStrip *strip;
  ViewerNotices *notices;
  ViewerBanner *banner;
  GtkWidget *middle;
  ViewerRail *rail;
  GtkWidget *page_overlay;
  GtkStack *pages;
  ViewerOpenPage *open_page;
  ViewerSearchPage *search_page;
  ViewerQualityPage *quality_page;
  ViewerFindingsPage *findings_page;
  ViewerSourcePanel *source_panel;
  ViewerKeyLine *key_line;
  ViewerKeysPage *keys_page;
};

G_DEFINE_FINAL_TYPE (ViewerWindow, viewer_window, GTK_TYPE_APPLICATION_WINDOW)

static ViewerPage *
current_page (ViewerWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return VIEWER_IS_PAGE (page) ? VIEWER_PAGE (page) : NULL;
}

/* Places of the program that belong to the open chart: banner and rail stand beside them. */
static gboolean
is_chart_place (const char *place)
{
  return viewer_sections_find_key (place) != NULL;
}

static char *
key_hints (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);
  g_autofree char *hints = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->keys_page)))
    return g_strdup_printf ("F1\t%s\n", _ ("close"));
  if (g_str_equal (self->place, "open"))
    return g_strdup_printf ("Tab\t%s\nEnter\t%s\nF1\t%s\nCtrl++\t%s\nCtrl+Shift+T\t%s\nCtrl+E\t%s\n",
                            _ ("next"), _ ("open"), _ ("keys"), _ ("larger text"),
                            _ ("light, dark, contrast"), _ ("日本語"));
  if (g_str_equal (self->place, "search"))
    return g_strdup_printf ("↑↓\t%s\nEnter\t%s\nEsc\t%s\nCtrl+D\t%s\nF1\t%s\n", _ ("choose"),
                            _ ("open"), _ ("clear, back"), _ ("age of the data"), _ ("keys"));
  hints = page ? viewer_page_key_hints (page) : NULL;
  return g_strdup_printf ("%sEsc\t%s\nF2\t%s\n", hints ? hints : "", _ ("back"),
                          _ ("find patient"));
}

static void
update_key_line (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);
  g_autofree char *hints = key_hints (self);
  g_autofree char *legend = page ? viewer_page_legend (page) : NULL;

  viewer_key_line_set (self->key_line, hints,
                       legend ? legend : _ ("View only  changes go on paper"));
}

static void
update_clock (ViewerWindow *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_strip_update (self->strip, self->disc, now);
  viewer_notices_update (self->notices, self->disc, now);
}

static gboolean
clock_ticked (gpointer window)
{
  update_clock (window);
  return G_SOURCE_CONTINUE;
}

static void
page_changed (ViewerPage *page, ViewerWindow *self)
{
  if (page != current_page (self))
    return;
  update_key_line (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    viewer_source_panel_show (self->source_panel, self->chart, self->disc,
                              viewer_page_selected_rid (page));
}

static ViewerPage *
section_page (ViewerWindow *self, const char *key)
{
  ViewerPage *page = g_hash_table_lookup (self->sections, key);
  const ViewerSectionInfo *info = viewer_sections_find_key (key);

  if (page != NULL || info == NULL || info->get_page_type == NULL)
    return page;
  page = g_object_new (info->get_page_type (), NULL);
  viewer_page_set_section (page, info->section);
  gtk_widget_add_css_class (GTK_WIDGET (page), "page");
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), key);
  g_hash_table_insert (self->sections, g_strdup (key), page);
  g_signal_connect_object (page, "changed", G_CALLBACK (page_changed), self, 0);
  return page;
}

static void
show_section (ViewerWindow *self, const char *key)
{
  ViewerPage *page = section_page (self, key);

  if (page == NULL)
    return;
  if (viewer_page_get_chart (page) != self->chart)
    viewer_page_set_chart (page, self->chart);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
show_quality (ViewerWindow *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_quality_page_set_disc (self->quality_page, self->disc, now);
  gtk_stack_set_visible_child_name (self->pages, "quality");
  gtk_widget_grab_focus (GTK_WIDGET (self->quality_page));
}

static void
show_disputed (ViewerWindow *self)
{
  viewer_findings_page_set_disc (self->findings_page, self->disc, self->chart,
                                 self->findings_view);
  gtk_stack_set_visible_child_name (self->pages, "disputed");
  gtk_widget_grab_focus (GTK_WIDGET (self->findings_page));
}

/* The banner belongs to the patient shown; above other people's rows it would mislead. */
static void
show_frame (ViewerWindow *self)
{
  gboolean in_chart = self->chart != NULL && is_chart_place (self->place);
  gboolean has_banner = in_chart || (self->chart != NULL && g_str_equal (self->place, "disputed"));
  const ViewerSectionInfo *here = viewer_sections_find_key (self->place);

  gtk_widget_set_visible (GTK_WIDGET (self->banner), has_banner);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), in_chart);
  viewer_rail_set_here (self->rail, here ? here->section : 0);
}

static void
show_place (ViewerWindow *self, const char *place)
{
  char *copy = g_strdup (place);

  g_free (self->place);
  self->place = copy;
  gtk_widget_set_visible (GTK_WIDGET (self->keys_page), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->source_panel), FALSE);
  show_frame (self);
  if (g_str_equal (copy, "search"))
    {
      gtk_stack_set_visible_child_name (self->pages, "search");
      gtk_widget_grab_focus (GTK_WIDGET (self->search_page));
    }
  else if (g_str_equal (copy, "quality"))
    show_quality (self);
  else if (g_str_equal (copy, "disputed"))
    show_disputed (self);
  else if (is_chart_place (copy))
    show_section (self, copy);
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "open");
      gtk_widget_grab_focus (GTK_WIDGET (self->open_page));
    }
  update_key_line (self);
}

void
viewer_window_go (ViewerWindow *self, const char *place)
{
  if (self->disc == NULL && !g_str_equal (place, "open"))
    return;
  if (is_chart_place (place) && self->chart == NULL)
    return;
  if (!g_str_equal (place, self->place))
    {
      if (self->places->len >= MAX_PLACES)
        g_ptr_array_remove_index (self->places, 0);
      g_ptr_array_add (self->places, g_strdup (self->place));
    }
  show_place (self, place);
}

void
viewer_window_back (ViewerWindow *self)
{
  g_autofree char *place = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->keys_page)))
    {
      viewer_window_toggle_keys (self);
      return;
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    {
      viewer_window_toggle_source (self);
      return;
    }
  if (g_str_equal (self->place, "search") && self->chart == NULL &&
      *viewer_search_page_get_text (self->search_page) != '\0')
    {
      viewer_search_page_set_text (self->search_page, "");
      return;
    }
  if (self->places->len == 0)
    return;
  place = g_strdup (g_ptr_array_index (self->places, self->places->len - 1));
  g_ptr_array_remove_index (self->places, self->places->len - 1);
  show_place (self, place);
}

void
viewer_window_go_section (ViewerWindow *self, const char *key)
{
  const ViewerSectionInfo *info = viewer_sections_find_key (key);
  ViewerPage *page = current_page (self);

  if (info == NULL)
    return;
  if (info->section == VIEWER_SECTION_KEYS)
    viewer_window_toggle_keys (self);
  else if (info->section == VIEWER_SECTION_SEARCH)
    {
      /* What is typed next is a new search. */
      viewer_window_go (self, "search");
      gtk_editable_select_region (
        GTK_EDITABLE (viewer_search_page_get_entry (self->search_page)), 0, -1);
    }
  else if (page != NULL && g_str_equal (self->place, key))
    viewer_page_next_view (page);
  else
    viewer_window_go (self, key);
}

void
viewer_window_toggle_keys (ViewerWindow *self)
{
  gboolean show = !gtk_widget_get_visible (GTK_WIDGET (self->keys_page));

  gtk_widget_set_visible (GTK_WIDGET (self->keys_page), show);
  if (show)
    gtk_widget_grab_focus (GTK_WIDGET (self->keys_page));
  else
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
  update_key_line (self);
}

static gint64
selected_rid (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);

  if (page != NULL)
    return viewer_page_selected_rid (page);
  if (g_str_equal (self->place, "disputed"))
    return viewer_findings_page_selected_rid (self->findings_page);
  return 0;
}

void
viewer_window_toggle_source (ViewerWindow *self)
{
  gint64 rid = selected_rid (self);

  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->source_panel), FALSE);
      gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
    }
  else if (rid != 0)
    viewer_window_show_source (self, rid);
}

void
viewer_window_show_source (ViewerWindow *self, gint64 rid)
{
  viewer_source_panel_show (self->source_panel, self->chart, self->disc, rid);
  gtk_widget_set_visible (GTK_WIDGET (self->source_panel), TRUE);
}

gboolean
viewer_window_change_period (ViewerWindow *self, int direction)
{
  ViewerPage *page = current_page (self);

  if (page == NULL || !viewer_page_has_periods (page))
    return FALSE;
  viewer_page_change_period (page, direction);
  return TRUE;
}

void
viewer_window_show_findings (ViewerWindow *self, guint view)
{
  /* The same key again: the other view. */
  if (view == 0 && g_str_equal (self->place, "disputed"))
    view = 1 - viewer_findings_page_get_view (self->findings_page);
  self->findings_view = view;
  viewer_window_go (self, "disputed");
}

void
viewer_window_search_same_name (ViewerWindow *self)
{
  const DiscPatient *patient;

  if (self->chart == NULL)
    return;
  patient = viewer_chart_get_patient (self->chart);
  if (patient->kana == NULL)
    return;
  viewer_window_go (self, "search");
  viewer_search_page_set_text (self->search_page, patient->kana);
}

static void
disc_chosen (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (folder);

      if (path != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "app.open-disc", "s", path);
    }
  g_clear_object (&self->chooser);
}

void
viewer_window_choose_disc (ViewerWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Folder of the disc"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (disc_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The right half of the page, so that the rows at the left stay where they are. */
static gboolean
place_source_panel (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *area, ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  area->width = MAX (self->compact ? width : width / 2, minimum);
  area->x = MAX (0, width - area->width);
  area->y = 0;
  area->height = height;
  return TRUE;
}

static void
set_compact (ViewerWindow *self, gboolean compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle), compact
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  viewer_strip_set_compact (self->strip, compact);
  viewer_banner_set_compact (self->banner, compact);
  viewer_rail_set_compact (self->rail, compact);
  viewer_key_line_set_compact (self->key_line, compact);
  viewer_search_page_set_compact (self->search_page, compact);
}

/* Without a window manager a window may be wider than the screen it is on. */
static int
visible_width (ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor = NULL;

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (surface != NULL)
    monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor != NULL)
    {
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      width = MIN (width, area.width);
    }
  return width;
}

static void
update_compact (ViewerWindow *self)
{
  int width = visible_width (self), dpi = 96 * 1024;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    return;
  set_compact (self, (gint64) width * 96 * 1024 / dpi < COMPACT_BELOW);
}

static gboolean
update_compact_idle (gpointer window)
{
  update_compact (window);
  return G_SOURCE_REMOVE;
}

static void
surface_layout (GdkSurface *surface, int width, int height, ViewerWindow *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_compact_idle, g_object_ref (self),
                   g_object_unref);
}

static void
viewer_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (viewer_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout",
                           G_CALLBACK (surface_layout), widget, 0);
  update_compact (VIEWER_WINDOW (widget));
}

static void
forget_chart (ViewerWindow *self)
{
  GHashTableIter iter;
  gpointer page;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    viewer_page_set_chart (page, NULL);
  viewer_banner_set_chart (self->banner, NULL);
  g_clear_object (&self->chart);
}

static void
viewer_window_dispose (GObject *object)
{
  ViewerWindow *self = VIEWER_WINDOW (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  if (self->sections != NULL)
    forget_chart (self);
  g_clear_pointer (&self->sections, g_hash_table_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_object (&self->disc);
  G_OBJECT_CLASS (viewer_window_parent_class)->dispose (object);
}

static void
viewer_window_finalize (GObject *object)
{
  g_free (VIEWER_WINDOW (object)->place);
  G_OBJECT_CLASS (viewer_window_parent_class)->finalize (object);
}

static void
viewer_window_class_init (ViewerWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_window_dispose;
  object_class->finalize = viewer_window_finalize;
  widget_class->realize = viewer_window_realize;

  g_type_ensure (VIEWER_TYPE_STRIP);
  g_type_ensure (VIEWER_TYPE_NOTICES);
  g_type_ensure (VIEWER_TYPE_BANNER);
  g_type_ensure (VIEWER_TYPE_RAIL);
  g_type_ensure (VIEWER_TYPE_OPEN_PAGE);
  g_type_ensure (VIEWER_TYPE_SEARCH_PAGE);
  g_type_ensure (VIEWER_TYPE_QUALITY_PAGE);
  g_type_ensure (VIEWER_TYPE_FINDINGS_PAGE);
  g_type_ensure (VIEWER_TYPE_SOURCE_PANEL);
  g_type_ensure (VIEWER_TYPE_KEY_LINE);
  g_type_ensure (VIEWER_TYPE_KEYS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, root);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, middle);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, page_overlay);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, open_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, search_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, quality_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, findings_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, source_panel);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, key_line);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, keys_page);
}

static void
viewer_window_init (ViewerWindow *self)
{
  self->place = g_strdup ("open");
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->page_overlay, "get-child-position",
                           G_CALLBACK (place_source_panel), self, 0);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (update_compact), self, G_CONNECT_SWAPPED);
  viewer_window_add_actions (self);
  viewer_window_add_keys (self);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, clock_ticked, self);
  update_clock (self);
  update_key_line (self);
}

ViewerWindow *
viewer_window_new (GtkApplication *application)
{
  return g_object_new (VIEWER_TYPE_WINDOW, "application", application, NULL);
}

static void
patients_loaded (GObject *source, GAsyncResult *result, gpointer window)
{
  g_autoptr (GError) error = NULL;

  if (viewer_disc_load_patients_finish (VIEWER_DISC (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  viewer_window_show_problem (window, viewer_disc_get_path (VIEWER_DISC (source)), error);
}

void
viewer_window_set_disc (ViewerWindow *self, ViewerDisc *disc)
{
  g_autofree char *now = viewer_clock_now ();

  forget_chart (self);
  g_ptr_array_set_size (self->places, 0);
  g_set_object (&self->disc, disc);
  viewer_search_page_set_disc (self->search_page, disc, now);
  update_clock (self);
  if (disc != NULL && viewer_disc_get_patients (disc) == NULL)
    viewer_disc_load_patients_async (disc, self->cancellable, patients_loaded, self);
  show_place (self, disc ? "search" : "open");
}

ViewerDisc *
viewer_window_get_disc (ViewerWindow *self)
{
  return self->disc;
}

void
viewer_window_show_problem (ViewerWindow *self, const char *path, const GError *error)
{
  viewer_window_set_disc (self, NULL);
  viewer_open_page_show_problem (self->open_page, path, error);
}

void
viewer_window_set_recent (ViewerWindow *self, const char *const *paths)
{
  viewer_open_page_set_recent (self->open_page, paths);
}

static void
show_chart (ViewerWindow *self, ViewerChart *chart)
{
  forget_chart (self);
  self->chart = g_object_ref (chart);
  viewer_banner_set_chart (self->banner, chart);
  viewer_rail_set_chart (self->rail, chart);
}

gboolean
viewer_window_open_patient (ViewerWindow *self, guint32 pno)
{
  g_autofree char *now = viewer_clock_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerChart) chart = NULL;

  if (self->disc == NULL)
    return FALSE;
  chart = viewer_chart_load (self->disc, pno, now, &error);
  if (chart == NULL)
    {
      viewer_search_page_show_problem (self->search_page, error);
      return FALSE;
    }
  show_chart (self, chart);
  g_ptr_array_set_size (self->places, 0);
  show_place (self, "search");
  viewer_window_go (self, viewer_sections_first_page ());
  return TRUE;
}

void
viewer_window_find_patient (ViewerWindow *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = NULL;

  if (self->disc == NULL)
    return;
  found = disc_reader_find_patients (viewer_disc_get_reader (self->disc), id, &error);
  if (found != NULL && found->len == 1 &&
      viewer_window_open_patient (self, g_array_index (found, guint32, 0)))
    return;
  viewer_window_go (self, "search");
  viewer_search_page_set_text (self->search_page, id);
}

ViewerChart *
viewer_window_get_chart (ViewerWindow *self)
{
  return self->chart;
}

const char *
viewer_window_get_place (ViewerWindow *self)
{
  return self->place;
}

GtkWidget *
viewer_window_get_widget (ViewerWindow *self, const char *name)
{
  const struct
  {
    const char *name;
    gpointer widget;
  } parts[] = {
    { "strip", self->strip },         { "notices", self->notices },
    { "banner", self->banner },       { "rail", self->rail },
    { "open", self->open_page },      { "search", self->search_page },
    { "quality", self->quality_page },{ "disputed", self->findings_page },
    { "source", self->source_panel }, { "keys", self->keys_page },
    { "key-line", self->key_line },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].name, name))
      return parts[i].widget;
  return GTK_WIDGET (section_page (self, name));
}

void
viewer_window_copy_state (ViewerWindow *self, ViewerWindow *from)
{
  viewer_window_set_disc (self, from->disc);
  if (self->disc == NULL)
    return;
  viewer_search_page_set_text (self->search_page,
                               viewer_search_page_get_text (from->search_page));
  if (from->chart != NULL)
    show_chart (self, from->chart);
  for (guint i = 0; i < from->places->len; i++)
    g_ptr_array_add (self->places, g_strdup (g_ptr_array_index (from->places, i)));
  show_place (self, from->place);
}
