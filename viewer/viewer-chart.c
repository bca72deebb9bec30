/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-chart.h"

struct _ViewerChart
{
  GObject parent_instance;

  ViewerDisc *disc;
  DiscPatient *patient;
  DiscChart *chart;
  DiscChart *disputed;
  char *now;
};

G_DEFINE_FINAL_TYPE (ViewerChart, viewer_chart, G_TYPE_OBJECT)

static void
viewer_chart_finalize (GObject *object)
{
  ViewerChart *self = VIEWER_CHART (object);

  g_clear_pointer (&self->chart, disc_chart_free);
  g_clear_pointer (&self->disputed, disc_chart_free);
  g_clear_pointer (&self->patient, disc_patient_free);
  g_clear_pointer (&self->now, g_free);
  g_clear_object (&self->disc);
  G_OBJECT_CLASS (viewer_chart_parent_class)->finalize (object);
}

static void
viewer_chart_class_init (ViewerChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_chart_finalize;
}

static void
viewer_chart_init (ViewerChart *self)
{
}

ViewerChart *
viewer_chart_load (ViewerDisc *disc, guint32 pno, const char *now, GError **error)
{
  g_autoptr (ViewerChart) self = g_object_new (VIEWER_TYPE_CHART, NULL);
  DiscReader *reader = viewer_disc_get_reader (disc);

  self->disc = g_object_ref (disc);
  self->now = g_strdup (now);
  self->patient = disc_reader_load_patient (reader, pno, error);
  if (self->patient == NULL)
    return NULL;
  self->chart = disc_reader_load_chart (reader, pno, error);
  if (self->chart == NULL)
    return NULL;
  if (self->patient->n_disputed > 0)
    {
      self->disputed = disc_reader_load_disputed (reader, self->patient->id, error);
      if (self->disputed == NULL)
        return NULL;
    }
  viewer_disc_tell (disc);
  return g_steal_pointer (&self);
}

ViewerDisc *
viewer_chart_get_disc (ViewerChart *self)
{
  return self->disc;
}

const DiscPatient *
viewer_chart_get_patient (ViewerChart *self)
{
  return self->patient;
}

const DiscInfo *
viewer_chart_get_info (ViewerChart *self)
{
  return viewer_disc_get_info (self->disc);
}

const DiscFreshness *
viewer_chart_get_freshness (ViewerChart *self, DiscKind kind)
{
  return viewer_disc_get_freshness (self->disc, kind);
}

const char *
viewer_chart_get_now (ViewerChart *self)
{
  return self->now;
}

const DiscContents *
viewer_chart_get_lost (ViewerChart *self)
{
  return disc_chart_lost (self->chart);
}

guint
viewer_chart_n_records (ViewerChart *self)
{
  return disc_chart_n_records (self->chart);
}

const DiscRecord *
viewer_chart_get_record (ViewerChart *self, guint i)
{
  return disc_chart_record (self->chart, i);
}

const DiscMessage *
viewer_chart_get_message (ViewerChart *self, const DiscRecord *record)
{
  return disc_chart_message (self->chart, record->message);
}

const DiscRecord *
viewer_chart_next (ViewerChart *self, guint *position, DiscKind kind, gboolean live_only)
{
  guint n = disc_chart_n_records (self->chart);

  while (*position < n)
    {
      const DiscRecord *record = disc_chart_record (self->chart, (*position)++);

      if ((kind == DISC_KIND_NONE || record->kind == kind) && (!live_only || record->live))
        return record;
    }
  return NULL;
}

const DiscChart *
viewer_chart_get_disputed (ViewerChart *self)
{
  return self->disputed;
}
