/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "disc-patient-date.h"
#include "disc-search.h"

G_BEGIN_DECLS

/* Patients of all discs of a hospital would not come near these. */
#define DISC_PATIENT_TABLE_MAX 20000000
#define DISC_PATIENT_TABLE_MAX_BYTES (1024 * 1024 * 1024)

/** A birth date as the number 19480405; parts that are not known are 0. */
typedef guint32 DiscPackedDate;

/*
 * Three hundred thousand patients in some thirty megabytes: texts lie one behind the other without
 * pointers, and a DiscPatientRow is made of them when somebody asks for it, in blocks that then stay.
 */
#define DISC_PATIENT_BLOCK_ROWS 32

/* What many patients share. */
typedef struct
{
  const char *facility, *sex, *ward, *room, *bed, *department;
} DiscSharedPlace;

/* The texts of a patient, in this order, each with its NUL; one that is missing is empty. */
enum
{
  DISC_PATIENT_TEXT_ID,
  DISC_PATIENT_TEXT_NAME,
  DISC_PATIENT_TEXT_KANA,
  DISC_PATIENT_N_TEXTS
};

/* Behind them his dates, packed (disc-patient-date.h). */
enum
{
  DISC_PATIENT_DATE_BIRTH,
  DISC_PATIENT_DATE_PLACE_AT,
  DISC_PATIENT_DATE_LAST_SEEN_AT,
  DISC_PATIENT_N_DATES
};

typedef struct
{
  guint32 pno;
  guint32 texts;   /* offset */
  guint32 shared;  /* index */
  DiscPackedDate birth;
  guint32 n_disputed;
  guint32 flags : 28;
  guint32 place : 4;
} DiscPackedPatient;

typedef struct
{
  DiscPatientRow rows[DISC_PATIENT_BLOCK_ROWS];
  char dates[DISC_PATIENT_BLOCK_ROWS][DISC_PATIENT_N_DATES][DISC_PATIENT_DATE_MAX];
} DiscPatientBlock;

struct _DiscPatientTable
{
  guint n;
  guint n_missing;       /* patients of the disc that are not in the table */
  DiscPackedPatient *rows;
  char *texts;
  guint8 *keys;          /* disc-patient-key.h: reading, then names, of each patient */
  GArray *shared;        /* DiscSharedPlace */
  GStringChunk *shared_texts;
  guint8 *follows;       /* a bit each: whether the reading is that of the one before */
  guint32 *by_pno;       /* places in the table, by ascending patient number */
  DiscPatientBlock **blocks; /* NULL until somebody asks for one of their rows */
};

/** A table that is being filled; any order of patients. */
typedef struct _DiscPatientTableBuilder DiscPatientTableBuilder;

DiscPatientTableBuilder *disc_patient_table_builder_new (void);
void disc_patient_table_builder_free (DiscPatientTableBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPatientTableBuilder, disc_patient_table_builder_free)

/** disc_patient_table_builder_add: copies what the table holds of @patient; %DISC_ERROR_LIMIT. */
gboolean disc_patient_table_builder_add (DiscPatientTableBuilder *self, const DiscPatient *patient,
                                         GError **error);

/** disc_patient_table_builder_finish: (transfer full): the table, sorted; @self is then empty. */
DiscPatientTable *disc_patient_table_builder_finish (DiscPatientTableBuilder *self);

/** disc_packed_date: of an ISO date; 0 if it is none. */
DiscPackedDate disc_packed_date (const char *iso);

G_END_DECLS
