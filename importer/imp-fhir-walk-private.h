/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-walk.h"
#include "imp-slice.h"
#include "imp-xml-cut.h"

G_BEGIN_DECLS

typedef struct
{
  const ImpFhirVisitor *visitor;
  ImpFhirTally *tally;
  gboolean is_stopped; /* by the visitor */
} ImpFhirWalk;

typedef enum
{
  IMP_FHIR_PIECE_ALONE,
  IMP_FHIR_PIECE_LINE,
  IMP_FHIR_PIECE_ELEMENT,
  IMP_FHIR_PIECE_ENTRY,
  IMP_FHIR_PIECE_PARAMETER,
} ImpFhirPiece;

/** What pieces are cut out of. */
typedef struct
{
  ImpFhirWalk *walk;
  ImpFhirPiece kind;
  const char *prefix;              /* of their names: "entry[3]/" */
  ImpFhirBundle *bundle;           /* (nullable) */
  const ImpXmlCutSeen *xml;           /* (nullable): of XML */
  gboolean xml_is_whole;           /* the root is the piece */
  gboolean had_cut_off;
} ImpFhirCut;

/** imp_fhir_walk_tell: @slice: (nullable): its place, @lines lines below. */
void imp_fhir_walk_tell (ImpFhirWalk *walk, ImpFindingCode code, const char *entry,
                         const ImpSlice *slice, guint lines, const char *detail);

/** imp_fhir_walk_take: an ImpSliceTake; data: ImpFhirCut. */
gboolean imp_fhir_walk_take (const ImpSlice *slice, gpointer data, GError **error);

/** imp_fhir_walk_begin_bundle, imp_fhir_walk_end_bundle: tell the visitor. */
void imp_fhir_walk_begin_bundle (ImpFhirWalk *walk, const ImpFhirBundle *bundle);
void imp_fhir_walk_end_bundle (ImpFhirWalk *walk, const ImpFhirBundle *bundle);

G_END_DECLS
