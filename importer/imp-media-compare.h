/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-run.h"

G_BEGIN_DECLS

/* Reading back what was written, from the medium and not from memory. */

/** A run of sectors that differ. */
typedef struct
{
  guint64 first;
  guint64 n;
  gboolean is_unreadable;
} ImpMediaSpan;

/** What reading back found. */
typedef struct
{
  guint64 n_sectors;   /* of the image; the last may not be full */
  guint64 n_compared;  /* fewer than n_sectors only when too many differed, or it was interrupted */
  guint64 n_different;
  guint64 n_unreadable;
  GArray *spans;       /* (element-type ImpMediaSpan), ascending; NULL: nothing was read back */
  char *sha256;        /* of the image, hexadecimal; NULL unless all of it was compared */
} ImpMediaComparison;

void imp_media_comparison_clear (ImpMediaComparison *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpMediaComparison, imp_media_comparison_clear)

/** imp_media_comparison_is_same: every sector was read back and is the same. */
gboolean imp_media_comparison_is_same (const ImpMediaComparison *self);

/** imp_media_comparison_spans_text: (transfer full): "17, 20-35, ..." */
char *imp_media_comparison_spans_text (const ImpMediaComparison *self);

/**
 * imp_media_compare:
 * @image: what should stand there
 * @written: file or drive it was written to; what stands behind the image there is not looked at
 * @out: (out): to be cleared, whatever is returned
 *
 * Compares every sector, passing by the cache of the system.
 *
 * Returns: %FALSE with %IMP_ERROR_READ_BACK when one differs or cannot be read (@out tells which),
 *   %IMP_ERROR_SOURCE or an error of DISC_ERROR when the image itself cannot be read,
 *   %IMP_ERROR_CANCELLED
 */
gboolean imp_media_compare (const char *image, const char *written, ImpMediaRun *run,
                            ImpMediaComparison *out, GError **error);

G_END_DECLS
