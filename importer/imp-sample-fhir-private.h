/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-fhir.h"
#include "imp-sample-json.h"

G_BEGIN_DECLS

#define IMP_SAMPLE_FHIR_CORE "http://jpfhir.jp/fhir/core/"
#define IMP_SAMPLE_FHIR_TERMS "http://terminology.hl7.org/CodeSystem/"
/* Numbers of prescriptions, and of the patients of the sample hospital: spec fhir.md 3.9, 4.3. */
#define IMP_SAMPLE_FHIR_ORDER_SYSTEM "urn:oid:1.2.392.100495.20.3.11"
#define IMP_SAMPLE_FHIR_PATIENT_SYSTEM "urn:oid:1.2.392.100495.20.3.51.19910000001"

#define IMP_SAMPLE_FHIR_MAX_MOVES 8

/** A stay while its movements are told. */
typedef struct
{
  gint64 planned, admitted, discharged, planned_end, left; /* 0: not told */
  struct
  {
    ImpSamplePlace place;
    gint64 from;
  } places[IMP_SAMPLE_FHIR_MAX_MOVES];
  guint n_places;
  const ImpSampleWord *disposition;
  gint64 updated;
} ImpSampleFhirStay;

/** One type of the export while it is written. */
typedef struct
{
  ImpSampleBuffer text;
  gsize settled;
  guint n_lines, n_settled;
  guint n_parts;
} ImpSampleFhirFile;

struct _ImpSampleFhir
{
  const ImpSampleHospital *hospital;
  ImpSampleFhirDetail detail;
  ImpSampleFhirFile files[IMP_SAMPLE_FHIR_N_TYPES];
  ImpSampleBuffer outputs[2]; /* entries of output[] and deleted[] */
  guint64 n_files, n_bytes;
  ImpSampleFhirStay stay;
  gint64 died; /* of the person at hand; 0: not told */
};

/** imp_sample_fhir_begin: a resource up to its meta; the first member behind it begins with a
 * comma. */
ImpSampleBuffer *imp_sample_fhir_begin (ImpSampleChart *chart, ImpSampleFhirType type,
                                        const char *id, gint64 updated);
void imp_sample_fhir_end (ImpSampleChart *chart, ImpSampleFhirType type);
/** imp_sample_fhir_department: extension[] with that of the chart's place. */
void imp_sample_fhir_department (ImpSampleChart *chart, ImpSampleBuffer *out);
/** imp_sample_fhir_subject: @name: "subject" or "patient" */
void imp_sample_fhir_subject (ImpSampleChart *chart, ImpSampleBuffer *out, const char *name);
/** imp_sample_fhir_order_id: "<order>-<number>" */
void imp_sample_fhir_order_id (char *out, gsize size, guint64 order, guint number);
/** imp_sample_fhir_order_status: of a request, by what @act does with it; "active" where it is
 * withdrawn. */
const char *imp_sample_fhir_order_status (const ImpSampleAct *act, guint64 order);
/** imp_sample_fhir_updated: meta.lastUpdated of an order; before the withdrawal, where there is
 * one. */
gint64 imp_sample_fhir_updated (const ImpSampleAct *act, guint64 order);
/** imp_sample_fhir_withdraw: an entry in deleted[], where @act takes back what was exported before.
 */
void imp_sample_fhir_withdraw (ImpSampleChart *chart, ImpSampleFhirType type, const char *id,
                               guint64 order, const ImpSampleAct *act);
/** imp_sample_fhir_status: of a result by OBX-11; "unknown" where that is none of them. */
const char *imp_sample_fhir_status (const char *status);
/** imp_sample_fhir_draw: the same for this patient, day and purpose, whatever else is written. */
guint imp_sample_fhir_draw (const ImpSampleChart *chart, int day, guint purpose, guint below);

/** imp_sample_fhir_stay_end: writes the stay at hand as Encounter. */
void imp_sample_fhir_stay_end (ImpSampleChart *chart);
/** imp_sample_fhir_added: what no storage has. */
void imp_sample_fhir_added (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 updated);

G_END_DECLS
