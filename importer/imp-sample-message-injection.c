/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

#include <stdlib.h>

/* One administration: an infusion at one of its times. */
typedef struct
{
  const ImpSampleInfusion *infusion;
  guint group, number; /* from 1 */
  gint64 from, to;
  char outcome; /* C complete, P partly, R refused, N not given, - nothing written */
} Dose;

#define MAX_DOSES 8

static gboolean
is_as_needed (const ImpSampleInfusion *infusion)
{
  return infusion->times[0] == 'P';
}

/* 93 of 100 are given; what the others meet is part of the drill. */
static char
draw_outcome (const ImpSampleInjection *injection, guint group, guint number)
{
  guint draw = (guint) (imp_sample_random_mix (injection->order * 64 + group * 8 + number) % 100);

  return draw < 93 ? 'C' : "PNR----"[draw - 93];
}

static guint
list_doses (const ImpSampleInjection *injection, guint group, Dose *doses)
{
  const ImpSampleInfusion *infusion = injection->infusions[group];
  const char *outcomes = injection->outcomes != NULL ? injection->outcomes[group] : NULL;
  const char *at = infusion->times;
  guint n = 0;

  if (is_as_needed (infusion))
    return 0;
  while (*at != '\0' && n < MAX_DOSES)
    {
      int time = (int) strtol (at, (char **) &at, 10);
      Dose *dose = &doses[n];

      while (*at == ' ')
        at++;
      dose->infusion = infusion;
      dose->group = group + 1;
      dose->number = n + 1;
      dose->from = imp_sample_time (injection->day, time / 100, time % 100);
      dose->to = dose->from + infusion->minutes * 60;
      if (dose->from < injection->not_before)
        continue;
      n++;
      dose->outcome = outcomes != NULL ? (strlen (outcomes) >= n ? outcomes[n - 1] : '-')
                                       : draw_outcome (injection, group, n);
    }
  return n;
}

static void
put_components (ImpSampleChart *chart, const ImpSampleInfusion *infusion)
{
  const ImpSampleTables *tables = chart->hospital->tables;

  for (guint i = 0; i < infusion->n_mixtures; i++)
    {
      const ImpSampleMixture *mixture =
          imp_sample_table_row (tables, IMP_SAMPLE_MIXTURES, infusion->first_mixture + i);
      const ImpSampleUnit *unit = mixture->unit != NULL ? mixture->unit : mixture->drug->unit;

      imp_sample_print (&chart->text, "RXC|%w|%w|%w|%w", &mixture->part, &mixture->drug->cwe,
                        &mixture->amount, &unit->cwe);
      if (mixture->drug->class_.len > 0)
        imp_sample_print (&chart->text, "|||%w", &mixture->drug->class_);
      imp_sample_print (&chart->text, "\r");
    }
}

static void
put_encoded (ImpSampleChart *chart, const ImpSampleInfusion *infusion)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *text = &chart->text;
  gboolean is_drip = infusion->rate.len > 0;

  imp_sample_print (text, "RXE||%w|%w||%w|%w|%w||||||||||||||%w~%w||%w|%w|||%w", &infusion->kind,
                    &infusion->volume,
                    infusion->volume.len > 0 ? imp_sample_phrase (tables, ML) : NULL,
                    imp_sample_phrase (tables, INJECTION), &infusion->instruction,
                    imp_sample_phrase (tables, WARD_RX), &infusion->order_class, &infusion->rate,
                    is_drip ? imp_sample_phrase (tables, ML_PER_HOUR) : NULL,
                    is_drip ? imp_sample_phrase (tables, DRIP) : imp_sample_phrase (tables, SHOT));
  if (chart->place.ward != NULL)
    imp_sample_print (text, "|||||||||||||||%w^^^^^N", chart->place.ward);
  imp_sample_print (text, "\r");
}

static void
put_route (ImpSampleBuffer *text, const ImpSampleInfusion *infusion)
{
  imp_sample_print (text, "RXR|%w||%w|%w|%w\r", &infusion->route, &infusion->device,
                    &infusion->method, &infusion->line);
}

