/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "imp-decode.h"

G_BEGIN_DECLS

#define IMP_ESC 0x1B
#define IMP_SHIFT_OUT 0x0E
#define IMP_SHIFT_IN 0x0F

/* No input byte gives more than three bytes of UTF-8; entries of the tables are stored whole. */
#define IMP_DECODE_EXPANSION 3
#define IMP_DECODE_SLACK 8

typedef struct _ImpKanji ImpKanji;

/** One piece of text being decoded. */
typedef struct
{
  const guint8 *p;   /* what is read next */
  const guint8 *end;
  guint8 *out;       /* with room for IMP_DECODE_EXPANSION times what is left, and the slack */
  gboolean is_plain; /* only bytes 01-7F and no shifts: ASCII runs can be copied */
  gboolean is_euc;   /* what bytes from 80 on are; else CP932 */
  ImpDecodeResult *result;
  const ImpKanji *table; /*< private >*/
  gboolean is_kana;      /*< private >*/
} ImpDecoder;

static inline void
imp_decoder_put_lost (ImpDecoder *self)
{
  memcpy (self->out, "\xEF\xBF\xBD", 3);
  self->out += 3;
  self->result->n_lost++;
}

/** imp_jis_decode: everything but UTF-8, to the end: ISO-2022-JP, CP932, EUC-JP, or a mixture. */
void imp_jis_decode (ImpDecoder *self);

G_END_DECLS
