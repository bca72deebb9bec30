/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names, numbers and ceilings of the disc format. FORMAT.md describes them for readers without
 * this code; the two change together.
 */

/** Every version that ever left the house, with the reason for it. */
typedef enum
{
  DISC_FORMAT_VERSION_FIRST = 1,    /* records, sources, search indexes */
  DISC_FORMAT_VERSION_PICTURES = 2, /* pictures of documents: a reader of the first would not miss them */
} DiscFormatVersion;

#define DISC_FORMAT_VERSION DISC_FORMAT_VERSION_PICTURES

/* The folder and the files in it. */
#define DISC_FOLDER "TOMOSHIBI"
#define DISC_RECORDS_FILE "records.sqlite"
#define DISC_UNSEALED_FILE "UNSEALED.txt"
#define DISC_CONTAINER_FILE "records.disc"  /* of a sealed disc, in place of records.sqlite */
#define DISC_SPARE_FILE "spare.disc"
#define DISC_MANIFEST_FILE "manifest.json"
#define DISC_README_JA_FILE "はじめにお読みください.txt"
#define DISC_README_EN_FILE "README.txt"

/* Beside DISC_FOLDER, for each volume but the first: a folder that holds a DISC_FOLDER of its own. */
#define DISC_VOLUME_PREFIX "volume-"
#define DISC_VOLUME_DAMAGED ".damaged"      /* end of its name in a store: not whole */

/* SQLite header: application_id says what the file is, user_version which DiscFormatVersion. */
#define DISC_APPLICATION_ID 0x544d5342 /* "TMSB" */
#define DISC_PAGE_SIZE 16384

/* Row numbers: DISC_SEQ_BITS, DISC_PNO and DISC_PNO_DISPUTED stand in disc-reader.h. */
#define DISC_SEQ_MAX ((1 << 20) - 1)
#define DISC_PNO_MAX 0x3fffffffu
#define DISC_PNO_DISPUTED_MAX 0x7fffffffu

/* Row numbers of pictures: that of their message and a number from 1. */
#define DISC_PICTURE_BITS 12
#define DISC_PICTURES_MAX ((1 << DISC_PICTURE_BITS) - 1)
#define DISC_PICTURE_ID(rid, number) ((gint64) ((guint64) (rid) << DISC_PICTURE_BITS | (number)))
#define DISC_PICTURE_RID(id) ((id) >> DISC_PICTURE_BITS)

/* Ceilings. The writer refuses what is larger, the reader does not believe it. */
#define DISC_SOURCE_MAX_BYTES (64 * 1024 * 1024)
#define DISC_TEXT_MAX_BYTES (64 * 1024)           /* any other text of a row */
#define DISC_REPORT_MAX_BYTES (64 * 1024 * 1024)
#define DISC_ROW_MAX_BYTES (192 * 1024 * 1024)
#define DISC_CHART_MAX_BYTES (512 * 1024 * 1024)  /* encoded records of one chart */
#define DISC_PICTURE_MAX_BYTES (16 * 1024 * 1024)
#define DISC_PICTURE_MAX_EDGE 4096                /* pixels */
#define DISC_DATA_TYPES_MAX 1024                  /* distinct data types with a freshness of their own */

/*
 * Distinct search terms are held in memory while a disc is written. Beyond these ceilings, and for
 * longer texts, a term goes to the free-text index of its message: larger, but found all the same.
 */
#define DISC_TERMS_MAX 400000           /* and below 2^19: the number is part of a posting's key */
#define DISC_TERMS_MAX_BYTES (24 * 1024 * 1024)
#define DISC_TERM_MAX_BYTES 400

G_END_DECLS
