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
#define READ_NTE (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4))

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
  self->names_key = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->line = g_string_new (NULL);
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
  g_string_free (self->names_key, TRUE);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->line, TRUE);
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
  self->visit_is_told = FALSE;
  self->n_segments = imp_er7_n_segments (er7);
  self->header = imp_er7_segment (er7, 0);
  find_common (self);
  self->n_buckets = 0;
  self->n_compared = 0;
  if (self->buckets->len > KEEP_BUCKETS)
    g_ptr_array_set_size (self->buckets, KEEP_BUCKETS);
  self->open = NULL;
  self->state_orc = NULL;
  self->n_kept = 0;
  self->n_bad_escapes = 0;
  self->n_cut = 0;
  g_string_truncate (self->kept, 0);
  disc_record_builder_clear (self->preamble);
  disc_record_builder_clear (self->pending);
  imp_mapper_head (self);
}

/* NTE behind one segment of a list; more are of the message. */
#define MAX_NOTES_BEHIND 64

void
imp_mapper_add_note (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *note)
{
  static const ImpLabel labels[] = { { 4, "コメントの種類", IMP_LABEL_TEXT } };

  imp_mapper_add_all (self, to, DISC_FIELD_COMMENT, note, 3);
  imp_mapper_add_labels (self, to, note, labels, G_N_ELEMENTS (labels));
  /* HL7 table 0105: by the laboratory, who ordered, another. */
  imp_mapper_keep_code (self, to, note, 2, "L P O");
  imp_mapper_keep_unread (
      self, to, to == self->preamble ? DISC_FIELD_NOT_UNDERSTOOD : DISC_FIELD_ITEM_NOT_UNDERSTOOD,
      note, READ_NTE);
}

void
imp_mapper_note (ImpMapper *self, const ImpSegment *note)
{
  imp_mapper_add_note (self, imp_mapper_here (self), note);
}

static gboolean
is_note (const ImpSegment *segment)
{
  return imp_segment_code (segment) == IMP_SEG ('N', 'T', 'E');
}

void
imp_mapper_add_notes_behind (ImpMapper *self, DiscRecordBuilder *to, guint i)
{
  guint end = MIN (self->n_segments, i + 1 + MAX_NOTES_BEHIND);

  while (++i < end && is_note (imp_mapper_segment (self, i)))
    imp_mapper_add_note (self, to, imp_mapper_segment (self, i));
}

/* DG1 of SS-MIX version 1 is a list of its own where diagnoses are: in ADT and PPR. */
static gboolean
reads_old_problems (ImpMapper *self)
{
  const char *type = self->out->facts.message_type;

  return strcmp (type, "ADT") == 0 || strcmp (type, "PPR") == 0;
}

static gboolean
is_of_list (ImpMapper *self, guint32 code)
{
  return code == IMP_SEG ('A', 'L', '1') ||
         (code == IMP_SEG ('D', 'G', '1') && reads_old_problems (self));
}

gboolean
imp_mapper_is_note_of_list (ImpMapper *self, guint i)
{
  return is_of_list (self, imp_mapper_note_owner (self, i));
}

guint32
imp_mapper_note_owner (ImpMapper *self, guint i)
{
  guint from = i > MAX_NOTES_BEHIND ? i - MAX_NOTES_BEHIND : 0;

  while (i > from)
    {
      const ImpSegment *segment = imp_mapper_segment (self, --i);
      guint32 code = imp_segment_code (segment);

      if (code == IMP_SEG ('N', 'T', 'E'))
        continue;
      return segment->whole.len > 4 ? code : 0;
    }

  return 0;
}

void
imp_mapper_stray (ImpMapper *self, const ImpSegment *segment)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('N', 'T', 'E'):
      if (!imp_mapper_is_note_of_list (self, segment->number - 1))
        imp_mapper_note (self, segment);
      break;
    default:
      /* imp_map_order_allergies() and imp_map_old_problems() read those. */
      if (!is_of_list (self, imp_segment_code (segment)))
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
      if (!imp_mapper_is_note_of_list (self, segment->number - 1))
        imp_mapper_add_note (self, to, segment);
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
      /* An order has no event of its own; of an ADT it is read with the rest. */
      if (segment == self->event && strcmp (self->out->facts.message_type, "ADT") != 0)
        imp_mapper_tell_event (self, self->preamble, 0);
      if (!imp_mapper_common (self, segment) && !is_of_list (self, imp_segment_code (segment)))
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
