/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The vocabulary of a record: what it is, in which state, and which fields it can hold.
 * The numbers are part of the disc format (FORMAT.md): append, never reorder or reuse.
 * The names are those of the export (one JSON key or word each).
 */

#define DISC_KINDS(X)                                                                              \
  X (DEMOGRAPHICS, 1, "demographics")                                                              \
  X (ALLERGY, 2, "allergy")                                                                        \
  X (PROBLEM, 3, "problem")                                                                        \
  X (PRESCRIPTION, 4, "prescription")                                                              \
  X (DISPENSE, 5, "dispense")                                                                      \
  X (STATEMENT, 6, "statement")                                                                    \
  X (INJECTION, 7, "injection")                                                                    \
  X (ADMINISTRATION, 8, "administration")                                                          \
  X (LAB, 9, "lab")                                                                                \
  X (MICROBIOLOGY, 10, "microbiology")                                                             \
  X (VITAL, 11, "vital")                                                                           \
  X (REPORT, 12, "report")                                                                         \
  X (DOCUMENT, 13, "document")                                                                     \
  X (NOTE, 14, "note")                                                                             \
  X (ORDER, 15, "order")                                                                           \
  X (ENCOUNTER, 16, "encounter")                                                                   \
  X (MEAL, 17, "meal")                                                                             \
  X (PROCEDURE, 18, "procedure")                                                                   \
  X (IMMUNIZATION, 19, "immunization")                                                             \
  X (DEVICE, 20, "device")                                                                         \
  X (OBSERVATION, 21, "observation")                                                               \
  X (COVERAGE, 22, "coverage")                                                                     \
  X (CONTACT, 23, "contact")                                                                       \
  X (APPOINTMENT, 24, "appointment")                                                               \
  X (FLAG, 25, "flag")                                                                             \
  X (UNKNOWN, 26, "unknown")

#define DISC_STATUSES(X)                                                                           \
  X (ACTIVE, 1, "active")                                                                          \
  X (COMPLETED, 2, "completed")                                                                    \
  X (PLANNED, 3, "planned")                                                                        \
  X (CANCELLED, 4, "cancelled")                                                                    \
  X (SUPERSEDED, 5, "superseded")                                                                  \
  X (DELETED, 6, "deleted")                                                                        \
  X (ENTERED_IN_ERROR, 7, "entered-in-error")                                                      \
  X (STOPPED, 8, "stopped")                                                                        \
  X (ON_HOLD, 9, "on-hold")                                                                        \
  X (PRELIMINARY, 10, "preliminary")                                                               \
  X (CORRECTED, 11, "corrected")                                                                   \
  X (DRAFT, 12, "draft")                                                                           \
  X (UNKNOWN, 13, "unknown")

