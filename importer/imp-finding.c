/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-finding.h"

#include <string.h>

static const struct
{
  const char *code;
  const char *severity;
} findings[] = {
#define ROW(id, code, severity) { code, severity },
  IMP_FINDINGS (ROW)
};

const char *
imp_finding_code_name (ImpFindingCode code)
{
  g_return_val_if_fail ((guint) code < IMP_N_FINDINGS, NULL);
  return findings[code].code;
}

ImpSeverity
imp_finding_default_severity (ImpFindingCode code)
{
  g_return_val_if_fail ((guint) code < IMP_N_FINDINGS, IMP_SEVERITY_ERROR);

  if (strcmp (findings[code].severity, "error") == 0)
    return IMP_SEVERITY_ERROR;
  return strcmp (findings[code].severity, "warning") == 0 ? IMP_SEVERITY_WARNING
                                                          : IMP_SEVERITY_INFO;
}

const char *
imp_severity_name (ImpSeverity severity)
{
  static const char *const names[] = { "info", "warning", "error" };

  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (names), NULL);
  return names[severity];
}

ImpFinding *
imp_finding_new (ImpFindingCode code, const char *detail_format, va_list args)
{
  ImpFinding *self = g_new0 (ImpFinding, 1);

  self->code = code;
  self->severity = imp_finding_default_severity (code);
  self->detail = g_strdup_vprintf (detail_format, args);
  return self;
}

void
imp_finding_free (ImpFinding *finding)
{
  g_free (finding->detail);
  g_free (finding);
}
