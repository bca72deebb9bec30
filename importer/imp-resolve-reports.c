/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "imp-fhir-order.h"

/*
 * Reports of FHIR that a later one takes the place of (spec fhir.md 3.7): a preliminary one stays
 * beside the final one of the same identifier, which need not be the same resource. An identifier
 * alone tells nothing (spec fhir.md 0.1 fact 21): what was examined must be the same too. What is
 * doubtful leaves both standing.
 */

/* One report: strings lie in the records of its message. */
typedef struct
{
  ImpMessage *message;
  const char *set; /* identifier with its system */
  const char *code;
  const char *name;
  const char *at; /* when it was issued, else its own time */
  DiscStatus status;
  gboolean is_live;
} Report;

static void
take_value (Report *self, const DiscRecordIter *iter, gboolean *is_issued)
{
  switch (iter->field)
    {
    case DISC_FIELD_AT:
      if (!*is_issued)
        self->at = iter->value;
      break;
    case DISC_FIELD_REPORTED_AT:
      self->at = iter->value;
      *is_issued = TRUE;
      break;
    case DISC_FIELD_SET_ID:
      if (self->set == NULL && iter->value[0] != '^')
        self->set = iter->value;
      break;
    case DISC_FIELD_CODE:
      if (self->code == NULL)
        self->code = iter->value;
      break;
    case DISC_FIELD_NAME:
      if (self->name == NULL)
        self->name = iter->value;
      break;
    default:
      break;
    }
}

/* Returns: whether it is a report with an identifier. Its first record is; results follow it. */
static gboolean
read_report (ImpMessage *message, Report *self)
{
  DiscRecordIter iter;
  gboolean is_issued = FALSE;
  guint n_records = 0;

  if ((message->format != DISC_FORMAT_FHIR_JSON && message->format != DISC_FORMAT_FHIR_XML) ||
      message->fate != IMP_FATE_ON_DISC ||
      (message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)) != 0)
    return FALSE;
  *self = (Report){ .message = message };
  disc_record_iter_init (&iter, message->records, message->records_len);
  for (DiscToken token = disc_record_iter_next (&iter);
       token != DISC_TOKEN_END && token != DISC_TOKEN_BAD; token = disc_record_iter_next (&iter))
    {
      if (token == DISC_TOKEN_RECORD)
        {
          if (iter.kind != DISC_KIND_REPORT || n_records++ > 0)
            break;
          self->status = iter.status;
          self->is_live = iter.live;
        }
      else if (token == DISC_TOKEN_VALUE)
        take_value (self, &iter, &is_issued);
    }
  return self->set != NULL && n_records > 0;
}

static gboolean
is_final (const Report *self)
{
  return self->is_live &&
         (self->status == DISC_STATUS_COMPLETED || self->status == DISC_STATUS_CORRECTED);
}

static gboolean
is_preliminary (const Report *self)
{
  return self->is_live &&
         (self->status == DISC_STATUS_PRELIMINARY || self->status == DISC_STATUS_PLANNED);
}

static gboolean
is_later (const Report *a, const Report *b)
{
  int order;

  return a->at != NULL && b->at != NULL && imp_fhir_compare_times (a->at, b->at, &order) &&
         order >= 0;
}

static gboolean
takes_place_of (const Report *a, const Report *b)
{
  return strcmp (a->set, b->set) == 0 && g_strcmp0 (a->code, b->code) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 && is_later (a, b);
}

void
imp_resolve_reports (ImpUnit *unit)
{
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (Report));
  g_autoptr (GHashTable) finals = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      Report report;

      if (read_report (&g_array_index (unit->messages, ImpMessage, i), &report))
        g_array_append_val (reports, report);
    }
  for (guint i = 0; i < reports->len; i++)
    {
      Report *report = &g_array_index (reports, Report, i);
      const Report *other = g_hash_table_lookup (finals, report->set);

      if (is_final (report) && (other == NULL || is_later (report, other)))
        g_hash_table_insert (finals, (gpointer) report->set, report);
    }
  for (guint i = 0; i < reports->len; i++)
    {
      Report *report = &g_array_index (reports, Report, i);
      const Report *final = g_hash_table_lookup (finals, report->set);

      if (final == NULL || !is_preliminary (report) || !takes_place_of (final, report))
        continue;
      imp_unit_add_finding (unit, IMP_FINDING_DUPLICATE, report->message,
                            "a final report of this number stands beside it");
      disc_records_override (report->message->records, report->message->records_len,
                             DISC_STATUS_SUPERSEDED);
    }
}
