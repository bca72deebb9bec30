/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-cast-private.h"

#include <stdlib.h>

/* (transfer full): the value of NAME in "A=1;NAME=2", or NULL. */
char *
imp_sample_scene_detail (const ImpSampleScene *scene, const char *name)
{
  gsize len = strlen (name);

  for (const char *at = scene->details; *at != '\0'; at = strchrnul (at, ';'))
    {
      at += *at == ';';
      if (strncmp (at, name, len) == 0 && at[len] == '=')
        return g_strndup (at + len + 1, (gsize) (strchrnul (at, ';') - at) - len - 1);
    }
  return NULL;
}

gboolean
imp_sample_scene_has (const ImpSampleScene *scene, const char *name)
{
  g_autofree char *value = imp_sample_scene_detail (scene, name);

  return value != NULL;
}

int
imp_sample_scene_number (const ImpSampleScene *scene, const char *name, int otherwise)
{
  g_autofree char *value = imp_sample_scene_detail (scene, name);

  return value != NULL ? atoi (value) : otherwise;
}

/* "NAME=-3 14:30"; without it @otherwise. */
gint64
imp_sample_play_time (const ImpSamplePlay *play, const ImpSampleScene *scene, const char *name,
                      gint64 otherwise)
{
  g_autofree char *value = imp_sample_scene_detail (scene, name);
  const char *clock = value != NULL ? strchr (value, ' ') : NULL;
  int day;

  if (value == NULL)
    return otherwise;
  day = play->chart->hospital->last_day + atoi (value);
  return clock != NULL ? imp_sample_time (day, atoi (clock + 1), atoi (strchrnul (clock, ':') + 1))
                       : imp_sample_time (day, 9, 0);
}

gboolean
imp_sample_play_word (ImpSamplePlay *play, const ImpSampleScene *scene, const char *name,
                      const ImpSampleWord **out, GError **error)
{
  g_autofree char *value = imp_sample_scene_detail (scene, name);
  ImpSampleWord *word;

  *out = NULL;
  if (value == NULL)
    return TRUE;
  word = g_new0 (ImpSampleWord, 1);
  g_ptr_array_add (play->tables->blocks, word);
  *out = word;
  return imp_sample_tables_word (play->tables, value, word, error);
}

gboolean
imp_sample_play_find (const ImpSamplePlay *play, ImpSampleTableId table, const char *key,
                      const void **out, GError **error)
{
  *out = imp_sample_table_find (play->tables, table, key);
  if (*out == NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "unknown: %s", key);
  return *out != NULL;
}

/* The rows named in a text, blanks between. */
gboolean
imp_sample_play_find_all (const ImpSamplePlay *play, ImpSampleTableId table, const char *keys,
                          const void **rows, guint *n_rows, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (keys, " ", -1);

  *n_rows = 0;
  for (guint i = 0; parts[i] != NULL && *n_rows < IMP_SAMPLE_MAX_KEYS; i++)
    if (!imp_sample_play_find (play, table, parts[i], &rows[(*n_rows)++], error))
      return FALSE;
  return TRUE;
}

static const struct
{
  const char *name;
  ImpSampleFate fate;
} fate_names[] = {
  { "cancelled", IMP_SAMPLE_CANCELLED }, { "superseded", IMP_SAMPLE_SUPERSEDED },
  { "stopped", IMP_SAMPLE_STOPPED },     { "held", IMP_SAMPLE_ON_HOLD },
  { "lost", IMP_SAMPLE_LOST },
};

ImpSampleFate
imp_sample_scene_fate (const ImpSampleScene *scene)
{
  g_autofree char *value = imp_sample_scene_detail (scene, "fate");

  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (fate_names); i++)
    if (g_str_equal (value, fate_names[i].name))
      return fate_names[i].fate;
  return IMP_SAMPLE_LIVE;
}

/* The record of a scene, entered at @entered unless "entered" says otherwise. */
void
imp_sample_play_write (const ImpSamplePlay *play, const ImpSampleScene *scene,
                       ImpSampleWriter writer, gconstpointer record, gint64 entered)
{
  gint64 at = imp_sample_play_time (play, scene, "entered", entered);

  imp_sample_write (play->chart, writer, record, at, imp_sample_scene_fate (scene),
                    imp_sample_play_time (play, scene, "changed", at + 1800));
}

guint64
imp_sample_play_order (const ImpSamplePlay *play, const ImpSampleScene *scene, gint64 entered)
{
  return imp_sample_chart_order (
      play->chart, imp_sample_time_day (imp_sample_play_time (play, scene, "entered", entered)));
}

void
imp_sample_play_note_contact (ImpSamplePlay *play, gint64 time)
{
  if (time <= play->chart->hospital->as_of)
    play->course.last_contact = MAX (play->course.last_contact, time);
}
