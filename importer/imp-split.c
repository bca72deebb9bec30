/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-split.h"

#include <string.h>

#include "disc-text.h"

#define MAX_NAMES 8 /* of one id in one root */

/* Who a root says the id is. A root may know a patient under several names, one after the other:
 * birth date and sex are those of its newest basic data, names are all that it ever gave. */
typedef struct
{
  guint root;
  gboolean has_records;
  gboolean has_own;        /* records that are not disputed: whoever it is, they stand in his chart */
  const ImpMessage *birth; /* the message that says it best; NULL: none says it */
  const ImpMessage *sex;
  GPtrArray *names;        /* (element-type utf8) folded */
  GPtrArray *kana;
  guint group;
  gboolean in_doubt;       /* may be either of two people */
} Opinion;

typedef struct
{
  GArray *all;             /* (element-type Opinion) */
  GHashTable *by_root;     /* root + 1 -> index + 1 */
  guint n_groups;          /* of people, before the silent roots are added */
} Opinions;

static void
clear_opinion (gpointer data)
{
  Opinion *opinion = data;

  g_ptr_array_unref (opinion->names);
  g_ptr_array_unref (opinion->kana);
}

static void
opinions_free (Opinions *self)
{
  g_array_unref (self->all);
  g_hash_table_unref (self->by_root);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opinions, opinions_free)

static Opinion *
find_opinion (const Opinions *self, guint root)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_root, GUINT_TO_POINTER (root + 1)));

  return index > 0 ? &g_array_index (self->all, Opinion, index - 1) : NULL;
}

static Opinion *
need_opinion (Opinions *self, guint root)
{
  Opinion *known = find_opinion (self, root);
  Opinion fresh = { .root = root };

  if (known != NULL)
    return known;
  fresh.names = g_ptr_array_new_with_free_func (g_free);
  fresh.kana = g_ptr_array_new_with_free_func (g_free);
  g_array_append_val (self->all, fresh);
  g_hash_table_insert (self->by_root, GUINT_TO_POINTER (root + 1),
                       GUINT_TO_POINTER (self->all->len));
  return &g_array_index (self->all, Opinion, self->all->len - 1);
}

/* Sex alone says nothing about who it is. */
static gboolean
is_silent (const Opinion *opinion)
{
  return opinion->birth == NULL && opinion->names->len == 0 && opinion->kana->len == 0;
}

static gboolean
is_basic (const ImpMessage *message)
{
  return imp_message_is_basics (message) && imp_message_is_standing (message);
}

/* The newest standing basic data, else the newest message. */
static gboolean
speaks_better (const ImpMessage *message, const ImpMessage *than)
{
  if (than == NULL || is_basic (message) != is_basic (than))
    return than == NULL || is_basic (message);
  return imp_message_compare_age (message, than) > 0;
}

/* @folded: (transfer full) */
static void
add_name (GPtrArray *names, char *folded)
{
  if (*folded == '\0' || names->len >= MAX_NAMES ||
      g_ptr_array_find_with_equal_func (names, folded, g_str_equal, NULL))
    g_free (folded);
  else
    g_ptr_array_add (names, folded);
}

static void
listen (Opinion *opinion, const ImpMessage *message)
{
  if (*message->birth_date != '\0' && speaks_better (message, opinion->birth))
    opinion->birth = message;
  if (*message->sex != '\0' && speaks_better (message, opinion->sex))
    opinion->sex = message;
  if (*message->name != '\0')
    add_name (opinion->names, disc_text_fold_new (message->name));
  if (*message->kana != '\0')
    {
      GString *folded = g_string_new (NULL);

      disc_text_fold_kana (message->kana, -1, folded);
      add_name (opinion->kana, g_string_free (folded, FALSE));
    }
}

/* A file that could not be read says nothing, nor does a message that may be another patient's. */
static Opinions *
collect_opinions (const ImpUnit *unit)
{
  Opinions *self = g_new0 (Opinions, 1);

  self->all = g_array_new (FALSE, FALSE, sizeof (Opinion));
  g_array_set_clear_func (self->all, clear_opinion);
  self->by_root = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      Opinion *opinion = need_opinion (self, message->root);

      if (message->records_len == 0)
        continue;
      opinion->has_records = TRUE;
      opinion->has_own |= (message->flags & DISC_MESSAGE_DISPUTED) == 0;
      if (!(message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)))
        listen (opinion, message);
    }
  return self;
}

