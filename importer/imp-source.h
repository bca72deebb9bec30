/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "imp-name.h"
#include "imp-queue.h"
#include "imp-stream.h"

G_BEGIN_DECLS

/*
 * Where files come from: a folder tree or an archive. A source hands every file it met to the
 * queue, read, refused or ignored, so that what it saw can be added up. Nothing is ever written.
 */

/** Why a file is not read. The words stand in the report. */
#define IMP_REASONS(X)                                                                             \
  X (NONE, "read", "")                                                                             \
  /* refused */                                                                                    \
  X (EMPTY, "empty", "empty file")                                                                 \
  X (NOT_MESSAGE, "not-a-message", "neither an HL7 message nor a document that is read")           \
  X (BROKEN_MESSAGE, "broken-message", "cannot be split into segments")                            \
  X (TOO_LARGE, "too-large", "larger than the ceiling for one file")                               \
  X (SPECIAL, "special-file", "not a regular file")                                                \
  X (LINK_OUTSIDE, "link-outside", "symbolic link that leaves the source")                         \
  X (HARD_LINK, "hard-link", "second name of another member; its content stands there")            \
  X (DENIED, "denied", "permission denied")                                                        \
  X (VANISHED, "vanished", "was there and then was not: renamed or removed while reading")         \
  X (IO_ERROR, "io-error", "the medium could not be read")                                         \
  X (UNSAFE_NAME, "unsafe-name", "name that leads out of the archive, too long or too deep")       \
  X (ENCRYPTED, "encrypted", "encrypted archive, or member of one")                                \
  X (MEMBER_DAMAGED, "member-damaged",                                                             \
     "compressed data that is damaged, or packed in a way that is not read")                       \
  X (SPARSE, "sparse-member", "archive member that is mostly holes")                               \
  X (ARCHIVE_NESTED, "archive-in-two-archives", "archive inside two archives: not opened")         \
  X (ARCHIVE_KIND, "archive-kind", "archive of a kind, or packed in a way, that is not read")      \
  X (ARCHIVE_DAMAGED, "archive-damaged",                                                           \
     "archive that is damaged or ends early: what stands behind that place was not read")          \
  X (ARCHIVE_RATIO, "archive-ratio",                                                               \
     "archive that grows out of all proportion when unpacked: the rest of it was not read")        \
  X (ARCHIVE_SIZE, "archive-size",                                                                 \
     "archive that unpacks to more than the ceiling: the rest of it was not read")                 \
  X (ARCHIVE_MEMBERS, "archive-members",                                                           \
     "archive with more members than the ceiling: the rest of it was not read")                    \
  X (TOO_MANY_ROOTS, "too-many-roots", "in a storage root beyond the ceiling for roots")           \
  X (INFECTED, "infected", "the virus scanner found something in it")                              \
  /* ignored */                                                                                    \
  X (TRANSACTION, "transaction-storage", "transaction storage (TR_*.DAT): not imported")           \
  X (SYSTEM_FILE, "system-file", "file of the operating system, or a copy")                        \
  X (LINK_INSIDE, "link-inside", "symbolic link; the file is read at its own place")

#define IMP_ENUM_REASON(id, word, sentence) IMP_REASON_##id,

typedef enum
{
  IMP_REASONS (IMP_ENUM_REASON)
  IMP_N_REASONS
} ImpReason;

#define IMP_FIRST_IGNORED IMP_REASON_TRANSACTION

const char *imp_reason_name (ImpReason reason);
const char *imp_reason_sentence (ImpReason reason);
/** imp_reason_is_ignored: else, and if not %IMP_REASON_NONE, the file is refused. */
gboolean imp_reason_is_ignored (ImpReason reason);

/**
 * One file that a source met. A file that is larger than %IMP_MAX_FILE_BYTES, or compressed alone with
 * gzip, and may be FHIR by its first bytes has a stream, packed as it lies there, and no bytes.
 */
typedef struct
{
  char *path;        /* as it stands on the disc: UTF-8; "archive.tar!member", in a tree
                        "folder/archive.tar!member", in an archive "outer.zip!inner.tar.gz!member" */
  ImpName name;
  ImpReason reason;
  gint64 mtime;      /* seconds since 1970 */
  guint64 size;      /* as the source tells, also where it was not read */
  gboolean is_scrambled; /* not read to the end, and its head is as even as random bytes */
  gsize offset;      /* of its bytes in the batch */
  gsize len;
  ImpStream *stream; /* (nullable): owned by the batch; whoever takes it over sets NULL */
} ImpFile;

/* Memory of a stream: by it the queue's bound is one on the number of open files too. */
#define IMP_BATCH_STREAM_COST (1024 * 1024)

/** Files that lay together, for the most part of one patient. */
typedef struct
{
  guint source;
  GArray *files;     /* (element-type ImpFile) */
  GByteArray *bytes;
  guint n_streams;
} ImpBatch;

