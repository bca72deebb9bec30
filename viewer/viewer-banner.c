/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-banner.h"

#include <glib/gi18n.h>

#include "viewer-allergy-box.h"
#include "viewer-band.h"
#include "viewer-label.h"
#include "viewer-text.h"

#define PLACE_WIDTH 180 /* department, doctor and time: two lines at most */

struct _ViewerBanner
{
  GtkWidget parent_instance;

  ViewerChart *chart;
  gulong loaded_handler;

  GtkWidget *line;
  GtkWidget *band;
  GtkLabel *kana;
  GtkLabel *name;
  GtkLabel *birth;
  GtkLabel *era;
  GtkLabel *age;
  GtkLabel *id;
  GtkLabel *facility;
  GtkWidget *place_field;
  GtkLabel *place;
  GtkLabel *place_at;
  GtkWidget *chips_field;
  GtkWidget *chips;
  guint n_chips;
  gboolean is_confirmed;
  GtkWidget *allergies;
};

G_DEFINE_FINAL_TYPE (ViewerBanner, viewer_banner, GTK_TYPE_WIDGET)

static void
forget_chart (ViewerBanner *self)
{
  if (self->loaded_handler != 0)
    g_signal_handler_disconnect (viewer_chart_get_disc (self->chart), self->loaded_handler);
  self->loaded_handler = 0;
  g_clear_object (&self->chart);
}

static void
viewer_banner_dispose (GObject *object)
{
  ViewerBanner *self = VIEWER_BANNER (object);
  GtkWidget *child;

  forget_chart (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_banner_parent_class)->dispose (object);
}

static void
viewer_banner_class_init (ViewerBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_banner_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
add_field (ViewerBanner *self)
{
  GtkWidget *field = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (field, "field");
  gtk_widget_set_valign (inner, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (inner, TRUE);
  gtk_box_append (GTK_BOX (field), inner);
  gtk_box_append (GTK_BOX (self->line), field);
  return inner;
}

/* Identity wraps where it is too long; it is never cut (design, principle 9). */
static GtkLabel *
add_label (GtkWidget *field, const char *css_class)
{
  GtkWidget *label = viewer_label_new (NULL, css_class);

  gtk_box_append (GTK_BOX (field), label);
  return GTK_LABEL (label);
}

static void
add_birth_line (ViewerBanner *self, GtkWidget *field)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (field), line);
  self->era = add_label (line, "under");
  gtk_widget_add_css_class (GTK_WIDGET (self->era), "more");
  gtk_label_set_wrap (self->era, FALSE);
  self->age = add_label (line, "under");
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "more");
  gtk_widget_add_css_class (GTK_WIDGET (self->age), "strong");
  gtk_label_set_wrap (self->age, FALSE);
}

static void
viewer_banner_init (ViewerBanner *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *field;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->line, "patient");
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));

  self->band = g_object_new (VIEWER_TYPE_BAND, NULL);
  gtk_box_append (GTK_BOX (self->line), self->band);
  field = add_field (self);
  self->kana = add_label (field, "kana");
  self->name = add_label (field, "name");
  field = add_field (self);
  self->birth = add_label (field, "value");
  gtk_label_set_wrap (self->birth, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->birth), "strong");
  add_birth_line (self, field);
  field = add_field (self);
  gtk_label_set_text (add_label (field, "under"), _ ("Patient ID"));
  self->id = add_label (field, "value");
  gtk_label_set_wrap (self->id, FALSE);
  self->facility = add_label (field, "under");
  field = add_field (self);
  self->place_field = gtk_widget_get_parent (field);
  self->place = add_label (field, "value");
  self->place_at = add_label (field, "under");
  gtk_widget_set_size_request (GTK_WIDGET (self->place_at), PLACE_WIDTH, -1);
  field = add_field (self);
  self->chips = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->chips), 3);
  gtk_grid_set_column_spacing (GTK_GRID (self->chips), 6);
  gtk_box_append (GTK_BOX (field), self->chips);
  self->chips_field = gtk_widget_get_parent (field);

  self->allergies = g_object_new (VIEWER_TYPE_ALLERGY_BOX, NULL);
  gtk_box_append (GTK_BOX (self->line), self->allergies);
}

static void
show_identity (ViewerBanner *self, const DiscPatient *patient, const char *now)
{
  const char *own_facility = viewer_chart_get_info (self->chart)->facility;
  g_autofree char *era = viewer_text_birth (patient->birth_date);
  g_autofree char *age = viewer_text_age (patient->birth_date, now);
  g_autofree char *under = NULL;

  viewer_band_set_id (VIEWER_BAND (self->band), patient->id);
  gtk_label_set_text (self->kana, patient->kana ? patient->kana : _ ("no reading recorded"));
  gtk_label_set_text (self->name, patient->name ? patient->name : _ ("no name recorded"));
  gtk_label_set_text (self->birth,
                      patient->birth_date ? patient->birth_date : _ ("unknown"));
  under = g_strdup_printf ("%s　%s", age ? age : _ ("age not certain"),
                           viewer_text_sex (patient->sex));
  gtk_label_set_text (self->era, era);
  gtk_label_set_text (self->age, under);
  gtk_label_set_text (self->id, patient->id);
  /* One disc may hold several facilities, and each numbers its patients. */
  gtk_label_set_text (self->facility, patient->facility ? patient->facility : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facility),
                          g_strcmp0 (patient->facility, own_facility) != 0);
}

