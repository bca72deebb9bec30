/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiled once and put before each file (meson, c_pch), only to save time: tests/run.sh builds
 * without it too. */
#include <gtk/gtk.h>
