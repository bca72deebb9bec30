/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-reach.h"

#include <string.h>

#include "imp-fhir-dosage.h"
#include "imp-fhir-medication.h"
#include "imp-fhir-order.h"
#include "imp-fhir-timing.h"

#define GENEROUS_DAYS 181 /* 180 days behind the first */
#define MAX_DAYS 36500
#define MAX_REPEATS 100

guint
imp_fhir_duration_days (const cJSON *duration)
{
  static const double days_of[] = {
    [IMP_FHIR_TIME_NONE] = 1, /* the longest that is plausible */
    [IMP_FHIR_TIME_SECOND] = 1 / 86400.0,
    [IMP_FHIR_TIME_MINUTE] = 1 / 1440.0,
    [IMP_FHIR_TIME_HOUR] = 1 / 24.0,
    [IMP_FHIR_TIME_DAY] = 1,
    [IMP_FHIR_TIME_WEEK] = 7,
    [IMP_FHIR_TIME_MONTH] = 31,
    [IMP_FHIR_TIME_YEAR] = 366,
  };
  const char *value =
      cJSON_IsObject (duration) ? imp_json_string (duration, "value") : imp_json_text (duration);
  double days;

  if (value == NULL || !imp_json_is_number (value, strlen (value)))
    return 0;
  days = g_ascii_strtod (value, NULL) * days_of[imp_fhir_time_unit (duration)];
  if (!(days > 0) || days > MAX_DAYS)
    return 0;
  return (guint) days + ((guint) days < days ? 1 : 0);
}

static guint
days_between (const char *start, const char *end)
{
  char from[DISC_DATE_MAX], to[DISC_DATE_MAX];
  gint64 days;

  if (!imp_fhir_time_in_japan (start, from) || !imp_fhir_time_in_japan (end, to))
    return 0;
  days = disc_date_to_day (to) - disc_date_to_day (from) + 1;
  return days > 0 && days <= MAX_DAYS ? (guint) days : 0;
}

/* ---- one dosage --------------------------------------------------------------------------------
 */

typedef struct
{
  const char *start; /* (nullable): its own */
  guint days;        /* 0: not said */
  gboolean is_open;  /* a period without end */
  const char *sequence;
} Span;

static Span
span_of (const cJSON *dosage)
{
  const cJSON *repeat = imp_fhir_path (dosage, "timing.repeat");
  const cJSON *use = imp_fhir_named_value (dosage, "PeriodOfUse", NULL);
  const cJSON *bounds = imp_fhir_path (repeat, "boundsPeriod");
  const char *start = imp_json_string (use, "start");
  const char *end = imp_json_string (bounds, "end");
  const char *begin = imp_json_string (bounds, "start");
  const cJSON *range = imp_fhir_path (repeat, "boundsRange.high");
  guint times = days_between (imp_fhir_start (dosage, "timing"), imp_fhir_end (dosage, "timing"));
  Span span = { .start = start, .sequence = imp_json_string (dosage, "sequence") };

  if (span.start == NULL)
    span.start = imp_fhir_start (dosage, "timing");
  span.days = imp_fhir_duration_days (imp_fhir_path (repeat, "boundsDuration"));
  span.days = MAX (span.days, imp_fhir_duration_days (range));
  span.days = MAX (span.days,
                   imp_fhir_duration_days (imp_fhir_named_value (dosage, "UsageDuration", NULL)));
  span.days = MAX (span.days, days_between (begin, end));
  span.days = MAX (span.days, days_between (start, imp_json_string (use, "end")));
  if (times > 1) /* a time alone is no span */
    span.days = MAX (span.days, times);
  if (imp_fhir_time_unit_of (imp_json_string (repeat, "durationUnit")) == IMP_FHIR_TIME_DAY)
    span.days = MAX (span.days, imp_fhir_duration_days (imp_json_get (repeat, "duration")));
  span.is_open = begin != NULL && end == NULL && span.days == 0;
  return span;
}

/* ---- all of them -------------------------------------------------------------------------------
 */

typedef struct
{
  guint side_by_side; /* the longest of those without start, or of one sequence */
  guint in_order;     /* the steps of a taper together */
  gboolean any;
  gboolean is_open;
  const char *sequence;
} Total;

static void
reach (ImpFhirMapper *self, const char *start, guint days)
{
  char text[16];

  g_snprintf (text, sizeof text, "%u", MIN (days, MAX_DAYS));
  imp_fhir_set_reach_days (self, start, text);
}

static void
add_span (Total *total, const Span *span)
{
  total->any = total->any || span->days > 0;
  total->is_open = total->is_open || span->is_open;
  if (span->sequence != NULL && g_strcmp0 (span->sequence, total->sequence) != 0)
    {
      total->in_order += total->side_by_side;
      total->side_by_side = 0;
      total->sequence = span->sequence;
    }
  total->side_by_side = MAX (total->side_by_side, span->days);
}

static guint
n_supplies (ImpFhirMapper *self)
{
  const char *repeats = imp_fhir_string (self->resource, "dispenseRequest.numberOfRepeatsAllowed");
  gint64 n = repeats != NULL ? g_ascii_strtoll (repeats, NULL, 10) : 0;

  return 1 + (guint) CLAMP (n, 0, MAX_REPEATS);
}

/* Usage codes of JAMI begin with 2 for external use, and with 3 for injection. */
static gboolean
has_lasting_code (const cJSON *dosage)
{
  for (const cJSON *coding = imp_fhir_path (dosage, "timing.code.coding"); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *code = imp_json_string (coding, "code");

      if (code != NULL && strlen (code) == 16 && (code[0] == '2' || code[0] == '3'))
        return TRUE;
    }
  return FALSE;
}

/* As needed, on the skin, or injected by the patient: what was handed over lasts. */
static gboolean
lasts (ImpFhirMapper *self, const cJSON *dosage)
{
  return has_lasting_code (dosage) || imp_fhir_is_as_needed (self->resource, dosage) ||
         imp_fhir_is_by (dosage, "2") || imp_fhir_is_by (dosage, "3");
}

static gboolean
is_continuous (ImpFhirMapper *self)
{
  const cJSON *course = imp_json_get (self->resource, "courseOfTherapyType");

  return imp_fhir_concept_has (course, NULL, "continuous");
}

void
imp_fhir_reach_of_drug (ImpFhirMapper *self, const GPtrArray *dosages, const char *start,
                        const cJSON *supply)
{
  guint supplied = imp_fhir_duration_days (supply);
  guint n = n_supplies (self);
  Total total = { .any = supplied > 0 };
  gboolean is_generous = FALSE;

  for (guint i = 0; i < dosages->len; i++)
    {
      const cJSON *dosage = g_ptr_array_index (dosages, i);
      Span span = span_of (dosage);

      is_generous = is_generous || lasts (self, dosage);
      imp_fhir_set_reach (self, span.start);
      add_span (&total, &span);
      if (span.start != NULL)
        reach (self, span.start, MAX (span.days, supplied) * n);
    }
  reach (self, start, MAX (total.in_order + total.side_by_side, supplied) * n);
  imp_fhir_set_reach (self, imp_fhir_string (self->resource, "dispenseRequest.validityPeriod.end"));
  if (is_generous || !total.any)
    reach (self, start, GENEROUS_DAYS);
  if (total.is_open || (is_continuous (self) && !total.any))
    self->age = IMP_FHIR_AGE_KEPT;
}
