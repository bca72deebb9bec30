/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-tar.h"

#include <string.h>

/* Skipped by seeking only from so much on: for less, reading is no slower. */
#define SEEK_BYTES (64 * 1024)

/* POSIX.1-1988, 10.1.1: where the fields of a header stand, and how long they are. */
#define NAME_LEN 100
#define MODE_AT 100
#define USER_AT 108
#define GROUP_AT 116
#define ID_LEN 8
#define SIZE_AT 124
#define MTIME_AT 136
#define NUMBER_LEN 12
#define SUM_AT 148
#define SUM_LEN 8
#define TYPE_AT 156
#define LINK_AT 157
#define MAGIC_AT 257
#define MAGIC_LEN 8
#define MAJOR_AT 329
#define MINOR_AT 337
#define PREFIX_AT 345
#define PREFIX_LEN 155

struct _ImpTar
{
  ImpTarInput input;
  const guint8 *at; /* in the block at hand */
  gsize left;       /* of it */
  guint64 member_left;
  guint padding; /* behind the member */
  gboolean has_members;
  const char *words;
  gsize header_len; /* of header, read and not yet of a member */
  guint8 header[IMP_TAR_BLOCK_BYTES];
  gboolean gives_empty; /* rest: the empty member is still to be given */
  guint8 empty[IMP_TAR_BLOCK_BYTES];
};

/* ---- headers -------------------------------------------------------------------------------- */

/* Octal digits, then nothing but blanks or NULs. Other ways to write it are for libarchive. */
static gboolean
read_octal (const guint8 *field, gsize len, guint64 *value)
{
  gsize i = 0;

  *value = 0;
  for (; i < len && field[i] >= '0' && field[i] <= '7'; i++)
    *value = *value << 3 | (guint64) (field[i] - '0');
  if (i == 0)
    return FALSE;
  for (; i < len; i++)
    if (field[i] != ' ' && field[i] != 0)
      return FALSE;
  return TRUE;
}

/* Nothing is read of these, but libarchive takes no file for a tar where they are anything else:
 * octal, or nothing, or a number in base 256, as those of a directory service are. */
static gboolean
has_usual_ids (const guint8 *header)
{
  static const guint16 fields[] = { MODE_AT, USER_AT, GROUP_AT, MAJOR_AT, MINOR_AT };
  guint64 value;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const guint8 *field = header + fields[i];

      if (field[0] != 0 && field[0] != 0x80 && field[0] != 0xFF &&
          !read_octal (field, ID_LEN, &value))
        return FALSE;
    }
  return TRUE;
}

/* Of all bytes, unsigned, those of the checksum itself taken for blanks. In four sums of 128 bytes,
 * which fit into 16 bits each. */
static guint
sum_of (const guint8 *header)
{
  const guint64 low = G_GUINT64_CONSTANT (0x00FF00FF00FF00FF);
  guint64 sums = 0;
  guint sum = SUM_LEN * ' ';

  for (guint i = 0; i < IMP_TAR_BLOCK_BYTES; i += sizeof sums)
    {
      guint64 word;

      memcpy (&word, header + i, sizeof word);
      sums += (word & low) + (word >> 8 & low);
    }
  for (guint i = 0; i < 4; i++)
    sum += (guint) (sums >> (16 * i) & 0xFFFF);
  for (guint i = 0; i < SUM_LEN; i++)
    sum -= header[SUM_AT + i];
  return sum;
}

static gboolean
is_zero (const guint8 *bytes, gsize len)
{
  return bytes[0] == 0 && memcmp (bytes, bytes + 1, len - 1) == 0;
}

/* Prefix, slash, name. Returns: FALSE for none, and for what libarchive may read another way */
static gboolean
read_path (const guint8 *header, gboolean is_gnu, char *path)
{
  gsize len = strnlen ((const char *) header + PREFIX_AT, PREFIX_LEN);
  gsize name_len = strnlen ((const char *) header, NAME_LEN);

  if (name_len == 0)
    return FALSE;
  /* In GNU's form times, offsets and holes stand there. */
  if (is_gnu && !is_zero (header + PREFIX_AT, IMP_TAR_BLOCK_BYTES - PREFIX_AT))
    return FALSE;
  if (len > 0)
    {
      memcpy (path, header + PREFIX_AT, len);
      if (path[len - 1] == '/')
        return FALSE;
      path[len++] = '/';
    }
  memcpy (path + len, header, name_len);
  path[len + name_len] = '\0';
  return TRUE;
}

gboolean
imp_tar_read_header (const guint8 header[IMP_TAR_BLOCK_BYTES], ImpTarMember *member)
{
  gboolean is_gnu = memcmp (header + MAGIC_AT, "ustar  \0", MAGIC_LEN) == 0;
  guint64 sum, mtime;
  gsize len;

  if (!is_gnu && memcmp (header + MAGIC_AT, "ustar\00000", MAGIC_LEN) != 0)
    return FALSE;
  if (header[TYPE_AT] != '0' && header[TYPE_AT] != '5')
    return FALSE;
  if (header[LINK_AT] != 0 || !read_octal (header + SUM_AT, SUM_LEN, &sum) ||
      sum != sum_of (header) || !read_octal (header + SIZE_AT, NUMBER_LEN, &member->size) ||
      !read_octal (header + MTIME_AT, NUMBER_LEN, &mtime) || !has_usual_ids (header) ||
      !read_path (header, is_gnu, member->path))
    return FALSE;

  member->mtime = (gint64) mtime;
  member->is_folder = header[TYPE_AT] == '5';
  len = strlen (member->path);
  /* A file called as a folder is one, in some tars; and a folder with content is none. */
  return member->is_folder ? member->size == 0 : member->path[len - 1] != '/';
}

