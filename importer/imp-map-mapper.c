/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-limits.h"

/* PID-1, -3, -5, -7, -8, -11, -13, -14, -33 are read; the rest is not of SS-MIX2. */
#define READ_PID                                                                                   \
  (IMP_BIT (1) | IMP_BIT (3) | IMP_BIT (5) | IMP_BIT (7) | IMP_BIT (8) | IMP_BIT (11) |            \
   IMP_BIT (13) | IMP_BIT (14) | IMP_BIT (33))
#define READ_PV1                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (6) | IMP_BIT (7) | IMP_BIT (10) |            \
   IMP_BIT (17) | IMP_BIT (36) | IMP_BIT (44) | IMP_BIT (45))
#define READ_PV2 (IMP_BIT (1) | IMP_BIT (8) | IMP_BIT (9) | IMP_BIT (47))
#define READ_EVN (IMP_BIT (8) - 2)

/* Buckets kept for the next message. */
#define KEEP_BUCKETS 32

static void
bucket_free (ImpBucket *bucket)
{
  disc_record_builder_free (bucket->builder);
  disc_record_builder_free (bucket->differences);
  g_free (bucket);
}

ImpMapper *
imp_mapper_new (void)
{
  ImpMapper *self = g_new0 (ImpMapper, 1);

  self->buckets = g_ptr_array_new_with_free_func ((GDestroyNotify) bucket_free);
  self->head = disc_record_builder_new ();
  self->preamble = disc_record_builder_new ();
  self->pending = disc_record_builder_new ();
  self->shared = disc_record_builder_new ();
  self->beyond = disc_record_builder_new ();
  self->scratch = g_string_new (NULL);
  self->kept = g_string_new (NULL);
  return self;
}

void
imp_mapper_free (ImpMapper *self)
{
  g_ptr_array_unref (self->buckets);
  disc_record_builder_free (self->head);
  disc_record_builder_free (self->preamble);
  disc_record_builder_free (self->pending);
  disc_record_builder_free (self->shared);
  disc_record_builder_free (self->beyond);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->kept, TRUE);
  g_free (self);
}

static void
take_first (const ImpSegment **place, const ImpSegment *segment)
{
  if (*place == NULL)
    *place = segment;
}

static void
find_common (ImpMapper *self)
{
  self->event = self->pid = self->visit = self->plan = NULL;
  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('E', 'V', 'N'):
          take_first (&self->event, segment);
          break;
        case IMP_SEG ('P', 'I', 'D'):
          take_first (&self->pid, segment);
          break;
        case IMP_SEG ('P', 'V', '1'):
          take_first (&self->visit, segment);
          break;
        case IMP_SEG ('P', 'V', '2'):
          take_first (&self->plan, segment);
          break;
        default:
          break;
        }
    }
}

void
imp_mapper_begin (ImpMapper *self, ImpEr7 *er7, const ImpName *name, ImpMapped *out)
{
  self->er7 = er7;
  self->name = name;
  self->out = out;
  self->title = NULL;
  self->base = imp_state (DISC_STATUS_COMPLETED);
  self->is_test = FALSE;
  self->items_have_time = FALSE;
  self->n_segments = imp_er7_n_segments (er7);
  self->header = imp_er7_segment (er7, 0);
  find_common (self);
  self->n_buckets = 0;
  self->n_compared = 0;
  if (self->buckets->len > KEEP_BUCKETS)
    g_ptr_array_set_size (self->buckets, KEEP_BUCKETS);
  self->open = NULL;
  self->n_kept = 0;
  self->n_bad_escapes = 0;
  self->n_cut = 0;
  g_string_truncate (self->kept, 0);
  disc_record_builder_clear (self->preamble);
  disc_record_builder_clear (self->pending);
  imp_mapper_head (self);
}

void
imp_mapper_note (ImpMapper *self, const ImpSegment *note)
{
  imp_mapper_add_all (self, imp_mapper_here (self), DISC_FIELD_COMMENT, note, 3);
}

void
imp_mapper_stray (ImpMapper *self, const ImpSegment *segment)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('N', 'T', 'E'):
      imp_mapper_note (self, segment);
      break;
    case IMP_SEG ('A', 'L', '1'):
    case IMP_SEG ('D', 'G', '1'):
      break; /* imp_map_order_allergies(), imp_map_old_problems() */
    default:
      imp_mapper_keep_segment (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD,
                               segment);
      break;
    }
}

gboolean
imp_mapper_common (ImpMapper *self, const ImpSegment *segment)
{
  DiscRecordBuilder *to = self->preamble;

  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('M', 'S', 'H'):
      return TRUE;
    case IMP_SEG ('E', 'V', 'N'):
      imp_mapper_keep_unread (self, to, DISC_FIELD_NOT_UNDERSTOOD, segment, READ_EVN);
      return segment == self->event;
    case IMP_SEG ('P', 'I', 'D'):
      imp_mapper_keep_unread (self, to, DISC_FIELD_NOT_UNDERSTOOD, segment, READ_PID);
      return segment == self->pid;
    case IMP_SEG ('P', 'V', '1'):
      imp_mapper_keep_unread (self, to, DISC_FIELD_NOT_UNDERSTOOD, segment, READ_PV1);
      return segment == self->visit;
    case IMP_SEG ('P', 'V', '2'):
      imp_mapper_keep_unread (self, to, DISC_FIELD_NOT_UNDERSTOOD, segment, READ_PV2);
      return segment == self->plan;
    case IMP_SEG ('N', 'T', 'E'):
      imp_mapper_add_all (self, to, DISC_FIELD_COMMENT, segment, 3);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_named (const ImpSegment *segment, const char *names)
{
  return imp_text_is_one_of ((ImpText){ segment->name, strlen (segment->name) }, names);
}

guint
imp_mapper_preamble (ImpMapper *self, const char *openers)
{
  guint i = 1;

  for (; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (is_named (segment, openers))
        break;
      if (!imp_mapper_common (self, segment) && !is_named (segment, "AL1 DG1"))
        imp_mapper_keep_segment (self, self->preamble, DISC_FIELD_NOT_UNDERSTOOD, segment);
    }

  return i;
}

static void
report (ImpMapper *self)
{
  if (self->n_bad_escapes > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_UNDECODABLE,
                            "%u character-set escapes kept as they stand", self->n_bad_escapes);
  if (self->n_cut > 0)
    {
      self->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
      imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                              "too long to be shown whole: the rest is in the source message");
    }
  if (self->n_kept > 0)
    {
      self->out->facts.flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "kept as text: %s",
                              self->kept->str);
    }
}

void
imp_mapper_finish (ImpMapper *self)
{
  imp_mapper_write_records (self);
  report (self);
}
