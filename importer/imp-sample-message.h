/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-chart.h"

G_BEGIN_DECLS

/*
 * From what happens to a patient to the messages that tell of it: SS-MIX2 spec section 4. A
 * message that would be sent after the last minute of the data is not written.
 */

/** What becomes of an order: SS-MIX2 spec 2.3, 2.6. */
typedef enum
{
  IMP_SAMPLE_LIVE,
  IMP_SAMPLE_CANCELLED,  /* `_0` and the message of deletion */
  IMP_SAMPLE_SUPERSEDED, /* an older version `_2` lies beside it */
  IMP_SAMPLE_STOPPED,    /* a `_1` that says DC */
  IMP_SAMPLE_ON_HOLD,    /* a `_1` that says HD */
  IMP_SAMPLE_LOST,       /* superseded, and the backup missed the newer version */
} ImpSampleFate;

/** What a message does with an order or a record. */
typedef struct
{
  const char *control; /* ORC-1 */
  const char *status;  /* ORC-5, or "" */
  gint64 at;           /* ORC-9 and time of sending */
  int day;             /* care date */
  char flag;           /* condition flag of the file */
  ImpSampleFate fate;  /* of the record that it is the last act of; else IMP_SAMPLE_LIVE */
} ImpSampleAct;

typedef void (*ImpSampleWriter) (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act);

/** imp_sample_write: the files of @record, entered at @entered and changed at @changed. */
void imp_sample_write (ImpSampleChart *chart, ImpSampleWriter writer, gconstpointer record,
                       gint64 entered, ImpSampleFate fate, gint64 changed);

/** imp_sample_act_is_live: whether what the message says stands. */
gboolean imp_sample_act_is_live (const ImpSampleAct *act);

/** imp_sample_put_orc: ORC up to its end; @group in ORC-4, or "". */
void imp_sample_put_orc (ImpSampleChart *chart, const ImpSampleAct *act, guint64 order,
                         const char *group);

/** imp_sample_act_is_withdrawal: whether the record is taken back by it, or was by an act that is
 * lost. */
gboolean imp_sample_act_is_withdrawal (const ImpSampleAct *act);

/** imp_sample_finish: ends the file of @act and settles what the truth and the FHIR export say of
 * it. */
void imp_sample_finish (ImpSampleChart *chart, ImpSampleType type, int day, guint64 order,
                        const ImpSampleAct *act);

typedef struct
{
  const ImpSampleAllergen *allergen;
  ImpSamplePhrase action;
  const char *certainty;     /* IAM-17, or "" */
  const ImpSampleWord *when; /* IAM-11 or in words IAM-12; or %NULL */
} ImpSampleAllergy;

typedef struct
{
  const ImpSampleAllergy *allergies;
  guint n_allergies;
} ImpSampleAllergyList;

/** The newest demographics: ADT-00. @record: an ImpSampleAllergyList for AL1. */
void imp_sample_write_basics (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act);
/** ADT-61. @record: an ImpSampleAllergyList. */
void imp_sample_write_allergies (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act);

typedef struct
{
  ImpSampleType type;    /* ADT-01, ADT-12 to ADT-52 */
  gint64 time;           /* when it happens or is planned */
  ImpSamplePlace place;  /* PV1-3 */
  ImpSamplePlace before; /* PV1-6, or PV2-1 of a planned move; department %NULL: none */
  gint64 admitted;       /* PV1-44, or 0 */
  gint64 back;           /* PV2-47: expected return, or 0 */
  const ImpSampleWord *disposition;
} ImpSampleMovement;

/** ADT movements; an act with "CA" is the cancelling event. @record: an ImpSampleMovement. */
void imp_sample_write_movement (ImpSampleChart *chart, gconstpointer record,
                                const ImpSampleAct *act);

typedef struct
{
  const ImpSampleDiagnosis *diagnosis;
  int start;
  int end;                      /* 0: none */
  const ImpSampleWord *outcome; /* PRB-14, or %NULL */
  const ImpSampleWord *typed;   /* PRB-17, or %NULL */
  const ImpSampleWord *prefix;  /* ZPR-1 */
  const ImpSampleDepartment *department;
  gboolean is_main, is_suspected, is_confidential, is_inpatient;
  const char *action; /* PRB-1 */
} ImpSampleProblem;

typedef struct
{
  const ImpSampleProblem *problems;
  guint n_problems;
  guint64 order; /* IMP_SAMPLE_NO_ORDER when the file is the whole list */
  guint first;   /* number of the first one */
} ImpSampleProblemList;

/** PPR-01. @record: an ImpSampleProblemList. */
void imp_sample_write_problems (ImpSampleChart *chart, gconstpointer record,
                                const ImpSampleAct *act);

