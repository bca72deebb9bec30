/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-window.h"

G_BEGIN_DECLS

/** The program: options, language, theme, its one window. Needs neither network nor D-Bus. */
#define VIEWER_TYPE_APPLICATION (viewer_application_get_type ())
G_DECLARE_FINAL_TYPE (ViewerApplication, viewer_application, VIEWER, APPLICATION, GtkApplication)

/** viewer_application_new: viewer_language_init() comes before. */
ViewerApplication *viewer_application_new (void);

/** viewer_application_get_window: (nullable): the window, once there is one. */
ViewerWindow *viewer_application_get_window (ViewerApplication *self);

G_END_DECLS
