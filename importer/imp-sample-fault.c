/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fault.h"

typedef void (*Apply) (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out);

static void
apply_utf8 (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  if (!imp_sample_encoder_convert (encoder, message, len, TRUE, out))
    {
      g_string_truncate (out, 0);
      g_string_append_len (out, message, (gssize) len);
    }
}

static void
apply_utf8_bom (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  apply_utf8 (encoder, message, len, out);
  g_string_prepend (out, "\xEF\xBB\xBF");
}

static void
apply_cp932 (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  if (!imp_sample_encoder_convert (encoder, message, len, FALSE, out))
    {
      g_string_truncate (out, 0);
      g_string_append_len (out, message, (gssize) len);
    }
}

/* CR is never part of a 7-bit Japanese character. */
static void
replace_line_ends (const char *message, gsize len, const char *line_end, GString *out)
{
  for (gsize i = 0; i < len; i++)
    {
      if (message[i] == '\r')
        g_string_append (out, line_end);
      else
        g_string_append_c (out, message[i]);
    }
}

static void
apply_lf (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  replace_line_ends (message, len, "\n", out);
}

static void
apply_crlf (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  replace_line_ends (message, len, "\r\n", out);
}

static void
apply_no_end (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  g_string_append_len (out, message, (gssize) len - 1);
}

static void
apply_file_separator (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  g_string_append_len (out, message, (gssize) len);
  g_string_append_c (out, 0x1C);
}

static void
apply_bare_msh (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *second = memchr (message, '\r', len);

  g_string_append_len (out, message, (gssize) len);
  if (second != NULL)
    g_string_insert (out, second + 1 - message, "MSH\r");
}

static void
apply_no_dot (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *dot = memchr (message, '.', len);

  g_string_append_len (out, message, (gssize) len);
  if (dot != NULL)
    g_string_erase (out, dot - message, 1);
}

/* A result as SS-MIX2 spec 8.34 tells of it. */
static void
apply_note_first (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *visit = g_strstr_len (message, (gssize) len, "\rPV1|");
  const char *after =
      visit != NULL ? memchr (visit + 1, '\r', len - (gsize) (visit + 1 - message)) : NULL;

  if (after == NULL || !imp_sample_encoder_run (encoder, "\rNTE|1||採血困難のため少量", out))
    {
      g_string_truncate (out, 0);
      g_string_append_len (out, message, (gssize) len);
      return;
    }
  g_string_prepend_len (out, message, visit - message);
  g_string_append_len (out, after, (gssize) len - (after - message));
}

/* ADT-12 written as ADT^A01, as one generator of storages does: SS-MIX2 spec 8.31. */
static void
apply_wrong_event (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *event;

  g_string_append_len (out, message, (gssize) len);
  event = strstr (out->str, "ADT^A04^");
  if (event != NULL)
    out->str[event - out->str + 6] = '1';
}

static void
apply_none (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  g_string_append_len (out, message, (gssize) len);
}

/* Where field @number of the first PID begins; 0 without one. */
static gsize
find_pid_field (const GString *text, guint number)
{
  const char *pid = g_strstr_len (text->str, (gssize) text->len, "\rPID|");
  const char *at = pid != NULL ? pid + 1 : NULL;

  while (at != NULL && number-- > 0)
    {
      at = strchr (at, '|');
      if (at != NULL)
        at++;
    }
  return at != NULL ? (gsize) (at - text->str) : 0;
}

/* Two neighbouring digits change places, or the last becomes another. */
static void
change_digits (char *digits, guint n)
{
  for (guint i = n - 1; i > 0; i--)
    if (digits[i] != digits[i - 1])
      {
        char kept = digits[i];

        digits[i] = digits[i - 1];
        digits[i - 1] = kept;
        return;
      }
  digits[n - 1] = digits[n - 1] == '9' ? '0' : (char) (digits[n - 1] + 1);
}

static void
apply_other_patient (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  gsize at;

  g_string_append_len (out, message, (gssize) len);
  at = find_pid_field (out, 3);
  if (at > 0)
    change_digits (out->str + at, 10);
}

static void
apply_other_birth (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  gsize at;

  g_string_append_len (out, message, (gssize) len);
  at = find_pid_field (out, 7);
  /* The last digit of the year: a date stays a date, but for a leap day. */
  if (at > 0 && g_ascii_isdigit (out->str[at + 3]))
    out->str[at + 3] = out->str[at + 3] == '9' ? '5' : (char) (out->str[at + 3] + 1);
}

static void
apply_cut (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *last = memrchr (message, '\r', len - 1);
  gsize kept = last != NULL ? (gsize) (last - message) + 8 : len / 2;

  g_string_append_len (out, message, (gssize) MIN (kept, len - 1));
}

/* The last Japanese run loses its last byte: a field cut by a limit in bytes. */
static void
apply_half_character (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  const char *end = g_strrstr_len (message, (gssize) len, "\033(B");

  g_string_append_len (out, message, (gssize) len);
  if (end != NULL && end > message)
    g_string_erase (out, end - 1 - message, 1);
}

