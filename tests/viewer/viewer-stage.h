/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-application.h"
#include "viewer-fixture.h"

/*
 * A window on a display for tests and screenshots. Commands are given as actions, texts are set;
 * nothing depends on where a pixel is.
 */
typedef struct
{
  ViewerApplication *application;
  char *folder; /* of the fixture, %NULL for another disc */
} ViewerStage;

/** viewer_stage_init: sets the environment and GTK; once, before anything else. */
void viewer_stage_init (int *argc, char ***argv);
/** viewer_stage_start: starts the program with these arguments, %NULL at the end. */
void viewer_stage_start (ViewerStage *self, const char *const *arguments);
/** viewer_stage_begin: starts the program; viewer_stage_wait_for_patients: its table is read. */
void viewer_stage_begin (ViewerStage *self, const char *language, const char *disc);
void viewer_stage_wait_for_patients (ViewerStage *self);
/** viewer_stage_open: both, in @language on @disc (%NULL: the fixture). */
void viewer_stage_open (ViewerStage *self, const char *language, const char *disc);
/** viewer_stage_close: destroys the window and proves that nothing keeps it alive. */
void viewer_stage_close (ViewerStage *self);

ViewerWindow *viewer_stage_window (ViewerStage *self);
/** viewer_stage_act: activates "win.section::F7" or the like. */
void viewer_stage_act (ViewerStage *self, const char *detailed_action);
/** viewer_stage_open_patient: by its id. */
void viewer_stage_open_patient (ViewerStage *self, const char *id);
/** viewer_stage_draw: waits until what was asked for is on the display. */
void viewer_stage_draw (ViewerStage *self);
/** viewer_stage_texts: (transfer full): all texts of labels below @widget that can be seen. */
char *viewer_stage_texts (GtkWidget *widget);
/** viewer_stage_all_texts: (transfer full): of labels that can be seen, and of all rows of tables
 * that can. */
char *viewer_stage_all_texts (ViewerStage *self);
/** viewer_stage_page_texts: (transfer full): after drawing, those of labels and of all rows of
 * tables. */
char *viewer_stage_page_texts (ViewerStage *self, GtkWidget *page);
/** viewer_stage_shows: whether @sentence is among the texts of the window. */
gboolean viewer_stage_shows (ViewerStage *stage, const char *sentence);
/** viewer_stage_find: (nullable): the first widget of @type in @widget, itself too. */
GtkWidget *viewer_stage_find (GtkWidget *widget, GType type);
/** viewer_stage_save: a PNG of the window. */
void viewer_stage_save (ViewerStage *self, const char *path);
