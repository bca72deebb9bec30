/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * Text of the sample hospital: words encoded once, messages put together from bytes.
 */

/** A piece of text: UTF-8 for people, and ISO-2022-JP as it stands in messages. */
typedef struct
{
  const char *text;
  const char *bytes; /* begins and ends in ASCII */
  guint32 len;       /* of @bytes */
} ImpSampleWord;

/** A growing run of bytes; may hold many messages one after another. */
typedef struct
{
  char *bytes;
  gsize len;
  gsize size;
} ImpSampleBuffer;

void imp_sample_buffer_clear (ImpSampleBuffer *self);
/** imp_sample_buffer_grow: room for @more bytes behind the end. */
void imp_sample_buffer_grow (ImpSampleBuffer *self, gsize more);

static inline void
imp_sample_put (ImpSampleBuffer *self, const char *bytes, gsize len)
{
  if (len == 0)
    return;
  if (G_UNLIKELY (self->size - self->len < len))
    imp_sample_buffer_grow (self, len);
  memcpy (self->bytes + self->len, bytes, len);
  self->len += len;
}

static inline void
imp_sample_put_word (ImpSampleBuffer *self, const ImpSampleWord *word)
{
  imp_sample_put (self, word->bytes, word->len);
}

/**
 * imp_sample_print:
 *
 * Appends @format, where these stand for arguments: %w `const ImpSampleWord *` (%NULL: nothing),
 * %x its UTF-8, %s `const char *` (%NULL: nothing), %b `const ImpSampleBuffer *`, %u `guint`, %z
 * `guint` with three digits, %o `guint64` order number of 15 digits, %d `int` day as YYYYMMDD, %m
 * and %t `gint64` time to minute and second. Days and times as imp-sample-time.h.
 */
void imp_sample_print (ImpSampleBuffer *self, const char *format, ...);

/** imp_sample_put_number: decimal, at least @width digits. */
void imp_sample_put_number (ImpSampleBuffer *self, guint64 number, guint width);
/** imp_sample_put_thousandths: @value in thousandths, rounded to @digits decimals. */
void imp_sample_put_thousandths (ImpSampleBuffer *self, gint64 value, guint digits);

/** Turns UTF-8 into what stands in messages. */
typedef struct _ImpSampleEncoder ImpSampleEncoder;

ImpSampleEncoder *imp_sample_encoder_new (void);
void imp_sample_encoder_free (ImpSampleEncoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSampleEncoder, imp_sample_encoder_free)
/**
 * imp_sample_encoder_run:
 * @out: emptied, then the text in ISO-2022-JP as SS-MIX2 storages hold it: JIS X 0208 with the
 *   vendor rows 13 and 89 to 92, half-width kana and JIS X 0212 by their own escape sequences
 *
 * Returns: %FALSE if a character exists in none of these sets
 */
gboolean imp_sample_encoder_run (ImpSampleEncoder *self, const char *text, GString *out);
/**
 * imp_sample_encoder_convert:
 * @message: in ISO-2022-JP as above
 * @to_utf8: UTF-8, else CP932
 *
 * Returns: %FALSE, @out undefined, if the target set lacks a character
 */
gboolean imp_sample_encoder_convert (ImpSampleEncoder *self, const char *message, gsize len,
                                     gboolean to_utf8, GString *out);

G_END_DECLS
