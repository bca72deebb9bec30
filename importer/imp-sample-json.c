/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-json.h"

#include "imp-sample-time.h"

#include <stdarg.h>
#include <string.h>

#define LOCAL_SYSTEM "http://hospital.example.jp/fhir/CodeSystem/"
#define MAX_PARTS 6 /* of a CWE */

/* The tables have texts as an HL7 message writes them: F3\T\T3 is F3&T3, \.br\ begins a line.
 * @len: (out): of the escape at @text
 *
 * Returns: the character of it, or 0 where there is none */
static char
hl7_escape (const char *text, gsize *len)
{
  static const char letters[] = "FSTRE", characters[] = "|^&~\\";
  static const char line[] = "\\.br\\";
  const char *letter;

  if (g_str_has_prefix (text, line))
    {
      *len = strlen (line);
      return '\n';
    }
  if (text[0] != '\\' || text[1] == '\0' || text[2] != '\\')
    return '\0';
  letter = strchr (letters, text[1]);
  *len = 3;
  return letter != NULL ? characters[letter - letters] : '\0';
}

static void
put_escaped (ImpSampleBuffer *self, const char *text)
{
  const char *from = text;

  for (; *text != '\0'; text++)
    {
      gsize len = 1;
      char meant = hl7_escape (text, &len);
      guchar byte = (guchar) (meant != '\0' ? meant : *text);
      char escape[8];

      if (meant == '\0' && byte >= 0x20 && byte != '"' && byte != '\\')
        continue;
      imp_sample_put (self, from, (gsize) (text - from));
      if (byte == '"' || byte == '\\')
        g_snprintf (escape, sizeof escape, "\\%c", byte);
      else if (byte >= 0x20)
        g_snprintf (escape, sizeof escape, "%c", byte);
      else if (byte == '\n' || byte == '\r')
        g_strlcpy (escape, byte == '\n' ? "\\n" : "\\r", sizeof escape);
      else
        g_snprintf (escape, sizeof escape, "\\u%04x", byte);
      imp_sample_put (self, escape, strlen (escape));
      text += meant != '\0' ? len - 1 : 0;
      from = text + 1;
    }
  imp_sample_put (self, from, (gsize) (text - from));
}

static void
put_day (ImpSampleBuffer *self, int day)
{
  int year, month, day_of_month;

  imp_sample_day_parts (day, &year, &month, &day_of_month);
  imp_sample_put_number (self, (guint64) year, 4);
  imp_sample_put (self, "-", 1);
  imp_sample_put_number (self, (guint64) month, 2);
  imp_sample_put (self, "-", 1);
  imp_sample_put_number (self, (guint64) day_of_month, 2);
}

static void
put_time (ImpSampleBuffer *self, gint64 time)
{
  guint second = (guint) (time % IMP_SAMPLE_DAY_SECONDS);

  put_day (self, imp_sample_time_day (time));
  imp_sample_put (self, "T", 1);
  imp_sample_put_number (self, second / 3600, 2);
  imp_sample_put (self, ":", 1);
  imp_sample_put_number (self, second / 60 % 60, 2);
  imp_sample_put (self, ":", 1);
  imp_sample_put_number (self, second % 60, 2);
  imp_sample_put (self, "+09:00", 6);
}

