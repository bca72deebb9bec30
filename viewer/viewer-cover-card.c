/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cover-card.h"

#include <glib/gi18n.h>

#include "viewer-clock.h"
#include "viewer-freshness-model.h"
#include "viewer-label.h"
#include "viewer-text.h"

#define VALUE_CHARS 46
#define ID_SHOWN 8

struct _ViewerCoverCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *warning;
  GtkWidget *facts;
  int n_rows;
};

G_DEFINE_FINAL_TYPE (ViewerCoverCard, viewer_cover_card, GTK_TYPE_WIDGET)

static void
viewer_cover_card_dispose (GObject *object)
{
  g_clear_pointer (&VIEWER_COVER_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_cover_card_parent_class)->dispose (object);
}

static void
viewer_cover_card_class_init (ViewerCoverCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_cover_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
viewer_cover_card_init (ViewerCoverCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = viewer_label_new (NULL, NULL);
  gtk_widget_add_css_class (head, "card-title");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (self->box), head);
  self->warning = viewer_label_new (NULL, "start-problem");
  gtk_label_set_max_width_chars (GTK_LABEL (self->warning), VALUE_CHARS);
  gtk_box_append (GTK_BOX (self->box), self->warning);
  self->facts = gtk_grid_new ();
  gtk_widget_add_css_class (self->facts, "facts");
  gtk_grid_set_column_spacing (GTK_GRID (self->facts), 14);
  gtk_grid_set_row_spacing (GTK_GRID (self->facts), 3);
  gtk_box_append (GTK_BOX (self->box), self->facts);
}

static void
clear (ViewerCoverCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->facts)) != NULL)
    gtk_grid_remove (GTK_GRID (self->facts), child);
  self->n_rows = 0;
}

/* What is not known says so: a row is never left out. */
static void
add (ViewerCoverCard *self, const char *name, const char *value, const char *css_class)
{
  GtkWidget *label = viewer_label_new (name, "ink3");
  GtkWidget *text = viewer_label_new (value != NULL && *value != '\0' ? value : _ ("unknown"),
                                      css_class);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_max_width_chars (GTK_LABEL (text), VALUE_CHARS);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (GTK_GRID (self->facts), label, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->facts), text, 1, self->n_rows++, 1, 1);
}

static char *
count_text (guint64 n)
{
  return n != DISC_MANIFEST_NOT_SAID ? viewer_text_count (n) : g_strdup (_ ("unknown"));
}

static void
add_label_facts (ViewerCoverCard *self, const DiscManifest *manifest, const char *now)
{
  g_autofree char *as_of = viewer_text_date_time (manifest->as_of, now);
  g_autofree char *from = viewer_text_date (manifest->window_from, now);
  g_autofree char *built = viewer_text_date_time (manifest->built_at, now);
  g_autofree char *patients = count_text (manifest->n_patients);
  g_autofree char *messages = count_text (manifest->n_messages);
  g_autofree char *counts = g_strdup_printf (_ ("charts of %s patients, %s messages"), patients, messages);
  g_autofree char *window = *from != '\0' && *as_of != '\0'
                              ? g_strdup_printf (_ ("%s to %s"), from, as_of)
                              : NULL;

  add (self, _ ("Hospital"), manifest->hospital != NULL ? manifest->hospital : manifest->facility,
       "strong");
  add (self, _ ("Data as of"), as_of, "strong");
  add (self, _ ("Window"), window, NULL);
  add (self, _ ("Made at"), built, NULL);
  add (self, _ ("On it"), counts, NULL);
}

static void
add_number (ViewerCoverCard *self, const ViewerCover *cover)
{
  g_autofree char *id = g_strndup (cover->id != NULL ? cover->id : "", ID_SHOWN);
  g_autofree char *number =
    cover->serial > 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT "　(%s)", cover->serial, id)
                      : g_strdup_printf (_ ("not numbered (%s)"), id);

  add (self, _ ("Disc number"), number, NULL);
}

static void
add_signer (ViewerCoverCard *self, const ViewerCover *cover)
{
  g_autofree char *text = NULL;

  if (cover->signer_state == VIEWER_SIGNER_NONE)
    add (self, _ ("Signed by"), _ ("▲ nobody: not sealed, anybody could have made it"),
         "warn-text");
  else if (cover->signer_state == VIEWER_SIGNER_TRUSTED)
    {
      text = g_strdup_printf (_ ("%s, trusted by this laptop (%s)"), cover->signer_name,
                              cover->fingerprint);
      add (self, _ ("Signed by"), text, NULL);
    }
  else
    add (self, _ ("Signed by"), _ ("■ somebody whom this laptop does not trust"), "crit-text");
}

static const char *
warning_of (const ViewerCover *cover)
{
  if (cover->is_sealed && cover->label == VIEWER_LABEL_ALTERED)
    return _ ("■ The label (manifest.json) was altered: it is not the one that was signed. "
              "Nothing of it is shown. The records inside are checked on their own; keep the "
              "medium as evidence.");
  if (cover->is_sealed && cover->label == VIEWER_LABEL_MISSING)
    return _ ("▲ The label (manifest.json) is missing or cannot be read. Whose disc it is and how "
              "old shows only after it was opened.");
  if (cover->is_sealed && cover->label == VIEWER_LABEL_COPY && viewer_cover_may_open (cover))
    return _ ("▲ The label (manifest.json) is damaged. Shown is its second copy, as it was signed. "
              "Burn a new disc.");
  if (cover->signer_state == VIEWER_SIGNER_UNKNOWN || cover->signer_state == VIEWER_SIGNER_OTHER)
    return _ ("▲ This is what the disc says of itself. Nothing proves it yet.");
  return NULL;
}

void
viewer_cover_card_set (ViewerCoverCard *self, const ViewerCover *cover, const char *now)
{
  const char *warning = warning_of (cover);

  clear (self);
  gtk_label_set_text (GTK_LABEL (self->title), cover->is_sealed
                                                 ? _ ("What stands on the disc's label")
                                                 : _ ("What stands on the disc"));
  gtk_label_set_text (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
  if (cover->manifest != NULL)
    add_label_facts (self, cover->manifest, now);
  add_number (self, cover);
  add_signer (self, cover);
}
