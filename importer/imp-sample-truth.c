/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-truth.h"

#include <stdarg.h>

static const char *const list_names[IMP_SAMPLE_TRUTH_N_LISTS] = {
  "drugs", "injections", "given", "labs", "allergies", "problems", "planted",
};

struct _ImpSampleTruth
{
  GString *lists[IMP_SAMPLE_TRUTH_N_LISTS];
  gsize settled[IMP_SAMPLE_TRUTH_N_LISTS]; /* how much of each is of finished files */
  guint counts[IMP_SAMPLE_N_TYPES][2];     /* dead, live */
};

ImpSampleTruth *
imp_sample_truth_new (void)
{
  ImpSampleTruth *self = g_new0 (ImpSampleTruth, 1);

  for (guint i = 0; i < IMP_SAMPLE_TRUTH_N_LISTS; i++)
    self->lists[i] = g_string_new (NULL);
  return self;
}

void
imp_sample_truth_free (ImpSampleTruth *self)
{
  for (guint i = 0; i < IMP_SAMPLE_TRUTH_N_LISTS; i++)
    g_string_free (self->lists[i], TRUE);
  g_free (self);
}

/* The tables hold no control characters, so quotes and backslashes are all there is to escape. */
static void
append_json (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

void
imp_sample_truth_add (ImpSampleTruth *self, ImpSampleTruthList list, ...)
{
  va_list arguments;
  const char *name;
  const char *comma = "";
  GString *out;

  if (self == NULL)
    return;
  out = self->lists[list];
  g_string_append (out, out->len > 0 ? ",{" : "{");
  va_start (arguments, list);
  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      const char *text = va_arg (arguments, const char *);

      if (text == NULL || *text == '\0')
        continue;
      g_string_append_printf (out, "%s\"%s\":", comma, name);
      append_json (out, text);
      comma = ",";
    }
  va_end (arguments);
  g_string_append_c (out, '}');
}

void
imp_sample_truth_file (ImpSampleTruth *self, ImpSampleType type, gboolean was_written,
                       gboolean is_live)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < IMP_SAMPLE_TRUTH_N_LISTS; i++)
    {
      if (!was_written || !is_live)
        g_string_truncate (self->lists[i], self->settled[i]);
      self->settled[i] = self->lists[i]->len;
    }
  if (was_written)
    self->counts[type][is_live ? 1 : 0]++;
}

void
imp_sample_truth_plant (ImpSampleTruth *self, const char *path, const char *what)
{
  if (self == NULL)
    return;
  imp_sample_truth_add (self, IMP_SAMPLE_TRUTH_PLANTED, "path", path, "what", what, NULL);
  self->settled[IMP_SAMPLE_TRUTH_PLANTED] = self->lists[IMP_SAMPLE_TRUTH_PLANTED]->len;
}

void
imp_sample_truth_end (ImpSampleTruth *self, guint64 patient, GString *out)
{
  const char *comma = "";

  g_string_append_printf (out, "{\"patient\":\"%010" G_GUINT64_FORMAT "\",\"files\":{", patient);
  for (guint type = 0; type < IMP_SAMPLE_N_TYPES; type++)
    if (self->counts[type][0] + self->counts[type][1] > 0)
      {
        g_string_append_printf (out, "%s\"%s\":{\"live\":%u,\"dead\":%u}", comma,
                                imp_sample_type_name (type), self->counts[type][1],
                                self->counts[type][0]);
        comma = ",";
      }
  g_string_append_c (out, '}');
  for (guint i = 0; i < IMP_SAMPLE_TRUTH_N_LISTS; i++)
    {
      g_string_append_printf (out, ",\"%s\":[%s]", list_names[i], self->lists[i]->str);
      g_string_truncate (self->lists[i], 0);
      self->settled[i] = 0;
    }
  g_string_append (out, "}\n");
  memset (self->counts, 0, sizeof self->counts);
}