static gboolean
births_differ (const Opinion *a, const Opinion *b)
{
  return a->birth != NULL && b->birth != NULL &&
         imp_message_birth_dates_differ (a->birth->birth_date, b->birth->birth_date);
}

static gboolean
sexes_differ (const Opinion *a, const Opinion *b)
{
  return a->sex != NULL && b->sex != NULL && strcmp (a->sex->sex, "U") != 0 &&
         strcmp (b->sex->sex, "U") != 0 && strcmp (a->sex->sex, b->sex->sex) != 0;
}

static gboolean
share_name (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_find_with_equal_func ((GPtrArray *) b, g_ptr_array_index (a, i), g_str_equal,
                                          NULL))
      return TRUE;
  return FALSE;
}

/* Birth date and sex must not contradict each other, and the name must agree, in kanji or in kana:
 * a second patient with the same birthday is no rarity under one number of two hospitals. Where no
 * part of the name can be compared nothing speaks for one patient, so there are two. */
static gboolean
may_be_joined (const Opinion *a, const Opinion *b)
{
  return !births_differ (a, b) && !sexes_differ (a, b) &&
         (share_name (a->names, b->names) || share_name (a->kana, b->kana));
}

static guint
completeness (const Opinion *opinion)
{
  if (is_silent (opinion))
    return 0;
  return (opinion->birth != NULL ? 2 : 0) + (opinion->names->len > 0 ? 1 : 0) +
         (opinion->kana->len > 0 ? 1 : 0) + (opinion->sex != NULL ? 1 : 0);
}

/* What says most comes first, so that what says little meets all the people it may be. The rest of
 * the order only makes the result independent of the order of reading. */
static int
compare_opinions (gconstpointer a, gconstpointer b, gpointer data)
{
  const Opinion *left = a;
  const Opinion *right = b;
  const ImpRoot *left_root = imp_roots_get (data, left->root);
  const ImpRoot *right_root = imp_roots_get (data, right->root);

  if (completeness (left) != completeness (right))
    return completeness (left) > completeness (right) ? -1 : 1;
  if (left_root->source != right_root->source)
    return left_root->source < right_root->source ? -1 : 1;
  return strcmp (left_root->path, right_root->path);
}

/* The groups of which every member so far may be the same person. @fits: one for each group.
 * Returns: how many there are */
static guint
find_fitting (const Opinions *self, guint index, gboolean *fits)
{
  const Opinion *opinion = &g_array_index (self->all, Opinion, index);
  guint n = 0;

  for (guint i = 0; i < self->n_groups; i++)
    fits[i] = TRUE;
  for (guint i = 0; i < index; i++)
    {
      const Opinion *other = &g_array_index (self->all, Opinion, i);

      if (fits[other->group] && !may_be_joined (opinion, other))
        fits[other->group] = FALSE;
    }
  for (guint i = 0; i < self->n_groups; i++)
    n += fits[i] ? 1 : 0;
  return n;
}

static guint
first_fitting (const gboolean *fits)
{
  guint i = 0;

  while (!fits[i])
    i++;
  return i;
}

/* What may be either of two people is neither. A root that says nothing is a group of its own, for by
 * its bare number it may be anybody's (law 4, SS-MIX2 spec 1.3), even where all others name one person
 * or nobody. Only what stands in nobody's chart may be with one person. */
static void
group_opinions (Opinions *self, ImpRoots *roots)
{
  g_autofree gboolean *fits = g_new (gboolean, self->all->len);
  guint n_silent = 0;

  g_array_sort_with_data (self->all, compare_opinions, roots);
  for (guint i = 0; i < self->all->len; i++)
    {
      Opinion *opinion = &g_array_index (self->all, Opinion, i);
      guint n_fitting;

      g_hash_table_insert (self->by_root, GUINT_TO_POINTER (opinion->root + 1),
                           GUINT_TO_POINTER (i + 1));
      if (is_silent (opinion))
        {
          /* They come last. */
          opinion->group = opinion->has_own || self->n_groups > 1 ? self->n_groups + n_silent++ : 0;
          continue;
        }
      n_fitting = find_fitting (self, i, fits);
      opinion->in_doubt = n_fitting > 1;
      opinion->group = n_fitting == 1 ? first_fitting (fits) : self->n_groups++;
    }
}

