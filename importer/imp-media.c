/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "imp-error.h"

/* Sectors of user data of the smallest media sold under the name: CD-R of 80 minutes, DVD-R
 * (ECMA-359), DVD-R DL (ECMA-382), BD-R of one layer without spare areas. */
static const struct
{
  const char *option;
  const char *name;
  guint64 n_sectors;
} media[IMP_N_MEDIA] = {
  { "cd", "CD-R 700 MB", 359844 },
  { "dvd", "DVD-R 4.7 GB", 2298496 },
  { "dl", "DVD-R DL 8.5 GB", 4171712 },
  { "bd", "BD-R 25 GB", 12219392 },
};

const char *
imp_medium_option (ImpMedium medium)
{
  return media[medium].option;
}

guint64
imp_medium_sectors (ImpMedium medium)
{
  return media[medium].n_sectors;
}

gboolean
imp_medium_parse (const char *text, ImpMedium *out, GError **error)
{
  *out = IMP_N_MEDIA;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < IMP_N_MEDIA; i++)
    if (strcmp (text, media[i].option) == 0)
      {
        *out = (ImpMedium) i;
        return TRUE;
      }

  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _("--medium is cd, dvd, dl or bd, not “%s”"), text);
  return FALSE;
}

ImpMedium
imp_medium_smallest (guint64 n_sectors)
{
  ImpMedium medium = IMP_MEDIUM_CD;

  while (medium < IMP_N_MEDIA && media[medium].n_sectors < n_sectors)
    medium++;
  return medium;
}

char *
imp_medium_fits_text (guint64 n_sectors)
{
  const char *names[IMP_N_MEDIA + 1] = { NULL };
  g_autofree char *list = NULL;
  guint n = 0;

  for (ImpMedium i = imp_medium_smallest (n_sectors); i < IMP_N_MEDIA; i++)
    names[n++] = media[i].name;
  if (n == 0)
    return g_strdup_printf (_("Fits on no medium: more than %s holds."),
                            media[IMP_N_MEDIA - 1].name);
  list = g_strjoinv (", ", (char **) names);
  return g_strdup_printf (_("Fits on: %s."), list);
}

gboolean
imp_medium_check_room (const char *name, guint64 room_sectors, guint64 n_sectors, GError **error)
{
  ImpMedium smallest = imp_medium_smallest (n_sectors);
  g_autofree char *needed = NULL;
  g_autofree char *room = NULL;

  if (n_sectors <= room_sectors)
    return TRUE;

  needed = g_strdup_printf ("%" G_GUINT64_FORMAT, n_sectors);
  room = g_strdup_printf ("%" G_GUINT64_FORMAT, room_sectors);
  if (smallest < IMP_N_MEDIA)
    g_set_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE,
                 _("%s sectors of 2,048 bytes are needed, %s holds %s; take %s"), needed, name, room,
                 media[smallest].name);
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE,
                 _("%s sectors of 2,048 bytes are needed, %s holds %s, and no medium is large enough"),
                 needed, name, room);
  return FALSE;
}

gboolean
imp_medium_check (ImpMedium medium, guint64 n_sectors, GError **error)
{
  return medium >= IMP_N_MEDIA ||
         imp_medium_check_room (media[medium].name, media[medium].n_sectors, n_sectors, error);
}

guint64
imp_medium_folder_sectors (const char *folder, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, &local);
  guint64 n_sectors = IMP_IMAGE_OVERHEAD_SECTORS;
  const char *name;

  if (entries == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s", local->message);
      return 0;
    }
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) != 0)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
          return 0;
        }
      n_sectors += ((guint64) info.st_size + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES;
    }
  return n_sectors;
}
