/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir-private.h"

#define JAPAN_SECONDS (9 * 3600)
#define PART_BYTES (2 * 1024 * 1024) /* of one type, before it is written */
#define SERVER "http://hospital.example.jp/fhir/"

static const char *const type_names[IMP_SAMPLE_FHIR_N_TYPES] = {
  [IMP_SAMPLE_FHIR_ALLERGY] = "AllergyIntolerance",
  [IMP_SAMPLE_FHIR_APPOINTMENT] = "Appointment",
  [IMP_SAMPLE_FHIR_CONDITION] = "Condition",
  [IMP_SAMPLE_FHIR_CONSENT] = "Consent",
  [IMP_SAMPLE_FHIR_DEVICE] = "Device",
  [IMP_SAMPLE_FHIR_REPORT] = "DiagnosticReport",
  [IMP_SAMPLE_FHIR_DOCUMENT] = "DocumentReference",
  [IMP_SAMPLE_FHIR_ENCOUNTER] = "Encounter",
  [IMP_SAMPLE_FHIR_FAMILY] = "FamilyMemberHistory",
  [IMP_SAMPLE_FHIR_FLAG] = "Flag",
  [IMP_SAMPLE_FHIR_IMMUNIZATION] = "Immunization",
  [IMP_SAMPLE_FHIR_GIVEN] = "MedicationAdministration",
  [IMP_SAMPLE_FHIR_DRUG_ORDER] = "MedicationRequest",
  [IMP_SAMPLE_FHIR_STATEMENT] = "MedicationStatement",
  [IMP_SAMPLE_FHIR_MEAL] = "NutritionOrder",
  [IMP_SAMPLE_FHIR_OBSERVATION] = "Observation",
  [IMP_SAMPLE_FHIR_PATIENT] = "Patient",
  [IMP_SAMPLE_FHIR_ORDER] = "ServiceRequest",
  [IMP_SAMPLE_FHIR_WITHDRAWAL] = "Bundle",
};

ImpSampleFhir *
imp_sample_fhir_new (const ImpSampleHospital *hospital, ImpSampleFhirDetail detail)
{
  ImpSampleFhir *self = g_new0 (ImpSampleFhir, 1);

  self->hospital = hospital;
  self->detail = detail;
  return self;
}

void
imp_sample_fhir_free (ImpSampleFhir *self)
{
  for (guint i = 0; i < IMP_SAMPLE_FHIR_N_TYPES; i++)
    imp_sample_buffer_clear (&self->files[i].text);
  for (guint i = 0; i < G_N_ELEMENTS (self->outputs); i++)
    imp_sample_buffer_clear (&self->outputs[i]);
  g_free (self);
}

gboolean
imp_sample_fhir_is_full (const ImpSampleFhir *self)
{
  return self != NULL && self->detail == IMP_SAMPLE_FHIR_FULL;
}

/* ---- resources --------------------------------------------------------------------------------
 */

ImpSampleBuffer *
imp_sample_fhir_begin (ImpSampleChart *chart, ImpSampleFhirType type, const char *id,
                       gint64 updated)
{
  ImpSampleBuffer *out = &chart->fhir->files[type].text;

  imp_sample_json (out, "{'resourceType':'%r','id':'%r','meta':{'lastUpdated':'%t'}",
                   type_names[type], id, updated);
  return out;
}

void
imp_sample_fhir_end (ImpSampleChart *chart, ImpSampleFhirType type)
{
  imp_sample_json (&chart->fhir->files[type].text, "}\n");
  chart->fhir->files[type].n_lines++;
}

void
imp_sample_fhir_department (ImpSampleChart *chart, ImpSampleBuffer *out)
{
  const ImpSampleDepartment *department = chart->place.department;

  imp_sample_json (
      out,
      ",'extension':[{'url':'http://jpfhir.jp/fhir/eCS/Extension/StructureDefinition/"
      "JP_eCS_Department','valueCodeableConcept':{'coding':[{'system':"
      "'http://jami.jp/SS-MIX2/CodeSystem/ClinicalDepartment','code':'%s','display':'%s'}],"
      "'text':'%s'}}]",
      department->code.text, department->name.text, department->name.text);
}

void
imp_sample_fhir_subject (ImpSampleChart *chart, ImpSampleBuffer *out, const char *name)
{
  imp_sample_json (out, ",'%r':{'reference':'Patient/%i'}", name, chart->person.id);
}

void
imp_sample_fhir_order_id (char *out, gsize size, guint64 order, guint number)
{
  g_snprintf (out, size, "%015" G_GUINT64_FORMAT "-%u", order, number);
}

/* A third of what is taken back was exported before that, and is in deleted[]; so is all whose end
 * is lost. */
static gboolean
is_withdrawn (const ImpSampleAct *act, guint64 order)
{
  return act->fate == IMP_SAMPLE_LOST ||
         (act->fate == IMP_SAMPLE_CANCELLED && imp_sample_random_mix (order) % 3 == 0);
}

const char *
imp_sample_fhir_order_status (const ImpSampleAct *act, guint64 order)
{
  if (is_withdrawn (act, order))
    return "active";
  return g_str_equal (act->control, "CA")   ? "cancelled"
         : g_str_equal (act->control, "DC") ? "stopped"
         : g_str_equal (act->control, "HD") ? "on-hold"
                                            : "active";
}

