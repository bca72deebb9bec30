/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-tables.h"

G_BEGIN_DECLS

/** What the text of a column becomes. */
typedef enum
{
  IMP_SAMPLE_FILL_WORD, /* template: {column} stands for that column's text */
  IMP_SAMPLE_FILL_TEXT,
  IMP_SAMPLE_FILL_THOUSANDTHS, /* IMP_SAMPLE_NONE when empty */
  IMP_SAMPLE_FILL_NUMBER,      /* whole; 0 when empty */
  IMP_SAMPLE_FILL_ROW,         /* key of a row of another table */
  IMP_SAMPLE_FILL_ROWS,        /* keys, blanks between */
  IMP_SAMPLE_FILL_CHOICES,     /* words, semicolons between */
} ImpSampleFill;

/** Which column of a file fills which field of a row. */
typedef struct
{
  const char *source; /* name of a column, or a template */
  ImpSampleFill fill;
  gsize offset;
  ImpSampleTableId target;
} ImpSampleColumn;

/** How a file becomes rows. */
typedef struct
{
  const char *name;
  gsize row_size;
  const ImpSampleColumn *columns; /* up to the one without source */
} ImpSampleLayout;

/** imp_sample_layout: of that table; it names rows of earlier tables only. */
const ImpSampleLayout *imp_sample_layout (ImpSampleTableId id);

G_END_DECLS
