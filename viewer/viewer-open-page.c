/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-open-page.h"

#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-clock.h"
#include "viewer-cover-card.h"
#include "viewer-freshness-model.h"
#include "viewer-generation-box.h"
#include "viewer-label.h"
#include "viewer-open-problem.h"
#include "viewer-text.h"
#include "viewer-trust-card.h"
#include "viewer-unlock-card.h"

struct _ViewerOpenPage
{
  GtkWidget parent_instance;

  GtkWidget *columns;
  GtkBox *left;
  GtkBox *right;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *refresh;
  GtkLabel *old;
  GtkLabel *where;
  GtkLabel *detail;
  ViewerCoverCard *cover_card;
  ViewerGenerationBox *generations;
  ViewerUnlockCard *unlock_card;
  ViewerTrustCard *trust_card;
  GtkWidget *open;
  GtkWidget *recent_card;
  GtkWidget *recent;
  GtkWidget *choose;
  GtkLabel *rule;

  ViewerStore *store;   /* NULL: none */
  char *path;           /* of the disc that is shown; NULL: none */
  guint refresh_days;
};

G_DEFINE_FINAL_TYPE (ViewerOpenPage, viewer_open_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OPENED,
  SIGNAL_UNLOCK,
  SIGNAL_TRUST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_open_page_dispose (GObject *object)
{
  ViewerOpenPage *self = VIEWER_OPEN_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (viewer_open_page_parent_class)->dispose (object);
}

/* Where the next key belongs: what is asked for, else what can be chosen. */
static gboolean
viewer_open_page_grab_focus (GtkWidget *widget)
{
  ViewerOpenPage *self = VIEWER_OPEN_PAGE (widget);
  GtkWidget *asking[] = { GTK_WIDGET (self->unlock_card), GTK_WIDGET (self->trust_card), self->open,
                          GTK_WIDGET (self->generations) };
  GtkWidget *first = gtk_widget_get_first_child (self->recent);

  for (guint i = 0; i < G_N_ELEMENTS (asking); i++)
    if (gtk_widget_get_visible (asking[i]) && gtk_widget_grab_focus (asking[i]))
      return TRUE;
  return gtk_widget_grab_focus (first ? first : self->choose);
}

static void
viewer_open_page_class_init (ViewerOpenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_open_page_dispose;
  widget_class->grab_focus = viewer_open_page_grab_focus;
  g_type_ensure (VIEWER_TYPE_COVER_CARD);
  g_type_ensure (VIEWER_TYPE_GENERATION_BOX);
  g_type_ensure (VIEWER_TYPE_TRUST_CARD);
  g_type_ensure (VIEWER_TYPE_UNLOCK_CARD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-open-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, columns);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, left);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, right);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, title);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, refresh);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, old);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, where);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, detail);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, cover_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, generations);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, unlock_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, trust_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, open);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent_card);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, choose);
  gtk_widget_class_bind_template_child (widget_class, ViewerOpenPage, rule);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_UNLOCK] = g_signal_new ("unlock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_TRUST] = g_signal_new ("trust", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

/* ---- what is done --------------------------------------------------------------------------- */

static void
generation_chosen (ViewerOpenPage *self, const char *path)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, path);
}

static void
generation_opened (ViewerOpenPage *self, const char *path)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, path);
}

static void
unlock (ViewerOpenPage *self)
{
  if (self->path != NULL)
    g_signal_emit (self, signals[SIGNAL_UNLOCK], 0);
}

static void
trust (ViewerOpenPage *self)
{
  g_signal_emit (self, signals[SIGNAL_TRUST], 0);
}

static void
open_clicked (ViewerOpenPage *self)
{
  if (self->path != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->path);
}

