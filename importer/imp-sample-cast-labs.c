/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-cast-private.h"

/* "K=6.8,PLT=14.2:P": values as written and, after ":", their own status. */
static gboolean
read_fixed (ImpSamplePlay *play, const char *text, ImpSampleFixedResult *out, guint *n_out,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  *n_out = 0;
  for (guint i = 0; parts[i] != NULL && i < IMP_SAMPLE_MAX_KEYS * 2; i++)
    {
      ImpSampleFixedResult *fixed = &out[*n_out];
      char *value = strchr (parts[i], '=');
      char *status = value != NULL ? strchr (value, ':') : NULL;
      ImpSampleWord *word = g_new0 (ImpSampleWord, 1);
      const void *item;

      g_ptr_array_add (play->tables->blocks, word);
      if (value == NULL)
        continue;
      *value++ = '\0';
      if (status != NULL)
        *status++ = '\0';
      if (!imp_sample_play_find (play, IMP_SAMPLE_LAB_ITEMS, parts[i], &item, error) ||
          !imp_sample_tables_word (play->tables, value, word, error))
        return FALSE;
      *fixed = (ImpSampleFixedResult) {
        .item = imp_sample_table_index (play->tables, IMP_SAMPLE_LAB_ITEMS, item),
        .text = word,
        .status = status != NULL ? g_string_chunk_insert_const (play->tables->texts, status) : NULL,
      };
      (*n_out)++;
    }
  return TRUE;
}

/* sampled then; what: panels; values= first= (an older version) status= hemolytic urgent comment=
 * reported= late (no result yet) */
gboolean
imp_sample_play_labs (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const void *panels[IMP_SAMPLE_MAX_KEYS];
  ImpSampleFixedResult fixed[IMP_SAMPLE_MAX_KEYS * 2];
  g_autofree char *values = imp_sample_scene_detail (scene, "values");
  g_autofree char *first = imp_sample_scene_detail (scene, "first");
  g_autofree char *status = imp_sample_scene_detail (scene, "status");
  gint64 reported = imp_sample_play_time (play, scene, "reported", scene->time + 2700);
  ImpSampleAct act = { "SC", "CM", reported, 0, '1' };
  ImpSampleLab lab = {
    .sampled = scene->time,
    .panels = (const ImpSamplePanel *const *) panels,
    .status = status != NULL ? status : "F",
    .is_hemolytic = imp_sample_scene_has (scene, "hemolytic"),
    .is_urgent = imp_sample_scene_has (scene, "urgent"),
    .has_infection_risk = play->course.has_infection_risk,
    .fixed = fixed,
  };

  if (!imp_sample_play_find_all (play, IMP_SAMPLE_LAB_PANELS, scene->what, panels, &lab.n_panels,
                                 error) ||
      !imp_sample_play_word (play, scene, "comment", &lab.comment, error))
    return FALSE;
  lab.order = imp_sample_play_order (play, scene, scene->time - 1200);
  imp_sample_play_write (play, scene, imp_sample_write_lab_order, &lab, scene->time - 1200);
  imp_sample_play_note_contact (play, scene->time);
  if (imp_sample_scene_has (scene, "late") || imp_sample_scene_fate (scene) == IMP_SAMPLE_CANCELLED)
    return TRUE;
  if (first != NULL)
    {
      ImpSampleAct older = { "SC", "CM", reported - 1500, 0, '2' };
      ImpSampleLab version = lab;

      version.status = "F";
      version.comment = NULL;
      if (!read_fixed (play, first, fixed, &version.n_fixed, error))
        return FALSE;
      imp_sample_write_lab_result (play->chart, &version, &older);
    }
  if (!read_fixed (play, values != NULL ? values : "", fixed, &lab.n_fixed, error))
    return FALSE;
  imp_sample_write_lab_result (play->chart, &lab, &act);
  return TRUE;
}

