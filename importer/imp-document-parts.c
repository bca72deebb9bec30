/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <string.h>
#include <time.h>

#include "imp-limits.h"
#include "imp-text.h"

static void
picture_free (gpointer data)
{
  ImpDocumentPicture *picture = data;

  g_bytes_unref (picture->bytes);
  g_free (picture);
}

static void
finding_free (gpointer data)
{
  imp_finding_free (data);
}

static gint64
own_time_us (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gboolean
imp_document_has_time (const ImpDocument *self, const ImpDocumentLimits *limits)
{
  return (own_time_us () - self->started_us) / G_USEC_PER_SEC * 3 < limits->cpu_seconds * 2;
}

void
imp_document_init (ImpDocument *self)
{
  *self = (ImpDocument){ .sniffed = { .kind = IMP_SNIFF_EMPTY, .also = IMP_SNIFF_EMPTY },
                         .started_us = own_time_us (),
                         .text = g_string_new (NULL),
                         .pages_without_text = g_array_new (FALSE, FALSE, sizeof (guint)),
                         .pictures = g_ptr_array_new_with_free_func (picture_free),
                         .findings = g_ptr_array_new_with_free_func (finding_free) };
}

void
imp_document_clear (ImpDocument *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
  g_clear_pointer (&self->pages_without_text, g_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

const char *
imp_document_verdict_word (ImpDocumentVerdict verdict)
{
  static const char *const words[] = { "read", "partly", "refused", "message" };

  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (words), NULL);
  return words[verdict];
}

void
imp_document_find (ImpDocument *self, ImpFindingCode code, const char *format, ...)
{
  va_list args;

  if (self->findings->len >= IMP_MAX_FINDINGS_PER_MESSAGE)
    return;
  va_start (args, format);
  g_ptr_array_add (self->findings, imp_finding_new (code, format, args));
  va_end (args);
}

void
imp_document_refuse_part (ImpDocument *self, guint n, const char *what)
{
  if (n == 1)
    imp_document_find (self, IMP_FINDING_ATTACHMENT_REFUSED, "%s inside", what);
  else if (n > 1)
    imp_document_find (self, IMP_FINDING_ATTACHMENT_REFUSED, "%s inside: %u", what, n);
}

/* Latin-1 but for 80 to 9F. */
gunichar
imp_document_western (guint8 byte)
{
  static const gunichar more[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
  };

  return byte >= 0x80 && byte < 0xa0 ? more[byte - 0x80] : byte;
}

/* What a screen or a search could not hold: controls, and marks that turn the writing (spec fhir.md
 * 6.1). NUL never gets here. */
static void
append_clean (GString *out, const char *text, gsize len)
{
  const char *end = text + len;

  while (text < end)
    {
      gunichar c = g_utf8_get_char (text);
      const char *next = g_utf8_next_char (text);

      if (!((c < 0x20 && c != '\t' && c != '\n' && c != '\f') || (c >= 0x7f && c < 0xa0) ||
            (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff))
        g_string_append_len (out, text, next - text);
      text = next;
    }
}

gboolean
imp_document_append (ImpDocument *self, const ImpDocumentLimits *limits, const char *text,
                     gssize len)
{
  gsize n = len >= 0 ? (gsize) len : strlen (text);
  g_autofree char *valid = NULL;
  gsize room;

  if (self->is_text_cut)
    return FALSE;
  if (!g_utf8_validate_len (text, n, NULL))
    {
      text = valid = g_utf8_make_valid (text, (gssize) n);
      n = strlen (valid);
    }
  room = limits->text_bytes - self->text->len;
  if (n <= room)
    {
      append_clean (self->text, text, n);
      return TRUE;
    }
  append_clean (self->text, text, imp_text_cut ((ImpText){ text, n }, room));
  imp_document_find (self, IMP_FINDING_TRUNCATED,
                     "text beyond %" G_GUINT64_FORMAT " bytes left out", limits->text_bytes);
  self->is_text_cut = TRUE;
  return FALSE;
}

void
imp_document_new_line (ImpDocument *self)
{
  if (!self->is_text_cut && self->text->len > 0 && self->text->str[self->text->len - 1] != '\n' &&
      self->text->str[self->text->len - 1] != '\f')
    g_string_append_c (self->text, '\n');
}
