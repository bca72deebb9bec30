/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-notices.h"

#include <glib/gi18n.h>

#include "viewer-data-type.h"
#include "viewer-freshness-model.h"
#include "viewer-label.h"
#include "viewer-text.h"

struct _ViewerNotices
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ViewerNotices, viewer_notices, GTK_TYPE_WIDGET)

static void
clear (ViewerNotices *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
viewer_notices_dispose (GObject *object)
{
  clear (VIEWER_NOTICES (object));
  G_OBJECT_CLASS (viewer_notices_parent_class)->dispose (object);
}

static void
viewer_notices_class_init (ViewerNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_notices_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
viewer_notices_init (ViewerNotices *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

static void
add_notice (ViewerNotices *self, gboolean is_bad, const char *tag, const char *sentence)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *marked = g_strdup_printf ("%s %s", is_bad ? "■" : "▲", tag);
  GtkWidget *tag_label = gtk_label_new (marked);
  GtkWidget *text = viewer_label_new (sentence, NULL);

  gtk_widget_add_css_class (bar, "notice");
  gtk_widget_add_css_class (bar, is_bad ? "bad" : "caution");
  gtk_widget_add_css_class (tag_label, "tag");
  gtk_widget_set_valign (tag_label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (bar), tag_label);
  gtk_box_append (GTK_BOX (bar), text);
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
}

/* Of the chart that is open: it must never be shorter without saying so. */
static void
add_lost (ViewerNotices *self, const DiscContents *lost)
{
  g_autofree char *list = viewer_data_type_list (lost);
  g_autofree char *sentence =
    g_strdup_printf (_ ("Of this patient's records these cannot be read: %s. "
                        "They are not shown on any page."), list);

  add_notice (self, TRUE, _ ("Damaged disc"), sentence);
}

/* Of the units of the disc: what was repaired while reading, and what was lost. */
static void
add_damage (ViewerNotices *self, DiscDamage damage)
{
  g_autofree char *sentence = NULL;

  if (damage.n_lost > 0)
    sentence = g_strdup_printf (_ ("Damage beyond repair (%u places): some records cannot be read. "
                                   "Where a chart lacks any, it says so. Take the USB copy or an "
                                   "older disc."), (guint) damage.n_lost);
  else if (damage.n_repaired > 0)
    sentence = g_strdup_printf (_ ("The disc has scratches (%u places); all that was read could be "
                                   "repaired. Burn a new disc."), (guint) damage.n_repaired);
  if (sentence != NULL)
    add_notice (self, damage.n_lost > 0, _ ("Damaged disc"), sentence);
}

void
viewer_notices_update (ViewerNotices *self, ViewerDisc *disc, ViewerChart *chart,
                       const char *now)
{
  const DiscInfo *info = disc ? viewer_disc_get_info (disc) : NULL;
  gint64 seconds = 0;
  ViewerAge age;

  clear (self);
  if (info == NULL)
    return;

  age = viewer_clock_age (info->as_of, now, VIEWER_LATE_HOURS, VIEWER_EXPIRED_HOURS, &seconds);
  if (age == VIEWER_AGE_CLOCK)
    {
      g_autofree char *clock = viewer_text_short (now, now);
      g_autofree char *text = g_strdup_printf (
        _ ("The clock of this computer (%s) stands before the disc. Ages cannot be computed. "
           "Set the clock."),
        clock);

      add_notice (self, TRUE, _ ("Clock"), text);
    }
  if (age == VIEWER_AGE_EXPIRED)
    {
      g_autofree char *ago = viewer_text_ago (seconds);
      g_autofree char *text = g_strdup_printf (
        _ ("This data is from %s. Do not use drugs, results and places before paper confirms them."),
        ago);

      add_notice (self, TRUE, _ ("Expired"), text);
    }
  if (chart != NULL && viewer_chart_get_lost (chart) != NULL)
    add_lost (self, viewer_chart_get_lost (chart));
  add_damage (self, viewer_disc_get_damage (disc));
  if (!info->sealed)
    add_notice (self, FALSE, _ ("Unsealed"),
                _ ("A disc for development without encryption or signature. "
                   "Do not put patient data on it."));
}
