/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-source-panel.h"

#include <gio/gunixmounts.h>
#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-inventory.h"
#include "viewer-key-line.h"
#include "viewer-label.h"
#include "viewer-source-model.h"
#include "viewer-source-text.h"
#include "viewer-text.h"

struct _ViewerSourcePanel
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *when;
  GtkScrolledWindow *scroller;
  GtkWidget *chips;   /* these are made anew for each source */
  GtkGrid *facts;
  int n_facts;
  GtkWidget *versions;
  GtkWidget *wait;    /* which volume is wanted, and a way to get it into the only drive */
  GtkLabel *wanted;
  GtkWidget *change;
  ViewerSourceText *text;

  /* While the volume of the source that is shown is not there: */
  GUnixMountMonitor *mounts;
  ViewerChart *chart;
  ViewerDisc *disc;
  gint64 rid;
  gint64 shown_rid;
};

G_DEFINE_FINAL_TYPE (ViewerSourcePanel, viewer_source_panel, GTK_TYPE_WIDGET)

static void
stop_waiting (ViewerSourcePanel *self)
{
  if (self->mounts != NULL)
    g_signal_handlers_disconnect_by_data (self->mounts, self);
  g_clear_object (&self->mounts);
  g_clear_object (&self->chart);
  g_clear_object (&self->disc);
}

static void
viewer_source_panel_dispose (GObject *object)
{
  ViewerSourcePanel *self = VIEWER_SOURCE_PANEL (object);

  stop_waiting (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_source_panel_parent_class)->dispose (object);
}

static void
viewer_source_panel_class_init (ViewerSourcePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_source_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_title (ViewerSourcePanel *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *head = viewer_label_new (_ ("Source"), NULL);

  gtk_widget_add_css_class (line, "card-title");
  self->title = GTK_LABEL (viewer_label_new (NULL, "strong"));
  self->when = GTK_LABEL (viewer_label_new (NULL, "note"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->when), TRUE);
  gtk_box_append (GTK_BOX (line), head);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->when));
  gtk_box_append (GTK_BOX (line), viewer_key_cap_new ("Esc"));
  return line;
}

/* What is shown stays; what was open is closed, so that the drive can be opened. */
static void
change_disc (ViewerSourcePanel *self)
{
  g_autoptr (ViewerChart) chart = self->chart != NULL ? g_object_ref (self->chart) : NULL;
  g_autoptr (ViewerDisc) disc = self->disc != NULL ? g_object_ref (self->disc) : NULL;

  if (disc == NULL)
    return;
  viewer_disc_release (disc);
  viewer_source_panel_show (self, chart, disc, self->rid);
}

static GtkWidget *
new_wait (ViewerSourcePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Change the disc"));
  GtkWidget *note = viewer_label_new (_ ("With one drive only. What is open stays on the screen."),
                                      "small");

  gtk_widget_add_css_class (button, "plain");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (change_disc), self);
  gtk_widget_set_hexpand (note, TRUE);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (line), note);
  self->change = line;
  self->wanted = GTK_LABEL (viewer_label_new (NULL, "warnbox"));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->wanted));
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_set_visible (box, FALSE);
  self->wait = box;
  return box;
}

static void
show_wait (ViewerSourcePanel *self, ViewerDisc *disc, const char *text)
{
  gtk_label_set_text (self->wanted, text);
  gtk_widget_set_visible (self->change, !viewer_disc_is_released (disc));
  gtk_widget_set_visible (self->wait, TRUE);
}

