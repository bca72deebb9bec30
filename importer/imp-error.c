/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"

G_DEFINE_QUARK (imp-error-quark, imp_error)
