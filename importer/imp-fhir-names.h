/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** imp_fhir_is_list: whether element @name of @parent (a resource type, or the name of an element) is a
 * list in FHIR R4. For the elements that are imported; %FALSE is no proof. */
gboolean imp_fhir_is_list (const char *parent, const char *name);

/** imp_fhir_is_primitive: whether an element @name that has only extensions is a value that is missing,
 * by its name; else it is an element with parts. */
gboolean imp_fhir_is_primitive (const char *name);

G_END_DECLS
