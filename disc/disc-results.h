/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-name-match.h"
#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * Results of one name, without the rest of their messages: what a list over many patients reads.
 * Results are items of laboratory, vital signs and other observations.
 */

/** One result; texts as written, %NULL: the source lacks it. */
typedef struct
{
  gint64 rid;
  DiscKind kind;
  DiscStatus status;
  gboolean live; /* and of no disputed message */
  DiscMessageFlags flags;
  const char *name; /* for people: name, else another name, else a code */
  const char *value;
  const char *unit, *specimen, *flag, *item_status;
  const char *at; /* of the item, else of the record, else day of care */
  const char *sent_at;
  gboolean has_several;   /* more than one value: @value is all of them with " / " between */
  gboolean about_another; /* not of the patient himself: a fetus, a donor */
} DiscResultValue;

typedef struct _DiscResultReader DiscResultReader;

/** disc_result_reader_new: @reader, @match: kept by the caller and must outlive it. */
DiscResultReader *disc_result_reader_new (DiscReader *reader, DiscNameMatch *match, GError **error);
void disc_result_reader_free (DiscResultReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscResultReader, disc_result_reader_free)

/**
 * disc_result_reader_load:
 * @first_rid, @last_rid: both inclusive
 * @texts: where the texts are kept
 * @values: (element-type DiscResultValue): appended, in the order of the source
 * @is_lost: (out): set to %TRUE when a row could not be read, otherwise not touched
 *
 * Reads the results whose name or code is the one looked for. Messages that say again what another
 * one says
 * (%DISC_MESSAGE_SAID_BEFORE) have none.
 */
gboolean disc_result_reader_load (DiscResultReader *self, gint64 first_rid, gint64 last_rid,
                                  GStringChunk *texts, GArray *values, gboolean *is_lost,
                                  GError **error);

G_END_DECLS
