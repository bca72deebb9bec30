/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-notices.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-clock.h"
#include "viewer-data-type.h"
#include "viewer-freshness-model.h"
#include "viewer-key-line.h"
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

static GtkWidget *
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
  return bar;
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

/* Of the volumes with sources: charts do not need them. */
static void
add_volume_damage (ViewerNotices *self, guint volume, DiscDamage damage)
{
  g_autofree char *sentence = NULL;

  if (damage.n_lost > 0)
    sentence = g_strdup_printf (_ ("Volume %u is damaged beyond repair (%u places): some source "
                                   "messages cannot be read. Charts do not need it. Take its USB copy "
                                   "or an older disc for them."), volume, (guint) damage.n_lost);
  else if (damage.n_repaired > 0)
    sentence = g_strdup_printf (_ ("Volume %u has scratches (%u places); all that was read could be "
                                   "repaired. Burn a new disc."), volume, (guint) damage.n_repaired);
  if (sentence != NULL)
    add_notice (self, damage.n_lost > 0, _ ("Damaged disc"), sentence);
}

/* What is on the screen is not all there is, until the medium is back. */
static void
add_released (ViewerNotices *self, ViewerDisc *disc)
{
  DiscReader *reader = viewer_disc_get_reader (disc);
  g_autofree char *serial = g_strdup_printf (
    "%" G_GUINT64_FORMAT, disc_container_header (disc_reader_container (reader))->serial);
  g_autofree char *sentence = g_strdup_printf (
    disc_reader_n_volumes (reader) > 1
      ? _ ("Volume 1 of disc number %s may be taken out, or is out already. What is open stays on the "
           "screen; for other charts and for words in records put it back in.")
      : _ ("Disc number %s is not in the drive. What is open stays on the screen; for other charts "
           "and for words in records put it back in."),
    serial);

  add_notice (self, FALSE, _ ("Change of disc"), sentence);
}

/* The clock is wrong, or the data is too old to act on. */
static void
add_age (ViewerNotices *self, const DiscInfo *info, const char *now)
{
  gint64 seconds = 0;
  ViewerAge age = viewer_clock_disc_age (info->as_of, info->built_at, now, VIEWER_LATE_HOURS,
                                         VIEWER_EXPIRED_HOURS, &seconds);

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
}

/* What the hospital means to do about it; nothing of this is said while the clock is wrong. */
static void
add_overdue (ViewerNotices *self, const DiscInfo *info, guint refresh_days, const char *now)
{
  gint64 seconds = 0;
  ViewerAge age = viewer_clock_disc_age (info->as_of, info->built_at, now, 0, 0, &seconds);

  if (age == VIEWER_AGE_FRESH && seconds > (gint64) refresh_days * 24 * 3600)
    {
      g_autofree char *text = g_strdup_printf (
        ngettext ("There should be a new disc every %u day, and this one is older. Ask for the "
                  "newest disc.",
                  "There should be a new disc every %u days, and this one is older. Ask for the "
                  "newest disc.",
                  refresh_days),
        refresh_days);

      add_notice (self, FALSE, _ ("Refresh overdue"), text);
    }
}

static GtkWidget *
new_switch (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (line), gtk_label_new (_ ("Go to the newer one")));
  gtk_box_append (GTK_BOX (line), viewer_key_cap_new ("Ctrl+G"));
  gtk_button_set_child (GTK_BUTTON (button), line);
  viewer_accessible_name_by_labels (button, line);
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.generations");
  return button;
}

/* What the store knows of the disc that is open. */
static void
add_generation (ViewerNotices *self, const ViewerNoticeFacts *facts, const char *now)
{
  const char *own = viewer_disc_get_info (facts->disc)->as_of;
  const DiscGeneration *newer = viewer_store_find_newer (facts->store, facts->disc);
  const DiscGeneration *here = viewer_store_find (facts->store, viewer_disc_get_path (facts->disc));
  g_autofree char *old_time = viewer_text_date_time (own, now);
  g_autofree char *new_time = newer != NULL ? viewer_text_date_time (newer->as_of, now) : NULL;
  g_autofree char *text = NULL;

  if (here != NULL && here->is_damaged)
    add_notice (self, TRUE, _ ("Damaged disc"),
                _ ("This generation was taken into the store although parts of it are lost. Where a "
                   "chart lacks any, it says so."));
  if (newer == NULL)
    return;
  text = g_strdup_printf (here != NULL
                            ? _ ("Open is an older generation with data as of %s. The store has a "
                                 "newer one: data as of %s.")
                            : _ ("Open is a disc with data as of %s. The store of this laptop has "
                                 "newer data of the same hospital: as of %s."),
                          old_time, new_time);
  gtk_box_append (GTK_BOX (add_notice (self, FALSE, _ ("Old generation"), text)), new_switch ());
}

/* Who cannot be found is not "nobody". */
static void
add_missing (ViewerNotices *self, ViewerDisc *disc)
{
  guint n_missing = viewer_disc_n_missing (disc);
  g_autofree char *missing = viewer_text_count (n_missing);
  g_autofree char *all = viewer_text_count (disc_reader_n_patients (viewer_disc_get_reader (disc)));
  g_autofree char *text =
    g_strdup_printf (ngettext ("%s of %s patients of this disc cannot be found: the disc is damaged "
                               "there. That somebody is not found does not mean that nobody is "
                               "there. Take the USB copy or an older disc.",
                               "%s of %s patients of this disc cannot be found: the disc is damaged "
                               "there. That somebody is not found does not mean that nobody is "
                               "there. Take the USB copy or an older disc.",
                               n_missing),
                     missing, all);

  if (n_missing > 0)
    add_notice (self, TRUE, _ ("Damaged disc"), text);
}

void
viewer_notices_update (ViewerNotices *self, const ViewerNoticeFacts *facts, const char *now)
{
  const DiscInfo *info = facts->disc ? viewer_disc_get_info (facts->disc) : NULL;

  clear (self);
  if (info == NULL)
    return;

  add_age (self, info, now);
  if (facts->store != NULL)
    add_generation (self, facts, now);
  add_overdue (self, info, facts->refresh_days, now);
  if (facts->store_failed)
    add_notice (self, FALSE, _ ("Store"),
                _ ("The store of this laptop cannot be read. It may have newer data than this disc."));
  if (viewer_disc_is_label_altered (facts->disc))
    add_notice (self, TRUE, _ ("Label"),
                _ ("The label of this disc (manifest.json) was altered. The records are checked on "
                   "their own and are as signed. Keep the medium as evidence."));
  if (viewer_disc_is_label_damaged (facts->disc))
    add_notice (self, FALSE, _ ("Damaged disc"),
                _ ("The label of this disc (manifest.json) is damaged; its second copy is whole and "
                   "was used. Burn a new disc."));
  if (facts->chart != NULL && viewer_chart_get_lost (facts->chart) != NULL)
    add_lost (self, viewer_chart_get_lost (facts->chart));
  add_missing (self, facts->disc);
  add_damage (self, viewer_disc_get_damage (facts->disc));
  for (guint volume = 2; volume <= disc_reader_n_volumes (viewer_disc_get_reader (facts->disc)); volume++)
    add_volume_damage (self, volume, viewer_disc_get_volume_damage (facts->disc, volume));
  if (viewer_disc_is_released (facts->disc))
    add_released (self, facts->disc);
  if (!info->sealed)
    add_notice (self, FALSE, _ ("Unsealed"),
                _ ("A disc for development without encryption or signature. "
                   "Do not put patient data on it."));
}
