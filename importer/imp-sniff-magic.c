/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

/* First bytes that are told by themselves. Shorter ones are looked at more closely below. */
static const struct
{
  guint at;
  guint len;
  const char *bytes;
  ImpSniffKind kind;
} magics[] = {
  { 0, 8, "\x89PNG\r\n\x1a\n", IMP_SNIFF_PNG },
  { 0, 3, "\xff\xd8\xff", IMP_SNIFF_JPEG },
  { 0, 6, "GIF87a", IMP_SNIFF_GIF },
  { 0, 6, "GIF89a", IMP_SNIFF_GIF },
  { 0, 4, "II*\0", IMP_SNIFF_TIFF },
  { 0, 4, "MM\0*", IMP_SNIFF_TIFF },
  { 0, 4, "II+\0", IMP_SNIFF_TIFF }, /* BigTIFF */
  { 0, 4, "MM\0+", IMP_SNIFF_TIFF },
  { 128, 4, "DICM", IMP_SNIFF_DICOM },                   /* DICOM PS3.10 7.1 */
  { 0, 8, "\0\0\0\x0cjP  ", IMP_SNIFF_OTHER_PICTURE },   /* JPEG 2000 */
  { 0, 4, "\xff\x4f\xff\x51", IMP_SNIFF_OTHER_PICTURE }, /* its bare stream */
  { 4, 8, "ftypheic", IMP_SNIFF_OTHER_PICTURE },
  { 4, 8, "ftypheix", IMP_SNIFF_OTHER_PICTURE },
  { 4, 8, "ftypmif1", IMP_SNIFF_OTHER_PICTURE },
  { 4, 8, "ftypavif", IMP_SNIFF_OTHER_PICTURE },
  { 0, 4, "\xd7\xcd\xc6\x9a", IMP_SNIFF_OTHER_PICTURE }, /* placeable metafile */
  { 0, 4, "8BPS", IMP_SNIFF_OTHER_PICTURE },
  { 4, 4, "ftyp", IMP_SNIFF_MEDIA }, /* MP4, MOV, 3GP */
  { 4, 8, "moov\0\0\0l", IMP_SNIFF_MEDIA },
  { 4, 4, "mdat", IMP_SNIFF_MEDIA },
  { 0, 16, "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", IMP_SNIFF_MEDIA },
  { 0, 4, "\x1a\x45\xdf\xa3", IMP_SNIFF_MEDIA }, /* Matroska */
  { 0, 4, "OggS", IMP_SNIFF_MEDIA },
  { 0, 4, "fLaC", IMP_SNIFF_MEDIA },
  { 0, 4, "\0\0\x01\xba", IMP_SNIFF_MEDIA }, /* MPEG program stream */
  { 0, 4, "\0\0\x01\xb3", IMP_SNIFF_MEDIA },
  { 0, 4, "FLV\x01", IMP_SNIFF_MEDIA },
  { 0, 4, "ID3\x03", IMP_SNIFF_MEDIA },
  { 0, 4, "ID3\x04", IMP_SNIFF_MEDIA },
  { 0, 3, "\x1f\x8b\x08", IMP_SNIFF_GZIP },
  { 0, 6,
    "\xfd"
    "7zXZ\0",
    IMP_SNIFF_XZ },
  { 0, 4, "\x28\xb5\x2f\xfd", IMP_SNIFF_ZSTD },
  { 0, 6, "7z\xbc\xaf\x27\x1c", IMP_SNIFF_SEVEN_ZIP },
  { 0, 6, "Rar!\x1a\x07", IMP_SNIFF_RAR },
  { 0, 8, "MSCF\0\0\0\0", IMP_SNIFF_CAB },
  { 257, 5, "ustar", IMP_SNIFF_TAR },
  { 0x8001, 5, "CD001", IMP_SNIFF_ISO }, /* ECMA-119 8.1.2, sector 16 */
  { 0, 4,
    "\x7f"
    "ELF",
    IMP_SNIFF_ELF },
  { 0, 4, "\xfe\xed\xfa\xce", IMP_SNIFF_MACH },
  { 0, 4, "\xfe\xed\xfa\xcf", IMP_SNIFF_MACH },
  { 0, 4, "\xce\xfa\xed\xfe", IMP_SNIFF_MACH },
  { 0, 4, "\xcf\xfa\xed\xfe", IMP_SNIFF_MACH },
  { 0, 4, "\xca\xfe\xba\xbe", IMP_SNIFF_JAVA },          /* or a fat Mach-O: active as well */
  { 0, 8, "L\0\0\0\x01\x14\x02\0", IMP_SNIFF_SHORTCUT }, /* MS-SHLLINK 2.1 */
};

