/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

/* Visits and stays (spec fhir.md 3.2), meals, notes. */

/* ---- Encounter ---------------------------------------------------------------------------------
 */

static ImpSampleBuffer *
begin_encounter (ImpSampleChart *chart, gint64 at, const char *kind, const char *status,
                 gint64 updated)
{
  char id[64], time[16] = "";
  gboolean is_stay = g_str_equal (kind, "IMP");
  ImpSampleBuffer *out;

  imp_sample_format_time (at, time);
  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-%.12s-%s", chart->person.id, time,
              is_stay ? "i" : "a");
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_ENCOUNTER, id, updated);
  imp_sample_json (out,
                   ",'status':'%r','class':{'system':'" IMP_SAMPLE_FHIR_TERMS
                   "v3-ActCode','code':'%r',"
                   "'display':'%r'}",
                   status, kind, is_stay ? "入院" : "外来");
  imp_sample_fhir_subject (chart, out, "subject");
  return out;
}

static void
put_staff (ImpSampleBuffer *out, const ImpSamplePlace *place)
{
  imp_sample_json (
      out,
      ",'serviceType':{'coding':[{'system':'http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment',"
      "'code':'%s'}],'text':'%s'},'participant':[{'type':[{'coding':[{'system':"
      "'" IMP_SAMPLE_FHIR_TERMS
      "v3-ParticipationType','code':'ATND'}]}],'individual':{'display':'%s'}}]",
      place->department->code.text, place->department->name.text, place->doctor->name.text);
}

static void
write_visit (ImpSampleChart *chart, const ImpSampleMovement *movement)
{
  ImpSampleBuffer *out = begin_encounter (chart, movement->time, "AMB", "finished", movement->time);

  put_staff (out, &movement->place);
  imp_sample_json (out, ",'period':{'start':'%t'}", movement->time);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_ENCOUNTER);
}

/* Bed in room in ward: spec fhir.md 3.2. */
static void
put_beds (ImpSampleBuffer *out, const ImpSampleFhirStay *stay)
{
  static const char begin[] =
      "{'resourceType':'Location','id':'%r%u','status':'active','name':'%s',"
      "'physicalType':{'coding':[{'system':'" IMP_SAMPLE_FHIR_TERMS
      "location-physical-type','code':'%r'}]}";
  guint n = 0;

  for (guint i = 0; i < stay->n_places; i++)
    {
      const ImpSamplePlace *place = &stay->places[i].place;
      char room[16], bed[16];

      if (place->ward == NULL)
        continue;
      g_snprintf (room, sizeof room, "%u", place->room);
      g_snprintf (bed, sizeof bed, "%u", place->bed);
      imp_sample_json (out, n++ == 0 ? ",'contained':[" : ",");
      imp_sample_json (out, begin, "w", i, place->ward->text, "wa");
      imp_sample_json (out, "},");
      imp_sample_json (out, begin, "r", i, room, "ro");
      imp_sample_json (out, ",'partOf':{'reference':'#w%u'}},", i);
      imp_sample_json (out, begin, "b", i, bed, "bd");
      imp_sample_json (out, ",'partOf':{'reference':'#r%u'}}", i);
    }
  imp_sample_json (out, n > 0 ? "]" : "");
}

static void
put_places (ImpSampleBuffer *out, const ImpSampleFhirStay *stay)
{
  put_beds (out, stay);
  imp_sample_json (out, ",'location':[");
  for (guint i = 0; i < stay->n_places; i++)
    {
      const ImpSamplePlace *place = &stay->places[i].place;
      gint64 until = i + 1 < stay->n_places ? stay->places[i + 1].from : stay->discharged;

      imp_sample_json (out, i > 0 ? "," : "");
      if (place->ward != NULL)
        imp_sample_json (out, "{'location':{'reference':'#b%u'}", i);
      else
        imp_sample_json (out, "{'location':{'display':'%s'}", place->department->name.text);
      imp_sample_json (out, ",'status':'%r','period':{'start':'%t'",
                       stay->admitted == 0 ? "planned"
                       : until != 0        ? "completed"
                                           : "active",
                       stay->places[i].from);
      if (until != 0)
        imp_sample_json (out, ",'end':'%t'", until);
      imp_sample_json (out, "}}");
    }
  imp_sample_json (out, "]");
}

void
imp_sample_fhir_stay_end (ImpSampleChart *chart)
{
  ImpSampleFhirStay *stay = &chart->fhir->stay;
  gint64 as_of = chart->hospital->as_of;
  gint64 start = stay->admitted != 0 ? stay->admitted : stay->planned;
  gint64 end = stay->discharged != 0       ? stay->discharged
               : stay->planned_end > as_of ? stay->planned_end
                                           : 0;
  const char *status = stay->admitted == 0     ? "planned"
                       : stay->discharged != 0 ? "finished"
                       : stay->left != 0       ? "onleave"
                                               : "in-progress";
  ImpSampleBuffer *out;

  if (stay->n_places > 0)
    {
      out = begin_encounter (chart, start, "IMP", status, stay->updated);
      put_staff (out, &stay->places[stay->n_places - 1].place);
      imp_sample_json (out, ",'period':{'start':'%t'", start);
      if (end != 0)
        imp_sample_json (out, ",'end':'%t'", end);
      imp_sample_json (out, "}");
      if (stay->disposition != NULL)
        {
          imp_sample_json (out, ",'hospitalization':{'dischargeDisposition':");
          imp_sample_json_concept (out, stay->disposition->text, NULL);
          imp_sample_json (out, "}");
        }
      put_places (out, stay);
      imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_ENCOUNTER);
    }
  *stay = (ImpSampleFhirStay){ 0 };
}

