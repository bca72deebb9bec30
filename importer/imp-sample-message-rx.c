/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

void
imp_sample_put_total (ImpSampleBuffer *text, const ImpSampleLine *line)
{
  const ImpSampleRegimen *regimen = line->regimen;
  gint64 thousandths;
  guint digits;

  if (regimen->total.len > 0 && line->days == 0)
    {
      imp_sample_put_word (text, &regimen->total);
      return;
    }
  if (regimen->per_day_thousandths == IMP_SAMPLE_NONE)
    return;
  thousandths = regimen->per_day_thousandths * (line->days > 0 ? line->days : regimen->days);
  digits = thousandths % 1000 == 0 ? 0 : thousandths % 100 == 0 ? 1 : 2;
  imp_sample_put_thousandths (text, thousandths, digits);
}

static const ImpSampleWord *
kind_word (const ImpSampleTables *tables, const ImpSampleDrug *drug)
{
  return &tables->phrases[IMP_SAMPLE_PHRASE_KIND_21 + (drug->kind[1] - '1')];
}

static void
put_rxe (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
         const ImpSampleLine *line)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleRegimen *regimen = line->regimen;
  const ImpSampleUnit *unit = regimen->drug->unit;
  ImpSampleBuffer *text = &chart->text;

  imp_sample_print (text, "RXE||%w|", &regimen->drug->cwe);
  if (regimen->dose.len > 0)
    imp_sample_print (text, "%w|%w|%w||%w|||", &regimen->dose, &regimen->most, &unit->cwe,
                      &regimen->instruction);
  else /* SS-MIX2 spec 4.8: an explicit null where no dose applies */
    imp_sample_print (text, "\"\"||%w||%w|||", &unit->cwe, &regimen->instruction);
  imp_sample_put_total (text, line);
  imp_sample_print (text, "|%w|", &unit->cwe);
  if (prescription->refills > 0)
    imp_sample_print (text, "%u", prescription->refills);
  imp_sample_print (text, "|||||||");
  if (regimen->per_day.len > 0)
    imp_sample_print (text, "%w^%w", &regimen->per_day, &unit->parts);
  imp_sample_print (text, "||%w%w||||||%w\r", &tables->phrases[prescription->category],
                    line->is_one_pack ? imp_sample_phrase (tables, ONE_PACK) : NULL,
                    kind_word (tables, regimen->drug));
}

static void
put_timing (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
            const ImpSampleLine *line)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleRegimen *regimen = line->regimen;
  ImpSampleBuffer *text = &chart->text;
  guint days = line->days > 0 && regimen->days > 0 ? line->days : (guint) regimen->days;

  imp_sample_print (text, "TQ1|1||%w", &regimen->usage->rpt);
  if (regimen->pattern.len > 0)
    imp_sample_print (text, "~%w", &regimen->pattern);
  imp_sample_print (text, "|||");
  if (days > 0)
    imp_sample_print (text, "%u%w", days, imp_sample_phrase (tables, DAYS));
  imp_sample_print (text, "|%d||||%w", prescription->start, &regimen->limit);
  if (regimen->times > 0)
    imp_sample_print (text, "|||%u", (guint) regimen->times);
  imp_sample_print (text, "\rRXR|%w", &regimen->route);
  if (regimen->site.len > 0)
    imp_sample_print (text, "|%w", &regimen->site);
  imp_sample_print (text, "\r");
}

static void
add_drug_truth (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
                const ImpSampleLine *line, const char *group)
{
  const ImpSampleRegimen *regimen = line->regimen;
  char order[20];

  if (chart->truth == NULL)
    return;
  g_snprintf (order, sizeof order, "%015" G_GUINT64_FORMAT, prescription->order);
  imp_sample_truth_add (chart->truth, IMP_SAMPLE_TRUTH_DRUGS, "order", order, "rp", group, "drug",
                        regimen->drug->name.text, "dose", regimen->dose.text, "dose_max",
                        regimen->most.text, "per_day", regimen->per_day.text, "usage",
                        regimen->usage->name.text, NULL);
}

/* Lines of equal usage and days are one Rp; the others begin a new one. */
static guint
next_group (const ImpSamplePrescription *prescription, guint i, guint group)
{
  const ImpSampleLine *line = &prescription->lines[i];
  const ImpSampleLine *before = i > 0 ? &prescription->lines[i - 1] : NULL;
  gboolean is_same = before != NULL && before->regimen->usage == line->regimen->usage &&
                     before->regimen->pattern.len == 0 && line->regimen->pattern.len == 0 &&
                     before->regimen->days == line->regimen->days && before->days == line->days &&
                     before->regimen->days > 0;

  return is_same ? group : group + 1;
}

