/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/** Views of the page of notes and documents. */
typedef enum
{
  VIEWER_NOTES_ALL,
  VIEWER_NOTES_NOTES,
  VIEWER_NOTES_DOCUMENTS,
  VIEWER_N_NOTE_VIEWS
} ViewerNoteView;

/**
 * viewer_notes_of: (transfer full) (element-type ViewerEntry): notes and documents that stand, newest
 *   first; those without a time last. Points into @entries.
 */
GPtrArray *viewer_notes_of (const GArray *entries, ViewerNoteView view);

/** viewer_note_text: (transfer full) (nullable): the words as they stand; %NULL where the disc has none. */
char *viewer_note_text (const ViewerEntry *entry);

/**
 * viewer_note_shown: (transfer full) (nullable): of viewer_note_text() as much as a page is quick with,
 *   up to the end of a line where one is near.
 * @is_cut: (out): whether there is more
 */
char *viewer_note_shown (const ViewerEntry *entry, gboolean *is_cut);

/** viewer_note_preview: (transfer full): the beginning of the words in one line; "" without any. */
char *viewer_note_preview (const ViewerEntry *entry);

G_END_DECLS
