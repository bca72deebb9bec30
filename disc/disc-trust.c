/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-trust.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"

#define TRUST_FILE "trusted-signers"
#define HEX_BYTES (2 * DISC_SIGNER_BYTES)
#define KEY_HEX_BYTES (2 * DISC_SIGNING_KEY_BYTES)
#define FINGERPRINT_HASH_BYTES 16
#define FINGERPRINT_GROUP 4 /* characters */
#define FINGERPRINT_SHOWN 10 /* of them */
#define MAX_BYTES (64 * 1024)

#define FULL_WIDTH_FIRST 0xFF01 /* "！" ... "～" stand for "!" ... "~" */
#define FULL_WIDTH_LAST 0xFF5E
#define FULL_WIDTH_SHIFT 0xFEE0

typedef struct
{
  guint8 signer[DISC_SIGNER_BYTES];
  char *name;
} Signer;

struct _DiscTrust
{
  char *path;
  GArray *signers; /* (element-type Signer) */
  gboolean lacks_line_end; /* behind the last line of the file */
};

char *
disc_trust_keys_folder (void)
{
  const char *folder = g_getenv ("TOMOSHIBI_KEYS");

  return folder != NULL && *folder != '\0'
             ? g_strdup (folder)
             : g_build_filename (g_get_user_config_dir (), PACKAGE_NAME, NULL);
}

DiscTrust *
disc_trust_load_own (GError **error)
{
  g_autofree char *folder = disc_trust_keys_folder ();
  g_autofree char *path = g_build_filename (folder, TRUST_FILE, NULL);

  return disc_trust_load (path, error);
}

static void
clear_signer (gpointer data)
{
  g_free (((Signer *) data)->name);
}

void
disc_trust_fingerprint (const guint8 *signer, char *out)
{
  guint8 hash[FINGERPRINT_HASH_BYTES];

  disc_hash (signer, DISC_SIGNER_BYTES, hash, sizeof hash);
  for (guint i = 0; i < FINGERPRINT_SHOWN; i++)
    {
      if (i > 0 && i % 2 == 0)
        *out++ = ' ';
      g_snprintf (out, 3, "%02X", hash[i]);
      out += 2;
    }
  *out = '\0';
}

static gboolean
parse_line (DiscTrust *self, const char *line, guint number, GError **error)
{
  Signer signer;
  gsize len = 0;

  if (*line == '\0' || *line == '#')
    return TRUE;

  if (strlen (line) < HEX_BYTES ||
      sodium_hex2bin (signer.signer, sizeof signer.signer, line, HEX_BYTES, NULL, &len, NULL) != 0 ||
      len != DISC_SIGNER_BYTES || (line[HEX_BYTES] != '\0' && line[HEX_BYTES] != ' '))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "trusted signers, line %u: no key",
                   number);
      return FALSE;
    }

  signer.name = g_strstrip (g_strdup (line + HEX_BYTES));
  g_array_append_val (self->signers, signer);
  return TRUE;
}

DiscTrust *
disc_trust_load (const char *path, GError **error)
{
  g_autoptr (DiscTrust) self = g_new0 (DiscTrust, 1);
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize len = 0;

  self->path = g_strdup (path);
  self->signers = g_array_new (FALSE, FALSE, sizeof (Signer));
  g_array_set_clear_func (self->signers, clear_signer);
  if (!g_file_get_contents (path, &text, &len, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
          g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        return g_steal_pointer (&self);
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "trusted signers: %s", local->message);
      return NULL;
    }
  if (len > MAX_BYTES || !g_utf8_validate (text, (gssize) len, NULL))
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT, "trusted signers: no such file");
      return NULL;
    }

  self->lacks_line_end = len > 0 && text[len - 1] != '\n';
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!parse_line (self, lines[i], i + 1, error))
      return NULL;

  return g_steal_pointer (&self);
}

void
disc_trust_free (DiscTrust *self)
{
  g_free (self->path);
  g_array_unref (self->signers);
  g_free (self);
}

guint
disc_trust_n (const DiscTrust *self)
{
  return self->signers->len;
}

const char *
disc_trust_name_of (const DiscTrust *self, const guint8 *signer)
{
  for (guint i = 0; i < self->signers->len; i++)
    {
      const Signer *known = &g_array_index (self->signers, Signer, i);

      if (memcmp (known->signer, signer, DISC_SIGNER_BYTES) == 0)
        return known->name;
    }

  return NULL;
}

const char *
disc_trust_nth_name (const DiscTrust *self, guint i)
{
  g_return_val_if_fail (i < self->signers->len, NULL);
  return g_array_index (self->signers, Signer, i).name;
}

/* As somebody types it from paper, with or without an input method. */
static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         c == 0x2212 || c == 0x30FC || c == 0xFF70;
}

