/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"
#include "viewer-store.h"

G_BEGIN_DECLS

/**
 * The banners between strip and patient: expired data, a clock before the disc, an old generation, an
 * unsealed disc. They cannot be closed.
 */
#define VIEWER_TYPE_NOTICES (viewer_notices_get_type ())
G_DECLARE_FINAL_TYPE (ViewerNotices, viewer_notices, VIEWER, NOTICES, GtkWidget)

/** What they speak of. */
typedef struct
{
  ViewerDisc *disc;         /* (nullable): no disc, no banners */
  ViewerChart *chart;       /* (nullable): the one that is open: what a damaged disc lacks of it */
  ViewerStore *store;       /* (nullable): may have a newer generation */
  gboolean store_failed;    /* there should be a store, and it cannot be read */
  guint refresh_days;       /* older data is overdue */
} ViewerNoticeFacts;

/** viewer_notices_update: @facts: needed only during the call */
void viewer_notices_update (ViewerNotices *self, const ViewerNoticeFacts *facts, const char *now);

G_END_DECLS