/* Field numbers start at 16: smaller bytes mark structure in the encoded record. */
#define DISC_FIELDS(X)                                                                             \
  /* of a record */                                                                                \
  X (AT, 16, "at")                                                                                 \
  X (TITLE, 17, "title")                                                                           \
  X (DEPARTMENT, 18, "department")                                                                 \
  X (AUTHOR, 19, "author")                                                                         \
  X (ORDER_NO, 20, "order_no")                                                                     \
  X (TEXT, 21, "text")                                                                             \
  X (NOT_UNDERSTOOD, 22, "not_understood") /* 未解釈: kept as text, see importer */             \
  X (ENTERED_BY, 23, "entered_by")                                                                 \
  X (PATIENT_CLASS, 24, "patient_class") /* PV1-2 or ORC-29 */                                     \
  X (PLACE, 25, "place")                 /* ward^room^bed or department, as text */                \
  X (REPORTED_AT, 26, "reported_at")                                                               \
  X (FILLER_NO, 27, "filler_no")                                                                   \
  X (PRIORITY, 28, "priority")                                                                     \
  X (INFECTION_RISK, 29, "infection_risk") /* OBR-12 */                                            \
  X (CLINICAL_INFO, 30, "clinical_info")   /* OBR-13 */                                            \
  X (WARNING, 31, "warning") /* why it is marked, one machine word each: see FORMAT.md */          \
  /* of an item */                                                                                 \
  X (COMMENT, 40, "comment")                                                                       \
  X (NAME, 41, "name")                                                                             \
  X (CODE, 42, "code")                                                                             \
  X (SYSTEM, 43, "system")                                                                         \
  X (OTHER_CODE, 44, "other_code")                                                                 \
  X (OTHER_NAME, 45, "other_name")                                                                 \
  X (OTHER_SYSTEM, 46, "other_system")                                                             \
  X (VALUE, 47, "value")                                                                           \
  X (UNIT, 48, "unit")                                                                             \
  X (RANGE, 49, "range")                                                                           \
  X (FLAG, 50, "flag")                                                                             \
  X (STATUS, 51, "status")                                                                         \
  X (SPECIMEN, 52, "specimen")                                                                     \
  X (GROUP, 53, "group")                                                                           \
  X (SUB_ID, 54, "sub_id") /* OBX-4 */                                                             \
  X (SPECIMEN_NO, 55, "specimen_no")                                                               \
  X (ORGANISM, 56, "organism")                                                                     \
  X (RESULT, 57, "result")                                                                         \
  X (CATEGORY, 58, "category")                                                                     \
  X (SUBSTANCE, 59, "substance")                                                                   \
  X (SEVERITY, 60, "severity")                                                                     \
  X (REACTION, 61, "reaction")                                                                     \
  X (ONSET, 62, "onset")                                                                           \
  X (ACTION, 63, "action")                                                                         \
  X (SENSITIVITY, 64, "sensitivity") /* IAM-9 */                                                   \
  X (CLINICAL_STATUS, 65, "clinical_status") /* IAM-17 */                                          \
  X (SUSPECTED, 66, "suspected")                                                                   \
  X (MAIN, 67, "main")                                                                             \
  X (START, 68, "start")                                                                           \
  X (END, 69, "end")                                                                               \
  X (OUTCOME, 70, "outcome")                                                                       \
  X (OUTCOME_CODE, 71, "outcome_code")                                                             \
  X (ICD10, 72, "icd10")                                                                           \
  X (CONFIDENTIAL, 73, "confidential") /* PRB-25, ORC-28 */                                        \
  X (INSTANCE_ID, 74, "instance_id")   /* PRB-4, IAM-7 */                                          \
  X (RP, 75, "rp")                                                                                 \
  X (DRUG, 76, "drug")                                                                             \
  X (DOSE, 77, "dose")                                                                             \
  X (DOSE_UNIT, 78, "dose_unit")                                                                   \
  X (DOSE_MAX, 79, "dose_max")                                                                     \
  X (PER_DAY, 80, "per_day")                                                                       \
  X (PER_DAY_UNIT, 81, "per_day_unit")                                                             \
  X (TOTAL, 82, "total")                                                                           \
  X (TOTAL_UNIT, 83, "total_unit")                                                                 \
  X (FORM, 84, "form")                                                                             \
  X (USAGE, 85, "usage")                                                                           \
  X (USAGE_CODE, 86, "usage_code")                                                                 \
  X (USAGE_HINT, 87, "usage_hint") /* limit decoded from the usage code, a help only */            \
  X (DAYS, 88, "days")                                                                             \
  X (DAYS_UNIT, 89, "days_unit")                                                                   \
  X (TIMES, 90, "times")                                                                           \
  X (ROUTE, 91, "route")                                                                           \
  X (SITE, 92, "site")                                                                             \
  X (REPEATS, 93, "repeats")                                                                       \
  X (INSTRUCTION, 94, "instruction") /* RXE-7 code^text, one value each */                         \
  X (STRENGTH, 95, "strength")                                                                     \
  X (STRENGTH_UNIT, 96, "strength_unit")                                                           \
  X (DISPENSED_AT, 97, "dispensed_at")                                                             \
  X (METHOD, 98, "method")                                                                         \
  X (AMOUNT, 99, "amount")                                                                         \
  X (AMOUNT_UNIT, 100, "amount_unit")                                                              \
  X (VOLUME, 101, "volume")                                                                        \
  X (VOLUME_UNIT, 102, "volume_unit")                                                              \
  X (RATE, 103, "rate")                                                                            \
  X (RATE_UNIT, 104, "rate_unit")                                                                  \
  X (DEVICE, 105, "device")                                                                        \
  X (COMPONENT, 106, "component")                                                                  \
  X (GIVEN_AT, 107, "given_at")                                                                    \
  X (GIVEN_UNTIL, 108, "given_until")                                                              \
  X (BY, 109, "by")                                                                                \
  X (REASON, 110, "reason")                                                                        \
  X (LOT, 111, "lot")                                                                              \
  X (MEDIA_TYPE, 112, "media_type")                                                                \
  X (EVENT, 113, "event")                                                                          \
  X (WARD, 114, "ward")                                                                            \
  X (ROOM, 115, "room")                                                                            \
  X (BED, 116, "bed")                                                                              \
  X (DOCTOR, 117, "doctor")                                                                        \
  X (FROM, 118, "from")                                                                            \
  X (TO, 119, "to")                                                                                \
  X (DISPOSITION, 120, "disposition")                                                              \
  X (DISPOSITION_CODE, 121, "disposition_code") /* PV1-36 */                                       \
  X (KIND, 122, "kind")                                                                            \
  X (MEAL, 123, "meal")                                                                            \
  X (TEXTURE, 124, "texture")                                                                      \
  X (RESTRICTION, 125, "restriction")                                                              \
  X (LEVEL, 126, "level") /* order line: "parent" or "child" */                                    \
  X (ACCESSION, 127, "accession")                                                                  \
  X (STUDY_UID, 128, "study_uid")                                                                  \
  X (MODALITY, 129, "modality")                                                                    \
  X (MATERIAL, 130, "material") /* ZE1-9 and ZRD */                                                \
  X (VALUE_TYPE, 131, "value_type")                                                                \
  X (ITEM_NOT_UNDERSTOOD, 132, "item_not_understood")                                              \
  X (ITEM_AT, 133, "at")                                                                           \
  X (ITEM_TITLE, 134, "title")                                                                     \
  X (ITEM_DEPARTMENT, 135, "department")                                                           \
  X (ITEM_ORDER_NO, 136, "order_no")                                                               \
  X (EVENT_CODE, 137, "event_code") /* MSH-9.2 */                                                  \
  /* of demographics */                                                                            \
  X (PATIENT_ID, 160, "id")                                                                        \
  X (KANA, 161, "kana")                                                                            \
  X (BIRTH_DATE, 162, "birth_date")                                                                \
  X (SEX, 163, "sex")                                                                              \
  X (ADDRESS, 164, "address")                                                                      \
  X (PHONE, 165, "phone")                                                                          \
  X (BLOOD_TYPE, 166, "blood_type")                                                                \
  X (RELATION, 167, "relation")                                                                    \
  X (ALPHABETIC, 168, "alphabetic")                                                                \
  X (UPDATED_AT, 169, "updated_at") /* PID-33 */                                                \
  /* of an item, continued */                                                                      \
  X (GROUP_STATUS, 170, "group_status")       /* OBR-25, of the whole panel */                     \
  X (EXPECTED_END, 171, "expected_end")       /* PRB-8, PV2-9, PV2-47 */                           \
  X (OUTCOME_AT, 172, "outcome_at")           /* PRB-15 */                                         \
  X (PRESCRIPTION_NO, 173, "prescription_no") /* RXE-15 */                                         \
  X (EFFECTIVE_AT, 174, "effective_at")       /* ORC-15, where it differs from ORC-9 */            \
  X (VALUE_CODE, 175, "value_code")           /* of a coded value, unless it is its text */        \
  X (ORGANISM_CODE, 176, "organism_code")                                                          \
  X (PARENT_NO, 177, "parent_no")             /* ORC-8, OBR-29 */                                  \
  X (POSTAL_CODE, 178, "postal_code")                                                              \
  X (OTHER_UNIT, 179, "other_unit")           /* what else a unit is called or coded as */          \
  /* of a document; ids as root^extension */                                                       \
  X (DOCUMENT_ID, 180, "document_id")                                                              \
  X (SET_ID, 181, "set_id")           /* of all its versions */                                    \
  X (VERSION, 182, "version")                                                                      \
  X (REPLACES, 183, "replaces")       /* ids of the documents it takes the place of */             \
  X (APPENDS_TO, 184, "appends_to")                                                                \
  X (TRANSFORMS, 185, "transforms")                                                                \
  X (CUSTODIAN, 186, "custodian")                                                                  \
  X (SIGNED_BY, 187, "signed_by")                                                                  \
  X (SIGNED_AT, 188, "signed_at")                                                                  \
  X (RECIPIENT, 189, "recipient")                                                                  \
  X (LANGUAGE, 190, "language")                                                                    \
  X (ID_ROOT, 191, "id_root")         /* whose numbering the id before it is of */                 \
  X (PICTURES, 192, "pictures")       /* how many it has, those not on the disc too */             \
  X (RESOURCE, 193, "resource")       /* of a record of FHIR: Type/id, the same in all versions */   \
  X (PICTURES_FROM, 194, "pictures_from") /* which of its message's is its first, where not 1 */

