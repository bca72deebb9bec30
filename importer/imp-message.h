/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-model.h"
#include "imp-decode.h"
#include "imp-finding.h"
#include "imp-picture.h"

G_BEGIN_DECLS

#define IMP_MESSAGE_PLACE_MAX 16 /* digits of a guint32 */

/*
 * One message between the two passes of the importer: what the first pass understood of it, in the
 * form in which it is spilled, and what the second pass decides about it.
 */

/** What became of a message that was read. Every message has exactly one fate. */
typedef enum
{
  IMP_FATE_ON_DISC,
  IMP_FATE_OUTSIDE,   /* older than the window */
  IMP_FATE_IDENTICAL, /* the same file, byte for byte, in another root or twice in an archive */
  IMP_FATE_OVERFULL,  /* beyond the ceiling for one patient */
  IMP_N_FATES
} ImpFate;

/** Strings are never NULL; "" where there is nothing. */
typedef struct
{
  const char *path;           /* relative to its source, "archive.tar!member" inside an archive */
  const char *name_patient;   /* of the file name */
  const char *folder_patient; /* of the path, or "" */
  const char *pid;            /* PID-3, or "" */
  const char *other_ids;      /* of further PID segments, a line each, or "" */
  const char *care_date;      /* "20250410", "-" or "" */
  const char *type;           /* of the file name, or what MSH-9 says where there is no such name */
  const char *order_no;
  const char *stamp;          /* time of sending of the name, padded for comparing as text */
  const char *sent_at;        /* the same as ISO, or MSH-7 where the name has none; or "" */
  const char *event;          /* MSH-9.2 */
  const char *birth_date;
  const char *sex;
  const char *name;           /* PID-5 */
  const char *kana;
  const char *clinical_at;
  const char *reaches_to;
  const char *entry_name;     /* place in the file where @entry does not say it: "entry[12]"; or "", or NULL */
  const char *base_name;      /* inside path: the file's own name; of a file of the extended storage
                                 with that of its content folder in front */

  gint64 mtime;               /* seconds since 1970, 0 when not known */
  DiscSourceFormat format;
  guint32 root;               /* index of ImpRoots */
  guint32 entry;              /* 0: the file is the message; else its place in the file, from 1 */
  DiscMessageFlags flags;
  char condition;             /* '0' '1' '2', or 0 */
  gboolean is_cancel;
  gboolean names_admission;
  guint16 content_len;        /* of path, as far as the content folder: its files are one document
                                 (SS-MIX2 spec 6.1); 0: the file stands alone */

  guint8 *records;            /* encoded; may be changed in place */
  gsize records_len;
  const char *source;
  gsize source_len;           /* NUL-terminated beyond it */

  const guint8 *pictures;     /* of a file that was converted: imp-picture.h */
  gsize pictures_len;         /* 0: it is a message */

  const ImpFinding *findings; /* of the first pass */
  guint n_findings;

  /* What the second pass finds out. */
  ImpFate fate;
  guint64 kinds;              /* of its records, a bit each; 0: not looked at yet */
} ImpMessage;

/** imp_message_is_undated: whether it lies in a "-" folder: never too old (spec 1.2). */
gboolean imp_message_is_undated (const ImpMessage *self);

/** imp_message_is_fhir: a resource of FHIR: its records alone say whether they stand. */
gboolean imp_message_is_fhir (const ImpMessage *self);

/** imp_message_is_basics: basic data of a patient: ADT-00, or a Patient of FHIR. */
gboolean imp_message_is_basics (const ImpMessage *self);

/** imp_message_is_standing: condition flag 1 and no cancelling event. */
gboolean imp_message_is_standing (const ImpMessage *self);

/** imp_message_kinds: which kinds of records it holds, a bit each. */
guint64 imp_message_kinds (ImpMessage *self);

/** imp_message_has_kind: whether it holds records of @kind. */
gboolean imp_message_has_kind (ImpMessage *self, DiscKind kind);

/** imp_message_place: (nullable): where in its file it stands: "line 3", "entry[12]", "2"; %NULL:
 * it is the file. @number: of IMP_MESSAGE_PLACE_MAX bytes, which may hold it */
const char *imp_message_place (const ImpMessage *self, char *number);

/** imp_message_has_live: whether one of its records of @kind (DISC_KIND_NONE: of any) is live. */
gboolean imp_message_has_live (const ImpMessage *self, DiscKind kind);

/** imp_message_has_same_content: whether what was read of both is the same, byte for byte. */
gboolean imp_message_has_same_content (const ImpMessage *a, const ImpMessage *b);

/** imp_message_digest: (nullable): of the file that was converted, IMP_PICTURE_DIGEST_BYTES. */
const guint8 *imp_message_digest (const ImpMessage *self);

/** imp_message_is_same_document: whether both are files of one content folder. */
gboolean imp_message_is_same_document (const ImpMessage *a, const ImpMessage *b);

/**
 * imp_message_compare_age: older first: time of sending, then file time, then name, so that the
 * result never depends on the order of reading (spec 2.4).
 */
int imp_message_compare_age (const ImpMessage *a, const ImpMessage *b);

/**
 * imp_message_birth_dates_differ: whether two birth dates contradict each other at the precision
 * both have, the day at most; an empty one contradicts nothing.
 */
gboolean imp_message_birth_dates_differ (const char *a, const char *b);

/**
 * imp_message_ids: (transfer full): every different id that folder, file name and message give, in
 * this order (spec 8.1).
 */
char **imp_message_ids (const ImpMessage *self);

/** imp_message_append: writes @self in a private form for imp_message_read(). */
void imp_message_append (const ImpMessage *self, GByteArray *out);

/**
 * imp_message_read:
 * @data: bytes of imp_message_append(), changed by later use of the message and kept alive by the
 *   caller as long as the message is used
 * @pos: (inout): moved behind the message
 *
 * Returns: %FALSE if the bytes are not such a message (a fault of ours or of the scratch disk)
 */
gboolean imp_message_read (guint8 *data, gsize len, gsize *pos, ImpMessage *out);

/** imp_message_clear: frees what imp_message_read() allocated; not the bytes. */
void imp_message_clear (ImpMessage *self);

G_END_DECLS
