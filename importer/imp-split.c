/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-split.h"

#include <string.h>

#include "disc-text.h"

/* Who a root says the id is. */
typedef struct
{
  guint root;
  const ImpMessage *speaker; /* NULL: nothing in it says anything */
  guint group;
} Opinion;

static gboolean
is_basic (const ImpMessage *message)
{
  return strcmp (message->type, "ADT-00") == 0 && imp_message_is_standing (message);
}

/* The newest standing basic data, else the newest message that says anything. */
static gboolean
speaks_better (const ImpMessage *message, const ImpMessage *than)
{
  if (message->records_len == 0 || (message->flags & DISC_MESSAGE_DISPUTED) ||
      (*message->name == '\0' && *message->birth_date == '\0'))
    return FALSE;
  if (than == NULL || is_basic (message) != is_basic (than))
    return than == NULL || is_basic (message);
  return imp_message_compare_age (message, than) > 0;
}

static GArray *
collect_opinions (const ImpUnit *unit)
{
  GArray *opinions = g_array_new (FALSE, FALSE, sizeof (Opinion));

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      Opinion *opinion = NULL;

      for (guint j = 0; j < opinions->len && opinion == NULL; j++)
        if (g_array_index (opinions, Opinion, j).root == message->root)
          opinion = &g_array_index (opinions, Opinion, j);
      if (opinion == NULL)
        {
          Opinion fresh = { .root = message->root };

          g_array_append_val (opinions, fresh);
          opinion = &g_array_index (opinions, Opinion, opinions->len - 1);
        }
      if (speaks_better (message, opinion->speaker))
        opinion->speaker = message;
    }
  return opinions;
}

static gboolean
differ (const char *a, const char *b)
{
  return *a != '\0' && *b != '\0' && strcmp (a, b) != 0;
}

static gboolean
names_differ (const char *a, const char *b)
{
  g_autofree char *left = disc_text_fold_new (a);
  g_autofree char *right = disc_text_fold_new (b);

  return differ (left, right);
}

/* A name alone may have changed; where a birth date is missing it is all there is. */
static gboolean
are_different_people (const ImpMessage *a, const ImpMessage *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  if (differ (a->birth_date, b->birth_date) ||
      (differ (a->sex, b->sex) && strcmp (a->sex, "U") != 0 && strcmp (b->sex, "U") != 0))
    return TRUE;
  return (*a->birth_date == '\0' || *b->birth_date == '\0') && names_differ (a->name, b->name);
}

/* Returns: the number of groups */
static guint
group_opinions (GArray *opinions)
{
  guint n = 0;

  for (guint i = 0; i < opinions->len; i++)
    {
      Opinion *opinion = &g_array_index (opinions, Opinion, i);
      gboolean found = FALSE;

      for (guint j = 0; j < i && !found; j++)
        {
          const Opinion *other = &g_array_index (opinions, Opinion, j);

          found = !are_different_people (opinion->speaker, other->speaker);
          if (found)
            opinion->group = other->group;
        }
      if (!found)
        opinion->group = n++;
    }
  return n;
}

static guint
group_of (GArray *opinions, guint root)
{
  for (guint i = 0; i < opinions->len; i++)
    if (g_array_index (opinions, Opinion, i).root == root)
      return g_array_index (opinions, Opinion, i).group;
  g_return_val_if_reached (0);
}

static ImpUnit *
new_part (const ImpUnit *unit, ImpRoots *roots, GArray *opinions, guint group)
{
  g_autofree char *name = NULL;
  ImpUnit *part;

  for (guint i = 0; i < opinions->len && name == NULL; i++)
    {
      const Opinion *opinion = &g_array_index (opinions, Opinion, i);

      if (opinion->group == group)
        name = g_strdup_printf ("#%u %s", opinion->root + 1,
                                imp_roots_get (roots, opinion->root)->path);
    }
  part = imp_unit_new (name != NULL ? name : "", unit->id);
  for (guint i = 0; i < unit->memory->len; i++)
    imp_unit_keep (part, g_byte_array_ref (g_ptr_array_index (unit->memory, i)));
  return part;
}

static GPtrArray *
divide (ImpUnit *unit, ImpRoots *roots, GArray *opinions, guint n_groups)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_unit_free);

  for (guint i = 0; i < n_groups; i++)
    g_ptr_array_add (parts, new_part (unit, roots, opinions, i));
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      ImpUnit *part = g_ptr_array_index (parts, group_of (opinions, message->root));

      g_array_append_val (part->messages, *message);
      message->findings = NULL; /* they went with the copy */
    }

  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_disputed_naming = unit->n_disputed_naming;
  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_overfull = unit->n_overfull;
  for (guint i = 0; i < n_groups; i++)
    imp_unit_add_finding (g_ptr_array_index (parts, i), IMP_FINDING_IDENTITY_CONFLICT, NULL,
                          "this id names another person in another root: not joined");
  return parts;
}

GPtrArray *
imp_split_unit (ImpUnit *unit, ImpRoots *roots)
{
  GPtrArray *parts;
  g_autoptr (GArray) opinions = NULL;
  guint n_groups = 1;

  if (*unit->facility == '\0' && *unit->id != '\0' && imp_roots_n (roots) > 1)
    {
      opinions = collect_opinions (unit);
      n_groups = group_opinions (opinions);
    }
  if (n_groups > 1)
    {
      parts = divide (unit, roots, opinions, n_groups);
      imp_unit_free (unit);
      return parts;
    }

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_unit_free);
  g_ptr_array_add (parts, unit);
  return parts;
}
