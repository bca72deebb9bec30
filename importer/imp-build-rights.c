/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-build-rights.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "disc-trust.h"
#include "imp-confine.h"

/* (transfer full): the folder that @to is in. */
static char *
folder_above (const char *to)
{
  g_autofree char *whole = g_canonicalize_filename (to, NULL); /* without a slash at the end */

  return g_path_get_dirname (whole);
}

/*
 * (transfer full) (nullable): a folder beside the disc's, where scratch files in that one would not
 * go unseen: over NFS an open file that was removed keeps a name, and a disc's folder must be
 * empty.
 */
static char *
make_scratch_beside (const char *to)
{
  g_autofree char *above = folder_above (to);
  g_autofree char *folder = g_build_filename (above, ".tomoshibi-scratch-XXXXXX", NULL);
  int fd = open (to, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  return fd < 0 && g_mkdtemp_full (folder, 0700) != NULL ? g_steal_pointer (&folder) : NULL;
}

static gboolean
confine (const ImpBuildRights *self)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *above = folder_above (self->to);
  ImpConfine what = { .leaves = above, .local_sockets = self->asks_scanner };

  g_ptr_array_add (folders, g_strdup (self->to));
  if (self->scratch != NULL)
    g_ptr_array_add (folders, g_strdup (self->scratch));
  if (self->report != NULL)
    g_ptr_array_add (folders, g_path_get_dirname (self->report));
  if (self->writes_keys)
    g_ptr_array_add (folders, disc_trust_keys_folder ());
  g_ptr_array_add (folders, NULL);
  what.folders = (const char *const *) folders->pdata;
  return imp_confine (&what);
}

gboolean
imp_build_rights_give_up (ImpBuildRights *self)
{
  self->made_target = g_mkdir (self->to, 0777) == 0;
  if (self->made_target && self->scratch == NULL)
    self->scratch = self->scratch_made = make_scratch_beside (self->to);
  return confine (self);
}

void
imp_build_rights_end (ImpBuildRights *self, gboolean done)
{
  if (!done && self->made_target)
    g_rmdir (self->to);
  if (self->scratch_made != NULL)
    g_rmdir (self->scratch_made);
  g_clear_pointer (&self->scratch_made, g_free);
}
