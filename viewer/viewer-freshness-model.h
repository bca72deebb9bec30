/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-clock.h"
#include "viewer-disc.h"

G_BEGIN_DECLS

/** How new one kind of data on the disc is against the clock (design: data-age bar). */
typedef struct
{
  DiscKind kind;
  gboolean on_disc;
  guint64 n_live;
  guint64 n_all;
  const char *newest;       /* (nullable): of the disc */
  ViewerAge age;
  gint64 age_seconds;       /* when age is FRESH, LATE or EXPIRED */
  guint late_hours;         /* 0: no limit, the date is shown */
  guint expired_hours;
} ViewerFreshness;

/** Limits of the disc as a whole. */
#define VIEWER_LATE_HOURS 24
#define VIEWER_EXPIRED_HOURS 72

/**
 * viewer_freshness_rows:
 * Returns: (transfer full) (element-type ViewerFreshness): in the order of the quality page: kinds
 *   on the disc, then the kinds a ward would miss that are not on it
 */
GArray *viewer_freshness_rows (ViewerDisc *disc, const char *now);

/** viewer_freshness_short_name: 処方, 注射, ...: for the status strip. */
const char *viewer_freshness_short_name (DiscKind kind);

/** viewer_freshness_absent_reason: (nullable): why a kind is often not there; translated. */
const char *viewer_freshness_absent_reason (DiscKind kind);

G_END_DECLS
