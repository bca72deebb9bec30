/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-error.h"
#include "disc-slots.h"

#define COST DISC_SLOT_COST_LEAST
#define CODE_CHARS (DISC_EMERGENCY_TEXT_BYTES - 1)

static const guint8 id[DISC_ID_BYTES] = "0123456789abcde";
static const guint8 other_id[DISC_ID_BYTES] = "another disc...";

typedef struct
{
  guint8 *slots;
  guint8 *key;
} Disc;

static void
disc_init (Disc *disc)
{
  g_assert_true (disc_crypto_init (NULL));
  disc->slots = g_malloc0 (DISC_SLOTS_BYTES);
  disc->key = disc_key_new_random ();
}

static void
disc_clear (Disc *disc)
{
  g_free (disc->slots);
  disc_key_free (disc->key);
}

static void
assert_opens (const Disc *disc, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  guint8 *key = disc_slots_open_passphrase (disc->slots, id, passphrase, strlen (passphrase),
                                            &error);

  g_assert_no_error (error);
  g_assert_cmpmem (key, DISC_KEY_BYTES, disc->key, DISC_KEY_BYTES);
  disc_key_free (key);
}

static void
assert_closed (const Disc *disc, const guint8 *of_id, const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (disc_slots_open_passphrase (disc->slots, of_id, passphrase, strlen (passphrase),
                                             &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE);
}

static void
test_passphrases (void)
{
  Disc disc;

  disc_init (&disc);
  assert_closed (&disc, id, "first");
  g_assert_true (disc_slots_add_passphrase (disc.slots, id, disc.key, "first", 5, COST, NULL));
  g_assert_true (disc_slots_add_passphrase (disc.slots, id, disc.key, "合言葉", 9, COST, NULL));
  assert_opens (&disc, "first");
  assert_opens (&disc, "合言葉");
  assert_closed (&disc, id, "First");
  assert_closed (&disc, id, "first ");
  assert_closed (&disc, id, "");
  assert_closed (&disc, other_id, "first");
  g_assert_true (disc_slots_has (disc.slots, DISC_SLOT_PASSPHRASE));
  g_assert_false (disc_slots_has (disc.slots, DISC_SLOT_EMERGENCY));
  disc_clear (&disc);
}

/* Kind, cost, salt, nonce and the key itself: whichever byte is changed, the slot stays shut. */
static void
test_tampered_slot (void)
{
  Disc disc;

  disc_init (&disc);
  g_assert_true (disc_slots_add_passphrase (disc.slots, id, disc.key, "p", 1, COST, NULL));
  for (guint i = 0; i < 104; i++)
    {
      if (i >= 12 && i < 16)
        continue; /* no meaning yet, and authenticated all the same: see the last case */
      disc.slots[i] ^= 1;
      assert_closed (&disc, id, "p");
      disc.slots[i] ^= 1;
    }
  disc.slots[12] ^= 1;
  assert_closed (&disc, id, "p");
  disc.slots[12] ^= 1;
  assert_opens (&disc, "p");

  /* Nor does it open at another place. */
  for (guint i = 0; i < DISC_SLOT_BYTES; i++)
    {
      disc.slots[DISC_SLOT_BYTES + i] = disc.slots[i];
      disc.slots[i] = 0;
    }
  assert_closed (&disc, id, "p");
  disc_clear (&disc);
}

/* A forged head must not take the laptop's memory or its night. */
static void
test_forged_cost (void)
{
  static const guint32 costs[][2] = {
    { DISC_SLOT_MEMORY_MAX_KIB + 1, 1 }, { G_MAXUINT32, 1 }, { 8, DISC_SLOT_PASSES_MAX + 1 },
    { 0, 1 },                            { 8, 0 },
  };
  Disc disc;

  disc_init (&disc);
  for (gsize i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      guint32 values[] = { GUINT32_TO_LE (DISC_SLOT_PASSPHRASE), GUINT32_TO_LE (costs[i][0]),
                           GUINT32_TO_LE (costs[i][1]) };

      memcpy (disc.slots, values, sizeof values);
      assert_closed (&disc, id, "p");
    }
  disc_clear (&disc);
}

static void
test_full (void)
{
  guint8 public_key[DISC_KEY_BYTES] = { 9 };
  g_autoptr (GError) error = NULL;
  Disc disc;

  disc_init (&disc);
  for (guint i = 0; i < DISC_SLOTS_MAX; i++)
    g_assert_true (disc_slots_add_emergency (disc.slots, id, disc.key, public_key, NULL));
  g_assert_false (disc_slots_add_passphrase (disc.slots, id, disc.key, "p", 1, COST, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
  disc_clear (&disc);
}

/* No more passphrases than a reader tries: one beyond them would open nothing. */
static void
test_passphrases_full (void)
{
  guint8 public_key[DISC_KEY_BYTES] = { 9 };
  g_autoptr (GError) error = NULL;
  Disc disc;

  disc_init (&disc);
  for (guint i = 0; i < DISC_SLOT_PASSPHRASES_MAX; i++)
    {
      char passphrase[] = { (char) ('a' + i), '\0' };

      g_assert_true (disc_slots_add_passphrase (disc.slots, id, disc.key, passphrase, 1, COST,
                                                NULL));
    }
  assert_opens (&disc, "a");
  assert_opens (&disc, "h");
  g_assert_false (disc_slots_add_passphrase (disc.slots, id, disc.key, "i", 1, COST, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
  g_assert_true (disc_slots_add_emergency (disc.slots, id, disc.key, public_key, NULL));
  disc_clear (&disc);
}

static void
test_emergency (void)
{
  char code[DISC_EMERGENCY_TEXT_BYTES], other[DISC_EMERGENCY_TEXT_BYTES];
  guint8 public_key[DISC_KEY_BYTES], other_public[DISC_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  guint8 *secret = disc_key_new (), *other_secret = disc_key_new ();
  guint8 *key;
  Disc disc;

  disc_init (&disc);
  disc_emergency_new (code);
  disc_emergency_new (other);
  g_assert_cmpstr (code, !=, other);
  g_assert_true (disc_emergency_keys (code, public_key, secret, &error));
  g_assert_true (disc_emergency_keys (other, other_public, other_secret, &error));
  g_assert_true (disc_slots_add_emergency (disc.slots, id, disc.key, public_key, &error));

  key = disc_slots_open_emergency (disc.slots, id, public_key, secret, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (key, DISC_KEY_BYTES, disc.key, DISC_KEY_BYTES);
  disc_key_free (key);

  g_assert_null (disc_slots_open_emergency (disc.slots, id, other_public, other_secret, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (disc_slots_open_emergency (disc.slots, other_id, public_key, secret, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE);
  disc_key_free (secret);
  disc_key_free (other_secret);
  disc_clear (&disc);
}

/* A code that was worked out by hand: all zero digits; the check digit of group n is n times x^5,
 * which is x^2 + 1 times n. */
#define ZERO_CODE "00005-0000A-0000F-0000M-0000H-0000Y-0000V"

static void
test_code_by_hand (void)
{
  guint wrong = 99;

  g_assert_true (disc_emergency_check (ZERO_CODE, &wrong));
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_code_as_typed (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
    guint wrong;
  } cases[] = {
    { ZERO_CODE, TRUE, 0 },
    { "oooo5ooooaoooofOOOOmOOOOhOOOOyOOOOv", TRUE, 0 },
    { " 00005 0000A 0000F 0000M 0000H 0000Y 0000V\n", TRUE, 0 },
    { "０００００００００", FALSE, 0 },
    { "００００５－００００Ａ－００００Ｆ－００００Ｍ－００００Ｈ－００００Ｙ－００００Ｖ", TRUE, 0 },
    { "00005-0000A-0000F-0000M-0000H-0000Y", FALSE, 0 },
    { ZERO_CODE "0", FALSE, 0 },
    { "10005-0000A-0000F-0000M-0000H-0000Y-0000V", FALSE, 1 },
    { "00005-0000F-0000A-0000M-0000H-0000Y-0000V", FALSE, 2 }, /* groups exchanged */
    { "00005-0000A-0000F-0000M-0000H-0000Y-0000W", FALSE, 7 },
    { "00005-0000A-000*F-0000M-0000H-0000Y-0000V", FALSE, 3 },
    { "00005-0000A-000UF-0000M-0000H-0000Y-0000V", FALSE, 3 }, /* U is no character of it */
    { "", FALSE, 0 },
    { "\xff", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint wrong = 99;

      g_assert_cmpint (disc_emergency_check (cases[i].text, &wrong), ==, cases[i].ok);
      g_assert_cmpuint (wrong, ==, cases[i].wrong);
    }
}

/* Any one wrong character, and any two neighbours exchanged, are found, in the group where they are. */
static void
test_code_mistyped (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  char code[DISC_EMERGENCY_TEXT_BYTES];

  for (guint round = 0; round < 20; round++)
    {
      disc_emergency_new (code);
      g_assert_cmpuint (strlen (code), ==, CODE_CHARS);
      g_assert_true (disc_emergency_check (code, NULL));
      for (guint i = 0; i < CODE_CHARS; i++)
        {
          char was = code[i];
          guint wrong;

          for (const char *c = alphabet; was != '-' && *c != '\0'; c++)
            {
              code[i] = *c;
              g_assert_cmpint (disc_emergency_check (code, &wrong), ==, *c == was);
              g_assert_cmpuint (wrong, ==, *c == was ? 0 : i / 6 + 1);
            }
          code[i] = was;

          if (was == '-' || code[i + 1] == '-' || code[i + 1] == '\0' || code[i + 1] == was)
            continue;
          code[i] = code[i + 1];
          code[i + 1] = was;
          g_assert_false (disc_emergency_check (code, &wrong));
          g_assert_cmpuint (wrong, ==, i / 6 + 1);
          code[i + 1] = code[i];
          code[i] = was;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/slots/passphrases", test_passphrases);
  g_test_add_func ("/disc/slots/tampered", test_tampered_slot);
  g_test_add_func ("/disc/slots/forged-cost", test_forged_cost);
  g_test_add_func ("/disc/slots/full", test_full);
  g_test_add_func ("/disc/slots/passphrases-full", test_passphrases_full);
  g_test_add_func ("/disc/slots/emergency", test_emergency);
  g_test_add_func ("/disc/emergency/by-hand", test_code_by_hand);
  g_test_add_func ("/disc/emergency/as-typed", test_code_as_typed);
  g_test_add_func ("/disc/emergency/mistyped", test_code_mistyped);
  return g_test_run ();
}
