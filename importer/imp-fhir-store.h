/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-export.h"
#include "imp-fhir-operation.h"
#include "imp-spill.h"

G_BEGIN_DECLS

/*
 * Resources of FHIR between reading and mapping. What a resource says can be told only when all
 * others are read: whose it is, which drug a reference means, whether a later file withdraws it. So
 * each is laid aside as it stands, sealed as the rest of the scratch is, and memory holds a small
 * entry and the hashes of its names; some 120 bytes a resource.
 */

typedef enum
{
  IMP_FHIR_ENTRY_WITHDRAWS = 1 << 0, /* the step of its operation */
  IMP_FHIR_ENTRY_HAS_RESOURCE = 1 << 1,
  IMP_FHIR_ENTRY_IS_XML = 1 << 2,
  IMP_FHIR_ENTRY_LOST_CHARACTERS = 1 << 3,
  IMP_FHIR_ENTRY_CONFLICTS = 1 << 4, /* E08: a name stands twice with two values */
  IMP_FHIR_ENTRY_IDENTITY_CONFLICTS =
      1 << 5, /* ... of those that say whose it is or whether it holds */
  IMP_FHIR_ENTRY_BAD_NUMBERS = 1 << 6,
  IMP_FHIR_ENTRY_CANCELLED = 1 << 7, /* by the message it stands in */
} ImpFhirEntryFlags;

typedef struct
{
  guint64 key;     /* hash of its operation's key; 0: it is no operation */
  guint64 content; /* hash of what it says, without meta and text; 0: it has no resource */
  guint32 chunk;
  guint32 offset;
  guint32 file;   /* number of imp_fhir_store_file() */
  guint32 bundle; /* number of imp_fhir_store_bundle(), from 1; 0: none */
  guint16 type;   /* number of imp_fhir_store_type() */
  guint8 flags;
  guint8 fate; /* ImpFhirFate, set later */
} ImpFhirEntry;

/** A file with resources. */
typedef struct
{
  char *path;   /* as on the disc */
  char *folder; /* of it, with the source: where a manifest counts */
  guint source;
  guint root;
  gint64 mtime;
  const char *space; /* (nullable): folder of a server of its own; set by imp_fhir_store_set_space() */
} ImpFhirFile;

/** What becomes of all that a Bundle holds. */
typedef enum
{
  IMP_FHIR_SET_STANDS,
  IMP_FHIR_SET_SUPERSEDED,       /* sent again, or replaced by a newer document */
  IMP_FHIR_SET_DELETED,          /* taken back as a whole (JP-CLINS) */
  IMP_FHIR_SET_ENTERED_IN_ERROR, /* says its Composition */
  IMP_FHIR_SET_OLD_LIST,         /* an older whole list: what the newest lacks is shown as such */
  IMP_FHIR_SET_IN_DOUBT,         /* it may have been replaced or taken back: nothing tells when */
} ImpFhirSetFate;

/** A Bundle, as far as it matters later. */
typedef struct
{
  ImpFhirBundleType type;
  guint32 parent; /* from 1; 0: none */
  guint32 file;
  gboolean is_clins;   /* sent for 電子カルテ情報共有サービス (spec fhir.md 1.2) */
  char *identifier;    /* (nullable): "system|value" */
  char *timestamp;     /* (nullable) */
  char *institution;   /* (nullable): ten digits that its resources name; "": they name several */
  guint32 composition; /* entry + 1 of the Composition; 0: none */
  guint32 message;     /* the same of the MessageHeader */
  guint32 patient;     /* the same of its only Patient; G_MAXUINT32: it has several */
  guint32 n_others;    /* entries beside Patients */
  guint32 first, end;  /* entries from and to, others may stand between */
  ImpFhirSetFate fate;
} ImpFhirStoredBundle;

/** What was laid aside of one resource. All of it belongs to the reader's chunk. */
typedef struct
{
  const char *place;    /* "entry[12]"; "" for a resource alone */
  const char *full_url; /* "" where there is none, as with all of these */
  const char *key;
  const char *focus_time;
  const char *version_id;
  const char *last_updated;
  const char *bundle_time;
  const char *method;
  guint64 number;   /* of the item within the Bundle or file */
  const char *tree; /* JSON of the resource, "" without one */
  gsize tree_len;
  const char *source; /* as it stands in the file, in UTF-8 */
  gsize source_len;
} ImpFhirStored;

typedef struct _ImpFhirStore ImpFhirStore;

/** imp_fhir_store_new: @dir: for the scratch file. Returns: (transfer full): %NULL as
 * imp_spill_new() */
