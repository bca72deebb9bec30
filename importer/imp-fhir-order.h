/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A withdrawal needs an order (spec fhir.md 1.2.1): every update of an SS-MIX2 converter is a DELETE and, a
 * millisecond later, a PUT of the same resource. Taken without order it would empty the chart.
 */

typedef enum
{
  IMP_FHIR_STEP_DATA,     /* POST, PUT, or a resource that simply is there */
  IMP_FHIR_STEP_WITHDRAW, /* DELETE, or CA of a message; if it has a resource of its own, that is kept
                             too, not live, whatever its fate */
} ImpFhirStep;

/** One operation on one Type/id of one source; what is not known is %NULL. Times as written. */
typedef struct
{
  ImpFhirStep step;
  const char *key;              /* "source Type/id": operations of one key are ordered together */
  const char *focus_time;       /* end of MessageHeader.focus.display: YYYYMMDDHHMMSSFFF */
  const char *version_id;       /* meta.versionId: orders only when both are all digits */
  const char *last_updated;     /* meta.lastUpdated */
  const char *bundle_time;      /* Bundle.timestamp */
  const char *transaction_time; /* of a bulk export's manifest; orders deleted[] by lastUpdated too */
  const char *method;           /* request.method: DELETE, POST, PUT */
  guint64 bundle;               /* number of the Bundle; 0: none. Two of one transaction are ordered by
                                   method, whatever their order in it */
  gboolean is_transaction;
  gboolean is_history;          /* newest first, where nothing else orders them */
  guint64 entry;                /* number of the entry in its Bundle */
} ImpFhirOperation;

typedef enum
{
  IMP_FHIR_FATE_LIVE,       /* the newest data */
  IMP_FHIR_FATE_SUPERSEDED, /* data with newer data behind it */
  IMP_FHIR_FATE_DELETED,    /* the newest data, and a withdrawal is newer: kept, not live */
  IMP_FHIR_FATE_IN_DOUBT,   /* cannot be ordered against a withdrawal: live, with a badge and a finding */
  IMP_FHIR_FATE_CONFLICT,   /* live, with other data it cannot be ordered against (1.6) */
  IMP_FHIR_FATE_APPLIED,    /* a withdrawal */
  IMP_FHIR_FATE_UNKNOWN,    /* a withdrawal of what was never seen: counted */
} ImpFhirFate;

/** imp_fhir_fate_name: a word for tests and reports: "in-doubt". */
const char *imp_fhir_fate_name (ImpFhirFate fate);

/**
 * imp_fhir_order:
 * @operations: in any order; the result does not depend on it
 * @fates: (out caller-allocates): one for each operation
 */
void imp_fhir_order (const ImpFhirOperation *operations, gsize n, ImpFhirFate *fates);

/**
 * imp_fhir_compare_times:
 * @a, @b: FHIR date, dateTime or instant, or digits only (YYYYMMDD and so on), as written
 * @result: (out): negative, zero or positive
 *
 * A time without zone is Japan's (spec fhir.md 5.2). Digits that only one of them has do not count as
 * earlier or later.
 * Returns: %FALSE if they cannot be told apart: one is no time, or one is a part of the other
 */
gboolean imp_fhir_compare_times (const char *a, const char *b, int *result);

/**
 * imp_fhir_time_in_japan:
 * @text: (nullable): as imp_fhir_compare_times()
 * @out: (out caller-allocates): at least DISC_DATE_MAX bytes: the same time in Japan, without zone, at
 *   the precision given; "" where it is none. For sorting and filtering: what is shown stays as written
 *
 * Returns: whether it is a time
 */
gboolean imp_fhir_time_in_japan (const char *text, char *out);

G_END_DECLS
