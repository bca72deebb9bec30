/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-note-model.h"

#include <glib.h>
#include <string.h>

#include "viewer-records.h"

static void
add (TestRecords *records, gint64 rid, const char *sent, DiscKind kind, DiscStatus status,
     const char *at, const char *text)
{
  test_records_message (records, rid, "x", sent, 0);
  test_records_begin (records, kind, status, DISC_FIELD_TEXT, text, DISC_FIELD_AT, at, 0);
}

/* The rid of each, in order. */
static void
assert_order (const TestRecords *records, ViewerNoteView view, const gint64 *rids, guint n)
{
  g_autoptr (GPtrArray) notes = viewer_notes_of (test_records_entries ((TestRecords *) records), view);

  g_assert_cmpuint (notes->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((ViewerEntry *) g_ptr_array_index (notes, i))->message->rid, ==, rids[i]);
}

/* Newest day first, in a day what was sent last; never what does not stand, nor other kinds. */
static void
test_order (void)
{
  static const gint64 all[] = { 2, 1, 4, 3 };
  static const gint64 notes[] = { 2, 1 };
  static const gint64 documents[] = { 4, 3 };
  g_autoptr (TestRecords) records = test_records_new ();

  add (records, 1, "2026-11-19T10:00:00", DISC_KIND_NOTE, DISC_STATUS_COMPLETED, "2026-11-19T23:00",
       "a");
  add (records, 2, "2026-11-19T21:00:00", DISC_KIND_NOTE, DISC_STATUS_COMPLETED, "2026-11-19", "b");
  add (records, 3, "2026-11-20T09:00:00", DISC_KIND_DOCUMENT, DISC_STATUS_COMPLETED, "2026-03", "c");
  add (records, 4, "2026-11-01T09:00:00", DISC_KIND_DOCUMENT, DISC_STATUS_COMPLETED, "2026-11-01",
       "d");
  add (records, 5, "2026-11-19T22:00:00", DISC_KIND_NOTE, DISC_STATUS_DELETED, "2026-11-19", "e");
  add (records, 6, "2026-11-19T22:00:00", DISC_KIND_REPORT, DISC_STATUS_COMPLETED, "2026-11-19", "f");
  assert_order (records, VIEWER_NOTES_ALL, all, G_N_ELEMENTS (all));
  assert_order (records, VIEWER_NOTES_NOTES, notes, G_N_ELEMENTS (notes));
  assert_order (records, VIEWER_NOTES_DOCUMENTS, documents, G_N_ELEMENTS (documents));
}

static void
test_texts (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  const ViewerEntry *entry;
  g_autofree char *text = NULL;
  g_autofree char *preview = NULL;

  add (records, 1, "2026-11-19T10:00:00", DISC_KIND_NOTE, DISC_STATUS_COMPLETED, "2026-11-19",
       "S)  a\n\n\tb 2026-11-18T06:40\n"
       "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよ");
  test_records_message (records, 2, "x", "2026-11-19T10:00:00", 0);
  test_records_begin (records, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, 0);
  entry = &g_array_index ((GArray *) test_records_entries (records), ViewerEntry, 0);
  text = viewer_note_text (entry);
  preview = viewer_note_preview (entry);
  g_assert_true (g_str_has_prefix (text, "S)  a\n\n\tb 2026-11-18T06:40\nあ"));
  g_assert_true (g_str_has_prefix (preview, "S) a b 2026-11-18T06:40 あいう"));
  g_assert_cmpint (g_utf8_strlen (preview, -1), <=, 60);
  g_assert_true (g_utf8_validate (preview, -1, NULL));

  g_clear_pointer (&text, g_free);
  g_clear_pointer (&preview, g_free);
  entry = &g_array_index ((GArray *) test_records_entries (records), ViewerEntry, 1);
  text = viewer_note_text (entry);
  preview = viewer_note_preview (entry);
  g_assert_null (text);
  g_assert_cmpstr (preview, ==, "");
}

/* 21845 characters of three bytes are 65535. */
static void
test_long (void)
{
  static const struct
  {
    guint n_before; /* characters before the end of a line; 0: it has none */
    guint n;        /* and behind */
    gsize shown;    /* bytes */
    gboolean is_cut;
  } cases[] = {
    { 0, 21845, 65535, FALSE }, { 0, 21846, 65535, TRUE },       { 0, 300000, 65535, TRUE },
    { 20000, 5000, 60000, TRUE }, { 10, 300000, 65536, TRUE }, { 20000, 100, 60301, FALSE },
  };
  g_autoptr (TestRecords) records = test_records_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < cases[i].n_before; j++)
        g_string_append (text, "あ");
      if (cases[i].n_before > 0)
        g_string_append_c (text, '\n');
      for (guint j = 0; j < cases[i].n; j++)
        g_string_append (text, "い");
      add (records, i + 1, "2026-11-19T10:00:00", DISC_KIND_NOTE, DISC_STATUS_COMPLETED, "2026-11-19",
           text->str);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ViewerEntry *entry =
          &g_array_index ((GArray *) test_records_entries (records), ViewerEntry, i);
      gboolean is_cut;
      g_autofree char *whole = viewer_note_text (entry);
      g_autofree char *shown = viewer_note_shown (entry, &is_cut);

      g_assert_cmpuint (strlen (shown), ==, cases[i].shown);
      g_assert_true (g_str_has_prefix (whole, shown));
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_cmpint (is_cut, ==, cases[i].is_cut);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/note-model/order", test_order);
  g_test_add_func ("/viewer/note-model/texts", test_texts);
  g_test_add_func ("/viewer/note-model/long", test_long);
  return g_test_run ();
}
