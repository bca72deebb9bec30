/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-drive.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <linux/cdrom.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-media-xorriso.h"

#define PSEUDO "stdio:"
#define POLL_MS 500
#define RELOAD_MAX_MS (10 * 60 * 1000)

void
imp_media_look_clear (ImpMediaLook *self)
{
  g_clear_pointer (&self->type, g_free);
}

static gboolean
is_pseudo (const char *device)
{
  return g_str_has_prefix (device, PSEUDO);
}

const char *
imp_media_drive_path (const char *device)
{
  return is_pseudo (device) ? device + strlen (PSEUDO) : device;
}

/* (nullable): what stands behind "Media status :" and so on */
static const char *
value_of (const char *line, const char *key)
{
  const char *at = line;

  if (!g_str_has_prefix (line, key))
    return NULL;
  for (at += strlen (key); *at == ' '; at++)
    ;
  return *at == ':' ? at + strspn (at, ": ") : NULL;
}

void
imp_media_look_read (ImpMediaLook *self, const char *line)
{
  const char *type = value_of (line, "Media current");
  const char *status = value_of (line, "Media status");
  const char *space = value_of (line, "Media space");

  if (type != NULL)
    {
      g_free (self->type);
      self->type = g_strdup (type);
    }
  if (status != NULL)
    {
      self->is_blank = g_str_has_prefix (status, "is blank");
      self->is_known = self->is_blank || g_str_has_prefix (status, "is written");
    }
  if (space != NULL)
    self->n_sectors = g_ascii_strtoull (space, NULL, 10);
}

static gboolean
fail_usage (const char *device, const char *what, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--device %s: %s", device, what);
  return FALSE;
}

gboolean
imp_media_drive_check (const char *device, const char *image, GError **error)
{
  const char *path = imp_media_drive_path (device);
  GStatBuf there;
  GStatBuf source;

  if (!is_pseudo (device))
    return g_str_has_prefix (device, "/dev/") ||
           fail_usage (device, _("name a drive like /dev/sr0, or stdio:FILE to rehearse"), error);
  if (*path == '\0')
    return fail_usage (device, _("no file is named"), error);
  if (g_stat (path, &there) != 0)
    return TRUE;
  if (!S_ISREG (there.st_mode))
    return fail_usage (device, _("this is no plain file; a drive is named without stdio:"), error);
  if (g_stat (image, &source) == 0 && source.st_dev == there.st_dev &&
      source.st_ino == there.st_ino)
    return fail_usage (device, _("this is the image itself"), error);
  return TRUE;
}

static void
on_look_line (const char *line, gpointer user_data)
{
  imp_media_look_read (user_data, line);
}

gboolean
imp_media_drive_look (const char *device, ImpMediaRun *run, ImpMediaLook *out, GError **error)
{
  const char *const args[] = { "-abort_on", "FATAL", "-outdev", device, "-toc", "-tell_media_space",
                               "-end", NULL };
  g_autoptr (GError) local = NULL;
  gboolean ok;

  *out = (ImpMediaLook) { NULL };
  imp_media_run_tell (run, IMP_MEDIA_WAITING, 0, 0);
  ok = imp_xorriso_run (args, on_look_line, out, run, &local);

  /* It complains about a medium that cannot be written any more; what it said of it is clearer. */
  if (out->is_known && !out->is_blank)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_MEDIUM, _("the medium in %s is not blank (%s)"),
                   device, out->type);
      return FALSE;
    }
  if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (out->is_blank && out->n_sectors > 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_MEDIUM, _("there is no medium in %s that can be burnt"),
               device);
  return FALSE;
}

static void
on_burn_line (const char *line, gpointer user_data)
{
  int permille = imp_xorriso_permille (line);

  if (permille >= 0)
    imp_media_run_tell (user_data, IMP_MEDIA_BURNING, (guint64) permille, 1000);
}

gboolean
imp_media_drive_write (const char *device, const char *image, guint speed, ImpMediaRun *run,
                       GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (image, NULL);
  g_autofree char *drive = g_strconcat ("dev=", device, NULL);
  g_autofree char *wanted = speed > 0 ? g_strdup_printf ("speed=%u", speed)
                                      : g_strdup ("speed=0"); /* the fastest */
  /* One track and no more: the medium is closed, nothing can be added to it later. */
  const char *const args[] = { "-as", "cdrecord", "-v", "padsize=0", wanted, drive, absolute, NULL };

  imp_media_run_tell (run, IMP_MEDIA_BURNING, 0, 0);
  return imp_xorriso_run (args, on_burn_line, run, run, error);
}

static gboolean
fail_drive (const char *device, int saved_errno, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_MEDIUM, "%s: %s", device, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
wait_for_medium (int fd, const char *device, ImpMediaRun *run, GError **error)
{
  for (guint waited = 0; waited < RELOAD_MAX_MS; waited += POLL_MS)
    {
      if (imp_media_run_is_cancelled (run, error))
        return FALSE;
      if (ioctl (fd, CDROM_DRIVE_STATUS, CDSL_CURRENT) == CDS_DISC_OK)
        return TRUE;
      g_usleep (POLL_MS * 1000);
    }

  g_set_error (error, IMP_ERROR, IMP_ERROR_MEDIUM, _("%s did not take the medium in again"), device);
  return FALSE;
}

gboolean
imp_media_drive_reload (const char *device, ImpMediaRun *run, GError **error)
{
  gboolean ok;
  int fd;

  if (is_pseudo (device))
    return TRUE;

  imp_media_run_tell (run, IMP_MEDIA_WAITING, 0, 0);
  fd = open (device, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return fail_drive (device, errno, error);

  ioctl (fd, CDROM_LOCKDOOR, 0);
  ok = ioctl (fd, CDROMEJECT, 0) == 0 || fail_drive (device, errno, error);
  if (ok)
    {
      ioctl (fd, CDROMCLOSETRAY, 0); /* where there is no motor, somebody pushes */
      ok = wait_for_medium (fd, device, run, error);
    }
  close (fd);
  return ok;
}