#define DISC_ENUM_KIND(id, number, name) DISC_KIND_##id = number,
#define DISC_ENUM_STATUS(id, number, name) DISC_STATUS_##id = number,
#define DISC_ENUM_FIELD(id, number, name) DISC_FIELD_##id = number,

typedef enum
{
  DISC_KIND_NONE = 0,
  DISC_KINDS (DISC_ENUM_KIND)
  DISC_N_KINDS
} DiscKind;

typedef enum
{
  DISC_STATUS_NONE = 0,
  DISC_STATUSES (DISC_ENUM_STATUS)
  DISC_N_STATUSES
} DiscStatus;

typedef enum
{
  DISC_FIELD_NONE = 0,
  DISC_FIELDS (DISC_ENUM_FIELD)
  DISC_N_FIELDS
} DiscField;

/**
 * disc_kind_name: the word of the export, or %NULL for a number this build does not know.
 */
const char *disc_kind_name (DiscKind kind);

/**
 * disc_kind_from_name: the inverse; %DISC_KIND_NONE for an unknown word.
 */
DiscKind disc_kind_from_name (const char *name);

/**
 * disc_status_name: the word of the export, or %NULL for a number this build does not know.
 */
const char *disc_status_name (DiscStatus status);

/**
 * disc_field_name: the JSON key of the export, or %NULL for a number this build does not know.
 */
const char *disc_field_name (DiscField field);

/**
 * disc_status_is_live:
 *
 * What a clinician may take as standing (export contract): active, completed, planned, on-hold,
 * preliminary, corrected. Never true for %DISC_STATUS_UNKNOWN by itself.
 */
gboolean disc_status_is_live (DiscStatus status);

G_END_DECLS
