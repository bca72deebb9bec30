/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-disc.h"

#include <gio/gunixmounts.h>

#include "disc-error.h"
#include "disc-format.h"
#include "viewer-cover.h"
#include "viewer-passphrase.h"
#include "viewer-places.h"

struct _ViewerDisc
{
  GObject parent_instance;

  char *path;
  DiscReader *reader;
  gboolean label_is_altered;
  gboolean label_is_damaged;
  DiscPatientTable *patients;

  GMutex word_mutex;       /* one search for words at a time, through a reader of its own */
  DiscReader *word_reader;

  guint64 n_damage_told;   /* places, by the signal */
  gboolean released_told;
  GUnixMountMonitor *mounts; /* while it is released */
};

G_DEFINE_FINAL_TYPE (ViewerDisc, viewer_disc, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PATIENTS_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_DAMAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_waiting (ViewerDisc *self)
{
  if (self->mounts != NULL)
    g_signal_handlers_disconnect_by_data (self->mounts, self);
  g_clear_object (&self->mounts);
}

static void
viewer_disc_finalize (GObject *object)
{
  ViewerDisc *self = VIEWER_DISC (object);

  stop_waiting (self);
  g_clear_pointer (&self->patients, disc_patient_table_free);
  g_clear_pointer (&self->word_reader, disc_reader_free);
  g_clear_pointer (&self->reader, disc_reader_free);
  g_mutex_clear (&self->word_mutex);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (viewer_disc_parent_class)->finalize (object);
}

static void
viewer_disc_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ViewerDisc *self = VIEWER_DISC (object);

  if (id == PROP_PATIENTS_LOADED)
    g_value_set_boolean (value, self->patients != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
viewer_disc_class_init (ViewerDiscClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = viewer_disc_finalize;
  object_class->get_property = viewer_disc_get_property;
  properties[PROP_PATIENTS_LOADED] =
    g_param_spec_boolean ("patients-loaded", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_DAMAGED] = g_signal_new ("damaged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
viewer_disc_init (ViewerDisc *self)
{
  g_mutex_init (&self->word_mutex);
}

/* A label that is gone is none that was altered. */
static void
look_at_label (ViewerDisc *self)
{
  g_autofree char *folder = g_build_filename (self->path, DISC_FOLDER, NULL);
  DiscContainer *container = disc_reader_container (self->reader);
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (GError) error = NULL;

  if (container == NULL)
    return;
  manifest = disc_container_read_manifest (container, folder, &self->label_is_damaged, &error);
  self->label_is_altered = g_error_matches (error, DISC_ERROR, DISC_ERROR_ALTERED);
}

ViewerDisc *
viewer_disc_open_with (const char *dir, const DiscUnlock *unlock, GError **error)
{
  g_autoptr (ViewerDisc) self = g_object_new (VIEWER_TYPE_DISC, NULL);
  g_autoptr (DiscTrust) trust = NULL;
  DiscUnlock trusting = unlock != NULL ? *unlock : (DiscUnlock) { NULL };

  if (disc_reader_is_sealed (dir) && (trust = viewer_trust_load (error)) == NULL)
    return NULL;

  trusting.trust = trust;
  self->path = g_strdup (dir);
  self->reader = disc_reader_open_with (dir, &trusting, error);
  if (self->reader == NULL)
    return NULL;
  look_at_label (self);
  return g_steal_pointer (&self);
}

ViewerDisc *
viewer_disc_open (const char *dir, GError **error)
{
  return viewer_disc_open_with (dir, NULL, error);
}

/* What somebody typed, until it was tried. */
typedef struct
{
  char *dir;
  char *passphrase;
  char *emergency_code;
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_free (attempt->dir);
  viewer_passphrase_free (attempt->passphrase);
  viewer_passphrase_free (attempt->emergency_code);
  g_free (attempt);
}

static void
try_to_open (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Attempt *attempt = task_data;
  const DiscUnlock unlock = { .passphrase = attempt->passphrase,
                              .emergency_code = attempt->emergency_code };
  GError *error = NULL;
  ViewerDisc *disc = viewer_disc_open_with (attempt->dir, &unlock, &error);

  if (disc == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, disc, g_object_unref);
}

void
viewer_disc_open_with_async (const char *dir, const char *passphrase, const char *emergency_code,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->dir = g_strdup (dir);
  attempt->passphrase = g_strdup (passphrase);
  attempt->emergency_code = g_strdup (emergency_code);
  g_task_set_source_tag (task, viewer_disc_open_with_async);
  g_task_set_task_data (task, attempt, attempt_free);
  g_task_run_in_thread (task, try_to_open);
}

ViewerDisc *
viewer_disc_open_with_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

DiscDamage
viewer_disc_get_damage (ViewerDisc *self)
{
  DiscContainer *container = disc_reader_container (self->reader);

  return container != NULL ? disc_container_damage (container) : (DiscDamage) { 0, 0 };
}

DiscDamage
viewer_disc_get_volume_damage (ViewerDisc *self, guint volume)
{
  return disc_reader_volume_damage (self->reader, volume);
}

static void
on_mounts_changed (GUnixMountMonitor *mounts, gpointer disc)
{
  g_autoptr (ViewerDisc) self = g_object_ref (disc);
  g_auto (GStrv) folders = viewer_places_mounted ();

  viewer_disc_resume (self, (const char *const *) folders);
}

/* Whoever shows it hears of it at once, not when the clock ticks. */
void
viewer_disc_tell (ViewerDisc *self)
{
  gboolean is_released = viewer_disc_is_released (self);
  guint64 n = 0;

  for (guint volume = 1; volume <= disc_reader_n_volumes (self->reader); volume++)
    {
      DiscDamage damage = viewer_disc_get_volume_damage (self, volume);

      n += damage.n_repaired + damage.n_lost;
    }
  if (is_released && self->mounts == NULL)
    {
      self->mounts = g_unix_mount_monitor_get ();
      g_signal_connect (self->mounts, "mounts-changed", G_CALLBACK (on_mounts_changed), self);
    }
  else if (!is_released)
    stop_waiting (self);

  if (n == self->n_damage_told && is_released == self->released_told)
    return;
  self->n_damage_told = n;
  self->released_told = is_released;
  g_signal_emit (self, signals[SIGNAL_DAMAGED], 0);
}

void
viewer_disc_release (ViewerDisc *self)
{
  disc_reader_release (self->reader);
  viewer_disc_tell (self);
}

gboolean
viewer_disc_is_released (ViewerDisc *self)
{
  return disc_reader_is_released (self->reader);
}

gboolean
viewer_disc_resume (ViewerDisc *self, const char *const *folders)
{
  for (guint i = 0; folders[i] != NULL && viewer_disc_is_released (self); i++)
    if (disc_reader_is_sealed (folders[i]))
      disc_reader_resume (self->reader, folders[i], NULL);

  viewer_disc_tell (self);
  return !viewer_disc_is_released (self);
}

gboolean
viewer_disc_is_label_altered (ViewerDisc *self)
{
  return self->label_is_altered;
}

gboolean
viewer_disc_is_label_damaged (ViewerDisc *self)
{
  return self->label_is_damaged;
}

const char *
viewer_disc_get_path (ViewerDisc *self)
{
  return self->path;
}

const DiscInfo *
viewer_disc_get_info (ViewerDisc *self)
{
  return disc_reader_get_info (self->reader);
}

DiscReader *
viewer_disc_get_reader (ViewerDisc *self)
{
  return self->reader;
}

const DiscFreshness *
viewer_disc_get_freshness (ViewerDisc *self, DiscKind kind)
{
  GPtrArray *all = disc_reader_get_freshness (self->reader);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const DiscFreshness *one = g_ptr_array_index (all, i);

      if (one->kind == kind && one->n_all > 0)
        return one;
    }
  return NULL;
}

/* A reader belongs to one thread: the table is read through one of its own. */
static void
load_patients (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_again (VIEWER_DISC (source)->reader, &error);
  DiscPatientTable *table = reader ? disc_patient_table_load (reader, &error) : NULL;

  if (table == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, table, (GDestroyNotify) disc_patient_table_free);
}

void
viewer_disc_load_patients_async (ViewerDisc *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, viewer_disc_load_patients_async);
  g_task_run_in_thread (task, load_patients);
}

gboolean
viewer_disc_load_patients_finish (ViewerDisc *self, GAsyncResult *result, GError **error)
{
  DiscPatientTable *table = g_task_propagate_pointer (G_TASK (result), error);

  viewer_disc_tell (self);
  if (table == NULL)
    return FALSE;

  g_clear_pointer (&self->patients, disc_patient_table_free);
  self->patients = table;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATIENTS_LOADED]);
  return TRUE;
}

const DiscPatientTable *
viewer_disc_get_patients (ViewerDisc *self)
{
  return self->patients;
}

guint
viewer_disc_n_missing (ViewerDisc *self)
{
  return self->patients != NULL ? disc_patient_table_n_missing (self->patients) : 0;
}

static void
search_words (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ViewerDisc *self = source;
  GError *error = NULL;
  GArray *hits = NULL;

  g_mutex_lock (&self->word_mutex);
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      if (self->word_reader == NULL)
        self->word_reader = disc_reader_open_again (self->reader, &error);
      if (self->word_reader != NULL)
        hits = disc_reader_search_words (self->word_reader, task_data, 0,
                                         VIEWER_DISC_MAX_WORD_HITS, NULL, &error);
    }
  g_mutex_unlock (&self->word_mutex);

  if (hits == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, hits, (GDestroyNotify) g_array_unref);
}

void
viewer_disc_search_words_async (ViewerDisc *self, const char *words, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, viewer_disc_search_words_async);
  g_task_set_task_data (task, g_strdup (words), g_free);
  g_task_run_in_thread (task, search_words);
}

GArray *
viewer_disc_search_words_finish (ViewerDisc *self, GAsyncResult *result, GError **error)
{
  viewer_disc_tell (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}
