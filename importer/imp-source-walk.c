/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

#include "imp-limits.h"

typedef struct
{
  ImpSink *sink;
  const ImpSourcePlace *place; /* of the archive */
  ImpArchive *archive;
} Walk;

/* A name leads nowhere, as nothing is unpacked; but one that tries to is not a backup's. */
static gboolean
name_is_safe (const char *name)
{
  guint depth = 0;

  if (strlen (name) > IMP_MAX_PATH_BYTES)
    return FALSE;

  for (const char *part = name; part != NULL;)
    {
      const char *slash = strchr (part, '/');
      gsize len = slash != NULL ? (gsize) (slash - part) : strlen (part);

      if (++depth > IMP_MAX_DEPTH + 8 || (len == 2 && memcmp (part, "..", 2) == 0))
        return FALSE;
      part = slash != NULL ? slash + 1 : NULL;
    }
  return TRUE;
}

/* (transfer full): the member's name in UTF-8, without leading "./" and "/". */
static char *
member_name (struct archive_entry *entry)
{
  const char *raw = archive_entry_pathname (entry);
  char *shown;
  const char *start;

  if (raw == NULL)
    raw = archive_entry_pathname_utf8 (entry);
  if (raw == NULL)
    return g_strdup ("(no name)");

  shown = imp_source_display_path (raw);
  /* Some Windows programs write zip members with backslashes only. */
  if (strchr (shown, '/') == NULL)
    g_strdelimit (shown, "\\", '/');

  for (start = shown; g_str_has_prefix (start, "./") || *start == '/';)
    start += *start == '/' ? 1 : 2;
  memmove (shown, start, strlen (start) + 1);
  return shown;
}

/* (transfer full): a compressed file is called as the file in it, but for the suffix. */
static char *
plain_name (const char *name)
{
  static const char *const suffixes[] = { ".gz", ".xz", ".zst", ".bz2", ".lz4", ".Z", NULL };

  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return g_strndup (name, strlen (name) - strlen (suffixes[i]));
  return g_strdup (name);
}

static ImpReason
reason_of_entry (struct archive_entry *entry, const char *name)
{
  if (!name_is_safe (name))
    return IMP_REASON_UNSAFE_NAME;
  if (archive_entry_hardlink (entry) != NULL)
    return IMP_REASON_HARD_LINK;
  if (archive_entry_symlink (entry) != NULL || archive_entry_filetype (entry) == AE_IFLNK)
    {
      const char *target = archive_entry_symlink (entry);

      return target != NULL && *target != '/' && name_is_safe (target) ? IMP_REASON_LINK_INSIDE
                                                                       : IMP_REASON_LINK_OUTSIDE;
    }
  if (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != 0)
    return IMP_REASON_SPECIAL;
  return archive_entry_is_encrypted (entry) > 0 ? IMP_REASON_ENCRYPTED : IMP_REASON_NONE;
}

static gssize
read_member_bytes (gpointer data, const guint8 **block, ImpReason *reason)
{
  ImpArchive *archive = data;
  gsize len = 0;

  switch (imp_archive_read (archive, block, &len))
    {
    case IMP_ARCHIVE_GOT:
      return (gssize) len;
    case IMP_ARCHIVE_END:
      return 0;
    case IMP_ARCHIVE_SKIPPED:
      *reason = imp_archive_member_reason (archive);
      return -1;
    case IMP_ARCHIVE_STOPPED:
    default:
      *reason = IMP_REASON_IO_ERROR;
      return -1;
    }
}

static void
read_member (Walk *walk, struct archive_entry *entry)
{
  const ImpSourcePlace *place = walk->place;
  gboolean plain = imp_archive_is_plain (walk->archive);
  ImpSourceBytes bytes = { .fd = -1, .read = read_member_bytes, .data = walk->archive };
  g_auto (ImpSourcePlace) member = { .level = place->level + 1 };
  g_autofree char *name = plain ? NULL : member_name (entry);
  ImpReason reason = plain ? IMP_REASON_NONE : reason_of_entry (entry, name);

  if (archive_entry_size_is_set (entry) && archive_entry_size (entry) > 0)
    bytes.size = (guint64) archive_entry_size (entry);
  member.mtime = archive_entry_mtime_is_set (entry) ? (gint64) archive_entry_mtime (entry)
                 : plain                            ? place->mtime
                                                    : 0;
  if (plain)
    {
      member.path = g_strdup (place->path);
      member.name_path = plain_name (place->name_path);
    }
  else
    {
      member.path = g_strconcat (place->path, "!", name, NULL);
      member.name_path =
          place->is_source ? g_strdup (name) : g_strconcat (place->name_path, "!/", name, NULL);
    }
  imp_source_take (walk->sink, &member, &bytes, reason);
}

static void
walk_members (Walk *walk, ImpWalkEnd *end)
{
  struct archive_entry *entry;

  while (!imp_sink_is_stopped (walk->sink) &&
         imp_archive_next (walk->archive, &entry) == IMP_ARCHIVE_GOT)
    {
      end->n_members++;
      if (walk->place->level >= IMP_ARCHIVE_MAX_LEVELS && !imp_archive_is_plain (walk->archive))
        {
          end->reason = IMP_REASON_ARCHIVE_NESTED;
          return;
        }
      read_member (walk, entry);
    }
  end->reason = imp_archive_reason (walk->archive);
  if (end->reason != IMP_REASON_NONE)
    end->detail = imp_archive_detail (walk->archive);
}

void
imp_source_walk (ImpSink *sink, const ImpSourcePlace *place, const ImpArchiveInput *input,
                 ImpWalkEnd *end)
{
  /* Names in UTF-16 and UTF-8 come out right whatever the language of whoever calls (cron: none).
   */
  locale_t utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  locale_t before = utf8 != (locale_t) 0 ? uselocale (utf8) : (locale_t) 0;
  g_autoptr (ImpArchive) archive =
      imp_archive_new (input, imp_archive_limits (place->level + 1), sink->run->cancellable);
  Walk walk = { sink, place, archive };

  memset (end, 0, sizeof *end);
  walk_members (&walk, end);
  if (utf8 != (locale_t) 0)
    {
      uselocale (before);
      freelocale (utf8);
    }
}

void
imp_walk_end_clear (ImpWalkEnd *self)
{
  g_clear_pointer (&self->detail, g_free);
}
