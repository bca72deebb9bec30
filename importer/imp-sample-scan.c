/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-scan.h"

#include <cairo.h>

#include "imp-sample-random.h"

/* A4 at 75 dots an inch. */
#define WIDTH 620
#define HEIGHT 877
#define N_LINES 22

/* ---- figures -------------------------------------------------------------------------------- */

/* Bars of a figure: top, middle, bottom, upper left, upper right, lower left, lower right. */
static const double bars[][4] = {
  { 0, 0, 1, 0 }, { 0, 1, 1, 1 }, { 0, 2, 1, 2 }, { 0, 0, 0, 1 },
  { 1, 0, 1, 1 }, { 0, 1, 0, 2 }, { 1, 1, 1, 2 },
};

/* A bit for each bar, the first one lowest. */
static const guint8 figures[10] = { 0x7d, 0x50, 0x37, 0x57, 0x5a, 0x4f, 0x6f, 0x51, 0x7f, 0x5f };

static void
draw_figure (cairo_t *cr, guint figure, double x, double y, double size)
{
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    if (figures[figure] >> i & 1)
      {
        cairo_move_to (cr, x + bars[i][0] * size, y + bars[i][1] * size);
        cairo_line_to (cr, x + bars[i][2] * size, y + bars[i][3] * size);
      }
  cairo_stroke (cr);
}

static void
draw_figures (cairo_t *cr, const ImpSampleBuffer *text, double x, double y, double size)
{
  for (gsize i = 0; i < text->len; i++)
    draw_figure (cr, (guint) (text->bytes[i] - '0') % 10, x + 1.7 * size * (double) i, y, size);
}

/* ---- the page ------------------------------------------------------------------------------- */

/* The same number for the same place in the same letter. */
static double
wobble (guint64 seed, guint place)
{
  return (double) (imp_sample_random_mix (seed + place) >> 40) / (1 << 24);
}

/* As far as one sees writing without reading it. */
static void
draw_writing (cairo_t *cr, guint64 seed)
{
  for (guint line = 0; line < N_LINES; line++)
    {
      double y = 210 + 26.0 * line;
      double end = WIDTH - 70 - 240 * wobble (seed, line);

      for (double x = 70; x < end;)
        {
          guint place = line * 1000 + (guint) x;
          double word = 8 + 34 * wobble (seed, 7919 + place);

          cairo_move_to (cr, x, y);
          cairo_curve_to (cr, x + word / 3, y - 12 * wobble (seed, place), x + word / 2, y + 6,
                          x + word, y);
          x += word + 6;
        }
      cairo_stroke (cr);
    }
}

static void
draw_stamp (cairo_t *cr)
{
  cairo_arc (cr, WIDTH - 110, HEIGHT - 100, 32, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_rectangle (cr, WIDTH - 128, HEIGHT - 106, 36, 12);
  cairo_fill (cr);
}

static void
draw_page (cairo_t *cr, guint64 id, int day)
{
  ImpSampleBuffer number = { 0 };
  ImpSampleBuffer date = { 0 };

  imp_sample_put_number (&number, id, 10);
  imp_sample_print (&date, "%d", day);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 2.5);
  draw_figures (cr, &number, 70, 70, 11);
  draw_figures (cr, &date, 70, 120, 8);
  cairo_set_line_width (cr, 1.6);
  cairo_move_to (cr, 60, 165);
  cairo_line_to (cr, WIDTH - 60, 165);
  cairo_stroke (cr);
  draw_writing (cr, id * 31 + (guint64) day);
  draw_stamp (cr);
  imp_sample_buffer_clear (&number);
  imp_sample_buffer_clear (&date);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int len)
{
  imp_sample_put (closure, (const char *) data, len);
  return CAIRO_STATUS_SUCCESS;
}

/* A mask is written as grey: what it covers is paper. */
void
imp_sample_scan_letter (ImpSampleBuffer *out, guint64 id, int day)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  draw_page (cr, id, day);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append, out);
  cairo_surface_destroy (surface);
}

/* ---- the PDF -------------------------------------------------------------------------------- */

/* PDF 32000-1, 7.5: a header, objects, where each of them begins, a trailer. */
typedef struct
{
  ImpSampleBuffer *out;
  gsize start;
  gsize offsets[6];
  guint n;
} Pdf;

static void
begin_object (Pdf *self)
{
  self->offsets[self->n++] = self->out->len - self->start;
  imp_sample_print (self->out, "%u 0 obj\n", self->n);
}

static void
put_object (Pdf *self, const char *text)
{
  begin_object (self);
  imp_sample_print (self->out, "%s\nendobj\n", text);
}

static void
put_end (Pdf *self)
{
  gsize table = self->out->len - self->start;

  imp_sample_print (self->out, "xref\n0 %u\n0000000000 65535 f \n", self->n + 1);
  for (guint i = 0; i < self->n; i++)
    {
      imp_sample_put_number (self->out, self->offsets[i], 10);
      imp_sample_print (self->out, " 00000 n \n");
    }
  imp_sample_print (self->out, "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%u\n", self->n + 1,
                    (guint) table);
  imp_sample_put (self->out, "%%EOF\n", 6);
}

void
imp_sample_scan_reply (ImpSampleBuffer *out, guint64 id, int day)
{
  Pdf pdf = { .out = out, .start = out->len };
  ImpSampleBuffer page = { 0 };

  imp_sample_print (
      &page, "BT /F 16 Tf 72 760 Td (Reply to your referral) Tj /F 11 Tf 0 -40 Td (Patient ");
  imp_sample_put_number (&page, id, 10);
  imp_sample_print (&page, ", seen on %d) Tj 0 -24 Td ", day);
  imp_sample_print (&page,
                    "(Thank you for your letter. We propose no change of treatment.) Tj 0 -16 Td "
                    "(Please go on as before and see the patient again in three months.) Tj ET");

  imp_sample_put (out, "%PDF-1.4\n", 9);
  put_object (&pdf, "<< /Type /Catalog /Pages 2 0 R >>");
  put_object (&pdf, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
  put_object (&pdf, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
                    " /Resources << /Font << /F 4 0 R >> >> >>");
  put_object (&pdf, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  begin_object (&pdf);
  imp_sample_print (out, "<< /Length %u >>\nstream\n%b\nendstream\nendobj\n", (guint) page.len,
                    &page);
  put_end (&pdf);
  imp_sample_buffer_clear (&page);
}
