/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-unit.h"

G_BEGIN_DECLS

/*
 * Units of invented messages for tests of the second pass. A path tells patient, date, type, order
 * number, time of sending and flag, as in a storage; the rest is given where a test needs it.
 */

/** One entry of a list: PRB-4 / IAM-7, words. */
typedef struct
{
  const char *instance;
  const char *words;
  const char *status; /* word of the status when it is not active */
  const char *code;
} FixtureItem;

typedef struct
{
  const char *path;
  const char *pid;         /* NULL: as in the file name */
  guint root;
  guint entry;
  gint64 mtime;
  const char *event;
  const char *birth_date;
  const char *sex;
  const char *name;
  const char *kana;
  const char *clinical_at;
  const char *reaches_to;
  gboolean is_cancel;
  gboolean names_admission;
  gboolean is_refused;     /* could not be read: without records */
  DiscMessageFlags flags;
  const char *source;      /* NULL: the path, so that every message differs */
  const char *status;      /* word of the status where there are no items; NULL: active */
  DiscKind kind;           /* of its records; 0: as its type has it */
  const char *ward;        /* of an encounter; so are the next ones */
  const char *bed;
  const char *department;
  const char *doctor;
  const char *to_place;    /* PV2-1 */
  const char *from_place;  /* further place of an Encounter */
  const char *event_code;  /* class of an Encounter */
  const char *word;        /* its status in the source */
  const char *end;
  const char *warning;
  DiscSourceFormat format; /* 0: SS-MIX2 */
  const char *disposition_code;
  FixtureItem items[4];    /* of a list; the first without words ends it */
} FixtureMessage;

/** fixture_unit: (transfer full): sorted, as imp_unit_load() would. @id: NULL: of the first name. */
ImpUnit *fixture_unit (const FixtureMessage *messages, guint n);

/** fixture_find: the message of that path (and root). */
const ImpMessage *fixture_find (const ImpUnit *unit, const char *path, guint root);

/**
 * fixture_state: (transfer full): states of the records of a message, as "+active" (live) or
 * "-deleted", in their order, with blanks between.
 */
char *fixture_state (const ImpMessage *message);

/** fixture_count_findings: with this code. */
guint fixture_count_findings (const ImpUnit *unit, ImpFindingCode code);

G_END_DECLS
