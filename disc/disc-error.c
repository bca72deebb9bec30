/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-error.h"

G_DEFINE_QUARK (disc-error-quark, disc_error)
