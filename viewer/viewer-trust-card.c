/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-trust-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-label.h"

#define HIDDEN_CHARACTERS 9 /* "CDEF 0123": the last two groups */

struct _ViewerTrustCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *what;
  GtkLabel *says;
  GtkLabel *fingerprint;
  GtkLabel *otherwise;
  GtkEditable *typed;
  GtkLabel *hint;
  GtkWidget *trust;

  const ViewerCover *cover;
};

G_DEFINE_FINAL_TYPE (ViewerTrustCard, viewer_trust_card, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TRUST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_trust_card_dispose (GObject *object)
{
  g_clear_pointer (&VIEWER_TRUST_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_trust_card_parent_class)->dispose (object);
}

static gboolean
viewer_trust_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VIEWER_TRUST_CARD (widget)->typed));
}

static gboolean
matches (ViewerTrustCard *self)
{
  return self->cover != NULL &&
         disc_trust_fingerprint_matches (gtk_editable_get_text (self->typed),
                                         self->cover->fingerprint);
}

/* A slip of the finger is named at once; that a group is right is not said. */
static void
typed_changed (ViewerTrustCard *self)
{
  guint wrong = self->cover != NULL
                  ? disc_trust_fingerprint_wrong_group (gtk_editable_get_text (self->typed),
                                                        self->cover->fingerprint)
                  : 0;
  g_autofree char *hint =
    wrong > 0 ? g_strdup_printf (_ ("■ Group %u is not that of this disc. If the sheet says so, the "
                                    "disc is not your hospital's: do not use it."), wrong)
              : NULL;

  gtk_label_set_text (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_sensitive (self->trust, matches (self));
}

static void
try_to_trust (ViewerTrustCard *self)
{
  if (matches (self))
    g_signal_emit (self, signals[SIGNAL_TRUST], 0);
}

static void
viewer_trust_card_class_init (ViewerTrustCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_trust_card_dispose;
  widget_class->grab_focus = viewer_trust_card_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-trust-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, box);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, title);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, what);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, says);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, fingerprint);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, otherwise);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, typed);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, hint);
  gtk_widget_class_bind_template_child (widget_class, ViewerTrustCard, trust);
  signals[SIGNAL_TRUST] = g_signal_new ("trust", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
viewer_trust_card_init (ViewerTrustCard *self)
{
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_attributes (self->what, attributes);
  gtk_label_set_attributes (self->says, attributes);
  gtk_label_set_attributes (self->otherwise, attributes);
  gtk_label_set_attributes (self->hint, attributes);
  g_signal_connect_swapped (self->typed, "changed", G_CALLBACK (typed_changed), self);
  g_signal_connect_swapped (self->typed, "activate", G_CALLBACK (try_to_trust), self);
  g_signal_connect_swapped (self->trust, "clicked", G_CALLBACK (try_to_trust), self);
}

/* (transfer full) */
static char *
trusted_names (const ViewerCover *cover)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; cover->trusted[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", cover->trusted[i]);
  return g_string_free (names, FALSE);
}

static void
show_what (ViewerTrustCard *self, const ViewerCover *cover)
{
  g_autofree char *names = NULL;
  g_autofree char *stronger = NULL;
  gboolean is_other = cover->signer_state == VIEWER_SIGNER_OTHER;

  gtk_label_set_text (self->title, is_other ? _ ("■ Signed by somebody else")
                                            : _ ("▲ This laptop does not know the signer yet"));
  if (!is_other)
    {
      gtk_label_set_text (self->what, _ ("The disc is not opened. Take the sheet with the "
                                         "fingerprint that the hospital's IT keeps, and compare."));
      gtk_widget_remove_css_class (GTK_WIDGET (self->what), "crit-text");
      return;
    }
  names = trusted_names (cover);
  stronger = g_strdup_printf (_ ("The disc is not opened. This laptop trusts %s; this disc was "
                                 "signed with another key and may be a forgery. Go on only when the "
                                 "IT officer has given you a new sheet with this fingerprint."),
                              names);
  gtk_label_set_text (self->what, stronger);
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "crit-text");
}

static void
show_says (ViewerTrustCard *self, const ViewerCover *cover)
{
  const char *hospital = cover->manifest != NULL ? cover->manifest->hospital : NULL;
  g_autofree char *says =
    hospital != NULL ? g_strdup_printf (_ ("It says that it is from: %s (not proven)"), hospital)
                     : g_strdup (_ ("It does not say which hospital it is from."));

  gtk_label_set_text (self->says, says);
}

void
viewer_trust_card_set_cover (ViewerTrustCard *self, const ViewerCover *cover)
{
  g_autofree char *shown = NULL;

  self->cover = cover;
  gtk_editable_set_text (self->typed, "");
  typed_changed (self);
  if (cover == NULL)
    return;
  shown = g_strdup_printf ("%.*s＿＿＿＿ ＿＿＿＿",
                           (int) strlen (cover->fingerprint) - HIDDEN_CHARACTERS,
                           cover->fingerprint);
  gtk_label_set_text (self->fingerprint, shown);
  show_what (self, cover);
  show_says (self, cover);
}

const char *
viewer_trust_card_get_typed (ViewerTrustCard *self)
{
  return gtk_editable_get_text (self->typed);
}

GtkWidget *
viewer_trust_card_get_entry (ViewerTrustCard *self)
{
  return GTK_WIDGET (self->typed);
}
