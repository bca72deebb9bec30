/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-record.h"
#include "imp-media-run.h"

G_BEGIN_DECLS

/* Burning an image and reading it back. */

typedef struct
{
  const char *image;
  guint64 n_sectors;  /* of it */
  const char *device; /* imp-media-drive.h */
  guint speed;        /* 0: left to the drive */
} ImpBurnOptions;

/** What came of it. */
typedef struct
{
  gboolean was_begun;   /* something was written to the medium: it is good, or to be thrown away */
  ImpBurnResult result;
  char *at;
  char *medium;
  gint64 seconds;
  ImpMediaComparison found;
} ImpBurnOutcome;

void imp_burn_outcome_clear (ImpBurnOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpBurnOutcome, imp_burn_outcome_clear)

/**
 * imp_burn:
 * @out: (out): to be cleared, whatever is returned
 *
 * Checks that the medium is blank and large enough, burns, and reads every sector back. %TRUE means
 * that each of them was read back from the medium and is the same.
 *
 * Returns: %FALSE with %IMP_ERROR_MEDIUM, _TOO_LARGE, _SOURCE or _CANCELLED before anything was
 *   written, %IMP_ERROR_UNFINISHED or _READ_BACK afterwards
 */
gboolean imp_burn (const ImpBurnOptions *options, ImpMediaRun *run, ImpBurnOutcome *out,
                   GError **error);

G_END_DECLS
