/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-scan.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define CHUNK_BYTES (64 * 1024)
#define ANSWER_BYTES 1024
#define TIMEOUT_SECONDS 60
#define MAX_FAILURES 3 /* in a row: then it is gone, and each further file would wait for it */

/* LocalSocket of Debian and Fedora. Never a place like /tmp, where anybody could listen. */
static const char *const usual_places[] = {
  "/run/clamav/clamd.ctl",
  "/var/run/clamav/clamd.ctl",
  "/run/clamd.scan/clamd.sock",
  "/run/clamav/clamd.sock",
};

struct _ImpScanner
{
  char *path;
  char *version;
  gint n_failures; /* atomic */
};

/* -1: nobody listens there */
static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  struct timeval timeout = { .tv_sec = TIMEOUT_SECONDS };
  int fd;

  if (strlen (path) >= sizeof address.sun_path)
    return -1;
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  if (connect (fd, (const struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static gboolean
send_all (int fd, const void *bytes, gsize len)
{
  const guint8 *p = bytes;

  while (len > 0)
    {
      gssize n = send (fd, p, len, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      p += n;
      len -= (gsize) n;
    }
  return TRUE;
}

/* clamd(8): INSTREAM takes chunks, each behind its length in network order; an empty one ends them. */
static gboolean
send_stream (int fd, const guint8 *bytes, gsize len)
{
  const guint32 end = 0;

  if (!send_all (fd, "zINSTREAM", sizeof "zINSTREAM"))
    return FALSE;
  while (len > 0)
    {
      gsize n = MIN (len, CHUNK_BYTES);
      guint32 head = GUINT32_TO_BE ((guint32) n);

      if (!send_all (fd, &head, sizeof head) || !send_all (fd, bytes, n))
        return FALSE;
      bytes += n;
      len -= n;
    }
  return send_all (fd, &end, sizeof end);
}

/* An answer ends with NUL, as the question began with "z". What cannot be shown becomes "?". */
static gboolean
read_answer (int fd, char *out)
{
  gsize filled = 0;

  while (filled + 1 < ANSWER_BYTES)
    {
      gssize n = recv (fd, out + filled, ANSWER_BYTES - 1 - filled, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      filled += (gsize) n;
      if (memchr (out, '\0', filled) != NULL)
        break;
    }
  out[filled] = '\0';
  g_strchomp (out);
  for (char *p = out; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      *p = '?';
  return *out != '\0';
}

/* (transfer full) (nullable) */
static char *
ask_version (const char *path)
{
  char answer[ANSWER_BYTES];
  int fd = connect_to (path);
  gboolean answered;

  if (fd < 0)
    return NULL;
  answered = send_all (fd, "zVERSION", sizeof "zVERSION") && read_answer (fd, answer);
  close (fd);
  return answered ? g_strndup (answer, 100) : NULL;
}

ImpScanner *
imp_scanner_new (const char *socket)
{
  const char *const *places = socket != NULL ? &socket : usual_places;
  guint n = socket != NULL ? 1 : G_N_ELEMENTS (usual_places);

  if (g_strcmp0 (socket, "none") == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *version = ask_version (places[i]);

      if (version != NULL)
        {
          ImpScanner *self = g_new0 (ImpScanner, 1);

          self->path = g_strdup (places[i]);
          self->version = g_steal_pointer (&version);
          return self;
        }
    }
  return NULL;
}

void
imp_scanner_free (ImpScanner *self)
{
  g_free (self->path);
  g_free (self->version);
  g_free (self);
}

const char *
imp_scanner_version (ImpScanner *self)
{
  return self->version;
}

/* "stream: OK", "stream: NAME FOUND", "... ERROR" */
static ImpScanVerdict
read_verdict (const char *answer, char **name)
{
  const char *found = g_str_has_prefix (answer, "stream: ") ? answer + strlen ("stream: ") : answer;

  if (strcmp (found, "OK") == 0)
    return IMP_SCAN_CLEAN;
  if (g_str_has_suffix (found, " FOUND"))
    {
      if (name != NULL)
        *name = g_strndup (found, MIN (strlen (found) - strlen (" FOUND"), 100));
      return IMP_SCAN_INFECTED;
    }
  return strstr (answer, "size limit exceeded") != NULL ? IMP_SCAN_TOO_LARGE : IMP_SCAN_FAILED;
}

ImpScanVerdict
imp_scanner_scan (ImpScanner *self, const guint8 *bytes, gsize len, char **name)
{
  ImpScanVerdict verdict = IMP_SCAN_FAILED;
  char answer[ANSWER_BYTES];
  int fd;

  if (name != NULL)
    *name = NULL;
  if (len > IMP_SCAN_MAX_BYTES)
    return IMP_SCAN_TOO_LARGE;
  if (g_atomic_int_get (&self->n_failures) >= MAX_FAILURES)
    return IMP_SCAN_FAILED;

  fd = connect_to (self->path);
  if (fd >= 0)
    {
      /* It may hang up in the middle, having said why. */
      send_stream (fd, bytes, len);
      if (read_answer (fd, answer))
        verdict = read_verdict (answer, name);
      close (fd);
    }
  if (verdict == IMP_SCAN_FAILED)
    g_atomic_int_inc (&self->n_failures);
  else
    g_atomic_int_set (&self->n_failures, 0);
  return verdict;
}
