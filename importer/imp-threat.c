/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-threat.h"

#include <string.h>

#include "imp-sniff.h"

/* Endings of files that hold text, as hospitals export it. */
static const char *const text_endings[] = { "xml",  "json", "ndjson", "hl7",
                                            "html", "htm",  "txt",    "csv" };

gboolean
imp_threat_is_in_storage (const ImpName *name)
{
  return name->class == IMP_NAME_MESSAGE || name->class == IMP_NAME_EXTENDED ||
         name->folder_patient[0] != '\0';
}

/* "Patient.ndjson", but also "Patient.ndjson.a7f3k": ransomware appends. */
static gboolean
has_text_ending (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *dot = strchr (slash != NULL ? slash : path, '.');

  for (; dot != NULL; dot = strchr (dot + 1, '.'))
    for (guint i = 0; i < G_N_ELEMENTS (text_endings); i++)
      {
        gsize len = strlen (text_endings[i]);

        if (g_ascii_strncasecmp (dot + 1, text_endings[i], len) == 0 &&
            (dot[1 + len] == '\0' || dot[1 + len] == '.'))
          return TRUE;
      }
  return FALSE;
}

ImpThreats
imp_threat_of_name (const ImpFile *file)
{
  if (file->name.class == IMP_NAME_MESSAGE)
    return 0;
  return imp_sniff_is_ransom_name (file->path) ? IMP_THREAT_NAME : 0;
}

ImpThreats
imp_threat_of_bytes (const ImpFile *file, const guint8 *bytes, gsize len)
{
  gboolean is_scrambled = len > 0 ? imp_sniff_is_scrambled (bytes, len) : file->is_scrambled;

  if (!is_scrambled)
    return 0;
  return imp_threat_is_in_storage (&file->name) || has_text_ending (file->path)
             ? IMP_THREAT_SCRAMBLED
             : IMP_THREAT_ELSEWHERE;
}

const char *
imp_threat_words (ImpThreats threats)
{
  gboolean is_even = (threats & (IMP_THREAT_SCRAMBLED | IMP_THREAT_ELSEWHERE)) != 0;

  if ((threats & IMP_THREAT_NAME) != 0)
    return is_even ? "called as ransomware calls files, and its bytes look encrypted"
                   : "called as ransomware calls files";
  return is_even ? "its bytes look encrypted" : NULL;
}

gboolean
imp_threat_is_loss (const ImpName *name, ImpReason reason)
{
  if (reason == IMP_REASON_NONE || imp_reason_is_ignored (reason))
    return FALSE;
  switch (reason)
    {
    case IMP_REASON_DENIED:
    case IMP_REASON_VANISHED:
    case IMP_REASON_IO_ERROR:
    case IMP_REASON_ENCRYPTED:
    case IMP_REASON_MEMBER_DAMAGED:
    case IMP_REASON_ARCHIVE_DAMAGED:
    case IMP_REASON_ARCHIVE_RATIO:
    case IMP_REASON_ARCHIVE_SIZE:
    case IMP_REASON_ARCHIVE_MEMBERS:
    case IMP_REASON_BROKEN_MESSAGE:
    case IMP_REASON_TOO_MANY_ROOTS:
      return TRUE;
    case IMP_REASON_HARD_LINK: /* read under its other name */
      return FALSE;
    default:
      return imp_threat_is_in_storage (name);
    }
}
