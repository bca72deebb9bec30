/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-json.h"

G_BEGIN_DECLS

/* What a Bundle says of its entries (FHIR R4 Bundle; spec fhir.md 1.2). */

typedef enum
{
  IMP_FHIR_BUNDLE_UNKNOWN,   /* without type, or another word: read as a collection (F10) */
  IMP_FHIR_BUNDLE_DOCUMENT,
  IMP_FHIR_BUNDLE_COLLECTION,
  IMP_FHIR_BUNDLE_SEARCHSET,
  IMP_FHIR_BUNDLE_TRANSACTION,
  IMP_FHIR_BUNDLE_TRANSACTION_RESPONSE,
  IMP_FHIR_BUNDLE_BATCH,
  IMP_FHIR_BUNDLE_BATCH_RESPONSE,
  IMP_FHIR_BUNDLE_HISTORY,
  IMP_FHIR_BUNDLE_MESSAGE,
  IMP_FHIR_BUNDLE_NOTIFICATION, /* R5: subscription-notification */
} ImpFhirBundleType;

/** imp_fhir_bundle_type: @word: (nullable). */
ImpFhirBundleType imp_fhir_bundle_type (const char *word);

/** What an entry is, by the rules of its Bundle. */
typedef enum
{
  IMP_FHIR_RULE_DATA,
  IMP_FHIR_RULE_WITHDRAWAL,  /* DELETE: withdraws what is older (1.2.1); mostly without resource */
  IMP_FHIR_RULE_PATCH,       /* cannot be applied */
  IMP_FHIR_RULE_QUERY,       /* GET, HEAD: nothing to import */
  IMP_FHIR_RULE_OUTCOME,     /* what a server had to say, or a request that failed */
  IMP_FHIR_RULE_NOTHING,     /* neither resource nor request */
} ImpFhirRule;

/** imp_fhir_rule_name: a word for tests and reports: "withdrawal". */
const char *imp_fhir_rule_name (ImpFhirRule rule);

/**
 * imp_fhir_entry_rule:
 * @method: (nullable): entry.request.method
 * @mode: (nullable): entry.search.mode
 * @status: (nullable): entry.response.status
 */
ImpFhirRule imp_fhir_entry_rule (ImpFhirBundleType type, const char *method, const char *mode,
                                 const char *status, gboolean has_resource);

/** One Bundle, while its entries are handed on. */
typedef struct _ImpFhirBundle ImpFhirBundle;
struct _ImpFhirBundle
{
  const ImpFhirBundle *parent; /* (nullable): of one within another */
  guint nesting;               /* 0: stands alone, in a file or on a line */
  const char *entry;           /* where it stands: "" for the file, "line 7", "entry[3]" */
  const char *full_url;        /* (nullable): of the entry that holds it */

  ImpFhirBundleType type;
  const char *type_word;       /* (nullable): as written */
  const char *id;
  const char *identifier_system;
  const char *identifier_value;
  const char *timestamp;
  const char *last_updated;
  const char *version_id;
  const char *total;           /* searchset: matches on the server, not entries here */
  const char *self_url;
  const char *next_url;        /* searchset: another page exists */
  const cJSON *header;         /* every member but the entries; null for one that is large */
  const cJSON *message;        /* (nullable): MessageHeader, wherever it stands */
  guint n_bare;                /* transaction, batch: resources met that ask for nothing */
};

/** imp_fhir_bundle_read: fills in what @header says; strings belong to it. */
void imp_fhir_bundle_read (ImpFhirBundle *self, const cJSON *header);

/** imp_fhir_bundle_may_have_message: messages, and transactions of converters (spec fhir.md 1.2.1). */
gboolean imp_fhir_bundle_may_have_message (ImpFhirBundleType type);

/* ---- messages ------------------------------------------------------------------------------- */

/** What a MessageHeader says; strings belong to it. */
typedef struct
{
  const char *id;
  const char *event_code;   /* HL7 v2 trigger, v2-0003 */
  const char *event_system;
  const char *reason_code;  /* v2-0119: NW data, CA the message's own order is cancelled */
  const char *reason_system;
  const char *last_updated;
  const cJSON *focus;       /* (nullable): References, one or a list */
} ImpFhirMessage;

void imp_fhir_message_read (const cJSON *header, ImpFhirMessage *out);

/** imp_fhir_message_is_carried: whether a resource of @type only rides along in a message: it is never
 * cancelled with the message's order (spec fhir.md 1.2). */
gboolean imp_fhir_message_is_carried (const char *type);

/* ---- requests ------------------------------------------------------------------------------- */

/**
 * imp_fhir_is_damaged: whether characters of an id, a number or a URL were lost (U+FFFD).
 *
 * Two that differed may have become equal, so it names nothing (spec fhir.md 6.1: never in a code
 * or a number): it is shown as it is, and what it would have joined stays apart.
 */
gboolean imp_fhir_is_damaged (const char *text);

/**
 * imp_fhir_split_url:
 * @url: "Type/id", behind a base or not, perhaps with a version
 * @type, @id: (out) (transfer full)
 * @version: (out) (transfer full) (nullable) (optional)
 *
 * Returns: %FALSE for anything else: a condition, a bare type, a URN
 */
gboolean imp_fhir_split_url (const char *url, char **type, char **id, char **version);

G_END_DECLS
