/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-slice.h"
#include "imp-stream.h"

G_BEGIN_DECLS

/*
 * Cuts elements out of XML of any size by its tags alone, as imp_json_scan() does with JSON: one in
 * memory at a time, a broken one costs itself (spec fhir.md 1.4). imp_xml_parse() then reads it.
 */

typedef struct
{
  gboolean whole;           /* the root as one slice; else each child of it */
  const char *only;         /* (nullable): children of that local name */
  const char *except;       /* (nullable): children of any other */
  gsize max_slice_bytes;    /* 0: IMP_JSON_MAX_SLICE_BYTES */
  ImpSliceTake take;        /* slices have the local name as key */
  gpointer data;
} ImpXmlCutOptions;

typedef struct
{
  char *root_tag;           /* start tag of the root, as it stands, for names declared there */
  char *root;               /* its name, with prefix */
  gboolean is_cut_off;
  gboolean has_doctype;     /* nothing behind it was read */
  guint64 n_slices;
  guint64 n_bytes;
} ImpXmlCutSeen;

void imp_xml_cut_seen_clear (ImpXmlCutSeen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpXmlCutSeen, imp_xml_cut_seen_clear)

/**
 * imp_xml_cut:
 * @stream: UTF-8
 * @seen: (out caller-allocates): to be cleared; root_tag and root stand before the first child is taken
 *
 * Returns: %FALSE with an error of the stream or of the taker
 */
gboolean imp_xml_cut (ImpStream *stream, const ImpXmlCutOptions *options, ImpXmlCutSeen *seen,
                       GError **error);

G_END_DECLS
