/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-strip.h"

#include <glib/gi18n.h>

#include "viewer-fit.h"
#include "viewer-freshness-model.h"
#include "viewer-text.h"

#define MAX_MISSING 3 /* named in the strip; all of them stand on the page of Ctrl+D */

typedef struct
{
  GtkLabel *late;
  GtkWidget *missing;
  GtkLabel *missing_text;
} KindsLine;

struct _ViewerStrip
{
  GtkWidget parent_instance;

  GtkWidget *place;    /* 灯, hospital, disc */
  GtkLabel *hospital;
  GtkLabel *disc;
  GtkWidget *age;
  GtkLabel *age_mark;
  GtkLabel *age_time;
  GtkLabel *age_ago;
  GtkWidget *kinds;
  KindsLine names;     /* by name, or by number where there is no room */
  KindsLine counts;
  GtkWidget *spacer;
  GtkWidget *clock;
  GtkLabel *clock_day;
  GtkLabel *clock_time;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (ViewerStrip, viewer_strip, GTK_TYPE_WIDGET)

static void
viewer_strip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_strip_parent_class)->dispose (object);
}

static void
viewer_strip_class_init (ViewerStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_box (ViewerStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static GtkWidget *
new_kinds_line (KindsLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  add_label (box, _ ("Kinds"), "dim");
  line->late = add_label (box, NULL, NULL);
  line->missing = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (line->missing, "chip");
  gtk_widget_add_css_class (line->missing, "hatch");
  gtk_widget_add_css_class (line->missing, "missing");
  gtk_widget_set_valign (line->missing, GTK_ALIGN_CENTER);
  line->missing_text = add_label (line->missing, NULL, NULL);
  gtk_box_append (GTK_BOX (box), line->missing);
  return box;
}

static void
viewer_strip_init (ViewerStrip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "strip");

  self->place = add_box (self);
  add_label (self->place, "灯", "strong");
  self->hospital = add_label (self->place, NULL, NULL);
  self->disc = add_label (self->place, NULL, "dim");

  self->age = add_box (self);
  gtk_widget_add_css_class (self->age, "age");
  self->age_mark = add_label (self->age, NULL, NULL);
  self->age_time = add_label (self->age, NULL, "strong");
  self->age_ago = add_label (self->age, NULL, "strong");
  gtk_widget_set_margin_start (GTK_WIDGET (self->age_ago), 16);

  self->kinds = viewer_fit_new (new_kinds_line (&self->names), new_kinds_line (&self->counts));
  gtk_widget_add_css_class (self->kinds, "kinds");
  gtk_widget_set_parent (self->kinds, GTK_WIDGET (self));

  self->spacer = add_box (self);
  gtk_widget_set_hexpand (self->spacer, TRUE);
  self->clock = add_box (self);
  self->clock_day = add_label (self->clock, NULL, NULL);
  self->clock_time = add_label (self->clock, NULL, "strong");
}

static void
update_age (ViewerStrip *self, const DiscInfo *info, const char *now)
{
  gint64 seconds = 0;
  ViewerAge age = viewer_clock_disc_age (info->as_of, info->built_at, now, VIEWER_LATE_HOURS,
                                         VIEWER_EXPIRED_HOURS, &seconds);
  const char *mark = age == VIEWER_AGE_LATE ? "▲ " : age == VIEWER_AGE_EXPIRED ? "■ " : "";
  g_autofree char *head = g_strdup_printf ("%s%s", mark, _ ("Data as of"));
  g_autofree char *time = viewer_text_date_time (info->as_of, now);
  g_autofree char *ago = NULL;

  if (age == VIEWER_AGE_UNKNOWN)
    ago = g_strdup (_ ("age unknown"));
  else if (age == VIEWER_AGE_CLOCK)
    ago = g_strdup (_ ("age not computed"));
  else
    ago = viewer_text_ago (seconds);

  gtk_widget_remove_css_class (self->age, "late");
  gtk_widget_remove_css_class (self->age, "expired");
  if (age == VIEWER_AGE_LATE)
    gtk_widget_add_css_class (self->age, "late");
  else if (age != VIEWER_AGE_FRESH)
    gtk_widget_add_css_class (self->age, "expired");
  gtk_label_set_text (self->age_mark, head);
  gtk_label_set_text (self->age_time, *time ? time : _ ("unknown"));
  gtk_label_set_text (self->age_ago, ago);
}

static void
show_line (KindsLine *line, const char *late, const char *missing)
{
  gtk_label_set_text (line->late, late);
  gtk_label_set_text (line->missing_text, missing ? missing : "");
  gtk_widget_set_visible (line->missing, missing != NULL);
}

static char *
count_text (guint n_late, guint n_expired)
{
  GString *text = g_string_new (NULL);

  if (n_expired > 0)
    g_string_append_printf (text, "■%u ", n_expired);
  if (n_late > 0)
    g_string_append_printf (text, "▲%u", n_late);
  return g_string_free (text, FALSE);
}

static char *
missing_text (const char *names, guint n_missing)
{
  if (n_missing > MAX_MISSING)
    return g_strdup_printf (_ ("%s and %u more not on this disc"), names,
                            n_missing - MAX_MISSING);
  return n_missing > 0 ? g_strdup_printf (_ ("%s not on this disc"), names) : NULL;
}

static char *
missing_count_text (guint n_missing)
{
  if (n_missing == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u kind not on this disc", "%u kinds not on this disc",
                                    n_missing),
                          n_missing);
}

