/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

#include <glib/gi18n.h>

#include "viewer-clock.h"
#include "viewer-sections.h"

#define CLOCK_SECONDS 15
#define MAX_RECENT 10

G_DEFINE_FINAL_TYPE (ViewerWindow, viewer_window, GTK_TYPE_APPLICATION_WINDOW)

static void
update_clock (ViewerWindow *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_strip_update (self->strip, self->disc, now);
  viewer_notices_update (self->notices,
                         &(ViewerNoticeFacts) { .disc = self->disc,
                                                .chart = self->chart,
                                                .store = self->store,
                                                .store_failed = self->store_failed,
                                                .refresh_days = self->refresh_days },
                         now);
}

/* Which generation the search page is of. */
static void
show_origin (ViewerWindow *self)
{
  const DiscGeneration *here = NULL;
  g_autofree char *text = NULL;

  if (self->disc != NULL && self->store != NULL)
    here = viewer_store_find (self->store, viewer_disc_get_path (self->disc));
  if (here != NULL && here == viewer_store_get_newest (self->store))
    text = g_strdup_printf (_ ("The newest of %u in the store"), viewer_store_n (self->store));
  else if (here != NULL)
    text = g_strdup_printf (_ ("One of %u in the store"), viewer_store_n (self->store));
  viewer_search_page_set_origin (self->search_page, text);
}

static gboolean
clock_ticked (gpointer window)
{
  update_clock (window);
  return G_SOURCE_CONTINUE;
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

static void
viewer_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (viewer_window_parent_class)->realize (widget);
  viewer_window_follow_size (VIEWER_WINDOW (widget));
}

static void
forget_chart (ViewerWindow *self)
{
  GHashTableIter iter;
  gpointer page;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    viewer_page_set_chart (page, NULL);
  viewer_page_set_chart (VIEWER_PAGE (self->find_page), NULL);
  viewer_banner_set_chart (self->banner, NULL);
  g_clear_object (&self->chart);
}

static void
viewer_window_dispose (GObject *object)
{
  ViewerWindow *self = VIEWER_WINDOW (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  viewer_window_forget_copy (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  if (self->sections != NULL)
    forget_chart (self);
  g_clear_pointer (&self->sections, g_hash_table_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->recent, g_array_unref);
  g_clear_object (&self->disc);
  g_clear_object (&self->store);
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
  g_type_ensure (VIEWER_TYPE_LISTS_PAGE);
  g_type_ensure (VIEWER_TYPE_WARD_GAP_PAGE);
  g_type_ensure (VIEWER_TYPE_FIND_PAGE);
  g_type_ensure (VIEWER_TYPE_QUALITY_PAGE);
  g_type_ensure (VIEWER_TYPE_FINDINGS_PAGE);
  g_type_ensure (VIEWER_TYPE_SOURCE_PANEL);
  g_type_ensure (VIEWER_TYPE_KEY_LINE);
  g_type_ensure (VIEWER_TYPE_KEYS_PAGE);
  g_type_ensure (VIEWER_TYPE_GUARD);
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
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, lists_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, ward_gap_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, find_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, quality_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, findings_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, source_panel);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, key_line);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, keys_page);
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, guard);
}

static void
viewer_window_init (ViewerWindow *self)
{
  self->place = g_strdup ("open");
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->recent = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  self->refresh_days = VIEWER_REFRESH_DAYS_DEFAULT;
  gtk_widget_init_template (GTK_WIDGET (self));
  viewer_window_init_size (self);
  viewer_window_init_lists (self);
  viewer_window_init_guard (self);
  viewer_window_add_actions (self);
  viewer_window_add_keys (self);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, clock_ticked, self);
  update_clock (self);
  viewer_window_update_key_line (self);
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

  viewer_window_forget_copy (self);
  forget_chart (self);
  g_ptr_array_set_size (self->places, 0);
  if (self->disc != NULL)
    g_signal_handlers_disconnect_by_func (self->disc, update_clock, self);
  if (self->disc != disc)
    g_array_set_size (self->recent, 0); /* of this disc a number is somebody else */
  g_set_object (&self->disc, disc);
  if (disc != NULL)
    {
      g_signal_connect_object (disc, "damaged", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (disc, "notify::patients-loaded", G_CALLBACK (update_clock), self,
                               G_CONNECT_SWAPPED);
    }
  show_origin (self);
  viewer_search_page_set_disc (self->search_page, disc, now);
  viewer_lists_page_set_disc (self->lists_page, disc);
  viewer_ward_gap_page_set_disc (self->ward_gap_page, disc);
  update_clock (self);
  if (disc != NULL && viewer_disc_get_patients (disc) == NULL)
    viewer_disc_load_patients_async (disc, self->cancellable, patients_loaded, self);
  viewer_window_show_place (self, disc ? "search" : "open");
}

