/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-fault.h"
#include "imp-sample-random.h"
#include "imp-sample-tables.h"
#include "imp-sample-time.h"

G_BEGIN_DECLS

/*
 * The chart of one patient while it is written: the files so far, and what every message repeats
 * (PID, PV1, the tail of ORC).
 */

/** The data types of SS-MIX2 spec 3.1, in the order their folders sort. */
typedef enum
{
  IMP_SAMPLE_ADT_00,
  IMP_SAMPLE_ADT_01,
  IMP_SAMPLE_ADT_12,
  IMP_SAMPLE_ADT_21,
  IMP_SAMPLE_ADT_22,
  IMP_SAMPLE_ADT_31,
  IMP_SAMPLE_ADT_32,
  IMP_SAMPLE_ADT_41,
  IMP_SAMPLE_ADT_42,
  IMP_SAMPLE_ADT_51,
  IMP_SAMPLE_ADT_52,
  IMP_SAMPLE_ADT_61,
  IMP_SAMPLE_OMD,
  IMP_SAMPLE_OMG_01,
  IMP_SAMPLE_OMG_02,
  IMP_SAMPLE_OMG_03,
  IMP_SAMPLE_OMG_11,
  IMP_SAMPLE_OMG_12,
  IMP_SAMPLE_OMG_13,
  IMP_SAMPLE_OML_01,
  IMP_SAMPLE_OML_11,
  IMP_SAMPLE_OMP_01,
  IMP_SAMPLE_OMP_02,
  IMP_SAMPLE_OMP_11,
  IMP_SAMPLE_OMP_12,
  IMP_SAMPLE_PPR_01,
  IMP_SAMPLE_N_TYPES
} ImpSampleType;

const char *imp_sample_type_name (ImpSampleType type);

/** Order number of types that have none. */
#define IMP_SAMPLE_NO_ORDER G_GUINT64_CONSTANT (999999999999999)

/** One file of the storage; its bytes stand in the chart's text. */
typedef struct
{
  ImpSampleType type;
  char flag; /* condition flag */
  int day;   /* care date, or IMP_SAMPLE_UNDATED */
  guint64 order;
  gint64 sent;
  guint sent_milliseconds;
  const char *department; /* code, or "-" */
  gsize offset, len;
  guint serial; /* in the chart */
  ImpSampleFault fault;
} ImpSampleFile;

typedef struct
{
  guint64 id;           /* ten digits with zeros before */
  ImpSampleBuffer name; /* PID-5 */
  ImpSampleBuffer name_text; /* the same in UTF-8 */
  int birth_day;
  guint birth_digits; /* 8, 6 or 4 */
  char sex;
  ImpSampleWord address; /* town; borrowed */
  ImpSampleWord postal;
  guint block, house;    /* below IMP_SAMPLE_N_WIDE_NUMBERS */
  gint64 height, weight; /* thousandths of cm and kg */
  const char *blood;     /* "A+", or "" */
} ImpSamplePerson;

/** Where somebody is treated; @ward %NULL: as an out-patient. */
typedef struct
{
  const ImpSampleWord *ward;
  guint room, bed;
  const ImpSampleDepartment *department;
  const ImpSampleStaff *doctor;
} ImpSamplePlace;

typedef struct _ImpSampleTruth ImpSampleTruth;
typedef struct _ImpSampleFhir ImpSampleFhir;

typedef struct
{
  const ImpSampleTables *tables;
  guint64 seed;
  gint64 as_of; /* nothing later is written */
  int first_day, last_day;
  gboolean is_clean; /* no faults at all */
  gboolean has_documents; /* an extended storage too */
} ImpSampleHospital;

typedef struct
{
  const ImpSampleHospital *hospital;
  ImpSampleTruth *truth; /* or %NULL */
  ImpSampleFhir *fhir;   /* or %NULL */
  guint number;          /* of the patient, from 0 */
  ImpSampleRandom random;
  ImpSamplePerson person;
  ImpSamplePlace place;
  GArray *files; /* (element-type ImpSampleFile) */
  ImpSampleBuffer text;
  ImpSampleBuffer pid;  /* PID segment */
  ImpSampleBuffer pv1;  /* PV1 segment of orders */
  ImpSampleBuffer tail; /* ORC from field 10 on */
  gint64 *lab_means;    /* of this patient, by row of the lab items */
  guint8 *orders_of_day;
  GArray *documents;    /* (element-type ImpSampleDocument) of the extended storage; or %NULL */
  ImpSampleBuffer document_text;
  gsize document_start;
  gsize file_start;
  ImpSampleFault next_fault; /* of the next file */
} ImpSampleChart;

ImpSampleChart *imp_sample_chart_new (const ImpSampleHospital *hospital);
void imp_sample_chart_free (ImpSampleChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleChart, imp_sample_chart_free)

/** imp_sample_chart_begin: empties the chart for the patient of that number. */
void imp_sample_chart_begin (ImpSampleChart *self, guint number);
/** imp_sample_chart_set_person: after all of the person is filled. */
void imp_sample_chart_set_person (ImpSampleChart *self);
void imp_sample_chart_set_place (ImpSampleChart *self, const ImpSamplePlace *place);
/** imp_sample_chart_order: a new order number, unique in the hospital. */
guint64 imp_sample_chart_order (ImpSampleChart *self, int day);
/** imp_sample_chart_age: whole years on @day. */
int imp_sample_chart_age (const ImpSampleChart *self, int day);
/** imp_sample_chart_doctor: a doctor of the department, the same for this patient each time. */
const ImpSampleStaff *imp_sample_chart_doctor (const ImpSampleChart *self,
                                               const ImpSampleDepartment *department);
/** imp_sample_chart_nurse: somebody who gives and enters, another for each @salt. */
const ImpSampleStaff *imp_sample_chart_nurse (const ImpSampleChart *self, guint salt);

/** imp_sample_file_begin: MSH of a message; @event %NULL: the usual one of the type. */
void imp_sample_file_begin (ImpSampleChart *self, ImpSampleType type, const char *event,
                            gint64 sent);
/**
 * imp_sample_file_end:
 *
 * Returns: %FALSE if the message would have been sent after the last minute of the data; then it
 *   is taken back
 */
gboolean imp_sample_file_end (ImpSampleChart *self, ImpSampleType type, int day, guint64 order,
                              gint64 sent, char flag);

/** imp_sample_put_place: PL as in PV1-3. */
void imp_sample_put_place (ImpSampleBuffer *text, const ImpSamplePlace *place);

G_END_DECLS
