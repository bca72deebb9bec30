/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-cell.h"

#include <glib/gi18n.h>

static void
add_flagged (ViewerRow *row, guint column, const ViewerLabCell *cell, gboolean is_struck)
{
  g_autofree char *text = NULL;

  if (is_struck)
    {
      viewer_row_add (row, column, "struck", cell->value);
      return;
    }
  switch (cell->flag)
    {
    case VIEWER_LAB_FLAG_HIGH:
      text = g_strconcat ("▲", cell->value, NULL);
      viewer_row_add (row, column, "high", text);
      break;
    case VIEWER_LAB_FLAG_LOW:
      text = g_strconcat ("▼", cell->value, NULL);
      viewer_row_add (row, column, "low", text);
      break;
    case VIEWER_LAB_FLAG_CRITICAL_HIGH:
    case VIEWER_LAB_FLAG_CRITICAL_LOW:
      text = g_strconcat (cell->flag_text, " ", cell->value, NULL);
      viewer_row_add (row, column, "crit-block", text);
      break;
    case VIEWER_LAB_FLAG_OTHER:
      viewer_row_add (row, column, cell->state == VIEWER_LAB_PRELIMINARY ? "preliminary" : NULL,
                      cell->value);
      viewer_row_add (row, column, "mark", cell->flag_text);
      break;
    case VIEWER_LAB_FLAG_NONE:
    default:
      viewer_row_add (row, column, cell->state == VIEWER_LAB_PRELIMINARY ? "preliminary" : NULL,
                      cell->value);
      break;
    }
}

void
viewer_lab_cell_add (ViewerRow *row, guint column, const ViewerLabCell *cell)
{
  switch (cell->state)
    {
    case VIEWER_LAB_NO_RESULT:
      viewer_row_add (row, column, "ink3", cell->value);
      viewer_row_add (row, column, "mark", _ ("No result"));
      break;
    case VIEWER_LAB_NOT_DONE:
      viewer_row_add (row, column, "mark", _ ("Not done"));
      break;
    case VIEWER_LAB_CANCELLED:
      if (cell->value != NULL)
        add_flagged (row, column, cell, TRUE);
      viewer_row_add (row, column, "mark", _ ("Cancelled"));
      break;
    default:
      if (cell->value != NULL)
        add_flagged (row, column, cell, FALSE);
      else
        viewer_row_add (row, column, "mark", _ ("No value"));
      break;
    }
  if (cell->state == VIEWER_LAB_PRELIMINARY)
    viewer_row_add (row, column, "mark", C_ ("mark", "pre"));
  if (cell->state == VIEWER_LAB_CORRECTED)
    viewer_row_add (row, column, "mark", C_ ("mark", "corr"));
  if (cell->has_comment)
    viewer_row_add (row, column, "mark", C_ ("mark", "note"));
  if (cell->is_marked)
    viewer_row_add (row, column, "mark", "!");
}

static const char *
state_word (ViewerLabState state)
{
  switch (state)
    {
    case VIEWER_LAB_PRELIMINARY:
      return _ ("Preliminary");
    case VIEWER_LAB_CORRECTED:
      return _ ("Corrected");
    case VIEWER_LAB_NO_RESULT:
      return _ ("No result");
    case VIEWER_LAB_NOT_DONE:
      return _ ("Not done");
    case VIEWER_LAB_CANCELLED:
      return _ ("Cancelled");
    case VIEWER_LAB_FINAL:
    default:
      return NULL;
    }
}

char *
viewer_lab_cell_text (const ViewerLabCell *cell)
{
  const char *words[6] = { NULL };

  if (cell == NULL)
    return g_strdup (_ ("not measured"));
  words[0] = cell->value != NULL ? cell->value : _ ("No value");
  words[1] = disc_item_value (cell->item, DISC_FIELD_UNIT);
  words[2] = cell->flag_text;
  words[3] = state_word (cell->state);
  words[4] = cell->has_comment ? _ ("Comment") : NULL;
  return viewer_values_join (words, G_N_ELEMENTS (words), " ");
}
