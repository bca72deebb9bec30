/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-copy.h"

#include <glib/gi18n.h>

#include "viewer-text.h"

static void
add_patient (GString *text, const ViewerCopy *copy)
{
  const DiscPatient *patient = copy->patient;

  g_string_append (text, patient->name != NULL ? patient->name : _ ("no name recorded"));
  if (patient->kana != NULL)
    g_string_append_printf (text, "　%s", patient->kana);
  g_string_append_printf (text, "　%s %s　%s　%s %s\n", _ ("Date of birth"),
                          patient->birth_date != NULL ? patient->birth_date : _ ("unknown"),
                          viewer_text_sex (patient->sex), _ ("Patient ID"), patient->id);
  if (copy->is_unconfirmed)
    g_string_append_printf (text, "%s\n", _ ("■ Identity not confirmed"));
}

static void
add_source (GString *text, const DiscMessage *message)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (message->flags);

  for (guint i = 0; i < flags->len; i++)
    g_string_append_printf (text, "▲ %s\n", (const char *) g_ptr_array_index (flags, i));
  g_string_append_printf (text, "%s: %s  %s", _ ("Source"),
                          message->data_type != NULL ? message->data_type : "",
                          message->path != NULL ? message->path : "");
  if (message->entry != NULL)
    g_string_append_printf (text, "  %s", message->entry);
  if (message->sent_at != NULL)
    g_string_append_printf (text, "  %s %s", _ ("Sent"), message->sent_at);
  g_string_append_c (text, '\n');
}

char *
viewer_copy_text (const ViewerCopy *copy)
{
  GString *text = g_string_new (NULL);
  g_autofree char *as_of = viewer_text_date_time (copy->info->as_of, NULL);
  g_autofree char *now = viewer_text_date_time (copy->now, NULL);

  if (copy->patient != NULL)
    add_patient (text, copy);
  if (copy->body != NULL && *copy->body != '\0')
    g_string_append_printf (text, "%s\n", copy->body);
  if (copy->message != NULL)
    add_source (text, copy->message);
  g_string_append_printf (text, _ ("Data as of %s; copied %s"), as_of, now);
  if (copy->info->id != NULL)
    g_string_append_printf (text, "  %s %.8s", _ ("Disc"), copy->info->id);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}
