/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The codes of the export contract, with the severity each has unless its maker says otherwise. */
#define IMP_FINDINGS(X)                                                                            \
  X (IDENTITY_CONFLICT, "identity-conflict", "error")                                              \
  X (DEMOGRAPHICS_CONFLICT, "demographics-conflict", "error")                                      \
  X (UNREADABLE, "unreadable", "error")                                                            \
  X (UNDECODABLE, "undecodable", "warning")                                                        \
  X (NOT_UNDERSTOOD, "not-understood", "warning")                                                  \
  X (TRUNCATED, "truncated", "error")                                                              \
  X (TYPE_MISMATCH, "type-mismatch", "warning")                                                    \
  X (DATE_MISMATCH, "date-mismatch", "info")                                                       \
  X (DUPLICATE, "duplicate", "warning")                                                            \
  X (MISSING_FILE, "missing-file", "warning")                                                      \
  X (ATTACHMENT_REFUSED, "attachment-refused", "warning")                                          \
  X (OUTSIDE_WINDOW, "outside-window", "info")                                                     \
  X (UNKNOWN_TYPE, "unknown-type", "warning")                                                      \
  X (UNRESOLVED_REFERENCE, "unresolved-reference", "warning")                                      \
  X (NO_PATIENT, "no-patient", "warning")                                                          \
  X (TEST_MESSAGE, "test-message", "warning")                                                      \
  X (STALE, "stale", "warning")                                                                    \
  X (IGNORED, "ignored", "info")                                                                   \
  X (WITHDRAWN, "withdrawn", "info")                                                               \
  X (SUSPICIOUS, "suspicious", "warning")                                                          \
  X (INFECTED, "infected", "error")

#define IMP_ENUM_FINDING(id, code, severity) IMP_FINDING_##id,

typedef enum
{
  IMP_FINDINGS (IMP_ENUM_FINDING)
  IMP_N_FINDINGS
} ImpFindingCode;

typedef enum
{
  IMP_SEVERITY_INFO,
  IMP_SEVERITY_WARNING,
  IMP_SEVERITY_ERROR,
} ImpSeverity;

/** One finding about the message at hand; path, entry and patient are known to the caller. */
typedef struct
{
  ImpFindingCode code;
  ImpSeverity severity;
  char *detail; /* e.g. "RXE-7: pattern V9ZNNNNN not decoded"; names of fields, never of people */
} ImpFinding;

const char *imp_finding_code_name (ImpFindingCode code);
ImpSeverity imp_finding_default_severity (ImpFindingCode code);
const char *imp_severity_name (ImpSeverity severity);
/** imp_finding_new: (transfer full): with its usual severity. @detail_format: printf */
ImpFinding *imp_finding_new (ImpFindingCode code, const char *detail_format, va_list args)
    G_GNUC_PRINTF (2, 0);
void imp_finding_free (ImpFinding *finding);

G_END_DECLS
