/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-parse-private.h"

#include <string.h>

static gboolean
disagree (const char *a, const char *b)
{
  return *a != '\0' && *b != '\0' && strcmp (a, b) != 0;
}

const char *
imp_parser_patient_of_name (const ImpName *name)
{
  if (disagree (name->folder_patient, name->patient))
    return "";
  return name->patient[0] != '\0' ? name->patient : name->folder_patient;
}

/* SS-MIX2 spec 6.1 */
static void
check_extended_name (ImpParser *self, const ImpName *name)
{
  const ImpExtendedName *extended = &self->extended;

  if (name->flag == 0)
    imp_parser_add_finding (
        self, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_WARNING,
        g_strdup ("content folder is not of the extended storage's grammar: state unknown"));
  if (*extended->content_type != '\0' && *extended->type_folder != '\0' &&
      strcmp (extended->content_type, extended->type_folder) != 0 &&
      strcmp (extended->content_type, extended->local_code) != 0 &&
      strcmp (extended->content_type, extended->code) != 0)
    imp_parser_add_finding (self, IMP_FINDING_TYPE_MISMATCH, IMP_SEVERITY_WARNING,
                            g_strdup ("content folder and type folder name different types"));
  if (strcmp (name->folder_date, name->care_date) != 0)
    imp_parser_add_finding (
        self, IMP_FINDING_DATE_MISMATCH, IMP_SEVERITY_INFO,
        g_strdup ("care date of the content folder is not that of the folder above"));
}

void
imp_parser_check_name (ImpParser *self, const ImpName *name)
{
  if (name->class == IMP_NAME_EXTENDED)
    {
      check_extended_name (self, name);
      return;
    }
  if (self->format == DISC_FORMAT_CDA)
    return;
  if (name->class != IMP_NAME_MESSAGE)
    {
      imp_parser_add_finding (self, IMP_FINDING_NOT_UNDERSTOOD, IMP_SEVERITY_WARNING,
                              g_strdup ("file name is not of the standard storage: state unknown"));
      if (name->type[0] == '\0')
        return;
    }

  if (name->folder_type[0] != '\0' && strcmp (name->folder_type, name->type) != 0)
    imp_parser_add_finding (
        self, IMP_FINDING_TYPE_MISMATCH, IMP_SEVERITY_WARNING,
        g_strdup_printf ("file name says %s, its folder another type", name->type));
  if (name->folder_date[0] != '\0' && strcmp (name->folder_date, name->care_date) != 0)
    imp_parser_add_finding (self, IMP_FINDING_DATE_MISMATCH, IMP_SEVERITY_INFO,
                            g_strdup ("care date of the file name is not that of its folder"));
  if (!imp_name_is_data_type (name->type))
    imp_parser_add_finding (self, IMP_FINDING_UNKNOWN_TYPE, IMP_SEVERITY_WARNING,
                            g_strdup_printf ("data type %s", name->type));
}

/* Nearly always: the path names the patient twice, and the message names no other. */
static gboolean
say_all_the_same (const ImpMessage *message)
{
  return *message->pid != '\0' && *message->other_ids == '\0' &&
         !disagree (message->folder_patient, message->pid) &&
         !disagree (message->name_patient, message->pid);
}

void
imp_parser_check_identity (ImpParser *self, ImpMessage *message, const char *facility,
                           ImpRootTally *root)
{
  const ImpFacts *facts = &self->mapped->facts;
  gboolean names_two = facts->names_two_patients;
  gboolean is_message = facts->message_type[0] != '\0';
  g_auto (GStrv) ids = NULL;
  guint n;

  if (!names_two && say_all_the_same (message))
    return;

  ids = imp_message_ids (message);
  n = g_strv_length (ids);
  if (n == 0)
    imp_parser_add_finding (
        self, IMP_FINDING_NO_PATIENT, IMP_SEVERITY_ERROR,
        g_strdup (is_message ? "no id in the path and none in PID-3: kept apart, in nobody's chart"
                             : "no number of this hospital in it: kept apart, in nobody's chart"));
  else if (*message->pid == '\0' && !names_two && is_message)
    imp_parser_add_finding (self, IMP_FINDING_NO_PATIENT, IMP_SEVERITY_WARNING,
                            g_strdup ("PID-3 is empty: the id of the path is taken"));
  if (n == 1 && !names_two)
    return;

  message->flags |= DISC_MESSAGE_DISPUTED;
  root->n_disputed++;
  if (disagree (message->folder_patient, message->name_patient))
    imp_parser_add_finding (self, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_ERROR,
                            g_strdup ("folder and file name disagree about whose it is"));
  else if (disagree (message->folder_patient, message->pid) ||
           disagree (message->name_patient, message->pid))
    imp_parser_add_finding (self, IMP_FINDING_IDENTITY_CONFLICT, IMP_SEVERITY_ERROR,
                            g_strdup ("path and PID-3 disagree about whose it is"));
  for (guint i = 0; ids[i] != NULL; i++)
    imp_spill_note_disputed (self->spill, facility, ids[i]);
}
