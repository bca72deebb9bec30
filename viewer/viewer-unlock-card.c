/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-unlock-card.h"

#include <glib/gi18n.h>

#include "disc-emergency.h"
#include "viewer-emergency-text.h"
#include "viewer-label.h"
#include "viewer-passphrase.h"

#define CODE_CHARACTERS (DISC_EMERGENCY_GROUPS * DISC_EMERGENCY_GROUP_CHARS)

struct _ViewerUnlockCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *passphrase_box;
  GtkEditable *passphrase;
  GtkCheckButton *show;
  GtkLabel *passphrase_hint;
  GtkWidget *separator;
  GtkWidget *code_box;
  GtkEditable *code;
  GtkLabel *code_hint;
  GtkWidget *no_code;
  GtkLabel *problem;
  GtkButton *unlock;

  gboolean tries_code;    /* what is tried: the emergency key, or the passphrase */
};

G_DEFINE_FINAL_TYPE (ViewerUnlockCard, viewer_unlock_card, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_UNLOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_unlock_card_dispose (GObject *object)
{
  g_clear_pointer (&VIEWER_UNLOCK_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_unlock_card_parent_class)->dispose (object);
}

static gboolean
is_typed (GtkEditable *field)
{
  return *gtk_editable_get_text (field) != '\0';
}

/* The field that is asked for: one that has text, else the first there is. */
static GtkEditable *
field_of (ViewerUnlockCard *self)
{
  return self->tries_code || !gtk_widget_get_visible (self->passphrase_box) ? self->code
                                                                            : self->passphrase;
}

static gboolean
viewer_unlock_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (field_of (VIEWER_UNLOCK_CARD (widget))));
}

/* ---- hints ---------------------------------------------------------------------------------- */

static gboolean
caps_lock_is_on (ViewerUnlockCard *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && gdk_device_get_caps_lock_state (keyboard);
}

static void
update_passphrase_hint (ViewerUnlockCard *self)
{
  const char *hint = "";

  if (caps_lock_is_on (self))
    hint = _ ("▲ Caps Lock is on.");
  else if (viewer_passphrase_is_wide (gtk_editable_get_text (self->passphrase)))
    hint = _ ("▲ Full-width letters or blanks are in it. They are others than half-width ones.");
  gtk_label_set_text (self->passphrase_hint, hint);
}

/* Which group is wrong, as soon as it is there. No word says that one is right. */
static void
update_code_hint (ViewerUnlockCard *self)
{
  const char *text = gtk_editable_get_text (self->code);
  guint n = viewer_emergency_n_characters (text);
  guint wrong = viewer_emergency_wrong_group (text);
  g_autofree char *hint = NULL;

  if (wrong > 0)
    hint = g_strdup_printf (_ ("▲ Group %u is mistyped. Compare it with the paper."), wrong);
  else if (n > CODE_CHARACTERS)
    hint = g_strdup_printf (_ ("▲ More than %d characters."), CODE_CHARACTERS);
  else if (n == 0)
    hint = g_strdup_printf (_ ("%d groups of %d characters; hyphens may be left out."),
                            DISC_EMERGENCY_GROUPS, DISC_EMERGENCY_GROUP_CHARS);
  else
    hint = g_strdup_printf (_ ("%u of %d characters."), n, CODE_CHARACTERS);

  if (wrong > 0 || n > CODE_CHARACTERS)
    gtk_widget_add_css_class (GTK_WIDGET (self->code_hint), "warn-text");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->code_hint), "warn-text");
  gtk_label_set_text (self->code_hint, hint);
}

static void
viewer_unlock_card_realize (GtkWidget *widget)
{
  GdkSeat *seat;
  GdkDevice *keyboard;

  GTK_WIDGET_CLASS (viewer_unlock_card_parent_class)->realize (widget);
  seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  if (keyboard != NULL)
    g_signal_connect_object (keyboard, "notify::caps-lock-state",
                             G_CALLBACK (update_passphrase_hint), widget, G_CONNECT_SWAPPED);
  update_passphrase_hint (VIEWER_UNLOCK_CARD (widget));
}

/* Input methods do not compose in a field that hides its text. */
static void
show_toggled (ViewerUnlockCard *self)
{
  gboolean shows = gtk_check_button_get_active (self->show);

  g_object_set (gtk_editable_get_delegate (self->passphrase), "visibility", shows, "input-purpose",
                shows ? GTK_INPUT_PURPOSE_FREE_FORM : GTK_INPUT_PURPOSE_PASSWORD, NULL);
}

/* ---- trying --------------------------------------------------------------------------------- */

