/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-guide.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "viewer-sections.h"

/* Points (1/72 inch), from the upper left corner. */
#define WIDTH 841.89
#define HEIGHT 595.28
#define MARGIN 28.0 /* a laminator takes 10 mm */
#define GAP 14.0
#define N_COLUMNS 3
#define COLUMN_WIDTH ((WIDTH - 2 * MARGIN - (N_COLUMNS - 1) * GAP) / N_COLUMNS)
#define TOP (MARGIN + 40.0)
#define BOTTOM (HEIGHT - MARGIN - 14.0)
#define KEY_WIDTH 80.0
#define MARK_WIDTH 22.0 /* of a number or a mark in the place of a key */
#define MAX_TEXT_SIZE 12.0
#define MIN_TEXT_SIZE 8.5
#define STEP 0.25
#define SMALL_SIZE 9.0
#define LEADING 1.25
#define HEADING_SIZE 13.0
#define TITLE_SIZE 19.0
#define FAMILIES "IPAexGothic,Noto Sans CJK JP,Noto Sans JP,IPAGothic,sans-serif"

/* A key, a mark or a number, and what it means. */
typedef struct
{
  const char *key;
  const char *text;
} Row;

typedef struct
{
  const char *heading;
  const Row *rows; /* ends with a row without text */
} Block;

static const Row opening[] = {
  { "1", N_ ("Take this laptop, the newest disc and the sealed envelope out of the safe. No "
             "network is needed.") },
  { "2", N_ ("Switch on, put the disc (or the USB stick) in, start \"Tomoshibi\".") },
  { "3", N_ ("Type the passphrase of the envelope, or the emergency key: letters and digits, the "
             "dashes may be left out.") },
  { "4", N_ ("Read the time of the data at the top before anything else. What happened after it is "
             "not on the disc.") },
  { NULL, NULL },
};

static const Row finding[] = {
  { N_ ("just type"),
    N_ ("name, reading in kana or romaji, ID, or birth date (1948-04-05, S23.4.5)") },
  { "↑ ↓  Enter",
    N_ ("choose, open. Of people of one name compare the birth date before you open.") },
  { "Esc", N_ ("back. The chart of another patient opens only after Enter.") },
  { NULL, NULL },
};

static const Row trouble[] = {
  { N_ ("No passphrase"), N_ ("The emergency key on paper opens every disc of this hospital.") },
  { N_ ("Disc unreadable"), N_ ("Ctrl+G: an older generation in the laptop. What is damaged is "
                                "named; the rest is right.") },
  { N_ ("Red clock"),
    N_ ("The clock of the laptop is wrong: the age of the data cannot be told. Set it.") },
  { N_ ("Not found"),
    N_ ("Not on this disc does not mean not in this hospital. Search by birth date as well.") },
  { NULL, NULL },
};

static const Row marks[] = {
  { N_ ("not recorded"),
    N_ ("The disc does not know. It does not mean \"none\": ask, look, test.") },
  { "▲ ▼", N_ ("above, below the range, as the laboratory marked it. No mark: nobody judged it.") },
  { "●", N_ ("given") },
  { "◐", N_ ("partly given, stopped") },
  { "×", N_ ("not given or refused") },
  { "○", N_ ("no record: it may have been given all the same") },
  { N_ ("Preliminary"), N_ ("not final, may change; \"corrected\" replaced an older value") },
  { N_ ("struck out"), N_ ("cancelled or stopped; kept so that you know of it") },
  { NULL, NULL },
};

static const Row rules[] = {
  { "■", N_ ("An order is not a dose given. Look at the record of administration.") },
  { "■", N_ ("Blood group: always test before a transfusion.") },
  { "■", N_ ("Allergies: ask the patient or the family, also where the disc says \"none\".") },
  { "■", N_ ("Before a drug of the disc is given: the days may be over, it may have been stopped "
             "since. F12 shows what was planned.") },
  { "■", N_ ("Nothing can be written here. New orders, doses and notes go on the paper forms, with "
             "the time.") },
  { "■", N_ ("Space shows the original message of any row.") },
  { NULL, NULL },
};

static const Row more_keys[] = {
  { "Ctrl+D", N_ ("Data age and quality") },
  { "Ctrl+I", N_ ("Disputed records, findings") },
  { "Ctrl++ −", N_ ("text size 100 to 200 %") },
  { "Ctrl+E", "日本語 / English" },
  { NULL, NULL },
};

#define TO_FILL_IN "____________________________"

static const Row contacts[] = {
  { N_ ("IT officer"), TO_FILL_IN },
  { N_ ("Discs kept"), TO_FILL_IN },
  { N_ ("Paper forms"), TO_FILL_IN },
  { N_ ("Next drill"), TO_FILL_IN },
  { NULL, NULL },
};

static const Block left[] = {
  { N_ ("Opening"), opening },
  { N_ ("Find patient"), finding },
  { N_ ("When something does not work"), trouble },
};
static const Block right[] = { { N_ ("What the marks say"), marks }, { N_ ("Always"), rules } };

typedef struct
{
  cairo_t *cr;
  double size; /* of the text */
  double x;
  double y;
  double lowest; /* of all columns */
} Sheet;

