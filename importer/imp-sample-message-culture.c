/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"
#include "imp-sample-truth.h"

static void
put_specimen (ImpSampleChart *chart, const ImpSampleCulture *culture)
{
  imp_sample_print (&chart->text, "SPM|1|B%o||%w||||^%w^99SPM|||||||||%m\r", culture->order,
                    &culture->specimen->material, &culture->specimen->name, culture->sampled);
}

static void
put_panel (ImpSampleChart *chart, const ImpSampleCulture *culture, const ImpSampleAct *act,
           guint number, const ImpSampleWord *panel)
{
  imp_sample_print (&chart->text, "OBR|%u|%o|B%o|%w|||%m|||||||||%w||||||%t|||%s", number,
                    culture->order, culture->order, panel, culture->sampled,
                    &chart->place.doctor->xcn, act->at, culture->status);
}

static void
put_observation (ImpSampleChart *chart, const ImpSampleCulture *culture, guint number,
                 const char *type, const ImpSampleWord *item, guint row, const ImpSampleWord *value)
{
  imp_sample_print (&chart->text, "OBX|%u|%s|%w|%u|%w||||||%s|||%m\r", number, type, item, row,
                    value, culture->status, culture->sampled);
}

/* Pairs of organism and amount linked by OBX-4: SS-MIX2 spec 4.12. */
static void
put_organisms (ImpSampleChart *chart, const ImpSampleCulture *culture)
{
  static const char *const amounts[] = { " 3 +", " 1 +" };
  const ImpSampleTables *tables = chart->hospital->tables;
  guint number = 0;

  for (guint i = 0; i < culture->n_organisms; i++)
    {
      put_observation (chart, culture, ++number, "CWE",
                       imp_sample_phrase (tables, CULTURE_ORGANISM), i + 1,
                       &culture->organisms[i]->cwe);
      imp_sample_print (&chart->text, "OBX|%u|ST|%w|%u|%s||||||%s|||%m\r", ++number,
                        imp_sample_phrase (tables, CULTURE_AMOUNT), i + 1, amounts[MIN (i, 1)],
                        culture->status, culture->sampled);
    }
  if (culture->n_organisms == 0)
    put_observation (chart, culture, ++number, "ST", imp_sample_phrase (tables, CULTURE_ORGANISM),
                     1,
                     culture->status[0] == 'P' ? imp_sample_phrase (tables, NO_GROWTH)
                                               : imp_sample_phrase (tables, NEGATIVE));
  if (culture->comment != NULL)
    put_observation (chart, culture, ++number, "ST", imp_sample_phrase (tables, CULTURE_COMMENT), 9,
                     culture->comment);
}

static void
put_susceptibility (ImpSampleChart *chart, const ImpSampleCulture *culture, const ImpSampleAct *act,
                    guint which)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleOrganism *organism = culture->organisms[which];
  char order[20];

  put_panel (chart, culture, act, 3 + which, imp_sample_phrase (tables, SUSCEPTIBILITY));
  imp_sample_print (&chart->text, "|%w^%u^%w\r", imp_sample_phrase (tables, CULTURE_PARENT),
                    which + 1, &organism->name);
  imp_sample_put_orc (chart, act, culture->order, "");
  g_snprintf (order, sizeof order, "%015" G_GUINT64_FORMAT, culture->order);
  for (guint i = 0; i < organism->n_susceptibilities; i++)
    {
      const ImpSampleSusceptibility *row = imp_sample_table_row (
          tables, IMP_SAMPLE_SUSCEPTIBILITIES, organism->first_susceptibility + i);

      imp_sample_print (&chart->text, "OBX|%u|ST|%w||%w|%w||%w|||%s|||%m\r", i + 1,
                        &row->antibiotic->cwe, &row->mic, imp_sample_phrase (tables, MIC_UNIT),
                        &row->flag, culture->status, culture->sampled);
      imp_sample_truth_add (chart->truth, IMP_SAMPLE_TRUTH_LABS, "order", order, "organism",
                            organism->name.text, "name", row->antibiotic->name.text, "value",
                            row->mic.text, "flag", row->flag.text, "status", culture->status, NULL);
    }
}

void
imp_sample_write_culture_result (ImpSampleChart *chart, gconstpointer record,
                                 const ImpSampleAct *act)
{
  const ImpSampleCulture *culture = record;
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleAct done = *act;

  done.control = "SC";
  done.status = culture->status[0] == 'P' ? "A" : "CM";
  imp_sample_file_begin (chart, IMP_SAMPLE_OML_11, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  put_specimen (chart, culture);
  put_panel (chart, culture, &done, 1, imp_sample_phrase (tables, SMEAR));
  imp_sample_print (&chart->text, "\r");
  imp_sample_put_orc (chart, &done, culture->order, "");
  for (guint i = 0; i < culture->n_organisms; i++)
    put_observation (chart, culture, i + 1, "ST", imp_sample_phrase (tables, SMEAR_FINDING), i + 1,
                     &culture->organisms[i]->gram);
  if (culture->n_organisms == 0)
    put_observation (chart, culture, 1, "ST", imp_sample_phrase (tables, SMEAR_FINDING), 1,
                     imp_sample_phrase (tables, NOTHING_SEEN));
  put_panel (chart, culture, &done, 2, imp_sample_phrase (tables, CULTURE));
  imp_sample_print (&chart->text, "\r");
  imp_sample_put_orc (chart, &done, culture->order, "");
  put_organisms (chart, culture);
  for (guint i = 0; i < culture->n_organisms; i++)
    if (culture->has_susceptibility && culture->organisms[i]->n_susceptibilities > 0)
      put_susceptibility (chart, culture, &done, i);
  imp_sample_fhir_culture (chart, culture, act->at);
  imp_sample_finish (chart, IMP_SAMPLE_OML_11, imp_sample_time_day (culture->sampled),
                     culture->order, act);
}

void
imp_sample_write_culture_order (ImpSampleChart *chart, gconstpointer record,
                                const ImpSampleAct *act)
{
  const ImpSampleCulture *culture = record;
  const ImpSampleTables *tables = chart->hospital->tables;
  const ImpSampleWord *const panels[] = { imp_sample_phrase (tables, SMEAR),
                                          imp_sample_phrase (tables, CULTURE) };

  imp_sample_file_begin (chart, IMP_SAMPLE_OML_01, NULL, act->at);
  imp_sample_print (&chart->text, "%b%b", &chart->pid, &chart->pv1);
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      put_specimen (chart, culture);
      imp_sample_put_orc (chart, act, culture->order, "");
      imp_sample_print (&chart->text,
                        "TQ1|1||||||%m||R^^HL70485\rOBR|%u|%o||%w|||%m|||||||||%w\r"
                        "OBX|1||%w||||||||O\r",
                        culture->sampled, i + 1, culture->order, panels[i], culture->sampled,
                        &chart->place.doctor->xcn, panels[i]);
    }
  imp_sample_fhir_culture_order (chart, culture, act);
  imp_sample_finish (chart, IMP_SAMPLE_OML_01, act->day, culture->order, act);
}
