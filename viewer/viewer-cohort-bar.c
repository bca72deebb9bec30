/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-bar.h"

#include <glib/gi18n.h>

#include "viewer-cohort-words.h"
#include "viewer-label.h"

#define MAX_TYPED 200
#define WIDTH_CHARS 26
#define COMPACT_WIDTH_CHARS 15

struct _ViewerCohortBar
{
  GtkWidget parent_instance;

  ViewerCohortKind kind;
  GtkWidget *chips[VIEWER_N_COHORTS];
  GtkWidget *entry;
  GtkWidget *any;
  GtkLabel *understood;
  GtkLabel *example;
  gboolean is_compact;
};

G_DEFINE_FINAL_TYPE (ViewerCohortBar, viewer_cohort_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  SIGNAL_LEAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

ViewerCohortQuery *
viewer_cohort_bar_get_query (ViewerCohortBar *self)
{
  return viewer_cohort_query_new (self->kind, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->any)));
}

static void
show_texts (ViewerCohortBar *self)
{
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_bar_get_query (self);
  g_autofree char *understood = viewer_cohort_understood_text (query);

  gtk_label_set_text (self->understood, understood);
  gtk_label_set_text (self->example, viewer_cohort_example_text (self->kind));
  /* With large text only what is wrong with it. */
  gtk_widget_set_visible (GTK_WIDGET (self->example), *understood == '\0' && !self->is_compact);
  gtk_widget_set_visible (
      GTK_WIDGET (self->understood),
      *understood != '\0' &&
          (!self->is_compact || viewer_cohort_query_readiness (query) != VIEWER_COHORT_READY));
}

static void
mark_kind (ViewerCohortBar *self)
{
  for (guint i = 0; i < VIEWER_N_COHORTS; i++)
    {
      gboolean is_on = i == (guint) self->kind;

      if (is_on)
        gtk_widget_add_css_class (self->chips[i], "on");
      else
        gtk_widget_remove_css_class (self->chips[i], "on");
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (self->chips[i]), GTK_ACCESSIBLE_STATE_PRESSED,
          is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
  gtk_widget_set_visible (self->any, self->kind == VIEWER_COHORT_RESULT);
}

static void
changed (ViewerCohortBar *self)
{
  show_texts (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
viewer_cohort_bar_set_kind (ViewerCohortBar *self, ViewerCohortKind kind)
{
  if (self->kind == kind)
    return;
  self->kind = kind;
  mark_kind (self);
  changed (self);
}

void
viewer_cohort_bar_next_kind (ViewerCohortBar *self)
{
  viewer_cohort_bar_set_kind (self, (self->kind + 1) % VIEWER_N_COHORTS);
}

void
viewer_cohort_bar_set_text (ViewerCohortBar *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

void
viewer_cohort_bar_set_any (ViewerCohortBar *self, gboolean is_any)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->any), is_any);
}

static void
chip_clicked (GtkButton *chip, ViewerCohortBar *self)
{
  for (guint i = 0; i < VIEWER_N_COHORTS; i++)
    if (self->chips[i] == GTK_WIDGET (chip))
      viewer_cohort_bar_set_kind (self, (ViewerCohortKind) i);
}

static void
entry_activated (ViewerCohortBar *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             ViewerCohortBar *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) ||
      (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
  return TRUE;
}

/* What was typed last stays, and the next letter goes on from it or, selected, replaces it. */
static gboolean
viewer_cohort_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VIEWER_COHORT_BAR (widget)->entry);
}

static void
viewer_cohort_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_cohort_bar_parent_class)->dispose (object);
}

static void
viewer_cohort_bar_class_init (ViewerCohortBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[N_SIGNALS] = { "changed", "activate", "leave" };

  object_class->dispose = viewer_cohort_bar_dispose;
  widget_class->grab_focus = viewer_cohort_bar_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_chips (ViewerCohortBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  for (guint i = 0; i < VIEWER_N_COHORTS; i++)
    {
      self->chips[i] = gtk_button_new_with_label (viewer_cohort_kind_text ((ViewerCohortKind) i));
      gtk_widget_add_css_class (self->chips[i], "chip");
      gtk_widget_set_focus_on_click (self->chips[i], FALSE);
      gtk_widget_set_valign (self->chips[i], GTK_ALIGN_CENTER);
      g_signal_connect_object (self->chips[i], "clicked", G_CALLBACK (chip_clicked), self, 0);
      gtk_box_append (GTK_BOX (box), self->chips[i]);
    }
  return box;
}

static void
make_entry (ViewerCohortBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MAX_TYPED);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), WIDTH_CHARS);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Condition: a drug, a result or a diagnosis"), -1);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
}

static void
viewer_cohort_bar_init (ViewerCohortBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 10);
  make_entry (self);
  self->any = gtk_check_button_new_with_label (_ ("not only the latest value"));
  gtk_widget_set_valign (self->any, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->any, "toggled", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  self->understood = GTK_LABEL (viewer_label_new (NULL, "ink2"));
  self->example = GTK_LABEL (viewer_label_new (NULL, "small"));
  gtk_label_set_wrap (self->understood, TRUE);
  gtk_label_set_wrap (self->example, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->understood));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->example));
  gtk_widget_set_parent (new_chips (self), GTK_WIDGET (self));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_parent (self->any, GTK_WIDGET (self));
  gtk_widget_set_parent (words, GTK_WIDGET (self));
  mark_kind (self);
  show_texts (self);
}

void
viewer_cohort_bar_set_compact (ViewerCohortBar *self, gboolean is_compact)
{
  self->is_compact = is_compact;
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry),
                                is_compact ? COMPACT_WIDTH_CHARS : WIDTH_CHARS);
  show_texts (self);
}

void
viewer_cohort_bar_copy (ViewerCohortBar *self, ViewerCohortBar *from)
{
  viewer_cohort_bar_set_kind (self, from->kind);
  viewer_cohort_bar_set_any (self, gtk_check_button_get_active (GTK_CHECK_BUTTON (from->any)));
  viewer_cohort_bar_set_text (self, gtk_editable_get_text (GTK_EDITABLE (from->entry)));
}

GtkWidget *
viewer_cohort_bar_new (void)
{
  return g_object_new (VIEWER_TYPE_COHORT_BAR, NULL);
}