static void
put_group (char *out, gsize size, guint64 order, guint group, guint number)
{
  g_snprintf (out, size, "%015" G_GUINT64_FORMAT "_%02u_%03u", order, group, number);
}

static void
put_dose (ImpSampleChart *chart, const ImpSampleInjection *injection, const ImpSampleAct *act,
          const Dose *dose)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  char group[32];

  put_group (group, sizeof group, injection->order, dose->group, dose->number);
  imp_sample_put_orc (chart, act, injection->order, group);
  put_encoded (chart, dose->infusion);
  if (is_as_needed (dose->infusion))
    imp_sample_print (&chart->text, "TQ1|1||%w||||%d||||%w|||3\r", imp_sample_phrase (tables, PAIN),
                      injection->day, imp_sample_phrase (tables, THREE_TIMES_LIMIT));
  else
    imp_sample_print (&chart->text, "TQ1|1||||||%m|%m\r", dose->from, dose->to);
  put_route (&chart->text, dose->infusion);
  put_components (chart, dose->infusion);
}

typedef struct
{
  char letter;
  const char *status;     /* RXA-20 */
  ImpSamplePhrase note;   /* RXA-9, or IMP_SAMPLE_N_PHRASES */
  ImpSamplePhrase reason; /* RXA-18, likewise */
} Outcome;

static const Outcome outcomes[] = {
  { 'C', "CP", IMP_SAMPLE_PHRASE_GIVEN, IMP_SAMPLE_N_PHRASES },
  { 'P', "PA", IMP_SAMPLE_PHRASE_PARTLY, IMP_SAMPLE_N_PHRASES },
  { 'R', "RE", IMP_SAMPLE_N_PHRASES, IMP_SAMPLE_PHRASE_REFUSED },
  { 'N', "NA", IMP_SAMPLE_N_PHRASES, IMP_SAMPLE_PHRASE_NOT_NEEDED },
  { 'r', "", IMP_SAMPLE_PHRASE_GIVEN, IMP_SAMPLE_N_PHRASES }, /* still running */
};

static const Outcome *
find_outcome (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i].letter == letter)
      return &outcomes[i];
  return NULL;
}

static void
add_truth (ImpSampleChart *chart, const ImpSampleInjection *injection, const Dose *dose,
           ImpSampleTruthList list)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  char group[32], order[20];

  if (chart->truth == NULL)
    return;
  put_group (group, sizeof group, injection->order, dose->group, dose->number);
  g_snprintf (order, sizeof order, "%015" G_GUINT64_FORMAT, injection->order);
  for (guint i = 0; i < dose->infusion->n_mixtures; i++)
    {
      const ImpSampleMixture *mixture =
          imp_sample_table_row (tables, IMP_SAMPLE_MIXTURES, dose->infusion->first_mixture + i);
      const Outcome *outcome = find_outcome (dose->outcome);

      imp_sample_truth_add (chart->truth, list, "order", order, "rp", group, "drug",
                            mixture->drug->name.text, "part", mixture->part.text, "amount",
                            mixture->amount.text, "status",
                            list == IMP_SAMPLE_TRUTH_GIVEN ? outcome->status : NULL, NULL);
    }
}

static ImpSampleFhirDose
fhir_dose (const ImpSampleInjection *injection, const Dose *dose, const char *group)
{
  return (ImpSampleFhirDose){
    .order = injection->order,
    .infusion = dose->infusion,
    .rp = group,
    .group = dose->group,
    .number = dose->number,
    .from = dose->from,
    .to = dose->to,
    .day = injection->day,
  };
}

static void
tell_ordered (ImpSampleChart *chart, const ImpSampleInjection *injection, const ImpSampleAct *act,
              const Dose *dose)
{
  char group[32];
  ImpSampleFhirDose told;

  put_group (group, sizeof group, injection->order, dose->group, dose->number);
  told = fhir_dose (injection, dose, group);
  imp_sample_fhir_infusion (chart, &told, act);
}

