/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-course.h"
#include "imp-sample-sink.h"

G_BEGIN_DECLS

/*
 * A FHIR bulk export of the sample hospital (spec fhir.md 1.5, shapes of JP Core): manifest.json
 * and NDJSON files of each type, written in parts so that memory does not grow with the number of
 * patients. It tells the same story as the messages of the chart: what is written there is told to
 * it by the writers, and nothing is drawn from the chart's random numbers.
 *
 * A hospital that delivers both would tell every fact twice. So there is a small export, with what
 * the storages lack, and a full one.
 */

/** Folder of the export. */
#define IMP_SAMPLE_FHIR_ROOT "fhir"

/** How much of it is written. */
typedef enum
{
  IMP_SAMPLE_FHIR_NONE,
  IMP_SAMPLE_FHIR_ADDED, /* people, and facts that no storage has */
  IMP_SAMPLE_FHIR_FULL,  /* everything */
} ImpSampleFhirDetail;

/** Types in the order of their names. */
typedef enum
{
  IMP_SAMPLE_FHIR_ALLERGY,
  IMP_SAMPLE_FHIR_APPOINTMENT,
  IMP_SAMPLE_FHIR_CONDITION,
  IMP_SAMPLE_FHIR_CONSENT,
  IMP_SAMPLE_FHIR_DEVICE,
  IMP_SAMPLE_FHIR_REPORT,
  IMP_SAMPLE_FHIR_DOCUMENT,
  IMP_SAMPLE_FHIR_ENCOUNTER,
  IMP_SAMPLE_FHIR_FAMILY,
  IMP_SAMPLE_FHIR_FLAG,
  IMP_SAMPLE_FHIR_IMMUNIZATION,
  IMP_SAMPLE_FHIR_GIVEN,
  IMP_SAMPLE_FHIR_DRUG_ORDER,
  IMP_SAMPLE_FHIR_STATEMENT,
  IMP_SAMPLE_FHIR_MEAL,
  IMP_SAMPLE_FHIR_OBSERVATION,
  IMP_SAMPLE_FHIR_PATIENT,
  IMP_SAMPLE_FHIR_ORDER,
  IMP_SAMPLE_FHIR_WITHDRAWAL, /* deleted[] of the manifest: a Bundle each */
  IMP_SAMPLE_FHIR_N_TYPES
} ImpSampleFhirType;

/** imp_sample_fhir_new: @detail: not %IMP_SAMPLE_FHIR_NONE */
ImpSampleFhir *imp_sample_fhir_new (const ImpSampleHospital *hospital, ImpSampleFhirDetail detail);
void imp_sample_fhir_free (ImpSampleFhir *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleFhir, imp_sample_fhir_free)

/** imp_sample_fhir_is_full: %FALSE also for %NULL. */
gboolean imp_sample_fhir_is_full (const ImpSampleFhir *self);

/** imp_sample_fhir_settle: what was added since the last call stays if @keep. @self: (nullable) */
void imp_sample_fhir_settle (ImpSampleFhir *self, gboolean keep);

/** imp_sample_fhir_write: after each patient: the parts that are full. @self: (nullable) */
gboolean imp_sample_fhir_write (ImpSampleFhir *self, ImpSampleSink *sink, GError **error);
/** imp_sample_fhir_close: after the last patient: the last parts and the manifest. @self:
 * (nullable) */
gboolean imp_sample_fhir_close (ImpSampleFhir *self, ImpSampleSink *sink, GError **error);
/** imp_sample_fhir_counts: files and bytes written. @self: (nullable): adds nothing */
void imp_sample_fhir_counts (const ImpSampleFhir *self, guint64 *n_files, guint64 *n_bytes);

/* What the writers tell. Nothing happens without a full export. */

/** imp_sample_fhir_drug: line @i of a prescription, of the RP @group: MedicationRequest. */
void imp_sample_fhir_drug (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
                           guint i, guint group, const ImpSampleAct *act);
