/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-open-page.h"

#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-label.h"

struct _ViewerOpenPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkWidget *recent_card;
  GtkWidget *recent;
  GtkWidget *choose;
};

G_DEFINE_FINAL_TYPE (ViewerOpenPage, viewer_open_page, GTK_TYPE_WIDGET)

static void
viewer_open_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_open_page_parent_class)->dispose (object);
}

static gboolean
viewer_open_page_grab_focus (GtkWidget *widget)
{
  ViewerOpenPage *self = VIEWER_OPEN_PAGE (widget);
  GtkWidget *first = gtk_widget_get_first_child (self->recent);

  return gtk_widget_grab_focus (first ? first : self->choose);
}

static void
viewer_open_page_class_init (ViewerOpenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_open_page_dispose;
  widget_class->grab_focus = viewer_open_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-open-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, box);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, title);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, detail);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, choose);
}

static void
viewer_open_page_init (ViewerOpenPage *self)
{
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_attributes (self->detail, attributes);
}

void
viewer_open_page_set_recent (ViewerOpenPage *self, const char *const *paths)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->recent)) != NULL)
    gtk_box_remove (GTK_BOX (self->recent), child);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (paths[i]);
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
      gtk_widget_add_css_class (button, "plain");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-disc");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", paths[i]);
      gtk_box_append (GTK_BOX (self->recent), button);
    }
  gtk_widget_set_visible (self->recent_card,
                          gtk_widget_get_first_child (self->recent) != NULL);
}

/* What, and what to do (design.md section 5, "Empty and error texts"). */
static const char *
sentence_for (const GError *error)
{
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC))
    return _ ("There is no emergency disc in this folder. "
              "Check the drive, then choose the folder that holds the disc's files.");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_TOO_NEW))
    return _ ("This disc was made by a newer version of this program. "
              "Use the viewer that lies on the disc.");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_CORRUPT))
    return _ ("This disc is damaged. Try its USB copy or an older disc.");
  return _ ("This disc could not be read. Clean it or try its USB copy or another drive.");
}

void
viewer_open_page_show_problem (ViewerOpenPage *self, const char *path, const GError *error)
{
  g_autofree char *detail = g_strdup_printf ("%s\n%s", path, error->message);

  gtk_label_set_text (self->title, _ ("■ The disc could not be opened"));
  gtk_label_set_text (self->sentence, sentence_for (error));
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
}

const char *
viewer_open_page_get_sentence (ViewerOpenPage *self)
{
  return gtk_label_get_text (self->sentence);
}
