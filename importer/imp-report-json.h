/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

/* Reading an import report, of this build or of a disc of any age: what is missing or of another type is
 * none. */

/** imp_report_get_text: (nullable): the string @name of @object, UTF-8; belongs to @object. */
const char *imp_report_get_text (const cJSON *object, const char *name);

/** imp_report_get_count: the number @name of @object; 0 if it is none, negative or above 1e15. */
guint64 imp_report_get_count (const cJSON *object, const char *name);
