/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-json.h"

#define MAX_COUNT 1e15 /* exact in a double */

const char *
imp_report_get_text (const cJSON *object, const char *name)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, name);

  return cJSON_IsString (item) ? item->valuestring : NULL;
}

guint64
imp_report_get_count (const cJSON *object, const char *name)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, name);

  return cJSON_IsNumber (item) && item->valuedouble > 0 && item->valuedouble < MAX_COUNT
             ? (guint64) item->valuedouble
             : 0;
}
