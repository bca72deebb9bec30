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

void
imp_flow_close (ImpFlow *self)
{
  if (self->is_open)
    append (self, "】", strlen ("】"));
  self->is_open = FALSE;
  self->is_raised = FALSE;
}

/* Where a blank would be the first of a line or follow another. */
static gboolean
is_after_blank (const ImpFlow *self)
{
  const GString *text = self->out->text;

  return text->len == 0 || strchr (" \t\n\f", text->str[text->len - 1]) != NULL;
}

/* Marks before words, and after those that they were for. */
static void
mark (ImpFlow *self, const char *text, gsize len)
{
  gboolean is_blank = imp_text_run (text, " \t\r\n", TRUE) >= len;

  if (self->n_struck == 0 && self->is_open)
    imp_flow_close (self);
  else if (self->n_struck > 0 && !self->is_open)
    {
      append (self, "【削除：", strlen ("【削除："));
      self->is_open = TRUE;
    }
  if (is_blank)
    return;
  if (self->n_raised > 0 && !self->is_raised)
    append (self, "^", 1);
  self->is_raised = self->n_raised > 0;
}

/* A sign for each letter. */
static void
append_signs (ImpFlow *self, const char *text, gsize len)
{
  g_autoptr (GString) signs = g_string_sized_new (len);

  for (const char *p = text; p < text + len; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      gunichar sign = imp_symbol_font_read (self->font, letter);

      self->n_unknown_signs += sign == 0xfffd && letter != sign;
      g_string_append_unichar (signs, sign);
    }
  append (self, signs->str, signs->len);
}

void
imp_flow_put (ImpFlow *self, const char *text, gsize len)
{
  if (len == 0)
    return;
  mark (self, text, len);
  if (self->font == IMP_FONT_OF_LETTERS)
    append (self, text, len);
  else
    append_signs (self, text, len);
}

void
imp_flow_words (ImpFlow *self, const char *text)
{
  while (*text != '\0')
    {
      gsize n_blanks = imp_text_run (text, " \t\r\n\f", TRUE);
      gsize n = imp_text_run (text + n_blanks, " \t\r\n\f", FALSE);

      if (self->n_struck == 0 && self->is_open)
        imp_flow_close (self);
      if (n_blanks > 0 && !is_after_blank (self))
        append (self, " ", 1);
      imp_flow_put (self, text + n_blanks, n);
      text += n_blanks + n;
    }
}

void
imp_flow_line (ImpFlow *self)
{
  imp_flow_close (self);
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
  imp_flow_close (self);
  drop_blank (self);
  if (column > 0)
    append (self, "\t", 1);
}

void
imp_flow_row (ImpFlow *self)
{
  imp_flow_close (self);
  drop_blank (self);
  if (self->n_cells > 0)
    imp_flow_line (self);
  else
    imp_document_new_line (self->out);
}

void
imp_flow_leave (ImpFlow *self, const ImpFlow *before)
{
  self->n_struck = before->n_struck;
  self->n_raised = before->n_raised;
  self->font = before->font;
}

void
imp_flow_end (ImpFlow *self)
{
  imp_flow_close (self);
  imp_document_new_line (self->out);
  if (self->n_unknown_signs > 0)
    imp_document_find (self->out, IMP_FINDING_UNDECODABLE, "signs of a font that is not known: %u",
                       self->n_unknown_signs);
}
