/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-unit.h"

#include <string.h>

#include "disc-error.h"
#include "imp-limits.h"

static void
clear_message (gpointer data)
{
  imp_message_clear (data);
}

static void
clear_finding (gpointer data)
{
  g_free (((ImpUnitFinding *) data)->detail);
}

ImpUnit *
imp_unit_new (const char *facility, const char *id)
{
  ImpUnit *self = g_new0 (ImpUnit, 1);

  self->facility = g_strdup (facility);
  self->id = g_strdup (id);
  self->messages = g_array_new (FALSE, FALSE, sizeof (ImpMessage));
  g_array_set_clear_func (self->messages, clear_message);
  self->memory = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  self->findings = g_array_new (FALSE, FALSE, sizeof (ImpUnitFinding));
  g_array_set_clear_func (self->findings, clear_finding);
  self->chart = g_ptr_array_new ();
  self->disputed = g_ptr_array_new ();
  self->strings = g_string_chunk_new (512);
  return self;
}

void
imp_unit_free (ImpUnit *self)
{
  g_free (self->facility);
  g_free (self->id);
  g_array_unref (self->messages);
  g_ptr_array_unref (self->memory);
  g_array_unref (self->findings);
  g_ptr_array_unref (self->chart);
  g_ptr_array_unref (self->disputed);
  g_string_chunk_free (self->strings);
  g_free (self);
}

void
imp_unit_keep (ImpUnit *self, GByteArray *bytes)
{
  g_ptr_array_add (self->memory, bytes);
}

gsize
imp_unit_cost (const ImpUnit *self)
{
  gsize cost = self->messages->len * sizeof (ImpMessage);

  for (guint i = 0; i < self->memory->len; i++)
    cost += ((GByteArray *) g_ptr_array_index (self->memory, i))->len;
  return cost;
}

gboolean
imp_unit_take (ImpUnit *self, GByteArray *bytes)
{
  gsize pos = 0;

  imp_unit_keep (self, bytes);
  while (pos < bytes->len)
    {
      ImpMessage message;

      if (!imp_message_read (bytes->data, bytes->len, &pos, &message))
        {
          imp_message_clear (&message);
          return FALSE;
        }
      g_array_append_val (self->messages, message);
    }
  return TRUE;
}

static int
compare_messages (gconstpointer a, gconstpointer b)
{
  const ImpMessage *left = a;
  const ImpMessage *right = b;
  int order = strcmp (left->care_date, right->care_date);

  if (order == 0)
    order = strcmp (left->type, right->type);
  if (order == 0)
    order = strcmp (left->order_no, right->order_no);
  return order != 0 ? order : imp_message_compare_age (left, right);
}

void
imp_unit_sort (ImpUnit *self)
{
  g_array_sort (self->messages, compare_messages);
}

void
imp_unit_add_finding (ImpUnit *self, ImpFindingCode code, const ImpMessage *message,
                      const char *detail)
{
  ImpUnitFinding finding = { .code = code, .severity = imp_finding_default_severity (code),
                             .message = message, .detail = g_strdup (detail) };

  g_array_append_val (self->findings, finding);
}

/* What must not be missing even from a chart that is too large: the undated folder (allergies,
 * diagnoses, basic data) and where the patient is. */
static gboolean
is_indispensable (const ImpMessage *message)
{
  return imp_message_is_undated (message) || g_str_has_prefix (message->type, "ADT-");
}

/* (transfer full): of a chunk beyond the ceiling, only the indispensable messages; or NULL. */
static GByteArray *
thin_out (GByteArray *bytes, guint *n_left_out)
{
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  gsize pos = 0;

  while (pos < bytes->len)
    {
      ImpMessage message;

      if (!imp_message_read (bytes->data, bytes->len, &pos, &message))
        {
          imp_message_clear (&message);
          return NULL;
        }
      if (is_indispensable (&message))
        imp_message_append (&message, kept);
      else if (message.records_len > 0)
        (*n_left_out)++;
      imp_message_clear (&message);
    }
  return g_steal_pointer (&kept);
}

ImpUnit *
imp_unit_load (ImpSpill *spill, ImpSpillCoder *coder, const ImpSpillUnit *place, GError **error)
{
  g_autoptr (ImpUnit) self = imp_unit_new (place->facility, place->id);
  ImpSpillPlace next = place->newest;
  gsize n_bytes = 0;

  self->n_disputed_naming = place->n_disputed;
  while (next.len > 0)
    {
      g_autoptr (GByteArray) bytes = NULL;

      if (!imp_spill_get (spill, coder, &next, &bytes, error))
        return NULL;

      if (n_bytes >= IMP_MAX_PATIENT_BYTES)
        {
          GByteArray *kept = thin_out (bytes, &self->n_overfull);

          g_byte_array_unref (bytes);
          bytes = kept;
        }
      n_bytes += bytes != NULL ? bytes->len : 0;
      if (bytes == NULL || !imp_unit_take (self, g_steal_pointer (&bytes)))
        {
          g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "scratch file: not as it was written");
          return NULL;
        }
    }

  imp_unit_sort (self);
  return g_steal_pointer (&self);
}
