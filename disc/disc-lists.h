/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * Who was where and when, for lists without typing: by ward, by day and department, by doctor
 * (FORMAT.md, "stay" to "doctor_patient"). They repeat what live records say and lead back to them;
 * what a disc of this kind does not list is not thereby absent.
 *
 * Times are as their records have them, in Japan's time where they carry a zone.
 */

typedef enum
{
  DISC_LIST_WARD = 1,
  DISC_LIST_DEPARTMENT = 2,
  DISC_LIST_DOCTOR = 3,
} DiscListKind;

/** A ward, department or doctor: two facilities never share one. */
typedef struct
{
  guint32 id; /* from 1; 0 in other rows: not recorded */
  DiscListKind kind;
  const char *facility;
  const char *text; /* as written */
} DiscListName;

typedef enum
{
  DISC_STAY_IN = 1,
  DISC_STAY_LEAVE = 2,        /* 外泊・外出 */
  DISC_STAY_PLANNED_IN = 3,   /* 入院予定 */
  DISC_STAY_PLANNED_MOVE = 4, /* 転科・転棟予定, from the ward it stands under */
  DISC_STAY_PLANNED_OUT = 5,  /* 退院予定 */
} DiscStayState;

typedef enum
{
  DISC_STAY_OPEN = 0,  /* nothing on the disc ends it */
  DISC_STAY_MOVED = 1, /* to another place: another row goes on */
  DISC_STAY_DISCHARGED = 2,
  DISC_STAY_WENT = 3,     /* on leave: another row goes on */
  DISC_STAY_RETURNED = 4, /* from leave: another row goes on */
  DISC_STAY_ADMITTED = 5, /* admitted anew; no discharge before it is on the disc */
  DISC_STAY_UNTIMED = 6,  /* said to be over, but not when */
  DISC_STAY_DOCTOR = 7,   /* another doctor attends: another row goes on */
} DiscStayEnd;

typedef enum
{
  DISC_LIST_SINCE_UNKNOWN = 1 << 0,  /* in hospital since then, but in this bed perhaps later */
  DISC_LIST_DOUBTED = 1 << 1,        /* 取消の可能性 (DISC_MESSAGE_MAYBE_CANCELLED) */
  DISC_LIST_END_DOUBTED = 1 << 2,    /* its end is: perhaps he is still there */
  DISC_LIST_RETURN_UNKNOWN = 1 << 3, /* moved while on leave; no return from it is on the disc */
  DISC_LIST_OTHER_STAY = 1 << 4,     /* another stay of his goes on too, says another resource */
  DISC_LIST_STATE_UNKNOWN = 1 << 5,  /* whether it took place, the source does not know */
} DiscListFlags;

/** A time in one place, or a planned move. */
typedef struct
{
  gint64 rid; /* of the message that begins it, or plans it */
  DiscStayState state;
  DiscStayEnd end;
  DiscListFlags flags;
  const char *ward, *department, *doctor; /* (nullable): not recorded */
  const char *from_at;
  const char *to_at;      /* (nullable) */
  const char *room, *bed; /* (nullable) */
  const char *to_place;   /* (nullable): reserved place of a planned move, as text */
} DiscStay;

typedef enum
{
  DISC_VISIT_HAPPENED = 1,
  DISC_VISIT_PLANNED = 2, /* an appointment, or a visit that lies behind the data */
} DiscVisitState;

typedef struct
{
  gint64 rid;
  DiscVisitState state;
  DiscListFlags flags;
  const char *at;
  const char *department, *doctor; /* (nullable) */
} DiscVisit;

typedef enum
{
  DISC_DOCTOR_IN = 1,     /* attending: in hospital, nothing on the disc ends it */
  DISC_DOCTOR_STAYED = 2, /* attended a stay before */
  DISC_DOCTOR_VISITED = 3,
  DISC_DOCTOR_PLANNED = 4, /* only planned */
} DiscDoctorState;

/** A patient of a doctor: once for each doctor. */
typedef struct
{
  guint32 pno;
  gint64 rid; /* of the newest record that says so */
  DiscDoctorState state;
  const char *last_at;
  const char *doctor; /* for writing */
} DiscDoctorPatient;

/* Ceilings: what is beyond them is left out, and counted. */
#define DISC_LIST_NAMES_MAX 20000
#define DISC_LIST_TEXT_MAX_BYTES 400
#define DISC_LIST_ROWS_MAX 100000 /* read at once */

/** disc_list_day: YYYYMMDD of the day in Japan; 0: @at is no date with a day. */
guint32 disc_list_day (const char *at);

/** disc_stay_is_planned: whether it has not happened yet. */
static inline gboolean
disc_stay_is_planned (const DiscStay *stay)
{
  return stay->state >= DISC_STAY_PLANNED_IN;
}

/* ---- reading -------------------------------------------------------------------------------- */

/** Rows of a list, with the memory of their texts. */
typedef struct
{
  GArray *rows; /* (element-type DiscStay), DiscVisit, DiscDoctorPatient or DiscListName */
  GStringChunk *texts;
  gboolean is_damaged; /* rows are missing: they lie in a damaged part of the disc */
  gboolean is_cut;     /* there are more than DISC_LIST_ROWS_MAX */
} DiscList;

void disc_list_free (DiscList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscList, disc_list_free)

/** disc_reader_has_lists: whether the disc was written with lists; without them no ward is empty.
 */
gboolean disc_reader_has_lists (DiscReader *self);
/** disc_reader_check_lists: reads all of them.
 * @is_whole: (out): whether nothing lies in a damaged part of the disc; a disc without lists is
 * whole Returns: %FALSE with another error of the disc */
gboolean disc_reader_check_lists (DiscReader *self, gboolean *is_whole, GError **error);
/** disc_reader_n_unlisted: rows that the writer left out of the lists, because of the ceilings. */
guint disc_reader_n_unlisted (DiscReader *self);

/** disc_reader_load_list_names: (transfer full): all wards, departments and doctors.
 * %NULL with the error of the disc; a damaged disc gives what can be read. */
DiscList *disc_reader_load_list_names (DiscReader *self, GError **error);

/**
 * disc_reader_load_stays: (transfer full): times in a ward that begin, or are planned, on
 * @from_day or later, the newest first; of all others nothing is said.
 * @names: what the numbers in them stand for; the rows point there
 * @ward: number of a name; 0: of those without a ward
 * @from_day: YYYY-MM-DD; %NULL: all of them
 */
DiscList *disc_reader_load_stays (DiscReader *self, const DiscList *names, guint32 ward,
                                  const char *from_day, GError **error);

/** disc_reader_load_visits: (transfer full): of the days (YYYYMMDD) from @first to @last, by day,
 * department and time. */
DiscList *disc_reader_load_visits (DiscReader *self, const DiscList *names, guint32 first,
                                   guint32 last, GError **error);

/** disc_reader_load_doctor: (transfer full): the patients of a doctor, by patient number. */
DiscList *disc_reader_load_doctor (DiscReader *self, guint32 doctor, GError **error);

/** disc_list_name: (nullable): the name of that number among @names. */
const DiscListName *disc_list_name (const DiscList *names, guint32 id);

G_END_DECLS