/* The place is the last one known, with its time: never "now" (design 5). */
static void
show_place (ViewerBanner *self, const DiscPatient *patient, const char *now)
{
  g_autofree char *place = viewer_text_place (patient->ward, patient->room, patient->bed);
  g_autofree char *at = viewer_text_short (patient->place_at, now);
  g_autofree char *department = viewer_text_department (patient->department);
  g_autoptr (GString) under = g_string_new (department);

  if (patient->doctor != NULL)
    g_string_append_printf (under, "%s%s", under->len > 0 ? "・" : "", patient->doctor);
  if (*at != '\0')
    {
      g_autofree char *as_of = g_strdup_printf (_ ("as of %s"), at);

      g_string_append_printf (under, "%s%s", under->len > 0 ? "／" : "", as_of);
    }
  if (*place == '\0' || patient->place == DISC_PLACE_OUT)
    gtk_label_set_text (self->place,
                        patient->flags & DISC_PATIENT_ANY_DEATH ? viewer_text_death (patient->flags)
                        : patient->place == DISC_PLACE_OUT ? _ ("Out-patient")
                                                           : _ ("place unknown"));
  else
    gtk_label_set_text (self->place, place);
  if (patient->place == DISC_PLACE_LEAVE)
    {
      g_autofree char *leave = g_strdup_printf ("%s　%s", place, _ ("on leave"));

      gtk_label_set_text (self->place, leave);
    }
  gtk_label_set_text (self->place_at, under->str);
}

/* Two above each other: the banner keeps its height. */
static void
add_chip (ViewerBanner *self, const char *css_class, const char *text, const char *action)
{
  GtkWidget *chip;

  if (action != NULL)
    {
      chip = gtk_button_new_with_label (text);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), action);
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), 0);
    }
  else
    {
      chip = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (chip), 0);
    }
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, css_class);
  gtk_grid_attach (GTK_GRID (self->chips), chip, self->n_chips / 2, self->n_chips % 2, 1, 1);
  self->n_chips++;
}

static void
show_chips (ViewerBanner *self)
{
  const DiscPatient *patient = viewer_chart_get_patient (self->chart);
  const DiscPatientTable *table = viewer_disc_get_patients (viewer_chart_get_disc (self->chart));
  guint n_same = table ? disc_patient_table_n_same_kana (table, patient->pno) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_grid_remove (GTK_GRID (self->chips), child);
  self->n_chips = 0;

  if (n_same > 1)
    {
      g_autofree char *text = g_strdup_printf (_ ("▲ Same name: %u"), n_same);

      add_chip (self, "warn", text, "win.same-name");
      if (!self->is_confirmed)
        add_chip (self, "block", _ ("■ Identity not confirmed"), "win.confirm");
    }
  if (patient->n_disputed > 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("Patient mismatch: %u  Ctrl+I"),
                                               patient->n_disputed);

      add_chip (self, "crit", text, "win.disputed");
    }
  if (patient->flags & DISC_PATIENT_DEMOGRAPHICS_CONFLICT)
    add_chip (self, "crit", _ ("Conflicting demographics"), "win.findings");
  else if (patient->n_findings > 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("Import findings: %u"), patient->n_findings);

      add_chip (self, "warn", text, "win.findings");
    }
  if (patient->flags & DISC_PATIENT_DEMOGRAPHICS_DELETED)
    add_chip (self, "crit", _ ("Basic data deleted"), NULL);
  else if (patient->flags & DISC_PATIENT_NO_DEMOGRAPHICS)
    add_chip (self, "warn", _ ("No basic data; from a message"), NULL);
  if (patient->flags & DISC_PATIENT_TEST)
    add_chip (self, "warn", _ ("Training or test data"), NULL);
  if (patient->flags & DISC_PATIENT_LOST_CHARACTER)
    add_chip (self, "dashed", _ ("■ = lost character"), NULL);
  if (patient->flags & DISC_PATIENT_ANY_DEATH)
    add_chip (self, "dashed", viewer_text_death (patient->flags), NULL);
  if (patient->flags & DISC_PATIENT_NO_NUMBER)
    add_chip (self, "warn", _ ("No patient number"), NULL);
  gtk_widget_set_visible (self->chips_field, self->n_chips > 0);
}

void
viewer_banner_set_chart (ViewerBanner *self, ViewerChart *chart)
{
  const DiscPatient *patient;
  const char *now;

  forget_chart (self);
  if (chart == NULL)
    return;
  self->chart = g_object_ref (chart);
  /* The count of same names comes with the table of patients, which may still be on its way. */
  self->loaded_handler =
    g_signal_connect_swapped (viewer_chart_get_disc (chart), "notify::patients-loaded",
                              G_CALLBACK (show_chips), self);

  patient = viewer_chart_get_patient (chart);
  now = viewer_chart_get_now (chart);
  show_identity (self, patient, now);
  show_place (self, patient, now);
  show_chips (self);
  viewer_allergy_box_set_chart (VIEWER_ALLERGY_BOX (self->allergies), chart);
}

void
viewer_banner_set_compact (ViewerBanner *self, gboolean compact)
{
  GtkWidget *target = compact ? GTK_WIDGET (self) : self->line;

  if (gtk_widget_get_parent (self->allergies) == target)
    return;
  g_object_ref (self->allergies);
  if (compact)
    {
      gtk_box_remove (GTK_BOX (self->line), self->allergies);
      gtk_widget_set_parent (self->allergies, GTK_WIDGET (self));
    }
  else
    {
      gtk_widget_unparent (self->allergies);
      gtk_box_append (GTK_BOX (self->line), self->allergies);
    }
  g_object_unref (self->allergies);
  viewer_allergy_box_set_compact (VIEWER_ALLERGY_BOX (self->allergies), compact);
  gtk_widget_set_visible (self->place_field, !compact);
}

void
viewer_banner_set_confirmed (ViewerBanner *self, gboolean is_confirmed)
{
  self->is_confirmed = is_confirmed;
  if (self->chart != NULL)
    show_chips (self);
}
