/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-inventory.h"

#include <glib-object.h>

G_BEGIN_DECLS

/** A place of the program that has a function key. */
typedef struct
{
  ViewerSection section;
  const char *key;       /* "F7" */
  const char *alt_key;   /* the same on the number row: "<Alt>7" */
  const char *title;     /* English; translate with gettext() */
  const char *what;      /* what it holds, for rail and key list, or NULL; English */
  guint group;           /* 0, 1, 2: blocks of the keyboard */
  GType (*get_page_type) (void); /* a ViewerPage; NULL: not a page of the chart */
} ViewerSectionInfo;

/** viewer_sections: (array length=n): only the sections that exist, in the order of the keys. */
const ViewerSectionInfo *viewer_sections (guint *n);
/** viewer_sections_find: (nullable) */
const ViewerSectionInfo *viewer_sections_find (ViewerSection section);
/** viewer_sections_find_key: (nullable): by "F7" */
const ViewerSectionInfo *viewer_sections_find_key (const char *key);
/** viewer_sections_first_page: the key of the page a chart opens on, or "search" without any. */
const char *viewer_sections_first_page (void);

G_END_DECLS
