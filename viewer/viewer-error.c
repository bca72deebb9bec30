/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-error.h"

G_DEFINE_QUARK (viewer-error-quark, viewer_error)
