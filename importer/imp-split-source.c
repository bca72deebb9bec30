/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-split.h"

#include <string.h>

/*
 * One number of one hospital, from several kinds of sources: a pair that is joined must agree on birth date
 * and sex where both are told whole, else they are two charts (spec fhir.md 4.3).
 */

/* What one source says of the person: SS-MIX2 as a whole, FHIR root by root. */
typedef struct
{
  gboolean is_fhir;
  guint root;              /* of FHIR */
  const ImpMessage *birth; /* that says it best */
  const ImpMessage *sex;
  guint part;              /* 0: with the first */
} Camp;

static Camp *
need_camp (GArray *camps, const ImpMessage *message)
{
  gboolean is_fhir = imp_message_is_fhir (message);
  Camp fresh = { .is_fhir = is_fhir, .root = is_fhir ? message->root : 0 };

  for (guint i = 0; i < camps->len; i++)
    {
      Camp *camp = &g_array_index (camps, Camp, i);

      if (camp->is_fhir == fresh.is_fhir && camp->root == fresh.root)
        return camp;
    }
  g_array_append_val (camps, fresh);
  return &g_array_index (camps, Camp, camps->len - 1);
}

static gboolean
speaks_better (const ImpMessage *message, const ImpMessage *than)
{
  if (than == NULL || imp_message_is_basics (message) != imp_message_is_basics (than))
    return than == NULL || imp_message_is_basics (message);
  return imp_message_compare_age (message, than) > 0;
}

static GArray *
collect_camps (const ImpUnit *unit)
{
  GArray *camps = g_array_new (FALSE, FALSE, sizeof (Camp));

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      Camp *camp = need_camp (camps, message);

      if (message->records_len == 0 || (message->flags & DISC_MESSAGE_DISPUTED))
        continue;
      if (strlen (message->birth_date) >= strlen ("1950-01-01") && speaks_better (message, camp->birth))
        camp->birth = message;
      if ((strcmp (message->sex, "M") == 0 || strcmp (message->sex, "F") == 0) &&
          speaks_better (message, camp->sex))
        camp->sex = message;
    }
  return camps;
}

static gboolean
contradict (const Camp *a, const Camp *b)
{
  if (a->birth != NULL && b->birth != NULL &&
      imp_message_birth_dates_differ (a->birth->birth_date, b->birth->birth_date))
    return TRUE;
  return a->sex != NULL && b->sex != NULL && strcmp (a->sex->sex, b->sex->sex) != 0;
}

/* SS-MIX2 first, where there is any. Returns: how many parts there are */
static guint
group (GArray *camps)
{
  guint n_parts = 1;

  for (guint i = 0; i < camps->len; i++)
    if (!g_array_index (camps, Camp, i).is_fhir && i > 0)
      {
        Camp first = g_array_index (camps, Camp, 0);

        g_array_index (camps, Camp, 0) = g_array_index (camps, Camp, i);
        g_array_index (camps, Camp, i) = first;
      }
  for (guint i = 1; i < camps->len; i++)
    {
      Camp *camp = &g_array_index (camps, Camp, i);
      gboolean is_other = FALSE;

      for (guint j = 0; j < i && !is_other; j++)
        is_other = g_array_index (camps, Camp, j).part == 0 &&
                   contradict (camp, &g_array_index (camps, Camp, j));
      camp->part = is_other ? n_parts++ : 0;
    }
  return n_parts;
}

static ImpUnit *
new_part (const ImpUnit *unit, guint part)
{
  g_autofree char *facility = part == 0 ? g_strdup (unit->facility)
                                        : g_strdup_printf ("%s#%u", unit->facility, part + 1);
  ImpUnit *made = imp_unit_new (facility, unit->id);

  for (guint i = 0; i < unit->memory->len; i++)
    imp_unit_keep (made, g_byte_array_ref (g_ptr_array_index (unit->memory, i)));
  imp_unit_add_finding (made, IMP_FINDING_IDENTITY_CONFLICT, NULL,
                        "another source gives this number another birth date or sex: two charts");
  return made;
}

gboolean
imp_split_by_source (ImpUnit *unit, GPtrArray *parts)
{
  g_autoptr (GArray) camps = NULL;
  guint n_parts;

  if (*unit->id == '\0')
    return FALSE;
  camps = collect_camps (unit);
  n_parts = camps->len > 1 ? group (camps) : 1;
  if (n_parts == 1)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    g_ptr_array_add (parts, new_part (unit, i));
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      ImpUnit *part = g_ptr_array_index (parts, need_camp (camps, message)->part);

      g_array_append_val (part->messages, *message);
      message->findings = NULL; /* they went with the copy */
    }
  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_disputed_naming = unit->n_disputed_naming;
  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_overfull = unit->n_overfull;
  return TRUE;
}
