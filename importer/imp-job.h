/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-pack.h"
#include "imp-media.h"

G_BEGIN_DECLS

/*
 * One build: backups in, one disc out.
 */

typedef struct
{
  const char *const *from;    /* at least one */
  const char *to;
  const char *as_of;          /* (nullable): ISO or HL7 time, "newest"; NULL: now */
  int months;
  const char *hospital;       /* (nullable) */
  const char *facility;       /* (nullable) */
  const char *scratch;        /* (nullable): folder for the scratch file; NULL: beside the disc */
  const char *report;         /* (nullable): file that gets the JSON report too */
  const char *const *accept;  /* (nullable): stop rules set aside */
  const char *patient_systems; /* (nullable): file of imp_fhir_systems_load() */
  const char *document_types;  /* (nullable): file of imp_document_types_load() */
  const gint64 *max_image_bytes; /* (nullable): of all pictures of documents; NULL: as the medium has room */
  const char *const *limits;  /* (nullable): "RULE=VALUE": limits of stop rules that were moved */
  const char *previous;       /* (nullable): folder of a disc to compare with */
  const char *const *passphrase_files; /* (nullable): that may open it */
  const char *clamd;          /* (nullable): socket of the virus scanner; as imp_scanner_new() */
  int n_jobs;                 /* threads for computing; 0: one for each processor */
  ImpMedium medium;           /* the disc is split for it; IMP_N_MEDIA: whatever it needs */
  guint64 volume_sectors;     /* likewise, for a medium of so many sectors; 0: as @medium says */
  const DiscSealing *sealing; /* (nullable): NULL: a plain disc, for development */
} ImpJobOptions;

typedef enum
{
  IMP_JOB_READING,
  IMP_JOB_WRITING,
  IMP_JOB_FINISHING,
  IMP_JOB_SPLITTING,
} ImpJobPhase;

typedef struct
{
  ImpJobPhase phase;
  guint n_files;
  guint n_messages;
  guint n_patients_done;
  guint n_patients;
  guint volume;               /* being written while it is split, 1 first */
  int permille;               /* of the phase, -1 when not known */
} ImpJobProgress;

typedef struct _ImpJob ImpJob;

/** imp_job_new: @options must live as long as the job. */
ImpJob *imp_job_new (const ImpJobOptions *options);
void imp_job_free (ImpJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpJob, imp_job_free)

/**
 * imp_job_check: whether the sources are there, and the disc would not be written into one; asks which virus
 * scanner there is. Writes nothing.
 *
 * Returns: %FALSE with %IMP_ERROR_SOURCE, %IMP_ERROR_USAGE
 */
gboolean imp_job_check (ImpJob *self, GError **error);

/** imp_job_scans: whether a virus scanner will be asked; after imp_job_check(). */
gboolean imp_job_scans (ImpJob *self);

/**
 * imp_job_run: blocks until the disc is in place, or nothing of it is left.
 *
 * Returns: %FALSE with an error of IMP_ERROR or DISC_ERROR
 */
gboolean imp_job_run (ImpJob *self, GError **error);

/** imp_job_cancel: makes imp_job_run() end with %IMP_ERROR_CANCELLED; any thread. */
void imp_job_cancel (ImpJob *self);

/** imp_job_get_progress: any thread. */
void imp_job_get_progress (ImpJob *self, ImpJobProgress *out);

/** imp_job_warnings: (element-type utf8): sentences for the operator; after imp_job_run(). */
GPtrArray *imp_job_warnings (ImpJob *self);

/** imp_job_n_volumes: of the disc; after imp_job_run(). */
guint imp_job_n_volumes (ImpJob *self);

/** imp_job_n_sectors: what an image of volume @volume (from 1) takes at most; after imp_job_run(). */
guint64 imp_job_n_sectors (ImpJob *self, guint volume);

/** imp_job_report: (nullable): the JSON report with the media that the disc fits on; after
 * imp_job_run(), also where a stop rule refused the disc. */
const char *imp_job_report (ImpJob *self);

/** imp_job_as_of: end of the window; after imp_job_run(). */
const char *imp_job_as_of (ImpJob *self);

/** imp_job_summary: (transfer full): one line on what is on the disc; after imp_job_run(). */
char *imp_job_summary (ImpJob *self);

G_END_DECLS
