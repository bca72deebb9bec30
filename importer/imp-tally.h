/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"
#include "disc-kinds.h"
#include "imp-message.h"
#include "imp-roots.h"
#include "imp-scan.h"
#include "imp-source.h"
#include "imp-threat.h"
#include "imp-unit.h"

G_BEGIN_DECLS

/*
 * Counting. Each thread has a tally of its own; they are added up at the end. A hostile storage can
 * name as many roots, types and details as it likes: every table has a ceiling, beyond which things
 * are counted together as "other".
 */

typedef struct
{
  guint64 n_files;
  guint64 n_files_refused;         /* of them */
  guint64 n_messages;
  guint64 n_outside;
  guint64 n_on_disc;               /* messages */
  guint64 n_records;               /* on the disc */
  char oldest_sent[DISC_DATE_MAX];
  char newest_sent[DISC_DATE_MAX]; /* of the names, not in the future */
} ImpTypeTally;

typedef struct
{
  guint64 n_seen;
  guint64 n_read;
  guint64 n_refused;
  guint64 n_ignored;
  guint64 n_bytes;
  guint64 n_messages;
  guint64 n_messages_refused;      /* a second message in a file that cannot be read */
  guint64 n_disputed;
  guint64 n_characters_lost;
  guint64 n_characters_private;    /* user-defined characters */
  guint64 n_future;                /* sent later than now, says the name */
  guint64 by_reason[IMP_N_REASONS];
  guint64 by_condition[4];         /* flag 0, 1, 2, none */
  guint64 by_charset[IMP_N_CHARSETS];
  guint64 n_patients_bare;         /* without standing basic data; first root of the patient */
  guint64 n_lost;                  /* refused files that are records: imp_threat_is_loss() */
  guint64 n_suspicious;            /* files with either of the next two */
  guint64 n_ransom_names;
  guint64 n_scrambled;             /* files that should be text and look encrypted */
  guint64 n_scrambled_elsewhere;   /* others that do */
  char oldest_care[9];
  char newest_care[9];
  GHashTable *types;               /* name -> ImpTypeTally */
} ImpRootTally;

/** What became of the resources of FHIR that were read; they add up to all of them. */
typedef enum
{
  IMP_FHIR_COUNT_RECORDS,                /* a message each, in a chart or apart */
  IMP_FHIR_COUNT_CONTEXT,                /* read where others refer to them: people, places, drugs */
  IMP_FHIR_COUNT_IDENTICAL,              /* say what another one says */
  IMP_FHIR_COUNT_WITHDRAWALS,            /* requests to delete */
  IMP_FHIR_COUNT_WITHDRAWALS_OF_NOTHING, /* ... what was never seen */
  IMP_N_FHIR_COUNTS
} ImpFhirCount;

#define IMP_FIELD_BYTES 32

/** What more is known of the records of one kind. */
typedef struct
{
  guint64 by_status[DISC_N_STATUSES]; /* of those that are not live; 0: one this build does not know */
  guint64 n_disputed;
  guint64 n_coded;                 /* items with a code of a standard system */
  guint64 n_coded_local;           /* items with another code alone */
  char oldest_at[DISC_DATE_MAX];   /* clinical times of live records, not after the window's end */
  char newest_at[DISC_DATE_MAX];
  char newest_sent[DISC_DATE_MAX]; /* times of sending, not in the future */
} ImpKindTally;

/** What arrived of the inpatients of one ward. */
typedef struct
{
  guint64 n_patients;
  char newest_sent[DISC_DATE_MAX];
  char by_kind[DISC_N_KINDS][DISC_DATE_MAX];
} ImpWardTally;

/** What the virus scanner was asked. */
typedef struct
{
  guint64 n_scanned;
  guint64 n_infected;
  guint64 n_failed;                /* no answer */
  guint64 n_too_large;
} ImpScanTally;

/** Paths of files that look encrypted or renamed, so many. */
#define IMP_SUSPECTS_LISTED 20

/** Roots that are told one by one; the others are told together. */
#define IMP_ROOTS_LISTED 500

