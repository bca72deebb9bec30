/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-opener.h"

#include "disc-error.h"
#include "viewer-cover.h"
#include "viewer-passphrase.h"
#include "viewer-store.h"

struct _ViewerOpener
{
  GObject parent_instance;

  ViewerWindow *window;         /* weak */
  char *passphrase_file;        /* NULL: none was named */
  char *store_path;
  ViewerStore *store;
  GError *store_error;          /* why there is no store */
  gboolean opens_newest;        /* when the store has been looked at */

  GCancellable *reading;        /* of the cover that is being read */
  ViewerCover *cover;           /* of the disc that is shown; NULL: none */
  gboolean opens_at_once;       /* the disc whose cover is being read */
  char *read_path;              /* of the disc whose cover is being read */
  guint n_threads;              /* at work */
  guint attempt;                /* counts what is tried, and what makes that void */
};

G_DEFINE_FINAL_TYPE (ViewerOpener, viewer_opener, G_TYPE_OBJECT)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_reading (ViewerOpener *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
viewer_opener_dispose (GObject *object)
{
  ViewerOpener *self = VIEWER_OPENER (object);

  stop_reading (self);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (viewer_opener_parent_class)->dispose (object);
}

static void
viewer_opener_finalize (GObject *object)
{
  ViewerOpener *self = VIEWER_OPENER (object);

  g_clear_pointer (&self->cover, viewer_cover_free);
  g_clear_error (&self->store_error);
  g_free (self->passphrase_file);
  g_free (self->store_path);
  g_free (self->read_path);
  G_OBJECT_CLASS (viewer_opener_parent_class)->finalize (object);
}

static void
viewer_opener_class_init (ViewerOpenerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = viewer_opener_dispose;
  object_class->finalize = viewer_opener_finalize;
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, VIEWER_TYPE_DISC);
}

static void
viewer_opener_init (ViewerOpener *self)
{
}

static ViewerOpenPage *
page_of (ViewerOpener *self)
{
  return VIEWER_OPEN_PAGE (viewer_window_get_widget (self->window, "open"));
}

static void
fail (ViewerOpener *self, const char *path, const GError *error)
{
  viewer_window_show_problem (self->window, path, error);
}

/* The cover outlives what shows it. */
static void
take_cover (ViewerOpener *self, ViewerCover *cover)
{
  if (cover != NULL)
    viewer_open_page_show_cover (page_of (self), cover);
  g_clear_pointer (&self->cover, viewer_cover_free);
  self->cover = cover;
}

/* ---- trying --------------------------------------------------------------------------------- */

/* What is being tried. Who has chosen another disc meanwhile does not want this one any more. */
typedef struct
{
  ViewerOpener *opener;
  char *path;
  guint number;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->opener);
  g_free (attempt->path);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static void
tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attempt) attempt = user_data;
  ViewerOpener *self = attempt->opener;
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerDisc) disc = viewer_disc_open_with_finish (result, &error);

  self->n_threads--;
  if (self->window == NULL || attempt->number != self->attempt)
    return;
  if (disc != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, disc);
  else
    fail (self, attempt->path, error);
}

/* @passphrase: @emergency_code: one of them */
static void
try_to_open (ViewerOpener *self, const char *path, const char *passphrase,
             const char *emergency_code)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->opener = g_object_ref (self);
  attempt->path = g_strdup (path);
  attempt->number = ++self->attempt;
  viewer_open_page_show_waiting (page_of (self));
  self->n_threads++;
  viewer_disc_open_with_async (path, passphrase, emergency_code, tried, attempt);
}

static void
unlock (ViewerOpener *self)
{
  char *passphrase = NULL, *emergency_code = NULL;

  if (self->cover == NULL || !viewer_cover_may_open (self->cover))
    return;
  viewer_open_page_dup_typed (page_of (self), &passphrase, &emergency_code);
  try_to_open (self, self->cover->path, passphrase, emergency_code);
  viewer_passphrase_free (passphrase);
  viewer_passphrase_free (emergency_code);
}

/* With the passphrase of the file, where one was named. Otherwise the page asks. */
static void
unlock_with_file (ViewerOpener *self)
{
  const char *file = self->passphrase_file != NULL ? self->passphrase_file
                                                   : g_getenv ("TOMOSHIBI_PASSPHRASE_FILE");
  g_autoptr (GError) error = NULL;
  char *passphrase;

  if (file == NULL)
    return;
  passphrase = viewer_passphrase_read (file, &error);
  if (passphrase == NULL)
    viewer_open_page_show_problem (page_of (self), self->cover->path, error);
  else
    try_to_open (self, self->cover->path, passphrase, NULL);
  viewer_passphrase_free (passphrase);
}

static void
open_plain (ViewerOpener *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerDisc) disc = viewer_disc_open (path, &error);

  if (disc != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, disc);
  else
    fail (self, path, error);
}

/* ---- looking at a disc ---------------------------------------------------------------------- */

static void
cover_read (GObject *source, GAsyncResult *result, gpointer opener)
{
  g_autoptr (ViewerOpener) self = opener;
  g_autoptr (GError) error = NULL;
  ViewerCover *cover = viewer_cover_read_finish (result, &error);

  self->n_threads--;
  if (self->window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&cover, viewer_cover_free);
      return;
    }
  g_clear_object (&self->reading);
  if (cover == NULL)
    {
      fail (self, self->read_path, error);
      return;
    }
  take_cover (self, cover);
  if (self->opens_at_once && cover->is_sealed && viewer_cover_may_open (cover))
    unlock_with_file (self);
}