gint64
imp_sample_fhir_updated (const ImpSampleAct *act, guint64 order)
{
  return is_withdrawn (act, order) ? act->at - 60 : act->at;
}

void
imp_sample_fhir_withdraw (ImpSampleChart *chart, ImpSampleFhirType type, const char *id,
                          guint64 order, const ImpSampleAct *act)
{
  if (!is_withdrawn (act, order))
    return;
  imp_sample_json (
      &chart->fhir->files[IMP_SAMPLE_FHIR_WITHDRAWAL].text,
      "{'resourceType':'Bundle','type':'transaction','entry':[{'request':{'method':'DELETE',"
      "'url':'%r/%r'}}]",
      type_names[type], id);
  imp_sample_fhir_end (chart, IMP_SAMPLE_FHIR_WITHDRAWAL);
}

const char *
imp_sample_fhir_status (const char *status)
{
  static const char *const words[][2] = {
    { "F", "final" }, { "P", "preliminary" }, { "C", "corrected" }, { "X", "cancelled" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (status, words[i][0]))
      return words[i][1];
  return "unknown";
}

guint
imp_sample_fhir_draw (const ImpSampleChart *chart, int day, guint purpose, guint below)
{
  guint64 bits = imp_sample_random_mix (chart->person.id * 2000003 + (guint64) day * 257 + purpose +
                                        imp_sample_random_mix (chart->hospital->seed ^ 0x46484952));

  return (guint) (bits >> 33) % below;
}

void
imp_sample_fhir_settle (ImpSampleFhir *self, gboolean keep)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < IMP_SAMPLE_FHIR_N_TYPES; i++)
    {
      ImpSampleFhirFile *file = &self->files[i];

      if (!keep)
        {
          file->text.len = file->settled;
          file->n_lines = file->n_settled;
        }
      file->settled = file->text.len;
      file->n_settled = file->n_lines;
    }
}

/* ---- files ------------------------------------------------------------------------------------
 */

static gboolean
write_file (ImpSampleFhir *self, ImpSampleSink *sink, const char *name, const ImpSampleBuffer *text,
            GError **error)
{
  g_autofree char *path = g_strconcat (IMP_SAMPLE_FHIR_ROOT "/", name, NULL);

  self->n_files++;
  self->n_bytes += text->len;
  return imp_sample_sink_write (sink, path, text->bytes, text->len,
                                self->hospital->as_of - JAPAN_SECONDS, error);
}

static gboolean
write_part (ImpSampleFhir *self, ImpSampleFhirType type, ImpSampleSink *sink, GError **error)
{
  ImpSampleFhirFile *file = &self->files[type];
  gboolean is_deleted = type == IMP_SAMPLE_FHIR_WITHDRAWAL;
  ImpSampleBuffer *output = &self->outputs[is_deleted ? 1 : 0];
  g_autofree char *name = g_strdup_printf (
      "%s.%03u.ndjson", is_deleted ? "deleted" : type_names[type], file->n_parts++);

  imp_sample_json (output, "%r\n  {'type':'%r','url':'" SERVER "bulk/%r','count':%u}",
                   output->len > 0 ? "," : "", type_names[type], name, file->n_lines);
  if (!write_file (self, sink, name, &file->text, error))
    return FALSE;
  file->text.len = file->settled = 0;
  file->n_lines = file->n_settled = 0;
  return TRUE;
}

gboolean
imp_sample_fhir_write (ImpSampleFhir *self, ImpSampleSink *sink, GError **error)
{
  if (self == NULL)
    return TRUE;
  imp_sample_fhir_settle (self, TRUE);
  for (guint i = 0; i < IMP_SAMPLE_FHIR_N_TYPES; i++)
    if (self->files[i].text.len >= PART_BYTES && !write_part (self, i, sink, error))
      return FALSE;
  return TRUE;
}

gboolean
imp_sample_fhir_close (ImpSampleFhir *self, ImpSampleSink *sink, GError **error)
{
  ImpSampleBuffer manifest = { 0 };
  gboolean is_written;

  if (self == NULL)
    return TRUE;
  for (guint i = 0; i < IMP_SAMPLE_FHIR_N_TYPES; i++)
    if (self->files[i].text.len > 0 && !write_part (self, i, sink, error))
      return FALSE;
  imp_sample_json (&manifest,
                   "{'transactionTime':'%t',\n 'request':'" SERVER
                   "$export',\n 'requiresAccessToken':false,\n"
                   " 'output':[",
                   self->hospital->as_of);
  imp_sample_print (&manifest, "%b],\n \"deleted\":[%b],\n \"error\":[]}\n", &self->outputs[0],
                    &self->outputs[1]);
  is_written = write_file (self, sink, "manifest.json", &manifest, error);
  imp_sample_buffer_clear (&manifest);
  return is_written;
}

void
imp_sample_fhir_counts (const ImpSampleFhir *self, guint64 *n_files, guint64 *n_bytes)
{
  if (self == NULL)
    return;
  *n_files += self->n_files;
  *n_bytes += self->n_bytes;
}