void
imp_sample_write_injection (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleInjection *injection = record;
  guint n_doses = 0;

  imp_sample_file_begin (chart, IMP_SAMPLE_OMP_02, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < injection->n_infusions; i++)
    {
      Dose doses[MAX_DOSES];
      guint n = list_doses (injection, i, doses);

      if (is_as_needed (injection->infusions[i]))
        doses[n++] = (Dose) { .infusion = injection->infusions[i], .group = i + 1, .number = 1 };
      for (guint j = 0; j < n; j++)
        {
          put_dose (chart, injection, act, &doses[j]);
          add_truth (chart, injection, &doses[j], IMP_SAMPLE_TRUTH_INJECTIONS);
          tell_ordered (chart, injection, act, &doses[j]);
        }
      n_doses += n;
    }
  /* Ordered too late in the day for any of its times. */
  if (n_doses > 0)
    imp_sample_finish (chart, IMP_SAMPLE_OMP_02, act->day, injection->order, act);
  else
    chart->text.len = chart->file_start;
}

static const ImpSampleWord *
optional_phrase (const ImpSampleTables *tables, ImpSamplePhrase phrase)
{
  return phrase < IMP_SAMPLE_N_PHRASES ? &tables->phrases[phrase] : NULL;
}

static void
put_given (ImpSampleChart *chart, const ImpSampleInjection *injection, const ImpSampleAct *act,
           const Dose *dose)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleStaff *nurse =
      imp_sample_chart_nurse (chart, injection->salt + (guint) (dose->from / 28800));
  const ImpSampleInfusion *infusion = dose->infusion;
  const Outcome *outcome = find_outcome (dose->outcome);
  gint64 late = (gint64) (imp_sample_random_mix (injection->order + dose->number) % 15) * 60;
  gint64 length = (dose->to - dose->from) / (dose->outcome == 'P' ? 2 : 1);
  ImpSampleBuffer *text = &chart->text;
  char group[32];
  ImpSampleFhirDose told;

  put_group (group, sizeof group, injection->order, dose->group, dose->number);
  imp_sample_put_orc (chart, act, injection->order, group);
  for (guint i = 0; i < infusion->n_mixtures; i++)
    {
      const ImpSampleMixture *mixture =
          imp_sample_table_row (tables, IMP_SAMPLE_MIXTURES, infusion->first_mixture + i);
      const ImpSampleUnit *unit = mixture->unit != NULL ? mixture->unit : mixture->drug->unit;

      imp_sample_print (text, "RXA|0|%u|%t|", i + 1, dose->from + late);
      if (dose->outcome != 'r')
        imp_sample_print (text, "%t", dose->from + late + length);
      imp_sample_print (text, "|%w|%w|%w||%w|%w|", &mixture->drug->cwe, &mixture->amount,
                        &unit->cwe, optional_phrase (tables, outcome->note), &nurse->xcn);
      imp_sample_put_place (text, &chart->place);
      imp_sample_print (
          text, "|%w%s||||||%w||%s||%t\r", &infusion->rate, infusion->rate.len > 0 ? "ml/hr" : "",
          optional_phrase (tables, outcome->reason), outcome->status, dose->from + late + 300);
    }
  put_route (text, infusion);
  told = fhir_dose (injection, dose, group);
  told.from = dose->from + late;
  told.to = told.from + length;
  imp_sample_fhir_given (chart, &told, outcome->status, optional_phrase (tables, outcome->reason),
                         optional_phrase (tables, outcome->note), nurse);
}

void
imp_sample_write_administration (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act)
{
  const ImpSampleInjection *injection = record;
  guint n_written = 0;

  imp_sample_file_begin (chart, IMP_SAMPLE_OMP_12, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < injection->n_infusions; i++)
    {
      Dose doses[MAX_DOSES];
      guint n = list_doses (injection, i, doses);

      for (guint j = 0; j < n; j++)
        if (doses[j].outcome != '-' && doses[j].from + 1200 <= act->at)
          {
            if (doses[j].to + 1200 > act->at)
              doses[j].outcome = 'r';
            put_given (chart, injection, act, &doses[j]);
            add_truth (chart, injection, &doses[j], IMP_SAMPLE_TRUTH_GIVEN);
            n_written++;
          }
    }
  if (n_written > 0)
    imp_sample_finish (chart, IMP_SAMPLE_OMP_12, act->day, injection->order, act);
  else
    chart->text.len = chart->file_start;
}
