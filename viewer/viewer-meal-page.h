/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F9: vital signs and meals as the source has them; hatched where this disc cannot know. */
#define VIEWER_TYPE_MEAL_PAGE (viewer_meal_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerMealPage, viewer_meal_page, VIEWER, MEAL_PAGE, ViewerPage)

G_END_DECLS