/** imp_sample_fhir_taken: @at: when it was taken, or refused */
void imp_sample_fhir_taken (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
                            guint i, gint64 at, const ImpSampleStaff *nurse, gboolean is_refused);

/** One infusion at one of its times. */
typedef struct
{
  guint64 order;
  const ImpSampleInfusion *infusion;
  const char *rp;      /* as in ORC-4 */
  guint group, number; /* from 1 */
  gint64 from, to;     /* @from 0: as needed, on @day */
  int day;
} ImpSampleFhirDose;

/** imp_sample_fhir_infusion: MedicationRequest. */
void imp_sample_fhir_infusion (ImpSampleChart *chart, const ImpSampleFhirDose *dose,
                               const ImpSampleAct *act);
/** imp_sample_fhir_given: @dose: with the times that it was given. @outcome: RXA-20, "" while it
 * runs; @reason: (nullable): RXA-18; @note: (nullable): RXA-9 */
void imp_sample_fhir_given (ImpSampleChart *chart, const ImpSampleFhirDose *dose,
                            const char *outcome, const ImpSampleWord *reason,
                            const ImpSampleWord *note, const ImpSampleStaff *nurse);

/** One row of a laboratory's report. */
typedef struct
{
  guint64 order;
  guint panel, number;       /* from 0, from 1 */
  const char *item, *unit;   /* OBX-3, OBX-6 */
  const char *value;         /* OBX-5, as written */
  const char *low, *high;    /* or "" */
  const char *flag, *status; /* OBX-8, OBX-11 */
  gint64 sampled, reported;
  const char *material; /* SPM-4 */
} ImpSampleFhirResult;

/** imp_sample_fhir_result: Observation. */
void imp_sample_fhir_result (ImpSampleChart *chart, const ImpSampleFhirResult *result);
/** imp_sample_fhir_panel: DiagnosticReport of rows 1 to @n_results of panel @i. @comment:
 * (nullable) */
void imp_sample_fhir_panel (ImpSampleChart *chart, const ImpSampleLab *lab, guint i,
                            guint n_results, const char *comment, gint64 reported);
/** imp_sample_fhir_lab_order: ServiceRequest of panel @i. */
void imp_sample_fhir_lab_order (ImpSampleChart *chart, const ImpSampleLab *lab, guint i,
                                const ImpSampleAct *act);
/** imp_sample_fhir_culture: organisms and what they are sensitive to. */
void imp_sample_fhir_culture (ImpSampleChart *chart, const ImpSampleCulture *culture,
                              gint64 reported);
void imp_sample_fhir_culture_order (ImpSampleChart *chart, const ImpSampleCulture *culture,
                                    const ImpSampleAct *act);
void imp_sample_fhir_exam_order (ImpSampleChart *chart, const ImpSampleExam *exam,
                                 const ImpSampleAct *act);
void imp_sample_fhir_exam (ImpSampleChart *chart, const ImpSampleExam *exam, gint64 reported);
void imp_sample_fhir_meal (ImpSampleChart *chart, const ImpSampleMealOrder *order,
                           const ImpSampleAct *act);

/** imp_sample_fhir_movement: what of visits and stays stands; they are written with the person. */
void imp_sample_fhir_movement (ImpSampleChart *chart, const ImpSampleMovement *movement,
                               const ImpSampleAct *act);

/** imp_sample_fhir_note: DocumentReference. @code: "code^words" of LOINC */
void imp_sample_fhir_note (ImpSampleChart *chart, const char *code, guint number, gint64 written,
                           const char *text, gsize len);

/** Vital signs of one time; @temperature in tenths of a degree. */
typedef struct
{
  gint64 at;
  guint temperature, pulse, systolic, diastolic, saturation;
} ImpSampleFhirVitals;

void imp_sample_fhir_vitals (ImpSampleChart *chart, const ImpSampleFhirVitals *vitals);

/** imp_sample_fhir_person: the person, the lists of the course and what no storage has. */
void imp_sample_fhir_person (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 updated);

G_END_DECLS
