/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-injection-model.h"
#include "viewer-page.h"
#include "viewer-row.h"

G_BEGIN_DECLS

/** F6: injections ordered and, beside them, what was recorded as given. */
#define VIEWER_TYPE_INJECTION_PAGE (viewer_injection_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerInjectionPage, viewer_injection_page, VIEWER, INJECTION_PAGE,
                      ViewerPage)

/** viewer_injection_add_order: one RP as design.md, "Injections", wants: route, base, additives. */
void viewer_injection_add_order (ViewerRow *row, guint column, const ViewerInjection *injection);

/** viewer_injection_add_slot: a planned time with what was recorded, each with its mark. */
void viewer_injection_add_slot (ViewerRow *row, guint column, const ViewerInjectionSlot *slot);

/** viewer_injection_outcome_text: 実施, 途中まで, 実施せず, 拒否; never more than was written. */
const char *viewer_injection_outcome_text (ViewerGivenOutcome outcome);

/** viewer_injection_outcome_mark: ● ◐ × ? */
const char *viewer_injection_outcome_mark (ViewerGivenOutcome outcome);

G_END_DECLS
