/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

#define MAX_RESULTS 128

/* A result before it is written. */
typedef struct
{
  const ImpSampleLabItem *item;
  const ImpSampleWord *text; /* or %NULL: the number */
  gint64 value;              /* thousandths */
  const char *flag;
  const char *status;
  const char *type; /* OBX-2 */
} Result;

static gint64
shifted_mean (const ImpSampleChart *chart, const ImpSampleLab *lab, guint item)
{
  gint64 mean = chart->lab_means[item];

  for (guint i = 0; i < lab->n_shifts; i++)
    if (lab->shifts[i].item == item)
      mean = lab->shifts[i].first +
             (lab->shifts[i].last - lab->shifts[i].first) * (gint64) lab->progress / 1000;
  return mean;
}

/* The flags the laboratory system sends; the viewer computes none. */
static const char *
range_flag (const ImpSampleLabItem *item, guint sex, gint64 value)
{
  if (item->panic_high != IMP_SAMPLE_NONE && value >= item->panic_high)
    return "HH";
  if (item->panic_low != IMP_SAMPLE_NONE && value <= item->panic_low)
    return "LL";
  if (item->high[sex] != IMP_SAMPLE_NONE && value > item->high[sex])
    return "H";
  if (item->low[sex] != IMP_SAMPLE_NONE && value < item->low[sex])
    return "L";
  return "";
}

/* A value is flagged as it is printed, not as it was before rounding. */
static gint64
round_to_digits (gint64 value, gint64 digits)
{
  static const gint64 steps[] = { 1000, 100, 10, 1 };
  gint64 step = steps[digits];

  return (value + step / 2) / step * step;
}

static void
draw_number (const ImpSampleChart *chart, const ImpSampleLab *lab, ImpSampleRandom *random,
             guint index, Result *out)
{
  const ImpSampleLabItem *item = out->item;
  guint sex = chart->person.sex == 'F' ? 1 : 0;
  gint64 mean = shifted_mean (chart, lab, index);
  gint64 spread = MIN (item->deviation / 3, mean / 12 + 1);
  gint64 value = mean + spread * imp_sample_random_normal (random) / 1000;

  if (lab->is_hemolytic && (g_str_equal (item->key, "K") || g_str_equal (item->key, "LD")))
    value += value / 3;
  out->value = round_to_digits (MAX (value, 0), item->digits);
  out->flag = range_flag (item, sex, out->value);
  if (item->floor != IMP_SAMPLE_NONE && out->value < item->floor)
    out->text = &item->floor_text;
  else if (item->ceiling != IMP_SAMPLE_NONE && out->value > item->ceiling)
    out->text = &item->ceiling_text;
  out->type = out->text != NULL ? "ST" : "NM";
}

static void
draw_choice (const ImpSampleChart *chart, ImpSampleRandom *random, guint index, Result *out)
{
  const ImpSampleList *choices = &out->item->choices;
  /* A person keeps to one kind of answer: three quarters of the time the first ones. */
  guint usual = (guint) ((guint64) chart->lab_means[index] % choices->n_rows);
  guint pick = imp_sample_random_chance (random, 800)
                   ? usual
                   : imp_sample_random_below (random, choices->n_rows);

  out->text = choices->rows[pick];
  out->flag = strchr (out->text->text, '+') != NULL ? "A" : "";
}

static void
apply_fixed (const ImpSampleLab *lab, guint index, guint sex, Result *out)
{
  for (guint i = 0; i < lab->n_fixed; i++)
    {
      const ImpSampleFixedResult *fixed = &lab->fixed[i];
      gint64 value;

      if (fixed->item != index)
        continue;
      if (fixed->text != NULL)
        {
          out->text = fixed->text;
          out->flag = "";
          out->type = "ST";
          if (imp_sample_parse_thousandths (fixed->text->text, &value))
            {
              out->flag = range_flag (out->item, sex, value);
              out->type = "NM";
            }
        }
      if (fixed->flag != NULL)
        out->flag = fixed->flag;
      if (fixed->status != NULL)
        out->status = fixed->status;
    }
}

