/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-store.h"
#include "viewer-cover.h"
#include "viewer-disc.h"

G_BEGIN_DECLS

/**
 * The generations of this laptop's store as they were when it was looked at. Never changed; no GTK
 * in here.
 */
#define VIEWER_TYPE_STORE (viewer_store_get_type ())
G_DECLARE_FINAL_TYPE (ViewerStore, viewer_store, VIEWER, STORE, GObject)

/** viewer_store_load: %NULL with %VIEWER_ERROR_STORE or _TRUST */
ViewerStore *viewer_store_load (const char *path, GError **error);
/** viewer_store_load_async: in a thread: every generation is opened for a look. */
void viewer_store_load_async (const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/** viewer_store_load_finish: (transfer full) */
ViewerStore *viewer_store_load_finish (GAsyncResult *result, GError **error);

guint viewer_store_n (ViewerStore *self);
/** viewer_store_get: newest first. */
const DiscGeneration *viewer_store_get (ViewerStore *self, guint i);
/** viewer_store_get_newest: (nullable): the one to start with. */
const DiscGeneration *viewer_store_get_newest (ViewerStore *self);
/** viewer_store_find: (nullable): the generation at @path. */
const DiscGeneration *viewer_store_find (ViewerStore *self, const char *path);

/**
 * viewer_store_find_newer: (nullable): what there is that is newer than an open disc: of a
 * generation, whatever the store starts with; of a disc on a medium, one of the same signer. Of data
 * of an unknown time nobody can say so.
 */
const DiscGeneration *viewer_store_find_newer (ViewerStore *self, ViewerDisc *disc);
/** viewer_store_find_newer_than_cover: the same of a disc that is not open. */
const DiscGeneration *viewer_store_find_newer_than_cover (ViewerStore *self,
                                                          const ViewerCover *cover);

G_END_DECLS
