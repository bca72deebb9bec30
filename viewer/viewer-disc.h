/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-search.h"

G_BEGIN_DECLS

/*
 * The disc that is open in this window: its reader, and the table of its patients, which is read
 * in a thread so that the first frame does not wait for it. No GTK in here.
 */
#define VIEWER_TYPE_DISC (viewer_disc_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDisc, viewer_disc, VIEWER, DISC, GObject)

/**
 * viewer_disc_open:
 * @dir: the folder of the disc
 * Returns: (transfer full): %NULL with the error of disc_reader_open()
 */
ViewerDisc *viewer_disc_open (const char *dir, GError **error);

/**
 * viewer_disc_open_with: the same with what opens a sealed disc.
 * @unlock: (nullable): needed only during the call; the disc keeps its data key, in locked memory
 */
ViewerDisc *viewer_disc_open_with (const char *dir, const DiscUnlock *unlock, GError **error);

/** viewer_disc_open_with_async: in a thread, as a passphrase takes its time. Both texts (nullable). */
void viewer_disc_open_with_async (const char *dir, const char *passphrase,
                                  const char *emergency_code, GAsyncReadyCallback callback,
                                  gpointer user_data);
/** viewer_disc_open_with_finish: (transfer full) */
ViewerDisc *viewer_disc_open_with_finish (GAsyncResult *result, GError **error);

/**
 * viewer_disc_get_damage: what all reading so far has found, in whatever thread, each place once;
 * zero for a disc without sums. The signal "damaged" tells of what threads have found since.
 */
DiscDamage viewer_disc_get_damage (ViewerDisc *self);

/** viewer_disc_get_volume_damage: likewise of one volume; the above is of the one that was opened. */
DiscDamage viewer_disc_get_volume_damage (ViewerDisc *self, guint volume);

/** viewer_disc_tell: emits "damaged" when there is news since: damage, or a medium that came or went. For
 * whoever has read something; the main thread only. */
void viewer_disc_tell (ViewerDisc *self);

/**
 * viewer_disc_release: lets the media go, so that one can make way for another in the same drive. Charts
 * that were loaded stay. When the medium that was opened is mounted again, wherever, it is taken to hand.
 */
void viewer_disc_release (ViewerDisc *self);
/** viewer_disc_is_released: whether the medium that was opened is out, or may be taken out. */
gboolean viewer_disc_is_released (ViewerDisc *self);
/** viewer_disc_resume: takes it to hand when it is in one of @folders. */
gboolean viewer_disc_resume (ViewerDisc *self, const char *const *folders);

/** viewer_disc_is_label_altered: its public manifest is not the one that was signed. */
gboolean viewer_disc_is_label_altered (ViewerDisc *self);

/** viewer_disc_is_label_damaged: its public manifest is gone or damaged, and the second copy whole. */
gboolean viewer_disc_is_label_damaged (ViewerDisc *self);

/** viewer_disc_get_path: the folder it was opened from. */
const char *viewer_disc_get_path (ViewerDisc *self);
const DiscInfo *viewer_disc_get_info (ViewerDisc *self);
/** viewer_disc_get_reader: for the main thread only. */
DiscReader *viewer_disc_get_reader (ViewerDisc *self);
/** viewer_disc_get_freshness: how new a kind is on the whole disc; %NULL: not on this disc. */
const DiscFreshness *viewer_disc_get_freshness (ViewerDisc *self, DiscKind kind);

/**
 * viewer_disc_load_patients_async: reads the table of patients in a thread. When it has been read
 * the property "patients-loaded" becomes true and @callback is called.
 */
void viewer_disc_load_patients_async (ViewerDisc *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean viewer_disc_load_patients_finish (ViewerDisc *self, GAsyncResult *result,
                                           GError **error);
/** viewer_disc_n_missing: patients that no search can find because the disc is damaged; 0 while the
 * table is being read. */
guint viewer_disc_n_missing (ViewerDisc *self);
/** viewer_disc_get_patients: (nullable): the table, or %NULL while it is being read. */
const DiscPatientTable *viewer_disc_get_patients (ViewerDisc *self);

/** What a search for words returns at most; as many hits mean that there may be more. */
#define VIEWER_DISC_MAX_WORD_HITS 5000

/**
 * viewer_disc_search_words_async: disc_reader_search_words() over the whole disc, in a thread, so
 * that no keystroke waits for it.
 */
void viewer_disc_search_words_async (ViewerDisc *self, const char *words,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
/** viewer_disc_search_words_finish: (transfer full) (element-type DiscWordHit) */
GArray *viewer_disc_search_words_finish (ViewerDisc *self, GAsyncResult *result, GError **error);

G_END_DECLS
