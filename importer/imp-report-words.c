/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *word;
  const char *words;
} Words;

static const Words kinds[] = {
  { "demographics", N_ ("Basic data") },
  { "allergy", N_ ("Allergies") },
  { "problem", N_ ("Problems") },
  { "prescription", N_ ("Prescriptions") },
  { "dispense", N_ ("Dispensed drugs") },
  { "statement", N_ ("Drugs as told") },
  { "injection", N_ ("Injection orders") },
  { "administration", N_ ("Administered") },
  { "lab", N_ ("Lab results") },
  { "microbiology", N_ ("Microbiology") },
  { "vital", N_ ("Vital signs") },
  { "report", N_ ("Reports") },
  { "document", N_ ("Documents") },
  { "note", N_ ("Notes") },
  { "order", N_ ("Orders") },
  { "encounter", N_ ("Admissions, moves, visits") },
  { "meal", N_ ("Meals") },
  { "procedure", N_ ("Procedures") },
  { "immunization", N_ ("Immunizations") },
  { "device", N_ ("Implants and devices") },
  { "observation", N_ ("Other observations") },
  { "coverage", N_ ("Insurance") },
  { "contact", N_ ("Contacts") },
  { "appointment", N_ ("Appointments") },
  { "flag", N_ ("Alerts") },
  { "unknown", N_ ("Not interpreted") },
};

static const Words statuses[] = {
  { "active", N_ ("Active") },
  { "completed", N_ ("Completed") },
  { "planned", N_ ("Planned") },
  { "cancelled", N_ ("Cancelled") },
  { "superseded", N_ ("Superseded") },
  { "deleted", N_ ("Deleted") },
  { "entered-in-error", N_ ("Entered in error") },
  { "stopped", N_ ("Stopped") },
  { "on-hold", N_ ("On hold") },
  { "preliminary", N_ ("Preliminary") },
  { "corrected", N_ ("Corrected") },
  { "draft", N_ ("Draft") },
  { "unknown", N_ ("State unknown") },
};

static const Words reasons[] = {
  { "empty", N_ ("empty file") },
  { "not-a-message", N_ ("neither an HL7 message nor a document that is read") },
  { "broken-message", N_ ("cannot be split into segments") },
  { "too-large", N_ ("larger than the ceiling for one file") },
  { "special-file", N_ ("not a regular file") },
  { "link-outside", N_ ("symbolic link that leaves the source") },
  { "hard-link", N_ ("second name of another member; its content stands there") },
  { "denied", N_ ("permission denied") },
  { "vanished", N_ ("was there and then was not: renamed or removed while reading") },
  { "io-error", N_ ("the medium could not be read") },
  { "unsafe-name", N_ ("name that leads out of the archive, too long or too deep") },
  { "encrypted", N_ ("encrypted archive, or member of one") },
  { "member-damaged", N_ ("compressed data that is damaged, or packed in a way that is not read") },
  { "sparse-member", N_ ("archive member that is mostly holes") },
  { "archive-in-two-archives", N_ ("archive inside two archives: not opened") },
  { "archive-kind", N_ ("archive of a kind, or packed in a way, that is not read") },
  { "archive-damaged", N_ ("archive that is damaged or ends early: what stands behind that place was not read") },
  { "archive-ratio",
    N_ ("archive that grows out of all proportion when unpacked: the rest of it was not read") },
  { "archive-size", N_ ("archive that unpacks to more than the ceiling: the rest of it was not read") },
  { "archive-members", N_ ("archive with more members than the ceiling: the rest of it was not read") },
  { "too-many-roots", N_ ("in a storage root beyond the ceiling for roots") },
  { "infected", N_ ("the virus scanner found something in it") },
  { "transaction-storage", N_ ("transaction storage (TR_*.DAT): not imported") },
  { "system-file", N_ ("file of the operating system, or a copy") },
  { "link-inside", N_ ("symbolic link; the file is read at its own place") },
};

static const Words findings[] = {
  { "identity-conflict", N_ ("Disputed: folder and message name different patients") },
  { "demographics-conflict", N_ ("Conflicting birth date, sex or name under one ID") },
  { "unreadable", N_ ("Could not be read") },
  { "undecodable", N_ ("Characters that could not be read") },
  { "not-understood", N_ ("Parts not interpreted, shown as source text") },
  { "truncated", N_ ("Cut off in the middle") },
  { "type-mismatch", N_ ("File name and content differ in type") },
  { "date-mismatch", N_ ("Date of the folder and of the order differ") },
  { "duplicate", N_ ("The same record twice") },
  { "missing-file", N_ ("The newest version is missing, only older ones are there") },
  { "attachment-refused", N_ ("An attachment was refused") },
  { "outside-window", N_ ("Older than this disc reaches back") },
  { "unknown-type", N_ ("A type of data this program does not know") },
  { "unresolved-reference", N_ ("Refers to something that is not there") },
  { "no-patient", N_ ("It is not known which patient it belongs to") },
  { "test-message", N_ ("Training or test data") },
  { "stale", N_ ("The newest data is days old") },
  { "ignored", N_ ("Not a record, left out") },
  { "withdrawn", N_ ("Taken back by who sent it") },
  { "suspicious", N_ ("Looks as if ransomware had been at it") },
  { "infected", N_ ("The virus scanner found something: not on this disc") },
};

static const Words outcomes[] = {
  { "passed", N_ ("passed") },
  { "not-measured", N_ ("not measured") },
  { "set-aside", N_ ("set aside by the operator") },
  { "stopped", N_ ("refused the disc") },
};

static const char *
find (const Words *table, gsize n, const char *word)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (table[i].word, word) == 0)
      return _(table[i].words);
  return word;
}

const char *
imp_report_kind_words (const char *kind)
{
  return find (kinds, G_N_ELEMENTS (kinds), kind);
}

char *
imp_report_kinds_words (const char *several)
{
  g_auto (GStrv) parts = g_strsplit (several, ", ", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? _(", ") : "", imp_report_kind_words (parts[i]));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

const char *
imp_report_status_words (const char *status)
{
  return find (statuses, G_N_ELEMENTS (statuses), status);
}

const char *
imp_report_reason_words (const char *reason)
{
  return find (reasons, G_N_ELEMENTS (reasons), reason);
}

const char *
imp_report_finding_words (const char *code)
{
  return find (findings, G_N_ELEMENTS (findings), code);
}

const char *
imp_report_outcome_words (const char *outcome)
{
  return find (outcomes, G_N_ELEMENTS (outcomes), outcome);
}

char *
imp_report_number (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize len = strlen (digits);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < len; i++)
    {
      if (i > 0 && (len - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}
