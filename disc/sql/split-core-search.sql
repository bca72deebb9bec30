-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first volume of a disc that is split, in the order in which a disc is written: the messages
-- without what lies on the other volumes, and what they are found by. The tables of a full-text index
-- are copied as they stand.
INSERT INTO main.message (rid, format, flags, condition, data_type, care_date, sent_at, path, entry,
                          disputed_ids, records)
SELECT rid, format, flags, condition, data_type, care_date, sent_at, path, entry, disputed_ids, records
  FROM whole.message ORDER BY rid;
INSERT INTO main.posting SELECT * FROM whole.posting ORDER BY id;
DELETE FROM main.message_text_data;
DELETE FROM main.message_text_config;
INSERT INTO main.message_text_data SELECT * FROM whole.message_text_data;
INSERT INTO main.message_text_idx SELECT * FROM whole.message_text_idx;
INSERT INTO main.message_text_config SELECT * FROM whole.message_text_config;
INSERT INTO main.picture SELECT * FROM whole.picture;
INSERT INTO main.patient_more SELECT * FROM whole.patient_more;
INSERT INTO main.list_name SELECT * FROM whole.list_name ORDER BY id;
INSERT INTO main.stay SELECT * FROM whole.stay ORDER BY ward, from_at, rid;
INSERT INTO main.visit SELECT * FROM whole.visit ORDER BY day, department, at, rid;
INSERT INTO main.doctor_patient SELECT * FROM whole.doctor_patient ORDER BY doctor, pno;
