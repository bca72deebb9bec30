/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What bytes are, told by the bytes alone: never by a name or a declared type, as a backup may be
 * infected and hospitals rename (spec fhir.md 1.1, ss-mix2.md 6.1). Nothing is unpacked or run here.
 *
 * Where bytes are two things at once, the safer verdict wins:
 *   - a program or script is one, whatever follows it;
 *   - something known with another head within its first 1024 bytes (PDF readers look that far for
 *     "%PDF-"), with a zip, a program or a page of HTML behind or inside it, is "mixed", which nobody
 *     carries on: no system of a hospital writes such files on purpose;
 *   - a message stays one, whatever it quotes, and an archive one, whatever it holds; an OLE2
 *     storage too, whose mails and documents hold others, but for a program;
 *   - text, or bytes that are nothing known, with "%PDF-" within 1024 bytes are a PDF with dirt before.
 */

#define IMP_SNIFF_HEAD_BYTES (64 * 1024) /* text is told by its first bytes (spec fhir.md 1.1) */
#define IMP_SNIFF_PDF_BYTES 1024         /* PDF 1.7 annex H.3.4.1: where a header may stand */

/* id, stable word, group, media type for showing */
#define IMP_SNIFFS(X)                                                                              \
  X (EMPTY, "empty", OPAQUE, "application/x-empty")                                                \
  X (HL7, "hl7-v2", MESSAGE, "application/edi-hl7v2")                                              \
  X (FHIR_JSON, "fhir-json", MESSAGE, "application/fhir+json")                                     \
  X (NDJSON, "ndjson", MESSAGE, "application/x-ndjson")                                            \
  X (JSON, "json", MESSAGE, "application/json")                                                    \
  X (XML, "xml", MESSAGE, "application/xml")                                                       \
  X (TEXT, "text", DOCUMENT, "text/plain")                                                         \
  X (HTML, "html", DOCUMENT, "text/html")                                                          \
  X (MHTML, "mhtml", DOCUMENT, "multipart/related")                                                \
  X (RTF, "rtf", DOCUMENT, "application/rtf")                                                      \
  X (PDF, "pdf", DOCUMENT, "application/pdf")                                                      \
  X (DOC, "doc", DOCUMENT, "application/msword")                                                   \
  X (XLS, "xls", DOCUMENT, "application/vnd.ms-excel")                                             \
  X (PPT, "ppt", DOCUMENT, "application/vnd.ms-powerpoint")                                        \
  X (MSG, "msg", DOCUMENT, "application/vnd.ms-outlook")                                           \
  X (DOCX, "docx", DOCUMENT,                                                                       \
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document")                    \
  X (XLSX, "xlsx", DOCUMENT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")  \
  X (PPTX, "pptx", DOCUMENT,                                                                       \
     "application/vnd.openxmlformats-officedocument.presentationml.presentation")                  \
  X (ODT, "odt", DOCUMENT, "application/vnd.oasis.opendocument.text")                              \
  X (ODS, "ods", DOCUMENT, "application/vnd.oasis.opendocument.spreadsheet")                       \
  X (ODP, "odp", DOCUMENT, "application/vnd.oasis.opendocument.presentation")                      \
  X (JPEG, "jpeg", PICTURE, "image/jpeg")                                                          \
  X (PNG, "png", PICTURE, "image/png")                                                             \
  X (GIF, "gif", PICTURE, "image/gif")                                                             \
  X (BMP, "bmp", PICTURE, "image/bmp")                                                             \
  X (TIFF, "tiff", PICTURE, "image/tiff")                                                          \
  X (DICOM, "dicom", PICTURE, "application/dicom")                                                 \
  X (OTHER_PICTURE, "other-picture", PICTURE, "image/x-other")                                     \
  X (ZIP, "zip", ARCHIVE, "application/zip")                                                       \
  X (GZIP, "gzip", ARCHIVE, "application/gzip")                                                    \
  X (XZ, "xz", ARCHIVE, "application/x-xz")                                                        \
  X (ZSTD, "zstd", ARCHIVE, "application/zstd")                                                    \
  X (BZIP2, "bzip2", ARCHIVE, "application/x-bzip2")                                               \
  X (SEVEN_ZIP, "7z", ARCHIVE, "application/x-7z-compressed")                                      \
  X (TAR, "tar", ARCHIVE, "application/x-tar")                                                     \
  X (ISO, "iso", ARCHIVE, "application/x-iso9660-image")                                           \
  X (RAR, "rar", ARCHIVE, "application/vnd.rar")                                                   \
  X (CAB, "cab", ARCHIVE, "application/vnd.ms-cab-compressed")                                     \
  X (WINDOWS_PROGRAM, "windows-program", ACTIVE, "application/vnd.microsoft.portable-executable")  \
  X (ELF, "elf-program", ACTIVE, "application/x-executable")                                       \
  X (MACH, "mach-program", ACTIVE, "application/x-mach-binary")                                    \
  X (JAVA, "java-program", ACTIVE, "application/java-archive")                                     \
  X (SHORTCUT, "shortcut", ACTIVE, "application/x-ms-shortcut")                                    \
  X (SCRIPT, "script", ACTIVE, "text/x-script")                                                    \
  X (OLE2, "ole2", OPAQUE, "application/x-ole-storage")                                            \
  X (MEDIA, "media", OPAQUE, "video/x-other")                                                      \
  X (MIXED, "mixed", OPAQUE, "application/octet-stream")                                           \
  X (RANDOM, "encrypted-or-random", OPAQUE, "application/octet-stream")                            \
  X (UNKNOWN, "unknown", OPAQUE, "application/octet-stream")

