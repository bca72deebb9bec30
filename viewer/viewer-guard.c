/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-guard.h"

#include <string.h>

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-key-line.h"
#include "viewer-label.h"
#include "viewer-text.h"

/* A reader types faster than hands do (design.md section 3). */
#define MAX_BURST_GAP_US (50 * 1000)
#define MIN_BURST_LEN 6
#define MAX_BURST_LEN 200
/* How long to wait behind the last digit for what would make it a burst. */
#define BURST_WAIT_MS 90

struct _ViewerGuard
{
  GtkWidget parent_instance;

  ViewerGuardModel *model;
  char *now;
  char digits[VIEWER_GUARD_N_DIGITS + 1];
  guint n_digits;
  gboolean compact;
  guint wait_source; /* the digits are looked at behind it */
  GString *burst;
  gint64 last_key_at;

  GtkWidget *scroller; /* of the card: very large text */
  GtkWidget *title;
  GtkWidget *people;
  GtkWidget *question;
  GtkWidget *answer;
  GtkWidget *boxes[VIEWER_GUARD_N_DIGITS];
  GtkWidget *message;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (ViewerGuard, viewer_guard, GTK_TYPE_WIDGET)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown -------------------------------------------------------------------------- */

static char *
where_text (const DiscPatientRow *person, const char *now)
{
  g_autofree char *place = viewer_text_place (person->ward, person->room, person->bed);
  g_autofree char *at = viewer_text_short (person->place_at, now);

  return *place != '\0' ? g_strdup_printf (_ ("%s (%s)"), place, at)
                        : viewer_text_department (person->department);
}

/* Large text has room for two lines. */
static void
fill_compact (GtkBox *box, const DiscPatientRow *person, const char *heading, const char *name,
              const char *where)
{
  g_autofree char *first =
      g_strdup_printf ("%s　%s", heading, person->kana != NULL ? person->kana : "");
  g_autofree char *second =
      g_strdup_printf ("%s　%s　ID %s　%s", name, viewer_text_sex (person->sex), person->id, where);

  gtk_box_append (box, viewer_label_new (first, "small"));
  gtk_box_append (box, viewer_label_new (second, NULL));
}

static void
fill (GtkBox *box, const DiscPatientRow *person, const char *heading, const char *name,
      const char *where)
{
  g_autofree char *id = g_strdup_printf ("%s　ID %s", viewer_text_sex (person->sex), person->id);

  gtk_box_append (box, viewer_label_new (heading, "small"));
  gtk_box_append (box, viewer_label_new (person->kana, NULL));
  gtk_box_append (box, viewer_label_new (name, "guard-name"));
  gtk_box_append (box, viewer_label_new (id, "ink2"));
  gtk_box_append (box, viewer_label_new (where, "ink2"));
}

static GtkWidget *
new_person (ViewerGuard *self, const DiscPatientRow *person, const char *heading)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *where = where_text (person, self->now);
  const char *name = person->name != NULL ? person->name : _ ("no name recorded");

  (self->compact ? fill_compact : fill) (GTK_BOX (box), person, heading, name, where);
  gtk_widget_add_css_class (box, "guard-person");
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
show_people (ViewerGuard *self)
{
  const GPtrArray *others = viewer_guard_model_others (self->model);
  guint n = viewer_guard_model_n (self->model);
  g_autofree char *title = g_strdup_printf (_ ("▲ %u people have this name. Ask the patient"), n);
  GtkWidget *child;

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->people), self->compact
                                                                     ? GTK_ORIENTATION_VERTICAL
                                                                     : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->people), !self->compact);
  while ((child = gtk_widget_get_first_child (self->people)) != NULL)
    gtk_box_remove (GTK_BOX (self->people), child);
  child = new_person (self, viewer_guard_model_meant (self->model), _ ("About to be opened"));
  gtk_widget_add_css_class (child, "meant");
  gtk_box_append (GTK_BOX (self->people), child);
  for (guint i = 0; i < others->len; i++)
    gtk_box_append (GTK_BOX (self->people),
                    new_person (self, g_ptr_array_index (others, i), _ ("Somebody else")));
  if (n - 1 > others->len)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), n - 1 - others->len);

      gtk_box_append (GTK_BOX (self->people), viewer_label_new (more, "guard-person"));
    }
}

static void
show_digits (ViewerGuard *self)
{
  for (guint i = 0; i < VIEWER_GUARD_N_DIGITS; i++)
    {
      const char text[2] = { i < self->n_digits ? self->digits[i] : '\0', '\0' };

      gtk_label_set_text (GTK_LABEL (self->boxes[i]), text);
      if (i == self->n_digits)
        gtk_widget_add_css_class (self->boxes[i], "next");
      else
        gtk_widget_remove_css_class (self->boxes[i], "next");
    }
}

