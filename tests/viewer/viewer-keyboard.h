/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-search-page.h"
#include "viewer-stage.h"

/*
 * The window driven with nothing but keys, as X hands them over (xdotool). Whoever presses one waits
 * for what it should bring about, never for a time.
 */
typedef struct
{
  ViewerStage stage;
  guint n_keys;
  guint n_screens; /* places that were come to */
  const char *place, *text, *part; /* waited for */
  gboolean is_visible;
} ViewerKeyboard;

/** viewer_keyboard_is_there: %FALSE without xdotool, which is said as TAP. */
gboolean viewer_keyboard_is_there (void);

/** viewer_keyboard_open: the window, with the focus, on @disc (%NULL: the fixture). */
void viewer_keyboard_open (ViewerKeyboard *self, const char *disc);

void viewer_keyboard_press (ViewerKeyboard *self, const char *key);
/** viewer_keyboard_type: ASCII */
void viewer_keyboard_type (ViewerKeyboard *self, const char *text);
/** viewer_keyboard_scan: as a reader of wristbands does: fast, and Enter behind it; no keys of hands. */
void viewer_keyboard_scan (ViewerKeyboard *self, const char *id);

void viewer_keyboard_wait_for_place (ViewerKeyboard *self, const char *place);
/** viewer_keyboard_wait_for_text: in the search box. */
void viewer_keyboard_wait_for_text (ViewerKeyboard *self, const char *text);
/** viewer_keyboard_wait_for_part: @part: of viewer_window_get_widget() */
void viewer_keyboard_wait_for_part (ViewerKeyboard *self, const char *part, gboolean is_visible);
/** viewer_keyboard_wait_for_sentence: in a label, or a row of a table, anywhere. */
void viewer_keyboard_wait_for_sentence (ViewerKeyboard *self, const char *sentence);

ViewerSearchPage *viewer_keyboard_search_page (ViewerKeyboard *self);
