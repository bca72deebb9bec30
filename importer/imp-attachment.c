/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-attachment.h"

#include <string.h>

ImpAttachment *
imp_attachment_new (const char *name, const char *media_type, GBytes *bytes, const char *reference)
{
  ImpAttachment *self = g_new0 (ImpAttachment, 1);

  self->name = g_strdup (name);
  self->media_type = g_strdup (media_type);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->reference = g_strdup (reference);
  return self;
}

void
imp_attachment_free (ImpAttachment *self)
{
  g_free (self->name);
  g_free (self->media_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->reference);
  g_free (self);
}

char *
imp_attachment_clean_reference (const char *reference)
{
  g_autofree char *path = g_strdelimit (g_strdup (reference), "\\", '/');
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (*path == '/' || strchr (path, ':') != NULL)
    return NULL;
  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strcmp (parts[i], "..") == 0)
        return NULL;
      if (parts[i][0] != '\0' && strcmp (parts[i], ".") != 0)
        g_ptr_array_add (kept, parts[i]);
    }
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}