/* State and flags, facts, versions, and the text below them: all of it scrolls together. */
static GtkWidget *
new_content (ViewerSourcePanel *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 10);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_widget_set_margin_start (self->chips, 8);
  gtk_widget_set_margin_top (self->chips, 4);
  self->facts = GTK_GRID (gtk_grid_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->facts), "facts");
  gtk_grid_set_column_spacing (self->facts, 8);
  gtk_grid_set_row_spacing (self->facts, 2);
  self->versions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_margin_start (self->versions, 12);
  gtk_widget_set_margin_end (self->versions, 12);
  gtk_widget_set_margin_bottom (self->versions, 6);
  gtk_box_append (GTK_BOX (content), self->chips);
  gtk_box_append (GTK_BOX (content), new_wait (self));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (content), self->versions);
  gtk_box_append (GTK_BOX (content),
                  viewer_label_new (_ ("Source text (read only). Marked: values that were read "
                                       "from it."),
                                    "table-head"));
  self->text = VIEWER_SOURCE_TEXT (viewer_source_text_new ());
  gtk_text_view_set_indent (GTK_TEXT_VIEW (self->text), -16);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->text));
  return content;
}

/* Made anew: a grid keeps for good how it was asked for its size while it was empty and hidden. */
static void
clear (ViewerSourcePanel *self)
{
  self->n_facts = 0;
  gtk_scrolled_window_set_child (self->scroller, new_content (self));
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->when, "");
}

static void
viewer_source_panel_init (ViewerSourcePanel *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "source");
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_box_append (GTK_BOX (self->box), new_title (self));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->scroller));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  clear (self);
}

static void
add_chip (ViewerSourcePanel *self, const char *text, const char *css_class)
{
  GtkWidget *chip = gtk_label_new (text);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, css_class);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->chips), chip, -1);
}

static void
add_fact (ViewerSourcePanel *self, const char *label, const char *text)
{
  GtkWidget *name, *value;

  if (text == NULL || *text == '\0')
    return;
  name = viewer_label_new (label, "label");
  value = viewer_label_new (text, "dense");
  gtk_label_set_wrap (GTK_LABEL (name), FALSE);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->facts, name, 0, self->n_facts, 1, 1);
  gtk_grid_attach (self->facts, value, 1, self->n_facts, 1, 1);
  self->n_facts++;
}

/* SS-MIX2 spec 2.2. */
static const char *
condition_text (char condition)
{
  switch (condition)
    {
    case '1':
      return _ ("1 (valid)");
    case '0':
      return _ ("0 (deleted)");
    case '2':
      return _ ("2 (superseded)");
    default:
      return _ ("none");
    }
}

static void
show_state (ViewerSourcePanel *self, const ViewerSource *source)
{
  const DiscMessage *message = viewer_source_get_message (source);
  const DiscRecord *record = viewer_source_get_record (source);
  const char *other = viewer_text_other_source (message->flags);
  g_autoptr (GPtrArray) flags = viewer_text_flags (message->flags);

  if (record != NULL)
    add_chip (self, viewer_text_status (record->status), record->live ? "accent" : "dashed");
  for (guint i = 0; i < flags->len; i++)
    add_chip (self, g_ptr_array_index (flags, i),
              message->flags & DISC_MESSAGE_DISPUTED ? "crit" : "warn");
  if (other != NULL)
    add_chip (self, other, "accent");
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

static void
show_facts (ViewerSourcePanel *self, const DiscMessage *message, const char *now)
{
  g_autofree char *sent = viewer_text_short (message->sent_at, now);
  g_autofree char *type = g_strdup_printf ("%s  %s", message->data_type ? message->data_type : "",
                                           message->care_date ? message->care_date : "-");

  add_fact (self, _ ("File"), message->path);
  add_fact (self, _ ("Entry"), message->entry);
  add_fact (self, _ ("Type, care date"), type);
  add_fact (self, _ ("Condition flag"), condition_text (message->condition));
  add_fact (self, _ ("Sent"), message->sent_at ? sent : _ ("not recorded"));
  add_fact (self, _ ("Format"), disc_source_format_name (message->format));
  add_fact (self, _ ("IDs in dispute"), message->disputed_ids);
}

static void
show_versions (ViewerSourcePanel *self, ViewerChart *chart, const DiscMessage *message)
{
  g_autoptr (GArray) versions = viewer_source_list_versions (chart, message);
  g_autofree char *head = g_strdup_printf (_ ("History, new to old: %u versions"), versions->len);

  if (versions->len < 2)
    return;
  gtk_box_append (GTK_BOX (self->versions), viewer_label_new (head, "small"));
  for (guint i = 0; i < versions->len; i++)
    {
      const ViewerSourceVersion *version = &g_array_index (versions, ViewerSourceVersion, i);
      gboolean is_this = version->message->rid == message->rid;
      g_autofree char *sent =
        viewer_text_short (version->message->sent_at, viewer_chart_get_now (chart));
      gboolean is_other = version->message->format != message->format;
      g_autofree char *text =
          g_strdup_printf ("%s　%s%s%s%s", sent, viewer_text_status (version->record->status),
                           is_other ? "　" : "",
                           is_other ? disc_source_format_name (version->message->format) : "",
                           is_this ? _ ("  (shown)") : "");
      GtkWidget *button = gtk_button_new_with_label (text);

      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      gtk_widget_add_css_class (button, "chip");
      if (is_this)
        gtk_widget_add_css_class (button, "on");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.source-of");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x",
                                        version->message->rid);
      gtk_box_append (GTK_BOX (self->versions), button);
    }
}