static guint32
le32 (const guint8 *p)
{
  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

/* "MZ" may begin a text. A program's has zeros in its first 64 bytes. */
static gboolean
is_dos_program (const guint8 *bytes, gsize len)
{
  return len >= 64 && (memcmp (bytes, "MZ", 2) == 0 || memcmp (bytes, "ZM", 2) == 0) &&
         memchr (bytes, 0, 64) != NULL;
}

/* "BM" likewise: a known length of the second head, and pixels behind it. */
static gboolean
is_bmp (const guint8 *bytes, gsize len)
{
  guint32 head;

  if (len < 26 || memcmp (bytes, "BM", 2) != 0)
    return FALSE;
  head = le32 (bytes + 14);
  return (head == 12 || head == 40 || head == 52 || head == 56 || head == 64 || head == 108 ||
          head == 124) &&
         le32 (bytes + 10) >= 14 + head && le32 (bytes + 6) == 0;
}

static gboolean
is_bzip2 (const guint8 *bytes, gsize len)
{
  return len >= 10 && memcmp (bytes, "BZh", 3) == 0 && bytes[3] >= '1' && bytes[3] <= '9' &&
         (memcmp (bytes + 4, "1AY&SY", 6) == 0 ||
          memcmp (bytes + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static ImpSniffKind
riff_kind (const guint8 *bytes, gsize len)
{
  if (len < 12 || (memcmp (bytes, "RIFF", 4) != 0 && memcmp (bytes, "RIFX", 4) != 0))
    return IMP_SNIFF_UNKNOWN;
  return memcmp (bytes + 8, "WEBP", 4) == 0 ? IMP_SNIFF_OTHER_PICTURE : IMP_SNIFF_MEDIA;
}

/* MPEG transport stream: packets of 188 bytes. */
static gboolean
is_transport_stream (const guint8 *bytes, gsize len)
{
  return len > 3 * 188 && bytes[0] == 'G' && bytes[188] == 'G' && bytes[2 * 188] == 'G' &&
         bytes[3 * 188] == 'G' && memchr (bytes, 0xff, 188) != NULL;
}

/* A tar of before POSIX has no mark: the sum of its head is right (pax(1), "ustar Interchange"). */
static gboolean
is_old_tar (const guint8 *bytes, gsize len)
{
  guint64 written = 0;
  guint64 sum = 0;

  if (len < 512 || bytes[0] == 0)
    return FALSE;
  for (guint i = 148; i < 156; i++)
    {
      if (bytes[i] >= '0' && bytes[i] <= '7')
        written = written * 8 + (guint) (bytes[i] - '0');
      else if (bytes[i] != ' ' && bytes[i] != 0)
        return FALSE;
    }
  for (guint i = 0; i < 512; i++)
    sum += i >= 148 && i < 156 ? ' ' : bytes[i];
  return sum == written;
}

ImpSniffKind
imp_sniff_magic (const guint8 *bytes, gsize len)
{
  ImpSniffKind riff;

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (len >= magics[i].at + magics[i].len &&
        memcmp (bytes + magics[i].at, magics[i].bytes, magics[i].len) == 0)
      return magics[i].kind;
  if (is_dos_program (bytes, len))
    return IMP_SNIFF_WINDOWS_PROGRAM;
  if (is_bmp (bytes, len))
    return IMP_SNIFF_BMP;
  if (is_bzip2 (bytes, len))
    return IMP_SNIFF_BZIP2;
  riff = riff_kind (bytes, len);
  if (riff != IMP_SNIFF_UNKNOWN)
    return riff;
  if (is_transport_stream (bytes, len))
    return IMP_SNIFF_MEDIA;
  return is_old_tar (bytes, len) ? IMP_SNIFF_TAR : IMP_SNIFF_UNKNOWN;
}
