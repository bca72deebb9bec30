/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-chart.h"
#include "imp-sample-sink.h"

G_BEGIN_DECLS

/** Root folder of the standard storage: the facility's id, as SS-MIX2 spec 1.1 asks. */
#define IMP_SAMPLE_ROOT "9910000001"

/**
 * imp_sample_storage_write: the files of the chart in the order of their folders: care date, data
 * type, name. Planted faults go into the chart's truth.
 */
gboolean imp_sample_storage_write (ImpSampleChart *chart, ImpSampleSink *sink, GError **error);

G_END_DECLS
