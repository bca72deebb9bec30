/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"

G_BEGIN_DECLS

/*
 * The rows of a disc as plain structs. Strings are UTF-8; NULL stands for "the source lacks it".
 */

typedef enum
{
  DISC_FORMAT_SSMIX2 = 1, /* "ssmix2" */
  DISC_FORMAT_SSMIX2_EXT, /* "ssmix2-ext" */
  DISC_FORMAT_FHIR_JSON,  /* "fhir-json" */
  DISC_FORMAT_FHIR_XML,   /* "fhir-xml" */
  DISC_FORMAT_CDA,        /* "cda" */
} DiscSourceFormat;

/** disc_source_format_name: the word of the export. */
const char *disc_source_format_name (DiscSourceFormat format);

typedef enum
{
  DISC_MESSAGE_DISPUTED = 1 << 0,         /* path and message disagree about whose it is */
  DISC_MESSAGE_TRUNCATED = 1 << 1,        /* 不完全: the last segment was cut */
  DISC_MESSAGE_UNDECODABLE = 1 << 2,      /* holds characters that were lost (U+FFFD) */
  DISC_MESSAGE_TEST = 1 << 3,             /* 訓練・テスト: MSH-11 is not P */
  DISC_MESSAGE_NEWEST_LOST = 1 << 4,      /* 旧版・最新版欠落: only superseded versions are left */
  DISC_MESSAGE_MAYBE_CANCELLED = 1 << 5,  /* 取消の可能性: a newer deletion stands beside it */
  DISC_MESSAGE_DEMOGRAPHICS_CONFLICT = 1 << 6, /* birth date or sex differ from the basic data */
  DISC_MESSAGE_MAYBE_DUPLICATE = 1 << 7,  /* the same order is live under two days */
  DISC_MESSAGE_OLD_LIST_ONLY = 1 << 8,    /* 旧ファイルのみ: only an older whole-list file says so */
  DISC_MESSAGE_TYPE_MISMATCH = 1 << 9,    /* name and message disagree about what it is */
  DISC_MESSAGE_NOT_UNDERSTOOD = 1 << 10,  /* something in it was kept as text only */
  DISC_MESSAGE_TWO_SOURCES = 1 << 11,     /* resources of FHIR say the same of this order */
  DISC_MESSAGE_SAID_BEFORE = 1 << 12,     /* such a resource: all it says is in the message of the order */
} DiscMessageFlags;

/** One source message and the records made of it. */
typedef struct
{
  gint64 rid;              /* patient number << 20 | sequence; set by the writer */
  DiscSourceFormat format;
  DiscMessageFlags flags;
  char condition;          /* condition flag of the file name: '0' '1' '2', or 0 */
  const char *path;        /* relative to the source, "archive.tar!member" inside an archive */
  const char *entry;       /* the message in it, NULL where the file is the record */
  const char *data_type;   /* ADT-00 ... OMG-13 as in the name */
  const char *care_date;   /* ISO, or NULL for "-" */
  const char *sent_at;     /* time of sending of the name, ISO */
  const char *disputed_ids;/* newline-separated; NULL when not disputed, or
                              when nothing gives an id to it */
  const guint8 *records;   /* encoded, disc-record.h */
  gsize records_len;
  const char *source;      /* the message as decoded */
  gsize source_len;
} DiscMessage;

typedef enum
{
  DISC_PATIENT_NO_DEMOGRAPHICS = 1 << 0,       /* 基本情報なし: taken from the newest message */
  DISC_PATIENT_DEMOGRAPHICS_DELETED = 1 << 1,  /* 基本情報削除 */
  DISC_PATIENT_DEMOGRAPHICS_CONFLICT = 1 << 2, /* 基本情報の食い違い */
  DISC_PATIENT_ALLERGY_LISTED = 1 << 3,
  DISC_PATIENT_ALLERGY_NONE_STATED = 1 << 4,   /* only entries that say "none" */
  DISC_PATIENT_DIED = 1 << 5,                  /* 死亡退院 */
  DISC_PATIENT_LOST_CHARACTER = 1 << 6,        /* ■ or 〓 or U+FFFD in the name */
  DISC_PATIENT_TEST = 1 << 7,                  /* all its messages are training or test */
  DISC_PATIENT_DISPUTED_ONLY = 1 << 8,         /* no chart: an id that only disputed messages name */
  DISC_PATIENT_DECEASED = 1 << 9,              /* 死亡: say the basic data */
  DISC_PATIENT_NO_NUMBER = 1 << 10,            /* 番号なし: no number of a hospital; id is of the source */
} DiscPatientFlags;

#define DISC_PATIENT_ANY_DEATH (DISC_PATIENT_DIED | DISC_PATIENT_DECEASED)

typedef enum
{
  DISC_PLACE_UNKNOWN = 0,
  DISC_PLACE_IN,      /* 入院中 */
  DISC_PLACE_LEAVE,   /* 外泊中 */
  DISC_PLACE_OUT,     /* discharged, or never admitted and seen as an outpatient */
} DiscPlace;

/** One patient: (facility, id). */
typedef struct
{
  guint32 pno;           /* set by the writer, from 1 */
  DiscPatientFlags flags;
  const char *facility;
  const char *id;
  const char *name;      /* family and given with one ideographic blank as display form */
  const char *kana;
  const char *birth_date;
  const char *sex;       /* as stored: M F O U ... */
  const char *address;
  const char *phone;
  const char *blood_type;
  const char *former_names; /* newline-separated names of older basic data */
  const char *demographics_from; /* path */
  DiscPlace place;
  const char *ward;      /* last known place, with the time of its message */
  const char *room;
  const char *bed;
  const char *place_at;
  const char *department;
  const char *doctor;
  const char *last_seen_at;   /* newest visit, admission, move or discharge */
  guint n_disputed;      /* disputed messages that name this id; counted by the writer */
  guint n_findings;      /* findings about this patient; counted by the writer */
} DiscPatient;

/** What an importer or a check has to say about a place in the source. */
typedef struct
{
  const char *severity;  /* "error" "warning" "info" */
  const char *code;      /* export contract */
  const char *path;
  const char *entry;
  const char *facility;
  const char *patient;   /* id, or NULL */
  const char *detail;    /* never a value of the source other than codes and names of fields */
} DiscFinding;

/** The disc as a whole. */
typedef struct
{
  const char *hospital;
  const char *facility;
  const char *as_of;       /* ISO, end of the window */
  const char *window_from; /* ISO day */
  const char *built_at;    /* ISO */
  int format;
  const char *id;          /* random, hexadecimal */
  gboolean sealed;
  int months;
  const char *overrides;   /* limits the operator moved and rules set aside; words with blanks between */
  const char *set_aside;   /* of these rules, those that spoke against this disc */
} DiscInfo;

/** How new one kind of data is, or one data type of the source. */
typedef struct
{
  DiscKind kind;
  const char *data_type;   /* %NULL in the list by kind; in the list by data type kind is 0 */
  guint64 n_live;
  guint64 n_all;
  const char *newest_at;   /* newest clinical time of a live record not after as_of */
  const char *newest_sent; /* newest time of sending */
} DiscFreshness;

G_END_DECLS
