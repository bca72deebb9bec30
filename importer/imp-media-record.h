/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-compare.h"

G_BEGIN_DECLS

/* What was burnt when, and whether it could be read back: a line of JSON each, only ever appended. */

/** How a burning ended. Only the first one is a good medium. */
typedef enum
{
  IMP_BURN_SAME,         /* every sector read back, and the same */
  IMP_BURN_DIFFERENT,    /* read back, and not the same or not readable */
  IMP_BURN_NOT_READ,     /* written, not read back to the end */
  IMP_BURN_NOT_WRITTEN,  /* not written to the end */
} ImpBurnResult;

typedef struct
{
  const char *at;        /* ISO 8601, begin of burning */
  const char *disc_id;   /* (nullable) */
  guint64 serial;        /* 0: not numbered */
  guint volume;          /* of that disc ... */
  guint n_volumes;       /* ... of so many; said when there are several */
  gboolean is_sealed;
  const char *device;
  const char *medium;    /* type */
  guint speed;           /* 0: left to the drive */
  gint64 seconds;        /* of burning */
  guint64 n_sectors;
  const char *sha256;    /* (nullable): of the image */
  ImpBurnResult result;
  const ImpMediaComparison *found;
} ImpBurnRecord;

/** imp_burn_record_json: (transfer full): without the end of the line. */
char *imp_burn_record_json (const ImpBurnRecord *record);

/** imp_burn_record_default_path: (transfer full): burns.ndjson beside the keys of this machine. */
char *imp_burn_record_default_path (void);

/**
 * imp_burn_record_open: before anything is burnt, so that nothing is burnt unrecorded.
 * Returns: a descriptor, or -1 with %IMP_ERROR_SOURCE
 */
int imp_burn_record_open (const char *path, GError **error);

/** imp_burn_record_append: writes one line and waits until it is on the disk. */
gboolean imp_burn_record_append (int fd, const char *json, GError **error);

G_END_DECLS
