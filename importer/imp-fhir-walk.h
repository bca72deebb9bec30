/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-bundle.h"
#include "imp-fhir-form.h"
#include "imp-finding.h"

G_BEGIN_DECLS

/*
 * From a file of FHIR to one call for each resource, whatever holds it. Nothing is dropped in silence: what
 * is not handed on is a finding with its place, and both are counted (spec fhir.md 8).
 */

/** One entry. Everything belongs to the walk and holds during the call. */
typedef struct
{
  cJSON *resource;     /* (nullable): numbers as strings; the taker may take parts out of it */
  const char *type;    /* of the resource; without one of the request's URL; "" where not known */
  ImpFhirRule rule;
  const char *text;    /* (nullable): the resource as it stands, in UTF-8; of XML the entry around it, of
                          XML within another Bundle that one's entry */
  gsize len;
  guint64 offset;      /* of the text, in the unpacked and converted file */
  guint line;
  const char *entry;   /* "entry[12]", "line 7", "[3]", "parameter[2]", "entry[3]/entry[0]"; "" for a
                          resource alone */
  const cJSON *whole;  /* (nullable): the entry, the resource in it */
  const char *full_url;
  const char *method;  /* entry.request */
  const char *url;
  const char *status;  /* entry.response */
  const char *mode;    /* entry.search */
  const ImpFhirBundle *bundle;     /* (nullable) */
  guint n_contained;
  guint n_conflicts;   /* names that stand twice with two values ... */
  guint n_identity_conflicts; /* ... of them those of id, resourceType, status, subject, patient */
  gboolean has_bad_numbers;
  gboolean has_losses; /* characters written as U+FFFD */
} ImpFhirItem;

typedef struct
{
  ImpFindingCode code;
  ImpSeverity severity;
  const char *entry;
  guint64 offset;
  guint line;          /* 0: of the file as a whole */
  const char *detail;  /* never words of the file but names of FHIR */
} ImpFhirFinding;

typedef struct
{
  /** item: Returns: %FALSE with @error to end the walk. */
  gboolean (*item) (const ImpFhirItem *item, gpointer data, GError **error);
  void (*finding) (const ImpFhirFinding *finding, gpointer data); /* (nullable) */
  /** bundle: (nullable): before its first entry, and again, with @ended, behind its last. */
  void (*bundle) (const ImpFhirBundle *bundle, gboolean ended, gpointer data);
  gpointer data;
} ImpFhirVisitor;

/** What was seen: n_pieces = n_items + n_bundles + n_refused. */
typedef struct
{
  guint64 n_pieces;    /* entries, lines, elements, resources alone; those of inner Bundles too */
  guint64 n_inner;     /* of those: in a Bundle that is itself on a line, in an array, ... */
  guint64 n_items;     /* handed on */
  guint64 n_bundles;   /* pieces that hold a Bundle, whose entries are pieces again */
  guint64 n_refused;   /* not handed on: each has a finding */
  guint64 n_findings;  /* all, though IMP_FHIR_MAX_FINDINGS are told */
  guint64 n_strays;    /* places between the pieces that are no JSON */
  GHashTable *types;     /* (element-type utf8 guint64): resources handed on */
  GHashTable *contained; /* (element-type utf8 guint64): resources within those */
} ImpFhirTally;

void imp_fhir_tally_clear (ImpFhirTally *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirTally, imp_fhir_tally_clear)
/** imp_fhir_tally_n: @table: (nullable). */
guint64 imp_fhir_tally_n (GHashTable *table, const char *type);

/**
 * imp_fhir_walk:
 * @stream: of imp_fhir_open()
 * @tally: (out caller-allocates): to be cleared
 *
 * A form without resources gives one finding that says what it is, or none where another reader takes
 * it. Memory is one entry of at most IMP_JSON_MAX_SLICE_BYTES and its tree, whatever the file.
 *
 * Returns: %FALSE with the visitor's error, or %IMP_ERROR_SOURCE; a file that is cut off, damaged or not
 *   what it seems is findings
 */
gboolean imp_fhir_walk (ImpStream *stream, const ImpFhirProbe *probe, const ImpFhirVisitor *visitor,
                        ImpFhirTally *tally, GError **error);

G_END_DECLS