void
imp_sample_write_prescription (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSamplePrescription *prescription = record;
  guint group = 0;

  imp_sample_file_begin (chart, IMP_SAMPLE_OMP_01, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < prescription->n_lines; i++)
    {
      const ImpSampleLine *line = &prescription->lines[i];
      char group_text[8];

      group = next_group (prescription, i, group);
      g_snprintf (group_text, sizeof group_text, "%u", group);
      imp_sample_put_orc (chart, act, prescription->order, group_text);
      put_rxe (chart, prescription, line);
      put_timing (chart, prescription, line);
      add_drug_truth (chart, prescription, line, group_text);
      imp_sample_fhir_drug (chart, prescription, i, group, act);
    }
  imp_sample_finish (chart, IMP_SAMPLE_OMP_01, act->day, prescription->order, act);
}

/* Times of day by the positions of a JAMI code: morning, noon, evening, bedtime, rising. */
static const struct
{
  guint position;
  int hour;
} day_times[] = { { 7, 8 }, { 6, 12 }, { 5, 18 }, { 4, 21 }, { 8, 6 } };

static void
add_taken_truth (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
                 const ImpSampleRegimen *regimen, gboolean is_refused)
{
  char order[20];

  if (chart->truth == NULL)
    return;
  g_snprintf (order, sizeof order, "%015" G_GUINT64_FORMAT, prescription->order);
  imp_sample_truth_add (chart->truth, IMP_SAMPLE_TRUTH_GIVEN, "order", order, "drug",
                        regimen->drug->name.text, "amount", regimen->dose.text, "status",
                        is_refused ? "RE" : "CP", NULL);
}

static guint
put_taken (ImpSampleChart *chart, const ImpSamplePrescription *prescription,
           const ImpSampleAct *act, guint i)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleRegimen *regimen = prescription->lines[i].regimen;
  const ImpSampleStaff *nurse = imp_sample_chart_nurse (chart, prescription->salt);
  ImpSampleBuffer *text = &chart->text;
  guint n = 0;

  for (guint j = 0; j < G_N_ELEMENTS (day_times); j++)
    {
      gint64 time = imp_sample_time (act->day, day_times[j].hour, 5 + (int) i);
      gboolean is_refused = imp_sample_random_mix (prescription->salt * 64 + i * 8 + j) % 150 == 0;

      if (regimen->usage->code.text[day_times[j].position] == '0' || time + 600 > act->at)
        continue;
      if (n++ == 0)
        imp_sample_put_orc (chart, act, prescription->order, "");
      imp_sample_print (text, "RXA|0|%u|%t|%t|%w|%w|%w||%w|%w|", n, time, time, &regimen->drug->cwe,
                        &regimen->dose, &regimen->drug->unit->cwe,
                        is_refused ? NULL : imp_sample_phrase (tables, TAKEN), &nurse->xcn);
      imp_sample_put_place (text, &chart->place);
      imp_sample_print (text, "|||||||%w||%s||%t\r",
                        is_refused ? imp_sample_phrase (tables, REFUSED) : NULL,
                        is_refused ? "RE" : "CP", time + 300);
      add_taken_truth (chart, prescription, regimen, is_refused);
      imp_sample_fhir_taken (chart, prescription, i, time, nurse, is_refused);
    }
  if (n > 0)
    imp_sample_print (text, "RXR|%w\r", &regimen->route);
  return n;
}

void
imp_sample_write_dispensing (ImpSampleChart *chart, gconstpointer record, const ImpSampleAct *act)
{
  const ImpSamplePrescription *prescription = record;
  guint n_given = 0;

  imp_sample_file_begin (chart, IMP_SAMPLE_OMP_11, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < prescription->n_lines; i++)
    {
      const ImpSampleRegimen *regimen = prescription->lines[i].regimen;

      /* What is not taken every day and always alike is written down elsewhere. */
      if (regimen->days > 0 && regimen->pattern.len == 0 && regimen->dose.len > 0 &&
          regimen->most.len == 0)
        n_given += put_taken (chart, prescription, act, i);
    }
  if (n_given > 0)
    imp_sample_finish (chart, IMP_SAMPLE_OMP_11, act->day, prescription->order, act);
  else
    chart->text.len = chart->file_start;
}
