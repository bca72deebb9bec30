/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every ceiling on input in one place. Beyond one of them the file is refused with a finding. */

#define IMP_MAX_FILE_BYTES (32 * 1024 * 1024)  /* one message file */
#define IMP_MAX_TEXT_BYTES (64 * 1024 * 1024)  /* the same decoded */
#define IMP_MAX_SEGMENTS 100000
#define IMP_MAX_FIELDS 2000                    /* of one segment; more stay in the last as text */
#define IMP_MAX_REPETITIONS 10000
#define IMP_MAX_PATH_BYTES 4096
#define IMP_MAX_DEPTH 32                       /* folders below a root */
#define IMP_MAX_MESSAGES_PER_FILE 1000
#define IMP_MAX_ROOTS 8192                     /* a folder a day for twenty years */
#define IMP_MAX_FINDINGS_PER_MESSAGE 200
#define IMP_MAX_VALUE_BYTES (1024 * 1024)      /* of one value of a record */
#define IMP_MAX_RECORD_BYTES (4 * 1024 * 1024) /* one record takes no more items beyond */
#define IMP_MAX_KEPT_BYTES 4000                /* of one text kept as not understood */
#define IMP_MAX_PATIENT_BYTES (384 * 1024 * 1024) /* held in memory for one patient */
#define IMP_MAX_ATTACHMENT_BYTES (48 * 1024 * 1024) /* what one document carries inside itself, unpacked */
#define IMP_MAX_ATTACHMENTS 1000               /* of one document */

/* Archives. What stops here is the archive or the member, never the import. A whole hospital may lie in
 * one archive, so only the ratio bounds what is itself a file; an archive inside another has tighter
 * ceilings. Each byte read unpacks to so many at most, which bounds the time too. */
#define IMP_ARCHIVE_FREE_BYTES (1024ull * 1024 * 1024) /* unpacked: no ratio is looked at before */
#define IMP_ARCHIVE_MAX_RATIO 1000             /* unpacked to packed; deflate alone reaches 1032 */
#define IMP_ARCHIVE_MAX_MEMBERS 1000000000
#define IMP_ARCHIVE_MAX_NESTED_RATIO 200
#define IMP_ARCHIVE_MAX_NESTED_BYTES (256ull * 1024 * 1024 * 1024) /* unpacked */
#define IMP_ARCHIVE_MAX_NESTED_MEMBERS 10000000
#define IMP_ARCHIVE_MAX_DIRECTORY_BYTES (128 * 1024 * 1024) /* of a zip: its entries are held in memory */
#define IMP_ARCHIVE_MAX_LEVELS 2               /* an archive inside an archive */
#define IMP_ARCHIVE_MAX_FILTERS 2              /* compressed, and once more */
#define IMP_MAX_SPOOL_BYTES (64ull * 1024 * 1024 * 1024) /* one file laid aside, sealed */

/* Files that are read as a stream, spec fhir.md 1.3 and 6.3: the file may be of any size, what is held
 * of it at a time may not. */
#define IMP_MAX_UNPACKED_BYTES (1024ull * 1024 * 1024) /* of one gzip; more only below 200-fold */
#define IMP_JSON_MAX_SLICE_BYTES (64 * 1024 * 1024)    /* one entry, one line */
#define IMP_JSON_MAX_STRING_BYTES (48 * 1024 * 1024)
#define IMP_JSON_MAX_NODES 2000000                     /* of one entry */
#define IMP_JSON_MAX_DEPTH 100                         /* of one entry */
#define IMP_JSON_MAX_HEADER_BYTES (64 * 1024)          /* of one member beside the entries */
#define IMP_JSON_MAX_HEADERS 256                       /* such members */
#define IMP_JSON_MAX_DUPLICATES 100                    /* told of one entry */
#define IMP_FHIR_MAX_NESTING 3                         /* Bundles within Bundles */
#define IMP_FHIR_MAX_FINDINGS 1000                     /* told of one file; more are counted */
#define IMP_MAX_DOCUMENT_PICTURE_BYTES (64 * 1024 * 1024) /* pictures of one document, encoded */
#define IMP_MAX_PICTURE_BYTES (8 * 1024 * 1024) /* a picture on the disc */
