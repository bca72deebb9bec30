-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables of a disc, one statement after the other. FORMAT.md says what the columns hold.
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value
) WITHOUT ROWID;

CREATE TABLE volume (
  number INTEGER PRIMARY KEY,
  first_rid INTEGER NOT NULL,
  last_rid INTEGER NOT NULL
);

CREATE TABLE patient (
  pno INTEGER PRIMARY KEY,
  flags INTEGER NOT NULL,
  facility TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  kana TEXT,
  birth_date TEXT,
  sex TEXT,
  address TEXT,
  phone TEXT,
  blood_type TEXT,
  former_names TEXT,
  place INTEGER NOT NULL,
  ward TEXT,
  room TEXT,
  bed TEXT,
  place_at TEXT,
  department TEXT,
  doctor TEXT,
  last_seen_at TEXT,
  n_disputed INTEGER NOT NULL DEFAULT 0,
  n_findings INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX patient_by_id ON patient (id);

CREATE TABLE patient_more (
  pno INTEGER PRIMARY KEY,
  demographics_from TEXT,
  contents TEXT
);

CREATE TABLE message (
  rid INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  condition INTEGER,
  data_type TEXT,
  care_date TEXT,
  sent_at TEXT,
  path TEXT,
  entry TEXT,
  disputed_ids TEXT,
  records BLOB NOT NULL,
  source TEXT
);

CREATE TABLE picture (
  id INTEGER PRIMARY KEY,
  media_type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  original_width INTEGER,
  original_height INTEGER,
  page INTEGER,
  name TEXT,
  size INTEGER NOT NULL,
  data INTEGER,
  absent TEXT
);

CREATE TABLE picture_data (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
);

CREATE TABLE disputed_link (
  id TEXT NOT NULL,
  facility TEXT NOT NULL,
  rid INTEGER NOT NULL,
  PRIMARY KEY (id, facility, rid)
) WITHOUT ROWID;

CREATE TABLE finding (
  number INTEGER PRIMARY KEY,
  severity TEXT NOT NULL,
  code TEXT NOT NULL,
  path TEXT,
  entry TEXT,
  facility TEXT,
  patient TEXT,
  detail TEXT
);
CREATE INDEX finding_by_patient ON finding (patient, facility) WHERE patient IS NOT NULL;

CREATE TABLE freshness (
  kind INTEGER NOT NULL,
  data_type TEXT NOT NULL,
  n_live INTEGER NOT NULL,
  n_all INTEGER NOT NULL,
  newest_at TEXT,
  newest_sent TEXT,
  PRIMARY KEY (kind, data_type)
) WITHOUT ROWID;

CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);

CREATE VIRTUAL TABLE term_text USING fts5 (
  text, content = '', columnsize = 0, detail = full, tokenize = 'tomoshibi_bigram'
);

CREATE TABLE posting (
  id INTEGER PRIMARY KEY,
  rids BLOB NOT NULL
);

CREATE VIRTUAL TABLE message_text USING fts5 (
  text, content = '', columnsize = 0, detail = full, tokenize = 'tomoshibi_bigram'
);

CREATE TABLE list_name (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  facility TEXT NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE stay (
  ward INTEGER NOT NULL,
  from_at TEXT NOT NULL,
  rid INTEGER NOT NULL,
  state INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  to_at TEXT,
  room TEXT,
  bed TEXT,
  department INTEGER NOT NULL,
  doctor INTEGER NOT NULL,
  to_place TEXT,
  PRIMARY KEY (ward, from_at, rid)
) WITHOUT ROWID;

CREATE TABLE visit (
  day INTEGER NOT NULL,
  department INTEGER NOT NULL,
  at TEXT NOT NULL,
  rid INTEGER NOT NULL,
  state INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  doctor INTEGER NOT NULL,
  PRIMARY KEY (day, department, at, rid)
) WITHOUT ROWID;

CREATE TABLE doctor_patient (
  doctor INTEGER NOT NULL,
  pno INTEGER NOT NULL,
  state INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  rid INTEGER NOT NULL,
  PRIMARY KEY (doctor, pno)
) WITHOUT ROWID;
