/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-archive.h"
#include "imp-source.h"

G_BEGIN_DECLS

/* Private to imp-source*.c. */

/* ---- where files go -------------------------------------------------------------------------- */

/** One thread's batch in hand. */
typedef struct
{
  const ImpSourceRun *run;
  ImpBatch *batch;
  GError *error; /* (nullable): ends the whole source */
} ImpSink;

void imp_sink_init (ImpSink *self, const ImpSourceRun *run);
void imp_sink_clear (ImpSink *self);
/** imp_sink_is_stopped: an error, or somebody cancelled. */
gboolean imp_sink_is_stopped (ImpSink *self);
/** imp_sink_hand_on: what is in the batch, if anything. */
void imp_sink_hand_on (ImpSink *self);
/** imp_sink_hand_on_large: when it is large, whoever's files they are; call between folders. */
void imp_sink_hand_on_large (ImpSink *self);
/** imp_sink_hand_on_between: before a file called @name is added: batches are cut between patients,
 * as messages of one lie together in an archive made of a tree. */
void imp_sink_hand_on_between (ImpSink *self, const ImpName *name);

/* ---- where files come from ------------------------------------------------------------------- */

/** The bytes of one file. */
typedef struct
{
  int fd; /* of a regular file at its beginning, owned by the caller; -1: read() */
  /** read: (nullable): the next bytes, valid until the next call. Returns: how many, 0 at the end,
   * -1 with
   * @reason */
  gssize (*read) (gpointer data, const guint8 **block, ImpReason *reason);
  gpointer data;
  guint64 size;   /* as it is told; 0 where it is not */
  int read_errno; /* (out): of the medium; 0: it could be read */
} ImpSourceBytes;

/** Where a file lies. */
typedef struct
{
  char *path;          /* for the report: "outer.tar!member" */
  char *name_path;     /* for imp_name_parse(): without the source, a "/" behind each "!" */
  const ImpName *name; /* (nullable): what that says, where it was parsed already */
  gint64 mtime;
  guint level;        /* archives around it */
  gboolean is_source; /* what the operator named: read, whatever it is called */
} ImpSourcePlace;

void imp_source_place_clear (ImpSourcePlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpSourcePlace, imp_source_place_clear)

ImpReason imp_source_reason_for_errno (int errnum);

/** imp_source_refuse: adds the file, not read. */
void imp_source_refuse (ImpSink *sink, const ImpSourcePlace *place, guint64 size, ImpReason reason);

/**
 * imp_source_take:
 *
 * Adds the file that @bytes are: its bytes, a stream or the reason why it is refused; or, where it
 * is an archive by its content, the members of that. @reason: what is already known against it.
 */
void imp_source_take (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes,
                      ImpReason reason);

/** How a walk through an archive ended. */
typedef struct
{
  ImpReason reason; /* %IMP_REASON_NONE: at the end of the archive */
  char *detail;     /* (nullable) */
  guint64 n_members;
} ImpWalkEnd;

/**
 * imp_source_walk:
 * @place: of the archive
 * @end: (out): to be cleared
 *
 * Adds every member of an archive. One file that is merely compressed is taken as the one file that
 * it is.
 */
void imp_source_walk (ImpSink *sink, const ImpSourcePlace *place, const ImpArchiveInput *input,
                      ImpWalkEnd *end);
void imp_walk_end_clear (ImpWalkEnd *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpWalkEnd, imp_walk_end_clear)

/** Reads a descriptor: that of a regular file at any place, any other once. */
typedef struct
{
  int fd;
  guint64 size; /* 0: not a regular file */
  const ImpSourceRun *run;
  gboolean tells_progress;
  guint64 n_taken;
  guint8 *block;
  int read_errno;
} ImpSourceFd;

void imp_source_fd_init (ImpSourceFd *self, int fd, guint64 size, const ImpSourceRun *run);
void imp_source_fd_clear (ImpSourceFd *self);
/** imp_source_fd_read: for ImpArchiveInput; -1 also when cancelled. */
gssize imp_source_fd_read (gpointer self, const guint8 **block);
gint64 imp_source_fd_seek (gpointer self, gint64 offset, int whence);

G_END_DECLS
