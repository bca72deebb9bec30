/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

/* A page with fewer characters is a scan with a number or a stamp on it. */
#define MIN_CHARACTERS 16
/* Or one whose characters have no meaning: fonts without a table give private or lost ones. */
#define MAX_SENSELESS_PERCENT 20
/* Or one that is mostly picture, whatever text lies over it. */
#define MIN_PICTURE_SHARE 0.25

#define TABLES "/usr/share/poppler/cMap"

#define POINTS_PER_INCH 72.0
#define MAX_POINTS 20000.0 /* a page of 7 metres: PDF 1.7 annex C.2 has 14400 */

/* ---- what acts ------------------------------------------------------------------------------- */

typedef struct
{
  guint n_launch;
  guint n_script;
  guint n_remote;
  guint n_media;
} Actions;

static void
count_action (Actions *actions, const PopplerAction *action)
{
  switch (action->type)
    {
    case POPPLER_ACTION_LAUNCH:
      actions->n_launch++;
      break;
    case POPPLER_ACTION_JAVASCRIPT:
      actions->n_script++;
      break;
    case POPPLER_ACTION_GOTO_REMOTE:
      actions->n_remote++;
      break;
    case POPPLER_ACTION_MOVIE:
    case POPPLER_ACTION_RENDITION:
      actions->n_media++;
      break;
    default:
      break; /* a link to a page or an address is nothing once it is text */
    }
}

static void
count_actions (PopplerPage *page, Actions *actions)
{
  GList *links = poppler_page_get_link_mapping (page);

  for (GList *item = links; item != NULL; item = item->next)
    {
      const PopplerLinkMapping *link = item->data;

      if (link->action != NULL)
        count_action (actions, link->action);
    }
  poppler_page_free_link_mapping (links);
}

static gboolean
has_word (GBytes *bytes, const char *word)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  return len > 0 && memmem (data, len, word, strlen (word)) != NULL;
}

/* Names that stand in the open; those in packed objects are found by what poppler offers only. */
static void
report_actions (PopplerDocument *document, GBytes *bytes, const Actions *actions, ImpDocument *out)
{
  if (poppler_document_has_javascript (document) || actions->n_script > 0 ||
      has_word (bytes, "/JavaScript"))
    imp_document_refuse_part (out, 1, "JavaScript");
  if (actions->n_launch > 0 || has_word (bytes, "/Launch"))
    imp_document_refuse_part (out, 1, "a command to start a program");
  if (poppler_document_has_attachments (document) || has_word (bytes, "/EmbeddedFile"))
    imp_document_refuse_part (out, 1, "an embedded file");
  if (has_word (bytes, "/XFA"))
    imp_document_refuse_part (out, 1, "an XFA form");
  if (actions->n_media > 0 || has_word (bytes, "/RichMedia"))
    imp_document_refuse_part (out, 1, "a film or sound");
  if (actions->n_remote > 0)
    imp_document_refuse_part (out, actions->n_remote, "a link to another document");
}

/* ---- text ------------------------------------------------------------------------------------ */

/* Whether a page's text stands for the page. */
static gboolean
is_telling (const char *text)
{
  guint n = 0;
  guint n_senseless = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        continue;
      n++;
      n_senseless += c == 0xfffd || c < 0x20 || (c >= 0x7f && c < 0xa0) ||
                     g_unichar_type (c) == G_UNICODE_PRIVATE_USE ||
                     g_unichar_type (c) == G_UNICODE_UNASSIGNED;
    }
  return n >= MIN_CHARACTERS && n_senseless * 100 <= n * MAX_SENSELESS_PERCENT;
}

static gboolean
is_mostly_picture (PopplerPage *page, double width, double height)
{
  GList *images = poppler_page_get_image_mapping (page);
  double area = 0.0;

  for (GList *item = images; item != NULL; item = item->next)
    {
      const PopplerImageMapping *image = item->data;

      area += fabs ((image->area.x2 - image->area.x1) * (image->area.y2 - image->area.y1));
    }
  poppler_page_free_image_mapping (images);
  return area >= MIN_PICTURE_SHARE * width * height;
}

/* ---- pixels ---------------------------------------------------------------------------------- */

static guint8 *
rgb_of (cairo_surface_t *surface, guint width, guint height)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  guint8 *out = g_malloc (3 * (gsize) width * height);
  guint8 *p = out;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++, p += 3)
      {
        guint32 value;

        memcpy (&value, data + y * stride + 4 * (gsize) x, sizeof value);
        p[0] = (guint8) (value >> 16);
        p[1] = (guint8) (value >> 8);
        p[2] = (guint8) value;
      }
  return out;
}

