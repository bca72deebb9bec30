/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-keys.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "disc-crypto.h"
#include "imp-error.h"

#define BUILD_KEY_FILE "build.key"
#define EMERGENCY_FILE "emergency.pub"
#define SERIAL_FILE "serial"
#define PASSPHRASE_MAX_BYTES 1024
#define EMERGENCY_HEX (2 * DISC_KEY_BYTES)

struct _ImpKeys
{
  char *folder;
  GPtrArray *passphrases;     /* (element-type utf8), NULL-terminated */
  guint8 *signing_key;
  guint8 signer[DISC_SIGNER_BYTES];
  guint8 emergency[DISC_KEY_BYTES];
  gboolean has_emergency;
  guint64 serial;
};

void
imp_keys_free_passphrase (char *passphrase)
{
  if (passphrase == NULL)
    return;
  sodium_memzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

char *
imp_keys_read_passphrase (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *text = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &text, &len, &local))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s", local->message);
      return NULL;
    }

  len = strcspn (text, "\r\n");
  sodium_memzero (text + len, strlen (text + len));
  if (len > 0 && len <= PASSPHRASE_MAX_BYTES && g_utf8_validate (text, -1, NULL))
    return text;

  imp_keys_free_passphrase (text);
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
               _("%s: the first line is no passphrase (empty, too long or not UTF-8)"), path);
  return NULL;
}

static gboolean
load_passphrases (ImpKeys *self, const char *const *files, GError **error)
{
  const char *of_environment[] = { g_getenv ("TOMOSHIBI_PASSPHRASE_FILE"), NULL };

  if (files == NULL || files[0] == NULL)
    files = of_environment;
  for (guint i = 0; files[i] != NULL; i++)
    {
      char *passphrase = imp_keys_read_passphrase (files[i], error);

      if (passphrase == NULL)
        return FALSE;
      g_ptr_array_add (self->passphrases, passphrase);
    }
  g_ptr_array_add (self->passphrases, NULL);
  return TRUE;
}

static char *
path_in (const ImpKeys *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
load_emergency (ImpKeys *self, GError **error)
{
  g_autofree char *path = path_in (self, EMERGENCY_FILE);
  g_autofree char *text = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;

  g_strstrip (text);
  self->has_emergency = strlen (text) == EMERGENCY_HEX &&
                        sodium_hex2bin (self->emergency, sizeof self->emergency, text,
                                        EMERGENCY_HEX, NULL, &len, NULL) == 0 &&
                        len == DISC_KEY_BYTES;
  if (self->has_emergency)
    return TRUE;

  g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, _("%s is no public emergency key"), path);
  return FALSE;
}

static gboolean
load_signing_key (ImpKeys *self, const char *hospital, GError **error)
{
  g_autofree char *path = path_in (self, BUILD_KEY_FILE);
  g_autoptr (DiscTrust) trust = NULL;
  g_autofree char *name = g_strdelimit (g_strdup (hospital != NULL ? hospital : "-"), "\r\n", ' ');

  self->signing_key = disc_trust_load_signing_key (path, TRUE, error);
  if (self->signing_key == NULL)
    return FALSE;

  disc_trust_signer (self->signing_key, self->signer);
  trust = disc_trust_load_own (error);
  return trust != NULL && disc_trust_add (trust, self->signer, name, error);
}

static void
load_serial (ImpKeys *self)
{
  g_autofree char *path = path_in (self, SERIAL_FILE);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    self->serial = g_ascii_strtoull (text, NULL, 10);
}

ImpKeys *
imp_keys_load (const char *const *passphrase_files, const char *hospital, GError **error)
{
  g_autoptr (ImpKeys) self = g_new0 (ImpKeys, 1);

  self->folder = disc_trust_keys_folder ();
  self->passphrases = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_keys_free_passphrase);
  if (!load_passphrases (self, passphrase_files, error) || !load_emergency (self, error))
    return NULL;
  if (self->passphrases->len == 1 && !self->has_emergency)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           _("a sealed disc needs --passphrase-file FILE or an emergency key; "
                             "--unsealed writes a plain, readable disc for development"));
      return NULL;
    }
  if (!load_signing_key (self, hospital, error))
    return NULL;

  load_serial (self);
  return g_steal_pointer (&self);
}

void
imp_keys_free (ImpKeys *self)
{
  g_free (self->folder);
  g_ptr_array_unref (self->passphrases);
  g_clear_pointer (&self->signing_key, disc_trust_free_key);
  g_free (self);
}

void
imp_keys_sealing (const ImpKeys *self, DiscSealing *out)
{
  *out = (DiscSealing) {
    .serial = self->serial + 1,
    .passphrases = (const char *const *) self->passphrases->pdata,
    .cost = DISC_SLOT_COST_DEFAULT,
    .emergency_key = self->has_emergency ? self->emergency : NULL,
    .signing_key = self->signing_key,
  };
}

const guint8 *
imp_keys_signer (const ImpKeys *self)
{
  return self->signer;
}

gboolean
imp_keys_has_emergency (const ImpKeys *self)
{
  return self->has_emergency;
}

guint
imp_keys_shortest_passphrase (const ImpKeys *self)
{
  guint shortest = 0;

  for (guint i = 0; i + 1 < self->passphrases->len; i++)
    {
      guint n = (guint) g_utf8_strlen (g_ptr_array_index (self->passphrases, i), -1);

      shortest = i == 0 ? n : MIN (shortest, n);
    }
  return shortest;
}

gboolean
imp_keys_note_built (const ImpKeys *self, GError **error)
{
  g_autofree char *path = path_in (self, SERIAL_FILE);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", self->serial + 1);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents (path, text, -1, &local))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s", local->message);
  return FALSE;
}

/* ---- the emergency key ---------------------------------------------------------------------- */

char *
imp_keys_own_fingerprint (const char *hospital, GError **error)
{
  g_autoptr (ImpKeys) self = g_new0 (ImpKeys, 1);
  char fingerprint[DISC_FINGERPRINT_BYTES];

  self->folder = disc_trust_keys_folder ();
  self->passphrases = g_ptr_array_new ();
  if (!load_signing_key (self, hospital, error))
    return NULL;

  disc_trust_fingerprint (self->signer, fingerprint);
  return g_strdup (fingerprint);
}

gboolean
imp_keys_can_set_emergency (gboolean replace, GError **error)
{
  g_autofree char *folder = disc_trust_keys_folder ();
  g_autofree char *path = g_build_filename (folder, EMERGENCY_FILE, NULL);

  if (replace || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                       _("there is an emergency key; --replace makes a new one, which opens only "
                         "discs built from now on"));
  return FALSE;
}

gboolean
imp_keys_set_emergency (const guint8 *public_key, GError **error)
{
  g_autofree char *folder = disc_trust_keys_folder ();
  g_autofree char *path = g_build_filename (folder, EMERGENCY_FILE, NULL);
  g_autoptr (GError) local = NULL;
  char hex[EMERGENCY_HEX + 1];

  sodium_bin2hex (hex, sizeof hex, public_key, DISC_KEY_BYTES);
  if (g_file_set_contents (path, hex, -1, &local))
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s", local->message);
  return FALSE;
}
