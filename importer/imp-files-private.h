/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-files.h"

G_BEGIN_DECLS

/** What imp_files_leave_out() was told. */
typedef struct
{
  ImpText data;
  GBytes *bytes;      /* (nullable) */
  const char *coding; /* static */
} ImpFilesCut;

G_END_DECLS
