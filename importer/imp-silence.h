/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-previous.h"
#include "imp-tally.h"

G_BEGIN_DECLS

/*
 * Data types that fell silent: messages of them came often, and since some day none came, while
 * others went on. A storage that nobody fills any more hides behind a fresh export of another
 * system, when only the newest time of all is looked at.
 */

/** So many messages would have come meanwhile, were all of them spread evenly from the first until
 * now; fewer is chance. */
#define IMP_SILENCE_EXPECTED 20

typedef struct
{
  char *type;         /* data type, or resource type of FHIR */
  guint64 n_expected; /* messages since its newest, were they spread evenly */
  char newest_sent[DISC_DATE_MAX];
} ImpSilence;

/**
 * imp_silence_find:
 * @min_days: days between the type's newest message and the newest of all
 * @previous: (nullable): types that were as silent on the disc before are not told again
 *
 * Of all sources together: a type that one of them still fills is not silent.
 *
 * Returns: (transfer full) (element-type ImpSilence): by type
 */
GPtrArray *imp_silence_find (const ImpTally *tally, guint64 min_days, const ImpPrevious *previous);

G_END_DECLS
