/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-note-model.h"

#include <string.h>

#include "disc-date.h"

#define PREVIEW_CHARACTERS 44
#define MAX_SHOWN_BYTES (64 * 1024) /* some twenty pages on paper */

static gboolean
is_in_view (const ViewerEntry *entry, ViewerNoteView view)
{
  DiscKind kind = entry->record->kind;

  if (kind != DISC_KIND_NOTE && kind != DISC_KIND_DOCUMENT)
    return FALSE;
  return view == VIEWER_NOTES_ALL ||
         (kind == DISC_KIND_NOTE) == (view == VIEWER_NOTES_NOTES);
}

/* Of two of one day the one sent later is the newer: a note often says the day only. */
static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const ViewerEntry *x = *(const ViewerEntry *const *) a;
  const ViewerEntry *y = *(const ViewerEntry *const *) b;
  const char *x_at = viewer_entry_at (x);
  const char *y_at = viewer_entry_at (y);
  int order;

  if (x_at == NULL || y_at == NULL)
    return (x_at == NULL) - (y_at == NULL);
  order = disc_date_compare (y_at, x_at);
  return order != 0 && !disc_date_same_day (x_at, y_at) ? order : viewer_entry_compare_sent (y, x);
}

GPtrArray *
viewer_notes_of (const GArray *entries, ViewerNoteView view)
{
  GPtrArray *notes = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      ViewerEntry *entry = &g_array_index ((GArray *) entries, ViewerEntry, i);

      if (is_in_view (entry, view) && viewer_entry_is_standing (entry))
        g_ptr_array_add (notes, entry);
    }
  g_ptr_array_sort (notes, compare_notes);
  return notes;
}

/* Not viewer_values_of(): that would write times otherwise and leave out what is said twice. */
char *
viewer_note_text (const ViewerEntry *entry)
{
  const DiscRecord *record = entry->record;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < record->n_values; i++)
    if (record->values[i].field == DISC_FIELD_TEXT)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", record->values[i].value);
  if (text->len > 0)
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

char *
viewer_note_shown (const ViewerEntry *entry, gboolean *is_cut)
{
  char *text = viewer_note_text (entry);
  char *end;

  *is_cut = text != NULL && strlen (text) > MAX_SHOWN_BYTES;
  if (!*is_cut)
    return text;
  end = g_utf8_find_prev_char (text, text + MAX_SHOWN_BYTES + 1);
  *end = '\0';
  end = strrchr (text, '\n');
  if (end != NULL && end - text > MAX_SHOWN_BYTES / 2)
    *end = '\0';
  return text;
}

char *
viewer_note_preview (const ViewerEntry *entry)
{
  g_autofree char *text = viewer_note_text (entry);
  GString *line = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; p != NULL && *p != '\0' && n < PREVIEW_CHARACTERS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          if (line->len > 0 && line->str[line->len - 1] != ' ')
            g_string_append_c (line, ' ');
          continue;
        }
      g_string_append_unichar (line, c);
      n++;
    }
  return g_string_free (line, FALSE);
}
