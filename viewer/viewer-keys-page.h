/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** F1: every key there is. A key stands here only when it does something. */
#define VIEWER_TYPE_KEYS_PAGE (viewer_keys_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerKeysPage, viewer_keys_page, VIEWER, KEYS_PAGE, GtkWidget)

G_END_DECLS
