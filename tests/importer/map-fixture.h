/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"
#include "imp-map.h"

G_BEGIN_DECLS

/* One message as text in, its records as a tree out. */

#define MAP_MSH(type) MAP_MSH_P (type, "P")
#define MAP_MSH_P(type, processing)                                                                \
  "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410093015.123||" type "|1|" processing                           \
  "|2.5||||||~ISO IR87||ISO 2022-1994\n"
#define MAP_PID                                                                                    \
  "PID|0001||0001234567^^^^PI||山田^花子^^^^^L^I~ヤマダ^ハナコ^^^^^L^P||19520304|F\n"

/* Paths of the patient above. */
#define MAP_PATH(date, type, flag)                                                                 \
  "000/123/0001234567/" date "/" type "/0001234567_" date "_" type                                 \
  "_000000250410001_20250410093015123_01_" flag

typedef struct
{
  GString *text;
  ImpEr7 *er7;
  ImpMapped *mapped;
  DiscRecordSet *set;
  GPtrArray *strings; /* what the functions below returned */
} MapFixture;

/** map_fixture_new: maps @message, found under @path. */
MapFixture *map_fixture_new (const char *path, const char *message);
/** map_fixture_new_type: the same under a plausible path of that data type. */
MapFixture *map_fixture_new_type (const char *type, const char *message);
void map_fixture_free (MapFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MapFixture, map_fixture_free)

/** map_record: the @n-th (from 0) record of that kind, or %NULL. */
const DiscRecord *map_record (MapFixture *self, DiscKind kind, guint n);
guint map_n_records (MapFixture *self, DiscKind kind);
guint map_n_items (MapFixture *self, DiscKind kind, guint n);

/** map_state: "active live", "stopped dead", or %NULL where there is no such record. */
const char *map_state (MapFixture *self, DiscKind kind, guint n);

/** map_values: all values of @field joined by "|", or %NULL; @item -1: of the record itself. */
const char *map_values (MapFixture *self, DiscKind kind, guint n, int item, DiscField field);

/** map_finding: the detail of the @n-th finding of that code, or %NULL. */
const char *map_finding (MapFixture *self, ImpFindingCode code, guint n);

typedef struct
{
  DiscKind kind;
  guint record;
  int item;
  DiscField field;
  const char *expected; /* NULL: absent */
} MapFact;

#define MAP_RECORD(kind, n, field, expected)                                                       \
  { DISC_KIND_##kind, n, -1, DISC_FIELD_##field, expected }
#define MAP_ITEM(kind, n, item, field, expected)                                                   \
  { DISC_KIND_##kind, n, item, DISC_FIELD_##field, expected }

/** map_check_facts: stops the test at the first that differs, saying which. */
void map_check_facts (MapFixture *self, const MapFact *facts, guint n_facts);
#define map_check(fixture, facts) map_check_facts (fixture, facts, G_N_ELEMENTS (facts))

G_END_DECLS