typedef struct
{
  const ImpSampleRegimen *regimen;
  guint days; /* 0: as the regimen says */
  gboolean is_one_pack;
} ImpSampleLine;

typedef struct
{
  guint64 order;
  const ImpSampleLine *lines;
  guint n_lines;
  ImpSamplePhrase category; /* RXE-21 */
  int start;                /* TQ1-7 */
  guint refills;
  guint salt;
} ImpSamplePrescription;

/** imp_sample_put_total: RXE-10; nothing where none is written. */
void imp_sample_put_total (ImpSampleBuffer *text, const ImpSampleLine *line);
/** OMP-01. @record: an ImpSamplePrescription. */
void imp_sample_write_prescription (ImpSampleChart *chart, gconstpointer record,
                                    const ImpSampleAct *act);
/** OMP-11: what of it was taken on the day of @act. @record: an ImpSamplePrescription. */
void imp_sample_write_dispensing (ImpSampleChart *chart, gconstpointer record,
                                  const ImpSampleAct *act);

typedef struct
{
  guint64 order;
  int day;           /* the day it is for */
  gint64 not_before; /* earlier times of that day are left out */
  const ImpSampleInfusion *const *infusions;
  guint n_infusions;
  const char *const *outcomes; /* a string for each infusion: C P R N or - for each time; %NULL:
                                  drawn */
  guint salt;
} ImpSampleInjection;

/** OMP-02. @record: an ImpSampleInjection. */
void imp_sample_write_injection (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act);
/** OMP-12: what was given up to the time of @act. @record: an ImpSampleInjection. */
void imp_sample_write_administration (ImpSampleChart *chart, gconstpointer record,
                                      const ImpSampleAct *act);

/** A value other than the drawn one. */
typedef struct
{
  guint item;
  const ImpSampleWord *text; /* as written; %NULL: drawn */
  const char *flag;          /* %NULL: by the range */
  const char *status;        /* %NULL: that of the sample */
} ImpSampleFixedResult;

typedef struct
{
  guint64 order;
  gint64 sampled;
  const ImpSamplePanel *const *panels;
  guint n_panels;
  const char *status; /* OBX-11 of all: F, P, C */
  gboolean is_hemolytic;
  gboolean is_urgent;
  gboolean has_infection_risk;
  gboolean lacks_ranges; /* a storage without OBX-7 and OBX-8 */
  const ImpSampleShift *shifts;
  guint n_shifts;
  guint progress; /* thousandths of the way from first to last of a shift */
  const ImpSampleFixedResult *fixed;
  guint n_fixed;
  const ImpSampleWord *comment;
  guint64 noise; /* the same noise gives the same values */
} ImpSampleLab;

/** OML-01. @record: an ImpSampleLab. */
void imp_sample_write_lab_order (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act);
/** OML-11. @record: an ImpSampleLab. */
void imp_sample_write_lab_result (ImpSampleChart *chart, gconstpointer record,
                                  const ImpSampleAct *act);

typedef struct
{
  guint64 order;
  gint64 sampled;
  const ImpSampleSpecimen *specimen;
  const ImpSampleOrganism *organisms[2];
  guint n_organisms;  /* 0: nothing grew */
  const char *status; /* P or F */
  gboolean has_susceptibility;
  const ImpSampleWord *comment;
} ImpSampleCulture;

/** OML-01 and OML-11 of a culture. @record: an ImpSampleCulture. */
void imp_sample_write_culture_order (ImpSampleChart *chart, gconstpointer record,
                                     const ImpSampleAct *act);
void imp_sample_write_culture_result (ImpSampleChart *chart, gconstpointer record,
                                      const ImpSampleAct *act);

typedef struct
{
  guint64 order;
  const ImpSampleExamination *examination;
  gint64 performed;
  const ImpSampleDiagnosis *diagnosis; /* the reason */
  gboolean is_urgent;
  gboolean has_infection_risk;
} ImpSampleExam;

/** OMG-01, -02, -03. @record: an ImpSampleExam. */
void imp_sample_write_exam_order (ImpSampleChart *chart, gconstpointer record,
                                  const ImpSampleAct *act);
/** OMG-11, -12, -13. @record: an ImpSampleExam. */
void imp_sample_write_exam_result (ImpSampleChart *chart, gconstpointer record,
                                   const ImpSampleAct *act);

typedef struct
{
  guint64 order;
  const ImpSampleMeal *meal;
  gint64 from, to; /* @to 0: until changed */
} ImpSampleMealOrder;

/** OMD. @record: an ImpSampleMealOrder. */
void imp_sample_write_meal (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act);

G_END_DECLS
