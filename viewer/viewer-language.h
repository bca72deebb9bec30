/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The language of the window is a setting of this program, not of the machine: a borrowed laptop
 * that has no Japanese locale still speaks Japanese.
 */
typedef enum
{
  VIEWER_LANGUAGE_JAPANESE,
  VIEWER_LANGUAGE_ENGLISH,
} ViewerLanguage;

/** viewer_language_parse: "ja", "en"; other text gives %FALSE. */
gboolean viewer_language_parse (const char *text, ViewerLanguage *language);
const char *viewer_language_name (ViewerLanguage language);

/**
 * viewer_language_init: sets the locale so that messages can be translated, and finds the catalogue
 * (environment variable TOMOSHIBI_LOCALEDIR, else where it was installed). Once, before threads.
 */
void viewer_language_init (void);

/**
 * viewer_language_set: texts fetched from now on are in @language. Changes the environment: only
 * while no other thread of ours runs.
 */
void viewer_language_set (ViewerLanguage language);

G_END_DECLS
