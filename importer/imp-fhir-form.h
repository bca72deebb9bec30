/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-json.h"
#include "imp-stream.h"

G_BEGIN_DECLS

/** What a file is, by its content alone (spec fhir.md 1.1). */
typedef enum
{
  IMP_FHIR_FORM_EMPTY,
  IMP_FHIR_FORM_OTHER,         /* not FHIR, and nothing of what follows */
  IMP_FHIR_FORM_ZIP,
  IMP_FHIR_FORM_ATTACHMENT,    /* PDF, RTF, DICOM, JPEG, PNG, TIFF */
  IMP_FHIR_FORM_HL7V2,
  IMP_FHIR_FORM_BUNDLE,
  IMP_FHIR_FORM_RESOURCE,      /* one resource alone */
  IMP_FHIR_FORM_LINES,         /* NDJSON, whatever lines a resource takes */
  IMP_FHIR_FORM_ARRAY,         /* of resources */
  IMP_FHIR_FORM_PARAMETERS,    /* Parameters with resources */
  IMP_FHIR_FORM_BINARY_LINES,  /* Binary that holds NDJSON */
  IMP_FHIR_FORM_MANIFEST,      /* of a bulk export */
  IMP_FHIR_FORM_CONFORMANCE,   /* counted, not read */
  IMP_FHIR_FORM_CDA,           /* XML of others */
  IMP_FHIR_FORM_DSTU1,         /* refused */
  IMP_FHIR_FORM_CHECKUP_CLAIM, /* money and counts of health check-ups: counted */
  IMP_FHIR_FORM_XDM,           /* METADATA.XML */
  IMP_FHIR_FORM_DOCTYPE,       /* XML that declares a document type: refused */
} ImpFhirForm;

/** imp_fhir_form_name: a word for tests and reports: "bundle". */
const char *imp_fhir_form_name (ImpFhirForm form);
/** imp_fhir_form_has_resources: whether imp_fhir_walk() finds some in it. */
gboolean imp_fhir_form_has_resources (ImpFhirForm form);

typedef struct
{
  ImpFhirForm form;
  gboolean is_xml;
  char *type;           /* (nullable): resourceType, or local name of the root; of the first line */
  const char *charset;  /* (nullable): it is converted from that one; NULL: UTF-8 */
  gboolean had_bom;
  gboolean was_packed;  /* gzip */
  gboolean is_cut_off;  /* the first value does not end */
  guint n_repeated;     /* names of members that stand twice; the first is in the header */
  cJSON *header;        /* (nullable): members of the first value beside entries and what is large;
                           null stands for those */
} ImpFhirProbe;

void imp_fhir_probe_clear (ImpFhirProbe *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirProbe, imp_fhir_probe_clear)

/**
 * imp_fhir_open:
 * @raw: (transfer full): a file as it lies there; it is read and rewound several times
 * @probe: (out caller-allocates): to be cleared
 *
 * Reads as much of it as is needed to tell what it is: a Bundle once to its end, as its type may stand
 * behind its entries (spec fhir.md 1.3).
 *
 * Returns: (transfer full): @raw, unpacked and in UTF-8 where it is text, rewound; %NULL with
 *   %IMP_ERROR_SOURCE, or an error of imp_stream_gunzip(), if it cannot be read at all
 */
ImpStream *imp_fhir_open (ImpStream *raw, ImpFhirProbe *probe, GError **error);

G_END_DECLS
