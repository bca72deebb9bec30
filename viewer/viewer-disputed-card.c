/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-disputed-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-difference.h"
#include "viewer-entry.h"
#include "viewer-inventory.h"
#include "viewer-label.h"
#include "viewer-source-model.h"
#include "viewer-source-text.h"
#include "viewer-text.h"

#define MAX_CONTENT 6
#define MAX_PEOPLE 3

struct _ViewerDisputedCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *when;
  GtkWidget *people_place;
  GtkGrid *people;         /* made anew for each record */
  GtkLabel *content;
  ViewerSourceText *text;
  GtkLabel *path;
};

G_DEFINE_FINAL_TYPE (ViewerDisputedCard, viewer_disputed_card, GTK_TYPE_WIDGET)

char **
viewer_disputed_ids (const DiscMessage *message)
{
  return g_strsplit (message->disputed_ids ? message->disputed_ids : "", "\n", -1);
}

/* "K 4.1 mmol/L": enough to recognise the paper it belongs to, not to act on. */
static void
append_item (GString *text, const DiscItem *item)
{
  const char *name = viewer_item_name (item);
  const char *drug = disc_item_value (item, DISC_FIELD_DRUG);
  const char *value = disc_item_value (item, DISC_FIELD_VALUE);
  const char *unit = disc_item_value (item, DISC_FIELD_UNIT);
  g_autofree char *shown = value ? viewer_text_value (value) : NULL;

  name = drug ? drug : name;
  if (name == NULL)
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? "　" : "", name);
  if (shown != NULL)
    g_string_append_printf (text, " %s%s%s", shown, unit ? " " : "", unit ? unit : "");
}

char *
viewer_disputed_content (const DiscRecord *record)
{
  GString *text = g_string_new (NULL);
  const char *title = record ? disc_record_value (record, DISC_FIELD_TITLE) : NULL;

  if (title != NULL)
    g_string_append (text, title);
  for (guint i = 0; record != NULL && i < record->n_items && i < MAX_CONTENT; i++)
    append_item (text, &record->items[i]);
  if (record != NULL && record->n_items > MAX_CONTENT)
    {
      guint n = record->n_items - MAX_CONTENT;

      g_string_append (text, "　");
      g_string_append_printf (text, ngettext ("and %u more item", "and %u more items", n), n);
    }
  return g_string_free (text, FALSE);
}

static void
viewer_disputed_card_dispose (GObject *object)
{
  ViewerDisputedCard *self = VIEWER_DISPUTED_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_disputed_card_parent_class)->dispose (object);
}

static void
viewer_disputed_card_class_init (ViewerDisputedCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_disputed_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_content_line (ViewerDisputedCard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->content = GTK_LABEL (viewer_label_new (NULL, "reference"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->content), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line),
                  viewer_label_new (_ ("Content (for reference; do not use the values)"), "note"));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->content));
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 8);
  gtk_widget_set_margin_bottom (line, 8);
  return line;
}

static GtkWidget *
new_head (ViewerDisputedCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (head, "card-title");
  self->title = GTK_LABEL (viewer_label_new (NULL, "strong"));
  self->when = GTK_LABEL (viewer_label_new (NULL, "note"));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->when));
  return head;
}

static void
viewer_disputed_card_init (ViewerDisputedCard *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->people_place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (content), self->people_place);
  gtk_box_append (GTK_BOX (content), new_content_line (self));
  gtk_box_append (GTK_BOX (content),
                  viewer_label_new (_ ("Source text (read only)"), "table-head"));
  self->text = VIEWER_SOURCE_TEXT (viewer_source_text_new ());
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->text));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);

  self->path = GTK_LABEL (viewer_label_new (NULL, "table-head"));
  gtk_label_set_wrap_mode (self->path, PANGO_WRAP_CHAR);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "card");
  gtk_box_append (GTK_BOX (self->box), new_head (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->path));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* The person of an id on this disc, if there is exactly one. */
static DiscPatient *
find_person (ViewerDisc *disc, const char *id)
{
  DiscReader *reader = viewer_disc_get_reader (disc);
  g_autoptr (GArray) found = disc_reader_find_patients (reader, id, NULL);

  if (found == NULL || found->len != 1)
    return NULL;
  return disc_reader_load_patient (reader, g_array_index (found, guint32, 0), NULL);
}

