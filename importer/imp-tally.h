/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"
#include "disc-kinds.h"
#include "imp-message.h"
#include "imp-source.h"

G_BEGIN_DECLS

/*
 * Counting. Each thread has a tally of its own; they are added up at the end. A hostile storage can
 * name as many roots, types and details as it likes: every table has a ceiling, beyond which things
 * are counted together as "other".
 */

typedef struct
{
  guint64 n_files;
  guint64 n_messages;
  guint64 n_outside;
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

/** imp_tally_type: (nullable type): the tally of a data type in a root. */
ImpTypeTally *imp_tally_type (ImpRootTally *root, const char *type);

/** imp_tally_file: counts a file that a source met; @reason: why it was not read, if so. */
void imp_tally_file (ImpTally *self, guint root, const ImpFile *file, ImpReason reason);

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

/** imp_tally_newest_sent: the newest time of sending not in the future over all roots; or "". */
void imp_tally_newest_sent (const ImpTally *self, char *out);

G_END_DECLS