static const char *
skip_between (const char *p)
{
  while (*p != '\0' && is_between (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Full-width letters and digits as the half-width ones they stand for. */
static gunichar
fold_letter (gunichar c)
{
  if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
    c -= FULL_WIDTH_SHIFT;
  return c < 0x80 ? (gunichar) g_ascii_toupper ((char) c) : c;
}

gboolean
disc_trust_fingerprint_matches (const char *typed, const char *fingerprint)
{
  if (!g_utf8_validate (typed, -1, NULL))
    return FALSE;

  for (;;)
    {
      typed = skip_between (typed);
      fingerprint = skip_between (fingerprint);
      if (*typed == '\0' || *fingerprint == '\0')
        return *typed == *fingerprint;
      if (fold_letter (g_utf8_get_char (typed)) != fold_letter (g_utf8_get_char (fingerprint)))
        return FALSE;
      typed = g_utf8_next_char (typed);
      fingerprint = g_utf8_next_char (fingerprint);
    }
}

guint
disc_trust_fingerprint_wrong_group (const char *typed, const char *fingerprint)
{
  gboolean is_wrong = FALSE;

  if (!g_utf8_validate (typed, -1, NULL))
    return 1;

  for (guint n = 1;; n++)
    {
      typed = skip_between (typed);
      fingerprint = skip_between (fingerprint);
      if (*typed == '\0')
        return 0;
      is_wrong = is_wrong || *fingerprint == '\0' ||
                 fold_letter (g_utf8_get_char (typed)) != fold_letter ((guchar) *fingerprint);
      if (is_wrong && (n % FINGERPRINT_GROUP == 0 || *fingerprint == '\0'))
        return (n + FINGERPRINT_GROUP - 1) / FINGERPRINT_GROUP;
      typed = g_utf8_next_char (typed);
      fingerprint++;
    }
}

static gboolean
write_new_file (const char *path, int flags, mode_t mode, const char *text, GError **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  int fd;
  gsize len = strlen (text);
  gboolean ok;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    return disc_file_fail (dir, errno, error);
  fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
  if (fd < 0)
    return disc_file_fail (path, errno, error);

  ok = write (fd, text, len) == (gssize) len && fsync (fd) == 0;
  if (!ok)
    disc_file_fail (path, errno, error);
  close (fd);
  return ok;
}

gboolean
disc_trust_add (DiscTrust *self, const guint8 *signer, const char *name, GError **error)
{
  g_autofree char *line = NULL;
  char hex[HEX_BYTES + 1];
  Signer known;

  g_return_val_if_fail (strchr (name, '\n') == NULL, FALSE);

  if (disc_trust_name_of (self, signer) != NULL)
    return TRUE;

  sodium_bin2hex (hex, sizeof hex, signer, DISC_SIGNER_BYTES);
  line = g_strdup_printf ("%s%s %s\n", self->lacks_line_end ? "\n" : "", hex, name);
  if (!write_new_file (self->path, O_APPEND, 0644, line, error))
    return FALSE;
  self->lacks_line_end = FALSE;

  memcpy (known.signer, signer, DISC_SIGNER_BYTES);
  known.name = g_strdup (name);
  g_array_append_val (self->signers, known);
  return TRUE;
}

/* ---- the build key -------------------------------------------------------------------------- */

static guint8 *
new_signing_key (const char *path, GError **error)
{
  guint8 *key = sodium_malloc (DISC_SIGNING_KEY_BYTES);
  guint8 signer[DISC_SIGNER_BYTES];
  char hex[KEY_HEX_BYTES + 2];
  gboolean ok;

  crypto_sign_keypair (signer, key);
  sodium_bin2hex (hex, sizeof hex, key, DISC_SIGNING_KEY_BYTES);
  hex[KEY_HEX_BYTES] = '\n';
  hex[KEY_HEX_BYTES + 1] = '\0';
  ok = write_new_file (path, O_EXCL, 0600, hex, error);
  sodium_memzero (hex, sizeof hex);
  if (ok)
    return key;

  sodium_free (key);
  return NULL;
}

static guint8 *
fail_key (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "build key: %s", what);
  return NULL;
}

static guint8 *
read_signing_key (int fd, GError **error)
{
  char hex[KEY_HEX_BYTES];
  guint8 *key;
  struct stat st;
  gsize len = 0;

  if (fstat (fd, &st) != 0 || (st.st_mode & 077) != 0)
    return fail_key ("others may read it; chmod 600", error);
  if (disc_file_read_some (fd, hex, sizeof hex, 0) != (gssize) sizeof hex)
    return fail_key ("too short", error);

  key = sodium_malloc (DISC_SIGNING_KEY_BYTES);
  if (sodium_hex2bin (key, DISC_SIGNING_KEY_BYTES, hex, sizeof hex, NULL, &len, NULL) != 0 ||
      len != DISC_SIGNING_KEY_BYTES)
    {
      sodium_free (key);
      key = fail_key ("not 128 hexadecimal digits", error);
    }
  sodium_memzero (hex, sizeof hex);
  return key;
}

guint8 *
disc_trust_load_signing_key (const char *path, gboolean create, GError **error)
{
  guint8 *key;
  int fd;

  if (!disc_crypto_init (error))
    return NULL;

  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0 && errno == ENOENT && create)
    return new_signing_key (path, error);
  if (fd < 0)
    {
      disc_file_fail ("build key", errno, error);
      return NULL;
    }

  key = read_signing_key (fd, error);
  close (fd);
  return key;
}

void
disc_trust_free_key (guint8 *key)
{
  sodium_free (key);
}

void
disc_trust_signer (const guint8 *signing_key, guint8 *out)
{
  crypto_sign_ed25519_sk_to_pk (out, signing_key);
}
