/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-page.h"

#include <glib/gi18n.h>

#include "viewer-sections.h"
#include "viewer-text.h"

typedef struct
{
  ViewerChart *chart;
  ViewerSection section;
  guint view;
  guint n_views;
  guint period;
  guint n_periods;
  char *own_summary;

  GtkWidget *header;
  GtkLabel *title;
  GtkLabel *summary;
  GtkWidget *views;
  GtkWidget *period_label;
  GtkWidget *periods;
  GtkWidget *content;
} ViewerPagePrivate;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void viewer_page_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (ViewerPage, viewer_page, GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (ViewerPage)
                                  G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                         viewer_page_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
viewer_page_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                       const char *type)
{
  if (GTK_IS_WIDGET (child) && type == NULL)
    viewer_page_set_content (VIEWER_PAGE (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
viewer_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = viewer_page_add_child;
}

/* "63 records　newest 11/19 19:10": of this kind, not of the disc (design: data-age bar). */
static char *
inventory_summary (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);
  ViewerInventory found = viewer_inventory_of (priv->chart, priv->section);
  g_autofree char *newest = NULL;
  g_autofree char *count = NULL;

  if (!found.on_disc)
    return g_strdup (_ ("Not on this disc"));
  if (found.n_live == 0)
    return g_strdup (_ ("No record (unknown)"));
  count = g_strdup_printf (ngettext ("%u record", "%u records", found.n_live), found.n_live);
  if (found.newest == NULL)
    return g_steal_pointer (&count);
  newest = viewer_text_short (found.newest, viewer_chart_get_now (priv->chart));
  /* Translators: header of a page: count of records, time of the newest one. */
  return g_strdup_printf (_ ("%s  newest %s"), count, newest);
}

static void
update_summary (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);
  g_autofree char *text = NULL;

  if (priv->own_summary != NULL)
    text = g_strdup (priv->own_summary);
  else if (priv->chart != NULL && viewer_sections_find (priv->section) != NULL)
    text = inventory_summary (self);
  gtk_label_set_text (priv->summary, text ? text : "");
}

/* A chip is a button; which one is on shows by class and by the pressed state for screen readers. */
static void
mark_chips (GtkWidget *box, guint active)
{
  guint i = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (box); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip), i++)
    {
      if (i == active)
        gtk_widget_add_css_class (chip, "on");
      else
        gtk_widget_remove_css_class (chip, "on");
      gtk_accessible_update_state (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_PRESSED,
                                   i == active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                               : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
    }
}

static guint
chip_index (GtkWidget *chip)
{
  guint i = 0;

  while ((chip = gtk_widget_get_prev_sibling (chip)) != NULL)
    i++;
  return i;
}

static void
set_period (ViewerPage *self, guint period)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  if (period >= priv->n_periods || period == priv->period)
    return;
  priv->period = period;
  mark_chips (priv->periods, period);
  if (VIEWER_PAGE_GET_CLASS (self)->period_changed)
    VIEWER_PAGE_GET_CLASS (self)->period_changed (self, period);
  viewer_page_changed (self);
}

static void
view_clicked (GtkButton *chip, ViewerPage *self)
{
  viewer_page_set_view (self, chip_index (GTK_WIDGET (chip)));
}

static void
period_clicked (GtkButton *chip, ViewerPage *self)
{
  set_period (self, chip_index (GTK_WIDGET (chip)));
}

static guint
fill_chips (ViewerPage *self, GtkWidget *box, const char *const *names, GCallback clicked)
{
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);

  for (; names != NULL && names[n] != NULL; n++)
    {
      GtkWidget *chip = gtk_button_new_with_label (names[n]);

      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_focus_on_click (chip, FALSE);
      g_signal_connect_object (chip, "clicked", clicked, self, 0);
      gtk_box_append (GTK_BOX (box), chip);
    }
  gtk_widget_set_visible (box, n > 1);
  return n;
}

static void
viewer_page_dispose (GObject *object)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (VIEWER_PAGE (object));

  g_clear_pointer (&priv->header, gtk_widget_unparent);
  g_clear_pointer (&priv->content, gtk_widget_unparent);
  g_clear_object (&priv->chart);
  G_OBJECT_CLASS (viewer_page_parent_class)->dispose (object);
}

static void
viewer_page_finalize (GObject *object)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (VIEWER_PAGE (object));

  g_clear_pointer (&priv->own_summary, g_free);
  G_OBJECT_CLASS (viewer_page_parent_class)->finalize (object);
}

/*
 * A stack that shows another page may have moved the focus into it already: another step would be
 * to the next pane. Where nothing takes it, it must not stay where nobody sees it, in the search
 * box at worst.
 */
static gboolean
viewer_page_grab_focus (GtkWidget *widget)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (VIEWER_PAGE (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && priv->content != NULL && gtk_widget_is_ancestor (focus, priv->content))
    return TRUE;
  if (priv->content != NULL && gtk_widget_child_focus (priv->content, GTK_DIR_TAB_FORWARD))
    return TRUE;
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  return FALSE;
}

static void
viewer_page_class_init (ViewerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_page_dispose;
  object_class->finalize = viewer_page_finalize;
  widget_class->grab_focus = viewer_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "viewerpage");
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static GtkWidget *
chip_box (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

/* Many chips in large text scroll, and follow the focus; they make no page wider than the window.
 */
static GtkWidget *
narrow_new (GtkWidget *chips)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), chips);
  gtk_widget_set_focusable (scroller, FALSE);
  g_object_bind_property (chips, "visible", scroller, "visible", G_BINDING_SYNC_CREATE);
  return scroller;
}

