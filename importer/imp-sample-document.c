/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-document.h"

#include "imp-sample-fhir.h"
#include "imp-sample-scan.h"

#define JAPAN_SECONDS (9 * 3600)
#define N_MEASURINGS 3 /* a day */
#define MAX_DRUGS_NAMED 3
#define PATIENTS_WITH_PAPER 200

static const struct
{
  const char *folder;
  const char *code; /* in the name of the content folder */
  const char *file;
} kinds[] = {
  [IMP_SAMPLE_PROGRESS_NOTE] = { "L11506^経過記録^99Z01^11506-3^経過記録^LN", "L11506",
                                 "main_document.txt" },
  [IMP_SAMPLE_NURSING_NOTE] = { "L28623^看護記録^99Z01^28623-7^看護記録^LN", "L28623",
                                "main_document.txt" },
  [IMP_SAMPLE_SUMMARY] = { "^退院サマリ^^18842-5^退院時サマリー^LN", "18842-5", "main_document.xml" },
  [IMP_SAMPLE_REFERRAL] = { "^紹介状^^57133-1^診療情報提供書^LN", "57133-1", "main_document.xml" },
  [IMP_SAMPLE_VITALS] = { "L-OBSERVATIONS^OBSERVATIONS^99ZL01", "L-OBSERVATIONS",
                          "main_document.hl7" },
  [IMP_SAMPLE_SCAN] = { "^紹介状^^57133-1^診療情報提供書^LN", "57133-1", "scan.png" },
  [IMP_SAMPLE_REPLY] = { "^紹介状^^57133-1^診療情報提供書^LN", "57133-1", "reply.pdf" },
};

/* ---- what is drawn --------------------------------------------------------------------------- */

/* The same for this patient, day and purpose, whatever else is written. */
static guint
draw (const ImpSampleChart *chart, int day, guint purpose, guint below)
{
  guint64 bits = imp_sample_random_mix (chart->person.id * 1000003 + (guint64) day * 131 + purpose +
                                        imp_sample_random_mix (chart->hospital->seed));

  return (guint) (bits >> 33) % below;
}

static const char *
pick (const ImpSampleChart *chart, int day, guint purpose, const char *const *texts, guint n)
{
  return texts[draw (chart, day, purpose, n)];
}

#define PICK(chart, day, purpose, texts) pick (chart, day, purpose, texts, G_N_ELEMENTS (texts))

/** What is measured at one time. */
typedef struct
{
  guint temperature; /* tenths of a degree */
  guint pulse, systolic, diastolic, saturation;
} Measured;

static Measured
measure (const ImpSampleChart *chart, int day, guint nth)
{
  guint systolic = 104 + draw (chart, 0, 1, 40) + draw (chart, day, 10 + nth, 12);

  return (Measured) {
    .temperature = 361 + draw (chart, day, 20 + nth, 12),
    .pulse = 60 + draw (chart, 0, 2, 20) + draw (chart, day, 30 + nth, 10),
    .systolic = systolic,
    .diastolic = systolic / 2 + 8 + draw (chart, day, 40 + nth, 8),
    .saturation = 95 + draw (chart, day, 50 + nth, 5),
  };
}

static gint64
measured_at (int day, guint nth)
{
  static const int hours[N_MEASURINGS] = { 6, 14, 20 };

  return imp_sample_time (day, hours[nth], 0);
}

/* ---- files ----------------------------------------------------------------------------------- */

static void
begin (ImpSampleChart *chart)
{
  chart->document_start = chart->document_text.len;
}

static void
tell_note (ImpSampleChart *chart, const ImpSampleDocument *document)
{
  const char *code = document->kind == IMP_SAMPLE_PROGRESS_NOTE  ? "11506-3^経過記録"
                     : document->kind == IMP_SAMPLE_NURSING_NOTE ? "28623-7^看護記録"
                                                                 : NULL;

  if (code == NULL)
    return;
  imp_sample_fhir_note (chart, code, document->number, document->sent,
                        chart->document_text.bytes + document->offset, document->len);
  imp_sample_fhir_settle (chart->fhir, TRUE);
}

