/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-emergency.h"

#include <sodium.h>
#include <string.h>

#include "disc-crypto.h"
#include "disc-error.h"

#define ALPHABET "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#define DATA_CHARS (DISC_EMERGENCY_GROUP_CHARS - 1)
#define ALL_CHARS (DISC_EMERGENCY_GROUPS * DISC_EMERGENCY_GROUP_CHARS)
#define PURPOSE "tomoshibi emergency key 1"

#define FULL_WIDTH_FIRST 0xFF01 /* "！" ... "～" stand for "!" ... "~" */
#define FULL_WIDTH_LAST 0xFF5E
#define FULL_WIDTH_SHIFT 0xFEE0

/* Multiplication by x in the field of 32 elements, x^5 = x^2 + 1. */
static guint
times_x (guint value)
{
  value <<= 1;
  return value & 32 ? value ^ 37 : value;
}

/* Any one wrong character, any two exchanged and any two groups exchanged change it. */
static guint
check_digit (const guint8 *digits, guint group)
{
  guint sum = group + 1;

  for (guint i = 0; i < DATA_CHARS; i++)
    sum = times_x (sum) ^ digits[i];
  return times_x (sum);
}

static gint
digit_of (gunichar c)
{
  const char *found;

  if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
    c -= FULL_WIDTH_SHIFT;
  if (c >= 0x80)
    return -1;

  c = (gunichar) g_ascii_toupper ((char) c);
  if (c == 'I' || c == 'L')
    c = '1';
  if (c == 'O')
    c = '0';
  found = c != 0 ? strchr (ALPHABET, (int) c) : NULL;
  return found != NULL ? (gint) (found - ALPHABET) : -1;
}

/* Hyphens of every kind, and blanks. */
static gboolean
is_between (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         c == 0x2212 || c == 0x30FC || c == 0xFF70;
}

static gboolean
read_digits (const char *text, guint8 digits[ALL_CHARS])
{
  guint n = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gint digit = digit_of (c);

      if (digit < 0 && is_between (c))
        continue;
      if (n == ALL_CHARS)
        return FALSE;
      digits[n++] = digit >= 0 ? (guint8) digit : 0xff; /* no digit: its group is wrong */
    }

  return n == ALL_CHARS;
}

/* The first wrong group from 1, or 0. */
static guint
find_wrong_group (const guint8 digits[ALL_CHARS])
{
  for (guint group = 0; group < DISC_EMERGENCY_GROUPS; group++)
    {
      const guint8 *at = digits + group * DISC_EMERGENCY_GROUP_CHARS;

      if (memchr (at, 0xff, DISC_EMERGENCY_GROUP_CHARS) != NULL ||
          at[DATA_CHARS] != check_digit (at, group))
        return group + 1;
    }

  return 0;
}

static void
write_text (const guint8 digits[ALL_CHARS], char *text)
{
  for (guint i = 0; i < ALL_CHARS; i++)
    {
      if (i > 0 && i % DISC_EMERGENCY_GROUP_CHARS == 0)
        *text++ = '-';
      *text++ = ALPHABET[digits[i]];
    }
  *text = '\0';
}

void
disc_emergency_new (char *text)
{
  guint8 digits[ALL_CHARS];

  randombytes_buf (digits, sizeof digits);
  for (guint group = 0; group < DISC_EMERGENCY_GROUPS; group++)
    {
      guint8 *at = digits + group * DISC_EMERGENCY_GROUP_CHARS;

      for (guint i = 0; i < DATA_CHARS; i++)
        at[i] &= 31;
      at[DATA_CHARS] = (guint8) check_digit (at, group);
    }
  write_text (digits, text);
  sodium_memzero (digits, sizeof digits);
}

gboolean
disc_emergency_check (const char *text, guint *wrong_group)
{
  guint8 digits[ALL_CHARS];
  gboolean is_complete = read_digits (text, digits);
  guint wrong = is_complete ? find_wrong_group (digits) : 0;

  sodium_memzero (digits, sizeof digits);
  if (wrong_group != NULL)
    *wrong_group = wrong;
  return is_complete && wrong == 0;
}

gboolean
disc_emergency_keys (const char *text, guint8 *public_key, guint8 *secret_key, GError **error)
{
  guint8 digits[ALL_CHARS];
  guint8 seed[crypto_box_SEEDBYTES];
  guint8 *secret = secret_key;
  guint wrong;

  if (!disc_emergency_check (text, &wrong))
    {
      if (wrong > 0)
        g_set_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE,
                     "group %u of the emergency key is mistyped", wrong);
      else
        g_set_error (error, DISC_ERROR, DISC_ERROR_PASSPHRASE,
                     "an emergency key has %d groups of %d characters", DISC_EMERGENCY_GROUPS,
                     DISC_EMERGENCY_GROUP_CHARS);
      return FALSE;
    }

  if (secret == NULL)
    secret = disc_key_new ();
  read_digits (text, digits);
  crypto_generichash (seed, sizeof seed, digits, sizeof digits, (const guint8 *) PURPOSE,
                      strlen (PURPOSE));
  crypto_box_seed_keypair (public_key, secret, seed);
  if (secret != secret_key)
    disc_key_free (secret);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (digits, sizeof digits);
  return TRUE;
}