static void
add_place (ImpSampleFhirStay *stay, const ImpSampleMovement *movement)
{
  if (stay->n_places == IMP_SAMPLE_FHIR_MAX_MOVES)
    stay->n_places--;
  stay->places[stay->n_places].place = movement->place;
  stay->places[stay->n_places++].from = movement->time;
}

static void
begin_stay (ImpSampleChart *chart, const ImpSampleMovement *movement, gboolean is_planned)
{
  ImpSampleFhirStay *stay = &chart->fhir->stay;

  /* What was planned has come; anything else is another stay. */
  if (is_planned || stay->admitted != 0)
    imp_sample_fhir_stay_end (chart);
  stay->n_places = 0;
  if (is_planned)
    stay->planned = movement->time;
  else
    stay->admitted = movement->time;
  add_place (stay, movement);
}

void
imp_sample_fhir_movement (ImpSampleChart *chart, const ImpSampleMovement *movement,
                          const ImpSampleAct *act)
{
  ImpSampleFhirStay *stay;

  if (chart->fhir != NULL &&
      movement->disposition == imp_sample_phrase (chart->hospital->tables, DIED))
    chart->fhir->died = movement->time;
  if (!imp_sample_fhir_is_full (chart->fhir) || !imp_sample_act_is_live (act) ||
      act->at > chart->hospital->as_of)
    return;
  stay = &chart->fhir->stay;
  switch ((guint) movement->type)
    {
    case IMP_SAMPLE_ADT_12:
      write_visit (chart, movement);
      return;
    case IMP_SAMPLE_ADT_21:
    case IMP_SAMPLE_ADT_22:
      begin_stay (chart, movement, movement->type == IMP_SAMPLE_ADT_21);
      break;
    case IMP_SAMPLE_ADT_31:
    case IMP_SAMPLE_ADT_32:
      stay->left = movement->type == IMP_SAMPLE_ADT_31 ? movement->time : 0;
      break;
    case IMP_SAMPLE_ADT_42:
      add_place (stay, movement);
      break;
    case IMP_SAMPLE_ADT_51:
      stay->planned_end = movement->time;
      break;
    case IMP_SAMPLE_ADT_52:
      stay->discharged = movement->time;
      stay->disposition = movement->disposition;
      break;
    default:
      return;
    }
  stay->updated = MAX (stay->updated, act->at);
}

/* ---- meals -------------------------------------------------------------------------------------
 */

void
imp_sample_fhir_meal (ImpSampleChart *chart, const ImpSampleMealOrder *order,
                      const ImpSampleAct *act)
{
  ImpSampleBuffer *out;
  char id[32];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  imp_sample_fhir_order_id (id, sizeof id, order->order, 1);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_MEAL, id,
                               imp_sample_fhir_updated (act, order->order));
  imp_sample_json (
      out,
      ",'identifier':[{'system':'http://hospital.example.jp/order','value':'%o'}],'status':'%r',"
      "'intent':'order'",
      order->order,
      g_str_equal (imp_sample_fhir_order_status (act, order->order), "cancelled")
          ? "revoked"
          : imp_sample_fhir_order_status (act, order->order));
  imp_sample_fhir_subject (chart, out, "patient");
  imp_sample_json (out, ",'dateTime':'%t','orderer':{'display':'%s'},'oralDiet':{'type':[", act->at,
                   chart->place.doctor->name.text);
  imp_sample_json_concept (out, order->meal->diet.text, NULL);
  imp_sample_json (out, "],'schedule':[{'repeat':{'boundsPeriod':{'start':'%t'", order->from);
  if (order->to != 0)
    imp_sample_json (out, ",'end':'%t'", order->to);
  imp_sample_json (out, "}}}]");
  if (order->meal->note.len > 0)
    imp_sample_json (out, ",'instruction':'%s'", order->meal->note.text);
  imp_sample_json (out, "}");
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_MEAL);
  imp_sample_fhir_withdraw (chart, IMP_SAMPLE_FHIR_MEAL, id, order->order, act);
}

/* ---- notes -------------------------------------------------------------------------------------
 */

void
imp_sample_fhir_note (ImpSampleChart *chart, const char *code, guint number, gint64 written,
                      const char *text, gsize len)
{
  ImpSampleBuffer *out;
  char id[48];

  if (!imp_sample_fhir_is_full (chart->fhir))
    return;
  g_snprintf (id, sizeof id, "%010" G_GUINT64_FORMAT "-note-%u", chart->person.id, number);
  out = imp_sample_fhir_begin (chart, IMP_SAMPLE_FHIR_DOCUMENT, id, written);
  imp_sample_fhir_department (chart, out);
  imp_sample_json (out, ",'status':'current','docStatus':'final','type':");
  imp_sample_json_concept (out, code, "http://loinc.org");
  imp_sample_fhir_subject (chart, out, "subject");
  imp_sample_json (
      out,
      ",'date':'%t','content':[{'attachment':{'contentType':'text/plain; charset=utf-8','data':'",
      written);
  imp_sample_json_base64 (out, text, len);
  imp_sample_json (out, "','creation':'%t'}}]", written);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_DOCUMENT);
}
