/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-slots.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define AT_KIND 0
#define AT_MEMORY 4
#define AT_PASSES 8

/* A forged cost that is allowed takes seconds: here it is the least, or one that is refused. */
static void
cap_costs (guint8 *slots)
{
  for (guint i = 0; i < DISC_SLOTS_MAX; i++)
    {
      guint8 *slot = slots + i * DISC_SLOT_BYTES;
      guint32 least[] = { GUINT32_TO_LE (8), GUINT32_TO_LE (1) };

      if (slot[AT_MEMORY + 3] < 0x80)
        memcpy (slot + AT_MEMORY, least, sizeof least);
    }
}

/* No forged slot opens; any text is a code or is not. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const guint8 id[DISC_ID_BYTES] = { 1 };
  g_autofree guint8 *slots = g_malloc0 (DISC_SLOTS_BYTES);
  g_autofree char *text = g_strndup ((const char *) data, size);
  guint8 public_key[DISC_KEY_BYTES] = { 9 };
  guint8 *secret;
  guint wrong = 99;

  g_assert_true (disc_crypto_init (NULL));
  if (size > 0)
    memcpy (slots, data, MIN (size, DISC_SLOTS_BYTES));
  cap_costs (slots);
  g_assert_null (disc_slots_open_passphrase (slots, id, "p", 1, NULL));
  secret = disc_key_new ();
  g_assert_null (disc_slots_open_emergency (slots, id, public_key, secret, NULL));
  disc_key_free (secret);
  if (!disc_emergency_check (text, &wrong))
    g_assert_cmpuint (wrong, <=, DISC_EMERGENCY_GROUPS);
  return 0;
}
