/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-job-private.h"

#include "imp-error.h"

#define QUEUE_BYTES (64 * 1024 * 1024)

typedef struct
{
  ImpParser *parser;
  ImpQueue *queue;
  GError *error;
} ParseThread;

static gpointer
run_parser (gpointer data)
{
  ParseThread *thread = data;
  gboolean going = TRUE;
  gpointer item;

  while (going && (item = imp_queue_pop (thread->queue)) != NULL)
    {
      g_autoptr (ImpBatch) batch = item;

      going = imp_parser_take (thread->parser, batch, &thread->error);
    }
  going = going && imp_parser_finish (thread->parser, &thread->error);
  if (!going)
    imp_queue_abort (thread->queue);
  return NULL;
}

static gboolean
read_sources (ImpJob *self, ImpQueue *queue, GError **error)
{
  for (guint i = 0; i < self->labels->len; i++)
    {
      const ImpSourceRun run = { i, queue, self->cancellable, &self->source_progress,
                                 &self->results[i], self->scratch };

      g_atomic_int_set (&self->source, (int) i);
      g_atomic_int_set (&self->source_progress.done_permille, -1);
      if (!imp_source_read (self->options->from[i], &run, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
imp_job_read (ImpJob *self, GError **error)
{
  g_autoptr (ImpQueue) queue = imp_queue_new (QUEUE_BYTES, (GDestroyNotify) imp_batch_free);
  g_autofree ParseThread *parsers = g_new0 (ParseThread, self->n_threads);
  g_autofree GThread **threads = g_new0 (GThread *, self->n_threads);
  g_autoptr (GError) local = NULL;
  gboolean done;

  for (guint i = 0; i < self->n_threads; i++)
    {
      parsers[i].parser = imp_parser_new (self->spill, self->roots, self->labels,
                                          imp_job_ends_with_newest (self) ? NULL : &self->window,
                                          self->now, &self->parse_progress);
      imp_parser_set_fhir (parsers[i].parser, self->fhir);
      imp_parser_set_document_types (parsers[i].parser, self->document_types);
      imp_parser_set_scanner (parsers[i].parser, self->scanner);
      parsers[i].queue = queue;
      threads[i] = g_thread_new ("parse", run_parser, &parsers[i]);
    }

  done = read_sources (self, queue, &local);
  if (done)
    imp_queue_finish (queue);
  else
    imp_queue_abort (queue);

  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (threads[i]);

  /* A full scratch disk stops the readers too: its error is the one to tell. */
  for (guint i = 0; i < self->n_threads; i++)
    {
      if (parsers[i].error == NULL)
        continue;
      if (done || local == NULL || g_error_matches (local, IMP_ERROR, IMP_ERROR_CANCELLED))
        {
          g_clear_error (&local);
          local = g_steal_pointer (&parsers[i].error);
        }
      g_clear_error (&parsers[i].error);
      done = FALSE;
    }

  for (guint i = 0; i < self->n_threads; i++)
    {
      imp_tally_merge (self->tally, imp_parser_tally (parsers[i].parser));
      imp_parser_free (parsers[i].parser);
    }
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local));
  return done;
}