ViewerDisc *
viewer_window_get_disc (ViewerWindow *self)
{
  return self->disc;
}

void
viewer_window_show_problem (ViewerWindow *self, const char *path, const GError *error)
{
  if (self->disc != NULL && g_str_equal (viewer_disc_get_path (self->disc), path))
    viewer_window_set_disc (self, NULL);
  viewer_window_show_start (self);
  viewer_open_page_show_problem (self->open_page, path, error);
}

void
viewer_window_show_start (ViewerWindow *self)
{
  viewer_window_go (self, "open");
}

void
viewer_window_set_recent (ViewerWindow *self, const char *const *paths)
{
  viewer_open_page_set_recent (self->open_page, paths);
}

void
viewer_window_set_store (ViewerWindow *self, ViewerStore *store, const GError *error)
{
  g_set_object (&self->store, store);
  self->store_failed = error != NULL;
  viewer_open_page_set_store (self->open_page, store);
  show_origin (self);
  update_clock (self);
}

void
viewer_window_set_refresh_days (ViewerWindow *self, guint days)
{
  self->refresh_days = days;
  viewer_open_page_set_refresh_days (self->open_page, days);
  update_clock (self);
}

static void
show_chart (ViewerWindow *self, ViewerChart *chart)
{
  forget_chart (self);
  self->chart = g_object_ref (chart);
  viewer_banner_set_chart (self->banner, chart);
  viewer_window_set_confirmed (self, FALSE);
  viewer_rail_set_chart (self->rail, chart);
  update_clock (self);
}

static void
remember (ViewerWindow *self, guint32 pno)
{
  for (guint i = self->recent->len; i > 0; i--)
    if (g_array_index (self->recent, guint32, i - 1) == pno)
      g_array_remove_index (self->recent, i - 1);
  g_array_prepend_val (self->recent, pno);
  if (self->recent->len > MAX_RECENT)
    g_array_set_size (self->recent, MAX_RECENT);
}

gboolean
viewer_window_open_patient (ViewerWindow *self, guint32 pno)
{
  g_autofree char *now = viewer_clock_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerChart) chart = NULL;
  g_autofree char *list = NULL;

  if (self->disc == NULL)
    return FALSE;
  chart = viewer_chart_load (self->disc, pno, now, &error);
  if (chart == NULL)
    {
      viewer_window_go (self, "search");
      viewer_search_page_show_problem (self->search_page, error);
      return FALSE;
    }
  /* Back leads to where the patient was found. */
  list = viewer_window_is_of_many (self->place) ? g_strdup (self->place) : NULL;
  show_chart (self, chart);
  remember (self, pno);
  g_ptr_array_set_size (self->places, 0);
  viewer_window_show_place (self, list != NULL ? list : "search");
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
    { "strip", self->strip },
    { "notices", self->notices },
    { "banner", self->banner },
    { "rail", self->rail },
    { "open", self->open_page },
    { "search", self->search_page },
    { "lists", self->lists_page },
    { "ward-gap", self->ward_gap_page },
    { "find", self->find_page },
    { "quality", self->quality_page },
    { "disputed", self->findings_page },
    { "source", self->source_panel },
    { "keys", self->keys_page },
    { "key-line", self->key_line },
    { "guard", self->guard },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].name, name))
      return parts[i].widget;
  return GTK_WIDGET (viewer_window_section_page (self, name));
}

void
viewer_window_copy_state (ViewerWindow *self, ViewerWindow *from)
{
  viewer_window_set_disc (self, from->disc);
  if (self->disc == NULL)
    return;
  viewer_search_page_set_text (self->search_page,
                               viewer_search_page_get_text (from->search_page));
  viewer_lists_page_copy_condition (self->lists_page, from->lists_page);
  if (from->chart != NULL)
    {
      show_chart (self, from->chart);
      viewer_window_set_confirmed (self, from->is_confirmed);
    }
  g_array_set_size (self->recent, 0);
  g_array_append_vals (self->recent, from->recent->data, from->recent->len);
  for (guint i = 0; i < from->places->len; i++)
    g_ptr_array_add (self->places, g_strdup (g_ptr_array_index (from->places, i)));
  viewer_window_show_place (self, from->place);
}

gboolean
viewer_window_is_busy (ViewerWindow *self)
{
  return viewer_lists_page_is_busy (self->lists_page);
}
