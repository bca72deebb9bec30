/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

gboolean
imp_sample_act_is_live (const ImpSampleAct *act)
{
  return act->flag == '1' && !g_str_equal (act->control, "CA") && !g_str_equal (act->control, "DC");
}

gboolean
imp_sample_act_is_withdrawal (const ImpSampleAct *act)
{
  return act->fate == IMP_SAMPLE_CANCELLED || act->fate == IMP_SAMPLE_LOST;
}

void
imp_sample_put_orc (ImpSampleChart *chart, const ImpSampleAct *act, guint64 order,
                    const char *group)
{
  imp_sample_print (&chart->text, "ORC|%s|%o||%s|%s||||%t%b", act->control, order, group,
                    act->status, act->at, &chart->tail);
}

void
imp_sample_finish (ImpSampleChart *chart, ImpSampleType type, int day, guint64 order,
                   const ImpSampleAct *act)
{
  gboolean was_written = imp_sample_file_end (chart, type, day, order, act->at, act->flag);
  ImpSampleFault fault =
      was_written ? g_array_index (chart->files, ImpSampleFile, chart->files->len - 1).fault
                  : IMP_SAMPLE_INTACT;

  imp_sample_truth_file (chart->truth, type, was_written && !imp_sample_fault_loses (fault),
                         imp_sample_act_is_live (act));
  imp_sample_fhir_settle (chart->fhir,
                          was_written && (act->flag == '1' || imp_sample_act_is_withdrawal (act)));
}

/* What a message of another fate says after the first one; the first is kept with this flag. */
static const struct
{
  char first_flag;
  char same_day_flag;
  ImpSampleAct second;
} fates[] = {
  [IMP_SAMPLE_LIVE] = { '1', 0, { "NW", "", 0, 0, 0 } },
  [IMP_SAMPLE_CANCELLED] = { '0', '0', { "CA", "CA", 0, 0, '0' } },
  [IMP_SAMPLE_SUPERSEDED] = { '2', '2', { "NW", "", 0, 0, '1' } },
  [IMP_SAMPLE_STOPPED] = { '0', '2', { "DC", "DC", 0, 0, '1' } },
  [IMP_SAMPLE_LOST] = { '2', '2', { "NW", "", 0, 0, '1' } },
  [IMP_SAMPLE_ON_HOLD] = { '0', '2', { "HD", "HD", 0, 0, '1' } },
};

/*
 * A change on a later day moves the order to that day's folder, as ORC-9 is the time of the change
 * (SS-MIX2 spec 2.3): the old file and a message of deletion stay behind with flag 0.
 */
void
imp_sample_write (ImpSampleChart *chart, ImpSampleWriter writer, gconstpointer record,
                  gint64 entered, ImpSampleFate fate, gint64 changed)
{
  ImpSampleAct first = { "NW", "", entered, imp_sample_time_day (entered), '1' };
  ImpSampleAct second = fates[fate].second;

  second.at = changed;
  second.day = imp_sample_time_day (changed);
  second.fate = fate;
  if (fate == IMP_SAMPLE_CANCELLED || fate == IMP_SAMPLE_SUPERSEDED)
    second.day = first.day;
  if (fate == IMP_SAMPLE_LIVE || changed > chart->hospital->as_of)
    {
      writer (chart, record, &first);
      return;
    }

  if (fate == IMP_SAMPLE_LOST)
    {
      first.flag = '2';
      first.fate = fate;
      writer (chart, record, &first);
      return;
    }
  first.flag = second.day == first.day ? fates[fate].same_day_flag : fates[fate].first_flag;
  writer (chart, record, &first);
  if (second.day != first.day)
    {
      ImpSampleAct deletion = { "CA", "CA", changed, first.day, '0' };

      writer (chart, record, &deletion);
    }
  writer (chart, record, &second);
}
