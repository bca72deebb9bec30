/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-store.h"

#include <string.h>

#include "viewer-error.h"

struct _ViewerStore
{
  GObject parent_instance;

  char *path;
  GPtrArray *generations;
};

G_DEFINE_FINAL_TYPE (ViewerStore, viewer_store, G_TYPE_OBJECT)

static void
viewer_store_finalize (GObject *object)
{
  ViewerStore *self = VIEWER_STORE (object);

  g_free (self->path);
  g_clear_pointer (&self->generations, g_ptr_array_unref);
  G_OBJECT_CLASS (viewer_store_parent_class)->finalize (object);
}

static void
viewer_store_class_init (ViewerStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_store_finalize;
}

static void
viewer_store_init (ViewerStore *self)
{
}

ViewerStore *
viewer_store_load (const char *path, GError **error)
{
  g_autoptr (DiscTrust) trust = viewer_trust_load (error);
  g_autoptr (GError) local = NULL;
  GPtrArray *generations = trust != NULL ? disc_store_list (path, trust, &local) : NULL;
  ViewerStore *self;

  if (local != NULL)
    g_set_error_literal (error, VIEWER_ERROR, VIEWER_ERROR_STORE, local->message);
  if (generations == NULL)
    return NULL;

  self = g_object_new (VIEWER_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->generations = generations;
  return self;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  ViewerStore *store = viewer_store_load (path, &error);

  if (store == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, store, g_object_unref);
}

void
viewer_store_load_async (const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, viewer_store_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

ViewerStore *
viewer_store_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
viewer_store_n (ViewerStore *self)
{
  return self->generations->len;
}

const DiscGeneration *
viewer_store_get (ViewerStore *self, guint i)
{
  g_return_val_if_fail (i < self->generations->len, NULL);
  return g_ptr_array_index (self->generations, i);
}

const DiscGeneration *
viewer_store_get_newest (ViewerStore *self)
{
  return disc_store_newest (self->generations);
}

const DiscGeneration *
viewer_store_find (ViewerStore *self, const char *path)
{
  g_autofree char *wanted = g_canonicalize_filename (path, NULL);

  for (guint i = 0; i < self->generations->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (self->generations, i);
      g_autofree char *its = g_canonicalize_filename (generation->path, NULL);

      if (g_str_equal (its, wanted))
        return generation;
    }
  return NULL;
}

/* The texts belong to the disc. */
static DiscGeneration
describe (ViewerDisc *disc)
{
  const DiscInfo *info = viewer_disc_get_info (disc);
  DiscContainer *container = disc_reader_container (viewer_disc_get_reader (disc));
  DiscGeneration self = { .id = (char *) info->id,
                          .as_of = (char *) info->as_of,
                          .built_at = (char *) info->built_at };

  if (container != NULL)
    {
      const DiscHeader *header = disc_container_header (container);

      self.is_sealed = TRUE;
      self.serial = header->serial;
      memcpy (self.signer, header->signer, sizeof self.signer);
    }
  return self;
}

static const DiscGeneration *
find_newer (ViewerStore *self, const char *path, const DiscGeneration *than)
{
  if (than->as_of == NULL)
    return NULL;
  return disc_store_newer (self->generations, than, viewer_store_find (self, path) != NULL);
}

const DiscGeneration *
viewer_store_find_newer (ViewerStore *self, ViewerDisc *disc)
{
  const DiscGeneration described = describe (disc);

  return find_newer (self, viewer_disc_get_path (disc), &described);
}

const DiscGeneration *
viewer_store_find_newer_than_cover (ViewerStore *self, const ViewerCover *cover)
{
  DiscGeneration described = { .id = cover->id, .serial = cover->serial,
                               .is_sealed = cover->is_sealed };

  if (cover->manifest == NULL)
    return NULL;
  described.as_of = cover->manifest->as_of;
  described.built_at = cover->manifest->built_at;
  memcpy (described.signer, cover->signer, sizeof described.signer);
  return find_newer (self, cover->path, &described);
}