/* Why the group of this opinion was not joined with another one. */
static const char *
why_apart (const Opinions *self, const Opinion *opinion)
{
  if (is_silent (opinion))
    return self->n_groups > 1
               ? "this root does not say whose the id is, and other roots name several people: not joined"
               : "this root does not say whose the id is: not joined by the bare number "
                 "(--facility declares the roots one hospital)";
  if (opinion->in_doubt)
    return "this root does not tell which of several people of other roots it means: not joined";
  for (guint i = 0; i < self->all->len; i++)
    {
      const Opinion *other = &g_array_index (self->all, Opinion, i);

      if (other->group != opinion->group && !is_silent (other) && opinion->birth != NULL &&
          other->birth != NULL && !births_differ (opinion, other) && !sexes_differ (opinion, other))
        return "another root gives this id the same birth date and another name: not joined "
               "(--facility declares the roots one hospital)";
    }
  return self->n_groups > 1
             ? "this id names another person in another root: not joined"
             : "another root does not say whose the id is: not joined by the bare number "
               "(--facility declares the roots one hospital)";
}

static ImpUnit *
new_part (const ImpUnit *unit, ImpRoots *roots, const Opinions *opinions, guint group)
{
  const Opinion *opinion = &g_array_index (opinions->all, Opinion, 0);
  g_autofree char *name = NULL;
  ImpUnit *part;

  for (guint i = 1; opinion->group != group && i < opinions->all->len; i++)
    opinion = &g_array_index (opinions->all, Opinion, i);
  name = g_strdup_printf ("#%u %s", opinion->root + 1, imp_roots_get (roots, opinion->root)->path);
  part = imp_unit_new (name, unit->id);
  for (guint i = 0; i < unit->memory->len; i++)
    imp_unit_keep (part, g_byte_array_ref (g_ptr_array_index (unit->memory, i)));
  if (opinion->has_records)
    imp_unit_add_finding (part, IMP_FINDING_IDENTITY_CONFLICT, NULL,
                          why_apart (opinions, opinion));
  return part;
}

static guint
count_parts (const Opinions *opinions)
{
  guint n = 0;

  for (guint i = 0; i < opinions->all->len; i++)
    n = MAX (n, g_array_index (opinions->all, Opinion, i).group + 1);
  return n;
}

static GPtrArray *
divide (ImpUnit *unit, ImpRoots *roots, const Opinions *opinions)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_unit_free);
  guint n_parts = count_parts (opinions);

  for (guint i = 0; i < n_parts; i++)
    g_ptr_array_add (parts, new_part (unit, roots, opinions, i));
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      const Opinion *opinion = find_opinion (opinions, message->root);

      g_array_append_val (((ImpUnit *) g_ptr_array_index (parts, opinion->group))->messages,
                          *message);
      message->findings = NULL; /* they went with the copy */
    }

  /* Of the first group: the one that says most. */
  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_disputed_naming = unit->n_disputed_naming;
  ((ImpUnit *) g_ptr_array_index (parts, 0))->n_overfull = unit->n_overfull;
  return parts;
}

GPtrArray *
imp_split_unit (ImpUnit *unit, ImpRoots *roots)
{
  g_autoptr (Opinions) opinions = NULL;
  GPtrArray *parts;

  if (*unit->facility == '\0' && *unit->id != '\0' && imp_roots_n (roots) > 1)
    {
      opinions = collect_opinions (unit);
      group_opinions (opinions, roots);
    }
  if (opinions != NULL && count_parts (opinions) > 1)
    {
      parts = divide (unit, roots, opinions);
      imp_unit_free (unit);
      return parts;
    }

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_unit_free);
  if (imp_split_by_source (unit, parts))
    imp_unit_free (unit);
  else
    g_ptr_array_add (parts, unit);
  return parts;
}
