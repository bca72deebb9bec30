/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** viewer_open_problem_sentence: why a disc did not open and what to do, for whoever stands there. */
const char *viewer_open_problem_sentence (const GError *error);

G_END_DECLS
