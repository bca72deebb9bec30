/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-task.h"

typedef struct
{
  ViewerCohortQuery *query;
  ViewerCohortPlace place;
  ViewerCohortFunc progress;
  gpointer user_data;
} Job;

/* What was found so far, on its way to the thread of the window. */
typedef struct
{
  GTask *task;
  ViewerCohortResult *so_far;
} News;

static void
job_free (gpointer data)
{
  Job *self = data;

  viewer_cohort_query_free (self->query);
  g_free (self->place.at);
  g_free (self->place.as_of);
  g_free (self);
}

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_pointer (&self->so_far, viewer_cohort_result_free);
  g_object_unref (self->task);
  g_free (self);
}

static gboolean
tell (gpointer data)
{
  News *self = data;
  Job *job = g_task_get_task_data (self->task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (self->task)) &&
      !g_task_get_completed (self->task))
    job->progress (g_steal_pointer (&self->so_far), job->user_data);
  return G_SOURCE_REMOVE;
}

static void
found_more (ViewerCohortResult *so_far, gpointer task)
{
  News *news = g_new0 (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  news->task = g_object_ref (task);
  news->so_far = so_far;
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, tell, news, news_free);
  g_source_attach (source, g_task_get_context (task));
}

/* A reader belongs to one thread. */
static void
search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (DiscReader) reader =
      disc_reader_open_again (viewer_disc_get_reader (VIEWER_DISC (source)), &error);
  ViewerCohortResult *result =
      reader != NULL
          ? viewer_cohort_run (reader, job->query, &job->place,
                               job->progress != NULL ? found_more : NULL, task, cancellable, &error)
          : NULL;

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) viewer_cohort_result_free);
}

void
viewer_cohort_search_async (ViewerDisc *disc, const ViewerCohortQuery *query,
                            const ViewerCohortPlace *place, ViewerCohortFunc progress,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (disc, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->query = viewer_cohort_query_copy (query);
  job->place = *place;
  job->place.at = g_strdup (place->at);
  job->place.as_of = g_strdup (place->as_of);
  job->progress = progress;
  job->user_data = user_data;
  g_task_set_source_tag (task, viewer_cohort_search_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, search);
}

ViewerCohortResult *
viewer_cohort_search_finish (ViewerDisc *disc, GAsyncResult *result, GError **error)
{
  viewer_disc_tell (disc);
  return g_task_propagate_pointer (G_TASK (result), error);
}