static void
attach_cell (ViewerDisputedCard *self, int column, int row, const char *text, guint64 marks)
{
  GtkWidget *label = viewer_label_new (NULL, "table-row");
  g_autoptr (GString) marked = g_string_new (marks != 0 ? "≠ " : NULL);
  g_autoptr (PangoAttrList) attributes = viewer_label_attributes_new ();
  guint i = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), i++)
    {
      gsize start = marked->len;

      g_string_append_len (marked, at, g_utf8_next_char (at) - at);
      if (i < 64 && marks & (G_GUINT64_CONSTANT (1) << i))
        {
          PangoAttribute *under = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);

          under->start_index = (guint) start;
          under->end_index = (guint) marked->len;
          pango_attr_list_insert (attributes, under);
        }
    }
  gtk_label_set_text (GTK_LABEL (label), marked->str);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  if (marks != 0)
    gtk_widget_add_css_class (label, "differs");
  gtk_widget_set_hexpand (label, column > 0);
  gtk_grid_attach (self->people, label, column, row, 1, 1);
}

typedef struct
{
  const char *heading;
  char *values[6]; /* id, kana, name, birth date, sex, place */
} Person;

#define N_COMPARED 5 /* all but the place; unknown is not different */

static const char *const row_names[] = { N_ ("Patient ID"), N_ ("Kana"), N_ ("Name"),
                                         N_ ("Date of birth"), N_ ("Sex"), N_ ("Place") };

static void
fill_person (Person *person, ViewerDisc *disc, const DiscMessage *message, const char *id)
{
  g_autoptr (DiscPatient) patient = *id ? find_person (disc, id) : NULL;
  const char *absent = *id ? _ ("not on this disc") : _ ("empty");

  person->heading = strstr (message->path, id) && *id
                      ? _ ("Person named by the place (folder, file name)")
                      : _ ("Person named by the content (PID-3)");
  person->values[0] = g_strdup (*id ? id : _ ("empty"));
  person->values[1] = g_strdup (patient ? patient->kana : absent);
  person->values[2] = g_strdup (patient ? patient->name : absent);
  person->values[3] = g_strdup (patient ? patient->birth_date : absent);
  person->values[4] = g_strdup (!patient       ? absent
                                : patient->sex ? viewer_text_sex (patient->sex)
                                               : NULL);
  person->values[5] = patient ? viewer_text_place (patient->ward, patient->room, patient->bed)
                              : g_strdup (absent);
}

static void
show_people (ViewerDisputedCard *self, ViewerDisc *disc, const DiscMessage *message)
{
  g_auto (GStrv) ids = viewer_disputed_ids (message);
  guint n_ids = MIN (g_strv_length (ids), MAX_PEOPLE);
  guint n = MAX (n_ids, 2);
  Person people[MAX_PEOPLE] = { { NULL } };

  if (self->people != NULL)
    gtk_box_remove (GTK_BOX (self->people_place), GTK_WIDGET (self->people));
  self->people = GTK_GRID (gtk_grid_new ());
  gtk_box_append (GTK_BOX (self->people_place), GTK_WIDGET (self->people));
  for (guint i = 0; i < n; i++)
    {
      fill_person (&people[i], disc, message, i < n_ids ? ids[i] : "");
      gtk_grid_attach (self->people, viewer_label_new (people[i].heading, "table-head"), i + 1, 0, 1, 1);
    }
  gtk_grid_attach (self->people, viewer_label_new ("", "table-head"), 0, 0, 1, 1);
  for (guint row = 0; row < G_N_ELEMENTS (row_names); row++)
    {
      attach_cell (self, 0, row + 1, _ (row_names[row]), 0);
      for (guint i = 0; i < n; i++)
        {
          const char *other = people[i == 0 ? 1 : 0].values[row];
          const char *own = people[i].values[row];
          gboolean comparable = row < N_COMPARED && n_ids > 1 && own && other;
          guint64 marks = comparable ? viewer_difference_mask (own, &other, 1) : 0;

          attach_cell (self, i + 1, row + 1, own ? own : _ ("not recorded"), marks);
        }
    }
  for (guint i = 0; i < n; i++)
    for (guint row = 0; row < G_N_ELEMENTS (row_names); row++)
      g_free (people[i].values[row]);
}

void
viewer_disputed_card_show (ViewerDisputedCard *self, ViewerDisc *disc, gint64 rid,
                           const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = rid != 0 ? viewer_source_load (disc, rid, &error) : NULL;
  const DiscMessage *message;
  const DiscRecord *record;
  g_autofree char *when = NULL;
  g_autofree char *content = NULL;

  gtk_widget_set_visible (self->box, source != NULL);
  if (source == NULL)
    return;
  message = viewer_source_get_message (source);
  record = viewer_source_get_record (source);
  when = viewer_text_short (record ? viewer_inventory_record_at (record) : NULL, now);
  content = viewer_disputed_content (record);
  gtk_label_set_text (self->title, record ? viewer_text_kind (record->kind)
                                          : message->data_type ? message->data_type : "");
  gtk_label_set_text (self->when, when);
  show_people (self, disc, message);
  gtk_label_set_text (self->content, content);
  gtk_label_set_text (self->path, message->path);
  viewer_source_text_set (self->text, viewer_source_get_text (source),
                          viewer_source_get_marks (source));
}
