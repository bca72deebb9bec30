/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-alike.h"

#include <string.h>

/* Without what tells two people of one number apart ("#2", "#F2"). */
static gsize
facility_len (const ImpSpillUnit *unit)
{
  return strcspn (unit->facility, "#");
}

static const char *
behind_zeros (const char *id)
{
  while (*id == '0')
    id++;
  return id;
}

static int
compare_facilities (const ImpSpillUnit *a, const ImpSpillUnit *b)
{
  gsize a_len = facility_len (a);
  gsize b_len = facility_len (b);
  int order = strncmp (a->facility, b->facility, MIN (a_len, b_len));

  return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_without_zeros (const ImpSpillUnit *a, const ImpSpillUnit *b)
{
  int order = compare_facilities (a, b);

  return order != 0 ? order : strcmp (behind_zeros (a->id), behind_zeros (b->id));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const ImpSpillUnit *x = *(const ImpSpillUnit *const *) a;
  const ImpSpillUnit *y = *(const ImpSpillUnit *const *) b;
  int order = compare_without_zeros (x, y);

  return order != 0 ? order : strcmp (x->id, y->id);
}

/* Numbers alone; what has letters is an id of a program, of which none drops a zero. */
static GPtrArray *
numbers_of (ImpSpill *spill)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < imp_spill_n_units (spill); i++)
    {
      const ImpSpillUnit *unit = imp_spill_unit (spill, i);

      if (unit->n_messages > 0 && *unit->id != '\0' &&
          unit->id[strspn (unit->id, G_CSET_DIGITS)] == '\0')
        g_ptr_array_add (list, (gpointer) unit);
    }
  return list;
}

/* Whether those of one value from @first to before @end are several numbers. */
static gboolean
are_several (const GPtrArray *list, guint first, guint end)
{
  const ImpSpillUnit *one = g_ptr_array_index (list, first);
  const ImpSpillUnit *last = g_ptr_array_index (list, end - 1);

  return strcmp (one->id, last->id) != 0;
}

GPtrArray *
imp_alike_find (ImpSpill *spill)
{
  g_autoptr (GPtrArray) list = numbers_of (spill);
  GPtrArray *found = g_ptr_array_new ();
  guint end;

  g_ptr_array_sort (list, compare);
  for (guint first = 0; first < list->len; first = end)
    {
      for (end = first + 1; end < list->len; end++)
        if (compare_without_zeros (g_ptr_array_index (list, first),
                                   g_ptr_array_index (list, end)) != 0)
          break;
      for (guint i = first; are_several (list, first, end) && i < end; i++)
        g_ptr_array_add (found, g_ptr_array_index (list, i));
    }
  return found;
}
