/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-flow.h"

#include <string.h>

#include "imp-text.h"

static void
append (ImpFlow *self, const char *text, gsize len)
{
  imp_document_append (self->out, self->limits, text, (gssize) len);
}

static void
close_struck (ImpFlow *self)
{
  if (self->is_open)
    append (self, "】", strlen ("】"));
  self->is_open = FALSE;
}

/* Where a blank would be the first of a line or follow another. */
static gboolean
is_after_blank (const ImpFlow *self)
{
  const GString *text = self->out->text;

  return text->len == 0 || strchr (" \t\n\f", text->str[text->len - 1]) != NULL;
}

void
imp_flow_put (ImpFlow *self, const char *text, gsize len)
{
  if (len == 0)
    return;
  if (self->n_struck == 0)
    close_struck (self);
  else if (!self->is_open)
    {
      append (self, "【削除：", strlen ("【削除："));
      self->is_open = TRUE;
    }
  append (self, text, len);
}

void
imp_flow_words (ImpFlow *self, const char *text)
{
  while (*text != '\0')
    {
      gsize n_blanks = imp_text_run (text, " \t\r\n\f", TRUE);
      gsize n = imp_text_run (text + n_blanks, " \t\r\n\f", FALSE);

      if (self->n_struck == 0)
        close_struck (self);
      if (n_blanks > 0 && !is_after_blank (self))
        append (self, " ", 1);
      imp_flow_put (self, text + n_blanks, n);
      text += n_blanks + n;
    }
}

void
imp_flow_line (ImpFlow *self)
{
  close_struck (self);
  if (self->n_cells == 0)
    imp_document_new_line (self->out);
  else if (!is_after_blank (self))
    append (self, " ", 1);
}

/* The one that stands for the end of a paragraph in a cell. */
static void
drop_blank (ImpFlow *self)
{
  GString *text = self->out->text;

  if (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
}

void
imp_flow_cell (ImpFlow *self, guint column)
{
  close_struck (self);
  drop_blank (self);
  if (column > 0)
    append (self, "\t", 1);
}

void
imp_flow_row (ImpFlow *self)
{
  close_struck (self);
  drop_blank (self);
  if (self->n_cells > 0)
    imp_flow_line (self);
  else
    imp_document_new_line (self->out);
}

void
imp_flow_end (ImpFlow *self)
{
  close_struck (self);
  imp_document_new_line (self->out);
}