static void
clear_digits (ViewerGuard *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->n_digits = 0;
  memset (self->digits, 0, sizeof self->digits);
  show_digits (self);
}

static void
show_question (ViewerGuard *self)
{
  static const char *const questions[] = {
    [VIEWER_GUARD_DAY] = N_ ("Type the month and day of birth, as the patient or the family says "
                             "them, or as the wristband has them"),
    [VIEWER_GUARD_ID] = N_ ("Type the last four digits of the number on the wristband or the card: "
                            "the day of birth does not tell them apart"),
    [VIEWER_GUARD_NOTHING] = N_ ("Nothing on this disc tells them apart. Read the wristband or the "
                                 "card with a reader"),
  };
  ViewerGuardQuestion question = viewer_guard_model_question (self->model);
  g_autofree char *name = NULL;

  gtk_label_set_text (GTK_LABEL (self->question), _ (questions[question]));
  gtk_widget_set_visible (self->answer, question != VIEWER_GUARD_NOTHING);
  gtk_widget_set_visible (self->note, question == VIEWER_GUARD_DAY);
  for (guint i = 0; i < 2; i++) /* month and day */
    gtk_widget_set_visible (gtk_widget_get_next_sibling (self->boxes[2 * i + 1]),
                            question == VIEWER_GUARD_DAY);
  name = g_strdup_printf ("%s %s", gtk_label_get_text (GTK_LABEL (self->title)),
                          gtk_label_get_text (GTK_LABEL (self->question)));
  viewer_accessible_name (GTK_WIDGET (self), name);
  clear_digits (self);
}

static void
show_message (ViewerGuard *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->message), text != NULL ? text : "");
  gtk_widget_set_visible (self->message, text != NULL);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void
answer (ViewerGuard *self, gboolean is_known)
{
  viewer_guard_leave (self);
  g_signal_emit (self, signals[ANSWERED], 0, is_known);
}

/* Names nobody, and says nothing of what would have been right. */
static void
look_at_digits (ViewerGuard *self)
{
  switch (viewer_guard_model_answer (self->model, self->digits))
    {
    case VIEWER_GUARD_RIGHT:
      answer (self, TRUE);
      break;
    case VIEWER_GUARD_MORE:
      show_message (self, NULL);
      show_question (self);
      break;
    default:
      show_message (self, _ ("■ That is not right. Is it the right person?"));
      clear_digits (self);
    }
}

static gboolean
waited (gpointer guard)
{
  ViewerGuard *self = guard;

  self->wait_source = 0;
  if (self->burst->len > VIEWER_GUARD_N_DIGITS)
    clear_digits (self); /* a reader without Enter, or a hand upon the keys */
  else
    look_at_digits (self);
  return G_SOURCE_REMOVE;
}

static void
take_scan (ViewerGuard *self)
{
  g_autofree char *id = g_strdup (self->burst->str);

  g_string_truncate (self->burst, 0);
  clear_digits (self);
  if (viewer_guard_model_scanned (self->model, id))
    answer (self, TRUE);
  else
    show_message (self, _ ("■ The wristband or card that was read is not of this person"));
}

static void
take_character (ViewerGuard *self, char character)
{
  gint64 at = g_get_monotonic_time ();

  if (at - self->last_key_at > MAX_BURST_GAP_US || self->burst->len >= MAX_BURST_LEN)
    g_string_truncate (self->burst, 0);
  self->last_key_at = at;
  g_string_append_c (self->burst, character);
  if (g_ascii_isdigit (character) && self->n_digits < VIEWER_GUARD_N_DIGITS &&
      viewer_guard_model_question (self->model) != VIEWER_GUARD_NOTHING)
    {
      self->digits[self->n_digits++] = character;
      show_digits (self);
    }
  g_clear_handle_id (&self->wait_source, g_source_remove);
  if (self->n_digits == VIEWER_GUARD_N_DIGITS)
    self->wait_source = g_timeout_add (BURST_WAIT_MS, waited, self);
}

gboolean
viewer_guard_key (ViewerGuard *self, guint keyval, GdkModifierType state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);

  if (state & GDK_ALT_MASK && (keyval == GDK_KEY_n || keyval == GDK_KEY_N))
    {
      answer (self, FALSE);
      return TRUE;
    }
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK))
    return FALSE;
  if (keyval == GDK_KEY_BackSpace)
    {
      g_string_truncate (self->burst, 0);
      clear_digits (self);
      return TRUE;
    }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) &&
      self->burst->len >= MIN_BURST_LEN &&
      g_get_monotonic_time () - self->last_key_at <= MAX_BURST_GAP_US)
    {
      take_scan (self);
      return TRUE;
    }
  if (character == 0 || character >= 0x7f || !g_ascii_isgraph ((char) character))
    return FALSE;
  take_character (self, (char) character);
  return TRUE;
}