static void
read_cover (ViewerOpener *self, const char *path, gboolean opens_at_once)
{
  g_autofree char *copy = g_strdup (path); /* it may belong to the cover */

  stop_reading (self);
  self->attempt++;
  viewer_window_show_start (self->window);
  viewer_open_page_show_reading (page_of (self), copy);
  take_cover (self, NULL);
  self->opens_at_once = opens_at_once;
  self->reading = g_cancellable_new ();
  self->n_threads++;
  viewer_cover_read_async (copy, self->reading, cover_read, g_object_ref (self));
  g_free (self->read_path);
  self->read_path = g_steal_pointer (&copy);
}

void
viewer_opener_show (ViewerOpener *self, const char *path)
{
  if (self->window != NULL)
    read_cover (self, path, FALSE);
}

void
viewer_opener_open (ViewerOpener *self, const char *path)
{
  if (self->window == NULL)
    return;
  if (disc_reader_is_sealed (path))
    read_cover (self, path, TRUE);
  else
    {
      g_autofree char *copy = g_strdup (path);

      stop_reading (self);
      self->attempt++;
      open_plain (self, copy);
    }
}

/* ---- the store ------------------------------------------------------------------------------ */

static void
show_store (ViewerOpener *self)
{
  viewer_window_set_store (self->window, self->store, self->store_error);
  if (self->cover != NULL)
    viewer_open_page_update_place (page_of (self), self->cover);
}

static void
open_newest (ViewerOpener *self)
{
  const DiscGeneration *newest = viewer_store_get_newest (self->store);

  if (newest != NULL)
    viewer_opener_open (self, newest->path);
  else if (viewer_store_n (self->store) > 0)
    viewer_opener_show (self, viewer_store_get (self->store, 0)->path);
}

static void
store_loaded (GObject *source, GAsyncResult *result, gpointer opener)
{
  g_autoptr (ViewerOpener) self = opener;
  g_autoptr (GError) error = NULL;
  ViewerStore *store = viewer_store_load_finish (result, &error);

  self->n_threads--;
  if (self->window == NULL)
    {
      g_clear_object (&store);
      return;
    }
  g_clear_error (&self->store_error);
  g_clear_object (&self->store);
  self->store = store;
  if (store == NULL)
    self->store_error = g_error_copy (error);
  show_store (self);
  if (store != NULL && self->opens_newest)
    open_newest (self);
  else if (store == NULL && self->opens_newest)
    fail (self, self->store_path, error);
  self->opens_newest = FALSE;
}

void
viewer_opener_load_store (ViewerOpener *self, const char *path, gboolean and_open)
{
  char *copy = g_strdup (path);

  g_free (self->store_path);
  self->store_path = copy;
  self->opens_newest = and_open;
  self->n_threads++;
  viewer_store_load_async (copy, NULL, store_loaded, g_object_ref (self));
}

void
viewer_opener_show_generations (ViewerOpener *self)
{
  const DiscGeneration *newest = self->store != NULL ? viewer_store_get_newest (self->store) : NULL;

  if (self->window == NULL)
    return;
  if (newest != NULL)
    viewer_opener_show (self, newest->path);
  else
    viewer_window_show_start (self->window);
}

/* ---- the start page ------------------------------------------------------------------------- */

/* The list of the store says of each generation whether its signer is trusted: it is read again. */
static void
trust (ViewerOpener *self)
{
  g_autoptr (GError) error = NULL;

  if (self->cover == NULL)
    return;
  if (!viewer_cover_trust (self->cover, viewer_open_page_get_fingerprint (page_of (self)), &error))
    {
      g_autofree char *path = g_strdup (self->cover->path);

      viewer_open_page_show_problem (page_of (self), path, error);
      return;
    }
  if (self->store_path != NULL)
    viewer_opener_load_store (self, self->store_path, FALSE);
  read_cover (self, self->cover->path, FALSE);
}

static void
chosen (ViewerOpener *self, const char *path)
{
  viewer_opener_show (self, path);
}

static void
opened (ViewerOpener *self, const char *path)
{
  viewer_opener_open (self, path);
}

void
viewer_opener_set_window (ViewerOpener *self, ViewerWindow *window)
{
  ViewerOpenPage *page;

  g_clear_weak_pointer (&self->window);
  g_set_weak_pointer (&self->window, window);
  if (window == NULL)
    return;
  page = page_of (self);
  g_signal_connect_object (page, "chosen", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "opened", G_CALLBACK (opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unlock", G_CALLBACK (unlock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "trust", G_CALLBACK (trust), self, G_CONNECT_SWAPPED);
  if (self->store_path != NULL)
    show_store (self);
  if (self->cover != NULL)
    viewer_open_page_show_cover (page, self->cover);
}

void
viewer_opener_set_passphrase_file (ViewerOpener *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->passphrase_file);
  self->passphrase_file = copy;
}

gboolean
viewer_opener_is_busy (ViewerOpener *self)
{
  return self->n_threads > 0;
}

ViewerOpener *
viewer_opener_new (void)
{
  return g_object_new (VIEWER_TYPE_OPENER, NULL);
}
