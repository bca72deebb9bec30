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
#define IMP_MAX_DOCUMENT_PICTURE_BYTES (64 * 1024 * 1024) /* pictures of one document, encoded */
#define IMP_MAX_PICTURE_BYTES (8 * 1024 * 1024) /* a picture on the disc */