/* Nothing is sent after the last minute of the data. */
static void
end (ImpSampleChart *chart, ImpSampleDocumentKind kind, int day, gint64 sent, char flag)
{
  ImpSampleDocument document = {
    .kind = kind,
    .flag = flag,
    .day = day,
    .number = chart->documents->len + 1,
    .sent = sent,
    .department = chart->place.department->code.text,
    .offset = chart->document_start,
    .len = chart->document_text.len - chart->document_start,
  };

  if (sent > chart->hospital->as_of)
    chart->document_text.len = chart->document_start;
  else
    {
      g_array_append_val (chart->documents, document);
      tell_note (chart, &document);
    }
}

static void
put (ImpSampleChart *chart, const char *text)
{
  imp_sample_put (&chart->document_text, text, strlen (text));
}

/* Words of the tables, as people read them. */
static void
put_escaped (ImpSampleChart *chart, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  put (chart, escaped);
}

/* ---- notes ----------------------------------------------------------------------------------- */

static void
put_drugs (ImpSampleChart *chart, const ImpSampleStory *story)
{
  guint n = MIN (story->n_lines, MAX_DRUGS_NAMED);

  for (guint i = 0; i < n; i++)
    {
      put (chart, i > 0 ? "、" : "");
      put (chart, story->lines[i].regimen->drug->name.text);
    }
  put (chart, story->n_lines > n ? " ほか" : "");
}

static void
put_measured (ImpSampleChart *chart, const Measured *measured)
{
  imp_sample_print (&chart->document_text, "体温 %u.%u、脈拍 %u、血圧 %u/%u、SpO2 %u%s",
                    measured->temperature / 10, measured->temperature % 10, measured->pulse,
                    measured->systolic, measured->diastolic, measured->saturation, "%");
}

static void
write_progress_note (ImpSampleChart *chart, const ImpSampleStory *story, int day)
{
  static const char *const complaints[] = { "変わりないです。", "昨日より楽になりました。",
                                            "食欲は出てきました。", "夜は眠れました。",
                                            "痛みは軽くなりました。", "少しだるいです。" };
  static const char *const courses[] = { "改善傾向", "横ばい", "経過良好", "経過観察" };
  static const char *const plans[] = { "治療を継続する。", "明朝採血で評価する。", "離床を進める。",
                                       "退院に向けて調整する。" };
  const ImpSampleDiagnosis *diagnosis = story->reason->diagnoses.rows[0];
  Measured measured = measure (chart, day, 1);

  begin (chart);
  put (chart, "S) ");
  put (chart, PICK (chart, day, 60, complaints));
  put (chart, "\r\nO) ");
  put_measured (chart, &measured);
  put (chart, "\r\nA) ");
  put (chart, diagnosis->name.text);
  put (chart, "：");
  put (chart, PICK (chart, day, 61, courses));
  put (chart, "\r\nP) ");
  if (story->n_lines > 0)
    {
      put (chart, "内服（");
      put_drugs (chart, story);
      put (chart, "）を続ける。");
    }
  put (chart, PICK (chart, day, 62, plans));
  put (chart, "\r\n記載：");
  put (chart, chart->place.doctor->name.text);
  put (chart, "\r\n");
  end (chart, IMP_SAMPLE_PROGRESS_NOTE, day,
       imp_sample_time (day, 16, 0) + draw (chart, day, 63, 5400), '1');
}

static void
write_nursing_note (ImpSampleChart *chart, int day)
{
  static const char *const states[] = { "病室で安静にしている。", "歩行器で病棟内を歩行した。",
                                        "家族の面会あり。", "入眠している。",
                                        "転倒・転落の危険について説明した。" };
  static const char *const meals[] = { "夕食は全量摂取。", "夕食は7割摂取。", "夕食は5割摂取。" };
  Measured measured = measure (chart, day, 2);

  begin (chart);
  put (chart, "20:00 ");
  put_measured (chart, &measured);
  put (chart, "\r\n");
  put (chart, PICK (chart, day, 70, states));
  put (chart, PICK (chart, day, 71, meals));
  put (chart, "\r\n記載：");
  put (chart, imp_sample_chart_nurse (chart, draw (chart, day, 72, 1000))->name.text);
  put (chart, "\r\n");
  end (chart, IMP_SAMPLE_NURSING_NOTE, day,
       imp_sample_time (day, 20, 20) + draw (chart, day, 73, 3600), '1');
}

