/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-census-private.h"

#include <string.h>

static const char **
slot_of (ImpCensusEvent *event, DiscField field)
{
  switch (field)
    {
    case DISC_FIELD_EVENT_CODE:
      return &event->class;
    case DISC_FIELD_STATUS:
      return &event->word;
    case DISC_FIELD_END:
      return &event->end;
    case DISC_FIELD_WARD:
      return &event->ward;
    case DISC_FIELD_ROOM:
      return &event->room;
    case DISC_FIELD_BED:
      return &event->bed;
    case DISC_FIELD_TO:
      return &event->to_place;
    case DISC_FIELD_DEPARTMENT:
    case DISC_FIELD_ITEM_DEPARTMENT:
      return &event->department;
    case DISC_FIELD_DOCTOR:
      return &event->doctor;
    default:
      return NULL;
    }
}

/* Only what is live, and surely of this patient and no training. */
gboolean
imp_census_read_event (const ImpMessage *message, guint index, ImpCensusEvent *event)
{
  DiscRecordIter iter;
  DiscToken token;

  *event = (ImpCensusEvent){ .message = message, .index = index, .at = message->clinical_at };
  if (message->fate != IMP_FATE_ON_DISC ||
      (message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST | DISC_MESSAGE_SAID_BEFORE)))
    return FALSE;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      const char **slot;

      if ((iter.kind != DISC_KIND_ENCOUNTER && iter.kind != DISC_KIND_APPOINTMENT) || !iter.live)
        continue;
      event->kind = iter.kind;
      event->status = iter.status;
      if (token != DISC_TOKEN_VALUE)
        continue;
      slot = slot_of (event, iter.field);
      if (slot != NULL && *slot == NULL)
        *slot = iter.value;
      if (iter.field == DISC_FIELD_WARNING && strcmp (iter.value, "part-of-stay") == 0)
        event->is_part = TRUE;
      event->was_elsewhere |= iter.field == DISC_FIELD_FROM;
    }
  return event->kind != DISC_KIND_NONE;
}

gboolean
imp_census_is_type (const ImpCensusEvent *event, const char *type)
{
  return strcmp (event->message->type, type) == 0;
}

DiscListFlags
imp_census_flags_of (const ImpCensusEvent *event)
{
  return event->message->flags & DISC_MESSAGE_MAYBE_CANCELLED ? DISC_LIST_DOUBTED : 0;
}