static void
render (PopplerPage *page, double width, double height, const ImpDocumentLimits *limits,
        guint number, ImpDocument *out)
{
  double scale = MIN (limits->dpi / POINTS_PER_INCH, limits->max_edge / MAX (width, height));
  ImpPixels pixels = { .width = MAX (1, (guint) (width * scale)),
                       .height = MAX (1, (guint) (height * scale)) };
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) pixels.width, (int) pixels.height);
  cairo_t *cairo = cairo_create (surface);
  g_autofree guint8 *rgb = NULL;

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  poppler_page_render (page, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      pixels.stride = 3 * (gsize) pixels.width;
      pixels.original_width = pixels.width;
      pixels.original_height = pixels.height;
      pixels.pixels = rgb = rgb_of (surface, pixels.width, pixels.height);
      imp_document_add_pixels (out, limits, &pixels, number);
    }
  else
    {
      out->n_pictures_dropped++;
      imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "page %u cannot be drawn", number);
    }
  cairo_surface_destroy (surface);
}

/* ---- pages ----------------------------------------------------------------------------------- */

static gboolean
is_sane (double points)
{
  return isfinite (points) && points >= 1.0 && points <= MAX_POINTS;
}

static void
read_page (PopplerPage *page, const ImpDocumentLimits *limits, gboolean with_pictures, guint number,
           Actions *actions, ImpDocument *out)
{
  g_autofree char *text = poppler_page_get_text (page);
  double width = 0;
  double height = 0;
  gboolean has_text = text != NULL && is_telling (text);

  count_actions (page, actions);
  if (text != NULL)
    imp_document_append (out, limits, text, -1);
  poppler_page_get_size (page, &width, &height);
  if (!has_text)
    g_array_append_val (out->pages_without_text, number);
  if (!is_sane (width) || !is_sane (height))
    {
      imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED,
                         "page %u has no possible size and is not drawn", number);
      return;
    }
  if (has_text && !limits->draws_all_pages && !is_mostly_picture (page, width, height))
    return;
  if (with_pictures)
    render (page, width, height, limits, number, out);
  else
    out->n_pictures_dropped++;
}

/* Fonts that are not embedded need the tables of the package poppler-data, and a kernel with
 * Landlock to be let at them: without, Japanese words are missing, and blank where they should be
 * drawn. */
static void
report_tables (ImpDocument *out)
{
  if (out->pages_without_text->len > 0 && !g_file_test (TABLES, G_FILE_TEST_IS_DIR))
    imp_document_find (out, IMP_FINDING_UNDECODABLE,
                       "the system's tables of characters cannot be read: words may be missing");
}

static void
read_pages (PopplerDocument *document, GBytes *bytes, const ImpDocumentLimits *limits,
            gboolean with_pictures, ImpDocument *out)
{
  guint n = (guint) MAX (poppler_document_get_n_pages (document), 0);
  guint n_missing = 0;
  Actions actions = { 0 };
  guint i;

  out->n_pages = n;
  for (i = 0; i < n && i < limits->max_pages && imp_document_has_time (out, limits); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, (int) i);

      if (i > 0)
        imp_document_append (out, limits, "\f", 1);
      if (page != NULL)
        read_page (page, limits, with_pictures, i + 1, &actions, out);
      else
        n_missing++;
      g_clear_object (&page);
    }
  if (i < n)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "pages %u to %u left out", i + 1, n);
  if (n == 0)
    imp_document_find (out, IMP_FINDING_UNREADABLE, "it has no pages");
  if (n_missing > 0)
    imp_document_find (out, IMP_FINDING_UNREADABLE, "pages that are not there: %u", n_missing);
  if (!with_pictures && out->n_pictures_dropped > 0)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "pages that could not be drawn: %u",
                       out->n_pictures_dropped);
  report_actions (document, bytes, &actions, out);
  report_tables (out);
}

void
imp_document_pdf (GBytes *bytes, const ImpDocumentLimits *limits, gboolean with_pictures,
                  ImpDocument *out)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);

  if (document == NULL)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "%s",
                       g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                           ? "it is under a password"
                           : "it cannot be read as a PDF");
  else
    read_pages (document, bytes, limits, with_pictures, out);
  g_clear_object (&document);
}