/* ---- widget --------------------------------------------------------------------------------- */

static void
not_asked (ViewerGuard *self)
{
  answer (self, FALSE);
}

static GtkWidget *
new_button (ViewerGuard *self, const char *key, const char *text, GCallback pressed)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), viewer_key_cap_new (key));
  gtk_box_append (GTK_BOX (box), viewer_label_new (text, NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  viewer_accessible_name_by_labels (button, box);
  g_signal_connect_swapped (button, "clicked", pressed, self);
  return button;
}

static GtkWidget *
new_answer (ViewerGuard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (guint i = 0; i < VIEWER_GUARD_N_DIGITS; i++)
    {
      self->boxes[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->boxes[i], "guard-box");
      gtk_box_append (GTK_BOX (box), self->boxes[i]);
      if (i % 2 == 1)
        gtk_box_append (
            GTK_BOX (box),
            viewer_label_new (i == 1 ? C_ ("guard", "month") : C_ ("guard", "day"), NULL));
    }
  gtk_box_append (GTK_BOX (box),
                  viewer_label_new (_ ("or read the wristband or the card"), "ink2"));
  return box;
}

static GtkWidget *
new_buttons (ViewerGuard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *note =
      viewer_label_new (_ ("The chart says “Identity not confirmed” from then on"), "small");

  gtk_box_append (GTK_BOX (box),
                  new_button (self, "Alt+N", _ ("Cannot ask (unconscious or the like)"),
                              G_CALLBACK (not_asked)));
  gtk_widget_set_hexpand (note, TRUE);
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box),
                  new_button (self, "Esc", _ ("Leave"), G_CALLBACK (viewer_guard_leave)));
  return box;
}

static void
viewer_guard_dispose (GObject *object)
{
  ViewerGuard *self = VIEWER_GUARD (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->model, viewer_guard_model_free);
  G_OBJECT_CLASS (viewer_guard_parent_class)->dispose (object);
}

static void
viewer_guard_finalize (GObject *object)
{
  ViewerGuard *self = VIEWER_GUARD (object);

  g_free (self->now);
  g_string_free (self->burst, TRUE);
  G_OBJECT_CLASS (viewer_guard_parent_class)->finalize (object);
}

static void
viewer_guard_class_init (ViewerGuardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_guard_dispose;
  G_OBJECT_CLASS (klass)->finalize = viewer_guard_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guard");
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
viewer_guard_init (ViewerGuard *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *ask = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->burst = g_string_new (NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), card);
  gtk_widget_add_css_class (self->scroller, "guard-card");
  gtk_widget_set_halign (self->scroller, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->scroller, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));

  self->title = viewer_label_new (NULL, "guard-title");
  self->people = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (card), self->title);
  gtk_box_append (GTK_BOX (card), self->people);

  self->question = viewer_label_new (NULL, "guard-question");
  self->answer = new_answer (self);
  self->message = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->message, "guard-message");
  self->note = viewer_label_new (
      _ ("The day of birth is not shown: what is copied from the screen confirms nothing"),
      "small");
  gtk_widget_add_css_class (ask, "guard-ask");
  gtk_box_append (GTK_BOX (ask), self->question);
  gtk_box_append (GTK_BOX (ask), self->answer);
  gtk_box_append (GTK_BOX (ask), self->message);
  gtk_box_append (GTK_BOX (ask), self->note);
  gtk_box_append (GTK_BOX (ask), new_buttons (self));
  gtk_box_append (GTK_BOX (card), ask);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
viewer_guard_ask (ViewerGuard *self, ViewerGuardModel *model, const char *now)
{
  char *copy = g_strdup (now);

  g_free (self->now);
  self->now = copy;
  g_clear_pointer (&self->model, viewer_guard_model_free);
  self->model = model;
  g_string_truncate (self->burst, 0);
  show_people (self);
  show_message (self, NULL);
  show_question (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
viewer_guard_leave (ViewerGuard *self)
{
  clear_digits (self);
  g_string_truncate (self->burst, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

guint32
viewer_guard_pno (ViewerGuard *self)
{
  return self->model != NULL ? viewer_guard_model_pno (self->model) : 0;
}

void
viewer_guard_set_compact (ViewerGuard *self, gboolean compact)
{
  self->compact = compact;
  if (self->model != NULL)
    show_people (self);
}