static PangoLayout *
new_layout (Sheet *self, const char *text, double size, gboolean is_bold, double width)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FAMILIES);
  PangoLayout *layout = pango_cairo_create_layout (self->cr);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_line_spacing (layout, LEADING);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static void
show (Sheet *self, PangoLayout *layout, double x, double y)
{
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
}

/* White on black, as wide as the column. */
static void
draw_heading (Sheet *self, const char *text)
{
  g_autoptr (PangoLayout) layout = new_layout (self, text, HEADING_SIZE, TRUE, COLUMN_WIDTH - 12);
  double height = height_of (layout) + 5;

  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_rectangle (self->cr, self->x, self->y, COLUMN_WIDTH, height);
  cairo_fill (self->cr);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  show (self, layout, self->x + 6, self->y + 2.5);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  self->y += height + 4;
}

static void
draw_row (Sheet *self, const char *key, const char *text)
{
  double indent = g_utf8_strlen (key, -1) > 1 ? KEY_WIDTH : MARK_WIDTH;
  g_autoptr (PangoLayout) cap = new_layout (self, key, self->size, TRUE, indent - 4);
  g_autoptr (PangoLayout) words =
      new_layout (self, text, self->size, FALSE, COLUMN_WIDTH - indent - 4);
  double height = MAX (height_of (cap), height_of (words));

  show (self, cap, self->x + 4, self->y);
  show (self, words, self->x + indent, self->y);
  self->y += height + 2.5;
  cairo_set_line_width (self->cr, 0.3);
  cairo_move_to (self->cr, self->x, self->y);
  cairo_rel_line_to (self->cr, COLUMN_WIDTH, 0);
  cairo_stroke (self->cr);
  self->y += 2.5;
}

static void
draw_blocks (Sheet *self, const Block *blocks, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      draw_heading (self, _ (blocks[i].heading));
      for (const Row *row = blocks[i].rows; row->text != NULL; row++)
        draw_row (self, _ (row->key), _ (row->text));
      self->y += 8;
    }
  self->lowest = MAX (self->lowest, self->y);
}

static void
begin_column (Sheet *self, guint column)
{
  self->x = MARGIN + column * (COLUMN_WIDTH + GAP);
  self->y = TOP;
}

static void
draw_places (Sheet *self)
{
  static const Block more[] = { { N_ ("Elsewhere"), more_keys },
                                { N_ ("To be filled in"), contacts } };
  const ViewerSectionInfo *sections;
  guint n;

  sections = viewer_sections (&n);
  draw_heading (self, _ ("Places: one key each"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text =
          g_strdup_printf ("%s%s%s", _ (sections[i].title), sections[i].what != NULL ? "　" : "",
                           sections[i].what != NULL ? _ (sections[i].what) : "");

      draw_row (self, sections[i].key, text);
    }
  self->y += 8;
  draw_blocks (self, more, G_N_ELEMENTS (more));
}

static void
draw_frame (Sheet *self)
{
  g_autoptr (PangoLayout) title = new_layout (
      self, _ ("灯 Tomoshibi: when the electronic chart is gone"), TITLE_SIZE, TRUE, -1);
  g_autoptr (PangoLayout) foot = new_layout (
      self, _ ("Keep with the laptop and the disc. F1 lists every key."), SMALL_SIZE, FALSE, -1);
  g_autoptr (PangoLayout) version = new_layout (self, PACKAGE_VERSION, SMALL_SIZE, FALSE, -1);

  show (self, title, MARGIN, MARGIN);
  cairo_set_line_width (self->cr, 1.5);
  cairo_move_to (self->cr, MARGIN, MARGIN + 31);
  cairo_line_to (self->cr, WIDTH - MARGIN, MARGIN + 31);
  cairo_stroke (self->cr);
  show (self, foot, MARGIN, HEIGHT - MARGIN - height_of (foot));
  show (self, version, WIDTH - MARGIN - 40, HEIGHT - MARGIN - height_of (version));
}

/* Returns: whether all of it is on the sheet */
static gboolean
draw (cairo_surface_t *surface, double size)
{
  Sheet sheet = { .cr = cairo_create (surface), .size = size };

  draw_frame (&sheet);
  begin_column (&sheet, 0);
  draw_blocks (&sheet, left, G_N_ELEMENTS (left));
  begin_column (&sheet, 1);
  draw_places (&sheet);
  begin_column (&sheet, 2);
  draw_blocks (&sheet, right, G_N_ELEMENTS (right));
  cairo_destroy (sheet.cr);
  return sheet.lowest <= BOTTOM;
}

/* The largest that fits, or 0. */
static double
find_size (void)
{
  for (double size = MAX_TEXT_SIZE; size >= MIN_TEXT_SIZE; size -= STEP)
    {
      cairo_surface_t *trial = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
      gboolean fits = draw (trial, size);

      cairo_surface_destroy (trial);
      if (fits)
        return size;
    }
  return 0;
}

gboolean
viewer_guide_write (const char *path, GError **error)
{
  double size = find_size ();
  cairo_surface_t *surface;
  cairo_status_t status;

  if (size <= 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s: too much text for one sheet", path);
      return FALSE;
    }
  surface = cairo_pdf_surface_create (path, WIDTH, HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  _ ("灯 Tomoshibi: when the electronic chart is gone"));
  draw (surface, size);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path,
               cairo_status_to_string (status));
  return FALSE;
}
