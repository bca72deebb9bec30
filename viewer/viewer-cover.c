/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cover.h"

#include <string.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-format.h"
#include "disc-reader.h"
#include "disc-slots.h"
#include "viewer-error.h"

/* The list is a file of this machine: its troubles are none of the disc's. */
static gboolean
blame_list (const GError *local, GError **error)
{
  g_set_error_literal (error, VIEWER_ERROR, VIEWER_ERROR_TRUST, local->message);
  return FALSE;
}

DiscTrust *
viewer_trust_load (GError **error)
{
  g_autoptr (GError) local = NULL;
  DiscTrust *trust = disc_trust_load_own (&local);

  if (trust == NULL)
    blame_list (local, error);
  return trust;
}

/* ---- sealed --------------------------------------------------------------------------------- */

/* A label that cannot be believed is no reason to refuse the disc: the same facts stand inside. */
static void
take_label (ViewerCover *self, const DiscContainer *container, const char *folder)
{
  gboolean from_copy = FALSE;
  g_autoptr (GError) error = NULL;

  self->manifest = disc_container_load_manifest (container, folder, &from_copy, &error);
  if (self->manifest != NULL)
    self->label = from_copy ? VIEWER_LABEL_COPY : VIEWER_LABEL_SIGNED;
  else
    self->label = g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED) ? VIEWER_LABEL_ALTERED
                                                                          : VIEWER_LABEL_MISSING;
}

static void
take_signer (ViewerCover *self, const DiscHeader *header, const DiscTrust *trust)
{
  GPtrArray *names = g_ptr_array_new ();

  memcpy (self->signer, header->signer, sizeof self->signer);
  disc_trust_fingerprint (header->signer, self->fingerprint);
  self->signer_name = g_strdup (disc_trust_name_of (trust, header->signer));
  for (guint i = 0; i < disc_trust_n (trust); i++)
    g_ptr_array_add (names, g_strdup (disc_trust_nth_name (trust, i)));
  g_ptr_array_add (names, NULL);
  self->trusted = (char **) g_ptr_array_free (names, FALSE);

  if (self->signer_name != NULL)
    self->signer_state = VIEWER_SIGNER_TRUSTED;
  else
    self->signer_state = disc_trust_n (trust) > 0 ? VIEWER_SIGNER_OTHER : VIEWER_SIGNER_UNKNOWN;
}

static char *
id_of (const DiscHeader *header)
{
  GString *id = g_string_new (NULL);

  for (guint i = 0; i < DISC_ID_BYTES; i++)
    g_string_append_printf (id, "%02x", header->id[i]);
  return g_string_free (id, FALSE);
}

static gboolean
read_sealed (ViewerCover *self, GError **error)
{
  g_autofree char *folder = g_build_filename (self->path, DISC_FOLDER, NULL);
  g_autoptr (DiscContainer) container = disc_container_open (folder, error);
  g_autoptr (DiscTrust) trust = NULL;
  const DiscHeader *header;
  const guint8 *slots;

  if (container == NULL || (trust = viewer_trust_load (error)) == NULL)
    return FALSE;

  header = disc_container_header (container);
  slots = disc_container_head (container) + DISC_HEADER_BYTES;
  self->is_sealed = TRUE;
  self->serial = header->serial;
  self->id = id_of (header);
  self->volume = header->volume;
  self->n_volumes = header->n_volumes;
  take_label (self, container, folder);
  take_signer (self, header, trust);
  self->takes_passphrase = disc_slots_has (slots, DISC_SLOT_PASSPHRASE);
  self->takes_emergency_key = disc_slots_has (slots, DISC_SLOT_EMERGENCY);
  return TRUE;
}

/* ---- not sealed ----------------------------------------------------------------------------- */

/* It has no label: the same is read from the disc, which needs nothing to be opened. */
static gboolean
read_plain (ViewerCover *self, GError **error)
{
  g_autoptr (DiscReader) reader = disc_reader_open (self->path, error);
  const DiscInfo *info;

  if (reader == NULL)
    return FALSE;

  info = disc_reader_get_info (reader);
  self->id = g_strdup (info->id);
  self->manifest = disc_manifest_new ();
  self->manifest->hospital = g_strdup (info->hospital);
  self->manifest->facility = g_strdup (info->facility);
  self->manifest->as_of = g_strdup (info->as_of);
  self->manifest->window_from = g_strdup (info->window_from);
  self->manifest->built_at = g_strdup (info->built_at);
  self->manifest->n_patients = disc_reader_n_patients (reader);
  return TRUE;
}

/* ---- both ----------------------------------------------------------------------------------- */

ViewerCover *
viewer_cover_read (const char *path, GError **error)
{
  g_autoptr (ViewerCover) self = g_new0 (ViewerCover, 1);
  gboolean ok;

  self->path = g_strdup (path);
  self->volume = self->n_volumes = 1;
  ok = disc_reader_is_sealed (path) ? read_sealed (self, error) : read_plain (self, error);
  return ok ? g_steal_pointer (&self) : NULL;
}

void
viewer_cover_free (ViewerCover *self)
{
  g_free (self->path);
  g_clear_pointer (&self->manifest, disc_manifest_free);
  g_free (self->id);
  g_free (self->signer_name);
  g_strfreev (self->trusted);
  g_free (self);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  ViewerCover *cover = viewer_cover_read (path, &error);

  if (cover == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, cover, (GDestroyNotify) viewer_cover_free);
}

void
viewer_cover_read_async (const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, viewer_cover_read_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

ViewerCover *
viewer_cover_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
viewer_cover_is_first (const ViewerCover *self)
{
  return self->volume == 1;
}

gboolean
viewer_cover_may_open (const ViewerCover *self)
{
  if (!viewer_cover_is_first (self))
    return FALSE;
  return self->signer_state == VIEWER_SIGNER_NONE || self->signer_state == VIEWER_SIGNER_TRUSTED;
}

/* (transfer full): the name to be remembered: one line, nothing that steers a terminal. */
static char *
name_to_remember (const ViewerCover *self)
{
  const char *hospital = self->manifest != NULL ? self->manifest->hospital : NULL;
  GString *name = g_string_new (NULL);

  for (const char *p = hospital != NULL ? hospital : ""; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (name, g_unichar_iscntrl (g_utf8_get_char (p)) ? ' '
                                                                          : g_utf8_get_char (p));
  if (*g_strstrip (name->str) == '\0')
    g_string_assign (name, "-");
  return g_string_free (name, FALSE);
}

gboolean
viewer_cover_trust (ViewerCover *self, const char *typed, GError **error)
{
  g_autoptr (DiscTrust) trust = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *name = NULL;

  if (!self->is_sealed || !disc_trust_fingerprint_matches (typed, self->fingerprint))
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_SIGNER, "another fingerprint was typed");
      return FALSE;
    }
  if ((trust = viewer_trust_load (error)) == NULL)
    return FALSE;
  name = name_to_remember (self);
  if (!disc_trust_add (trust, self->signer, name, &local))
    return blame_list (local, error);

  g_free (self->signer_name);
  self->signer_name = g_strdup (disc_trust_name_of (trust, self->signer));
  self->signer_state = VIEWER_SIGNER_TRUSTED;
  return TRUE;
}
