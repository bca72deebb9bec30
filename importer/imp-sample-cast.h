/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-course.h"

G_BEGIN_DECLS

/*
 * The cast of the drill: the first patients, written by hand in data/sample/cast.tsv so that even
 * the smallest sample shows every case. A line of that file is something that happens:
 *
 *   id   day   time   verb   what   details
 *
 * Days count from the last day of the data (0, -3, 5), times are HH:MM, "-" is empty, details are
 * NAME=VALUE with ";" between. The lines of a person stand together, ids ascend, and the first line
 * is "person". The verbs are in imp-sample-cast-verbs.c.
 */

typedef struct
{
  const char *id;
  int day;     /* of the hospital's calendar */
  gint64 time; /* of that day; midnight when there is none */
  const char *verb, *what, *details;
} ImpSampleScene;

typedef struct _ImpSampleCast ImpSampleCast;

ImpSampleCast *imp_sample_cast_new (const ImpSampleHospital *hospital, GError **error);
void imp_sample_cast_free (ImpSampleCast *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleCast, imp_sample_cast_free)

guint imp_sample_cast_size (const ImpSampleCast *self);

/** imp_sample_cast_write: person @i and all that happens to them into the chart. */
gboolean imp_sample_cast_write (const ImpSampleCast *self, guint i, ImpSampleChart *chart,
                                GError **error);

/** What the verbs share while one person is written. */
typedef struct
{
  ImpSampleChart *chart;
  ImpSampleTables *tables;
  ImpSampleCourse course;
  ImpSampleLine lines[16];
  ImpSamplePrescription prescription; /* the last one */
  gint64 admitted;
} ImpSamplePlay;

/** imp_sample_play_scene: does what the scene says. */
gboolean imp_sample_play_scene (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);

G_END_DECLS
