/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-message.h"
#include "imp-sample-truth.h"

static void
put_problem (ImpSampleChart *chart, const ImpSampleProblem *problem, guint number, gint64 at)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleDiagnosis *diagnosis = problem->diagnosis;
  ImpSampleBuffer *text = &chart->text;
  gboolean has_end = problem->end != 0;

  imp_sample_print (text, "PRB|%s|%t|%w|", problem->action, at, &diagnosis->disease);
  imp_sample_put_number (text, chart->person.id, 10);
  imp_sample_print (text, "-%z|||%d||", number, problem->start);
  if (has_end)
    imp_sample_print (text, "%d", problem->end);
  if (diagnosis->icd.len > 0)
    imp_sample_print (text, "|%w^^I10%w", &diagnosis->icd,
                      problem->is_inpatient ? imp_sample_phrase (tables, AT_ADMISSION)
                                            : imp_sample_phrase (tables, AT_CLINIC));
  else
    imp_sample_print (text, "|");
  imp_sample_print (text, "|||%w|%w|",
                    problem->is_suspected ? imp_sample_phrase (tables, SUSPECTED) : NULL,
                    problem->outcome);
  if (has_end)
    imp_sample_print (text, "%d", problem->end);
  imp_sample_print (text, "|%d|%w|%w", problem->start, problem->typed,
                    problem->is_main ? imp_sample_phrase (tables, MAIN_DISEASE) : NULL);
  if (problem->is_confidential)
    imp_sample_print (text, "|||||||%w", imp_sample_phrase (tables, CONFIDENTIAL));
  imp_sample_print (text, "\rZPR|%w|%w|%w||%w^%w^MDCDX2\r", problem->prefix, &diagnosis->disease,
                    problem->is_suspected ? imp_sample_phrase (tables, SUSPECTED_SUFFIX) : NULL,
                    &diagnosis->exchange, &diagnosis->name);
  imp_sample_print (text, "ORC|NW|%o|||||||%t|||%w|||||%w\r", IMP_SAMPLE_NO_ORDER, at,
                    &chart->place.doctor->xcn, &problem->department->local);
}

void
imp_sample_write_problems (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleProblemList *list = record;

  imp_sample_file_begin (chart, IMP_SAMPLE_PPR_01, NULL, act->at);
  imp_sample_print (&chart->text, "%b", &chart->pid);
  for (guint i = 0; i < list->n_problems; i++)
    {
      const ImpSampleProblem *problem = &list->problems[i];

      put_problem (chart, problem, list->first + i + 1, act->at);
      imp_sample_truth_add (chart->truth, IMP_SAMPLE_TRUTH_PROBLEMS, "name",
                            problem->diagnosis->name.text, "action", problem->action, "suspected",
                            problem->is_suspected ? "1" : NULL, "main",
                            problem->is_main ? "1" : NULL, "outcome",
                            problem->outcome != NULL ? problem->outcome->text : NULL, NULL);
    }
  imp_sample_finish (chart, IMP_SAMPLE_PPR_01, IMP_SAMPLE_UNDATED, list->order, act);
}