#define IMP_ENUM_SNIFF(id, word, group, media_type) IMP_SNIFF_##id,

typedef enum
{
  IMP_SNIFFS (IMP_ENUM_SNIFF)
  IMP_N_SNIFFS
} ImpSniffKind;

typedef enum
{
  IMP_SNIFF_GROUP_MESSAGE,  /* for another part of the importer */
  IMP_SNIFF_GROUP_DOCUMENT, /* words, perhaps pictures */
  IMP_SNIFF_GROUP_PICTURE,
  IMP_SNIFF_GROUP_ARCHIVE,
  IMP_SNIFF_GROUP_ACTIVE, /* runs when opened: never carried on */
  IMP_SNIFF_GROUP_OPAQUE,
  IMP_N_SNIFF_GROUPS
} ImpSniffGroup;

typedef struct
{
  ImpSniffKind kind;
  ImpSniffKind also; /* what else it is, where the kind is "mixed" or begins with dirt; else the kind */
  gboolean is_utf16; /* text, HTML, XML or script, in UTF-16 by its mark */
} ImpSniff;

/** imp_sniff: @out: (out caller-allocates): what @bytes are; all of a file, or as much as there is */
void imp_sniff (const guint8 *bytes, gsize len, ImpSniff *out);

/** imp_sniff_word: for reports; stable, ASCII, without blanks. */
const char *imp_sniff_word (ImpSniffKind kind);
ImpSniffGroup imp_sniff_group (ImpSniffKind kind);
const char *imp_sniff_group_word (ImpSniffGroup group);
const char *imp_sniff_media_type (ImpSniffKind kind);

/* ---- encrypted by somebody ------------------------------------------------------------------- */

#define IMP_SNIFF_MIN_RANDOM_BYTES 4096

/** imp_sniff_entropy_bits: Shannon's entropy, in bits for each byte: 0 to 8; 0 for no bytes. */
double imp_sniff_entropy_bits (const guint8 *bytes, gsize len);

/**
 * imp_sniff_chi_square:
 *
 * How far the counts of the 256 byte values are from equal: the sum of (n - len/256)^2 / (len/256).
 * Of random bytes it is 255 on the average, whatever their number, with a deviation of 22.6.
 */
double imp_sniff_chi_square (const guint8 *bytes, gsize len);

/**
 * imp_sniff_looks_random:
 *
 * At least IMP_SNIFF_MIN_RANDOM_BYTES whose chi-square is that of random bytes: from 120 to 390, six
 * deviations around 255. Looked at are all of them, and the first 4096 alone, as ransomware in a
 * hurry encrypts only the begin of a file. Packed data is nearly as even, but told by its head before;
 * what packs without a head mostly lies above 390 once there are some 100 KiB of it. A hint, no proof.
 */
gboolean imp_sniff_looks_random (const guint8 *bytes, gsize len);

/** IMP_SNIFF_SCRAMBLED_BYTES: fewer bytes than that tell nothing of how even they are. */
#define IMP_SNIFF_SCRAMBLED_BYTES 256

/**
 * imp_sniff_is_scrambled:
 * @bytes: a file's head; IMP_SNIFF_MIN_RANDOM_BYTES of it are looked at
 *
 * Of bytes that stand where a text should: whether they are nothing that imp_sniff() knows and as even
 * as random ones. Messages are short, so that this asks for IMP_SNIFF_SCRAMBLED_BYTES only: the
 * chi-square of a few hundred random bytes lies in the same range, that of text in the thousands. Of
 * other files so few bytes would prove nothing. A hint, no proof.
 */
gboolean imp_sniff_is_scrambled (const guint8 *bytes, gsize len);

/**
 * imp_sniff_is_ransom_name:
 * @name: a file's name, with or without folders
 *
 * Whether it is called as ransomware renames files (".lockbit", ".id-1A2B3C4D.[mail@host].xyz") or
 * calls its note ("Restore-My-Files.txt"). Some legitimate names look alike: a hint, no proof.
 */
gboolean imp_sniff_is_ransom_name (const char *name);

G_END_DECLS