/* sampled then; what: specimen and organisms; status=P|F susceptibility reported= comment= late;
 * superseded: a preliminary version lies beside it */
gboolean
imp_sample_play_culture (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (scene->what, " ", 2);
  const void *organisms[IMP_SAMPLE_MAX_KEYS];
  g_autofree char *status = imp_sample_scene_detail (scene, "status");
  gint64 reported =
      imp_sample_play_time (play, scene, "reported", scene->time + 3 * IMP_SAMPLE_DAY_SECONDS);
  ImpSampleAct act = { "SC", "CM", reported, 0, '1' };
  ImpSampleAct older = { "SC", "A", reported - IMP_SAMPLE_DAY_SECONDS, 0, '2' };
  ImpSampleCulture culture = { .sampled = scene->time };

  if (!imp_sample_play_find (play, IMP_SAMPLE_SPECIMENS, parts[0],
                             (const void **) &culture.specimen, error) ||
      (parts[1] != NULL && !imp_sample_play_find_all (play, IMP_SAMPLE_ORGANISMS, parts[1],
                                                      organisms, &culture.n_organisms, error)) ||
      !imp_sample_play_word (play, scene, "comment", &culture.comment, error))
    return FALSE;
  culture.n_organisms = MIN (culture.n_organisms, G_N_ELEMENTS (culture.organisms));
  for (guint i = 0; i < culture.n_organisms; i++)
    culture.organisms[i] = organisms[i];
  culture.order = imp_sample_play_order (play, scene, scene->time - 600);
  imp_sample_play_write (play, scene, imp_sample_write_culture_order, &culture, scene->time - 600);
  if (imp_sample_scene_has (scene, "late"))
    return TRUE;
  if (imp_sample_scene_has (scene, "superseded"))
    {
      culture.status = "P";
      imp_sample_write_culture_result (play->chart, &culture, &older);
    }
  culture.status = status != NULL ? status : "F";
  culture.has_susceptibility = imp_sample_scene_has (scene, "susceptibility");
  imp_sample_write_culture_result (play->chart, &culture, &act);
  return TRUE;
}

/* A result that names somebody else in PID; what: panels; id= name= birth= values= */
gboolean
imp_sample_play_misfile (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const void *panels[IMP_SAMPLE_MAX_KEYS];
  ImpSampleFixedResult fixed[IMP_SAMPLE_MAX_KEYS * 2];
  g_autofree char *values = imp_sample_scene_detail (scene, "values");
  g_autofree char *id = imp_sample_scene_detail (scene, "id");
  g_autofree char *birth = imp_sample_scene_detail (scene, "birth");
  const ImpSampleWord *name;
  ImpSampleBuffer own = play->chart->pid;
  ImpSampleAct act = { "SC", "CM", scene->time + 2700, 0, '1' };
  ImpSampleLab lab = {
    .sampled = scene->time,
    .order = imp_sample_play_order (play, scene, scene->time),
    .panels = (const ImpSamplePanel *const *) panels,
    .status = "F",
    .fixed = fixed,
  };

  if (!imp_sample_play_find_all (play, IMP_SAMPLE_LAB_PANELS, scene->what, panels, &lab.n_panels,
                                 error) ||
      !imp_sample_play_word (play, scene, "name", &name, error) ||
      !read_fixed (play, values != NULL ? values : "", fixed, &lab.n_fixed, error))
    return FALSE;
  if (play->chart->hospital->is_clean)
    return TRUE;
  play->chart->pid = (ImpSampleBuffer) { 0 };
  imp_sample_print (&play->chart->pid, "PID|0001||%s^^^^PI||%w||%s|F\r", id, name, birth);
  play->chart->next_fault = IMP_SAMPLE_FAULT_MISFILED;
  imp_sample_write_lab_result (play->chart, &lab, &act);
  imp_sample_buffer_clear (&play->chart->pid);
  play->chart->pid = own;
  return TRUE;
}
