/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-inventory.h"

G_BEGIN_DECLS

/*
 * What stands where there is nothing to show: unknown is not none, so it is hatched and says why
 * (design, "Empty and error texts").
 */

/** viewer_state_new: a hatched box. @title: "Not on this disc", ...; @text: sentences below. */
GtkWidget *viewer_state_new (const char *title, const char *text);

/** viewer_state_stack_new: a stack that shows @content, or what viewer_state_stack_update() says.
 */
GtkWidget *viewer_state_stack_new (GtkWidget *content);

/** viewer_state_stack_show: the state with this title and text; %NULL @title: the content. */
void viewer_state_stack_show (GtkWidget *stack, const char *title, const char *text);

/**
 * viewer_state_stack_update:
 * @not_on_disc: why the kind is on no disc of this hospital and where paper has it
 * @no_record: what it does not mean that this patient has no record
 *
 * Returns: whether there is something of @section to show; with a %NULL @chart %FALSE
 */
gboolean viewer_state_stack_update (GtkWidget *stack, ViewerChart *chart, ViewerSection section,
                                    const char *not_on_disc, const char *no_record);

G_END_DECLS
