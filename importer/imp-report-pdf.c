/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-paper.h"
#include "imp-report-page.h"
#include "imp-report-table.h"

#define SIGN_WIDTH 20.0
#define FRAME 1.5 /* around the verdict */

static const ImpPaperLook title_look = { .size = 17, .is_bold = TRUE, .ground = 1 };
static const ImpPaperLook name_look = { .size = 9, .is_bold = TRUE, .ground = 1 };
static const ImpPaperLook text_look = { .size = 9.5, .ground = 1 };
static const ImpPaperLook small_look = { .size = 8, .ink = 0.2, .ground = 1 };

/* A verdict is told from another by its words, its sign and how dark its ground is; a copy keeps
 * that. */
static const ImpPaperLook verdict_looks[] = {
  [IMP_REPORT_LEVEL_PLAIN] = { .size = 14.5, .is_bold = TRUE, .ground = 1, .pad_x = 6, .pad_y = 8 },
  [IMP_REPORT_LEVEL_ATTENTION] = { .size = 14.5,
                                   .is_bold = TRUE,
                                   .ground = 0.85,
                                   .pad_x = 6,
                                   .pad_y = 8 },
  [IMP_REPORT_LEVEL_SERIOUS] = { .size = 14.5, .is_bold = TRUE, .ink = 1, .pad_x = 6, .pad_y = 8 },
};
static const ImpPaperLook reason_look = { .size = 10.5, .ground = 1, .pad_x = 6, .pad_y = 3 };

/* A sign, and words beside it. */
static void
draw_verdict_row (ImpPaper *paper, ImpReportLevel level, const char *text, const ImpPaperLook *look)
{
  double sign_width = SIGN_WIDTH + look->pad_x;
  double width = IMP_PAPER_INNER_WIDTH - sign_width;
  g_autoptr (PangoLayout) sign = imp_paper_layout (paper, imp_report_level_sign (level), look, -1);
  g_autoptr (PangoLayout) words = imp_paper_layout (paper, text, look, width - 2 * look->pad_x);
  const ImpPaperCell cells[] = { { sign, look, sign_width, FALSE }, { words, look, width, FALSE } };

  imp_paper_row (paper, cells, G_N_ELEMENTS (cells), FRAME, NULL, NULL);
}

static void
draw_verdict (ImpPaper *paper, const ImpReportBlock *verdict)
{
  imp_paper_skip (paper, 8);
  imp_paper_text (paper, _("Verdict"), &name_look);
  imp_paper_skip (paper, 2);
  draw_verdict_row (paper, verdict->level, verdict->text, &verdict_looks[verdict->level]);
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const ImpReportReason *reason = &g_array_index (verdict->reasons, ImpReportReason, i);

      draw_verdict_row (paper, reason->level, reason->sentence, &reason_look);
    }
  if (verdict->reasons->len > 0)
    {
      imp_paper_skip (paper, 3);
      imp_paper_text (paper,
                      _("■ to be explained before the disc is relied on   ▲ to be looked at"),
                      &small_look);
    }
  imp_paper_skip (paper, 6);
}

/* @heading: (inout) (nullable): that waits for what it belongs to */
static void
draw_block (ImpPaper *paper, const ImpReportBlock *block, const char **heading, const char *section)
{
  if (block->kind == IMP_REPORT_TABLE)
    {
      imp_report_table (paper, block, *heading, section);
      *heading = NULL;
      return;
    }
  if (*heading != NULL)
    imp_report_heading (paper, *heading);
  *heading = NULL;
  switch (block->kind)
    {
    case IMP_REPORT_HEADING:
      *heading = block->text;
      break;
    case IMP_REPORT_VERDICT:
      draw_verdict (paper, block);
      break;
    case IMP_REPORT_SMALL:
      imp_paper_skip (paper, 12);
      imp_paper_text (paper, block->text, &small_look);
      break;
    case IMP_REPORT_TEXT:
    case IMP_REPORT_TABLE:
    default:
      imp_paper_text (paper, block->text, &text_look);
      break;
    }
}

