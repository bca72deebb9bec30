/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-chart-entries.h"

static GArray *
list_entries (ViewerChart *chart, DiscMessageFlags without)
{
  GArray *entries = viewer_entries_new ();
  guint n = viewer_chart_n_records (chart);

  for (guint i = 0; i < n; i++)
    {
      const DiscRecord *record = viewer_chart_get_record (chart, i);
      ViewerEntry entry = { record, viewer_chart_get_message (chart, record) };

      if ((entry.message->flags & without) == 0)
        g_array_append_val (entries, entry);
    }
  return entries;
}

GArray *
viewer_chart_entries (ViewerChart *chart)
{
  return list_entries (chart, DISC_MESSAGE_SAID_BEFORE);
}

GArray *
viewer_chart_sources (ViewerChart *chart)
{
  return list_entries (chart, 0);
}