ImpFhirStore *imp_fhir_store_new (const char *dir, GError **error);
void imp_fhir_store_free (ImpFhirStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirStore, imp_fhir_store_free)

/** imp_fhir_store_exports: what is known of exports and pages; belongs to the store. */
ImpFhirExports *imp_fhir_store_exports (ImpFhirStore *self);

/* ---- writing: any thread, each with a writer of its own ------------------------------------- */

/** imp_fhir_store_add_file: (transfer full) strings. Returns: its number */
guint32 imp_fhir_store_add_file (ImpFhirStore *self, const ImpFhirFile *file);
/** imp_fhir_store_add_bundle: (transfer full) strings. Returns: its number, from 1 */
guint32 imp_fhir_store_add_bundle (ImpFhirStore *self, const ImpFhirStoredBundle *bundle);

typedef struct _ImpFhirStoreWriter ImpFhirStoreWriter;

ImpFhirStoreWriter *imp_fhir_store_writer_new (ImpFhirStore *store);
void imp_fhir_store_writer_free (ImpFhirStoreWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirStoreWriter, imp_fhir_store_writer_free)

/**
 * imp_fhir_store_add:
 * @entry: its chunk and offset, type, key and content are filled in here
 * @type: resourceType
 * @names: (element-type utf8): by which references may find it: see imp_fhir_names()
 * @content: (nullable): what it says, for comparing
 *
 * Returns: %FALSE as imp_spill_put()
 */
gboolean imp_fhir_store_add (ImpFhirStoreWriter *self, ImpFhirEntry *entry, const char *type,
                             const ImpFhirStored *stored, GPtrArray *names, const char *content,
                             GError **error);
/** imp_fhir_store_writer_flush: lays aside what is in hand. */
gboolean imp_fhir_store_writer_flush (ImpFhirStoreWriter *self, GError **error);

/* ---- reading: after all writers, any thread ------------------------------------------------- */

/** imp_fhir_store_freeze: sorts the names, and notes of each Bundle its Composition and Patient;
 * once, before anything is read. */
void imp_fhir_store_freeze (ImpFhirStore *self);

guint32 imp_fhir_store_n (const ImpFhirStore *self);
ImpFhirEntry *imp_fhir_store_entry (ImpFhirStore *self, guint32 i);
const char *imp_fhir_store_type (ImpFhirStore *self, const ImpFhirEntry *entry);
const ImpFhirFile *imp_fhir_store_file (ImpFhirStore *self, guint32 number);
guint32 imp_fhir_store_n_files (ImpFhirStore *self);
/** imp_fhir_store_set_space: ids of the file are unique within @space of its source only. */
void imp_fhir_store_set_space (ImpFhirStore *self, guint32 file, const char *space);
/** imp_fhir_store_is_same_space: whether an id means the same in both entries; of one source. */
gboolean imp_fhir_store_is_same_space (ImpFhirStore *self, guint32 a, guint32 b);
/** imp_fhir_store_note_institution: a resource of the Bundle names one. @bundle: number, from 1.
 * Thread-safe. */
void imp_fhir_store_note_institution (ImpFhirStore *self, guint32 bundle, const char *facility);
/** imp_fhir_store_bundle: (nullable): %NULL of number 0. */
ImpFhirStoredBundle *imp_fhir_store_bundle (ImpFhirStore *self, guint32 number);
guint32 imp_fhir_store_n_bundles (ImpFhirStore *self);
guint32 imp_fhir_store_n_chunks (ImpFhirStore *self);
/** imp_fhir_store_chunk: the entries of a chunk: from @first to before @end. */
void imp_fhir_store_chunk (ImpFhirStore *self, guint32 chunk, guint32 *first, guint32 *end);

/**
 * imp_fhir_store_find:
 * @n: (out): how many entries have that name
 *
 * Returns: the first of them; they are imp_fhir_store_named() from there on
 */
guint32 imp_fhir_store_find (ImpFhirStore *self, const char *name, guint32 *n);
guint32 imp_fhir_store_named (ImpFhirStore *self, guint32 at);

/** Reads entries back, a few chunks at hand. One for each thread. */
typedef struct _ImpFhirStoreReader ImpFhirStoreReader;

ImpFhirStoreReader *imp_fhir_store_reader_new (ImpFhirStore *store);
void imp_fhir_store_reader_free (ImpFhirStoreReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirStoreReader, imp_fhir_store_reader_free)

/** imp_fhir_store_read: @out: holds until the next call but three. Returns: %FALSE with
 * %DISC_ERROR_IO */
gboolean imp_fhir_store_read (ImpFhirStoreReader *self, guint32 entry, ImpFhirStored *out,
                              GError **error);

G_END_DECLS
