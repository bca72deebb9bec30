/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"

G_BEGIN_DECLS

/*
 * The source of a row: the message as it was decoded, cut into its segments for reading only.
 * Nothing here interprets it: what it means is in the records.
 */

/** A run of bytes in viewer_source_get_text() that equals a value of the record. */
typedef struct
{
  guint start;
  guint end;
} ViewerSourceMark;

/** One version of the same order or list. */
typedef struct
{
  const DiscMessage *message;
  const DiscRecord *record; /* (nullable): its first record */
} ViewerSourceVersion;

typedef struct _ViewerSource ViewerSource;

/**
 * viewer_source_load: (transfer full): %NULL with the error of the reader.
 *
 * Of a disc of several volumes the source may lie on another one: mounted media are looked through for
 * it. Where it is not, or cannot be read, everything but the text is there, and the text says so.
 */
ViewerSource *viewer_source_load (ViewerDisc *disc, gint64 rid, GError **error);
/**
 * viewer_source_load_in: (transfer full): the same of a message of @chart, taken from there as far as it
 * goes: while the volume of its source is in the only drive, the first one is not needed.
 */
ViewerSource *viewer_source_load_in (ViewerChart *chart, gint64 rid, GError **error);
void viewer_source_free (ViewerSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerSource, viewer_source_free)

const DiscMessage *viewer_source_get_message (const ViewerSource *self);
/** viewer_source_get_record: (nullable): its first record. */
const DiscRecord *viewer_source_get_record (const ViewerSource *self);
/**
 * viewer_source_find_volume: takes volume @wanted of the disc to hand when it is in one of @folders.
 * Returns: whether it is at hand now
 */
gboolean viewer_source_find_volume (ViewerDisc *disc, guint wanted, const char *const *folders);

/** viewer_source_find_mounted: the same in what is mounted. */
gboolean viewer_source_find_mounted (ViewerDisc *disc, guint wanted);

/** viewer_source_is_elsewhere: the text is a sentence for people, as the volume is not at hand. */
gboolean viewer_source_is_elsewhere (const ViewerSource *self);
/** viewer_source_get_text: the message with one segment a line. */
const char *viewer_source_get_text (const ViewerSource *self);
/** viewer_source_get_marks: (element-type ViewerSourceMark): in the order of the text. */
const GArray *viewer_source_get_marks (const ViewerSource *self);

/**
 * viewer_source_list_versions:
 * @chart: the chart the row stands in
 * Returns: (transfer full) (element-type ViewerSourceVersion): newest first, itself too: messages of
 *   the same type and order number; of a list without one (basic data, allergies, diagnoses) all
 *   messages of that type (SS-MIX2 spec 2.3); of FHIR the messages of one Type/id
 */
GArray *viewer_source_list_versions (ViewerChart *chart, const DiscMessage *message);

G_END_DECLS
