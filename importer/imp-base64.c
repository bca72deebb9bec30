/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-base64.h"

#include "imp-error.h"

/* ---- groups of four ------------------------------------------------------------------------- */

typedef struct
{
  GByteArray *out;
  guint32 bits; /* of the group at hand */
  guint n;      /* characters of it */
  guint n_padding;
} Decoder;

/* Returns: six bits, or -1 */
static int
value_of (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '+')
    return 62;
  return c == '/' ? 63 : -1;
}

static void
end_group (Decoder *self)
{
  const guint8 bytes[] = { (guint8) (self->bits >> 16), (guint8) (self->bits >> 8),
                           (guint8) self->bits };

  g_byte_array_append (self->out, bytes, 3 - self->n_padding);
  self->bits = 0;
  self->n = 0;
}

static gboolean
take (Decoder *self, char c)
{
  int value = value_of (c);

  if (c == '=' && self->n >= 2)
    {
      self->n_padding++;
      value = 0;
    }
  else if (value < 0 || self->n_padding > 0)
    return FALSE;
  self->bits = self->bits << 6 | (guint32) value;
  if (++self->n == 4)
    end_group (self);
  return TRUE;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

GBytes *
imp_base64_decode (const char *text, gsize len, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  Decoder decoder = { .out = out };

  for (gsize i = 0; i < len; i++)
    {
      if (is_blank (text[i]))
        continue;
      if (!take (&decoder, text[i]))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                       "not base64 from character %" G_GSIZE_FORMAT " on", i + 1);
          return NULL;
        }
      if (out->len > max_bytes)
        {
          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LIMIT, "larger than the ceiling");
          return NULL;
        }
    }
  if (decoder.n != 0)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "the base64 is cut off");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
