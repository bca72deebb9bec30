/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-picture-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-error.h"
#include "viewer-source-model.h"

guint
viewer_picture_count (const ViewerEntry *entry)
{
  return disc_picture_count (entry->record);
}

GPtrArray *
viewer_picture_load_list (ViewerDisc *disc, gint64 rid, guint first, guint n_expected,
                          char **problem)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pictures = disc_reader_load_pictures (viewer_disc_get_reader (disc), rid, &error);
  gboolean is_elsewhere = g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);

  *problem = NULL;
  viewer_disc_tell (disc);
  if (pictures == NULL)
    pictures = g_ptr_array_new ();
  disc_pictures_keep (pictures, first, n_expected);
  if (pictures->len >= n_expected)
    return pictures;
  if (is_elsewhere)
    *problem = g_strdup_printf (_ ("■ Pictures: %u. To see them put the disc (volume 1) back in."),
                                n_expected);
  else
    *problem = g_strdup_printf (
        _ ("■ This document has %u pictures; of %u nothing can be read, as the disc is "
           "damaged there."),
        n_expected, n_expected - pictures->len);
  return pictures;
}

char *
viewer_picture_caption (const DiscPicture *picture, guint first, guint n)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Picture %u of %u"), picture->number - first + 1, n);
  if (picture->page > 0)
    {
      g_string_append (text, "　");
      g_string_append_printf (text, _ ("page %u"), picture->page);
    }
  if (picture->name != NULL)
    g_string_append_printf (text, "　%s", picture->name);
  return g_string_free (text, FALSE);
}

char *
viewer_picture_remark (const DiscPicture *picture)
{
  if (picture->original_width == 0)
    return NULL;
  return g_strdup_printf (_ ("Made smaller for the disc: %u × %u pixels of %u × %u"),
                          picture->width, picture->height, picture->original_width,
                          picture->original_height);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static char *
why_absent (const DiscPicture *picture)
{
  if (g_strcmp0 (picture->absent, DISC_PICTURE_BEYOND_BUDGET) == 0)
    return g_strdup (
        _ ("■ This picture is not on this disc: there was no room for all of them, and those of "
           "newer documents were kept. Ask the department for paper."));
  if (g_strcmp0 (picture->absent, DISC_PICTURE_TOO_LARGE) == 0)
    return g_strdup (
        _ ("■ This picture is not on this disc: it is too large. Ask the department for paper."));
  return g_strdup_printf (
      _ ("■ This picture is not on this disc (%s). Ask the department for paper."),
      picture->absent != NULL ? picture->absent : "?");
}

static char *
why_elsewhere (DiscReader *reader, guint volume)
{
  guint n = disc_reader_n_volumes (reader);

  if (disc_reader_is_released (reader))
    return g_strdup_printf (
        _ ("■ This picture is on volume %u of %u. Take volume 1 out of the drive and insert "
           "volume %u: it is shown as soon as it is there."),
        volume, n, volume);
  return g_strdup_printf (
      _ ("■ This picture is on volume %u of %u, which is not here. Insert that volume in a "
         "second drive, or load it into the store. With one drive: open the source "
         "(Space) and change the disc."),
      volume, n);
}

GBytes *
viewer_picture_load (ViewerDisc *disc, const DiscPicture *picture, char **problem,
                     gboolean *is_elsewhere)
{
  DiscReader *reader = viewer_disc_get_reader (disc);
  guint volume = disc_reader_volume_of (reader, picture->rid);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  *problem = NULL;
  *is_elsewhere = FALSE;
  if (picture->data == 0)
    {
      *problem = why_absent (picture);
      return NULL;
    }
  bytes = disc_reader_load_picture (reader, picture, &error);
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE) &&
      viewer_source_find_mounted (disc, volume))
    {
      g_clear_error (&error);
      bytes = disc_reader_load_picture (reader, picture, &error);
    }
  viewer_disc_tell (disc);
  if (bytes != NULL)
    return bytes;

  *is_elsewhere = g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  if (*is_elsewhere)
    *problem = why_elsewhere (reader, volume);
  else
    *problem = g_strdup_printf (
        _ ("■ This picture cannot be read: the disc is damaged there (%s)."), error->message);
  return NULL;
}
