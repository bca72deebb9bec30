/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-banner.h"
#include "viewer-find-page.h"
#include "viewer-findings-page.h"
#include "viewer-guard.h"
#include "viewer-key-line.h"
#include "viewer-keys-page.h"
#include "viewer-lists-chips.h"
#include "viewer-lists-page.h"
#include "viewer-notices.h"
#include "viewer-open-page.h"
#include "viewer-page.h"
#include "viewer-quality-page.h"
#include "viewer-rail.h"
#include "viewer-search-page.h"
#include "viewer-source-panel.h"
#include "viewer-strip.h"
#include "viewer-ward-gap-page.h"
#include "viewer-window.h"

G_BEGIN_DECLS

/* Shared by the files of the window: its parts, places (viewer-window-places.c), size
   (viewer-window-size.c) and commands (viewer-window-actions.c). */

struct _ViewerWindow
{
  GtkApplicationWindow parent_instance;

  ViewerDisc *disc;
  ViewerChart *chart;
  ViewerStore *store;       /* NULL: none */
  gboolean store_failed;    /* one was named and cannot be read */
  guint refresh_days;
  GPtrArray *places;    /* where one came from, newest last */
  char *place;
  GHashTable *sections; /* key of a section to its ViewerPage, made when first shown */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  guint clock_source;
  gboolean compact;
  guint findings_view;
  gboolean is_confirmed; /* somebody told who the patient of the chart is (viewer-guard.h) */
  GArray *recent;       /* guint32: patients whose charts were opened, the newest first; of this disc */

  GtkWidget *root;
  ViewerStrip *strip;
  ViewerNotices *notices;
  ViewerBanner *banner;
  GtkWidget *middle;
  ViewerRail *rail;
  GtkWidget *page_overlay;
  GtkStack *pages;
  ViewerOpenPage *open_page;
  ViewerSearchPage *search_page;
  ViewerListsPage *lists_page;
  ViewerWardGapPage *ward_gap_page;
  ViewerQualityPage *quality_page;
  ViewerFindingsPage *findings_page;
  ViewerFindPage *find_page;
  ViewerSourcePanel *source_panel;
  gint64 source_selection; /* row of the page when the panel was filled; 0: none yet */
  ViewerKeyLine *key_line;
  ViewerKeysPage *keys_page;
  ViewerGuard *guard;
  guint told_source;   /* until then the key line tells of something */
  gboolean has_copied; /* something of a chart is in the clipboard */
};

/** viewer_window_go: shows a place and remembers the one left. */
void viewer_window_go (ViewerWindow *self, const char *place);
/** viewer_window_back: closes what lies on top, else returns to the place before. */
void viewer_window_back (ViewerWindow *self);
/** viewer_window_go_section: "F7"; the same again: its next view. */
void viewer_window_go_section (ViewerWindow *self, const char *key);
/** viewer_window_show_list: "wards" and so on. */
void viewer_window_show_list (ViewerWindow *self, const char *name);
/** viewer_window_find: Ctrl+F: words in the open chart; there again: other words. */
void viewer_window_find (ViewerWindow *self);
/** viewer_window_show_ward_gap: what was planned for a ward; the same again: the next kind of it.
 */
void viewer_window_show_ward_gap (ViewerWindow *self);
/** viewer_window_edit_list_time: of the list that is shown, else of the wards. */
void viewer_window_edit_list_time (ViewerWindow *self);
/** viewer_window_init_lists: follows what is selected there. */
void viewer_window_init_lists (ViewerWindow *self);
/** viewer_window_is_of_many: whether @place shows rows of several patients, from which charts are
 * opened. */
gboolean viewer_window_is_of_many (const char *place);
/** viewer_window_is_list: whether @place is one of the lists. */
gboolean viewer_window_is_list (const char *place);
/** viewer_window_toggle_keys: the list of keys. */
void viewer_window_toggle_keys (ViewerWindow *self);
/** viewer_window_toggle_source: of the selected row. */
void viewer_window_toggle_source (ViewerWindow *self);
/** viewer_window_show_source: of one row. */
void viewer_window_show_source (ViewerWindow *self, gint64 rid);
/** viewer_window_change_period: + and -: the period, or the size of a picture; %FALSE where the page has
 * neither. */
gboolean viewer_window_change_period (ViewerWindow *self, int direction);
/** viewer_window_show_findings: this patient's disputed records (0) or findings (1). */
void viewer_window_show_findings (ViewerWindow *self, guint view);
/** viewer_window_search_same_name: the search that lists the people of the same reading. */
void viewer_window_search_same_name (ViewerWindow *self);
/** viewer_window_choose_disc: asks for a folder. */
void viewer_window_choose_disc (ViewerWindow *self);

/** viewer_window_show_place: without remembering the one left. */
void viewer_window_show_place (ViewerWindow *self, const char *place);
/** viewer_window_section_page: (nullable): the page of "F7", made when first asked for. */
ViewerPage *viewer_window_section_page (ViewerWindow *self, const char *key);
/** viewer_window_update_key_line: what the keys do where one is. */
void viewer_window_update_key_line (ViewerWindow *self);

/** viewer_window_ask_patient: opens the chart; before that of somebody whose name others have too,
 * asks who it is. */
void viewer_window_ask_patient (ViewerWindow *self, guint32 pno);
/** viewer_window_confirm: asks it of the patient whose chart is open. */
void viewer_window_confirm (ViewerWindow *self);
/** viewer_window_set_confirmed: of the open chart; of no interest where nobody has the same name.
 */
void viewer_window_set_confirmed (ViewerWindow *self, gboolean is_confirmed);
/** viewer_window_is_asking: whether the guard is shown: it takes the keys. */
gboolean viewer_window_is_asking (ViewerWindow *self);
/** viewer_window_init_guard: follows its answers. */
void viewer_window_init_guard (ViewerWindow *self);

/** viewer_window_selected_rid: of the row of the page; 0: none. */
gint64 viewer_window_selected_rid (ViewerWindow *self);
/** viewer_window_copy: Ctrl+C. */
void viewer_window_copy (ViewerWindow *self);
/** viewer_window_dup_copy: (transfer full) (nullable): what it would copy. */
char *viewer_window_dup_copy (ViewerWindow *self);
/** viewer_window_forget_copy: takes it from the clipboard. */
void viewer_window_forget_copy (ViewerWindow *self);

/** viewer_window_init_size: where the source stands; follows the size of text. */
void viewer_window_init_size (ViewerWindow *self);
/** viewer_window_follow_size: once realized: large text changes the layout. */
void viewer_window_follow_size (ViewerWindow *self);

/** viewer_window_add_actions: installs every command; viewer_window_add_keys: its keys. */
void viewer_window_add_actions (ViewerWindow *self);
void viewer_window_add_keys (ViewerWindow *self);
/** viewer_window_set_accelerators: the keys of all actions, once for the application. */
void viewer_window_set_accelerators (GtkApplication *application);

G_END_DECLS
