/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-page.h"

static void
cell_clear (gpointer data)
{
  g_free (((ImpReportCell *) data)->text);
}

static void
reason_clear (gpointer data)
{
  g_free (((ImpReportReason *) data)->sentence);
}

static void
block_free (gpointer data)
{
  ImpReportBlock *block = data;

  g_free (block->text);
  g_strfreev (block->heads);
  g_clear_pointer (&block->reasons, g_array_unref);
  g_clear_pointer (&block->cells, g_array_unref);
  g_free (block);
}

static ImpReportBlock *
add_block (ImpReportPage *self, ImpReportBlockKind kind, const char *text)
{
  ImpReportBlock *block = g_new0 (ImpReportBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (self->blocks, block);
  return block;
}

static ImpReportBlock *
last_block (ImpReportPage *self)
{
  return g_ptr_array_index (self->blocks, self->blocks->len - 1);
}

static void
begin_table (ImpReportPage *self, const char *const *heads, guint n_columns)
{
  ImpReportBlock *block = add_block (self, IMP_REPORT_TABLE, NULL);

  block->heads = g_strdupv ((char **) heads);
  block->n_columns = n_columns;
  block->cells = g_array_new (FALSE, FALSE, sizeof (ImpReportCell));
  g_array_set_clear_func (block->cells, cell_clear);
}

ImpReportPage *
imp_report_page_new (const char *title)
{
  ImpReportPage *self = g_new0 (ImpReportPage, 1);

  self->title = g_strdup (title);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

void
imp_report_page_free (ImpReportPage *self)
{
  g_free (self->title);
  g_free (self->hospital);
  g_free (self->as_of);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
imp_report_page_add (ImpReportPage *self, ImpReportBlockKind kind, const char *text)
{
  add_block (self, kind, text != NULL ? text : "");
}

void
imp_report_page_add_verdict (ImpReportPage *self, ImpReportLevel level, const char *heading)
{
  ImpReportBlock *block = add_block (self, IMP_REPORT_VERDICT, heading);

  block->level = level;
  block->reasons = g_array_new (FALSE, FALSE, sizeof (ImpReportReason));
  g_array_set_clear_func (block->reasons, reason_clear);
}

void
imp_report_page_add_reason (ImpReportPage *self, ImpReportLevel level, const char *sentence)
{
  ImpReportReason reason = { g_strdup (sentence), level };

  g_array_append_val (last_block (self)->reasons, reason);
}

void
imp_report_page_begin_table (ImpReportPage *self, const char *const *heads)
{
  begin_table (self, heads, g_strv_length ((char **) heads));
}

void
imp_report_page_begin_list (ImpReportPage *self)
{
  begin_table (self, NULL, 2);
}

void
imp_report_page_add_cell (ImpReportPage *self, ImpReportCellKind kind, const char *text)
{
  ImpReportCell cell = { g_strdup (text != NULL ? text : ""), kind };

  g_array_append_val (last_block (self)->cells, cell);
}

const char *
imp_report_level_sign (ImpReportLevel level)
{
  return level == IMP_REPORT_LEVEL_SERIOUS ? "■" : level == IMP_REPORT_LEVEL_ATTENTION ? "▲" : "·";
}

char *
imp_report_page_time (const char *iso)
{
  return g_strdelimit (g_strndup (iso != NULL ? iso : "", 16), "T", ' ');
}
