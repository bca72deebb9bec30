/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "disc-patient-date.h"
#include "disc-patient-parts.h"
#include "disc-search.h"

G_BEGIN_DECLS

/* Patients of all discs of a hospital would not come near these. */
#define DISC_PATIENT_TABLE_MAX 20000000
#define DISC_PATIENT_TABLE_MAX_BYTES (1024 * 1024 * 1024)

/** A birth date as the number 19480405; parts that are not known are 0. */
typedef guint32 DiscPackedDate;

/*
 * Three hundred thousand patients in some twenty megabytes: names are numbers of parts, what is
 * left lies one behind the other without pointers, and a DiscPatientRow is made of it when somebody
 * asks for it.
 */

/* What many patients share. */
typedef struct
{
  const char *facility, *sex, *ward, *room, *bed, *department;
} DiscSharedPlace;

/* A name as one part, or as two with a blank between them: ' ' with the flag, else U+3000. */
typedef struct
{
  guint32 first;
  guint32 last; /* 0: there is one part */
} DiscPatientName;

#define DISC_PATIENT_NAME_FLAG 0x80000000u

static inline DiscPatientPart
disc_patient_name_first (DiscPatientName name)
{
  return name.first & ~DISC_PATIENT_NAME_FLAG;
}

/* Those that every search looks at. */
typedef struct
{
  DiscPatientName reading; /* of the name, where there is no kana */
  DiscPatientName name;
} DiscPatientNames;

/* His dates, packed (disc-patient-date.h). */
enum
{
  DISC_PATIENT_DATE_BIRTH, /* as a date "before" it that of @birth is taken */
  DISC_PATIENT_DATE_PLACE_AT,
  DISC_PATIENT_DATE_LAST_SEEN_AT,
  DISC_PATIENT_N_DATES
};

typedef struct
{
  guint32 pno;
  guint32 texts;  /* offset: id and its NUL, n_disputed if it has any, dates */
  guint32 shared; /* index */
  DiscPackedDate birth;
  guint32 flags : 28;
  guint32 place : 2;
  guint32 has_kana : 1;
  guint32 has_disputed : 1;
} DiscPackedPatient;

/* Former names are only searched, and few have them: their pieces of keys, to a 0. */
typedef struct
{
  guint32 row;
  guint32 names; /* offset */
} DiscPatientFormer;

struct _DiscPatientTable
{
  guint n;
  guint n_missing;       /* patients of the disc that are not in the table */
  DiscPackedPatient *rows;
  DiscPatientNames *names;
  DiscPatientParts reading_parts;
  DiscPatientParts name_parts;
  char *texts;
  GArray *formers; /* DiscPatientFormer, ascending */
  GByteArray *former_names;
  GArray *shared;        /* DiscSharedPlace */
  GStringChunk *shared_texts;
  guint8 *follows;       /* a bit each: whether the reading is that of the one before */
  guint32 *by_pno;       /* places in the table, by ascending patient number */
};

/** Bytes that hold any key. */
#define DISC_PATIENT_KEY_MAX_BYTES                                                                 \
  (2 + DISC_PATIENT_KEY_MAX_PARTS + (2 + DISC_PATIENT_KEY_MAX_NAMES) * (1 + DISC_PATIENT_KEY_MAX))

/**
 * disc_patient_table_read_key: the key of the patient at @i, as disc_patient_key_add() makes it.
 * @former: (nullable): his former names, as a key has them
 * @out: DISC_PATIENT_KEY_MAX_BYTES
 */
DiscPatientKey disc_patient_table_read_key (const DiscPatientTable *self, guint i,
                                            const guint8 *former, guint8 *out);

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

/** disc_patient_birth_text: the date as ISO text, if all parts of it are known. */
void disc_patient_birth_text (DiscPackedDate birth, char out[DISC_PATIENT_DATE_MAX]);

/** disc_packed_date: of an ISO date; 0 if it is none. */
DiscPackedDate disc_packed_date (const char *iso);

G_END_DECLS
