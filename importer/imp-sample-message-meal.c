/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"

void
imp_sample_write_meal (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSampleMealOrder *order = record;
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleBuffer *text = &chart->text;

  imp_sample_file_begin (chart, IMP_SAMPLE_OMD, NULL, act->at);
  imp_sample_print (text, "%b%b", &chart->pid, &chart->pv1);
  imp_sample_put_orc (chart, act, order->order, "");
  /* First and last meal to the hour: HL7 v2.5 TQ1-7, -8. */
  imp_sample_print (text, "TQ1|1||%w||||%d", imp_sample_phrase (tables, THREE_MEALS),
                    imp_sample_time_day (order->from));
  imp_sample_put_number (text, (guint64) (order->from / 3600 % 24), 2);
  imp_sample_print (text, "|");
  if (order->to != 0)
    {
      imp_sample_print (text, "%d", imp_sample_time_day (order->to));
      imp_sample_put_number (text, (guint64) (order->to / 3600 % 24), 2);
    }
  imp_sample_print (text, "\rODS|D||%w|%w\r", &order->meal->diet, &order->meal->note);
  imp_sample_fhir_meal (chart, order, act);
  imp_sample_finish (chart, IMP_SAMPLE_OMD, act->day, order->order, act);
}
