/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-open.h"

#include "imp-keys.h"

/* What was read from the files the options name. */
typedef struct
{
  char *passphrase;
  char *emergency_code;
  DiscTrust *trust;
  DiscUnlock unlock;
} Unlock;

void
imp_open_clear (ImpOpen *open)
{
  g_free (open->passphrase_file);
  g_free (open->emergency_key_file);
}

static void
unlock_clear (Unlock *unlock)
{
  imp_keys_free_passphrase (unlock->passphrase);
  imp_keys_free_passphrase (unlock->emergency_code);
  g_clear_pointer (&unlock->trust, disc_trust_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unlock, unlock_clear)

static gboolean
load (const ImpOpen *open, Unlock *unlock, GError **error)
{
  const char *passphrase_file = open->passphrase_file;

  if (passphrase_file == NULL && open->emergency_key_file == NULL)
    passphrase_file = g_getenv ("TOMOSHIBI_PASSPHRASE_FILE");
  if (passphrase_file != NULL)
    {
      unlock->passphrase = imp_keys_read_passphrase (passphrase_file, error);
      if (unlock->passphrase == NULL)
        return FALSE;
    }
  if (open->emergency_key_file != NULL)
    {
      unlock->emergency_code = imp_keys_read_passphrase (open->emergency_key_file, error);
      if (unlock->emergency_code == NULL)
        return FALSE;
    }

  unlock->trust = disc_trust_load_own (error);
  unlock->unlock = (DiscUnlock) { .passphrase = unlock->passphrase,
                                  .emergency_code = unlock->emergency_code,
                                  .trust = unlock->trust,
                                  .any_volume = open->any_volume };
  return unlock->trust != NULL;
}

gboolean
imp_open_unlock (const ImpOpen *open, DiscContainer *container, GError **error)
{
  g_auto (Unlock) unlock = { NULL };

  return load (open, &unlock, error) && disc_container_unlock (container, &unlock.unlock, error);
}

DiscReader *
imp_open_disc (const ImpOpen *open, const char *dir, GError **error)
{
  g_auto (Unlock) unlock = { NULL };

  if (!disc_reader_is_sealed (dir))
    return disc_reader_open (dir, error);
  return load (open, &unlock, error) ? disc_reader_open_with (dir, &unlock.unlock, error) : NULL;
}