static void
draw_result (const ImpSampleChart *chart, const ImpSampleLab *lab, ImpSampleRandom *random,
             const ImpSampleLabItem *item, Result *out)
{
  guint index = imp_sample_table_index (chart->hospital->tables, IMP_SAMPLE_LAB_ITEMS, item);

  *out = (Result) { .item = item, .flag = "", .status = lab->status, .type = "ST" };
  if (item->choices.n_rows > 0)
    draw_choice (chart, random, index, out);
  else
    draw_number (chart, lab, random, index, out);
  apply_fixed (lab, index, chart->person.sex == 'F' ? 1 : 0, out);
}

static void
put_value (ImpSampleBuffer *text, const Result *result)
{
  if (result->text != NULL)
    imp_sample_put_word (text, result->text);
  else
    imp_sample_put_thousandths (text, result->value, (guint) result->item->digits);
}

static void
put_result (ImpSampleChart *chart, const ImpSampleLab *lab, guint number, const Result *result)
{
  const ImpSampleLabItem *item = result->item;
  guint sex = chart->person.sex == 'F' ? 1 : 0;
  ImpSampleBuffer *text = &chart->text;

  imp_sample_print (text, "OBX|%u|%s|%w||", number, result->type, &item->item);
  put_value (text, result);
  imp_sample_print (text, "|%w|", &item->unit);
  if (!lab->lacks_ranges && item->high_text[sex].len > 0)
    imp_sample_print (text, "%w-%w", &item->low_text[sex], &item->high_text[sex]);
  imp_sample_print (text, "|%s|||%s|||%m\r", lab->lacks_ranges ? "" : result->flag, result->status,
                    lab->sampled);
}

static void
add_truth (ImpSampleChart *chart, const ImpSampleLab *lab, const Result *result)
{
  ImpSampleBuffer value = { 0 };
  char order[20], at[16];

  if (chart->truth == NULL)
    return;
  put_value (&value, result);
  imp_sample_put (&value, "", 1);
  g_snprintf (order, sizeof order, "%015" G_GUINT64_FORMAT, lab->order);
  imp_sample_format_time (lab->sampled, at);
  at[12] = '\0';
  imp_sample_truth_add (
      chart->truth, IMP_SAMPLE_TRUTH_LABS, "order", order, "name", result->item->name.text, "value",
      result->text != NULL ? result->text->text : value.bytes, "unit", result->item->unit_name.text,
      "flag", lab->lacks_ranges ? "" : result->flag, "status", result->status, "at", at, NULL);
  imp_sample_buffer_clear (&value);
}

static void
tell_result (ImpSampleChart *chart, const ImpSampleLab *lab, const ImpSampleAct *act, guint panel,
             guint number, const Result *result)
{
  const ImpSampleLabItem *item = result->item;
  guint sex = chart->person.sex == 'F' ? 1 : 0;
  gboolean has_range = !lab->lacks_ranges && item->high_text[sex].len > 0;
  ImpSampleBuffer value = { 0 };
  ImpSampleFhirResult told = {
    .order = lab->order,
    .panel = panel,
    .number = number,
    .item = item->item.text,
    .unit = item->unit.text,
    .low = has_range ? item->low_text[sex].text : "",
    .high = has_range ? item->high_text[sex].text : "",
    .flag = lab->lacks_ranges ? "" : result->flag,
    .status = result->status,
    .sampled = lab->sampled,
    .reported = act->at,
    .material = lab->panels[panel]->material.text,
  };

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  put_value (&value, result);
  imp_sample_put (&value, "", 1);
  told.value = result->text != NULL ? result->text->text : value.bytes;
  imp_sample_fhir_result (chart, &told);
  imp_sample_buffer_clear (&value);
}

static void
put_comment (ImpSampleChart *chart, const ImpSampleLab *lab, guint number,
             const ImpSampleWord *name, const ImpSampleWord *comment)
{
  imp_sample_print (&chart->text, "OBX|%u|ST|%w||%w||||||%s|||%m\r", number, name, comment,
                    lab->status, lab->sampled);
}

static void
put_specimen (ImpSampleChart *chart, const ImpSampleLab *lab, guint i)
{
  const ImpSamplePanel *panel = lab->panels[i];

  imp_sample_print (&chart->text, "SPM|%u|L%o%u||%w||%w", i + 1, lab->order, i + 1,
                    &panel->material, &panel->additive);
}

static const char *
panel_comment (const ImpSampleChart *chart, const ImpSampleLab *lab, guint i, gboolean is_chemistry)
{
  if (lab->comment != NULL && i == 0)
    return lab->comment->text;
  return lab->is_hemolytic && is_chemistry
             ? imp_sample_phrase (chart->hospital->tables, COMMENT_HEMOLYSIS)->text
             : NULL;
}

