/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map-cda.h"

G_BEGIN_DECLS

/* One CDA document as text in, its record out. It lies in the extended storage, under 0123456789. */

#define CDA_OPEN "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">"
#define CDA_CLOSE "</ClinicalDocument>"
#define CDA_BODY(sections)                                                                         \
  CDA_OPEN "<component><structuredBody>" sections "</structuredBody></component>" CDA_CLOSE
#define CDA_SECTION(inner) "<component><section>" inner "</section></component>"
#define CDA_TEXT(inner) CDA_BODY (CDA_SECTION ("<title>T</title><text>" inner "</text>"))
#define CDA_ENTRY(inner) CDA_BODY (CDA_SECTION ("<title>T</title><entry>" inner "</entry>"))

typedef struct
{
  ImpMapped *mapped;
  ImpName name;
  ImpExtendedName extended;
  ImpCdaPlace place;
  GPtrArray *attachments; /* (nullable) (element-type ImpAttachment): a test that wants them sets it */
} CdaFixture;

void cda_fixture_set_up (CdaFixture *self, gconstpointer data);
void cda_fixture_tear_down (CdaFixture *self, gconstpointer data);
#define cda_add(path, function)                                                                    \
  g_test_add (path, CdaFixture, NULL, cda_fixture_set_up, function, cda_fixture_tear_down)

/** cda_map: maps @xml, which is a document. */
void cda_map (CdaFixture *self, const char *xml);

/** cda_values: (transfer full): all values of the field, "|" between them. */
char *cda_values (CdaFixture *self, DiscField field);

/** cda_state: (transfer full): "document completed live" of its one record. */
char *cda_state (CdaFixture *self);

void cda_assert_value (CdaFixture *self, DiscField field, const char *expected);

/** cda_assert_text: @before and @after around @inner is a document whose text is @expected. */
void cda_assert_text (CdaFixture *self, const char *before, const char *inner, const char *after,
                      const char *expected);

/** cda_finding: (nullable): the detail of the first finding of that code. */
const char *cda_finding (CdaFixture *self, ImpFindingCode code);

G_END_DECLS
