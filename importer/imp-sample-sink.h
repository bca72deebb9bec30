/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Where the sample goes: a tree of folders, or a tar in a file or on standard output. */
typedef struct _ImpSampleSink ImpSampleSink;

/**
 * imp_sample_sink_open:
 * @target: a folder that is new or empty, a file whose name ends with ".tar", or "-"
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_USAGE if the target holds something already,
 *   %G_IO_ERROR if it cannot be written
 */
ImpSampleSink *imp_sample_sink_open (const char *target, GError **error);

/** imp_sample_sink_write: one file; @path relative, @time of writing in seconds (UTC). */
gboolean imp_sample_sink_write (ImpSampleSink *self, const char *path, const char *bytes, gsize len,
                                gint64 time, GError **error);

/** imp_sample_sink_close: ends a tar and gives it its name. Without it nothing stays of a tar. */
gboolean imp_sample_sink_close (ImpSampleSink *self, GError **error);
void imp_sample_sink_free (ImpSampleSink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleSink, imp_sample_sink_free)

G_END_DECLS