static void
put_argument (ImpSampleBuffer *self, char kind, va_list *arguments)
{
  const char *text;

  switch (kind)
    {
    case 's':
    case 'r':
      text = va_arg (*arguments, const char *);
      if (text != NULL && kind == 's')
        put_escaped (self, text);
      else if (text != NULL)
        imp_sample_put (self, text, strlen (text));
      break;
    case 'u':
      imp_sample_put_number (self, va_arg (*arguments, guint), 1);
      break;
    case 'z':
      imp_sample_put_number (self, va_arg (*arguments, guint), 3);
      break;
    case 'i':
      imp_sample_put_number (self, va_arg (*arguments, guint64), 10);
      break;
    case 'o':
      imp_sample_put_number (self, va_arg (*arguments, guint64), 15);
      break;
    case 'd':
      put_day (self, va_arg (*arguments, int));
      break;
    case 't':
      put_time (self, va_arg (*arguments, gint64));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
imp_sample_json (ImpSampleBuffer *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  for (;;)
    {
      gsize plain = strcspn (format, "%'");

      imp_sample_put (self, format, plain);
      format += plain;
      if (*format == '\0')
        break;
      if (*format == '\'')
        {
          imp_sample_put (self, "\"", 1);
          format++;
          continue;
        }
      put_argument (self, format[1], &arguments);
      format += 2;
    }
  va_end (arguments);
}

/* ---- codes ----------------------------------------------------------------------------------- */

static const struct
{
  const char *table;
  const char *system;
} systems[] = {
  { "HOT9", "urn:oid:1.2.392.200119.4.403.1" },
  { "MR9P", "urn:oid:1.2.392.100495.20.2.101" },
  { "JC10", "urn:oid:1.2.392.200119.4.504" },
  { "JAMISDP01", "http://jami.jp/CodeSystem/MedicationUsage" },
  { "MDCDX2", "http://medis.or.jp/CodeSystem/master-disease-keyNumber" },
  { "HL70162", "http://jpfhir.jp/fhir/core/CodeSystem/route-codes" },
  { "HL70112", "http://terminology.hl7.org/CodeSystem/v2-0112" },
  { "HL70241", "http://terminology.hl7.org/CodeSystem/v2-0241" },
  { "J-FAGY", "http://jpfhir.jp/fhir/core/CodeSystem/JP_JfagyFoodAllergen_CS" },
  { "JANIS", "urn:oid:1.2.392.100495.10.3.100.5.27.6.1" },
};

const char *
imp_sample_json_system (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    if (g_str_equal (systems[i].table, table))
      return systems[i].system;
  return NULL;
}

typedef struct
{
  const char *at;
  gsize len;
} Part;

/* Only the first repetition: what is behind a ~ is another concept. */
static guint
split (const char *coded, Part *out)
{
  guint n = 0;

  while (n < MAX_PARTS)
    {
      gsize len = strcspn (coded, "^&~");

      out[n++] = (Part){ coded, len };
      if (coded[len] == '\0' || coded[len] == '~')
        break;
      coded += len + 1;
    }
  return n;
}

static void
put_part (ImpSampleBuffer *self, const Part *part)
{
  char text[256];

  g_strlcpy (text, part->at, MIN (part->len + 1, sizeof text));
  put_escaped (self, text);
}

static void
put_system (ImpSampleBuffer *self, const Part *table)
{
  char name[32];

  g_strlcpy (name, table->at, MIN (table->len + 1, sizeof name));
  if (imp_sample_json_system (name) != NULL)
    imp_sample_json (self, "%s", imp_sample_json_system (name));
  else
    imp_sample_json (self, LOCAL_SYSTEM "%s", name);
}

static void
put_coding (ImpSampleBuffer *self, const Part *parts, guint n, const char *system)
{
  imp_sample_json (self, "{'code':'");
  put_part (self, &parts[0]);
  imp_sample_json (self, "'");
  if (n > 1 && parts[1].len > 0)
    {
      imp_sample_json (self, ",'display':'");
      put_part (self, &parts[1]);
      imp_sample_json (self, "'");
    }
  if (system != NULL)
    imp_sample_json (self, ",'system':'%s'", system);
  else if (n > 2 && parts[2].len > 0)
    {
      imp_sample_json (self, ",'system':'");
      put_system (self, &parts[2]);
      imp_sample_json (self, "'");
    }
  imp_sample_json (self, "}");
}

void
imp_sample_json_concept (ImpSampleBuffer *self, const char *coded, const char *system)
{
  Part parts[MAX_PARTS];
  guint n = split (coded, parts);
  const Part *words = n > 1 ? &parts[1] : &parts[0];
  guint n_codings = 0;

  imp_sample_json (self, "{");
  for (guint i = 0; n > 1 && i < n; i += 3)
    if (parts[i].len > 0)
      {
        imp_sample_json (self, n_codings++ == 0 ? "'coding':[" : ",");
        put_coding (self, &parts[i], n - i, i == 0 ? system : NULL);
      }
  if (n_codings > 0)
    imp_sample_json (self, "]%s", words->len > 0 ? "," : "");
  if (words->len > 0)
    {
      imp_sample_json (self, "'text':'");
      put_part (self, words);
      imp_sample_json (self, "'");
    }
  imp_sample_json (self, "}");
}

void
imp_sample_json_words (ImpSampleBuffer *self, const char *coded)
{
  Part parts[MAX_PARTS];
  guint n = split (coded, parts);

  put_part (self, n > 1 ? &parts[1] : &parts[0]);
}

void
imp_sample_json_concepts (ImpSampleBuffer *self, const char *coded, const char *system)
{
  imp_sample_json (self, "[");
  for (const char *at = coded; at != NULL; at = strchr (at, '~'))
    {
      at += *at == '~' ? 1 : 0;
      imp_sample_json (self, at > coded ? "," : "");
      imp_sample_json_concept (self, at, system);
    }
  imp_sample_json (self, "]");
}

/* ---- quantities ------------------------------------------------------------------------------ */

gboolean
imp_sample_json_is_number (const char *text)
{
  const char *at = text + (*text == '-' ? 1 : 0);
  gsize whole = strspn (at, G_CSET_DIGITS);

  if (whole == 0 || (whole > 1 && *at == '0'))
    return FALSE;
  at += whole;
  if (*at == '.')
    {
      gsize decimals = strspn (at + 1, G_CSET_DIGITS);

      if (decimals == 0)
        return FALSE;
      at += 1 + decimals;
    }
  return *at == '\0';
}

static void
put_unit (ImpSampleBuffer *self, const char *unit)
{
  Part parts[MAX_PARTS];
  guint n = split (unit, parts);
  const Part *words = n > 1 && parts[1].len > 0 ? &parts[1] : &parts[0];

  if (words->len == 0)
    return;
  imp_sample_json (self, ",'unit':'");
  put_part (self, words);
  imp_sample_json (self, "'");
  if (n < 3 || parts[0].len == 0)
    return;
  imp_sample_json (self, ",'system':'");
  put_system (self, &parts[2]);
  imp_sample_json (self, "','code':'");
  put_part (self, &parts[0]);
  imp_sample_json (self, "'");
}

gboolean
imp_sample_json_quantity (ImpSampleBuffer *self, const char *value, const char *unit)
{
  gsize sign = *value == '<' || *value == '>' ? 1 : 0;

  if (sign > 0 && value[sign] == '=')
    sign++;
  if (!imp_sample_json_is_number (value + sign))
    return FALSE;
  imp_sample_json (self, "{'value':%r", value + sign);
  if (sign > 0)
    {
      char comparator[4];

      g_strlcpy (comparator, value, sign + 1);
      imp_sample_json (self, ",'comparator':'%s'", comparator);
    }
  if (unit != NULL)
    put_unit (self, unit);
  imp_sample_json (self, "}");
  return TRUE;
}

void
imp_sample_json_base64 (ImpSampleBuffer *self, const char *bytes, gsize len)
{
  int state = 0, save = 0;

  if (self->size - self->len < len / 3 * 4 + 8)
    imp_sample_buffer_grow (self, len / 3 * 4 + 8);
  self->len += g_base64_encode_step ((const guchar *) bytes, len, FALSE, self->bytes + self->len,
                                     &state, &save);
  self->len += g_base64_encode_close (FALSE, self->bytes + self->len, &state, &save);
}
