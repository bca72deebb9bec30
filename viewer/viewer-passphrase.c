/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-file.h"
#include "viewer-error.h"

#define MAX_BYTES 1024

void
viewer_passphrase_free (char *passphrase)
{
  if (passphrase == NULL)
    return;
  explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

/* (transfer full): what the file begins with, MAX_BYTES + 2 at most; NULL with errno set. */
static char *
read_start (const char *path)
{
  char *text;
  gssize len;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return NULL;

  text = g_malloc0 (MAX_BYTES + 3);
  len = disc_file_read_some (fd, text, MAX_BYTES + 2, 0);
  if (len < 0)
    {
      int saved_errno = errno;

      g_clear_pointer (&text, g_free);
      close (fd);
      errno = saved_errno;
      return NULL;
    }
  close (fd);
  return text;
}

char *
viewer_passphrase_read (const char *path, GError **error)
{
  char *text = read_start (path);
  gsize len;

  if (text == NULL)
    {
      g_set_error (error, VIEWER_ERROR, VIEWER_ERROR_PASSPHRASE_FILE, "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }

  len = strcspn (text, "\r\n");
  explicit_bzero (text + len, MAX_BYTES + 3 - len);
  if (len > 0 && len <= MAX_BYTES && g_utf8_validate (text, -1, NULL))
    return text;

  viewer_passphrase_free (text);
  g_set_error (error, VIEWER_ERROR, VIEWER_ERROR_PASSPHRASE_FILE,
               "%s: empty, too long or not UTF-8", path);
  return NULL;
}

gboolean
viewer_passphrase_is_wide (const char *passphrase)
{
  for (const char *p = passphrase; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c >= 0xFF01 && c <= 0xFF5E) || c == 0x3000)
        return TRUE;
    }
  return FALSE;
}
