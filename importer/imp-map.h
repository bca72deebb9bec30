/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"
#include "disc-model.h"
#include "imp-attachment.h"
#include "imp-er7.h"
#include "imp-finding.h"
#include "imp-name.h"

G_BEGIN_DECLS

/*
 * One HL7 message to records of the disc: SS-MIX2 spec sections 2.6 and 4.
 *
 * State: the records carry what the *message* says (event, ORC-1/5, OBX-11, OBR-25, PRB-1, IAM-6,
 * IAM-17, RXA-20/21; the strictest wins). What the *file* says (condition flag, versions) is laid
 * over it later by the importer's resolver, which sees all versions.
 *
 * Allergies (AL1, IAM) that stand in a message which cancels a movement (A11, A12, A13, ...) are facts of
 * their own: HL7 v2.5 chapter 3 lets such an event take back the movement alone, and an allergy that
 * disappears hurts. They are as live as in the movement itself. A23 deletes the basic data as a whole
 * (SS-MIX2 spec 2.6), and the allergies that are part of them.
 *
 * The items of one message that share kind and state are one record; items of another state are a
 * record of their own. So a record's live and status are true of each of its items.
 */

/** What the resolver and the window need to know besides the records. */
typedef struct
{
  char message_type[8];   /* MSH-9.1 */
  char event[8];          /* MSH-9.2 */
  char data_type[32];     /* the type it was parsed as: the name's, or what MSH-9 says */
  char patient_id[64];    /* PID-3 component 1, trimmed; "" when there is none */
  char other_ids[256];    /* PID-3 of further PID segments, where it is another one: a line each, and
                             only such as fit; or "" */
  gboolean names_two_patients; /* there is such a segment: the message is nobody's */
  char birth_date[DISC_DATE_MAX]; /* PID-7 ISO, or "" */
  char sex[8];            /* PID-8, or "" */
  char name[256];         /* PID-5 as in the demographics record, cut at a character if too long */
  char kana[256];
  char facility[64];      /* MSH-4 as sent, for the report only */
  char clinical_at[DISC_DATE_MAX]; /* time to sort and filter by: 2.5, 4.4, 4.12; or "" */
  char reaches_to[DISC_DATE_MAX];  /* last day an order's supply, validity or plan reaches, from
                                      its own fields only; or "" */
  char sent_at[DISC_DATE_MAX];     /* MSH-7 ISO, or "" */
  DiscMessageFlags flags; /* TRUNCATED, TEST, TYPE_MISMATCH, NOT_UNDERSTOOD */
  gboolean is_cancel;     /* a cancelling event of 3.1 */
  gboolean names_admission; /* ADT whose type and event agree, and which is of those that place a
                               patient: ADT-22/42/52/31/32 (spec 3.2) */
} ImpFacts;

/** HL7 v2.5 table 0299, of what stands in a message. */
typedef enum
{
  IMP_FILE_UNKNOWN,
  IMP_FILE_BASE64,
  IMP_FILE_HEX,
  IMP_FILE_TEXT, /* "A": as it is */
} ImpFileCoding;

/** A file inside a message: HL7 v2.5 2.A.24 ED, one repetition of an OBX-5. */
typedef struct
{
  guint number;              /* from 1, in the order of the message: so its record names it */
  guint record;              /* from 0: of those that came out; %G_MAXUINT: it is in none */
  ImpAttachment *attachment; /* (nullable): decoded; %NULL where it cannot be, which is told */
  ImpFileCoding coding;
  ImpText data; /* as it stands in the text of the message */

  guint bucket; /*< private >*/
  const ImpSegment *segment;
  ImpText whole;
  char *mark; /* what its record says in its place */
} ImpMappedFile;

typedef struct
{
  DiscRecordBuilder *records;
  GPtrArray *findings;    /* (element-type ImpFinding) owned */
  ImpFacts facts;
  GPtrArray *files;       /* (element-type ImpMappedFile) owned; valid as long as the parsed text */
  const char *title;      /* (nullable): of records that name no other; set by the caller, who owns it */
  DiscKind kind;          /* of documents, where the folder says so, or NONE; set by the caller */
} ImpMapped;

ImpMapped *imp_mapped_new (void);
void imp_mapped_free (ImpMapped *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpMapped, imp_mapped_free)
/** imp_mapped_clear: for the next message. */
void imp_mapped_clear (ImpMapped *self);
/** imp_mapped_add_finding: @detail_format: printf; at most IMP_MAX_FINDINGS_PER_MESSAGE are kept. */
void imp_mapped_add_finding (ImpMapped *self, ImpFindingCode code, const char *detail_format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * imp_map_message:
 * @er7: parsed
 * @name: what the path says; class is IMP_NAME_MESSAGE
 * @out: cleared, then filled
 *
 * Never fails: what is not understood becomes not_understood text, a finding, or a record of kind
 * unknown. Always at least one record comes out, so that every message stays reachable.
 */
void imp_map_message (ImpEr7 *er7, const ImpName *name, ImpMapped *out);

G_END_DECLS
