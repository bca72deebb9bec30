/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-medication.h"
#include "imp-fhir-timing.h"

/*
 * Device, DeviceUseStatement: spec fhir.md 3.7. What is in the body matters whatever its age. A
 * Device without patient is the hospital's own machine: whose it is, is the caller's to know.
 */

/* ---- Device -------------------------------------------------------------------------------------
 */

static const cJSON *
type_of (const cJSON *device)
{
  return imp_fhir_concept_of (imp_json_get (device, "type"));
}

/* The name people call it by; R5 has it as name[].value. */
static const char *
device_name (const cJSON *device)
{
  const char *name = imp_fhir_string (device, "deviceName.name");

  if (name == NULL)
    name = imp_fhir_string (device, "name.value");
  if (name == NULL)
    name = imp_json_string (device, "displayName");
  return name != NULL ? name : imp_fhir_string (device, "udiCarrier.name");
}

static char *
name_of (const cJSON *device)
{
  const char *name = device_name (device);

  if (name != NULL)
    return g_strdup (name);
  name = imp_json_string (device, "modelNumber");
  if (type_of (device) != NULL)
    return imp_fhir_concept_text (type_of (device));
  return g_strdup (name != NULL ? name : imp_fhir_string (device, "definition.display"));
}

static void
add_identity (ImpFhirMapper *self, const cJSON *device)
{
  static const struct
  {
    const char *path;
    const char *label;
  } texts[] = {
    { "manufacturer", "製造" },
    { "modelNumber", "型番" },
    { "model", "型番" }, /* DSTU2 */
    { "partNumber", "部品番号" },
    { "serialNumber", "シリアル番号" },
    { "distinctIdentifier", "個体識別番号" },
    { "manufactureDate", "製造日" },
    { "expirationDate", "使用期限" },
    { "udiCarrier.deviceIdentifier", "UDI" },
    { "udiCarrier.carrierHRF", "UDI表記" },
    { "udi.deviceIdentifier", "UDI" }, /* STU3 */
    { "version.value", "版" },
  };

  imp_fhir_add_path (self, DISC_FIELD_LOT, device, "lotNumber");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    imp_fhir_comment_path (self, texts[i].label, device, texts[i].path);
}

/* MRI: what the scanner's staff asks for. */
static void
add_safety (ImpFhirMapper *self, const cJSON *device)
{
  imp_fhir_comment_words (self, "安全性", imp_json_get (device, "safety"));
  for (const cJSON *one = imp_json_first (imp_json_get (device, "property")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *label = imp_fhir_words (imp_json_get (one, "type"));

      imp_fhir_comment_value (self, label, one, "value");
      imp_fhir_comment_value (self, label, one, "valueQuantity");
      imp_fhir_comment_words (self, label, imp_json_get (one, "valueCode"));
    }
}

/* Name and type beside each other: "ペースメーカ" does not say which one, a brand not what it is.
 */
static void
add_device (ImpFhirMapper *self, const cJSON *device)
{
  const char *name = device_name (device);

  imp_fhir_add (self, DISC_FIELD_NAME, name);
  imp_fhir_add_concept (self, name != NULL ? DISC_FIELD_KIND : DISC_FIELD_NAME, type_of (device));
  if (name == NULL && type_of (device) == NULL)
    imp_fhir_take (self, DISC_FIELD_NAME, name_of (device));
  for (const cJSON *one = imp_json_next (imp_json_first (imp_json_get (device, "deviceName")));
       one != NULL; one = imp_json_next (one))
    imp_fhir_add_path (self, DISC_FIELD_OTHER_NAME, one, "name");
  add_identity (self, device);
  add_safety (self, device);
  imp_fhir_add_notes (self, device);
}

void
imp_fhir_map_device (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  self->title = imp_fhir_keep (self, name_of (node));
  self->order_no = imp_fhir_identifier (node, NULL);
  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin (self, DISC_KIND_DEVICE);
  imp_fhir_item (self);
  imp_fhir_add_status (self);
  add_device (self, node);
  imp_fhir_comment_references (self, "場所", imp_json_get (node, "location"));
  imp_fhir_comment_references (self, "所有", imp_json_get (node, "owner"));
}

/* ---- DeviceUseStatement -------------------------------------------------------------------------
 */

static const char *
use_start (const cJSON *node)
{
  const char *start = imp_fhir_start (node, "timing");

  if (start == NULL)
    start = imp_fhir_string (node, "whenUsed.start"); /* STU3 */
  return start;
}

static const char *
use_end (const cJSON *node)
{
  const char *end = imp_fhir_end (node, "timing");

  if (end == NULL)
    end = imp_fhir_string (node, "whenUsed.end");
  return end;
}

static void
add_use (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *start = use_start (node), *end = use_end (node);
  const cJSON *timing = imp_json_get (node, "timingTiming");
  g_autofree char *words = imp_fhir_timing_words (timing);

  imp_fhir_add (self, DISC_FIELD_START, start);
  if (g_strcmp0 (start, end) != 0)
    imp_fhir_add (self, DISC_FIELD_END, end);
  imp_fhir_comment (self, "時期", words);
  for (const cJSON *one = imp_json_first (imp_json_get (node, "bodySite")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_SITE,
                   imp_fhir_concept_of (one) != NULL ? imp_fhir_words (imp_fhir_concept_of (one))
                                                     : imp_fhir_reference_words (self, one));
  imp_fhir_comment_path (self, "記録日", node, "recordedOn");
  imp_fhir_comment_path (self, "申告日", node, "dateAsserted");
  imp_fhir_comment_references (self, "情報源", imp_json_get (node, "source"));
  imp_fhir_comment_references (self, "情報源", imp_json_get (node, "informationSource"));
  imp_fhir_comment_references (self, "元の指示", imp_json_get (node, "basedOn"));
  imp_fhir_comment_references (self, "出典", imp_json_get (node, "derivedFrom"));
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (node, "indication")); /* STU3 */
  imp_fhir_add_notes (self, node);
}

static const char *
use_time (const cJSON *node)
{
  const char *at = use_start (node);

  if (at == NULL)
    at = use_end (node);
  if (at == NULL)
    at = imp_json_string (node, "recordedOn");
  return at != NULL ? at : imp_json_string (node, "dateAsserted");
}

void
imp_fhir_map_device_use (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *reference = imp_json_get (node, "device");
  const cJSON *concept = imp_fhir_concept_of (reference); /* R5: what it is, without a Device */
  const cJSON *device =
      concept == NULL ? imp_fhir_need (self, reference, NULL, "DeviceUseStatement.device") : NULL;
  g_autofree char *name = device != NULL    ? name_of (device)
                          : concept != NULL ? imp_fhir_concept_text (concept)
                                            : imp_fhir_actor (self, reference);

  self->title = imp_fhir_keep (self, g_strdup (name));
  self->order_no = imp_fhir_identifier (node, NULL);
  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_set_at (self, use_time (node));
  imp_fhir_begin (self, DISC_KIND_DEVICE);
  imp_fhir_item (self);
  imp_fhir_add_status (self);
  if (device != NULL)
    add_device (self, device);
  else if (concept != NULL)
    imp_fhir_add_concept (self, DISC_FIELD_NAME, concept);
  else
    imp_fhir_add (self, DISC_FIELD_NAME, name);
  add_use (self);
}