static void
on_mounts_changed (GUnixMountMonitor *mounts, gpointer data)
{
  ViewerSourcePanel *self = data;
  g_autoptr (ViewerChart) chart = g_steal_pointer (&self->chart);
  g_autoptr (ViewerDisc) disc = g_steal_pointer (&self->disc);

  viewer_source_panel_show (self, chart, disc, self->rid);
}

/* Somebody may put the volume in. */
static void
wait_for_volume (ViewerSourcePanel *self, ViewerChart *chart, ViewerDisc *disc, gint64 rid)
{
  g_set_object (&self->chart, chart);
  g_set_object (&self->disc, disc);
  self->rid = rid;
  self->mounts = g_unix_mount_monitor_get ();
  g_signal_connect (self->mounts, "mounts-changed", G_CALLBACK (on_mounts_changed), self);
}

void
viewer_source_panel_show (ViewerSourcePanel *self, ViewerChart *chart, ViewerDisc *disc,
                          gint64 rid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = NULL;
  const DiscMessage *message;
  const DiscRecord *record;
  const char *now = chart ? viewer_chart_get_now (chart) : NULL;
  g_autofree char *when = NULL;

  stop_waiting (self);
  clear (self);
  self->shown_rid = rid;
  if (rid == 0)
    {
      gtk_label_set_text (self->title, _ ("no row selected"));
      return;
    }
  source = chart != NULL ? viewer_source_load_in (chart, rid, &error)
                         : viewer_source_load (disc, rid, &error);
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    {
      gtk_label_set_text (self->title, _ ("■ To read this record put the disc (volume 1) back in"));
      wait_for_volume (self, chart, disc, rid);
      return;
    }
  if (source == NULL)
    {
      gtk_label_set_text (self->title, _ ("■ This record could not be read"));
      gtk_label_set_text (self->when, error->message);
      return;
    }
  message = viewer_source_get_message (source);
  record = viewer_source_get_record (source);
  when = viewer_text_short (record ? viewer_inventory_record_at (record) : NULL, now);
  gtk_label_set_text (self->title, record ? viewer_text_kind (record->kind) : "");
  gtk_label_set_text (self->when, when);
  show_state (self, source);
  show_facts (self, message, now);
  if (chart != NULL)
    show_versions (self, chart, message);
  viewer_source_text_set (self->text, viewer_source_get_text (source),
                          viewer_source_get_marks (source));
  if (viewer_source_is_elsewhere (source))
    {
      show_wait (self, disc, viewer_source_get_text (source));
      wait_for_volume (self, chart, disc, rid);
    }
}

char *
viewer_source_panel_get_text (ViewerSourcePanel *self)
{
  return viewer_source_text_get (self->text);
}

gint64
viewer_source_panel_get_rid (ViewerSourcePanel *self)
{
  return self->shown_rid;
}

char *
viewer_source_panel_dup_selection (ViewerSourcePanel *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter from, to;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &from, &to))
    return NULL;
  return gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
}
