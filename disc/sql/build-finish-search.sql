-- SPDX-License-Identifier: GPL-3.0-or-later
-- Moves what is searched in records, and what is seldom wanted of patients, behind the messages, each
-- table in one run of pages.

-- Terms in the order of their text: those that begin alike, and are searched together, then have
-- their postings side by side.
INSERT INTO build.term_order (new, old)
SELECT row_number() OVER (ORDER BY text), id FROM build.term ORDER BY text;
INSERT INTO main.posting (id, rids)
SELECT o.new << 32 | (p.id & 0xffffffff), p.rids
  FROM build.term_order AS o
       CROSS JOIN build.posting AS p ON p.id BETWEEN o.old << 32 AND o.old << 32 | 0xffffffff
 ORDER BY o.new, p.id;

-- An FTS5 table is what its data, idx and config tables hold: its content and sizes are not kept.
INSERT INTO build.message_text (message_text) VALUES ('optimize');
DELETE FROM main.message_text_data;
DELETE FROM main.message_text_config;
INSERT INTO main.message_text_data SELECT * FROM build.message_text_data;
INSERT INTO main.message_text_idx SELECT * FROM build.message_text_idx;
INSERT INTO main.message_text_config SELECT * FROM build.message_text_config;

-- What a chart is not opened with stays out of what is read as soon as a disc is opened.
INSERT INTO main.picture SELECT * FROM build.picture;
INSERT INTO main.patient_more SELECT * FROM build.patient_more;

-- Lists: a ward, a day, a doctor each one run of pages.
INSERT INTO main.list_name SELECT * FROM build.list_name ORDER BY id;
INSERT INTO main.stay SELECT * FROM build.stay ORDER BY ward, from_at, rid;
INSERT INTO main.visit SELECT * FROM build.visit ORDER BY day, department, at, rid;
INSERT INTO main.doctor_patient SELECT * FROM build.doctor_patient ORDER BY doctor, pno;
