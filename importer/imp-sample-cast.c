/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-cast.h"
#include "imp-sample-resource.h"

#include <stdlib.h>

#define CAST_PATH "/org/tomoshibi/sample/cast.tsv"
#define N_COLUMNS 6

struct _ImpSampleCast
{
  const ImpSampleHospital *hospital;
  char **lines;
  GPtrArray *fields; /* (element-type GStrv) of each line kept */
  GArray *scenes;    /* (element-type ImpSampleScene) */
  GArray *firsts;    /* (element-type guint): first scene of each person */
};

static gint64
read_clock (const char *text)
{
  return text[0] != '\0' ? atoi (text) * 3600 + (strlen (text) == 5 ? atoi (text + 3) : 0) * 60 : 0;
}

static gboolean
add_scene (ImpSampleCast *self, char **fields, GError **error)
{
  const ImpSampleScene *last =
      self->scenes->len > 0 ? &g_array_index (self->scenes, ImpSampleScene, self->scenes->len - 1)
                            : NULL;
  ImpSampleScene scene = {
    .id = fields[0],
    .day = self->hospital->last_day + atoi (fields[1]),
    .verb = fields[3],
    .what = fields[4],
    .details = fields[5],
  };
  gboolean is_new = last == NULL || !g_str_equal (last->id, scene.id);

  scene.time = imp_sample_time (scene.day, 0, 0) + read_clock (fields[2]);
  if (is_new != g_str_equal (scene.verb, "person") ||
      (is_new && last != NULL && strcmp (last->id, scene.id) > 0))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                   "a person begins with \"person\" once, and ids ascend: %s", scene.id);
      return FALSE;
    }
  if (is_new)
    g_array_append_val (self->firsts, self->scenes->len);
  g_array_append_val (self->scenes, scene);
  return TRUE;
}

static gboolean
read_line (ImpSampleCast *self, const char *line, GError **error)
{
  char **fields = g_strsplit (line, "\t", -1);

  g_ptr_array_add (self->fields, fields);
  if (g_strv_length (fields) != N_COLUMNS)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "%u columns instead of %d",
                   g_strv_length (fields), N_COLUMNS);
      return FALSE;
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (fields[i], "-"))
      fields[i][0] = '\0';
  return add_scene (self, fields, error);
}

ImpSampleCast *
imp_sample_cast_new (const ImpSampleHospital *hospital, GError **error)
{
  g_autoptr (ImpSampleCast) self = g_new0 (ImpSampleCast, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  self->hospital = hospital;
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->scenes = g_array_new (FALSE, FALSE, sizeof (ImpSampleScene));
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  bytes = g_resource_lookup_data (imp_sample_get_resource (), CAST_PATH,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self->lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; self->lines[i] != NULL; i++)
    if (g_ascii_isdigit (self->lines[i][0]) && !read_line (self, self->lines[i], error))
      {
        g_prefix_error (error, "cast.tsv line %u: ", i + 1);
        return NULL;
      }
  return g_steal_pointer (&self);
}

void
imp_sample_cast_free (ImpSampleCast *self)
{
  g_strfreev (self->lines);
  g_ptr_array_unref (self->fields);
  g_array_unref (self->scenes);
  g_array_unref (self->firsts);
  g_free (self);
}

guint
imp_sample_cast_size (const ImpSampleCast *self)
{
  return self->firsts->len;
}

gboolean
imp_sample_cast_write (const ImpSampleCast *self, guint i, ImpSampleChart *chart, GError **error)
{
  guint first = g_array_index (self->firsts, guint, i);
  guint end =
      i + 1 < self->firsts->len ? g_array_index (self->firsts, guint, i + 1) : self->scenes->len;
  ImpSamplePlay play = { .chart = chart, .tables = (ImpSampleTables *) self->hospital->tables };

  for (guint j = first; j < end; j++)
    {
      const ImpSampleScene *scene = &g_array_index (self->scenes, ImpSampleScene, j);

      if (!imp_sample_play_scene (&play, scene, error))
        {
          g_prefix_error (error, "cast.tsv, %s %s %s: ", scene->id, scene->verb, scene->what);
          return FALSE;
        }
    }
  imp_sample_course_write_undated (chart, &play.course);
  return TRUE;
}