/* ---- vital signs ----------------------------------------------------------------------------- */

static void
put_row (ImpSampleChart *chart, guint *n, const char *code, const char *name, guint value,
         gboolean is_tenths, const char *unit, gint64 at)
{
  ImpSampleBuffer *text = &chart->document_text;

  imp_sample_print (text, "OBX|%u|NM|%s^%s^JC10||", ++*n, code, name);
  if (is_tenths)
    imp_sample_print (text, "%u.%u", value / 10, value % 10);
  else
    imp_sample_print (text, "%u", value);
  imp_sample_print (text, "|%s|||||F|||%m\r", unit, at);
}

static void
tell_vitals (ImpSampleChart *chart, const Measured *measured, gint64 at)
{
  const ImpSampleFhirVitals vitals = {
    .at = at,
    .temperature = measured->temperature,
    .pulse = measured->pulse,
    .systolic = measured->systolic,
    .diastolic = measured->diastolic,
    .saturation = measured->saturation,
  };

  imp_sample_fhir_vitals (chart, &vitals);
  imp_sample_fhir_settle (chart->fhir, TRUE);
}

/* SS-MIX2 spec 6.3; in UTF-8, as newer systems write it. */
static void
write_vitals (ImpSampleChart *chart, int day)
{
  ImpSampleBuffer *text = &chart->document_text;
  gint64 sent = imp_sample_time (day, 20, 30);
  guint n = 0;
  gboolean is_sent = sent <= chart->hospital->as_of;

  begin (chart);
  imp_sample_print (text,
                    "MSH|^~\\&|VITAL|9910000001|GW|SSMIX|%t||ORU^R30^ORU_R30|%t%u|P|2.5||||||"
                    "UNICODE UTF-8\rPID|0001||",
                    sent, sent, chart->number);
  imp_sample_put_number (text, chart->person.id, 10);
  imp_sample_print (text, "^^^^PI\rORC|RE\rOBR|1|||\"\"\r");
  for (guint i = 0; i < N_MEASURINGS; i++)
    {
      Measured measured = measure (chart, day, i);
      gint64 at = measured_at (day, i);

      put_row (chart, &n, "9P100000000000001", "体温（腋窩）", measured.temperature, TRUE, "cel", at);
      put_row (chart, &n, "9P300000000000001", "脈拍", measured.pulse, FALSE, "(hb)", at);
      put_row (chart, &n, "9A751000000000001", "収縮期血圧", measured.systolic, FALSE, "mm(hg)", at);
      put_row (chart, &n, "9A761000000000001", "拡張期血圧", measured.diastolic, FALSE, "mm(hg)", at);
      put_row (chart, &n, "3H065000002391901", "SpO2", measured.saturation, FALSE, "%", at);
      if (is_sent)
        tell_vitals (chart, &measured, at);
    }
  end (chart, IMP_SAMPLE_VITALS, day, sent, '1');
}

/* ---- documents ------------------------------------------------------------------------------- */

static void
open_document (ImpSampleChart *chart, const char *code, const char *title, gint64 time)
{
  ImpSampleBuffer *text = &chart->document_text;

  begin (chart);
  put (chart, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><realmCode code=\"JP\"/>"
              "<typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/><code code=\"");
  put (chart, code);
  put (chart, "\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>");
  put (chart, title);
  imp_sample_print (text, "</title><effectiveTime value=\"%t\"/><confidentialityCode code=\"N\"/>", time);
  put (chart, "<languageCode code=\"ja-JP\"/><recordTarget><patientRole><id "
              "root=\"1.2.392.100495.20.3.51.19910000001\" extension=\"");
  imp_sample_put_number (text, chart->person.id, 10);
  imp_sample_print (text, "\"/><patient><administrativeGenderCode code=\"%s\"/></patient>",
                    chart->person.sex == 'M' ? "M" : "F");
  put (chart, "</patientRole></recordTarget><author><assignedAuthor><assignedPerson><name>");
  put_escaped (chart, chart->place.doctor->name.text);
  put (chart, "</name></assignedPerson><representedOrganization><name>");
  put_escaped (chart, chart->place.department->name.text);
  put (chart, "</name></representedOrganization></assignedAuthor></author>");
}

