/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "imp-previous.h"
#include "imp-tally.h"
#include "imp-window.h"

G_BEGIN_DECLS

/*
 * Stop rules: reasons not to write a disc. What they look for is a backup that somebody is encrypting,
 * that stopped days ago, or that is a part of one: a disc made of it would take the place of a good one
 * in the safe. The operator may set a rule aside or move its limit; either is recorded on the disc.
 *
 * A limit is a share and a number. Those that count files or resources fire where both are reached: a share alone
 * would cry wolf in a small hospital, a number alone in a large one. Old data may be wanted: how old is
 * too old is asked where the operator says it, or where there is a previous disc, so that this one is
 * one of a series.
 */

/* id, name, what its limit is made of, share in thousandths of a percent, number, sentence */
#define IMP_STOPS(X)                                                                               \
  X (EMPTY, "empty", NONE, 0, 0,                                                                   \
     N_ ("neither an SS-MIX2 message nor a FHIR resource was found in the source"))                \
  X (PREVIOUS_UNREADABLE, "previous-unreadable", NONE, 0, 0,                                       \
     N_ ("the previous disc cannot be read"))                                                      \
  X (PREVIOUS_OTHER, "previous-other", NONE, 0, 0,                                                 \
     N_ ("the previous disc is of another facility"))                                              \
  X (PREVIOUS_NEWER, "previous-newer", DAYS, 0, 1,                                                 \
     N_ ("the previous disc has newer data than this backup"))                                     \
  X (RANSOM_NAMES, "ransom-names", NUMBER, 0, 3,                                                   \
     N_ ("files are called as ransomware calls them"))                                             \
  X (HIGH_ENTROPY, "high-entropy", SHARE_AND_NUMBER, 100, 10,                                      \
     N_ ("files that should be text look encrypted"))                                              \
  X (UNREADABLE_FILES, "unreadable-files", SHARE_AND_NUMBER, 2000, 20,                             \
     N_ ("too many files could not be read"))                                                      \
  X (UNREADABLE_RESOURCES, "unreadable-resources", SHARE_AND_NUMBER, 2000, 20,                     \
     N_ ("too many FHIR resources could not be read"))                                             \
  X (UNREADABLE_FOLDERS, "unreadable-folders", NUMBER, 0, 5,                                       \
     N_ ("too many folders could not be read"))                                                    \
  X (VIRUS_FOUND, "virus-found", NUMBER, 0, 1, N_ ("the virus scanner found something"))           \
  X (STALE_DATA, "stale-data", DAYS, 0, 7, N_ ("the newest data is older than expected"))         \
  X (SILENT_TYPES, "silent-types", DAYS, 0, 7,                                                     \
     N_ ("data types that came often come no more, while others do"))                              \
  X (FEWER_THAN_PREVIOUS, "fewer-than-previous", SHARE_AND_NUMBER, 80000, 20,                      \
     N_ ("there is far less than on the previous disc"))                                           \
  X (NO_PATIENTS, "no-patients", NUMBER, 0, 10, N_ ("so many messages, and no patient has a chart"))

#define IMP_ENUM_STOP(id, name, unit, share, number, sentence) IMP_STOP_##id,

typedef enum
{
  IMP_STOPS (IMP_ENUM_STOP)
  IMP_N_STOPS
} ImpStopRule;

typedef enum
{
  IMP_STOP_UNIT_NONE,             /* fires or does not */
  IMP_STOP_UNIT_NUMBER,           /* "5" */
  IMP_STOP_UNIT_DAYS,             /* "5" */
  IMP_STOP_UNIT_SHARE_AND_NUMBER, /* "2%", "20" or "2%,20" */
} ImpStopUnit;

typedef struct
{
  guint share;    /* thousandths of a percent */
  guint64 number;
} ImpStopLimit;

/** What the operator wants. */
typedef struct
{
  ImpStopLimit limits[IMP_N_STOPS];
  gboolean is_named[IMP_N_STOPS];   /* with a limit, be it the usual one */
  gboolean is_changed[IMP_N_STOPS];
  gboolean is_accepted[IMP_N_STOPS];
} ImpStopPolicy;

/** What was found of one rule. */
typedef struct
{
  gboolean is_measured;
  gboolean fires;
  guint64 n;       /* files, folders, days: what the limit is compared with */
  guint64 of;      /* the whole, for a share; 0: none */
  char *detail;    /* (nullable): where and what; no patient data */
} ImpStopCheck;

typedef struct
{
  ImpStopPolicy policy;
  ImpStopCheck checks[IMP_N_STOPS];
} ImpStop;

const char *imp_stop_name (ImpStopRule rule);
/** imp_stop_sentence: what is wrong when it fires; translated. */
const char *imp_stop_sentence (ImpStopRule rule);
/** imp_stop_from_name: %IMP_N_STOPS for none. */
ImpStopRule imp_stop_from_name (const char *name);
/** imp_stop_names: (transfer full): all of them, with blanks between. */
char *imp_stop_names (void);
ImpStopUnit imp_stop_unit (ImpStopRule rule);
/** imp_stop_default: the limit that holds where the operator says nothing. */
ImpStopLimit imp_stop_default (ImpStopRule rule);
/** imp_stop_limit_text: (transfer full) (nullable): as --limit takes it; %NULL where there is none. */
char *imp_stop_limit_text (ImpStopRule rule, ImpStopLimit limit);

/**
 * imp_stop_policy_init:
 * @accept: (nullable): names of rules set aside, or "all"
 * @limits: (nullable): "RULE=VALUE"
 *
 * Returns: %FALSE with %IMP_ERROR_USAGE for a name that is no rule's, or a value that is no limit
 */
gboolean imp_stop_policy_init (ImpStopPolicy *self, const char *const *accept,
                               const char *const *limits, GError **error);

/** imp_stop_overrides: (transfer full) (nullable): what the operator changed, in words of the command
 * line with blanks between: "accept=stale-data unreadable-files=5%,20"; %NULL: nothing. */
char *imp_stop_overrides (const ImpStopPolicy *policy);

void imp_stop_clear (ImpStop *self);

/** imp_stop_note: the result of a rule that is measured elsewhere. @detail: (nullable) */
void imp_stop_note (ImpStop *self, ImpStopRule rule, gboolean fires, const char *detail);

/**
 * imp_stop_check_sources: after the first pass.
 * @n_folders_refused: of all sources
 * @previous: (nullable)
 * @facility: (nullable): of this disc
 */
void imp_stop_check_sources (ImpStop *self, const ImpTally *tally, guint n_folders_refused,
                             const ImpWindow *window, const ImpPrevious *previous,
                             const char *facility);

/** imp_stop_check_records: when everything is written but in place. */
void imp_stop_check_records (ImpStop *self, const ImpTally *tally, const ImpWindow *window,
                             const ImpPrevious *previous);

/**
 * imp_stop_decide:
 *
 * Returns: %FALSE with %IMP_ERROR_STOP_RULE where a rule fires that was not set aside; the message
 *   names each of them
 */
gboolean imp_stop_decide (const ImpStop *self, GError **error);

/** imp_stop_set_aside: (transfer full) (nullable): names of the rules that fire and were set aside, with
 * blanks between; %NULL: none. */
char *imp_stop_set_aside (const ImpStop *self);

/** imp_stop_json: (transfer full): an array with an object for each rule. */
cJSON *imp_stop_json (const ImpStop *self);

G_END_DECLS