static void
set_problem (ViewerUnlockCard *self, const char *sentence)
{
  gtk_label_set_text (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
}

static void
select_field (GtkEditable *field)
{
  gtk_widget_grab_focus (GTK_WIDGET (field));
  gtk_editable_select_region (field, 0, -1);
}

static void
try_passphrase (ViewerUnlockCard *self)
{
  if (!is_typed (self->passphrase))
    return;
  self->tries_code = FALSE;
  g_signal_emit (self, signals[SIGNAL_UNLOCK], 0);
}

/* A key that cannot be right is not tried; which group it is stands below it. */
static void
try_code (ViewerUnlockCard *self)
{
  if (!is_typed (self->code))
    return;
  if (!disc_emergency_check (gtk_editable_get_text (self->code), NULL))
    {
      select_field (self->code);
      return;
    }
  self->tries_code = TRUE;
  g_signal_emit (self, signals[SIGNAL_UNLOCK], 0);
}

static void
try_what_is_typed (ViewerUnlockCard *self)
{
  if (is_typed (self->passphrase))
    try_passphrase (self);
  else if (is_typed (self->code))
    try_code (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
viewer_unlock_card_class_init (ViewerUnlockCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_unlock_card_dispose;
  widget_class->grab_focus = viewer_unlock_card_grab_focus;
  widget_class->realize = viewer_unlock_card_realize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/jp/tomoshibi/viewer/viewer-unlock-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, box);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, passphrase_box);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, passphrase);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, show);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, passphrase_hint);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, separator);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, code_box);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, code);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, code_hint);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, no_code);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, problem);
  gtk_widget_class_bind_template_child (widget_class, ViewerUnlockCard, unlock);
  signals[SIGNAL_UNLOCK] = g_signal_new ("unlock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
viewer_unlock_card_init (ViewerUnlockCard *self)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Locked memory, wiped when the text changes; the entry of passphrases has one of itself. */
  gtk_entry_set_buffer (GTK_ENTRY (self->code), buffer);
  gtk_label_set_attributes (self->problem, attributes);
  gtk_label_set_attributes (self->code_hint, attributes);
  gtk_label_set_attributes (self->passphrase_hint, attributes);

  g_signal_connect_swapped (self->show, "toggled", G_CALLBACK (show_toggled), self);
  g_signal_connect_swapped (self->passphrase, "changed", G_CALLBACK (update_passphrase_hint), self);
  g_signal_connect_swapped (self->code, "changed", G_CALLBACK (update_code_hint), self);
  g_signal_connect_swapped (self->passphrase, "activate", G_CALLBACK (try_passphrase), self);
  g_signal_connect_swapped (self->code, "activate", G_CALLBACK (try_code), self);
  g_signal_connect_swapped (self->unlock, "clicked", G_CALLBACK (try_what_is_typed), self);
  viewer_unlock_card_set_busy (self, FALSE);
  update_code_hint (self);
}

void
viewer_unlock_card_clear (ViewerUnlockCard *self)
{
  gtk_check_button_set_active (self->show, FALSE);
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->code, "");
  self->tries_code = FALSE;
  set_problem (self, NULL);
  viewer_unlock_card_set_busy (self, FALSE);
}

void
viewer_unlock_card_ask (ViewerUnlockCard *self, const ViewerCover *cover)
{
  viewer_unlock_card_clear (self);
  gtk_widget_set_visible (self->passphrase_box, cover->takes_passphrase);
  gtk_widget_set_visible (self->code_box, cover->takes_emergency_key);
  gtk_widget_set_visible (self->separator, cover->takes_passphrase && cover->takes_emergency_key);
  gtk_widget_set_visible (self->no_code, !cover->takes_emergency_key);
}

void
viewer_unlock_card_set_busy (ViewerUnlockCard *self, gboolean busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that loses the focus by being switched off would never hear of it. */
  if (busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  if (busy)
    set_problem (self, NULL);
  gtk_button_set_label (self->unlock, busy ? _ ("Opening…") : _ ("_Open  Enter"));
  gtk_widget_set_sensitive (self->box, !busy);
}

void
viewer_unlock_card_show_problem (ViewerUnlockCard *self, const char *sentence)
{
  viewer_unlock_card_set_busy (self, FALSE);
  set_problem (self, sentence);
  select_field (field_of (self));
}

void
viewer_unlock_card_dup_typed (ViewerUnlockCard *self, char **passphrase, char **emergency_code)
{
  *passphrase = self->tries_code ? NULL : g_strdup (gtk_editable_get_text (self->passphrase));
  *emergency_code = self->tries_code ? g_strdup (gtk_editable_get_text (self->code)) : NULL;
}