/* Arrows choose a generation wherever the focus is, so that the passphrase can be typed at once. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
             GdkModifierType state, ViewerOpenPage *self)
{
  gboolean is_down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  gboolean is_up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;

  if ((!is_down && !is_up) || state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK) ||
      !gtk_widget_get_visible (GTK_WIDGET (self->generations)))
    return FALSE;
  viewer_generation_box_move (self->generations, is_down ? 1 : -1);
  return TRUE;
}

static void
viewer_open_page_init (ViewerOpenPage *self)
{
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLabel *labels[] = { NULL, NULL, NULL, NULL, NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  labels[0] = self->detail;
  labels[1] = self->sentence;
  labels[2] = self->refresh;
  labels[3] = self->old;
  labels[4] = self->where;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_attributes (labels[i], attributes);
  g_signal_connect_swapped (self->generations, "chosen", G_CALLBACK (generation_chosen), self);
  g_signal_connect_swapped (self->generations, "opened", G_CALLBACK (generation_opened), self);
  g_signal_connect_swapped (self->unlock_card, "unlock", G_CALLBACK (unlock), self);
  g_signal_connect_swapped (self->trust_card, "trust", G_CALLBACK (trust), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (open_clicked), self);
  /* Behind what has the focus: an input method that is composing takes the arrows for itself. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  viewer_open_page_set_refresh_days (self, VIEWER_REFRESH_DAYS_DEFAULT);
}

/* ---- what is shown -------------------------------------------------------------------------- */

static void
show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* The mark says it; colour repeats it. */
static void
color_sentence (ViewerOpenPage *self, ViewerAge age)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "warn-text");
  gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "crit-text");
  if (age == VIEWER_AGE_LATE || age == VIEWER_AGE_UNKNOWN)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "warn-text");
  else if (age != VIEWER_AGE_FRESH)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "crit-text");
}

/* @path: (nullable): no disc */
static void
show_disc_at (ViewerOpenPage *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  viewer_unlock_card_clear (self->unlock_card);
  viewer_trust_card_set_cover (self->trust_card, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->unlock_card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->trust_card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cover_card), FALSE);
  gtk_widget_set_visible (self->open, FALSE);
  color_sentence (self, VIEWER_AGE_FRESH);
  show_label (self->refresh, NULL);
  show_label (self->old, NULL);
  show_label (self->where, NULL);
  show_label (self->detail, copy);
  viewer_generation_box_select (self->generations, copy);
}

/* (transfer full): the age in a sentence, with its mark. */
static char *
age_sentence (ViewerAge age, gint64 seconds, const char *now)
{
  g_autofree char *ago = NULL;

  if (age == VIEWER_AGE_UNKNOWN)
    return g_strdup (_ ("▲ How old that is cannot be told."));
  if (age == VIEWER_AGE_CLOCK)
    {
      g_autofree char *clock = viewer_text_date_time (now, now);

      return g_strdup_printf (_ ("■ The clock of this computer (%s) stands before the disc, so it is "
                                 "wrong. Ages cannot be computed. Set the clock."), clock);
    }
  ago = viewer_text_ago (seconds);
  if (age == VIEWER_AGE_FRESH)
    return g_strdup_printf (_ ("From %s. What came after is on paper."), ago);
  return g_strdup_printf (age == VIEWER_AGE_LATE
                            ? _ ("▲ From %s. What came after has to be confirmed on paper.")
                            : _ ("■ From %s. Do not use drugs, results and places before paper "
                                 "confirms them."),
                          ago);
}

/* (transfer full) (nullable) */
static char *
refresh_sentence (ViewerOpenPage *self, ViewerAge age, gint64 seconds)
{
  if (age == VIEWER_AGE_UNKNOWN || age == VIEWER_AGE_CLOCK ||
      seconds <= (gint64) self->refresh_days * 24 * 3600)
    return NULL;
  return g_strdup_printf (ngettext ("▲ There should be a new disc every %u day, and this one is "
                                    "older. Ask for the newest disc.",
                                    "▲ There should be a new disc every %u days, and this one is "
                                    "older. Ask for the newest disc.",
                                    self->refresh_days),
                          self->refresh_days);
}

static void
show_age (ViewerOpenPage *self, const DiscManifest *manifest, const char *now)
{
  gint64 seconds = 0;
  ViewerAge age = viewer_clock_disc_age (manifest->as_of, manifest->built_at, now,
                                         VIEWER_LATE_HOURS, VIEWER_EXPIRED_HOURS, &seconds);
  g_autofree char *as_of = viewer_text_date_time (manifest->as_of, now);
  g_autofree char *title = *as_of != '\0'
                             ? g_strdup_printf (_ ("Records up to %s"), as_of)
                             : g_strdup (_ ("Records up to an unknown time"));
  g_autofree char *sentence = age_sentence (age, seconds, now);
  g_autofree char *refresh = refresh_sentence (self, age, seconds);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
  show_label (self->refresh, refresh);
  color_sentence (self, age);
}

