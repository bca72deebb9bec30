/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-person-card.h"

#include <glib/gi18n.h>

#include "viewer-label.h"
#include "viewer-text.h"

struct _ViewerPersonCard
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;
  guint32 pno; /* who is shown; 0: nobody */
};

G_DEFINE_FINAL_TYPE (ViewerPersonCard, viewer_person_card, GTK_TYPE_WIDGET)

static void
viewer_person_card_dispose (GObject *object)
{
  ViewerPersonCard *self = VIEWER_PERSON_CARD (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_person_card_parent_class)->dispose (object);
}

static void
viewer_person_card_class_init (ViewerPersonCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_person_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
viewer_person_card_init (ViewerPersonCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "person");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_top (self->box, 8);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
append (ViewerPersonCard *self, const char *text, const char *css_class)
{
  gtk_box_append (GTK_BOX (self->box), viewer_label_new (text, css_class));
}

static void
attach_fact (GtkGrid *grid, int row, const char *label, const char *text)
{
  GtkWidget *name = viewer_label_new (label, "label");
  GtkWidget *value = viewer_label_new (text, NULL);

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_size_request (name, 72, -1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

static char *
place_with_time (const DiscPatient *patient, const char *now)
{
  g_autofree char *place = viewer_text_place (patient->ward, patient->room, patient->bed);
  g_autofree char *at = viewer_text_short (patient->place_at, now);
  g_autofree char *as_of = NULL;

  if (patient->flags & DISC_PATIENT_ANY_DEATH)
    return g_strdup (viewer_text_death (patient->flags));
  if (patient->place == DISC_PLACE_OUT)
    return g_strdup (_ ("Out-patient"));
  if (*place == '\0')
    return g_strdup (_ ("unknown"));
  if (*at == '\0')
    return g_steal_pointer (&place);
  as_of = g_strdup_printf (_ ("as of %s"), at);
  return g_strdup_printf ("%s\n%s", place, as_of);
}

static const char *
or_not_recorded (const char *text)
{
  return text ? text : _ ("not recorded");
}

static void
show_facts (ViewerPersonCard *self, const DiscInfo *info, const DiscPatient *patient,
            const char *now)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  g_autofree char *place = place_with_time (patient, now);
  g_autofree char *seen = viewer_text_short (patient->last_seen_at, now);
  g_autofree char *department = viewer_text_department (patient->department);
  g_autoptr (GString) visit = g_string_new (department);
  int row = 0;

  g_string_append_printf (visit, "%s%s", visit->len > 0 && *seen ? " " : "", seen);
  gtk_grid_set_row_spacing (grid, 5);
  gtk_grid_set_column_spacing (grid, 6);
  attach_fact (grid, row++, _ ("Patient ID"), patient->id);
  if (patient->facility != NULL && g_strcmp0 (patient->facility, info->facility) != 0)
    attach_fact (grid, row++, _ ("Facility"), patient->facility);
  attach_fact (grid, row++, _ ("Place"), place);
  attach_fact (grid, row++, _ ("Address"), or_not_recorded (patient->address));
  attach_fact (grid, row++, _ ("Phone"), or_not_recorded (patient->phone));
  attach_fact (grid, row++, _ ("Last visit"), visit->len > 0 ? visit->str : _ ("not recorded"));
  if (patient->former_names != NULL)
    attach_fact (grid, row++, _ ("Former name"), patient->former_names);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (grid));
}

static void
warn_of_twins (ViewerPersonCard *self, guint n_others)
{
  GtkWidget *warning = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = g_strdup_printf (
    ngettext ("▲ %u other person has the same name", "▲ %u other people have the same name",
              n_others),
    n_others);

  gtk_widget_add_css_class (warning, "warnbox");
  gtk_widget_set_margin_top (warning, 10);
  gtk_box_append (GTK_BOX (warning), viewer_label_new (text, "strong"));
  gtk_box_append (GTK_BOX (warning),
                  viewer_label_new (_ ("Compare birth date and patient ID before opening."), NULL));
  gtk_box_append (GTK_BOX (self->box), warning);
}

void
viewer_person_card_set (ViewerPersonCard *self, ViewerDisc *disc, ViewerPatientItem *item,
                        const char *now)
{
  const DiscPatientRow *row = item ? viewer_patient_item_get_row (item) : NULL;
  g_autoptr (DiscPatient) patient = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *era = NULL;
  g_autofree char *age = NULL;
  g_autofree char *birth = NULL;
  GtkWidget *child;

  /* The same person still, as mostly when one more letter was typed. */
  if (row != NULL && row->pno == self->pno)
    return;
  self->pno = 0;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (row == NULL)
    return;

  patient = disc_reader_load_patient (viewer_disc_get_reader (disc), row->pno, &error);
  if (patient == NULL)
    {
      append (self, _ ("This patient could not be read from the disc."), "strong");
      append (self, error->message, "small");
      return;
    }
  era = viewer_text_birth (patient->birth_date);
  age = viewer_text_age (patient->birth_date, now);
  birth = g_strdup_printf ("%s　%s　%s",
                           patient->birth_date ? patient->birth_date : _ ("unknown"),
                           age ? age : _ ("age not certain"), viewer_text_sex (patient->sex));
  append (self, patient->kana ? patient->kana : _ ("no reading recorded"), "kana");
  append (self, patient->name ? patient->name : _ ("no name recorded"), "name");
  append (self, birth, "birth");
  gtk_widget_add_css_class (gtk_widget_get_last_child (self->box), "strong");
  append (self, era, "ink2");
  gtk_box_append (GTK_BOX (self->box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  show_facts (self, viewer_disc_get_info (disc), patient, now);
  if (viewer_patient_item_get_n_same (item) > 1)
    warn_of_twins (self, viewer_patient_item_get_n_same (item) - 1);
  self->pno = row->pno;
}
