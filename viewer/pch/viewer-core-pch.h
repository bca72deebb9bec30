/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As viewer-pch.h, for what knows no GTK. */
#include <gio/gio.h>