static void
apply_garbage (ImpSampleEncoder *encoder, const char *message, gsize len, GString *out)
{
  g_string_append_len (out, "\x1A\x0A", 2);
}

static const struct
{
  const char *name;
  guint share; /* of a hundred thousand files */
  gboolean is_planted;
  gboolean loses;
  Apply apply;
  const char *only_type; /* data type it can happen to, or any */
} faults[IMP_SAMPLE_N_FAULTS] = {
  [IMP_SAMPLE_INTACT] = { "intact", 0, FALSE, FALSE, apply_none, NULL },
  [IMP_SAMPLE_FAULT_UTF8] = { "utf-8", 400, FALSE, FALSE, apply_utf8, NULL },
  [IMP_SAMPLE_FAULT_UTF8_BOM] = { "utf-8-bom", 50, FALSE, FALSE, apply_utf8_bom, NULL },
  [IMP_SAMPLE_FAULT_CP932] = { "cp932", 400, FALSE, FALSE, apply_cp932, NULL },
  [IMP_SAMPLE_FAULT_LF] = { "lf", 400, FALSE, FALSE, apply_lf, NULL },
  [IMP_SAMPLE_FAULT_CRLF] = { "crlf", 200, FALSE, FALSE, apply_crlf, NULL },
  [IMP_SAMPLE_FAULT_NO_END] = { "no-end", 300, FALSE, FALSE, apply_no_end, NULL },
  [IMP_SAMPLE_FAULT_FILE_SEPARATOR] = { "file-separator", 800, FALSE, FALSE, apply_file_separator,
                                        NULL },
  [IMP_SAMPLE_FAULT_NO_DOT] = { "no-dot", 100, FALSE, FALSE, apply_no_dot, NULL },
  [IMP_SAMPLE_FAULT_NOTE_FIRST] = { "note-first", 400, FALSE, FALSE, apply_note_first, "OML-11" },
  [IMP_SAMPLE_FAULT_BARE_MSH] = { "bare-msh", 20, TRUE, FALSE, apply_bare_msh, NULL },
  [IMP_SAMPLE_FAULT_SHORT_TIMESTAMP] = { "short-timestamp", 60, FALSE, FALSE, apply_none, NULL },
  [IMP_SAMPLE_FAULT_THUMBS] = { "thumbs", 30, TRUE, FALSE, apply_none, NULL },
  [IMP_SAMPLE_FAULT_WRONG_EVENT] = { "wrong-event", 200, TRUE, FALSE, apply_wrong_event, "ADT-12" },
  [IMP_SAMPLE_FAULT_OTHER_BIRTH] = { "other-birth", 30, TRUE, FALSE, apply_other_birth, NULL },
  [IMP_SAMPLE_FAULT_OTHER_PATIENT] = { "other-patient", 40, TRUE, TRUE, apply_other_patient, NULL },
  [IMP_SAMPLE_FAULT_MISFILED] = { "misfiled", 0, TRUE, TRUE, apply_none, NULL },
  [IMP_SAMPLE_FAULT_CUT] = { "cut", 40, TRUE, TRUE, apply_cut, NULL },
  [IMP_SAMPLE_FAULT_HALF_CHARACTER] = { "half-character", 10, TRUE, TRUE, apply_half_character,
                                        NULL },
  [IMP_SAMPLE_FAULT_GARBAGE] = { "garbage", 40, TRUE, TRUE, apply_garbage, NULL },
};

const char *
imp_sample_fault_name (ImpSampleFault fault)
{
  return faults[fault].name;
}

ImpSampleFault
imp_sample_fault_find (const char *name)
{
  for (guint i = 0; i < IMP_SAMPLE_N_FAULTS; i++)
    if (g_str_equal (faults[i].name, name))
      return (ImpSampleFault) i;
  return IMP_SAMPLE_N_FAULTS;
}

gboolean
imp_sample_fault_is_planted (ImpSampleFault fault)
{
  return faults[fault].is_planted;
}

gboolean
imp_sample_fault_loses (ImpSampleFault fault)
{
  return faults[fault].loses;
}

ImpSampleFault
imp_sample_fault_draw (const char *type, guint64 bits)
{
  guint draw = (guint) (bits % 100000);

  for (guint i = 0; i < IMP_SAMPLE_N_FAULTS; i++)
    {
      if (draw < faults[i].share)
        return faults[i].only_type == NULL || g_str_equal (faults[i].only_type, type)
                   ? (ImpSampleFault) i
                   : IMP_SAMPLE_INTACT;
      draw -= faults[i].share;
    }
  return IMP_SAMPLE_INTACT;
}

void
imp_sample_fault_apply (ImpSampleFault fault, ImpSampleEncoder *encoder, const char *message,
                        gsize len, GString *out)
{
  g_string_truncate (out, 0);
  faults[fault].apply (encoder, message, len, out);
}
