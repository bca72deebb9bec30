/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-allergy-box.h"

#include <glib/gi18n.h>

#include "viewer-allergy-model.h"
#include "viewer-chart-entries.h"
#include "viewer-label.h"
#include "viewer-text.h"

struct _ViewerAllergyBox
{
  GtkWidget parent_instance;

  GtkLabel *head;
  GtkLabel *what;
};

G_DEFINE_FINAL_TYPE (ViewerAllergyBox, viewer_allergy_box, GTK_TYPE_WIDGET)

static void
viewer_allergy_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_allergy_box_parent_class)->dispose (object);
}

static void
viewer_allergy_box_class_init (ViewerAllergyBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_allergy_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkLabel *
add_line (ViewerAllergyBox *self, const char *css_class)
{
  GtkWidget *label = viewer_label_new (NULL, css_class);

  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
viewer_allergy_box_init (ViewerAllergyBox *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "allergy");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  self->head = add_line (self, "head");
  self->what = add_line (self, "what");
  gtk_widget_set_vexpand (GTK_WIDGET (self->head), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->head), GTK_ALIGN_END);
  gtk_widget_set_vexpand (GTK_WIDGET (self->what), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->what), GTK_ALIGN_START);
}

static void
set_state (ViewerAllergyBox *self, const char *css_class, const char *head, const char *what)
{
  static const char *const classes[] = { "listed", "none", "unknown" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  gtk_label_set_text (self->head, head);
  gtk_label_set_text (self->what, what);
}

static void
show_listed (ViewerAllergyBox *self, const ViewerAllergyModel *model)
{
  guint n = viewer_allergy_model_n_listed (model);
  guint n_sources = viewer_allergy_model_n_sources (model);
  g_autofree char *count =
    g_strdup_printf (ngettext ("Allergies: %u", "Allergies: %u", n), n);
  g_autofree char *head =
    g_strdup_printf (ngettext ("%s  from %u source", "%s  from %u sources", n_sources), count,
                     n_sources);
  g_autoptr (GString) what = g_string_new ("！ ");

  for (guint i = 0; i < n; i++)
    {
      const ViewerAllergy *line = viewer_allergy_model_get (model, i);

      if (i > 0)
        g_string_append (what, _ (" · "));
      g_string_append (what, line->substance);
      if (line->severity != NULL)
        g_string_append_printf (what, _ (" (%s)"), viewer_text_severity (line->severity));
    }
  set_state (self, "listed", head, what->str);
}

static void
show_none (ViewerAllergyBox *self, const ViewerAllergyModel *model, const char *now)
{
  const char *at = NULL;
  g_autofree char *when = NULL;
  g_autofree char *head = NULL;
  g_autofree char *kinds = viewer_allergy_model_none_kinds (model, _ (" · "));
  g_autofree char *words = kinds != NULL ? g_strdup_printf (_ ("Stated \"none\": %s only"), kinds)
                                         : g_strdup (_ ("Stated \"none\""));

  if (viewer_allergy_model_n (model) > 0)
    {
      const ViewerAllergy *line = viewer_allergy_model_get (model, 0);

      if (line->sources->len > 0)
        {
          const ViewerEntry *entry =
            g_array_index (line->sources, ViewerAllergySource, 0).entry;

          at = viewer_entry_at (entry);
          if (at == NULL)
            at = entry->message->sent_at;
        }
    }
  when = viewer_text_short (at, now);
  head = *when ? g_strdup_printf (_ ("Allergies  written %s"), when) : g_strdup (_ ("Allergies"));
  set_state (self, "none", head, words);
}

void
viewer_allergy_box_set_chart (ViewerAllergyBox *self, ViewerChart *chart)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (ViewerAllergyModel) model = NULL;

  if (chart == NULL)
    {
      set_state (self, "unknown", "", "");
      return;
    }

  entries = viewer_chart_entries (chart);
  model = viewer_allergy_model_new (entries);
  switch (viewer_allergy_model_get_state (model))
    {
    case VIEWER_ALLERGY_LISTED:
      show_listed (self, model);
      break;
    case VIEWER_ALLERGY_NONE_STATED:
      show_none (self, model, viewer_chart_get_now (chart));
      break;
    case VIEWER_ALLERGY_NOT_RECORDED:
    default:
      set_state (self, "unknown", _ ("Allergies"),
                 _ ("？ No record = unknown (this is not \"none\")"));
      break;
    }
}

void
viewer_allergy_box_set_compact (ViewerAllergyBox *self, gboolean compact)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), compact ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), compact ? 12 : 0);
  gtk_widget_set_valign (GTK_WIDGET (self->head), compact ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
}
