/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-date.h"

#include <string.h>

/* What stands in front of a digit: ISO 8601 as FORMAT.md writes it. */
static char
separator_before (guint digit)
{
  switch (digit)
    {
    case 4:
    case 6:
      return '-';
    case 8:
      return 'T';
    case 10:
    case 12:
      return ':';
    case 14:
      return '.';
    default:
      return '\0';
    }
}

/* Digits of @text, as values; 0 when it is not made like a date. */
static guint
take_digits (const char *text, guint8 *digits)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      char separator = separator_before (n);

      if (separator != '\0' && *p++ != separator)
        return 0;
      if (!g_ascii_isdigit (*p) || n >= DISC_PATIENT_DATE_DIGITS)
        return 0;
      digits[n++] = (guint8) (*p - '0');
    }
  return n;
}

static void
append_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

void
disc_patient_date_pack (const char *text, const char *before, GByteArray *out)
{
  guint8 digits[DISC_PATIENT_DATE_DIGITS + 1] = { 0 };
  guint n;

  if (text == NULL || *text == '\0')
    append_byte (out, 0);
  else if (before != NULL && strcmp (text, before) == 0)
    append_byte (out, DISC_PATIENT_DATE_SAME);
  else if ((n = take_digits (text, digits)) > 0)
    {
      append_byte (out, (guint8) n);
      for (guint i = 0; i < n; i += 2)
        append_byte (out, (guint8) (digits[i] | digits[i + 1] << 4));
    }
  else
    {
      append_byte (out, DISC_PATIENT_DATE_TEXT);
      g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text) + 1);
    }
}

static void
put_digits (const guint8 *packed, guint n, char *room)
{
  for (guint i = 0; i < n; i++)
    {
      char separator = separator_before (i);

      if (separator != '\0')
        *room++ = separator;
      *room++ = (char) ('0' + (packed[i / 2] >> (i % 2 * 4) & 0xf));
    }
  *room = '\0';
}

const guint8 *
disc_patient_date_unpack (const guint8 *packed, const char *before, char *room, const char **text)
{
  switch (*packed)
    {
    case 0:
      *text = NULL;
      break;
    case DISC_PATIENT_DATE_SAME:
      *text = before;
      break;
    case DISC_PATIENT_DATE_TEXT:
      *text = (const char *) packed + 1;
      break;
    default:
      put_digits (packed + 1, *packed, room);
      *text = room;
      break;
    }
  return disc_patient_date_skip (packed);
}

const guint8 *
disc_patient_date_skip (const guint8 *packed)
{
  switch (*packed)
    {
    case 0:
    case DISC_PATIENT_DATE_SAME:
      return packed + 1;
    case DISC_PATIENT_DATE_TEXT:
      return packed + 1 + strlen ((const char *) packed + 1) + 1;
    default:
      return packed + 1 + (*packed + 1) / 2;
    }
}
