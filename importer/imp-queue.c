/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-queue.h"

typedef struct
{
  gpointer item;
  gsize cost;
} Entry;

struct _ImpQueue
{
  GMutex mutex;
  GCond changed;
  GQueue entries;
  gsize cost;
  gsize max_cost;
  GDestroyNotify free_item;
  gboolean finished;
  gboolean aborted;
};

ImpQueue *
imp_queue_new (gsize max_cost, GDestroyNotify free_item)
{
  ImpQueue *self = g_new0 (ImpQueue, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->entries);
  self->max_cost = max_cost;
  self->free_item = free_item;
  return self;
}

void
imp_queue_free (ImpQueue *self)
{
  Entry *entry;

  while ((entry = g_queue_pop_head (&self->entries)) != NULL)
    {
      self->free_item (entry->item);
      g_free (entry);
    }
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

gboolean
imp_queue_push (ImpQueue *self, gpointer item, gsize cost)
{
  Entry *entry;

  g_mutex_lock (&self->mutex);
  while (!self->aborted && self->cost > 0 && self->cost + cost > self->max_cost)
    g_cond_wait (&self->changed, &self->mutex);

  if (self->aborted)
    {
      g_mutex_unlock (&self->mutex);
      self->free_item (item);
      return FALSE;
    }

  entry = g_new (Entry, 1);
  entry->item = item;
  entry->cost = cost;
  self->cost += cost;
  g_queue_push_tail (&self->entries, entry);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

gpointer
imp_queue_pop (ImpQueue *self)
{
  gpointer item = NULL;
  Entry *entry;

  g_mutex_lock (&self->mutex);
  while (!self->aborted && !self->finished && g_queue_is_empty (&self->entries))
    g_cond_wait (&self->changed, &self->mutex);

  entry = self->aborted ? NULL : g_queue_pop_head (&self->entries);
  if (entry != NULL)
    {
      item = entry->item;
      self->cost -= entry->cost;
      g_free (entry);
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return item;
}

void
imp_queue_finish (ImpQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
imp_queue_abort (ImpQueue *self)
{
  g_mutex_lock (&self->mutex);
  self->aborted = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
