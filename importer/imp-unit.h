/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-message.h"
#include "imp-spill.h"
#include "imp-window.h"

G_BEGIN_DECLS

/*
 * All messages whose file names give one (facility, patient id), over all roots: what the second
 * pass works on at a time.
 */

/** A finding of the second pass, or one of the first pass repeated. */
typedef struct
{
  ImpFindingCode code;
  ImpSeverity severity;
  const ImpMessage *message; /* (nullable): its place */
  char *detail;
} ImpUnitFinding;

typedef struct
{
  char *facility;
  char *id;
  const char *data_time; /* (nullable): up to when the sources tell (spec fhir.md 5.1): set by who
                            calls imp_resolve_facts() */
  guint n_disputed_naming;  /* disputed messages, of any unit, that name this id */

  GArray *messages;         /* (element-type ImpMessage) in one order whatever the order of reading;
                               refused files, without records, among them */
  GPtrArray *memory;        /* bytes the messages point into */
  guint n_overfull;         /* messages left out because the unit is too large */

  /* Filled in by imp_resolve(). */
  GArray *findings;         /* (element-type ImpUnitFinding) */
  GPtrArray *chart;         /* (element-type ImpMessage): on the disc, oldest first */
  GPtrArray *disputed;      /* (element-type ImpMessage): on the disc, in nobody's chart */
  gboolean has_patient;     /* there is a patient to write, though perhaps without messages */
  guint64 n_compared;       /* contents of files compared with each other, byte by byte */
  gboolean lacks_basics;    /* no standing basic data (ADT-00) */
  DiscPatient patient;      /* strings in @strings or in messages */
  GStringChunk *strings;
} ImpUnit;

ImpUnit *imp_unit_new (const char *facility, const char *id);
void imp_unit_free (ImpUnit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpUnit, imp_unit_free)

/**
 * imp_unit_load:
 *
 * Reads everything that was laid aside for @place. Beyond IMP_MAX_PATIENT_BYTES only undated
 * messages and movements are kept of what was read first; the others are counted.
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO
 */
ImpUnit *imp_unit_load (ImpSpill *spill, ImpSpillCoder *coder, const ImpSpillUnit *place,
                        GError **error);

/** imp_unit_take: adds messages written by imp_message_append(). (transfer full) @bytes. */
gboolean imp_unit_take (ImpUnit *self, GByteArray *bytes);

/** imp_unit_sort: the order that does not depend on the order of reading. */
void imp_unit_sort (ImpUnit *self);

/** imp_unit_add_finding: @message: (nullable). */
void imp_unit_add_finding (ImpUnit *self, ImpFindingCode code, const ImpMessage *message,
                           const char *detail);

/** imp_unit_keep: (transfer full) @bytes: kept as long as the unit. */
void imp_unit_keep (ImpUnit *self, GByteArray *bytes);

/** imp_unit_cost: bytes it holds in memory. */
gsize imp_unit_cost (const ImpUnit *self);

G_END_DECLS