static void
put_panel (ImpSampleChart *chart, const ImpSampleLab *lab, const ImpSampleAct *act, guint i,
           ImpSampleRandom *random)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSamplePanel *panel = lab->panels[i];
  ImpSampleBuffer *text = &chart->text;
  gboolean is_chemistry = g_str_equal (panel->material.text, lab->panels[0]->material.text);
  guint number = 0, n_results = 0;

  put_specimen (chart, lab, i);
  imp_sample_print (text, "|||||||||||%m\rOBR|%u|%o|L%o%u|%w|||%m|||||", lab->sampled, i + 1,
                    lab->order, lab->order, i + 1, &panel->panel, lab->sampled);
  if (lab->has_infection_risk)
    imp_sample_put_word (text, imp_sample_phrase (tables, HEPATITIS_RISK));
  imp_sample_print (text, "||||%w||||||%t|||%s\r", &chart->place.doctor->xcn, act->at, lab->status);
  imp_sample_put_orc (chart, act, lab->order, "");
  if (lab->is_hemolytic && is_chemistry)
    put_comment (chart, lab, ++number, imp_sample_phrase (tables, HEMOLYSIS),
                 imp_sample_phrase (tables, HEMOLYSIS_ONE));
  for (guint j = 0; j < panel->items.n_rows && j < MAX_RESULTS; j++)
    {
      Result result;

      draw_result (chart, lab, random, panel->items.rows[j], &result);
      put_result (chart, lab, ++number, &result);
      add_truth (chart, lab, &result);
      tell_result (chart, lab, act, i, ++n_results, &result);
    }
  if (lab->is_hemolytic && is_chemistry)
    put_comment (chart, lab, ++number, imp_sample_phrase (tables, COMMENT),
                 imp_sample_phrase (tables, COMMENT_HEMOLYSIS));
  if (lab->comment != NULL && i == 0)
    put_comment (chart, lab, ++number, imp_sample_phrase (tables, COMMENT), lab->comment);
  imp_sample_fhir_panel (chart, lab, i, n_results, panel_comment (chart, lab, i, is_chemistry),
                         act->at);
}

void
imp_sample_write_lab_result (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleLab *lab = record;
  ImpSampleAct done = *act;
  ImpSampleRandom random = imp_sample_random_start (chart->hospital->seed, IMP_SAMPLE_STREAM_COURSE,
                                                    lab->order ^ (lab->noise << 50));

  done.control = "SC";
  done.status = lab->status[0] == 'P' ? "A" : "CM";
  imp_sample_file_begin (chart, IMP_SAMPLE_OML_11, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < lab->n_panels; i++)
    put_panel (chart, lab, &done, i, &random);
  imp_sample_finish (chart, IMP_SAMPLE_OML_11, imp_sample_time_day (lab->sampled), lab->order, act);
}

void
imp_sample_write_lab_order (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleLab *lab = record;
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *text = &chart->text;

  imp_sample_file_begin (chart, IMP_SAMPLE_OML_01, NULL, act->at);
  imp_sample_print (text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < lab->n_panels; i++)
    {
      const ImpSamplePanel *panel = lab->panels[i];

      put_specimen (chart, lab, i);
      imp_sample_print (text, "|||||||||||%m\r", lab->sampled);
      imp_sample_put_orc (chart, act, lab->order, "");
      imp_sample_print (text, "TQ1|1||||||%m||%s^^HL70485\rOBR|%u|%o||%w|||%m|||||", lab->sampled,
                        lab->is_urgent ? "S" : "R", i + 1, lab->order, &panel->panel, lab->sampled);
      if (lab->has_infection_risk)
        imp_sample_put_word (text, imp_sample_phrase (tables, HEPATITIS_RISK));
      imp_sample_print (text, "||||%w\r", &chart->place.doctor->xcn);
      for (guint j = 0; j < panel->items.n_rows; j++)
        {
          const ImpSampleLabItem *item = panel->items.rows[j];

          imp_sample_print (text, "OBX|%u||%w||||||||O\r", j + 1, &item->item);
        }
      imp_sample_fhir_lab_order (chart, lab, i, act);
    }
  imp_sample_finish (chart, IMP_SAMPLE_OML_01, act->day, lab->order, act);
}