/* Returns: FALSE where the program's own words cannot be written. A name with a rare character is
 * drawn all the same. */
static gboolean
draw_page (ImpPaper *paper, const ImpReportPage *page)
{
  guint64 n_unknown = imp_paper_n_unknown (paper);
  const char *heading = NULL;
  const char *section = NULL;

  imp_paper_text (paper, page->title, &title_look);
  if (imp_paper_n_unknown (paper) > n_unknown)
    return FALSE;
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const ImpReportBlock *block = g_ptr_array_index (page->blocks, i);

      if (block->kind == IMP_REPORT_HEADING)
        section = block->text;
      draw_block (paper, block, &heading, section);
    }
  return TRUE;
}

/* ---- the file ------------------------------------------------------------------------------- */

static cairo_status_t
take_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The time of the data, so that the same disc gives the same file; none where that is no full date,
 * as a reader would take it for one. */
static gboolean
is_date (const char *iso)
{
  return iso != NULL && strlen (iso) >= 10 && strspn (iso, "0123456789-:.TZ+") == strlen (iso);
}

static void
describe (cairo_surface_t *surface, const ImpReportPage *page)
{
  g_autofree char *title = page->hospital != NULL
                               ? g_strdup_printf ("%s – %s", page->title, page->hospital)
                               : g_strdup (page->title);
  g_autofree char *valid = g_utf8_make_valid (title, -1);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, valid);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  PACKAGE_NAME " " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  is_date (page->as_of) ? page->as_of : NULL);
}

/* Returns: (transfer full): %NULL with an error. @n_pages, @n_unknown: (out) */
static GByteArray *
print (const ImpReportPage *page, const ImpPaperFrame *frame, guint *n_pages, guint64 *n_unknown,
       GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (take_bytes, bytes, IMP_PAPER_WIDTH, IMP_PAPER_HEIGHT);
  ImpPaper *paper;
  cairo_status_t status;
  gboolean has_font;

  describe (surface, page);
  paper = imp_paper_new (surface, frame);
  has_font = draw_page (paper, page);
  *n_pages = imp_paper_page (paper);
  *n_unknown = imp_paper_n_unknown (paper);
  imp_paper_free (paper);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "the report cannot be drawn: %s",
                 cairo_status_to_string (status));
  else if (!has_font)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_FONT, C_("language tag", "en"));
  else
    return g_steal_pointer (&bytes);
  return NULL;
}

static char *
tell_which (const ImpReportPage *page, guint64 serial)
{
  g_autofree char *as_of = imp_report_page_time (page->as_of);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, serial);
  g_autofree char *disc = serial > 0 ? g_strdup_printf (_("Disc number %s"), number)
                                     : g_strdup (_("Disc without a number"));

  return g_strdup_printf ("%s　%s %s", disc, _("Data as of"),
                          *as_of != '\0' ? as_of : _("unknown"));
}

GBytes *
imp_report_pdf (const char *json, guint64 serial, const char *printed_at, guint64 *n_unknown,
                GError **error)
{
  g_autoptr (ImpReportPage) page = imp_report_page_from_json (json, error);
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *which = NULL;
  g_autofree char *printed = NULL;
  ImpPaperFrame frame = { 0 };

  if (page == NULL)
    return NULL;
  which = tell_which (page, serial);
  printed = g_strdup_printf (_("PDF made %s"), printed_at);
  frame = (ImpPaperFrame){
    .title = page->title,
    .whose = page->hospital != NULL ? page->hospital : _("Hospital not named"),
    .which = which,
    .printed = printed,
  };
  /* The first time only to count the sheets. */
  bytes = print (page, &frame, &frame.n_pages, n_unknown, error);
  if (bytes == NULL)
    return NULL;
  g_clear_pointer (&bytes, g_byte_array_unref);
  bytes = print (page, &frame, &frame.n_pages, n_unknown, error);
  return bytes != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