/* What an unknown signer says of the age of his data is no headline. */
static void
show_claim (ViewerOpenPage *self, const ViewerCover *cover, const char *now)
{
  const char *time = cover->manifest != NULL ? cover->manifest->as_of : NULL;
  g_autofree char *as_of = viewer_text_date_time (time, now);
  g_autofree char *claim =
    g_strdup_printf (_ ("It says that its records go up to %s. Nothing proves it."),
                     *as_of != '\0' ? as_of : _ ("an unknown time"));

  gtk_label_set_text (self->title, _ ("■ The disc is not opened: who signed it is not known"));
  gtk_label_set_text (self->sentence, claim);
}

/* Somebody took the wrong one of several media out of the safe. */
static void
show_volume (ViewerOpenPage *self, const ViewerCover *cover)
{
  g_autofree char *serial = g_strdup_printf ("%" G_GUINT64_FORMAT, cover->serial);
  g_autofree char *title =
    g_strdup_printf (_ ("■ This is volume %u of %u"), cover->volume, cover->n_volumes);
  g_autofree char *sentence = g_strdup_printf (
    _ ("This is volume %u of %u of disc number %s. Insert volume 1 and start from it: all patients "
       "and charts are there. Volume %u is needed only for source messages."),
    cover->volume, cover->n_volumes, serial, cover->volume);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->sentence, sentence);
}

static void
show_age_of (ViewerOpenPage *self, const ViewerCover *cover, const char *now)
{
  if (!viewer_cover_is_first (cover))
    {
      show_volume (self, cover);
      return;
    }
  if (!viewer_cover_may_open (cover))
    {
      show_claim (self, cover, now);
      return;
    }
  if (cover->manifest != NULL)
    {
      show_age (self, cover->manifest, now);
      return;
    }
  gtk_label_set_text (self->title, _ ("Records up to an unknown time"));
  gtk_label_set_text (self->sentence, _ ("▲ How old its data is shows once the disc is open."));
}

/* Where the disc is, and whether there is a newer one. */
static void
show_place (ViewerOpenPage *self, const ViewerCover *cover, const char *now)
{
  const DiscGeneration *here = self->store ? viewer_store_find (self->store, cover->path) : NULL;
  const DiscGeneration *newer =
    self->store ? viewer_store_find_newer_than_cover (self->store, cover) : NULL;
  g_autofree char *where = NULL;
  g_autofree char *old = NULL;

  if (here != NULL && here == viewer_store_get_newest (self->store))
    where = g_strdup_printf (_ ("The newest of %u in the store"), viewer_store_n (self->store));
  else if (here != NULL)
    where = g_strdup_printf (_ ("One of %u in the store"), viewer_store_n (self->store));
  if (newer != NULL)
    {
      g_autofree char *as_of = viewer_text_date_time (newer->as_of, now);

      old = g_strdup_printf (here != NULL
                               ? _ ("▲ This is an old generation. The store has a newer one: data "
                                    "as of %s.")
                               : _ ("▲ The store of this laptop has newer data of the same "
                                    "hospital: as of %s."),
                             as_of);
    }
  show_label (self->where, where);
  show_label (self->old, old);
}

/* One that the store refuses for another reason than its signer is not opened from here. */
static const GError *
fault_of (ViewerOpenPage *self, const char *path)
{
  const DiscGeneration *here = self->store ? viewer_store_find (self->store, path) : NULL;

  if (here == NULL || g_error_matches (here->fault, DISC_ERROR, DISC_ERROR_SIGNER))
    return NULL;
  return here->fault;
}

static void
ask (ViewerOpenPage *self, const ViewerCover *cover)
{
  if (fault_of (self, cover->path) != NULL || !viewer_cover_is_first (cover))
    return;
  if (!viewer_cover_may_open (cover))
    {
      viewer_trust_card_set_cover (self->trust_card, cover);
      gtk_widget_set_visible (GTK_WIDGET (self->trust_card), TRUE);
    }
  else if (cover->is_sealed)
    {
      viewer_unlock_card_ask (self->unlock_card, cover);
      gtk_widget_set_visible (GTK_WIDGET (self->unlock_card), TRUE);
    }
  else
    gtk_widget_set_visible (self->open, TRUE);
}

