/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-keys-page.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-key-line.h"
#include "viewer-label.h"
#include "viewer-sections.h"

struct _ViewerKeysPage
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
};

G_DEFINE_FINAL_TYPE (ViewerKeysPage, viewer_keys_page, GTK_TYPE_WIDGET)

typedef struct
{
  const char *key;
  const char *text;
} Key;

typedef struct
{
  const char *heading;
  Key keys[9];
} Column;

/* A key of a later version is not named before it works. */
static const Column columns[] = {
  { N_ ("Find patient"),
    { { N_ ("just type"), N_ ("name, ID, birth date, words in records") },
      { "↑ ↓", N_ ("choose") },
      { "Enter", N_ ("open the chart") },
      { "Esc", N_ ("clear, back to the chart") } } },
  { N_ ("Lists without typing"),
    { { "Ctrl+1", N_ ("Wards") },
      { "Ctrl+2", N_ ("Visits of a day") },
      { "Ctrl+3", N_ ("Attending doctor") },
      { "Ctrl+4", N_ ("Search by condition") },
      { "Ctrl+5", N_ ("Recent patients") },
      { "Ctrl+6", N_ ("Planned, appointments") },
      { "Ctrl+7", N_ ("Planned after the disc: ward") },
      { "Ctrl+T", N_ ("another time, another day") },
      { "+ −", N_ ("day later, earlier") } } },
  { N_ ("In lists and tables"),
    { { "↑ ↓ ← →", N_ ("row, cell") },
      { "Home / End", N_ ("first, last") },
      { "Space", N_ ("source (the original message)") },
      { "Ctrl+F", N_ ("words in the open chart") },
      { "Ctrl+C", N_ ("copy with patient, source and time") },
      { "Tab", N_ ("next pane; on F5 time line, list") },
      { N_ ("F key again"), N_ ("next view of the page") },
      { "+ −", N_ ("longer, shorter period") } } },
  { N_ ("What the disc says"),
    { { "Ctrl+D", N_ ("Data age and quality") },
      { "Ctrl+I", N_ ("Disputed records, findings") },
      { "Ctrl+G", N_ ("Generations of the store") },
      { "Alt+←", N_ ("back to the place before") } } },
  { N_ ("Screen"),
    { { "Ctrl++ −", N_ ("text size 100 to 200 %") },
      { "Ctrl+0", N_ ("back to 100 %") },
      { "Ctrl+Shift+T", N_ ("light, dark, high contrast") },
      { "Ctrl+E", "日本語 / English" },
      { "Ctrl+Q", N_ ("quit") } } },
};

static GtkWidget *
new_title (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *what = viewer_label_new (
    _ ("F keys are places   letters and readers find a patient   Space = source   Esc = back"),
    "ink2");

  gtk_widget_set_hexpand (what, TRUE);
  gtk_box_append (GTK_BOX (line), viewer_label_new (_ ("Keys"), "title"));
  gtk_box_append (GTK_BOX (line), what);
  gtk_box_append (GTK_BOX (line), viewer_key_cap_new ("F1"));
  gtk_box_append (GTK_BOX (line), viewer_key_cap_new ("Esc"));
  gtk_box_append (GTK_BOX (line), viewer_label_new (_ ("close"), NULL));
  return line;
}

/* A cap keeps its width: long titles break. */
static GtkWidget *
new_cap_label (const char *text, const char *css_class)
{
  GtkWidget *label = viewer_label_new (text, css_class);

  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_INHERIT);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 8);
  return label;
}

static GtkWidget *
new_cap (const ViewerSectionInfo *info)
{
  GtkWidget *cap = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), viewer_label_new (info->key, "f"));
  gtk_box_append (GTK_BOX (box), new_cap_label (_ (info->title), NULL));
  if (info->what != NULL)
    gtk_box_append (GTK_BOX (box), new_cap_label (_ (info->what), "small"));
  gtk_button_set_child (GTK_BUTTON (cap), box);
  viewer_accessible_name_by_labels (cap, box);
  gtk_widget_add_css_class (cap, "plain");
  gtk_widget_add_css_class (cap, "cap");
  gtk_widget_set_size_request (cap, 94, 88);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cap), "win.section");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (cap), "s", info->key);
  return cap;
}

static GtkWidget *
new_caps (void)
{
  static const char *const groups[] = { N_ ("Who, in short"), N_ ("Drugs and tests"),
                                        N_ ("Course") };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 30);
  GtkWidget *box = NULL, *caps = NULL;
  const ViewerSectionInfo *sections;
  guint n, group = G_MAXUINT;

  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      if (sections[i].group != group && sections[i].group < G_N_ELEMENTS (groups))
        {
          group = sections[i].group;
          box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
          caps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
          gtk_box_append (GTK_BOX (box), viewer_label_new (_ (groups[group]), "small"));
          gtk_box_append (GTK_BOX (box), caps);
          gtk_box_append (GTK_BOX (line), box);
        }
      gtk_box_append (GTK_BOX (caps), new_cap (&sections[i]));
    }
  return line;
}

static GtkWidget *
new_column (const Column *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();

  gtk_box_append (GTK_BOX (box), viewer_label_new (_ (column->heading), "heading"));
  gtk_grid_set_column_spacing (GTK_GRID (grid), 20);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  for (int i = 0; i < (int) G_N_ELEMENTS (column->keys) && column->keys[i].key != NULL; i++)
    {
      GtkWidget *cap = viewer_key_cap_new (_ (column->keys[i].key));

      gtk_widget_set_halign (cap, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), cap, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), viewer_label_new (_ (column->keys[i].text), NULL), 1, i, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), grid);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
viewer_keys_page_dispose (GObject *object)
{
  ViewerKeysPage *self = VIEWER_KEYS_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_keys_page_parent_class)->dispose (object);
}

static void
viewer_keys_page_class_init (ViewerKeysPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_keys_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
viewer_keys_page_init (ViewerKeysPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 22);
  GtkWidget *foot;

  gtk_widget_add_css_class (GTK_WIDGET (self), "keys");
  gtk_widget_set_margin_start (GTK_WIDGET (self), 40);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 40);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 52);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 66);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  viewer_accessible_name (GTK_WIDGET (self), _ ("Keys"));
  gtk_box_append (GTK_BOX (box), new_title ());
  gtk_box_append (GTK_BOX (box), new_caps ());
  gtk_box_append (GTK_BOX (box),
                  viewer_label_new (_ ("Where F keys set volume and such, Alt + the number row above them "
                                "(1 2 3 … 0 - ^) does the same."),
                             "small"));
  gtk_box_set_homogeneous (GTK_BOX (lists), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_box_append (GTK_BOX (lists), new_column (&columns[i]));
  gtk_box_append (GTK_BOX (box), lists);
  foot = viewer_label_new (_ ("Keys of Japanese input are not used. No key changes or deletes anything."),
                    "small");
  gtk_widget_set_vexpand (foot, TRUE);
  gtk_widget_set_valign (foot, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), foot);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
