/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "imp-limits.h"

G_BEGIN_DECLS

/*
 * The storage roots met while reading: a source may hold several (by period, by data type, medical
 * and dental, by facility: SS-MIX2 spec 1.3).
 */

typedef struct
{
  guint source;
  char *path;      /* above the prefix folders, relative to the source; "" for the source itself */
  char *facility;  /* "" when not known */
} ImpRoot;

typedef struct _ImpRoots ImpRoots;

/**
 * imp_roots_new:
 * @facility: (nullable): what the operator says; for every root
 */
ImpRoots *imp_roots_new (const char *facility);
void imp_roots_free (ImpRoots *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpRoots, imp_roots_free)

/** What stands for all roots beyond IMP_MAX_ROOTS: no root to read from, as it may be anybody's. */
#define IMP_ROOT_BEYOND IMP_MAX_ROOTS

/**
 * imp_roots_find: number of the root, a new one if it was not met before; IMP_ROOT_BEYOND where
 * there are too many. Thread-safe.
 * @source_label: last part of the source's path, looked at when @path has no facility of its own
 */
guint imp_roots_find (ImpRoots *self, guint source, const char *source_label, const char *path);

guint imp_roots_n (ImpRoots *self);
/** imp_roots_get: valid as long as @self. Thread-safe. */
const ImpRoot *imp_roots_get (ImpRoots *self, guint i);

/**
 * imp_roots_facility_of: (transfer full): the ten digits at the start of @folder when no further
 * digit follows (facility ID, perhaps with an identifier behind it: spec 1.1); else %NULL.
 */
char *imp_roots_facility_of (const char *folder);

G_END_DECLS
