/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-open-page.h"

#include <glib/gi18n.h>

#include "disc-emergency.h"
#include "disc-error.h"
#include "viewer-label.h"

struct _ViewerOpenPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkWidget *unlock_card;
  GtkEditable *passphrase;
  GtkEditable *emergency_code;
  GtkLabel *code_hint;
  GtkWidget *unlock;
  GtkWidget *recent_card;
  GtkWidget *recent;
  GtkWidget *choose;

  char *path;             /* of the disc that is asked for; NULL: none */
  ViewerUnlockFunc func;
  gpointer func_data;
};

G_DEFINE_FINAL_TYPE (ViewerOpenPage, viewer_open_page, GTK_TYPE_WIDGET)

static void
viewer_open_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&VIEWER_OPEN_PAGE (object)->path, g_free);
  G_OBJECT_CLASS (viewer_open_page_parent_class)->dispose (object);
}

static gboolean
viewer_open_page_grab_focus (GtkWidget *widget)
{
  ViewerOpenPage *self = VIEWER_OPEN_PAGE (widget);
  GtkWidget *first = gtk_widget_get_first_child (self->recent);

  if (self->path != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
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
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, unlock_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, emergency_code);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, code_hint);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, choose);
}

/* While the code is typed: which group is wrong, as soon as that many characters are there. */
static void
code_changed (ViewerOpenPage *self)
{
  const char *text = gtk_editable_get_text (self->emergency_code);
  g_autofree char *hint = NULL;
  guint wrong = 0;

  if (*text != '\0' && !disc_emergency_check (text, &wrong) && wrong > 0)
    hint = g_strdup_printf (_ ("Group %u is mistyped."), wrong);
  gtk_label_set_text (self->code_hint, hint != NULL ? hint : "");
}

static void
try_to_unlock (ViewerOpenPage *self)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase);
  const char *code = gtk_editable_get_text (self->emergency_code);

  if (self->path == NULL || self->func == NULL || (*passphrase == '\0' && *code == '\0'))
    return;
  self->func (self->path, *passphrase != '\0' ? passphrase : NULL,
              *passphrase != '\0' ? NULL : code, self->func_data);
}

static void
viewer_open_page_init (ViewerOpenPage *self)
{
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_attributes (self->detail, attributes);
  g_signal_connect_swapped (self->passphrase, "activate", G_CALLBACK (try_to_unlock), self);
  g_signal_connect_swapped (self->emergency_code, "activate", G_CALLBACK (try_to_unlock), self);
  g_signal_connect_swapped (self->emergency_code, "changed", G_CALLBACK (code_changed), self);
  g_signal_connect_swapped (self->unlock, "clicked", G_CALLBACK (try_to_unlock), self);
}

/* @path: (nullable): nothing is asked */
static void
set_asked (ViewerOpenPage *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  gtk_widget_set_visible (self->unlock_card, copy != NULL);
  gtk_widget_set_sensitive (self->unlock_card, TRUE);
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->emergency_code, "");
}

void
viewer_open_page_set_unlock_func (ViewerOpenPage *self, ViewerUnlockFunc func, gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

void
viewer_open_page_ask (ViewerOpenPage *self, const char *path)
{
  gtk_label_set_text (self->title, _ ("This disc is sealed"));
  gtk_label_set_text (self->sentence, _ ("Enter the passphrase and press Enter."));
  gtk_label_set_text (self->detail, path);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
  set_asked (self, path);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
viewer_open_page_show_waiting (ViewerOpenPage *self)
{
  gtk_label_set_text (self->sentence, _ ("Opening the disc…"));
  /* An entry that loses the focus by being switched off would never hear of it. */
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_set_sensitive (self->unlock_card, FALSE);
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
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_TRUNCATED))
    return _ ("This disc ends early: it was not burnt or copied to its end. "
              "Try its USB copy or an older disc.");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED))
    return _ ("This disc was altered after it was signed. Do not use it; keep it as evidence, "
              "and take an older disc.");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_SIGNER))
    return _ ("This disc was not signed by a hospital that this laptop trusts. Compare the "
              "fingerprint below with the sheet in the safe; if it is the same, the IT officer "
              "runs “tomoshibi trust” on this laptop.");
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_PASSPHRASE))
    return _ ("That does not open this disc. Try again, or take the emergency key from the "
              "envelope.");
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
  set_asked (self, g_error_matches (error, DISC_ERROR, DISC_ERROR_PASSPHRASE) ? path : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

const char *
viewer_open_page_get_sentence (ViewerOpenPage *self)
{
  return gtk_label_get_text (self->sentence);
}
