/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

#include "imp-decode.h"

/* Of the characters of a text, at most this share may be lost in decoding: old files hold dirt. */
#define MAX_LOST_PERCENT 1
#define SPARE_LOST 2 /* a character cut off at the end of what is looked at, and one more */

static gboolean
is_utf16_marked (const guint8 *bytes, gsize len)
{
  return len >= 4 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0);
}

/* "<?" without a mark: XML 1.0 appendix F.1. */
static gboolean
is_utf16_markup (const guint8 *bytes, gsize len)
{
  return len >= 4 && (memcmp (bytes, "<\0?\0", 4) == 0 || memcmp (bytes, "\0<\0?", 4) == 0);
}

/* As much of it as is whole. */
static gboolean
decode_utf16 (const guint8 *bytes, gsize len, GString *out)
{
  const char *name = bytes[0] == 0xfe || bytes[0] == 0 ? "UTF-16BE" : "UTF-16LE";
  g_autofree char *text = NULL;
  gsize written;
  gsize n = MIN (len, IMP_SNIFF_HEAD_BYTES) & ~(gsize) 1;

  for (guint attempt = 0; text == NULL && attempt < 2 && n > 2; attempt++, n -= 2)
    text = g_convert ((const char *) bytes, (gssize) n, "UTF-8", name, NULL, &written, NULL);
  if (text == NULL || memchr (text, '\0', written) != NULL)
    return FALSE;
  g_string_assign (out, g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text);
  return TRUE;
}

/* Beside blanks: form feed and ESC of printers, SO and SI, and the frame of MLLP. */
static gboolean
is_control (char c)
{
  return (guchar) c < 0x20 && strchr ("\t\n\r\f\v\x0e\x0f\x1b\x1c", c) == NULL;
}

static gboolean
is_readable (const GString *text, guint n_lost)
{
  gsize n_characters = 0;
  gsize n_control = 0;

  for (const char *p = text->str; *p != '\0'; p++)
    {
      n_characters += ((guchar) *p & 0xc0) != 0x80;
      n_control += is_control (*p);
    }
  return n_control * 100 <= n_characters &&
         n_lost <= n_characters * MAX_LOST_PERCENT / 100 + SPARE_LOST && n_lost * 2 <= n_characters;
}

/* Zeros at the end are filling; anywhere else they are no text. */
static gboolean
has_zeros (const guint8 *bytes, gsize len)
{
  while (len > 0 && bytes[len - 1] == 0)
    len--;
  return len == 0 || memchr (bytes, 0, len) != NULL;
}

static gboolean
decode_head (const guint8 *bytes, gsize len, GString *out)
{
  ImpDecodeResult result;

  if (has_zeros (bytes, len))
    return FALSE;
  imp_decode (bytes, MIN (len, IMP_SNIFF_HEAD_BYTES), out, &result);
  return is_readable (out, result.n_lost);
}

static gboolean
has_word (const char *text, const char *word)
{
  gsize n = strlen (word);

  return g_ascii_strncasecmp (text, word, n) == 0 && !g_ascii_isalnum (text[n]);
}

static const char *
skip_comments (const char *text)
{
  while (TRUE)
    {
      const char *end;

      while (g_ascii_isspace (*text))
        text++;
      end = g_str_has_prefix (text, "<!--") ? strstr (text, "-->") : NULL;
      if (end == NULL)
        return text;
      text = end + 3;
    }
}

/* HTML need not be whole: senders store the inside of a body too. */
static gboolean
is_html (const char *text)
{
  static const char *const tags[] = {
    "<html",   "<!doctype html",
    "<head",   "<body",
    "<title",  "<meta",
    "<div",    "<table",
    "<span",   "<p",
    "<br",     "<font",
    "<center", "<h1",
    "<h2",     "<h3",
    "<ul",     "<ol",
    "<pre",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (has_word (text, tags[i]))
      return TRUE;
  return FALSE;
}

static ImpSniffKind
markup_kind (const char *text)
{
  const char *root = text;

  if (is_html (text))
    return IMP_SNIFF_HTML;
  if (g_str_has_prefix (text, "<?xml"))
    {
      root = strstr (text, "?>");
      root = root != NULL ? skip_comments (root + 2) : text;
      return has_word (root, "<html") || has_word (root, "<!doctype html") ? IMP_SNIFF_HTML
                                                                           : IMP_SNIFF_XML;
    }
  return g_ascii_isalpha (text[1]) || strchr ("?!_", text[1]) != NULL ? IMP_SNIFF_XML
                                                                      : IMP_SNIFF_UNKNOWN;
}

/* RFC 2557: a message whose parts are a page and what it shows. */
static gboolean
is_mhtml (const char *text)
{
  g_autofree char *head = g_ascii_strdown (text, 4096);

  return strstr (head, "mime-version:") != NULL && strstr (head, "content-type:") != NULL &&
         (g_str_has_prefix (head, "mime-version:") || g_str_has_prefix (head, "from:") ||
          g_str_has_prefix (head, "content-") || g_str_has_prefix (head, "subject:"));
}

static gboolean
is_hl7 (const char *text)
{
  while (*text == '\v' || *text == '\r' || *text == '\n' || *text == ' ')
    text++;
  /* HL7 v2.5 chapter 2, MSH-1: any separator; letters would be words. */
  return g_str_has_prefix (text, "MSH") && text[3] > ' ' && (guchar) text[3] < 0x7f &&
         !g_ascii_isalnum (text[3]) && strchr (text + 4, text[3]) != NULL;
}

static ImpSniffKind
kind_of_text (const char *text, gsize len, gboolean is_whole)
{
  const char *start = skip_comments (text);
  ImpSniffKind kind = IMP_SNIFF_UNKNOWN;

  if (is_hl7 (text))
    return IMP_SNIFF_HL7;
  if (g_str_has_prefix (start, "{\\rtf"))
    return IMP_SNIFF_RTF;
  if (*start == '{' || *start == '[')
    kind = imp_sniff_json (start, len - (gsize) (start - text), is_whole);
  else if (*start == '<')
    kind = markup_kind (start);
  /* Data may quote a script, and a page has one: it is not kept. */
  if (kind != IMP_SNIFF_UNKNOWN && !imp_sniff_script (kind == IMP_SNIFF_XML ? start : ""))
    return kind;
  if (imp_sniff_script (text))
    return IMP_SNIFF_SCRIPT;
  return is_mhtml (start) ? IMP_SNIFF_MHTML : IMP_SNIFF_TEXT;
}

ImpSniffKind
imp_sniff_text (const guint8 *bytes, gsize len, gboolean *is_utf16)
{
  g_autoptr (GString) text = g_string_new (NULL);

  *is_utf16 = is_utf16_marked (bytes, len) || is_utf16_markup (bytes, len);
  if (*is_utf16 ? !decode_utf16 (bytes, len, text) || !is_readable (text, 0)
                : !decode_head (bytes, len, text))
    {
      *is_utf16 = FALSE;
      return IMP_SNIFF_UNKNOWN;
    }
  return kind_of_text (text->str, text->len, len <= IMP_SNIFF_HEAD_BYTES);
}