typedef struct
{
  GPtrArray *roots;                /* (element-type ImpRootTally) by number of the root; NULL for
                                      roots of which nothing was counted */
  guint64 fates[IMP_N_FATES];
  guint64 fhir[IMP_N_FHIR_COUNTS];
  guint64 n_fhir_read;             /* resources laid aside by the first pass */
  guint64 n_fhir_refused;          /* pieces that could not be read */
  guint64 n_fhir_ignored;          /* of no clinical kind, queries and answers */
  guint64 n_patients;
  guint64 n_patients_bare;         /* without standing basic data */
  guint64 n_patients_disputed_only;/* known from disputed messages alone */
  guint64 n_patients_outside;      /* nothing of theirs reaches into the window */
  guint64 n_disputed;              /* disputed messages on the disc */
  guint64 n_pictures;              /* of documents on the disc */
  guint64 n_pictures_left_out;     /* of those: not on the disc themselves */
  guint64 picture_bytes;           /* of those that are, each once */
  guint64 picture_budget;          /* what they might take */
  guint64 records[DISC_N_KINDS + 32];
  guint64 records_live[DISC_N_KINDS + 32];
  guint64 items[DISC_N_KINDS + 32];
  guint8 fields[DISC_N_KINDS + 32][IMP_FIELD_BYTES]; /* which fields ever hold a value */
  guint64 findings[IMP_N_FINDINGS];
  GHashTable *details;             /* "code: detail" -> guint64 */
  ImpKindTally kinds[DISC_N_KINDS];
  GHashTable *wards;               /* name -> ImpWardTally */
  GPtrArray *suspects;             /* (element-type utf8): paths */
  ImpScanTally scan;
  char exported_at[DISC_DATE_MAX]; /* of the newest bulk export of FHIR, as it says itself; "" */
  char now[DISC_DATE_MAX];         /* later times of sending are none; "": all are taken */
  char as_of[DISC_DATE_MAX];       /* likewise of clinical times */
} ImpTally;

ImpTally *imp_tally_new (void);
void imp_tally_free (ImpTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTally, imp_tally_free)

/** imp_tally_merge: adds @other to @self. */
void imp_tally_merge (ImpTally *self, const ImpTally *other);

/** imp_tally_root: the tally of a root, made when it is new. */
ImpRootTally *imp_tally_root (ImpTally *self, guint root);

/** imp_tally_find_root: (nullable): the tally of a root, if anything was counted of it. */
const ImpRootTally *imp_tally_find_root (const ImpTally *self, guint root);

/** imp_tally_rest: (transfer full) (nullable): roots from @first on, as root 0 of a new tally. */
ImpTally *imp_tally_rest (const ImpTally *self, guint first);

/** imp_tally_of_source: (transfer full): roots of one source, as root 0 of a new tally. */
ImpTally *imp_tally_of_source (const ImpTally *self, ImpRoots *roots, guint source);

/** imp_tally_type: (nullable type): the tally of a data type in a root. */
ImpTypeTally *imp_tally_type (ImpRootTally *root, const char *type);

/** imp_tally_file: counts a file that a source met; @reason: why it was not read, if so. */
void imp_tally_file (ImpTally *self, guint root, const ImpFile *file, ImpReason reason);

/** imp_tally_file_as: likewise, under data type @type (nullable) where its name tells none. */
void imp_tally_file_as (ImpTally *self, guint root, const ImpFile *file, const char *type,
                        ImpReason reason);

/** imp_tally_threats: counts what @file looks like. */
void imp_tally_threats (ImpTally *self, guint root, const ImpFile *file, ImpThreats threats);

/** imp_tally_scan: counts an answer of the virus scanner. */
void imp_tally_scan (ImpTally *self, ImpScanVerdict verdict);

/** imp_tally_ward: counts the last arrivals of a patient who is in hospital; after the patient's facts
 * and records are known. */
void imp_tally_ward (ImpTally *self, const ImpUnit *unit);

/** imp_tally_finding: @detail: (nullable): counted too. */
void imp_tally_finding (ImpTally *self, ImpFindingCode code, const char *detail);

/** imp_tally_records: counts the records of a message on the disc, and which fields they use; notes
 * in passing which kinds it holds. */
void imp_tally_records (ImpTally *self, ImpMessage *message);

/** imp_tally_take_back: what imp_tally_records() counted of a message that is not on the disc after
 * all. */
void imp_tally_take_back (ImpTally *self, ImpMessage *message);

/** imp_tally_sum_records: records of all kinds. */
guint64 imp_tally_sum_records (const ImpTally *self);

/** imp_tally_sum_roots: (out caller-allocates): counts over all roots; no types and no dates. */
void imp_tally_sum_roots (const ImpTally *self, ImpRootTally *out);

/** imp_tally_newest_sent: the newest time of sending not in the future over all roots; or "". */
void imp_tally_newest_sent (const ImpTally *self, char *out);

/** imp_tally_newer, imp_tally_older: keep the newer or older of two ISO texts; "" is none. */
void imp_tally_newer (char *kept, const char *text, gsize size);
void imp_tally_older (char *kept, const char *text, gsize size);

G_END_DECLS