/* Only what is late or absent is named: a missing name promises nothing (design, principle 3). */
static void
update_kinds (ViewerStrip *self, ViewerDisc *disc, const char *now)
{
  g_autoptr (GArray) rows = viewer_freshness_rows (disc, now);
  g_autoptr (GString) late = g_string_new (NULL);
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *late_counts = NULL;
  g_autofree char *missing_names = NULL;
  g_autofree char *missing_count = NULL;
  guint n_late = 0, n_expired = 0, n_missing = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerFreshness *row = &g_array_index (rows, ViewerFreshness, i);
      const char *name = viewer_freshness_short_name (row->kind);

      if (!row->on_disc)
        {
          if (++n_missing <= MAX_MISSING)
            g_string_append_printf (missing, "%s%s", missing->len > 0 ? _ (", ") : "", name);
          continue;
        }
      if (row->age != VIEWER_AGE_LATE && row->age != VIEWER_AGE_EXPIRED)
        continue;
      g_string_append_printf (late, "%s%s%s", late->len > 0 ? " " : "",
                              row->age == VIEWER_AGE_LATE ? "▲" : "■", name);
      n_late += row->age == VIEWER_AGE_LATE;
      n_expired += row->age == VIEWER_AGE_EXPIRED;
    }
  late_counts = count_text (n_late, n_expired);
  missing_names = missing_text (missing->str, n_missing);
  missing_count = missing_count_text (n_missing);
  show_line (&self->names, late->str, missing_names);
  show_line (&self->counts, late_counts, missing_count);
}

static const char *
hospital_text (const DiscInfo *info)
{
  if (info == NULL)
    return _ ("no disc");
  if (info->hospital != NULL)
    return info->hospital;
  return info->facility ? info->facility : _ ("hospital not named");
}

void
viewer_strip_update (ViewerStrip *self, ViewerDisc *disc, const char *now)
{
  const DiscInfo *info = disc ? viewer_disc_get_info (disc) : NULL;
  g_autofree char *day = viewer_text_date (now, now);
  g_autofree char *time = viewer_text_time (now);
  g_autofree char *number = info && info->id ? g_strndup (info->id, 8) : NULL;

  gtk_label_set_text (self->clock_day, day);
  gtk_label_set_text (self->clock_time, time);
  gtk_label_set_text (self->hospital, hospital_text (info));
  gtk_label_set_text (self->disc, number ? number : "");
  gtk_widget_set_visible (self->age, info != NULL);
  gtk_widget_set_visible (self->kinds, info != NULL && !self->compact);
  if (info == NULL)
    return;
  update_age (self, info, now);
  update_kinds (self, disc, now);
}

void
viewer_strip_set_compact (ViewerStrip *self, gboolean compact)
{
  self->compact = compact;
  gtk_widget_set_visible (GTK_WIDGET (self->hospital), !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->disc), !compact);
  gtk_widget_set_visible (self->kinds, !compact && gtk_widget_get_visible (self->age));
}