ImpBatch *imp_batch_new (guint source);
/** imp_batch_new_like: an empty one of the same source, with room for as much as @batch holds, but
 * for no more than @max_bytes: arrays that grow are copied again and again. */
ImpBatch *imp_batch_new_like (const ImpBatch *batch, guint max_bytes);
void imp_batch_free (ImpBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpBatch, imp_batch_free)

/** imp_batch_cost: bytes it holds in memory. */
gsize imp_batch_cost (const ImpBatch *batch);

/** imp_batch_add: (transfer full) @path. Returns: the file, until the next one is added. */
ImpFile *imp_batch_add (ImpBatch *batch, char *path, const ImpName *name, ImpReason reason);

/** imp_batch_set_stream: (transfer full) @stream: of @file, which is in @batch. */
void imp_batch_set_stream (ImpBatch *batch, ImpFile *file, ImpStream *stream);

/** How far a source has come; read by another thread. */
typedef struct
{
  gint done_permille;     /* atomic: 0-1000, or -1 when not known */
  gint n_folders_refused; /* atomic */
} ImpSourceProgress;

/** What happened to a source as a whole. */
typedef struct
{
  gboolean damaged;  /* an archive that ends early or is corrupt: what was read is kept */
  char *detail;      /* (nullable): words of the library that read it; no patient data */
  GPtrArray *folders_refused; /* (element-type utf8): "path: why", at most 100 */
} ImpSourceResult;

void imp_source_result_clear (ImpSourceResult *result);

/** What reading a source needs beside its path. */
typedef struct
{
  guint index;                 /* number of the source, given to every batch */
  ImpQueue *queue;             /* receives ImpBatch (transfer full) */
  GCancellable *cancellable;
  ImpSourceProgress *progress;
  ImpSourceResult *result;
  const char *scratch;         /* folder for sealed scratch files without a name */
} ImpSourceRun;

/**
 * imp_source_read:
 * @path: a folder, an archive, one file, or "-" for standard input
 *
 * Reads everything below @path; blocks until done. A file that cannot be read is handed on with its
 * reason and reading goes on. An archive met inside @path, told by its content, is read like a folder,
 * and so is an archive inside that one; it is no file of its own unless something is to be said of it.
 *
 * Returns: %FALSE with %IMP_ERROR_SOURCE when the source itself cannot be opened or has vanished,
 *   %IMP_ERROR_CANCELLED, %DISC_ERROR_NO_SPACE or _IO of the scratch folder
 */
gboolean imp_source_read (const char *path, const ImpSourceRun *run, GError **error);

/** imp_source_read_tree, imp_source_read_archive: the two kinds of imp_source_read(). */
gboolean imp_source_read_tree (const char *path, const ImpSourceRun *run, GError **error);
gboolean imp_source_read_archive (const char *path, const ImpSourceRun *run, GError **error);

/**
 * imp_source_label: (transfer full): the last part of @path, "stdin" for "-": what stands in the
 * report and in front of members, so that no machine's folders do.
 */
char *imp_source_label (const char *path);

/**
 * imp_source_display_path:
 * @raw: bytes of a file name
 *
 * UTF-8 as it is; else read as CP932; else bytes that are no UTF-8 as "\xNN" (spec 1.4).
 * Returns: (transfer full)
 */
char *imp_source_display_path (const char *raw);

/**
 * imp_source_classify: what the name alone says about reading the file.
 */
ImpReason imp_source_classify (const ImpName *name);

/** imp_source_is_wanted: whether the name alone says that it is read, whatever it holds. */
gboolean imp_source_is_wanted (const ImpName *name);

/** imp_source_may_be_message: whether @bytes begin as a message, behind a byte order mark, blanks
 * and the frame byte 0x0B. */
gboolean imp_source_may_be_message (const guint8 *bytes, gsize len);

/** imp_source_may_be_json: whether @bytes begin as a JSON object, or as an array of objects, in UTF-8 or
 * UTF-16, behind a byte order mark and blanks. */
gboolean imp_source_may_be_json (const guint8 *bytes, gsize len);

/** imp_source_may_be_fhir: as JSON or XML. */
gboolean imp_source_may_be_fhir (const guint8 *bytes, gsize len);

/** imp_source_may_be_read: as a message, JSON or XML. */
gboolean imp_source_may_be_read (const guint8 *bytes, gsize len);

/** IMP_SOURCE_PEEK_BYTES: so many bytes are enough for all. */
#define IMP_SOURCE_PEEK_BYTES 512

/** imp_source_note_head: of a file that is refused for what it begins with: keeps what its head says. */
void imp_source_note_head (ImpFile *file, const guint8 *bytes, gsize len);

/** imp_source_is_cancelled: sets %IMP_ERROR_CANCELLED. */
gboolean imp_source_is_cancelled (GCancellable *cancellable, GError **error);

G_END_DECLS
