/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-model.h"

const char *
disc_source_format_name (DiscSourceFormat format)
{
  switch (format)
    {
    case DISC_FORMAT_SSMIX2:
      return "ssmix2";
    case DISC_FORMAT_SSMIX2_EXT:
      return "ssmix2-ext";
    case DISC_FORMAT_FHIR_JSON:
      return "fhir-json";
    case DISC_FORMAT_FHIR_XML:
      return "fhir-xml";
    case DISC_FORMAT_CDA:
      return "cda";
    }

  return NULL;
}