void
viewer_open_page_show_cover (ViewerOpenPage *self, const ViewerCover *cover)
{
  g_autofree char *now = viewer_clock_now ();
  const GError *fault = fault_of (self, cover->path);

  show_disc_at (self, cover->path);
  viewer_cover_card_set (self->cover_card, cover, now);
  gtk_widget_set_visible (GTK_WIDGET (self->cover_card), TRUE);
  show_age_of (self, cover, now);
  show_place (self, cover, now);
  ask (self, cover);
  if (fault != NULL)
    {
      gtk_label_set_text (self->title, _ ("■ This generation cannot be opened"));
      gtk_label_set_text (self->sentence, viewer_open_problem_sentence (fault));
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
viewer_open_page_show_reading (ViewerOpenPage *self, const char *path)
{
  show_disc_at (self, path);
  gtk_label_set_text (self->title, _ ("Which disc?"));
  gtk_label_set_text (self->sentence, _ ("Looking at the disc…"));
}

void
viewer_open_page_show_waiting (ViewerOpenPage *self)
{
  gtk_label_set_text (self->sentence, _ ("Opening the disc…"));
  viewer_unlock_card_set_busy (self->unlock_card, TRUE);
}

void
viewer_open_page_show_problem (ViewerOpenPage *self, const char *path, const GError *error)
{
  const char *sentence = viewer_open_problem_sentence (error);
  g_autofree char *detail = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->unlock_card)) &&
      g_strcmp0 (path, self->path) == 0 &&
      (g_error_matches (error, DISC_ERROR, DISC_ERROR_PASSPHRASE) ||
       error->domain != DISC_ERROR))
    {
      gtk_label_set_text (self->sentence, _ ("■ The disc could not be opened"));
      viewer_unlock_card_show_problem (self->unlock_card, sentence);
      return;
    }

  detail = g_strdup_printf ("%s\n%s", path, error->message);
  show_disc_at (self, path);
  gtk_label_set_text (self->title, _ ("■ The disc could not be opened"));
  gtk_label_set_text (self->sentence, sentence);
  show_label (self->detail, detail);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ---- what is offered ------------------------------------------------------------------------ */

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

void
viewer_open_page_set_store (ViewerOpenPage *self, ViewerStore *store)
{
  g_autofree char *now = viewer_clock_now ();

  g_set_object (&self->store, store);
  if (store != NULL)
    {
      viewer_generation_box_set_store (self->generations, store, now);
      viewer_generation_box_select (self->generations, self->path);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->generations), store != NULL);
}

void
viewer_open_page_update_place (ViewerOpenPage *self, const ViewerCover *cover)
{
  g_autofree char *now = viewer_clock_now ();

  show_place (self, cover, now);
}

void
viewer_open_page_set_refresh_days (ViewerOpenPage *self, guint days)
{
  g_autofree char *rule =
    g_strdup_printf (ngettext ("There should be a new disc every %u day; older data is pointed out.",
                               "There should be a new disc every %u days; older data is pointed out.",
                               days),
                     days);

  self->refresh_days = days;
  gtk_label_set_text (self->rule, rule);
}

void
viewer_open_page_dup_typed (ViewerOpenPage *self, char **passphrase, char **emergency_code)
{
  viewer_unlock_card_dup_typed (self->unlock_card, passphrase, emergency_code);
}

const char *
viewer_open_page_get_fingerprint (ViewerOpenPage *self)
{
  return viewer_trust_card_get_typed (self->trust_card);
}

static void
move (GtkWidget *widget, GtkBox *to)
{
  GtkWidget *from = gtk_widget_get_parent (widget);

  if (from == GTK_WIDGET (to))
    return;
  g_object_ref (widget);
  gtk_box_remove (GTK_BOX (from), widget);
  gtk_box_append (to, widget);
  g_object_unref (widget);
}

/* In one column what is asked stands right below how old the data is. */
void
viewer_open_page_set_compact (ViewerOpenPage *self, gboolean compact)
{
  move (GTK_WIDGET (self->cover_card), compact ? self->right : self->left);
  move (GTK_WIDGET (self->generations), compact ? self->right : self->left);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), compact
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
}

const char *
viewer_open_page_get_sentence (ViewerOpenPage *self)
{
  return gtk_label_get_text (self->sentence);
}