static void
put_section (ImpSampleChart *chart, const char *title, const char *text)
{
  put (chart, "<component><section><title>");
  put (chart, title);
  put (chart, "</title><text><paragraph>");
  put_escaped (chart, text);
  put (chart, "</paragraph></text></section></component>");
}

static void
put_diagnoses (ImpSampleChart *chart, const ImpSampleCondition *condition)
{
  put (chart, "<component><section><title>傷病名</title><text><list>");
  for (guint i = 0; i < condition->diagnoses.n_rows; i++)
    {
      put (chart, "<item>");
      put_escaped (chart, ((const ImpSampleDiagnosis *) condition->diagnoses.rows[i])->name.text);
      put (chart, "</item>");
    }
  put (chart, "</list></text></section></component>");
}

static void
put_cell (ImpSampleChart *chart, const char *text, const char *unit)
{
  put (chart, "<td>");
  put_escaped (chart, text);
  put_escaped (chart, *text != '\0' ? unit : "");
  put (chart, "</td>");
}

static void
put_prescription (ImpSampleChart *chart, const ImpSampleLine *lines, guint n)
{
  put (chart, "<component><section><title>処方</title><text><table><thead><tr><th>薬剤</th>"
              "<th>1回量</th><th>用法</th></tr></thead><tbody>");
  for (guint i = 0; i < n; i++)
    {
      const ImpSampleRegimen *regimen = lines[i].regimen;

      put (chart, "<tr>");
      put_cell (chart, regimen->drug->name.text, "");
      put_cell (chart, regimen->dose.text, regimen->drug->unit->name.text);
      put_cell (chart, regimen->usage->name.text, "");
      put (chart, "</tr>");
    }
  put (chart, "</tbody></table></text></section></component>");
}

static void
close_document (ImpSampleChart *chart)
{
  put (chart, "</structuredBody></component></ClinicalDocument>\n");
}

/* @is_draft: an older version, replaced by the next. */
static void
write_summary (ImpSampleChart *chart, const ImpSampleStory *story, gboolean is_draft)
{
  gint64 written = story->discharged + (is_draft ? 3600 : 86400);

  open_document (chart, "18842-5", is_draft ? "退院時サマリー（暫定）" : "退院時サマリー", written);
  imp_sample_print (&chart->document_text,
                    "<componentOf><encompassingEncounter><effectiveTime><low value=\"%d\"/>"
                    "<high value=\"%d\"/></effectiveTime></encompassingEncounter></componentOf>",
                    imp_sample_time_day (story->admitted), imp_sample_time_day (story->discharged));
  put (chart, "<component><structuredBody>");
  put_diagnoses (chart, story->reason);
  put_section (chart, "入院経過",
               story->died ? "治療に反応せず、永眠された。"
                           : "入院のうえ加療し、経過は良好であった。退院後は外来で経過をみる。");
  if (story->n_lines > 0 && !story->died)
    put_prescription (chart, story->lines, story->n_lines);
  close_document (chart);
  end (chart, IMP_SAMPLE_SUMMARY, imp_sample_time_day (story->discharged), written,
       is_draft ? '2' : '1');
}

void
imp_sample_documents_of_stay (ImpSampleChart *chart, const ImpSampleStory *story)
{
  int first = imp_sample_time_day (story->admitted);
  int last = imp_sample_time_day (MIN (story->discharged, chart->hospital->as_of));

  if (chart->documents == NULL)
    return;
  for (int day = first; day <= last; day++)
    {
      write_progress_note (chart, story, day);
      if (day < imp_sample_time_day (story->discharged))
        {
          write_nursing_note (chart, day);
          write_vitals (chart, day);
        }
    }
  if (story->discharged > chart->hospital->as_of)
    return;
  if (draw (chart, first, 80, 5) == 0)
    write_summary (chart, story, TRUE);
  write_summary (chart, story, FALSE);
}

