/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What this laptop remembers: language, theme, size of text, its store, how often there should be a
 * new disc, discs opened lately. Never anything of
 * a patient. One key file; a missing or unwritable one is no error.
 */
typedef struct _ViewerSettings ViewerSettings;

/** viewer_settings_load: @path: %NULL: the user's configuration folder. */
ViewerSettings *viewer_settings_load (const char *path);
void viewer_settings_free (ViewerSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerSettings, viewer_settings_free)

/** viewer_settings_get: (transfer full) (nullable): keys "language", "theme", "zoom", "store",
 * "refresh-days". */
char *viewer_settings_get (ViewerSettings *self, const char *key);
/** viewer_settings_set: also writes the file. */
void viewer_settings_set (ViewerSettings *self, const char *key, const char *value);

/** viewer_settings_get_recent: (transfer full): folders of discs, newest first, at most five. */
char **viewer_settings_get_recent (ViewerSettings *self);
void viewer_settings_add_recent (ViewerSettings *self, const char *path);

G_END_DECLS