static void
viewer_page_init (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *spacer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);

  priv->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (priv->header, "page-header");
  priv->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (priv->title), "page-title");
  priv->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (priv->summary), "page-summary");
  gtk_label_set_wrap (priv->summary, TRUE);
  gtk_label_set_xalign (priv->summary, 0);
  priv->views = chip_box ();
  priv->period_label = gtk_label_new (_ ("Period"));
  gtk_widget_add_css_class (priv->period_label, "page-summary");
  gtk_widget_set_visible (priv->period_label, FALSE);
  priv->periods = chip_box ();
  gtk_widget_set_hexpand (spacer, TRUE);

  gtk_box_append (GTK_BOX (priv->header), GTK_WIDGET (priv->title));
  gtk_box_append (GTK_BOX (priv->header), GTK_WIDGET (priv->summary));
  gtk_box_append (GTK_BOX (priv->header), narrow_new (priv->views));
  gtk_box_append (GTK_BOX (priv->header), spacer);
  gtk_box_append (GTK_BOX (priv->header), priv->period_label);
  gtk_box_append (GTK_BOX (priv->header), priv->periods);
  gtk_widget_set_parent (priv->header, GTK_WIDGET (self));
}

void
viewer_page_set_chart (ViewerPage *self, ViewerChart *chart)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  g_set_object (&priv->chart, chart);
  g_clear_pointer (&priv->own_summary, g_free);
  if (VIEWER_PAGE_GET_CLASS (self)->set_chart)
    VIEWER_PAGE_GET_CLASS (self)->set_chart (self, chart);
  update_summary (self);
  viewer_page_changed (self);
}

ViewerChart *
viewer_page_get_chart (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  return priv->chart;
}

void
viewer_page_set_section (ViewerPage *self, ViewerSection section)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  priv->section = section;
  gtk_label_set_text (priv->title, viewer_page_get_title (self));
  update_summary (self);
}

ViewerSection
viewer_page_get_section (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  return priv->section;
}

const char *
viewer_page_get_title (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);
  const ViewerSectionInfo *info = viewer_sections_find (priv->section);

  return info ? _ (info->title) : "";
}

void
viewer_page_set_title (ViewerPage *self, const char *title)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  gtk_label_set_text (priv->title, title);
}

void
viewer_page_set_content (ViewerPage *self, GtkWidget *content)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  g_clear_pointer (&priv->content, gtk_widget_unparent);
  priv->content = content;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_widget_set_hexpand (content, TRUE);
  gtk_widget_set_parent (content, GTK_WIDGET (self));
}

void
viewer_page_set_summary (ViewerPage *self, const char *text)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);
  char *copy = g_strdup (text);

  g_free (priv->own_summary);
  priv->own_summary = copy;
  update_summary (self);
}

void
viewer_page_set_views (ViewerPage *self, const char *const *names)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  priv->n_views = fill_chips (self, priv->views, names, G_CALLBACK (view_clicked));
  priv->view = 0;
  mark_chips (priv->views, 0);
}

guint
viewer_page_get_view (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  return priv->view;
}

void
viewer_page_set_view (ViewerPage *self, guint view)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  if (view >= priv->n_views || view == priv->view)
    return;
  priv->view = view;
  mark_chips (priv->views, view);
  if (VIEWER_PAGE_GET_CLASS (self)->view_changed)
    VIEWER_PAGE_GET_CLASS (self)->view_changed (self, view);
  viewer_page_changed (self);
}

void
viewer_page_next_view (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  if (priv->n_views > 1)
    viewer_page_set_view (self, (priv->view + 1) % priv->n_views);
}

void
viewer_page_set_periods (ViewerPage *self, const char *const *names, guint active)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  priv->n_periods = fill_chips (self, priv->periods, names, G_CALLBACK (period_clicked));
  priv->period = priv->n_periods > 0 ? MIN (active, priv->n_periods - 1) : 0;
  mark_chips (priv->periods, priv->period);
  gtk_widget_set_visible (priv->period_label, priv->n_periods > 1);
}

guint
viewer_page_get_period (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  return priv->period;
}

void
viewer_page_change_period (ViewerPage *self, int direction)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  if (direction > 0)
    set_period (self, priv->period + 1);
  else if (direction < 0 && priv->period > 0)
    set_period (self, priv->period - 1);
}

gboolean
viewer_page_has_periods (ViewerPage *self)
{
  ViewerPagePrivate *priv = viewer_page_get_instance_private (self);

  return priv->n_periods > 1;
}

gboolean
viewer_page_zoom (ViewerPage *self, int direction)
{
  ViewerPageClass *klass = VIEWER_PAGE_GET_CLASS (self);

  return klass->zoom != NULL && klass->zoom (self, direction);
}

gint64
viewer_page_selected_rid (ViewerPage *self)
{
  if (VIEWER_PAGE_GET_CLASS (self)->selected_rid)
    return VIEWER_PAGE_GET_CLASS (self)->selected_rid (self);
  return 0;
}

char *
viewer_page_key_hints (ViewerPage *self)
{
  if (VIEWER_PAGE_GET_CLASS (self)->key_hints)
    return VIEWER_PAGE_GET_CLASS (self)->key_hints (self);
  return g_strdup_printf ("↑↓\t%s\nSpace\t%s\n", _ ("row"), _ ("source"));
}

char *
viewer_page_legend (ViewerPage *self)
{
  if (VIEWER_PAGE_GET_CLASS (self)->legend)
    return VIEWER_PAGE_GET_CLASS (self)->legend (self);
  return NULL;
}

void
viewer_page_changed (ViewerPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