/* What came on paper, or from elsewhere. */
static void
write_paper (ImpSampleChart *chart, int day, gint64 time)
{
  if (chart->number >= PATIENTS_WITH_PAPER)
    return;
  if (draw (chart, day, 100, 10) == 0)
    {
      begin (chart);
      imp_sample_scan_letter (&chart->document_text, chart->person.id, day);
      end (chart, IMP_SAMPLE_SCAN, day, time, '1');
    }
  if (draw (chart, day, 101, 10) == 0)
    {
      begin (chart);
      imp_sample_scan_reply (&chart->document_text, chart->person.id, day);
      end (chart, IMP_SAMPLE_REPLY, day, time, '1');
    }
}

void
imp_sample_documents_of_visit (ImpSampleChart *chart, const ImpSampleCondition *condition, gint64 time,
                               guint nth)
{
  ImpSampleLine lines[MAX_DRUGS_NAMED];
  ImpSampleStory story = { .reason = condition, .lines = lines };
  int day = imp_sample_time_day (time);

  if (chart->documents == NULL)
    return;
  for (guint i = 0; i < condition->regimens.n_rows && story.n_lines < MAX_DRUGS_NAMED; i++)
    lines[story.n_lines++] = (ImpSampleLine) { .regimen = condition->regimens.rows[i] };
  write_progress_note (chart, &story, day);
  if (nth == 0)
    write_paper (chart, day, time);
  if (nth > 0 || draw (chart, day, 90, 8) > 0)
    return;
  open_document (chart, "57133-1", "診療情報提供書", time);
  put (chart, "<component><structuredBody>");
  put_diagnoses (chart, condition);
  put_section (chart, "紹介目的", "精査加療をお願いいたします。");
  put_section (chart, "既往歴・アレルギー", "お薬手帳をご参照ください。");
  close_document (chart);
  end (chart, IMP_SAMPLE_REFERRAL, day, time, '1');
}

/* ---- the storage ----------------------------------------------------------------------------- */

/* SS-MIX2 spec 6.1. */
static void
put_path (const ImpSampleChart *chart, const ImpSampleDocument *document, const char *id,
          ImpSampleBuffer *path)
{
  char flag[] = { '_', document->flag, '\0' };

  path->len = 0;
  imp_sample_print (path, "%s/", IMP_SAMPLE_EXTENDED_ROOT);
  imp_sample_put (path, id, 3);
  imp_sample_put (path, "/", 1);
  imp_sample_put (path, id + 3, 3);
  imp_sample_print (path, "/%s/%d/%s/%s_%d_%s_", id, document->day, kinds[document->kind].folder, id,
                    document->day, kinds[document->kind].code);
  /* A revision keeps the key: a summary has that of its day. */
  if (document->kind == IMP_SAMPLE_VITALS || document->kind == IMP_SAMPLE_SUMMARY)
    imp_sample_print (path, "0000000%d", document->day);
  else
    imp_sample_put_number (path, document->number, 15);
  imp_sample_print (path, "_%t000_%s%s/%s", document->sent, document->department, flag,
                    kinds[document->kind].file);
  imp_sample_put (path, "", 1);
}

gboolean
imp_sample_documents_write (ImpSampleChart *chart, ImpSampleSink *sink, GError **error)
{
  ImpSampleBuffer path = { 0 };
  gboolean is_written = TRUE;
  char id[16];

  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT, chart->person.id);
  for (guint i = 0; chart->documents != NULL && i < chart->documents->len && is_written; i++)
    {
      const ImpSampleDocument *document = &g_array_index (chart->documents, ImpSampleDocument, i);

      put_path (chart, document, id, &path);
      is_written = imp_sample_sink_write (sink, path.bytes,
                                          chart->document_text.bytes + document->offset,
                                          document->len, document->sent - JAPAN_SECONDS, error);
    }
  imp_sample_buffer_clear (&path);
  return is_written;
}
