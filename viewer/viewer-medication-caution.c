/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-caution.h"

#include <glib/gi18n.h>

#include "viewer-text.h"

#define BETWEEN "／"

char *
viewer_medication_names (const GPtrArray *rows)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerMedicationRow *row = g_ptr_array_index (rows, i);

      if (i > 0)
        g_string_append (names, BETWEEN);
      g_string_append (names, row->head->drug);
    }
  return g_string_free (names, FALSE);
}

static void
add (GPtrArray *all, const ViewerMedicationRow *of, const char *css, const char *chip,
     const char *text)
{
  ViewerRow *row = viewer_row_new (of != NULL ? of->head->entry->message->rid : 0);

  viewer_row_add (row, 0, css, chip);
  viewer_row_add (row, 0, NULL, text);
  viewer_row_set_data (row, of);
  g_ptr_array_add (all, row);
}

static guint
index_of (const ViewerMedicationRows *rows, const ViewerMedicationRow *row)
{
  for (guint i = 0; i < viewer_medication_rows_n (rows); i++)
    if (viewer_medication_rows_get (rows, i) == row)
      return i;
  return G_MAXUINT;
}

/* Each set of drugs of one ingredient once, at its first. */
static void
add_same (GPtrArray *all, const ViewerMedicationRows *rows, guint i)
{
  const ViewerMedicationRow *row = viewer_medication_rows_get (rows, i);
  g_autofree char *others = NULL;
  g_autofree char *text = NULL;

  if (row->same->len == 0)
    return;
  for (guint k = 0; k < row->same->len; k++)
    if (index_of (rows, g_ptr_array_index (row->same, k)) < i)
      return;
  others = viewer_medication_names (row->same);
  text = g_strconcat (row->head->drug, BETWEEN, others, NULL);
  add (all, row, "chip warn", _ ("Same ingredient"), text);
}

/* Whether the two stand in one line already. */
static gboolean
are_told (const GPtrArray *groups, const ViewerMedicationRow *a, const ViewerMedicationRow *b)
{
  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      if (g_ptr_array_find (group, a, NULL) && g_ptr_array_find (group, b, NULL))
        return TRUE;
    }
  return FALSE;
}

/* Every two names that are like stand in one line, with what else is like the first of them. */
static void
add_like (GPtrArray *all, GPtrArray *groups, const ViewerMedicationRow *row)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autofree char *text = NULL;

  g_ptr_array_add (group, (gpointer) row);
  for (guint k = 0; k < row->like->len; k++)
    if (!are_told (groups, row, g_ptr_array_index (row->like, k)))
      g_ptr_array_add (group, g_ptr_array_index (row->like, k));
  if (group->len == 1)
    return;
  text = viewer_medication_names (group);
  add (all, row, "chip warn", _ ("Similar name"), text);
  g_ptr_array_add (groups, g_steal_pointer (&group));
}

static void
add_departments (GPtrArray *all, const ViewerMedicationRows *rows)
{
  const GArray *sources = viewer_medication_rows_sources (rows);
  GString *text;

  if (sources->len < 2)
    return;
  text = g_string_new (NULL);
  for (guint i = 0; i < sources->len; i++)
    {
      const ViewerMedicationSource *source = &g_array_index (sources, ViewerMedicationSource, i);
      g_autofree char *name = viewer_text_department (source->name);

      if (i > 0)
        g_string_append (text, "・");
      g_string_append_printf (text, "%s %u",
                              source->is_told        ? _ ("As told")
                              : source->name != NULL ? name
                                                     : _ ("department not said"),
                              source->n);
    }
  add (all, NULL, "chip", _ ("Departments"), text->str);
  g_string_free (text, TRUE);
}

static gboolean
has_high_alert (const ViewerMedicationRows *rows)
{
  for (guint i = 0; i < viewer_medication_rows_n (rows); i++)
    if (viewer_medication_rows_get (rows, i)->kind != NULL)
      return TRUE;
  return FALSE;
}

/* What was not looked into, and who answers for the tables. */
static void
add_limits (GPtrArray *all, const ViewerMedicationRows *rows, const ViewerDrugLists *lists)
{
  guint n = viewer_medication_rows_n_uncoded (rows);
  const char *signed_by = viewer_drug_lists_signed (lists);

  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u drug without a code of its ingredient: not looked into",
                    "%u drugs without a code of their ingredient: not looked into", n),
          n);

      add (all, NULL, "chip dashed", _ ("Same ingredient"), text);
    }
  if (viewer_drug_lists_problem (lists) != NULL)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("the hospital's own cannot be read (%s): that of the program stands"),
                           viewer_drug_lists_problem (lists));

      add (all, NULL, "chip warn", _ ("Table"), text);
    }
  if (has_high_alert (rows))
    {
      g_autofree char *text =
          signed_by != NULL
              ? g_strdup_printf (_ ("high-alert drugs: looked through by %s"), signed_by)
              : g_strdup (_ ("high-alert drugs: no pharmacy has looked through it"));

      add (all, NULL, "chip dashed", _ ("Table"), text);
    }
}

GPtrArray *
viewer_medication_caution_rows (const ViewerMedicationRows *rows, const ViewerDrugLists *lists)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < viewer_medication_rows_n (rows); i++)
    add_same (all, rows, i);
  for (guint i = 0; i < viewer_medication_rows_n (rows); i++)
    add_like (all, groups, viewer_medication_rows_get (rows, i));
  add_departments (all, rows);
  add_limits (all, rows, lists);
  return all;
}
