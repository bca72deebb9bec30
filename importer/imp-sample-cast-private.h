/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-cast.h"

G_BEGIN_DECLS

#define IMP_SAMPLE_MAX_KEYS 16

/* Details of a scene. */

/** imp_sample_scene_detail: (transfer full): the value of NAME in "A=1;NAME=2", or %NULL. */
char *imp_sample_scene_detail (const ImpSampleScene *scene, const char *name);
gboolean imp_sample_scene_has (const ImpSampleScene *scene, const char *name);
int imp_sample_scene_number (const ImpSampleScene *scene, const char *name, int otherwise);
/** imp_sample_scene_fate: "fate=cancelled", superseded, stopped, held or lost; else live. */
ImpSampleFate imp_sample_scene_fate (const ImpSampleScene *scene);
/** imp_sample_play_time: "NAME=-3 14:30"; without it @otherwise. */
gint64 imp_sample_play_time (const ImpSamplePlay *play, const ImpSampleScene *scene,
                             const char *name, gint64 otherwise);
/** imp_sample_play_word: encoded, as long as the tables live; %NULL without the detail. */
gboolean imp_sample_play_word (ImpSamplePlay *play, const ImpSampleScene *scene, const char *name,
                               const ImpSampleWord **out, GError **error);

/** imp_sample_play_find: the row of that key. */
gboolean imp_sample_play_find (const ImpSamplePlay *play, ImpSampleTableId table, const char *key,
                               const void **out, GError **error);
/** imp_sample_play_find_all: the rows of @keys, blanks between; at most IMP_SAMPLE_MAX_KEYS. */
gboolean imp_sample_play_find_all (const ImpSamplePlay *play, ImpSampleTableId table,
                                   const char *keys, const void **rows, guint *n_rows,
                                   GError **error);

/** imp_sample_play_write: the record of a scene, entered at @entered unless "entered=" says
 * otherwise, with its fate at "changed=". */
void imp_sample_play_write (const ImpSamplePlay *play, const ImpSampleScene *scene,
                            ImpSampleWriter writer, gconstpointer record, gint64 entered);
guint64 imp_sample_play_order (const ImpSamplePlay *play, const ImpSampleScene *scene,
                               gint64 entered);
/** imp_sample_play_note_contact: the newest of them dates the undated files. */
void imp_sample_play_note_contact (ImpSamplePlay *play, gint64 time);

/* Verbs. What a verb takes stands above it in its file. */

typedef gboolean (*ImpSampleVerb) (ImpSamplePlay *play, const ImpSampleScene *scene,
                                   GError **error);

gboolean imp_sample_play_person (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_former (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_usual (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_allergy (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_problem (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_movement (ImpSamplePlay *play, const ImpSampleScene *scene,
                                   GError **error);
gboolean imp_sample_play_series (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_stay (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_prescribe (ImpSamplePlay *play, const ImpSampleScene *scene,
                                    GError **error);
gboolean imp_sample_play_take (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_infuse (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_labs (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_culture (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_exam (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_meal (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_fault (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);
gboolean imp_sample_play_misfile (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error);

G_END_DECLS
