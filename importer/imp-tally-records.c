/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-tally.h"

#include <string.h>

#include "disc-date.h"
#include "imp-code-system.h"

#define N_KINDS G_N_ELEMENTS (((ImpTally *) NULL)->records)

/* The codes of the item at hand. */
typedef struct
{
  gboolean has_code;
  gboolean is_standard;
  const char *asked; /* system that was asked about last, in an item before too; or NULL */
  gboolean asked_is_standard;
} Codes;

static void
end_item (ImpKindTally *kind, Codes *codes)
{
  if (codes->has_code && codes->is_standard)
    kind->n_coded++;
  else if (codes->has_code)
    kind->n_coded_local++;
  codes->has_code = codes->is_standard = FALSE;
}

/* The items of a message are mostly coded alike. */
static gboolean
is_standard (Codes *codes, const char *system)
{
  if (codes->asked == NULL || strcmp (codes->asked, system) != 0)
    {
      codes->asked = system;
      codes->asked_is_standard = imp_code_system_is_standard (system);
    }
  return codes->asked_is_standard;
}

static void
note_code (Codes *codes, const DiscRecordIter *iter)
{
  switch (iter->field)
    {
    case DISC_FIELD_CODE:
    case DISC_FIELD_OTHER_CODE:
    case DISC_FIELD_ORGANISM_CODE:
      codes->has_code = TRUE;
      break;
    case DISC_FIELD_SYSTEM:
    case DISC_FIELD_OTHER_SYSTEM:
      codes->is_standard = codes->is_standard || is_standard (codes, iter->value);
      break;
    default:
      break;
    }
}

/* A time after the end of the window is a plan: it says nothing about how new data is. Compared as far
 * as both are known. */
static void
note_time (const ImpTally *self, ImpKindTally *kind, const char *at)
{
  gsize len = strlen (at);

  if (*kind->oldest_at != '\0' && disc_date_compare (at, kind->oldest_at) >= 0 &&
      disc_date_compare (at, kind->newest_at) <= 0)
    return; /* as most are: nothing to look at closer */
  if (len >= DISC_DATE_MAX || !disc_date_is_valid (at))
    return;
  imp_tally_older (kind->oldest_at, at, sizeof kind->oldest_at);
  if (*self->as_of == '\0' || !disc_date_is_after (at, self->as_of))
    imp_tally_newer (kind->newest_at, at, sizeof kind->newest_at);
}

static void
note_record (ImpTally *self, ImpKindTally *kind, const ImpMessage *message,
             const DiscRecordIter *iter)
{
  if (!iter->live)
    kind->by_status[(guint) iter->status < DISC_N_STATUSES ? iter->status : 0]++;
  kind->n_disputed += (message->flags & DISC_MESSAGE_DISPUTED) != 0 ? 1 : 0;
  if (*self->now == '\0' || strcmp (message->sent_at, self->now) <= 0)
    imp_tally_newer (kind->newest_sent, message->sent_at, sizeof kind->newest_sent);
}

void
imp_tally_records (ImpTally *self, ImpMessage *message)
{
  ImpKindTally others; /* of kinds that this build does not know: counted, not told apart */
  ImpKindTally *tally = &others;
  Codes codes = { FALSE };
  DiscRecordIter iter;
  ImpTypeTally *type = imp_tally_type (imp_tally_root (self, message->root), message->type);
  DiscToken token;
  guint kind = 0;

  memset (&others, 0, sizeof others);
  type->n_on_disc++;
  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      if (token == DISC_TOKEN_RECORD)
        {
          end_item (tally, &codes);
          kind = MIN ((guint) iter.kind, (guint) N_KINDS - 1);
          tally = kind < DISC_N_KINDS ? &self->kinds[kind] : &others;
          message->kinds |= G_GUINT64_CONSTANT (1) << (iter.kind & 63);
          self->records[kind]++;
          type->n_records++;
          self->records_live[kind] += iter.live ? 1 : 0;
          note_record (self, tally, message, &iter);
        }
      else if (token == DISC_TOKEN_ITEM)
        {
          end_item (tally, &codes);
          self->items[kind]++;
        }
      else
        {
          self->fields[kind][iter.field >> 3] |= (guint8) (1 << (iter.field & 7));
          if (iter.in_item)
            note_code (&codes, &iter);
          else if (iter.field == DISC_FIELD_AT && iter.live)
            note_time (self, tally, iter.value);
        }
    }
  end_item (tally, &codes);
}

static void
take_back_type (ImpTally *self, const ImpMessage *message, const ImpTally *counted)
{
  ImpTypeTally *type = imp_tally_type (imp_tally_root (self, message->root), message->type);

  type->n_on_disc--;
  type->n_records -= imp_tally_sum_records (counted);
}

static void
take_back_kind (ImpKindTally *from, const ImpKindTally *counted)
{
  for (guint i = 0; i < DISC_N_STATUSES; i++)
    from->by_status[i] -= counted->by_status[i];
  from->n_disputed -= counted->n_disputed;
  from->n_coded -= counted->n_coded;
  from->n_coded_local -= counted->n_coded_local;
}

/* Counts may pass below zero here: they are added to another tally's. */
void
imp_tally_take_back (ImpTally *self, ImpMessage *message)
{
  g_autoptr (ImpTally) counted = imp_tally_new ();

  imp_tally_records (counted, message);
  take_back_type (self, message, counted);
  for (guint i = 0; i < N_KINDS; i++)
    {
      self->records[i] -= counted->records[i];
      self->records_live[i] -= counted->records_live[i];
      self->items[i] -= counted->items[i];
    }
  for (guint i = 0; i < DISC_N_KINDS; i++)
    take_back_kind (&self->kinds[i], &counted->kinds[i]);
}

guint64
imp_tally_sum_records (const ImpTally *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < N_KINDS; i++)
    sum += self->records[i];
  return sum;
}