/* A file of no bytes. */
static void
write_empty (guint8 *header)
{
  guint sum;

  memset (header, 0, IMP_TAR_BLOCK_BYTES);
  header[0] = '-';
  memcpy (header + 100,
          "0000644\0"
          "0000000\0"
          "0000000\0"
          "00000000000\0"
          "00000000000\0",
          48);
  header[TYPE_AT] = '0';
  memcpy (header + MAGIC_AT, "ustar\00000", MAGIC_LEN);
  sum = sum_of (header);
  for (guint i = 6; i > 0; i--, sum >>= 3)
    header[SUM_AT + i - 1] = (guint8) ('0' + (sum & 7));
  header[SUM_AT + 7] = ' ';
}

/* ---- reading -------------------------------------------------------------------------------- */

ImpTar *
imp_tar_new (const ImpTarInput *input)
{
  ImpTar *self = g_new0 (ImpTar, 1);

  self->input = *input;
  return self;
}

void
imp_tar_free (ImpTar *self)
{
  g_free (self);
}

/* Returns: whether there are bytes at hand; @failed: (out): whether the input said so */
static gboolean
refill (ImpTar *self, gboolean *failed)
{
  gssize n;

  *failed = FALSE;
  if (self->left > 0)
    return TRUE;
  n = self->input.read (self->input.data, &self->at);
  *failed = n < 0;
  self->left = n > 0 ? (gsize) n : 0;
  return n > 0;
}

static ImpTarStep
stop (ImpTar *self, const char *words)
{
  self->words = words;
  self->left = self->header_len = 0;
  return IMP_TAR_STOPPED;
}

/* What is left of the member and behind it. */
static gboolean
skip_member (ImpTar *self)
{
  guint64 n = self->member_left + self->padding;
  gboolean failed;

  while (n > 0)
    {
      gsize here = (gsize) MIN (n, self->left);

      self->at += here;
      self->left -= here;
      n -= here;
      if (n > SEEK_BYTES && self->input.seek != NULL &&
          self->input.seek (self->input.data, (gint64) n) >= 0)
        n = 0;
      else if (n > 0 && !refill (self, &failed))
        {
          stop (self, failed ? NULL : "Truncated input file");
          return FALSE;
        }
    }
  self->member_left = self->padding = 0;
  return TRUE;
}

/* Returns: (nullable): a whole header, in the block or put together */
static const guint8 *
take_header (ImpTar *self, gboolean *failed)
{
  *failed = FALSE;
  if (self->left >= IMP_TAR_BLOCK_BYTES)
    return self->at;

  while (self->header_len < IMP_TAR_BLOCK_BYTES && refill (self, failed))
    {
      gsize n = MIN (self->left, IMP_TAR_BLOCK_BYTES - self->header_len);

      memcpy (self->header + self->header_len, self->at, n);
      self->header_len += n;
      self->at += n;
      self->left -= n;
    }
  return self->header_len == IMP_TAR_BLOCK_BYTES ? self->header : NULL;
}

ImpTarStep
imp_tar_next (ImpTar *self, ImpTarMember *member)
{
  const guint8 *header;
  gboolean failed;

  if (!skip_member (self))
    return IMP_TAR_STOPPED;
  header = take_header (self, &failed);
  if (failed)
    return stop (self, NULL);
  if (header == NULL || !imp_tar_read_header (header, member))
    {
      self->gives_empty = self->has_members;
      return IMP_TAR_OTHER;
    }

  if (header == self->at)
    {
      self->at += IMP_TAR_BLOCK_BYTES;
      self->left -= IMP_TAR_BLOCK_BYTES;
    }
  self->header_len = 0;
  self->has_members = TRUE;
  self->member_left = member->size;
  self->padding = (guint) (-member->size & (IMP_TAR_BLOCK_BYTES - 1));
  return IMP_TAR_GOT;
}

ImpTarStep
imp_tar_read (ImpTar *self, const guint8 **block, gsize *len)
{
  gboolean failed;

  if (self->member_left == 0)
    return IMP_TAR_END;
  if (!refill (self, &failed))
    return stop (self, failed ? NULL : "Truncated tar archive");
  *block = self->at;
  *len = (gsize) MIN (self->member_left, self->left);
  self->at += *len;
  self->left -= *len;
  self->member_left -= *len;
  return IMP_TAR_GOT;
}

/* ---- what is left to others ----------------------------------------------------------------- */

gsize
imp_tar_rest (ImpTar *self, const guint8 **block)
{
  gsize len;

  if (self->gives_empty)
    {
      self->gives_empty = FALSE;
      write_empty (self->empty);
      *block = self->empty;
      return sizeof self->empty;
    }
  if (self->header_len > 0)
    {
      len = self->header_len;
      self->header_len = 0;
      *block = self->header;
      return len;
    }
  len = self->left;
  self->left = 0;
  *block = self->at;
  return len;
}

gsize
imp_tar_rest_bytes (const ImpTar *self)
{
  return self->header_len + self->left;
}

void
imp_tar_drop_rest (ImpTar *self)
{
  self->header_len = self->left = 0;
}

gboolean
imp_tar_has_members (const ImpTar *self)
{
  return self->has_members;
}

const char *
imp_tar_words (const ImpTar *self)
{
  return self->words;
}
