/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-kinds.h"

#include <string.h>

#define NAME_ENTRY(id, number, name) [number] = name,

static const char *const kind_names[] = { DISC_KINDS (NAME_ENTRY) };
static const char *const status_names[] = { DISC_STATUSES (NAME_ENTRY) };
static const char *const field_names[] = { DISC_FIELDS (NAME_ENTRY) };

const char *
disc_kind_name (DiscKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kind_names) ? kind_names[kind] : NULL;
}

DiscKind
disc_kind_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (kind_names[i] != NULL && strcmp (kind_names[i], name) == 0)
      return (DiscKind) i;

  return DISC_KIND_NONE;
}

const char *
disc_status_name (DiscStatus status)
{
  return (guint) status < G_N_ELEMENTS (status_names) ? status_names[status] : NULL;
}

const char *
disc_field_name (DiscField field)
{
  return (guint) field < G_N_ELEMENTS (field_names) ? field_names[field] : NULL;
}

gboolean
disc_status_is_live (DiscStatus status)
{
  switch (status)
    {
    case DISC_STATUS_ACTIVE:
    case DISC_STATUS_COMPLETED:
    case DISC_STATUS_PLANNED:
    case DISC_STATUS_ON_HOLD:
    case DISC_STATUS_PRELIMINARY:
    case DISC_STATUS_CORRECTED:
      return TRUE;
    default:
      return FALSE;
    }
}
