/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-model.h"

G_BEGIN_DECLS

/* What anybody who finds a sealed disc may read: no patient data. */

/**
 * disc_manifest_write: (transfer full): JSON.
 * @id: DISC_ID_BYTES
 * @serial: 0: not numbered
 * @n_patients: @n_messages: of the whole disc
 */
char *disc_manifest_write (const DiscInfo *info, const guint8 *id, guint64 serial, guint volume,
                           guint n_volumes, guint n_patients, guint64 n_messages);

#define DISC_MANIFEST_MAX_BYTES (64 * 1024)
#define DISC_MANIFEST_NOT_SAID G_MAXUINT64

/** What is known of a disc before it is opened. Texts are %NULL where the manifest does not say. */
typedef struct
{
  char *id;
  guint64 serial;
  char *hospital;
  char *facility;
  char *as_of;
  char *window_from;
  char *built_at;
  char *overrides;     /* as in DiscInfo */
  char *set_aside;
  guint64 n_patients;  /* DISC_MANIFEST_NOT_SAID where it does not say */
  guint64 n_messages;
} DiscManifest;

/** disc_manifest_new: (transfer full): one that says nothing. */
DiscManifest *disc_manifest_new (void);

/**
 * disc_manifest_read: (transfer full):
 * @json: as signed; need not end with NUL
 *
 * Fields it does not know are passed over.
 *
 * Returns: %NULL with %DISC_ERROR_CORRUPT when it is not one flat JSON object in UTF-8
 */
DiscManifest *disc_manifest_read (const char *json, gsize len, GError **error);
void disc_manifest_free (DiscManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscManifest, disc_manifest_free)

/** disc_manifest_is_object: whether it is one flat JSON object in UTF-8, whatever it says. */
gboolean disc_manifest_is_object (const char *json, gsize len);

/** disc_manifest_readme_ja: (transfer full): はじめにお読みください.txt */
char *disc_manifest_readme_ja (const DiscInfo *info, guint64 serial, guint volume, guint n_volumes);
/** disc_manifest_readme_en: (transfer full): README.txt */
char *disc_manifest_readme_en (const DiscInfo *info, guint64 serial, guint volume, guint n_volumes);

G_END_DECLS
